"""Small multiples: one part by year in many groups, all on the same scale, in one picture."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard import text
from dashboard.charts import base, stretch

COLUMNS = 3
CELL, GAP = 0.84, 0.38
"""The share of a column a cell takes, and of a row what its head takes."""
ROW_PIXELS = 116
BAND = "rgba(11, 92, 122, 0.16)"


def lowest(rows: pd.DataFrame, pass_mark: float | None) -> float:
    """Where the points axis of every cell starts; `rows` and `pass_mark` are as for `chart`."""
    return stretch.lowest([*rows["q1"], *([] if pass_mark is None else [pass_mark])])


def chart(
    rows: pd.DataFrame, breaks: pd.DataFrame, pass_mark: float | None, *, stretched: bool = False
) -> go.Figure:
    """A cell for every group in the order of `rows`: its median by year as a line, its middle half as a band.

    `rows` has code, name, fiscal_year, q1, median and q3 (points), the rows of a group together and by year;
    `breaks` is as for `base.joined_runs`. The cells are drawn on one pair of axes, for a pair for every cell
    costs a hundred times as much. A point's customdata starts with the group's code.
    """
    groups: dict[str, list[Any]] = {}
    for row in rows.itertuples():
        groups.setdefault(row.code, []).append(row)
    first, last_year = int(rows["fiscal_year"].min()), int(rows["fiscal_year"].max())
    low = lowest(rows, pass_mark)
    at = stretch.placer(stretched)
    lines = -(-len(groups) // COLUMNS)
    span = max(last_year - first, 1)

    def x_of(column: int, year: int) -> float:
        return column + CELL * (year - first) / span

    def y_of(line: int, value: float) -> float:
        return -line - GAP - (1 - GAP - 0.06) * (100 - at(value)) / (100 - at(low))

    band: tuple[list[float | None], list[float | None]] = ([], [])
    line_x, line_y, line_code = [], [], []
    heads: list[tuple[float, float, str, str]] = []
    shapes, annotations = [], []
    for place, (code, group) in enumerate(groups.items()):
        column, line = place % COLUMNS, place // COLUMNS
        by_year = {row.fiscal_year: row for row in group}
        last = group[-1]
        heads.append((column, -line - 0.1, f"<b>{base.plain(str(last.name))}</b>", code))
        for years in base.joined_runs(by_year, breaks):
            run = [by_year[year] for year in years]
            xs = [x_of(column, year) for year in years]
            upper = [y_of(line, row.q3) for row in run]
            lower = [y_of(line, row.q1) for row in run]
            band[0].extend([*xs, *xs[::-1], None])
            band[1].extend([*upper, *lower[::-1], None])
            line_x += [*xs, None]
            line_y += [*(y_of(line, row.median) for row in run), None]
            line_code += [
                *([code, heads[-1][2], str(row.fiscal_year), text.points(row.median)] for row in run),
                [code, "", "", ""],
            ]
        if pass_mark is not None:
            shapes.append(
                _level(column, y_of(line, pass_mark), {"color": base.MUTED, "width": 1, "dash": "dot"})
            )
        shapes.append(_level(column, y_of(line, low), {"color": base.GRID, "width": 1}))
        annotations.append(
            {
                "x": x_of(column, int(last.fiscal_year)),
                "y": -line - 0.27,
                "text": text.points(last.median),
                "showarrow": False,
                "xanchor": "right",
                "font": {"size": 13, "color": base.PRIMARY},
            }
        )
    middle_half = {
        "type": "scatter",
        "x": band[0],
        "y": band[1],
        "mode": "lines",
        "fill": "toself",
        "fillcolor": BAND,
        "line": {"width": 0},
        "hoverinfo": "skip",
        "name": "ครึ่งกลางของหน่วยงาน",
    }
    medians = {
        "type": "scatter",
        "x": line_x,
        "y": line_y,
        "customdata": line_code,
        "mode": "lines+markers",
        "line": {"color": base.PRIMARY, "width": 2},
        "marker": {"size": 6, "color": base.PRIMARY},
        "hovertemplate": "%{customdata[1]}<br>ปี %{customdata[2]}: %{customdata[3]}<extra></extra>",
        "name": "มัธยฐาน",
    }
    # the names can be clicked too
    names = {
        "type": "scatter",
        "x": [head[0] for head in heads],
        "y": [head[1] for head in heads],
        "text": [head[2] for head in heads],
        "customdata": [[head[3]] for head in heads],
        "mode": "text",
        "textposition": "middle right",
        "textfont": {"size": 13},
        "hoverinfo": "skip",
        "showlegend": False,
    }
    return base.figure(
        40 + ROW_PIXELS * lines,
        [middle_half, medians, names],
        xaxis={"visible": False, "range": [-0.03, COLUMNS - 0.08]},
        yaxis={"visible": False, "range": [-lines - 0.02, 0.05]},
        shapes=shapes,
        annotations=annotations,
        margin={"l": 0, "r": 0, "t": 30, "b": 0},
        legend={"font": {"size": 12}},
    )


def _level(column: int, y: float, line: dict[str, Any]) -> dict[str, Any]:
    """A line through a cell, as a shape."""
    return {"type": "line", "x0": column, "x1": column + CELL, "y0": y, "y1": y, "line": line}
