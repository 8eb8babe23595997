"""How long a national workbook takes from file to published, beside the bare floor, and in how much memory.

    python -m benchmarks import [--factors 1 2 4] [--repeat 3] [--profile]

The workbook is wide: a row for each of 8,300 invented bodies in each of 8 years, columns for the 14 parts
from the overall to the indicators. A register of the same names is in use already. Measured is everything a
person waits for: reading the file, finding the bodies, comparing with the figures in use, building the
version, publishing. The floor is the least anybody could do with the same file: calamine reads its cells and
DuckDB inserts its rows as they are into a database file, unchecked. Both run in processes of their own, in
turn; the fastest counts.
"""

import argparse
import cProfile
import io
import json
import os
import pstats
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import duckdb
import pandas as pd
import python_calamine
import xlsxwriter

from ita_data import edition, organisation
from ita_data.readers.read import read
from warehouse import build, importing, publish

BODIES = 8_300
RESULTS = Path(__file__).parent / "results"
STEPS = ("read", "resolve", "stage", "prepare", "release")


@dataclass(frozen=True)
class Run:
    """One run in its own process: seconds by step, processor seconds, peak memory with its children."""

    steps: dict[str, float]
    count: int  # scores published, or rows inserted
    cpu: float
    peak_mb: float

    @property
    def seconds(self) -> float:
        return sum(self.steps.values())


@dataclass(frozen=True)
class Measured:
    """One size. Seconds are of the fastest run, ``ratio`` whole / floor, shares percent of the whole."""

    factor: int
    rows: int
    scores: int
    file_mb: float
    floor: float
    whole: float
    ratio: float
    cpu_ratio: float  # the same of processor seconds: less disturbed by what else runs on the machine
    ratio_spread: tuple[float, float]  # of single runs, lowest and highest
    cpu: float
    floor_cpu: float
    peak_mb: float
    floor_peak_mb: float
    steps: dict[str, float]
    shares: dict[str, float]
    seconds_per_million_scores: float


# --- What is measured ---


def run_whole(book: Path, versions: Path) -> tuple[dict[str, float], int]:
    """Import and publish a workbook; return the seconds of each step and how many scores were published."""
    seconds: dict[str, float] = {}
    editions = edition.load_editions()
    with _step(seconds, "read"):
        reading = read(book.name, book.read_bytes(), editions)
    current = publish.current_path(versions)
    with _step(seconds, "resolve"):
        resolutions = importing.resolve([reading], importing.register_of(current))
    with _step(seconds, "stage"):
        staged = importing.stage([reading], resolutions, current=current, out=versions)
    expected = len(reading.scores)
    del reading, resolutions
    if staged.waiting or staged.undecided or int(staged.figures["stands"].sum()) != expected:
        raise RuntimeError("the workbook was not imported whole")
    folder = staged.folder
    del staged
    with _step(seconds, "prepare"):
        build_id = importing.prepare(folder, out=versions)
    with _step(seconds, "release"):
        importing.release(build_id, current, out=versions)
    with duckdb.connect(str(publish.current_path(versions)), read_only=True) as connection:
        (published,) = connection.execute("SELECT COUNT(*) FROM score").fetchone() or (0,)
    if published != expected:
        raise RuntimeError(f"{published} of {expected} scores were published")
    return seconds, int(published)


def run_floor(book: Path, folder: Path) -> tuple[dict[str, float], int]:
    """Read the cells of the workbook and insert its rows into a database file."""
    seconds: dict[str, float] = {}
    with _step(seconds, "read"):
        head, *rows = python_calamine.load_workbook(str(book)).get_sheet_by_index(0).to_python()
    with _step(seconds, "insert"):
        connection = duckdb.connect(str(folder / "floor.duckdb"))
        connection.from_df(pd.DataFrame(rows, columns=[str(name) for name in head])).create("sheet")
        connection.close()
    return seconds, len(rows)


@contextmanager
def _step(seconds: dict[str, float], name: str) -> Iterator[None]:
    started = time.perf_counter()
    yield
    seconds[name] = time.perf_counter() - started


# --- What it is measured with ---


