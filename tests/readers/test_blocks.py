import io
import subprocess
import zipfile
import zlib

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ita_data.readers import blocks
from ita_data.readers.blocks import Paragraph, Place, Table, Unreadable, pdf, read_blocks, unpack
from tests.readers.made import FORMATS, PAGE, as_docx, as_pdf, as_tabs

DOCUMENT = [
    "เทศบาลตำบลทดสอบ",
    "ย่อหน้าทดสอบก่อนตาราง",
    [["ชื่อ", "คะแนน"], ["ทดสอบหนึ่ง", "๑๒.๓๔"], ["ทดสอบ & สอง", ""]],
    "ย่อหน้าทดสอบหลังตาราง",
]


def texts(found):
    return [block.text for block in found if isinstance(block, Paragraph)]


def tables(found):
    return [[list(row.cells) for row in block.rows] for block in found if isinstance(block, Table)]


def read_or_refuse(name: str, data: bytes) -> None:
    """Read any file but a PDF; nothing but a reason in Thai may be raised."""
    try:
        read_blocks(name, data.replace(b"%PDF-", b""))
    except Unreadable as error:
        if not error.advice_th:
            raise


def refused(name: str, data: bytes) -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        read_blocks(name, data)
    assert caught.value.message_th
    assert caught.value.advice_th
    return caught.value


@pytest.mark.parametrize("kind", FORMATS)
def test_every_format_gives_the_same_blocks(kind: str) -> None:
    name, write = FORMATS[kind]
    found = read_blocks(name, write(DOCUMENT)).blocks
    assert texts(found) == [item for item in DOCUMENT if isinstance(item, str)]
    assert tables(found) == [DOCUMENT[2]]


@pytest.mark.parametrize(
    ("kind", "places"),
    [
        ("tabs", [Place(2), Place(4), Place(6), Place(7), Place(8), Place(10)]),
        ("pipes", [Place(2), Place(4), Place(6), Place(8), Place(9), Place(11)]),
        ("html", [Place(2), Place(3), Place(4), Place(5), Place(6), Place(7)]),
        (
            "docx",
            [Place(n, "ย่อหน้า") for n in (1, 2)]
            + [Place(n, "ตาราง 1") for n in (1, 2, 3)]
            + [Place(3, "ย่อหน้า")],
        ),
        ("pdf", [Place(n, "หน้า 1") for n in range(1, 7)]),
    ],
)
def test_everything_keeps_its_place(kind: str, places: list[Place]) -> None:
    name, write = FORMATS[kind]
    found = []
    for block in read_blocks(name, write(DOCUMENT)).blocks:
        found += [block.place] if isinstance(block, Paragraph) else [row.place for row in block.rows]
    assert found == places


# ---- text and Markdown


def read(text: str):
    return read_blocks("ทดสอบ.txt", text.encode()).blocks


def test_lines_of_a_paragraph_keep_their_rows() -> None:
    (block,) = read("\n\nบรรทัดแรก\n บรรทัดที่สอง\n")
    assert block.text == "บรรทัดแรก\nบรรทัดที่สอง"
    assert [block.place_at(block.text.index(word)).row for word in ("แรก", "สอง")] == [3, 4]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["unix", "windows", "old mac"])
def test_all_line_ends_count(end: str) -> None:
    assert [block.place.row for block in read(end.join(["ก", "", "ข"]))] == [1, 3]


@pytest.mark.parametrize(
    ("written", "cells"),
    [
        ("| ก | ข |\n|---|:-:|\n| ค | ง |", [["ก", "ข"], ["ค", "ง"]]),
        ("ก | ข\n---|---\nค | ง", [["ก", "ข"], ["ค", "ง"]]),
        ("| ก\\|ก | ข |\n| ค | |", [["ก|ก", "ข"], ["ค", ""]]),
        ("ก\tข\n\tง", [["ก", "ข"], ["", "ง"]]),
        ("ก\t<p>ข</p> <p>ค</p>", [["ก", "ข\nค"]]),
        ("ก\t<p>ข\nค</p>\tง\nจ\tฉ\tช", [["ก", "ข ค", "ง"], ["จ", "ฉ", "ช"]]),
        ("| **ก** | Q&amp;A<br>ข |\n| ค | ง < จ |", [["ก", "Q&A\nข"], ["ค", "ง < จ"]]),
        ("<table>\n<tr><td>ก</td><td>ข</td></tr>\n</table>", [["ก", "ข"]]),
    ],
    ids=[
        "pipes",
        "pipes without sides",
        "escaped pipe",
        "tabs",
        "paragraphs in a cell",
        "a cell over two lines",
        "markup in cells",
        "html",
    ],
)
def test_tables_in_text(written: str, cells: list[list[str]]) -> None:
    assert tables(read(written)) == [cells]


