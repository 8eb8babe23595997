"""The page นำเข้าข้อมูล from the file to the published version and back, and what stops on the way."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Radio

from dashboard.importing import drop, problems, recognised
from ita_data.readers.mapping import Mapping, SheetMapping
from ita_data.readers.reading import Problem
from tests import factory
from warehouse import publish
from warehouse.warehouse import Warehouse

ROOT = Path(__file__).parents[2]
HEADER = "หน่วยงาน,อำเภอ,จังหวัด,ปีงบประมาณ,คะแนน ITA,IIT,EIT,OIT\n"
NEW = HEADER + "เทศบาลตำบลทดสอบใหม่,เมือง,ขอนแก่น,2567,88.50,,,\n"
CHANGED = HEADER + "อบต.เขวาใหญ่,กันทรวิชัย,มหาสารคาม,2567,71.25,,,\n"
NAMELESS = HEADER + "เขวาใหญ่,,,2565,81.00,,,\n"
UNKNOWN = HEADER + "อบต.ทดสอบไม่ทราบที่,,,2567,80.10,,,\n"
KHWAO_YAI = "sao-khwao-yai"


@pytest.fixture
def versions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The shipped data, published in a folder of the test's own."""
    monkeypatch.setenv("ITA_WAREHOUSE", str(tmp_path))
    factory.build_warehouse(tmp_path, "published")
    return tmp_path


def open_page() -> AppTest:
    app = AppTest.from_file(str(ROOT / "dashboard/router/main.py"), default_timeout=60)
    app.switch_page(str(ROOT / "pages/data/imports.py")).run()
    app.text_input(key=drop.WHO).set_value("ผู้ทดสอบ").run()
    return app


def dropped(app: AppTest, *files: tuple[str, str]) -> AppTest:
    given = [(name, content.encode(), "application/octet-stream") for name, content in files]
    app.file_uploader[0].set_value(given).run()
    return sound(app)


