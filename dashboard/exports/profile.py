"""The profile of a body in a year on one A4 page, as DOCX and as PDF.

`sheet` puts every text and figure of the page into words, once; the two writers only lay them out. The PDF
is set by Typst, which shapes Thai and breaks its lines between words by itself; what comes from data reaches
it as values, never as markup. In the DOCX the bars are cells of the table.
"""

import json
import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pandas as pd
import typst

from dashboard import text
from dashboard.exports import word
from dashboard.exports.facts import SHOWN, Facts, weakest_items
from dashboard.exports.word import Cell, Paper, Text
from dashboard.selection import RANKED_FROM
from dashboard.views import organisation_status, road
from ita_data import thai

TEMPLATE = Path(__file__).with_suffix(".typ")
FONT = "Tahoma"
"""Of the DOCX: a font with Thai that Windows and macOS both have."""

MOST_ITEMS, MOST_DOCUMENTS, MOST_MEASURES, MOST_FINDINGS = 7, 9, 5, 3
LONGEST, LONGEST_NAME = 110, 62
"""Columns of a text and of a name from data: longer ones are cut, so that the page stays one page."""
BAR_UNITS = 40

# The DOCX: widths in mm of the text and of the table's columns, sizes in points and as shares of the size.
EDGE, WIDTH = 12, 186.0
COLUMNS, BAR_MM = (76.0, 14.0, 14.0, 14.0, 24.0), 44.0
SIZES = (9.0, 8.5, 8.0, 7.5, 7.0, 6.5, 6.0)
SMALL, NAME, FIGURE, LEADING = 0.9, 1.8, 1.7, 1.4
MM_A_POINT = 25.4 / 72
ROOM = (297 - EDGE - 20) / MM_A_POINT - 12
"""Points a page has for its text, less than a line of them kept free."""
ABOVE, BELOW, RANGE, MIDDLE, TRACK = "1F5F8B", "C8641A", "C9D3DA", "5B6B76", "F3F5F6"


@dataclass(frozen=True)
class Line:
    """A part in the table of the page: figures as printed, `bar` their places on the bar (0-1)."""

    label: str
    head: bool
    score: str
    change: str
    median: str
    quartiles: str
    below: bool
    bar: dict[str, float | None]


@dataclass(frozen=True)
class Box:
    """A titled list of lines with their figures; `note` says why there are none, or what is left out."""

    title: str
    lines: list[tuple[str, str]]
    note: str


@dataclass(frozen=True)
class Sheet:
    """The page in words."""

    simulated: str
    name: str
    identity: str
    title: str
    figures: list[tuple[str, str, str]]
    group: str
    lines: list[Line]
    bar_note: str
    notes: str
    weakest: Box
    road: Box
    measures: Box
    findings: Box
    footer: str


def sheet(facts: Facts, today: datetime) -> Sheet:
    """Put the page into words."""
    lines, low = _lines(facts)
    return Sheet(
        simulated=word.NOT_REAL if facts.simulated else "",
        name=short(facts.name, 70),
        identity=short(facts.identity, LONGEST),
        title=f"ผลการประเมิน ITA ปีงบประมาณ พ.ศ. {facts.year}",
        figures=_figures(facts),
        group=short(organisation_status.peers_words(facts.peers, facts.rank, facts.year), 2 * LONGEST),
        lines=lines,
        bar_note=f"แถบเริ่มที่ {low:g} ถึง 100: ช่วงสีเทาคือครึ่งกลางของกลุ่ม (ควอร์ไทล์ 1–3) ขีดคือมัธยฐาน จุดคือหน่วยงาน",
        notes=_notes(facts),
        weakest=_weakest(facts),
        road=_road(facts),
        measures=_measures(facts),
        findings=_findings(facts),
        footer=provenance(facts, today),
    )


