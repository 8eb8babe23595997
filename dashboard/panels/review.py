"""The year's review: which views tell it, in the order they are read, each under a sentence of its own."""

import pandas as pd

from dashboard import data
from dashboard.charts.overall_distribution import MOST_DOTS
from dashboard.listing import Asked
from dashboard.selection import Group
from dashboard.view import View
from dashboard.views import decomposition, missing, movers, overview, review, weakest
from dashboard.views.between import Between, between
from dashboard.views.review import Counts

FIRST = 10
"""Rows that say who is lowest, and whether others are as low."""


def told(group: Group, now: pd.Series, *, stretched: bool = False) -> tuple[list[View], str]:
    """The views of a year, and how the method changed since the year before, if it did.

    `now` is the year's row of group_overall.
    """
    year = int(now["fiscal_year"])
    where, breaks, editions = (
        {"place": group.place, "kind": group.kind},
        data.query("breaks"),
        data.query("editions"),
    )
    span, counts = None, None
    both = {**where, "from_year": year - 1, "to_year": year}
    if year - 1 in set(editions["fiscal_year"]):
        span = between(editions, breaks, year - 1, year)
        span = span if span.level else None
    if span:
        counts = data.query("mover_counts", **both, small=span.small).to_dict("records")[0]
    found: list[View | None] = [
        _level(group, now, counts, span, stretched),
        _passing(group, now, counts, breaks),
    ]
    if span and counts and counts["n"]:
        found += [_moved(group, span, counts, both, stretched), _why(group, span, counts, both)]
    found += [_weak(group, year, where), _lacking(group, year, where), _helped(group, now, where)]
    return [one for one in found if one], span.break_note if span else ""


def _page(group: Group, year: int, show: str, asked: Asked) -> pd.DataFrame:
    where = {"place": group.place, "kind": group.kind, "fiscal_year": year, "district": "", "only": ""}
    return data.query("results", **where, show=show, **asked.parameters())


def _level(
    group: Group, now: pd.Series, counts: Counts | None, span: Between | None, stretched: bool
) -> View | None:
    year = int(now["fiscal_year"])
    bodies = _page(group, year, "overall", Asked("-overall", rows=MOST_DOTS))
    bins = data.query("group_bins", place=group.place, kind=group.kind, fiscal_year=year)
    drawn = bodies if now["n"] <= MOST_DOTS else bodies.head(0)
    spread = overview.spread(bins, drawn, bodies.head(0), now, group, stretched=stretched)
    sentence = review.level(now, counts, span, data.query("national_series"), group)
    return review.retold(spread, sentence, "level") if spread else None


def _passing(group: Group, now: pd.Series, counts: Counts | None, breaks: pd.DataFrame) -> View | None:
    grades = overview.grades(
        data.query("group_grades", place=group.place, kind=group.kind), now, breaks, group
    )
    return review.retold(grades, review.passing(now, counts, group), "passing") if grades else None


def _moved(group: Group, span: Between, counts: Counts, both: dict[str, str | int], stretched: bool) -> View:
    asked = {**both, "small": span.small, "only": ""}
    many = counts["n"] > movers.MOST_DRAWN
    most = Asked("-change", rows=movers.MOST_DRAWN)
    rows = data.query("movers", **asked, show="all", **most.parameters())
    ends = [
        data.query("movers", **asked, show="all", **Asked(order, rows=1).parameters())
        for order in ("-beyond", "beyond")
    ]
    kinds = data.query("kinds")
    shown = movers.against_start(
        movers.classified(rows.head(0) if many else rows, span, ()),
        data.query("mover_bins", **both, width=movers.CELL) if many else None,
        counts,
        data.query("expected_lines", from_year=span.from_year, to_year=span.to_year),
        dict(zip(kinds["type"], kinds["name_th"], strict=True)),
        group,
        span,
        stretched=stretched,
    )
    return review.retold(shown, review.moved(pd.concat(ends), counts, group, span), "movers")


def _why(group: Group, span: Between, counts: Counts, both: dict[str, str | int]) -> View | None:
    for level in span.levels:
        rows = data.query("group_contributions", **both, level=level)
        if len(rows) > 1:  # the whole and its parts
            why = decomposition.of_group(rows, int(counts["n"]), group, span)
            return review.about_group(why, group, span.to_year, "why") if why else None
    return None


def _weak(group: Group, year: int, where: dict[str, str]) -> View | None:
    parts = data.query("group_parts", **where, fiscal_year=year)
    indicators = parts[parts["level"] == "indicator"]
    if indicators.empty:
        return None
    weights = data.query("parts", fiscal_year=year).set_index("part")["weight_in_total"]
    low = str(indicators.loc[indicators["mean"].idxmin(), "part"])
    cost = weakest.cost(indicators, low, int(indicators["n"].max()), weights, year=year, group=group)
    return review.retold(cost, review.weak(indicators, group, year), "weak") if cost else None


def _lacking(group: Group, year: int, where: dict[str, str]) -> View | None:
    items = data.query("group_items", **where, fiscal_year=year)
    items = items[items["scale"] == "binary"]
    lacking = missing.missing(items, year=year, group=group) if len(items) else ""
    return review.about_group(lacking, group, year, "missing") if isinstance(lacking, View) else None


def _helped(group: Group, now: pd.Series, where: dict[str, str]) -> View | None:
    if not now["n_judged"]:
        return None
    under = _page(group, int(now["fiscal_year"]), "below", Asked("overall", rows=FIRST))
    if under.empty:
        return None  # the sentence about passing says so
    sentence = review.helped_first(under, now, group)
    listed, _ = overview.below(under, under, now, group, "", everybody=False)
    return review.retold(listed, sentence, "below")
