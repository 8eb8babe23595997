"""The commands around imports: read files, say what they would change and what is wrong, publish or refuse.

Messages are Thai and go to stderr; stdout carries one summary a script can read.
"""

import hashlib
import json
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from ita_data.edition import Edition, load_editions
from ita_data.readers import files
from ita_data.readers.mapping import Mapping as Corrections
from ita_data.readers.matching import Register, Resolution
from ita_data.readers.messages import problem as message
from ita_data.readers.read import read
from ita_data.readers.reading import Problem, Reading, no_bodies, no_scores
from ita_data.readers.register import open_register
from warehouse import importing, publish
from warehouse.build import Progress
from warehouse.importing import Changes, Choices, Prefer, Staged, Waiting

NO_WAREHOUSE = "ยังไม่มีคลังข้อมูล ให้สร้างด้วยคำสั่ง python -m warehouse build"
PUBLISHED, REFUSED, DECISIONS_NEEDED = 0, 1, 3
"""Exit codes; 2 is wrong usage. PUBLISHED also where there was nothing to change."""

LISTED = 200
"""Lines of one kind that are printed at most; the others are counted, and in the JSON."""
MOVES = 10
"""The largest changes of overalls that are printed."""

SEVERITIES = {"error": "ผิด", "warning": "ควรตรวจ", "info": "แจ้ง"}
STATES = ("new", "changed", "unchanged", "conflict", "repeated")

SAID = ("type_th", "district_th", "province_th", "code")
"""What a source may say of a body beside its name, as quarantine lists it."""

Summary = dict[str, Any]


def run(
    paths: Sequence[Path],
    *,
    mapping: Corrections | None = None,
    fiscal_year: int | None = None,
    prefer: Prefer | None = None,
    registers: Sequence[Path] = (),
    complete: bool = False,
    body: str | None = None,
    skip_errors: bool = False,
    who: str | None = None,
    dry_run: bool = False,
    as_json: bool = False,
    progress: Progress = lambda share, message: None,
) -> int:
    """Import files and publish, if nothing is left to decide; returns the exit code.

    `registers` are files of bodies the names are matched with too, `complete` says that they lack none;
    `body` is the organisation id of the body all files are about.

    Raises:
        BuildError: the figures do not fit the warehouse.
        PublishError: another version was published meanwhile.
    """
    current = publish.current_path()
    if current is None:
        say(NO_WAREHOUSE)
        return REFUSED
    editions = load_editions()
    readings = [_read(path, editions, mapping, fiscal_year) for path in paths]
    listed, faults = _listed(registers, complete)
    known = importing.register_of(current)
    register = listed.joined(known) if registers else known
    problems = [*faults, *(problem for reading in readings for problem in reading.problems)]
    say_all([problem_line(one) for one in problems])
    summary: Summary = {"files": [_about(reading) for reading in readings]}
    summary["problems"] = [vars(one) for one in problems]
    if unreadable := [reading.file for reading in readings if _is_unreadable(reading)]:
        say(f"ไม่นำเข้าไฟล์ใด เพราะอ่านไม่ได้: {', '.join(map(shown, unreadable))}")
        say_all(
            [
                f"ถ้า {shown(one.file)} เป็นทะเบียนหน่วยงาน ให้บอกด้วย --register"
                for one in readings
                if any(problem.code == "no_scores" for problem in one.problems)
            ]
        )
        return _finish("refused", REFUSED, summary, as_json)
    if registers and not listed.bodies:
        say("ไม่นำเข้าไฟล์ใด เพราะทะเบียนไม่มีหน่วยงานที่อ่านได้")
        return _finish("refused", REFUSED, summary, as_json)
    resolutions = importing.resolve(readings, register)
    if body is not None and (refusals := _refusals(body, readings, resolutions, register)):
        say_all(refusals)
        return _finish("refused", REFUSED, summary, as_json)
    choices = Choices(bodies=_all_of(body, readings), prefer=prefer)
    staged = importing.stage(readings, resolutions, choices, register=register, current=current, who=who)
    build_id = None
    published = False
    try:
        summary |= _staged_summary(staged)
        _say_staged(staged, resolutions)
        if not staged.changes_anything and not staged.waiting_files:
            say("ไม่มีอะไรเปลี่ยน จึงไม่เผยแพร่รุ่นใหม่")
            return _finish("unchanged", PUBLISHED, summary, as_json)
        errors = sum(one.severity == "error" for one in faults)
        if _say_decisions(staged, readings, errors, skip_errors):
            say("ยังไม่เผยแพร่อะไร")
            return _finish("undecided", DECISIONS_NEEDED, summary, as_json)
        build_id = importing.prepare(staged.folder, progress=progress)
        changes = importing.compare(current, publish.version_path(publish.versions_folder(), build_id))
        _say_changes(changes)
        summary |= _changes_summary(changes)
        if dry_run:
            say("ทดลองเท่านั้น ยังไม่เผยแพร่อะไร")
            return _finish("dry-run", PUBLISHED, summary, as_json)
        importing.release(build_id, current)
        published = True
        return _finish("published", PUBLISHED, summary | {"build_id": build_id}, as_json)
    finally:
        if not published:
            importing.discard(staged.folder, build_id)


