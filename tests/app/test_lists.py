"""Lists and charts of many bodies: a page of rows is sent; search, order and files are of all rows."""

import json
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from dashboard import view
from dashboard.listing import PAGE_ROWS
from ita_data import simulate
from tests.app.test_pages import ROOT, TITLES, open_page, words
from warehouse import build, publish
from warehouse.warehouse import Warehouse

BODIES = 400
OVERVIEW = "pages/supervise/overview.py"
NEXT = "แถวที่ {}–{} จาก {}"


@pytest.fixture(scope="module")
def panel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a published version of a small simulated panel."""
    folder = tmp_path_factory.mktemp("panel")
    simulate.simulate(folder / "dataset", seed=1, bodies=BODIES)
    build_id = build.build(
        [folder / "dataset"], out=folder / "versions", dataset_th="ข้อมูลจำลอง", simulated=True
    )
    publish.publish(build_id, folder / "versions")
    return folder / "versions"


@pytest.fixture(autouse=True)
def simulated(panel: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ITA_WAREHOUSE", str(panel))


@pytest.fixture
def results(panel: Path) -> Iterator[pd.DataFrame]:
    """All bodies of the latest year with an overall, the lowest first, read past the dashboard."""
    (path,) = panel.glob("ita-*.duckdb")
    opened = Warehouse(path)
    frame = opened._connection.cursor().execute(
        "SELECT label_th, overall, name_order FROM result__organisation_year "
        "WHERE fiscal_year = 2568 ORDER BY CAST(overall AS DECIMAL(12, 6)) NULLS LAST, name_order"
    )
    yield frame.df()
    opened.close()


def everybody(**state: object) -> AppTest:
    """The overview with the list of all bodies of the group."""
    app = open_page(OVERVIEW, {"year": "2568"})
    for key, value in {"overview_show": "all", **state}.items():
        app.session_state[key] = value
    return app.run()


def rows(app: AppTest) -> pd.DataFrame:
    (table,) = [one for one in app.dataframe if (one.key or "").startswith("rows_below")]
    return table.value


def said(app: AppTest) -> str:
    return words(app).replace("\\", "")


def test_a_page_of_rows_is_sent(results: pd.DataFrame) -> None:
    app = everybody()
    assert not app.exception
    assert list(rows(app)["หน่วยงาน"]) == list(results["label_th"][:PAGE_ROWS])
    assert NEXT.format(1, PAGE_ROWS, len(results)) in said(app)
    app.session_state["page_below"] = 2
    app.run()
    assert list(rows(app)["หน่วยงาน"]) == list(results["label_th"][PAGE_ROWS : 2 * PAGE_ROWS])


def test_the_order_is_that_of_all_rows(results: pd.DataFrame) -> None:
    app = everybody(order_below="name")
    by_name = results.sort_values("name_order")
    assert list(rows(app)["หน่วยงาน"]) == list(by_name["label_th"][:PAGE_ROWS])
    app.selectbox(key="order_below").select("-overall").run()
    assert rows(app)["คะแนนรวม"].iloc[0] == pytest.approx(results["overall"].max())


def test_the_search_is_in_all_rows_and_starts_at_the_first_page(results: pd.DataFrame) -> None:
    app = everybody(page_below=3)
    wanted = results["label_th"].iloc[-1]  # far from the page shown
    app.text_input(key="search_below").input(f" {wanted} ").run()
    assert list(rows(app)["หน่วยงาน"]) == [wanted]
    app.text_input(key="search_below").input("ไม่มีชื่อนี้").run()
    assert "ไม่มีหน่วยงานที่ตรงกับ “ไม่มีชื่อนี้”" in said(app)


def test_files_hold_every_row_the_search_leaves(
    results: pd.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    offered: list[view.View] = []
    monkeypatch.setattr(view, "downloads", offered.append)
    app = everybody()
    listed = [one for one in offered if one.key == "below"][-1]
    assert listed.whole is not None
    assert len(listed.frame) == PAGE_ROWS
    assert list(listed.whole()["หน่วยงาน"]) == list(results["label_th"])
    offered.clear()
    app.text_input(key="search_below").input("อบต").run()
    listed = [one for one in offered if one.key == "below"][-1]
    assert listed.whole is not None
    found = results["label_th"].str.contains("อบต", regex=False)
    assert list(listed.whole()["หน่วยงาน"]) == list(results["label_th"][found])
    assert any("อบต" in note for note in listed.notes), "a file says what it was narrowed to"


@pytest.mark.parametrize("page", TITLES)
def test_no_chart_draws_a_mark_for_every_body(page: str) -> None:
    app = open_page(page, {"year": "2568"})
    assert not app.exception
    for chart in app.get("plotly_chart"):
        for trace in json.loads(chart.proto.spec)["data"]:
            assert len(trace.get("customdata") or ()) < BODIES / 2
    for table in app.dataframe:
        assert len(table.value) <= PAGE_ROWS


@pytest.mark.parametrize("page", TITLES)
def test_nothing_simulated_is_said_to_be_published(page: str) -> None:
    app = open_page(page, {"year": "2568"})
    assert "ข้อมูลจำลอง" in "".join(one.value for one in app.error)
    for claim in ("ป.ป.ช. และสื่อเผยแพร่", "ผลระดับประเทศที่เผยแพร่", "ทั้งประเทศที่เผยแพร่", "กลุ่มที่เผยแพร่"):
        assert claim not in said(app) + "".join(chart.proto.spec for chart in app.get("plotly_chart"))


def test_the_line_of_places_leads_down_to_a_district_and_up() -> None:
    app = open_page(OVERVIEW, {"year": "2568"})
    app.selectbox(key="down_all").select("northeast").run()
    assert "northeast" in app.query_params["place"]
    provinces = app.selectbox(key="down_northeast")
    assert len(provinces.options) == 20
    app.selectbox(key="down_northeast").select("TH-44").run()
    box = app.selectbox(key="down_TH-44_all")
    district = box.options[0].split(" (")[0]
    box.select(district).run()
    assert f"**อ.{district}**" in said(app)
    assert f"ในอำเภอ{district}" in said(app)
    assert all(f"อ.{district}" in one for one in rows(app)["หน่วยงาน"])
    app.switch_page(str(ROOT / "pages/supervise/compare.py")).run()
    (table,) = [one for one in app.dataframe if (one.key or "").startswith("compare_table")]
    assert len(table.value)
    app.button(key="place_all").click().run()
    assert "place" not in app.query_params
