"""The page of movers on a simulated panel and on the published figures, its lists, what cannot be said."""

import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.listing import PAGE_ROWS
from tests.app.test_lists import panel as panel  # the same small simulated panel
from tests.app.test_pages import open_page, words
from warehouse.warehouse import Warehouse

PAGE = "pages/analyse/movers.py"


@pytest.fixture
def simulated(panel: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ITA_WAREHOUSE", str(panel))
    return panel


@pytest.fixture
def published(warehouse_folder: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ITA_WAREHOUSE", str(warehouse_folder("published")))


def said(app: AppTest) -> str:
    return words(app).replace("\\", "")


def rows(app: AppTest) -> pd.DataFrame:
    (table,) = [one for one in app.dataframe if (one.key or "").startswith("rows_movers")]
    return table.value


def traces(app: AppTest, key: str) -> list[dict[str, object]]:
    (chart,) = [one for one in app.get("plotly_chart") if key in one.proto.id]
    return json.loads(chart.proto.spec)["data"]


def overalls(folder: Path) -> pd.DataFrame:
    """Every body with an overall in 2566 and 2567 in name order, read past the dashboard."""
    (path,) = folder.glob("ita-*.duckdb")
    opened = Warehouse(path)
    found = opened._connection.cursor().execute(
        "SELECT a.organisation_id, a.label_th, a.province_iso, a.overall_rounded AS first,"
        " b.overall_rounded AS last"
        " FROM result__organisation_year AS a JOIN result__organisation_year AS b USING (organisation_id)"
        " WHERE a.fiscal_year = 2566 AND b.fiscal_year = 2567"
        " AND a.overall IS NOT NULL AND b.overall IS NOT NULL ORDER BY a.name_order"
    )
    rows = found.df()
    opened.close()
    return rows


def test_a_panel_says_everything(simulated: Path) -> None:
    app = open_page(PAGE, {"year": "2567"})
    assert not app.exception
    both = overalls(simulated)
    passing = ((both["first"] < 85) & (both["last"] >= 85)).sum()
    failing = ((both["first"] >= 85) & (both["last"] < 85)).sum()
    assert [metric.value for metric in app.metric] == [
        f"{len(both):,} แห่ง",
        app.metric[1].value,
        f"{passing} แห่ง",
        f"{failing} แห่ง",
    ]
    assert traces(app, "chart_movers")[0]["type"] == "heatmap", "more than 300 bodies are cells"
    assert traces(app, "chart_transitions")[0]["type"] == "heatmap"
    for title in ("ระดับเปลี่ยนไปอย่างไร", "คะแนนรวมของกลุ่มเปลี่ยนเพราะอะไร", "ต่างกันเท่าใดจึงมีความหมาย"):
        assert title in said(app)
    assert len(rows(app)) == PAGE_ROWS
    assert rows(app)["เกินคาด"].is_monotonic_decreasing


def test_the_lists_are_of_whom_they_say(simulated: Path) -> None:
    app = open_page(PAGE, {"year": "2567"})
    both = overalls(simulated)
    for code, wanted in {
        "passing": (both["first"] < 85) & (both["last"] >= 85),
        "failing": (both["first"] >= 85) & (both["last"] < 85),
        "declined": (both["last"] - both["first"]).round(2) < -0.02,
    }.items():
        app.session_state["movers_list"] = code
        app.run()
        assert not app.exception
        listed = rows(app)["หน่วยงาน"]
        assert set(listed) <= set(both.loc[wanted, "label_th"])
        assert len(listed) == min(wanted.sum(), PAGE_ROWS)


def test_few_bodies_are_dots_and_a_body_has_its_waterfall(simulated: Path) -> None:
    province = open_page(PAGE, {"year": "2567", "place": "TH-44"})
    kinds = {trace["type"] for trace in traces(province, "chart_movers")}
    assert kinds == {"scatter"}
    both = overalls(simulated)
    one = both[both["province_iso"] == "TH-44"].iloc[0]
    body, change = one["organisation_id"], one["last"] - one["first"]
    app = open_page(PAGE, {"year": "2567", "place": "TH-44", "orgs": body})
    assert f"คะแนนรวมเปลี่ยน {change:+.2f} คะแนน" in said(app)
    bars = next(trace for trace in traces(app, f"waterfall-{body}") if trace["type"] == "bar")
    assert sum(bars["x"][:-1]) == pytest.approx(bars["x"][-1])
    assert bars["x"][-1] == pytest.approx(change)


def test_over_two_grade_scales_only_passing_is_compared(simulated: Path) -> None:
    app = open_page(PAGE, {"year": "2566", "from": "2565"})
    assert not app.exception
    assert "ผลผ่านเกณฑ์เปลี่ยนไปอย่างไร" in said(app)
    assert "เป็นคนละชุด" in said(app)


@pytest.mark.usefixtures("published")
def test_years_that_may_not_be_compared_have_no_chart() -> None:
    app = open_page(PAGE, {"year": "2562", "from": "2561"})
    assert not app.exception
    assert "วิธีการเปลี่ยน เทียบไม่ได้" in said(app)
    assert not app.get("plotly_chart")
    assert any(button.label.startswith("2566 → 2567") for button in app.button), "where one may look instead"


@pytest.mark.usefixtures("published")
def test_too_few_bodies_are_not_measured_by_an_expectation() -> None:
    app = open_page(PAGE, {"year": "2567", "orgs": "sao-khwao-yai"})
    assert not app.exception
    assert "ไม่มีเส้นที่คาด: ทั้งคลังข้อมูลมีเพียง 2 แห่ง" in said(app)
    assert "เกินคาด" not in rows(app)
    assert "อบต.เขวาใหญ่ ไม่มีคะแนนรวมกับตัวชี้วัดหรือเครื่องมือครบทั้งสองปี" in said(app)
