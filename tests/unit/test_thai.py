"""Thai text: hazards that join, near misses that do not, years, and lines that break where Thai may."""

import unicodedata

import pytest

from ita_data import thai

SARA_AM_IN_TWO = "\u0e4d\u0e32"

SAME = {
    "sara-am-in-two": ("น" + SARA_AM_IN_TWO + "ตาล", "นำตาล"),
    "sara-am-in-two-tone-between": ("น\u0e4d\u0e49\u0e32", "น้ำ"),
    "sara-am-in-two-tone-before": ("น\u0e49\u0e4d\u0e32", "น้ำ"),
    "sara-am-before-its-tone": ("น\u0e33\u0e49", "น้ำ"),
    "sara-ae-in-two": ("\u0e40\u0e40กลง", "แกลง"),
    "sara-ae-parted-by-zero-width": ("\u0e40\u200b\u0e40กลง", "แกลง"),
    "to-patak-for-do-chada": ("สุราษฏร์ธานี", "สุราษฎร์ธานี"),
    "do-chada-for-to-patak": ("การปฎิบัติหน้าที่", "การปฏิบัติหน้าที่"),
    "zero-width-space": ("เขา\u200bสวนกวาง", "เขาสวนกวาง"),
    "zero-width-joiners": ("เขา\u200c\u200dสวน\u2060กวาง", "เขาสวนกวาง"),
    "byte-order-mark": ("\ufeffเขาสวนกวาง", "เขาสวนกวาง"),
    "soft-hyphen": ("เขา\u00adสวนกวาง", "เขาสวนกวาง"),
    "bidirectional-marks": ("\u200eเขา\u202aสวน\u202cกวาง\u2069", "เขาสวนกวาง"),
    "no-break-space": ("ITA\u00a0Online", "ITA Online"),
    "many-kinds-of-space": (" ITA\t\u2003\u3000\nOnline ", "ITA Online"),
    "space-inside-thai": ("เมือง แกลง", "เมืองแกลง"),
    "space-before-number": ("ตัวชี้วัดที่ 10", "ตัวชี้วัดที่10"),
    "space-around-hyphen": ("ต้นตาล - พระยาทด", "ต้นตาล-พระยาทด"),
    "space-before-mai-yamok": ("ประกาศต่าง ๆ", "ประกาศต่างๆ"),
    "space-before-paiyannoi": ("เทศบาล ฯ", "เทศบาลฯ"),
    "thai-digits": ("พ.ศ. ๒๕๖๗", "พ.ศ. 2567"),
    "latin-capitals": ("E-SERVICE", "e-service"),
    "composed-latin": ("cafe\u0301", "caf\u00e9"),
}

DIFFERENT = {
    "nikhahit-alone": ("น\u0e4d", "นำ"),
    "sara-aa-alone": ("นา", "นำ"),
    "sara-e-once": ("เกลง", "แกลง"),
    "neighbours-of-do-chada": ("กุฎี", "กุฐี"),
    "do-dek-for-do-chada": ("กุดี", "กุฎี"),
    "two-names-with-do-chada": ("ราษฎร์นิยม", "ราษฎร์พัฒนา"),
    "tone-mark": ("เขาน้อย", "เขานอย"),
    "short-and-long-vowel": ("ลิง", "ลีง"),
    "space-between-latin-words": ("No Gift", "NoGift"),
    "space-between-numbers": ("๑ ๐", "10"),
    "hyphen": ("แป-ระ", "แประ"),
    "paiyannoi-is-no-full-word": ("กรุงเทพฯ", "กรุงเทพมหานคร"),
    "paiyannoi-counts": ("เทศบาลฯ", "เทศบาล"),
    "mai-yamok-counts": ("ต่างๆ", "ต่าง"),
    "digits": ("๒๕๖๗", "2568"),
}

