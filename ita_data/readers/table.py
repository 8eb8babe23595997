"""Read one table: every cell of a score becomes a score, is missing, or is a Problem.

Each step of a `Table` takes rows or cells away and says why; what is left are the scores.
"""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd

from ita_data.edition import ALL, FULL_SCORE, Edition
from ita_data.readers import scales, values
from ita_data.readers.files import Broken, Cell, Cells
from ita_data.readers.labels import IGNORE, ROLES, Label, role_of, take_years
from ita_data.readers.layout import LONG, MOST_BODIES, Finder, Layout, is_no_body, is_total, letter, text_of
from ita_data.readers.messages import LONGEST_NAME, problem
from ita_data.readers.reading import Problem, Recognised
from ita_data.readers.values import Year

MOST_ALIKE = 1_000
"""Problems of one kind in one table that are listed cell by cell; the others are counted in one more."""

_BODY_ROLES = ("name", "type", "district", "province", "code")
_BAD_CHARACTERS = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ufffd-\uffff]")
_ITA = re.compile(r"(?<![a-z])ita(?![a-z])", re.I)
_COLUMN_NUMBER = re.compile(r"[(\[]?(\d{1,3})[)\]]?")
_EVERYBODY = frozenset(["all", "ทั้งหมด", "ทุกกลุ่ม", "รวม", "รวมทุกกลุ่ม", "ภาพรวม"])

Ints = npt.NDArray[Any]
"""Whole numbers, as narrow as they may be where there is one for every score."""
_Floats = npt.NDArray[np.float64]
_Bools = npt.NDArray[np.bool_]
_Texts = npt.NDArray[np.object_]
_T = TypeVar("_T")


class Common:
    """What the tables of one file share: numbers for parts, groups and bodies, and what was said."""

    def __init__(self, file: str, editions: Mapping[int, Edition], fiscal_year: int | None) -> None:
        self.file, self.editions, self.fiscal_year = file, editions, fiscal_year
        self.parts: list[str] = []
        self.groups: list[str] = [ALL]
        self.bodies: dict[tuple[str | None, ...], tuple[int, str, int]] = {}
        self.grades: list[tuple[int, int, str, str, int]] = []
        self.problems: list[Problem] = []
        self.recognised: list[Recognised] = []

    def say(self, code: str, *details: str, **place: Any) -> None:
        """Add a problem; ``place`` is sheet, row, column, value."""
        self.problems.append(problem(code, self.file, *details, **place))

    @property
    def any_error(self) -> bool:
        """Whether an error was said."""
        return any(one.severity == "error" for one in self.problems)

    def part(self, code: str) -> int:
        """Return the number of a part."""
        return _number(self.parts, code)

    def group(self, group: str) -> int:
        """Return the number of a group of respondents."""
        return _number(self.groups, group)

    def mention(self, body: tuple[str | None, ...], sheet: str, row: int) -> int:
        """Return the number of a way to write a body, a new one on its first appearance."""
        return self.bodies.setdefault(body, (len(self.bodies), sheet, row))[0]


def _number(known: list[str], one: str) -> int:
    if one not in known:
        known.append(one)
    return known.index(one)


def shown(cell: object) -> str:
    """Return a cell as a message shows it, cut short."""
    text = cell.text if isinstance(cell, Broken) else _written(cell)
    return text if len(text) <= 100 else text[:100] + "…"


