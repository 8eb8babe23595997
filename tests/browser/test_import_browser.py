"""An import as its user meets it: a messy file, decisions, publishing, the charts, and back."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests import factory
from tests.browser.conftest import ARTEFACTS, Server, Visitor, new_visitor, start_server

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
