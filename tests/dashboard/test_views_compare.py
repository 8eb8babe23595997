"""The table of a group: search, filters, orders and what is said of them; bodies beside one another."""

import pandas as pd
import pytest

from dashboard.views import compare, side_by_side
from dashboard.views.compare import Bodies, Wishes
from tests.dashboard.frames import BREAKS, GROUP, parts, results


def column(values: list[float | None], basis: str = "published") -> pd.DataFrame:
    rows = pd.DataFrame(
        {"organisation_id": [f"body-{at}" for at in range(len(values))], "value": values, "basis": basis}
    )
    return rows.dropna(subset=["value"])


def bodies(overalls: list[float | None], mark: float | None = 85.0) -> Bodies:
    n = len(overalls)
    columns = {"IIT": column([None] * n), "1": column([80.0] * n, "recomputed"), "2": column(overalls)}
    return compare.gather(2567, results(overalls, mark), parts(), columns, mark)


def test_levels_without_a_score_are_left_out() -> None:
    found = bodies([90, None])
    assert list(found.parts["part"]) == ["1", "2"]
    assert found.values.loc["body-1"].tolist()[0] == 80
    assert found.recomputed.loc["body-0"].tolist() == [True, False]
    assert (found.n, found.ranked) == (1, False)


@pytest.mark.parametrize(
    ("search", "ids"),
    [
        ("อบต.ข", ["body-1"]),
        ("  เลย   เมือง ", ["body-0", "body-1", "body-2"]),
        ("องค์การบริหารส่วนตำบลค", ["body-2"]),
        ("เลย ไม่มี", []),
    ],
)
def test_search_wants_every_word(search: str, ids: list[str]) -> None:
    rows = results([90, 80, 70]).set_index("organisation_id")
    assert list(compare.selected(rows, Wishes(search=search), ()).index) == ids


def test_search_reads_thai_digits_as_digits() -> None:
    rows = results([90, 80]).set_index("organisation_id")
    rows["label_th"] = ["อบต.บ้าน ๑๒", "อบต.บ้าน 3"]
    assert list(compare.selected(rows, Wishes(search="12"), ()).index) == ["body-0"]


@pytest.mark.parametrize(
    ("show", "ids"),
    [("all", [0, 1, 2]), ("below", [1]), ("passed", [0]), ("no_overall", [2])],
)
def test_filters(show: str, ids: list[int]) -> None:
    rows = results([90, 80, None]).set_index("organisation_id")
    assert list(compare.selected(rows, Wishes(show=show), ()).index) == [f"body-{one}" for one in ids]


def test_only_the_followed_bodies() -> None:
    rows = results([90, 80, 70]).set_index("organisation_id")
    assert list(compare.selected(rows, Wishes(only_chosen=True), ("body-2",)).index) == ["body-2"]


@pytest.mark.parametrize(
    ("wishes", "ids"),
    [
        (Wishes(), [2, 0, 3, 1]),
        (Wishes(turned=True), [0, 3, 2, 1]),
        (Wishes(order="name", turned=True), [3, 2, 1, 0]),
        (Wishes(order="2"), [0, 3, 2, 1]),
    ],
    ids=["rank", "rank turned", "name turned", "a part, low first"],
)
def test_order_keeps_equals_in_name_order_and_the_unknown_last(wishes: Wishes, ids: list[int]) -> None:
    found = bodies([80, None, 90, 80])
    assert list(compare.arranged(found.rows, found.values, wishes).index) == [f"body-{one}" for one in ids]


@pytest.mark.parametrize(
    ("overalls", "mark", "said"),
    [
        (
            [90, 80, 70, 60, 50],
            85.0,
            "4 แห่งต่ำกว่าเกณฑ์ผ่าน 85 คะแนน: อบต.จ 50.00 (ต่ำสุด), อบต.ง 60.00, อบต.ค 70.00 และอีก 1 แห่ง",
        ),
        ([90, 86], 85.0, "ทุกแห่งผ่านเกณฑ์ 85 คะแนน · อบต.ข 86.00 (ต่ำสุด)"),
        ([90], 85.0, "ผ่านเกณฑ์ 85 คะแนน · อบต.ก 90.00"),
        ([50], None, "ปีนี้ไม่มีเกณฑ์ผ่านที่ใช้ได้ · อบต.ก 50.00"),
        ([None, None], 85.0, "ปี 2567 มีข้อมูลของ 2 แห่งในกลุ่ม แต่ยังไม่มีแห่งใดมีคะแนนรวม"),
    ],
    ids=["some below", "all pass", "one body", "no mark", "no overall"],
)
def test_headline(overalls: list[float | None], mark: float | None, said: str) -> None:
    assert compare.headline(bodies(overalls, mark)).endswith(said)


