"""How the overalls of a group spread, with the pass mark."""

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import base

MOST_DOTS = 60


def chart(bins: pd.DataFrame, bodies: pd.DataFrame, pass_mark: float | None) -> go.Figure:
    """Bars of bodies per one-point bin; few bodies also as named dots.

    `bins` has bin_from (points) and n; `bodies` has label_th, overall and number (its code), and is drawn
    only up to `MOST_DOTS` rows.
    """
    picture = base.figure(330)
    passed = pass_mark if pass_mark is not None else 101.0
    picture.add_bar(
        x=bins["bin_from"] + 0.5,
        y=bins["n"],
        width=0.94,
        marker={"color": [base.PRIMARY if start >= passed else base.CONTRAST for start in bins["bin_from"]]},
        customdata=bins["bin_from"] + 1,
        hovertemplate="%{x:.0f} ถึง %{customdata} คะแนน: %{y:,} แห่ง<extra></extra>",
    )
    # below the zero lie the dots, which count nothing
    if drawn := 0 < len(bodies) <= MOST_DOTS:
        top = max(bins["n"].max(), 1)
        picture.add_scatter(
            x=bodies["overall"],
            y=[-0.16 * top] * len(bodies),
            mode="markers",
            marker={
                "size": 12,
                "color": base.INK,
                "opacity": 0.75,
                "line": {"color": base.PAPER, "width": 1},
            },
            text=bodies["label_th"].map(base.plain),
            customdata=bodies[["number"]],
            hovertemplate="%{text}<br>%{x:.2f}<extra></extra>",
        )
    base.draw_pass_mark(picture, pass_mark, axis="x")
    low = min(bins["bin_from"].min(), passed) if len(bins) else 0
    picture.update_xaxes(range=[max(0, low - 3), 101], title="คะแนนรวม")
    base.count_axis(picture, int(bins["n"].max()) if len(bins) else 1, below=0.3 if drawn else 0.0)
    picture.update_layout(showlegend=False)
    return picture
