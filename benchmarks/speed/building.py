"""Row 5: building the national panel beside a bare CREATE TABLE AS, and the size of its file."""

import shutil
import tempfile
import time
from pathlib import Path

import duckdb

from benchmarks.speed.data import Size
from benchmarks.speed.figures import Figure, median, ratio
from warehouse import build


def build_whole(panel: Path, folder: Path) -> float:
    """Seconds of load, marts and checks."""
    started = time.perf_counter()
    build.build([panel], out=folder, simulated=True)
    return time.perf_counter() - started


def build_bare(panel: Path, folder: Path) -> float:
    """Seconds of the fact alone, into a file of its own that is closed."""
    started = time.perf_counter()
    connection = duckdb.connect(str(folder / "bare.duckdb"))
    connection.execute(
        "CREATE TABLE score AS SELECT * FROM read_parquet($panel)", {"panel": str(panel / "scores.parquet")}
    )
    connection.close()
    return time.perf_counter() - started


def fact_as_parquet(version: Path, folder: Path) -> int:
    """Bytes of the fact of a warehouse as zstd Parquet."""
    path = folder / "score.parquet"
    with duckdb.connect(str(version), read_only=True) as connection:
        connection.table("score").write_parquet(str(path), compression="zstd")
    return path.stat().st_size


def measure(national: Size, repeat: int) -> list[Figure]:
    """Both in turn, the first pair as a warm-up."""
    whole: list[float] = []
    bare: list[float] = []
    for turn in range(repeat + 1):
        for taken, run in ((bare, build_bare), (whole, build_whole)):
            scratch = Path(tempfile.mkdtemp(dir=national.folder))
            try:
                seconds = run(national.panel, scratch)
            finally:
                shutil.rmtree(scratch)
            if turn:
                taken.append(seconds)
    with tempfile.TemporaryDirectory(dir=national.folder) as scratch_name:
        parquet = fact_as_parquet(national.version, Path(scratch_name))
    file = national.version.stat().st_size
    return [
        Figure(
            "5",
            "build of the national panel ÷ bare CREATE TABLE AS of the fact",
            ratio(whole, bare),
            aim=6,
            detail={"seconds": [round(one, 2) for one in whole], "bare": [round(one, 2) for one in bare]},
        ),
        Figure(
            "5",
            "warehouse file ÷ the fact as zstd Parquet",
            file / parquet,
            aim=3,
            detail={"file MB": file / 1e6, "Parquet MB": parquet / 1e6, "build s": median(whole)},
        ),
    ]
