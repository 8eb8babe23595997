"""What tests share: warehouses built once a session, and a versions folder that is not the project's own."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest

from tests.factory import build_warehouse
from warehouse.warehouse import Warehouse


@pytest.fixture(scope="session", autouse=True)
def own_versions_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Point ITA_WAREHOUSE at an empty folder, so that no test reads or writes the project's versions."""
    folder = tmp_path_factory.mktemp("versions")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ITA_WAREHOUSE", str(folder))
        yield folder


@pytest.fixture(scope="session")
def warehouse_folder(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """A function: name of a dataset → folder with it built and published, once a session.

    For pages: `monkeypatch.setenv("ITA_WAREHOUSE", str(warehouse_folder("one_body")))`. It is shared: a test
    that publishes or undoes builds its own with `build_warehouse(tmp_path, …)`.
    """
    built: dict[str, Path] = {}

    def folder(dataset: str) -> Path:
        if dataset not in built:
            built[dataset] = tmp_path_factory.mktemp(dataset)
            build_warehouse(built[dataset], dataset)
        return built[dataset]

    return folder


@pytest.fixture(scope="session")
def open_dataset(warehouse_folder: Callable[[str], Path]) -> Iterator[Callable[[str], Warehouse]]:
    """A function: name of a dataset → its warehouse, open for reading, once a session."""
    opened: dict[str, Warehouse] = {}

    def open_one(dataset: str) -> Warehouse:
        if dataset not in opened:
            (path,) = warehouse_folder(dataset).glob("ita-*.duckdb")
            opened[dataset] = Warehouse(path)
        return opened[dataset]

    yield open_one
    for one in opened.values():
        one.close()


@pytest.fixture(scope="session")
def open_tables(
    warehouse_folder: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[str], duckdb.DuckDBPyConnection]]:
    """A function: name of a dataset → a plain connection to a copy of its version, to look into its tables.

    A copy, because one process cannot open a file both plainly and as safely as `Warehouse` does.
    """
    opened: dict[str, duckdb.DuckDBPyConnection] = {}

    def open_one(dataset: str) -> duckdb.DuckDBPyConnection:
        if dataset not in opened:
            (path,) = warehouse_folder(dataset).glob("ita-*.duckdb")
            copy = shutil.copy(path, tmp_path_factory.mktemp("copy"))
            opened[dataset] = duckdb.connect(copy, read_only=True)
        return opened[dataset]

    yield open_one
    for connection in opened.values():
        connection.close()


@pytest.fixture(scope="session")
def published_warehouse(open_dataset: Callable[[str], Warehouse]) -> Warehouse:
    """The data the project ships."""
    return open_dataset("published")


@pytest.fixture(scope="session")
def empty_warehouse(open_dataset: Callable[[str], Warehouse]) -> Warehouse:
    """No bodies, no scores, no sources."""
    return open_dataset("empty")


@pytest.fixture(scope="session")
def one_body_warehouse(open_dataset: Callable[[str], Warehouse]) -> Warehouse:
    """One body with one year: every group has one member."""
    return open_dataset("one_body")


@pytest.fixture(scope="session")
def missing_year_warehouse(open_dataset: Callable[[str], Warehouse]) -> Warehouse:
    """A body with 2563 and 2565 but without 2564."""
    return open_dataset("missing_year")


@pytest.fixture(scope="session")
def groups_warehouse(open_dataset: Callable[[str], Warehouse]) -> Warehouse:
    """Twelve bodies of several types and places, some with equal scores."""
    return open_dataset("groups")
