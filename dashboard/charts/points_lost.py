"""Which indicator costs the bodies of a group most of their overall."""

import pandas as pd
import plotly.graph_objects as go

from dashboard import text
from dashboard.charts import base


def chart(indicators: pd.DataFrame, chosen: str | None) -> go.Figure:
    """One flat bar per indicator with the points of the overall lost per body, the dearest on top.

    `indicators` has part, label (its lines), position and mean_points_lost.
    """
    rows = indicators.sort_values(["mean_points_lost", "position"], ascending=[False, True])
    parts, lost = rows["part"].tolist(), rows["mean_points_lost"].tolist()
    bars = {
        "type": "bar",
        "orientation": "h",
        "x": lost,
        "y": [
            ("▶ " if part == chosen else "") + "<br>".join(map(base.plain, lines))
            for part, lines in zip(parts, rows["label"], strict=True)
        ],
        "marker": {"color": [base.PRIMARY if part == chosen else base.QUIET for part in parts]},
        "text": [text.points(value) for value in lost],
        "textposition": "outside",
        "cliponaxis": False,
        "hovertemplate": "%{y}<br>เสียคะแนนรวมเฉลี่ย %{text} คะแนนต่อแห่ง<extra></extra>",
    }
    return base.figure(
        64 + 46 * len(rows),
        [bars],
        xaxis={
            "range": [0, max(*lost, 0.01) * 1.2],
            "title": {"text": "คะแนนรวมที่เสียต่อแห่ง", "font": {"size": 13}},
            "nticks": 5,
        },
        yaxis={"autorange": "reversed", "showgrid": False},
        showlegend=False,
    )
