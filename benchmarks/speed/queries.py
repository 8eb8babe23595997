"""Row 2: what a page asks the marts, beside the same answer from the fact table and by pandas.

`fact/<query>.sql` answers from the scores and the small tables that describe bodies and parts. The functions
below answer from frames that are in memory already, text as categories. An answer that is not the mart's, row
by row, ends the measurement.
"""

import re
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd

from benchmarks.speed.data import Size
from benchmarks.speed.figures import Figure, median, worst
from warehouse import warehouse
from warehouse.warehouse import Value, Warehouse

FACT = Path(__file__).parent / "fact"
SHARED = ("member", "graded", "pair")
ROOT = Path(__file__).parents[2]
AIM = 0.1

COUNTRY: Mapping[str, Value] = {"place": "all", "kind": "all"}
YEAR: Mapping[str, Value] = {"fiscal_year": 2567}
PART: Mapping[str, Value] = {"part": "10"}
PAIR: Mapping[str, Value] = {"from_year": 2566, "to_year": 2567}

FIRST_PAGE: Mapping[str, Value] = {
    **{f"word_{number}": "" for number in (1, 2, 3)},
    "descending": True,
    "first": 1,
    "last": 50,
}

# The whole country is the hardest question of each.
CASES: Mapping[str, Mapping[str, Value]] = {
    "group_overall": COUNTRY,
    "group_grades": COUNTRY,
    "group_bins": {**COUNTRY, **YEAR},
    "group_parts": {**COUNTRY, **YEAR},
    "group_items": {**COUNTRY, **YEAR},
    "group_item_parents": {**COUNTRY, **YEAR},
    "group_series": {**COUNTRY, **PART},
    "groups_series": {**PART, "groups": ",all/sao,all/thesaban_tambon,all/thesaban_mueang,"},
    "group_continuity": {**COUNTRY, **PART},
    "group_coverage": COUNTRY,
    "province_map": {"kind": "all", **YEAR},
    "organisation_position": {**COUNTRY, **YEAR},
    "organisation_rank": {**COUNTRY, **YEAR},
    "change_summary": {**COUNTRY, **PART, **PAIR},
    "change_bins": {**COUNTRY, **PART, **PAIR, "width": 5},
    "change_pairs": {**COUNTRY, **PART, "level": "indicator"},
    "changes": {**COUNTRY, **PART, **PAIR, **FIRST_PAGE, "only": "", "sort_by": "change"},
    "results": {
        **COUNTRY,
        **YEAR,
        **FIRST_PAGE,
        "only": "",
        "show": "all",
        "district": "",
        "sort_by": "overall",
    },
    "group_counts": {**COUNTRY, **YEAR},
    "districts": {"place": "TH-30", "kind": "all", **YEAR},
    "coverage_levels": {},
    "series_bodies": {**COUNTRY, **PART},
    "mover_bins": {**COUNTRY, **PAIR, "width": 2},
    "grade_transitions": {**COUNTRY, **PAIR},
    "group_contributions": {**COUNTRY, **PAIR, "level": "indicator"},
    "years": {},
}


def fact_sql(name: str) -> str:
    """The query on the fact table, what it shares with others put before it."""
    text = (FACT / f"{name}.sql").read_text(encoding="utf-8")
    head, _, body = text.partition("\n")
    wanted = {one.strip() for one in head.removeprefix("-- uses:").split(",")}
    shared = [(FACT / f"{one}.sql").read_text(encoding="utf-8") for one in SHARED if one in wanted]
    return f"WITH {''.join(shared)}{body}"


