"""Every chart: its traces hold the numbers it was given, and names from files are no HTML."""

import math
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import pandas as pd
import plotly.graph_objects as go
import pytest

from dashboard import number, text
from dashboard.charts import (
    body_years,
    change_distribution,
    children,
    coverage_levels,
    dumbbell,
    facets,
    findings_per_check,
    grade_distribution,
    grade_ranges,
    grade_scales,
    indicator_gains,
    items_at_zero,
    lowest_counts,
    measure_bins,
    multiples,
    national_series,
    overall_distribution,
    pair,
    part_distribution,
    part_tree,
    plan_changes,
    points_lost,
    province_map,
    respondents,
    road_steps,
    series,
    side_by_side,
    spine,
    start_change,
    stretch,
)
from dashboard.number import GroupNumber, Number
from tests.dashboard.frames import BREAKS, GROUP, PLAIN, WICKED, group_grades, results

NAMES = (WICKED, "แห่งที่สอง")


def frame(**columns: object) -> pd.DataFrame:
    return pd.DataFrame(columns)


INDICATORS = frame(
    part=["1", "2"],
    number=["group|2567|1", "group|2567|2"],
    label=[[WICKED], ["สอง"]],
    position=[1, 2],
    n=[6, 6],
    n_lowest=[4, 2],
    mean_points_lost=[1.5, 3.25],
    min=[40.0, 70.0],
    q1=[50.0, 75.0],
    median=[60.0, 80.0],
    q3=[70.0, 85.0],
    max=[80.0, 90.0],
)
NOBODY = frame(organisation_id=[], number=[], name=[], label_th=[], part=[], value=[], basis=[])
LEVELS = frame(
    scale=["ปี 2567"] * 2,
    position=[1, 2],
    name_th=NAMES,
    condition_th=["≥ 85", "< 85"],
    passed_th=["ผ่านเกณฑ์", "ไม่ผ่านเกณฑ์"],
    range_th=["85 ขึ้นไป", "ต่ำกว่า 85"],
    possible_from=[85.0, 0.0],
    possible_until=[None, 85.0],
    color=["#0B5C7A", "#B8500F"],
)
CHARTS: dict[str, Callable[[], go.Figure]] = {
    "body_years": lambda: body_years.chart(
        frame(
            fiscal_year=[2566, 2567],
            number=["number|a|2566|overall|all", "number|a|2567|overall|all"],
            overall=[80.29, 69.5],
            overall_basis=["published", "recomputed"],
            grade_th=NAMES,
            pass_mark=[85.0, 85.0],
            national_mean=[90.19, None],
        ),
        BREAKS,
    ),
    "change_distribution": lambda: change_distribution.chart(
        frame(bin_from=[-10, 0], n=[3, 5]),
        10,
        frame(
            label=[[WICKED]],
            words_change=["-4.25"],
            change=[-4.25],
            number_to=["number|a|2567|overall|all"],
        ),
    ),
    "children": lambda: children.chart(
        frame(
            part=["1", "2"],
            name_th=["<b>x</b>", "สอง"],
            value=[87.33, None],
            basis=["published", None],
            recomputed=[80.0, None],
            differs=[True, False],
            value_public=[70.0, None],
            value_survey=[None, None],
            below=[False, False],
            is_current=[False, False],
        ),
        85.0,
    ),
    "coverage_levels": lambda: coverage_levels.chart(
        frame(fiscal_year=[2566, 2567, 2567], level=["overall", "overall", "item"], n_bodies=[8, 4, 2]),
        {"overall": "คะแนนรวม", "item": "ข้อ"},
    ),
    "dumbbell": lambda: dumbbell.chart(
        frame(
            organisation_id=["a", "b"],
            label=[[WICKED], ["สอง"]],
            direction=["up", "down"],
            value_from=[80.0, 90.0],
            value_to=[95.0, 70.0],
            words_from=["80.00", "90.00"],
            words_to=["95.00", "70.00"],
            words_change=["+15.00", "-20.00"],
            number_from=["number|a|2566|overall|all", "number|b|2566|overall|all"],
            number_to=["number|a|2567|overall|all", "number|b|2567|overall|all"],
        ),
        2566,
        2567,
        85.0,
    ),
    "facets": lambda: facets.spread(
        frame(
            facet=["sao", "court"],
            name=[WICKED, "ศาล"],
            n=[6, 1],
            has_quartiles=[True, False],
            min=[50.0, 70.0],
            q1=[60.0, None],
            median=[65.0, 70.0],
            q3=[70.0, None],
            max=[80.0, 70.0],
        ),
        pair.Axis(WICKED, headroom=True),
        breaks=[1],
    ),
    "findings_per_check": lambda: findings_per_check.chart(
        frame(title_th=NAMES, severity_th=["สูง", "กลาง"], n=[7, 3])
    ),
    "grade_distribution": lambda: grade_distribution.chart(
        group_grades(
            [(2567, WICKED, 1, 2566, "#0B5C7A", 3, 75.0), (2567, "ไม่ทราบ", 99, 2566, None, 1, 25.0)]
        ),
        BREAKS,
    ),
    "grade_ranges": lambda: grade_ranges.chart(LEVELS, 100),
    "grade_scales": lambda: grade_scales.chart(LEVELS),
    "indicator_gains": lambda: indicator_gains.chart(
        frame(label=[[WICKED], ["สอง"]], points=[1.5, 13.0], by_documents=[False, True])
    ),
    "items_at_zero": lambda: items_at_zero.chart(
        frame(
            part=["O1", "O2"],
            label=[[WICKED], ["สอง"]],
            is_parent=[False, False],
            n=[4, 0],
            n_zero=[3, 0],
            share_zero=[75.0, None],
        ),
        None,
    ),
    "lowest_counts": lambda: lowest_counts.chart(INDICATORS, "2"),
    "measure_bins": lambda: measure_bins.chart(
        frame(bin_from=[68, 98], n=[7, 3], n_marked=[2, 0], code=["in68-70-0-101", "in98-100.01-0-101"]),
        pair.Axis(WICKED, 85.0),
        2,
        marking=True,
    ),
    "multiples": lambda: multiples.chart(
        frame(
            code=["TH-44", "TH-44", "TH-10"],
            name=[WICKED, WICKED, "กทม"],
            fiscal_year=[2566, 2567, 2567],
            q1=[60.0, 70.0, 80.0],
            median=[65.0, 75.0, 85.0],
            q3=[70.0, 80.0, 90.0],
        ),
        BREAKS,
        85.0,
    ),
    "national_series": lambda: national_series.chart(
        frame(
            fiscal_year=[2561, 2562, 2563],
            mean_overall=[68.78, 66.73, 67.9],
            share_passed=[None, 11.9, 13.19],
            target_share=[None, None, 80.0],
        ),
        BREAKS,
    ),
    "overall_distribution": lambda: overall_distribution.chart(
        frame(bin_from=[69, 90], n=[1, 1]),
        results([69.5, 90.25]).assign(label_th=NAMES, number="number|a|2567|overall|all"),
        85.0,
    ),
    "pair": lambda: pair.chart(
        pair.Axis(WICKED, 70.0),
        pair.Axis("สอง", 80.0, headroom=True),
        None,
        frame(x_from=[60, 64], y_from=[70, 70], n=[100, 1], n_marked=[10, 0], code=["c", "d"]),
        frame(x=[61.5], y=[70.25], code=["a"], name=[WICKED]),
        width=2,
        marking=True,
    ),
    "part_distribution": lambda: part_distribution.chart(
        INDICATORS,
        NOBODY,
        frame(
            organisation_id=["a"],
            number=["number|a|2567|2|all"],
            name=[WICKED],
            label_th=[WICKED],
            part=["2"],
            value=[77.0],
            basis=["recomputed"],
        ),
        85.0,
    ),
    "part_tree": lambda: part_tree.chart(
        frame(
            part=["IIT", "1"],
            parent=["overall", "IIT"],
            level=["instrument", "indicator"],
            instrument=["IIT", "IIT"],
            name_th=["เครื่องมือ", "<b>x</b>"],
            weight_in_total=[0.3, 0.3],
        ),
        text.LEVELS,
    ),
    "plan_changes": lambda: plan_changes.chart(
        frame(start=[WICKED] * 2, is_addressed=[True, False], mean_change=[15.0, -0.5], n=[2, 1800])
    ),
    "points_lost": lambda: points_lost.chart(INDICATORS, None),
    "province_map": lambda: province_map.chart(
        frame(
            iso=["TH-44", "TH-10", "TH-20"],
            name_th=[WICKED, "กทม", "ชลบุรี"],
            abbr_th=["<b>มค", "กท", "ชบ"],
            tile_col=[1, 2, 3],
            tile_row=[1, 2, 3],
            n=[2, 0, 3],
            mean=[69.504, None, 85.0],
            official_mean=[88.25, 90.0, None],
        ),
        [95, 85, 85, 70, 0],
        85.0,
    ),
    "respondents": lambda: respondents.chart(
        frame(
            label=[WICKED, WICKED, "สอง"],
            who=["เฉลี่ย", WICKED, "เฉลี่ย"],
            is_group=[True, False, True],
            first=[60.0, 50.5, 80.0],
            second=[70.0, 90.0, 75.0],
            words=["+10.00", "+39.50", "-5.00"],
        ),
        "EIT Public",
        "EIT Survey",
        85.0,
    ),
    "road_steps": lambda: road_steps.chart(
        frame(
            part=["O33", WICKED, "O9"],
            name_th=[WICKED, "สอง", "สาม"],
            rank=[1, 1, 3],
            before=[69.5, 72.0, 74.5],
            after=[72.0, 74.5, 75.0],
        ),
        {85.0: WICKED, 70.0: "ต้องปรับปรุง", 0.0: "ไม่วาด"},
    ),
    "series": lambda: series.chart(
        frame(
            fiscal_year=[2566, 2567],
            number=["group|2566|overall", "group|2567|overall"],
            n=[8, 4],
            min=[50.0, 60.0],
            q1=[60.0, 70.0],
            median=[70.0, 80.0],
            q3=[80.0, 90.0],
            max=[90.0, 95.0],
            mostly_same=[False, True],
        ),
        frame(
            organisation_id=["a", "a"],
            number=["number|a|2566|overall|all", "number|a|2567|overall|all"],
            name=[[WICKED]] * 2,
            label_th=[WICKED] * 2,
            fiscal_year=[2566, 2567],
            value=[61.5, 71.25],
            basis=["published", "recomputed"],
        ),
        frame(fiscal_year=[2566, 2567], pass_mark=[85.0, 85.0]),
        BREAKS,
    ),
    "side_by_side": lambda: side_by_side.chart(
        frame(
            part=["1"],
            number=["group|2567|1"],
            label=["1 <b>x</b>"],
            level=["indicator"],
            median=[66.0],
            n=[9],
        ),
        frame(
            organisation_id=["a", "b"],
            part=["1", "1"],
            number=["number|a|2567|1|all", "number|b|2567|1|all"],
            value=[90.0, 50.0],
            basis=["published", "recomputed"],
        ),
        [("a", WICKED), ("b", "อบต.สอง")],
        85.0,
        stretched=False,
    ),
    "spine": lambda: spine.chart(
        frame(
            part=["overall"],
            number=["number|a|2567|overall|all"],
            group_number=["group|2567|overall"],
            label=[WICKED],
            value=[69.5],
            basis=["published"],
            n=[8],
            min=[50.0],
            q1=[60.0],
            median=[70.0],
            q3=[80.0],
            max=[90.0],
            has_quartiles=[True],
        ),
        85.0,
    ),
}
# Per chart, of the traces in order: the trace's place, its axis, and what it holds there.
HOLDS: dict[str, list[tuple[int, str, list[object]]]] = {
    "body_years": [(0, "y", [90.19]), (1, "y", [80.29, 69.5])],
    "change_distribution": [(0, "x", [-5, 5]), (0, "y", [3, 5]), (1, "x", [-4.25])],
    "children": [(0, "x", [87.33]), (1, "x", [70.0]), (2, "x", [80.0])],
    "coverage_levels": [(0, "z", [[8, 4], [None, 2]])],
    "dumbbell": [(1, "x", [80]), (2, "x", [95]), (4, "x", [90]), (5, "x", [70])],
    "facets": [
        (0, "base", [20]),
        (0, "x", [30]),
        (1, "base", [30]),
        (1, "x", [10]),
        (2, "x", [35, 30]),
        (2, "customdata", [["sao", PLAIN, "6", "35.00"], ["court", "ศาล", "1", "30.00"]]),
    ],
    "findings_per_check": [(0, "x", [7, 3])],
    "grade_distribution": [(0, "x", [75]), (0, "customdata", [3]), (1, "x", [25])],
    "grade_ranges": [(0, "base", [85, 75]), (0, "x", [15, 10])],
    "grade_scales": [(0, "base", 0.5), (1, "base", 0)],
    "indicator_gains": [(0, "x", [13.0]), (1, "x", [1.5])],
    "items_at_zero": [(1, "x", [75, None]), (2, "text", ["\u00a03 จาก 4 (75%)", "–"])],
    "lowest_counts": [(1, "x", [4, 2])],
    "measure_bins": [(0, "x", [69, 99]), (0, "y", [7, 3]), (1, "y", [2, 0])],
    "multiples": [
        (
            1,
            "customdata",
            [
                ["TH-44", f"<b>{PLAIN}</b>", "2566", "65.00"],
                ["TH-44", f"<b>{PLAIN}</b>", "2567", "75.00"],
                ["TH-44", "", "", ""],
                ["TH-10", "<b>กทม</b>", "2567", "85.00"],
                ["TH-10", "", "", ""],
            ],
        ),
        (2, "customdata", [["TH-44"], ["TH-10"]]),
    ],
    "national_series": [
        (0, "y", [68.78]),  # 2561|2562 is never joined
        (1, "y", [66.73, 67.9]),
        (2, "y", [11.9, 13.19]),
        (3, "y", [80]),
    ],
    "overall_distribution": [(0, "y", [1, 1]), (1, "x", [69.5, 90.25])],
    "pair": [
        (0, "z", [[2, None, 0]]),
        (0, "x", [60, 62, 64, 66]),  # the edges of the cells
        (0, "y", [30, 28]),
        (1, "z", [[1]]),
        (3, "y", [29.75]),
    ],
    "part_distribution": [(0, "x", [40, 80, None, 70, 90, None]), (2, "x", [60, 80]), (3, "x", [77])],
    "part_tree": [(0, "width", 0.3), (1, "width", 0.3)],
    "plan_changes": [(0, "y", [15.0]), (1, "y", [-0.5]), (1, "text", ["-0.50<br>n = 1,800"])],
    "points_lost": [(0, "x", [3.25, 1.5])],
    "province_map": [(0, "x", [2]), (1, "x", [1]), (3, "x", [3])],
    "respondents": [(1, "x", [60, 50.5, 80]), (2, "x", [70, 90, 75]), (2, "y", [0.9, 1.9, 3.8])],
    "road_steps": [
        (0, "base", [69.5, 72.0, 74.5]),
        (0, "x", [2.5, 2.5, 0.5]),
        (0, "text", ["+2.50 → 72.00", "+2.50 → 74.50", "+0.50 → 75.00"]),
        (1, "text", ["72.00", "74.50", "75.00"]),
    ],
    "series": [],
    "side_by_side": [(1, "x", [66]), (2, "x", [90]), (3, "x", [50])],
    "spine": [(0, "base", [50]), (0, "x", [40]), (1, "base", [60]), (2, "x", [70]), (3, "x", [69.5])],
}


