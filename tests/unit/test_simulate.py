"""The simulated panel: near the published figures, whole, reproducible, and never to be taken for real."""

import subprocess
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pytest

from ita_data import organisation, scoring
from ita_data.edition import FULL_SCORE, Edition, load_editions
from ita_data.simulate import Panel, bodies, errors, model, panel, simulate
from ita_data.simulate.__main__ import report
from ita_data.simulate.tree import rounded

ROOT = Path(__file__).parents[2]
PUBLISHED = ROOT / "ita_data" / "published"
REGISTER = Path(__file__).parents[3] / "shared" / "reference" / "lao_2020.csv"
EDITIONS = load_editions()
YEARS = sorted(model.read_pattern())
SMALL = 200


@pytest.fixture(scope="module")
def national(tmp_path_factory: pytest.TempPathFactory) -> Panel:
    return simulate(tmp_path_factory.mktemp("national"))


@pytest.fixture(scope="module")
def scores(national: Panel) -> Callable[..., pd.DataFrame]:
    """A function: condition, columns → what stands, without the bodies with an error on purpose."""
    seeded = [one.organisation_id for one in national.errors if one.organisation_id]

    def query(condition: str, columns: str = "*") -> pd.DataFrame:
        return duckdb.execute(
            f"SELECT {columns} FROM read_parquet($file)"
            f" WHERE stands AND NOT list_contains($seeded, organisation_id) AND {condition}",
            {"file": str(national.folder / "scores.parquet"), "seeded": seeded},
        ).df()

    return query


@pytest.fixture(scope="module")
def overall(national: Panel) -> pd.DataFrame:
    """Bodies × years: the overall as printed, absent where a body was not assessed."""
    rows = duckdb.execute(
        "SELECT organisation_id, fiscal_year, value FROM read_parquet($file)"
        " WHERE part = 'overall' AND stands",
        {"file": str(national.folder / "scores.parquet")},
    ).df()
    return rows.pivot(index="organisation_id", columns="fiscal_year", values="value")


@pytest.fixture(scope="module")
def people(national: Panel) -> pd.DataFrame:
    return pd.read_parquet(national.folder / "organisations.parquet")


# Calibration ------------------------------------------------------------


@pytest.mark.parametrize("year", YEARS)
def test_mean_and_share_are_the_published_ones(overall: pd.DataFrame, year: int) -> None:
    summary = pd.read_csv(PUBLISHED / "national_summary.csv").set_index("fiscal_year").loc[year]
    found = overall[year].dropna()
    assert len(found) == pytest.approx(summary["n_organisations"], rel=0.02)
    assert found.mean() == pytest.approx(summary["mean_overall"], abs=0.3)
    if not np.isnan(summary["share_passed"]):
        assert 100 * (found >= EDITIONS[year].pass_mark).mean() == pytest.approx(
            summary["share_passed"], abs=1
        )


def test_indicators_follow_the_pattern(scores: Callable[..., pd.DataFrame]) -> None:
    indicators = [part.code for part in EDITIONS[2568].parts.values() if part.level == "indicator"]
    means = (
        scores("part IN " + str(tuple(indicators)))
        .groupby(["fiscal_year", "part"], observed=True)["value"]
        .mean()
        .unstack()
    )
    for year, rows in model.read_pattern().items():
        pattern = pd.Series({code: float(row["mean"]) for code, row in rows.items()})
        assert means.loc[year].rank().corr(pattern.rank()) > 0.95, year
        for code, row in rows.items():
            if row["scope"] == "national":
                assert means.loc[year, code] == pytest.approx(float(row["mean"]), abs=0.2), (year, code)
    assert means.loc[2563].idxmin() == means.loc[2564].idxmin() == "10"
    assert means.loc[2564, "10"] - means.loc[2563, "10"] > 15
    assert means.loc[2568, "3"] == pytest.approx(99.45, abs=0.2)
    assert means.loc[2568, "8"] - means.loc[2567, "8"] == pytest.approx(9.9, abs=0.3)


@pytest.mark.parametrize("seed", [1, 2])
def test_a_small_panel_is_calibrated_too(tmp_path: Path, seed: int) -> None:
    # A body more or less at the pass mark is half a point of the share of 200.
    small = simulate(tmp_path, seed=seed, bodies=SMALL)
    for year in small.years:
        assert year.mean == pytest.approx(year.target_mean, abs=0.5), year.fiscal_year
        if year.target_share is not None:
            assert year.share == pytest.approx(year.target_share, abs=3), year.fiscal_year


def test_the_document_shows_this_calibration(national: Panel) -> None:
    assert report(national) in (ROOT / "docs" / "simulation.md").read_text(encoding="utf-8")


# The tree ------------------------------------------------------------


