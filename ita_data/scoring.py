"""The sums of the assessment, all from an edition's weights; formulas as published by the assessment.

Scores are points 0-100, keyed by (part code, respondents) where there are several; what is unknown is None or
absent, never 0. Published scores are the truth: recomputed ones stand beside them and never replace them.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from ita_data.edition import ALL, FULL_SCORE, LEVELS, Edition, Grade, Part

_SHOWN = Decimal("0.01")


def round_half_up(value: float) -> float:
    """Return ``value`` with the two decimals it is shown and graded with, 84.995 as 85.00.

    The binary noise of a float is cut at six decimals first.
    """
    return float(Decimal(f"{value:.6f}").quantize(_SHOWN, ROUND_HALF_UP)) + 0.0  # a zero without minus


def recompute(
    edition: Edition, scores: Mapping[tuple[str, str], float], *, from_level: str = LEVELS[0]
) -> dict[tuple[str, str], float]:
    """Return every score that follows from the scores below it, by (part, respondents), at full precision.

    A part is the weighted mean of its children, each child's published score preferred to its recomputed one;
    it needs them all, with known weights. An item asked of several groups is for ``"all"`` the plain mean of
    the groups' means; the groups' own scores are recomputed the same way as far up as the groups go.
    Published scores of levels above ``from_level`` are left aside: ``"item"`` builds on nothing but items.
    Raises ValueError when ``from_level`` is none of LEVELS.
    """
    first = LEVELS.index(from_level)
    recomputed: dict[tuple[str, str], float] = {}

    def known(part: Part, respondents: str) -> float | None:
        key = part.code, respondents
        published = scores.get(key) if LEVELS.index(part.level) >= first else None
        return recomputed.get(key) if published is None else published

    for part in reversed(edition.parts.values()):
        children = edition.children(part.code)
        for respondents in (*part.respondents, ALL):
            if children:
                terms = [(child.weight_in_parent, known(child, respondents)) for child in children]
            elif respondents == ALL:
                terms = [(1 / len(part.respondents), known(part, group)) for group in part.respondents]
            else:
                terms = []
            weighted = [weight * score for weight, score in terms if weight is not None and score is not None]
            if terms and len(weighted) == len(terms):
                recomputed[part.code, respondents] = math.fsum(weighted)
    return recomputed


@dataclass(frozen=True)
class GradeResult:
    """The grade, None unless exactly one is possible; ``passed``, None unless all possible ones agree."""

    grade: Grade | None
    possible: tuple[Grade, ...]
    passed: bool | None


def grade(edition: Edition, overall: float | None, instruments: Mapping[str, float | None]) -> GradeResult:
    """Return the grade of ``overall`` and ``instruments`` (points, by code; unknown is None or absent).

    All are rounded half up to two decimals first. Where instruments are unknown, ``possible`` holds, best
    first, each grade that some scores of theirs lead to, given that the weighted instruments add up to the
    overall within the edition's tolerance; known ones that cannot belong to this overall are disregarded
    then. Nothing is possible without an overall or without a grade scale.
    """
    if overall is None:
        return GradeResult(None, (), None)
    overall = round_half_up(overall)
    known = {
        part.code: round_half_up(score)
        for part in edition.instruments
        if (score := instruments.get(part.code)) is not None
    }
    reached = [candidate for candidate in edition.grades if candidate.overall_at_least <= overall]
    if len(known) == len(edition.instruments) or not any(map(_floor, reached)):
        lowest = min(known.values(), default=0.0)
        possible = [candidate for candidate in reached if lowest >= _floor(candidate)][:1]
    else:
        possible = _possible(edition, reached, overall, known) or _possible(edition, reached, overall, {})
    outcomes = {candidate.passed for candidate in possible}
    return GradeResult(
        grade=possible[0] if len(possible) == 1 else None,
        possible=tuple(possible),
        passed=outcomes.pop() if len(outcomes) == 1 else None,
    )


def _possible(
    edition: Edition, reached: Sequence[Grade], overall: float, known: Mapping[str, float]
) -> list[Grade]:
    """Return the grades of ``reached`` (best first) that some scores of the unknown instruments lead to.

    The first match wins: a grade needs every instrument at its floor and, where better grades are reached,
    one instrument below all their floors. Such scores exist when the least weighted sum they can have is not
    above the overall and the greatest not below it.
    """
    weights = {
        part.code: part.weight_in_total for part in edition.instruments if part.weight_in_total is not None
    }

    def weighted_sum(scores: Mapping[str, float]) -> float:
        return round(math.fsum(weight * scores[code] for code, weight in weights.items()), 6)

    at_least = round(overall - edition.tolerance, 6)
    at_most = round(overall + edition.tolerance, 6)
    highest = {code: known.get(code, FULL_SCORE) for code in weights}
    possible = []
    for place, candidate in enumerate(reached):
        floor = _floor(candidate)
        lowest = {code: known.get(code, floor) for code in weights}
        if min(lowest.values()) < floor or weighted_sum(lowest) > at_most:
            continue
        if place == 0:
            fits = weighted_sum(highest) >= at_least
        else:
            below = min(map(_floor, reached[:place]))
            fits = any(
                lowest[code] < below and weighted_sum({**highest, code: min(highest[code], below)}) > at_least
                for code in weights
            )
        if fits:
            possible.append(candidate)
    return possible


def _floor(grade: Grade) -> float:
    return grade.instruments_at_least or 0.0


def headroom(score: float | None) -> float | None:
    """Return the points between ``score`` and the full score: 100 - score."""
    return None if score is None else FULL_SCORE - score


def contribution(part: Part, before: float | None, after: float | None) -> float | None:
    """Return the points of the overall a change in ``part`` brought: weight_in_total x (after - before)."""
    if part.weight_in_total is None or before is None or after is None:
        return None
    return part.weight_in_total * (after - before)


def points_lost(part: Part, score: float | None) -> float | None:
    """Return the points of the overall lost in ``part``: weight_in_total x (100 - score)."""
    return contribution(part, score, FULL_SCORE)
