"""Groups that are a list of bodies: the list of a group's bodies answers everything as the group does."""

from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from pandas.testing import assert_frame_equal

from tests import factory
from tests.warehouse.test_queries import CASES, MAHA_SARAKHAM, of_dataset
from warehouse import build, lists, publish
from warehouse.warehouse import Value, Warehouse

# districts are those of a province, and a list has none
OF_GROUPS = [
    (query, case)
    for query, cases in CASES.items()
    for case, parameters in cases.items()
    if {"place", "kind"} <= set(parameters) and query != "districts"
]


def members(warehouse: Warehouse, group: dict[str, Value]) -> tuple[str, ...]:
    found = warehouse._connection.cursor().execute(
        "SELECT DISTINCT organisation_id FROM member__organisation_year"
        " WHERE place = $place AND kind = $kind ORDER BY organisation_id",
        group,
    )
    return tuple(one for (one,) in found.fetchall())


@pytest.mark.parametrize("dataset", ["published", "groups"])
@pytest.mark.parametrize(("query", "case"), OF_GROUPS)
def test_the_list_of_a_groups_bodies_answers_as_the_group(
    open_dataset: Callable[[str], Warehouse], dataset: str, query: str, case: str
) -> None:
    warehouse = open_dataset(dataset)
    asked = of_dataset(CASES[query][case] | MAHA_SARAKHAM, dataset)
    bodies = members(warehouse, MAHA_SARAKHAM)
    assert bodies
    listed = lists.open_list(warehouse.path, bodies)
    assert_frame_equal(
        listed.run(query, **asked | {"place": "all", "kind": "all"}), warehouse.run(query, **asked)
    )


def test_a_list_leaves_out_everybody_else(open_dataset: Callable[[str], Warehouse]) -> None:
    warehouse = open_dataset("published")
    listed = lists.open_list(warehouse.path, ("pattaya", "sao-khwao-yai"))
    row = listed.run("group_overall", place="all", kind="all").set_index("fiscal_year").loc[2567]
    values = warehouse.run("bodies_parts", organisations=",pattaya,sao-khwao-yai,", fiscal_year=2567)
    overall = values.loc[values["part"] == "overall", "value"]
    assert row["n"] == len(overall)
    assert row["mean"] == pytest.approx(overall.mean())
    assert row["min"] == 69.50


def test_a_list_knows_the_scores_of_a_body_that_is_not_in_it(
    open_dataset: Callable[[str], Warehouse],
) -> None:
    warehouse = open_dataset("published")
    listed = lists.open_list(warehouse.path, ("pattaya",))
    asked: dict[str, Value] = {"place": "all", "kind": "all", "fiscal_year": 2567}
    position = listed.run("organisation_position", organisation="sao-khwao-yai", **asked)
    assert position.set_index("part").at["overall", "value"] == 69.50
    assert not listed.run("organisation_rank", organisation="sao-khwao-yai", **asked)["is_member"].iloc[0]


def test_a_list_can_neither_write_the_version_nor_reach_files(
    open_dataset: Callable[[str], Warehouse],
) -> None:
    listed = lists.open_list(open_dataset("published").path, ("pattaya",))
    cursor = listed._connection.cursor()
    with pytest.raises(duckdb.Error, match="read-only"):
        cursor.execute("DELETE FROM version.score")
    with pytest.raises(duckdb.Error, match="disabled"):
        cursor.execute("SELECT * FROM read_text('/etc/passwd')")
    with pytest.raises(duckdb.Error, match="locked"):
        cursor.execute("SET enable_external_access = true")


@pytest.mark.parametrize("count", [0, lists.MOST_BODIES + 1])
def test_a_list_has_some_bodies_and_not_too_many(
    open_dataset: Callable[[str], Warehouse], count: int
) -> None:
    with pytest.raises(ValueError, match=f"not {count}"):
        lists.open_list(open_dataset("published").path, tuple(f"body-{number}" for number in range(count)))


def test_the_code_of_a_list_does_not_depend_on_the_order() -> None:
    assert lists.place_of(["b", "a"]) == lists.place_of(["a", "b"])
    assert lists.bodies_of(lists.place_of(["b", "a"])) == ("a", "b")
    assert lists.bodies_of("TH-44") == ()


def test_the_nearest_bodies_by_hand(tmp_path: Path) -> None:
    """Indicators 1 and 2 differ, the other eight are equal; a fifth body is of another type.

    Indicator 1: 80, 90, 80, 84, mean 83.5, variance (12.25 + 42.25 + 12.25 + 0.25) / 3 = 22.3333.
    Indicator 2: 80, 80, 84, 82, mean 81.5, variance (2.25 + 2.25 + 6.25 + 0.25) / 3 = 3.6667.
    So to the first, over ten indicators: √(100 / 22.3333 / 10) = 0.66915, √(16 / 3.6667 / 10) = 0.66058 and
    √((16 / 22.3333 + 4 / 3.6667) / 10) = 0.42513.
    """
    profiles = {"a": (80, 80), "b": (90, 80), "c": (80, 84), "d": (84, 82)}
    factory.write_dataset(
        tmp_path / "data",
        sources=[factory.source()],
        organisations=[
            *(factory.body(one, f"ทดสอบ{one}") for one in profiles),
            factory.body("e", "ทดสอบe", "thesaban_tambon"),
        ],
        scores=[
            row
            for one, (first, second) in {**profiles, "e": (80, 80)}.items()
            for row in factory.result(one, 2567, [first, second, *[90.0] * 8])
        ],
    )
    build_id = build.build([tmp_path / "data"], out=tmp_path)
    warehouse = Warehouse(publish.version_path(tmp_path, build_id))
    found = warehouse.run("nearest_bodies", organisation="a", fiscal_year=2568, most=20)
    assert list(found["organisation_id"]) == ["d", "c", "b"]
    assert list(found["distance"].round(5)) == [0.42513, 0.66058, 0.66915]
    assert set(found["profile_year"]) == {2567}
    assert warehouse.run("nearest_bodies", organisation="a", fiscal_year=2567, most=20).empty
    warehouse.close()
