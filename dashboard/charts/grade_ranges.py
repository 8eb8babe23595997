"""Which grades an overall alone allows."""

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import base


def chart(levels: pd.DataFrame, full: float) -> go.Figure:
    """One bar per level over the overalls that allow it; where bars overlap, the overall does not decide.

    `levels` has name_th, possible_from, possible_until (missing on the best level: up to `full`), color and
    range_th, best level first.
    """
    floors = sorted(set(levels["possible_from"]))
    low = max(0, floors[1] - 10) if len(floors) > 1 else 0
    start = levels["possible_from"].clip(lower=low)
    until = levels["possible_until"].fillna(full)
    picture = base.figure(70 + 44 * len(levels))
    picture.add_bar(
        orientation="h",
        y=[base.plain(name) for name in levels["name_th"]],
        x=until - start,
        base=start,
        marker={"color": levels["color"]},
        text=[base.plain(words) for words in levels["range_th"]],
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        textfont={"color": base.PAPER, "size": 14},
        hovertemplate="%{y}: %{text}<extra></extra>",
    )
    picture.update_xaxes(range=[low, full], title="คะแนนรวม", side="bottom")
    picture.update_yaxes(autorange="reversed", ticksuffix="  ", showgrid=False)
    picture.update_layout(bargap=0.2, margin={"l": 8, "r": 24, "t": 8, "b": 8})
    return picture
