"""A deep link as the very first request to a new server, with nothing built yet."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import new_visitor, start_server
from tests.browser.test_browser import PAGES

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path or "overview")
def test_cold_start_deep_link(path: str, chromium: Browser, tmp_path: Path) -> None:
    """The very first request to a new server, with nothing built yet, is a deep link."""
    server = start_server(tmp_path / "warehouse", tmp_path / "server.log")
    try:
        visitor = new_visitor(chromium, server)
        page = visitor.open(path + "?year=2566")
        expect(page.get_by_role("heading", level=1)).to_have_text(PAGES[path], timeout=30_000)
        assert set(PAGES.values()) <= set(visitor.titles())  # the whole app, navigation and filters included
        expect(page.get_by_test_id("stSidebar").get_by_text("ปีงบประมาณ (พ.ศ.)")).to_be_visible()
        assert "year=2566" in page.url
        assert visitor.strangers == []
        assert visitor.complaints == []
    finally:
        server.process.terminate()
        server.process.wait(10)
