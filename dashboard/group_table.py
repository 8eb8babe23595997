"""The bodies of a group as a table: which rows a user's search, filter and order leave, and what they say."""

from collections.abc import Container
from dataclasses import dataclass

import pandas as pd

from dashboard import text
from ita_data.thai import fold

RANKED_FROM = 5  # a place among fewer bodies says little, and one body more turns it over
NAMED = 3  # of those below the pass mark the sentence names the lowest
FILTERS = {
    "all": "ทั้งหมด",
    "below": "ต่ำกว่าเกณฑ์ผ่าน",
    "passed": "ผ่าน",
    "no_overall": "ไม่มีคะแนนรวม",
}


@dataclass(frozen=True)
class Wishes:
    """What the user asked the table to show; `order` is rank, name, change or the code of a part."""

    search: str = ""
    order: str = "rank"
    turned: bool = False
    show: str = "all"
    only_chosen: bool = False


@dataclass(frozen=True)
class Bodies:
    """The bodies of a group in a year that have any score.

    `rows` is the answer of the query results, indexed by organisation_id; `parts` are the instruments and
    indicators at least one body has, in the order of the columns; `values` and `recomputed` (is the value not
    published) are organisation_id × part.
    """

    year: int
    rows: pd.DataFrame
    parts: pd.DataFrame
    values: pd.DataFrame
    recomputed: pd.DataFrame
    pass_mark: float | None

    @property
    def n(self) -> int:
        """How many have an overall."""
        return int(self.rows["overall"].notna().sum())

    @property
    def ranked(self) -> bool:
        """Are there enough bodies for a rank to mean something."""
        return self.n >= RANKED_FROM

    @property
    def n_changes(self) -> int:
        """How many have a change on the year before."""
        return int(self.rows["overall_change"].notna().sum())

    @property
    def labels(self) -> dict[str, str]:
        """The parts' labels by code."""
        return {row.part: text.part_label(row.part, row.name_th) for row in self.parts.itertuples()}


def short_names(labels: pd.Series) -> pd.Series:
    """The bodies' names without their place, as their labels begin."""
    return labels.str.split(" · ").str[0]


def matches(rows: pd.DataFrame, search: str) -> pd.Series:
    """Which bodies hold every word of the search in their label, full name, district or province.

    Spellings that differ only in digits, capitals, invisible characters or ฎ and ฏ count as equal.
    """
    words = [fold(word) for word in search.split()]
    told = rows[["label_th", "full_name_th", "district_th", "province_th"]].fillna("")
    keys = ["\n".join(map(fold, row)) for row in told.itertuples(index=False)]
    return pd.Series([all(word in key for word in words) for key in keys], index=rows.index, dtype=bool)


def filtered(rows: pd.DataFrame, show: str) -> pd.Series:
    """Which bodies one of the `FILTERS` leaves."""
    passed = rows["passed"].astype("boolean")
    kept = {
        "all": pd.Series(True, index=rows.index),
        "below": ~passed.fillna(True),
        "passed": passed.fillna(False),
        "no_overall": rows["overall"].isna(),
    }
    return kept[show].astype(bool)


def selected(rows: pd.DataFrame, wishes: Wishes, chosen: Container[str]) -> pd.DataFrame:
    """The bodies the user's search and filter leave; `chosen` are those the user follows."""
    rows = rows[filtered(rows, wishes.show)]
    if wishes.only_chosen:
        rows = rows[[one in chosen for one in rows.index]]
    return rows[matches(rows, wishes.search)] if wishes.search.strip() else rows


def arranged(rows: pd.DataFrame, values: pd.DataFrame, wishes: Wishes) -> pd.DataFrame:
    """The bodies in the wished order: what is not known stands last, equals stand in name order."""
    if wishes.order == "name":
        return rows.sort_values("name_order", ascending=not wishes.turned)
    by = {"rank": -rows["overall"], "change": rows["overall_change"]}.get(wishes.order)
    if by is None:
        by = values.loc[rows.index, wishes.order]
    keyed = rows.assign(_by=by.round(6)).sort_values(
        ["_by", "name_order"], ascending=[not wishes.turned, True], na_position="last"
    )
    return keyed.drop(columns="_by")


