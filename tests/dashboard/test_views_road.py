"""What the page of what to do next says, on a real body and on invented ones."""

from collections.abc import Callable

import pandas as pd
import pytest

from dashboard.views import learn, organisation_tree, plan_results, road
from ita_data.edition import load_editions
from tests.dashboard.frames import GROUP
from warehouse.warehouse import Warehouse

EDITIONS = load_editions()


def ways(opened: Warehouse, body: str, year: int) -> road.Ways:
    tree = opened.run("organisation_tree", organisation=body, fiscal_year=year)
    return road.ways(body, EDITIONS[year], tree, GROUP)


def invented(year: int, scores: dict[str, float]) -> road.Ways:
    """A body with these scores of parts."""
    tree = pd.DataFrame({"part": scores.keys(), "value": scores.values(), "value_public": None})
    return road.ways("x", EDITIONS[year], tree.assign(value_survey=None), GROUP)


@pytest.fixture(scope="module")
def khwao_yai(published_warehouse: Warehouse) -> road.Ways:
    return ways(published_warehouse, "sao-khwao-yai", 2567)


def test_the_road_says_how_many_documents_and_what_they_do_not_do(khwao_yai: road.Ways) -> None:
    assert road.sentence(khwao_yai) == (
        "เปิดเผยเอกสารเพิ่มอีก 9 ข้อ จาก 14 ข้อที่ยังไม่ได้คะแนน คะแนนรวมจะจาก 69.50 เป็น 85.00 ถึง 85 ระดับ “ผ่าน” · "
        "ครบทั้ง 14 ข้อจะได้ 88.71 ระดับ “ผ่าน” ยังไม่ถึง “ผ่านดี” เพราะ IIT ขาดอีก 3.76, EIT ขาดอีก 2.20"
    )


def test_both_bases_are_shown_and_their_difference_is_unexplained(khwao_yai: road.Ways) -> None:
    said = road.two_bases(khwao_yai)
    assert "ตัวชี้วัด 10 เผยแพร่ 35.00 จากรายข้อ 37.50" in said
    assert "69.498 + 19.214 = 88.71" in said
    assert "69.998 + 19.214 = 89.21" in said
    assert "ต่างกัน 0.50 คะแนน ยังไม่มีคำอธิบาย" in said
    assert said in road.checklist(khwao_yai).notes


def test_the_checklist(khwao_yai: road.Ways) -> None:
    frame = road.checklist(khwao_yai).frame.set_index("ข้อ")
    assert list(frame["ลำดับ"]) == [1] * 3 + [4] * 3 + [7] * 5 + [12] * 3
    assert frame.at["O33", "คะแนนรวมสะสม"] == 72.0
    assert frame.at["O17", "คะแนนรวมสะสม"] == 85.0  # 84.998, as it is graded
    assert frame.at["O12", "คะแนนรวมสะสม"] == 88.71
    assert frame.at["O12", "สะสมจากรายข้อ"] == 89.21
    assert frame.at["O12", "OIT สะสม"] == 98.75
    assert {code: said for code, said in frame["ถึงระดับ"].items() if said} == {
        "O33": "ต้องปรับปรุง",
        "O17": "ผ่าน",
    }


def test_a_bare_pass_is_said(khwao_yai: road.Ways) -> None:
    assert any("“ผ่าน” ถึงพอดี (85.00)" in note for note in road.notes(khwao_yai))