@dataclass
class Frames:
    """The fact and what describes it, in memory."""

    score: pd.DataFrame
    body: pd.DataFrame  # a row per body and year: where it is, of what kind
    part: pd.DataFrame
    edition: pd.DataFrame
    grade_level: pd.DataFrame
    name_order: "pd.Series[int]"  # of every body by its id

    @classmethod
    def of(cls, opened: Warehouse) -> "Frames":
        """Read them; not part of what is measured."""
        connection = opened._connection.cursor()

        def frame(sql: str) -> pd.DataFrame:
            return connection.execute(sql).df()

        score = frame("SELECT organisation_id, fiscal_year, part, respondents, value FROM score")
        for name in ("organisation_id", "part", "respondents"):
            score[name] = score[name].astype("category")
        body = frame(
            """SELECT y.organisation_id, y.fiscal_year, y.type, t.sector, o.province_iso, p.region_code
            FROM organisation_year AS y
            JOIN organisation AS o ON o.organisation_id = y.organisation_id
            JOIN organisation_type AS t ON t.type = y.type
            LEFT JOIN province AS p ON p.iso = o.province_iso"""
        )
        body["organisation_id"] = pd.Categorical(
            body["organisation_id"], categories=score["organisation_id"].cat.categories
        )
        part = frame("SELECT * FROM part")
        levels = frame("SELECT * FROM grade_level ORDER BY fiscal_year, position")
        editions = frame("SELECT * FROM edition ORDER BY fiscal_year")
        names = frame("SELECT organisation_id, name_order FROM organisation")
        return cls(score, body, part, editions, levels, names.set_index("organisation_id")["name_order"])

    def members(self, place: str, kind: str) -> pd.DataFrame:
        """The bodies of a group by year."""
        body = self.body
        if place != "all":
            body = body[(body["region_code"] == place) | (body["province_iso"] == place)]
        if kind != "all":
            body = body[(body["sector"] == kind) | (body["type"] == kind)]
        return body

    def known(
        self, place: str, kind: str, *, year: int | None = None, part: str | None = None
    ) -> pd.DataFrame:
        """The scores of a group, with the kind of part each is of."""
        score = self.score
        wanted = score["respondents"] == "all"
        if year is not None:
            wanted &= score["fiscal_year"] == year
        if part is not None:
            wanted &= score["part"] == part
        rows = score[wanted]
        if (place, kind) != ("all", "all"):
            rows = rows.merge(self.members(place, kind), on=["organisation_id", "fiscal_year"])
        return rows

    def of_groups(self, place: str, kind: str, year: int, codes: pd.Series) -> pd.DataFrame:
        """The items asked of several groups of respondents: the mean of the groups' means."""
        score = self.score
        rows = score[
            (score["fiscal_year"] == year) & (score["respondents"] != "all") & score["part"].isin(codes)
        ]
        if (place, kind) != ("all", "all"):
            rows = rows.merge(self.members(place, kind), on=["organisation_id", "fiscal_year"])
        return (
            rows.groupby(["organisation_id", "part"], observed=True)["value"]
            .mean()
            .reset_index()[["part", "value"]]
        )

    def of_level(self, rows: pd.DataFrame, *levels: str) -> pd.DataFrame:
        """Those of the rows whose part is of a level; codes mean the same level in every year."""
        codes = self.part.loc[self.part["level"].isin(levels), "code"].unique()
        return rows[rows["part"].isin(codes)]

    def graded(self, rows: pd.DataFrame) -> pd.DataFrame:
        """The overall of every body and year with the position of the level it reaches, 0 where none."""
        keys = ["organisation_id", "fiscal_year"]
        overall = self.of_level(rows, "overall").set_index(keys)["value"]
        instruments = self.of_level(rows, "instrument")
        lowest = instruments.groupby(keys, observed=True)["value"].min()
        found = pd.DataFrame({"overall": overall, "lowest": lowest.reindex(overall.index)}).reset_index()
        found["position"] = 0
        for level in self.grade_level.itertuples():
            least = 0 if pd.isna(level.instruments_at_least) else level.instruments_at_least
            reached = (
                (found["fiscal_year"] == level.fiscal_year)
                & (found["position"] == 0)
                & (found["overall"].round(2) >= level.overall_at_least)
                & (found["lowest"].round(2) >= least)
            )
            found.loc[reached, "position"] = level.position
        return found


def spread(rows: pd.DataFrame, by: str) -> pd.DataFrame:
    """n, mean, quartiles and extremes of the values by a column."""
    grouped = rows.groupby(by, observed=True)["value"]
    found = grouped.agg(n="count", mean="mean", min="min", median="median", max="max")
    found["q1"], found["q3"] = grouped.quantile(0.25), grouped.quantile(0.75)
    return found.reset_index()


