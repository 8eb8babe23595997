"""Missing documents of a group: shared by most of its bodies, or a single body's own."""

import pandas as pd

from dashboard import text
from dashboard.charts import missing_items
from dashboard.number import GroupNumber, of_group
from dashboard.selection import RANKED_FROM, Group
from dashboard.view import View
from dashboard.views.weakest import labelled, name_of

SHARED_FROM, OWN_BELOW = 50.0, 10.0
"""Percent of a group's bodies: from half of them a gap is the group's, below a tenth the bodies' own."""
MOST = 15
CLASSES = {
    "shared": f"ขาดร่วมกัน (ตั้งแต่ร้อยละ {SHARED_FROM:g} ของกลุ่ม)",
    "some": "ขาดบางแห่ง",
    "own": f"ขาดเฉพาะแห่ง (ไม่ถึงร้อยละ {OWN_BELOW:g} ของกลุ่ม)",
}


def classed(items: pd.DataFrame) -> pd.DataFrame:
    """Items somebody lacks, the dearest for the group first, each with its class; `items` are of group_items.

    What a group loses by an item is its share of bodies without it times the item's weight in the overall;
    where the weights are not confirmed the share alone decides.
    """
    rows = items[items["n_zero"] > 0].sort_values(
        ["mean_points_lost", "share_zero", "position"], ascending=[False, False, True], na_position="last"
    )
    # where items are known of different bodies, what is common among a few is not common to the group
    alike = len(items) and items["n"].nunique() == 1
    kinds = [
        "shared"
        if row.share_zero >= SHARED_FROM and 2 * row.n > items["n"].max()
        else "own"
        if row.share_zero < OWN_BELOW
        else "some"
        for row in rows.itertuples()
    ]
    return rows.assign(kind=kinds, together=rows["mean_points_lost"].cumsum() if alike else None)


def missing(items: pd.DataFrame, *, year: int, group: Group) -> View | str:
    """What the group lacks, ordered by what it costs; or why nothing can be said."""
    n = int(items["n"].max())
    if n < RANKED_FROM:
        return f"กลุ่มมีคะแนนรายข้อ {n} แห่ง น้อยกว่า {RANKED_FROM} แห่ง จึงยังแยกไม่ได้ว่าข้อใดขาดร่วมกัน"
    rows = classed(items)
    if rows.empty:
        return f"ปี {year} ไม่มีข้อใดที่หน่วยงานในกลุ่มได้ 0 คะแนน"
    known = rows["mean_points_lost"].notna()
    shown = rows.head(MOST)
    left = len(rows) - len(shown)
    about = list(rows["part"])
    return View(
        key="missing",
        title="เอกสารที่ขาดร่วมกัน กับที่ขาดเฉพาะแห่ง",
        sentence=_sentence(rows, year),
        frame=pd.DataFrame(
            {
                "ข้อ": rows["part"],
                "ชื่อ": rows["name_th"],
                "กลุ่ม": rows["kind"].map(CLASSES),
                "ได้ 0 คะแนน (แห่ง)": rows["n_zero"],
                "n": rows["n"],
                "ร้อยละที่ได้ 0": rows["share_zero"],
                "คะแนนรวมที่เสียต่อแห่ง": rows["mean_points_lost"],
                "รวมสะสมถ้าแก้ตามลำดับ": rows["together"],
            }
        ),
        numbers={
            name: of_group(group, year, about, "zero", "lost", "count")
            for name in ("ได้ 0 คะแนน (แห่ง)", "n", "ร้อยละที่ได้ 0", "คะแนนรวมที่เสียต่อแห่ง")
        },
        about=GroupNumber(group, year, about[0], ("zero", "lost", "count")),
        figure=missing_items.chart(labelled(shown, 44), CLASSES, by_points=bool(known.any())),
        group=group,
        n=n,
        years=f"{year}",
        notes=(
            "คะแนนรวมที่เสียต่อแห่ง = ร้อยละของหน่วยงานที่ได้ 0 × น้ำหนักของข้อในคะแนนรวม"
            if known.any()
            else "น้ำหนักรายข้อของปีนี้ยังไม่ยืนยัน จึงเรียงตามร้อยละของหน่วยงานที่ได้ 0 และไม่คำนวณคะแนน",
            f"แสดง {MOST} ข้อแรก อีก {left} ข้ออยู่ในตาราง" if left else "",
        ),
    )


