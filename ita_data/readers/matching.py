"""Which body a written name means: found by type, name, district and province, or left to a person.

A `Register` knows bodies; `Register.resolve` answers a `Mention`, what a file says of one body. A mention is
matched only when nothing in it speaks against the body and no other body could be meant. Everything else
comes back with the candidates and, for each, what agrees and what does not.
"""

import csv
import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass, replace
from functools import cache, lru_cache
from typing import Literal, NamedTuple, TypeVar

import pandas as pd
from rapidfuzz import process
from rapidfuzz.distance import OSA

from ita_data import organisation
from ita_data.organisation import BANGKOK, Organisation
from ita_data.readers.labels import role_of
from ita_data.readers.reading import Problem, Severity
from ita_data.thai import clean, fold

Status = Literal["matched", "ambiguous", "unknown", "group", "creatable"]
Fit = Literal["fits", "code", "other_type", "contradicts", "similar"]
Aspect = Literal["type", "name", "district", "province"]
Agreement = Literal["same", "differs", "untold", "unrecorded"]

LONGEST_NAME = 300
"""Characters; what is longer is no name of a body or a place, and is not searched for."""

MOST_SIMILAR = 20
"""Bodies with similar names offered at most: they are hints, the nearest ones do."""

_FITS: tuple[Fit, ...] = ("fits", "code", "other_type", "contradicts", "similar")
_ASPECTS_TH: dict[Aspect, str] = {"type": "ประเภท", "name": "ชื่อ", "district": "อำเภอ", "province": "จังหวัด"}
_ONE_BODY = frozenset({"pattaya", "bma"})
_ONE_PER_PROVINCE = frozenset({"pao", "province_office"})
_MUNICIPALITY = "เทศบาล"
_CAPITAL = "เมือง"

_BLANK = frozenset({"", "-", "–", "—", "nan", "none", "n/a", "ไม่ระบุ", "ส่วนกลาง"})
_NUMBERING = re.compile(r"\(?[0-9๐-๙]{1,5}\s*[.)]\s*(?=[^\W\d])")
_DISTRICT_WORD = re.compile(r"(?:กิ่งอำเภอ|กิ่ง\s*อ\.|อำเภอ|อ\.|เขต)\s*")
_PROVINCE_WORD = re.compile(r"(?:จังหวัด|จ\.)\s*")
_SUBDISTRICT = re.compile(r"(?<=\S)\s+(?:ต\.|ตำบล|แขวง)\s*\S+$")
_GLUED = re.compile(
    r"(?P<name>.+?)[\s,]*(?:"
    r"(?:อ\.|อำเภอ)\s*(?P<district>[^\s.,()]+?)(?:[\s,]*(?:จ\.|จังหวัด)\s*(?P<province>[^\s.,()]+))?"
    r"|(?:จ\.|จังหวัด)\s*(?P<alone>[^\s.,()]+))"
)
# Averages, totals and the like over several bodies, on a folded text.
_SUMMARY = re.compile(
    r"เฉลี่ย|มัธยฐาน|เบี่ยงเบน|ทั้งหมด$|ทั้งสิ้น$|ทุกแห่ง$|"
    r"^(?:ผล|ยอด|ภาพ)รวม|^รวม(?:$|[(:0-9]|ทั้ง|ทุก|จังหวัด|อำเภอ|ประเภท|คะแนน|เทศบาล|องค์การ|อบ[ตจ])|"
    r"^(?:คะแนน|ค่า)?(?:สูงสุด|ต่ำสุด)|^(?:ระดับ|ทั้ง)(?:ประเทศ|จังหวัด|อำเภอ|กระทรวง)|^จำนวน|"
    r"^(?:grand ?)?total\b|^sum\b|\baverage\b|\bmean\b"
)
_NAME = re.compile(r"(?=.*[^\W\d_])[\w\s.,()/'\"&–\u0e2f-\u0e4e-]+")
# What no Thai syllable has: two tone marks or two vowels on one letter, a lower vowel after a leading one.
_BROKEN = re.compile(
    "[\u0e47-\u0e4e]{2}|[\u0e31\u0e34-\u0e3a]{2}|[\u0e48-\u0e4c][\u0e31\u0e34-\u0e3a]|"
    "[เ-ไ][ก-ฮ][\u0e38-\u0e3a]|[เ-ไ][เ-ไ]|(?<![ก-ฮ\u0e31\u0e34-\u0e4e])[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]"
)
_ID = re.compile(r"[A-Za-z0-9_-]*")
_TONES = re.compile("[\u0e47-\u0e4c]")
_DISTRICT = re.compile(r"[ก-ฮเ-ไ][\sก-\u0e4e]+")

# The headings of a register's columns, folded and without a trailing _th or year; earlier ones win.
_HEADINGS = {
    "organisation_id": ("organisation_id",),
    "name": ("full_name", "name", "ชื่อเต็ม", "ชื่อหน่วยงาน", "หน่วยงาน", "ชื่อ อปท.", "ชื่อ"),
    "type": ("type", "ประเภทหน่วยงาน", "ประเภท"),
    "district": ("district", "amphoe", "อำเภอ/เขต", "อำเภอ", "เขต/อำเภอ"),
    "province": ("province", "province_iso", "จังหวัด"),
    "code": ("code", "dla_code", "รหัสหน่วยงาน", "รหัส อปท.", "รหัส"),
}