def _written(cell: object) -> str:
    """Return a cell as it stands; a number in its shortest form."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return text_of(cell)
    return repr(cell).removesuffix(".0") if isinstance(cell, float) else str(cell)


class _Column(NamedTuple):
    """The cells of a column by the distinct ones: ``codes`` (-1 for blank) into ``cells``."""

    codes: Ints
    cells: list[Cell]

    def each(self, judge: Callable[[Cell], _T], blank: _T) -> list[_T]:
        """Return what ``judge`` says of each distinct cell, ``blank`` last: to be indexed with ``codes``."""
        return [*map(judge, self.cells), blank]

    def where(self, judge: Callable[[Cell], bool], blank: bool = False) -> _Bools:
        """Return for each row whether ``judge`` says yes."""
        return np.array(self.each(judge, blank), dtype=bool)[self.codes]


def _column(cells: Cells) -> _Column:
    if set(map(type, cells)) <= {str, type(None)}:
        found, distinct = pd.factorize(cells)
        return _Column(found.astype(np.int64), list(distinct))
    ids: dict[tuple[type, Cell], int] = {}  # by type too: 1, 1.0 and True are equal
    codes = np.fromiter(
        (-1 if cell is None else ids.setdefault((type(cell), cell), len(ids)) for cell in cells),
        dtype=np.int64,
        count=len(cells),
    )
    return _Column(codes, [cell for _, cell in ids])


def _numbers(cells: Cells) -> tuple[_Floats, _Texts | None]:
    """Return the scores of a column, NaN where there is none, and the cells' problems if there are any."""
    if set(map(type, cells)) <= {float, type(None)}:
        numbers: _Floats = cells.astype(np.float64)
        if np.isfinite(numbers).sum() == np.count_nonzero(cells != None):  # noqa: E711 (by element)
            return numbers, None
    column = _column(cells)
    read = column.each(values.score, values.MISSING)
    numbers = np.array([np.nan if one.value is None else one.value for one in read], dtype=np.float64)
    problems = np.array([one.problem for one in read], dtype=object)
    return numbers[column.codes], problems[column.codes] if problems.any() else None


def printed(cells: Cells) -> _Texts:
    """Return cells of scores as they stood."""
    if set(map(type, cells)) <= {float}:
        codes, distinct = pd.factorize(cells.astype(np.float64))
        texts: _Texts = np.array([*map(_written, distinct.tolist())], dtype=object)
        return texts[codes]
    return np.array([one if isinstance(one, str) else _written(one) for one in cells], dtype=object)


@dataclass
class Scores:
    """The scores of one table as columns of equal length; ``row`` and ``column`` are places in the view."""

    mention: Ints
    fiscal_year: Ints
    part: Ints
    respondents: Ints
    value: _Floats
    row: Ints
    column: Ints

    def take(self, chosen: _Bools) -> "Scores":
        """Return the chosen ones."""
        return self if chosen.all() else Scores(*(getattr(self, one.name)[chosen] for one in fields(self)))


_NONE = np.empty(0, dtype=np.int64)
NO_SCORES = Scores(_NONE, _NONE, _NONE, _NONE, np.empty(0), _NONE, _NONE)


class _Parts(NamedTuple):
    """Part and respondents of each score (rows x columns of scores), -1 for none; parts said weighted."""

    part: Ints
    respondents: Ints
    stated: frozenset[str]


