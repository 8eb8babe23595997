"""Where bodies stood in one year and where they stand in another."""

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import base, stretch

# Shape says the direction too: a triangle points the way the score went.
DIRECTIONS = (
    ("up", "เพิ่มขึ้น", base.PRIMARY, "triangle-right"),
    ("down", "ลดลง", base.CONTRAST, "triangle-left"),
    ("same", "เท่าเดิม", base.MUTED, "circle"),
)


def chart(
    rows: pd.DataFrame, from_year: int, to_year: int, pass_mark: float | None, *, stretched: bool = False
) -> go.Figure:
    """One row per body, the largest gain on top: a ring for the first year, a triangle for the second.

    `rows` has label (lines), direction (up, down, same), value_from, value_to, as printed words_from,
    words_to and words_change, and number_from and number_to, the codes of the two numbers.
    """
    heights = pd.Series([14 + 17 * len(label) for label in rows["label"]], index=rows.index)
    ends = heights.cumsum()
    middles = dict(ends - heights / 2)
    picture = base.figure(108 + int(heights.sum()))
    known = [*rows["value_from"], *rows["value_to"], *([pass_mark] if pass_mark is not None else [])]
    hover = "%{customdata[0]}<br>" + f"{from_year}: %{{customdata[1]}} → {to_year}: %{{customdata[2]}}"
    in_legend = True
    for code, name, color, symbol in DIRECTIONS:
        part = rows[rows["direction"] == code]
        if part.empty:
            continue
        y = [middles[index] for index in part.index]
        start = [stretch.place(value, stretched) for value in part["value_from"]]
        end = [stretch.place(value, stretched) for value in part["value_to"]]
        shared = {
            "y": y,
            "hovertemplate": hover + "<extra></extra>",
        }
        xs = [x for left, right in zip(start, end, strict=True) for x in (left, right, None)]
        ys = [one for middle in y for one in (middle, middle, None)]
        picture.add_scatter(
            x=xs, y=ys, mode="lines", line={"color": color, "width": 3}, showlegend=False, hoverinfo="skip"
        )
        picture.add_scatter(
            x=start,
            customdata=_told(part, "number_from"),
            mode="markers",
            name=f"ปี {from_year}",
            legendgroup="from",
            showlegend=in_legend,
            marker={"size": 11, "color": base.PAPER, "line": {"color": color, "width": 2}},
            **shared,
        )
        in_legend = False
        picture.add_scatter(
            x=end,
            customdata=_told(part, "number_to"),
            mode="markers",
            name=f"ปี {to_year} {name}",
            marker={"symbol": symbol, "size": 14, "color": color},
            **shared,
        )
    for index, row in rows.iterrows():
        picture.add_annotation(
            x=1,
            xref="paper",
            y=middles[index],
            text=row["words_change"],
            showarrow=False,
            xanchor="left",
            xshift=8,
            font={"color": {code: color for code, _, color, _ in DIRECTIONS}[row["direction"]]},
        )
    if pass_mark is not None:
        base.draw_pass_mark(picture, stretch.place(pass_mark, stretched), axis="x")
        picture.layout.annotations[-1].text = f"เกณฑ์ผ่าน {pass_mark:g}"
    stretch.set_axis(picture, "x", stretch.lowest(known), stretched, room=3)
    picture.update_yaxes(
        tickvals=list(middles.values()),
        ticktext=["<br>".join(map(base.plain, row.label)) for row in rows.itertuples()],
        range=[ends.iloc[-1] + 4, -4],
        tickfont={"size": 13},
    )
    picture.update_layout(
        margin={"l": 8, "r": 72, "t": 80, "b": 8},
        legend={"font": {"size": 12}, "yref": "container", "y": 1, "yanchor": "top"},
    )
    return picture


def _told(rows: pd.DataFrame, number: str) -> list[list[str]]:
    """What the points of one year say: the body, both numbers as printed, and the code of their own."""
    return [
        [" ".join(map(base.plain, row.label)), row.words_from, row.words_to, code]
        for row, code in zip(rows.itertuples(), rows[number], strict=True)
    ]
