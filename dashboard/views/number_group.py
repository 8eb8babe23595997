"""How the numbers of a group are computed and from which sources: medians, shares, counts."""

import pandas as pd

from dashboard.views.number_source import importer

COMPUTED = "คำนวณจากส่วนย่อย (ไม่มีแหล่งใดพิมพ์ไว้)"
MOST_SOURCES = 5
MEASURES = {
    "count": "จำนวน (n): นับหน่วยงานของกลุ่มที่ทราบคะแนนนี้ในปีนี้ ที่ไม่ทราบไม่นับและไม่ถือเป็นศูนย์",
    "mean": "ค่าเฉลี่ย: ผลรวมคะแนนของทุกแห่งหารด้วย n ทุกแห่งมีน้ำหนักเท่ากัน",
    "median": "มัธยฐาน: เรียงคะแนนจากน้อยไปมาก แล้วใช้ค่าของแห่งกลาง (n คู่ใช้ค่าเฉลี่ยของสองแห่งกลาง)",
    "quartiles": "ควอร์ไทล์ที่ 1 และ 3: ค่าที่หนึ่งในสี่และสามในสี่ของหน่วยงานได้ไม่เกิน ต่ำสุดและสูงสุดคือของแห่งเดียว",
    "passed": "ผ่านเกณฑ์: นับแห่งที่คะแนนรวมปัดสองตำแหน่งแล้วถึงเกณฑ์ของปี ร้อยละคือจำนวนนั้นหารด้วยแห่งที่ตัดสินได้",
    "grades": "ระดับ: แต่ละแห่งจัดระดับตามเกณฑ์ของปีจากคะแนนรวมและคะแนนเครื่องมือ แล้วนับจำนวนแห่งต่อระดับ",
    "bins": "แท่ง: นับแห่งที่คะแนนรวมปัดสองตำแหน่งแล้วอยู่ในช่วงหนึ่งคะแนนนั้น (100 นับในช่วง 99–100)",
    "lowest": "เป็นตัวต่ำสุด: นับแห่งที่ตัวชี้วัดนี้ได้คะแนนต่ำสุดของแห่งนั้น เท่ากันหลายตัวนับทุกตัว",
    "lost": "คะแนนรวมที่เสีย: น้ำหนักในคะแนนรวม × (100 − คะแนน) เฉลี่ยต่อแห่ง",
    "zero": "ได้ 0 คะแนน: นับแห่งที่ทราบคะแนนและได้ 0 พอดี ช่องว่างไม่นับ",
    "rank": "อันดับ: เรียงคะแนนรวมของแห่งที่ทราบคะแนนจากมากไปน้อย คะแนนเท่ากันได้อันดับเดียวกัน",
    "changes": "การเปลี่ยนแปลง: คะแนนปีหลังลบปีก่อนของแต่ละแห่งที่มีทั้งสองปี แล้วนับหรือหามัธยฐานของผลต่าง",
    "expected": "ที่คาด: เส้นถดถอยของการเปลี่ยนแปลงตามคะแนนที่ยังขาดจาก 100 ในปีก่อน ของประเภทเดียวกันทั้งประเทศ "
    "(ประเภทที่มีไม่ถึง 30 แห่งใช้เส้นของทุกประเภท)",
    "transitions": "จากระดับใดไประดับใด: นับแห่งที่มีคะแนนรวมทั้งสองปีตามระดับของปีก่อนและของปีหลัง",
    "contributions": "แต่ละส่วนนำมา: น้ำหนักในคะแนนรวม × ผลต่างสองปี เฉลี่ยต่อแห่งที่มีครบทุกส่วนทั้งสองปี",
}


def sources(rows: pd.DataFrame) -> tuple[int, str, pd.DataFrame]:
    """How many bodies, in words where their scores come from, and the first sources as a table.

    `rows` are of group_sources.
    """
    n, computed = int(rows["n"].sum()), int(rows.loc[rows["source_id"].isna(), "n"].sum())
    words = f"n = {n:,} แห่ง: เผยแพร่ {n - computed:,} แห่งจาก {int(rows['source_id'].notna().sum()):,} แหล่ง"
    words += f" คำนวณจากส่วนย่อย {computed:,} แห่ง" if computed else ""
    first = rows.head(MOST_SOURCES)
    frame = pd.DataFrame(
        {
            "แหล่ง": first["source_th"].fillna(COMPUTED),
            "จำนวน (แห่ง)": first["n"],
            "ผู้นำเข้าและเวลา": [
                "" if pd.isna(row.source_id) else importer(row.imported_by, row.imported_at)
                for row in first.itertuples()
            ],
        }
    )
    return n, words + (f" แสดง {MOST_SOURCES} แหล่งแรก" if len(rows) > MOST_SOURCES else ""), frame
