"""From readings of files to a version: decide bodies, compare with the one in use, build, then publish.

Nothing is visible before the last step: an import is a dataset folder of its own beside the versions, a new
version is built from the folders of the current one and this folder, and publishing replaces the pointer.
What a killed process leaves behind is seen by nobody, and removed by a later import (`tidy`).
"""

import getpass
import os
import shutil
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, NamedTuple

import duckdb
import pandas as pd

from ita_data import organisation
from ita_data.organisation import Organisation
from ita_data.readers.matching import Register, Resolution
from ita_data.readers.reading import Reading
from warehouse import build, publish
from warehouse.build import Progress, sql

IMPORTS = "imports"
WITH_IMPORTS_TH = f"{build.DATASET_TH}และข้อมูลที่นำเข้า"
"""What the shipped data is called once something was imported beside it."""
NEW_BODY = "new"
QUARANTINE = "wait"
KEY = ["organisation_id", "fiscal_year", "part", "respondents"]

FOLDER_KEPT = 24 * 3600.0
"""Seconds an import folder that no version refers to is kept: its owner may still be deciding."""
UNFINISHED_KEPT = 3600.0
"""Seconds an unfinished file is kept: no build takes as long."""

Prefer = Literal["current", "incoming"]
Key = tuple[str, int, str, str]  # as KEY says


class Waiting(NamedTuple):
    """A name that waits in a source, with all the source says of the body; empty where it says nothing."""

    source_id: str
    name_th: str
    type_th: str = ""
    district_th: str = ""
    province_th: str = ""
    code: str = ""


