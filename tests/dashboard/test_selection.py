"""The selection and its URL form."""

from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.selection import (
    PEERS,
    Catalog,
    Group,
    Neighbours,
    Selection,
    default_year,
    filtered_group,
    group_label,
    link_to,
    parse,
    peer_group,
    with_search_keys,
)

BODIES = pd.DataFrame(
    {
        "organisation_id": [f"body-{number}" for number in range(8)],
        "label_th": [f"อบต.ทดสอบ {number}" for number in range(8)],
        "type": ["sao"] * 7 + ["department"],
        "province_iso": ["TH-40"] * 6 + [None, None],
        "region_code": ["northeast"] * 6 + [None, None],
        "district_th": ["เมือง"] * 7 + [None],
    }
).set_index("organisation_id")
CATALOG = Catalog(
    years=(2563, 2564, 2567),
    default_year=2567,
    places={"all": "ทุกพื้นที่", "northeast": "ตะวันออกเฉียงเหนือ", "TH-40": "ขอนแก่น"},
    regions={"TH-40": "northeast"},
    kinds={"all": "ทุกประเภท", "lao": "อปท. ทุกประเภท", "sao": "องค์การบริหารส่วนตำบล", "department": "กรม"},
    organisations=BODIES,
    parts={"overall": "คะแนนรวม", "OIT": "OIT", "10": "10 การป้องกันการทุจริต", "O33": "O33 รายงานผล"},
    datasets={"own": "ข้อมูลเผยแพร่", "simulated": "ข้อมูลจำลองทั้งประเทศ"},
)

selections = st.builds(
    Selection,
    year=st.none() | st.sampled_from(CATALOG.years),
    from_year=st.none() | st.sampled_from(CATALOG.years),
    place=st.sampled_from(list(CATALOG.places)),
    kind=st.sampled_from(list(CATALOG.kinds)),
    organisations=st.lists(st.sampled_from(list(BODIES.index)), unique=True, max_size=6).map(tuple),
    peers=st.sampled_from(list(PEERS)),
    part=st.none() | st.sampled_from(list(CATALOG.parts)),
    mine=st.none() | st.sampled_from(list(BODIES.index)),
    listed=st.lists(st.sampled_from(list(BODIES.index)), unique=True, min_size=1, max_size=6).map(tuple),
    list_name=st.sampled_from(["", "ours", "test & = ?"]),
    stretched=st.booleans(),
    dataset=st.sampled_from(list(CATALOG.datasets)),
    view=st.sampled_from(["", "10_EIT-public_kind_in60-70.5-0-101"]),
)


def nobody(body: str) -> Neighbours:
    """No body is near."""
    return Neighbours((), None)


@given(selections)
def test_url_form_reads_back_to_the_same_selection(selection: Selection) -> None:
    assert parse(selection.params(), CATALOG) == (selection, [])


@given(selections)
def test_url_form_is_short_ascii(selection: Selection) -> None:
    assert all(f"{key}{value}".isascii() for key, value in selection.params().items())


def test_defaults_leave_the_url_empty() -> None:
    assert Selection().params() == {}


@pytest.mark.parametrize(
    ("params", "said"),
    [
        ({"year": "2599"}, "ปีงบประมาณ “2599”"),
        ({"year": "๒๕๖๗"}, "ปีงบประมาณ “๒๕๖๗”"),
        ({"year": "2567.5"}, "ปีงบประมาณ “2567.5”"),
        ({"from": "x"}, "ปีตั้งต้น “x”"),
        ({"place": "TH-99"}, "พื้นที่ “TH-99”"),
        ({"kind": "nothing"}, "ประเภทหน่วยงาน “nothing”"),
        ({"orgs": "body-1,nobody"}, "รหัส “nobody”"),
        ({"peers": "friends"}, "กลุ่มเปรียบเทียบ “friends”"),
        ({"part": "O99"}, "“O99”"),
        ({"scale": "log"}, "สเกล “log”"),
        ({"me": "nobody"}, "รหัส “nobody”"),
        ({"district": "เมือง"}, "อำเภอ “เมือง”"),
        ({"colour": "red"}, "พารามิเตอร์ “colour”"),
        ({"view": "<b>"}, "มุมมอง “<b>”"),
        ({"view": "x" * 121}, "มุมมอง “xxx"),
    ],
    ids=lambda value: str(value),
)
def test_what_a_link_names_wrongly_is_said_and_left_at_its_default(params: dict[str, str], said: str) -> None:
    selection, problems = parse(params, CATALOG)
    assert len(problems) == 1
    assert said in problems[0]
    assert selection.changed(organisations=()) == Selection()