def press(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click().run()
    return sound(app)


def sound(app: AppTest) -> AppTest:
    assert not app.exception
    return app


def keys(app: AppTest) -> set[str]:
    return {one.key for one in app.button}


def prefer(app: AppTest) -> Radio:
    (found,) = [one for one in app.radio if str(one.key).startswith("import_prefer_")]
    return found


def words(app: AppTest) -> str:
    elements = [*app.markdown, *app.caption, *app.info, *app.warning, *app.success, *app.error, *app.expander]
    return "\n".join(str(getattr(element, "value", None) or element.label) for element in elements).replace(
        "\\", ""
    )


def overall(folder: Path, organisation_id: str, year: int) -> float | None:
    path = publish.current_path(folder)
    assert path is not None
    opened = Warehouse(path)
    try:
        rows = opened.run("organisation_results", organisation=organisation_id)
    finally:
        opened.close()
    found = rows.loc[rows["fiscal_year"] == year, "overall"]
    return None if found.empty else float(found.iloc[0])


def test_the_empty_page_says_what_to_do(versions: Path) -> None:
    app = open_page()
    assert app.title[0].value == "นำเข้าข้อมูล"
    assert [one.value.split()[0] for one in app.subheader] == ["1", "3", "6", "7"]
    assert "2 ที่อ่านได้" in words(app)
    assert "ใช้อยู่" in words(app)


def test_a_new_body_is_published_shown_and_undone(versions: Path) -> None:
    before = publish.current_path(versions)
    app = dropped(open_page(), ("ใหม่.csv", NEW))
    assert "หน่วยงานใหม่ที่จะเพิ่มในทะเบียน" in words(app)
    press(app, "import_check")
    assert publish.current_path(versions) == before, "checking must not publish"
    assert "หน่วยงานใหม่ 1 แห่ง" in words(app)
    press(app, "import_publish")
    assert publish.current_path(versions) != before
    assert "เผยแพร่แล้ว" in words(app)
    assert "ใหม่.csv · โดย ผู้ทดสอบ" in words(app)
    bodies = Warehouse(publish.current_path(versions)).run("organisations")
    (body,) = bodies.loc[bodies["full_name_th"].str.contains("ทดสอบใหม่"), "organisation_id"]
    app.query_params["orgs"] = body
    shown = app.switch_page(str(ROOT / "pages/supervise/organisation.py")).run()
    assert any("ทดสอบใหม่" in one.value for one in (*shown.title, *shown.header, *shown.subheader))
    app.switch_page(str(ROOT / "pages/data/imports.py")).run()
    press(app, f"import_back_{before.stem.removeprefix('ita-')}")
    assert publish.current_path(versions) == before
    press(app, "import_redo")
    assert publish.current_path(versions) != before


@pytest.mark.parametrize(
    ("answer", "expected"), [("incoming", 71.25), ("current", 69.5)], ids=["new-value", "old-value"]
)
def test_a_differing_value_must_be_decided(versions: Path, answer: str, expected: float) -> None:
    app = press(dropped(open_page(), ("ต่าง.csv", CHANGED)), "import_check")
    assert "1 ค่าต่างจากที่ใช้อยู่" in words(app)
    assert "import_publish" not in keys(app)
    assert app.button(key="import_check").disabled
    prefer(app).set_value(answer).run()
    press(app, "import_check")
    press(app, "import_publish")
    assert overall(versions, KHWAO_YAI, 2567) == expected


def test_an_answer_holds_only_for_the_files_it_was_given_for(versions: Path) -> None:
    app = press(dropped(open_page(), ("ต่าง.csv", CHANGED)), "import_check")
    prefer(app).set_value("incoming").run()
    dropped(app, ("อีกไฟล์.csv", HEADER + "อบต.เขวาใหญ่,กันทรวิชัย,มหาสารคาม,2566,99.00,,,\n"))
    press(app, "import_check")
    assert "2 ค่าต่างจากที่ใช้อยู่" in words(app)
    assert prefer(app).value is None


def test_values_are_decided_one_by_one(versions: Path) -> None:
    app = press(dropped(open_page(), ("ต่าง.csv", CHANGED)), "import_check")
    prefer(app).set_value("one").run()
    assert app.button(key="import_check").disabled
    (choice,) = [one for one in app.radio if str(one.key).startswith("import_stands_")]
    assert len(choice.options) == 2
    choice.set_value(next(one for one in choice.options if one.startswith("ค่าใหม่"))).run()
    press(app, "import_check")
    press(app, "import_publish")
    assert overall(versions, KHWAO_YAI, 2567) == 71.25


def test_files_that_disagree_are_decided_one_by_one(versions: Path) -> None:
    other = NEW.replace("88.50", "77.70")
    app = press(dropped(open_page(), ("หนึ่ง.csv", NEW), ("สอง.csv", other)), "import_check")
    assert "ขัดกันเอง 1 รายการ" in words(app)
    (choice,) = [one for one in app.radio if str(one.key).startswith("import_stands_")]
    choice.set_value(next(one for one in choice.options if "77" in one)).run()
    press(app, "import_check")
    press(app, "import_publish")
    path = publish.current_path(versions)
    assert path is not None
    opened = Warehouse(path)
    bodies = opened.run("organisations")
    (one,) = bodies.loc[bodies["label_th"].str.contains("ทดสอบใหม่"), "organisation_id"]
    opened.close()
    assert overall(versions, one, 2567) == 77.7


def test_the_same_file_again_changes_nothing_and_says_so(versions: Path) -> None:
    app = press(press(dropped(open_page(), ("ใหม่.csv", NEW)), "import_check"), "import_publish")
    in_use = publish.current_path(versions)
    press(dropped(app, ("ชื่ออื่น.csv", NEW)), "import_check")
    assert "เคยนำเข้าแล้ว" in words(app)
    assert "import_publish" not in keys(app)
    assert publish.current_path(versions) == in_use


def waiting_choices(app: AppTest) -> list[Radio]:
    """The questions about names that wait from earlier imports."""
    app.session_state["import_waiting"] = True  # the foldable part is open
    sound(app.run())
    return [one for one in app.radio if str(one.key).startswith("import_answer_waiting")]


def test_a_name_waits_and_is_taken_up_later(versions: Path) -> None:
    app = dropped(open_page(), ("รอ.csv", NAMELESS))
    assert "ยังรอ 1 ชื่อ" in words(app)
    press(press(app, "import_check"), "import_publish")
    assert overall(versions, KHWAO_YAI, 2565) is None
    (question,) = [one for one in waiting_choices(app) if any("เขวาใหญ่" in option for option in one.options)]
    question.set_value(next(one for one in question.options if "เขวาใหญ่" in one)).run()
    press(press(sound(app), "import_check"), "import_publish")
    assert overall(versions, KHWAO_YAI, 2565) == 81
    assert "ระบุหน่วยงานให้ชื่อที่รออยู่" in words(app)


def test_a_waiting_name_and_a_file_are_published_together(versions: Path) -> None:
    app = dropped(open_page(), ("รอ.csv", NAMELESS))
    press(press(app, "import_check"), "import_publish")
    dropped(app, ("ใหม่.csv", NEW))
    (question,) = [one for one in waiting_choices(app) if any("เขวาใหญ่" in option for option in one.options)]
    question.set_value(next(one for one in question.options if "เขวาใหญ่" in one)).run()
    press(press(sound(app), "import_check"), "import_publish")
    assert overall(versions, KHWAO_YAI, 2565) == 81
    assert "หน่วยงานใหม่ 1 แห่ง" in words(app)


def test_an_average_is_left_out_and_named(versions: Path) -> None:
    app = dropped(open_page(), ("รวม.csv", NEW + "รวม/เฉลี่ย,,,2567,78.00,,,\n"))
    assert "ไม่นำเข้า 1 ค่าที่เป็นค่ารวมหรือค่าเฉลี่ย" in words(app) or "“รวม/เฉลี่ย”" in words(app)


@pytest.mark.parametrize("dataset", ["empty", "one_body"])
def test_the_page_on_other_data(dataset: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ITA_WAREHOUSE", str(tmp_path))
    factory.build_warehouse(tmp_path, dataset)
    sound(dropped(open_page(), ("ใหม่.csv", NEW)))


def test_a_decision_gives_the_name_its_body(versions: Path) -> None:
    app = dropped(open_page(), ("รอ.csv", HEADER + "เขวาใหญ่,,,2566,81.00,,,\n"))
    (question,) = [one for one in app.radio if str(one.key).startswith("import_answer_files")]
    candidate = next(one for one in question.options if "เขวาใหญ่" in one)
    question.set_value(candidate).run()
    sound(app)
    assert "ยังรอ 0 ชื่อ" in words(app)


def test_a_release_refuses_when_another_version_came_first(versions: Path) -> None:
    first = press(dropped(open_page(), ("ใหม่.csv", NEW)), "import_check")
    second = press(dropped(open_page(), ("รอ.csv", UNKNOWN)), "import_check")
    press(second, "import_publish")
    in_use = publish.current_path(versions)
    press(first, "import_publish")
    assert "มีผู้เผยแพร่ข้อมูลรุ่นใหม่ระหว่างที่ตรวจ" in words(first)
    assert publish.current_path(versions) == in_use
    press(press(first, "import_check"), "import_publish")
    assert publish.current_path(versions) != in_use


def test_a_cancelled_import_leaves_nothing_behind(versions: Path) -> None:
    before = sorted(
        path.name for path in versions.rglob("*") if path.suffix != ".lock" and path.name != "imports"
    )
    app = press(dropped(open_page(), ("ใหม่.csv", NEW)), "import_check")
    press(app, "import_cancel")
    after = sorted(
        path.name for path in versions.rglob("*") if path.suffix != ".lock" and path.name != "imports"
    )
    assert after == before
    assert "ใหม่.csv" not in words(app)


def test_a_file_without_a_year_asks_for_it(versions: Path) -> None:
    content = "หน่วยงาน,อำเภอ,จังหวัด,คะแนน ITA\nเทศบาลตำบลทดสอบใหม่,เมือง,ขอนแก่น,88.5\n"
    app = dropped(open_page(), ("ไม่มีปี.csv", content))
    (year,) = [one for one in app.selectbox if one.label.startswith("ปีงบประมาณของไฟล์นี้")]
    year.set_value(2567).run()
    sound(app)
    assert "อ่านได้ 1 คะแนน" in words(app)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("ว่าง.csv", ""),
        ("ปลอม.xlsx", "ไม่ใช่ตาราง"),
        ("<img src=x onerror=alert(1)>.csv", "ก,ข\n<b>x</b>,=1+1\n"),
        ("../../etc/passwd.csv", HEADER + "<script>alert(1)</script>,,,๒๕๖๗,1e9,,,\n"),
        ("อ้างสูตร.csv", HEADER + '"=HYPERLINK(""http://x"",""y"")",,,2567,80,,,\n'),
    ],
    ids=["empty", "wrong-kind", "html-name", "path-name", "formula-name"],
)
def test_a_bad_file_gets_its_message_and_changes_nothing(versions: Path, name: str, content: str) -> None:
    before = publish.current_path(versions)
    app = dropped(open_page(), (name, content))
    raw = [one.value for one in [*app.markdown, *app.caption, *app.error, *app.warning]]
    assert not any("<img" in one.replace("\\<", "") or "<script" in one.replace("\\<", "") for one in raw)
    assert publish.current_path(versions) == before


