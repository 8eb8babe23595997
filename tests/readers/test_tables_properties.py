"""Rules that hold for any table: what is written in any shape and style is read back, no cell gets lost."""

import csv
import re
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ita_data import thai
from ita_data.edition import load_editions
from ita_data.readers import mapping, tables, values
from ita_data.readers.files import Opened, Sheet, _grid, open_file
from ita_data.readers.labels import IGNORE, ROLES, SCALES, Labels
from ita_data.readers.layout import letter
from ita_data.readers.reading import Reading
from tests.readers import fuzz, writers
from tests.readers.writers import Cell, Grid, Scores, Style, scores_of

EDITIONS = load_editions()
LABELS = Labels(EDITIONS)
FAST = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])

LETTERS = "กขคงจทนมส่้าำิี๑๙ -+=@<>&\"',;./\\|[]{}#%09az\u200b\u200e\u00a0"
NAMES = st.text(LETTERS, max_size=25).map(lambda text: f"อบต.ทดสอบ{text}")
PARTS = [*writers.HEADERS]
POINTS = st.integers(4010, 10_000).map(lambda hundredths: hundredths / 100)
"""Points that can only be points: more than the weight of any instrument."""


@st.composite
def tables_of_scores(draw: st.DrawFn) -> Scores:
    names = draw(st.lists(NAMES, min_size=1, max_size=4, unique_by=thai.clean))
    years = draw(st.lists(st.sampled_from(range(2562, 2569)), min_size=1, max_size=3, unique=True))
    parts = draw(st.lists(st.sampled_from(PARTS), min_size=2, max_size=5, unique=True))
    keys = [(name, year, part) for name in names for year in years for part in parts]
    kept = draw(st.lists(st.sampled_from(keys), unique=True)) if draw(st.booleans()) else keys
    chosen = {*kept, *((names[0], years[0], part) for part in parts)}
    return {key: draw(POINTS) for key in keys if key in chosen}


STYLES = st.builds(
    Style,
    st.integers(0, 5),
    st.booleans(),
    st.integers(0, writers.STYLES - 1),
    st.sampled_from([None, "-", "–", "N/A", "ไม่มีข้อมูล"]),
)
SHAPES = {
    "long": writers.long,
    "wide": writers.wide,
    "years-across": lambda scores, style: writers.years_across(scores, style)[0],
    "turned": lambda scores, style: writers.turned(scores, style)[0],
}
TITLES = st.lists(st.sampled_from(["ผลการทดสอบ", "ข้อมูล ณ วันที่ 30 กันยายน 2567", "หน้า 1", "-"]), max_size=3)


def encodable(scores: Scores, encoding: str) -> Scores:
    return {
        (name.encode(encoding, "ignore").decode(encoding), year, part): value
        for (name, year, part), value in scores.items()
    }


def cleaned(scores: Scores) -> dict[tuple[str, int, str], float]:
    return {(thai.clean(name), year, part): value for (name, year, part), value in scores.items()}


def read(data: bytes, name: str, **options: Any) -> Reading:
    return tables.read_tables(open_file(data, name), EDITIONS, **options)


@pytest.mark.parametrize("shape", SHAPES)
@FAST
@given(scores=tables_of_scores(), style=STYLES, titles=TITLES)
def test_any_table_comes_back(shape: str, scores: Scores, style: Style, titles: list[str]) -> None:
    grid = writers.titled(SHAPES[shape](scores, style), *titles)
    reading = read(writers.to_csv(grid), "ทดสอบ.csv")
    assert scores_of(reading) == cleaned(scores)
    assert [one for one in reading.problems if one.severity == "error"] == []


@FAST
@given(
    scores=tables_of_scores(),
    style=STYLES,
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp874"]),
    delimiter=st.sampled_from(",;\t"),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC]),
    shape=st.sampled_from([*SHAPES]),
)
def test_any_csv_comes_back(
    scores: Scores, style: Style, encoding: str, delimiter: str, quoting: int, shape: str
) -> None:
    scores = encodable(scores, encoding)
    grid = SHAPES[shape](scores, style)
    data = writers.to_csv(grid, encoding, delimiter, quoting)
    assert scores_of(read(data, "ทดสอบ.csv")) == cleaned(scores)


@settings(FAST, max_examples=25)
@given(
    scores=tables_of_scores(),
    style=STYLES,
    format_name=st.sampled_from(["xlsx", "xls", "ods", "parquet"]),
    shape=st.sampled_from([*SHAPES]),
)
def test_any_spreadsheet_comes_back(scores: Scores, style: Style, format_name: str, shape: str) -> None:
    if format_name == "parquet":
        shape = "long"
    data = writers.FORMATS[format_name](SHAPES[shape](scores, style))
    assert scores_of(read(data, f"ทดสอบ.{format_name}")) == cleaned(scores)


