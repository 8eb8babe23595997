"""The bodies to choose from, and of one body its position in the group, its years and its findings."""

from typing import Any

import pandas as pd

from dashboard import text
from dashboard.charts import base, body_years, spine
from dashboard.number import GroupNumber, codes, group_codes, of_bodies, of_group
from dashboard.selection import RANKED_FROM, Group
from dashboard.view import View
from dashboard.views.organisation_tree import Standing


def bodies(rows: pd.DataFrame, n: int, n_known: int, group: Group, year: int) -> tuple[View, list[str]]:
    """Bodies of a group and their ids; `rows` are a page of group_bodies.

    The group has `n` of them, `n_known` with an overall in the year.
    """
    ids = list(rows["organisation_id"])
    made = View(
        key="bodies",
        title="หน่วยงานในกลุ่มที่เลือก",
        sentence=(f"{group.label} มี {n:,} แห่ง มีคะแนนรวมปี {year} {n_known:,} แห่ง “–” คือไม่มีข้อมูลปีนี้ แต่อาจมีปีอื่น"),
        frame=bodies_table(rows),
        group=group,
        n=n,
        years=f"{year}",
        numbers={
            "คะแนนรวม": of_bodies(ids, year, "overall"),
            "ระดับ": of_bodies(ids, year, "overall"),
            "ตัวชี้วัดต่ำสุด": of_bodies(ids, year, first_lowest(rows)),
            "คะแนนต่ำสุด": of_bodies(ids, year, first_lowest(rows)),
        },
    )
    return made, ids


def bodies_table(rows: pd.DataFrame) -> pd.DataFrame:
    """Bodies of group_bodies as a list."""
    return rows[["label_th", "overall", "grade_th", "lowest_indicators", "lowest_value"]].set_axis(
        ["หน่วยงาน", "คะแนนรวม", "ระดับ", "ตัวชี้วัดต่ำสุด", "คะแนนต่ำสุด"], axis=1
    )


def first_lowest(rows: pd.DataFrame) -> list[str | None]:
    """The first of the lowest indicators in every row, None where none is known."""
    return [one.split(", ")[0] if isinstance(one, str) else None for one in rows["lowest_indicators"]]


def position(
    rows: pd.DataFrame, standing: Standing, peers: Group, *, is_member: bool, stretched: bool = False
) -> View | None:
    """The body inside the range of its comparison group; `rows` are of organisation_position."""
    if rows.empty:
        return None
    rows = rows.assign(
        has_quartiles=rows["n"] >= RANKED_FROM,
        organisation_id=standing.organisation,
        label=[
            row.part if row.level == "instrument" else text.part_label(row.part, row.name_th)
            for row in rows.itertuples()
        ],
    )
    rows = rows.assign(
        number=codes(rows, standing.year, "part"), group_number=group_codes(rows, standing.year, "part")
    )
    parts = list(rows["part"])
    few = rows[~rows["has_quartiles"]]
    drawn = len(rows) > 1 or rows["n"].max() > 1  # a lone dot on a line says nothing
    notes = []
    if len(few):
        where = "ทุกแถว" if len(few) == len(rows) else f"{len(few)} จาก {len(rows)} แถว"
        alone = " แถวที่ n = 1 มีหน่วยงานเดียวจึงไม่มีช่วง" if (few["n"] == 1).any() else ""
        notes.append(f"{where}มีหน่วยงานไม่ถึง {RANKED_FROM} แห่ง ควอร์ไทล์จึงมีความหมายน้อย แสดงเฉพาะต่ำสุด–สูงสุด{alone}")
    signs = ["แกนเริ่มใกล้ค่าต่ำสุด เพื่อให้เห็นความต่างใกล้ 100"]
    if (rows["basis"] == "recomputed").any():
        signs.append("* และวงกลมโปร่งคือค่าที่คำนวณขึ้น เพราะแหล่งข้อมูลไม่ได้พิมพ์ไว้")
    notes.append(" · ".join(signs))
    return View(
        key="position",
        title="เทียบกับช่วงคะแนนของกลุ่ม",
        sentence=("" if is_member else "หน่วยงานนี้ไม่อยู่ในกลุ่มที่ใช้เทียบ · ") + _position_sentence(rows),
        frame=rows[
            ["part", "name_th", "value", "basis", "n", "min", "q1", "median", "q3", "max", "gap_to_median"]
        ]
        .assign(basis=rows["basis"].map(text.BASES))
        .set_axis(
            [
                "รหัส",
                "ส่วน",
                "คะแนนของหน่วยงาน",
                "ที่มาของคะแนน",
                "จำนวนในกลุ่ม (แห่ง)",
                "ต่ำสุด",
                "ควอร์ไทล์ 1",
                "มัธยฐาน",
                "ควอร์ไทล์ 3",
                "สูงสุด",
                "ห่างจากมัธยฐาน",
            ],
            axis=1,
        ),
        figure=spine.chart(rows, standing.mark, stretched=stretched) if drawn else None,
        numbers={
            "คะแนนของหน่วยงาน": of_bodies(standing.organisation, standing.year, parts),
            **{
                name: of_group(peers, standing.year, parts, "median", "quartiles", "count")
                for name in ("จำนวนในกลุ่ม (แห่ง)", "ต่ำสุด", "ควอร์ไทล์ 1", "มัธยฐาน", "ควอร์ไทล์ 3", "สูงสุด")
            },
        },
        points=drawn,
        about=GroupNumber(peers, standing.year, parts[0], ("median", "quartiles", "count"))
        if drawn
        else None,
        group=peers,
        n=int(rows["n"].max()),
        years=f"{standing.year}",
        notes=notes if drawn else (),
    )