def test_equal_documents_can_stand_for_one_another(khwao_yai: road.Ways) -> None:
    made = road.reaches(khwao_yai)
    assert made is not None
    rows = made.frame.set_index("ระดับ")
    assert rows.at["ต้องปรับปรุง", "เอกสารน้อยที่สุด"] == "1 ข้อ (1 ใน 3 ข้อนี้: O33, O34, O35)"
    assert rows.at["ต้องปรับปรุง", "เอกสารน้อยที่สุด (จากรายข้อ)"] == road.NOTHING_NEEDED
    lines = dict(road.reach_lines(made))
    assert lines["ต้องปรับปรุง (คะแนนรวม ≥ 70)"] == (
        "1 ข้อ (1 ใน 3 ข้อนี้: O33, O34, O35) จะได้ 72.00 · ถ้านับจากรายข้อ: ถึงแล้ว"
    )
    assert lines["ผ่านดี (คะแนนรวม ≥ 85 และทุกเครื่องมือ ≥ 85)"] == (
        "เอกสารอย่างเดียวไม่พอ: IIT ขาดอีก 3.76, EIT ขาดอีก 2.20"
    )
    assert rows.at["ผ่าน", "เอกสารน้อยที่สุด"] == (
        "9 ข้อ (O33, O34, O35 · O28, O30, O31 · 3 ใน 5 ข้อนี้: O14, O16, O17, O24, O25)"
    )
    assert list(rows.loc["ผ่านดี", ["เอกสารอย่างเดียว", "เพราะ"]]) == ["ไม่พอ", "IIT ขาดอีก 3.76, EIT ขาดอีก 2.20"]
    assert list(rows.loc["ผ่าน", ["เอกสารอย่างเดียว", "เพราะ"]]) == ["พอ", ""]


def test_what_documents_cannot_do(khwao_yai: road.Ways) -> None:
    made = road.surveys(khwao_yai)
    assert made is not None
    assert (
        made.sentence
        == "IIT 81.24 ขาด 3.76 ถึง 85 และขาด 13.76 ถึง 95 · EIT 82.80 ขาด 2.20 ถึง 85 และขาด 12.20 ถึง 95"
    )


def test_what_indicators_and_survey_items_could_bring(khwao_yai: road.Ways) -> None:
    made = road.gains(khwao_yai)
    assert made is not None
    gains = made.frame.set_index("รหัส")["เพิ่มคะแนนรวมได้อีก"]
    assert gains["10"] == pytest.approx(13.0)
    assert gains["I10"] == pytest.approx(0.3 / 5 / 3 * (100 - 39.33))
    assert "O33" not in gains.index


def test_ticked_documents_add_up_on_both_bases(khwao_yai: road.Ways) -> None:
    assert road.ticked(khwao_yai, {"O33", "O8"}) == (
        "ถือว่าทำแล้ว 2 ข้อ: คะแนนรวม 72.57 ระดับ “ต้องปรับปรุง” (จากรายข้อ 73.07 “ต้องปรับปรุง”)"
    )


