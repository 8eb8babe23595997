"""The wall: one view at a time on a canvas of 1920 × 1080 pixels, and nothing around it."""

import html
import unicodedata
from pathlib import Path

import pandas as pd
import streamlit as st

from dashboard import data, session, text, view
from dashboard.charts import base
from dashboard.meeting import live, play, projected, state
from dashboard.meeting.play import Played
from dashboard.meeting.queue import Entry
from dashboard.meeting.remote import remote
from dashboard.meeting.state import Settings
from dashboard.picker import picker
from dashboard.selection import shorten
from dashboard.view import View

WIDTH, HEIGHT = 1808, 748
"""Pixels of the canvas a chart has; its notes take `NOTES` of them."""
NOTES = 72
NOTE_COLUMNS = 270
"""Columns of text that two lines of notes hold."""
HEADLINES = ((112, 56), (190, 44), (250, 38), (380, 31), (560, 26))
"""The most columns of a headline → its letters in pixels; two to six lines."""
ROWS, LARGE_ROWS, CELL_COLUMNS, TABLE_COLUMNS = 11, 8, 34, 128
"""What of a table reads from the back row: rows, rows in larger letters, columns of a cell, of a row."""
CSS = (Path(__file__).parent / "wall.css").read_text(encoding="utf-8")
_AT, _SHEET, _SPOTLIGHT, _OPEN = "meeting_at", "meeting_sheet", "meeting_spotlight_body", "meeting_open"


def show() -> None:
    """The slide of the queue, the remote control, the pulse."""
    queue, settings = state.current(), state.settings()
    if not st.session_state.get(_OPEN):
        live.forget()
        st.session_state.update({_OPEN: True, _AT: 0, _SHEET: 0})
    at = min(st.session_state.get(_AT, 0), len(queue) - 1)
    entry, centre = queue[at], st.session_state.get(_SPOTLIGHT)
    st.html(f"<style>{CSS}{_colours(settings.dark)}</style>")
    with data.frozen(settings.builds):
        played = play.play(entry, centre)
        with session.looking_at(dict(entry.params)):
            dataset, frozen = data.dataset(), data.frozen_path(data.dataset())
            known = session.catalog()
            centred = known.names([centre])[centre] if centre in known.organisations.index else ""
        sheets = _slide(entry, played, settings, centred, _version(settings, frozen))
        # the box stays whatever slide there is; the remote shows it
        with st.container(key="meeting_spotlight"):
            picker(
                "เน้นหน่วยงาน (พิมพ์ชื่อ แล้วกด Enter)",
                known,
                (centre,) if centred else (),
                key="meeting_pick",
                most=1,
                on_change=_centre,
            )
    note = live.note(dataset, played.path, played.build)
    remote(
        at,
        len(queue),
        min(st.session_state.get(_SHEET, 0), sheets - 1),
        sheets,
        every=settings.every,
        rotate=settings.rotate,
        dark=settings.dark,
        note=note,
        centred=centred,
        on_go=_go,
        on_leave=state.leave,
    )
    live.pulse(dataset, played.path, follow=frozen is None)


def close() -> None:
    """Forget where the wall was; the next one begins anew."""
    for key in (_OPEN, _SPOTLIGHT):
        st.session_state.pop(key, None)


def _go(at: int, sheet: int) -> None:
    n = len(state.current())
    st.session_state.update({_AT: at % n if n else 0, _SHEET: max(sheet, 0)})


def _centre(picked: tuple[str, ...]) -> None:
    st.session_state[_SPOTLIGHT] = picked[0] if picked else None


def _colours(dark: bool) -> str:
    """The colours of the wall as CSS variables; those of the dark one are the light ones turned."""
    light = {
        "ink": base.INK,
        "muted": base.MUTED,
        "paper": "#FFFFFF",
        "line": base.GRID,
        "accent": base.PRIMARY,
        "warn": "#9A3B00",
    }
    named = {name: projected.turned(one) if dark else one for name, one in light.items()}
    return ":root{" + "".join(f"--wall-{name}:{one};" for name, one in named.items()) + "}"


def _version(settings: Settings, frozen: Path | None) -> str:
    """Whether the version on the wall changes, in words."""
    if frozen:
        return "ตรึงไว้"
    return "ล่าสุด ไม่พบรุ่นที่ขอตรึง" if settings.builds else "ล่าสุด"


