"""Lists of any length: search and order over all rows in the warehouse, of which one page is sent."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import data, number_source, session, text, view
from dashboard.number_source import BODY
from ita_data import thai
from warehouse.warehouse import ROW_CAP, Value

PAGE_ROWS = 50
WORDS = 3
DOWN = "-"  # before what a list is sorted by: the highest first


@dataclass(frozen=True)
class Asked:
    """Which rows of a list the user wants to see.

    `order` is what a paged query may sort by, after `DOWN` where the highest comes first.
    """

    order: str = ""
    search: str = ""
    page: int = 1
    rows: int = PAGE_ROWS

    @property
    def first(self) -> int:
        """The place of the first row of the page, from 1."""
        return (self.page - 1) * self.rows + 1

    def page_of(self, *, whole: bool = False) -> dict[str, Value]:
        """The parameters paged queries share; with `whole` the page holds every row."""
        return {
            **words_of(self.search),
            "first": 1 if whole else self.first,
            "last": ROW_CAP if whole else self.first + self.rows - 1,
        }

    def parameters(self, *, whole: bool = False) -> dict[str, Value]:
        """As `page_of`, of queries with a choice of orders."""
        order = {"sort_by": self.order.removeprefix(DOWN), "descending": self.order.startswith(DOWN)}
        return self.page_of(whole=whole) | order


def words_of(search: str) -> dict[str, Value]:
    """The words of a search as queries look for them; what comes after the last of them must follow on it."""
    words = [thai.fold(word).replace(" ", "") for word in search.split()]
    words = [*words[: WORDS - 1], "".join(words[WORDS - 1 :])]
    return {f"word_{at}": word for at, word in enumerate((words + [""] * WORDS)[:WORDS], start=1)}


@dataclass(frozen=True)
class Rows:
    """A page of the answer of a paged query, how many rows the search leaves, and a way to all of these."""

    frame: pd.DataFrame
    n: int
    asked: Asked
    everything: Callable[[], pd.DataFrame]


def ask(
    key: str,
    orders: Mapping[str, str],
    n: int,
    *,
    placeholder: str = "ชื่อหน่วยงาน อำเภอ หรือจังหวัด",
    rows: int = PAGE_ROWS,
) -> Asked:
    """The search and the order of a list, where it is longer than a page; else the first of its `orders`.

    `n` is how many rows the list has without a search.
    """
    first = next(iter(orders), "")
    if n <= rows:
        return Asked(order=first, rows=rows)
    kept: dict[str, Any] = {"persist_state": "session"}
    left, right = st.columns([3, 2] if len(orders) > 1 else [1, 0.01], vertical_alignment="bottom")
    search = left.text_input(
        "ค้นหา",
        key=f"search_{key}",
        placeholder=placeholder,
        icon=":material/search:",
        label_visibility="collapsed",
        **kept,
    )
    order = first
    if len(orders) > 1:
        if st.session_state.get(f"order_{key}") not in orders:
            st.session_state[f"order_{key}"] = first
        order = right.selectbox(
            "เรียงตาม",
            list(orders),
            format_func=orders.__getitem__,
            key=f"order_{key}",
            placeholder="เลือกวิธีเรียง",
            label_visibility="collapsed",
            **kept,
        )
    return Asked(order or first, search or "", page(key), rows)


def _page(key: str) -> str:
    return f"page_{key}"


def page(key: str) -> int:
    """Which page of a list the user is on."""
    return int(st.session_state.get(_page(key)) or 1)


def first_page(key: str) -> None:
    """Go back to the first page of a list."""
    st.session_state.pop(_page(key), None)


def fetch(key: str, query: str, asked: Asked, *, ordered: bool = True, **where: Value) -> Rows:
    """The rows asked for; of another list than before (another group, search or order) its first page."""
    parameters = Asked.parameters if ordered else Asked.page_of
    scope = (str(data.current().path), query, asked.search, asked.order, tuple(where.items()))
    if st.session_state.get(f"scope_{key}", scope) != scope:
        first_page(key)
        asked = replace(asked, page=1)
    st.session_state[f"scope_{key}"] = scope
    with st.spinner("กำลังค้นในรายการ…"):
        found = data.query(query, **where, **parameters(asked))
    n = int(found["n"].iloc[0]) if len(found) else 0
    everything = partial(data.current().run, query, **where, **parameters(asked, whole=True))
    return Rows(found, n, asked, everything)


def pages(key: str, rows: Rows) -> None:
    """The pages of a list, where it has more than one, and which rows these are."""
    asked = rows.asked
    count = -(-rows.n // asked.rows)
    if count < 2:
        return
    st.pagination(count, key=_page(key), on_change="rerun")
    st.caption(
        f"แถวที่ {asked.first:,}–{asked.first + len(rows.frame) - 1:,} จาก {rows.n:,} · ค้นหาและเรียงจากทุกแถว "
        "คลิกหัวคอลัมน์เรียงเฉพาะหน้านี้ ไฟล์ที่ดาวน์โหลดมีครบทุกแถว"
    )


def told(listed: view.View, rows: Rows) -> view.View:
    """The view of a list with what its search leaves among its notes, for the files hold no more."""
    search = rows.asked.search.strip()
    if not search:
        return listed
    return replace(listed, notes=(*listed.notes, f"เฉพาะ {rows.n:,} แถวที่ตรงกับคำค้น “{search}”"))


def show_bodies(
    listed: view.View,
    organisation_ids: Sequence[str],
    rows: Rows,
    *,
    key: str,
    files: bool = True,
    **changes: object,
) -> None:
    """A page of bodies as a list: a click on a row or a name opens the body and makes the changes.

    `key` is that of the list's search and pages.
    """
    if listed.frame.empty:
        view.nothing(f"ไม่มีหน่วยงานที่ตรงกับ “{rows.asked.search}”", "ลองพิมพ์คำค้นให้สั้นลง")
        return
    st.caption(number_source.HINT_BODIES)
    number_source.table(
        listed.frame,
        listed.numbers,
        # where there are pages, each has a key: what is sorted or clicked in one is not in another
        key=f"rows_{key}"
        if rows.n <= rows.asked.rows
        else f"rows_{key}_{rows.asked.order}_{rows.asked.page}",
        bodies=organisation_ids,
        changes=changes,
        hide_index=True,
        column_config=columns(listed.frame),
        placeholder=text.MISSING,
    )
    pages(key, rows)
    if files:
        view.downloads(told(listed, rows))


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
