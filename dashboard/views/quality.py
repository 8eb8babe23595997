"""What the checks found, what waits for a person to say, and how much of every year is loaded."""

from collections.abc import Collection, Mapping
from typing import Any

import pandas as pd

from dashboard import text
from dashboard.charts import coverage_levels, findings_per_check
from dashboard.number import Number, of_bodies
from dashboard.selection import Catalog, Group
from dashboard.view import View
from ita_data import thai

MEANINGS = {
    "fatal": "ถ้าพบ ระบบไม่สร้างคลังข้อมูล",
    "high": "ควรตรวจกับต้นฉบับก่อนอ้างคะแนน",
    "medium": "ใช้ได้โดยมีข้อจำกัด",
    "hint": "อาจไม่ใช่ความผิด ตรวจเมื่อมีเวลา",
}
COLUMNS = {
    "severity_th": "ความรุนแรง",
    "title_th": "การตรวจ",
    "label_th": "หน่วยงาน",
    "fiscal_year": "ปีงบประมาณ",
    "part_th": "รายการ",
    "message_th": "ข้อค้นพบ",
    "value": "ค่าที่พบ",
    "expected": "ค่าที่ใช้เทียบ",
    "source_th": "แหล่งข้อมูล",
    "source_row": "ตำแหน่งในแหล่ง",
}


def part_names(trees: Mapping[int, pd.DataFrame]) -> dict[tuple[int, str], str]:
    """The labels of parts by year and code; `trees` are of the query parts, by year."""
    return {
        (year, row.part): text.part_label(row.part, row.name_th)
        for year, tree in trees.items()
        for row in tree.itertuples()
    }


def prepared(found: pd.DataFrame, names: Mapping[tuple[int, str], str]) -> pd.DataFrame:
    """Findings in the words of the page, with a folded text to search in; `names` are of `part_names`."""
    part_th = [
        names.get((int(year), part), part) if pd.notna(year) and pd.notna(part) else None
        for year, part in zip(found["fiscal_year"], found["part"], strict=True)
    ]
    found = found.assign(
        fiscal_year=found["fiscal_year"].astype("Int64"),
        severity_th=found["severity"].map(text.SEVERITIES),
        part_th=pd.Series(part_th, index=found.index, dtype="object"),
    )
    searched = found[["title_th", "label_th", "part_th", "message_th", "source_th", "source_row"]].fillna("")
    return found.assign(
        folded=[thai.fold(" ".join(row)) for row in searched.itertuples(index=False, name=None)]
    )


def filtered(found: pd.DataFrame, wanted: Mapping[str, Collection[object]], words: str) -> pd.DataFrame:
    """The findings with one of the wanted values in every column that has any, and with every word."""
    for column, values in wanted.items():
        if values:
            found = found[found[column].isin(list(values))]
    for word in thai.clean(words).split():
        found = found[found["folded"].str.contains(thai.fold(word), regex=False)]
    return found


def severities(found: pd.DataFrame) -> list[tuple[str, str, str]]:
    """How many findings of each severity, and what a severity means."""
    return [
        (name, f"{int((found['severity'] == code).sum()):,} ข้อ", MEANINGS[code])
        for code, name in text.SEVERITIES.items()
    ]


def span(years: pd.Series) -> str:
    """Years in words; what has none is about all."""
    known = years.dropna()
    return text.span(known) if len(known) else "ทุกปี"


def per_check(found: pd.DataFrame, checks: Mapping[str, str], group: Group, n_bodies: int) -> View:
    """How many findings each check has; `checks` are the titles of all by code."""
    counts = (
        found.groupby(["check_code", "title_th", "severity_th"], sort=False, as_index=False)
        .size()
        .rename(columns={"size": "n"})
    )
    clean = [title for code, title in checks.items() if code not in set(counts["check_code"])]
    most = counts.sort_values("n", ascending=False, kind="stable").iloc[0]
    return View(
        key="checks",
        title="จำนวนข้อค้นพบแยกตามการตรวจ",
        sentence=(
            f"พบ {len(found):,} ข้อจาก {len(counts)} การตรวจ เกี่ยวกับ {found['organisation_id'].nunique():,} "
            f"จาก {n_bodies:,} หน่วยงาน ที่พบมากที่สุดคือ “{most.title_th}” {most.n:,} ข้อ"
        ),
        frame=counts[["severity_th", "title_th", "n"]].set_axis(
            ["ความรุนแรง", "การตรวจ", "จำนวน (ข้อ)"], axis=1
        ),
        figure=findings_per_check.chart(counts),
        group=group,
        n=n_bodies,
        years=span(found["fiscal_year"]),
        notes=(f"ตรวจแล้วไม่พบ {len(clean)} การตรวจ: {' · '.join(clean)}" if clean else "",),
    )


