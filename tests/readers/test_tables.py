"""Tables of scores in every shape, and everything in them that is no score."""

import math
from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd
import pytest

from ita_data.edition import load_editions
from ita_data.readers import mapping, messages, table, tables
from ita_data.readers.files import Opened, Sheet, open_file
from ita_data.readers.reading import BODY_COLUMNS, SCORE_COLUMNS, Reading
from tests.readers import writers
from tests.readers.writers import (
    Grid,
    Merges,
    Style,
    scores_of,
    titled,
    to_csv,
    to_ods,
    to_openpyxl,
    to_xls,
    to_xlsx,
)

EDITIONS = load_editions()
SAO, TT = "องค์การบริหารส่วนตำบลทดสอบ", "เทศบาลตำบลทดสอบ"


def read(
    data: bytes | Grid,
    *,
    name: str = "ทดสอบ.csv",
    said: mapping.Mapping | None = None,
    fiscal_year: int | None = None,
) -> Reading:
    """Read a file, or a grid as the CSV it makes."""
    opened = open_file(to_csv(data) if isinstance(data, list) else data, name)
    return tables.read_tables(opened, EDITIONS, mapping=said, fiscal_year=fiscal_year)


def codes(reading: Reading, *severities: str) -> list[str]:
    return [
        one.code for one in reading.problems if one.severity in (severities or ("error", "warning", "info"))
    ]


def errors(reading: Reading) -> list[tuple[str, int | None, str | None, str | None]]:
    return [(one.code, one.row, one.column, one.value) for one in reading.problems if one.severity == "error"]


def notes(reading: Reading) -> str:
    return " ".join(note for one in reading.recognised for note in one.notes_th)


# --- Golden files, six and more of each shape ---------------------------------------------------------------

SCORES = {
    (SAO, 2566, "overall"): 80.29,
    (SAO, 2566, "IIT"): 85.5,
    (SAO, 2566, "1"): 91.0,
    (SAO, 2567, "overall"): 69.5,
    (SAO, 2567, "IIT"): 78.01,
    (SAO, 2567, "1"): 100.0,
    (TT, 2566, "overall"): 99.99,
    (TT, 2566, "IIT"): 88.88,
    (TT, 2566, "1"): 0.0,
    (TT, 2567, "overall"): 90.0,
    (TT, 2567, "IIT"): 95.0,
}
OF_2567 = {key: value for key, value in SCORES.items() if key[1] == 2567}
OVERALL = {key: value for key, value in SCORES.items() if key[2] == "overall"}

LONG = {
    "plain": to_csv(writers.long(SCORES)),
    "title-above": to_csv(titled(writers.long(SCORES), "ตารางทดสอบ", "ข้อมูล ณ วันที่ 30 กันยายน 2567")),
    "thai-digits-and-units": to_csv(writers.long(SCORES, Style(2, True, 1, "-")), "cp874"),
    "decimal-comma": to_csv(writers.long(SCORES, Style(4)), delimiter=";"),
    "xlsx-with-percent": to_xlsx(writers.long(SCORES, Style(3, header=2))),
    "xls": to_xls(writers.long(SCORES, Style(1))),
    "ods": to_ods(titled(writers.long(SCORES), "ผลการทดสอบ")),
    "parquet": writers.to_parquet(writers.long(SCORES)),
    "english": to_csv(
        [
            ["agency", "fiscal_year", "indicator", "score"],
            *([name, year, part, value] for (name, year, part), value in SCORES.items()),
        ]
    ),
    "code-beside-name": to_csv(
        [
            ["หน่วยงาน", "ปีงบประมาณ", "รหัสตัวชี้วัด", "ชื่อตัวชี้วัด", "คะแนน"],
            *(
                [name, year, part, {"overall": "คะแนนรวม", "IIT": "", "1": "การปฏิบัติหน้าที่"}[part], value]
                for (name, year, part), value in SCORES.items()
            ),
        ]
    ),
    "totals-between": to_csv(
        [
            *writers.long(SCORES)[:7],
            ["", "รวม", 2566, "คะแนนรวม", 555],
            *writers.long(SCORES)[7:],
            [None, None, None, "เฉลี่ย", 1],
        ]
    ),
}