def test_a_mapping_is_kept_without_the_year() -> None:
    said = Mapping("x", (SheetMapping("ผล 2567", {"รวมทั้งสิ้น": "part:overall"}, {"IIT": "weighted"}, 2567),))
    (kept,) = recognised.lasting(said).sheets
    assert (kept.fiscal_year, kept.sheet, kept.columns) == (None, "*", {"รวมทั้งสิ้น": "part:overall"})


@pytest.mark.parametrize("name", ["../x", "a/b", "CON"])
def test_a_mapping_under_a_bad_name_is_refused_in_words(name: str, versions: Path) -> None:
    app = dropped(open_page(), ("ใหม่.csv", NEW))
    (field,) = [one for one in app.text_input if one.label.startswith("บันทึกการจับคู่")]
    field.set_value(name)
    next(one for one in app.button if one.label == "บันทึก").click().run()
    assert "ใช้ไม่ได้" in words(sound(app))
    assert list(versions.rglob("*.json")) == [versions / publish.POINTER]


def test_a_mapping_is_saved_and_applied(versions: Path) -> None:
    app = dropped(open_page(), ("ใหม่.csv", NEW))
    (field,) = [one for one in app.text_input if one.label.startswith("บันทึกการจับคู่")]
    field.set_value("ตาราง ITAS (จังหวัด)")
    next(one for one in app.button if one.label == "บันทึก").click().run()
    assert "บันทึกการจับคู่ “ตาราง ITAS (จังหวัด)” แล้ว" in words(sound(app))
    (choice,) = [one for one in app.selectbox if one.label == "ใช้การจับคู่ที่บันทึกไว้"]
    choice.set_value("ตาราง ITAS (จังหวัด)")
    next(one for one in app.button if one.label == "ใช้การจับคู่นี้").click().run()
    assert "อ่านได้ 1 คะแนน" in words(sound(app))


