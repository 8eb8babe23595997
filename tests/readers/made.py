"""Documents the tests make: paragraphs and tables, written in each of the formats the readers take.

A document is a list: a str is a paragraph, a list of rows is a table. `PAGE` ends a page.
"""

import html
import io
import zlib
from collections.abc import Callable, Sequence

import docx

PAGE = "\f"
Item = str | Sequence[Sequence[str]]
Document = Sequence[Item]


def as_tabs(document: Document) -> bytes:
    lines: list[str] = []
    for item in document:
        if isinstance(item, str):
            lines += ["", "" if item == PAGE else item]
        else:
            lines += ["", *("\t".join(_one_line(cell) for cell in row) for row in item)]
    return "\n".join(lines).encode()


def as_pipes(document: Document) -> bytes:
    lines: list[str] = []
    for item in document:
        if isinstance(item, str):
            lines += ["", "" if item == PAGE else item]
        else:
            rows = ["| " + " | ".join(_one_line(cell) for cell in row) + " |" for row in item]
            lines += ["", rows[0], "|" + "---|" * len(item[0]), *rows[1:]]
    return "\r\n".join(lines).encode("utf-8-sig")


def as_html(document: Document) -> bytes:
    parts = ["<!DOCTYPE html><html><head><title>ไม่ใช่เนื้อหา</title><style>td{}</style></head><body>"]
    for item in document:
        if isinstance(item, str):
            parts.append("" if item == PAGE else f"<p>{html.escape(item).replace(chr(10), '<br>')}</p>")
        else:
            rows = ("".join(f"<td>{html.escape(cell)}</td>" for cell in row) for row in item)
            parts.append("<table><tbody>" + "\n".join(f"<tr>{row}</tr>" for row in rows) + "</tbody></table>")
    return "\n".join([*parts, "</body></html>"]).encode()


def as_docx(document: Document) -> bytes:
    made = docx.Document()
    for item in document:
        if isinstance(item, str):
            if item == PAGE:
                made.add_page_break()
            else:
                made.add_paragraph(item)
        else:
            table = made.add_table(rows=len(item), cols=max(map(len, item)))
            for row, cells in zip(table.rows, item, strict=True):
                for cell, text in zip(row.cells, cells, strict=False):
                    cell.text = text
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def as_pdf(document: Document) -> bytes:
    """Write tables with ruled cells; the font has no glyphs, only widths and what each code means."""
    pages = [_Page()]
    for item in document:
        if item == PAGE:
            pages.append(_Page())
        elif isinstance(item, str):
            for line in _wrapped(item, 95):
                pages = _room(pages, 1)
                pages[-1].text(40, line)
                pages[-1].down(1)
            pages[-1].down(0.8)
        else:
            for row in item:
                cells = [_wrapped(cell, 95 // len(row) - 2) for cell in row]
                height = max(map(len, cells))
                pages = _room(pages, height + 0.5)
                pages[-1].row(cells, height)
            pages[-1].down(1.2)
    return _pdf([page.content() for page in pages])


FORMATS: dict[str, tuple[str, Callable[[Document], bytes]]] = {
    "tabs": ("ทดสอบ.txt", as_tabs),
    "pipes": ("ทดสอบ.md", as_pipes),
    "html": ("ทดสอบ.html", as_html),
    "docx": ("ทดสอบ.docx", as_docx),
    "pdf": ("ทดสอบ.pdf", as_pdf),
}


def _one_line(cell: str) -> str:
    return cell.replace("\n", " ")


def _wrapped(text: str, width: int) -> list[str]:
    """Cut a text into lines, at spaces where there are any, never before a mark."""
    lines: list[str] = []
    for line in text.split("\n"):
        while len(line) > width:
            cut = line.rfind(" ", width // 2, width) + 1 or width
            while cut < len(line) and _width(line[cut]) == 0:
                cut += 1
            lines.append(line[:cut].rstrip())
            line = line[cut:]
        lines.append(line)
    return lines


def _width(char: str) -> int:
    return (
        0
        if char
        in "\u0e31\u0e34\u0e35\u0e36\u0e37\u0e38\u0e39\u0e3a\u0e47\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e4d\u0e4e"
        else 500
    )


def _room(pages: list["_Page"], lines: float) -> list["_Page"]:
    return pages if pages[-1].y - lines * 14 > 40 else [*pages, _Page()]


class _Page:
    def __init__(self) -> None:
        self.y = 800.0
        self.parts: list[str] = []

    def down(self, lines: float) -> None:
        self.y -= lines * 14

    def text(self, x: float, line: str) -> None:
        if line:
            codes = line.encode("utf-16-be").hex()
            self.parts.append(f"BT /F 10 Tf {x:.1f} {self.y:.1f} Td <{codes}> Tj ET")

    def row(self, cells: list[list[str]], height: int) -> None:
        wide, top, tall = 515 / len(cells), self.y + 11, height * 14 + 4
        for at, lines in enumerate(cells):
            self.parts.append(f"{40 + at * wide:.1f} {top - tall:.1f} {wide:.1f} {tall:.1f} re S")
            for number, line in enumerate(lines):
                self.y -= number * 14
                self.text(43 + at * wide, line)
                self.y += number * 14
        self.y -= tall

    def content(self) -> bytes:
        return "\n".join(self.parts).encode()


def _pdf(pages: list[bytes]) -> bytes:
    widths = " ".join(f"{code} [{_width(chr(code))}]" for code in range(0x20, 0x7F))
    widths += " ".join(f" {code} [{_width(chr(code))}]" for code in range(0xE00, 0xE60))
    means = "\n".join(f"<{start:02x}00> <{start:02x}ff> <{start:02x}00>" for start in (0x00, 0x0E, 0x20))
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
        "1 begincodespacerange <0000> <ffff> endcodespacerange\n"
        f"3 beginbfrange\n{means}\nendbfrange\nendcmap end end"
    )
    kids = " ".join(f"{7 + 2 * at} 0 R" for at in range(len(pages)))
    system = "<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>".encode(),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Test /Encoding /Identity-H "
        b"/DescendantFonts [4 0 R] /ToUnicode 6 0 R >>",
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Test /FontDescriptor 5 0 R /DW 500 "
        + f"/CIDSystemInfo {system} /W [{widths}] >>".encode(),
        b"<< /Type /FontDescriptor /FontName /Test /Flags 4 /FontBBox [0 -200 1000 900] "
        b"/ItalicAngle 0 /Ascent 900 /Descent -200 /CapHeight 700 /StemV 80 >>",
        _stream(cmap.encode()),
    ]
    for at, content in enumerate(pages):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F 3 0 R >> >> "
            f"/Contents {8 + 2 * at} 0 R >>".encode()
        )
        objects.append(_stream(content))
    file = io.BytesIO()
    file.write(b"%PDF-1.4\n")
    starts = []
    for number, body in enumerate(objects, start=1):
        starts.append(file.tell())
        file.write(f"{number} 0 obj\n".encode() + body + b"\nendobj\n")
    table = file.tell()
    file.write(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode())
    file.write("".join(f"{start:010} 00000 n \n" for start in starts).encode())
    file.write(f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n".encode())
    return file.getvalue()


def _stream(content: bytes) -> bytes:
    packed = zlib.compress(content)
    return f"<< /Length {len(packed)} /Filter /FlateDecode >>\nstream\n".encode() + packed + b"\nendstream"