_K = TypeVar("_K")
_V = TypeVar("_V")

_key = lru_cache(maxsize=50_000)(fold)


@dataclass(frozen=True)
class Mention:
    """What a file says of one body: texts as they stand there, None where it says nothing.

    Type and place may stand in the name instead of their own columns. ``code`` is a code of the register or
    an organisation id.
    """

    name: str
    type_name: str | None = None
    district: str | None = None
    province: str | None = None
    code: str | None = None


@dataclass(frozen=True)
class Candidate:
    """A body that may be meant; ``why_th`` says what agrees and what does not.

    ``fit``: ``fits`` (nothing speaks against it), ``code`` (its code stands there, something else differs),
    ``other_type`` (only the type differs, as after an upgrade), ``contradicts`` (place or code differ) or
    ``similar`` (the name differs by one or two characters).
    """

    organisation_id: str
    label_th: str
    fit: Fit
    why_th: str


@dataclass(frozen=True)
class Resolution:
    """The answer to a mention; ``why_th`` says what decided, or what to do.

    ``matched``: ``organisation_id`` is the body. ``creatable``: no known body is near and enough is said to
    make one; ``organisation_id`` is its new id. ``ambiguous``: all bodies that fit are candidates, and the
    mention does not decide between them, or between the only one and a body the register lacks.
    ``unknown``: nothing fits all that is written. ``group``: an average or a total, no body.
    ``proposed`` is the body to make: when creatable, or if a person decides so in spite of the candidates.
    """

    status: Status
    organisation_id: str | None
    candidates: tuple[Candidate, ...]
    why_th: str
    proposed: Organisation | None = None


class _Reading(NamedTuple):
    """A mention taken apart; ``written`` is the name as it stands, with the words of its type.

    No types: not said. ``unread``: what contradicts itself or is not understood.
    """

    written: str
    types: frozenset[str]
    typed_apart: bool
    name: str
    district: str | None
    province: str | None
    unread: tuple[str, ...]


class _Found(NamedTuple):
    """A body that may be meant, under the reading that found it; distance in characters for similar names."""

    body: Organisation
    fit: Fit
    reading: _Reading
    distance: int = 0

    def differences(self) -> set[Aspect]:
        return _differences(self.reading, self.body)


class _Spelt:
    """Bodies by how their names are spelt, to find near spellings in a province."""

    def __init__(self, spelt: Iterable[tuple[str, Organisation]]) -> None:
        self._rows = _grouped(spelt)
        everywhere = set(_provinces().values())
        places = (
            (place, key)
            for key, rows in self._rows.items()
            for province in {row.province_th for row in rows}
            for place in (None, *({province} if province else everywhere))
        )
        self._keys = {place: sorted(set(keys)) for place, keys in _grouped(places).items()}

    def near(self, key: str, province: str | None, most: int) -> Iterator[tuple[Organisation, int]]:
        """Yield the bodies that may lie in the province (None: anywhere), and how many characters differ."""
        most = min(most, 1 if len(key) < 5 else 2)
        found = process.extract(
            key, self._keys.get(province, []), scorer=OSA.distance, score_cutoff=most, limit=None
        )
        for other, distance, _ in found:
            for row in self._rows[other]:
                yield row, int(distance)


