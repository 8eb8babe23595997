"""What two groups of respondents say of the same: the group's means, and the bodies' own."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard import text
from dashboard.charts import base, stretch

SYMBOLS = ("circle-open", "square")
ROW = 30
HEAD = 0.9
"""Rows that the name of a part takes."""


def chart(
    rows: pd.DataFrame, first: str, second: str, pass_mark: float | None, *, stretched: bool = False
) -> go.Figure:
    """A row per part and whose it is, under the part's name: the two groups' scores joined by a line.

    `rows` has label (the part's name), who, is_group, first, second and words; `first` and
    `second` name who answered.
    """
    found = list(rows.itertuples())
    known = [
        *rows["first"].dropna(),
        *rows["second"].dropna(),
        *([pass_mark] if pass_mark is not None else []),
    ]
    low = stretch.lowest(known)
    points_at = stretch.placer(stretched)
    at, heads, place = [], [], 0.0
    for before, row in zip([None, *found], found, strict=False):
        if before is None or before.label != row.label:  # a part begins with its name
            heads.append((place, row.label))
            place += HEAD
        at.append(place)
        place += 1
    colors = [base.QUIET if row.is_group else base.PRIMARY for row in found]
    traces: list[dict[str, Any]] = [
        {
            "type": "scatter",
            "mode": "lines",
            "x": [x for row in found for x in (points_at(row.first), points_at(row.second), None)],
            "y": [y for place in at for y in (place, place, None)],
            "line": {"color": base.GRID, "width": 4},
            "hoverinfo": "skip",
            "showlegend": False,
        }
    ]
    for name, column, symbol in ((first, "first", SYMBOLS[0]), (second, "second", SYMBOLS[1])):
        traces.append(
            {
                "type": "scatter",
                "mode": "markers",
                "name": name,
                "x": list(map(points_at, rows[column])),
                "y": at,
                "marker": {
                    "symbol": symbol,
                    "size": 12,
                    "color": colors,
                    "line": {"width": 2.5, "color": colors},
                },
                "customdata": [
                    [base.plain(f"{row.label} · {row.who}"), row.words, text.points(value)]
                    for row, value in zip(found, rows[column], strict=True)
                ],
                "hovertemplate": "%{customdata[0]}<br>"
                + name
                + " %{customdata[2]} (%{customdata[1]})<extra></extra>",
            }
        )
    names = [
        {
            "x": 0,
            "xref": "paper",
            "xanchor": "left",
            "y": height,
            "text": f"<b>{base.plain(label)}</b>",
            "showarrow": False,
            "font": {"size": 13},
            "bgcolor": base.PAPER,  # the pass mark may stand here
        }
        for height, label in heads
    ]
    differences = [
        {
            "x": 1,
            "xref": "paper",
            "xanchor": "left",
            "xshift": 8,
            "y": place,
            "text": row.words,
            "showarrow": False,
            "font": {"size": 13},
        }
        for place, row in zip(at, found, strict=True)
    ]
    mark = None if pass_mark is None else points_at(pass_mark)
    lines, name_of_line = base.pass_line(pass_mark, axis="x", at=mark)
    return base.figure(
        round(120 + ROW * place),
        traces,
        xaxis=stretch.axis(low, stretched),
        yaxis={
            "tickvals": at,
            "ticktext": [f"{base.plain(row.who)} " for row in found],
            "range": [place - 0.4, -0.6],
            "tickfont": {"size": 13},
            "showgrid": False,
        },
        shapes=lines,
        annotations=names + differences + name_of_line,
        margin={"l": 8, "r": 64, "t": 64, "b": 8},
        legend={"yref": "container", "y": 1, "yanchor": "top"},
    )
