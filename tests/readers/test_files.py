"""Opening files by what is in them: every format and encoding, and everything that must not be opened."""

import codecs
import csv
import datetime
import io
import struct
import zipfile
from collections.abc import Callable, Mapping

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter
import xlwt

from ita_data.readers import files, workbook
from ita_data.readers.files import Broken, open_file
from tests.readers.writers import EXTENSIONS, FORMATS, NAMES, to_csv, to_ods, to_openpyxl, to_xls, to_xlsx

GRID: list[list[str | float | None]] = [
    ["หน่วยงาน", "ปีงบประมาณ", "คะแนน ITA"],
    *([name, 2567.0, 80.5 + place] for place, name in enumerate(NAMES)),
    ["อบต.ทดสอบเหนือ", 2567.0, None],
]
SMALL = to_csv(GRID)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def codes(data: bytes, name: str = "ทดสอบ.csv", **options: float) -> list[str]:
    return [problem.code for problem in open_file(data, name, **options).problems]  # type: ignore[arg-type]


def zipped(members: Mapping[str, bytes], **about: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def with_member(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    content = members(data)
    return zipped(content | {name: change(content.get(name, b""))})


@pytest.mark.parametrize("format_name", FORMATS)
def test_cells_come_back(format_name: str) -> None:
    opened = open_file(FORMATS[format_name](GRID), "ทดสอบ" + EXTENSIONS[format_name])
    assert opened.kind == EXTENSIONS[format_name].removeprefix(".").replace("tsv", "csv")
    assert [problem for problem in opened.problems if problem.code != "old_encoding"] == []
    (sheet,) = opened.sheets
    assert sheet.visible
    cells = [[None if cell is None else str(cell).removesuffix(".0") for cell in row] for row in sheet.cells]
    assert cells == [[None if cell is None else str(cell).removesuffix(".0") for cell in row] for row in GRID]


@pytest.mark.parametrize(
    ("encoding", "mark", "said"),
    [
        ("utf-8", b"", []),
        ("utf-8", codecs.BOM_UTF8, []),
        ("cp874", b"", ["old_encoding"]),
        ("tis-620", b"", ["old_encoding"]),
        ("utf-16-le", codecs.BOM_UTF16_LE, []),
        ("utf-16-be", codecs.BOM_UTF16_BE, []),
        ("utf-16-le", b"", []),
        ("utf-16-be", b"", []),
    ],
    ids=[
        "utf-8",
        "utf-8-bom",
        "cp874",
        "tis-620",
        "utf-16-le",
        "utf-16-be",
        "utf-16-le-no-bom",
        "utf-16-be-no-bom",
    ],
)
def test_encodings(encoding: str, mark: bytes, said: list[str]) -> None:
    opened = open_file(mark + to_csv(GRID, encoding), "ทดสอบ.csv")
    assert [problem.code for problem in opened.problems] == said
    assert opened.sheets[0].cells[:, 0].tolist() == [row[0] for row in GRID]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"], ids=["comma", "semicolon", "tab"])
@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL], ids=["few-quotes", "all-quoted"])
def test_delimiters(delimiter: str, quoting: int) -> None:
    grid = [
        ["หน่วยงาน", "คะแนน ITA", "หมายเหตุ"],
        ["อบต.ทดสอบ; เหนือ, ใต้", "85,50", "ก\nข"],
        ["ทต.ทดสอบ", "9,25", "ค"],
    ]
    opened = open_file(to_csv(grid, delimiter=delimiter, quoting=quoting), "ทดสอบ.csv")
    assert opened.sheets[0].cells.tolist() == grid


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"<!DOCTYPE html><table><tr><td>1</td></tr></table>", "html"),
        (b"\xef\xbb\xbf  <html><body onload=alert(1)>", "html"),
        ("# หัวข้อ\n\n| ก | ข |\n|---|---|\n| 1 | 2 |\n".encode(), "markdown"),
        ("ผลการประเมินของหน่วยงานทดสอบ\nได้คะแนน 85 และ 90\nจบ".encode(), "text"),
        (b"%PDF-1.7\n", "pdf"),
        (zipped({"[Content_Types].xml": b"", "word/document.xml": b""}), "docx"),
        (SMALL, "csv"),
        (to_xlsx(GRID), "xlsx"),
        (to_xls(GRID), "xls"),
        (to_ods(GRID), "ods"),
    ],
    ids=["html", "html-fragment", "markdown", "text", "pdf", "docx", "csv", "xlsx", "xls", "ods"],
)
@pytest.mark.parametrize("extension", ["", ".jpg", ".txt", ".xls"])
def test_kind_is_told_by_the_content(data: bytes, kind: str, extension: str) -> None:
    opened = open_file(data, "ทดสอบ" + extension)
    assert opened.kind == kind
    if extension == ".jpg":
        assert [(one.code, one.severity) for one in opened.problems] == [("wrong_extension", "info")]
    assert (opened.text is not None) == (kind in ("html", "markdown", "text"))