@FAST
@given(
    st.lists(st.lists(POINTS, min_size=10, max_size=10), min_size=1, max_size=4),
    st.sampled_from(range(2562, 2569)),
)
def test_weighted_points_come_back(bodies: list[list[float]], year: int) -> None:
    edition = EDITIONS[year]
    indicators = [part.code for part in edition.parts.values() if part.level == "indicator"]
    rows: Grid = []
    expected: dict[tuple[str, int, str], float] = {}
    for number, points in enumerate(bodies):
        name, given_points = f"อบต.ทดสอบ {number}", dict(zip(indicators, points, strict=True))
        row: list[Cell] = [name, year, *points]
        for instrument in edition.instruments:
            mean = sum(
                (part.weight_in_parent or 0) * given_points[part.code]
                for part in edition.children(instrument.code)
            )
            row.append(round(mean * (instrument.weight_in_total or 0), 2))
            expected[name, year, instrument.code] = mean
        rows.append(row)
        expected |= {(name, year, code): value for code, value in given_points.items()}
    head: list[Cell] = ["หน่วยงาน", "ปี", *(f"ตัวชี้วัดที่ {code}" for code in indicators)]
    reading = read(writers.to_csv([[*head, *(one.code for one in edition.instruments)], *rows]), "ทดสอบ.csv")
    assert scores_of(reading) == pytest.approx(expected, abs=0.02)
    assert reading.recognised[0].scale == {one.code: "weighted" for one in edition.instruments}


CELLS = st.one_of(
    st.none(),
    st.sampled_from(
        [
            "หน่วยงาน",
            "ปี",
            "IIT",
            "คะแนน ITA",
            "ตัวชี้วัดที่ 1",
            "ตัวชี้วัด",
            "คะแนน",
            "รวม",
            "ปี 2567",
            "E1 public",
            "จังหวัด",
            "O9",
            "2",
        ]
    ),
    st.sampled_from(["อบต.ทดสอบ", "ทต.ทดสอบ", "-", "85,500", "๘๕.๕", "2567", "NaN", "", "หมายเหตุ"]),
    st.sampled_from([0, 1, 2567, 2024, 80.5, 100.01, -1, 25.5, True]),
    st.text(max_size=8),
    st.floats(),
    st.integers(),
)
GRIDS = st.lists(st.lists(CELLS, min_size=1, max_size=6), min_size=1, max_size=10)
HEADED = st.builds(
    lambda head, rows: [["หน่วยงาน", "ปี", *head], *rows],
    st.lists(
        st.sampled_from(["IIT", "คะแนน ITA", "ตัวชี้วัดที่ 1", "EIT public", "O33", "ทดสอบ"]),
        min_size=1,
        max_size=4,
        unique=True,
    ),
    GRIDS,
)


def sheet_of(grid: Grid, name: str = "") -> Sheet:
    return Sheet(name, _grid([list(row) for row in grid], max(map(len, grid))))


def opened(*sheets: Sheet) -> Opened:
    return Opened("ทดสอบ", "", "xlsx", sheets)


MERGES = st.lists(
    st.tuples(*[st.integers(0, 9)] * 4).map(
        lambda m: (min(m[0], m[2]), min(m[1], m[3]), max(m[0], m[2]), max(m[1], m[3]))
    ),
    max_size=3,
)


@settings(FAST, max_examples=150)
@given(st.one_of(GRIDS, HEADED), MERGES)
def test_no_grid_is_too_strange(grid: Grid, merges: list[tuple[int, int, int, int]]) -> None:
    plain = sheet_of(grid)
    reading = tables.read_tables(opened(Sheet("ก", plain.cells, merged=tuple(merges))), EDITIONS)
    assert reading.scores["value"].between(0, 100).all()
    assert reading.recognised or reading.problems or not plain.cells.size


@settings(FAST, max_examples=150)
@given(HEADED)
def test_no_cell_of_a_score_gets_lost(grid: Grid) -> None:
    """Every filled cell below a part is a score, is missing, or is in a problem of its row or column."""
    sheet = sheet_of(grid)
    reading = tables.read_tables(opened(sheet), EDITIONS)
    scores = {
        (row, column) for row, column in zip(reading.scores["row"], reading.scores["column"], strict=True)
    }
    rows = {one.row for one in reading.problems if one.row}
    everything = any(
        one.row is None and one.column is None and one.severity == "error" for one in reading.problems
    )
    columns = {one.column for one in reading.problems if one.column and one.severity == "error"}
    for table in reading.recognised:
        for row in range(table.first_row, table.last_row + 1):
            for column, role in table.columns.items():
                at = next(number for number in range(sheet.cells.shape[1]) if letter(number) == column)
                cell = sheet.cells[row - 1, at]
                filled = cell is not None and values.score(cell) != values.MISSING
                if role.startswith("part:") and filled:
                    assert (row, column) in scores or row in rows or column in columns or everything
    for row, column, printed, value in reading.scores[["row", "column", "printed", "value"]].itertuples(
        index=False
    ):
        at = next(number for number in range(sheet.cells.shape[1]) if letter(number) == column)
        assert values.score(sheet.cells[row - 1, at]).value == value or reading.recognised[0].scale
        assert values.score(printed).value == pytest.approx(values.score(sheet.cells[row - 1, at]).value)


