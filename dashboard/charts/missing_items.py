"""Which missing documents cost a group most, and one indicator through the editions."""

from collections.abc import Mapping
from itertools import accumulate

import pandas as pd
import plotly.graph_objects as go

from dashboard import text
from dashboard.charts import base, stretch
from dashboard.charts.items_at_zero import percent

COLOURS = {"shared": base.PRIMARY, "some": base.QUIET, "own": base.CONTRAST}


def chart(rows: pd.DataFrame, classes: Mapping[str, str], *, by_points: bool) -> go.Figure:
    """One bar per item: the points of the overall the group loses by it, or if unknown the share without it.

    `rows` has part, label (its lines), kind (a key of `classes`), n_zero, n, share_zero and mean_points_lost.
    """
    column = "mean_points_lost" if by_points else "share_zero"
    heights = [16 + 17 * len(lines) for lines in rows["label"]]
    ends = list(accumulate(heights))
    rows = rows.assign(at=[end - height / 2 for end, height in zip(ends, heights, strict=True)])
    traces = []
    for kind, words in classes.items():
        some = rows[rows["kind"] == kind]
        if some.empty:
            continue
        told = [
            (f"<b>{text.points(row.mean_points_lost)}</b> · " if by_points else "")
            + f"{row.n_zero:,} จาก {row.n:,} ({percent(row.share_zero)})"
            for row in some.itertuples()
        ]
        traces.append(
            {
                "type": "bar",
                "orientation": "h",
                "name": words,
                "x": list(some[column].fillna(0)),
                "y": list(some["at"]),
                "width": 18,
                "marker": {"color": COLOURS[kind]},
                "text": told,
                "textposition": "outside",
                "textfont": {"size": 12, "color": base.INK},
                "cliponaxis": False,
                "hoverinfo": "skip",
            }
        )
    most = max(float(rows[column].max()), 0.01)
    return base.figure(
        76 + ends[-1],
        traces,
        xaxis={
            "range": [0, most * 1.45],
            "rangemode": "tozero",
            "nticks": 5,
            "title": {
                "text": "คะแนนรวมที่เสียเฉลี่ยต่อแห่ง" if by_points else "ร้อยละของหน่วยงานที่ได้ 0",
                "font": {"size": 13},
            },
        },
        yaxis={
            "tickvals": list(rows["at"]),
            "ticktext": ["<br>".join(map(base.plain, lines)) for lines in rows["label"]],
            "range": [ends[-1] + 4, -4],
            "showgrid": False,
            "tickfont": {"size": 12},
        },
        barmode="overlay",
        showlegend=True,
        legend={"y": 1.0, "yref": "container", "yanchor": "top"},
        margin={"t": 44, "r": 8},
    )


def depth(rows: pd.DataFrame, *, stretched: bool = False) -> go.Figure:
    """One row per year and part: the mean as a dot on the quartile band, the lowest item in words beside it.

    `rows` has fiscal_year, part, level, n, mean, q1, q3, item, item_mean, latest year first.
    """
    found = list(rows.itertuples())
    labels = [
        f"<b>{row.fiscal_year} · {base.plain(row.part)}</b> "
        if row.level == "indicator"
        else f"{base.plain(row.part)} "
        for row in found
    ]
    places = list(range(len(found)))
    start = stretch.lowest([min(row.q1, row.mean) - 6 for row in found])  # room for the words beside a dot
    at = stretch.placer(stretched)
    whole = [row.level == "indicator" for row in found]
    traces = [
        {
            "type": "bar",
            "orientation": "h",
            "name": "ครึ่งกลางของกลุ่ม (ควอร์ไทล์ 1–3)",
            "base": [at(row.q1) for row in found],
            "x": [at(row.q3) - at(row.q1) for row in found],
            "y": places,
            "width": 0.5,
            "marker": {"color": "#D5DEE4"},
            "hoverinfo": "skip",
        },
        {
            "type": "scatter",
            "mode": "markers+text",
            "name": "ค่าเฉลี่ย",
            "x": [at(row.mean) for row in found],
            "y": places,
            "marker": {
                "size": [13 if one else 9 for one in whole],
                "color": base.PRIMARY,
                "symbol": ["circle" if one else "circle-open" for one in whole],
                "line": {"width": 2, "color": base.PRIMARY},
            },
            "text": [
                f"<b>{text.points(row.mean)}</b>" if one else text.points(row.mean)
                for row, one in zip(found, whole, strict=True)
            ],
            "textposition": [
                "middle left" if at(row.mean) > at(start) + 20 else "middle right" for row in found
            ],
            "textfont": {"size": 12},
            "hoverinfo": "skip",
        },
    ]
    beside = [
        {
            "x": 1.0,
            "xref": "paper",
            "xanchor": "left",
            "y": place,
            "text": f"{base.plain(row.item)} {row.item_mean:.0f}" if pd.notna(row.item) else "",
            "showarrow": False,
            "font": {"size": 12, "color": base.MUTED},
        }
        for place, row in zip(places, found, strict=True)
    ]
    return base.figure(
        84 + 26 * len(found),
        traces,
        xaxis=stretch.axis(start, stretched, room=1),
        yaxis={"tickvals": places, "ticktext": labels, "range": [len(found) - 0.5, -0.5], "showgrid": False},
        annotations=beside,
        barmode="overlay",
        legend={"y": 1.0, "yref": "container", "yanchor": "top"},
        margin={"t": 44, "r": 64},
    )
