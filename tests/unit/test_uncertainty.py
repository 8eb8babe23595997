"""What a difference means: bounds worked out by hand, and that no rounding gets past them."""

import math
import random

import pytest

from ita_data import edition, uncertainty
from ita_data.scoring import round_half_up


def test_two_printed_figures_differ_by_up_to_a_tolerance_for_nothing() -> None:
    one = edition.load_editions()[2567].tolerance
    assert uncertainty.of_change(one, one) == pytest.approx(0.02)
    assert uncertainty.of_decomposition(one, one) == pytest.approx(0.04)
    assert uncertainty.of_change(0.02, 0.04) == pytest.approx(0.03)


@pytest.mark.parametrize(
    ("difference", "small"),
    [(0.0, True), (0.01, True), (-0.02, True), (0.0249, True), (0.025, False), (0.03, False), (-0.03, False)],
)
def test_a_difference_counts_as_it_is_printed(difference: float, small: bool) -> None:
    assert uncertainty.too_small(difference, 0.02) is small


def test_the_difference_of_printed_figures_has_its_noise() -> None:
    """80.29 - 80.27 is 0.020000000000010232 in binary."""
    assert 80.29 - 80.27 > 0.02
    assert uncertainty.too_small(80.29 - 80.27, 0.02)


def test_equal_scores_never_look_different_however_they_are_printed() -> None:
    chance = random.Random(5)
    for _ in range(2000):
        exact = chance.uniform(0, 100)
        printed = round_half_up(exact), math.floor(exact * 100) / 100
        assert uncertainty.too_small(printed[0] - printed[1], 0.02)


def test_respondents_by_hand() -> None:
    """85 over 100 answers: sqrt(85 x 15 / 100) = 3.5707, times 1.96 = 6.9986; unanimity leaves nothing."""
    assert uncertainty.of_respondents(85, 100) == pytest.approx(6.9986, abs=1e-4)
    assert uncertainty.of_respondents(50, 25) == pytest.approx(19.6)
    assert uncertainty.of_respondents(100, 3) == 0


def test_no_answers_spread_further_than_the_bound() -> None:
    """Of all answers with a mean, those at 0 and 100 spread most, and they spread exactly that far."""
    answers = [100] * 17 + [0] * 3
    mean = sum(answers) / 20
    spread = math.sqrt(sum((one - mean) ** 2 for one in answers) / 20)
    assert uncertainty.of_respondents(mean, 20) == pytest.approx(1.96 * spread / math.sqrt(20))


@pytest.mark.parametrize(("mean", "n"), [(85, 0), (101, 10), (-1, 10)])
def test_nonsense_is_refused(mean: float, n: int) -> None:
    with pytest.raises(ValueError, match="no margin"):
        uncertainty.of_respondents(mean, n)
