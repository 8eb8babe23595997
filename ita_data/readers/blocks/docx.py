"""DOCX to blocks: the body's paragraphs and tables in order, also those in content controls and text boxes.

Places are "ย่อหน้า" with the number of the paragraph outside tables, and "ตาราง n" with the number of the row.
Text deleted under track changes is left out, inserted text is read.
"""

import io
import zipfile
from collections.abc import Iterator

import docx
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from lxml import etree

from ita_data.readers.blocks.model import Block, Paragraph, Place, Row, Table, Unreadable, check_cells, tidy

MAX_XML_BYTES = 16 * 2**20
MAX_UNPACKED_BYTES = 300 * 2**20
MAX_PARTS = 10_000

_P, _TBL, _TR, _TC, _T = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc"), qn("w:t")
_TEXT_BOX = qn("w:txbxContent")
_LEFT_OUT = {qn("w:del"), qn("w:moveFrom"), qn("w:rPr"), qn("w:pPr"), qn("w:instrText"), _TEXT_BOX}
_LEFT_OUT.add("{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback")
_SHOWN_AS = {
    qn("w:tab"): " ",
    qn("w:br"): "\n",
    qn("w:cr"): "\n",
    qn("w:noBreakHyphen"): "-",
    qn("w:softHyphen"): "",
    qn("w:ptab"): " ",
}


def read_docx(data: bytes) -> list[Block]:
    """Return the blocks of a Word document.

    Raises Unreadable where the file is damaged, is no Word document or unpacks to more than it should.
    """
    _check_size(data)
    try:
        body = docx.Document(io.BytesIO(data)).element.body
    except (
        OpcError,
        etree.LxmlError,
        zipfile.BadZipFile,
        KeyError,
        ValueError,
        OSError,
        AttributeError,
    ) as error:
        raise _damaged() from error
    return list(_Walk().blocks(body))


def _check_size(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if any(part.flag_bits & 1 for part in parts):
                raise Unreadable("encrypted", "ไฟล์ตั้งรหัสผ่านไว้ จึงเปิดไม่ได้", "เปิดด้วยรหัสผ่านแล้วบันทึกใหม่โดยไม่ตั้งรหัส")
            written = [part for part in parts if part.filename.endswith((".xml", ".rels"))]
            if (
                len(parts) > MAX_PARTS
                or sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES
                or sum(part.file_size for part in written) > MAX_XML_BYTES
            ):
                raise Unreadable(
                    "too_large_unpacked",
                    "ไฟล์ DOCX นี้คลายออกมามีขนาดใหญ่ผิดปกติ จึงไม่เปิด",
                    "ตรวจที่มาของไฟล์ ถ้าเป็นเอกสารจริงให้คัดเฉพาะส่วนผลการประเมินไปไว้ในไฟล์ใหม่",
                )
            if archive.testzip() is not None:
                raise _damaged()
    except Unreadable:
        raise
    except Exception as error:  # zipfile, zlib, lzma and bz2 each have errors of their own for damage
        raise _damaged() from error


def _damaged() -> Unreadable:
    return Unreadable(
        "damaged",
        "ไฟล์ DOCX เสียหาย ไม่ครบ หรือไม่ใช่เอกสาร Word จึงเปิดไม่ได้",
        "เปิดใน Word แล้วบันทึกเป็น .docx ใหม่ หรือขอไฟล์ใหม่จากต้นทาง",
    )


class _Walk:
    def __init__(self) -> None:
        self.paragraphs = 0
        self.tables = 0
        self.cells = 0

    def blocks(self, element: etree._Element) -> Iterator[Block]:
        """Yield the blocks below an element; whatever is neither paragraph nor table is looked into."""
        for child in element:
            if child.tag in _LEFT_OUT:
                continue
            if child.tag == _P:
                self.paragraphs += 1
                if text := tidy(_text(child)):
                    yield Paragraph(text, Place(self.paragraphs, "ย่อหน้า"))
                yield from self._boxes(child)
            elif child.tag == _TBL:
                yield from self._table(child)
            elif isinstance(child.tag, str):
                yield from self.blocks(child)

    def _boxes(self, element: etree._Element) -> Iterator[Block]:
        """Yield what text boxes below an element hold, once each (a copy for old programs stands beside)."""
        for child in element:
            if child.tag == _TEXT_BOX:
                yield from self.blocks(child)
            elif isinstance(child.tag, str) and child.tag not in _LEFT_OUT:
                yield from self._boxes(child)

    def _table(self, table: etree._Element) -> Iterator[Block]:
        self.tables += 1
        sheet = f"ตาราง {self.tables}"
        rows: list[Row] = []
        inside: list[Block] = []
        for number, tr in enumerate(_parts(table, _TR), start=1):
            cells = [""] * _number(tr.find(f"{qn('w:trPr')}/{qn('w:gridBefore')}"), 0)
            for tc in _parts(tr, _TC):
                lines = [_text(p) for p in _parts(tc, _P)]
                merged = tc.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
                continued = merged is not None and merged.get(qn("w:val")) != "restart"
                wide = _number(tc.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}"), 1)
                cells += ["" if continued else tidy("\n".join(lines)), *[""] * (wide - 1)]
                for nested in _parts(tc, _TBL):
                    inside += self._table(nested)
                for box in _parts(tc, _P):
                    inside += self._boxes(box)
            self.cells = check_cells(self.cells + len(cells))
            if any(cells):
                rows.append(Row(tuple(cells), Place(number, sheet)))
        if rows:
            yield Table(tuple(rows))
        yield from inside


def _parts(element: etree._Element, tag: str) -> Iterator[etree._Element]:
    """Yield the elements of a tag right below another one, also inside content controls and the like."""
    for child in element:
        if child.tag == tag:
            yield child
        elif isinstance(child.tag, str) and child.tag not in {*_LEFT_OUT, _TBL, _TR, _TC, _P}:
            yield from _parts(child, tag)


def _number(element: etree._Element | None, otherwise: int) -> int:
    written = element.get(qn("w:val")) if element is not None else None
    return min(int(written), 1000) if written and written.isascii() and written.isdigit() else otherwise


def _text(element: etree._Element) -> str:
    """Return the text of a paragraph, without its text boxes and what was deleted."""
    parts: list[str] = []
    for child in element:
        if child.tag == _T:
            parts.append(child.text or "")
        elif child.tag in _SHOWN_AS:
            parts.append(_SHOWN_AS[child.tag])
        elif isinstance(child.tag, str) and child.tag not in _LEFT_OUT:
            parts.append(_text(child))
    return "".join(parts)
