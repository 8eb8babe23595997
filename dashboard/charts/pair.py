"""Two scores of many bodies against each other: dots, or cells of too many, the followed on top."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard import text
from dashboard.charts import base, density, stretch
from dashboard.charts.series import SYMBOLS
from ita_data import thai
from ita_data.scoring import FULL_SCORE

ASIDE = ((0.0, "#F0F3F5"), (1.0, "#AEBBC4"))
NARROWEST = 10.0
"""The fewest points an axis shows, so that a few bodies alike do not look far apart."""
MARKED = ((0.0, "#F4D9C6"), (1.0, base.CONTRAST))
SPOTS = 24
"""Places across a chart that are told apart when a cell is clicked."""


@dataclass(frozen=True)
class Axis:
    """One of two scores: what its axis says, where high begins.

    `headroom` shows what is missing to 100; `stretched` gives the crowded end near 100 points more room.
    """

    title: str
    cut: float | None = None
    headroom: bool = False
    stretched: bool = False

    def at(self, points: float) -> float:
        """Where a score stands on the axis."""
        return self.said(stretch.place(points, self.stretched))

    def points(self, at: float) -> float:
        """The score that stands at a place of the axis."""
        return stretch.points(self.said(at), self.stretched)

    def said(self, points: float) -> float:
        """A score as the axis names it: itself, or what is missing to 100."""
        return FULL_SCORE - points if self.headroom else points

    def drawn(self, low: float, high: float) -> dict[str, Any]:
        """The axis that shows scores from `low` to `high`, with its title; a stretched one goes up to 100."""
        name = {"title": {"text": title(self)}}
        if not self.stretched:
            return name | {"range": sorted((self.at(low), self.at(high)))}
        axis = stretch.axis(low, self.stretched)
        return name | (stretch.turned(axis) if self.headroom else axis)


def chart(
    x: Axis,
    y: Axis,
    bodies: pd.DataFrame | None,
    bins: pd.DataFrame | None,
    followed: pd.DataFrame,
    *,
    width: int,
    gap: float | None = None,
    marking: bool = False,
    framing: bool = False,
) -> go.Figure:
    """Every body where its scores put it: `bodies` one by one, or `bins` with how many are in a cell.

    `bodies` has x, y, code and is_marked; `bins` has x_from, y_from (a cell is `width` points), code, n and
    n_marked; `followed` has x, y, code and name. The code of what is clicked is first in a point's
    customdata: names are not sent. With `gap` there is a diagonal of equal scores, and lines so many points
    from it. With `marking` the marked ones stand out from the others. With `framing` a frame can be drawn,
    and then nothing can be clicked.
    """
    xs, ys = _extent(bodies, bins, followed, "x", width), _extent(bodies, bins, followed, "y", width)
    if gap is not None:  # the same scale on both axes
        xs = ys = (min(xs[0], ys[0]), max(xs[1], ys[1]))
    xaxis, yaxis = x.drawn(*xs), y.drawn(*ys)
    traces: list[dict[str, Any]] = []
    if bins is not None:
        traces += cells(bins, x, y, width, marking=marking)
        traces.append(spots(bins, x, y, width, xaxis["range"], yaxis["range"], marking=marking))
    elif bodies is not None and len(bodies):
        traces.append(dots(bodies, x, y, marking=marking))
    traces += _followed(followed, x, y)
    shapes, notes = _cuts(x, y)
    return base.figure(
        480,
        [*traces[:1], *_diagonals(x, y, xs[0], gap), *traces[1:]],
        xaxis=xaxis,
        yaxis=yaxis,
        shapes=shapes,
        annotations=notes,
        dragmode="select" if framing else False,
        margin={"l": 8, "r": 16, "t": 64, "b": 8},
        legend={"yref": "container", "y": 1, "yanchor": "top", "font": {"size": 13}},
    )


def cells(bins: pd.DataFrame, x: Axis, y: Axis, width: int, *, marking: bool) -> list[dict[str, Any]]:
    """Counts as cells, darker where more are: on a log scale, for most bodies crowd in a few cells.

    Marked bodies are cells of another colour on top. A cell is `width` points wide and high wherever it
    stands, and its colour is its count.
    """
    end = density.top(bins["n"])

    def heat(
        of: pd.DataFrame, count: str, colors: Sequence[tuple[float, str]], *, bar: bool
    ) -> dict[str, Any]:
        grid = density.grid(of, "x_from", "y_from", count, width)
        return density.heat(grid, x.at, y.at, end, colors, bar=bar) | {"hoverinfo": "skip"}

    found = [heat(bins, "n", ASIDE if marking else density.COLORS, bar=not marking)]
    marked = bins[bins["n_marked"] > 0]
    if marking and len(marked):
        found.append(heat(marked, "n_marked", MARKED, bar=True))
    return found


def spots(
    bins: pd.DataFrame,
    x: Axis,
    y: Axis,
    width: int,
    xs: Sequence[float],
    ys: Sequence[float],
    *,
    marking: bool,
) -> dict[str, Any]:
    """Invisible points that take the clicks on cells, so many that one is near wherever a cell is clicked.

    `xs` and `ys` are the ranges of the axes.
    """
    words = (
        [f"{row.n:,} แห่ง ที่เลือก {row.n_marked:,}" for row in bins.itertuples()]
        if marking
        else [f"{row.n:,} แห่ง" for row in bins.itertuples()]
    )
    found = [
        (across, up, row.code, said)
        for row, said in zip(bins.itertuples(), words, strict=True)
        for across in _inside(x.at(row.x_from), x.at(row.x_from + width), (xs[1] - xs[0]) / SPOTS)
        for up in _inside(y.at(row.y_from), y.at(row.y_from + width), (ys[1] - ys[0]) / SPOTS)
    ]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [across for across, *_ in found],
        "y": [up for _, up, *_ in found],
        "customdata": [[code] for *_, code, _ in found],
        "text": [said for *_, said in found],
        "hovertemplate": "%{text}<extra></extra>",
        "marker": {"size": 10, "opacity": 0},
        "selected": {"marker": {"opacity": 0}},
        "unselected": {"marker": {"opacity": 0}},
        "showlegend": False,
    }


def _inside(start: float, end: float, step: float) -> list[float]:
    """The middles of equal pieces between two places, each piece at most `step` long."""
    pieces = max(math.ceil(abs(end - start) / step - 1e-9), 1)
    return [start + (end - start) * (piece + 0.5) / pieces for piece in range(pieces)]


def dots(bodies: pd.DataFrame, x: Axis, y: Axis, *, marking: bool) -> dict[str, Any]:
    """The bodies one by one; of a marked set, the others are pale."""
    marked = list(bodies["is_marked"]) if marking else [True] * len(bodies)
    return {
        "type": "scatter",
        "mode": "markers",
        "name": "หน่วยงานในกลุ่ม",
        "showlegend": False,
        "x": [x.at(one) for one in bodies["x"]],
        "y": [y.at(one) for one in bodies["y"]],
        "customdata": [[code] for code in bodies["code"]],
        "text": [
            f"{text.points(one)} กับ {text.points(other)}"
            for one, other in zip(bodies["x"], bodies["y"], strict=True)
        ],
        "hovertemplate": "%{text}<extra></extra>",
        "marker": {
            "size": 9,
            "opacity": 0.75,
            "color": [(base.CONTRAST if marking else base.PRIMARY) if one else base.QUIET for one in marked],
            "symbol": ["circle" if one else "circle-open" for one in marked],
        },
    }


def _followed(bodies: pd.DataFrame, x: Axis, y: Axis) -> list[dict[str, Any]]:
    """The bodies the user follows, each with its name in the legend."""
    return [
        {
            "type": "scatter",
            "mode": "markers",
            "name": base.plain(row.name),
            "x": [x.at(row.x)],
            "y": [y.at(row.y)],
            "customdata": [[row.code]],
            "text": [f"{base.plain(row.name)}<br>{text.points(row.x)} กับ {text.points(row.y)}"],
            "hovertemplate": "%{text}<extra></extra>",
            "marker": {
                "size": 15,
                "symbol": SYMBOLS[place % len(SYMBOLS)],
                "color": base.SERIES[place % len(base.SERIES)],
                "line": {"color": base.INK, "width": 2},
            },
        }
        for place, row in enumerate(bodies.itertuples())
    ]


def _extent(
    bodies: pd.DataFrame | None, bins: pd.DataFrame | None, followed: pd.DataFrame, axis: str, width: int
) -> tuple[float, float]:
    """The lowest and the highest score to show, with some room."""
    values = [*followed[axis]]
    if bins is not None:
        values += [*bins[f"{axis}_from"], *(bins[f"{axis}_from"] + width)]
    elif bodies is not None:
        values += list(bodies[axis])
    low, high = min(values, default=0.0), max(values, default=FULL_SCORE)
    room = max((high - low) * 0.04, (NARROWEST - high + low) / 2, 1.0)
    return max(low - room, -1.0), min(high + room, FULL_SCORE + 1)


def title(axis: Axis) -> str:
    """What an axis says, in lines short enough for a narrow chart."""
    return "<br>".join(map(base.plain, thai.wrap_label(axis.title, 24)))


def _cuts(x: Axis, y: Axis) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The lines where high begins, with their values."""
    style = {"dash": "dash", "color": base.INK, "width": 1.5}
    shapes, notes = [], []
    for name, other, one in (("x", "y", x), ("y", "x", y)):
        if one.cut is None:
            continue
        shapes.append(base.line_across(one.at(one.cut), name, style))
        notes.append(
            {
                "text": text.points(one.said(one.cut)),
                "showarrow": False,
                "font": {"size": 12, "color": base.INK},
                f"{name}ref": name,
                name: one.at(one.cut),
                f"{other}ref": f"{other} domain",
                other: 1 if name == "x" else 0,
                "xanchor": "center" if name == "x" else "left",
                "yanchor": "bottom",
            }
        )
    return shapes, notes


def _diagonals(x: Axis, y: Axis, low: float, gap: float | None) -> list[Mapping[str, Any]]:
    """The line of equal scores from `low` to 100 and, dotted, those `gap` points above and below it."""
    if gap is None:
        return []
    beyond = {"color": base.MUTED, "width": 1.2, "dash": "dot"}
    found = [_line(x, y, low, 0.0) | {"line": {"color": base.INK, "width": 1.5}, "name": "เท่ากัน"}]
    if low + gap < FULL_SCORE:
        found += [
            _line(x, y, low, gap) | {"line": beyond, "name": f"ห่างกัน {gap:g} คะแนน"},
            _line(x, y, low + gap, -gap) | {"line": beyond, "showlegend": False},
        ]
    return found


def _line(x: Axis, y: Axis, low: float, above: float) -> dict[str, Any]:
    """Where the second score is so many points above the first, from the first at `low` to either at 100."""
    scores = stretch.between(low, min(FULL_SCORE, FULL_SCORE - above), x.stretched)
    return {
        "type": "scatter",
        "mode": "lines",
        "hoverinfo": "skip",
        "x": [x.at(one) for one in scores],
        "y": [y.at(one + above) for one in scores],
    }
