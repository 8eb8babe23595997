"""A points axis that stretches the crowded end below 100, where most scores lie."""

import math
from collections.abc import Callable
from typing import Any

Place = Callable[[float], float]
"""Points → where they stand on an axis."""
TICKS = (0, 25, 50, 70, 80, 90, 95, 98, 99, 100)


def place(points: float, stretched: bool) -> float:
    """Where a score stands on a 0–100 axis; stretched, each halving of what is missing takes equal room."""
    return 100 * (1 - math.log10(101 - points) / math.log10(101)) if stretched else points


def placer(stretched: bool) -> Place:
    """`place` on an axis that is stretched or not."""
    return lambda points: place(points, stretched)


def lowest(values: list[float]) -> float:
    """Where a points axis may start so that it shows every value: a round ten, with room to spare."""
    return max(0.0, math.floor((min(values, default=0.0) - 3) / 10) * 10.0)


def axis(low: float, stretched: bool, *, room: float = 2.0) -> dict[str, Any]:
    """An axis from `low` to just above 100, with ticks that name points."""
    ticks = [tick for tick in (TICKS if stretched else _regular(low)) if tick >= low]
    start = place(low, stretched)
    span = 100 - start
    return {
        "range": [start - 0.02 * span, 100 + room * span / 100],
        "tickvals": [place(tick, stretched) for tick in ticks],
        "ticktext": [f"{tick:g}" for tick in ticks],
    }


def _regular(low: float) -> list[float]:
    """Even ticks from a round start."""
    step = 5 if low >= 80 else 10 if low >= 40 else 20
    return [tick for tick in range(100, -1, -step) if tick >= low][::-1]
