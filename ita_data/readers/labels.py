"""What a label of a table means: the header of a column or the name of a row.

A label names a role (``name``, ``year``, ``score``, …) or a part of the assessment, by its Thai or English
name, its code, or both; it may add a fiscal year, a group of respondents and the scale. Parts come from the
editions: which code a name has can differ from year to year, so a label holds its candidates by fiscal year.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from ita_data.edition import ALL, Edition
from ita_data.thai import BE_OFFSET, FIRST_BE, LAST_BE, fold

FIRST_CE, LAST_CE = 1990, 2100
"""Four-digit years that can only be C.E."""

ROLES = ("name", "type", "district", "province", "code", "year", "part", "respondents", "score", "grade")
"""What a column can hold besides a part's scores; ``part`` and ``score`` make a long table."""

IGNORE = "ignore"
SCALES = ("points", "weighted", "fraction")
"""Points 0-100; points out of the part's weight (of 100) in the overall; shares 0-1."""

_LONGEST = 200


@dataclass(frozen=True)
class Label:
    """What a label says.

    ``role`` is one of ROLES, ``of_part`` (scores of a part), ``ignore``, or empty where nothing is known.
    ``codes`` are the candidates of a part by fiscal year: one, unless only other labels can tell. ``letters``
    is the code as printed (``i1``) where it may be an item's or an indicator's. ``bare`` is a number alone,
    and ``general`` a word for any total (คะแนนรวม), which below the header of a part means that part.
    ``doubt_th`` says why the label is not taken for what it seems to be.
    """

    role: str = ""
    codes: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    respondents: str = ALL
    fiscal_year: int | None = None
    common_era: bool = False
    weighted: bool = False
    full_mark: float | None = None
    letters: str = ""
    bare: bool = False
    general: bool = False
    doubt_th: str = ""

    @property
    def is_part(self) -> bool:
        """Whether the label names a part."""
        return self.role == "of_part"

    @property
    def settled(self) -> bool:
        """Whether there is one code for every year."""
        return all(len(codes) == 1 for codes in self.codes.values())


UNKNOWN = Label()
_SAID = ("fiscal_year", "common_era", "respondents", "weighted", "full_mark")


folded = lru_cache(maxsize=1 << 16)(fold)
"""`fold`, remembered: the same names and headers are looked at several times."""

_NOT_IN_KEY = re.compile("[^0-9a-z\u0e00-\u0e7f]+")


def key(text: str) -> str:
    """Return a key equal for two writings of one label: letters, marks and digits alone."""
    return _NOT_IN_KEY.sub("", folded(text))


def _words(text: str) -> frozenset[str]:
    return frozenset(key(word) for word in text.split("|"))


