"""A new version on every open wall: a pulse that looks at the pointer, and a note of what changed."""

from pathlib import Path

import streamlit as st

from dashboard import data
from dashboard.text import when
from warehouse import datasets, importing
from warehouse.publish import PublishError

SECONDS = 2
"""Between two looks at the pointer; the browser misses the pulse after eight."""
MOST_COMPARED = 40_000_000
"""Bytes of a version up to which two are compared score by score, in well under a second."""
_BEAT, _DRAWN, _NOTE = "meeting_beat", "meeting_drawn", "meeting_note"


@st.fragment(run_every=SECONDS)
def pulse(dataset: str, drawn: Path, *, follow: bool) -> None:
    """Tell the browser that the server lives; run the page again where another version is published."""
    beat = st.session_state[_BEAT] = st.session_state.get(_BEAT, 0) + 1
    st.html(f'<i class="meeting-pulse" data-beat="{beat}"></i>')
    if not follow:
        return
    try:
        published = datasets.current(dataset)
    except PublishError:  # the pointer names a file that is not there: what is drawn stays good
        return
    if published not in (None, drawn):
        st.rerun()


def note(dataset: str, drawn: Path, build: data.Build) -> str:
    """What the wall says of the version it draws: what changed since the one it drew before, if one did."""
    before: dict[str, Path] = st.session_state.setdefault(_DRAWN, {})
    if before.get(dataset, drawn) != drawn:
        changed = _changed(before[dataset], drawn)
        st.session_state[_NOTE] = f"ข้อมูลรุ่นใหม่ {build.build_id} · {when(build.built_at)}{changed}"
    before[dataset] = drawn
    return str(st.session_state.get(_NOTE, ""))


def forget() -> None:
    """A wall that opens has no news."""
    st.session_state.pop(_NOTE, None)
    st.session_state.pop(_DRAWN, None)


@st.cache_data(max_entries=20, show_spinner=False)
def _changed(before: Path, after: Path) -> str:
    """How many scores and bodies differ, where that is counted quickly."""
    if not before.exists() or max(before.stat().st_size, after.stat().st_size) > MOST_COMPARED:
        return ""
    found = importing.compare(before, after)
    if found.scores.empty and found.results.empty and found.bodies.empty:
        return " · คะแนนและหน่วยงานเหมือนรุ่นก่อน"
    return f" · คะแนนต่าง {len(found.scores):,} ค่า ของ {_bodies(found):,} แห่ง"


def _bodies(found: importing.Changes) -> int:
    frames = (found.scores, found.results, found.bodies)
    return len({one for frame in frames for one in frame["organisation_id"]})
