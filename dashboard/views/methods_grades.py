"""How grades are decided: the scales of all years, and what an overall alone decides."""

from typing import Any

import pandas as pd

from dashboard import text
from dashboard.charts import grade_ranges, grade_scales
from dashboard.view import View
from dashboard.views.methods import FRAMEWORK


def scales(levels: pd.DataFrame, year: int) -> pd.DataFrame:
    """Every distinct grade scale with the years that use it, each level with its condition in words.

    `levels` are of grade_ranges; `now` says whether the scale is that of `year`.
    """
    keys = levels.groupby("fiscal_year").apply(
        lambda one: tuple(
            one[["name_th", "overall_at_least", "instruments_at_least", "color"]]
            .astype(str)
            .itertuples(index=False)
        )
    )
    used: dict[tuple[object, ...], list[int]] = {}
    for one, key in keys.items():
        used.setdefault(key, []).append(int(one))
    found = []
    for scale_years in used.values():
        rows = levels[levels["fiscal_year"] == scale_years[-1]]
        found.append(
            rows.assign(
                scale=f"ปี {text.runs(scale_years)}",
                passed_th=rows["passed"].map({True: "ผ่านเกณฑ์", False: "ไม่ผ่านเกณฑ์"}),
                condition_th=[condition(row, rows) for row in rows.itertuples()],
                range_th=[range_in_words(row) for row in rows.itertuples()],
                now=year in scale_years,
            )
        )
    return pd.concat(found, ignore_index=True) if found else levels.assign(scale="", now=False)


def condition(level: object, scale: pd.DataFrame) -> str:
    """What a level asks, in words."""
    better = scale[scale["position"] < level.position]
    same = better[better["overall_at_least"] == level.overall_at_least]
    words = f"คะแนนรวม ≥ {level.overall_at_least:g}"
    if level.overall_at_least == 0:
        words = f"คะแนนรวม < {better['overall_at_least'].min():g}" if len(better) else "ทุกคะแนน"
    if pd.notna(level.instruments_at_least):
        return f"{words} และทุกเครื่องมือ ≥ {level.instruments_at_least:g}"
    if len(same):
        return f"{words} แต่มีเครื่องมือ < {same['instruments_at_least'].max():g}"
    return words


def range_in_words(level: object) -> str:
    """Between which overalls a level is possible."""
    if pd.isna(level.possible_until):
        return f"{level.possible_from:g} ขึ้นไป"
    if level.possible_from == 0:
        return f"ต่ำกว่า {level.possible_until:g}"
    return f"{level.possible_from:g} ถึงก่อน {level.possible_until:g}"


def grades(levels: pd.DataFrame, years: pd.Series, graded: pd.Series) -> View:
    """The scales side by side; `levels` are of `scales`, `years` all years, `graded` those with a scale."""
    without = sorted(set(years) - set(graded))
    return View(
        key="scales",
        title="เกณฑ์ระดับผลการประเมิน",
        sentence=(
            f"มีเกณฑ์ {levels['scale'].nunique()} ชุด ใช้คนละชุดสีและเทียบระดับข้ามชุดกันไม่ได้ "
            "ระดับแรกจากบนลงล่างที่เข้าเงื่อนไขเป็นระดับที่ได้"
        ),
        frame=levels[["scale", "name_th", "condition_th", "passed_th", "range_th", "color"]].set_axis(
            ["เกณฑ์", "ระดับ", "เงื่อนไข", "ผ่านเกณฑ์", "คะแนนรวมที่เป็นไปได้", "สี"], axis=1
        ),
        figure=grade_scales.chart(levels),
        group=FRAMEWORK,
        n=len(levels),
        years=text.span(years),
        notes=(
            "จัดระดับจากคะแนนที่ปัดเป็นทศนิยมสองตำแหน่งแล้ว ระดับที่พิมพ์ในแหล่งเก็บไว้ตามที่พิมพ์ ถ้าไม่ตรงกับเกณฑ์ของปีจะเป็นข้อค้นพบ",
            f"ปี {text.runs(without)} ไม่มีเกณฑ์ที่ยืนยันได้ จึงไม่แสดงระดับ" if without else "",
        ),
    )


def undecided(levels: pd.DataFrame, counted: pd.DataFrame, edition: Any) -> View | None:
    """What can be said where the instruments are not known; None where the overall decides alone.

    `levels` are those of the year's scale, `counted` of group_grades.
    """
    if levels["instruments_at_least"].isna().all():
        return None
    year = edition.fiscal_year
    counted = counted[counted["fiscal_year"] == year]
    n_all, n_open = int(counted["n"].sum()), int(counted.loc[counted["grade_code"] == "undecided", "n"].sum())
    return View(
        key="undecided",
        title="เมื่อทราบเพียงคะแนนรวม",
        sentence=(
            "ช่วงที่แถบซ้อนกันตัดสินระดับไม่ได้ ต้องทราบคะแนนรายเครื่องมือ "
            f"ปี {year} มี {n_open:,} จาก {n_all:,} หน่วยงานในคลังที่ยังตัดสินไม่ได้"
        ),
        frame=levels[["name_th", "range_th"]].set_axis(["ระดับ", "คะแนนรวมที่เป็นไปได้"], axis=1),
        figure=grade_ranges.chart(levels, 100),
        group=FRAMEWORK,
        n=len(levels),
        years=f"{year}",
        notes=(
            "เมื่อทุกระดับที่เป็นไปได้ผ่านเกณฑ์ จะแสดงว่า “ผ่านเกณฑ์ (ไม่ทราบระดับย่อย)” "
            f"ขอบช่วงเผื่อการปัดเศษ {edition.tolerance:g} คะแนน "
            "ถ้าแหล่งพิมพ์ระดับไว้และเป็นระดับที่เป็นไปได้ จะใช้ระดับที่พิมพ์",
            "ขอบบนมาจากน้ำหนัก: เครื่องมือที่น้ำหนักน้อยที่สุดอาจต่ำกว่าเกณฑ์ทั้งที่เครื่องมืออื่นได้เต็ม",
        ),
    )


def decided(levels: pd.DataFrame, year: int) -> str:
    """What to say where the overall decides alone, or nothing does."""
    return (
        f"เกณฑ์ปี {year} ใช้คะแนนรวมอย่างเดียว จึงจัดระดับได้เสมอเมื่อทราบคะแนนรวม"
        if len(levels)
        else f"ปี {year} ไม่มีเกณฑ์ระดับ จึงไม่แสดงระดับ"
    )
