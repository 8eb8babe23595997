"""Buttons that give the chart on screen as a picture, with its title, group and source inside the picture.

The browser makes it, of the chart as it stands there, with the Plotly the page has loaded already: nothing
is asked from anywhere, and no figure is sent twice.
"""

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

KINDS = ("png", "svg")
WIDTH = 1200
"""Pixels of a picture; a PNG has twice as many."""
_FILES = Path(__file__).parent
_WORDS = {
    "gone": "ไม่พบกราฟนี้บนหน้า เลื่อนหน้าจนเห็นกราฟแล้วกดอีกครั้ง",
    "failed": "สร้างภาพไม่สำเร็จ",
}


@cache
def _component() -> Callable[..., Any]:
    html, css, js = (
        (_FILES / f"snapshot.{kind}").read_text(encoding="utf-8") for kind in ("html", "css", "js")
    )
    return st.components.v2.component("chart_snapshot", html=html, css=css, js=js)


def buttons(*, alt: str, title: str, lines: Sequence[str], mark: str, font: str, name: str, key: str) -> None:
    """A button for each of `KINDS`: the chart with the alternative text `alt` as a file `name`.

    Above the chart stand `title`, the alternative text and, where there is one, `mark`; below it `lines`.
    """
    _component()(
        key=key,
        data={
            "alt": alt,
            "title": title,
            "lines": list(lines),
            "mark": mark,
            "font": font,
            "name": name,
            "kinds": KINDS,
            "width": WIDTH,
            "words": _WORDS,
        },
    )
