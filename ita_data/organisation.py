"""The public bodies: their types, how their names and places are written, and labels that tell them apart.

Names are read, never guessed: what begins with no written form of a type has no type, and a place counts only
where the text marks it as one and the province is one of the 77.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

from ita_data.thai import clean, fold

REFERENCE_FOLDER = Path(__file__).with_name("reference")
BANGKOK = "กรุงเทพมหานคร"

_ONE_BODY = frozenset({"pattaya", "bma"})
"""Types of a single body: the type's name is the body's."""


@dataclass(frozen=True)
class OrganisationType:
    """A type of public body.

    ``prefixes_th`` are the written forms a name of the type begins with, empty where there is none in common.
    ``sector`` is ``"lao"`` (local administrative organisation) or ``"other"``; ``needs_province`` says that
    bodies of the type lie in a province; ``position`` orders the types, from 1.
    """

    type: str
    name_th: str
    short_th: str
    prefixes_th: tuple[str, ...]
    name_en: str
    sector: str
    needs_province: bool
    position: int


@dataclass(frozen=True)
class Organisation:
    """A public body: ``name_th`` without the type; district and province are None where unknown."""

    organisation_id: str
    type: str
    name_th: str
    full_name_th: str
    district_th: str | None
    province_th: str | None


class Place(NamedTuple):
    """A name and the place written after it; district and province are None where the text does not say."""

    name: str
    district_th: str | None
    province_th: str | None


@cache
def load_types() -> Mapping[str, OrganisationType]:
    """Return the types by code, in order, from ``reference/organisation_types.csv``."""
    rows = _read("organisation_types.csv")
    return {
        row["type"]: OrganisationType(
            type=row["type"],
            name_th=row["name_th"],
            short_th=row["short_th"],
            prefixes_th=tuple(filter(None, row["prefixes_th"].split("|"))),
            name_en=row["name_en"],
            sector=row["sector"],
            needs_province=row["needs_province"] == "yes",
            position=int(row["name_order"]),
        )
        for row in sorted(rows, key=lambda row: int(row["name_order"]))
    }


def split_name(full: str) -> tuple[str | None, str]:
    """Return the type's code and the bare name: ``"อ.บ.ต. เขวาใหญ่"`` → ``("sao", "เขวาใหญ่")``.

    The longest written form counts, with or without spaces inside and after it; ``"จังหวัด"`` only before a
    province. Where no form is followed by a name, the type is None and the name the whole text, cleaned.
    A place behind the name stays in it: take it off with ``split_place`` first.
    """
    text = clean(full)
    code, start = _match_form(text)
    if code is None:
        return None, text
    if code in _ONE_BODY:
        return code, load_types()[code].name_th
    if code == "province_office" and fold(text[start:]) not in _provinces():
        return None, text
    return code, text[start:]


def full_name(code: str, name: str) -> str:
    """Return the official name of a body: ``("sao", "เขวาใหญ่")`` → ``"องค์การบริหารส่วนตำบลเขวาใหญ่"``.

    Raises ValueError, in Thai, for an unknown type.
    """
    return _prefixed(_type(code), _type(code).name_th, name)


def short_name(code: str, name: str) -> str:
    """Return the short name of a body: ``("sao", "เขวาใหญ่")`` → ``"อบต.เขวาใหญ่"``.

    Raises ValueError, in Thai, for an unknown type.
    """
    return _prefixed(_type(code), _type(code).short_th, name)


def name_key(full: str) -> str:
    """Return a key equal for two writings of one full name. Bodies in different places may share it."""
    code, name = split_name(full)
    return f"{code or ''}:{fold(name)}"


def split_place(text: str) -> Place:
    """Return the parts of ``"อบต.เขวาใหญ่ อ.กันทรวิชัย จ.มหาสารคาม"`` or ``"เทศบาลตำบลตะกุด (สระบุรี)"``.

    A place begins with อ., อำเภอ, จ., จังหวัด or, in Bangkok, เขต after a space; or it stands in brackets at
    the end, where these words may be missing. The province is spelt as in the reference; the district comes
    without its word, and เมือง with its official name (``"เมืองขอนแก่น"``). A name that ends in จังหวัด and
    a province, or is Bangkok's, tells its province itself. Whatever is no place stays in the name.
    """
    text = clean(text)
    _, start = _match_form(text)
    name, district, province = text, None, None
    if found := next(filter(None, (pattern.fullmatch(text, start) for pattern in _places())), None):
        written = found.groupdict()
        name, district = text[: found.end("name")], written.get("district")
        province = _provinces()[fold(written["province"])] if written["province"] else None
    if province is None:
        code, bare = split_name(name)
        province = _province_in(full_name(code, bare) if code else bare)
    if district == "เมือง" and province:
        district += province
    return Place(name, district, province)


def unique_labels(rows: Iterable[Organisation]) -> dict[str, str]:
    """Return a label by organisation id for a select box: ``"อบต.เขวาใหญ่ · อ.กันทรวิชัย จ.มหาสารคาม"``.

    No two labels are equal or variants of one spelling: where they would be, each has its id behind it in
    square brackets. A label depends on the set of rows, not on their order.
    Raises ValueError, in Thai, where two rows share an id and for an unknown type.
    """
    labels: dict[str, str] = {}
    for row in rows:
        if row.organisation_id in labels:
            raise ValueError(f"รหัสหน่วยงาน {row.organisation_id} ซ้ำกัน")
        labels[row.organisation_id] = _label(row)
    shared = Counter(map(fold, labels.values()))
    # Only labels with an id end in a bracket, so that none can equal another's label with its id.
    return {
        key: f"{label} [{key}]" if shared[fold(label)] > 1 or label.endswith("]") else label
        for key, label in labels.items()
    }


def _label(row: Organisation) -> str:
    """Return type, name and known place; the province is left out where the name tells it."""
    label = short_name(row.type, row.name_th)
    told = _province_in(row.full_name_th)
    in_bangkok = row.province_th == BANGKOK
    place = []
    if row.district_th:
        place.append(("เขต" if in_bangkok else "อ.") + row.district_th)
    if row.province_th and (row.district_th or row.province_th != told):
        place.append(("" if in_bangkok else "จ.") + row.province_th)
    if place:
        label += " · " + " ".join(place)
    if _type(row.type).needs_province and not (row.province_th or told):
        label += " (ไม่ทราบจังหวัด)"
    return label


def _type(code: str) -> OrganisationType:
    if code not in load_types():
        raise ValueError(f"ไม่รู้จักประเภทหน่วยงาน {code}")
    return load_types()[code]


def _prefixed(kind: OrganisationType, form: str, name: str) -> str:
    """Return the name behind a form of its type; a single body is the form, some types have none."""
    if kind.type in _ONE_BODY:
        return form
    return form + name if kind.prefixes_th else name


def _province_in(full: str) -> str | None:
    """Return the province a full name ends in behind จังหวัด, or Bangkok for the name of Bangkok."""
    _, changwat, rest = full.rpartition("จังหวัด")
    return _provinces().get(fold(rest)) if changwat or full == BANGKOK else None


def _match_form(text: str) -> tuple[str | None, int]:
    """Return the type whose written form the clean text begins with, and where the bare name starts."""
    for pattern, code in _forms():
        if found := pattern.match(text):
            return code, found.end()
    return None, 0


@cache
def _forms() -> list[tuple[re.Pattern[str], str]]:
    """Return a pattern for every written form with its type, longest first.

    Spaces may stand anywhere and for a full stop. What follows starts a name, not a mark or vowel of the same
    syllable; a single body's form is the whole text.
    """
    forms = [(form, kind.type) for kind in load_types().values() for form in kind.prefixes_th]
    patterns = []
    for form, code in sorted(forms, key=lambda pair: -len(pair[0])):
        spaced = "".join((r"(?:\.|(?=\s))" if char == "." else re.escape(char)) + r"\s*" for char in form)
        end = "$" if code in _ONE_BODY else "(?=\\w)(?![\u0e2f-\u0e3a\u0e45-\u0e4e])"
        patterns.append((re.compile(spaced + end), code))
    return patterns


@cache
def _places() -> list[re.Pattern[str]]:
    """Return the patterns of a name and a place behind it: groups name, province and maybe district."""
    written = "|".join(re.escape(key).replace("ฎ", "[ฎฏ]") for key in _provinces())
    province = f"(?P<province>{written})"
    district = "(?P<district>[ก-ฮเ-ไ][ก-ฺเ-๎]*?)"
    changwat = r"(?:จ\.|จังหวัด)\s*"
    marked = [
        rf"(?:อ\.|อำเภอ)\s*{district}(?:(?:[\s,]*{changwat}|[\s,]+){province})?",
        rf"เขต\s*{district}[\s,]+(?P<province>กรุงเทพมหานคร|กรุงเทพฯ|กทม\.)",
        rf"{changwat}{province}",
    ]
    bare = rf"(?:{district}[\s,]+)?(?:{changwat})?{province}"
    name = r"(?P<name>.*?[^\s,])"
    return [
        *(re.compile(rf"{name}[\s,]+{place}") for place in marked),
        *(re.compile(rf"{name}\s*\(\s*{place}\s*\)") for place in [*marked, bare]),
    ]


@cache
def province_isos() -> dict[str, str]:
    """Return the ISO 3166-2 codes of the provinces by their Thai names: ``"มหาสารคาม"`` → ``"TH-44"``."""
    return {row["name_th"]: row["iso"] for row in _read("provinces.csv")}


@cache
def _provinces() -> dict[str, str]:
    """Return the provinces' names by key, Bangkok's by its short forms too."""
    names = [row["name_th"] for row in _read("provinces.csv")]
    return {fold(name): name for name in names} | {fold(short): BANGKOK for short in ("กรุงเทพฯ", "กทม.")}


def _read(file: str) -> list[dict[str, str]]:
    with (REFERENCE_FOLDER / file).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
