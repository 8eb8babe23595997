"""An import on its way: files, corrections and decisions of one session, and what they would change.

Nothing here draws. What a person changes makes the prepared version void: it was built from the old answers.
"""

import hashlib
import itertools
import logging
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd
import streamlit as st

from dashboard import data
from dashboard.importing import words
from ita_data import edition, organisation
from ita_data.edition import Edition
from ita_data.organisation import Organisation
from ita_data.readers.mapping import Mapping as Corrections
from ita_data.readers.mapping import MappingError
from ita_data.readers.matching import Mention, Register, Resolution
from ita_data.readers.read import read
from ita_data.readers.reading import Problem, Reading
from warehouse import build, importing, publish
from warehouse.importing import NEW_BODY, Changes, Choices, Staged

WAIT = "wait"
NEITHER = ""
"""The source that stands where a person uses none of the figures that files disagree on."""

Told = tuple[str, str | None, str | None, str | None, str | None]  # name, type, district, province, code
Waiting = tuple[str, str]  # source_id, name
Progress = Callable[[float, str], None]

_DRAFT = "import_draft"
_ROUNDS = itertools.count()
_ASKED_YEAR = {"year_missing", "year_ambiguous", "year_conflict"}


class Failed(Exception):
    """Something could not be done; the message is in Thai and says what to do."""


@contextmanager
def told(doing: str) -> Iterator[None]:
    """Turn every failure of a step into words; what nobody foresaw goes to the log whole.

    Raises:
        Failed: the step failed.
    """
    try:
        yield
    except (build.BuildError, publish.PublishError, MappingError) as error:
        raise Failed(str(error)) from error
    except MemoryError as error:
        raise Failed(f"{doing}ไม่สำเร็จ หน่วยความจำไม่พอ ให้แบ่งไฟล์เป็นหลายไฟล์แล้วนำเข้าทีละไฟล์") from error
    except OSError as error:
        logging.getLogger(__name__).exception(doing)
        raise Failed(f"{doing}ไม่สำเร็จ ตรวจพื้นที่ว่างและสิทธิ์เขียนโฟลเดอร์ของคลังข้อมูล แล้วลองอีกครั้ง") from error
    except Exception as error:
        logging.getLogger(__name__).exception(doing)
        raise Failed(
            f"{doing}ไม่สำเร็จ ข้อมูลเดิมไม่เปลี่ยน ลองอีกครั้ง "
            "ถ้ายังไม่ได้ให้แจ้งผู้ดูแลระบบพร้อมเวลาที่เกิด รายละเอียดอยู่ในบันทึกของระบบ"
        ) from error


