"""The annual analysis document a body publishes itself, as an editable DOCX made from the warehouse.

It follows the customary order: the overall result, by instrument, by indicator, the weak items by topic, and
the measures with who, when and how they are followed up. What the warehouse does not know is not written but
marked for a person to fill in; scores of the year before stand beside the year's only where the years may be
compared.
"""

from collections.abc import Sequence
from datetime import datetime

import pandas as pd

from dashboard import text
from dashboard.exports import profile, word
from dashboard.exports.facts import Facts
from dashboard.exports.word import Cell, Paper, Text, Words
from dashboard.views.organisation_tree import percent
from ita_data import thai
from ita_data.readers.documents.words import TO_FILL_IN
from ita_data.scoring import round_half_up

FONT, SIZE, SMALL = "TH SarabunPSK", 16.0, 14.0
"""The font and size of official Thai papers, and the size in their tables."""
WIDTH, SCORE_WIDTH = 166.0, 24.0
"""Of the text and of a column of scores, in mm."""
RECOMPUTED = "* คำนวณจากส่วนย่อย เพราะแหล่งข้อมูลไม่ได้พิมพ์ไว้"
ASSESSMENT = "การประเมินคุณธรรมและความโปร่งใสในการดำเนินงานของหน่วยงานภาครัฐ (ITA)"


def blank(what: str) -> Text:
    """What a person has to fill in; the importer knows it by how it begins."""
    return Text(f"{TO_FILL_IN}{what}]", blank=True)


def docx(facts: Facts, today: datetime, *, thai_digits: bool = False) -> bytes:
    """The document of a body and year, its digits Thai or Arabic."""
    digits = thai.to_thai_digits if thai_digits else str
    title = f"การวิเคราะห์ผลการประเมิน ITA ปีงบประมาณ พ.ศ. {facts.year}"
    paper = Paper(FONT, SIZE, f"{facts.name} {title}", margin_mm=22, digits=digits)
    if facts.simulated:
        paper.header(Text(word.NOT_REAL, bold=True, color=word.MARK_COLOR))
    paper.footer(Text(profile.provenance(facts, today), size=10, color=profile.MIDDLE, code=True))
    name, place = thai.clean(facts.name), thai.clean(facts.place)
    paper.paragraph(Text(title, bold=True, size=20), align="center", after=0)
    paper.paragraph(Text("และมาตรการส่งเสริมคุณธรรมและความโปร่งใส", bold=True, size=18), align="center", after=0)
    paper.paragraph(Text(f"{name} {place}".strip(), bold=True, size=18), align="center", after=12)
    _overall(paper, facts, name)
    _instruments(paper, facts)
    _indicators(paper, facts)
    _weak_items(paper, facts)
    _measures(paper, facts)
    _carried_out(paper, facts)
    _signed(paper)
    return paper.content()


# The result ------------------------------------------------------------


def _overall(paper: Paper, facts: Facts, name: str) -> None:
    paper.heading("1. ผลการประเมินในภาพรวม", size=18)
    result = facts.result
    known = facts.overall is not None
    words: list[Text | str] = [f"ผล{ASSESSMENT} ประจำปีงบประมาณ พ.ศ. {facts.year} ของ{name} "]
    if known:
        words.append(f"ได้คะแนนรวม {text.points(facts.overall)} คะแนน ")
        if facts.grade != text.MISSING and result["grade_basis"] != "no_scale":
            words.append(f"อยู่ในระดับ {facts.grade} ")
        words.append(_against_mark(facts))
    else:
        words += ["ได้คะแนนรวม ", blank("คะแนนรวมและระดับผลการประเมิน"), " คะแนน "]
    words.append(_change(facts))
    paper.paragraph(words, indent_mm=12)
    if known and result["overall_basis"] == "recomputed":
        paper.paragraph("คะแนนรวมนี้คำนวณจากส่วนย่อย เพราะแหล่งข้อมูลไม่ได้พิมพ์คะแนนรวมไว้", indent_mm=12)
    if known and result["grade_basis"] != "computed":
        paper.paragraph(facts.grade_words, indent_mm=12)
    if known and facts.breaks:
        paper.paragraph(f"การเทียบกับปีก่อนต้องระวัง: {'; '.join(facts.breaks)}", indent_mm=12)
    paper.paragraph([blank("ข้อสังเกตของหน่วยงานต่อผลในภาพรวม")], indent_mm=12)