WIDE = {
    "plain": to_csv(writers.wide(SCORES)),
    "title-and-numbers-below-header": to_xlsx(
        titled(
            [writers.wide(SCORES)[0], ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"], *writers.wide(SCORES)[1:]],
            "ผลทดสอบ",
        )
    ),
    "missing-as-dash": to_csv(writers.wide(SCORES, Style(1, missing="–")), "utf-16"),
    "missing-as-words": to_csv(writers.wide(SCORES, Style(0, missing="ไม่มีข้อมูล"))),
    "missing-as-na": to_ods(writers.wide(SCORES, Style(0, missing="N/A"))),
    "thai-digits": to_xls(writers.wide(SCORES, Style(2, True, 3))),
    "totals-below": to_xlsx(
        [
            *writers.wide(SCORES),
            ["", "รวม", "", 339.78, 1, 1],
            ["", "ค่าเฉลี่ย", 2567, 84.9, 2, 2],
            ["", "หมายเหตุ: ทดสอบ"],
        ]
    ),
    "two-header-rows": to_xlsx(*writers.years_across(SCORES)),
    "two-header-rows-of-csv": to_csv(writers.years_across(SCORES, Style(1, True, 2))[0]),
    "two-header-rows-of-ods": to_ods(*writers.years_across(SCORES)),
    "instrument-over-indicators": to_csv(
        [
            ["หน่วยงาน", "ปี", "คะแนน ITA", "IIT", ""],
            ["", "", "", "คะแนนรวม", "ตัวชี้วัดที่ 1"],
            *(row[1:] for row in writers.wide(SCORES)[1:]),
        ]
    ),
    "header-on-every-page": to_csv(
        [*writers.wide(SCORES)[:3], [], ["หน้า 2"], *writers.wide(SCORES)[:1], *writers.wide(SCORES)[3:]]
    ),
    "sheet-per-year": to_xlsx(
        titled(writers.wide({key: value for key, value in SCORES.items() if key[1] == 2566}), "ปี 2566"),
        สอง=writers.wide(OF_2567),
        อื่น=[["ข้อความ"], ["ทดสอบ"]],
    ),
    "two-tables-in-one-sheet": to_xlsx(
        [
            *writers.wide({key: value for key, value in SCORES.items() if key[0] == SAO}),
            [],
            ["ตารางที่ 2"],
            ["ชื่อหน่วยงาน", "ปีงบประมาณ", "IIT", "คะแนนรวม", "การปฏิบัติหน้าที่"],
            [TT, 2566, 88.88, 99.99, 0],
            [TT, 2567, 95, 90, None],
        ]
    ),
}

TURNED = {
    "plain": to_csv(writers.turned(SCORES)[0]),
    "title-above": to_xlsx(titled(writers.turned(SCORES)[0], "ผลการประเมินทดสอบ")),
    "thai-digits": to_csv(writers.turned(SCORES, Style(2, True, 1, "-"))[0], "cp874"),
    "ods": to_ods(writers.turned(SCORES, Style(0, header=2))[0]),
    "xls": to_xls(writers.turned(SCORES)[0]),
    "names-merged-over-years": to_xlsx(
        [["ตัวชี้วัด", SAO, None, TT, None], *writers.turned(SCORES)[0][1:]], [(0, 1, 0, 2), (0, 3, 0, 4)]
    ),
    "names-once-in-csv": to_csv([["ตัวชี้วัด", SAO, None, TT, None], *writers.turned(SCORES)[0][1:]]),
    "numbered-rows": to_csv(
        [
            ["ที่", *writers.turned(SCORES)[0][0]],
            ["", *writers.turned(SCORES)[0][1]],
            *([number, *row] for number, row in enumerate(writers.turned(SCORES)[0][2:], start=1)),
        ]
    ),
    "full-mark-and-average": to_csv(
        [
            [*row, *extra]
            for row, extra in zip(
                writers.turned(SCORES)[0],
                [["คะแนนเต็ม", "ค่าเฉลี่ย"], [2567, 2567], [100, 80], [100, 90], [100, 95]],
                strict=True,
            )
        ]
    ),
}

PROVINCE = {
    "year-as-parameter": (
        to_csv(
            [
                ["#", "หน่วยงาน", "อำเภอ", "จังหวัด", "คะแนนเฉลี่ย"],
                [1, SAO, "ทดสอบ", "ขอนแก่น", 69.5],
                [2, TT, "ทดสอบ", "ขอนแก่น", 90],
            ]
        ),
        2567,
    ),
    "year-in-title": (
        to_csv(
            [
                ["คะแนน ITA ปีงบประมาณ พ.ศ. ๒๕๖๗"],
                ["#", "หน่วยงาน", "อำเภอ", "จังหวัด", "คะแนนเฉลี่ย"],
                [1, SAO, "ทดสอบ", "ขอนแก่น", 69.5],
                [2, TT, "ทดสอบ", "ขอนแก่น", 90],
            ]
        ),
        None,
    ),
    "common-era-in-title": (
        to_csv(
            [
                ["ITA Online ปี 2024"],
                ["#", "หน่วยงาน", "อำเภอ", "จังหวัด", "คะแนนเฉลี่ย"],
                [1, SAO, "ทดสอบ", "ขอนแก่น", "69.50"],
                [2, TT, "ทดสอบ", "ขอนแก่น", "90.00"],
            ]
        ),
        None,
    ),
    "common-era-column": (
        to_csv([["หน่วยงาน", "ปี ค.ศ.", "คะแนนเฉลี่ย"], [SAO, 2024, 69.5], [TT, 2024, 90]]),
        None,
    ),
    "year-as-sheet-name": (
        to_xlsx([["ก"]], **{"ปี 2567": [["หน่วยงาน", "คะแนนเฉลี่ย"], [SAO, 69.5], [TT, 90]]}),
        None,
    ),
    "year-in-header": (to_csv([["หน่วยงาน", "คะแนนเฉลี่ย ปี 2567"], [SAO, 69.5], [TT, 90]]), None),
    "score-of-ita-in-title": (
        to_csv([["ผล ITA ประจำปีงบประมาณ 2567"], ["หน่วยงาน", "คะแนน"], [SAO, 69.5], [TT, 90]]),
        None,
    ),
}

NOT_ERRORS = {
    "total_row",
    "header_again",
    "row_without_scores",
    "old_encoding",
    "wrong_extension",
    "not_a_body",
}
NOT_ERRORS |= {"sheet_without_table", "common_era", "column_not_read"}


@pytest.mark.parametrize("data", LONG.values(), ids=LONG)
def test_long(data: bytes) -> None:
    reading = read(data)
    assert scores_of(reading) == SCORES
    assert set(codes(reading)) <= NOT_ERRORS
    assert [one.shape for one in reading.recognised] == ["long"]


@pytest.mark.parametrize("data", WIDE.values(), ids=WIDE)
def test_wide(data: bytes) -> None:
    reading = read(data)
    assert scores_of(reading) == SCORES
    assert set(codes(reading)) <= NOT_ERRORS
    assert {one.shape for one in reading.recognised} == {"wide"}


@pytest.mark.parametrize("data", TURNED.values(), ids=TURNED)
def test_organisations_as_columns(data: bytes) -> None:
    reading = read(data)
    assert scores_of(reading) == SCORES
    assert set(codes(reading)) <= NOT_ERRORS
    assert [one.shape for one in reading.recognised] == ["organisations_as_columns"]


@pytest.mark.parametrize(("data", "fiscal_year"), PROVINCE.values(), ids=PROVINCE)
def test_page_of_one_score(data: bytes, fiscal_year: int | None) -> None:
    reading = read(data, fiscal_year=fiscal_year)
    assert scores_of(reading) == {key: value for key, value in OVERALL.items() if key[1] == 2567}
    assert set(codes(reading)) <= NOT_ERRORS


def test_every_column_of_the_contract() -> None:
    reading = read(to_xlsx(writers.wide(SCORES)), name="ทดสอบ.xlsx")
    assert reading.scores.dtypes.astype(str).to_dict() == SCORE_COLUMNS
    assert reading.bodies.dtypes.astype(str).to_dict() == BODY_COLUMNS
    assert (reading.file, reading.kind, len(reading.sha256)) == ("ทดสอบ.xlsx", "xlsx", 64)
    assert reading.scores.iloc[0].to_dict() == {
        "mention": 0,
        "fiscal_year": 2566,
        "part": "overall",
        "respondents": "all",
        "value": 80.29,
        "printed": "80.29",
        "stands": True,
        "sheet": "ผล",
        "row": 2,
        "column": "D",
    }


@pytest.mark.parametrize(
    "data", [b"", b"\x00", to_csv([["ข้อความ", "อื่น"], ["ทดสอบ", "-"]])], ids=["empty", "nul", "no-table"]
)
def test_nothing_is_read_of_what_is_no_table(data: bytes) -> None:
    reading = read(data)
    assert len(codes(reading, "error")) == 1
    assert reading.scores.dtypes.astype(str).to_dict() == SCORE_COLUMNS
    assert len(reading.scores) == len(reading.bodies) == 0


def test_places_of_a_turned_table() -> None:
    reading = read(titled(writers.turned(SCORES)[0], "ทดสอบ"))
    places = reading.scores.set_index(["mention", "fiscal_year", "part"])[["row", "column", "printed"]]
    assert places.loc[(1, 2567, "overall")].tolist() == [5, "E", "90.0"]
    (table,) = reading.recognised
    assert (table.header_row, table.first_row, table.last_row) == (3, 5, 7)
    assert table.columns == {
        "A": "part",
        "B": "organisation",
        "C": "organisation",
        "D": "organisation",
        "E": "organisation",
    }
    assert table.rows == {"3": "name", "4": "year", "5": "part:overall", "6": "part:IIT", "7": "part:1"}


def test_what_a_body_is_told_by() -> None:
    reading = read(
        [
            ["ที่", "รหัส", "ประเภท", "ชื่อ อปท.", "อำเภอ", "จังหวัด", "ปี", "IIT", "หมายเหตุทดสอบ"],
            [1, 101, "อบต.", "ทดสอบ", "ทดสอบ", "ขอนแก่น", 2567, 80, "x"],
            [2, 102, "อบต.", "ทดสอบ", "ทดสอบ", "เลย", 2567, 81, "y"],
            [3, 101, "อบต.", "ทดสอบ", "ทดสอบ", "ขอนแก่น", 2568, 82, "z"],
        ]
    )
    assert reading.bodies.drop(columns=["sheet"]).to_numpy().tolist() == [
        [0, "ทดสอบ", "อบต.", "ทดสอบ", "ขอนแก่น", "101", 2],
        [1, "ทดสอบ", "อบต.", "ทดสอบ", "เลย", "102", 3],
    ]
    assert reading.scores["mention"].tolist() == [0, 1, 0]
    assert [(one.code, one.severity, one.column, one.value) for one in reading.problems] == [
        ("column_not_read", "info", "I", "หมายเหตุทดสอบ")
    ]


def test_merged_names_fill_their_rows() -> None:
    grid: Grid = [["หน่วยงาน", "ปี", "IIT"], [SAO, 2566, 80], [None, 2567, 81], [TT, 2567, 82]]
    reading = read(to_xlsx(grid, [(1, 0, 2, 0)]))
    assert scores_of(reading) == {(SAO, 2566, "IIT"): 80, (SAO, 2567, "IIT"): 81, (TT, 2567, "IIT"): 82}
    assert errors(read(grid)) == [("name_missing", 3, "A", "None")] or errors(read(grid))[0][:3] == (
        "name_missing",
        3,
        "A",
    )


def test_respondents() -> None:
    wide = read(
        [["หน่วยงาน", "ปี", "E1 Public", "E1 Survey", "E1", "EIT survey"], [SAO, 2567, 81, 82, 81.5, 83]]
    )
    long = read(
        [
            ["หน่วยงาน", "ปี", "ตัวชี้วัด", "กลุ่มผู้ตอบ", "คะแนน"],
            [SAO, 2567, "E1", "Public", 81],
            [SAO, 2567, "E1", "survey", 82],
            [SAO, 2567, "E1", "ทั้งหมด", 81.5],
            [SAO, 2567, "EIT survey", "", 83],
        ]
    )
    under = read(
        [["หน่วยงาน", "ปี", "E1", "", "EIT"], ["", "", "Public", "Survey", ""], [SAO, 2567, 81, 82, 83]]
    )
    expected = [("E1", "public", 81), ("E1", "survey", 82), ("E1", "all", 81.5), ("EIT", "survey", 83)]
    for reading in (wide, long):
        assert reading.scores[["part", "respondents", "value"]].to_numpy().tolist() == [
            list(row) for row in expected
        ]
    assert under.scores["respondents"].tolist() == ["public", "survey", "all"]


@pytest.mark.parametrize(
    "grid",
    [
        [["หน่วยงาน", "ปี", "E1 Public"], [SAO, 2566, 81]],
        [
            ["หน่วยงาน", "ปี", "ตัวชี้วัด", "ผู้ตอบ", "คะแนน"],
            [SAO, 2567, "I1", "public", 81],
            [SAO, 2567, "I6", "", 1],
        ],
        [["หน่วยงาน", "ปี", "ตัวชี้วัด", "ผู้ตอบ", "คะแนน"], [SAO, 2567, "E1", "ใครก็ได้", 81]],
    ],
    ids=["not-in-the-year", "not-of-the-part", "nobody"],
)
def test_respondents_nobody_asked(grid: Grid) -> None:
    assert errors(read(grid))[0][:2] == ("respondents_unknown", 2)


# --- Which part a header means ------------------------------------------------------------------------------

INDICATOR_CODES = ["I1", "I2", "I3", "I4", "I5", "E6", "E7", "E8", "O9", "O10"]


def parts_of(*headers: str, year: int = 2567) -> list[str]:
    reading = read([["หน่วยงาน", "ปี", *headers], [SAO, year, *range(50, 50 + len(headers))]])
    return reading.scores["part"].tolist()


def test_letters_of_indicators() -> None:
    assert parts_of(*INDICATOR_CODES) == [str(number) for number in range(1, 11)]


def test_letters_of_items() -> None:
    assert parts_of("I1", "I2", "I6", "E1", "E6", "O8", "O9", "O10") == [
        "I1",
        "I2",
        "I6",
        "E1",
        "E6",
        "O8",
        "O9",
        "O10",
    ]


def test_a_name_decides_with_its_code() -> None:
    assert parts_of("I1 การปฏิบัติหน้าที่", "I2", "E6", "O9") == ["1", "2", "6", "9"]
    assert parts_of("O9 การเปิดเผยข้อมูล", "O10 การป้องกันการทุจริต") == ["9", "10"]


def test_letters_that_nothing_decides() -> None:
    reading = read([["หน่วยงาน", "ปี", "คะแนน ITA", "I1", "I2"], [SAO, 2567, 80, 81, 82]])
    assert reading.scores["part"].tolist() == ["overall"]
    assert [one[0] for one in errors(reading)] == ["column_unclear", "column_unclear"]


def test_code_and_name_that_contradict_each_other() -> None:
    reading = read([["หน่วยงาน", "ปี", "คะแนน ITA", "ตัวชี้วัดที่ 2 การปฏิบัติหน้าที่"], [SAO, 2567, 80, 81]])
    assert errors(reading) == [("column_unclear", 1, "D", "ตัวชี้วัดที่ 2 การปฏิบัติหน้าที่")]


def test_the_same_name_has_its_year_s_code() -> None:
    reading = read([["หน่วยงาน", "ปี", "E-Service"], [SAO, 2565, 100], [SAO, 2567, 0]])
    assert reading.scores["part"].tolist() == ["O17", "O13"]


def test_a_part_the_year_does_not_have() -> None:
    reading = read(
        [["หน่วยงาน", "ปี", "คะแนน ITA", "ตัวชี้วัดที่ 1", "O35"], [SAO, 2561, 80, 81, None], [SAO, 2568, 80, 82, 83]]
    )
    assert errors(reading) == [("part_not_in_year", 2, "D", "81"), ("part_not_in_year", 3, "E", "83")]
    assert len(reading.scores) == 3


def test_bare_numbers_are_indicators_only_together() -> None:
    numbers = [str(number) for number in range(1, 11)]
    assert parts_of(*numbers) == numbers
    assert parts_of("คะแนน ITA", "1", "2") == ["overall"]
    below = read([["หน่วยงาน", "ปี", "ตัวชี้วัด", ""], ["", "", 1, 2], [SAO, 2567, 81, 82]])
    assert below.scores["part"].tolist() == ["1", "2"]


@pytest.mark.parametrize(
    "header", ["ระดับ IIT", "IIT อันดับ", "ผลต่าง IIT", "จำนวนผู้ตอบ EIT", "เป้าหมาย", "คะแนนเต็ม", "ตัวชี้วัดที่ 1 อันดับ"]
)
def test_columns_about_a_score_are_not_scores(header: str) -> None:
    reading = read([["หน่วยงาน", "ปี", "คะแนน ITA", header], [SAO, 2567, 80, 3]])
    assert reading.scores["part"].tolist() == ["overall"]
    assert ("column_not_read" in codes(reading)) or ("column_unclear" in codes(reading))


def test_printed_grades_are_kept_as_printed() -> None:
    reading = read([["หน่วยงาน", "ปี", "คะแนน ITA", "ระดับ"], [SAO, 2567, 80, "ผ่านดี"], [TT, 2567, 90, "-"]])
    assert reading.extra["printed_grades"].to_numpy().tolist() == [[0, 2567, "ผ่านดี", "", 2]]


# --- Years --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "year",
    [
        2567,
        2567.0,
        "2567",
        "๒๕๖๗",
        "พ.ศ. 2567",
        "ปี ๒๕๖๗",
        "ปีงบประมาณ พ.ศ. 2567",
        "FY2567",
        2024,
        "2024",
        "ค.ศ. 2024",
        "2024 CE",
    ],
    ids=str,
)
def test_years(year: object) -> None:
    for data in (
        to_csv([["หน่วยงาน", "ปี", "IIT"], [SAO, year, 80]]),
        to_xlsx([["หน่วยงาน", "ปี", "IIT"], [SAO, year, 80]]),
    ):
        reading = read(data)
        assert reading.scores["fiscal_year"].tolist() == [2567]
        assert codes(reading, "info", "error") == [
            code
            for code in ["wrong_extension", "common_era"]
            if (code == "common_era" and "2024" in str(year))
            or (code == "wrong_extension" and data[:2] == b"PK")
        ]