@dataclass
class File:
    """A file as it was dropped, what a person said of it, and what it was read as."""

    name: str
    data: bytes
    fiscal_year: int | None = None
    corrections: Corrections | None = None
    reading: Reading | None = None
    resolutions: Mapping[int, Resolution] = field(default_factory=dict)
    resolved_in: Path | None = None
    written: Sequence["Written"] = ()

    @property
    def sha256(self) -> str:
        """What the file is known by."""
        return self.reading.sha256 if self.reading else hashlib.sha256(self.data).hexdigest()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with it."""
        return self.reading.problems if self.reading else ()

    @property
    def asks_year(self) -> bool:
        """Must a person say the year."""
        return self.fiscal_year is not None or any(one.code in _ASKED_YEAR for one in self.problems)


@dataclass
class Draft:
    """What one session has brought and decided.

    `staged` is of the last check; `build_id` and `changes` are there only while nothing changed since.
    """

    files: list[File] = field(default_factory=list)
    bodies: dict[Told, str] = field(default_factory=dict)
    waiting: dict[Waiting, str] = field(default_factory=dict)
    prefer: str | None = None
    stands: dict[importing.Key, str] = field(default_factory=dict)
    staged: Staged | None = None
    folder: Path | None = None
    build_id: str | None = None
    changes: Changes | None = None
    base: Path | None = None
    nothing: bool = False
    round: int = field(default_factory=lambda: next(_ROUNDS))

    def void(self) -> None:
        """Forget the prepared version, for an answer changed; what was compared stays to be looked at."""
        importing.discard(self.folder, self.build_id)
        self.folder = self.build_id = self.changes = None
        self.nothing = False

    def changed(self) -> None:
        """Forget what was compared too, and which figures were to stand: they may be others now.

        Another round gives the widgets of those answers other keys, so that none comes back.
        """
        self.void()
        self.staged = self.base = self.prefer = None
        self.stands = {}
        self.round = next(_ROUNDS)


def current() -> Draft:
    """The draft of this session."""
    found: Draft = st.session_state.setdefault(_DRAFT, Draft())
    return found


def start_again(*, discard: bool = True) -> None:
    """Begin with an empty draft; an import that was not published is removed."""
    if discard:
        current().void()
    st.session_state[_DRAFT] = Draft()


@st.cache_resource(show_spinner=False)
def editions() -> Mapping[int, Edition]:
    """The editions of the assessment."""
    return edition.load_editions()


@st.cache_resource(max_entries=2, show_spinner=False)
def _register(path: str) -> Register:
    return importing.register_of(Path(path))


def register() -> Register:
    """The bodies of the version in use."""
    return _register(str(data.current().path))


# Files ------------------------------------------------------------


def add(draft: Draft, name: str, content: bytes) -> bool:
    """Take a file in; False where the same bytes are there already."""
    file = File(words.printable(name), content)
    if any(one.sha256 == file.sha256 for one in draft.files):
        return False
    draft.files.append(file)
    draft.changed()
    return True


def remove(draft: Draft, sha256: str) -> None:
    """Leave a file out."""
    draft.files = [one for one in draft.files if one.sha256 != sha256]
    draft.changed()


def correct(draft: Draft, file: File, *, fiscal_year: int | None, corrections: Corrections | None) -> None:
    """Have a file read anew with what a person said."""
    file.fiscal_year, file.corrections, file.reading = fiscal_year, corrections, None
    draft.changed()


def unread(draft: Draft) -> list[File]:
    """The files that still have to be read, or whose bodies were looked for in another version."""
    path = data.current().path
    return [one for one in draft.files if one.reading is None or one.resolved_in != path]


def take(file: File) -> None:
    """Read a file and look its bodies up.

    Raises:
        Failed: it could not be read.
    """
    with told(f"อ่านไฟล์ {file.name} "):
        if file.reading is None:
            file.reading = read(
                file.name, file.data, editions(), mapping=file.corrections, fiscal_year=file.fiscal_year
            )
        file.resolutions = register().resolve_all(file.reading.bodies)
        file.written = _written(file)
        file.resolved_in = data.current().path


def failed_reading(file: File, message: str) -> None:
    """Keep a file that could not be read as one with a problem."""
    problem = Problem("error", "failed", file.name, message, "ตรวจไฟล์แล้ววางใหม่")
    empty = read(file.name, b"", {})
    file.reading = Reading(
        file.name, hashlib.sha256(file.data).hexdigest(), "unknown", empty.scores, empty.bodies, (problem,)
    )
    file.resolutions, file.written, file.resolved_in = {}, (), data.current().path


# Bodies ------------------------------------------------------------


@dataclass(frozen=True)
class Written:
    """A way one file writes a body, what the register says, where it stands and how many scores hang on it.

    It matters where scores or anything else of the file is of it.
    """

    sha256: str
    mention: int
    told: Told
    resolution: Resolution
    place: str
    n_scores: int
    matters: bool


@dataclass(frozen=True)
class Question:
    """A way files write a body that somebody has to decide, with where it stands and how much hangs on it."""

    told: Told
    resolution: Resolution
    places: tuple[str, ...]
    n_scores: int
    key: Told | Waiting


def mentions(draft: Draft) -> list[Written]:
    """Every way a file writes a body."""
    return [one for file in draft.files for one in file.written]


def _written(file: File) -> list[Written]:
    """Every way one file writes a body, with what the register says of it."""
    if file.reading is None:
        return []
    counts = file.reading.scores.groupby("mention").size().to_dict()
    found = []
    for row in file.reading.bodies.to_dict("records"):
        mention = int(row["mention"])
        name, *rest = (_text(row[key]) for key in ("name", "type_name", "district", "province", "code"))
        place = [file.name, _text(row["sheet"]), f"แถว {row['row']}" if row["row"] else None]
        found.append(
            Written(
                file.sha256,
                mention,
                (name or "", *rest),
                file.resolutions[mention],
                " ".join(filter(None, place)),
                int(counts.get(mention, 0)),
                bool(counts.get(mention) or file.reading.extra),
            )
        )
    return found


def _text(cell: object) -> str | None:
    return cell if isinstance(cell, str) and cell else None


def questions(draft: Draft) -> list[Question]:
    """What the files leave open, the same way of writing once, most scores first."""
    asked: dict[Told, list[Written]] = {}
    for one in mentions(draft):
        if one.matters and one.resolution.organisation_id is None and one.resolution.status != "group":
            asked.setdefault(one.told, []).append(one)
    found = [
        Question(
            told,
            ways[0].resolution,
            tuple(way.place for way in ways),
            sum(way.n_scores for way in ways),
            told,
        )
        for told, ways in asked.items()
    ]
    return sorted(found, key=lambda one: -one.n_scores)


def new_bodies(draft: Draft) -> list[Organisation]:
    """The bodies the files name that the register does not know and that are complete enough to be made."""
    found = {}
    for one in mentions(draft):
        proposed = one.resolution.proposed
        if proposed is not None and one.resolution.organisation_id == proposed.organisation_id:
            found[proposed.organisation_id] = proposed
    return list(found.values())


def groups(draft: Draft) -> list[Written]:
    """Averages and totals among the names: no bodies, so their figures are nobody's scores."""
    return [one for one in mentions(draft) if one.resolution.status == "group"]


