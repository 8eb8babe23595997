"""How the scores of a group spread on one part, and where the marked bodies are among them."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import base
from dashboard.charts.pair import Axis
from ita_data.scoring import FULL_SCORE


def chart(bins: pd.DataFrame, x: Axis, width: int, *, marking: bool, framing: bool = False) -> go.Figure:
    """A bar per bin of `width` points; with `marking` the marked bodies stand in front of all.

    With `framing` a frame can be drawn, and then nothing can be clicked.

    `bins` has bin_from, n, n_marked and code, which is first in a bar's customdata.
    """
    edges = [(x.at(start), x.at(start + width)) for start in bins["bin_from"]]
    ends = [sorted((x.said(start), x.said(start + width))) for start in bins["bin_from"]]

    def bars(counts: pd.Series, name: str, color: str) -> dict[str, Any]:
        return {
            "type": "bar",
            "name": name,
            "x": [(one + other) / 2 for one, other in edges],
            "y": list(counts),
            "width": [0.94 * abs(other - one) for one, other in edges],
            "marker": {"color": color},
            "customdata": [
                [code, f"{low:g}–{high:g}"] for code, (low, high) in zip(bins["code"], ends, strict=True)
            ],
            "hovertemplate": f"{name} %{{customdata[1]}}: %{{y:,}} แห่ง<extra></extra>",
            # the figure is drawn anew with what was chosen; the browser's own fading would come on top
            "unselected": {"marker": {"opacity": 1}},
        }

    traces = [bars(bins["n"], "ทั้งกลุ่ม", base.QUIET if marking else base.PRIMARY)]
    if marking:
        traces.append(bars(bins["n_marked"], "ที่เลือก", base.CONTRAST))
    low = max(float(bins["bin_from"].min()) - 1, -1.0)
    shapes = (
        []
        if x.cut is None
        else [base.line_across(x.at(x.cut), "x", {"dash": "dash", "color": base.INK, "width": 1.5})]
    )
    return base.figure(
        480,
        traces,
        xaxis=x.drawn(low, FULL_SCORE + 1),
        yaxis=base.count_axis(int(bins["n"].max())),
        shapes=shapes,
        barmode="overlay",
        bargap=0.04,
        dragmode="select" if framing else False,
        selectdirection="h",
        margin={"l": 8, "r": 16, "t": 64, "b": 8},
        legend={"yref": "container", "y": 1, "yanchor": "top", "font": {"size": 13}},
    )
