"""วิธีการ: what is assessed, how it is calculated and graded, what may be compared, where figures come from."""

from dataclasses import replace
from functools import partial

import streamlit as st

from dashboard import data, full_table, session, text, view
from dashboard.selection import ALL
from dashboard.views import methods, methods_formulas, methods_grades

editions = data.query("editions")
year = session.selection().year or int(editions["fiscal_year"].max())
edition = next(editions[editions["fiscal_year"] == year].itertuples())
parts, all_years = data.query("parts", fiscal_year=year), text.span(editions["fiscal_year"])


def show_structure() -> None:
    """The tree of the year: its shape as a chart, its parts as one table per instrument."""
    if len(parts) == 1:
        view.nothing(
            f"ปี {year} มีเฉพาะคะแนนรวม: {edition.confidence_th}", "เลือกปีอื่นในแถบด้านซ้ายเพื่อดูโครงสร้างของปีนั้น"
        )
        return
    view.show(methods.structure(parts, edition))
    st.subheader("รายการทุกระดับ", anchor=False)
    for row in parts[parts["level"] == "instrument"].itertuples():
        below = parts[(parts["instrument"] == row.part) & (parts["part"] != row.part)]
        words = view.escape(methods.instrument_words(row, below))
        opened = st.expander(words, key=f"methods_instrument_{row.part}", on_change="rerun")
        if opened.open:
            with opened:
                bold = list(below["level"] == "indicator")
                full_table.table(methods.instrument_table(below), f"ส่วนย่อยของเครื่องมือ {row.part}", bold=bold)


def show_formulas() -> None:
    """A published body calculated step by step, then every formula."""
    found, tree = data.query("worked_example", fiscal_year=year), None
    if found.empty:
        view.nothing("ยังไม่มีหน่วยงานที่มีคะแนนครบพอให้คำนวณซ้ำเป็นตัวอย่าง", "เมื่อนำเข้าคะแนนรายตัวชี้วัดแล้วตัวอย่างจะปรากฏที่นี่")
    else:
        body = next(found.itertuples())
        in_year = {"fiscal_year": int(body.fiscal_year)}
        weights = data.query("parts", **in_year)[["part", "weight_in_parent"]]
        tree = data.query("organisation_tree", organisation=body.organisation_id, **in_year)
        tree = tree.merge(weights, on="part")
        full_table.show(methods_formulas.worked_example(body, tree, year))
    full_table.show(methods_formulas.formulas(parts, edition, tree, data.query("worked_change")))


def show_grades() -> None:
    """The scales side by side, then what an overall alone decides."""
    levels = methods_grades.scales(data.query("grade_ranges"), year)
    if levels.empty:
        view.nothing("ไม่มีเกณฑ์ระดับในกรอบการประเมินใด", "เพิ่มเกณฑ์ในแฟ้มของปีนั้นใน ita_data/editions")
        return
    graded = data.query("grade_levels")["fiscal_year"]
    view.show(methods_grades.grades(levels, editions["fiscal_year"], graded))
    levels, counted = levels[levels["now"]], data.query("group_grades", place=ALL, kind=ALL)
    if shown := methods_grades.undecided(levels, counted, edition):
        view.show(shown)
    else:
        st.subheader("เมื่อทราบเพียงคะแนนรวม", anchor=False)
        st.markdown(methods_grades.decided(levels, year))


def show_breaks() -> None:
    """Where the method changed, and how sure every edition is."""
    if shown := methods.breaks(data.query("breaks"), all_years):
        full_table.show(shown)
    else:
        view.nothing("ไม่มีจุดเปลี่ยนที่ประกาศไว้ในกรอบการประเมิน", "เพิ่ม break_before ในแฟ้มของปีที่วิธีเปลี่ยน")
    full_table.show(methods.confidence(editions))


def show_sources() -> None:
    """Every source, and whose tables the map and the names of provinces are."""
    if shown := methods.sources(data.query("sources"), all_years):
        full_table.show(shown, screen=methods.sources_on_screen(shown))
    else:
        view.nothing("ชุดข้อมูลนี้ไม่มีแหล่งข้อมูล", "นำเข้าแหล่งข้อมูลในแฟ้ม sources.csv")
    st.caption(view.escape(methods.LICENCES))


def show_averages() -> None:
    """The printed averages of groups, a year at a time."""
    years = data.query("group_average_years")
    if years.empty:
        view.nothing("ชุดข้อมูลนี้ไม่มีค่าเฉลี่ยกลุ่ม", "นำเข้าในแฟ้ม group_scores.csv")
        return
    offered = sorted(years["fiscal_year"].tolist(), reverse=True)
    asked = st.selectbox(
        "ปีของค่าเฉลี่ย",
        offered,
        index=offered.index(year) if year in offered else 0,
        placeholder="เลือกปี",
        width=220,
    )
    rows = data.query("group_averages", fiscal_year=int(asked))
    of_year = data.query("parts", fiscal_year=int(asked))
    every = partial(data.current().run, "group_averages", fiscal_year=0)
    shown = methods.averages(rows, years, of_year)
    shown = replace(shown, whole=lambda: methods.averages_table(every(), of_year))
    full_table.show(shown, screen=methods.averages_on_screen(rows, of_year))


view.header("วิธีการ", "ประเมินอะไร คำนวณและจัดระดับอย่างไร ปีใดเทียบกันได้ และตัวเลขมาจากที่ใด")
st.info(
    "**ITA วัดการรับรู้และการเปิดเผยข้อมูล ไม่ได้วัดการทุจริตโดยตรง**  \n"
    "คะแนนมาจากความเห็นของเจ้าหน้าที่และผู้รับบริการ กับการตรวจว่าเว็บไซต์เปิดเผยข้อมูลครบหรือไม่ "
    "คะแนนสูงไม่ได้แปลว่าไม่มีการทุจริต คะแนนต่ำไม่ได้แปลว่ามี  \n"
    + view.escape(methods.rise(data.query("national_series"))),
    icon=":material/info:",
)
SECTIONS = {
    "โครงสร้างและน้ำหนัก": show_structure,
    "สูตรและตัวอย่าง": show_formulas,
    "ระดับผล": show_grades,
    "เทียบข้ามปี": show_breaks,
    "แหล่งข้อมูล": show_sources,
    "ค่าเฉลี่ยกลุ่ม": show_averages,
}
tabs = st.tabs(list(SECTIONS), key="methods_tab", on_change="rerun")
for tab, show in zip(tabs, SECTIONS.values(), strict=True):
    if tab.open:
        with tab:
            show()
view.footer()
