"""What is assessed, what may be compared across years, how sure every edition is, where figures come from."""

from typing import Any

import pandas as pd

from dashboard import text
from dashboard.charts import part_tree
from dashboard.selection import ALL, Group
from dashboard.view import View
from dashboard.views.number_source import importer

FRAMEWORK = Group(ALL, ALL, "กรอบการประเมิน ใช้กับทุกหน่วยงาน")
SOURCES = Group(ALL, ALL, "ทุกแหล่งในชุดข้อมูล")
AVERAGES = Group(ALL, ALL, "ค่าเฉลี่ยของกลุ่มตามแหล่งข้อมูล")
CONFIDENCES = {
    "document": "ตรงกับเอกสารของหน่วยงาน",
    "public": "เผยแพร่ต่อสาธารณะ",
    "arithmetic": "ยืนยันด้วยการคำนวณ",
    "unconfirmed": "ยังไม่ยืนยัน",
}
GROUP_KINDS = {"province": "จังหวัด", "ministry": "กระทรวง", "type": "ประเภทหน่วยงาน"}
LICENCES = (
    "ตารางจังหวัดมาจาก Thailand Canonical Administrative Names © 2026 William J. Reynolds (CC BY 4.0) และ "
    "thailand-geography-json © Joe Takara (MIT) ผังช่องจังหวัดมาจาก gridmap-layout-thailand © 2016 "
    "Krist Wongsuphasawat (MIT) ปรับแก้แล้วทั้งหมด รายละเอียดอยู่ในแฟ้ม NOTICE.md"
)


def rise(national: pd.DataFrame) -> str:
    """How far the published mean of the country rose: every body's rise is to be read against it."""
    means = national.dropna(subset=["mean_overall"])
    if means.empty:
        return ""
    first, last = means.iloc[0], means.iloc[-1]
    if last["mean_overall"] <= first["mean_overall"]:
        return ""
    return (
        f"คะแนนสูงขึ้นทั้งประเทศ (ค่าเฉลี่ย {text.points(first['mean_overall'])} ในปี {first['fiscal_year']} "
        f"เป็น {text.points(last['mean_overall'])} ในปี {last['fiscal_year']}) "
        "การเพิ่มขึ้นของหน่วยงานหนึ่งจึงต้องอ่านเทียบกับค่าเฉลี่ยของปีเดียวกัน"
    )


def in_words(rows: pd.DataFrame) -> pd.DataFrame:
    """Parts as the user reads them, weights in percent."""
    return pd.DataFrame(
        {
            "ระดับ": rows["level"].map(text.LEVELS),
            "รหัส": rows["part"].where(rows["level"] != "overall", ""),
            "ชื่อ": rows["name_th"],
            "อยู่ใน": rows["parent"].where(rows["parent"] != "overall", "คะแนนรวม").fillna(""),
            "น้ำหนักในส่วนแม่ (%)": rows["weight_in_parent"] * 100,
            "น้ำหนักในคะแนนรวม (%)": rows["weight_in_total"] * 100,
            "ความมั่นใจ": rows["confidence"].map(CONFIDENCES),
        }
    )


def structure(parts: pd.DataFrame, edition: Any) -> View:
    """The tree of the year: its shape as a chart, its parts as a table; `edition` is a row of editions."""
    instruments = parts[parts["level"] == "instrument"]
    without = parts[(parts["level"] == "item") & parts["weight_in_total"].isna()]
    sizes = ", ".join(f"{row.part} {row.weight_in_total:.0%}" for row in instruments.itertuples())
    return View(
        key="parts",
        title=f"โครงสร้างการประเมินปี {edition.fiscal_year}",
        sentence=(
            f"คะแนนรวมมาจาก {len(instruments)} เครื่องมือ ({sizes}) {edition.n_indicators:.0f} ตัวชี้วัด "
            + (f"และ {edition.n_items:.0f} ข้อ" if edition.n_items else "ยังไม่ทราบรายข้อ")
        ),
        frame=in_words(parts),
        figure=part_tree.chart(parts, text.LEVELS),
        group=FRAMEWORK,
        n=len(parts),
        years=f"{edition.fiscal_year}",
        notes=(
            "ความสูงคือน้ำหนักในคะแนนรวม ที่ว่างทางขวาคือตัวชี้วัดที่ไม่มีตัวชี้วัดย่อย n คือจำนวนส่วนทั้งหมดของกรอบปีนี้",
            f"มี {len(without)} ข้อที่ยังไม่ยืนยันการแบ่ง จึงไม่มีน้ำหนัก ไม่คำนวณส่วนที่ข้อทำให้เสียหรือได้"
            if len(without)
            else "",
        ),
    )


