"""เรียนรู้จากใคร: bodies that started alike and rose most where this one is weakest, with their measures."""

import pandas as pd

from dashboard import text
from dashboard.number import of_bodies
from dashboard.selection import RANKED_FROM, Group
from dashboard.view import View
from dashboard.views.between import break_note

OVERALL_WITHIN = 5.0
PART_WITHIN = 10.0
"""Bodies started alike whose overall and indicator differed by at most so many points a year before."""
MOST = 10
NOT_PRINTED = "เอกสารไม่ได้พิมพ์ไว้"


def indicator_of(indicators: pd.DataFrame, tree: pd.DataFrame, asked: str | None) -> str:
    """The indicator of the part asked for, where its score is known; else the first of `indicators`.

    `indicators` are rows of `tree` (organisation_tree) with a score, the lowest first.
    """
    above = tree.loc[tree["part"] == asked, "indicator"]
    known = [one for one in above if one in set(indicators["part"])]
    return str(known[0] if known else indicators["part"].iloc[0])


def impossible(year: int, name: str, breaks: pd.DataFrame, series: pd.DataFrame) -> str:
    """Why a body cannot be compared with others on an indicator and the year before.

    `breaks` are of breaks_between for the level of indicators, `series` of organisation_series for the body.
    """
    barred = breaks[~breaks["allowed"].astype(bool)]
    if len(barred):
        return f"เทียบปี {year - 1} กับ {year} ไม่ได้: {'; '.join(barred['reason_th'])}"
    unknown = [str(one) for one in (year - 1, year) if one not in set(series["fiscal_year"])]
    what = f"คะแนน {name} ปี {' และ '.join(unknown)}" if unknown else f"คะแนนรวมปี {year - 1}"
    return f"ไม่ทราบ{what} ของหน่วยงานนี้ จึงหาหน่วยงานที่เริ่มใกล้กันไม่ได้"


def alike(
    rows: pd.DataFrame, part: str, name: str, year: int, group: Group, breaks: pd.DataFrame
) -> tuple[View, list[str]]:
    """The bodies that rose most, and their ids.

    `rows` are of alike_bodies, the body itself first; `breaks` is of the query breaks.
    """
    own, others = rows.iloc[0], rows.iloc[1:]
    ids = list(others["organisation_id"])
    before = year - 1
    frame = others[["label_th", "change", "value_from", "value_to", "overall_from"]].set_axis(
        ["หน่วยงาน", "เพิ่มขึ้น", f"ปี {before}", f"ปี {year}", f"คะแนนรวมปี {before}"], axis=1
    )
    made = View(
        key="learn",
        title=f"หน่วยงานที่เริ่มใกล้กันและเพิ่มมากที่สุด: {name}",
        sentence=_sentence(own, others, name, year),
        frame=frame,
        group=group,
        n=int(own["n"]),
        years=f"{before}–{year}",
        numbers={
            "เพิ่มขึ้น": of_bodies(ids, year, part, before=before),
            f"ปี {before}": of_bodies(ids, before, part),
            f"ปี {year}": of_bodies(ids, year, part),
            f"คะแนนรวมปี {before}": of_bodies(ids, before, "overall"),
        },
        notes=[
            f"เริ่มใกล้กัน = ปี {before} คะแนนรวมต่างกันไม่เกิน {OVERALL_WITHIN:g} "
            f"และตัวชี้วัดนี้ต่างกันไม่เกิน {PART_WITHIN:g} คะแนน · n คือหน่วยงานอื่นในกลุ่มที่มีคะแนนทั้งสองปี",
            f"แสดงไม่เกิน {MOST} แห่ง ที่เพิ่มเท่ากันเรียงแห่งที่มีมาตรการก่อน แล้วแห่งที่คะแนนรวมใกล้กว่า",
            "คะแนนที่เพิ่มอาจมาจากเหตุอื่นหรือเพราะเริ่มต่ำกว่า จึงเป็นตัวอย่างให้ไปดู ไม่ใช่ข้อพิสูจน์",
            break_note(breaks, before, year),
        ],
    )
    return made, ids


def _sentence(own: pd.Series, others: pd.DataFrame, name: str, year: int) -> str:
    n, n_alike, n_risen = int(own["n"]), int(own["n_alike"]), int(own["n_risen"])
    here = (
        f"หน่วยงานนี้ {name} จาก {text.points(own['value_from'])} เป็น {text.points(own['value_to'])} "
        f"({text.change(own['change'])})"
    )
    if n == 0:
        return f"{here} · ในกลุ่มไม่มีหน่วยงานอื่นที่มีคะแนนทั้งปี {year - 1} และ {year}"
    if n_alike == 0:
        return f"{here} · ในกลุ่ม {n:,} แห่ง ไม่มีแห่งใดเริ่มใกล้กัน ลองเลือกกลุ่มที่กว้างขึ้น"
    words = f"{here} · เริ่มใกล้กัน {n_alike:,} จาก {n:,} แห่ง เฉลี่ย {text.change(own['mean_change'])}"
    if n_alike < RANKED_FROM:
        words += " น้อยเกินกว่าจะสรุปเป็นภาพรวม"
    if n_risen == 0:
        return f"{words} ไม่มีแห่งใดเพิ่มขึ้น"
    first = others.iloc[0]
    n_first = int(own["n_first"])
    who = str(first["label_th"]) if n_first == 1 else f"เท่ากัน {n_first:,} แห่ง"
    if n_first > len(others):
        who += f" แสดง {len(others)}"
    return f"{words} · เพิ่มขึ้น {n_risen:,} แห่ง มากที่สุด {text.change(first['change'])}: {who}"


def measures(rows: pd.DataFrame, listed: pd.DataFrame, name: str, year: int, group: Group) -> View | None:
    """What the measures of the listed bodies say on the indicator; `rows` are of measures_on_part."""
    if rows.empty:
        return None
    labels = listed.set_index("organisation_id")["label_th"]
    order = {one: at for at, one in enumerate(labels.index)}
    rows = rows.assign(at=rows["organisation_id"].map(order)).sort_values(
        ["at", "plan_year", "seq"], kind="stable"
    )
    n = rows["organisation_id"].nunique()
    frame = pd.DataFrame(
        {
            "หน่วยงาน": rows["organisation_id"].map(labels),
            "ปีแผน": rows["plan_year"].astype(str),
            "มาตรการ": rows["title_th"],
            "การติดตาม": rows["follow_up_th"].fillna(NOT_PRINTED),
            "ผลการดำเนินการ": rows["done_th"].fillna(NOT_PRINTED),
        }
    )
    return View(
        key="learn_measures",
        title="มาตรการของหน่วยงานเหล่านี้",
        sentence=f"{n} แห่งมีมาตรการที่ตอบผลปี {year - 1} และมุ่งแก้ {name} รวม {len(rows)} มาตรการ",
        frame=frame,
        group=group,
        n=n,
        years=f"{year - 1}",
        notes=["มาตรการกับคะแนนที่เพิ่มเกิดในช่วงเดียวกัน แต่ข้อมูลนี้ไม่พิสูจน์ว่ามาตรการเป็นเหตุ"],
    )
