"""A table as a file: CSV, XLSX, Parquet of exactly what is shown, with where it comes from inside it."""

import csv
import io
import json
from collections.abc import Collection, Mapping
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter

from dashboard import heat_table
from dashboard.charts import base

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


def xlsx_bytes(frame: pd.DataFrame, provenance: Mapping[str, str], scores: Collection[str] = ()) -> bytes:
    """A workbook with the table (frozen header, filter) and a sheet that says where it comes from.

    The columns of `scores` are coloured by value, low to high; an empty cell has no colour.
    """
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
    if len(frame) and scores:
        heat = _heat(frame, scores)
        for column, name in enumerate(frame.columns):
            if name in scores:
                sheet.conditional_format(1, column, len(frame), column, heat)
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


def _heat(frame: pd.DataFrame, scores: Collection[str]) -> dict[str, Any]:
    """The colours of the tables on screen as a rule of the workbook, which colours a changed cell anew."""
    low = heat_table.low_end(frame[[*scores]].min().min(), None)
    ends = dict(
        zip(("min", "mid", "max"), (low, (low + heat_table.HIGHEST) / 2, heat_table.HIGHEST), strict=True)
    )
    rule: dict[str, Any] = {"type": "3_color_scale"}
    for (end, at), (_, color) in zip(ends.items(), base.SCALE, strict=True):
        rule |= {f"{end}_type": "num", f"{end}_value": at, f"{end}_color": color}
    return rule


def parquet_bytes(frame: pd.DataFrame, provenance: Mapping[str, str]) -> bytes:
    """A Parquet file; the provenance is in its metadata under `ita`, as JSON.

    Texts stay as they are, for nothing runs them as formulas; a column of mixed kinds becomes one of texts.
    """
    mixed = [
        name
        for name in frame.columns
        if pd.api.types.infer_dtype(frame[name], skipna=True) in ("mixed", "mixed-integer")
    ]
    columns = frame.assign(**{name: frame[name].map(str, na_action="ignore") for name in mixed})
    table = pa.Table.from_pandas(columns, preserve_index=False)
    about = json.dumps(dict(provenance), ensure_ascii=False)
    content = io.BytesIO()
    pq.write_table(
        table.replace_schema_metadata({**(table.schema.metadata or {}), b"ita": about.encode()}), content
    )
    return content.getvalue()
