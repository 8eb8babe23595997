"""หน่วยงาน: one body: how it stands, why, against whom, over the years, and what is being done about it."""

import pandas as pd
import streamlit as st

from dashboard import (
    data,
    listing,
    organisation_measures,
    organisation_status,
    organisation_tree,
    organisation_views,
    session,
    view,
)
from dashboard.selection import ALL, Group

TITLE = "หน่วยงาน"
LEAD = "ผลของหน่วยงานเดียว ตั้งแต่คะแนนรวมลงไปถึงรายข้อ ตำแหน่งในกลุ่ม และมาตรการ"
BODIES_PER_PAGE = 50
chosen, known = session.selection(), session.catalog()


def pick_body() -> None:
    """The box that chooses the body of the page."""
    st.session_state["pick_body"] = chosen.focus
    st.selectbox(
        "หน่วยงานที่ดู",
        list(known.organisations.index),
        format_func=known.label,
        key="pick_body",
        on_change=lambda: session.change(organisations=tuple(filter(None, [st.session_state["pick_body"]]))),
        placeholder="พิมพ์ชื่อหน่วยงาน",
    )


def choose() -> None:
    """What stands here while no body is chosen: the box, and the bodies of the group to click."""
    view.header(TITLE, LEAD)
    pick_body()
    if chosen.year is None:
        view.nothing("คลังข้อมูลยังว่าง", "นำเข้าข้อมูลก่อน แล้วกลับมาที่หน้านี้")
        return
    group = session.group()
    count = data.query(
        "group_bodies", place=group.place, kind=group.kind, fiscal_year=chosen.year, first=1, last=1
    )
    if count.empty:
        view.nothing(f"ไม่มีหน่วยงานในกลุ่ม “{group.label}”", "ลองเลือกพื้นที่หรือประเภทอื่นในแถบด้านซ้าย")
        return
    st.info("ยังไม่ได้เลือกหน่วยงาน พิมพ์ชื่อในช่องด้านบน หรือคลิกจากรายการด้านล่าง", icon=":material/info:")
    number, last = 1, -(-int(count["n"].iloc[0]) // BODIES_PER_PAGE)
    if last > 1:
        number = st.number_input(
            f"หน้า (1–{last:,} หน้าละ {BODIES_PER_PAGE} แห่ง)", 1, last, key=f"page_{group.place}_{group.kind}"
        )
    made, organisations = organisation_views.bodies(group, chosen.year, number, BODIES_PER_PAGE)
    st.subheader(made.title, anchor=False)
    st.markdown(view.escape(made.sentence))
    listing.show_bodies(made, organisations)


def other_years(results: pd.DataFrame) -> None:
    """Why the year shows nothing, and the years that would."""
    years = results["fiscal_year"].tolist()
    st.info(f"หน่วยงานนี้ไม่มีข้อมูลปี {chosen.year} มีข้อมูลปีด้านล่าง คลิกเพื่อเปลี่ยนปี", icon=":material/info:")
    with st.container(horizontal=True):
        for year in reversed(years):
            st.button(f"ดูปี {year}", key=f"year_{year}", on_click=session.change, kwargs={"year": int(year)})


def show_body(organisation: str) -> None:
    """Everything about one body."""
    body = data.query("organisation", organisation=organisation).iloc[0]
    results = data.query("organisation_results", organisation=organisation)
    found = data.query("organisation_findings", organisation=organisation)
    own = Group(ALL, ALL, f"{body['label_th']} (หน่วยงานเดียว)")
    now = results[results["fiscal_year"] == chosen.year]
    left, right = st.columns([3, 2], gap="medium")
    with left:
        view.header(TITLE, LEAD)
    with right:
        pick_body()
    left, right = st.columns([3, 2], gap="medium", vertical_alignment="bottom")
    type_th = known.kinds.get(now["type"].iloc[0], body["type_th"]) if len(now) else body["type_th"]
    left.header(view.escape(body["full_name_th"]), anchor=False)
    left.caption(view.escape(organisation_status.identity(body, type_th)))
    n_measures = len(data.query("organisation_measures", organisation=organisation))
    right.caption(f"ไปที่ [มาตรการและการติดตาม ({n_measures})](#measures) · [ข้อค้นพบ ({len(found)})](#findings)")
    if results.empty:
        view.nothing(
            "ยังไม่มีคะแนนของหน่วยงานนี้ในคลังข้อมูล จึงไม่มีคะแนน ระดับ และอันดับ",
            "ด้านล่างคือสิ่งที่มี: มาตรการ การติดตาม และข้อค้นพบ",
        )
    elif now.empty:
        other_years(results)
    else:
        show_year(organisation, body, now.iloc[0], found, own)
    if len(results):
        view.show(organisation_views.years(results, own))
    show_measures(organisation, own)
    if found.empty:
        st.subheader("ข้อค้นพบจากการตรวจข้อมูล", anchor="findings")
        st.caption("การตรวจข้อมูลไม่พบเรื่องที่ควรยืนยันของหน่วยงานนี้")
    else:
        made = organisation_views.findings(found, own)
        organisation_views.show_to_read(made, anchor="findings")


def show_year(organisation: str, body: pd.Series, result: pd.Series, found: pd.DataFrame, own: Group) -> None:
    """The parts of the page about the year of the sidebar."""
    standing = organisation_tree.load(organisation, int(result["fiscal_year"]), own)
    peers = session.peers(organisation)
    organisation_status.draw(body, result, standing, peers)
    organisation_tree.draw(standing, chosen.part, found)
    view.show_or_say(
        organisation_views.position(standing, peers), "กลุ่มเปรียบเทียบไม่มีคะแนนของปีนี้ จึงยังบอกตำแหน่งไม่ได้"
    )


def show_measures(organisation: str, own: Group) -> None:
    """Measures beside the indicators they address."""
    st.header("มาตรการและการติดตาม", anchor="measures")
    plans = organisation_measures.measures(organisation, own)
    if not plans:
        st.caption("ยังไม่มีมาตรการของหน่วยงานนี้ในคลังข้อมูล")
    for made in organisation_measures.weak(organisation, own) if plans else []:
        if made.frame["คะแนน"].isna().all():
            st.caption(view.escape(f"{made.title}: {made.sentence}"))
        else:
            organisation_views.show_to_read(made, bold=organisation_measures.unaddressed(made))
    for made in plans:
        unprinted = made.frame.columns[(made.frame == organisation_measures.NOT_PRINTED).all()]
        folded = {"ผลการดำเนินการ", "ข้อเสนอแนะ"} & set(unprinted)
        organisation_views.show_to_read(made, hidden=["แหล่งข้อมูล", "ตำแหน่งในแหล่ง", *folded])


if chosen.focus is None:
    choose()
else:
    show_body(chosen.focus)
view.footer()