def test_prose_with_tabs_is_no_table() -> None:
    row = "\t".join(["ข้อความยาวของมาตรการทดสอบ " * 8, "หน่วยงานทดสอบ", "ม.ค. 2567", "-"])
    assert open_file("\n".join([row] * 9).encode(), "ทดสอบ.txt").kind == "text"


# --- What is not opened -------------------------------------------------------------------------------------


def declared(data: bytes, size: int) -> bytes:
    """Return a zip file of one member that says another unpacked size."""
    for signature, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        place = data.index(signature) + at
        data = data[:place] + struct.pack("<L", size) + data[place + 4 :]
    return data


def encrypted_member(data: bytes) -> bytes:
    place = data.index(b"PK\x01\x02") + 8
    return data[:place] + bytes([data[place] | 1]) + data[place + 1 :]


BOMB = zipped({"xl/workbook.xml": bytes(90_000_000)})

REFUSED = {
    "empty": (b"", "empty"),
    "truncated-xlsx": (to_xlsx(GRID)[:-200], "damaged"),
    "truncated-xlsx-half": (to_xlsx(GRID)[:3000], "damaged"),
    "truncated-ods": (to_ods(GRID)[:-60], "damaged"),
    "truncated-xls": (to_xls(GRID)[:1500], "damaged"),
    "truncated-parquet": (FORMATS["parquet"](GRID)[:-30], "damaged"),
    "parquet-mark-only": (b"PAR1", "damaged"),
    "zip-mark-only": (b"PK\x03\x04", "damaged"),
    "empty-zip": (zipped({}), "unsupported"),
    "other-zip": (zipped({"ทดสอบ.csv": SMALL}), "unsupported"),
    "xlsx-without-sheets": (zipped({"xl/workbook.xml": b"<workbook/>"}), "damaged"),
    "xlsx-of-nothing": (to_xlsx([]), "no_cells"),
    "xlsb": (zipped({"xl/workbook.bin": b""}), "unsupported"),
    "password-xlsx": (OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
    "password-xls": (to_xls(GRID).replace(b"\x5c\x00\x70\x00", b"\x2f\x00\x70\x00"), "encrypted"),
    "password-ods": (
        with_member(
            to_ods(GRID), "META-INF/manifest.xml", lambda old: b"<x manifest:encryption-data=''/>" + old
        ),
        "encrypted",
    ),
    "password-zip": (encrypted_member(to_xlsx(GRID)), "encrypted"),
    "password-parquet": (b"PARE" + bytes(50), "encrypted"),
    "old-word": (OLE + "WordDocument".encode("utf-16-le"), "unsupported"),
    "zip-bomb": (BOMB, "zip_bomb"),
    "zip-bomb-that-lies": (declared(BOMB, 1000), "zip_bomb"),
    "zip-bomb-of-a-document": (zipped({"word/document.xml": bytes(90_000_000)}), "zip_bomb"),
    "zip-of-many-members": (zipped({f"{n}": b"" for n in range(10_001)}), "zip_bomb"),
    "rtf": (rb"{\rtf1 x}", "unsupported"),
    "picture": (b"\x89PNG\r\n\x1a\n", "unsupported"),
    "xml": (b"<?xml version='1.0'?><Workbook/>", "unsupported"),
    "binary": (bytes(range(128, 256)) * 50, "not_text"),
    "nul-bytes": (SMALL.replace("ทดสอบ".encode(), b"\x00\x00"), "nul_bytes"),
    "quote-without-end": ('หน่วยงาน,คะแนน ITA\n"อบต.ทดสอบ,80\nทต.ทดสอบ,90\n'.encode(), "broken_quotes"),
    "field-without-end": (b'a,b\n"' + b"x" * 200_000, "broken_quotes"),
    "too-many-columns": (b",".join([b"1"] * 16_385) + b"\n1,2\n", "too_many_columns"),
    "too-many-rows": (b"1,2\n" * 1_048_577, "too_many_rows"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refused_with_a_message(case: str) -> None:
    data, code = REFUSED[case]
    opened = open_file(data, "ทดสอบ.csv" if data[:1] not in b"P\xd0" else "ทดสอบ.xlsx")
    (problem,) = opened.problems
    assert (problem.code, problem.severity) == (code, "error")
    assert problem.message_th
    assert problem.advice_th
    assert (opened.sheets, opened.text) == ((), None)


def test_too_large() -> None:
    assert codes(b"1," * 100, max_bytes=100) == ["too_large"]


def test_one_line_of_100_megabytes() -> None:
    line = b"1," * 50_000_000
    assert codes(line) == ["too_large"]
    assert codes(line, max_bytes=200_000_000) == ["too_many_cells"]


def test_quoted_fields_cannot_hide_the_columns() -> None:
    lines = b'1,"\n",' * 20_000
    assert codes(lines) == ["too_many_columns"]


def test_two_cells_far_apart() -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "หน่วยงาน"
    book.active["XFD1048576"] = 1
    out = io.BytesIO()
    book.save(out)
    assert codes(out.getvalue(), "ทดสอบ.xlsx")[0] in ("too_much_memory", "too_many_cells")


def test_repeated_cells_of_ods() -> None:
    data = with_member(
        to_ods([["ทดสอบ"]]),
        "content.xml",
        lambda xml: xml.replace(
            b"<table:table-row><table:table-cell",
            b'<table:table-row table:number-rows-repeated="1048576">'
            b'<table:table-cell table:number-columns-repeated="16384"',
        ),
    )
    assert codes(data, "ทดสอบ.ods")[0] in ("too_much_memory", "too_many_cells", "damaged")


def full_sheet(rows: int) -> bytes:
    """Return an XLSX whose sheet has this many rows of two numbers, written by hand for speed."""
    body = "".join(
        f'<row r="{row}"><c r="A{row}"><v>1</v></c><c r="B{row}"><v>2</v></c></row>'
        for row in range(1, rows + 1)
    )
    return with_member(
        to_xlsx([["x"]]),
        "xl/worksheets/sheet1.xml",
        lambda old: old[: old.index(b"<sheetData>")] + f"<sheetData>{body}</sheetData></worksheet>".encode(),
    )


def test_the_largest_sheet_is_read() -> None:
    opened = open_file(full_sheet(1_048_576), "ทดสอบ.xlsx", seconds=600)
    assert opened.problems == ()
    assert opened.sheets[0].cells.shape == (1_048_576, 2)


def test_a_sheet_larger_than_any() -> None:
    assert codes(full_sheet(1_048_577), "ทดสอบ.xlsx", seconds=600) == ["too_many_rows"]


def test_the_widest_sheet_is_read() -> None:
    row = b",".join([b"1"] * 16_384)
    assert open_file(row + b"\n" + row, "ทดสอบ.csv").sheets[0].cells.shape == (2, 16_384)


def test_too_many_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MAX_CELLS", 20)
    assert codes(SMALL) == ["too_many_cells"]


def test_too_slow() -> None:
    assert codes(to_xlsx(GRID), "ทดสอบ.xlsx", seconds=0.0) == ["too_slow"]


def test_a_reader_that_dies(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files.sys, "executable", "/bin/false")
    assert codes(to_xlsx(GRID), "ทดสอบ.xlsx") == ["damaged"]


# --- What is opened, and said -------------------------------------------------------------------------------


def test_damaged_text_keeps_its_place() -> None:
    data = SMALL.replace(b"\xe0\xb8\x95", b"\xe0\xb8", 1)
    opened = open_file(data, "ทดสอบ.csv")
    assert [(one.code, one.severity, one.row) for one in opened.problems] == [("damaged_text", "warning", 2)]
    assert "\ufffd" in opened.sheets[0].cells[1, 0]


@pytest.mark.parametrize("surrogate", [b"\xed\xa0\x80", b"\xed\xbf\xbf"], ids=["first", "last"])
def test_lone_surrogates_of_utf_8(surrogate: bytes) -> None:
    opened = open_file(SMALL.replace(b"HYPERLINK", surrogate), "ทดสอบ.csv")
    assert [one.code for one in opened.problems] == ["damaged_text"]
    opened.sheets[0].cells[6, 0].encode()


def test_lone_surrogates_of_utf_16() -> None:
    opened = open_file(
        b"\xff\xfe" + SMALL.decode().encode("utf-16-le").replace(b"H\x00", b"\x00\xd8"), "ทดสอบ.csv"
    )
    assert [one.code for one in opened.problems] == ["damaged_text"]
    opened.sheets[0].cells[6, 0].encode()


def test_hidden_and_merged_of_xlsx() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("หนึ่ง")
        sheet.write_column(0, 0, ["ก", "ข", "ค", "ง"])
        sheet.write(3, 3, 1)
        sheet.merge_range("B1:C2", "รวม")
        sheet.set_row(2, None, None, {"hidden": True})
        sheet.set_column("B:C", None, None, {"hidden": True})
        book.add_worksheet("สอง").write(0, 0, 1)
        book.worksheets()[1].hide()
    one, two = open_file(out.getvalue(), "ทดสอบ.xlsx").sheets
    assert (one.hidden_rows, one.hidden_columns, one.merged) == ({2}, {1, 2}, ((0, 1, 1, 2),))
    assert (one.visible, two.visible, two.name) == (True, False, "สอง")


def test_hidden_and_merged_of_xls() -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("หนึ่ง")
    for row in range(4):
        sheet.write(row, 0, row)
    sheet.write(3, 3, 1)
    sheet.write_merge(0, 1, 1, 2, "รวม")
    sheet.row(2).hidden = True
    sheet.col(2).hidden = True
    book.add_sheet("สอง").visibility = 1
    out = io.BytesIO()
    book.save(out)
    one, two = open_file(out.getvalue(), "ทดสอบ.xls").sheets
    assert (one.hidden_rows, one.hidden_columns, one.merged) == ({2}, {2}, ((0, 1, 1, 2),))
    assert (one.visible, two.visible) == (True, False)


def test_hidden_and_merged_of_ods() -> None:
    data = with_member(
        to_ods([["ก", "ข", None], ["ค", 2.5, 3.5], ["ง", 4.5, 5.5]], [(0, 1, 0, 2)]),
        "content.xml",
        lambda xml: xml.replace(
            b"<table:table-row>",
            b"<table:table-column/>"
            b'<table:table-column table:visibility="collapse" table:number-columns-repeated="2"/>'
            b"<table:table-row>",
            1,
        ).replace(
            '<table:table-row><table:table-cell office:value-type="string"><text:p>ค'.encode(),
            b'<table:table-row table:visibility="filter">'
            + '<table:table-cell office:value-type="string"><text:p>ค'.encode(),
        ),
    )
    (sheet,) = open_file(data, "ทดสอบ.ods").sheets
    assert (sheet.hidden_rows, sheet.hidden_columns, sheet.merged) == ({1}, {1, 2}, ((0, 1, 0, 2),))
    assert sheet.cells[2].tolist() == ["ง", 4.5, 5.5]


def formulas_of_xlsxwriter() -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "ทดสอบ")
        sheet.write_formula(0, 1, "=1+1")
        sheet.write_formula(0, 2, "=80+5", None, 85.0)
        sheet.write_formula(0, 3, "=1/0", None, "#DIV/0!")
    return out.getvalue()


def formulas_of_xlwt() -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("ทดสอบ")
    sheet.write(0, 0, "ทดสอบ")
    sheet.write(0, 1, xlwt.Formula("1+1"))
    sheet.write(0, 2, 85.0)
    sheet.row(0).set_cell_error(3, "#DIV/0!")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def formulas_of_ods() -> bytes:
    return with_member(
        to_ods([["ทดสอบ", "ก", 85.0, "ข"]]),
        "content.xml",
        lambda xml: (
            xml.replace(
                '<table:table-cell office:value-type="string"><text:p>ก</text:p>'.encode(),
                b'<table:table-cell table:formula="of:=1+1">',
            )
            .replace(
                '<table:table-cell office:value-type="string"><text:p>ข'.encode(),
                b'<table:table-cell table:formula="of:=1/0" office:value-type="string"'
                b' calcext:value-type="error"><text:p>#DIV/0!',
            )
            .replace(b"<office:document-content ", b'<office:document-content xmlns:calcext="urn:x" ', 1)
        ),
    )


@pytest.mark.parametrize(
    ("data", "extension"),
    [(formulas_of_xlsxwriter(), ".xlsx"), (formulas_of_xlwt(), ".xls"), (formulas_of_ods(), ".ods")],
    ids=["xlsx", "xls", "ods"],
)
def test_formulas_without_a_value_and_errors_are_no_values(data: bytes, extension: str) -> None:
    (sheet,) = open_file(data, "ทดสอบ" + extension).sheets
    text, formula, value, error = sheet.cells[0]
    assert (text, formula, value) == ("ทดสอบ", Broken("no_value"), 85.0)
    assert isinstance(error, Broken)
    assert error.kind == "error"


def test_formulas_of_openpyxl_are_no_values() -> None:
    (sheet,) = open_file(to_openpyxl([["ทดสอบ", "=SUM(1,2)", 3]]), "ทดสอบ.xlsx").sheets
    assert sheet.cells[0].tolist() == ["ทดสอบ", Broken("no_value"), 3.0]


def test_external_links_are_said() -> None:
    data = with_member(to_xlsx(GRID), "xl/externalLinks/externalLink1.xml", lambda old: b"<externalLink/>")
    opened = open_file(data, "ทดสอบ.xlsx")
    assert [(one.code, one.severity) for one in opened.problems] == [("external_links", "info")]
    assert opened.sheets[0].cells.shape == (len(GRID), 3)


def test_dates_and_truths_keep_their_kind() -> None:
    day = datetime.date(2024, 9, 30)
    (sheet,) = open_file(to_xlsx([["ทดสอบ", day, True, 1.5]]), "ทดสอบ.xlsx").sheets
    assert sheet.cells[0].tolist() == ["ทดสอบ", day, True, 1.5]


def test_parquet_of_many_kinds() -> None:
    table = pa.table(
        {
            "หน่วยงาน": pa.array(["อบต.ทดสอบ", None]).dictionary_encode(),
            "ปี": pa.array([2567, 2568], pa.int32()),
            "วันที่": pa.array([datetime.date(2024, 1, 2), None]),
            "คะแนน": pa.array([85.5, float("nan")]),
            "รายการ": pa.array([[1, 2], None]),
        }
    )
    out = io.BytesIO()
    pq.write_table(table, out)
    (sheet,) = open_file(out.getvalue(), "ทดสอบ.parquet").sheets
    assert sheet.cells[1].tolist() == ["อบต.ทดสอบ", 2567, datetime.date(2024, 1, 2), 85.5, "[1, 2]"]


def test_a_csv_is_never_a_formula() -> None:
    cells = open_file(SMALL, "ทดสอบ.csv").sheets[0].cells
    assert cells[6, 0] == '=HYPERLINK("ทดสอบ")'
