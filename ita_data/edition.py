"""Editions of the assessment, read from one TOML file a year: the tree of parts, grade scale and breaks.

A new year is a new file in ``ita_data/editions``, named after its fiscal year; no code changes. Its keys:

- ``fiscal_year``, ``name_th``, ``tolerance`` (points), ``confidence_th``, optional ``pass_mark`` (points);
- ``parts``: ``code``, ``parent`` (none on the root), ``level``, ``name_th``, optional ``name_en``, ``weight``
  (share in the parent; plain mean where no sibling has one), ``split = "unconfirmed"``, ``respondents``,
  ``scale`` and ``confidence``. Respondents and confidence pass down to the parts below, but below an
  unconfirmed split the confidence is ``"unconfirmed"`` unless said. Or ``tree_from``, the year whose file
  holds the same tree, with ``names.<code>`` for parts that are called otherwise;
- optional ``grades``, best first: ``code``, ``name_th``, ``overall_at_least``, ``passed``, ``color``,
  optional ``name_en`` and ``instruments_at_least``. The first grade a body satisfies is its grade;
- optional ``break_before``: ``comparable``, ``reason_th``, optional ``joined``.

The shipped weights are those of the published calculation: overall = 0.30 IIT + 0.30 EIT + 0.40 OIT, and
every other part is the plain mean of its children.
"""

import math
import re
import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeVar

LEVELS = ("overall", "instrument", "indicator", "sub_indicator", "item")
ALL = "all"
FULL_SCORE = 100.0
SCALES = {"binary": 100.0, "20": 20.0, "yes_no": 100.0}
"""Answer scales of an item: the points between two neighbouring answers of one respondent."""
CONFIDENCES = ("document", "public", "arithmetic", "unconfirmed")

EDITIONS_FOLDER = Path(__file__).with_name("editions")
TARGETS_FILE = Path(__file__).with_name("targets.toml")

_YEARS = range(2500, 2701)
_CODE = re.compile(r"[A-Za-z0-9._-]+")
_COLOR = re.compile(r"#[0-9A-Fa-f]{6}")
_T = TypeVar("_T")


class EditionError(ValueError):
    """An edition or target file is wrong; the message (Thai) names the file and the key."""


@dataclass(frozen=True)
class Part:
    """A part of an edition's tree.

    ``position`` is its place in tree order, from 1, parents first. ``weight_in_parent`` and
    ``weight_in_total`` are shares 0-1, None where the split above is not confirmed. ``split_confirmed`` is
    False on a part whose division into children is not confirmed and on everything below it. ``respondents``
    are the groups asked separately, empty where there is only one. ``scale`` is a key of SCALES, None where
    unknown or not an item's. ``confidence`` says where its name and place are known from.
    """

    code: str
    parent: str | None
    level: str
    position: int
    weight_in_parent: float | None
    weight_in_total: float | None
    name_th: str
    name_en: str
    split_confirmed: bool
    respondents: tuple[str, ...]
    scale: str | None
    confidence: str


@dataclass(frozen=True)
class Grade:
    """A grade: the floors (points) of the overall and, where it has one, of every instrument."""

    code: str
    name_th: str
    name_en: str
    overall_at_least: float
    instruments_at_least: float | None
    passed: bool
    color: str


@dataclass(frozen=True)
class Break:
    """A break between an edition and the one before it.

    ``comparable`` is the deepest of LEVELS that may still be compared, or ``"none"``; ``joined`` says whether
    a line may run across.
    """

    comparable: str
    joined: bool
    reason_th: str


@dataclass(frozen=True)
class Edition:
    """One fiscal year's assessment; ``parts`` by code in tree order, ``grades`` best first (empty: no scale).

    ``tolerance`` is the difference in points between published and recomputed that rounding explains.
    """

    fiscal_year: int
    name_th: str
    pass_mark: float | None
    tolerance: float
    confidence_th: str
    break_before: Break | None
    grades: tuple[Grade, ...]
    parts: dict[str, Part]

    @cached_property
    def _children(self) -> dict[str, tuple[Part, ...]]:
        below: dict[str, list[Part]] = {code: [] for code in self.parts}
        for part in self.parts.values():
            if part.parent is not None:
                below[part.parent].append(part)
        return {code: tuple(children) for code, children in below.items()}

    def children(self, code: str) -> tuple[Part, ...]:
        """Return the parts right below ``code`` in order; KeyError when the edition has no such part."""
        return self._children[code]

    @property
    def root(self) -> Part:
        """The overall."""
        return next(iter(self.parts.values()))

    @cached_property
    def instruments(self) -> tuple[Part, ...]:
        """The instruments in order; empty where only the overall is usable."""
        return tuple(part for part in self.parts.values() if part.level == "instrument")


