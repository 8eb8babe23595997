"""How many bodies moved by how much between two years."""

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import base


def chart(bins: pd.DataFrame, width: int, bodies: pd.DataFrame) -> go.Figure:
    """Bars of bodies per step of `width` points, losses and gains in two colours; followed bodies as dots.

    `bins` has bin_from (points) and n; `bodies` has label (lines), words_change, change and number_to (its
    code).
    """
    starts, counts = bins["bin_from"].tolist(), bins["n"].tolist()
    top = max(*counts, 1)
    bars = {
        "type": "bar",
        "x": [start + width / 2 for start in starts],
        "y": counts,
        "width": 0.94 * width,
        "marker": {"color": [base.PRIMARY if start >= 0 else base.CONTRAST for start in starts]},
        "customdata": [[f"{start:+d}", f"{start + width:+d}"] for start in starts],
        "hovertemplate": "%{customdata[0]} ถึง %{customdata[1]} คะแนน: %{y:,} แห่ง<extra></extra>",
    }
    dots = {
        "type": "scatter",
        "x": bodies["change"].tolist(),
        "y": [-0.1 * top] * len(bodies),
        "mode": "markers",
        "marker": {"size": 12, "color": base.INK, "line": {"color": base.PAPER, "width": 1}},
        "customdata": [
            [" ".join(map(base.plain, label)), words, number]
            for label, words, number in zip(
                bodies["label"], bodies["words_change"], bodies["number_to"], strict=True
            )
        ],
        "hovertemplate": "%{customdata[0]}<br>%{customdata[1]}<extra></extra>",
    }
    return base.figure(
        360,
        [bars, dots] if len(bodies) else [bars],
        xaxis={"title": {"text": "การเปลี่ยนแปลง (คะแนน)"}, "tickformat": "+d"},
        yaxis=base.count_axis(int(top), below=0.2 if len(bodies) else 0.0),
        shapes=[base.line_across(0, "x", {"color": base.INK, "width": 1.5})],
        showlegend=False,
    )
