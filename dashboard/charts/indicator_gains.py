"""How many points of the overall every indicator of a body could still bring."""

import pandas as pd
import plotly.graph_objects as go

from dashboard import text
from dashboard.charts import base

BY = {True: ("ด้วยเอกสาร", base.PRIMARY), False: ("ด้วยการรับรู้ของผู้ตอบ", base.QUIET)}


def chart(indicators: pd.DataFrame) -> go.Figure:
    """One lying bar per indicator, the most on top.

    `indicators` has label (its lines), points (of the overall) and by_documents.
    """
    rows = indicators.sort_values("points", ascending=False, kind="stable")
    labels = ["<br>".join(map(base.plain, lines)) + " " for lines in rows["label"]]
    most = max(float(rows["points"].max()), 0.01)
    traces = []
    for by, (name, color) in BY.items():
        own = rows["by_documents"] == by
        if own.any():
            mine = rows[own]
            traces.append(
                {
                    "type": "bar",
                    "orientation": "h",
                    "name": name,
                    "y": [label for label, one in zip(labels, own, strict=True) if one],
                    "x": list(mine["points"]),
                    "marker": {"color": color},
                    "text": [text.points(value) for value in mine["points"]],
                    "textposition": "outside",
                    "cliponaxis": False,
                    "hovertemplate": "%{y}: เพิ่มคะแนนรวมได้อีก %{text}<extra></extra>",
                }
            )
    return base.figure(
        96 + 38 * len(rows),
        traces,
        xaxis={"range": [0, most * 1.18], "title": {"text": "เพิ่มคะแนนรวมได้อีก (คะแนน)", "font": {"size": 13}}},
        yaxis={
            "type": "category",
            "categoryorder": "array",
            "categoryarray": labels[::-1],
            "showgrid": False,
        },
    )
