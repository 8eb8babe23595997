"""Where a number comes from: its address, its sources, its calculation, on the published figures."""

from datetime import datetime

import pandas as pd
import pytest

from dashboard import number
from dashboard.number import GroupNumber, Number
from dashboard.views import number_group, number_source
from tests.dashboard.frames import GROUP
from warehouse.warehouse import Warehouse

KHWAO_YAI = {"organisation": "sao-khwao-yai", "fiscal_year": 2567}
TOLERANCE = 0.02
FILE = "0afda06b409e73ad43565166103c8bd569252a4ac670ddf2fd7f307476069a0c"


def of(part: str, respondents: str = "all") -> Number:
    return Number("sao-khwao-yai", 2567, part, respondents)


@pytest.fixture(scope="module")
def tree(published_warehouse: Warehouse) -> pd.DataFrame:
    weights = published_warehouse.run("parts", fiscal_year=2567)[["part", "weight_in_parent"]]
    return published_warehouse.run("organisation_tree", **KHWAO_YAI).merge(weights, on="part")


def printed(warehouse: Warehouse, part: str) -> list[number_source.Printed]:
    return number_source.printed(warehouse.run("organisation_printed", **KHWAO_YAI, part=part))


def row(**changes: object) -> pd.DataFrame:
    """A row of organisation_printed."""
    return pd.DataFrame(
        [
            {
                "respondents": "all",
                "value": 80.0,
                "stands": True,
                "gave_way": False,
                "source_th": "แฟ้มหนึ่ง",
                "source_row": "แผ่นงาน ผล แถว 12",
                "note_th": None,
                "source_id": "file-1",
                "kind": "file",
                "publisher_th": None,
                "locator": "ผล.xlsx",
                "sha256": "ab" * 32,
                "imported_by": "สมชาย",
                "imported_at": datetime(2026, 11, 21, 18, 5),
            }
            | changes
        ]
    )


def test_a_printed_figure_beside_the_one_recomputed(
    published_warehouse: Warehouse, tree: pd.DataFrame
) -> None:
    """Indicator 10: printed 35.00 twice, recomputed (50 + 25) ÷ 2 = 37.50; the printed one is used."""
    figures = printed(published_warehouse, "10")
    assert [(one.value, one.status) for one in figures] == [
        ("35.00", "ใช้ค่านี้"),
        ("35.00", "พิมพ์ซ้ำค่าเดียวกัน"),
    ]
    facts = dict(figures[0].facts)
    assert facts["SHA-256"] == FILE
    assert facts["แผ่นงาน แถว หรือตำแหน่ง"] == "ตารางตัวชี้วัดที่หนึ่ง บรรทัด 46"
    assert facts["แฟ้มหรือที่อยู่"] == "001_8f20abfebe3817f6"
    assert facts["ผู้นำเข้าและเวลา"] == number_source.SHIPPED
    assert number_source.headline(tree, of("10"), figures)[0] == "35.00"
    made = number_source.calculation(tree, of("10"), TOLERANCE)
    assert made.formula == "(50.00 + 25.00) ÷ 2 = 37.50"
    assert "ต่างกัน -2.50" in made.words
    assert [step.number for step in made.steps] == [of("10.1"), of("10.2")]


def test_a_rival_figure_is_shown_and_not_used(published_warehouse: Warehouse) -> None:
    used, rival = printed(published_warehouse, "8")
    assert used.in_use
    assert not rival.in_use
    assert rival.status == "ไม่ใช้ · พิมพ์ไว้อีกค่าหนึ่ง"
    assert used.value != rival.value


def test_a_number_no_source_prints_is_computed(published_warehouse: Warehouse, tree: pd.DataFrame) -> None:
    value, words = number_source.headline(tree, of("10.1"), printed(published_warehouse, "10.1"))
    made = number_source.calculation(tree, of("10.1"), TOLERANCE)
    assert made.formula == f"(100.00 + 100.00 + 0.00 + 100.00 + 0.00 + 0.00) ÷ 6 = {value}"
    assert "คำนวณจากส่วนย่อย" in words


def test_the_overall_is_a_weighted_sum(tree: pd.DataFrame) -> None:
    made = number_source.calculation(tree, of("overall"), TOLERANCE)
    assert made.formula.startswith("0.30 × ")
    assert made.formula.endswith(" = 69.50")
    assert "ตรงกันในช่วงปัดเศษ" in made.words


def test_an_item_of_two_groups_is_the_mean_of_their_means(tree: pd.DataFrame) -> None:
    made = number_source.calculation(tree, of("E9"), TOLERANCE)
    assert [step.number.respondents for step in made.steps] == ["public", "survey"]
    shown = tree.set_index("part").loc["E9"]
    assert shown["value"] == pytest.approx((shown["value_public"] + shown["value_survey"]) / 2)
    assert "÷ 2" in made.formula
    assert number_source.calculation(tree, of("E9", "public"), TOLERANCE).steps == []


