"""The errors in the simulated panel on purpose, for the checks of a build to find: these and no others.

Each has a body of its own, the first ones that were assessed in every year and kept their type. Three checks
are fatal and have none: a build with such an error is refused.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ita_data import organisation
from ita_data.edition import ALL, Edition
from ita_data.simulate.bodies import Bodies
from ita_data.simulate.tree import Float, Tree, rounded

RESPONDENTS = 137
"""Respondents of the body with the impossible mean; no other multiple of it is within the check's 200."""
_APART = 0.01


@dataclass(frozen=True)
class Seeded:
    """An error and the finding it leads to: the body's id, year and part as the check reports them."""

    error: str
    check: str
    organisation_id: str | None
    fiscal_year: int | None
    part: str | None


@dataclass(frozen=True)
class Extra:
    """A row of scores beside the printed tree; ``row`` is the body's place among the year's rows."""

    row: int
    part: str
    respondents: str
    value: float
    stands: bool
    source: str


# Error: the check that finds it, the year it is in, the part it is about. Bodies are given in this order.
ERRORS: Mapping[str, tuple[str, int | None, str | None]] = {
    "overall_misprinted": ("published_differs_from_recomputed", 2567, "overall"),
    "indicator_misprinted": ("published_differs_from_recomputed", 2564, "10"),
    "indicator_copied": ("equal_values", 2565, "2"),
    "decimal_point_lost": ("score_out_of_range", 2566, "I5"),
    "half_a_yes": ("score_out_of_range", 2568, "O7"),
    "item_of_another_edition": ("unknown_part", 2568, "O29"),
    "group_not_asked": ("unknown_respondents", 2565, "E3"),
    "two_tables": ("rival_figures_in_source", 2567, "8"),
    "two_sources": ("rival_sources", 2566, "overall"),
    "impossible_mean": ("unreachable_item_mean", 2567, "E2"),
    "wrong_grade": ("printed_grade_differs", 2564, None),
    "letter_after_letters": ("printed_grade_not_in_scale", 2567, None),
    "wrong_change": ("printed_change_differs", 2568, "overall"),
    "another_name": ("named_differently", None, None),
    "no_province": ("no_province", None, None),
}
UNRESOLVED_YEAR = 2566
SECOND_SOURCE = "second"
_COPIED_TO = "4"  # indicator_copied: the indicator that takes the value of the one named above


def choose(bodies: Bodies) -> dict[str, int]:
    """Return the place of the body of every error.

    Raises ValueError when too few bodies were assessed in every year.
    """
    types = organisation.load_types()
    steady = [
        at
        for at in range(len(bodies))
        if bodies.present[at].all()
        and bodies.type_before[at] == bodies.type[at]
        and bodies.province_iso[at]
        and types[bodies.type[at]].sector == "lao"
    ][: len(ERRORS)]
    if len(steady) < len(ERRORS):
        raise ValueError("จำนวนหน่วยงานน้อยเกินไปสำหรับข้อผิดพลาดที่ใส่ไว้ให้ตรวจพบ")
    return dict(zip(ERRORS, steady, strict=True))


def findings(bodies: Bodies, chosen: Mapping[str, int]) -> list[Seeded]:
    """Return all errors with the finding each leads to."""
    found = [
        Seeded(error, check, str(bodies.ids[chosen[error]]), year, part)
        for error, (check, year, part) in ERRORS.items()
    ]
    return [*found, Seeded("name_of_two_bodies", "unresolved_name", None, UNRESOLVED_YEAR, "overall")]


def here(year: int, chosen: Mapping[str, int], rows: Mapping[int, int]) -> dict[str, int]:
    """Return the row of every error that is in this year, among rows given by the body's place."""
    return {
        error: rows[place] for error, place in chosen.items() if ERRORS[error][1] == year and place in rows
    }


def edit(values: Float, tree: Tree, edition: Edition, rows: Mapping[str, int]) -> list[Extra]:
    """Put a year's errors into its values (rows × columns) and return the rows of scores beside them."""
    extras: list[Extra] = []
    for error, row in rows.items():
        part = ERRORS[error][2]
        if part is None:
            continue
        group = "survey" if error == "impossible_mean" else ALL
        known = (part, group) in tree.columns
        value = float(rounded(values[row, tree.column(part, group)])) if known else 0.0
        match error:
            case "overall_misprinted":
                values[row, tree.column(part)] = value + (0.5 if value < 99 else -0.5)
            case "indicator_misprinted":
                _misprint(values, tree, edition, row, part, -2.5 if value > 50 else 2.5)
            case "indicator_copied":
                _carry(values, tree, edition, row, _COPIED_TO, value)
            case "decimal_point_lost":
                values[row, tree.column(part)] = value * 10 if value > 10 else 1000.0
            case "half_a_yes":
                values[row, tree.column(part)] = 50.0
            case "impossible_mean":
                values[row, tree.column(part, group)] = value - 0.03
            case "item_of_another_edition":
                extras.append(Extra(row, part, ALL, 100.0, True, ""))
            case "group_not_asked":
                extras.append(Extra(row, part, "public", 90.0, True, ""))
            case "two_tables":
                extras.append(Extra(row, part, ALL, value + (1.5 if value < 50 else -1.5), False, ""))
            case "two_sources":
                extras.append(
                    Extra(row, part, ALL, value + (0.3 if value < 50 else -0.3), False, SECOND_SOURCE)
                )
    return extras


def _misprint(values: Float, tree: Tree, edition: Edition, row: int, part: str, change: float) -> None:
    """Print a part with a change, as little further away as leaves it apart from its sister indicators."""
    value = float(values[row, tree.column(part)])
    others = [at for at in tree.indicator_columns if at != tree.column(part)]
    while np.any(rounded(values[row, others]) == rounded(np.array(value + change))):
        change += _APART if change > 0 else -_APART
    _carry(values, tree, edition, row, part, value + change)


def _carry(values: Float, tree: Tree, edition: Edition, row: int, code: str, value: float) -> None:
    """Print a part with another value and let everything above it follow from that."""
    change = value - values[row, tree.column(code)]
    part = edition.parts[code]
    while True:
        values[row, tree.column(part.code)] += change
        if part.parent is None:
            return
        assert part.weight_in_parent is not None
        change *= part.weight_in_parent
        part = edition.parts[part.parent]


def misgrade(grades: Sequence[str], given: str) -> str:
    """Return a grade of the scale next to the given one."""
    place = grades.index(given)
    return grades[place - 1] if place else grades[1]