def group_overall(frames: Frames, place: str, kind: str) -> pd.DataFrame:
    graded = frames.graded(frames.known(place, kind))
    found = spread(graded.rename(columns={"overall": "value"}), "fiscal_year")
    levels = frames.grade_level[["fiscal_year", "position", "passed"]]
    judged = graded.merge(levels, on=["fiscal_year", "position"]).groupby("fiscal_year")["passed"]
    found["n_judged"] = judged.count().reindex(found["fiscal_year"]).to_numpy()
    found["n_passed"] = judged.sum().reindex(found["fiscal_year"]).to_numpy()
    found["share_passed"] = 100 * found["n_passed"] / found["n_judged"]
    bodies = frames.members(place, kind).groupby("fiscal_year").size()
    found["n_bodies"] = bodies.reindex(found["fiscal_year"]).to_numpy()
    return found


def group_grades(frames: Frames, place: str, kind: str) -> pd.DataFrame:
    graded = frames.graded(frames.known(place, kind))
    found = graded.groupby(["fiscal_year", "position"]).size().rename("n").reset_index()
    found["share"] = 100 * found["n"] / found.groupby("fiscal_year")["n"].transform("sum")
    return found


def group_bins(frames: Frames, place: str, kind: str, fiscal_year: int) -> pd.DataFrame:
    overall = frames.known(place, kind, year=fiscal_year, part="overall")["value"]
    bins = np.minimum(np.floor(overall.round(2)), 99).astype(int)
    return bins.value_counts().sort_index().rename_axis("bin_from").rename("n").reset_index()


def group_items(frames: Frames, place: str, kind: str, fiscal_year: int) -> pd.DataFrame:
    part = frames.part[(frames.part["fiscal_year"] == fiscal_year) & (frames.part["level"] == "item")]
    known = frames.known(place, kind, year=fiscal_year)
    rows = known.loc[known["part"].isin(part["code"]), ["part", "value"]]
    rows = pd.concat([rows, frames.of_groups(place, kind, fiscal_year, part["code"])])
    grouped = rows.groupby("part", observed=True)["value"]
    found = grouped.agg(n="count", mean="mean").reset_index()
    zero = rows[rows["value"] == 0].groupby("part", observed=True).size()
    found["n_zero"] = zero.reindex(found["part"]).fillna(0).astype(int).to_numpy()
    found["share_zero"] = 100 * found["n_zero"] / found["n"]
    found["part"] = found["part"].astype("object")
    found = found.merge(part[["code", "position", "weight_in_total"]], left_on="part", right_on="code")
    found["mean_points_lost"] = found["weight_in_total"] * (100 - found["mean"])
    return found.sort_values("position")


def group_item_parents(frames: Frames, place: str, kind: str, fiscal_year: int) -> pd.DataFrame:
    part = frames.part[frames.part["fiscal_year"] == fiscal_year]
    parents = part[part["code"].isin(part.loc[part["scale"] == "binary", "parent"])]
    rows = frames.known(place, kind, year=fiscal_year)
    rows = rows[rows["part"].isin(parents["code"])]
    found = rows.groupby("part", observed=True)["value"].agg(n="count", mean="mean").reset_index()
    zero = rows[rows["value"] == 0].groupby("part", observed=True).size()
    found["n_zero"] = zero.reindex(found["part"]).fillna(0).astype(int).to_numpy()
    found["share_zero"] = 100 * found["n_zero"] / found["n"]
    found["part"] = found["part"].astype("object")
    return found.merge(parents[["code", "position"]], left_on="part", right_on="code").sort_values("position")


def group_series(frames: Frames, place: str, kind: str, part: str) -> pd.DataFrame:
    return spread(frames.known(place, kind, part=part), "fiscal_year")


def groups_series(frames: Frames, part: str, groups: str) -> pd.DataFrame:
    kinds = [group.removeprefix("all/") for group in groups.strip(",").split(",")]
    body = frames.body.loc[frames.body["type"].isin(kinds), ["organisation_id", "fiscal_year", "type"]]
    rows = frames.known("all", "all", part=part).merge(body, on=["organisation_id", "fiscal_year"])
    grouped = rows.groupby(["type", "fiscal_year"])["value"]
    found = grouped.agg(n="count", median="median")
    found["q1"], found["q3"] = grouped.quantile(0.25), grouped.quantile(0.75)
    return found.rename_axis(["kind", "fiscal_year"]).reset_index()


