"""What is said and drawn of movers, of grades, and of why a score changed."""

import math

import pandas as pd
import plotly.graph_objects as go
import pytest

from dashboard.charts import start_change, stretch
from dashboard.view import View
from dashboard.views import decomposition, movers, number_group, uncertainty
from dashboard.views.between import Between, between
from tests.dashboard.frames import GROUP, PLAIN, WICKED

EDITIONS = pd.DataFrame({"fiscal_year": range(2561, 2569), "tolerance": 0.02})
BREAKS = pd.DataFrame(
    {
        "fiscal_year": [2562, 2565, 2566, 2567],
        "comparable": ["none", "overall", "instrument", "indicator"],
        "reason_th": ["กรอบเดิม", "น้ำหนักใหม่", "เปลี่ยนเกณฑ์ระดับ", "ข้อลดลง"],
    }
)
SPAN = between(EDITIONS, BREAKS, 2566, 2567)
TYPES = {"sao": "องค์การบริหารส่วนตำบล", "pao": "องค์การบริหารส่วนจังหวัด"}
LINES = pd.DataFrame(
    {
        "type": ["all", "court", "sao"],
        "n_type": [90, 3, 60],
        "fitted_on": ["all", "all", "sao"],
        "n": [90, 90, 60],
        "intercept": [-2.0, -2.0, 1.0],
        "slope": [0.3, 0.3, 0.5],
        "usual_intercept": [0.0, 0.0, 1.0],
        "usual_slope": [0.05, 0.05, 0.0],
    }
)


def checked(view: View | None) -> View:
    """A view with a figure Plotly takes, every trace of it; the figures are made unchecked."""
    assert view is not None
    if view.figure is not None:
        go.Figure(view.figure.to_dict())
    return view


# Two years --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("from_year", "to_year", "level", "levels"),
    [
        (2567, 2568, "indicator", ["indicator", "instrument"]),
        (2566, 2567, "indicator", ["indicator", "instrument"]),
        (2565, 2567, "instrument", ["instrument"]),
        (2564, 2567, "overall", ["overall"]),
        (2561, 2562, None, []),
        (2561, 2568, None, []),
    ],
)
def test_the_deepest_level_is_that_of_the_gravest_break(
    from_year: int, to_year: int, level: str | None, levels: list[str]
) -> None:
    found = between(EDITIONS, BREAKS, from_year, to_year)
    assert (found.level, found.levels) == (level, levels)
    assert (found.small, found.rest) == pytest.approx((0.02, 0.04))


# Beside the expectation -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "beyond", "usual", "said"),
    [
        (12, 3, 2, "above"),
        (12, -3, 2, "below"),
        (12, 2, 2, "usual"),
        (0.01, 1, 2, "small"),
        (0.01, -3, 2, "below"),
        (5, None, None, "up"),
        (-5, math.nan, math.nan, "down"),
        (-0.02, math.nan, math.nan, "small"),
    ],
)
def test_classes(change: float, beyond: float | None, usual: float | None, said: str) -> None:
    assert movers.classify(change, beyond, usual, 0.02) == said


def moved(changes: list[float], expected: float = math.nan, name: str = "อบต.ก · จ.เลย") -> pd.DataFrame:
    """Rows of the query movers from 80 points on, with a usual distance of 2."""
    n = len(changes)
    usual = 2.0 if expected == expected else math.nan
    return pd.DataFrame(
        {
            "organisation_id": [f"body-{at}" for at in range(n)],
            "label_th": [name] * n,
            "province_th": ["เลย"] * n,
            "type": ["sao"] * n,
            "value_from": [80.0] * n,
            "value_to": [80 + change for change in changes],
            "change": changes,
            "basis_from": ["published"] * n,
            "basis_to": ["recomputed"] * n,
            "expected": [expected] * n,
            "usual": [usual] * n,
            "beyond": [change - expected for change in changes],
            "times": [(change - expected) / usual for change in changes],
            "rank": pd.Series(range(1, n + 1), dtype="Int64"),
        }
    )


def counts(n: int, n_expected: int) -> dict[str, float]:
    ones = ("up", "down", "small", "improved", "above_usual", "below_usual", "judged", "passing", "failing")
    return {f"n_{one}": 1 for one in ones} | {
        "n": n, "n_expected": n_expected, "mean_change": 2.0, "mean_beyond": 0.5 if n_expected else math.nan,
    }  # fmt: skip