def plain(value: object) -> object:
    """What a trace holds as Python's own lists and numbers, None where nothing is known."""
    if isinstance(value, str):
        return value
    if isinstance(value, Iterable):
        return [plain(one) for one in value]
    return None if pd.isna(value) else value


def written(picture: go.Figure) -> list[str]:
    """Every text of a figure."""
    found: list[str] = []
    waiting = [picture.to_plotly_json()]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            found.append(one)
        elif isinstance(one, Mapping):
            waiting.extend(one.values())
        elif isinstance(one, Iterable):
            waiting.extend(one)
    return found


@pytest.mark.parametrize("name", CHARTS)
def test_traces_hold_the_numbers(name: str) -> None:
    traces = CHARTS[name]().data
    assert traces
    for place, axis, held in HOLDS[name]:
        assert plain(traces[place][axis]) == held, f"trace {place}, {axis}"


@pytest.mark.parametrize("name", CHARTS)
def test_names_are_no_html(name: str) -> None:
    said = written(CHARTS[name]())
    assert not [words for words in said for html in ("<b>อบต", "<b>x", "<b>มค", "<a href") if html in words]


def test_a_name_is_shown_as_it_is_written() -> None:
    assert PLAIN in written(CHARTS["province_map"]())


def test_the_line_of_a_body_stars_what_is_recomputed() -> None:
    (line,) = [trace for trace in CHARTS["series"]().data if plain(trace.y) == [61.5, 71.25]]
    assert [words[-6:] for words in line.text] == [" 61.50", "71.25*"]