def test_known_bodies_of_a_wrong_link_are_kept_in_order() -> None:
    selection, _ = parse({"orgs": "body-3,nobody,body-1,body-3"}, CATALOG)
    assert selection.organisations == ("body-3", "body-1")
    assert selection.focus == "body-3"


def test_too_many_bodies_are_cut_and_said() -> None:
    selection, problems = parse({"orgs": ",".join(BODIES.index)}, CATALOG)
    assert selection.organisations == tuple(BODIES.index[:6])
    assert "6" in problems[0]


def test_long_text_from_a_link_is_cut() -> None:
    _, problems = parse({"place": "x" * 10_000}, CATALOG)
    assert len(problems[0]) < 100


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ({2566: 8, 2567: 4, 2568: 3}, 2567),  # 3 is under half of 8, 4 is not
        ({2566: 8323, 2567: 8325, 2568: 8317}, 2568),
        ({2567: 0, 2568: 0}, None),
        ({}, None),
    ],
    ids=["a lone early year", "whole years", "no scores", "no years"],
)
def test_default_year(counts: dict[int, int], expected: int | None) -> None:
    assert default_year(counts) == expected


@pytest.mark.parametrize(
    ("peers", "place", "kind"),
    [
        ("selected", "northeast", "lao"),
        ("all", "all", "all"),
        ("type", "all", "sao"),
        ("region", "northeast", "all"),
        ("province", "TH-40", "all"),
        ("type_province", "TH-40", "sao"),
    ],
)
def test_peer_group_follows_the_body(peers: str, place: str, kind: str) -> None:
    selection = Selection(place="northeast", kind="lao", peers=peers)
    group = peer_group(selection, CATALOG, "body-0", nobody)
    assert (group.place, group.kind) == (place, kind)


def test_peer_group_of_a_body_without_province_falls_back_to_the_selected_group() -> None:
    group = peer_group(Selection(place="TH-40", peers="province"), CATALOG, "body-6", nobody)
    assert (group.place, group.kind) == ("TH-40", "all")
    assert "ไม่ทราบจังหวัด" in group.note


def test_nearest_bodies_are_a_list_with_the_body_itself() -> None:
    selection = Selection(year=2567, peers="nearest")
    near = Neighbours(("body-5", "body-2"), 2564)
    group = peer_group(selection, CATALOG, "body-3", lambda body: near)
    assert group.bodies == ("body-2", "body-3", "body-5")
    assert list(CATALOG.members(group)) == ["body-2", "body-3", "body-5"]
    assert "อบต.ทดสอบ 3 กับ 2 แห่ง" in group.label
    assert "2564" in group.label


def test_where_nobody_is_near_the_filters_stand_and_it_is_said() -> None:
    group = peer_group(Selection(year=2567, place="TH-40", peers="nearest"), CATALOG, "body-3", nobody)
    assert (group.place, group.bodies) == ("TH-40", ())
    assert "2567" in group.note


def test_a_list_is_a_group_with_its_name_and_a_link_brings_it_back() -> None:
    selection = Selection(peers="list", listed=("body-4", "body-1"), list_name="ของเรา")
    group = peer_group(selection, CATALOG, None, nobody)
    assert group.bodies == ("body-1", "body-4")
    assert group.label == "รายชื่อที่ทำเอง “ของเรา” (2 แห่ง)"
    again, problems = parse(selection.params(), CATALOG)
    assert (again, problems) == (selection, [])
    assert selection.changed(**link_to(group, selection)) == selection
    again = Selection().changed(**link_to(group, Selection()))
    assert peer_group(again, CATALOG, None, nobody).bodies == group.bodies


def test_a_list_cannot_pass_for_a_group_by_its_name() -> None:
    name = group_label(CATALOG, "TH-40", "sao")
    selection, _ = parse({"peers": "list", "list": "body-1", "name": f" {name}\n\x00* x"}, CATALOG)
    assert selection.list_name == f"{name} * x"
    assert "รายชื่อที่ทำเอง" in peer_group(selection, CATALOG, None, nobody).label


def test_a_group_that_had_to_fall_back_is_still_that_of_the_filters() -> None:
    selection = Selection(year=2567, place="TH-40", peers="nearest")
    assert peer_group(selection, CATALOG, "body-3", nobody) == filtered_group(selection, CATALOG)


def test_a_year_of_thousands_of_digits_is_no_year() -> None:
    selection, problems = parse({"year": "2" * 5000}, CATALOG)
    assert (selection.year, len(problems)) == (None, 1)


def test_a_link_to_a_list_of_nobody_falls_back_to_the_filters_and_says_so() -> None:
    selection, problems = parse({"peers": "list", "list": "nobody"}, CATALOG)
    assert selection == Selection()
    assert len(problems) == 2


