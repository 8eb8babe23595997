"""A table as a file: CSV and XLSX of exactly what is shown, with where it comes from inside the file."""

import csv
import io
from collections.abc import Mapping
from typing import Any

import pandas as pd
import xlsxwriter

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def neutralise(value: Any) -> Any:
    """Keep a text that starts like a formula from being run by a spreadsheet; numbers stay numbers."""
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return "'" + value
    return value


def _cells(frame: pd.DataFrame) -> list[list[Any]]:
    """The rows of a frame as plain values, empty where nothing is known."""
    plain = frame.astype(object).where(frame.notna(), None)
    return [[neutralise(value) for value in row] for row in plain.itertuples(index=False, name=None)]


def csv_bytes(frame: pd.DataFrame, provenance: Mapping[str, str]) -> bytes:
    """UTF-8 with BOM, so that spreadsheets read Thai; the provenance stands in rows above the header."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    for key, value in provenance.items():
        writer.writerow([f"# {key}", neutralise(value)])
    writer.writerow([])
    writer.writerow([neutralise(str(column)) for column in frame.columns])
    writer.writerows(_cells(frame))
    return text.getvalue().encode("utf-8-sig")


def xlsx_bytes(frame: pd.DataFrame, provenance: Mapping[str, str]) -> bytes:
    """A workbook with the table (frozen header, filter) and a sheet that says where it comes from."""
    content = io.BytesIO()
    workbook = xlsxwriter.Workbook(
        content, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    bold = workbook.add_format({"bold": True, "bg_color": "#E6EEF2", "text_wrap": True, "valign": "top"})
    points = workbook.add_format({"num_format": "0.00"})
    sheet = workbook.add_worksheet("ข้อมูล")
    for column, name in enumerate(frame.columns):
        sheet.write_string(0, column, str(name), bold)
        floating = pd.api.types.is_float_dtype(frame[name])
        width = max([len(str(name)), *(len(str(value)) for value in frame[name].head(200))])
        sheet.set_column(column, column, min(max(width, 8), 48), points if floating else None)
    for row, values in enumerate(_cells(frame), start=1):
        for column, value in enumerate(values):
            if isinstance(value, str):
                sheet.write_string(row, column, value)
            elif value is not None:
                sheet.write(row, column, value)
    sheet.freeze_panes(1, 0)
    if len(frame):
        sheet.autofilter(0, 0, len(frame), len(frame.columns) - 1)
    about = workbook.add_worksheet("ที่มา")
    about.set_column(0, 0, 24)
    about.set_column(1, 1, 90)
    for row, (key, value) in enumerate(provenance.items()):
        about.write_string(row, 0, key, bold)
        about.write_string(row, 1, neutralise(value))
    workbook.close()
    return content.getvalue()