class Table:
    """One table as `layout` found it. ``ok`` marks the rows that are left."""

    def __init__(self, common: Common, layout: Layout, finder: Finder) -> None:
        self.common, self.layout, self.finder, self.said = common, layout, finder, finder.said
        self.view = layout.view
        self.sheet = self.view.sheet
        self.block = self.view.cells[layout.start : layout.stop]
        self.height = len(self.block)
        self.ok = np.ones(self.height, dtype=bool)
        self.notes: list[str] = []
        self.said_of: Counter[str] = Counter()
        self.year_of_table: int | None = None
        self.scale: dict[str, str] = {}

    # Saying where: rows and columns are those of the block.

    def say(
        self, code: str, row: int | None, column: int | None, *details: str, value: str | None = None
    ) -> None:
        """Add a problem of one place; after MOST_ALIKE of a kind only count it."""
        self.said_of[code] += 1
        if self.said_of[code] > MOST_ALIKE:
            return
        at = self.layout.start + (row or 0)
        turned = self.view.turned
        number = None if (column if turned else row) is None else self.view.row(at, column or 0)
        letters = None if (row if turned else column) is None else self.view.letter(at, column or 0)
        self.common.say(code, *details, sheet=self.sheet.name, row=number, column=letters, value=value)

    def say_rows(self, code: str, rows: _Bools, column: int | None = None) -> None:
        """Say the same of rows, each with the text of its cell in the column."""
        for row in np.flatnonzero(rows):
            value = None if column is None else shown(self.block[row, column])
            self.say(code, int(row), column, value or "", value=value)

    def drop(self, code: str, rows: _Bools, column: int | None = None) -> None:
        """Take rows out and say why."""
        rows = rows & self.ok
        if rows.any():
            self.say_rows(code, rows, column)
            self.ok &= ~rows

    def at(self, role: str) -> _Column | None:
        """Return the column of a role, where there is one."""
        column = self.layout.columns.get(role)
        return None if column is None else _column(self.block[:, column])

    # The steps.

    def read(self) -> Scores:
        """Return the scores of the table, none where it cannot be read; what was recognised is kept."""
        if (name := self.at("name")) is not None and len(name.cells) > MOST_BODIES:
            self.say("too_many_bodies", None, self.layout.columns["name"], f"{len(name.cells):,}")
            return self._recognised(self.layout.labels, NO_SCORES)
        columns = np.array(self.layout.parts, dtype=np.int32)
        given = [_numbers(self.block[:, column]) for column in columns]
        value = np.column_stack([numbers for numbers, _ in given])
        wrong = np.column_stack([_is_wrong(problems, self.height) for _, problems in given])
        filled: _Bools = ~np.isnan(value) | wrong
        any_filled: _Bools = np.logical_or.reduce(filled, axis=1)
        self._rows(any_filled)
        years = self._years(any_filled)
        if years is None:
            return self._recognised(self.layout.labels, NO_SCORES)
        labels = self._known_parts(self.finder.labels.settle(self.layout.labels, self._which(years)))
        mention = self._mentions()
        parts = self._long_parts if self.layout.shape == LONG else self._wide_parts
        part, respondents, stated = parts(labels, years, filled)
        year = self._year_matrix(labels, years, filled)
        for number, (_, problems) in enumerate(given):
            if problems is not None:
                self._wrong_cells(problems, wrong[:, number] & self.ok, int(columns[number]))
        taken = self.ok[:, None] & ~np.isnan(value) & (part >= 0) & (respondents >= 0) & (year > 0)
        rows, numbers = (one.astype(np.int32) for one in np.nonzero(taken))
        scores = Scores(
            mention=mention[rows],
            fiscal_year=year[rows, numbers],
            part=part[rows, numbers],
            respondents=respondents[rows, numbers],
            value=value[rows, numbers],
            row=rows,
            column=columns[numbers],
        )
        self._grades(mention, years)
        return self._recognised(labels, self._in_range(self._scaled(scores, stated)))

    def _which(self, years: Ints) -> list[int]:
        """Return the years of the rows that are left and of the headers."""
        of_columns = [self.layout.labels[column].fiscal_year for column in self.layout.parts]
        return [int(year) for year in {*np.unique(years[self.ok]), *filter(None, of_columns)} if year]

    def _rows(self, filled: _Bools) -> None:
        """Leave the rows of bodies: no headers, totals, notes, nor rows that may have shifted."""
        self._skip_headers()
        self._skip_shifted(filled)
        name = self.at("name")
        if name is None:
            self._skip_other_columns(filled)
            return
        if self.view.turned and "year" in self.layout.columns:
            name = self._names_to_the_right(name, filled)
        blank = name.codes < 0
        column = self.layout.columns["name"]
        self.drop("total_row", name.where(lambda cell: isinstance(cell, str) and is_total(cell)), column)
        self.drop("total_row", self._total_elsewhere(blank & filled & self.ok))
        self.drop("not_a_body", name.where(lambda cell: isinstance(cell, str) and is_no_body(cell)), column)
        if (year := self.at("year")) is not None:
            self.drop("row_without_scores", ~blank & ~filled & (year.codes < 0), column)
        if bodies := int((self.ok & ~blank & ~filled).sum()):
            self.notes.append(f"มี {bodies:,} แถวที่มีชื่อหน่วยงานแต่ไม่มีคะแนน")
        self.ok &= filled
        self.drop("name_missing", blank, column)
        for role in _BODY_ROLES:
            if (given := self.at(role)) is not None:
                reasons = np.array(given.each(_name_problem(role), ""), dtype=object)[given.codes]
                for reason in sorted(set(reasons[self.ok]) - {""}):
                    self.drop(reason, reasons == reason, self.layout.columns[role])

    def _skip_other_columns(self, filled: _Bools) -> None:
        """Take out what stands beside the scores of the one body the titles name: full marks, averages."""
        if self.view.turned:
            for row in range(self.height):
                above = [
                    (column, text_of(self.block[row, column])) for column in range(min(self.layout.parts))
                ]
                for column, text in above:
                    total, other = is_total(text), is_no_body(text) and role_of(text) != "score"
                    if self.ok[row] and (total or other):
                        self.say("total_row" if total else "not_a_body", row, column, text, value=text)
                        self.ok[row] = False
        self.ok &= filled

    def _skip_headers(self) -> None:
        """Take out headers printed again, as on every page, and a row of column numbers below the header."""
        header = [[text_of(cell) for cell in self.view.cells[row]] for row in self.layout.header]
        if self.view.turned or "name" not in self.layout.columns:
            return
        name = self.at("name")
        assert name is not None
        own = header[0][self.layout.columns["name"]] or header[-1][self.layout.columns["name"]]
        again = name.where(lambda cell: isinstance(cell, str) and text_of(cell) == own)
        for row in np.flatnonzero(again).tolist():
            for below, texts in enumerate(header[1:], start=row + 1):
                if below < self.height and [text_of(cell) for cell in self.block[below]] == texts:
                    again[below] = True
        for row in range(min(self.height, 2)):
            found = [_COLUMN_NUMBER.fullmatch(text) for cell in self.block[row] if (text := text_of(cell))]
            numbers = [int(match[1]) for match in found if match]
            if len(numbers) == len(found) > 2 and set(np.diff(numbers)) == {1}:
                again[row] = True
        self.drop("header_again", again)

    def _skip_shifted(self, filled: _Bools) -> None:
        """Take out rows of a CSV that were written with another number of fields than the header."""
        widths = self.sheet.widths
        if widths is None or self.view.turned:
            return
        header = self.layout.header[-1]
        last = max((column for column, text in enumerate(self.layout.texts) if text), default=0)
        here = widths[self.layout.start : self.layout.stop]
        longer = here > widths[header]
        if longer.any():
            longer[longer] = (self.block[longer, widths[header] :] != None).any(axis=1)  # noqa: E711
        self.drop("row_shifted", filled & (longer | (here <= last)))

    def _names_to_the_right(self, name: _Column, filled: _Bools) -> _Column:
        """Repeat the name of a body over its other years, where merged cells were saved without."""
        years = self.at("year")
        assert years is not None
        codes = name.codes.copy()
        of_body: set[int] = set()
        for row in range(len(codes)):
            if codes[row] >= 0:
                of_body = {int(years.codes[row])}
            elif row and filled[row] and codes[row - 1] >= 0 and years.codes[row] not in of_body:
                codes[row] = codes[row - 1]
                of_body.add(int(years.codes[row]))
        if (codes != name.codes).any():
            self.notes.append("ช่องชื่อหน่วยงานที่ว่างเหนือคะแนนของอีกปี ใช้ชื่อทางซ้าย")
            self.block = self.block.copy()  # the cells stay as they were opened
            names = np.array([*name.cells, None], dtype=object)
            self.block[:, self.layout.columns["name"]] = names[codes]
        return name._replace(codes=codes)

    def _total_elsewhere(self, rows: _Bools) -> _Bools:
        found = np.zeros(self.height, dtype=bool)
        for row in np.flatnonzero(rows):
            found[row] = any(isinstance(cell, str) and is_total(cell) for cell in self.block[row])
        return found

    def _years(self, filled: _Bools) -> Ints | None:
        """Return the year of each row, 0 where columns say it; None if the table cannot be read without."""
        asked = self.common.fiscal_year
        if (column := self.at("year")) is not None:
            if asked:
                self.say("fiscal_year_not_used", None, None, str(asked))
            return self._year_column(column, filled)
        if all(self.layout.labels[one].fiscal_year for one in self.layout.parts):
            return np.zeros(self.height, dtype=np.int64)
        titled = dict(year for title in self.layout.titles for year in take_years(title))
        titled = titled or dict(take_years(self.sheet.name))
        chosen = asked or self.said.fiscal_year
        if chosen and not asked and titled and chosen not in titled:
            self.say("year_conflict", None, None, str(chosen))
            return None
        if not chosen and len(titled) != 1:
            years = ", ".join(map(str, sorted(titled)))
            self.say("year_ambiguous" if titled else "year_missing", None, None, years)
            return None
        year = chosen or next(iter(titled))
        if year not in self.common.editions:
            self.say("year_unknown", None, None, str(year), value=str(year))
            return None
        converted = " (แปลงจาก ค.ศ.)" if titled.get(year) else ""
        self.notes.append(
            f"ปี {year} " + ("ตามที่ระบุ" if chosen else f"จากข้อความเหนือตารางหรือชื่อแผ่นงาน{converted}")
        )
        self.year_of_table = year
        return np.full(self.height, year, dtype=np.int64)

    def _year_column(self, column: _Column, filled: _Bools) -> Ints:
        at = self.layout.columns["year"]
        label = self.layout.labels[at]
        read = column.each(lambda cell: values.year(cell, common_era=label.common_era), Year(None))
        years = np.array([one.year or 0 for one in read], dtype=np.int64)[column.codes]
        problems = np.array([one.problem for one in read], dtype=object)[column.codes]
        for code in sorted({one.problem for one in read} - {""}):
            self.drop(code, (problems == code) & filled, at)
        self.drop("row_without_year", (years == 0) & filled, at)
        unknown = (years > 0) & ~np.isin(years, list(self.common.editions))
        self.drop("year_unknown", unknown & filled, at)
        converted = sorted(
            {one.year or 0 for one in read if one.year in self.common.editions and one.common_era}
        )
        if converted:
            self.say("common_era", None, at, ", ".join(map(str, converted)))
        return years

    def _year_matrix(self, labels: Sequence[Label], years: Ints, filled: _Bools) -> Ints:
        """Return the year of each score: its column's where the header has one, else its row's."""
        matrix = np.repeat(years[:, None].astype(np.int32), len(self.layout.parts), axis=1)
        for number, column in enumerate(self.layout.parts):
            year = labels[column].fiscal_year
            if not year or self.layout.shape == LONG:
                continue
            if year not in self.common.editions:
                self.say("year_unknown", None, column, str(year), value=str(year))
                year = 0
            elif labels[column].common_era:
                self.say("common_era", None, column, str(year))
            conflict = (years > 0) & (years != year) & self.ok & filled[:, number]
            if "year" in self.layout.columns and conflict.any():
                self.say_rows("year_of_column_conflict", conflict, column)
                matrix[:, number] = np.where(conflict, 0, year)
            else:
                matrix[:, number] = year
        return matrix

    def _known_parts(self, labels: Sequence[Label]) -> list[Label]:
        """Say which columns are not read; a score without a part is the overall where a title says ITA."""
        known = list(labels)
        of_ita = any(_ITA.search(title) for title in self.layout.titles)
        for column, label in enumerate(known):
            text = self.layout.texts[column]
            if self._is_read(column, label) or not (text or self._has_numbers(column)):
                continue
            if label.role == "score" and column in self.layout.parts and of_ita:
                known[column] = replace(label, role="of_part", codes=self.finder.labels.roots())
                self.notes.append(f"คอลัมน์ “{shown(text)}” เป็นคะแนนรวม เพราะข้อความเหนือตารางบอกว่าเป็นผล ITA")
            elif label.doubt_th:
                self._say_header("column_unclear", column, text, label.doubt_th)
            elif label.role == "score":
                self._say_header("part_missing", column, text, "")
            elif not self.view.turned or self._has_numbers(column):
                self._say_header("column_not_read", column, text or "(ไม่มีหัวคอลัมน์)", "")
        return known

    def _is_read(self, column: int, label: Label) -> bool:
        """Whether a column is made use of, or is known to be of no use."""
        if self.layout.shape == LONG and column in (*self.layout.parts, *self.layout.part_columns):
            return True
        if label.is_part or label.role in ("part", "score"):
            return label.is_part and column in self.layout.parts
        return label.role == IGNORE or (label.role in ROLES and self.layout.columns.get(label.role) == column)

    def _has_numbers(self, column: int) -> bool:
        return any(values.score(cell).value is not None for cell in _column(self.block[:, column]).cells)

    def _say_header(self, code: str, column: int, text: str, doubt: str) -> None:
        row = self.layout.header[-1] - self.layout.start
        self.say(code, row, column, shown(text) + (f" ({doubt})" if doubt else ""), value=shown(text))

    def _mentions(self) -> Ints:
        """Return the body of each row that is left, -1 for others."""
        mention = np.full(self.height, -1, dtype=np.int32)
        rows = np.flatnonzero(self.ok)
        if not len(rows):
            return mention
        given = {
            role: _column(self.block[rows, at])
            for role in _BODY_ROLES
            if (at := self.layout.columns.get(role)) is not None
        }
        combined = np.zeros(len(rows), dtype=np.int64)
        for column in given.values():
            combined = combined * (len(column.cells) + 1) + column.codes + 1
            combined = np.unique(combined, return_inverse=True)[1]
        _, first, inverse = np.unique(combined, return_index=True, return_inverse=True)
        ids = np.empty(len(first), dtype=np.int64)
        for number in np.argsort(first):
            at = first[number]
            body = {
                role: text_of(one.cells[one.codes[at]]) for role, one in given.items() if one.codes[at] >= 0
            }
            if self.layout.body is not None:
                body["name"] = self.layout.body
            place = self.view.row(self.layout.start + int(rows[at]), self.layout.columns.get("name", 0))
            told = tuple(body.get(role) or None for role in _BODY_ROLES)
            ids[number] = self.common.mention(told, self.sheet.name, place)
        mention[rows] = ids[inverse]
        return mention

    def _wide_parts(self, labels: Sequence[Label], years: Ints, filled: _Bools) -> _Parts:
        """Return the parts of columns."""
        part = np.full(filled.shape, -1, dtype=np.int16)
        respondents = np.full(filled.shape, -1, dtype=np.int16)
        stated: set[str] = set()
        groups = self._groups()
        for number, column in enumerate(self.layout.parts):
            label = labels[column]
            if not label.is_part:
                continue
            year_of = np.full(self.height, label.fiscal_year) if label.fiscal_year else years
            kinds = year_of * (len(groups.cells) + 1) + groups.codes + 1
            for kind in np.unique(kinds[self.ok]).tolist():
                rows = (kinds == kind) & self.ok
                year, group = divmod(kind, len(groups.cells) + 1)
                if year not in self.common.editions:
                    continue
                if not (code := label.codes.get(year, ("",))[0]):
                    for row in np.flatnonzero(rows & filled[:, number]).tolist():
                        self.say(
                            "part_not_in_year", row, column, str(year), value=shown(self.block[row, column])
                        )
                    continue
                found = self._group(groups.cells[group - 1] if group else None, label.respondents, year, code)
                if found < 0:
                    self.say_rows("respondents_unknown", rows & filled[:, number], column)
                part[rows, number] = self.common.part(code)
                respondents[rows, number] = found
                stated |= self._stated(label, year, code)
        return _Parts(part, respondents, frozenset(stated))

    def _groups(self) -> _Column:
        """Return the column that says who was asked, blank where there is none."""
        column = self.at("respondents")
        return column or _Column(np.full(self.height, -1, dtype=np.int64), [])

    def _group(self, cell: Cell, of_label: str, year: int, code: str) -> int:
        """Return the number of the group that a cell, else the label, names; -1 where it is not asked."""
        written = "" if cell is None else text_of(cell).casefold()
        wanted = ALL if written in _EVERYBODY else written or of_label.casefold()
        known = {ALL: ALL} | {
            one.casefold(): one for one in self.common.editions[year].parts[code].respondents
        }
        return self.common.group(known[wanted]) if wanted in known else -1

    def _stated(self, label: Label, year: int, code: str) -> set[str]:
        weight = self.common.editions[year].parts[code].weight_in_total
        full = label.full_mark
        out_of_weight = weight is not None and full is not None and abs(full - weight * FULL_SCORE) < 1e-6
        return {code} if label.weighted or (out_of_weight and full != FULL_SCORE) else set()

    def _long_parts(self, labels: Sequence[Label], years: Ints, filled: _Bools) -> _Parts:
        """Return the parts that cells name."""
        named, groups, at = self._part_texts(), self._groups(), self.layout.part_columns[0]
        read = [replace(self.finder.read(text_of(cell)), bare=False) for cell in named.cells]
        settled = self.finder.labels.settle(read, self._which(years))
        header = labels[self.layout.parts[0]]
        part = np.full(self.height, -1, dtype=np.int16)
        respondents = np.full(self.height, -1, dtype=np.int16)
        stated: set[str] = set()
        kinds = (years * (len(settled) + 1) + named.codes + 1) * (len(groups.cells) + 1) + groups.codes + 1
        kinds = np.where(self.ok & filled[:, 0], kinds, -1)
        distinct, first, inverse = np.unique(kinds, return_index=True, return_inverse=True)
        for number, row in enumerate(first.tolist()):
            if distinct[number] < 0:
                continue
            rows, year = inverse == number, int(years[row])
            label = settled[named.codes[row]] if named.codes[row] >= 0 else None
            if label is not None and label.role == IGNORE:
                continue
            if label is None or (wrong := _part_problem(label, year)):
                for one in np.flatnonzero(rows).tolist():
                    value = shown(self.block[one, at])
                    detail = str(year) if label is not None and wrong == "part_not_in_year" else value
                    self.say("part_blank" if label is None else wrong, one, at, detail, value=value)
                continue
            code = label.codes[year][0]
            cell = groups.cells[groups.codes[row]] if groups.codes[row] >= 0 else None
            found = self._group(
                cell, label.respondents if label.respondents != ALL else header.respondents, year, code
            )
            if found < 0:
                self.say_rows("respondents_unknown", rows, self.layout.columns.get("respondents", at))
            part[rows], respondents[rows] = self.common.part(code), found
            stated |= self._stated(label, year, code) | self._stated(header, year, code)
        return _Parts(part[:, None], respondents[:, None], frozenset(stated))

    def _part_texts(self) -> _Column:
        """Return the texts that name the part: of all such columns together, a code beside its name."""
        columns = [_column(self.block[:, column]) for column in self.layout.part_columns]
        texts = [np.array(one.each(text_of, ""), dtype=object)[one.codes] for one in columns]
        joined = [" ".join(filter(None, row)) or None for row in zip(*texts, strict=True)]
        return _column(np.array(joined, dtype=object))

    def _wrong_cells(self, problems: _Texts, rows: _Bools, column: int) -> None:
        for row in np.flatnonzero(rows).tolist():
            value = shown(self.block[row, column])
            self.say(str(problems[row]), row, column, value, value=value)

    def _scaled(self, scores: Scores, stated: frozenset[str]) -> Scores:
        """Return the scores in points; those on an undecided scale are taken out."""
        codes = self.common.parts
        frame = pd.DataFrame(
            {
                "mention": scores.mention,
                "fiscal_year": scores.fiscal_year,
                "part": pd.Categorical.from_codes(scores.part, pd.Index(codes)),
                "respondents": pd.Categorical.from_codes(scores.respondents, pd.Index(self.common.groups)),
                "value": scores.value,
            }
        )
        outcome = scales.decide(frame, self.common.editions, self.said.scale, stated)
        self.scale = {
            code: name
            for code, name in outcome.scale.items()
            if name != scales.POINTS or code in self.said.scale
        }
        self.notes += outcome.notes_th
        undecided = np.isin(scores.part, [codes.index(code) for code in outcome.undecided])
        for code in sorted(outcome.undecided):
            mine = scores.part == codes.index(code)
            row, column = int(scores.row[mine][0]), int(scores.column[mine][0])
            kind = "scale_fraction" if scores.value[mine].max() <= 1 else "scale_undecided"
            self.say(kind, None if self.layout.shape != LONG else row, column, code)
        unweighted = np.isnan(outcome.value)
        for code in sorted({codes[one] for one in scores.part[unweighted]}):
            self.say("mapping_scale", None, None, code)
        for one in np.flatnonzero(outcome.mixed):
            self._say_score("scale_mixed", scores, int(one))
        scores.value = outcome.value
        return scores.take(~undecided & ~outcome.mixed & ~unweighted)

    def _in_range(self, scores: Scores) -> Scores:
        outside = (scores.value < 0) | (scores.value > FULL_SCORE)
        for one in np.flatnonzero(outside):
            self._say_score("score_out_of_range", scores, int(one))
        return scores.take(~outside)

    def _say_score(self, code: str, scores: Scores, one: int) -> None:
        row, column = int(scores.row[one]), int(scores.column[one])
        value = shown(self.block[row, column])
        self.say(code, row, column, value, value=value)

    def _grades(self, mention: Ints, years: Ints) -> None:
        """Keep the printed grades as printed."""
        if (grade := self.at("grade")) is None:
            return
        rows = np.flatnonzero(self.ok & (grade.codes >= 0) & (years > 0))
        texts = np.array(grade.each(text_of, ""), dtype=object)[grade.codes]
        column = self.layout.columns["grade"]
        for row in rows:
            if texts[row] and not values.is_missing(texts[row]):
                number = self.view.row(self.layout.start + int(row), column)
                place = (self.sheet.name, number)
                self.common.grades.append((int(mention[row]), int(years[row]), str(texts[row]), *place))

    def _recognised(self, labels: Sequence[Label], scores: Scores) -> Scores:
        """Keep what the table was taken for, and return its scores."""
        layout, view = self.layout, self.view
        roles = [_role(label, column in layout.parts) for column, label in enumerate(labels)]
        for role, column in layout.columns.items():
            roles[column] = role
        texts = {column: text for column, text in enumerate(layout.texts) if text}
        if view.turned:
            used = [layout.start + int(row) for row in np.flatnonzero(self.ok)]
            columns = {letter(layout.header[-1]): "part"} | {letter(one): "organisation" for one in used}
            rows = {str(column + 1): role for column, role in enumerate(roles) if role}
            headers = {str(column + 1): text for column, text in texts.items() if column in layout.parts}
            first, last = min(layout.parts), max(layout.parts)
            header = layout.columns.get("name", first - 1)
        else:
            columns = {
                letter(column): role or IGNORE for column, role in enumerate(roles) if role or column in texts
            }
            rows = {}
            headers = {letter(column): text for column, text in texts.items()}
            first, last, header = layout.start, layout.stop - 1, layout.header[-1]
        if layout.body is not None:
            self.notes.append(f"หน่วยงาน “{layout.body}” จากข้อความเหนือตาราง")
        for code, count in self.said_of.items():
            if count > MOST_ALIKE:
                self.common.say("more", f"{count - MOST_ALIKE:,}", code, sheet=self.sheet.name)
        self.common.recognised.append(
            Recognised(
                sheet=self.sheet.name,
                shape=layout.shape,
                header_row=header + 1,
                first_row=first + 1,
                last_row=last + 1,
                columns=columns,
                scale=self.scale,
                fiscal_year=self.year_of_table,
                notes_th=tuple(self.notes),
                headers=headers,
                rows=rows,
            )
        )
        return scores


