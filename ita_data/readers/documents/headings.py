"""What the columns of a table hold, by the words above them: points, groups of respondents, years, names."""

import re
from dataclasses import dataclass, field, replace

from ita_data.edition import ALL
from ita_data.readers.blocks import Row
from ita_data.readers.documents.parts import Lexicon
from ita_data.readers.documents.words import has_digit, only_year, read_cell, squeezed, years_in
from ita_data.thai import to_arabic_digits

LONGEST_HEADING = 80
_LONGEST_CAPTION = 150

_RANK = re.compile(r"ลำดับ(?:ที่)?|ที่|อันดับ(?:ที่)?|no\.?|#")
_CODE = re.compile(r"ข้อ(?:ที่|คำถามที่)?|รหัส|ตัวชี้วัด(?:ย่อย)?ที่")
_INDICATOR_CODE = re.compile(r"ตัวชี้วัด(?:ย่อย)?ที่")
_YEAR = re.compile(r"(?:ปี(?:งบประมาณ)?|พ\.?ศ\.?)(?:พ\.?ศ\.?)?")
_NOTE = re.compile("หมายเหตุ")
_GRADE = re.compile("(?:ผล)?ระดับ|เกรด")
_WIDER = "จังหวัด|ประเทศ|อำเภอ|ภาค|กลุ่ม|ประเภท"
OTHER_FIGURE = re.compile(
    "เต็ม|เป้าหมาย|น้ำหนัก|ถ่วง|ผลต่าง|ส่วนต่าง|เพิ่ม|ลด|เปลี่ยนแปลง|จำนวน|อันดับ|หน้า|ร้อยละของ|เกณฑ์|"
    f"เฉลี่ย.*(?:{_WIDER})|(?:{_WIDER}).*เฉลี่ย"
)
"""Words above figures that are not the body's points."""
_SCORE = re.compile("คะแนน|ร้อยละ|ผลการประเมิน|เฉลี่ย|score")
_SCORE_ALONE = re.compile("(?:ผล|ค่า)?คะแนน(?:ที่ได้|เฉลี่ย|รวม)?|ร้อยละ|ผลการประเมิน")
_MEAN = re.compile("เฉลี่ย|รวม")
_LABEL = re.compile("ตัวชี้วัด|คำถาม|ประเด็น|เครื่องมือ|รายละเอียด")
_NAME = re.compile(f"{_LABEL.pattern}|รายการ|หัวข้อ|ด้าน|แบบวัด|ข้อมูล|ชื่อ")
_POINTS = re.compile(r"\d\.\d\d?\s*(?:คะแนน|%)?\s*$|\d\s*คะแนน")


@dataclass(frozen=True)
class Column:
    """What a column holds: ``role`` is score, code, rank, name, note, grade, year, other or unknown.

    ``year`` and ``group`` (of respondents, or "all" for the mean beside groups) are those of its heading,
    ``part`` is the one all its scores are of.
    """

    role: str
    heading: str = ""
    year: int | None = None
    group: str | None = None
    part: str | None = None

    @property
    def of_indicators(self) -> bool:
        """Whether its codes are numbers of indicators."""
        return _INDICATOR_CODE.fullmatch(squeezed(self.heading)) is not None


_UNKNOWN = Column("unknown")


@dataclass(frozen=True)
class Layout:
    """The columns of a table; none where no headings said so."""

    columns: tuple[Column, ...] = field(default=())

    def at(self, index: int) -> Column:
        """Return a column; one without heading is unknown."""
        return self.columns[index] if index < len(self.columns) else _UNKNOWN

    @property
    def stated(self) -> bool:
        """Whether there were headings."""
        return bool(self.columns)

    @property
    def scored(self) -> bool:
        """Whether a column holds scores."""
        return any(column.role == "score" for column in self.columns)

    @property
    def grouped(self) -> bool:
        """Whether groups of respondents have columns."""
        return any(column.group for column in self.columns)

    @property
    def across(self) -> bool:
        """Whether parts are columns."""
        return any(column.part for column in self.columns)

    @property
    def of_assessment(self) -> bool:
        """Whether a heading says that the rows are indicators or questions."""
        return any(_LABEL.search(column.heading) or column.role == "code" for column in self.columns)


def caption_year(row: Row) -> int | None:
    """Return the year of a row that is a table's title in one cell: "ผลการประเมิน ITA ปี 2566"."""
    filled = [text for text in row.cells if text]
    if len(filled) != 1 or len(filled[0]) > _LONGEST_CAPTION or _POINTS.search(to_arabic_digits(filled[0])):
        return None
    years = {span.year for span in years_in(filled[0])}
    told = only_year(filled[0]) or "ITA" in filled[0] or _SCORE.search(filled[0])
    return years.pop() if len(years) == 1 and told else None


