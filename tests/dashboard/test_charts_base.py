"""What all charts share."""

import pandas as pd
import pytest

from dashboard.charts import base

BREAKS = pd.DataFrame(
    {"fiscal_year": [2562, 2566], "joined": [False, True], "reason_th": ["กรอบเดิม", "เปลี่ยนเกณฑ์ระดับ"]}
)


@pytest.mark.parametrize(
    ("years", "runs"),
    [
        ([2561, 2562, 2563], [[2561], [2562, 2563]]),
        ([2563, 2564, 2566], [[2563, 2564], [2566]]),
        ([2565, 2566], [[2565, 2566]]),
        ([2567], [[2567]]),
        ([], []),
    ],
    ids=["never over 2561|62", "never over a missing year", "over a marked break", "one year", "none"],
)
def test_joined_runs(years: list[int], runs: list[list[int]]) -> None:
    assert base.joined_runs(years, BREAKS) == runs


def test_year_axis_keeps_a_place_for_missing_years() -> None:
    picture = base.figure(300)
    assert base.year_axis(picture, [2563, 2566]) == ["2563", "2564", "2565", "2566"]
    assert picture.layout.xaxis.type == "category"


def test_breaks_are_drawn_and_told_only_inside_the_shown_years() -> None:
    picture = base.figure(300)
    categories = base.year_axis(picture, [2565, 2566, 2567])
    base.draw_breaks(picture, categories, BREAKS)
    assert [shape.x0 for shape in picture.layout.shapes] == [0.5]
    assert base.break_note(categories, BREAKS) == "เส้นประคือจุดที่วิธีประเมินเปลี่ยน: 2565|2566 เปลี่ยนเกณฑ์ระดับ"
    assert base.break_note(["2566"], BREAKS) == ""
