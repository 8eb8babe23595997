"""Which columns of a table hold points, and so may be coloured from low to high."""

from typing import TYPE_CHECKING

import pandas as pd

from dashboard.number import Number

if TYPE_CHECKING:
    from dashboard.view import View

MEANT = {"mean", "median", "quartiles"}
"""Measures of a group that are points themselves, not counts, shares or changes."""


def score_columns(view: "View") -> list[str]:
    """The columns of a view that hold points from 0 to 100, known by whose numbers they are.

    Changes, shares, counts and what a part lost are no points, and get no colour.
    """
    found = []
    for name, cells in view.numbers.items():
        if name not in view.frame or not pd.api.types.is_float_dtype(view.frame[name]):
            continue
        first = next(filter(None, map(cells, range(len(view.frame)))), None)
        if first is None:
            continue
        of_points = first.before is None if isinstance(first, Number) else set(first.measures) <= MEANT
        if of_points and view.frame[name].dropna().between(0, 100).all():
            found.append(name)
    return found