def plain_mean(edition: Edition, code: str, items: pd.DataFrame) -> pd.Series:
    """A website indicator from its items: written out anew, with the weights or, where unknown, evenly."""
    children = edition.children(code)
    if not children:
        return items[code]
    weights = [child.weight_in_parent or 1 / len(children) for child in children]
    return sum(
        weight * plain_mean(edition, child.code, items)
        for weight, child in zip(weights, children, strict=True)
    )


@pytest.mark.parametrize("year", [year for year in YEARS if EDITIONS[year].children("9")])
def test_website_items_give_their_indicators_exactly(scores: Callable[..., pd.DataFrame], year: int) -> None:
    rows = scores(f"fiscal_year = {year} AND (part LIKE 'O%' OR part LIKE '9%' OR part LIKE '10%')")
    wide = rows.pivot(index="organisation_id", columns="part", values="value")
    items = [code for code, part in EDITIONS[year].parts.items() if part.scale == "binary"]
    assert set(np.unique(wide[items])) == {0, 100}
    for code in [code for code in wide.columns if code[0] in "91"]:
        assert (plain_mean(EDITIONS[year], code, wide).map(scoring.round_half_up) == wide[code]).all(), code


@pytest.mark.parametrize("year", YEARS)
def test_every_part_follows_from_the_parts_below(scores: Callable[..., pd.DataFrame], year: int) -> None:
    edition = EDITIONS[year]
    rows = scores(f"fiscal_year = {year} AND hash(organisation_id) % 40 = 0")
    assert rows["organisation_id"].nunique() > 100
    compared = 0
    for _, body in rows.groupby("organisation_id", observed=True):
        printed = {
            (part, group): value
            for part, group, value in zip(body["part"], body["respondents"], body["value"], strict=True)
        }
        for key, value in scoring.recompute(edition, printed).items():
            if key in printed:
                compared += 1
                assert printed[key] == pytest.approx(value, abs=edition.tolerance), key
    assert compared >= 4 * rows["organisation_id"].nunique()


def test_all_parts_and_both_groups_are_there(scores: Callable[..., pd.DataFrame]) -> None:
    for year in YEARS:
        found = scores(f"fiscal_year = {year} GROUP BY ALL", "part, respondents, COUNT(*) AS n")
        found = found.set_index(["part", "respondents"])["n"]
        expected = {
            (part.code, group)
            for part in EDITIONS[year].parts.values()
            for group in (part.respondents if part.respondents and part.level == "item" else ("all",))
        }
        assert set(found.index) == expected, year
        assert found.nunique() == 1, f"{year}: every body has every part"
        assert (("E1", "public") in expected) == (year >= 2567)


def test_values_are_points_with_two_decimals(scores: Callable[..., pd.DataFrame]) -> None:
    values = scores("true", "value")["value"]
    assert values.between(0, FULL_SCORE).all()
    assert (values == np.round(values, 2)).all()


def test_parts_on_unconfirmed_splits_are_marked(scores: Callable[..., pd.DataFrame]) -> None:
    marked = scores("note_th IS NOT NULL")[["fiscal_year", "part"]].drop_duplicates()
    found = set(marked.itertuples(index=False, name=None))
    assert (2565, "1") in found
    assert (2568, "9.1") in found
    assert not {(2567, "1"), (2565, "9.1"), (2562, "1"), (2565, "overall")} & found


def test_rounding_is_half_up() -> None:
    values = np.random.default_rng(0).uniform(0, 100, 2000).round(3)
    assert [scoring.round_half_up(one) for one in values] == rounded(values).tolist()
    assert rounded(np.array([84.995, 1.005, 0.0])).tolist() == [85.0, 1.01, 0.0]


# Differences that persist, and do not ------------------------------------------------------------


@pytest.mark.parametrize(("before", "now"), list(pairwise(YEARS)))
def test_ranks_persist_and_regress_to_the_mean(overall: pd.DataFrame, before: int, now: int) -> None:
    pair = overall[[before, now]].dropna()
    assert 0.4 < pair.corr(method="spearman").iloc[0, 1] < 0.95
    slope = np.polyfit(pair[before], pair[now], 1)[0]
    assert 0.1 < slope < 1
    change = pair[now] - pair[before]
    low, high = pair[before].quantile([0.25, 0.75])
    assert change[pair[before] <= low].mean() > change[pair[before] >= high].mean() + 1


def test_persistence_fades_with_time(overall: pd.DataFrame) -> None:
    ranks = overall.corr(method="spearman")
    assert ranks.loc[2565, 2566] > ranks.loc[2563, 2566] > 0.2


def test_scores_crowd_under_the_ceiling(overall: pd.DataFrame) -> None:
    last = overall[2568].dropna()
    assert last.max() <= FULL_SCORE
    assert last.skew() < -0.5
    assert last.quantile(0.75) - last.median() < last.median() - last.quantile(0.25)
    assert overall[2568].std() < overall[2562].std() / 2


