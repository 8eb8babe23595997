"""Fixture warehouses: one function builds them for unit tests, for browser tests and by hand.

By hand: `python -m tests.factory FOLDER missing_year`, then `ITA_WAREHOUSE=FOLDER streamlit run app.py`.

Every body invented here says ทดสอบ in its name, so that its scores cannot be taken for a real body's.
"""

import argparse
import csv
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import duckdb

from ita_data import organisation
from warehouse import build, publish

Row = Mapping[str, object]

INDICATORS = tuple(str(number) for number in range(1, 11))


def source(source_id: str = "doc-test", **changes: object) -> Row:
    """A row of `sources`."""
    return {
        "source_id": source_id,
        "kind": "document",
        "title_th": "เอกสารทดสอบ",
        "publisher_th": "หน่วยงานทดสอบ",
        "locator": "ใช้ทดสอบเท่านั้น",
    } | changes


def body(organisation_id: str, name_th: str, type: str = "sao", **changes: object) -> Row:
    """A row of `organisations`, by default an อบต. of มหาสารคาม."""
    return {
        "organisation_id": organisation_id,
        "type": type,
        "name_th": name_th,
        "full_name_th": organisation.full_name(type, name_th),
        "district_th": None,
        "province_iso": "TH-44",
        "note_th": None,
    } | changes


def score(organisation_id: str, fiscal_year: int, part: str, value: object, **changes: object) -> Row:
    """A row of `scores`: the figure stands and is for all respondents, unless said otherwise."""
    return {
        "organisation_id": organisation_id,
        "fiscal_year": fiscal_year,
        "part": part,
        "respondents": "all",
        "value": value,
        "stands": "yes",
        "source_id": "doc-test",
        "source_row": f"แถว {part}",
        "note_th": None,
    } | changes


def measure(organisation_id: str, assessed_year: int, **changes: object) -> Row:
    """A row of `measures`: the only one that answers the year's result, without any follow-up."""
    return {
        "measure_id": f"{organisation_id}-{assessed_year}",
        "organisation_id": organisation_id,
        "plan_year": assessed_year + 1,
        "assessed_year": assessed_year,
        "seq": 1,
        "title_th": "มาตรการทดสอบ",
        "responsible_unit_th": None,
        "period_th": None,
        "follow_up_th": None,
        "source_id": "doc-test",
        "source_row": "แถว 1",
    } | changes


def result(organisation_id: str, fiscal_year: int, indicators: Sequence[float]) -> list[Row]:
    """The overall, instruments and indicators of a body and year, as the calculation gives them."""
    means = {
        code: sum(part) / len(part)
        for code, part in (("IIT", indicators[:5]), ("EIT", indicators[5:8]), ("OIT", indicators[8:]))
    }
    overall = 0.3 * means["IIT"] + 0.3 * means["EIT"] + 0.4 * means["OIT"]
    values = {"overall": overall} | means | dict(zip(INDICATORS, indicators, strict=True))
    return [score(organisation_id, fiscal_year, part, f"{value:.2f}") for part, value in values.items()]