def _slide(entry: Entry, played: Played, settings: Settings, centred: str, version: str) -> int:
    """Draw the slide; returns on how many sheets its chart stands.

    `centred` names the body in the spotlight, `version` says whether the version changes.
    """
    with st.container(key="meeting_slide"):
        if played.view is None:
            st.html(
                _head(entry.title or "มุมมองนี้", "ไม่มีมุมมองนี้ตามตัวกรองที่เก็บไว้", simulated=played.build.simulated)
            )
            reasons = played.reasons or ("ข้อมูลรุ่นนี้อาจไม่มีปีหรือหน่วยงานที่ขอ นำออกจากคิวแล้วเพิ่มใหม่จากหน้าเดิม",)
            lines = "".join(f"<li>{html.escape(one)}</li>" for one in reasons[:5])
            st.html(f'<ul class="wall-reasons">{lines}</ul>')
            st.html(_foot(played, None, version))
            return 1
        shown = played.view
        title = f"เน้น {centred} · {shown.title}" if centred else entry.title or shown.title
        st.html(_head(title, shown.sentence, simulated=played.build.simulated))
        sheets = 1
        notes = _fitting(list(filter(None, shown.notes)))
        if shown.figure is None:
            table, left = ("", "") if shown.frame.empty else _table(shown.frame)
            st.html(table or "<p></p>")
            notes = " · ".join(filter(None, [left, notes]))
        else:
            height = HEIGHT - NOTES if notes else HEIGHT
            if played.build.simulated:
                base.mark_simulated(shown.figure)
            figure, sheets = projected.figure(
                shown.figure, WIDTH, height, dark=settings.dark, sheet=st.session_state.get(_SHEET, 0)
            )
            tall = int(figure.layout.height)
            st.html(f"<style>:root{{--wall-chart:{tall}px}}</style>")
            st.plotly_chart(
                figure,
                theme=None,
                width=WIDTH,
                height=tall,
                key="meeting_chart",
                config={"staticPlot": True, "displayModeBar": False},
                alt=shown.sentence,
            )
        if notes:
            st.html(f'<p class="wall-notes">{html.escape(notes)}</p>')
        st.html(_foot(played, shown, version))
        return sheets


def _head(title: str, sentence: str, *, simulated: bool) -> str:
    """The title and the headline, its letters as large as three lines allow."""
    columns = text_columns(sentence)
    size = next((size for most, size in HEADLINES if columns <= most), HEADLINES[-1][1])
    mark = f'<p class="wall-simulated">ข้อมูลจำลอง · {view.NOT_REAL}</p>' if simulated else ""
    return (
        f'{mark}<div class="wall-head"><p>{html.escape(shorten(title, 110))}</p>'
        f'<h1 style="font-size:{size}px">{html.escape(shorten(sentence, HEADLINES[-1][0]))}</h1></div>'
    )


def _foot(played: Played, shown: View | None, version: str) -> str:
    """Where the figures come from."""
    build = played.build
    facts = [build.dataset_th, f"รุ่น {build.build_id} ({version})"]
    if shown:
        facts += [shorten(shown.group.label, 70), f"n = {shown.n:,}", f"ปี {shown.years}"]
    return f'<p class="wall-foot">{html.escape(" · ".join(facts))}</p>'


def _fitting(notes: list[str]) -> str:
    """The notes that fit their two lines whole, in order."""
    kept: list[str] = []
    for one in notes:
        if text_columns(" · ".join([*kept, one])) <= NOTE_COLUMNS:
            kept.append(one)
    return " · ".join(kept)


def text_columns(words: str) -> int:
    """The columns a text takes: marks above and below a letter take none."""
    return sum(unicodedata.category(char) != "Mn" for char in words)


def _table(frame: pd.DataFrame) -> tuple[str, str]:
    """The first rows and columns of a table as HTML, and in words what is left out."""
    cells = pd.DataFrame(
        {name: [_cell(one) for one in frame[name].head(ROWS)] for name in frame.columns},
        columns=frame.columns,
    )
    kept, room = [], TABLE_COLUMNS
    for name in cells.columns:
        longest = max([str(name), *cells[name]], key=text_columns)
        room -= min(text_columns(longest), CELL_COLUMNS) + 3
        if room < 0:
            break
        kept.append(name)
    cells = cells[kept]
    head = "".join(f"<th>{html.escape(str(name))}</th>" for name in kept)
    rows = "".join(
        "<tr>" + "".join(f"<td>{html.escape(shorten(one, 2 * CELL_COLUMNS))}</td>" for one in row) + "</tr>"
        for row in cells.itertuples(index=False, name=None)
    )
    left = [
        f"แสดง {len(cells):,} จาก {len(frame):,} แถว" if len(frame) > len(cells) else "",
        f"{len(kept)} จาก {len(frame.columns)} คอลัมน์" if len(kept) < len(frame.columns) else "",
    ]
    large = " large" if len(cells) <= LARGE_ROWS and room > TABLE_COLUMNS / 4 else ""
    return f'<table class="wall-table{large}"><tr>{head}</tr>{rows}</table>', " ".join(filter(None, left))


def _cell(value: object) -> str:
    if value is None or pd.isna(value):  # type: ignore[call-overload]
        return text.MISSING
    return text.points(value) if isinstance(value, float) else str(value)
