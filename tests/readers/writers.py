"""Write tables of scores the way people keep them: shapes, file formats, encodings, digits.

Every body here says ทดสอบ in its name, so that its scores cannot be taken for a real body's.
"""

import csv
import datetime
import io
import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import CoveredTableCell, Table, TableCell, TableRow
from odf.text import P

from ita_data import thai

Cell = str | float | int | bool | datetime.date | None
Grid = list[list[Cell]]
Merges = Sequence[tuple[int, int, int, int]]
Scores = Mapping[tuple[str, int, str], float]
"""Value by body, fiscal year, part."""

NAMES = (
    "องค์การบริหารส่วนตำบลทดสอบ",
    "อบต.ทดสอบใต้",
    "เทศบาลตำบลทดสอบ",
    "เทศบาลเมืองทดสอบ อำเภอทดสอบ จังหวัดขอนแก่น",
    "ทน.ทดสอบ-เหนือ",
    '=HYPERLINK("ทดสอบ")',
    "+ทดสอบ",
    "@ทดสอบ, จำกัด",
    "<b>ทดสอบ</b>",
    "../ทดสอบ",
)

HEADERS = {
    "overall": ("คะแนน ITA", "คะแนนรวม", "Overall", "ITA"),
    "IIT": ("IIT", "คะแนน IIT", "แบบวัด IIT", "แบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายใน (IIT)"),
    "EIT": ("EIT", "คะแนน EIT", "Eit", "External perception survey"),
    "OIT": ("OIT", "คะแนน OIT", "แบบวัดการเปิดเผยข้อมูลสาธารณะ", "oit score"),
    "1": ("ตัวชี้วัดที่ 1", "I1 การปฏิบัติหน้าที่", "การปฏิบัติหน้าที่", "Performance of duties"),
    "2": ("ตัวชี้วัดที่ ๒", "I2 การใช้งบประมาณ", "การใช้งบประมาณ", "2. การใช้งบประมาณ"),
    "6": ("ตัวชี้วัดที่ 6", "E6 คุณภาพการดำเนินงาน", "คุณภาพการดำเนินงาน", "ind_6"),
    "8": ("ตัวชี้วัดที่ 8", "E8 การปรับปรุงระบบการทำงาน", "การปรับปรุงการทำงาน", "Indicator 8"),
    "10": ("ตัวชี้วัดที่ 10", "O10 การป้องกันการทุจริต", "การป้องกันการทุจริต", "ตัวชี้วัดที่ 10 การป้องกันการทุจริต"),
}
"""Ways to write the header of a part, in sets that go together."""

STYLES = 4


@dataclass(frozen=True)
class Style:
    """How cells are written: ``number`` 0-5 picks the way of a score, ``thai_digits`` the digits of texts."""

    number: int = 0
    thai_digits: bool = False
    header: int = 0
    missing: Cell = None

    def score(self, value: float | None) -> Cell:
        """Return a cell of a score."""
        if value is None:
            return self.missing
        text = f"{value:.2f}"
        written: Cell = (
            value,
            text,
            f"{text} คะแนน",
            f"{text}%",
            text.replace(".", ","),
            f" {text} ",
        )[self.number]
        return self.digits(written)

    def year(self, year: int) -> Cell:
        """Return a cell of a year."""
        return self.digits((year, str(year), f"พ.ศ. {year}", f"ปี {year}", float(year), year)[self.number])

    def part(self, part: str) -> str:
        """Return the header of a part."""
        return HEADERS[part][self.header]

    def digits(self, cell: Cell) -> Cell:
        """Return a text with its digits in this style."""
        return thai.to_thai_digits(cell) if self.thai_digits and isinstance(cell, str) else cell


PLAIN = Style()


def _axis(scores: Scores, place: int) -> list[str]:
    return list(dict.fromkeys(str(key[place]) for key in scores))


