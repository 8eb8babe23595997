"""What to do next, as its users meet it: the list is ticked off, and it fits a phone."""

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import ARTEFACTS, Server, Visitor, new_visitor

pytestmark = pytest.mark.browser

ROAD = "road?year=2567&orgs=sao-khwao-yai"


def test_documents_are_ticked_off_and_add_up(visitor: Visitor) -> None:
    """O33 alone: 69.50 + 2.50 = 72.00, from the items 69.998 + 2.50 = 72.50."""
    page = visitor.open(ROAD)
    table = page.locator("[class*=st-key-done_] canvas").first
    table.scroll_into_view_if_needed()
    box = table.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 48, box["y"] + 35 + 17)  # the box of the first row
    told = page.get_by_test_id("stMain").get_by_text(re.compile("ถือว่าทำแล้ว 1 ข้อ"))
    expect(told).to_contain_text("คะแนนรวม 72.00 ระดับ “ต้องปรับปรุง” (จากรายข้อ 72.50 “ต้องปรับปรุง”)")
    visitor.settle()
    assert page.url.endswith(ROAD)  # the ticks are no part of the address


def test_the_sections_are_reached_by_links(visitor: Visitor) -> None:
    page = visitor.open(ROAD)
    page.get_by_test_id("stMain").get_by_role("link", name="แผนกับผล", exact=True).first.click()
    expect(page.get_by_role("heading", level=2, name="แผนกับผล")).to_be_in_viewport()


def test_it_can_be_read_on_a_phone(chromium: Browser, server: Server) -> None:
    visitor = new_visitor(chromium, server, 390, 844)
    page = visitor.open(ROAD)
    main = "document.querySelector('[data-testid=stMain]')"
    assert page.evaluate(f"{main}.scrollWidth <= {main}.clientWidth"), "the page scrolls sideways"
    expect(page.get_by_text("เปิดเผยเอกสารเพิ่มอีก 9 ข้อ")).to_be_visible()
    ARTEFACTS.mkdir(exist_ok=True)
    tall = page.evaluate(f"{main}.scrollHeight")
    page.set_viewport_size({"width": 390, "height": min(tall, 8000)})
    page.wait_for_timeout(600)
    page.screenshot(path=ARTEFACTS / "road-390.png")
    assert visitor.strangers == []
    assert visitor.complaints == []
    page.context.close()
