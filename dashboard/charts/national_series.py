"""The published national figures: mean and share of bodies at or above the pass mark."""

import pandas as pd
import plotly.graph_objects as go

from dashboard import text
from dashboard.charts import base

# Of each line: column, name, colour, unit, dash, symbol, the side its numbers stand on.
LINES = (
    ("mean_overall", "คะแนนเฉลี่ย", base.PRIMARY, "", "solid", "circle", "top"),
    ("share_passed", "ร้อยละที่ผ่านเกณฑ์", base.CONTRAST, "%", "dot", "square", "bottom"),
)


def chart(series: pd.DataFrame, breaks: pd.DataFrame) -> go.Figure:
    """Two lines by year on one 0–100 axis, each named at its end, with the targets as open diamonds.

    `series` has fiscal_year, mean_overall (points), share_passed and target_share (percent); `breaks` is as
    for `base.joined_runs`.
    """
    years = list(series.itertuples())
    xaxis, categories = base.year_axis(series["fiscal_year"])
    traces = []
    for column, name, color, unit, dash, symbol, side in LINES:
        known = {row.fiscal_year: value for row in years if pd.notna(value := getattr(row, column))}
        runs = base.joined_runs(known, breaks)
        for run in runs:
            values = [known[year] for year in run]
            traces.append(
                {
                    "type": "scatter",
                    "x": [str(year) for year in run],
                    "y": values,
                    "mode": "lines+markers+text",
                    "name": name,
                    "legendgroup": column,
                    "showlegend": run == runs[0],
                    "line": {"color": color, "width": 2.5, "dash": dash},
                    "marker": {"size": 8, "symbol": symbol},
                    "text": [f"{text.points(value)}{unit}" for value in values],
                    "textposition": f"{side} center",
                    "textfont": {"size": 12, "color": color},
                    "hovertemplate": "ปี %{x} " + name + " %{text}<extra></extra>",
                }
            )
    targets = [row for row in years if pd.notna(row.target_share)]
    traces.append(
        {
            "type": "scatter",
            "x": [str(row.fiscal_year) for row in targets],
            "y": [row.target_share for row in targets],
            "mode": "markers",
            "name": "เป้าหมายร้อยละที่ผ่าน",
            "marker": {"symbol": "diamond-open", "size": 11, "color": base.INK},
            "hovertemplate": "ปี %{x} เป้าหมาย %{y:.0f}%<extra></extra>",
        }
    )
    return base.figure(
        330,
        traces,
        xaxis=xaxis,
        yaxis={"range": [0, 112], "tickvals": [0, 20, 40, 60, 80, 100]},
        shapes=base.break_lines(categories, breaks),
    )