ITEM_NAMES = {
    "no-gift-policy": "การขับเคลื่อนนโยบาย No Gift Policy และการเสริมสร้างความรู้เกี่ยวกับหลักเกณฑ์การรับทรัพย์สินฯ",
    "duties": "การปฏิบัติหน้าที่",
    "bribery-risk": "การประเมินความเสี่ยงการทุจริตในประเด็นที่เกี่ยวข้องกับสินบน",
    "complaint-statistics": "ข้อมูลเชิงสถิติเรื่องร้องเรียนการทุจริตและประพฤติมิชอบประจำปี",
    "state-assets": "ตรวจสอบเพื่อป้องกันการนำทรัพย์สินของราชการไปใช้ส่วนตัวเป็นประจำ",
    "personnel-policy": "นโยบายการบริหารทรัพยากรบุคคล",
    "no-gift-in-brackets": "นโยบายไม่รับของขวัญ (No Gift Policy)",
    "procurement-notices": "ประกาศต่าง ๆ เกี่ยวกับการจัดซื้อจัดจ้างหรือการจัดหาพัสดุ",
    "steps-and-time": "ปฏิบัติงาน/ให้บริการแก่ผู้มาติดต่อตามขั้นตอนและระยะเวลาที่กำหนด",
    "conduct": "พฤติกรรมในการปฏิบัติงาน (มุ่งผลสำเร็จ / ให้ความสำคัญกับงานมากกว่าธุระส่วนตัว / พร้อมรับผิดชอบ)",
    "follow-up": "รายงานการกำกับติดตามการดำเนินงานและการใช้งบประมาณประจำปี รอบ 6 เดือน",
    "wrong-orders": "เคยถูกผู้บังคับบัญชาสั่งให้ทำสิ่งที่ไม่ถูกต้องหรือเสี่ยงต่อการทุจริต",
}
WIDTHS = [4, 8, 12, 16, 20, 28, 60]


@pytest.mark.parametrize(("one", "other"), SAME.values(), ids=SAME.keys())
def test_fold_joins_writings_of_the_same_words(one: str, other: str) -> None:
    assert thai.fold(one) == thai.fold(other)


@pytest.mark.parametrize(("one", "other"), DIFFERENT.values(), ids=DIFFERENT.keys())
def test_fold_keeps_different_words_apart(one: str, other: str) -> None:
    assert thai.fold(one) != thai.fold(other)


@pytest.mark.parametrize("text", [one for one, _ in SAME.values()], ids=SAME.keys())
def test_folding_or_cleaning_again_changes_nothing(text: str) -> None:
    assert thai.fold(thai.fold(text)) == thai.fold(text) == thai.fold(thai.clean(text))
    assert thai.clean(thai.clean(text)) == thai.clean(text)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        pytest.param("น" + SARA_AM_IN_TWO, "นำ", id="sara-am"),
        pytest.param("น\u0e4d\u0e49\u0e32", "น้ำ", id="sara-am-around-tone"),
        pytest.param("\u0e40\u0e40กลง", "แกลง", id="sara-ae"),
        pytest.param("\ufeffเขา\u200bสวน\u00adกวาง", "เขาสวนกวาง", id="invisible"),
        pytest.param(" เขา\u00a0 สวน\r\nกวาง\t", "เขา สวน กวาง", id="spaces-become-one"),
        pytest.param("สุราษฏร์ธานี", "สุราษฏร์ธานี", id="to-patak-stays"),
        pytest.param("การปฎิบัติ", "การปฎิบัติ", id="do-chada-stays"),
        pytest.param("ต่าง ๆ ปี ๒๕๖๗ ITA ฯลฯ", "ต่าง ๆ ปี ๒๕๖๗ ITA ฯลฯ", id="right-text-stays"),
        pytest.param("\u200b \n", "", id="nothing-to-see"),
    ],
)
def test_clean_repairs_and_changes_no_meaning(written: str, shown: str) -> None:
    assert thai.clean(written) == shown


def test_digits_change_both_ways_and_nothing_else_does() -> None:
    assert thai.to_arabic_digits("ข้อ ๑๒๓๔๕ และ ๖๗๘๙๐ (O1)") == "ข้อ 12345 และ 67890 (O1)"
    assert thai.to_thai_digits("ข้อ 12345 และ 67890 (O)") == "ข้อ ๑๒๓๔๕ และ ๖๗๘๙๐ (O)"


@pytest.mark.parametrize(
    ("be", "ce"), [(2562, 2019), (2567, 2024), (thai.FIRST_BE, 1957), (thai.LAST_BE, 2157)]
)
def test_eras_are_543_years_apart(be: int, ce: int) -> None:
    assert thai.be_to_ce(be) == ce
    assert thai.ce_to_be(ce) == be


