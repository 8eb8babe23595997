"""Which part of the assessment a label means: by its name first, by its code where the name does not decide.

Codes are printed in several ways. "I1" is an item, unless the name behind it is an indicator's; "1." before a
name is only a place in a list; "ตัวชี้วัดที่ 1" and "9.1" are codes. The names are those of the year's edition.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property, lru_cache
from typing import Literal

from ita_data.edition import Edition, Part
from ita_data.readers.documents.words import UNIT, YEAR_LEAD, one_of, spaced
from ita_data.thai import fold, to_arabic_digits

ALIKE = 0.85
"""Names this alike (0-1, as difflib counts) are one name misprinted, if no other is as close."""
RELATED = 0.6
"""Names below this cannot be what a code beside them says."""
_LONGEST_LABEL = 400
_SHORT_NAME = 12

_BULLET = re.compile(r"^[\s\-–•*·o]*(?=\S)(?<![A-Za-z])")
_LIST_NUMBER = re.compile(r"^(\d{1,3})\s*(?:[.)]+(?!\d)|(?=\s))\s*")
_WORD_CODE = re.compile(
    rf"^(?:{spaced('ตัวชี้วัดย่อย')}|{spaced('ตัวชี้วัด')})\s*(?:ที่)?\s*(\d{{1,2}}(?:\.\d{{1,2}})?)(?!\d)\s*[.:)]?\s*"
)
_DECIMAL_CODE = re.compile(r"^(\d{1,2}\.\d{1,2})(?!\d)\s*[.:)]?\s*")
_LETTER_CODE = re.compile(r"^(?:ข้อ\s*)?([A-Za-z]{1,3})\s?[-.]?\s?(\d{1,3})(?![\d.]\d)\s*[.:)]?\s*")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_AROUND = " \t\n:：;,.–-—=“”\"'()/"
_BEFORE_NAME = re.compile(rf"^(?:{spaced('ตัวชี้วัด')}(?:ด้าน)?|ด้าน|เรื่อง|ประเด็น|คะแนน)\s*[“\"(]?\s*")
_AFTER_NAME = re.compile(r"(?:\s*(?:ได้|มี|ผล|คะแนน|เท่ากับ|ร้อยละ|รวม|เฉลี่ย|อยู่ที่|คือ|[:=]|\bที่ได้))+\s*$")
_GENERIC = re.compile(
    rf"{UNIT}|คุณธรรมและความโปร่งใส(?:ในการดำเนินงานของหน่วยงานภาครัฐ)?|ภาพรวม|ผลการประเมิน|ผลประเมิน|การประเมิน|ประเมิน|แบบวัด|แบบตรวจ|แบบ|เครื่องมือ|หรือ|รวมทั้งสิ้น|ทั้งหมด|"
    rf"ทั้งสิ้น|รวม|เฉลี่ย|ค่า|สรุป|ระดับ|ผล|ที่ได้|ได้รับ|ได้|ของ|ร้อยละ|ใน|{YEAR_LEAD}\d{{4}}|\d{{4}}|หน่วยงาน|โดย|ด้าน|คือ|มี|"
    r"[\s:：;,.–\-—=“”\"'()/&]+"
)
_WHOLE = re.compile(r"ITA|ภาพรวม|คะแนนรวม|รวมคะแนน|คะแนนเฉลี่ยรวม|ผลการประเมิน|overall", re.I)
# การ at the start of a name is another word's end behind these.
_NOT_BEFORE = "".join(
    f"(?<!{word})" for word in ("มาตร", "กรรม", "ราช", "กระบวน", "โครง", "บริ", "หลัก", "วิชา")
)


Letters = Literal["items", "indicators", "unknown"]
"""What codes such as E6 stand for in a document where no name tells."""


@dataclass(frozen=True)
class Named:
    """The part a label means; ``note_th`` says what was unusual, ``clash_th`` why it cannot be told.

    ``everyday`` marks an item or sub-indicator known by its name alone, which may mean something else.
    """

    part: Part | None
    note_th: str | None = None
    clash_th: str | None = None
    everyday: bool = False

    @property
    def decided(self) -> bool:
        """Whether the label is known for a part, or known to be unclear."""
        return self.part is not None or self.clash_th is not None


@dataclass(frozen=True)
class PartSpan:
    """A part named in running text, and where."""

    part: Part
    start: int
    end: int


@dataclass(frozen=True)
class _Code:
    """A code at the start of a label: what it may stand for, and the rest of the label."""

    written: str
    item: Part | None
    higher: Part | None
    rest: str

    @property
    def parts(self) -> list[Part]:
        return [part for part in (self.higher, self.item) if part is not None]


class Lexicon:
    """The names and codes of one edition."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.named = lru_cache(maxsize=4096)(self._named)

    @cached_property
    def _keys(self) -> dict[str, str]:
        return {part.code: _key(part.name_th) for part in self.edition.parts.values()}

    @cached_property
    def _matchers(self) -> dict[str, SequenceMatcher[str]]:
        return {code: SequenceMatcher(None, "", key, autojunk=False) for code, key in self._keys.items()}

    def _alike(self, name: str, part: Part) -> float:
        """Return how alike a printed name and a part's are, 0-1; 0 for whatever is below RELATED."""
        matcher = self._matchers[part.code]
        matcher.set_seq1(_key_without_brackets(name))
        if matcher.real_quick_ratio() < RELATED or matcher.quick_ratio() < RELATED:
            return 0.0
        return matcher.ratio()

    @cached_property
    def _by_name(self) -> dict[str, list[Part]]:
        names: dict[str, list[Part]] = {}
        for part in self.edition.parts.values():
            names.setdefault(self._keys[part.code], []).append(part)
        return names

    @cached_property
    def _higher(self) -> list[Part]:
        """The parts between the overall and the items."""
        return [part for part in self.edition.parts.values() if part.level not in {"overall", "item"}]

    @cached_property
    def _instrument_code(self) -> re.Pattern[str]:
        codes = "|".join(re.escape(part.code) for part in self.edition.instruments) or "(?!)"
        return re.compile(rf"(?<![A-Za-z])(?:{codes})(?![A-Za-z])", re.I)

    def instrument_of(self, part: Part) -> Part | None:
        """Return the instrument a part belongs to, None for the overall."""
        while part.level != "instrument":
            if part.parent is None:
                return None
            part = self.edition.parts[part.parent]
        return part

    def indicators_of(self, part: Part) -> list[Part]:
        """Return the indicator a part belongs to, an instrument's indicators, or all of the overall's."""
        if part.level in {"overall", "instrument"}:
            return [
                found for child in self.edition.children(part.code) for found in self.indicators_of(child)
            ]
        while part.level != "indicator" and part.parent is not None:
            part = self.edition.parts[part.parent]
        return [part]

    def _named(self, label: str, letters: Letters = "unknown") -> Named:
        """Return the part a label means; only a name or code at its start counts, not one inside."""
        text = to_arabic_digits(label)
        if len(text) > _LONGEST_LABEL:
            return Named(None)
        text = _BULLET.sub("", text)
        if (listed := _LIST_NUMBER.match(text)) and not _DECIMAL_CODE.match(text):
            text = text[listed.end() :]
        code = self._code(text)
        name = _bare(code.rest if code else text)
        exact = self._exact(name)
        if code is None:
            return self._by_name_alone(text, name, exact)
        if not code.parts:
            return Named(None, clash_th=f"รหัส {code.written} ไม่มีในการประเมินปี {self.edition.fiscal_year}")
        return self._by_code(code, name, exact, letters)

    def _by_name_alone(self, text: str, name: str, exact: list[Part]) -> Named:
        if len(exact) == 1:
            return Named(exact[0], everyday=exact[0].level in {"item", "sub_indicator"})
        if exact:
            codes = ", ".join(part.code for part in exact)
            return Named(None, clash_th=f"ชื่อนี้เป็นได้หลายส่วน ({codes}) และไม่มีรหัสบอก")
        if instrument := self._instrument(text):
            return Named(instrument)
        if _WHOLE.search(text) and not _GENERIC.sub(
            "", re.sub("ITA", "", _BRACKETS.sub("", text), flags=re.I)
        ):
            return Named(self.edition.root)
        ranked = sorted(((self._alike(name, part), part) for part in self._higher), key=lambda pair: -pair[0])
        if ranked and ranked[0][0] >= ALIKE and (len(ranked) == 1 or ranked[1][0] < ranked[0][0]):
            part = ranked[0][1]
            note = f"ชื่อที่พิมพ์ต่างจากชื่อของปี {self.edition.fiscal_year} ({part.name_th})"
            return Named(part, note_th=note, everyday=part.level == "sub_indicator")
        return Named(None)

    def _by_code(self, code: _Code, name: str, exact: list[Part], letters: Letters) -> Named:
        agreeing = [part for part in exact if part in code.parts]
        if agreeing:
            return Named(agreeing[0])
        if exact:
            names = ", ".join(part.code for part in exact)
            return Named(None, clash_th=f"รหัสบอกว่าเป็น {code.written} แต่ชื่อเป็นของ {names}")
        if not name:
            if code.item and code.higher:
                if letters != "unknown":
                    return Named(code.item if letters == "items" else code.higher)
                return Named(
                    None, clash_th=f"{code.written} เป็นได้ทั้งข้อคำถามและตัวชี้วัดที่ {code.higher.code} และไม่มีชื่อบอก"
                )
            return Named(code.parts[0])
        closeness = self._alike(name, code.higher) if code.higher else 0.0
        if code.higher and closeness >= max(RELATED, self._alike(name, code.item) if code.item else 0.0):
            note = None if closeness >= ALIKE else f"ชื่อที่พิมพ์ต่างจาก “{code.higher.name_th}” ใช้รหัสตัดสิน"
            return Named(code.higher, note_th=note)
        if code.item is None:
            return Named(None, clash_th=f"รหัสบอกว่าเป็น {code.written} แต่ชื่อไม่ใกล้เคียง “{code.parts[0].name_th}”")
        if other := self._clearly_other(name, code.item):
            return Named(None, clash_th=f"รหัสบอกว่าเป็น {code.written} แต่ชื่อเป็นของ {other.code}")
        return Named(code.item)

    def _clearly_other(self, name: str, item: Part) -> Part | None:
        """Return another item whose name this is but for a misprint, where the code's own is not like it."""
        if self._alike(name, item) >= RELATED or self._keys[item.code] in _key(name):
            return None
        for part in self.edition.parts.values():
            if part.level == "item" and part is not item and self._alike(name, part) >= ALIKE:
                return part
        return None

    def _code(self, text: str) -> _Code | None:
        parts = self.edition.parts
        if found := _WORD_CODE.match(text):
            return _Code(found[1], None, parts.get(found[1]), text[found.end() :])
        if (found := _DECIMAL_CODE.match(text)) and found[1] in parts:
            return _Code(found[1], None, parts[found[1]], text[found.end() :])
        if found := _LETTER_CODE.match(text):
            letters, number = found[1].upper(), str(int(found[2]))
            higher = parts.get(number)
            above = self.instrument_of(higher) if higher else None
            if above is None or not above.code.startswith(letters):
                higher = None
            item = parts.get(letters + number)
            known = {part.code.rstrip("0123456789") for part in parts.values() if part.level == "item"}
            if item or higher or letters in known:
                return _Code(found[0].strip(" .:)"), item, higher, text[found.end() :])
        return None

    def _exact(self, name: str) -> list[Part]:
        for written in (name, _BEFORE_NAME.sub("", name), _bare(_AFTER_NAME.sub("", name))):
            if found := self._by_name.get(_key(written)):
                return found
            if found := self._by_name.get(_key(_BRACKETS.sub("", written))):
                return found
        return []

    def _instrument(self, text: str) -> Part | None:
        """Return the instrument a label names by its code, beside its name or general words at most."""
        codes = {code.upper() for code in self._instrument_code.findall(text)}
        if len(codes) != 1:
            return None
        part = self.edition.parts[next(code for code in self.edition.parts if code.upper() in codes)]
        rest = self._instrument_code.sub("", _BRACKETS.sub("", text))
        words = _GENERIC.sub("", rest)
        return (
            part
            if not words or self._alike(words, part) >= RELATED or self._alike(rest, part) >= ALIKE
            else None
        )

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        names = one_of({part.name_th for part in self._higher} | {self.edition.root.name_th})
        letters = "".join(sorted({part.code[0] for part in self.edition.instruments})) or "-"
        word = rf"{spaced('ตัวชี้วัด')}(?:\s*ย่อย)?\s*(?:ที่)?\s*\d{{1,2}}(?:\.\d{{1,2}})?"
        code = rf"(?:{word}|(?<![A-Za-z])[{letters}]\s?\d{{1,3}})(?![\d.]\d)"
        return re.compile(
            rf"{code}(?:\s*[.:]?\s*[“\"(]?\s*{names})?|{_NOT_BEFORE}{names}|{self._instrument_code.pattern}",
            re.I,
        )

    def spans(self, text: str, letters: Letters = "unknown") -> Iterator[PartSpan]:
        """Yield the parts a text names, by name or code, in order; a code and its name are one."""
        for found in self._pattern.finditer(to_arabic_digits(text)):
            named = self.named(found[0], letters)
            if named.part is not None:
                yield PartSpan(named.part, found.start(), found.end())

    @cached_property
    def _item_names(self) -> re.Pattern[str]:
        return re.compile(one_of(part.name_th for part in self.edition.parts.values() if _telling(part)))

    def items_in(self, text: str) -> list[Part]:
        """Return the items a text names in full, if the name is long enough to tell."""
        return [
            part
            for found in self._item_names.finditer(text)
            for part in self._by_name.get(_key(found[0]), [])
        ]


def _telling(part: Part) -> bool:
    return part.level == "item" and len(part.name_th) > _SHORT_NAME


def _bare(name: str) -> str:
    return name.strip(_AROUND)


@lru_cache(maxsize=256)
def _key_without_brackets(name: str) -> str:
    return _key(_BRACKETS.sub("", name)) or _key(name)


@lru_cache(maxsize=256)
def _key(name: str) -> str:
    """Return a key of a name that differs neither by spaces nor by punctuation at its ends."""
    return re.sub(r"\s+", "", fold(name)).strip(_AROUND)
