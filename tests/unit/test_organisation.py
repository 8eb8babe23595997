"""Bodies: names and places as people write them, names that only look like it, labels that never meet."""

import itertools
from collections.abc import Callable

import pytest

from ita_data import organisation
from ita_data.organisation import Organisation, Place

TYPES = organisation.load_types()

WRITTEN = {
    "sao-long": ("องค์การบริหารส่วนตำบลเขวาใหญ่", "sao", "เขวาใหญ่"),
    "sao-short": ("อบต.เขวาใหญ่", "sao", "เขวาใหญ่"),
    "sao-short-space": ("อบต. เขวาใหญ่", "sao", "เขวาใหญ่"),
    "sao-dots": ("อ.บ.ต.เขวาใหญ่", "sao", "เขวาใหญ่"),
    "sao-dots-and-spaces": ("อ. บ. ต. เขวาใหญ่", "sao", "เขวาใหญ่"),
    "sao-space-for-dot": ("อบต เขวาใหญ่", "sao", "เขวาใหญ่"),
    "sao-no-dot": ("อบตเขวาใหญ่", "sao", "เขวาใหญ่"),
    "sao-space-inside-form": ("องค์การบริหารส่วน ตำบลเขาทอง", "sao", "เขาทอง"),
    "sao-sara-am-in-two": ("องค์การบริหารส่วนต\u0e4d\u0e32บลเขาทอง", "sao", "เขาทอง"),
    "sao-zero-width": ("อบต.\u200bเขา\u200bทอง", "sao", "เขาทอง"),
    "sao-no-break-space": ("อบต.\u00a0เขาทอง", "sao", "เขาทอง"),
    "sao-named-like-a-town": ("อบต.เมืองใหม่", "sao", "เมืองใหม่"),
    "sao-with-dots-in-its-name": ("อบต.จ.ป.ร.", "sao", "จ.ป.ร."),
    "tambon-long": ("เทศบาลตำบลเขาสวนกวาง", "thesaban_tambon", "เขาสวนกวาง"),
    "tambon-space": ("เทศบาลตำบล เขาสวนกวาง", "thesaban_tambon", "เขาสวนกวาง"),
    "tambon-office": ("สำนักงานเทศบาลตำบลเขาสวนกวาง", "thesaban_tambon", "เขาสวนกวาง"),
    "tambon-short": ("ทต.เขาสวนกวาง", "thesaban_tambon", "เขาสวนกวาง"),
    "tambon-space-for-dot": ("ทต เขาสวนกวาง", "thesaban_tambon", "เขาสวนกวาง"),
    "tambon-number-in-name": ("เทศบาลตำบลจำลอง 0421", "thesaban_tambon", "จำลอง 0421"),
    "tambon-hyphen": ("ทต.ท่าเดื่อ-มืดกา", "thesaban_tambon", "ท่าเดื่อ-มืดกา"),
    "mueang-long": ("เทศบาลเมืองเมืองพล", "thesaban_mueang", "เมืองพล"),
    "mueang-short": ("ทม.นครนายก", "thesaban_mueang", "นครนายก"),
    "nakhon-long": ("เทศบาลนครนครสวรรค์", "thesaban_nakhon", "นครสวรรค์"),
    "nakhon-short": ("ท.น. ขอนแก่น", "thesaban_nakhon", "ขอนแก่น"),
    "pao-long": ("องค์การบริหารส่วนจังหวัดยโสธร", "pao", "ยโสธร"),
    "pao-space-inside-form": ("องค์การบริหารส่วน จังหวัดยโสธร", "pao", "ยโสธร"),
    "pao-short": ("อบจ.ยโสธร", "pao", "ยโสธร"),
    "pattaya": ("เมืองพัทยา", "pattaya", "เมืองพัทยา"),
    "bangkok": ("กรุงเทพมหานคร", "bma", "กรุงเทพมหานคร"),
    "bangkok-short": (" กทม. ", "bma", "กรุงเทพมหานคร"),
    "province-office": ("จังหวัดแพร่", "province_office", "แพร่"),
    "province-office-to-patak": ("จังหวัดสุราษฏร์ธานี", "province_office", "สุราษฏร์ธานี"),
}