def against(rows: pd.DataFrame, lines: pd.DataFrame, tally: dict[str, float], **more: object) -> View:
    bins = more.pop("bins", None)
    shown = movers.classified(rows, SPAN)
    return checked(movers.against_start(shown, bins, tally, lines, TYPES, GROUP, SPAN, **more))


def test_each_class_is_drawn_and_what_says_nothing_is_hollow() -> None:
    rows = moved([9.0, 4.0, 0.01, -9.0], expected=4.0)
    rows.loc[2, "beyond"] = 0.5
    view = against(rows, LINES, counts(4, 4))
    drawn = {trace.name: trace.marker.symbol for trace in view.figure.data if trace.mode == "markers"}
    assert drawn == {
        "ดีกว่าที่คาด": "triangle-up",
        "ตามที่คาด": "circle-open",
        "ต่างกันน้อยเกินกว่าจะสรุป": "circle-open",
        "ต่ำกว่าที่คาด": "triangle-down",
    }
    assert list(view.frame["อ่านว่า"]) == ["ดีกว่าที่คาด", "ตามที่คาด", "ต่างกันน้อยเกินกว่าจะสรุป", "ต่ำกว่าที่คาด"]
    assert "ลำดับ" not in view.frame, "four bodies are not ranked"
    assert "องค์การบริหารส่วนตำบล (n = 60)" in view.notes[1]
    assert "* คำนวณจากส่วนย่อย" in view.notes[-1]


def test_without_expectation_nothing_is_said_of_one() -> None:
    nobody = LINES.assign(n=math.nan, intercept=math.nan)
    view = against(moved([9.0, -9.0]), nobody, counts(2, 0), focus="body-1")
    assert "คาด" not in view.sentence
    assert view.sentence.endswith("อบต.ก 80.00 → 71.00* (-9.00) ลดลง")
    assert {"ที่คาด", "เกินคาด", "ลำดับ"}.isdisjoint(view.frame)
    assert "ไม่มีเส้นที่คาด: ทั้งคลังข้อมูลมีเพียง 90 แห่ง" in view.notes[1]
    assert "ยังหาค่าที่คาดไม่ได้" in movers.headline(counts(2, 0))[1][2]


def test_many_bodies_are_cells_with_the_followed_on_top() -> None:
    bins = pd.DataFrame({"start_from": [80, 80, 98], "change_from": [-2, 4, 0], "n": [1, 900, 30]})
    view = against(moved([9.0], expected=4.0), LINES, counts(931, 931), bins=bins)
    assert view.figure.data[0].type == "heatmap"
    assert view.frame["จำนวน (แห่ง)"].sum() == 931
    assert list(view.frame["เริ่มต่ำกว่า"]) == [82, 82, 100]
    assert "ของทุกประเภท (n = 90)" in view.notes[1]


def test_the_drawn_line_stops_at_the_ceiling() -> None:
    line = movers.drawn_line(LINES.iloc[2], 80)  # 1 + 0.5 x room: above the ceiling from 98 on
    room = 100 - line["start"]
    assert (line["expected"] <= room + 1e-9).all()
    assert (line["high"] <= room + 1e-9).all()
    assert line["expected"].iloc[0] == pytest.approx(11)
    assert line["expected"].iloc[-1] == 0


def test_the_line_on_a_stretched_axis_is_the_same_line_sampled_evenly_there() -> None:
    even, bent = (movers.drawn_line(LINES.iloc[2], 80, stretched=one) for one in (False, True))
    for line in (even, bent):
        room = 100 - line["start"]
        assert list(line["expected"]) == pytest.approx([min(1 + 0.5 * one, one) for one in room])
    assert list(even["start"].iloc[[0, -1]]) == list(bent["start"].iloc[[0, -1]]) == [80, 100]
    places = bent["start"].map(stretch.placer(True)).diff().dropna()
    assert list(places) == pytest.approx([places.iloc[0]] * len(places))


def test_a_view_on_the_stretched_scale_says_so_and_keeps_its_table() -> None:
    bins = pd.DataFrame({"start_from": [80, 98], "change_from": [4, 0], "n": [900, 30]})
    even, bent = (
        against(moved([9.0], expected=4.0), LINES, counts(930, 930), bins=bins, stretched=one)
        for one in (False, True)
    )
    assert even.frame.equals(bent.frame)
    assert "สเกลขยาย" in bent.notes[0]
    assert "สเกลขยาย" not in even.notes[0]
    assert bent.figure.data[0].x[-1] == 100
    assert bent.figure.data[0].x[0] == stretch.place(80, True)


