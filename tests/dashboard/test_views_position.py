"""A body's position in its group, in words and on the chart."""

import pandas as pd

from dashboard.selection import Group
from dashboard.view import View
from dashboard.views.position import standing

PEERS = Group("TH-44", "sao", "อบต. · จ.มหาสารคาม")
COLUMNS = ["aspect", "value", "n", "n_above", "n_below", "n_equal", "q1", "median", "q3", "aspect_order"]


def rows(*given: tuple[object, ...]) -> pd.DataFrame:
    return pd.DataFrame(given, columns=COLUMNS)


def test_a_position_says_rank_percentile_and_gaps() -> None:
    """Of 10 bodies 6 are above, 2 below, 2 equal with it among them: percentile rank (2 + 1) / 10 = 30."""
    made = standing(
        rows(
            ("overall", 84.0, 10, 6, 2, 2, 83.0, 88.5, 92.0, 1),
            ("previous_of_both", 80.0, 8, 5, 2, 1, 79.0, 84.0, 86.0, 2),
            ("overall_of_both", 84.0, 8, 4, 2, 2, 83.0, 88.0, 91.0, 3),
            ("change", 4.0, 8, 1, 6, 1, 1.0, 3.0, 4.0, 4),
        ),
        PEERS,
        2567,
    )
    assert isinstance(made, View)
    for words in (
        "อันดับ 7 จาก 10 แห่ง (เท่ากัน 2 แห่ง) เปอร์เซ็นไทล์ 30.0",
        "ต่ำกว่ามัธยฐาน (88.50) 4.50",
        "ต่ำกว่าจุดเริ่มของหนึ่งในสี่บนสุด (92.00) 8.00",
        "เหลือถึง 100 อีก 16.00",
        "ในแห่งที่มีทั้งสองปี อันดับ 6 → 5 จาก 8",
        "การเปลี่ยนแปลง +4.00 อยู่อันดับ 2 จาก 8",
    ):
        assert words in made.sentence
    assert list(made.frame["เปอร์เซ็นไทล์"]) == [30.0, 31.25, 37.5, 81.25]
    assert list(made.frame["กลุ่มหนึ่งใน 5 (5 สูงสุด)"]) == [2, 2, 2, 5]
    assert pd.isna(made.frame["เหลือถึง 100"].iloc[-1])
    assert made.figure is not None
    assert list(made.figure.data[0].x) == [30.0, 31.25, 37.5, 81.25]


def test_nothing_is_ranked_in_a_small_group_or_without_a_score() -> None:
    few = standing(rows(("overall", 84.0, 4, 1, 2, 1, 80.0, 82.0, 85.0, 1)), PEERS, 2567)
    assert isinstance(few, str)
    assert "4 แห่ง" in few
    absent = standing(rows(("overall", None, 40, None, None, None, 80.0, 82.0, 85.0, 1)), PEERS, 2567)
    assert isinstance(absent, str)
    assert "ไม่มีตำแหน่ง" in absent


def test_two_years_are_left_out_where_too_few_bodies_have_both() -> None:
    made = standing(
        rows(
            ("overall", 84.0, 10, 6, 3, 1, 83.0, 88.5, 92.0, 1),
            ("change", 4.0, 2, 1, 0, 1, 1.0, 3.0, 4.0, 4),
        ),
        PEERS,
        2567,
    )
    assert isinstance(made, View)
    assert len(made.frame) == 1
    assert "การเปลี่ยนแปลง" not in made.sentence
