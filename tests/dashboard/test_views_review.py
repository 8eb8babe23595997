"""The sentences of the year's review: who is as low as the one that is named."""

import pandas as pd
import pytest

from dashboard.selection import Group
from dashboard.views import review

GROUP = Group("all", "all", "ทุกหน่วยงาน")
YEAR = pd.Series({"fiscal_year": 2567, "pass_mark": 85.0})


def indicators(means: list[float], lost: list[float]) -> pd.DataFrame:
    codes = [str(at + 1) for at in range(len(means))]
    return pd.DataFrame({"part": codes, "name_th": codes, "mean": means, "mean_points_lost": lost, "n": 9})


@pytest.mark.parametrize(
    ("means", "lost", "said"),
    [
        (
            [70.0, 80.0, 90.0],
            [1.5, 2.0, 1.0],
            "70.00 (n = 9) ส่วน 2 2 ทำให้เสียคะแนนรวมมากที่สุด เฉลี่ย 2.00 คะแนน",
        ),
        ([70.0, 70.001, 90.0], [3.0, 2.0, 1.0], "70.00 (n = 9) เท่ากันอีก 1 ตัว และทำให้เสีย"),
        ([70.0, 80.0, 90.0], [2.0, 2.0, 1.0], "เฉลี่ย 2.00 คะแนนต่อแห่ง เท่ากันอีก 1 ตัว"),
    ],
    ids=["one each", "equal as printed", "equally dear"],
)
def test_an_indicator_as_low_is_counted(means: list[float], lost: list[float], said: str) -> None:
    assert said in review.weak(indicators(means, lost), GROUP, 2567)


@pytest.mark.parametrize(
    ("overalls", "n", "said"),
    [
        ([60.0, 61.0, 62.0], 3, "ก2 62.00"),
        ([60.0, 61.0, 62.0, 63.0], 4, "ก2 62.00 และอีก 1 แห่ง"),
        ([60.0, 61.0, 62.0, 62.004, 63.0], 5, "และอีก 2 แห่ง ในนั้น 1 แห่งเท่ากับแห่งสุดท้ายที่เอ่ยชื่อ"),
        ([60.0, 61.0, 62.0, 62.0], 9, "และอีก 6 แห่ง ในนั้นอย่างน้อย 1 แห่งเท่ากับแห่งสุดท้ายที่เอ่ยชื่อ"),
    ],
    ids=["all named", "the next is higher", "the next is equal", "more are not seen"],
)
def test_whom_to_help_first_says_who_is_as_low(overalls: list[float], n: int, said: str) -> None:
    labels = [f"ก{at}" for at in range(len(overalls))]
    under = pd.DataFrame({"label_th": labels, "overall": overalls, "n": n})
    assert review.helped_first(under, YEAR, GROUP).endswith(said)
