"""Why a whole changed: the points each of its parts brought, exactly, and what is left over.

    change of the whole = sum of weight x change of the part + rest

holds because the whole is the weighted sum of its parts in both years. With all the weight in parts that
weigh the same in both years, the rest is what rounding of the printed figures leaves; with less, it is also
what the method changed by, which no part explains.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Decomposition:
    """A change of a whole in points: by part, and the rest; ``whole`` when the parts carry all the weight."""

    change: float
    contributions: Mapping[str, float]
    rest: float
    whole: bool


def same_weights(before: Mapping[str, float | None], after: Mapping[str, float | None]) -> dict[str, float]:
    """Return the weights of the parts that weigh the same in two years; the others are not comparable."""
    return {
        code: weight
        for code, weight in after.items()
        if weight is not None
        and (earlier := before.get(code)) is not None
        and math.isclose(earlier, weight, abs_tol=1e-6)
    }


def decompose(
    change: float, weights: Mapping[str, float], before: Mapping[str, float], after: Mapping[str, float]
) -> Decomposition | None:
    """Return what each part of ``weights`` (in the whole, by code) brought to ``change``; scores are points.

    None where a part is unknown in one of the years: missing is not zero, and the others would not add up.
    """
    if any(code not in scores for code in weights for scores in (before, after)):
        return None
    contributions = {code: weight * (after[code] - before[code]) for code, weight in weights.items()}
    return Decomposition(
        change,
        contributions,
        rest=change - math.fsum(contributions.values()),
        whole=math.isclose(math.fsum(weights.values()), 1, abs_tol=1e-6),
    )
