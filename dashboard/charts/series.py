"""One part by year: a group's median and middle half, and selected bodies as lines."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard import text
from dashboard.charts import base, stretch
from dashboard.selection import RANKED_FROM

SYMBOLS = ("circle", "square", "diamond", "triangle-up", "star", "x")
HEIGHT = 430
LABEL_GROUND = "rgba(255,255,255,0.85)"
LINE, LETTER = 17, 7
"""Pixels a line of an end label takes, and about what a letter of it takes."""
NARROW_YEAR = 34
"""Pixels a year takes on a phone: what a label that ends before the last year may run over."""

Place = Callable[[float], float]


def chart(
    group: pd.DataFrame,
    bodies: pd.DataFrame,
    marks: pd.DataFrame,
    breaks: pd.DataFrame,
    *,
    stretched: bool = False,
) -> go.Figure:
    """Points by year. A line joins neither over a missing year nor over a break that is not joined.

    `group` has fiscal_year, n, min, q1, median, q3, max and mostly_same (its bodies and those of the year
    before mostly are); where not, the group's line has a gap too. `bodies` has organisation_id, name (lines
    of a short one), label_th, fiscal_year, value and basis; `marks` has fiscal_year and pass_mark; `breaks`
    has fiscal_year, joined and reason_th. `group` and `bodies` have number, the code of a point.
    """
    xaxis, categories = base.year_axis([*group["fiscal_year"], *bodies["fiscal_year"]])
    years = {row.fiscal_year: row for row in group.itertuples()}
    counts = {str(year): row.n for year, row in years.items()}
    passes = {
        str(year): mark
        for year, mark in zip(marks["fiscal_year"], marks["pass_mark"], strict=True)
        if str(year) in categories and pd.notna(mark)
    }
    drawn_low = [row.q1 if row.n >= RANKED_FROM else row.min for row in years.values()]
    low = stretch.lowest([*drawn_low, *bodies["value"], *passes.values()])

    def at(points: float) -> float:
        return stretch.place(points, stretched)

    lines: dict[str, list[Any]] = {}
    for row in bodies.itertuples():
        lines.setdefault(row.organisation_id, []).append(row)
    traces = [*_spread(years, breaks, at), *_medians(years, breaks, at)]
    ends = []
    for number, body in enumerate(lines.values()):
        color = base.SERIES[number % len(base.SERIES)]
        traces += _body(body, breaks, at, color, SYMBOLS[number % len(SYMBOLS)])
        ends.append(_end(body[-1], at(body[-1].value), color))
    marked, name_of_mark = _marks(passes, categories, at)
    yaxis = stretch.axis(low, stretched, room=8)
    bottom, top = yaxis["range"]
    labels = [
        _label(categories.index(year), y, shift, words, color)
        for year, (y, shift), words, color in _spread_out(ends, (HEIGHT - 110) / (top - bottom))
    ]
    if not lines:
        labels = [_value(categories.index(str(row.fiscal_year)), row, at) for row in years.values()]
    return base.figure(
        HEIGHT,
        traces,
        xaxis={
            **xaxis,
            "tickvals": categories,
            "ticktext": [f"{year}<br>n = {counts.get(year, 0):,}" for year in categories],
        },
        yaxis=yaxis,
        shapes=marked + base.break_lines(categories, breaks),
        annotations=name_of_mark + labels,
        margin={"l": 8, "r": _room(ends, categories), "t": 28, "b": 8},
        legend={"font": {"size": 12}},
    )


def group_runs(mostly_same: Mapping[int, bool], breaks: pd.DataFrame) -> list[list[int]]:
    """Runs of years with mostly the same bodies: other bodies' scores say nothing of a rise or fall.

    `mostly_same` has for every year whether its bodies and those of the year before mostly are.
    """
    runs: list[list[int]] = []
    for run in base.joined_runs(mostly_same, breaks):
        for place, year in enumerate(run):
            if place and mostly_same[year]:
                runs[-1].append(year)
            else:
                runs.append([year])
    return runs


def _spread(years: Mapping[int, Any], breaks: pd.DataFrame, at: Place) -> list[dict[str, Any]]:
    """The middle half as a band where there are many bodies, lowest to highest as a bar where few."""
    traces = []
    many = {year: row for year, row in years.items() if row.n >= RANKED_FROM}
    for number, run in enumerate(group_runs({year: row.mostly_same for year, row in many.items()}, breaks)):
        names = [str(year) for year in run]
        lower, upper = [at(many[year].q1) for year in run], [at(many[year].q3) for year in run]
        if len(run) == 1:
            traces.append(_bar(names * 2, [*lower, *upper], 16, "ครึ่งกลางของกลุ่ม", not number))
            continue
        traces.append(
            {
                "type": "scatter",
                "x": [*names, *names[::-1]],
                "y": [*upper, *lower[::-1]],
                "mode": "lines",
                "fill": "toself",
                "fillcolor": "rgba(159,180,192,0.32)",
                "line": {"width": 0},
                "hoverinfo": "skip",
                "name": "ครึ่งกลางของกลุ่ม",
                "legendgroup": "half",
                "showlegend": not number,
            }
        )
    few = [row for row in years.values() if 1 < row.n < RANKED_FROM]
    name = f"ต่ำสุดถึงสูงสุด (n น้อยกว่า {RANKED_FROM})"
    for number, row in enumerate(few):
        traces.append(_bar([str(row.fiscal_year)] * 2, [at(row.min), at(row.max)], 5, name, not number))
    return traces


def _bar(x: list[str], y: list[float], width: int, name: str, in_legend: bool) -> dict[str, Any]:
    return {
        "type": "scatter",
        "x": x,
        "y": y,
        "mode": "lines",
        "line": {"color": "rgba(159,180,192,0.6)", "width": width},
        "name": name,
        "legendgroup": name,
        "showlegend": in_legend,
        "hoverinfo": "skip",
    }


def _medians(years: Mapping[int, Any], breaks: pd.DataFrame, at: Place) -> list[dict[str, Any]]:
    """The group's line, cut where it may not be joined."""
    traces = []
    for number, run in enumerate(group_runs({year: row.mostly_same for year, row in years.items()}, breaks)):
        rows = [years[year] for year in run]
        traces.append(
            {
                "type": "scatter",
                "x": [str(year) for year in run],
                "y": [at(row.median) for row in rows],
                "mode": "lines+markers",
                "name": "มัธยฐานของกลุ่ม",
                "legendgroup": "median",
                "showlegend": not number,
                "line": {"color": base.MUTED, "width": 2.5},
                "marker": {"symbol": "line-ew", "size": 18, "line": {"width": 3, "color": base.MUTED}},
                "customdata": [
                    [
                        row.n,
                        *(text.points(value) for value in (row.min, row.q1, row.median, row.q3, row.max)),
                        row.number,
                    ]
                    for row in rows
                ],
                "hovertemplate": (
                    "ปี %{x} กลุ่ม n = %{customdata[0]:,}<br>มัธยฐาน %{customdata[3]}"
                    "<br>ครึ่งกลาง %{customdata[2]}–%{customdata[4]}"
                    "<br>ต่ำสุด %{customdata[1]} สูงสุด %{customdata[5]}<extra></extra>"
                ),
            }
        )
    return traces


