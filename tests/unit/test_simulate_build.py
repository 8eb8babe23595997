"""A warehouse of the simulated panel: the checks find the errors put there on purpose, and nothing else."""

from collections import Counter
from pathlib import Path

import duckdb
import pytest

from ita_data.simulate import DATASET_TH, Panel, errors, panel, simulate
from warehouse import build, publish

DOCUMENT = Path(__file__).parents[2] / "docs" / "simulation.md"


def built(one: Panel, folder: Path) -> duckdb.DuckDBPyConnection:
    build_id = build.build([one.folder], out=folder, dataset_th=DATASET_TH, simulated=True)
    return duckdb.connect(str(publish.version_path(folder, build_id)), read_only=True)


@pytest.mark.parametrize(
    ("count", "seed"), [(200, 1), (200, 2), (200, panel.SEED), (panel.BODIES, panel.SEED)]
)
def test_the_checks_find_these_errors_and_no_others(tmp_path: Path, count: int, seed: int) -> None:
    simulated = simulate(tmp_path / "dataset", seed=seed, bodies=count)
    with built(simulated, tmp_path / "versions") as tables:
        findings = tables.execute(
            "SELECT check_code, organisation_id, fiscal_year, part FROM finding"
        ).fetchall()
        expected = [(one.check, one.organisation_id, one.fiscal_year, one.part) for one in simulated.errors]
        assert Counter(findings) == Counter(expected)
        assert tables.execute("SELECT COUNT(*) FROM reported_score").fetchone() == (simulated.scores,)
        assert tables.execute("SELECT dataset_th, simulated FROM build_info").fetchone() == (DATASET_TH, True)
        labels = tables.execute("SELECT COUNT(*) FROM organisation WHERE label_th NOT LIKE '%จำลอง%'")
        assert labels.fetchone() == (0,)


def test_every_check_that_stops_no_build_has_an_error() -> None:
    found = {check for check, _, _ in errors.ERRORS.values()} | {"unresolved_name"}
    assert found == {check.code for check in build.checks() if check.severity != "fatal"}


def test_the_document_lists_the_errors() -> None:
    rows = [
        [cell.strip(" `") for cell in line.strip("|").split("|")]
        for line in DOCUMENT.read_text(encoding="utf-8").splitlines()
        if line.startswith("| `") and line.count("|") == 5
    ]
    documented = {row[0]: row[1] for row in rows}
    expected = {error: check for error, (check, _, _) in errors.ERRORS.items()}
    assert documented == {**expected, "name_of_two_bodies": "unresolved_name"}
