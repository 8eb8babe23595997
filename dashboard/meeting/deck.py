"""The queue as a presentation to take home: a slide a view, made one view a rerun, with a progress bar."""

from dataclasses import dataclass, field

import streamlit as st

from dashboard import data, session, view
from dashboard.exports import slides
from dashboard.meeting import play, state
from dashboard.meeting.queue import Entry, Queue

MIME = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
_MADE = "meeting_deck"


@dataclass
class _Deck:
    """A presentation on its way: of which queue and versions, the slides so far, what had no view."""

    of: tuple[Queue, tuple[str, ...], str]
    slides: list[tuple[view.View, dict[str, str]]] = field(default_factory=list)
    missing: list[int] = field(default_factory=list)
    content: bytes = b""


def show() -> None:
    """The button that makes it, then the progress, then the file. Has to stand last on its page."""
    queue, builds = state.current(), state.settings().builds
    asked = (queue, builds, str(data.current().path))
    made: _Deck | None = st.session_state.get(_MADE)
    if made is not None and made.of != asked:  # the queue or the data changed
        made = st.session_state[_MADE] = None
    if made is None:
        if st.button(
            "ทำ PowerPoint ของคิว", key="meeting_deck_make", icon=":material/slideshow:", disabled=not queue
        ):
            st.session_state[_MADE] = _Deck(asked)
            st.rerun()
        return
    at = len(made.slides) + len(made.missing)
    if at < len(queue):
        st.progress(at / len(queue), f"กำลังทำสไลด์ที่ {at + 1} จาก {len(queue)}")
        with data.frozen(builds):
            _add(made, queue[at], at + 1)
        st.rerun()  # a page can be run once a rerun: its boxes have names that must not come twice
    made.content = made.content or slides.deck(made.slides)
    if made.missing:
        numbers = ", ".join(map(str, made.missing))
        st.warning(f"มุมมองที่ {numbers} ไม่มีตามตัวกรองที่เก็บไว้ จึงไม่มีสไลด์", icon=":material/info:")
    simulated = "simulated-" if any(slides.SIMULATED in about for _, about in made.slides) else ""
    st.download_button(
        f"ดาวน์โหลด PowerPoint ({len(made.slides)} สไลด์)",
        made.content,
        f"ita-{simulated}meeting.pptx",
        MIME,
        key="meeting_deck_file",
        icon=":material/download:",
        on_click="ignore",
        disabled=not made.slides,
    )


def _add(made: _Deck, entry: Entry, number: int) -> None:
    """Make the slide of an entry, or note that it has none."""
    shown = play.play(entry).view
    if shown is None:
        made.missing.append(number)
        return
    with session.looking_at(dict(entry.params)):
        made.slides.append((shown, dict(view.provenance(shown))))
