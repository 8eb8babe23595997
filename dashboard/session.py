"""The selection in a running session: kept in the session, mirrored in the URL (its boxes: `sidebar`)."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import data, text
from dashboard.selection import (
    ALL,
    FILTERS,
    LIST,
    MOST_ORGANISATIONS,
    NEIGHBOURS,
    PEERS,
    Catalog,
    Group,
    Neighbours,
    Selection,
    default_year,
    filtered_group,
    group_label,
    parse,
    peer_group,
    with_search_keys,
)
from warehouse import datasets

ROOT = Path(__file__).parents[1]
ORGANISATION_PAGE = "pages/supervise/organisation.py"
_SELECTION = "selection"
_TOUCHED = "selection_touched"
_URL = "url_written"
_PROBLEMS = "url_problems"
_PAGE, _TITLES = "page", "page_titles"
FIRST_PAGE = "overview"
PAGE_KEYS = ("queue", "present", "every", "rotate", "dark", "freeze")
"""Keys of the URL that belong to the page ประชุม and not to the selection; they stay while one stays there."""
NEED_PLACE = ("type_province", "type_region", "province", "region")


def catalog() -> Catalog:
    """What may be selected in the current version."""
    # which datasets there are depends on more than this version
    return _catalog(data.current().path, tuple((one.code, one.name_th) for one in datasets.offered()))


@lru_cache(maxsize=8)
def _catalog(path: Path, offered: tuple[tuple[str, str], ...]) -> Catalog:
    years = data.answer(path, "years")
    places = data.answer(path, "places")
    kinds = data.answer(path, "kinds")
    organisations = data.answer(path, "organisations")
    scored = years[years["n_bodies"] > 0]
    provinces = places[places["level"] == "province"]
    parts: dict[str, str] = {}
    for year in years["fiscal_year"]:
        for row in data.answer(path, "parts", fiscal_year=int(year)).itertuples():
            parts[row.part] = text.part_label(row.part, row.name_th)
    return Catalog(
        years=tuple(int(year) for year in scored["fiscal_year"]),
        default_year=default_year(dict(zip(years["fiscal_year"], years["n"], strict=True))),
        places={ALL: "ทุกพื้นที่"} | dict(zip(places["code"], places["name_th"], strict=True)),
        regions=dict(zip(provinces["code"], provinces["region_code"], strict=True)),
        kinds={ALL: "ทุกประเภท"} | text.SECTORS | dict(zip(kinds["type"], kinds["name_th"], strict=True)),
        organisations=with_search_keys(organisations).set_index("organisation_id"),
        parts=parts,
        datasets=dict(offered),
    )


def start() -> None:
    """Take the selection from the URL if the user came by a link, and write it back whole.

    A link (or the back button) brings parameters other than those last written; a click in the navigation
    brings none, and then the session's selection stays.
    """
    params = _selecting(st.query_params.to_dict())
    # a filter changed in this rerun: the URL is the older of the two
    touched = st.session_state.pop(_TOUCHED, False)
    arrived = params and params != st.session_state.get(_URL) and not touched
    if _SELECTION not in st.session_state or arrived:
        asked = params.get("data", "")
        data.use(asked if asked in {one.code for one in datasets.offered()} else datasets.OWN)
        st.session_state[_SELECTION], st.session_state[_PROBLEMS] = parse(params, catalog())
    elif st.session_state[_SELECTION].dataset != data.dataset():
        # another dataset has other bodies, and perhaps other years and places: what it lacks is let go
        data.use(st.session_state[_SELECTION].dataset)
        st.session_state[_SELECTION], _ = parse(st.session_state[_SELECTION].params(), catalog())
    else:
        data.use(data.dataset())  # it may have to be built anew
    _write_url()


def _write_url() -> None:
    params, now = selection().params(), st.query_params.to_dict()
    if _selecting(now) != params:
        st.query_params.from_dict({key: now[key] for key in PAGE_KEYS if key in now} | params)
    st.session_state[_URL] = params


def _selecting(params: Mapping[str, str]) -> dict[str, str]:
    """The parameters of a URL that belong to the selection."""
    return {key: value for key, value in params.items() if key not in PAGE_KEYS}


def presenting() -> bool:
    """Is this screen a wall: the page ประชุม without anything around it."""
    return st.query_params.get("present") == "1"


def enter(page: str, titles: Mapping[str, str]) -> None:
    """Note which page is drawn, by its URL path (empty for the first one), and what all pages are called."""
    st.session_state[_PAGE] = page
    st.session_state[_TITLES] = titles


def page() -> str:
    """The page that is drawn, by its URL path; the first one by its name."""
    return str(st.session_state.get(_PAGE) or FIRST_PAGE)


def title_of(page: str) -> str:
    """What a page is called in the navigation."""
    titles: Mapping[str, str] = st.session_state.get(_TITLES, {})
    return titles.get("" if page == FIRST_PAGE else page, page)


@contextmanager
def looking_at(params: Mapping[str, str], centre: str | None = None) -> Iterator[list[str]]:
    """Inside, the session looks at another selection, given as URL parameters; afterwards at its own again.

    `centre` is a body that selection is re-centred on. Yields what of it could not be found. Its dataset has
    to be there (see `data.use`).
    """
    own, asked = data.dataset(), params.get("data", datasets.OWN)
    kept = st.session_state[_SELECTION]
    try:
        data.use(asked if asked in datasets.datasets() else datasets.OWN)
        st.session_state[_SELECTION], problems = parse(params, catalog())
        if centre in catalog().organisations.index:
            st.session_state[_SELECTION] = selection().centred(str(centre), catalog(), group())
        yield problems
    finally:
        st.session_state[_SELECTION] = kept
        data.use(own)


def selection() -> Selection:
    """The selection as far as the version in use has it, its year filled in from the default.

    The user's own body is always among the selected ones, so that every page shows it.
    """
    return _as_known(st.session_state[_SELECTION], catalog())


@lru_cache(maxsize=256)
def _as_known(chosen: Selection, known: Catalog) -> Selection:
    there = known.organisations.index
    asked = {one for one in (*chosen.organisations, *chosen.listed, chosen.mine) if one}
    if gone := {one for one in asked if one not in there}:
        # another version was published or undone meanwhile
        left = tuple(one for one in chosen.listed if one not in gone)
        chosen = chosen.changed(
            organisations=tuple(one for one in chosen.organisations if one not in gone),
            mine=None if chosen.mine in gone else chosen.mine,
            listed=left,
            peers=FILTERS if chosen.peers == LIST and not left else chosen.peers,
        )
    if chosen.mine and chosen.mine not in chosen.organisations:
        chosen = chosen.changed(organisations=(*chosen.organisations[: MOST_ORGANISATIONS - 1], chosen.mine))
    return chosen if chosen.year in known.years else chosen.changed(year=known.default_year)


def change(**changes: object) -> None:
    """Change the selection; shown from the next rerun on."""
    st.session_state[_SELECTION] = selection().changed(**changes)
    st.session_state[_PROBLEMS] = []
    st.session_state[_TOUCHED] = True


def open_page(page: str, **changes: object) -> None:
    """Change the selection and go to another page, by its path in the project."""
    change(**changes)
    st.switch_page(ROOT / page, query_params=selection().params())


def open_body(organisation_id: str, **changes: object) -> None:
    """Go to the page of a body, the other selected bodies behind it."""
    others = [one for one in selection().organisations if one != organisation_id]
    open_page(ORGANISATION_PAGE, organisations=(organisation_id, *others)[:MOST_ORGANISATIONS], **changes)


def group() -> Group:
    """The comparison group: what the filters describe, a list, or what the user's own body defines."""
    chosen = selection()
    return peers(chosen.mine or chosen.focus)


