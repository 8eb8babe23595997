"""The user's own file as a workbook, with every cell marked that a person should look at."""

import io
import math
import re
import zipfile
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import openpyxl
import xlsxwriter
from openpyxl.cell.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import column_index_from_string, get_column_letter
from xlsxwriter.workbook import Workbook

from dashboard.exports.tables import neutralise
from ita_data.readers.files import Broken, Opened, Sheet, open_file
from ita_data.readers.reading import Problem, Severity

LIST = "ปัญหาที่พบ"
"""The sheet that lists all problems."""
HEADERS = ("ระดับ", "แผ่นงานที่พบ", "ที่แถว", "ที่ช่อง", "ข้อความในช่อง", "สิ่งที่ผิด", "สิ่งที่ควรทำ")
WIDTHS = (10, 18, 10, 10, 28, 70, 70)
WORDS: dict[Severity, str] = {"error": "ผิด", "warning": "ควรตรวจ", "info": "แจ้ง"}
COLORS: dict[Severity, str] = {"error": "FFC7CE", "warning": "FFEB9C", "info": "DDEBF7"}
GRAVITY: tuple[Severity, ...] = ("error", "warning", "info")

KEPT_CELLS, KEPT_BYTES = 400_000, 64_000_000
"""Cells and unpacked bytes of a workbook that is kept with its formats; a larger one is written anew."""
WHOLE_CELLS = 1_500_000
"""Cells that are written anew; of a larger file only the rows with problems and those at its top."""
TOP_ROWS = 20
MOST_COMMENTS = 3_000
"""Comments a workbook gets at most; further cells are coloured, and listed as all are."""
LONGEST_COMMENT = 1_000
LONGEST_TEXT = 32_000
"""Characters; a cell of a workbook takes 32,767."""

_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_COLUMN = re.compile(r"[A-Z]{1,3}")
_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\]")


@dataclass(frozen=True)
class Mark:
    """What is said at one cell, and how grave it is."""

    severity: Severity
    text: str


Marks = dict[tuple[int, int], Mark]
"""By row and column, from 1."""


def marked_bytes(data: bytes, name: str, problems: Sequence[Problem]) -> bytes:
    """Return a workbook of the file with the problems' cells coloured and commented, and a list of them all.

    An XLSX file keeps its formats where it is not too large; other tables are written anew, with the cells as
    they stood. No cell holds a formula: a calculated one keeps its value. A file that cannot be opened, or is
    a document, gives the list alone.
    """
    opened = open_file(data, name)
    if opened.kind == "xlsx" and opened.sheets and _is_small(data, opened):
        with suppress(Exception):  # openpyxl stumbles over files that others read; their cells are known
            return _kept(data, opened, problems)
    return _rebuilt(opened, problems)


def _is_small(data: bytes, opened: Opened) -> bool:
    """May openpyxl load the file: it holds every cell, blank and merged ones too."""
    cells = sum(sheet.cells.size for sheet in opened.sheets)
    merged = sum(
        (bottom - top + 1) * (end - start + 1)
        for sheet in opened.sheets
        for top, start, bottom, end in sheet.merged
    )
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        unpacked = sum(member.file_size for member in archive.infolist())
    return cells + merged <= KEPT_CELLS and unpacked <= KEPT_BYTES


def _marks(sheet: str, only: bool, problems: Iterable[Problem]) -> Marks:
    """The marks of a sheet; where it is the `only` one, a place without a sheet is on it too."""
    found: dict[tuple[int, int], list[Problem]] = {}
    for one in problems:
        if (one.sheet or "") != sheet and not (only and not one.sheet):
            continue
        if one.row is None and one.column is None:
            continue
        column = one.column or "A"
        if not _COLUMN.fullmatch(column):
            continue
        place = (one.row or 1, column_index_from_string(column))
        if place[0] <= 1_048_576 and place[1] <= 16_384:
            found.setdefault(place, []).append(one)
    return {
        place: Mark(
            severity=min((one.severity for one in here), key=GRAVITY.index),
            text=_short(
                "\n".join(
                    dict.fromkeys(
                        f"{WORDS[one.severity]}: {one.message_th}\nทำอย่างไร: {one.advice_th}" for one in here
                    )
                )
            ),
        )
        for place, here in sorted(found.items())
    }