# Per chart whose points can be clicked: the trace of bodies, and of the group where there is one.
CLICKED = {
    "body_years": (1, None),
    "change_distribution": (1, None),
    "dumbbell": (2, None),
    "overall_distribution": (1, None),
    "part_distribution": (3, 2),
    "series": (-1, 2),
    "side_by_side": (2, 1),
    "spine": (3, 2),
}


@pytest.mark.parametrize("name", CLICKED)
def test_points_carry_the_code_of_their_number_last(name: str) -> None:
    group = GroupNumber(GROUP, 1, "none", ("median",))
    bodies, medians = CLICKED[name]
    traces = CHARTS[name]().data
    for told in traces[bodies].customdata:
        found = number.parse(told[-1], group)
        assert isinstance(found, Number)
        assert found.organisation in "ab"
    for told in () if medians is None else traces[medians].customdata:
        found = number.parse(told[-1], group)
        assert isinstance(found, GroupNumber)
        assert found.part in [*INDICATORS["part"], "overall"]


def test_many_bodies_are_not_drawn_one_by_one() -> None:
    many = results([90.0] * 8).loc[[0] * (overall_distribution.MOST_DOTS + 1)]
    picture = overall_distribution.chart(frame(bin_from=[90], n=[61]), many, None)
    assert len(picture.data) == 1


