"""The interface's fixed words in Thai, so that one thing has one name everywhere."""

import math
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone

from ita_data.scoring import round_half_up

LEVELS = {
    "overall": "คะแนนรวม",
    "instrument": "เครื่องมือ",
    "indicator": "ตัวชี้วัด",
    "sub_indicator": "ตัวชี้วัดย่อย",
    "item": "ข้อ",
}
RESPONDENTS = {"all": "รวม", "public": "EIT Public", "survey": "EIT Survey"}
SEVERITIES = {"fatal": "ร้ายแรง", "high": "สูง", "medium": "กลาง", "hint": "ข้อสังเกต"}
BASES = {"published": "เผยแพร่", "recomputed": "คำนวณจากส่วนย่อย"}
SECTORS = {"lao": "อปท. ทุกประเภท", "other": "หน่วยงานที่ไม่ใช่ อปท."}
SOURCE_KINDS = {
    "document": "เอกสาร",
    "report": "รายงาน",
    "web": "เว็บไซต์",
    "press": "ข่าว",
    "file": "แฟ้มที่นำเข้า",
}
MISSING = "–"
THAI_TIME = timezone(timedelta(hours=7))


def points(value: float | None) -> str:
    """Points with two decimals, rounded half up as the assessment does; a dash where nothing is known."""
    if value is None or math.isnan(value):
        return MISSING
    return f"{round_half_up(value):.2f}"


def change(value: float | None) -> str:
    """A change in points with its sign; a dash where nothing is known."""
    if value is None or math.isnan(value):
        return MISSING
    return f"{round_half_up(value):+.2f}"


def part_label(code: str, name: str) -> str:
    """How a part is named: its code where that is not its whole name, then its Thai name."""
    return name if code == "overall" else f"{code} {name}"


def span(years: Iterable[int]) -> str:
    """The first and the last of some years: 2562–2567, or 2567 alone."""
    known = sorted(years)
    return f"{known[0]}" if known[0] == known[-1] else f"{known[0]}–{known[-1]}"


def runs(years: Iterable[int]) -> str:
    """Years as their runs: 2562–2565, 2567."""
    found: list[list[int]] = []
    for year in sorted(years):
        if found and found[-1][-1] == year - 1:
            found[-1].append(year)
        else:
            found.append([year])
    return ", ".join(map(span, found))


def when(moment: datetime) -> str:
    """A moment of the warehouse (UTC) on a Thai clock and in a Thai year."""
    local = moment.replace(tzinfo=UTC).astimezone(THAI_TIME)
    return f"{local:%d/%m}/{local.year + 543} {local:%H:%M} น."


def escape(words: str) -> str:
    """A text that Markdown shows as it is: names come from files and may hold anything."""
    special = "\\`*_{}[]()#+-.!|<>$~:&"
    return "".join(f"\\{char}" if char in special else char for char in words)
