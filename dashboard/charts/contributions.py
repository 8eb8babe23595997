"""What each part brought to a group's change, bars from zero, with those of one body below them."""

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import base
from dashboard.charts.cascade import height, label, marker, padded


def chart(rows: pd.DataFrame, body: str = "") -> go.Figure:
    """One flat bar per part in the given order.

    `rows` has label (lines), points (of the whole), words (as printed) and kind (a key of cascade.LOOKS);
    with the name of a `body` also body_points (missing where unknown), body_words and number.
    """
    labels = [label(lines) for lines in rows["label"]]
    traces: list[dict[str, object]] = [
        {
            "type": "bar",
            "orientation": "h",
            "name": "เฉลี่ยของกลุ่ม",
            "y": labels,
            "x": list(rows["points"]),
            "marker": marker(rows["kind"]),
            "text": list(rows["words"]),
            "textposition": "outside",
            "cliponaxis": False,
            "hovertemplate": "%{y}<br>เฉลี่ย %{text} คะแนน<extra></extra>",
            "showlegend": False,
        }
    ]
    known = list(rows["points"])
    if body:
        own = rows[rows["body_points"].notna()]
        known += list(own["body_points"])
        traces.append(
            {
                "type": "bar",
                "orientation": "h",
                "name": base.plain(body),
                "y": [label(lines) for lines in own["label"]],
                "x": list(own["body_points"]),
                "marker": {"color": base.SERIES[2], "line": {"color": base.SERIES[2], "width": 1.5}},
                "text": list(own["body_words"]),
                "textposition": "outside",
                "cliponaxis": False,
                "customdata": [[row.body_words, row.number] for row in own.itertuples()],
                "hovertemplate": "%{y}<br>%{customdata[0]} คะแนน<extra></extra>",
                "showlegend": True,
            }
        )
    return base.figure(
        height(rows["label"]) + ((24 + 18 * len(rows)) if body else 0),
        traces,
        xaxis={
            "title": {"text": "คะแนนรวมที่เปลี่ยน", "font": {"size": 13}},
            "range": padded(known),
            "nticks": 6,
            "zeroline": True,
            "zerolinecolor": base.INK,
        },
        yaxis={"autorange": "reversed", "showgrid": False},
    )
