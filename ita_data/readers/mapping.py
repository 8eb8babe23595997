"""A mapping: what a user said about the tables of a file, kept as JSON and applied to next year's file.

    {"version": 1, "name": "ทดสอบ", "sheets": [
        {"sheet": "ผล*", "columns": {"หน่วยรับตรวจ": "name", "รวมทั้งสิ้น": "part:overall"},
         "scale": {"IIT": "weighted"}, "fiscal_year": 2567}]}

``sheet`` is a pattern with * and ?; of all that fit, the first to say something counts. ``columns`` says what
a header, the name of a row or a cell of a column of parts means: one of ROLES, ``ignore``, or ``part:CODE``,
with ``:RESPONDENTS`` and ``@YEAR`` (B.E.) where needed. ``scale`` gives the scale of a part by code.
Everything but ``sheet`` may be left out; ``"ignore": true`` leaves the whole sheet out.
"""

import fnmatch
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from ita_data.readers.labels import IGNORE, ROLES, SCALES
from ita_data.readers.reading import Recognised
from ita_data.thai import FIRST_BE, LAST_BE

VERSION = 1
_ROLE = re.compile(
    r"part:(?P<code>[A-Za-z0-9._-]+)(?::(?P<respondents>[A-Za-z0-9._-]+))?(?:@(?P<year>\d{4}))?"
)


class MappingError(ValueError):
    """A mapping is wrong; the message (Thai) says where."""


@dataclass(frozen=True)
class SheetMapping:
    """What was said about the sheets whose names fit ``sheet``."""

    sheet: str = "*"
    columns: dict[str, str] = field(default_factory=dict)
    scale: dict[str, str] = field(default_factory=dict)
    fiscal_year: int | None = None
    ignore: bool = False


@dataclass(frozen=True)
class Mapping:
    """A named set of corrections."""

    name: str = ""
    sheets: tuple[SheetMapping, ...] = ()

    def of(self, sheet: str) -> SheetMapping:
        """Return what all entries that fit a sheet say, the first before the later; empty where none fits."""
        fits = [one for one in self.sheets if fnmatch.fnmatchcase(sheet, one.sheet)]
        return SheetMapping(
            sheet=sheet,
            columns={text: role for one in reversed(fits) for text, role in one.columns.items()},
            scale={part: scale for one in reversed(fits) for part, scale in one.scale.items()},
            fiscal_year=next((one.fiscal_year for one in fits if one.fiscal_year), None),
            ignore=bool(fits) and fits[0].ignore,
        )


def load(text: str) -> Mapping:
    """Return the mapping written in a JSON text; raises MappingError."""
    try:
        table = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        raise MappingError(f"ไฟล์การจับคู่ไม่ใช่ JSON ที่ถูกต้อง: {error}") from error
    _only(table, "version name sheets", "ไฟล์การจับคู่")
    if table.get("version") != VERSION:
        raise MappingError(f"version ต้องเป็น {VERSION} แต่พบ {table.get('version')!r}")
    sheets = _typed(table, "sheets", list, "ไฟล์การจับคู่", [])
    return Mapping(
        name=_typed(table, "name", str, "ไฟล์การจับคู่", ""),
        sheets=tuple(_sheet(one, f"sheets[{number}]") for number, one in enumerate(sheets)),
    )


def dump(mapping: Mapping) -> str:
    """Return the mapping as JSON text; what is empty is left out. ``load`` of it gives the mapping back."""
    sheets = []
    for one in mapping.sheets:
        row: dict[str, Any] = {"sheet": one.sheet, "columns": one.columns, "scale": one.scale}
        row |= {"fiscal_year": one.fiscal_year, "ignore": one.ignore}
        sheets.append({key: value for key, value in row.items() if value not in ({}, None, False)})
    table = {"version": VERSION, "name": mapping.name, "sheets": sheets}
    return json.dumps(table, ensure_ascii=False, indent=1) + "\n"


