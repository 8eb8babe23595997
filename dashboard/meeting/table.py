"""A table on the wall: as much of it as reads from the back row, for a wall cannot scroll."""

import html
import math
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from dashboard import text
from dashboard.selection import shorten

WIDTH, HEIGHT = 1808, 672
"""Pixels of the canvas a table has."""
LETTERS = (40, 33, 27)
"""Pixels of its letters, the largest first that all of it fits in."""
ROWS, LINES = 11, 3
"""The most rows, and lines of a cell."""
COLUMN, GAP, LINE, PADDING = 0.5, 36, 1.3, 20
"""The width of a column of text and the height of a line in letters; pixels between columns and rows."""
NARROWEST = 26
"""Columns of text that a long cell keeps when the table is too wide."""


@dataclass(frozen=True)
class _Fit:
    """How a table fits: its letters (pixels), the widths of its first columns (columns of text), its rows."""

    letters: int
    widths: tuple[int, ...]
    rows: int


def html_of(frame: pd.DataFrame, *, whole: bool = True) -> tuple[str, str]:
    """The first rows and columns of a table as HTML, and in words what is left out.

    A frame that is not `whole` is itself the start of a longer table.
    """
    if frame.empty:
        return "", ""
    first = frame.head(ROWS)
    names = [str(name) for name in frame.columns]
    cells = [[_cell(one, name) for one in first[column]] for name, column in zip(names, frame, strict=True)]
    fit = _fit(names, cells)
    classes = []
    for name, column, width in zip(names, cells, fit.widths, strict=False):
        kinds = ["number"] if pd.api.types.is_numeric_dtype(frame.iloc[:, len(classes)]) else []
        classes.append(" ".join(kinds if width < _widest(name, column) else [*kinds, "whole"]))
    columns = list(zip(names, cells, fit.widths, classes, strict=False))
    # only what is to break has a width: the browser knows better how wide the other columns are
    widths = "".join(
        "<col>" if "whole" in kind else f'<col style="width:{_pixels(width, fit.letters):.0f}px">'
        for _, _, width, kind in columns
    )
    head = "".join(f'<th class="{kind}">{html.escape(name)}</th>' for name, _, _, kind in columns)
    rows = "".join(
        "<tr>"
        + "".join(
            f'<td class="{kind}">{html.escape(shorten(column[at], LINES * width))}</td>'
            for _, column, width, kind in columns
        )
        + "</tr>"
        for at in range(fit.rows)
    )
    left = []
    if fit.rows < len(frame) or not whole:
        left.append(f"แสดง {fit.rows:,} จาก {len(frame):,} แถว" if whole else f"แสดง {fit.rows:,} แถวแรก")
    if len(fit.widths) < len(names):
        left.append(f"{len(fit.widths)} จาก {len(names)} คอลัมน์")
    made = f"<colgroup>{widths}</colgroup><tr>{head}</tr>{rows}"
    return f'<table class="wall-table" style="font-size:{fit.letters}px">{made}</table>', " ".join(left)


def text_columns(words: str) -> int:
    """The columns a text takes: marks above and below a letter take none."""
    return sum(unicodedata.category(char) != "Mn" for char in words)


def _fit(names: Sequence[str], cells: Sequence[Sequence[str]]) -> _Fit:
    """The largest letters in which every column and row stands; else the smallest, and what fits then."""
    natural = [_widest(name, column) for name, column in zip(names, cells, strict=True)]
    for letters in LETTERS:
        n = _rows_that_fit(names, cells, natural, letters)
        if sum(_pixels(one, letters) for one in natural) <= WIDTH and n == len(cells[0]):
            return _Fit(letters, tuple(natural), n)
    letters = LETTERS[-1]
    fits = [
        _Fit(letters, tuple(widths), max(_rows_that_fit(names, cells, widths, letters), 1))
        for widths in (_first(natural, letters), _squeezed(names, cells, natural, letters))
        if widths
    ]
    # all columns rather than the first ones, but not for many fewer rows
    return max(
        fits, key=lambda one: one.rows * len(one.widths) * (1.25 if len(one.widths) == len(names) else 1)
    )


def _first(natural: Sequence[int], letters: int) -> list[int]:
    """The widths of the first columns, as many as stand beside one another."""
    kept: list[int] = []
    for width in natural:
        width = min(width, 2 * NARROWEST)
        if kept and sum(_pixels(one, letters) for one in [*kept, width]) > WIDTH:
            break
        kept.append(width)
    return kept


def _squeezed(
    names: Sequence[str], cells: Sequence[Sequence[str]], natural: Sequence[int], letters: int
) -> list[int]:
    """The widths of all columns, the long ones broken; none where they have no room even so."""
    narrow = [
        min(max(_longest_word(one) for one in (name, *column)), NARROWEST)
        for name, column in zip(names, cells, strict=True)
    ]
    room = WIDTH - sum(_pixels(one, letters) for one in narrow)
    if room < 0:
        return []
    spare = int(room / (COLUMN * letters))
    for at in sorted(range(len(narrow)), key=lambda at: natural[at] - narrow[at]):
        more = min(natural[at] - narrow[at], spare)
        narrow[at] += more
        spare -= more
    return narrow


def _rows_that_fit(
    names: Sequence[str], cells: Sequence[Sequence[str]], widths: Sequence[int], letters: int
) -> int:
    """How many of the first rows fit below the head."""

    def height(row: Sequence[str]) -> float:
        lines = max(_lines(one, width) for one, width in zip(row, widths, strict=False))
        return lines * LINE * letters + PADDING

    left, n = HEIGHT - height(names), 0
    for row in zip(*cells, strict=True):
        left -= height(row)
        if left < 0:
            break
        n += 1
    return n


def _lines(words: str, width: int) -> int:
    """The lines a cell takes: broken between words, each is a few columns shorter than it may be."""
    columns = text_columns(words)
    return 1 if columns <= width else min(math.ceil(columns / max(width - 3, 1)), LINES)


def _pixels(columns: int, letters: int) -> float:
    """The width of a column of the table."""
    return columns * COLUMN * letters + GAP


def _widest(name: str, column: Sequence[str]) -> int:
    return max(map(text_columns, (name, *column)))


def _longest_word(words: str) -> int:
    return max(map(text_columns, words.split(" ")))


def _cell(value: object, name: str) -> str:
    """A value as it is printed; the number of a year is no amount."""
    if value is None or pd.isna(value):  # type: ignore[call-overload]
        return text.MISSING
    if isinstance(value, float):
        return text.points(value)
    return f"{value:,}" if isinstance(value, int) and not name.startswith("ปี") else str(value)