def instrument_words(row: Any, below: pd.DataFrame) -> str:
    """An instrument with its weight and its size; `below` are the parts under it."""
    n_items = int((below["level"] == "item").sum())
    size = f"{n_items} ข้อ" if n_items else "ยังไม่ทราบรายข้อ"
    return f"{row.part} {row.name_th} · น้ำหนัก {row.weight_in_total:.0%} · {size}"


def instrument_table(below: pd.DataFrame) -> pd.DataFrame:
    """The parts under one instrument in tree order, as the user reads them."""
    return in_words(below).drop(columns=["อยู่ใน", "น้ำหนักในส่วนแม่ (%)"])


def breaks(rows: pd.DataFrame, years: str) -> View | None:
    """Where the method changed, and what may still be compared; `years` are those of all editions."""
    if rows.empty:
        return None
    cut = rows.loc[~rows["joined"].astype(bool), "fiscal_year"]
    return View(
        key="breaks",
        title="จุดเปลี่ยนระหว่างปี",
        sentence=(
            f"วิธีประเมินเปลี่ยน {len(rows)} ครั้ง ทุกกราฟรายปีขีดเส้นประไว้ "
            + (f"และไม่ลากเส้นต่อ {', '.join(f'{one - 1} กับ {one}' for one in cut)}" if len(cut) else "")
        ),
        frame=pd.DataFrame(
            {
                "ระหว่างปี": [f"{one - 1} | {one}" for one in rows["fiscal_year"]],
                "สิ่งที่เปลี่ยน": rows["reason_th"],
                "เทียบกันได้": [
                    "เทียบกันไม่ได้" if level == "none" else f"ถึงระดับ{text.LEVELS[level]}"
                    for level in rows["comparable"]
                ],
                "ลากเส้นต่อ": rows["joined"].astype(bool).map({True: "ลาก", False: "ไม่ลาก"}),
            }
        ),
        group=FRAMEWORK,
        n=len(rows),
        years=years,
        notes=(
            "รหัสข้อเดียวกันต่างปีอาจเป็นคนละเรื่อง จึงไม่เทียบคะแนนรายข้อข้ามจุดเปลี่ยน ผลต่างระหว่างปีคำนวณเฉพาะระดับที่เทียบกันได้",
        ),
    )


def confidence(editions: pd.DataFrame) -> View:
    """How sure every edition is."""
    return View(
        key="editions",
        title="ความมั่นใจในกรอบของแต่ละปี",
        sentence=f"คลังข้อมูลรู้จักกรอบการประเมิน {len(editions)} ปี ปีที่การแบ่งข้อยังไม่ยืนยันจะไม่มีน้ำหนักใต้ระดับนั้น",
        frame=editions[["fiscal_year", "n_indicators", "n_items", "pass_mark", "confidence_th"]]
        .astype({"n_indicators": "Int64", "n_items": "Int64"})
        .replace({"n_indicators": {0: pd.NA}, "n_items": {0: pd.NA}})
        .set_axis(["ปี", "ตัวชี้วัด", "ข้อที่ทราบ", "เกณฑ์ผ่าน", "ความมั่นใจ"], axis=1),
        group=FRAMEWORK,
        n=len(editions),
        years=text.span(editions["fiscal_year"]),
        notes=("ขีดคือยังไม่ทราบ หรือปีนั้นไม่มีเกณฑ์ที่ใช้เทียบได้",),
    )