def _position_sentence(rows: pd.DataFrame) -> str:
    """The overall (the instruments where it is unknown) in the group, and the indicator furthest behind."""
    compared = rows[rows["n"] > 1]
    if compared.empty:
        return "กลุ่มนี้มีคะแนนของหน่วยงานเดียว จึงยังบอกตำแหน่งในกลุ่มไม่ได้"
    heads = compared[compared["level"] == "overall"]
    if heads.empty:
        heads = compared[compared["level"] == "instrument"]
    sentences = [_in_group(row) for row in heads.itertuples()]
    indicators = compared[(compared["level"] == "indicator") & compared["has_quartiles"]]
    if indicators.empty:
        sentences.append(f"ยังไม่มีตัวชี้วัดใดมีหน่วยงานให้เทียบถึง {RANKED_FROM} แห่ง")
    else:
        worst = indicators.loc[indicators["gap_to_median"].idxmin()]
        if worst["gap_to_median"] < 0:
            sentences.append(
                f"ตัวชี้วัดที่ต่ำกว่ามัธยฐานมากที่สุดคือ {text.part_label(worst['part'], worst['name_th'])} "
                f"({text.change(worst['gap_to_median'])})"
            )
        else:
            sentences.append("ไม่มีตัวชี้วัดใดต่ำกว่ามัธยฐานของกลุ่ม")
    return " · ".join(sentences)


def _in_group(row: Any) -> str:
    """One part of the body against its group: the median where it means something, else the range."""
    words = f"{row.label} {text.points(row.value)}"
    if not row.has_quartiles:
        return f"{words} ในช่วง {text.points(row.min)}–{text.points(row.max)} ของ {row.n:,} แห่ง"
    gap = text.points(abs(row.gap_to_median))
    if gap == text.points(0):
        return f"{words} เท่ากับมัธยฐานของกลุ่ม"
    side = "สูงกว่า" if row.gap_to_median > 0 else "ต่ำกว่า"
    return f"{words} {side}มัธยฐานของกลุ่ม ({text.points(row.median)}) อยู่ {gap} คะแนน"


