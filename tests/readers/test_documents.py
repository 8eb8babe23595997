from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ita_data.edition import load_editions
from ita_data.organisation import split_name
from ita_data.readers.documents import COLUMNS, read_document
from ita_data.readers.reading import BODY_COLUMNS, EXTRA_TABLES, SCORE_COLUMNS, Problem, Reading
from ita_data.thai import to_thai_digits
from tests.readers.made import FORMATS, Document, Item, as_tabs

EDITIONS = load_editions()
NAMES = [part.name_th for part in EDITIONS[2567].parts.values() if part.level == "indicator"]
TITLE = "มาตรการส่งเสริมคุณธรรมและความโปร่งใส ประจำปีงบประมาณ พ.ศ. 2568"
BODY = "เทศบาลตำบลทดสอบเหนือ\nอำเภอเมือง จังหวัดลำปาง"
RESULT = "ผลการประเมิน ITA ประจำปีงบประมาณ พ.ศ. 2567 มีรายละเอียดดังนี้"


def read(*items: Item, fiscal_year: int | None = None, top: Document = (TITLE, BODY, RESULT)) -> Reading:
    return read_document("ทดสอบ.txt", as_tabs([*top, *items]), EDITIONS, fiscal_year=fiscal_year)


def scores(reading: Reading, *, stands: bool | None = None) -> list[tuple[int, str, str, float]]:
    found = reading.scores if stands is None else reading.scores[reading.scores["stands"] == stands]
    columns = found[["fiscal_year", "part", "respondents", "value"]]
    return [(int(year), part, group, value) for year, part, group, value in columns.itertuples(index=False)]


def points(reading: Reading) -> dict[str, float]:
    """What stands, by part, where there is one year and one group."""
    return {part: value for _, part, _, value in scores(reading, stands=True)}


def problems(reading: Reading, code: str) -> list[Problem]:
    return [problem for problem in reading.problems if problem.code == code]


def codes(reading: Reading) -> set[str]:
    return {problem.code for problem in reading.problems}


def rows(reading: Reading, table: str) -> list[dict[str, object]]:
    found = reading.extra[table].drop(columns=["sheet", "row"])
    return found.astype(object).where(found.notna(), None).to_dict("records")


def body(reading: Reading) -> tuple[str | None, str | None, str | None]:
    return tuple(reading.bodies.iloc[0][["name", "district", "province"]])


def table(*pairs: tuple[str, str], headings: tuple[str, str] = ("ตัวชี้วัด", "คะแนน")) -> list[tuple[str, str]]:
    return [headings, *pairs]


# ---- the whole of a report

INDICATORS = dict(zip(NAMES, (87.5, 90.25, 70, 85.01, 62, 88.6, 83.15, 76.4, 67.25, 35), strict=True))
OVERALL = 66.71
REPORT: Document = [
    "บันทึกข้อความ",
    "ส่วนราชการ สำนักปลัด เทศบาลตำบลทดสอบเหนือ โทร. 0 5412 3456",
    "ที่ ทส 12345/99 วันที่ 10 กุมภาพันธ์ 2568",
    "เรื่อง แจ้งมาตรการ",
    [["ลำดับที่", "ชื่อเอกสาร", "ผู้รับ", "วันที่"], ["1", "หนังสือทดสอบ", "กองคลัง", "15/2/68"]],
    TITLE,
    BODY,
    f"ผลการประเมิน ITA ของเทศบาลตำบลทดสอบเหนือ ปีงบประมาณ พ.ศ. 2567 ได้คะแนน {OVERALL:.2f} คะแนน "
    "เพิ่มขึ้นจากปี พ.ศ. 2566 (คะแนนปี พ.ศ. 2566 ได้ 60.21 คะแนน) เพิ่มขึ้นจำนวน 6.50 คะแนน อยู่ในระดับ ต้องปรับปรุงโดยด่วน",
    [
        ["ตัวชี้วัด", "คะแนน"],
        *[
            [f"{place}.{name}", f"{value:.2f}"]
            for place, (name, value) in enumerate(
                sorted(INDICATORS.items(), key=lambda pair: -pair[1]), start=1
            )
        ],
        ["คะแนนสูงสุด 90.25 คะแนน", "คะแนนต่ำสุด 35.00 คะแนน"],
    ],
    [
        ["ข้อ", "คำถาม", "คะแนน", ""],
        ["ตัวชี้วัดที่ 1 การปฏิบัติหน้าที่", "", "", ""],
        ["i1", "คำถามทดสอบที่หนึ่งเรื่องขั้นตอน", "80.00", ""],
        ["ตัวชี้วัดที่ 6 คุณภาพการดำเนินงาน", "", "Eit Public", "Eit Survey"],
        ["e1", "คำถามทดสอบเรื่องการให้บริการ", "81.25", "82.5"],
        ["ตัวชี้วัดย่อยที่ 9.1 ข้อมูลพื้นฐาน", "", "", ""],
        ["O25", "การเปิดโอกาสให้เกิดการมีส่วนร่วม", "0", ""],
    ],
    [
        ["มาตรการ/แนวทาง", "วิธีดำเนินการ", "ผู้รับผิดชอบ", "ระยะเวลา", "การติดตามผล"],
        ["๑. อบรมเรื่องการใช้อำนาจ", "ก. จัดอบรม", "สำนักปลัด", "ม.ค. 68", "รายงาน"],
        ["", "ข. สรุปผล", "", "", ""],
        ["๒. ทดสอบเว็บไซต์", "ปรับข้อมูล", "กองคลัง", "ก.พ. 68", ""],
    ],
]


@pytest.mark.parametrize("digits", [str, to_thai_digits], ids=["arabic", "thai"])
@pytest.mark.parametrize("kind", FORMATS)
def test_a_report_comes_out_whole(kind: str, digits: Callable[[str], str]) -> None:
    name, write = FORMATS[kind]
    written = [
        digits(item) if isinstance(item, str) else [list(map(digits, row)) for row in item] for item in REPORT
    ]
    reading = read_document(name, write(written), EDITIONS)

    assert reading.kind == "document"
    assert body(reading) == ("เทศบาลตำบลทดสอบเหนือ", "เมืองลำปาง", "ลำปาง")
    by_name = {part.name_th: part.code for part in EDITIONS[2567].parts.values() if part.level == "indicator"}
    expected = {(2567, by_name[name], "all", value) for name, value in INDICATORS.items()} | {
        (2567, "overall", "all", OVERALL),
        (2566, "overall", "all", 60.21),
        (2567, "I1", "all", 80.0),
        (2567, "E1", "public", 81.25),
        (2567, "E1", "survey", 82.5),
        (2567, "O25", "all", 0.0),
    }
    assert set(scores(reading, stands=True)) == expected
    assert scores(reading, stands=False) == [(2567, "2", "all", 90.25), (2567, "10", "all", 35.0)]
    assert rows(reading, "printed_grades") == [
        {"mention": 0, "fiscal_year": 2567, "printed_grade": "ต้องปรับปรุงโดยด่วน"}
    ]
    assert rows(reading, "printed_changes") == [
        {"mention": 0, "fiscal_year": 2567, "from_year": 2566, "change": 6.5}
    ]
    common = {"mention": 0, "plan_year": 2568, "assessed_year": 2567}
    printed = [row | {"title_th": str(row["title_th"]).replace(" ", "")} for row in rows(reading, "measures")]
    assert printed == [  # lines of a cell are parted by spaces
        {
            "measure_id": "2568-01",
            **common,
            "seq": 1,
            "title_th": "อบรมเรื่องการใช้อำนาจ",
            "responsible_unit_th": "สำนักปลัด",
            "period_th": digits("ม.ค. 68"),
            "follow_up_th": "รายงาน",
        },
        {
            "measure_id": "2568-02",
            **common,
            "seq": 2,
            "title_th": "ทดสอบเว็บไซต์",
            "responsible_unit_th": "กองคลัง",
            "period_th": digits("ก.พ. 68"),
            "follow_up_th": None,
        },
    ]
    assert rows(reading, "measure_indicators") == [{"measure_id": "2568-01", "part": "3", "basis": "printed"}]
    assert rows(reading, "measure_results") == []
    assert len(reading.extra["source_names"]) == 3
    assert codes(reading) == {"table_not_understood"}


