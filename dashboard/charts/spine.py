"""Where a body stands inside the range of its comparison group, part by part."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard import text
from dashboard.charts import base, stretch

RANGE = "#E4EAEE"
ROW = 36
END = 104
Names = Mapping[str, str]


def chart(position: pd.DataFrame, pass_mark: float | None, *, stretched: bool = False) -> go.Figure:
    """One row per part: the body's dot with its value on a light band from the lowest to the highest of the
    group and a darker one from quartile to quartile, with a tick at the median.

    `position` has part, label, value, basis, n, min, q1, median, q3, max, has_quartiles and the codes number
    (the body's) and group_number; where too few bodies stand for quartiles there is only the light band. The
    axis starts near the lowest value shown: dots, unlike bars, may stand on a cut axis, and scores crowd at
    the top.
    """
    rows = list(position.itertuples())
    names = {row.part: base.plain(row.label) + " " for row in rows}
    full = [row for row in rows if row.has_quartiles]
    lowest = min(
        [value for row in rows for value in (row.min, row.value) if pd.notna(value)]
        + [pass_mark if pass_mark is not None else 100.0]
    )
    start = max(0.0, (lowest - 2) // 10 * 10)
    counts = [
        {
            "x": 1.0,
            "xref": "paper",
            "xanchor": "left",
            "y": names[row.part],
            "text": f"n = {row.n:,}",
            "showarrow": False,
            "font": {"size": 12, "color": base.MUTED},
        }
        for row in rows
    ]
    at = stretch.placer(stretched)
    mark = None if pass_mark is None or pd.isna(pass_mark) else at(pass_mark)
    lines, name_of_line = base.pass_line(pass_mark, axis="x", at=mark)
    return base.figure(
        100 + ROW * len(rows),
        [
            *_band([row for row in rows if row.n > 1], names, "min", "max", "ต่ำสุด–สูงสุดของกลุ่ม", RANGE, at),
            *_band(full, names, "q1", "q3", "ครึ่งกลางของกลุ่ม (ควอร์ไทล์ 1–3)", base.QUIET, at),
            *_medians(full, names, at),
            _dots(rows, names, start, pass_mark, at),
        ],
        xaxis=stretch.axis(start, stretched, room=END - 100),
        yaxis={
            "type": "category",
            "categoryorder": "array",
            "categoryarray": list(names.values())[::-1],
            "range": [-0.5, len(names) - 0.5],
            "showgrid": False,
        },
        shapes=lines,
        annotations=counts + name_of_line,
        barmode="overlay",
        margin={"r": 64, "t": 64},
        legend={"y": 1.0, "yref": "container", "yanchor": "top"},
    )


def _dots(
    rows: Sequence[Any], names: Names, start: float, pass_mark: float | None, at: stretch.Place
) -> dict[str, Any]:
    """The body's dots with their values."""
    return {
        "type": "scatter",
        "x": [at(row.value) for row in rows],
        "y": [names[row.part] for row in rows],
        "mode": "markers+text",
        "name": "หน่วยงานนี้",
        "marker": {
            "size": 13,
            "color": base.PRIMARY,
            "symbol": ["circle" if row.basis == "published" else "circle-open" for row in rows],
            "line": {"color": base.PRIMARY, "width": 2},
        },
        "text": [f" {text.points(row.value)}{'' if row.basis == 'published' else '*'} " for row in rows],
        "textposition": [
            _side(at(row.value), at(start), None if pass_mark is None else at(pass_mark)) for row in rows
        ],
        "textfont": {"color": base.INK, "size": 14},
        "cliponaxis": False,
        "customdata": [[row.n, row.number] for row in rows],
        "hovertemplate": "%{y}: %{text} (กลุ่ม n = %{customdata[0]:,})<extra></extra>",
    }


def _medians(rows: Sequence[Any], names: Names, at: stretch.Place) -> list[dict[str, Any]]:
    """A tick at the median of every row."""
    if not rows:
        return []
    return [
        {
            "type": "scatter",
            "x": [at(row.median) for row in rows],
            "y": [names[row.part] for row in rows],
            "mode": "markers",
            "name": "มัธยฐาน",
            "marker": {"symbol": "line-ns", "size": 20, "line": {"color": base.INK, "width": 3}},
            "customdata": [[text.points(row.median), row.group_number] for row in rows],
            "hovertemplate": "มัธยฐาน %{customdata[0]}<extra></extra>",
        }
    ]


def _band(
    rows: Sequence[Any], names: Names, low: str, high: str, name: str, color: str, at: stretch.Place
) -> list[dict[str, Any]]:
    """A lying band per row from `low` to `high`."""
    if not rows:
        return []
    ends = [(getattr(row, low), getattr(row, high)) for row in rows]
    return [
        {
            "type": "bar",
            "orientation": "h",
            "y": [names[row.part] for row in rows],
            "base": [at(start) for start, _ in ends],
            "x": [at(end) - at(start) for start, end in ends],
            "name": name,
            "width": 0.62,
            "marker": {"color": color},
            "customdata": [
                [*map(text.points, pair), row.group_number] for pair, row in zip(ends, rows, strict=True)
            ],
            "hovertemplate": name + " %{customdata[0]}–%{customdata[1]}<extra></extra>",
        }
    ]


def _side(value: float, start: float, pass_mark: float | None) -> str:
    """The side of a dot its value stands on: away from the pass mark, and inside the axis."""
    room = (END - start) * 0.08
    above = value >= (pass_mark if pass_mark is not None else (start + END) / 2)
    right = value + room < END if above else value - room < start
    return f"middle {'right' if right else 'left'}"