def provenance(facts: Facts, today: datetime) -> str:
    """Where the figures come from, on one line."""
    sources = short(" / ".join(map(thai.clean, facts.sources)), 90) or "ไม่มีแหล่งที่พิมพ์คะแนนของปีนี้"
    return (
        f"ชุดข้อมูล: {facts.dataset} · รุ่น {facts.build_id} สร้าง {word.day(facts.built_at)} · แหล่ง: {sources} · "
        f"ออกเอกสาร {word.day(today)} · คะแนน 0–100 ค่ามากดี · “–” คือไม่ทราบ ไม่ใช่ศูนย์"
    )


def short(words: str, columns: int) -> str:
    """A text from data on one line of at most about so many columns, cut between words."""
    lines = thai.wrap_label(thai.clean(words), columns)
    return lines[0] + " …" if len(lines) > 1 else "".join(lines)


def _figures(facts: Facts) -> list[tuple[str, str, str]]:
    """Overall, position, change and gap, each with its label and what is to be said with it."""
    overall = facts.result["overall"]
    mark = math.nan if facts.edition.pass_mark is None else facts.edition.pass_mark
    place, place_words = organisation_status.rank_words(facts.rank, overall)
    if place != text.MISSING and facts.percentile is not None:
        place_words += f" · เปอร์เซ็นไทล์ {facts.percentile:.1f}"
    star = "*" if facts.result["overall_basis"] == "recomputed" else ""
    return [
        (f"คะแนนรวมปี {facts.year}", text.points(overall) + star, short(_grade(facts), LONGEST)),
        ("อันดับในกลุ่ม", place, place_words),
        ("เปลี่ยนจากปีก่อน", text.change(facts.result["overall_change"]), short(facts.change_words, LONGEST)),
        (
            f"ห่างจากเกณฑ์ผ่าน {mark:g}" if facts.edition.pass_mark is not None else "ห่างจากเกณฑ์ผ่าน",
            text.change(overall - mark),
            organisation_status.gap_words(overall, mark),
        ),
    ]


def _grade(facts: Facts) -> str:
    """The grade; how it was decided only where it is not simply that of the year's scale."""
    result = facts.result
    as_printed = pd.isna(result["printed_grade"]) or result["printed_grade"] == facts.grade
    return facts.grade if result["grade_basis"] == "computed" and as_printed else facts.grade_words


def _lines(facts: Facts) -> tuple[list[Line], float]:
    """The instruments and indicators with their bars, and the score at which bars begin (a ten)."""
    rows = facts.parts(*SHOWN)
    lowest = rows[["value", "q1"]].min().min()
    low = 0.0 if pd.isna(lowest) else min(90.0, 10.0 * math.floor(lowest / 10))

    def place(score: float) -> float | None:
        return None if pd.isna(score) else (float(score) - low) / (100.0 - low)

    lines = []
    for row in rows.to_dict("records"):
        star = "*" if row["basis"] == "recomputed" else ""
        ranged = pd.notna(row["q1"])
        lines.append(
            Line(
                label=text.part_label(row["part"], row["name_th"]),
                head=row["level"] != "indicator",
                score=text.points(row["value"]) + star,
                change=text.change(row["change"]),
                median=text.points(row["median"]),
                quartiles=f"{text.points(row['q1'])}–{text.points(row['q3'])}" if ranged else text.MISSING,
                below=facts.is_below(row["value"]),
                bar={name: place(row[name]) for name in ("value", "q1", "median", "q3")},
            )
        )
    return lines, low


