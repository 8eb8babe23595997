"""An import as its user meets it: a messy file, decisions, publishing, the charts, and back."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

import duckdb
import openpyxl
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from ita_data import edition
from ita_data.readers.read import read
from tests import factory
from tests.browser.conftest import ARTEFACTS, Server, Visitor, new_visitor, start_server
from warehouse import importing, publish

pytestmark = pytest.mark.browser

BODY = "sao-khwao-yai"
# Two title rows, semicolons, an old encoding, Thai digits, a unit, a blank as a dash, a name without type and
# place, a score out of range, markup in a name and a row of averages.
MESSY = """ผลการประเมิน ITA ปีงบประมาณ พ.ศ. ๒๕๖๗;;;;;
(ข้อมูลทดสอบ);;;;;
ที่;หน่วยงาน;อำเภอ;จังหวัด;คะแนน ITA;IIT
๑;เขวาใหญ่;;;๗๑.๒๕ คะแนน;-
๒;เทศบาลตำบลทดสอบใหม่;เมือง;ขอนแก่น;88.50;90.00
๓;<img src=x onerror=alert(1)>;เมือง;ขอนแก่น;๑๐๐.๐๑;
;รวม/เฉลี่ย;;;78.00;
""".encode("cp874")
NAME = "ผล <img src=x onerror=alert(1)>.csv"


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[Server]:
    """The app on published data of the test's own, for it publishes."""
    factory.build_warehouse(tmp_path, "published")
    running = start_server(tmp_path, tmp_path / "server.log")
    yield running
    running.process.terminate()
    running.process.wait(10)


@pytest.fixture
def importer(chromium: Browser, own_server: Server) -> Iterator[Visitor]:
    window = new_visitor(chromium, own_server)
    yield window
    window.page.context.close()
    assert window.strangers == []
    assert window.complaints == []


def picture(visitor: Visitor, name: str) -> None:
    page = visitor.settle()
    wide, shown = (
        page.evaluate(f"document.querySelector('[data-testid=stMain]').{width}")
        for width in ("scrollWidth", "clientWidth")
    )
    assert wide <= shown, "the page scrolls sideways"
    expect(page.get_by_test_id("stException")).to_have_count(0)
    ARTEFACTS.mkdir(exist_ok=True)
    tall = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
    page.set_viewport_size({"width": 1366, "height": min(max(tall, 768), 8000)})
    page.wait_for_timeout(600)
    page.screenshot(path=ARTEFACTS / f"imports-{name}.png")
    page.set_viewport_size({"width": 1366, "height": 768})
    visitor.settle()


def press(visitor: Visitor, name: str) -> None:
    visitor.page.get_by_role("button", name=name, exact=True).click()
    visitor.settle()


def question(page: Page, number: int) -> Locator:
    return page.locator(f".st-key-import_question_files_{number}")


def overall_shown(visitor: Visitor) -> str:
    page = visitor.open(f"organisation?year=2567&orgs={BODY}")
    return page.get_by_test_id("stMain").inner_text()


def counted(visitor: Visitor) -> int:
    """How many bodies the overview counts in the year."""
    words = visitor.open("?year=2567").get_by_test_id("stMain").inner_text()
    found = re.search(r"n = ([\d,]+)", words)
    assert found is not None
    return int(found[1].replace(",", ""))