def test_a_reading_has_the_columns_that_were_agreed() -> None:
    reading = read(table(("การใช้อำนาจ", "80.00")))
    assert {name: str(kind) for name, kind in reading.scores.dtypes.items()}.keys() == SCORE_COLUMNS.keys()
    assert list(reading.bodies) == list(BODY_COLUMNS)
    assert set(reading.extra) == set(EXTRA_TABLES)
    for name, columns in COLUMNS.items():
        assert list(reading.extra[name]) == [*columns, "sheet", "row"]
    assert reading.recognised[0].fiscal_year == 2567


# ---- years


@pytest.mark.parametrize(
    ("lines", "year"),
    [
        (["ผลการประเมิน ITA ปี 2566"], 2566),
        (["มาตรการประจำปีงบประมาณ 2568", "ผลคะแนน ITA ปีงบประมาณ พ.ศ. ๒๕๖๗"], 2567),
        (["สรุปผลการประเมินรายตัวชี้วัด", "ปี 2567"], 2567),
        (["ผลการประเมิน ITA ปี ค.ศ. 2024"], 2567),
        (["การวิเคราะห์ผลการประเมินคุณธรรมและความโปร่งใสในการดำเนินการของหน่วยงานภาครัฐ ประจำปี 2567"], 2567),
        (["ผลการประเมินปี 2567 ลดลงจากปี 2566"], 2567),
    ],
    ids=["plain", "beside a plan", "on a line of its own", "christian era", "long name", "compared"],
)
def test_the_year_of_scores_is_the_printed_one(lines: list[str], year: int) -> None:
    reading = read(table(("การใช้อำนาจ", "80.00")), top=["เทศบาลตำบลทดสอบ", *lines])
    assert scores(reading) == [(year, "3", "all", 80.0)]


@pytest.mark.parametrize(
    "lines",
    [[], ["มาตรการประจำปีงบประมาณ 2568"], ["วันที่ 10 กุมภาพันธ์ 2568"]],
    ids=["none", "a plan's", "a date"],
)
def test_without_a_year_of_results_no_score_is_taken(lines: list[str]) -> None:
    reading = read(table(("การใช้อำนาจ", "80.00")), top=["เทศบาลตำบลทดสอบ", *lines])
    assert scores(reading) == []
    (problem,) = problems(reading, "row_not_understood")
    assert (problem.severity, problem.value, problem.column) == ("error", "80.00", "คอลัมน์ 2")


def test_the_user_may_say_the_year() -> None:
    reading = read(table(("การใช้อำนาจ", "80.00")), top=["เทศบาลตำบลทดสอบ"], fiscal_year=2566)
    assert scores(reading) == [(2566, "3", "all", 80.0)]


def test_a_year_without_edition_is_said_once() -> None:
    reading = read(
        table(("การใช้อำนาจ", "80.00"), ("การใช้งบประมาณ", "81.00")),
        top=["เทศบาลตำบลทดสอบ", "ผลการประเมิน ITA ปี 2599"],
    )
    assert scores(reading) == []
    assert len(problems(reading, "unknown_edition")) == 1


def test_two_years_each_hold_below_their_heading() -> None:
    reading = read(
        "ผลการประเมินปี 2566",
        table(("การใช้อำนาจ", "70.00")),
        "ผลการประเมินปี 2567",
        table(("การใช้อำนาจ", "80.00")),
        top=["เทศบาลตำบลทดสอบ"],
    )
    assert scores(reading) == [(2566, "3", "all", 70.0), (2567, "3", "all", 80.0)]


def test_a_table_above_the_first_of_two_years_has_none() -> None:
    top = ["เทศบาลตำบลทดสอบ", table(("การใช้อำนาจ", "70.00")), "ผลการประเมินปี 2566", "ผลการประเมินปี 2567"]
    assert scores(read(top=top)) == []


# ---- tables

THREE = [("การปฏิบัติหน้าที่", "81.00"), ("การใช้งบประมาณ", "82.00"), ("การใช้อำนาจ", "83.00")]


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (table(*THREE), {"1": 81, "2": 82, "3": 83}),
        (
            table(*((f"{n}.{name}", score) for n, (name, score) in enumerate(THREE[::-1], 1))),
            {"3": 83, "2": 82, "1": 81},
        ),
        (table(*((f"{name} {score} คะแนน", "") for name, score in THREE)), {"1": 81, "2": 82, "3": 83}),
        (
            [["ตัวชี้วัดที่", "รายละเอียด", "คะแนน"], *[[str(n), *pair] for n, pair in enumerate(THREE, 1)]],
            {"1": 81, "2": 82, "3": 83},
        ),
        ([["ที่", "ตัวชี้วัด", "คะแนน"], ["1", *THREE[2]], ["2", *THREE[0]]], {"3": 83, "1": 81}),
        ([["ตัวชี้วัดที่", "คะแนน"], ["1", "81"], ["2", "82"]], {"1": 81, "2": 82}),
        (
            [["เครื่องมือ", "ตัวชี้วัด", "คะแนน", "หมายเหตุ"], ["แบบวัด IIT", "ตัวชี้วัดที่1 การปฏิบัติหน้าที่", "81", "x"]],
            {"1": 81},
        ),
        (
            [
                ["ตัวชี้วัด", "เต็ม", "น้ำหนัก", "คะแนน", "ค่าเฉลี่ยจังหวัด", "เป้าหมาย"],
                ["การใช้อำนาจ", "100", "6", "83", "90", "95"],
            ],
            {"3": 83},
        ),
        (
            [["ปีงบประมาณ", "IIT", "EIT", "OIT", "คะแนนรวม"], ["2567", "81", "82", "83", "82.1"]],
            {"IIT": 81, "EIT": 82, "OIT": 83, "overall": 82.1},
        ),
        (
            [
                ["เครื่องมือ", "คะแนน"],
                ["แบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายใน (IIT)", "81"],
                ["รวม EIT", "82"],
                ["แบบตรวจการเปิดเผยข้อมูลสาธารณะ", "83"],
            ],
            {"IIT": 81, "EIT": 82, "OIT": 83},
        ),
        (
            [
                ["ตัวชี้วัดย่อย", "คะแนน"],
                ["9.1 ข้อมูลพื้นฐาน", "81"],
                ["ตัวชี้วัดย่อยที่ 10.2 การส่งเสริมคุณธรรมและความโปร่งใส", "82"],
            ],
            {"9.1": 81, "10.2": 82},
        ),
        (table(("ตัวชี้วัดที่ 8 การปรับปรุงระบบการทำงาน", "81")), {"8": 81}),
        (table(("การใช้ทรัพย์สิน", "70.00"), ("ของราชการ", ""), ("การใช้อำนาจ", "83")), {"4": 70, "3": 83}),
        (table(("การใช้ทรัพย์สิน", ""), ("ของราชการ", "70.00")), {"4": 70}),
        ([["ปี", "ตัวชี้วัด", "คะแนน"], ["2567", "การใช้อำนาจ", "83"]], {"3": 83}),
    ],
    ids=[
        "names",
        "in the order of scores",
        "scores inside names",
        "numbers of indicators",
        "places in a list",
        "numbers alone",
        "instrument beside",
        "other figures beside",
        "parts as columns",
        "instruments",
        "sub-indicators",
        "another wording",
        "label ends below",
        "label starts above",
        "column of years",
    ],
)
def test_tables_of_scores(made: Item, expected: dict[str, float]) -> None:
    reading = read(made)
    assert points(reading) == expected
    assert not [problem for problem in reading.problems if problem.severity != "info"]


