"""The datasets a reader may choose. Each has its own versions folder, built when it is first wanted."""

import re
import shutil
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import duckdb

from ita_data import simulate
from warehouse import build, importing, publish, warehouse

OWN = "own"
PUBLISHED = "published"
SIMULATED = "simulated"


@dataclass(frozen=True)
class Dataset:
    """A dataset by its code; `folder` holds its versions."""

    code: str
    name_th: str
    folder: Path


def datasets() -> dict[str, Dataset]:
    """Every dataset: what the office uses itself, what the project ships, and the simulated panel."""
    own = publish.versions_folder()
    return {
        OWN: Dataset(OWN, "ข้อมูลของสำนักงาน", own),
        PUBLISHED: Dataset(PUBLISHED, build.DATASET_TH, own / PUBLISHED),
        SIMULATED: Dataset(SIMULATED, "ข้อมูลจำลองทั้งประเทศ", own / SIMULATED),
    }


def offered() -> list[Dataset]:
    """The datasets worth a choice: until something is imported, the own one is the published one."""
    known = datasets()
    own = known[OWN]
    current = publish.current_path(own.folder)
    if current is None or not _holds_imports(current):
        return [Dataset(OWN, known[PUBLISHED].name_th, own.folder), known[SIMULATED]]
    return list(known.values())


def current(code: str) -> Path | None:
    """The version of a dataset that readers should use, or None where `make` has to be called first.

    Raises:
        PublishError: the pointer to it cannot be read.
        KeyError: there is no such dataset.
    """
    path = publish.current_path(datasets()[code].folder)
    return path if path is not None and _recipe(path) == build.recipe() else None


def version(code: str, build_id: str) -> Path | None:
    """One version of a dataset, current or not, or None where it is gone or this program cannot read it.

    Raises:
        KeyError: there is no such dataset.
    """
    # it may come from a link, and becomes part of a path
    if not re.fullmatch(r"[0-9]{8}T[0-9]{6}-[0-9a-f]{6}", build_id):
        return None
    path = publish.version_path(datasets()[code].folder, build_id)
    return path if path.exists() and _recipe(path) == build.recipe() else None


def make(code: str, progress: build.Progress = lambda share, message: None) -> None:
    """Build a version of a dataset and publish it; where an older program built one, from the same folders.

    Raises:
        BuildError: what the dataset is made of cannot become a warehouse.
        PublishError: the version could not be published.
        KeyError: there is no such dataset.
    """
    dataset = datasets()[code]
    if code == SIMULATED:
        build_id = _simulated(dataset, progress)
    else:
        older = publish.current_path(dataset.folder)
        dataset_th, simulated = importing.about(older)
        build_id = build.build(
            importing.folders_of(older, dataset.folder),
            out=dataset.folder,
            dataset_th=dataset_th,
            simulated=simulated,
            progress=progress,
        )
    publish.publish(build_id, dataset.folder)


def _simulated(dataset: Dataset, progress: build.Progress) -> str:
    dataset.folder.mkdir(parents=True, exist_ok=True)
    panel = Path(tempfile.mkdtemp(prefix="unfinished-", dir=dataset.folder))
    try:
        simulate.simulate(panel, progress=lambda share, message: progress(0.6 * share, message))
        return build.build(
            [panel],
            out=dataset.folder,
            dataset_th=dataset.name_th,
            simulated=True,
            progress=lambda share, message: progress(0.6 + 0.4 * share, message),
        )
    finally:
        shutil.rmtree(panel, ignore_errors=True)


@cache
def _holds_imports(path: Path) -> bool:
    return importing.folders_of(path, path.parent) != [build.PUBLISHED]


@cache
def _recipe(path: Path) -> str | None:
    """What program built a version; None where it is too old to say."""
    try:
        return str(warehouse.open_version(path).run("build_info")["recipe"].item())
    except duckdb.BinderException:
        return None
