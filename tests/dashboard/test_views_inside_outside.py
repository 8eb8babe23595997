"""Inside, outside, documents: what the sentences say, and what cannot be said."""

import pandas as pd
import pytest

from dashboard.view import View
from dashboard.views import inside_outside
from tests.dashboard.frames import GROUP

NAMES = {"a": "อบต.ก"}
ABOUT = {"year": 2567, "group": GROUP}


def parts(n: int) -> pd.DataFrame:
    medians = {"IIT": 90.0, "EIT": 80.0, "OIT": 95.0}
    return pd.DataFrame(
        {
            "part": list(medians),
            "name_th": "เครื่องมือ",
            "level": "instrument",
            "position": range(3),
            "n": n,
            "min": 10.0,
            "q1": [median - 5 for median in medians.values()],
            "median": list(medians.values()),
            "q3": [median + 2 for median in medians.values()],
            "max": 100.0,
        }
    )


NOBODY = pd.DataFrame({"organisation_id": [], "label_th": [], "part": [], "value": [], "basis": []})


def own(**values: float) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "organisation_id": "a",
            "part": list(values),
            "position": range(len(values)),
            "value": list(values.values()),
            "basis": "published",
        }
    )


def instruments(n: int, bodies: pd.DataFrame, focus: str | None = "a") -> View:
    names = NAMES if focus else {}
    shown = inside_outside.instruments(
        parts(n), NOBODY, bodies, names, 85.0, focus=focus, stretched=False, **ABOUT
    )
    assert shown is not None
    return shown


def test_the_largest_gaps_of_a_body_by_hand() -> None:
    """81.24, 82.80, 50.72: 32.08 between its own; the group's 90, 80, 95: OIT 44.28 under it."""
    shown = instruments(8, own(IIT=81.24, EIT=82.80, OIT=50.72))
    assert "EIT สูงสุด 82.80 OIT ต่ำสุด 50.72 ห่างกัน 32.08 คะแนน" in shown.sentence
    assert "มากที่สุดที่ OIT: ต่ำกว่า 44.28 คะแนน (50.72 เทียบกับ 95.00)" in shown.sentence
    assert list(shown.frame["อบต.ก"]) == [81.24, 82.80, 50.72]


def test_without_a_body_the_group_speaks() -> None:
    shown = instruments(8, own().head(0), focus=None)
    assert shown.sentence == "มัธยฐานของกลุ่ม: OIT สูงสุด 95.00 EIT ต่ำสุด 80.00 ห่างกัน 15.00 คะแนน"


def test_one_known_instrument_has_no_gap_of_its_own() -> None:
    assert "ทราบเพียง OIT 43.75" in instruments(8, own(OIT=43.75)).sentence


def test_a_group_of_one_is_compared_with_nobody_and_a_small_one_has_no_quartiles() -> None:
    assert "กลุ่มมีเพียงแห่งเดียว" in instruments(1, own(IIT=81.24, OIT=50.0)).sentence
    small = instruments(4, own(IIT=81.24, OIT=50.0))
    assert small.frame["ควอร์ไทล์ 1"].isna().all()
    assert "ไม่แสดงควอร์ไทล์" in small.notes[0]


def test_a_year_without_instruments_has_no_view() -> None:
    none = parts(8).assign(level="overall")
    assert (
        inside_outside.instruments(none, NOBODY, own(IIT=1.0), {}, None, focus=None, stretched=False, **ABOUT)
        is None
    )


COUNTS = {"n": 2, "n_above": 1, "n_below": 0, "median_difference": 5.0}
PAIRS = pd.DataFrame(
    {
        "organisation_id": ["a", "b"],
        "label_th": ["อบต.ก · จ.เลย", "อบต.ข · จ.เลย"],
        "province_th": "เลย",
        "value": [92.0, 80.0],
        "basis": ["published", "recomputed"],
        "other_value": [80.0, 82.0],
        "other_basis": "published",
        "difference": [12.0, -2.0],
        "overall": [85.0, 81.0],
    }
)


