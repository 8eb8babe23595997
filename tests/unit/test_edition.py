"""Editions and targets: what the shipped files say, and that a wrong file is refused by file and key."""

import math
import shutil
from collections import Counter
from pathlib import Path

import pytest

from ita_data.edition import (
    EDITIONS_FOLDER,
    Break,
    Edition,
    EditionError,
    Target,
    load_edition,
    load_editions,
    load_targets,
)

EDITIONS = load_editions()

SMALL = """
fiscal_year = 2569
name_th = "ปีทดสอบ"
pass_mark = 85
tolerance = 0.02
confidence_th = "ใช้ทดสอบ"
break_before.comparable = "indicator"
break_before.reason_th = "ใช้ทดสอบ"
grades = [
  { code = "good", name_th = "ผ่านดี", overall_at_least = 85, instruments_at_least = 85, passed = true, color = "#00441B" },
  { code = "pass", name_th = "ผ่าน", overall_at_least = 85, passed = true, color = "#5F7F1F" },
  { code = "fail", name_th = "ไม่ผ่าน", overall_at_least = 0, passed = false, color = "#4B1260" },
]
parts = [
  { code = "1.1", parent = "1", level = "item", scale = "binary", name_th = "ข้อแรก" },
  { code = "overall", level = "overall", confidence = "public", name_th = "คะแนนรวม", name_en = "Overall" },
  { code = "A", parent = "overall", level = "instrument", weight = 0.25, name_th = "ก" },
  { code = "B", parent = "overall", level = "instrument", weight = 0.75, name_th = "ข", respondents = ["x", "y"] },
  { code = "1", parent = "A", level = "indicator", split = "unconfirmed", name_th = "หนึ่ง" },
  { code = "2", parent = "B", level = "indicator", name_th = "สอง" },
  { code = "3", parent = "B", level = "indicator", name_th = "สาม" },
]
"""  # noqa: E501


