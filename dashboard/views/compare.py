"""The bodies of a group as a table: which rows a user's search, filter and order leave, and what they say."""

from collections.abc import Container, Mapping
from dataclasses import dataclass
from itertools import compress

import pandas as pd

from dashboard import heat_table, text
from dashboard.heat_table import Column
from dashboard.selection import RANKED_FROM, Group
from dashboard.view import View
from ita_data.thai import fold

LEVELS = ("instrument", "indicator")
DECIMALS = 6  # in the files; more would be noise of the computer's arithmetic
RECOMPUTED = "คำนวณจากส่วนย่อย"

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


def gather(
    year: int,
    results: pd.DataFrame,
    parts: pd.DataFrame,
    columns: Mapping[str, pd.DataFrame],
    pass_mark: float | None,
) -> Bodies:
    """Everything the table can show; parts of a level nobody has a score on are left out.

    `results` are of the query results, `parts` are the instruments and indicators of the year, `columns` the
    answers of part_column by part.
    """
    rows = results.set_index("organisation_id")
    scored = {part for part, column in columns.items() if len(column)}
    on_level = [parts[parts["level"] == level] for level in LEVELS]
    kept = pd.concat([parts.head(0), *(one for one in on_level if scored & set(one["part"]))])
    answers = {part: columns[part].set_index("organisation_id") for part in kept["part"]}
    return Bodies(
        year=year,
        rows=rows,
        parts=kept,
        values=pd.DataFrame(
            {part: one["value"] for part, one in answers.items()}, index=rows.index, dtype=float
        ),
        recomputed=pd.DataFrame(
            {part: rows.index.isin(one.index[one["basis"] == "recomputed"]) for part, one in answers.items()},
            index=rows.index,
        ),
        pass_mark=pass_mark,
    )


def scale_low(bodies: Bodies, spread: pd.DataFrame) -> float:
    """Where the colours of the table begin: at the lowest of the parts' lower quartiles (of group_parts)."""
    return heat_table.low_end(spread.loc[spread["level"].isin(LEVELS), "q1"].min(), bodies.pass_mark)


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


def about(bodies: Bodies, group: Group) -> View:
    """The view of the table before its rows are chosen."""
    return View(
        key="compare",
        title="หน่วยงานในกลุ่ม",
        sentence=headline(bodies),
        frame=pd.DataFrame(),
        group=group,
        n=bodies.n,
        years=f"{bodies.year}",
    )


def filters(rows: pd.DataFrame) -> dict[str, str]:
    """The `FILTERS` with how many bodies each leaves; one that leaves no body is not offered."""
    numbers = {show: int(filtered(rows, show).sum()) for show in FILTERS}
    return {
        show: f"{words} ({numbers[show]:,})"
        for show, words in FILTERS.items()
        if numbers[show] or show == "all"
    }


def table_columns(bodies: Bodies, shown: pd.DataFrame) -> dict[str, Column]:
    """The columns of the table in order, by their names in the file; what no body has is left out.

    Columns of words are as wide as the rows `shown` need.
    """
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
    for name, column in (("อำเภอ", "district_th"), ("จังหวัด", "province_th")):
        if bodies.rows[column].notna().any():
            columns[name] = Column(name, width=heat_table.fitting(shown[column].dropna(), 80, 150))
    return columns


def rank_name(bodies: Bodies) -> str:
    """The rank's column in the file: whole numbers, so the column's name says among how many."""
    return f"อันดับ (จาก {bodies.n:,} แห่ง)"


def rank_words(rank: int, n: int) -> str:
    """A rank as shown."""
    return f"{int(rank):,} จาก {n:,}"


def table_frame(bodies: Bodies, rows: pd.DataFrame, columns: Mapping[str, Column]) -> pd.DataFrame:
    """The rows as shown, under the names of the file; recomputed values are named in a last column."""
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
    ).join(bodies.values.loc[rows.index].rename(columns=bodies.labels))
    frame = frame[list(columns)]
    marks = recomputed(bodies, rows)
    if marks.any(axis=None):
        told = [name.split(" ")[0] for name in marks.columns]
        frame[RECOMPUTED] = [", ".join(compress(told, row)) for row in marks.to_numpy()]
    return frame.round(DECIMALS).reset_index(drop=True)


def recomputed(bodies: Bodies, rows: pd.DataFrame) -> pd.DataFrame:
    """Which points of the rows are recomputed, under the names of the file."""
    marks = bodies.recomputed.loc[rows.index].rename(columns=bodies.labels)
    marks.insert(0, "คะแนนรวม", rows["overall_basis"].eq("recomputed"))
    return marks.astype(bool)


def table_notes(
    bodies: Bodies, rows: pd.DataFrame, wishes: Wishes, low: float, breaks: pd.DataFrame
) -> list[str]:
    """What one must know to read the table."""
    notes = [wished(wishes, len(rows), len(bodies.rows))]
    if len(bodies.parts):
        whole = int(bodies.values.notna().all(axis=1).sum())
        notes.append(heat_table.scale_note(low))
        notes.append(f"มีคะแนนครบทุกคอลัมน์ที่มีสี {whole:,} จาก {len(bodies.rows):,} แห่ง")
    if missing := [f"ราย{text.LEVELS[level]}" for level in LEVELS if level not in set(bodies.parts["level"])]:
        notes.append(f"ปี {bodies.year} ไม่มีคะแนน{'และ'.join(missing)}ของกลุ่มนี้ในคลังข้อมูล จึงไม่มีคอลัมน์นั้น")
    if recomputed(bodies, rows).any(axis=None):
        notes.append("* คำนวณจากส่วนย่อย เพราะไม่มีค่าที่เผยแพร่")
    if bodies.n and not bodies.ranked:
        notes.append(
            f"ไม่แสดงอันดับ เพราะกลุ่มนี้มีคะแนนรวมเพียง {bodies.n} แห่ง อันดับในกลุ่มที่น้อยกว่า {RANKED_FROM} แห่งบอกอะไรได้น้อย"
        )
    notes.append(change_note(bodies, breaks))
    return [note for note in notes if note]
