"""One measure in the groups a group is made of: the spread of scores, or the share of bodies at zero."""

from collections.abc import Collection, Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard import text
from dashboard.charts import base
from dashboard.charts.pair import Axis
from ita_data.scoring import FULL_SCORE

ROW = 30
BAND, RANGE = base.QUIET, "#E4EAEE"


def spread(rows: pd.DataFrame, x: Axis, breaks: Collection[int] = ()) -> go.Figure:
    """A row per facet: lowest to highest, middle half, a tick with its value at the median.

    `rows` has facet (its code, first in the customdata), name, n, has_quartiles, min, q1, median, q3 and max.
    `breaks` are the places of rows before which a dotted line is drawn.
    """
    found = list(rows.reset_index(drop=True).itertuples())
    full = [row for row in found if row.has_quartiles]

    def band(of: list[Any], low: str, high: str, name: str, color: str) -> dict[str, Any]:
        ends = [sorted((x.at(getattr(row, low)), x.at(getattr(row, high)))) for row in of]
        said = [sorted((x.said(getattr(row, low)), x.said(getattr(row, high)))) for row in of]
        return {
            "type": "bar",
            "orientation": "h",
            "name": name,
            "y": [row.Index for row in of],
            "base": [start for start, _ in ends],
            "x": [end - start for start, end in ends],
            "width": 0.66,
            "marker": {"color": color},
            "customdata": [
                [row.facet, base.plain(row.name), f"{text.points(s)}–{text.points(e)}"]
                for row, (s, e) in zip(of, said, strict=True)
            ],
            "hovertemplate": "%{customdata[1]}: " + name + " %{customdata[2]}<extra></extra>",
        }

    medians = {
        "type": "scatter",
        "mode": "markers",
        "name": "มัธยฐาน",
        "x": [x.at(row.median) for row in found],
        "y": list(range(len(found))),
        "marker": {"symbol": "line-ns", "size": 16, "line": {"width": 3, "color": base.INK}},
        "customdata": [
            [row.facet, base.plain(row.name), f"{row.n:,}", text.points(x.said(row.median))] for row in found
        ],
        "hovertemplate": "%{customdata[1]}: มัธยฐาน %{customdata[3]} (n = %{customdata[2]})<extra></extra>",
    }
    low = max(0.0, float(rows["min"].min()) - 2)
    traces = [band([row for row in found if row.n > 1], "min", "max", "ต่ำสุด–สูงสุด", RANGE)]
    if full:
        traces.append(band(full, "q1", "q3", "ครึ่งกลาง", BAND))
    words = [text.points(x.said(row.median)) for row in found]
    return _figure(found, [*traces, medians], words, x.drawn(low, FULL_SCORE + 1), breaks)


def zeros(rows: pd.DataFrame, title: str) -> go.Figure:
    """A bar per facet: the share of bodies with no point; `rows` has facet, name, n, n_zero, share_zero."""
    found = list(rows.itertuples())
    bars = {
        "type": "bar",
        "orientation": "h",
        "name": "ได้ 0 คะแนน",
        "showlegend": False,
        "x": list(rows["share_zero"]),
        "y": list(range(len(found))),
        "width": 0.66,
        "marker": {"color": base.CONTRAST},
        "customdata": [[row.facet, base.plain(row.name), f"{row.n_zero:,} จาก {row.n:,}"] for row in found],
        "hovertemplate": "%{customdata[1]}: %{customdata[2]} แห่ง<extra></extra>",
    }
    words = [f"{row.share_zero:.1f}%" for row in found]
    top = max(float(rows["share_zero"].max()) * 1.08, 5.0)
    return _figure(found, [bars], words, Axis(title).drawn(0.0, top))


def _figure(
    found: list[Any],
    traces: list[dict[str, Any]],
    words: list[str],
    xaxis: Mapping[str, Any],
    breaks: Collection[int] = (),
) -> go.Figure:
    """The rows with their names and n on the left and their figures on the right."""
    figures = [
        {
            "x": 1,
            "xref": "paper",
            "xanchor": "left",
            "xshift": 8,
            "y": place,
            "text": one,
            "showarrow": False,
            "font": {"size": 13},
        }
        for place, one in enumerate(words)
    ]
    return base.figure(
        130 + ROW * len(found),
        traces,
        xaxis=xaxis,
        yaxis={
            "tickvals": list(range(len(found))),
            "ticktext": [f"{base.plain(row.name)} (n = {row.n:,}) " for row in found],
            "range": [len(found) - 0.4, -0.6],
            "showgrid": False,
            "tickfont": {"size": 13},
        },
        shapes=[
            base.line_across(place - 0.5, "y", {"dash": "dot", "color": base.MUTED, "width": 1.5})
            for place in breaks
        ],
        annotations=figures,
        barmode="overlay",
        margin={"l": 8, "r": 64, "t": 44, "b": 8},
        legend={"yref": "container", "y": 1, "yanchor": "top"},
    )
