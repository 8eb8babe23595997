"""The sums, each worked by hand from published figures, and the grades with their bounds."""

import itertools

import pytest

from ita_data.edition import load_editions
from ita_data.scoring import contribution, grade, headroom, points_lost, recompute, round_half_up

EDITIONS = load_editions()
INDICATORS = [str(number) for number in range(1, 11)]

# เทศบาลตำบลเขาสวนกวาง 2563, the indicators in order
KHAO_SUAN_KWANG = [83.21, 90.42, 87.63, 79.19, 86.10, 79.19, 85.91, 81.66, 39.75, 25.00]
# เทศบาลนครขอนแก่น 2564
KHON_KAEN = [95.57, 91.12, 90.81, 90.24, 92.25, 93.04, 92.26, 91.35, 100, 100]
# อบต.เขวาใหญ่ 2567: the official table, and the one in which the external survey counts the public group only
KHWAO_YAI = [87.33, 85.33, 94.67, 64.00, 74.89, 88.61, 84.08, 75.70, 66.43, 35.00]
KHWAO_YAI_PUBLIC = [*KHWAO_YAI[:5], 88.13, 81.79, 60.49, *KHWAO_YAI[8:]]

# The same body's items
INTERNAL = [
    80.00,
    85.33,
    96.67,
    80.67,
    86.00,
    89.33,
    93.33,
    94.00,
    96.67,
    39.33,
    93.33,
    59.33,
    78.00,
    74.67,
    72.00,
]
EXTERNAL_PUBLIC = [80.98, 83.41, 100, 81.46, 80.98, 82.93, 77.56, 81.95, 21.95]
EXTERNAL_SURVEY = [80.91, 86.39, 100, 83.64, 87.27, 88.18, 85.45, 87.27, 100]
NOT_DISCLOSED = {8, 9, 12, 14, 16, 17, 24, 25, 28, 30, 31, 33, 34, 35}

Scores = dict[tuple[str, str], float]


def indicators(values: list[float]) -> Scores:
    return {(code, "all"): value for code, value in zip(INDICATORS, values, strict=True)}


def khwao_yai_items() -> Scores:
    return {
        **{(f"I{n}", "all"): value for n, value in enumerate(INTERNAL, start=1)},
        **{(f"E{n}", "public"): value for n, value in enumerate(EXTERNAL_PUBLIC, start=1)},
        **{(f"E{n}", "survey"): value for n, value in enumerate(EXTERNAL_SURVEY, start=1)},
        **{(f"O{n}", "all"): 0 if n in NOT_DISCLOSED else 100 for n in range(1, 36)},
    }


def possible(fiscal_year: int, overall: float | None, **instruments: float | None) -> list[str]:
    return [level.code for level in grade(EDITIONS[fiscal_year], overall, instruments).possible]


# Recomputing ------------------------------------------------------------------


def test_khao_suan_kwang_2563() -> None:
    # IIT (83.21 + 90.42 + 87.63 + 79.19 + 86.10) / 5 = 426.55 / 5 = 85.31
    # EIT (79.19 + 85.91 + 81.66) / 3               = 246.76 / 3 = 82.25333
    # OIT (39.75 + 25.00) / 2                                    = 32.375
    # 0.30 x 85.31 + 0.30 x 82.25333 + 0.40 x 32.375 = 25.593 + 24.676 + 12.950 = 63.219
    found = recompute(EDITIONS[2563], indicators(KHAO_SUAN_KWANG))
    assert found["IIT", "all"] == pytest.approx(85.31)
    assert found["EIT", "all"] == pytest.approx(246.76 / 3)
    assert found["OIT", "all"] == pytest.approx(32.375)
    assert found["overall", "all"] == pytest.approx(63.219)
    assert abs(found["overall", "all"] - 63.21) <= EDITIONS[2563].tolerance  # printed, truncated
    assert set(found) == {(code, "all") for code in ("overall", "IIT", "EIT", "OIT")}
    assert possible(2563, 63.21) == ["D"]


