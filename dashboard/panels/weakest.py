"""The lists of bodies behind the weak points, and what stands where a year has no such data."""

import pandas as pd
import streamlit as st

from dashboard import listing, session, text, view
from dashboard.selection import Group
from dashboard.views import weakest


def bodies_behind(
    indicators: pd.DataFrame, rows: pd.DataFrame, code: str, *, year: int, group: Group
) -> None:
    """The bodies behind the count of an indicator; `rows` are of bodies_on_part."""
    rows = weakest.on_indicator(rows, code)
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
    n_lowest = int(rows["is_lowest"].sum())
    scopes = {True: f"เฉพาะที่ต่ำสุด ({n_lowest:,})", False: f"ทุกแห่งที่มีคะแนน ({len(rows):,})"}
    only_lowest = st.segmented_control(
        "ขอบเขต",
        list(scopes),
        default=n_lowest > 0,
        format_func=scopes.__getitem__,
        required=True,
        label_visibility="collapsed",
        key=f"scope_{code}_{year}_{group.place}_{group.kind}",
    )
    listed, ids = weakest.behind(
        rows, code, names[code], only_lowest=bool(only_lowest), year=year, group=group
    )
    if ids:
        listing.show_bodies(listed, ids, part=code)
    else:
        view.nothing(f"ไม่มีหน่วยงานใดที่ “{names[code]}” เป็นตัวต่ำสุด", "เลือก “ทุกแห่งที่มีคะแนน” หรือตัวชี้วัดอื่น")


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


def bodies_at_zero(bodies: pd.DataFrame, part: str, label: str, *, year: int, group: Group) -> None:
    """The bodies without a point on an item or sub-indicator; `bodies` are of bodies_on_part."""
    listed, ids = weakest.at_zero(bodies, part, label, year=year, group=group)
    if ids:
        listing.show_bodies(listed, ids, part=part)
    else:
        st.caption(view.escape(f"ไม่มีหน่วยงานใดได้ 0 คะแนนใน “{label}”"))


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