def _role(label: Label, is_score: bool) -> str:
    """Return a column's role as a mapping writes it: part:CODE, of the latest year where codes differ."""
    if not label.is_part:
        return "" if is_score else label.role
    code = label.codes[max(label.codes)][0]
    group = "" if label.respondents == ALL else f":{label.respondents}"
    return f"part:{code}{group}" + (f"@{label.fiscal_year}" if label.fiscal_year else "")


def _part_problem(label: Label, year: int) -> str:
    if label.doubt_th:
        return "part_unclear"
    if not label.is_part:
        return "part_unknown"
    if label.fiscal_year not in (None, year):
        return "year_of_column_conflict"
    return "" if label.codes.get(year) else "part_not_in_year"


def _is_wrong(problems: _Texts | None, height: int) -> _Bools:
    return np.zeros(height, dtype=bool) if problems is None else np.asarray(problems != "", dtype=bool)


def _name_problem(role: str) -> Callable[[Cell], str]:
    def problem(cell: Cell) -> str:
        if isinstance(cell, Broken):
            return "name_formula"
        if isinstance(cell, str):
            if len(cell) > LONGEST_NAME and len(text_of(cell)) > LONGEST_NAME:
                return "name_too_long"
            if _BAD_CHARACTERS.search(cell):
                return "name_damaged"
            return "name_missing" if role == "name" and not text_of(cell) else ""
        return "" if role == "code" else "name_is_number"

    return problem