_ROLE_WORDS = {
    "name": "หน่วยงาน|ชื่อหน่วยงาน|รายชื่อหน่วยงาน|หน่วยงานภาครัฐ|ชื่อหน่วยงานภาครัฐ|ส่วนราชการ|องค์กร|ชื่อองค์กร|"
    "อปท.|ชื่อ อปท.|รายชื่อ อปท.|องค์กรปกครองส่วนท้องถิ่น|ชื่อองค์กรปกครองส่วนท้องถิ่น|ชื่อ|"
    "agency|agency name|organisation|organization|organisation name|organization name|"
    "organisation_th|organization_th|name|name_th|full_name|full_name_th|body",
    "type": "ประเภท|ประเภทหน่วยงาน|ประเภท อปท.|ประเภทองค์กร|"
    "type|agency type|organisation type|organization type",
    "district": "อำเภอ|อำเภอ/เขต|เขต/อำเภอ|ชื่ออำเภอ|district|district_th|amphoe",
    "province": "จังหวัด|ชื่อจังหวัด|province|province_th|changwat",
    "code": "รหัส|รหัสหน่วยงาน|รหัส อปท.|รหัสองค์กร|"
    "code|agency code|organisation_id|organization_id|organisation code|id",
    "year": "ปี|ปีงบประมาณ|ปีงบประมาณ พ.ศ.|ปี พ.ศ.|พ.ศ.|ปีที่ประเมิน|ปีประเมิน|ประจำปี|ประจำปีงบประมาณ|ปีงบฯ|"
    "ปี ค.ศ.|ค.ศ.|ปีงบประมาณ ค.ศ.|"
    "year|fiscal year|fy|fiscal_year_be|year be|year ce|fiscal_year_ce|year ad",
    "part": "ตัวชี้วัด|ตัวชี้วัดที่|ชื่อตัวชี้วัด|รหัสตัวชี้วัด|ตัวชี้วัด/ข้อ|ตัวชี้วัดการประเมิน|ส่วน|ส่วนที่|รายการ|"
    "รายการประเมิน|ประเด็น|ประเด็นการประเมิน|ประเด็นการประเมิน/ตัวชี้วัด|เครื่องมือ|เครื่องมือ/ตัวชี้วัด|ด้าน|"
    "องค์ประกอบ|หัวข้อ|หัวข้อการประเมิน|ข้อ|ข้อคำถาม|ข้อที่|หน่วยงาน/ตัวชี้วัด|ตัวชี้วัด/หน่วยงาน|"
    "part|part code|indicator|indicators|indicator code|item|items|component",
    "respondents": "ผู้ตอบ|กลุ่มผู้ตอบ|กลุ่มผู้ตอบแบบวัด|ผู้ตอบแบบวัด|กลุ่มผู้มีส่วนได้ส่วนเสีย|"
    "respondents|respondent|respondent group",
    "score": "คะแนน|ผลคะแนน|ค่าคะแนน|คะแนนที่ได้|คะแนนประเมิน|ผลคะแนนประเมิน|คะแนนการประเมิน|"
    "ผลคะแนนการประเมิน|ร้อยละ|คะแนนร้อยละ|score|scores|value|point|points|percent",
    "grade": "ระดับ|ระดับผล|ระดับคะแนน|ระดับผลการประเมิน|ระดับผลการประเมิน ITA|ผลการประเมินระดับ|เกรด|grade|rating",
    IGNORE: "ที่|ลำดับ|ลำดับที่|no|number|อันดับ|อันดับที่|rank|order|row",
}
_ROLES = {word: role for role, words in _ROLE_WORDS.items() for word in _words(words)}
_COMMON_ERA_WORDS = _words("ปี ค.ศ.|ค.ศ.|ปีงบประมาณ ค.ศ.|year ce|fiscal_year_ce|year ad")

# The overall, whatever an edition calls it.
_OVERALL = _words(
    "ita|คะแนน ita|ผลคะแนน ita|คะแนนรวม ita|ผลคะแนนรวม ita|คะแนนเฉลี่ย ita|คะแนน ita รวม|คะแนน ita ภาพรวม|"
    "ผลการประเมิน ita|คะแนนผลการประเมิน ita|คะแนนการประเมิน ita|คะแนนประเมิน ita|คะแนนภาพรวมหน่วยงาน|"
    "คะแนนรวมทุกตัวชี้วัด|overall ita|ita score|ita overall|overall score|score ita|total ita|ita total"
)
_OVERALL_IF_ALONE = _words(
    "คะแนนรวม|ผลคะแนนรวม|คะแนนเฉลี่ย|คะแนนเฉลี่ยรวม|คะแนนรวมเฉลี่ย|ภาพรวม|คะแนนภาพรวม|overall|total score"
)
_GENERAL = _words("รวม|เฉลี่ย|ค่าเฉลี่ย|total|average|mean|ผลรวม|รวมคะแนน")

# A name some documents print instead of the edition's.
_OTHER_NAMES = {"การปรับปรุงระบบการทำงาน": "การปรับปรุงการทำงาน"}

# A label with one of these is about a part, but not its score.
_NOT_A_SCORE = re.compile(
    r"ระดับ|เกรด|อันดับ|ลำดับ|ผลต่าง|ส่วนต่าง|เปลี่ยนแปลง|เพิ่มขึ้น|ลดลง|จำนวน|หมายเหตุ|เป้าหมาย"
    r"|น้ำหนัก(?!แล้ว|คะแนน)|เบี่ยงเบน|สูงสุด|ต่ำสุด"
    r"|rank|grade|change|diff|delta|target|remark|\bn\b|\bsd\b|\bmin\b|\bmax\b"
)

