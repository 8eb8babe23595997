"""คุณภาพข้อมูล: what the checks found, what waits for a person, how much of the country is loaded."""

import pandas as pd
import streamlit as st

from dashboard import data, full_table, session, text, view
from dashboard.panels import quality as panel
from dashboard.selection import ALL
from dashboard.views import methods, quality
from warehouse import build

known, everybody = session.catalog(), session.group_of(ALL, ALL)


def part_names(years: pd.Series) -> dict[tuple[int, str], str]:
    """The labels of the parts of some years."""
    trees = {int(year): data.query("parts", fiscal_year=int(year)) for year in years.dropna().unique()}
    return quality.part_names(trees)


@st.cache_data(max_entries=4, show_spinner=False)
def findings(build_id: str) -> pd.DataFrame:
    """All findings of a build in the words of the page; folding them for the search takes its time."""
    found = data.query("findings")
    return quality.prepared(found, part_names(found["fiscal_year"]))


def show_findings() -> None:
    """The findings of everybody or of the group, and what the filters leave of them."""
    only_group = st.toggle(
        f"เฉพาะกลุ่มในตัวกรอง ({session.group().label})", key="quality_only_group", persist_state="session"
    )
    group = session.group() if only_group else everybody
    members = known.members(group)
    found = every[every["organisation_id"].isin(members)] if only_group else every
    if only_group:
        st.caption("ไม่รวมข้อค้นพบที่ยังไม่ผูกกับหน่วยงานใด ปีในแถบตัวกรองไม่มีผลกับหน้านี้")
    view.metrics(st.columns(len(text.SEVERITIES)), quality.severities(found))
    if found.empty:
        view.nothing(
            f"ไม่มีข้อค้นพบของกลุ่ม “{group.label}”" if only_group else "การตรวจทุกแบบไม่พบสิ่งผิดปกติในคลังข้อมูลรุ่นนี้",
            "ปิดตัวเลือก “เฉพาะกลุ่มในตัวกรอง” เพื่อดูทุกหน่วยงาน" if only_group else "ดูความครอบคลุมของข้อมูลด้านล่าง",
        )
        return
    checks = {check.code: check.title_th for check in build.checks()}
    view.show(quality.per_check(found, checks, group, len(members)))
    st.divider()
    st.markdown("##### เลือกข้อค้นพบ")
    left_over = panel.chosen_findings(found, every)
    if left_over.empty:
        view.nothing("ไม่มีข้อค้นพบตามตัวเลือกนี้", "ลบคำค้นหรือตัวเลือกบางตัว")
    else:
        view.show(quality.findings(left_over, len(found), group, len(members)))
        panel.cards(left_over)


def show_waiting() -> None:
    """What only a person can say."""
    unresolved = data.query("unresolved_scores")
    names = part_names(unresolved["fiscal_year"])
    homeless = every[every["check_code"] == "no_province"]
    shown = quality.waiting(unresolved, homeless, names, known, everybody)
    if shown is None:
        st.subheader("รอการระบุ", anchor=False)
        st.markdown("ไม่มีคะแนนหรือหน่วยงานที่รอการระบุ")
    else:
        full_table.show(shown)


def show_coverage() -> None:
    """How much of every year is loaded, and how deep it reaches."""
    levels, years = data.query("coverage_levels"), data.query("coverage_years")
    if not years["n_scores"].sum():
        view.nothing("คลังข้อมูลยังไม่มีคะแนน", "นำเข้าชุดข้อมูล แล้วสร้างคลังด้วยคำสั่ง python -m warehouse build")
        return
    n_bodies = len(known.organisations)
    left, right = st.columns([4, 5], gap="medium")
    with left:
        view.show(quality.levels_loaded(levels, everybody, n_bodies))
    with right:
        full_table.show(quality.coverage(years, everybody, n_bodies))


def show_sources() -> None:
    """Every source with who brought it in and when."""
    shown = methods.sources(sources, text.span(data.query("editions")["fiscal_year"]))
    if shown is None:
        view.nothing("ชุดข้อมูลนี้ไม่มีแหล่งข้อมูล", "นำเข้าแฟ้มในหน้านำเข้าข้อมูล")
    else:
        full_table.show(shown, screen=methods.sources_on_screen(shown), anchor="sources")


view.header("คุณภาพข้อมูล", "ข้อมูลใดควรตรวจก่อนใช้ อะไรรอคนระบุ และคลังข้อมูลครอบคลุมเพียงใด")
sources = data.query("sources")
panel.asked_source(sources)
every = findings(data.build_info().build_id)
st.info(
    "ข้อค้นพบไม่เปลี่ยนคะแนนใด ระบบแสดงค่าที่เผยแพร่เสมอ  \n"
    "สิ่งที่ควรทำ: เปิดต้นฉบับตามตำแหน่งที่บอกไว้ ถ้านำเข้าผิดให้แก้ชุดข้อมูลแล้วสร้างคลังใหม่ "
    "ถ้าต้นฉบับผิดให้แจ้งหน่วยงานเจ้าของเอกสาร ถ้าตรวจแล้วถูกต้องปล่อยไว้ได้",
    icon=":material/rule:",
)
show_findings()
st.divider()
show_waiting()
st.divider()
show_coverage()
st.divider()
show_sources()
view.footer()