def sources(rows: pd.DataFrame, years: str) -> View | None:
    """Every source with what identifies it and how many figures come from it."""
    if rows.empty:
        return None
    kinds = rows["kind"].map(text.SOURCE_KINDS).fillna(rows["kind"])
    counts = ", ".join(f"{kind} {n}" for kind, n in kinds.value_counts().items())
    return View(
        key="sources",
        title="แหล่งข้อมูล",
        sentence=(
            f"มี {len(rows)} แหล่ง ({counts}) ให้ตัวเลขรวม {rows['n_figures'].sum():,} รายการ "
            "ทุกค่าบนหน้าจอสืบกลับไปยังแหล่งได้"
        ),
        frame=pd.DataFrame(
            {
                "ชนิด": kinds,
                "แหล่ง": rows["title_th"],
                "ผู้เผยแพร่": rows["publisher_th"],
                "ตำแหน่ง": rows["locator"],
                "ความน่าเชื่อถือ": rows["confidence"],
                "จำนวนค่า": rows["n_figures"],
                "SHA-256": rows["sha256"],
                "ผู้นำเข้าและเวลา": [
                    importer(*one) for one in zip(rows["imported_by"], rows["imported_at"], strict=True)
                ],
            }
        ).sort_values("จำนวนค่า", ascending=False, kind="stable"),
        group=SOURCES,
        n=len(rows),
        years=years,
        notes=("SHA-256 คือรหัสตรวจสอบว่าแฟ้มต้นฉบับเป็นแฟ้มเดียวกัน ขีดคือไม่มีแฟ้มต้นฉบับ",),
        hints=("ตารางย่อเหลือ 12 ตัวแรก แฟ้มดาวน์โหลดมีครบ",),
    )


def sources_on_screen(shown: View) -> pd.DataFrame:
    """The sources with short check sums; the files have them whole."""
    return shown.frame.assign(**{"SHA-256": shown.frame["SHA-256"].str.slice(0, 12)})


def averages(rows: pd.DataFrame, years: pd.DataFrame, parts: pd.DataFrame) -> View:
    """The printed averages of a year; `years` are of group_average_years, `parts` are those of the year."""
    n_groups, n = int(years["n_groups"].max()), int(years["n"].sum())
    return View(
        key="averages",
        title="ค่าเฉลี่ยกลุ่มตามแหล่งข้อมูล",
        sentence=(
            f"มีค่าเฉลี่ยของ {n_groups:,} กลุ่ม รวม {n:,} ค่าจาก {len(years):,} ปี "
            "เป็นค่าของกลุ่ม ไม่ใช่ของหน่วยงาน จึงไม่ถูกจัดอันดับหรือนับรวมกับหน่วยงาน"
        ),
        frame=averages_table(rows, parts),
        group=AVERAGES,
        n=n_groups,
        years=text.span(years["fiscal_year"]),
        notes=("ตารางบนหน้าจอเป็นของปีที่เลือกและวางตัวชี้วัดเป็นคอลัมน์ แฟ้มดาวน์โหลดมีทุกปี หนึ่งแถวต่อหนึ่งค่าพร้อมแหล่งของค่านั้น",),
    )


def averages_table(rows: pd.DataFrame, parts: pd.DataFrame) -> pd.DataFrame:
    """Printed averages, one row per figure."""
    names = dict(zip(parts["part"], parts["name_th"], strict=True))
    # n and the source may differ between the parts of a group, so every figure keeps its own row.
    return pd.DataFrame(
        {
            "ปีงบประมาณ": rows["fiscal_year"],
            "กลุ่ม": rows["group_name_th"],
            "ชนิดกลุ่ม": rows["group_kind"].map(GROUP_KINDS).fillna(rows["group_kind"]),
            "รายการ": [text.part_label(part, names.get(part, "")).strip() for part in rows["part"]],
            "ค่าเฉลี่ย": rows["value"],
            "จำนวนหน่วยงาน": rows["n"].astype("Int64"),
            "แหล่งข้อมูล": rows["source_th"],
            "ตำแหน่งในแหล่ง": rows["source_row"],
        }
    )


def averages_on_screen(rows: pd.DataFrame, parts: pd.DataFrame) -> pd.DataFrame:
    """The printed averages, one row per group and year, the parts as columns."""
    order = [part for part in parts["part"] if part in set(rows["part"])]
    wide = rows.pivot_table(
        index=["fiscal_year", "group_kind", "group_name_th"], columns="part", values="value", observed=True
    )
    wide = wide[[*order, *(part for part in wide.columns if part not in order)]].reset_index()
    wide["group_kind"] = wide["group_kind"].map(GROUP_KINDS).fillna(wide["group_kind"])
    return wide.rename(
        columns={"fiscal_year": "ปี", "group_kind": "ชนิดกลุ่ม", "group_name_th": "กลุ่ม", "overall": "คะแนนรวม"}
    )
