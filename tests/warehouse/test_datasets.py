"""The datasets a reader may choose: built when first wanted, built anew for another program, never mixed."""

import shutil
from pathlib import Path

import duckdb
import pytest

from ita_data import simulate
from tests import factory
from warehouse import build, datasets, importing, publish
from warehouse.warehouse import open_version


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty versions folder; the simulated panel is a small one."""
    monkeypatch.setenv("ITA_WAREHOUSE", str(tmp_path))
    whole = simulate.simulate
    monkeypatch.setattr(simulate, "simulate", lambda out, progress: whole(out, bodies=200, progress=progress))
    return tmp_path


def about(code: str) -> tuple[str, bool]:
    path = datasets.current(code)
    assert path is not None
    (row,) = open_version(path).run("build_info").itertuples()
    return row.dataset_th, row.simulated


def test_each_dataset_is_built_once_it_is_wanted(folder: Path) -> None:
    assert [datasets.current(code) for code in datasets.datasets()] == [None, None, None]
    datasets.make(datasets.OWN)
    assert about(datasets.OWN) == ("ข้อมูลเผยแพร่", False)
    assert datasets.current(datasets.SIMULATED) is None
    shares: list[float] = []
    datasets.make(datasets.SIMULATED, lambda share, message: shares.append(share))
    assert about(datasets.SIMULATED) == ("ข้อมูลจำลองทั้งประเทศ", True)
    assert shares == sorted(shares)
    assert shares[-1] == 1
    simulated = datasets.current(datasets.SIMULATED)
    assert simulated is not None
    left = {path.name for path in simulated.parent.iterdir()}
    assert left == {simulated.name, publish.POINTER, "publish.lock"}, "the panel's files are gone"
    assert datasets.current(datasets.OWN) != simulated


def test_the_published_set_is_offered_beside_the_own_one_once_something_was_imported(folder: Path) -> None:
    datasets.make(datasets.OWN)
    assert [(one.code, one.name_th) for one in datasets.offered()] == [
        ("own", "ข้อมูลเผยแพร่"),
        ("simulated", "ข้อมูลจำลองทั้งประเทศ"),
    ]
    imported = folder / importing.IMPORTS / "one"
    shutil.copytree(factory.DATASETS["one_body"](folder / "dataset"), imported)
    publish.publish(importing.prepare(imported))
    assert [one.code for one in datasets.offered()] == ["own", "published", "simulated"]
    assert about(datasets.OWN) == ("ข้อมูลเผยแพร่และข้อมูลที่นำเข้า", False)
    datasets.make(datasets.PUBLISHED)
    assert about(datasets.PUBLISHED) == ("ข้อมูลเผยแพร่", False)


def test_a_version_of_another_program_is_built_anew_from_the_same_folders(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish.publish(
        build.build([factory.DATASETS["one_body"](folder / "dataset")], dataset_th="ทดสอบ", simulated=True)
    )
    older = datasets.current(datasets.OWN)
    assert older is not None
    monkeypatch.setattr(build, "recipe", lambda: "a later program")
    assert datasets.current(datasets.OWN) is None
    datasets.make(datasets.OWN)
    newer = datasets.current(datasets.OWN)
    assert newer not in (None, older)
    assert about(datasets.OWN) == ("ทดสอบ", True)
    assert importing.folders_of(newer, folder) == importing.folders_of(older, folder)


def test_a_version_too_old_to_say_its_recipe_is_built_anew(folder: Path) -> None:
    datasets.make(datasets.OWN)
    (build_id,) = publish.published(folder)
    old = publish.version_path(folder, "20200101T000000-000000")
    shutil.copy(publish.version_path(folder, build_id), old)
    with duckdb.connect(str(old)) as connection:
        connection.execute("ALTER TABLE build_info DROP COLUMN recipe")
    publish.publish("20200101T000000-000000", folder)
    assert datasets.current(datasets.OWN) is None


def test_the_type_of_a_body_belongs_to_the_year(folder: Path) -> None:
    datasets.make(datasets.SIMULATED)
    path = datasets.current(datasets.SIMULATED)
    assert path is not None
    with duckdb.connect() as connection:
        connection.execute(f"ATTACH '{path}' AS made (READ_ONLY)")
        ((changed, rows, keys),) = connection.execute(
            "SELECT COUNT(*) FILTER (WHERE y.type <> o.type), COUNT(*),"
            " COUNT(DISTINCT (y.organisation_id, y.fiscal_year))"
            " FROM made.organisation_year AS y JOIN made.organisation AS o USING (organisation_id)"
        ).fetchall()
        ((members,),) = connection.execute(
            "SELECT COUNT(*) FROM made.result__organisation_year AS r JOIN made.organisation_year AS y"
            " USING (organisation_id, fiscal_year) WHERE r.type = y.type"
        ).fetchall()
    assert changed > 0
    assert rows == keys == members