def test_khon_kaen_2564() -> None:
    # IIT (95.57 + 91.12 + 90.81 + 90.24 + 92.25) / 5 = 459.99 / 5 = 91.998
    # EIT (93.04 + 92.26 + 91.35) / 3                 = 276.65 / 3 = 92.21667
    # OIT (100 + 100) / 2                                          = 100
    # 27.5994 + 27.665 + 40 = 95.2644
    found = recompute(EDITIONS[2564], indicators(KHON_KAEN))
    assert found["IIT", "all"] == pytest.approx(91.998)
    assert found["EIT", "all"] == pytest.approx(92.2167, abs=5e-5)
    assert found["OIT", "all"] == 100
    assert found["overall", "all"] == pytest.approx(95.2644)
    assert possible(2564, found["overall", "all"]) == ["AA"]


def test_khwao_yai_2567_from_the_official_table() -> None:
    # IIT (87.33 + 85.33 + 94.67 + 64.00 + 74.89) / 5 = 406.22 / 5 = 81.244
    # EIT (88.61 + 84.08 + 75.70) / 3                 = 248.39 / 3 = 82.79667
    # OIT (66.43 + 35.00) / 2                                      = 50.715
    # 24.3732 + 24.839 + 20.286 = 69.4982
    found = recompute(EDITIONS[2567], indicators(KHWAO_YAI))
    assert found["overall", "all"] == pytest.approx(69.4982)
    assert possible(2567, found["overall", "all"]) == ["urgent"]


def test_khwao_yai_2567_counting_the_public_group_only() -> None:
    # EIT (88.13 + 81.79 + 60.49) / 3 = 230.41 / 3 = 76.80333; 24.3732 + 23.041 + 20.286 = 67.7002
    found = recompute(EDITIONS[2567], indicators(KHWAO_YAI_PUBLIC))
    assert found["overall", "all"] == pytest.approx(67.7002)


def test_khwao_yai_2567_from_its_items() -> None:
    found = recompute(EDITIONS[2567], khwao_yai_items())
    # 9.1 6 of 6, 9.2 4 of 7, 9.3 1 of 4, 9.4 4 of 4, 9.5 2 of 4 disclosed:
    # (100 + 57.14286 + 25 + 100 + 50) / 5 = 66.42857; over the 25 items it would be 17 / 25 = 68.00
    assert [round_half_up(found[f"9.{n}", "all"]) for n in range(1, 6)] == [100, 57.14, 25, 100, 50]
    assert round_half_up(found["9", "all"]) == 66.43
    # 10.1 3 of 6, 10.2 1 of 4: (50 + 25) / 2; printed 35.00
    assert found["10", "all"] == pytest.approx(37.50)
    # E9 (21.95 + 100) / 2 = 60.975, and 8 = (81.505 + 84.61 + 60.975) / 3 = 75.69667
    assert found["E9", "all"] == pytest.approx(60.975)
    assert found["8", "all"] == pytest.approx(75.69667)
    # The groups: public 8 (77.56 + 81.95 + 21.95) / 3 = 60.48667, its EIT 691.22 / 9 = 76.80222,
    # survey EIT 799.11 / 9 = 88.79
    assert found["8", "public"] == pytest.approx(60.48667)
    assert found["EIT", "public"] == pytest.approx(691.22 / 9)
    assert found["EIT", "survey"] == pytest.approx(88.79)
    assert ("overall", "public") not in found
    assert ("IIT", "public") not in found
    # IIT 1218.66 / 15 = 81.244, EIT (76.80222 + 88.79) / 2 = 82.79611, OIT (66.42857 + 37.5) / 2 = 51.96429
    # 24.3732 + 24.838833 + 20.785714 = 69.997748
    assert found["overall", "all"] == pytest.approx(69.998, abs=5e-4)


