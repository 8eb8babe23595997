"""The remote control of the wall: a component for its keys, its timer, and the overlay of a lost server."""

import secrets
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

_FILES = Path(__file__).parent
KEY = "meeting_remote"
_SESSION = "meeting_session"
KEYS = (
    ("→  ←", "มุมมองถัดไป · ก่อนหน้า"),
    ("1–9", "ไปมุมมองที่ 1–9"),
    ("Space", "หมุนเอง · หยุด"),
    ("S", "เน้นหน่วยงาน: ทุกมุมมองเปลี่ยนไปเทียบจากหน่วยงานนั้น"),
    ("F", "เต็มจอ"),
    ("Esc", "ปิดหน้าต่างนี้ · ออกจากการฉาย"),
    ("?", "วิธีใช้ปุ่ม"),
)
"""What every key does, for the overlay and the page."""
_WORDS = {
    "help": "ปุ่มที่ใช้ได้ระหว่างฉาย",
    "lost": "ขาดการเชื่อมต่อ กำลังเชื่อมใหม่",
    "seconds": "วิ",
    "paused": "หยุด",
    "sheet": "แผ่น",
}


@cache
def _component() -> Callable[..., Any]:
    html, css, js = (
        (_FILES / f"remote.{kind}").read_text(encoding="utf-8") for kind in ("html", "css", "js")
    )
    return st.components.v2.component("meeting_remote", html=html, css=css, js=js)


def remote(
    at: int,
    n: int,
    sheet: int,
    sheets: int,
    *,
    every: int,
    rotate: bool,
    dark: bool,
    note: str,
    centred: str,
    on_go: Callable[[int, int], None],
    on_leave: Callable[[], None],
) -> None:
    """Listen on slide `at` of `n`, on one of its sheets, all counted from 0; `every` is in seconds.

    `on_go` gets the slide and sheet asked for. A new `note` is shown for a while; a new `centred` body closes
    the box it was chosen in.
    """

    def gone() -> None:
        asked = st.session_state[KEY].get("go") or {}
        if isinstance(asked.get("at"), int) and isinstance(asked.get("sheet"), int):
            on_go(asked["at"], asked["sheet"])

    _component()(
        key=KEY,
        data={
            "at": at,
            "n": n,
            "sheet": sheet,
            "sheets": sheets,
            "every": every,
            "rotate": rotate,
            "dark": dark,
            "note": note,
            "centred": centred,
            "session": st.session_state.setdefault(_SESSION, secrets.token_hex(4)),
            "keys": KEYS,
            "words": _WORDS,
        },
        on_go_change=gone,
        on_leave_change=on_leave,
    )