def test_a_list_in_a_link_is_cut_where_it_is_too_long() -> None:
    many = pd.concat([BODIES] * 10).set_axis([f"body-{number}" for number in range(80)])
    selection, problems = parse({"list": ",".join(many.index)}, replace(CATALOG, organisations=many))
    assert len(selection.listed) == 60
    assert "60" in problems[0]


@pytest.mark.parametrize(
    ("line", "bodies"),
    [
        ("อบต.ทดสอบ 3", ["body-3"]),
        ("องค์การบริหารส่วนตำบลทดสอบ 3", ["body-3"]),
        ("ทดสอบ ๓", ["body-3"]),
        ("ทดส 3", []),
        ("ทดสอบ", list(BODIES.index)),
        ("  ", []),
    ],
)
def test_a_line_names_a_body_by_whole_words_only(line: str, bodies: list[str]) -> None:
    full = [f"องค์การบริหารส่วนตำบลทดสอบ {number}" for number in range(8)]
    known = replace(CATALOG, organisations=with_search_keys(BODIES.assign(full_name_th=full)))
    assert known.named(line) == bodies


def test_another_place_has_other_districts() -> None:
    selection, problems = parse({"place": "TH-40", "district": "เมือง"}, CATALOG)
    assert (selection.district, problems) == ("เมือง", [])
    assert selection.changed(year=2564).district == "เมือง"
    assert selection.changed(place="northeast").district == ""
    assert parse({"district": "เมือง"}, CATALOG)[0].district == ""


def test_the_own_body_is_parted_from_the_other_selected_ones() -> None:
    assert Selection(organisations=("body-1", "body-2"), mine="body-2").others == ("body-1",)


def test_group_label_says_what_defines_the_group() -> None:
    assert group_label(CATALOG, "TH-40", "sao") == "องค์การบริหารส่วนตำบล · จ.ขอนแก่น"
    assert group_label(CATALOG, "northeast", "all") == "ทุกประเภทหน่วยงาน · ภาคตะวันออกเฉียงเหนือ"
    assert group_label(CATALOG, "all", "lao") == "อปท. ทุกประเภท · ทุกพื้นที่"


def test_names_are_short_unless_two_are_the_same() -> None:
    known = replace(
        CATALOG,
        organisations=BODIES.assign(
            label_th=["อบต.บ้านใหม่ · จ.เลย", "อบต.บ้านใหม่ · จ.ตาก"] + ["อบต.เดียว · จ.เลย"] * 6
        ),
    )
    assert known.names(["body-2", "body-0"]) == {"body-2": "อบต.เดียว", "body-0": "อบต.บ้านใหม่"}
    assert known.names(["body-0", "body-1", "body-2"]) == {
        "body-0": "อบต.บ้านใหม่ · จ.เลย",
        "body-1": "อบต.บ้านใหม่ · จ.ตาก",
        "body-2": "อบต.เดียว",
    }


def test_members_of_a_group_are_those_of_its_place_and_kind() -> None:
    known = replace(CATALOG, organisations=BODIES.assign(sector=["lao"] * 7 + ["other"]))
    assert list(known.members(Group("northeast", "lao", ""))) == [f"body-{one}" for one in range(6)]
    assert list(known.members(Group("all", "department", ""))) == ["body-7"]
    assert len(known.members(Group("all", "all", ""))) == 8


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("เขวาใหญ่", ["a"]),
        ("อบต.เขวา", ["a", "b"]),
        ("องค์การบริหารส่วนตำบล เขวา", ["a", "b"]),
        ("เขวา สุรินทร์", ["b"]),
        ("กรม", ["d", "c"]),  # a name that begins so comes first
        ("๑", ["c"]),
        ("  ", []),
        ("ไม่มีชื่อนี้", []),
        (".*", []),
    ],
)
def test_bodies_are_found_by_parts_of_name_and_place(words: str, found: list[str]) -> None:
    bodies = pd.DataFrame(
        [
            ("a", "อบต.เขวาใหญ่ · จ.มหาสารคาม", "องค์การบริหารส่วนตำบลเขวาใหญ่"),
            ("b", "อบต.เขวาสินรินทร์ · จ.สุรินทร์", "องค์การบริหารส่วนตำบลเขวาสินรินทร์"),
            ("c", "สำนักงานกรม 1", "สำนักงานกรม 1"),
            ("d", "กรมทดสอบ", "กรมทดสอบ"),
        ],
        columns=["organisation_id", "label_th", "full_name_th"],
    )
    known = replace(CATALOG, organisations=with_search_keys(bodies).set_index("organisation_id"))
    assert known.find(words) == found
