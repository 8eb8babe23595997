"""What all charts share: colours, fonts, the pass mark, the breaks between years."""

import html
import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

FONT = "'Noto Sans Thai', 'Leelawadee UI', Sarabun, Thonburi, Loma, Tahoma, sans-serif"
INK = "#16242E"
MUTED = "#5A6B77"
GRID = "#DDE4E9"
PAPER = "#FFFFFF"
# Blue and orange carry no judgement and are told apart by every kind of colour vision.
PRIMARY = "#0B5C7A"
CONTRAST = "#B8500F"
QUIET = "#9FB4C0"
EMPTY = "#EEF2F4"
SERIES = (PRIMARY, CONTRAST, "#5B4B9A", "#3C7A3A", "#8A6A00", "#A03A6B")
# Low to high points, for maps and heat cells.
SCALE = ((0.0, "#F7DCC4"), (0.5, "#F4F6F7"), (1.0, "#A9D3E5"))

CONFIG = {
    "displaylogo": False,
    "modeBarButtonsToRemove": ["toImage", "lasso2d", "select2d", "autoScale2d", "zoomIn2d", "zoomOut2d"],
    "responsive": True,
}


# How every chart looks where it does not say otherwise. As a template the browser fills it in, so that Python
# neither merges nor checks it for every figure; it also keeps out Plotly's own template, 7 kB a figure.
_AXIS = {
    "gridcolor": GRID,
    "showgrid": True,
    "linecolor": GRID,
    "showline": True,
    "zeroline": False,
    "automargin": True,
    "fixedrange": True,
    "ticks": "",
    "title": {"standoff": 15},
}
_HOUSE: dict[str, Any] = {
    "data": {"bar": [{"type": "bar", "marker": {"line": {"color": "#E5ECF6", "width": 0.5}}}]},
    "layout": {
        "margin": {"l": 8, "r": 16, "t": 28, "b": 8},
        "paper_bgcolor": PAPER,
        "plot_bgcolor": PAPER,
        "font": {"family": FONT, "size": 14, "color": INK},
        "hovermode": "closest",
        "hoverlabel": {"align": "left", "font": {"family": FONT, "size": 14}},
        "legend": {"orientation": "h", "yanchor": "bottom", "y": 1.0, "x": 0, "xanchor": "left"},
        "bargap": 0.25,
        "colorway": SERIES,
        "autotypenumbers": "strict",  # a text of digits is a text
        "xaxis": _AXIS,
        "yaxis": _AXIS,
    },
}
# The same with words across the chart, so that a picture of it says that its figures are simulated.
_SIMULATED = go.layout.Template(_HOUSE).update(
    layout_annotations=[
        {
            "name": "simulated",  # a template draws only what has a name
            "text": "ข้อมูลจำลอง",
            "x": 0.5,
            "y": 0.5,
            "xref": "paper",
            "yref": "paper",
            "showarrow": False,
            "textangle": -12,
            "font": {"size": 54, "color": "rgba(184, 80, 15, 0.22)"},
        }
    ]
)


def figure(
    height: int,
    traces: Sequence[Mapping[str, Any]],
    *,
    xaxis: Mapping[str, Any] | None = None,
    yaxis: Mapping[str, Any] | None = None,
    shapes: Sequence[Mapping[str, Any]] = (),
    annotations: Sequence[Mapping[str, Any]] = (),
    **layout: Any,
) -> go.Figure:
    """A figure in the house style, `height` pixels high, from Plotly's own plain dicts, each with its `type`.

    Made at once and unchecked, some twenty times as fast as step by step: so everything is spelt out in full
    (`"title": {"text": ...}`, no `line_width`), and the tests check every chart. Numbers are lists or arrays;
    an array holds NaN where a list holds None.
    """
    parts = {"xaxis": xaxis, "yaxis": yaxis, "shapes": shapes, "annotations": annotations}
    given = {name: part for name, part in parts.items() if part}
    return go.Figure(traces, {"template": _HOUSE, "height": height, **given, **layout}, _validate=False)


