"""What the organisation page draws beside its views: the box for a body, status, the tree, measures."""

import pandas as pd
import streamlit as st

from dashboard import full_table, listing, number_source, session, text, view
from dashboard.number import GroupNumber, Number
from dashboard.picker import picker
from dashboard.selection import PEERS, Group
from dashboard.view import View
from dashboard.views import organisation_measures, organisation_tree
from dashboard.views.organisation_tree import ROOT, Standing

MOST_LOWEST_BUTTONS = 2


def pick_body() -> None:
    """The box that chooses the body of the page."""
    picker(
        "หน่วยงานที่ดู",
        session.catalog(),
        session.selection().organisations[:1],
        key="pick_body",
        most=1,
        on_change=lambda picked: session.change(organisations=picked),
    )


def other_years(years: list[int], year: int) -> None:
    """Why the year shows nothing, and the years that would."""
    st.info(f"หน่วยงานนี้ไม่มีข้อมูลปี {year} มีข้อมูลปีด้านล่าง คลิกเพื่อเปลี่ยนปี", icon=":material/info:")
    with st.container(horizontal=True):
        for one in reversed(years):
            st.button(f"ดูปี {one}", key=f"year_{one}", on_click=session.change, kwargs={"year": int(one)})


def show_status(figures: list[tuple[str, str, str]], result: pd.Series, names: pd.Series) -> None:
    """The figures of the year, the lowest indicator as the fifth; `names` are those of the parts by code."""
    columns = st.columns(5, gap="small")
    view.metrics(columns[:-1], figures)
    with columns[-1]:
        st.metric("ตัวชี้วัดต่ำสุด", text.points(result["lowest_value"]), border=True)
        if pd.isna(result["lowest_indicators"]):
            st.caption("ไม่ทราบคะแนนรายตัวชี้วัด")
            return
        codes = str(result["lowest_indicators"]).split(", ")
        for code in codes[:MOST_LOWEST_BUTTONS]:
            st.button(
                view.escape(text.part_label(code, names[code])),
                key=f"lowest_{code}",
                type="tertiary",
                wrap=True,
                icon=":material/arrow_downward:",
                on_click=session.change,
                kwargs={"part": code},
            )
        if len(codes) > MOST_LOWEST_BUTTONS:
            st.caption(f"และอีก {len(codes) - MOST_LOWEST_BUTTONS} ตัวที่เท่ากัน")


def show_sources(organisation: str, year: int, peers: Group, *, has_change: bool) -> None:
    """Buttons to the source of every figure of the status."""
    overall = Number(organisation, year, ROOT)
    with st.container(horizontal=True):
        number_source.button(overall, key="source_overall", label="ที่มาของคะแนนรวมและระดับ")
        ranked = GroupNumber(peers, year, ROOT, ("rank", "count"))
        number_source.button(ranked, key="source_rank", label="ที่มาของอันดับ")
        if has_change:
            moved = Number(organisation, year, ROOT, before=year - 1)
            number_source.button(moved, key="source_change", label="ที่มาของการเปลี่ยนแปลง")


def choose_peers(offered: list[str], chosen: str, words: str, grade: str) -> None:
    """The box that chooses the comparison group; beside it what it is, and how the grade was decided."""
    left, right = st.columns([2, 3], vertical_alignment="bottom", gap="medium")
    st.session_state["pick_peers"] = chosen
    left.selectbox(
        "เทียบกับกลุ่ม",
        offered,
        format_func=PEERS.__getitem__,
        key="pick_peers",
        on_change=session.pick("peers", "pick_peers"),
        placeholder="เลือกกลุ่มเปรียบเทียบ",
    )
    right.caption(f"{view.escape(words)}  \n{view.escape(grade)}")


def show_tree(
    standing: Standing, asked: str | None, focus: str, printed: pd.DataFrame, findings: pd.DataFrame
) -> None:
    """The path to a part, the part, its findings, its children.

    `asked` is the part of the selection, `focus` the one shown; `printed` are of organisation_printed.
    """
    if asked and asked != focus:
        said = f"กรอบการประเมินปี {standing.year} ไม่มีส่วน “{asked}” จึงเริ่มจากคะแนนรวม"
        st.warning(view.escape(said), icon=":material/info:")
    if focus != ROOT:
        _part(standing, focus, printed)
    here = (findings["part"] == focus) & (findings["fiscal_year"] == standing.year)
    for one in findings[here].itertuples():
        said = f"ข้อค้นพบ ({text.SEVERITIES[one.severity]}): {one.message_th}"
        st.warning(view.escape(said), icon=":material/flag:")
    _children(standing, focus)