def test_published_scores_are_preferred_and_from_level_leaves_them_aside() -> None:
    edition = EDITIONS[2567]
    scores = khwao_yai_items() | indicators(KHWAO_YAI) | {("OIT", "all"): 0.0}
    # The published OIT of 0 counts: 69.4982 - 20.286
    assert recompute(edition, scores)["overall", "all"] == pytest.approx(49.2122)
    # ... and stands beside the one recomputed from the indicators
    assert recompute(edition, scores)["OIT", "all"] == pytest.approx(50.715)
    assert recompute(edition, scores)["10", "all"] == pytest.approx(37.50)
    assert recompute(edition, scores, from_level="indicator")["overall", "all"] == pytest.approx(69.4982)
    assert recompute(edition, scores, from_level="item") == recompute(edition, khwao_yai_items())
    with pytest.raises(ValueError, match="not in tuple"):
        recompute(edition, scores, from_level="items")


def test_a_published_item_is_preferred_to_the_mean_of_its_groups() -> None:
    edition = EDITIONS[2567]
    found = recompute(edition, khwao_yai_items() | {("E9", "all"): 90.0})
    assert found["E9", "all"] == pytest.approx(60.975)
    assert found["8", "all"] == pytest.approx((81.505 + 84.61 + 90) / 3)


def test_every_group_and_every_child_is_needed() -> None:
    edition = EDITIONS[2567]
    scores = khwao_yai_items()
    del scores["E9", "survey"]
    found = recompute(edition, scores)
    assert ("8", "public") in found
    assert not {("E9", "all"), ("8", "survey"), ("8", "all"), ("EIT", "all"), ("overall", "all")} & set(found)
    assert ("IIT", "all") in found


def test_nothing_is_recomputed_over_an_unconfirmed_split() -> None:
    items = {(code, "all"): 100.0 for code, part in EDITIONS[2566].parts.items() if part.level == "item"}
    assert recompute(EDITIONS[2566], items) == {}
    # 2563: the disclosure items are confirmed, the survey items not
    found = recompute(EDITIONS[2563], items)
    assert {code for code, _ in found} == {
        "9.1",
        "9.2",
        "9.3",
        "9.4",
        "9.5",
        "9",
        "10.1",
        "10.2",
        "10",
        "OIT",
    }


@pytest.mark.parametrize(
    ("fiscal_year", "values", "recomputed", "published"),
    [
        # ตราด: IIT 449.73 / 5 = 89.946, EIT 267.81 / 3 = 89.27, OIT 138.45 / 2 = 69.225
        (2564, [93.55, 87.72, 91.01, 87.93, 89.52, 90.55, 88.68, 88.58, 72.89, 65.56], 81.4548, 81.45),
        # IIT 442.80 / 5 = 88.56, EIT 245.07 / 3 = 81.69, OIT 122.72 / 2 = 61.36
        (2563, [92.57, 86.13, 90.08, 85.98, 88.04, 83.67, 82.11, 79.29, 69.94, 52.78], 75.6190, 75.62),
        # จันทบุรี: IIT 440.53 / 5 = 88.106, EIT 263.99 / 3 = 87.99667, OIT 140.78 / 2 = 70.39
        (2564, [92.84, 86.27, 89.21, 84.70, 87.51, 90.03, 87.99, 85.97, 75.39, 65.39], 80.9868, 80.99),
        # IIT 436.91 / 5 = 87.382, EIT 250.20 / 3 = 83.40, OIT 81.50 / 2 = 40.75
        (2563, [92.17, 85.44, 88.74, 84.05, 86.51, 84.62, 83.70, 81.88, 51.68, 29.82], 67.5346, 67.54),
        # นครนายก: IIT 454.86 / 5 = 90.972, EIT 271.51 / 3 = 90.50333, OIT 117.04 / 2 = 58.52
        (2564, [94.65, 89.11, 91.95, 89.29, 89.86, 92.12, 89.90, 89.49, 65.89, 51.15], 77.8506, 77.85),
    ],
    ids=["Trat 2564", "Trat 2563", "Chanthaburi 2564", "Chanthaburi 2563", "Nakhon Nayok 2564"],
)
def test_province_means(fiscal_year: int, values: list[float], recomputed: float, published: float) -> None:
    found = recompute(EDITIONS[fiscal_year], indicators(values))["overall", "all"]
    assert found == pytest.approx(recomputed)
    assert abs(found - published) <= EDITIONS[fiscal_year].tolerance