@pytest.mark.parametrize(
    "headings",
    [[["ตัวชี้วัด", "ปี 2566", "ปี 2567", "ผลต่าง"]], [["ตัวชี้วัด", "คะแนน", "", "เพิ่ม/ลด"], ["", "2566", "2567", ""]]],
    ids=["one row", "two rows"],
)
def test_columns_of_years(headings: list[list[str]]) -> None:
    reading = read([*headings, ["การใช้อำนาจ", "80.00", "85.50", "5.50"], ["การใช้งบประมาณ", "-", "75.00", ""]])
    assert scores(reading) == [(2566, "3", "all", 80.0), (2567, "3", "all", 85.5), (2567, "2", "all", 75.0)]


def test_one_cell_of_several_that_is_no_number_is_noted() -> None:
    years = [["ตัวชี้วัด", "ปี 2566", "ปี 2567"], ["การใช้อำนาจ", "85,5", "80.00"]]
    across = [["ปี", "IIT", "EIT", "OIT"], ["2567", "85,5", "81", "82"]]
    for made in (years, across):
        (problem,) = problems(read(made), "not_a_number")
        assert (problem.value, problem.column) == ("85,5", "คอลัมน์ 2")


@pytest.mark.parametrize(
    "headings",
    [
        [["ข้อ", "คำถาม", "EIT Public", "EIT Survey"]],
        [["ข้อ", "คำถาม", "คะแนน", ""], ["ตัวชี้วัดที่ 6 คุณภาพการดำเนินงาน", "", "Eit public", "Eit survey"]],
        [["ข้อ", "คำถาม", "คะแนน", ""], ["", "", "PUBLIC", "SURVEY"]],
    ],
    ids=["headings", "beside an indicator", "second row"],
)
def test_groups_of_respondents(headings: list[list[str]]) -> None:
    reading = read(
        [
            *headings,
            ["e2", "คำถามทดสอบ", "80.00", "90.00"],
            ["O1", "โครงสร้าง", "100", ""],
            ["E3", "คำถาม", "70", ""],
        ]
    )
    assert scores(reading) == [
        (2567, "E2", "public", 80.0),
        (2567, "E2", "survey", 90.0),
        (2567, "O1", "all", 100.0),
        (2567, "E3", "public", 70.0),
    ]


def test_what_has_no_groups_must_not_differ_between_them() -> None:
    headings = ["ข้อ", "คำถาม", "EIT Public", "EIT Survey"]
    reading = read([headings, ["O1", "โครงสร้าง", "100", "0"], ["O2", "ข้อมูลผู้บริหาร", "100", "100"]])
    assert points(reading) == {"O2": 100.0}
    assert problems(reading, "row_not_understood")[0].value == "100 · 0"


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("๘๕.๕๐ คะแนน", 85.5),
        ("85.5%", 85.5),
        ("ร้อยละ 90", 90.0),
        ("0", 0.0),
        ("100", 100.0),
        ("-", None),
        ("", None),
        ("ไม่มีข้อมูล", None),
    ],
)
def test_cells(cell: str, value: float | None) -> None:
    reading = read(table(("การใช้อำนาจ", cell), ("การใช้งบประมาณ", "50.00")))
    assert points(reading).get("3") == value
    assert not reading.problems


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("100.01", "score_out_of_range"),
        ("-1", "score_out_of_range"),
        ("999999999", "score_out_of_range"),
        ("ไม่มี", "not_a_number"),
        ("1e9", "not_a_number"),
        ("85,50", "not_a_number"),
        ("๘๕.๕ - ๙๐", "not_a_number"),
        ("ผ่าน", "not_a_number"),
        ("NaN", "not_a_number"),
        ("=1+1", "not_a_number"),
    ],
)
def test_cells_that_are_no_scores_are_noted(cell: str, code: str) -> None:
    reading = read(table(("การใช้อำนาจ", cell), ("การใช้งบประมาณ", "50.00")))
    assert points(reading) == {"2": 50.0}
    (problem,) = problems(reading, code)
    assert problem.value == cell
    assert (problem.row, problem.column) == (10, "คอลัมน์ 2")


@pytest.mark.parametrize(
    "again",
    [[["ตัวชี้วัด", "คะแนน"]], []],
    ids=["headings again", "no headings"],
)
def test_a_table_goes_on_over_the_page(again: list[list[str]]) -> None:
    reading = read(
        [["ตัวชี้วัด", "คะแนน"], ["การใช้อำนาจ", "80"], ["การใช้ทรัพย์สิน", "70"]],
        "- 3 -",
        [*again, ["ของราชการ", ""], ["การใช้งบประมาณ", "81"]],
    )
    if again:  # a heading ends the row above
        assert points(reading) == {"3": 80.0, "2": 81.0}
        assert problems(reading, "row_not_understood")[0].value == "70"
    else:
        assert points(reading) == {"3": 80.0, "4": 70.0, "2": 81.0}


def test_a_table_without_headings_is_said() -> None:
    reading = read([["การใช้อำนาจ", "80.00"], ["การใช้งบประมาณ", "81.00"]])
    assert points(reading) == {"3": 80.0, "2": 81.0}
    assert [problem.row for problem in problems(reading, "no_heading")] == [9]


@pytest.mark.parametrize(
    "made",
    [
        [["การใช้อำนาจ", "12"], ["การใช้งบประมาณ", "14"]],
        [["เรื่อง", "หน้า"], ["การใช้อำนาจ", "12"]],
        [["การใช้อำนาจ", "80.00", "90.00"]],
        [["ตัวชี้วัด", "คะแนน"], ["เรื่องทดสอบ", "80.00"]],
        [["ตัวชี้วัด", "คะแนน"], ["รวม", "80.00"]],
        [["หัวข้อ", "คะแนน"], ["โครงสร้าง", "80.00"]],
        [["ปี", "IIT", "EIT", "OIT"], ["ค่าเฉลี่ยประเทศ", "80", "81", "82"]],
    ],
    ids=["pages?", "pages", "two numbers", "no part", "total of what", "everyday words", "average of others"],
)
def test_numbers_that_are_not_understood_are_noted_not_taken(made: Item) -> None:
    reading = read(made)
    assert scores(reading) == []
    assert "row_not_understood" in codes(reading) or "table_not_understood" in codes(reading)


def test_a_total_below_one_instrument_is_not_the_overall() -> None:
    reading = read(table(*THREE, ("คะแนนรวม", "82.00")))
    assert points(reading) == {"1": 81.0, "2": 82.0, "3": 83.0}
    assert codes(reading) == {"total_of_what"}