def mark_simulated(chart: go.Figure) -> None:
    """Write across a chart that its figures are simulated."""
    chart.layout.template = _SIMULATED


def year_axis(years: Iterable[int]) -> tuple[dict[str, Any], list[str]]:
    """An axis of fiscal years and its categories: every year has one, so that a missing year leaves a gap."""
    categories = [str(year) for year in range(min(years), max(years) + 1)] if (years := list(years)) else []
    axis = {
        "type": "category",
        "categoryorder": "array",
        "categoryarray": categories,
        "range": [-0.5, len(categories) - 0.5],
    }
    return axis, categories


def break_lines(categories: Sequence[str], breaks: pd.DataFrame, *, axis: str = "x") -> list[dict[str, Any]]:
    """Dotted lines on an axis of years where the method changed, as shapes; `breaks` has fiscal_year."""
    places = [
        categories.index(year) - 0.5 for year in map(str, breaks["fiscal_year"]) if year in categories[1:]
    ]
    return [line_across(place, axis, {"dash": "dot", "color": MUTED, "width": 1.5}) for place in places]


def line_across(place: float, axis: str, line: Mapping[str, Any]) -> dict[str, Any]:
    """A line through the whole chart at a place of one axis ("x" or "y"), as a shape."""
    other = "y" if axis == "x" else "x"
    return {
        "type": "line",
        f"{axis}ref": axis,
        f"{axis}0": place,
        f"{axis}1": place,
        f"{other}ref": f"{other} domain",
        f"{other}0": 0,
        f"{other}1": 1,
        "line": line,
    }


def break_note(categories: Sequence[str], breaks: pd.DataFrame) -> str:
    """The breaks inside the shown years in words, for below the chart; empty where there is none."""
    notes = [
        f"{year - 1}|{year} {reason}"
        for year, reason in zip(breaks["fiscal_year"], breaks["reason_th"], strict=True)
        if str(year) in categories[1:]
    ]
    return "เส้นประคือจุดที่วิธีประเมินเปลี่ยน: " + " · ".join(notes) if notes else ""


def joined_runs(years: Iterable[int], breaks: pd.DataFrame) -> list[list[int]]:
    """Split years into runs a line may join: not over a missing year, nor over a break that is not joined."""
    cut = {year for year, joined in zip(breaks["fiscal_year"], breaks["joined"], strict=True) if not joined}
    runs: list[list[int]] = []
    for year in sorted(years):
        if runs and runs[-1][-1] == year - 1 and year not in cut:
            runs[-1].append(year)
        else:
            runs.append([year])
    return runs


def pass_line(
    pass_mark: float | None, *, axis: str = "y", at: float | None = None
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The pass mark across an axis of points and its label, as shapes and annotations; none without a mark.

    `at` is where it stands on an axis that is stretched.
    """
    if pass_mark is None or pd.isna(pass_mark):
        return [], []
    other = "y" if axis == "x" else "x"
    place = pass_mark if at is None else at
    label = {
        "text": f"เกณฑ์ผ่าน {pass_mark:g}",
        "font": {"size": 12, "color": INK},
        "showarrow": False,
        f"{axis}ref": axis,
        axis: place,
        f"{other}ref": f"{other} domain",
        other: 1,
        "xanchor": "right",
        "yanchor": "bottom",
    }
    return [line_across(place, axis, {"dash": "dash", "color": INK, "width": 1.5})], [label]


def count_axis(most: int, *, below: float = 0.0) -> dict[str, Any]:
    """An axis that counts bodies up to `most` at round steps, with room of `below` of it under the zero."""
    wanted = max(most / 5, 1)
    size = 10 ** math.floor(math.log10(wanted))
    step = next(size * times for times in (1, 2, 5, 10) if size * times >= wanted)
    return {
        "title": {"text": "จำนวนหน่วยงาน"},
        "tickvals": list(range(0, most + step, step)),
        "tickformat": ",",
        "range": [-below * max(most, 1), 1.12 * max(most, 1)],
    }


def plain(words: str) -> str:
    """A text Plotly shows as it is: it reads HTML in labels and hovers, and names come from files."""
    return html.escape(words, quote=False)
