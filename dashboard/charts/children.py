"""The children of one part of a body's result, side by side."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard import text
from dashboard.charts import base

LONGEST_NAME = 26
ROW = 40
VALUES_AT = 103
RECOMPUTED = "คำนวณซ้ำได้ (ต่างจากที่เผยแพร่)"


def chart(children: pd.DataFrame, pass_mark: float | None) -> go.Figure:
    """One lying bar per child in the order of the tree, its value in a column at the right, the pass mark.

    `children` has part, name_th, value (missing where unknown), basis, recomputed and differs (from the value
    by more than rounding explains), value_public, value_survey, below (the pass mark) and is_current.
    Published bars are filled, recomputed ones open; a point's customdata starts with the part's code.
    """
    labels = _labels(children)
    rows = list(children.itertuples())
    known = [row for row in rows if pd.notna(row.value)]
    marks = [
        *_marks(rows, labels, "value_public", text.RESPONDENTS["public"], "triangle-up"),
        *_marks(rows, labels, "value_survey", text.RESPONDENTS["survey"], "triangle-down"),
        *_marks([row for row in rows if row.differs], labels, "recomputed", RECOMPUTED, "diamond"),
    ]
    values = {
        "type": "scatter",
        "y": [labels[row.part] for row in rows],
        "x": [VALUES_AT] * len(rows),
        "mode": "text",
        "text": [_value(row.value, row.basis, row.recomputed, row.differs) for row in rows],
        "textposition": "middle right",
        "textfont": {"size": 14, "color": base.INK},
        "cliponaxis": False,
        "customdata": [[row.part] for row in rows],
        "hoverinfo": "skip",
        "showlegend": False,
    }
    top = 64 if marks else 32
    lines, name_of_line = base.pass_line(pass_mark, axis="x")
    return base.figure(
        top + 36 + ROW * len(rows),
        [_bars(known, labels), *marks, values],
        xaxis={
            "range": [0, 148 if any(row.differs for row in rows) else 124],
            "tickvals": [0, 20, 40, 60, 80, 100],
            "showline": False,
        },
        yaxis={
            "type": "category",
            "categoryorder": "array",
            "categoryarray": list(labels.values())[::-1],
            "showgrid": False,
            "range": [-0.5, len(labels) - 0.5],
        },
        shapes=lines,
        annotations=name_of_line,
        barmode="overlay",
        margin={"t": top},
        legend={"y": 1.0, "yref": "container", "yanchor": "top"},
    )


def _labels(children: pd.DataFrame) -> dict[str, str]:
    """Codes with names where every name is short enough, else the codes alone; the current part in bold."""
    named = (children["name_th"].str.len() <= LONGEST_NAME).all()
    labels = {}
    for row in children.itertuples():
        words = base.plain(f"{row.part} {row.name_th}" if named else row.part)
        labels[row.part] = f"<b>{words}</b> " if row.is_current else f"{words} "
    return labels


def _value(value: float, basis: str, recomputed: float, differs: bool) -> str:
    """The value as the user reads it: a star where recomputed, both where they disagree."""
    star = "*" if basis == "recomputed" else ""
    return f"<b>{text.points(value)}{star}</b>" + (f" ≠ {text.points(recomputed)}" if differs else "")


def _bars(rows: Sequence[Any], labels: Mapping[str, str]) -> dict[str, Any]:
    """The bars: orange below the pass mark, filled where published and open where recomputed."""
    colors = [base.CONTRAST if row.below else base.PRIMARY for row in rows]
    return {
        "type": "bar",
        "orientation": "h",
        "y": [labels[row.part] for row in rows],
        "x": [row.value for row in rows],
        "width": 0.62,
        "showlegend": False,
        "marker": {
            "color": [
                base.PAPER if row.basis == "recomputed" else color
                for row, color in zip(rows, colors, strict=True)
            ],
            "line": {"color": colors, "width": 2},
        },
        "customdata": [[row.part] for row in rows],
        "text": [text.points(row.value) for row in rows],
        "textposition": "none",
        "hovertemplate": "%{y}: %{text}<extra></extra>",
    }


def _marks(
    rows: Sequence[Any], labels: Mapping[str, str], column: str, name: str, symbol: str
) -> list[dict[str, Any]]:
    """Open marks of another value of the same parts, where there is one."""
    known = [(row.part, value) for row in rows if pd.notna(value := getattr(row, column))]
    if not known:
        return []
    return [
        {
            "type": "scatter",
            "y": [labels[part] for part, _ in known],
            "x": [value for _, value in known],
            "mode": "markers",
            "name": name,
            "marker": {
                "symbol": symbol,
                "size": 11,
                "color": base.PAPER,
                "line": {"color": base.INK, "width": 2},
            },
            "customdata": [[part] for part, _ in known],
            "text": [text.points(value) for _, value in known],
            "hovertemplate": "%{customdata[0]} " + name + " %{text}<extra></extra>",
        }
    ]