def district() -> str:
    """The district the lists of the group are narrowed to; only what the filters describe can be."""
    return selection().district if group() == filtered_group(selection(), catalog()) else ""


def group_of(place: str, kind: str) -> Group:
    """A group by its codes."""
    return Group(place, kind, group_label(catalog(), place, kind))


def peers(organisation_id: str | None) -> Group:
    """The comparison group as it is for a body."""
    return peer_group(selection(), catalog(), organisation_id, _neighbours)


def _neighbours(organisation_id: str) -> Neighbours:
    rows = data.query(
        "nearest_bodies",
        organisation=organisation_id,
        fiscal_year=selection().year,
        most=NEIGHBOURS,
    )
    return Neighbours(
        tuple(rows["organisation_id"]), None if rows.empty else int(rows["profile_year"].iloc[0])
    )


def problems() -> list[str]:
    """What the link asked for and could not be found."""
    return list(st.session_state.get(_PROBLEMS, []))


def pick(field: str, key: str, **fixed: object) -> Any:
    """A callback that copies a widget's value into the selection, together with fixed changes."""

    def copy() -> None:
        value = st.session_state[key]
        change(**{field: tuple(value) if isinstance(value, list) else value}, **fixed)

    return copy


def offered_peers(body: str | None) -> list[str]:
    """The comparison groups that can be had for a body, or without one."""
    chosen = selection()
    placed = body is not None and pd.notna(catalog().organisations.at[body, "province_iso"])
    return [
        code
        for code in PEERS
        if code in (FILTERS, ALL, chosen.peers)
        or (code == LIST and chosen.listed)
        or (body is not None and code != LIST and (placed or code not in NEED_PLACE))
    ]
