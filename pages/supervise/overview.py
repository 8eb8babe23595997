"""ภาพรวม: how many bodies, how they are graded, how their overalls spread, where they are."""

import streamlit as st

from dashboard import data, listing, session, view
from dashboard.selection import ALL
from dashboard.views import overview

chosen, group = session.selection(), session.group()
view.header("ภาพรวม", "หน่วยงานในกลุ่มที่เลือกอยู่ระดับใด กระจายตัวอย่างไร และอยู่ที่ใด")

where = {"place": group.place, "kind": group.kind}
overall = data.query("group_overall", **where)
breaks, national = data.query("breaks"), data.query("national_series")
rows = overall[overall["fiscal_year"] == chosen.year]
now = None if rows.empty else rows.iloc[0]

if now is None:
    view.nothing(
        f"ยังไม่มีคะแนนของกลุ่ม “{group.label}” ในปี {chosen.year}" if chosen.year else view.EMPTY,
        view.ELSEWHERE,
    )
else:
    in_year = {**where, "fiscal_year": chosen.year}
    results = data.query("results", **in_year)
    grades = overview.grades(data.query("group_grades", **where), now, breaks, group)
    spread = overview.spread(data.query("group_bins", **in_year), results, now, group)
    below = overview.below(results, now, group)

    view.metrics(st.columns(4), overview.headline(now, national, group))
    left, right = st.columns(2, gap="medium")
    with left:
        view.show_or_say(grades, "ยังไม่มีหน่วยงานที่จัดระดับได้ในกลุ่มนี้")
    with right:
        view.show_or_say(spread, f"ยังไม่มีหน่วยงานในกลุ่มนี้ที่ทราบคะแนนรวมปี {chosen.year}")

left, right = st.columns(2, gap="medium")
if chosen.year is not None:
    tiles = data.query("province_map", kind=group.kind, fiscal_year=chosen.year)
    everywhere = session.group_of(ALL, group.kind)
    mark = data.pass_mark(chosen.year)
    tile_map = overview.provinces(tiles, data.query("grade_levels"), mark, chosen.year, everywhere)
    with left:
        event = view.show(tile_map, on_point="map_point")
    if province := listing.point_code(event):
        session.change(place=province)
        st.rerun()
with right:
    if now is not None and below:
        view.head(below[0])
        listing.show_bodies(*below)
    elif now is not None:
        view.nothing("ไม่มีหน่วยงานในกลุ่มนี้ที่ต่ำกว่าเกณฑ์ผ่าน", "ดูรายชื่อทั้งหมดได้ในหน้าเปรียบเทียบ")
    view.show_or_say(overview.nation(national, breaks), "ยังไม่มีตัวเลขระดับประเทศในคลังข้อมูล")
view.footer()
