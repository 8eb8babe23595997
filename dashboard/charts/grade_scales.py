"""The grade scales side by side, every level in its own colour with its condition."""

from collections import Counter

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import base


def chart(levels: pd.DataFrame) -> go.Figure:
    """One column per scale, one block per level, the best on top; blocks are equally high, so it is no axis.

    `levels` has scale (its years in words), position, name_th, condition_th, passed_th and color, best first.
    """
    n_of = Counter(levels["scale"])
    most = int(levels["position"].max())
    blocks = [
        {
            "type": "bar",
            "x": [row.scale],
            "y": [1 / n_of[row.scale]],
            "base": 1 - row.position / n_of[row.scale],
            "width": 0.94,
            "marker": {"color": row.color, "line": {"color": base.PAPER, "width": 2}},
            "text": f"<b>{base.plain(row.name_th)}</b>  {base.plain(row.condition_th)}<br>{row.passed_th}",
            "textposition": "inside",
            "insidetextanchor": "middle",
            "textangle": 0,
            "textfont": {"color": base.PAPER, "size": 14},
            "hoverinfo": "skip",
        }
        for row in levels.itertuples()
    ]
    return base.figure(
        40 + 52 * most,
        blocks,
        xaxis={
            "type": "category",
            "categoryorder": "array",
            "categoryarray": list(n_of),
            "side": "top",
            "showgrid": False,
        },
        yaxis={"visible": False, "range": [0, 1]},
        barmode="overlay",
        showlegend=False,
        margin={"l": 4, "r": 4, "t": 32, "b": 4},
    )