def long(scores: Scores, style: Style = PLAIN) -> Grid:
    """Return a row for each score."""
    head: list[Cell] = ["ลำดับ", "หน่วยงาน", "ปีงบประมาณ", "ตัวชี้วัด", "คะแนน"]
    return [
        head,
        *(
            [number, name, style.year(year), style.part(part), style.score(value)]
            for number, ((name, year, part), value) in enumerate(scores.items(), start=1)
        ),
    ]


def wide(scores: Scores, style: Style = PLAIN) -> Grid:
    """Return a row for each body and year, a column for each part."""
    parts = _axis(scores, 2)
    rows = dict.fromkeys((name, year) for name, year, _ in scores)
    return [
        ["#", "หน่วยงาน", "ปีงบประมาณ", *map(style.part, parts)],
        *(
            [number, name, style.year(year), *(style.score(scores.get((name, year, part))) for part in parts)]
            for number, (name, year) in enumerate(rows, start=1)
        ),
    ]


def years_across(scores: Scores, style: Style = PLAIN) -> tuple[Grid, Merges]:
    """Return a row for each body, under two header rows: years over parts."""
    parts, years = _axis(scores, 2), [int(year) for year in _axis(scores, 1)]
    top: list[Cell] = ["หน่วยงาน"]
    merges = []
    for place, year in enumerate(years):
        first = 1 + place * len(parts)
        top += [style.digits(f"ปี {year}"), *[None] * (len(parts) - 1)]
        if len(parts) > 1:
            merges.append((0, first, 0, first + len(parts) - 1))
    rows: Grid = [
        [
            name,
            *(style.score(scores.get((name, year, part))) for year, part in itertools.product(years, parts)),
        ]
        for name in _axis(scores, 0)
    ]
    return [top, [None, *(style.part(part) for _ in years for part in parts)], *rows], [*merges, (0, 0, 1, 0)]


def turned(scores: Scores, style: Style = PLAIN) -> tuple[Grid, Merges]:
    """Return a column for each body and year under two header rows, a row for each part."""
    columns = list(dict.fromkeys((name, year) for name, year, _ in scores))
    grid: Grid = [
        ["ตัวชี้วัด", *(name for name, _ in columns)],
        ["ปีงบประมาณ", *(style.year(year) for _, year in columns)],
        *(
            [style.part(part), *(style.score(scores.get((*column, part))) for column in columns)]
            for part in _axis(scores, 2)
        ),
    ]
    return grid, ()


def titled(grid: Grid, *titles: str) -> Grid:
    """Return the grid below title rows and a blank row."""
    return [*([title] for title in titles), [], *grid]


# --- File formats -------------------------------------------------------------------------------------------


def to_csv(
    grid: Grid, encoding: str = "utf-8", delimiter: str = ",", quoting: int = csv.QUOTE_MINIMAL
) -> bytes:
    """Return a CSV file; short rows are filled up."""
    width = max(map(len, grid))
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, quoting=quoting)  # type: ignore[arg-type]
    writer.writerows([*row, *[None] * (width - len(row))] for row in grid)
    return out.getvalue().encode(encoding)