def waiting_questions() -> tuple[list[Question], int]:
    """The names of earlier imports that wait, and how many cannot be told apart by source and name alone."""
    rows = data.query("waiting_names")
    twice = rows.duplicated(["source_id", "name_th"], keep=False)
    found = []
    for row in rows[~twice].itertuples():
        told = tuple(
            _text(one) for one in (row.name_th, row.type_th, row.district_th, row.province_th, row.code)
        )
        answer = register().resolve(Mention(told[0] or "", *told[1:]))
        if answer.status == "group":
            continue
        years = f"ปี {row.first_year}" + (f"–{row.last_year}" if row.last_year != row.first_year else "")
        found.append(
            Question(
                told, answer, (f"{row.source_th} · {years}",), int(row.n_scores), (row.source_id, row.name_th)
            )
        )
    return found, int(rows[twice].groupby(["source_id", "name_th"]).ngroups)


def decide(draft: Draft, question: Question, answer: str) -> None:
    """Keep what a person said of a name; waiting is no answer."""
    kept: dict = draft.bodies if len(question.key) == 5 else draft.waiting
    if answer == WAIT:
        kept.pop(question.key, None)
    else:
        kept[question.key] = answer
    draft.changed()


def _choices(draft: Draft) -> Choices:
    by_mention = {}
    if draft.bodies:
        for one in mentions(draft):
            if one.told in draft.bodies:
                by_mention[one.sha256, one.mention] = draft.bodies[one.told]
    return Choices(bodies=by_mention, prefer=draft.prefer, stands=draft.stands)


# Checking and publishing ------------------------------------------------------------


