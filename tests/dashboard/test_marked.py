"""The user's own file, marked: every problem stands where it belongs, nothing runs, nothing is lost."""

import io
import zipfile

import numpy as np
import openpyxl
import pytest
import xlsxwriter
from openpyxl.styles import Font

from dashboard.exports import marked
from dashboard.exports.marked import marked_bytes
from ita_data import edition
from ita_data.readers.read import read
from ita_data.readers.reading import Problem

EDITIONS = edition.load_editions()
CSV = (
    "หน่วยงาน,จังหวัด,ปีงบประมาณ,คะแนน ITA\n"
    "เทศบาลตำบลทดสอบ,ขอนแก่น,2567,๘๘.๕๐\n"
    '"=HYPERLINK(""ทดสอบ"")",ขอนแก่น,2567,101\n'
    "@ทดสอบ,ขอนแก่น,2567,มากมาย\n"
)


def problem(
    row: int | None = 3, column: str | None = "D", sheet: str | None = None, **changes: object
) -> Problem:
    said: dict[str, object] = {
        "severity": "error",
        "code": "x",
        "file": "f",
        "message_th": "ผิดแบบทดสอบ",
        "advice_th": "แก้แบบทดสอบ",
    }
    return Problem(**(said | {"sheet": sheet, "row": row, "column": column} | changes))  # type: ignore[arg-type]