# ---- names and codes


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        (
            [("I1 การปฏิบัติหน้าที่", "81"), ("E6 คุณภาพการดำเนินงาน", "82"), ("O10 การป้องกันการทุจริต", "83")],
            {"1": 81, "6": 82, "10": 83},
        ),
        (
            [
                ("I1 คำถามทดสอบเรื่องขั้นตอน", "81"),
                ("E6 คำถามทดสอบเรื่องการสื่อสาร", "82"),
                ("O10 คู่มือหรือแนวทางการปฏิบัติงานของเจ้าหน้าที่", "100"),
            ],
            {"I1": 81, "E6": 82, "O10": 100},
        ),
        ([("i7", "81"), ("e1", "82"), ("o35", "0")], {"I7": 81, "E1": 82, "O35": 0}),
        ([("I1", "81"), ("I2 การใช้งบประมาณ", "82")], {"1": 81, "2": 82}),
        ([("I1", "81"), ("I15", "82")], {"I1": 81, "I15": 82}),
        ([("O26 ประกาศเจตนารมณ์ทดสอบ No Gift Policy จากการปฏิบัติหน้าที่", "100")], {"O26": 100}),
    ],
    ids=[
        "indicators by name",
        "items by name",
        "any case",
        "as the named ones",
        "as those beyond indicators",
        "misprinted",
    ],
)
def test_what_letter_codes_mean(pairs: list[tuple[str, str]], expected: dict[str, float]) -> None:
    assert points(read(table(*pairs))) == expected


@pytest.mark.parametrize(
    "label",
    [
        "ตัวชี้วัดที่ 3 การใช้งบประมาณ",
        "ตัวชี้วัดที่ 11 เรื่องทดสอบ",
        "O24 รายงานสรุปผลการจัดซื้อจัดจ้างหรือการจัดหาพัสดุประจำปี",
        "O99 เรื่องทดสอบ",
        "E6",
    ],
    ids=[
        "another indicator's name",
        "no such indicator",
        "another item's name",
        "no such item",
        "item or indicator",
    ],
)
def test_codes_and_names_that_clash_are_not_taken(label: str) -> None:
    reading = read(table((label, "80.00")))
    assert scores(reading) == []
    assert problems(reading, "row_not_understood")[0].severity == "error"


@pytest.mark.parametrize("year", [2565, 2567])
def test_the_edition_of_the_year_names_the_items(year: int) -> None:
    item = next(part for part in EDITIONS[year].parts.values() if part.code == "O24")
    reading = read(
        table(("O24", "100")),
        table((f"O24 {item.name_th}", "100")),
        top=["อบต.ทดสอบ", f"ผลการประเมิน ITA ปี {year}"],
    )
    assert scores(reading)[-1] == (year, "O24", "all", 100.0)
    other = EDITIONS[2567 if year == 2565 else 2565].parts["O24"]
    assert (
        scores(read(table((f"O24 {other.name_th}", "100")), top=["อบต.ทดสอบ", f"ผลการประเมิน ITA ปี {year}"]))
        == []
    )


def test_items_below_a_wrong_heading_keep_their_code() -> None:
    made = [
        ["ข้อ", "คำถาม", "คะแนน"],
        ["ตัวชี้วัดย่อยที่ 9.3 การจัดซื้อจัดจ้าง", "", ""],
        ["O25", "การเปิดโอกาสให้เกิดการมีส่วนร่วม", "0"],
    ]
    assert points(read(made)) == {"O25": 0.0}


# ---- running text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "แบบวัด IIT ได้คะแนน 81.3 คะแนน แบบวัด EIT ได้ 82.80 คะแนน และ OIT ร้อยละ 52.4",
            {"IIT": 81.3, "EIT": 82.8, "OIT": 52.4},
        ),
        (
            "แบบวัดการเปิดเผยข้อมูลสาธารณะ (ทดสอบ) คือ OIT ได้คะแนนต่ำสุด (ร้อยละ ๔๗.๒๕) ในปีนี้",
            {"OIT": 47.25},
        ),
        (
            "คะแนนสูงสุดคือ การใช้อำนาจ ได้คะแนน 93.5 คะแนน ต่ำสุดคือตัวชี้วัดที่ 10 การป้องกันการทุจริต 35.00 คะแนน",
            {"3": 93.5, "10": 35.0},
        ),
        (
            "1. การปฏิบัติหน้าที่ 83.4\n2. การใช้งบประมาณ = 90.6 คะแนน\n3) การใช้อำนาจ : 87.2",
            {"1": 83.4, "2": 90.6, "3": 87.2},
        ),
        ("I7 คำถามทดสอบเรื่องธุระ 80.00", {"I7": 80.0}),
        ("รวม IIT 92.00 คะแนน\nคะแนนรวม 91.00", {"IIT": 92.0, "overall": 91.0}),
        ("ผลการประเมิน ITA ทดสอบ ได้ผลคะแนน 61.47 คะแนน", {"overall": 61.47}),
        ("ประเมินคุณธรรมและความโปร่งใสของหน่วยงาน ได้คะแนนร้อยละ 61.47", {"overall": 61.47}),
        ("การใช้\nอำนาจ ได้ 93.5 คะแนน", {"3": 93.5}),
        ("IIT ได้ 81.3 ส่วน EIT ได้ 82.80 มีคะแนนสูงกว่า", {"IIT": 81.3, "EIT": 82.8}),
        ("การใช้อำนาจ ได้คะแนน\n83.4 และ", {"3": 83.4}),
        ("ผลการประเมิน IIT 85.50/100", {"IIT": 85.5}),
        ("คะแนน ITA 95 คะแนน", {"overall": 95.0}),
    ],
    ids=[
        "instruments",
        "lowest",
        "sentence",
        "list",
        "item",
        "totals",
        "overall",
        "percent",
        "wrapped",
        "no unit",
        "number on the next line",
        "out of 100",
        "whole number",
    ],
)
def test_scores_in_sentences(text: str, expected: dict[str, float]) -> None:
    reading = read(text)
    assert points(reading) == expected
    assert not reading.problems


@pytest.mark.parametrize(
    "text",
    [
        "ตั้งเป้าหมาย IIT ร้อยละ 90.00",
        "คะแนน ITA ไม่น้อยกว่า 85 คะแนน",
        "ค่าเฉลี่ยผลการประเมิน ITA ระดับประเทศ 93.05 คะแนน",
        "การใช้อำนาจของผู้บังคับบัญชาคนหนึ่ง ได้คะแนน 90.00 คะแนน",
        "การใช้อำนาจ ได้ 105.00 คะแนน",
        "เรื่องทดสอบ\n83.4",
        "ผลการประเมิน IIT 25.50/30 คะแนน",
    ],
    ids=["aim", "at least", "national mean", "something else", "too high", "alone on a line", "out of 30"],
)
def test_other_figures_in_sentences_are_noted(text: str) -> None:
    reading = read(text, table(("การใช้งบประมาณ", "50.00")))
    assert points(reading) == {"2": 50.0}
    assert codes(reading) <= {"score_not_understood", "score_out_of_range"}
    assert reading.problems[0].row in {9, 10}