def bodies(factor: int) -> pd.DataFrame:
    """The invented bodies, as a file of organisations: no two alike in type, name, district and province."""

    isos = sorted(organisation.province_isos().values())
    kinds = ("sao", "thesaban_tambon", "thesaban_mueang")
    rows = []
    for number in range(BODIES * factor):
        kind, name = kinds[number % 3], f"ทดสอบ{_spelt(number)}"
        rows.append(
            {
                "organisation_id": f"test-{number:06}",
                "type": kind,
                "name_th": name,
                "full_name_th": organisation.full_name(kind, name),
                "district_th": f"ทดสอบ{_spelt(number % 900)}",
                "province_iso": isos[number % len(isos)],
            }
        )
    return pd.DataFrame(rows)


def _spelt(number: int) -> str:
    """A number in Thai consonants, so that the names look like names."""
    letters, text = "กขคงจชดตนบปพมยรลวสหอ", ""
    while True:
        number, digit = divmod(number, len(letters))
        text = letters[digit] + "า" + text
        if not number:
            return text


def write_workbook(path: Path, table: pd.DataFrame) -> None:
    """Write the scores of the bodies in all years, as the calculation of each year gives them."""
    rng = random.Random(2567)
    places = {iso: name for name, iso in organisation.province_isos().items()}
    editions = edition.load_editions()
    latest = editions[max(editions)]
    shown = [part for part in latest.parts.values() if part.level in ("overall", "instrument", "indicator")]
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("ผล")
        heads = ["ลำดับ", "หน่วยงาน", "อำเภอ", "จังหวัด", "ปีงบประมาณ"]
        names = [part.name_th if part.level == "indicator" else part.code for part in shown]
        sheet.write_row(0, 0, [*heads, "คะแนน ITA", *names[1:]])
        row = 0
        for body in table.to_dict("records"):
            for year, one in editions.items():
                row += 1
                values = _values(one, rng)
                about = [row, body["full_name_th"], body["district_th"], places[body["province_iso"]], year]
                sheet.write_row(row, 0, about)
                for column, part in enumerate(shown, start=len(about)):
                    if part.code in values:
                        sheet.write_number(row, column, values[part.code])


def _values(one: edition.Edition, rng: random.Random) -> Mapping[str, float]:
    """Scores of every part down to the indicators that agree with one another but for rounding."""
    values: dict[str, float] = {}

    def score(part: edition.Part) -> float:
        children = [child for child in one.children(part.code) if child.weight_in_parent is not None]
        if part.level == "indicator" or not children:
            value = rng.uniform(40, 100)
        else:
            value = sum((child.weight_in_parent or 0) * score(child) for child in children)
        values[part.code] = round(value, 2)
        return value

    score(one.root)
    return values


def prepare(folder: Path, factor: int) -> Path:
    """Write a workbook and publish a version that knows its bodies; returns the folder of both."""
    here = folder / f"{factor}x"
    dataset = here / "dataset"
    dataset.mkdir(parents=True)
    table = bodies(factor)
    table.to_csv(dataset / "organisations.csv", index=False)
    write_workbook(here / "national.xlsx", table)
    (here / "versions").mkdir()
    # the folder of a dataset that is not the shipped one lies among the imports
    imported = here / "versions" / importing.IMPORTS / "register"
    shutil.copytree(dataset, imported)
    publish.publish(build.build([imported], out=here / "versions"), here / "versions")
    return here


# --- Measuring ---


def in_process(what: str, here: Path, profile: bool = False) -> Run:
    """Run a measurement in a process of its own."""
    with tempfile.TemporaryDirectory(dir=here) as scratch:
        versions = Path(scratch) / "versions"
        shutil.copytree(here / "versions", versions)
        command = [
            sys.executable,
            "-m",
            "benchmarks.imports",
            what,
            str(here / "national.xlsx"),
            str(versions),
        ]
        process = subprocess.Popen(
            [*command, *(["--profile"] if profile else [])], stdout=subprocess.PIPE, text=True
        )
        peak = [0.0]
        watching = threading.Thread(target=_watch, args=(process, peak))
        watching.start()
        out, _ = process.communicate()
        watching.join()
        if process.returncode:
            raise RuntimeError(f"{what} ended with {process.returncode}")
        *shown, answer = out.splitlines()
        print(*shown, sep="\n" if shown else "", file=sys.stderr, end="\n" if shown else "")
        run = Run(**json.loads(answer))
        return replace(run, peak_mb=max(peak[0], run.peak_mb))


def _watch(process: "subprocess.Popen[str]", peak: list[float]) -> None:
    """Keep the highest resident memory of a process and all its children together; only on Linux."""
    while process.poll() is None:
        peak[0] = max(peak[0], _resident(process.pid))
        time.sleep(0.02)