def test_html_tables_in_text_keep_their_lines() -> None:
    (table,) = read("\n<table>\n<tr><td>ก</td><td>ข</td></tr>\n<tr><td>ค</td><td>ง</td></tr></table>\n")
    assert [row.place.row for row in table.rows] == [3, 4]


def test_an_indented_paragraph_is_no_table() -> None:
    assert texts(read("\tย่อหน้าทดสอบ\n\tอีกบรรทัด")) == ["ย่อหน้าทดสอบ\nอีกบรรทัด"]


def test_marks_of_markdown_do_not_stay() -> None:
    assert texts(read("# หัวข้อ\n\n**ทดสอบ** `x`\n\n---\n\n```\nก\n```")) == ["หัวข้อ", "ทดสอบ `x`", "ก"]


@pytest.mark.parametrize(
    ("encoded", "same"),
    [
        ("เทศบาลตำบลทดสอบ".encode("utf-8-sig"), True),
        ("เทศบาลตำบลทดสอบ".encode("utf-16"), True),
        ("เทศบาลตำบลทดสอบ".encode("cp874"), True),
        ("เทศบาลตำบลทดสอบ".encode()[:-1], False),
        ("เทศบาลตำบลทดสอบ".encode().replace(b"\x94", b"\xff"), False),
        (b"\xff\xfe\x00", False),
        (b"abc\x00def", False),
    ],
    ids=["utf-8 with mark", "utf-16", "cp874", "cut in a letter", "a byte flipped", "half utf-16", "NUL"],
)
def test_encodings(encoded: bytes, same: bool) -> None:
    if same:
        assert texts(read_blocks("ทดสอบ.txt", encoded).blocks) == ["เทศบาลตำบลทดสอบ"]
    else:
        assert refused("ทดสอบ.txt", encoded).code in {"damaged_text", "not_text"}


# ---- HTML


def html(body: str):
    return read_blocks("ทดสอบ.html", f"<html><body>{body}</body></html>".encode()).blocks


def test_only_what_is_seen_is_read() -> None:
    hostile = (
        '<script>alert("ก")</script><style>ข{}</style><p onclick="ค()">เห็น<img src=x onerror="ง()"></p>'
        '<p style="display: none">จ</p><p hidden>ฉ</p><template>ช</template><!-- ซ -->'
    )
    assert texts(html(hostile)) == ["เห็น"]


def test_merged_cells_leave_what_they_cover_empty() -> None:
    merged = (
        "<tr><td rowspan=2>ก</td><td colspan='2'>ข</td></tr><tr><td>ค</td><td>ง</td></tr><tr><td>จ</td></tr>"
    )
    assert tables(html(f"<table>{merged}</table>")) == [[["ก", "ข", ""], ["", "ค", "ง"], ["จ"]]]


def test_a_table_of_tables_is_a_layout() -> None:
    inner = "<table><tr><td>ก</td><td>ข</td></tr></table>"
    found = html(f"<table><tr><td>เมนู</td><td>{inner}</td></tr></table>")
    assert texts(found) == ["เมนู"]
    assert tables(found) == [[["ก", "ข"]]]


def test_text_beside_blocks_is_not_lost() -> None:
    assert texts(html("ก<b>ข</b><p>ค<br>ง</p>จ<div>ฉ<p>ช</p>ซ</div>")) == ["กข", "ค\nง", "จ", "ฉ", "ช", "ซ"]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("<div>" * 300 + "ก", "too_deep"),
        ("\n" * 70_000 + "<p>ก</p>", "too_long"),
        ("<table>" + "<tr><td colspan=1000>ก</td></tr>" * 600 + "</table>", "too_long"),
    ],
    ids=["deep", "many lines", "many cells"],
)
def test_html_beyond_its_limits_is_refused(body: str, code: str) -> None:
    assert refused("ทดสอบ.html", body.encode()).code == code


