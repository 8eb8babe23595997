"""The bodies of a group as a table: which rows a user's search, filter and order leave, and what they say."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import compress

import pandas as pd

from dashboard import heat_table, text
from dashboard.heat_table import Column
from dashboard.number import Numbers, of_bodies, of_group
from dashboard.selection import RANKED_FROM, Group
from dashboard.view import View

LEVELS = ("instrument", "indicator")
DECIMALS = 6  # in the files; more would be noise of the computer's arithmetic
RECOMPUTED = "คำนวณจากส่วนย่อย"

NAMED = 3  # of those below the pass mark the sentence names the lowest
FILTERS = {
    "all": ("ทั้งหมด", "n_bodies"),
    "below": ("ต่ำกว่าเกณฑ์ผ่าน", "n_below"),
    "passed": ("ผ่าน", "n_passed"),
    "no_overall": ("ไม่มีคะแนนรวม", "n_no_overall"),
}
"""What the table can show: its words, and which of the group's counts says how many bodies that leaves."""


@dataclass(frozen=True)
class Wishes:
    """What the user asked the table to show; `order` is rank, name, change or the code of a part."""

    search: str = ""
    order: str = "rank"
    turned: bool = False
    show: str = "all"
    only_chosen: bool = False
    district: str = ""

    @property
    def sorted_by(self) -> str:
        """The order as `listing.Asked` has it: the highest overall first, else the lowest value first."""
        column, down = {"rank": ("overall", True)}.get(self.order, (self.order, False))
        return f"{'-' if down != self.turned else ''}{column}"


@dataclass(frozen=True)
class Bodies:
    """A page of the bodies of a group in a year that have any score.

    `rows` is the answer of the query results, indexed by organisation_id; `counts` of the whole group is the
    row of group_counts; `parts` are the instruments and indicators at least one body of the group has, in the
    order of the columns, with n; `values` and `recomputed` (is the value not published) are organisation_id ×
    part.
    """

    year: int
    rows: pd.DataFrame
    counts: pd.Series
    parts: pd.DataFrame
    values: pd.DataFrame
    recomputed: pd.DataFrame
    pass_mark: float | None

    @property
    def n_all(self) -> int:
        """How many bodies the group has."""
        return int(self.counts["n_bodies"])

    @property
    def n(self) -> int:
        """How many of them have an overall."""
        return int(self.counts["n_overall"])

    @property
    def ranked(self) -> bool:
        """Are there enough bodies for a rank to mean something."""
        return self.n >= RANKED_FROM

    @property
    def n_changes(self) -> int:
        """How many have a change on the year before."""
        return int(self.counts["n_changes"])

    @cached_property
    def labels(self) -> dict[str, str]:
        """The parts' labels by code."""
        return {row.part: text.part_label(row.part, row.name_th) for row in self.parts.itertuples()}

    @cached_property
    def marks(self) -> pd.DataFrame:
        """Which points of the rows are recomputed, under the names of the file."""
        marks = self.recomputed.rename(columns=self.labels)
        marks.insert(0, "คะแนนรวม", self.rows["overall_basis"].eq("recomputed"))
        return marks.astype(bool)


def nobody(
    year: int, counts: pd.Series, parts: pd.DataFrame, spread: pd.DataFrame, pass_mark: float | None
) -> Bodies:
    """The table of a group without rows; parts of a level nobody of the group has are left out.

    `counts` is the row of group_counts, `parts` are those of the year, `spread` is of group_parts.
    """
    parts = parts[parts["level"].isin(LEVELS)]
    known = dict(zip(spread["part"], spread["n"], strict=True))
    scored = {level for part, level in zip(parts["part"], parts["level"], strict=True) if part in known}
    kept = parts[parts["level"].isin(scored)]
    kept = kept.assign(n=[known.get(part, 0) for part in kept["part"]])
    kept = kept.sort_values("level", key=lambda level: level.map(LEVELS.index), kind="stable")
    none = pd.DataFrame()
    return Bodies(year, none, counts, kept, none, none, pass_mark)


def gather(group: Bodies, results: pd.DataFrame, values: pd.DataFrame) -> Bodies:
    """The table of a group with rows: `results` are of the query results, `values` of bodies_parts."""
    rows = results.set_index("organisation_id")

    def of_rows(what: str) -> pd.DataFrame:
        found = values.pivot(index="organisation_id", columns="part", values=what) if len(values) else values
        return found.reindex(index=rows.index, columns=list(group.parts["part"]))

    return replace(
        group, rows=rows, values=of_rows("value").astype(float), recomputed=of_rows("basis") == "recomputed"
    )


