"""Whom to learn from, and what changed where a measure aimed: six bodies, worked by hand."""

from pathlib import Path

import pandas as pd
import pytest

from tests import factory
from warehouse import build, publish
from warehouse.warehouse import Warehouse

# (overall comes of them) indicators 1-10 of 2566 and of 2567; only indicator 10 is told apart
SAME = [80.0] * 9
BODIES = {
    "test-own": (40.0, 45.0),
    "test-near": (45.0, 75.0),  # +30, the overall 0.2 x 5 = 1 point from the own
    "test-nearest": (42.0, 72.0),  # +30 as well, 0.4 points from it, but no measure
    "test-fell": (45.0, 44.0),
    "test-part-too-far": (50.01, 100.0),
    "test-overall-too-far": (40.0, 100.0),
}
ASKED = {"organisation": "test-own", "fiscal_year": 2567, "part": "10", "place": "all", "kind": "all"}
WITHIN = {"overall_within": 5, "part_within": 10, "most": 10}


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    folder = tmp_path_factory.mktemp("plans")
    scores = []
    for code, values in BODIES.items():
        others = [95.0] * 9 if code == "test-overall-too-far" else SAME
        for year, value in zip((2566, 2567), values, strict=True):
            scores += factory.result(code, year, [*others, value])
    dataset = factory.write_dataset(
        folder / "dataset",
        sources=[factory.source()],
        organisations=[factory.body(code, f"ทดสอบ {code}") for code in BODIES],
        scores=scores,
        measures=[factory.measure(code, 2566) for code in ("test-near", "test-fell")],
        measure_indicators=[
            {"measure_id": "test-near-2566", "part": "10", "basis": "printed"},
            {"measure_id": "test-fell-2566", "part": "1", "basis": "printed"},
        ],
    )
    build_id = build.build([dataset], out=folder)
    return Warehouse(publish.version_path(folder, build_id))


def test_who_started_alike_and_rose_most(opened: Warehouse) -> None:
    rows = opened.run("alike_bodies", **ASKED, **WITHIN)
    # equal rises: the one with a measure first; who fell, or started too far away, is no example
    assert list(rows["organisation_id"]) == ["test-own", "test-near", "test-nearest"]
    assert list(rows["change"]) == pytest.approx([5, 30, 30])
    counts = rows.iloc[0][["n", "n_alike", "n_risen", "n_with_measure", "n_first"]]
    assert list(counts) == [5, 3, 2, 1, 2]
    assert rows["mean_change"].iloc[0] == pytest.approx((30 + 30 - 1) / 3)


def test_both_tolerances_count_and_are_inclusive(opened: Warehouse) -> None:
    wider = opened.run("alike_bodies", **ASKED, **WITHIN | {"part_within": 10.01})
    assert list(wider["organisation_id"])[1] == "test-part-too-far"
    assert wider["n_alike"].iloc[0] == 4
    # 0.3 x 15 + 0.3 x 15 + 0.4 x 7.5 = 12 points above the own
    assert opened.run("alike_bodies", **ASKED, **WITHIN | {"overall_within": 12})["n_alike"].iloc[0] == 4
    assert opened.run("alike_bodies", **ASKED, **WITHIN | {"overall_within": 11.9})["n_alike"].iloc[0] == 3


def test_the_list_is_cut_and_the_counts_are_not(opened: Warehouse) -> None:
    rows = opened.run("alike_bodies", **ASKED, **WITHIN | {"most": 1})
    assert list(rows["organisation_id"]) == ["test-own", "test-near"]
    assert list(rows[["n_risen", "n_first"]].iloc[0]) == [2, 2]
    nobody = opened.run("alike_bodies", **ASKED, **WITHIN | {"overall_within": -1})
    assert list(nobody[["n", "n_alike", "n_risen", "n_first"]].iloc[0]) == [5, 0, 0, 0]


@pytest.mark.parametrize("year", [2566, 2568], ids=["no year before", "no year"])
def test_without_two_years_of_the_body_there_is_nothing(opened: Warehouse, year: int) -> None:
    assert opened.run("alike_bodies", **ASKED | {"fiscal_year": year}, **WITHIN).empty


def test_the_measures_of_the_bodies_on_the_indicator(opened: Warehouse) -> None:
    rows = opened.run(
        "measures_on_part", organisations=",test-near,test-fell,", part="10", assessed_year=2566
    )
    assert list(rows["measure_id"]) == ["test-near-2566"]


def test_change_where_a_measure_aimed_and_elsewhere(opened: Warehouse) -> None:
    """Two bodies with a plan: 10 of test-near (45 → 75, aimed at), of test-fell (45 → 44), the rest at 80.

    Below 85 everything: aimed at are 10 of the one (+30) and 1 of the other (0); the other 18 changed by -1.
    """
    rows = opened.run("group_plan_changes", place="all", kind="all", fiscal_year=2567)
    expected = pd.DataFrame(
        {
            "is_weak": [True, True],
            "is_addressed": [True, False],
            "n": [2, 18],
            "n_bodies": [2, 2],
            "mean_from": [(45 + 80) / 2, (17 * 80 + 45) / 18],
            "mean_change": [15, -1 / 18],
            "n_planned": [2, 2],
        }
    )
    pd.testing.assert_frame_equal(rows, expected, check_dtype=False)


def test_a_body_s_indicators_in_the_year_after_its_plan(opened: Warehouse) -> None:
    rows = opened.run("organisation_plan_changes", organisation="test-near").set_index("part")
    assert list(rows["fiscal_year"].unique()) == [2566]
    assert rows.at["10", "value_after"] == 75
    assert rows.at["10", "change"] == pytest.approx(30)
    assert opened.run("organisation_plan_changes", organisation="test-own").empty


def test_over_a_break_nothing_is_compared(tmp_path: Path) -> None:
    scores = [
        *factory.result("test-one", 2561, [50] * 10)[:1],
        *factory.result("test-one", 2562, [80] * 10),
    ]
    dataset = factory.write_dataset(
        tmp_path / "dataset",
        sources=[factory.source()],
        organisations=[factory.body("test-one", "ทดสอบ")],
        scores=scores,
        measures=[factory.measure("test-one", 2561)],
    )
    opened = Warehouse(publish.version_path(tmp_path, build.build([dataset], out=tmp_path)))
    asked = ASKED | {"organisation": "test-one", "fiscal_year": 2562, "part": "overall"}
    assert opened.run("alike_bodies", **asked, **WITHIN).empty
    assert opened.run("group_plan_changes", place="all", kind="all", fiscal_year=2562).empty
    opened.close()