def write_dataset(folder: Path, **tables: Iterable[Row]) -> Path:
    """Write a dataset folder, one CSV per keyword (`scores=…`), None as a blank; returns the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, given in tables.items():
        rows = list(given)
        if not rows:
            continue  # a table without rows is a missing file
        columns = list(dict.fromkeys(column for row in rows for column in row))
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns)
            writer.writeheader()
            writer.writerows(rows)
    return folder


def _one_body(folder: Path) -> Path:
    """One อบต. with one complete year."""
    return write_dataset(
        folder,
        sources=[source()],
        organisations=[body("test-one", "ทดสอบหนึ่ง", district_th="ทดสอบ")],
        scores=result("test-one", 2567, [90, 88, 92, 70, 81, 86, 84, 79, 72, 64]),
    )


def _missing_year(folder: Path) -> Path:
    """One body with 2563 and 2565 but nothing for 2564, beside one that has all three years."""
    return write_dataset(
        folder,
        sources=[source()],
        organisations=[body("test-gap", "ทดสอบเว้นปี"), body("test-whole", "ทดสอบครบปี")],
        scores=[
            *result("test-gap", 2563, [80.1, 81.2, 82.3, 70.4, 75.5, 78.6, 77.7, 76.8, 50, 40]),
            *result("test-gap", 2565, [88.1, 86.2, 90.3, 80.4, 84.5, 85.6, 83.7, 82.8, 90, 75]),
            *result("test-whole", 2563, [85.1, 84.2, 88.3, 79.4, 80.5, 82.6, 80.7, 79.8, 60, 55]),
            *result("test-whole", 2564, [86.1, 85.2, 88.3, 80.4, 82.5, 83.6, 82.7, 80.8, 75, 65]),
            *result("test-whole", 2565, [89.1, 88.2, 91.3, 84.4, 86.5, 88.6, 86.7, 85.8, 95, 80]),
        ],
    )


def _groups(folder: Path) -> Path:
    """Twelve bodies of three types, two sectors, three regions, two years; four of them have equal scores."""
    places = ("TH-44", "TH-40", "TH-50", "TH-10")
    kinds = ("sao", "thesaban_tambon", "department")
    bodies: list[Row] = []
    scores: list[Row] = []
    for number in range(12):
        kind = kinds[number % 3]
        code = f"test-{number:02}"
        iso = None if kind == "department" and number > 6 else places[number % 4]
        bodies.append(body(code, f"ทดสอบลำดับที่ {number:02}", kind, province_iso=iso))
        for year in (2567, 2568):
            # every third body has the scores of the first: ties in rank and quartiles
            spread = 0 if number % 3 == 0 else number
            base = 78 + spread + 2 * (year - 2567)
            scores += result(code, year, [min(base + (7 * part + spread) % 11, 100) for part in range(10)])
    # one body has no overall in the second year, one lacks the first year whole, and one has figures of two
    # groups of respondents
    scores = [
        row
        for row in scores
        if not (row["organisation_id"] == "test-04" and row["fiscal_year"] == 2568 and row["part"] != "OIT")
        and not (row["organisation_id"] == "test-05" and row["fiscal_year"] == 2567)
    ]
    asked = (("E7", "public", 0), ("E7", "survey", 20), ("E7", "all", 10.01), ("8", "public", 5))
    scores += [score("test-00", 2567, part, value, respondents=group) for part, group, value in asked]
    plans = (("test-00", ("8", "10")), ("test-03", ("10",)), ("test-07", ("1",)))
    return write_dataset(
        folder,
        sources=[source()],
        organisations=bodies,
        scores=scores,
        measures=[measure(code, 2567) for code, _ in plans],
        measure_indicators=[
            {"measure_id": f"{code}-2567", "part": part, "basis": "printed"}
            for code, parts in plans
            for part in parts
        ],
    )


def _movers(folder: Path) -> Path:
    """35 bodies with overalls that move along lines worked out by hand in tests/warehouse/test_movers.py.

    Half of 32 อบต. and of 2 อบจ. are "a", half "b". One more, of a third type, starts at the ceiling.
    """
    bodies: list[Row] = []
    scores: list[Row] = []
    for number in range(34):
        half, kind = "ab"[number % 2], "sao" if number < 32 else "pao"
        code = f"test-{half}{number:02}"
        bodies.append(body(code, f"ทดสอบเคลื่อนที่ {number:02}", kind))
        # by as much above as below the mean of the half; the อบจ. stand on it
        spread = 0 if kind == "pao" else (2 if half == "a" else 1) * (1 if number % 4 < 2 else -1)
        to = {"a": 70, "b": 84}[half] + spread
        overalls = {"a": (74, 75, 60, to, to - 6), "b": (70, 70, 80, to, to - 6)}[half]
        scores += [
            score(code, year, "overall", value)
            for year, value in zip(range(2564, 2569), overalls, strict=True)
        ]
    bodies.append(body("test-ceiling", "ทดสอบเพดาน", "thesaban_nakhon"))
    scores += [score("test-ceiling", 2564, "overall", 99.8), score("test-ceiling", 2565, "overall", 99.9)]
    return write_dataset(folder, sources=[source()], organisations=bodies, scores=scores)


DATASETS: Mapping[str, Callable[[Path], Path]] = {
    "published": lambda folder: build.PUBLISHED,
    "empty": write_dataset,
    "one_body": _one_body,
    "missing_year": _missing_year,
    "groups": _groups,
    "movers": _movers,
}


def build_warehouse(folder: Path, dataset: str = "published") -> Path:
    """Build one of `DATASETS`, publish it in `folder` and return the version's file.

    The dataset folder itself is written to `folder/dataset`.
    """
    name_th = "ข้อมูลเผยแพร่" if dataset == "published" else f"ข้อมูลทดสอบ {dataset}"
    build_id = build.build([DATASETS[dataset](folder / "dataset")], out=folder, dataset_th=name_th)
    publish.publish(build_id, folder)
    return publish.version_path(folder, build_id)


def loaded(*folders: Path) -> duckdb.DuckDBPyConnection:
    """A database in memory with dataset folders loaded and nothing derived from them yet."""
    connection = duckdb.connect()
    connection.execute(build.sql("schema"))
    build.load_framework(connection)
    build.load_folders(connection, folders)
    return connection


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("dataset", choices=sorted(DATASETS), nargs="?", default="published")
    options = parser.parse_args()
    print(build_warehouse(options.folder, options.dataset))
