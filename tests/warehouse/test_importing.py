"""Imports: what is staged, what a person decides, what a release changes; nothing is lost or half done."""

import os
import shutil
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest

from ita_data import edition
from ita_data.organisation import Organisation
from ita_data.readers.files import open_file
from ita_data.readers.matching import Register
from ita_data.readers.read import read
from ita_data.readers.reading import Reading
from ita_data.readers.register import open_register
from tests.factory import DATASETS, body, build_warehouse, score, source, write_dataset
from warehouse import build, importing, publish
from warehouse.importing import QUARANTINE, Choices, Staged, Waiting

EDITIONS = edition.load_editions()
HEADER = "หน่วยงาน,อำเภอ,จังหวัด,ปีงบประมาณ,คะแนน ITA,IIT"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A version with two bodies: ทดสอบหนึ่ง has 80 in 2567, ทดสอบสอง has nothing; copied for every test."""
    folder = tmp_path_factory.mktemp("built")
    data = write_dataset(
        folder / "data",
        sources=[source()],
        organisations=[
            body("test-one", "ทดสอบหนึ่ง", district_th="กันทรวิชัย"),
            body("test-two", "ทดสอบสอง", district_th="กันทรวิชัย"),
        ],
        scores=[score("test-one", 2567, "overall", 80), score("test-one", 2567, "IIT", 81)],
    )
    publish.publish(
        build.build([data], out=folder / "out", dataset_th="ข้อมูลทดสอบ", simulated=True), folder / "out"
    )
    return folder / "out"


@pytest.fixture
def out(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "out"))


def table(*rows: str, name: str = "ทดสอบ.csv") -> Reading:
    return read(name, "\n".join([HEADER, *rows, ""]).encode(), EDITIONS)


def row(
    name: str, overall: object, iit: object = "", year: int = 2567, place: str = "กันทรวิชัย,มหาสารคาม"
) -> str:
    return f"{name},{place},{year},{overall},{iit}"


ONE, TWO, NEW = "อบต.ทดสอบหนึ่ง", "อบต.ทดสอบสอง", "อบต.ทดสอบใหม่"
NOWHERE = "อบต.ทดสอบไม่มีที่"


def stage(
    out: Path, *readings: Reading, choices: Choices | None = None, who: str | None = "ผู้ทดสอบ"
) -> Staged:
    current = publish.current_path(out)
    resolutions = importing.resolve(readings, importing.register_of(current))
    return importing.stage(readings, resolutions, choices, current=current, out=out, who=who)


def release(out: Path, staged: Staged | Path) -> Path:
    """Build and publish what was staged."""
    current = publish.current_path(out)
    build_id = importing.prepare(staged if isinstance(staged, Path) else staged.folder, out=out)
    importing.release(build_id, current, out=out)
    return publish.version_path(out, build_id)


def bring_in(out: Path, *readings: Reading, choices: Choices | None = None) -> Path:
    return release(out, stage(out, *readings, choices=choices))


def ask(path: Path, sql: str, **values: object) -> list[tuple[Any, ...]]:
    with duckdb.connect() as connection:
        importing.attach(connection, path, "version")
        connection.execute("USE version")
        return connection.execute(sql, values or None).fetchall()


def score_of(path: Path, organisation: str, year: int = 2567, part: str = "overall") -> float | None:
    found = ask(
        path,
        "SELECT value FROM score"
        " WHERE organisation_id = $organisation AND fiscal_year = $year AND part = $part",
        organisation=organisation,
        year=year,
        part=part,
    )
    assert len(found) < 2
    return found[0][0] if found else None


def states(staged: Staged) -> dict[tuple[str, int, str, float], str]:
    rows = staged.figures.to_dict("records")
    return {
        (one["organisation_id"], one["fiscal_year"], one["part"], one["value"]): one["state"] for one in rows
    }


def files(folder: Path) -> dict[str, bytes]:
    return {str(one.relative_to(folder)): one.read_bytes() for one in folder.rglob("*") if one.is_file()}


# What is staged ------------------------------------------------------------


def test_the_states_of_figures(out: Path) -> None:
    staged = stage(out, table(row(ONE, 80, 82), row(TWO, 70), row(TWO, 70)))
    rows = staged.figures[["organisation_id", "part", "value", "state", "stands", "current_value"]]
    plain = rows.astype(object).where(rows.notna(), None)
    assert [tuple(one) for one in plain.itertuples(index=False)] == [
        ("test-one", "overall", 80.0, "unchanged", False, 80.0),
        ("test-one", "IIT", 82.0, "changed", False, 81.0),
        ("test-two", "overall", 70.0, "new", True, None),
        ("test-two", "overall", 70.0, "repeated", False, None),
    ]
    assert (staged.undecided, staged.changes_anything) == (1, True)


def test_files_that_disagree_are_a_conflict_and_those_that_agree_are_not(out: Path) -> None:
    one, other = table(row(TWO, 70, 60), name="ก.csv"), table(row(TWO, 71, 60), name="ข.csv")
    staged = stage(out, one, other)
    assert states(staged) == {
        ("test-two", 2567, "overall", 70.0): "conflict",
        ("test-two", 2567, "overall", 71.0): "conflict",
        ("test-two", 2567, "IIT", 60.0): "repeated",  # the later of two equal ones
    }
    assert staged.figures["stands"].tolist() == [False, True, False, False]
    assert staged.undecided == 2


@pytest.mark.parametrize(
    ("prefer", "value", "undecided"), [(None, 80, 1), ("current", 80, 0), ("incoming", 85, 0)]
)
def test_who_is_preferred(out: Path, prefer: Any, value: float, undecided: int) -> None:
    staged = stage(out, table(row(ONE, 85)), choices=Choices(prefer=prefer))
    assert staged.undecided == undecided
    path = release(out, staged)
    assert score_of(path, "test-one") == value


def test_a_preference_decides_a_conflict_only_where_a_figure_is_in_use(out: Path) -> None:
    readings = (
        table(row(ONE, 70), row(TWO, 70), name="ก.csv"),
        table(row(ONE, 71), row(TWO, 71), name="ข.csv"),
    )
    staged = stage(out, *readings, choices=Choices(prefer="current"))
    open_ones = staged.figures[staged.figures["undecided"]]
    assert set(open_ones["organisation_id"]) == {"test-two"}
    assert stage(out, *readings, choices=Choices(prefer="incoming")).undecided == 4


def test_single_decisions_go_before_the_preference(out: Path) -> None:
    reading = table(row(ONE, 85, 86))
    key = ("test-one", 2567, "overall", "all")
    choices = Choices(prefer="incoming", stands={key: "doc-test"})
    path = bring_in(out, reading, choices=choices)
    assert score_of(path, "test-one") == 80
    assert score_of(path, "test-one", part="IIT") == 86


def test_a_single_decision_between_files(out: Path) -> None:
    one, other = table(row(TWO, 70), name="ก.csv"), table(row(TWO, 71), name="ข.csv")
    key = ("test-two", 2567, "overall", "all")
    staged = stage(out, one, other, choices=Choices(stands={key: importing.source_id_of(other)}))
    assert staged.undecided == 0
    assert score_of(release(out, staged), "test-two") == 71


def test_a_source_that_disagrees_with_itself_cannot_be_chosen(out: Path) -> None:
    # one body under two names, so that only the register knows that they are one
    reading = table(row(TWO, 70), row("องค์การบริหารส่วนตำบลทดสอบสอง", 71))
    key = ("test-two", 2567, "overall", "all")
    staged = stage(out, reading, choices=Choices(stands={key: importing.source_id_of(reading)}))
    assert staged.undecided == 2
    assert not staged.figures["stands"].any()


# What is lost: nothing ------------------------------------------------------------


def test_a_figure_that_gives_way_stays_as_a_finding(out: Path) -> None:
    path = bring_in(out, table(row(ONE, 85)), choices=Choices(prefer="incoming"))
    assert score_of(path, "test-one") == 85
    assert score_of(path, "test-one", part="IIT") == 81  # the file says nothing of it
    reported = ask(
        path,
        "SELECT value FROM reported_score WHERE part = 'overall' AND organisation_id = 'test-one' ORDER BY 1",
    )
    assert reported == [(80.0,), (85.0,)]
    found = ask(path, "SELECT value, expected, source_id FROM finding WHERE check_code = 'rival_sources'")
    assert found == [(80.0, 85.0, "doc-test")]


def test_a_figure_that_was_not_preferred_stays_as_a_finding(out: Path) -> None:
    reading = table(row(ONE, 85))
    path = bring_in(out, reading, choices=Choices(prefer="current"))
    found = ask(path, "SELECT value, expected, source_id FROM finding WHERE check_code = 'rival_sources'")
    assert found == [(85.0, 80.0, importing.source_id_of(reading))]


def test_the_third_source_gives_the_second_its_way(out: Path) -> None:
    bring_in(out, table(row(ONE, 85), name="ก.csv"), choices=Choices(prefer="incoming"))
    path = bring_in(out, table(row(ONE, 90), name="ข.csv"), choices=Choices(prefer="incoming"))
    assert score_of(path, "test-one") == 90
    found = ask(path, "SELECT value FROM finding WHERE check_code = 'rival_sources' ORDER BY 1")
    assert found == [(80.0,), (85.0,)]


def test_every_score_keeps_its_source(out: Path) -> None:
    reading = table(row(ONE, 80), row(TWO, 70, 60))
    path = bring_in(out, reading)
    rows = ask(
        path,
        "SELECT s.part, s.source_row, f.title_th, f.sha256, f.imported_by, f.imported_at IS NOT NULL"
        " FROM score AS s JOIN source AS f USING (source_id)"
        " WHERE s.organisation_id = 'test-two' ORDER BY ALL",
    )
    kept = ("ทดสอบ.csv", reading.sha256, "ผู้ทดสอบ", True)
    assert rows == [("IIT", "แถว 3 คอลัมน์ F", *kept), ("overall", "แถว 3 คอลัมน์ E", *kept)]


def test_the_user_of_the_machine_imports_where_nobody_is_named(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nobody() -> str:
        raise OSError("ทดสอบ")

    monkeypatch.setattr("getpass.getuser", nobody)
    path = release(out, stage(out, table(row(TWO, 70)), who=None))
    assert ask(path, "SELECT imported_by FROM source WHERE kind = 'file'") == [("ไม่ระบุ",)]


def test_what_the_version_says_of_itself_stays(out: Path) -> None:
    path = bring_in(out, table(row(TWO, 70)))
    assert ask(path, "SELECT dataset_th, simulated FROM build_info") == [("ข้อมูลทดสอบ", True)]


# The same again ------------------------------------------------------------


def test_the_same_file_twice_changes_nothing_and_says_so(out: Path) -> None:
    reading = table(row(TWO, 70))
    bring_in(out, reading)
    again = stage(out, read("ชื่ออื่น.csv", "\n".join([HEADER, row(TWO, 70), ""]).encode(), EDITIONS))
    assert again.known_files == ("ชื่ออื่น.csv",)
    assert not again.changes_anything
    assert again.figures.empty


def test_one_file_given_twice_at_once_counts_once(out: Path) -> None:
    reading = table(row(TWO, 70), row(NOWHERE, 60, place=","))
    staged = stage(out, reading, reading)
    assert (staged.known_files, len(staged.figures), staged.waiting) == ((reading.file,), 1, 1)
    path = release(out, staged)
    assert ask(path, "SELECT COUNT(*) FROM source WHERE kind = 'file'") == [(1,)]
    assert ask(path, "SELECT COUNT(*) FROM unresolved_score") == [(1,)]


def test_equal_figures_of_another_file_change_nothing(out: Path) -> None:
    assert not stage(out, table(row(ONE, 80, 81))).changes_anything


# Bodies ------------------------------------------------------------


def test_new_bodies_are_made_once(out: Path) -> None:
    first = table(row(NEW, 70), row(NEW, 71, year=2566), name="ก.csv")
    second = table(row("องค์การบริหารส่วนตำบลทดสอบใหม่", 72, year=2565), name="ข.csv")
    path = bring_in(out, first, second)
    made = ask(path, "SELECT organisation_id, province_iso FROM organisation WHERE name_th = 'ทดสอบใหม่'")
    assert [iso for _, iso in made] == ["TH-44"]
    later = bring_in(out, table(row(NEW, 73, year=2568), name="ค.csv"))
    assert ask(later, "SELECT COUNT(*) FROM organisation WHERE name_th = 'ทดสอบใหม่'") == [(1,)]
    assert score_of(later, made[0][0], 2568) == 73
    changes = importing.compare(path, later)
    assert changes.bodies.empty
    assert changes.scores["state"].tolist() == ["new"]


def test_a_person_says_whom_a_name_means(out: Path) -> None:
    reading = table(row(NOWHERE, 66, place=","))
    staged = stage(out, reading, choices=Choices(bodies={(reading.sha256, 0): "test-two"}))
    assert staged.waiting == 0
    assert score_of(release(out, staged), "test-two") == 66


def test_an_undecided_name_waits_and_is_taken_up(out: Path) -> None:
    reading = table(row(TWO, 70), row(NOWHERE, 66, 67, place=",", year=2566))
    staged = stage(out, reading)
    assert (staged.waiting, len(staged.figures)) == (1, 1)
    path = release(out, staged)
    (waiting,) = importing.quarantine(path).to_dict("records")
    assert (waiting["name_th"], waiting["figures"], waiting["first_year"]) == (NOWHERE, 2, 2566)
    assert ask(path, "SELECT COUNT(*) FROM finding WHERE check_code = 'unresolved_name'") == [(2,)]
    folder = importing.take_up({Waiting(waiting["source_id"], NOWHERE): "test-one"}, current=path, out=out)
    later = release(out, folder)
    assert importing.quarantine(later).empty
    assert [score_of(later, "test-one", 2566, part) for part in ("overall", "IIT")] == [66, 67]
    assert score_of(later, "test-one", 2567) == 80
    kept = ask(later, "SELECT source_id, source_row FROM score WHERE fiscal_year = 2566 AND part = 'IIT'")
    assert kept == [(importing.source_id_of(reading), "แถว 3 คอลัมน์ F")]


def test_a_taken_up_figure_does_not_push_the_one_in_use_aside(out: Path) -> None:
    path = bring_in(out, table(row(NOWHERE, 66, place=",")))
    ((source_id,),) = ask(path, "SELECT source_id FROM unresolved_score")
    later = release(out, importing.take_up({Waiting(source_id, NOWHERE): "test-one"}, current=path, out=out))
    assert score_of(later, "test-one") == 80
    assert ask(later, "SELECT value FROM finding WHERE check_code = 'rival_sources'") == [(66.0,)]


def test_of_two_taken_up_figures_one_stands_and_the_other_is_a_finding(out: Path) -> None:
    bring_in(out, table(row(NOWHERE, 66, place=","), name="ก.csv"))
    path = bring_in(out, table(row(NOWHERE, 67, place=","), name="ข.csv"))
    decided = {
        Waiting(one, NOWHERE): "test-two" for (one,) in ask(path, "SELECT source_id FROM unresolved_score")
    }
    assert len(decided) == 2
    later = release(out, importing.take_up(decided, current=path, out=out))
    assert score_of(later, "test-two") == 66
    assert ask(later, "SELECT value FROM finding WHERE check_code = 'rival_sources'") == [(67.0,)]


def test_two_bodies_of_one_name_wait_apart(out: Path) -> None:
    reading = table(
        row(NOWHERE, 66, place="ทดสอบเหนือ,"), row(NOWHERE, 67, place="ทดสอบใต้,"), row(NOWHERE, 68, place=",")
    )
    staged = stage(out, reading)
    assert staged.waiting == 3
    path = release(out, staged)
    waiting = importing.quarantine(path)
    assert waiting["name_th"].tolist() == [NOWHERE] * 3
    assert waiting["district_th"].tolist() == ["", "ทดสอบเหนือ", "ทดสอบใต้"]
    south = Waiting(importing.source_id_of(reading), NOWHERE, district_th="ทดสอบใต้")
    nowhere = Waiting(importing.source_id_of(reading), NOWHERE)
    path = release(out, importing.take_up({south: "test-two"}, current=path, out=out))
    assert score_of(path, "test-two") == 67
    assert importing.quarantine(path)["district_th"].tolist() == ["", "ทดสอบเหนือ"]
    path = release(out, importing.take_up({nowhere: "test-two"}, current=path, out=out))
    assert importing.quarantine(path)["district_th"].tolist() == ["ทดสอบเหนือ"]
    assert score_of(path, "test-two") == 67  # the first of the two rows, as before


def test_a_decision_that_says_no_place_means_the_name_wherever_it_is(out: Path) -> None:
    reading = table(row(NOWHERE, 66, place="ทดสอบเหนือ,"), row(NOWHERE, 67, 60, 2566, "ทดสอบใต้,"))
    path = bring_in(out, reading)
    folder = out / importing.IMPORTS / "by-hand"
    write_dataset(
        folder,
        resolved_names=[
            {
                "source_id": importing.source_id_of(reading),
                "name_th": NOWHERE,
                "organisation_id": "test-two",
            }
        ],
    )
    path = release(out, folder)
    assert importing.quarantine(path).empty
    assert [score_of(path, "test-two", year) for year in (2566, 2567)] == [67, 66]


def test_a_name_taken_up_makes_its_body_once(out: Path) -> None:
    reading = table(row(NOWHERE, 66, place=","))
    path = bring_in(out, reading)
    waiting = Waiting(importing.source_id_of(reading), NOWHERE)
    made = Organisation("test-made", "sao", "ทดสอบทำ", "องค์การบริหารส่วนตำบลทดสอบทำ", "บรบือ", "มหาสารคาม")
    again = table(row("อบต.ทดสอบอีก", 71))
    staged = stage(out, again)
    folder = importing.take_up(
        {waiting: "test-made"}, bodies=[made], current=path, out=out, folder=staged.folder
    )
    assert folder == staged.folder
    path = release(out, folder)
    assert score_of(path, "test-made") == 66
    found = ask(
        path,
        "SELECT name_th, district_th FROM organisation WHERE name_th LIKE 'ทดสอบ_ำ%' OR name_th = 'ทดสอบอีก'",
    )
    assert sorted(found) == [("ทดสอบทำ", "บรบือ"), ("ทดสอบอีก", "กันทรวิชัย")]


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param([row(NEW, 101)], id="out-of-range"),
        pytest.param([row(NEW, "มาก"), row(NEW, "", "มาก", 2566)], id="no-number"),
        pytest.param([row(NEW, 70), row(NEW, 71)], id="file-contradicts-itself"),
    ],
)
def test_a_body_whose_scores_were_all_rejected_is_not_made(out: Path, rows: Sequence[str]) -> None:
    staged = stage(out, table(*rows, row(TWO, 70)))
    assert staged.not_made == ("องค์การบริหารส่วนตำบลทดสอบใหม่",)
    path = release(out, staged)
    assert ask(path, "SELECT COUNT(*) FROM organisation WHERE name_th = 'ทดสอบใหม่'") == [(0,)]
    assert score_of(path, "test-two") == 70


def test_a_body_with_one_score_left_is_made(out: Path) -> None:
    staged = stage(out, table(row(NEW, 101, 60)))
    assert staged.not_made == ()
    path = release(out, staged)
    assert ask(path, "SELECT COUNT(*) FROM organisation WHERE name_th = 'ทดสอบใหม่'") == [(1,)]


def test_a_body_that_would_be_made_can_be_sent_to_quarantine(out: Path) -> None:
    reading = table(row(NEW, 70))
    staged = stage(out, reading, choices=Choices(bodies={(reading.sha256, 0): QUARANTINE}))
    assert (staged.waiting, len(staged.figures)) == (1, 0)
    path = release(out, staged)
    assert ask(path, "SELECT COUNT(*) FROM organisation WHERE name_th = 'ทดสอบใหม่'") == [(0,)]
    (waiting,) = importing.quarantine(path).to_dict("records")
    assert (waiting["name_th"], waiting["district_th"]) == (NEW, "กันทรวิชัย")


# A register ------------------------------------------------------------

REGISTER = (
    "ชื่อหน่วยงาน,ประเภท,อำเภอ,จังหวัด,รหัส\n"
    "ทดสอบหนึ่ง,อบต.,กันทรวิชัย,มหาสารคาม,9440101\n"
    "ทดสอบสอง,อบต.,กันทรวิชัย,มหาสารคาม,9440102\n"
    "ทดสอบทะเบียน,อบต.,บรบือ,มหาสารคาม,9440201\n"
    "ทดสอบไร้คะแนน,อบต.,บรบือ,มหาสารคาม,9440202\n"
)


def listed(complete: bool) -> Register:
    found, problems = open_register(open_file(REGISTER.encode(), "ทะเบียน.csv"), complete=complete)
    assert problems == ()
    return found


def stage_with(out: Path, register: Register, *readings: Reading, choices: Choices | None = None) -> Staged:
    current = publish.current_path(out)
    joined = register.joined(importing.register_of(current))
    resolutions = importing.resolve(readings, joined)
    return importing.stage(readings, resolutions, choices, register=joined, current=current, out=out)


def test_a_register_gives_a_name_its_body_only_if_it_is_complete(out: Path) -> None:
    reading = table(row("อบต.ทดสอบทะเบียน", 70, place=",มหาสารคาม"), row(ONE, 80, place=",มหาสารคาม"))
    assert stage_with(out, listed(complete=False), reading).waiting == 2
    path = release(out, stage_with(out, listed(complete=True), reading))
    made = ask(
        path,
        "SELECT organisation_id, district_th, province_iso, note_th FROM organisation"
        " WHERE organisation_id NOT IN ('test-one', 'test-two')",
    )
    ((body, *about),) = made  # ทดสอบไร้คะแนน has no score and is not made
    assert about == ["บรบือ", "TH-44", "รหัสในทะเบียน 9440201"]
    assert score_of(path, body) == 70
    assert score_of(path, "test-one") == 80


def test_a_body_of_a_register_can_be_chosen_for_a_name(out: Path) -> None:
    reading = table(row("อบต.ทดสอบทะเบียน", 70, place=",มหาสารคาม"))
    register = listed(complete=False)
    (body,) = {one.organisation_id for one in register.bodies if one.name_th == "ทดสอบทะเบียน"}
    staged = stage_with(out, register, reading, choices=Choices(bodies={(reading.sha256, 0): body}))
    assert score_of(release(out, staged), body) == 70


def test_a_code_of_the_register_finds_its_body(out: Path) -> None:
    text = "หน่วยงาน,รหัส,ปีงบประมาณ,คะแนน ITA\nอบต.ทดสอบทะเบียน,9440201,2567,70\n"
    staged = stage_with(out, listed(complete=False), read("รหัส.csv", text.encode(), EDITIONS))
    assert (staged.waiting, len(staged.figures)) == (0, 1)


def test_a_waiting_name_is_taken_up_as_a_body_of_a_register(out: Path) -> None:
    reading = table(row("อบต.ทดสอบทะเบียน", 70, place=",มหาสารคาม"))
    path = bring_in(out, reading)
    register = listed(complete=False)
    (body,) = {one.organisation_id for one in register.bodies if one.name_th == "ทดสอบทะเบียน"}
    waiting = Waiting(importing.source_id_of(reading), "อบต.ทดสอบทะเบียน", province_th="มหาสารคาม")
    path = release(out, importing.take_up({waiting: body}, register=register, current=path, out=out))
    assert score_of(path, body) == 70
    assert ask(path, "SELECT district_th FROM organisation WHERE organisation_id = $body", body=body) == [
        ("บรบือ",)
    ]


def test_a_printed_grade_waits_with_its_body(out: Path) -> None:
    text = (
        f"{HEADER},ระดับ\n{row(NOWHERE, 66, place=',')},ทดสอบ ก\n{row(NOWHERE, '', 50, 2566, ',')},ทดสอบ ข\n"
    )
    path = bring_in(out, read("ระดับ.csv", text.encode(), EDITIONS))
    ((source_id,),) = ask(path, "SELECT DISTINCT source_id FROM unresolved_score")
    later = release(out, importing.take_up({Waiting(source_id, NOWHERE): "test-two"}, current=path, out=out))
    grades = ask(later, "SELECT organisation_id, fiscal_year, printed_grade FROM printed_grade ORDER BY ALL")
    assert grades == [("test-two", 2566, "ทดสอบ ข"), ("test-two", 2567, "ทดสอบ ก")]


def test_a_new_printed_grade_alone_is_a_change(out: Path) -> None:
    text = f"{HEADER},ระดับ\n{row(ONE, 80)},ผ่านดี\n"
    reading = read("ระดับ.csv", text.encode(), EDITIONS)
    staged = stage(out, reading)
    assert (staged.additions, staged.changes_anything) == (1, True)
    release(out, staged)
    other = read("ระดับ.csv", (text + "\n").encode(), EDITIONS)
    assert not stage(out, other).changes_anything


# Documents ------------------------------------------------------------

DOCUMENT = """# รายงานผลการประเมินคุณธรรมและความโปร่งใส ประจำปีงบประมาณ พ.ศ. 2566

