"""The national panel in the browser: built on first choice, always marked, its bodies found by typing."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import ARTEFACTS, Server, Visitor, new_visitor, start_server
from tests.browser.test_browser import PAGES
from warehouse import datasets

pytestmark = pytest.mark.browser

SIZES = {"1366x768": (1366, 768), "1920x1080": (1920, 1080), "390x844": (390, 844)}
BANNER = "ข้อมูลจำลอง ไม่ใช่ผลของหน่วยงานจริง"


@pytest.fixture(scope="module")
def national(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The app with both datasets built."""
    folder = tmp_path_factory.mktemp("national")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ITA_WAREHOUSE", str(folder))
        datasets.make(datasets.OWN)
        datasets.make(datasets.SIMULATED)
    running = start_server(folder, folder / "server.log")
    yield running
    running.process.terminate()
    running.process.wait(10)


@pytest.fixture
def visitor(chromium: Browser, national: Server) -> Iterator[Visitor]:
    window = new_visitor(chromium, national)
    yield window
    window.page.context.close()
    assert window.strangers == []
    assert window.complaints == []


def search(page: Page) -> dict[str, list[str]]:
    """The parameters in the address bar now."""
    pairs = page.evaluate("[...new URLSearchParams(location.search)]")
    return {key: value.split(",") for key, value in pairs}


def chosen(visitor: Visitor, ids: int) -> list[str]:
    """Wait until so many bodies stand in the address; return them."""
    visitor.page.wait_for_function(
        """n => (new URLSearchParams(location.search).get('orgs') ?? '')
            .split(',').filter(Boolean).length === n""",
        arg=ids,
    )
    visitor.settle()
    return search(visitor.page).get("orgs", [])


def test_the_first_choice_builds_it_with_a_progress_bar(chromium: Browser, tmp_path: Path) -> None:
    server = start_server(tmp_path / "warehouse", tmp_path / "server.log")
    try:
        visitor = new_visitor(chromium, server)
        page = visitor.open("?year=2567")
        expect(page.get_by_text(BANNER)).to_have_count(0)
        box = page.get_by_test_id("stSidebar").get_by_role("combobox", name="ชุดข้อมูล")
        box.press_sequentially("จำลอง", delay=50)
        box.press("Enter")
        expect(page.get_by_test_id("stProgress")).to_be_visible(timeout=20_000)
        expect(page.get_by_text(BANNER)).to_be_visible(timeout=180_000)
        visitor.settle()
        assert search(page)["data"] == ["simulated"]
        assert search(page)["year"] == ["2567"], "what both datasets have stays selected"
        assert visitor.complaints == []
    finally:
        server.process.terminate()
        server.process.wait(10)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("path", PAGES, ids=lambda path: path or "overview")
def test_every_page_of_it_is_marked(path: str, size: str, chromium: Browser, national: Server) -> None:
    visitor = new_visitor(chromium, national, *SIZES[size])
    page = visitor.open(path + "?data=simulated&place=TH-44")
    expect(page.get_by_role("heading", level=1)).to_have_text(PAGES[path])
    expect(page.get_by_text(BANNER)).to_be_visible()
    expect(page.get_by_test_id("stException")).to_have_count(0)
    charts = page.get_by_test_id("stPlotlyChart")
    marks = charts.locator(".annotation-text", has_text=re.compile("^ข้อมูลจำลอง$"))
    assert marks.count() == charts.count()
    main = page.get_by_test_id("stMain")
    assert main.evaluate("one => one.scrollWidth - one.clientWidth") <= 0, "the page scrolls sideways"
    page.screenshot(path=ARTEFACTS / f"national-{path or 'overview'}-{size}.png", full_page=True)
    assert visitor.complaints == []
    page.context.close()


def test_a_file_of_it_says_so_in_its_name_and_inside(visitor: Visitor) -> None:
    page = visitor.open("compare?data=simulated&place=TH-44")
    with page.expect_download() as started:
        page.get_by_role("button", name="CSV", exact=True).first.click()
    assert started.value.suggested_filename.startswith("ita-simulated-")
    rows = list(csv.reader(started.value.path().read_text(encoding="utf-8-sig").splitlines()))
    assert rows[0] == ["# ข้อมูลจำลอง", "ไม่ใช่ผลของหน่วยงานจริง"]
    header, *bodies = [row for row in rows if len(row) > 2]
    names = [row[header.index("หน่วยงาน")] for row in bodies]
    assert len(names) > 100
    assert all("จำลอง" in name for name in names)


def test_bodies_are_found_while_typing_by_keyboard_alone(visitor: Visitor) -> None:
    page = visitor.open("weakest?data=simulated")
    box = page.get_by_role("combobox", name="หน่วยงานที่สนใจ")
    expect(page.get_by_role("option")).to_have_count(0)
    box.press_sequentially("อบต.จำลองบ้าน มหาสาร", delay=30)
    first = page.get_by_role("option").first
    expect(first).to_contain_text("จ.มหาสารคาม")
    name = first.inner_text()
    box.press("ArrowDown")
    expect(first).to_have_attribute("aria-selected", "true")
    box.press("Enter")
    (one,) = chosen(visitor, 1)
    expect(page.get_by_test_id("stSidebar").get_by_text(name)).to_be_visible()
    expect(box).to_have_value("")
    box.press_sequentially("กรม", delay=30)
    page.get_by_role("option").nth(1).click()
    assert chosen(visitor, 2)[0] == one
    box.press_sequentially("ไม่มีหน่วยงานชื่อนี้", delay=5)
    expect(page.get_by_text("ไม่พบหน่วยงานชื่อนี้")).to_be_visible()
    box.fill("")
    page.get_by_role("button", name=f"นำออก {name}").click()
    assert one not in chosen(visitor, 1)
    box.press("Backspace")
    assert chosen(visitor, 0) == []


def test_the_browser_never_gets_the_names_of_all_bodies(visitor: Visitor) -> None:
    received: list[int] = []
    count = lambda data: received.append(len(data))  # noqa: E731
    visitor.page.on("websocket", lambda socket: socket.on("framereceived", count))
    for path in PAGES:
        received.clear()
        visitor.open(path + "?data=simulated")
        assert sum(received) < 300_000, f"{path or 'overview'}: {sum(received):,} bytes"