def write(folder: Path, text: str, name: str = "2569.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_every_year_has_an_edition_oldest_first() -> None:
    assert list(EDITIONS) == list(range(2561, 2569))


@pytest.mark.parametrize(
    ("fiscal_year", "iit", "eit", "oit"),
    [
        (2561, 0, 0, 0),
        (2562, 0, 0, 0),
        (2563, 30, 15, 43),
        (2564, 30, 15, 43),
        (2565, 30, 15, 43),
        (2566, 30, 15, 43),
        (2567, 15, 9, 35),
        (2568, 15, 9, 28),
    ],
)
def test_number_of_items(fiscal_year: int, iit: int, eit: int, oit: int) -> None:
    items = Counter(part.code[0] for part in EDITIONS[fiscal_year].parts.values() if part.level == "item")
    assert (items["I"], items["E"], items["O"]) == (iit, eit, oit)


@pytest.mark.parametrize(
    ("fiscal_year", "split"),
    [
        (2563, [9, 8, 7, 4, 5, 8, 2]),
        (2566, [10, 8, 4, 4, 4, 8, 5]),
        (2567, [6, 7, 4, 4, 4, 6, 4]),
        (2568, [4, 7, 2, 3, 4, 4, 4]),
    ],
)
def test_split_of_the_disclosure_items(fiscal_year: int, split: list[int]) -> None:
    edition = EDITIONS[fiscal_year]
    subs = [part.code for part in edition.parts.values() if part.level == "sub_indicator"]
    assert subs == ["9.1", "9.2", "9.3", "9.4", "9.5", "10.1", "10.2"]
    assert [len(edition.children(code)) for code in subs] == split


def test_weights_of_the_published_calculation() -> None:
    parts = EDITIONS[2567].parts
    assert parts["overall"].weight_in_total == 1
    assert [parts[code].weight_in_total for code in ("IIT", "EIT", "OIT")] == [0.3, 0.3, 0.4]
    assert parts["1"].weight_in_total == pytest.approx(0.06)  # 0.30 / 5
    assert parts["6"].weight_in_total == pytest.approx(0.10)  # 0.30 / 3
    assert parts["10"].weight_in_total == pytest.approx(0.20)  # 0.40 / 2
    # OIT 0.40, one of 2 indicators, one of 5 sub-indicators, one of 6 items
    assert parts["O1"].weight_in_total == pytest.approx(0.40 * 1 / 2 * 1 / 5 * 1 / 6)
    assert parts["O1"].weight_in_parent == pytest.approx(1 / 6)


@pytest.mark.parametrize("edition", EDITIONS.values(), ids=map(str, EDITIONS))
def test_children_share_out_their_parent_or_have_no_weight(edition: Edition) -> None:
    for part in edition.parts.values():
        children = edition.children(part.code)
        assert all(child.parent == part.code and child.position > part.position for child in children)
        if part.split_confirmed and children:
            total = math.fsum(child.weight_in_total or math.nan for child in children)
            assert total == pytest.approx(part.weight_in_total)
        else:
            assert all(child.weight_in_parent is None for child in children)
            assert all(child.weight_in_total is None for child in children)
            assert all(not child.split_confirmed for child in children)


@pytest.mark.parametrize(
    ("fiscal_year", "weighted"),
    [
        (2561, 1),  # the overall
        (2562, 1 + 3 + 10),
        (2563, 1 + 3 + 10 + 7 + 43),  # disclosure items confirmed, survey items not
        (2566, 1 + 3 + 10 + 7),
        (2567, 1 + 3 + 10 + 7 + 59),
        (2568, 1 + 3 + 10 + 7),
    ],
)
def test_how_deep_weights_are_known(fiscal_year: int, weighted: int) -> None:
    parts = EDITIONS[fiscal_year].parts.values()
    assert sum(part.weight_in_total is not None for part in parts) == weighted


def test_tree_order_is_parents_first_and_positions_count_up() -> None:
    parts = EDITIONS[2567].parts
    assert list(parts)[:7] == ["overall", "IIT", "1", "I1", "I2", "I3", "2"]
    assert [part.position for part in parts.values()] == list(range(1, len(parts) + 1))
    assert EDITIONS[2567].root.code == "overall"
    assert [part.code for part in EDITIONS[2567].instruments] == ["IIT", "EIT", "OIT"]
    with pytest.raises(KeyError):
        EDITIONS[2567].children("O99")


def test_external_survey_is_asked_of_two_groups_from_2567() -> None:
    for fiscal_year, edition in EDITIONS.items():
        asked = {code for code, part in edition.parts.items() if part.respondents}
        external = {"EIT", "6", "7", "8", *(f"E{number}" for number in range(1, 10))}
        assert asked == (external if fiscal_year >= 2567 else set())
    assert EDITIONS[2568].parts["E9"].respondents == ("public", "survey")


def test_answer_scales_and_confidence() -> None:
    parts = EDITIONS[2567].parts
    assert {code for code, part in parts.items() if part.scale == "yes_no"} == {"I3", "I9", "E3", "E9"}
    assert (parts["I1"].scale, parts["O1"].scale, parts["9.1"].scale) == ("20", "binary", None)
    assert {part.confidence for part in parts.values()} == {"document"}
    assert EDITIONS[2563].parts["O1"].confidence == "arithmetic"
    assert EDITIONS[2563].parts["I1"].confidence == "unconfirmed"
    assert EDITIONS[2566].parts["O1"].confidence == "public"
    assert EDITIONS[2568].parts["O5"].confidence == "unconfirmed"


def test_tree_from_another_year_keeps_its_own_names() -> None:
    assert EDITIONS[2563].parts == EDITIONS[2564].parts
    changed = {code for code, part in EDITIONS[2565].parts.items() if part != EDITIONS[2564].parts[code]}
    assert changed == {"O34"}
    assert EDITIONS[2564].parts["O34"].name_th == "เจตจำนงสุจริตของผู้บริหาร"
    assert EDITIONS[2565].parts["O34"].name_th == "นโยบายไม่รับของขวัญ (No Gift Policy)"


def test_names_of_sub_indicators_follow_the_year() -> None:
    names = {year: EDITIONS[year].parts for year in (2565, 2566, 2567, 2568)}
    assert [parts["9.3"].name_th for parts in names.values()] == [
        "การบริหารเงินงบประมาณ",
        "การจัดซื้อจัดจ้าง",
        "การจัดซื้อจัดจ้าง",
        "การจัดซื้อจัดจ้าง",
    ]
    assert [year for year, parts in names.items() if parts["9.2"].name_th != "การบริหารงาน"] == [2567]


def test_breaks() -> None:
    breaks = {year: edition.break_before for year, edition in EDITIONS.items() if edition.break_before}
    assert list(breaks) == [2562, 2563, 2566, 2567, 2568]
    assert [year for year, found in breaks.items() if not found.joined] == [2562]
    assert [found.comparable for found in breaks.values()] == ["none", *["indicator"] * 4]


def test_grade_scales_and_pass_marks() -> None:
    assert (EDITIONS[2561].grades, EDITIONS[2561].pass_mark) == ((), None)
    for year in range(2562, 2566):
        floors = {grade.code: grade.overall_at_least for grade in EDITIONS[year].grades}
        assert floors == {"AA": 95, "A": 85, "B": 75, "C": 65, "D": 55, "E": 50, "F": 0}
        assert not any(grade.instruments_at_least for grade in EDITIONS[year].grades)
    for year in range(2566, 2569):
        assert [(g.code, g.overall_at_least, g.instruments_at_least) for g in EDITIONS[year].grades] == [
            ("excellent", 95, 95),
            ("good", 85, 85),
            ("pass", 85, None),
            ("improve", 70, None),
            ("urgent", 0, None),
        ]
    for year in range(2562, 2569):
        assert EDITIONS[year].pass_mark == 85
        assert all(grade.passed == (grade.overall_at_least >= 85) for grade in EDITIONS[year].grades)


def test_grade_colours_can_be_read_on_white_and_the_two_scales_share_none() -> None:
    letters = {grade.color for grade in EDITIONS[2565].grades}
    levels = {grade.color for grade in EDITIONS[2568].grades}
    assert len(letters | levels) == 7 + 5
    for color in letters | levels:
        channels = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
        luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
        assert 1.05 / (luminance + 0.05) >= 4.5, color  # WCAG contrast for text


def test_targets() -> None:
    targets = load_targets()
    assert [(target.fiscal_year, target.share) for target in targets.values()] == [
        (2565, 80), (2566, 84), (2567, 88), (2568, 92), (2569, 96), (2570, 100),
    ]  # fmt: skip
    assert [year for year, target in targets.items() if target.confirmed] == [2565]
    assert targets[2565] == Target(2565, 80, True)


def test_a_new_year_is_a_new_file(tmp_path: Path) -> None:
    folder = tmp_path / "editions"
    shutil.copytree(EDITIONS_FOLDER, folder)
    write(folder, SMALL)
    editions = load_editions(folder)
    assert list(editions) == list(range(2561, 2570))

    small = editions[2569]
    assert list(small.parts) == ["overall", "A", "1", "1.1", "B", "2", "3"]
    assert small.break_before == Break("indicator", True, "ใช้ทดสอบ")
    assert (small.parts["B"].weight_in_total, small.parts["3"].weight_in_total) == (0.75, 0.375)
    assert small.parts["1.1"].weight_in_total is None
    assert small.parts["2"].respondents == ("x", "y")
    assert (small.parts["2"].confidence, small.parts["1.1"].confidence) == ("public", "unconfirmed")
    assert (small.parts["2"].name_en, small.parts["overall"].name_en) == ("สอง", "Overall")


def test_a_file_saved_by_a_windows_editor_is_read(tmp_path: Path) -> None:
    path = tmp_path / "2569.toml"
    path.write_bytes(SMALL.replace("\n", "\r\n").encode("utf-8-sig"))
    assert load_edition(path).fiscal_year == 2569


def test_no_weight_anywhere_below_an_unconfirmed_split(tmp_path: Path) -> None:
    text = SMALL.replace('split = "unconfirmed", ', "").replace(
        'code = "A"', 'code = "A", split = "unconfirmed"'
    )
    parts = load_edition(write(tmp_path, text)).parts
    assert [code for code, part in parts.items() if part.weight_in_parent is None] == ["1", "1.1"]
    assert [code for code, part in parts.items() if part.weight_in_total is None] == ["1", "1.1"]
    assert [code for code, part in parts.items() if not part.split_confirmed] == ["A", "1", "1.1"]


WRONG = {
    "not TOML": ("pass_mark = 85", "pass_mark =", ""),
    "year is C.E.": ("fiscal_year = 2569", "fiscal_year = 2026", "fiscal_year"),
    "year is text": ("fiscal_year = 2569", 'fiscal_year = "2569"', "fiscal_year"),
    "file name is another year": ("fiscal_year = 2569", "fiscal_year = 2570", "fiscal_year"),
    "name missing": ('name_th = "ปีทดสอบ"\n', "", "name_th"),
    "name empty": ('name_th = "ปีทดสอบ"', 'name_th = " "', "name_th"),
    "unknown key": ("pass_mark = 85", "pass_mark = 85\npassmark = 85", "passmark"),
    "pass mark over 100": ("pass_mark = 85", "pass_mark = 185", "pass_mark"),
    "pass mark missing": ("pass_mark = 85\n", "", "pass_mark"),
    "tolerance below 0": ("tolerance = 0.02", "tolerance = -0.02", "tolerance"),
    "tolerance is nan": ("tolerance = 0.02", "tolerance = nan", "tolerance"),
    "tolerance is true": ("tolerance = 0.02", "tolerance = true", "tolerance"),
    "break level": ('comparable = "indicator"', 'comparable = "topic"', "break_before.comparable"),
    "break joined": ("break_before.reason_th", 'break_before.joined = "no"\nbreak_before.reason_th',
                     "break_before.joined"),
    "break unknown key": ("break_before.reason_th", "break_before.reason_en = 1\nbreak_before.reason_th",
                          "break_before.reason_en"),
    "two roots": ('level = "instrument", weight = 0.25', 'level = "overall"', "parts[A].level"),
    "another root": ('parent = "overall", level = "instrument", weight = 0.25', 'level = "overall"', "parts"),
    "parent missing": ('code = "2", parent = "B", ', 'code = "2", ', "parts[2].parent"),
    "no root": ('code = "overall", level', 'code = "overall", parent = "A", level', "parts[overall].level"),
    "orphan": ('parent = "A"', 'parent = "C"', "parts[1].parent"),
    "cycle": ('code = "1", parent = "A"', 'code = "1", parent = "1.1"', "parts[1].level"),
    "own parent": ('code = "1", parent = "A"', 'code = "1", parent = "1"', "parts[1].level"),
    "not deeper": ('code = "2", parent = "B"', 'code = "2", parent = "3"', "parts[2].level"),
    "unknown level": ('level = "item"', 'level = "question"', "parts[1.1].level"),
    "part twice": ('code = "3"', 'code = "2"', "parts[2].code"),
    "part code in Thai": ('code = "3"', 'code = "๓"', "parts[๓].code"),
    "part code missing": ('{ code = "3", ', "{ ", "parts[7].code"),
    "part unknown key": ('code = "3"', 'code = "3", wieght = 1', "parts[3].wieght"),
    "weights not 1": ("weight = 0.25", "weight = 0.26", "parts[A].weight"),
    "a weight missing": ("weight = 0.75, ", "", "parts[B].weight"),
    "weight over 1": ("weight = 0.25", "weight = 25", "parts[A].weight"),
    "weight below an unconfirmed split": ('code = "1.1"', 'code = "1.1", weight = 1', "parts[1.1].weight"),
    "split": ('split = "unconfirmed"', 'split = "confirmed"', "parts[1].split"),
    "scale": ('scale = "binary"', 'scale = "5"', "parts[1.1].scale"),
    "confidence": ('confidence = "public"', 'confidence = "sure"', "parts[overall].confidence"),
    "respondents twice": ('["x", "y"]', '["x", "x"]', "parts[B].respondents"),
    "respondents all": ('["x", "y"]', '["x", "all"]', "parts[B].respondents"),
    "respondents not codes": ('["x", "y"]', "[1, 2]", "parts[B].respondents"),
    "grades not tables": ("grades = [", "grades = [1,", "grades"),
    "parts not a list": ("parts = [", "parts = 1\nnames.x = [", "parts"),
    "names not a table": ("pass_mark = 85", "pass_mark = 85\nnames = 1", "names"),
    "parts not tables": ("parts = [", "parts = [1,", "parts"),
    "grade order": ("overall_at_least = 0,", "overall_at_least = 90,", "grades[fail].overall_at_least"),
    "grade never reached": ("instruments_at_least = 85, ", "", "grades[pass].overall_at_least"),
    "grade hole at the bottom": ("overall_at_least = 0,", "overall_at_least = 10,", "grades"),
    "grade condition at the bottom": ("at_least = 0,", "at_least = 0, instruments_at_least = 0,", "grades"),
    "grade twice": ('code = "fail"', 'code = "pass"', "grades[pass].code"),
    "grade code in Thai": ('code = "fail"', 'code = "ตก"', "grades[ตก].code"),
    "grade passes below the mark": ("passed = false", "passed = true", "grades[fail].passed"),
    "grade floor over 100": ("overall_at_least = 85, instr", "overall_at_least = 850, instr",
                             "grades[good].overall_at_least"),
    "grade colour": ("#4B1260", "purple", "grades[fail].color"),
    "grade unknown key": ("passed = false", "passed = false, colour = 1", "grades[fail].colour"),
    "tree_from and parts": ("pass_mark = 85", "pass_mark = 85\ntree_from = 2568", "tree_from"),
    "name of no part": ("pass_mark = 85", 'pass_mark = 85\nnames.O99.name_th = "x"', "names.O99"),
    "name unknown key": ("pass_mark = 85", 'pass_mark = 85\nnames.A.level = "item"', "names.A.level"),
}  # fmt: skip


@pytest.mark.parametrize(("right", "wrong", "key"), WRONG.values(), ids=WRONG)
def test_a_wrong_file_is_refused_by_file_and_key(tmp_path: Path, right: str, wrong: str, key: str) -> None:
    assert right in SMALL
    path = write(tmp_path, SMALL.replace(right, wrong, 1))
    with pytest.raises(EditionError) as refused:
        load_edition(path)
    assert str(refused.value).startswith(f"2569.toml: {key}: " if key else "2569.toml: ")


def test_instrument_floors_need_instruments_with_weights(tmp_path: Path) -> None:
    parts = 'parts = [\n  { code = "overall", level = "overall", name_th = "คะแนนรวม" },\n]\n'
    path = write(tmp_path, SMALL[: SMALL.index("parts = [")] + parts)
    with pytest.raises(EditionError, match=r"2569\.toml: grades\[good\]\.instruments_at_least: "):
        load_edition(path)


@pytest.mark.parametrize(
    ("tree_from", "other"),
    [("2560", None), ("2568", "tree_from = 2567\n")],
    ids=["no such file", "a file without a tree"],
)
def test_tree_from_needs_a_file_that_holds_a_tree(tmp_path: Path, tree_from: str, other: str | None) -> None:
    if other:
        write(tmp_path, other, f"{tree_from}.toml")
    path = write(tmp_path, SMALL[: SMALL.index("parts = [")] + f"tree_from = {tree_from}\n")
    with pytest.raises(EditionError, match=r"2569\.toml: tree_from: "):
        load_edition(path)


def test_a_file_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "2569.toml"
    path.write_bytes(SMALL.encode("cp874", errors="replace"))
    with pytest.raises(EditionError, match=r"2569\.toml: .*UTF-8"):
        load_edition(path)


def test_a_folder_without_editions_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EditionError, match=tmp_path.name):
        load_editions(tmp_path)


@pytest.mark.parametrize(
    ("targets", "key"),
    [
        ("{ fiscal_year = 2022, share = 80, confirmed = true }", "targets[1].fiscal_year"),
        ("{ fiscal_year = 2565, share = 180, confirmed = true }", "targets[1].share"),
        ("{ fiscal_year = 2565, share = 80, confirmed = 1 }", "targets[1].confirmed"),
        ("{ fiscal_year = 2565, share = 80, confirmed = true, note = 1 }", "targets[1].note"),
        (", ".join(["{ fiscal_year = 2565, share = 80, confirmed = true }"] * 2), "targets[2].fiscal_year"),
    ],
)
def test_wrong_targets_are_refused_by_file_and_key(tmp_path: Path, targets: str, key: str) -> None:
    path = write(tmp_path, f"targets = [ {targets} ]", "targets.toml")
    with pytest.raises(EditionError) as refused:
        load_targets(path)
    assert str(refused.value).startswith(f"targets.toml: {key}: ")
