"""จุดอ่อน: which indicators and items hold a group back, and which bodies stand behind each number."""

import pandas as pd
import streamlit as st

from dashboard import data, session, text, view
from dashboard.panels import places
from dashboard.panels import weakest as panel
from dashboard.selection import RANKED_FROM
from dashboard.views import missing, weakest

# The column with the list of bodies stays in sight while the long chart beside it scrolls past.
STICKY = """<style>@media (min-width: 640px) {
.stColumn:has(.st-key-bodies_at_zero) {position: sticky; top: 4.5rem; align-self: flex-start}
}</style>"""

chosen, group, catalog = session.selection(), session.group(), session.catalog()
view.header("จุดอ่อน", "ตัวชี้วัดและข้อใดฉุดคะแนนของกลุ่ม และหน่วยงานใดอยู่เบื้องหลังตัวเลขนั้น")
where = {"place": group.place, "kind": group.kind}
coverage = data.query("group_coverage", **where)


def show_indicators(indicators: pd.DataFrame, tree: pd.DataFrame, asked: str | None) -> None:
    """Which indicators are lowest and whose, how the group spreads on them, what they cost."""
    have = coverage[coverage["fiscal_year"] == chosen.year].iloc[0]
    n = int(have["n_indicators"])
    st.caption(view.escape(weakest.coverage_words(n, int(have["n_bodies"]), group, chosen.year)))
    indicator = weakest.shown_indicator(indicators, tree.at[asked, "indicator"] if asked else None)
    names = catalog.names(chosen.organisations)
    bodies = data.query("organisations_indicators", organisations=f",{','.join(names)},", **in_year)
    few = data.query("few_values", **where, **in_year, fewer_than=RANKED_FROM, level="indicator")

    left, right = st.columns(2, gap="medium")
    with left:
        lowest = weakest.lowest(indicators, indicator, n, **about)
        event = view.show(lowest, on_point=f"lowest_{indicator}")
    with right:
        panel.bodies_behind(indicators, indicator, **about)
    panel.clicked(event, indicator)
    st.divider()
    left, right = st.columns([3, 2], gap="medium")
    with left:
        followed = weakest.followed(bodies, names)
        mark = data.pass_mark(chosen.year)
        view.show(
            weakest.distribution(indicators, few, followed, names, mark, stretched=chosen.stretched, **about)
        )
    with right:
        cost = weakest.cost(indicators, indicator, n, tree["weight_in_total"], **about)
        view.show_or_say(cost, "ไม่ทราบน้ำหนักของตัวชี้วัดปีนี้")
    name_th = tree.at[indicator, "name_th"]
    deeper = missing.depth(
        data.query("group_depth", **where, part=indicator),
        indicator,
        name_th,
        group=group,
        stretched=chosen.stretched,
    )
    view.show_or_say(deeper, "ไม่มีคะแนนของตัวชี้วัดนี้")


def show_missing(items: pd.DataFrame) -> None:
    """Which documents most of the group lack, and which are single bodies' own."""
    found = missing.missing(items, **about)
    if isinstance(found, str):
        st.caption(found)
    else:
        view.show(found)


def show_items(items: pd.DataFrame, tree: pd.DataFrame, asked: str | None) -> None:
    """On which items bodies have no point at all, and which bodies."""
    parents = data.query("group_item_parents", **where, **in_year)
    both = pd.concat([parents, items]).sort_values("position")
    both = both[both["part"].map(tree["level"]) != "indicator"]
    item = asked if asked in set(both["part"]) else None
    instruments = items["instrument"].unique()
    above = " ".join(text.part_label(code, tree.at[code, "name_th"]) for code in instruments)
    left, right = st.columns([11, 9], gap="medium")
    with left:
        everything = st.toggle(
            f"แสดงทุกข้อ ({len(items):,} ข้อ)",
            key="weakest_every_item",
            persist_state="session",
            help="ปกติแสดงเฉพาะข้อที่มีหน่วยงานได้ 0 คะแนน",
        )
        shown = weakest.items_view(items, parents, item, above, everything=everything, **about)
        event = view.show(shown, on_point=f"items_{item}")
    st.html(STICKY)
    with right, st.container(key="bodies_at_zero"):
        panel.choose_item(both, item)
        if item:
            label = text.part_label(item, tree.at[item, "name_th"])
            n_zero = int(both.set_index("part").at[item, "n_zero"])
            panel.bodies_at_zero(item, label, n_zero, **about)
    panel.clicked(event, item)


if chosen.year is None or coverage.empty:
    view.nothing(
        f"คลังข้อมูลยังไม่มีคะแนนของกลุ่ม “{group.label}”" if chosen.year else view.EMPTY,
        "ลองเลือกพื้นที่หรือประเภทอื่นในแถบด้านซ้าย",
    )
else:
    places.breadcrumb()
    in_year, about = {"fiscal_year": chosen.year}, {"year": chosen.year, "group": group}
    tree = data.query("parts", **in_year).set_index("part")
    parts, items = (
        data.query("group_parts", **where, **in_year),
        data.query("group_items", **where, **in_year),
    )
    indicators, items = parts[parts["level"] == "indicator"], items[items["scale"] == "binary"]
    asked = chosen.part if chosen.part in tree.index else None
    if chosen.part and asked is None:
        st.caption(view.escape(f"ปี {chosen.year} ไม่มีข้อหรือตัวชี้วัดรหัส {chosen.part}"))
    if indicators.empty:
        panel.say_missing(coverage, "n_indicators", "คะแนนรายตัวชี้วัด", **about)
    else:
        show_indicators(indicators, tree, asked)
    st.divider()
    if items.empty:
        panel.say_missing(coverage, "n_items", "คะแนนรายข้อของการเปิดเผยข้อมูล (ข้อที่ได้ 0 หรือ 100)", **about)
    else:
        show_missing(items)
        st.divider()
        show_items(items, tree, asked)
view.footer()
