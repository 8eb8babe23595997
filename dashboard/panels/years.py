"""The two years a change is between: the same boxes on every page that shows one."""

import pandas as pd
import streamlit as st

from dashboard import session
from dashboard.selection import Selection


def choose_years(pairs: pd.DataFrame, chosen: Selection, years: list[int]) -> tuple[int, int] | None:
    """The two years, from the selection; None where no earlier year is known.

    `pairs` are of change_pairs, `years` those with scores.
    """
    to_year = chosen.year
    latest_first = sorted(years, reverse=True)
    earlier = [year for year in latest_first if year < to_year]
    now = pairs[pairs["to_year"] == to_year]
    counts = dict(zip(now["from_year"], now["n"], strict=True))
    barred = set(now.loc[~now["allowed"].astype(bool), "from_year"])
    with_bodies = [year for year in earlier if year in counts and year not in barred]
    from_year = chosen.from_year if chosen.from_year in earlier else next(iter(with_bodies or earlier), None)
    left, right, _ = st.columns([1, 1, 1], gap="medium")
    st.session_state["from_year"] = from_year
    left.selectbox(
        "จากปี",
        earlier,
        format_func=lambda year: (
            f"{year} (เทียบไม่ได้)" if year in barred else f"{year} (มีทั้งสองปี {counts.get(year, 0):,} แห่ง)"
        ),
        key="from_year",
        on_change=session.pick("from_year", "from_year"),
        placeholder="ไม่มีปีก่อนหน้า",
        disabled=not earlier,
    )
    st.session_state["to_year"] = to_year
    right.selectbox(
        "ถึงปี",
        latest_first,
        key="to_year",
        on_change=session.pick("year", "to_year"),
        placeholder="เลือกปี",
    )
    if chosen.from_year and chosen.from_year not in earlier:
        st.caption(f"ปีตั้งต้น {chosen.from_year} ไม่ได้อยู่ก่อนปี {to_year} จึงเลือกปีตั้งต้นให้ใหม่")
    return None if from_year is None else (from_year, to_year)


def offer_pairs(pairs: pd.DataFrame) -> None:
    """Buttons to pairs of years with data that may be compared, the latest six."""
    pairs = pairs[pairs["allowed"].astype(bool)]
    with st.container(horizontal=True):
        for row in pairs.groupby("to_year", sort=False).head(1).head(6).itertuples():
            st.button(
                f"{row.from_year} → {row.to_year} (n = {row.n:,})",
                key=f"pair_{row.from_year}_{row.to_year}",
                on_click=session.change,
                kwargs={"from_year": int(row.from_year), "year": int(row.to_year)},
            )
