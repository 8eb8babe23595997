"""The grade scales side by side, every level in its own colour with its condition."""

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import base


def chart(levels: pd.DataFrame) -> go.Figure:
    """One column per scale, one block per level, the best on top; blocks are equally high, so it is no axis.

    `levels` has scale (its years in words), position, name_th, condition_th, passed_th and color, best first.
    """
    scales = list(dict.fromkeys(levels["scale"]))
    most = int(levels.groupby("scale")["position"].max().max())
    picture = base.figure(40 + 52 * most, barmode="overlay")
    for row in levels.itertuples():
        n = int((levels["scale"] == row.scale).sum())
        picture.add_bar(
            x=[row.scale],
            y=[1 / n],
            base=1 - row.position / n,
            width=0.94,
            marker={"color": row.color, "line": {"color": base.PAPER, "width": 2}},
            text=f"<b>{base.plain(row.name_th)}</b>  {base.plain(row.condition_th)}<br>{row.passed_th}",
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            textfont={"color": base.PAPER, "size": 14},
            hoverinfo="skip",
        )
    picture.update_xaxes(
        type="category", categoryorder="array", categoryarray=scales, side="top", showgrid=False
    )
    picture.update_yaxes(visible=False, range=[0, 1])
    picture.update_layout(showlegend=False, margin={"l": 4, "r": 4, "t": 32, "b": 4})
    return picture
