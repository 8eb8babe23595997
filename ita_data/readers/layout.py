"""Find the tables of a sheet: which rows are headers, what each column holds, where the table ends.

A table is looked at as a view: bodies in rows, what is known of them in columns. Where a sheet has
organisations as columns and parts as rows, the view is the sheet turned over, and places are turned back.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

import numpy as np

from ita_data.edition import Edition
from ita_data.organisation import split_name, split_place
from ita_data.readers.files import Cell, Cells, Sheet
from ita_data.readers.labels import IGNORE, ROLES, UNKNOWN, Label, Labels, folded, key, role_of
from ita_data.readers.mapping import SheetMapping, parse_role
from ita_data.readers.messages import LONGEST_NAME
from ita_data.readers.values import score as read_score
from ita_data.readers.values import year as read_year
from ita_data.thai import clean

WIDE, LONG, TURNED = "wide", "long", "organisations_as_columns"

MOST_BODIES = 100_000
"""Different names one column may have; there are about 8,300 bodies."""

_HEADER_DEPTH = 3
_LOOK_AT = 200_000
"""Cells looked at for a header, from where the last table ended."""
_FIRST_LOOK = 60
"""Rows looked at for a header before the others."""
_TITLE_ROWS = 30
_TURNED_HEIGHT = 1_000
_TURNED_COLUMNS = 6

_clean = lru_cache(maxsize=1 << 16)(clean)
_YEAR_BEHIND = re.compile(r"[\s(]*(?:ประจำ)?(?:ปีงบประมาณ|ปี)\s*(?:พ\.\s?ศ\.)?\s*[0-9๐-๙]{4}\s*\)?$")
_DIGITS = frozenset("0123456789๐๑๒๓๔๕๖๗๘๙-+. ")
_Block = tuple[int, int, list[tuple[str, str]]]

_TOTAL = re.compile(
    r"(?:ผล|ยอด)?รวม(?:ทั้งสิ้น|ทั้งหมด|ทุก.*|ทั้ง.*|เฉลี่ย.*|คะแนน.*|ค่าเฉลี่ย.*|\d.*|จำนวน.*|จังหวัด.*|อำเภอ.*|[:(].*)?"
    r"|(?:ค่า|คะแนน)?เฉลี่ย.*|ภาพรวม.*|.*(?:ค่าเฉลี่ย|คะแนนเฉลี่ย).*|.*\((?:เฉลี่ย|รวม)\)"
    r"|(?:ค่า|คะแนน)(?:สูงสุด|ต่ำสุด|มัธยฐาน|กลาง)|(?:ส่วน|ค่า)เบี่ยงเบน.*|สูงสุด|ต่ำสุด|มัธยฐาน|s\.?d\.?"
    r"|(?:grand |sub ?)?totals?|(?:overall )?(?:averages?|means?)|medians?|sum|max(?:imum)?|min(?:imum)?"
)
_NOT_A_BODY = frozenset(
    key(word)
    for word in (
        *("คะแนนเต็ม", "เต็ม", "น้ำหนัก", "ค่าน้ำหนัก", "น้ำหนักคะแนน", "ร้อยละ", "เกณฑ์", "เกณฑ์การประเมิน"),
        *("เป้าหมาย", "ค่าเป้าหมาย", "หน่วย", "หน่วยนับ", "หมายเหตุ", "ผลต่าง", "ลำดับ", "full mark", "full score"),
        *("weight", "target", "unit", "note", "notes", "remark", "difference", "change"),
    )
)


def is_total(text: str) -> bool:
    """Whether a name is that of a total or an average, not of a body."""
    return _TOTAL.fullmatch(folded(text)) is not None


def is_no_body(text: str) -> bool:
    """Whether a name is a word of the table itself, like คะแนนเต็ม or a header."""
    word = key(text)
    return word in _NOT_A_BODY or role_of(text) in (*ROLES, IGNORE)


def letter(column: int) -> str:
    """Return the letters of a column counted from 0: A, …, Z, AA, …"""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def text_of(cell: Cell) -> str:
    """Return a cell as the text of a label or name; blank for what holds none."""
    if isinstance(cell, str):
        return _clean(cell)
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        return ""
    return f"{cell:.15g}"


@dataclass(frozen=True)
class View:
    """Cells with bodies in rows; ``turned`` where that is not how they stand in the sheet."""

    sheet: Sheet
    cells: Cells
    turned: bool = False

    def row(self, row: int, column: int) -> int:
        """Return the number of the row in the sheet, from 1."""
        return (column if self.turned else row) + 1

    def letter(self, row: int, column: int) -> str:
        """Return the letters of the column in the sheet."""
        return letter(row if self.turned else column)


@dataclass(frozen=True)
class Layout:
    """Where a table stands in a view, and what its columns hold. Rows and columns count from 0.

    ``labels`` and ``texts`` belong to the columns; ``columns`` is the column of each role, ``parts`` those of
    scores of a part. ``header`` holds its rows; the data are rows ``start`` to before ``stop``.
    ``body`` is the one body the titles name, where no column does; ``titles`` are the texts above the table.
    """

    view: View
    shape: str
    header: tuple[int, ...]
    start: int
    stop: int
    labels: tuple[Label, ...]
    texts: tuple[str, ...]
    columns: Mapping[str, int]
    parts: tuple[int, ...]
    part_columns: tuple[int, ...] = ()
    titles: tuple[str, ...] = ()
    body: str | None = None


@dataclass
class Finder:
    """Finds the tables of one sheet; ``failure`` says why the best candidate for a header is none."""

    labels: Labels
    said: SheetMapping
    failure: str = "no_table"
    _mapped: dict[str, Label] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._mapped = {folded(text): self._from_role(role) for text, role in self.said.columns.items()}

    def tables(self, sheet: Sheet) -> Iterator[Layout]:
        """Yield the tables of a sheet from the top down; the turned one only where there is no other."""
        view = View(sheet, filled(sheet))
        start = found = 0
        while found < 100 and (layout := self._next(view, start)):
            yield layout
            found += 1
            start = layout.stop
        if (
            not found
            and view.cells.shape[0] <= _TURNED_HEIGHT
            and (layout := self._turned(sheet, view.cells))
        ):
            yield layout

    def read(self, text: str, above: str = "") -> Label:
        """Return what a label means, the user's word before any other.

        A code the user gives for what is known anyway only repeats it: a name has its own code in each year.
        """
        known = self.labels.read(text, above)
        for header in (self.header_text(text, above), text):
            if (label := self._mapped.get(folded(header))) is not None:
                return known if _repeats(label, known) else label
        return known

    def header_text(self, own: str, above: str) -> str:
        """Return the text a mapping calls a header by."""
        return f"{above} {own}" if above and own else above or own

    def _from_role(self, role: str) -> Label:
        if not role.startswith("part:"):
            return Label(role=role)
        code, respondents, year = parse_role(role)
        codes = {one: (code,) for one, edition in self.labels.editions.items() if code in edition.parts}
        doubt = "" if codes else f"ไม่มีส่วนที่มีรหัส {code} ในการประเมินปีใดเลย"
        label = Label(role="of_part" if codes else "", codes=codes, fiscal_year=year, doubt_th=doubt)
        return replace(label, respondents=respondents) if respondents else label

    # --- Bodies in rows

    def _next(self, view: View, start: int) -> Layout | None:
        height, width = view.cells.shape
        end = min(height, start + max(_LOOK_AT // max(width, 1), 5))
        rows: list[list[str]] = []
        for further in (_FIRST_LOOK, end):
            seen = len(rows)
            rows += [_row_texts(cells) for cells in view.cells[start + seen : min(start + further, end)]]
            for at in range(max(seen - _HEADER_DEPTH, 0), len(rows)):
                if any(map(self._is_name, set(rows[at]))) and (block := self._best_block(view, rows, at)):
                    return self._layout(view, start, rows, *block)
        return self._nameless(view, start, rows)

    def _is_name(self, text: str) -> bool:
        return len(text) <= 60 and (
            (self._mapped.get(folded(text)) or UNKNOWN).role == "name"
            or (role_of(text) == "name" and folded(text) not in self._mapped)
        )

    def _best_block(self, view: View, rows: Sequence[Sequence[str]], at: int) -> _Block | None:
        """Return first and last row of the header around row ``at``, which names bodies, and its texts."""
        best: _Block | None = None
        best_score = 0
        for first in range(at, max(at - _HEADER_DEPTH, -1), -1):
            for last in range(at, min(first + _HEADER_DEPTH, len(rows))):
                if first < at and self._is_title(rows[first], rows[at]):
                    continue
                texts = self._texts(view, rows[first : last + 1])
                if (score := self._score(texts)) > best_score:
                    best, best_score = (first, last, texts), score
        return best

    def _is_title(self, row: Sequence[str], named: Sequence[str]) -> bool:
        """Whether a row above the names' header is a title: one text that starts no further right than it."""
        name = next(column for column, text in enumerate(named) if self._is_name(text))
        texts = {text for text in row if text}
        return not texts or (len(texts) == 1 and any(row[: name + 1]))

    def _texts(self, view: View, rows: Sequence[Sequence[str]]) -> list[tuple[str, str]]:
        """Return for each column its lowest header text and those above it in one.

        A blank cell above a header belongs to the text on its left: merged cells lose the others when saved.
        """
        *upper, lowest = [list(row) for row in rows]
        if not view.sheet.merged:
            for number, row in enumerate(upper):
                below = rows[number + 1]
                for column in range(1, len(row)):
                    if not row[column] and below[column]:
                        row[column] = row[column - 1]
        texts = []
        for column, own in enumerate(lowest):
            above: list[str] = []
            for row in upper:
                if row[column] and row[column] != own and row[column] not in above:
                    above.append(row[column])
            if not own and above:
                own = above.pop()
            texts.append((own, " ".join(above)))
        return texts

    def _score(self, texts: Sequence[tuple[str, str]]) -> int:
        """Return how many columns of a header are understood; 0 where bodies or scores are missing."""
        labels = self._columns(texts)
        roles = {label.role for label in labels}
        years = sum(label.role == "score" and bool(label.fiscal_year) for label in labels)
        parts = 2 * sum(label.is_part for label in labels) + years  # a year alone may stand above parts
        if "name" not in roles:
            return 0
        if not parts and "score" not in roles:
            self.failure = "no_scores"
            return 0
        return 3 + len(roles & set(ROLES)) + parts

    def _columns(self, texts: Sequence[tuple[str, str]]) -> list[Label]:
        """Return the labels of the columns; numbers alone count only where all indicators stand there."""
        labels = [self.read(own, above) if own else UNKNOWN for own, above in texts]
        bare = {code for label in labels if label.bare for codes in label.codes.values() for code in codes}
        if bare and not any(_indicators(edition) <= bare for edition in self.labels.editions.values()):
            return [UNKNOWN if label.bare else label for label in labels]
        return labels

    def _layout(
        self,
        view: View,
        start: int,
        rows: Sequence[Sequence[str]],
        first: int,
        last: int,
        texts: Sequence[tuple[str, str]],
        body: str | None = None,
    ) -> Layout:
        labels = self._columns(texts)
        columns, parts, part_columns = _by_role(labels)
        header = tuple(range(start + first, start + last + 1))
        below = start + last + 1
        long = "part" in columns and "score" in columns
        return Layout(
            view=view,
            shape=LONG if long else WIDE,
            header=header,
            start=below,
            stop=self._end(view, below, columns, parts, header),
            labels=tuple(labels),
            texts=tuple(self.header_text(*pair) for pair in texts),
            columns=columns,
            parts=(columns["score"],) if long or not parts else parts,
            part_columns=part_columns if long else (),
            titles=_titles(rows[max(first - _TITLE_ROWS, 0) : first]),
            body=body,
        )

    def _end(
        self, view: View, below: int, columns: Mapping[str, int], parts: Sequence[int], header: Sequence[int]
    ) -> int:
        """Return where the table ends: before the titles of a table with another header, or at the end."""
        height: int = view.cells.shape[0]
        if "name" not in columns:
            return height
        own = [_row_texts(view.cells[row]) for row in header]
        scores = sorted({*parts, *([columns["score"]] if "score" in columns else [])})
        for row in self._rows_with_header_words(view.cells[below:]):
            if _holds_number(view.cells[below + row, scores]) or _row_texts(view.cells[below + row]) in own:
                continue
            around = [_row_texts(cells) for cells in view.cells[below + row : below + row + _HEADER_DEPTH]]
            if self._best_block(view, around, 0) is not None:
                filled = (at for at in range(row) if _holds_number(view.cells[below + at, scores]))
                return below + max([row - _TITLE_ROWS, 0, *(at + 1 for at in filled)])
        return height

    def _rows_with_header_words(self, cells: Cells) -> list[int]:
        """Return the rows with a word that heads a column of names."""
        found: set[int] = set()
        for column in cells.T:
            distinct = set(column)
            words = {
                one
                for one in (distinct if len(distinct) <= MOST_BODIES else ())
                if type(one) is str and len(one) <= 60 and one[:1] not in _DIGITS and self._is_name(one)
            }
            if words:
                found.update(np.flatnonzero([one in words for one in column]).tolist())
        return sorted(found)

    def _nameless(self, view: View, start: int, rows: Sequence[Sequence[str]]) -> Layout | None:
        """Find a table without a column of names: the one body its titles name, or averages of provinces."""
        for at, row in enumerate(rows):
            texts = self._texts(view, [row])
            labels = self._columns(texts)
            parts = {codes for label in labels if label.is_part for codes in label.codes.values()}
            roles = {label.role for label in labels}
            if len(parts) < 2 or sum(bool(text) for text in row) < 2:
                continue
            bodies = _bodies(rows[:at])
            if len(bodies) == 1 and "province" not in roles:
                return self._layout(view, start, rows, at, at, texts, body=bodies[0])
            if "province" in roles:
                self.failure = "province_averages"
            elif "part" not in roles:
                self.failure = "no_names"
        return None

    # --- Organisations as columns

    def _turned(self, sheet: Sheet, cells: Cells) -> Layout | None:
        """Find parts named in the rows of one of the first columns; the bodies stand above the scores."""
        view = View(sheet, cells.T, turned=True)
        height = min(view.cells.shape[0], _TURNED_COLUMNS)
        best, at = 1, -1
        for row in range(height):
            labels = [self._row_label(text_of(cell)) for cell in view.cells[row]]
            known = {
                codes
                for label in labels
                if label.is_part and not label.bare
                for codes in label.codes.values()
            }
            if len(known) > best:
                best, at = len(known), row
        if at < 0:
            return None
        texts = [text_of(cell) for cell in view.cells[at]]
        labels = [self._row_label(text) for text in texts]
        first = next(column for column, label in enumerate(labels) if label.is_part and not label.bare)
        labels = [UNKNOWN if label.bare or label.role in ("part", IGNORE) else label for label in labels]
        return self._turned_layout(view, at, texts, labels, first)

    def _row_label(self, text: str) -> Label:
        return self.read(text) if text else UNKNOWN

    def _turned_layout(
        self, view: View, at: int, texts: list[str], labels: list[Label], first: int
    ) -> Layout | None:
        roles = {
            column: label.role
            for column, label in enumerate(labels[:first])
            if label.role in ("name", "type", "district", "province", "code", "year")
        }
        used = {role: column for column, role in roles.items()}
        titles: list[str] = []
        for column in range(first - 1, -1, -1):
            below = [text_of(cell) for cell in view.cells[at + 1 :, column]]
            filled = {text for text in below if text}
            if column in roles or not filled:
                titles += [texts[column]] if texts[column] and column not in roles else []
            elif filled == {texts[column]} or (len(filled) == 1 and used.keys() >= {"name"}):
                titles += filled
            elif "year" not in used and all(read_year(text).year for text in filled):
                used["year"] = column
            elif "name" not in used and not all(is_no_body(text) or is_total(text) for text in filled):
                used["name"] = column
        bodies = _bodies([titles])
        if "name" not in used and len(bodies) != 1:
            self.failure = "no_names"
            return None
        parts = tuple(column for column, label in enumerate(labels) if label.is_part and column >= first)
        labels = [
            label if column >= first or column in used.values() else UNKNOWN
            for column, label in enumerate(labels)
        ]
        for role, column in used.items():
            labels[column] = Label(role=role)
        return Layout(
            view=view,
            shape=TURNED,
            header=(at,),
            start=at + 1,
            stop=view.cells.shape[0],
            labels=tuple(labels),
            texts=tuple(texts),
            columns=used,
            parts=parts,
            titles=tuple(dict.fromkeys(titles)),
            body=None if "name" in used else bodies[0],
        )


