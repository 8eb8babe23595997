"""Which year a document's scores are of, and which its measures are for: as printed, never inferred.

A year belongs to the last word before it that tells: words of results (ผลการประเมิน, คะแนน) make it a scored
year, words of what is to be done (มาตรการ, แผน) a plan year.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ita_data.readers.blocks import Block, Paragraph, Place
from ita_data.readers.documents.words import one_of, spaced, years_in

_ASSESSMENT = re.compile(spaced("คุณธรรมและความโปร่งใสในการดำเนิน") + r"\s*(?:งาน|การ)?\s*(?:ของหน่วยงานภาครัฐ)?")
_SCORED = one_of(
    ["ผลการประเมิน", "ผลประเมิน", "ผลคะแนน", "คะแนน", "ผลการวิเคราะห์", "วิเคราะห์ผล", "ผล ITA", "ผลการตรวจประเมิน"]
)
_PLANNED = one_of(["มาตรการ", "เป้าหมาย", "แผน", "ข้อเสนอแนะ", "ปรับปรุง", "พัฒนา", "ดำเนินการ", "ขับเคลื่อน"])
_KEYWORD = re.compile(rf"(?P<scored>{_SCORED})|(?P<planned>{_PLANNED})", re.I)
_BACK = 2
"""Paragraphs above a year on its own that may say what it is."""


@dataclass(frozen=True)
class Years:
    """The years of a document.

    ``plan`` is the year its measures are for; ``scored`` are the years it gives results of, as first printed.
    ``section`` holds, for each block, the scored year that holds there and the place it was printed.
    """

    plan: int | None
    scored: tuple[int, ...]
    section: tuple[tuple[int, Place | None] | None, ...]

    @property
    def assessed(self) -> int | None:
        """The year of the results the measures follow from: the latest scored one not after the plan's."""
        fitting = [year for year in self.scored if self.plan is None or year <= self.plan]
        return max(fitting, default=None)


def find_years(blocks: Sequence[Block], given: int | None = None) -> Years:
    """Return the years printed outside tables; ``given`` by the user comes before them as the scored year."""
    planned: Counter[int] = Counter()
    scored: list[int] = []
    here: list[tuple[int, Place] | None] = []  # the first scored year of each block
    texts: list[str] = []
    for block in blocks:
        first: tuple[int, Place] | None = None
        if isinstance(block, Paragraph):
            for found in kinds(block.text, texts[-_BACK:]):
                if found.kind == "planned":
                    planned[found.year] += 1
                elif found.kind == "scored":
                    scored.append(found.year)
                    first = first or (found.year, block.place_at(found.start))
            texts.append(block.text)
        here.append(first)
    if given is not None:
        return Years(_first_of_most(planned), (given,), tuple((given, None) for _ in blocks))
    return Years(_first_of_most(planned), tuple(dict.fromkeys(scored)), tuple(_carried(here)))


def _first_of_most(counted: Counter[int]) -> int | None:
    return max(counted, key=lambda year: counted[year], default=None)


@dataclass(frozen=True)
class KnownYear:
    """A year in a text; ``kind`` is scored, planned or None where the text does not tell."""

    year: int
    kind: str | None
    start: int
    end: int


def kinds(text: str, above: Sequence[str] = ()) -> list[KnownYear]:
    """Return the years of a paragraph and what each is of; ``above`` are the paragraphs before it."""
    keywords = _keywords(text)
    ends = [end for end, _ in keywords]
    known: list[KnownYear] = []
    for span in years_in(text):
        before = keywords[max(bisect_right(ends, span.start) - 1, 0) : bisect_right(ends, span.start)]
        if not keywords:
            before = [keyword for paragraph in above for keyword in _keywords(paragraph)][-1:]
        known.append(KnownYear(span.year, before[0][1] if before else None, span.start, span.end))
    return known


def _keywords(text: str) -> list[tuple[int, str | None]]:
    """Return where the words end that tell what a year is of, and what they tell."""
    masked = _ASSESSMENT.sub(lambda found: " " * len(found[0]), text)
    return [(found.end(), found.lastgroup) for found in _KEYWORD.finditer(masked)]


def _carried(here: Sequence[tuple[int, Place] | None]) -> list[tuple[int, Place | None] | None]:
    """Return for each block its own scored year or the nearest above; at the top, the only one of all."""
    printed = {found[0] for found in here if found}
    current: tuple[int, Place | None] | None = next(filter(None, here), None) if len(printed) == 1 else None
    carried: list[tuple[int, Place | None] | None] = []
    for found in here:
        current = found or current
        carried.append(current)
    return carried