def _against_mark(facts: Facts) -> str:
    mark = facts.edition.pass_mark
    if mark is None or facts.overall is None:
        return ""
    return f"{'ต่ำกว่า' if facts.is_below(facts.overall) else 'ไม่ต่ำกว่า'}เกณฑ์ผ่านที่กำหนดไว้ {mark:g} "


def _change(facts: Facts) -> str:
    """How the overall changed; or why that cannot be said."""
    change, before = facts.result["overall_change"], facts.year - 1
    if pd.isna(change):
        return f"({facts.change_words})"
    moved, earlier = round_half_up(change), text.points(facts.result["previous_overall"])
    way = "เพิ่มขึ้น" if moved > 0 else "ลดลง"
    how = f"{way} {text.points(abs(moved))} คะแนน" if moved else "ไม่เปลี่ยนแปลง"
    return f"เทียบกับปีก่อน (คะแนนปี พ.ศ. {before} ได้ {earlier} คะแนน) {how}"


def _scores(
    paper: Paper,
    facts: Facts,
    rows: pd.DataFrame,
    heads: dict[str, float],
    lead: Sequence[Sequence[Cell | Words]],
) -> None:
    """A table of parts with their scores and, where comparable, those of the year before.

    `heads` are the columns of `lead` with their widths (mm); one of width 0 takes what is left.
    """
    compared = rows["before"].notna().any()
    years = ["คะแนน", *([f"คะแนนปี {facts.year - 1}", "ผลต่าง"] if compared else [])]
    columns = [*heads, *years]
    left = WIDTH - sum(heads.values()) - SCORE_WIDTH * len(years)
    widths = [*(width or left for width in heads.values()), *([SCORE_WIDTH] * len(years))]
    table: list[Sequence[Cell | Words]] = [columns]
    for cells, row in zip(lead, rows.to_dict("records"), strict=True):
        figures: list[Cell] = [Cell(_score(row), align="right")]
        if compared:
            figures += [
                Cell(text.points(row["before"]), align="right"),
                Cell(text.change(row["change"]), align="right"),
            ]
        table.append([*cells, *figures])
    paper.table(widths, table, size=SMALL)
    notes = [RECOMPUTED] if (rows["basis"] == "recomputed").any() else []
    if not compared:
        notes.append(_not_compared(facts))
    if rows["value"].isna().any() or (compared and rows["before"].isna().any()):
        notes.append("“–” คือไม่ทราบค่า ไม่ใช่ศูนย์")
    paper.paragraph(Text(" · ".join(notes), size=SMALL, color=profile.MIDDLE))


def _score(row: dict[str, object]) -> Words:
    if pd.isna(row["value"]):
        return blank("คะแนน")
    star = "*" if row["basis"] == "recomputed" else ""
    return f"{text.points(row['value'])}{star}"


def _not_compared(facts: Facts) -> str:
    if not facts.comparable:
        return f"ไม่เทียบกับปี {facts.year - 1} เพราะ{'; '.join(facts.breaks)}"
    return f"ไม่ทราบคะแนนปี {facts.year - 1} ของส่วนเหล่านี้ จึงไม่มีการเทียบ"


def _instruments(paper: Paper, facts: Facts) -> None:
    paper.heading(f"2. ผลการประเมินรายเครื่องมือ ปีงบประมาณ พ.ศ. {facts.year}", size=18)
    rows = facts.parts("instrument")
    if rows.empty:
        paper.paragraph(["กรอบการประเมินปีนี้ไม่มีรายเครื่องมือที่ใช้ได้ในระบบ ", blank("ผลรายเครื่องมือ")])
        return
    lead: list[list[Cell | Words]] = [
        [row["part"], row["name_th"], Cell(percent(row["weight_in_total"]), align="right")]
        for row in rows.to_dict("records")
    ]
    _scores(paper, facts, rows, {"เครื่องมือ": 24, "รายละเอียด": 0, "น้ำหนัก": 20}, lead)


