"""What reading a document brings to light, before it is decided which of several figures stands."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from ita_data.edition import Edition, Part
from ita_data.readers.blocks import Place
from ita_data.readers.documents.bodies import Body, Names, NameSpan
from ita_data.readers.documents.parts import Letters, Lexicon
from ita_data.readers.documents.words import one_of
from ita_data.readers.reading import Problem, Severity


@dataclass(frozen=True)
class Found:
    """A score as printed; ``block`` is its paragraph or table, ``other`` another body it is said to be of."""

    year: int
    part: str
    respondents: str
    value: float
    printed: str
    place: Place
    column: str | None
    block: int
    other: NameSpan | None = None
    stands: bool = True

    @property
    def key(self) -> tuple[tuple[str, str] | None, int, str, str]:
        """Equal for two prints of what should be one score."""
        return (self.other.key if self.other else None, self.year, self.part, self.respondents)


@dataclass(frozen=True)
class Extreme:
    """A highest or lowest score printed without its part."""

    year: int
    highest: bool
    value: float
    printed: str
    place: Place
    column: str | None
    block: int


@dataclass(frozen=True)
class Grade:
    """A grade as printed."""

    year: int
    printed: str
    place: Place


@dataclass(frozen=True)
class Change:
    """A change of the overall as printed, points with sign."""

    year: int
    from_year: int
    change: float
    place: Place


@dataclass
class Sink:
    """Collects what a document holds while it is read, and what to read it with."""

    file: str
    editions: Mapping[int, Edition]
    names: Names
    body: Body | None
    found: list[Found] = field(default_factory=list)
    extremes: list[Extreme] = field(default_factory=list)
    grades: list[Grade] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    letters: dict[int, Letters] = field(default_factory=dict)
    _lexicons: dict[int, Lexicon] = field(default_factory=dict)
    _unknown: set[int] = field(default_factory=set)

    def lexicon(self, year: int | None, place: Place | None = None) -> Lexicon | None:
        """Return the names and codes of a year; None, noted once a year, where its edition is unknown."""
        if year is None:
            return None
        if year not in self.editions:
            if year not in self._unknown:
                self._unknown.add(year)
                self.problem(
                    "error",
                    "unknown_edition",
                    f"ยังไม่มีโครงสร้างการประเมินของปี {year} จึงยังไม่รับคะแนนของปีนี้",
                    "เพิ่มไฟล์ของปีนั้นใน ita_data/editions หรือตรวจว่าปีที่พิมพ์ถูกต้อง",
                    place,
                    value=str(year),
                )
            return None
        return self._lexicons.setdefault(year, Lexicon(self.editions[year]))

    @cached_property
    def roots(self) -> frozenset[str]:
        """The codes of the overall."""
        return frozenset(edition.root.code for edition in self.editions.values())

    @cached_property
    def grade_pattern(self) -> re.Pattern[str]:
        """The pattern of a grade of any year behind the word for it, group ``grade``."""
        names = {grade.name_th for edition in self.editions.values() for grade in edition.grades}
        letters = "|".join(sorted(filter(str.isascii, names), key=len, reverse=True)) or "(?!)"
        words = one_of(name for name in names if not name.isascii())
        return re.compile(
            r"(?<!ยก)ระดับ\s*(?:(?:ผล|คะแนน|การประเมิน|คุณธรรม|ที่ได้|ได้|คือ|รวม|ระดับ)\s*)*[:=“\"'(\s]*"
            rf"(?P<grade>(?:{letters})(?![A-Za-z0-9๐-๙\u0e31\u0e34-\u0e3a\u0e47-\u0e4e])|{words}(?![ก-๎]))"
        )

    def named_by(self, year: int) -> Letters:
        """Return what codes such as E6 stand for in this document."""
        return self.letters.get(year, "unknown")

    def score(
        self,
        year: int,
        part: Part,
        value: float,
        printed: str,
        place: Place,
        column: str | None,
        block: int,
        *,
        respondents: str = "all",
        other: NameSpan | None = None,
    ) -> None:
        """Take a score; ``other`` is the body its sentence names, unless it is the document's own."""
        if other is not None and self.body is not None and other.key == self.body.key:
            other = None
        self.found.append(Found(year, part.code, respondents, value, printed, place, column, block, other))

    def problem(
        self,
        severity: Severity,
        code: str,
        message_th: str,
        advice_th: str,
        place: Place | None = None,
        column: str | None = None,
        value: str | None = None,
    ) -> None:
        """Note something for the user."""
        self.problems.append(
            Problem(
                severity,
                code,
                self.file,
                message_th,
                advice_th,
                sheet=place.sheet if place else None,
                row=place.row if place else None,
                column=column,
                value=value,
            )
        )