def orders(bodies: Bodies) -> dict[str, str]:
    """What the table can be sorted by: the code of an order and its words."""
    found = {
        "rank": "อันดับ (ที่ 1 ก่อน)" if bodies.ranked else "คะแนนรวม (สูงก่อน)",
        "name": "ชื่อ (ก–ฮ)",
    }
    if bodies.n_changes:
        found["change"] = "เปลี่ยนแปลงจากปีก่อน (ลดลงมากก่อน)"
    return found | {part: f"{label} (ต่ำก่อน)" for part, label in bodies.labels.items()}


def headline(bodies: Bodies) -> str:
    """Who is below the pass mark, how many, and who is lowest."""
    rows, n = bodies.rows, bodies.n
    if not n:
        return f"ปี {bodies.year} มีข้อมูลของ {len(rows):,} แห่งในกลุ่ม แต่ยังไม่มีแห่งใดมีคะแนนรวม"
    start = f"ปี {bodies.year} มีคะแนนรวม {n:,} จาก {len(rows):,} แห่งที่มีข้อมูล"
    low = rows.dropna(subset=["overall"]).sort_values(["overall", "name_order"])
    least = low["overall"].min() if n > 1 else None
    lowest = low.head(NAMED)
    named = [
        f"{short} {text.points(overall)}{' (ต่ำสุด)' if overall == least else ''}"
        for short, overall in zip(short_names(lowest["label_th"]), lowest["overall"], strict=True)
    ]
    if bodies.pass_mark is None:
        return f"{start} · ปีนี้ไม่มีเกณฑ์ผ่านที่ใช้ได้ · {named[0]}"
    if not (below := int(filtered(low, "below").sum())):
        passed = "ทุกแห่งผ่าน" if n > 1 else "ผ่าน"
        return f"{start} · {passed}เกณฑ์ {bodies.pass_mark:g} คะแนน · {named[0]}"
    more = f" และอีก {below - NAMED:,} แห่ง" if below > NAMED else ""
    # who is below the mark has the lowest overalls
    return (
        f"{start} · {below:,} แห่งต่ำกว่าเกณฑ์ผ่าน {bodies.pass_mark:g} คะแนน: "
        f"{', '.join(named[: min(below, NAMED)])}{more}"
    )


def wished(wishes: Wishes, shown: int, of: int) -> str:
    """What the user left out, in words; empty where nothing is."""
    asked = [
        f"คำค้น “{wishes.search.strip()}”" if wishes.search.strip() else "",
        FILTERS[wishes.show] if wishes.show != "all" else "",
        "เฉพาะหน่วยงานที่สนใจ" if wishes.only_chosen else "",
    ]
    words = " · ".join(filter(None, asked))
    return f"แสดง {shown:,} จาก {of:,} แห่ง ({words})" if words else ""


def change_note(bodies: Bodies, breaks: pd.DataFrame) -> str:
    """Against which year a change is read, or why there is none; `breaks` has fiscal_year and reason_th."""
    reason = " ".join(breaks.loc[breaks["fiscal_year"] == bodies.year, "reason_th"])
    before = bodies.year - 1
    if bodies.n_changes:
        words = f"เปลี่ยนแปลงเทียบกับปี {before} ได้ {bodies.n_changes:,} แห่ง"
        return f"{words} · ระหว่างสองปีนี้วิธีประเมินเปลี่ยน: {reason}" if reason else words
    if bodies.rows["previous_overall"].notna().any():
        return f"ไม่แสดงการเปลี่ยนแปลงจากปี {before}: {reason}"
    return f"ไม่แสดงการเปลี่ยนแปลง เพราะไม่มีแห่งใดในกลุ่มมีคะแนนรวมปี {before}"