@pytest.mark.parametrize(
    ("floors", "names"),
    [
        ([95, 85, 85, 70, 0], ["ต่ำกว่า 70", "70 – ต่ำกว่า 85", "85 – ต่ำกว่า 95", "95 ขึ้นไป"]),
        ([85, 0], ["ต่ำกว่า 85", "85 ขึ้นไป"]),
    ],
)
def test_map_classes_follow_the_grades_of_the_year(floors: list[float], names: list[str]) -> None:
    classes = province_map.classes(floors, 85)
    assert [name for _, _, name, _ in classes] == names
    assert len({color for *_, color in classes}) == len(names)


def test_a_stretched_axis_moves_every_mark_and_keeps_the_points_in_words() -> None:
    """On the scale of headroom a score stands at 100 (1 - log(101 - points) / log 101)."""
    at = stretch.placer(True)
    assert at(100.0) == 100.0
    assert at(91.0) == pytest.approx(100 * (1 - 1 / math.log10(101)))
    years = body_years.chart(
        frame(
            fiscal_year=[2566],
            number=["number|a|2566|overall|all"],
            overall=[91.0],
            overall_basis=["published"],
            grade_th=["ผ่านดี"],
            pass_mark=[85.0],
            national_mean=[90.19],
        ),
        BREAKS,
        stretched=True,
    )
    nation, line = years.data
    assert list(line.y) == [at(91.0)]
    assert list(nation.y) == [at(90.19)]
    assert "91.00" in line.text[0]
    spread = overall_distribution.chart(
        frame(bin_from=[90], n=[3]), results([90.25]).assign(label_th="ก", number="x"), 85.0, stretched=True
    )
    bars, dots = spread.data
    assert list(bars.width) == [pytest.approx(0.94 * (at(91) - at(90)))]
    assert list(dots.x) == [at(90.25)]
    assert dots.customdata[0][0] == "90.25"
    assert spread.layout.shapes[0].x0 == at(85.0)


