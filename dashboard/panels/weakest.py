"""The lists of bodies behind the weak points, and what stands where a year has no such data."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from dashboard import listing, session, text, view
from dashboard.selection import Group
from dashboard.views import weakest

ORDERS = {
    "value": "คะแนนต่ำก่อน",
    "-value": "คะแนนสูงก่อน",
    "overall": "คะแนนรวมต่ำก่อน",
    "-overall": "คะแนนรวมสูงก่อน",
    "name": "ชื่อ (ก–ฮ)",
}
SAME_VALUE = {order: words for order, words in ORDERS.items() if "value" not in order}
"""Of bodies that all have 0 points."""


def bodies_behind(indicators: pd.DataFrame, code: str, *, year: int, group: Group) -> None:
    """The bodies behind the count of an indicator."""
    names = {row.part: text.part_label(row.part, row.name_th) for row in indicators.itertuples()}
    st.session_state["weakest_indicator"] = code
    st.selectbox(
        "หน่วยงานเบื้องหลังตัวชี้วัด",
        list(names),
        format_func=names.__getitem__,
        key="weakest_indicator",
        on_change=session.pick("part", "weakest_indicator"),
        placeholder="เลือกตัวชี้วัด",
    )
    row = indicators.set_index("part").loc[code]
    n_lowest, n = int(row["n_lowest"]), int(row["n"])
    scopes = {"lowest": f"เฉพาะที่ต่ำสุด ({n_lowest:,})", "all": f"ทุกแห่งที่มีคะแนน ({n:,})"}
    show = st.segmented_control(
        "ขอบเขต",
        list(scopes),
        default="lowest" if n_lowest else "all",
        format_func=scopes.__getitem__,
        required=True,
        label_visibility="collapsed",
        key=f"scope_{code}_{year}_{group.place}_{group.kind}",
    )
    only_lowest = show == "lowest"
    if only_lowest and not n_lowest:
        view.nothing(f"ไม่มีหน่วยงานใดที่ “{names[code]}” เป็นตัวต่ำสุด", "เลือก “ทุกแห่งที่มีคะแนน” หรือตัวชี้วัดอื่น")
        return
    # another list for every indicator and scope, so that each starts at its first page
    key = f"bodies-{code}" if only_lowest else f"bodies-{code}-all"
    rows = _fetch(key, code, n_lowest if only_lowest else n, str(show), year=year, group=group)
    listed, ids = weakest.behind(
        rows.frame, code, names[code], (n_lowest, n), only_lowest=only_lowest, year=year, group=group
    )
    listed = replace(listed, whole=lambda: weakest.behind_table(rows.everything(), only_lowest=only_lowest))
    listing.show_bodies(listed, ids, rows, key=key, part=code)


def _fetch(key: str, part: str, n: int, show: str, *, year: int, group: Group) -> listing.Rows:
    """The search and the order of a list of `n` bodies on a part, and its page."""
    asked = listing.ask(key, SAME_VALUE if show == "zero" else ORDERS, n)
    of_group = {"place": group.place, "kind": group.kind, "fiscal_year": year}
    return listing.fetch(key, "bodies_on_part", asked, **of_group, part=part, show=show)


def choose_item(rows: pd.DataFrame, part: str | None) -> None:
    """The box that chooses an item or a sub-indicator; `rows` has part, name_th and n_zero."""
    words = {
        row.part: f"{text.part_label(row.part, row.name_th)} ({row.n_zero:,} แห่ง)"
        for row in rows.itertuples()
    }
    st.session_state["weakest_item"] = part
    st.selectbox(
        "หน่วยงานที่ได้ 0 คะแนนในข้อ",
        list(words),
        index=None,
        format_func=words.__getitem__,
        key="weakest_item",
        on_change=session.pick("part", "weakest_item"),
        placeholder="เลือกข้อ หรือคลิกแท่งในแผนภูมิ",
    )


def bodies_at_zero(part: str, label: str, n_zero: int, *, year: int, group: Group) -> None:
    """The `n_zero` bodies without a point on an item or sub-indicator."""
    if not n_zero:
        st.caption(view.escape(f"ไม่มีหน่วยงานใดได้ 0 คะแนนใน “{label}”"))
        return
    key = f"zero-{part}"
    rows = _fetch(key, part, n_zero, "zero", year=year, group=group)
    listed, ids = weakest.at_zero(rows.frame, part, label, n_zero, year=year, group=group)
    listed = replace(listed, whole=lambda: weakest.zero_table(rows.everything()))
    listing.show_bodies(listed, ids, rows, key=key, part=part)


def clicked(event: object, shown: str | None) -> None:
    """Copy a click on a chart into the selection."""
    code = listing.point_code(event)
    if code is not None and code != shown:
        session.change(part=code)
        st.rerun()


def say_missing(coverage: pd.DataFrame, column: str, what: str, *, year: int, group: Group) -> None:
    """Say that the group has no such data in the year, and offer the years that have."""
    have = coverage[coverage[column] > 0].rename(columns={column: "n"})
    if have.empty:
        view.nothing(f"กลุ่ม “{group.label}” ไม่มี{what} ในปีใดเลย", "ลองเลือกพื้นที่หรือประเภทอื่นในแถบด้านซ้าย")
        return
    view.nothing(f"กลุ่ม “{group.label}” ไม่มี{what} ในปี {year}", "ปีที่มีข้อมูล:")
    listing.year_buttons(have, f"year_{column}")
