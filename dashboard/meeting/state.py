"""The queue and the settings of a meeting in a running session; both stand in the URL."""

import re
from dataclasses import dataclass

import streamlit as st

from dashboard import session
from dashboard.meeting import pages, queue
from dashboard.meeting.queue import Queue, QueueError

SECONDS = (10, 20, 30, 60)
_QUEUE, _LINK, _PROBLEM = "meeting_queue", "meeting_link", "meeting_problem"


@dataclass(frozen=True)
class Settings:
    """How the wall runs: seconds a slide, turning from the start, dark, the builds it is frozen to."""

    every: int = SECONDS[1]
    rotate: bool = False
    dark: bool = False
    builds: tuple[str, ...] = ()


def settings() -> Settings:
    """The settings of the URL; what is none of them is at its default."""
    asked = st.query_params
    every = asked.get("every", "")
    return Settings(
        every=int(every) if every in map(str, SECONDS) else Settings.every,
        rotate=asked.get("rotate") == "1",
        dark=asked.get("dark") == "1",
        builds=tuple(filter(None, re.split(",", asked.get("freeze", "")[:400]))),
    )


def keep(made: Settings) -> None:
    """Write settings to the URL; what is at its default is left out."""
    values = {
        "every": str(made.every) if made.every != Settings.every else "",
        "rotate": "1" if made.rotate else "",
        "dark": "1" if made.dark else "",
        "freeze": ",".join(made.builds),
    }
    now = st.query_params.to_dict()
    wanted = {key: one for key, one in (now | values).items() if one}
    if wanted != now:
        st.query_params.from_dict(wanted)


def current() -> Queue:
    """The queue of this session."""
    return tuple(st.session_state.get(_QUEUE, ()))


def put(changed: Queue) -> None:
    """Make this the queue."""
    st.session_state[_QUEUE] = changed
    st.session_state.pop(_PROBLEM, None)


def follow_link() -> None:
    """Take the queue of the URL if the user came by a link, else write the session's there."""
    asked = st.query_params.get("queue", "")
    if asked and asked != st.session_state.get(_LINK):
        st.session_state[_LINK] = asked
        try:
            put(queue.from_link(asked, pages.files()))
        except QueueError as error:
            st.session_state[_PROBLEM] = str(error)
        return
    link = queue.to_link(current()) if current() else ""
    if len(link) > queue.MOST_LINK:
        link = ""
    if link != asked and not (asked and problem()):
        st.session_state[_LINK] = link
        if link:
            st.query_params["queue"] = link
        else:
            del st.query_params["queue"]


def fits_link() -> bool:
    """Is the queue short enough for a link."""
    return len(queue.to_link(current())) <= queue.MOST_LINK


def problem() -> str:
    """Why the queue of the link could not be taken; empty where it could."""
    return str(st.session_state.get(_PROBLEM, ""))


def present() -> None:
    """Turn this screen into a wall from the next rerun on."""
    st.query_params["present"] = "1"


def leave() -> None:
    """Give the page its surroundings back."""
    del st.query_params["present"]


def queued(view: str) -> bool:
    """Is a view of the page that is drawn in the queue with the selection there is."""
    asked = queue.entry(session.page(), view, session.selection().params()).asked
    return any(one.asked == asked for one in current())


def add(view: str, title: str) -> None:
    """Queue a view of the page that is drawn, with the selection there is."""
    made = queue.entry(session.page(), view, session.selection().params(), title)
    if len(current()) < queue.MOST_VIEWS:
        put((*current(), made))