def workbook() -> bytes:
    """A workbook with formats, a formula with its value, a merged title, a link and a comment."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    bold = book.add_format({"bold": True, "bg_color": "#112233"})
    sheet = book.add_worksheet("ผล")
    sheet.merge_range(0, 0, 0, 3, "ผลทดสอบ", bold)
    sheet.write_row(1, 0, ["หน่วยงาน", "จังหวัด", "ปีงบประมาณ", "คะแนน ITA"], bold)
    sheet.write_row(2, 0, ["เทศบาลตำบลทดสอบ", "ขอนแก่น", 2567])
    sheet.write_formula(2, 3, "=80+8.5", None, 88.5)
    sheet.write_row(3, 0, ["เทศบาลตำบลทดสอบสอง", "ขอนแก่น", 2567, 101])
    sheet.write_string(4, 0, "=ทดสอบ")
    sheet.write_url(5, 0, "https://example.org/", string="ลิงก์ทดสอบ")
    sheet.write_comment(3, 3, "ความเห็นเดิม")
    book.add_worksheet("อื่น").write(0, 0, "ทดสอบ")
    book.close()
    return content.getvalue()


def opened(content: bytes) -> openpyxl.Workbook:
    book = openpyxl.load_workbook(io.BytesIO(content))
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            assert all(cell.data_type != "f" for cell in row)
    return book


def marks(book: openpyxl.Workbook) -> dict[tuple[str, str], tuple[str, str]]:
    """Sheet and cell → colour and comment, of every cell that has a comment."""
    return {
        (sheet.title, cell.coordinate): (cell.fill.start_color.rgb[-6:], cell.comment.text)
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment
    }


def test_cells_of_a_csv_are_marked_and_stay_as_they_stood() -> None:
    data = CSV.encode()
    reading = read("ทดสอบ.csv", data, EDITIONS)
    book = opened(marked_bytes(data, "ทดสอบ.csv", reading.problems))
    found = marks(book)
    assert set(found) >= {("ข้อมูล", "D3"), ("ข้อมูล", "D4")}
    color, comment = found["ข้อมูล", "D3"]
    assert color == marked.COLORS["error"]
    for one in reading.problems:
        if one.row == 3:
            assert one.message_th in comment
            assert one.advice_th in comment
    cells = [[cell.value for cell in row] for row in book["ข้อมูล"].iter_rows()]
    assert cells[1] == ["เทศบาลตำบลทดสอบ", "ขอนแก่น", "2567", "๘๘.๕๐"]
    assert cells[2][0] == '=HYPERLINK("ทดสอบ")'
    assert book["ข้อมูล"]["A3"].data_type == "s"


def test_every_problem_is_listed() -> None:
    given = [
        problem(),
        problem(None, None, message_th="ทั้งไฟล์"),
        problem(9, None, value="=1+1", severity="info"),
    ]
    book = opened(marked_bytes(CSV.encode(), "ทดสอบ.csv", given))
    rows = [[cell.value for cell in row] for row in book[marked.LIST].iter_rows()]
    assert rows[1] == list(marked.HEADERS)
    assert [row[5] for row in rows[2:]] == ["ผิดแบบทดสอบ", "ทั้งไฟล์", "ผิดแบบทดสอบ"]
    assert [row[:5] for row in rows[2:]] == [
        ["ผิด", None, 3, "D", None],
        ["ผิด", None, None, None, None],
        ["แจ้ง", None, 9, None, "'=1+1"],
    ]


def test_a_workbook_keeps_its_formats_and_its_values_but_no_formula() -> None:
    data = workbook()
    given = [problem(4, "D", "ผล"), problem(1, "C", "ผล", severity="warning"), problem(3, "D", "ไม่มีแผ่นนี้")]
    book = opened(marked_bytes(data, "ทดสอบ.xlsx", given))
    sheet = book["ผล"]
    assert book.sheetnames == [marked.LIST, "ผล", "อื่น"]
    assert sheet["A2"].font.bold
    assert sheet["A2"].fill.start_color.rgb[-6:] == "112233"
    assert sheet["D3"].value == 88.5
    assert (sheet["A5"].data_type, sheet["A5"].value) == ("s", "=ทดสอบ")
    assert sheet["A6"].hyperlink is None
    found = marks(book)
    assert set(found) == {("ผล", "D4"), ("ผล", "A1")}  # a merged cell is marked at its first
    assert found["ผล", "D4"][0] == marked.COLORS["error"]
    assert "ความเห็นเดิม" in found["ผล", "D4"][1]
    assert "ผิดแบบทดสอบ" in found["ผล", "D4"][1]
    assert found["ผล", "A1"][0] == marked.COLORS["warning"]


def test_the_marked_workbook_is_read_as_the_original_was() -> None:
    data = workbook()
    before = read("ทดสอบ.xlsx", data, EDITIONS)
    after = read("ทดสอบ.xlsx", marked_bytes(data, "ทดสอบ.xlsx", before.problems), EDITIONS)
    assert len(before.scores) == 1
    assert after.scores.drop(columns="printed").equals(before.scores.drop(columns="printed"))


def test_several_problems_of_a_cell_are_one_mark_of_the_gravest() -> None:
    given = [
        problem(severity="info", message_th="หนึ่ง"),
        problem(severity="error", message_th="สอง"),
        problem(),
    ]
    found = marks(opened(marked_bytes(CSV.encode(), "ทดสอบ.csv", given)))
    ((color, text),) = found.values()
    assert color == marked.COLORS["error"]
    assert [word in text for word in ("หนึ่ง", "สอง", "ผิดแบบทดสอบ")] == [True] * 3


@pytest.mark.parametrize(
    ("row", "column", "cell"),
    [
        pytest.param(2, None, "A2", id="a-row"),
        pytest.param(None, "C", "C1", id="a-column"),
        pytest.param(500, "Z", "Z500", id="beside-the-cells"),
        pytest.param(2, "ZZZZ", None, id="no-column"),
        pytest.param(9_999_999, "A", None, id="below-the-last-row"),
    ],
)
def test_places(row: int | None, column: str | None, cell: str | None) -> None:
    found = marks(opened(marked_bytes(CSV.encode(), "ทดสอบ.csv", [problem(row, column)])))
    assert list(found) == ([("ข้อมูล", cell)] if cell else [])


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"PK\x03\x04\x00", id="damaged"),
        pytest.param(b"\x00\x01\x02" * 50, id="no-text"),
        pytest.param("รายงานทดสอบ\n\nไม่มีตาราง\n".encode(), id="a-document"),
    ],
)
def test_what_has_no_sheets_gives_the_list_alone(data: bytes) -> None:
    assert opened(marked_bytes(data, "ทดสอบ", [problem()])).sheetnames == [marked.LIST]


def test_characters_no_workbook_can_hold() -> None:
    data = "หน่วยงาน,คะแนน\nทดสอบ\x07\x1b,1\n".encode()
    given = [problem(value="\x00\ud800", message_th="\x01ผิด"), problem(2, "A", message_th="\udfffผิด")]
    book = opened(marked_bytes(data, "ทดสอบ.csv", given))
    assert book["ข้อมูล"]["A2"].value == "ทดสอบ\ufffd\ufffd"


def test_names_of_sheets_that_cannot_be() -> None:
    content = io.BytesIO()
    book = openpyxl.Workbook()
    book.active.title = marked.LIST
    book.active["A1"] = "ทดสอบ"
    book.active["A1"].font = Font(bold=True)
    book.save(content)
    names = opened(marked_bytes(content.getvalue(), "ทดสอบ.xlsx", [problem(1, "A")])).sheetnames
    assert names == [f"{marked.LIST} (2)", marked.LIST]
    assert marked._free_name("a/b:c*" + "ก" * 40, set()) == ("a_b_c_" + "ก" * 40)[:31]
    assert marked._free_name("'''", {"ข้อมูล"}) == "ข้อมูล (2)"


def test_a_workbook_openpyxl_cannot_load_is_written_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise zipfile.BadZipFile("ทดสอบ")

    monkeypatch.setattr(openpyxl, "load_workbook", fail)
    content = marked_bytes(workbook(), "ทดสอบ.xlsx", [problem(4, "D", "ผล")])
    monkeypatch.undo()
    book = opened(content)
    assert book["ผล"]["D3"].value == 88.5
    assert list(marks(book)) == [("ผล", "D4")]


def test_of_a_huge_file_only_the_rows_that_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(marked, "KEPT_CELLS", 100)
    monkeypatch.setattr(marked, "WHOLE_CELLS", 1_000)
    rows = np.arange(5_000)
    data = ("หน่วยงาน,คะแนน\n" + "".join(f"ทดสอบ {row},{row % 100}\n" for row in rows)).encode()
    book = opened(marked_bytes(data, "ทดสอบ.csv", [problem(4_000, "B")]))
    filled = [row[0].row for row in book["ข้อมูล"].iter_rows() if row[0].value is not None]
    assert filled == [*range(1, marked.TOP_ROWS + 1), 4_000]
    assert list(marks(book)) == [("ข้อมูล", "B4000")]
    assert "ไฟล์ใหญ่" in str(book[marked.LIST]["A1"].value)


def test_comments_end_and_colours_do_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(marked, "MOST_COMMENTS", 2)
    for data, name, sheet in ((CSV.encode(), "ทดสอบ.csv", None), (workbook(), "ทดสอบ.xlsx", "ผล")):
        book = opened(marked_bytes(data, name, [problem(row, "B", sheet) for row in (2, 3, 4)]))
        cells = book[sheet or "ข้อมูล"]["B"]
        assert len(marks(book)) == 2 + (sheet is not None)  # the user's own comment stays
        assert [cell.fill.start_color.rgb[-6:] for cell in cells[1:4]] == [marked.COLORS["error"]] * 3