# ---- DOCX


def test_docx_reads_controls_and_insertions_and_skips_deletions() -> None:
    made = docx.Document()
    paragraph = made.add_paragraph("ก่อน")
    w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    for xml in (
        f"<w:ins {w}><w:r><w:t>แทรก</w:t></w:r></w:ins>",
        f"<w:del {w}><w:r><w:delText>ลบ</w:delText><w:t>ลบ</w:t></w:r></w:del>",
        f"<w:sdt {w}><w:sdtContent><w:r><w:t>ควบคุม</w:t></w:r></w:sdtContent></w:sdt>",
    ):
        paragraph._p.append(docx.oxml.parse_xml(xml))
    made.element.body.insert(
        0,
        docx.oxml.parse_xml(
            f"<w:sdt {w}><w:sdtContent><w:p><w:r><w:t>แรก</w:t></w:r></w:p></w:sdtContent></w:sdt>"
        ),
    )
    file = io.BytesIO()
    made.save(file)
    assert texts(read_blocks("ทดสอบ.docx", file.getvalue()).blocks) == ["แรก", "ก่อนแทรกควบคุม"]


def test_docx_merged_cells_leave_what_they_cover_empty() -> None:
    made = docx.Document()
    table = made.add_table(rows=2, cols=3)
    for row, cells in zip(table.rows, (["ก", "ข", ""], ["", "ค", "ง"]), strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    table.cell(0, 0).merge(table.cell(1, 0))
    table.cell(0, 1).merge(table.cell(0, 2))
    file = io.BytesIO()
    made.save(file)
    assert tables(read_blocks("ทดสอบ.docx", file.getvalue()).blocks) == [[["ก", "ข", ""], ["", "ค", "ง"]]]


def zipped(members: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def locked_zip() -> bytes:
    data = bytearray(as_docx(["ก"]))
    for start in (b"PK\x03\x04", b"PK\x01\x02"):
        at = data.find(start) + (6 if start.endswith(b"\x04") else 8)
        data[at] |= 1
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (lambda: as_docx(DOCUMENT)[:2000], "damaged"),
        (lambda: b"PK\x03\x04" + b"x" * 100, "damaged"),
        (lambda: zipped({"a.txt": b"x"}), "damaged"),
        (lambda: zipped({"word/document.xml": b" " * (50 << 20)}), "too_large_unpacked"),
        (lambda: zipped({f"{n}.xml": b"" for n in range(10_001)}), "too_large_unpacked"),
        (locked_zip, "encrypted"),
        (lambda: unpack._OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (lambda: unpack._OLE + b"x" * 100, "old_format"),
    ],
    ids=["truncated", "no zip", "another zip", "bomb", "many members", "locked zip", "password", "old doc"],
)
def test_docx_that_cannot_be_read_says_why(data, code: str) -> None:
    assert refused("ทดสอบ.docx", data()).code == code


# ---- PDF


def test_pdf_pages_are_in_the_places() -> None:
    found = read_blocks("ทดสอบ.pdf", as_pdf(["หน้าแรก", PAGE, "หน้าสอง"])).blocks
    assert [block.place for block in found] == [Place(1, "หน้า 1"), Place(1, "หน้า 2")]


def test_pdf_page_without_text_is_remarked_on() -> None:
    read = read_blocks("ทดสอบ.pdf", as_pdf(["ก", PAGE, PAGE, "ข"]))
    assert [(remark.code, remark.place) for remark in read.remarks] == [
        ("page_without_text", Place(1, "หน้า 2"))
    ]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("ดําเนินการ", "ดำเนินการ"),
        ("อ านาจหน้าที่", "อำนาจหน้าที่"),
        ("ให้คํ าแนะน า", "ให้คำแนะนำ"),
        ("ป\uf702\uf70bเสือ", "ปี้เสือ"),
        ("ที\uf70a", "ที่"),
    ],
    ids=["two characters", "lost ring", "ring apart", "shifted forms", "shifted tone"],
)
def test_pdf_repairs_what_writers_do_to_thai(written: str, meant: str) -> None:
    assert pdf._repair(written.translate(pdf._FORMS)).replace(" ", "") == meant


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (lambda: as_pdf([]), "no_text_layer"),
        (lambda: as_pdf([PAGE] * (pdf.MAX_PAGES + 1)), "too_long"),
        (lambda: b"%PDF-1.7\n" + b"x" * 500, "damaged"),
        (lambda: as_pdf(DOCUMENT)[:900], "damaged"),
        (lambda: as_pdf(DOCUMENT).replace(b"/ToUnicode 6 0 R", b"/NoUnicode 6 0 R"), "no_letters"),
    ],
    ids=["scan", "long", "no pdf", "truncated", "letters unknown"],
)
def test_pdf_that_cannot_be_read_says_why(data, code: str) -> None:
    assert refused("ทดสอบ.pdf", data()).code == code