def quarantine(*, as_json: bool = False) -> int:
    """Print the names that wait, one line each: source, name, how many figures, years, title, why, SAID."""
    current = publish.current_path()
    if current is None:
        say(NO_WAREHOUSE)
        return REFUSED
    waiting = importing.quarantine(current)
    if as_json:
        print(json.dumps(_rows(waiting)))
    else:
        for row in waiting.to_dict("records"):
            years = "–".join(dict.fromkeys([str(row["first_year"]), str(row["last_year"])]))
            cells = [row["source_id"], row["name_th"], row["figures"], years, row["source_th"], row["why_th"]]
            cells += [row[name] for name in SAID]
            print("\t".join(shown(str(cell)) for cell in cells))
    say(f"{len(waiting):,} ชื่อรอระบุหน่วยงาน" if len(waiting) else "ไม่มีชื่อที่รอระบุหน่วยงาน")
    return PUBLISHED


def resolve(
    source_id: str,
    name: str,
    organisation_id: str,
    *,
    said: Mapping[str, str | None] | None = None,
    progress: Progress = lambda share, message: None,
) -> int:
    """Give a waiting name its body and publish; prints the id of the new version.

    `said` tells names of one source apart that are written alike, by SAID; None does not count.
    """
    current = publish.current_path()
    if current is None:
        say(NO_WAREHOUSE)
        return REFUSED
    waiting = importing.quarantine(current)
    wanted = {"source_id": source_id, "name_th": name, **(said or {})}
    found = [
        row
        for row in waiting.to_dict("records")
        if all(text is None or text in (row[key], shown(row[key])) for key, text in wanted.items())
    ]
    if len(found) != 1:
        listed = "ดูชื่อที่รอด้วยคำสั่ง python -m warehouse quarantine"
        if not found:
            say(f"ไม่มีชื่อ “{shown(name)}” รออยู่ในแหล่ง {shown(source_id)} {listed}")
        else:
            say(f"มี {len(found):,} ชื่อที่เขียนเหมือนกัน บอกให้ชัดด้วย --type --district --province หรือ --code")
            say_all([shown(" · ".join(row[key] or "–" for key in ("name_th", *SAID))) for row in found])
        return REFUSED
    if importing.register_of(current).body(organisation_id) is None:
        say(f"ไม่มีหน่วยงานรหัส {shown(organisation_id)} ในคลังข้อมูล")
        return REFUSED
    one = Waiting(*(found[0][key] for key in Waiting._fields))
    folder = importing.take_up({one: organisation_id}, current=current)
    build_id = None
    published = False
    try:
        build_id = importing.prepare(folder, progress=progress)
        changes = importing.compare(current, publish.version_path(publish.versions_folder(), build_id))
        _say_changes(changes)
        importing.release(build_id, current)
        published = True
    finally:
        if not published:
            importing.discard(folder, build_id)
    print(build_id)
    return PUBLISHED


# Reading ------------------------------------------------------------


def _read(
    path: Path, editions: Mapping[int, Edition], mapping: Corrections | None, fiscal_year: int | None
) -> Reading:
    """Read a file by its last name; a path that is no readable file is a reading with a problem."""
    data, problem = _bytes(path)
    if problem is not None:
        return _unread(path, problem)
    return read(path.name, data, editions, mapping=mapping, fiscal_year=fiscal_year)


