"""The movers page in the browser on the national panel: pictures, a list, a body, the link of the view."""

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import ARTEFACTS, Server, Visitor, new_visitor

pytestmark = pytest.mark.browser

SIZES = {"1366x768": (1366, 768), "390x844": (390, 844)}
WHOLE = "movers?data=simulated&year=2567"
PROVINCE = f"{WHOLE}&place=TH-44"


@pytest.fixture
def visitor(national_visitor: Visitor) -> Visitor:
    """A window on the app with the national panel."""
    return national_visitor


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("path", [WHOLE, PROVINCE], ids=["country", "province"])
def test_it_fits_the_screen(path: str, size: str, chromium: Browser, national: Server) -> None:
    visitor = new_visitor(chromium, national, *SIZES[size])
    page = visitor.open(path)
    main = page.get_by_test_id("stMain")
    expect(page.get_by_test_id("stException")).to_have_count(0)
    expect(page.get_by_test_id("stPlotlyChart")).to_have_count(3)
    assert main.evaluate("one => one.scrollWidth - one.clientWidth") <= 0, "the page scrolls sideways"
    height = main.evaluate("one => one.scrollHeight")
    page.set_viewport_size({"width": SIZES[size][0], "height": height})
    visitor.settle()
    name = "movers-province" if "place" in path else "movers-country"
    page.screenshot(path=ARTEFACTS / f"{name}-{size}.png")
    assert visitor.strangers == []
    assert visitor.complaints == []
    page.context.close()


def test_from_a_list_to_a_body_and_back_to_why_it_changed(visitor: Visitor, chromium: Browser) -> None:
    """Newly passing bodies → one of them → its waterfall on the movers page → a colleague opens the link."""
    page = visitor.open(PROVINCE)
    page.get_by_role("radio", name=re.compile("^ผ่านเกณฑ์ใหม่")).click()
    visitor.settle()
    page.get_by_test_id("stDataFrame").first.scroll_into_view_if_needed()
    box = page.get_by_test_id("stDataFrame").first.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 20, box["y"] + 55)  # before the first row
    page.wait_for_url(re.compile(r"/organisation\?.*orgs=sim-\d+"))
    visitor.settle()
    visitor.go("การเปลี่ยนแปลง")
    visitor.settle()
    why = page.get_by_role(
        "heading", name=re.compile("^อบต.*คะแนนรวมเปลี่ยนเพราะอะไร|^ท[ตมน].*คะแนนรวมเปลี่ยนเพราะอะไร")
    )
    expect(why).to_have_count(1)
    title = why.inner_text()
    colleague = new_visitor(chromium, visitor.server)
    seen = colleague.open(page.url.removeprefix(visitor.server.url()))
    expect(seen.get_by_role("heading", name=title)).to_have_count(1)
    seen.context.close()
