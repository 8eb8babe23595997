"""PDF with a text layer to blocks, in a process of its own: no file can take the app's memory or time.

Places are "หน้า n" with the number of the line on the page, rows of tables counted as lines.
"""

import io
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ita_data.readers.blocks.model import (
    Block,
    Blocks,
    Paragraph,
    Place,
    Remark,
    Row,
    Table,
    Unreadable,
    tidy,
)

MAX_PAGES = 300
MAX_SECONDS = 60
MAX_MEMORY = 1200 * 2**20
MAX_CONTENT = 20 * 2**20
"""Bytes of drawing instructions on all pages together, unpacked; a page of a report has some ten thousand."""

_SPLIT = "แยกเฉพาะหน้าที่เป็นผลการประเมินเป็นไฟล์ใหม่"
_OR_WORD = _SPLIT + " หรือใช้ไฟล์ Word"
_UNLOCK = "เปิดด้วยรหัสผ่านแล้วบันทึกใหม่โดยไม่ตั้งรหัส"
_SAVE_AGAIN = "เปิดดูว่าไฟล์สมบูรณ์ แล้วบันทึกใหม่ หรือขอไฟล์ใหม่จากต้นทาง"

_ROOT = Path(__file__).parents[3]
_WORKER = "import sys; sys.path.insert(0, sys.argv[1]); from ita_data.readers.blocks import pdf; pdf.work()"

# Where Thai fonts of Windows and macOS keep their shifted and trimmed forms -> the character meant.
_FORMS = dict(
    zip(
        range(0xF700, 0xF71B),
        "\u0e10\u0e34\u0e35\u0e36\u0e37\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e0d"
        "\u0e31\u0e4d\u0e47\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e38\u0e39\u0e3a",
        strict=True,
    )
)
# No word starts with sara aa: what some programs write as consonant, space, sara aa is a sara am.
_SPLIT_SARA_AM = re.compile("(?<=[\u0e01-\u0e2e])([\u0e48-\u0e4b]?)\u0e4d?([\u0e48-\u0e4b]?) \u0e32")
_MARKS = frozenset(
    "\u0e31\u0e34\u0e35\u0e36\u0e37\u0e38\u0e39\u0e3a\u0e47\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e4d\u0e4e"
)
_LAST_MARKS = frozenset("\u0e48\u0e49\u0e4a\u0e4b\u0e4c")
_NO_LETTER = re.compile(r"\(cid:\d+\)")


def read_pdf(data: bytes) -> Blocks:
    """Return the blocks of a PDF; pages without text are remarked on.

    Raises Unreadable where it is damaged, needs a password, has no text layer, letters that say nothing, more
    than MAX_PAGES pages, or takes more than MAX_SECONDS or (where the system can limit it) MAX_MEMORY.
    """
    try:
        worker = subprocess.run(
            [sys.executable, "-P", "-c", _WORKER, str(_ROOT)],
            input=data,
            capture_output=True,
            timeout=MAX_SECONDS,
        )
    except subprocess.TimeoutExpired as error:
        raise Unreadable(
            "too_slow",
            f"อ่าน PDF นี้ไม่เสร็จใน {MAX_SECONDS} วินาที",
            _OR_WORD,
        ) from error
    try:
        answer: dict[str, Any] = json.loads(worker.stdout)
    except ValueError as error:
        raise Unreadable(
            "too_large",
            "PDF นี้ใช้หน่วยความจำเกินกำหนดหรือเสียหายจนอ่านไม่ได้",
            _OR_WORD,
        ) from error
    if "unreadable" in answer:
        raise Unreadable(*answer["unreadable"])
    return _blocks(answer["pages"])


def _blocks(pages: list[list[dict[str, Any]]]) -> Blocks:
    blocks: list[Block] = []
    remarks: list[Remark] = []
    for number, page in enumerate(pages, start=1):
        sheet = f"หน้า {number}"
        if not page:
            remarks.append(
                Remark(
                    "page_without_text",
                    f"หน้า {number} ไม่มีข้อความ อาจเป็นภาพสแกน",
                    "ถ้าหน้านี้มีคะแนน ให้พิมพ์คะแนนลงในแบบตาราง หรือใช้ไฟล์ต้นฉบับ",
                    Place(1, sheet),
                )
            )
        row = 1
        for piece in page:
            if "lines" in piece:
                lines = list(filter(None, map(_repair, piece["lines"])))
                if lines:
                    blocks.append(Paragraph("\n".join(lines), Place(row, sheet), numbered=True))
                row += len(lines)
            else:
                cells = [tuple(map(_repair, row_cells)) for row_cells in piece["rows"]]
                rows = [Row(kept, Place(row + at, sheet)) for at, kept in enumerate(filter(any, cells))]
                if rows:
                    blocks.append(Table(tuple(rows)))
                row += len(rows)
    if not blocks:
        raise Unreadable(
            "no_text_layer",
            "PDF นี้ไม่มีชั้นข้อความ เป็นภาพสแกน จึงอ่านคะแนนไม่ได้",
            "ใช้ไฟล์ Word หรือ PDF ที่บันทึกจากโปรแกรม หรือพิมพ์คะแนนลงในแบบตาราง",
        )
    return Blocks("pdf", tuple(blocks), tuple(remarks))