def _bytes(path: Path) -> tuple[bytes, Problem | None]:
    """What a file holds, or why it cannot be had."""
    try:
        if not path.is_file():
            return b"", Problem("error", "not_a_file", path.name, "ไม่พบไฟล์นี้", "ตรวจชื่อและโฟลเดอร์ของไฟล์")
        size = path.stat().st_size
        if size > files.MAX_BYTES:  # not even loaded
            sizes = (f"{size / 1e6:,.1f}", f"{files.MAX_BYTES / 1e6:,.0f}")
            return b"", message("too_large", path.name, *sizes)
        return path.read_bytes(), None
    except OSError as error:
        what = f"เปิดไฟล์ไม่ได้: {error.strerror}"
        return b"", Problem("error", "not_opened", path.name, what, "ตรวจสิทธิ์การอ่านไฟล์")
    except ValueError:  # a NUL in the path
        return b"", Problem("error", "not_a_file", path.name, "ชื่อไฟล์ใช้ไม่ได้", "เปลี่ยนชื่อไฟล์")


def _listed(paths: Sequence[Path], complete: bool) -> tuple[Register, list[Problem]]:
    """The bodies of files of a register, and what is wrong with them; a file without any is an error."""
    register, problems = Register([]), []
    for path in paths:
        data, problem = _bytes(path)
        if problem is not None:
            problems.append(problem)
            continue
        found, faults = open_register(files.open_file(data, path.name), complete=complete)
        register = found.joined(register) if register.bodies else found
        problems += faults
    return register, problems


def _refusals(
    body: str,
    readings: Sequence[Reading],
    resolutions: Mapping[str, Mapping[int, Resolution]],
    register: Register,
) -> list[str]:
    """Why a body cannot be the one all files are about: they tell of several, or for certain of another."""
    if register.body(body) is None:
        return [f"ไม่มีหน่วยงานรหัส {shown(body)} ในคลังข้อมูลหรือทะเบียน"]
    found = []
    for reading in readings:
        answers = list(resolutions[reading.sha256].values())
        if len(answers) != 1 or answers[0].status == "group":
            found.append(f"{shown(reading.file)} ไม่ใช่ของหน่วยงานเดียว จึงใช้ --body ไม่ได้")
        elif answers[0].status == "matched" and answers[0].organisation_id != body:
            found.append(f"{shown(reading.file)} บอกว่าเป็นของ {answers[0].organisation_id} ไม่ใช่ {shown(body)}")
    return found


def _all_of(body: str | None, readings: Sequence[Reading]) -> dict[tuple[str, int], str]:
    """The choice of one body for everything."""
    if body is None:
        return {}
    return {(reading.sha256, int(one)): body for reading in readings for one in reading.bodies["mention"]}


def _unread(path: Path, problem: Problem) -> Reading:
    digest = hashlib.sha256(str(path).encode("utf-8", "surrogatepass")).hexdigest()
    return Reading(path.name, digest, "unknown", no_scores(), no_bodies(), (problem,))


def _is_unreadable(reading: Reading) -> bool:
    """Is nothing of a file of any use."""
    return reading.scores.empty and not any(len(rows) for rows in reading.extra.values())


def _about(reading: Reading) -> Summary:
    return {
        "file": reading.file,
        "sha256": reading.sha256,
        "kind": reading.kind,
        "shapes": [one.shape for one in reading.recognised],
        "scores": len(reading.scores),
        "bodies": len(reading.bodies),
    }


# Saying ------------------------------------------------------------


def shown(text: str) -> str:
    """A text on one line of a terminal: whatever could steer it is made visible."""
    return "".join(one if one.isprintable() else "\ufffd" for one in " ".join(text.split()))


def say(text: str) -> None:
    """Tell the person at the terminal."""
    print(text, file=sys.stderr)


def say_all(lines: Sequence[str]) -> None:
    """Say many lines of one kind, LISTED at most."""
    for line in lines[:LISTED]:
        say(line)
    if len(lines) > LISTED:
        say(f"… และอีก {len(lines) - LISTED:,} รายการ (ดูทั้งหมดด้วย --json)")


