"""Make the view of an entry again: run its page with its selection, and collect instead of drawing."""

import runpy
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from dashboard import capture, data, session
from dashboard.meeting import pages
from dashboard.meeting.queue import Entry
from dashboard.view import View
from warehouse.warehouse import QueryError


@dataclass(frozen=True)
class Played:
    """What an entry shows now: its view, or in words why there is none; the build and version it is of."""

    view: View | None
    reasons: tuple[str, ...]
    build: data.Build
    path: Path


def play(entry: Entry, centre: str | None = None) -> Played:
    """Make the view of an entry; `centre` is a body everything is re-centred on."""
    params = dict(entry.params)
    # What a page draws beside its views (its boxes, its tables) goes where nobody sees it, and is taken away.
    backstage = st.empty()
    with (
        session.looking_at(params, centre) as problems,
        backstage.container(key="meeting_backstage"),
        capture.capturing() as found,
    ):
        build, path = data.build_info(), data.current().path
        try:
            runpy.run_path(str(pages.files()[entry.page]))
        except QueryError as error:  # one slide that takes too long must not stop the meeting
            found.reasons.append(str(error))
    backstage.empty()
    view = found.views.get(entry.view) or _recentred(entry.view, found.views.values())
    return Played(view, tuple([*problems, *found.reasons]), build, path)


def _recentred(key: str, views: Iterable[View]) -> View | None:
    """The view that another selection gives another key: a waterfall's names its body, a series its part."""
    kind, _, code = key.partition("-")
    alike = [one for one in views if code and one.key.startswith(f"{kind}-")]
    return alike[0] if len(alike) == 1 else None