def test_a_messy_file_is_decided_published_shown_and_undone(importer: Visitor) -> None:
    assert "69.50" in overall_shown(importer)
    before = counted(importer)
    page = importer.open("imports")
    expect(page.get_by_role("heading", level=1)).to_have_text("นำเข้าข้อมูล")
    picture(importer, "0-empty")
    name = page.get_by_label(re.compile("^ชื่อผู้นำเข้า"))
    name.fill("ผู้ทดสอบ")
    name.press("Enter")
    importer.settle()
    page.locator("input[type=file]").set_input_files(
        [{"name": NAME, "mimeType": "text/csv", "buffer": MESSY}]
    )
    main = page.get_by_test_id("stMain")
    expect(main.get_by_text("ต้องแก้ 1 จุด").first).to_be_visible(timeout=30_000)
    importer.settle()
    assert main.locator("img").count() == 0, "markup from a file became part of the page"
    expect(main.get_by_text(NAME).first).to_be_visible()
    expect(main.get_by_text("ปี 2567 จากข้อความเหนือตาราง")).to_be_visible()

    expect(question(page, 0)).to_contain_text("เขวาใหญ่")
    question(page, 0).get_by_text("อ.กันทรวิชัย จ.มหาสารคาม").click()
    importer.settle()
    expect(main.get_by_text("ยังรอ 0 ชื่อ")).to_be_visible()
    picture(importer, "1-decided")

    press(importer, "ตรวจความเปลี่ยนแปลง")
    expect(main.get_by_text("1 ค่าต่างจากที่ใช้อยู่")).to_be_visible()
    expect(page.get_by_role("button", name="เผยแพร่", exact=True)).to_have_count(0)
    main.get_by_text("ใช้ค่าใหม่ทั้งหมด").click()
    importer.settle()
    press(importer, "ตรวจต่อตามคำตัดสินนี้")
    expect(page.get_by_role("button", name="เผยแพร่", exact=True)).to_be_visible(timeout=60_000)
    expect(main.get_by_text("หน่วยงานใหม่ 1 แห่ง").first).to_be_visible()
    picture(importer, "2-checked")

    press(importer, "เผยแพร่")
    expect(main.get_by_text("เผยแพร่แล้ว")).to_be_visible()
    picture(importer, "3-published")
    main.get_by_text(re.compile(r"69\.50 → 71\.25")).click()
    expect(page.get_by_role("heading", level=2).first).to_contain_text("เขวาใหญ่")
    importer.settle()
    assert "71.25" in main.inner_text()
    assert "71.25" in overall_shown(importer)
    assert counted(importer) == before + 1, "the overview does not count the new body"

    importer.open("imports")
    press(importer, "ย้อนกลับมาใช้รุ่นนี้")
    expect(main.get_by_text("ย้อนกลับแล้ว")).to_be_visible()
    picture(importer, "4-undone")
    again = overall_shown(importer)
    assert "69.50" in again
    assert "71.25" not in again
    assert counted(importer) == before


def bring(visitor: Visitor, files: dict[str, bytes]) -> Page:
    """Open the page, say who one is and drop files."""
    page = visitor.open("imports")
    name = page.get_by_label(re.compile("^ชื่อผู้นำเข้า"))
    name.fill("ผู้ทดสอบ")
    name.press("Enter")
    visitor.settle()
    dropped = [{"name": one, "mimeType": "text/csv", "buffer": content} for one, content in files.items()]
    if files:
        page.locator("input[type=file]").set_input_files(dropped)  # type: ignore[arg-type]
    for one in files:
        expect(page.get_by_test_id("stMain").get_by_text(one).first).to_be_visible(timeout=30_000)
    return visitor.settle()


def downloaded(page: Page, name: str | re.Pattern[str]) -> bytes:
    with page.expect_download() as event:
        page.get_by_role("button", name=name).first.click()
    return event.value.path().read_bytes()


def choose_row(visitor: Visitor, area: Locator, row: int) -> None:
    """Tick the box of a row of a table, 0 for the one in its head, which ticks them all.

    The table is drawn on a canvas, below areas that slide open: a click is tried again until the row says,
    in the table that stands in the canvas for screen readers, that it is chosen.
    """
    canvas = area.locator("canvas").first
    canvas.scroll_into_view_if_needed()
    chosen = area.locator(f"tr[aria-rowindex='{max(row, 1) + 1}'][aria-selected=true]")
    for _ in range(10):
        canvas.click(position={"x": 18, "y": 17 + 35 * row}, force=True)
        visitor.settle()
        if chosen.count():
            return
    raise AssertionError(f"row {row} cannot be chosen: {area.inner_html()}")


def in_use(versions: Path) -> Path:
    """The version of the warehouse that readers see."""
    current = publish.current_path(versions)
    assert current is not None
    return current


def ask(path: Path, sql: str, **parameters: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(path), read_only=True) as connection:
        return connection.execute(sql, parameters).fetchall()


