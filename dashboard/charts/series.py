"""One part by year: a group's median and middle half, and selected bodies as lines."""

from collections.abc import Callable, Iterable

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import base, stretch
from dashboard.selection import RANKED_FROM

SYMBOLS = ("circle", "square", "diamond", "triangle-up", "star", "x")
HEIGHT = 430
LABEL_GROUND = "rgba(255,255,255,0.85)"
LINE, LETTER = 17, 7
"""Pixels a line of an end label takes, and about what a letter of it takes."""
NARROW_YEAR = 34
"""Pixels a year takes on a phone: what a label that ends before the last year may run over."""

Place = Callable[[Iterable[float]], list[float]]


def chart(
    group: pd.DataFrame,
    bodies: pd.DataFrame,
    marks: pd.DataFrame,
    breaks: pd.DataFrame,
    *,
    stretched: bool = False,
) -> go.Figure:
    """Points by year. A line joins neither over a missing year nor over a break that is not joined.

    `group` has fiscal_year, n, min, q1, median, q3, max and mostly_same (its bodies and those of the year
    before mostly are); where not, the group's line has a gap too. `bodies` has organisation_id, name (lines
    of a short one), label_th, fiscal_year, value and basis; `marks` has fiscal_year and pass_mark; `breaks`
    has fiscal_year, joined and reason_th. `group` and `bodies` have number, the code of a point.
    """
    picture = base.figure(HEIGHT)
    years = [*group["fiscal_year"], *bodies["fiscal_year"]]
    categories = base.year_axis(picture, years)
    counts = dict(zip(group["fiscal_year"].astype(str), group["n"], strict=True))
    picture.update_xaxes(
        tickvals=categories, ticktext=[f"{year}<br>n = {counts.get(year, 0):,}" for year in categories]
    )
    marks = marks[marks["fiscal_year"].astype(str).isin(categories) & marks["pass_mark"].notna()]
    drawn_low = group["q1"].where(group["n"] >= RANKED_FROM, group["min"])
    low = stretch.lowest([*drawn_low, *bodies["value"], *marks["pass_mark"]])

    def at(values: Iterable[float]) -> list[float]:
        return [stretch.place(value, stretched) for value in values]

    _draw_spread(picture, group, breaks, at)
    _draw_median(picture, group, breaks, at)
    _draw_marks(picture, marks, at)
    ends = []
    for number, (_, body) in enumerate(bodies.groupby("organisation_id", sort=False)):
        color = base.SERIES[number % len(base.SERIES)]
        _draw_body(picture, body, breaks, at, color, SYMBOLS[number % len(SYMBOLS)])
        last = body.iloc[-1]
        star = "*" if last["basis"] == "recomputed" else ""
        words = [*map(base.plain, last["name"])]
        words[-1] += f" <b>{last['value']:.2f}{star}</b>"
        ends.append((str(last["fiscal_year"]), at(body["value"])[-1], words, color))
    if bodies.empty:
        for row, y in zip(group.itertuples(), at(group["median"]), strict=True):
            picture.add_annotation(
                x=categories.index(str(row.fiscal_year)),
                y=y,
                yshift=14,
                text=f"{row.median:.2f}",
                showarrow=False,
                font={"size": 12, "color": base.INK},
                bgcolor="rgba(255,255,255,0.6)",
            )
    stretch.set_axis(picture, "y", low, stretched, room=8)
    bottom, top = picture.layout.yaxis.range
    for year, shift, words, color in _spread_out(ends, (HEIGHT - 110) / (top - bottom)):
        picture.add_annotation(
            x=categories.index(year),
            y=shift[0],
            yshift=shift[1],
            xshift=10,
            text="<br>".join(words),
            align="left",
            xanchor="left",
            yanchor="middle",
            showarrow=False,
            font={"size": 12, "color": color},
            bgcolor=LABEL_GROUND,
        )
    base.draw_breaks(picture, categories, breaks)
    picture.update_layout(
        margin={"l": 8, "r": _room(ends, categories), "t": 28, "b": 8}, legend={"font": {"size": 12}}
    )
    return picture


def group_runs(group: pd.DataFrame, breaks: pd.DataFrame) -> list[list[int]]:
    """Runs of years with mostly the same bodies: other bodies' scores say nothing of a rise or fall."""
    same = set(group.loc[group["mostly_same"].astype(bool), "fiscal_year"])
    runs: list[list[int]] = []
    for run in base.joined_runs(group["fiscal_year"], breaks):
        for place, year in enumerate(run):
            if place and year in same:
                runs[-1].append(year)
            else:
                runs.append([year])
    return runs


def _draw_spread(picture: go.Figure, group: pd.DataFrame, breaks: pd.DataFrame, at: Place) -> None:
    """The middle half as a band where there are many bodies, lowest to highest as a bar where few."""
    many = group[group["n"] >= RANKED_FROM]
    for number, run in enumerate(group_runs(many, breaks)):
        rows = many[many["fiscal_year"].isin(run)]
        years = [str(year) for year in rows["fiscal_year"]]
        if len(run) == 1:
            _bar(picture, years * 2, [*at(rows["q1"]), *at(rows["q3"])], 16, "ครึ่งกลางของกลุ่ม", not number)
            continue
        picture.add_scatter(
            x=[*years, *years[::-1]],
            y=[*at(rows["q3"]), *at(rows["q1"])[::-1]],
            mode="lines",
            fill="toself",
            fillcolor="rgba(159,180,192,0.32)",
            line={"width": 0},
            hoverinfo="skip",
            name="ครึ่งกลางของกลุ่ม",
            legendgroup="half",
            showlegend=not number,
        )
    few = group[(group["n"] > 1) & (group["n"] < RANKED_FROM)]
    for number, row in enumerate(few.itertuples()):
        ends = [at([row.min])[0], at([row.max])[0]]
        _bar(picture, [str(row.fiscal_year)] * 2, ends, 5, f"ต่ำสุดถึงสูงสุด (n น้อยกว่า {RANKED_FROM})", not number)