def _repeats(said: Label, known: Label) -> bool:
    if not (said.is_part and known.is_part and known.settled and not known.bare):
        return False
    same = (said.respondents, said.fiscal_year) == (known.respondents, known.fiscal_year)
    return same and any(codes == said.codes.get(year) for year, codes in known.codes.items())


def _by_role(labels: Sequence[Label]) -> tuple[dict[str, int], tuple[int, ...], tuple[int, ...]]:
    """Return the first column of each role, the columns of parts, and all columns that say which part."""
    columns: dict[str, int] = {}
    for column, label in enumerate(labels):
        if label.role in ROLES and not (label.role == "score" and label.fiscal_year):
            columns.setdefault(label.role, column)
    parts = tuple(
        column
        for column, label in enumerate(labels)
        if label.is_part or (label.role == "score" and label.fiscal_year)
    )
    return columns, parts, tuple(column for column, label in enumerate(labels) if label.role == "part")


def _indicators(edition: Edition) -> set[str]:
    """Return the codes of an edition's indicators; a blank one, which no header has, where there are none."""
    return {part.code for part in edition.parts.values() if part.level == "indicator"} or {""}


def _holds_number(cells: Cells) -> bool:
    return any(read_score(cell).value is not None for cell in cells)


def _row_texts(cells: Cells) -> list[str]:
    return [text_of(cell) for cell in cells]


def _titles(rows: Iterable[Sequence[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for row in rows for text in row if text))


def _bodies(rows: Iterable[Sequence[str]]) -> list[str]:
    """Return the bodies that titles name: texts that begin with the type of a body."""
    titles = [_YEAR_BEHIND.sub("", text) for text in _titles(rows) if len(text) <= LONGEST_NAME]
    return [text for text in titles if split_name(split_place(text).name)[0] is not None]


def filled(sheet: Sheet) -> Cells:
    """Return the cells with the text or the year of merged cells in all of them; scores are not repeated."""
    if not sheet.merged:
        return sheet.cells
    cells: Cells = sheet.cells.copy()
    left = 4 * cells.size + 1000
    for top, start, bottom, end in sheet.merged:
        left -= (bottom - top + 1) * (end - start + 1)
        if left < 0 or top >= cells.shape[0] or start >= cells.shape[1]:
            break
        cell = cells[top, start]
        if (isinstance(cell, str) and read_score(cell).value is None) or read_year(cell).year:
            cells[top : bottom + 1, start : end + 1] = cell
    return cells
