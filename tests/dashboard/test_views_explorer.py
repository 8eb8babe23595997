"""The explorer's views: quadrants, facets and marked scores in words, and what a click means."""

import pandas as pd
import pytest

from dashboard.explored import ALL_SCORES, Explored, Measure, Scores
from dashboard.panels import explorer as panel
from dashboard.view import View
from dashboard.views import explorer
from dashboard.views.explorer import Named
from tests.dashboard.frames import BREAKS, GROUP

X = Named(Measure("10"), "indicator", "10 การทดสอบ")
Y = Named(Measure("EIT", "public"), "instrument", "EIT ภายนอก (EIT Public)")
ITEM = Named(Measure("O33"), "item", "O33 รายงาน")
COUNTS = {
    "n": 5,
    "n_bodies": 6,
    "cut_value": 70.0,
    "cut_other": 80.0,
    "n_high_high": 1,
    "n_high_low": 2,
    "n_low_high": 2,
    "n_low_low": 0,
}
ABOUT = {"year": 2567, "group": GROUP}


def facets(**columns: object) -> pd.DataFrame:
    rows = {"mean": 1.0, "min": 50.0, "q1": 60.0, "median": 70.0, "q3": 80.0, "max": 90.0, "n_zero": 0}
    return pd.DataFrame({"fiscal_year": 2567} | rows | columns)


def test_quadrants_say_all_four_counts_and_the_cut() -> None:
    said = explorer.quadrants(COUNTS, X, Y, by_mark=False)
    assert "มัธยฐาน (70.00 กับ 80.00) จาก 5 แห่ง: คะแนนถึงทั้งคู่ 1 แห่ง" in said
    assert "ถึงเฉพาะ ตัวชี้วัด 10 2 ถึงเฉพาะ EIT (EIT Public) 2 ไม่ถึงทั้งคู่ 0" in said
    assert "เกณฑ์ผ่าน" in explorer.quadrants(COUNTS, X, Y, by_mark=True)


@pytest.mark.parametrize(
    ("scores", "words"),
    [
        (Scores(60, 70), "10 การทดสอบ 60.00–69.99"),
        (Scores(98, 100.01), "10 การทดสอบ 98.00–100.00"),
        (Scores(66.43, 66.44, 90, 95), "10 การทดสอบ 66.43 และ EIT ภายนอก (EIT Public) 90.00–94.99"),
    ],
)
def test_marked_scores_in_words(scores: Scores, words: str) -> None:
    assert explorer.marked_words(scores, X, Y) == words


def test_headroom_turns_marked_scores_round() -> None:
    room = Named(X.measure, X.level, X.name, headroom=True)
    assert explorer.marked_words(Scores(60, 70), room, Y) == "ที่ยังขาดถึง 100: 10 การทดสอบ 30.01–40.00"


def test_measures_nobody_chose_are_the_root_and_the_last_instrument() -> None:
    tree = pd.DataFrame(
        {"level": ["overall", "instrument", "instrument", "indicator"]}, index=["overall", "IIT", "OIT", "1"]
    )
    found = explorer.filled(Explored(), tree)
    assert (found.measure.part, found.other.part) == ("overall", "OIT")
    alone = explorer.filled(Explored(Measure("overall")), tree.head(1))
    assert alone.other.part == "overall"


def test_facets_are_ordered_by_median_and_small_ones_have_no_middle_half() -> None:
    rows = facets(facet=["sao", "court"], n=[9, 2], median=[80.0, 60.0])
    shown = explorer.by_facet(rows, "kind", {"sao": "อบต.", "court": "ศาล"}, BREAKS, X, **ABOUT)
    assert isinstance(shown, View)
    assert shown.frame["ประเภท"].tolist() == ["ศาล", "อบต."]
    assert shown.frame["ควอร์ไทล์ 1"].isna().tolist() == [True, False]
    assert shown.sentence == "มัธยฐานคะแนนต่ำสุดคือ ศาล 60.00 (n = 2) สูงสุดคือ อบต. 80.00 (n = 9) ใน 2 ประเภท"
    assert shown.n == 11


