"""Open a spreadsheet file in a process of its own, so that no file can take the application down.

`files` runs this file as a script: ``python workbook.py KIND`` with the file's bytes on standard input; the
answer on standard output is one marshalled dict, ``{"sheets": […], "external_links": bool}`` or
``{"refused": code, "detail": text}``. The libraries that read the formats may run out of memory, loop or
crash on a hostile file; then this process ends, and its parent says that the file cannot be read.

Before a library sees a zip file, every member is unpacked once and counted: the declared sizes may lie.
"""

import datetime
import io
import marshal
import os
import re
import struct
import sys
import zipfile
from collections.abc import Callable, Iterator
from typing import Any
from xml.etree import ElementTree
from xml.parsers import expat

MAX_ROWS = 1_048_576
MAX_COLUMNS = 16_384
MAX_CELLS = 6_000_000
"""Rows x columns over all sheets, counted with the empty cells between."""

MAX_UNPACKED = 1 << 30
"""Bytes a zip file may unpack to."""
MAX_RATIO = 200
"""Unpacked bytes for each byte of the file, looked at from BOMB_SIZE unpacked bytes on."""
BOMB_SIZE = 64 << 20
MAX_MEMBERS = 10_000

MEMORY = 1200 << 20
"""Bytes of address space this process may take, libraries included; not enforced on Windows."""

_CHUNK = 1 << 20
_OVERLAP = 64

NO_VALUE, ERROR = "no_value", "error"
"""Flaws of a cell: a formula nobody calculated yet, and an error such as #DIV/0!."""

_Flaw = tuple[int, int, str, str]
_Member = Callable[[zipfile.ZipInfo, bytes], None]