def _sentence(rows: pd.DataFrame, year: int) -> str:
    """What one letter to all could do, and how much is each body's own."""
    shared, own = rows[rows["kind"] == "shared"], rows[rows["kind"] == "own"]
    if shared.empty:
        first = rows.sort_values(["share_zero", "position"], ascending=[False, True]).iloc[0]
        words = f"ปี {year} ไม่มีข้อใดที่ขาดถึงครึ่งกลุ่ม มากที่สุดคือ {name_of(first)} {first.n_zero:,} จาก {first.n:,} แห่ง"
    else:
        listed = ", ".join(shared["part"].head(6)) + (" …" if len(shared) > 6 else "")
        words = f"ปี {year} ขาดร่วมกันตั้งแต่ครึ่งกลุ่ม {len(shared)} ข้อ ({listed}) แนะนำพร้อมกันทั้งกลุ่มได้"
        gain = shared["mean_points_lost"].sum(min_count=len(shared))
        if pd.notna(gain) and shared["n"].nunique() == 1:
            words += f" ถ้าเปิดเผยครบ คะแนนรวมของ {shared['n'].iloc[0]:,} แห่งที่ทราบรายข้อเพิ่มเฉลี่ย "
            words += f"{text.points(gain)} คะแนน"
    return words + (f" · ขาดเฉพาะแห่ง {len(own)} ข้อ ต้องแก้เป็นรายหน่วยงาน" if len(own) else "")


def depth(
    rows: pd.DataFrame, indicator: str, name_th: str, *, group: Group, stretched: bool = False
) -> View | None:
    """An indicator in every edition: its spread, its sub-indicators, and the item that holds each back most.

    `rows` are of group_depth.
    """
    if rows.empty:
        return None
    whole = rows[rows["level"] == "indicator"]
    name = text.part_label(indicator, name_th)
    low = whole.loc[whole["mean"].idxmin()]
    last = whole.iloc[0]
    words = f"{name}: ค่าเฉลี่ยต่ำสุดปี {low['fiscal_year']} ({text.points(low['mean'])})"
    words += f" ปีล่าสุด {last['fiscal_year']} {text.points(last['mean'])} (n = {last['n']:,})"
    if pd.notna(last["item"]):
        item = text.part_label(last["item"], last["item_name_th"])
        same = f" และอีก {last['n_as_low'] - 1:.0f} ข้อเท่ากัน" if last["n_as_low"] > 1 else ""
        words += f" ข้อที่ต่ำสุดคือ {item} เฉลี่ย {text.points(last['item_mean'])}{same}"
    unsure = sorted({str(year) for year in rows.loc[~rows["split_confirmed"].astype(bool), "fiscal_year"]})
    return View(
        key="depth",
        title=f"เจาะลึกรายปี: {name}",
        sentence=words,
        frame=rows[
            [
                "fiscal_year",
                "part",
                "name_th",
                "n",
                "mean",
                "q1",
                "median",
                "q3",
                "item",
                "item_name_th",
                "item_mean",
                "item_n_zero",
                "item_n",
                "n_as_low",
            ]
        ].set_axis(
            [
                "ปีงบประมาณ",
                "รหัส",
                "ส่วน",
                "n",
                "ค่าเฉลี่ย",
                "ควอร์ไทล์ที่ 1",
                "มัธยฐาน",
                "ควอร์ไทล์ที่ 3",
                "ข้อที่เฉลี่ยต่ำสุด",
                "ชื่อข้อ",
                "ค่าเฉลี่ยของข้อ",
                "ได้ 0 คะแนน (แห่ง)",
                "n ของข้อ",
                "ข้อที่ต่ำเท่ากัน",
            ],
            axis=1,
        ),
        figure=missing_items.depth(rows, stretched=stretched),
        group=group,
        n=int(last["n"]),
        years=text.span(whole["fiscal_year"]),
        notes=(
            "จุดคือค่าเฉลี่ยของกลุ่ม ด้านขวาคือข้อที่เฉลี่ยต่ำสุดในส่วนนั้น รหัสข้อของแต่ละปีไม่ใช่ข้อเดียวกัน เทียบข้ามปีได้ที่ระดับตัวชี้วัด",
            f"การแบ่งข้อเข้าตัวชี้วัดย่อยยังไม่ยืนยันในปี {', '.join(unsure)}" if unsure else "",
        ),
    )