@dataclass(frozen=True)
class Target:
    """A national target: ``share`` percent of bodies at or above the pass mark in ``fiscal_year`` (B.E.)."""

    fiscal_year: int
    share: float
    confirmed: bool


def load_editions(folder: Path = EDITIONS_FOLDER) -> dict[int, Edition]:
    """Return every edition in ``folder`` by fiscal year (B.E.), oldest first.

    Raises EditionError when a file is wrong or the folder holds none.
    """
    editions = [load_edition(path) for path in sorted(folder.glob("*.toml"))]
    if not editions:
        raise EditionError(f"{folder}: ไม่พบไฟล์ .toml ของการประเมินสักปี")
    return {edition.fiscal_year: edition for edition in editions}


def load_edition(path: Path) -> Edition:
    """Return the edition in ``path``; ``tree_from`` is looked up beside it.

    Raises EditionError when the file is wrong, OSError when it cannot be opened.
    """
    table = _read(path)
    table.only(
        "fiscal_year name_th pass_mark tolerance confidence_th break_before grades tree_from names parts"
    )
    fiscal_year = table.year("fiscal_year")
    if path.stem != str(fiscal_year):
        raise table.error("fiscal_year", f"ชื่อไฟล์ต้องเป็น {fiscal_year}.toml ให้ตรงกับปี")
    parts = _parts(table, path)
    return Edition(
        fiscal_year=fiscal_year,
        name_th=table.text("name_th"),
        pass_mark=table.number_or_none("pass_mark"),
        tolerance=table.number("tolerance"),
        confidence_th=table.text("confidence_th"),
        break_before=_break(table.table("break_before")) if table.has("break_before") else None,
        grades=_grades(table, parts),
        parts=parts,
    )


def load_targets(path: Path = TARGETS_FILE) -> dict[int, Target]:
    """Return the national targets in ``path`` by fiscal year (B.E.); raises EditionError when it is wrong."""
    file = _read(path)
    file.only("targets")
    targets: dict[int, Target] = {}
    for table in file.tables("targets"):
        table.only("fiscal_year share confirmed")
        target = Target(table.year("fiscal_year"), table.number("share"), table.flag("confirmed"))
        if target.fiscal_year in targets:
            raise table.error("fiscal_year", f"ปี {target.fiscal_year} ซ้ำ")
        targets[target.fiscal_year] = target
    return targets


@dataclass(frozen=True)
class _Table:
    """A table of a TOML file being read: whatever is wrong is said with the file and the key."""

    file: str
    path: str
    values: dict[str, object]

    def error(self, key: str, problem: str) -> EditionError:
        return EditionError(f"{self.file}: {self.path}{key}: {problem}")

    def only(self, keys: str) -> None:
        for key in self.values:
            if key not in keys.split():
                raise self.error(key, f"ไม่รู้จักคีย์นี้ ที่ใช้ได้คือ {keys}")

    def has(self, key: str) -> bool:
        return key in self.values

    def _value(self, key: str, kind: type[_T], kind_th: str) -> _T:
        value = self.values.get(key)
        if not isinstance(value, kind):
            raise self.error(key, f"ต้องมี และต้องเป็น{kind_th}")
        return value

    def text(self, key: str) -> str:
        text = self._value(key, str, "ข้อความ").strip()
        if not text:
            raise self.error(key, "ข้อความว่าง")
        return text

    def code(self, key: str) -> str:
        code = self.text(key)
        if not _CODE.fullmatch(code):
            raise self.error(key, f"รหัส “{code}” ใช้ได้เฉพาะตัวอักษรอังกฤษ เลข 0-9 และ . _ -")
        return code

    def choice(self, key: str, options: Collection[str]) -> str:
        choice = self.text(key)
        if choice not in options:
            raise self.error(key, f"“{choice}” ไม่อยู่ในค่าที่ใช้ได้: {', '.join(options)}")
        return choice

    def flag(self, key: str) -> bool:
        return self._value(key, bool, " true หรือ false")

    def number(self, key: str, most: float = FULL_SCORE) -> float:
        value = self.values.get(key)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= most:
            raise self.error(key, f"ต้องมี และต้องเป็นตัวเลข 0 ถึง {most:g}")
        return float(value)

    def number_or_none(self, key: str) -> float | None:
        return self.number(key) if self.has(key) else None

    def year(self, key: str) -> int:
        year = self._value(key, int, "ปี พ.ศ.")
        if year not in _YEARS:
            raise self.error(key, f"{year} ไม่ใช่ปี พ.ศ. ในช่วง {_YEARS[0]} ถึง {_YEARS[-1]}")
        return year

    def codes(self, key: str) -> tuple[str, ...]:
        entries = self._value(key, list, "รายการรหัส")
        return tuple(_Table(self.file, self.path, {key: entry}).code(key) for entry in entries)

    def table(self, key: str) -> "_Table":
        return _Table(self.file, f"{self.path}{key}.", self._value(key, dict, "ตาราง"))

    def tables(self, key: str) -> list["_Table"]:
        rows = self._value(key, list, "รายการของตาราง")
        if not all(isinstance(row, dict) for row in rows):
            raise self.error(key, "ทุกรายการต้องเป็นตาราง { … }")
        return [
            _Table(self.file, f"{self.path}{key}[{row.get('code', number)}].", row)
            for number, row in enumerate(rows, start=1)
        ]


