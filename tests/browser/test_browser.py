"""The app as its users meet it: links, clicks, pictures, and nothing that leaves the machine."""

import csv
import io
import re
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, expect

from tests import factory
from tests.browser.conftest import ARTEFACTS, Server, Visitor, new_visitor, start_server

pytestmark = pytest.mark.browser

PAGES = {
    "": "ภาพรวม",
    "compare": "เปรียบเทียบ",
    "weakest": "จุดอ่อน",
    "organisation": "หน่วยงาน",
    "road": "ทำอะไรต่อ",
    "trends": "แนวโน้ม",
    "movers": "การเปลี่ยนแปลง",
    "inside-outside": "ภายใน–ภายนอก–เอกสาร",
    "explorer": "สำรวจเอง",
    "meeting": "ประชุม",
    "imports": "นำเข้าข้อมูล",
    "quality": "คุณภาพข้อมูล",
    "methods": "วิธีการ",
}
SIZES = {"1366x768": (1366, 768), "1920x1080": (1920, 1080)}
VIEW = "?year=2567&orgs=sao-khwao-yai"
BODY = "องค์การบริหารส่วนตำบลเขวาใหญ่"


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path or "overview")
def test_pictures_of_every_page(path: str, visitor: Visitor) -> None:
    page = visitor.open(path + VIEW)
    expect(page.get_by_role("heading", level=1)).to_have_text(PAGES[path])
    expect(page.get_by_test_id("stException")).to_have_count(0)
    ARTEFACTS.mkdir(exist_ok=True)
    for size, (width, height) in SIZES.items():
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_timeout(600)
        wide, shown, tall = (
            page.evaluate(f"document.querySelector('[data-testid=stMain]').{measure}")
            for measure in ("scrollWidth", "clientWidth", "scrollHeight")
        )
        assert wide <= shown, "the page scrolls sideways"
        page.screenshot(path=ARTEFACTS / f"{path or 'overview'}-{size}-first.png")
        page.set_viewport_size({"width": width, "height": min(max(tall, height), 8000)})
        page.wait_for_timeout(600)
        page.screenshot(path=ARTEFACTS / f"{path or 'overview'}-{size}.png")


def test_drill_from_the_overview_to_an_item(visitor: Visitor) -> None:
    """By clicks alone: the body under the pass mark, its 69.50, indicator 10 at 35.00, item O33 at 0."""
    page = visitor.open("?year=2567")
    below = page.locator(".st-key-rows_below canvas").first
    below.scroll_into_view_if_needed()
    box = below.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 16, box["y"] + 52)  # the mark before the first row
    expect(page.get_by_role("heading", level=2, name=BODY)).to_be_visible()
    visitor.settle()
    main = page.get_by_test_id("stMain")
    expect(main.get_by_text("69.50").first).to_be_visible()
    main.get_by_role("button", name=re.compile(r"^OIT\b")).click()
    visitor.settle()
    indicator = main.get_by_role("button", name=re.compile(r"^10 .*35\.00"))
    expect(indicator).to_be_visible()
    indicator.click()
    visitor.settle()
    main.get_by_role("button", name=re.compile(r"^10\.2\b")).click()
    visitor.settle()
    item = main.get_by_role("button", name=re.compile(r"^O33 .*\b0\.00"))
    expect(item).to_be_visible()
    item.click()
    visitor.settle()
    assert "part=O33" in page.url
    assert "orgs=sao-khwao-yai" in page.url


def test_a_link_shows_the_same_view_in_a_new_browser(
    visitor: Visitor, chromium: Browser, server: Server
) -> None:
    page = visitor.open("organisation?year=2567&orgs=sao-khwao-yai&part=10.2&peers=all")
    words = page.get_by_test_id("stMain").inner_text()
    assert "69.50" in words
    other = new_visitor(chromium, server)
    again = other.open(page.url.removeprefix(server.url()))
    assert again.get_by_test_id("stMain").inner_text() == words
    assert again.url == page.url