@pytest.mark.parametrize(
    "year",
    [
        0,
        2567.5,
        "2567.5",
        67,
        "2566/2567",
        "2566-2567",
        -2567,
        1e300,
        "ปีนี้",
        "พ.ศ. 2024",
        "ค.ศ. 2567",
        True,
        math.inf,
    ],
    ids=str,
)
def test_what_is_no_year(year: object) -> None:
    reading = read([["หน่วยงาน", "ปี", "IIT"], [SAO, year, 80], [SAO, 2567, 81]])
    assert reading.scores["value"].tolist() == [81]
    assert errors(reading)[0][:3] == ("not_a_year", 2, "B")


@pytest.mark.parametrize(
    ("year", "code"),
    [(2560, "year_unknown"), (2599, "year_unknown"), (None, "row_without_year"), ("-", "row_without_year")],
    ids=str,
)
def test_years_without_an_edition(year: object, code: str) -> None:
    reading = read([["หน่วยงาน", "ปี", "IIT"], [SAO, year, 80], [SAO, 2567, 81]])
    assert [one[0] for one in errors(reading)] == [code]
    assert len(reading.scores) == 1


def test_a_date_is_no_year() -> None:
    import datetime

    reading = read(to_xlsx([["หน่วยงาน", "ปี", "IIT"], [SAO, datetime.date(2024, 9, 30), 80]]))
    assert [one[0] for one in errors(reading)] == ["not_a_year"]


