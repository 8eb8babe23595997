"""Scores, grades and changes in running text and in cells that hold a name and its score.

A number is a part's score only where nothing but words of scoring stands between the part's name and it. Any
other number that looks like a score is noted for the user.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from ita_data.readers.blocks import Place
from ita_data.readers.documents.bodies import NameSpan
from ita_data.readers.documents.found import Change, Extreme, Grade, Sink
from ita_data.readers.documents.parts import Lexicon, PartSpan
from ita_data.readers.documents.words import (
    NUMBER,
    UNIT,
    YEAR_LEAD,
    has_digit,
    one_of,
    read_cell,
    spaced,
    squeezed,
)
from ita_data.readers.documents.years import kinds
from ita_data.thai import to_arabic_digits

_LONGEST_LABEL = 400
_LONGEST_PIECE = 20_000
_TOKEN = re.compile(r"(?:(?<!\d)[-−])?(?<!\d)\d[\d,]*(?:\.\d+)*")
_LABELLED = re.compile(
    rf"(?P<label>.*?[^\d\s.,\-−/])\s*(?P<lead>[\s:=(“\"]*)(?P<number>(?<![\d.,/\-−A-Za-z]){NUMBER})(?P<unit>\s*{UNIT})?[\s).”\"]*",
    re.S,
)
_ANOTHER_SCORE = re.compile(r"(?<!\d)\d{1,3}\.\d\d(?!\d)|\d\s*คะแนน")
_LEADERS = re.compile(r"\.{3,}|…|_{3,}")

_UNIT_BEHIND = re.compile(rf"\s*{UNIT}(?!เต็ม)")
_SCORE_BEFORE = re.compile(r"(?:คะแนน|ร้อยละ)\s*(?:(?:ที่ได้|ได้|รวม|เฉลี่ย|เท่ากับ|คือ|อยู่ที่|สูงสุด|ต่ำสุด|[=:(])\s*)*$")
_FULL_BEFORE = re.compile(r"เต็ม\s*$")
_MONTH_BEHIND = re.compile(
    r"\s*(?:(?:ม\.ค|ก\.พ|มี\.ค|เม\.ย|พ\.ค|มิ\.ย|ก\.ค|ส\.ค|ก\.ย|ต\.ค|พ\.ย|ธ\.ค|(?:มค|กพ|มีค|เมย|พค|มิย|กค|สค|กย|ตค|พย|ธค)(?![ก-๎]))|"
    r"มกรา|กุมภา|มีนา|เมษา|พฤษภา|มิถุนา|กรกฎา|กรกฏา|สิงหา|กันยา|ตุลา|พฤศจิกา|ธันวา)"
)
_MEASURED_BEHIND = re.compile(r"\s*(?:ล้าน|บาท|น\.|นาที|ชั่วโมง|ชม\.|ตร\.|ตาราง|กม\.|กิโล|เมตร|ไร่|ลิตร|องศา)")
_COUNTED_BEHIND = re.compile(
    r"\s*(?:คน|ราย|ครั้ง|วัน|เดือน|ปี|แห่ง|ข้อ|ประเด็น|ตัวชี้วัด|โครงการ|หน่วยงาน|ส่วน|ด้าน|ชุด|เรื่อง|หน้า|ลำดับ|อันดับ|"
    r"งาน|หมู่|หลัง|คัน|เครื่อง|เส้น|สาย|ตัว|ชิ้น|เล่ม|ฉบับ|แผ่น|กิจกรรม|มาตรการ)"
)
_RANGE_BEHIND = re.compile(r"\s*(?:คะแนน\s*)?(?:[-–—]|ถึง)\s*\d|\s*(?:คะแนน)?\s*ขึ้นไป")
_RANGE_BEFORE = re.compile(r"\d\s*(?:คะแนน\s*)?(?:[-–—]|ถึง)\s*$")
_SLASH_BEFORE, _SLASH_BEHIND = re.compile(r"\d\s*[/:]\s*$"), re.compile(r"\s*[/:]\s*\d")
_OUT_OF_OTHER = re.compile(r"\s*/\s*(?!100(?!\d))\d")
_NUMBERING_BEFORE = re.compile(spaced("ตัวชี้วัด") + r"(?:\s*ย่อย)?\s*(?:ที่)?\s*$|(?:ข้อ|หัวข้อ|ลำดับ)\s*(?:ที่)?\s*$")
_CODE_BEFORE = re.compile(r"(?<![A-Za-z])[A-Za-z]\s?$")
_ITEM_FIRST = re.compile(r"\s*(?:ข้อ\s*)?[A-Za-z]\s?\d{1,3}(?!\d)")
_LINE_START = re.compile(r"(?:^|\n)[\s\-•(]*$")
_SECTION = re.compile(r"(?:\d{1,2}\.\d|1?\d\.\d\d)(?=\s*[^\s\d])")

# Between a part's name and its score stand these and nothing else.
_GLUE = re.compile(
    rf"{UNIT}|{YEAR_LEAD}\d{{4}}|\([^()\d]*\)|สูงที่สุด|ต่ำที่สุด|น้อยที่สุด|มากที่สุด|สูงสุด|ต่ำสุด|น้อยสุด|มากสุด|"
    r"ได้รับ|ได้|มี|รับ|ผล|รวม|เฉลี่ย|เท่ากับ|คิดเป็น|ร้อยละ|อยู่ที่|อยู่|ที่|คือ|จำนวน|พบว่า|เป็น|ระดับ|ซึ่ง|โดย|แบบวัด|หรือ|การประเมิน|ประเมิน|ใน|[\s:：=()“”\"',;\-–—]+"
)
_WHOLES = ["ผลการประเมิน", "คุณธรรมและความโปร่งใส", "คะแนนรวม", "คะแนนภาพรวม", "ภาพรวม", "คะแนนเฉลี่ยรวม"]
_WHOLE = re.compile(rf"ITA|{one_of(_WHOLES)}")
_OF_ASSESSMENT = re.compile(rf"ITA|{one_of(['ผลการประเมิน', 'ตัวชี้วัด', 'แบบวัด'])}")
_YEARLY = re.compile(rf"คะแนน\s*(?:ใน|ของ)?\s*(?:{YEAR_LEAD})\d{{4}}")
_OTHER_THAN_WHOLE = (
    "ตัวชี้วัด คำถาม ประเด็น ด้าน แบบวัด แบบตรวจ เครื่องมือ เป้าหมาย เกณฑ์ ไม่น้อยกว่า ไม่ต่ำกว่า มากกว่า สูงกว่า ต่ำกว่า "
    "น้อยกว่า ค่าเฉลี่ย ระดับประเทศ ระดับจังหวัด ทั่วประเทศ ทั้งประเทศ คะแนนเฉลี่ยของ สูงสุด ต่ำสุด คะแนนเต็ม คาดหวัง น้ำหนัก อันดับ"
)
_NOT_WHOLE = re.compile(one_of(_OTHER_THAN_WHOLE.split()))
_AIM = re.compile(
    one_of(["ค่าเฉลี่ย", "เป้าหมาย", "ไม่น้อยกว่า", "ไม่ต่ำกว่า", "คาดว่า", "คาดหวัง", "น้ำหนัก"]) + "|(?<!หลัก)เกณฑ์"
)
_LEAD_IN = re.compile(
    r"(?:(?:ได้รับ|ได้|มี|ผล|คะแนน|รวม|เฉลี่ย|เท่ากับ|คิดเป็น|ร้อยละ|อยู่ที่|คือ|เป็น|ทั้งสิ้น|ที่|ITA|[:=(\s])\s*)+$"
)
_BEFORE_WHOLE = 40

_DIRECTION = one_of(["เพิ่มขึ้น", "สูงขึ้น", "ดีขึ้น", "ลดลง", "ต่ำลง"])
_UP = re.compile(one_of(["เพิ่มขึ้น", "สูงขึ้น", "ดีขึ้น"]))
_CHANGE = re.compile(
    rf"(?P<direction>{_DIRECTION})\s*(?P<since>จาก[^\n]{{0,60}}?)?"
    r"(?P<by>(?:(?:เป็นจำนวน|จำนวน|คิดเป็น|เท่ากับ|ร้อยละ|ถึง)\s*)*)(?:คะแนน|[:=\s])*$"
)
_SINCE = re.compile(
    rf"(?:จาก|เทียบกับ|เปรียบเทียบกับ|กับ)\s*(?:ผล)?(?:การประเมิน|คะแนน)?\s*(?:ใน|ของ)?\s*{YEAR_LEAD}(\d{{4}})"
)
_YEAR_BEFORE = re.compile(r"ปี(?:งบประมาณ)?\s*(?:ก่อนหน้า|ก่อน|ที่ผ่านมา|ที่แล้ว)")
_EXTREME = re.compile(
    r"(?:คะแนน|ค่า)\s*(สูงสุด|สูงที่สุด|มากที่สุด|ต่ำสุด|ต่ำที่สุด|น้อยที่สุด)\s*(?:(?:ได้|คือ|เท่ากับ|ร้อยละ|คะแนน|อยู่ที่|[:=(])\s*)*$"
)


@dataclass(frozen=True)
class Where:
    """Where a text stands: how to place its characters, its column and block, and the scored year there."""

    place_at: Callable[[int], Place]
    column: str | None
    block: int
    year: int | None
    above: tuple[str, ...] = ()


def read_labelled(sink: Sink, text: str, where: Where, start: int = 0) -> bool:
    """Take a score from ``"I1 การปฏิบัติหน้าที่ 91.20 คะแนน"``; whether the text was one, understood or not.

    A whole number needs its unit, for a bare one behind a name may be a page.
    """
    arabic = to_arabic_digits(text)
    found = _LABELLED.fullmatch(arabic) if len(text) <= _LONGEST_LABEL else None
    if not found or _LEADERS.search(found["label"]) or not ("." in found["number"] or found["unit"]):
        return False
    if _ANOTHER_SCORE.search(found["label"]):
        return False
    place = where.place_at(start + found.start("number"))
    label = text[: found.end("label")]
    years = [year.year for year in kinds(label, where.above) if year.kind != "planned"]
    year = years[-1] if years else where.year
    lexicon = sink.lexicon(year, place)
    if lexicon is None or year is None:
        return False
    named = lexicon.named(label, sink.named_by(year))
    if named.clash_th:
        sink.problem(
            "error",
            "part_unclear",
            named.clash_th,
            "ตรวจกับเอกสาร แล้วกรอกคะแนนของส่วนที่ถูกต้อง",
            place,
            where.column,
            text,
        )
        return True
    if named.part is None or named.everyday:
        return False
    said = to_arabic_digits(squeezed(label).replace(squeezed(named.part.name_th), ""))
    if _CHANGE.search(said) or _AIM.search(said):
        return False
    if named.note_th:
        sink.problem("info", "name_differs", named.note_th, "ตรวจว่าเป็นส่วนเดียวกัน", place, where.column, text)
    cell = read_cell(found["number"])
    if cell.value is None:
        outside(sink, text, place, where.column)
    else:
        sink.score(year, named.part, cell.value, text, place, where.column, where.block)
    return True


def outside(sink: Sink, printed: str, place: Place, column: str | None) -> None:
    """Note a score that is no score."""
    sink.problem(
        "error",
        "score_out_of_range",
        f"“{printed}” ไม่อยู่ระหว่าง 0 ถึง 100 คะแนน",
        "ตรวจตัวเลขกับเอกสารต้นฉบับแล้วแก้ไข",
        place,
        column,
        printed,
    )


def read_prose(sink: Sink, text: str, where: Where) -> None:
    """Take whatever a paragraph or a cell says of scores, grades and changes; very long ones in pieces."""
    start = 0
    while start < len(text):
        end = start + _LONGEST_PIECE
        if end < len(text):
            end = max(text.rfind("\n", start, end), text.rfind(" ", start, end), start) + 1
            end = end if end > start + 1 else start + _LONGEST_PIECE
        _read_piece(sink, text[start:end], replace(where, place_at=partial(_placed, where, start)))
        start = end


def _placed(where: "Where", start: int, offset: int) -> Place:
    return where.place_at(start + offset)


def _read_piece(sink: Sink, text: str, where: Where) -> None:
    """Take what lines hold a name and its score, or else the whole does; then what the text says.

    Behind a line that begins with an item's code the name may go on, and its end be another part's name.
    """
    done: list[tuple[int, int]] = []
    start, coded = 0, None
    for line in text.split("\n"):
        end = start + len(line)
        if coded is not None and read_labelled(sink, text[coded:end], where, coded):
            done.append((coded, end))
            coded = None
        elif read_labelled(sink, line, where, start):
            done.append((start, end))
            coded = None
        elif _ITEM_FIRST.match(to_arabic_digits(line)):
            coded = start
        start = end + 1
    if done or not read_labelled(sink, text, where):
        _Prose(sink, text, where, done).read()


class _Prose:
    """One text: its numbers from first to last, each with what stands between it and the one before."""

    def __init__(self, sink: Sink, text: str, where: Where, done: Sequence[tuple[int, int]]) -> None:
        self.sink, self.text, self.where, self.done = sink, text, where, done
        self.arabic = to_arabic_digits(text)
        self.years = kinds(text, where.above)
        self.names = list(sink.names.find(text))
        self.last = 0  # the end of the last number that looked like a score
        self.overall: dict[int, float] = {}
        self.open: list[tuple[re.Match[str], Place, int | None]] = []  # numbers not understood yet
        self.result_year: int | None = None

    def read(self) -> None:
        scored = [known.year for known in self.years if known.kind == "scored"]
        year = self.where.year or (scored[-1] if scored else None)
        for token in _TOKEN.finditer(self.arabic):
            if self._looks_like_score(token):
                self._number(token, year)
                self.last = token.end()
        self._compared()
        for token, place, of in self.open:
            self._not_understood(token, place, of)
        self._grade(year)

    def _looks_like_score(self, token: re.Match[str]) -> bool:
        start, end = token.span()
        before, behind = self.arabic[max(start - 60, 0) : start], self.arabic[end : end + 40]
        if any(first <= start < last for first, last in self.done) or any(
            year.start <= start < year.end for year in self.years
        ):
            return False
        whole = "." not in token[0]
        if token[0][0] in "-−" and re.search(r"\d\s*(?:คะแนน\s*)?$", before):
            return False
        if _RANGE_BEHIND.match(behind) or _RANGE_BEFORE.search(before) or _FULL_BEFORE.search(before):
            return False
        if _SLASH_BEFORE.search(before) or (whole and _SLASH_BEHIND.match(behind)):
            return False
        if whole and (_CODE_BEFORE.search(before) or _MONTH_BEHIND.match(behind)):
            return False
        if _UNIT_BEHIND.match(behind):
            return True
        if _MEASURED_BEHIND.match(behind) or (whole and _COUNTED_BEHIND.match(behind)):
            return False
        if _SCORE_BEFORE.search(before):
            return True
        if _NUMBERING_BEFORE.search(before):
            return False
        section = _LINE_START.search(before) and _SECTION.match(self.arabic, start)
        return not section and re.fullmatch(r"\d{1,3}\.\d{1,4}", token[0]) is not None

    def _number(self, token: re.Match[str], year: int | None) -> None:
        start = token.start()
        place = self.where.place_at(start)
        before = self.arabic[max(self.last, start - 400) : start]
        if _OUT_OF_OTHER.match(self.arabic, token.end()):
            self.open.append((token, place, year))
            return
        if self._change(token, before, place) or self._extreme(token, before, year, place):
            return
        lexicon = self.sink.lexicon(year, place)
        if (
            lexicon is not None
            and year is not None
            and (self._part(token, lexicon, year, place) or self._whole(token, lexicon, year, place))
        ):
            return
        self.open.append((token, place, year))

    def _compared(self) -> None:
        """Take an earlier year's overall and the change since, however printed, where they add up."""
        year = self.result_year
        direction = re.search(_DIRECTION, self.arabic)
        years = {known.year for known in self.years if known.kind == "scored"} - {year}
        if year is None or direction is None or len(years) != 1 or len(self.open) != 2:
            return
        (first, place, _), (second, place_of_change, _) = self.open
        before, change = read_cell(first[0]).value, read_cell(second[0]).value
        earlier = years.pop()
        lexicon = self.sink.lexicon(earlier, place)
        if before is None or change is None or lexicon is None or direction.start() > first.start():
            return
        signed = change if _UP.fullmatch(direction[0]) else -change
        if (
            abs(self.overall[year] - before - signed) <= lexicon.edition.tolerance
            and self.overall[year] != before
        ):
            self._take(
                first, lexicon, lexicon.edition.root.code, earlier, place, self._name(0, first.start())
            )
            self.sink.changes.append(Change(year, earlier, signed, place_of_change))
            self.open = []

    def _not_understood(self, token: re.Match[str], place: Place, year: int | None) -> None:
        around = " ".join(self.text[max(token.start() - 40, 0) : token.end() + 20].split())
        why = "ไม่พบปีของผลการประเมิน" if year is None else "ไม่รู้ว่าเป็นคะแนนของส่วนใด"
        self.sink.problem(
            "warning",
            "score_not_understood",
            f"ไม่ได้นำเข้า “{self.text[token.start() : token.end()]}” เพราะ{why} (“…{around}…”)",
            "ถ้าเป็นคะแนนของหน่วยงาน ให้กรอกในแบบตาราง",
            place,
            self.where.column,
            self.text[token.start() : token.end()],
        )

    def _take(
        self,
        token: re.Match[str],
        lexicon: Lexicon,
        part_code: str,
        year: int,
        place: Place,
        other: NameSpan | None,
    ) -> None:
        printed = self.text[token.start() : token.end()]
        cell = read_cell(printed)
        if cell.kind == "text":
            self._not_understood(token, place, year)
        elif cell.value is None:
            outside(self.sink, printed, place, self.where.column)
        else:
            part = lexicon.edition.parts[part_code]
            self.sink.score(
                year, part, cell.value, printed, place, self.where.column, self.where.block, other=other
            )
            if part.parent is None:
                self.overall[year] = cell.value
                self.result_year = self.result_year or year

    def _year(self, first: int, end: int, otherwise: int) -> int:
        """Return the last year in a stretch of the text that is not a plan's."""
        fitting = [year.year for year in self.years if first <= year.start < end and year.kind != "planned"]
        return fitting[-1] if fitting else otherwise

    def _name(self, first: int, end: int) -> NameSpan | None:
        inside = [name for name in self.names if first <= name.start < end]
        return inside[-1] if inside else None

    def _part(self, token: re.Match[str], lexicon: Lexicon, year: int, place: Place) -> bool:
        """Take the score of the part named last, where only glue separates the two."""
        first = max(self.last, token.start() - 400)
        stretch = self.text[first : token.start()]
        spans: list[PartSpan] = list(lexicon.spans(stretch, self.sink.named_by(year)))
        if not spans:
            return False
        span = spans[-1]
        if _GLUE.sub("", to_arabic_digits(stretch[span.end :])) or _AIM.search(
            stretch[max(span.start - _BEFORE_WHOLE, 0) : span.start]
        ):
            return False
        if span.part.parent is None:
            return False
        if span.part.level != "instrument" and not has_digit(stretch[span.start : span.end]):
            # By its name alone: that of an indicator tells where the text is about scores.
            said = "คะแนน" in stretch[span.end :] or _UNIT_BEHIND.match(self.arabic, token.end())
            if span.part.level != "indicator" or not (said or _OF_ASSESSMENT.search(self.text)):
                return False
        year = self._year(first, token.start(), year)
        if (own := self.sink.lexicon(year, place)) is None or span.part.code not in own.edition.parts:
            return False
        self._take(token, own, span.part.code, year, place, self._name(max(first, self.last), token.start()))
        return True

    def _whole(self, token: re.Match[str], lexicon: Lexicon, year: int, place: Place) -> bool:
        """Take an overall: behind a word for the whole assessment, with words of scoring right before it."""
        start = token.start()
        first = max(start - 400, 0)
        stretch = self.arabic[first:start]
        since_last = self.arabic[max(self.last, first) : start]
        lead = _LEAD_IN.search(since_last)
        if not lead or not (
            re.search("คะแนน|ร้อยละ", lead[0]) or _UNIT_BEHIND.match(self.arabic[token.end() :])
        ):
            return False
        yearly = list(_YEARLY.finditer(since_last))
        marks = list(_WHOLE.finditer(stretch))
        if yearly:
            mark = max(self.last, first) + yearly[-1].start()
        elif marks and (self.last <= first + marks[-1].start() or not self.last):
            mark = first + marks[-1].start()
        else:
            return False
        between = self.arabic[mark:start]
        aimed = _AIM.search(self.arabic[max(mark - _BEFORE_WHOLE, self.last) : mark])
        parts_between = any(span.part.parent is not None for span in lexicon.spans(self.text[mark:start]))
        if _NOT_WHOLE.search(between) or aimed or parts_between:
            return False
        year = self._year(max(mark - 100, self.last), start, year)
        own = self.sink.lexicon(year, place)
        if own is None:
            return False
        self._take(token, own, own.edition.root.code, year, place, self._name(max(mark - 150, 0), start))
        return True

    def _change(self, token: re.Match[str], before: str, place: Place) -> bool:
        found = _CHANGE.search(before)
        if not found or (found["since"] and not found["by"]):
            return False
        year = self.result_year
        cell = read_cell(token[0])
        named = [
            span.start
            for name in [self.sink.lexicon(year, place)]
            if name
            for span in name.spans(before)
            if span.part.parent
        ]
        if year is None or cell.value is None or named:
            return False
        since = [int(match[1]) for match in _SINCE.finditer(self.arabic[: token.end() + 60])]
        earlier = [
            other
            for other in (*since, *(known.year for known in self.years if known.kind == "scored"))
            if other != year
        ]
        if earlier:
            from_year = earlier[0]
        elif _YEAR_BEFORE.search(self.arabic):
            from_year = year - 1
        else:
            return False
        change = cell.value if _UP.fullmatch(found["direction"]) else -cell.value
        difference = self.overall[year] - self.overall[from_year] if from_year in self.overall else None
        fits = difference is not None and abs(difference - change) <= self.sink.editions[year].tolerance
        if not fits and (
            difference is not None
            or "ร้อยละ" in found[0]
            or re.match(r"\s*(?:%|เปอร์)", self.arabic[token.end() :])
        ):
            self.sink.problem(
                "warning",
                "change_unclear",
                f"ไม่ได้นำเข้าผลต่าง “{token[0]}” เพราะไม่ตรงกับผลต่างของคะแนนสองปี หรืออาจเป็นร้อยละของการเปลี่ยนแปลง",
                "ตรวจกับเอกสารต้นฉบับ",
                place,
                self.where.column,
                token[0],
            )
            return True
        self.sink.changes.append(Change(year, from_year, change, place))
        return True

    def _extreme(self, token: re.Match[str], before: str, year: int | None, place: Place) -> bool:
        found = _EXTREME.search(before)
        cell = read_cell(token[0])
        if not found or cell.value is None or year is None:
            return False
        lexicon = self.sink.lexicon(year, place)
        if lexicon is None or list(lexicon.spans(before, self.sink.named_by(year))):
            return False
        highest = found[1].startswith(("สูง", "มาก"))
        printed = self.text[token.start() : token.end()]
        self.sink.extremes.append(
            Extreme(year, highest, cell.value, printed, place, self.where.column, self.where.block)
        )
        return True

    # ---- grades

    def _grade(self, year: int | None) -> None:
        """Take the grades of the whole: behind ระดับ, or a year's full grade name behind the overall."""
        year = self.result_year or year
        if year is None:
            return
        for found in self.sink.grade_pattern.finditer(self.text):
            before = self.text[max(found.start() - 60, 0) : found.start()]
            behind = self.arabic[found.end() : found.end() + 25]
            lexicon = self.sink.lexicon(year, self.where.place_at(found.start()))
            of_part = (
                lexicon is not None
                and any(span.part.parent for span in lexicon.spans(before))
                and not self.overall
            )
            if (
                _AIM.search(before)
                or of_part
                or re.match(r"\s*ขึ้นไป|[^\n]{0,12}\d+(?:\.\d+)?\s*[-–—]\s*\d", behind)
            ):
                continue
            self.sink.grades.append(Grade(year, found["grade"], self.where.place_at(found.start("grade"))))
            return
        if not self.overall or year not in self.sink.editions:
            return
        names = [grade.name_th for grade in self.sink.editions[year].grades if len(grade.name_th) > 4]
        alone = re.compile(rf"(?<=[\s(“\"])({one_of(names)})(?=[\s)”\".,]|$)") if names else None
        if alone and (named := alone.search(self.text)):
            self.sink.grades.append(Grade(year, named[1], self.where.place_at(named.start(1))))