def problem_line(problem: Problem) -> str:
    """A problem on one line: how grave: file · sheet · row · column · value · what · do."""
    cells = [
        problem.file,
        problem.sheet and f"แผ่นงาน {problem.sheet}",
        problem.row and f"แถว {problem.row}",
        problem.column and f"คอลัมน์ {problem.column.removeprefix('คอลัมน์ ')}",
        problem.value and f"“{problem.value}”",
        problem.message_th,
        problem.advice_th,
    ]
    return f"{SEVERITIES[problem.severity]}: " + " · ".join(shown(str(cell)) for cell in cells if cell)


def _say_staged(staged: Staged, resolutions: Mapping[str, Mapping[int, Resolution]]) -> None:
    for file in staged.known_files:
        say(f"{shown(file)}: นำเข้าไฟล์นี้แล้ว จึงไม่เปลี่ยนอะไร (ถ้าต้องการนำเข้าใหม่ ให้ย้อนรุ่นก่อนด้วยคำสั่ง undo)")
    mentions = staged.mentions
    say_all(
        [
            f"ไม่นำเข้า · “{shown(row['name'] or '')}” · {row['why_th']}"
            for row in mentions[mentions["status"] == "group"].to_dict("records")
        ]
    )
    waiting = mentions[mentions["organisation_id"].isna() & (mentions["status"] != "group")]
    say_all([_waiting_line(row, resolutions) for row in waiting.to_dict("records")])
    counts = Counter(staged.figures["state"])
    told = ", ".join(f"{word} {counts[state]:,}" for state, word in _STATES_TH.items() if counts[state])
    say(f"คะแนน: {told or 'ไม่มี'}")
    if staged.waiting:
        say(f"{staged.waiting:,} ชื่อรอระบุหน่วยงาน ดูด้วยคำสั่ง python -m warehouse quarantine หลังเผยแพร่")
    if not staged.undecided:
        say_all([f"ไม่สร้าง {shown(one)} เพราะไม่มีคะแนนใดใช้ได้" for one in staged.not_made])
    if staged.known_measures:
        say(f"มาตรการ {staged.known_measures:,} ข้อมีอยู่แล้ว จึงคงของเดิม")


_STATES_TH = {
    "new": "ใหม่",
    "changed": "ต่างจากค่าที่ใช้อยู่",
    "unchanged": "ตรงกับค่าที่ใช้อยู่",
    "conflict": "ขัดกันเองในไฟล์ที่นำเข้า",
    "repeated": "ซ้ำหรือขัดกันในไฟล์ ไม่ใช้",
}


def _waiting_line(row: Mapping[Any, Any], resolutions: Mapping[str, Mapping[int, Resolution]]) -> str:
    answer = resolutions[row["sha256"]][int(row["mention"])]
    candidates = ", ".join(f"{one.label_th} ({one.organisation_id})" for one in answer.candidates[:5])
    told = f"รอระบุ · “{row['name'] or ''}” · {row['why_th']}"
    return shown(told + (f" · อาจเป็น: {candidates}" if candidates else ""))


def _say_decisions(staged: Staged, readings: Iterable[Reading], faults: int, skip_errors: bool) -> bool:
    """Say what a person has to decide first; is there anything. `faults` are rows of a register not read."""
    needed = False
    if staged.undecided:
        open_ones = staged.figures[staged.figures["undecided"]]
        say_all([_difference_line(row) for row in open_ones.to_dict("records")])
        n_conflicts = int((open_ones["state"] == "conflict").sum())
        if n_changed := staged.undecided - n_conflicts:
            say(
                f"{n_changed:,} ค่าต่างจากค่าที่ใช้อยู่"
                " เลือกด้วย --prefer current (ใช้ค่าเดิม) หรือ --prefer incoming (ใช้ค่าจากไฟล์)"
            )
        if n_conflicts:
            say(f"{n_conflicts:,} ค่าขัดกันเองในไฟล์ที่นำเข้า แก้ไฟล์ หรือนำเข้าทีละไฟล์")
        needed = True
    if staged.waiting_files:
        say(
            "เอกสารที่ยังไม่รู้หน่วยงานหรือปี: "
            + ", ".join(map(shown, staged.waiting_files))
            + " บอกหน่วยงานด้วย --body (ครั้งละหน่วยงานเดียว) หรือเลือกในหน้านำเข้าข้อมูล บอกปีด้วย --year"
        )
        needed = True
    errors = faults + sum(
        one.severity == "error"
        for reading in readings
        if reading.file not in staged.known_files
        for one in reading.problems
    )
    if errors and not skip_errors:
        say(f"มี {errors:,} จุดที่อ่านไม่ได้ แก้ไฟล์ หรือนำเข้าส่วนที่เหลือด้วย --skip-errors")
        needed = True
    return needed


