"""The way from a body's overall upwards, one document at a time."""

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from dashboard import text
from dashboard.charts import base

ROW = 30


def chart(steps: pd.DataFrame, floors: Mapping[float, str]) -> go.Figure:
    """One lying bar per document from the overall before it to the overall after it, in order from the top.

    `steps` has part, name_th, rank, before and after (points); `floors` the levels by their least overall.
    Bars of equal gain share a colour, for their order is free; the next gain has the other one.
    """
    low, high = float(steps["before"].iloc[0]), float(steps["after"].iloc[-1])
    ranks = list(dict.fromkeys(steps["rank"]))
    labels = [f"{base.plain(part)} " for part in steps["part"]]
    passed = {
        floor: name for floor, name in floors.items() if low < floor <= max(high, _next(floors, low)) + 1e-9
    }
    right = max([high, *passed])
    room = max(right - low, 1.0)
    bars = {
        "type": "bar",
        "orientation": "h",
        "y": labels,
        "base": list(steps["before"]),
        "x": list(steps["after"] - steps["before"]),
        "marker": {
            "color": [base.PRIMARY if ranks.index(one) % 2 == 0 else base.SERIES[2] for one in steps["rank"]]
        },
        "text": [
            f"+{text.points(row.after - row.before)} → {text.points(row.after)}" for row in steps.itertuples()
        ],
        "textposition": "none",
        "customdata": [[base.plain(row.name_th)] for row in steps.itertuples()],
        "hovertemplate": "%{customdata[0]}<br>%{text}<extra></extra>",
        "showlegend": False,
    }
    # in a column of their own, so that no line crosses them
    totals = {
        "type": "scatter",
        "mode": "text",
        "y": labels,
        "x": [right + 0.02 * room] * len(steps),
        "text": [text.points(value) for value in steps["after"]],
        "textposition": "middle right",
        "textfont": {"size": 13, "color": base.INK},
        "cliponaxis": False,
        "hoverinfo": "skip",
        "showlegend": False,
    }
    return base.figure(
        76 + ROW * len(steps),
        [bars, totals],
        xaxis={
            "range": [low - 0.03 * room, right + 0.26 * room],
            "showgrid": False,
            "title": {"text": "คะแนนรวม", "font": {"size": 13}},
        },
        yaxis={"type": "category", "autorange": "reversed", "showgrid": False},
        shapes=[
            base.line_across(floor, "x", {"dash": "dash", "color": base.INK, "width": 1.5})
            for floor in passed
        ],
        annotations=[
            {
                "text": base.plain(f"{name} {floor:g}"),
                "x": floor,
                "xref": "x",
                "y": 1,
                "yref": "y domain",
                "yanchor": "bottom",
                "xanchor": "center",
                "showarrow": False,
                "font": {"size": 12, "color": base.INK},
            }
            for floor, name in passed.items()
        ],
    )


def _next(floors: Mapping[float, str], low: float) -> float:
    """The nearest floor above the start, shown even where the road ends below it."""
    return min((floor for floor in floors if floor > low), default=low)