def test_an_item_is_shown_by_the_share_at_zero() -> None:
    rows = facets(facet=["sao", "court"], n=[8, 2], n_zero=[2, 1])
    shown = explorer.by_facet(rows, "kind", {"sao": "อบต.", "court": "ศาล"}, BREAKS, ITEM, **ABOUT)
    assert isinstance(shown, View)
    assert shown.sentence == "ได้ 0 คะแนนรวม 3 จาก 10 แห่ง มากที่สุดที่ ศาล 50.0% (1 จาก 2)"
    assert shown.frame["ได้ 0 (ร้อยละ)"].tolist() == [50.0, 25.0]


def test_years_stay_in_order_with_the_breaks_drawn_and_items_have_none() -> None:
    rows = facets(facet=["2565", "2566"], fiscal_year=[2565, 2566], n=9, median=[90.0, 70.0])
    names = {"2565": "2565", "2566": "2566"}
    shown = explorer.by_facet(rows, "year", names, BREAKS, X, **ABOUT)
    assert isinstance(shown, View)
    assert shown.sentence == "มัธยฐานปี 2565 90.00 (n = 9) ปี 2566 70.00 (n = 9)"
    assert "2565|2566" in shown.notes[-1]
    assert shown.figure is not None
    assert [line.y0 for line in shown.figure.layout.shapes] == [0.5]
    assert "ความหมายเปลี่ยนตามปี" in str(explorer.by_facet(rows, "year", names, BREAKS, ITEM, **ABOUT))


def test_small_multiples_need_two_facets_and_two_years() -> None:
    both = facets(facet=["a", "a", "b", "b"], fiscal_year=[2566, 2567] * 2, n=9, median=[1, 80.0, 2, 70.0])
    names = {"a": "ก", "b": "ข", "c": "ค"}
    shown = explorer.years(both, "kind", names, BREAKS, X, group=GROUP)
    assert shown is not None
    assert "ต่ำสุดใน 2 ประเภทคือ ข 70.00 สูงสุดคือ ก 80.00" in shown.sentence
    assert "ไม่แสดงอีก 1 ประเภท" in shown.notes[1]
    one_year = both[both["fiscal_year"] == 2567]
    assert explorer.years(one_year, "kind", names, BREAKS, X, group=GROUP) is None
    assert explorer.years(both.head(2), "kind", names, BREAKS, X, group=GROUP) is None
    assert explorer.years(both, "kind", names, BREAKS, ITEM, group=GROUP) is None


def test_the_point_of_a_body_marks_the_bodies_with_its_scores() -> None:
    rows = pd.DataFrame({"value": [66.4333, 100.0], "other_value": [50.0, None]})
    points = explorer.points(rows, Scores(60, 70, 50, 51))
    assert points["code"].tolist() == ["in66.43-66.44-50-50.01"]
    assert points["is_marked"].tolist() == [True]


def test_a_click_and_a_frame_mark_scores() -> None:
    click = {"selection": {"points": [{"customdata": ["in98-100.01-0-101"]}], "box": []}}
    assert panel.selected(click, X, None) == Scores(98, 100.01)
    frame = {"selection": {"points": [], "box": [{"x": [70.004, 59.996], "y": [88.5, 90.25]}]}}
    assert panel.selected(frame, X, Y) == Scores(60, 70.01, 88.5, 90.26)
    assert panel.selected(frame, X, None) == Scores(60, 70.01)
    room = Named(X.measure, X.level, X.name, headroom=True)
    assert panel.selected(frame, room, None) == Scores(30, 40.01)
    over = {"selection": {"box": [{"x": [-3, 104], "y": [90, 103]}]}}
    assert panel.selected(over, X, Y) == Scores(0, 101, 90, 100.01)
    assert panel.selected(None, X, Y) is None
    assert panel.selected({"selection": {"points": [{}], "box": []}}, X, Y) is None