ONE: Grid = [["หน่วยงาน", "คะแนน ITA"], [SAO, 80]]


def test_no_year_anywhere_is_asked() -> None:
    reading = read(ONE)
    assert [one[0] for one in errors(reading)] == ["year_missing"]
    assert len(reading.scores) == 0
    assert reading.recognised[0].columns == {"A": "name", "B": "part:overall"}
    assert read(ONE, fiscal_year=2567).scores["fiscal_year"].tolist() == [2567]


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("ปีงบประมาณ พ.ศ. ๒๕๖๗", 2567),
        ("ผลการประเมิน ITA ประจำปี 2567 จังหวัดทดสอบ", 2567),
        ("ITA 2567", 2567),
        ("2567", 2567),
        ("ข้อมูล ณ วันที่ 1 ต.ค. 2567", None),
        ("พิมพ์เมื่อ 30 กันยายน พ.ศ. 2567", None),
        ("เปรียบเทียบปี 2566 และปี 2567", None),
        ("โทร 0 2567 1234", None),
    ],
)
def test_year_of_a_title(title: str, found: int | None) -> None:
    reading = read([[title], *ONE])
    assert reading.scores["fiscal_year"].tolist() == ([found] if found else [])
    assert ("เหนือตาราง" in notes(reading)) == bool(found)


def test_a_year_given_beside_does_not_overrule_the_rows() -> None:
    reading = read([["หน่วยงาน", "ปี", "IIT"], [SAO, 2566, 80]], fiscal_year=2567)
    assert reading.scores["fiscal_year"].tolist() == [2566]
    assert codes(reading) == ["fiscal_year_not_used"]


# --- Scores -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (85.5, 85.5),
        ("85.50", 85.5),
        ("๘๕.๕๐ คะแนน", 85.5),
        ("85.50%", 85.5),
        ("ร้อยละ ๘๕.๕", 85.5),
        ("85,5", 85.5),
        ("85,50", 85.5),
        ("0,500", 0.5),
        (" 85.5 ", 85.5),
        ("85.50/100", 85.5),
        ("+85.5", 85.5),
        ("8.55e1", 85.5),
        (".5", 0.5),
        (100, 100.0),
        (0, 0.0),
        ("\u200e85.5\u200f", 85.5),
        ("85.5\u00a0%", 85.5),
        (12.3456789, 12.3456789),
    ],
    ids=str,
)
def test_scores(cell: object, value: float) -> None:
    reading = read([["หน่วยงาน", "ปี", "IIT", "1"], [SAO, 2567, cell, None], [TT, 2567, 99, None]])
    assert reading.scores["value"].tolist() == [value, 99.0]
    assert codes(reading, "error") == []


@pytest.mark.parametrize(
    "cell", [None, "", "-", "–", "—", "N/A", "n/a", "NA", "ไม่มีข้อมูล", " ไม่มี ข้อมูล ", "ไม่มี"], ids=repr
)
def test_missing_is_not_zero(cell: object) -> None:
    reading = read([["หน่วยงาน", "ปี", "IIT", "EIT"], [SAO, 2567, cell, 80]])
    assert reading.scores[["part", "value"]].to_numpy().tolist() == [["EIT", 80.0]]
    assert codes(reading) == []


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (-1, "score_out_of_range"),
        ("−1", "score_out_of_range"),
        (100.01, "score_out_of_range"),
        ("100.01", "score_out_of_range"),
        (1e9, "score_out_of_range"),
        ("1e9", "score_out_of_range"),
        ("1,234.5", "score_out_of_range"),
        ("NaN", "not_finite"),
        ("nan", "not_finite"),
        ("∞", "not_finite"),
        ("-inf", "not_finite"),
        ("85,500", "ambiguous_comma"),
        ("1,000", "ambiguous_comma"),
        ("ดีมาก", "not_a_number"),
        ("85.5 90.1", "not_a_number"),
        ("85..5", "not_a_number"),
        ("#DIV/0!", "not_a_number"),
        ("๘๕.๕x", "not_a_number"),
        ("8" * 200, "not_a_number"),
    ],
    ids=str,
)
def test_what_is_no_score(cell: object, code: str) -> None:
    reading = read([["หน่วยงาน", "ปี", "IIT", "EIT"], [SAO, 2567, cell, 80]])
    assert reading.scores["part"].tolist() == ["EIT"]
    ((found, row, column, value),) = errors(reading)
    assert (found, row, column) == (code, 2, "C")
    assert value
    assert value.startswith(str(cell)[:50].removesuffix(".0").replace("1000000000", "1000000000"))


def test_what_is_no_score_in_a_spreadsheet() -> None:
    import datetime

    grid: Grid = [
        ["หน่วยงาน", "ปี", "IIT"],
        [SAO, 2567, True],
        [TT, 2567, datetime.date(2024, 1, 2)],
        ["อบต.ทดสอบ", 2567, 80],
    ]
    reading = read(to_xlsx(grid))
    assert errors(reading) == [("not_a_number", 2, "C", "True"), ("not_a_number", 3, "C", "2024-01-02")]
    assert reading.scores["value"].tolist() == [80]


