"""A view: one prepared DataFrame that feeds the sentence, the chart, the table and the downloads."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from dashboard import capture, data, number_source, session, snapshot, text
from dashboard.charts import base
from dashboard.exports import slides, tables
from dashboard.exports.scores import score_columns
from dashboard.meeting import adding
from dashboard.number import GroupNumber, Numbers
from dashboard.selection import Group
from dashboard.text import escape as escape  # what every page shows of data goes through it

ELSEWHERE = "ลองเลือกปี พื้นที่ หรือประเภทอื่นในแถบด้านซ้าย"
EMPTY = "คลังข้อมูลยังว่าง"
NOT_REAL = "ไม่ใช่ผลของหน่วยงานจริง"

FILES = (
    ("csv", "text/csv", tables.csv_bytes),
    ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", tables.xlsx_bytes),
    ("parquet", "application/vnd.apache.parquet", tables.parquet_bytes),
)
MOST_SOURCES = 2
"""Sources of a group that its files name; how many more there are, they say."""
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"


@dataclass(frozen=True)
class View:
    """Everything shown of one question.

    `frame` has the columns as the user reads them and the rows as shown; `sentence` says what the data says
    and is the chart's alternative text; `notes` stand below the chart, and below them `hints`: what helps at
    the page alone (what a click does), so that no file and no wall has them. A click on a figure shows where
    it comes from: `numbers` says whose figures the columns hold, `points` that points of the chart carry a
    number's code last in their customdata, `about` which figures are the group's. Where `frame` is one page
    of a longer table, `whole` makes all of it for the files, when somebody asks for one.
    """

    key: str
    title: str
    sentence: str
    frame: pd.DataFrame
    group: Group
    n: int
    years: str
    figure: go.Figure | None = None
    notes: Sequence[str] = ()
    hints: Sequence[str] = ()
    numbers: Numbers = field(default_factory=dict)
    points: bool = False
    about: GroupNumber | None = None
    whole: Callable[[], pd.DataFrame] | None = None


def provenance(view: View) -> dict[str, str]:
    """Where a view's figures come from, for every file that leaves the dashboard."""
    build = data.build_info()
    chosen = session.selection()
    known = session.catalog()
    return ({"ข้อมูลจำลอง": NOT_REAL} if build.simulated else {}) | {
        "หัวข้อ": view.title,
        "สรุป": view.sentence,
        "กลุ่ม": f"{view.group.label} (n = {view.n:,})",
        "ปีงบประมาณ (พ.ศ.)": view.years,
        "หน่วยงานที่เลือก": ", ".join(known.label(one) for one in chosen.organisations) or "ไม่ได้เลือก",
        "ชุดข้อมูล": build.dataset_th,
        "แหล่งข้อมูล": _sources(view.about),
        "รุ่นของข้อมูล": build.build_id,
        "วันที่ส่งออก": f"{date.today():%d/%m}/{date.today().year + 543}",
        "หมายเหตุ": " · ".join([*filter(None, view.notes), "ช่องว่างคือไม่ทราบค่า ไม่ใช่ศูนย์"]),
    }


def _sources(about: GroupNumber | None) -> str:
    """The sources of a group's figures by name; of other views how many the dataset has, and their list."""
    if about is None:
        n = int((data.query("sources")["n_figures"] > 0).sum())
        return f"{n:,} แหล่งของชุดข้อมูลนี้ รายชื่ออยู่ในหน้าคุณภาพข้อมูล"
    where = {"place": about.group.place, "kind": about.group.kind}
    rows = data.query("group_sources", **where, fiscal_year=about.year, part=about.part)
    names = [*rows["source_th"].fillna("คำนวณจากส่วนย่อย")]
    more = f" และอีก {len(names) - MOST_SOURCES:,} แหล่ง" if len(names) > MOST_SOURCES else ""
    return f"ปี {about.year} {', '.join(names[:MOST_SOURCES])}{more}" if names else "ไม่มีแหล่งที่พิมพ์คะแนนนี้"


def head(view: View, *, anchor: str | None = None) -> None:
    """The top of a view: its title, its sentence, whom and when it is about; `anchor` is for links to it."""
    if capture.took(view):
        return
    st.subheader(view.title, anchor=anchor or False)
    st.markdown(escape(view.sentence))
    st.caption(escape(f"กลุ่ม: {view.group.label} · n = {view.n:,} · ปี {view.years}"))


def notes(view: View) -> None:
    """What a reader must know to read the view rightly, and how the figures of its group came about."""
    if capture.took(view):
        return
    for note in filter(None, (*view.notes, *view.hints)):
        st.caption(escape(note))
    if view.points:
        st.caption(number_source.HINT_POINTS)
    if view.about is None and view.figure is None:
        return
    with st.container(horizontal=True):
        if view.about:
            number_source.button(view.about, key=f"about_{view.key}")
        if view.figure is not None:  # a table has it beside its files
            adding.button(view.key, view.title)


