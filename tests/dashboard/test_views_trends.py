"""What is said of years and of changes between two of them."""

import pandas as pd
import pytest

from dashboard import text
from dashboard.views import changes, quality, trends
from tests.dashboard.frames import BREAKS, GROUP


def group(years: list[int], medians: list[float], same: list[bool]) -> pd.DataFrame:
    return pd.DataFrame({"fiscal_year": years, "median": medians, "n": [8] * len(years), "mostly_same": same})


NOBODY = pd.DataFrame({"organisation_id": [], "fiscal_year": [], "value": []})


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (
            group([2566, 2567], [70, 80], [False, True]),
            "เปลี่ยนจาก 70.00 (n = 8) ในปี 2566 เป็น 80.00 (n = 8) ในปี 2567",
        ),
        (group([2567], [80], [False]), "มีข้อมูลเพียงปี 2567: มัธยฐาน 80.00 (n = 8)"),
        (group([2566, 2567], [70, 80], [False, False]), "จึงอ่านเป็นการขึ้นหรือลงของกลุ่มไม่ได้"),
    ],
    ids=["the same bodies", "one year", "other bodies"],
)
def test_a_group_moves_only_where_its_bodies_are_the_same(rows: pd.DataFrame, said: str) -> None:
    assert trends.series_sentence(rows, NOBODY, {}, BREAKS).endswith(said)


def test_a_body_is_not_compared_over_a_break_that_is_not_joined() -> None:
    years = pd.DataFrame(
        {"organisation_id": ["a"] * 3, "fiscal_year": [2561, 2562, 2567], "value": [79.64, 61.58, 99.41]}
    )
    said = trends.series_sentence(group([], [], []), years, {"a": "เมือง"}, BREAKS)
    assert said == "เมือง 61.58 (ปี 2562) → 99.41 (ปี 2567)"


def moved(values: list[tuple[float, float]]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "organisation_id": [f"body-{at}" for at in range(len(values))],
            "value_from": [one for one, _ in values],
            "value_to": [one for _, one in values],
            "change": [to - one for one, to in values],
        }
    )


def test_directions_are_those_of_the_printed_change() -> None:
    recomputed = pd.DataFrame({"organisation_id": ["body-1"], "fiscal_year": [2567]})
    rows = changes.directions(moved([(80, 81), (80, 80.004), (80, 79)]), recomputed, 2566, 2567)
    assert list(rows["direction"]) == ["up", "same", "down"]
    assert list(rows["words_to"]) == ["81.00", "80.00*", "79.00"]
    assert list(rows["words_change"]) == ["+1.00", "+0.00", "-1.00"]


def test_a_crowd_is_cut_to_its_extremes() -> None:
    rows = moved([(50, 80)] * 30 + [(80, 50)] * 25).assign(direction=["up"] * 30 + ["down"] * 25)
    shown = changes.extremes(rows)
    assert len(shown) == 2 * changes.MOST_PER_SIDE
    assert list(shown["organisation_id"].iloc[[0, -1]]) == ["body-0", "body-54"]


@pytest.mark.parametrize(
    ("years", "span", "runs"),
    [([2567], "2567", "2567"), ([2567, 2562, 2563], "2562–2567", "2562–2563, 2567")],
)
def test_years_in_words(years: list[int], span: str, runs: str) -> None:
    assert (text.span(years), text.runs(years)) == (span, runs)


def test_findings_are_filtered_by_every_column_and_every_word() -> None:
    found = pd.DataFrame(
        {
            "severity": ["high", "hint", "high"],
            "fiscal_year": [2567, 2567, 2566],
            "folded": ["อบต.เขวาใหญ่ e2", "อบต.เขวาใหญ่ e3", "เมืองพัทยา e2"],
        }
    )
    wanted = {"severity": ["high"], "fiscal_year": []}
    assert list(quality.filtered(found, wanted, "").index) == [0, 2]
    assert list(quality.filtered(found, wanted, " E๒  เขวา ").index) == [0]
    assert len(quality.filtered(found, {}, "ไม่มี")) == 0


def test_changes_say_how_many_rose_beside_the_country() -> None:
    part = trends.Part("overall", "overall", "คะแนนรวม")
    rows = changes.directions(
        moved([(80, 90)]), pd.DataFrame({"organisation_id": [], "fiscal_year": []}), 2566, 2567
    ).assign(rank=1, label_th="อบต.ก · จ.เลย", province_th="เลย")
    summary = {"n": 1, "n_up": 1, "n_down": 0, "n_same": 0, "median": 10.0, "min": 10.0, "max": 10.0}
    marks = pd.DataFrame({"fiscal_year": [2566, 2567], "pass_mark": [85.0, 85.0]})
    national = pd.DataFrame({"fiscal_year": [2566, 2567], "mean_overall": [90.19, 93.05]})
    shown = changes.changes(part, rows, summary, marks, national, 2566, 2567, stretched=False, group=GROUP)
    assert shown.sentence.endswith("เพิ่มขึ้น 1 แห่ง ลดลง 0 แห่ง เปลี่ยนไป +10.00 คะแนน")
    assert shown.frame["เปลี่ยน"].tolist() == [10]
    assert any("90.19 (ปี 2566) → 93.05 (ปี 2567)" in note for note in shown.notes)
