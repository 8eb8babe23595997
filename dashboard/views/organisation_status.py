"""Who a body is and how it stands in a year, in words and figures."""

from collections.abc import Mapping

import pandas as pd

from dashboard import text
from dashboard.selection import RANKED_FROM, Group
from dashboard.text import escape


def identity(body: pd.Series, type_th: str) -> str:
    """What kind of body it is and where, and what is to be known about its name."""
    where = [f"อ.{body['district_th']}"] if pd.notna(body["district_th"]) else []
    province = body["province_th"]
    if pd.isna(province):
        where += ["ไม่ทราบจังหวัด"] if body["needs_province"] else []
    elif body["full_name_th"].removeprefix("จังหวัด") != province:
        where.append(f"จ.{province}")
    note = [str(body["note_th"])] if pd.notna(body["note_th"]) else []
    return " · ".join(filter(None, [type_th, " ".join(where), *note]))


def grade_words(result: pd.Series, names: Mapping[str, str]) -> str:
    """How the grade was decided, in words; `names` are the levels of the year by code."""
    if pd.isna(result["grade_basis"]):
        return "ไม่ทราบคะแนนรวม จึงยังจัดระดับไม่ได้"
    possible = " หรือ ".join(
        names.get(code, code) for code in str(result["possible_codes"]).split(",") if code
    )
    words = {
        "computed": f"ระดับ “{result['grade_th']}” จัดตามเกณฑ์ของปี {result['fiscal_year']} จากคะแนนที่ทราบ",
        "printed": f"ระดับ “{result['grade_th']}” ใช้ตามที่แหล่งข้อมูลพิมพ์ไว้ เพราะคะแนนที่ทราบเป็นได้ทั้ง {possible}",
        "undecided": f"ยังบอกระดับไม่ได้ เพราะไม่ทราบคะแนนรายเครื่องมือครบ ระดับที่เป็นไปได้คือ {possible}",
        "no_scale": f"ปี {result['fiscal_year']} ไม่มีเกณฑ์ระดับที่ยืนยันได้ จึงไม่แสดงระดับ",
    }[result["grade_basis"]]
    printed = result["printed_grade"]
    if pd.notna(printed) and printed != result["grade_th"]:
        words += f" · แหล่งข้อมูลพิมพ์ระดับไว้ว่า “{printed}” ซึ่งต่างจากระดับตามเกณฑ์ของปี"
    return words


def rank_words(rank: pd.Series, overall: float) -> tuple[str, str]:
    """The rank in its group and what is to be said with it; a dash and the reason where there is none."""
    if pd.isna(overall):
        return text.MISSING, "ไม่ทราบคะแนนรวม"
    if not rank["is_member"]:
        return text.MISSING, "หน่วยงานนี้ไม่อยู่ในกลุ่มที่ใช้เทียบ"
    if rank["n"] < RANKED_FROM:
        return text.MISSING, f"ไม่จัดอันดับ เพราะกลุ่มมีคะแนนรวม {rank['n']} แห่ง (ต้องมีอย่างน้อย {RANKED_FROM})"
    shared = f" · คะแนนเท่ากัน {rank['n_equal']:,.0f} แห่ง" if rank["n_equal"] > 1 else ""
    return f"{rank['rank']:,.0f}", f"จาก {rank['n']:,} แห่งในกลุ่มเปรียบเทียบ{shared}"


def change_words(result: pd.Series, breaks: pd.DataFrame, national: pd.DataFrame) -> str:
    """What the change is measured from, and how the whole country changed; or why there is no change."""
    before = int(result["fiscal_year"]) - 1
    if pd.isna(result["overall"]):
        return "ไม่ทราบคะแนนรวม"
    if pd.isna(result["previous_overall"]):
        return f"ไม่มีคะแนนรวมปี {before} ให้เทียบ"
    if pd.isna(result["overall_change"]):
        reasons = breaks.loc[breaks["fiscal_year"] == before + 1, "reason_th"]
        return f"เทียบปี {before} ไม่ได้: {'; '.join(reasons)}"
    mean = national.set_index("fiscal_year")["mean_overall"]
    words = f"จาก {text.points(result['previous_overall'])} ปี {before}"
    if before in mean.index and before + 1 in mean.index:
        words += f" · ทั้งประเทศ {text.change(mean[before + 1] - mean[before])}"
    return words


def gap_words(overall: float, pass_mark: float) -> str:
    """What the gap to the pass mark means."""
    if pd.isna(overall):
        return "ไม่ทราบคะแนนรวม"
    if pd.isna(pass_mark):
        return "ปีนี้ไม่มีเกณฑ์ผ่านที่ใช้ได้"
    if text.points(overall) == text.points(pass_mark):
        return "เท่าเกณฑ์พอดี"
    return (
        f"ต้องเพิ่มอีก {text.points(pass_mark - overall)} จึงผ่าน"
        if overall < pass_mark
        else (f"เหลือถึงเต็ม 100 อีก {text.points(100 - overall)}")
    )


def figures(
    result: pd.Series, rank: pd.Series, pass_mark: float, breaks: pd.DataFrame, national: pd.DataFrame
) -> list[tuple[str, str, str]]:
    """Overall, rank, change and gap to the pass mark, each with its label and words in Markdown.

    `result` is a row of organisation_results, `rank` of organisation_rank.
    """
    overall = result["overall"]
    place, place_words = rank_words(rank, overall)
    star = "*" if result["overall_basis"] == "recomputed" else ""
    grade = result["grade_th"] if pd.notna(result["grade_th"]) else "ไม่ทราบระดับ"
    mark = f" {pass_mark:g}" if pd.notna(pass_mark) else ""
    return [
        (f"คะแนนรวมปี {result['fiscal_year']}", text.points(overall) + star, f"**{escape(grade)}**"),
        ("อันดับในกลุ่ม", place, escape(place_words)),
        (
            "เปลี่ยนจากปีก่อน",
            text.change(result["overall_change"]),
            escape(change_words(result, breaks, national)),
        ),
        (f"ห่างจากเกณฑ์ผ่าน{mark}", text.change(overall - pass_mark), escape(gap_words(overall, pass_mark))),
    ]


def grade_note(result: pd.Series, names: Mapping[str, str], top: pd.Series) -> str:
    """How the grade was decided and where the overall comes from; `top` is the root of the tree."""
    words = grade_words(result, names)
    if result["overall_basis"] == "recomputed":
        words += " · * คะแนนรวมคำนวณจากส่วนย่อย ไม่ใช่ค่าที่เผยแพร่"
    return words if pd.isna(top["source_th"]) else f"{words} · แหล่งของคะแนนรวม: {top['source_th']}"


def peers_words(peers: Group, rank: pd.Series, year: int) -> str:
    """The comparison group: which, defined how, how many."""
    n, n_bodies = int(rank["n"]), int(rank["n_bodies"])
    words = f"กลุ่มเปรียบเทียบ: {peers.label} · n = {n:,} แห่งที่มีคะแนนรวมปี {year} จาก {n_bodies:,} แห่งที่มีข้อมูล"
    return f"{words} · {peers.note}" if peers.note else words
