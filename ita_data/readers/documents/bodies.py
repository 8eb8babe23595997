"""Which body a document is of, and every name it uses for one: names are those behind a type's written form.

Thai puts no space behind a name. It ends at a space or a mark, or where the document elsewhere shows it
alone, or else at a word that cannot belong to it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from ita_data.organisation import load_types, split_name, split_place
from ita_data.readers.blocks import Block, Paragraph, Place
from ita_data.readers.documents.words import spaced
from ita_data.thai import clean, fold

_SPECIAL = frozenset({"pattaya", "bma", "province_office"})
"""Types whose written form is also a place's: taken for a body only where nothing else is named."""
NEAR_TOP = 60
"""Blocks that count as the top of a document."""

# No name goes on with one of these, nor starts with one of the others, but a name known to (ในเมือง).
_FOLLOWING = (
    "ได้ มี ควร จะ ต้อง ใน ที่ และ เป็น ให้ โดย เพื่อ ประจำปี ปีงบ อำเภอ จังหวัด ซึ่ง จึง พบว่า ตาม ดำเนิน อยู่ "
    "เข้ารับ เข้าร่วม เรื่อง ผ่าน กับ ของ แล้ว ขอ ร่วม ยัง ทั้ง ทราบ ว่า เท่านั้น หรือ ต่อ จาก ด้วย เมื่อ ถือ สามารถ จำนวน ดังนี้"
)
_STARTING = (
    "และ หรือ ทุก ที่ มี ต้อง ได้ จะ ควร เป็น ให้ โดย เพื่อ ประจำ ตาม ต่าง ซึ่ง ของ แห่ง นั้น นี้ กับ พ.ศ ปฏิบัติ จำนวน ว่า แต่ละ"
)
_FOLLOWS, _NO_NAME = tuple(_FOLLOWING.split()), tuple(_STARTING.split())
_LONGEST = 60
_LONGEST_DOUBTFUL = 20
_NEAR = 200
_NEXT_WORD = re.compile("(?=" + "|".join(_FOLLOWS) + ")")
_LETTER = "[\u0e01-\u0e3a\u0e40-\u0e4e]"
_WORD = "[\u0e01-\u0e2eเ-ไ][\u0e01-\u0e2e\u0e30-\u0e3aเ-\u0e4e]*"
_NAME = f"{_WORD}(?:-{_WORD})*"
_BEHIND_FORM = re.compile(rf"(\s*[“\"']?\s*)({_NAME})?")
_DISTRICT, _PROVINCE = r"(?:อ\.|อำเภอ)\s*[ก-๎]+", r"(?:จ\.|จังหวัด)\s*[ก-๎]+"
_PLACE = re.compile(
    rf"\s*[,(]?\s*(?:(?:ต\.|ตำบล)\s*[ก-๎]+\s*)?((?:{_DISTRICT}?\s*[,\s]\s*)?{_PROVINCE}|{_DISTRICT})"
)
_TITLE_REST = re.compile(r"^[\s“\"'(]*(?:ของ|สำหรับ)?[\s“\"'(]*$")


@dataclass(frozen=True)
class NameSpan:
    """A body's name in a text: its type, the bare name, what is printed (spaces inside the form mended)."""

    type: str
    name: str
    printed: str
    form: str
    start: int
    end: int

    @property
    def key(self) -> tuple[str, str]:
        """Equal for two writings of one name."""
        return self.type, fold(self.name)


@dataclass(frozen=True)
class Mention:
    """A name and where it stands; ``block`` is the index of the block."""

    span: NameSpan
    block: int
    place: Place
    title: bool
    of: bool


@dataclass(frozen=True)
class Body:
    """The body of a document as printed; district and province are None where it does not say."""

    printed: str
    form: str
    key: tuple[str, str]
    place: Place
    district: str | None
    province: str | None


class Names:
    """Finds names of bodies in texts; ``known`` are bare names seen standing alone, by key."""

    def __init__(self, blocks: Iterable[Block]) -> None:
        self.known: dict[str, str] = {}
        for text in _texts(blocks):
            for form, run, gap in _runs(text):
                plain = not (_cut_points(run) or run.startswith(_NO_NAME))
                whole = plain or (len(run) <= _LONGEST_DOUBTFUL and _alone(text, form, run))
                if whole and "\n" not in gap and len(run) > 1:
                    self.known.setdefault(_squeezed(run), run)
        self.longest = max(map(len, self.known), default=0)

    def find(self, text: str) -> Iterator[NameSpan]:
        """Yield the names in a text, in order."""
        for form, run, gap in _runs(text):
            start = form.end() + len(gap)
            if end := self._end(text, start, run, known_only="\n" in gap):
                name = clean(text[start:end])
                written = re.sub(r"\s+", "", form[0])
                name = self.known.get(_squeezed(name), name)
                yield NameSpan(_form_type(written), name, written + name, written, form.start(), end)

    def _end(self, text: str, start: int, run: str, *, known_only: bool) -> int | None:
        """Return where the name at ``start`` ends, None where no name starts there."""
        piece = text[start : start + _LONGEST]
        letters = [at for at, char in enumerate(piece) if not char.isspace()]
        key = _squeezed(piece)
        for size in range(min(len(letters), self.longest), 1, -1):
            if key[:size] in self.known:
                end = start + letters[size - 1] + 1
                rest = text[end : end + 20]
                if not re.match(_LETTER, rest) or rest.startswith(_FOLLOWS):
                    return end
        if known_only or run.startswith(_NO_NAME) or len(run) < 2:
            return None
        return start + (_cut_points(run) or [len(run)])[0]


def _squeezed(name: str) -> str:
    return "".join(name.split()).replace("ฏ", "ฎ")