@pytest.mark.parametrize(
    ("year", "scores", "said"),
    [
        (2568, {"overall": 99, "IIT": 99, "EIT": 99, "OIT": 99}, "อยู่ระดับสูงสุดของปี 2568 แล้ว"),
        (2561, {"overall": 80}, "ปี 2561 ไม่มีเกณฑ์ระดับที่ยืนยันได้"),
        (
            2568,
            {"overall": 80, "IIT": 90, "EIT": 90, "OIT": 65, "O1": 0},
            "การแบ่งข้อของปี 2568 ยังไม่ยืนยัน จึงไม่รู้ว่าเอกสาร 1 ข้อที่ยังไม่ได้คะแนนเพิ่มคะแนนรวมข้อละเท่าใด · "
            "ถ้าการเปิดเผยข้อมูลได้เต็ม 100 คะแนนรวมจะจาก 80.00 เป็น 94.00 ระดับ “ผ่านดี”",
        ),
        (2562, {"overall": 62, "OIT": 50}, "ไม่ทราบรายข้อของกรอบการประเมินปี 2562 จึงบอกไม่ได้"),
        (2562, {"overall": 96}, "อยู่ระดับสูงสุดของปี 2562 แล้ว: คะแนนรวม 96.00 ระดับ “AA”"),
        (2566, {"overall": 99.81}, "อยู่ระดับสูงสุดของปี 2566 แล้ว: คะแนนรวม 99.81 ระดับ “ผ่านดีเยี่ยม”"),
        (2567, {f"O{n}": 100 for n in range(1, 36)}, "แต่ไม่ทราบคะแนนรวมปี 2567 จึงบอกไม่ได้ว่าถึงระดับใด"),
        (2567, {"overall": 90, "O1": 0}, "คะแนนรวม 90.00 ยังไม่ทราบว่าถึงหรือไม่ ระดับ “ผ่านดี”: ไม่ทราบคะแนน IIT"),
        (2567, {"overall": 80, "OIT": 65}, "ไม่ทราบผลรายข้อของเอกสาร 35 ข้อ"),
        (2567, {"overall": 80}, "และไม่ทราบคะแนนรวมหรือคะแนนของเครื่องมือ จึงบอกไม่ได้"),
        (2567, {"O1": 0}, "ไม่ทราบคะแนนรวมปี 2567 จึงบอกได้เพียงว่าเอกสารที่ยังไม่ได้คะแนน 1 ข้อ"),
        (
            2567,
            {"overall": 60, "IIT": 60, "EIT": 60, "OIT": 60, "O33": 0},
            "คะแนนรวม 60.00 จะถึงระดับ “ผ่าน” ด้วยเอกสารอย่างเดียวไม่ได้: คะแนนรวม ขาดอีก 9.00 · "
            "ครบทั้ง 1 ข้อจะได้ 62.50 ระดับ “ต้องปรับปรุงโดยด่วน”",
        ),
        (
            2567,
            {f"O{n}": 100 for n in range(1, 36)} | {"overall": 90, "IIT": 80, "EIT": 86, "OIT": 100},
            "เอกสารทุกข้อได้คะแนนเต็มแล้ว ยังไม่ถึง “ผ่านดี” เพราะ IIT ขาดอีก 5.00",
        ),
        (
            2565,
            {"overall": 90, "OIT": 90, "O1": 0},
            "คะแนนรวม 90.00 จะถึงระดับ “AA” ด้วยเอกสารอย่างเดียวไม่ได้: คะแนนรวม ขาดอีก 1.00",
        ),
    ],
    ids=[
        "top",
        "no scale",
        "unconfirmed split",
        "no items known",
        "top without items known",
        "top by the overall alone",
        "all published, no overall",
        "perhaps reached",
        "unknown items",
        "overall only",
        "no overall",
        "out of reach",
        "all published",
        "letters",
    ],
)
def test_what_is_said_where_there_is_no_plain_road(year: int, scores: dict[str, float], said: str) -> None:
    assert said in road.sentence(invented(year, scores))


def test_where_it_depends_on_unknown_documents_it_is_left_open() -> None:
    made = road.reaches(invented(2567, {"overall": 80, "IIT": 80, "EIT": 90, "OIT": 72.5, "O33": 0}))
    assert made is not None
    reasons = made.frame.set_index("ระดับ")["เพราะ"]
    assert reasons["ผ่าน"] == "ขึ้นกับเอกสารที่ไม่ทราบผลหรือน้ำหนัก"
    assert reasons["ผ่านดี"] == "IIT ขาดอีก 5.00"


def test_documents_are_not_said_to_fall_short_where_nothing_is_known(published_warehouse: Warehouse) -> None:
    """เทศบาลตำบลเขาสวนกวาง 2563: with OIT at 100 it would have 90.26, an A; only AA is out of reach."""
    found = ways(published_warehouse, "tt-khao-suan-kwang", 2563)
    assert "เป็น 90.26 ระดับ “A”" in road.sentence(found)
    made = road.reaches(found)
    assert made is not None
    lines = dict(road.reach_lines(made))
    assert lines.pop("AA (คะแนนรวม ≥ 95)") == "เอกสารอย่างเดียวไม่พอ: คะแนนรวม ขาดอีก 4.74"
    assert set(lines.values()) == {"ยังบอกไม่ได้: ขึ้นกับเอกสารที่ไม่ทราบผลหรือน้ำหนัก"}
    assert "ยังไม่ถึงอีก 4 ระดับของปี 2563" in made.sentence


def test_a_level_perhaps_reached_is_not_called_missed() -> None:
    made = road.reaches(invented(2566, {"overall": 98.10}))
    assert made is not None
    assert made.sentence.endswith("· ยังไม่ทราบว่าถึงหรือไม่ 1 ระดับของปี 2566")
    assert "ยังไม่ถึง" not in made.sentence
    (line,) = road.reach_lines(made)
    assert line[0].startswith("ผ่านดีเยี่ยม ")
    assert line[1] == "ยังไม่ทราบว่าถึงหรือไม่: ไม่ทราบคะแนน IIT, ไม่ทราบคะแนน EIT, ไม่ทราบคะแนน OIT"


