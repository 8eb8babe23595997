"""Which indicator is the lowest one of how many bodies."""

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import base


def chart(indicators: pd.DataFrame, chosen: str | None) -> go.Figure:
    """One flat bar per indicator that is anybody's lowest, the most frequent on top, and for the chosen one.

    The chosen bar is dark and marked with an arrow. `indicators` has part, label (its lines), position, n and
    n_lowest. Behind each bar lies a pale track over the whole width, so that short bars are easy to click.
    A point's customdata starts with the indicator's code.
    """
    rows = indicators[(indicators["n_lowest"] > 0) | (indicators["part"] == chosen)]
    rows = rows.sort_values(["n_lowest", "position"], ascending=[False, True])
    picture = base.figure(36 + 40 * len(rows), barmode="overlay")
    labels = [
        ("▶ " if row.part == chosen else "") + "<br>".join(map(base.plain, row.label))
        for row in rows.itertuples()
    ]
    most = max(int(rows["n_lowest"].max()), 1)
    shared = {
        "orientation": "h",
        "y": labels,
        "customdata": [[row.part, row.n_lowest, row.n] for row in rows.itertuples()],
        "hovertemplate": "%{y}<br>ต่ำสุดใน %{customdata[1]:,} จาก %{customdata[2]:,} แห่ง<extra></extra>",
    }
    picture.add_bar(x=[most] * len(rows), marker={"color": base.EMPTY}, **shared)
    picture.add_bar(
        x=rows["n_lowest"],
        marker={"color": [base.PRIMARY if part == chosen else base.QUIET for part in rows["part"]]},
        **shared,
    )
    picture.add_scatter(
        x=[most] * len(rows),
        y=labels,
        mode="text",
        text=[f"\u00a0{row.n_lowest:,} แห่ง" for row in rows.itertuples()],
        textposition="middle right",
        cliponaxis=False,
        hoverinfo="skip",
    )
    picture.update_yaxes(autorange="reversed", showgrid=False)
    picture.update_xaxes(range=[0, most], visible=False)
    picture.update_layout(showlegend=False, margin={"l": 8, "r": 88, "t": 28, "b": 4})
    return picture
