"""A chart as a picture: made in the browser, offline, with its title, group and source inside."""

from pathlib import Path

import pytest
from lxml import etree
from playwright.sync_api import Locator

from tests.browser.conftest import Visitor

pytestmark = pytest.mark.browser

HEADLINE = "คะแนนเฉลี่ยทั้งประเทศเพิ่มจาก 66.73 (ปี 2562) เป็น 93.82 (ปี 2568)"


def downloads(visitor: Visitor) -> Locator:
    """Where the files of the last chart are."""
    return visitor.page.get_by_test_id("stExpander").filter(has_text="ตารางและดาวน์โหลด").last


def saved(visitor: Visitor, kind: str, folder: Path) -> bytes:
    """The file a button gives for the last chart of the overview."""
    with visitor.page.expect_download() as download:
        downloads(visitor).get_by_role("button", name=kind, exact=True).click()
    assert download.value.suggested_filename == f"ita-nation-2562-2568.{kind.lower()}"
    download.value.save_as(folder / "picture")
    return (folder / "picture").read_bytes()


def test_pictures_carry_where_they_come_from(visitor: Visitor, tmp_path: Path) -> None:
    visitor.open("?year=2567")
    downloads(visitor).locator("summary").click()
    visitor.settle()
    svg = etree.fromstring(saved(visitor, "SVG", tmp_path))
    texts = ["".join(one.itertext()) for one in svg.iter("{http://www.w3.org/2000/svg}text")]
    said = "".join(texts)
    assert HEADLINE in said
    for needed in ("ผลระดับประเทศที่เผยแพร่", "กลุ่ม: ", "n = ", "ที่มา: ข้อมูลเผยแพร่", "รุ่นของข้อมูล"):
        assert needed in said
    assert "93.82" in texts  # a label of the chart itself
    png = saved(visitor, "PNG", tmp_path)
    assert png.startswith(b"\x89PNG")
    wide, high = (int.from_bytes(png[at : at + 4], "big") for at in (16, 20))
    assert (wide, high) == (2 * int(svg.get("width")), 2 * int(svg.get("height")))
    assert len(png) > 30_000, "an empty picture"
