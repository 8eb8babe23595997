"""How indicators a measure aims at changed, beside those without one."""

import pandas as pd
import plotly.graph_objects as go

from dashboard import text
from dashboard.charts import base

BARS = {True: ("มีมาตรการมุ่งแก้", base.PRIMARY), False: ("ไม่มีมาตรการ", base.QUIET)}


def chart(rows: pd.DataFrame) -> go.Figure:
    """Two bars per start, with and without a measure.

    `rows` has start (its words), is_addressed, mean_change (points) and n.
    """
    most = max(float(rows["mean_change"].abs().max()), 0.5)
    traces = []
    for aimed, (name, color) in BARS.items():
        own = rows[rows["is_addressed"] == aimed]
        if len(own):
            traces.append(
                {
                    "type": "bar",
                    "name": name,
                    "x": [base.plain(one) for one in own["start"]],
                    "y": list(own["mean_change"]),
                    "marker": {"color": color},
                    "text": [f"{text.change(row.mean_change)}<br>n = {row.n:,}" for row in own.itertuples()],
                    "textposition": "outside",
                    "cliponaxis": False,
                    "hovertemplate": "%{x}<br>" + name + " %{text}<extra></extra>",
                }
            )
    low = min(0.0, float(rows["mean_change"].min()))
    return base.figure(
        320,
        traces,
        xaxis={"type": "category"},
        yaxis={
            "title": {"text": "เปลี่ยนเฉลี่ย (คะแนน)", "font": {"size": 13}},
            "range": [low - (0.35 * most if low < 0 else 0.05 * most), most * 1.35],
            "zeroline": True,
            "zerolinecolor": base.MUTED,
        },
        barmode="group",
    )