def findings(found: pd.DataFrame, n_all: int, group: Group, n_bodies: int) -> View:
    """The findings the filters leave, in full."""
    part = "ทั้งหมด" if len(found) == n_all else f" จาก {n_all:,} ข้อ"
    return View(
        key="findings",
        title="ข้อค้นพบ",
        sentence=f"แสดง {len(found):,} ข้อ{part} เรียงจากความรุนแรงมากไปน้อย",
        frame=found[list(COLUMNS)].rename(columns=COLUMNS),
        numbers=dict.fromkeys(
            ["รายการ", "ค่าที่พบ", "ค่าที่ใช้เทียบ"],
            of_bodies(list(found["organisation_id"]), list(found["fiscal_year"]), list(found["part"])),
        ),
        group=group,
        n=n_bodies,
        years=span(found["fiscal_year"]),
        notes=("ข้อค้นพบไม่เปลี่ยนคะแนนใด ระบบใช้ค่าที่เผยแพร่เสมอ",),
    )


def about(row: Any) -> str:
    """Whom, when and what a finding is about."""
    body = "ยังไม่ผูกกับหน่วยงานใด" if pd.isna(row.label_th) else row.label_th
    year = "" if pd.isna(row.fiscal_year) else f"ปี {row.fiscal_year}"
    return " · ".join(filter(None, [body, year, "" if pd.isna(row.part_th) else row.part_th]))


def number(row: Any) -> Number | None:
    """The number a finding is about, where it is about one."""
    if pd.isna(row.organisation_id) or pd.isna(row.fiscal_year) or pd.isna(row.part):
        return None
    return Number(row.organisation_id, int(row.fiscal_year), row.part)


def facts(row: Any) -> str:
    """The figures of a finding and where they stand; empty where it has none."""
    said = [
        "" if pd.isna(row.value) else f"ค่าที่พบ {text.points(row.value)}",
        "" if pd.isna(row.expected) else f"ค่าที่ใช้เทียบ {text.points(row.expected)}",
        "" if pd.isna(row.source_th) else f"แหล่ง: {row.source_th}",
        "" if pd.isna(row.source_row) else f"ตำแหน่ง: {row.source_row}",
    ]
    return " · ".join(filter(None, said))


def waiting(
    unresolved: pd.DataFrame,
    homeless: pd.DataFrame,
    names: Mapping[tuple[int, str], str],
    known: Catalog,
    group: Group,
) -> View | None:
    """What only a person can say: whose a figure is, where a body lies.

    `unresolved` are of unresolved_scores, `homeless` the findings of the check no_province.
    """
    if unresolved.empty and homeless.empty:
        return None
    scores = pd.DataFrame(
        {
            "สิ่งที่รอ": "คะแนนของใคร",
            "ชื่อในแหล่ง": unresolved["name_th"],
            "ปีงบประมาณ": unresolved["fiscal_year"].astype("Int64"),
            "รายการ": [
                names.get((int(year), part), part)
                for year, part in zip(unresolved["fiscal_year"], unresolved["part"], strict=True)
            ],
            "ค่า": unresolved["value"],
            "ทำไมยังไม่ใช้": unresolved["why_th"],
            "แหล่งข้อมูล": unresolved["source_th"] + " · " + unresolved["source_row"],
        }
    )
    places = pd.DataFrame(
        {
            "สิ่งที่รอ": "จังหวัดของหน่วยงาน",
            "ชื่อในแหล่ง": homeless["label_th"],
            "ทำไมยังไม่ใช้": [known.organisations.at[one, "note_th"] for one in homeless["organisation_id"]],
        }
    )
    frame = pd.concat(
        [scores, places.reindex(columns=scores.columns).astype(scores.dtypes)], ignore_index=True
    )
    return View(
        key="waiting",
        title="รอการระบุ",
        sentence=(
            f"มี {len(unresolved):,} คะแนนที่ยังไม่ทราบว่าเป็นของใคร "
            f"และ {len(homeless):,} หน่วยงานที่ยังไม่ทราบจังหวัด ระบบไม่เดา จึงต้องให้ผู้รู้ระบุ"
        ),
        frame=frame,
        group=group,
        n=len(known.organisations),
        years=span(frame["ปีงบประมาณ"]),
        notes=("เมื่อทราบแล้วว่าชื่อใดคือหน่วยงานใด ให้ระบุในหน้านำเข้าข้อมูล ขั้นหน่วยงานที่ต้องตัดสินใจ",),
    )