def _short(text: str) -> str:
    text = _writable(text)
    return text if len(text) <= LONGEST_COMMENT else text[:LONGEST_COMMENT] + "…"


def _writable(text: str) -> str:
    """A text a workbook can hold: characters XML has no place for become U+FFFD."""
    text = _UNWRITABLE.sub("\ufffd", text)
    return text if len(text) <= LONGEST_TEXT else text[:LONGEST_TEXT] + "…"


def _list_rows(problems: Sequence[Problem], note: str) -> list[list[Any]]:
    rows: list[list[Any]] = [[_writable(note)]] if note else []
    rows += [[f"พบ {len(problems):,} รายการ ช่องที่มีปัญหาถูกระบายสีและมีความเห็นกำกับ"], list(HEADERS)]
    for one in problems:
        cells = [
            WORDS[one.severity],
            one.sheet,
            one.row,
            one.column,
            one.value,
            one.message_th,
            one.advice_th,
        ]
        rows.append([neutralise(_writable(cell)) if isinstance(cell, str) else cell for cell in cells])
    return rows


# The user's own workbook ------------------------------------------------------------


def _kept(data: bytes, opened: Opened, problems: Sequence[Problem]) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(data), keep_vba=False, keep_links=False)
    book.defined_names.clear()
    fills = {one: PatternFill("solid", start_color=color) for one, color in COLORS.items()}
    known = {sheet.name: sheet for sheet in opened.sheets}
    left = MOST_COMMENTS
    for sheet in book.worksheets:
        sheet.defined_names.clear()
        values = known.get(sheet.title)
        for cell in list(sheet._cells.values()):  # iterating over rows would make every blank cell
            if not isinstance(cell, MergedCell):
                _settle(cell, values)
        tops = {
            (row, column): (area.min_row, area.min_col)
            for area in sheet.merged_cells.ranges
            for row in range(area.min_row, area.max_row + 1)
            for column in range(area.min_col, area.max_col + 1)
        }
        for place, mark in _marks(sheet.title, len(book.worksheets) == 1, problems).items():
            cell = sheet.cell(*tops.get(place, place))
            cell.fill = fills[mark.severity]
            if left:
                before = f"{cell.comment.text}\n" if cell.comment else ""
                cell.comment = Comment(_short(before + mark.text), "ตรวจไฟล์", height=160, width=360)
                left -= 1
    _insert_list(book, problems)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _settle(cell: Any, values: Sheet | None) -> None:
    """Leave a cell with what it shows: no formula, no link, no character a workbook cannot hold."""
    cell.hyperlink = None
    kind, value = cell.data_type, cell.value
    if kind == "f":
        value = _calculated(values, cell.row - 1, cell.column - 1)
        kind = "s" if isinstance(value, str) else None
    elif isinstance(value, str):
        value = _writable(value)
    if value is not cell.value:
        cell.value = value
        if kind == "s":
            cell.data_type = kind  # a text that looks like a formula stays a text


def _calculated(sheet: Sheet | None, row: int, column: int) -> Any:
    """What a formula gave when it was last calculated."""
    if sheet is None or row >= sheet.cells.shape[0] or column >= sheet.cells.shape[1]:
        return None
    value = sheet.cells[row, column]
    if isinstance(value, Broken):
        return value.text or None
    return _writable(value) if isinstance(value, str) else value


