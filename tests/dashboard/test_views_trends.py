"""What is said of years and of changes between two of them."""

import pandas as pd
import pytest

from dashboard import text
from dashboard.selection import Group
from dashboard.views import changes, multiples, trends
from dashboard.views.between import Between
from tests.dashboard.frames import BREAKS, GROUP

SPAN = Between(2566, 2567, "indicator", small=0.02, rest=0.04)


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
            "basis_from": "published",
            "basis_to": "published",
        }
    )


def test_directions_are_those_of_the_printed_change() -> None:
    rows = moved([(80, 81), (80, 80.004), (80, 79), (80, 79.98), (80, 79.97)])
    rows.loc[1, "basis_to"] = "recomputed"
    rows = changes.directions(rows, SPAN.small)
    assert list(rows["direction"]) == ["up", "same", "down", "same", "down"], "0.02 is rounding"
    assert list(rows["words_to"]) == ["81.00", "80.00*", "79.00", "79.98", "79.97"]
    assert list(rows["words_change"]) == ["+1.00", "+0.00", "-1.00", "-0.02", "-0.03"]


@pytest.mark.parametrize(("low", "high", "width"), [(-20, 40, 1), (-60, 60, 2), (-100, 100, 5)])
def test_a_distribution_of_changes_has_no_more_bars_than_can_be_read(low: int, high: int, width: int) -> None:
    assert changes.bin_width({"min": low, "max": high}) == width


PART = trends.Part("overall", "overall", "คะแนนรวม")
MARKS = pd.DataFrame({"fiscal_year": [2566, 2567], "pass_mark": [85.0, 85.0]})
NATION = pd.DataFrame({"fiscal_year": [2566, 2567], "mean_overall": [90.19, 93.05]})


def named(rows: pd.DataFrame) -> pd.DataFrame:
    return changes.directions(rows, SPAN.small).assign(rank=1, label_th="อบต.ก · จ.เลย", province_th="เลย")


def test_a_crowd_is_a_distribution_with_the_followed_bodies_on_it() -> None:
    bins = pd.DataFrame({"bin_from": [-1, 0], "n": [3_000, 5_000]})
    summary = {"n": 8_000, "n_up": 5_000, "n_down": 3_000, "n_same": 0, "median": 1, "min": -1, "max": 1}
    shown = changes.changes(
        PART, named(moved([(80, 81)])), bins, summary, MARKS, NATION, SPAN, stretched=False, group=GROUP
    )
    assert list(shown.frame["จำนวน (แห่ง)"]) == [3_000, 5_000]
    assert shown.figure is not None
    bars, dots = shown.figure.data
    assert (list(bars.y), list(dots.x)) == ([3_000, 5_000], [1])
    assert "จาก 8,000 แห่ง" in shown.sentence


def several(medians: dict[str, list[float]], n: int = 8) -> pd.DataFrame:
    """Rows of groups_series: provinces with their medians from 2566 on."""
    rows = [
        {"place": place, "kind": "all", "fiscal_year": 2566 + at, "n": n, "q1": value - 5, "q3": value + 5}
        | {"median": value}
        for place, values in medians.items()
        for at, value in enumerate(values)
    ]
    return pd.DataFrame(rows)


PLACES = {code: Group(code, "all", f"จ.{code}") for code in ("TH-1", "TH-2", "TH-3")}
NAMES = {"TH-1": "หนึ่ง", "TH-2": "สอง", "TH-3": "สาม"}


def test_small_multiples_start_with_the_lowest() -> None:
    answer = several({"TH-1": [70, 90], "TH-2": [80, 85]})
    shown = multiples.small(PART, answer, PLACES, NAMES, BREAKS, 85.0, group=GROUP, unit="จังหวัด")
    assert shown is not None
    assert shown.sentence == (
        "ปี 2567 มัธยฐานต่ำสุดใน 2 จังหวัดคือ สอง 85.00 (n = 8) สูงสุดคือ หนึ่ง 90.00 (n = 8) ห่างกัน 5.00 คะแนน"
    )
    assert list(shown.frame["จังหวัด"].unique()) == ["สอง", "หนึ่ง"]
    assert any("ไม่แสดงอีก 1 จังหวัด" in note for note in shown.notes)
    clicked = {told[0] for trace in shown.figure.data for told in (trace.customdata or ())}
    assert clicked == {"TH-1", "TH-2"}
    assert multiples.asked(PLACES) == ",TH-1/all,TH-2/all,TH-3/all,"


def test_groups_too_small_for_quartiles_are_no_multiples() -> None:
    answer = several({"TH-1": [70, 90], "TH-2": [80, 85]}, n=4)
    assert multiples.small(PART, answer, PLACES, NAMES, BREAKS, 85.0, group=GROUP, unit="จังหวัด") is None


@pytest.mark.parametrize(
    ("years", "span", "runs"),
    [([2567], "2567", "2567"), ([2567, 2562, 2563], "2562–2567", "2562–2563, 2567")],
)
def test_years_in_words(years: list[int], span: str, runs: str) -> None:
    assert (text.span(years), text.runs(years)) == (span, runs)


def test_changes_say_how_many_rose_beside_the_country() -> None:
    summary = {"n": 1, "n_up": 1, "n_down": 0, "n_same": 0, "median": 10.0, "min": 10.0, "max": 10.0}
    rows = named(moved([(80, 90)]))
    shown = changes.changes(PART, rows, None, summary, MARKS, NATION, SPAN, stretched=False, group=GROUP)
    assert shown.sentence.endswith("เพิ่มขึ้น 1 แห่ง ลดลง 0 แห่ง เปลี่ยนไป +10.00 คะแนน")
    assert shown.frame["เปลี่ยน"].tolist() == [10]
    assert any("90.19 (ปี 2566) → 93.05 (ปี 2567)" in note for note in shown.notes)