NO_TYPE = {
    "department": "กรมการปกครอง",
    "name-alone": "เขวาใหญ่",
    "form-alone": "อบต.",
    "long-form-alone": "เทศบาลตำบล",
    "form-cut-inside-a-syllable": "อบจากที่อื่น",
    "two-letters-without-dot": "ทมอเขียว",
    "form-in-the-middle": "สมาคม อบต. เขวาใหญ่",
    "other-thesaban": "เทศบาลเขวาใหญ่",
    "changwat-but-no-province": "จังหวัดทหารบก",
    "average-of-a-province": "จังหวัดภูเก็ต (ค่าเฉลี่ยจังหวัด)",
    "bangkok-and-more": "กรุงเทพมหานครธนาคม",
    "pattaya-and-more": "เมืองพัทยาใต้",
}

PLACES = {
    "short-words": ("อบต.เขวาใหญ่ อ.กันทรวิชัย จ.มหาสารคาม", "อบต.เขวาใหญ่", "กันทรวิชัย", "มหาสารคาม"),
    "spaces-after-words": ("อบต.เขวาใหญ่ อ. กันทรวิชัย จ. มหาสารคาม", "อบต.เขวาใหญ่", "กันทรวิชัย", "มหาสารคาม"),
    "no-space-between": ("อบต.เขวาใหญ่ อ.กันทรวิชัยจ.มหาสารคาม", "อบต.เขวาใหญ่", "กันทรวิชัย", "มหาสารคาม"),
    "commas": ("อบต.เขวาใหญ่, อ.กันทรวิชัย, จ.มหาสารคาม", "อบต.เขวาใหญ่", "กันทรวิชัย", "มหาสารคาม"),
    "long-words": (
        "เทศบาลตำบลเขาสวนกวาง อำเภอเขาสวนกวาง จังหวัดขอนแก่น",
        "เทศบาลตำบลเขาสวนกวาง",
        "เขาสวนกวาง",
        "ขอนแก่น",
    ),
    "capital-district": ("เทศบาลนครขอนแก่น อ.เมือง จ.ขอนแก่น", "เทศบาลนครขอนแก่น", "เมืองขอนแก่น", "ขอนแก่น"),
    "capital-district-in-full": ("ทต.เก่า อ.เมืองแพร่ จ.แพร่", "ทต.เก่า", "เมืองแพร่", "แพร่"),
    "province-without-word": ("ทต.เก่า อ.เมือง ขอนแก่น", "ทต.เก่า", "เมืองขอนแก่น", "ขอนแก่น"),
    "province-only": ("เทศบาลตำบลเมืองแกลง จ.ระยอง", "เทศบาลตำบลเมืองแกลง", None, "ระยอง"),
    "district-only": ("อบต.เขาทอง อำเภอพยุหะคีรี", "อบต.เขาทอง", "พยุหะคีรี", None),
    "district-ends-like-a-province": ("อบต.เกาะตะเภา อ.บ้านตาก", "อบต.เกาะตะเภา", "บ้านตาก", None),
    "brackets": ("เทศบาลตำบลตะกุด (สระบุรี)", "เทศบาลตำบลตะกุด", None, "สระบุรี"),
    "brackets-no-space": ("เทศบาลตำบลตะกุด(จ.สระบุรี)", "เทศบาลตำบลตะกุด", None, "สระบุรี"),
    "brackets-both": ("ทต.ท่าเดื่อ-มืดกา (ดอยเต่า เชียงใหม่)", "ทต.ท่าเดื่อ-มืดกา", "ดอยเต่า", "เชียงใหม่"),
    "brackets-both-words": ("อบต.เขาทอง ( อ.เมือง จ.กระบี่ )", "อบต.เขาทอง", "เมืองกระบี่", "กระบี่"),
    "brackets-district": ("อบต.เขาทอง (อ.พยุหะคีรี)", "อบต.เขาทอง", "พยุหะคีรี", None),
    "province-in-other-spelling": ("อบต.ท่าชี จ.สุราษฏร์ธานี", "อบต.ท่าชี", None, "สุราษฎร์ธานี"),
    "province-with-sara-am-in-two": ("อบต.วังไทร จ.ก\u0e4d\u0e32แพงเพชร", "อบต.วังไทร", None, "กำแพงเพชร"),
    "bangkok-district": ("ศูนย์ฝึกอาชีพ เขตบางรัก กทม.", "ศูนย์ฝึกอาชีพ", "บางรัก", "กรุงเทพมหานคร"),
    "name-like-a-province-word": ("อบต.จ.ป.ร. อ.กระบุรี จ.ระนอง", "อบต.จ.ป.ร.", "กระบุรี", "ระนอง"),
    "pao-tells-its-province": ("องค์การบริหารส่วนจังหวัดยโสธร", "องค์การบริหารส่วนจังหวัดยโสธร", None, "ยโสธร"),
    "pao-form-parted": ("องค์การบริหารส่วน จังหวัดยโสธร", "องค์การบริหารส่วน จังหวัดยโสธร", None, "ยโสธร"),
    "pao-short": ("อบจ.ยโสธร", "อบจ.ยโสธร", None, "ยโสธร"),
    "province-office": ("จังหวัดแพร่", "จังหวัดแพร่", None, "แพร่"),
    "bangkok": ("กทม.", "กทม.", None, "กรุงเทพมหานคร"),
    "pattaya": ("เมืองพัทยา จังหวัดชลบุรี", "เมืองพัทยา", None, "ชลบุรี"),
    "court-of-a-province": ("ศาลจังหวัดแพร่", "ศาลจังหวัดแพร่", None, "แพร่"),
}

