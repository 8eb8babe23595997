"""How the bodies of a group spread over the grades, year by year."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import base

UNDECIDED = "#B9C6CE"


def chart(grades: pd.DataFrame, breaks: pd.DataFrame) -> go.Figure:
    """One bar per year, the latest on top, one segment per grade in the colours of that year's scale.

    `grades` has fiscal_year, grade_th, position (1 is best), scale_from (first year of its scale), color
    (missing where the level is undecided), n and share (percent); `breaks` has fiscal_year and reason_th. The
    two scales share no colour, so a letter is not taken for a level. Bars lie flat because the levels' Thai
    names are long.
    """
    # the older scale first, best level first, the undecided last; legend and segments keep this order
    levels: dict[tuple[str, str], list[Any]] = {}
    for row in grades.sort_values(["scale_from", "position"], na_position="last").itertuples():
        color = UNDECIDED if pd.isna(row.color) else row.color
        levels.setdefault((color, row.grade_th), []).append(row)
    _, categories = base.year_axis(grades["fiscal_year"])
    return base.figure(
        140 + 38 * len(categories),
        [_segments(color, base.plain(grade), level) for (color, grade), level in levels.items()],
        xaxis={"range": [0, 100], "ticksuffix": "%", "showgrid": False},
        yaxis={"type": "category", "categoryorder": "array", "categoryarray": categories},
        shapes=base.break_lines(categories, breaks, axis="y"),
        barmode="stack",
        bargap=0.18,
        # a segment too narrow for its name is told by the legend
        uniformtext={"minsize": 11, "mode": "hide"},
        legend={
            "y": -0.12,
            "yanchor": "top",
            "font": {"size": 12},
            "itemclick": False,
            "itemdoubleclick": False,
            "traceorder": "normal",
        },
        margin={"l": 8, "r": 16, "t": 8, "b": 8},
    )


def _segments(color: str, name: str, years: list[Any]) -> dict[str, Any]:
    """The segments of one grade, one per year that has it."""
    return {
        "type": "bar",
        "orientation": "h",
        "y": [str(row.fiscal_year) for row in years],
        "x": [row.share for row in years],
        "name": name,
        "marker": {"color": color, "line": {"color": base.PAPER, "width": 1.5}},
        "text": [f"{name} {row.n:,}" for row in years],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "textfont": {"size": 13, "color": base.INK if color == UNDECIDED else base.PAPER},
        "customdata": [row.n for row in years],
        "hovertemplate": "ปี %{y} " + name + ": %{customdata:,} แห่ง (%{x:.1f}%)<extra></extra>",
    }
