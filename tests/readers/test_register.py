"""Registers of bodies as files: which files are one, and the bodies they hold."""

import io
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from ita_data import edition
from ita_data.readers.files import open_file
from ita_data.readers.matching import Mention, Register
from ita_data.readers.reading import Problem
from ita_data.readers.register import looks_like_register, open_register

EDITIONS = edition.load_editions()
REAL = Path(__file__).parents[3] / "shared" / "reference" / "lao_2020.csv"
HEADER = "ชื่อหน่วยงาน,ประเภท,อำเภอ,จังหวัด,รหัส"
ROWS = [
    "ทดสอบหนึ่ง,อบต.,กันทรวิชัย,มหาสารคาม,9440101",
    "ทดสอบสอง,เทศบาลตำบล,เมือง,ขอนแก่น,9400101",
]
BODIES = {
    ("sao", "ทดสอบหนึ่ง", "กันทรวิชัย", "มหาสารคาม"),
    ("thesaban_tambon", "ทดสอบสอง", "เมืองขอนแก่น", "ขอนแก่น"),
}


def text(*rows: str, header: str = HEADER) -> bytes:
    return "\n".join([header, *rows, ""]).encode()


def bodies(register: Register) -> set[tuple[str, str, str | None, str | None]]:
    return {(one.type, one.name_th, one.district_th, one.province_th) for one in register.bodies}


def opened(content: bytes, complete: bool = False) -> tuple[Register, tuple[Problem, ...]]:
    return open_register(
        open_file(content, f"ทะเบียน.{'xlsx' if content.startswith(b'PK') else 'csv'}"), complete=complete
    )


def recognised(content: bytes) -> bool:
    return looks_like_register(
        open_file(content, f"ทะเบียน.{'xlsx' if content.startswith(b'PK') else 'csv'}"), EDITIONS
    )


def workbook() -> bytes:
    """Two sheets, one per province, with a title above and the district merged over its bodies."""
    book = openpyxl.Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for province, names in (("มหาสารคาม", ("ทดสอบก", "ทดสอบข")), ("ขอนแก่น", ("ทดสอบค",))):
        sheet = book.create_sheet(province)
        sheet.append([f"รายชื่อองค์กรปกครองส่วนท้องถิ่น {province}"])
        sheet.append([])
        sheet.append(["ลำดับ", "ชื่อ อปท.", "อำเภอ", "จังหวัด", "รหัส อปท."])
        for number, name in enumerate(names, 1):
            sheet.append(
                [number, f"อบต.{name}", "บรบือ" if number == 1 else None, province, 9_000_000 + number]
            )
        if len(names) > 1:
            sheet.merge_cells("C4:C5")
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(text(*ROWS), id="csv"),
        pytest.param(text(*ROWS).decode().encode("cp874"), id="cp874"),
        pytest.param(("ทะเบียนทดสอบ\n\n" + text(*ROWS).decode()).replace(",", ";").encode(), id="title-above"),
        pytest.param(
            text(
                *(f"{number},{row}" for number, row in enumerate(ROWS, 1)),
                header=f"ที่,{HEADER.replace('ชื่อหน่วยงาน', 'รายชื่อ อปท.')}",
            ),
            id="numbered",
        ),
        pytest.param(
            text(*ROWS, header="name_th,type_th,amphoe_th,province_th,dla_code_2017"), id="english-headings"
        ),
    ],
)
def test_a_register_is_recognised_and_read(content: bytes) -> None:
    assert recognised(content)
    register, problems = opened(content)
    assert [one.severity for one in problems if one.severity != "info"] == []
    assert bodies(register) == BODIES
    assert {code for one in register.bodies for code in register.codes_of(one.organisation_id)} == {
        "9440101",
        "9400101",
    }


