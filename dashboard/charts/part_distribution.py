"""How a group spreads on every indicator, with the selected bodies on top."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard import text
from dashboard.charts import base, stretch
from dashboard.charts.series import SYMBOLS
from dashboard.selection import RANKED_FROM

ASIDE, ASIDE_IN_ALL = 0.15, 0.5
"""Of a row: between the markers of two bodies at most, and between the first and the last."""


def chart(
    indicators: pd.DataFrame,
    few: pd.DataFrame,
    bodies: pd.DataFrame,
    pass_mark: float | None,
    *,
    stretched: bool = False,
) -> go.Figure:
    """One row per indicator in the order of the tree: lowest to highest, middle half, median.

    `indicators` has part, label (its lines), n, min, q1, median, q3 and max; `few` has label_th, part,
    value and basis of every body, for the indicators with fewer than `RANKED_FROM` of them; `bodies` has
    organisation_id, name, label_th, part, value and basis of the selected ones, hollow where recomputed. All
    three have number, the code of what the mark stands for.
    """
    rows = list(indicators.itertuples())
    label = {row.part: "<br>".join(map(base.plain, row.label)) for row in rows}
    line = {row.part: number for number, row in enumerate(rows)}
    known = [*indicators["min"], *bodies["value"], *([pass_mark] if pass_mark is not None else [])]

    def at(points: float) -> float:
        return stretch.place(points, stretched)

    def segments(of: Sequence[Any], start: str, end: str, name: str, width: float) -> dict[str, Any]:
        """One line per row, as a single trace."""
        return {
            "type": "scatter",
            "x": [x for row in of for x in (at(getattr(row, start)), at(getattr(row, end)), None)],
            "y": [y for row in of for y in (line[row.part], line[row.part], None)],
            "mode": "lines",
            "name": name,
            "line": {"color": base.QUIET, "width": width},
            "hoverinfo": "skip",
        }

    traces = []
    if ranged := [row for row in rows if row.n > 1 and row.min < row.max]:
        traces.append(segments(ranged, "min", "max", "ต่ำสุดถึงสูงสุด", 2))
    if many := [row for row in rows if row.n >= RANKED_FROM]:
        traces += [segments(many, "q1", "q3", "ครึ่งกลางของกลุ่ม", 14), _medians(many, label, line, at)]
    if len(few):
        traces.append(
            {
                "type": "scatter",
                "x": [at(value) for value in few["value"]],
                "y": [line[part] for part in few["part"]],
                "mode": "markers",
                "name": "หน่วยงานในกลุ่ม",
                "marker": {"symbol": "circle-open", "size": 13, "color": base.MUTED, "line": {"width": 2}},
                "customdata": [[number] for number in few["number"]],
                "text": [_words(row) for row in few.itertuples()],
                "hovertemplate": "%{text}<extra></extra>",
            }
        )
    selected: dict[str, list[Any]] = {}
    for row in bodies.itertuples():
        selected.setdefault(row.organisation_id, []).append(row)
    step = min(ASIDE, ASIDE_IN_ALL / max(len(selected) - 1, 1))
    for number, body in enumerate(selected.values()):
        # moved a little up or down, so that equal values stay visible
        aside = (number - (len(selected) - 1) / 2) * step
        traces.append(
            _body(body, number, [at(row.value) for row in body], [line[row.part] + aside for row in body])
        )
    lines, name_of_line = base.pass_line(pass_mark, axis="x", at=None if pass_mark is None else at(pass_mark))
    return base.figure(
        96 + 46 * len(rows),
        traces,
        xaxis=stretch.axis(stretch.lowest(known), stretched, room=4),
        yaxis={
            "tickvals": list(line.values()),
            "ticktext": list(label.values()),
            "range": [len(line) - 0.4, -0.6],
        },
        shapes=lines,
        annotations=_column(rows, line) + name_of_line,
        margin={"l": 8, "r": 68, "t": 84 if len(traces) > 1 else 40, "b": 8},
        legend={"font": {"size": 12}, "yref": "container", "y": 1, "yanchor": "top"},
    )


def _medians(
    rows: Sequence[Any], label: Mapping[str, str], line: Mapping[str, int], at: Callable[[float], float]
) -> dict[str, Any]:
    """A tick at the median of every row."""
    return {
        "type": "scatter",
        "x": [at(row.median) for row in rows],
        "y": [line[row.part] for row in rows],
        "mode": "markers",
        "name": "มัธยฐาน",
        "marker": {"symbol": "line-ns", "size": 18, "line": {"width": 3, "color": base.INK}},
        "customdata": [
            [
                label[row.part],
                row.n,
                *(text.points(value) for value in (row.min, row.q1, row.median, row.q3, row.max)),
                row.number,
            ]
            for row in rows
        ],
        "hovertemplate": (
            "%{customdata[0]}<br>มัธยฐาน %{customdata[4]} (n = %{customdata[1]:,})"
            "<br>ครึ่งกลาง %{customdata[3]}–%{customdata[5]}"
            "<br>ต่ำสุด %{customdata[2]} สูงสุด %{customdata[6]}<extra></extra>"
        ),
    }


def _body(rows: Sequence[Any], number: int, x: list[float], y: list[float]) -> dict[str, Any]:
    """The markers of the selected body of a number, one per row, hollow where recomputed."""
    hollow = [row.basis == "recomputed" for row in rows]
    return {
        "type": "scatter",
        "x": x,
        "y": y,
        "mode": "markers",
        "name": base.plain(rows[0].name),
        "marker": {
            "symbol": [SYMBOLS[number % len(SYMBOLS)] + ("-open" if one else "") for one in hollow],
            "size": 12,
            "color": base.SERIES[number % len(base.SERIES)],
            "line": {"color": base.PAPER, "width": [2 if one else 1 for one in hollow]},
        },
        "customdata": [[row.number] for row in rows],
        "text": [_words(row) for row in rows],
        "hovertemplate": "%{text}<extra></extra>",
    }


def _column(rows: Sequence[Any], line: Mapping[str, int]) -> list[dict[str, Any]]:
    """The medians in figures at the right, under a heading."""
    medians: list[dict[str, Any]] = [
        {
            "x": 1,
            "xref": "paper",
            "y": line[row.part],
            "text": text.points(row.median),
            "showarrow": False,
            "xanchor": "left",
            "xshift": 12,
        }
        for row in rows
    ]
    heading = {
        "x": 1,
        "xref": "paper",
        "y": 1,
        "yref": "paper",
        "text": "มัธยฐาน" if max(row.n for row in rows) > 1 else "คะแนน",
        "showarrow": False,
        "xanchor": "left",
        "yanchor": "bottom",
        "font": {"size": 12, "color": base.MUTED},
    }
    return [*medians, heading]


def _words(row: Any) -> str:
    """A body and its score for a hover, with a star where it is computed from the parts below."""
    star = "*" if row.basis == "recomputed" else ""
    return f"{base.plain(row.label_th)} {text.points(row.value)}{star}"