def test_locked_pdf_says_so() -> None:
    # The smallest encryption dictionary; no password opens it.
    locked = as_pdf(["ก"]).replace(
        b"/Root 1 0 R >>",
        b"/Root 1 0 R /ID [(0123456789abcdef)(0123456789abcdef)] "
        b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O ("
        + b"a" * 32
        + b") /U ("
        + b"b" * 32
        + b") >> >>",
    )
    assert refused("ทดสอบ.pdf", locked).code == "encrypted"


def test_slow_pdf_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MAX_SECONDS", 0.01)
    assert refused("ทดสอบ.pdf", as_pdf(DOCUMENT)).code == "too_slow"


def test_pdf_reader_that_dies_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    died = subprocess.CompletedProcess([], -9, b"", b"")
    monkeypatch.setattr(pdf.subprocess, "run", lambda *_, **__: died)
    assert refused("ทดสอบ.pdf", as_pdf(DOCUMENT)).code == "too_large"


def test_pdf_bomb_stays_in_its_limits() -> None:
    bomb = as_pdf(["ก"])
    stream = b"BT /F 10 Tf 40 800 Td <0041> Tj ET\n" * 3_000_000
    packed = zlib.compress(stream, 9)
    at = bomb.rindex(b"8 0 obj")
    bomb = bomb[:at] + b"8 0 obj\n<< /Length %d /Filter /FlateDecode >>\nstream\n" % len(packed) + packed
    bomb += b"\nendstream\nendobj\ntrailer << /Root 1 0 R >>\n"
    assert refused("ทดสอบ.pdf", bomb).code == "too_large_unpacked"


# ---- any file


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \n\t", "empty"),
        (b"{\\rtf1 x}", "wrong_kind"),
        (b"\x89PNG\r\n\x1a\n", "wrong_kind"),
        (b"a" * (unpack.MAX_CHARACTERS + 1), "too_long"),
        (b"a\n" * (unpack.MAX_LINES + 1), "too_long"),
    ],
    ids=["empty", "blank", "rtf", "image", "one long line", "many lines"],
)
def test_what_is_no_document_says_why(data: bytes, code: str) -> None:
    assert refused("ทดสอบ.txt", data).code == code


def test_huge_file_is_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpack, "MAX_BYTES", 10)
    assert refused("ทดสอบ.pdf", b"%PDF-" + b"x" * 10).code == "too_large"


@settings(deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    read_or_refuse("ทดสอบ.txt", data)


@settings(deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=300))
def test_any_text_keeps_its_words_in_order(text: str) -> None:
    data = text.encode()
    try:
        found = read_blocks("ทดสอบ.txt", data).blocks
    except Unreadable:
        return
    numbers = [row.place.row for block in found if isinstance(block, Table) for row in block.rows]
    assert numbers == sorted(numbers)


@pytest.mark.parametrize("kind", ["docx", "html", "tabs", "pipes"])
@settings(deadline=None)
@given(
    changes=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), min_size=1, max_size=30),
    cut=st.floats(0, 1),
)
def test_damaged_files_are_read_or_refused(kind: str, changes: list[tuple[float, int]], cut: float) -> None:
    name, write = FORMATS[kind]
    data = bytearray(_MADE.setdefault(kind, write(DOCUMENT)))
    for where, byte in changes:
        data[int(where * (len(data) - 1))] = byte
    for damaged in (bytes(data), bytes(data[: int(cut * len(data))])):
        read_or_refuse(name, damaged)


_MADE: dict[str, bytes] = {}


def test_the_package_names_what_it_offers() -> None:
    assert all(hasattr(blocks, name) for name in blocks.__all__)
    assert as_tabs(["ก"]).decode().strip() == "ก"