def group_continuity(frames: Frames, place: str, kind: str, part: str) -> pd.DataFrame:
    one = frames.known(place, kind, part=part)[["organisation_id", "fiscal_year"]]
    before = one.assign(fiscal_year=one["fiscal_year"] + 1)
    both = one.merge(before, on=["organisation_id", "fiscal_year"]).groupby("fiscal_year").size()
    found = one.groupby("fiscal_year").size().rename("n").reset_index()
    found["n_also_before"] = both.reindex(found["fiscal_year"]).fillna(0).astype(int).to_numpy()
    found["n_distinct"] = one["organisation_id"].nunique()
    return found


def organisation_position(
    frames: Frames, place: str, kind: str, fiscal_year: int, organisation: str
) -> pd.DataFrame:
    rows = frames.of_level(frames.known(place, kind, year=fiscal_year), "overall", "instrument", "indicator")
    found = spread(rows, "part")
    own = rows[rows["organisation_id"] == organisation].set_index("part")["value"]
    found["value"] = own.reindex(found["part"]).to_numpy()
    found["gap_to_median"] = found["value"] - found["median"]
    found["part"] = found["part"].astype("object")
    part = frames.part.loc[frames.part["fiscal_year"] == fiscal_year, ["code", "position"]]
    return found.merge(part, left_on="part", right_on="code").sort_values("position")


def organisation_rank(
    frames: Frames, place: str, kind: str, fiscal_year: int, organisation: str
) -> pd.DataFrame:
    rows = frames.known(place, kind, year=fiscal_year, part="overall")
    own = rows.loc[rows["organisation_id"] == organisation, "value"].item()
    members = frames.members(place, kind)
    return pd.DataFrame(
        {
            "n": [len(rows)],
            "n_bodies": [(members["fiscal_year"] == fiscal_year).sum()],
            "rank": [(rows["value"] > own).sum() + 1],
            "n_equal": [(rows["value"] == own).sum()],
        }
    )


def province_map(frames: Frames, kind: str, fiscal_year: int) -> pd.DataFrame:
    graded = frames.graded(frames.known("all", kind, year=fiscal_year))
    levels = frames.grade_level.loc[frames.grade_level["fiscal_year"] == fiscal_year, ["position", "passed"]]
    body = frames.body.loc[frames.body["fiscal_year"] == fiscal_year, ["organisation_id", "province_iso"]]
    rows = graded.merge(levels, on="position").merge(body, on="organisation_id")
    found = rows.groupby("province_iso").agg(
        n=("overall", "count"), mean=("overall", "mean"), passed=("passed", "mean")
    )
    found["share_passed"] = 100 * found["passed"].astype(float)
    return found.rename_axis("iso").reset_index()


def _pair(frames: Frames, place: str, kind: str, part: str, from_year: int, to_year: int) -> pd.DataFrame:
    before = frames.known("all", "all", year=from_year, part=part)[["organisation_id", "value"]]
    now = frames.known(place, kind, year=to_year, part=part)[["organisation_id", "value"]]
    both = now.merge(before, on="organisation_id", suffixes=("_to", "_from"))
    both["change"] = both["value_to"] - both["value_from"]
    return both


def change_summary(
    frames: Frames, place: str, kind: str, part: str, from_year: int, to_year: int
) -> pd.DataFrame:
    change = _pair(frames, place, kind, part, from_year, to_year)["change"].round(6)
    shown = change.round(2)
    counts = {
        "n": len(change),
        "n_up": (shown > 0).sum(),
        "n_down": (shown < 0).sum(),
        "n_same": (shown == 0).sum(),
    }
    return pd.DataFrame([{**counts, "median": change.median(), "min": change.min(), "max": change.max()}])


def change_bins(
    frames: Frames, place: str, kind: str, part: str, from_year: int, to_year: int, width: int
) -> pd.DataFrame:
    shown = _pair(frames, place, kind, part, from_year, to_year)["change"].round(6).round(2)
    bins = (np.floor(shown / width) * width).astype(int)
    return bins.value_counts().sort_index().rename_axis("bin_from").rename("n").reset_index()