def _indicators(paper: Paper, facts: Facts) -> None:
    paper.heading(f"3. ผลการประเมินรายตัวชี้วัด ปีงบประมาณ พ.ศ. {facts.year}", size=18)
    rows = facts.parts("indicator")
    if rows.empty:
        paper.paragraph(["กรอบการประเมินปีนี้ไม่มีรายตัวชี้วัดที่ใช้ได้ในระบบ ", blank("ผลรายตัวชี้วัด")])
        return
    lead: list[list[Cell | Words]] = [[row["part"], row["name_th"]] for row in rows.to_dict("records")]
    _scores(paper, facts, rows, {"ตัวชี้วัดที่": 24, "รายละเอียดตัวชี้วัด": 0}, lead)
    known = rows[rows["value"].notna()]
    if len(known) > 1:
        figures = known["value"].map(round_half_up)
        if figures.nunique() == 1:
            said = f"ตัวชี้วัดที่ทราบคะแนนทั้ง {len(known)} ตัวได้ {text.points(figures.iloc[0])} คะแนนเท่ากัน"
            paper.paragraph(said, indent_mm=12)
            return
        highest, lowest = (_named(known[figures == one]) for one in (figures.max(), figures.min()))
        paper.paragraph(f"ตัวชี้วัดที่ได้คะแนนสูงที่สุดคือ {highest} ส่วนที่ได้คะแนนต่ำที่สุดคือ {lowest}", indent_mm=12)


def _named(rows: pd.DataFrame) -> str:
    return " และ ".join(f"ตัวชี้วัดที่ {row['part']} {row['name_th']}" for row in rows.to_dict("records"))


# What to improve ------------------------------------------------------------


def _is_weak(facts: Facts, score: float) -> bool:
    """Whether a known score is under the pass mark."""
    return bool(pd.notna(score)) and facts.is_below(score)


def _weak_items(paper: Paper, facts: Facts) -> None:
    paper.heading(f"4. ประเด็นที่ควรปรับปรุงจากผลการประเมิน ปีงบประมาณ พ.ศ. {facts.year}", size=18)
    mark = facts.edition.pass_mark
    if mark is None:
        paper.paragraph(["ปีนี้ไม่มีเกณฑ์ผ่านที่ใช้ได้ จึงไม่ได้คัดประเด็นไว้ ", blank("ประเด็นที่ควรปรับปรุง")])
        return
    paper.paragraph(f"คัดเฉพาะข้อที่ทราบคะแนนและต่ำกว่า {mark:g} จัดตามตัวชี้วัด", indent_mm=12)
    items = facts.parts("item")
    shown = 0
    for row in facts.parts("indicator").to_dict("records"):
        own = items[items["indicator"] == row["part"]]
        weak = own[[_is_weak(facts, score) for score in own["value"]]]
        if weak.empty and not _is_weak(facts, row["value"]):
            continue
        shown += 1
        paper.heading(f"ตัวชี้วัดที่ {row['part']} {row['name_th']}", level=2, size=SIZE)
        if weak.empty:
            why = "ไม่ทราบคะแนนรายข้อของตัวชี้วัดนี้" if own["value"].isna().all() else "ข้อที่ทราบคะแนนไม่มีข้อใดต่ำกว่าเกณฑ์"
            paper.paragraph([f"{why} ", blank("ประเด็นที่ควรปรับปรุงของตัวชี้วัดนี้")])
            continue
        table: list[Sequence[Cell | Words]] = [["ข้อ", "ประเด็น", "คะแนน", "สาเหตุหรือข้อจำกัด"]]
        table += [
            [Text(one["part"], code=True), one["name_th"], Cell(_score(one), align="right"), blank("สาเหตุ")]
            for one in weak.to_dict("records")
        ]
        paper.table([16, 80, 24, 46], table, size=SMALL)
        unknown = int(own["value"].isna().sum())
        if unknown:
            said = f"ไม่ทราบคะแนนอีก {unknown} ข้อของตัวชี้วัดนี้"
            paper.paragraph(Text(said, size=SMALL, color=profile.MIDDLE))
    if not shown:
        if facts.parts("indicator", "item")["value"].isna().all():
            paper.paragraph(["ไม่ทราบคะแนนรายตัวชี้วัดและรายข้อ ", blank("ประเด็นที่ควรปรับปรุง")])
        else:
            paper.paragraph("ไม่มีตัวชี้วัดหรือข้อที่ทราบคะแนนต่ำกว่าเกณฑ์ผ่าน")


