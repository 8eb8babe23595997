"""On which items how many bodies of a group have no point at all."""

from itertools import accumulate

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import base


def chart(rows: pd.DataFrame, chosen: str | None) -> go.Figure:
    """One flat bar per row, in the order of the tree: a part above the items in bold, then its items.

    `rows` has part, label (its lines), is_parent, n, n_zero and share_zero (percent; missing where nobody is
    known). Behind each bar lies a pale track over 100 %, so that a bar of length zero can be clicked too.
    A point's customdata starts with the part's code.
    """
    # Rows are as high as their labels: a numeric axis, since categories are all of one height.
    items = list(rows.itertuples())
    heights = [14 + 17 * len(row.label) for row in items]
    ends = list(accumulate(heights))
    middles = [end - height / 2 for end, height in zip(ends, heights, strict=True)]
    labels = [label(row, chosen) for row in items]
    bar = {
        "type": "bar",
        "orientation": "h",
        "y": middles,
        "width": [18 if not row.is_parent else 10 for row in items],
        "customdata": [[row.part, row.n_zero, row.n] for row in items],
        "text": labels,
        "textposition": "none",
        "hovertemplate": "%{text}<br>ได้ 0 คะแนน %{customdata[1]:,} จาก %{customdata[2]:,} แห่ง<extra></extra>",
    }
    colors = [
        base.PRIMARY if row.part == chosen else base.MUTED if row.is_parent else base.QUIET for row in items
    ]
    shares = {
        "type": "scatter",
        "x": [100] * len(items),
        "y": middles,
        "mode": "text",
        "text": [
            "–" if pd.isna(row.share_zero) else f"\u00a0{row.n_zero:,}{of(row.n)} ({percent(row.share_zero)})"
            for row in items
        ],
        "textposition": "middle right",
        "textfont": {"size": 12},
        "cliponaxis": False,
        "hoverinfo": "skip",
    }
    return base.figure(
        40 + sum(heights),
        [
            {**bar, "x": [100] * len(items), "marker": {"color": base.EMPTY}},
            {**bar, "x": rows["share_zero"].to_numpy(dtype=float), "marker": {"color": colors}},
            shares,
        ],
        xaxis={
            "range": [0, 100],
            "tickvals": [0, 50, 100],
            "ticktext": ["0%", "50%", "100%"],
            "side": "top",
            "tickfont": {"size": 12},
        },
        yaxis={
            "tickvals": middles,
            "ticktext": labels,
            "range": [ends[-1] + 4, -4],
            "showgrid": False,
            "tickfont": {"size": 12},
        },
        barmode="overlay",
        showlegend=False,
        margin={"l": 8, "r": 104, "t": 36, "b": 4},
    )


def of(n: int) -> str:
    """Of how many, beside a bar; thousands are left to the hover, for a phone lacks the room."""
    return f" จาก {n:,}" if n < 1000 else ""


def percent(share: float) -> str:
    """A share as whole percent; some is never nothing, nor all but some all."""
    if 0 < share < 1:
        return "&lt;1%"
    return "&gt;99%" if 99 < share < 100 else f"{share:.0f}%"


def label(row: object, chosen: str | None) -> str:
    """The lines of a row's label; bold above the items, with an arrow where chosen."""
    words = "<br>".join(map(base.plain, row.label))
    words = f"<b>{words}</b>" if row.is_parent else words
    return f"▶ {words}" if row.part == chosen else words
