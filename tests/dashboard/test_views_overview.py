"""What the overview says of a group, in sentences and figures."""

import pandas as pd
import pytest

from dashboard.selection import ALL, Group
from dashboard.view import View
from dashboard.views import overview
from tests.dashboard.frames import BREAKS, GROUP, group_grades, now, results

TWO_GRADES = [(2567, "ผ่าน", 3, 2566, "#0B5C7A", 2, 66.7), (2567, "ต้องปรับปรุง", 4, 2566, "#B8500F", 1, 33.3)]


def test_grades_say_how_many_passed() -> None:
    shown = overview.grades(group_grades(TWO_GRADES), now([90, 86, 70]), BREAKS, GROUP)
    assert shown is not None
    assert shown.sentence == "ปี 2567 ผ่านเกณฑ์ 2 จาก 3 แห่ง"
    assert (shown.n, shown.years) == (3, "2567")


def test_grades_say_how_many_are_undecided() -> None:
    rows = group_grades([(2567, "ไม่ทราบระดับย่อย", 99, 2566, None, 3, 100.0)])
    shown = overview.grades(rows, now([90, 86, 95]), BREAKS, GROUP)
    assert shown is not None
    assert shown.sentence == (
        "ปี 2567 ผ่านเกณฑ์ 3 จาก 3 แห่ง ในจำนวนนี้ 3 แห่งไม่ทราบระดับย่อย เพราะไม่ทราบคะแนนรายเครื่องมือ"
    )


def test_grades_of_other_years_only_say_that_the_year_has_none() -> None:
    rows = group_grades([(2565, "A", 2, 2561, "#5B4B9A", 1, 100.0)])
    shown = overview.grades(rows, now([90], mark=None), BREAKS, GROUP)
    assert shown is not None
    assert shown.sentence == "ปี 2567 ยังไม่มีหน่วยงานของกลุ่มที่จัดระดับได้"


def test_no_grades_no_view() -> None:
    assert overview.grades(group_grades([]), now([90]), BREAKS, GROUP) is None


def below(overalls: list[float | None], **options: object) -> tuple[View, list[str]]:
    rows = results(overalls)
    rows = rows[rows["overall"] < 85].sort_values(["overall", "name_order"]).assign(n=lambda some: len(some))
    given = {"district": "", "everybody": False} | options
    return overview.below(rows, rows, now(overalls), GROUP, **given)  # type: ignore[arg-type]


def test_below_says_who_is_lowest_and_their_weakest_indicator() -> None:
    shown, ids = below([90, 70.126, 85, 84.99, None])
    assert ids == ["body-1", "body-3"]
    assert list(shown.frame["คะแนนรวม"]) == [70.126, 84.99]
    assert shown.frame["ตัวชี้วัดต่ำสุด"][1] == "10 (50.00)"
    assert shown.sentence == "มี 2 จาก 4 แห่งต่ำกว่าเกณฑ์ ต่ำสุดคือ อบต.ข · จ.เลย 70.13"


def test_below_says_a_tie() -> None:
    shown, _ = below([60, 60, 60, 90])
    assert shown.sentence.endswith("ต่ำสุดคือ อบต.ก · จ.เลย 60.00 เท่ากันอีก 2 แห่ง")


def test_of_a_tie_whose_end_is_not_known_the_least_is_said() -> None:
    rows = results([60, 60]).assign(n=1_200)
    shown, _ = overview.below(rows, rows, now([60, 60]), GROUP, "", everybody=True)
    assert shown.sentence == "มี 1,200 แห่ง ต่ำสุดคือ อบต.ก · จ.เลย 60.00 เท่ากันอีก อย่างน้อย 1 แห่ง"


def test_below_in_a_district_names_it() -> None:
    shown, _ = below([60, 90], district="เมือง")
    assert shown.sentence.startswith("ในอำเภอเมือง มี 1 แห่งต่ำกว่าเกณฑ์")


def test_spread_says_the_range_and_who_is_below() -> None:
    bins = pd.DataFrame({"bin_from": [70, 90], "n": [1, 1]})
    few = results([70, 90])
    shown = overview.spread(bins, few, few.head(0), now([70, 90, None]), GROUP)
    assert shown is not None
    assert shown.sentence == "คะแนนรวมปี 2567 อยู่ระหว่าง 70.00 ถึง 90.00 มี 1 แห่งต่ำกว่า 85"
    assert (shown.n, len(shown.frame)) == (2, 2)
    assert "จุดคือหน่วยงานแต่ละแห่ง" in shown.notes[0]