# Grades -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "rounded"),
    [
        (84.995, 85.00),
        (84.9949, 84.99),
        (1.005, 1.01),
        (2.675, 2.68),
        (69.4982, 69.50),
        (-0.001, 0.0),
        (100, 100),
    ],
)
def test_round_half_up(value: float, rounded: float) -> None:
    assert round_half_up(value) == rounded
    assert str(round_half_up(value)) == str(float(rounded))


@pytest.mark.parametrize(
    ("overall", "code"),
    [
        (100, "AA"), (95, "AA"), (94.995, "AA"), (94.99, "A"), (85, "A"), (84.99, "B"), (75, "B"), (65, "C"),
        (63.21, "D"), (55, "D"), (50, "E"), (49.99, "F"), (0, "F"),
    ],
)  # fmt: skip
def test_letters_to_2565(overall: float, code: str) -> None:
    result = grade(EDITIONS[2565], overall, {})
    assert result.grade is not None
    assert result.grade.code == code
    assert result.possible == (result.grade,)
    assert result.passed == (code in {"AA", "A"})


@pytest.mark.parametrize(
    ("overall", "iit", "eit", "oit", "code"),
    [
        (97, 96, 96, 98.5, "excellent"),
        (96, 95, 94.99, 97.5, "good"),
        (96, 95, 94.995, 97.5, "excellent"),  # 95.00 once rounded
        (94.64, 97, 84.99, 100, "pass"),
        (84.99, 100, 100, 62.48, "improve"),
        (70, 70, 70, 70, "improve"),
        (69.50, 81.24, 82.80, 50.72, "urgent"),
    ],
)
def test_levels_from_2566_with_all_instruments(
    overall: float, iit: float, eit: float, oit: float, code: str
) -> None:
    result = grade(EDITIONS[2568], overall, {"IIT": iit, "EIT": eit, "OIT": oit})
    assert result.grade is not None
    assert result.grade.code == code


ALL_PASSING = ["excellent", "good", "pass"]


@pytest.mark.parametrize(
    ("overall", "codes"),
    [
        (100, ["excellent"]),
        # Not excellent has an instrument below 95, so at most 0.3 x 95 + 0.7 x 100 = 98.5 in all
        (98.52, ["excellent"]),
        (98.51, ["excellent", "good"]),
        (98.50, ["excellent", "good"]),
        (95.81, ["excellent", "good"]),
        # "pass" has an instrument below 85, so at most 0.3 x 85 + 0.7 x 100 = 95.5 in all
        (95.52, ["excellent", "good"]),
        (95.51, ALL_PASSING),
        (95.50, ALL_PASSING),  # e.g. 84.99, 100, 100 makes 95.497
        (95.49, ALL_PASSING),
        (95.00, ALL_PASSING),
        (94.995, ALL_PASSING),  # 95.00 once rounded
        (94.99, ["good", "pass"]),
        (85.00, ["good", "pass"]),
        (84.995, ["good", "pass"]),
        (84.99, ["improve"]),
        (70.00, ["improve"]),
        (69.99, ["urgent"]),
        (0, ["urgent"]),
    ],
)
def test_levels_from_2566_by_the_overall_only(overall: float, codes: list[str]) -> None:
    result = grade(EDITIONS[2566], overall, {"IIT": None})
    assert [level.code for level in result.possible] == codes
    assert (result.grade.code if result.grade else None) == (codes[0] if len(codes) == 1 else None)
    assert result.passed == (overall >= 84.995)