def test_a_workbook_with_a_sheet_for_every_province() -> None:
    register, problems = opened(workbook(), complete=True)
    assert recognised(workbook())
    assert problems == ()
    assert bodies(register) == {
        ("sao", "ทดสอบก", "บรบือ", "มหาสารคาม"),
        ("sao", "ทดสอบข", "บรบือ", "มหาสารคาม"),
        ("sao", "ทดสอบค", "บรบือ", "ขอนแก่น"),
    }
    assert register.complete == {"มหาสารคาม", "ขอนแก่น"}


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty"),
        pytest.param(
            text("อบต.ทดสอบ,กันทรวิชัย,มหาสารคาม,70", header="หน่วยงาน,อำเภอ,จังหวัด,คะแนน ITA"), id="scores"
        ),
        pytest.param(
            text("อบต.ทดสอบ,กันทรวิชัย,มหาสารคาม,", header="หน่วยงาน,อำเภอ,จังหวัด,คะแนน ITA"), id="template"
        ),
        pytest.param(
            text("อบต.ทดสอบ,กันทรวิชัย,มหาสารคาม,70.25", header="หน่วยงาน,อำเภอ,จังหวัด,ผลทดสอบ"),
            id="unknown-scores",
        ),
        pytest.param(text("อบต.ทดสอบ,มหาสารคาม", header="หน่วยงาน,จังหวัด"), id="names-and-provinces"),
        pytest.param(text("ก,ข", header="ชื่อ,สกุล"), id="people"),
        pytest.param("# รายงาน\n\nอบต.ทดสอบ".encode(), id="document"),
    ],
)
def test_what_is_no_register_for_certain_is_not_taken_for_one(content: bytes) -> None:
    assert not recognised(content)


def test_a_person_may_call_a_table_of_scores_a_register() -> None:
    register, problems = opened(
        text("อบต.ทดสอบหนึ่ง,กันทรวิชัย,มหาสารคาม,70", header="หน่วยงาน,อำเภอ,จังหวัด,คะแนน ITA")
    )
    assert bodies(register) == {("sao", "ทดสอบหนึ่ง", "กันทรวิชัย", "มหาสารคาม")}
    assert problems == ()


def test_rows_that_are_no_bodies_are_named_and_the_register_is_not_complete() -> None:
    register, problems = opened(text(*ROWS, "", "รวมทั้งสิ้น,,,,2"), complete=True)
    assert bodies(register) == BODIES
    assert [(one.code, one.row) for one in problems] == [
        ("register_row_not_read", 5),
        ("register_not_complete", None),
    ]
    assert register.complete == frozenset()
    assert register.resolve(Mention("อบต.ทดสอบหนึ่ง", province="มหาสารคาม")).status == "ambiguous"
    whole, _ = opened(text(*ROWS), complete=True)
    assert whole.resolve(Mention("อบต.ทดสอบหนึ่ง", province="มหาสารคาม")).status == "matched"


def test_a_cell_without_a_value_is_no_blank() -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(HEADER.split(","))
    sheet.append(["ทดสอบหนึ่ง", "อบต.", "=A9", "มหาสารคาม", 1])
    content = io.BytesIO()
    book.save(content)
    register, problems = opened(content.getvalue())
    assert register.bodies == ()
    assert [(one.code, one.row) for one in problems] == [("register_row_not_read", 2)]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04x", b"a\x00b", "ก,ข\n1,2\n".encode()])
def test_what_cannot_be_read_is_a_problem(content: bytes) -> None:
    register, problems = opened(content, complete=True)
    assert register.bodies == ()
    assert [one for one in problems if one.severity == "error"]


def test_a_register_too_long_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ita_data.readers.register.MOST_BODIES", 1)
    register, problems = opened(text(*ROWS))
    assert register.bodies == ()
    assert [one.code for one in problems] == ["register_too_long"]


@pytest.mark.skipif(not REAL.exists(), reason="the real register is not part of the project")
def test_the_real_register_resolves_every_body_to_itself() -> None:
    content = REAL.read_bytes()
    assert recognised(content)
    register, problems = opened(content)
    assert len(register.bodies) == len(pd.read_csv(REAL)) == 7850
    assert problems == ()
    for one in register.bodies:
        found = register.resolve(Mention(one.full_name_th, None, one.district_th, one.province_th))
        assert found.organisation_id == one.organisation_id