_YEAR = re.compile(
    r"(?:ประจำ)?(?:ปีงบประมาณ|ปี|\bfy|\bfiscal[ _]year|\byear)?[ _]?\(?"
    r"(?P<era>พ\.?ศ\.?|ค\.?ศ\.?|\bb\.?e\.?|\bc\.?e\.?|\ba\.?d\.?)?"
    r"[ _]?(?<![\d.])(?P<year>\d{4})(?!\d|\.\d)\)?"
)
_MONTH_BEFORE = re.compile(
    r"(?:มกราคม|กุมภาพันธ์|มีนาคม|เมษายน|พฤษภาคม|มิถุนายน|กรกฎาคม|สิงหาคม|กันยายน|ตุลาคม|พฤศจิกายน|ธันวาคม"
    r"|[มกพสตธ]\.?[คพยมส]\.?|เม\.?ย\.?|มิ\.?ย\.?)[\s/]*$"
)
_WEIGHTED = re.compile(
    r"\(?(?:คะแนน)?(?:หลัง)?ถ่วงน้ำหนัก(?:แล้ว|คะแนน)?\)?|\(?\bweighted(?: (?:points|score))?\)?"
)
_FULL_MARK = re.compile(
    r"[(\[]?(?:คะแนน)?เต็ม(?:คะแนน)?[ :]?(\d+)(?:คะแนน)?[)\]]?|\bout of (\d+)|(?<=[^\d\s/]) ?/ ?(\d{2,3})$"
)
_SHARE = re.compile(r"[(\[] ?(?:ร้อยละ|น้ำหนัก(?:ร้อยละ)?)?\d+ ?%? ?(?:คะแนน)?[)\]]$|(?<=[^\d.])\d+ ?%$")

# Words before and behind a part that say nothing more than that it is a score.
_BEFORE = re.compile(
    r"(?:ผล|ค่า|ร้อยละ)?คะแนน(?:รวม|เฉลี่ย|ประเมิน|การประเมิน|ที่ได้|ของ|ด้าน)*|ร้อยละ(?:ของ)?|แบบวัด(?!การ)(?:ที่)?"
    r"|เครื่องมือ(?:ที่)?|รวม|\bscore(?: of)?|\btotal|\b(?:mean|average) "
)
_BEHIND = re.compile(
    r"(?:[\s:;,_/-]|\(\)|\[\]|(?<!รวม)(?:ร้อยละ|(?<!ผล)คะแนน(?:เฉลี่ย|ที่ได้|รวม)?)|\(คะแนน\)|\(ร้อยละ\)|%|\(%\)"
    r"|\bscores?|\bpoints)+$"
)
_MOST_WORDS = 4
_NUMBERED = re.compile(r"^ที่?[\s.:_-]*|^[\s.:_-]+")
_INDICATOR = re.compile(r"ตัวชี้วัดย่อย|\bsub[- _]?indicator|ตัวชี้วัด|ตชว\.?|\bindicator|\bind(?=[\s_.-]*\d)")
_ITEM = re.compile(r"ข้อคำถาม|ข้อ|\bitem")
_BRACKETED = re.compile(r"(.+?)\s*[(\[](.+)[)\]]")
_LEVELS = {"indicator": ("indicator", "sub_indicator"), "item": ("item",)}
_JOIN = r"[\s._-]*"


def take_years(text: str) -> list[tuple[int, bool]]:
    """Return the years a title names, B.E., each with whether it was converted from C.E.

    A year follows ปี, พ.ศ., ITA and the like, or is the whole text; the year of a date is not one.
    """
    text = fold(text)
    return [
        year
        for match in _YEAR.finditer(text)
        if (year := _as_be(match)) is not None
        and (
            match["year"] != match[0].strip(" _()")
            or match[0] == text
            or text[: match.start()].strip()[-3:] == "ita"
        )
        and not _MONTH_BEFORE.search(text[: match.start()])
    ]


def role_of(text: str) -> str:
    """Return the role a text is a word for, without looking for parts."""
    return _ROLES.get(key(text), "")


def _as_be(match: re.Match[str]) -> tuple[int, bool] | None:
    year, era = int(match["year"]), match["era"] or ""
    if FIRST_BE <= year <= LAST_BE and era[:1] not in ("ค", "c", "a"):
        return year, False
    if FIRST_CE <= year <= LAST_CE and era[:1] not in ("พ", "b"):
        return year + BE_OFFSET, True
    return None


