"""The controls of the explorer, and what a click or a frame drawn in its charts means."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import session, text, view
from dashboard.explored import (
    ALL_SCORES,
    END,
    FACETS,
    Explored,
    Measure,
    Scores,
    scores_of,
    upto,
)
from dashboard.number import EVERYBODY
from dashboard.selection import ALL, Catalog, Group
from dashboard.views.explorer import Named, marked_words
from ita_data.scoring import FULL_SCORE, round_half_up


def offered_facets(known: Catalog, group: Group) -> list[str]:
    """What a group can be split by: what all of its bodies have in common splits nothing."""
    single_kind = group.kind in known.kinds and group.kind not in (ALL, *text.SECTORS)
    place = [] if group.place in known.regions else ["region"] if group.place == ALL else ["province"]
    if group.bodies:
        place = ["region", "province"]
    return [*place, *([] if single_kind else ["kind"]), "year"]


def facet_names(facet: str, known: Catalog, group: Group, kinds: pd.DataFrame) -> Mapping[str, str]:
    """The names of the facets of a kind by their codes; `kinds` are of the query kinds."""
    if facet == "kind":
        return dict(zip(kinds["type"], kinds["short_th"], strict=True))
    if facet == "year":
        return {str(year): str(year) for year in known.years}
    if facet == "region":
        return {code: f"ภาค{known.places[code]}" for code in dict.fromkeys(known.regions.values())}
    return {
        code: known.places[code]
        for code, region in known.regions.items()
        if group.bodies or region == group.place
    }


def _set(explored: Explored) -> None:
    """Keep what is explored in the address."""
    session.change(view=explored.code)


def _picked(key: str, made: Callable[[Any], Explored]) -> Callable[[], None]:
    """A callback that keeps what a widget's value makes of what is explored."""
    return lambda: _set(made(st.session_state[key]))


def controls(
    explored: Explored, tree: pd.DataFrame, asked: Mapping[str, Collection[str]], facets: Collection[str]
) -> bool:
    """The boxes: the two measures, the facet, the switches; returns whether frames are drawn in the charts.

    `tree` is of parts, indexed by part. Streamlit takes either clicks or frames of a chart.
    """
    left, middle, right = st.columns([5, 5, 3], gap="medium", vertical_alignment="top")
    with left:
        _measure(
            "คะแนนที่สำรวจ (แกนนอน)",
            "explorer_x",
            explored.measure,
            tree,
            asked,
            lambda one: explored.about(measure=one),
        )
    with middle:
        _measure(
            "เทียบกับ (แกนตั้ง)", "explorer_y", explored.other, tree, asked, lambda one: explored.about(other=one)
        )
    with right:
        st.session_state["explorer_facet"] = explored.facet
        st.selectbox(
            "แยกตาม",
            ["", *facets],
            format_func=lambda code: FACETS.get(code, "ไม่แยก"),
            key="explorer_facet",
            on_change=_picked("explorer_facet", lambda code: replace(explored, facet=code)),
        )
    with st.container(horizontal=True):
        st.session_state["explorer_room"] = explored.headroom
        st.toggle(
            f"แกนเป็นคะแนนที่ยังขาด ({FULL_SCORE:g} − คะแนน)",
            key="explorer_room",
            on_change=_picked("explorer_room", lambda on: replace(explored, headroom=on)),
        )
        st.session_state["explorer_cut"] = explored.by_mark
        st.toggle(
            "แบ่งสี่ส่วนที่เกณฑ์ผ่านแทนมัธยฐาน",
            key="explorer_cut",
            on_change=_picked("explorer_cut", lambda on: replace(explored, by_mark=on)),
        )
        return st.toggle("ลากกรอบเพื่อเลือกแทนการคลิก", key="explorer_framing", persist_state="session")


def _measure(
    label: str,
    key: str,
    measure: Measure,
    tree: pd.DataFrame,
    asked: Mapping[str, Collection[str]],
    made: Callable[[Measure], Explored],
) -> None:
    """The box of a measure, and of its respondents where the edition asks several groups."""
    st.session_state[key] = measure.part
    st.selectbox(
        label,
        list(tree.index),
        format_func=lambda code: (
            f"{text.LEVELS[tree.at[code, 'level']]} · {text.part_label(code, tree.at[code, 'name_th'])}"
            if tree.at[code, "level"] != "overall"
            else str(tree.at[code, "name_th"])
        ),
        key=key,
        on_change=_picked(key, lambda code: made(Measure(code))),
        placeholder="พิมพ์รหัสหรือชื่อ",
    )
    if groups := asked.get(measure.part):
        who = f"{key}_who"
        st.session_state[who] = measure.respondents
        st.segmented_control(
            "ผู้ตอบ",
            [EVERYBODY, *groups],
            format_func=text.RESPONDENTS.__getitem__,
            key=who,
            required=True,
            label_visibility="collapsed",
            on_change=_picked(who, lambda code: made(replace(measure, respondents=code))),
        )


def selected(event: Any, x: Named, y: Named | None) -> Scores | None:
    """The scores a click or a frame in a chart is about; a chart without `y` counts bodies upwards."""
    found = (event or {}).get("selection", {})
    for box in found.get("box", []):
        low, high = _span(box["x"], x)
        other = (ALL_SCORES.other_low, ALL_SCORES.other_high) if y is None else _span(box["y"], y)
        drawn = Scores(low, high, *other)
        return drawn if low < high and other[0] < other[1] else None
    for point in found.get("points", []):
        told = point.get("customdata")
        if told:
            return scores_of(str(told[0]))
    return None


def _span(ends: Collection[float], axis: Named) -> tuple[float, float]:
    """The bounds of a frame along an axis, in scores; beyond the ends of the scale there are none."""
    scores = sorted(map(axis.axis().points, ends))
    low = min(max(round_half_up(scores[0]), 0.0), FULL_SCORE)
    high = min(max(scores[1], 0.0), FULL_SCORE)
    return low, END if high >= FULL_SCORE and low <= 0 else upto(round_half_up(high))


def mark(event: Any, explored: Explored, x: Named, y: Named | None) -> None:
    """Mark what was clicked or framed, and draw everything anew with it."""
    scores = selected(event, x, y)
    if scores is not None and scores != explored.marked:
        _set(replace(explored, marked=scores))
        st.rerun()


def marked(explored: Explored, x: Named, y: Named) -> None:
    """What is marked, and the way back."""
    if not explored.marking:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**เลือกอยู่:** {view.escape(marked_words(explored.marked, x, y))}")
        st.button(
            "ยกเลิกการเลือก",
            key="explorer_unmark",
            icon=":material/close:",
            on_click=_set,
            args=(replace(explored, marked=ALL_SCORES),),
        )


def open_facet(code: str | None, facet: str) -> None:
    """Make a facet that was clicked the group, or the year, of every page."""
    if not code:
        return
    if facet == "year":
        session.change(year=int(code))
    else:
        session.change(**{"kind" if facet == "kind" else "place": code})
    st.rerun()
