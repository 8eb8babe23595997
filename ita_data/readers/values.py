"""What a cell of a table says: a score, a year, or a reason why neither. Nothing is rounded or repaired."""

import math
import re
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from ita_data.readers.files import Broken, Cell
from ita_data.thai import BE_OFFSET, FIRST_BE, LAST_BE, clean, to_arabic_digits

FIRST_CE, LAST_CE = 1990, 2100
"""Years that can only be C.E."""


class Number(NamedTuple):
    """A score as written, or the code of the ``problem``; neither where the cell is missing."""

    value: float | None
    problem: str = ""


class Year(NamedTuple):
    """A B.E. year, whether it was written C.E., or why there is none; no year and no problem: missing."""

    year: int | None
    common_era: bool = False
    problem: str = ""


MISSING = Number(None)

_MISSING_WORDS = frozenset(
    (
        *("-", "–", "—", "―", "--", "---", "n/a", "na", "n.a.", "null", "none"),
        *("ไม่มี", "ไม่มีข้อมูล", "ไม่ระบุ", "ไม่ปรากฏ", "ไม่ปรากฏข้อมูล", "ไม่พบข้อมูล"),
        *("ไม่ได้รับการประเมิน", "ไม่เข้าร่วม", "ไม่เข้าร่วมการประเมิน", "ไม่ประเมิน"),
    )
)
_UNIT = re.compile(r"^(?:ร้อยละ|ได้)|(?:คะแนน|เปอร์เซ็นต์|%|points?|pts?\.?|/ ?100|เต็ม ?100)$")
_MINUS = re.compile("^[\u2212\u2013\u2014\ufe63\uff0d](?=[\\d.,])")
_PLAIN = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?", re.ASCII)
_THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?", re.ASCII)
_DECIMAL_COMMA = re.compile(r"[+-]?(?:\d+|[1-9]\d{0,2}(?:\.\d{3})+),\d+", re.ASCII)
_NOT_FINITE = re.compile(r"[+-]?(?:nan|inf|infinity|∞)")
_YEAR_WORDS = re.compile(
    r"^(?:ประจำ)?(?:ปีงบประมาณ|ปี|fy|year)?\s*(?P<era>พ\.?\s?ศ\.?|ค\.?\s?ศ\.?|b\.?e\.?|c\.?e\.?|a\.?d\.?)?\s*(?P<number>.*?)"
    r"\s*(?P<after>b\.?e\.?|c\.?e\.?|a\.?d\.?)?$"
)


def score(cell: Cell) -> Number:
    """Return the number a score cell holds; its range is not looked at.

    Problems: ``not_a_number``, ``not_finite``, ``ambiguous_comma``, ``formula``, ``error_value``.
    """
    if cell is None:
        return MISSING
    if isinstance(cell, Broken):
        return Number(None, "formula" if cell.kind == "no_value" else "error_value")
    if isinstance(cell, bool | date):
        return Number(None, "not_a_number")
    if isinstance(cell, int | float):
        return _finite(cell)
    return _written_score(cell)


def _finite(value: float) -> Number:
    try:
        return Number(float(value)) if math.isfinite(value) else Number(None, "not_finite")
    except OverflowError:
        return Number(None, "not_finite")


def is_missing(text: str) -> bool:
    """Whether a text says that there is nothing, as - or N/A does."""
    return clean(text).casefold().replace(" ", "") in _MISSING_WORDS


@lru_cache(maxsize=100_000)
def _written_score(text: str) -> Number:
    if len(text) > 100:
        return Number(None, "not_a_number")
    text = to_arabic_digits(clean(text)).casefold()
    if text.replace(" ", "") in _MISSING_WORDS or not text:
        return MISSING
    while (shorter := _UNIT.sub("", text).strip()) != text:
        text = shorter
    text = _MINUS.sub("-", text)
    if _PLAIN.fullmatch(text):
        return _finite(float(text))
    if _NOT_FINITE.fullmatch(text):
        return Number(None, "not_finite")
    if _THOUSANDS.fullmatch(text):
        if text.count(",") == 1 and "." not in text:
            return Number(None, "ambiguous_comma")
        return _finite(float(text.replace(",", "")))
    if _DECIMAL_COMMA.fullmatch(text):
        return _finite(float(text.replace(".", "").replace(",", ".")))
    return Number(None, "not_a_number")


def year(cell: Cell, *, common_era: bool = False) -> Year:
    """Return the fiscal year a cell holds, B.E.; ``common_era`` says that its column is C.E.

    A C.E. year is converted where column or cell say so, or where it can be nothing else (1990-2100).
    Problems: ``not_a_year``, ``formula``, ``error_value``.
    """
    if cell is None:
        return Year(None)
    if isinstance(cell, Broken):
        return Year(None, problem="formula" if cell.kind == "no_value" else "error_value")
    if isinstance(cell, bool | date):
        return Year(None, problem="not_a_year")
    if isinstance(cell, int | float):
        return _era(cell, "c" if common_era else "")
    return _written_year(cell, common_era)


@lru_cache(maxsize=10_000)
def _written_year(text: str, common_era: bool) -> Year:
    text = to_arabic_digits(clean(text[:200])).casefold()
    if text in _MISSING_WORDS or not text:
        return Year(None)
    match = _YEAR_WORDS.fullmatch(text)
    if not match or not re.fullmatch(r"\d{1,9}(?:\.0*)?", match["number"], re.ASCII):
        return Year(None, problem="not_a_year")
    return _era(float(match["number"]), (match["era"] or match["after"] or "c" * common_era)[:1])


def _era(number: float, era: str) -> Year:
    """Return the B.E. year of a number; ``era`` begins with พ or b, ค, c or a, or is empty."""
    if not math.isfinite(number) or number != int(number):
        return Year(None, problem="not_a_year")
    value = int(number)
    if FIRST_BE <= value <= LAST_BE and era not in ("ค", "c", "a"):
        return Year(value)
    if FIRST_CE <= value <= LAST_CE and era not in ("พ", "b"):
        return Year(value + BE_OFFSET, common_era=True)
    return Year(None, problem="not_a_year")