def test_the_file_names_what_is_recomputed_and_holds_numbers() -> None:
    found = bodies([90, 80])
    columns = compare.table_columns(found, found.rows)
    frame = compare.table_frame(found, found.rows, columns)
    assert list(frame["คำนวณจากส่วนย่อย"]) == ["1", "1"]
    assert list(frame["คะแนนรวม"]) == [90, 80]
    assert "อันดับ (จาก 2 แห่ง)" not in frame, "two bodies are not ranked"
    notes = " ".join(compare.table_notes(found, found.rows, Wishes(search="ก"), 70.0, BREAKS))
    assert "แสดง 2 จาก 2 แห่ง (คำค้น “ก”)" in notes
    assert "ไม่แสดงอันดับ เพราะกลุ่มนี้มีคะแนนรวมเพียง 2 แห่ง" in notes
    assert "* คำนวณจากส่วนย่อย" in notes


def test_filters_that_leave_nobody_are_not_offered() -> None:
    assert compare.filters(results([90, 95])) == {"all": "ทั้งหมด (2)", "passed": "ผ่าน (2)"}


VALUES = pd.DataFrame(
    {
        "organisation_id": ["body-0", "body-1"] * 2,
        "part": ["overall", "overall", "1", "1"],
        "value": [90.0, 70.0, 99.0, 40.0],
        "basis": ["published", "published", "published", "recomputed"],
    }
)
OVERALL = pd.DataFrame(
    {"part": ["overall"], "name_th": ["คะแนนรวม"], "level": ["overall"], "parent": [None], "position": [0]}
)
SPREAD = pd.DataFrame({"part": ["overall", "1"], "median": [80.0, 69.5], "n": [2, 1]})


def test_side_by_side() -> None:
    rows = side_by_side.rows_of(VALUES, pd.concat([OVERALL, parts()]), SPREAD)
    assert list(rows["part"]) == ["overall", "1"]
    assert rows["median"].isna().tolist() == [False, True], "the median of one body is that body"
    names = {"body-0": "อบต.ก", "body-1": "อบต.ข"}
    shown = side_by_side.side(
        VALUES, rows, names, year=2567, mark=85.0, missing="ไม่มีข้อมูลปี 2567: อบต.ค", group=GROUP
    )
    assert shown.sentence == (
        "คะแนนรวมปี 2567 ของแห่งที่เลือก: สูงสุด อบต.ก 90.00 ต่ำสุด อบต.ข 70.00 มัธยฐานของกลุ่ม 80.00 · "
        "ต่างกันมากที่สุดที่ 1 การทดสอบ 1 (40.00–99.00) · ไม่มีข้อมูลปี 2567: อบต.ค"
    )
    assert shown.frame["อบต.ข"].tolist() == [70, 40]
    assert shown.frame["คำนวณจากส่วนย่อย"].tolist() == ["", "อบต.ข"]
    assert side_by_side.recomputed(VALUES, rows, names)["อบต.ข"].tolist() == [False, True]


def test_offers_leave_out_who_is_chosen_already() -> None:
    rows = results([90, 80, 70, None])
    assert side_by_side.offers(rows, ["body-2"]) == {
        "เทียบกับ 2 แห่งที่คะแนนรวมต่ำสุดของกลุ่ม": ["body-1", "body-0"],
        "เทียบกับแห่งที่คะแนนรวมสูงสุดและต่ำสุดของกลุ่ม": ["body-0", "body-1"],
    }
    assert side_by_side.offers(rows.head(1), []) == {}