class Register:
    """Bodies, to be found however people write them.

    ``bodies`` may hold several rows of one organisation id: an earlier type or name, a spelling that a person
    confirmed. ``codes`` gives the ids a code stands for. ``complete`` names provinces of which every local
    administrative organisation is in the register: only there can a mention without district or type be
    matched, for elsewhere there may be a body the register lacks. The order of the rows does not matter.
    Raises ValueError, in Thai, for an unknown type.
    """

    def __init__(
        self,
        bodies: Iterable[Organisation],
        codes: Mapping[str, Iterable[str]] | None = None,
        complete: Iterable[str] = (),
    ) -> None:
        self.bodies = tuple(sorted(set(bodies), key=_order))
        self.codes = {_code_key(code): frozenset(ids) for code, ids in (codes or {}).items()}
        self.complete = frozenset(complete)
        self._codes_of = _grouped((one, code) for code in sorted(self.codes) for one in self.codes[code])
        self._by_id = _grouped((_code_key(row.organisation_id), row) for row in self.bodies)
        self._named = _grouped((_key(row.name_th), row) for row in self.bodies)
        types = organisation.load_types()
        names = [(key, row) for row in self.bodies for key in _spellings(row.name_th)]
        wholes = ((name, row) for row in self.bodies for name in _whole_names(row))
        self._names = _Spelt(names)
        self._wholes = _Spelt((key, row) for name, row in wholes for key in _spellings(name))
        self._toneless = _Spelt((_toneless(row.name_th), row) for row in self.bodies)
        self._national = _Spelt((key, row) for key, row in names if not types[row.type].needs_province)

    def resolve(self, mention: Mention) -> Resolution:
        """Return the body that is meant, or why that is not certain and which bodies it may be."""
        if any(len(text or "") > LONGEST_NAME for text in astuple(mention)):
            why = f"ข้อความยาวเกิน {LONGEST_NAME} ตัวอักษร จึงไม่ใช่ชื่อหรือที่ตั้ง โปรดตรวจว่าเลือกคอลัมน์ถูก"
            return Resolution("unknown", None, (), why)
        reading = _read(mention)
        coded = self._coded(mention.code)
        if not reading.name:
            found = [_Found(row, "code", reading) for row in coded]
            return Resolution("unknown", None, _candidates(found), "ไม่มีชื่อหน่วยงาน โปรดเติมชื่อในไฟล์")
        if self._is_summary(mention, reading):
            return Resolution("group", None, (), "เป็นค่าเฉลี่ยหรือผลรวมของหลายหน่วยงาน ไม่ใช่หน่วยงาน")
        if fitting := [row for row in self._of_name(reading) if _fits(reading, row)]:
            return self._chosen(reading, fitting, coded)
        for moved in _with_place_moved(reading):
            if fitting := [row for row in self._of_name(moved) if _agrees(moved, row)]:
                return self._chosen(moved, fitting, coded)
        return self._not_found(reading, coded)

    def resolve_all(self, bodies: pd.DataFrame) -> dict[int, Resolution]:
        """Return the answer for every row of a reading's ``bodies``, by its ``mention``."""
        answers: dict[Mention, Resolution] = {}
        found = {}
        for row in bodies.to_dict("records"):
            name, *apart = (
                _text(row.get(key)) for key in ("name", "type_name", "district", "province", "code")
            )
            mention = Mention(name, *(text or None for text in apart))
            if mention not in answers:
                answers[mention] = self.resolve(mention)
            found[int(row["mention"])] = answers[mention]
        return found

    def joined(self, known: "Register") -> "Register":
        """Return one register of both, where a body that `known` holds too has its id in `known`.

        A body of `known` that means no single body here stands beside the others, as it was.
        """
        here = defaultdict(set)
        for row in known.bodies:
            answer = self.resolve(Mention(row.full_name_th, row.type, row.district_th, row.province_th))
            if answer.status == "matched":
                here[row.organisation_id].add(answer.organisation_id)
        claims = [(mine, theirs) for theirs, own in here.items() for mine in own if len(own) == 1]
        claimed = _grouped(claims)
        ids = {mine: theirs[0] for mine, theirs in claimed.items() if mine and len(theirs) == 1}

        bodies = [
            replace(row, organisation_id=ids.get(row.organisation_id, row.organisation_id))
            for row in self.bodies
        ]
        codes = {code: set(owners) for code, owners in known.codes.items()}
        for code, owners in self.codes.items():
            codes.setdefault(code, set()).update(ids.get(owner, owner) for owner in owners)
        return Register([*bodies, *known.bodies], codes, self.complete | known.complete)

    def body(self, organisation_id: str) -> Organisation | None:
        """Return the body of an id; of several rows of it the first in order."""
        return next(iter(self._by_id.get(_code_key(organisation_id), [])), None)

    def codes_of(self, organisation_id: str) -> list[str]:
        """Return the codes that stand for a body, in order."""
        return self._codes_of.get(organisation_id, [])

    def _of_name(self, reading: _Reading) -> list[Organisation]:
        return self._named.get(_key(reading.name), [])

    def _coded(self, code: str | None) -> list[Organisation]:
        """Return the bodies a code or an organisation id stands for."""
        key = _code_key(code or "")
        ids = self.codes.get(key, frozenset()) | {key} if key else ()
        return [row for organisation_id in ids for row in self._by_id.get(_code_key(organisation_id), [])]

    def _is_summary(self, mention: Mention, reading: _Reading) -> bool:
        # A body may be called รวม; only where its district is said is it not the sum of its type.
        texts = {_key(mention.name), *(() if reading.district else (_key(reading.name),))}
        return not texts & self._named.keys() and any(_SUMMARY.search(text) for text in texts)

    def _chosen(
        self, reading: _Reading, fitting: list[Organisation], coded: list[Organisation]
    ) -> Resolution:
        """Answer where bodies fit: one of them if the mention leaves no other choice."""
        with_code = [row for row in fitting if row.organisation_id in _ids(coded)]
        contradicted = bool(reading.unread) or bool(coded and not with_code)
        twins: list[_Found] = []
        certain = [row for row in fitting if _identifies(reading, row)]
        why = "ประเภท ชื่อ และที่ตั้งตรงกับหน่วยงานเดียว"
        if with_code:
            certain, why = with_code, "รหัสและชื่อตรงกับหน่วยงานเดียว"
        elif not certain and len(_ids(fitting)) == 1 and self._rules_out_others(reading, fitting):
            # With type or place half said, a slip of one letter would make this name of its twin's.
            twins = [twin for twin in self._similar(reading, 1) if twin.body not in fitting]
            twins += self._towns(reading)
            certain, why = [] if twins else fitting, "ทะเบียนมีครบทุกแห่ง และมีหน่วยงานเดียวที่ตรงกับที่เขียน"

        found = [_Found(row, "contradicts" if contradicted else "fits", reading) for row in fitting]
        found += [_Found(row, "code", reading) for row in coded if row not in with_code]
        candidates = _candidates(found + twins)
        if contradicted:
            other_code = "รหัสเป็นของหน่วยงานอื่นที่ไม่ใช่ชื่อนี้ โปรดเลือกหน่วยงานที่ถูก"
            why = " ".join(reading.unread) or other_code
            return Resolution("unknown", None, candidates, why)
        if len(_ids(certain)) == 1:
            return Resolution("matched", certain[0].organisation_id, candidates, why)
        if len(candidates) > 1:
            why = f"มีหลายหน่วยงานที่อาจหมายถึง โปรดเลือก หรือเติม{_lacking(reading) or 'รหัส'}ในไฟล์"
        else:
            why = "มีหน่วยงานเดียวที่เข้ากัน แต่ข้อมูลไม่พอให้แน่ใจว่าไม่ใช่แห่งอื่น โปรดยืนยัน"
        return Resolution("ambiguous", None, candidates, why, _proposed(reading))

    def _not_found(self, reading: _Reading, coded: list[Organisation]) -> Resolution:
        """Answer where nothing fits: a new body if enough is said and no known body is near."""
        found = [_Found(row, "code", reading) for row in coded]
        found += self._same_name(reading)
        found += self._towns(reading)
        found += self._similar(reading, 2)
        near = [other for other in found if other.fit != "contradicts" or len(other.differences()) == 1]

        proposed = None if reading.unread else _proposed(reading)
        taken = self._by_id.get(proposed.organisation_id, []) if proposed else []
        if reading.unread:
            why = " ".join(reading.unread)
        elif proposed is None:
            why = f"ไม่พบในทะเบียน และข้อมูลไม่พอจะสร้างหน่วยงานใหม่ โปรดเติม{_lacking(reading) or 'ชื่อที่ถูกต้อง'}ในไฟล์"
        elif taken:
            found += [_Found(row, "code", reading) for row in taken]
            why = f"หน่วยงานรหัส {proposed.organisation_id} ถูกแก้ชื่อหรือที่ตั้งไปแล้ว โปรดยืนยันว่าเป็นแห่งเดียวกัน"
            proposed = None
        elif self._is_complete(reading, proposed.type):
            why = "ไม่มีในทะเบียนที่มีครบทุกแห่ง โปรดเลือกหน่วยงานที่ใกล้เคียง หรือยืนยันว่าเป็นหน่วยงานใหม่"
        elif near:
            why = "ไม่มีหน่วยงานที่ตรงทุกอย่าง แต่มีที่ใกล้เคียง โปรดเลือก หรือยืนยันว่าเป็นหน่วยงานใหม่"
        elif proposed.type == "province_office" and not reading.typed_apart:
            why = "ไม่ชัดว่าเป็นจังหวัดในฐานะหน่วยงานหรือค่าเฉลี่ยของจังหวัด โปรดระบุประเภทหน่วยงาน"
        else:
            why = "ไม่มีในทะเบียน และข้อมูลครบพอจะสร้างเป็นหน่วยงานใหม่"
            return Resolution("creatable", proposed.organisation_id, _candidates(found), why, proposed)
        return Resolution("unknown", None, _candidates(found), why, proposed)

    def _is_complete(self, reading: _Reading, code: str) -> bool:
        """Say whether the register holds every body of the type wherever the mention may lie."""
        there = {reading.province} if reading.province else set(_provinces().values())
        return organisation.load_types()[code].sector == "lao" and there <= self.complete

    def _rules_out_others(self, reading: _Reading, fitting: list[Organisation]) -> bool:
        """Say whether no body but the one that fits can be meant, because the register is complete."""
        placed = any({"district", "province"} <= _same(reading, row) for row in fitting)
        types = {row.type for row in fitting}
        return (placed or reading.types == types) and all(self._is_complete(reading, code) for code in types)

    def _same_name(self, reading: _Reading) -> list[_Found]:
        """Return the bodies of that name with the fewest differences in type and place."""
        found = []
        for row in self._of_name(reading):
            differences = _differences(reading, row)
            # Bodies of other types share a bare name without being near (อบจ.แพร่, ทม.แพร่).
            other = not {row.type, *reading.types} <= _districted() and row.full_name_th != row.name_th
            if "type" in differences and other:
                continue
            fit: Fit = "other_type" if differences == {"type"} else "contradicts" if differences else "fits"
            found.append((len(differences), _Found(row, fit, reading)))
        fewest = min((number for number, _ in found), default=0)
        return [other for number, other in found if number == fewest]

    def _towns(self, reading: _Reading) -> list[_Found]:
        """Return the municipalities that the name may mean with its type read otherwise."""
        return [
            _Found(row, "similar", town)
            for town in _as_towns(reading)
            for row in self._of_name(town)
            if _fits(town, row)
        ]

    def _similar(self, reading: _Reading, most: int) -> list[_Found]:
        """Return the bodies that fit but for at most so many characters of the name, nearest first.

        Without one certain type, the slip may be in the words of the type: whole names are compared too.
        """
        names = self._names if reading.types or reading.district or reading.province else self._national
        searches = [(names, key, most) for key in _spellings(reading.name)]
        if len(reading.types) != 1 and names is self._names:
            searches += [(self._wholes, key, most) for key in _spellings(reading.written)]
        if most > 1:
            searches.append((self._toneless, _toneless(reading.name), 1))
        nearest: dict[Organisation, int] = {}
        for spelt, key, limit in searches:
            for row, distance in spelt.near(key, reading.province, limit):
                if _fits(reading, row) and _key(row.name_th) != _key(reading.name):
                    nearest[row] = min(distance, nearest.get(row, most))
        chosen = sorted(nearest, key=lambda row: (nearest[row], _order(row)))[:MOST_SIMILAR]
        return [_Found(row, "similar", reading, nearest[row]) for row in chosen]


