"""Percentile ranks and quintiles, worked by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ita_data.position import percentile_rank, quintile


@pytest.mark.parametrize(
    ("below", "equal", "n", "expected"),
    [
        (0, 1, 1, 50.0),
        (99, 1, 100, 99.5),
        (0, 1, 100, 0.5),
        (0, 7, 7, 50.0),
        (2, 2, 5, 60.0),  # 70 80 90 90 95: of a 90 two are below, and it shares two places: (2 + 1) / 5
    ],
)
def test_percentile_rank(below: int, equal: int, n: int, expected: float) -> None:
    assert percentile_rank(below, equal, n) == expected


@pytest.mark.parametrize(("below", "equal", "n"), [(0, 0, 5), (-1, 1, 5), (4, 2, 5)])
def test_a_score_that_is_not_one_of_them_has_no_rank(below: int, equal: int, n: int) -> None:
    with pytest.raises(ValueError, match="do not fit"):
        percentile_rank(below, equal, n)


@pytest.mark.parametrize(
    ("percentile", "expected"), [(0.5, 1), (19.99, 1), (20, 2), (50, 3), (79.9, 4), (80, 5), (100, 5)]
)
def test_quintile(percentile: float, expected: int) -> None:
    assert quintile(percentile) == expected


@given(st.lists(st.integers(0, 20), min_size=1, max_size=40))
def test_percentile_ranks_of_a_whole_group_average_fifty(scores: list[int]) -> None:
    ranks = [
        percentile_rank(sum(other < one for other in scores), scores.count(one), len(scores))
        for one in scores
    ]
    assert sum(ranks) / len(ranks) == pytest.approx(50)