def test_a_crowd_is_counted_and_only_followed_bodies_are_dots() -> None:
    bins = pd.DataFrame({"bin_from": [70, 90], "n": [3_000, 5_000]})
    followed = results([70])
    shown = overview.spread(bins, followed.head(0), followed, now([70, 90]), GROUP)
    assert shown is not None
    assert list(shown.frame["จำนวน (แห่ง)"]) == [3_000, 5_000]
    assert "จุดคือหน่วยงานที่สนใจ" in shown.notes[0]
    bars, dots = shown.figure.data
    assert (len(bars.x), len(dots.x)) == (2, 1)


def test_no_overall_no_spread() -> None:
    bins = pd.DataFrame({"bin_from": [], "n": []})
    nobody = results([None]).head(0)
    assert overview.spread(bins, nobody, nobody, now([None]), GROUP) is None


def provinces(means: list[float | None]) -> pd.DataFrame:
    n = len(means)
    return pd.DataFrame(
        {
            "iso": [f"TH-{at}" for at in range(n)],
            "name_th": [f"จังหวัด {at}" for at in range(n)],
            "abbr_th": ["จว"] * n,
            "region_th": ["ภาค"] * n,
            "tile_col": range(n),
            "tile_row": range(n),
            "n": [0 if mean is None else 2 for mean in means],
            "mean": pd.Series(means, dtype=float),
            "share_passed": [None] * n,
            "official_mean": [None] * n,
        }
    )


@pytest.mark.parametrize(
    ("means", "said"),
    [
        ([90, 80, None], "มีคะแนนของหน่วยงานใน 2 จาก 3 จังหวัด ค่าเฉลี่ยต่ำสุดคือ จังหวัด 1 80.00 (n = 2)"),
        ([80, 80.001], "จังหวัด 0 80.00 (n = 2) เท่ากันอีก 1 จังหวัด"),
        ([None, None], "ปี 2567 ยังไม่มีคะแนนของหน่วยงานที่ทราบจังหวัด"),
    ],
    ids=["lowest", "tie", "none"],
)
def test_provinces(means: list[float | None], said: str) -> None:
    levels = pd.DataFrame({"fiscal_year": [2567] * 2, "overall_at_least": [85.0, 0.0]})
    assert overview.provinces(provinces(means), levels, 85.0, 2567, GROUP).sentence.endswith(said)


def test_headline_counts_against_the_country_only_where_all_bodies_are_asked_for() -> None:
    national = pd.DataFrame({"fiscal_year": [2567], "n_organisations": [8325]})
    row = now([90, 70])
    assert overview.headline(row, national, GROUP)[0] == (
        "หน่วยงานที่มีคะแนนรวม",
        "2 แห่ง",
        "จากที่ประเมินทั้งประเทศ 8,325 แห่ง",
    )
    province = overview.headline(row, national, Group("TH-44", ALL, "จังหวัด"))
    assert province[0][2] == "จากหน่วยงานในกลุ่มที่มีข้อมูลปีนี้ 2 แห่ง"
    assert [value for _, value, _ in province] == ["2 แห่ง", "80.00", "50.0%", "–"]


@pytest.mark.parametrize(("last", "moved"), [(87.0, "เพิ่มจาก"), (70.0, "ลดจาก"), (80.0, "เปลี่ยนจาก")])
def test_nation_says_which_way_it_went(last: float, moved: str) -> None:
    national = pd.DataFrame(
        {
            "fiscal_year": [2566, 2567, 2568],
            "n_organisations": [1, 2, 3],
            "mean_overall": [80.0, last, None],
            "n_passed": [1, 1, 1],
            "share_passed": [50.0, 60.0, None],
            "target_share": [None, 80.0, None],
            "source_th": ["ทดสอบ"] * 3,
            "note_th": ["คำนวณจากหน่วยงานจำลอง"] * 3,
        }
    )
    shown = overview.nation(national, BREAKS, simulated=False)
    assert shown is not None
    assert shown.title == "ผลระดับประเทศที่เผยแพร่"
    assert f"คะแนนเฉลี่ยทั้งประเทศ{moved} 80.00 (ปี 2566)" in shown.sentence
    assert shown.sentence.endswith("(ปี 2567)")
    made_up = overview.nation(national, BREAKS, simulated=True)
    assert made_up is not None
    assert "เผยแพร่" not in " ".join([made_up.title, made_up.sentence, *made_up.notes])
    assert "จำลอง" in made_up.title
    assert "คำนวณจากหน่วยงานจำลอง" in made_up.notes
