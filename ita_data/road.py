"""The road to a better grade: what every part could still bring, and the fewest documents that get there.

A *document* is an item one assessor answers with 0 or 100 (scale ``binary``): the body can publish it by
itself. Items of surveys are other people's answers, so a road leaves them where they are.

- gain of a part (points of the overall) = weight_in_total x (100 - score)
- an instrument after some documents = min(100, score + sum of their gains / its weight_in_total)
- overall after them = overall + sum over instruments of weight_in_total x (instrument after - before)
- a grade is reached when every grade these scores leave possible is that one or a better one: with all
  instruments known, when the overall and, where it asks for it, every instrument are at its floors, rounded
  half up to two decimals; with some unknown, often the overall alone decides (`ita_data.scoring.grade`)

Scores are points 0-100 by (part code, respondents), published before recomputed; what is unknown is None or
absent, never 0. Below an unconfirmed split no weight is known, and so no gain.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import fsum

from ita_data.edition import ALL, FULL_SCORE, Edition, Grade, Part
from ita_data.scoring import GradeResult, grade, points_lost, recompute, round_half_up

DOCUMENT = "binary"
_PRECISION = 6  # decimals at which gains are equal: those of what is ranked elsewhere

Scores = Mapping[tuple[str, str], float]
Standing = Mapping[str, float | None]
"""Points by code of the overall and of every instrument; unknown is None."""


@dataclass(frozen=True)
class Outcome:
    """Where a body stands, and the grade that gives."""

    scores: Standing
    grade: GradeResult


@dataclass(frozen=True)
class Gain:
    """What a part could still bring: ``points`` of the overall, None where its score or weight is unknown."""

    part: Part
    instrument: str
    score: float | None
    points: float | None


@dataclass(frozen=True)
class Step:
    """A document on the road and where the body stands once it and all before it are published.

    ``rank`` is 1 for the greatest gain; equal gains share it, and their order is free.
    """

    gain: Gain
    rank: int
    after: Outcome


@dataclass(frozen=True)
class Reach:
    """How documents alone lead to a grade not certainly reached yet.

    ``documents`` are the codes of the fewest that do, None where none do or nobody can say. ``short`` holds
    what is missing (points, by part code) whatever is published, ``unknown`` the instruments whose score
    would have to be known. Where all three are empty it depends on documents of unknown score or weight.
    ``undecided`` says that the grade may be reached already, for all that is known.
    """

    grade: Grade
    documents: tuple[str, ...] | None
    after: Outcome | None
    short: Mapping[str, float]
    unknown: tuple[str, ...]
    undecided: bool


@dataclass(frozen=True)
class Road:
    """The documents still missing, the greatest gain first, and what they lead to.

    ``reaches`` are the grades not certainly reached yet, the nearest first: none without an overall, nor
    where the edition's items are not known. ``unknown`` are the documents without a known score,
    ``unweighted`` those missing whose weight is not confirmed.
    """

    start: Outcome
    steps: tuple[Step, ...]
    reaches: tuple[Reach, ...]
    unknown: tuple[Gain, ...]
    unweighted: tuple[Gain, ...]

    @property
    def end(self) -> Outcome:
        """Where the body stands with every known document published."""
        return self.steps[-1].after if self.steps else self.start


def published_start(edition: Edition, scores: Scores) -> Standing:
    """Where the published figures say the body stands.

    A published score has two decimals; where the sum of its children is rounded to the very same, that sum
    stands for it at full precision. Where it is not, the published score stands.
    """
    exact = recompute(edition, scores)

    def standing(part: Part) -> float | None:
        shown, summed = scores.get((part.code, ALL)), exact.get((part.code, ALL))
        if shown is None or summed is None:
            return summed if shown is None else shown
        return summed if round_half_up(summed) == round_half_up(shown) else shown

    return {part.code: standing(part) for part in (edition.root, *edition.instruments)}


def items_start(edition: Edition, scores: Scores) -> Standing | None:
    """Where the body stands when parts are computed from their items, as far as items and weights are known.

    None where no instrument can be computed from items.
    """
    from_items = recompute(edition, scores, from_level="item")

    def standing(part: Part) -> float | None:
        if (part.code, ALL) in from_items:
            return from_items[part.code, ALL]
        known = [(child.weight_in_parent, standing(child)) for child in edition.children(part.code)]
        weighted = [weight * score for weight, score in known if weight is not None and score is not None]
        return fsum(weighted) if known and len(weighted) == len(known) else scores.get((part.code, ALL))

    if not any((part.code, ALL) in from_items for part in edition.instruments):
        return None
    return {part.code: standing(part) for part in (edition.root, *edition.instruments)}


def gains(edition: Edition, scores: Scores, level: str) -> list[Gain]:
    """Return what every part of a level below the instruments could still bring, in tree order."""
    found: list[Gain] = []
    for part in edition.parts.values():
        if part.level == level and (instrument := _instrument(edition, part)) is not None:
            score = scores.get((part.code, ALL))
            found.append(Gain(part, instrument, score, points_lost(part, score)))
    return found


def has_items(edition: Edition) -> bool:
    """Whether the items of an edition are known; without them nobody can say what a document is."""
    return any(part.level == "item" for part in edition.parts.values())


def _instrument(edition: Edition, part: Part) -> str | None:
    """The code of the instrument a part lies below."""
    while part.level != "instrument":
        if part.parent is None:
            return None
        part = edition.parts[part.parent]
    return part.code


def after(edition: Edition, start: Standing, published: Collection[Gain]) -> Outcome:
    """Return where the body stands once some documents are published, with the grade by the edition's scale.

    No part rises above the full score; gains can add up to more where published scores and items differ.
    """
    scores = dict(start)
    overall = start[edition.root.code]
    for part in edition.instruments:
        brought = fsum(one.points or 0.0 for one in published if one.instrument == part.code)
        if not brought or part.weight_in_total is None:
            continue
        before = start[part.code]
        if before is not None:
            risen = min(FULL_SCORE, before + brought / part.weight_in_total)
            scores[part.code], brought = risen, part.weight_in_total * (risen - before)
        if overall is not None:
            overall = min(FULL_SCORE, overall + brought)
    return _outcome(edition, scores | {edition.root.code: overall})


def road(edition: Edition, scores: Scores, start: Standing) -> Road:
    """Return the road of a body from ``start``, which is one of `published_start` and `items_start`."""
    documents = [one for one in gains(edition, scores, "item") if one.part.scale == DOCUMENT]
    missing = [one for one in documents if one.score is not None and one.score < FULL_SCORE]
    # sorted() keeps the order of the tree among equal gains
    ordered = sorted((one for one in missing if one.points), key=_size, reverse=True)
    sizes = [_size(one) for one in ordered]
    begin, end = after(edition, start, []), after(edition, start, ordered)
    unknown = tuple(one for one in documents if one.score is None)
    unweighted = tuple(one for one in missing if one.points is None)
    best = _at_most(edition, start) if unknown or unweighted else end.scores
    can_say = start[edition.root.code] is not None and has_items(edition)
    return Road(
        start=begin,
        steps=tuple(
            Step(one, sizes.index(size) + 1, after(edition, start, ordered[: place + 1]))
            for place, (one, size) in enumerate(zip(ordered, sizes, strict=True))
        ),
        reaches=tuple(
            _reach(edition, start, ordered, best, target)
            for target in reversed(edition.grades)
            if can_say and not _meets(edition, begin, target)
        ),
        unknown=unknown,
        unweighted=unweighted,
    )


def limit(edition: Edition, start: Standing) -> Outcome | None:
    """Return where the body would stand with every instrument of documents at the full score.

    It needs no items: an instrument is one of documents when all its items are. None where there is none, or
    its score or the overall is unknown.
    """
    most = _at_most(edition, start)
    known = _of_documents(edition) and most[edition.root.code] is not None
    return _outcome(edition, most) if known else None


def _of_documents(edition: Edition) -> list[Part]:
    """The instruments all of whose items are documents."""
    items = [one for one in edition.parts.values() if one.level == "item"]
    scales = {
        part.code: {one.scale for one in items if _instrument(edition, one) == part.code}
        for part in edition.instruments
    }
    return [part for part in edition.instruments if scales[part.code] == {DOCUMENT}]


def _at_most(edition: Edition, start: Standing) -> Standing:
    """The scores no documents can lead beyond; an overall that cannot be bounded is None."""
    scores, overall = dict(start), start[edition.root.code]
    for part in _of_documents(edition):
        before, weight = start[part.code], part.weight_in_total
        if overall is None or before is None or weight is None:
            overall = None
        else:
            overall += weight * (FULL_SCORE - before)
        scores[part.code] = FULL_SCORE
    return scores | {edition.root.code: overall}


def _outcome(edition: Edition, scores: Standing) -> Outcome:
    instruments = {part.code: scores[part.code] for part in edition.instruments}
    return Outcome(scores, grade(edition, scores[edition.root.code], instruments))


def _size(gain: Gain) -> float:
    return round(gain.points or 0.0, _PRECISION)


def _floors(edition: Edition, target: Grade) -> dict[str, float]:
    """What a grade asks of the overall and of instruments, by code."""
    floors = {edition.root.code: target.overall_at_least}
    if target.instruments_at_least is not None:
        floors |= {part.code: target.instruments_at_least for part in edition.instruments}
    return floors


def _at_or_above(edition: Edition, outcome: Outcome, target: Grade) -> list[bool]:
    """For every grade an outcome may have, whether it is the target or a better one."""
    reached = edition.grades[: edition.grades.index(target) + 1]
    return [one in reached for one in outcome.grade.possible]


def _meets(edition: Edition, outcome: Outcome, target: Grade) -> bool:
    """Whether a grade is certainly reached; a sure overall can decide that for unknown instruments."""
    sure = _at_or_above(edition, outcome, target)
    return bool(sure) and all(sure)


def _reach(
    edition: Edition, start: Standing, ordered: Sequence[Gain], best: Standing, target: Grade
) -> Reach:
    """The fewest of some documents (greatest gain first) that reach a grade; `best` is what none lead beyond.

    Every floor is one on a sum of gains: of all documents (the overall), or of one instrument's. To replace a
    document by one of the same instrument with a greater gain makes no sum smaller, so some fewest documents
    are the greatest of every instrument: it is enough to try how many to take of each, the smallest totals
    first. Where one instrument has all documents, these are the greatest gains, one after another.
    """
    floors = _floors(edition, target)
    unknown = tuple(code for code in floors if start[code] is None)
    undecided = any(_at_or_above(edition, _outcome(edition, start), target))
    short = {
        code: round_half_up(floor - round_half_up(score))
        for code, floor in floors.items()
        if (score := best[code]) is not None and round_half_up(score) < floor
    }
    if short or not _meets(edition, after(edition, start, ordered), target):
        return Reach(target, None, None, short, unknown, undecided)
    queues = [
        [one for one in ordered if one.instrument == code]
        for code in dict.fromkeys(one.instrument for one in ordered)
    ]
    for counts in sorted(product(*(range(len(queue) + 1) for queue in queues)), key=sum):
        taken = [one for queue, count in zip(queues, counts, strict=True) for one in queue[:count]]
        reached = after(edition, start, taken)
        if _meets(edition, reached, target):
            return Reach(target, tuple(one.part.code for one in taken), reached, {}, (), undecided)
    raise AssertionError("all documents reach the grade, yet no number of them does")