NO_PLACE = {
    "name-only": "อบต.เขาทอง",
    "town-named-like-its-province": "เทศบาลนครขอนแก่น",
    "province-alone": "ขอนแก่น",
    "province-nobody-knows": "อบต.เขาทอง จ.เขาทอง",
    "district-in-brackets-without-word": "อบต.เขาทอง (พยุหะคีรี)",
    "note-in-brackets": "องค์การกระจายเสียง (ไทยพีบีเอส)",
    "average-in-brackets": "จังหวัดภูเก็ต (ค่าเฉลี่ยจังหวัด)",
    "school-district": "สพป.ขอนแก่น เขต 5",
    "khet-outside-bangkok": "ศูนย์ฝึกอาชีพ เขตเหนือ",
    "province-without-word": "มหาวิทยาลัยราชภัฏ เชียงใหม่",
}


def body(
    organisation_id: str,
    name: str,
    district: str | None = None,
    province: str | None = None,
    code: str = "sao",
) -> Organisation:
    return Organisation(organisation_id, code, name, organisation.full_name(code, name), district, province)


def test_types_are_the_fifteen_in_order() -> None:
    assert [kind.position for kind in TYPES.values()] == list(range(1, 16))
    assert all(code == kind.type for code, kind in TYPES.items())
    assert [code for code, kind in TYPES.items() if kind.sector == "lao"] == [
        "pao",
        "thesaban_nakhon",
        "thesaban_mueang",
        "thesaban_tambon",
        "sao",
        "pattaya",
        "bma",
    ]
    assert {kind.sector for kind in TYPES.values()} == {"lao", "other"}
    assert TYPES["sao"].needs_province
    assert not TYPES["department"].needs_province


def test_names_of_a_type_begin_with_its_official_name_and_its_short_form() -> None:
    with_forms = [kind for kind in TYPES.values() if kind.prefixes_th]
    assert with_forms
    assert all({kind.name_th, kind.short_th} <= set(kind.prefixes_th) for kind in with_forms)


def test_no_two_types_share_a_written_form() -> None:
    forms = [form for kind in TYPES.values() for form in kind.prefixes_th]
    assert len(forms) == len(set(forms))


@pytest.mark.parametrize(("full", "code", "name"), WRITTEN.values(), ids=WRITTEN.keys())
def test_split_name_knows_every_way_to_write_a_type(full: str, code: str, name: str) -> None:
    assert organisation.split_name(full) == (code, name)


@pytest.mark.parametrize("full", NO_TYPE.values(), ids=NO_TYPE.keys())
def test_split_name_never_guesses(full: str) -> None:
    assert organisation.split_name(full) == (None, full)


