"""Inside and outside, and the explorer, in the browser on the national panel: pictures, clicks, files."""

import io
import json
import re

import pyarrow.parquet as pq
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import ARTEFACTS, Server, Visitor, new_visitor
from tests.browser.test_movers_browser import visitor as visitor

pytestmark = pytest.mark.browser

SIZES = {"1366x768": (1366, 768), "390x844": (390, 844)}
YEAR = "?data=simulated&year=2567"
PROVINCE = f"{YEAR}&place=TH-44"
PATHS = {
    "inside-outside": f"inside-outside{YEAR}",
    "inside-outside-province": f"inside-outside{PROVINCE}",
    "explorer": f"explorer{YEAR}&view=10_EIT-public_kind_in60-70-0-101",
    "explorer-province": f"explorer{PROVINCE}&view=IIT_EIT_year_room",
}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", PATHS)
def test_it_fits_the_screen(name: str, size: str, chromium: Browser, national: Server) -> None:
    visitor = new_visitor(chromium, national, *SIZES[size])
    page = visitor.open(PATHS[name])
    main = page.get_by_test_id("stMain")
    expect(page.get_by_test_id("stException")).to_have_count(0)
    assert page.get_by_test_id("stPlotlyChart").count() >= 3
    assert main.evaluate("one => one.scrollWidth - one.clientWidth") <= 0, "the page scrolls sideways"
    height = main.evaluate("one => one.scrollHeight")
    page.set_viewport_size({"width": SIZES[size][0], "height": height})
    visitor.settle()
    ARTEFACTS.mkdir(exist_ok=True)
    page.screenshot(path=ARTEFACTS / f"{name}-{size}.png")
    assert visitor.strangers == []
    assert visitor.complaints == []
    page.context.close()


def click(page: Page, mark: Locator) -> None:
    """Click on a mark of a chart: Plotly takes a click as one on what it shows as hovered."""
    mark.scroll_into_view_if_needed()
    page.wait_for_timeout(300)
    box = mark.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_timeout(400)
    page.mouse.down()
    page.mouse.up()


def test_a_dot_opens_its_body(visitor: Visitor) -> None:
    page = visitor.open(f"inside-outside{PROVINCE}")
    click(page, page.locator("[class*=st-key-inside_outside_2567] .scatterlayer .point").nth(5))
    page.wait_for_url(re.compile("/organisation"))
    visitor.settle()
    assert re.search(r"orgs=sim-\d+", page.url)


def marked(page: Page) -> int:
    """How many bodies the list of the marked ones has."""
    words = page.get_by_test_id("stMain").get_by_text(re.compile(r"^[\d,]+ แห่ง: ")).inner_text()
    return int(words.split()[0].replace(",", ""))


def test_a_click_on_a_bar_and_on_a_cell_mark_the_same_bodies_in_both_charts(visitor: Visitor) -> None:
    page = visitor.open(f"explorer{YEAR}&view=IIT_EIT")
    click(page, page.locator("[class*=st-key-explorer_spread] .bars .point path").nth(-4))
    page.wait_for_url(re.compile("_in"))
    visitor.settle()
    bar = marked(page)
    assert page.locator("[class*=st-key-explorer_spread] .trace.bars").count() == 2
    assert page.locator("[class*=st-key-explorer_pair] .heatmaplayer image").count() == 2
    page.get_by_role("button", name="ยกเลิกการเลือก").click()
    page.wait_for_url(lambda url: "_in" not in url)
    visitor.settle()
    click(page, page.locator("[class*=st-key-explorer_pair] .scatterlayer .point").nth(20))
    page.wait_for_url(re.compile("_in"))
    visitor.settle()
    assert 0 < marked(page) < bar


def test_a_frame_marks_bodies_and_a_link_brings_them_to_a_colleague(
    visitor: Visitor, chromium: Browser, national: Server
) -> None:
    page = visitor.open(f"explorer{PROVINCE}&view=IIT_EIT")
    page.get_by_text("ลากกรอบเพื่อเลือกแทนการคลิก").click()
    visitor.settle()
    area = page.locator("[class*=st-key-explorer_pair] .nsewdrag").first
    area.scroll_into_view_if_needed()
    page.wait_for_timeout(300)
    box = area.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 0.3 * box["width"], box["y"] + 0.2 * box["height"])
    page.mouse.down()
    page.mouse.move(box["x"] + 0.6 * box["width"], box["y"] + 0.5 * box["height"], steps=5)
    page.mouse.move(box["x"] + 0.9 * box["width"], box["y"] + 0.8 * box["height"], steps=5)
    page.mouse.up()
    page.wait_for_url(re.compile("_in"))
    visitor.settle()
    n = marked(page)
    assert n > 0
    other = new_visitor(chromium, national)
    again = other.open(page.url.removeprefix(national.url()))
    assert marked(again) == n
    assert other.complaints == []
    again.context.close()


def test_parquet_holds_all_marked_bodies_and_where_they_come_from(visitor: Visitor) -> None:
    page = visitor.open(f"explorer{YEAR}&view=10_EIT_in0-70-0-101")
    with page.expect_download() as started:
        page.get_by_role("button", name="PARQUET", exact=True).last.click()
    assert started.value.suggested_filename.startswith("ita-simulated-explorer-list")
    table = pq.read_table(io.BytesIO(started.value.path().read_bytes()))
    assert table.num_rows == marked(page) > 50
    assert max(table["ตัวชี้วัด 10"].to_pylist()) < 70
    about = json.loads(table.schema.metadata[b"ita"])
    assert about["ข้อมูลจำลอง"]
    assert about["สรุป"].startswith(f"{table.num_rows:,} แห่ง")