def _part(standing: Standing, focus: str, printed: pd.DataFrame) -> None:
    """The way down to a part, and everything known of it."""
    _breadcrumb(standing.tree, focus)
    row = standing.tree[standing.tree["part"] == focus].iloc[0]
    title = view.escape(text.part_label(row["part"], row["name_th"]))
    figures = organisation_tree.part_figures(row)
    sources = [organisation_tree.source_words(one, row["published"]) for one in printed.itertuples()]
    with st.container(border=True, gap="xsmall"):
        st.markdown(f"**{title}** · {text.LEVELS[row['level']]} ปี {standing.year}")
        st.markdown("&emsp;".join(f"{label} **{view.escape(value)}**" for label, value in figures))
        st.caption("  \n".join(map(view.escape, sources or ["แหล่งข้อมูลไม่ได้พิมพ์ค่านี้ไว้"])))
        number_source.button(Number(standing.organisation, standing.year, focus), key="source_part")


def _breadcrumb(tree: pd.DataFrame, focus: str) -> None:
    """The way down as buttons, to where the user stands."""
    names = tree.set_index("part")["name_th"]
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        for code in organisation_tree.path(tree, focus)[:-1]:
            st.button(
                view.escape(names[code] if code == ROOT else code),
                key=f"path_{code}",
                on_click=session.change,
                kwargs={"part": None if code == ROOT else code},
            )
            st.markdown("›", width="content")
        st.markdown(f"**{view.escape(focus)}**", width="content")


def _children(standing: Standing, focus: str) -> None:
    """The children of a part as bars and buttons; a part without children is shown among its siblings."""
    tree = standing.tree
    has_children = (tree["parent"] == focus).any()
    if not has_children and focus == ROOT:
        view.nothing(
            f"กรอบการประเมินปี {standing.year} ไม่มีส่วนย่อยที่ใช้ได้ ทราบเฉพาะคะแนนรวม", "ลองเลือกปีอื่นในแถบด้านซ้าย"
        )
        return
    shown = focus if has_children else tree.set_index("part").at[focus, "parent"]
    left, right = st.columns([11, 9], gap="medium")
    with left:
        made = organisation_tree.children_view(standing, shown, focus)
        if code := listing.point_code(view.show(made, on_point=f"children_{focus}")):
            session.change(part=code)
            st.rerun()
    with right:
        st.caption("เลือกส่วนเพื่อดูลงไป")
        for _, row in tree[tree["parent"] == shown].iterrows():
            _child(row, focus)


def _child(row: pd.Series, focus: str) -> None:
    """A button with a part's code, name and score, and below it what else is known."""
    star = "*" if row["basis"] == "recomputed" else ""
    mark = " ≠" if row["differs"] else ""
    name = text.part_label(row["part"], row["name_th"])
    st.button(
        f"{view.escape(name)} · **{view.escape(text.points(row['value']) + star)}{mark}**",
        key=f"child_{row['part']}",
        width="stretch",
        wrap=True,
        type="primary" if row["part"] == focus else "secondary",
        on_click=session.change,
        kwargs={"part": row["part"]},
    )
    if known := organisation_tree.facts(row):
        st.caption(view.escape(" · ".join(known)))


def show_measures(weak: list[View], plans: list[View]) -> None:
    """Measures beside the indicators they address."""
    st.header("มาตรการและการติดตาม", anchor="measures")
    if not plans:
        st.caption("ยังไม่มีมาตรการของหน่วยงานนี้ในคลังข้อมูล")
        return
    for made in weak:
        if made.frame["คะแนน"].isna().all():
            st.caption(view.escape(f"{made.title}: {made.sentence}"))
        else:
            full_table.show(made, bold=organisation_measures.unaddressed(made))
    for made in plans:
        full_table.show(made, screen=organisation_measures.on_screen(made))
