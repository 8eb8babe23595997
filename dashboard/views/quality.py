"""What the checks found, what waits for a person to say, and how much of every year is loaded."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from dashboard import text
from dashboard.charts import coverage_levels, findings_per_check
from dashboard.number import Number, of_bodies
from dashboard.selection import Group
from dashboard.view import View

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


def prepared(found: pd.DataFrame) -> pd.DataFrame:
    """Findings in the words of the page."""
    return found.assign(
        fiscal_year=found["fiscal_year"].astype("Int64"), severity_th=found["severity"].map(text.SEVERITIES)
    )


def severities(counts: pd.DataFrame) -> list[tuple[str, str, str]]:
    """How many findings of each severity, and what a severity means; `counts` are of finding_counts."""
    return [
        (name, f"{int(counts.loc[counts['severity'] == code, 'n'].sum()):,} ข้อ", MEANINGS[code])
        for code, name in text.SEVERITIES.items()
    ]


def span(years: pd.Series) -> str:
    """Years in words; what has none is about all."""
    known = years.dropna()
    return text.span(known) if len(known) else "ทุกปี"


def per_check(
    found: pd.DataFrame, checks: Mapping[str, str], group: Group, n_found: int, n_bodies: int
) -> View:
    """How many findings each check has; `found` are of finding_counts, `checks` the titles of all by code.

    The findings are about `n_found` of the `n_bodies` bodies.
    """
    found = found.assign(severity_th=found["severity"].map(text.SEVERITIES))
    counts = found.groupby(["check_code", "title_th", "severity_th"], sort=False, as_index=False)["n"].sum()
    clean = [title for code, title in checks.items() if code not in set(counts["check_code"])]
    most = counts.sort_values("n", ascending=False, kind="stable").iloc[0]
    return View(
        key="checks",
        title="จำนวนข้อค้นพบแยกตามการตรวจ",
        sentence=(
            f"พบ {found['n'].sum():,} ข้อจาก {len(counts)} การตรวจ เกี่ยวกับ {n_found:,} "
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


def findings(found: pd.DataFrame, n: int, n_all: int, group: Group, n_bodies: int) -> View:
    """A page of the findings the filters leave: `n` of `n_all`; `found` are of findings."""
    part = "ทั้งหมด" if n == n_all else f" จาก {n_all:,} ข้อ"
    return View(
        key="findings",
        title="ข้อค้นพบ",
        sentence=f"แสดง {n:,} ข้อ{part} เรียงจากความรุนแรงมากไปน้อย",
        frame=findings_table(found),
        numbers=dict.fromkeys(
            ["รายการ", "ค่าที่พบ", "ค่าที่ใช้เทียบ"],
            of_bodies(list(found["organisation_id"]), list(found["fiscal_year"]), list(found["part"])),
        ),
        group=group,
        n=n_bodies,
        years=span(found["fiscal_year"]),
        notes=("ข้อค้นพบไม่เปลี่ยนคะแนนใด ระบบใช้ค่าที่เผยแพร่เสมอ",),
    )


def findings_table(found: pd.DataFrame) -> pd.DataFrame:
    """Findings as a list."""
    return prepared(found)[list(COLUMNS)].rename(columns=COLUMNS)


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


def waiting(rows: pd.DataFrame, n_scores: int, n_places: int, group: Group, n_bodies: int) -> View:
    """What only a person can say: whose a figure is, where a body lies; `rows` are of waiting_figures.

    `n_scores` figures and `n_places` bodies wait.
    """
    frame = waiting_table(rows)
    return View(
        key="waiting",
        title="รอการระบุ",
        sentence=(
            f"มี {n_scores:,} คะแนนที่ยังไม่ทราบว่าเป็นของใคร "
            f"และ {n_places:,} หน่วยงานที่ยังไม่ทราบจังหวัด ระบบไม่เดา จึงต้องให้ผู้รู้ระบุ"
        ),
        frame=frame,
        group=group,
        n=n_bodies,
        years=span(frame["ปีงบประมาณ"]),
        notes=("เมื่อทราบแล้วว่าชื่อใดคือหน่วยงานใด ให้ระบุในหน้านำเข้าข้อมูล ขั้นหน่วยงานที่ต้องตัดสินใจ",),
    )


def waiting_table(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of waiting_figures as a list."""
    return pd.DataFrame(
        {
            "สิ่งที่รอ": rows["what"].map({"score": "คะแนนของใคร", "province": "จังหวัดของหน่วยงาน"}),
            "ชื่อในแหล่ง": rows["name_th"],
            "ปีงบประมาณ": rows["fiscal_year"].astype("Int64"),
            "รายการ": rows["part_th"],
            "ค่า": rows["value"].astype(float),
            "ทำไมยังไม่ใช้": rows["why_th"],
            "แหล่งข้อมูล": rows["source_th"],
        }
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