def read_register(
    table: pd.DataFrame,
    *,
    file: str,
    sheet: str | None = None,
    first_row: int = 2,
    complete: bool = False,
) -> tuple[Register, tuple[Problem, ...]]:
    """Return the register a table holds, and what is wrong with its rows; an error keeps its row out.

    Headings are known in Thai and in English, also those of the warehouse's organisations; ``first_row`` is
    the number of the row under them. A body without an organisation id gets the one that `resolve` would
    give it. ``complete``: every local administrative organisation of the provinces in the table is there.
    """
    problems: list[Problem] = []

    def report(severity: Severity, code: str, what: str, do: str, row: int | None, value: str) -> None:
        problems.append(Problem(severity, code, file, what, do, sheet, row, None, value or None))

    columns = register_columns(table.columns)
    if "name" not in columns:
        do = "ตั้งหัวคอลัมน์ว่า ชื่อหน่วยงาน ประเภท อำเภอ จังหวัด รหัส แล้วนำเข้าใหม่"
        seen = ", ".join(map(str, table.columns))[:200]
        report("error", "register_without_names", "ไม่พบคอลัมน์ชื่อหน่วยงานในทะเบียน", do, None, seen)
        return Register([]), tuple(problems)

    read: list[tuple[int, str, str, Organisation]] = []
    for number, record in enumerate(table.to_dict("records"), first_row):
        said = {role: _text(record[heading]) for role, heading in columns.items()}
        body, why = _registered(said)
        if body:
            read.append((number, said.get("organisation_id", ""), _code_key(said.get("code", "")), body))
        elif any(said.values()):
            do = "แก้แถวนี้ในทะเบียนแล้วนำเข้าใหม่ แถวนี้ยังไม่ถูกใช้"
            report("error", "register_row_not_read", why, do, number, said["name"][:LONGEST_NAME])

    # Rows that only their codes tell apart are different bodies.
    codes_of = _grouped((body, code) for _, own_id, code, body in read if code and not own_id)
    first_at: dict[Organisation, int] = {}
    codes: defaultdict[str, set[str]] = defaultdict(set)
    for number, own_id, code, body in read:
        by_code = not own_id and len(set(codes_of.get(body, []))) > 1
        row = replace(
            body, organisation_id=own_id or body.organisation_id + (f"-{_digest(code)}" if by_code else "")
        )
        if row in first_at:
            what, do = f"หน่วยงานนี้ซ้ำกับแถว {first_at[row]}", "ไม่ต้องแก้หากเป็นหน่วยงานเดียวกัน"
            report("warning", "register_row_repeated", what, do, number, row.full_name_th)
        elif by_code:
            what, do = "ชื่อและที่ตั้งเดียวกันมีหลายรหัส จึงนับเป็นคนละหน่วยงาน", "ตรวจรหัสของหน่วยงานนี้"
            report("warning", "register_codes_differ", what, do, number, row.full_name_th)
        first_at.setdefault(row, number)
        if code:
            codes[code].add(row.organisation_id)
    for organisation_id, rows in _grouped((row.organisation_id, row) for row in first_at).items():
        if len({_key(row.name_th) for row in rows}) > 1:
            names = ", ".join(row.full_name_th for row in rows)
            what, do = f"รหัส {organisation_id} มีหลายชื่อ จึงนับเป็นหน่วยงานเดียวกัน", "แก้รหัสหากเป็นคนละหน่วยงาน"
            report("warning", "register_id_of_several", what, do, first_at[rows[-1]], names)
    provinces = {row.province_th for row in first_at if row.province_th} if complete else set()
    return Register(first_at, codes, provinces), tuple(problems)


