"""How long the files people take home take, beside empty ones of the same kind, and in how much memory.

    python -m benchmarks exports [--rows slides documents] [--repeat 5] [--slides 24]

A slide is one of a deck of real views, as pages make them of the published figures; the floor is a deck of as
many slides that hold a title alone, made with the same library. What is compared is measured in turn, in the
same minutes; medians count. The rows of documents are those of `benchmarks/export_documents.py`.
"""

import argparse
import io
import json
import statistics
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from itertools import cycle, islice
from pathlib import Path
from unittest.mock import patch

from pptx import Presentation
from streamlit.testing.v1 import AppTest

from benchmarks import export_documents
from dashboard import view
from dashboard.exports import native, slides
from dashboard.view import View
from tests import factory

ROOT = Path(__file__).parents[1]
RESULTS = Path(__file__).parent / "results"
PAGES = (
    "supervise/overview",
    "supervise/weakest",
    "supervise/organisation",
    "supervise/road",
    "analyse/trends",
)
SELECTION = {"year": "2567", "orgs": "sao-khwao-yai,pattaya"}


@dataclass(frozen=True)
class Row:
    """One figure: what was measured, its value and unit, and the seconds behind a ratio."""

    what: str
    value: float
    unit: str
    seconds: tuple[float, ...] = ()


@dataclass(frozen=True)
class Options:
    """How often, and how much at a time."""

    repeat: int
    slides: int


def _seconds(*sides: Callable[[], object], repeat: int) -> list[float]:
    """The median seconds of some functions, run in turn after a warm-up."""
    runs: list[list[float]] = [[] for _ in sides]
    for number in range(repeat + 1):
        for side, found in zip(sides, runs, strict=True):
            started = time.perf_counter()
            side()
            if number:
                found.append(time.perf_counter() - started)
    return [statistics.median(found) for found in runs]


def _peak(make: Callable[[], object]) -> float:
    """MB that making a file takes at most, beyond what was there before."""
    tracemalloc.start()
    try:
        make()
        return tracemalloc.get_traced_memory()[1] / 1e6
    finally:
        tracemalloc.stop()


# --- Slides ---


@contextmanager
def _served(dataset: str) -> Iterator[None]:
    """A warehouse of a dataset of the tests for the pages of this process."""
    with tempfile.TemporaryDirectory() as folder, patch.dict("os.environ", {"ITA_WAREHOUSE": folder}):
        factory.build_warehouse(Path(folder), dataset)
        yield


def _views() -> list[tuple[View, dict[str, str]]]:
    """The views that pages make of the published figures, with where they come from."""
    found: dict[str, tuple[View, dict[str, str]]] = {}
    make = View.__init__

    def made(self: View, *args: object, **options: object) -> None:
        make(self, *args, **options)  # type: ignore[arg-type]
        if not self.frame.empty:
            found[self.key] = (self, view.provenance(self))

    with _served("published"), patch.object(View, "__init__", made):
        for page in PAGES:
            app = AppTest.from_file(str(ROOT / "dashboard/router/main.py"), default_timeout=60)
            for key, value in SELECTION.items():
                app.query_params[key] = value
            app.switch_page(str(ROOT / f"pages/{page}.py")).run()
            if app.exception:
                raise RuntimeError(f"{page}: {app.exception[0].message}")
    return list(found.values())


def _empty_deck(count: int) -> bytes:
    """A deck of slides that hold a title alone."""
    shown = Presentation()
    for _ in range(count):
        shown.slides.add_slide(shown.slide_layouts[5]).shapes.title.text = "หัวข้อ"
    content = io.BytesIO()
    shown.save(content)
    return content.getvalue()


def slides_of_views(options: Options) -> list[Row]:
    """Seconds of a slide of each kind beside a slide of an empty deck, and memory of a deck."""
    kinds: dict[str, list[tuple[View, dict[str, str]]]] = {"chart": [], "table": []}
    for one in _views():
        kinds["table" if native.chart_of(one[0].figure) is None else "chart"].append(one)
    rows = []
    for kind, found in kinds.items():
        shown = list(islice(cycle(found), options.slides))
        made, empty = _seconds(
            lambda shown=shown: slides.deck(shown),  # type: ignore[misc]
            lambda: _empty_deck(options.slides),
            repeat=options.repeat,
        )
        each = (made / options.slides, empty / options.slides)
        rows.append(Row(f"a slide with a {kind} ÷ a slide of an empty deck", made / empty, "×", each))
    every = [*islice(cycle([*kinds["chart"], *kinds["table"]]), options.slides)]
    rows.append(
        Row(f"memory at most, a deck of {options.slides} slides", _peak(lambda: slides.deck(every)), "MB")
    )
    return rows


def documents(options: Options) -> list[Row]:
    """Profiles and annual documents beside empty ones, a hundred in one ZIP, its memory."""
    return [Row(one.what, one.value, one.unit) for one in export_documents.measure(options.repeat)]


ROWS: dict[str, Callable[[Options], list[Row]]] = {"slides": slides_of_views, "documents": documents}
"""What is measured; a function gives the rows that belong together."""


# --- The whole ---


def table(measured: Sequence[Row]) -> str:
    """The figures as a text table."""
    return "\n".join(
        f"{one.what:<60}{one.value:>9.2f} {one.unit:<3}"
        + "".join(f"{1000 * seconds:>10.2f} ms" for seconds in one.seconds)
        for one in measured
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure every row, print the table, write the JSON."""
    parser = argparse.ArgumentParser(prog="benchmarks exports", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--rows", nargs="+", choices=ROWS, default=list(ROWS), help="only these")
    parser.add_argument("--repeat", type=int, default=5, help="runs of each side")
    parser.add_argument("--slides", type=int, default=24, help="slides of a deck")
    chosen = parser.parse_args(arguments)
    options = Options(chosen.repeat, chosen.slides)
    measured = [row for name in chosen.rows for row in ROWS[name](options)]
    print(table(measured), file=sys.stdout)
    RESULTS.mkdir(exist_ok=True)
    text = json.dumps([asdict(one) for one in measured], indent=2, ensure_ascii=False)
    (RESULTS / "exports.json").write_text(text + "\n", encoding="utf-8")
    return 0