def test_nan_and_infinity_of_parquet() -> None:
    grid: Grid = [
        ["หน่วยงาน", "ปี", "IIT"],
        [SAO, 2567, math.nan],
        [TT, 2567, math.inf],
        ["อบต.ทดสอบ", 2567, 80.0],
    ]
    reading = read(writers.to_parquet(grid))
    assert [one[0] for one in errors(reading)] == ["not_finite", "not_finite"]
    assert reading.scores["value"].tolist() == [80]


def test_formulas_without_a_value() -> None:
    grid = [
        ["หน่วยงาน", "ปี", "IIT"],
        [SAO, 2567, "=40+40"],
        [TT, 2567, 80],
        ["=A2", 2567, 81],
        [SAO, "=2567+1", 82],
    ]
    reading = read(to_openpyxl(grid))
    assert [one[:3] for one in errors(reading)] == [
        ("name_formula", 4, "A"),
        ("formula", 5, "B"),
        ("formula", 2, "C"),
    ]
    assert reading.scores["value"].tolist() == [80]


def test_many_alike_are_counted() -> None:
    grid: Grid = [["หน่วยงาน", "ปี", "IIT"], *([f"อบต.ทดสอบ {number}", 2567, 101] for number in range(1500))]
    reading = read(grid)
    assert codes(reading).count("score_out_of_range") == table.MOST_ALIKE
    assert next(one.message_th for one in reading.problems if one.code == "more").count("500")


# --- The scale ----------------------------------------------------------------------------------------------

INDICATORS = {
    "1": 90.0,
    "2": 80.0,
    "3": 85.0,
    "4": 75.0,
    "5": 95.0,
    "6": 88.0,
    "7": 77.0,
    "8": 66.0,
    "9": 70.0,
    "10": 60.0,
}
IIT, EIT, OIT = 85.0, 77.0, 65.0
ALL_IN_POINTS = {"overall": 74.6, "IIT": IIT, "EIT": EIT, "OIT": OIT, **INDICATORS}
WEIGHTED = {"overall": 74.6, "IIT": 25.5, "EIT": 23.1, "OIT": 26.0, **INDICATORS}


def group_report(*bodies: dict[str, float], titles: Sequence[str] = ("ผลทดสอบ ปีงบประมาณ 2564",)) -> Grid:
    labels = {"overall": "คะแนน ITA", **{code: f"ตัวชี้วัดที่ {code}" for code in INDICATORS}}
    return titled(
        [
            ["ตัวชี้วัด", *(f"อบต.ทดสอบ {number}" for number in range(len(bodies)))],
            *([labels.get(part, part), *(body[part] for body in bodies)] for part in bodies[0]),
        ],
        *titles,
    )


def values(reading: Reading) -> dict[str, float]:
    return dict(zip(reading.scores["part"], reading.scores["value"].round(6), strict=True))


GROUP = {
    "proved-by-indicators": [{key: value for key, value in WEIGHTED.items() if key != "overall"}],
    "proved-by-the-overall": [{key: value for key, value in WEIGHTED.items() if key not in INDICATORS}],
    "proved-by-both": [WEIGHTED],
    "several-bodies": [
        WEIGHTED,
        WEIGHTED | {"IIT": 0.0, **dict.fromkeys("12345", 0.0), "overall": 49.1},
        WEIGHTED,
    ],
    "rounded": [WEIGHTED | {"IIT": 25.49, "EIT": 23.11}],
    "one-body-without-proof": [
        WEIGHTED,
        {
            key: math.nan if key in INDICATORS or key == "overall" else value
            for key, value in WEIGHTED.items()
        },
    ],
}


@pytest.mark.parametrize("bodies", GROUP.values(), ids=GROUP)
def test_weighted_points_are_recognised_and_said(bodies: list[dict[str, float]]) -> None:
    grid = [[None if cell != cell else cell for cell in row] for row in group_report(*bodies)]
    reading = read(grid)
    assert codes(reading, "error") == []
    found = reading.scores[reading.scores["mention"] == 0].set_index("part")["value"]
    for code, value in (("IIT", IIT), ("EIT", EIT), ("OIT", OIT)):
        assert found[code] == pytest.approx(value, abs=0.04)
        assert f"คะแนน {code} เป็นคะแนนถ่วงน้ำหนัก" in notes(reading)
    assert reading.recognised[0].scale == {"IIT": "weighted", "EIT": "weighted", "OIT": "weighted"}
    assert found.drop(["IIT", "EIT", "OIT"]).to_dict() == {
        key: value for key, value in bodies[0].items() if key not in ("IIT", "EIT", "OIT")
    }


@pytest.mark.parametrize("shape", ["turned", "wide", "long"])
def test_weighted_points_in_every_shape(shape: str) -> None:
    scores = {
        (f"อบต.ทดสอบ {number}", 2564, part): value for number in range(3) for part, value in WEIGHTED.items()
    }
    rows = [
        ["หน่วยงาน", "ปี", *WEIGHTED],
        *([f"อบต.ทดสอบ {number}", 2564, *WEIGHTED.values()] for number in range(3)),
    ]
    grid: Grid = {
        "turned": group_report(WEIGHTED, WEIGHTED, WEIGHTED),
        "wide": rows,
        "long": [
            ["หน่วยงาน", "ปี", "part", "score"],
            *([name, year, part, value] for (name, year, part), value in scores.items()),
        ],
    }[shape]
    reading = read(grid)
    assert codes(reading, "error") == []
    assert values(reading) == ALL_IN_POINTS


def test_low_points_are_not_taken_for_weighted() -> None:
    low = {"IIT": 20.0, **dict.fromkeys("12345", 20.0)}
    reading = read(group_report(low))
    assert values(reading) == low
    assert codes(reading, "error") == []


def test_an_undecidable_scale_is_asked() -> None:
    grid = group_report({"IIT": 25.5, "EIT": 23.1, "OIT": 26.0})
    reading = read(grid)
    assert len(reading.scores) == 0
    assert [one[0] for one in errors(reading)] == ["scale_undecided"] * 3
    said = mapping.Mapping(
        sheets=(mapping.SheetMapping(scale={"IIT": "weighted", "EIT": "points", "OIT": "weighted"}),)
    )
    assert values(read(grid, said=said)) == {"IIT": 85.0, "EIT": 23.1, "OIT": 65.0}


def test_contradicting_proofs_are_asked() -> None:
    points = {key: value for key, value in ALL_IN_POINTS.items() if key != "overall"} | {
        "IIT": 20.0,
        **dict.fromkeys("12345", 20.0),
    }
    weighted = {key: value for key, value in WEIGHTED.items() if key != "overall"}
    reading = read(group_report(points | {"EIT": 20.0}, weighted))
    assert "scale_undecided" in codes(reading)
    assert "IIT" not in values(reading)


def test_a_header_that_says_weighted() -> None:
    grid: Grid = [["หน่วยงาน", "ปี", "IIT (เต็ม 30 คะแนน)", "EIT ถ่วงน้ำหนัก"], [SAO, 2567, 25.5, 23.1]]
    assert values(read(grid)) == {"IIT": 85.0, "EIT": 77.0}


