"""The published national figures: mean and share of bodies at or above the pass mark."""

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import base


def chart(series: pd.DataFrame, breaks: pd.DataFrame) -> go.Figure:
    """Two lines by year on one 0–100 axis, each named at its end, with the targets as open diamonds.

    `series` has fiscal_year, mean_overall (points), share_passed and target_share (percent); `breaks` is as
    for `base.joined_runs`.
    """
    picture = base.figure(330)
    categories = base.year_axis(picture, series["fiscal_year"])
    lines = (
        ("mean_overall", "คะแนนเฉลี่ย", base.PRIMARY, ""),
        ("share_passed", "ร้อยละที่ผ่านเกณฑ์", base.CONTRAST, "%"),
    )
    for column, name, color, unit in lines:
        known = series[series[column].notna()]
        for run in base.joined_runs(known["fiscal_year"], breaks):
            rows = known[known["fiscal_year"].isin(run)]
            picture.add_scatter(
                x=rows["fiscal_year"].astype(str),
                y=rows[column],
                mode="lines+markers+text",
                name=name,
                legendgroup=column,
                showlegend=bool(run[0] == known["fiscal_year"].min()),
                line={"color": color, "width": 2.5, "dash": "solid" if column == "mean_overall" else "dot"},
                marker={"size": 8, "symbol": "circle" if column == "mean_overall" else "square"},
                text=[f"{value:.2f}{unit}" for value in rows[column]],
                textposition="top center" if column == "mean_overall" else "bottom center",
                textfont={"size": 12, "color": color},
                hovertemplate="ปี %{x} " + name + " %{y:.2f}" + unit + "<extra></extra>",
            )
    targets = series[series["target_share"].notna()]
    picture.add_scatter(
        x=targets["fiscal_year"].astype(str),
        y=targets["target_share"],
        mode="markers",
        name="เป้าหมายร้อยละที่ผ่าน",
        marker={"symbol": "diamond-open", "size": 11, "color": base.INK},
        hovertemplate="ปี %{x} เป้าหมาย %{y:.0f}%<extra></extra>",
    )
    base.draw_breaks(picture, categories, breaks)
    picture.update_yaxes(range=[0, 112], tickvals=[0, 20, 40, 60, 80, 100])
    return picture
