"""Names find their bodies however they are written, and never another body."""

import json
import random
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks import matching as benchmark
from ita_data import organisation
from ita_data.organisation import Organisation
from ita_data.readers.matching import LONGEST_NAME, Mention, Register, Resolution, new_id, read_register

REGISTER_OF_2020 = Path(__file__).parents[3] / "shared" / "reference" / "lao_2020.csv"
PUBLISHED = Path(organisation.__file__).parent / "published" / "organisations.csv"

# id, type, name, district, province, code
ROWS = [
    ("north", "sao", "ทดสอบดอน", "ทดสอบเหนือ", "ขอนแก่น", "101"),
    ("south", "sao", "ทดสอบดอน", "ทดสอบใต้", "ขอนแก่น", "102"),
    ("namesake", "thesaban_tambon", "ทดสอบดอน", "ทดสอบเหนือ", "ขอนแก่น", "103"),
    ("water", "sao", "ทดสอบน้ำแม่แฝก", "ทดสอบเหนือ", "ขอนแก่น", "104"),
    ("patak", "thesaban_tambon", "ทดสอบกุฎี", "ทดสอบฎีกา", "ขอนแก่น", "105"),
    ("fifth", "sao", "ทดสอบแปลง 5", "เมืองขอนแก่น", "ขอนแก่น", "106"),
    ("dots", "thesaban_tambon", "ท.ด.ส.", "ทดสอบใต้", "ขอนแก่น", "107"),
    ("town", "thesaban_mueang", "ทดสอบพล", "ทดสอบใต้", "ขอนแก่น", "108"),
    ("town-like", "thesaban_tambon", "เมืองทดสอบแกลง", "ทดสอบใต้", "ขอนแก่น", "109"),
    ("city", "thesaban_nakhon", "ทดสอบนคร", "เมืองขอนแก่น", "ขอนแก่น", "110"),
    ("twin-a", "sao", "ทดสอบหนองแสง", "ทดสอบใต้", "ขอนแก่น", "111"),
    ("twin-b", "sao", "ทดสอบหนองแสน", "ทดสอบเหนือ", "ขอนแก่น", "112"),
    ("sum", "sao", "รวมใจทดสอบ", "ทดสอบใต้", "ขอนแก่น", "113"),
    ("elsewhere", "sao", "ทดสอบไกล", "ทดสอบเลย", "เลย", "114"),
    ("pao", "pao", "ขอนแก่น", None, "ขอนแก่น", "115"),
    ("office", "province_office", "ขอนแก่น", None, "ขอนแก่น", None),
    ("pattaya", "pattaya", "เมืองพัทยา", "บางละมุง", "ชลบุรี", None),
    ("bma", "bma", "กรุงเทพมหานคร", None, "กรุงเทพมหานคร", None),
    ("department", "department", "กรมทดสอบระบบ", None, None, None),
    ("university", "university", "มหาวิทยาลัยทดสอบ", "ทดสอบใต้", "ขอนแก่น", None),
]
BODIES = [
    Organisation(key, code, name, organisation.full_name(code, name), district, province)
    for key, code, name, district, province, _ in ROWS
]
CODES = {number: [key] for key, *_, number in ROWS if number}
BY_ID = {body.organisation_id: body for body in BODIES}
OPEN = Register(BODIES, CODES)
COMPLETE = Register(BODIES, CODES, complete=["ขอนแก่น", "เลย", "ชลบุรี", "กรุงเทพมหานคร"])
REGISTERS = pytest.mark.parametrize("register", [OPEN, COMPLETE], ids=["open", "complete"])

KHON_KAEN = {"province": "ขอนแก่น"}
NORTH = {"district": "ทดสอบเหนือ", **KHON_KAEN}
SOUTH = {"district": "ทดสอบใต้", **KHON_KAEN}