def new_id(code: str, name: str, district: str | None, province: str | None) -> str:
    """Return the id of a new body: ASCII, and the same for every writing of its type, name and place."""
    stem = code.replace("_", "-")
    iso = _isos().get(province or "", "")
    if code in _ONE_BODY:
        return stem
    if code in _ONE_PER_PROVINCE and _key(name) == _key(province or ""):
        return f"{stem}-{iso.casefold()}"
    digest = _digest("|".join([code, _key(name), _key(district or ""), iso]))
    return "-".join(filter(None, [stem, iso.casefold(), digest]))


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:12]


def _order(row: Organisation) -> tuple[str, ...]:
    place = (row.district_th or "", row.province_th or "")
    return (row.organisation_id, row.type, row.name_th, row.full_name_th, *place)


def _ids(rows: Iterable[Organisation]) -> set[str]:
    return {row.organisation_id for row in rows}


def _grouped(pairs: Iterable[tuple[_K, _V]]) -> dict[_K, list[_V]]:
    """Return the values of each key, in their order."""
    groups: dict[_K, list[_V]] = {}
    for key, value in pairs:
        groups.setdefault(key, []).append(value)
    return groups


def _whole_names(row: Organisation) -> set[str]:
    """Return the full and the short name; raises ValueError, in Thai, for an unknown type."""
    return {form(row.type, row.name_th) for form in (organisation.full_name, organisation.short_name)}


def _spellings(name: str) -> set[str]:
    """Return the keys to count different characters between: one lost of two เ leaves no แ."""
    return {_key(name), _key(name).replace("แ", "เเ")}


def _toneless(name: str) -> str:
    """Return the key of a name without tone marks: they move and double where a letter is lost."""
    return _TONES.sub("", _key(name))


# Reading a mention ----------------------------------------------------------------------------------------


