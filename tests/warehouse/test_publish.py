"""Versions, the pointer and undo; the command line; and how little an open warehouse is allowed to do."""

import json
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from tests.factory import DATASETS, build_warehouse, source, write_dataset
from tests.warehouse.test_queries import ALL, RESULTS, page
from warehouse import build, publish, warehouse
from warehouse.__main__ import main
from warehouse.warehouse import QueryError, Warehouse

Folders = Callable[[str], Path]


def versions(folder: Path, *build_ids: str) -> Path:
    """A folder with files in the place of built versions; publishing never looks into them."""
    for build_id in build_ids:
        publish.version_path(folder, build_id).touch()
    return folder


# The pointer ------------------------------------------------------------------------------------------------


def test_before_the_first_build_there_is_no_version(tmp_path: Path) -> None:
    assert publish.current_path(tmp_path) is None
    assert publish.versions(tmp_path) == []
    assert publish.current_path(tmp_path / "nowhere") is None
    assert publish.versions(tmp_path / "nowhere") == []


def test_publishing_makes_a_version_current_and_keeps_the_older_ones(tmp_path: Path) -> None:
    versions(tmp_path, "a", "b")
    publish.publish("a", tmp_path)
    assert publish.current_path(tmp_path) == publish.version_path(tmp_path, "a")
    publish.publish("b", tmp_path)
    assert publish.current_path(tmp_path) == publish.version_path(tmp_path, "b")
    assert [(one.build_id, one.current) for one in publish.versions(tmp_path)] == [("a", False), ("b", True)]
    assert all(one.path.exists() for one in publish.versions(tmp_path))


def test_a_version_that_is_not_there_cannot_be_published(tmp_path: Path) -> None:
    versions(tmp_path, "a")
    publish.publish("a", tmp_path)
    with pytest.raises(publish.PublishError, match="b"):
        publish.publish("b", tmp_path)
    assert publish.current_path(tmp_path) == publish.version_path(tmp_path, "a")


def test_an_unfinished_build_is_no_version(tmp_path: Path) -> None:
    versions(tmp_path, "a")
    (tmp_path / "unfinished-b.duckdb").touch()
    assert [one.build_id for one in publish.versions(tmp_path)] == ["a"]


def test_undo_goes_back_step_by_step_and_then_refuses(tmp_path: Path) -> None:
    versions(tmp_path, "a", "b", "c")
    for build_id in "abc":
        publish.publish(build_id, tmp_path)
    assert publish.undo(tmp_path) == "b"
    assert publish.undo(tmp_path) == "a"
    assert publish.current_path(tmp_path) == publish.version_path(tmp_path, "a")
    with pytest.raises(publish.PublishError):
        publish.undo(tmp_path)
    assert publish.current_path(tmp_path) == publish.version_path(tmp_path, "a")
    # the undone versions are still there to publish again
    publish.publish("c", tmp_path)
    assert publish.undo(tmp_path) == "a"


def test_undo_to_a_version_that_was_current_once(tmp_path: Path) -> None:
    versions(tmp_path, "a", "b", "c", "d")
    for build_id in "abc":
        publish.publish(build_id, tmp_path)
    with pytest.raises(publish.PublishError, match="d"):
        publish.undo(tmp_path, "d")  # built but never published
    assert publish.undo(tmp_path, "a") == "a"
    assert publish.current_path(tmp_path) == publish.version_path(tmp_path, "a")
    with pytest.raises(publish.PublishError):
        publish.undo(tmp_path)


def test_publishing_twice_is_undone_once(tmp_path: Path) -> None:
    versions(tmp_path, "a", "b")
    for build_id in "abb":
        publish.publish(build_id, tmp_path)
    assert publish.undo(tmp_path) == "a"


def test_undo_refuses_where_the_older_file_is_gone(tmp_path: Path) -> None:
    versions(tmp_path, "a", "b", "c")
    for build_id in "abc":
        publish.publish(build_id, tmp_path)
    publish.version_path(tmp_path, "b").unlink()
    with pytest.raises(publish.PublishError, match="b"):
        publish.undo(tmp_path)
    assert publish.current_path(tmp_path) == publish.version_path(tmp_path, "c")
    assert publish.undo(tmp_path, "a") == "a"


def test_undo_with_nothing_published(tmp_path: Path) -> None:
    with pytest.raises(publish.PublishError):
        publish.undo(tmp_path)