REGISTER = """ที่,ชื่อหน่วยงาน,ประเภท,อำเภอ,จังหวัด,รหัส
1,ทดสอบหนึ่ง,อบต.,บรบือ,มหาสารคาม,9440101
2,ทดสอบสอง,อบต.,บรบือ,มหาสารคาม,9440102
3,ทดสอบซ้ำ,อบต.,บรบือ,มหาสารคาม,9440103
4,ทดสอบซ้ำ,อบต.,กันทรวิชัย,มหาสารคาม,9440104
5,ทดสอบไร้คะแนน,อบต.,บรบือ,มหาสารคาม,9440105
""".encode()
SHORT = """หน่วยงาน,อำเภอ,จังหวัด,ปีงบประมาณ,คะแนน ITA
อบต.ทดสอบหนึ่ง,,มหาสารคาม,2567,81
อบต.ทดสอบสอง,,มหาสารคาม,2567,82
อบต.ทดสอบซ้ำ,,มหาสารคาม,2567,83
เทศบาลตำบลทดสอบใหม่,เมือง,ขอนแก่น,2567,84
""".encode()


def test_names_are_found_in_a_register_and_confirmed_together(importer: Visitor, tmp_path: Path) -> None:
    page = bring(importer, {"ทะเบียน.csv": REGISTER, "คะแนน.csv": SHORT})
    main = page.get_by_test_id("stMain")
    expect(main.get_by_text("ทะเบียน 5 แห่ง ใน 1 จังหวัด")).to_be_visible()
    expect(main.get_by_text("ครบทุกแห่งของทุกจังหวัดที่อยู่ในไฟล์หรือไม่")).to_be_visible()
    expect(main.get_by_text("ยังรอ 3 ชื่อ")).to_be_visible()
    picture(importer, "5-register")

    # two names have one candidate each; nothing is confirmed before somebody chooses
    expect(page.get_by_role("button", name="ยืนยันชื่อที่เลือก")).to_be_disabled()
    choose_row(importer, page.locator(".st-key-import_together_files"), 0)
    press(importer, "ยืนยัน 2 ชื่อที่เลือก")
    expect(main.get_by_text("ยังรอ 1 ชื่อ")).to_be_visible()
    expect(page.locator(".st-key-import_together_files")).to_have_count(0)

    # the register lists two ทดสอบซ้ำ: complete or not, that is asked; the two others are known without asking
    main.get_by_text("ครบทุกแห่ง", exact=True).click()
    importer.settle()
    expect(main.get_by_text("มี 1 ชื่อ")).to_be_visible()
    expect(question(page, 0)).to_contain_text("อ.กันทรวิชัย จ.มหาสารคาม")

    # a body that would be made is left to wait
    page.locator(".st-key-import_made summary").click()
    importer.settle()
    expect(main.get_by_text("หน่วยงานใหม่ที่จะเพิ่มในทะเบียน (3 แห่ง)")).to_be_visible()
    choose_row(importer, page.locator(".st-key-import_made"), 3)
    press(importer, "ให้รอไว้ก่อน 1 แห่งที่เลือก")
    expect(main.get_by_text("(2 แห่ง ให้รอไว้ 1 แห่ง)")).to_be_visible()

    press(importer, "ตรวจความเปลี่ยนแปลง")
    publish_button = page.get_by_role("button", name="เผยแพร่", exact=True)
    expect(publish_button).to_be_visible(timeout=60_000)
    press(importer, "เผยแพร่")
    expect(main.get_by_text("เผยแพร่แล้ว")).to_be_visible()
    version = in_use(tmp_path)
    found = ask(
        version,
        "SELECT o.name_th, o.district_th, o.note_th, s.value, f.imported_by, f.imported_at IS NOT NULL"
        " FROM organisation AS o JOIN score AS s USING (organisation_id) JOIN source AS f USING (source_id)"
        " WHERE o.name_th LIKE 'ทดสอบ%' ORDER BY s.value",
    )
    assert found == [
        ("ทดสอบหนึ่ง", "บรบือ", "รหัสในทะเบียน 9440101", 81.0, "ผู้ทดสอบ", True),
        ("ทดสอบสอง", "บรบือ", "รหัสในทะเบียน 9440102", 82.0, "ผู้ทดสอบ", True),
    ]
    assert ask(version, "SELECT COUNT(*) FROM organisation WHERE name_th = 'ทดสอบไร้คะแนน'") == [(0,)]
    waiting = ask(version, "SELECT name_th, value FROM unresolved_score WHERE value < 90 ORDER BY value")
    assert waiting == [("อบต.ทดสอบซ้ำ", 83.0), ("เทศบาลตำบลทดสอบใหม่", 84.0)]


