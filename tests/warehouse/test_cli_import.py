"""The command line of imports: what it publishes, when it refuses, and what a script can rely on."""

import json
import os
import shutil
import stat
from pathlib import Path
from typing import Any

import duckdb
import pytest

from ita_data.readers.mapping import Mapping, MappingError, SheetMapping
from tests.factory import body, score, source, write_dataset
from warehouse import build, import_command, importing, mappings, publish
from warehouse.__main__ import main

HEADER = "หน่วยงาน,อำเภอ,จังหวัด,ปีงบประมาณ,คะแนน ITA"
PLACE = "กันทรวิชัย,มหาสารคาม"
NEW = f"อบต.ทดสอบใหม่,{PLACE},2567,70"
CHANGED = f"อบต.ทดสอบหนึ่ง,{PLACE},2567,85"
NOWHERE = "อบต.ทดสอบไม่มีที่,,,2567,66"
BROKEN = f"อบต.ทดสอบหนึ่ง,{PLACE},2566,101"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built")
    data = write_dataset(
        folder / "data",
        sources=[source()],
        organisations=[body("test-one", "ทดสอบหนึ่ง", district_th="กันทรวิชัย")],
        scores=[score("test-one", 2567, "overall", 80)],
    )
    publish.publish(build.build([data], out=folder / "out"), folder / "out")
    return folder / "out"


