"""Measures and what became of them: tables whose headings name a measure and who, when or how.

A row without a measure goes on with the one above; so does, in a document that numbers its measures, the
first row of a new table where it has no number.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ita_data.readers.blocks import Place, Row, Table
from ita_data.readers.documents.parts import Letters, Lexicon
from ita_data.readers.documents.words import LONGEST_PAGE_NUMBER, TO_FILL_IN, has_digit
from ita_data.thai import clean, fold, to_arabic_digits

ROLES = {
    "follow_up": re.compile("ติดตาม|กำกับ"),
    "done": re.compile("ผลการดำเนิน|ผลดำเนิน|ผลการปฏิบัติ|ผลที่ได้|ผลสำเร็จ|ผลลัพธ์"),
    "advice": re.compile("ข้อเสนอแนะ|ข้อแนะนำ"),
    "unit": re.compile("รับผิดชอบ|เจ้าภาพ|หน่วยงานหลัก"),
    "period": re.compile("ระยะเวลา|กำหนดเวลา|ช่วงเวลา|ห้วงเวลา|กำหนดการ|แล้วเสร็จ"),
    "title": re.compile("มาตรการ"),
    "method": re.compile("วิธี|ขั้นตอน"),
    "number": re.compile(r"^(?:ลำดับ(?:ที่)?|ที่|ข้อ(?:ที่)?|no\.?)$", re.I),
}
"""What a heading is, the first that fits."""
_TITLE_TOO = re.compile("แนวทาง|โครงการ|กิจกรรม")
_LONGEST_HEADING = 60
_NUMBERED = re.compile(r"^\s*(\d{1,3})\s*[.)]\s*(?!\d)")
_SCORE_HEADING = re.compile("(?:ผล|ค่า)?คะแนน(?:ที่ได้|เฉลี่ย|รวม)?|ร้อยละ|ผลการประเมิน")


@dataclass
class Measure:
    """A measure as printed; texts are None where the document has no such column or the cell is blank."""

    number: int
    place: Place
    cells: dict[str, str] = field(default_factory=dict)

    def text(self, role: str) -> str | None:
        """Return what a column says of the measure, on one line."""
        return clean(self.cells.get(role, "")) or None

    @property
    def title(self) -> str | None:
        """The measure as printed, without its number."""
        text = clean(self.cells.get("title", ""))
        found = _NUMBERED.match(to_arabic_digits(text))
        return (text[found.end() :] if found else text) or None


class Measures:
    """Reads the tables of measures of one document in order."""

    def __init__(self) -> None:
        self.measures: list[Measure] = []
        self.columns: dict[int, str] = {}
        self.width = 0
        self.near = False  # whether only page numbers and the like stand between here and the last table

    def read(self, table: Table) -> bool:
        """Take a table of measures; False where it is none."""
        width = max(len(row.cells) for row in table.rows)
        start = 0
        for at, row in enumerate(table.rows[:4]):
            if columns := _columns(row):
                self.columns, self.width, start = columns, width, at + 1
                break
        else:
            if not self.columns or width != self.width or not self._goes_on(table):
                return False
        self.near = True
        first = True
        for row in table.rows[start:]:
            if _columns(row) is None:
                self._row(row, first)
                first = False
        return True

    def interrupt(self) -> None:
        """Forget the headings: a table without any is no longer a continuation."""
        self.columns = {}

    def pass_by(self, text: str) -> None:
        """Take note of a paragraph: behind a longer one than a page number a table starts anew."""
        self.near = self.near and len(text) <= LONGEST_PAGE_NUMBER

    def _goes_on(self, table: Table) -> bool:
        """Whether a table without headings goes on: nothing is between, or its first number follows."""
        key, cells = self._key_column(), table.rows[0].cells
        number = _NUMBERED.match(to_arabic_digits(cells[key])) if key < len(cells) else None
        if number is None:
            return self.near
        return int(number[1]) == (self.measures[-1].number if self.measures else 0) + 1

    def _key_column(self) -> int:
        """Return the column that starts a measure: its number, else the leftmost of topic and title."""
        by_role = {role: index for index, role in reversed(self.columns.items())}
        return by_role.get("number", min(by_role["title"], by_role.get("topic", by_role["title"])))

    def _row(self, row: Row, first: bool) -> None:
        key = self._key_column()
        if any(self.columns.get(at) == "title" and _is_unfilled(text) for at, text in enumerate(row.cells)):
            return
        text = row.cells[key] if key < len(row.cells) else ""
        titles = [
            row.cells[index]
            for index, role in self.columns.items()
            if role == "title" and index < len(row.cells)
        ]
        number = _NUMBERED.match(to_arabic_digits(text)) or (
            re.fullmatch(r"\s*(\d{1,3})\s*\.?\s*", to_arabic_digits(text))
            if self.columns.get(key) == "number"
            else None
        )
        numbered = any("number" in measure.cells for measure in self.measures) or number is not None
        if number is not None:
            starts = True
        elif not self.measures:
            starts = bool(text or any(titles))
        elif numbered and first:
            starts = False
        else:
            starts = bool(text if self.columns.get(key) == "title" else any(titles))
        if starts:
            last = self.measures[-1].number if self.measures else 0
            self.measures.append(
                Measure(int(number[1]) if number else last + 1, row.place, {"number": text} if number else {})
            )
        if not self.measures:
            return
        cells = self.measures[-1].cells
        for index, role in self.columns.items():
            if role == "number" or index >= len(row.cells) or _is_unfilled(row.cells[index]):
                continue
            if row.cells[index]:
                cells[role] = f"{cells[role]}\n{row.cells[index]}" if cells.get(role) else row.cells[index]


def _is_unfilled(text: str) -> bool:
    """Whether a cell only asks a person to fill it in."""
    return text.strip().startswith(TO_FILL_IN)


def split_tables(table: Table) -> list[Table]:
    """Return the tables that stand as one: without a gap between them, a heading of measures starts another.

    So does a heading of scores below measures.
    """
    starts = [0]
    measures = False
    for at, row in enumerate(table.rows):
        texts = [re.sub(r"\s+", "", fold(text)) for text in row.cells if text]
        if _columns(row) is not None:
            starts += [at] if at else []
            measures = True
        elif (
            measures
            and len(texts) > 1
            and max(map(len, texts)) < 30
            and any(map(_SCORE_HEADING.fullmatch, texts))
        ):
            starts.append(at)
            measures = False
    return [
        Table(table.rows[start:end])
        for start, end in zip(starts, [*starts[1:], len(table.rows)], strict=True)
    ]


def _columns(row: Row) -> dict[int, str] | None:
    """Return the role of each column where the row is the heading of a table of measures, else None."""
    roles: dict[int, str] = {}
    filled = [(index, text) for index, text in enumerate(row.cells) if text]
    if len(filled) < 2 or any(len(text) > _LONGEST_HEADING for _, text in filled):
        return None
    for index, text in filled:
        key = re.sub(r"\s+", "", fold(text))
        role = next((role for role, pattern in ROLES.items() if pattern.search(key)), None)
        if role == "title" and "title" in roles.values():
            role = "topic"
        roles[index] = role or ("title_too" if _TITLE_TOO.search(key) else "topic")
    if "title" not in roles.values():
        instead = next((index for index, role in roles.items() if role == "title_too"), None)
        if instead is None or not {"unit", "period"} & set(roles.values()):
            return None
        roles[instead] = "title"
    known = {role for role in roles.values() if role not in {"topic", "title_too", "title", "number"}}
    return (
        {index: "method" if role == "title_too" else role for index, role in roles.items()} if known else None
    )


def printed_parts(measure: Measure, lexicon: Lexicon, letters: Letters) -> list[str]:
    """Return the indicators a measure prints: by name or code, by those of their instrument or an item.

    Names count in full, as in the year's edition; those of sub-indicators are everyday words and do not.
    """
    text = "\n".join(measure.cells.get(role, "") for role in ("topic", "title", "method"))
    named = [
        span.part
        for span in lexicon.spans(text, letters)
        if span.part.level in {"instrument", "indicator"} or has_digit(text[span.start : span.end])
    ]
    indicators = [lexicon.indicators_of(part) for part in (*named, *lexicon.items_in(text))]
    found = {part.code for parts in indicators for part in parts}
    return [code for code in lexicon.edition.parts if code in found]


def sequence(measures: Sequence[Measure]) -> list[int]:
    """Return the numbers of the measures; counted from 1 where the printed ones are not distinct."""
    numbers = [measure.number for measure in measures]
    return numbers if len(set(numbers)) == len(numbers) else list(range(1, len(numbers) + 1))