def _read(path: Path) -> _Table:
    try:
        return _Table(path.name, "", tomllib.loads(path.read_text(encoding="utf-8-sig")))
    except UnicodeDecodeError as error:
        raise EditionError(f"{path.name}: ต้องบันทึกไฟล์เป็น UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise EditionError(f"{path.name}: ไม่ใช่ TOML ที่ถูกต้อง: {error}") from error


def _name_en(table: _Table) -> str:
    return table.text("name_en" if table.has("name_en") else "name_th")


def _break(table: _Table) -> Break:
    table.only("comparable joined reason_th")
    return Break(
        comparable=table.choice("comparable", ("none", *LEVELS)),
        joined=table.flag("joined") if table.has("joined") else True,
        reason_th=table.text("reason_th"),
    )


def _grades(edition: _Table, parts: dict[str, Part]) -> tuple[Grade, ...]:
    if not edition.has("grades"):
        return ()
    tables = edition.tables("grades")
    grades = [_grade(table) for table in tables]
    pass_mark = edition.number("pass_mark")
    weighted = any(part.level == "instrument" and part.weight_in_total is not None for part in parts.values())
    for place, (table, grade) in enumerate(zip(tables, grades, strict=True)):
        better = grades[:place]
        if any(grade.code == other.code for other in better):
            raise table.error("code", f"รหัสระดับ {grade.code} ซ้ำ")
        if better and _floors(grade) >= _floors(better[-1]):
            raise table.error("overall_at_least", "ต้องเรียงจากระดับดีที่สุดลงมา ระดับนี้ไม่ต่ำกว่าระดับก่อนหน้า")
        if grade.passed and grade.overall_at_least < pass_mark:
            raise table.error("passed", f"ระดับที่ผ่านต้องเริ่มไม่ต่ำกว่า pass_mark ({pass_mark:g})")
        if grade.instruments_at_least is not None and not weighted:
            raise table.error("instruments_at_least", "ปีนี้ไม่มีเครื่องมือที่รู้น้ำหนัก")
    if not grades or _floors(grades[-1]) != (0, -1):
        raise edition.error("grades", "ระดับสุดท้ายต้องเริ่มที่ 0 และไม่มี instruments_at_least มิฉะนั้นจะมีช่วงที่ไม่มีระดับ")
    return tuple(grades)


def _grade(table: _Table) -> Grade:
    table.only("code name_th name_en overall_at_least instruments_at_least passed color")
    color = table.text("color")
    if not _COLOR.fullmatch(color):
        raise table.error("color", f"“{color}” ไม่ใช่สีแบบ #RRGGBB")
    return Grade(
        code=table.code("code"),
        name_th=table.text("name_th"),
        name_en=_name_en(table),
        overall_at_least=table.number("overall_at_least"),
        instruments_at_least=table.number_or_none("instruments_at_least"),
        passed=table.flag("passed"),
        color=color,
    )


def _floors(grade: Grade) -> tuple[float, float]:
    """Order grades by how much they ask; asking nothing of the instruments is less than asking 0."""
    return grade.overall_at_least, -1 if grade.instruments_at_least is None else grade.instruments_at_least


def _part_tables(edition: _Table, path: Path) -> list[_Table]:
    if not edition.has("tree_from"):
        return edition.tables("parts")
    if edition.has("parts"):
        raise edition.error("tree_from", "ใช้พร้อมกับ parts ไม่ได้")
    source = path.with_name(f"{edition.year('tree_from')}.toml")
    if not source.is_file():
        raise edition.error("tree_from", f"ไม่พบไฟล์ {source.name} ในโฟลเดอร์เดียวกัน")
    tree = _read(source)
    if not tree.has("parts"):
        raise edition.error("tree_from", f"{source.name} ไม่มี parts ให้อ้างปีที่เขียน parts ไว้เอง")
    return tree.tables("parts")


def _parts(edition: _Table, path: Path) -> dict[str, Part]:
    """Return the tree in order; every part lies deeper than its parent, so there is no cycle."""
    tables: dict[str, _Table] = {}
    for table in _part_tables(edition, path):
        table.only("code parent level name_th name_en weight split respondents scale confidence")
        code = table.code("code")
        if code in tables:
            raise table.error("code", f"รหัส {code} ซ้ำ")
        tables[code] = table

    below: dict[str | None, list[_Table]] = {code: [] for code in (None, *tables)}
    for table in tables.values():
        depth = LEVELS.index(table.choice("level", LEVELS))
        parent = table.text("parent") if table.has("parent") else None
        if parent is not None:
            if parent not in tables:
                raise table.error("parent", f"ไม่มีส่วนที่มีรหัส {parent}")
            if depth <= LEVELS.index(tables[parent].choice("level", LEVELS)):
                raise table.error("level", f"ต้องลึกกว่าระดับของ {parent}")
        elif depth > 0:
            raise table.error("parent", f"ต้องมี เพราะไม่ใช่ระดับ {LEVELS[0]}")
        below[parent].append(table)
    if len(below[None]) != 1:
        raise edition.error("parts", f"ต้องมีส่วนระดับ {LEVELS[0]} หนึ่งส่วนพอดี พบ {len(below[None])}")

    names = edition.table("names") if edition.has("names") else _Table(edition.file, "names.", {})
    names.only(" ".join(tables))
    parts: dict[str, Part] = {}

    def grow(parent: Part | None) -> None:
        children = below[parent.code if parent else None]
        for table, weight in zip(children, _weights(parent, children), strict=True):
            part = _part(table, names, parent, weight, position=len(parts) + 1)
            parts[part.code] = part
            grow(part)

    grow(None)
    return parts


def _weights(parent: Part | None, children: list[_Table]) -> list[float] | list[None]:
    """Return the children's shares in the parent: as given, else equal; None where unconfirmed."""
    given = [child for child in children if child.has("weight")]
    if parent and not parent.split_confirmed:
        if given:
            raise given[0].error("weight", f"ตั้งไม่ได้ เพราะ split ของ {parent.code} หรือส่วนเหนือขึ้นไปยังไม่ยืนยัน")
        return [None] * len(children)
    if not given:
        return [1 / len(children) for _ in children]
    weights = [child.number("weight", most=1) for child in children]
    if abs(math.fsum(weights) - 1) > 1e-9:
        codes = ", ".join(child.code("code") for child in children)
        raise given[0].error("weight", f"น้ำหนักของ {codes} รวมได้ {math.fsum(weights):.10g} ต้องได้ 1")
    return weights


def _part(table: _Table, names: _Table, parent: Part | None, weight: float | None, position: int) -> Part:
    code = table.code("code")
    naming = table
    if names.has(code):
        naming = names.table(code)
        naming.only("name_th name_en")
    split_confirmed = parent is None or parent.split_confirmed
    if table.has("split"):
        table.choice("split", ("unconfirmed",))
        split_confirmed = False
    total = parent.weight_in_total if parent else 1.0
    respondents = parent.respondents if parent else ()
    if table.has("respondents"):
        respondents = table.codes("respondents")
        if ALL in respondents or len(set(respondents)) != len(respondents):
            raise table.error("respondents", f"แต่ละกลุ่มต้องไม่ซ้ำกันและไม่ใช่ {ALL}")
    inherited = parent.confidence if parent and parent.split_confirmed else "unconfirmed"
    return Part(
        code=code,
        parent=parent.code if parent else None,
        level=table.text("level"),
        position=position,
        weight_in_parent=weight,
        weight_in_total=None if weight is None or total is None else total * weight,
        name_th=naming.text("name_th"),
        name_en=_name_en(naming),
        split_confirmed=split_confirmed,
        respondents=respondents,
        scale=table.choice("scale", SCALES) if table.has("scale") else None,
        confidence=table.choice("confidence", CONFIDENCES) if table.has("confidence") else inherited,
    )
