"""How long the documents of bodies take beside empty ones, and a hundred of them in one ZIP.

    python -m benchmarks.export_documents [--repeat 20] [--bodies 400] [--json FILE]

Measured on a simulated panel of `bodies` bodies, in its latest year, each body against everybody. Every
document and the empty one it is compared with are made in turn; the medians count. The ZIP is made in a
process of its own, whose peak memory is told over what it held after its first document.
"""

import argparse
import io
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from statistics import median

import docx
import typst

from dashboard.exports import annual, batch, facts, profile
from dashboard.exports.facts import Facts
from dashboard.selection import Group
from ita_data import simulate
from ita_data.edition import load_editions
from warehouse import build
from warehouse.warehouse import Warehouse

EVERYBODY = Group("all", "all", "ทุกหน่วยงาน")
NOW = datetime(2026, 11, 21, tzinfo=UTC)
ZIPPED = 100
MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Row:
    """A line of the table: what was measured, the figure, its unit (`×` for ratios)."""

    what: str
    value: float
    unit: str


def empty_docx() -> bytes:
    file = io.BytesIO()
    docx.Document().save(file)
    return file.getvalue()


def empty_pdf() -> bytes:
    made = typst.compile(b'#set page(paper: "a4")\n', font_paths=profile.machine_fonts())
    assert isinstance(made, bytes)
    return made


KINDS: dict[str, tuple[Callable[[Facts], bytes], Callable[[], bytes]]] = {
    "profile PDF": (lambda found: profile.pdf(profile.sheet(found, NOW), NOW), empty_pdf),
    "profile DOCX": (lambda found: profile.docx(profile.sheet(found, NOW)), empty_docx),
    "annual document DOCX": (lambda found: annual.docx(found, NOW), empty_docx),
}


def _seconds(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def prepare(folder: Path, bodies: int) -> Path:
    """Build a simulated panel and return the file of its version."""
    simulate.simulate(folder / "dataset", seed=1, bodies=bodies)
    build_id = build.build([folder / "dataset"], out=folder, dataset_th="ข้อมูลจำลอง", simulated=True)
    return folder / f"ita-{build_id}.duckdb"


def _bodies(opened: Warehouse) -> tuple[int, list[tuple[str, str]]]:
    """The latest year with scores, and id and name of bodies."""
    years = opened.run("years")
    year = int(years.loc[years["n_bodies"] > 0, "fiscal_year"].max())
    rows = opened.run("organisations")
    return year, list(zip(rows["organisation_id"], rows["label_th"], strict=True))


def documents(path: Path, repeat: int) -> list[Row]:
    """Every kind of document beside an empty one, and what asking for its facts takes."""
    opened = Warehouse(path)
    year, bodies = _bodies(opened)
    edition = load_editions()[year]

    def gather(number: int) -> Facts:
        return facts.gather(opened.run, bodies[number % len(bodies)][0], EVERYBODY, edition)

    gather(0)
    found = [gather(number) for number in range(repeat)]
    rows = [
        Row("facts of a body", 1000 * median(_seconds(partial(gather, at)) for at in range(repeat)), "ms")
    ]
    for name, (make, empty) in KINDS.items():
        make(found[0]), empty()
        pairs = [(_seconds(partial(make, one)), _seconds(empty)) for one in found]
        whole, floor = (median(times) for times in zip(*pairs, strict=True))
        rows += [Row(name, 1000 * whole, "ms"), Row(f"{name} ÷ an empty one", whole / floor, "×")]
    opened.close()
    return rows


def _peak_mb() -> float:
    """The peak memory of this process so far; without /proc as the system tells it, maybe the parent's."""
    status = Path("/proc/self/status")
    if status.exists():
        (line,) = (one for one in status.read_text().splitlines() if one.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (MEGABYTE if sys.platform == "darwin" else 1024)


def zipped(path: Path, kind: str) -> list[float]:
    """Make a ZIP in this process; return its seconds and MB, the process's MB at most and what came anew."""
    opened = Warehouse(path)
    year, bodies = _bodies(opened)
    edition, (make, _) = load_editions()[year], KINDS[kind]

    ask = facts.remembering(opened.run)

    def one(body: str) -> bytes:
        return make(facts.gather(ask, body, EVERYBODY, edition))

    one(bodies[0][0])
    before = _peak_mb()
    with tempfile.TemporaryFile() as file:
        seconds = _seconds(lambda: batch.write(file, bodies[:ZIPPED], "x", one, lambda *_: None))
        size = file.tell() / MEGABYTE
    opened.close()
    return [seconds, size, _peak_mb(), _peak_mb() - before]


def zips(path: Path) -> list[Row]:
    """A ZIP of profiles, in a process of its own for each kind."""
    rows = []
    for kind in ("profile PDF", "profile DOCX"):
        call = [sys.executable, "-m", "benchmarks.export_documents", "--zip", kind, str(path)]
        done = subprocess.run(call, check=True, capture_output=True, text=True)
        seconds, size, peak, more = json.loads(done.stdout.splitlines()[-1])
        name = f"{ZIPPED} × {kind} in one ZIP"
        rows += [
            Row(name, seconds, "s"),
            Row(f"{name}: size", size, "MB"),
            Row(f"{name}: peak memory of its process", peak, "MB"),
            Row(f"{name}: of this since the first document", more, "MB"),
        ]
    return rows


def measure(repeat: int = 20, bodies: int = 400) -> list[Row]:
    """Every row."""
    with tempfile.TemporaryDirectory() as folder:
        path = prepare(Path(folder), bodies)
        return [*documents(path, repeat), *zips(path)]


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.export_documents", description=__doc__)
    parser.add_argument("--repeat", type=int, default=20, help="documents of each kind (20)")
    parser.add_argument("--bodies", type=int, default=400, help="bodies of the simulated panel (400)")
    parser.add_argument("--json", type=Path, help="write the rows here too")
    parser.add_argument("--zip", nargs=2, metavar=("KIND", "FILE"), help=argparse.SUPPRESS)
    asked = parser.parse_args(arguments)
    if asked.zip:
        print(json.dumps(zipped(Path(asked.zip[1]), asked.zip[0])))
        return 0
    rows = measure(asked.repeat, max(asked.bodies, ZIPPED))
    for row in rows:
        print(f"{row.what:<70}{row.value:10.2f} {row.unit}")
    if asked.json:
        asked.json.write_text(json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
