"""What the user explores: two measures, how they are split and cut, which scores are marked; as a short code.

The code stands in the address (`view=10_EIT-public_kind_room_in60-70-0-101`): the measure, the one beside
it, then in any order the facet, the switches and the marked scores, as far as they are not at their default.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from dashboard.number import EVERYBODY
from dashboard.selection import shorten
from ita_data.scoring import FULL_SCORE, round_half_up

SEPARATOR, WITHIN = "_", "-"
ROOM, MARK, MARKED = "room", "mark", "in"
FACETS = {"region": "ภาค", "province": "จังหวัด", "kind": "ประเภท", "year": "ปี"}
STEP = 0.01
"""The difference between two scores as they are shown and graded."""
END = FULL_SCORE + 1
_NUMBER = re.compile(r"\d{1,3}(\.\d{1,2})?")


@dataclass(frozen=True)
class Measure:
    """The score on a part ("": not chosen), of all respondents or of one group of them."""

    part: str = ""
    respondents: str = EVERYBODY

    @property
    def code(self) -> str:
        """The measure in the address."""
        return self.part + (f"{WITHIN}{self.respondents}" if self.respondents != EVERYBODY else "")


@dataclass(frozen=True)
class Scores:
    """Scores at two decimals from `low` to under `high`, and the other measure's likewise; at first all."""

    low: float = 0.0
    high: float = END
    other_low: float = 0.0
    other_high: float = END

    @property
    def code(self) -> str:
        """The bounds in the address."""
        bounds = (self.low, self.high, self.other_low, self.other_high)
        return MARKED + WITHIN.join(f"{round(one, 2):g}" for one in bounds)

    def has(self, value: float, other: float) -> bool:
        """Whether two scores are among them."""
        first, second = round_half_up(value), round_half_up(other)
        return self.low <= first < self.high and self.other_low <= second < self.other_high

    def parameters(self) -> dict[str, float]:
        """The bounds as the queries take them."""
        return {
            "value_from": self.low,
            "value_below": self.high,
            "other_from": self.other_low,
            "other_below": self.other_high,
        }


ALL_SCORES = Scores()


@dataclass(frozen=True)
class Explored:
    """What is explored; `by_mark` cuts at the pass mark and not at the medians."""

    measure: Measure = field(default=Measure())
    other: Measure = field(default=Measure())
    facet: str = ""
    headroom: bool = False
    by_mark: bool = False
    marked: Scores = ALL_SCORES

    @property
    def marking(self) -> bool:
        """Whether some bodies are marked among the others."""
        return self.marked != ALL_SCORES

    @property
    def code(self) -> str:
        """The whole in the address."""
        words = [self.measure.code, self.other.code, self.facet]
        words += [ROOM if self.headroom else "", MARK if self.by_mark else ""]
        words += [self.marked.code if self.marking else ""]
        kept = [*words[:2], *filter(None, words[2:])]
        return SEPARATOR.join(kept).rstrip(SEPARATOR)

    def about(self, **measures: Measure) -> "Explored":
        """The same with other measures: scores marked on the old ones are forgotten."""
        return replace(self, marked=ALL_SCORES, **measures)  # type: ignore[arg-type]


def scores_of(code: str) -> Scores | None:
    """The bounds of a code, if it is one."""
    bounds = code.removeprefix(MARKED).split(WITHIN)
    if not code.startswith(MARKED) or len(bounds) != 4 or not all(map(_NUMBER.fullmatch, bounds)):
        return None
    low, high, other_low, other_high = map(float, bounds)
    good = low < high <= END and other_low < other_high <= END
    return Scores(low, high, other_low, other_high) if good else None


def parse(
    code: str, parts: Collection[str], asked: Mapping[str, Collection[str]], facets: Collection[str]
) -> tuple[Explored, list[str]]:
    """Read the code of an address; what cannot be had is left at its default and said in Thai.

    `parts` are the codes of the year's parts; `asked` says which groups of respondents a part has; `facets`
    are the codes one may split by.
    """
    problems: list[str] = []

    def measure(text: str) -> Measure:
        part, _, respondents = text.partition(WITHIN)
        if part and part not in parts:
            problems.append(f"ปีที่เลือกไม่มีตัวชี้วัดหรือข้อ “{shorten(part)}”")
            return Measure()
        if respondents and respondents not in asked.get(part, ()):
            problems.append(f"ปีที่เลือก “{shorten(part)}” ไม่แยกกลุ่มผู้ตอบ “{shorten(respondents)}”")
            respondents = ""
        return Measure(part, respondents or EVERYBODY)

    first, second, *rest = [*code.split(SEPARATOR), ""]
    found = Explored(measure(first), measure(second))
    for word in filter(None, rest):
        if word in facets:
            found = replace(found, facet=word)
        elif word == ROOM:
            found = replace(found, headroom=True)
        elif word == MARK:
            found = replace(found, by_mark=True)
        elif scores := scores_of(word):
            found = replace(found, marked=scores)
        elif word in FACETS:
            problems.append(f"กลุ่มนี้แยกตาม{FACETS[word]}ไม่ได้")
        else:
            problems.append(f"ไม่รู้จัก “{shorten(word)}” ในมุมมองของลิงก์")
    return found, problems


def upto(value: float) -> float:
    """The bound just above a score at two decimals."""
    return round(min(value, FULL_SCORE) + STEP, 2)


def cell(start: float, width: float) -> tuple[float, float]:
    """The bounds of a cell or bin: 100 counts in the last."""
    end = start + width
    return start, upto(FULL_SCORE) if end >= FULL_SCORE else end
