"""How a score moved over the years: a group's median and middle half, bodies as lines, their grades."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from dashboard import text
from dashboard.charts import base, series
from dashboard.number import GroupNumber, Number, codes, group_codes, of_bodies
from dashboard.selection import ALL, Catalog, Group
from dashboard.view import View
from ita_data import thai

CHOSEN = Group(ALL, ALL, "หน่วยงานที่เลือก")
MOST_IN_SENTENCE = 3
STAR_NOTE = "* คำนวณจากส่วนย่อย ไม่ใช่ค่าที่เผยแพร่"


@dataclass(frozen=True)
class Part:
    """What the page is about: the overall, an instrument or an indicator."""

    code: str
    level: str
    name: str

    @property
    def mark_note(self) -> str:
        """What the pass mark is a mark of, where another part than the overall is shown."""
        return "" if self.level == "overall" else "เกณฑ์ผ่านเป็นเกณฑ์ของคะแนนรวม แสดงที่คะแนนนี้ไว้เทียบเท่านั้น"

    @property
    def elsewhere(self) -> str:
        """Where the user may look instead."""
        other = "" if self.level == "overall" else "คะแนนรวม หรือ"
        return f"ลองเลือก{other}พื้นที่และประเภทอื่นในแถบด้านซ้าย"


def part_of(parts: pd.DataFrame, code: str) -> Part:
    """A part of the query trend_parts, indexed by part."""
    row = parts.loc[code]
    return Part(code, row["level"], text.part_label(code, row["name_th"]))


def body_series(rows: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    """The part of some bodies by year, with their short names as lines, in the order of `names`."""
    lines = {one: thai.wrap_label(short, 16) for one, short in names.items()}
    order = {one: place for place, one in enumerate(names)}
    rows = rows.assign(name=rows["organisation_id"].map(lines), order=rows["organisation_id"].map(order))
    return rows.sort_values(["order", "fiscal_year"])


def ends(rows: pd.DataFrame, runs: list[list[int]]) -> tuple[dict[str, float], dict[str, float]]:
    """The first and the last year of the last of some runs of years."""
    run = rows[rows["fiscal_year"].isin(runs[-1])].sort_values("fiscal_year").to_dict("records")
    return run[0], run[-1]


def comparable_runs(years: pd.Series, breaks: pd.DataFrame) -> list[list[int]]:
    """Years split where two may not be named together: at a break no line crosses."""
    cuts = list(breaks.loc[~breaks["joined"].astype(bool), "fiscal_year"])
    eras = years.map(lambda year: sum(cut <= year for cut in cuts))
    return [list(era) for _, era in years.groupby(eras)]


def series_sentence(
    rows: pd.DataFrame, bodies: pd.DataFrame, names: Mapping[str, str], breaks: pd.DataFrame
) -> str:
    """What the years say: the selected bodies where there are any, else the group."""
    if bodies.empty:
        same = dict(zip(rows["fiscal_year"], rows["mostly_same"], strict=True))
        first, last = ends(rows, series.group_runs(same, breaks))
        latest = f"{text.points(last['median'])} (n = {last['n']:,})"
        if first["fiscal_year"] < last["fiscal_year"]:
            return (
                f"มัธยฐานของกลุ่มเปลี่ยนจาก {text.points(first['median'])} (n = {first['n']:,}) "
                f"ในปี {first['fiscal_year']} เป็น {latest} ในปี {last['fiscal_year']}"
            )
        if len(rows) == 1:
            return f"มีข้อมูลเพียงปี {last['fiscal_year']}: มัธยฐาน {latest}"
        return (
            f"มัธยฐานปีล่าสุด ({last['fiscal_year']}) คือ {latest} "
            "หน่วยงานที่มีข้อมูลปีก่อน ๆ เป็นคนละชุด จึงอ่านเป็นการขึ้นหรือลงของกลุ่มไม่ได้"
        )
    said = []
    for one, body in bodies.groupby("organisation_id", sort=False):
        first, last = ends(body, comparable_runs(body["fiscal_year"], breaks))
        words = f"{names[one]} {text.points(first['value'])} (ปี {first['fiscal_year']})"
        if first["fiscal_year"] < last["fiscal_year"]:
            words += f" → {text.points(last['value'])} (ปี {last['fiscal_year']})"
        said.append(words)
    more = f" และอีก {len(said) - MOST_IN_SENTENCE} แห่ง" if len(said) > MOST_IN_SENTENCE else ""
    return " · ".join(said[:MOST_IN_SENTENCE]) + more


def over_years(
    part: Part,
    rows: pd.DataFrame,
    bodies: pd.DataFrame,
    names: Mapping[str, str],
    marks: pd.DataFrame,
    breaks: pd.DataFrame,
    *,
    stretched: bool,
    group: Group,
) -> View:
    """One part by year.

    `rows` are of group_series with those of group_continuity, `bodies` of `body_series`, `names` those of the
    bodies asked for, `marks` has fiscal_year and pass_mark.
    """
    years = [*rows["fiscal_year"], *bodies["fiscal_year"]]
    categories = [str(year) for year in range(min(years), max(years) + 1)]
    missing = [name for one, name in names.items() if one not in set(bodies["organisation_id"])]
    readings = [
        "เส้นไม่ต่อข้ามปีที่ไม่มีข้อมูล" + not_joined(categories, breaks),
        part.mark_note,
        STAR_NOTE if (bodies["basis"] == "recomputed").any() else "",
    ]
    frame = pd.concat(
        [
            rows.assign(who=f"มัธยฐานของกลุ่ม: {group.label}", value=rows["median"], basis=None),
            bodies.assign(who=bodies["label_th"], basis=bodies["basis"].map(text.BASES)),
        ]
    )
    columns = {
        "fiscal_year": "ปีงบประมาณ",
        "who": "กลุ่มหรือหน่วยงาน",
        "value": "คะแนน",
        "basis": "ที่มา",
        "n": "n",
        "min": "ต่ำสุด",
        "q1": "ควอร์ไทล์ที่ 1",
        "q3": "ควอร์ไทล์ที่ 3",
        "max": "สูงสุด",
    }
    whose, when = (
        list(frame["organisation_id"]) if len(bodies) else [None] * len(frame),
        list(frame["fiscal_year"]),
    )

    def number(row: int) -> Number | GroupNumber:
        if pd.isna(whose[row]):
            return GroupNumber(group, int(when[row]), part.code, ("median", "quartiles", "count"))
        return Number(whose[row], int(when[row]), part.code)

    frame = frame[list(columns)].rename(columns=columns).astype({"n": "Int64"})
    return View(
        key=f"series-{part.code}",
        title=f"{part.name} รายปี",
        sentence=series_sentence(rows, bodies, names, breaks),
        frame=frame,
        figure=series.chart(
            rows.assign(number=group_codes(rows, "fiscal_year", part.code)),
            bodies.assign(number=codes(bodies, "fiscal_year", part.code)),
            marks,
            breaks,
            stretched=stretched,
        ),
        numbers=dict.fromkeys(["คะแนน", "n", "ต่ำสุด", "ควอร์ไทล์ที่ 1", "ควอร์ไทล์ที่ 3", "สูงสุด"], number),
        points=True,
        about=GroupNumber(group, int(rows["fiscal_year"].max()), part.code, ("median", "quartiles", "count"))
        if len(rows)
        else None,
        group=group,
        n=int(rows["n_distinct"].max()) if len(rows) else 0,
        years=text.span(years),
        notes=(
            members_note(rows),
            base.break_note(categories, breaks),
            " · ".join(filter(None, readings)),
            f"ไม่มีข้อมูลคะแนนนี้ในปีใดเลย: {', '.join(missing)}" if missing else "",
        ),
    )


def not_joined(categories: Sequence[str], breaks: pd.DataFrame) -> str:
    """The breaks inside the shown years no line crosses, in words."""
    cut = breaks[~breaks["joined"].astype(bool) & breaks["fiscal_year"].astype(str).isin(categories[1:])]
    return "".join(f" และไม่ต่อระหว่างปี {year - 1} กับ {year}" for year in cut["fiscal_year"])


def members_note(rows: pd.DataFrame) -> str:
    """What n is, and how far the members of the group are the same from year to year."""
    if rows.empty:
        return "กลุ่มที่เลือกไม่มีคะแนนนี้ จึงแสดงเฉพาะหน่วยงานที่เลือก"
    note = "n คือหน่วยงานของกลุ่มที่มีคะแนนนี้อย่างน้อยหนึ่งปี จำนวนของแต่ละปีอยู่ใต้แกน"
    later = rows.iloc[1:]
    if later["mostly_same"].all():
        return note
    same = " · ".join(
        f"{row.fiscal_year}: {row.n_also_before:,} จาก {row.n:,} แห่ง" for row in later.itertuples()
    )
    return (
        f"{note} เส้นของกลุ่มต่อเฉพาะสองปีที่หน่วยงานอย่างน้อยครึ่งหนึ่งเป็นชุดเดียวกัน "
        f"(ที่มีคะแนนปีก่อนหน้าด้วย {same}) ส่วนถัดไปเทียบเฉพาะหน่วยงานชุดเดียวกัน"
    )


def grades(results: Mapping[str, pd.DataFrame], known: Catalog, breaks: pd.DataFrame) -> View | None:
    """The grade of each body by year; `results` are of organisation_results, by body."""
    cells = {
        (one, row.fiscal_year): row.grade_th
        if pd.isna(row.overall)
        else f"{row.grade_th} ({text.points(row.overall)})"
        for one, rows in results.items()
        for row in rows.itertuples()
    }
    if not cells:
        return None
    in_years = [year for _, year in cells]
    years = range(int(min(in_years)), int(max(in_years)) + 1)
    told = base.break_note([f"{year}" for year in years], breaks).replace("เส้นประคือจุดที่", "")
    return View(
        key="grades-by-year",
        title="ระดับผลการประเมินของหน่วยงานที่เลือก",
        sentence=f"ระดับรายปีของ {len(results)} แห่ง",
        frame=pd.DataFrame(
            [
                {"หน่วยงาน": known.label(one)} | {f"{year}": cells.get((one, year)) for year in years}
                for one in results
            ]
        ).astype("object"),
        group=CHOSEN,
        n=len(results),
        years=text.span(years),
        numbers={f"{year}": of_bodies(list(results), year, "overall") for year in years},
        notes=("ในวงเล็บคือคะแนนรวม – คือไม่มีข้อมูลปีนั้น " + told,),
    )