def read_headings(row: Row, above: Layout, lexicon: Lexicon | None) -> Layout | None:
    """Return the columns from a row of headings on, ``above`` being those so far; None where it is none.

    A second row, of groups or years only, maybe beside the name of a part, adds to the first.
    """
    filled = [(index, text) for index, text in enumerate(row.cells) if text]
    if not filled or any(len(text) > LONGEST_HEADING for _, text in filled[1:]):
        return None
    if across := _parts_across(row, above, lexicon):
        return across
    if any(_numbered(text) for _, text in filled[1:]):
        return None
    columns = {index: _column(text, above, lexicon) for index, text in filled}
    scored = [index for index, column in columns.items() if column.role == "score"]
    if scored and scored == [index for index, _ in filled[1:]] and _names_a_part(filled[0][1], lexicon):
        return _added(above, {index: columns[index] for index in scored})
    if _numbered(filled[0][1]) or len(filled[0][1]) > LONGEST_HEADING:
        return None
    if above.stated and len(scored) == len(filled):
        return _added(above, columns)
    known = all(column.role != "unknown" for column in columns.values())
    if len(filled) > 1 and (known or any(_SCORE_ALONE.fullmatch(squeezed(text)) for _, text in filled)):
        return Layout(tuple(columns.get(index, _UNKNOWN) for index in range(len(row.cells))))
    return None


def _added(above: Layout, columns: dict[int, Column]) -> Layout:
    """Return the columns with a second row of headings below the first."""
    size = max(len(above.columns), *(index + 1 for index in columns))
    merged = [above.at(index) for index in range(size)]
    for index, column in columns.items():
        first = merged[index]
        heading = f"{first.heading} {column.heading}".strip()
        merged[index] = replace(
            column, heading=heading, year=column.year or first.year, group=column.group or first.group
        )
    return Layout(tuple(merged))


def _column(text: str, above: Layout, lexicon: Lexicon | None) -> Column:
    """Return what a heading says."""
    key = squeezed(text)
    years = {span.year for span in years_in(text)} | ({only_year(text)} - {None})
    year = years.pop() if len(years) == 1 else None
    other = OTHER_FIGURE.search(key) is not None
    if (group := _group(text, lexicon)) and not other:
        return Column("score", text, year, group)
    if only_year(text) is not None:
        return Column("score", text, year)
    for role, pattern in (("rank", _RANK), ("code", _CODE), ("year", _YEAR)):
        if pattern.fullmatch(key):
            return Column(role, text)
    if _NOTE.search(key):
        return Column("note", text)
    if _GRADE.match(key):
        return Column("grade", text)
    if other:
        return Column("other", text)
    if _SCORE.search(key) and not _LABEL.search(key):
        return Column("score", text, year, ALL if _MEAN.search(key) and above.grouped else None)
    return Column("name" if _NAME.search(key) else "unknown", text)


def _group(text: str, lexicon: Lexicon | None) -> str | None:
    """Return the group of respondents a heading names by its code."""
    if lexicon is None:
        return None
    groups = {group for part in lexicon.edition.parts.values() for group in part.respondents}
    named = [
        group for group in groups if re.search(rf"(?<![a-z]){re.escape(group)}(?![a-z])", text.casefold())
    ]
    return named[0] if len(named) == 1 else None


def _names_a_part(text: str, lexicon: Lexicon | None) -> bool:
    part = lexicon.named(text).part if lexicon else None
    return part is not None and part.parent is not None


def _parts_across(row: Row, above: Layout, lexicon: Lexicon | None) -> Layout | None:
    """Return the columns where cells name parts: three or more, two instruments, or with the overall."""
    if lexicon is None or any(
        read_cell(text).kind == "number" or _POINTS.search(to_arabic_digits(text)) for text in row.cells
    ):
        return None
    columns = []
    for text in row.cells:
        part = lexicon.named(text).part if text and len(text) <= LONGEST_HEADING else None
        column = _column(text, above, lexicon) if text else _UNKNOWN
        columns.append(Column("score", text, column.year, column.group, part.code) if part else column)
    parts = [lexicon.edition.parts[column.part] for column in columns if column.part]
    levels = {part.level for part in parts}
    enough = len(parts) > 2 or (len(parts) == 2 and (levels == {"instrument"} or "overall" in levels))
    labelled = not columns[0].part or len(parts) == len(columns)
    return Layout(tuple(columns)) if enough and labelled and len(set(parts)) == len(parts) else None


def _numbered(text: str) -> bool:
    """Whether there are digits besides those of a year: no heading of a column has any."""
    return has_digit(re.sub(r"(?<!\d)\d{4}(?!\d)", "", to_arabic_digits(text)))