def test_one_weighted_value_among_points() -> None:
    grid = group_report(
        ALL_IN_POINTS,
        ALL_IN_POINTS,
        {key: value for key, value in WEIGHTED.items() if key != "overall"} | {"overall": 74.6},
    )
    reading = read(grid)
    assert [one[0] for one in errors(reading)] == ["scale_mixed"] * 3
    assert len(reading.scores) == 3 * len(ALL_IN_POINTS) - 3


def test_shares_of_one_are_asked() -> None:
    grid: Grid = [["หน่วยงาน", "ปี", "คะแนน ITA"], [SAO, 2567, 0.855], [TT, 2567, 0.9]]
    reading = read(to_xlsx(grid))
    assert [one[0] for one in errors(reading)] == ["scale_fraction"]
    assert len(reading.scores) == 0
    said = mapping.Mapping(sheets=(mapping.SheetMapping(scale={"overall": "fraction"}),))
    assert read(to_xlsx(grid), said=said).scores["value"].tolist() == [85.5, 90.0]


# --- Rows that are no bodies, and names that are data -------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "รวม",
        "รวมทั้งสิ้น",
        "เฉลี่ย",
        "ค่าเฉลี่ย",
        "ค่าเฉลี่ยจังหวัด",
        "จังหวัดทดสอบ (ค่าเฉลี่ยจังหวัด)",
        "Total",
        "AVERAGE",
        "รวม 25 แห่ง",
    ],
)
def test_totals_are_no_bodies(name: str) -> None:
    reading = read([["หน่วยงาน", "ปี", "IIT"], [SAO, 2567, 80], [name, 2567, 81]])
    assert reading.bodies["name"].tolist() == [SAO]
    assert [(one.code, one.severity, one.row, one.value) for one in reading.problems] == [
        ("total_row", "info", 3, name)
    ]


def test_a_total_beside_a_blank_name() -> None:
    reading = read([["ที่", "หน่วยงาน", "ปี", "IIT"], [1, SAO, 2567, 80], ["รวม", "", "", 81]])
    assert codes(reading) == ["total_row"]


NAMES = {
    "hyperlink": '=HYPERLINK("http://ทดสอบ","ทดสอบ")',
    "plus": "+ทดสอบ",
    "minus": "-ทดสอบ",
    "at": "@SUM(ทดสอบ)",
    "script": "<script>alert('ทดสอบ')</script>",
    "handler": '<img src=x onerror="ทดสอบ()">',
    "path": "../../ทดสอบ/passwd",
    "drive": "C:\\ทดสอบ\\x",
    "quotes": "'); DROP TABLE ทดสอบ; --",
    "markdown": "[ทดสอบ](javascript:x) | **ก** |",
    "300-characters": "ท" * 300,
}


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
@pytest.mark.parametrize("write", [to_csv, to_xlsx, to_xls, to_ods], ids=["csv", "xlsx", "xls", "ods"])
def test_names_are_data(name: str, write: Callable[[Grid], bytes]) -> None:
    reading = read(write([["หน่วยงาน", "ปี", "IIT"], [name, 2567, 80]]))
    assert reading.bodies["name"].tolist() == [name]
    assert reading.scores["value"].tolist() == [80]


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("อบต.\u200bทดสอบ", "อบต.ทดสอบ"),
        ("\u202eอบต.ทดสอบ\u202c", "อบต.ทดสอบ"),
        ("อบต.\u00a0ทดสอบ", "อบต. ทดสอบ"),
        ("อบต.น\u0e4d\u0e49\u0e32ทดสอบ", "อบต.น้ำทดสอบ"),
    ],
    ids=["zero-width", "right-to-left", "no-break-space", "sara-am-in-two"],
)
def test_characters_of_names_are_repaired(written: str, read_as: str) -> None:
    reading = read([["หน่วยงาน", "ปี", "IIT"], [written, 2567, 80]])
    assert reading.bodies["name"].tolist() == [read_as]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("ท" * 10_000, "name_too_long"),
        ("ท" * 301, "name_too_long"),
        ("อบต.\x01ทดสอบ", "name_damaged"),
        ("อบต.\ufffdทดสอบ", "name_damaged"),
        ("", "name_missing"),
        ("\u200b", "name_missing"),
    ],
    ids=["10000-characters", "301-characters", "control", "replaced", "blank", "invisible"],
)
def test_names_that_are_none(name: str, code: str) -> None:
    reading = read([["หน่วยงาน", "ปี", "IIT"], [name, 2567, 80], [SAO, 2567, 81]])
    ((found, row, column, value),) = errors(reading)
    assert (found, row, column) == (code, 2, "A")
    assert len(value or "") <= 101
    assert reading.scores["value"].tolist() == [81]


def test_lone_surrogates_in_names() -> None:
    cells = open_file(to_csv([["หน่วยงาน", "ปี", "IIT"], [SAO, 2567, 80]]), "ทดสอบ.csv").sheets[0]
    cells.cells[1, 0] = "อบต.\ud800ทดสอบ"
    reading = tables.read_tables(Opened("ทดสอบ.csv", "", "csv", (cells,)), EDITIONS)
    assert [one[0] for one in errors(reading)] == ["name_damaged"]


def test_a_name_that_is_a_number() -> None:
    reading = read(to_xlsx([["หน่วยงาน", "ปี", "IIT"], [12345, 2567, 80]]))
    assert errors(reading) == [("name_is_number", 2, "A", "12345")]


def test_rows_that_shifted_are_not_read() -> None:
    data = f"หน่วยงาน,ปี,IIT\n{SAO},2567,85,50\n{TT},2567\nอบต.ทดสอบ,2567,80\n\n".encode()
    reading = read(data)
    assert reading.scores["value"].tolist() == [80]
    assert [one[:2] for one in errors(reading)] == [("row_shifted", 2)]
    cut = read(f"หน่วยงาน,ปี,IIT,EIT\n{SAO},2567,85,50\n{TT},2567,8".encode())
    assert [one[:2] for one in errors(cut)] == [("row_shifted", 3)]


def test_averages_of_provinces_are_no_bodies() -> None:
    reading = read([["จังหวัด", "ปีงบประมาณ", "ตัวชี้วัดที่ 1", "ตัวชี้วัดที่ 2", "คะแนน ITA"], ["ทดสอบ", 2564, 80, 81, 82]])
    assert [one[0] for one in errors(reading)] == ["province_averages"]
    assert len(reading.scores) == 0


def test_no_names_and_no_scores_are_said() -> None:
    assert [one[0] for one in errors(read([["ตัวชี้วัดที่ 1", "IIT", "ปี"], [80, 81, 2567]]))] == ["no_names"]
    assert [one[0] for one in errors(read([["หน่วยงาน", "จังหวัด"], [SAO, "ทดสอบ"]]))] == ["no_scores"]
    assert [one[0] for one in errors(read([["หน่วยงาน", "ปี", "คะแนน"], [SAO, 2567, 80]]))] == ["part_missing"]


def test_one_body_named_in_the_title() -> None:
    rows: Grid = [
        ["องค์การบริหารส่วนตำบลทดสอบ อำเภอทดสอบ จังหวัดเลย"],
        ["ปี 2567"],
        ["ตัวชี้วัด", "คะแนน"],
        ["ตัวชี้วัดที่ 1", 80],
        ["IIT", 81],
    ]
    reading = read(rows)
    assert scores_of(reading) == {
        ("องค์การบริหารส่วนตำบลทดสอบ อำเภอทดสอบ จังหวัดเลย", 2567, part): value
        for part, value in (("1", 80), ("IIT", 81))
    }


