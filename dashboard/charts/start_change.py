"""What bodies changed by against where they started, with what was to be expected of such a start."""

import math

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import base, density, stretch

# class of a change → name, symbol, colour; what says nothing is hollow and grey
CLASSES = (
    ("above", "ดีกว่าที่คาด", "triangle-up", base.PRIMARY),
    ("below", "ต่ำกว่าที่คาด", "triangle-down", base.CONTRAST),
    ("usual", "ตามที่คาด", "circle-open", base.MUTED),
    ("up", "เพิ่มขึ้น", "triangle-up", base.PRIMARY),
    ("down", "ลดลง", "triangle-down", base.CONTRAST),
    ("small", "ต่างกันน้อยเกินกว่าจะสรุป", "circle-open", base.QUIET),
)
HOVER = (
    "%{customdata[0]}<br>%{customdata[1]} → %{customdata[2]} (%{customdata[3]})"
    "<br>%{customdata[4]}<extra></extra>"
)


def told(rows: pd.DataFrame) -> list[list[str]]:
    """What the hover of bodies says, the code of the number last."""
    return [
        [base.plain(row.name_th), row.words_from, row.words_to, row.words_change, row.words_class, row.number]
        for row in rows.itertuples()
    ]


def cells(bins: pd.DataFrame, width: int, at: stretch.Place) -> dict[str, object]:
    """How many bodies started where and changed by how much."""
    found = density.grid(bins, "start_from", "change_from", "n", width)
    return density.heat(found, at, float, density.top(bins["n"])) | {
        "customdata": found.each(lambda cell: "–" if cell[2] is None else f"{cell[2]:,}"),
        "text": found.each(lambda cell: "" if cell[2] is None else f"{cell[0]}–{cell[0] + width}"),
        "hovertemplate": "เริ่ม %{text} เปลี่ยนราว %{y:+}: %{customdata} แห่ง<extra></extra>",
    }


def expectation(line: pd.DataFrame, at: stretch.Place) -> list[dict[str, object]]:
    """The line of what was to be expected, in a band of how far bodies usually end from it."""
    band = "rgba(22, 36, 46, 0.10)"
    edge = {"type": "scatter", "mode": "lines", "x": list(map(at, line["start"])), "hoverinfo": "skip"}
    return [
        edge | {"y": list(line["low"]), "line": {"width": 0}, "showlegend": False},
        edge
        | {
            "y": list(line["high"]),
            "line": {"width": 0},
            "fill": "tonexty",
            "fillcolor": band,
            "name": "ช่วงที่พบตามปกติ",
        },
        edge | {"y": list(line["expected"]), "line": {"color": base.INK, "width": 2}, "name": "ที่คาด"},
    ]


def chart(
    bodies: pd.DataFrame,
    bins: pd.DataFrame | None,
    width: int,
    line: pd.DataFrame | None,
    from_year: int,
    *,
    stretched: bool = False,
) -> go.Figure:
    """Start on the x axis, change on the y axis; 100 points cannot be passed, which is drawn.

    `bodies` has start, change, class (a code of CLASSES), name_th, words_from, words_to, words_change,
    words_class, number (its code) and followed (is to stand out): all of them, or those the user follows
    where `bins` (start_from, change_from, n; cells of `width` points) show the others. `line` has start,
    expected, low and high. The axis of the start can be stretched: a change is no score and stays even.
    """
    at = stretch.placer(stretched)
    traces: list[dict[str, object]] = [] if bins is None else [cells(bins, width, at)]
    traces += [] if line is None else expectation(line, at)
    for code, name, symbol, color in CLASSES:
        part = bodies[bodies["class"] == code]
        if part.empty:
            continue
        mark = {
            "symbol": symbol,
            "opacity": 1,
            "size": [15 if one else 9 for one in part["followed"]],
            "color": color,
            "line": {
                "color": [base.INK if one else color for one in part["followed"]],
                "width": [2.5 if one else 1.2 for one in part["followed"]],
            },
        }
        traces.append(
            {
                "type": "scatter",
                "mode": "markers",
                "name": name,
                "x": list(map(at, part["start"])),
                "y": list(part["change"]),
                "marker": mark,
                "customdata": told(part),
                "hovertemplate": HOVER,
            }
        )
    first = [*bodies["start"], *([] if bins is None else bins["start_from"])]
    moved = [
        *bodies["change"],
        *([] if bins is None else [*bins["change_from"], *(bins["change_from"] + width)]),
    ]
    left = math.floor(min(first)) - 1
    low, high = min([*moved, -1.0]), max([*moved, 1.0])
    room = 0.06 * (high - low)
    top = high + room
    ceiling = stretch.between(max(left, 100 - top), 100, stretched)
    traces.append(
        {
            "type": "scatter",
            "mode": "lines",
            "x": list(map(at, ceiling)),
            "y": [100 - start for start in ceiling],
            "line": {"color": base.MUTED, "width": 1.5, "dash": "dot"},
            "name": "เพดาน 100 คะแนน",
            "hoverinfo": "skip",
        }
    )
    xaxis = stretch.axis(left, stretched=True) if stretched else {"range": [left, 100.6]}
    return base.figure(
        480,
        traces,
        xaxis=xaxis | {"title": {"text": f"คะแนนรวมปี {from_year} (จุดตั้งต้น)"}},
        yaxis={
            "title": {"text": "การเปลี่ยนแปลง (คะแนน)"},
            "range": [low - room, top],
            "tickformat": "+d",
            "zeroline": True,
            "zerolinecolor": base.INK,
        },
        legend={"orientation": "h", "y": -0.2, "yanchor": "top", "x": 0, "font": {"size": 13}},
    )
