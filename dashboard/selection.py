"""What the user is looking at, in one value: it stands whole in the URL and serves every page.

Codes in the URL are short ASCII and survive renamed labels:
`?year=2567&place=TH-44&kind=sao&orgs=sao-khwao-yai`.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields, replace

import pandas as pd

from ita_data import thai
from warehouse import lists
from warehouse.datasets import OWN

ALL = "all"
MOST_ORGANISATIONS = 6
RANKED_FROM = 5
"""The fewest bodies among which a rank or a quartile says something: among fewer, one body turns it over."""
NEIGHBOURS = 20
"""How many bodies are "nearest": enough for quartiles, few enough to be near."""
FILTERS, LIST, NEAREST = "selected", "list", "nearest"
PEERS = {
    FILTERS: "ตามพื้นที่และประเภทที่เลือก",
    "type_province": "ประเภทและจังหวัดเดียวกัน",
    "type_region": "ประเภทและภาคเดียวกัน",
    "type": "ประเภทเดียวกันทั้งประเทศ",
    "province": "ทุกหน่วยงานในจังหวัดเดียวกัน",
    "region": "ทุกหน่วยงานในภาคเดียวกัน",
    NEAREST: f"{NEIGHBOURS} แห่งที่ใกล้เคียงที่สุด",
    LIST: "รายชื่อที่ทำเอง",
    "all": "ทุกหน่วยงานในคลังข้อมูล",
}
"""The comparison groups; what is not FILTERS, LIST or "all" is defined by a body."""
HEADROOM = "headroom"
"""The scale of points that gives the crowded end below 100 room."""
OWN_LIST = "รายชื่อที่ทำเอง"
MOST_NAME = 60
MOST_VIEW = 120
KEYS = (
    "year",
    "from",
    "place",
    "kind",
    "orgs",
    "peers",
    "part",
    "data",
    "me",
    "list",
    "name",
    "district",
    "scale",
    "view",
)
"""The keys of the URL form."""


@dataclass(frozen=True)
class Group:
    """A comparison group: a place (all, a region, a province) crossed with a kind (all, sector, type).

    The place of a group that is a list of bodies names them (`lists.place_of`). `note` says why a group is
    not the one that was asked for.
    """

    place: str
    kind: str
    label: str
    note: str = field(default="", compare=False)

    @property
    def bodies(self) -> tuple[str, ...]:
        """The ids of the bodies, where the group is a list of them."""
        return lists.bodies_of(self.place)


@dataclass(frozen=True, eq=False)  # there is one for a version, so its identity can be a key
class Catalog:
    """What may be selected in a version of the warehouse: code → Thai label."""

    years: tuple[int, ...]
    default_year: int | None
    places: Mapping[str, str]
    regions: Mapping[str, str]  # province → its region
    kinds: Mapping[str, str]
    organisations: pd.DataFrame  # indexed by organisation_id, in name order
    parts: Mapping[str, str]
    datasets: Mapping[str, str]

    def label(self, organisation_id: str) -> str:
        """The unique label of a body."""
        return str(self.organisations.at[organisation_id, "label_th"])

    def find(self, words: str) -> list[str]:
        """The ids of the bodies whose name or place holds every word, names that begin so first.

        A word is found in any writing of it (see `ita_data.thai.fold`), a type in its short and long form.
        """
        keys = [thai.fold(word) for word in words.split()]
        if not keys:
            return []
        found = self.organisations["search_key"]
        for key in keys:
            found = found[found.str.contains(key, regex=False)]
        begins = found.str.startswith(keys[0])
        return [*found.index[begins], *found.index[~begins]]

    def named(self, words: str) -> list[str]:
        """The ids of the bodies a line of text may name: every word is a whole word of the name or the place.

        As `find`, but half a name is no name. The prefix of a type, a district or a province may be missing.
        """

        def names(organisation_id: str) -> bool:
            body = self.organisations.loc[organisation_id]
            whole = {
                thai.fold(one) for one in re.split(r"[\s·]+", f"{body['label_th']} {body['full_name_th']}")
            }
            whole |= {one.partition(".")[2] for one in whole}
            return all(thai.fold(word) in whole for word in words.split())

        return [one for one in self.find(words) if names(one)]

    def districts(self, province: str) -> set[str]:
        """The districts of a province that have a body; none of any other place."""
        bodies = self.organisations
        return set(bodies.loc[bodies["province_iso"] == province, "district_th"].dropna())

    def names(self, organisation_ids: Iterable[str]) -> dict[str, str]:
        """Short names of a few bodies: the label without its place where that still tells them apart."""
        labels = {one: self.label(one) for one in organisation_ids}
        short = {one: label.split(" · ")[0] for one, label in labels.items()}
        return {
            one: labels[one] if list(short.values()).count(name) > 1 else name for one, name in short.items()
        }

    def members(self, group: Group) -> pd.Index:
        """The ids of the bodies of a group, whatever years they have scores for."""
        bodies = self.organisations
        if group.bodies:
            return bodies.index[bodies.index.isin(group.bodies)]
        if group.place != ALL:
            bodies = bodies[(bodies["region_code"] == group.place) | (bodies["province_iso"] == group.place)]
        if group.kind != ALL:
            bodies = bodies[(bodies["sector"] == group.kind) | (bodies["type"] == group.kind)]
        return bodies.index


def with_search_keys(organisations: pd.DataFrame) -> pd.DataFrame:
    """Bodies (label_th, full_name_th) with what `Catalog.find` looks into."""
    names = organisations["label_th"] + "\n" + organisations["full_name_th"]
    return organisations.assign(search_key=names.map(thai.fold))


@dataclass(frozen=True)
class Selection:
    """The user's selection; years are B.E., `None` means the default of the version.

    `view` is what a page of many choices keeps of its own: a short code that the page itself reads.
    """

    year: int | None = None
    from_year: int | None = None
    place: str = ALL
    kind: str = ALL
    organisations: tuple[str, ...] = ()
    peers: str = FILTERS
    part: str | None = None
    dataset: str = OWN
    mine: str | None = None
    listed: tuple[str, ...] = ()
    stretched: bool = False
    list_name: str = ""
    district: str = ""
    view: str = ""

    @property
    def focus(self) -> str | None:
        """The body the organisation page is about: the first of the selected ones."""
        return self.organisations[0] if self.organisations else None

    @property
    def others(self) -> tuple[str, ...]:
        """The selected bodies that are not the user's own."""
        return tuple(one for one in self.organisations if one != self.mine)

    def params(self) -> dict[str, str]:
        """The URL form; what is at its default is left out."""
        found = {
            "year": str(self.year or ""),
            "from": str(self.from_year or ""),
            "place": self.place if self.place != ALL else "",
            "kind": self.kind if self.kind != ALL else "",
            "orgs": ",".join(self.organisations),
            "peers": self.peers if self.peers != FILTERS else "",
            "part": self.part or "",
            "data": self.dataset if self.dataset != OWN else "",
            "me": self.mine or "",
            "list": ",".join(self.listed),
            "name": self.list_name,
            "district": self.district,
            "scale": HEADROOM if self.stretched else "",
            "view": self.view,
        }
        return {key: value for key, value in found.items() if value}

    def changed(self, **changes: object) -> "Selection":
        """The same selection with some fields changed; another place has other districts."""
        assert set(changes) <= {one.name for one in fields(self)}, changes
        if changes.get("place", self.place) != self.place:
            changes = {"district": "", **changes}
        return replace(self, **changes)  # type: ignore[arg-type]

    def centred(self, body: str, catalog: Catalog, group: Group) -> "Selection":
        """The same selection about another body, first among the selected ones.

        Its comparison group stays where the body belongs to it, else it is that of its type and province.
        """
        others = tuple(one for one in self.others if one != body)
        placed = pd.notna(catalog.organisations.at[body, "province_iso"])
        like = "type_province" if placed else "type"
        return self.changed(
            mine=body,
            organisations=(body, *others)[:MOST_ORGANISATIONS],
            peers=self.peers if body in catalog.members(group) else like,
        )


