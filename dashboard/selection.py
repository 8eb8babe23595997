"""What the user is looking at, in one value: it stands whole in the URL and serves every page.

Codes in the URL are short ASCII and survive renamed labels:
`?year=2567&place=TH-44&kind=sao&orgs=sao-khwao-yai`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace

import pandas as pd

from ita_data import thai
from warehouse.datasets import OWN

ALL = "all"
MOST_ORGANISATIONS = 6
RANKED_FROM = 5
"""The fewest bodies among which a rank or a quartile says something: among fewer, one body turns it over."""
PEERS = {
    "selected": "กลุ่มที่เลือกในแถบตัวกรอง",
    "all": "ทุกหน่วยงานในคลังข้อมูล",
    "type": "ประเภทเดียวกันทั้งประเทศ",
    "region": "ทุกหน่วยงานในภาคเดียวกัน",
    "province": "ทุกหน่วยงานในจังหวัดเดียวกัน",
    "type_province": "ประเภทและจังหวัดเดียวกัน",
}


@dataclass(frozen=True)
class Group:
    """A comparison group: a place (all, a region, a province) crossed with a kind (all, a sector, a type)."""

    place: str
    kind: str
    label: str


@dataclass(frozen=True)
class Catalog:
    """What may be selected in a version of the warehouse: code → Thai label."""

    years: tuple[int, ...]
    default_year: int | None
    places: Mapping[str, str]
    regions: Mapping[str, str]  # province → its region
    kinds: Mapping[str, str]
    organisations: pd.DataFrame = field(compare=False)  # indexed by organisation_id, in name order
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
    """The user's selection; years are B.E., `None` means the default of the version."""

    year: int | None = None
    from_year: int | None = None
    place: str = ALL
    kind: str = ALL
    organisations: tuple[str, ...] = ()
    peers: str = "selected"
    part: str | None = None
    dataset: str = OWN

    @property
    def focus(self) -> str | None:
        """The body the organisation page is about: the first of the selected ones."""
        return self.organisations[0] if self.organisations else None

    def params(self) -> dict[str, str]:
        """The URL form; what is at its default is left out."""
        found = {
            "year": str(self.year or ""),
            "from": str(self.from_year or ""),
            "place": self.place if self.place != ALL else "",
            "kind": self.kind if self.kind != ALL else "",
            "orgs": ",".join(self.organisations),
            "peers": self.peers if self.peers != "selected" else "",
            "part": self.part or "",
            "data": self.dataset if self.dataset != OWN else "",
        }
        return {key: value for key, value in found.items() if value}

    def changed(self, **changes: object) -> "Selection":
        """The same selection with some fields changed."""
        assert set(changes) <= {one.name for one in fields(self)}, changes
        return replace(self, **changes)  # type: ignore[arg-type]


def parse(params: Mapping[str, str], catalog: Catalog) -> tuple[Selection, list[str]]:
    """Read a selection from URL parameters; what cannot be found is left at its default and said in Thai."""
    problems: list[str] = []

    def year(key: str, name: str) -> int | None:
        text = params.get(key, "")
        if not text:
            return None
        if text.isascii() and text.isdigit() and int(text) in catalog.years:
            return int(text)
        problems.append(f"ไม่พบ{name} “{shorten(text)}” ในคลังข้อมูล")
        return None

    def code(key: str, name: str, known: Mapping[str, str], default: str) -> str:
        text = params.get(key, "")
        if text and text not in known:
            problems.append(f"ไม่พบ{name} “{shorten(text)}”")
        return text if text in known else default

    organisations: list[str] = []
    for organisation_id in filter(None, params.get("orgs", "").split(",")):
        if organisation_id not in catalog.organisations.index:
            problems.append(f"ไม่พบหน่วยงานรหัส “{shorten(organisation_id)}” ในคลังข้อมูลรุ่นนี้")
        elif organisation_id not in organisations:
            organisations.append(organisation_id)
    if len(organisations) > MOST_ORGANISATIONS:
        problems.append(
            f"เลือกหน่วยงานได้ไม่เกิน {MOST_ORGANISATIONS} แห่ง จึงแสดงเฉพาะ {MOST_ORGANISATIONS} แห่งแรก"
        )
    unknown = sorted(set(params) - {"year", "from", "place", "kind", "orgs", "peers", "part", "data"})
    problems += [f"ไม่รู้จักพารามิเตอร์ “{shorten(key)}” ในลิงก์" for key in unknown]
    return (
        Selection(
            year=year("year", "ปีงบประมาณ"),
            from_year=year("from", "ปีตั้งต้น"),
            place=code("place", "พื้นที่", catalog.places, ALL),
            kind=code("kind", "ประเภทหน่วยงาน", catalog.kinds, ALL),
            organisations=tuple(organisations[:MOST_ORGANISATIONS]),
            peers=code("peers", "กลุ่มเปรียบเทียบ", PEERS, "selected"),
            part=code("part", "ตัวชี้วัดหรือข้อ", catalog.parts, "") or None,
            dataset=code("data", "ชุดข้อมูล", catalog.datasets, OWN),
        ),
        problems,
    )


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


def selected_group(selection: Selection, catalog: Catalog) -> Group:
    """The group the filters describe."""
    return Group(selection.place, selection.kind, group_label(catalog, selection.place, selection.kind))


def peer_group(selection: Selection, catalog: Catalog, organisation_id: str | None) -> Group:
    """The group a body is compared with; where the body lacks what defines it, the selected group."""
    if organisation_id is None or selection.peers == "selected":
        return selected_group(selection, catalog)
    body = catalog.organisations.loc[organisation_id]
    place = {
        "region": body["region_code"],
        "province": body["province_iso"],
        "type_province": body["province_iso"],
    }.get(selection.peers, ALL)
    kind = body["type"] if selection.peers in ("type", "type_province") else ALL
    if pd.isna(place):
        return selected_group(selection, catalog)
    return Group(place, kind, group_label(catalog, place, kind))


def default_year(counts: Mapping[int, int]) -> int | None:
    """The latest year with at least half as many bodies as the fullest year; None where no year has any.

    So a lone early result of a new year does not hide the year people come for.
    """
    fullest = max(counts.values(), default=0)
    return max((year for year, n in counts.items() if n and 2 * n >= fullest), default=None)
