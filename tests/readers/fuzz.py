"""Files gone wrong: bytes flipped, ends cut off, pieces repeated, cells shuffled; the same for the same seed.

Larger runs than the tests': ``python -m tests.readers.fuzz 2000 7`` for 2,000 files of seed 7.
"""

import io
import random
import sys
import zipfile
from collections.abc import Iterator

from ita_data.edition import FULL_SCORE, load_editions
from ita_data.readers import tables
from ita_data.readers.files import DOCUMENT_KINDS, open_file
from ita_data.readers.reading import Reading
from tests.readers import writers
from tests.readers.writers import EXTENSIONS, FORMATS, Grid, Style

SCORES = {
    (name, year, part): 50.0 + number % 50 + 0.25
    for number, (name, year, part) in enumerate(
        (name, year, part) for name in writers.NAMES for year in (2566, 2567) for part in writers.HEADERS
    )
}
SHAPES = (writers.long, writers.wide, lambda scores, style: writers.turned(scores, style)[0])
JUNK = (
    None,
    "",
    "-",
    "รวม",
    "หน่วยงาน",
    "ปี",
    "IIT",
    "คะแนน",
    0,
    -1,
    1e300,
    2567,
    "2567",
    "๒๕๖๗",
    True,
    "=1+1",
    "\u202e",
    "85,500",
    "NaN",
    "x" * 400,
)
EDITIONS = load_editions()


def flip(data: bytes, rng: random.Random) -> bytes:
    """Change some bytes."""
    changed = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 5, 50))):
        changed[rng.randrange(len(changed))] = rng.randrange(256)
    return bytes(changed)


def cut(data: bytes, rng: random.Random) -> bytes:
    """Cut off the end, or a piece in between."""
    first, last = sorted(rng.sample(range(len(data) + 1), 2))
    return data[:first] if rng.random() < 0.6 else data[:first] + data[last:]


def repeat(data: bytes, rng: random.Random) -> bytes:
    """Put a piece of the file in again somewhere."""
    first, last = sorted(rng.sample(range(len(data) + 1), 2))
    at = rng.randrange(len(data))
    return data[:at] + data[first:last] + data[at:]


def inside(data: bytes, rng: random.Random) -> bytes:
    """Damage one member of a zip file, so that what reads the members meets it."""
    if not data.startswith(b"PK"):
        return flip(data, rng)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        chosen = rng.choice([name for name in old.namelist() if len(old.read(name)) > 1])
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, rng.choice((flip, cut, repeat))(content, rng) if name == chosen else content)
    return out.getvalue()


def shuffled(grid: Grid, rng: random.Random) -> Grid:
    """Exchange cells, put junk in, drop and repeat rows."""
    rows = [list(row) for row in grid]
    width = max(map(len, rows))
    for row in rows:
        row.extend([None] * (width - len(row)))
    for _ in range(rng.choice((1, 5, 40))):
        one, other = rng.randrange(len(rows)), rng.randrange(len(rows))
        left, right = rng.randrange(width), rng.randrange(width)
        rows[one][left], rows[other][right] = rows[other][right], rows[one][left]
    for _ in range(rng.choice((0, 3, 30))):
        rows[rng.randrange(len(rows))][rng.randrange(width)] = rng.choice(JUNK)
    if rng.random() < 0.3:
        rng.shuffle(rows)
    return rows


def mutants(seed: int, count: int) -> Iterator[tuple[str, bytes]]:
    """Yield names and bytes of damaged files."""
    rng = random.Random(seed)
    for number in range(count):
        format_name = rng.choice([*FORMATS])
        grid = rng.choice(SHAPES)(SCORES, Style(rng.randrange(6), rng.random() < 0.5, rng.randrange(4)))
        damage = rng.choice((flip, cut, repeat, inside, None, None))
        if damage is None and format_name != "parquet":
            grid = shuffled(grid, rng)
        if format_name == "csv-cp874":
            grid = [
                [
                    cell.encode("cp874", "ignore").decode("cp874") if isinstance(cell, str) else cell
                    for cell in row
                ]
                for row in grid
            ]
        data = FORMATS[format_name](grid)
        label = damage.__name__ if damage else "shuffled"
        yield f"{number}-{label}{EXTENSIONS[format_name]}", damage(data, rng) if damage else data


def read(name: str, data: bytes) -> Reading:
    """Read a file and check what must hold of any reading."""
    reading = tables.read_tables(open_file(data, name), EDITIONS)
    scores = reading.scores
    assert scores["value"].between(0, FULL_SCORE).all()
    assert scores["fiscal_year"].isin(list(EDITIONS)).all()
    assert set(scores["mention"]) <= set(reading.bodies["mention"])
    keys = scores.loc[scores["stands"], ["mention", "fiscal_year", "part", "respondents"]]
    assert not keys.duplicated().any()
    said = any(problem.severity == "error" for problem in reading.problems)
    assert len(scores) or said or reading.recognised or reading.kind in DOCUMENT_KINDS
    assert all(problem.message_th and problem.advice_th for problem in reading.problems)
    return reading


if __name__ == "__main__":
    count, seed = map(int, (*sys.argv[1:], *("2000", "1")[len(sys.argv) - 1 :]))
    for name, data in mutants(seed, count):
        try:
            read(name, data)
        except Exception:
            print(f"{name} of seed {seed}", file=sys.stderr)
            raise
    print(f"{count} files, no exception")
