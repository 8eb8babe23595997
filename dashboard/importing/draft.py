"""An import on its way: files, corrections and decisions of one session, and what they would change.

Nothing here draws. What a person changes makes the prepared version void: it was built from the old answers.
"""

import hashlib
import itertools
import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import streamlit as st

from dashboard import data, session
from dashboard.importing import words
from ita_data import edition, organisation
from ita_data.edition import Edition
from ita_data.organisation import Organisation
from ita_data.readers.files import TABLE_KINDS, open_file
from ita_data.readers.mapping import Mapping as Corrections
from ita_data.readers.mapping import MappingError
from ita_data.readers.matching import Mention, Register, Resolution
from ita_data.readers.read import read
from ita_data.readers.reading import Problem, Reading, no_bodies, no_scores
from ita_data.readers.register import looks_like_register, open_register
from warehouse import build, importing, publish
from warehouse.importing import NEW_BODY, QUARANTINE, Changes, Choices, Staged, Waiting

WAIT = QUARANTINE
NEITHER = ""
"""The source that stands where a person uses none of the figures that files disagree on."""

Told = tuple[str, str | None, str | None, str | None, str | None]  # name, type, district, province, code
Looked = tuple[str, ...]  # the version and the registers of files that names were looked up in
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
    """A file as it was dropped, what a person said of it, and what it was read as.

    `register` holds its bodies where it is a register of bodies: by a person's word `as_register`, or by what
    can be seen where there is none. `complete` is the person's word that the register lacks no body.
    """

    name: str
    data: bytes
    fiscal_year: int | None = None
    corrections: Corrections | None = None
    as_register: bool | None = None
    complete: bool = False
    register: Register | None = None
    reading: Reading | None = None
    resolutions: Mapping[int, Resolution] = field(default_factory=dict)
    resolved_in: Looked = ()
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

    `bodies` are answers on names by all a file says of the body, `waiting` those on names of earlier imports.
    `joined` is the register of the version and of the files, as it was looked up in last. `staged` is of the
    last check; `build_id` and `changes` are there only while nothing changed since.
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
    joined: tuple[Looked, Register] | None = None
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


def looked_up_in(draft: Draft) -> Looked:
    """What names are to be looked up in."""
    registers = [f"{one.sha256} {one.complete}" for one in draft.files if one.register is not None]
    return (str(data.current().path), *registers)


def register(draft: Draft) -> Register:
    """The bodies of the version in use and of the registers among the files."""
    looked = looked_up_in(draft)
    if draft.joined is None or draft.joined[0] != looked:
        found = _register(looked[0])
        for one in draft.files:
            if one.register is not None:
                found = one.register.joined(found)
        draft.joined = (looked, found)
    return draft.joined[1]


def label(draft: Draft, organisation_id: str) -> str:
    """What a body is called, of the version in use or of a register."""
    known = session.catalog()
    if organisation_id in known.organisations.index:
        return known.label(organisation_id)
    body = register(draft).body(organisation_id)
    if body is None:
        return organisation_id
    return next(iter(organisation.unique_labels([body]).values()))


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


def use_as(draft: Draft, file: File, *, as_register: bool, complete: bool = False) -> None:
    """Have a file read as a register of bodies, or as anything but one."""
    file.as_register, file.complete, file.reading = as_register, complete, None
    draft.changed()


def unread(draft: Draft) -> list[File]:
    """The files that still have to be read."""
    return [one for one in draft.files if one.reading is None]


def take(file: File) -> None:
    """Read a file.

    Raises:
        Failed: it could not be read.
    """
    with told(f"อ่านไฟล์ {file.name} "):
        file.register = None
        reading = None
        if not file.as_register:
            reading = read(
                file.name, file.data, editions(), mapping=file.corrections, fiscal_year=file.fiscal_year
            )
        if file.as_register or (reading is not None and _may_be_register(file, reading)):
            opened = open_file(file.data, file.name)
            if file.as_register or looks_like_register(opened, editions()):
                file.register, problems = open_register(opened, complete=file.complete)
                reading = _unread(file, opened.kind, problems)
        file.reading = reading
        file.resolved_in = ()


def _may_be_register(file: File, reading: Reading) -> bool:
    return (
        file.as_register is None
        and file.corrections is None
        and reading.kind in TABLE_KINDS
        and reading.scores.empty
        and not reading.recognised
        and not reading.extra
    )


def _unread(file: File, kind: str, problems: tuple[Problem, ...]) -> Reading:
    """A file without scores."""
    sha256 = hashlib.sha256(file.data).hexdigest()
    return Reading(file.name, sha256, kind, no_scores(), no_bodies(), problems)


def look_up(draft: Draft) -> None:
    """Look the bodies of all files up, where that was not done or in other registers.

    Raises:
        Failed: it could not be done.
    """
    looked = looked_up_in(draft)
    with told("เทียบชื่อหน่วยงาน"):
        if draft.joined is None or draft.joined[0] != looked:
            _forget_strangers(draft)
        for file in draft.files:
            if file.reading is not None and file.resolved_in != looked:
                file.resolutions = register(draft).resolve_all(file.reading.bodies)
                file.written = _written(file)
                file.resolved_in = looked


