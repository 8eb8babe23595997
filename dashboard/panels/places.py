"""The way down from the country to a district, and back up: one line above what the place holds."""

from collections.abc import Mapping

import streamlit as st

from dashboard import data, session, view
from dashboard.selection import ALL, Catalog, filtered_group


def path(known: Catalog, place: str) -> list[tuple[str, str]]:
    """The places from the whole country down to a place: code and name."""
    found = [(ALL, "ทั้งประเทศ")]
    if place in known.regions:
        found.append((known.regions[place], f"ภาค{known.places[known.regions[place]]}"))
    if place != ALL:
        found.append((place, f"{'จ.' if place in known.regions else 'ภาค'}{known.places[place]}"))
    return found


def inside(known: Catalog, place: str) -> dict[str, str]:
    """The places right below one, by code: regions, or the provinces of a region."""
    if place in known.regions:
        return {}
    if place != ALL:
        return {code: known.places[code] for code, region in known.regions.items() if region == place}
    return {code: f"ภาค{known.places[code]}" for code in dict.fromkeys(known.regions.values())}


def breadcrumb() -> None:
    """Where the page stands, a button for every place above, and a box with the places below.

    A comparison group that is not one of the filters stands nowhere on that way.
    """
    known, chosen, group = session.catalog(), session.selection(), session.group()
    if group != filtered_group(chosen, known):
        st.caption(view.escape(f"กลุ่มเปรียบเทียบ: {group.label}"))
        return
    above, here = path(known, chosen.place), chosen.district
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key="places"):
        for code, name in above[:-1]:
            st.button(
                view.escape(name),
                key=f"place_{code}",
                type="tertiary",
                on_click=session.change,
                kwargs={"place": code},
            )
            st.markdown("›", width="content")
        code, name = above[-1]
        if here:
            st.button(
                view.escape(name),
                key=f"place_{code}",
                type="tertiary",
                on_click=session.change,
                kwargs={"district": ""},
            )
            st.markdown("›", width="content")
            name = f"อ.{here}"
        st.markdown(f"**{view.escape(name)}**", width="content")
        _below(known, here)


def _below(known: Catalog, here: str) -> None:
    """The box that leads one step down."""
    chosen = session.selection()
    if chosen.place not in known.regions:
        places = inside(known, chosen.place)
        word = "เลือกภาค" if chosen.place == ALL else "เลือกจังหวัด"
        _choose(places, word, f"down_{chosen.place}", "place")
        return
    rows = data.query("districts", place=chosen.place, kind=chosen.kind, fiscal_year=chosen.year)
    told = {row.district_th: f"{row.district_th} ({row.n_bodies:,} แห่ง)" for row in rows.itertuples()}
    if told and not here:
        _choose(told, "เลือกอำเภอ", f"down_{chosen.place}_{chosen.kind}", "district")


def _choose(options: Mapping[str, str], word: str, key: str, field: str) -> None:
    """A box that goes to the chosen place and is empty again."""

    def go() -> None:
        if (value := st.session_state[key]) is not None:
            st.session_state[key] = None
            session.change(**{field: value})

    st.selectbox(
        word,
        list(options),
        index=None,
        format_func=options.__getitem__,
        key=key,
        placeholder=f"› {word}",
        on_change=go,
        label_visibility="collapsed",
        width=230,
    )