def test_a_pointer_to_a_missing_file_says_so(tmp_path: Path) -> None:
    versions(tmp_path, "a")
    publish.publish("a", tmp_path)
    publish.version_path(tmp_path, "a").unlink()
    with pytest.raises(publish.PublishError, match=r"ita-a\.duckdb"):
        publish.current_path(tmp_path)


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", '{"history": 1}', "ทดสอบ"])
def test_a_spoilt_pointer_says_so(tmp_path: Path, content: str) -> None:
    (tmp_path / publish.POINTER).write_text(content, encoding="utf-8")
    for read in (publish.current_path, publish.versions, publish.undo):
        with pytest.raises(publish.PublishError, match=publish.POINTER):
            read(tmp_path)


def test_a_failure_while_writing_leaves_the_old_pointer_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    versions(tmp_path, "a", "b")
    publish.publish("a", tmp_path)

    def power_cut(source: Path, target: Path) -> None:
        # everything is written to another file by now, and the pointer is still the old one
        assert json.loads(Path(source).read_text(encoding="utf-8")) == {"history": ["a", "b"]}
        assert publish.current_path(tmp_path) == publish.version_path(tmp_path, "a")
        raise OSError("ทดสอบ")

    monkeypatch.setattr(publish.os, "replace", power_cut)
    with pytest.raises(OSError, match="ทดสอบ"):
        publish.publish("b", tmp_path)
    assert publish.current_path(tmp_path) == publish.version_path(tmp_path, "a")


def test_a_reader_sees_the_old_or_the_new_version_and_nothing_else(tmp_path: Path) -> None:
    names = [f"{number:03}" for number in range(150)]
    versions(tmp_path, *names)
    publish.publish(names[0], tmp_path)
    allowed = {publish.version_path(tmp_path, name) for name in names}
    seen: list[Path | None] = []
    failures: list[Exception] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            try:
                seen.append(publish.current_path(tmp_path))
            except Exception as error:
                failures.append(error)

    reader = threading.Thread(target=read)
    reader.start()
    for name in names[1:]:
        publish.publish(name, tmp_path)
    done.set()
    reader.join()
    assert failures == []
    assert seen
    assert set(seen) <= allowed
    assert seen == sorted(seen, key=lambda path: str(path))  # never back to an older one
    assert sorted(path.name for path in tmp_path.iterdir() if path.suffix == ".tmp") == []


def test_a_reader_between_two_builds_keeps_its_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ITA_WAREHOUSE", str(tmp_path))
    assert warehouse.open_current() is None
    build_warehouse(tmp_path, "empty")
    old = warehouse.open_current()
    assert old is not None
    assert old is warehouse.open_current()
    build_id = build.build([DATASETS["one_body"](tmp_path / "dataset")], out=tmp_path)
    # built but not published: nobody sees it
    assert warehouse.open_current() is old
    publish.publish(build_id, tmp_path)
    new = warehouse.open_current()
    assert new is not None
    assert new is not old
    assert len(new.run("organisations")) == 1
    assert len(old.run("organisations")) == 0  # a reader in the middle of its work goes on undisturbed
    publish.undo(tmp_path)
    assert warehouse.open_current() is old
    for one in (old, new):
        one.close()


def test_versions_live_where_the_environment_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ITA_WAREHOUSE", str(tmp_path))
    assert publish.versions_folder() == tmp_path
    for unset in (
        lambda: monkeypatch.setenv("ITA_WAREHOUSE", ""),
        lambda: monkeypatch.delenv("ITA_WAREHOUSE"),
    ):
        unset()
        assert publish.versions_folder() == Path(publish.__file__).parent / "versions"


def test_the_tests_never_use_the_project_s_own_versions() -> None:
    assert Path(publish.__file__).parent not in publish.versions_folder().parents


def test_build_ids_sort_by_time_and_differ() -> None:
    ids = [publish.new_build_id() for _ in range(50)]
    assert len(set(ids)) == 50
    assert [one[:15] for one in ids] == sorted(one[:15] for one in ids)


# The command line -------------------------------------------------------------------------------------------


