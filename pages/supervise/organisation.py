"""หน่วยงาน: one body: how it stands, why, against whom, over the years, and what is being done about it."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from dashboard import data, full_table, listing, session, view
from dashboard.panels import documents
from dashboard.panels import organisation as panel
from dashboard.selection import ALL, Group
from dashboard.views import (
    decomposition,
    organisation,
    organisation_measures,
    organisation_status,
    organisation_tree,
    position,
)
from dashboard.views.between import between, break_note

HEADER = ("หน่วยงาน", "ผลของหน่วยงานเดียว ตั้งแต่คะแนนรวมลงไปถึงรายข้อ ตำแหน่งในกลุ่ม และมาตรการ")
ROAD_PAGE = "pages/supervise/road.py"
ORDERS = {
    "name": "ชื่อ (ก–ฮ)",
    "overall": "คะแนนรวมต่ำก่อน",
    "-overall": "คะแนนรวมสูงก่อน",
    "lowest": "ตัวชี้วัดต่ำสุด คะแนนต่ำก่อน",
}
chosen, known = session.selection(), session.catalog()


def choose() -> None:
    """What stands here while no body is chosen: the box, and the bodies of the group to click."""
    view.header(*HEADER)
    panel.pick_body()
    if chosen.year is None:
        view.nothing(view.EMPTY, "นำเข้าข้อมูลก่อน แล้วกลับมาที่หน้านี้")
        return
    group = session.group()
    where = {"place": group.place, "kind": group.kind, "fiscal_year": chosen.year}
    count = data.query("group_bodies", **where, **listing.Asked("name", rows=1).parameters())
    if count.empty:
        view.nothing(f"ไม่มีหน่วยงานในกลุ่ม “{group.label}”", "ลองเลือกพื้นที่หรือประเภทอื่นในแถบด้านซ้าย")
        return
    st.info("ยังไม่ได้เลือกหน่วยงาน พิมพ์ชื่อในช่องด้านบน หรือคลิกจากรายการด้านล่าง", icon=":material/info:")
    n, n_known = int(count["n"].iloc[0]), int(count["n_known"].iloc[0])
    head = st.container()
    rows = listing.fetch("bodies", "group_bodies", listing.ask("bodies", ORDERS, n), **where)
    listed, ids = organisation.bodies(rows.frame, n, n_known, group, chosen.year)
    with head:
        view.head(listed)
    listed = replace(listed, whole=lambda: organisation.bodies_table(rows.everything()))
    listing.show_bodies(listed, ids, rows, key="bodies")


def show_body(body_id: str) -> None:
    """Everything about one body."""
    body = data.query("organisation", organisation=body_id).iloc[0]
    results = data.query("organisation_results", organisation=body_id)
    found = data.query("organisation_findings", organisation=body_id)
    plans = data.query("organisation_measures", organisation=body_id)
    own = Group(ALL, ALL, f"{body['label_th']} (หน่วยงานเดียว)")
    now = results[results["fiscal_year"] == chosen.year]

    left, right = st.columns([3, 2], gap="medium")
    with left:
        view.header(*HEADER)
    with right:
        panel.pick_body()
    left, right = st.columns([3, 2], gap="medium", vertical_alignment="bottom")
    type_th = known.kinds.get(now["type"].iloc[0], body["type_th"]) if len(now) else body["type_th"]
    left.header(view.escape(body["full_name_th"]), anchor=False)
    left.caption(view.escape(organisation_status.identity(body, type_th)))
    right.caption(f"ไปที่ [มาตรการและการติดตาม ({len(plans)})](#measures) · [ข้อค้นพบ ({len(found)})](#findings)")
    with right:
        documents.of_body(body_id, session.peers(body_id))
    if results.empty:
        view.nothing(
            "ยังไม่มีคะแนนของหน่วยงานนี้ในคลังข้อมูล จึงไม่มีคะแนน ระดับ และอันดับ",
            "ด้านล่างคือสิ่งที่มี: มาตรการ การติดตาม และข้อค้นพบ",
        )
    elif now.empty:
        panel.other_years(results["fiscal_year"].tolist(), chosen.year)
    else:
        show_year(body_id, body, now.iloc[0], found, own)
    if len(results):
        marks, national = data.query("years"), data.query("national_series")
        view.show(
            organisation.years(
                body_id, results, marks, national, data.query("breaks"), own, stretched=chosen.stretched
            )
        )
    addressed = data.query("organisation_addressed", organisation=body_id)
    weak = data.query("organisation_weak", organisation=body_id)
    panel.show_measures(
        organisation_measures.weak(body_id, weak, addressed, own),
        organisation_measures.measures(plans, addressed, own),
    )
    if found.empty:
        st.subheader("ข้อค้นพบจากการตรวจข้อมูล", anchor="findings")
        st.caption("การตรวจข้อมูลไม่พบเรื่องที่ควรยืนยันของหน่วยงานนี้")
    else:
        full_table.show(organisation.findings(body_id, found, own), anchor="findings")


def show_year(body_id: str, body: pd.Series, result: pd.Series, found: pd.DataFrame, own: Group) -> None:
    """The parts of the page about the year of the sidebar."""
    in_year, peers = {"organisation": body_id, "fiscal_year": chosen.year}, session.peers(body_id)
    among = {**in_year, "place": peers.place, "kind": peers.kind}
    edition = data.query("editions").set_index("fiscal_year", drop=False).loc[chosen.year]
    standing = organisation_tree.standing(body_id, edition, data.query("organisation_tree", **in_year), own)
    rank = data.query("organisation_rank", **among).iloc[0]
    figures = organisation_status.figures(
        result, rank, standing.pass_mark, data.query("breaks"), data.query("national_series")
    )
    levels = data.query("grade_levels")
    grades = levels[levels["fiscal_year"] == chosen.year].set_index("code")["name_th"].to_dict()
    panel.show_status(figures, result, standing.tree.set_index("part")["name_th"])
    panel.show_sources(body_id, chosen.year, peers, has_change=pd.notna(result["overall_change"]))
    if st.button("ทำอะไรต่อให้ถึงระดับถัดไป", key="to_road", icon=":material/route:"):
        session.open_page(ROAD_PAGE, organisations=(body_id, *chosen.organisations[1:]))
    panel.choose_peers(
        session.offered_peers(body_id),
        chosen.peers,
        organisation_status.peers_words(peers, rank, chosen.year),
        organisation_status.grade_note(result, grades, standing.tree.iloc[0]),
    )
    focus = organisation_tree.focus_of(standing.tree, chosen.part)
    printed = data.query("organisation_printed", **in_year, part=focus)
    panel.show_tree(standing, chosen.part, focus, printed, found)
    show_why(body_id)
    changed = break_note(data.query("breaks"), chosen.year - 1, chosen.year)
    stands = position.standing(data.query("organisation_standing", **among), peers, chosen.year, changed)
    if isinstance(stands, str):
        st.subheader(position.TITLE, anchor=False)
        st.caption(stands)
    else:
        view.show(stands)
    rows = data.query("organisation_position", **among)
    in_ranges = organisation.position(
        rows, standing, peers, is_member=bool(rank["is_member"]), stretched=chosen.stretched
    )
    view.show_or_say(in_ranges, "กลุ่มเปรียบเทียบไม่มีคะแนนของปีนี้ จึงยังบอกตำแหน่งไม่ได้")


def show_why(body_id: str) -> None:
    """What moved the overall since the year before; nothing where the year before has none of the body."""
    before = data.query("bodies_parts", organisations=f",{body_id},", fiscal_year=chosen.year - 1)
    if before.empty:
        return
    span = between(data.query("editions"), data.query("breaks"), chosen.year - 1, chosen.year)
    after = data.query("bodies_parts", organisations=f",{body_id},", fiscal_year=chosen.year)
    trees = [data.query("parts", fiscal_year=year) for year in (span.from_year, span.to_year)]
    name = known.names([body_id])[body_id]
    why = decomposition.waterfall(body_id, name, before, after, *trees, span) if span.level else None
    view.show_or_say(
        why, f"ปี {span.years} ไม่มีคะแนนรวมกับตัวชี้วัดหรือเครื่องมือครบทั้งสองปี หรือเทียบกันไม่ได้ จึงแยกสาเหตุไม่ได้"
    )


if chosen.focus is None:
    choose()
else:
    show_body(chosen.focus)
view.footer()
