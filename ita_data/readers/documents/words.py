"""The words documents are written with: numbers, years, and Thai phrases however they are spaced."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from ita_data.thai import FIRST_BE, LAST_BE, ce_to_be, fold, to_arabic_digits

MISSING = frozenset(
    map(
        fold,
        ("", "-", "–", "—", "--", "---", "n/a", "na", "ไม่มีข้อมูล", "ไม่มีคะแนน", "ไม่ได้ประเมิน", "ไม่ประเมิน"),
    )
)

TO_FILL_IN = "[โปรดกรอก"
"""How what nobody has filled in yet begins in the documents this project makes: it says nothing."""

LONGEST_PAGE_NUMBER = 15
"""Letters a page number may have with what is around it; what is parted by longer text does not go on."""

NUMBER = r"\d{1,3}(?:\.\d+)?"
UNIT = r"(?:คะแนน|%|เปอร์เซ็นต์)"
_LEAD = r"(?:(?:ได้|มี|ผล|คะแนน|ร้อยละ|เท่ากับ|=|:)\s*)*"
_VALUE = re.compile(rf"{_LEAD}([-−]?)\s*({NUMBER}|\d+(?:\.\d+)?)\s*{UNIT}?\s*\.?")
_HAS_DIGIT = re.compile(r"\d")

_ERA = r"(?:พ\s*\.?\s*ศ\s*\.?|ค\s*\.?\s*ศ\s*\.?)"
YEAR_LEAD = rf"(?:(?:ประจำ)?ปี(?:\s*งบประมาณ)?|งบประมาณ|{_ERA})\s*(?:{_ERA})?\s*"
_YEAR = re.compile(rf"(?P<lead>{YEAR_LEAD})(?P<year>\d{{4}})(?!\d)")
_BARE_YEAR = re.compile(rf"(?:{YEAR_LEAD})?(\d{{4}})")


@dataclass(frozen=True)
class Cell:
    """What a cell of a score column says: ``value`` where kind is number, else None."""

    kind: Literal["number", "missing", "text", "outside"]
    value: float | None = None


def read_cell(text: str) -> Cell:
    """Return the points a cell holds: ``"๘๕.๕๐ คะแนน"`` → 85.5; ``"-"`` and blank are missing, never zero.

    A number below 0 or above 100 is ``outside``; whatever is not exactly one number is ``text``.
    """
    if fold(text) in MISSING:
        return Cell("missing")
    found = _VALUE.fullmatch(to_arabic_digits(text).strip())
    if not found:
        return Cell("text")
    value = float(found[2])
    if found[1] or value > 100:
        return Cell("outside")
    return Cell("number", value)


def has_digit(text: str) -> bool:
    """Whether there is a digit, Thai or Arabic."""
    return _HAS_DIGIT.search(text) is not None


@dataclass(frozen=True)
class YearSpan:
    """A fiscal year (B.E.) written in a text, and where."""

    year: int
    start: int
    end: int


def years_in(text: str) -> list[YearSpan]:
    """Return the years written after ปี, งบประมาณ or พ.ศ., in order; C.E. years as B.E. ones."""
    spans = []
    for found in _YEAR.finditer(to_arabic_digits(text)):
        if (year := _era(int(found["year"]))) is not None:
            spans.append(YearSpan(year, found.start(), found.end()))
    return spans


def only_year(text: str) -> int | None:
    """Return the year where the text is a year and nothing else: ``"ปี ๒๕๖๗"``, ``"2567"``."""
    found = _BARE_YEAR.fullmatch(to_arabic_digits(text).strip())
    return _era(int(found[1])) if found else None


def _era(year: int) -> int | None:
    if FIRST_BE <= year <= LAST_BE:
        return year
    try:
        return ce_to_be(year)
    except ValueError:
        return None


def squeezed(text: str) -> str:
    """Return a key of a short text that differs neither by spaces nor by spelling."""
    return re.sub(r"\s+", "", fold(text))


def spaced(phrase: str) -> str:
    """Return a pattern of a phrase with any spaces or line ends between its letters, ฎ and ฏ alike."""
    return r"\s*".join("[ฎฏ]" if char in "ฎฏ" else re.escape(char) for char in phrase if not char.isspace())


def one_of(phrases: Iterable[str]) -> str:
    """Return a pattern of any of the phrases, the longest first; of nothing where there are none."""
    return (
        "(?:"
        + ("|".join(map(spaced, sorted(phrases, key=lambda phrase: (-len(phrase), phrase)))) or "(?!)")
        + ")"
    )