@pytest.fixture
def out(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = Path(shutil.copytree(built, tmp_path / "out"))
    monkeypatch.setenv("ITA_WAREHOUSE", str(folder))
    return folder


class Shell:
    """Runs a command and keeps what it printed."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self.capsys = folder, capsys

    def write(self, *rows: str, name: str = "ทดสอบ.csv", header: str = HEADER) -> str:
        path = self.folder / name
        path.write_text("\n".join([header, *rows, ""]), encoding="utf-8")
        return str(path)

    def __call__(self, *arguments: str) -> tuple[int, str, str]:
        try:
            code = main(arguments)
        except SystemExit as stop:  # argparse
            code = int(stop.code or 0)
        said = self.capsys.readouterr()
        return code, said.out, said.err


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    return Shell(tmp_path, capsys)


def asked(path: Path, sql: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(path), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def snapshot(folder: Path) -> dict[str, bytes | None]:
    return {
        str(one.relative_to(folder)): one.read_bytes() if one.is_file() else None for one in folder.rglob("*")
    }


# 0: published ------------------------------------------------------------


def test_a_good_file_is_published(out: Path, shell: Shell) -> None:
    before = publish.current_path(out)
    code, summary, said = shell("import", shell.write(NEW), "--who", "ผู้ทดสอบ")
    after = publish.current_path(out)
    assert code == 0
    assert after != before
    assert after is not None
    build_id = after.stem.removeprefix("ita-")
    assert summary.split()[:3] == ["published", build_id, "new=1"]
    assert "ทดสอบใหม่" in said
    assert [one.build_id for one in publish.versions(out) if one.current] == [build_id]


def test_the_same_file_again_says_that_nothing_changes(out: Path, shell: Shell) -> None:
    file = shell.write(NEW)
    shell("import", file)
    before = snapshot(out)
    code, summary, said = shell("import", file)
    assert (code, summary.split()[0]) == (0, "unchanged")
    assert "นำเข้าไฟล์นี้แล้ว" in said
    assert snapshot(out) == before


def test_names_that_wait_are_counted_and_no_refusal(out: Path, shell: Shell) -> None:
    code, summary, said = shell("import", shell.write(NEW, NOWHERE))
    assert code == 0
    assert "waiting=1" in summary.split()
    assert "อบต.ทดสอบไม่มีที่" in said


def test_quarantine_lists_and_resolve_takes_up(out: Path, shell: Shell) -> None:
    shell("import", shell.write(NOWHERE))
    code, listed, _ = shell("quarantine")
    assert code == 0
    source_id, name, figures, years, *_ = listed.rstrip("\n").split("\t")
    assert (name, figures, years) == ("อบต.ทดสอบไม่มีที่", "1", "2567")
    assert json.loads(shell("quarantine", "--json")[1])[0]["source_id"] == source_id
    before = publish.current_path(out)
    assert shell("resolve", source_id, "อบต.ทดสอบอื่น", "test-one")[0] == 1
    assert shell("resolve", "file-0", name, "test-one")[0] == 1
    assert shell("resolve", source_id, name, "nobody")[0] == 1
    assert publish.current_path(out) == before
    code, build_id, _ = shell("resolve", source_id, name, "test-one")
    assert code == 0
    assert publish.current_path(out) == publish.version_path(out, build_id.strip())
    assert shell("quarantine")[1] == ""
    assert shell("resolve", source_id, name, "test-one")[0] == 1  # no longer waiting


def test_names_written_alike_are_told_apart_by_what_is_said_beside_them(out: Path, shell: Shell) -> None:
    file = shell.write("อบต.ทดสอบซ้ำ,ทดสอบเหนือ,,2567,61", "อบต.ทดสอบซ้ำ,ทดสอบใต้,,2567,62")
    shell("import", file)
    lines = [line.split("\t") for line in shell("quarantine")[1].splitlines()]
    assert [line[6:] for line in lines] == [["", "ทดสอบเหนือ", "", ""], ["", "ทดสอบใต้", "", ""]]
    source_id = lines[0][0]
    before = publish.current_path(out)
    code, _, said = shell("resolve", source_id, "อบต.ทดสอบซ้ำ", "test-one")
    assert code == 1
    assert all(word in said for word in ("ทดสอบเหนือ", "ทดสอบใต้", "--district"))
    assert publish.current_path(out) == before
    assert shell("resolve", source_id, "อบต.ทดสอบซ้ำ", "test-one", "--district", "ทดสอบกลาง")[0] == 1
    assert shell("resolve", source_id, "อบต.ทดสอบซ้ำ", "test-one", "--district", "ทดสอบใต้")[0] == 0
    assert [line.split("\t")[7] for line in shell("quarantine")[1].splitlines()] == ["ทดสอบเหนือ"]


def test_a_year_given_beside_the_table(out: Path, shell: Shell) -> None:
    file = shell.write(f"อบต.ทดสอบหนึ่ง,{PLACE},75", header="หน่วยงาน,อำเภอ,จังหวัด,คะแนน ITA")
    assert shell("import", file)[0] == 1
    assert shell("import", file, "--year", "2565")[0] == 0


# 3: decisions ------------------------------------------------------------


@pytest.mark.parametrize(
    ("prefer", "code", "value"), [(None, 3, 80), ("current", 0, 80), ("incoming", 0, 85)], ids=str
)
def test_figures_that_differ(out: Path, shell: Shell, prefer: str | None, code: int, value: float) -> None:
    before = snapshot(out)
    given = [shell.write(NEW, CHANGED), *(["--prefer", prefer] if prefer else [])]
    found, summary, said = shell("import", *given)
    assert found == code
    if code:
        assert summary.split()[0] == "undecided"
        assert "undecided=1" in summary.split()
        assert all(word in said for word in ("test-one", "2567", "80", "85", "แถว 3 คอลัมน์ E", "--prefer"))
        assert snapshot(out) == before
    else:
        current = publish.current_path(out)
        changed = importing.compare(out / next(name for name in before if name.endswith("duckdb")), current)  # type: ignore[arg-type]
        after = dict(zip(changed.scores["organisation_id"], changed.scores["value_after"], strict=True))
        assert after.get("test-one", 80) == value


def test_files_that_disagree_are_not_decided_by_a_preference(out: Path, shell: Shell) -> None:
    files = shell.write(NEW, name="ก.csv"), shell.write(NEW + ".5", name="ข.csv")
    code, _, said = shell("import", *files, "--prefer", "incoming")
    assert code == 3
    assert "ขัดกันเอง" in said


def test_cells_that_cannot_be_read_stop_an_import_unless_skipped(out: Path, shell: Shell) -> None:
    file, before = shell.write(NEW, BROKEN), snapshot(out)
    code, _, said = shell("import", file)
    assert code == 3
    assert snapshot(out) == before
    (line,) = [line for line in said.splitlines() if "101" in line]
    place = line.split(" · ")
    assert place[:3] == ["ผิด: ทดสอบ.csv", "แถว 3", "คอลัมน์ E"]
    assert len(place) == 6  # value, what, do
    assert shell("import", file, "--skip-errors")[0] == 0


DOCUMENT = """# รายงานผลการประเมินคุณธรรมและความโปร่งใส ประจำปีงบประมาณ พ.ศ. 2566

องค์การบริหารส่วนตำบลทดสอบลึกลับ

ผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2566 ได้คะแนนรวม 82.50 คะแนน
"""


def test_a_document_of_nobody_known_needs_a_decision(out: Path, shell: Shell) -> None:
    path = shell.folder / "รายงาน.md"
    path.write_text(DOCUMENT, encoding="utf-8")
    before = snapshot(out)
    code, summary, said = shell("import", str(path))
    assert (code, summary.split()[0]) == (3, "undecided")
    assert "รายงาน.md" in said
    assert snapshot(out) == before


def test_a_script_says_whose_a_document_is(out: Path, shell: Shell) -> None:
    path = shell.folder / "รายงาน.md"
    path.write_text(DOCUMENT, encoding="utf-8")
    before = snapshot(out)
    assert shell("import", str(path), "--body", "nobody")[0] == 1
    assert snapshot(out) == before
    code, summary, _ = shell("import", str(path), "--body", "test-one", "--who", "ผู้ทดสอบ")
    assert (code, summary.split()[0]) == (0, "published")
    current = publish.current_path(out)
    assert current is not None
    found = asked(
        current,
        "SELECT s.organisation_id, s.value, f.imported_by, f.imported_at IS NOT NULL FROM score AS s"
        " JOIN source AS f USING (source_id) WHERE s.fiscal_year = 2566",
    )
    assert found == [("test-one", 82.5, "ผู้ทดสอบ", True)]


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param([NEW, NOWHERE], id="several"),
        pytest.param([f"อบต.ทดสอบหนึ่ง,{PLACE},2566,70"], id="of-another-for-certain"),
    ],
)
def test_files_that_are_not_of_the_body_said_are_refused(out: Path, shell: Shell, rows: list[str]) -> None:
    shell("import", shell.write(NEW, name="ก่อน.csv"))
    current = publish.current_path(out)
    assert current is not None
    ((new,),) = asked(current, "SELECT organisation_id FROM organisation WHERE name_th = 'ทดสอบใหม่'")
    code, summary, _ = shell("import", shell.write(*rows), "--body", new)
    assert (code, summary.split()[0]) == (1, "refused")
    assert publish.current_path(out) == current


# A register ------------------------------------------------------------

REGISTER_HEADER = "ชื่อหน่วยงาน,ประเภท,อำเภอ,จังหวัด,รหัส"
LISTED = [
    "ทดสอบหนึ่ง,อบต.,กันทรวิชัย,มหาสารคาม,9440101",
    "ทดสอบทะเบียน,อบต.,บรบือ,มหาสารคาม,9440201",
    "ทดสอบไร้คะแนน,อบต.,บรบือ,มหาสารคาม,9440202",
]
SHORT = "อบต.ทดสอบทะเบียน,,มหาสารคาม,2567,70"


def test_names_are_matched_with_a_register_that_is_said_to_be_complete(out: Path, shell: Shell) -> None:
    register = shell.write(*LISTED, name="ทะเบียน.csv", header=REGISTER_HEADER)
    file = shell.write(SHORT)
    assert "waiting=1" in shell("import", file, "--register", register, "--dry-run")[1].split()
    code, summary, _ = shell("import", file, "--register", register, "--complete-register")
    assert code == 0
    assert "waiting=0" in summary.split()
    current = publish.current_path(out)
    assert current is not None
    made = asked(current, "SELECT name_th, district_th, note_th FROM organisation ORDER BY name_th")
    assert made == [("ทดสอบทะเบียน", "บรบือ", "รหัสในทะเบียน 9440201"), ("ทดสอบหนึ่ง", "กันทรวิชัย", None)]


def test_a_register_with_a_row_that_cannot_be_read(out: Path, shell: Shell) -> None:
    register = shell.write(*LISTED, "ทดสอบไม่มีชนิด,,,มหาสารคาม,1", name="ท.csv", header=REGISTER_HEADER)
    given = ["import", shell.write(SHORT, NEW), "--register", register, "--complete-register"]
    before = snapshot(out)
    code, _, said = shell(*given)
    assert code == 3
    assert "ทดสอบไม่มีชนิด" in said
    assert snapshot(out) == before
    code, summary, _ = shell(*given, "--skip-errors")
    assert code == 0
    assert "waiting=1" in summary.split()  # a register with a hole proves nothing


def test_a_register_without_bodies_is_refused(out: Path, shell: Shell) -> None:
    before = snapshot(out)
    for register in (shell.write("ก,ข", name="ท.csv", header="ชื่อ,สกุล"), str(shell.folder / "ไม่มี.csv")):
        code, summary, _ = shell("import", shell.write(NEW), "--register", register, "--skip-errors")
        assert (code, summary.split()[0]) == (1, "refused")
    assert snapshot(out) == before


def test_a_register_among_the_files_is_named(out: Path, shell: Shell) -> None:
    register = shell.write(*LISTED, name="ทะเบียน.csv", header=REGISTER_HEADER)
    code, _, said = shell("import", register)
    assert code == 1
    assert "--register" in said


# 1: refused ------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"PK\x03\x04broken", id="damaged"),
        pytest.param(b"a\x00b", id="nul"),
        pytest.param("ก,ข\n1,2\n".encode(), id="no-table"),
        pytest.param(f"{HEADER}\n{BROKEN}\n".encode(), id="nothing-but-errors"),
    ],
)
def test_a_file_that_cannot_be_read_stops_all_files(out: Path, shell: Shell, content: bytes) -> None:
    path = shell.folder / "เสีย.csv"
    path.write_bytes(content)
    before = snapshot(out)
    code, summary, said = shell("import", shell.write(NEW), str(path), "--skip-errors")
    assert (code, summary.split()[0]) == (1, "refused")
    assert "เสีย.csv" in said
    assert snapshot(out) == before


@pytest.mark.parametrize("name", ["ไม่มี.csv", ".", "\x00"], ids=["missing", "folder", "nul"])
def test_a_path_that_is_no_file(out: Path, shell: Shell, name: str) -> None:
    assert shell("import", str(shell.folder / name))[0] == 1


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="needs a file its reader may not open")
def test_a_file_nobody_may_open(out: Path, shell: Shell) -> None:
    file = Path(shell.write(NEW))
    file.chmod(stat.S_IWUSR)
    assert shell("import", str(file))[0] == 1


def test_a_file_too_large_is_not_even_loaded(
    out: Path, shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_command.files, "MAX_BYTES", 10)
    code, _, said = shell("import", shell.write(NEW))
    assert code == 1
    assert "ใหญ่" in said


def test_a_publish_in_between_refuses(out: Path, shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    prepare = importing.prepare

    def slow(folder: Path, **options: Any) -> str:
        build_id = prepare(folder, **options)
        publish.publish(build.build([], out=out), out)
        return build_id

    monkeypatch.setattr(importing, "prepare", slow)
    code, summary, said = shell("import", shell.write(NEW))
    assert (code, summary) == (1, "")
    assert "รุ่นใหม่" in said
    assert len(publish.versions(out)) == 2  # ours was discarded
    assert not (out / importing.IMPORTS).exists()


def test_without_a_warehouse(tmp_path: Path, shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ITA_WAREHOUSE", str(tmp_path / "nothing"))
    for command in (["import", shell.write(NEW)], ["quarantine"], ["resolve", "a", "b", "c"]):
        code, _, said = shell(*command)
        assert (code, said.strip()) == (1, import_command.NO_WAREHOUSE)
    assert not (tmp_path / "nothing").exists()


# 2: wrong usage ------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param([], id="no-files"),
        pytest.param(["x.csv", "--year", "2024"], id="common-era"),
        pytest.param(["x.csv", "--year", "2567.5"], id="half-a-year"),
        pytest.param(["x.csv", "--prefer", "best"], id="unknown-preference"),
        pytest.param(["x.csv", "--complete-register"], id="complete-without-a-register"),
        pytest.param(["x.csv", "--mapping", "ไม่มี"], id="no-such-mapping"),
        pytest.param(["x.csv", "--mapping", "../current"], id="a-path-for-a-name"),
    ],
)
def test_wrong_usage(out: Path, shell: Shell, arguments: list[str]) -> None:
    before = snapshot(out)
    assert shell("import", *arguments)[0] == 2
    assert snapshot(out) == before


# What scripts read ------------------------------------------------------------


def test_a_dry_run_says_what_would_change_and_leaves_no_trace(out: Path, shell: Shell) -> None:
    before = snapshot(out)
    code, summary, said = shell("import", shell.write(NEW, NOWHERE), "--dry-run")
    assert (code, summary.split()[0]) == (0, "dry-run")
    assert "หน่วยงานใหม่ 1" in said
    assert snapshot(out) == before


def test_the_summary_as_json(out: Path, shell: Shell) -> None:
    file = shell.write(NEW, NOWHERE, CHANGED)
    code, text, _ = shell("import", file, "--json")
    summary = json.loads(text)
    assert (code, summary["exit_code"], summary["outcome"]) == (3, 3, "undecided")
    assert summary["figures"] == {"new": 1, "changed": 1, "unchanged": 0, "conflict": 0, "repeated": 0}
    assert [one["value"] for one in summary["undecided"]] == [85.0]
    assert [one["name"] for one in summary["waiting_names"]] == ["อบต.ทดสอบไม่มีที่"]
    code, text, _ = shell("import", file, "--json", "--prefer", "incoming")
    summary = json.loads(text)
    assert code == 0
    assert publish.version_path(out, summary["build_id"]) == publish.current_path(out)
    assert summary["scores"] == {"changed": 1, "new": 1}
    assert summary["files"][0]["kind"] == "csv"


def test_nothing_in_a_file_steers_the_terminal(out: Path, shell: Shell) -> None:
    file = shell.write(f'"อบต.ทดสอบ\x1b[31m\u202e",{PLACE},2567,70', f"อบต.ทดสอบหนึ่ง,{PLACE},2566,\x1b]0;x")
    _, text, said = shell("import", file)
    assert "\x1b" not in text + said
    assert "\u202e" not in text + said


# Mappings ------------------------------------------------------------


def test_a_saved_mapping_is_used(out: Path, shell: Shell) -> None:
    file = shell.write(f"อบต.ทดสอบหนึ่ง,{PLACE},75", header="หน่วยรับตรวจทดสอบ,อำเภอ,จังหวัด,ผลทดสอบ")
    assert shell("import", file)[0] == 1
    columns = {"หน่วยรับตรวจทดสอบ": "name", "ผลทดสอบ": "part:overall"}
    mappings.save(Mapping("แบบทดสอบ", (SheetMapping(columns=columns, fiscal_year=2566),)))
    assert shell("import", file, "--mapping", "แบบทดสอบ")[0] == 0


def test_mappings_are_kept_and_found(tmp_path: Path) -> None:
    one = Mapping("แบบ ITAS (1)", (SheetMapping(columns={"ก": "name"}),))
    mappings.save(Mapping("ก่อนหน้า"), tmp_path)
    mappings.save(one, tmp_path)
    mappings.save(one, tmp_path)
    assert mappings.names(tmp_path) == ["ก่อนหน้า", "แบบ ITAS (1)"]
    assert mappings.load("  แบบ ITAS (1) ", tmp_path) == one
    assert sorted(path.suffix for path in (tmp_path / mappings.FOLDER).iterdir()) == [".json", ".json"]
    mappings.delete("แบบ ITAS (1)", tmp_path)
    mappings.delete("แบบ ITAS (1)", tmp_path)
    assert mappings.names(tmp_path) == ["ก่อนหน้า"]


def test_a_broken_mapping_says_so(tmp_path: Path) -> None:
    path = mappings.save(Mapping("ทดสอบ"), tmp_path)
    for content in (b"{", b"\xff\xfe", b'{"version": 9}'):
        path.write_bytes(content)
        with pytest.raises(MappingError):
            mappings.load("ทดสอบ", tmp_path)


@pytest.mark.parametrize(
    "name",
    [
        "",
        " ",
        ".",
        "..",
        ".hidden",
        "a/b",
        "a\\b",
        "../a",
        "a..b",
        "con",
        "NUL.x",
        "a\x00",
        "a/",
        "a\n/",
        "a.",
        "ก" * 61,
        "a:b",
        "่ก่",
    ],
)
def test_names_no_mapping_can_have(tmp_path: Path, name: str) -> None:
    for act in (lambda: mappings.save(Mapping(name), tmp_path), lambda: mappings.load(name, tmp_path)):
        with pytest.raises(MappingError):
            act()
    assert list(tmp_path.rglob("*")) == []
