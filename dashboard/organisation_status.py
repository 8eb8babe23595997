"""The top of the organisation page: who the body is and, in five figures, how it stands in the year."""

import pandas as pd
import streamlit as st

from dashboard import data, session, text, view
from dashboard.group_table import RANKED_FROM
from dashboard.organisation_tree import Standing
from dashboard.selection import PEERS, Group

MOST_LOWEST_BUTTONS = 2
NEED_PROVINCE = ("region", "province", "type_province")


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


def grade_words(result: pd.Series, names: dict[str, str]) -> str:
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


def rank_in(standing: Standing, peers: Group) -> pd.Series:
    """The answer of organisation_rank for a body in a group."""
    return data.query(
        "organisation_rank",
        organisation=standing.organisation,
        fiscal_year=standing.year,
        place=peers.place,
        kind=peers.kind,
    ).iloc[0]


def rank_words(rank: pd.Series, overall: float) -> tuple[str, str]:
    """The rank in its group and what is to be said with it; a dash and the reason where there is none."""
    if pd.isna(overall):
        return text.MISSING, "ไม่ทราบคะแนนรวม"
    if not rank["is_member"]:
        return text.MISSING, "หน่วยงานนี้ไม่อยู่ในกลุ่มที่ใช้เทียบ"
    if rank["n"] < RANKED_FROM:
        return text.MISSING, f"ไม่จัดอันดับ เพราะกลุ่มมีคะแนนรวม {rank['n']} แห่ง (ต้องมีอย่างน้อย {RANKED_FROM})"
    shared = f" · คะแนนเท่ากัน {rank['n_equal']:.0f} แห่ง" if rank["n_equal"] > 1 else ""
    return f"{rank['rank']:.0f} จาก {rank['n']:,}", f"ในกลุ่มเปรียบเทียบ{shared}"


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


def draw(body: pd.Series, result: pd.Series, standing: Standing, peers: Group) -> None:
    """The five figures of the year: overall, rank, change, gap to the pass mark, lowest indicator."""
    overall, pass_mark, tree = result["overall"], standing.pass_mark, standing.tree
    rank = rank_in(standing, peers)
    place, place_words = rank_words(rank, overall)
    star = "*" if result["overall_basis"] == "recomputed" else ""
    grade = result["grade_th"] if pd.notna(result["grade_th"]) else "ไม่ทราบระดับ"
    mark = f" {pass_mark:g}" if pd.notna(pass_mark) else ""
    figures = (
        (f"คะแนนรวมปี {result['fiscal_year']}", text.points(overall) + star, f"**{view.escape(grade)}**"),
        ("อันดับในกลุ่ม", place, view.escape(place_words)),
        (
            "เปลี่ยนจากปีก่อน",
            text.change(result["overall_change"]),
            view.escape(change_words(result, data.query("breaks"), data.query("national_series"))),
        ),
        (
            f"ห่างจากเกณฑ์ผ่าน{mark}",
            text.change(overall - pass_mark),
            view.escape(gap_words(overall, pass_mark)),
        ),
    )
    columns = st.columns(5, gap="small")
    for column, (label, value, words) in zip(columns, figures, strict=False):
        column.metric(label, value, border=True)
        column.caption(words)
    with columns[-1]:
        _lowest(result, tree)
    levels = data.query("grade_levels")
    names = levels[levels["fiscal_year"] == result["fiscal_year"]].set_index("code")["name_th"].to_dict()
    top = tree.iloc[0]
    note = " · * คะแนนรวมคำนวณจากส่วนย่อย ไม่ใช่ค่าที่เผยแพร่" if star else ""
    if pd.notna(top["source_th"]):
        note += f" · แหล่งของคะแนนรวม: {top['source_th']}"
    _peers(body, peers, int(rank["n"]), int(rank["n_bodies"]), grade_words(result, names) + note)


def _lowest(result: pd.Series, tree: pd.DataFrame) -> None:
    """The lowest indicator, with a button that opens it in the tree."""
    st.metric("ตัวชี้วัดต่ำสุด", text.points(result["lowest_value"]), border=True)
    if pd.isna(result["lowest_indicators"]):
        st.caption("ไม่ทราบคะแนนรายตัวชี้วัด")
        return
    codes = str(result["lowest_indicators"]).split(", ")
    names = tree.set_index("part")["name_th"]
    for code in codes[:MOST_LOWEST_BUTTONS]:
        st.button(
            view.escape(text.part_label(code, names[code])),
            key=f"lowest_{code}",
            type="tertiary",
            wrap=True,
            icon=":material/arrow_downward:",
            on_click=session.change,
            kwargs={"part": code},
        )
    if len(codes) > MOST_LOWEST_BUTTONS:
        st.caption(f"และอีก {len(codes) - MOST_LOWEST_BUTTONS} ตัวที่เท่ากัน")


def _peers(body: pd.Series, peers: Group, n: int, n_bodies: int, grade: str) -> None:
    """The comparison group: which, defined how, how many; beside it, how the grade was decided."""
    chosen = session.selection()
    no_place = pd.isna(body["province_iso"])
    offered = [code for code in PEERS if not (no_place and code in NEED_PROVINCE) or code == chosen.peers]
    left, right = st.columns([2, 3], vertical_alignment="bottom", gap="medium")
    st.session_state["pick_peers"] = chosen.peers
    left.selectbox(
        "เทียบกับกลุ่ม",
        offered,
        format_func=PEERS.__getitem__,
        key="pick_peers",
        on_change=session.pick("peers", "pick_peers"),
        placeholder="เลือกกลุ่มเปรียบเทียบ",
    )
    words = f"กลุ่มเปรียบเทียบ: {peers.label} · n = {n:,} แห่งที่มีคะแนนรวมปี {chosen.year} จาก {n_bodies:,} แห่งที่มีข้อมูล"
    if no_place and chosen.peers in NEED_PROVINCE:
        words += " · หน่วยงานนี้ไม่มีจังหวัดหรือไม่ทราบจังหวัด จึงเทียบกับกลุ่มในแถบตัวกรองแทน"
    right.caption(f"{view.escape(words)}  \n{view.escape(grade)}")
