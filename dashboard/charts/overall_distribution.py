"""How the overalls of a group spread, with the pass mark."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard import text
from dashboard.charts import base, stretch

MOST_DOTS = 60


def chart(
    bins: pd.DataFrame, bodies: pd.DataFrame, pass_mark: float | None, *, stretched: bool = False
) -> go.Figure:
    """Bars of bodies per one-point bin; few bodies also as named dots.

    `bins` has bin_from (points) and n; `bodies` has label_th, overall and number (its code), and is drawn
    only up to `MOST_DOTS` rows.
    """
    starts, counts = bins["bin_from"].tolist(), bins["n"].tolist()
    passed = pass_mark if pass_mark is not None else 101.0
    edges = [(stretch.place(start, stretched), stretch.place(start + 1, stretched)) for start in starts]
    bars = {
        "type": "bar",
        "x": [(low + high) / 2 for low, high in edges],
        "y": counts,
        "width": [0.94 * (high - low) for low, high in edges],
        "marker": {"color": [base.PRIMARY if start >= passed else base.CONTRAST for start in starts]},
        "customdata": [[start, start + 1] for start in starts],
        "hovertemplate": "%{customdata[0]} ถึง %{customdata[1]} คะแนน: %{y:,} แห่ง<extra></extra>",
    }
    # below the zero lie the dots, which count nothing
    drawn = 0 < len(bodies) <= MOST_DOTS
    most = max(counts, default=1)
    traces = [bars, _dots(bodies, -0.16 * max(most, 1), stretched)] if drawn else [bars]
    low = min(*starts, passed) if starts else 0
    mark = None if pass_mark is None else stretch.place(pass_mark, stretched)
    lines, name_of_line = base.pass_line(pass_mark, axis="x", at=mark)
    return base.figure(
        330,
        traces,
        xaxis={**stretch.axis(max(0, low - 3), stretched, room=4), "title": {"text": "คะแนนรวม"}},
        yaxis=base.count_axis(int(most), below=0.3 if drawn else 0.0),
        shapes=lines,
        annotations=name_of_line,
        showlegend=False,
    )


def _dots(bodies: pd.DataFrame, y: float, stretched: bool) -> dict[str, Any]:
    """The bodies, in a row at `y`."""
    return {
        "type": "scatter",
        "x": [stretch.place(value, stretched) for value in bodies["overall"]],
        "y": [y] * len(bodies),
        "mode": "markers",
        "marker": {
            "size": 12,
            "color": base.INK,
            "opacity": 0.75,
            "line": {"color": base.PAPER, "width": 1},
        },
        "text": [base.plain(label) for label in bodies["label_th"]],
        "customdata": [
            [text.points(value), number]
            for value, number in zip(bodies["overall"], bodies["number"], strict=True)
        ],
        "hovertemplate": "%{text}<br>%{customdata[0]}<extra></extra>",
    }
