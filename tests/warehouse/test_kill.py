"""kill -9 at any moment of an import: readers find the old or the new version whole, the next import works.

A child process (`import_loop`) imports and publishes; it is killed at random moments, spread over reading,
staging, building and publishing. `KILLS=60 python -m pytest tests/warehouse/test_kill.py` is the long run.
"""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import pytest

from tests.factory import build_warehouse
from tests.warehouse.import_loop import FIGURES, POINTS, STEPS, import_and_publish, value_of
from tests.warehouse.test_queries import CASES
from warehouse import build, importing, publish
from warehouse.warehouse import Warehouse

KILLS = int(os.environ.get("KILLS", "12"))
ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.skipif(os.name == "nt", reason="SIGKILL exists on POSIX only")


class Importer:
    """A child process that is ready to import; `heard` is what it said since."""

    def __init__(self, folder: Path, first: int, point: str = "") -> None:
        command = [sys.executable, "-m", "tests.warehouse.import_loop", str(folder), str(first)]
        self.process = subprocess.Popen(
            [*command, *filter(None, [point])],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.heard: list[str] = []

    def go(self) -> None:
        """Let it begin."""
        assert self.process.stdin is not None
        self.hear("ready")
        self.process.stdin.write("\n")
        self.process.stdin.flush()

    def hear(self, step: str) -> float:
        """Wait until it says that it begins a step; return when."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.heard.append(line.strip())
            if line.startswith(step):
                return time.perf_counter()
        raise AssertionError(f"the import ended before {step}: {self.end()}")

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.end()
        assert self.process.returncode == -signal.SIGKILL

    def end(self) -> str:
        """Wait for its end; keep the rest of what it said, return its complaints."""
        assert self.process.stdout is not None
        assert self.process.stderr is not None
        # not communicate(): it would lose the lines that were read ahead while listening
        self.heard += self.process.stdout.read().split("\n")[:-1]
        complaints = self.process.stderr.read()
        self.process.wait(timeout=60)
        return complaints


@dataclass
class Reader:
    """Looks at the version in use as a reader would, and remembers every version it saw."""

    folder: Path
    start: str
    value: dict[str, float | None] = field(default_factory=dict)  # build id -> value of its figures
    seen: dict[str, tuple[str, Counter[str]]] = field(default_factory=dict)

    def look(self) -> str:
        """Check the version in use whole; return its build id."""
        history = json.loads((self.folder / publish.POINTER).read_text(encoding="utf-8"))["history"]
        path = publish.current_path(self.folder)
        assert path == publish.version_path(self.folder, history[-1])
        assert all(publish.version_path(self.folder, one).exists() for one in history)
        opened = Warehouse(path)
        try:
            assert opened.run("build_info")["build_id"].tolist() == [history[-1]]
            rows = Counter(
                {name: len(opened.run(name, **next(iter(CASES[name].values())))) for name in CASES}
            )
        finally:
            opened.close()
        assert rows["findings"]
        answer = (self.contents(path), rows)
        assert self.seen.setdefault(history[-1], answer) == answer, "a published version has changed"
        return str(history[-1])

    def contents(self, path: Path) -> str:
        """A checksum of all scores, after looking whether those of the import are of one round."""
        with duckdb.connect(str(path), read_only=True) as connection:
            found = connection.execute(
                "SELECT value, COUNT(*) FROM score WHERE source_id LIKE 'file-%' GROUP BY value"
            ).fetchall()
            ((checksum,),) = connection.execute(
                "SELECT md5(string_agg(text, '' ORDER BY text))"
                " FROM (SELECT CAST(s AS VARCHAR) AS text FROM score AS s)"
            ).fetchall()
        expected = self.value[path.stem.removeprefix("ita-")]
        assert found == ([] if expected is None else [(expected, FIGURES)])
        return str(checksum)

    def after(self, importer: Importer, first: int) -> str:
        """Check what a killed import left: the last version it finished, or the one it was publishing."""
        finished = [line.removeprefix("done ") for line in importer.heard if line.startswith("done ")]
        begun = [line.removeprefix("publish ") for line in importer.heard if line.startswith("publish ")]
        for number, build_id in enumerate(begun, start=first):
            self.value[build_id] = value_of(number)
        current = self.look()
        assert current in {([self.start, *finished])[-1], *begun[-1:]}
        assert len(begun) - len(finished) in (0, 1)
        self.start = current
        return current


@pytest.fixture
def reader(tmp_path: Path) -> Reader:
    build_warehouse(tmp_path)
    (build_id,) = publish.published(tmp_path)
    reader = Reader(tmp_path, build_id, {build_id: None})
    reader.look()
    return reader


def leftovers(folder: Path) -> set[Path]:
    """What lies in a versions folder beside the published versions and the folders they were built from."""
    kept = {folder / publish.POINTER, folder / "publish.lock", folder / importing.IMPORTS}
    versions = [publish.version_path(folder, build_id) for build_id in publish.published(folder)]
    kept |= set(versions) | {one for path in versions for one in importing.folders_of(path, folder)}
    return {*folder.glob("*"), *(folder / importing.IMPORTS).glob("*")} - kept


def make_old(paths: set[Path]) -> None:
    long_ago = time.time() - 2 * importing.FOLDER_KEPT
    for path in paths:
        os.utime(path, (long_ago, long_ago))


def importers(folder: Path, kills: int) -> Iterator[tuple[int, Importer]]:
    """Importers with the number of their first round; the next one starts while this one works."""
    coming = Importer(folder, 0)
    try:
        for kill in range(kills):
            importer, coming = coming, Importer(folder, 1_000 * (kill + 1))
            yield 1_000 * kill, importer
    finally:
        coming.process.kill()
        coming.end()


def test_killed_at_random_moments(reader: Reader) -> None:
    random_moment = random.Random(2567)
    died: Counter[str] = Counter()
    for kill, (first, importer) in enumerate(importers(reader.folder, KILLS)):
        importer.go()
        begun = {step: importer.hear(step) for step in (*STEPS, "done")}  # a whole import works
        times = [*begun.values()]
        seconds = {step: end - start for step, start, end in zip(STEPS, times, times[1:], strict=False)}
        step = STEPS[kill % len(STEPS)]
        importer.hear(step)
        time.sleep(random_moment.uniform(0, seconds[step]))
        importer.kill()
        died[importer.heard[-1].split()[0]] += 1
        reader.after(importer, first)
    assert len(set(died) & {"read", "stage", "build"}) >= min(3, KILLS), f"killed in {dict(died)} only"
    left = leftovers(reader.folder)
    assert len(left) <= 4 * KILLS, "more than a folder, a file, its log or mark, and a version for each kill"

    # A day later all of it goes with the next import.
    make_old(left)
    number = 1_000 * KILLS
    reader.value[import_and_publish(reader.folder, number, lambda step: None)] = value_of(number)
    reader.look()
    assert leftovers(reader.folder) == set()
    print(f"killed {KILLS} times: {dict(died)}; {len(left)} leftovers, gone at the next import")


@pytest.mark.parametrize("point", POINTS)
def test_killed_between_two_steps(reader: Reader, point: str) -> None:
    """The same at the moments that are too short to be met by chance."""
    importer = Importer(reader.folder, 1, point)
    importer.go()
    complaints = importer.end()
    assert importer.process.returncode == -signal.SIGKILL, complaints
    before = reader.start
    assert reader.after(importer, 1) == before, "nothing is published before the pointer is replaced"
    make_old(leftovers(reader.folder))
    reader.value[import_and_publish(reader.folder, 2, lambda step: None)] = value_of(2)
    assert reader.look() != before
    assert leftovers(reader.folder) == set()


def test_a_version_that_was_published_once_is_never_taken_for_a_leftover(reader: Reader) -> None:
    ids = [import_and_publish(reader.folder, number, lambda step: None) for number in (1, 2)]
    by_hand = build.build(out=reader.folder)
    publish.undo(reader.folder)
    make_old({*reader.folder.glob("*"), *(reader.folder / importing.IMPORTS).glob("*")})
    importing.tidy(reader.folder)
    assert publish.version_path(reader.folder, by_hand).exists()
    publish.publish(ids[1], reader.folder)  # the undone one, to publish again
    reader.value |= {build_id: value_of(number) for number, build_id in enumerate(ids, start=1)}
    assert reader.look() == ids[1]
    reader.value[import_and_publish(reader.folder, 3, lambda step: None)] = value_of(3)
    reader.look()