{name} {place}

ผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2566 ได้คะแนนรวม 82.50 คะแนน

| ตัวชี้วัด | คะแนน |
| --- | --- |
| การปฏิบัติหน้าที่ | 90.10 |
| การใช้งบประมาณ | 80.20 |

มาตรการส่งเสริมคุณธรรมและความโปร่งใส ประจำปีงบประมาณ พ.ศ. 2567

| มาตรการ | ผู้รับผิดชอบ | ระยะเวลา | การติดตามผล |
| --- | --- | --- | --- |
| จัดอบรมทดสอบเรื่องการใช้งบประมาณ | กองทดสอบ | ต.ค. 2566 | รายงานทดสอบ |
| ทำคู่มือทดสอบเรื่องการปฏิบัติหน้าที่ | สำนักทดสอบ | พ.ย. 2566 | รายงานทดสอบ |
"""


def document(name: str, place: str = "อำเภอกันทรวิชัย จังหวัดมหาสารคาม") -> Reading:
    text = DOCUMENT.format(name=name, place=place)
    return read(f"{name}.md", text.encode(), EDITIONS)


def test_a_document_comes_in_with_its_measures(out: Path) -> None:
    staged = stage(out, document("องค์การบริหารส่วนตำบลทดสอบหนึ่ง"), document("องค์การบริหารส่วนตำบลทดสอบสอง"))
    assert staged.waiting_files == ()
    path = release(out, staged)
    assert [score_of(path, "test-one", 2566, part) for part in ("overall", "1", "2")] == [82.5, 90.1, 80.2]
    measures = ask(
        path, "SELECT measure_id, organisation_id, plan_year, assessed_year FROM measure ORDER BY 1"
    )
    assert measures == [  # the numbers of two documents are the same, their measures are not
        (f"{body}-2567-{number:02}", body, 2567, 2566)
        for body in ("test-one", "test-two")
        for number in (1, 2)
    ]
    assert ask(path, "SELECT COUNT(*) FROM source_name WHERE organisation_id = 'test-one'") > [(0,)]


def test_measures_known_already_stay_as_they_are(out: Path) -> None:
    bring_in(out, document("องค์การบริหารส่วนตำบลทดสอบหนึ่ง"))
    other = read(
        "ฉบับแก้.md",
        (
            DOCUMENT.format(name="องค์การบริหารส่วนตำบลทดสอบหนึ่ง", place="อำเภอกันทรวิชัย จังหวัดมหาสารคาม") + "\nจบ\n"
        ).encode(),
        EDITIONS,
    )
    staged = stage(out, other)
    assert (staged.known_measures, staged.changes_anything) == (2, False)


def test_a_document_whose_body_nobody_decided_waits_whole(out: Path) -> None:
    before = publish.current_path(out)
    waiting = document("องค์การบริหารส่วนตำบลทดสอบลึกลับ", "")
    staged = stage(out, waiting, table(row(TWO, 70)))
    assert staged.waiting_files == (waiting.file,)
    assert staged.waiting == 0
    path = release(out, staged)
    assert score_of(path, "test-two") == 70
    assert ask(path, "SELECT COUNT(*) FROM measure") == [(0,)]
    alone = stage(out, waiting)
    assert not alone.changes_anything
    assert before is not None
    decided = stage(out, waiting, choices=Choices(bodies={(waiting.sha256, 0): "test-one"}))
    assert decided.waiting_files == ()
    assert ask(release(out, decided), "SELECT COUNT(*) FROM measure") == [(2,)]


# Publishing ------------------------------------------------------------


def test_a_release_refuses_when_another_version_was_published(out: Path) -> None:
    current = publish.current_path(out)
    mine, theirs = (
        stage(out, table(row(TWO, 70), name="ก.csv")),
        stage(out, table(row(TWO, 71), name="ข.csv")),
    )
    build_id = importing.prepare(mine.folder, out=out)
    path = release(out, theirs)
    with pytest.raises(publish.PublishError, match="รุ่นใหม่"):
        importing.release(build_id, current, out=out)
    assert publish.current_path(out) == path
    assert score_of(path, "test-two") == 71


def test_nothing_shows_before_the_release(out: Path) -> None:
    before = publish.current_path(out)
    staged = stage(out, table(row(TWO, 70)))
    importing.prepare(staged.folder, out=out)
    assert publish.current_path(out) == before


def test_discarding_leaves_no_trace(out: Path) -> None:
    before = files(out), sorted(out.iterdir())
    staged = stage(out, table(row(TWO, 70), row(NOWHERE, 1, place=",")))
    build_id = importing.prepare(staged.folder, out=out)
    importing.discard(staged.folder, build_id, out=out)
    assert (files(out), sorted(out.iterdir())) == before


def test_a_stage_that_fails_leaves_no_trace(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = files(out), sorted(out.iterdir())

    def fail(*_: object) -> None:
        raise RuntimeError("ทดสอบ")

    monkeypatch.setattr(importing, "_superseded", fail)
    with pytest.raises(RuntimeError, match="ทดสอบ"):
        stage(out, table(row(TWO, 70)))
    assert (files(out), sorted(out.iterdir())) == before


def test_figures_that_do_not_fit_are_refused_and_nothing_is_published(out: Path) -> None:
    before = publish.current_path(out)
    staged = stage(out, table(row(TWO, 70)))
    broken = pd.read_parquet(staged.folder / "scores.parquet").assign(organisation_id="nobody")
    broken.to_parquet(staged.folder / "scores.parquet")
    with pytest.raises(build.BuildError, match="nobody"):
        importing.prepare(staged.folder, out=out)
    assert publish.current_path(out) == before


def test_after_an_undo_the_file_comes_in_again(out: Path) -> None:
    reading = table(row(ONE, 85), row(NEW, 70))
    choices = Choices(prefer="incoming")
    first = bring_in(out, reading, choices=choices)
    publish.undo(out)
    before = publish.current_path(out)
    assert before is not None
    assert score_of(before, "test-one") == 80
    staged = stage(out, reading, choices=choices)
    assert (staged.known_files, staged.changes_anything) == ((), True)
    again = release(out, staged)
    assert importing.compare(first, again).scores.empty
    assert importing.compare(first, again).bodies.empty


def test_what_a_release_changes(out: Path) -> None:
    before = publish.current_path(out)
    path = bring_in(out, table(row(ONE, 50), row(NEW, 70)), choices=Choices(prefer="incoming"))
    changes = importing.compare(before, path)
    assert sorted(changes.scores["state"]) == ["changed", "new"]
    assert changes.bodies["state"].tolist() == ["new"]
    moved = changes.results.iloc[0]
    assert (moved["organisation_id"], moved["overall_before"], moved["overall_after"]) == ("test-one", 80, 50)
    assert moved["grade_before"] != moved["grade_after"]
    back = importing.compare(path, before)  # type: ignore[arg-type]
    assert back.bodies["state"].tolist() == ["vanished"]


def test_many_imports_build_on_each_other(out: Path) -> None:
    for year in range(2562, 2567):
        path = bring_in(out, table(row(TWO, 60 + year - 2562, year=year), name=f"{year}.csv"))
    assert [score_of(path, "test-two", year) for year in range(2562, 2567)] == [60, 61, 62, 63, 64]
    folders = importing.folders_of(path, out)
    assert len(folders) == 6
    assert all(folder.is_dir() for folder in folders)


def test_the_shipped_dataset_takes_an_import(tmp_path: Path) -> None:
    build_warehouse(tmp_path, "published")
    path = bring_in(tmp_path, table(row("อบต.เขวาใหญ่", 70)), choices=Choices(prefer="incoming"))
    assert score_of(path, "sao-khwao-yai") == 70
    assert importing.folders_of(path, tmp_path)[0] == build.PUBLISHED


# What killed imports leave ------------------------------------------------------------


@dataclass(frozen=True)
class Litter:
    """Paths in a versions folder: what may go and what must stay."""

    gone: Sequence[Path]
    kept: Sequence[Path]


@pytest.fixture
def litter(out: Path) -> Litter:
    used = stage(out, table(row(TWO, 70)))
    release(out, used)
    publish.undo(out)  # the version left the history, but not the folder
    abandoned = stage(out, table(row(TWO, 71), name="ก.csv")).folder
    young = stage(out, table(row(TWO, 72), name="ข.csv")).folder
    unfinished, building = out / "unfinished-old.duckdb", out / "unfinished-young.duckdb"
    for path in (unfinished, building):
        path.write_bytes(b"")
    for path in (abandoned, used.folder, unfinished):
        os.utime(path, (0, 0))
    return Litter(gone=[abandoned, unfinished], kept=[young, used.folder, building])


def test_only_old_litter_that_no_version_needs_is_tidied(out: Path, litter: Litter) -> None:
    assert set(importing.tidy(out)) == set(litter.gone)
    assert not any(path.exists() for path in litter.gone)
    assert all(path.exists() for path in litter.kept)
    assert importing.tidy(out, now=time.time() + 2 * importing.FOLDER_KEPT) == [
        litter.kept[2],
        litter.kept[0],
    ]


def test_the_next_import_tidies(out: Path, litter: Litter) -> None:
    stage(out, table(row(TWO, 73), name="ค.csv"))
    assert not any(path.exists() for path in litter.gone)


def test_no_folder_goes_while_a_version_cannot_be_read(out: Path, litter: Litter) -> None:
    (out / "ita-broken.duckdb").write_bytes(b"no database" * 1000)
    assert importing.tidy(out) == [litter.gone[1]]
    assert litter.gone[0].exists()


def test_a_version_from_before_folders_were_written_down(tmp_path: Path) -> None:
    path = tmp_path / "ita-old.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE TABLE score (value DOUBLE)")
    assert importing.folders_of(path, tmp_path) == [build.PUBLISHED]


@pytest.mark.parametrize("dataset", [name for name in DATASETS if name != "published"])
def test_every_dataset_takes_an_import(
    dataset: str, warehouse_folder: Callable[[str], Path], tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(warehouse_folder(dataset), tmp_path / "out"))
    path = bring_in(folder, table(row("อบต.ทดสอบเพิ่ม", 70)))
    found: Mapping[str, int] = dict(ask(path, "SELECT source_id, COUNT(*) FROM score GROUP BY 1"))
    assert sum(one for name, one in found.items() if name.startswith("file-")) == 1