def parse(params: Mapping[str, str], catalog: Catalog) -> tuple[Selection, list[str]]:
    """Read a selection from URL parameters; what cannot be found is left at its default and said in Thai."""
    problems: list[str] = []

    def year(key: str, name: str) -> int | None:
        text = params.get(key, "")
        if not text:
            return None
        if text in map(str, catalog.years):
            return int(text)
        problems.append(f"ไม่พบ{name} “{shorten(text)}” ในคลังข้อมูล")
        return None

    def code(key: str, name: str, known: Mapping[str, str], default: str) -> str:
        text = params.get(key, "")
        if text and text not in known:
            problems.append(f"ไม่พบ{name} “{shorten(text)}”")
        return text if text in known else default

    def bodies(key: str, most: int) -> tuple[str, ...]:
        found: list[str] = []
        for organisation_id in filter(None, params.get(key, "").split(",")):
            if organisation_id not in catalog.organisations.index:
                problems.append(f"ไม่พบหน่วยงานรหัส “{shorten(organisation_id)}” ในคลังข้อมูลรุ่นนี้")
            elif organisation_id not in found:
                found.append(organisation_id)
        if len(found) > most:
            problems.append(f"เลือกหน่วยงานได้ไม่เกิน {most} แห่ง จึงแสดงเฉพาะ {most} แห่งแรก")
        return tuple(found[:most])

    listed = bodies("list", lists.MOST_BODIES)
    peers = code("peers", "กลุ่มเปรียบเทียบ", PEERS, FILTERS)
    if peers == LIST and not listed:
        problems.append("ลิงก์ขอกลุ่มที่เป็นรายชื่อ แต่ไม่มีรายชื่อหน่วยงานที่ใช้ได้ จึงใช้กลุ่มตามตัวกรอง")
        peers = FILTERS
    place = code("place", "พื้นที่", catalog.places, ALL)
    district = params.get("district", "")
    if district and district not in catalog.districts(place):
        problems.append(f"ไม่พบอำเภอ “{shorten(district)}” ในพื้นที่ที่เลือก")
        district = ""
    view = params.get("view", "")
    if len(view) > MOST_VIEW or not re.fullmatch(r"[\w.~-]*", view, flags=re.ASCII):
        problems.append(f"อ่านมุมมอง “{shorten(view)}” ในลิงก์ไม่ได้")
        view = ""
    unknown = sorted(set(params) - set(KEYS))
    problems += [f"ไม่รู้จักพารามิเตอร์ “{shorten(key)}” ในลิงก์" for key in unknown]
    return (
        Selection(
            year=year("year", "ปีงบประมาณ"),
            from_year=year("from", "ปีตั้งต้น"),
            place=place,
            kind=code("kind", "ประเภทหน่วยงาน", catalog.kinds, ALL),
            organisations=bodies("orgs", MOST_ORGANISATIONS),
            peers=peers,
            part=code("part", "ตัวชี้วัดหรือข้อ", catalog.parts, "") or None,
            dataset=code("data", "ชุดข้อมูล", catalog.datasets, OWN),
            mine=next(iter(bodies("me", 1)), None),
            listed=listed,
            list_name=one_line(params.get("name", ""))[:MOST_NAME] if listed else "",
            district=district,
            stretched=code("scale", "สเกล", {HEADROOM: ""}, "") == HEADROOM,
            view=view,
        ),
        problems,
    )