def _difference_line(row: Mapping[Any, Any]) -> str:
    used = (
        "ยังไม่มีค่าที่ใช้อยู่"
        if pd.isna(row["current_value"])
        else f"ใช้อยู่ {row['current_value']:g} ({row['current_source_id']} {row['current_source_row']})"
    )
    asked = "" if row["respondents"] == "all" else f" ({row['respondents']})"
    return shown(
        f"ต้องเลือก · {row['organisation_id']} · ปี {row['fiscal_year']} · {row['part']}{asked}"
        f" · จากไฟล์ {row['value']:g} ({row['source_id']} {row['source_row']}) · {used}"
    )


def _say_changes(changes: Changes) -> None:
    bodies = Counter(changes.bodies["state"])
    say(f"หน่วยงานใหม่ {bodies['new']:,} หายไป {bodies['vanished']:,}")
    say_all([f"หน่วยงานใหม่ · {shown(one)}" for one in changes.bodies.query("state == 'new'")["label_th"]])
    results = changes.results
    graded = results[
        ~results["is_new"] & (results["grade_before"].fillna("") != results["grade_after"].fillna(""))
    ]
    say(f"ระดับผลเปลี่ยน {len(graded):,}")
    say_all(
        [
            shown(f"{row['label_th']} ปี {row['fiscal_year']}: {row['grade_before']} → {row['grade_after']}")
            for row in graded.to_dict("records")
        ]
    )
    for row in (
        results[results["overall_before"].notna() & results["overall_after"].notna()]
        .head(MOVES)
        .to_dict("records")
    ):
        if row["overall_before"] != row["overall_after"]:
            moved = row["overall_after"] - row["overall_before"]
            say(
                shown(
                    f"{row['label_th']} ปี {row['fiscal_year']}:"
                    f" {row['overall_before']:.2f} → {row['overall_after']:.2f} ({moved:+.2f})"
                )
            )


# The summary ------------------------------------------------------------


def _staged_summary(staged: Staged) -> Summary:
    counts = Counter(staged.figures["state"])
    undecided = staged.figures[staged.figures["undecided"]]
    waiting = staged.mentions[
        staged.mentions["organisation_id"].isna() & (staged.mentions["status"] != "group")
    ]
    return {
        "figures": {state: counts[state] for state in STATES},
        "known_files": list(staged.known_files),
        "waiting_files": list(staged.waiting_files),
        "waiting": staged.waiting,
        "not_made": list(staged.not_made),
        "waiting_names": _rows(waiting[["sha256", "mention", "name", "why_th"]]),
        "undecided": _rows(undecided.drop(columns=["staged_id", "stands", "undecided"])),
    }


def _changes_summary(changes: Changes) -> Summary:
    return {
        "scores": dict(Counter(changes.scores["state"])),
        "bodies": _rows(changes.bodies),
        "results": _rows(changes.results),
    }


def _rows(frame: pd.DataFrame) -> list[Summary]:
    """Rows for JSON: blanks as null."""
    plain = frame.astype(object).where(frame.notna(), None)
    return [
        {str(name): value.item() if hasattr(value, "item") else value for name, value in row.items()}
        for row in plain.to_dict("records")
    ]


def _finish(outcome: str, code: int, summary: Summary, as_json: bool) -> int:
    """Print the summary: JSON, or one line of words and numbers."""
    if as_json:
        print(json.dumps({"outcome": outcome, "exit_code": code, **summary}))
        return code
    words = [outcome, summary.get("build_id", "-")]
    words += [f"{state}={count}" for state, count in summary.get("figures", {}).items()]
    if "waiting" in summary:
        words.append(f"waiting={summary['waiting']}")
        words.append(f"undecided={len(summary['undecided'])}")
    words.append(f"errors={sum(one['severity'] == 'error' for one in summary['problems'])}")
    print(" ".join(words))
    return code