def scale_low(bodies: Bodies, spread: pd.DataFrame) -> float:
    """Where the colours of the table begin: at the lowest of the parts' lower quartiles (of group_parts)."""
    return heat_table.low_end(spread.loc[spread["level"].isin(LEVELS), "q1"].min(), bodies.pass_mark)


def short_names(labels: pd.Series) -> pd.Series:
    """The bodies' names without their place, as their labels begin."""
    return labels.str.split(" · ").str[0]


def orders(bodies: Bodies) -> dict[str, str]:
    """What the table can be sorted by: the code of an order and its words."""
    found = {
        "rank": "อันดับ (ที่ 1 ก่อน)" if bodies.ranked else "คะแนนรวม (สูงก่อน)",
        "name": "ชื่อ (ก–ฮ)",
    }
    if bodies.n_changes:
        found["change"] = "เปลี่ยนแปลงจากปีก่อน (ลดลงมากก่อน)"
    return found | {part: f"{label} (ต่ำก่อน)" for part, label in bodies.labels.items()}


def headline(bodies: Bodies, lowest: pd.DataFrame) -> str:
    """Who is below the pass mark, how many, and who is lowest; `lowest` are the first of them, of results."""
    n = bodies.n
    if not n:
        return f"ปี {bodies.year} มีข้อมูลของ {bodies.n_all:,} แห่งในกลุ่ม แต่ยังไม่มีแห่งใดมีคะแนนรวม"
    start = f"ปี {bodies.year} มีคะแนนรวม {n:,} จาก {bodies.n_all:,} แห่งที่มีข้อมูล"
    least = lowest["overall"].iloc[0] if n > 1 else None
    named = [
        f"{short} {text.points(overall)}{' (ต่ำสุด)' if overall == least else ''}"
        for short, overall in zip(short_names(lowest["label_th"]), lowest["overall"], strict=True)
    ]
    if bodies.pass_mark is None:
        return f"{start} · ปีนี้ไม่มีเกณฑ์ผ่านที่ใช้ได้ · {named[0]}"
    if not (below := int(bodies.counts["n_below"])):
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
        FILTERS[wishes.show][0] if wishes.show != "all" else "",
        "เฉพาะหน่วยงานที่สนใจ" if wishes.only_chosen else "",
        f"อำเภอ{wishes.district}" if wishes.district else "",
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
    if bodies.counts["n_previous"]:
        return f"ไม่แสดงการเปลี่ยนแปลงจากปี {before}: {reason}"
    return f"ไม่แสดงการเปลี่ยนแปลง เพราะไม่มีแห่งใดในกลุ่มมีคะแนนรวมปี {before}"


def about(bodies: Bodies, lowest: pd.DataFrame, group: Group) -> View:
    """The view of the table before its rows are chosen; `lowest` is as for `headline`."""
    return View(
        key="compare",
        title="หน่วยงานในกลุ่ม",
        sentence=headline(bodies, lowest),
        frame=pd.DataFrame(),
        group=group,
        n=bodies.n,
        years=f"{bodies.year}",
    )


def filters(counts: pd.Series) -> dict[str, str]:
    """The `FILTERS` with how many bodies each leaves; one that leaves no body is not offered."""
    return {
        show: f"{words} ({counts[column]:,})"
        for show, (words, column) in FILTERS.items()
        if counts[column] or show == "all"
    }


def table_columns(bodies: Bodies) -> dict[str, Column]:
    """The columns of the table in order, by their names in the file; what no body has is left out.

    Columns of words are as wide as the rows need.
    """
    shown = bodies.rows
    columns: dict[str, Column] = {}
    wide = len(bodies.parts) > 0
    if bodies.ranked:
        columns[rank_name(bodies)] = Column(
            "อันดับ",
            help="อันดับตามคะแนนรวมในกลุ่มที่เลือก คะแนนเท่ากันได้อันดับเดียวกัน",
            width=heat_table.fitting([rank_words(bodies.n, bodies.n)], 76, 130),
            show=lambda rank: rank_words(rank, bodies.n),
            pinned=wide,
        )
    room = 200 if wide else 340
    names = short_names(shown["label_th"])
    columns["หน่วยงาน"] = Column("หน่วยงาน", width=heat_table.fitting(names, 120, room), pinned=wide, bold=True)
    columns["คะแนนรวม"] = Column("คะแนนรวม", width=80, bold=True)
    columns["ระดับ"] = Column(
        "ระดับ",
        help="ระดับผลการประเมินตามเกณฑ์ของปี",
        width=heat_table.fitting(shown["grade_th"].dropna(), 64, room),
    )
    if bodies.n_changes:
        columns["เปลี่ยนแปลงจากปีก่อน"] = Column(
            "เปลี่ยนแปลง", help="คะแนนรวมปีนี้ลบปีก่อน เฉพาะที่เทียบกันได้", width=88, show=text.change
        )
    for row in bodies.parts.itertuples():
        whole = row.level == "instrument"
        columns[bodies.labels[row.part]] = Column(
            row.part if whole else f"{row.part} {row.name_th.removeprefix('การ')}",
            over=text.LEVELS["instrument"] if whole else f"{text.LEVELS['indicator']} {row.parent}",
            help=bodies.labels[row.part],
            width=66 if whole else 72,
            heat=True,
        )
    for name, column, count in (
        ("อำเภอ", "district_th", "n_districts"),
        ("จังหวัด", "province_th", "n_provinces"),
    ):
        if bodies.counts[count]:
            columns[name] = Column(name, width=heat_table.fitting(shown[column].dropna(), 80, 150))
    return columns