@pytest.mark.parametrize(
    ("types", "said"),
    [
        ({"sao"}, "เส้นที่คาดขององค์การบริหารส่วนตำบล (n = 60)"),
        ({"sao", "pao"}, "เส้นที่วาดเป็นของทุกประเภท (n = 90)"),
        ({"court"}, "ศาล มีเพียง 3 แห่ง จึงใช้เส้นของทุกประเภท (n = 90)"),
        ({"pao"}, "ไม่มีเส้นที่คาด"),
    ],
)
def test_what_the_line_stands_on_is_said(types: set[str], said: str) -> None:
    line = movers.line_of(LINES, types)
    assert said in movers.line_note(line, LINES, TYPES | {"court": "ศาล"})


@pytest.mark.parametrize(("types", "of"), [(["sao"] * 2, "ตำบล (n = 60)"), (["sao", "court"], "(n = 90)")])
def test_a_list_keeps_what_its_expectations_stand_on(types: list[str], of: str) -> None:
    rows = moved([9.0, 8.0], expected=4.0).assign(type=types)
    view = against(rows, LINES, counts(2, 2))
    listed = movers.listing(view, movers.classified(rows, SPAN), "ทุกแห่ง", 2, SPAN)
    for shown in (view, listed):
        assert any(of in note for note in shown.notes)
        assert any("ประเภทที่มีไม่ถึง 30 แห่งใช้เส้นของทุกประเภท" in note for note in shown.notes)
    assert not any("แต่ละจุด" in note for note in listed.notes), "a list has no picture to read"
    assert "ประเภทที่มีไม่ถึง 30 แห่งใช้เส้นของทุกประเภท" in number_group.MEASURES["expected"]


def test_followed_bodies_stand_out() -> None:
    rows = movers.classified(moved([9.0, 9.5], expected=4.0), SPAN, ["body-1"])
    view = checked(movers.against_start(rows, None, counts(2, 2), LINES, TYPES, GROUP, SPAN))
    marks = next(trace.marker for trace in view.figure.data if trace.mode == "markers")
    assert marks.size[1] > marks.size[0]
    assert "ขอบดำคือหน่วยงานที่สนใจ" in view.notes[0]


def test_names_are_no_markup() -> None:
    view = against(moved([9.0], expected=4.0, name=WICKED), LINES, counts(1, 1))
    told = next(trace.customdata for trace in view.figure.data if trace.mode == "markers")
    assert told[0][0] == PLAIN


def test_every_class_has_a_word_and_a_mark() -> None:
    assert list(movers.CLASS_WORDS) == [code for code, *_ in start_change.CLASSES]


# Grades -----------------------------------------------------------------------------------------------------


def scale(year: int, names: list[str]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "fiscal_year": year,
            "code": names,
            "position": range(1, len(names) + 1),
            "name_th": names,
            "overall_at_least": [90.0, 80.0, 0.0],
            "instruments_at_least": [None, None, None],
        }
    )


LEVELS = pd.concat(
    [scale(2565, ["A", "B", "C"]), scale(2566, ["ดี", "ผ่าน", "ไม่"]), scale(2567, ["ดี", "ผ่าน", "ไม่"])]
)


def transition(before: tuple[str, int, bool | None], after: tuple[str, int, bool | None], n: int) -> dict:
    return dict(
        zip(
            ["from_th", "from_position", "from_passed", "to_th", "to_position", "to_passed", "n"],
            [*before, *after, n],
            strict=True,
        )
    )


GOOD, PASS, FAIL = ("ดี", 1, True), ("ผ่าน", 2, True), ("ไม่", 3, False)
UNDECIDED = ("ผ่านเกณฑ์ (ไม่ทราบระดับย่อย)", 99, True)


def test_grades_of_one_scale_are_a_matrix() -> None:
    rows = pd.DataFrame(
        [
            transition(GOOD, GOOD, 5),
            transition(GOOD, FAIL, 1),
            transition(PASS, GOOD, 2),
            transition(FAIL, UNDECIDED, 3),
            transition(PASS, UNDECIDED, 4),
        ]
    )
    view = checked(movers.grade_transitions(rows, LEVELS, GROUP, SPAN))
    assert view.sentence.startswith("จาก 15 แห่ง ระดับดีขึ้น 5 แห่ง แย่ลง 1 แห่ง คงเดิมหรือบอกไม่ได้ 9 แห่ง")
    assert list(view.frame["ปี 2566"]) == ["ดี", "ผ่าน", "ไม่"]
    assert view.frame.iloc[0, 1:].to_list() == [5, 1, 0]
    z = view.figure.data[0].z
    assert (z[1][0] > 0, z[0][1] < 0, z[0][0] == 0, z[2][0]) == (True, True, True, None)