BODIES = [
    (40.0, 55.5),
    (60.0, 88.5),
    (70.0, 90.25),
    (70.01, 89.0),
    (98.0, 99.99),
    (99.995, 88.49),
    (100.0, 100.0),
]


@pytest.mark.parametrize("headroom", [False, True])
@pytest.mark.parametrize("box", [(60, 70.004, 88.5, 90.25), (97.996, 100, 99, 100), (-1, 101, -1, 100.9)])
def test_a_frame_on_the_stretched_axes_marks_the_same_bodies(
    box: tuple[float, float, float, float], headroom: bool
) -> None:
    """The frame is drawn around the same scores, wherever these stand."""

    def drawn(stretched: bool, whole: bool) -> Scores | None:
        x, y = (Named(one.measure, one.level, one.name, headroom, stretched) for one in (X, Y))
        # beyond the ends of the scale there are no scores, but there is room on the chart
        beyond = -3 if headroom else 3
        xs, ys = (
            [axis.axis().at(min(max(one, 0), 100)) + beyond * ((one > 100) - (one < 0)) for one in ends]
            for axis, ends in ((x, box[:2]), (y, box[2:]))
        )
        if headroom:
            xs, ys = xs[::-1], ys[::-1]
        event = {"selection": {"points": [], "box": [{"x": xs, "y": ys}]}}
        return panel.selected(event, x, y if whole else None)

    for whole in (True, False):
        found, even = drawn(True, whole), drawn(False, whole)
        assert found == even
        assert found is not None
        inside = [found.has(*one) for one in BODIES]
        assert any(inside)
        assert inside == [
            max(box[0], 0) <= round(x, 2) <= min(round(box[1], 2), 100)
            and (not whole or max(box[2], 0) <= round(y, 2) <= min(box[3], 100))
            for x, y in BODIES
        ]


def test_the_switch_is_said_below_the_charts_it_acts_on() -> None:
    bins = pd.DataFrame({"value_from": [98], "other_from": [80], "n": [6], "n_marked": [0]})
    nobody = pd.DataFrame({"organisation_id": [], "value": [], "other_value": []})
    for stretched in (False, True):
        x, y = (Named(one.measure, one.level, one.name, stretched=stretched) for one in (X, Y))
        shown = explorer.against(None, bins, nobody, {}, COUNTS, x, y, Explored(), framing=False, **ABOUT)
        said = "สีบอกจำนวนแห่งในช่อง ไม่ใช่ความหนาแน่น" in " ".join(shown.notes)
        assert said == stretched
        assert shown.frame["จำนวน (แห่ง)"].tolist() == [6]
        assert shown.figure is not None
        assert (shown.figure.layout.xaxis.tickvals is not None) == stretched


def test_the_list_names_measures_shortly_and_shows_what_is_missing() -> None:
    rows = pd.DataFrame(
        {
            "organisation_id": ["a"],
            "label_th": ["อบต.ก · จ.เลย"],
            "type_short_th": ["อบต."],
            "province_th": ["เลย"],
            "value": [60.0],
            "basis": ["published"],
            "other_value": [None],
            "other_basis": [None],
            "overall": [80.0],
        }
    )
    room = Named(X.measure, X.level, X.name, headroom=True)
    listed = explorer.listing(rows, 1, room, Y, Explored(X.measure, Y.measure, headroom=True), **ABOUT)
    assert listed.frame.iloc[0].drop("EIT (EIT Public)").tolist()[3:] == [60.0, 40.0, 80.0]
    assert pd.isna(listed.frame["EIT (EIT Public)"].iloc[0]), "missing is not zero"
    assert "ตัวชี้วัด 10 = 10 การทดสอบ" in listed.notes[0]
    assert listed.title == "หน่วยงานทั้งหมดที่ทราบค่า"
    assert Explored().marked == ALL_SCORES
