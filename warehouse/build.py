"""Build a warehouse file from dataset folders: load, recompute, grade, marts, checks.

A dataset folder holds one CSV or Parquet file per table of `schema.sql` it has something for, named after the
table in the plural (`scores.csv`, `measures.csv`, …). Missing files mean no rows. The folder the project
ships is `ita_data/published`.
"""

import hashlib
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import duckdb
import pandas as pd

import ita_data
from ita_data import edition, organisation, scoring
from warehouse import publish

ROOM = Path(__file__).parent
PUBLISHED = Path(ita_data.__file__).parent / "published"
REFERENCE = Path(ita_data.__file__).parent / "reference"

DATASET_TH = "ข้อมูลเผยแพร่"
"""What the data the project ships is called."""

# Table of the schema <- file in a dataset folder.
TABLES = {
    "source": "sources",
    "group_score": "group_scores",
    "national_summary": "national_summary",
    "printed_grade": "printed_grades",
    "printed_change": "printed_changes",
    "measure": "measures",
    "measure_indicator": "measure_indicators",
    "measure_result": "measure_results",
    "unresolved_score": "unresolved",
    "organisation_year": "organisation_years",
    "resolved_name": "resolved_names",
    "superseded": "superseded",
}

MADE_BY = {
    ROOM: ("build.py", "schema.sql", "steps/*.sql", "marts/*.sql", "checks/*.sql"),
    PUBLISHED.parent: (
        "*.py",
        "*.toml",
        "simulate/*.py",
        "editions/*.toml",
        "reference/*.csv",
        "published/*.csv",
    ),
}

# In the order they build on each other.
MARTS = (
    "part_value__organisation_year",
    "value__organisation_year",
    "result__organisation_year",
    "member__organisation_year",
    "overall__group_year",
    "grade__group_year",
    "overall_bin__group_year",
    "part__group_year",
    "item__group_year",
    "pair__group_part",
    "province_mean__year",
    "coverage__level_year",
    "expected_change__type_years",
)

Progress = Callable[[float, str], None]


class BuildError(Exception):
    """The data cannot become a warehouse; the message is Thai and fit for the user. Nothing was published."""


@dataclass(frozen=True)
class Check:
    """One file of `checks/`: a query whose rows are findings."""

    code: str
    title_th: str
    severity: str
    sql: str


def checks() -> list[Check]:
    """All checks, with the title and severity their first lines state."""
    found = []
    for path in sorted((ROOM / "checks").glob("*.sql")):
        sql = path.read_text(encoding="utf-8")
        head = dict(line.removeprefix("-- ").split(": ", 1) for line in sql.splitlines()[:2])
        found.append(Check(path.stem, head["title"], head["severity"], sql))
    return found


def build(
    folders: Sequence[Path] = (PUBLISHED,),
    *,
    out: Path | None = None,
    build_id: str | None = None,
    dataset_th: str = DATASET_TH,
    simulated: bool = False,
    progress: Progress = lambda share, message: None,
) -> str:
    """Build a new version from dataset folders and return its build id, a new one unless given.

    It is not published yet.

    The file gets its final name only when it is whole and no check found a fatal error.

    Raises:
        BuildError: an edition or target file is wrong, a table does not fit the schema, or a fatal check has
            findings.
    """
    out = out or publish.versions_folder()
    out.mkdir(parents=True, exist_ok=True)
    build_id = build_id or publish.new_build_id()
    unfinished = out / f"unfinished-{build_id}.duckdb"
    connection = duckdb.connect(str(unfinished))
    try:
        progress(0.05, "เตรียมโครงสร้างคลังข้อมูล")
        connection.execute((ROOM / "schema.sql").read_text(encoding="utf-8"))
        load_framework(connection)
        progress(0.2, "อ่านคะแนน")
        load_folders(connection, folders)
        derive(connection, progress)
        connection.execute(
            "INSERT INTO build_info VALUES ($build_id, $built_at, $dataset_th, $simulated, $recipe)",
            {
                "recipe": recipe(),
                "build_id": build_id,
                "built_at": datetime.now(UTC).replace(tzinfo=None),
                "dataset_th": dataset_th,
                "simulated": simulated,
            },
        )
        if names := [folder_name(folder, out) for folder in folders]:
            rows = pd.DataFrame({"position": range(1, len(names) + 1), "folder": names})
            insert(connection, "build_folder", connection.from_df(rows))
        refuse_fatal(connection)
        connection.close()
        unfinished.rename(publish.version_path(out, build_id))
    except edition.EditionError as error:
        raise BuildError(str(error)) from error
    finally:
        connection.close()
        unfinished.unlink(missing_ok=True)
        unfinished.with_name(unfinished.name + ".wal").unlink(missing_ok=True)
    progress(1.0, "คลังข้อมูลพร้อมใช้")
    return build_id


