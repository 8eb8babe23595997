"""แนวโน้ม: how a score moved over the years for a group and for bodies, and who rose and fell in between."""

import streamlit as st

from dashboard import data, full_table, session, view
from dashboard.listing import Asked
from dashboard.panels import places, years
from dashboard.panels import trends as panel
from dashboard.views import changes, trends
from dashboard.views.between import between

chosen, group, known = session.selection(), session.group(), session.catalog()
view.header("แนวโน้ม", "คะแนนของกลุ่มและของหน่วยงานเปลี่ยนไปอย่างไรในแต่ละปี และใครขึ้นใครลงระหว่างสองปี")
breaks, marks = data.query("breaks"), data.query("years")[["fiscal_year", "pass_mark"]]
parts = data.query("trend_parts").set_index("part", drop=False)


def shown_part() -> str:
    """The part the page is about: the chosen one, the indicator of the chosen item, or the root."""
    if chosen.part in parts.index:
        return chosen.part
    for year in dict.fromkeys((chosen.year, *sorted(known.years, reverse=True))) if chosen.part else ():
        tree = data.query("parts", fiscal_year=year).set_index("part")
        if chosen.part in tree.index:
            return str(tree.at[chosen.part, "indicator"])
    return str(parts.index[0])


def show_years() -> bool:
    """The score by year; returns whether the group has any."""
    rows = data.query("group_series", **on_part)
    rows = rows.merge(data.query("group_continuity", **on_part).drop(columns="n"), on="fiscal_year")
    names = known.names(chosen.organisations)
    own = data.query("organisation_series", organisations=f",{','.join(names)},", part=part.code)
    if rows.empty and own.empty:
        view.nothing(f"กลุ่ม “{group.label}” ไม่มี “{part.name}” ในปีใดเลย", part.elsewhere)
    else:
        bodies = trends.body_series(own, names)
        view.show(
            trends.over_years(
                part, rows, bodies, names, marks, breaks, stretched=chosen.stretched, group=group
            )
        )
        if not chosen.organisations:
            panel.offer_bodies(data.query("series_bodies", **on_part))
    return len(rows) > 0


def show_grades() -> None:
    """The grade of each selected body by year."""
    results = {one: data.query("organisation_results", organisation=one) for one in chosen.organisations}
    if shown := trends.grades(results, known, breaks):
        full_table.show(shown)


def show_two_years() -> None:
    """The change between two years."""
    pairs = data.query("change_pairs", **on_part, level=part.level)
    both = years.choose_years(pairs, chosen, list(known.years))
    if both is None:
        view.nothing(f"ไม่มีปีก่อนหน้า {chosen.year} ให้เทียบ", "เลือกปีที่ใหม่กว่าในช่อง “ถึงปี” หรือ")
        years.offer_pairs(pairs)
        return
    pair = dict(zip(("from_year", "to_year"), both, strict=True))
    crossed = data.query("breaks_between", **pair, level=part.level)
    barred = crossed[~crossed["allowed"].astype(bool)]
    summary = data.query("change_summary", **on_part, **pair).to_dict("records")[0]
    if len(barred):
        reasons = " · ".join(barred["reason_th"])
        view.nothing(f"ปี {both[0]} กับ {both[1]}: วิธีการเปลี่ยน เทียบไม่ได้ ({reasons})", "เลือกคู่ปีอื่น เช่น")
        years.offer_pairs(pairs)
    elif not summary["n"]:
        view.nothing(
            f"ไม่มีหน่วยงานใดของกลุ่ม “{group.label}” ที่มี “{part.name}” ทั้งปี {both[0]} และปี {both[1]}",
            "คู่ปีที่มีข้อมูลและเทียบกันได้:" if pairs["allowed"].any() else part.elsewhere,
        )
        years.offer_pairs(pairs)
    else:
        many, bins = summary["n"] > changes.MOST_DRAWN, None
        if many:
            bins = data.query("change_bins", **on_part, **pair, width=changes.bin_width(summary))
        drawn = {"only": f",{','.join(chosen.organisations)}," if many else ""}
        page = Asked("-change", rows=changes.MOST_DRAWN).parameters()
        span = between(data.query("editions"), breaks, *both)
        moved = changes.directions(data.query("changes", **on_part, **pair, **drawn, **page), span.small)
        national = data.query("national_series")
        shown = changes.changes(
            part, moved, bins, summary, marks, national, span, stretched=chosen.stretched, group=group
        )
        panel.show_changes(part, shown, crossed, {**on_part, **pair}, files=many)


if chosen.year is None:
    view.nothing(view.EMPTY, "นำเข้าข้อมูลก่อน แล้วกลับมาที่หน้านี้")
else:
    part = trends.part_of(parts, shown_part())
    on_part = {"place": group.place, "kind": group.kind, "part": part.code}
    places.breadcrumb()
    panel.choose_part(parts, part, chosen)
    has_group = show_years()
    if chosen.organisations:
        show_grades()
    if has_group:
        panel.show_multiples(part, breaks, data.pass_mark(chosen.year))
    if has_group:
        st.divider()
        show_two_years()
view.footer()
