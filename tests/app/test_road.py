"""The page of what to do next on the figures the project ships, and on bodies with two years."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.app.test_pages import open_page, words

PAGE = "pages/supervise/road.py"
KHWAO_YAI = {"year": "2567", "orgs": "sao-khwao-yai"}


@pytest.fixture
def opened(
    warehouse_folder: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> Callable[[str, dict[str, str]], AppTest]:
    def open_one(dataset: str, params: dict[str, str]) -> AppTest:
        monkeypatch.setenv("ITA_WAREHOUSE", str(warehouse_folder(dataset)))
        app = open_page(PAGE, params)
        assert not app.exception
        return app

    return open_one


def test_the_road_of_a_real_body(opened: Callable[[str, dict[str, str]], AppTest]) -> None:
    app = opened("published", KHWAO_YAI)
    said = words(app).replace("\\", "")
    assert "เปิดเผยเอกสารเพิ่มอีก 9 ข้อ จาก 14 ข้อ" in said
    assert "69.498 + 19.214 = 88.71" in said
    assert "69.998 + 19.214 = 89.21" in said
    assert "ไม่ทราบคะแนน 10 การป้องกันการทุจริต ปี 2566 ของหน่วยงานนี้" in said
    assert "มาตรการ 7 จาก 7 ข้อไม่มีการติดตามหรือผลพิมพ์ไว้" in said
    steps, gains = (json.loads(chart.proto.spec)["data"] for chart in app.get("plotly_chart"))
    assert steps[0]["text"][0] == "+2.50 → 72.00"
    assert steps[0]["text"][-1] == "+0.57 → 88.71"
    assert gains[0]["text"][0] == "13.00"
    documents = app.dataframe[0].value
    assert list(documents["ข้อ"])[:4] == ["O33", "O34", "O35", "O28"]


def test_without_a_body_the_box_is_offered(opened: Callable[[str, dict[str, str]], AppTest]) -> None:
    app = opened("published", {"year": "2567"})
    assert "ยังไม่ได้เลือกหน่วยงาน" in app.info[0].value
    assert not app.header


def test_measures_are_shown_without_any_score(opened: Callable[[str, dict[str, str]], AppTest]) -> None:
    said = words(opened("published", {"year": "2564", "orgs": "sao-khao-thong"}))
    assert "ยังไม่มีคะแนนของหน่วยงานนี้" in said
    assert "ไม่ทราบคะแนนรายตัวชี้วัดปี 2563 จึงบอกไม่ได้ว่าจุดอ่อนใดยังไม่มีมาตรการ" in said


def test_the_indicator_to_learn_about_goes_into_the_address(
    opened: Callable[[str, dict[str, str]], AppTest],
) -> None:
    app = opened("groups", {"year": "2568", "orgs": "test-00", "peers": "type"})
    box = app.selectbox(key="pick_indicator")
    assert "เริ่มใกล้กัน" in words(app)
    box.select("10").run()
    assert not app.exception
    assert app.query_params["part"] == "10"
    assert "10 การป้องกันการทุจริต จาก" in words(app)
    assert "มีมาตรการมุ่งแก้" in words(app)


def test_another_year_is_offered(opened: Callable[[str, dict[str, str]], AppTest]) -> None:
    app = opened("published", {"year": "2563", "orgs": "sao-khwao-yai"})
    assert "ไม่มีข้อมูลปี 2563" in app.info[0].value
    app.button(key="year_2567").click().run()
    assert "เปิดเผยเอกสารเพิ่มอีก 9 ข้อ" in words(app)
