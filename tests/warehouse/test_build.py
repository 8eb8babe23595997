"""The build: what it loads, that its SQL sums as the pure functions do, its marts, and what it refuses."""

import math
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ita_data import edition, scoring
from tests.factory import DATASETS, Row, body, loaded, result, score, source, write_dataset
from tests.warehouse.test_queries import ALL, RESULTS, page
from warehouse import build, publish
from warehouse.warehouse import Warehouse

Tables = Callable[[str], duckdb.DuckDBPyConnection]
Scores = dict[tuple[str, str], float]

EDITIONS = edition.load_editions()
YEARS = range(2561, 2569)

# What the shipped data makes of every table. A count that changes is looked at, then changed here.
ROWS = {
    "break_before": 5,
    "build_folder": 1,
    "build_info": 1,
    "coverage__level_year": 13,
    "edition": 8,
    "expected_change__type_years": 25,
    "finding": 11,
    "grade": 27,
    "grade__group_year": 182,
    "grade_level": 43,
    "group_score": 59,
    "item__group_year": 693,
    "measure": 28,
    "measure_indicator": 51,
    "measure_result": 7,
    "member__organisation_year": 216,
    "national_summary": 7,
    "organisation": 21,
    "organisation_type": 15,
    "organisation_year": 28,
    "overall__group_year": 167,
    "overall_bin__group_year": 195,
    "pair__group_part": 738,
    "part": 604,
    "part__group_year": 656,
    "part_respondents": 52,
    "part_value__organisation_year": 82,
    "printed_change": 2,
    "printed_grade": 11,
    "province": 77,
    "province_mean__year": 57,
    "recomputed_score": 46,
    "resolved_name": 0,
    "result__organisation_year": 28,
    "score": 129,
    "set_aside_score": 23,
    "source": 23,
    "source_name": 42,
    "superseded": 0,
    "target": 6,
    "unresolved_score": 1,
}
#                 2561 … 2568
ROWS_PER_YEAR = {
    "score": (1, 1, 13, 19, 2, 8, 82, 3),
    "recomputed_score": (0, 0, 4, 4, 0, 0, 38, 0),
    "result__organisation_year": (1, 1, 3, 6, 2, 8, 4, 3),
    "part": (1, 14, 109, 109, 109, 109, 80, 73),
}


# What was loaded --------------------------------------------------------------------------------------------


def test_row_counts_of_every_table(open_tables: Tables) -> None:
    connection = open_tables("published")
    names = [name for (name,) in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()]
    counts = {name: len(connection.table(name)) for name in names}
    assert counts == ROWS


@pytest.mark.parametrize("table", ROWS_PER_YEAR)
def test_row_counts_per_year(open_tables: Tables, table: str) -> None:
    years = open_tables("published").table(table).df()["fiscal_year"].value_counts()
    assert {year: int(years.get(year, 0)) for year in YEARS} == dict(
        zip(YEARS, ROWS_PER_YEAR[table], strict=True)
    )


@pytest.mark.parametrize(
    ("organisation", "year", "part", "value"),
    [
        ("sao-khwao-yai", 2567, "overall", 69.50),
        ("sao-khwao-yai", 2566, "overall", 80.29),
        ("sao-khwao-yai", 2567, "10", 35.00),
        ("sao-khwao-yai", 2567, "9", 66.43),
        ("sao-khwao-yai", 2567, "O33", 0),
        ("tt-khao-suan-kwang", 2563, "overall", 63.21),
        ("tt-khao-suan-kwang", 2563, "10", 25.00),
        ("tn-khon-kaen", 2564, "overall", 95.26),
        ("tn-khon-kaen", 2564, "EIT", 92.21),
        ("tt-mueang-klaeng", 2564, "OIT", 43.75),
        ("thai-pbs", 2566, "overall", 95.81),
        ("pattaya", 2567, "overall", 99.41),
    ],
)
def test_golden_scores(open_tables: Tables, organisation: str, year: int, part: str, value: float) -> None:
    found = open_tables("published").execute(
        "SELECT value FROM score"
        " WHERE organisation_id = $1 AND fiscal_year = $2 AND part = $3 AND respondents = 'all'",
        [organisation, year, part],
    )
    assert found.fetchall() == [(value,)]


def test_the_items_of_khwao_yai(open_tables: Tables) -> None:
    items = open_tables("published").execute(
        "SELECT s.respondents, s.value FROM score AS s"
        " JOIN part AS p ON p.fiscal_year = s.fiscal_year AND p.code = s.part"
        " WHERE p.level = 'item' AND s.organisation_id = 'sao-khwao-yai' AND s.fiscal_year = 2567"
    )
    frame = items.df()
    assert frame["respondents"].value_counts().to_dict() == {"all": 15 + 35, "public": 9, "survey": 9}
    assert int((frame["value"] == 0).sum()) == 14  # items not disclosed; every one is a published zero


def test_measures_by_body(open_tables: Tables) -> None:
    measures = open_tables("published").table("measure").df()
    assert measures["organisation_id"].value_counts().to_dict() == {
        "tt-mueang-klaeng": 11,
        "sao-khao-thong": 7,
        "tt-khao-suan-kwang": 3,
        "sao-khwao-yai": 7,
    }
    assert int(measures["follow_up_th"].isna().sum()) == 14  # the sources print none: blank, not invented


def test_names_are_numbered_in_thai_order(open_tables: Tables) -> None:
    connection = open_tables("published")
    ordered = connection.execute("SELECT label_th FROM organisation ORDER BY name_order").fetchall()
    assert (
        ordered
        == connection.execute("SELECT label_th FROM organisation ORDER BY label_th COLLATE th").fetchall()
    )
    # by code point the leading vowel เ would stand after all consonants
    assert ordered != sorted(ordered)


