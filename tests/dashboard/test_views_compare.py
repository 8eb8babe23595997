"""The table of a group: search, filters, orders and what is said of them; bodies beside one another."""

import pandas as pd
import pytest

from dashboard import listing
from dashboard.listing import Asked
from dashboard.views import compare, side_by_side
from dashboard.views.compare import Bodies, Wishes
from tests.dashboard.frames import BREAKS, GROUP, counts, parts, results


def bodies(overalls: list[float | None], mark: float | None = 85.0) -> Bodies:
    """Bodies that all have indicator 1 recomputed, and 2 where they have an overall."""
    n = len(overalls)
    ids = [f"body-{at}" for at in range(n)]
    values = pd.DataFrame(
        {
            "organisation_id": ids * 2,
            "part": ["1"] * n + ["2"] * n,
            "value": [80.0] * n + overalls,
            "basis": ["recomputed"] * n + ["published"] * n,
        }
    )
    spread = pd.DataFrame({"part": ["1", "2"], "n": [n, n - overalls.count(None)]})
    rows, values = results(overalls, mark), values.dropna(subset=["value"])
    nobody = compare.nobody(2567, counts(overalls, mark), parts(), spread, mark)
    return compare.gather(nobody, rows, values)


def lowest(overalls: list[float | None]) -> pd.DataFrame:
    return results(overalls).dropna(subset=["overall"]).sort_values(["overall", "name_order"])[:3]


def test_levels_without_a_score_are_left_out() -> None:
    found = bodies([90, None])
    assert list(found.parts["part"]) == ["1", "2"]
    assert list(found.parts["n"]) == [2, 1]
    assert found.values.loc["body-1"].tolist()[0] == 80
    assert found.recomputed.loc["body-0"].tolist() == [True, False]
    assert (found.n, found.n_all, found.ranked) == (1, 2, False)


@pytest.mark.parametrize(
    ("search", "words"),
    [
        ("", ("", "", "")),
        ("  เลย   เมือง ", ("เลย", "เมือง", "")),
        ("บ้าน ๑๒ ฏ ABC", ("บ้าน", "12", "ฎabc")),
    ],
    ids=["none", "two", "folded, the rest as one"],
)
def test_words_of_a_search(search: str, words: tuple[str, str, str]) -> None:
    assert tuple(listing.words_of(search).values()) == words


def test_a_page_of_a_list_and_all_of_it() -> None:
    asked = Asked("-overall", page=3, rows=20)
    shown, whole = asked.parameters(), asked.parameters(whole=True)
    assert (shown["first"], shown["last"]) == (41, 60)
    assert (shown["sort_by"], shown["descending"]) == ("overall", True)
    assert whole["first"] == 1
    assert whole["last"] >= 100_000


@pytest.mark.parametrize(
    ("wishes", "order"),
    [
        (Wishes(), "-overall"),
        (Wishes(turned=True), "overall"),
        (Wishes(order="name", turned=True), "-name"),
        (Wishes(order="2"), "2"),
        (Wishes(order="change", turned=True), "-change"),
    ],
    ids=["rank", "rank turned", "name turned", "a part, low first", "gains first"],
)
def test_the_order_of_the_table(wishes: Wishes, order: str) -> None:
    assert wishes.sorted_by == order


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
    assert compare.headline(bodies(overalls, mark), lowest(overalls)).endswith(said)


def test_the_file_names_what_is_recomputed_and_holds_numbers() -> None:
    found = bodies([90, 80])
    frame = compare.table_frame(found, compare.table_columns(found))
    assert list(frame["คำนวณจากส่วนย่อย"]) == ["1", "1"]
    assert list(frame["คะแนนรวม"]) == [90, 80]
    assert "อันดับ (จาก 2 แห่ง)" not in frame, "two bodies are not ranked"
    notes = " ".join(compare.table_notes(found, 2, Wishes(search="ก"), 70.0, BREAKS))
    assert "แสดง 2 จาก 2 แห่ง (คำค้น “ก”)" in notes
    assert "ไม่แสดงอันดับ เพราะกลุ่มนี้มีคะแนนรวมเพียง 2 แห่ง" in notes
    assert "* คำนวณจากส่วนย่อย" in notes


def test_filters_that_leave_nobody_are_not_offered() -> None:
    assert compare.filters(counts([90, 95])) == {"all": "ทั้งหมด (2)", "passed": "ผ่าน (2)"}


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
    low, high = ["body-2", "body-1", "body-0"], ["body-0", "body-1", "body-2"]
    assert side_by_side.offers(low, high, ["body-2"]) == {
        "เทียบกับ 2 แห่งที่คะแนนรวมต่ำสุดของกลุ่ม": ["body-1", "body-0"],
        "เทียบกับแห่งที่คะแนนรวมสูงสุดและต่ำสุดของกลุ่ม": ["body-0", "body-1"],
    }
    assert side_by_side.offers(["body-0"], ["body-0"], []) == {}
