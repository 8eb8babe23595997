"""Where one score stands among many: percentile rank, quintile."""

QUINTILES = 5


def percentile_rank(n_below: int, n_equal: int, n: int) -> float:
    """Return the mid-rank percentile (0-100) of a score: the share below it and half the share equal to it.

    ``n_equal`` counts the score itself, ``n`` all scores: among a hundred different ones the highest stands
    at 99.5 and the lowest at 0.5, and n equal scores all stand at 50. Formula: 100 (b + e / 2) / n, the usual
    percentile rank, ties shared. Raises ValueError where the score is not one of the n.
    """
    if n_below < 0 or n_equal < 1 or n_below + n_equal > n:
        raise ValueError(f"{n_below} below and {n_equal} equal do not fit into {n}")
    return 100 * (n_below + n_equal / 2) / n


def quintile(percentile: float) -> int:
    """Return the fifth a percentile rank (0-100) falls into: 1 the lowest to 5 the highest."""
    return min(QUINTILES, int(percentile // (100 / QUINTILES)) + 1)
