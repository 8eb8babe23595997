"""ภาพรวม: how many bodies, how they are graded, how their overalls spread, where they are."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from dashboard import data, listing, session, view
from dashboard.charts.overall_distribution import MOST_DOTS
from dashboard.listing import Asked
from dashboard.panels import documents_group, places
from dashboard.selection import ALL
from dashboard.views import overview

chosen, group = session.selection(), session.group()
view.header("ภาพรวม", "หน่วยงานในกลุ่มที่เลือกอยู่ระดับใด กระจายตัวอย่างไร และอยู่ที่ใด")

where = {"place": group.place, "kind": group.kind}
in_year = {**where, "fiscal_year": chosen.year}
overall = data.query("group_overall", **where)
breaks, national = data.query("breaks"), data.query("national_series")
rows = overall[overall["fiscal_year"] == chosen.year]
now = None if rows.empty else rows.iloc[0]
FIRST = 10  # rows that say who is lowest, and whether others are as low
LOWEST = {"overall": "คะแนนต่ำก่อน", "-overall": "คะแนนสูงก่อน", "name": "ชื่อ (ก–ฮ)"}


def first_page(district: str, show: str) -> pd.DataFrame:
    """The first bodies of a list as it is first shown: asked alike everywhere, so it is worked out once."""
    asked = Asked(next(iter(LOWEST))).parameters()
    return data.query("results", **in_year, district=district, only="", show=show, **asked)


def show_group(now: pd.Series) -> None:
    """The figures of the group, its grades by year, how it spreads in the year."""
    every = {**in_year, "district": "", "show": "overall"}
    named = bodies = first_page(district="", show="all").head(0)
    if now["n"] <= MOST_DOTS:
        bodies = data.query("results", **every, only="", **Asked("-overall", rows=MOST_DOTS).parameters())
    elif chosen.organisations:
        followed = f",{','.join(chosen.organisations)},"
        named = data.query("results", **every, only=followed, **Asked("-overall").parameters())
    view.metrics(st.columns(4), overview.headline(now, national, group))
    left, right = st.columns(2, gap="medium")
    with left:
        grades = overview.grades(data.query("group_grades", **where), now, breaks, group)
        view.show_or_say(grades, "ยังไม่มีหน่วยงานที่จัดระดับได้ในกลุ่มนี้")
    with right:
        spread = overview.spread(
            data.query("group_bins", **in_year), bodies, named, now, group, stretched=chosen.stretched
        )
        view.show_or_say(spread, f"ยังไม่มีหน่วยงานในกลุ่มนี้ที่ทราบคะแนนรวมปี {chosen.year}")


def show_bodies(now: pd.Series) -> None:
    """The bodies under the pass mark, or all of them, a page at a time."""
    district = session.district()
    where = {**in_year, "district": district, "only": ""}
    under, every = (first_page(district=district, show=show) for show in ("below", "all"))
    scopes = {} if under.empty else {"below": f"ต่ำกว่าเกณฑ์ ({under['n'].iloc[0]:,})"}
    scopes["all"] = f"ทุกแห่ง ({every['n'].iloc[0] if len(every) else 0:,})"
    head = st.container()
    show = "all"
    if under.empty:
        has_mark = pd.notna(now["pass_mark"])
        st.caption("ไม่มีหน่วยงานที่ต่ำกว่าเกณฑ์ผ่าน" if has_mark else "ปีนี้ไม่มีเกณฑ์ผ่านที่ใช้ได้")
    else:
        show = st.segmented_control(
            "แสดง",
            list(scopes),
            default="below",
            format_func=scopes.__getitem__,
            required=True,
            label_visibility="collapsed",
            key="overview_show",
        )
    lowest = under if show == "below" else every
    if lowest.empty:
        return
    asked = listing.ask("below", LOWEST, int(lowest["n"].iloc[0]))
    page = listing.fetch("below", "results", asked, **where, show=str(show))
    listed, ids = overview.below(
        page.frame, lowest.head(FIRST), now, group, district, everybody=show == "all"
    )
    listed = replace(listed, whole=lambda: overview.below_table(page.everything()))
    with head:
        view.head(listed)
    listing.show_bodies(listed, ids, page, key="below")


if chosen.year is not None:
    places.breadcrumb()
if now is None:
    view.nothing(
        f"ยังไม่มีคะแนนของกลุ่ม “{group.label}” ในปี {chosen.year}" if chosen.year else view.EMPTY,
        view.ELSEWHERE,
    )
else:
    show_group(now)

left, right = st.columns(2, gap="medium")
if chosen.year is not None:
    tiles = data.query("province_map", kind=group.kind, fiscal_year=chosen.year)
    everywhere = session.group_of(ALL, group.kind)
    mark = data.pass_mark(chosen.year)
    inside = {iso for iso, region in session.catalog().regions.items() if group.place in (iso, region)}
    levels = data.query("grade_levels")
    tile_map = overview.provinces(tiles, levels, mark, chosen.year, everywhere, inside)
    with left:
        event = view.show(tile_map, on_point="map_point")
    if province := listing.point_code(event):
        session.change(place=province)
        st.rerun()
with right:
    if now is not None:
        show_bodies(now)
    nation = overview.nation(national, breaks, simulated=data.build_info().simulated)
    view.show_or_say(nation, "ยังไม่มีตัวเลขระดับประเทศในคลังข้อมูล")
documents_group.show(group)
view.footer()
