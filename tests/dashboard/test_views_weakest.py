"""What is said of a group's weak points."""

import pandas as pd
import pytest

from dashboard.views import weakest
from tests.dashboard.frames import GROUP

ABOUT = {"year": 2567, "group": GROUP}


def indicators(n_lowest: list[int], lost: list[float | None] | None = None) -> pd.DataFrame:
    n = len(n_lowest)
    return pd.DataFrame(
        {
            "part": [str(at + 1) for at in range(n)],
            "name_th": [f"การทดสอบ {at + 1}" for at in range(n)],
            "position": range(n),
            "n": [3] * n,
            "n_lowest": n_lowest,
            "mean": [80.0] * n,
            "mean_points_lost": pd.Series(lost or [1.0] * n, dtype=float),
        }
    )


@pytest.mark.parametrize(
    ("n_lowest", "said"),
    [
        ([1, 2], "คือ “2 การทดสอบ 2” 2 จาก 3 แห่งที่มีคะแนนรายตัวชี้วัด"),
        ([2, 2], "คือ “1 การทดสอบ 1” และ “2 การทดสอบ 2” เท่ากัน ตัวละ 2 จาก 3 แห่งที่มีคะแนนรายตัวชี้วัด"),
    ],
    ids=["one", "tie"],
)
def test_lowest(n_lowest: list[int], said: str) -> None:
    shown = weakest.lowest(indicators(n_lowest), "1", 3, **ABOUT)
    assert shown.sentence.endswith(said)
    ties = sum(n_lowest) - 3
    assert any(("เกินจำนวนหน่วยงานอยู่ 1" if ties else "ไม่มีกรณีเท่ากัน") in note for note in shown.notes)


def test_the_indicator_asked_for_is_shown_only_where_the_group_has_it() -> None:
    rows = indicators([1, 2])
    assert weakest.shown_indicator(rows, "1") == "1"
    assert weakest.shown_indicator(rows, "9") == "2"
    assert weakest.shown_indicator(rows, None) == "2"


def test_cost_names_the_dearest_first() -> None:
    weights = pd.Series({"1": 0.06, "2": 0.2})
    shown = weakest.cost(indicators([1, 2], [1.234, 13.0]), "1", 3, weights, **ABOUT)
    assert shown is not None
    assert shown.sentence == (
        "“2 การทดสอบ 2” ทำให้เสียคะแนนรวมเฉลี่ย 13.00 คะแนนต่อแห่ง มากที่สุด รองลงมาคือตัวชี้วัด 1 (1.23)"
    )
    assert shown.frame["น้ำหนัก (ร้อยละ)"].tolist() == [6.0, 20.0]
    assert weakest.cost(indicators([1], [None]), "1", 3, weights, **ABOUT) is None


BODIES = pd.DataFrame(
    {
        "organisation_id": ["a", "b", "c"],
        "label_th": ["ก", "ข", "ค"],
        "value": [60.0, 0.0, 50.0],
        "overall": [80.0, 70.0, 90.0],
        "basis": ["published", "recomputed", "published"],
        "lowest_indicators": ["1, 10", "10", None],
        "name_order": [1, 2, 3],
    }
)


def test_bodies_behind_an_indicator() -> None:
    lowest = BODIES.head(1)
    shown, ids = weakest.behind(lowest, "1", "1 การทดสอบ", (1, 3_000), only_lowest=True, **ABOUT)
    assert ids == ["a"]
    assert shown.sentence == "1 การทดสอบ: ต่ำสุดใน 1 จาก 3,000 แห่งที่มีคะแนน"
    shown, ids = weakest.behind(BODIES, "1", "1 การทดสอบ", (1, 3), only_lowest=False, **ABOUT)
    assert ids == ["a", "b", "c"]
    assert list(shown.frame.columns) == ["หน่วยงาน", "คะแนน", "ที่มา", "คะแนนรวม", "ต่ำสุดที่"]


def test_bodies_at_zero() -> None:
    shown, ids = weakest.at_zero(BODIES.iloc[[1]], "O1", "O1 ข้อทดสอบ", 1_001, **ABOUT)
    assert ids == ["b"]
    assert shown.sentence == "O1 ข้อทดสอบ: ได้ 0 คะแนน 1,001 แห่ง"


@pytest.mark.parametrize(
    ("n_zero", "said"),
    [
        ([0, 0], "ปี 2567 ไม่มีข้อใดที่หน่วยงานได้ 0 คะแนน"),
        (
            [1, 3],
            "อยู่ 2 จาก 2 ข้อ มากที่สุดคือ “O2 ข้อ 2” 3 จาก 4 แห่ง "
            "ข้อที่ทำให้เสียคะแนนรวมมากที่สุดคือ O2 (เฉลี่ย 0.75 คะแนนต่อแห่ง)",
        ),
        ([2, 2], "อยู่ 2 จาก 2 ข้อ ข้อที่ทำให้เสียคะแนนรวมมากที่สุดคือ O1, O2 (เฉลี่ย 0.50 คะแนนต่อแห่ง)"),
    ],
    ids=["none", "one", "tie"],
)
def test_items(n_zero: list[int], said: str) -> None:
    items = pd.DataFrame(
        {
            "part": ["O1", "O2"],
            "name_th": ["ข้อ 1", "ข้อ 2"],
            "n": [4, 4],
            "n_zero": n_zero,
            "share_zero": [25.0 * n for n in n_zero],
            "mean_points_lost": [0.25 * n for n in n_zero],
        }
    )
    assert weakest.items_sentence(items, items[items["n_zero"] > 0], 2567).endswith(said)