WRITTEN = {
    "sao-short": (Mention("อบต.ทดสอบดอน", **NORTH), "north"),
    "sao-dots-and-spaces": (Mention("อ. บ. ต. ทดสอบ ดอน", **SOUTH), "south"),
    "type-in-its-column": (Mention("ทดสอบดอน", "อบต", **NORTH), "north"),
    "type-code-in-its-column": (Mention("ทดสอบดอน", "thesaban_tambon", **NORTH), "namesake"),
    "type-in-name-and-column": (Mention("ทต.ทดสอบดอน", "เทศบาลตำบล", **NORTH), "namesake"),
    "column-says-only-thesaban": (Mention("ทต.ทดสอบดอน", "เทศบาล", **NORTH), "namesake"),
    "column-says-no-type": (Mention("ทต.ทดสอบดอน", "หน่วยงานในพื้นที่", **NORTH), "namesake"),
    "office-of-the-municipality": (Mention("สำนักงานเทศบาลเมืองทดสอบพล", **SOUTH), "town"),
    "numbered": (Mention("๑๒. อบต.ทดสอบดอน", **NORTH), "north"),
    "thai-digit": (Mention("อบต.ทดสอบแปลง ๕", district="เมือง", province="จ.ขอนแก่น"), "fifth"),
    "capital-district": (Mention("ทน.ทดสอบนคร อ.เมือง จ.ขอนแก่น"), "city"),
    "capital-district-shortened": (Mention("ทน.ทดสอบนคร", None, "อ. เมืองฯ", "ขอนแก่น"), "city"),
    "province-by-code": (Mention("อบต.ทดสอบดอน", None, "ทดสอบเหนือ", "TH-40"), "north"),
    "province-abbreviated": (Mention("อบต.ทดสอบดอน", None, "ทดสอบเหนือ", "ขก."), "north"),
    "place-in-text": (Mention("อบต.ทดสอบดอน อ.ทดสอบใต้ จ.ขอนแก่น"), "south"),
    "place-in-long-words": (Mention("อบต.ทดสอบดอน อำเภอทดสอบใต้ จังหวัดขอนแก่น"), "south"),
    "place-in-brackets": (Mention("อบต.ทดสอบดอน (ทดสอบใต้ ขอนแก่น)"), "south"),
    "place-glued": (Mention("อบต.ทดสอบดอนอ.ทดสอบใต้จ.ขอนแก่น"), "south"),
    "place-glued-long-words": (Mention("อบต.ทดสอบดอนอำเภอทดสอบใต้จังหวัดขอนแก่น"), "south"),
    "place-half-glued": (Mention("อบต.ทดสอบดอนอำเภอทดสอบใต้ จังหวัดขอนแก่น"), "south"),
    "place-without-words": (Mention("อบต.ทดสอบดอน ทดสอบใต้ ขอนแก่น"), "south"),
    "place-in-text-and-columns": (Mention("อบต.ทดสอบดอน อ.ทดสอบใต้", **SOUTH), "south"),
    "district-in-text-province-apart": (Mention("อบต.ทดสอบดอน ทดสอบใต้", **KHON_KAEN), "south"),
    "subdistrict-too": (Mention("อบต.ทดสอบดอน ต.ทดสอบดอน อ.ทดสอบใต้ จ.ขอนแก่น"), "south"),
    "sara-am-in-two": (Mention("อบต.ทดสอบน\u0e49\u0e4d\u0e32แม่แฝก", **NORTH), "water"),
    "sara-ae-in-two": (Mention("อบต.ทดสอบน้ำเเม่เเฝก", **NORTH), "water"),
    "to-patak": (Mention("ทต.ทดสอบกุฏี", None, "ทดสอบฏีกา", "ขอนแก่น"), "patak"),
    "zero-width": (Mention("อบต.\u200bทดสอบ\u200bดอน", None, "ทดสอบ\u200bเหนือ", "ขอน\ufeffแก่น"), "north"),
    "name-of-dots": (Mention("ทต. ท.ด.ส.", **SOUTH), "dots"),
    "name-of-dots-glued": (Mention("เทศบาลตำบลท.ด.ส.อ.ทดสอบใต้จ.ขอนแก่น"), "dots"),
    "named-like-a-total": (Mention("อบต.รวมใจทดสอบ", **SOUTH), "sum"),
    "named-like-a-town": (Mention("ทต.เมืองทดสอบแกลง", **SOUTH), "town-like"),
    "code-for-a-shared-name": (Mention("อบต.ทดสอบดอน", code="๑๐๒"), "south"),
    "code-as-a-decimal": (Mention("ทดสอบดอน", code="103.0"), "namesake"),
    "organisation-id-as-code": (Mention("อบต.ทดสอบดอน", code="south"), "south"),
    "code-of-another-register": (Mention("อบต.ทดสอบดอน", code="999", **NORTH), "north"),
    "pao": (Mention("องค์การบริหารส่วนจังหวัดขอนแก่น"), "pao"),
    "pao-short-with-seat": (Mention("อบจ.ขอนแก่น", None, "เมือง", "ขอนแก่น"), "pao"),
    "pao-type-apart": (Mention("ขอนแก่น", "อบจ."), "pao"),
    "province-office": (Mention("จังหวัดขอนแก่น"), "office"),
    "pattaya": (Mention("เมืองพัทยา"), "pattaya"),
    "pattaya-type-apart": (Mention("พัทยา", "เมืองพัทยา", "บางละมุง", "ชลบุรี"), "pattaya"),
    "pattaya-glued": (Mention("เมืองพัทยาอำเภอบางละมุงจังหวัดชลบุรี"), "pattaya"),
    "bangkok": (Mention("กทม.", province="กรุงเทพฯ"), "bma"),
    "department": (Mention("กรม ทดสอบ ระบบ", province="ส่วนกลาง"), "department"),
    "department-type-apart": (Mention("กรมทดสอบระบบ", "กรมหรือเทียบเท่า", None, "กทม."), "department"),
    "university-with-place": (Mention("มหาวิทยาลัยทดสอบ", **KHON_KAEN), "university"),
}

# Only where the register is complete: what is left out cannot mean a body the register lacks.
WRITTEN_IN_PART = {
    "no-district": (Mention("อบต.ทดสอบน้ำแม่แฝก", **KHON_KAEN), "water"),
    "no-district-in-text": (Mention("ทต.ทดสอบกุฎี จ.ขอนแก่น"), "patak"),
    "no-district-nor-word": (Mention("ทต.ทดสอบกุฎี ขอนแก่น"), "patak"),
    "no-type": (Mention("ทดสอบน้ำแม่แฝก", **NORTH), "water"),
    "no-type-glued": (Mention("ทดสอบน้ำแม่แฝกอ.ทดสอบเหนือจ.ขอนแก่น"), "water"),
    "only-thesaban": (Mention("เทศบาลทดสอบดอน", **NORTH), "namesake"),
    "no-type-but-like-a-total": (Mention("รวมใจทดสอบ", **SOUTH), "sum"),
}