def _forget_strangers(draft: Draft) -> None:
    """Forget answers that name a body of a register that is not there any more."""
    known = register(draft)
    for given in (draft.bodies, draft.waiting):
        for key in [key for key, one in given.items() if one not in (NEW_BODY, WAIT) and not known.body(one)]:
            del given[key]


def failed_reading(file: File, message: str) -> None:
    """Keep a file that could not be read as one with a problem."""
    problem = Problem("error", "failed", file.name, message, "ตรวจไฟล์แล้ววางใหม่")
    file.reading = _unread(file, "unknown", (problem,))
    file.register, file.resolved_in = None, ()


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
    found = [_question(told, ways) for told, ways in asked.items()]
    return sorted(found, key=lambda one: -one.n_scores)


def _question(told: Told, ways: Sequence[Written]) -> Question:
    places = tuple(way.place for way in ways)
    return Question(told, ways[0].resolution, places, sum(way.n_scores for way in ways), told)


def confirmable(asked: Sequence[Question], given: Mapping[Told | Waiting, str]) -> list[Question]:
    """The questions without an answer that name one body nothing speaks against."""
    return [one for one in asked if one.key not in given and only_body(one.resolution) is not None]


def only_body(resolution: Resolution) -> str | None:
    """The one body a name can mean as far as is known, if nothing in the file speaks against it."""
    if resolution.status == "matched":  # of an earlier import, and only now found
        return resolution.organisation_id
    if len(resolution.candidates) != 1 or resolution.candidates[0].fit != "fits":
        return None
    return resolution.candidates[0].organisation_id


def new_bodies(draft: Draft) -> list[Question]:
    """The bodies that are made unless a person says otherwise: told whole, or in the register of a file."""
    known = session.catalog().organisations.index
    asked: dict[Told, list[Written]] = {}
    for one in mentions(draft):
        if one.matters and one.resolution.organisation_id not in (None, *known):
            asked.setdefault(one.told, []).append(one)
    return [_question(told, ways) for told, ways in asked.items()]


def groups(draft: Draft) -> list[Written]:
    """Averages and totals among the names: no bodies, so their figures are nobody's scores."""
    return [one for one in mentions(draft) if one.resolution.status == "group"]


def waiting_questions(draft: Draft) -> list[Question]:
    """The names of earlier imports that wait."""
    known = register(draft)
    found = []
    for row in data.query("waiting_names").itertuples():
        told = tuple(
            _text(one) for one in (row.name_th, row.type_th, row.district_th, row.province_th, row.code)
        )
        answer = known.resolve(Mention(told[0] or "", *told[1:]))
        if answer.status == "group":
            continue
        years = f"ปี {row.first_year}" + (f"–{row.last_year}" if row.last_year != row.first_year else "")
        key = Waiting(row.source_id, *(text or "" for text in told))
        found.append(Question(told, answer, (f"{row.source_th} · {years}",), int(row.n_scores), key))
    return found


def answers(draft: Draft, question: Question) -> dict:
    """Where the answer to a question is kept."""
    return draft.waiting if isinstance(question.key, Waiting) else draft.bodies


def decide(draft: Draft, asked: Sequence[Question], answer: str) -> None:
    """Keep what a person said of names; waiting is an answer only for a body that would be made otherwise."""
    for one in asked:
        would_be_made = one.resolution.organisation_id is not None and not isinstance(one.key, Waiting)
        if answer == WAIT and not would_be_made:
            answers(draft, one).pop(one.key, None)
        else:
            answers(draft, one)[one.key] = answer
    draft.changed()


def forget(draft: Draft, asked: Sequence[Question]) -> None:
    """Forget what a person said of names."""
    for one in asked:
        answers(draft, one).pop(one.key, None)
    draft.changed()


def confirm(draft: Draft, asked: Sequence[Question]) -> None:
    """Give every name the one body it can mean."""
    for one in asked:
        if body := only_body(one.resolution):
            answers(draft, one)[one.key] = body
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
    readings = [one.reading for one in draft.files if one.reading is not None and one.register is None]
    progress(0.02, "เทียบกับข้อมูลที่ใช้อยู่")
    draft.staged = None
    if readings:
        resolutions = {one.sha256: one.resolutions for one in draft.files}
        draft.staged = importing.stage(
            readings, resolutions, _choices(draft), register=register(draft), current=base, who=who
        )
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
    decided: dict[Waiting, str] = {}
    made: list[Organisation] = []
    for question in waiting_questions(draft):
        answer = answers(draft, question).get(question.key, WAIT)
        proposed = question.resolution.proposed
        if answer == NEW_BODY and proposed is not None:
            answer = proposed.organisation_id
            made.append(proposed)
        if answer not in (WAIT, NEW_BODY):
            decided[question.key] = answer
    draft.folder = importing.take_up(
        decided, bodies=made, register=register(draft), current=base, folder=draft.folder
    )


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