def test_a_chart_prints_points_as_the_sentences_do() -> None:
    """Half up: Python and the browser print 88.225 as 88.22, for as a double it is a little less."""
    assert f"{88.225:.2f}" == "88.22"
    drawn = points_lost.chart(INDICATORS.assign(mean_points_lost=[88.225, 1.0]), None)
    assert drawn.data[0].text == ("88.23", "1.00")
    charts = Path(points_lost.__file__).parent.glob("*.py")
    assert [path.name for path in charts if ".2f" in path.read_text(encoding="utf-8")] == []


# Where scores stand on the scale of headroom, by hand: 100 (1 - log10(101 - points) / log10(101)).
AT = {0: 0.0, 50: 14.8056, 60: 19.5347, 80: 34.0316, 85: 39.9238, 90: 48.0426, 98: 76.1954, 100: 100.0}


def ticks(axis: go.layout.XAxis | go.layout.YAxis) -> dict[str, float]:
    """Where the names of an axis stand."""
    return dict(zip(axis.ticktext, axis.tickvals, strict=True))


@pytest.mark.parametrize(("points", "at"), AT.items())
def test_a_place_on_the_stretched_axis_is_of_one_score(points: float, at: float) -> None:
    assert stretch.place(points, True) == pytest.approx(at, abs=1e-4)
    assert stretch.points(stretch.place(points, True), True) == pytest.approx(points)
    assert stretch.points(points, False) == stretch.place(points, False) == points


