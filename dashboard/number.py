"""A number on screen as an address: whose it is, of which year, on which part of the tree.

Tables declare column by column which numbers their cells are; charts carry a number's code at their points.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from dashboard.selection import Group

EVERYBODY = "all"
CODE, GROUP_CODE = "number", "group"
SEPARATOR = "|"  # in no id of a body and no code of a part


@dataclass(frozen=True)
class Number:
    """A body's points on a part in a year; with `before` their change from that year to `year`."""

    organisation: str
    year: int
    part: str
    respondents: str = EVERYBODY
    before: int | None = None

    @property
    def code(self) -> str:
        """The number as one text, which stands last in the customdata of a chart's point."""
        return SEPARATOR.join([CODE, self.organisation, str(self.year), self.part, self.respondents])


@dataclass(frozen=True)
class GroupNumber:
    """Numbers that stand for a group on a part in a year; `measures` are keys of number_group.MEASURES."""

    group: Group
    year: int
    part: str
    measures: tuple[str, ...]


Cells = Callable[[int], Number | GroupNumber | None]
"""Row of a table, counted from 0 → the number that stands there."""
Numbers = Mapping[str, Cells]
"""Name of a column → its numbers."""


def parse(code: object, about: GroupNumber | None = None) -> Number | GroupNumber | None:
    """The number of a code; where a mark of a chart carries none, it is `about` the chart's group."""
    match str(code).split(SEPARATOR):
        case [kind, organisation, year, part, respondents] if kind == CODE:
            return Number(organisation, int(year), part, respondents)
        case [kind, year, part] if kind == GROUP_CODE and about:
            return replace(about, year=int(year), part=part)
    return about


def of_bodies(
    organisation: str | Sequence[str],
    year: int | Sequence[int],
    part: str | Sequence[str],
    respondents: str = EVERYBODY,
    before: int | Sequence[int] | None = None,
) -> Cells:
    """The numbers of a column; what differs from row to row is a list. Where one is missing, no number."""

    def at(row: int) -> Number | None:
        whose, when, what, since = (
            one[row] if isinstance(one, list | tuple) else one for one in (organisation, year, part, before)
        )
        if pd.isna(whose) or pd.isna(when) or pd.isna(what):
            return None
        return Number(str(whose), int(when), str(what), respondents, None if since is None else int(since))

    return at


def of_group(group: Group, year: int | Sequence[int], part: str | Sequence[str], *measures: str) -> Cells:
    """The numbers of a column that stand for a group; what differs from row to row is a list."""

    def at(row: int) -> GroupNumber | None:
        when, what = (one[row] if isinstance(one, list | tuple) else one for one in (year, part))
        return None if pd.isna(when) or pd.isna(what) else GroupNumber(group, int(when), str(what), measures)

    return at


def _along(rows: pd.DataFrame, year: int | str, part: str) -> list[tuple[int, str]]:
    """Year and part of every row: a year or the name of its column, a part or "part" for that column."""
    years = list(rows[year]) if isinstance(year, str) else [year] * len(rows)
    parts = list(rows["part"]) if part == "part" else [part] * len(rows)
    return [(int(when), str(what)) for when, what in zip(years, parts, strict=True)]


def codes(rows: pd.DataFrame, year: int | str, part: str) -> list[str]:
    """The codes of the numbers of rows with organisation_id; year and part as for `_along`."""
    places = _along(rows, year, part)
    return [
        Number(str(whose), *place).code for whose, place in zip(rows["organisation_id"], places, strict=True)
    ]


def group_codes(rows: pd.DataFrame, year: int | str, part: str) -> list[str]:
    """As `codes`, for marks that stand for the group of the chart."""
    return [SEPARATOR.join([GROUP_CODE, str(when), what]) for when, what in _along(rows, year, part)]
