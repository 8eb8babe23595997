"""A few bodies on every part beside one another, with the median of their comparison group."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard import text
from dashboard.charts import base, stretch
from ita_data.thai import wrap_label

# One shape a body, so that bodies are told apart without their colour; each also exists hollow.
SYMBOLS = ("circle", "square", "diamond", "triangle-up", "cross", "star")
ROW_PIXELS, LEGEND_PIXELS, FRAME_PIXELS, LEAST_PIXELS = 38, 16, 110, 280
LABEL_COLUMNS = 22
# Of a row: between two markers at most, and between the first and the last.
ASIDE, ASIDE_IN_ALL = 0.15, 0.5

Place = Callable[[float], float]


def chart(
    parts: pd.DataFrame,
    values: pd.DataFrame,
    names: Sequence[tuple[str, str]],
    pass_mark: float | None,
    *,
    stretched: bool,
) -> go.Figure:
    """Rows of parts, a marker for every body, a tick at the group's median.

    `parts` has part, label, level, median, n and number (of the group), in the order of the rows; `values`
    has organisation_id, part, value (points), number and basis, number being a code; `names` are the bodies
    as (organisation_id, name), at most as many as there are `SYMBOLS`. A hollow marker is a recomputed value.
    `stretched` draws the points by what is missing to 100, on a scale that gives the top more room.
    """

    def place(points: float) -> float:
        return stretch.place(points, stretched)

    rows = list(parts.itertuples())
    stripes = [
        {
            "type": "rect",
            "xref": "x domain",
            "x0": 0,
            "x1": 1,
            "y0": number - 0.5,
            "y1": number + 0.5,
            "fillcolor": base.EMPTY,
            "line": {"width": 0},
            "layer": "below",
        }
        for number in range(0, len(rows), 2)
    ]
    step = min(ASIDE, ASIDE_IN_ALL / max(len(names) - 1, 1))
    own: dict[str, dict[str, Any]] = {}
    for row in values.itertuples():
        own.setdefault(row.organisation_id, {})[row.part] = row
    bodies = [
        # moved a little up or down, so that equal values stay visible
        _body(rows, own.get(organisation_id, {}), place, name, number, (number - (len(names) - 1) / 2) * step)
        for number, (organisation_id, name) in enumerate(names)
    ]
    known = [*values["value"], *parts["median"].dropna(), *([] if pass_mark is None else [pass_mark])]
    return base.figure(
        max(ROW_PIXELS * len(rows) + LEGEND_PIXELS * len(names) + FRAME_PIXELS, LEAST_PIXELS),
        [
            *([] if pass_mark is None else [_pass_mark(pass_mark, place(pass_mark), len(rows))]),
            _medians(rows, place),
            *bodies,
        ],
        xaxis={
            **stretch.axis(stretch.lowest(known), stretched),
            "title": {"text": "คะแนน (สเกลขยายช่วงใกล้ 100)" if stretched else "คะแนน"},
        },
        yaxis={
            "tickvals": list(range(len(rows))),
            "ticktext": [_row_label(row.label, row.level) for row in rows],
            "range": [len(rows) - 0.5, -0.5],
            "showgrid": False,
        },
        shapes=stripes,
        legend={"font": {"size": 14}, "itemwidth": 36},
    )


def _medians(parts: Sequence[Any], place: Place) -> dict[str, Any]:
    rows = [(at, row) for at, row in enumerate(parts) if not pd.isna(row.median)]
    return {
        "type": "scatter",
        "x": [place(row.median) for _, row in rows],
        "y": [at for at, _ in rows],
        "mode": "markers",
        "name": "มัธยฐานของกลุ่ม",
        "marker": {"symbol": "line-ns", "size": 26, "line": {"color": base.INK, "width": 3}},
        "customdata": [
            [base.plain(row.label), text.points(row.median), f"{row.n:,}", row.number] for _, row in rows
        ],
        "hovertemplate": (
            "มัธยฐานของกลุ่ม (n = %{customdata[2]})<br>%{customdata[0]}: %{customdata[1]}<extra></extra>"
        ),
    }


def _body(
    parts: Sequence[Any], own: Mapping[str, Any], place: Place, name: str, number: int, aside: float
) -> dict[str, Any]:
    """The markers of one body; `own` are its values by part."""
    rows = [(at, row, own[row.part]) for at, row in enumerate(parts) if row.part in own]
    return {
        "type": "scatter",
        "x": [place(of.value) for _, _, of in rows],
        "y": [at + aside for at, _, _ in rows],
        "mode": "markers",
        "name": base.plain(name),
        "marker": {
            "symbol": [SYMBOLS[number] + ("-open" if of.basis == "recomputed" else "") for _, _, of in rows],
            "size": 12,
            "color": base.SERIES[number],
            "line": {"color": base.SERIES[number], "width": 2},
        },
        "customdata": [
            [
                base.plain(name),
                base.plain(row.label),
                text.points(of.value),
                "* คำนวณจากส่วนย่อย" if of.basis == "recomputed" else "",
                of.number,
            ]
            for _, row, of in rows
        ],
        "hovertemplate": (
            "%{customdata[0]}<br>%{customdata[1]}: %{customdata[2]}%{customdata[3]}<extra></extra>"
        ),
    }


def _pass_mark(pass_mark: float, at: float, n_rows: int) -> dict[str, Any]:
    """The pass mark, named in the legend: on a narrow screen a label above it would meet the legend."""
    return {
        "type": "scatter",
        "x": [at, at],
        "y": [-0.5, n_rows - 0.5],
        "mode": "lines",
        "name": f"เกณฑ์ผ่าน {pass_mark:g}",
        "line": {"dash": "dash", "color": base.INK, "width": 1.5},
        "hoverinfo": "skip",
    }


def _row_label(label: str, level: str) -> str:
    words = "<br>".join(map(base.plain, wrap_label(label, LABEL_COLUMNS)))
    return words if level == "indicator" else f"<b>{words}</b>"
