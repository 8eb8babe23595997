"""The filters of the findings, and the cards they are read on."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import listing, number_source, session, text, view
from dashboard.views import quality
from dashboard.views.number_source import source_facts
from warehouse.warehouse import Value

PER_PAGE = 20
LIST = "findings"
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


def chosen_findings(every: pd.DataFrame, where: Mapping[str, Value]) -> listing.Rows:
    """A page of the findings of a group left by the filters, which stand here.

    The options come from `every` finding of the build (of finding_counts), so that a choice survives a change
    of the group; `where` is its place and kind.
    """
    titles = dict(zip(every["check_code"], every["title_th"], strict=True))
    kept: dict[str, Any] = {"persist_state": "session"}
    left, right = st.columns([3, 2])
    words = left.text_input(
        "ค้นในข้อค้นพบ",
        placeholder="เช่น เขวาใหญ่ E2 (เลขไทยหรือเว้นวรรคต่างกันก็พบ)",
        icon=":material/search:",
        key="quality_words",
        **kept,
    )
    severities = right.pills(
        "ความรุนแรง",
        [code for code in text.SEVERITIES if code in set(every["severity"])],
        selection_mode="multi",
        format_func=text.SEVERITIES.__getitem__,
        key="quality_severities",
        **kept,
    )
    left, right = st.columns([3, 2])
    checks = left.multiselect(
        "การตรวจ",
        list(titles),
        format_func=titles.__getitem__,
        placeholder="ทุกการตรวจ",
        key="quality_checks",
        **kept,
    )
    years = right.multiselect(
        "ปีงบประมาณ",
        sorted(every["fiscal_year"].dropna().astype(int).unique().tolist(), reverse=True),
        placeholder="ทุกปี",
        key="quality_years",
        **kept,
    )
    wanted = {"severities": severities, "checks": checks, "years": years}
    listed = {name: f",{','.join(map(str, values))}," if values else "" for name, values in wanted.items()}
    asked = listing.Asked(search=words or "", page=listing.page(LIST), rows=PER_PAGE)
    return listing.fetch(LIST, "findings", asked, ordered=False, **where, **listed)


def cards(rows: listing.Rows) -> None:
    """The findings one below another, a page at a time."""
    for row in quality.prepared(rows.frame).itertuples():
        _card(row)
    listing.pages(LIST, rows)


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
