"""The dialog of a number's source on every page: opened by what was clicked, once, and on no later run."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.number import GroupNumber, Number
from dashboard.selection import Group
from tests.app.test_pages import ROOT, open_page, words

BODY = "sao-khwao-yai"
LINK = {"year": "2567", "orgs": "sao-khwao-yai,pattaya", "part": "10"}
INDICATOR = Number(BODY, 2567, "10")
EVERYBODY = Group("all", "all", "ทุกหน่วยงาน")
# page → the keys of its tables and charts that answer a click, with a number each may hold
SURFACES = {
    "pages/supervise/overview.py": ["rows_below", "chart_spread"],
    "pages/supervise/compare.py": [
        "compare_table_rank_False_1",
        "table_side_by_side",
        "chart_side-by-side",
    ],
    "pages/supervise/weakest.py": ["rows_bodies-10", "chart_indicators"],
    "pages/supervise/organisation.py": [
        "chart_position",
        "chart_years",
        "choose_weak_2567",
        "choose_findings",
    ],
    "pages/analyse/trends.py": ["chart_series-10", "choose_grades-by-year"],
    "pages/analyse/movers.py": ["chart_movers", "chart_transitions", "rows_movers_declined"],
}
FILE = r"0afda06b409e73ad43565166103c8bd569252a4ac670ddf2fd7f307476069a0c"


@pytest.fixture(autouse=True)
def published(warehouse_folder: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ITA_WAREHOUSE", str(warehouse_folder("published")))


def said(app: AppTest) -> str:
    return words(app) + "\n".join(one.label for one in app.button)


def is_open(app: AppTest) -> bool:
    return any(one.value == "**ที่แหล่งพิมพ์ไว้**" for one in app.markdown)


@pytest.mark.parametrize(
    ("page", "key"), [(page, key) for page, keys in SURFACES.items() for key in keys], ids=lambda one: one
)
def test_a_click_opens_the_source_once(page: str, key: str) -> None:
    app = open_page(page, LINK)
    assert not is_open(app)
    app.session_state["number_clicked"] = (key, INDICATOR)
    app.run()
    assert not app.exception
    assert is_open(app), "nothing on the page answers to the key"
    assert FILE in said(app)
    assert r"37\.50" in said(app)
    app.run()
    assert not is_open(app), "the dialog came back by itself"


@pytest.mark.parametrize("page", SURFACES)
def test_a_click_on_a_group_number_says_how_it_is_computed(page: str) -> None:
    app = open_page(page, LINK)
    median = GroupNumber(EVERYBODY, 2567, "overall", ("median",))
    app.session_state["number_clicked"] = (SURFACES[page][0], median)
    app.run()
    assert not app.exception
    assert "มัธยฐาน: เรียงคะแนน" in words(app).replace("\\", "")
    assert "n = 4 แห่ง" in words(app).replace("\\", "")


def test_every_number_of_the_organisation_page_has_its_button() -> None:
    app = open_page("pages/supervise/organisation.py", LINK)
    for key, held in {
        "source_part": FILE,
        "source_overall": r"69\.50",
        "source_rank": "อันดับ",
        "source_change": r"80\.29",
    }.items():
        app.button(key=key).click().run()
        assert not app.exception
        assert held in said(app), key


def test_a_finding_leads_to_its_number_and_a_source_to_its_card() -> None:
    app = open_page("pages/data/quality.py", {})
    button = next(one for one in app.button if (one.key or "").startswith("source_"))
    button.click().run()
    assert is_open(app)
    app.session_state["quality_source"] = "doc-khwao-yai-2567"
    app.switch_page(str(ROOT / "pages/data/quality.py")).run()
    assert FILE in said(app)
    assert "มากับโครงการ" in said(app)


def test_tables_of_numbers_can_be_clicked() -> None:
    """The browser is asked to let cells be selected; where rows are bodies also rows."""
    app = open_page("pages/supervise/compare.py", LINK)
    modes = {table.key: list(table.proto.selection_mode) for table in app.dataframe}
    assert len(modes["compare_table_rank_False_1"]) == 2
    assert len(modes["table_side_by_side"]) == 1
    for chart in app.get("plotly_chart"):
        assert json.loads(chart.proto.spec)["data"]
        assert list(chart.proto.selection_mode)
