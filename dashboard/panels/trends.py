"""The controls of the trends page: which score, which bodies, which two years."""

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd
import streamlit as st

from dashboard import data, listing, session, text, view
from dashboard.panels import places
from dashboard.selection import ALL, MOST_ORGANISATIONS, Selection
from dashboard.views import changes, multiples
from dashboard.views.trends import Part
from warehouse.warehouse import Value

LIST = "changes"
ORDERS = {
    "-change": "เพิ่มมากสุดก่อน",
    "change": "ลดมากสุดก่อน",
    "value_to": "คะแนนปีหลังต่ำก่อน",
    "name": "ชื่อ (ก–ฮ)",
}


def choose_part(parts: pd.DataFrame, part: Part, chosen: Selection) -> None:
    """Let the user choose the part."""
    st.session_state["trends_part"] = part.code
    st.selectbox(
        "คะแนนที่ดู",
        list(parts.index),
        format_func=lambda code: text.part_label(code, parts.at[code, "name_th"]),
        key="trends_part",
        on_change=session.pick("part", "trends_part"),
        placeholder="เลือกคะแนนรวม เครื่องมือ หรือตัวชี้วัด",
    )
    if chosen.part and chosen.part != part.code:
        st.caption(view.escape(f"{chosen.part} เทียบข้ามปีไม่ได้ จึงแสดงตัวชี้วัดที่ {chosen.part} สังกัด"))


def offer_bodies(rows: pd.DataFrame) -> None:
    """Buttons that select bodies of the group with more than a year, where these are few.

    `rows` are of series_bodies.
    """
    if rows.empty:
        return
    if rows["n_bodies"].iloc[0] > len(rows):
        st.caption(f"เลือกหน่วยงานได้ไม่เกิน {MOST_ORGANISATIONS} แห่งในแถบด้านซ้าย เพื่อดูเส้นของแต่ละแห่งเทียบกับกลุ่ม")
        return
    st.caption("ดูเส้นของหน่วยงานที่มีตั้งแต่สองปี:")
    labels = session.catalog().names(rows["organisation_id"])
    with st.container(horizontal=True):
        if 1 < len(rows) <= MOST_ORGANISATIONS:
            st.button(
                f"ทั้ง {len(rows)} แห่ง",
                key="add_all",
                type="primary",
                on_click=session.change,
                kwargs={"organisations": tuple(rows["organisation_id"])},
            )
        for row in rows.itertuples():
            years = f"{row.first_year}–{row.last_year}, {row.n_years} ปี"
            st.button(
                view.escape(f"{labels[row.organisation_id]} ({years})"),
                key=f"add_{row.organisation_id}",
                on_click=session.change,
                kwargs={"organisations": (row.organisation_id,)},
            )


def show_multiples(part: Part, breaks: pd.DataFrame, mark: float | None) -> None:
    """The groups the chosen one is made of, small beside one another; a click makes one of them the group."""
    known, group = session.catalog(), session.group()
    if group.bodies:
        return  # a list is made of bodies, not of groups
    ways = {}
    if below := places.inside(known, group.place):
        ways["place"] = "ภาค" if group.place == ALL else "จังหวัด"
    if group.kind not in known.kinds or group.kind == ALL or group.kind in text.SECTORS:
        ways["kind"] = "ประเภท"
    if not ways:
        return
    way = next(iter(ways))
    if len(ways) > 1:
        way = st.segmented_control(
            "แยกตาม",
            list(ways),
            default=way,
            format_func=lambda one: f"ราย{ways[one]}",
            required=True,
            label_visibility="collapsed",
            key="trends_multiples",
            persist_state="session",
        )
    if way == "place":
        groups = {code: session.group_of(code, group.kind) for code in below}
        names = below
    else:
        types = [kind for kind in known.kinds if kind != ALL and kind not in text.SECTORS]
        groups = {kind: session.group_of(group.place, kind) for kind in types}
        kinds = data.query("kinds")
        names = dict(zip(kinds["type"], kinds["short_th"], strict=True))
    answer = data.query("groups_series", part=part.code, groups=multiples.asked(groups))
    unit = ways[str(way)]
    scale = session.selection().stretched
    shown = multiples.small(
        part, answer, groups, names, breaks, mark, group=group, unit=unit, stretched=scale
    )
    if shown is None:
        return
    turn = f"multiples_{part.code}_{group.place}_{group.kind}_{way}"
    if code := listing.point_code(view.show(shown, on_point=turn)):
        session.change(**{str(way): code})
        st.rerun()


def show_changes(
    part: Part, shown: view.View, crossed: pd.DataFrame, where: Mapping[str, Value], *, files: bool
) -> None:
    """The chart and the list of changes; `crossed` are the breaks between the two years.

    `where` are the parameters of the query changes but those of its page. With `files` the list has its own.
    """
    if len(crossed):
        st.warning(view.escape(changes.crossed_words(crossed)), icon=":material/warning:")
    view.show(shown)
    st.markdown("**อันดับการเปลี่ยนแปลง**")
    rows = listing.fetch(LIST, "changes", listing.ask(LIST, ORDERS, shown.n), **where, only="")
    listed, ids = changes.ranking(part, shown, rows.frame)
    listed = replace(listed, whole=lambda: changes.ranking(part, shown, rows.everything())[0].frame)
    listing.show_bodies(listed, ids, rows, key=LIST, files=files)