def test_full_marks_beside_the_scores_of_one_body() -> None:
    reading = read(
        [
            ["อบต.ทดสอบ ปี 2567"],
            ["ตัวชี้วัด", "คะแนนเต็ม", "คะแนน", "ค่าเฉลี่ยจังหวัด"],
            ["ตัวชี้วัดที่ 1", 100, 80, 90],
            ["IIT", 100, 81, 91],
        ]
    )
    assert reading.scores[["part", "value", "column"]].to_numpy().tolist() == [
        ["1", 80.0, "C"],
        ["IIT", 81.0, "C"],
    ]
    assert codes(reading) == ["not_a_body", "total_row"]


@pytest.mark.parametrize(
    "rows", [[], [["รวม", 2567, 80]], [[SAO, 2567, "-"]]], ids=["empty", "totals", "missing"]
)
def test_a_table_that_gives_nothing(rows: Grid) -> None:
    assert codes(read([["หน่วยงาน", "ปี", "IIT"], *rows]), "error") == ["nothing_read"]


def test_hidden_is_read_and_said() -> None:
    import io

    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("ผล")
        for number, row in enumerate([["หน่วยงาน", "ปี", "IIT"], [SAO, 2567, 80], [TT, 2567, 81]]):
            sheet.write_row(number, 0, row)
        sheet.set_row(1, None, None, {"hidden": True})
        sheet.set_column("C:C", None, None, {"hidden": True})
        book.add_worksheet("ว่าง").activate()
        sheet.hide()
    reading = read(out.getvalue(), name="ทดสอบ.xlsx")
    assert len(reading.scores) == 2
    assert codes(reading) == ["hidden_sheet", "hidden_columns", "hidden_rows"]


# --- The same score twice -----------------------------------------------------------------------------------


def test_the_same_value_twice_stands_once() -> None:
    reading = read([["หน่วยงาน", "ปี", "IIT"], [SAO, 2567, 80], [SAO, 2567, "80.00"]])
    assert reading.scores["stands"].tolist() == [True, False]
    ((found),) = reading.problems
    assert (found.code, found.severity, found.row) == ("repeated", "info", 3)
    assert "แถว 2" in found.message_th


def test_different_values_stand_neither() -> None:
    reading = read(
        to_xlsx(
            [["หน่วยงาน", "ปี", "IIT"], [SAO, 2567, 80]],
            สอง=[["หน่วยงาน", "ปี", "IIT"], [SAO, 2567, 81], [SAO, 2567, 80]],
        )
    )
    assert reading.scores["stands"].tolist() == [False, False, False]
    assert [(one.code, one.sheet, one.row) for one in reading.problems if one.severity == "error"] == [
        ("conflict", "ผล", 2),
        ("conflict", "สอง", 2),
        ("conflict", "สอง", 3),
    ]
    assert "แผ่นงาน สอง แถว 2" in reading.problems[-3].message_th


# --- Mappings -----------------------------------------------------------------------------------------------

STRANGE: Grid = [
    ["ผลปี 2567"],
    ["ผู้รับการทดสอบ", "ทดสอบรวม", "ทดสอบใน", "อื่น"],
    [SAO, 80, 81, 5],
    [TT, 90, 91, 5],
]
SAID = mapping.Mapping(
    "ทดสอบ",
    (
        mapping.SheetMapping(
            columns={"ผู้รับการทดสอบ": "name", "ทดสอบรวม": "part:overall", "ทดสอบใน": "part:IIT", "อื่น": "ignore"}
        ),
    ),
)


def test_a_mapping_says_what_headers_mean() -> None:
    assert codes(read(STRANGE), "error") == ["no_table"]
    reading = read(STRANGE, said=SAID)
    assert codes(reading) == []
    assert scores_of(reading) == {
        (SAO, 2567, "overall"): 80,
        (SAO, 2567, "IIT"): 81,
        (TT, 2567, "overall"): 90,
        (TT, 2567, "IIT"): 91,
    }


def test_a_mapping_comes_back_from_json() -> None:
    said = mapping.Mapping(
        "ทดสอบ",
        (
            mapping.SheetMapping("ผล*", {"ก": "part:E1:public@2567"}, {"IIT": "weighted"}, 2567),
            mapping.SheetMapping("*", ignore=True),
        ),
    )
    assert mapping.load(mapping.dump(said)) == said
    assert mapping.load(mapping.dump(mapping.Mapping())) == mapping.Mapping()


@pytest.mark.parametrize(
    "grid",
    [writers.wide(SCORES), writers.long(SCORES), writers.turned(SCORES)[0], STRANGE],
    ids=["wide", "long", "turned", "mapped"],
)
def test_what_was_recognised_is_a_mapping(grid: Grid) -> None:
    first = read(grid, said=SAID)
    again = mapping.load(mapping.dump(mapping.of_recognised(first.recognised, "ทดสอบ")))
    second = read(grid, said=again)
    pd.testing.assert_frame_equal(first.scores, second.scores)
    assert second.recognised[0].columns == first.recognised[0].columns


def test_two_tables_of_a_sheet_have_their_own_corrections() -> None:
    grid: Grid = [
        *([["ปี 2566"], ["หน่วยงาน", "ทดสอบ", "IIT"], [SAO, 80, 81], []]),
        *([["ปี 2567"], ["ชื่อหน่วยงาน", "อื่น", "IIT"], [SAO, 82, 83]]),
    ]
    tables_found = read(grid).recognised
    tables_found[0].columns["B"] = tables_found[1].columns["B"] = "part:EIT"
    reading = read(grid, said=mapping.of_recognised(tables_found))
    assert scores_of(reading) == {
        (SAO, 2566, "EIT"): 80,
        (SAO, 2566, "IIT"): 81,
        (SAO, 2567, "EIT"): 82,
        (SAO, 2567, "IIT"): 83,
    }


def test_a_corrected_recognition_is_obeyed() -> None:
    (table,) = read([["หน่วยงาน", "ปี", "IIT", "ทดสอบ"], [SAO, 2567, 80, 81]]).recognised
    table.columns["D"] = "part:EIT"
    table.columns["C"] = "ignore"
    reading = read(
        [["หน่วยงาน", "ปี", "IIT", "ทดสอบ"], [SAO, 2567, 80, 81]], said=mapping.of_recognised([table])
    )
    assert values(reading) == {"EIT": 81.0}


def test_a_sheet_can_be_left_out() -> None:
    said = mapping.Mapping(sheets=(mapping.SheetMapping("เก่า*", ignore=True),))
    reading = read(to_xlsx(writers.wide(OF_2567), เก่ามาก=writers.wide(SCORES)), said=said)
    assert scores_of(reading) == OF_2567
    assert codes(reading, "error") == []


def test_last_year_s_mapping_does_not_overrule_this_year_s_title() -> None:
    said = mapping.Mapping(sheets=(mapping.SheetMapping(fiscal_year=2566),))
    assert read(ONE, said=said).scores["fiscal_year"].tolist() == [2566]
    reading = read([["ปี 2567"], *ONE], said=said)
    assert [one[0] for one in errors(reading)] == ["year_conflict"]
    assert read([["ปี 2567"], *ONE], said=said, fiscal_year=2567).scores["fiscal_year"].tolist() == [2567]