@pytest.fixture
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty versions folder of one test."""
    folder = tmp_path / "own"
    monkeypatch.setenv("ITA_WAREHOUSE", str(folder))
    return folder


def test_build_versions_undo_and_check(
    own_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["build", str(write_dataset(tmp_path / "empty"))]) == 0
    output = capsys.readouterr()
    first = output.out.strip()
    assert publish.current_path() == publish.version_path(own_folder, first)
    assert "100%" in output.err

    assert main(["check"]) == 0
    assert capsys.readouterr().out == ""  # nothing loaded, nothing found

    faulty = write_dataset(
        tmp_path / "faulty",
        sources=[source()],
        unresolved=[
            {"name_th": "ทดสอบ", "fiscal_year": 2567, "part": "overall", "value": 90, "why_th": "ทดสอบ",
             "source_id": "doc-test", "source_row": "แถว 1"}
        ],
    )  # fmt: skip
    assert main(["build", "--no-publish", str(faulty)]) == 0
    second = capsys.readouterr().out.strip()
    assert publish.current_path() == publish.version_path(own_folder, first)
    publish.publish(second)
    assert main(["check"]) == 0
    assert capsys.readouterr().out.startswith("[medium] unresolved_name: “ทดสอบ” ปี 2567 คะแนน 90.00")

    # two builds of one second sort by chance, so only their set is sure
    assert main(["versions"]) == 0
    assert set(capsys.readouterr().out.splitlines()) == {f"  {first}", f"* {second}"}
    assert main(["undo"]) == 0
    assert capsys.readouterr().out.strip() == first
    assert main(["versions"]) == 0
    assert set(capsys.readouterr().out.splitlines()) == {f"* {first}", f"  {second}"}
    assert main(["undo", first]) == 0
    capsys.readouterr()


def test_several_folders_make_one_warehouse(
    own_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folders = [str(DATASETS[name](tmp_path / name)) for name in ("one_body", "missing_year")]
    (tmp_path / "missing_year" / "sources.csv").unlink()  # both name the same source
    assert main(["build", *folders]) == 0
    current = warehouse.open_current()
    assert current is not None
    assert set(current.run("organisations")["organisation_id"]) == {"test-one", "test-gap", "test-whole"}
    current.close()


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(["undo"], id="nothing-to-undo"),
        pytest.param(["undo", "20250101T000000-abcdef"], id="unknown-version"),
        pytest.param(["check"], id="nothing-to-check"),
        pytest.param(["build", "/nowhere/at/all"], id="no-such-folder"),
    ],
)
def test_a_refusal_is_1_with_its_reason(
    own_folder: Path, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    assert main(arguments) == 1
    output = capsys.readouterr()
    assert output.out == ""
    assert any("ก" <= letter <= "ฮ" for letter in output.err.splitlines()[-1])


def test_a_refused_build_publishes_nothing(
    own_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write_dataset(tmp_path / "wrong", sources=[source(colour="x")])
    assert main(["build", str(folder)]) == 1
    assert "colour" in capsys.readouterr().err
    assert list(own_folder.iterdir()) == []


@pytest.mark.parametrize("arguments", [[], ["bulid"], ["build", "--publish-not"], ["versions", "x"]])
def test_wrong_usage_is_2(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
    assert "usage" in capsys.readouterr().err


# What an open warehouse may do ------------------------------------------------------------------------------


@pytest.fixture
def queries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], str]]:
    """A function: SQL → the name of a query with it, in a folder of this test."""
    folder = tmp_path / "queries"
    folder.mkdir()
    monkeypatch.setattr(warehouse, "QUERIES", folder)
    warehouse.query_text.cache_clear()

    def query(sql: str) -> str:
        name = f"q{len(list(folder.iterdir()))}"
        (folder / f"{name}.sql").write_text(sql, encoding="utf-8")
        return name

    yield query
    warehouse.query_text.cache_clear()


def test_a_query_in_a_folder_of_the_test_is_answered(
    published_warehouse: Warehouse, queries: Callable[[str], str]
) -> None:
    # the tests below refuse; this one shows that they would be answered if they were allowed
    answer = published_warehouse.run(
        queries("SELECT COUNT(*) AS n FROM score WHERE fiscal_year = $year"), year=2561
    )
    assert answer["n"].tolist() == [1]


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT INTO build_info SELECT * FROM build_info",
        "UPDATE score SET value = 100",
        "DELETE FROM finding",
        "DROP TABLE score",
        "CREATE TABLE mine (a INTEGER)",
        "ALTER TABLE score ADD COLUMN mine INTEGER",
    ],
)
def test_it_cannot_write(published_warehouse: Warehouse, queries: Callable[[str], str], sql: str) -> None:
    before = published_warehouse.run(queries("SELECT COUNT(*) AS n, SUM(value) AS total FROM score"))
    with pytest.raises(duckdb.InvalidInputException, match="read-only"):
        published_warehouse.run(queries(sql))
    after = published_warehouse.run(queries("SELECT COUNT(*) AS n, SUM(value) AS total FROM score"))
    pd.testing.assert_frame_equal(before, after)


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM read_csv('{file}')",
        "SELECT * FROM read_text('{file}')",
        "SELECT * FROM read_blob('{file}')",
        "SELECT * FROM '{file}'",
        "SELECT * FROM glob('{folder}/*')",
        "COPY score TO '{folder}/stolen.csv'",
        "EXPORT DATABASE '{folder}/stolen'",
        "ATTACH '{folder}/other.duckdb'",
        "SELECT * FROM read_csv('https://example.org/x.csv')",
        "INSTALL httpfs",
        "LOAD httpfs",
        "LOAD '{folder}/extension.duckdb_extension'",
    ],
)
def test_it_reaches_no_file_no_network_and_no_extension(
    published_warehouse: Warehouse, queries: Callable[[str], str], tmp_path: Path, sql: str
) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("a\n1\n", encoding="utf-8")
    with pytest.raises(duckdb.PermissionException):
        published_warehouse.run(queries(sql.format(file=secret, folder=tmp_path)))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["queries", "secret.csv"]


@pytest.mark.parametrize(
    "sql",
    [
        "SET enable_external_access = true",
        "SET GLOBAL lock_configuration = false",
        "SET threads = 1",
        "RESET enable_external_access",
        "SET autoload_known_extensions = true",
    ],
)
def test_its_configuration_is_locked(
    published_warehouse: Warehouse, queries: Callable[[str], str], sql: str
) -> None:
    with pytest.raises(duckdb.InvalidInputException, match="locked"):
        published_warehouse.run(queries(sql))


HEAVY = "SELECT COUNT(*) AS n FROM range(2000000) AS a(x), range(2000000) AS b(y) WHERE (a.x * b.y) % 7 = 3"


def test_a_query_that_takes_too_long_is_stopped_and_the_next_one_answered(
    published_warehouse: Warehouse,
    queries: Callable[[str], str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    heavy, quick = queries(HEAVY), queries("SELECT 1 AS one")
    monkeypatch.setattr(warehouse, "TIMEOUT_SECONDS", 0.2)
    opened = Warehouse(Path(shutil.copy(published_warehouse.path, tmp_path)))
    with pytest.raises(QueryError, match="นานเกินไป"):
        opened.run(heavy)
    assert opened.run(quick)["one"].tolist() == [1]
    opened.close()


def test_as_many_rows_as_the_cap_are_given_and_one_more_is_refused(
    published_warehouse: Warehouse, queries: Callable[[str], str]
) -> None:
    many = queries("SELECT x FROM range($n) AS numbers(x)")
    assert len(published_warehouse.run(many, n=warehouse.ROW_CAP)) == warehouse.ROW_CAP
    for n in (warehouse.ROW_CAP + 1, 50 * warehouse.ROW_CAP):
        with pytest.raises(QueryError, match="มากกว่า"):
            published_warehouse.run(many, n=n)


@pytest.mark.parametrize(
    "name", ["no_such_query", "../schema", "../queries/years", "sub/query", "years.sql", ""]
)
def test_a_name_that_is_no_query_is_refused(published_warehouse: Warehouse, name: str) -> None:
    with pytest.raises(KeyError):
        published_warehouse.run(name)


def test_parameters_are_values_and_never_sql(published_warehouse: Warehouse) -> None:
    nasty = "x' OR '1'='1"
    assert len(published_warehouse.run("organisation_results", organisation=nasty)) == 0
    assert len(published_warehouse.run("organisation_results", organisation="pattaya")) == 6


def test_parameters_that_do_not_fit_are_refused(published_warehouse: Warehouse) -> None:
    for parameters in ({}, {"organisation": "pattaya", "more": 1}, {"organization": "pattaya"}):
        with pytest.raises(duckdb.Error):
            published_warehouse.run("organisation_results", **parameters)


def test_many_threads_share_one_warehouse(published_warehouse: Warehouse) -> None:
    asked = ALL | RESULTS | page(order="name") | {"fiscal_year": 2566}
    expected = published_warehouse.run("results", **asked)
    assert len(expected) > 0
    failures: list[BaseException] = []

    def ask() -> None:
        try:
            for _ in range(5):
                found = published_warehouse.run("results", **asked)
                pd.testing.assert_frame_equal(found, expected)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


def test_a_version_file_can_be_copied_and_read_elsewhere(warehouse_folder: Folders, tmp_path: Path) -> None:
    (path,) = warehouse_folder("one_body").glob("ita-*.duckdb")
    opened = Warehouse(Path(shutil.copy(path, tmp_path)))
    assert len(opened.run("organisations")) == 1
    opened.close()
    assert [one.name for one in tmp_path.iterdir()] == [path.name]  # no write-ahead log beside it
