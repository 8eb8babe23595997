"""From the bytes of a file to its blocks: the content says which format it is, its name helps with text."""

import re

from ita_data.readers.blocks.docx import read_docx
from ita_data.readers.blocks.html import read_html
from ita_data.readers.blocks.model import Blocks, Paragraph, Table, Unreadable
from ita_data.readers.blocks.pdf import read_pdf
from ita_data.readers.blocks.text import read_text

MAX_BYTES = 50 * 2**20
MAX_CHARACTERS = 1_000_000
MAX_LINES = 10_000
"""Lines of text and rows of tables together: a report of one body has a few hundred."""

_CUT = "คัดเฉพาะส่วนที่เป็นผลการประเมินไปไว้ในไฟล์ใหม่"
_SAVE = "บันทึกเป็น .docx, .pdf (ที่มีข้อความ), .html, .md หรือ .txt"
_HTML = re.compile(r"\s*(?:<!--.*?-->\s*|<\?xml[^>]*>\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
_OLE, _ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK"
_OTHERS = {
    b"{\\rtf": "RTF",
    b"\x89PNG": "รูปภาพ",
    b"\xff\xd8\xff": "รูปภาพ",
    b"GIF8": "รูปภาพ",
    b"II*\x00": "รูปภาพ",
    b"MM\x00*": "รูปภาพ",
    b"PAR1": "Parquet",
    b"Rar!": "ไฟล์บีบอัด",
    b"7z\xbc\xaf": "ไฟล์บีบอัด",
    b"\x1f\x8b": "ไฟล์บีบอัด",
}


def read_blocks(name: str, data: bytes) -> Blocks:
    """Return the blocks of a text, Markdown, HTML, DOCX or PDF file.

    Raises Unreadable, saying in Thai why and what to do, for every file that cannot be read as one of these.
    """
    if not data.strip():
        raise Unreadable("empty", "ไฟล์ว่าง ไม่มีข้อมูล", "ตรวจว่าเลือกไฟล์ถูกและบันทึกครบแล้ว")
    if len(data) > MAX_BYTES:
        raise Unreadable("too_large", f"ไฟล์ใหญ่เกิน {MAX_BYTES // 2**20} MB", _CUT)
    read = _read(name, data)
    texts = [block.text for block in read.blocks if isinstance(block, Paragraph)]
    rows = [row for block in read.blocks if isinstance(block, Table) for row in block.rows]
    _check_length(sum(map(len, texts)) + sum(len(cell) for row in rows for cell in row.cells))
    lines = len(texts) + sum(text.count("\n") for text in texts) + len(rows)
    if lines > MAX_LINES:
        raise Unreadable("too_long", f"เอกสารยาว {lines:,} บรรทัด เกิน {MAX_LINES:,}", _CUT)
    return read


def _read(name: str, data: bytes) -> Blocks:
    if b"%PDF-" in data[:1024]:
        return read_pdf(data)
    if data.startswith(_ZIP):
        return Blocks("docx", tuple(read_docx(data)))
    if data.startswith(_OLE):
        raise _old_office(data)
    for start, kind in _OTHERS.items():
        if data.startswith(start):
            raise Unreadable("wrong_kind", f"ไฟล์นี้เป็น{kind} ไม่ใช่เอกสารที่อ่านได้", _SAVE)
    text = decode(data)
    _check_length(len(text))
    if name.casefold().endswith((".html", ".htm", ".xhtml")) or _HTML.match(text):
        return Blocks("html", tuple(read_html(text)))
    return Blocks("text", tuple(read_text(text)))


def _check_length(characters: int) -> None:
    if characters > MAX_CHARACTERS:
        raise Unreadable("too_long", f"ข้อความยาว {characters:,} ตัวอักษร เกิน {MAX_CHARACTERS:,}", _CUT)


def decode(data: bytes) -> str:
    """Return the text of UTF-8, UTF-16 (with its mark) or the Thai code page 874.

    Raises Unreadable where bytes stand for no character of any of them, or where the file is no text.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif data.count(b"\xe0\xb8") + data.count(b"\xe0\xb9") > len(data) / 50:  # Thai in UTF-8, maybe damaged
        encodings = ["utf-8-sig"]
    else:
        encodings = ["utf-8-sig", "cp874"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError as error:
            broken = error
        else:
            if "\0" in text:
                raise Unreadable(
                    "not_text",
                    "ไฟล์มีอักขระว่าง (NUL) จึงไม่ใช่ไฟล์ข้อความ",
                    "บันทึกเป็น .docx, .pdf, .html, .md หรือ .txt ใหม่",
                )
            return text
    row = data.count(b"\n", 0, broken.start) + 1
    raise Unreadable(
        "damaged_text", f"บรรทัด {row:,} มีไบต์ที่ไม่เป็นตัวอักษร ไฟล์อาจเสียหายหรือใช้รหัสอักขระอื่น", "บันทึกไฟล์ใหม่เป็น UTF-8"
    )


def _old_office(data: bytes) -> Unreadable:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return Unreadable("encrypted", "ไฟล์ตั้งรหัสผ่านไว้ จึงเปิดไม่ได้", "เปิดด้วยรหัสผ่านแล้วบันทึกใหม่โดยไม่ตั้งรหัส")
    return Unreadable(
        "old_format", "ไฟล์เป็น Office รุ่นเก่า (เช่น .doc) ซึ่งยังอ่านไม่ได้", "เปิดใน Word แล้วบันทึกเป็น .docx"
    )