AMBIGUOUS = {
    "name-and-province": (Mention("อบต.ทดสอบดอน", **KHON_KAEN), {"north", "south"}),
    "name-alone": (Mention("อบต.ทดสอบดอน"), {"north", "south"}),
    "type-missing": (Mention("ทดสอบดอน", **NORTH), {"north", "namesake"}),
    "type-and-district-missing": (Mention("ทดสอบดอน", **KHON_KAEN), {"north", "south", "namesake"}),
    "bare-name-of-a-province": (Mention("ขอนแก่น"), {"pao", "office"}),
    "code-of-none-of-them": (Mention("อบต.ทดสอบดอน", code="7", **KHON_KAEN), {"north", "south"}),
}

# What stands there, the body offered all the same, how it fits, and a word of why.
OFFERED = {
    "letter-missing": (Mention("อบต.ทดสอบดน", **NORTH), "north", "similar", "ชื่อคล้ายกัน"),
    "letters-exchanged": (Mention("อบต.ทดสอบดนอ", **NORTH), "north", "similar", "ชื่อคล้ายกัน"),
    "two-letters-wrong": (Mention("อบต.ทดศอปดอน", **NORTH), "north", "similar", "ชื่อคล้ายกัน"),
    "tone-marks-missing": (Mention("อบต.ทดสอบนำแมแฝก", **NORTH), "water", "similar", "ชื่อคล้ายกัน"),
    "slip-in-the-type": (Mention("องค์การบริหารส่วตำบลทดสอบดอน", **NORTH), "north", "similar", "ชื่อคล้ายกัน"),
    "slip-in-a-department": (Mention("กรมทดสอบระบ"), "department", "similar", "ชื่อคล้ายกัน"),
    "other-district": (Mention("ทน.ทดสอบนคร", **SOUTH), "city", "contradicts", "ไม่ตรง: อำเภอ (ไฟล์ “ทดสอบใต้”"),
    "other-province": (
        Mention("อบต.ทดสอบไกล", None, "ทดสอบเลย", "ขอนแก่น"),
        "elsewhere",
        "contradicts",
        "ไม่ตรง: จังหวัด (ไฟล์ “ขอนแก่น” ทะเบียน “เลย”)",
    ),
    "province-nobody-knows": (
        Mention("อบต.ทดสอบไกล", None, "ทดสอบเลย", "เลยย"),
        "elsewhere",
        "contradicts",
        "ขัดกัน",
    ),
    "province-nobody-knows-in-text": (
        Mention("อบต.ทดสอบไกล อ.ทดสอบเลย จ.เลยย"),
        "elsewhere",
        "contradicts",
        "ขัดกัน",
    ),
    "text-against-column": (
        Mention("อบต.ทดสอบไกล อ.ทดสอบเลย", **KHON_KAEN),
        "elsewhere",
        "contradicts",
        "ไม่ตรง: จังหวัด",
    ),
    "glued-against-column": (Mention("อบต.ทดสอบดอนอ.ทดสอบใต้", **NORTH), "south", "contradicts", "ขัดกัน"),
    "district-against-column": (Mention("อบต.ทดสอบดอน อ.ทดสอบใต้", **NORTH), "south", "contradicts", "ขัดกัน"),
    "type-against-column": (Mention("ทต.ทดสอบกุฎี", "อบต.", **KHON_KAEN), "patak", "contradicts", "ขัดกัน"),
    "upgraded": (Mention("ทต.ทดสอบน้ำแม่แฝก", **NORTH), "water", "other_type", "ยกฐานะ"),
    "not-yet-upgraded": (Mention("ทต.ทดสอบพล", **SOUTH), "town", "other_type", "ไม่ตรง: ประเภท"),
    "other-kind-of-national-body": (
        Mention("กรมทดสอบระบบ", "องค์การมหาชน"),
        "department",
        "other_type",
        "ไม่ตรง: ประเภท",
    ),
    "code-of-another-body": (Mention("อบต.ทดสอบดอน", code="104", **NORTH), "water", "code", "รหัสตรงกัน"),
    "name-against-its-code": (
        Mention("อบต.ทดสอบดอน", code="104", **NORTH),
        "north",
        "contradicts",
        "รหัสไม่ตรง",
    ),
    "code-and-no-name": (Mention("", code="104"), "water", "code", "รหัสตรงกัน"),
    "town-read-as-name": (Mention("เทศบาลเมืองทดสอบแกลง", **SOUTH), "town-like", "similar", "หากหมายถึง"),
    "town-without-thesaban": (Mention("เมืองทดสอบพล", **SOUTH), "town", "similar", "หากหมายถึง"),
    "branch-in-a-province": (Mention("กรมทดสอบระบบ", **KHON_KAEN), "department", "fits", "ทะเบียนไม่มี: จังหวัด"),
}

GROUPS = [
    "ค่าเฉลี่ย",
    "คะแนนเฉลี่ย",
    "เฉลี่ยจังหวัด",
    "จังหวัดขอนแก่น (ค่าเฉลี่ยจังหวัด)",
    "กระทรวงทดสอบ (ค่าเฉลี่ย 14 หน่วยงาน)",
    "ค่า เฉลี่ย อบต.",
    "รวม",
    "รวมทั้งสิ้น",
    "รวม 65 แห่ง",
    "ผลรวม",
    "ภาพรวมจังหวัด",
    "ระดับประเทศ",
    "อบต. ทั้งหมด",
    "คะแนนสูงสุด",
    "ส่วนเบี่ยงเบนมาตรฐาน",
    "Average",
    "Grand total",
]