def test_a_leaf_has_nothing_below(tree: pd.DataFrame) -> None:
    made = number_source.calculation(tree, of("O33"), TOLERANCE)
    assert (made.formula, made.steps) == ("", [])


def test_unknown_parts_are_no_zeros(tree: pd.DataFrame) -> None:
    holed = tree.assign(value=tree["value"].where(tree["part"] != "10.2"))
    made = number_source.calculation(holed, of("10"), TOLERANCE)
    assert made.formula == ""
    assert "ทราบส่วนย่อย 1 จาก 2" in made.words
    value, words = number_source.headline(holed, of("10.2"), [])
    assert value == "–"
    assert "ไม่ใช่ศูนย์" in words


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({}, "ใช้ค่านี้"),
        ({"gave_way": True}, "ไม่ใช้ · ผู้นำเข้าเลือกให้ค่าของแหล่งอื่นแทน"),
        ({"value": 800.0}, "ไม่ใช้ · อยู่นอกช่วง 0–100"),
        ({"value": float("nan")}, "ไม่ใช้ · ช่องว่างในแหล่ง"),
        ({"respondents": "public"}, "EIT Public · ใช้ค่านี้"),
    ],
)
def test_what_became_of_a_figure(changes: dict[str, object], status: str) -> None:
    (figure,) = number_source.printed(row(**changes))
    assert figure.status == status


def test_who_imported_and_when_is_said_in_thai_time_and_years() -> None:
    (figure,) = number_source.printed(row())
    # 18:05 UTC is after midnight in Thailand
    assert dict(figure.facts)["ผู้นำเข้าและเวลา"] == "สมชาย · 22/11/2569 01:05 น. (เวลาไทย)"
    (figure,) = number_source.printed(row(imported_by=None, imported_at=pd.NaT))
    assert dict(figure.facts)["ผู้นำเข้าและเวลา"] == number_source.SHIPPED


def test_a_change_leads_to_both_years(published_warehouse: Warehouse) -> None:
    values = published_warehouse.run("organisation_series", organisations=",sao-khwao-yai,", part="overall")
    moved = Number("sao-khwao-yai", 2567, "overall", before=2566)
    value, formula, steps = number_source.change(values, moved)
    assert value == "-10.79"
    assert formula.startswith("69.50 (ปี 2567) − 80.29 (ปี 2566)")
    assert [step.number.year for step in steps] == [2567, 2566]
    value, words, _ = number_source.change(values, Number("sao-khwao-yai", 2567, "overall", before=2561))
    assert value == "–"
    assert "ไม่ใช่ศูนย์" in words


def test_findings_are_those_of_the_number(published_warehouse: Warehouse) -> None:
    found = published_warehouse.run("organisation_findings", organisation="sao-khwao-yai")
    (one,) = number_source.findings(found, of("10"))
    assert "37.50" in one
    assert number_source.findings(found, Number("sao-khwao-yai", 2566, "10")) == []


def test_columns_say_whose_numbers_they_hold() -> None:
    bodies = number.of_bodies(["a", None, "b"], 2567, ["10", "9", None])
    assert [bodies(row) for row in range(3)] == [Number("a", 2567, "10"), None, None]
    years = number.of_bodies("a", [2566, 2567], "overall", before=[2565, 2566])
    assert years(1) == Number("a", 2567, "overall", before=2566)
    group = number.of_group(GROUP, 2567, ["9", "10"], "median")
    assert group(1) == GroupNumber(GROUP, 2567, "10", ("median",))


def test_codes_come_back_as_their_numbers() -> None:
    about = GroupNumber(GROUP, 2567, "overall", ("median",))
    rows = pd.DataFrame({"organisation_id": ["a"], "year": [2565], "part": ["9.1"]})
    assert number.parse(number.codes(rows, "year", "part")[0]) == Number("a", 2565, "9.1")
    named = rows.assign(overall=69.5)  # a column of the same name as a part is not its code
    assert number.parse(number.codes(named, 2567, "overall")[0]) == Number("a", 2567, "overall")
    found = number.parse(number.group_codes(rows, "year", "10")[0], about)
    assert found == GroupNumber(GROUP, 2565, "10", ("median",))
    assert number.parse(96.0, about) == about
    assert number.parse("<b>x</b>|number", None) is None


def test_the_sources_of_a_group_are_counted(published_warehouse: Warehouse) -> None:
    everybody = {"place": "all", "kind": "all", "fiscal_year": 2567}
    rows = published_warehouse.run("group_sources", **everybody, part="overall")
    n, words, frame = number_group.sources(rows)
    overall = published_warehouse.run("group_overall", place="all", kind="all").set_index("fiscal_year")
    assert n == overall.at[2567, "n"] == frame["จำนวน (แห่ง)"].sum()
    assert f"เผยแพร่ {n} แห่งจาก {len(rows)} แหล่ง" in words
    n, words, frame = number_group.sources(published_warehouse.run("group_sources", **everybody, part="IIT"))
    assert (n, frame["แหล่ง"].tolist()) == (1, [number_group.COMPUTED])
    assert "คำนวณจากส่วนย่อย 1 แห่ง" in words
