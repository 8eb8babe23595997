"""Missing documents: shared by the group or a body's own, and an indicator through the editions."""

import pandas as pd
import pytest

from dashboard.selection import Group
from dashboard.view import View
from dashboard.views.missing import classed, depth, missing

GROUP = Group("TH-44", "sao", "อบต. · จ.มหาสารคาม")


def items(n: int = 20, weights: dict[str, float] | None = None) -> pd.DataFrame:
    """Four items of a group of n; without a weight what an item costs is unknown."""
    zero = {"O1": 0, "O2": 12, "O3": 10, "O4": 1}
    share = {part: 100 * count / n for part, count in zero.items()}
    weights = {} if weights is None else weights
    return pd.DataFrame(
        {
            "part": list(zero),
            "name_th": [f"ข้อ {part}" for part in zero],
            "position": range(4),
            "n": n,
            "n_zero": list(zero.values()),
            "share_zero": list(share.values()),
            "mean_points_lost": [weights[part] * share[part] if part in weights else None for part in zero],
        }
    ).astype({"mean_points_lost": "float64"})


WEIGHTS = {"O1": 0.01, "O2": 0.01, "O3": 0.025, "O4": 0.025}


def test_items_are_ordered_by_what_the_group_loses() -> None:
    """By hand: O3 50 % × 2.5 = 1.25 points, O2 60 % × 1 = 0.60, O4 5 % × 2.5 = 0.125; nobody lacks O1."""
    rows = classed(items(weights=WEIGHTS))
    assert list(rows["part"]) == ["O3", "O2", "O4"]
    assert list(rows["mean_points_lost"]) == pytest.approx([1.25, 0.60, 0.125])
    assert list(rows["together"]) == pytest.approx([1.25, 1.85, 1.975])
    assert list(rows["kind"]) == ["shared", "shared", "own"]


def test_the_sentence_says_what_one_letter_to_all_would_bring() -> None:
    made = missing(items(weights=WEIGHTS), year=2567, group=GROUP)
    assert isinstance(made, View)
    assert "ขาดร่วมกันตั้งแต่ครึ่งกลุ่ม 2 ข้อ (O3, O2)" in made.sentence
    assert "ของ 20 แห่งที่ทราบรายข้อเพิ่มเฉลี่ย 1.85 คะแนน" in made.sentence
    assert "ขาดเฉพาะแห่ง 1 ข้อ" in made.sentence


def test_without_confirmed_weights_shares_decide_and_no_points_are_promised() -> None:
    made = missing(items(), year=2568, group=GROUP)
    assert isinstance(made, View)
    assert list(made.frame["ข้อ"]) == ["O2", "O3", "O4"]
    assert "เพิ่มเฉลี่ย" not in made.sentence
    assert "ยังไม่ยืนยัน" in made.notes[0]


def test_items_known_of_different_bodies_are_not_added_up() -> None:
    rows = items(weights=WEIGHTS)
    rows.loc[rows["part"] == "O3", ["n", "n_zero"]] = [5, 3]
    made = missing(rows, year=2567, group=GROUP)
    assert isinstance(made, View)
    assert "(O2)" in made.sentence, "three of five are not half of twenty"
    assert made.frame["รวมสะสมถ้าแก้ตามลำดับ"].isna().all()


def test_nothing_is_said_of_a_small_group_or_where_nothing_is_missing() -> None:
    few = missing(items(4, WEIGHTS), year=2567, group=GROUP)
    assert isinstance(few, str)
    assert "4 แห่ง" in few
    none = missing(items(weights=WEIGHTS).assign(n_zero=0, share_zero=0.0), year=2567, group=GROUP)
    assert isinstance(none, str)
    assert "ไม่มีข้อใด" in none


def test_depth_says_the_lowest_year_and_the_item_that_holds_it_back() -> None:
    rows = pd.DataFrame(
        {
            "fiscal_year": [2567, 2567, 2566],
            "part": ["10", "10.1", "10"],
            "name_th": ["การป้องกันการทุจริต", "การดำเนินการ", "การป้องกันการทุจริต"],
            "level": ["indicator", "sub_indicator", "indicator"],
            "split_confirmed": [True, True, False],
            "n": [20, 20, 18],
            "mean": [70.0, 60.0, 65.5],
            "q1": [60.0, 50.0, 50.0],
            "median": [70.0, 60.0, 66.0],
            "q3": [80.0, 70.0, 75.0],
            "item": ["O33", "O28", None],
            "item_name_th": ["รายงานผล", "ประเมิน", None],
            "item_n": [20, 20, None],
            "item_n_zero": [12, 8, None],
            "item_mean": [40.0, 60.0, None],
            "n_as_low": [3, 1, None],
        }
    )
    made = depth(rows, "10", "การป้องกันการทุจริต", group=GROUP)
    assert made is not None
    assert "ต่ำสุดปี 2566 (65.50)" in made.sentence
    assert "ปีล่าสุด 2567 70.00 (n = 20)" in made.sentence
    assert "O33 รายงานผล เฉลี่ย 40.00 และอีก 2 ข้อเท่ากัน" in made.sentence
    assert made.years == "2566–2567"
    assert "2566" in made.notes[1]
    assert depth(rows.head(0), "10", "x", group=GROUP) is None
