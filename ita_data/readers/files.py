"""Open a user's file by what is in it, whatever it is called: sheets of cells, text, or a reason why not.

Nothing here raises for a bad file: every failure is a Problem in Thai. Spreadsheets are read in a process of
their own (`workbook`), limited in memory and time; text files are decoded and parted here.
"""

import csv
import hashlib
import io
import logging
import marshal
import os
import re
import subprocess
import sys
import zipfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from ita_data.readers import workbook
from ita_data.readers.messages import problem
from ita_data.readers.reading import Problem

LOG = logging.getLogger(__name__)

MAX_BYTES = 50_000_000
SECONDS = 120.0
"""The time a spreadsheet may take to be read."""

TABLE_KINDS = ("csv", "xlsx", "xls", "ods", "parquet")
DOCUMENT_KINDS = ("text", "markdown", "html", "docx", "pdf")


@dataclass(frozen=True)
class Broken:
    """A cell without a value: a formula nobody calculated (``no_value``) or an ``error`` with its text."""

    kind: str
    text: str = ""


Cell = str | float | int | bool | date | Broken | None
"""What a cell holds; a blank one, and one with an empty text, is None."""

Cells = npt.NDArray[np.object_]
"""Height x width of Cell. Row 0 and column 0 are the sheet's first, blank ones included."""


@dataclass(frozen=True)
class Sheet:
    """One sheet. Places count from 0; ``merged`` holds (first row, first column, last row, last column).

    ``widths`` (only of CSV) are the numbers of fields the rows were written with.
    """

    name: str
    cells: Cells
    visible: bool = True
    merged: tuple[tuple[int, int, int, int], ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    widths: npt.NDArray[np.int64] | None = None


@dataclass(frozen=True)
class Opened:
    """A file that was looked into: ``sheets`` of a table or ``text`` of a document; neither after an error.

    ``kind`` is one of TABLE_KINDS, DOCUMENT_KINDS, or ``unknown``.
    """

    file: str
    sha256: str
    kind: str
    sheets: tuple[Sheet, ...] = ()
    text: str | None = None
    problems: tuple[Problem, ...] = ()


def open_file(data: bytes, name: str, *, max_bytes: int = MAX_BYTES, seconds: float = SECONDS) -> Opened:
    """Return what the bytes of a file hold; ``name`` is shown in problems and never decides on its own.

    Never raises for what the file holds.
    """
    sha256 = hashlib.sha256(data).hexdigest()
    kind = "unknown"
    try:
        if not data:
            raise _Stop("empty")
        if len(data) > max_bytes:
            raise _Stop("too_large", f"{len(data) / 1e6:,.1f}", f"{max_bytes / 1e6:,.0f}")
        kind = _binary_kind(data)
        sheets: Sequence[Sheet] = ()
        text: str | None = None
        found: list[Problem] = []
        if kind == "docx":
            workbook.check_zip(data)
        elif kind in TABLE_KINDS:
            sheets, found = _read_workbook(data, kind, name, seconds)
        elif kind == "text":
            text, found = _decode(data, name)
            kind = _text_kind(text, name)
            if kind == "csv":
                sheets, text = [_read_csv(text)], None
        found += _extension_note(kind, name)
        return Opened(name, sha256, kind, tuple(sheets), text, tuple(found))
    except _Stop as stop:
        return Opened(name, sha256, kind, problems=(problem(stop.code, name, *stop.details),))
    except workbook.Refused as refused:
        return Opened(name, sha256, kind, problems=(problem(refused.code, name, refused.detail),))


class _Stop(Exception):
    def __init__(self, code: str, *details: str) -> None:
        super().__init__(code)
        self.code, self.details = code, details


# --- What it is ---------------------------------------------------------------------------------------------

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_UNSUPPORTED = (
    (b"{\\rtf", "RTF"),
    (b"\x89PNG", "รูปภาพ PNG"),
    (b"\xff\xd8\xff", "รูปภาพ JPEG"),
    (b"GIF8", "รูปภาพ GIF"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf\x27\x1c", "7-Zip"),
    (b"\x1f\x8b", "GZIP"),
    (b"SQLite format 3\x00", "ฐานข้อมูล SQLite"),
)


def _binary_kind(data: bytes) -> str:
    """Return the kind the first bytes and the table of contents tell, ``text`` for anything else."""
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_kind(data)
    if data.startswith(_OLE):
        return _ole_kind(data)
    if data.startswith(b"PAR1"):
        return "parquet"
    if data.startswith(b"PARE"):
        raise _Stop("encrypted")
    if b"%PDF-" in data[:1024]:
        return "pdf"
    for start, called in _UNSUPPORTED:
        if data.startswith(start):
            raise _Stop("unsupported", called)
    return "text"


def _zip_kind(data: bytes) -> str:
    if data.count(b"PK\x01\x02") > workbook.MAX_MEMBERS:
        raise _Stop("zip_bomb")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            mimetype = b""
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                mimetype = archive.read("mimetype")
    except Exception as error:  # zipfile throws many kinds at a damaged file
        raise _Stop("damaged", str(error)) from error
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "word/document.xml" in names:
        return "docx"
    if mimetype.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
        return "ods"
    if "xl/workbook.bin" in names:
        raise _Stop("unsupported", "XLSB")
    if mimetype.startswith(b"application/vnd.oasis.opendocument.text"):
        raise _Stop("unsupported", "ODT")
    raise _Stop("unsupported", "ZIP")


def _ole_kind(data: bytes) -> str:
    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in data

    if holds("EncryptedPackage"):
        raise _Stop("encrypted")
    if holds("WordDocument"):
        raise _Stop("unsupported", "DOC")
    if holds("Workbook") or holds("Book"):
        return "xls"
    raise _Stop("damaged")


_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|table|div|meta|p)\b",
    re.I | re.S,
)
_MARKDOWN = re.compile(r"^(?:#{1,6} \S|\|?\s*:?-{3,}:?\s*\|)", re.M)
_SEEN_LINES = 400
_SENTENCE = 120


