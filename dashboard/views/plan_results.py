"""แผนกับผล: weak indicators without a measure, measures without follow-up, and what changed since."""

import pandas as pd

from dashboard import text
from dashboard.charts import plan_changes
from dashboard.number import of_bodies
from dashboard.selection import Group
from dashboard.view import View
from dashboard.views.between import break_note
from dashboard.views.organisation_tree import Standing

NO_PROOF = (
    "การเปลี่ยนแปลงไม่ใช่ข้อพิสูจน์ว่ามาตรการได้ผล: มาตรการมักมุ่งตัวชี้วัดที่ต่ำอยู่ก่อน ซึ่งมีที่ให้เพิ่มมากกว่าและมักขยับขึ้นเองอยู่แล้ว "
    "ให้ดูคะแนนตั้งต้นประกอบ"
)
LOW = "ต่ำกว่า"
AIMED = {True: "มีมาตรการมุ่งแก้", False: "ไม่มีมาตรการ"}


def without_plan(standing: Standing) -> str:
    """What stands in place of a plan for a year nobody has written one for."""
    tree, mark = standing.tree, standing.mark
    low = tree[(tree["level"] == "indicator") & tree["below"]]
    words = f"ยังไม่มีแผนที่ตอบผลปี {standing.year} ในคลังข้อมูล"
    if low.empty or mark is None:
        return words
    names = ", ".join(
        f"{text.part_label(row.part, row.name_th)} ({text.points(row.value)})" for row in low.itertuples()
    )
    return f"{words} ตัวชี้วัดที่ต่ำกว่า {mark:g} มี {len(low)} ตัว: {names}"


def body(
    organisation: str,
    weak: pd.DataFrame,
    changes: pd.DataFrame,
    plans: pd.DataFrame,
    own: Group,
    breaks: pd.DataFrame,
) -> View | None:
    """Every indicator of the years a body's measures answer: does one aim at it, and how it changed since.

    `weak` is of organisation_weak, `changes` of organisation_plan_changes, `plans` of organisation_measures,
    `breaks` of the query breaks.
    """
    if weak.empty:
        return None
    rows = weak.merge(changes, on=["fiscal_year", "part"], how="left").sort_values(
        ["fiscal_year", "value", "position"], ascending=[False, True, True], kind="stable"
    )
    rows = rows.assign(is_aimed=rows["n_measures"] > 0, is_low=rows["is_weak"].fillna(False).astype(bool))
    years = list(rows["fiscal_year"])
    frame = pd.DataFrame(
        {
            "ตัวชี้วัด": [text.part_label(row.part, row.name_th) for row in rows.itertuples()],
            "ผลปี": [str(year) for year in years],
            "คะแนน": rows["value"],
            "เทียบเกณฑ์": [
                "ไม่ทราบ" if pd.isna(row.value) else LOW if row.is_low else "" for row in rows.itertuples()
            ],
            "มาตรการ (ข้อ)": rows["n_measures"],
            "คะแนนปีถัดไป": rows["value_after"].astype(float),
            "เปลี่ยน": rows["change"].astype(float),
        }
    )
    return View(
        key="plan",
        title="แผนกับผลของหน่วยงานนี้",
        sentence=" · ".join([_aims(rows, int(max(years))), _follow_up(plans), _body_change(rows)]),
        frame=frame,
        group=own,
        n=1,
        years=text.runs(set(years)),
        numbers={
            "คะแนน": of_bodies(organisation, years, list(rows["part"])),
            "คะแนนปีถัดไป": of_bodies(organisation, [year + 1 for year in years], list(rows["part"])),
        },
        notes=[
            NO_PROOF if rows["change"].notna().any() else "",
            "มาตรการจากแผนที่ตอบผลของปีนั้น ปีถัดไปเทียบเฉพาะที่วิธีประเมินให้เทียบได้",
            *_breaks_crossed(rows, breaks),
        ],
    )


def _breaks_crossed(rows: pd.DataFrame, breaks: pd.DataFrame) -> list[str]:
    """What changed in the method between the years a change is shown for, a line for each pair."""
    years = sorted(rows.loc[rows["change"].notna(), "fiscal_year"].unique())
    said = [(year, break_note(breaks, year, year + 1)) for year in years]
    return [f"ปี {year} ถึง {year + 1}: {words}" for year, words in said if words]


def unaddressed(made: View) -> list[bool]:
    """The rows of a view of `body` that are below the pass mark and have no measure."""
    return list((made.frame["เทียบเกณฑ์"] == LOW) & (made.frame["มาตรการ (ข้อ)"] == 0))


def _aims(rows: pd.DataFrame, year: int) -> str:
    """Of the latest plan: the indicators below the pass mark without a measure."""
    latest = rows[rows["fiscal_year"] == year]
    if latest["value"].isna().all():
        return f"ไม่ทราบคะแนนรายตัวชี้วัดปี {year} จึงบอกไม่ได้ว่าจุดอ่อนใดยังไม่มีมาตรการ"
    mark = f"{latest['pass_mark'].iloc[0]:g}"
    n_unknown = int(latest["value"].isna().sum())
    unknown = f" (ไม่ทราบ {n_unknown} ตัว)" if n_unknown else ""
    low = latest[latest["is_low"]]
    bare = low[~low["is_aimed"]]
    if low.empty:
        return f"ผลปี {year} ไม่มีตัวชี้วัดต่ำกว่า {mark}{unknown}"
    words = f"ผลปี {year} ต่ำกว่า {mark} มี {len(low)} ตัวชี้วัด"
    aims = "ทุกตัวมีมาตรการ" if bare.empty else f"ไม่มีมาตรการ {len(bare)} ตัว: {', '.join(bare['part'])}"
    return f"{words} {aims}{unknown}"