CREATABLE = {
    "sao": (Mention("อบต.ทดสอบใหม่", **NORTH), "องค์การบริหารส่วนตำบลทดสอบใหม่"),
    "in-text": (Mention("ทต.ทดสอบใหม่ อ.ทดสอบเหนือ จ.ขอนแก่น"), "เทศบาลตำบลทดสอบใหม่"),
    "same-name-far-away": (Mention("ทน.ทดสอบนคร", None, "ทดสอบแพร่", "แพร่"), "เทศบาลนครทดสอบนคร"),
    "pao": (Mention("อบจ.เลย"), "องค์การบริหารส่วนจังหวัดเลย"),
    "province-office-by-column": (Mention("จังหวัดเลย", "จังหวัด"), "จังหวัดเลย"),
    "department-by-column": (Mention("กรมทดสอบอากาศ", "กรม"), "กรมทดสอบอากาศ"),
}

# Too little to make a body of, and what the answer asks for.
TOO_LITTLE = {
    "no-district": (Mention("อบต.ทดสอบใหม่", **KHON_KAEN), "อำเภอ"),
    "no-province": (Mention("อบต.ทดสอบใหม่ อ.ทดสอบเหนือ"), "จังหวัด"),
    "no-type": (Mention("ทดสอบใหม่", **NORTH), "ประเภท"),
    "only-thesaban": (Mention("เทศบาลทดสอบใหม่", **NORTH), "ประเภท"),
    "province-nobody-knows": (Mention("อบต.ทดสอบใหม่", None, "ทดสอบเหนือ", "ทดสอบ"), "ไม่รู้จักจังหวัด"),
    "pao-of-no-province": (Mention("อบจ.ทดสอบ"), "จังหวัด"),
    "department-without-type": (Mention("กรมทดสอบอากาศ"), "ประเภท"),
    "province-office-or-average": (Mention("จังหวัดเลย"), "ค่าเฉลี่ยของจังหวัด"),
    "place-in-the-name": (Mention("อบต.ทดสอบใหม่ ขอนแก่น", **NORTH), "ชื่อที่ถูกต้อง"),
    "formula": (Mention('=HYPERLINK("ทดสอบ")', "อบต.", **NORTH), "ชื่อที่ถูกต้อง"),
    "script": (Mention("อบต.ทดสอบ<script>", **NORTH), "ชื่อที่ถูกต้อง"),
    "not-a-syllable": (Mention("อบต.ทดสอบน้ำ้อน", **NORTH), "ชื่อที่ถูกต้อง"),
    "blank": (Mention(" - "), "ไม่มีชื่อหน่วยงาน"),
    "too-long": (Mention("อบต." + "ก" * LONGEST_NAME, **NORTH), "ยาวเกิน"),
}


def offered(answer: Resolution) -> set[str]:
    return {candidate.organisation_id for candidate in answer.candidates}


def whole(body: Organisation) -> Mention:
    return Mention(body.full_name_th, None, body.district_th, body.province_th)


@REGISTERS
@pytest.mark.parametrize("body", BODIES, ids=BY_ID)
def test_every_full_name_with_its_place_is_itself(register: Register, body: Organisation) -> None:
    answer = register.resolve(whole(body))
    assert (answer.status, answer.organisation_id) == ("matched", body.organisation_id)
    assert answer.candidates[0].organisation_id == body.organisation_id


@REGISTERS
@pytest.mark.parametrize(("mention", "expected"), WRITTEN.values(), ids=WRITTEN)
def test_a_body_is_found_however_it_is_written(register: Register, mention: Mention, expected: str) -> None:
    answer = register.resolve(mention)
    assert (answer.status, answer.organisation_id) == ("matched", expected), answer.why_th


@pytest.mark.parametrize(("mention", "expected"), WRITTEN_IN_PART.values(), ids=WRITTEN_IN_PART)
def test_what_is_left_out_is_certain_only_in_a_complete_register(mention: Mention, expected: str) -> None:
    assert COMPLETE.resolve(mention).organisation_id == expected
    answer = OPEN.resolve(mention)
    assert (answer.status, answer.organisation_id) == ("ambiguous", None)
    assert offered(answer) == {expected}


def test_a_province_that_is_not_complete_is_not_certain() -> None:
    register = Register(BODIES, complete=["เลย"])
    assert register.resolve(Mention("อบต.ทดสอบไกล", province="เลย")).organisation_id == "elsewhere"
    assert register.resolve(Mention("อบต.ทดสอบไกล")).status == "ambiguous"
    assert register.resolve(Mention("ทต.ทดสอบกุฎี", **KHON_KAEN)).status == "ambiguous"


@REGISTERS
@pytest.mark.parametrize(("mention", "expected"), AMBIGUOUS.values(), ids=AMBIGUOUS)
def test_ambiguous_names_return_all_bodies_that_fit(
    register: Register, mention: Mention, expected: set[str]
) -> None:
    answer = register.resolve(mention)
    assert (answer.status, answer.organisation_id) == ("ambiguous", None)
    assert offered(answer) == expected
    assert all(candidate.fit == "fits" and candidate.why_th for candidate in answer.candidates)


@REGISTERS
@pytest.mark.parametrize(("mention", "body", "fit", "why"), OFFERED.values(), ids=OFFERED)
def test_what_nearly_fits_is_offered_with_the_reason_and_never_taken(
    register: Register, mention: Mention, body: str, fit: str, why: str
) -> None:
    answer = register.resolve(mention)
    assert answer.organisation_id is None
    assert answer.status == ("ambiguous" if fit == "fits" else "unknown")
    found = {candidate.organisation_id: candidate for candidate in answer.candidates}
    assert found[body].fit == fit
    assert why in found[body].why_th