@pytest.mark.parametrize("year", [2024, 67, 0, -1, thai.FIRST_BE - 1, thai.LAST_BE + 1])
def test_a_year_that_is_not_be_is_refused(year: int) -> None:
    with pytest.raises(ValueError, match=f"ปี {year} ไม่ใช่ปี พ.ศ."):
        thai.be_to_ce(year)


@pytest.mark.parametrize("year", [2567, 24, 0, -1, 1956, 2158])
def test_a_year_that_is_not_ce_is_refused(year: int) -> None:
    with pytest.raises(ValueError, match=f"ปี {year} ไม่ใช่ปี ค.ศ."):
        thai.ce_to_be(year)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", ITEM_NAMES.values(), ids=ITEM_NAMES.keys())
def test_lines_hold_every_character_in_order(name: str, width: int) -> None:
    assert "".join(thai.wrap_label(name, width)).replace(" ", "") == name.replace(" ", "")


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", ITEM_NAMES.values(), ids=ITEM_NAMES.keys())
def test_no_line_starts_or_ends_where_thai_may_not_break(name: str, width: int) -> None:
    for line in thai.wrap_label(name, width):
        assert line == line.strip() != ""
        assert unicodedata.category(line[0]) != "Mn"
        assert line[0] not in "ะาำๅๆฯ)"
        assert line[-1] not in "เแโใไ("


@pytest.mark.parametrize("name", ITEM_NAMES.values(), ids=ITEM_NAMES.keys())
def test_lines_stay_within_twice_the_width_and_mostly_within_it(name: str) -> None:
    lines = [
        sum(unicodedata.category(char) != "Mn" for char in line) for line in thai.wrap_label(name, width=20)
    ]
    assert max(lines) <= 40
    assert sum(columns <= 20 for columns in lines) >= len(lines) - 1


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        pytest.param("แผนและความก้าวหน้า", 12, ["แผนและ", "ความก้าวหน้า"], id="marks-take-no-column"),
        pytest.param("ปฏิบัติงาน/ให้บริการ", 12, ["ปฏิบัติงาน/", "ให้บริการ"], id="after-slash"),
        pytest.param("(ก)(ข)ค", 3, ["(ก)", "(ข)", "ค"], id="after-closing-bracket"),
        pytest.param("งาน (เดิม)", 4, ["งาน", "(เดิม)"], id="not-after-opening-bracket"),
        pytest.param("ประกาศต่าง ๆ ที่", 9, ["ประกาศต่าง ๆ", "ที่"], id="mai-yamok-stays-behind-its-word"),
        pytest.param("ตามนโยบาย", 5, ["ตามนโยบาย"], id="no-leading-vowel-inside-a-common-word"),
        pytest.param("ระบบราชการ", 5, ["ระบบราชการ"], id="no-word-inside-a-common-word"),
        pytest.param("เหตุการณ์", 5, ["เหตุการณ์"], id="only-the-word-itself-starts"),
        pytest.param("E-Service", 5, ["E-Service"], id="up-to-twice-the-width-stays-whole"),
        pytest.param("กขคงจฉชซฌ", 4, ["กขคง", "จฉชซ", "ฌ"], id="longer-is-cut"),
        pytest.param("กขคงจ ๆ", 2, ["กข", "คง", "จ ๆ"], id="longer-is-cut-but-not-before-mai-yamok"),
        pytest.param("ก้ข้ค้ง้จ้", 2, ["ก้ข้", "ค้ง้", "จ้"], id="longer-is-cut-between-clusters"),
        pytest.param("เขาสวนกวาง", 10, ["เขาสวนกวาง"], id="fits"),
        pytest.param("  เขา  ", 10, ["เขา"], id="spaces-at-the-ends"),
        pytest.param(" ", 10, [], id="blank"),
    ],
)
def test_lines_break_where_a_syllable_surely_starts(text: str, width: int, lines: list[str]) -> None:
    assert thai.wrap_label(text, width) == lines


def test_a_line_needs_a_width() -> None:
    with pytest.raises(ValueError, match="ความกว้าง"):
        thai.wrap_label("เขา", 0)