def change_pairs(frames: Frames, place: str, kind: str, part: str, level: str) -> pd.DataFrame:
    rows = frames.known(place, kind, part=part)[["organisation_id", "fiscal_year"]]
    before = frames.known("all", "all", part=part)[["organisation_id", "fiscal_year"]]
    both = rows.merge(before, on="organisation_id", suffixes=("_to", "_from"))
    both = both[both["fiscal_year_from"] < both["fiscal_year_to"]]
    found = both.groupby(["fiscal_year_from", "fiscal_year_to"]).size().rename("n").reset_index()
    found.columns = ["from_year", "to_year", "n"]
    return found.sort_values(["to_year", "from_year"], ascending=False)


def changes(
    frames: Frames,
    place: str,
    kind: str,
    part: str,
    from_year: int,
    to_year: int,
    first: int,
    last: int,
    **unused: Value,
) -> pd.DataFrame:
    rows = _pair(frames, place, kind, part, from_year, to_year)
    rows["n"] = len(rows)
    rows["change"] = rows["change"].round(6)
    rows["rank"] = rows["change"].rank(method="min", ascending=False).astype(int)
    return rows.sort_values("rank").iloc[first - 1 : last][["rank", "change", "n"]]


def results(
    frames: Frames, place: str, kind: str, fiscal_year: int, first: int, last: int, **unused: Value
) -> pd.DataFrame:
    known = frames.known(place, kind, year=fiscal_year)
    rows = frames.graded(known)
    rows["n"] = rows["n_ranked"] = len(rows)
    rows["rank"] = rows["overall"].round(6).rank(method="min", ascending=False).astype(int)
    levels = frames.grade_level[frames.grade_level["fiscal_year"] == fiscal_year]
    rows["grade_th"] = rows["position"].map(levels.set_index("position")["name_th"])
    rows["name_order"] = frames.name_order.reindex(rows["organisation_id"].astype(str)).to_numpy()
    rows = rows.sort_values(["rank", "name_order"]).iloc[first - 1 : last]
    return rows[["rank", "overall", "n", "n_ranked", "grade_th", "name_order"]]


def group_counts(frames: Frames, place: str, kind: str, fiscal_year: int) -> pd.DataFrame:
    graded = frames.graded(frames.known(place, kind, year=fiscal_year))
    levels = frames.grade_level[frames.grade_level["fiscal_year"] == fiscal_year]
    passed = graded["position"].map(levels.set_index("position")["passed"])
    before = frames.known("all", "all", year=fiscal_year - 1, part="overall")["organisation_id"]
    members = frames.members(place, kind)
    members = members[members["fiscal_year"] == fiscal_year]
    counts = {
        "n_bodies": len(members),
        "n_overall": len(graded),
        "n_below": (passed == False).sum(),  # noqa: E712  unknown is neither
        "n_passed": (passed == True).sum(),  # noqa: E712
        "n_previous": members["organisation_id"].isin(before).sum(),
    }
    return pd.DataFrame([counts])


def coverage_levels(frames: Frames) -> pd.DataFrame:
    part = frames.part[["fiscal_year", "code", "level", "position"]]
    codes = part.assign(code=pd.Categorical(part["code"], categories=frames.score["part"].cat.categories))
    rows = frames.score[["fiscal_year", "part", "organisation_id"]].merge(
        codes, left_on=["fiscal_year", "part"], right_on=["fiscal_year", "code"]
    )
    scored = rows.groupby(["fiscal_year", "level"])["organisation_id"].agg(
        n_bodies="nunique", n_scores="size"
    )
    tree = part.groupby(["fiscal_year", "level"])["position"].agg(position="min", n_parts="size")
    return tree.join(scored).fillna(0).astype(int).reset_index().sort_values(["fiscal_year", "position"])


def series_bodies(frames: Frames, place: str, kind: str, part: str) -> pd.DataFrame:
    rows = frames.known(place, kind, part=part)
    years = rows.groupby("organisation_id", observed=True)["fiscal_year"].agg(["size", "min", "max"])
    found = years[years["size"] >= 2]
    names = frames.name_order.reindex(found.index.astype(str)).to_numpy()
    found = found.assign(name_order=names, n_bodies=len(found)).sort_values("name_order").head(12)
    return found.rename(columns={"size": "n_years", "min": "first_year", "max": "last_year"}).reset_index(
        drop=True
    )