def test_95_81_in_2566_has_passed_at_an_undecided_level() -> None:
    result = grade(EDITIONS[2566], 95.81, {})
    assert (result.grade, result.passed) == (None, True)
    assert {level.code for level in result.possible} == {"excellent", "good"}


def test_some_instruments_known() -> None:
    # One below 85 settles it
    assert possible(2568, 94.64, EIT=84.99) == ["pass"]
    # "pass" would have IIT below 85, so at most 25.5 + 0.3 x EIT + 40 in all: 92.5 with EIT 90, 94.9 with 98
    assert possible(2568, 94.64, EIT=90) == ["good"]
    assert possible(2568, 94.64, EIT=98) == ["good", "pass"]
    # IIT must be (95.20 - 70) / 0.30 = 84.00
    assert possible(2568, 95.20, EIT=100, OIT=100) == ["pass"]
    # IIT must be (98 - 70) / 0.30 = 93.33
    assert possible(2568, 98, EIT=100, OIT=100) == ["good"]
    # Below 85 by the overall alone
    assert possible(2568, 84.99, EIT=100) == ["improve"]
    # Not excellent would have IIT or EIT below 95, so at most 28.5 + 30 + 38 = 96.5 in all
    assert possible(2568, 97, OIT=95) == ["excellent"]


def test_an_instrument_that_cannot_belong_to_the_overall_is_disregarded() -> None:
    # 0.3 x 10 + 0.7 x 100 = 73 at most
    result = grade(EDITIONS[2568], 90, {"IIT": 10})
    assert [level.code for level in result.possible] == ["good", "pass"]
    assert result.passed is True
    # 0.4 x 85 + 0.6 x 100 = 94 at most
    assert possible(2568, 94.50, OIT=85) == ["good", "pass"]


def test_the_true_level_is_always_among_the_possible_ones() -> None:
    edition = EDITIONS[2568]
    values = [0, 60, 84.99, 85, 92, 94.99, 95, 98.33, 100]
    for scores in itertools.product(values, repeat=3):
        full = dict(zip(("IIT", "EIT", "OIT"), scores, strict=True))
        overall = 0.3 * full["IIT"] + 0.3 * full["EIT"] + 0.4 * full["OIT"]
        true = grade(edition, overall, full).grade
        for size in range(3):
            for known in itertools.combinations(full, size):
                assert true in grade(edition, overall, {code: full[code] for code in known}).possible


def test_no_grade_without_a_scale_or_an_overall() -> None:
    for result in (
        grade(EDITIONS[2561], 79.64, {}),
        grade(EDITIONS[2567], None, {"IIT": 90.0, "EIT": 90.0, "OIT": 90.0}),
    ):
        assert (result.grade, result.possible, result.passed) == (None, (), None)


# Weights ----------------------------------------------------------------------


def test_what_a_part_brings_and_costs() -> None:
    parts = EDITIONS[2567].parts
    # Indicator 10 weighs 0.20: from 35.00 to 37.50 brings 0.50, the 65 points missing cost 13
    assert contribution(parts["10"], 35.00, 37.50) == pytest.approx(0.50)
    assert points_lost(parts["10"], 35.00) == pytest.approx(13.0)
    # An item of 9.1 that is not disclosed: 0.40 x 1/2 x 1/5 x 1/6 x 100
    assert points_lost(parts["O1"], 0) == pytest.approx(0.6667, abs=5e-5)
    assert headroom(69.50) == pytest.approx(30.50)


def test_unknown_is_none_never_zero() -> None:
    weighted, unweighted = EDITIONS[2567].parts["10"], EDITIONS[2568].parts["O1"]
    assert headroom(None) is None
    assert contribution(weighted, None, 50) is None
    assert contribution(weighted, 50, None) is None
    assert contribution(unweighted, 0, 100) is None
    assert points_lost(weighted, None) is None
    assert points_lost(unweighted, 0) is None