def _bar(picture: go.Figure, x: list[str], y: list[float], width: int, name: str, in_legend: bool) -> None:
    picture.add_scatter(
        x=x,
        y=y,
        mode="lines",
        line={"color": "rgba(159,180,192,0.6)", "width": width},
        name=name,
        legendgroup=name,
        showlegend=in_legend,
        hoverinfo="skip",
    )


def _draw_median(picture: go.Figure, group: pd.DataFrame, breaks: pd.DataFrame, at: Place) -> None:
    for number, run in enumerate(group_runs(group, breaks)):
        rows = group[group["fiscal_year"].isin(run)]
        picture.add_scatter(
            x=rows["fiscal_year"].astype(str),
            y=at(rows["median"]),
            mode="lines+markers",
            name="มัธยฐานของกลุ่ม",
            legendgroup="median",
            showlegend=not number,
            line={"color": base.MUTED, "width": 2.5},
            marker={"symbol": "line-ew", "size": 18, "line": {"width": 3, "color": base.MUTED}},
            customdata=[
                [
                    row.n,
                    *(f"{value:.2f}" for value in (row.min, row.q1, row.median, row.q3, row.max)),
                    row.number,
                ]
                for row in rows.itertuples()
            ],
            hovertemplate=(
                "ปี %{x} กลุ่ม n = %{customdata[0]:,}<br>มัธยฐาน %{customdata[3]}"
                "<br>ครึ่งกลาง %{customdata[2]}–%{customdata[4]}<br>ต่ำสุด %{customdata[1]} สูงสุด %{customdata[5]}"
                "<extra></extra>"
            ),
        )


def _draw_marks(picture: go.Figure, marks: pd.DataFrame, at: Place) -> None:
    """The pass mark of each year, over that year's width: years may have another one or none."""
    categories = list(picture.layout.xaxis.categoryarray)
    middles = [categories.index(str(year)) for year in marks["fiscal_year"]]
    for middle, y in zip(middles, at(marks["pass_mark"]), strict=True):
        picture.add_shape(
            type="line",
            x0=middle - 0.5,
            x1=middle + 0.5,
            y0=y,
            y1=y,
            layer="below",
            line={"dash": "dash", "color": base.INK, "width": 1.5},
        )
    if len(marks):
        mark = marks["pass_mark"].iloc[0]
        picture.add_annotation(
            x=middles[0] - 0.48,
            y=at([mark])[0],
            text=f"เกณฑ์ผ่าน {mark:g}",
            font={"size": 12, "color": base.INK},
            showarrow=False,
            xanchor="left",
            yanchor="bottom",
        )


def _draw_body(
    picture: go.Figure, body: pd.DataFrame, breaks: pd.DataFrame, at: Place, color: str, symbol: str
) -> None:
    """A body's line, cut where years may not be joined."""
    for run in base.joined_runs(body["fiscal_year"], breaks):
        rows = body[body["fiscal_year"].isin(run)]
        picture.add_scatter(
            x=rows["fiscal_year"].astype(str),
            y=at(rows["value"]),
            mode="lines+markers",
            showlegend=False,
            line={"color": color, "width": 2.5},
            marker={"size": 11, "symbol": symbol, "color": color, "line": {"color": base.PAPER, "width": 1}},
            customdata=rows[["number"]],
            text=[
                f"{base.plain(row.label_th)} {row.value:.2f}" + ("*" if row.basis == "recomputed" else "")
                for row in rows.itertuples()
            ],
            hovertemplate="ปี %{x}<br>%{text}<extra></extra>",
        )


def _room(ends: list[tuple[str, float, list[str], str]], categories: list[str]) -> int:
    """Pixels at the right for the labels that do not fit over the years after their own."""
    needed = 16
    for year, _, words, _ in ends:
        width = 14 + LETTER * max(len(line.replace("<b>", "").replace("</b>", "")) for line in words)
        needed = max(needed, width - int(NARROW_YEAR * (len(categories) - categories.index(year) - 0.5)))
    return needed


def _spread_out(ends: list[tuple[str, float, list[str], str]], pixels: float) -> list[tuple]:
    """The labels of one year with shifts (in pixels) that keep them from lying over each other.

    Labels that would are stacked around the middle of their points; a unit of the axis takes `pixels`.
    """
    placed = []
    for year in dict.fromkeys(end[0] for end in ends):
        stacks: list[list[tuple]] = []
        for end in sorted((end for end in ends if end[0] == year), key=lambda end: end[1]):
            stacks.append([end])
            while len(stacks) > 1 and _top(stacks[-2], pixels) > _bottom(stacks[-1], pixels):
                stacks[-2:] = [stacks[-2] + stacks[-1]]
        for stack in stacks:
            edge = _bottom(stack, pixels)
            for _, y, words, color in stack:
                placed.append((year, (y, edge + _height([words]) / 2 - y * pixels), words, color))
                edge += _height([words])
    return placed


def _height(labels: list[list[str]]) -> float:
    return float(sum(LINE * len(words) for words in labels))


def _bottom(stack: list[tuple], pixels: float) -> float:
    """Where a stack of labels begins, centred on its points."""
    return sum(end[1] for end in stack) / len(stack) * pixels - _height([end[2] for end in stack]) / 2


def _top(stack: list[tuple], pixels: float) -> float:
    return _bottom(stack, pixels) + _height([end[2] for end in stack])