def test_build_info_says_which_build_it_is(
    warehouse_folder: Callable[[str], Path], open_tables: Tables
) -> None:
    row = open_tables("published").table("build_info").df().iloc[0]
    assert publish.current_path(warehouse_folder("published")) == publish.version_path(
        warehouse_folder("published"), row["build_id"]
    )
    assert (row["dataset_th"], bool(row["simulated"])) == ("ข้อมูลเผยแพร่", False)


def test_an_empty_dataset_builds_with_no_row_of_data(open_tables: Tables) -> None:
    connection = open_tables("empty")
    framework = {
        "edition", "part", "part_respondents", "grade_level", "break_before", "target", "province",
        "organisation_type", "build_info", "build_folder",
    }  # fmt: skip
    filled = {name for name in ROWS if len(connection.table(name))}
    assert filled == framework


# Recomputing ------------------------------------------------------------------------------------------------

# B is asked of two groups and has no items: its indicators are leaves
SMALL_EDITION = """
fiscal_year = 2569
name_th = "ปีทดสอบ"
pass_mark = 80
tolerance = 0.02
confidence_th = "ใช้ทดสอบ"
break_before.comparable = "overall"
break_before.reason_th = "ใช้ทดสอบ"
grades = [
  { code = "yes", name_th = "ทดสอบผ่าน", overall_at_least = 80, passed = true, color = "#00441B" },
  { code = "no", name_th = "ทดสอบไม่ผ่าน", overall_at_least = 0, passed = false, color = "#4B1260" },
]
parts = [
  { code = "overall", level = "overall", confidence = "public", name_th = "คะแนนรวม" },
  { code = "A", parent = "overall", level = "instrument", weight = 0.25, name_th = "ก" },
  { code = "1", parent = "A", level = "indicator", split = "unconfirmed", name_th = "หนึ่ง" },
  { code = "1.1", parent = "1", level = "item", scale = "binary", name_th = "ข้อแรก" },
  { code = "B", parent = "overall", level = "instrument", weight = 0.75, name_th = "ข", respondents = ["x", "y"] },
  { code = "2", parent = "B", level = "indicator", name_th = "สอง" },
  { code = "3", parent = "B", level = "indicator", name_th = "สาม" },
]
"""  # noqa: E501


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> dict[int, edition.Edition]:
    """The shipped editions and one a user added, with another tree and leaves above the items."""
    folder = tmp_path_factory.mktemp("user") / "editions"
    shutil.copytree(edition.EDITIONS_FOLDER, folder)
    (folder / "2569.toml").write_text(SMALL_EDITION, encoding="utf-8")
    return edition.load_editions(folder)


