"""The warehouse as pages see it: the current version, built on first use, and cached answers."""

import threading
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pandas as pd
import streamlit as st

from warehouse import build, publish, warehouse
from warehouse.warehouse import Value


@st.cache_resource
def _build_lock() -> threading.Lock:
    """One lock for all sessions, so that two first visitors do not build twice."""
    return threading.Lock()


def ensure_warehouse() -> None:
    """Build and publish the shipped data where no warehouse exists yet, showing a progress bar."""
    if publish.current_path() is not None:
        return
    bar = st.progress(0.0, "กำลังสร้างคลังข้อมูลครั้งแรก ใช้เวลาไม่นาน")
    with _build_lock():
        if publish.current_path() is None:
            publish.publish(
                build.build(
                    progress=lambda share, message: bar.progress(share, f"กำลังสร้างคลังข้อมูล: {message}")
                )
            )
    bar.empty()


def current() -> warehouse.Warehouse:
    """The warehouse of the version published now; every rerun asks anew, so a new version shows at once.

    Raises:
        RuntimeError: nothing has been published (call `ensure_warehouse` first).
    """
    opened = warehouse.open_current()
    if opened is None:
        raise RuntimeError("no warehouse has been published")
    return opened


@st.cache_data(max_entries=500, show_spinner=False)
def _answer(path: str, name: str, parameters: tuple[tuple[str, Value], ...]) -> pd.DataFrame:
    """The answer of one version to one question: the path names the version, so an answer is never stale."""
    return warehouse.open_version(Path(path)).run(name, **dict(parameters))


def query(name: str, **parameters: Value) -> pd.DataFrame:
    """The answer of the current version to a named query."""
    return _answer(str(current().path), name, tuple(sorted(parameters.items())))


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
    row = query("build_info").iloc[0]
    return Build(row["build_id"], row["built_at"].to_pydatetime(), row["dataset_th"], bool(row["simulated"]))
