"""A box that finds bodies while one types. The browser gets the matches of what was typed, never all."""

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from dashboard.selection import Catalog

MOST_MATCHES = 12
_FILES = Path(__file__).parent
_WORDS = {"remove": "นำออก", "searching": "กำลังค้น…", "full": "เลือกครบแล้ว นำออกก่อนเพื่อเลือกแห่งอื่น"}


@cache
def _component() -> Callable[..., Any]:
    html, css, js = (
        (_FILES / f"picker.{kind}").read_text(encoding="utf-8") for kind in ("html", "css", "js")
    )
    return st.components.v2.component("body_picker", html=html, css=css, js=js)


@st.fragment
def picker(
    label: str,
    known: Catalog,
    chosen: Sequence[str],
    *,
    key: str,
    most: int,
    on_change: Callable[[tuple[str, ...]], None],
) -> None:
    """The box on a page, as `box`: typing runs the box alone again, a choice the whole page."""
    box(label, known, chosen, key=key, most=most, on_change=on_change)
    if st.session_state.pop(f"{key}_changed", False):
        st.rerun()


def box(
    label: str,
    known: Catalog,
    chosen: Sequence[str],
    *,
    key: str,
    most: int,
    on_change: Callable[[tuple[str, ...]], None],
) -> None:
    """Let the user choose up to `most` bodies; `on_change` gets the ids of all chosen, the latest last.

    With `most` = 1 the next choice replaces the one before. `known` says what may be found. What is
    around the box (a dialog) runs again with it.
    """
    search = str(st.session_state.get(key, {}).get("search") or "")
    found = known.find(search)
    shown = [one for one in found if one not in chosen][:MOST_MATCHES]
    n = len(found)
    told = "ไม่พบหน่วยงานชื่อนี้ ลองพิมพ์เพียงบางส่วนของชื่อ" if not n else f"พบ {n:,} แห่ง"
    if n > MOST_MATCHES:
        told += f" แสดง {MOST_MATCHES} แห่งแรก พิมพ์ต่อหรือเติมอำเภอ จังหวัด"
    _component()(
        key=key,
        data={
            "label": label,
            "placeholder": "พิมพ์ชื่อหน่วยงาน",
            "most": most,
            "chosen": [{"id": one, "label": known.label(one)} for one in chosen],
            "matches": [{"id": one, "label": known.label(one)} for one in shown],
            "search": search.strip(),
            "told": told,
            "words": _WORDS,
        },
        on_search_change=lambda: None,
        on_picked_change=lambda: _picked(key, known, tuple(chosen), most, on_change),
    )


def _picked(
    key: str,
    known: Catalog,
    chosen: tuple[str, ...],
    most: int,
    on_change: Callable[[tuple[str, ...]], None],
) -> None:
    """Take what the browser says was picked, if it is something that can be."""
    picked = st.session_state[key].get("picked") or {}
    added, removed = picked.get("add"), picked.get("remove")
    if removed in chosen:
        on_change(tuple(one for one in chosen if one != removed))
    elif added in known.organisations.index and added not in chosen:
        on_change((*chosen, str(added))[-most:] if most == 1 else (*chosen, str(added))[:most])
    st.session_state[f"{key}_changed"] = True
