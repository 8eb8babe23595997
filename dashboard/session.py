"""The selection in a running session: kept in the session, mirrored in the URL, edited in the sidebar."""

from pathlib import Path
from typing import Any

import streamlit as st

from dashboard import data, text
from dashboard.picker import picker
from dashboard.selection import (
    ALL,
    MOST_ORGANISATIONS,
    Catalog,
    Group,
    Selection,
    default_year,
    group_label,
    parse,
    peer_group,
    selected_group,
    with_search_keys,
)
from warehouse import datasets

ROOT = Path(__file__).parents[1]
ORGANISATION_PAGE = "pages/supervise/organisation.py"
_SELECTION = "selection"
_TOUCHED = "selection_touched"
_URL = "url_written"
_PROBLEMS = "url_problems"


def catalog() -> Catalog:
    """What may be selected in the current version."""
    return _catalog(str(data.current().path))


@st.cache_resource(max_entries=4, show_spinner=False)
def _catalog(path: str) -> Catalog:
    years = data.query("years")
    places = data.query("places")
    kinds = data.query("kinds")
    organisations = data.query("organisations")
    scored = years[years["n_bodies"] > 0]
    provinces = places[places["level"] == "province"]
    parts: dict[str, str] = {}
    for year in years["fiscal_year"]:
        for row in data.query("parts", fiscal_year=int(year)).itertuples():
            parts[row.part] = text.part_label(row.part, row.name_th)
    return Catalog(
        years=tuple(int(year) for year in scored["fiscal_year"]),
        default_year=default_year(dict(zip(years["fiscal_year"], years["n"], strict=True))),
        places={ALL: "ทุกพื้นที่"} | dict(zip(places["code"], places["name_th"], strict=True)),
        regions=dict(zip(provinces["code"], provinces["region_code"], strict=True)),
        kinds={ALL: "ทุกประเภท"} | text.SECTORS | dict(zip(kinds["type"], kinds["name_th"], strict=True)),
        organisations=with_search_keys(organisations).set_index("organisation_id"),
        parts=parts,
        datasets={one.code: one.name_th for one in datasets.offered()},
    )


def start() -> None:
    """Take the selection from the URL if the user came by a link, and write it back whole.

    A link (or the back button) brings parameters other than those last written; a click in the navigation
    brings none, and then the session's selection stays.
    """
    params = st.query_params.to_dict()
    # a filter changed in this rerun: the URL is the older of the two
    touched = st.session_state.pop(_TOUCHED, False)
    arrived = params and params != st.session_state.get(_URL) and not touched
    if _SELECTION not in st.session_state or arrived:
        asked = params.get("data", "")
        data.use(asked if asked in datasets.datasets() else datasets.OWN)
        st.session_state[_SELECTION], st.session_state[_PROBLEMS] = parse(params, catalog())
    elif st.session_state[_SELECTION].dataset != data.dataset():
        # another dataset has other bodies, and perhaps other years and places: what it lacks is let go
        data.use(st.session_state[_SELECTION].dataset)
        st.session_state[_SELECTION], _ = parse(st.session_state[_SELECTION].params(), catalog())
    else:
        data.use(data.dataset())  # it may have to be built anew
    _write_url()


def _write_url() -> None:
    params = selection().params()
    if st.query_params.to_dict() != params:
        st.query_params.from_dict(params)
    st.session_state[_URL] = params


def selection() -> Selection:
    """The selection as far as the version in use has it, its year filled in from the default."""
    chosen: Selection = st.session_state[_SELECTION]
    known = catalog()
    if gone := [one for one in chosen.organisations if one not in known.organisations.index]:
        # another version was published or undone meanwhile
        chosen = chosen.changed(organisations=tuple(one for one in chosen.organisations if one not in gone))
    if chosen.year not in known.years:
        chosen = chosen.changed(year=known.default_year)
    return chosen


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
    """The group the filters describe."""
    return selected_group(selection(), catalog())


def group_of(place: str, kind: str) -> Group:
    """A group by its codes."""
    return Group(place, kind, group_label(catalog(), place, kind))


def peers(organisation_id: str | None) -> Group:
    """The group a body is compared with."""
    return peer_group(selection(), catalog(), organisation_id)


def problems() -> list[str]:
    """What the link asked for and could not be found."""
    return list(st.session_state.get(_PROBLEMS, []))


def pick(field: str, key: str, **fixed: object) -> Any:
    """A callback that copies a widget's value into the selection, together with fixed changes."""

    def copy() -> None:
        value = st.session_state[key]
        change(**{field: tuple(value) if isinstance(value, list) else value}, **fixed)

    return copy


def sidebar() -> None:
    """The filters every page shares."""
    known, chosen = catalog(), selection()
    with st.sidebar:
        st.markdown("##### ตัวกรอง")
        st.session_state["pick_year"] = chosen.year
        st.selectbox(
            "ปีงบประมาณ (พ.ศ.)",
            sorted(known.years, reverse=True),
            key="pick_year",
            on_change=pick("year", "pick_year"),
            placeholder="ยังไม่มีข้อมูล",
        )
        st.session_state["pick_place"] = chosen.place
        st.selectbox(
            "พื้นที่",
            list(known.places),
            format_func=lambda code: _place_label(known, code),
            key="pick_place",
            on_change=pick("place", "pick_place"),
            placeholder="พิมพ์ชื่อจังหวัดหรือภาค",
        )
        st.session_state["pick_kind"] = chosen.kind
        st.selectbox(
            "ประเภทหน่วยงาน",
            list(known.kinds),
            format_func=known.kinds.__getitem__,
            key="pick_kind",
            on_change=pick("kind", "pick_kind"),
            placeholder="เลือกประเภท",
        )
        picker(
            f"หน่วยงานที่สนใจ (ไม่เกิน {MOST_ORGANISATIONS} แห่ง)",
            known,
            chosen.organisations,
            key="pick_organisations",
            most=MOST_ORGANISATIONS,
            on_change=lambda picked: change(organisations=picked),
        )
        st.session_state["pick_dataset"] = chosen.dataset
        st.selectbox(
            "ชุดข้อมูล",
            list(known.datasets),
            format_func=known.datasets.__getitem__,
            key="pick_dataset",
            on_change=pick("dataset", "pick_dataset", organisations=()),
        )


def _place_label(known: Catalog, code: str) -> str:
    if code == ALL or code in known.regions:
        return known.places[code]
    return f"ภาค{known.places[code]} (ทั้งภาค)"