def test_a_line_is_sampled_evenly_on_its_axis_and_keeps_its_ends() -> None:
    low, *inner, high = stretch.between(50, 100, True, steps=2)
    assert (low, high) == (50, 100)
    # half-way on a scale of log(101 - points), from log 51 to log 1
    assert inner == [pytest.approx(101 - math.sqrt(51))]
    assert stretch.between(50, 100, False, steps=2) == [50, 75, 100]


X = pair.Axis("ก", 85.0, stretched=True)
ROOM = pair.Axis("ข", 90.0, headroom=True, stretched=True)


def scatter(x: pair.Axis, y: pair.Axis, gap: float | None = None) -> go.Figure:
    bodies = frame(x=[60.0, 100.0], y=[90.0, 98.0], code=["a", "b"], is_marked=[True, True])
    return pair.chart(x, y, bodies, None, bodies.head(1).assign(name="ก"), width=2, gap=gap)


def test_the_dots_cuts_and_ticks_of_a_scatter_stand_on_the_stretched_axes() -> None:
    drawn = scatter(X, ROOM)
    dots, followed = drawn.data
    assert list(dots.x) == pytest.approx([AT[60], AT[100]], abs=1e-4)
    assert list(dots.y) == pytest.approx([100 - AT[90], 100 - AT[98]], abs=1e-4), "0 is missing at the origin"
    assert list(dots.text) == ["60.00 กับ 90.00", "100.00 กับ 98.00"]
    assert (followed.x[0], followed.y[0]) == (dots.x[0], dots.y[0])
    assert drawn.layout.shapes[0].x0 == pytest.approx(AT[85], abs=1e-4)
    assert drawn.layout.shapes[1].y0 == pytest.approx(100 - AT[90], abs=1e-4)
    assert [note.text for note in drawn.layout.annotations] == ["85.00", "10.00"]
    across, up = ticks(drawn.layout.xaxis), ticks(drawn.layout.yaxis)
    assert across["90"] == pytest.approx(AT[90], abs=1e-4)
    assert up["10"] == pytest.approx(100 - AT[90], abs=1e-4)
    assert up["0"] == 0
    low, high = drawn.layout.xaxis.range
    assert low < AT[60] < 100 < high
    low, high = drawn.layout.yaxis.range
    assert low < 0 < 100 - AT[90] < high