class Refused(Exception):
    """The file is not read: ``code`` says why, ``detail`` a number or name that belongs to it."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code)
        self.code, self.detail = code, detail


def check_zip(data: bytes, look: _Member = lambda member, chunk: None) -> None:
    """Unpack every member of a zip file once, in pieces, and show each (with a short overlap) to ``look``.

    Raises Refused: ``zip_bomb``, ``too_large_unpacked``, ``encrypted``, ``damaged``.
    """
    if data.count(b"PK\x01\x02") > MAX_MEMBERS:
        raise Refused("zip_bomb")
    unpacked = 0
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in archive.infolist():
                if member.flag_bits & 1:
                    raise Refused("encrypted")
                member.file_size = MAX_UNPACKED + 1  # do not stop at a declared size that is too small
                with archive.open(member) as stream:
                    tail = b""
                    while chunk := stream.read(_CHUNK):
                        unpacked += len(chunk)
                        if unpacked > BOMB_SIZE and unpacked > MAX_RATIO * len(data):
                            raise Refused("zip_bomb", f"{unpacked / len(data):.0f}")
                        if unpacked > MAX_UNPACKED:
                            raise Refused("too_large_unpacked")
                        look(member, tail + chunk)
                        tail = chunk[-_OVERLAP:]
    except (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError, OSError, struct.error) as error:
        raise Refused("damaged", str(error)) from error
    except Exception as error:
        if type(error).__module__ == "zlib":
            raise Refused("damaged", str(error)) from error
        raise


class _Shape:
    """Counts what the sheets take together, and refuses what is too much before it is built."""

    def __init__(self) -> None:
        self.cells = 0

    def add(self, height: int, width: int) -> None:
        if height > MAX_ROWS:
            raise Refused("too_many_rows", f"{height:,}")
        if width > MAX_COLUMNS:
            raise Refused("too_many_columns", f"{width:,}")
        self.cells += height * width
        if self.cells > MAX_CELLS:
            raise Refused("too_many_cells", f"{self.cells:,}")


def _read_calamine(data: bytes) -> list[dict[str, Any]]:
    """Return the sheets as calamine reads them: name, visible, rows (from A1 on), merged."""
    import python_calamine

    sheets = []
    shape = _Shape()
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        for index, about in enumerate(book.sheets_metadata):
            if about.typ != python_calamine.SheetTypeEnum.WorkSheet:
                continue
            sheet = book.get_sheet_by_index(index)
            if sheet.end:
                shape.add(sheet.end[0] + 1, sheet.end[1] + 1)
            sheets.append(
                {
                    "name": about.name,
                    "visible": about.visible == python_calamine.SheetVisibleEnum.Visible,
                    "rows": sheet.to_python(skip_empty_area=False) if sheet.end else [],
                    "merged": [(*first, *last) for first, last in sheet.merged_cell_ranges or []],
                }
            )
    except python_calamine.PasswordError as error:
        raise Refused("encrypted") from error
    return sheets


# --- XLSX: what calamine does not tell ----------------------------------------------------------------------

# A worksheet with none of these has no formula, error or hidden row; one with a prefix is looked at anyway.
_XLSX_HINTS = (b"</f>", b"<f t=", b't="e"', b"hidden=", b":worksheet")
_XLSX_ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*)>")
_XLSX_COLUMN = re.compile(rb"<(?:\w+:)?col\b([^>]*)>")
_XLSX_FORMULA = re.compile(
    rb"<(?:\w+:)?c\b([^>]*)>\s*<(?:\w+:)?f\b(?:[^>]*/>|.*?</(?:\w+:)?f>)(.*?)</(?:\w+:)?c>", re.S
)
_XLSX_ERROR = re.compile(rb'<(?:\w+:)?c\b([^>]*\bt="e"[^>/]*)>(.*?)</(?:\w+:)?c>', re.S)
_XLSX_VALUE = re.compile(rb"<(?:\w+:)?v[^>/]*>(.*?)</(?:\w+:)?v>", re.S)
_ATTRIBUTE = re.compile(rb'([\w:]+)="([^"]*)"')
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")


def _read_xlsx(data: bytes) -> dict[str, Any]:
    to_look_at: set[str] = set()
    names: list[str] = []

    def look(member: zipfile.ZipInfo, chunk: bytes) -> None:
        if not names or names[-1] != member.filename:
            names.append(member.filename)
        if member.filename.startswith("xl/") and any(hint in chunk for hint in _XLSX_HINTS):
            to_look_at.add(member.filename)

    check_zip(data, look)
    sheets = _read_calamine(data)
    if to_look_at:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members, uncalculated = _xlsx_members(archive)
            for sheet in sheets:
                if (member := members.get(sheet["name"], "")) in to_look_at:
                    sheet |= _look_at_xlsx(archive.read(member), uncalculated)
    return {"sheets": sheets, "external_links": any(name.startswith("xl/externalLinks/") for name in names)}


def _xlsx_members(archive: zipfile.ZipFile) -> tuple[dict[str, str], bool]:
    """Return the zip member of each sheet by name, and whether its formulas wait to be calculated first."""
    targets = {
        relation.get("Id"): relation.get("Target", "").removeprefix("/xl/")
        for relation in ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    }
    members: dict[str, str] = {}
    uncalculated = False
    for element in ElementTree.fromstring(archive.read("xl/workbook.xml")).iter():
        tag = element.tag.rpartition("}")[2]
        if tag == "sheet":
            relation_id = next((value for key, value in element.items() if key.endswith("}id")), None)
            members[element.get("name", "")] = f"xl/{targets.get(relation_id, '')}"
        elif tag == "calcPr":
            uncalculated = element.get("fullCalcOnLoad") in ("1", "true")
    return members, uncalculated


def _look_at_xlsx(xml: bytes, uncalculated: bool) -> dict[str, Any]:
    """Return hidden rows and columns and the flawed cells of a worksheet.

    A program that writes formulas without calculating them leaves the value blank, or 0 for Excel to replace
    when it opens the file; neither is a value.
    """
    flaws: list[_Flaw] = []
    for attributes, rest in _XLSX_FORMULA.findall(xml):
        about = dict(_ATTRIBUTE.findall(attributes))
        value = _XLSX_VALUE.search(rest)
        written = value[1].strip() if value else b""
        if (not written and about.get(b"t") != b"str") or (uncalculated and written in (b"", b"0")):
            flaws += _flaw_at(about.get(b"r", b""), NO_VALUE, "")
    for attributes, rest in _XLSX_ERROR.findall(xml):
        value = _XLSX_VALUE.search(rest)
        text = value[1].decode("utf-8", "replace") if value else ""
        flaws += _flaw_at(dict(_ATTRIBUTE.findall(attributes)).get(b"r", b""), ERROR, text)
    hidden_rows = []
    for attributes in _XLSX_ROW.findall(xml):
        if b"hidden=" in attributes:
            about = dict(_ATTRIBUTE.findall(attributes))
            if about.get(b"hidden") in (b"1", b"true") and about.get(b"r", b"").isdigit():
                hidden_rows.append(int(about[b"r"]) - 1)
    hidden_columns: list[int] = []
    for attributes in _XLSX_COLUMN.findall(xml):
        about = dict(_ATTRIBUTE.findall(attributes))
        first, last = about.get(b"min", b""), about.get(b"max", b"")
        if about.get(b"hidden") in (b"1", b"true") and first.isdigit() and last.isdigit():
            hidden_columns += range(int(first) - 1, min(int(last), MAX_COLUMNS))
    return {"flaws": flaws, "hidden_rows": hidden_rows, "hidden_columns": hidden_columns}


def _flaw_at(reference: bytes, kind: str, text: str) -> list[_Flaw]:
    found = _REFERENCE.fullmatch(reference.decode("ascii", "replace"))
    if not found:
        return []
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return [(int(found[2]) - 1, column - 1, kind, text)]


# --- ODS ----------------------------------------------------------------------------------------------------

_ODS_HINTS = (b"formula=", b'"collapse"', b'"filter"', b"-spanned=", b'"error"')


def _read_ods(data: bytes) -> dict[str, Any]:
    looked: dict[str, bool] = {"details": False, "external": False, "encrypted": False}

    def look(member: zipfile.ZipInfo, chunk: bytes) -> None:
        if member.filename == "content.xml":
            looked["details"] = looked["details"] or any(hint in chunk for hint in _ODS_HINTS)
            looked["external"] = looked["external"] or b"'file:" in chunk or b"&apos;file:" in chunk
        elif member.filename == "META-INF/manifest.xml":
            looked["encrypted"] = looked["encrypted"] or b"encryption-data" in chunk

    check_zip(data, look)
    if looked["encrypted"]:
        raise Refused("encrypted")
    sheets = _read_calamine(data)
    if looked["details"]:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open("content.xml") as content:
            for sheet, details in zip(sheets, _OdsDetails().read(content), strict=False):
                sheet |= details
    return {"sheets": sheets, "external_links": looked["external"]}


class _OdsDetails:
    """Walks through content.xml and notes by table what calamine does not tell; places count repetitions."""

    def __init__(self) -> None:
        self.tables: list[dict[str, Any]] = []
        self.row = self.column = self.row_repeat = 0
        self.depth = 0

    def read(self, content: Any) -> list[dict[str, Any]]:
        parser = expat.ParserCreate()
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.ParseFile(content)
        return self.tables

    def start(self, tag: str, about: dict[str, str]) -> None:
        if tag == "table:table":
            self.depth += 1
            if self.depth == 1:
                self.row = self.column = 0
                self.tables.append({"flaws": [], "hidden_rows": [], "hidden_columns": [], "merged": []})
        elif self.depth != 1:
            return
        elif tag == "table:table-column":
            repeat = _count(about, "table:number-columns-repeated", MAX_COLUMNS)
            if about.get("table:visibility") in ("collapse", "filter"):
                self.tables[-1]["hidden_columns"] += range(self.column, self.column + repeat)
            self.column += repeat
        elif tag == "table:table-row":
            self.column = 0
            self.row_repeat = _count(about, "table:number-rows-repeated", MAX_ROWS)
            if about.get("table:visibility") in ("collapse", "filter"):
                hidden = range(self.row, min(self.row + self.row_repeat, MAX_ROWS))
                self.tables[-1]["hidden_rows"] += hidden
        elif tag in ("table:table-cell", "table:covered-table-cell"):
            self.cell(about)
            self.column += _count(about, "table:number-columns-repeated", MAX_COLUMNS)

    def cell(self, about: dict[str, str]) -> None:
        table = self.tables[-1]
        if "error" in (about.get("calcext:value-type"), about.get("office:value-type")):
            table["flaws"].append((self.row, self.column, ERROR, ""))
        elif "table:formula" in about and "office:value-type" not in about:
            table["flaws"].append((self.row, self.column, NO_VALUE, ""))
        down = _count(about, "table:number-rows-spanned", MAX_ROWS) - 1
        across = _count(about, "table:number-columns-spanned", MAX_COLUMNS) - 1
        if down or across:
            table["merged"].append((self.row, self.column, self.row + down, self.column + across))

    def end(self, tag: str) -> None:
        if tag == "table:table":
            self.depth -= 1
        elif tag == "table:table-row" and self.depth == 1:
            self.row += self.row_repeat


def _count(about: dict[str, str], key: str, most: int) -> int:
    text = about.get(key, "1")
    return min(max(int(text), 1), most) if text.isdigit() else 1


# --- XLS ----------------------------------------------------------------------------------------------------

_BOUNDSHEET, _BOF, _FORMULA, _BOOLERR, _ROW, _COLINFO, _SUPBOOK, _FILEPASS = (
    0x85, 0x809, 0x06, 0x205, 0x208, 0x7D, 0x1AE, 0x2F
)  # fmt: skip
_XLS_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}


def _read_xls(data: bytes) -> dict[str, Any]:
    details, external = _look_at_xls(data)
    sheets = _read_calamine(data)
    for sheet in sheets:
        sheet |= details.get(sheet["name"], {})
    return {"sheets": sheets, "external_links": external}


def _look_at_xls(data: bytes) -> tuple[dict[str, dict[str, Any]], bool]:
    """Return hidden rows and columns and flawed cells by sheet name, and whether there are external links."""
    import olefile  # type: ignore[import-untyped]

    with olefile.OleFileIO(io.BytesIO(data)) as ole:
        stream = ole.openstream("Workbook" if ole.exists("Workbook") else "Book").read()
    names: dict[int, str] = {}
    details: dict[str, dict[str, Any]] = {}
    here: dict[str, Any] = {"flaws": [], "hidden_rows": [], "hidden_columns": []}
    external = False
    for at, record, body in _records(stream):
        if record == _BOF:
            here = {"flaws": [], "hidden_rows": [], "hidden_columns": []}
            if at in names:
                details[names[at]] = here
        elif record == _FILEPASS:
            raise Refused("encrypted")
        elif record == _BOUNDSHEET and len(body) > 8:
            encoding = "utf-16-le" if body[7] & 1 else "latin-1"
            names[struct.unpack_from("<L", body)[0]] = body[8:].decode(encoding, "replace")
        elif record == _FORMULA and len(body) >= 14:
            row, column = struct.unpack_from("<HH", body)
            if body[12:14] == b"\xff\xff" and body[6] == 2:
                here["flaws"].append((row, column, ERROR, _XLS_ERRORS.get(body[8], "")))
            elif body[12:14] == b"\xff\xff" and body[6] == 3:
                here["flaws"].append((row, column, NO_VALUE, ""))
        elif record == _BOOLERR and len(body) >= 8 and body[7]:
            row, column = struct.unpack_from("<HH", body)
            here["flaws"].append((row, column, ERROR, _XLS_ERRORS.get(body[6], "")))
        elif record == _ROW and len(body) >= 14 and body[12] & 0x20:
            here["hidden_rows"].append(struct.unpack_from("<H", body)[0])
        elif record == _COLINFO and len(body) >= 10 and body[8] & 1:
            first, last = struct.unpack_from("<HH", body)
            here["hidden_columns"] += range(first, min(last, 255) + 1)
        elif record == _SUPBOOK and len(body) >= 4 and body[2:4] not in (b"\x01\x04", b"\x01\x3a"):
            external = True
    return details, external


def _records(stream: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Yield place, kind and body of every record of the stream, as far as it goes."""
    at = 0
    while at + 4 <= len(stream):
        record, length = struct.unpack_from("<HH", stream, at)
        yield at, record, stream[at + 4 : at + 4 + length]
        at += 4 + length


