"""A few bodies on every part beside one another, with the median of their comparison group."""

from collections.abc import Callable, Sequence

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

    picture = base.figure(
        max(ROW_PIXELS * len(parts) + LEGEND_PIXELS * len(names) + FRAME_PIXELS, LEAST_PIXELS)
    )
    for number in range(0, len(parts), 2):
        picture.add_hrect(y0=number - 0.5, y1=number + 0.5, fillcolor=base.EMPTY, line_width=0, layer="below")
    if pass_mark is not None:
        _draw_pass_mark(picture, pass_mark, place(pass_mark), len(parts))
    _draw_medians(picture, parts, place)
    step = min(ASIDE, ASIDE_IN_ALL / max(len(names) - 1, 1))
    for number, (organisation_id, name) in enumerate(names):
        own = values[values["organisation_id"] == organisation_id]
        # moved a little up or down, so that equal values stay visible
        _draw_body(picture, parts, own, place, name, number, (number - (len(names) - 1) / 2) * step)
    known = [*values["value"], *parts["median"].dropna(), *([] if pass_mark is None else [pass_mark])]
    stretch.set_axis(picture, "x", stretch.lowest(known), stretched)
    picture.update_xaxes(title="คะแนน (สเกลขยายช่วงใกล้ 100)" if stretched else "คะแนน")
    picture.update_yaxes(
        tickvals=list(range(len(parts))),
        ticktext=[_row_label(row.label, row.level) for row in parts.itertuples()],
        range=[len(parts) - 0.5, -0.5],
        showgrid=False,
    )
    picture.update_layout(legend={"font": {"size": 14}, "itemwidth": 36})
    return picture


def _draw_medians(picture: go.Figure, parts: pd.DataFrame, place: Place) -> None:
    rows = [(at, row) for at, row in enumerate(parts.itertuples()) if not pd.isna(row.median)]
    picture.add_scatter(
        x=[place(row.median) for _, row in rows],
        y=[at for at, _ in rows],
        mode="markers",
        name="มัธยฐานของกลุ่ม",
        marker={"symbol": "line-ns", "size": 26, "line": {"color": base.INK, "width": 3}},
        customdata=[
            [base.plain(row.label), text.points(row.median), f"{row.n:,}", row.number] for _, row in rows
        ],
        hovertemplate=(
            "มัธยฐานของกลุ่ม (n = %{customdata[2]})<br>%{customdata[0]}: %{customdata[1]}<extra></extra>"
        ),
    )


def _draw_body(
    picture: go.Figure,
    parts: pd.DataFrame,
    own: pd.DataFrame,
    place: Place,
    name: str,
    number: int,
    aside: float,
) -> None:
    rows = (
        parts[["part", "label"]]
        .reset_index(drop=True)
        .reset_index(names="at")
        .merge(own[["part", "value", "basis", "number"]], on="part")
    )
    recomputed = rows["basis"] == "recomputed"
    picture.add_scatter(
        x=[place(value) for value in rows["value"]],
        y=rows["at"] + aside,
        mode="markers",
        name=base.plain(name),
        marker={
            "symbol": [SYMBOLS[number] + ("-open" if hollow else "") for hollow in recomputed],
            "size": 12,
            "color": base.SERIES[number],
            "line": {"color": base.SERIES[number], "width": 2},
        },
        customdata=[
            [
                base.plain(name),
                base.plain(row.label),
                text.points(row.value),
                "* คำนวณจากส่วนย่อย" if hollow else "",
                row.number,
            ]
            for row, hollow in zip(rows.itertuples(), recomputed, strict=True)
        ],
        hovertemplate=(
            "%{customdata[0]}<br>%{customdata[1]}: %{customdata[2]}%{customdata[3]}<extra></extra>"
        ),
    )


def _draw_pass_mark(picture: go.Figure, pass_mark: float, at: float, n_rows: int) -> None:
    """The pass mark, named in the legend: on a narrow screen a label above it would meet the legend."""
    picture.add_scatter(
        x=[at, at],
        y=[-0.5, n_rows - 0.5],
        mode="lines",
        name=f"เกณฑ์ผ่าน {pass_mark:g}",
        line={"dash": "dash", "color": base.INK, "width": 1.5},
        hoverinfo="skip",
    )


def _row_label(label: str, level: str) -> str:
    words = "<br>".join(map(base.plain, wrap_label(label, LABEL_COLUMNS)))
    return words if level == "indicator" else f"<b>{words}</b>"
