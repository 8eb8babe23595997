"""สำรวจเอง: any measure of any group, how it spreads, what it goes with, how it differs by facet and year."""

from dataclasses import replace

import streamlit as st

from dashboard import data, listing, session, view
from dashboard.explored import Explored, parse
from dashboard.listing import Asked
from dashboard.panels import explorer as panel
from dashboard.panels import places
from dashboard.views import explorer
from dashboard.views.explorer import Named

chosen, group, known = session.selection(), session.group(), session.catalog()
view.header("สำรวจเอง", "เลือกคะแนน กลุ่ม ปี และวิธีแยกเอง เลือกหน่วยงานในภาพหนึ่งแล้วดูว่าอยู่ที่ใดในอีกภาพ ทุกอย่างอยู่ในลิงก์")
where = {"place": group.place, "kind": group.kind}
in_year = {**where, "fiscal_year": chosen.year}
LIST = "explorer"


def show_charts(explored: Explored, x: Named, y: Named) -> None:
    """The spread, the two measures against each other, and the bodies that are marked in both."""
    mark = data.pass_mark(chosen.year)
    cut = {"cut": "mark" if explored.by_mark and mark is not None else "median", "mark": mark or 0.0}
    counts = data.query("pair_counts", **pair, **cut, gap=0.0, **explored.marked.parameters())
    row = counts.to_dict("records")[0] if len(counts) else {"n": 0, "n_value": 0}
    if not row["n_value"]:
        view.nothing(f"ไม่มีหน่วยงานของกลุ่ม “{group.label}” ที่ทราบ {x.name} ปี {chosen.year}", view.ELSEWHERE)
        return
    bins = data.query("measure_bins", **pair, width=explorer.BIN, **explored.marked.parameters())
    panel.marked(explored, x, y)
    left, right = st.columns(2, gap="medium")
    about = {"year": chosen.year, "group": group, "framing": framing}
    # a frame is read on the scale it was drawn on, so another scale begins without one
    scale = "stretched" if chosen.stretched else ""
    turn = f"{explored.code}_{framing}_{scale}_{group.place}_{group.kind}_{chosen.year}"
    with left:
        spread = explorer.spread(bins, row, x, explored, mark, **about)
        event = view.show(spread, on_point=f"explorer_spread_{turn}", boxes=framing)
        panel.mark(event, explored, x, None)
    with right:
        if row["n"]:
            against = show_pair(explored, row, x, y)
            event = view.show(against, on_point=f"explorer_pair_{turn}", boxes=framing)
            panel.mark(event, explored, x, y)
        else:
            view.nothing(f"ไม่มีหน่วยงานของกลุ่มที่ทราบทั้ง {x.name} และ {y.name} ปี {chosen.year}", "เลือกคะแนนแกนตั้งอื่น")
    show_list(explored, int(row["n_marked"]) if explored.marking else int(row["n_value"]), x, y)


def show_pair(explored: Explored, counts: dict[str, float], x: Named, y: Named) -> view.View:
    """The view of the two measures: dots of few bodies, cells of many, the followed on top."""
    everything = {**pair, "gap": 0.0, **Explored().marked.parameters()}
    rows = Asked("name", rows=explorer.MOST_DOTS).parameters()
    few, bins = None, None
    if counts["n"] <= explorer.MOST_DOTS:
        few = data.query("pair_bodies", **everything, **rows, show="both", only="")
    else:
        bins = data.query("pair_bins", **pair, width=explorer.CELL, **explored.marked.parameters())
    followed = f",{','.join(chosen.organisations)},"
    own = data.query("pair_bodies", **everything, **rows, show="both", only=followed)
    names = known.names(chosen.organisations)
    about = {"year": chosen.year, "group": group, "framing": framing}
    return explorer.against(few, bins, own, names, counts, x, y, explored, **about)


def show_list(explored: Explored, n: int, x: Named, y: Named) -> None:
    """The bodies with the marked scores, or all."""
    if not n:
        view.nothing("ไม่มีหน่วยงานที่ตรงกับที่เลือก", "ยกเลิกการเลือกด้านบน หรือเลือกช่วงอื่น")
        return
    orders = {
        "value": f"{x.short} ต่ำก่อน",
        "-value": f"{x.short} สูงก่อน",
        "other": f"{y.short} ต่ำก่อน",
        "-other": f"{y.short} สูงก่อน",
        "overall": "คะแนนรวมต่ำก่อน",
        "name": "ชื่อ (ก–ฮ)",
    }
    head = st.container()
    asked = listing.ask(LIST, orders, n)
    bounds = explored.marked.parameters()
    rows = listing.fetch(LIST, "pair_bodies", asked, **pair, **bounds, show="known", gap=0.0, only="")
    listed = explorer.listing(rows.frame, n, x, y, explored, year=chosen.year, group=group)
    listed = replace(listed, whole=lambda: explorer.table(rows.everything(), x, y))
    with head:
        view.head(listed)
    listing.show_bodies(listed, list(rows.frame["organisation_id"]), rows, key=LIST)


def show_facets(explored: Explored, x: Named) -> None:
    """The measure in every facet of the year, and by year in each."""
    facet = explored.facet
    names = panel.facet_names(facet, known, group, data.query("kinds"))
    measure = {"part": x.measure.part, "respondents": x.measure.respondents}
    breaks = data.query("breaks")
    year = 0 if facet == "year" else chosen.year
    rows = data.query("measure_facets", **where, **measure, facet=facet, fiscal_year=year)
    shown = explorer.by_facet(rows, facet, names, breaks, x, year=chosen.year, group=group)
    st.divider()
    if isinstance(shown, str):
        view.nothing(shown, view.ELSEWHERE)
        return
    turn = f"{x.measure.code}_{facet}_{group.place}_{group.kind}_{chosen.year}"
    panel.open_facet(listing.point_code(view.show(shown, on_point=f"explorer_facet_{turn}")), facet)
    if facet == "year":
        return
    if not x.over_years:
        st.caption(view.escape(f"{x.name} เป็นรหัสที่ความหมายเปลี่ยนตามปี จึงไม่แสดงรายปี"))
        return
    rows = data.query("measure_facets", **where, **measure, facet=facet, fiscal_year=0)
    through = explorer.years(rows, facet, names, breaks, x, group=group)
    if through:
        panel.open_facet(listing.point_code(view.show(through, on_point=f"explorer_years_{turn}")), facet)


if chosen.year is None:
    view.nothing(view.EMPTY, "นำเข้าข้อมูลก่อน แล้วกลับมาที่หน้านี้")
else:
    places.breadcrumb()
    tree = data.query("parts", fiscal_year=chosen.year).set_index("part", drop=False)
    groups = data.query("asked_respondents", fiscal_year=chosen.year)
    asked = groups.groupby("part")["respondents"].agg(list).to_dict()
    facets = panel.offered_facets(known, group)
    explored, problems = parse(chosen.view, tree.index, asked, facets)
    for problem in problems:
        st.warning(view.escape(problem), icon=":material/link_off:")
    explored = explorer.filled(explored, tree)
    framing = panel.controls(explored, tree, asked, facets)
    x, y = (
        explorer.named(one, tree, headroom=explored.headroom, stretched=chosen.stretched)
        for one in (explored.measure, explored.other)
    )
    pair = {
        **in_year,
        "part": x.measure.part,
        "respondents": x.measure.respondents,
        "other": y.measure.part,
        "other_respondents": y.measure.respondents,
    }
    show_charts(explored, x, y)
    if explored.facet:
        show_facets(explored, x)
view.footer()