def test_provinces_differ_more_than_chance(overall: pd.DataFrame, people: pd.DataFrame) -> None:
    province = people.set_index("organisation_id")["province_iso"].reindex(overall.index)
    spread = overall[2565].groupby(province.to_numpy()).mean().std()
    shuffled = np.random.default_rng(0).permutation(province.to_numpy())
    assert spread > 1.5 * overall[2565].groupby(shuffled).mean().std()


# Bodies ------------------------------------------------------------


@pytest.mark.parametrize("times", [1, 10])
def test_every_type_and_province_has_its_bodies(times: int) -> None:
    counts = {(kind, iso): n for kind, iso, n in bodies.read_counts()}
    assert sum(counts.values()) == panel.BODIES
    made = bodies.make(panel.BODIES * times, len(YEARS), np.random.default_rng(0))
    found: dict[tuple[str, str | None], int] = {}
    for key in zip(made.type_before, made.province_iso, strict=True):
        found[key] = found.get(key, 0) + 1
    assert found == {key: n * times for key, n in counts.items()}
    assert {iso for iso in made.province_iso if iso} == set(organisation.province_isos().values())


@pytest.mark.skipif(not REGISTER.exists(), reason="the register is not part of the project")
def test_local_bodies_are_counted_as_in_the_register() -> None:
    codes = {
        "PAO": "pao",
        "CITY": "thesaban_nakhon",
        "TOWN": "thesaban_mueang",
        "SUBDISTRICT_MUNI": "thesaban_tambon",
        "SAO": "sao",
    }
    register = pd.read_csv(REGISTER, dtype=str)
    register = register[register["type"].isin(codes)]
    expected = register.groupby([register["type"].map(codes), "province_iso"]).size().to_dict()
    lao = set(codes.values())
    assert {(kind, iso): n for kind, iso, n in bodies.read_counts() if kind in lao} == expected


def test_every_name_says_that_it_is_simulated(people: pd.DataFrame) -> None:
    known = [
        organisation.Organisation(
            row.organisation_id, row.type, row.name_th, row.full_name_th, row.district_th or None, None
        )
        for row in people.astype(object).where(people.notna(), None).itertuples()
    ]
    labels = organisation.unique_labels(known)
    assert len(set(labels.values())) == len(people)
    for names in (people["name_th"], people["full_name_th"], pd.Series(labels)):
        assert names.str.contains(bodies.MARK).all()
    assert people["district_th"].dropna().str.startswith(bodies.MARK).all()
    bare = people["name_th"].str.split(bodies.MARK, n=1).str[1]
    assert (bare.str.len() > 3).all(), "a real body is called just จำลอง"


def test_no_name_is_a_published_bodys(people: pd.DataFrame) -> None:
    published = pd.read_csv(PUBLISHED / "organisations.csv")
    assert not set(people["full_name_th"]) & set(published["full_name_th"])
    assert not set(people["organisation_id"]) & set(published["organisation_id"])


@pytest.mark.skipif(not REGISTER.exists(), reason="the register is not part of the project")
def test_no_name_is_in_the_register() -> None:
    register = pd.read_csv(REGISTER, dtype=str)
    every = [bodies.name(number) for number in range(bodies.NAMES)]
    real = set(register["name_th"]) | set(register["full_name_th"])
    assert not real & set(every)
    assert not real & {name.removeprefix(bodies.MARK) for name in every}


def test_every_number_has_its_own_name() -> None:
    assert len({bodies.name(number) for number in range(bodies.NAMES)}) == bodies.NAMES
    assert len({bodies.district_name(number) for number in range(2000)}) == 2000


def test_some_names_repeat_but_never_in_one_district(people: pd.DataFrame) -> None:
    assert 0.80 < people["full_name_th"].nunique() / len(people) < 0.92
    in_province = people.groupby(["full_name_th", "province_iso"]).size()
    assert 40 < (in_province > 1).sum() < 160
    lao = people[people["district_th"].notna()]
    assert not lao.duplicated(["full_name_th", "province_iso", "district_th"]).any()
    of_two_types = lao.groupby(["name_th", "province_iso", "district_th"])["type"].nunique()
    assert (of_two_types > 1).sum() > 20, "as เขาสวนกวาง is both a เทศบาลตำบล and an อบต."


def test_bodies_come_go_and_miss_years(overall: pd.DataFrame) -> None:
    there = overall.notna()
    first, last = there.idxmax(axis=1), there.iloc[:, ::-1].idxmax(axis=1)
    assert there.any(axis=1).all()
    assert 0 < (first > YEARS[0]).mean() < 0.02
    assert 0 < (last < YEARS[-1]).mean() < 0.02
    assert 0.01 < (there.sum(axis=1) < last - first + 1).mean() < 0.1


