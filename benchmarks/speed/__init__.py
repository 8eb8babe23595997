"""How fast the dashboard is at the size of the country: counts, and ratios inside one run.

    python -m benchmarks speed [--rows reruns,queries,…] [--folder DIR] [--quick] [--docs]

Both sides of a ratio are measured in turn, in the same minutes on the same machine, and the medians are
compared; what else the machine does so disturbs both. Absolute times are in the JSON, for whoever looks for
where they go.
"""

import argparse
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from benchmarks.speed import browser, building, figures, load, pages, queries
from benchmarks.speed.data import NATIONAL, PUBLISHED, TENFOLD, Size, prepare
from benchmarks.speed.figures import Figure

REPEAT, QUICK = 7, 3

Sizes = Mapping[str, Size]

# What is typed -> which sizes it needs, and what measures it.
ROWS: Mapping[str, tuple[Sequence[str], Callable[[Sizes, int], list[Figure]]]] = {
    "reruns": ((PUBLISHED, NATIONAL, TENFOLD), pages.measure_reruns),
    "queries": ((NATIONAL,), lambda sizes, repeat: queries.measure(sizes[NATIONAL], repeat)),
    "bytes": ((NATIONAL,), lambda sizes, repeat: browser.measure_bytes(sizes[NATIONAL], repeat)),
    "start": ((NATIONAL,), lambda sizes, repeat: browser.measure_start(sizes[NATIONAL], repeat)),
    "build": ((NATIONAL,), lambda sizes, repeat: building.measure(sizes[NATIONAL], repeat)),
    "memory": ((PUBLISHED, NATIONAL), pages.measure_memory),
    "load": ((NATIONAL,), lambda sizes, repeat: load.measure(sizes[NATIONAL], repeat)),
}


def run(
    rows: Sequence[str], sizes: Callable[[str], Size], repeat: int, done: Callable[[list[Figure]], object]
) -> list[Figure]:
    """Measure rows in the order of the table; `done` hears all figures so far after each."""
    found: list[Figure] = []
    for name, (needed, measure) in ROWS.items():
        if name in rows:
            print(f"measuring {name} …", file=sys.stderr)
            found += measure({one: sizes(one) for one in needed}, repeat)
            done(found)
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print the table, write the JSON and, if asked, the documents. Returns 2 for wrong usage."""
    parser = argparse.ArgumentParser(prog="benchmarks speed", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--rows", default=",".join(ROWS), help=f"some of {','.join(ROWS)}")
    parser.add_argument("--folder", type=Path, help="where the warehouses are, or are built and kept")
    parser.add_argument("--quick", action="store_true", help=f"{QUICK} repeats instead of {REPEAT}")
    parser.add_argument("--docs", action="store_true", help="write the table into docs/benchmarks.md")
    chosen = parser.parse_args(arguments)
    rows = chosen.rows.split(",")
    if unknown := set(rows) - set(ROWS):
        print(f"no row {', '.join(sorted(unknown))}; there are {', '.join(ROWS)}", file=sys.stderr)
        return 2
    if chosen.docs and (chosen.quick or set(rows) != set(ROWS)):
        print("the documents take a whole run: without --rows and --quick", file=sys.stderr)
        return 2
    repeat = QUICK if chosen.quick else REPEAT
    told = figures.about({"medians of": repeat})
    with tempfile.TemporaryDirectory() as scratch:
        sizes = partial(prepare, chosen.folder or Path(scratch))
        found = run(rows, sizes, repeat, lambda so_far: figures.save(so_far, told))
    table = figures.markdown(found, told)
    print(table)
    if chosen.docs:
        text = figures.DOCUMENT.read_text(encoding="utf-8")
        figures.DOCUMENT.write_text(figures.into_document(text, table), encoding="utf-8")
    return 0