class Labels:
    """Reads labels against the known editions (by fiscal year)."""

    def __init__(self, editions: Mapping[int, Edition]) -> None:
        self.editions = editions
        self._names: dict[str, dict[int, set[str]]] = {}
        self._codes: dict[str, dict[int, set[str]]] = {}
        self._groups: set[str] = set()
        self._initials: dict[str, set[str]] = {}
        for year, edition in editions.items():
            self._learn(year, edition)
        for printed, official in _OTHER_NAMES.items():
            for year, codes in self._names.get(key(official), {}).items():
                self._names.setdefault(key(printed), {}).setdefault(year, set()).update(codes)
        self._code = re.compile(
            r"[(\[]?(?P<code>"
            + "|".join(map(_flexible, sorted(self._codes, key=lambda code: (-len(code), code))))
            + r")(?![\da-z]|\.\d)[)\]]?[\s.:)_-]*"
        )
        groups = "|".join(map(re.escape, sorted(self._groups))) or "(?!)"
        self._respondents = re.compile(rf"[\s_(\[/-]*(?<![a-z])({groups})(?![a-z])[\s)\]]*")
        self.read = lru_cache(maxsize=50_000)(self._read)

    def _learn(self, year: int, edition: Edition) -> None:
        for part in edition.parts.values():
            for name in (part.name_th, part.name_en):
                self._names.setdefault(key(name), {}).setdefault(year, set()).add(part.code)
            self._codes.setdefault(_plain(part.code), {}).setdefault(year, set()).add(part.code)
            self._groups.update(map(str.casefold, part.respondents))
        for instrument in edition.instruments:
            initial = instrument.code[:1].casefold()
            for part in edition.children(instrument.code):
                if part.level == "indicator":
                    self._codes.setdefault(initial + _plain(part.code), {}).setdefault(year, set()).add(
                        part.code
                    )
                    self._initials.setdefault(initial, set()).add(_plain(part.code))

    def _read(self, text: str, above: str = "") -> Label:
        """Return what a label says, ``above`` being the header over it. Equal texts get the same answer."""
        own = self._alone(text)
        return self._below(self._alone(above), own) if above else own

    def _below(self, above: Label, own: Label) -> Label:
        fiscal_year = own.fiscal_year or above.fiscal_year
        respondents = own.respondents if own.respondents != ALL else above.respondents
        said: dict[str, Any] = {
            "fiscal_year": fiscal_year,
            "common_era": own.common_era if own.fiscal_year else above.common_era,
            "respondents": respondents,
            "weighted": own.weighted or above.weighted,
            "full_mark": own.full_mark or above.full_mark,
        }
        if own.general and own.fiscal_year and not above.role and not above.general:
            return UNKNOWN  # a year below a text nobody knows is the year of something else
        if own.bare and above.role == "part":
            return replace(own, bare=False, **said)
        if own.bare and (above.is_part or above.role):
            return above
        if above.is_part and (own.role == "score" or own.general):
            return replace(above, **said)
        if own.is_part and not own.settled and above.is_part:
            own = self._within(own, above)
        if own.role in ("of_part", "score"):
            return replace(own, **said)
        if own.respondents != ALL and not own.role and above.is_part:
            return replace(above, **said)
        return own

    def _within(self, own: Label, above: Label) -> Label:
        """Keep the candidates that lie below the part of the header above, where there are any."""
        codes = {
            year: tuple(code for code in some if self._lies_below(year, code, above.codes.get(year, ())))
            or some
            for year, some in own.codes.items()
        }
        return replace(own, codes=codes)

    def _lies_below(self, year: int, code: str, above: tuple[str, ...]) -> bool:
        parent = self.editions[year].parts[code].parent
        while parent is not None:
            if parent in above:
                return True
            parent = self.editions[year].parts[parent].parent
        return False

    def _alone(self, text: str) -> Label:
        """Read one text: what it says beside the part is taken out first."""
        if len(text) > _LONGEST:
            return UNKNOWN
        text = fold(text)
        word = key(text)
        if text == "#" or word in _ROLES:
            return Label(role=_ROLES.get(word, IGNORE), common_era=word in _COMMON_ERA_WORDS)
        said = UNKNOWN
        for found in _YEAR.finditer(text):
            if (year := _as_be(found)) is not None:
                said = replace(said, fiscal_year=year[0], common_era=year[1])
                text = _without(found)
                break
        if key(text) in self._names:
            return self._part(text, said)
        if group := self._respondents.search(text):
            said = replace(said, respondents=group[1])
            text = _without(group)
        if weighted := _WEIGHTED.search(text):
            said = replace(said, weighted=True)
            text = _without(weighted)
        if mark := _FULL_MARK.search(text):
            said = replace(said, full_mark=float(next(filter(None, mark.groups()))))
            text = _without(mark)
        return self._part(_SHARE.sub("", text).strip(), said)

    def _part(self, text: str, said: Label, inside: bool = False) -> Label:
        """Read what is left: a word, a name, a code; ``inside`` a longer text that had a code already."""
        word = key(text)
        if not word:
            return replace(said, role="score", general=True) if said.fiscal_year else said
        if word in _OVERALL_IF_ALONE or word in _OVERALL:
            return replace(said, role="of_part", codes=self.roots(), general=word in _OVERALL_IF_ALONE)
        if word in _ROLES:
            return replace(said, role=_ROLES[word] if _ROLES[word] == "score" else "")
        if word in _GENERAL:
            return replace(said, general=True)
        for shorter in _trimmed(text):
            if names := self._names.get(key(shorter)):
                return self._named(said, names)
            if not inside and (label := self._coded(shorter, said)) is not None:
                return label
            if inside and (bracket := _BRACKETED.fullmatch(shorter)) and self._code.fullmatch(bracket[2]):
                return self._part(bracket[1], said, inside=True)
        return said

    def _named(self, said: Label, names: Mapping[int, set[str]]) -> Label:
        return replace(said, role="of_part", codes=_sorted(names))

    def _coded(self, text: str, said: Label) -> Label | None:
        """Read a code with or without a name behind it, or a name with a code in brackets behind it."""
        level = ""
        for called, pattern in (("indicator", _INDICATOR), ("item", _ITEM)):
            if not level and pattern.match(text):
                level, text = called, _remove_start(pattern, text)
        match = self._code.match(text)
        rest = text[match.end() :] if match else ""
        if not match and (bracket := _BRACKETED.fullmatch(text)):
            match = self._code.fullmatch(_remove_start(_INDICATOR, bracket[2]))
            rest = bracket[1]
        if not match:
            names = self._names.get(key(text)) if level else None
            return self._named(said, names) if names else None
        code = _plain(match["code"])
        code = code if code in self._codes else code.replace(".", "")
        return self._combined(said, code, self._at_level(self._codes[code], level), rest, level)

    def _at_level(self, codes: Mapping[int, set[str]], level: str) -> dict[int, set[str]]:
        if not level:
            return dict(codes)
        kept = {
            year: {code for code in some if self.editions[year].parts[code].level in _LEVELS[level]}
            for year, some in codes.items()
        }
        return {year: some for year, some in kept.items() if some}

    def _combined(
        self, said: Label, code: str, by_code: Mapping[int, set[str]], rest: str, level: str
    ) -> Label | None:
        """Let name and code decide together: what both can mean, or doubt where they contradict."""
        if not by_code:
            return None
        rest = rest.strip(" :-_")
        inner = self._part(rest, UNKNOWN, inside=True) if rest else UNKNOWN
        letters = code if code[:1].isalpha() and code[1:].replace(".", "").isdigit() else ""
        label = replace(said, role="of_part", letters=letters, codes=_sorted(by_code))
        if inner.is_part and not inner.general and not inner.doubt_th:
            both = {
                year: set(inner.codes[year]) & some for year, some in by_code.items() if year in inner.codes
            }
            if not any(both.values()):
                if self._all_below(inner.codes, by_code):
                    return replace(inner, **{name: getattr(said, name) for name in _SAID})
                return replace(said, doubt_th="รหัสกับชื่อเป็นคนละส่วน")
            return replace(label, codes=_sorted({year: some for year, some in both.items() if some}))
        if not rest or inner.general or inner.role == "score":
            return replace(label, bare=not letters and not level and code[:1].isdigit())
        if _NOT_A_SCORE.search(rest):
            return None
        if letters:
            return label
        if level or code[:1].isalpha():
            return replace(said, doubt_th="มีรหัสของส่วนที่รู้จัก แต่ข้อความที่เหลือไม่ใช่ชื่อของส่วนนั้น")
        return None

    def _level(self, year: int, codes: Iterable[str]) -> set[str]:
        return {self.editions[year].parts[code].level for code in codes}

    def _all_below(self, codes: Mapping[int, tuple[str, ...]], above: Mapping[int, set[str]]) -> bool:
        """Whether the parts all lie below the others: a code like IIT beside a name says where it belongs."""
        years = codes.keys() & above.keys()
        return bool(years) and all(
            self._lies_below(year, code, tuple(above[year])) for year in years for code in codes[year]
        )

    def roots(self) -> dict[int, tuple[str, ...]]:
        """Return the overall of every year."""
        return {year: (edition.root.code,) for year, edition in self.editions.items()}

    def settle(self, labels: Sequence[Label], years: Iterable[int]) -> list[Label]:
        """Decide codes like I1 that may be an item's or an indicator's by the other labels of the table.

        All labels of an instrument follow one scheme. It is items where one of them can only be an item, and
        indicators where the name says so, or where all the instrument's indicators stand there and none of
        the items before them (E6-E8 without E1-E5). An instrument that leaves it open follows the others.
        Where nothing decides, the label is in doubt. Only the years of the table count.
        """
        known = [year for year in dict.fromkeys(years) if year in self.editions] or list(self.editions)
        here = [
            replace(one, codes=kept)
            if one.is_part and (kept := {year: one.codes[year] for year in known if year in one.codes})
            else one
            for one in labels
        ]
        schemes: dict[str, set[str]] = {}
        for initial in {one.letters[:1] for one in here if one.letters and not one.settled}:
            schemes[initial] = self._schemes([one for one in here if one.letters[:1] == initial])
        elsewhere = {one for scheme in schemes.values() if len(scheme) == 1 for one in scheme}
        return [self._follow(one, schemes.get(one.letters[:1], set()) or elsewhere) for one in here]

    def _schemes(self, labels: Sequence[Label]) -> set[str]:
        sure = {
            level
            for one in labels
            if one.settled
            for year, codes in one.codes.items()
            for level in self._level(year, codes)
        }
        if sure:
            return {"item" if level == "item" else "indicator" for level in sure}
        numbers = self._initials.get(labels[0].letters[:1], set())
        present = {one.letters[1:] for one in labels}
        first = min(map(float, numbers), default=0.0)
        return {"indicator"} if present == numbers and first > 1 else set()

    def _follow(self, label: Label, scheme: set[str]) -> Label:
        if not label.is_part or label.settled:
            return label
        items = scheme == {"item"}
        codes = {
            year: tuple(code for code in some if (self.editions[year].parts[code].level == "item") == items)
            for year, some in label.codes.items()
        }
        codes = {year: some for year, some in codes.items() if some}
        if len(scheme) != 1 or any(len(some) > 1 for some in codes.values()):
            several = {code: None for some in label.codes.values() for code in some}
            return replace(label, role="", codes={}, doubt_th=f"เป็นได้หลายส่วน: {', '.join(several)}")
        return replace(label, codes=codes)


def _remove_start(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.match(text)
    return _NUMBERED.sub("", text[found.end() :]) if found else text


def _without(found: re.Match[str]) -> str:
    return (found.string[: found.start()] + " " + found.string[found.end() :]).strip()


def _trimmed(text: str) -> Iterator[str]:
    """Yield a text, and again with less and less of the words around it that only say that it is a score."""
    yield text
    for shorter in dict.fromkeys((text, _BEHIND.sub("", text))):
        if shorter and shorter != text:
            yield shorter
        for _ in range(_MOST_WORDS):
            shorter, before = _remove_start(_BEFORE, shorter), shorter
            if not shorter or shorter == before:
                break
            yield shorter


def _plain(code: str) -> str:
    return re.sub(r"[\s_-]+", "", code.casefold())


def _flexible(code: str) -> str:
    """Return a pattern of a code: a separator may stand between its letters and its digits."""
    return _JOIN.join(map(re.escape, re.findall(r"[a-z]+|[\d.]+|[^a-z\d.]+", code)))


def _sorted(codes: Mapping[int, Iterable[str]]) -> dict[int, tuple[str, ...]]:
    return {year: tuple(sorted(some)) for year, some in codes.items()}
