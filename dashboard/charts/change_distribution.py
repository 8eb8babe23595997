"""How many bodies moved by how much between two years."""

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import base


def chart(bins: pd.DataFrame, width: int, bodies: pd.DataFrame) -> go.Figure:
    """Bars of bodies per step of `width` points, losses and gains in two colours; followed bodies as dots.

    `bins` has bin_from (points) and n; `bodies` has label (lines), words_change, change and number_to (its
    code).
    """
    picture = base.figure(360)
    picture.add_bar(
        x=bins["bin_from"] + width / 2,
        y=bins["n"],
        width=0.94 * width,
        marker={"color": [base.PRIMARY if start >= 0 else base.CONTRAST for start in bins["bin_from"]]},
        customdata=[[f"{start:+d}", f"{start + width:+d}"] for start in bins["bin_from"]],
        hovertemplate="%{customdata[0]} ถึง %{customdata[1]} คะแนน: %{y:,} แห่ง<extra></extra>",
    )
    top = max(bins["n"].max(), 1)
    if len(bodies):
        picture.add_scatter(
            x=bodies["change"],
            y=[-0.1 * top] * len(bodies),
            mode="markers",
            marker={"size": 12, "color": base.INK, "line": {"color": base.PAPER, "width": 1}},
            customdata=[
                [" ".join(map(base.plain, row.label)), row.words_change, row.number_to]
                for row in bodies.itertuples()
            ],
            hovertemplate="%{customdata[0]}<br>%{customdata[1]}<extra></extra>",
        )
    picture.add_vline(x=0, line={"color": base.INK, "width": 1.5})
    picture.update_xaxes(title="การเปลี่ยนแปลง (คะแนน)", tickformat="+d")
    base.count_axis(picture, int(top), below=0.2 if len(bodies) else 0.0)
    picture.update_layout(showlegend=False)
    return picture
