"""The boxes that give documents, on the pages that have them."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.exports import batch
from tests.app.test_pages import open_page, words

ORGANISATION, OVERVIEW = "pages/supervise/organisation.py", "pages/supervise/overview.py"


@pytest.fixture(autouse=True)
def groups(warehouse_folder: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ITA_WAREHOUSE", str(warehouse_folder("groups")))


def opened(page: str, key: str, **params: str) -> AppTest:
    """A page with one of its boxes open."""
    app = open_page(page, {"year": "2568"} | params)
    assert not app.exception
    app.session_state[key] = True
    app.run()
    assert not app.exception
    return app


def labels(app: AppTest) -> list[str]:
    return [one.proto.label for one in app.get("download_button")]


def test_a_body_has_three_documents() -> None:
    app = opened(ORGANISATION, "documents_body", orgs="test-03")
    made = [one for one in labels(app) if "Word" in one or "PDF" in one]
    assert made == ["สรุปหน้าเดียว (PDF)", "สรุปหน้าเดียว (Word)", "เอกสารวิเคราะห์ผลประจำปี (Word)"]


def test_a_shut_box_makes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def gather(*_: object) -> None:
        raise AssertionError("facts were gathered")

    monkeypatch.setattr("dashboard.exports.facts.gather", gather)
    assert not open_page(ORGANISATION, {"year": "2568", "orgs": "test-03"}).exception
    assert not open_page(OVERVIEW, {"year": "2568"}).exception


def test_a_group_becomes_one_zip() -> None:
    app = opened(OVERVIEW, "documents_group", kind="sao")
    assert "4 แห่งที่มีข้อมูลปี 2568" in words(app).replace("\\", "")
    app.button(key="documents_make").click().run(timeout=60)
    assert not app.exception
    about, file = app.session_state["documents_made"]
    assert about[2:] == (2568, "profile-pdf")
    file.seek(0)
    with zipfile.ZipFile(io.BytesIO(file.read())) as archive:
        assert len(archive.namelist()) == 4
        assert all(archive.read(one).startswith(b"%PDF") for one in archive.namelist())
    assert "ดาวน์โหลด ZIP (4 แห่ง)" in labels(app)
    app.radio(key="documents_kind").set_value("annual-thai").run()  # what was made is not that
    assert "ดาวน์โหลด ZIP (4 แห่ง)" not in labels(app)


def test_a_list_of_bodies_becomes_one_zip() -> None:
    app = opened(OVERVIEW, "documents_group", peers="list", list="test-00,test-03,test-06")
    app.radio(key="documents_kind").set_value("annual-arabic").run()
    app.button(key="documents_make").click().run(timeout=60)
    assert not app.exception
    with zipfile.ZipFile(app.session_state["documents_made"][1]) as archive:
        assert len(archive.namelist()) == 3
        assert all(name.endswith(".docx") for name in archive.namelist())


def test_a_group_too_large_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "MOST", 2)
    app = opened(OVERVIEW, "documents_group")
    assert "กลุ่มใหญ่เกินไป" in "".join(one.value for one in app.warning)
    assert not [one for one in app.button if one.key == "documents_make"]
