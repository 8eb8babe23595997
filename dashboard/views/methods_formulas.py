"""How scores are calculated: every formula in words, and a published body calculated step by step."""

from typing import Any

import pandas as pd

from dashboard import text
from dashboard.selection import ALL, Group
from dashboard.view import View
from dashboard.views.methods import FRAMEWORK
from dashboard.views.number_source import mean_in_words


def worked_steps(tree: pd.DataFrame) -> pd.DataFrame:
    """From the items up, one example of every way a part is calculated, and every instrument."""
    steps = []
    shown: set[tuple[object, ...]] = set()
    for level in list(text.LEVELS)[::-1]:
        for row in tree[(tree["level"] == level) & tree["recomputed"].notna()].itertuples():
            children = tree[tree["parent"] == row.part]
            twice = pd.notna(row.value_public) and pd.notna(row.value_survey)
            way = (level, *sorted(set(children["level"])), twice, row.part if level == "instrument" else "")
            if way in shown:
                continue
            shown.add(way)
            if children.empty:
                how = f"({text.points(row.value_public)} + {text.points(row.value_survey)}) ÷ 2"
            else:
                how = mean_in_words(children)
            steps.append(
                {
                    "ระดับ": text.LEVELS[level],
                    "รายการ": text.part_label(row.part, row.name_th),
                    "วิธีคิด": how,
                    "คำนวณได้": row.recomputed,
                    "เผยแพร่": row.published,
                }
            )
    return pd.DataFrame(steps).astype({"คำนวณได้": float, "เผยแพร่": float})


def worked_example(body: Any, tree: pd.DataFrame, year: int) -> View:
    """A published body calculated step by step; `tree` is its organisation_tree with weight_in_parent."""
    overall = tree[tree["level"] == "overall"].iloc[0]
    elsewhere = f" (ปี {year} ยังไม่มีหน่วยงานที่คำนวณซ้ำได้ จึงใช้ปี {body.fiscal_year})" if body.other_year else ""
    return View(
        key="worked",
        title="ตัวอย่างการคำนวณจากข้อมูลจริง",
        sentence=(
            f"{body.label_th} ปี {body.fiscal_year}: คำนวณซ้ำได้ {text.points(overall['recomputed'])} "
            f"เผยแพร่ {text.points(overall['published'])}{elsewhere}"
        ),
        frame=worked_steps(tree),
        group=Group(ALL, ALL, str(body.label_th)),
        n=1,
        years=f"{body.fiscal_year}",
        notes=(
            "คำนวณด้วยความละเอียดเต็มแล้วปัดเมื่อแสดง ส่วนย่อยที่มีค่าเผยแพร่ใช้ค่าที่เผยแพร่ก่อนค่าที่คำนวณ ขีดคือแหล่งไม่ได้พิมพ์ค่าไว้",
        ),
    )


def _lost_and_headroom(tree: pd.DataFrame) -> tuple[str, str]:
    """Points lost and points left of the indicator that costs most."""
    scored = tree[(tree["level"] == "indicator") & tree["points_lost"].notna()]
    worst = scored.sort_values("points_lost", ascending=False).iloc[0]
    label = text.part_label(worst.part, worst.name_th)
    value, lost = text.points(worst.value), text.points(worst.points_lost)
    return (
        f"{label}: {worst.weight_in_total:.2f} × (100 − {value}) = {lost}",
        f"{label}: 100 − {value} = {text.points(100 - worst.value)}",
    )


def _differing(tree: pd.DataFrame, tolerance: float) -> str:
    """A part whose published and calculated points differ by more than rounding explains."""
    both = tree[tree["published"].notna() & tree["recomputed"].notna()]
    far = both[(both["published"] - both["recomputed"]).abs() > tolerance]
    if far.empty:
        return "ในตัวอย่างด้านบนไม่มีค่าใดต่างเกินช่วง"
    row = far.iloc[0]
    return (
        f"{text.part_label(row.part, row.name_th)}: เผยแพร่ {text.points(row.published)} "
        f"คำนวณได้ {text.points(row.recomputed)} จึงเป็นข้อค้นพบ แต่ยังใช้ {text.points(row.published)}"
    )