def test_a_correction_keeps_what_was_not_touched() -> None:
    said = Mapping("", (SheetMapping("ก", {"a": "name", "b": "ignore"}), SheetMapping("ข", {"c": "name"})))
    done = recognised.corrected(said, 0, {"b": "part:overall"}, {"IIT": "weighted"})
    assert done.sheets[0].columns == {"a": "name", "b": "part:overall"}
    assert done.sheets[0].scale == {"IIT": "weighted"}
    assert done.sheets[1] == said.sheets[1]


def test_problems_to_be_mended_come_first() -> None:
    found = [Problem("info", "a", "x", "ก", "ข"), Problem("error", "b", "x", "ค", "ง", row=3, value="\ud800")]
    frame = problems.frame_of(found)
    assert list(frame["ระดับ"]) == ["ต้องแก้", "แจ้งให้ทราบ"]
    assert frame["ค่าในไฟล์"][0] == "?"


REGISTER = (
    "ชื่อหน่วยงาน,ประเภท,อำเภอ,จังหวัด,รหัส\n"
    "ทดสอบหนึ่ง,อบต.,บรบือ,มหาสารคาม,9440101\n"
    "ทดสอบไร้คะแนน,อบต.,บรบือ,มหาสารคาม,9440102\n"
)
SHORT = HEADER + "อบต.ทดสอบหนึ่ง,,มหาสารคาม,2567,81.00,,,\n"


def choice(app: AppTest) -> Radio:
    (found,) = [one for one in app.radio if str(one.key).startswith("import_answer_files_")]
    return found


def test_an_answer_goes_with_the_register_it_names_a_body_of(versions: Path) -> None:
    app = dropped(open_page(), ("ทะเบียน.csv", REGISTER), ("คะแนน.csv", SHORT))
    assert "มหาสารคาม" in choice(app).options[0]
    choice(app).set_value(choice(app).options[0]).run()
    assert "ยังรอ 0 ชื่อ" in words(app)
    register = next(one for one in app.button if str(one.key).startswith("import_out_"))
    register.click().run()
    assert "ยังรอ 1 ชื่อ" in words(sound(app))
    press(app, "import_check")
    press(app, "import_publish")
    assert overall(versions, KHWAO_YAI, 2567) == 69.5
    path = publish.current_path(versions)
    assert path is not None
    opened = Warehouse(path)
    assert "อบต.ทดสอบหนึ่ง" in set(opened.run("waiting_names")["name_th"])
    opened.close()


def test_a_person_says_what_a_file_is(versions: Path) -> None:
    app = dropped(open_page(), ("ตาราง.csv", CHANGED))
    (kind,) = [one for one in app.selectbox if one.label == "ไฟล์นี้คือ"]
    kind.set_value(True).run()
    assert "ทะเบียน 1 แห่ง ใน 1 จังหวัด" in words(sound(app))
    assert "import_check" not in keys(app), "a register alone changes nothing"
    (complete,) = [one for one in app.radio if str(one.key).startswith("import_complete_")]
    assert complete.value is False
    complete.set_value(True).run()
    (kind,) = [one for one in app.selectbox if one.label == "ไฟล์นี้คือ"]
    kind.set_value(False).run()
    assert "อ่านได้ 1 คะแนน" in words(sound(app))