def years(frames: Frames) -> pd.DataFrame:
    overall = frames.known("all", "all", part="overall").groupby("fiscal_year").size()
    bodies = frames.score.groupby("fiscal_year")["organisation_id"].nunique()
    found = frames.edition[["fiscal_year"]].copy()
    found["n"] = overall.reindex(found["fiscal_year"]).fillna(0).astype(int).to_numpy()
    found["n_bodies"] = bodies.reindex(found["fiscal_year"]).fillna(0).astype(int).to_numpy()
    return found


# group_parts and group_coverage are only compared with the fact table.
PANDAS: Mapping[str, Callable[..., pd.DataFrame]] = {
    one.__name__: one
    for one in (
        group_overall,
        group_grades,
        group_bins,
        group_items,
        group_item_parents,
        group_series,
        groups_series,
        group_continuity,
        province_map,
        organisation_position,
        organisation_rank,
        change_summary,
        change_bins,
        change_pairs,
        changes,
        results,
        group_counts,
        coverage_levels,
        series_bodies,
        years,
    )
}


def differences(mart: pd.DataFrame, other: pd.DataFrame, tolerance: float = 1e-6) -> list[str]:
    """The columns of the other answer that are not the mart's, and what else is wrong with it."""
    if len(mart) != len(other):
        return [f"{len(mart)} rows, not {len(other)}"]
    shared = [name for name in other.columns if name in mart.columns]
    wrong = [] if shared else ["no column"]
    for name in shared:
        one, another = mart[name], other[name]
        if pd.api.types.is_numeric_dtype(one) and not pd.api.types.is_bool_dtype(one):
            left = pd.to_numeric(one).to_numpy(dtype=float, na_value=np.nan)
            right = pd.to_numeric(another).to_numpy(dtype=float, na_value=np.nan)
            same = np.allclose(left, right, rtol=0, atol=tolerance, equal_nan=True)
        else:
            same = one.astype("object").where(one.notna(), None).tolist() == (
                another.astype("object").where(another.notna(), None).tolist()
            )
        if not same:
            wrong.append(name)
    return wrong


@cache
def asked() -> tuple[str, ...]:
    """The names of the queries that pages ask."""
    found: set[str] = set()
    known = {path.stem for path in warehouse.QUERIES.glob("*.sql")}
    for folder in ("pages", "dashboard"):
        for path in (ROOT / folder).rglob("*.py"):
            found |= set(re.findall(r'query\(\s*"(\w+)"', path.read_text(encoding="utf-8"))) & known
    return tuple(sorted(found))


def seconds(what: Callable[[], object]) -> float:
    """How long it takes."""
    started = time.perf_counter()
    what()
    return time.perf_counter() - started


def unrestrained(version: Path) -> duckdb.DuckDBPyConnection:
    """A version as DuckDB opens it by itself, with every core: the fact table at its best.

    Beside an instance of its own, for one path is opened with one set of settings only.
    """
    connection = duckdb.connect()
    place = str(version).replace("'", "''")
    connection.execute(f"ATTACH '{place}' AS version (READ_ONLY)")
    connection.execute("USE version")
    return connection


def compare(
    opened: Warehouse, facts: duckdb.DuckDBPyConnection, frames: Frames, name: str, repeat: int
) -> dict[str, float]:
    """Milliseconds of a query on the marts, on the fact and by pandas, in turn.

    Raises:
        RuntimeError: the answers are not the same.
    """
    parameters: dict[str, Value] = dict(CASES[name])
    if "$organisation" in warehouse.query_text(name):
        parameters["organisation"] = str(frames.score["organisation_id"].cat.categories[0])
    sql = fact_sql(name)
    given = {one: parameters[one] for one in set(re.findall(r"\$(\w+)", sql)) if one in parameters}
    given |= {one: "all" for one in ("place", "kind") if f"${one}" in sql and one not in given}

    def mart() -> pd.DataFrame:
        return opened.run(name, **parameters)

    def fact() -> pd.DataFrame:
        return facts.execute(sql, given or None).df()

    sides: dict[str, Callable[[], pd.DataFrame]] = {"mart": mart, "fact": fact}
    if name in PANDAS:
        sides["pandas"] = lambda: PANDAS[name](frames, **parameters)
    expected = mart()  # and a warm-up
    for side, run in list(sides.items())[1:]:
        other = run()
        if side == "pandas":
            expected = _alike(name, expected)
        if wrong := differences(expected, other):
            raise RuntimeError(f"{name} by {side} differs in {', '.join(wrong)}")
    runs: dict[str, list[float]] = {side: [] for side in sides}
    for _ in range(repeat):
        for side, run in sides.items():
            runs[side].append(1000 * seconds(run))
    return {side: median(taken) for side, taken in runs.items()}