def rank_name(bodies: Bodies) -> str:
    """The rank's column in the file: whole numbers, so the column's name says among how many."""
    return f"อันดับ (จาก {bodies.n:,} แห่ง)"


def rank_words(rank: int, n: int) -> str:
    """A rank as shown."""
    return f"{int(rank):,} จาก {n:,}"


def table_frame(bodies: Bodies, columns: Mapping[str, Column]) -> pd.DataFrame:
    """The rows as shown, under the names of the file; recomputed values are named in a last column."""
    rows = bodies.rows
    frame = pd.DataFrame(
        {
            rank_name(bodies): rows["rank"].astype("Int64"),
            "หน่วยงาน": short_names(rows["label_th"]),
            "คะแนนรวม": rows["overall"],
            "ระดับ": rows["grade_th"],
            "เปลี่ยนแปลงจากปีก่อน": rows["overall_change"],
            "อำเภอ": rows["district_th"],
            "จังหวัด": rows["province_th"],
        }
    ).join(bodies.values.rename(columns=bodies.labels))
    frame = frame[list(columns)]
    marks = bodies.marks
    if marks.any(axis=None):
        told = [name.split(" ")[0] for name in marks.columns]
        frame[RECOMPUTED] = [", ".join(compress(told, row)) for row in marks.to_numpy()]
    return frame.round(DECIMALS).reset_index(drop=True)


def table_notes(bodies: Bodies, n: int, wishes: Wishes, low: float, breaks: pd.DataFrame) -> list[str]:
    """What one must know to read the table; `n` is how many bodies the wishes leave."""
    notes = [wished(wishes, n, bodies.n_all)]
    if len(bodies.parts):
        notes.append(heat_table.scale_note(low))
        least = bodies.parts["n"].min()
        some = f"แต่ละคอลัมน์ที่มีสีมีคะแนนตั้งแต่ {least:,} จาก {bodies.n_all:,} แห่ง"
        notes.append("ทุกแห่งมีคะแนนครบทุกคอลัมน์ที่มีสี" if least == bodies.n_all else some)
    if missing := [f"ราย{text.LEVELS[level]}" for level in LEVELS if level not in set(bodies.parts["level"])]:
        notes.append(f"ปี {bodies.year} ไม่มีคะแนน{'และ'.join(missing)}ของกลุ่มนี้ในคลังข้อมูล จึงไม่มีคอลัมน์นั้น")
    if bodies.marks.any(axis=None):
        notes.append("* คำนวณจากส่วนย่อย เพราะไม่มีค่าที่เผยแพร่")
    if bodies.n and not bodies.ranked:
        notes.append(
            f"ไม่แสดงอันดับ เพราะกลุ่มนี้มีคะแนนรวมเพียง {bodies.n} แห่ง อันดับในกลุ่มที่น้อยกว่า {RANKED_FROM} แห่งบอกอะไรได้น้อย"
        )
    notes.append(change_note(bodies, breaks))
    return [note for note in notes if note]


def numbers(bodies: Bodies, group: Group) -> Numbers:
    """Whose numbers the cells are, by the columns' names in the file."""
    ids, year = list(bodies.rows.index), bodies.year
    return {
        rank_name(bodies): of_group(group, year, "overall", "rank", "count"),
        "คะแนนรวม": of_bodies(ids, year, "overall"),
        "ระดับ": of_bodies(ids, year, "overall"),
        "เปลี่ยนแปลงจากปีก่อน": of_bodies(ids, year, "overall", before=year - 1),
        **{label: of_bodies(ids, year, part) for part, label in bodies.labels.items()},
    }