def picture(view: View, *, on_point: str | None = None, boxes: bool = False) -> Any:
    """Draw the chart of a view, if it has one; returns its selection where `on_point` gives it a key.

    With `boxes` a part of the chart can be selected too.
    """
    if capture.took(view) or view.figure is None:
        return None
    if data.build_info().simulated:
        base.mark_simulated(view.figure)
    if view.points and not on_point:
        number_source.points(
            view.figure,
            key=f"chart_{view.key}",
            about=view.about,
            theme=None,
            alt=view.sentence,
            config=base.CONFIG,
        )
        return None
    modes = ("points", "box") if boxes else "points"
    options: dict[str, Any] = {"on_select": "rerun", "selection_mode": modes} if on_point else {}
    event = st.plotly_chart(
        view.figure,
        theme=None,
        alt=view.sentence,
        config=base.CONFIG,
        key=on_point or f"chart_{view.key}",
        **options,
    )
    return event if on_point else None


def show(view: View, *, on_point: str | None = None, boxes: bool = False) -> Any:
    """Draw a view; returns the chart's selection where `on_point` gives it a key, or None (see `picture`)."""
    if capture.took(view):
        return None
    head(view)
    event = picture(view, on_point=on_point, boxes=boxes)
    notes(view)
    opened = st.expander("ตารางและดาวน์โหลด", key=f"table_{view.key}", on_change="rerun")
    if opened.open:
        with opened:
            if view.numbers:
                st.caption(number_source.HINT)
            number_source.table(
                view.frame,
                view.numbers,
                key=f"cells_{view.key}",
                hide_index=True,
                column_config=number_columns(view.frame),
                placeholder=text.MISSING,
            )
            downloads(view)
    return event


def show_or_say(view: View | None, reason: str) -> None:
    """Draw a view, or say why there is none."""
    if view is None:
        nothing(reason, ELSEWHERE)
    else:
        show(view)


def downloads(view: View) -> None:
    """The buttons that give a view's table as files."""
    if capture.took(view):
        return
    about = provenance(view)  # now, for the file is made in a thread that knows no session
    mark = "simulated-" if data.build_info().simulated else ""
    name = f"ita-{mark}{view.key}-{view.years}".replace(" ", "").replace("–", "-")
    made: list[tuple[str, str, Callable[[], bytes]]] = [
        (suffix, mime, partial(_file, content, view, about)) for suffix, mime, content in FILES
    ]
    made.append(("pptx", PPTX, partial(slides.pptx_bytes, view, about)))
    with st.container(horizontal=True):
        for suffix, mime, content in made:
            st.download_button(
                suffix.upper(),
                content,
                f"{name}.{suffix}",
                mime,
                key=f"{suffix}_{view.key}",
                on_click="ignore",
                icon=":material/download:",
            )
        if view.figure is not None:
            snapshot.buttons(
                alt=view.sentence,
                title=view.title,
                lines=slides.foot(view, about),
                mark=f"{slides.SIMULATED} {NOT_REAL}" if mark else "",
                font=base.FONT,
                name=name,
                key=f"picture_{view.key}",
            )
        else:  # with a chart it stands below that
            adding.button(view.key, view.title)


def _file(content: Callable[..., bytes], view: View, about: Mapping[str, str]) -> bytes:
    """The table of a view as a file, all of its rows; a workbook colours points as the screen does."""
    heat = {"scores": score_columns(view)} if content is tables.xlsx_bytes else {}
    return content(view.whole() if view.whole else view.frame, about, **heat)


def number_columns(frame: pd.DataFrame) -> Mapping[str, Any]:
    """Two decimals for every column of points; whole numbers and texts as they are."""
    return {
        name: st.column_config.NumberColumn(format="%.2f")
        for name in frame.columns
        if pd.api.types.is_float_dtype(frame[name])
    }


def header(title: str, lead: str) -> None:
    """The top of a page: what it answers, and what a link asked for and could not be found."""
    st.title(title, anchor=False)
    st.caption(lead)
    for problem in session.problems():
        st.warning(escape(problem), icon=":material/link_off:")
    if data.build_info().simulated:
        st.error(f"**ข้อมูลจำลอง** {NOT_REAL}", icon=":material/science:")


def footer() -> None:
    """The bottom of a page: which data this is."""
    build = data.build_info()
    st.divider()
    st.caption(
        f"ชุดข้อมูล: {build.dataset_th} · รุ่น {build.build_id} · "
        f"สร้างเมื่อ {build.built_at:%d/%m}/{build.built_at.year + 543} {build.built_at:%H:%M} UTC · "
        "คะแนน 0–100 ค่ามากดี · ช่องว่างคือไม่ทราบ ไม่ใช่ศูนย์ · ที่มาของทุกค่าอยู่ในหน้าวิธีการ"
    )


def metrics(columns: Sequence[Any], figures: Sequence[tuple[str, str, str]]) -> None:
    """Figures beside one another, each with its label and, below it, words in Markdown."""
    for column, (label, value, words) in zip(columns, figures, strict=False):
        column.metric(label, value, border=True)
        column.caption(words)


def nothing(reason: str, suggestion: str) -> None:
    """What stands in place of a chart that would be empty: why, and what to do."""
    if capture.took_reason(reason):
        return
    st.info(f"{escape(reason)}  \n{escape(suggestion)}", icon=":material/info:")