def test_without_an_overall_no_level_is_said_to_be_missed(published_warehouse: Warehouse) -> None:
    assert road.reaches(ways(published_warehouse, "tt-mueang-klaeng", 2564)) is None


def test_where_items_are_not_known_no_instrument_is_called_a_survey() -> None:
    found = invented(2562, {"overall": 62, "IIT": 70, "EIT": 70, "OIT": 50, "1": 70, "10": 40})
    assert found.surveys == []
    assert (road.reaches(found), road.surveys(found)) == (None, None)
    made = road.gains(found)
    assert made is not None
    assert "แบบวัดการรับรู้" not in made.sentence
    assert made.figure is None, "its colours would tell documents from surveys"
    assert any("ไม่ทราบรายข้อของปี 2562" in note for note in made.notes)


def test_every_body_of_the_country_s_shipped_figures_has_a_road_that_can_be_said(
    published_warehouse: Warehouse,
) -> None:
    """No body and year breaks a view, and no view shows a missing figure as a number."""
    for year in range(2561, 2569):
        rows = published_warehouse.run(
            "part_column", place="all", kind="all", fiscal_year=year, part="overall"
        )
        for body in rows["organisation_id"]:
            found = ways(published_warehouse, body, year)
            views = [road.checklist(found), road.reaches(found), road.gains(found), road.surveys(found)]
            for made in filter(None, views):
                assert made.sentence
                assert "nan" not in made.sentence + "".join(made.notes)


# Whom to learn from ------------------------------------------------------------


BREAKS = pd.DataFrame({"fiscal_year": [2567, 2568], "reason_th": ["แบบสำรวจใหม่", "ข้อใหม่"]})


def alike(
    *,
    n: int = 9,
    n_alike: int = 6,
    n_risen: int = 2,
    n_first: int = 1,
    changes: tuple[float, ...] = (30.0, 20.0),
) -> pd.DataFrame:
    rows = [("own", None, 5.0), *((f"b{at}", f"อบต.{at}", change) for at, change in enumerate(changes))]
    return pd.DataFrame(rows, columns=["organisation_id", "label_th", "change"]).assign(
        overall_from=80.0,
        value_from=40.0,
        value_to=lambda frame: 40.0 + frame["change"],
        n=n,
        n_alike=n_alike,
        n_risen=n_risen,
        n_first=n_first,
        mean_change=4.0,
    )


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (alike(), "เริ่มใกล้กัน 6 จาก 9 แห่ง เฉลี่ย +4.00 · เพิ่มขึ้น 2 แห่ง มากที่สุด +30.00: อบต.0"),
        (alike(changes=(30.0, 30.0), n_first=2), "มากที่สุด +30.00: เท่ากัน 2 แห่ง"),
        (alike(changes=(30.0,) * 10, n_risen=40, n_first=23), "มากที่สุด +30.00: เท่ากัน 23 แห่ง แสดง 10"),
        (alike(n_alike=4), "น้อยเกินกว่าจะสรุปเป็นภาพรวม"),
        (alike(n_risen=0, changes=()), "ไม่มีแห่งใดเพิ่มขึ้น"),
        (alike(n_alike=0, n_risen=0, changes=()), "ในกลุ่ม 9 แห่ง ไม่มีแห่งใดเริ่มใกล้กัน"),
        (alike(n=0, n_alike=0, n_risen=0, changes=()), "ไม่มีหน่วยงานอื่นที่มีคะแนนทั้งปี 2566 และ 2567"),
    ],
    ids=["plain", "tie", "long tie", "few", "none rose", "none alike", "nobody"],
)
def test_whom_to_learn_from(rows: pd.DataFrame, said: str) -> None:
    made, ids = learn.alike(rows, "10", "10 การป้องกันการทุจริต", 2567, GROUP, BREAKS)
    assert said in made.sentence
    assert "ระหว่างสองปีวิธีประเมินเปลี่ยน: แบบสำรวจใหม่" in made.notes
    assert len(ids) == len(rows) - 1 == len(made.frame)
    assert any("ไม่เกิน 5" in note and "ไม่เกิน 10" in note for note in made.notes)


NO_BREAK = pd.DataFrame({"allowed": [True], "reason_th": ["ข้อลดลง"]})


