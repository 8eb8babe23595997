"""ที่มาของตัวเลข: where a number on screen comes from, in one dialog for tables, charts and buttons."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from dashboard import data, session, text
from dashboard.number import GroupNumber, Number, Numbers, parse
from dashboard.selection import link_to
from dashboard.views import number_group, number_source, organisation_status
from dashboard.views.number_source import Printed, Step

BODY = "หน่วยงาน"  # the column whose cells open a body's page
HINT = "คลิกตัวเลขเพื่อดูที่มา"
HINT_BODIES = f"{HINT} · คลิกช่องหน้าแถวหรือชื่อเพื่อเปิดหน้าของหน่วยงาน"
HINT_POINTS = "คลิกจุดในภาพหรือตัวเลขในตารางเพื่อดูที่มา"
TITLE = "ที่มาของตัวเลข"
QUALITY_PAGE = "pages/data/quality.py"
COMPARE_PAGE = "pages/supervise/compare.py"
WEAKEST_PAGE = "pages/supervise/weakest.py"
SOURCE = "quality_source"  # the source the quality page shows in full
_CLICKED = "number_clicked"
_OPENED_BY = "number_opened_by"
_TRAIL = "number_trail"
_NOTHING = {"selection": {"rows": [], "columns": [], "cells": []}}


def table(
    shown: Any,
    numbers: Numbers,
    *,
    key: str,
    bodies: Sequence[str] = (),
    changes: Mapping[str, object] | None = None,
    **options: Any,
) -> None:
    """Draw a table (as st.dataframe, with its `options`) whose numbers show their source at a click.

    `bodies` are the ids of the rows where rows are bodies: a click before a row or on its name opens the
    body's page with the `changes` to the selection.
    """
    if not numbers and not bodies:
        st.dataframe(shown, **options)
        return
    st.dataframe(
        shown,
        key=key,
        on_select=partial(_cell_clicked, key, numbers, bodies),
        selection_mode=["single-row", "single-cell"] if bodies else "single-cell",
        **options,
    )
    _answer(key, changes or {})


def _cell_clicked(key: str, numbers: Numbers, bodies: Sequence[str]) -> None:
    """Note what was clicked. Called when the selection changes, so once a click and on no later rerun."""
    picked = st.session_state[key]["selection"]
    for row, name in picked["cells"]:
        if name in numbers:
            st.session_state[_CLICKED] = (key, numbers[name](row))
        elif name == BODY and bodies:
            st.session_state[_CLICKED] = (key, bodies[row])
        return
    for row in picked["rows"]:
        st.session_state[_CLICKED] = (key, bodies[row])


def points(figure: go.Figure, *, key: str, about: GroupNumber | None, **options: Any) -> None:
    """Draw a chart (as st.plotly_chart) whose points show the source of the number in their customdata.

    A mark that stands for no body shows how the figures of the group it is `about` are computed.
    """
    drawn = f"{key}_{st.session_state.get(_turn(key), 0)}"
    st.plotly_chart(
        figure,
        key=drawn,
        on_select=partial(_point_clicked, key, drawn, about),
        selection_mode="points",
        **options,
    )
    _answer(key, {})


def _turn(key: str) -> str:
    """Where it is counted how often a chart was clicked: its selection can only be cleared by a new key."""
    return f"{key}_turn"


def _point_clicked(key: str, drawn: str, about: GroupNumber | None) -> None:
    """Note which number was clicked; marks that stand for no body carry no code and are `about` the group."""
    for point in st.session_state[drawn]["selection"]["points"]:
        told = point.get("customdata")
        st.session_state[_CLICKED] = (key, parse(told[-1] if isinstance(told, list) and told else "", about))
        st.session_state.setdefault(_turn(key), 0)


def _answer(key: str, changes: Mapping[str, object]) -> None:
    """Open what was clicked in the element just drawn, once."""
    by, what = st.session_state.get(_CLICKED, (None, None))
    if by != key:
        return
    del st.session_state[_CLICKED]
    if isinstance(what, str):
        session.open_body(what, **changes)
    elif what is not None:
        show(what, by=key)


def button(number: Number | GroupNumber, *, key: str, label: str = TITLE) -> None:
    """A quiet button that shows the source of a number."""
    if st.button(label, key=key, type="tertiary", icon=":material/fact_check:"):
        show(number)


def choose(frame: pd.DataFrame, numbers: Numbers, *, key: str) -> None:
    """A box with all numbers of a table whose cells cannot be clicked."""
    offered = {
        f"{frame.iloc[row, 0]} · {name}: {_words(frame[name].iloc[row])}": number
        for name, cells in numbers.items()
        for row in range(len(frame))
        if pd.notna(frame[name].iloc[row]) and (number := cells(row)) is not None
    }
    if not offered:
        return
    st.selectbox(
        TITLE,
        list(offered),
        index=None,
        key=key,
        placeholder="เลือกตัวเลขในตารางเพื่อดูที่มา",
        label_visibility="collapsed",
        on_change=partial(_chosen, key, offered),
    )
    _answer(key, {})


def _words(value: Any) -> str:
    """A cell as the reader sees it."""
    return text.points(value) if isinstance(value, float) else str(value)


def _chosen(key: str, offered: Mapping[str, Number]) -> None:
    """Note which number was chosen, and empty the box."""
    if (words := st.session_state[key]) is not None:
        st.session_state[_CLICKED] = (key, offered[words])
        st.session_state[key] = None


def show(number: Number | GroupNumber, *, by: str = "") -> None:
    """Open the dialog; `by` is the key of the table or chart whose mark at the number goes when it closes."""
    st.session_state[_TRAIL] = [number]
    st.session_state[_OPENED_BY] = by
    _dialog()


def _closed() -> None:
    """Unmark the clicked cell or point, so that it can be clicked again.

    Only now: a table that loses its mark while the dialog is open marks its first cell when the focus comes
    back to it.
    """
    by = st.session_state.pop(_OPENED_BY, "")
    if _turn(by) in st.session_state:
        st.session_state[_turn(by)] += 1
    elif isinstance(st.session_state.get(by), Mapping):
        st.session_state[by] = _NOTHING


@st.dialog(TITLE, width="medium", on_dismiss=_closed)
def _dialog() -> None:
    """The last number of the trail; the numbers it is computed from lead further."""
    trail = st.session_state[_TRAIL]
    if len(trail) > 1:
        st.button("กลับไปตัวเลขก่อนหน้า", key="number_back", icon=":material/arrow_back:", on_click=trail.pop)
    number = trail[-1]
    if isinstance(number, GroupNumber):
        _show_group(number)
    elif number.before is None:
        _show_number(number)
    else:
        _show_change(number)


def _title(number: Number) -> None:
    """Whose number it is, of what and when."""
    known = session.catalog()
    st.markdown(f"**{text.escape(known.label(number.organisation))}**")
    who = "" if number.respondents == "all" else f" · {text.RESPONDENTS[number.respondents]}"
    name = known.parts.get(number.part, number.part)
    since = "" if number.before is None else f" เทียบกับปี {number.before}"
    st.caption(text.escape(f"{name} · ปี {number.year}{since}{who}"))


def _show_number(number: Number) -> None:
    """The number, what sources print, how it is computed, what the checks say."""
    of_body, of_year = {"organisation": number.organisation}, {"fiscal_year": number.year}
    tree = data.query("organisation_tree", **of_body, **of_year)
    weights = data.query("parts", **of_year)[["part", "weight_in_parent"]]
    tree = tree.merge(weights, on="part")
    _title(number)
    if number.part not in set(tree["part"]):
        st.info(f"กรอบการประเมินปี {number.year} ไม่มีส่วนนี้ จึงไม่มีตัวเลข", icon=":material/info:")
        return
    figures = number_source.printed(
        data.query("organisation_printed", **of_body, **of_year, part=number.part)
    )
    value, words = number_source.headline(tree, number, figures)
    st.metric(words, value)
    if number.part == "overall":
        _grade(number)
    for one in number_source.findings(data.query("organisation_findings", **of_body), number):
        st.warning(text.escape(one), icon=":material/flag:")
    st.markdown("**ที่แหล่งพิมพ์ไว้**")
    if not figures:
        st.caption("ไม่มีแหล่งใดพิมพ์ตัวเลขนี้ไว้")
    for at, figure in enumerate(figures):
        _printed(figure, at)
    st.markdown("**คำนวณซ้ำจากส่วนย่อย**")
    tolerance = data.query("editions").set_index("fiscal_year").at[number.year, "tolerance"]
    made = number_source.calculation(tree, number, float(tolerance))
    if made.formula:
        st.markdown(text.escape(made.formula))
    st.caption(text.escape(made.words))
    _steps(made.steps)
    _body_button(number)


def _grade(number: Number) -> None:
    """How the grade was decided."""
    results = data.query("organisation_results", organisation=number.organisation)
    levels = data.query("grade_levels")
    names = levels[levels["fiscal_year"] == number.year].set_index("code")["name_th"].to_dict()
    for _, result in results[results["fiscal_year"] == number.year].iterrows():
        st.caption(text.escape(organisation_status.grade_words(result, names)))


def _show_change(number: Number) -> None:
    """A change as the difference of two numbers, each of which leads to its source."""
    values = data.query("organisation_series", organisations=f",{number.organisation},", part=number.part)
    value, formula, steps = number_source.change(values, number)
    _title(number)
    st.metric("การเปลี่ยนแปลง", value)
    st.markdown(text.escape(formula))
    _steps(steps)
    _body_button(number)


def _printed(figure: Printed, at: int) -> None:
    """One printed figure with what it can be checked by."""
    with st.container(border=True, gap="xsmall"):
        st.markdown(
            f"**{text.escape(figure.value)}** · "
            + (f"**{text.escape(figure.status)}**" if figure.in_use else text.escape(figure.status))
        )
        facts(figure.facts)
        if st.button(
            "ดูแหล่งนี้ในหน้าคุณภาพข้อมูล",
            key=f"number_source_{at}",
            type="tertiary",
            icon=":material/arrow_forward:",
        ):
            st.session_state[SOURCE] = figure.source_id
            session.open_page(QUALITY_PAGE)


def facts(told: Sequence[tuple[str, str]]) -> None:
    """Labels with words, in lines that wrap."""
    st.markdown("  \n".join(f":gray[{label}] {text.escape(words)}" for label, words in told))


def _steps(steps: Sequence[Step]) -> None:
    """The numbers another one is computed from, each with its own source."""
    trail = st.session_state[_TRAIL]
    for at, step in enumerate(steps):
        st.button(
            text.escape(step.words),
            key=f"number_step_{len(trail)}_{at}",
            type="tertiary",
            wrap=True,
            icon=":material/subdirectory_arrow_right:",
            on_click=trail.append,
            args=(step.number,),
        )


def _body_button(number: Number) -> None:
    """The way to the body's page, at the year and the part of the number."""
    if st.button("เปิดหน้าของหน่วยงาน", key="number_body", icon=":material/account_balance:"):
        session.open_body(number.organisation, year=number.year, part=number.part)


def _show_group(number: GroupNumber) -> None:
    """How the numbers of a group are computed, from which sources, and the way to its bodies."""
    group, part = number.group, session.catalog().parts.get(number.part, number.part)
    rows = data.query(
        "group_sources", place=group.place, kind=group.kind, fiscal_year=number.year, part=number.part
    )
    n, words, frame = number_group.sources(rows)
    st.markdown(f"**{text.escape(group.label)}**")
    st.caption(text.escape(f"{part} · ปี {number.year}"))
    st.markdown("\n".join(f"* {text.escape(number_group.MEASURES[one])}" for one in number.measures))
    st.markdown("**มาจากแหล่งใด**")
    st.markdown(text.escape(words))
    if n:
        st.dataframe(frame, hide_index=True, placeholder=text.MISSING)
    whole = number.part == "overall"
    if st.button("ดูหน่วยงานที่อยู่เบื้องหลัง", key="number_bodies", icon=":material/table_rows:"):
        session.open_page(
            COMPARE_PAGE if whole else WEAKEST_PAGE,
            year=number.year,
            part=number.part,
            **link_to(group, session.selection()),
        )