@settings(FAST, max_examples=150)
@given(
    st.one_of(st.text(), st.floats(), st.integers(), st.booleans(), st.text(LETTERS + "0123456789,.eE+-%∞"))
)
def test_cells_are_judged_whatever_they_are(cell: Any) -> None:
    number = values.score(cell)
    assert number.value is None or not number.problem
    assert number.value is None or number.value == number.value
    year = values.year(cell)
    assert year.year is None or (2500 <= year.year <= 2700 and not year.problem)


@FAST
@given(
    st.integers(0, 10_000),
    st.booleans(),
    st.sampled_from(["{}", "{} คะแนน", "{}%", "ร้อยละ {}", " {} ", "{}/100"]),
)
def test_a_written_score_is_its_number(hundredths: int, thai_digits: bool, pattern: str) -> None:
    text = pattern.format(f"{hundredths / 100:.2f}")
    text = thai.to_thai_digits(text) if thai_digits and "/100" not in pattern else text
    assert values.score(text).value == hundredths / 100


@settings(FAST, max_examples=150)
@given(st.text(max_size=40), st.text(max_size=20))
def test_labels_are_read_whatever_they_are(text: str, above: str) -> None:
    label = LABELS.read(text, above)
    assert label.role in ("", "of_part", IGNORE, *ROLES)
    assert bool(label.codes) == label.is_part
    for year, codes in label.codes.items():
        assert set(codes) <= set(EDITIONS[year].parts)


@FAST
@given(
    st.lists(
        st.sampled_from(["I1", "I5", "I6", "E6", "E7", "E8", "E1", "O9", "O10", "O1", "การใช้อำนาจ", "IIT"]),
        unique=True,
    )
)
def test_settled_labels_have_one_code_or_a_doubt(texts: list[str]) -> None:
    for label in LABELS.settle([LABELS.read(text) for text in texts], [2567]):
        assert (label.is_part and label.settled) or label.doubt_th


CODES = sorted({code for edition in EDITIONS.values() for code in edition.parts})
ROLE = st.one_of(
    st.sampled_from([*ROLES, IGNORE]),
    st.builds(
        "part:{}{}{}".format,
        st.sampled_from(CODES),
        st.sampled_from(["", ":public"]),
        st.sampled_from(["", "@2567"]),
    ),
)
SHEETS = st.builds(
    mapping.SheetMapping,
    st.text(max_size=10),
    st.dictionaries(st.text(max_size=10), ROLE, max_size=4),
    st.dictionaries(st.sampled_from(CODES), st.sampled_from(SCALES), max_size=3),
    st.one_of(st.none(), st.integers(2500, 2700)),
    st.booleans(),
)


@FAST
@given(st.builds(mapping.Mapping, st.text(max_size=10), st.lists(SHEETS, max_size=3).map(tuple)))
def test_any_mapping_comes_back(said: mapping.Mapping) -> None:
    assert mapping.load(mapping.dump(said)) == said


@FAST
@given(st.lists(SHEETS, min_size=1, max_size=2).map(tuple), HEADED)
def test_any_mapping_can_be_used(sheets: tuple[mapping.SheetMapping, ...], grid: Grid) -> None:
    reading = tables.read_tables(opened(sheet_of(grid)), EDITIONS, mapping=mapping.Mapping("", sheets))
    assert reading.scores["value"].between(0, 100).all()


@settings(FAST, max_examples=150)
@given(
    st.one_of(st.text().map(str.encode), st.binary(max_size=300)),
    st.sampled_from(["ทดสอบ.csv", "ทดสอบ", "ทดสอบ.txt"]),
)
def test_any_bytes_are_answered(data: bytes, name: str) -> None:
    reading = fuzz.read(name, data) if not data.startswith((b"PK", b"PAR1", b"\xd0\xcf")) else None
    assert reading is None or not re.search(
        "Traceback|Error", " ".join(one.message_th for one in reading.problems)
    )


@pytest.mark.parametrize("seed", range(8))
def test_damaged_files_are_answered(seed: int) -> None:
    for name, data in fuzz.mutants(seed, 25):
        fuzz.read(name, data)