def one_line(text: str) -> str:
    """A user's text without line breaks and what cannot be seen."""
    return " ".join("".join(one for one in text if one.isprintable() or one.isspace()).split())


def shorten(text: str, most: int = 40) -> str:
    """A user's text, cut so that a message stays readable."""
    return text if len(text) <= most else text[: most - 1] + "…"


def group_label(catalog: Catalog, place: str, kind: str) -> str:
    """The definition of a group in words."""
    kind_label = "ทุกประเภทหน่วยงาน" if kind == ALL else catalog.kinds[kind]
    if place == ALL:
        return f"{kind_label} · ทุกพื้นที่"
    prefix = "จ." if place in catalog.regions else "ภาค"
    return f"{kind_label} · {prefix}{catalog.places[place]}"


def filtered_group(selection: Selection, catalog: Catalog) -> Group:
    """The group the filters describe."""
    return Group(selection.place, selection.kind, group_label(catalog, selection.place, selection.kind))


@dataclass(frozen=True)
class Neighbours:
    """The bodies nearest to one, nearest first, and the year whose indicators say so."""

    bodies: tuple[str, ...]
    year: int | None


def peer_group(
    selection: Selection,
    catalog: Catalog,
    body: str | None,
    neighbours: Callable[[str], Neighbours],
) -> Group:
    """The comparison group of a selection, as it is for a body; where it cannot be had, that of the filters.

    `neighbours` finds the bodies nearest to one; it is asked only when they are wanted.
    """
    asked, filters = selection.peers, filtered_group(selection, catalog)
    if asked == FILTERS:
        return filters
    if asked == LIST:
        # what somebody called it is no definition: two bodies must not pass for a whole province
        name = f"{OWN_LIST} “{selection.list_name}”" if selection.list_name else OWN_LIST
        return Group(lists.place_of(selection.listed), ALL, f"{name} ({len(selection.listed)} แห่ง)")
    if asked == ALL:
        return Group(ALL, ALL, group_label(catalog, ALL, ALL))
    if body is None:
        return filters
    row, name = catalog.organisations.loc[body], catalog.label(body)
    if asked == NEAREST:
        found = neighbours(body)
        if not found.bodies:
            why = f"ไม่มีคะแนนตัวชี้วัดของปีก่อน {selection.year} ครบพอจะหาหน่วยงานที่ใกล้เคียง {name}"
            return replace(filters, note=f"{why} จึงใช้กลุ่มตามตัวกรอง")
        label = f"{name} กับ {len(found.bodies)} แห่งประเภทเดียวกันที่ตัวชี้วัดปี {found.year} ใกล้เคียงที่สุด"
        return Group(lists.place_of((body, *found.bodies)), ALL, label)
    place = {
        "region": row["region_code"],
        "type_region": row["region_code"],
        "province": row["province_iso"],
        "type_province": row["province_iso"],
    }.get(asked, ALL)
    kind = row["type"] if asked.startswith("type") else ALL
    if pd.isna(place):
        return replace(filters, note=f"{name} ไม่มีจังหวัดหรือไม่ทราบจังหวัด จึงใช้กลุ่มตามตัวกรอง")
    return Group(place, kind, group_label(catalog, place, kind))


def link_to(group: Group, selection: Selection) -> dict[str, object]:
    """The changes of a selection that make a group the comparison group."""
    if group.bodies and group.bodies == lists.bodies_of(lists.place_of(selection.listed)):
        return {"peers": LIST}
    if group.bodies:
        return {"peers": LIST, "listed": group.bodies, "list_name": one_line(group.label)[:MOST_NAME]}
    return {"peers": FILTERS, "place": group.place, "kind": group.kind}


def default_year(counts: Mapping[int, int]) -> int | None:
    """The latest year with at least half as many bodies as the fullest year; None where no year has any.

    So a lone early result of a new year does not hide the year people come for.
    """
    fullest = max(counts.values(), default=0)
    return max((year for year, n in counts.items() if n and 2 * n >= fullest), default=None)
