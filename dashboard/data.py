"""The warehouse as pages see it: the dataset the user chose, built on first use, and cached answers."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

import pandas as pd
import streamlit as st

from dashboard.selection import ALL
from warehouse import datasets, lists, warehouse
from warehouse.datasets import OWN
from warehouse.warehouse import Value

# Frames of a page are small and read value by value, where strings of Python take half the time of Arrow's.
pd.set_option("mode.string_storage", "python")

_DATASET = "dataset"
_FROZEN: ContextVar[tuple[str, ...]] = ContextVar("frozen", default=())


@st.cache_resource
def _build_lock() -> threading.Lock:
    """One lock for all sessions, so that two first visitors do not build twice."""
    return threading.Lock()


def dataset() -> str:
    """The code of the dataset this user looks at."""
    return str(st.session_state.get(_DATASET, OWN))


def use(code: str) -> None:
    """Look at a dataset from now on, building its version first where there is none; shows a progress bar."""
    st.session_state[_DATASET] = code
    if datasets.current(code) is not None:
        return
    bar = st.progress(0.0, "กำลังเตรียมคลังข้อมูล")
    with _build_lock():
        if datasets.current(code) is None:
            datasets.make(code, lambda share, message: bar.progress(share, f"กำลังสร้างคลังข้อมูล: {message}"))
    bar.empty()


@contextmanager
def frozen(build_ids: Sequence[str]) -> Iterator[None]:
    """Inside, a dataset that has one of these versions is that version, whatever is published meanwhile."""
    token = _FROZEN.set(tuple(build_ids))
    try:
        yield
    finally:
        _FROZEN.reset(token)


def frozen_path(code: str) -> Path | None:
    """The version a dataset is frozen to; None where it is not."""
    found = (datasets.version(code, build_id) for build_id in _FROZEN.get())
    return next(filter(None, found), None)


def current() -> warehouse.Warehouse:
    """The warehouse of the version published now; every rerun asks anew, so a new version shows at once.

    Inside `frozen` it is the version that was named there.

    Raises:
        RuntimeError: nothing has been published (call `use` first).
    """
    path = frozen_path(dataset()) or datasets.current(dataset())
    if path is None:
        raise RuntimeError("no warehouse has been published")
    return warehouse.open_version(path)


@lru_cache(maxsize=500)
def _answer(
    path: Path, bodies: tuple[str, ...], name: str, parameters: tuple[tuple[str, Value], ...]
) -> pd.DataFrame:
    """The answer of one version to one question: the path names the version, so an answer is never stale."""
    asked = lists.open_list(path, bodies) if bodies else warehouse.open_version(path)
    return asked.run(name, **dict(parameters))


def query(name: str, **parameters: Value) -> pd.DataFrame:
    """The answer of the current version to a named query; `place` may be a list (see `lists.place_of`)."""
    return answer(current().path, name, **parameters)


def answer(path: Path, name: str, **parameters: Value) -> pd.DataFrame:
    """The answer of a version, by its file, to a named query; as `query`."""
    bodies = lists.bodies_of(str(parameters.get("place", "")))
    if bodies:
        parameters["place"] = ALL  # in the warehouse of a list, the list is the group of everybody
    # copy on write: whoever changes the frame gets one of his own
    return _answer(path, bodies, name, tuple(sorted(parameters.items()))).copy(deep=False)


def pass_mark(year: int | None) -> float | None:
    """The pass mark of a year, if it has one."""
    mark = query("years").set_index("fiscal_year")["pass_mark"].get(year)
    return None if pd.isna(mark) else float(mark)


@dataclass(frozen=True)
class Build:
    """Which build the figures on screen come from."""

    build_id: str
    built_at: datetime
    dataset_th: str
    simulated: bool


def build_info() -> Build:
    """The current build."""
    return _build(current().path)


@lru_cache(maxsize=64)
def _build(path: Path) -> Build:
    """The build of a version, which never changes; every view asks for it several times."""
    row = answer(path, "build_info").iloc[0]
    return Build(row["build_id"], row["built_at"].to_pydatetime(), row["dataset_th"], bool(row["simulated"]))