def test_without_the_switch_a_scatter_stays_as_it_was() -> None:
    drawn = scatter(pair.Axis("ก"), pair.Axis("ข", headroom=True))
    assert list(drawn.data[0].x) == [60, 100]
    assert list(drawn.data[0].y) == [10, 2]
    assert drawn.layout.xaxis.tickvals is None


def test_the_lines_of_a_gap_bend_and_end_where_a_score_is_100() -> None:
    _, equal, above, below, _ = scatter(X, pair.Axis("ข", stretched=True), gap=10).data
    assert list(equal.x) == list(equal.y)
    for line, difference in ((above, 10), (below, -10)):
        points = [(X.points(x), X.points(y)) for x, y in zip(line.x, line.y, strict=True)]
        assert [y - x for x, y in points] == pytest.approx([difference] * len(points))
        slopes = [
            (line.y[at + 1] - line.y[at]) / (line.x[at + 1] - line.x[at]) for at in range(len(line.x) - 1)
        ]
        assert max(slopes) > 3 * min(slopes), "sampled, or it would be straight"
    assert (above.x[-1], above.y[-1]) == pytest.approx((AT[90], 100), abs=1e-4)
    assert (below.x[-1], below.y[-1]) == pytest.approx((100, AT[90]), abs=1e-4)


@pytest.mark.parametrize("stretched", [False, True])
def test_cells_keep_their_counts_and_a_click_anywhere_in_one_is_its_own(stretched: bool) -> None:
    bins = frame(x_from=[80, 98], y_from=[60, 98], n=[100, 10], n_marked=0, code=["low", "top"])
    x, y = pair.Axis("ก", stretched=stretched), pair.Axis("ข", headroom=True, stretched=stretched)
    drawn = pair.chart(x, y, None, bins, frame(x=[], y=[], code=[], name=[]), width=2)
    cells, spots = drawn.data
    assert sorted(n for row in cells.z for n in row if n is not None) == [1, 2], "log10 of 10 and of 100"
    assert len(cells.x) == len(cells.z[0]) + 1, "edges"
    assert len(cells.y) == len(cells.z) + 1
    assert cells.z[0][0] == 2  # 80 to 82 across, 60 to 62 up
    assert list(cells.x[:2]) == [x.at(80), x.at(82)]
    assert list(cells.y[:2]) == [y.at(60), y.at(62)]
    steps = [
        (end - start) / pair.SPOTS for start, end in (drawn.layout.xaxis.range, drawn.layout.yaxis.range)
    ]
    for row in bins.itertuples():
        for across in (0.05, 1.95):
            for up in (0.05, 1.95):
                clicked = x.at(row.x_from + across), y.at(row.y_from + up)
                away = [
                    (abs(one - clicked[0]) / steps[0] + abs(other - clicked[1]) / steps[1], told[0])
                    for one, other, told in zip(spots.x, spots.y, spots.customdata, strict=True)
                ]
                near, code = min(away)
                assert code == row.code
                assert near <= 1.001, "half a step along each axis"