def _text_kind(text: str, name: str) -> str:
    """Return csv, html, markdown or text. The extension decides only between a table and lines of text."""
    start = text[:4096]
    if _HTML.match(start):
        return "html"
    if start.lstrip().startswith(("<?xml", "<Workbook")):
        raise _Stop("unsupported", "XML")
    extension = Path(name).suffix.lower()
    if extension in (".csv", ".tsv", ".tab"):
        return "csv"
    lines = text[:1_000_000].splitlines()[:_SEEN_LINES]
    if extension in (".md", ".markdown") or any(map(_MARKDOWN.match, lines)):
        return "markdown"
    return "csv" if _looks_like_a_table(lines) else "text"


def _looks_like_a_table(lines: Sequence[str]) -> bool:
    """Tell a table from prose with tabs: most lines have the same fields, many a number, few a sentence."""
    delimiter, share = _delimiter(lines)
    if share < 0.6:
        return False
    fields = [[field.strip() for field in line.split(delimiter)] for line in lines if delimiter in line]
    numbers = sum(any(field[:1].isdigit() for field in row) for row in fields)
    sentences = sum(any(len(field) > _SENTENCE for field in row) for row in fields)
    return 2 * numbers >= len(fields) and 2 * sentences <= len(fields)


_EXTENSIONS = {
    "csv": (".csv", ".tsv", ".tab", ".txt"),
    "xlsx": (".xlsx", ".xlsm", ".xltx", ".xltm"),
    "xls": (".xls", ".xlt"),
    "ods": (".ods", ".ots"),
    "parquet": (".parquet", ".pq"),
    "text": (".txt", ".text"),
    "markdown": (".md", ".markdown", ".txt"),
    "html": (".html", ".htm", ".xhtml"),
    "docx": (".docx", ".docm"),
    "pdf": (".pdf",),
}


