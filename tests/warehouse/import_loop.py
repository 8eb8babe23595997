"""A process that imports and publishes without end, for tests that kill it or read beside it.

    python -m tests.warehouse.import_loop FOLDER FIRST [FUNCTION]

It says `ready`, waits for a line, and then says what it begins to do: `read`, `stage`, `build`, `publish ID`,
`done ID`. Round n gives every figure of the invented bodies the same value, `value_of(n)`. With the name of a
function of `POINTS` the process kills itself as it comes to it in its first round.
"""

import io
import os
import signal
import sys
from collections.abc import Callable
from itertools import count, product
from pathlib import Path
from typing import Any

import duckdb
import xlsxwriter

from ita_data import edition
from ita_data.readers.read import read
from warehouse import build, importing, publish

BODIES = 5
YEARS = (2566, 2567)
PARTS = ("overall", "IIT", "EIT", "OIT", *map(str, range(1, 11)))
FIGURES = BODIES * len(YEARS) * len(PARTS)
STEPS = ("read", "stage", "build", "publish")

# Where a process can be cut off between two steps of which only both together are whole.
POINTS: dict[str, tuple[Any, str]] = {
    "write_parquet": (duckdb.DuckDBPyRelation, "write_parquet"),
    "load_folders": (build, "load_folders"),
    "refuse_fatal": (build, "refuse_fatal"),
    "rename": (Path, "rename"),
    "fsync": (os, "fsync"),
    "replace": (os, "replace"),
}


def value_of(number: int) -> float:
    """The score all figures of a round have."""
    return round(20 + number % 7_000 / 100, 2)


def workbook(number: int) -> bytes:
    """The wide workbook of a round."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("ผล")
        sheet.write_row(0, 0, ["หน่วยงาน", "อำเภอ", "จังหวัด", "ปีงบประมาณ", "คะแนน ITA", *PARTS[1:4]])
        for column, code in enumerate(PARTS[4:], start=8):
            sheet.write(0, column, f"ตัวชี้วัดที่ {code}")
        for row, (body, year) in enumerate(product(range(BODIES), YEARS), start=1):
            name = f"องค์การบริหารส่วนตำบลทดสอบ{'กขคงจ'[body]}"
            sheet.write_row(row, 0, [name, "ทดสอบ", "ขอนแก่น", year, *[value_of(number)] * len(PARTS)])
        # the same scores in another round are other bytes: the file is not known already
        book.add_worksheet("หมายเหตุ").write(0, 0, f"รอบ {number}")
    return out.getvalue()


def import_and_publish(folder: Path, number: int, say: Callable[[str], None]) -> str:
    """One whole round; returns the id of the version."""
    editions = edition.load_editions()
    say("read")
    reading = read(f"รอบ {number}.xlsx", workbook(number), editions)
    say("stage")
    current = publish.current_path(folder)
    resolutions = importing.resolve([reading], importing.register_of(current))
    choices = importing.Choices(prefer="incoming")
    staged = importing.stage([reading], resolutions, choices, current=current, out=folder)
    assert int(staged.figures["stands"].sum()) == FIGURES, "not every figure would be published"
    say("build")
    build_id = importing.prepare(staged.folder, out=folder)
    say(f"publish {build_id}")
    importing.release(build_id, current, out=folder)
    say(f"done {build_id}")
    return build_id


def die_at(point: str) -> None:
    owner, name = POINTS[point]

    def die(*_: object, **__: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    setattr(owner, name, die)


def main(folder: str, first: str, point: str = "") -> None:
    def say(what: str) -> None:
        print(what, flush=True)

    say("ready")
    sys.stdin.readline()
    if point:
        die_at(point)
    for number in count(int(first)):
        import_and_publish(Path(folder), number, say)


if __name__ == "__main__":
    main(*sys.argv[1:])