def test_the_change_against_the_start_bends_and_the_change_itself_does_not() -> None:
    bodies = frame(
        start=[80.0, 90.0],
        change=[5.0, -4.0],
        followed=[False, False],
        name_th=["ก", "ข"],
        words_from=["80.00", "90.00"],
        words_to=["85.00", "86.00"],
        words_change=["+5.00", "-4.00"],
        words_class="",
        number="x",
    ).assign(**{"class": ["up", "down"]})
    bins = frame(start_from=[80, 98], change_from=[4, -2], n=[3, 1000])
    line = frame(start=[80.0, 100.0], low=[1.0, -1.0], expected=[3.0, 0.0], high=[5.0, 0.0])
    drawn = start_change.chart(bodies, bins, 2, line, 2566, stretched=True)
    cells, low, high, expected, up, down, ceiling = drawn.data
    assert (cells.x[0], cells.x[-1]) == pytest.approx((AT[80], AT[100]), abs=1e-4)
    assert cells.x[-2] == pytest.approx(AT[98], abs=1e-4)
    assert list(cells.y) == [-2, 0, 2, 4, 6]
    assert cells.customdata[0][-1] == "1,000"
    assert cells.text[0][-1] == "98–100"
    for one in (low, high, expected):
        assert list(one.x) == pytest.approx([AT[80], AT[100]], abs=1e-4)
    assert (list(up.x), list(up.y)) == ([pytest.approx(AT[80], abs=1e-4)], [5.0])
    assert (list(down.x), list(down.y)) == ([pytest.approx(AT[90], abs=1e-4)], [-4.0])
    assert up.customdata[0][1] == "80.00"
    assert len(ceiling.x) > 20
    assert [stretch.points(at, True) + rise for at, rise in zip(ceiling.x, ceiling.y, strict=True)] == (
        pytest.approx([100] * len(ceiling.x))
    )
    assert ticks(drawn.layout.xaxis)["90"] == pytest.approx(AT[90], abs=1e-4)
    even = start_change.chart(bodies, None, 2, None, 2566)
    assert [list(trace.x) for trace in even.data[:2]] == [[80.0], [90.0]]


def test_bars_of_counts_are_as_wide_as_their_points_and_as_high_as_their_counts() -> None:
    bins = frame(bin_from=[80, 98], n=[7, 3], n_marked=0, code=["a", "b"])
    for axis, places in ((X, (AT[98], 100)), (ROOM, (0, 100 - AT[98]))):
        drawn = measure_bins.chart(bins, axis, 2, marking=False)
        (bars,) = drawn.data
        assert list(bars.y) == [7, 3]
        assert bars.x[1] == pytest.approx(sum(places) / 2, abs=1e-4)
        assert bars.width[1] == pytest.approx(0.94 * (places[1] - places[0]), abs=1e-4)
        assert drawn.layout.shapes[0].x0 == pytest.approx(axis.at(axis.cut))
    assert bars.customdata[1][1] == "0–2"


def test_facets_respondents_and_multiples_stretch_too() -> None:
    rows = frame(
        facet=["sao"], name=["ก"], n=[6], has_quartiles=[True],
        min=[50.0], q1=[60.0], median=[80.0], q3=[90.0], max=[98.0],
    )  # fmt: skip
    whole, middle, median = facets.spread(rows, X).data
    assert (whole.base[0], whole.base[0] + whole.x[0]) == pytest.approx((AT[50], AT[98]), abs=1e-4)
    assert (middle.base[0], middle.base[0] + middle.x[0]) == pytest.approx((AT[60], AT[90]), abs=1e-4)
    assert median.x[0] == pytest.approx(AT[80], abs=1e-4)
    assert (whole.customdata[0][2], median.customdata[0][3]) == ("50.00–98.00", "80.00")
    pairs = frame(label=["ก"], who=["ข"], is_group=[True], first=[60.0], second=[90.0], words=["+30.00"])
    drawn = respondents.chart(pairs, "หนึ่ง", "สอง", 85.0, stretched=True)
    assert [trace.x[0] for trace in drawn.data[1:]] == pytest.approx([AT[60], AT[90]], abs=1e-4)
    assert drawn.data[1].customdata[0][2] == "60.00"
    assert drawn.layout.shapes[0].x0 == pytest.approx(AT[85], abs=1e-4)
    years = frame(
        code="x", name="ก", fiscal_year=[2565, 2566, 2567], q1=[50.0] * 3, median=[50.0, 85.0, 100.0],
        q3=[100.0] * 3,
    )  # fmt: skip
    for stretched, start, middle_at in ((False, 50, 85), (True, AT[50], AT[85])):
        first, half, last = multiples.chart(years, BREAKS.head(0), None, stretched=stretched).data[1].y[:3]
        share = (middle_at - start) / (100 - start)
        assert (half - first) / (last - first) == pytest.approx(share, abs=1e-4)