def test_a_name_one_letter_from_its_twin_needs_the_whole_place() -> None:
    answer = COMPLETE.resolve(Mention("อบต.ทดสอบหนองแสง", **KHON_KAEN))
    assert answer.status == "ambiguous"
    assert offered(answer) == {"twin-a", "twin-b"}
    assert COMPLETE.resolve(whole(BY_ID["twin-a"])).organisation_id == "twin-a"


@REGISTERS
@pytest.mark.parametrize("name", GROUPS)
def test_averages_and_totals_are_groups(register: Register, name: str) -> None:
    answer = register.resolve(Mention(name))
    assert (answer.status, answer.organisation_id, answer.candidates) == ("group", None, ())


@pytest.mark.parametrize(("mention", "full_name"), CREATABLE.values(), ids=CREATABLE)
def test_enough_is_said_to_make_a_body(mention: Mention, full_name: str) -> None:
    answer = OPEN.resolve(mention)
    assert answer.status == "creatable", answer.why_th
    assert answer.proposed is not None
    assert answer.proposed.full_name_th == full_name
    assert answer.organisation_id == answer.proposed.organisation_id
    again = Register([*BODIES, answer.proposed]).resolve(mention)
    assert (again.status, again.organisation_id) == ("matched", answer.organisation_id)


def test_a_namesake_in_another_place_is_shown_beside_the_new_body() -> None:
    (namesake,) = OPEN.resolve(CREATABLE["same-name-far-away"][0]).candidates
    assert (namesake.organisation_id, namesake.fit) == ("city", "contradicts")
    assert "ไม่ตรง: จังหวัด (ไฟล์ “แพร่” ทะเบียน “ขอนแก่น”)" in namesake.why_th


@pytest.mark.parametrize(("mention", "asks_for"), TOO_LITTLE.values(), ids=TOO_LITTLE)
def test_too_little_waits_for_a_person(mention: Mention, asks_for: str) -> None:
    answer = OPEN.resolve(mention)
    assert (answer.status, answer.organisation_id) == ("unknown", None)
    assert asks_for in answer.why_th


def test_a_complete_register_makes_no_local_body_by_itself() -> None:
    answer = COMPLETE.resolve(CREATABLE["sao"][0])
    assert answer.status == "unknown"
    assert answer.proposed is not None
    assert "ครบทุกแห่ง" in answer.why_th
    assert COMPLETE.resolve(CREATABLE["department-by-column"][0]).status == "creatable"


def test_without_a_register_every_whole_mention_makes_its_body() -> None:
    nobody = Register([])
    for body in BODIES:
        answer = nobody.resolve(Mention(body.name_th, body.type, body.district_th, body.province_th))
        assert answer.status == "creatable", body
        assert answer.organisation_id
        assert answer.organisation_id.isascii()
        assert answer.organisation_id.replace("-", "").isalnum()


def test_an_id_that_a_changed_body_has_already_is_not_given_again() -> None:
    mention = CREATABLE["sao"][0]
    made = OPEN.resolve(mention).proposed
    assert made is not None
    moved = Organisation(made.organisation_id, made.type, "ทดสอบแก้ชื่อ", made.full_name_th, "ทดสอบใต้", "เลย")
    answer = Register([moved]).resolve(mention)
    assert (answer.status, answer.organisation_id, answer.proposed) == ("unknown", None, None)
    assert offered(answer) == {made.organisation_id}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(
            ("อบต.ทดสอบน้ำใส", "ทดสอบเหนือ"), ("อบต. ทดสอบน\u0e49\u0e4d\u0e32ใส", "อ.ทดสอบ เหนือ"), id="hazards"
        ),
        pytest.param(("ทต.ทดสอบกุฎี ๒", "เมือง"), ("เทศบาลตำบลทดสอบกุฏี 2", "เมืองแพร่"), id="digits-and-capital"),
    ],
)
def test_writings_of_a_new_body_have_one_id(one: tuple[str, str], other: tuple[str, str]) -> None:
    ids = {
        Register([]).resolve(Mention(name, None, district, "แพร่")).organisation_id
        for name, district in (one, other)
    }
    assert len(ids) == 1
    assert None not in ids


def test_ids_differ_with_type_name_district_and_province() -> None:
    ids = [
        new_id("sao", "ทดสอบ", "ทดสอบ", "แพร่"),
        new_id("thesaban_tambon", "ทดสอบ", "ทดสอบ", "แพร่"),
        new_id("sao", "ทดสอบดอน", "ทดสอบ", "แพร่"),
        new_id("sao", "ทดสอบ", "ทดสอบดอน", "แพร่"),
        new_id("sao", "ทดสอบ", "ทดสอบ", "น่าน"),
    ]
    assert len(set(ids)) == len(ids)
    assert [new_id("pao", "แพร่", None, "แพร่"), new_id("bma", "กรุงเทพมหานคร", None, None)] == [
        "pao-th-54",
        "bma",
    ]