def _follow_up(plans: pd.DataFrame) -> str:
    """How many measures have neither follow-up nor result printed."""
    bare = unfollowed(plans)
    if bare.empty:
        return f"มาตรการทั้ง {len(plans)} ข้อมีการติดตามหรือผลพิมพ์ไว้"
    return f"มาตรการ {len(bare)} จาก {len(plans)} ข้อไม่มีการติดตามหรือผลพิมพ์ไว้"


def _body_change(rows: pd.DataFrame) -> str:
    """The mean change of indicators with a measure and without, of the latest pair of years."""
    known = rows[rows["change"].notna()]
    if known.empty:
        return "ยังไม่มีผลปีถัดไปที่เทียบได้ จึงยังไม่เห็นว่าเปลี่ยนอย่างไร"
    year = int(known["fiscal_year"].max())
    known = known[known["fiscal_year"] == year]
    said = []
    for aimed, name in AIMED.items():
        part = known[known["is_aimed"] == aimed]
        mean = text.change(part["change"].mean()) if len(part) else text.MISSING
        said.append(f"{name} {len(part)} ตัว เฉลี่ย {mean}")
    return f"จากปี {year} ถึง {year + 1}: {', '.join(said)}"


def unfollowed(plans: pd.DataFrame) -> pd.DataFrame:
    """The measures of organisation_measures of which neither follow-up nor result is printed."""
    return plans[plans["follow_up_th"].isna() & plans["done_th"].isna()]


def not_followed(plans: pd.DataFrame, own: Group) -> View | None:
    """The measures without any follow-up printed."""
    rows = unfollowed(plans)
    if rows.empty:
        return None
    columns = {
        "title_th": "มาตรการ",
        "plan_year": "ปีแผน",
        "assessed_year": "ตอบผลปี",
        "responsible_unit_th": "ผู้รับผิดชอบ",
        "period_th": "กำหนดเวลา",
    }
    return View(
        key="not_followed",
        title="มาตรการที่ไม่มีการติดตามพิมพ์ไว้",
        sentence=f"{len(rows)} จาก {len(plans)} มาตรการ เอกสารไม่ได้พิมพ์ทั้งการติดตามและผล ซึ่งไม่ได้แปลว่าไม่ได้ทำ",
        frame=rows[list(columns)].rename(columns=columns).astype({"ปีแผน": str, "ตอบผลปี": str}),
        group=own,
        n=1,
        years=text.runs(set(rows["plan_year"])),
    )


def group(rows: pd.DataFrame, year: int, among: Group, breaks: pd.DataFrame) -> View | None:
    """How indicators with a measure changed against those without.

    `rows` are of group_plan_changes, `breaks` of the query breaks.
    """
    rows = rows[rows["is_weak"].notna()]
    if rows.empty:
        return None
    rows = rows.assign(is_weak=rows["is_weak"].astype(bool), is_addressed=rows["is_addressed"].astype(bool))
    start = {True: f"ต่ำกว่าเกณฑ์ปี {year - 1}", False: f"ถึงเกณฑ์ปี {year - 1}"}
    frame = pd.DataFrame(
        {
            "ตั้งต้น": rows["is_weak"].map(start),
            "มาตรการ": rows["is_addressed"].map(AIMED),
            "ตัวชี้วัด (n)": rows["n"],
            "หน่วยงาน (n)": rows["n_bodies"],
            f"เฉลี่ยปี {year - 1}": rows["mean_from"],
            "เปลี่ยนเฉลี่ย": rows["mean_change"],
        }
    )
    return View(
        key="plan_changes",
        title=f"ทั้งกลุ่ม: ตัวชี้วัดที่มีมาตรการเปลี่ยนอย่างไร ปี {year - 1} ถึง {year}",
        sentence=_group_sentence(rows[rows["is_weak"]]),
        frame=frame,
        figure=plan_changes.chart(rows.assign(start=frame["ตั้งต้น"])),
        group=among,
        n=int(rows["n_planned"].iloc[0]),
        years=f"{year - 1}–{year}",
        notes=[
            NO_PROOF,
            f"เฉพาะหน่วยงานที่มีแผนตอบผลปี {year - 1} ในคลังข้อมูลและมีคะแนนรายตัวชี้วัดทั้งสองปี n ในภาพคือจำนวนตัวชี้วัด",
            break_note(breaks, year - 1, year),
        ],
    )


def _group_sentence(low: pd.DataFrame) -> str:
    """The indicators below the pass mark at the start: those with a measure against those without."""
    said = [
        f"{AIMED[row.is_addressed]} {row.n:,} ตัวจาก {row.n_bodies:,} แห่ง "
        f"เริ่มเฉลี่ย {text.points(row.mean_from)} เปลี่ยนเฉลี่ย {text.change(row.mean_change)}"
        for row in low.sort_values("is_addressed", ascending=False).itertuples()
    ]
    if len(said) < len(AIMED):
        return "ตัวชี้วัดที่ต่ำกว่าเกณฑ์ไม่มีทั้งสองฝ่าย จึงเทียบที่มีกับไม่มีมาตรการไม่ได้"
    return "ตัวชี้วัดที่ต่ำกว่าเกณฑ์ตั้งต้น: " + " · ".join(said)