def to_xlsx(grid: Grid, merges: Merges = (), **others: Grid) -> bytes:
    """Return an XLSX file, further sheets by name."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        for name, rows in {"ผล": grid, **others}.items():
            sheet = book.add_worksheet(name)
            merged = {(top, left): (top, left, bottom, right) for top, left, bottom, right in merges}
            for row, cells in enumerate(rows):
                for column, cell in enumerate(cells):
                    if (row, column) in merged and name == "ผล":
                        sheet.merge_range(*merged[row, column], cell)
                    elif isinstance(cell, str):
                        sheet.write_string(row, column, cell)
                    elif isinstance(cell, datetime.date):
                        sheet.write_datetime(row, column, cell, book.add_format({"num_format": "yyyy-mm-dd"}))
                    elif cell is not None:
                        sheet.write(row, column, cell)
    return out.getvalue()


def to_openpyxl(grid: Grid) -> bytes:
    """Return an XLSX file by the other library; a text with = in front is a formula without a value."""
    book = openpyxl.Workbook()
    for row in grid:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def to_xls(grid: Grid, merges: Merges = ()) -> bytes:
    """Return an XLS file."""
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("ผล")
    merged = {(top, left): (top, bottom, left, right) for top, left, bottom, right in merges}
    for row, cells in enumerate(grid):
        for column, cell in enumerate(cells):
            if (row, column) in merged:
                sheet.write_merge(*merged[row, column], cell)
            elif cell is not None:
                sheet.write(row, column, cell)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def to_ods(grid: Grid, merges: Merges = ()) -> bytes:
    """Return an ODS file."""
    book = OpenDocumentSpreadsheet()
    table = Table(name="ผล")
    spans = {(top, left): (bottom - top + 1, right - left + 1) for top, left, bottom, right in merges}
    covered = {
        (row, column)
        for top, left, bottom, right in merges
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
    } - set(spans)
    for number, cells in enumerate(grid):
        row = TableRow()
        for column, cell in enumerate(cells):
            row.addElement(_ods_cell(cell, spans.get((number, column)), (number, column) in covered))
        if not cells:
            row.addElement(TableCell())
        table.addElement(row)
    book.spreadsheet.addElement(table)
    out = io.BytesIO()
    book.write(out)
    return out.getvalue()


def _ods_cell(cell: Cell, span: tuple[int, int] | None, covered: bool) -> object:
    if covered:
        return CoveredTableCell()
    about = {"numberrowsspanned": span[0], "numbercolumnsspanned": span[1]} if span else {}
    if isinstance(cell, int | float):
        about |= {"valuetype": "float", "value": cell}
    elif cell is not None:
        about |= {"valuetype": "string"}
    element = TableCell(**about)
    if cell is not None:
        element.addElement(P(text=str(cell)))
    return element


def to_parquet(grid: Grid) -> bytes:
    """Return a Parquet file: the first row names the columns, a column of mixed cells holds texts."""
    head, *rows = grid
    columns: dict[str, list[Cell]] = {str(name): [row[at] for row in rows] for at, name in enumerate(head)}
    for name, cells in columns.items():
        if len({type(cell) for cell in cells if cell is not None}) > 1:
            columns[name] = [None if cell is None else str(cell) for cell in cells]
    out = io.BytesIO()
    pq.write_table(pa.table(columns), out)
    return out.getvalue()


FORMATS = {
    "csv": to_csv,
    "csv-bom": lambda grid: to_csv(grid, "utf-8-sig"),
    "csv-semicolon": lambda grid: to_csv(grid, delimiter=";"),
    "csv-quoted": lambda grid: to_csv(grid, quoting=csv.QUOTE_ALL),
    "csv-cp874": lambda grid: to_csv(grid, "cp874"),
    "tsv": lambda grid: to_csv(grid, delimiter="\t"),
    "csv-utf-16": lambda grid: to_csv(grid, "utf-16", delimiter="\t"),
    "csv-utf-16-be": lambda grid: b"\xfe\xff" + to_csv(grid, "utf-16-be"),
    "xlsx": to_xlsx,
    "xls": to_xls,
    "ods": to_ods,
    "parquet": to_parquet,
}
EXTENSIONS = {name: f".{name.split('-')[0]}" for name in FORMATS}


def scores_of(reading: object) -> dict[tuple[str, int, str], float]:
    """Return the scores of a reading that stand, by body, year and part."""
    scores: pd.DataFrame = reading.scores  # type: ignore[attr-defined]
    names = reading.bodies.set_index("mention")["name"]  # type: ignore[attr-defined]
    standing = scores[scores["stands"]]
    keys = zip(names.loc[standing["mention"]], standing["fiscal_year"], standing["part"], strict=True)
    return {
        (name, int(year), part): value
        for (name, year, part), value in zip(keys, standing["value"], strict=True)
    }
