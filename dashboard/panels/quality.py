"""The filters of the findings, and the cards they are read on."""

from typing import Any

import pandas as pd
import streamlit as st

from dashboard import number_source, session, text, view
from dashboard.views import quality
from dashboard.views.number_source import source_facts

PER_PAGE = 20
# The badge's colour repeats what its word says.
BADGES = {
    "fatal": ":red-badge[:material/block: {}]",
    "high": ":orange-badge[:material/priority_high: {}]",
    "medium": ":blue-badge[:material/info: {}]",
    "hint": ":gray-badge[:material/lightbulb: {}]",
}


def asked_source(sources: pd.DataFrame) -> None:
    """The source a number led here to, in full; `sources` are of the query sources."""
    asked = st.session_state.get(number_source.SOURCE)
    for row in sources[sources["source_id"] == asked].itertuples():
        with st.container(border=True, key="asked_source"):
            words, action = st.columns([5, 1], vertical_alignment="top")
            words.markdown(f"**แหล่งที่มา: {view.escape(row.title_th)}**")
            with words:
                number_source.facts([*source_facts(row), ("ตัวเลขจากแหล่งนี้", f"{row.n_figures:,} ค่า")])
            action.button(
                "ปิด",
                icon=":material/close:",
                on_click=st.session_state.pop,
                args=(number_source.SOURCE, None),
            )


def chosen_findings(found: pd.DataFrame, every: pd.DataFrame) -> pd.DataFrame:
    """The findings left by the filters, which stand here.

    The options come from `every` finding of the build, so that a choice survives a change of the group.
    """
    bodies = every.dropna(subset=["organisation_id"]).drop_duplicates("organisation_id")
    labels = dict(zip(bodies["organisation_id"], bodies["label_th"], strict=True))
    order = session.catalog().organisations["name_order"]
    titles = dict(zip(every["check_code"], every["title_th"], strict=True))
    kept: dict[str, Any] = {"persist_state": "session"}
    top, bottom = st.columns([3, 2]), st.columns([2, 3, 1])
    words = top[0].text_input(
        "ค้นในข้อค้นพบ",
        placeholder="เช่น เขวาใหญ่ E2 (เลขไทยหรือเว้นวรรคต่างกันก็พบ)",
        icon=":material/search:",
        key="quality_words",
        **kept,
    )
    severities = top[1].pills(
        "ความรุนแรง",
        [code for code in text.SEVERITIES if code in set(every["severity"])],
        selection_mode="multi",
        format_func=text.SEVERITIES.__getitem__,
        key="quality_severities",
        **kept,
    )
    checks = bottom[0].multiselect(
        "การตรวจ",
        list(titles),
        format_func=titles.__getitem__,
        placeholder="ทุกการตรวจ",
        key="quality_checks",
        **kept,
    )
    organisations = bottom[1].multiselect(
        "หน่วยงาน",
        sorted(labels, key=order.__getitem__),
        format_func=labels.__getitem__,
        placeholder="ทุกหน่วยงาน",
        key="quality_organisations",
        **kept,
    )
    years = bottom[2].multiselect(
        "ปีงบประมาณ",
        sorted(every["fiscal_year"].dropna().unique(), reverse=True),
        placeholder="ทุกปี",
        key="quality_years",
        **kept,
    )
    wanted = {
        "severity": severities,
        "check_code": checks,
        "organisation_id": organisations,
        "fiscal_year": years,
    }
    return quality.filtered(found, wanted, words or "")


def cards(found: pd.DataFrame) -> None:
    """The findings one below another, a page at a time."""
    pages = -(-len(found) // PER_PAGE)
    page = st.pagination(pages, key=f"quality_page_{pages}") if pages > 1 else 1
    for row in found.iloc[(page - 1) * PER_PAGE : page * PER_PAGE].itertuples():
        _card(row)


def _card(row: Any) -> None:
    """One finding in full, with where to look and a way to the body."""
    about, facts = quality.about(row), quality.facts(row)
    with st.container(border=True, gap="xsmall"):
        words, action = st.columns([5, 1], vertical_alignment="center")
        words.markdown(
            f"{BADGES[row.severity].format(row.severity_th)} **{view.escape(row.title_th)}**  \n"
            + view.escape(about)
        )
        words.markdown(view.escape(row.message_th))
        if facts:
            words.caption(view.escape(facts))
        if number := quality.number(row):
            number_source.button(number, key=f"source_{row.finding_id}")
        if pd.isna(row.organisation_id):
            return
        if action.button(
            "เปิดหน่วยงาน", key=f"open_{row.finding_id}", icon=":material/account_balance:", width="stretch"
        ):
            session.open_body(row.organisation_id, **_place(row))


def _place(row: Any) -> dict[str, object]:
    """The year and the part of a finding, where a body's page can show them."""
    known = session.catalog()
    found: dict[str, object] = {}
    if pd.notna(row.fiscal_year) and int(row.fiscal_year) in known.years:
        found["year"] = int(row.fiscal_year)
    if row.part in known.parts:
        found["part"] = row.part
    return found