def test_filters_stand_in_the_url_and_the_back_button_returns(visitor: Visitor) -> None:
    page = visitor.open("?year=2567")
    visitor.go("วิธีการ")
    assert page.url.endswith("/methods?year=2567")
    page.go_back()
    visitor.settle()
    expect(page.get_by_role("heading", level=1)).to_have_text("ภาพรวม")
    assert "year=2567" in page.url


@pytest.mark.parametrize(
    "path", ["", "compare", "weakest", "trends", "movers", "organisation", "road", "quality", "methods"]
)
def test_downloads_hold_what_is_shown_and_where_it_comes_from(path: str, visitor: Visitor) -> None:
    """The first CSV and XLSX of every page arrive and name their group, years, dataset and build."""
    page = visitor.open(path + VIEW)
    if not page.get_by_role("button", name="CSV", exact=True).count():
        page.get_by_text("ตารางและดาวน์โหลด").first.click()
        visitor.settle()
    with page.expect_download() as started:
        page.get_by_role("button", name="CSV", exact=True).first.click()
    rows = list(csv.reader(started.value.path().read_text(encoding="utf-8-sig").splitlines()))
    about = {row[0].removeprefix("# "): row[1] for row in rows if row and row[0].startswith("# ")}
    assert about["ชุดข้อมูล"] == "ข้อมูลเผยแพร่"
    assert "n = " in about["กลุ่ม"]
    assert about["ปีงบประมาณ (พ.ศ.)"]
    assert re.fullmatch(r"\d{8}T\d{6}-[0-9a-f]{6}", about["รุ่นของข้อมูล"])
    table = rows[len(about) + 1 :]
    assert len(table) >= 2
    with page.expect_download() as started:
        page.get_by_role("button", name="XLSX", exact=True).first.click()
    book = openpyxl.load_workbook(io.BytesIO(started.value.path().read_bytes()))
    assert [cell.value for cell in book["ข้อมูล"][1]] == table[0]
    assert book["ข้อมูล"].max_row == len(table)


def test_a_click_on_the_map_filters_every_page(visitor: Visitor) -> None:
    page = visitor.open("?year=2567")
    tile = page.locator(".st-key-map_point .textpoint text", has_text="มค").first
    tile.scroll_into_view_if_needed()
    box = tile.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_timeout(300)  # Plotly takes a click as one on the point it shows as hovered
    page.mouse.down()
    page.mouse.up()
    page.wait_for_url(re.compile(r"place=TH-44"))
    visitor.settle()
    expect(page.get_by_test_id("stMain").get_by_text("จ.มหาสารคาม").first).to_be_visible()


def test_names_from_files_are_never_run_as_markup(chromium: Browser, tmp_path: Path) -> None:
    """A body whose name is an attack is shown as that name on every page."""
    name = "<img src=x onerror=document.title='taken'>[x](javascript:alert(1))**หนา**"
    dataset = factory.write_dataset(
        tmp_path / "dataset",
        sources=[factory.source()],
        organisations=[
            factory.body("test-attack", name),
            factory.body("test-plain", "ทดสอบ", district_th="<b>อ</b>"),
        ],
        scores=[
            *factory.result("test-attack", 2567, [50] * 10),
            *factory.result("test-plain", 2567, [90] * 10),
        ],
    )
    folder = tmp_path / "warehouse"
    from warehouse import build, publish

    publish.publish(build.build([dataset], out=folder), folder)
    server = start_server(folder, tmp_path / "server.log")
    try:
        visitor = new_visitor(chromium, server)
        for path, title in PAGES.items():
            page = visitor.open(path + "?year=2567&orgs=test-attack,test-plain")
            expect(page.get_by_role("heading", level=1)).to_have_text(title)
            assert page.locator("img[src=x]").count() == 0
            assert page.locator("a[href^=javascript]").count() == 0
            assert page.title() != "taken"
        assert visitor.complaints == []
    finally:
        server.process.terminate()
        server.process.wait(10)
