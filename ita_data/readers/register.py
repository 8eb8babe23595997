"""A register of bodies as a file: which rows are its headings, and the bodies below them.

A register tells name, type, district, province and code of bodies and no scores. Names in other files are
matched with it; it makes no bodies of its own.
"""

from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

import pandas as pd

from ita_data.edition import Edition
from ita_data.organisation import Organisation
from ita_data.readers.files import Broken, Cell, Opened, Sheet
from ita_data.readers.labels import Labels
from ita_data.readers.layout import MOST_BODIES, filled, text_of
from ita_data.readers.matching import Register, read_register, register_columns
from ita_data.readers.messages import problem
from ita_data.readers.reading import Problem
from ita_data.readers.values import score

_HEADER_ROWS = 30
"""Rows looked at for the headings."""
_WIDTH = 200
_LOOK_AT = 200
"""Rows under the headings looked at for numbers that may be scores."""
_ABOUT = frozenset({"type", "district", "province", "code"})


class _Headings(NamedTuple):
    """The row of headings of a sheet, from 0, its texts by column and the heading of each role."""

    row: int
    texts: tuple[str, ...]
    roles: Mapping[str, str]


def looks_like_register(opened: Opened, editions: Mapping[int, Edition]) -> bool:
    """Say whether every table has names with two of type, district, province and code, and no scores.

    A column of numbers up to 100 under an unknown heading may be scores: then a person has to say.
    """
    labels = Labels(editions)
    found = [(sheet, headings) for sheet in opened.sheets if (headings := _headings(sheet))]
    return bool(found) and all(
        len(_ABOUT & headings.roles.keys()) > 1
        and not any(_is_score(labels, sheet, headings, column) for column in range(len(headings.texts)))
        for sheet, headings in found
    )


def open_register(opened: Opened, *, complete: bool = False) -> tuple[Register, tuple[Problem, ...]]:
    """Return the bodies of all sheets that have names, and what is wrong with the rows.

    ``complete``: every local administrative organisation of the provinces in the file is there; it does not
    count where a row could not be read. Never raises for what a file holds: what is wrong is a problem.
    """
    bodies: set[Organisation] = set()
    codes: defaultdict[str, set[str]] = defaultdict(set)
    provinces: set[str] = set()
    problems = list(opened.problems)
    tables = [(sheet, headings) for sheet in opened.sheets if (headings := _headings(sheet))]
    if not tables:  # its first row is reported as what should have been headings
        tables = [(sheet, _Headings(0, _texts(sheet, 0), {})) for sheet in opened.sheets[:1]]
    for sheet, headings in tables:
        length = len(sheet.cells) - headings.row - 1
        if length > MOST_BODIES:
            details = (f"{length:,}", f"{MOST_BODIES:,}")
            problems.append(problem("register_too_long", opened.file, *details, sheet=sheet.name))
            continue
        register, found = read_register(
            _table(sheet, headings),
            file=opened.file,
            sheet=sheet.name or None,
            first_row=headings.row + 2,
            complete=complete,
        )
        problems += found
        bodies |= set(register.bodies)
        provinces |= register.complete
        for code, ids in register.codes.items():
            codes[code] |= ids
    if provinces and any(one.severity == "error" for one in problems):
        problems.append(problem("register_not_complete", opened.file))
        provinces = set()
    return Register(bodies, codes, provinces), tuple(problems)


def _headings(sheet: Sheet) -> _Headings | None:
    """Return the first of the top rows that has most columns of a register, if one has names."""
    rows = range(min(_HEADER_ROWS, len(sheet.cells)))
    found = [_Headings(row, texts, register_columns(texts)) for row in rows if (texts := _texts(sheet, row))]
    named = [one for one in found if len(one.roles) > 1 and "name" in one.roles]
    return max(named, key=lambda one: len(one.roles), default=None)


def _texts(sheet: Sheet, row: int) -> tuple[str, ...]:
    return tuple(text_of(cell) for cell in sheet.cells[row, :_WIDTH]) if len(sheet.cells) else ()


def _table(sheet: Sheet, headings: _Headings) -> pd.DataFrame:
    """Return the rows under the headings; of columns with one heading the first."""
    first = {text: column for column, text in reversed(list(enumerate(headings.texts))) if text}
    cells = filled(sheet)[headings.row + 1 :]
    return pd.DataFrame({text: [_shown(cell) for cell in cells[:, column]] for text, column in first.items()})


def _shown(cell: Cell) -> object:
    """A cell without a value becomes a text that is no name, so that its row is reported."""
    return f"#{cell.text or cell.kind}" if isinstance(cell, Broken) else cell


def _is_score(labels: Labels, sheet: Sheet, headings: _Headings, column: int) -> bool:
    """Say whether a column holds scores, or may."""
    text = headings.texts[column]
    label = labels.read(text)
    if label.is_part or label.general or label.role in ("score", "part", "year"):
        return True
    if label.role or text in headings.roles.values():
        return False
    cells = [cell for cell in sheet.cells[headings.row + 1 :][:_LOOK_AT, column] if cell is not None]
    values = [score(cell).value for cell in cells]
    return bool(cells) and sum(one is not None and one <= 100 for one in values) > 0.8 * len(cells)
