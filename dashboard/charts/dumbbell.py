"""Where bodies stood in one year and where they stand in another."""

from itertools import accumulate
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import base, stretch

# Shape says the direction too: a triangle points the way the score went.
DIRECTIONS = (
    ("up", "เพิ่มขึ้น", base.PRIMARY, "triangle-right"),
    ("down", "ลดลง", base.CONTRAST, "triangle-left"),
    ("same", "ต่างกันน้อยเกินกว่าจะสรุป", base.QUIET, "circle"),
)


def chart(
    rows: pd.DataFrame, from_year: int, to_year: int, pass_mark: float | None, *, stretched: bool = False
) -> go.Figure:
    """One row per body, the largest gain on top: a ring for the first year, a triangle for the second.

    `rows` has label (lines), direction (up, down, same), value_from, value_to, as printed words_from,
    words_to and words_change, and number_from and number_to, the codes of the two numbers.
    """
    bodies = list(rows.itertuples())
    heights = [14 + 17 * len(row.label) for row in bodies]
    ends = list(accumulate(heights))
    middles = {row.Index: end - height / 2 for row, end, height in zip(bodies, ends, heights, strict=True)}
    known = [*rows["value_from"], *rows["value_to"], *([pass_mark] if pass_mark is not None else [])]
    hover = "%{customdata[0]}<br>" + f"{from_year}: %{{customdata[1]}} → {to_year}: %{{customdata[2]}}"
    traces: list[dict[str, Any]] = []
    for code, name, color, symbol in DIRECTIONS:
        part = [row for row in bodies if row.direction == code]
        if not part:
            continue
        y = [middles[row.Index] for row in part]
        start = [stretch.place(row.value_from, stretched) for row in part]
        end = [stretch.place(row.value_to, stretched) for row in part]
        shared = {"type": "scatter", "y": y, "hovertemplate": hover + "<extra></extra>", "mode": "markers"}
        traces += [
            {
                "type": "scatter",
                "x": [x for left, right in zip(start, end, strict=True) for x in (left, right, None)],
                "y": [one for middle in y for one in (middle, middle, None)],
                "mode": "lines",
                "line": {"color": color, "width": 3},
                "showlegend": False,
                "hoverinfo": "skip",
            },
            {
                **shared,
                "x": start,
                "customdata": [[*_told(row), row.number_from] for row in part],
                "name": f"ปี {from_year}",
                "legendgroup": "from",
                "showlegend": not traces,
                "marker": {"size": 11, "color": base.PAPER, "line": {"color": color, "width": 2}},
            },
            {
                **shared,
                "x": end,
                "customdata": [[*_told(row), row.number_to] for row in part],
                "name": f"ปี {to_year} {name}",
                "marker": {"symbol": symbol, "size": 14, "color": color},
            },
        ]
    colors = {code: color for code, _, color, _ in DIRECTIONS}
    changes = [
        {
            "x": 1,
            "xref": "paper",
            "y": middles[row.Index],
            "text": row.words_change,
            "showarrow": False,
            "xanchor": "left",
            "xshift": 8,
            "font": {"color": colors[row.direction]},
        }
        for row in bodies
    ]
    lines, name_of_line = base.pass_line(
        pass_mark, axis="x", at=None if pass_mark is None else stretch.place(pass_mark, stretched)
    )
    return base.figure(
        108 + sum(heights),
        traces,
        xaxis=stretch.axis(stretch.lowest(known), stretched, room=3),
        yaxis={
            "tickvals": list(middles.values()),
            "ticktext": ["<br>".join(map(base.plain, row.label)) for row in bodies],
            "range": [ends[-1] + 4, -4],
            "tickfont": {"size": 13},
        },
        shapes=lines,
        annotations=changes + name_of_line,
        margin={"l": 8, "r": 72, "t": 80, "b": 8},
        legend={"font": {"size": 12}, "yref": "container", "y": 1, "yanchor": "top"},
    )


def _told(row: Any) -> list[str]:
    """What both points of a body say: the body, and both numbers as printed."""
    return [" ".join(map(base.plain, row.label)), row.words_from, row.words_to]
