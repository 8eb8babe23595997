"""ภายใน–ภายนอก–เอกสาร: staff, the public and documents beside one another, and whom they see differently."""

from dataclasses import replace

import streamlit as st

from dashboard import data, listing, session, view
from dashboard.listing import Asked
from dashboard.panels import places
from dashboard.selection import RANKED_FROM
from dashboard.views import inside_outside as views

chosen, group, known = session.selection(), session.group(), session.catalog()
view.header("ภายใน–ภายนอก–เอกสาร", "บุคลากร (IIT) ประชาชน (EIT) และเอกสารบนเว็บไซต์ (OIT) บอกตรงกันหรือไม่")
where = {"place": group.place, "kind": group.kind}
names = known.names(chosen.organisations)
followed = f",{','.join(names)},"
about = {"year": chosen.year, "group": group}
scale = {"stretched": chosen.stretched}
LIST = "inside_outside"
ORDERS = {
    "above": {"-difference": "ภายในสูงกว่ามากสุดก่อน", "other": "ประชาชนให้ต่ำก่อน", "name": "ชื่อ (ก–ฮ)"},
    "below": {"difference": "ภายนอกสูงกว่ามากสุดก่อน", "value": "บุคลากรให้ต่ำก่อน", "name": "ชื่อ (ก–ฮ)"},
    "both": {
        "-difference": "ภายในสูงกว่ามากสุดก่อน",
        "difference": "ภายนอกสูงกว่ามากสุดก่อน",
        "other": "ประชาชนให้ต่ำก่อน",
        "name": "ชื่อ (ก–ฮ)",
    },
}


def show_instruments() -> None:
    """The three instruments against the group."""
    in_year = {"fiscal_year": chosen.year}
    shown = views.instruments(
        data.query("group_parts", **where, **in_year),
        data.query("few_values", **where, **in_year, fewer_than=RANKED_FROM, level="instrument"),
        data.query("bodies_parts", organisations=followed, **in_year),
        names,
        data.pass_mark(chosen.year),
        focus=chosen.focus,
        **about,
        **scale,
    )
    view.show_or_say(shown, f"ไม่มีหน่วยงานใดของกลุ่ม “{group.label}” ที่ทราบคะแนนรายเครื่องมือปี {chosen.year}")


def show_staff_and_public() -> None:
    """Who is seen differently from inside and outside, and the lists."""
    pair = {
        **where,
        "fiscal_year": chosen.year,
        "part": views.INSIDE,
        "respondents": "all",
        "other": views.OUTSIDE,
        "other_respondents": "all",
        "gap": views.GAP,
        **views.ANY,
    }
    counts = data.query("pair_counts", **pair, cut="median", mark=0.0)
    row = counts.to_dict("records")[0] if len(counts) else {"n": 0}
    if not row["n"]:
        reason = (
            f"ไม่มีหน่วยงานใดของกลุ่ม “{group.label}” ที่ทราบทั้ง {views.INSIDE} และ {views.OUTSIDE} ปี {chosen.year}"
        )
        view.nothing(reason, view.ELSEWHERE)
        return
    rows = Asked("-difference", rows=views.MOST_DOTS).parameters()
    few, bins = None, None
    if row["n"] <= views.MOST_DOTS:
        few = data.query("pair_bodies", **pair, **rows, show="both", only="")
    else:
        without_gap = {key: value for key, value in pair.items() if key != "gap"}
        bins = data.query("pair_bins", **without_gap, width=views.CELL)
    own = data.query("pair_bodies", **pair, **rows, show="both", only=followed)
    shown = views.staff_and_public(few, bins, own, row, names, **about, **scale)
    turn = f"inside_outside_{chosen.year}_{group.place}_{group.kind}"
    if body := listing.point_code(view.show(shown, on_point=turn)):
        session.open_body(body)
    show_lists(pair, row)


def show_lists(pair: dict[str, object], counts: dict[str, float]) -> None:
    """One of the lists, chosen by the user."""
    first = next((code for code, (_, column) in views.LISTS.items() if counts[column]), "both")
    show = st.segmented_control(
        "รายชื่อ",
        list(views.LISTS),
        default=first,
        format_func=lambda code: f"{views.LISTS[code][0]} ({counts[views.LISTS[code][1]]:,.0f})",
        required=True,
        label_visibility="collapsed",
        key="inside_outside_list",
        persist_state="session",
    )
    name, column = views.LISTS[str(show)]
    n = int(counts[column])
    if not n:
        view.nothing(f"ไม่มีหน่วยงานใดของกลุ่มที่{name} (ตั้งแต่ {views.GAP:g} คะแนน)", "เลือกรายชื่ออื่นด้านบน")
        return
    head = st.container()
    key = f"{LIST}_{show}"
    rows = listing.fetch(
        key, "pair_bodies", listing.ask(key, ORDERS[str(show)], n), **pair, show=str(show), only=""
    )
    listed = views.listing(rows.frame, str(show), counts, **about)
    with head:
        view.head(listed)
    listed = replace(listed, whole=lambda: views.table(rows.everything()))
    listing.show_bodies(listed, list(rows.frame["organisation_id"]), rows, key=key)


def show_two_groups() -> None:
    """The two groups of respondents the public is asked in."""
    shown = views.two_groups(
        data.query("group_respondents", **where),
        data.query("bodies_respondents", organisations=followed, fiscal_year=chosen.year),
        names,
        data.pass_mark(chosen.year),
        **about,
        **scale,
    )
    if isinstance(shown, str):
        view.nothing(shown, view.ELSEWHERE)
    else:
        view.show(shown)


if chosen.year is None:
    view.nothing(view.EMPTY, "นำเข้าข้อมูลก่อน แล้วกลับมาที่หน้านี้")
else:
    places.breadcrumb()
    show_instruments()
    st.divider()
    show_staff_and_public()
    st.divider()
    show_two_groups()
view.footer()
