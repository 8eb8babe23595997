"""The lists of the movers page: which bodies, in which order."""

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from dashboard import listing, view
from dashboard.views import movers
from dashboard.views.between import Between
from warehouse.warehouse import Value

FAIR = {"-beyond": "เกินคาดมากสุดก่อน", "beyond": "ต่ำกว่าคาดมากสุดก่อน", "times": "ต่ำกว่าคาดมากสุดก่อน (เท่าของปกติ)"}
PLAIN = {
    "-times": "เกินคาดมากสุดก่อน (เท่าของปกติ)",
    "-change": "เพิ่มมากสุดก่อน",
    "change": "ลดมากสุดก่อน",
    "value_to": "คะแนนปีหลังต่ำก่อน",
    "name": "ชื่อ (ก–ฮ)",
}


def orders(which: str, *, expected: bool) -> dict[str, str]:
    """The orders of a list, the one it opens with first; those by expectation only where there is one."""
    offered = FAIR | PLAIN if expected else {key: PLAIN[key] for key in PLAIN if key != "-times"}
    first = {
        "improved": "-beyond",
        "declined": "beyond" if expected else "change",
        "failing": "beyond" if expected else "change",
    }.get(which, "-beyond" if expected else "-change")
    return {first: offered[first]} | offered


def show_lists(
    shown: view.View, counts: Mapping[str, float], where: Mapping[str, Value], span: Between
) -> None:
    """One of the lists, chosen by the user; `shown` is the view above them.

    `counts` is the row of mover_counts, `where` holds the group and the years.
    """
    expected = bool(counts["n_expected"])
    offered = {code: movers.LISTS[code] for code in movers.LISTS if expected or code != "improved"}
    which = st.segmented_control(
        "รายชื่อ",
        list(offered),
        default=next(iter(offered)),
        format_func=lambda code: f"{offered[code][0]} ({counts[offered[code][1]]:,})",
        required=True,
        label_visibility="collapsed",
        key="movers_list",
        persist_state="session",
    )
    name, column = offered[which]
    n = int(counts[column])
    if not n:
        view.nothing(f"ไม่มีหน่วยงานใดของกลุ่มที่{name}", "เลือกรายชื่ออื่นด้านบน")
        return
    key = f"movers_{which}"
    rows = listing.fetch(
        key,
        "movers",
        listing.ask(key, orders(which, expected=expected), n),
        **where,
        show=which,
        small=span.small,
        only="",
    )
    listed = movers.listing(shown, movers.classified(rows.frame, span), name, n, span)
    whole = lambda: movers.table(movers.classified(rows.everything(), span), shown.n, span)  # noqa: E731
    listing.show_bodies(replace(listed, whole=whole), list(rows.frame["organisation_id"]), rows, key=key)