def _insert_list(book: openpyxl.Workbook, problems: Sequence[Problem]) -> None:
    sheet = book.create_sheet(_free_name(LIST, {one.casefold() for one in book.sheetnames}), 0)
    for row in _list_rows(problems, ""):
        sheet.append(row)
        for cell in sheet[sheet.max_row]:
            if isinstance(cell.value, str):
                cell.data_type = "s"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for cell in sheet[2]:
        cell.font = Font(bold=True)
    for column, width in enumerate(WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    for other in book.worksheets:
        other.sheet_view.tabSelected = other is sheet
    book.active = 0


# Written anew ------------------------------------------------------------


def _rebuilt(opened: Opened, problems: Sequence[Problem]) -> bytes:
    content = io.BytesIO()
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(content, options)
    whole = sum(sheet.cells.size for sheet in opened.sheets) <= WHOLE_CELLS
    note = "" if whole else f"ไฟล์ใหญ่ จึงแสดงเฉพาะ {TOP_ROWS} แถวบนและแถวที่มีปัญหา"
    _write_list(book, problems, note)
    taken = {LIST.casefold()}
    left = MOST_COMMENTS
    for sheet in opened.sheets:
        title = _free_name(sheet.name or "ข้อมูล", taken)
        taken.add(title.casefold())
        marks = _marks(sheet.name, len(opened.sheets) == 1, problems)
        left -= _write_cells(book, title, sheet, marks, whole, left)
    book.close()
    return content.getvalue()


def _write_list(book: Workbook, problems: Sequence[Problem], note: str) -> None:
    sheet = book.add_worksheet(LIST)
    text = book.add_format({"text_wrap": True, "valign": "top"})
    bold = book.add_format({"bold": True})
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    for number, row in enumerate(_list_rows(problems, note)):
        for column, cell in enumerate(row):
            if isinstance(cell, str):
                sheet.write_string(number, column, cell, bold if row == list(HEADERS) else text)
            elif cell is not None:
                sheet.write_number(number, column, cell)


def _write_cells(book: Workbook, title: str, sheet: Sheet, marks: Marks, whole: bool, left: int) -> int:
    """Write the cells of a sheet where they stood, its marked ones with a comment while `left` lasts.

    Returns how many comments were written.
    """
    out = book.add_worksheet(title)
    formats = {one: book.add_format({"bg_color": f"#{color}"}) for one, color in COLORS.items()}
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    height, width = sheet.cells.shape
    by_row: dict[int, dict[int, Mark]] = {}
    for (row, column), mark in marks.items():
        by_row.setdefault(row - 1, {})[column - 1] = mark
    rows = set(by_row) | set(range(height if whole else min(TOP_ROWS, height)))
    written = 0
    for row in sorted(rows):  # rows are written as they come: an earlier one could not be changed
        here = by_row.get(row, {})
        for column in sorted({*here, *range(width if row < height else 0)}):
            said = here.get(column)
            cell = sheet.cells[row, column] if row < height and column < width else None
            if cell is not None or said:
                _write_cell(out, row, column, cell, formats[said.severity] if said else None, day)
            if said and written < left:
                out.write_comment(row, column, said.text, {"x_scale": 2.5, "y_scale": 2})
                written += 1
    return written


def _write_cell(out: Any, row: int, column: int, cell: Any, mark: Any, day: Any) -> None:
    """Write a cell as what it is; never as a formula."""
    if isinstance(cell, Broken):
        cell = cell.text or None
    if cell is None:
        out.write_blank(row, column, None, mark)
    elif isinstance(cell, bool):
        out.write_boolean(row, column, cell, mark)
    elif isinstance(cell, int | float) and math.isfinite(cell) and abs(cell) < 2**53:
        out.write_number(row, column, cell, mark)
    elif isinstance(cell, datetime | date) and cell.year >= 1900:
        out.write_datetime(row, column, cell, mark or day)
    else:
        out.write_string(row, column, _writable(str(cell)), mark)


def _free_name(name: str, taken: set[str]) -> str:
    """A name a sheet can have and no other of the workbook has."""
    name = _NOT_IN_A_NAME.sub("_", _writable(name))[:31].strip("'").strip() or "ข้อมูล"
    free, number = name, 2
    while free.casefold() in taken or free.casefold() == "history":
        free, number = f"{name[:26]} ({number})", number + 1
    return free
