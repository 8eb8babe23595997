"""Movers: what was to be expected, worked out by hand, and what the queries make of it.

The dataset (`tests/factory.py`, "movers"), change by headroom at the start:

    2566-2567   16 อบต. with 40: 8 by +12, 8 by +8     16 อบต. with 20: 8 by +5, 8 by +3     อบจ. on the means
        The line runs through the means (40, 10) and (20, 4): slope 6 / 20 = 0.3, intercept 4 - 0.3 x 20 = -2.
        Distances from it are 2 and 1: slope 1 / 20 = 0.05, intercept 0.
        With the 2 อบจ. on the line the distances of all types are 2 x 16/17 and 16/17.
    2567-2568   all by -6: slope 0, intercept -6, no distance.
    2565-2566   17 with 25 by -15, 17 with 30 by +10: slope 25 / 5 = 5, held at 1; intercept -2.5 - 27.5.
    2564-2565   17 with 26 by +1, 17 with 30 by 0: slope -0.25, held at 0; intercept 0.5. One: 0.2 by +0.1.
"""

from collections.abc import Callable

import datafusion
import duckdb
import pandas as pd
import pytest

from dashboard.listing import Asked
from tests.warehouse.test_queries import plain, rows_of, same
from warehouse import warehouse
from warehouse.warehouse import Value, Warehouse

ALL: dict[str, Value] = {"place": "all", "kind": "all"}
SMALL: dict[str, Value] = {"small": 0.02}
EVERYBODY: dict[str, Value] = {"show": "all", "only": ""}


@pytest.fixture(scope="module")
def moved(open_dataset: Callable[[str], Warehouse]) -> Warehouse:
    return open_dataset("movers")


def years(from_year: int, to_year: int) -> dict[str, Value]:
    return {"from_year": from_year, "to_year": to_year}


def line(moved: Warehouse, from_year: int, to_year: int, kind: str) -> pd.Series:
    return moved.run("expected_lines", **years(from_year, to_year)).set_index("type").loc[kind]


def body(moved: Warehouse, from_year: int, to_year: int, one: str) -> pd.Series:
    found = moved.run(
        "movers",
        **ALL,
        **SMALL,
        **years(from_year, to_year),
        **EVERYBODY | {"only": f",{one},"},
        **Asked("name").parameters(),
    )
    return found.iloc[0]


@pytest.mark.parametrize(
    ("from_year", "to_year", "kind", "slope", "intercept", "usual_slope", "usual_intercept"),
    [
        (2566, 2567, "sao", 0.3, -2, 0.05, 0),
        (2566, 2567, "all", 0.3, -2, 0.05 * 16 / 17, 0),
        (2567, 2568, "sao", 0, -6, 0, 0),
        (2565, 2566, "sao", 1, -30, 0, 10),
        (2564, 2565, "sao", 0, 0.5, 0, 0.5),
    ],
    ids=["by hand", "all types", "all alike", "slope held at 1", "slope held at 0"],
)
def test_the_line(
    moved: Warehouse,
    from_year: int,
    to_year: int,
    kind: str,
    slope: float,
    intercept: float,
    usual_slope: float,
    usual_intercept: float,
) -> None:
    found = line(moved, from_year, to_year, kind)
    assert found["slope"] == pytest.approx(slope)
    assert found["intercept"] == pytest.approx(intercept)
    assert found["usual_slope"] == pytest.approx(usual_slope)
    assert found["usual_intercept"] == pytest.approx(usual_intercept)


def test_few_bodies_of_a_type_are_measured_by_the_line_of_all_and_say_so(moved: Warehouse) -> None:
    few, many = line(moved, 2566, 2567, "pao"), line(moved, 2566, 2567, "sao")
    assert (few["n_type"], few["fitted_on"], few["n"]) == (2, "all", 34)
    assert (many["n_type"], many["fitted_on"], many["n"]) == (32, "sao", 32)


def test_nobody_is_expected_to_pass_the_ceiling(moved: Warehouse) -> None:
    """The line of all types promises 17.1 / 35 = 0.4886 points; the body had room for 0.2."""
    assert line(moved, 2564, 2565, "all")["intercept"] == pytest.approx(17.1 / 35)
    found = body(moved, 2564, 2565, "test-ceiling")
    assert found["expected"] == pytest.approx(0.2)
    assert found["beyond"] == pytest.approx(-0.1)


def test_a_low_start_that_rose_more_is_less_of_a_surprise(moved: Warehouse) -> None:
    low, high = body(moved, 2566, 2567, "test-a00"), body(moved, 2566, 2567, "test-b01")
    assert (low["change"], high["change"]) == pytest.approx((12, 5))
    assert (low["expected"], high["expected"]) == pytest.approx((10, 4))
    assert (low["beyond"], high["beyond"]) == pytest.approx((2, 1))
    assert (low["usual"], high["usual"]) == pytest.approx((2, 1))
    assert (low["times"], high["times"]) == pytest.approx((1, 1)), "both twice as far as half of their like"
    fell = body(moved, 2567, 2568, "test-a00")
    assert fell["beyond"] == pytest.approx(0)
    assert pd.isna(fell["times"]), "where all move alike there is no usual distance"