@pytest.mark.parametrize(
    ("breaks", "years", "said"),
    [
        (NO_BREAK.assign(allowed=False), [2566, 2567], "เทียบปี 2566 กับ 2567 ไม่ได้: ข้อลดลง"),
        (NO_BREAK, [2567], "ไม่ทราบคะแนน 10 ปี 2566 ของหน่วยงานนี้"),
        (NO_BREAK, [2566, 2567], "ไม่ทราบคะแนนรวมปี 2566 ของหน่วยงานนี้"),
    ],
    ids=["break", "no earlier score", "no earlier overall"],
)
def test_why_nobody_can_be_learnt_from(breaks: pd.DataFrame, years: list[int], said: str) -> None:
    assert said in learn.impossible(2567, "10", breaks, pd.DataFrame({"fiscal_year": years}))


def test_the_indicator_is_the_one_asked_for_or_the_weakest(published_warehouse: Warehouse) -> None:
    tree = published_warehouse.run("organisation_tree", organisation="sao-khwao-yai", fiscal_year=2567)
    low = tree[tree["level"] == "indicator"].sort_values("value")
    assert learn.indicator_of(low, tree, None) == "10"
    assert learn.indicator_of(low, tree, "I10") == "4"
    assert learn.indicator_of(low, tree, "OIT") == "10"


def test_what_the_measures_of_the_others_say(published_warehouse: Warehouse) -> None:
    rows = published_warehouse.run(
        "measures_on_part", organisations=",sao-khwao-yai,", part="10", assessed_year=2567
    )
    listed = pd.DataFrame({"organisation_id": ["sao-khwao-yai"], "label_th": ["อบต.เขวาใหญ่"]})
    made = learn.measures(rows, listed, "10", 2568, GROUP)
    assert made is not None
    assert made.sentence.startswith("1 แห่งมีมาตรการที่ตอบผลปี 2567")
    assert list(made.frame["การติดตาม"]) == [learn.NOT_PRINTED]
    assert learn.measures(rows.head(0), listed, "10", 2568, GROUP) is None


# Plans against results ------------------------------------------------------------


def test_a_plan_without_a_later_result(
    published_warehouse: Warehouse,
) -> None:
    body = {"organisation": "sao-khwao-yai"}
    weak, plans, changes = (
        published_warehouse.run(name, **body)
        for name in ("organisation_weak", "organisation_measures", "organisation_plan_changes")
    )
    made = plan_results.body("sao-khwao-yai", weak, changes, plans, GROUP, BREAKS)
    assert made is not None
    assert made.sentence == (
        "ผลปี 2567 ต่ำกว่า 85 มี 6 ตัวชี้วัด ทุกตัวมีมาตรการ · มาตรการ 7 จาก 7 ข้อไม่มีการติดตามหรือผลพิมพ์ไว้ · "
        "ยังไม่มีผลปีถัดไปที่เทียบได้ จึงยังไม่เห็นว่าเปลี่ยนอย่างไร"
    )
    bare = plan_results.not_followed(plans, GROUP)
    assert bare is not None
    assert len(bare.frame) == 7
    assert not any(plan_results.unaddressed(made))


@pytest.mark.parametrize(
    ("scores", "said"),
    [
        ([90.0, None, None], "ผลปี 2567 ไม่มีตัวชี้วัดต่ำกว่า 85 (ไม่ทราบ 2 ตัว)"),
        ([80.0, 90.0, None], "ผลปี 2567 ต่ำกว่า 85 มี 1 ตัวชี้วัด ทุกตัวมีมาตรการ (ไม่ทราบ 1 ตัว)"),
        ([90.0, 80.0, None], "ผลปี 2567 ต่ำกว่า 85 มี 1 ตัวชี้วัด ไม่มีมาตรการ 1 ตัว: 2 (ไม่ทราบ 1 ตัว)"),
        ([90.0, 95.0, 99.0], "ผลปี 2567 ไม่มีตัวชี้วัดต่ำกว่า 85 ·"),
    ],
    ids=["none weak", "all aimed at", "one bare", "all known"],
)
def test_unknown_indicators_are_counted_not_passed_over(
    published_warehouse: Warehouse, scores: list[float | None], said: str
) -> None:
    """A measure aims at indicator 1 only."""
    body = {"organisation": "sao-khwao-yai"}
    weak, plans, changes = (
        published_warehouse.run(name, **body)
        for name in ("organisation_weak", "organisation_measures", "organisation_plan_changes")
    )
    value = pd.Series(scores, dtype=float)
    weak = weak.head(3).assign(
        part=["1", "2", "3"], value=list(value), is_weak=list(value < 85), n_measures=[1, 0, 0]
    )
    made = plan_results.body("sao-khwao-yai", weak, changes, plans, GROUP, BREAKS)
    assert made is not None
    assert said in made.sentence