def _resident(pid: int) -> float:
    """MB of a process and its children."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return 0.0
    own = next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS:")), 0.0)
    return own + sum(_resident(int(child)) for child in children)


def _own_peak() -> float:
    try:
        import resource
    except ImportError:  # Windows
        return 0.0
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def measure(folder: Path, factor: int, repeat: int, profile: bool) -> Measured:
    """Measure one size, the floor and the whole in turn."""
    here = prepare(folder, factor)
    pairs = [(in_process("floor", here), in_process("whole", here, profile)) for _ in range(repeat)]
    floors, wholes = zip(*pairs, strict=True)
    floor, whole = (min(runs, key=lambda run: run.seconds) for runs in (floors, wholes))
    ratios = [one.seconds / bare.seconds for bare, one in pairs]
    return Measured(
        factor=factor,
        rows=floor.count,
        scores=whole.count,
        file_mb=round((here / "national.xlsx").stat().st_size / 1e6, 1),
        floor=round(floor.seconds, 2),
        whole=round(whole.seconds, 2),
        ratio=round(whole.seconds / floor.seconds, 2),
        cpu_ratio=round(min(run.cpu for run in wholes) / min(run.cpu for run in floors), 2),
        ratio_spread=(round(min(ratios), 2), round(max(ratios), 2)),
        cpu=round(min(run.cpu for run in wholes), 2),
        floor_cpu=round(min(run.cpu for run in floors), 2),
        peak_mb=round(max(run.peak_mb for run in wholes)),
        floor_peak_mb=round(max(run.peak_mb for run in floors)),
        steps={name: round(whole.steps[name], 2) for name in STEPS},
        shares={name: round(100 * whole.steps[name] / whole.seconds, 1) for name in STEPS},
        seconds_per_million_scores=round(1e6 * whole.seconds / whole.count, 2),
    )


def table(measured: Sequence[Measured]) -> str:
    """The figures as a text table."""
    head = (
        "size",
        "rows",
        "scores",
        "file MB",
        "floor s",
        "whole s",
        "ratio",
        "cpu ratio",
        "peak MB",
        "s/M scores",
        *STEPS,
    )
    lines = ["".join(f"{name:>11}" for name in head)]
    for one in measured:
        cells = (
            f"{one.factor}x",
            f"{one.rows:,}",
            f"{one.scores:,}",
            f"{one.file_mb:.1f}",
            f"{one.floor:.2f}",
            f"{one.whole:.2f}",
            f"{one.ratio:.2f}",
            f"{one.cpu_ratio:.2f}",
            f"{one.peak_mb:.0f}",
            f"{one.seconds_per_million_scores:.2f}",
            *(f"{one.steps[name]:.2f} {one.shares[name]:.0f}%" for name in STEPS),
        )
        lines.append("".join(f"{cell:>11}" for cell in cells))
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure every size, print the table, write the JSON."""
    parser = argparse.ArgumentParser(prog="benchmarks import", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--factors", type=int, nargs="+", default=[1, 2, 4], help="times 8,300 bodies")
    parser.add_argument("--repeat", type=int, default=3, help="runs of each size")
    parser.add_argument("--profile", action="store_true", help="show which functions take the time")
    chosen = parser.parse_args(arguments)
    measured = []
    with tempfile.TemporaryDirectory() as folder:
        for factor in chosen.factors:
            measured.append(measure(Path(folder), factor, chosen.repeat, chosen.profile))
            print(table(measured[-1:]), file=sys.stderr)
    print(table(measured))
    RESULTS.mkdir(exist_ok=True)
    text = json.dumps([asdict(one) for one in measured], indent=2)
    (RESULTS / "import.json").write_text(text + "\n", encoding="utf-8")
    return 0


def child(what: str, book: str, versions: str, *options: str) -> None:
    """Run one measurement in this process and print its answer as the last line."""
    run = {"whole": run_whole, "floor": run_floor}[what]
    profile = cProfile.Profile() if options else None
    before = sum(os.times()[:4])  # of this process and of its children that have ended
    steps, count = (
        profile.runcall(run, Path(book), Path(versions)) if profile else run(Path(book), Path(versions))
    )
    cpu = sum(os.times()[:4]) - before
    if profile:
        out = io.StringIO()
        pstats.Stats(profile, stream=out).sort_stats("cumulative").print_stats(45)
        print(out.getvalue())
    print(json.dumps(asdict(Run(steps, count, cpu, _own_peak()))))


if __name__ == "__main__":
    child(*sys.argv[1:])