def _texts(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.text
        else:
            for row in block.rows:
                yield from filter(None, row.cells)


def _runs(text: str) -> Iterator[tuple[re.Match[str], str, str]]:
    """Yield each written form of a type with the letters behind it and what separates the two."""
    for form in _forms().finditer(text):
        behind = _BEHIND_FORM.match(text, form.end(), form.end() + _NEAR)
        if behind and behind[2]:
            yield form, behind[2], behind[1]


def _cut_points(run: str) -> list[int]:
    """Return where words start in the run that do not belong to a name, first to last."""
    return [found.start() for found in _NEXT_WORD.finditer(run, 2, _LONGEST)]


def _alone(text: str, form: re.Match[str], run: str) -> bool:
    """Whether a name fills its line, but for ของ before it and a place behind it."""
    before, after = _line_around(text, form.start(), form.end())
    rest = after.strip().removeprefix(run)
    return bool(_TITLE_REST.match(before)) and (not rest.strip() or bool(_PLACE.fullmatch(rest.rstrip(") "))))


def _line_around(text: str, start: int, end: int) -> tuple[str, str]:
    """Return what stands on the line before and behind a stretch of it, as far as it can matter."""
    before, after = text[max(start - _NEAR, 0) : start], text[end : end + _NEAR]
    return before[before.rfind("\n") + 1 :], after.split("\n", 1)[0]


@cache
def _forms() -> re.Pattern[str]:
    written = sorted(
        {form for kind in load_types().values() if kind.type not in _SPECIAL for form in kind.prefixes_th},
        key=lambda form: -len(form),
    )
    long = "|".join(spaced(form) for form in written if "." not in form and len(form) > 4)
    short = "|".join(spaced(form) for form in written if "." in form or len(form) <= 4)
    free = r"(?:(?<![ก-๎A-Za-z.])|(?<=ของ)|(?<=นายก)|(?<=ปลัด)|(?<=ทำการ)|(?<=สมาชิก)|(?<=สภา))"
    return re.compile(rf"(?:{long})|{free}(?:{short})")


@cache
def _form_type(written: str) -> str:
    code, _ = split_name(written + "ก")
    assert code is not None
    return code


def find_mentions(blocks: Sequence[Block], names: Names) -> list[Mention]:
    """Return every name in the document, in order."""
    mentions = []
    for index, block in enumerate(blocks):
        if isinstance(block, Paragraph):
            for span in names.find(block.text):
                before, after = _line_around(block.text, span.start, span.end)
                title = bool(_TITLE_REST.match(before)) and (not after.strip() or bool(_PLACE.match(after)))
                of = before.rstrip().endswith("ของ")
                mentions.append(Mention(span, index, block.place_at(span.start), title, of))
        else:
            mentions += [
                Mention(span, index, row.place, False, False)
                for row in block.rows
                for cell in row.cells
                for span in names.find(cell)
            ]
    return mentions


def find_body(blocks: Sequence[Block], mentions: Sequence[Mention]) -> tuple[Body | None, list[str]]:
    """Return the body the document is of and the rival names where that is not clear.

    A name alone on a line near the top counts most, then one of whom something is ("ของ…"); where two are
    equal there, the more frequent one; where that is equal too, there is no body.
    """
    if not mentions:
        return _special_body(blocks), []
    weight: Counter[tuple[str, str]] = Counter()
    times = Counter(mention.span.key for mention in mentions)
    for mention in mentions:
        if mention.block < NEAR_TOP:
            weight[mention.span.key] += 5 if mention.title else 3 if mention.of else 1
    ranked = sorted(times, key=lambda key: (-weight[key], -times[key]))
    if len(ranked) > 1 and (weight[ranked[0]], times[ranked[0]]) == (weight[ranked[1]], times[ranked[1]]):
        tied = [key for key in ranked if (weight[key], times[key]) == (weight[ranked[0]], times[ranked[0]])]
        return None, [next(m.span.printed for m in mentions if m.span.key == key) for key in tied]
    own = [mention for mention in mentions if mention.span.key == ranked[0]]
    first = own[0]
    district, province = _printed_place(blocks, own)
    return Body(first.span.printed, first.span.form, first.span.key, first.place, district, province), []


def _printed_place(blocks: Sequence[Block], own: Sequence[Mention]) -> tuple[str | None, str | None]:
    """Return the district and province behind the body's name where it first has one, on any next line."""
    for mention in own:
        block = blocks[mention.block]
        if not isinstance(block, Paragraph):
            continue
        following = [block.text[mention.span.end :][:_NEAR]]
        following += [
            other.text[:_NEAR]
            for other in blocks[mention.block + 1 : mention.block + 3]
            if isinstance(other, Paragraph)
        ]
        if found := _PLACE.match(clean(" ".join(following))):
            place = split_place(f"{mention.span.printed} {found[1]}")
            if place.district_th or place.province_th:
                return place.district_th, place.province_th
    return None, split_place(own[0].span.printed).province_th


def _special_body(blocks: Sequence[Block]) -> Body | None:
    """Return a province office, Bangkok or Pattaya with a line of its own near the top, or behind ของ."""
    for block in blocks[:NEAR_TOP]:
        if not isinstance(block, Paragraph):
            continue
        for number, line in enumerate(block.text.split("\n")):
            for written in (line, *re.findall(r"ของ\s*(\S+)", line)):
                code, name = split_name(written.strip(" “”\"'()"))
                if code in _SPECIAL and not name.count(" "):
                    place = Place(block.place.row + (number if block.numbered else 0), block.place.sheet)
                    printed = written.strip(" “”\"'()")
                    return Body(
                        printed,
                        load_types()[code].name_th,
                        (code, fold(name)),
                        place,
                        None,
                        split_place(printed).province_th,
                    )
    return None