def test_an_earlier_name_and_a_confirmed_spelling_are_rows_of_the_same_body() -> None:
    earlier = Organisation("patak", "sao", "ทดสอบกุฎี", "องค์การบริหารส่วนตำบลทดสอบกุฎี", "ทดสอบฎีกา", "ขอนแก่น")
    register = Register([*BODIES, earlier], CODES, COMPLETE.complete)
    for name in ("อบต.ทดสอบกุฎี", "ทต.ทดสอบกุฎี", "ทดสอบกุฎี"):
        answer = register.resolve(Mention(name, None, "ทดสอบฎีกา", "ขอนแก่น"))
        assert (answer.status, answer.organisation_id) == ("matched", "patak")
        assert offered(answer) == {"patak"}


def test_two_bodies_written_alike_are_told_apart_by_code_only() -> None:
    other = Organisation("other", *[getattr(BY_ID["water"], name) for name in FIELDS])
    register = Register([*BODIES, other], CODES)
    answer = register.resolve(whole(other))
    assert (answer.status, offered(answer)) == ("ambiguous", {"water", "other"})
    assert len({candidate.label_th for candidate in answer.candidates}) == 2
    assert register.resolve(Mention(other.full_name_th, code="104")).organisation_id == "water"


FIELDS = ("type", "name_th", "full_name_th", "district_th", "province_th")


# Reading and joining registers ------------------------------------------------------------------------------


def test_headings_are_known_in_thai_and_english() -> None:
    thai = pd.DataFrame(
        {
            "ลำดับ": [1],
            "ชื่อหน่วยงาน": ["ทดสอบดอน"],
            "ประเภท": ["อบต."],
            "อำเภอ": ["ทดสอบเหนือ"],
            "จังหวัด": ["ขอนแก่น"],
            "รหัส": [101.0],
        }
    )
    english = pd.DataFrame(
        {
            "full_name_th": ["องค์การบริหารส่วนตำบลทดสอบดอน"],
            "name_th": ["ทดสอบดอน"],
            "type": ["SUBDISTRICT"],
            "district_th": ["อำเภอทดสอบเหนือ"],
            "province_iso": ["TH-40"],
            "code": ["101"],
        }
    )
    read = [read_register(table, file="ทดสอบ.csv") for table in (thai, english)]
    assert [problems for _, problems in read] == [(), ()]
    assert read[0][0].bodies == read[1][0].bodies
    assert read[0][0].codes == read[1][0].codes
    answer = read[0][0].resolve(Mention("ทดสอบดอน", code="๑๐๑"))
    assert answer.organisation_id == read[0][0].bodies[0].organisation_id


def test_the_published_bodies_are_a_register() -> None:
    register, problems = read_register(pd.read_csv(PUBLISHED, dtype=str), file=PUBLISHED.name)
    assert problems == ()
    assert register.resolve(Mention("อบต.เขวาใหญ่ อ.กันทรวิชัย จ.มหาสารคาม")).organisation_id == "sao-khwao-yai"
    unresolved = register.resolve(Mention("องค์การบริหารส่วนตำบลเขาทอง"))
    assert (unresolved.status, offered(unresolved)) == ("ambiguous", {"sao-khao-thong"})


BAD_ROWS = {
    "no-type": ({"name": "ทดสอบดอน"}, "ไม่ทราบประเภท"),
    "types-differ": ({"name": "อบต.ทดสอบดอน", "type": "เทศบาลตำบล"}, "โปรดแก้ให้ตรงกัน"),
    "province-nobody-knows": ({"name": "อบต.ทดสอบดอน", "province": "ทดสอบ"}, "ไม่รู้จักจังหวัด “ทดสอบ”"),
    "id-of-no-url": ({"name": "อบต.ทดสอบดอน", "organisation_id": "ก,ข"}, "organisation_id"),
    "no-name": ({"type": "อบต.", "province": "เลย"}, "ไม่มีชื่อหน่วยงาน"),
    "too-long": ({"name": "อบต." + "ก" * LONGEST_NAME}, "ยาวเกิน"),
    "formula": ({"name": "=1+1", "type": "อบต."}, "อักขระที่ไม่ใช่ชื่อ"),
}


@pytest.mark.parametrize(("row", "why"), BAD_ROWS.values(), ids=BAD_ROWS)
def test_a_row_that_is_not_understood_is_a_problem_with_its_place(row: dict[str, str], why: str) -> None:
    good = {"name": "อบต.ทดสอบไกล", "district": "ทดสอบเลย", "province": "เลย"}
    register, (problem,) = read_register(
        pd.DataFrame([good, {}, row]), file="ทดสอบ.xlsx", sheet="ทะเบียน", first_row=5
    )
    assert [body.name_th for body in register.bodies] == ["ทดสอบไกล"]
    assert (problem.severity, problem.file, problem.sheet, problem.row) == (
        "error",
        "ทดสอบ.xlsx",
        "ทะเบียน",
        7,
    )
    assert why in problem.message_th
    assert problem.advice_th


@pytest.mark.parametrize("table", [pd.DataFrame(), pd.DataFrame({"คะแนน": [1.0]})], ids=["empty", "no-names"])
def test_a_table_without_names_is_no_register(table: pd.DataFrame) -> None:
    register, (problem,) = read_register(table, file="ทดสอบ.csv")
    assert register.bodies == ()
    assert (problem.severity, problem.code) == ("error", "register_without_names")


