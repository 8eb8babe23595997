"""Every page on every kind of data: nothing breaks, no chart is empty, what is missing is said."""

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests import factory

ROOT = Path(__file__).parents[2]
TITLES = {
    "pages/supervise/overview.py": "ภาพรวม",
    "pages/supervise/review.py": "สรุปประจำปี",
    "pages/supervise/compare.py": "เปรียบเทียบ",
    "pages/supervise/weakest.py": "จุดอ่อน",
    "pages/supervise/organisation.py": "หน่วยงาน",
    "pages/supervise/road.py": "ทำอะไรต่อ",
    "pages/analyse/trends.py": "แนวโน้ม",
    "pages/analyse/movers.py": "การเปลี่ยนแปลง",
    "pages/analyse/inside_outside.py": "ภายใน–ภายนอก–เอกสาร",
    "pages/analyse/explorer.py": "สำรวจเอง",
    "pages/meet/meeting.py": "ประชุม",
    "pages/data/imports.py": "นำเข้าข้อมูล",
    "pages/data/quality.py": "คุณภาพข้อมูล",
    "pages/data/methods.py": "วิธีการ",
}
NAMED_OTHERWISE = "pages/analyse/inside_outside.py"
# dataset → selections (URL parameters) that ask for something awkward as well as something plain
CASES = {
    "empty": [{}, {"year": "2567"}, {"orgs": "nobody"}],
    "one_body": [{}, {"orgs": "test-one"}, {"orgs": "test-one", "peers": "type_province"}],
    "missing_year": [
        {"year": "2564", "orgs": "test-gap"},
        {"year": "2565", "from": "2563", "orgs": "test-gap,test-whole"},
        {"year": "2565", "from": "2564", "orgs": "test-gap"},
    ],
    "published": [
        {},
        {"year": "2567", "orgs": "sao-khwao-yai", "part": "O33"},
        {"year": "2567", "orgs": "sao-khwao-yai,pattaya", "part": "OIT"},
        {"year": "2563", "orgs": "tt-khao-suan-kwang"},
        {"year": "2564", "orgs": "tt-mueang-klaeng,tn-khon-kaen", "part": "10"},
        {"year": "2564", "orgs": "sao-khao-thong"},
        {"year": "2561"},
        {"year": "2562", "from": "2561", "orgs": "pattaya"},
        {"year": "2568", "kind": "other"},
        {"year": "2567", "place": "TH-44", "kind": "sao", "orgs": "sao-khwao-yai", "peers": "type_province"},
        {"year": "2567", "place": "TH-95", "kind": "sao"},
        {"year": "2567", "me": "sao-khwao-yai", "peers": "type_region"},
        {"year": "2567", "me": "sao-khwao-yai", "peers": "nearest"},
        {"year": "2567", "orgs": "sao-khwao-yai", "view": "O33_EIT-public_kind_room_in0-1-0-101"},
        {"year": "2564", "view": "overall_10_year_mark"},
        {"year": "2567", "peers": "list", "list": "sao-khwao-yai,pattaya", "name": "<b>*สอง*</b>"},
    ],
}


@pytest.fixture(scope="session")
def warehouses(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folders = {name: tmp_path_factory.mktemp(name) for name in CASES}
    for name, folder in folders.items():
        factory.build_warehouse(folder, name)
    return folders


def open_page(page: str, params: dict[str, str]) -> AppTest:
    app = AppTest.from_file(str(ROOT / "dashboard/router/main.py"), default_timeout=60)
    for key, value in params.items():
        app.query_params[key] = value
    if page == NAMED_OTHERWISE:
        app.run()  # an address that is not the file's name is known only after a run
    return app.switch_page(str(ROOT / page)).run()


def words(app: AppTest) -> str:
    """All text a reader sees outside charts and tables."""
    elements = [*app.title, *app.subheader, *app.markdown, *app.caption, *app.info, *app.warning, *app.metric]
    return "\n".join(str(element.value) for element in elements)


@pytest.mark.parametrize("page", TITLES)
@pytest.mark.parametrize(
    ("dataset", "params"),
    [(dataset, params) for dataset, cases in CASES.items() for params in cases],
    ids=lambda value: (
        value if isinstance(value, str) else ",".join(f"{k}={v}" for k, v in value.items()) or "default"
    ),
)
def test_page(
    page: str,
    dataset: str,
    params: dict[str, str],
    warehouses: dict[str, Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ITA_WAREHOUSE", str(warehouses[dataset]))
    app = open_page(page, params)
    assert not app.exception
    assert app.title[0].value == TITLES[page]
    for chart in app.get("plotly_chart"):
        traces = json.loads(chart.proto.spec)["data"]
        assert traces, "a chart without data was drawn"
        assert chart.proto.alt, "a chart without its sentence"
    drawn = [*app.get("plotly_chart"), *app.info, *app.dataframe, *app.get("file_uploader")]
    assert drawn, "the page says nothing"
    assert "ชุดข้อมูล" in app.main.caption[-1].value
    assert "nan" not in words(app).lower().replace("finance", "")
    assert "None" not in words(app)


@pytest.mark.parametrize("page", TITLES)
def test_a_wrong_link_says_what_it_could_not_find(
    page: str, warehouses: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ITA_WAREHOUSE", str(warehouses["published"]))
    app = open_page(page, {"year": "2599", "orgs": "nobody", "place": "<b>x</b>"})
    said = " ".join(warning.value for warning in app.warning)
    assert "2599" in said
    assert "nobody" in said
    assert "<b>" not in said


def test_the_selection_follows_to_other_pages(
    warehouses: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ITA_WAREHOUSE", str(warehouses["published"]))
    params = {"year": "2566", "place": "TH-44", "orgs": "sao-khwao-yai"}
    app = open_page("pages/supervise/overview.py", params)
    for page in TITLES:
        app.switch_page(str(ROOT / page)).run()
        shown = {
            key: value[0] if isinstance(value, list) else value for key, value in app.query_params.items()
        }
        assert shown == params


def test_an_open_session_shows_a_new_version_at_its_next_rerun(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ITA_WAREHOUSE", str(tmp_path))
    factory.build_warehouse(tmp_path, "one_body")
    app = open_page("pages/supervise/overview.py", {})
    assert app.metric[0].value == "1 แห่ง"
    factory.build_warehouse(tmp_path, "missing_year")
    app.run()
    assert app.metric[0].value == "2 แห่ง"
    assert "missing_year" in app.main.caption[-1].value


def test_the_first_visit_builds_the_warehouse_by_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ITA_WAREHOUSE", str(tmp_path))
    app = open_page("pages/supervise/overview.py", {})
    assert not app.exception
    assert len(list(tmp_path.glob("ita-*.duckdb"))) == 1
    assert not list(tmp_path.glob("unfinished-*"))
    assert app.metric[0].value == "4 แห่ง"
