"""The sidebar: the filters every page shares, the user's own body, and with whom it is compared."""

import pandas as pd
import streamlit as st

from dashboard import data, own_list, session, text
from dashboard.picker import picker
from dashboard.selection import (
    ALL,
    FILTERS,
    LIST,
    MOST_ORGANISATIONS,
    PEERS,
    Catalog,
    Selection,
    filtered_group,
)

UNSTRETCHED = ("road", "imports", "quality", "methods")
"""Pages without an axis that could be stretched, by their URL path."""


def show() -> None:
    """The filters every page shares."""
    known, chosen = session.catalog(), session.selection()
    with st.sidebar:
        st.session_state["pick_year"] = chosen.year
        st.selectbox(
            "ปีงบประมาณ (พ.ศ.)",
            sorted(known.years, reverse=True),
            key="pick_year",
            on_change=session.pick("year", "pick_year"),
            placeholder="ยังไม่มีข้อมูล",
        )
        picker(
            "หน่วยงานของฉัน",
            known,
            (chosen.mine,) if chosen.mine else (),
            key="pick_mine",
            most=1,
            on_change=_choose_mine,
        )
        _choose_group(known, chosen)
        picker(
            f"หน่วยงานที่สนใจ (ไม่เกิน {MOST_ORGANISATIONS} แห่ง)",
            known,
            chosen.others,
            key="pick_organisations",
            most=MOST_ORGANISATIONS - bool(chosen.mine),
            on_change=lambda picked: session.change(organisations=picked),
        )
        if session.page() not in UNSTRETCHED:
            _choose_scale(chosen)
        st.session_state["pick_dataset"] = chosen.dataset
        st.selectbox(
            "ชุดข้อมูล",
            list(known.datasets),
            format_func=known.datasets.__getitem__,
            key="pick_dataset",
            on_change=session.pick("dataset", "pick_dataset", organisations=()),
        )


def _choose_scale(chosen: Selection) -> None:
    """The switch that stretches the axes of scores."""
    st.session_state["pick_stretched"] = chosen.stretched
    st.toggle(
        "ขยายช่วงใกล้ 100",
        key="pick_stretched",
        on_change=session.pick("stretched", "pick_stretched"),
        help="แกนคะแนนเป็นสเกลของส่วนที่ยังขาดจาก 100: ยืดช่วงคะแนนสูงที่เบียดกัน ระยะบนแกนจึงไม่เท่ากันตลอด "
        "แท่งที่วัดความยาวเป็นคะแนน และแกนร้อยละ จำนวน หรือผลต่าง คงเดิม",
    )


def _choose_mine(picked: tuple[str, ...]) -> None:
    """Make a body the user's own, and compare with its like until something else is chosen."""
    chosen = session.selection()
    mine = picked[0] if picked else None
    others = tuple(one for one in chosen.others if one != mine)
    if mine is None:
        session.change(
            mine=None, organisations=others, peers=chosen.peers if chosen.peers in (LIST, ALL) else FILTERS
        )
        return
    placed = pd.notna(session.catalog().organisations.at[mine, "province_iso"])
    like = "type_province" if placed else "type"
    session.change(
        mine=mine,
        organisations=(mine, *others)[:MOST_ORGANISATIONS],
        peers=like if chosen.peers == FILTERS else chosen.peers,
    )


def _choose_group(known: Catalog, chosen: Selection) -> None:
    """The boxes that say with whom is compared, and how many they are."""
    st.session_state["pick_group"] = chosen.peers
    st.selectbox(
        "กลุ่มเปรียบเทียบ",
        session.offered_peers(chosen.mine or chosen.focus),
        format_func=PEERS.__getitem__,
        key="pick_group",
        on_change=session.pick("peers", "pick_group"),
        placeholder="เลือกกลุ่มเปรียบเทียบ",
        help="เลือกหน่วยงานของฉันก่อน จึงเทียบกับประเภท พื้นที่เดียวกัน หรือหน่วยงานใกล้เคียงได้",
    )
    compared = session.group()
    if compared == filtered_group(chosen, known):
        st.session_state["pick_place"] = chosen.place
        st.selectbox(
            "พื้นที่",
            list(known.places),
            format_func=lambda code: _place_label(known, code),
            key="pick_place",
            on_change=session.pick("place", "pick_place"),
            placeholder="พิมพ์ชื่อจังหวัดหรือภาค",
        )
        st.session_state["pick_kind"] = chosen.kind
        st.selectbox(
            "ประเภทหน่วยงาน",
            list(known.kinds),
            format_func=known.kinds.__getitem__,
            key="pick_kind",
            on_change=session.pick("kind", "pick_kind"),
            placeholder="เลือกประเภท",
        )
    if chosen.year is not None:
        counts = data.query("group_overall", place=compared.place, kind=compared.kind)
        n = counts.loc[counts["fiscal_year"] == chosen.year, "n"].sum()
        st.caption(text.escape(f"{compared.label} · n = {n:,} แห่งที่มีคะแนนรวมปี {chosen.year}"))
    if compared.note:
        st.warning(text.escape(compared.note), icon=":material/info:")
    if st.button(
        "แก้รายชื่อที่ทำเอง" if chosen.listed else "ทำรายชื่อเป็นกลุ่มเอง",
        key="open_list",
        type="tertiary",
        icon=":material/playlist_add:",
    ):
        own_list.open_dialog()


def _place_label(known: Catalog, code: str) -> str:
    if code == ALL or code in known.regions:
        return known.places[code]
    return f"ภาค{known.places[code]} (ทั้งภาค)"