@cache
def recipe() -> str:
    """A checksum of all that makes a version of dataset folders: one of another recipe is to be made anew."""
    made_by = hashlib.sha256()
    for folder, patterns in MADE_BY.items():
        for path in sorted(path for pattern in patterns for path in folder.glob(pattern)):
            # alike whether lines end as on Windows or not
            made_by.update(path.name.encode() + b"\0" + path.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return made_by.hexdigest()


def folder_name(folder: Path, out: Path) -> str:
    """What build_folder calls a dataset folder, so that a later build finds it again."""
    if folder == PUBLISHED:
        return "published"
    return folder.name if folder.parent == out / "imports" else str(folder.resolve())


def derive(connection: duckdb.DuckDBPyConnection, progress: Progress = lambda share, message: None) -> None:
    """Fill everything that follows from the loaded tables: recomputed scores, grades, marts, findings."""
    connection.execute(sql("steps/resolved"))
    connection.execute(sql("steps/resolved_grades"))
    connection.execute(sql("steps/forget_resolved"))
    connection.execute(sql("steps/score"))
    connection.execute(sql("steps/organisation_year"))
    progress(0.4, "คำนวณซ้ำเพื่อเทียบกับค่าที่เผยแพร่")
    recompute(connection)
    progress(0.5, "จัดระดับผลการประเมิน")
    grade(connection)
    for number, name in enumerate(MARTS):
        progress(0.6 + 0.3 * number / len(MARTS), "สรุปข้อมูลสำหรับหน้าแสดงผล")
        connection.execute(sql(f"marts/{name}"))
    progress(0.9, "ตรวจคุณภาพข้อมูล")
    run_checks(connection)


def recompute(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill recomputed_score from score, as `ita_data.scoring.recompute` does for one body and year."""
    connection.execute(sql("steps/recompute_leaves"))
    # From the level above the leaves up to the root, so that every level finds its children done.
    for level in reversed(edition.LEVELS[:-1]):
        connection.execute(sql("steps/recompute_level"), {"level": level})


def sql(name: str) -> str:
    """The text of an SQL file of this room, by its path without the ending."""
    return (ROOM / f"{name}.sql").read_text(encoding="utf-8")


def insert(connection: duckdb.DuckDBPyConnection, table: str, rows: duckdb.DuckDBPyRelation) -> None:
    """Append rows to a table by column name; columns the rows lack stay empty.

    Raises:
        BuildError: the rows have a column the table does not know.
        duckdb.Error: a value does not fit its column.
    """
    columns = connection.table(table).columns
    if unknown := [name for name in rows.columns if name not in columns]:
        raise BuildError(f"ไม่รู้จักคอลัมน์ {', '.join(unknown)} ของตาราง {table}")
    refuse_broken_numbers(connection, table, rows)
    rows.project(
        *(
            duckdb.ColumnExpression(name)
            if name in rows.columns
            else duckdb.ConstantExpression(None).alias(name)
            for name in columns
        )
    ).insert_into(table)


def refuse_broken_numbers(
    connection: duckdb.DuckDBPyConnection, table: str, rows: duckdb.DuckDBPyRelation
) -> None:
    """Refuse text like 2567.5 for a whole number; inserting it would round it, here to another year.

    Raises:
        BuildError: with the first such text.
    """
    relation = connection.table(table)
    wanted = dict(zip(relation.columns, relation.types, strict=True))
    for name, given in zip(rows.columns, rows.types, strict=True):
        if given == "VARCHAR" and wanted[name] == "INTEGER":
            text, pattern = duckdb.ColumnExpression(name), duckdb.ConstantExpression(r"[0-9]+\.0*[1-9][0-9]*")
            broken = (
                rows.filter(duckdb.FunctionExpression("regexp_full_match", text, pattern))
                .select(name)
                .limit(1)
            )
            for (value,) in broken.fetchall():
                raise BuildError(f"คอลัมน์ {name} ของตาราง {table} ต้องเป็นจำนวนเต็ม แต่พบ {value}")


def lineage_of(one: edition.Edition, part: edition.Part) -> list[edition.Part]:
    """A part and everything above it, the part first."""
    line = [part]
    while line[-1].parent is not None:
        line.append(one.parts[line[-1].parent])
    return line


def load_framework(connection: duckdb.DuckDBPyConnection) -> None:
    """Load what the assessment is: editions (parts, grades, breaks), targets, provinces, types."""
    editions = edition.load_editions()
    rows: dict[str, list[dict[str, object]]] = {
        name: [] for name in ("edition", "part", "part_respondents", "grade_level", "break_before", "target")
    }
    for year, one in editions.items():
        rows["edition"].append(
            {
                "fiscal_year": year,
                "name_th": one.name_th,
                "pass_mark": one.pass_mark,
                "tolerance": one.tolerance,
                "confidence_th": one.confidence_th,
            }
        )
        for part in one.parts.values():
            lineage = {one_above.level: one_above.code for one_above in lineage_of(one, part)}
            rows["part"].append(
                {
                    "fiscal_year": year,
                    "code": part.code,
                    "parent": part.parent,
                    "level": part.level,
                    "position": part.position,
                    "instrument": lineage.get("instrument"),
                    "indicator": lineage.get("indicator"),
                    "weight_in_parent": part.weight_in_parent,
                    "weight_in_total": part.weight_in_total,
                    "name_th": part.name_th,
                    "name_en": part.name_en,
                    "split_confirmed": part.split_confirmed,
                    "scale": part.scale,
                    "answer_step": edition.SCALES[part.scale] if part.scale else None,
                    "confidence": part.confidence,
                }
            )
            rows["part_respondents"] += [
                {"fiscal_year": year, "part": part.code, "respondents": group} for group in part.respondents
            ]
        for position, level in enumerate(one.grades, start=1):
            rows["grade_level"].append(
                {
                    "fiscal_year": year,
                    "code": level.code,
                    "position": position,
                    "name_th": level.name_th,
                    "overall_at_least": level.overall_at_least,
                    "instruments_at_least": level.instruments_at_least,
                    "passed": level.passed,
                    "color": level.color,
                }
            )
        if one.break_before:
            rows["break_before"].append(
                {
                    "fiscal_year": year,
                    "comparable": one.break_before.comparable,
                    "joined": one.break_before.joined,
                    "reason_th": one.break_before.reason_th,
                }
            )
    rows["target"] = [
        {"fiscal_year": target.fiscal_year, "share": target.share, "confirmed": target.confirmed}
        for target in edition.load_targets().values()
    ]
    for table, content in rows.items():
        if content:
            insert(connection, table, connection.from_df(pd.DataFrame(content)))
    connection.execute(
        sql("steps/province"),
        {"provinces": str(REFERENCE / "provinces.csv"), "tiles": str(REFERENCE / "tilegrid.csv")},
    )
    types = [
        {
            "type": one.type,
            "name_th": one.name_th,
            "short_th": one.short_th,
            "name_en": one.name_en,
            "sector": one.sector,
            "needs_province": one.needs_province,
            "position": one.position,
        }
        for one in organisation.load_types().values()
    ]
    insert(connection, "organisation_type", connection.from_df(pd.DataFrame(types)))


def read_table(
    connection: duckdb.DuckDBPyConnection, folder: Path, name: str
) -> duckdb.DuckDBPyRelation | None:
    """The rows of one file of a dataset folder, or None where it has no such file."""
    if (parquet := folder / f"{name}.parquet").exists():
        return connection.read_parquet(str(parquet))
    if (csv := folder / f"{name}.csv").exists():
        return connection.read_csv(str(csv), header=True, all_varchar=True, delimiter=",", quotechar='"')
    return None


@contextmanager
def reading(folder: Path, name: str) -> Iterator[None]:
    """Say in which file of a dataset folder it is that something is wrong."""
    try:
        yield
    except (duckdb.Error, ValueError, KeyError) as error:
        raise BuildError(f"อ่านแฟ้ม {name} ในชุดข้อมูล {folder.name} ไม่ได้: {error}") from error


def load_folders(connection: duckdb.DuckDBPyConnection, folders: Sequence[Path]) -> None:
    """Load dataset folders. The bodies of all of them are labelled and ordered together.

    Raises:
        BuildError: there is no such folder, or a file has columns or values the schema does not take.
    """
    bodies: list[pd.DataFrame] = []
    for folder in folders:
        if not folder.is_dir():
            raise BuildError(f"ไม่พบโฟลเดอร์ชุดข้อมูล {folder}")
        for table, name in TABLES.items():
            with reading(folder, name):
                relation = read_table(connection, folder, name)
                if relation is not None:
                    insert(connection, table, relation)
        with reading(folder, "scores"):
            relation = read_table(connection, folder, "scores")
            if relation is not None:
                load_scores(connection, relation)
        with reading(folder, "organisations"):
            relation = read_table(connection, folder, "organisations")
            if relation is not None:
                bodies.append(known_bodies(relation.df()))
        with reading(folder, "source_names"):
            relation = read_table(connection, folder, "source_names")
            if relation is not None:
                names = relation.df()
                names["name_key"] = names["printed_name"].map(organisation.name_key, na_action="ignore")
                insert(connection, "source_name", connection.from_df(names))
    if bodies:
        load_bodies(connection, pd.concat(bodies, ignore_index=True))


def load_scores(connection: duckdb.DuckDBPyConnection, rows: duckdb.DuckDBPyRelation) -> None:
    """Load printed figures: into score what stands and is points, into set_aside_score the rest.

    Two passes over the file instead of one table of everything: the fact is by far the largest table.

    Raises:
        ValueError: a column is missing.
    """
    if missing := [name for name in ("value", "stands") if name not in rows.columns]:
        raise ValueError(f"ขาดคอลัมน์ {', '.join(missing)}")
    used = "(CAST(stands AS BOOLEAN) AND CAST(value AS DOUBLE) BETWEEN 0 AND 100)"
    standing = rows.filter(used)
    insert(connection, "score", standing.select(*(name for name in rows.columns if name != "stands")))
    insert(connection, "set_aside_score", rows.filter(f"{used} IS NOT TRUE"))


def known_bodies(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of an organisations file with all its columns, unknown places and notes as None.

    Raises:
        ValueError: a column is missing or unknown, or a body lacks its id, type or name.
    """
    needed = ["organisation_id", "type", "name_th", "full_name_th"]
    optional = ["district_th", "province_iso", "note_th"]
    if missing := [name for name in needed if name not in rows.columns]:
        raise ValueError(f"ขาดคอลัมน์ {', '.join(missing)}")
    if unknown := [name for name in rows.columns if name not in needed + optional]:
        raise ValueError(f"ไม่รู้จักคอลัมน์ {', '.join(unknown)}")
    if blank := [name for name in needed if rows[name].isna().any()]:
        raise ValueError(f"คอลัมน์ {', '.join(blank)} มีช่องว่าง")
    rows = rows.reindex(columns=needed + optional).astype(object)
    return rows.where(rows.notna(), None)


def load_bodies(connection: duckdb.DuckDBPyConnection, bodies: pd.DataFrame) -> None:
    """Load the bodies with their labels and name keys.

    Raises:
        BuildError: two bodies share an id, or a type is unknown.
    """
    provinces = dict(connection.execute("SELECT iso, name_th FROM province").fetchall())
    known = [
        organisation.Organisation(
            organisation_id=row["organisation_id"],
            type=row["type"],
            name_th=row["name_th"],
            full_name_th=row["full_name_th"],
            district_th=row["district_th"],
            province_th=provinces.get(row["province_iso"]),
        )
        for row in bodies.to_dict("records")
    ]
    try:
        labels = organisation.unique_labels(known)
    except ValueError as error:
        raise BuildError(str(error)) from error
    labelled = bodies.assign(
        label_th=bodies["organisation_id"].map(labels),
        name_key=bodies["full_name_th"].map(organisation.name_key),
    )
    connection.register("incoming", labelled)
    connection.execute(sql("steps/organisation"))
    connection.unregister("incoming")


def grade(connection: duckdb.DuckDBPyConnection) -> None:
    """Grade every body and year with an overall, a published score first, else the recomputed one.

    A printed grade decides only among the levels the known scores leave open, and only where no two of them
    are printed.
    """
    editions = edition.load_editions()
    connection.execute(sql("steps/situation"))
    rows = [
        {"situation": number}
        | grade_row(scoring.grade(editions[year], overall, instruments or {}), printed, editions[year])
        for number, year, overall, instruments, printed in connection.execute(
            sql("steps/situations")
        ).fetchall()
    ]
    columns = ["situation", "grade_code", "grade_basis", "possible_codes", "grade_th", "passed"]
    connection.register("decided", pd.DataFrame(rows, columns=columns).astype({"passed": "boolean"}))
    connection.execute(sql("steps/grade"))
    connection.unregister("decided")


def grade_row(
    result: scoring.GradeResult, printed: Collection[str], one: edition.Edition
) -> dict[str, str | bool | None]:
    """What the `grade` table says of one result."""
    grade, basis = result.grade, "computed"
    if not one.grades:
        basis = "no_scale"
    elif grade is None:
        named = [level for level in result.possible if level.name_th in printed]
        grade, basis = (named[0], "printed") if len(named) == 1 else (None, "undecided")
    if grade:
        label = grade.name_th
    elif basis == "no_scale":
        label = "ไม่มีเกณฑ์ระดับ"
    else:
        label = "ผ่านเกณฑ์ (ไม่ทราบระดับย่อย)" if result.passed else "ไม่ทราบระดับ"
    return {
        "grade_code": grade.code if grade else None,
        "grade_basis": basis,
        "possible_codes": ",".join(level.code for level in result.possible),
        "grade_th": label,
        "passed": result.passed,
    }


def run_checks(connection: duckdb.DuckDBPyConnection) -> None:
    """Run every check and keep its rows as findings. A finding never changes a score."""
    for check in checks():
        connection.execute("CREATE OR REPLACE TEMP VIEW check_result AS " + check.sql)
        connection.execute(
            sql("steps/finding"), {"code": check.code, "title": check.title_th, "severity": check.severity}
        )


def refuse_fatal(connection: duckdb.DuckDBPyConnection) -> None:
    """Stop the build where a fatal check has findings.

    Raises:
        BuildError: with the first ten messages.
    """
    fatal = connection.execute("SELECT message_th FROM finding WHERE severity = 'fatal' LIMIT 10").fetchall()
    if fatal:
        raise BuildError("ข้อมูลมีข้อผิดพลาดร้ายแรง จึงไม่สร้างคลังข้อมูล\n" + "\n".join(f"• {row[0]}" for row in fatal))
