"""A workbook to fill in, whose cells take only what the reader understands."""

import io
from collections.abc import Mapping, Sequence
from typing import Any

import xlsxwriter
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from ita_data import organisation
from ita_data.edition import FULL_SCORE, Edition, Part

RESULTS, ITEMS, GUIDE, LISTS = "ผลคะแนน", "รายข้อ", "คำแนะนำ", "รายการ"
"""The sheets: scores down to the indicators, what lies below, how to fill in, what may be chosen."""

ROWS = 10_000
"""Rows whose cells are checked while typing; more may be filled in."""

BODY_COLUMNS = {"หน่วยงาน": 38, "ประเภทหน่วยงาน": 24, "อำเภอ": 18, "จังหวัด": 18, "ปีงบประมาณ": 12}
ITEM_COLUMNS = {"ข้อ": 60, "กลุ่มผู้ตอบ": 14, "คะแนน": 12}
EVERYBODY = "ทั้งหมด"

_WIDE = ("overall", "instrument", "indicator")


def template_bytes(editions: Mapping[int, Edition], year: int) -> bytes:
    """Return a workbook for the parts of a fiscal year (B.E.); years with the same parts may be chosen too.

    Raises:
        KeyError: there is no edition of the year.
    """
    edition = editions[year]
    years = sorted(one for one, other in editions.items() if _named(other) == _named(edition))
    content = io.BytesIO()
    workbook = xlsxwriter.Workbook(
        content, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    guide, results = workbook.add_worksheet(GUIDE), workbook.add_worksheet(RESULTS)
    below = [part for part in edition.parts.values() if part.level not in _WIDE]
    items = workbook.add_worksheet(ITEMS) if below else None
    groups = list(dict.fromkeys(one for part in below for one in part.respondents))
    lists = _lists(
        workbook,
        {
            "ปีงบประมาณ": years,
            "ประเภทหน่วยงาน": [one.name_th for one in organisation.load_types().values()],
            "จังหวัด": list(organisation.province_isos()),
            "ข้อ": [item_text(part) for part in below],
            "กลุ่มผู้ตอบ": [EVERYBODY, *groups],
        },
    )
    _write_guide(workbook, guide, edition, years, bool(below), groups)
    wide = [part for level in _WIDE for part in edition.parts.values() if part.level == level]
    _write_sheet(workbook, results, lists, BODY_COLUMNS, [column_text(part) for part in wide])
    if items is not None:
        item_columns = {name: width for name, width in ITEM_COLUMNS.items() if name != "คะแนน"}
        _write_sheet(workbook, items, lists, BODY_COLUMNS | item_columns, ["คะแนน"])
    workbook.close()
    return content.getvalue()


def column_text(part: Part) -> str:
    """The header of a part's column."""
    if part.level == "overall":
        return "คะแนน ITA"
    return part.code if part.level == "instrument" else f"ตัวชี้วัดที่ {part.code} {part.name_th}"


def item_text(part: Part) -> str:
    """The name of a part below the indicators, as it is chosen from the list."""
    kind = "ตัวชี้วัดย่อยที่" if part.level == "sub_indicator" else "ข้อ"
    return f"{kind} {part.code} {part.name_th}"


def _named(edition: Edition) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(part.code, part.name_th, part.respondents) for part in edition.parts.values()]


def _lists(workbook: Workbook, lists: Mapping[str, Sequence[str | int]]) -> dict[str, str]:
    """Write what may be chosen to a hidden sheet without headers; return the range of each list."""
    sheet = workbook.add_worksheet(LISTS)
    sheet.hide()
    ranges = {}
    for column, (name, values) in enumerate(lists.items()):
        sheet.write_column(0, column, values)
        letter = chr(ord("A") + column)
        ranges[name] = f"='{LISTS}'!${letter}$1:${letter}${max(len(values), 1)}"
    return ranges


