"""Files that leave the dashboard: what they hold, and that no cell runs as a formula."""

import csv
import io
import json

import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pytest

from dashboard.exports.tables import csv_bytes, parquet_bytes, xlsx_bytes

FRAME = pd.DataFrame(
    {
        "หน่วยงาน": ["อบต.ทดสอบ", '=HYPERLINK("x")', "+1", "-2", "@cmd", "\tแท็บ"],
        "คะแนน": [69.5, None, 0.0, 100.0, 85.125, -1.5],
        "จำนวน": [1, 2, 3, 4, 5, 6],
    }
)
PROVENANCE = {"หัวข้อ": "ทดสอบ", "กลุ่ม": "=กลุ่มที่ขึ้นต้นแบบสูตร"}


def test_csv_has_a_bom_the_provenance_and_the_rows() -> None:
    content = csv_bytes(FRAME, PROVENANCE)
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert rows[0] == ["# หัวข้อ", "ทดสอบ"]
    assert rows[3] == ["หน่วยงาน", "คะแนน", "จำนวน"]
    assert rows[4] == ["อบต.ทดสอบ", "69.5", "1"]
    assert len(rows) == 4 + len(FRAME)


def test_csv_leaves_the_unknown_blank_and_zero_a_zero() -> None:
    rows = list(csv.reader(io.StringIO(csv_bytes(FRAME, {}).decode("utf-8-sig"))))
    assert [row[1] for row in rows[2:]] == ["69.5", "", "0.0", "100.0", "85.125", "-1.5"]


@pytest.mark.parametrize("row", range(1, 6))
def test_texts_that_start_like_formulas_are_neutralised(row: int) -> None:
    rows = list(csv.reader(io.StringIO(csv_bytes(FRAME, PROVENANCE).decode("utf-8-sig"))))
    assert rows[4 + row][0] == "'" + FRAME["หน่วยงาน"][row]
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(FRAME, PROVENANCE)))["ข้อมูล"]
    cell = sheet.cell(row + 2, 1)
    assert (cell.data_type, cell.value) == ("s", "'" + FRAME["หน่วยงาน"][row])


def test_workbook_holds_numbers_as_numbers_and_its_provenance() -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(FRAME, PROVENANCE)))
    sheet = book["ข้อมูล"]
    assert [sheet.cell(row, 2).value for row in range(2, 8)] == [69.5, None, 0, 100, 85.125, -1.5]
    assert sheet.freeze_panes == "A2"
    about = {row[0].value: row[1].value for row in book["ที่มา"].iter_rows()}
    assert about == {"หัวข้อ": "ทดสอบ", "กลุ่ม": "'=กลุ่มที่ขึ้นต้นแบบสูตร"}


def test_empty_table_is_still_a_file() -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(FRAME.head(0), PROVENANCE)))
    assert book["ข้อมูล"].max_row == 1


def test_points_are_coloured_by_a_rule_and_nothing_else_is() -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(FRAME, PROVENANCE, scores=["คะแนน"])))
    sheet = book["ข้อมูล"]
    ((area, (rule,)),) = sheet.conditional_formatting._cf_rules.items()
    assert str(area.sqref) == "B2:B7"
    assert [float(one.val) for one in rule.colorScale.cfvo] == [-5, 47.5, 100]
    assert sheet.auto_filter.ref == "A1:C7"
    assert sheet.cell(2, 2).number_format == "0.00"
    plain = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(FRAME, PROVENANCE)))["ข้อมูล"]
    assert not plain.conditional_formatting._cf_rules


def test_parquet_holds_the_table_as_it_is_and_its_provenance() -> None:
    table = pq.read_table(io.BytesIO(parquet_bytes(FRAME, PROVENANCE)))
    assert json.loads(table.schema.metadata[b"ita"]) == PROVENANCE
    assert table.to_pandas().equals(FRAME), "texts like formulas are texts here, and a blank stays unknown"
    assert table["คะแนน"].null_count == 1


def test_parquet_takes_a_column_of_mixed_kinds() -> None:
    mixed = pd.DataFrame({"ค่า": ["ผ่าน", 85, None], "ว่าง": [None, None, None]})
    table = pq.read_table(io.BytesIO(parquet_bytes(mixed, {})))
    assert table["ค่า"].to_pylist() == ["ผ่าน", "85", None]
    assert pq.read_table(io.BytesIO(parquet_bytes(FRAME.head(0), {}))).num_rows == 0
