"""How many bodies have which two figures: counts in cells, drawn as a heat map."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboard.charts import base

COLORS = ((0.0, "#E3EDF1"), (0.35, "#9CC3D3"), (0.7, "#3F86A1"), (1.0, base.PRIMARY))

Cell = tuple[int, int, int | None]
"""Where a cell begins on both axes, and its count; None where nobody is."""


@dataclass(frozen=True)
class Grid:
    """Cells of `width` points side by side without a gap: `xs` and `ys` are where they begin."""

    xs: Sequence[int]
    ys: Sequence[int]
    width: int
    counts: list[list[int | None]]  # a row for each of `ys`

    def each(self, words: Callable[[Cell], str]) -> list[list[str]]:
        """Words for every cell, laid out as `counts`."""
        return [
            [words((x, y, n)) for x, n in zip(self.xs, row, strict=True)]
            for y, row in zip(self.ys, self.counts, strict=True)
        ]


def grid(bins: pd.DataFrame, x: str, y: str, count: str, width: int) -> Grid:
    """The cells of `bins`: the columns `x` and `y` say where one begins, `count` how many are in it."""
    xs, ys = bins[x].tolist(), bins[y].tolist()
    found = dict(zip(zip(xs, ys, strict=True), bins[count].tolist(), strict=True))
    across, up = range(min(xs), max(xs) + width, width), range(min(ys), max(ys) + width, width)
    return Grid(across, up, width, [[found.get((one, other)) for one in across] for other in up])


def top(counts: pd.Series) -> float:
    """Where the colours end: the logarithm of the highest count."""
    return math.log10(max(float(counts.max()), 10.0))


def heat(
    cells: Grid,
    x_at: Callable[[float], float],
    y_at: Callable[[float], float],
    end: float,
    colors: Sequence[tuple[float, str]] = COLORS,
    *,
    bar: bool = True,
) -> dict[str, Any]:
    """A heat map, darker where more are: on a log scale up to `end`, for most bodies crowd in a few cells.

    A cell is as many points wide and high wherever it stands on the axes, and its colour is its count.
    """
    ticks = [one for one in (1, 10, 100, 1000, 10_000) if math.log10(one) <= end]
    return {
        "type": "heatmap",
        "x": [x_at(edge) for edge in (*cells.xs, cells.xs[-1] + cells.width)],
        "y": [y_at(edge) for edge in (*cells.ys, cells.ys[-1] + cells.width)],
        "z": [[None if n is None else math.log10(n) for n in row] for row in cells.counts],
        "hoverongaps": False,
        "colorscale": [list(stop) for stop in colors],
        "zmin": 0,
        "zmax": end,
        "showscale": bar,
        "colorbar": {
            "title": {"text": "แห่ง", "font": {"size": 12}},
            "tickvals": [math.log10(one) for one in ticks],
            "ticktext": [f"{one:,}" for one in ticks],
            "thickness": 10,
            "len": 0.6,
        },
    }
