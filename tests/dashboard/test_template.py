"""The template workbook: what its cells take, and that the reader reads a filled-in one back whole."""

import io

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from dashboard.exports import template
from dashboard.exports.template import template_bytes
from ita_data import edition, organisation
from ita_data.readers.read import read
from ita_data.readers.reading import Reading

EDITIONS = edition.load_editions()
BODIES = ("ทดสอบหนึ่ง", "ทดสอบสอง")


def opened(year: int) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(template_bytes(EDITIONS, year)))


def header(sheet: Worksheet) -> list[str]:
    return [str(cell.value) for cell in sheet[1]]


def fill(sheet: Worksheet, row: int, body: str, year: int, *cells: object) -> None:
    values = [body, "เทศบาลตำบล", "เมืองขอนแก่น", "ขอนแก่น", year, *cells]
    for column, value in enumerate(values, start=1):
        sheet.cell(row, column, value)


def read_back(book: openpyxl.Workbook) -> Reading:
    content = io.BytesIO()
    book.save(content)
    return read("แบบกรอก.xlsx", content.getvalue(), EDITIONS)


def wide_parts(year: int) -> list[edition.Part]:
    levels = ("overall", "instrument", "indicator")
    return [part for level in levels for part in EDITIONS[year].parts.values() if part.level == level]


def scores_of(reading: Reading) -> dict[tuple[str, str, str], float]:
    names = dict(zip(reading.bodies["mention"], reading.bodies["name"], strict=True))
    rows = reading.scores.to_dict("records")
    assert all(row["stands"] for row in rows)
    return {(names[row["mention"]], row["part"], row["respondents"]): row["value"] for row in rows}


@pytest.mark.parametrize("year", EDITIONS)
def test_a_filled_in_template_reads_back_to_the_same_scores(year: int) -> None:
    book = opened(year)
    expected = {}
    for row, body in enumerate(BODIES, start=2):
        values = [round(71.25 + 0.5 * row + number, 2) for number in range(len(wide_parts(year)))]
        fill(book[template.RESULTS], row, body, year, *values)
        expected |= {
            (body, part.code, "all"): value for part, value in zip(wide_parts(year), values, strict=True)
        }
    below = [part for part in EDITIONS[year].parts.values() if part not in wide_parts(year)]
    asked = [(part, group) for part in below for group in (template.EVERYBODY, *part.respondents)]
    for row, (part, group) in enumerate(asked, start=2):
        fill(book[template.ITEMS], row, BODIES[0], year, template.item_text(part), group, 100 * (row % 2))
        code = "all" if group == template.EVERYBODY else group
        expected[BODIES[0], part.code, code] = 100 * (row % 2)
    reading = read_back(book)
    assert [one for one in reading.problems if one.severity != "info"] == []
    assert scores_of(reading) == expected
    assert set(reading.scores["fiscal_year"]) == {year}


def test_what_is_left_blank_is_missing() -> None:
    book = opened(2567)
    fill(book[template.RESULTS], 2, BODIES[0], 2567, 0, None, 88.5)
    assert scores_of(read_back(book)) == {
        (BODIES[0], "overall", "all"): 0.0,
        (BODIES[0], "EIT", "all"): 88.5,
    }


@pytest.mark.parametrize("year", EDITIONS)
def test_an_empty_template_holds_nothing_and_is_told_so(year: int) -> None:
    reading = read("แบบกรอก.xlsx", template_bytes(EDITIONS, year), EDITIONS)
    assert reading.scores.empty
    assert reading.bodies.empty
    assert {one.code for one in reading.problems if one.severity != "info"} == {"nothing_read"}


def validations(sheet: Worksheet) -> dict[str, dict[str, str]]:
    found = {}
    for one in sheet.data_validations.dataValidation:
        for area in one.sqref.ranges:
            for column in range(area.min_col, area.max_col + 1):
                assert (area.min_row, area.max_row) == (2, template.ROWS + 1)
                found[header(sheet)[column - 1]] = {
                    "type": one.type,
                    "from": one.formula1,
                    "to": one.formula2,
                    "said": one.error,
                }
    return found


def listed(book: openpyxl.Workbook, source: str) -> list[object]:
    area = source.split("!")[1].replace("$", "")
    return [row[0].value for row in book[template.LISTS][area]]


def test_cells_take_only_what_can_be() -> None:
    book = opened(2567)
    checks = validations(book[template.RESULTS]) | validations(book[template.ITEMS])
    assert listed(book, checks["จังหวัด"]["from"]) == list(organisation.province_isos())
    kinds = [one.name_th for one in organisation.load_types().values()]
    assert listed(book, checks["ประเภทหน่วยงาน"]["from"]) == kinds
    assert listed(book, checks["ปีงบประมาณ"]["from"]) == [2567]
    assert listed(book, checks["กลุ่มผู้ตอบ"]["from"]) == [template.EVERYBODY, "public", "survey"]
    assert len(listed(book, checks["ข้อ"]["from"])) == len(EDITIONS[2567].parts) - len(wide_parts(2567))
    scores = [name for name in checks if name not in (*template.BODY_COLUMNS, "ข้อ", "กลุ่มผู้ตอบ")]
    assert len(scores) == len(wide_parts(2567)) + 1
    for name in scores:
        assert (checks[name]["type"], checks[name]["from"], checks[name]["to"]) == ("decimal", "0", "100")
        assert "0 ถึง 100" in checks[name]["said"]


def test_years_with_the_same_parts_share_a_template() -> None:
    book = opened(2564)
    years = listed(book, validations(book[template.RESULTS])["ปีงบประมาณ"]["from"])
    parts = [
        [(part.code, part.name_th, part.respondents) for part in EDITIONS[year].parts.values()]
        for year in EDITIONS
        if year in years
    ]
    assert 2564 in years
    assert all(one == parts[0] for one in parts)


def test_the_example_stands_apart_and_is_marked() -> None:
    book = opened(2567)
    texts = [str(row[0].value or "") for row in book[template.GUIDE].iter_rows()]
    assert sum(text.startswith("ตัวอย่าง") for text in texts) == 1
    assert book[template.RESULTS].max_row == 1
    assert book[template.GUIDE].max_column == 1


def test_a_year_without_an_edition_is_refused() -> None:
    with pytest.raises(KeyError):
        template_bytes(EDITIONS, 2599)
