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
    shown = list(rows.itertuples())
    labels = [("▶ " if row.part == chosen else "") + "<br>".join(map(base.plain, row.label)) for row in shown]
    most = max(*(row.n_lowest for row in shown), 1)
    bar = {
        "type": "bar",
        "orientation": "h",
        "y": labels,
        "customdata": [[row.part, row.n_lowest, row.n] for row in shown],
        "hovertemplate": "%{y}<br>ต่ำสุดใน %{customdata[1]:,} จาก %{customdata[2]:,} แห่ง<extra></extra>",
    }
    counts = {
        "type": "scatter",
        "x": [most] * len(shown),
        "y": labels,
        "mode": "text",
        "text": [f"\u00a0{row.n_lowest:,} แห่ง" for row in shown],
        "textposition": "middle right",
        "cliponaxis": False,
        "hoverinfo": "skip",
    }
    colors = [base.PRIMARY if row.part == chosen else base.QUIET for row in shown]
    return base.figure(
        36 + 40 * len(shown),
        [
            {**bar, "x": [most] * len(shown), "marker": {"color": base.EMPTY}},
            {**bar, "x": [row.n_lowest for row in shown], "marker": {"color": colors}},
            counts,
        ],
        xaxis={"range": [0, most], "visible": False},
        yaxis={"autorange": "reversed", "showgrid": False},
        barmode="overlay",
        showlegend=False,
        margin={"l": 8, "r": 88, "t": 28, "b": 4},
    )