def of_recognised(recognised: Iterable[Recognised], name: str = "") -> Mapping:
    """Return the mapping that says again what tables were recognised as, maybe after a user's corrections.

    There is one entry for each table, in order. A header that stands over two columns of different meaning
    cannot be told by its text: it is left out; so is the year where tables of one sheet have different ones.
    """
    tables = list(recognised)
    years: dict[str, set[int | None]] = {}
    for one in tables:
        years.setdefault(one.sheet, set()).add(one.fiscal_year)
    entries = (_from_recognised(one) for one in tables)
    return Mapping(
        name,
        tuple(
            replace(entry, fiscal_year=None) if len(years[one.sheet]) > 1 else entry
            for entry, one in zip(entries, tables, strict=True)
        ),
    )


def _from_recognised(one: Recognised) -> SheetMapping:
    meanings: dict[str, set[str]] = {}
    for place, text in one.headers.items():
        meanings.setdefault(text, set()).add(one.columns.get(place) or one.rows.get(place) or IGNORE)
    return SheetMapping(
        sheet=re.sub(r"([*?[])", r"[\1]", one.sheet) or "*",
        columns={
            text: next(iter(some))
            for text, some in meanings.items()
            if len(some) == 1 and _is_role(next(iter(some)))
        },
        scale=dict(one.scale),
        fiscal_year=one.fiscal_year,
    )


def parse_role(role: str) -> tuple[str, str, int | None]:
    """Return code, respondents (empty: all) and year of ``part:CODE[:RESPONDENTS][@YEAR]``.

    Raises MappingError.
    """
    match = _ROLE.fullmatch(role)
    if not match:
        raise MappingError(f"“{role}” ไม่ใช่ส่วนแบบ part:รหัส, part:รหัส:กลุ่มผู้ตอบ หรือ part:รหัส@ปี")
    return match["code"], match["respondents"] or "", int(match["year"]) if match["year"] else None


def _is_role(role: str) -> bool:
    return role in ROLES or role == IGNORE or _ROLE.fullmatch(role) is not None


def _sheet(table: object, place: str) -> SheetMapping:
    _only(table, "sheet columns scale fiscal_year ignore", place)
    assert isinstance(table, dict)
    columns = _texts(table, "columns", place)
    for header, role in columns.items():
        if not _is_role(role):
            raise MappingError(
                f"{place}.columns: “{header[:50]}” เป็น “{role[:50]}” ไม่ได้ ที่ใช้ได้คือ"
                f" {', '.join((*ROLES, IGNORE))} และ part:รหัส"
            )
    scale = _texts(table, "scale", place)
    for part, name in scale.items():
        if name not in SCALES:
            raise MappingError(
                f"{place}.scale: สเกลของ {part[:50]} ต้องเป็น {', '.join(SCALES)} แต่พบ “{name[:50]}”"
            )
    year = table.get("fiscal_year")
    if year is not None and (type(year) is not int or not FIRST_BE <= year <= LAST_BE):
        raise MappingError(f"{place}.fiscal_year: ต้องเป็นปี พ.ศ. {FIRST_BE}–{LAST_BE} แต่พบ {str(year)[:50]}")
    return SheetMapping(
        sheet=_typed(table, "sheet", str, place, "*"),
        columns=columns,
        scale=scale,
        fiscal_year=year,
        ignore=_typed(table, "ignore", bool, place, False),
    )


def _only(table: object, keys: str, place: str) -> None:
    if not isinstance(table, dict):
        raise MappingError(f"{place}: ต้องเป็นวัตถุ {{…}}")
    for key in table:
        if key not in keys.split():
            raise MappingError(f"{place}: ไม่รู้จัก “{key[:50]}” ที่ใช้ได้คือ {keys}")


def _typed(table: dict[str, Any], key: str, kind: type, place: str, otherwise: Any) -> Any:
    value = table.get(key, otherwise)
    if not isinstance(value, kind):
        names = {str: "ข้อความ", list: "รายการ", bool: "true หรือ false", dict: "วัตถุ"}
        raise MappingError(f"{place}.{key}: ต้องเป็น{names[kind]}")
    return value


def _texts(table: dict[str, Any], key: str, place: str) -> dict[str, str]:
    values: dict[str, Any] = _typed(table, key, dict, place, {})
    for name, value in values.items():
        if not isinstance(value, str):
            raise MappingError(f"{place}.{key}: ค่าของ “{name[:50]}” ต้องเป็นข้อความ")
    return values