@pytest.mark.parametrize(
    "text",
    [
        "ใช้งบประมาณ 12,500.50 บาท เวลา 8.30 น. วันที่ 10 ก.พ. 68 จำนวน 3 ข้อ โทร. 0-5412-3456",
        "ระดับ AA 95.00 - 100 คะแนน\nระดับ A 85.00-94.99 คะแนน ผ่านเกณฑ์ 85 คะแนนขึ้นไป จากคะแนนเต็ม 100 คะแนน",
        "สารบัญ\nการใช้อำนาจ ........ 12\nการใช้งบประมาณ 14",
        "1.1 เรื่องทดสอบ\n9.1 ข้อมูลพื้นฐาน\nตัวชี้วัดที่ 10",
    ],
    ids=["counts", "bands", "contents", "numbering"],
)
def test_numbers_that_are_no_scores_are_left_in_peace(text: str) -> None:
    reading = read(text, table(("การใช้งบประมาณ", "50.00")))
    assert points(reading) == {"2": 50.0}
    assert not reading.problems


RISE = {"mention": 0, "fiscal_year": 2567, "from_year": 2566, "change": 6.25}


@pytest.mark.parametrize(
    ("text", "before", "change"),
    [
        ("เพิ่มขึ้นจากปี 2566 (คะแนนปี 2566 ได้ 85.00 คะแนน) เพิ่มขึ้น 6.25 คะแนน", 85.0, RISE),
        ("เพิ่มขึ้นจากปี ๒๕๖๖ (๘๕.๐๐ คะแนน) จำนวน ๖.๒๕ คะแนน", 85.0, RISE),
        ("เพิ่มขึ้นจากปีที่ผ่านมา จำนวน 6.25 คะแนน", None, RISE),
        ("ลดลงจากคะแนนปี 2566 จำนวน 1.00 คะแนน", None, RISE | {"change": -1.0}),
        ("เพิ่มขึ้นร้อยละ 7.35 จากปี 2566", None, None),
        ("เพิ่มขึ้นจากปี 2566 (คะแนนปี 2566 ได้ 85.00 คะแนน) เพิ่มขึ้น 9.99 คะแนน", 85.0, None),
        ("เพิ่มขึ้น 6.25 คะแนน", None, None),
    ],
    ids=["both years", "brackets", "last year", "fall", "percent", "does not add up", "since when"],
)
def test_changes(text: str, before: float | None, change: dict[str, object] | None) -> None:
    reading = read(top=[f"ผลการประเมิน ITA ปี 2567 ของ อบต.ทดสอบ ได้คะแนน 91.25 คะแนน {text}"])
    years = {year: value for year, _, _, value in scores(reading)}
    assert years == {2567: 91.25} | ({2566: before} if before else {})
    assert rows(reading, "printed_changes") == ([change] if change else [])
    assert bool(reading.problems) == (change is None)


@pytest.mark.parametrize(
    ("year", "text", "grade"),
    [
        (2564, "ได้คะแนน 96.12 คะแนน อยู่ในระดับ AA", "AA"),
        (2563, "ได้ผลคะแนน ๖๑.๔๗ คะแนนอยู่ในระดับ D ตามตาราง", "D"),
        (2567, "ได้คะแนน 99.41 คะแนน ระดับ “A”", "A"),
        (2567, "ได้คะแนน 95.81 คะแนน ผลการประเมินระดับ ผ่านดี", "ผ่านดี"),
        (2567, "ได้คะแนน 61.00 คะแนน ต้องปรับปรุงโดยด่วน", "ต้องปรับปรุงโดยด่วน"),
        (2567, "ได้คะแนน 91.00 คะแนน ผ่านเกณฑ์ระดับประเทศ มีประเด็นที่ต้องปรับปรุง", None),
        (2567, "ได้คะแนน 91.00 คะแนน จะยกระดับ A ขึ้นไป เป้าหมายระดับ AA", None),
    ],
    ids=["letter", "letter glued", "letter of old", "words", "words alone", "no grade", "an aim"],
)
def test_grades_are_kept_as_printed(year: int, text: str, grade: str | None) -> None:
    reading = read(top=[f"ผลการประเมิน ITA ของ อบต.ทดสอบ ปี {year} {text}"])
    printed = [row["printed_grade"] for row in rows(reading, "printed_grades")]
    assert printed == ([grade] if grade else [])


def test_a_grade_printed_twice_is_one() -> None:
    top = [
        "ผลการประเมิน ITA ของ อบต.ทดสอบ ปี 2564 ได้คะแนน 96.12 คะแนน ระดับ AA",
        [["สรุประดับผลคะแนนที่ได้ ระดับ AA", ""], ["", "x"]],
    ]
    assert len(rows(read(top=top), "printed_grades")) == 1


def test_grades_that_differ_are_both_left_out() -> None:
    reading = read(
        top=["ผลการประเมิน ITA ของ อบต.ทดสอบ ปี 2564 ได้คะแนน 96.12 คะแนน ระดับ AA", "สรุปผลคะแนน ระดับ A"]
    )
    assert rows(reading, "printed_grades") == []
    assert problems(reading, "grades_differ")[0].value == "AA / A"


def test_a_grade_in_a_column_is_the_overalls() -> None:
    made = [["รายการ", "คะแนน", "ระดับ"], ["คะแนนรวม", "91.00", "ผ่าน"], ["IIT", "95", "ผ่านดีเยี่ยม"]]
    assert [row["printed_grade"] for row in rows(read(made), "printed_grades")] == ["ผ่าน"]


# ---- printed more than once

FULL = table(*((name, "80.00") for name in NAMES))


def test_an_equal_repetition_does_not_stand() -> None:
    made = [
        ["ข้อ", "คำถาม", "คะแนน"],
        ["O1", "โครงสร้าง", "100"],
        ["O2", "ข้อมูลผู้บริหาร", "0"],
        ["o1", "โครงสร้าง", "100"],
    ]
    reading = read(made)
    assert scores(reading, stands=False) == [(2567, "O1", "all", 100.0)]
    assert reading.scores[~reading.scores["stands"]]["row"].tolist() == [12]
    assert not reading.problems


def test_a_contradiction_nothing_decides_is_the_users() -> None:
    reading = read(table(("O1 โครงสร้าง", "100"), ("O1 โครงสร้าง", "0")))
    assert scores(reading, stands=True) == []
    assert len(scores(reading, stands=False)) == 2
    found = problems(reading, "contradiction")
    assert [(problem.severity, problem.value, problem.row) for problem in found] == [
        ("error", "100", 10),
        ("error", "0", 11),
    ]
    assert found[0].message_th.startswith("ค่าขัดกันในเอกสารเดียวกัน")


@pytest.mark.parametrize("first", [True, False], ids=["right one first", "right one second"])
def test_the_table_that_adds_up_stands(first: bool) -> None:
    rival = table(("การใช้อำนาจ", "60.00"), ("การใช้งบประมาณ", "80.00"))
    reading = read("ผลคะแนน ITA 80.00 คะแนน", *([FULL, rival] if first else [rival, FULL]))
    assert points(reading)["3"] == 80.0
    (problem,) = problems(reading, "contradiction")
    assert (problem.severity, problem.value) == ("warning", "60.00")
    assert problem.message_th in reading.recognised[0].notes_th
    assert len(scores(reading, stands=True)) == 11
    assert len(scores(reading, stands=False)) == 2


@pytest.mark.parametrize(
    ("overall", "more"),
    [
        ("90.00", [FULL, table(("การใช้อำนาจ", "60.00"))]),
        ("80.00", [FULL, table(("การใช้อำนาจ", "80.01"))]),
        ("80.00", [table(*FULL[1:], ("การใช้อำนาจ", "60.00"))]),
    ],
    ids=["neither adds up", "both do", "one table contradicts itself"],
)
def test_of_tables_that_do_not_decide_none_stands(overall: str, more: list[Item]) -> None:
    reading = read(f"ผลคะแนน ITA {overall} คะแนน", *more)
    assert "3" not in points(reading)
    assert {problem.severity for problem in problems(reading, "contradiction")} == {"error"}