def test_two_waiting_bodies_of_one_name_are_told_apart(
    chromium: Browser, own_server: Server, tmp_path: Path
) -> None:
    content = (
        "หน่วยงาน,อำเภอ,จังหวัด,ปีงบประมาณ,คะแนน ITA\n"
        "อบต.ทดสอบพ้อง,ทดสอบเหนือ,,2565,81\n"
        "อบต.ทดสอบพ้อง,ทดสอบใต้,,2565,82\n"
    )
    reading = read("พ้อง.csv", content.encode(), edition.load_editions())
    current = publish.current_path(tmp_path)
    resolutions = importing.resolve([reading], importing.register_of(current))
    staged = importing.stage([reading], resolutions, current=current, out=tmp_path)
    importing.release(importing.prepare(staged.folder, out=tmp_path), current, out=tmp_path)

    visitor = new_visitor(chromium, own_server)
    page = bring(visitor, {})
    main = page.get_by_test_id("stMain")
    page.locator(".st-key-import_waiting summary").click()
    visitor.settle()
    card = page.locator("[class*=st-key-import_question_waiting_]").filter(has_text="ทดสอบใต้")
    card.get_by_text("หน่วยงานอื่นในทะเบียน").click()
    visitor.settle()
    card.get_by_role("combobox").fill("เขวาใหญ่")
    page.get_by_role("option").first.click()
    visitor.settle()
    press(visitor, "ตรวจความเปลี่ยนแปลง")
    expect(page.get_by_role("button", name="เผยแพร่", exact=True)).to_be_visible(timeout=60_000)
    press(visitor, "เผยแพร่")
    expect(main.get_by_text("เผยแพร่แล้ว")).to_be_visible()
    version = in_use(tmp_path)
    standing = "SELECT value FROM score WHERE organisation_id = $body AND fiscal_year = 2565"
    assert ask(version, standing, body=BODY) == [(82.0,)]
    assert ask(version, "SELECT value FROM unresolved_score WHERE fiscal_year = 2565") == [(81.0,)]
    visitor.page.context.close()
    assert visitor.complaints == []


def test_a_column_is_given_another_meaning(importer: Visitor, tmp_path: Path) -> None:
    """The editor of columns is drawn on a canvas: it is used as with a keyboard."""
    content = (
        "หน่วยงาน,อำเภอ,จังหวัด,ปีงบประมาณ,คะแนน ITA,ผลลับ\nเทศบาลตำบลทดสอบใหม่,เมือง,ขอนแก่น,2567,84.00,91.25\n"
    )
    page = bring(importer, {"คอลัมน์.csv": content.encode()})
    main = page.get_by_test_id("stMain")
    expect(main.get_by_text("อ่านได้ 1 คะแนน")).to_be_visible()
    editor = main.get_by_test_id("stDataFrame").first
    editor.scroll_into_view_if_needed()
    size = editor.bounding_box()
    assert size is not None
    page.mouse.dblclick(size["x"] + 500, size["y"] + 17 + 35 * 6)  # ผลลับ is the sixth header
    expect(page.locator("#portal input")).to_be_focused()
    page.keyboard.type("IIT")
    page.wait_for_timeout(500)
    page.keyboard.press("Enter")
    importer.settle()
    press(importer, "อ่านใหม่ตามที่แก้")
    expect(main.get_by_text("อ่านได้ 2 คะแนน")).to_be_visible(timeout=30_000)
    expect(page.get_by_label(re.compile("^ชื่อผู้นำเข้า"))).to_have_value("ผู้ทดสอบ")
    picture(importer, "6-column")
    press(importer, "ตรวจความเปลี่ยนแปลง")
    expect(page.get_by_role("button", name="เผยแพร่", exact=True)).to_be_visible(timeout=60_000)
    press(importer, "เผยแพร่")
    expect(main.get_by_text("เผยแพร่แล้ว")).to_be_visible()
    found = ask(
        in_use(tmp_path),
        "SELECT s.part, s.value FROM score AS s JOIN organisation AS o USING (organisation_id)"
        " WHERE o.name_th = 'ทดสอบใหม่' ORDER BY s.part",
    )
    assert found == [("IIT", 91.25), ("overall", 84.0)]


