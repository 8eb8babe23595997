"""Where a body stands inside the range of its comparison group, part by part."""

import pandas as pd
import plotly.graph_objects as go

from dashboard import text
from dashboard.charts import base

RANGE = "#E4EAEE"
ROW = 36
END = 104


def chart(position: pd.DataFrame, pass_mark: float | None) -> go.Figure:
    """One row per part: the body's dot with its value on a light band from the lowest to the highest of the
    group and a darker one from quartile to quartile, with a tick at the median.

    `position` has part, label, value, basis, n, min, q1, median, q3, max, has_quartiles and the codes number
    (the body's) and group_number; where too few bodies stand for quartiles there is only the light band. The
    axis starts near the lowest value shown: dots, unlike bars, may stand on a cut axis, and scores crowd at
    the top.
    """
    picture = base.figure(100 + ROW * len(position), barmode="overlay")
    names = [base.plain(label) + " " for label in position["label"]]
    rows = position.assign(name=names)
    _band(picture, rows[rows["n"] > 1], "min", "max", "ต่ำสุด–สูงสุดของกลุ่ม", RANGE)
    full = rows[rows["has_quartiles"]]
    _band(picture, full, "q1", "q3", "ครึ่งกลางของกลุ่ม (ควอร์ไทล์ 1–3)", base.QUIET)
    if len(full):
        picture.add_scatter(
            x=full["median"],
            y=full["name"],
            mode="markers",
            name="มัธยฐาน",
            marker={"symbol": "line-ns", "size": 20, "line": {"color": base.INK, "width": 3}},
            customdata=full[["group_number"]],
            hovertemplate="มัธยฐาน %{x:.2f}<extra></extra>",
        )
    lowest = min(rows[["min", "value"]].min().min(), pass_mark if pass_mark is not None else 100.0)
    start = max(0.0, (lowest - 2) // 10 * 10)
    picture.add_scatter(
        x=rows["value"],
        y=rows["name"],
        mode="markers+text",
        name="หน่วยงานนี้",
        marker={
            "size": 13,
            "color": base.PRIMARY,
            "symbol": ["circle" if basis == "published" else "circle-open" for basis in rows["basis"]],
            "line": {"color": base.PRIMARY, "width": 2},
        },
        text=[
            f" {text.points(row.value)}{'' if row.basis == 'published' else '*'} "
            for row in rows.itertuples()
        ],
        textposition=[_side(value, start, pass_mark) for value in rows["value"]],
        textfont={"color": base.INK, "size": 14},
        cliponaxis=False,
        customdata=rows[["n", "number"]],
        hovertemplate="%{y}: %{text} (กลุ่ม n = %{customdata[0]:,})<extra></extra>",
    )
    for row in rows.itertuples():
        picture.add_annotation(
            x=1.0,
            xref="paper",
            xanchor="left",
            y=row.name,
            text=f"n = {row.n:,}",
            showarrow=False,
            font={"size": 12, "color": base.MUTED},
        )
    base.draw_pass_mark(picture, pass_mark, axis="x")
    picture.update_yaxes(
        type="category",
        categoryorder="array",
        categoryarray=names[::-1],
        range=[-0.5, len(names) - 0.5],
        showgrid=False,
    )
    picture.update_xaxes(range=[start, END], tickvals=list(range(int(start), 101, 10 if start < 60 else 5)))
    picture.update_layout(margin={"r": 64, "t": 64}, legend={"y": 1.0, "yref": "container", "yanchor": "top"})
    return picture


def _band(picture: go.Figure, rows: pd.DataFrame, low: str, high: str, name: str, color: str) -> None:
    """A lying band per row from `low` to `high`."""
    if rows.empty:
        return
    picture.add_bar(
        orientation="h",
        y=rows["name"],
        base=rows[low],
        x=rows[high] - rows[low],
        name=name,
        width=0.62,
        marker={"color": color},
        customdata=rows[[low, high, "group_number"]],
        hovertemplate=name + " %{customdata[0]:.2f}–%{customdata[1]:.2f}<extra></extra>",
    )


def _side(value: float, start: float, pass_mark: float | None) -> str:
    """The side of a dot its value stands on: away from the pass mark, and inside the axis."""
    room = (END - start) * 0.08
    above = value >= (pass_mark if pass_mark is not None else (start + END) / 2)
    right = value + room < END if above else value - room < start
    return f"middle {'right' if right else 'left'}"
