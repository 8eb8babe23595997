"""What the explorer keeps in the address: read back to the same, and wrong codes are said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.explored import (
    ALL_SCORES,
    FACETS,
    Explored,
    Measure,
    Scores,
    cell,
    parse,
    scores_of,
    upto,
)

PARTS = ("overall", "IIT", "EIT", "9.1", "10", "E3", "O33")
ASKED = {"EIT": ["public", "survey"], "E3": ["public", "survey"]}

plain = st.sampled_from(PARTS).map(Measure)
measures = plain | st.builds(Measure, st.sampled_from(list(ASKED)), st.sampled_from(["public", "survey"]))
hundredths = st.integers(0, 10_000).map(lambda number: number / 100)
bounds = st.tuples(hundredths, hundredths).filter(lambda two: two[0] < two[1])
scores = st.builds(lambda first, second: Scores(*first, *second), bounds, bounds)
explored = st.builds(
    Explored,
    measure=measures,
    other=measures,
    facet=st.sampled_from(["", *FACETS]),
    headroom=st.booleans(),
    by_mark=st.booleans(),
    marked=st.just(ALL_SCORES) | scores,
)


@given(explored)
def test_the_code_reads_back_to_the_same(one: Explored) -> None:
    assert parse(one.code, PARTS, ASKED, FACETS) == (one, [])
    assert one.code.isascii()
    assert len(one.code) <= 120


def test_nothing_chosen_is_no_code() -> None:
    assert Explored().code == ""
    assert parse("", PARTS, ASKED, FACETS) == (Explored(), [])


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("O99", "“O99”"),
        ("10-public", "“10” ไม่แยกกลุ่มผู้ตอบ “public”"),
        ("10_EIT-staff", "“staff”"),
        ("10_EIT_colour", "“colour”"),
        ("10_EIT_in70-60-0-101", "“in70-60-0-101”"),
        ("10_EIT_in60-70", "“in60-70”"),
        ("10_EIT_in0-999-0-101", "“in0-999-0-101”"),
    ],
)
def test_what_cannot_be_read_is_said_and_left_at_its_default(code: str, said: str) -> None:
    found, problems = parse(code, PARTS, ASKED, FACETS)
    assert len(problems) == 1
    assert said in problems[0]
    assert found.marked == ALL_SCORES


def test_a_facet_the_group_cannot_be_split_by_is_said() -> None:
    found, problems = parse("10_EIT_region", PARTS, ASKED, ["kind", "year"])
    assert found.facet == ""
    assert problems == ["กลุ่มนี้แยกตามภาคไม่ได้"]


def test_another_measure_forgets_what_was_marked_on_the_old_one() -> None:
    old = Explored(Measure("10"), marked=Scores(60, 70), headroom=True)
    assert old.about(measure=Measure("9.1")) == Explored(Measure("9.1"), headroom=True)


def test_bounds_are_from_included_to_not_included_at_two_decimals() -> None:
    low, high = cell(98, 2)
    assert (low, high) == (98, 100.01)
    assert Scores(low, high).has(100, 0)
    assert not Scores(*cell(96, 2)).has(98, 0)
    assert Scores(*cell(96, 2)).has(97.994, 0)
    assert not Scores(*cell(96, 2)).has(97.995, 0), "it is shown as 98.00"
    assert Scores(66.43, upto(66.43)).has(66.4333, 50)
    assert scores_of(Scores(66.43, upto(66.43)).code) == Scores(66.43, 66.44)
