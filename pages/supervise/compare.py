"""เปรียบเทียบ: the bodies of the group in one table, and two to six bodies beside one another."""

from dataclasses import replace

import streamlit as st

from dashboard import data, heat_table, session, view
from dashboard.panels import compare as panel
from dashboard.panels import places
from dashboard.views import side_by_side

chosen, group, known = session.selection(), session.group(), session.catalog()
view.header("เปรียบเทียบ", "หน่วยงานในกลุ่มเดียวกันได้คะแนนต่างกันอย่างไร ทั้งคะแนนรวม เครื่องมือ และตัวชี้วัด")


def show_group(year: int) -> None:
    """All bodies of the group in a table."""
    if not counts["n_bodies"]:
        view.nothing(f"ยังไม่มีหน่วยงานของกลุ่ม “{group.label}” ที่มีข้อมูลปี {year}", view.ELSEWHERE)
    else:
        panel.show_table(year, group, counts, parts, spread, lowest)


def show_side_by_side(year: int) -> None:
    """The chart and the table of the bodies selected in the sidebar."""
    bodies = chosen.organisations
    values = data.query("bodies_parts", organisations=f",{','.join(bodies)},", fiscal_year=year)
    with_data = set(values["organisation_id"])
    absent = [one for one in bodies if one not in with_data]
    missing = side_by_side.absence(absent, year, known) if absent else ""
    if len(bodies) < 2 or not with_data:
        st.subheader(side_by_side.TITLE, anchor=False)
        if len(bodies) < 2:
            panel.offer_bodies(lowest, highest, missing)
        else:
            view.nothing(missing, "เปลี่ยนปีงบประมาณหรือเปลี่ยนหน่วยงานที่สนใจในแถบด้านซ้าย")
        return
    names = known.names(one for one in bodies if one in with_data)
    rows = side_by_side.rows_of(values, parts, spread)
    shown = side_by_side.side(values, rows, names, year=year, mark=mark, missing=missing, group=group)
    view.head(shown)
    view.picture(
        replace(
            shown,
            figure=side_by_side.figure(values, rows, names, mark, year=year, stretched=chosen.stretched),
        )
    )
    heat_table.draw(
        shown.frame,
        side_by_side.table_columns(names, known, group),
        side_by_side.scale_low(values, mark),
        side_by_side.recomputed(values, rows, names),
        numbers=shown.numbers,
        key="table_side_by_side",
        alt=shown.title,
    )
    view.notes(shown)
    view.downloads(shown)


if chosen.year is None:
    view.nothing(view.EMPTY, "นำเข้าข้อมูลก่อน แล้วกลับมาหน้านี้")
else:
    of_group = {"place": group.place, "kind": group.kind, "fiscal_year": chosen.year}
    counts, spread = data.query("group_counts", **of_group).iloc[0], data.query("group_parts", **of_group)
    parts, mark = data.query("parts", fiscal_year=chosen.year), data.pass_mark(chosen.year)
    lowest, highest = (panel.ends(first, **of_group) for first in ("overall", "-overall"))
    places.breadcrumb()
    show_group(chosen.year)
    st.divider()
    show_side_by_side(chosen.year)
view.footer()
