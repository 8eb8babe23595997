"""Inside and outside, and the explorer, on a simulated panel and on the published figures."""

import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.listing import PAGE_ROWS
from tests.app.test_lists import panel as panel  # the same small simulated panel
from tests.app.test_pages import ROOT, open_page, words
from warehouse.warehouse import Warehouse

INSIDE = "pages/analyse/inside_outside.py"
EXPLORER = "pages/analyse/explorer.py"
YEAR = 2567


@pytest.fixture
def simulated(panel: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ITA_WAREHOUSE", str(panel))
    return panel


@pytest.fixture
def published(warehouse_folder: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ITA_WAREHOUSE", str(warehouse_folder("published")))


def said(app: AppTest) -> str:
    return words(app).replace("\\", "")


def traces(app: AppTest, key: str) -> list[dict[str, object]]:
    (chart,) = [one for one in app.get("plotly_chart") if key in one.proto.id]
    return json.loads(chart.proto.spec)["data"]


def rows(app: AppTest, key: str) -> pd.DataFrame:
    (table,) = [one for one in app.dataframe if (one.key or "").startswith(key)]
    return table.value


def kept(app: AppTest) -> str:
    """The view in the address."""
    value = app.query_params["view"]
    return value[0] if isinstance(value, list) else value


def scores(folder: Path) -> pd.DataFrame:
    """IIT, EIT, overall, type and place of every body of the year, read past the dashboard."""
    (path,) = folder.glob("ita-*.duckdb")
    opened = Warehouse(path)
    found = opened._connection.cursor().execute(
        "SELECT r.organisation_id, r.label_th, r.type_short_th, r.province_iso,"
        " MAX(v.value) FILTER (v.part = 'IIT') AS inside, MAX(v.value) FILTER (v.part = 'EIT') AS outside"
        " FROM result__organisation_year AS r JOIN part_value__organisation_year AS v"
        " USING (organisation_id, fiscal_year) WHERE fiscal_year = ? AND respondents = 'all' GROUP BY ALL",
        [YEAR],
    )
    frame = found.df()
    opened.close()
    return frame


def test_whom_staff_see_far_better_than_the_public_does(simulated: Path) -> None:
    app = open_page(INSIDE, {"year": str(YEAR)})
    assert not app.exception
    known = scores(simulated)
    gap = (known["inside"] - known["outside"]).round(2)
    far = known[gap >= 10]
    assert len(far) > 3
    assert f"{len(far):,} แห่งบุคลากรให้คะแนนสูงกว่าประชาชนตั้งแต่ 10 คะแนน {(gap <= -10).sum()} แห่งกลับกัน" in said(
        app
    )
    listed = rows(app, "rows_inside_outside_above")
    assert set(listed["หน่วยงาน"]) <= set(far["label_th"])
    assert len(listed) == min(len(far), PAGE_ROWS)
    assert listed["IIT − EIT"].is_monotonic_decreasing
    assert "heatmap" in {trace["type"] for trace in traces(app, "inside_outside_2567")}, "over 300 are cells"


def test_names_of_bodies_are_not_sent_with_the_dots(simulated: Path) -> None:
    app = open_page(INSIDE, {"year": str(YEAR), "place": "TH-44"})
    (dots, *_) = traces(app, "inside_outside_2567")
    known = scores(simulated)
    here = known[known["province_iso"] == "TH-44"]
    assert {told[0] for told in dots["customdata"]} == set(here["organisation_id"])
    assert "จำลอง" not in json.dumps(dots, ensure_ascii=False)


def test_a_year_without_two_groups_says_so(simulated: Path) -> None:
    assert "ปี 2566 ไม่ได้เก็บ EIT แยกสองกลุ่มผู้ตอบ แยกตั้งแต่ปี 2567" in said(open_page(INSIDE, {"year": "2566"}))


@pytest.mark.usefixtures("published")
def test_one_body_beside_itself() -> None:
    app = open_page(INSIDE, {"year": "2567", "orgs": "sao-khwao-yai"})
    assert "EIT สูงสุด 82.80 OIT ต่ำสุด 50.72 ห่างกัน 32.08 คะแนน" in said(app)
    assert "EIT Public 60.49 EIT Survey 90.91 (EIT Survey สูงกว่า 30.42)" in said(app)


def test_marked_scores_are_listed_and_stand_out_in_both_charts(simulated: Path) -> None:
    app = open_page(EXPLORER, {"year": str(YEAR), "view": "IIT_EIT_in0-90-80-101"})
    assert not app.exception
    known = scores(simulated)
    marked = known[(known["inside"].round(2) < 90) & (known["outside"].round(2) >= 80)]
    assert 0 < len(marked) < len(known)
    assert set(rows(app, "rows_explorer")["หน่วยงาน"]) <= set(marked["label_th"])
    assert f"{len(marked):,} แห่ง: IIT" in said(app)
    everybody, some = traces(app, "explorer_spread")
    assert sum(everybody["y"]) == known["inside"].notna().sum()
    assert sum(some["y"]) == len(marked)
    assert sum(trace["type"] == "heatmap" for trace in traces(app, "explorer_pair")) == 2


@pytest.mark.parametrize(
    ("page", "key", "axes"),
    [
        (INSIDE, "inside_outside_2567", "xy"),
        (INSIDE, "chart_respondents", "x"),
        (EXPLORER, "explorer_pair", "xy"),
        (EXPLORER, "explorer_spread", "x"),
        (EXPLORER, "explorer_facet", "x"),
        ("pages/analyse/movers.py", "chart_movers", "x"),
        ("pages/supervise/review.py", "chart_review-movers", "x"),
        ("pages/supervise/review.py", "chart_review-level", "x"),
        ("pages/supervise/weakest.py", "chart_depth", "x"),
    ],
)
def test_the_switch_of_the_scale_reaches_the_chart(simulated: Path, page: str, key: str, axes: str) -> None:
    """98 stands at 100 (1 - log 3 / log 101) = 76.195, and at 98 without the switch if it has a tick."""
    for scale, places in (({}, {98}), ({"scale": "headroom"}, {76.195})):
        app = open_page(page, {"year": str(YEAR), "view": "IIT_EIT_kind", "place": "TH-44", **scale})
        assert not app.exception
        (chart,) = [one for one in app.get("plotly_chart") if key in one.proto.id]
        layout = json.loads(chart.proto.spec)["layout"]
        for axis in (layout[f"{one}axis"] for one in axes):
            named = dict(zip(axis.get("ticktext", []), axis.get("tickvals", []), strict=True))
            assert {round(named[name], 3) for name in named if name == "98"} <= places
            assert ("98" in named) == bool(scale)


@pytest.mark.usefixtures("published")
def test_the_switch_of_the_scale_is_offered_where_it_acts() -> None:
    app = AppTest.from_file(str(ROOT / "dashboard/router/main.py"), default_timeout=60)
    offered = {}
    for path in (INSIDE, EXPLORER, "pages/supervise/road.py", "pages/data/methods.py"):
        app.switch_page(str(ROOT / path)).run()
        assert not app.exception
        offered[path] = [one.key for one in app.sidebar.toggle].count("pick_stretched")
    assert list(offered.values()) == [1, 1, 0, 0]


def test_a_choice_goes_into_the_address_and_forgets_what_was_marked(simulated: Path) -> None:
    app = open_page(EXPLORER, {"year": str(YEAR), "view": "IIT_EIT_in0-90-0-101"})
    app.selectbox(key="explorer_x").select("10").run()
    assert not app.exception
    assert kept(app) == "10_EIT"
    app.selectbox(key="explorer_facet").select("kind").run()
    app.toggle(key="explorer_room").set_value(True).run()
    app.segmented_control(key="explorer_y_who").set_value("survey").run()
    assert not app.exception
    assert kept(app) == "10_EIT-survey_kind_room"
    assert "ที่ยังขาดถึง 100: 10 การป้องกันการทุจริต รายประเภท" in said(app)


def test_a_facet_counts_every_body_once(simulated: Path) -> None:
    app = open_page(EXPLORER, {"year": str(YEAR), "view": "IIT_EIT_kind"})
    known = scores(simulated)
    counts = known["type_short_th"].value_counts()
    medians = traces(app, "explorer_facet")[-1]
    assert {told[1]: told[2] for told in medians["customdata"]} == {
        name: f"{n:,}" for name, n in counts.items()
    }


@pytest.mark.usefixtures("published")
def test_a_wrong_view_is_said_and_the_rest_stands() -> None:
    app = open_page(EXPLORER, {"year": "2567", "view": "O99_EIT_colour"})
    assert not app.exception
    assert "“O99”" in said(app)
    assert "“colour”" in said(app)
    assert "การกระจายของ คะแนนรวม" in said(app)