def test_items_and_indicators_are_decided_apart() -> None:
    items = table(("O1 โครงสร้าง", "100"), ("O1 โครงสร้าง", "0"))
    reading = read("ผลคะแนน ITA 80.00 คะแนน", FULL, items, table(("การใช้อำนาจ", "60.00")))
    assert points(reading)["3"] == 80.0
    assert "O1" not in points(reading)


def test_highest_and_lowest_are_repetitions_of_the_one_that_has_them() -> None:
    reading = read(table(*THREE, ("คะแนนสูงสุด 83.00 คะแนน", "คะแนนต่ำสุด 81.00 คะแนน")))
    assert scores(reading, stands=False) == [(2567, "3", "all", 83.0), (2567, "1", "all", 81.0)]


@pytest.mark.parametrize("printed", ["82.00", "99.00"], ids=["shared", "of none"])
def test_a_highest_nobody_has_alone_is_noted(printed: str) -> None:
    reading = read(table(THREE[1], ("การใช้อำนาจ", "82.00"), (f"คะแนนสูงสุด {printed} คะแนน", "")))
    assert len(scores(reading)) == 2
    assert codes(reading) == {"extreme_unclear"}


WEIGHTED = table(("IIT", "24.00"), ("EIT", "24.00"), ("OIT", "32.00"), headings=("เครื่องมือ", "คะแนน"))


@pytest.mark.parametrize(
    ("beside", "expected"),
    [
        (["ผลคะแนน ITA 80.00 คะแนน"], {"IIT": 80.0, "EIT": 80.0, "OIT": 80.0, "overall": 80.0}),
        (["ผลคะแนน ITA 27.20 คะแนน"], {"IIT": 24.0, "EIT": 24.0, "OIT": 32.0, "overall": 27.2}),
        ([], {}),
    ],
    ids=["weighted", "points", "unknown"],
)
def test_weighted_instruments_become_points_only_where_sums_prove_it(
    beside: list[str], expected: dict[str, float]
) -> None:
    reading = read(*beside, WEIGHTED)
    assert points(reading) == expected
    assert ("scale_unknown" in codes(reading)) == (not expected)


def test_weighted_instruments_are_proven_by_their_indicators() -> None:
    assert points(read(WEIGHTED, FULL))["IIT"] == 80.0


# ---- bodies


@pytest.mark.parametrize(
    ("top", "expected"),
    [
        (["เทศบาลตำบลทดสอบ อำเภอเมือง จังหวัดลำปาง"], ("เทศบาลตำบลทดสอบ", "เมืองลำปาง", "ลำปาง")),
        (["เทศบาลตำบลทดสอบ", "อำเภอแม่สอด จังหวัดตาก"], ("เทศบาลตำบลทดสอบ", "แม่สอด", "ตาก")),
        (["องค์การบริหารส่วนตำบล ทดสอบ ต.ทดสอบ อ.แม่สอด จ.ตาก"], ("องค์การบริหารส่วนตำบลทดสอบ", "แม่สอด", "ตาก")),
        (["อบต.ทดสอบ"], ("อบต.ทดสอบ", None, None)),
        (["ของ องค์การบริหารส่วนตำบลทดสอบใต้"], ("องค์การบริหารส่วนตำบลทดสอบใต้", None, None)),
        (["เทศบาลตำบลในเมือง"], ("เทศบาลตำบลในเมือง", None, None)),
        (["องค์การบริหารส่วนตำบลทดสอบได้วิเคราะห์และควรปรับปรุง"], ("องค์การบริหารส่วนตำบลทดสอบ", None, None)),
        (["จังหวัดแพร่"], ("จังหวัดแพร่", None, "แพร่")),
        (["เมืองพัทยา"], ("เมืองพัทยา", None, None)),
        (
            [
                "เรียน นายกเทศมนตรีตำบลอื่น",
                "ตามหนังสือ เทศบาลตำบลอื่น แจ้งผล",
                "ของเทศบาลตำบลทดสอบ",
                "เทศบาลตำบลทดสอบ",
            ],
            ("เทศบาลตำบลทดสอบ", None, None),
        ),
        (
            ["องค์การบริหารส่วนจังหวัดลำปาง", "ร่วมกับองค์การบริหารส่วนตำบลทุกแห่ง"],
            ("องค์การบริหารส่วนจังหวัดลำปาง", None, "ลำปาง"),
        ),
    ],
    ids=[
        "one line",
        "next paragraph",
        "abbreviated place",
        "no place",
        "of",
        "starts like a word",
        "glued",
        "province office",
        "single body",
        "another first",
        "province in the name",
    ],
)
def test_the_body_is_as_printed(top: list[str], expected: tuple[str | None, ...]) -> None:
    reading = read(table(("การใช้อำนาจ", "80.00")), top=[*top, RESULT])
    assert body(reading) == expected


def test_a_body_is_not_guessed_between_two() -> None:
    reading = read(table(("การใช้อำนาจ", "80.00")), top=["เทศบาลตำบลทดสอบหนึ่ง", "เทศบาลตำบลทดสอบสอง", RESULT])
    assert body(reading) == (None, None, None)
    assert problems(reading, "body_unclear")[0].value == "เทศบาลตำบลทดสอบหนึ่ง, เทศบาลตำบลทดสอบสอง"
    assert len(scores(reading)) == 1


def test_without_a_body_the_scores_wait_for_one() -> None:
    reading = read(table(("การใช้อำนาจ", "80.00")), top=[RESULT])
    assert body(reading) == (None, None, None)
    assert "no_body" in codes(reading)
    assert reading.scores["mention"].tolist() == [0]


def test_all_names_are_listed_with_their_place() -> None:
    reading = read(
        "นายก อบต.ทดสอบไกล ร่วมกับเทศบาลตำบลทดสอบเหนือได้จัดกิจกรรม\n"
        "กับองค์การบริหารส่วนตำบล\nทดสอบไกล และเทศบาลตำบล ทดสอบ\nเหนือ",
        table(("การใช้อำนาจ", "80.00")),
    )
    names = reading.extra["source_names"][["row", "printed_name"]].to_records(index=False).tolist()
    assert names == [
        (4, "เทศบาลตำบลทดสอบเหนือ"),
        (9, "อบต.ทดสอบไกล"),
        (9, "เทศบาลตำบลทดสอบเหนือ"),
        (10, "องค์การบริหารส่วนตำบลทดสอบไกล"),
        (11, "เทศบาลตำบลทดสอบเหนือ"),
    ]
    assert problems(reading, "other_name_in_text")[0].row == 9


OTHER = "ผลการประเมิน ITA ปี 2567 ของเทศบาลตำบลอื่น ได้คะแนน {} คะแนน"


def test_a_score_printed_with_another_name_stays_with_it() -> None:
    reading = read(OTHER.format("91.00"), "ผลการประเมิน ITA ปี 2567 ของเทศบาลตำบลทดสอบเหนือ ได้คะแนน 81.00 คะแนน")
    assert reading.bodies["name"].tolist() == ["เทศบาลตำบลทดสอบเหนือ", "เทศบาลตำบลอื่น"]
    assert reading.scores[["mention", "value"]].to_numpy().tolist() == [[1, 91.0], [0, 81.0]]
    assert problems(reading, "other_name")[0].severity == "warning"