def _notes(facts: Facts) -> str:
    """What a reader must know to read the table rightly."""
    rows = facts.parts("indicator")
    said = []
    if rows.empty:
        said.append(f"กรอบการประเมินปี {facts.year} ไม่มีตัวชี้วัดที่ใช้ได้ในระบบ")
    elif rows["value"].isna().all():
        instruments = facts.parts("instrument")["value"].isna().all()
        said.append(f"ไม่ทราบคะแนน{'รายเครื่องมือและ' if instruments else ''}รายตัวชี้วัดของปีนี้")
    shown = facts.parts(*SHOWN)
    own = shown["value"].notna()
    if (own & shown["median"].isna()).any():
        said.append(f"ไม่แสดงมัธยฐานและควอร์ไทล์ที่กลุ่มมีไม่ถึง {RANKED_FROM} แห่ง")
    if not own.all():
        said.append("ไม่แสดงมัธยฐานและควอร์ไทล์ของส่วนที่ไม่ทราบคะแนนของหน่วยงาน")
    if (shown["basis"] == "recomputed").any():
        said.append("* คำนวณจากส่วนย่อย ไม่ใช่ค่าที่เผยแพร่")
    if facts.breaks:
        how = "เทียบตัวชี้วัดกับปีก่อนไม่ได้" if not facts.comparable else "การเปลี่ยนแปลงข้ามรอยต่อ"
        said.append(f"{how}: {'; '.join(facts.breaks)}")
    if facts.comparable and len(rows) and rows["before"].isna().all():
        said.append(f"ไม่ทราบคะแนนรายตัวชี้วัดปี {facts.year - 1} จึงไม่มีการเปลี่ยนแปลง")
    return " · ".join(said)


def _weakest(facts: Facts) -> Box:
    items = weakest_items(facts)
    title = "ข้อที่เสียคะแนนมากที่สุด"
    if facts.parts("item")["value"].isna().all():
        return Box(title, [], f"{text.MISSING} ไม่ทราบคะแนนรายข้อของปี {facts.year}")
    if items.empty:
        return Box(title, [], "ไม่มีข้อที่ทราบคะแนนและไม่เต็ม 100")
    lines = [
        (
            f"{row['part']} {short(row['name_th'], LONGEST_NAME)}",
            text.points(row["value"])
            + ("" if pd.isna(row["points_lost"]) else f" (-{text.points(row['points_lost'])})"),
        )
        for row in items.head(MOST_ITEMS).to_dict("records")
    ]
    left = len(items) - len(lines)
    notes = [f"และอีก {left} ข้อที่ไม่เต็ม 100"] if left else []
    if items["points_lost"].isna().all():
        notes.append("การแบ่งข้อของปีนี้ยังไม่ยืนยัน จึงเรียงตามคะแนน ไม่มีน้ำหนัก")
    else:
        notes.append("ในวงเล็บคือคะแนนรวมที่เสียไป")
    return Box(title, lines, " · ".join(notes))


def _road(facts: Facts) -> Box:
    """The fewest documents to the pass mark, or to the next level where it is passed."""
    mark = facts.edition.pass_mark
    title = "ทางไปสู่ระดับถัดไป" if mark is None else f"ทางไปสู่ {mark:g}"
    if facts.overall is not None and not facts.is_below(facts.overall):
        title = "ทางไปสู่ระดับถัดไป"
    way = facts.ways.published
    target = next((one for one in way.reaches if one.grade.passed), way.reaches[-1] if way.reaches else None)
    names = []
    if target is not None and target.documents:
        parts = facts.edition.parts
        names = [(f"{code} {short(parts[code].name_th, LONGEST_NAME)}", "") for code in target.documents]
    left = len(names) - MOST_DOCUMENTS
    more = f"และอีก {left} ข้อ · " if left > 0 else ""
    more += "เอกสารที่เพิ่มคะแนนเท่ากันแทนกันได้ · " if names else ""
    return Box(title, names[:MOST_DOCUMENTS], more + short(road.sentence(facts.ways), 330))


def _measures(facts: Facts) -> Box:
    title = f"มาตรการที่ตอบผลปี {facts.year}"
    if facts.measures.empty:
        return Box(title, [], f"{text.MISSING} ไม่มีมาตรการของหน่วยงานนี้ที่ตอบผลปี {facts.year} ในคลังข้อมูล")
    lines = []
    for row in facts.measures.head(MOST_MEASURES).to_dict("records"):
        unit = short(row["responsible_unit_th"], 24) if pd.notna(row["responsible_unit_th"]) else text.MISSING
        period = short(row["period_th"], 20) if pd.notna(row["period_th"]) else text.MISSING
        lines.append((f"{short(row['title_th'], LONGEST_NAME)} ({unit} · {period})", ""))
    left = len(facts.measures) - len(lines)
    followed = int(facts.measures["follow_up_th"].notna().sum())
    more = f"และอีก {left} ข้อ · " if left else ""
    return Box(title, lines, f"{more}พิมพ์การติดตามไว้ {followed} จาก {len(facts.measures)} ข้อ")


