"""What the page ทำอะไรต่อ draws beside its views: the checklist to tick off, the box of indicators."""

from dataclasses import replace
from functools import cache

import pandas as pd
import streamlit as st

from dashboard import number_source, session, text, view
from dashboard.view import View
from dashboard.views import road
from ita_data.edition import Edition, load_editions

DONE = "ถือว่าทำแล้ว"
ROW, MOST_ROWS = 35, 16  # of the checklist: pixels, and how many before it scrolls


@cache
def editions() -> dict[int, Edition]:
    """The editions the program holds, by fiscal year; a version is built anew where they change."""
    return load_editions()


def show_checklist(found: road.Ways, made: View) -> None:
    """The road: its sentence, its picture, and the documents to tick off, which adds up those ticked."""
    view.head(made)
    view.picture(made)
    if bases := road.two_bases(found):
        st.info(view.escape(bases), icon=":material/balance:")
    if found.published.steps:
        edited = st.data_editor(
            made.frame.assign(**{DONE: False})[[DONE, *made.frame.columns]],
            key=f"done_{found.organisation}_{found.year}",
            height=ROW * (min(len(made.frame), MOST_ROWS) + 1) + 3,
            hide_index=True,
            disabled=list(made.frame.columns),
            column_config={
                **view.number_columns(made.frame),
                DONE: st.column_config.CheckboxColumn(width=96),
                "ลำดับ": st.column_config.NumberColumn(width=64),
                "ข้อ": st.column_config.TextColumn(width=64),
                "ชื่อ": st.column_config.TextColumn(width=236),
            },
            placeholder=text.MISSING,
        )
        ticked = set(edited.loc[edited[DONE].astype(bool), "ข้อ"])
        if ticked:
            st.info(view.escape(road.ticked(found, ticked)), icon=":material/checklist:")
        else:
            st.caption(f"ติ๊กช่อง “{DONE}” เพื่อดูคะแนนรวมเมื่อทำเฉพาะข้อที่เลือก (เก็บไว้เฉพาะระหว่างที่เปิดหน้านี้)")
        number_source.choose(made.frame.set_index("ข้อ", drop=False), made.numbers, key="choose_road")
    view.notes(replace(made, notes=[note for note in made.notes if note != bases]))
    if found.published.steps:
        view.downloads(made)


def show_reaches(made: View) -> None:
    """The levels not reached yet, as lines that a phone can hold."""
    view.head(made)
    for level, words in road.reach_lines(made):
        st.markdown(f"- **{view.escape(level)}** {view.escape(words)}")
    view.notes(made)
    view.downloads(made)


def choose_indicator(indicators: pd.DataFrame, chosen: str) -> None:
    """The box of the indicator to learn about; `indicators` has part, name_th and value, the lowest first."""
    words = {
        row.part: f"{text.part_label(row.part, row.name_th)} · {text.points(row.value)}"
        for row in indicators.itertuples()
    }
    st.session_state["pick_indicator"] = chosen
    st.selectbox(
        "ตัวชี้วัดที่อยากให้ดีขึ้น (ต่ำสุดก่อน)",
        list(words),
        format_func=words.__getitem__,
        key="pick_indicator",
        on_change=session.pick("part", "pick_indicator"),
        placeholder="เลือกตัวชี้วัด",
    )


def show_alike(made: View, ids: list[str]) -> None:
    """The bodies to learn from; a click opens one."""
    view.head(made)
    if ids:
        st.caption(number_source.HINT_BODIES)
        number_source.table(
            made.frame,
            made.numbers,
            key="rows_learn",
            bodies=ids,
            hide_index=True,
            column_config=view.number_columns(made.frame),
            placeholder=text.MISSING,
        )
    view.notes(made)
    if ids:
        view.downloads(made)
