"""A click on a number shows its file, its check sum and its row; closed, the dialog stays closed."""

import re

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import Server, Visitor, new_visitor

pytestmark = pytest.mark.browser

LINK = "?year=2567&orgs=sao-khwao-yai,pattaya"
ROW = "ตารางตัวชี้วัดที่หนึ่ง บรรทัด 46"
FILE = "001_8f20abfebe3817f6"
LINE = 33  # pixels of a row
SHA = "0afda06b409e73ad43565166103c8bd569252a4ac670ddf2fd7f307476069a0c"


def dialog(page: Page) -> Locator:
    return page.get_by_role("dialog").filter(has_text="ที่มาของตัวเลข")


def click_cell(page: Page, key: str, words: str, x: float) -> None:
    """Click a cell of a table drawn whole: in the row that holds the words, `x` pixels from the left."""
    table = page.locator(f".st-key-{key}")
    table.scroll_into_view_if_needed()
    canvas, before = table.locator("canvas").first, None
    while (box := canvas.bounding_box()) != before:  # what opens above it still pushes it down
        before = box
        page.wait_for_timeout(200)
    assert box is not None
    # a canvas holds no text; the rows stand beside it for screen readers, but not every line of its heads
    rows = table.locator("[role=row]").all_text_contents()
    below = len(rows) - next(at for at, told in enumerate(rows) if words in told)
    page.mouse.click(box["x"] + x, box["y"] + box["height"] - LINE * (below - 0.5))


def reads_indicator_10(page: Page) -> None:
    shown = dialog(page)
    expect(shown).to_contain_text("10 การป้องกันการทุจริต · ปี 2567")
    for words in ("35.00", "37.50", FILE, SHA, ROW, "มากับโครงการ"):
        expect(shown).to_contain_text(words)


def test_a_number_of_the_comparison(visitor: Visitor) -> None:
    """Indicator 10 of เขวาใหญ่ in the table of bodies beside one another, twice; closed it stays closed."""
    page = visitor.open("compare" + LINK)
    for _ in range(2):  # the same cell can be clicked again
        click_cell(page, "table_side_by_side", "10 การป้องกันการทุจริต", 430)
        reads_indicator_10(page)
        page.keyboard.press("Escape")
        expect(dialog(page)).to_have_count(0)
        visitor.settle()
        expect(dialog(page)).to_have_count(0)
    page.get_by_test_id("stSidebar").get_by_text("ขยายช่วงใกล้ 100").click()
    visitor.settle()
    expect(dialog(page)).to_have_count(0)  # a later run does not bring it back
    assert "/compare" in page.url


def test_a_name_in_the_comparison_still_opens_the_body(visitor: Visitor) -> None:
    page = visitor.open("compare" + LINK)
    heading = page.get_by_role("heading", level=1)
    click_cell(page, "compare_table_rank_False_1", "เมืองพัทยา", 90)
    expect(heading).to_have_text("หน่วยงาน", timeout=20_000)
    expect(dialog(page)).to_have_count(0)


def test_a_number_of_the_organisation_and_the_numbers_below_it(visitor: Visitor) -> None:
    page = visitor.open("organisation?year=2567&orgs=sao-khwao-yai&part=10")
    page.locator(".st-key-source_part button").click()
    reads_indicator_10(page)
    dialog(page).get_by_role("button", name=re.compile(r"10\.1 .*50\.00")).click()
    expect(dialog(page)).to_contain_text("÷ 6 = 50.00")
    dialog(page).get_by_role("button", name=re.compile("กลับไปตัวเลขก่อนหน้า")).click()
    reads_indicator_10(page)
    dialog(page).get_by_role("button", name=re.compile("ดูแหล่งนี้ในหน้าคุณภาพข้อมูล")).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("คุณภาพข้อมูล")
    expect(page.locator(".st-key-asked_source")).to_contain_text(SHA)
    expect(dialog(page)).to_have_count(0)


def test_a_point_of_a_chart_shows_its_source(visitor: Visitor) -> None:
    page = visitor.open("organisation?year=2567&orgs=sao-khwao-yai")
    for _ in range(2):  # and can be clicked again
        chart = page.locator("[class*=st-key-chart_years]").first
        chart.scroll_into_view_if_needed()
        point = chart.locator(".scatterlayer .trace").last.locator(".points path").last
        box = point.bounding_box()
        assert box is not None
        page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        page.wait_for_timeout(300)  # Plotly takes a click as one on the point it shows as hovered
        page.mouse.down()
        page.mouse.up()
        expect(dialog(page)).to_contain_text("คะแนนรวม · ปี 2567")
        expect(dialog(page)).to_contain_text("69.50")
        expect(dialog(page)).to_contain_text(SHA)
        page.keyboard.press("Escape")
        expect(dialog(page)).to_have_count(0)
        visitor.settle()
        expect(dialog(page)).to_have_count(0)


def test_the_dialog_fits_a_phone(chromium: Browser, server: Server) -> None:
    visitor = new_visitor(chromium, server, 390, 780)
    page = visitor.open("organisation?year=2567&orgs=sao-khwao-yai&part=10")
    page.locator(".st-key-source_part button").click()
    reads_indicator_10(page)
    wide, shown = dialog(page).evaluate("one => [one.scrollWidth, one.clientWidth]")
    assert wide <= shown
    assert visitor.complaints == []
