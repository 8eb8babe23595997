"""ทำอะไรต่อ: what brings one body to the next level, whom it can learn from, what its plans have led to."""

import streamlit as st

from dashboard import data, full_table, session, view
from dashboard.panels import organisation
from dashboard.panels import road as panel
from dashboard.selection import ALL, Group
from dashboard.views import learn, organisation_status, organisation_tree, plan_results, road
from dashboard.views.organisation_tree import Standing

HEADER = ("ทำอะไรต่อ", "สิ่งที่ทำแล้วคะแนนขึ้นมากที่สุดของหน่วยงานเดียว เรียนรู้จากใครได้ และแผนที่ผ่านมาให้ผลอย่างไร")
chosen, known = session.selection(), session.catalog()


def show_body(body_id: str) -> None:
    """Everything there is to do next for one body."""
    body = data.query("organisation", organisation=body_id).iloc[0]
    results = data.query("organisation_results", organisation=body_id)
    now = results[results["fiscal_year"] == chosen.year]
    own = Group(ALL, ALL, f"{body['label_th']} (หน่วยงานเดียว)")
    left, right = st.columns([3, 2], gap="medium", vertical_alignment="bottom")
    left.header(view.escape(body["full_name_th"]), anchor=False)
    type_th = known.kinds.get(body["type"], body["type_th"])
    left.caption(view.escape(organisation_status.identity(body, type_th)))
    links = "[แผนกับผล](#plans)" if now.empty else "[เรียนรู้จากใคร](#learn) · [แผนกับผล](#plans)"
    right.caption(f"ไปที่ {links}")
    standing = None
    if results.empty:
        view.nothing("ยังไม่มีคะแนนของหน่วยงานนี้ในคลังข้อมูล", "จึงยังบอกไม่ได้ว่าควรทำอะไรต่อจากผลการประเมิน")
    elif now.empty:
        organisation.other_years(results["fiscal_year"].tolist(), chosen.year)
    else:
        edition = data.query("editions").set_index("fiscal_year", drop=False).loc[chosen.year]
        tree = data.query("organisation_tree", organisation=body_id, fiscal_year=chosen.year)
        standing = organisation_tree.standing(body_id, edition, tree, own)
        show_road(standing)
        show_learn(standing)
    show_plans(body_id, own, standing)


def show_road(standing: Standing) -> None:
    """What brings the body to the next level."""
    edition = panel.editions()[standing.year]
    found = road.ways(standing.organisation, edition, standing.tree, standing.own)
    panel.show_checklist(found, road.checklist(found))
    if reaches := road.reaches(found):
        panel.show_reaches(reaches)
    if surveys := road.surveys(found):
        full_table.show(surveys)
    if gains := road.gains(found):
        view.show(gains)


def show_learn(standing: Standing) -> None:
    """Bodies that started alike and rose most in an indicator, by default the weakest."""
    st.header("เรียนรู้จากใคร", anchor="learn")
    indicators = standing.tree[(standing.tree["level"] == "indicator") & standing.tree["value"].notna()]
    indicators = indicators.sort_values(["value", "position"])
    if indicators.empty:
        view.nothing("ไม่ทราบคะแนนรายตัวชี้วัดของปีนี้ จึงไม่รู้ว่าจุดอ่อนอยู่ที่ใด", view.ELSEWHERE)
        return
    part = learn.indicator_of(indicators, standing.tree, chosen.part)
    panel.choose_indicator(indicators, part)
    name = indicators.set_index("part").at[part, "name_th"]
    label, peers = f"{part} {name}", session.peers(standing.organisation)
    about = {"fiscal_year": standing.year, "part": part}
    rows = data.query(
        "alike_bodies",
        organisation=standing.organisation,
        place=peers.place,
        kind=peers.kind,
        overall_within=learn.OVERALL_WITHIN,
        part_within=learn.PART_WITHIN,
        most=learn.MOST,
        **about,
    )
    if rows.empty:
        breaks = data.query(
            "breaks_between", from_year=standing.year - 1, to_year=standing.year, level="indicator"
        )
        series = data.query("organisation_series", organisations=f",{standing.organisation},", part=part)
        view.nothing(learn.impossible(standing.year, label, breaks, series), view.ELSEWHERE)
        return
    made, ids = learn.alike(rows, part, label, standing.year, peers, data.query("breaks"))
    panel.show_alike(made, ids)
    if ids:
        plans = data.query(
            "measures_on_part", organisations=f",{','.join(ids)},", assessed_year=standing.year - 1, part=part
        )
        if measures := learn.measures(plans, rows.iloc[1:], label, standing.year, peers):
            full_table.show(measures)
        else:
            st.caption(f"ในคลังข้อมูลไม่มีมาตรการของหน่วยงานเหล่านี้ที่ตอบผลปี {standing.year - 1} และมุ่งแก้ตัวชี้วัดนี้")


def show_plans(body_id: str, own: Group, standing: Standing | None) -> None:
    """What the body plans against what its results say, and how indicators with a measure changed.

    `standing` is that of the chosen year, where the body has a result in it.
    """
    st.header("แผนกับผล", anchor="plans")
    weak = data.query("organisation_weak", organisation=body_id)
    plans = data.query("organisation_measures", organisation=body_id)
    changes = data.query("organisation_plan_changes", organisation=body_id)
    breaks = data.query("breaks")
    if made := plan_results.body(body_id, weak, changes, plans, own, breaks):
        full_table.show(made, bold=plan_results.unaddressed(made))
    if standing and chosen.year not in set(weak["fiscal_year"]):
        st.info(view.escape(plan_results.without_plan(standing)), icon=":material/info:")
    if bare := plan_results.not_followed(plans, own):
        full_table.show(bare)
    peers, year = session.peers(body_id), chosen.year
    rows = data.query("group_plan_changes", place=peers.place, kind=peers.kind, fiscal_year=year)
    view.show_or_say(
        plan_results.group(rows, year, peers, breaks),
        f"ในกลุ่ม “{peers.label}” ไม่มีหน่วยงานที่มีทั้งแผนตอบผลปี {year - 1} และคะแนนรายตัวชี้วัดสองปีที่เทียบกันได้ "
        "จึงบอกไม่ได้ว่าตัวชี้วัดที่มีมาตรการเปลี่ยนต่างจากตัวที่ไม่มีอย่างไร",
    )


left, right = st.columns([3, 2], gap="medium")
with left:
    view.header(*HEADER)
with right:
    organisation.pick_body()
if chosen.focus is None:
    view.nothing("ยังไม่ได้เลือกหน่วยงาน", "พิมพ์ชื่อในช่องด้านบน แล้วหน้านี้จะบอกว่าทำอะไรต่อจึงถึงระดับถัดไป")
else:
    show_body(chosen.focus)
view.footer()