def test_the_marked_workbook_and_the_template_are_what_they_say(importer: Visitor) -> None:
    page = bring(importer, {NAME: MESSY})
    marked = openpyxl.load_workbook(io.BytesIO(downloaded(page, re.compile("ที่ทำเครื่องหมายแล้ว"))))
    sheet = marked.worksheets[1]  # behind the list of problems
    (wrong,) = [cell for row in sheet.iter_rows() for cell in row if cell.value == "๑๐๐.๐๑"]
    assert wrong.coordinate == "E6"
    assert wrong.comment is not None
    assert "0–100" in wrong.comment.text
    assert wrong.fill.fill_type == "solid"
    assert all(cell.data_type != "f" for one in marked.worksheets for row in one.iter_rows() for cell in row)

    year = max(edition.load_editions())
    template = downloaded(page, re.compile("ดาวน์โหลดแม่แบบ"))
    assert read("แม่แบบ.xlsx", template, edition.load_editions()).scores.empty
    book = openpyxl.load_workbook(io.BytesIO(template))
    sheet = book["ผลคะแนน"]
    assert sheet.data_validations.dataValidation
    (head,) = [row for row in sheet.iter_rows() if row[0].value == "หน่วยงาน"]
    for cell, value in zip(
        head, ["ทดสอบใหม่", "เทศบาลตำบล", "เมือง", "ขอนแก่น", year, 84.25, 91.5], strict=False
    ):
        sheet.cell(head[0].row + 1, cell.column, value)  # type: ignore[operator, arg-type]
    filled = io.BytesIO()
    book.save(filled)
    scores = read("แม่แบบ.xlsx", filled.getvalue(), edition.load_editions()).scores
    assert scores[["fiscal_year", "part", "value"]].to_numpy().tolist() == [
        [year, "overall", 84.25],
        [year, "IIT", 91.5],
    ]


def test_two_people_at_once(importer: Visitor, chromium: Browser, own_server: Server) -> None:
    """The one who publishes second is told so, and can go on after checking again."""
    other = new_visitor(chromium, own_server)
    for visitor, score in ((importer, "81.00"), (other, "82.00")):
        page = visitor.open("imports")
        name = page.get_by_label(re.compile("^ชื่อผู้นำเข้า"))
        name.fill("ผู้ทดสอบ")
        name.press("Enter")
        visitor.settle()
        content = f"หน่วยงาน,อำเภอ,จังหวัด,ปีงบประมาณ,คะแนน ITA\nเทศบาลตำบลทดสอบใหม่,เมือง,ขอนแก่น,2567,{score}\n"
        page.locator("input[type=file]").set_input_files(
            [{"name": f"{score}.csv", "mimeType": "text/csv", "buffer": content.encode()}]
        )
        page.get_by_role("button", name="ตรวจความเปลี่ยนแปลง").click()
        expect(page.get_by_role("button", name="เผยแพร่", exact=True)).to_be_visible(timeout=60_000)
    press(importer, "เผยแพร่")
    expect(importer.page.get_by_text("เผยแพร่แล้ว")).to_be_visible()
    press(other, "เผยแพร่")
    expect(other.page.get_by_text("มีผู้เผยแพร่ข้อมูลรุ่นใหม่ระหว่างที่ตรวจ")).to_be_visible()
    press(other, "ตรวจความเปลี่ยนแปลง")
    expect(other.page.get_by_text("1 ค่าต่างจากที่ใช้อยู่")).to_be_visible(timeout=30_000)