def test_over_two_scales_only_passing_is_compared() -> None:
    rows = pd.DataFrame(
        [
            transition(("A", 1, True), FAIL, 2),
            transition(("C", 3, False), GOOD, 4),
            transition(("B", 2, False), PASS, 1),
            transition(("ไม่ทราบระดับ", 99, None), PASS, 7),
        ]
    )
    view = checked(movers.grade_transitions(rows, LEVELS, GROUP, between(EDITIONS, BREAKS, 2565, 2566)))
    assert view.n == 7, "who cannot be judged is left out"
    assert "ผลผ่านเกณฑ์ดีขึ้น 5 แห่ง แย่ลง 2 แห่ง" in view.sentence
    assert "เป็นคนละชุด" in view.notes[1]
    assert list(view.frame["ปี 2565"]) == ["ผ่านเกณฑ์", "ต่ำกว่าเกณฑ์"]


def test_no_grades_no_matrix() -> None:
    rows = pd.DataFrame([transition(("ไม่มีเกณฑ์ระดับ", 99, None), PASS, 1)])
    assert movers.grade_transitions(rows, LEVELS, GROUP, between(EDITIONS, BREAKS, 2565, 2566)) is None
    assert movers.grade_transitions(rows.head(0), LEVELS, GROUP, SPAN) is None


# Why --------------------------------------------------------------------------------------------------------


def tree(weights: dict[str, float], level: str = "indicator") -> pd.DataFrame:
    return pd.DataFrame(
        [("overall", None, "overall", 1, 1.0, "คะแนนรวม")]
        + [
            (code, "overall", level, at, weight, f"ชื่อ{code}")
            for at, (code, weight) in enumerate(weights.items(), 2)
        ],
        columns=["part", "parent", "level", "position", "weight_in_total", "name_th"],
    )


def scores(**values: float) -> pd.DataFrame:
    rows = pd.DataFrame({"part": [one.removeprefix("p") for one in values], "value": values.values()})
    return rows.assign(basis="published")


WEIGHTS = {"1": 0.25, "2": 0.25, "3": 0.5}
BEFORE = scores(overall=70.0, p1=80.0, p2=60.0, p3=70.0)


def waterfall(after: pd.DataFrame, span: Between = SPAN, **more: pd.DataFrame) -> View | None:
    trees = {"parts_before": tree(WEIGHTS), "parts_after": tree(WEIGHTS)} | more
    return decomposition.waterfall("body", "อบต.ก", BEFORE, after, **trees, span=span)


def test_the_waterfall_by_hand() -> None:
    """0.25 x 4 + 0.25 x 0.02 + 0.5 x (-6) = 1 + 0.005 - 3 = -1.995; printed -2.00; rounding left -0.005."""
    view = checked(waterfall(scores(overall=68.0, p1=84.0, p2=60.02, p3=64.0)))
    assert list(view.frame["ส่วน"]) == ["1 ชื่อ1", "2 ชื่อ2", "3 ชื่อ3", "การปัดเศษ", "รวม"]
    assert list(view.frame["คะแนนรวมที่เปลี่ยน"]) == pytest.approx([1, 0.005, -3, -0.005, -2])
    assert "-2.00 คะแนน (70.00 ในปี 2566 → 68.00 ในปี 2567)" in view.sentence
    assert "เพิ่มให้มากที่สุดคือ 1 ชื่อ1 (+1.00) ที่ฉุดลงมากที่สุดคือ 3 ชื่อ3 (-3.00)" in view.sentence
    bars = next(trace for trace in view.figure.data if trace.type == "bar")
    assert list(bars.base) == pytest.approx([0, 1, 1.005, -1.995, 0]), "each begins where the last ended"
    assert bars.marker.color[1] == "#FFFFFF", "a change within rounding is hollow"


def test_a_rest_beyond_rounding_is_not_called_rounding() -> None:
    view = checked(waterfall(scores(overall=72.0, p1=80.0, p2=60.0, p3=70.0)))
    assert view.frame["ส่วน"].iloc[-2] == "อธิบายไม่ได้"
    assert view.frame["คะแนนรวมที่เปลี่ยน"].iloc[-2] == pytest.approx(2)


