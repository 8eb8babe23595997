"""Which indicator costs the bodies of a group most of their overall."""

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import base


def chart(indicators: pd.DataFrame, chosen: str | None) -> go.Figure:
    """One flat bar per indicator with the points of the overall lost per body, the dearest on top.

    `indicators` has part, label (its lines), position and mean_points_lost.
    """
    rows = indicators.sort_values(["mean_points_lost", "position"], ascending=[False, True])
    picture = base.figure(64 + 46 * len(rows))
    labels = [
        ("▶ " if row.part == chosen else "") + "<br>".join(map(base.plain, row.label))
        for row in rows.itertuples()
    ]
    most = max(float(rows["mean_points_lost"].max()), 0.01)
    picture.add_bar(
        orientation="h",
        x=rows["mean_points_lost"],
        y=labels,
        marker={"color": [base.PRIMARY if part == chosen else base.QUIET for part in rows["part"]]},
        text=[f"{value:.2f}" for value in rows["mean_points_lost"]],
        textposition="outside",
        cliponaxis=False,
        hovertemplate="%{y}<br>เสียคะแนนรวมเฉลี่ย %{x:.2f} คะแนนต่อแห่ง<extra></extra>",
    )
    picture.update_yaxes(autorange="reversed", showgrid=False)
    picture.update_xaxes(
        range=[0, most * 1.2], title={"text": "คะแนนรวมที่เสียต่อแห่ง", "font": {"size": 13}}, nticks=5
    )
    picture.update_layout(showlegend=False)
    return picture