@dataclass(frozen=True)
class Choices:
    """What a person decided.

    `bodies` gives the organisation a mention of a file means, by (sha256, mention), `NEW_BODY` for the
    proposed one, or `QUARANTINE` for a body that is not to be made yet. `prefer` decides all figures that
    differ from those in use; `stands` decides single ones by the source that stands.
    """

    bodies: Mapping[tuple[str, int], str] = field(default_factory=dict)
    prefer: Prefer | None = None
    stands: Mapping[Key, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Staged:
    """An import that is ready to be built.

    `figures` has one row per staged figure with its `state` (new, unchanged, changed, conflict, repeated) and
    where it differs the value in use; `mentions` one row per way a file writes a body, with its resolution;
    `undecided` counts the figures that differ and for which nobody has said which stands. `known_files` were
    imported before or stand twice in this import, `waiting_files` are documents whose body or year nobody has
    decided: both are left out whole. `waiting` counts the names that will wait in quarantine. `additions` are
    printed grades and changes, measures and their results that the version in use lacks; `known_measures` the
    measures it has already, by body, year and number: those stay as they are. `not_made` are full names of
    bodies nobody knows yet and of which nothing stands: they are not made.
    """

    folder: Path
    figures: pd.DataFrame
    mentions: pd.DataFrame
    known_files: tuple[str, ...]
    waiting_files: tuple[str, ...]
    undecided: int
    waiting: int = 0
    additions: int = 0
    known_measures: int = 0
    not_made: tuple[str, ...] = ()

    @property
    def changes_anything(self) -> bool:
        """Would publishing it change or add anything, or give a waiting figure a place."""
        return bool(
            set(self.figures["state"]) & {"new", "changed", "conflict"} or self.waiting or self.additions
        )


@dataclass(frozen=True)
class Changes:
    """What a version changes against another: scores, overalls and grades, bodies."""

    scores: pd.DataFrame
    results: pd.DataFrame
    bodies: pd.DataFrame


def register_of(path: Path | None) -> Register:
    """The bodies of a version as a register to match names with."""
    if path is None:
        return Register([])
    with _open(path) as connection:
        rows = connection.execute(sql("imports/register")).fetchall()
    return Register(Organisation(*row) for row in rows)


def resolve(readings: Sequence[Reading], register: Register) -> dict[str, dict[int, Resolution]]:
    """What every mention of every file means, by sha256 and mention."""
    return {reading.sha256: register.resolve_all(reading.bodies) for reading in readings}


def stage(
    readings: Sequence[Reading],
    resolutions: Mapping[str, Mapping[int, Resolution]],
    choices: Choices | None = None,
    *,
    register: Register | None = None,
    current: Path | None,
    out: Path | None = None,
    who: str | None = None,
) -> Staged:
    """Write the files' figures as a dataset folder and say how each stands to the version in use.

    `register` holds the bodies the names were looked up in, where more than those of the version: one that
    gets figures is made. Files whose bytes were imported before are left out and named in `known_files`.
    Nothing stays of an import that fails; what killed ones left is tidied first.
    """
    choices = choices or Choices()
    out = out or publish.versions_folder()
    tidy(out)
    folder = out / IMPORTS / publish.new_build_id()
    folder.mkdir(parents=True)
    try:
        register = register or Register([])
        return _stage(readings, resolutions, choices, register, current, folder, who or _user())
    except BaseException:
        discard(folder, None, out=out)
        raise


def _stage(
    readings: Sequence[Reading],
    resolutions: Mapping[str, Mapping[int, Resolution]],
    choices: Choices,
    register: Register,
    current: Path | None,
    folder: Path,
    who: str,
) -> Staged:
    connection = duckdb.connect()
    try:
        attach(connection, current, "current")
        fresh, known = _fresh(connection, readings)
        found = [
            (reading, _mentions(reading, resolutions[reading.sha256], choices, register)) for reading in fresh
        ]
        waiting = [reading.file for reading, bodies in found if _waits(reading, bodies)]
        imported = {"imported_by": who, "imported_at": datetime.now(UTC).replace(tzinfo=None)}
        tables: dict[str, list[pd.DataFrame]] = {}
        _create_staged(connection, found)
        for reading, bodies in found:
            if not _waits(reading, bodies):
                for name, rows in _tables_of(connection, reading, bodies, register, imported).items():
                    tables.setdefault(name, []).append(rows)
        # by Arrow, where texts of an ENUM are numbers: Python texts would take five times the memory
        compared = connection.sql(sql("imports/staged_against_current")).to_arrow_table().to_pandas()
        connection.execute("DROP TABLE staged")  # room for what is written below
        figures = _decided(compared, choices)
        joined = {name: pd.concat(parts, ignore_index=True) for name, parts in tables.items()}
        known_measures = _without_known_measures(connection, joined)
        joined["scores"] = _as_reported(figures)
        _without_known_bodies(connection, joined)
        not_made = _without_empty_bodies(joined)
        joined["superseded"] = _superseded(figures)
        for name, rows in joined.items():
            if len(rows):
                connection.from_df(rows).write_parquet(str(folder / f"{name}.parquet"))
        return Staged(
            folder=folder,
            figures=figures,
            mentions=pd.concat([bodies for _, bodies in found], ignore_index=True)
            if found
            else _no_mentions(),
            known_files=tuple(known),
            waiting_files=tuple(waiting),
            undecided=int(figures["undecided"].sum()),
            waiting=len(joined["unresolved"][list(Waiting._fields)].drop_duplicates())
            if "unresolved" in joined
            else 0,
            additions=_additions(connection, joined),
            known_measures=known_measures,
            not_made=not_made,
        )
    finally:
        connection.close()


def _create_staged(
    connection: duckdb.DuckDBPyConnection, found: Sequence[tuple[Reading, pd.DataFrame]]
) -> None:
    """Create the table `staged`. What repeats is kept as an ENUM of all there is, for many rows fit so."""
    words: dict[str, set[str]] = {
        "body": {one for _, bodies in found for one in bodies["organisation_id"].dropna()},
        "part": {one for reading, _ in found for one in reading.scores["part"].unique()},
        "respondents": {one for reading, _ in found for one in reading.scores["respondents"].unique()},
        "file": {source_id_of(reading) for reading, _ in found},
    }
    rows = pd.DataFrame(
        [(kind, word) for kind, some in words.items() for word in sorted(some)], columns=["kind", "word"]
    )
    connection.register("words", rows.astype("str"))
    connection.execute(sql("imports/staged"))
    connection.unregister("words")


def _user() -> str:
    """Who runs this, as far as the system knows."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):  # a container without a name for its user
        return "ไม่ระบุ"


def _fresh(
    connection: duckdb.DuckDBPyConnection, readings: Sequence[Reading]
) -> tuple[list[Reading], list[str]]:
    """The readings to import, and the names of the files whose bytes are known already."""
    seen = {row[0] for row in connection.execute(sql("imports/known_files")).fetchall()}
    fresh: list[Reading] = []
    known: list[str] = []
    for reading in readings:
        if reading.sha256 in seen:
            known.append(reading.file)
        else:
            fresh.append(reading)
        seen.add(reading.sha256)
    return fresh, known


def quarantine(path: Path) -> pd.DataFrame:
    """The names whose figures wait in a version, one row per `Waiting`, with how many figures wait."""
    with _open(path) as connection:
        return connection.execute(sql("imports/quarantine")).df()


def take_up(
    decided: Mapping[Waiting, str],
    *,
    bodies: Iterable[Organisation] = (),
    register: Register | None = None,
    current: Path,
    out: Path | None = None,
    folder: Path | None = None,
) -> Path:
    """Give waiting names their bodies, by organisation id, in a dataset folder: a new one unless given.

    Of the ids the version lacks, `bodies` and the `register` say what is made.
    """
    if folder is None:
        folder = (out or publish.versions_folder()) / IMPORTS / publish.new_build_id()
        folder.mkdir(parents=True)
    rows = pd.DataFrame(
        [(*name, body) for name, body in decided.items()], columns=[*Waiting._fields, "organisation_id"]
    )
    rows.to_parquet(folder / "resolved_names.parquet", index=False)
    register = register or Register([])
    made = {one.organisation_id: one for one in (*register.bodies, *bodies)}
    tables = {"organisations": _body_rows([made[one] for one in decided.values() if one in made], register)}
    path = folder / "organisations.parquet"
    if path.exists():  # bodies the files of the same import bring
        tables["organisations"] = pd.concat([pd.read_parquet(path), tables["organisations"]])
    with _open(current) as connection:
        _without_known_bodies(connection, tables)
    if len(tables["organisations"]):
        tables["organisations"].to_parquet(path, index=False)
    return folder


def prepare(
    folder: Path, *, out: Path | None = None, progress: Progress = lambda share, message: None
) -> str:
    """Build the version that would follow from an import; it is not published. Returns its build id.

    Raises:
        BuildError: the figures do not fit, or a fatal check has findings; nothing was published.
    """
    out = out or publish.versions_folder()
    with suppress(OSError):
        os.utime(folder)  # from now on it is young again, so that nobody tidies it away
    current = publish.current_path(out)
    dataset_th, simulated = about(current)
    if dataset_th == build.DATASET_TH:
        dataset_th = WITH_IMPORTS_TH
    build_id = publish.new_build_id()
    _draft(out, build_id).touch()
    folders = [*folders_of(current, out), folder]
    return build.build(
        folders, out=out, build_id=build_id, dataset_th=dataset_th, simulated=simulated, progress=progress
    )


def about(version: Path | None) -> tuple[str, bool]:
    """What a version says it holds, and whether that is simulated; without one, what the project ships."""
    if version is None:
        return build.DATASET_TH, False
    with _open(version) as connection:
        ((dataset_th, simulated),) = connection.execute(sql("imports/about")).fetchall()
    return dataset_th, simulated


def folders_of(version: Path | None, out: Path) -> list[Path]:
    """The dataset folders a version was built from; the shipped one where no version says."""
    if version is None:
        return [build.PUBLISHED]
    with _open(version) as connection:
        try:
            names = [row[0] for row in connection.execute(sql("imports/folders")).fetchall()]
        except duckdb.CatalogException:
            return [build.PUBLISHED]
    return [build.PUBLISHED if name == "published" else out / IMPORTS / name for name in names]


def compare(before: Path | None, after: Path) -> Changes:
    """What differs between two versions."""
    connection = duckdb.connect()
    try:
        attach(connection, before, "before")
        attach(connection, after, "after")
        return Changes(
            scores=connection.execute(sql("imports/changed_scores")).df(),
            results=connection.execute(sql("imports/changed_results")).df(),
            bodies=connection.execute(sql("imports/changed_bodies")).df(),
        )
    finally:
        connection.close()


def release(build_id: str, expected: Path | None, *, out: Path | None = None) -> None:
    """Publish a prepared version, unless another one was published since it was prepared.

    Raises:
        PublishError: the version in use is not the one the import was compared with.
    """
    out = out or publish.versions_folder()
    with publish.lock(out):
        if publish.current_path(out) != expected:
            raise publish.PublishError("มีผู้เผยแพร่ข้อมูลรุ่นใหม่ระหว่างที่ตรวจ ให้ตรวจความเปลี่ยนแปลงอีกครั้งก่อนเผยแพร่")
        publish.publish(build_id, out)
    _draft(out, build_id).unlink(missing_ok=True)


def discard(folder: Path | None, build_id: str | None, *, out: Path | None = None) -> None:
    """Remove an import that was not published."""
    if folder is not None:
        shutil.rmtree(folder, ignore_errors=True)
        with suppress(OSError):
            folder.parent.rmdir()  # only where it was the only import
    if build_id is not None:
        out = out or publish.versions_folder()
        publish.version_path(out, build_id).unlink(missing_ok=True)
        _draft(out, build_id).unlink(missing_ok=True)


def tidy(out: Path | None = None, *, now: float | None = None) -> list[Path]:
    """Remove what killed imports left behind, and return it; never what a built version refers to.

    Prepared versions older than `FOLDER_KEPT` go when never published, import folders as old when no version
    was built from them, unfinished files when older than `UNFINISHED_KEPT`. Where a version cannot be
    read nothing is known, and no folder goes.
    """
    out = out or publish.versions_folder()
    now = time.time() if now is None else now
    gone = [
        path
        for pattern in ("unfinished-*.duckdb*", f"{publish.POINTER}.*.tmp")
        for path in out.glob(pattern)
        if _age(path, now) > UNFINISHED_KEPT
    ]
    gone += _abandoned(out, now)
    old = [path for path in (out / IMPORTS).glob("*/") if _age(path, now) > FOLDER_KEPT]
    if old:
        try:
            kept = [one.path for one in publish.versions(out) if one.path not in gone]
            used = {folder for path in kept for folder in folders_of(path, out)}
            gone += [path for path in old if path not in used]
        except duckdb.Error:
            pass
    for path in gone:
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            with suppress(OSError):
                path.unlink()
    return gone


def _draft(out: Path, build_id: str) -> Path:
    """The empty file beside a version that says: prepared, and not published yet."""
    return out / f"draft-{build_id}"


def _abandoned(out: Path, now: float) -> list[Path]:
    """The files of versions that were prepared long ago and never published."""
    found: list[Path] = []
    for draft in out.glob("draft-*"):
        build_id = draft.name.removeprefix("draft-")
        if build_id in publish.published(out):  # its import was killed right after publishing
            found.append(draft)
        elif _age(draft, now) > FOLDER_KEPT:
            found += [path for path in (publish.version_path(out, build_id), draft) if path.exists()]
    return found


def _age(path: Path, now: float) -> float:
    """Seconds since a file or folder was written; none where it has gone meanwhile."""
    try:
        return now - path.stat().st_mtime
    except OSError:
        return 0.0


@contextmanager
def _open(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    connection = duckdb.connect()
    try:
        attach(connection, path, "current")
        yield connection
    finally:
        connection.close()


def attach(connection: duckdb.DuckDBPyConnection, path: Path | None, name: str) -> None:
    """Attach a version read-only under a name; an empty one where there is none."""
    if path is None:
        connection.execute(f"ATTACH ':memory:' AS {name}")
        connection.execute(f"USE {name}")
        connection.execute(sql("schema"))
        for mart in build.MARTS:
            connection.execute(sql(f"marts/{mart}"))
        connection.execute("USE memory")
    else:
        quoted = str(path).replace("'", "''")
        connection.execute(f"ATTACH '{quoted}' AS {name} (READ_ONLY)")


def _no_mentions() -> pd.DataFrame:
    said = ["name", "type_name", "district", "province", "code"]
    return pd.DataFrame(columns=["sha256", "mention", *said, "status", "organisation_id", "why_th", "makes"])


def _mentions(
    reading: Reading, resolutions: Mapping[int, Resolution], choices: Choices, register: Register
) -> pd.DataFrame:
    """The mentions of a file with what they mean, a person's word before the register's.

    `makes` is the body as it is made, should the version in use not know it.
    """
    rows = []
    for row in reading.bodies.to_dict("records"):
        mention = int(row["mention"])
        answer = resolutions[mention]
        chosen = choices.bodies.get((reading.sha256, mention))
        organisation_id = chosen or answer.organisation_id
        if chosen == NEW_BODY:
            organisation_id = answer.proposed.organisation_id if answer.proposed else None
        elif chosen == QUARANTINE:
            organisation_id = None
        makes = register.body(organisation_id) if organisation_id else None
        if answer.proposed and organisation_id == answer.proposed.organisation_id:
            makes = answer.proposed
        rows.append(
            {
                "sha256": reading.sha256,
                **{key: row[key] for key in ("mention", "name", "type_name", "district", "province", "code")},
                "status": answer.status,
                "organisation_id": organisation_id,
                "why_th": "ผู้นำเข้าให้รอไว้ก่อน" if chosen == QUARANTINE else answer.why_th,
                "makes": makes,
            }
        )
    return pd.DataFrame(rows) if rows else _no_mentions()


def _waits(reading: Reading, mentions: pd.DataFrame) -> bool:
    """Must a document wait whole: measures, names and changes cannot wait apart from their body and year."""
    open_ones = set(mentions.loc[mentions["organisation_id"].isna(), "mention"])
    for name, rows in reading.extra.items():
        if name != "printed_grades" and "mention" in rows.columns and open_ones & set(rows["mention"]):
            return True
        if name == "measures" and rows[["plan_year", "assessed_year"]].isna().any(axis=None):
            return True
    return False


def source_id_of(reading: Reading) -> str:
    """The id of a file as a source: the same bytes are the same source."""
    return f"file-{reading.sha256[:16]}"


def _tables_of(
    connection: duckdb.DuckDBPyConnection,
    reading: Reading,
    mentions: pd.DataFrame,
    register: Register,
    imported: Mapping[str, object],
) -> dict[str, pd.DataFrame]:
    """The dataset tables of one file apart from its scores, which go to `staged`."""
    source_id = source_id_of(reading)
    grades = reading.extra.get("printed_grades")
    if grades is None:
        grades = pd.DataFrame(columns=["mention", "fiscal_year", "printed_grade", "sheet", "row"])
    connection.register("scores", reading.scores)
    connection.register("mentions", mentions.drop(columns="makes").astype({"mention": "int64"}))
    connection.register("grades", grades)
    connection.execute(sql("imports/stage"), {"source_id": source_id})
    waiting = connection.execute(sql("imports/waiting"), {"source_id": source_id}).df()
    for name in ("scores", "mentions", "grades"):
        connection.unregister(name)
    tables = {
        "sources": pd.DataFrame(
            [
                {
                    "source_id": source_id,
                    "kind": "file",
                    "title_th": reading.file,
                    "locator": reading.file,
                    "sha256": reading.sha256,
                    **imported,
                }
            ]
        ),
        "organisations": _body_rows([one for one in mentions["makes"] if one is not None], register),
        "unresolved": waiting,
    }
    meant = dict(zip(mentions["mention"], mentions["organisation_id"], strict=True))
    for name, rows in reading.extra.items():
        if len(rows):
            tables[name] = _extra(rows, meant, source_id)
    _name_measures(tables)
    return tables


def _name_measures(tables: dict[str, pd.DataFrame]) -> None:
    """Give the measures of a document ids of their own: body, plan year and number."""
    if "measures" not in tables:
        return
    measures = tables["measures"]
    own = {
        row["measure_id"]: f"{row['organisation_id']}-{row['plan_year']}-{row['seq']:02}"
        for row in measures.to_dict("records")
    }
    for name in ("measures", "measure_indicators", "measure_results"):
        if name in tables:
            tables[name] = tables[name].assign(measure_id=tables[name]["measure_id"].map(own))


def _body_rows(bodies: Iterable[Organisation], register: Register) -> pd.DataFrame:
    """Bodies as rows of `organisations`, with the codes of the register they come from."""
    provinces = organisation.province_isos()
    columns = ["organisation_id", "type", "name_th", "full_name_th", "district_th", "province_iso", "note_th"]
    rows = [
        (
            one.organisation_id,
            one.type,
            one.name_th,
            one.full_name_th,
            one.district_th,
            provinces.get(one.province_th or ""),
            f"รหัสในทะเบียน {', '.join(codes)}" if (codes := register.codes_of(one.organisation_id)) else None,
        )
        for one in dict.fromkeys(bodies)
    ]
    return pd.DataFrame(rows, columns=columns, dtype=object)


def _extra(rows: pd.DataFrame, meant: Mapping[int, str | None], source_id: str) -> pd.DataFrame:
    """Another table of a document with its body, source and place; grades of undecided ones wait apart."""
    place = [
        " ".join(filter(None, [sheet if isinstance(sheet, str) else None, f"แถว {row}"]))
        for sheet, row in zip(rows["sheet"], rows["row"], strict=True)
    ]
    made = rows.drop(columns=["sheet", "row"])
    if "basis" not in made.columns:
        made = made.assign(source_id=source_id, source_row=place)
    if "mention" in made.columns:
        made = made.assign(organisation_id=made["mention"].map(meant)).drop(columns="mention")
        made = made[made["organisation_id"].notna()]
    return made


def _decided(figures: pd.DataFrame, choices: Choices) -> pd.DataFrame:
    """Say of every staged figure whether it stands and whether somebody still has to decide."""
    differs = figures["state"].isin(["changed", "conflict"])
    stands = figures["state"].eq("new")
    undecided = differs.copy()
    if choices.prefer == "incoming":
        stands |= figures["state"].eq("changed")
        undecided &= figures["state"].ne("changed")
    elif choices.prefer == "current":
        undecided &= figures["current_source_id"].isna()  # files that disagree where nothing is in use
    if choices.stands:
        keys = figures[KEY].itertuples(index=False, name=None)
        chosen = pd.Series([choices.stands.get(key) for key in keys], index=figures.index, dtype=object)
        spoken = differs & chosen.notna()
        stands = stands.where(~spoken, chosen.eq(figures["source_id"].astype(object)))
        # a source that disagrees with itself cannot be chosen
        twice = figures[stands].duplicated(KEY, keep=False).reindex(figures.index, fill_value=False)
        stands &= ~twice
        undecided = (undecided & ~spoken) | twice
    return figures.assign(stands=stands, undecided=undecided)


def _as_reported(figures: pd.DataFrame) -> pd.DataFrame:
    return figures[[*KEY, "value", "stands", "source_id", "source_row"]]


def _superseded(figures: pd.DataFrame) -> pd.DataFrame:
    """The figures in use that give way to this import's."""
    given_way = figures[figures["stands"] & figures["current_source_id"].notna()]
    return given_way[[*KEY, "current_source_id"]].rename(columns={"current_source_id": "source_id"})


def _known(connection: duckdb.DuckDBPyConnection, query: str) -> set[tuple[object, ...]]:
    return set(connection.execute(sql(f"imports/{query}")).fetchall())


def _without_known_bodies(connection: duckdb.DuckDBPyConnection, tables: dict[str, pd.DataFrame]) -> None:
    """Leave out bodies the version in use has, and all but one row of each new one."""
    if len(rows := tables.get("organisations", pd.DataFrame())):
        known = {one for (one,) in _known(connection, "known_bodies")}
        rows = rows.drop_duplicates("organisation_id")
        tables["organisations"] = rows[~rows["organisation_id"].isin(known)]


def _without_empty_bodies(tables: dict[str, pd.DataFrame]) -> tuple[str, ...]:
    """Leave out new bodies of which nothing stands, with what else refers to them, and return their names.

    Their figures were all rejected; each is among the problems of its file.
    """
    if not len(made := tables.get("organisations", pd.DataFrame())):
        return ()
    standing = set(tables["scores"].loc[tables["scores"]["stands"], "organisation_id"])
    for name in ("printed_grades", "printed_changes", "measures"):
        if name in tables:
            standing |= set(tables[name]["organisation_id"])
    empty = made[~made["organisation_id"].isin(standing)]
    for name in ("organisations", "scores", "source_names"):
        if name in tables and len(empty):
            left = ~tables[name]["organisation_id"].isin(empty["organisation_id"])
            tables[name] = tables[name][left]
    return tuple(empty["full_name_th"])


def _without_known_measures(connection: duckdb.DuckDBPyConnection, tables: dict[str, pd.DataFrame]) -> int:
    """Leave out measures the version in use has, or another file of the import, and say how many.

    A result of a known measure is kept where none is known yet.
    """
    if "measures" not in tables:
        return 0
    known = {one for one, _ in _known(connection, "known_measures")}
    with_result = {one for one, has_result in _known(connection, "known_measures") if has_result}
    measures = tables["measures"]
    left_out = measures["measure_id"].isin(known) | measures.duplicated("measure_id")
    tables["measures"] = measures[~left_out]
    if (indicators := tables.get("measure_indicators")) is not None:
        indicators = indicators.drop_duplicates(["measure_id", "part"])
        tables["measure_indicators"] = indicators[~indicators["measure_id"].isin(known)]
    if (results := tables.get("measure_results")) is not None:
        results = results.drop_duplicates("measure_id")
        tables["measure_results"] = results[~results["measure_id"].isin(with_result)]
    return int(left_out.sum())


def _additions(connection: duckdb.DuckDBPyConnection, tables: Mapping[str, pd.DataFrame]) -> int:
    """How many rows beside scores and waiting figures the version in use does not have yet."""
    count = sum(len(tables[name]) for name in ("measures", "measure_results") if name in tables)
    for name, columns in (
        ("printed_grades", ["organisation_id", "fiscal_year", "printed_grade"]),
        ("printed_changes", ["organisation_id", "fiscal_year", "from_year"]),
    ):
        if len(rows := tables.get(name, pd.DataFrame())):
            known = _known(connection, f"known_{name}")
            count += sum(row not in known for row in rows[columns].itertuples(index=False, name=None))
    return count