@pytest.fixture
def with_added_edition(editions: dict[int, edition.Edition], monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the user's file stood in ita_data/editions."""
    monkeypatch.setattr(edition, "load_editions", lambda: editions)


@pytest.fixture
def framework(with_added_edition: None) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database in memory with the editions and no data."""
    with loaded() as connection:
        yield connection


def sums(connection: duckdb.DuckDBPyConnection, year: int, scores: Scores) -> Scores:
    """Recompute one body's scores in the database, by the build's own steps."""
    connection.execute("DELETE FROM score; DELETE FROM set_aside_score; DELETE FROM recomputed_score")
    rows = [score("a", year, part, value, respondents=group) for (part, group), value in scores.items()]
    if rows:
        build.load_scores(connection, connection.from_df(pd.DataFrame(rows)))
    build.recompute(connection)
    found = connection.execute("SELECT part, respondents, value FROM recomputed_score").fetchall()
    sums = {(part, respondents): value for part, respondents, value in found}
    assert len(sums) == len(found)
    return sums


@st.composite
def reported(draw: st.DrawFn, tree: edition.Edition) -> Scores:
    """Scores on some levels of a tree, for all and for groups, asked or not; a few of them are missing."""
    levels = draw(st.sets(st.sampled_from(edition.LEVELS), min_size=1))
    respondents = ("all", "public", "survey", "x", "y")
    asked = {group for part in tree.parts.values() for group in part.respondents}
    keys = [
        (part.code, group)
        for part in tree.parts.values()
        for group in respondents
        if part.level in levels and (group in asked or group in ("all", "public"))
    ]
    if not keys:
        return {}
    missing = draw(st.sets(st.sampled_from(keys), max_size=8))
    points = draw(st.lists(st.integers(0, 10_000), min_size=len(keys), max_size=len(keys)))
    return {key: point / 100 for key, point in zip(keys, points, strict=True) if key not in missing}


@pytest.mark.parametrize("year", [2563, 2567, 2568, 2569])
def test_sql_sums_as_the_pure_function_does_for_any_scores(
    framework: duckdb.DuckDBPyConnection, editions: dict[int, edition.Edition], year: int
) -> None:
    @settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
    @given(reported(editions[year]))
    def holds(scores: Scores) -> None:
        assert sums(framework, year, scores) == pytest.approx(
            scoring.recompute(editions[year], scores), abs=1e-9
        )

    holds()


@pytest.mark.parametrize("dataset", ["published", "one_body", "missing_year", "groups"])
def test_sql_sums_as_the_pure_function_does_for_every_body_and_year(
    open_tables: Tables, dataset: str
) -> None:
    connection = open_tables(dataset)

    def by_body(table: str) -> dict[tuple[str, int], Scores]:
        found: dict[tuple[str, int], Scores] = {}
        for row in connection.table(table).df().itertuples():
            found.setdefault((row.organisation_id, row.fiscal_year), {})[row.part, row.respondents] = (
                row.value
            )
        return found

    expected = {key: scoring.recompute(EDITIONS[key[1]], scores) for key, scores in by_body("score").items()}
    assert len(expected) > 0
    recomputed = by_body("recomputed_score")
    for key, scores in expected.items():
        assert recomputed.get(key, {}) == pytest.approx(scores, abs=1e-9), key
    assert set(recomputed) == {key for key, scores in expected.items() if scores}


@pytest.mark.parametrize(
    ("organisation", "year", "part", "respondents", "value"),
    [
        ("tt-khao-suan-kwang", 2563, "overall", "all", 63.2190),
        ("tn-khon-kaen", 2564, "overall", "all", 95.2630),  # from the printed instruments 92.00, 92.21, 100
        ("tn-khon-kaen", 2564, "IIT", "all", 91.998),
        ("tn-khon-kaen", 2564, "EIT", "all", 92.2167),
        ("sao-khwao-yai", 2567, "overall", "all", 69.4982),
        ("sao-khwao-yai", 2567, "9", "all", 66.4286),
        ("sao-khwao-yai", 2567, "10", "all", 37.50),
        ("sao-khwao-yai", 2567, "8", "public", 60.4867),
        ("sao-khwao-yai", 2567, "E9", "all", 60.975),
    ],
)
def test_golden_sums(
    open_tables: Tables, organisation: str, year: int, part: str, respondents: str, value: float
) -> None:
    rows = open_tables("published").table("recomputed_score").df()
    found = rows.query(
        "organisation_id == @organisation and fiscal_year == @year"
        " and part == @part and respondents == @respondents"
    )
    assert found["value"].tolist() == [pytest.approx(value, abs=5e-5)]


# Grades -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("organisation", "year", "code", "basis", "grade", "passed"),
    [
        ("tt-khao-suan-kwang", 2563, "D", "computed", "D", False),
        ("tn-khon-kaen", 2564, "AA", "computed", "AA", True),
        ("sao-khwao-yai", 2567, "urgent", "computed", "ต้องปรับปรุงโดยด่วน", False),
        ("sao-khwao-yai", 2566, "improve", "computed", "ต้องปรับปรุง", False),
        ("thai-pbs", 2566, "good", "printed", "ผ่านดี", True),
        ("state-audit-office", 2568, "pass", "printed", "ผ่าน", True),
        ("tn-sakon-nakhon", 2566, None, "undecided", "ผ่านเกณฑ์ (ไม่ทราบระดับย่อย)", True),
        ("pattaya", 2561, None, "no_scale", "ไม่มีเกณฑ์ระดับ", None),
        ("pattaya", 2567, "excellent", "computed", "ผ่านดีเยี่ยม", True),  # AA printed: not of the year's scale
        ("tt-mueang-klaeng", 2564, None, None, None, None),  # only one instrument is known
    ],
)
def test_golden_grades(
    published_warehouse: Warehouse,
    organisation: str,
    year: int,
    code: Any,
    basis: Any,
    grade: Any,
    passed: Any,
) -> None:
    results = published_warehouse.run("organisation_results", organisation=organisation).set_index(
        "fiscal_year"
    )
    row = results.loc[year, ["grade_code", "grade_basis", "grade_th", "passed"]]
    assert [None if pd.isna(value) else value for value in row] == [code, basis, grade, passed]


def test_grades_of_the_mart_are_those_of_the_pure_function(open_tables: Tables) -> None:
    connection = open_tables("groups")
    values = connection.table("part_value__organisation_year").df()
    results = connection.table("result__organisation_year").df()
    assert results["grade_code"].nunique() >= 3
    for row in results.itertuples():
        own = values[
            (values["organisation_id"] == row.organisation_id) & (values["fiscal_year"] == row.fiscal_year)
        ]
        points = own.set_index("part")["value"].to_dict()
        graded = scoring.grade(EDITIONS[row.fiscal_year], points.get("overall"), points)
        assert (None if pd.isna(row.grade_code) else row.grade_code) == (graded.grade and graded.grade.code)
        assert (None if pd.isna(row.passed) else row.passed) == graded.passed


@pytest.mark.parametrize(
    ("scores", "printed", "code", "basis"),
    [
        pytest.param({"overall": 84.995, "OIT": 80}, [], "pass", "computed", id="half-is-rounded-up"),
        pytest.param({"overall": 84.994}, [], "improve", "computed", id="below-half"),
        pytest.param({"overall": 69.995}, [], "improve", "computed", id="70-after-rounding"),
        pytest.param({"overall": 90}, ["ผ่าน"], "pass", "printed", id="printed-decides"),
        pytest.param({"overall": 90}, ["ผ่าน", "ผ่าน"], "pass", "printed", id="printed-twice-alike"),
        pytest.param(
            {"overall": 90}, ["ผ่าน", "ผ่านดี"], None, "undecided", id="two-printed-grades-decide-nothing"
        ),
        pytest.param({"overall": 90}, ["ผ่านดีเยี่ยม"], None, "undecided", id="printed-but-impossible"),
        pytest.param({"overall": 90}, ["ผ่านดีเยี่ยม", "ผ่าน"], "pass", "printed", id="only-one-is-possible"),
        pytest.param({"overall": 90}, ["A"], None, "undecided", id="printed-of-another-scale"),
        pytest.param({"overall": 80}, ["ผ่านดี"], "improve", "computed", id="scores-outweigh-print"),
        pytest.param({"IIT": 90, "EIT": 90, "OIT": 90}, [], "good", "computed", id="from-recomputed-overall"),
        pytest.param(
            {"overall": 84.98, "IIT": 85, "EIT": 85, "OIT": 85},
            [],
            "improve",
            "computed",
            id="published-overall-before-its-sum",
        ),
        pytest.param(
            {"overall": 94, "IIT": 84, "EIT": 98, "OIT": 99}, [], "pass", "computed", id="one-below-85"
        ),
    ],
)
def test_how_a_grade_is_decided(
    tmp_path: Path, scores: Mapping[str, float], printed: list[str], code: str | None, basis: str
) -> None:
    folder = write_dataset(
        tmp_path / "data",
        sources=[source()],
        organisations=[body("a", "ทดสอบ")],
        scores=[score("a", 2567, part, value) for part, value in scores.items()],
        printed_grades=[
            {"organisation_id": "a", "fiscal_year": 2567, "printed_grade": name, "source_id": "doc-test",
             "source_row": f"แถว {number}"}
            for number, name in enumerate(printed)
        ],
    )  # fmt: skip
    with loaded(folder) as connection:
        build.derive(connection)
        assert connection.execute("SELECT grade_code, grade_basis FROM grade").fetchall() == [(code, basis)]


# Missing is never zero --------------------------------------------------------------------------------------


def test_a_blank_value_is_no_score(tmp_path: Path) -> None:
    scores = result("a", 2567, [80] * 10)
    scores[-1] = {**scores[-1], "value": None}
    scores += [score("a", 2568, "overall", None), score("a", 2567, "O1", 0), score("a", 2567, "O2", "")]
    folder = write_dataset(
        tmp_path, sources=[source()], organisations=[body("a", "ทดสอบ"), body("b", "ทดสอบว่าง")], scores=scores
    )
    with loaded(folder) as connection:
        build.derive(connection)
        assert len(connection.table("reported_score")) == len(scores)  # what was printed stays as printed
        parts = connection.execute(
            "SELECT fiscal_year, part FROM score WHERE part IN ('10', 'overall', 'O1', 'O2')"
        )
        assert sorted(parts.fetchall()) == [(2567, "O1"), (2567, "overall")]
        # no row for the year and the body without a score, and no zero for them in any mart
        assert connection.table("result__organisation_year").df()["fiscal_year"].tolist() == [2567]
        assert set(connection.table("member__organisation_year").df()["organisation_id"]) == {"a"}
        assert (
            connection.execute("SELECT DISTINCT n FROM part__group_year WHERE part = '10'").fetchall() == []
        )
        assert connection.execute("SELECT DISTINCT n, n_zero FROM item__group_year").fetchall() == [(1, 1)]


def test_a_body_without_an_overall_counts_as_a_body_but_not_in_the_mean(
    published_warehouse: Warehouse,
) -> None:
    rows = published_warehouse.run("group_overall", place="all", kind="all").set_index("fiscal_year")
    assert rows.loc[2564, ["n_bodies", "n", "n_judged"]].tolist() == [6, 5, 5]
    assert rows.loc[2564, "mean"] == pytest.approx((95.26 + 80.52 + 88.37 + 91.1 + 99.12) / 5)
    # 2561 has no scale and no pass mark: nobody is judged, so no share
    assert rows.loc[2561, ["n", "n_judged"]].tolist() == [1, 0]
    assert pd.isna(rows.loc[2561, "share_passed"])


@pytest.mark.parametrize("value", ["-0.01", "100.01", "6950", "69500000", "nan", "inf", "-inf"])
def test_what_no_score_can_be_is_found_and_not_used(tmp_path: Path, value: str) -> None:
    folder = write_dataset(
        tmp_path,
        sources=[source()],
        organisations=[body("a", "ทดสอบ")],
        scores=[score("a", 2567, "overall", value), score("a", 2567, "IIT", 80)],
    )
    with loaded(folder) as connection:
        build.derive(connection)
        assert connection.execute("SELECT part FROM score").fetchall() == [("IIT",)]
        assert connection.execute("SELECT check_code, part FROM finding").fetchall() == [
            ("score_out_of_range", "overall")
        ]


# Editions ---------------------------------------------------------------------------------------------------


def test_an_edition_a_user_adds_appears_with_its_tree_scale_and_break(
    with_added_edition: None, tmp_path: Path
) -> None:
    folder = write_dataset(
        tmp_path,
        sources=[source()],
        organisations=[body("a", "ทดสอบ")],
        scores=[
            *result("a", 2568, [70] * 10),
            *[score("a", 2569, "2", value, respondents=group) for group, value in (("x", 70), ("y", 80))],
            *[score("a", 2569, "3", value, respondents=group) for group, value in (("x", 90), ("y", 96))],
            score("a", 2569, "A", 60),
        ],
    )
    with loaded(folder) as connection:
        build.derive(connection)
        values = connection.execute(
            "SELECT part, value, basis, change FROM part_value__organisation_year"
            " WHERE fiscal_year = 2569 AND respondents = 'all' ORDER BY position"
        )
        # B = (75 + 93) / 2 = 84; overall = 0.25 · 60 + 0.75 · 84 = 78; below the overall nothing compares
        assert values.fetchall() == [
            ("overall", 78.0, "recomputed", 8.0),
            ("A", 60.0, "published", None),
            ("B", 84.0, "recomputed", None),
            ("2", 75.0, "recomputed", None),
            ("3", 93.0, "recomputed", None),
        ]
        graded = connection.execute("SELECT grade_th, passed FROM grade WHERE fiscal_year = 2569").fetchall()
        assert graded == [("ทดสอบไม่ผ่าน", False)]
        assert connection.execute("SELECT pass_mark FROM edition WHERE fiscal_year = 2569").fetchall() == [
            (80,)
        ]


def test_a_wrong_edition_file_is_a_build_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "2569.toml").write_text("fiscal_year = 2570", encoding="utf-8")
    editions = edition.load_editions
    monkeypatch.setattr(edition, "load_editions", lambda: editions(tmp_path))
    with pytest.raises(build.BuildError, match=r"2569\.toml"):
        build.build([], out=tmp_path / "out")
    assert list((tmp_path / "out").iterdir()) == []


# Marts ------------------------------------------------------------------------------------------------------


def expected_members(results: pd.DataFrame) -> pd.DataFrame:
    """A group is a place crossed with a kind; what a body lacks is no group."""
    rows = [
        (place, kind, row.organisation_id, row.fiscal_year)
        for row in results.itertuples()
        for place in {"all", row.region_code, row.province_iso}
        for kind in {"all", row.sector, row.type}
        if pd.notna(place)
    ]
    return pd.DataFrame(rows, columns=["place", "kind", "organisation_id", "fiscal_year"])


GROUP = ["place", "kind", "fiscal_year"]


def compare(mart: pd.DataFrame, expected: pd.DataFrame, keys: list[str]) -> None:
    """Equal rows by key, equal columns but for those only the mart has."""
    mart, expected = (frame.set_index(keys).sort_index() for frame in (mart, expected))
    assert len(mart) > 10  # an empty comparison would prove nothing
    pd.testing.assert_frame_equal(
        mart[expected.columns], expected, check_dtype=False, check_index_type=False, rtol=0, atol=1e-9
    )


def distribution(values: "pd.core.groupby.SeriesGroupBy") -> pd.DataFrame:
    """Count, mean and quartiles by pandas."""
    return pd.DataFrame(
        {
            "n": values.count(),
            "mean": values.mean(),
            "min": values.min(),
            "q1": values.quantile(0.25),
            "median": values.median(),
            "q3": values.quantile(0.75),
            "max": values.max(),
        }
    ).reset_index()


BOTH = pytest.mark.parametrize("dataset", ["published", "groups"])


@BOTH
def test_members_of_groups(open_tables: Tables, dataset: str) -> None:
    connection = open_tables(dataset)
    expected = expected_members(connection.table("result__organisation_year").df())
    found = connection.table("member__organisation_year").df()[list(expected)]
    order = list(expected)
    pd.testing.assert_frame_equal(
        found.sort_values(order, ignore_index=True),
        expected.sort_values(order, ignore_index=True),
        check_dtype=False,
    )
    assert expected.groupby(["organisation_id", "fiscal_year"]).size().max() == 9


@BOTH
def test_overalls_of_groups(open_tables: Tables, dataset: str) -> None:
    connection = open_tables(dataset)
    results = connection.table("result__organisation_year").df()
    grouped = expected_members(results).merge(results, on=["organisation_id", "fiscal_year"]).groupby(GROUP)
    expected = distribution(grouped["overall"])
    expected["n_bodies"] = grouped.size().to_numpy()
    expected["n_judged"] = grouped["passed"].count().to_numpy()
    expected["n_passed"] = grouped["passed"].agg(lambda passed: int((passed == True).sum())).to_numpy()  # noqa: E712
    expected["share_passed"] = (100 * expected["n_passed"] / expected["n_judged"]).where(
        expected["n_judged"] > 0
    )
    compare(connection.table("overall__group_year").df(), expected, GROUP)


@BOTH
def test_parts_of_groups(open_tables: Tables, dataset: str) -> None:
    connection = open_tables(dataset)
    values = connection.table("part_value__organisation_year").df()
    indicators = values[(values["level"] == "indicator") & (values["respondents"] == "all")]
    lowest = indicators.groupby(["organisation_id", "fiscal_year"])["value"].transform("min")
    values["is_lowest"] = (indicators["value"].round(6) == lowest.round(6)).reindex(
        values.index, fill_value=False
    )
    keys = [*GROUP, "part", "respondents"]
    members = expected_members(connection.table("result__organisation_year").df())
    grouped = members.merge(values, on=["organisation_id", "fiscal_year"]).groupby(keys)
    expected = distribution(grouped["value"])
    expected["n_lowest"] = grouped["is_lowest"].sum().to_numpy()
    expected["n_zero"] = grouped["value"].agg(lambda value: int((value == 0).sum())).to_numpy()
    expected["n_change"] = grouped["change"].count().to_numpy()
    expected["mean_change"] = grouped["change"].mean().to_numpy()
    weights = [
        EDITIONS[year].parts[part].weight_in_total
        for year, part in zip(expected["fiscal_year"], expected["part"], strict=True)
    ]
    expected["mean_points_lost"] = pd.Series(weights, dtype=float) * (100 - expected["mean"])
    compare(connection.table("part__group_year").df(), expected, keys)


def test_no_point_is_counted_and_a_missing_part_is_not(tmp_path: Path) -> None:
    scores = [*result("a", 2567, [80] * 9 + [0]), *result("b", 2567, [80] * 10)[:-1]]
    bodies = [body("a", "ทดสอบ"), body("b", "ทดสอบสอง")]
    folder = write_dataset(tmp_path, sources=[source()], organisations=bodies, scores=scores)
    with loaded(folder) as connection:
        build.derive(connection)
        found = connection.execute(
            "SELECT DISTINCT part, n, n_zero FROM part__group_year WHERE part IN ('9', '10') ORDER BY part"
        )
        assert found.fetchall() == [("10", 1, 1), ("9", 2, 0)]


PAIR = ["place", "kind", "part", "from_year", "to_year"]


@BOTH
def test_pairs_of_years_of_groups(open_tables: Tables, dataset: str) -> None:
    connection = open_tables(dataset)
    values = connection.table("part_value__organisation_year").df()
    known = values.loc[values["respondents"] == "all", ["organisation_id", "part", "fiscal_year"]]
    later = expected_members(connection.table("result__organisation_year").df()).merge(known)
    of_body = ["place", "kind", "part", "organisation_id"]
    years = later.groupby(of_body)["fiscal_year"]
    pairs = later.assign(first=years.transform("min"), last=years.transform("max")).merge(
        known, on=["organisation_id", "part"], suffixes=("", "_from")
    )
    pairs = pairs.rename(columns={"fiscal_year": "to_year", "fiscal_year_from": "from_year"})
    pairs = pairs[pairs["from_year"] <= pairs["to_year"]]
    earlier = later.rename(columns={"fiscal_year": "from_year"}).assign(both=True)
    pairs = pairs.merge(earlier, how="left", on=[*of_body, "from_year"])
    pairs["both"] = pairs["both"].notna()
    pairs["span"] = (pairs["first"] == pairs["from_year"]) & (pairs["last"] == pairs["to_year"])
    expected = pairs.groupby(PAIR).agg(n=("both", "size"), n_both=("both", "sum"), n_span=("span", "sum"))
    compare(connection.table("pair__group_part").df(), expected.reset_index(), PAIR)


def test_a_body_that_changed_its_type_is_paired_in_the_group_of_the_later_year(tmp_path: Path) -> None:
    years = {"upgraded": (2566, 2567), "whole": (2566, 2567), "gap": (2565, 2567)}
    folder = write_dataset(
        tmp_path,
        sources=[source()],
        organisations=[
            body(one, f"ทดสอบ {one}", "thesaban_tambon" if one == "upgraded" else "sao") for one in years
        ],
        organisation_years=[{"organisation_id": "upgraded", "fiscal_year": 2566, "type": "sao"}],
        scores=[score(one, year, "overall", 80) for one, of in years.items() for year in of],
    )
    with loaded(folder) as connection:
        build.derive(connection)
        found = connection.execute(
            "SELECT kind, from_year, to_year, n, n_both, n_span FROM pair__group_part"
            " WHERE place = 'all' AND kind IN ('sao', 'thesaban_tambon') ORDER BY ALL"
        )
        assert found.fetchall() == [
            ("sao", 2565, 2565, 1, 1, 0),
            ("sao", 2565, 2567, 1, 1, 1),  # the one with the gap
            ("sao", 2566, 2566, 2, 2, 1),  # the upgraded one left the group after this year
            ("sao", 2566, 2567, 1, 1, 1),
            ("sao", 2567, 2567, 2, 2, 0),
            ("thesaban_tambon", 2566, 2567, 1, 0, 0),
            ("thesaban_tambon", 2567, 2567, 1, 1, 1),
        ]


@BOTH
def test_what_is_published_at_each_level(open_tables: Tables, dataset: str) -> None:
    connection = open_tables(dataset)
    part = connection.table("part").df().rename(columns={"code": "part"})
    scores = connection.table("score").df().merge(part[["fiscal_year", "part", "level"]])
    grouped = scores.groupby(["fiscal_year", "level"])["organisation_id"]
    expected = grouped.agg(n_bodies="nunique", n_scores="size").reset_index()
    found = connection.table("coverage__level_year").df()
    assert found.to_dict("records") == expected.to_dict("records")


@BOTH
def test_grades_of_groups(open_tables: Tables, dataset: str) -> None:
    connection = open_tables(dataset)
    results = connection.table("result__organisation_year").df()
    members = expected_members(results).merge(results, on=["organisation_id", "fiscal_year"])
    members = members[members["overall"].notna() & (members["grade_basis"] != "no_scale")]
    members["grade_code"] = members["grade_code"].fillna("undecided")
    keys = [*GROUP, "grade_code"]
    expected = members.groupby(keys).size().rename("n").reset_index()
    compare(connection.table("grade__group_year").df(), expected, keys)


@BOTH
def test_bins_of_groups(open_tables: Tables, dataset: str) -> None:
    connection = open_tables(dataset)
    results = connection.table("result__organisation_year").df().dropna(subset=["overall"])
    results["bin_from"] = [min(math.floor(scoring.round_half_up(value)), 99) for value in results["overall"]]
    keys = [*GROUP, "bin_from"]
    members = expected_members(results).merge(results, on=["organisation_id", "fiscal_year"])
    expected = members.groupby(keys).size().rename("n").reset_index()
    compare(connection.table("overall_bin__group_year").df(), expected, keys)


def test_where_a_bin_ends(tmp_path: Path) -> None:
    overalls = {"a": 100, "b": 99.995, "c": 99, "d": 89.995, "e": 89.99, "f": 0}
    folder = write_dataset(
        tmp_path,
        sources=[source()],
        organisations=[body(code, f"ทดสอบ {code}") for code in overalls],
        scores=[score(code, 2567, "overall", value) for code, value in overalls.items()],
    )
    with loaded(folder) as connection:
        build.derive(connection)
        bins = connection.execute(
            "SELECT bin_from, n FROM overall_bin__group_year"
            " WHERE place = 'all' AND kind = 'all' ORDER BY bin_from"
        )
        assert bins.fetchall() == [(0, 1), (89, 1), (90, 1), (99, 3)]


@BOTH
def test_items_of_groups(open_tables: Tables, dataset: str) -> None:
    connection = open_tables(dataset)
    items = pd.concat([connection.table("score").df(), connection.table("recomputed_score").df()])
    items = items.merge(
        connection.table("part").df(), left_on=["fiscal_year", "part"], right_on=["fiscal_year", "code"]
    )
    items = items[items["level"] == "item"].drop_duplicates(
        ["organisation_id", "fiscal_year", "part", "respondents"]
    )
    items["zero"] = items["value"] == 0
    items["lost"] = items["weight_in_total"] * (100 - items["value"])
    keys = [*GROUP, "part", "respondents"]
    members = expected_members(connection.table("result__organisation_year").df())
    grouped = members.merge(items, on=["organisation_id", "fiscal_year"]).groupby(keys)
    expected = pd.DataFrame(
        {
            "n": grouped.size(),
            "mean": grouped["value"].mean(),
            "n_zero": grouped["zero"].sum(),
            "share_zero": 100 * grouped["zero"].mean(),
            "mean_points_lost": grouped["lost"].mean(),
        }
    ).reset_index()
    assert set(expected["n_zero"]) > {0}
    compare(connection.table("item__group_year").df(), expected, keys)


def test_what_a_value_rests_on(open_tables: Tables) -> None:
    values = open_tables("published").table("part_value__organisation_year").df()
    assert set(values["basis"]) == {"published", "recomputed"}
    keys = ["organisation_id", "fiscal_year", "part", "respondents"]
    both = values[keys].merge(open_tables("published").table("score").df()[[*keys, "value"]], how="left")
    both = both.merge(
        open_tables("published").table("recomputed_score").df(),
        how="left",
        on=keys,
        suffixes=("", "_computed"),
    )
    assert both[["value", "value_computed"]].notna().all(axis=1).any()
    assert (
        values["value"].tolist() == both["value"].fillna(both["value_computed"]).tolist()
    )  # published is the truth
    assert (values["basis"] == "published").tolist() == both["value"].notna().tolist()


def test_one_body_is_a_group_of_one(one_body_warehouse: Warehouse) -> None:
    (row,) = one_body_warehouse.run("group_overall", place="TH-44", kind="sao").itertuples()
    assert (row.n, row.n_bodies) == (1, 1)
    assert (
        row.mean == row.min == row.q1 == row.median == row.q3 == row.max == 77.36
    )  # 0.3 · 84.20 + 0.3 · 83.00 + 0.4 · 68.00


# Ranks and changes ------------------------------------------------------------------------------------------


def test_equal_scores_share_a_rank_and_noise_makes_no_difference(tmp_path: Path) -> None:
    overalls = {"a": 90.0, "b": 95.0, "c": 90.0000000001, "d": 80.0, "e": 90.0, "f": None}
    folder = write_dataset(
        tmp_path / "data",
        sources=[source()],
        organisations=[body(code, f"ทดสอบ {code}") for code in overalls],
        scores=[score(code, 2567, "overall", value) for code, value in overalls.items() if value is not None]
        + [score("f", 2567, "IIT", 99)],
    )
    build_id = build.build([folder], out=tmp_path / "out")
    opened = Warehouse(publish.version_path(tmp_path / "out", build_id))
    rows = opened.run("results", fiscal_year=2567, **ALL, **RESULTS, **page(order="-overall"))
    opened.close()
    ranks = [None if pd.isna(rank) else int(rank) for rank in rows["rank"]]
    assert dict(zip(rows["organisation_id"], ranks, strict=True)) == {
        "b": 1, "a": 2, "c": 2, "e": 2, "d": 5, "f": None,
    }  # fmt: skip
    assert rows["organisation_id"].tolist() == ["b", "a", "c", "e", "d", "f"]  # ties by name, unranked last
    assert set(rows["n_ranked"].dropna()) == {5}


def test_lowest_indicators_name_all_that_tie_and_no_other(tmp_path: Path) -> None:
    folder = write_dataset(
        tmp_path,
        sources=[source()],
        organisations=[body("a", "ทดสอบ"), body("b", "ทดสอบสอง"), body("c", "ทดสอบสาม")],
        scores=[
            *result("a", 2567, [60, 80, 60, 90, 85, 60.001, 88, 77, 60, 99]),  # 60.001 is printed as 60.00
            *result("b", 2567, [60, 61, 62, 90, 85, 70, 88, 77, 59, 99]),
            score("c", 2567, "overall", 50),
        ],
    )
    with loaded(folder) as connection:
        build.derive(connection)
        found = connection.execute(
            "SELECT lowest_indicators, lowest_value FROM result__organisation_year ORDER BY organisation_id"
        )
        assert found.fetchall() == [("1, 3, 6, 9", 60.0), ("9", 59.0), (None, None)]


@pytest.fixture(scope="module")
def changes(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[int, str], float | None]:
    """The change on the year before of every part of a body that has a score everywhere, by year and part."""
    rows = []
    for year, one in EDITIONS.items():
        rows += [
            score("a", year, part.code, 50 + (year - 2561))
            for part in one.parts.values()
            if part.level != "item"
        ]
    folder = write_dataset(
        tmp_path_factory.mktemp("changes"),
        sources=[source()],
        organisations=[body("a", "ทดสอบ")],
        scores=rows,
    )
    with loaded(folder) as connection:
        build.derive(connection)
        found = connection.execute(
            "SELECT fiscal_year, part, change FROM part_value__organisation_year WHERE respondents = 'all'"
        ).fetchall()
    return {(year, part): change for year, part, change in found}


@pytest.mark.parametrize("year", YEARS)
def test_a_change_stops_where_the_break_says(changes: dict[tuple[int, str], float | None], year: int) -> None:
    one, depth = EDITIONS[year], {level: number for number, level in enumerate(("none", *edition.LEVELS))}
    allowed = depth[one.break_before.comparable] if one.break_before else len(depth)
    for part in one.parts.values():
        if part.level == "item":
            continue
        known_before = year > 2561 and part.code in EDITIONS[year - 1].parts
        comparable = known_before and depth[part.level] <= allowed
        assert changes[year, part.code] == (1.0 if comparable else None), part.code


def test_golden_changes_across_breaks(changes: dict[tuple[int, str], float | None]) -> None:
    # 2561|2562 never compared; 2565|2566 down to the indicator; 2564|2565 no break
    assert changes[2562, "overall"] is None
    assert (changes[2566, "9"], changes[2566, "9.1"]) == (1.0, None)
    assert (changes[2565, "9"], changes[2565, "9.1"]) == (1.0, 1.0)


def test_no_change_over_a_missing_year(missing_year_warehouse: Warehouse) -> None:
    gap = missing_year_warehouse.run("organisation_results", organisation="test-gap")
    assert gap["fiscal_year"].tolist() == [2563, 2565]
    assert gap["overall_change"].isna().all()
    assert gap["previous_overall"].isna().all()
    whole = missing_year_warehouse.run("organisation_results", organisation="test-whole")
    assert whole["fiscal_year"].tolist() == [2563, 2564, 2565]
    assert whole["overall_change"].notna().tolist() == [False, True, True]


# Datasets that come together or wrong -----------------------------------------------------------------------


def test_bodies_of_several_folders_are_labelled_and_ordered_together(tmp_path: Path) -> None:
    # the same name in the same district: only an id tells them apart
    one = write_dataset(
        tmp_path / "one",
        sources=[source("doc-one")],
        organisations=[body("z", "ทดสอบฮ"), body("same-1", "ทดสอบ", district_th="ทดสอบ")],
        scores=[score("z", 2567, "overall", 90, source_id="doc-one")],
    )
    two = write_dataset(
        tmp_path / "two",
        sources=[source("doc-two")],
        organisations=[
            body("same-2", "ทดสอบ", district_th="ทดสอบ"),
            body("e", "เทดสอบ"),
            body("k", "กทดสอบ"),
        ],
        scores=[score("z", 2568, "overall", 91, source_id="doc-two")],  # of a body in the other folder
    )
    with loaded(one, two) as connection:
        rows = connection.execute(
            "SELECT organisation_id, label_th FROM organisation ORDER BY name_order"
        ).fetchall()
        numbers = connection.execute("SELECT name_order FROM organisation ORDER BY name_order").fetchall()
    assert [code for code, _ in rows] == ["k", "same-1", "same-2", "z", "e"]
    assert numbers == [(1,), (2,), (3,), (4,), (5,)]
    assert len({label for _, label in rows}) == 5


def test_parquet_is_read_as_csv_is(tmp_path: Path) -> None:
    folder = DATASETS["one_body"](tmp_path / "csv")
    other = tmp_path / "parquet"
    other.mkdir()
    for path in folder.glob("*.csv"):
        pd.read_csv(path).to_parquet(other / f"{path.stem}.parquet")
    answers = []
    for one in (folder, other):
        with loaded(one) as connection:
            build.derive(connection)
            answers.append(connection.table("result__organisation_year").df())
    assert len(answers[0]) == 1
    pd.testing.assert_frame_equal(*answers)


GOOD: dict[str, list[Row]] = {
    "sources": [source()],
    "organisations": [body("a", "ทดสอบ")],
    "scores": [score("a", 2567, "overall", 90)],
}
NAME = {"organisation_id": "a", "source_id": "doc-test", "source_row": "แถว 1", "printed_name": "อบต.ทดสอบ"}
WRONG: dict[str, tuple[dict[str, list[Row]], str]] = {
    "unknown column": ({"scores": [score("a", 2567, "overall", 90, points=1)]}, "points"),
    "column missing": ({"scores": [{"organisation_id": "a", "value": 90}]}, "scores"),
    "comma in a number": ({"scores": [score("a", 2567, "overall", "69,50")]}, "69,50"),
    "Thai digits": ({"scores": [score("a", 2567, "overall", "๖๙.๕๐")]}, "๖๙.๕๐"),
    "word for a number": ({"scores": [score("a", 2567, "overall", "ไม่มี")]}, "ไม่มี"),
    "word for yes or no": ({"scores": [score("a", 2567, "overall", 90, stands="ใช้")]}, "ใช้"),
    "half a year": ({"scores": [score("a", "2567.5", "overall", 90)]}, "2567.5"),
    "unknown column of a body": ({"organisations": [body("a", "ทดสอบ", colour="x")]}, "colour"),
    "body without a name": ({"organisations": [{**body("a", "ทดสอบ"), "name_th": None}]}, "name_th"),
    "names missing": ({"organisations": [{"organisation_id": "a", "type": "sao"}]}, "name_th, full_name_th"),
    "unknown type": ({"organisations": [{**body("a", "ทดสอบ"), "type": "village"}]}, "village"),
    "body twice": ({"organisations": [body("a", "ทดสอบ"), body("a", "ทดสอบสอง")]}, "a ซ้ำ"),
    "source name blank": ({"source_names": [{**NAME, "printed_name": None}]}, "source_names"),
    "source name missing": ({"source_names": [{"organisation_id": "a"}]}, "source_names"),
    "unknown column of a name": ({"source_names": [{**NAME, "colour": "x"}]}, "colour"),
    # what a fatal check refuses
    "score of nobody": ({"scores": [score("b", 2567, "overall", 90)]}, "organisation “b”"),
    "score of no edition": ({"scores": [score("a", 2599, "overall", 90)]}, "edition “2599”"),
    "score without a source": ({"scores": [score("a", 2567, "overall", 90, source_id="x")]}, "source “x”"),
    "score twice": ({"scores": [score("a", 2567, "overall", value) for value in (90, 91)]}, "2 ค่า"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_a_wrong_table_is_refused_and_leaves_nothing(
    tmp_path: Path, warehouse_folder: Callable[[str], Path], wrong: str
) -> None:
    tables, said = WRONG[wrong]
    folder = write_dataset(tmp_path / "data", **(GOOD | tables))
    out = Path(shutil.copytree(warehouse_folder("empty"), tmp_path / "out"))
    files, before = sorted(out.iterdir()), publish.current_path(out)
    with pytest.raises(build.BuildError, match=said):
        publish.publish(build.build([folder], out=out), out)
    assert sorted(out.iterdir()) == files
    assert publish.current_path(out) == before is not None


def test_the_same_tables_without_the_fault_are_taken(tmp_path: Path) -> None:
    folder = write_dataset(tmp_path / "data", **GOOD, source_names=[NAME])
    build_id = build.build([folder], out=tmp_path / "out")
    assert [path.name for path in (tmp_path / "out").iterdir()] == [f"ita-{build_id}.duckdb"]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("organisation_id,ปี\n".encode("cp874"), id="not-utf-8"),
        pytest.param(b"organisation_id,fiscal_year\na,2567,8,9\nb\n", id="ragged"),
        pytest.param(b"PK\x03\x04\x00\x00", id="a-workbook"),
    ],
)
def test_a_file_that_is_no_table_is_refused(tmp_path: Path, content: bytes) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "scores.csv").write_bytes(content)
    with pytest.raises(build.BuildError):
        build.build([folder], out=tmp_path / "out")
    assert list((tmp_path / "out").iterdir()) == []


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(build.BuildError, match="nowhere"):
        build.build([tmp_path / "nowhere"], out=tmp_path / "out")
    assert list((tmp_path / "out").iterdir()) == []


def test_an_unforeseen_failure_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(connection: duckdb.DuckDBPyConnection) -> None:
        raise RuntimeError("ทดสอบ")

    monkeypatch.setattr(build, "run_checks", fail)
    with pytest.raises(RuntimeError, match="ทดสอบ"):
        build.build([], out=tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_progress_runs_from_little_to_all_and_a_build_publishes_nothing(tmp_path: Path) -> None:
    said: list[tuple[float, str]] = []
    build.build([], out=tmp_path, progress=lambda share, message: said.append((share, message)))
    shares = [share for share, _ in said]
    assert shares == sorted(shares)
    assert 0 < shares[0] < 0.1
    assert shares[-1] == 1
    assert all(message for _, message in said)
    assert publish.current_path(tmp_path) is None
    assert [version.current for version in publish.versions(tmp_path)] == [False]