def check(draft: Draft, who: str, progress: Progress) -> None:
    """Compare with the version in use and, if nothing is left to decide, build the version that would follow.

    Raises:
        Failed: it could not be done; nothing was published.
    """
    draft.void()
    with told("ตรวจความเปลี่ยนแปลง"):
        draft.base = data.current().path
        try:
            _stage(draft, who, progress)
        except BaseException:  # also a stop of the script in the middle leaves nothing behind
            draft.void()
            raise


def _stage(draft: Draft, who: str, progress: Progress) -> None:
    base = draft.base
    assert base is not None
    readings = [one.reading for one in draft.files if one.reading is not None]
    progress(0.02, "เทียบกับข้อมูลที่ใช้อยู่")
    draft.staged = None
    if readings:
        resolutions = {one.sha256: one.resolutions for one in draft.files}
        draft.staged = importing.stage(readings, resolutions, _choices(draft), current=base, who=who)
        draft.folder = draft.staged.folder
        if draft.staged.undecided:
            return
    if draft.waiting:
        _take_up(draft, base)
    elif draft.staged is None or not draft.staged.changes_anything:
        draft.void()
        draft.nothing = True
        return
    assert draft.folder is not None
    draft.build_id = importing.prepare(
        draft.folder, progress=lambda share, message: progress(0.1 + 0.8 * share, message)
    )
    progress(0.95, "เทียบรุ่นใหม่กับรุ่นที่ใช้อยู่")
    draft.changes = importing.compare(base, publish.version_path(publish.versions_folder(), draft.build_id))
    progress(1.0, "ตรวจเสร็จ")


def _take_up(draft: Draft, base: Path) -> None:
    """Add what was decided of waiting names to the import, or make it an import of its own."""
    decided = dict(draft.waiting)
    made: dict[str, Organisation] = {}
    for question in waiting_questions()[0]:
        proposed = question.resolution.proposed
        if decided.get(question.key) == NEW_BODY and proposed is not None:
            decided[question.key] = proposed.organisation_id
            made[proposed.organisation_id] = proposed
    taken = importing.take_up({key: body for key, body in decided.items() if body != NEW_BODY}, current=base)
    if draft.folder is None:
        draft.folder = taken
    else:
        for path in taken.iterdir():
            shutil.move(path, draft.folder / path.name)
        taken.rmdir()
    _add_bodies(draft.folder, made, _known_bodies())


def _known_bodies() -> set[str]:
    """The ids of the bodies of the version in use."""
    return set(data.query("organisations")["organisation_id"])


def _add_bodies(folder: Path, made: Mapping[str, Organisation], known: set[str]) -> None:
    """Write bodies that a decision on a waiting name makes, unless the import brings them already."""
    isos = organisation.province_isos()
    brought = folder / "organisations.parquet"
    if brought.exists():
        known = known | set(pd.read_parquet(brought)["organisation_id"])
    rows = pd.DataFrame(
        [
            {
                "organisation_id": one.organisation_id,
                "type": one.type,
                "name_th": one.name_th,
                "full_name_th": one.full_name_th,
                "district_th": one.district_th,
                "province_iso": isos.get(one.province_th or ""),
                "note_th": None,
            }
            for one in made.values()
            if one.organisation_id not in known
        ]
    )
    if rows.empty:
        return
    if brought.exists():
        pd.concat([pd.read_parquet(brought), rows], ignore_index=True).to_parquet(brought, index=False)
    else:
        rows.to_csv(folder / "organisations.csv", index=False, encoding="utf-8")


def release(draft: Draft) -> Changes:
    """Publish what was prepared and begin a new draft; returns what changed.

    Raises:
        Failed: another version was published meanwhile, or the file is gone; the draft must be checked again.
    """
    assert draft.build_id is not None
    assert draft.changes is not None
    try:
        with told("เผยแพร่"):
            importing.release(draft.build_id, draft.base)
    except Failed:
        draft.changed()
        raise
    changes = draft.changes
    start_again(discard=False)
    return changes
