"""Thailand as 77 tiles: needs no map file, and a small province is as easy to hit as a large one."""

from collections.abc import Collection, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard import text
from dashboard.charts import base

# Shades under the pass mark from low to high, and from it up; every class is named in the legend too.
BELOW = ("#7A3408", "#B8500F", "#D98244", "#F2B98A", "#F9DDC4")
ABOVE = ("#9CCBE0", "#0B5C7A")
DARK = {"#7A3408", "#B8500F", "#0B5C7A"}


def classes(floors: Sequence[float], pass_mark: float) -> list[tuple[float, float, str, str]]:
    """The classes of points between the floors of a year's grades: from, to (exclusive), name, colour."""
    bounds = sorted({0.0, *floors})
    below = [bound for bound in bounds if bound < pass_mark]
    above = [bound for bound in bounds if bound >= pass_mark]
    colors = shades(BELOW, len(below)) + shades(ABOVE, len(above))
    found = []
    for place, low in enumerate(bounds):
        high = bounds[place + 1] if place + 1 < len(bounds) else float("inf")
        name = f"ต่ำกว่า {high:g}" if place == 0 else f"{low:g} ขึ้นไป"
        if 0 < place < len(bounds) - 1:
            name = f"{low:g} – ต่ำกว่า {high:g}"
        found.append((low, high, name, colors[place]))
    return found


def shades(colors: Sequence[str], n: int) -> list[str]:
    """`n` of the shades, spread from the first to the last; a scale with more grades repeats some."""
    return [colors[round(place * (len(colors) - 1) / max(n - 1, 1))] for place in range(n)]


def chart(
    provinces: pd.DataFrame, floors: Sequence[float], pass_mark: float | None, chosen: Collection[str] = ()
) -> go.Figure:
    """Tiles coloured by the mean overall of the bodies loaded for each province.

    `provinces` has iso, name_th, abbr_th, tile_col, tile_row, n, mean (points) and official_mean. A province
    without bodies is white: missing is not low. `floors` are the points at which the year's grades begin and
    `pass_mark` parts the colours; without one all means share a colour. The `chosen` provinces (ISO codes)
    have a dark edge. A point's customdata starts with the province's code.
    """
    bands = [(0.0, float("inf"), "มีคะแนน", base.QUIET)] if pass_mark is None else classes(floors, pass_mark)
    rows = list(provinces.itertuples(index=False))
    groups = [("ยังไม่มีข้อมูล", "#FFFFFF", [row for row in rows if pd.isna(row.mean)])]
    groups += [
        (name, color, [row for row in rows if low <= row.mean < high]) for low, high, name, color in bands
    ]
    return base.figure(
        560,
        [_tiles(name, color, tiles, chosen) for name, color, tiles in groups],
        xaxis={"visible": False, "scaleanchor": "y", "constrain": "domain"},
        yaxis={"visible": False, "autorange": "reversed"},
        legend={"font": {"size": 12}},
        margin={"l": 0, "r": 0, "t": 44, "b": 0},
    )


def _tiles(name: str, color: str, rows: Sequence[Any], chosen: Collection[str]) -> dict[str, Any]:
    """The provinces of one class."""
    return {
        "type": "scatter",
        "x": [row.tile_col for row in rows],
        "y": [row.tile_row for row in rows],
        "mode": "markers+text",
        "name": f"{name} ({len(rows):,})",
        "text": [base.plain(row.abbr_th) for row in rows],
        "textfont": {"size": 12, "color": base.PAPER if color in DARK else base.INK},
        "marker": {
            "symbol": "square",
            "size": 31,
            "color": color,
            "line": {
                "color": [
                    base.INK if row.iso in chosen else base.GRID if color == "#FFFFFF" else base.PAPER
                    for row in rows
                ],
                "width": [3 if row.iso in chosen else 1.5 for row in rows],
            },
        },
        "customdata": [
            [row.iso, base.plain(row.name_th), row.n, text.points(row.mean), text.points(row.official_mean)]
            for row in rows
        ],
        "hovertemplate": (
            "%{customdata[1]}<br>ค่าเฉลี่ยของหน่วยงานในคลัง: %{customdata[3]} (n = %{customdata[2]:,})"
            "<br>ค่าเฉลี่ยจังหวัดตามแหล่งข้อมูล: %{customdata[4]}<extra></extra>"
        ),
    }
