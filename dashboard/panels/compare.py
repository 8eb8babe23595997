"""The controls of the comparison page, its table with pages, and what it offers where bodies are too few."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import heat_table, listing, session, view
from dashboard.selection import MOST_ORGANISATIONS
from dashboard.view import View
from dashboard.views import compare, side_by_side
from dashboard.views.compare import Bodies, Wishes

PAGE_ROWS = 100


def show_table(bodies: Bodies, about: View, spread: pd.DataFrame, breaks: pd.DataFrame) -> None:
    """The sentence, the controls, the table, the files."""
    chosen = session.selection().organisations
    view.head(about)
    wishes = _controls(bodies, chosen)
    rows = compare.arranged(compare.selected(bodies.rows, wishes, chosen), bodies.values, wishes)
    if rows.empty:
        view.nothing("ไม่มีหน่วยงานที่ตรงกับคำค้นและตัวกรอง", "ลองพิมพ์คำค้นให้สั้นลง หรือแสดงทั้งหมด")
        st.button("แสดงทั้งหมด", on_click=_clear, icon=":material/filter_alt_off:")
        return
    pages = -(-len(rows) // PAGE_ROWS)
    page = min(st.session_state.get("compare_page") or 1, pages)
    on_page = slice((page - 1) * PAGE_ROWS, page * PAGE_ROWS)
    low, columns = compare.scale_low(bodies, spread), compare.table_columns(bodies, rows.iloc[on_page])
    whole = replace(
        about,
        frame=compare.table_frame(bodies, rows, columns),
        notes=compare.table_notes(bodies, rows, wishes, low, breaks),
    )
    st.caption("คลิกชื่อหน่วยงานหรือช่องหน้าแถวเพื่อเปิดหน้าของหน่วยงาน · ชี้ที่หัวคอลัมน์เพื่ออ่านชื่อเต็ม คลิกเพื่อเรียง")
    event = heat_table.draw(
        whole.frame.iloc[on_page],
        columns,
        low,
        compare.recomputed(bodies, rows.iloc[on_page]),
        # another key for every order: a table sorted by a click on a head would ignore the order chosen
        key=f"compare_table_{wishes.order}_{wishes.turned}_{page}",
        alt=about.title,
        on_select=True,
    )
    _open_clicked(event, rows.index[on_page])
    if pages > 1:
        if st.session_state.get("compare_page"):
            st.session_state["compare_page"] = page
        st.pagination(pages, key="compare_page", on_change="rerun")
        st.caption(
            f"แถวที่ {on_page.start + 1:,}–{min(on_page.stop, len(rows)):,} จาก {len(rows):,} · "
            "คลิกหัวคอลัมน์เรียงเฉพาะหน้านี้ ใช้ “เรียงตาม” เพื่อเรียงทุกหน้า · แฟ้มที่ดาวน์โหลดมีครบทุกแถว"
        )
    view.notes(whole)
    view.downloads(whole)


def _controls(bodies: Bodies, chosen: Sequence[str]) -> Wishes:
    """Search, order and filter; each change goes back to the first page."""
    filters, orders = compare.filters(bodies.rows), compare.orders(bodies)
    shared: dict[str, Any] = {"persist_state": "session", "on_change": _first_page}
    left, middle, right = st.columns([4, 4, 2], vertical_alignment="bottom")
    search = left.text_input("ค้นหา", key="compare_search", placeholder="ชื่อหน่วยงาน อำเภอ หรือจังหวัด", **shared)
    order = middle.selectbox(
        "เรียงตาม",
        list(orders),
        format_func=orders.__getitem__,
        key=_offered("compare_order", orders),
        placeholder="เลือกวิธีเรียง",
        **shared,
    )
    turned = right.toggle("กลับลำดับ", key="compare_turned", **shared)
    left, right = st.columns([7, 3], vertical_alignment="center")
    show = left.segmented_control(
        "แสดง",
        list(filters),
        format_func=filters.__getitem__,
        key=_offered("compare_show", filters),
        label_visibility="collapsed",
        required=True,
        **shared,
    )
    if not chosen:
        st.session_state["compare_only"] = False
    only = right.toggle(
        "เฉพาะหน่วยงานที่สนใจ",
        key="compare_only",
        disabled=not chosen,
        help="เลือกหน่วยงานที่สนใจได้ในแถบด้านซ้าย",
        **shared,
    )
    return Wishes(search or "", order or "rank", turned, show or "all", only)


def _offered(key: str, options: Mapping[str, str]) -> str:
    """The key of a control that keeps its value over pages, unless the options no longer hold the value."""
    if st.session_state.get(key) not in options:
        st.session_state[key] = next(iter(options))
    return key


def _first_page() -> None:
    """Another search, filter or order starts at its first page."""
    st.session_state.pop("compare_page", None)


def _clear() -> None:
    """Show all bodies again."""
    _first_page()
    st.session_state.update(compare_search="", compare_show="all", compare_only=False)


def _open_clicked(event: Any, shown: pd.Index) -> None:
    """Open the body whose row or name was clicked; a click on a number is for reading and copying it."""
    picked = event["selection"]
    names = [row for row, column in picked["cells"] if column == listing.BODY]
    found = [row for row in [*picked["rows"], *names] if row < len(shown)]
    if found:
        listing.open_body(shown[found[0]])


def offer_bodies(results: pd.DataFrame, missing: str) -> None:
    """Say how bodies are selected, and offer a selection in one click; `missing` says who has no data."""
    chosen = session.selection().organisations
    offers = side_by_side.offers(results, chosen)
    few = "เลือกไว้เพียงหนึ่งแห่ง ต้องมีอย่างน้อยสองแห่งจึงจะเทียบกันได้" if chosen else "ยังไม่ได้เลือกหน่วยงาน"
    how = f"เลือก 2–{MOST_ORGANISATIONS} แห่งในช่อง “หน่วยงานที่สนใจ” ในแถบด้านซ้าย"
    view.nothing(" · ".join(filter(None, [few, missing])), how + (" หรือกดปุ่มด้านล่าง" if offers else ""))
    with st.container(horizontal=True):
        for number, (words, picked) in enumerate(offers.items()):
            st.button(
                words,
                key=f"offer_{number}",
                on_click=session.change,
                kwargs={"organisations": (*chosen, *picked)},
                icon=":material/compare_arrows:",
            )