def test_it_is_the_documents_own_where_its_indicators_add_up_to_it() -> None:
    reading = read(OTHER.format("80.00"), FULL)
    assert reading.bodies["name"].tolist() == ["เทศบาลตำบลทดสอบเหนือ"]
    assert points(reading)["overall"] == 80.0
    assert len(problems(reading, "other_name")) == 1


# ---- measures

HEADINGS = ["มาตรการ/แนวทาง", "วิธีดำเนินการ", "ผู้รับผิดชอบ", "ระยะเวลา", "ผลการดำเนินการ", "ข้อเสนอแนะ"]


def measures(reading: Reading) -> list[tuple[object, ...]]:
    return [(row["seq"], row["title_th"], row["responsible_unit_th"]) for row in rows(reading, "measures")]


@pytest.mark.parametrize(
    ("pieces", "expected"),
    [
        (
            [
                [HEADINGS, ["๑. หนึ่ง", "ก", "กองคลัง", "", "", ""]],
                [HEADINGS, ["", "ข", "กองช่าง", "", "", ""], ["๒. สอง", "ค", "", "", "", ""]],
            ],
            [(1, "หนึ่ง", "กองคลัง กองช่าง"), (2, "สอง", None)],
        ),
        (
            [
                [HEADINGS, ["๑. หนึ่ง", "ก", "กองคลัง", "", "", ""]],
                "- 2 -",
                [["ต่อ", "ข", "", "", "", ""], ["๒. สอง", "ค", "", "", "", ""]],
            ],
            [(1, "หนึ่ง ต่อ", "กองคลัง"), (2, "สอง", None)],
        ),
        (
            [
                [
                    HEADINGS,
                    ["หนึ่ง", "ก", "กองคลัง", "", "", ""],
                    ["สอง", "ข", "", "", "", ""],
                    ["", "ค", "กองช่าง", "", "", ""],
                ]
            ],
            [(1, "หนึ่ง", "กองคลัง"), (2, "สอง", "กองช่าง")],
        ),
        (
            [[["ที่", "มาตรการ", "ผู้รับผิดชอบ"], ["1", "หนึ่ง", "กองคลัง"], ["", "ต่อ", ""], ["2", "สอง", ""]]],
            [(1, "หนึ่ง", "กองคลัง"), (2, "ต่อ", None), (3, "สอง", None)],
        ),
        (
            [
                [
                    ["ประเด็น", "มาตรการ โครงการ", "ผู้รับผิดชอบ"],
                    ["1. เรื่อง", "หนึ่ง", "กองคลัง"],
                    ["2. เรื่อง", "สอง", ""],
                ]
            ],
            [(1, "หนึ่ง", "กองคลัง"), (2, "สอง", None)],
        ),
        (
            [[["โครงการ/กิจกรรม", "ผู้รับผิดชอบ", "ระยะเวลาดำเนินการ"], ["หนึ่ง", "กองคลัง", "x"]]],
            [(1, "หนึ่ง", "กองคลัง")],
        ),
        (
            [
                [
                    ["ตัวชี้วัด", "คะแนน", ""],
                    ["การใช้อำนาจ", "80", ""],
                    ["มาตรการ", "วิธีการ", "ผู้รับผิดชอบ"],
                    ["1. หนึ่ง", "x", "กองคลัง"],
                ]
            ],
            [(1, "หนึ่ง", "กองคลัง")],
        ),
    ],
    ids=[
        "empty first cell",
        "no headings, title goes on",
        "not numbered",
        "column of numbers",
        "numbered topics",
        "projects",
        "glued to a table of scores",
    ],
)
def test_measures(pieces: list[Item], expected: list[tuple[object, ...]]) -> None:
    assert measures(read(*pieces)) == expected


def test_results_are_kept_where_the_document_has_them() -> None:
    made = [
        HEADINGS,
        ["1. หนึ่ง", "", "", "", "ทำแล้ว", "ควรทำต่อ"],
        ["", "", "", "", "ทำอีก", ""],
        ["2. สอง", "", "", "", "", ""],
    ]
    reading = read(made)
    assert rows(reading, "measure_results") == [
        {"measure_id": "2568-01", "done_th": "ทำแล้ว ทำอีก", "advice_th": "ควรทำต่อ"}
    ]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("อบรมเรื่องการใช้อำนาจ", ["3"]),
        ("ส่งเสริมการรับรู้ (แบบวัด IIT)", ["1", "2", "3", "4", "5"]),
        ("ปรับปรุงตามตัวชี้วัดที่ 7 และ 9.3", ["7"]),
        ("แก้ไขข้อ O26 และ e1", ["6", "10"]),
        ("จัดทำรายงานสรุปผลการจัดซื้อจัดจ้างหรือการจัดหาพัสดุประจำปี", ["9"]),
        ("มาตรการส่งเสริมคุณธรรมและความโปร่งใส กรรมการปฏิบัติหน้าที่", []),
        ("ใช้อำนาจให้ถูกต้อง", []),
    ],
    ids=["indicator", "instrument", "number", "items", "item's name", "other words", "not the name"],
)
def test_links_to_indicators_only_where_printed(text: str, parts: list[str]) -> None:
    reading = read(table(("I7 คำถามทดสอบ", "80.00")), [HEADINGS, [f"1. {text}", "", "", "", "", ""]])
    assert reading.extra["measure_indicators"]["part"].tolist() == parts


def test_figures_inside_measures_are_no_scores() -> None:
    reading = read([HEADINGS, ["1. การใช้อำนาจ 90.00 คะแนน", "ร้อยละ 80.00", "", "", "", ""]])
    assert scores(reading) == []


def test_measures_without_year_are_said() -> None:
    reading = read([HEADINGS, ["1. หนึ่ง", "", "", "", "", ""]], top=["เทศบาลตำบลทดสอบ"])
    assert {"no_plan_year", "no_assessed_year"} <= codes(reading)
    assert rows(reading, "measures")[0]["plan_year"] is None


# ---- what is not understood, and any file


def test_a_table_that_is_neither_is_listed() -> None:
    reading = read(table(("การใช้อำนาจ", "80.00")), "ผู้รับ", [["ผู้รับเอกสาร", "ลายมือชื่อ"], ["กองคลัง", "x"]])
    (problem,) = problems(reading, "table_not_understood")
    assert (problem.severity, problem.row) == ("info", 14)


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("ว่าง.txt", b"", "empty"),
        ("เปล่า.txt", "ไม่มีอะไร".encode(), "nothing_found"),
        ("เสีย.pdf", b"%PDF-1.4 x", "damaged"),
        ("เสีย.docx", b"PK\x03\x04x", "damaged"),
    ],
)
def test_a_file_with_nothing_is_a_problem(name: str, data: bytes, code: str) -> None:
    reading = read_document(name, data, EDITIONS)
    (problem,) = reading.problems
    assert (problem.severity, problem.code, problem.file) == ("error", code, name)
    assert reading.scores.empty


HOSTILE = '<script>alert(1)</script>=HYPERLINK("x")\u202e../../'


def test_hostile_names_are_only_text() -> None:
    reading = read(table((HOSTILE, "80.00")), f"เทศบาลตำบล{HOSTILE} ได้คะแนน 50.00 คะแนน")
    assert scores(reading) == []
    assert body(reading)[0] == "เทศบาลตำบลทดสอบเหนือ"


VALUES = st.integers(0, 10_000).map(lambda hundredths: hundredths / 100)