def test_a_part_that_weighs_otherwise_goes_to_the_method() -> None:
    view = checked(
        waterfall(
            scores(overall=72.0, p1=84.0, p2=60.0, p3=70.0),
            parts_after=tree({"1": 0.25, "2": 0.35, "3": 0.4}),
        )
    )
    assert list(view.frame["ส่วน"]) == ["1 ชื่อ1", "วิธีการเปลี่ยน", "รวม"]
    assert list(view.frame["คะแนนรวมที่เปลี่ยน"]) == pytest.approx([1, 1, 2])


def test_where_only_the_overall_is_comparable_all_is_the_method() -> None:
    view = checked(waterfall(scores(overall=72.0, p1=84.0), span=between(EDITIONS, BREAKS, 2564, 2565)))
    assert list(view.frame["ส่วน"]) == ["วิธีการเปลี่ยน", "รวม"]


def test_an_unknown_part_is_never_zero() -> None:
    assert waterfall(scores(overall=72.0, p1=84.0, p2=60.0)) is None
    assert waterfall(scores(p1=84.0, p2=60.0, p3=70.0)) is None, "without an overall"
    assert waterfall(scores(overall=72.0), span=between(EDITIONS, BREAKS, 2561, 2562)) is None


def contributions(weights: dict[str, float], changes: dict[str, float], total: float) -> pd.DataFrame:
    rows = [("overall", "overall", 1, "คะแนนรวม", 1.0, total, total)]
    rows += [
        (code, "indicator", at, f"ชื่อ{code}", weight, changes[code], weight * changes[code])
        for at, (code, weight) in enumerate(weights.items(), 2)
    ]
    columns = ["part", "level", "position", "name_th", "weight", "mean_change", "mean_contribution"]
    return pd.DataFrame(rows, columns=columns).assign(n=8, n_up=5, n_down=3)


def test_the_group_says_of_how_many_bodies() -> None:
    rows = contributions(WEIGHTS, {"1": 4.0, "2": -2.0, "3": 6.0}, 3.51)
    body = waterfall(scores(overall=68.0, p1=84.0, p2=60.0, p3=64.0))
    view = checked(decomposition.of_group(rows, 10, GROUP, SPAN, body))
    assert list(view.frame["ส่วน"]) == ["3 ชื่อ3", "1 ชื่อ1", "2 ชื่อ2", "การปัดเศษ", "รวม"]
    assert list(view.frame["คะแนนรวมที่เปลี่ยน"]) == pytest.approx([3, 1, -0.5, 0.01, 3.51])
    assert "เฉลี่ยจาก 8 แห่งที่ทราบตัวชี้วัดครบทั้งสองปี จาก 10 แห่ง" in view.notes[1]
    bars, own = view.figure.data
    assert "รวม" not in bars.y, "the total would dwarf its parts"
    assert dict(zip(own.y, own.x, strict=True))["3 ชื่อ3"] == pytest.approx(-3)
    assert decomposition.of_group(rows.head(0), 10, GROUP, SPAN) is None


def test_the_group_over_a_break_that_leaves_the_overall_alone() -> None:
    rows = contributions({}, {}, 2.0)
    view = checked(decomposition.of_group(rows, 10, GROUP, between(EDITIONS, BREAKS, 2564, 2565)))
    assert list(view.frame["ส่วน"]) == ["วิธีการเปลี่ยน", "รวม"]
    assert list(view.frame["คะแนนรวมที่เปลี่ยน"]) == [2.0, 2.0]


# How sure ---------------------------------------------------------------------------------------------------


def test_what_a_difference_may_come_from() -> None:
    crossed = BREAKS[BREAKS["fiscal_year"] == 2567]
    view = uncertainty.uncertainty(crossed, 85.0, GROUP, 12, SPAN)
    said = dict(zip(view.frame.iloc[:, 0], view.frame["คะแนน"], strict=True))
    assert said["การปัดเศษ: ผลต่างของค่าที่พิมพ์สองค่า"] == "ไม่เกิน 0.02"
    assert said["ผู้ตอบ: ตัวชี้วัด IIT หรือ EIT ที่ได้ 85 จากผู้ตอบ 100 คน"] == "ปีเดียว ±7.0 · ผลต่างสองปี ±9.9"
    assert said["วิธีประเมินที่เปลี่ยนในปี 2567"] == "บอกเป็นตัวเลขไม่ได้"
    without = uncertainty.uncertainty(crossed.head(0), None, GROUP, 12, SPAN)
    assert len(without.frame) == 2, "no example without a mark to give it at"
