"""คุณภาพข้อมูล: what the checks found, what waits for a person, how much of the country is loaded."""

from dataclasses import replace

import streamlit as st

from dashboard import data, full_table, listing, session, text, view
from dashboard.panels import quality as panel
from dashboard.selection import ALL
from dashboard.views import methods, quality
from warehouse import build

everybody = session.group_of(ALL, ALL)
WHERE = {"place": ALL, "kind": ALL}


def show_findings() -> None:
    """The findings of everybody or of the group, and what the filters leave of them."""
    only_group = st.toggle(
        f"เฉพาะกลุ่มในตัวกรอง ({session.group().label})", key="quality_only_group", persist_state="session"
    )
    group = session.group() if only_group else everybody
    where = {"place": group.place, "kind": group.kind}
    found, bodies = data.query("finding_counts", **where), data.query("finding_bodies", **where).iloc[0]
    n_found, n_bodies = int(bodies["n_found"]), int(bodies["n_bodies"])
    if where != WHERE:
        st.caption("ไม่รวมข้อค้นพบที่ยังไม่ผูกกับหน่วยงานใด ปีในแถบตัวกรองไม่มีผลกับหน้านี้")
    view.metrics(st.columns(len(text.SEVERITIES)), quality.severities(found))
    if found.empty:
        view.nothing(
            f"ไม่มีข้อค้นพบของกลุ่ม “{group.label}”" if only_group else "การตรวจทุกแบบไม่พบสิ่งผิดปกติในคลังข้อมูลรุ่นนี้",
            "ปิดตัวเลือก “เฉพาะกลุ่มในตัวกรอง” เพื่อดูทุกหน่วยงาน" if only_group else "ดูความครอบคลุมของข้อมูลด้านล่าง",
        )
        return
    checks = {check.code: check.title_th for check in build.checks()}
    view.show(quality.per_check(found, checks, group, n_found, n_bodies))
    st.divider()
    st.markdown("##### เลือกข้อค้นพบ")
    rows = panel.chosen_findings(data.query("finding_counts", **WHERE), where)
    if not rows.n:
        view.nothing("ไม่มีข้อค้นพบตามตัวเลือกนี้", "ลบคำค้นหรือตัวเลือกบางตัว")
    else:
        shown = quality.findings(quality.prepared(rows.frame), rows.n, int(found["n"].sum()), group, n_bodies)
        view.show(listing.told(replace(shown, whole=lambda: quality.findings_table(rows.everything())), rows))
        panel.cards(rows)


def show_waiting() -> None:
    """What only a person can say."""
    counts = data.query("waiting_counts").iloc[0]
    n_scores, n_places = int(counts["n_scores"]), int(counts["n_bodies"])
    if not n_scores + n_places:
        st.subheader("รอการระบุ", anchor=False)
        st.markdown("ไม่มีคะแนนหรือหน่วยงานที่รอการระบุ")
        return
    asked = listing.ask("waiting", {}, n_scores + n_places, placeholder="ค้นชื่อหรือแหล่งที่รอการระบุ")
    rows = listing.fetch("waiting", "waiting_figures", asked, ordered=False)
    shown = quality.waiting(rows.frame, n_scores, n_places, everybody, n_all)
    shown = replace(shown, whole=lambda: quality.waiting_table(rows.everything()))
    full_table.show(listing.told(shown, rows))
    listing.pages("waiting", rows)


def show_coverage() -> None:
    """How much of every year is loaded, and how deep it reaches."""
    levels, years = data.query("coverage_levels"), data.query("coverage_years")
    if not years["n_scores"].sum():
        view.nothing("คลังข้อมูลยังไม่มีคะแนน", "นำเข้าชุดข้อมูล แล้วสร้างคลังด้วยคำสั่ง python -m warehouse build")
        return
    left, right = st.columns([4, 5], gap="medium")
    with left:
        view.show(quality.levels_loaded(levels, everybody, n_all))
    with right:
        full_table.show(quality.coverage(years, everybody, n_all))


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
n_all = int(data.query("finding_bodies", **WHERE)["n_bodies"].iloc[0])
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