# What is being done ------------------------------------------------------------


def _or_blank(value: object, what: str) -> Words:
    """A text of the warehouse, or the mark to fill it in."""
    return blank(what) if pd.isna(value) else thai.clean(str(value))


def _measures(paper: Paper, facts: Facts) -> None:
    paper.heading("5. มาตรการส่งเสริมคุณธรรมและความโปร่งใส", size=18)
    plans = facts.measures
    years = sorted(plans["plan_year"].unique())
    lead: list[Text | str] = ["มาตรการสำหรับ"]
    if years:
        lead.append(f"ปีงบประมาณ พ.ศ. {', '.join(map(str, years))} ")
    else:
        lead += ["ปีงบประมาณ พ.ศ. ", blank("ปีของแผน"), " "]
    lead.append("กำหนดจากประเด็นที่ควรปรับปรุงข้างต้น ดังนี้")
    paper.paragraph(lead, indent_mm=12)
    aims = {
        measure: "; ".join(f"{row.part} {row.name_th}" for row in found.itertuples())
        for measure, found in facts.addressed.groupby("measure_id")
    }
    table: list[Sequence[Cell | Words]] = [
        ["ประเด็นที่มุ่งแก้", "มาตรการหรือแนวทาง", "ผู้รับผิดชอบ", "ระยะเวลา", "การกำกับติดตาม"]
    ]
    table += [
        [
            aims.get(row["measure_id"]) or blank("ประเด็น"),
            f"{row['seq']}. {thai.clean(row['title_th'])}",
            _or_blank(row["responsible_unit_th"], "ผู้รับผิดชอบ"),
            _or_blank(row["period_th"], "ระยะเวลา"),
            _or_blank(row["follow_up_th"], "การติดตาม"),
        ]
        for row in plans.to_dict("records")
    ]
    empty = [blank(one) for one in ("มาตรการ", "ผู้รับผิดชอบ", "ระยะเวลา", "การติดตาม")]
    addressed = set(facts.addressed["part"])
    open_ones = [
        f"{row['part']} {row['name_th']}"
        for row in facts.parts("indicator").to_dict("records")
        if _is_weak(facts, row["value"]) and row["part"] not in addressed
    ]
    table += [[one, *empty] for one in open_ones]
    if len(table) == 1:
        table.append([blank("ประเด็น"), *empty])
    paper.table([36, 50, 28, 24, 28], table, size=SMALL)


def _carried_out(paper: Paper, facts: Facts) -> None:
    """What became of the measures planned for the year, where the warehouse has such a plan."""
    if facts.carried_out.empty:
        return
    paper.heading(f"6. ผลการดำเนินการตามมาตรการของปีงบประมาณ พ.ศ. {facts.year}", size=18)
    table: list[Sequence[Cell | Words]] = [["มาตรการ", "ผลการดำเนินการ", "ข้อเสนอแนะ"]]
    table += [
        [
            f"{row['seq']}. {thai.clean(row['title_th'])}",
            _or_blank(row["done_th"], "ผลการดำเนินการ"),
            _or_blank(row["advice_th"], "ข้อเสนอแนะ"),
        ]
        for row in facts.carried_out.to_dict("records")
    ]
    paper.table([60, 60, 46], table, size=SMALL)


def _signed(paper: Paper) -> None:
    paper.paragraph("", after=8)
    for what in ("ชื่อและตำแหน่งผู้จัดทำ", "ชื่อและตำแหน่งผู้บริหารที่เห็นชอบ", "วันที่"):
        paper.paragraph([blank(what)], align="right")