@st.composite
def reports(draw: st.DrawFn) -> tuple[Document, dict[str, float]]:
    """A report with some parts, in any order, written in one of some ways, and the scores it prints."""
    year = draw(st.sampled_from([2563, 2564, 2566, 2567, 2568]))
    parts = [
        part for part in EDITIONS[year].parts.values() if part.level in {"instrument", "indicator", "item"}
    ]
    chosen = draw(
        st.lists(
            st.sampled_from([part for part in parts if not part.respondents]),
            min_size=3,
            max_size=12,
            unique=True,
        )
    )
    values = {part.code: draw(VALUES) for part in chosen}
    # Instruments that could all be weighted points are the subject of other tests.
    values |= {
        part.code: round(60 + value * 0.4, 2)
        for part, value in zip(chosen, values.values(), strict=True)
        if part.level == "instrument"
    }
    shape = draw(st.sampled_from(["code and name", "one cell", "score inside", "lines"]))
    rows: list[list[str]] = []
    for part in chosen:
        name = part.name_th
        label = f"{part.code} {name}" if part.level == "item" else f"ตัวชี้วัดที่ {part.code} {name}"
        label = f"{name} ({part.code})" if part.level == "instrument" else label
        score = f"{values[part.code]:.2f}"
        if shape == "code and name" and part.level != "instrument":
            rows.append([label.removesuffix(name).strip(), name, score])
        elif shape == "score inside":
            rows.append([f"{label} {score} คะแนน", "", ""])
        else:
            rows.append([label, "", score])
    made: Item = [["ข้อ", "ตัวชี้วัด", "คะแนน"], *rows]
    if shape == "lines":
        made = "\n".join(f"{label} {score}" for label, _, score in rows)
    document: list[Item] = ["องค์การบริหารส่วนตำบลทดสอบ", f"ผลการประเมิน ITA ปีงบประมาณ {year}", made]
    if draw(st.booleans()):
        document = [
            to_thai_digits(item)
            if isinstance(item, str)
            else [list(map(to_thai_digits, row)) for row in item]
            for item in document
        ]
    return document, values


def same_scores(kind: str, report: tuple[Document, dict[str, float]]) -> None:
    document, values = report
    name, write = FORMATS[kind]
    reading = read_document(name, write(document), EDITIONS)
    assert points(reading) == values
    assert not [problem for problem in reading.problems if problem.severity == "error"]


@pytest.mark.parametrize("kind", ["tabs", "pipes", "html", "docx"])
@settings(max_examples=40, deadline=None)
@given(report=reports())
def test_any_report_reads_back_to_its_scores(kind: str, report: tuple[Document, dict[str, float]]) -> None:
    same_scores(kind, report)


@settings(max_examples=8, deadline=None)
@given(report=reports())
def test_any_pdf_reads_back_to_its_scores(report: tuple[Document, dict[str, float]]) -> None:
    same_scores("pdf", report)


def test_an_item_whose_name_ends_in_an_indicators_keeps_its_score_where_its_cell_is_broken() -> None:
    """A PDF breaks the narrow cell before ก|ารใช้ทรัพย์สินของราชการ, which is the name of indicator 4."""
    table = [
        ["ข้อ", "ตัวชี้วัด", "คะแนน"],
        ["ตัวชี้วัดที่ 1 การปฏิบัติหน้าที่ 10.00 คะแนน", "", ""],
        ["I24 มีการกำกับดูแลและตรวจสอบการใช้ทรัพย์สินของราชการ 20.00 คะแนน", "", ""],
    ]
    document: Document = ["องค์การบริหารส่วนตำบลทดสอบ", "ผลการประเมิน ITA ปีงบประมาณ 2563", table]
    same_scores("pdf", (document, {"1": 10.0, "I24": 20.0}))


@pytest.mark.parametrize("kind", ["tabs", "pipes", "html", "docx"])
@settings(max_examples=40, deadline=None)
@given(changes=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), max_size=20), cut=st.floats(0.5, 1))
def test_no_damage_raises(kind: str, changes: list[tuple[float, int]], cut: float) -> None:
    name, write = FORMATS[kind]
    data = bytearray(write(REPORT))
    for where, byte in changes:
        data[int(where * (len(data) - 1))] = byte
    reading = read_document(name, bytes(data[: int(cut * len(data))]).replace(b"%PDF-", b""), EDITIONS)
    assert reading.scores["value"].between(0, 100).all()


@settings(max_examples=60, deadline=None)
@given(st.text(st.sampled_from("ITAE ๙๐.๑0159\n\t|คะแนนปีพ.ศ2567การใช้อำนาจเทศบาลตำบล()-"), max_size=400))
def test_no_text_raises(text: str) -> None:
    read_document("ทดสอบ.txt", text.encode(), EDITIONS)


# ---- the documents the published figures were taken from (only where they are)

FOLDER = Path(__file__).parents[2].parent / "shared" / "documents"
PUBLISHED = Path(__file__).parents[2] / "ita_data" / "published"
SOURCES = {
    "doc-khao-suan-kwang-2563": 3,
    "doc-khwao-yai-2567": 7,
    "doc-khao-thong-2563": 7,
    "doc-mueang-klaeng-2564": 11,
    "doc-khon-kaen-2564": 0,
}


def published(name: str) -> pd.DataFrame:
    return pd.read_csv(PUBLISHED / f"{name}.csv", dtype=str, keep_default_na=False)


@pytest.mark.skipif(not FOLDER.is_dir(), reason="เอกสารต้นฉบับไม่อยู่ในชุดโปรแกรม")
@pytest.mark.parametrize("source", SOURCES)
def test_the_published_figures_come_out_of_their_documents(source: str) -> None:
    sources = published("sources").set_index("source_id")
    (path,) = FOLDER.glob(f"{sources.loc[source, 'locator']}*")
    reading = read_document(path.name, path.read_bytes(), EDITIONS)
    assert reading.sha256 == sources.loc[source, "sha256"]
    assert not [problem for problem in reading.problems if problem.severity == "error"]

    def of_source(name: str) -> pd.DataFrame:
        table = published(name)
        return table[table["source_id"] == source]

    expected = of_source("scores")
    assert sorted(
        (int(row.fiscal_year), row.part, row.respondents, float(row.value), row.stands == "yes")
        for row in expected.itertuples()
    ) == sorted(
        reading.scores[["fiscal_year", "part", "respondents", "value", "stands"]].itertuples(
            index=False, name=None
        )
    )
    assert set(reading.scores["mention"]) <= {0}
    for name, column in (("printed_grades", "printed_grade"), ("printed_changes", "change")):
        assert list(map(str, reading.extra[name][column])) == of_source(name)[column].tolist()

    wanted, measures_read = of_source("measures"), reading.extra["measures"]
    assert len(measures_read) == len(wanted) == SOURCES[source]
    for column in ("plan_year", "assessed_year", "seq"):
        assert measures_read[column].astype(str).tolist() == wanted[column].tolist()
    assert measures_read["title_th"].notna().all()
    for column in ("responsible_unit_th", "period_th", "follow_up_th"):
        assert measures_read[column].notna().tolist() == wanted[column].astype(bool).tolist()
    assert len(reading.extra["measure_results"]) == len(of_source("measure_results"))

    bodies = published("organisations").set_index("organisation_id")
    own = of_source("source_names")["organisation_id"].iloc[0]
    assert split_name(body(reading)[0] or "") == (bodies.loc[own, "type"], bodies.loc[own, "name_th"])
    assert len(reading.extra["source_names"]) == len(of_source("source_names"))
