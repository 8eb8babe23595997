"""The wall: one view at a time on a canvas of 1920 × 1080 pixels, and nothing around it."""

import html
from pathlib import Path

import streamlit as st

from dashboard import data, session, view
from dashboard.charts import base
from dashboard.meeting import live, play, projected, state, table
from dashboard.meeting.play import Played
from dashboard.meeting.queue import Entry
from dashboard.meeting.remote import remote
from dashboard.meeting.state import Settings
from dashboard.meeting.table import text_columns
from dashboard.picker import picker
from dashboard.selection import shorten
from dashboard.view import View

WIDTH, HEIGHT = 1808, 748
"""Pixels of the canvas a chart has; its notes take `NOTES` of them."""
NOTES = 72
NOTE_COLUMNS = 270
"""Columns of text that two lines of notes hold."""
HEADLINES = ((112, 56), (190, 44), (250, 38), (340, 31))
"""The most columns of a headline → its letters in pixels; two to four lines."""
FOOT_COLUMNS = 118
"""Columns of the line at the bottom beside the counter."""
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
            drawn, left = table.html_of(shown.frame, whole=shown.whole is None)
            st.html(drawn or "<p></p>")
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
    sentence = _within(sentence, HEADLINES[-1][0])
    columns = text_columns(sentence)
    size = next((size for most, size in HEADLINES if columns <= most), HEADLINES[-1][1])
    mark = f'<p class="wall-simulated">ข้อมูลจำลอง · {view.NOT_REAL}</p>' if simulated else ""
    return (
        f'{mark}<div class="wall-head"><p>{html.escape(shorten(title, 110))}</p>'
        f'<h1 style="font-size:{size}px">{html.escape(_unbroken(sentence))}</h1></div>'
    )


def _foot(played: Played, shown: View | None, version: str) -> str:
    """Where the figures come from."""
    build = played.build
    facts = [build.dataset_th, f"รุ่น {build.build_id} ({version})"]
    if shown:
        counted = [f"n = {shown.n:,}", f"ปี {shown.years}"]
        left = FOOT_COLUMNS - text_columns(" · ".join([*facts, "", *counted]))
        facts += [_within(shown.group.label, left), *counted]
    return f'<p class="wall-foot">{html.escape(" · ".join(facts))}</p>'


def _within(words: str, columns: int) -> str:
    """A text that takes no more than some columns, cut behind a whole part of it where it has parts."""
    if text_columns(words) <= columns:
        return words
    kept = ""
    for part in words.split(" · "):
        longer = f"{kept} · {part}" if kept else part
        if text_columns(longer) > columns - 4:
            break
        kept = longer
    return f"{kept} · …" if kept else shorten(words, columns)


def _unbroken(words: str) -> str:
    """A headline whose lines do not break inside "n = 8,224" and such."""
    return words.replace(" = ", "\u00a0=\u00a0")


def _fitting(notes: list[str]) -> str:
    """The notes that fit their two lines whole, in order."""
    kept: list[str] = []
    for one in notes:
        if text_columns(" · ".join([*kept, one])) <= NOTE_COLUMNS:
            kept.append(one)
    return " · ".join(kept)
