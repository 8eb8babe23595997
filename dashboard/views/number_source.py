"""Where one number of a body comes from: what sources print, how it is computed, what the checks say."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboard import text
from dashboard.number import EVERYBODY, Number

BANGKOK = pd.Timedelta(hours=7)
SHIPPED = "มากับโครงการ ไม่ได้นำเข้าโดยผู้ใช้"
NO_FILE = "ไม่มีแฟ้มต้นฉบับ"
GROUPS = ("public", "survey")


@dataclass(frozen=True)
class Printed:
    """A figure as a source prints it; `facts` are labels with words, for the reader to check by."""

    source_id: str
    value: str
    status: str
    in_use: bool
    facts: list[tuple[str, str]]


@dataclass(frozen=True)
class Step:
    """A number another one is computed from."""

    number: Number
    words: str


@dataclass(frozen=True)
class Calculation:
    """How a number follows from others: `formula` is empty where it cannot be, and `words` say why."""

    formula: str
    words: str
    steps: list[Step]


def moment(at: Any) -> str:
    """A moment (UTC) in the time of Thailand, B.E."""
    local = pd.Timestamp(at) + BANGKOK
    return f"{local:%d/%m}/{local.year + 543} {local:%H:%M} น. (เวลาไทย)"


def importer(by: Any, at: Any) -> str:
    """Who brought a source in and when; what the project ships nobody did."""
    if pd.isna(at):
        return SHIPPED
    return f"{'ไม่ได้ระบุชื่อ' if pd.isna(by) else by} · {moment(at)}"


def source_facts(source: Any) -> list[tuple[str, str]]:
    """What identifies a source and how it came here; `source` has the columns of the query sources."""
    kind = text.SOURCE_KINDS.get(source.kind, source.kind)
    publisher = "" if pd.isna(source.publisher_th) else f" · เผยแพร่โดย {source.publisher_th}"
    return [
        ("ชนิด", f"{kind}{publisher}"),
        ("แฟ้มหรือที่อยู่", str(source.locator)),
        ("SHA-256", NO_FILE if pd.isna(source.sha256) else str(source.sha256)),
        ("ผู้นำเข้าและเวลา", importer(source.imported_by, source.imported_at)),
    ]


def printed(rows: pd.DataFrame) -> list[Printed]:
    """Every printed figure, those in use first; `rows` are of organisation_printed."""
    usable = rows["stands"] & ~rows["gave_way"] & rows["value"].between(0, 100)
    used = rows[usable].set_index("respondents")["value"].to_dict()
    return [
        Printed(
            source_id=row.source_id,
            value=text.points(row.value),
            status=_status(row, bool(in_use), used.get(row.respondents)),
            in_use=bool(in_use),
            facts=[
                ("แหล่ง", str(row.source_th)),
                ("แผ่นงาน แถว หรือตำแหน่ง", str(row.source_row)),
                *source_facts(row),
                *([] if pd.isna(row.note_th) else [("หมายเหตุ", str(row.note_th))]),
            ],
        )
        for row, in_use in zip(rows.itertuples(), usable, strict=True)
    ]


def _status(row: Any, in_use: bool, used: float | None) -> str:
    """What became of a printed figure, after whom it is of where several groups are asked."""
    if in_use:
        words = "ใช้ค่านี้"
    elif row.gave_way:
        words = "ไม่ใช้ · ผู้นำเข้าเลือกให้ค่าของแหล่งอื่นแทน"
    elif pd.isna(row.value):
        words = "ไม่ใช้ · ช่องว่างในแหล่ง"
    elif not 0 <= row.value <= 100:
        words = "ไม่ใช้ · อยู่นอกช่วง 0–100"
    elif text.points(row.value) == text.points(used):
        words = "พิมพ์ซ้ำค่าเดียวกัน"
    else:
        words = "ไม่ใช้ · พิมพ์ไว้อีกค่าหนึ่ง"
    return words if row.respondents == EVERYBODY else f"{text.RESPONDENTS[row.respondents]} · {words}"


def value_column(respondents: str) -> str:
    """The column of organisation_tree that holds what some respondents gave."""
    return "value" if respondents == EVERYBODY else f"value_{respondents}"


def headline(tree: pd.DataFrame, number: Number, rows: Sequence[Printed]) -> tuple[str, str]:
    """The number and in a word where it comes from; `rows` are of `printed`."""
    row = tree.set_index("part").loc[number.part]
    value = row[value_column(number.respondents)]
    if pd.isna(value):
        return text.MISSING, "ไม่ทราบค่า: ไม่มีแหล่งใดพิมพ์ไว้ และส่วนย่อยไม่พอให้คำนวณ ไม่ใช่ศูนย์"
    if number.respondents == EVERYBODY:
        is_printed = row["basis"] == "published"
    else:
        start = text.RESPONDENTS[number.respondents]
        is_printed = any(one.in_use and one.status.startswith(start) for one in rows)
    return text.points(value), (
        "ค่าที่เผยแพร่ ใช้ตามที่แหล่งพิมพ์ไว้" if is_printed else "ค่าที่คำนวณจากส่วนย่อย เพราะไม่มีแหล่งใดพิมพ์ไว้"
    )


def calculation(tree: pd.DataFrame, number: Number, tolerance: float) -> Calculation:
    """How a number follows from the parts below it.

    `tree` is the answer of organisation_tree with weight_in_parent, `tolerance` the points rounding explains.
    """
    row = tree.set_index("part").loc[number.part]
    children = tree[tree["parent"] == number.part]
    if children.empty:
        return _of_groups(row, number)
    column = value_column(number.respondents)
    children = children.assign(value=children[column])
    steps = [
        Step(
            Number(number.organisation, number.year, child.part, number.respondents),
            f"{text.part_label(child.part, child.name_th)}: {text.points(child.value)}"
            + ("" if pd.isna(child.weight_in_parent) else f" (น้ำหนัก {100 * child.weight_in_parent:.4g}%)"),
        )
        for child in children.itertuples()
        if pd.notna(child.value)
    ]
    if not row["split_confirmed"]:
        return Calculation("", "การแบ่งส่วนย่อยของปีนี้ยังไม่ยืนยัน จึงไม่คำนวณซ้ำ", steps)
    if len(steps) < len(children):
        return Calculation("", f"ทราบส่วนย่อย {len(steps)} จาก {len(children)} ส่วน จึงคำนวณซ้ำไม่ได้", steps)
    result = float((children["weight_in_parent"] * children["value"]).sum())
    published = row["published"] if number.respondents == EVERYBODY else float("nan")
    return Calculation(
        f"{mean_in_words(children)} = {text.points(result)}", _beside(published, result, tolerance), steps
    )


def mean_in_words(children: pd.DataFrame) -> str:
    """How a part follows from its children: a plain mean where they weigh the same, else a weighted sum."""
    values = [text.points(value) for value in children["value"]]
    weights = [f"{weight:.2f}" for weight in children["weight_in_parent"]]
    if len(set(weights)) > 1:
        return " + ".join(f"{weight} × {value}" for weight, value in zip(weights, values, strict=True))
    return f"({' + '.join(values)}) ÷ {len(values)}" if len(values) > 1 else values[0]


def _of_groups(row: pd.Series, number: Number) -> Calculation:
    """A part without parts below: the mean of the groups asked, where there are several."""
    values = {one: row[f"value_{one}"] for one in GROUPS if pd.notna(row[f"value_{one}"])}
    if number.respondents != EVERYBODY or not values:
        return Calculation("", "เป็นส่วนล่างสุดของกรอบการประเมิน ไม่มีส่วนย่อยให้คำนวณซ้ำ", [])
    steps = [
        Step(
            Number(number.organisation, number.year, number.part, one),
            f"{text.RESPONDENTS[one]}: {text.points(value)}",
        )
        for one, value in values.items()
    ]
    if pd.isna(row["recomputed"]):
        return Calculation("", "ทราบค่าของผู้ตอบไม่ครบทุกกลุ่ม จึงคำนวณซ้ำไม่ได้", steps)
    told = " + ".join(text.points(value) for value in values.values())
    return Calculation(
        f"({told}) ÷ {len(values)} = {text.points(row['recomputed'])}", "ค่าเฉลี่ยของค่าเฉลี่ยแต่ละกลุ่มผู้ตอบ", steps
    )


def _beside(published: float, result: float, tolerance: float) -> str:
    """The computed points beside the printed ones."""
    if pd.isna(published):
        return "ไม่มีค่าที่เผยแพร่ให้เทียบ"
    gap = round(published - result, 6)
    words = f"เผยแพร่ {text.points(published)} คำนวณซ้ำได้ {text.points(result)}"
    if abs(gap) <= tolerance:
        return f"{words} ตรงกันในช่วงปัดเศษ {tolerance:g}"
    return f"{words} ต่างกัน {text.change(gap)} เกินช่วงปัดเศษ {tolerance:g} จึงเป็นข้อค้นพบ แต่ยังใช้ค่าที่เผยแพร่"


def change(values: pd.DataFrame, number: Number) -> tuple[str, str, list[Step]]:
    """A change: how much, its formula, the two numbers; `values` has fiscal_year and value of the part."""
    by_year = values.set_index("fiscal_year")["value"]
    now, before = by_year.get(number.year), by_year.get(number.before)
    steps = [
        Step(
            Number(number.organisation, year, number.part, number.respondents),
            f"ปี {year}: {text.points(value)}",
        )
        for year, value in ((number.year, now), (number.before, before))
        if value is not None
    ]
    if now is None or before is None:
        return text.MISSING, "ไม่ทราบคะแนนของทั้งสองปี จึงไม่มีการเปลี่ยนแปลง ไม่ใช่ศูนย์", steps
    moved = text.change(now - before)
    return (
        moved,
        f"{text.points(now)} (ปี {number.year}) − {text.points(before)} (ปี {number.before}) = {moved}",
        steps,
    )


def findings(found: pd.DataFrame, number: Number) -> list[str]:
    """What the checks say of a number; `found` are of organisation_findings."""
    mine = found[(found["fiscal_year"] == number.year) & (found["part"] == number.part)]
    return [
        f"{text.SEVERITIES[row.severity]} · {row.title_th}: {row.message_th}" for row in mine.itertuples()
    ]