def _contribution(change: pd.DataFrame) -> str:
    """What the change of one part of a published average did to its overall."""
    if change.empty:
        return text.MISSING
    row = change.iloc[0]
    return (
        f"ค่าเฉลี่ยของกลุ่ม “{row.group_name_th}” ปี {row.fiscal_year - 1}–{row.fiscal_year} "
        f"{text.part_label(row.part, row.name_th)}: {row.weight_in_total:.2f} × "
        f"({text.points(row.value_to)} − {text.points(row.value_from)}) "
        f"= {text.change(row.contribution)} ของคะแนนรวม"
    )


def formulas(parts: pd.DataFrame, edition: Any, tree: pd.DataFrame | None, change: pd.DataFrame) -> View:
    """Every formula in words, with an example from the data where there is one.

    `tree` is that of the worked example, if there is one, `change` the answer of worked_change.
    """
    instruments = parts[parts["level"] == "instrument"]
    lost_example = headroom_example = text.MISSING
    differs = "ในตัวอย่างด้านบนไม่มีค่าใดต่างเกินช่วง"
    if tree is not None:
        lost_example, headroom_example = _lost_and_headroom(tree)
        differs = _differing(tree, edition.tolerance)
    moved = _contribution(change)
    overall = " + ".join(f"{row.weight_in_total:.2f} × {row.part}" for row in instruments.itertuples())
    rows = [
        ("คะแนนรวม", overall or "ปีนี้มีเฉพาะคะแนนรวมที่เผยแพร่", "ดูตัวอย่างด้านบน"),
        (
            "เครื่องมือ ตัวชี้วัด ตัวชี้วัดย่อย",
            "ค่าเฉลี่ยธรรมดาของส่วนที่อยู่ถัดลงไปหนึ่งชั้น ต้องทราบครบทุกส่วน",
            "ตัวชี้วัดที่มีตัวชี้วัดย่อยเฉลี่ยจากตัวชี้วัดย่อย ไม่ใช่จากข้อ",
        ),
        (
            "ข้อที่ถามผู้ตอบสองกลุ่ม",
            "(ค่าเฉลี่ยของ EIT Public + ค่าเฉลี่ยของ EIT Survey) ÷ 2",
            "เฉพาะปีที่เก็บจากสองกลุ่ม แต่ละกลุ่มมีน้ำหนักเท่ากัน ไม่ว่ามีผู้ตอบกี่คน",
        ),
        ("คะแนนที่ยังเพิ่มได้", "100 − คะแนน", headroom_example),
        ("คะแนนรวมที่เสียไปในส่วนหนึ่ง", "น้ำหนักในคะแนนรวม × (100 − คะแนนของส่วน)", lost_example),
        ("ส่วนที่ทำให้คะแนนรวมเปลี่ยน", "น้ำหนักในคะแนนรวม × (คะแนนปีหลัง − คะแนนปีก่อน)", moved),
        (
            "อันดับ",
            "เรียงจากคะแนนมากไปน้อย คะแนนเท่ากันได้อันดับเดียวกัน แล้วข้ามอันดับถัดไป",
            "90.00, 88.00, 88.00, 85.00 ได้อันดับ 1, 2, 2, 4",
        ),
        (
            "การปัดเศษ",
            "แสดงและจัดระดับที่ทศนิยมสองตำแหน่ง ครึ่งปัดขึ้น",
            f"84.995 เป็น {text.points(84.995)} และ 84.994 เป็น {text.points(84.994)}",
        ),
        (
            "ค่าที่เผยแพร่กับค่าที่คำนวณซ้ำ",
            f"ใช้ค่าที่เผยแพร่เสมอ ต่างกันไม่เกิน {edition.tolerance:g} ถือว่าเกิดจากการปัดเศษ เกินกว่านั้นเป็นข้อค้นพบ",
            differs,
        ),
    ]
    return View(
        key="formulas",
        title=f"สูตรที่ใช้ (กรอบปี {edition.fiscal_year})",
        sentence="ทุกสูตรใช้น้ำหนักจากกรอบของปีนั้น ไม่มีน้ำหนักที่กำหนดตายตัวในโปรแกรม",
        frame=pd.DataFrame(rows, columns=["สิ่งที่คำนวณ", "สูตร", "ตัวอย่างหรือหมายเหตุ"]),
        group=FRAMEWORK,
        n=len(parts),
        years=f"{edition.fiscal_year}",
        notes=("ค่าที่ไม่ทราบไม่ถูกนับเป็นศูนย์และไม่เข้าค่าเฉลี่ย ดอกจัน (*) ในตารางหมายถึงค่าที่คำนวณจากส่วนย่อย ไม่ใช่ค่าที่เผยแพร่",),
    )