def levels_loaded(levels: pd.DataFrame, group: Group, n_bodies: int) -> View:
    """How deep the data of every year reaches; `levels` are of coverage_levels."""
    scored = levels.groupby("level")["n_bodies"].sum()
    return View(
        key="levels",
        title="ข้อมูลลงลึกถึงระดับใด",
        sentence=(
            f"คลังข้อมูลมีคะแนนรายข้อที่เผยแพร่ {scored['item']:,} ชุด และคะแนนรวม {scored['overall']:,} ชุด "
            "(หนึ่งชุดคือหนึ่งหน่วยงานในหนึ่งปี)"
        ),
        frame=levels.assign(level=levels["level"].map(text.LEVELS))[
            ["fiscal_year", "level", "n_parts", "n_bodies", "n_scores"]
        ].set_axis(["ปีงบประมาณ", "ระดับ", "จำนวนรายการในกรอบ", "หน่วยงานที่มีคะแนน", "จำนวนคะแนน"], axis=1),
        figure=coverage_levels.chart(levels, text.LEVELS),
        group=group,
        n=n_bodies,
        years=text.span(levels["fiscal_year"]),
        notes=("ตัวเลขคือจำนวนหน่วยงานที่มีคะแนนเผยแพร่ในระดับนั้น ขีดคือกรอบของปีนั้นไม่มีหรือยังไม่ทราบระดับนั้น",),
    )


def coverage(years: pd.DataFrame, group: Group, n_bodies: int) -> View:
    """How much of every year is loaded; `years` are of coverage_years."""
    fullest = next(
        years.nlargest(1, ["n_overall", "fiscal_year"]).astype({"n_organisations": "Int64"}).itertuples()
    )
    share = "" if pd.isna(fullest.n_organisations) else f" จาก {fullest.n_organisations:,} แห่งที่ประเมินทั้งประเทศ"
    sentence = f"ปีที่มีข้อมูลมากที่สุดคือ {fullest.fiscal_year} มีคะแนนรวม {fullest.n_overall:,} แห่ง{share}"
    if fullest.n_overall == 0:
        sentence = "คลังข้อมูลยังไม่มีคะแนนรวมของหน่วยงานใด"
    return View(
        key="coverage",
        title="ความครอบคลุมรายปี",
        sentence=sentence,
        frame=years[
            [
                "fiscal_year",
                "n_bodies",
                "n_overall",
                "n_organisations",
                "share_overall",
                "n_scores",
                "n_items",
            ]
        ]
        .astype({"n_organisations": "Int64"})
        .set_axis(
            [
                "ปี",
                "หน่วยงาน",
                "มีคะแนนรวม",
                "ประเมินทั้งประเทศ",
                "ร้อยละ",
                "คะแนนทั้งหมด",
                "คะแนนรายข้อ",
            ],
            axis=1,
        ),
        group=group,
        n=n_bodies,
        years=text.span(years["fiscal_year"]),
        notes=(
            "ร้อยละคือหน่วยงานที่มีคะแนนรวมเทียบกับที่ประเมินทั้งประเทศ ขีดคือไม่พบตัวเลขระดับประเทศของปีนั้น "
            "กลุ่มหน่วยงานในคลังไม่ใช่ตัวแทนของประเทศ",
        ),
    )
