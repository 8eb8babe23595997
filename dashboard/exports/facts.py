"""Everything the documents of a body say of it in a year: asked once, then only written."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

import pandas as pd

from dashboard import text
from dashboard.selection import ALL, RANKED_FROM, Group
from dashboard.views import organisation_status, road
from ita_data.edition import FULL_SCORE, Edition
from ita_data.position import percentile_rank
from ita_data.scoring import round_half_up

Ask = Callable[..., pd.DataFrame]
"""Asks the warehouse a query by name, with its parameters; an answer is not changed by who gets it."""

SHOWN = ("overall", "instrument", "indicator")


@dataclass(frozen=True)
class Facts:
    """A body in a year. Scores are points 0-100; what is not known is not a number, None or an empty table.

    `tree` are the rows of organisation_tree with `before` and `change` (points, of the year before, only
    where the years may be compared) and `n`, `q1`, `median`, `q3` of the comparison group. `measures` and
    `addressed` are those that answer the year's result, `carried_out` those of plans for the year itself.
    """

    organisation: str
    name: str
    place: str  # its district and province in full, as far as known
    identity: str
    edition: Edition
    peers: Group
    result: pd.Series  # of organisation_results
    grades: dict[str, str]  # the levels of the year by code
    rank: pd.Series  # of organisation_rank
    percentile: float | None
    tree: pd.DataFrame
    change_words: str
    breaks: tuple[str, ...]  # why the year differs from the year before
    comparable: bool  # whether indicators may be compared with those of the year before
    ways: road.Ways
    measures: pd.DataFrame
    addressed: pd.DataFrame
    carried_out: pd.DataFrame
    findings: pd.DataFrame
    sources: tuple[str, ...]
    dataset: str
    build_id: str
    built_at: datetime
    simulated: bool

    @property
    def year(self) -> int:
        """The fiscal year (B.E.)."""
        return self.edition.fiscal_year

    @property
    def overall(self) -> float | None:
        """The overall, None where unknown."""
        return known(self.result["overall"])

    @property
    def grade(self) -> str:
        """The grade in words, a dash where it is not known."""
        return str(self.result["grade_th"]) if pd.notna(self.result["grade_th"]) else text.MISSING

    @property
    def grade_words(self) -> str:
        """How the grade was decided."""
        return organisation_status.grade_words(self.result, self.grades)

    def parts(self, *levels: str) -> pd.DataFrame:
        """The rows of the tree of some levels."""
        return self.tree[self.tree["level"].isin(levels)]

    def is_below(self, score: float) -> bool:
        """Whether a known score, rounded as it is graded, is under the pass mark."""
        mark = self.edition.pass_mark
        return mark is not None and pd.notna(score) and round_half_up(score) < mark


def known(value: float) -> float | None:
    """A figure of a table, None where the table has none."""
    return None if pd.isna(value) else float(value)


def gather(ask: Ask, organisation: str, peers: Group, edition: Edition) -> Facts:
    """Ask for everything about a body in the year of an edition, compared with a group.

    Raises:
        LookupError: there is no such body.
    """
    year = edition.fiscal_year
    in_year = {"organisation": organisation, "fiscal_year": year}
    among = {**in_year, "place": peers.place, "kind": peers.kind}
    bodies = ask("organisation", organisation=organisation)
    if bodies.empty:
        raise LookupError(f"no body {organisation}")
    body = bodies.iloc[0]
    result = _result(ask("organisation_results", organisation=organisation), year)
    breaks = ask("breaks_between", from_year=year - 1, to_year=year, level="indicator")
    tree = ask("organisation_tree", **in_year)
    levels = ask("grade_levels")
    plans = ask("organisation_measures", organisation=organisation)
    addressed = ask("organisation_addressed", organisation=organisation)
    found = ask("organisation_findings", organisation=organisation)
    build = ask("build_info").iloc[0]
    before = ask("bodies_parts", organisations=f",{organisation},", fiscal_year=year - 1)
    comparable = bool(breaks["allowed"].all())
    own = Group(ALL, ALL, str(body["label_th"]))
    return Facts(
        organisation=organisation,
        name=str(body["full_name_th"]),
        place=_place(body),
        identity=organisation_status.identity(body, _type_name(ask, result["type"], body["type_th"])),
        edition=edition,
        peers=peers,
        result=result,
        grades=levels[levels["fiscal_year"] == year].set_index("code")["name_th"].to_dict(),
        rank=ask("organisation_rank", **among).iloc[0],
        percentile=_percentile(ask("organisation_standing", **among)),
        tree=_tree(tree, before if comparable else before.head(0), ask("organisation_position", **among)),
        change_words=organisation_status.change_words(result, ask("breaks"), ask("national_series")),
        breaks=tuple(breaks["reason_th"]),
        comparable=comparable,
        ways=road.ways(organisation, edition, tree, own),
        measures=plans[plans["assessed_year"] == year],
        addressed=addressed[addressed["assessed_year"] == year],
        carried_out=plans[(plans["assessed_year"] < year) & (plans["plan_year"] == year)],
        findings=found[found["fiscal_year"].isna() | (found["fiscal_year"] == year)],
        sources=tuple(tree["source_th"].dropna().unique()),
        dataset=str(build["dataset_th"]),
        build_id=str(build["build_id"]),
        built_at=build["built_at"].to_pydatetime(),
        simulated=bool(build["simulated"]),
    )


def remembering(run: Ask) -> Ask:
    """Asks the same, but a question that is of no body only once; for the documents of many bodies."""

    @cache
    def once(name: str, parameters: tuple[tuple[str, Any], ...]) -> pd.DataFrame:
        return run(name, **dict(parameters))

    def ask(name: str, **parameters: Any) -> pd.DataFrame:
        if parameters.keys() & {"organisation", "organisations"}:
            return run(name, **parameters)
        return once(name, tuple(sorted(parameters.items())))

    return ask


def weakest_items(facts: Facts) -> pd.DataFrame:
    """The items with less than the full score: those that cost the overall most first, then the lowest."""
    items = facts.parts("item")
    # a mask, for an empty list would choose columns
    known = items["value"].map(lambda one: round_half_up(one) < FULL_SCORE, na_action="ignore")
    items = items[known.eq(True)]
    return items.assign(lost=items["points_lost"].round(6), score=items["value"].round(6)).sort_values(
        ["lost", "score", "position"], ascending=[False, True, True], na_position="last"
    )


def _result(results: pd.DataFrame, year: int) -> pd.Series:
    """The result of a year; one of which nothing is known where the body has none."""
    now = results[results["fiscal_year"] == year]
    return (results.head(0).reindex([0]).assign(fiscal_year=year) if now.empty else now).iloc[0]


def _place(body: pd.Series) -> str:
    """The district and province of a body in full; nothing of them that its name says already."""
    district, province = body["district_th"], body["province_th"]
    words = [f"อำเภอ{district}"] if pd.notna(district) else []
    if pd.notna(province) and str(province) not in str(body["full_name_th"]):
        words.append(f"จังหวัด{province}")
    return " ".join(words)


def _type_name(ask: Ask, code: object, otherwise: str) -> str:
    """What a body is called by the type it had in the year; a type belongs to a year."""
    return str(ask("kinds").set_index("type")["name_th"].get(code, otherwise))


def _percentile(standing: pd.DataFrame) -> float | None:
    """The percentile rank of the overall, None where the body has none or the group is too small."""
    rows = standing[(standing["aspect"] == "overall") & standing["value"].notna()]
    if rows.empty or rows["n"].iloc[0] < RANKED_FROM:
        return None
    row = rows.iloc[0]
    return percentile_rank(int(row["n_below"]), int(row["n_equal"]), int(row["n"]))


def _tree(tree: pd.DataFrame, before: pd.DataFrame, position: pd.DataFrame) -> pd.DataFrame:
    """The tree with the scores of the year before and the quartiles of the group."""
    earlier = before.set_index("part")["value"]
    ranges = position[position["n"] >= RANKED_FROM].set_index("part")[["n", "q1", "median", "q3"]]
    tree = tree.assign(before=tree["part"].map(earlier).where(tree["level"].isin(SHOWN)).astype(float))
    return tree.assign(change=tree["value"] - tree["before"]).join(ranges, on="part")