def test_a_mapping_does_not_carry_a_code_to_another_year() -> None:
    of_2567: Grid = [["หน่วยงาน", "ปี", "E-Service"], [SAO, 2567, 100]]
    said = mapping.of_recognised(read(of_2567).recognised)
    assert said.sheets[0].columns["E-Service"] == "part:O13"
    of_2568: Grid = [["หน่วยงาน", "ปี", "E-Service"], [SAO, 2568, 100]]
    assert read(of_2568, said=said).scores["part"].tolist() == ["O10"]


def test_a_part_no_edition_has() -> None:
    said = mapping.Mapping(sheets=(mapping.SheetMapping(columns={"ทดสอบ": "part:X99"}),))
    reading = read([["หน่วยงาน", "ปี", "IIT", "ทดสอบ"], [SAO, 2567, 80, 81]], said=said)
    assert [one[0] for one in errors(reading)] == ["column_unclear"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{",
        '{"version": 2}',
        '{"version": 1, "x": 1}',
        '{"version": 1, "sheets": {}}',
        '{"version": 1, "sheets": [1]}',
        '{"version": 1, "sheets": [{"columns": {"ก": "อะไร"}}]}',
        '{"version": 1, "sheets": [{"columns": {"ก": 1}}]}',
        '{"version": 1, "sheets": [{"scale": {"IIT": "x"}}]}',
        '{"version": 1, "sheets": [{"fiscal_year": 2024}]}',
        '{"version": 1, "sheets": [{"fiscal_year": true}]}',
        '{"version": 1, "sheets": [{"ignore": "no"}]}',
        "[" * 100_000,
    ],
    ids=lambda text: text[:60] or "empty",
)
def test_mappings_that_are_wrong(text: str) -> None:
    with pytest.raises(mapping.MappingError):
        mapping.load(text)


def test_recognise_shows_what_reading_uses() -> None:
    opened = open_file(to_csv(writers.wide(SCORES)), "ทดสอบ.csv")
    assert tables.recognise(opened.sheets, EDITIONS) == read(writers.wide(SCORES)).recognised


def test_every_message_has_advice() -> None:
    everything: list[Any] = [*messages.MESSAGES.values()]
    assert all(message and advice for _, message, advice in everything)


@pytest.mark.parametrize(
    "merges", [[(0, 0, 0, 2)], [(0, 0, 500_000, 2000)], [(5, 5, 9, 9)]], ids=["title", "huge", "outside"]
)
def test_merged_ranges_of_any_size(merges: Merges) -> None:
    opened = open_file(to_csv(titled(writers.wide(SCORES), "ทดสอบ")), "ทดสอบ.csv")
    sheet = Sheet("ผล", opened.sheets[0].cells, merged=tuple(merges))
    tables.read_tables(Opened("ทดสอบ.csv", "", "csv", (sheet,)), EDITIONS)


# --- What other columns may hold ----------------------------------------------------------------------------


def test_a_wide_table_with_a_row_for_each_group() -> None:
    reading = read(
        [
            ["หน่วยงาน", "ปี", "ผู้ตอบ", "E1", "E2"],
            [SAO, 2567, "public", 81, 82],
            [SAO, 2567, "", 83, 84],
            [SAO, 2567, "ทดสอบ", 1, 2],
        ]
    )
    assert reading.scores[["part", "respondents", "value"]].to_numpy().tolist() == [
        ["E1", "public", 81.0],
        ["E2", "public", 82.0],
        ["E1", "all", 83.0],
        ["E2", "all", 84.0],
    ]
    assert [one[:2] for one in errors(reading)] == [("respondents_unknown", 4), ("respondents_unknown", 4)]


@pytest.mark.parametrize(
    ("head", "code"),
    [
        (["หน่วยงาน", "ปี", "IIT", "คะแนน"], "part_missing"),
        (["หน่วยงาน", "ปี", "IIT", "ชื่อหน่วยงาน"], "column_not_read"),
        (["หน่วยงาน", "ปี", "ตัวชี้วัด", "คะแนน", "EIT"], "column_not_read"),
        (["หน่วยงาน", "ปี", "IIT", "ตัวชี้วัด"], "column_not_read"),
        (["หน่วยงาน", "ปี", "IIT", ""], "column_not_read"),
    ],
    ids=["score-beside-parts", "second-name", "part-beside-long", "part-names-beside-wide", "no-header"],
)
def test_columns_that_are_not_read_are_said(head: list[str], code: str) -> None:
    row = [SAO, 2567, *{"ตัวชี้วัด": ["IIT", 80, 81]}.get(head[2], [80, 81])]
    reading = read([head, row])
    assert scores_of(reading) == {(SAO, 2567, "IIT"): 80}
    assert codes(reading) == [code]


def test_years_below_names_of_bodies() -> None:
    grid = writers.turned(SCORES)[0]
    grid[0][0], grid[1][0] = "หน่วยงาน", None
    assert scores_of(read(grid)) == SCORES


def test_years_below_a_text_nobody_knows() -> None:
    reading = read([["หน่วยงาน", "ทดสอบ", ""], ["", 2566, 2567], [SAO, 80, 81]])
    assert len(reading.scores) == 0
    assert codes(reading, "error") == ["no_scores"]


def test_reading_twice_is_the_same() -> None:
    opened = open_file(TURNED["names-once-in-csv"], "ทดสอบ.csv")
    first, second = (tables.read_tables(opened, EDITIONS) for _ in range(2))
    pd.testing.assert_frame_equal(first.scores, second.scores)
    assert first.recognised == second.recognised


def test_a_blank_name_above_the_same_year_is_not_filled() -> None:
    reading = read([["ตัวชี้วัด", SAO, None], ["ปีงบประมาณ", 2566, 2566], ["IIT", 80, 81], ["EIT", 82, 83]])
    assert scores_of(reading) == {(SAO, 2566, "IIT"): 80, (SAO, 2566, "EIT"): 82}
    assert [one[:3] for one in errors(reading)] == [("name_missing", 1, "C")]


def test_tables_far_apart() -> None:
    one = writers.wide({key: value for key, value in SCORES.items() if key[0] == SAO})
    other = [
        ["ชื่อหน่วยงาน", *row[2:]] if number == 0 else row[1:]
        for number, row in enumerate(
            writers.wide({key: value for key, value in SCORES.items() if key[0] == TT})
        )
    ]
    assert scores_of(read([*one, *[[]] * 40_000, *other])) == SCORES


def test_words_of_headers_in_rows_end_no_table() -> None:
    grid = [
        ["หน่วยงาน", "ประเภท", "ปี", "IIT"],
        *([f"อบต.ทดสอบ {number}", "ส่วนราชการ", 2567, 80] for number in range(9)),
    ]
    assert len(read(grid).scores) == 9


def test_too_many_names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "MOST_BODIES", 5)
    reading = read([["หน่วยงาน", "ปี", "IIT"], *([f"อบต.ทดสอบ {number}", 2567, 80] for number in range(6))])
    assert codes(reading, "error") == ["too_many_bodies"]
    assert len(reading.scores) == 0
