"""How much a difference must be to mean anything: rounding, the method, and who happened to answer."""

import math

import pandas as pd

from dashboard.selection import Group
from dashboard.view import View
from dashboard.views.between import TOO_SMALL, Between
from ita_data.uncertainty import of_respondents

EXAMPLES = (30, 100, 400)
"""Respondents for whom the margin is shown, since their real number is not published."""


def uncertainty(crossed: pd.DataFrame, mean: float | None, group: Group, n: int, span: Between) -> View:
    """What a difference between two years may come from besides a change.

    `crossed` are the breaks between the years (fiscal_year, reason_th), `mean` the points at which the margin
    of a survey is shown (None: nowhere), `n` how many bodies the page compares.
    """
    rows = [
        (
            "การปัดเศษ: ผลต่างของค่าที่พิมพ์สองค่า",
            f"ไม่เกิน {span.small:.2f}",
            f"แต่ละค่าปัด (คลาดไม่เกิน 0.005) หรือตัดเศษ (คลาดไม่ถึง 0.01) จึง{TOO_SMALL}เมื่อต่างไม่เกินนี้",
        ),
        (
            "การปัดเศษ: ผลรวมของตัวชี้วัดเทียบกับคะแนนรวม",
            f"ไม่เกิน {span.rest:.2f}",
            "คะแนนรวมสองปีและค่าเฉลี่ยถ่วงน้ำหนักของตัวชี้วัดสองปี คลาดได้อย่างละไม่ถึง 0.01",
        ),
    ]
    for people in EXAMPLES if mean is not None else ():
        margin = of_respondents(mean, people)
        rows.append(
            (
                f"ผู้ตอบ: ตัวชี้วัด IIT หรือ EIT ที่ได้ {mean:g} จากผู้ตอบ {people:,} คน",
                f"ปีเดียว ±{margin:.1f} · ผลต่างสองปี ±{math.sqrt(2) * margin:.1f}",
                "ค่าสูงสุดที่เป็นไปได้ เพราะไม่มีแหล่งใดพิมพ์จำนวนผู้ตอบและการกระจายของคำตอบ",
            )
        )
    rows += [
        (f"วิธีประเมินที่เปลี่ยนในปี {row.fiscal_year}", "บอกเป็นตัวเลขไม่ได้", row.reason_th)
        for row in crossed.itertuples()
    ]
    return View(
        key="uncertainty",
        title="ต่างกันเท่าใดจึงมีความหมาย",
        sentence=(
            f"ผลต่างไม่เกิน {span.small:.2f} คะแนนอาจเกิดจากการปัดเศษอย่างเดียว ส่วนผลต่างของ IIT และ EIT "
            "ในหน่วยงานที่มีผู้ตอบน้อย อาจเป็นเพียงผู้ตอบคนละชุด"
        ),
        frame=pd.DataFrame(rows, columns=["ที่มาของความคลาดเคลื่อน", "คะแนน", "เพราะ"]),
        group=group,
        n=n,
        years=span.years,
        notes=(
            "ช่วงของผู้ตอบ = 1.96 × √(คะแนน × (100 − คะแนน) ÷ จำนวนผู้ตอบ) ครอบคลุม 95 ใน 100 ครั้ง "
            "คำตอบที่อยู่ระหว่าง 0 ถึง 100 กระจายได้มากที่สุดเท่านี้ (Bhatia และ Davis 2000)"
            if mean is not None
            else "",
        ),
    )
