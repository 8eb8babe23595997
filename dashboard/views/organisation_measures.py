"""The measures of a body beside the indicators they address."""

import pandas as pd

from dashboard import text
from dashboard.number import of_bodies
from dashboard.selection import Group
from dashboard.view import View

NOT_PRINTED = "เอกสารไม่ได้พิมพ์ไว้"
NO_MEASURE = "ยังไม่มีมาตรการ"
WEAK = "ต่ำกว่าเกณฑ์"
BASES = {"printed": "", "reading": " (ตีความจากเนื้อหา)"}


def weak(organisation: str, rows: pd.DataFrame, addressed: pd.DataFrame, body: Group) -> list[View]:
    """Per assessed year, every indicator lowest first with the measures that address it.

    `rows` are of organisation_weak, `addressed` of organisation_addressed.
    """
    return [
        _weak_year(organisation, found, addressed, int(year), body)
        for year, found in rows.groupby("fiscal_year", sort=False)
    ]


def _weak_year(
    organisation: str, rows: pd.DataFrame, addressed: pd.DataFrame, year: int, body: Group
) -> View:
    own = addressed[addressed["assessed_year"] == year]
    lists = {
        part: ", ".join(f"ข้อ {row.seq}{BASES[row.basis]}" for row in found.itertuples())
        for part, found in own.groupby("part")
    }
    below = rows["is_weak"].fillna(False).astype(bool)
    rows = rows.assign(
        label=[text.part_label(row.part, row.name_th) for row in rows.itertuples()],
        judged=below.map({True: WEAK, False: "ถึงเกณฑ์"}).where(rows["value"].notna(), "ไม่ทราบคะแนน"),
        measures=rows["part"].map(lists).fillna(NO_MEASURE),
    )
    return View(
        key=f"weak_{year}",
        title=f"จุดอ่อนของผลปี {year} กับมาตรการที่มุ่งแก้",
        sentence=_weak_sentence(rows[below], rows),
        frame=rows[["label", "value", "points_lost", "judged", "measures"]].set_axis(
            ["ตัวชี้วัด", "คะแนน", "คะแนนรวมที่เสียไป", "เทียบเกณฑ์ผ่าน", "มาตรการ"], axis=1
        ),
        group=body,
        n=1,
        years=f"{year}",
        numbers={"คะแนน": of_bodies(organisation, year, list(rows["part"]))},
        notes=["“ตีความจากเนื้อหา” คือเอกสารไม่ได้ระบุตัวชี้วัด ระบบจับคู่จากเรื่องของมาตรการ ที่เหลือคือเอกสารระบุเอง"],
    )


def _weak_sentence(low: pd.DataFrame, rows: pd.DataFrame) -> str:
    if rows["value"].isna().all():
        return "ไม่ทราบคะแนนรายตัวชี้วัดของปีนี้ จึงบอกไม่ได้ว่าจุดอ่อนใดยังไม่มีมาตรการ"
    mark = f"{rows['pass_mark'].iloc[0]:g}"
    if low.empty:
        return f"ไม่มีตัวชี้วัดที่ต่ำกว่า {mark} ในส่วนที่ทราบคะแนน"
    open_ones = low[low["n_measures"] == 0]
    words = f"ต่ำกว่า {mark} มี {len(low)} ตัวชี้วัด"
    if open_ones.empty:
        return f"{words} ทุกตัวมีมาตรการที่มุ่งแก้"
    names = ", ".join(f"{row.label} ({text.points(row.value)})" for row in open_ones.itertuples())
    return f"{words} ในจำนวนนี้ {len(open_ones)} ตัวยังไม่มีมาตรการใดมุ่งแก้: {names}"


def unaddressed(made: View) -> list[bool]:
    """The rows of a view of `weak` that are below the pass mark and have no measure."""
    rows = made.frame
    return list((rows["เทียบเกณฑ์ผ่าน"] == WEAK) & (rows["มาตรการ"] == NO_MEASURE))


def measures(rows: pd.DataFrame, addressed: pd.DataFrame, body: Group) -> list[View]:
    """The measures, one view per plan; `rows` are of organisation_measures, `addressed` as for `weak`."""
    aims = {
        measure: "; ".join(
            f"{text.part_label(row.part, row.name_th)}{_known(row.value)}{BASES[row.basis]}"
            for row in found.itertuples()
        )
        for measure, found in addressed.groupby("measure_id")
    }
    scored = set(addressed.loc[addressed["value"].notna(), "measure_id"])
    rows = rows.assign(
        aims=rows["measure_id"].map(aims).fillna("ไม่ได้ระบุ"), scored=rows["measure_id"].isin(scored)
    )
    return [
        _plan(found, int(plan), int(assessed), body)
        for (plan, assessed), found in rows.groupby(["plan_year", "assessed_year"], sort=False)
    ]


def _known(value: float) -> str:
    """A score behind a name; nothing where unknown: the column's head says so."""
    return "" if pd.isna(value) else f" {text.points(value)}"


def _plan(rows: pd.DataFrame, plan: int, assessed: int, body: Group) -> View:
    printed = " · ".join(
        f"{name}พิมพ์ไว้ {rows[column].notna().sum()} จาก {len(rows)} มาตรการ"
        for column, name in (("follow_up_th", "การติดตาม"), ("done_th", "ผลการดำเนินการ"))
    )
    words = f"มี {len(rows)} มาตรการ ตอบผลการประเมินปี {assessed} · {printed}"
    known = "" if rows["scored"].any() else "ไม่ทราบ"
    columns = {
        "seq": "ข้อ",
        "title_th": "มาตรการ",
        "aims": f"ตัวชี้วัดที่มุ่งแก้ ({known}คะแนนปี {assessed})",
        "responsible_unit_th": "ผู้รับผิดชอบ",
        "period_th": "กำหนดเวลา",
        "follow_up_th": "การติดตาม",
        "done_th": "ผลการดำเนินการ",
        "advice_th": "ข้อเสนอแนะ",
        "source_th": "แหล่งข้อมูล",
        "source_row": "ตำแหน่งในแหล่ง",
    }
    return View(
        key=f"measures_{plan}_{assessed}",
        title=f"มาตรการปี {plan}",
        sentence=words,
        frame=rows[list(columns)].rename(columns=columns).fillna(NOT_PRINTED),
        group=body,
        n=1,
        years=f"{plan}",
        notes=[f"แหล่ง: {', '.join(rows['source_th'].unique())}"],
    )


def on_screen(made: View) -> pd.DataFrame:
    """The table of a view of `measures` for the screen: without its sources, and what no document prints."""
    unprinted = made.frame.columns[(made.frame == NOT_PRINTED).all()]
    folded = {"ผลการดำเนินการ", "ข้อเสนอแนะ"} & set(unprinted)
    return made.frame.drop(columns=["แหล่งข้อมูล", "ตำแหน่งในแหล่ง", *folded])
