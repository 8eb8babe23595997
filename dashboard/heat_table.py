"""A table of points with cells coloured by value: the number is always printed, a missing one has no colour.

Cells stay numbers under their printed form, so that a click on a column's head sorts them as numbers.
"""

import math
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest
from itertools import pairwise
from typing import Any

import pandas as pd
import streamlit as st
from pandas.io.formats.style import Styler

from dashboard import number_source, text
from dashboard.charts import base
from dashboard.number import Numbers

RECOMPUTED = "*"
LOW_STEP = 5  # the low end of a scale is a round number, so that it can be said in words
HIGHEST = 100.0
ROW_PIXELS, HEAD_PIXELS, CHARACTER_PIXELS = 35, 75, 7.2
CANDIDATES = 50


@dataclass(frozen=True)
class Column:
    """How a column is drawn: its head, the head it shares with its neighbours, its help at a pointer.

    `show` prints a value; without it texts stay as they are and numbers have two decimals.
    """

    head: str
    over: str = ""
    help: str | None = None
    width: int | None = None
    show: Callable[[Any], str] | None = None
    heat: bool = False
    bold: bool = False
    pinned: bool = False


def low_end(lowest: float | None, pass_mark: float | None) -> float:
    """The value at and below which a cell has the full low colour, a round one.

    Where all values are high it is so low that the pass mark is the middle: a good score is never orange only
    because the others are better.
    """
    highest_low = HIGHEST - LOW_STEP if pass_mark is None else 2 * pass_mark - HIGHEST
    known = highest_low if lowest is None or math.isnan(lowest) else lowest
    return math.floor(min(known, highest_low) / LOW_STEP) * LOW_STEP


def color(value: float, low: float) -> str:
    """The colour of a value on the scale from `low` to the highest possible points."""
    share = min(max((value - low) / (HIGHEST - low), 0.0), 1.0)
    for (start, first), (end, last) in pairwise(base.SCALE):
        if share <= end:
            return _between(first, last, (share - start) / (end - start))
    return base.SCALE[-1][1]


def _between(first: str, last: str, share: float) -> str:
    """The colour `share` of the way from one #RRGGBB to another."""
    pairs = [(int(first[at : at + 2], 16), int(last[at : at + 2], 16)) for at in (1, 3, 5)]
    return "#" + "".join(f"{round(a + (b - a) * share):02X}" for a, b in pairs)


def fitting(values: Iterable[object], least: int, most: int) -> int:
    """The width in pixels that shows the longest of some texts, inside bounds."""
    # the widest is among those with the most characters; not all 8,000 names need their marks counted
    candidates = nlargest(CANDIDATES, set(map(str, values)), key=len)
    longest = max(map(_columns, candidates), default=0)
    return min(max(round(longest * CHARACTER_PIXELS) + 22, least), most)


def _columns(words: str) -> int:
    """The columns a text takes; Thai vowels and tones above and below a letter take none."""
    return sum(unicodedata.category(char) != "Mn" for char in words)


def scale_note(low: float) -> str:
    """What the colours mean, in words."""
    return (
        f"สีของช่อง: ส้มคือ {low:g} คะแนนหรือต่ำกว่า ขาวคือราว {(low + HIGHEST) / 2:g} "
        f"ฟ้าคือ {HIGHEST:g} · ช่อง {text.MISSING} คือไม่ทราบค่า ไม่ใช่ศูนย์"
    )


def styled(
    frame: pd.DataFrame,
    columns: Mapping[str, Column],
    low: float,
    recomputed: pd.DataFrame,
) -> Styler:
    """The frame with its cells printed and coloured.

    `columns` describes the columns of the frame to draw, in order; `recomputed` says for some of them
    which rows' values are recomputed and not published.
    """
    drawn = frame[list(columns)].reset_index(drop=True)
    heads = list(columns.values())
    if any(one.over for one in heads):
        drawn.columns = pd.MultiIndex.from_tuples([(one.over, one.head) for one in heads])
    else:
        drawn.columns = pd.Index([one.head for one in heads])
    # a fixed name: a new one on every rerun would make the browser forget the user's sorting
    style = Styler(drawn, uuid="heat")
    shows: dict[Any, Callable[[Any], str]] = {
        name: one.show or text.points
        for name, one in zip(drawn.columns, heads, strict=True)
        if one.show or pd.api.types.is_float_dtype(drawn[name])
    }
    # all columns at once: a call takes as long for one
    style.format(shows, subset=list(shows), na_rep=text.MISSING)
    for key, name in zip(columns, drawn.columns, strict=True):
        rows = recomputed[key].to_numpy().nonzero()[0] if key in recomputed and name in shows else ()
        if len(rows):
            style.format(lambda value, show=shows[name]: show(value) + RECOMPUTED, subset=(rows, [name]))
    # pinned cells are drawn at three fifths of their ink, so they get the strongest
    ink = "#FFFFFF" if st.context.theme.type == "dark" else "#000000"
    paints = [_paints(drawn[name], one, low, ink) for name, one in zip(drawn.columns, heads, strict=True)]
    style.apply(lambda _: pd.DataFrame(dict(enumerate(paints))).set_axis(drawn.columns, axis=1), axis=None)
    return style


def _paints(values: pd.Series, column: Column, low: float, ink: str) -> list[str]:
    """The CSS of every cell of a column; `ink` is the colour of the words where it is pinned."""
    same = [
        words
        for words, drawn in (("font-weight: 600", column.bold), (f"color: {ink}", column.pinned))
        if drawn
    ]
    if not column.heat:
        return ["; ".join(same)] * len(values)
    return ["; ".join(filter(None, [_paint(value, low), *same])) for value in values]


def _paint(value: float, low: float) -> str:
    return "" if pd.isna(value) else f"background-color: {color(value, low)}; color: {base.INK}"


def draw(
    frame: pd.DataFrame,
    columns: Mapping[str, Column],
    low: float,
    recomputed: pd.DataFrame,
    *,
    key: str,
    alt: str,
    numbers: Numbers,
    bodies: Sequence[str] = (),
    most_rows: int = 15,
) -> None:
    """Draw a table as `styled`, at most `most_rows` high.

    A click on a cell shows the source of its number (of `numbers`, by the columns' names); where the rows are
    `bodies`, a click before a row or on its name opens the body's page.
    """
    number_source.table(
        styled(frame, columns, low, recomputed),
        # a cell is told by the last line of its column's head
        {columns[name].head: cells for name, cells in numbers.items() if name in columns},
        bodies=bodies,
        hide_index=True,
        # by position, counted with the hidden index: shared heads leave no single name to go by
        column_config={
            number: st.column_config.Column(width=one.width, help=one.help, pinned=one.pinned)
            for number, one in enumerate(columns.values(), start=1)
        },
        height="content" if len(frame) <= most_rows else HEAD_PIXELS + most_rows * ROW_PIXELS,
        placeholder=text.MISSING,
        key=key,
        alt=alt,
    )
