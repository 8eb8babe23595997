"""Which grades an overall alone allows."""

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import base


def chart(levels: pd.DataFrame, full: float) -> go.Figure:
    """One bar per level over the overalls that allow it; where bars overlap, the overall does not decide.

    `levels` has name_th, possible_from, possible_until (missing on the best level: up to `full`), color and
    range_th, best level first.
    """
    floors = sorted(set(levels["possible_from"]))
    low = max(0, floors[1] - 10) if len(floors) > 1 else 0
    start = levels["possible_from"].clip(lower=low)
    until = levels["possible_until"].fillna(full)
    bars = {
        "type": "bar",
        "orientation": "h",
        "y": [base.plain(name) for name in levels["name_th"]],
        "x": (until - start).tolist(),
        "base": start.tolist(),
        "marker": {"color": levels["color"].tolist()},
        "text": [base.plain(words) for words in levels["range_th"]],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "textfont": {"color": base.PAPER, "size": 14},
        "hovertemplate": "%{y}: %{text}<extra></extra>",
    }
    return base.figure(
        70 + 44 * len(levels),
        [bars],
        xaxis={"range": [low, full], "title": {"text": "คะแนนรวม"}, "side": "bottom"},
        yaxis={"autorange": "reversed", "ticksuffix": "  ", "showgrid": False},
        bargap=0.2,
        margin={"l": 8, "r": 24, "t": 8, "b": 8},
    )