@pytest.mark.parametrize(
    ("code", "name", "full", "short"),
    [
        ("sao", "เขวาใหญ่", "องค์การบริหารส่วนตำบลเขวาใหญ่", "อบต.เขวาใหญ่"),
        ("thesaban_mueang", "เมืองพล", "เทศบาลเมืองเมืองพล", "ทม.เมืองพล"),
        ("province_office", "แพร่", "จังหวัดแพร่", "จังหวัดแพร่"),
        ("bma", "กรุงเทพมหานคร", "กรุงเทพมหานคร", "กทม."),
        ("pattaya", "เมืองพัทยา", "เมืองพัทยา", "เมืองพัทยา"),
        ("department", "กรมการปกครอง", "กรมการปกครอง", "กรมการปกครอง"),
    ],
    ids=["usual", "type-ends-like-the-name", "province-office", "bangkok", "pattaya", "without-forms"],
)
def test_full_and_short_names(code: str, name: str, full: str, short: str) -> None:
    assert organisation.full_name(code, name) == full
    assert organisation.short_name(code, name) == short


@pytest.mark.parametrize("name_of", [organisation.full_name, organisation.short_name], ids=["full", "short"])
def test_an_unknown_type_is_refused(name_of: Callable[[str, str], str]) -> None:
    with pytest.raises(ValueError, match="ไม่รู้จักประเภทหน่วยงาน tambon"):
        name_of("tambon", "เขวาใหญ่")


@pytest.mark.parametrize(
    "code", [code for code, kind in TYPES.items() if kind.prefixes_th and code not in {"bma", "pattaya"}]
)
def test_splitting_undoes_joining(code: str) -> None:
    assert organisation.split_name(organisation.full_name(code, "นครนายก")) == (code, "นครนายก")
    assert organisation.split_name(organisation.short_name(code, "นครนายก")) == (code, "นครนายก")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("อบต. เขวาใหญ่", "องค์การบริหารส่วนตำบลเขวาใหญ่", id="short-and-long"),
        pytest.param("เทศบาลตำบลเมือง แกลง", "ทต.เมือง\u0e40\u0e40กลง", id="space-and-sara-ae"),
        pytest.param("อบต.กุฏี", "อบต.กุฎี", id="do-chada"),
        pytest.param("กทม.", "กรุงเทพมหานคร", id="bangkok"),
        pytest.param("กรม การปกครอง", "กรมการปกครอง", id="without-forms"),
    ],
)
def test_name_keys_join_writings_of_one_name(one: str, other: str) -> None:
    assert organisation.name_key(one) == organisation.name_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("ทต.เขาสวนกวาง", "อบต.เขาสวนกวาง", id="same-name-other-type"),
        pytest.param("อบต.เขวาใหญ่", "อบต.เขวาสินรินทร์", id="other-name"),
        pytest.param("อบต.กุฎี", "อบต.กุดี", id="near-name"),
        pytest.param("อบต.เขวาใหญ่", "เขวาใหญ่", id="type-unknown"),
        pytest.param("อบจ.แพร่", "จังหวัดแพร่", id="pao-and-province-office"),
    ],
)
def test_name_keys_keep_different_names_apart(one: str, other: str) -> None:
    assert organisation.name_key(one) != organisation.name_key(other)


@pytest.mark.parametrize(("text", "name", "district", "province"), PLACES.values(), ids=PLACES.keys())
def test_split_place_takes_the_place_off(
    text: str, name: str, district: str | None, province: str | None
) -> None:
    assert organisation.split_place(text) == Place(name, district, province)


@pytest.mark.parametrize("text", NO_PLACE.values(), ids=NO_PLACE.keys())
def test_split_place_never_guesses(text: str) -> None:
    assert organisation.split_place(text) == Place(text, None, None)