def test_upgrades_change_the_type_of_later_years(national: Panel, people: pd.DataFrame) -> None:
    years = pd.read_parquet(national.folder / "organisation_years.parquet")
    assert not years.duplicated(["organisation_id", "fiscal_year"]).any()
    types = years.sort_values("fiscal_year").groupby("organisation_id")["type"].unique()
    changed = types[types.map(len) == 2].map(tuple)
    assert len(changed) > 20
    assert set(changed) == {("sao", "thesaban_tambon"), ("thesaban_tambon", "thesaban_mueang")}
    latest = people.set_index("organisation_id")
    assert (latest.loc[changed.index, "type"] == changed.str[1]).all()
    assert latest.loc[changed.index, "note_th"].str.contains("ยกฐานะ").all()


@pytest.mark.parametrize("count", [0, bodies.NAMES + 1])
def test_an_impossible_number_of_bodies_is_refused(tmp_path: Path, count: int) -> None:
    with pytest.raises(ValueError, match="จำนวนหน่วยงาน"):
        simulate(tmp_path, bodies=count)


def test_too_few_bodies_for_the_errors_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="น้อยเกินไป"):
        simulate(tmp_path, bodies=len(errors.ERRORS))


# The folder ------------------------------------------------------------


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    def files(name: str, seed: int) -> dict[str, bytes]:
        simulate(tmp_path / name, seed=seed, bodies=SMALL)
        return {path.name: path.read_bytes() for path in (tmp_path / name).iterdir()}

    one = files("one", 7)
    assert files("two", 7) == one
    assert files("three", 8)["scores.parquet"] != one["scores.parquet"]


def test_more_bodies_than_are_drawn_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Chunks are written in order; years stay near their targets though one chunk is calibrated."""
    monkeypatch.setattr(panel, "_CHUNK", 1000)
    chunked = simulate(tmp_path, bodies=2500)
    rows = pd.read_parquet(tmp_path / "scores.parquet")
    order = ["fiscal_year", "organisation_id", "part", "respondents"]
    keys = rows[order].astype({name: str for name in order[1:]})
    assert keys.equals(keys.sort_values(order, kind="stable"))
    assert len(rows) == chunked.scores
    assert rows["organisation_id"].nunique() == 2500
    for year in chunked.years:
        assert year.mean == pytest.approx(year.target_mean, abs=1)


def test_the_national_summary_is_its_own(national: Panel, overall: pd.DataFrame) -> None:
    summary = pd.read_parquet(national.folder / "national_summary.parquet").set_index("fiscal_year")
    for year in YEARS:
        found = overall[year].dropna()
        assert summary.loc[year, "n_organisations"] == len(found)
        assert summary.loc[year, "mean_overall"] == pytest.approx(found.mean(), abs=0.005)
        assert summary.loc[year, "n_passed"] == (found >= 85).sum()
    sources = pd.read_parquet(national.folder / "sources.parquet")
    assert sources["title_th"].str.startswith("ข้อมูลจำลอง").all()
    assert sources["locator"].str.contains(str(panel.SEED)).all()


def test_measures_answer_the_weakest_indicators(national: Panel) -> None:
    measures = pd.read_parquet(national.folder / "measures.parquet")
    parts = pd.read_parquet(national.folder / "measure_indicators.parquet")
    assert (measures["plan_year"] == measures["assessed_year"] + 1).all()
    assert measures["organisation_id"].nunique() > 200
    assert measures["follow_up_th"].isna().any()
    assert measures["follow_up_th"].notna().any()
    first = measures[measures["seq"] == 1].merge(parts, on="measure_id")
    values = duckdb.execute(
        "SELECT organisation_id, fiscal_year, MIN(value) AS lowest,"
        " LIST(part) AS parts, LIST(value) AS points"
        " FROM read_parquet($file) WHERE part IN ('1','2','3','4','5','6','7','8','9','10') AND stands"
        " GROUP BY organisation_id, fiscal_year",
        {"file": str(national.folder / "scores.parquet")},
    ).df()
    joined = first.merge(
        values,
        left_on=["organisation_id", "assessed_year"],
        right_on=["organisation_id", "fiscal_year"],
    )
    assert len(joined) == len(first)
    for row in joined.itertuples():
        assert dict(zip(row.parts, row.points, strict=True))[row.part] == row.lowest


def test_command_line(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "ita_data.simulate", "--out", str(tmp_path / "sim"), "--bodies"]
    done = subprocess.run([*command, "150"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "150 bodies" in done.stdout
    assert (tmp_path / "sim" / "scores.parquet").exists()
    refused = subprocess.run([*command, "0"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert refused.returncode == 1
    assert "จำนวนหน่วยงาน" in refused.stderr
