"""The controls of the comparison page, its table with pages, and what it offers where bodies are too few."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import data, heat_table, listing, number_source, session, view
from dashboard.selection import MOST_ORGANISATIONS, Group
from dashboard.views import compare, side_by_side
from dashboard.views.between import between
from dashboard.views.compare import Bodies, Wishes
from warehouse.warehouse import Value

PAGE_ROWS = 50
LIST = "compare"


def show_table(
    year: int,
    group: Group,
    counts: pd.Series,
    parts: pd.DataFrame,
    spread: pd.DataFrame,
    lowest: pd.DataFrame,
) -> None:
    """The sentence, the controls, the table, the files.

    `counts` is the row of group_counts, `parts` are those of the year, `spread` is of group_parts, `lowest`
    are the first bodies by their overall, of results.
    """
    chosen = session.selection().organisations
    nobody = compare.nobody(year, counts, parts, spread, data.pass_mark(year))
    about = compare.about(nobody, lowest, group)
    view.head(about)
    wishes = _controls(nobody, chosen)
    asked = listing.Asked(wishes.sorted_by, wishes.search, listing.page(LIST), PAGE_ROWS)
    where: dict[str, Value] = {
        "place": group.place,
        "kind": group.kind,
        "fiscal_year": year,
        "district": wishes.district,
        "show": wishes.show,
        "only": f",{','.join(chosen)}," if wishes.only_chosen else "",
    }
    rows = listing.fetch(LIST, "results", asked, **where)
    if rows.frame.empty:
        view.nothing("ไม่มีหน่วยงานที่ตรงกับคำค้นและตัวกรอง", "ลองพิมพ์คำค้นให้สั้นลง หรือแสดงทั้งหมด")
        st.button("แสดงทั้งหมด", on_click=_clear, icon=":material/filter_alt_off:")
        return
    bodies = compare.gather(nobody, rows.frame, _values(year, rows.frame["organisation_id"]))
    low, columns = compare.scale_low(bodies, spread), compare.table_columns(bodies)
    breaks = data.query("breaks")
    notes = compare.table_notes(bodies, rows.n, wishes, low, breaks)
    if bodies.n_changes:
        notes.append(between(data.query("editions"), breaks, year - 1, year).small_note)
    whole = replace(
        about,
        frame=compare.table_frame(bodies, columns),
        notes=notes,
        numbers=compare.numbers(bodies, about.group),
        whole=partial(_whole, rows, nobody, _column(where)),
    )
    st.caption("ชี้ที่หัวคอลัมน์เพื่ออ่านชื่อเต็ม · " + number_source.HINT_BODIES)
    heat_table.draw(
        whole.frame,
        columns,
        low,
        bodies.marks,
        # another key for every order: a table sorted by a click on a head would ignore the order chosen
        key=f"compare_table_{wishes.order}_{wishes.turned}_{rows.asked.page}",
        alt=about.title,
        numbers=whole.numbers,
        bodies=list(bodies.rows.index),
    )
    listing.pages(LIST, rows)
    view.notes(whole)
    view.downloads(whole)


def _values(year: int, ids: Sequence[str] | pd.Series) -> pd.DataFrame:
    """The parts of some bodies."""
    return data.query("bodies_parts", organisations=f",{','.join(ids)},", fiscal_year=year)


def _column(where: Mapping[str, Value]) -> Callable[..., pd.DataFrame]:
    """A function that asks the version shown now for a part of all bodies of the group, in any thread."""
    kept = {name: where[name] for name in ("place", "kind", "fiscal_year")}
    return partial(data.current().run, "part_column", **kept)


def _whole(rows: listing.Rows, nobody: Bodies, column: Callable[..., pd.DataFrame]) -> pd.DataFrame:
    """The table with every row the search and the filters leave."""
    values = [column(part=part).assign(part=part) for part in nobody.parts["part"]]
    every = compare.gather(
        nobody, rows.everything(), pd.concat(values, ignore_index=True) if values else pd.DataFrame()
    )
    return compare.table_frame(every, compare.table_columns(every))


def _controls(bodies: Bodies, chosen: Sequence[str]) -> Wishes:
    """Search, order and filter; each change goes back to the first page."""
    filters, orders = compare.filters(bodies.counts), compare.orders(bodies)
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
    return Wishes(search or "", order or "rank", turned, show or "all", only, session.district())


def _offered(key: str, options: Mapping[str, str]) -> str:
    """The key of a control that keeps its value over pages, unless the options no longer hold the value."""
    if st.session_state.get(key) not in options:
        st.session_state[key] = next(iter(options))
    return key


def _first_page() -> None:
    """Another search, filter or order starts at its first page."""
    listing.first_page(LIST)


def _clear() -> None:
    """Show all bodies again."""
    _first_page()
    st.session_state.update(compare_search="", compare_show="all", compare_only=False)


def ends(order: str, **of_group: Value) -> pd.DataFrame:
    """The few bodies of a group that come first in an order and have an overall, of results."""
    asked = listing.Asked(order, rows=compare.NAMED + MOST_ORGANISATIONS)
    return data.query("results", **of_group, district="", show="overall", only="", **asked.parameters())


def offer_bodies(lowest: pd.DataFrame, highest: pd.DataFrame, missing: str) -> None:
    """Say how bodies are selected, and offer a selection in one click; `missing` says who has no data.

    `lowest` and `highest` are of `ends`.
    """
    chosen = session.selection().organisations
    offers = side_by_side.offers(list(lowest["organisation_id"]), list(highest["organisation_id"]), chosen)
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