def years(
    organisation: str,
    results: pd.DataFrame,
    marks: pd.DataFrame,
    national: pd.DataFrame,
    breaks: pd.DataFrame,
    body: Group,
    *,
    stretched: bool = False,
) -> View:
    """The body's overall in every year it has any score.

    `results` are of organisation_results, `marks` has fiscal_year and pass_mark.
    """
    mark, mean = (
        marks.set_index("fiscal_year")["pass_mark"],
        national.set_index("fiscal_year")["mean_overall"],
    )
    span = pd.DataFrame(
        {"fiscal_year": range(results["fiscal_year"].min(), results["fiscal_year"].max() + 1)}
    )
    rows = span.merge(results, on="fiscal_year", how="left").assign(
        pass_mark=lambda frame: frame["fiscal_year"].map(mark),
        national_mean=lambda frame: frame["fiscal_year"].map(mean),
        organisation_id=organisation,
    )
    rows = rows.assign(number=codes(rows, "fiscal_year", "overall"))
    of_years = list(rows["fiscal_year"])
    overall, low = (of_bodies(organisation, of_years, part) for part in ("overall", first_lowest(rows)))
    known = rows[rows["overall"].notna()]
    frame = rows[
        [
            "fiscal_year",
            "overall",
            "overall_basis",
            "grade_th",
            "printed_grade",
            "overall_change",
            "national_mean",
            "pass_mark",
        ]
    ].assign(
        overall_basis=rows["overall_basis"].map(text.BASES),
        lowest=rows["lowest_indicators"],
        low=rows["lowest_value"],
    )
    return View(
        key="years",
        title="คะแนนรวมรายปี",
        sentence=_years_sentence(known, rows),
        frame=frame.set_axis(
            [
                "ปีงบประมาณ",
                "คะแนนรวม",
                "ที่มาของคะแนน",
                "ระดับ",
                "ระดับที่พิมพ์ไว้",
                "เปลี่ยนจากปีก่อน",
                "ค่าเฉลี่ยทั้งประเทศ",
                "เกณฑ์ผ่าน",
                "ตัวชี้วัดต่ำสุด",
                "คะแนนต่ำสุด",
            ],
            axis=1,
        ),
        figure=body_years.chart(rows, breaks, stretched=stretched) if len(known) > 1 else None,
        numbers={
            "คะแนนรวม": overall,
            "ระดับ": overall,
            "เปลี่ยนจากปีก่อน": of_bodies(
                organisation, of_years, "overall", before=[year - 1 for year in of_years]
            ),
            "ตัวชี้วัดต่ำสุด": low,
            "คะแนนต่ำสุด": low,
        },
        points=len(known) > 1,
        group=body,
        n=1,
        years=text.span(rows["fiscal_year"]),
        notes=[base.break_note([str(year) for year in span["fiscal_year"]], breaks)]
        if len(known) > 1
        else [],
    )


def _years_sentence(known: pd.DataFrame, rows: pd.DataFrame) -> str:
    if known.empty:
        return "ยังไม่ทราบคะแนนรวมของปีใดเลย ทราบเพียงบางส่วน"
    last = known.iloc[-1]
    words = f"ปีล่าสุดที่มีคะแนนรวมคือ {last['fiscal_year']} ได้ {text.points(last['overall'])}"
    if pd.notna(last["grade_th"]):
        words += f" · {last['grade_th']}"
    if len(known) == 1:
        return words + " · ยังไม่มีปีอื่นให้เทียบ"
    missing = rows.loc[rows["overall"].isna(), "fiscal_year"].astype(str)
    words += f" · มีคะแนนรวม {len(known)} ปี"
    return words + (f" ไม่มีข้อมูลปี {', '.join(missing)}" if len(missing) else "")


def findings(organisation: str, found: pd.DataFrame, body: Group) -> View:
    """What the checks found about the body."""
    counts = found["severity"].value_counts()
    said = " · ".join(
        f"{text.SEVERITIES[code]} {counts[code]} เรื่อง" for code in text.SEVERITIES if code in counts
    )
    source = found["source_th"].str.cat(found["source_row"].fillna(""), sep=" · ", na_rep="").str.strip(" ·")
    in_years = found["fiscal_year"].dropna()
    return View(
        key="findings",
        title="ข้อค้นพบจากการตรวจข้อมูล",
        sentence=f"ระบบตรวจพบ {len(found)} เรื่องที่ควรยืนยันกับเอกสาร: {said} ข้อค้นพบไม่เปลี่ยนคะแนนที่เผยแพร่",
        frame=pd.DataFrame(
            {
                "ความรุนแรง": found["severity"].map(text.SEVERITIES),
                "ปี": found["fiscal_year"].astype("Int64").astype("string").fillna("ทุกปี"),
                "ส่วน": found["part"].fillna(text.MISSING),
                "เรื่อง": found["message_th"],
                "แหล่งข้อมูล": source.replace("", text.MISSING).fillna(text.MISSING),
            }
        ),
        numbers={"ส่วน": of_bodies(organisation, list(found["fiscal_year"]), list(found["part"]))},
        group=body,
        n=1,
        years=text.span(in_years) if len(in_years) else "ทุกปี",
    )
