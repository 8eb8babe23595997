"""The children of one part of a body's result, side by side."""

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
    picture = base.figure(ROW, barmode="overlay")
    labels = _labels(children)
    rows = children.assign(label=[labels[part] for part in children["part"]])
    _bars(picture, rows[rows["value"].notna()])
    _marks(picture, rows, "value_public", text.RESPONDENTS["public"], "triangle-up")
    _marks(picture, rows, "value_survey", text.RESPONDENTS["survey"], "triangle-down")
    _marks(picture, rows[rows["differs"]], "recomputed", RECOMPUTED, "diamond")
    picture.add_scatter(
        y=rows["label"],
        x=[VALUES_AT] * len(rows),
        mode="text",
        text=[_value(row.value, row.basis, row.recomputed, row.differs) for row in rows.itertuples()],
        textposition="middle right",
        textfont={"size": 14, "color": base.INK},
        cliponaxis=False,
        customdata=rows[["part"]],
        hoverinfo="skip",
        showlegend=False,
    )
    base.draw_pass_mark(picture, pass_mark, axis="x")
    picture.update_yaxes(
        type="category",
        categoryorder="array",
        categoryarray=list(labels.values())[::-1],
        showgrid=False,
        range=[-0.5, len(labels) - 0.5],
    )
    picture.update_xaxes(
        range=[0, 148 if rows["differs"].any() else 124], tickvals=[0, 20, 40, 60, 80, 100], showline=False
    )
    top = 64 if any(trace.name for trace in picture.data) else 32
    picture.update_layout(
        height=top + 36 + ROW * len(children),
        margin={"t": top},
        legend={"y": 1.0, "yref": "container", "yanchor": "top"},
    )
    return picture


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


def _bars(picture: go.Figure, rows: pd.DataFrame) -> None:
    """The bars: orange below the pass mark, filled where published and open where recomputed."""
    colors = [base.CONTRAST if below else base.PRIMARY for below in rows["below"]]
    open_ones = rows["basis"] == "recomputed"
    picture.add_bar(
        orientation="h",
        y=rows["label"],
        x=rows["value"],
        width=0.62,
        showlegend=False,
        marker={
            "color": [
                base.PAPER if is_open else color for color, is_open in zip(colors, open_ones, strict=True)
            ],
            "line": {"color": colors, "width": 2},
        },
        customdata=rows[["part"]],
        text=[text.points(value) for value in rows["value"]],
        textposition="none",
        hovertemplate="%{y}: %{text}<extra></extra>",
    )


def _marks(picture: go.Figure, rows: pd.DataFrame, column: str, name: str, symbol: str) -> None:
    """Open marks of another value of the same parts, where there is one."""
    known = rows[rows[column].notna()]
    if len(known):
        picture.add_scatter(
            y=known["label"],
            x=known[column],
            mode="markers",
            name=name,
            marker={
                "symbol": symbol,
                "size": 11,
                "color": base.PAPER,
                "line": {"color": base.INK, "width": 2},
            },
            customdata=known[["part"]],
            text=[text.points(value) for value in known[column]],
            hovertemplate="%{customdata[0]} " + name + " %{text}<extra></extra>",
        )