def _read(mention: Mention) -> _Reading:
    """Take a mention apart; what stands in the name and in a column must not differ."""
    unread: list[str] = []
    place = organisation.split_place(_NUMBERING.sub("", _text(mention.name), count=1))
    code, name = organisation.split_name(place.name)
    districts, provinces = [place.district_th], [place.province_th]
    if code in _districted():
        name = _SUBDISTRICT.sub("", name)
        if glued := _unglued(name):
            name, *more = glued
            districts.append(more[0])
            provinces.append(more[1])

    said = _text(mention.type_name)
    types = _types_named(said)
    typed_apart = bool(types)
    if code:
        if types and code not in types:
            named = organisation.load_types()[code].name_th
            unread.append(f"ชื่อบอกว่าเป็น{named} แต่ช่องประเภทเขียน “{said}” โปรดแก้ให้ตรงกัน")
        types = frozenset({code})
    elif name.startswith(_MUNICIPALITY) and (not types or types & _types_named(_MUNICIPALITY)):
        types = (types & _types_named(_MUNICIPALITY)) or _types_named(_MUNICIPALITY)
        name = name.removeprefix(_MUNICIPALITY).strip()
    only = next(iter(types)) if len(types) == 1 else ""
    if only in _ONE_BODY and name and organisation.load_types()[only].name_th.endswith(name):
        name = organisation.load_types()[only].name_th
    if only in _ONE_PER_PROVINCE:
        provinces.append(_provinces().get(_key(name)))

    provinces.append(_PROVINCE_WORD.sub("", _text(mention.province), count=1))
    strange = [said for said in provinces if said and _key(said) not in _provinces()]
    unread += [f"ไม่รู้จักจังหวัด “{said}” โปรดแก้ชื่อจังหวัด" for said in strange]
    known = [_provinces()[_key(said)] for said in provinces if said and said not in strange]
    province = _agreed("province", known, unread)
    districts.append(_DISTRICT_WORD.sub("", _text(mention.district), count=1))
    full = [_full_district(said, province) for said in districts if said]
    return _Reading(
        written=place.name,
        types=types,
        typed_apart=typed_apart,
        name=name,
        district=_agreed("district", full, unread),
        province=None if strange else province,
        unread=tuple(unread),
    )


def _agreed(aspect: Aspect, said: list[str], unread: list[str]) -> str | None:
    """Return the last text if all mean the same, None otherwise; a contradiction is added to unread."""
    if len({_key(text) for text in said}) > 1:
        texts = " กับ ".join(f"“{text}”" for text in dict.fromkeys(said))
        unread.append(f"{_ASPECTS_TH[aspect]}ที่เขียนไว้ขัดกัน คือ {texts} โปรดแก้ให้ตรงกัน")
        return None
    return said[-1] if said else None


def _unglued(name: str) -> tuple[str, str | None, str | None] | None:
    """Return name, district and province of ``"เขวาใหญ่อ.กันทรวิชัยจ.มหาสารคาม"``; None without a place."""
    found = _GLUED.fullmatch(name)
    return (found["name"], found["district"], found["province"] or found["alone"]) if found else None


def _with_place_moved(reading: _Reading) -> Iterator[_Reading]:
    """Yield readings with an unmarked place moved out of the name; only known bodies make one true."""
    moves: list[tuple[str, str | None, str | None]] = []
    if glued := _unglued(reading.name):
        moves.append(glued)
    words = [word for word in re.split(r"[\s,()]+", reading.name) if word]
    if len(words) > 2:
        moves.append((" ".join(words[:-2]), words[-2], words[-1]))
    if len(words) > 1:
        moves.append((" ".join(words[:-1]), None, words[-1]))
        moves.append((" ".join(words[:-1]), words[-1], None))
    for name, district, said in moves:
        province = _provinces().get(_key(_PROVINCE_WORD.sub("", said, count=1))) if said else reading.province
        district = _full_district(_DISTRICT_WORD.sub("", district or "", count=1), province)
        district = district or reading.district
        if (said and not province) or reading.province not in (None, province):
            continue
        if reading.district is None or _key(reading.district) == _key(district or ""):
            code, bare = organisation.split_name(name) if not reading.types else (None, name)
            types = frozenset({code}) if code else reading.types
            yield reading._replace(types=types, name=bare, district=district, province=province)


def _as_towns(reading: _Reading) -> Iterator[_Reading]:
    """Yield "เทศบาลเมืองแกลง" as a municipality named เมืองแกลง, and "เมืองแกลง" as the town of แกลง."""
    municipal = _types_named(_MUNICIPALITY)
    for code in municipal:
        word = organisation.full_name(code, "").removeprefix(_MUNICIPALITY)
        if reading.types == {code}:
            yield reading._replace(types=municipal, name=word + reading.name)
        elif len(reading.types) != 1 and reading.name.startswith(word):
            yield reading._replace(types=frozenset({code}), name=reading.name.removeprefix(word).strip())


@lru_cache(maxsize=1_000)
def _types_named(written: str) -> frozenset[str]:
    """Return the types a word means: one, several for a word such as "เทศบาล", none if it is no type."""
    key = _key(written).replace(".", "")
    exact, begun = set(), set()
    for code, kind in organisation.load_types().items():
        forms = {_key(form).replace(".", "") for form in (kind.name_th, kind.short_th, *kind.prefixes_th)}
        if key in {code, *forms}:
            exact.add(code)
        if len(key) > 4 and kind.sector == "lao" and _key(kind.name_th).startswith(key):
            begun.add(code)
    return frozenset(exact or begun)