def test_what_is_counted(moved: Warehouse) -> None:
    """80 + 5 = 85 passes and 85 - 6 fails again; the อบจ. on the mean go to 84."""
    up = moved.run("mover_counts", **ALL, **SMALL, **years(2566, 2567)).iloc[0]
    assert (up["n"], up["n_up"], up["n_down"], up["n_expected"]) == (34, 34, 0, 34)
    assert (up["n_passing"], up["n_failing"]) == (8, 0)
    assert up["mean_change"] == pytest.approx(7)
    down = moved.run("mover_counts", **ALL, **SMALL, **years(2567, 2568)).iloc[0]
    assert (down["n_down"], down["n_passing"], down["n_failing"]) == (34, 0, 8)
    small = moved.run("mover_counts", **ALL, small=1.0, **years(2564, 2565)).iloc[0]
    assert (small["n_up"], small["n_small"]) == (0, 35)


@pytest.mark.parametrize(
    ("show", "pair", "n"),
    [("passing", (2566, 2567), 8), ("failing", (2567, 2568), 8), ("improved", (2566, 2567), 16)],
)
def test_the_lists_hold_what_was_counted(moved: Warehouse, show: str, pair: tuple[int, int], n: int) -> None:
    parameters = ALL | SMALL | years(*pair) | EVERYBODY | {"show": show}
    found = moved.run("movers", **parameters, **Asked("-beyond", rows=3).parameters())
    assert len(found) == 3
    assert set(found["n"]) == {n}
    assert list(found["beyond"]) == sorted(found["beyond"], reverse=True)


def test_no_expectation_where_the_overall_may_not_be_compared(published_warehouse: Warehouse) -> None:
    for later in range(2562, 2569):
        assert published_warehouse.run("expected_lines", from_year=2561, to_year=later).empty


def test_no_expectation_from_a_handful(published_warehouse: Warehouse) -> None:
    lines = published_warehouse.run("expected_lines", **years(2566, 2567))
    assert list(lines["n_type"]) == [2, 1, 1]
    assert lines["intercept"].isna().all()
    assert lines["n"].isna().all()


def test_contributions_are_means_over_the_bodies_with_all_parts(
    missing_year_warehouse: Warehouse,
) -> None:
    """Two bodies 2563-2565: indicator 1 rose by 8 and 4: 0.06 x 6; 9 by 40 and 35: 0.20 x 37.5."""
    found = missing_year_warehouse.run(
        "group_contributions", **ALL, **years(2563, 2565), level="indicator"
    ).set_index("part")
    assert set(found["n"]) == {2}
    assert found["mean_contribution"].drop("overall").to_list() == pytest.approx(
        [0.36, 0.27, 0.33, 0.45, 0.45, 0.65, 0.60, 0.60, 7.50, 6.00]
    )
    assert found.at["overall", "mean_contribution"] == pytest.approx(17.21, abs=0.02)
    one = missing_year_warehouse.run("group_contributions", **ALL, **years(2563, 2564), level="indicator")
    assert set(one["n"]) == {1}


def test_a_second_engine_agrees_where_something_is_expected(
    moved: Warehouse, open_tables: Callable[[str], duckdb.DuckDBPyConnection]
) -> None:
    context, tables = datafusion.SessionContext(), open_tables("movers")
    for (name,) in tables.execute("SELECT table_name FROM information_schema.tables").fetchall():
        context.from_arrow(tables.table(name).to_arrow_table(), name)
    page = Asked("-times", rows=20).parameters()
    pair = years(2566, 2567)
    questions: list[tuple[str, dict[str, Value]]] = [
        ("expected_lines", pair),
        ("mover_counts", ALL | SMALL | pair),
        ("mover_bins", ALL | pair | {"width": 2}),
        ("grade_transitions", ALL | pair),
        *(
            ("movers", ALL | SMALL | pair | EVERYBODY | {"show": show} | page)
            for show in ("all", "improved", "passing")
        ),
    ]
    for query, parameters in questions:
        here = rows_of(moved.run(query, **parameters))
        answer = context.sql(warehouse.query_text(query), param_values=parameters).to_arrow_table()
        there = [tuple(map(plain, row.values())) for row in answer.to_pylist()]
        assert len(here) == len(there) > 0
        for row, other in zip(here, there, strict=True):
            assert all(same(one, another) for one, another in zip(row, other, strict=True)), (
                query,
                row,
                other,
            )
