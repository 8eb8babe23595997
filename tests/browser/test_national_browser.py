"""The national panel in the browser: built on first choice, always marked, its bodies found by typing."""

import csv
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import ARTEFACTS, Server, Visitor, new_visitor, start_server
from tests.browser.test_browser import PAGES

pytestmark = pytest.mark.browser

SIZES = {"1366x768": (1366, 768), "1920x1080": (1920, 1080), "390x844": (390, 844)}
BANNER = "ข้อมูลจำลอง ไม่ใช่ผลของหน่วยงานจริง"


@pytest.fixture
def visitor(national_visitor: Visitor) -> Visitor:
    """A window on the app with the national panel."""
    return national_visitor


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


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path or "overview")
def test_every_page_of_it_is_marked(path: str, chromium: Browser, national: Server) -> None:
    """On a desk, on a projector (the same window, resized) and on a phone."""
    desk, phone = new_visitor(chromium, national), new_visitor(chromium, national, *SIZES["390x844"])
    for visitor, sizes in ((desk, ("1366x768", "1920x1080")), (phone, ("390x844",))):
        page = visitor.open(path + "?data=simulated&place=TH-44")
        expect(page.get_by_role("heading", level=1)).to_have_text(PAGES[path])
        expect(page.get_by_text(BANNER)).to_be_visible()
        expect(page.get_by_test_id("stException")).to_have_count(0)
        charts = page.get_by_test_id("stPlotlyChart")
        marks = charts.locator(".annotation-text", has_text=re.compile("^ข้อมูลจำลอง$"))
        assert marks.count() == charts.count()
        main = page.get_by_test_id("stMain")
        for size in sizes:
            page.set_viewport_size(dict(zip(("width", "height"), SIZES[size], strict=True)))
            page.wait_for_timeout(600)
            assert main.evaluate("one => one.scrollWidth - one.clientWidth") <= 0, "the page scrolls sideways"
            page.screenshot(path=ARTEFACTS / f"national-{path or 'overview'}-{size}.png", full_page=True)
        assert visitor.complaints == []
        page.context.close()


@pytest.mark.parametrize("size", SIZES)
def test_what_a_body_of_it_can_do_next(size: str, chromium: Browser, national: Server) -> None:
    visitor = new_visitor(chromium, national, *SIZES[size])
    page = visitor.open("road?data=simulated&orgs=sim-000001&year=2564")
    expect(page.get_by_text(BANNER)).to_be_visible()
    expect(page.get_by_test_id("stException")).to_have_count(0)
    expect(page.get_by_role("heading", name="เส้นทางถึงระดับถัดไปด้วยเอกสาร")).to_be_visible()
    expect(page.get_by_text(re.compile(r"เริ่มใกล้กัน [\d,]+ จาก [\d,]+ แห่ง"))).to_be_visible()
    charts = page.get_by_test_id("stPlotlyChart")
    assert charts.count() == 3  # the road, the indicators, the plans of the country
    main = page.get_by_test_id("stMain")
    assert main.evaluate("one => one.scrollWidth - one.clientWidth") <= 0, "the page scrolls sideways"
    page.screenshot(path=ARTEFACTS / f"national-road-body-{size}.png", full_page=True)
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


def test_a_supervisors_path(visitor: Visitor, chromium: Browser, national: Server) -> None:
    """My province, who is below 85, the weakest shared item, who lacks it, one body's road, a colleague."""
    page = visitor.open("?data=simulated&year=2565")
    sidebar, main = page.get_by_test_id("stSidebar"), page.get_by_test_id("stMain")
    place = sidebar.get_by_role("combobox", name="พื้นที่")
    place.press_sequentially("มหาสารคาม", delay=30)
    place.press("Enter")
    page.wait_for_function("new URLSearchParams(location.search).get('place') === 'TH-44'")
    visitor.settle()

    # who is below 85
    expect(main.get_by_role("heading", name="ต่ำกว่าเกณฑ์ 85 คะแนน")).to_be_visible()
    said = re.search(r"มี (\d+) จาก (\d+) แห่งต่ำกว่าเกณฑ์", main.inner_text())
    assert said is not None
    assert 0 < int(said[1]) < int(said[2])

    # the item most of them lack
    visitor.go("จุดอ่อน")
    expect(main.get_by_role("heading", name="เอกสารที่ขาดร่วมกัน กับที่ขาดเฉพาะแห่ง")).to_be_visible()
    lacking = main.get_by_text(re.compile(r"^ปี 2565 (ขาดร่วมกัน|ไม่มีข้อใดที่ขาดถึงครึ่งกลุ่ม)")).inner_text()
    item = re.search(r"O\d+", lacking)
    assert item is not None

    # the bodies behind it
    box = main.get_by_role("combobox", name="หน่วยงานที่ได้ 0 คะแนนในข้อ")
    box.press_sequentially(f"{item[0]} ", delay=30)
    box.press("Enter")
    page.wait_for_function(f"new URLSearchParams(location.search).get('part') === '{item[0]}'")
    visitor.settle()
    behind = page.locator(f"[class*=st-key-rows_zero-{item[0]}]").first
    expect(behind).to_be_visible()
    canvas = behind.locator("canvas").first
    canvas.scroll_into_view_if_needed()
    around = canvas.bounding_box()
    assert around is not None
    page.mouse.click(around["x"] + 16, around["y"] + 52)  # the mark before the first row
    expect(page.get_by_role("heading", level=1)).to_have_text("หน่วยงาน")
    visitor.settle()

    # its road to 85
    main.get_by_role("button", name="ทำอะไรต่อให้ถึงระดับถัดไป").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("ทำอะไรต่อ")
    visitor.settle()
    expect(main.get_by_role("heading", name="เส้นทางถึงระดับถัดไปด้วยเอกสาร")).to_be_visible()
    page.screenshot(path=ARTEFACTS / "national-path-end.png", full_page=True)

    # a colleague opens the link of that view
    link = page.evaluate("location.pathname.slice(1) + location.search")
    words = main.inner_text()
    colleague = new_visitor(chromium, national)
    again = colleague.open(link)
    assert again.get_by_test_id("stMain").inner_text() == words
    assert colleague.complaints == []
    again.context.close()