def test_repeated_rows_are_one_body_and_other_codes_are_others() -> None:
    row = {"name": "อบต.ทดสอบดอน", "district": "ทดสอบเหนือ", "province": "ขอนแก่น"}
    once, problems = read_register(pd.DataFrame([row, row]), file="ทดสอบ.csv")
    assert len(once.bodies) == 1
    assert [problem.code for problem in problems] == ["register_row_repeated"]
    rows = [row | {"code": "1"}, row | {"code": "2"}]
    twice, problems = read_register(pd.DataFrame(rows), file="ทดสอบ.csv")
    assert [problem.code for problem in problems] == ["register_codes_differ"] * 2
    assert twice.bodies == read_register(pd.DataFrame(rows[::-1]), file="ทดสอบ.csv")[0].bodies
    assert twice.resolve(Mention("อบต.ทดสอบดอน", **NORTH)).status == "ambiguous"
    found = {twice.resolve(Mention("อบต.ทดสอบดอน", code=code)).organisation_id for code in "12"}
    assert found == {body.organisation_id for body in twice.bodies}


def test_two_names_with_one_id_are_one_body_and_said_so() -> None:
    rows = [
        {"name": name, "district": "ทดสอบเหนือ", "province": "ขอนแก่น", "organisation_id": "one"}
        for name in ("อบต.ทดสอบดอน", "ทต.ทดสอบดอน", "ทต.ทดสอบดอนใหม่")
    ]
    register, (problem,) = read_register(pd.DataFrame(rows), file="ทดสอบ.csv")
    assert (problem.severity, problem.code, problem.row) == ("warning", "register_id_of_several", 4)
    assert {register.resolve(Mention(row["name"], **NORTH)).organisation_id for row in rows} == {"one"}
    assert read_register(pd.DataFrame(rows[:2]), file="ทดสอบ.csv")[1] == ()


def test_joined_registers_keep_the_ids_that_are_known() -> None:
    table = pd.DataFrame(
        [
            (body.full_name_th, body.district_th, body.province_th, code)
            for body, (*_, code) in zip(BODIES, ROWS, strict=True)
            if organisation.load_types()[body.type].sector == "lao"
        ],
        columns=["name", "district", "province", "code"],
    )
    fresh, problems = read_register(table, file="ทดสอบ.csv", complete=True)
    assert problems == ()
    known = Register(
        [
            Organisation("old-water", *[getattr(BY_ID["water"], name) for name in FIELDS]),
            Organisation("old-patak", "thesaban_tambon", "ทดสอบกุฎี", "เทศบาลตำบลทดสอบกุฎี", None, "ขอนแก่น"),
            Organisation("old-don", "sao", "ทดสอบดอน", "องค์การบริหารส่วนตำบลทดสอบดอน", None, None),
            BY_ID["department"],
        ]
    )
    joined = fresh.joined(known)
    assert joined.resolve(whole(BY_ID["water"])).organisation_id == "old-water"
    assert joined.resolve(whole(BY_ID["patak"])).organisation_id == "old-patak"
    assert joined.resolve(Mention("ทต.ทดสอบกุฎี", code="105")).organisation_id == "old-patak"
    assert joined.resolve(Mention("กรมทดสอบระบบ")).organisation_id == "department"
    shared = joined.resolve(Mention("อบต.ทดสอบดอน"))
    assert shared.status == "ambiguous"
    assert len(offered(shared)) == 3
    assert "old-don" in offered(shared)


def test_all_mentions_of_a_reading_are_answered() -> None:
    bodies = pd.DataFrame(
        [
            {"mention": 3, "name": "อบต.ทดสอบดอน", "district": "ทดสอบเหนือ", "province": "ขอนแก่น"},
            {"mention": 5, "name": "ค่าเฉลี่ย", "district": None, "province": None},
            {"mention": 8, "name": float("nan"), "code": 104.0},
        ]
    )
    answers = OPEN.resolve_all(bodies)
    assert {number: answer.status for number, answer in answers.items()} == {
        3: "matched",
        5: "group",
        8: "unknown",
    }
    assert offered(answers[8]) == {"water"}


# What holds for any input ----------------------------------------------------------------------------------

# Spaces first: between the halves of a split vowel they stand for themselves.
HAZARDS = {
    "spaces": benchmark.sprinkled([" ", "\u00a0", "\n"]),
    "sara_am": lambda text, rng: text.replace("\u0e33", "\u0e4d\u0e32"),
    "sara_ae": lambda text, rng: text.replace("แ", "เเ"),
    "patak": benchmark.to_patak,
    "digits": lambda text, rng: text.replace("5", "๕"),
    "invisible": benchmark.sprinkled(benchmark.INVISIBLE),
}


@st.composite
def _written(draw: st.DrawFn) -> tuple[Mention, Mention]:
    """A mention of a body, with some of its parts, and the same with hazards."""
    body = draw(st.sampled_from(BODIES))
    forms = [organisation.full_name, organisation.short_name]
    name = draw(st.sampled_from(forms))(body.type, body.name_th)
    plain = Mention(
        draw(st.sampled_from([name, body.name_th])),
        draw(st.sampled_from([None, organisation.load_types()[body.type].short_th])),
        draw(st.sampled_from([None, body.district_th])),
        draw(st.sampled_from([None, body.province_th])),
    )
    rng = draw(st.randoms(use_true_random=False))
    chosen = [hazard for hazard in HAZARDS if draw(st.booleans())]

    def spoil(text: str | None) -> str | None:
        for hazard in chosen:
            text = text and HAZARDS[hazard](text, rng)
        return text

    spoilt = Mention(
        spoil(plain.name) or "", spoil(plain.type_name), spoil(plain.district), spoil(plain.province)
    )
    return plain, spoilt


def gist(answer: Resolution) -> tuple[object, ...]:
    fits = [(candidate.organisation_id, candidate.fit) for candidate in answer.candidates]
    return (answer.status, answer.organisation_id, fits)