def _findings(facts: Facts) -> Box:
    title = "ข้อค้นพบจากการตรวจข้อมูล"
    if facts.findings.empty:
        return Box(title, [], "การตรวจข้อมูลไม่พบเรื่องที่ควรยืนยัน")
    lines = [
        (f"{text.SEVERITIES[row['severity']]}: {short(row['message_th'], LONGEST)}", "")
        for row in facts.findings.head(MOST_FINDINGS).to_dict("records")
    ]
    left = len(facts.findings) - len(lines)
    return Box(title, lines, f"และอีก {left} เรื่อง" if left else "")


# PDF ------------------------------------------------------------


FAMILIES = (
    "Leelawadee UI",
    "Loma",
    "Sarabun",
    "Noto Sans",
    "Noto Sans Thai",
    "Thonburi",
    "Garuda",
    "Tahoma",
)
"""Fonts with Thai of Windows, macOS and Linux, best first; Noto Sans lends Noto Sans Thai its digits."""


@cache
def machine_fonts() -> typst.Fonts:
    """The fonts of this machine, looked for once: that takes longer than a page."""
    return typst.Fonts()


def thai_fonts() -> list[str]:
    """The fonts of this machine that a PDF may be set in, best first; without any there can be none."""
    found = [family for family in FAMILIES if family in set(machine_fonts().families())]
    return found if set(found) - {"Noto Sans"} else []


def pdf(page: Sheet, today: datetime) -> bytes:
    """The page as a PDF with its fonts inside; smaller in print where there is much to say, always one page.

    Raises:
        RuntimeError: even the smallest print does not fit on a page.
        LookupError: this machine has no Thai font (`thai_fonts`).
    """
    if not (families := thai_fonts()):
        raise LookupError("no Thai font on this machine")
    made = typst.compile(
        TEMPLATE.read_bytes(),
        font_paths=machine_fonts(),
        sys_inputs={
            "page": _unbroken(json.dumps(asdict(page), ensure_ascii=False)),
            "fonts": json.dumps(families),
        },
        timestamp=int(today.replace(tzinfo=today.tzinfo or UTC).timestamp()),
    )
    assert isinstance(made, bytes)
    return made


def _unbroken(words: str) -> str:
    """A text in which no line begins with a dot between words."""
    return words.replace(" · ", "\u00a0· ")


# DOCX ------------------------------------------------------------


def docx(page: Sheet) -> bytes:
    """The page as a Word document, in the largest print in which it should fit on one page."""
    size = next((one for one in SIZES if _height(page, one) <= ROOM), SIZES[-1])
    small = SMALL * size
    paper = Paper(FONT, size, f"{page.name} {page.title}", margin_mm=EDGE, bottom_mm=20, line=LEADING)
    paper.header(Text(page.simulated or page.title, bold=bool(page.simulated), color=_mark(page)))
    paper.footer(Text(page.footer, size=6.5, color=MIDDLE), pages=False)
    paper.paragraph(Text(page.name, bold=True, size=NAME * size), after=0)
    paper.paragraph(_below_name(page), after=3)
    paper.table(
        [WIDTH / 4] * 4,
        [
            [Cell(Text(label, size=small, color=MIDDLE), fill=TRACK) for label, _, _ in page.figures],
            [Cell(Text(figure, bold=True, size=FIGURE * size), fill=TRACK) for _, figure, _ in page.figures],
            [Cell(Text(words, size=small), fill=TRACK) for _, _, words in page.figures],
        ],
        heads=0,
        borders=False,
    )
    paper.paragraph(Text(page.group, size=small, color=MIDDLE), after=3)
    if page.lines:
        heads = ["", "คะแนน", "เปลี่ยน", "มัธยฐาน", "ควอร์ไทล์ 1–3"]
        rows: list[Sequence[Cell | word.Words]] = [
            [*(Cell(one, align="right" if one else "left") for one in heads), Cell("", span=BAR_UNITS)]
        ]
        rows += [_docx_line(line) for line in page.lines]
        paper.table([*COLUMNS, *([BAR_MM / BAR_UNITS] * BAR_UNITS)], rows, padding_mm=0.8)
    paper.paragraph(Text(_below_table(page), size=small, color=MIDDLE), after=3)
    for pair in ((page.weakest, page.road), (page.measures, page.findings)):
        paper.table([WIDTH / 2] * 2, [[_docx_box(one, small) for one in pair]], heads=0)
        paper.paragraph(Text("", size=4), after=0)
    return paper.content()