def _repair(text: str) -> str:
    return tidy(_SPLIT_SARA_AM.sub("\\1\\2\u0e33", tidy(text)))


# ---- in the other process --------------------------------------------------------------------------------


def work() -> None:
    """Read a PDF from standard input and write its pages, or why it cannot be read, as JSON."""
    _limit_memory()
    try:
        answer: dict[str, Any] = {"pages": list(_pages(sys.stdin.buffer.read()))}
    except Unreadable as error:
        answer = {"unreadable": [error.code, error.message_th, error.advice_th]}
    sys.stdout.write(json.dumps(answer))


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows
        return
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, most))


def _pages(data: bytes) -> Iterator[list[dict[str, Any]]]:
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfminer.pdftypes import resolve1
    from pdfplumber.utils.exceptions import PdfminerException

    content = 0
    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            if len(pdf.pages) > MAX_PAGES:
                raise Unreadable("too_long", f"PDF มี {len(pdf.pages):,} หน้า เกิน {MAX_PAGES} หน้า", _SPLIT)
            for page in pdf.pages:
                content += sum(len(resolve1(stream).get_data()) for stream in page.page_obj.contents)
                if content > MAX_CONTENT:
                    raise MemoryError
                yield _pieces(page)
                page.close()
    except Unreadable:
        raise
    except MemoryError as error:
        raise Unreadable(
            "too_large_unpacked", "PDF นี้คลายออกมามีขนาดใหญ่ผิดปกติ จึงไม่อ่าน", "ตรวจที่มาของไฟล์ " + _SPLIT
        ) from error
    except Exception as error:  # a damaged file fails in whatever part of pdfminer first meets the damage
        if isinstance(error, PdfminerException) and isinstance(error.args[0], PDFPasswordIncorrect):
            raise Unreadable("encrypted", "PDF ตั้งรหัสผ่านไว้ จึงเปิดไม่ได้", _UNLOCK) from error
        raise Unreadable("damaged", "PDF เสียหายหรือไม่ครบ จึงอ่านไม่ได้", _SAVE_AGAIN) from error


def _join_marks(page: Any) -> Any:
    """Return the page with each Thai mark joined to the letter written before it.

    A mark stands above or below its letter, so that sorting by place puts it behind the next one.
    """
    letter: dict[str, Any] | None = None
    joined: set[int] = set()
    for char in page.chars:
        char["text"] = char["text"].translate(_FORMS)
        if letter is None or not set(char["text"]) <= _MARKS or not char["text"]:
            letter = char
        elif (
            abs(char["x0"] - letter["x1"]) < char["size"]
            and abs(char["bottom"] - letter["bottom"]) < char["size"]
        ):
            base = letter["text"].rstrip("".join(_MARKS))
            marks = letter["text"][len(base) :] + char["text"]
            letter["text"] = base + "".join(sorted(marks, key=lambda mark: mark in _LAST_MARKS))
            joined.add(id(char))
    return page.filter(lambda thing: id(thing) not in joined)


def _pieces(page: Any) -> list[dict[str, Any]]:
    """Return the paragraphs (``lines``) and tables (``rows``) of a page, top down."""
    page = _join_marks(page)
    tables = [table for table in page.find_tables() if any(any(row) for row in table.extract())]
    boxes = [table.bbox for table in tables]

    def outside(thing: Any) -> bool:
        x, y = (thing["x0"] + thing["x1"]) / 2, (thing["top"] + thing["bottom"]) / 2
        return not any(left <= x <= right and top <= y <= bottom for left, top, right, bottom in boxes)

    lines = page.filter(lambda thing: thing["object_type"] != "char" or outside(thing)).extract_text_lines(
        return_chars=False
    )
    placed = [(line["top"], line["bottom"], line["text"]) for line in lines]
    placed += [
        (table.bbox[1], table.bbox[3], [[cell or "" for cell in row] for row in table.extract()])
        for table in tables
    ]
    pieces: list[dict[str, Any]] = []
    below = 0.0
    for top, bottom, content in sorted(placed, key=lambda piece: piece[:2]):
        if not isinstance(content, str):
            pieces.append({"rows": content})
        elif pieces and "lines" in pieces[-1] and top - below < bottom - top:
            pieces[-1]["lines"].append(content)
        else:
            pieces.append({"lines": [content]})
        below = bottom
        if _unreadable(content):
            raise Unreadable(
                "no_letters",
                "PDF นี้ไม่บอกว่ารูปตัวอักษรคือตัวใด จึงอ่านข้อความไม่ได้",
                "บันทึกเป็น PDF ใหม่จากโปรแกรมต้นทาง หรือใช้ไฟล์ Word",
            )
    return pieces


def _unreadable(content: Any) -> bool:
    text = content if isinstance(content, str) else " ".join(" ".join(row) for row in content)
    missing = len(_NO_LETTER.findall(text))
    return missing > 0 and missing * 4 > len(_NO_LETTER.sub("", text))
