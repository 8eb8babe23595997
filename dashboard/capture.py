"""Collect the views of a page instead of drawing them: for the wall and for files of many views."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dashboard.view import View


@dataclass
class Captured:
    """What a page would have drawn: its views by key, and in its words why others are not there."""

    views: "dict[str, View]" = field(default_factory=dict)
    reasons: list[str] = field(default_factory=list)


_OPEN: ContextVar[Captured | None] = ContextVar("captured", default=None)


@contextmanager
def capturing() -> Iterator[Captured]:
    """Inside, `dashboard.view` collects and draws nothing; what a page draws past it has to be hidden."""
    found = Captured()
    token = _OPEN.set(found)
    try:
        yield found
    finally:
        _OPEN.reset(token)


def took(view: "View") -> bool:
    """Collect a view if anybody captures; of the steps a page draws one in, the fullest is kept."""
    found = _OPEN.get()
    if found is None:
        return False
    before = found.views.get(view.key)
    if before is None or view.figure is not None or (before.figure is None and not view.frame.empty):
        found.views[view.key] = view
    return True


def took_reason(reason: str) -> bool:
    """Collect why there is no view, if anybody captures."""
    found = _OPEN.get()
    if found is None:
        return False
    found.reasons.append(reason)
    return True