def test_staff_against_public_counts_and_names_the_followed() -> None:
    shown = inside_outside.staff_and_public(PAIRS, None, PAIRS.head(1), COUNTS, NAMES, **ABOUT)
    assert "จาก 2 แห่งที่ทราบทั้งสองคะแนน 1 แห่งบุคลากรให้คะแนนสูงกว่าประชาชนตั้งแต่ 10 คะแนน 0 แห่งกลับกัน" in shown.sentence
    assert shown.sentence.endswith("อบต.ก +12.00")
    assert shown.figure is not None
    dots = shown.figure.data[0]
    assert (list(dots.x), list(dots.y)) == ([80.0, 82.0], [92.0, 80.0]), "the public across, staff up"
    assert [list(one) for one in dots.customdata] == [["a"], ["b"]], "ids, no names"


def test_staff_against_public_on_the_stretched_scale() -> None:
    """80, 82, 92 and 80 stand at 100 (1 - log10(101 - points) / log10(101))."""
    shown = inside_outside.staff_and_public(
        PAIRS, None, PAIRS.head(1), COUNTS, NAMES, stretched=True, **ABOUT
    )
    assert shown.figure is not None
    dots = shown.figure.data[0]
    assert list(dots.x) == pytest.approx([34.0318, 36.2000], abs=1e-3)
    assert list(dots.y) == pytest.approx([52.3907, 34.0318], abs=1e-3)
    assert "สเกลขยาย" in " ".join(shown.notes)


def test_a_list_says_how_many_of_how_many() -> None:
    listed = inside_outside.listing(PAIRS.head(1), "above", COUNTS, **ABOUT)
    assert listed.sentence == "ภายในสูงกว่าภายนอกมาก: 1 จาก 2 แห่งที่ทราบทั้งสองคะแนน"
    assert listed.frame["IIT − EIT"].tolist() == [12.0]
    assert "คำนวณ" in inside_outside.listing(PAIRS, "both", COUNTS, **ABOUT).notes[1]


def group_rows(means: dict[str, tuple[float | None, float | None]], n: int) -> pd.DataFrame:
    return pd.DataFrame(
        [
            (2567, part, "ส่วน", "indicator", place, who, 0 if mean is None else n, mean, mean)
            for place, (part, both) in enumerate(means.items())
            for who, mean in zip(("public", "survey"), both, strict=True)
        ],
        columns=["fiscal_year", "part", "name_th", "level", "position", "respondents", "n", "mean", "median"],
    )


NO_BODY = pd.DataFrame({"organisation_id": [], "part": [], "respondents": [], "value": [], "basis": []})


def test_two_groups_of_respondents_by_hand() -> None:
    rows = group_rows({"6": (88.0, 89.0), "8": (60.49, 90.91)}, 7)
    shown = inside_outside.two_groups(rows, NO_BODY, {}, 85.0, **ABOUT)
    assert isinstance(shown, View)
    assert "มากที่สุดที่ 8 ส่วน: EIT Public 60.49 EIT Survey 90.91 (EIT Survey สูงกว่า 30.42)" in shown.sentence
    assert shown.n == 7
    assert shown.frame["EIT Survey − EIT Public"].round(2).tolist() == [1.0, 30.42]


def test_a_group_that_is_only_the_followed_body_is_not_shown_twice() -> None:
    rows = group_rows({"8": (60.49, 90.91)}, 1)
    body = pd.DataFrame(
        {
            "organisation_id": "a",
            "part": "8",
            "respondents": ["public", "survey"],
            "value": [60.49, 90.91],
            "basis": "published",
        }
    )
    shown = inside_outside.two_groups(rows, body, NAMES, 85.0, **ABOUT)
    assert isinstance(shown, View)
    assert shown.frame["ของ"].tolist() == ["อบต.ก"]


def test_why_there_are_no_two_groups() -> None:
    rows = group_rows({"8": (None, None)}, 0)
    said = inside_outside.two_groups(rows, NO_BODY, {}, 85.0, **ABOUT)
    assert isinstance(said, str)
    assert "ไม่ทราบคะแนนแยกกลุ่ม" in said
    earlier = inside_outside.two_groups(rows, NO_BODY, {}, 85.0, year=2566, group=GROUP)
    assert earlier == "ปี 2566 ไม่ได้เก็บ EIT แยกสองกลุ่มผู้ตอบ แยกตั้งแต่ปี 2567"