def _alike(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """The mart's answer as far as pandas answers it: without provinces that have no body."""
    return frame[frame["n"] > 0] if name == "province_map" else frame


# Queries without a second side, by the reason; what a page asks and nobody has sorted in is told in the JSON.
NO_EQUIVALENT: Mapping[str, Sequence[str]] = {
    "a few rows looked up by their key": (
        "asked_respondents",
        "bodies_parts",
        "bodies_respondents",
        "few_values",
        "group_bodies",
        "group_respondents",
        "organisation",
        "organisation_addressed",
        "organisation_findings",
        "organisation_measures",
        "organisation_printed",
        "organisation_results",
        "organisation_series",
        "organisation_tree",
        "organisation_weak",
        "organisations_indicators",
    ),
    "small tables that are no aggregate of the scores": (
        "breaks",
        "breaks_between",
        "build_info",
        "editions",
        "finding_bodies",
        "finding_counts",
        "findings",
        "grade_levels",
        "grade_ranges",
        "group_average_years",
        "group_averages",
        "kinds",
        "national_series",
        "organisations",
        "parts",
        "places",
        "sources",
        "trend_parts",
        "version_files",
        "waiting_counts",
        "waiting_figures",
        "waiting_names",
        "worked_change",
        "worked_example",
    ),
    "a regression over the whole panel, which the build makes": ("expected_lines", "mover_counts", "movers"),
    "a search for a few bodies, or a list of a body's group, that nobody would write twice": (
        "alike_bodies",
        "group_depth",
        "group_plan_changes",
        "measures_on_part",
        "nearest_bodies",
        "organisation_plan_changes",
        "organisation_standing",
    ),
    "it asks the fact table itself": ("coverage_years", "group_sources", "bodies_on_part"),
    "what the user puts together, on the scores of bodies": (
        "measure_bins",
        "measure_facets",
        "pair_bins",
        "pair_bodies",
        "pair_counts",
    ),
}


def measure(national: Size, repeat: int) -> list[Figure]:
    """All queries that have an equivalent, summed up on either side, and the worst of them.

    What could not be compared is said, not left out.
    """
    opened = Warehouse(national.version)
    facts = unrestrained(national.version)
    frames = Frames.of(opened)
    taken: dict[str, dict[str, float]] = {}
    broken: dict[str, str] = {}
    for name in CASES:
        if (warehouse.QUERIES / f"{name}.sql").exists():
            try:
                taken[name] = compare(opened, facts, frames, name, repeat)
            except (RuntimeError, duckdb.Error, warehouse.QueryError) as error:
                broken[name] = str(error).partition("\n")[0]
                print(f"{name} cannot be compared: {broken[name]}", file=sys.stderr)
    opened.close()
    facts.close()
    sorted_in = {one for names in NO_EQUIVALENT.values() for one in names}
    told = {
        "milliseconds": taken,
        "not comparable": broken,
        "without an equivalent": {why: list(names) for why, names in NO_EQUIVALENT.items()},
        "not sorted in": [name for name in asked() if name not in {*CASES, *sorted_in}],
    }
    figures = []
    for side, text in (("fact", "the fact table in DuckDB"), ("pandas", "pandas on frames in memory")):
        both = {name: one for name, one in taken.items() if side in one}
        ratios = {name: one["mart"] / one[side] for name, one in both.items()}
        met = sum(value <= AIM for value in ratios.values())
        count = f"{met} of {len(ratios)} within {AIM:g}"
        if broken:
            count += f", {len(broken)} not comparable"
        sums = total(both, "mart") / total(both, side)
        figures.append(
            Figure("2", f"page queries on marts ÷ the same from {text}", sums, aim=AIM, detail=told)
        )
        figures.append(worst("2", f"a single query on marts ÷ the same from {text} ({count})", ratios))
    return figures


def total(taken: Mapping[str, Mapping[str, float]], side: str) -> float:
    """Milliseconds of all queries on one side: what a visitor who opens every page waits for."""
    return sum(one[side] for one in taken.values())
