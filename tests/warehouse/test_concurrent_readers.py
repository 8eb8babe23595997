"""Readers that ask all the time while versions are published under them: no error, no answer of two versions.

Every version has a marker: all its scores are `value_of(n)` for its n. Readers open the version in use again
and again, as the dashboard does at every click, and hold on to the one before meanwhile.
"""

import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.factory import body, score, source, write_dataset
from tests.warehouse.import_loop import PARTS, value_of
from tests.warehouse.test_queries import ALL, RESULTS, page
from warehouse import build, publish
from warehouse.warehouse import Warehouse

PUBLISHES = 30
BUILDS = 10
"""Publications of a version built meanwhile; the others put the one before back, and then this one again."""
THREADS = 2
ROOT = Path(__file__).parents[2]
PARAMETERS = ALL | {"fiscal_year": 2567}


def ask(opened: Warehouse) -> tuple[str, float]:
    """Ask a version in several queries; return its build id and its marker, which all of them must give."""
    (build_id,) = opened.run("build_info")["build_id"]
    found = [
        *opened.run("results", **PARAMETERS, **RESULTS, **page(order="name"))["overall"],
        *opened.run("few_values", **PARAMETERS, fewer_than=1_000, level="indicator")["value"],
        *opened.run("group_overall", **ALL)["mean"],
        *opened.run("part_column", part="10", **PARAMETERS)["value"],
    ]
    assert len(found) > len(PARTS), "the queries answered less than they should"
    (marker,) = {round(value, 2) for value in found}
    assert opened.run("build_info")["build_id"].tolist() == [build_id]
    return str(build_id), marker


def read_until(stopped: Callable[[], bool], folder: Path) -> dict[str, float]:
    """Ask the version in use, and the one before it again, until stopped; return the marker by build id."""
    seen: dict[str, float] = {}
    before: Warehouse | None = None
    opened: Warehouse | None = None
    while not stopped():
        path = publish.current_path(folder)
        assert path is not None
        if opened is None or opened.path != path:
            if before is not None:
                before.close()
            before, opened = opened, Warehouse(path)
        for one in filter(None, (opened, before)):
            build_id, marker = ask(one)
            assert one.path == publish.version_path(folder, build_id)
            assert seen.setdefault(build_id, marker) == marker
    for one in filter(None, (opened, before)):
        one.close()
    return seen


class Reader(threading.Thread):
    """A thread that reads until told to stop, and keeps what it saw or what went wrong."""

    def __init__(self, stop: threading.Event, folder: Path) -> None:
        super().__init__()
        self.stop, self.folder = stop, folder
        self.seen: dict[str, float] = {}
        self.error: BaseException | None = None

    def run(self) -> None:
        try:
            self.seen = read_until(self.stop.is_set, self.folder)
        except BaseException as error:
            self.error = error


def dataset(folder: Path, number: int) -> Path:
    """Three bodies of which every score is the marker of the round."""
    bodies = [f"test-{one}" for one in "abc"]
    return write_dataset(
        folder / f"dataset-{number}",
        sources=[source()],
        organisations=[body(one, f"ทดสอบ {one}") for one in bodies],
        scores=[score(one, 2567, part, f"{value_of(number):.2f}") for one in bodies for part in PARTS],
    )


@pytest.fixture
def publish_round(tmp_path: Path) -> Callable[[int], str]:
    """A function that builds and publishes the version of a round in tmp_path/versions; it returns its id."""

    def publish_one(number: int) -> str:
        build_id = build.build([dataset(tmp_path, number)], out=tmp_path / "versions")
        publish.publish(build_id, tmp_path / "versions")
        return build_id

    return publish_one


def test_no_reader_sees_an_error_or_half_a_version(
    tmp_path: Path, publish_round: Callable[[int], str]
) -> None:
    folder = tmp_path / "versions"
    published = {publish_round(0): value_of(0)}
    stop = threading.Event()
    readers = [Reader(stop, folder) for _ in range(THREADS)]
    elsewhere = subprocess.Popen(
        [sys.executable, "-m", "tests.warehouse.test_concurrent_readers", str(folder)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert elsewhere.stdout is not None
        assert elsewhere.stdout.readline() == "ready\n"
        for reader in readers:
            reader.start()
        for number in range(1, BUILDS + 1):
            build_id = publish_round(number)
            published[build_id] = value_of(number)
            for turn in range(1, PUBLISHES // BUILDS):
                time.sleep(0.1)
                publish.publish([*published][-2] if turn % 2 else build_id, folder)
    finally:
        stop.set()
        for reader in readers:
            reader.join()
        out, complaints = elsewhere.communicate(timeout=60)  # the end of its input ends it
    assert [reader.error for reader in readers] == [None] * THREADS
    assert elsewhere.returncode == 0, complaints
    for seen in (*(reader.seen for reader in readers), json.loads(out)):
        assert seen.items() <= published.items()
        assert len(seen) > 1, "it read while something was published"
    together = set().union(*(reader.seen for reader in readers), json.loads(out))
    assert len(together) > BUILDS // 2
    assert len(publish.published(folder)) == PUBLISHES + 1


def main(folder: str) -> None:
    """Read until the input ends, then print what was seen."""
    ended = threading.Event()

    def wait() -> None:
        sys.stdin.read()
        ended.set()

    print("ready", flush=True)
    threading.Thread(target=wait, daemon=True).start()
    print(json.dumps(read_until(ended.is_set, Path(folder))))


if __name__ == "__main__":
    main(*sys.argv[1:])