def _marks(
    passes: Mapping[str, float], categories: list[str], at: Place
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The pass mark of each year, over that year's width, and its name: years may differ or have none."""
    places = [(categories.index(year), mark) for year, mark in passes.items()]
    shapes = [
        {
            "type": "line",
            "x0": middle - 0.5,
            "x1": middle + 0.5,
            "y0": at(mark),
            "y1": at(mark),
            "layer": "below",
            "line": {"dash": "dash", "color": base.INK, "width": 1.5},
        }
        for middle, mark in places
    ]
    name = [
        {
            "x": middle - 0.48,
            "y": at(mark),
            "text": f"เกณฑ์ผ่าน {mark:g}",
            "font": {"size": 12, "color": base.INK},
            "showarrow": False,
            "xanchor": "left",
            "yanchor": "bottom",
        }
        for middle, mark in places[:1]
    ]
    return shapes, name


def _body(
    rows: Sequence[Any], breaks: pd.DataFrame, at: Place, color: str, symbol: str
) -> list[dict[str, Any]]:
    """A body's line, cut where years may not be joined."""
    by_year = {row.fiscal_year: row for row in rows}
    runs = [[by_year[year] for year in run] for run in base.joined_runs(by_year, breaks)]
    return [
        {
            "type": "scatter",
            "x": [str(row.fiscal_year) for row in run],
            "y": [at(row.value) for row in run],
            "mode": "lines+markers",
            "showlegend": False,
            "line": {"color": color, "width": 2.5},
            "marker": {
                "size": 11,
                "symbol": symbol,
                "color": color,
                "line": {"color": base.PAPER, "width": 1},
            },
            "customdata": [[row.number] for row in run],
            "text": [f"{base.plain(row.label_th)} {text.points(row.value)}{_star(row)}" for row in run],
            "hovertemplate": "ปี %{x}<br>%{text}<extra></extra>",
        }
        for run in runs
    ]


def _star(row: Any) -> str:
    return "*" if row.basis == "recomputed" else ""


def _end(row: Any, y: float, color: str) -> tuple[str, float, list[str], str]:
    """The label at the end of a body's line: its year, its place, its lines and its colour."""
    words = [*map(base.plain, row.name)]
    words[-1] += f" <b>{text.points(row.value)}{_star(row)}</b>"
    return str(row.fiscal_year), y, words, color


def _label(x: int, y: float, shift: float, words: list[str], color: str) -> dict[str, Any]:
    """The words at the end of a body's line."""
    return {
        "x": x,
        "y": y,
        "yshift": shift,
        "xshift": 10,
        "text": "<br>".join(words),
        "align": "left",
        "xanchor": "left",
        "yanchor": "middle",
        "showarrow": False,
        "font": {"size": 12, "color": color},
        "bgcolor": LABEL_GROUND,
    }


def _value(x: int, row: Any, at: Place) -> dict[str, Any]:
    """The group's median in figures, where no body's label needs the room."""
    return {
        "x": x,
        "y": at(row.median),
        "yshift": 14,
        "text": text.points(row.median),
        "showarrow": False,
        "font": {"size": 12, "color": base.INK},
        "bgcolor": "rgba(255,255,255,0.6)",
    }


def _room(ends: list[tuple[str, float, list[str], str]], categories: list[str]) -> int:
    """Pixels at the right for the labels that do not fit over the years after their own."""
    needed = 16
    for year, _, words, _ in ends:
        width = 14 + LETTER * max(len(line.replace("<b>", "").replace("</b>", "")) for line in words)
        needed = max(needed, width - int(NARROW_YEAR * (len(categories) - categories.index(year) - 0.5)))
    return needed


def _spread_out(ends: list[tuple[str, float, list[str], str]], pixels: float) -> list[tuple]:
    """The labels of one year with shifts (in pixels) that keep them from lying over each other.

    Labels that would are stacked around the middle of their points; a unit of the axis takes `pixels`.
    """
    placed = []
    for year in dict.fromkeys(end[0] for end in ends):
        stacks: list[list[tuple]] = []
        for end in sorted((end for end in ends if end[0] == year), key=lambda end: end[1]):
            stacks.append([end])
            while len(stacks) > 1 and _top(stacks[-2], pixels) > _bottom(stacks[-1], pixels):
                stacks[-2:] = [stacks[-2] + stacks[-1]]
        for stack in stacks:
            edge = _bottom(stack, pixels)
            for _, y, words, color in stack:
                placed.append((year, (y, edge + _height([words]) / 2 - y * pixels), words, color))
                edge += _height([words])
    return placed


def _height(labels: list[list[str]]) -> float:
    return float(sum(LINE * len(words) for words in labels))


def _bottom(stack: list[tuple], pixels: float) -> float:
    """Where a stack of labels begins, centred on its points."""
    return sum(end[1] for end in stack) / len(stack) * pixels - _height([end[2] for end in stack]) / 2


def _top(stack: list[tuple], pixels: float) -> float:
    return _bottom(stack, pixels) + _height([end[2] for end in stack])
