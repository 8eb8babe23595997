"""What moved a score from one year to the next: bars that add up to the change of the whole."""

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import base

# kind of a bar → colour, outline, pattern; where a bar goes tells a loss from a gain as well as its colour
LOOKS: Mapping[str, tuple[str, str, str]] = {
    "up": (base.PRIMARY, base.PRIMARY, ""),
    "down": (base.CONTRAST, base.CONTRAST, ""),
    "small": (base.PAPER, base.QUIET, ""),
    "rest": (base.EMPTY, base.MUTED, "/"),
    "total": (base.INK, base.INK, ""),
}


def label(lines: list[str]) -> str:
    """The lines of a row's label as Plotly shows them."""
    return "<br>".join(map(base.plain, lines))


def marker(kinds: pd.Series) -> dict[str, object]:
    """The look of bars by their kind, a key of LOOKS."""
    fills, outlines, patterns = zip(*(LOOKS[kind] for kind in kinds), strict=True)
    return {
        "color": list(fills),
        "line": {"color": list(outlines), "width": 1.5},
        "pattern": {"shape": list(patterns), "fgcolor": base.MUTED, "size": 6},
    }


def height(labels: pd.Series) -> int:
    """Room in pixels for rows with these labels (lines)."""
    return 74 + sum(16 + 18 * max(len(lines), 1) for lines in labels)


def padded(values: list[float]) -> list[float]:
    """A range of the axis that holds the values with room for the figures beside the bars."""
    low, high = min([0.0, *values]), max([0.0, *values])
    room = 0.22 * max(high - low, 0.1)
    return [low - (1.4 * room if low < 0 else 0.02 * room), high + room]


def chart(rows: pd.DataFrame) -> go.Figure:
    """One row per part in the given order, each bar beginning where the one above ended, the total last.

    `rows` has label (lines), points (of the whole), words (as printed), kind (a key of LOOKS) and number (its
    code).
    """
    labels = [label(lines) for lines in rows["label"]]
    is_total = rows["kind"] == "total"
    ends = rows["points"].where(~is_total, 0.0).cumsum()
    starts = (ends - rows["points"]).where(~is_total, 0.0)
    ends = ends.where(~is_total, rows["points"])
    joints = [
        place
        for at in range(len(rows) - 1)
        for place in ((ends.iloc[at], labels[at]), (ends.iloc[at], labels[at + 1]), (None, None))
    ]
    return base.figure(
        height(rows["label"]),
        [
            {
                "type": "scatter",
                "x": [x for x, _ in joints],
                "y": [y for _, y in joints],
                "mode": "lines",
                "line": {"color": base.QUIET, "width": 1},
                "hoverinfo": "skip",
            },
            {
                "type": "bar",
                "orientation": "h",
                "y": labels,
                "x": list(rows["points"]),
                "base": list(starts),
                "marker": marker(rows["kind"]),
                "text": list(rows["words"]),
                "textposition": "outside",
                "cliponaxis": False,
                "customdata": [[row.words, row.number] for row in rows.itertuples()],
                "hovertemplate": "%{y}<br>%{customdata[0]} คะแนน<extra></extra>",
            },
        ],
        xaxis={
            "title": {"text": "คะแนนรวมที่เปลี่ยน (สะสม)", "font": {"size": 13}},
            "range": padded([*ends, *starts]),
            "nticks": 6,
            "zeroline": True,
            "zerolinecolor": base.INK,
        },
        yaxis={"autorange": "reversed", "showgrid": False},
        showlegend=False,
    )
