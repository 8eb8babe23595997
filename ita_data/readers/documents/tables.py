"""Scores in tables: rows are parts by their names and codes, columns are what their headings say.

A row may go on in the next one, a table on the next page, with its headings or without. Numbers that are not
understood are noted with their place.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ita_data.edition import ALL, Part
from ita_data.readers.blocks import Row, Table
from ita_data.readers.documents.bodies import NameSpan
from ita_data.readers.documents.found import Grade, Sink
from ita_data.readers.documents.headings import (
    LONGEST_HEADING,
    OTHER_FIGURE,
    Layout,
    caption_year,
    read_headings,
)
from ita_data.readers.documents.parts import Lexicon, Named
from ita_data.readers.documents.prose import Where, outside, read_prose
from ita_data.readers.documents.words import (
    LONGEST_PAGE_NUMBER,
    Cell,
    has_digit,
    only_year,
    read_cell,
    years_in,
)
from ita_data.readers.reading import Severity
from ita_data.thai import to_arabic_digits

_SHORT_CODE = re.compile(r"\s*(?:ข้อ\s*)?[A-Za-z]{0,3}\s?\d{1,3}(?:\.\d)?\s*[.)]?\s*")
_OWN_ROW = re.compile(r"(?:ผล)?(?:คะแนน)?(?:ที่ได้|ของหน่วยงาน|การประเมิน|รวม|เฉลี่ย)*")
_LONGEST_WORDING = 20

_FILL_IN = "ถ้าเป็นคะแนนของหน่วยงาน ให้กรอกในแบบตาราง"
_CHECK = "ตรวจกับเอกสารต้นฉบับ แล้วกรอกคะแนนของส่วนที่ถูกต้อง"

Numbers = Sequence[tuple[int, Cell]]
"""Cells that hold numbers, with their columns."""


@dataclass
class _Unnamed:
    """A row with numbers whose label the next row may finish."""

    row: Row
    label: str
    numbers: Numbers


class Tables:
    """Reads the tables of one document in order."""

    def __init__(self, sink: Sink) -> None:
        self.sink = sink
        self.layout = Layout()
        self.width = 0
        self.unnamed: _Unnamed | None = None
        self.label_above = ""
        self.year: int | None = None
        self.block = 0
        self.warned = self.headed = False

    def interrupt(self) -> None:
        """Forget the headings: what comes next is no continuation."""
        self.finish()
        self.layout = Layout()

    def pass_by(self, text: str) -> None:
        """Take note of a paragraph: behind a longer one than a page number a table starts anew."""
        if len(text) > LONGEST_PAGE_NUMBER:
            self.interrupt()

    def finish(self) -> None:
        """Note the row whose label was never finished."""
        if self.unnamed is not None:
            waiting, self.unnamed = self.unnamed, None
            self._take(waiting.row, waiting.label, Named(None), waiting.numbers)

    def read(self, table: Table, block: int, year: int | None) -> bool:
        """Take the scores of a table; whether it had any, or headings of scores, or something to note."""
        before = self._taken()
        width = max(len(row.cells) for row in table.rows)
        if width != self.width:
            self.interrupt()
        self.width, self.year, self.block = width, year, block
        self.warned = self.headed = False
        for row in table.rows:
            self._row(row)
        return self._taken() > before or (self.headed and self.layout.scored)

    def _taken(self) -> int:
        sink = self.sink
        return len(sink.found) + len(sink.extremes) + len(sink.grades) + len(sink.problems)

    # ---- rows

    def _row(self, row: Row) -> None:
        if (year := caption_year(row)) is not None:
            self.year = year
            return
        headings = read_headings(row, self.layout, self.sink.lexicon(self.year, row.place))
        if headings is not None:
            self.finish()
            self.layout = headings
            self.headed = True
        elif self.layout.across:
            self._across(row)
        elif numbers := self._numbers(row):
            self._number_row(row, numbers)
        else:
            self._text_row(row)

    def _number_row(self, row: Row, numbers: Numbers) -> None:
        """Read a row with numbers in cells of their own."""
        held, self.year = self.year, self._row_year(row) or self.year
        label, used = self._label(row, numbers)
        used.update(index for index, _ in numbers)
        named = self._name(label)
        if named and not named.decided and self.label_above:
            joined = self._name(f"{self.label_above} {label}")
            named = joined if joined and joined.part else named
        self.label_above = ""
        self.finish()
        if named and not named.decided:
            self.unnamed = _Unnamed(row, label, numbers)
        else:
            self._take(row, label, named, numbers)
        for index, text in enumerate(row.cells):
            if index not in used:
                self._other_cell(row, index, text)
        self.year = held

    def _text_row(self, row: Row) -> None:
        """Read a row without them: cells that hold a name and its score, the rest of a label, prose."""
        filled = [text for text in row.cells if text]
        if self.unnamed is not None:
            label = f"{self.unnamed.label} {filled[0]}"
            named = self._name(label)
            if named and named.part:
                waiting, self.unnamed = self.unnamed, None
                self._take(waiting.row, label, named, waiting.numbers)
                return
        self.finish()
        label = " ".join(filled[:2]) if self._code_cell(row) is not None else filled[0]
        named = self._name(label)
        self.label_above = label if named and named.part is None else ""
        if named and named.part:
            self._note_wording(row, named.part)
        for index, text in enumerate(row.cells):
            self._other_cell(row, index, text)

    def _note_wording(self, row: Row, part: Part | None = None) -> None:
        """Note words where the score of a part (or the column's) should be; long ones say something else."""
        for index, text in enumerate(row.cells):
            if self.layout.at(index).role != "score" or read_cell(text).kind != "text":
                continue
            code = part.code if part else self.layout.at(index).part
            if len(text) <= (LONGEST_HEADING if has_digit(text) else _LONGEST_WORDING):
                self.sink.problem(
                    "warning",
                    "not_a_number",
                    f"ช่องคะแนนของ {code} เขียนว่า “{text}” ไม่ใช่ตัวเลข จึงถือว่าไม่มีคะแนน",
                    "ถ้าเอกสารต้นฉบับมีคะแนน ให้กรอกเป็นตัวเลข 0 ถึง 100",
                    row.place,
                    _column(index),
                    text,
                )

    def _other_cell(self, row: Row, index: int, text: str) -> None:
        if len(text) > 12 or has_digit(text) or "ระดับ" in text:
            read_prose(self.sink, text, Where(lambda _: row.place, _column(index), self.block, self.year))

    def _numbers(self, row: Row) -> Numbers:
        """Return the cells that are numbers, but no places in a list, codes or years."""
        code = self._code_cell(row)
        return [
            (index, cell)
            for index, text in enumerate(row.cells)
            if index != code
            and self.layout.at(index).role not in {"code", "rank", "year"}
            and (cell := read_cell(text)).kind in {"number", "outside"}
            and only_year(text) is None
        ]

    def _row_year(self, row: Row) -> int | None:
        """Return the year in the column of years."""
        cells = [text for index, text in enumerate(row.cells) if self.layout.at(index).role == "year"]
        return only_year(cells[0]) if len(cells) == 1 else None

    def _code_cell(self, row: Row) -> int | None:
        """Return the column of a code or a place in a list at the start, something else following."""
        filled = [index for index, text in enumerate(row.cells) if text]
        if len(filled) < 2:
            return None
        role = self.layout.at(filled[0]).role
        if role in {"code", "rank"}:
            return filled[0]
        coded = filled[0] == 0 and role != "score" and _SHORT_CODE.fullmatch(to_arabic_digits(row.cells[0]))
        return 0 if coded else None

    def _label(self, row: Row, numbers: Numbers) -> tuple[str, set[int]]:
        """Return the label of a row, its code and the text nearest before the numbers, and the cells used."""
        code, first = self._code_cell(row), numbers[0][0]
        taken = {code, *(index for index, _ in numbers)}
        texts = [
            index
            for index, text in enumerate(row.cells)
            if text and index not in taken and self.layout.at(index).role not in {"note", "grade", "year"}
        ]
        texts.sort(key=lambda index: (index > first, -index if index < first else index))
        prefix, used = "", set[int]()
        if code is not None:
            used = {code}
            written = to_arabic_digits(row.cells[code]).strip(" .")
            if self.layout.at(code).of_indicators and written.isdigit():
                prefix = f"ตัวชี้วัดที่ {written} "
            elif not written.isdigit():
                prefix = f"{written} "
        for index in texts:
            named = self._name(prefix + row.cells[index])
            if named and named.decided:
                return prefix + row.cells[index], used | {index}
        return (prefix + row.cells[texts[0]], used | {texts[0]}) if texts else (prefix, used)

    def _lexicon(self) -> Lexicon | None:
        return self.sink.lexicon(self.year)

    def _name(self, label: str) -> Named | None:
        """Return the part a label means; None where the year's parts are not known."""
        lexicon = self._lexicon()
        return lexicon.named(label, self.sink.named_by(lexicon.edition.fiscal_year)) if lexicon else None

    # ---- values

    def _take(self, row: Row, label: str, named: Named | None, numbers: Numbers) -> None:
        shown = " · ".join(filter(None, row.cells))
        stated = self.layout.stated
        if named is None:
            why = "ไม่พบปีของผลการประเมิน" if self.year is None else f"ยังไม่มีโครงสร้างการประเมินของปี {self.year}"
            message = f"ไม่ได้นำเข้าแถวนี้เพราะ{why} (“{shown}”)"
            self._leave("error", row, numbers, message, "บอกปีของผลการประเมิน แล้วอ่านใหม่")
        elif named.clash_th:
            self._leave("error", row, numbers, f"{named.clash_th} (“{shown}”)", _CHECK)
        elif named.part is None and (self._scores_in(numbers) or not stated):
            message = f"ไม่รู้ว่า “{label.strip() or shown}” คือส่วนใดของการประเมิน"
            self._leave("warning", row, numbers, message, _FILL_IN)
        elif named.part is None:
            self._leave("info", row, numbers, f"ไม่ได้ใช้ตัวเลขในแถวนี้ (“{shown}”)", _FILL_IN)
        elif named.everyday and not self.layout.of_assessment:
            message = f"“{label.strip()}” เป็นชื่อของ {named.part.code} แต่ตารางไม่มีรหัสหรือหัวคอลัมน์ที่บอกว่าเป็นผล ITA"
            self._leave("warning", row, numbers, message, _FILL_IN)
        else:
            self._scores(row, label, named, numbers)

    def _scores(self, row: Row, label: str, named: Named, numbers: Numbers) -> None:
        assert named.part is not None
        if named.note_th:
            self.sink.problem(
                "info", "name_differs", named.note_th, "ตรวจว่าเป็นส่วนเดียวกัน", row.place, None, label
            )
        scores = self._scores_in(numbers) if self.layout.stated else self._unstated(row, numbers)
        unknown = [number for number in numbers if self.layout.at(number[0]).role in {"unknown", "name"}]
        if unknown and self.layout.stated:
            message = f"ไม่รู้ว่าตัวเลขในคอลัมน์ที่ไม่มีหัวเป็นคะแนนอะไร (“{' · '.join(filter(None, row.cells))}”)"
            self._leave("warning", row, unknown, message, "ตรวจหัวคอลัมน์ในเอกสาร ถ้าเป็นคะแนนให้กรอกในแบบตาราง")
        self._note_wording(row, named.part)
        by_group: dict[tuple[int | None, str], list[tuple[int, Cell]]] = {}
        for index, cell in scores:
            column = self.layout.at(index)
            group = column.group if column.group in named.part.respondents else ALL
            by_group.setdefault((column.year or self.year, group or ALL), []).append((index, cell))
        for (year, group), cells in by_group.items():
            # Below two groups of respondents, what has no groups may stand under both.
            if self.layout.grouped and len(cells) > 1 and not named.part.respondents:
                if len({cell.value for _, cell in cells}) > 1:
                    message = f"{named.part.code} ไม่แยกกลุ่มผู้ตอบ แต่มีคะแนนต่างกันในสองกลุ่ม"
                    self._leave("error", row, cells, message, _CHECK)
                    continue
                cells = cells[:1]
            for index, cell in cells:
                self._score(row, index, cell, year, named.part.code, group)
        if named.part.parent is None:
            self._grade(row)

    def _score(
        self,
        row: Row,
        index: int,
        cell: Cell,
        year: int | None,
        code: str,
        group: str = ALL,
        other: NameSpan | None = None,
    ) -> None:
        lexicon = self.sink.lexicon(year, row.place)
        part = lexicon.edition.parts.get(code) if lexicon else None
        if cell.value is None:
            outside(self.sink, row.cells[index], row.place, _column(index))
        elif year is None or part is None:
            message = (
                f"การประเมินปี {year} ไม่มีส่วน {code}" if lexicon else f"ไม่ได้นำเข้า เพราะไม่รู้โครงสร้างของปี {year}"
            )
            self._leave("error", row, [(index, cell)], message, "ตรวจปีของคอลัมน์หรือแถว")
        else:
            self.sink.score(
                year,
                part,
                cell.value,
                row.cells[index],
                row.place,
                _column(index),
                self.block,
                respondents=group,
                other=other,
            )

    def _scores_in(self, numbers: Numbers) -> Numbers:
        return [number for number in numbers if self.layout.at(number[0]).role == "score"]

    def _unstated(self, row: Row, numbers: Numbers) -> Numbers:
        """Return the one number of a row without headings above, if it looks like points."""
        (index, cell), *more = numbers
        if more or not (cell.value in {None, 0.0, 100.0} or "." in row.cells[index]):
            message = "ตารางไม่มีหัวคอลัมน์ จึงไม่รู้ว่าตัวเลขใดเป็นคะแนน"
            self._leave("warning", row, numbers, message, "ใส่หัวคอลัมน์ เช่น คะแนน แล้วอ่านใหม่ หรือกรอกในแบบตาราง")
            return []
        if not self.warned:
            self.warned = True
            self.sink.problem(
                "warning",
                "no_heading",
                "ตารางไม่มีหัวคอลัมน์ จึงถือว่าตัวเลขหลังชื่อคือคะแนน",
                "ตรวจว่าเป็นคะแนน 0 ถึง 100 ของหน่วยงานจริง",
                row.place,
            )
        return numbers

    def _grade(self, row: Row) -> None:
        for index, text in enumerate(row.cells):
            graded = self.layout.at(index).role == "grade"
            found = self.sink.grade_pattern.fullmatch(f"ระดับ {text}") if graded else None
            if found and self.year is not None:
                self.sink.grades.append(Grade(self.year, found["grade"], row.place))

    def _leave(self, severity: Severity, row: Row, numbers: Numbers, message_th: str, advice_th: str) -> None:
        shown = " · ".join(row.cells[index] for index, _ in numbers)
        column = _column(numbers[0][0])
        self.sink.problem(severity, "row_not_understood", message_th, advice_th, row.place, column, shown)

    # ---- parts as columns

    def _across(self, row: Row) -> None:
        """Read a row below parts as headings: its label is a year, a body, or says that it is the score."""
        numbers = [
            (index, cell)
            for index, text in enumerate(row.cells)
            if self.layout.at(index).part and (cell := read_cell(text)).kind in {"number", "outside"}
        ]
        if not numbers:
            for index, text in enumerate(row.cells):
                self._other_cell(row, index, text)
            return
        year, other = self.year, None
        for index, text in enumerate(row.cells):
            column = self.layout.at(index)
            if not text or column.part or column.role in {"rank", "note", "grade"}:
                continue
            years = [span.year for span in years_in(text)]
            name = next(iter(self.sink.names.find(text)), None)
            if (only := only_year(text)) is not None:
                year = only
            elif name is not None:
                other, year = name, years[0] if years else year
            elif len(years) == 1 and not OTHER_FIGURE.search(text):
                year = years[0]
            elif not _OWN_ROW.fullmatch(re.sub(r"\s+", "", text)):
                message = f"ไม่รู้ว่าแถว “{text}” เป็นคะแนนของหน่วยงานหรือไม่"
                self._leave("warning", row, numbers, message, _FILL_IN)
                return
        for index, cell in numbers:
            self._score(row, index, cell, year, self.layout.at(index).part or "", other=other)
        self._note_wording(row)
        held, self.year = self.year, year
        self._grade(row)
        self.year = held


def _column(index: int) -> str:
    return f"คอลัมน์ {index + 1}"
