"""What a difference between two published scores means: how far rounding and few respondents may carry it.

Points 0-100. A published figure has two decimals and is rounded half up (off by at most 0.005 from the exact
one) or cut (off by less than 0.01), nobody says which: it is off by less than 0.01 either way. An edition's
``tolerance`` (0.02) is twice that: a figure beside the one recomputed from printed parts, the weighted mean
of which is off by less than 0.01 too. Two figures of two years carry two such errors as well.
"""

import math

from ita_data.edition import FULL_SCORE
from ita_data.scoring import round_half_up

SURE = 1.96
"""Standard errors within which 95 of 100 samples fall (normal approximation)."""


def of_change(tolerance_before: float, tolerance_after: float) -> float:
    """Return the points two printed figures may be apart by rounding alone: half of each year's tolerance."""
    return (tolerance_before + tolerance_after) / 2


def of_decomposition(tolerance_before: float, tolerance_after: float) -> float:
    """Return the points rounding may leave between a change and the sum of its contributions.

    Four errors of half a tolerance: of the two printed wholes and of the two weighted means of printed parts.
    """
    return tolerance_before + tolerance_after


def too_small(difference: float, most: float) -> bool:
    """Return whether a difference, as printed with two decimals, is not beyond ``most`` points of error."""
    return abs(round_half_up(difference)) <= round_half_up(most)


def of_respondents(mean: float, n: int) -> float:
    """Return the points the mean of ``n`` answers may be off because others might have answered (95 of 100).

    The spread of the answers is not published; answers between 0 and 100 with this mean have a variance of at
    most mean x (100 - mean) (Bhatia & Davis 2000), so the margin is at most 1.96 x sqrt(that / n). Raises
    ValueError without respondents or with a mean that is none.
    """
    if n < 1 or not 0 <= mean <= FULL_SCORE:
        raise ValueError(f"no margin for a mean of {mean} over {n} answers")
    return SURE * math.sqrt(mean * (FULL_SCORE - mean) / n)