@pytest.mark.parametrize(
    ("row", "label"),
    [
        pytest.param(
            body("a", "เขวาใหญ่", "กันทรวิชัย", "มหาสารคาม"),
            "อบต.เขวาใหญ่ · อ.กันทรวิชัย จ.มหาสารคาม",
            id="district-and-province",
        ),
        pytest.param(body("a", "ตะกุด", None, "สระบุรี", "thesaban_tambon"), "ทต.ตะกุด · จ.สระบุรี", id="province"),
        pytest.param(body("a", "เขาทอง"), "อบต.เขาทอง (ไม่ทราบจังหวัด)", id="nothing-known"),
        pytest.param(body("a", "เขาทอง", "เมืองกระบี่"), "อบต.เขาทอง · อ.เมืองกระบี่ (ไม่ทราบจังหวัด)", id="district"),
        pytest.param(
            body("a", "ยะลา", None, "ยะลา", "thesaban_nakhon"), "ทน.ยะลา · จ.ยะลา", id="city-and-province"
        ),
        pytest.param(body("a", "ยโสธร", None, "ยโสธร", "pao"), "อบจ.ยโสธร", id="name-tells-the-province"),
        pytest.param(
            body("a", "ยโสธร", None, None, "pao"), "อบจ.ยโสธร", id="name-tells-what-is-not-recorded"
        ),
        pytest.param(body("a", "กรุงเทพมหานคร", None, "กรุงเทพมหานคร", "bma"), "กทม.", id="name-tells-bangkok"),
        pytest.param(
            body("a", "เมืองพัทยา", "บางละมุง", "ชลบุรี", "pattaya"),
            "เมืองพัทยา · อ.บางละมุง จ.ชลบุรี",
            id="pattaya",
        ),
        pytest.param(
            body("a", "โรงพยาบาลกลาง", "ป้อมปราบศัตรูพ่าย", "กรุงเทพมหานคร", "other_state"),
            "โรงพยาบาลกลาง · เขตป้อมปราบศัตรูพ่าย กรุงเทพมหานคร",
            id="bangkok-words",
        ),
        pytest.param(body("a", "กรมการปกครอง", code="department"), "กรมการปกครอง", id="needs-no-province"),
    ],
)
def test_a_label_says_type_name_and_place(row: Organisation, label: str) -> None:
    assert organisation.unique_labels([row]) == {"a": label}


def test_equal_names_in_different_places_have_different_labels_without_ids() -> None:
    rows = [
        body("1", "เขาทอง", "พยุหะคีรี", "นครสวรรค์"),
        body("2", "เขาทอง", "เมืองกระบี่", "กระบี่"),
        body("3", "เขาทอง", "อ่าวลึก", "กระบี่"),
        body("4", "เขาทอง", None, "กระบี่"),
        body("5", "เขาทอง"),
        body("6", "เขาทอง", "พยุหะคีรี", "นครสวรรค์", "thesaban_tambon"),
    ]
    labels = organisation.unique_labels(rows)
    assert len(set(labels.values())) == len(rows)
    assert not any("[" in label for label in labels.values())


@pytest.mark.parametrize(
    "names",
    [
        pytest.param(("เขาทอง", "เขาทอง"), id="equal"),
        pytest.param(("กุฎี", "กุฏี"), id="do-chada"),
        pytest.param(("เขาทอง", "เขา\u200bทอง"), id="zero-width"),
    ],
)
def test_labels_that_would_look_alike_carry_their_ids(names: tuple[str, str]) -> None:
    rows = [body(key, name, "อ่าวลึก", "กระบี่") for key, name in zip("ab", names, strict=True)]
    assert organisation.unique_labels([*rows, body("c", "เขาดิน", "อ่าวลึก", "กระบี่")]) == {
        "a": f"อบต.{names[0]} · อ.อ่าวลึก จ.กระบี่ [a]",
        "b": f"อบต.{names[1]} · อ.อ่าวลึก จ.กระบี่ [b]",
        "c": "อบต.เขาดิน · อ.อ่าวลึก จ.กระบี่",
    }


def test_a_name_that_imitates_an_id_cannot_take_anothers_label() -> None:
    rows = [
        body(key, name, code="department") for key, name in (("1", "กรม"), ("2", "กรม"), ("3", "กรม [1]"))
    ]
    assert len(set(organisation.unique_labels(rows).values())) == 3


def test_labels_do_not_depend_on_the_order_of_rows() -> None:
    rows = [body("1", "เขาทอง"), body("2", "เขาทอง"), body("3", "เขาดิน"), body("4", "เขาทอง", None, "กระบี่")]
    labels = organisation.unique_labels(rows)
    assert all(organisation.unique_labels(order) == labels for order in itertools.permutations(rows))


def test_two_rows_with_one_id_are_refused() -> None:
    with pytest.raises(ValueError, match="รหัสหน่วยงาน 1 ซ้ำกัน"):
        organisation.unique_labels([body("1", "เขาทอง"), body("1", "เขาดิน")])


def test_a_row_of_an_unknown_type_is_refused() -> None:
    row = Organisation("1", "tambon", "เขาทอง", "เขาทอง", None, None)
    with pytest.raises(ValueError, match="ไม่รู้จักประเภทหน่วยงาน tambon"):
        organisation.unique_labels([row])
