"""Where a body stands among the bodies of its group, from the lowest to the highest."""

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import base
from ita_data.position import QUINTILES

FIFTHS = ("#F1F4F6", "#E4EAEE", "#D5DEE4", "#C3D0D8", "#AFC1CC")
ROW = 46


def chart(rows: pd.DataFrame) -> go.Figure:
    """One row per aspect: the body's dot on the scale of percentile ranks, above five bands for the fifths.

    `rows` has label, percentile (0-100) and told, the words beside the dot.
    """
    width = 100 / QUINTILES
    bands = [
        {
            "type": "rect",
            "layer": "below",
            "x0": width * fifth,
            "x1": width * (fifth + 1),
            "yref": "y domain",
            "y0": 0,
            "y1": 1,
            "fillcolor": colour,
            "line": {"width": 0},
        }
        for fifth, colour in enumerate(FIFTHS)
    ]
    heads = [
        {
            "x": width * (fifth + 0.5),
            "y": 1,
            "yref": "y domain",
            "yanchor": "bottom",
            "text": words,
            "showarrow": False,
            "font": {"size": 12, "color": base.MUTED},
        }
        for fifth, words in ((0, "หนึ่งในห้าล่างสุด"), (QUINTILES - 1, "หนึ่งในห้าบนสุด"))
    ]
    labels = [base.plain(label) + " " for label in rows["label"]]
    return base.figure(
        96 + ROW * len(rows),
        [
            {
                "type": "scatter",
                "x": list(rows["percentile"]),
                "y": labels,
                "mode": "markers+text",
                "text": [f"<b>{base.plain(told)}</b>" for told in rows["told"]],
                "textposition": ["middle left" if at > 70 else "middle right" for at in rows["percentile"]],
                "marker": {"size": 14, "color": base.PRIMARY},
                "hoverinfo": "skip",
                "cliponaxis": False,
            }
        ],
        xaxis={
            "range": [0, 100],
            "tickvals": [0, 20, 40, 50, 60, 80, 100],
            "title": {"text": "เปอร์เซ็นไทล์ในกลุ่ม (50 คือกลางกลุ่ม)", "standoff": 8},
            "showgrid": False,
        },
        yaxis={
            "type": "category",
            "categoryorder": "array",
            "categoryarray": labels[::-1],
            "range": [-0.5, len(labels) - 0.5],
            "showgrid": False,
        },
        shapes=[*bands, base.line_across(50, "x", {"dash": "dot", "color": base.MUTED, "width": 1.5})],
        annotations=heads,
        showlegend=False,
        margin={"t": 32, "r": 24},
    )