@cache
def _districted() -> frozenset[str]:
    """Return the types of local bodies that lie in a district, and may become one another."""
    local = {code for code, kind in organisation.load_types().items() if kind.sector == "lao"}
    return frozenset(local - _ONE_BODY - _ONE_PER_PROVINCE)


@cache
def _provinces() -> dict[str, str]:
    """Return the provinces' names by key: of the name, usual short forms, the abbreviation, the ISO code."""
    found = {fold(short): BANGKOK for short in ("กรุงเทพฯ", "กรุงเทพ", "กทม.")}
    found[fold("อยุธยา")] = "พระนครศรีอยุธยา"
    for row in _province_rows():
        for written in (row["name_th"], row["iso"], row["abbr_th"], row["abbr_th"] + "."):
            found[fold(written)] = row["name_th"]
    return found


@cache
def _isos() -> dict[str, str]:
    return {row["name_th"]: row["iso"] for row in _province_rows()}


@cache
def _province_rows() -> list[dict[str, str]]:
    with (organisation.REFERENCE_FOLDER / "provinces.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _full_district(district: str, province: str | None) -> str:
    """Return the district, with its official name where it is called "เมือง" or "เมืองฯ"."""
    return _CAPITAL + (province or "") if _key(district).rstrip("ฯ") == _CAPITAL else district


def _text(value: object) -> str:
    """Return a cell as clean text, empty where it says nothing; whole numbers without a decimal point."""
    if value is None or value is pd.NA or value is pd.NaT:
        return ""
    text = clean(str(int(value) if isinstance(value, float) and value.is_integer() else value))
    return "" if text.casefold() in _BLANK else text


def _code_key(code: str) -> str:
    return _key(_text(code)).removesuffix(".0")


# Comparing with a body ------------------------------------------------------------------------------------


def _compare(reading: _Reading, row: Organisation) -> dict[Aspect, Agreement]:
    """Return for each aspect whether mention and body agree, or which of the two is silent."""
    return {
        "type": _compare_type(reading, row),
        "name": _compare_text(reading.name, row.name_th),
        "district": _compare_text(
            reading.district,
            # Without a province, the capital district of any is only called เมือง.
            _CAPITAL if _is_capital(reading, row) else row.district_th,
        ),
        "province": _compare_text(reading.province, row.province_th),
    }


def _is_capital(reading: _Reading, row: Organisation) -> bool:
    return reading.district == _CAPITAL and row.district_th == _CAPITAL + (row.province_th or "")


def _compare_type(reading: _Reading, row: Organisation) -> Agreement:
    if not reading.types:
        # Where names hold their type, the whole name tells it.
        return "same" if _key(row.full_name_th) == _key(reading.name) else "untold"
    return "same" if row.type in reading.types else "differs"


def _compare_text(said: str | None, known: str | None) -> Agreement:
    if said is None:
        return "untold"
    if known is None:
        return "unrecorded"
    return "same" if _key(said) == _key(known) else "differs"


def _differences(reading: _Reading, row: Organisation) -> set[Aspect]:
    """Return what differs besides the name."""
    return {aspect for aspect, found in _compare(reading, row).items() if found == "differs"} - {"name"}


def _same(reading: _Reading, row: Organisation) -> set[Aspect]:
    return {aspect for aspect, found in _compare(reading, row).items() if found == "same"}


def _fits(reading: _Reading, row: Organisation) -> bool:
    """Say whether type and place do not speak against the body; the name is not looked at."""
    return not _differences(reading, row)


def _agrees(reading: _Reading, row: Organisation) -> bool:
    """Say whether all that is written of type and place is known of the body."""
    return not {"differs", "unrecorded"} & set(_compare(reading, row).values())


def _identifies(reading: _Reading, row: Organisation) -> bool:
    """Say whether what is written leaves no room for a body the register lacks, where name and place fit."""
    same = _same(reading, row)
    if not organisation.load_types()[row.type].needs_province:
        # A body of the whole country; behind the name of another province it may be a branch.
        return "type" in same and ("province" in same or reading.province in (None, BANGKOK))
    if reading.types != {row.type}:
        return False
    if row.type in _ONE_BODY:
        return True
    return {"province"} <= same if row.type in _ONE_PER_PROVINCE else {"district", "province"} <= same


def _lacking(reading: _Reading) -> str:
    """Return the words for what a mention does not say: ``"ประเภท อำเภอ"``."""
    in_district = not reading.types or reading.types & _districted()
    missing = {
        "type": len(reading.types) != 1,
        "district": in_district and not reading.district,
        "province": not reading.province,
    }
    return " ".join(_ASPECTS_TH[aspect] for aspect in _ASPECTS_TH if missing.get(aspect))


def _candidates(found: Iterable[_Found]) -> tuple[Candidate, ...]:
    """Return one candidate per body, best first."""
    best: dict[str, tuple[tuple[int, ...], _Found]] = {}
    for other in found:
        same = len(_same(other.reading, other.body))
        rank = (_FITS.index(other.fit), other.distance, len(other.differences()), -same)
        key = other.body.organisation_id
        if key not in best or rank < best[key][0]:
            best[key] = (rank, other)
    labels = organisation.unique_labels(other.body for _, other in best.values())
    order = sorted(best, key=lambda key: (best[key][0], labels[key], key))
    return tuple(Candidate(key, labels[key], best[key][1].fit, _why(best[key][1])) for key in order)


def _why(found: _Found) -> str:
    """Say in Thai what agrees with a candidate and what does not."""
    reading, row = found.reading, found.body
    types = organisation.load_types()
    said: dict[Aspect, str | None] = {
        "type": "/".join(types[code].short_th for code in types if code in reading.types),
        "name": reading.name,
        "district": reading.district,
        "province": reading.province,
    }
    known: dict[Aspect, str | None] = {
        "type": types[row.type].short_th,
        "name": row.name_th,
        "district": row.district_th,
        "province": row.province_th,
    }
    agree = _compare(reading, row)
    if row.type not in _districted() and row.district_th is None:
        del agree["district"]
        if not types[row.type].needs_province and agree["province"] == "untold":
            del agree["province"]

    def which(agreement: Agreement) -> str:
        return " ".join(_ASPECTS_TH[aspect] for aspect, is_so in agree.items() if is_so == agreement)

    parts = []
    if found.fit == "code":
        parts.append("รหัสตรงกัน")
    if found.fit == "similar" and agree["name"] == "same":
        parts.append(f"หากหมายถึง{types[row.type].name_th}ชื่อ “{reading.name}”")
    elif found.fit == "similar":
        parts.append(f"ชื่อคล้ายกัน (ไฟล์ “{reading.name}” ทะเบียน “{row.name_th}”)")
        del agree["name"]
    if which("same"):
        parts.append("ตรงกัน: " + which("same"))
    parts += [
        f"ไม่ตรง: {_ASPECTS_TH[aspect]} (ไฟล์ “{said[aspect]}” ทะเบียน “{known[aspect]}”)"
        for aspect, is_so in agree.items()
        if is_so == "differs"
    ]
    if which("untold"):
        parts.append("ไฟล์ไม่บอก: " + which("untold"))
    if which("unrecorded"):
        parts.append("ทะเบียนไม่มี: " + which("unrecorded"))
    if found.fit == "other_type":
        parts.append("อาจเป็นหน่วยงานเดียวกันที่เปลี่ยนประเภท เช่น ยกฐานะ")
    if found.fit == "contradicts" and not which("differs"):
        parts.append("แต่ไฟล์ขัดกันเองหรือรหัสไม่ตรง")
    return " · ".join(parts)


# Making bodies --------------------------------------------------------------------------------------------


def _proposed(reading: _Reading) -> Organisation | None:
    """Return the body a mention describes; None where it says too little, or what is no name."""
    name, district, province = reading.name, reading.district, reading.province
    if len(reading.types) != 1 or not _NAME.fullmatch(name) or _BROKEN.search(name):
        return None
    if district and not _DISTRICT.fullmatch(district):
        return None
    (code,) = reading.types
    if code in _ONE_BODY:
        whole, district = name == organisation.load_types()[code].name_th, None
    elif code in _ONE_PER_PROVINCE:
        whole, district = province is not None and _key(name) == _key(province), None
    elif code in _districted():
        place_in_name = {_key(word) for word in name.split()[1:]} & {_key(district or ""), *_provinces()}
        whole = bool(district and province and not place_in_name)
    else:
        whole = True
    return _organisation(code, name, district, province) if whole else None


def _organisation(code: str, name: str, district: str | None, province: str | None) -> Organisation:
    own_id = new_id(code, name, district, province)
    return Organisation(own_id, code, name, organisation.full_name(code, name), district, province)


def register_columns(texts: Iterable[str]) -> dict[str, str]:
    """Return the heading of each role of a register that is among texts, those of score tables as well."""
    headings: dict[str, str] = {}
    for heading in texts:
        headings.setdefault(re.sub(r"(?:_th|_\d{4})+$", "", fold(str(heading))), heading)
    found: dict[str, str] = {}
    for role, choices in _HEADINGS.items():
        if here := [headings[fold(one)] for one in choices if fold(one) in headings]:
            found[role] = here[0]
    for heading in headings.values():  # other words for the same, as score tables have them
        role = role_of(str(heading))
        if role in _HEADINGS and heading not in found.values():
            found.setdefault(role, heading)
    return found


def _registered(said: Mapping[str, str]) -> tuple[Organisation | None, str]:
    """Return the body of a register's row, with the id it would get; or None and, in Thai, why not."""
    if any(len(text) > LONGEST_NAME for text in said.values()):
        return None, f"ข้อความยาวเกิน {LONGEST_NAME} ตัวอักษร"
    reading = _read(Mention(said["name"], said.get("type"), said.get("district"), said.get("province")))
    if reading.unread:
        return None, " ".join(reading.unread)
    if not reading.name:
        return None, "ไม่มีชื่อหน่วยงาน"
    if len(reading.types) != 1:
        return None, "ไม่ทราบประเภทหน่วยงาน ทั้งจากชื่อและช่องประเภท"
    if not _ID.fullmatch(said.get("organisation_id", "")):
        return None, "organisation_id ต้องเป็นตัวอักษรอังกฤษ ตัวเลข หรือขีด"
    if not _NAME.fullmatch(reading.name) or (reading.district and not _DISTRICT.fullmatch(reading.district)):
        return None, "ชื่อหรืออำเภอมีอักขระที่ไม่ใช่ชื่อ"
    (code,) = reading.types
    return _organisation(code, reading.name, reading.district, reading.province), ""