def test_a_plan_with_a_later_result(open_dataset: Callable[[str], Warehouse]) -> None:
    """test-00 aims at 8 and 10 of 2567 and nothing else; all of its indicators rise by 2."""
    opened = open_dataset("groups")
    weak, plans, changes = (
        opened.run(name, organisation="test-00")
        for name in ("organisation_weak", "organisation_measures", "organisation_plan_changes")
    )
    made = plan_results.body("test-00", weak, changes, plans, GROUP, BREAKS)
    assert made is not None
    assert "จากปี 2567 ถึง 2568: มีมาตรการมุ่งแก้ 2 ตัว เฉลี่ย +2.00, ไม่มีมาตรการ 8 ตัว เฉลี่ย +2.00" in made.sentence
    assert plan_results.NO_PROOF in made.notes
    assert "ปี 2567 ถึง 2568: ระหว่างสองปีวิธีประเมินเปลี่ยน: ข้อใหม่" in made.notes
    low = [
        text for text, bare in zip(made.frame["ตัวชี้วัด"], plan_results.unaddressed(made), strict=True) if bare
    ]
    assert low
    assert not any(one.startswith(("8 ", "10 ")) for one in low)


def test_a_year_without_a_plan_names_what_is_low(published_warehouse: Warehouse) -> None:
    editions = published_warehouse.run("editions").set_index("fiscal_year", drop=False)
    tree = published_warehouse.run("organisation_tree", organisation="tn-khon-kaen", fiscal_year=2564)
    standing = organisation_tree.standing("tn-khon-kaen", editions.loc[2564], tree, GROUP)
    assert plan_results.without_plan(standing) == "ยังไม่มีแผนที่ตอบผลปี 2564 ในคลังข้อมูล"
    low = organisation_tree.standing("x", editions.loc[2564], tree.assign(value=tree["value"] - 8), GROUP)
    assert "ต่ำกว่า 85 มี 6 ตัว: 2 การใช้งบประมาณ (83.12)" in plan_results.without_plan(low)


def test_the_group_is_told_with_n_and_the_mean_start() -> None:
    rows = pd.DataFrame(
        {
            "is_weak": [True, True, False],
            "is_addressed": [True, False, False],
            "n": [2, 18, 4],
            "n_bodies": [2, 2, 1],
            "mean_from": [62.5, 78.06, 90.0],
            "mean_change": [15.0, -0.06, 1.0],
            "n_planned": [2, 2, 2],
        }
    )
    made = plan_results.group(rows, 2567, GROUP, BREAKS)
    assert made is not None
    assert made.sentence == (
        "ตัวชี้วัดที่ต่ำกว่าเกณฑ์ตั้งต้น: มีมาตรการมุ่งแก้ 2 ตัวจาก 2 แห่ง เริ่มเฉลี่ย 62.50 เปลี่ยนเฉลี่ย +15.00 · "
        "ไม่มีมาตรการ 18 ตัวจาก 2 แห่ง เริ่มเฉลี่ย 78.06 เปลี่ยนเฉลี่ย -0.06"
    )
    assert made.n == 2
    assert plan_results.NO_PROOF in made.notes
    assert "ระหว่างสองปีวิธีประเมินเปลี่ยน: แบบสำรวจใหม่" in made.notes
    alone = plan_results.group(rows.iloc[[0]], 2567, GROUP, BREAKS)
    assert alone is not None
    assert "เทียบที่มีกับไม่มีมาตรการไม่ได้" in alone.sentence
    assert plan_results.group(rows.head(0), 2567, GROUP, BREAKS) is None
