"""Damaged files of every kind the readers know, from the bytes to a staged import.

Never an exception, never a change to what is published. The long run is
`MUTATIONS=2000 python -m pytest tests/readers/test_fuzz_import.py`.

A file is damaged in one of these ways: bytes flipped, the end cut off, cells or lines exchanged, and in zip
files bytes flipped inside a member that is packed again, so that the damage reaches the reader of the format.
"""

import hashlib
import io
import os
import random
import zipfile
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from ita_data import edition
from ita_data.readers.read import read
from ita_data.readers.reading import BODY_COLUMNS, SCORE_COLUMNS, Reading
from tests import factory
from tests.readers import made, writers
from warehouse import build, importing, publish

MUTATIONS = int(os.environ.get("MUTATIONS", "120"))
EDITIONS = edition.load_editions()

SCORES = {
    (name, year, part): 60 + 7 * at + 0.25 * year % 10 + len(part)
    for at, name in enumerate(("อบต.ทดสอบ อำเภอทดสอบ จังหวัดขอนแก่น", "เทศบาลตำบลทดสอบ", "อบต.ทดสอบใต้"))
    for year in (2566, 2567)
    for part in ("overall", "IIT", "EIT", "OIT", "1", "2", "10")
}
DOCUMENT: made.Document = [
    "ผลการประเมินคุณธรรมและความโปร่งใส (ITA) ประจำปีงบประมาณ พ.ศ. 2567",
    "องค์การบริหารส่วนตำบลทดสอบ อำเภอทดสอบ จังหวัดขอนแก่น",
    "ผลคะแนนภาพรวม 85.50 คะแนน ระดับ ผ่านดี",
    [["เครื่องมือ", "คะแนน"], ["IIT", "90.25"], ["EIT", "๘๑.๕๐"], ["OIT", "84.94"]],
    made.PAGE,
    [
        ["ตัวชี้วัด", "คะแนน"],
        ["ตัวชี้วัดที่ 1 การปฏิบัติหน้าที่", "91.00"],
        ["ตัวชี้วัดที่ 2 การใช้งบประมาณ", "88.75"],
        ["ตัวชี้วัดที่ 10 การป้องกันการทุจริต", "-"],
    ],
    "มาตรการส่งเสริมคุณธรรมและความโปร่งใส ประจำปีงบประมาณ พ.ศ. 2568",
    [
        ["มาตรการ", "ผู้รับผิดชอบ", "ระยะเวลา", "ตัวชี้วัดที่เกี่ยวข้อง"],
        ["มาตรการทดสอบที่หนึ่ง", "สำนักทดสอบ", "ตุลาคม 2567", "ตัวชี้วัดที่ 2"],
        ["มาตรการทดสอบที่สอง", "กองทดสอบ", "มีนาคม 2568", "ตัวชี้วัดที่ 10"],
    ],
]


@dataclass(frozen=True)
class Kind:
    """A kind of file: its name, how it is written, and from what."""

    name: str
    write: Callable[[Sequence], bytes]  # type: ignore[type-arg]
    content: Sequence  # type: ignore[type-arg]


KINDS = {
    name: Kind("ทดสอบ" + writers.EXTENSIONS[name].replace(".tsv", ".csv"), write, shape(SCORES))
    for (name, write), shape in zip(
        writers.FORMATS.items(),
        [writers.wide, writers.long, lambda scores: writers.turned(scores)[0]] * len(writers.FORMATS),
        strict=False,
    )
} | {name: Kind(file, write, DOCUMENT) for name, (file, write) in made.FORMATS.items()}


# Damage -----------------------------------------------------------------------------------------------------


def flipped(data: bytes, rng: random.Random) -> bytes:
    """Exchange one to thirty bytes."""
    changed = bytearray(data)
    for _ in range(rng.choice((1, 3, 30))):
        changed[rng.randrange(len(changed))] = rng.randrange(256)
    return bytes(changed)


def truncated(data: bytes, rng: random.Random) -> bytes:
    """Cut off the end, anywhere."""
    return data[: rng.randrange(len(data))]


def packed_damage(data: bytes, rng: random.Random) -> bytes:
    """Flip bytes of a member of a zip file, or leave it out, and pack it again; of others, double a piece."""
    if not data.startswith(b"PK"):
        start = rng.randrange(len(data))
        return data[:start] + data[start : start + rng.randrange(200)] * 2 + data[start:]
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        names = old.namelist()
        sheets = [name for name in names if "sheet" in name or "document" in name or "content" in name]
        chosen = rng.choice(rng.choice((names, sheets or names)))
        for name in names:
            content = old.read(name)
            if name == chosen and rng.random() < 0.1:
                continue
            new.writestr(name, flipped(content, rng) if name == chosen and content else content)
    return out.getvalue()