@given(pair=_written(), register=st.sampled_from([OPEN, COMPLETE]))
def test_hazards_of_writing_change_nothing(pair: tuple[Mention, Mention], register: Register) -> None:
    plain, spoilt = pair
    assert gist(register.resolve(spoilt)) == gist(register.resolve(plain))


@given(order=st.permutations(BODIES), pair=_written(), complete=st.booleans())
@settings(max_examples=40)
def test_the_order_of_the_register_changes_nothing(
    order: list[Organisation], pair: tuple[Mention, Mention], complete: bool
) -> None:
    register = COMPLETE if complete else OPEN
    assert Register(order, CODES, register.complete).resolve(pair[0]) == register.resolve(pair[0])


@given(pair=_written())
def test_a_body_whose_parts_are_said_is_never_another(pair: tuple[Mention, Mention]) -> None:
    """Whatever is left out: what is matched agrees with all that stands there."""
    mention, _ = pair
    for register in (OPEN, COMPLETE):
        answer = register.resolve(mention)
        if answer.status == "matched":
            body = BY_ID[str(answer.organisation_id)]
            assert body.name_th in (mention.name, organisation.split_name(mention.name)[1])
            assert mention.district in (None, body.district_th)
            assert mention.province in (None, body.province_th)


@given(
    st.lists(
        st.one_of(
            st.text(max_size=40),
            st.text("อบตจทเแำ.ฯๆุู่้ิ ()=๑1\u200b\ud800", max_size=40),
            st.sampled_from(["อบต.", "เทศบาลเมือง", "อ.", "จ.ขอนแก่น", "จังหวัด", "ค่าเฉลี่ย", "-"]),
        ),
        min_size=5,
        max_size=5,
    )
)
def test_no_text_is_an_error_and_nothing_foreign_is_matched(texts: list[str]) -> None:
    for register in (OPEN, COMPLETE):
        answer = register.resolve(Mention(*texts))
        assert (answer.status in {"matched", "creatable"}) == (answer.organisation_id is not None)
        assert answer.why_th
    table = pd.DataFrame([texts], columns=["name", "type", "district", "province", "code"], dtype=object)
    register, _ = read_register(table, file="ทดสอบ.csv")
    assert all(body.organisation_id.isascii() for body in register.bodies)


# The measurement, and the register of 2020 where it is at hand -------------------------------------------


def table_of(bodies: Iterable[Organisation]) -> pd.DataFrame:
    return pd.DataFrame(
        [(body.full_name_th, body.type, body.district_th, body.province_th) for body in bodies],
        columns=["name", "type", "district", "province"],
    )


def test_the_measurement_reports_every_kind(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    register = tmp_path / "ทดสอบ.csv"
    table_of(BODIES).to_csv(register, index=False)
    assert benchmark.main([str(register), "--json", str(tmp_path / "figures.json")]) == 0
    figures = json.loads((tmp_path / "figures.json").read_text(encoding="utf-8"))
    assert {row["kind"] for row in figures} == set(benchmark.KINDS)
    printed = capsys.readouterr().out
    assert all(row["kind"] in printed for row in figures)
    itself = [row["recall"] for row in figures if row["kind"] == "as_registered"]
    assert itself == [100, 100]


def test_the_measurement_says_when_there_is_no_register(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert benchmark.main([str(tmp_path / "missing.csv")]) == 2
    assert "อ่านทะเบียนไม่ได้" in capsys.readouterr().err


@pytest.fixture(scope="module", params=[False, True], ids=["open", "complete"])
def of_2020(request: pytest.FixtureRequest) -> Register:
    if not REGISTER_OF_2020.exists():
        pytest.skip("the register of 2020 is not at hand")
    table = pd.read_csv(REGISTER_OF_2020, dtype=str)
    register, problems = read_register(table, file=REGISTER_OF_2020.name, complete=request.param)
    assert problems == ()
    return register


def test_of_2020_every_full_name_with_its_place_is_itself(of_2020: Register) -> None:
    wrong = [
        body
        for body in of_2020.bodies
        if of_2020.resolve(whole(body)).organisation_id != body.organisation_id
    ]
    assert len(of_2020.bodies) == 7850
    assert wrong == []


def test_of_2020_names_shared_in_a_province_return_all(of_2020: Register) -> None:
    shared = defaultdict(set)
    for body in of_2020.bodies:
        shared[body.full_name_th, body.province_th].add(body.organisation_id)
    several = {key: ids for key, ids in shared.items() if len(ids) > 1}
    assert len(several) == 80
    for (name, province), ids in several.items():
        answer = of_2020.resolve(Mention(name, province=province))
        assert (answer.status, offered(answer)) == ("ambiguous", ids)


@pytest.mark.parametrize("kind", benchmark.KINDS)
def test_of_2020_nothing_is_matched_wrongly(of_2020: Register, kind: str) -> None:
    found = benchmark.measure(of_2020, "2020", kind, seed=random.Random(kind).randrange(1000), most=300)
    assert found.wrong == 0
    if kind in WRITING_KINDS:
        assert found.recall == 100


WRITING_KINDS = frozenset(
    {
        "as_registered",
        "thai_digits",
        "sara_am_split",
        "sara_ae_split",
        "to_patak_swap",
        "invisible",
        "extra_spaces",
        "short_form",
        "place_in_text",
        "place_glued",
        "place_unmarked",
        "all_hazards",
    }
)
