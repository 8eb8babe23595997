"""How many findings each check has."""

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import base


def chart(checks: pd.DataFrame) -> go.Figure:
    """One flat bar per check in the order given, the first on top, each under its name.

    `checks` has title_th, severity_th and n. The severity stands in the label, not in a colour.
    """
    titles, counts = [base.plain(title) for title in checks["title_th"]], checks["n"].tolist()
    bars = {
        "type": "bar",
        "orientation": "h",
        "y": list(range(len(checks))),
        "x": counts,
        "width": 0.36,
        "text": [f"{n:,}" for n in counts],
        "textposition": "outside",
        "cliponaxis": False,
        "marker": {"color": base.PRIMARY},
        "customdata": titles,
        "hovertemplate": "%{customdata}<br>%{x:,} ข้อ<extra></extra>",
    }
    # Above its bar a long name fits a narrow screen too.
    names = [
        {
            "x": 0,
            "y": at - 0.2,
            "text": f"{title}  <b>[{severity}]</b>",
            "showarrow": False,
            "xanchor": "left",
            "yanchor": "bottom",
            "xshift": -2,
        }
        for at, (title, severity) in enumerate(zip(titles, checks["severity_th"], strict=True))
    ]
    return base.figure(
        24 + 54 * len(checks),
        [bars],
        xaxis={"range": [0, max(counts) * 1.12], "visible": False},
        yaxis={"visible": False, "range": [len(checks) - 0.7, -0.75]},
        annotations=names,
        margin={"l": 4, "r": 24, "t": 4, "b": 4},
    )