def shuffled(content: Sequence, rng: random.Random) -> list:  # type: ignore[type-arg]
    """Exchange cells, of a document also paragraphs and tables."""
    rows = [item if isinstance(item, str) else list(item) for item in content]
    if any(isinstance(item, str) for item in rows):  # a document
        made_of = [item if isinstance(item, str) else shuffled(item, rng) for item in rows]
        for _ in range(rng.randrange(3)):
            _swap(made_of, rng, range(len(made_of)))
        return made_of
    for _ in range(rng.choice((1, 3, 20))):
        one, other = rng.randrange(len(rows)), rng.randrange(len(rows))
        if rows[one] and rows[other]:
            here, there = rng.randrange(len(rows[one])), rng.randrange(len(rows[other]))
            rows[one][here], rows[other][there] = rows[other][there], rows[one][here]
    if rng.random() < 0.3:
        _swap(rows, rng, range(len(rows)))
    return rows


def _swap(items: list, rng: random.Random, places: range) -> None:  # type: ignore[type-arg]
    one, other = rng.choice(places), rng.choice(places)
    items[one], items[other] = items[other], items[one]


def damaged(kind: Kind, rng: random.Random) -> bytes:
    """Write the file and damage it, or write it from exchanged cells."""
    how = rng.choice((flipped, truncated, packed_damage, None))
    if how is not None:
        return how(kind.write(kind.content), rng)
    try:
        return kind.write(shuffled(kind.content, rng))
    except (ValueError, TypeError):  # what the format cannot hold: two columns of one name
        return flipped(kind.write(kind.content), rng)


# The import -------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def versions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A versions folder with the bodies of the files and a score that differs from theirs."""
    folder = tmp_path_factory.mktemp("fuzz")
    place = {"district_th": "ทดสอบ", "province_iso": "TH-40"}
    dataset = factory.write_dataset(
        folder / importing.IMPORTS / "start",
        sources=[factory.source()],
        organisations=[factory.body("test-one", "ทดสอบ", **place)],
        scores=[factory.score("test-one", 2567, "overall", 12.5)],
    )
    publish.publish(build.build([dataset], out=folder), folder)
    return folder


def state(folder: Path) -> dict[str, str]:
    """A checksum of every file."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def imported(name: str, data: bytes, versions: Path) -> Reading:
    """Take a file as far as it goes without being published, and throw it away."""
    current = publish.current_path(versions)
    reading = read(name, data, EDITIONS)
    resolutions = importing.resolve([reading], importing.register_of(current))
    new = {
        (reading.sha256, mention): importing.NEW_BODY
        for mention, answer in resolutions[reading.sha256].items()
        if answer.status != "matched" and answer.proposed
    }
    choices = importing.Choices(bodies=new, prefer="incoming")
    staged = importing.stage([reading], resolutions, choices, current=current, out=versions)
    assert len(staged.figures) <= len(reading.scores)
    importing.discard(staged.folder, None, out=versions)
    return reading


def check(reading: Reading) -> None:
    """What holds for every reading, whatever the file."""
    assert list(reading.scores.columns) == list(SCORE_COLUMNS)
    assert list(reading.bodies.columns) == list(BODY_COLUMNS)
    assert reading.scores["value"].between(0, 100).all()
    assert set(reading.scores["mention"]) <= set(reading.bodies["mention"])
    assert len(reading.scores) or reading.problems, "nothing was read, and nothing said of it"
    assert all(one.message_th and one.advice_th for one in reading.problems)


@pytest.mark.parametrize("kind", KINDS)
def test_the_whole_file_is_read(kind: str, versions: Path) -> None:
    reading = imported(KINDS[kind].name, KINDS[kind].write(KINDS[kind].content), versions)
    check(reading)
    assert len(reading.scores) >= 6
    assert not [one for one in reading.problems if one.severity == "error"]


@pytest.mark.parametrize("kind", KINDS)
def test_damaged_files(kind: str, versions: Path) -> None:
    before = state(versions)
    outcomes: Counter[str] = Counter()
    for number in range(-(-MUTATIONS // len(KINDS))):
        data = damaged(KINDS[kind], random.Random(f"{kind} {number}"))
        try:
            reading = imported(KINDS[kind].name, data, versions)
            check(reading)
        except Exception as error:
            error.add_note(f"{kind}, number {number}")
            raise
        refused = any(one.severity == "error" for one in reading.problems)
        outcomes[("read" if len(reading.scores) else "nothing read") + ", errors" * refused] += 1
    assert state(versions) == before
    print(f"{kind}: {dict(outcomes)}")
