"""What a document is made of, whatever its format: paragraphs and tables in order, with their places."""

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from functools import cached_property

from ita_data.thai import clean

_UNFIT = {code: " " for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) != "\n"} | dict.fromkeys(
    range(0xD800, 0xE000), "\ufffd"
)


@dataclass(frozen=True)
class Place:
    """Where something stands: ``row`` from 1, in ``sheet`` (a page, a table, …), None for the whole file."""

    row: int
    sheet: str | None = None


@dataclass(frozen=True)
class Paragraph:
    """Text outside tables, its lines separated by line ends.

    ``numbered`` says that every line has a row of its own, counted on from ``place``.
    """

    text: str
    place: Place
    numbered: bool = False

    @cached_property
    def _line_ends(self) -> list[int]:
        return [found.start() for found in re.finditer("\n", self.text)] if self.numbered else []

    def place_at(self, offset: int) -> Place:
        """Return the place of the character at ``offset``."""
        return Place(self.place.row + bisect_left(self._line_ends, offset), self.place.sheet)


@dataclass(frozen=True)
class Row:
    """A row of a table; a cell that a merged one covers is empty, lines within a cell end with a line end."""

    cells: tuple[str, ...]
    place: Place


@dataclass(frozen=True)
class Table:
    """A table; rows may have different numbers of cells."""

    rows: tuple[Row, ...]


Block = Paragraph | Table


@dataclass(frozen=True)
class Remark:
    """Something that could not be read, without the rest being lost: what and where, in Thai."""

    code: str
    message_th: str
    advice_th: str
    place: Place | None = None


@dataclass(frozen=True)
class Blocks:
    """Everything in a document: ``kind`` is text, html, docx or pdf."""

    kind: str
    blocks: tuple[Block, ...]
    remarks: tuple[Remark, ...] = field(default=())


class Unreadable(ValueError):
    """The file cannot be read as a document; says in Thai why and what to do."""

    def __init__(self, code: str, message_th: str, advice_th: str) -> None:
        super().__init__(message_th)
        self.code, self.message_th, self.advice_th = code, message_th, advice_th


MAX_CELLS = 100_000
"""Cells of all tables of a document, merged ones counted with what they cover."""


def check_cells(count: int) -> int:
    """Return the count; raises Unreadable above MAX_CELLS."""
    if count > MAX_CELLS:
        raise Unreadable("too_long", f"ตารางมีช่องเกิน {MAX_CELLS:,} ช่อง", "คัดเฉพาะตารางผลการประเมินมานำเข้า")
    return count


def tidy(text: str) -> str:
    """Return the text with its lines cleaned, without control characters and empty lines; no word changes."""
    return "\n".join(filter(None, map(clean, text.translate(_UNFIT).split("\n"))))