# --- Parquet ------------------------------------------------------------------------------------------------


def _read_parquet(data: bytes) -> dict[str, Any]:
    import pyarrow  # type: ignore[import-untyped]
    import pyarrow.parquet  # type: ignore[import-untyped]

    pyarrow.set_cpu_count(1)
    try:
        file = pyarrow.parquet.ParquetFile(io.BytesIO(data))
        columns = file.schema_arrow.names
        _Shape().add(file.metadata.num_rows + 1, len(columns))
        table = file.read(use_threads=False)
        _Shape().add(table.num_rows + 1, table.num_columns)
        values = [column.to_pylist() for column in table.itercolumns()]
    except (pyarrow.ArrowException, OSError, UnicodeDecodeError) as error:
        raise Refused("damaged", str(error)) from error
    rows = [list(columns), *map(list, zip(*values, strict=True))]
    return {"sheets": [{"name": "", "visible": True, "rows": rows, "merged": []}], "external_links": False}


# --- The process --------------------------------------------------------------------------------------------

_READERS = {"xlsx": _read_xlsx, "xls": _read_xls, "ods": _read_ods, "parquet": _read_parquet}


def plain(cell: object) -> object:
    """Return a cell as marshal can carry it: a date as ``("date", text)``, anything unexpected as text."""
    if cell is None or isinstance(cell, str | bool | int | float):
        return cell
    if isinstance(cell, datetime.datetime | datetime.date):
        return ("date", cell.isoformat())
    return str(cell)


def _answer(kind: str, data: bytes) -> bytes:
    try:
        result = _READERS[kind](data)
    except Refused as refused:
        result = {"refused": refused.code, "detail": refused.detail[:200]}
    except MemoryError:
        result = {"refused": "too_much_memory", "detail": ""}
    except BaseException as error:  # whatever a library throws at a damaged file, a Rust panic included
        result = {"refused": "damaged", "detail": f"{type(error).__name__}: {error}"[:200]}
    try:
        return marshal.dumps(result)
    except ValueError:
        for sheet in result["sheets"]:
            sheet["rows"] = [[plain(cell) for cell in row] for row in sheet["rows"]]
            sheet["dated"] = True
        return marshal.dumps(result)


def _limit_memory() -> None:
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    except (ImportError, ValueError, OSError):
        pass  # Windows has no such limit, and macOS may refuse it; the checks above still hold


if __name__ == "__main__":
    _limit_memory()
    sys.stdout.buffer.write(_answer(sys.argv[1], sys.stdin.buffer.read()))
    sys.stdout.buffer.flush()
    # on a busy machine Arrow's threads abort an orderly end, and a good file would seem damaged
    os._exit(0)