def _below_name(page: Sheet) -> str:
    return " · ".join(filter(None, [page.identity, page.title]))


def _below_table(page: Sheet) -> str:
    return " · ".join(filter(None, [page.bar_note, page.notes]))


def _height(page: Sheet, size: float) -> float:
    """About how many points of a page it takes in a print; what stands in it is what `docx` writes."""

    def lines(words: str, wide_mm: float, letters: float) -> float:
        """The points of a text in a column; a letter is taken a little wider than it is on average."""
        columns = int(wide_mm / (letters * 0.58 * MM_A_POINT))
        return max(1, len(thai.wrap_label(words, columns))) * letters * LEADING

    def box(one: Box) -> float:
        texts = [one.title, *(f"• {' '.join(line)}" for line in one.lines), *filter(None, [one.note])]
        return sum(lines(words, WIDTH / 2 - 3, SMALL * size) for words in texts)

    small = SMALL * size
    parts = [
        lines(page.name, WIDTH, NAME * size),
        lines(_below_name(page), WIDTH, size) + 3,
        (small + FIGURE * size) * LEADING,
        max(lines(words, WIDTH / 4 - 3, small) for _, _, words in page.figures),
        lines(page.group, WIDTH, small) + 3,
        size * LEADING + 1,
        *(lines(one.label, COLUMNS[0] - 2, size) + 1 for one in page.lines),
        lines(_below_table(page), WIDTH, small) + 3,
        max(box(page.weakest), box(page.road)) + 8,
        max(box(page.measures), box(page.findings)) + 8,
    ]
    return sum(parts)


def _mark(page: Sheet) -> str:
    return word.MARK_COLOR if page.simulated else MIDDLE


def _docx_line(line: Line) -> list[Cell]:
    color = BELOW if line.below else None
    return [
        Cell(Text(line.label, bold=line.head)),
        Cell(Text(line.score, bold=True, color=color), align="right"),
        *(Cell(one, align="right") for one in (line.change, line.median, line.quartiles)),
        *_docx_bar(line),
    ]


def _docx_bar(line: Line) -> list[Cell]:
    """The bar of a part: cells of one colour for stretches of it, the body's place above the group's."""
    units: list[str | None] = [None] * BAR_UNITS

    def at(share: float) -> int:
        return min(BAR_UNITS - 1, max(0, int(share * BAR_UNITS)))

    bar = line.bar
    if bar["q1"] is not None and bar["q3"] is not None and bar["median"] is not None:
        for unit in range(at(bar["q1"]), at(bar["q3"]) + 1):
            units[unit] = RANGE
        units[at(bar["median"])] = MIDDLE
    if bar["value"] is not None:
        units[at(bar["value"])] = BELOW if line.below else ABOVE
    cells: list[Cell] = []
    for fill in units:
        if cells and cells[-1].fill == fill:
            cells[-1] = Cell("", span=cells[-1].span + 1, fill=fill)
        else:
            cells.append(Cell("", fill=fill))
    return cells


def _docx_box(box: Box, size: float) -> Cell:
    runs = [Text(box.title, size=size, bold=True)]
    runs += [Text(f"\n• {' '.join(filter(None, one))}", size=size) for one in box.lines]
    return Cell([*runs, Text(f"\n{box.note}", size=size, color=MIDDLE)] if box.note else runs)