def _extension_note(kind: str, name: str) -> list[Problem]:
    extension = Path(name).suffix.lower()
    if extension in _EXTENSIONS[kind]:
        return []
    return [problem("wrong_extension", name, extension or "ไม่มีนามสกุล", kind.upper())]


# --- Text ---------------------------------------------------------------------------------------------------

_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def _decode(data: bytes, name: str) -> tuple[str, list[Problem]]:
    """Return the text of a file in UTF-8, UTF-16 or TIS-620 (cp874), and what has to be said about it.

    UTF-8 with a few broken bytes keeps U+FFFD in their place, so that the cells they stand in are found.
    """
    encoding = next((encoding for bom, encoding in _BOMS if data.startswith(bom)), _utf_16_without_bom(data))
    found: list[Problem] = []
    try:
        text = data.decode(encoding or "utf-8")
    except UnicodeDecodeError as broken:
        if encoding is None and (thai := _cp874(data)) is not None:
            text = thai
            found.append(problem("old_encoding", name))
        else:
            text = data.decode(encoding or "utf-8", errors="replace")
            if text.count("\ufffd") > max(20, len(text) // 100):
                raise _Stop("not_text") from broken
            row = text[: text.index("\ufffd")].count("\n") + 1
            found.append(problem("damaged_text", name, str(text.count("\ufffd")), row=row))
    if "\x00" in text:
        raise _Stop("nul_bytes", str(text[: text.index("\x00")].count("\n") + 1))
    return text, found


def _utf_16_without_bom(data: bytes) -> str | None:
    """Return the byte order of UTF-16 without its mark: every other byte is of the Latin or the Thai page."""
    sample = data[:4096]
    for start, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        high = sample[start::2]
        of_page = sum(byte in (0x00, 0x0E, 0x20) for byte in high)
        if len(data) % 2 == 0 and b"\x00" in high and of_page > 0.95 * len(high):
            return encoding
    return None


_UTF_8_THAI = re.compile(rb"\xe0[\xb8\xb9][\x80-\xbf]")


def _cp874(data: bytes) -> str | None:
    """Return the text if it is Thai in cp874; None for what is rather damaged UTF-8, or no text at all."""
    high = sum(byte >= 0x80 for byte in data[:1_000_000])
    if 3 * len(_UTF_8_THAI.findall(data[:1_000_000])) > 0.8 * high:
        return None
    try:
        return data.decode("cp874")
    except UnicodeDecodeError:
        return None


# --- CSV ----------------------------------------------------------------------------------------------------

_DELIMITERS = "\t;,"


def _delimiter(lines: Sequence[str]) -> tuple[str, float]:
    """Return the delimiter, and the share of the filled lines that it parts into one same number of fields.

    Of two that fit equally well, tab comes before semicolon before comma: a decimal comma stands in many
    lines, a semicolon in a name in few.
    """
    best, best_share = ",", 0.0
    for delimiter in _DELIMITERS:
        try:
            rows = [row for row in csv.reader(lines, delimiter=delimiter) if any(map(str.strip, row))]
        except csv.Error:
            continue
        widths = Counter(len(row) for row in rows)
        share = max((count for width, count in widths.items() if width > 1), default=0) / max(len(rows), 1)
        if share > best_share:
            best, best_share = delimiter, share
    return best, best_share


def _read_csv(text: str) -> Sheet:
    lines = text[:1_000_000].splitlines()[:_SEEN_LINES]
    delimiter, _ = _delimiter(lines)
    marks = text.count(delimiter)
    if marks > workbook.MAX_CELLS:
        raise _Stop("too_many_cells", f"{marks:,}")
    if marks >= workbook.MAX_COLUMNS:
        widest = max(line.count(delimiter) for line in text.split("\n")) + 1
        if widest > workbook.MAX_COLUMNS:
            raise _Stop("too_many_columns", f"{widest:,}")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[list[str]] = []
    try:
        for row in reader:
            rows.append(row)
            if len(rows) > workbook.MAX_ROWS:
                raise _Stop("too_many_rows", f"{len(rows):,}")
            if len(row) > workbook.MAX_COLUMNS:
                raise _Stop("too_many_columns", f"{len(row):,}")
    except csv.Error as error:
        raise _Stop("broken_quotes", str(len(rows) + 1)) from error
    widths = np.fromiter(map(len, rows), dtype=np.int64, count=len(rows))
    width = int(widths.max(initial=0))
    if len(rows) * width > workbook.MAX_CELLS:
        raise _Stop("too_many_cells", f"{len(rows) * width:,}")
    return Sheet(name="", cells=_grid(rows, width), widths=widths)


def _grid(rows: list[list[Any]], width: int) -> Cells:
    """Return the rows as an array, short ones filled up; empty text becomes None."""
    for row in rows:
        if len(row) < width:
            row.extend([None] * (width - len(row)))
    cells: Cells = np.empty((len(rows), width), dtype=object)
    if cells.size:
        cells[:] = rows
        cells[cells == ""] = None
    return cells


# --- Spreadsheets -------------------------------------------------------------------------------------------


def _read_workbook(data: bytes, kind: str, name: str, seconds: float) -> tuple[list[Sheet], list[Problem]]:
    """Return the sheets of a spreadsheet or Parquet file, read by `workbook` in another process."""
    answer = _run(data, kind, seconds)
    if "refused" in answer:
        LOG.info("reading %s: %s %s", kind, answer["refused"], answer["detail"])
        raise _Stop(answer["refused"], answer["detail"])
    raw = answer["sheets"][::-1]
    sheets = [_sheet(raw.pop()) for _ in range(len(raw))]  # each is let go before the next is built
    if not any(sheet.cells.size for sheet in sheets):
        raise _Stop("no_cells")
    found = [problem("external_links", name)] if answer["external_links"] else []
    return sheets, found


def _run(data: bytes, kind: str, seconds: float) -> dict[str, Any]:
    environment = {
        **os.environ,
        "ARROW_DEFAULT_MEMORY_POOL": "system",
        "OPENBLAS_NUM_THREADS": "1",
        "RUST_BACKTRACE": "0",
    }
    try:
        done = subprocess.run(
            [sys.executable, "-P", str(Path(workbook.__file__)), kind],
            input=data,
            capture_output=True,
            timeout=seconds,
            env=environment,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise _Stop("too_slow", f"{seconds:.0f}") from error
    if done.returncode:
        LOG.info("reading %s ended with %d: %s", kind, done.returncode, done.stderr[-300:])
        memory = b"memory" in done.stderr.lower()
        raise _Stop("too_much_memory" if memory else "damaged")
    answer: dict[str, Any] = marshal.loads(done.stdout)
    return answer


def _sheet(raw: dict[str, Any]) -> Sheet:
    rows: list[list[Any]] = raw.pop("rows")
    width = len(rows[0]) if rows else 0
    if raw.get("dated"):
        rows = [[_dated(cell) for cell in row] for row in rows]
    cells = _grid(rows, width)
    for row, column, kind, text in raw.get("flaws", ()):
        if row < cells.shape[0] and column < cells.shape[1]:
            cells[row, column] = Broken(kind, text)
    return Sheet(
        name=raw["name"],
        cells=cells,
        visible=raw["visible"],
        merged=tuple(raw["merged"]),
        hidden_rows=frozenset(row for row in raw.get("hidden_rows", ()) if row < cells.shape[0]),
        hidden_columns=frozenset(
            column for column in raw.get("hidden_columns", ()) if column < cells.shape[1]
        ),
    )


def _dated(cell: Any) -> Any:
    if type(cell) is tuple:
        moment = datetime.fromisoformat(cell[1])
        return moment.date() if moment.time() == datetime.min.time() else moment
    return cell
