"""What all charts share: colours, fonts, the pass mark, the breaks between years."""

import html
import math
from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

FONT = "'Noto Sans Thai', 'Leelawadee UI', Sarabun, Thonburi, Loma, Tahoma, sans-serif"
INK = "#16242E"
MUTED = "#5A6B77"
GRID = "#DDE4E9"
PAPER = "#FFFFFF"
# Blue and orange carry no judgement and are told apart by every kind of colour vision.
PRIMARY = "#0B5C7A"
CONTRAST = "#B8500F"
QUIET = "#9FB4C0"
EMPTY = "#EEF2F4"
SERIES = (PRIMARY, CONTRAST, "#5B4B9A", "#3C7A3A", "#8A6A00", "#A03A6B")
# Low to high points, for maps and heat cells.
SCALE = ((0.0, "#F7DCC4"), (0.5, "#F4F6F7"), (1.0, "#A9D3E5"))

CONFIG = {
    "displaylogo": False,
    "modeBarButtonsToRemove": ["lasso2d", "select2d", "autoScale2d", "zoomIn2d", "zoomOut2d"],
    "responsive": True,
}


def figure(height: int, **layout: Any) -> go.Figure:
    """An empty figure in the house style, `height` pixels high."""
    chart = go.Figure()
    chart.update_layout(
        height=height,
        margin={"l": 8, "r": 16, "t": 28, "b": 8},
        paper_bgcolor=PAPER,
        plot_bgcolor=PAPER,
        font={"family": FONT, "size": 14, "color": INK},
        hoverlabel={"font": {"family": FONT, "size": 14}},
        legend={"orientation": "h", "yanchor": "bottom", "y": 1.0, "x": 0, "xanchor": "left"},
        bargap=0.25,
        **layout,
    )
    chart.update_xaxes(gridcolor=GRID, linecolor=GRID, zeroline=False, automargin=True, fixedrange=True)
    chart.update_yaxes(gridcolor=GRID, linecolor=GRID, zeroline=False, automargin=True, fixedrange=True)
    return chart


def mark_simulated(chart: go.Figure) -> None:
    """Write across a chart that its figures are simulated, so that a picture of it says so too."""
    chart.add_annotation(
        text="ข้อมูลจำลอง",
        x=0.5,
        y=0.5,
        xref="paper",
        yref="paper",
        showarrow=False,
        textangle=-12,
        font={"size": 54, "color": "rgba(184, 80, 15, 0.22)"},
    )


def year_axis(chart: go.Figure, years: Iterable[int]) -> list[str]:
    """Make the x axis one of fiscal years: categories, so that a missing year leaves a gap."""
    categories = [str(year) for year in range(min(years), max(years) + 1)] if (years := list(years)) else []
    chart.update_xaxes(
        type="category", categoryorder="array", categoryarray=categories, range=[-0.5, len(categories) - 0.5]
    )
    return categories


def draw_breaks(chart: go.Figure, categories: Sequence[str], breaks: pd.DataFrame) -> None:
    """Draw a dotted line where the method changed; `breaks` has fiscal_year and reason_th."""
    for row in breaks.itertuples():
        if str(row.fiscal_year) in categories[1:]:
            at = categories.index(str(row.fiscal_year)) - 0.5
            chart.add_vline(x=at, line={"dash": "dot", "color": MUTED, "width": 1.5})


def break_note(categories: Sequence[str], breaks: pd.DataFrame) -> str:
    """The breaks inside the shown years in words, for below the chart; empty where there is none."""
    notes = [
        f"{row.fiscal_year - 1}|{row.fiscal_year} {row.reason_th}"
        for row in breaks.itertuples()
        if str(row.fiscal_year) in list(categories)[1:]
    ]
    return "เส้นประคือจุดที่วิธีประเมินเปลี่ยน: " + " · ".join(notes) if notes else ""


def joined_runs(years: Iterable[int], breaks: pd.DataFrame) -> list[list[int]]:
    """Split years into runs a line may join: not over a missing year, nor over a break that is not joined."""
    cut = set(breaks.loc[~breaks["joined"].astype(bool), "fiscal_year"])
    runs: list[list[int]] = []
    for year in sorted(years):
        if runs and runs[-1][-1] == year - 1 and year not in cut:
            runs[-1].append(year)
        else:
            runs.append([year])
    return runs


def draw_pass_mark(chart: go.Figure, pass_mark: float | None, *, axis: str = "y") -> None:
    """Draw the pass mark across the points axis, with its label."""
    if pass_mark is None or pd.isna(pass_mark):
        return
    line = {"dash": "dash", "color": INK, "width": 1.5}
    label = {"text": f"เกณฑ์ผ่าน {pass_mark:g}", "font": {"size": 12, "color": INK}, "showarrow": False}
    if axis == "y":
        chart.add_hline(
            y=pass_mark, line=line, annotation={**label, "x": 1, "xanchor": "right", "yanchor": "bottom"}
        )
    else:
        chart.add_vline(
            x=pass_mark, line=line, annotation={**label, "y": 1, "xanchor": "right", "yanchor": "bottom"}
        )


def count_axis(chart: go.Figure, most: int, *, below: float = 0.0) -> None:
    """Make the y axis count bodies up to `most` at round steps, with room of `below` of it under the zero."""
    wanted = max(most / 5, 1)
    size = 10 ** math.floor(math.log10(wanted))
    step = next(size * times for times in (1, 2, 5, 10) if size * times >= wanted)
    chart.update_yaxes(
        title="จำนวนหน่วยงาน",
        tickvals=list(range(0, most + step, step)),
        tickformat=",",
        range=[-below * max(most, 1), 1.12 * max(most, 1)],
    )


def plain(words: str) -> str:
    """A text Plotly shows as it is: it reads HTML in labels and hovers, and names come from files."""
    return html.escape(words, quote=False)