def _write_sheet(
    workbook: Workbook,
    sheet: Worksheet,
    lists: Mapping[str, str],
    columns: Mapping[str, int],
    scores: Sequence[str],
) -> None:
    header = workbook.add_format(
        {"bold": True, "bg_color": "#E6EEF2", "text_wrap": True, "valign": "top", "border": 1}
    )
    points, text = workbook.add_format({"num_format": "0.00"}), workbook.add_format({"num_format": "@"})
    for column, (name, width) in enumerate(columns.items()):
        sheet.write_string(0, column, name, header)
        sheet.set_column(column, column, width, text if name in ("หน่วยงาน", "อำเภอ") else None)
        if name in lists:
            sheet.data_validation(1, column, ROWS, column, _choice(name, lists[name]))
    first, last = len(columns), len(columns) + len(scores) - 1
    for column, name in enumerate(scores, start=first):
        sheet.write_string(0, column, name, header)
    sheet.set_column(first, last, 14, points)
    sheet.data_validation(1, first, ROWS, last, _POINTS)
    sheet.set_row(0, 60)
    sheet.freeze_panes(1, 1)


def _choice(name: str, values: str) -> dict[str, Any]:
    return {
        "validate": "list",
        "source": values,
        "error_title": f"{name}ไม่อยู่ในรายการ",
        "error_message": f"เลือก{name}จากรายการในช่อง หรือเว้นว่างเมื่อไม่ทราบ",
    }


_POINTS = {
    "validate": "decimal",
    "criteria": "between",
    "minimum": 0,
    "maximum": int(FULL_SCORE),
    "error_title": "คะแนนไม่ถูกต้อง",
    "error_message": f"คะแนนต้องเป็นตัวเลข 0 ถึง {FULL_SCORE:g} เว้นว่างเมื่อไม่ทราบ (ช่องว่างไม่ใช่ศูนย์)",
}


def _write_guide(
    workbook: Workbook,
    sheet: Worksheet,
    edition: Edition,
    years: Sequence[int],
    has_items: bool,
    groups: Sequence[str],
) -> None:
    """Write how to fill in: one text a row in one column, so that nothing here is read as a table."""
    bold = workbook.add_format({"bold": True, "font_size": 14})
    plain = workbook.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 110)
    lines = [
        f"• กรอกแผ่นงาน “{RESULTS}” หนึ่งแถวต่อหนึ่งหน่วยงานและหนึ่งปี ใช้ได้กับปี {', '.join(map(str, years))}",
        "• ชื่อหน่วยงานเขียนเต็มหรือย่อก็ได้ ถ้ามีอำเภอและจังหวัดด้วยจะจับคู่กับหน่วยงานได้แน่นอน",
        f"• คะแนนทุกช่องเป็นคะแนนเต็ม {FULL_SCORE:g} ไม่ใช่คะแนนที่ถ่วงน้ำหนักแล้ว",
        "• ช่องที่ไม่ทราบให้เว้นว่าง ช่องว่างไม่ใช่ศูนย์",
    ]
    if has_items:
        lines.append(f"• คะแนนรายข้อหรือตัวชี้วัดย่อย กรอกในแผ่นงาน “{ITEMS}” หนึ่งแถวต่อหนึ่งข้อ ถ้าไม่มีให้เว้นไว้")
    if groups:
        lines.append(f"• กลุ่มผู้ตอบเลือก {', '.join(groups)} เมื่อคะแนนแยกตามกลุ่ม และ {EVERYBODY} เมื่อเป็นคะแนนรวม")
    lines.append("• เก็บหัวตารางไว้ตามเดิม แล้วนำไฟล์นี้เข้าในหน้า นำเข้าข้อมูล")
    example = (
        "ตัวอย่างหนึ่งแถว (ไม่ต้องลบ): เทศบาลตำบลตัวอย่าง | เทศบาลตำบล | เมืองขอนแก่น | ขอนแก่น"
        f" | {edition.fiscal_year} | 85.50 | …"
    )
    sheet.write_string(0, 0, f"แบบกรอกผลการประเมิน: {edition.name_th}", bold)
    for row, line in enumerate([*lines, "", example], start=2):
        sheet.write_string(row, 0, line, plain)
