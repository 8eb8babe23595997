"""How a group spreads on every indicator, with the selected bodies on top."""

import pandas as pd
import plotly.graph_objects as go

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
    picture = base.figure(96 + 46 * len(indicators))
    label = {row.part: "<br>".join(map(base.plain, row.label)) for row in indicators.itertuples()}
    line = {part: number for number, part in enumerate(indicators["part"])}
    known = [*indicators["min"], *bodies["value"], *([pass_mark] if pass_mark is not None else [])]
    low = stretch.lowest(known)

    def at(values: pd.Series) -> list[float]:
        return [stretch.place(value, stretched) for value in values]

    def segments(rows: pd.DataFrame, start: str, end: str, name: str, color: str, width: float) -> None:
        """One line per row, as a single trace."""
        xs: list[float | None] = []
        ys: list[int | None] = []
        for row, left, right in zip(rows.itertuples(), at(rows[start]), at(rows[end]), strict=True):
            xs += [left, right, None]
            ys += [line[row.part], line[row.part], None]
        picture.add_scatter(
            x=xs, y=ys, mode="lines", name=name, line={"color": color, "width": width}, hoverinfo="skip"
        )

    many = indicators[indicators["n"] >= RANKED_FROM]
    ranged = indicators[(indicators["n"] > 1) & (indicators["min"] < indicators["max"])]
    if len(ranged):
        segments(ranged, "min", "max", "ต่ำสุดถึงสูงสุด", base.QUIET, 2)
    if len(many):
        segments(many, "q1", "q3", "ครึ่งกลางของกลุ่ม", base.QUIET, 14)
        picture.add_scatter(
            x=at(many["median"]),
            y=[line[part] for part in many["part"]],
            mode="markers",
            name="มัธยฐาน",
            marker={"symbol": "line-ns", "size": 18, "line": {"width": 3, "color": base.INK}},
            customdata=[
                [
                    label[row.part],
                    row.n,
                    *(f"{value:.2f}" for value in (row.min, row.q1, row.median, row.q3, row.max)),
                    row.number,
                ]
                for row in many.itertuples()
            ],
            hovertemplate=(
                "%{customdata[0]}<br>มัธยฐาน %{customdata[4]} (n = %{customdata[1]:,})"
                "<br>ครึ่งกลาง %{customdata[3]}–%{customdata[5]}"
                "<br>ต่ำสุด %{customdata[2]} สูงสุด %{customdata[6]}<extra></extra>"
            ),
        )
    if len(few):
        picture.add_scatter(
            x=at(few["value"]),
            y=[line[part] for part in few["part"]],
            mode="markers",
            name="หน่วยงานในกลุ่ม",
            marker={"symbol": "circle-open", "size": 13, "color": base.MUTED, "line": {"width": 2}},
            customdata=few[["number"]],
            text=[_words(row) for row in few.itertuples()],
            hovertemplate="%{text}<extra></extra>",
        )
    step = min(ASIDE, ASIDE_IN_ALL / max(bodies["organisation_id"].nunique() - 1, 1))
    for number, (_, body) in enumerate(bodies.groupby("organisation_id", sort=False)):
        # moved a little up or down, so that equal values stay visible
        hollow = body["basis"] == "recomputed"
        aside = (number - (bodies["organisation_id"].nunique() - 1) / 2) * step
        picture.add_scatter(
            x=at(body["value"]),
            y=[line[part] + aside for part in body["part"]],
            mode="markers",
            name=base.plain(body["name"].iloc[0]),
            marker={
                "symbol": [SYMBOLS[number % len(SYMBOLS)] + ("-open" if one else "") for one in hollow],
                "size": 12,
                "color": base.SERIES[number % len(base.SERIES)],
                "line": {"color": base.PAPER, "width": [2 if one else 1 for one in hollow]},
            },
            customdata=body[["number"]],
            text=[_words(row) for row in body.itertuples()],
            hovertemplate="%{text}<extra></extra>",
        )
    for row in indicators.itertuples():
        picture.add_annotation(
            x=1,
            xref="paper",
            y=line[row.part],
            text=f"{row.median:.2f}",
            showarrow=False,
            xanchor="left",
            xshift=12,
        )
    picture.add_annotation(
        x=1,
        xref="paper",
        y=1,
        yref="paper",
        text="มัธยฐาน" if indicators["n"].max() > 1 else "คะแนน",
        showarrow=False,
        xanchor="left",
        yanchor="bottom",
        font={"size": 12, "color": base.MUTED},
    )
    if pass_mark is not None:
        base.draw_pass_mark(picture, stretch.place(pass_mark, stretched), axis="x")
        picture.layout.annotations[-1].text = f"เกณฑ์ผ่าน {pass_mark:g}"
    stretch.set_axis(picture, "x", low, stretched, room=4)
    picture.update_yaxes(
        tickvals=list(line.values()), ticktext=list(label.values()), range=[len(line) - 0.4, -0.6]
    )
    picture.update_layout(
        margin={"l": 8, "r": 68, "t": 84 if len(picture.data) > 1 else 40, "b": 8},
        legend={"font": {"size": 12}, "yref": "container", "y": 1, "yanchor": "top"},
    )
    return picture


def _words(row: object) -> str:
    """A body and its score for a hover, with a star where it is computed from the parts below."""
    star = "*" if row.basis == "recomputed" else ""  # type: ignore[attr-defined]
    return f"{base.plain(row.label_th)} {row.value:.2f}{star}"  # type: ignore[attr-defined]
