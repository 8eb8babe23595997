"""Lists of bodies whose rows open the page of a body."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from dashboard import session, text, view
from dashboard.selection import MOST_ORGANISATIONS

BODY = "หน่วยงาน"
MOST_ROWS = 300
"""Rows a list on screen shows; the files that are downloaded hold all."""


def open_body(organisation_id: str, **changes: object) -> None:
    """Go to the page of a body, the other selected bodies behind it."""
    others = [one for one in session.selection().organisations if one != organisation_id]
    session.open_page(
        view.ORGANISATION_PAGE, organisations=(organisation_id, *others)[:MOST_ORGANISATIONS], **changes
    )


def show_bodies(
    listed: view.View, organisation_ids: Sequence[str], *, files: bool = True, **changes: object
) -> None:
    """The first rows of a view as a list: a click on a row opens the body and makes the changes."""
    n = len(listed.frame)
    shown = listed.frame.head(MOST_ROWS)
    cut = f" · ตารางแสดง {MOST_ROWS:,} แห่งแรกจาก {n:,} แห่ง ไฟล์ที่ดาวน์โหลดมีครบ" if n > MOST_ROWS else ""
    st.caption("คลิกช่องหน้าแถวเพื่อเปิดหน้าของหน่วยงาน" + cut)
    event = st.dataframe(
        shown,
        hide_index=True,
        column_config=columns(shown),
        placeholder=text.MISSING,
        on_select="rerun",
        selection_mode="single-row",
        key=f"rows_{listed.key}",
    )
    if rows := event.selection.rows:
        open_body(organisation_ids[rows[0]], **changes)
    if files:
        view.downloads(listed)


def columns(frame: pd.DataFrame) -> dict[str, object]:
    """Names get the room, numbers are narrow; points with two decimals."""
    numbers = {
        name: st.column_config.NumberColumn(
            format="%.2f" if pd.api.types.is_float_dtype(frame[name]) else None, width=66
        )
        for name in frame.select_dtypes("number")
    }
    return {BODY: st.column_config.TextColumn(width=232)} | numbers


def point_code(event: object) -> str | None:
    """What was clicked in a chart whose points carry a code first in their customdata."""
    points = (event or {}).get("selection", {}).get("points", [])  # type: ignore[attr-defined]
    return str(points[0]["customdata"][0]) if points and points[0].get("customdata") else None


def year_buttons(years: pd.DataFrame, key: str) -> None:
    """Buttons that switch the year; `years` has fiscal_year and n."""
    with st.container(horizontal=True):
        for row in years.itertuples():
            st.button(
                f"ปี {row.fiscal_year} (n = {row.n:,})",
                key=f"{key}_{row.fiscal_year}",
                on_click=session.change,
                kwargs={"year": int(row.fiscal_year)},
            )
