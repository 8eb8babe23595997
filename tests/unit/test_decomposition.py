"""The decomposition of a change, worked by hand on two published province means."""

import csv
from collections import defaultdict
from pathlib import Path

import pytest

import ita_data
from ita_data import edition
from ita_data.decomposition import decompose, same_weights
from ita_data.uncertainty import too_small

PUBLISHED = Path(ita_data.__file__).parent / "published" / "group_scores.csv"
# weight x (2564 - 2563): IIT 0.06, EIT 0.10, OIT 0.20
TRAT = {  # e.g. 10: 0.20 x (65.56 - 52.78) = 0.20 x 12.78
    "1": 0.0588, "2": 0.0954, "3": 0.0558, "4": 0.1170, "5": 0.0888,
    "6": 0.6880, "7": 0.6570, "8": 0.9290, "9": 0.5900, "10": 2.5560,
}  # fmt: skip


def means(province: str) -> dict[int, dict[str, float]]:
    found: dict[int, dict[str, float]] = defaultdict(dict)
    with PUBLISHED.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["group_name_th"] == province:
                found[int(row["fiscal_year"])][row["part"]] = float(row["value"])
    return found


def weights(year: int) -> dict[str, float | None]:
    return {
        part.code: part.weight_in_total
        for part in edition.load_editions()[year].parts.values()
        if part.level == "indicator"
    }


def test_trat_by_hand() -> None:
    """81.45 - 75.62 = 5.83; the contributions add up to 5.8358; rounding leaves -0.0058."""
    scores = means("ตราด")
    found = decompose(
        scores[2564]["overall"] - scores[2563]["overall"],
        same_weights(weights(2563), weights(2564)),
        scores[2563],
        scores[2564],
    )
    assert found is not None
    assert found.contributions == pytest.approx(TRAT)
    assert found.change == pytest.approx(5.83)
    assert found.rest == pytest.approx(-0.0058)
    assert found.whole
    assert too_small(found.rest, 0.04)


def test_chanthaburi_by_hand() -> None:
    """80.99 - 67.54 = 13.45; recomputed means 80.9868 - 67.5346 = 13.4522; rounding leaves -0.0022.

    Indicator 10 alone brought 0.20 x (65.39 - 29.82) = 7.114.
    """
    scores = means("จันทบุรี")
    found = decompose(13.45, same_weights(weights(2563), weights(2564)), scores[2563], scores[2564])
    assert found is not None
    assert sum(found.contributions.values()) == pytest.approx(13.4522)
    assert found.contributions["10"] == pytest.approx(7.114)
    assert found.rest == pytest.approx(-0.0022)


def test_bars_and_rest_always_add_up_to_the_change() -> None:
    scores = means("ตราด")
    found = decompose(5.83, {"9": 0.2, "10": 0.2}, scores[2563], scores[2564])
    assert found is not None
    assert not found.whole, "0.60 of the weight is in parts that are left out: the rest is no rounding"
    assert sum(found.contributions.values()) + found.rest == pytest.approx(5.83, abs=1e-12)


def test_nothing_comparable_leaves_everything_to_the_method() -> None:
    found = decompose(2.0, {}, {"overall": 80.0}, {"overall": 82.0})
    assert found is not None
    assert (dict(found.contributions), found.rest, found.whole) == ({}, 2.0, False)


def test_an_unknown_part_is_not_zero() -> None:
    assert decompose(1.0, {"1": 0.5, "2": 0.5}, {"1": 80.0, "2": 80.0}, {"1": 82.0}) is None


def test_only_parts_that_weigh_the_same_are_comparable() -> None:
    before = {"1": 0.06, "2": 0.06, "gone": 0.1, "unconfirmed": None}
    after = {"1": 0.06, "2": 0.08, "new": 0.1, "unconfirmed": None}
    assert same_weights(before, after) == {"1": 0.06}
