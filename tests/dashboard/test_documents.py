"""The documents of a body, read back with other programs than those that write them."""

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import docx
import pandas as pd
import pdfplumber
import pypdfium2
import pytest
from docx.oxml.ns import qn
from pdfminer.pdfdevice import PDFTextDevice
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.utils import decode_text

from dashboard.exports import annual, batch, facts, profile, word
from dashboard.exports.facts import Facts
from dashboard.exports.profile import Box, Sheet
from dashboard.selection import Group
from ita_data.edition import load_editions
from ita_data.readers.documents import read_document
from ita_data.thai import to_thai_digits
from warehouse.warehouse import Warehouse

EDITIONS = load_editions()
EVERYBODY = Group("all", "all", "ทุกหน่วยงานในคลังข้อมูล")
NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
KHWAO_YAI = ("published", "sao-khwao-yai", 2567)
WHOLE = ("groups", "test-03", 2568)
NO_SCORE = ("published", "sao-khao-thong", 2564)
HOSTILE = '=HYPERLINK("http://x") <w:p>&amp; #set page() */ ${x} \\..\\/:*?"<>| \x00\x0b ๑๒๓'


@pytest.fixture(scope="module")
def gathered(open_dataset: Callable[[str], Warehouse]) -> Callable[..., Facts]:
    def gather(dataset: str, body: str, year: int, group: Group = EVERYBODY) -> Facts:
        return facts.gather(open_dataset(dataset).run, body, group, EDITIONS[year])

    return gather


def printed(value: float | None, sign: str = "") -> str:
    """A score as it must stand on paper, worked out without the dashboard."""
    if value is None or pd.isna(value):
        return "–"
    rounded = Decimal(str(round(value, 6))).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return f"{rounded:{sign}}"


def read(content: bytes) -> Any:
    return docx.Document(io.BytesIO(content))


def words(document: Any) -> str:
    """All text of a document: of its body, tables, header and footer."""
    section = document.sections[0]
    found = [
        "".join(text.text or "" for text in paragraph.iter(qn("w:t")))
        for root in (document.element.body, section.header._element, section.footer._element)
        for paragraph in root.iter(qn("w:p"))
    ]
    return "\n".join(found)


def tables(document: Any) -> list[list[list[str]]]:
    return [
        [
            ["".join(one.text or "" for one in cell.iter(qn("w:t"))) for cell in row.findall(qn("w:tc"))]
            for row in table._tbl.findall(qn("w:tr"))
        ]
        for table in document.tables
    ]


def runs(document: Any) -> Iterator[Any]:
    section = document.sections[0]
    for root in (document.element.body, section.header._element, section.footer._element):
        yield from root.iter(qn("w:r"))


class Copied(PDFTextDevice):
    """Collects the text of a PDF as it is copied: what several glyphs stand for is said in ActualText."""

    def __init__(self) -> None:
        super().__init__(PDFResourceManager())
        self.text = ""
        self.said: list[bool] = []

    def begin_tag(self, tag: object, props: Any = None) -> None:
        actual = (props or {}).get("ActualText")
        self.said.append(actual is not None)
        self.text += decode_text(actual) if actual is not None else ""

    def end_tag(self) -> None:
        self.said.pop()

    def render_char(self, matrix: object, font: Any, size: float, scaling: float, *about: Any) -> float:
        _, cid, *_ = about
        if not any(self.said):
            self.text += font.to_unichr(cid)
        return float(font.char_width(cid) * size * scaling)


def copied(pdf: bytes) -> str:
    """The text of a PDF of one page as it is copied."""
    device = Copied()
    (page,) = PDFPage.get_pages(io.BytesIO(pdf))
    PDFPageInterpreter(device.rsrcmgr, device).process_page(page)
    return device.text


def stands(text: str, among: str) -> bool:
    """Whether a text stands in copied text; a syllable whose marks are moved in print is copied twice."""

    def key(one: str) -> str:
        return re.sub("([ก-ฮ][\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]+)\\1", r"\1", re.sub(r"\s", "", one))

    return key(text) in key(among)


def printed_lines(pdf: bytes) -> list[str]:
    """The lines of a PDF of one page, their Thai nearly whole."""
    document = pypdfium2.PdfDocument(pdf)
    assert len(document) == 1
    return str(document[0].get_textpage().get_text_range()).splitlines()


def lines_of(pdf: bytes) -> list[str]:
    """The lines of a PDF of one page by where they stand; its figures are sound, its Thai is not."""
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        assert len(opened.pages) == 1
        return opened.pages[0].extract_text().splitlines()


# The facts ------------------------------------------------------------


def test_figures_are_those_of_the_queries(
    gathered: Callable[..., Facts], open_dataset: Callable[[str], Warehouse]
) -> None:
    run = open_dataset("groups").run
    found = gathered(*WHOLE)
    page = profile.sheet(found, NOW)
    among = {"organisation": "test-03", "fiscal_year": 2568, "place": "all", "kind": "all"}
    now = run("bodies_parts", organisations=",test-03,", fiscal_year=2568).set_index("part")["value"]
    before = run("bodies_parts", organisations=",test-03,", fiscal_year=2567).set_index("part")["value"]
    group = run("organisation_position", **among).set_index("part")
    assert len(page.lines) == 14
    for line, part in zip(page.lines, now.index, strict=True):
        row = group.loc[part]
        assert line.label.endswith(row["name_th"])
        assert line.score == printed(now[part])
        assert line.change == printed(now[part] - before[part], "+")
        assert line.median == printed(row["median"])
        assert line.quartiles == f"{printed(row['q1'])}–{printed(row['q3'])}"
        assert line.below == (now[part] < 84.995)
    rank = run("organisation_rank", **among).iloc[0]
    assert page.figures[0][1:] == (printed(now["overall"]), "ต้องปรับปรุง")
    assert page.figures[1][1] == str(rank["rank"])
    assert f"จาก {rank['n']} แห่ง" in page.figures[1][2]
    assert page.figures[2][1] == "+2.00"
    assert page.figures[3][1] == printed(now["overall"] - 85, "+")
    assert "ข้อ OIT ลดจาก 35 เหลือ 28 ข้อ" in page.notes


def test_a_percentile_counts_those_below_and_half_of_the_equal(gathered: Callable[..., Facts]) -> None:
    overalls = {
        body: gathered("groups", body, 2568).overall for body in (f"test-{number:02}" for number in range(12))
    }
    known = [one for one in overalls.values() if one is not None]
    own = overalls["test-03"]
    assert own is not None
    below, equal = sum(one < own for one in known), known.count(own)
    assert equal > 1
    expected = 100 * (below + equal / 2) / len(known)
    assert gathered(*WHOLE).percentile == pytest.approx(expected)


def test_the_road_and_the_weakest_items_of_a_real_body(gathered: Callable[..., Facts]) -> None:
    page = profile.sheet(gathered(*KHWAO_YAI), NOW)
    assert page.road.title == "ทางไปสู่ 85"
    assert [name.split()[0] for name, _ in page.road.lines] == (
        ["O33", "O34", "O35", "O28", "O30", "O31", "O14", "O16", "O17"]
    )
    assert "เปิดเผยเอกสารเพิ่มอีก 9 ข้อ จาก 14 ข้อ" in page.road.note
    assert page.weakest.lines[0] == ("O33 รายงานผลการดำเนินการป้องกันการทุจริตประจำปี", "0.00 (-2.50)")
    assert page.weakest.lines[6][1] == "60.98 (-1.30)"
    assert "และอีก 30 ข้อที่ไม่เต็ม 100" in page.weakest.note
    assert len(page.measures.lines) == profile.MOST_MEASURES
    assert "พิมพ์การติดตามไว้ 0 จาก 7 ข้อ" in page.measures.note


def test_what_is_not_known_is_a_dash_with_its_reason_and_never_zero(gathered: Callable[..., Facts]) -> None:
    page = profile.sheet(gathered(*NO_SCORE), NOW)
    assert {line.score for line in page.lines} == {"–"}
    assert all(share is None for line in page.lines for share in line.bar.values())
    assert [figure for _, figure, _ in page.figures] == ["–"] * 4
    assert page.figures[0][2].startswith("ไม่ทราบคะแนนรวม")
    assert page.weakest.note.startswith("– ไม่ทราบคะแนนรายข้อของปี 2564")
    assert "ไม่ทราบคะแนนรายเครื่องมือและรายตัวชี้วัดของปีนี้" in page.notes
    for content in (words(read(profile.docx(page))), copied(profile.pdf(page, NOW))):
        assert "0.00" not in content
    assert "0.00" not in words(read(annual.docx(gathered(*NO_SCORE), NOW)))


def test_a_year_without_parts_and_levels_has_its_documents(gathered: Callable[..., Facts]) -> None:
    found = gathered("published", "pattaya", 2561)
    page = profile.sheet(found, NOW)
    assert [(line.label, line.score) for line in page.lines] == [("คะแนนรวม", "79.64")]
    assert page.weakest.note == "– ไม่ทราบคะแนนรายข้อของปี 2561"
    content = words(read(annual.docx(found, NOW)))
    assert "ได้คะแนนรวม 79.64 คะแนน" in content
    assert "อยู่ในระดับ" not in content
    assert "ไม่มีเกณฑ์ระดับที่ยืนยันได้" in content


def test_equal_indicators_are_not_called_highest_and_lowest(gathered: Callable[..., Facts]) -> None:
    found = gathered(*KHWAO_YAI)
    content = words(read(annual.docx(replace(found, tree=found.tree.assign(value=100.0)), NOW)))
    assert "ตัวชี้วัดที่ทราบคะแนนทั้ง 10 ตัวได้ 100.00 คะแนนเท่ากัน" in content
    assert "ต่ำที่สุด" not in content


def test_what_is_said_to_be_unknown_is(gathered: Callable[..., Facts]) -> None:
    """A body of which the OIT alone is known, and one of which nothing is, in a group of five."""
    some, none = (
        profile.sheet(gathered("published", body, 2564), NOW)
        for body in ("tt-mueang-klaeng", "sao-khao-thong")
    )
    assert [line.label.split()[0] for line in some.lines if line.score != "–"] == ["OIT"]
    assert "ไม่ทราบคะแนนรายตัวชี้วัดของปีนี้" in some.notes
    assert "รายเครื่องมือ" not in some.notes
    assert "ที่กลุ่มมีไม่ถึง 5 แห่ง" in some.notes  # two have an OIT
    assert "ที่กลุ่มมีไม่ถึง" not in none.notes
    for page in (some, none):
        assert "ไม่แสดงมัธยฐานและควอร์ไทล์ของส่วนที่ไม่ทราบคะแนนของหน่วยงาน" in page.notes


def test_years_that_may_not_be_compared_are_not(gathered: Callable[..., Facts]) -> None:
    found = gathered("movers", "test-a00", 2564)
    assert found.comparable
    broken = replace(found, comparable=False, breaks=("กรอบอื่น",), tree=found.tree.assign(before=float("nan")))
    assert "เทียบตัวชี้วัดกับปีก่อนไม่ได้: กรอบอื่น" in profile.sheet(broken, NOW).notes
    assert "ไม่เทียบกับปี 2563 เพราะกรอบอื่น" in words(read(annual.docx(broken, NOW)))


def test_an_unknown_body_is_an_error(gathered: Callable[..., Facts]) -> None:
    with pytest.raises(LookupError):
        gathered("groups", "nobody", 2568)


# PDF ------------------------------------------------------------


@pytest.mark.parametrize("body", [KHWAO_YAI, WHOLE, NO_SCORE], ids=lambda one: one[1])
def test_the_pdf_holds_every_figure_beside_its_part(
    body: tuple[str, str, int], gathered: Callable[..., Facts]
) -> None:
    page = profile.sheet(gathered(*body), NOW)
    made = profile.pdf(page, NOW)
    lines = lines_of(made)
    rows = [f"{one.score} {one.change} {one.median} {one.quartiles}" for one in page.lines]
    at = [next(number for number, line in enumerate(lines) if line.endswith(row)) for row in rows[:1]]
    for row in rows[1:]:  # in order, each on a line of its own
        at.append(next(number for number in range(at[-1] + 1, len(lines)) if lines[number].endswith(row)))
    assert all(figure in "\n".join(lines) for _, figure, _ in page.figures)
    text = copied(made)
    assert stands(page.name, text)
    assert all(stands(one.label, text) for one in page.lines)
    assert stands(page.road.note, text)
    assert stands(page.footer, text)


def test_without_a_thai_font_there_is_no_pdf(
    gathered: Callable[..., Facts], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(profile, "FAMILIES", ("Noto Sans", "Nobody's Font"))
    assert profile.thai_fonts() == []
    with pytest.raises(LookupError, match="Thai font"):
        profile.pdf(profile.sheet(gathered(*KHWAO_YAI), NOW), NOW)


def test_fonts_are_inside_the_pdf(gathered: Callable[..., Facts]) -> None:
    made = profile.pdf(profile.sheet(gathered(*KHWAO_YAI), NOW), NOW)
    with pdfplumber.open(io.BytesIO(made)) as opened:
        names = {one["fontname"] for one in opened.pages[0].chars}
        found = [opened.doc.getobj(number) for xref in opened.doc.xrefs for number in xref.get_objids()]
    fonts = {name.partition("+")[2].split("-")[0] for name in names}
    assert fonts <= {family.replace(" ", "") for family in profile.thai_fonts()}  # nothing fell back
    descriptors = [one for one in found if isinstance(one, dict) and "FontBBox" in one]
    assert len(descriptors) == len(names)
    assert all({"FontFile", "FontFile2", "FontFile3"} & one.keys() for one in descriptors)


def test_the_same_facts_make_the_same_pdf(gathered: Callable[..., Facts]) -> None:
    page = profile.sheet(gathered(*WHOLE), NOW)
    assert profile.pdf(page, NOW) == profile.pdf(page, NOW)


def fullest(page: Sheet) -> Sheet:
    """A page with as much on it as a sheet can hold."""
    long = "ส่งเสริมการเปิดเผยข้อมูลและการมีส่วนร่วมของประชาชน " * 20
    name, text = profile.short(long, profile.LONGEST_NAME), profile.short(long, profile.LONGEST)

    def box(lines: int, of: str, note: str) -> Box:
        return Box("หัวข้อ", [(f"O99 {of}", "100.00 (-2.50)")] * lines, note)

    return replace(
        page,
        name=profile.short(long, 70),
        identity=text,
        figures=[(label, "100.00", text) for label, _, _ in page.figures],
        group=profile.short(long, 2 * profile.LONGEST),
        notes=profile.short(long, 4 * profile.LONGEST),
        weakest=box(profile.MOST_ITEMS, name, text),
        road=box(profile.MOST_DOCUMENTS, name, profile.short(long, 330)),
        measures=box(profile.MOST_MEASURES, f"{name} (สำนักปลัดองค์การบริหาร · ตุลาคม 2567)", text),
        findings=box(profile.MOST_FINDINGS, text, text),
    )


def test_the_fullest_page_is_one_page(gathered: Callable[..., Facts]) -> None:
    page = fullest(profile.sheet(gathered(*KHWAO_YAI), NOW))
    lines_of(profile.pdf(page, NOW))
    too_much = replace(page, findings=Box("หัวข้อ", page.findings.lines * 60, ""))
    with pytest.raises(RuntimeError, match="too much for one page"):
        profile.pdf(too_much, NOW)


def test_lines_break_between_words(gathered: Callable[..., Facts]) -> None:
    sentence = "ผลการประเมินคุณธรรมและความโปร่งใสในการดำเนินงานของหน่วยงานภาครัฐ " * 5
    page = replace(profile.sheet(gathered(*WHOLE), NOW), road=Box("ทดสอบ", [], sentence.strip()))
    lines = printed_lines(profile.pdf(page, NOW))
    part = lines[lines.index("ทดสอบ") + 1 :]
    parts = ("ผล", "การ", "ประเมิน", "คุณธรรม", "และ", "ความ", "โปร่งใส", "ใน", "ดำเนิน")
    parts += ("งาน", "ของ", "หน่วย", "ภาค", "รัฐ")
    broken = [line for line in part[:4] if line.strip()]
    assert len(broken) >= 3
    for line in broken:
        assert any(line.strip().startswith(one) for one in parts), line
        assert any(line.strip().endswith(one) for one in parts), line


# DOCX ------------------------------------------------------------


def documents(found: Facts) -> dict[str, bytes]:
    return {
        "profile": profile.docx(profile.sheet(found, NOW)),
        "annual": annual.docx(found, NOW),
        "annual-thai": annual.docx(found, NOW, thai_digits=True),
    }


@pytest.mark.parametrize("body", [KHWAO_YAI, NO_SCORE], ids=lambda one: one[1])
@pytest.mark.parametrize("kind", ["profile", "annual", "annual-thai"])
def test_every_run_names_its_font_and_size_for_thai(
    kind: str, body: tuple[str, str, int], gathered: Callable[..., Facts]
) -> None:
    document = read(documents(gathered(*body))[kind])
    font = profile.FONT if kind == "profile" else annual.FONT
    found = list(runs(document))
    assert len(found) > 50
    for run in found:
        about = run.find(qn("w:rPr"))
        fonts = about.find(qn("w:rFonts"))
        assert {fonts.get(qn(f"w:{script}")) for script in ("ascii", "hAnsi", "eastAsia", "cs")} == {font}
        assert about.find(qn("w:szCs")).get(qn("w:val")) == about.find(qn("w:sz")).get(qn("w:val"))
        assert (about.find(qn("w:b")) is None) == (about.find(qn("w:bCs")) is None)
        assert about.find(qn("w:lang")).get(qn("w:bidi")) == "th-TH"
    style = document.styles["Normal"].element.rPr
    assert style.find(qn("w:rFonts")).get(qn("w:cs")) == font


def test_the_profile_as_a_document_holds_the_same_page(gathered: Callable[..., Facts]) -> None:
    page = profile.sheet(gathered(*WHOLE), NOW)
    document = read(profile.docx(page))
    _, parts, weakest, measures = tables(document)
    assert [row[:5] for row in parts[1:]] == [
        [one.label, one.score, one.change, one.median, one.quartiles] for one in page.lines
    ]
    assert page.weakest.title in weakest[0][0]
    assert page.findings.note in measures[0][1]
    assert page.footer in words(document)


def test_the_print_of_the_document_shrinks_where_there_is_much_to_say(gathered: Callable[..., Facts]) -> None:
    page = profile.sheet(gathered(*KHWAO_YAI), NOW)

    def size(made: bytes) -> float:
        return float(read(made).styles["Normal"].font.size.pt)

    assert size(profile.docx(page)) == profile.SIZES[0]
    assert profile.SIZES[0] > size(profile.docx(fullest(page))) >= 6.5


def test_bars_of_the_profile_are_cells(gathered: Callable[..., Facts]) -> None:
    page = profile.sheet(gathered(*WHOLE), NOW)
    table = read(profile.docx(page)).tables[1]._tbl
    for line, row in zip(page.lines, table.findall(qn("w:tr"))[1:], strict=True):
        units: list[str | None] = []
        for cell in row.findall(qn("w:tc"))[5:]:
            about = cell.find(qn("w:tcPr"))
            span, shade = about.find(qn("w:gridSpan")), about.find(qn("w:shd"))
            size = 1 if span is None else int(span.get(qn("w:val")))
            units += [None if shade is None else shade.get(qn("w:fill"))] * size
        assert len(units) == profile.BAR_UNITS
        color = profile.BELOW if line.below else profile.ABOVE
        share = line.bar["value"]
        assert share is not None
        assert units.index(color) == min(profile.BAR_UNITS - 1, int(share * profile.BAR_UNITS))
        assert units.count(color) == 1


def test_the_annual_document_is_in_the_customary_order(gathered: Callable[..., Facts]) -> None:
    found = gathered(*WHOLE)
    document = read(annual.docx(found, NOW))
    heads = [one.text for one in document.paragraphs if one.style.name == "Heading 1"]
    assert [head[:2] for head in heads] == ["1.", "2.", "3.", "4.", "5.", "6."]
    instruments, indicators, *_ = tables(document)
    assert instruments[0] == ["เครื่องมือ", "รายละเอียด", "น้ำหนัก", "คะแนน", "คะแนนปี 2567", "ผลต่าง"]
    assert [row[0] for row in instruments[1:]] == ["IIT", "EIT", "OIT"]
    rows = found.parts("indicator")
    assert [row[0] for row in indicators[1:]] == [str(number) for number in range(1, 11)]
    assert [row[2:] for row in indicators[1:]] == [
        [printed(now), printed(before), printed(now - before, "+")]
        for now, before in zip(rows["value"], rows["before"], strict=True)
    ]


def test_weak_items_stand_by_topic_and_measures_are_filled_in(gathered: Callable[..., Facts]) -> None:
    found = gathered(*KHWAO_YAI)
    document = read(annual.docx(found, NOW))
    topics = [one.text for one in document.paragraphs if one.style.name == "Heading 2"]
    assert topics[0] == "ตัวชี้วัดที่ 1 การปฏิบัติหน้าที่"
    assert "ตัวชี้วัดที่ 3 การใช้อำนาจ" not in topics  # all its items are above the mark
    every = tables(document)
    weak = {row[0]: row[2] for table in every if table[0][0] == "ข้อ" for row in table[1:]}
    items = found.parts("item").set_index("part")
    low = items[items["value"] < 84.995]
    assert set(weak) == set(low.index)
    assert weak["O33"] == "0.00"
    assert weak["E2"] == "84.90*"  # computed, and says so
    measures = every[-1]
    assert measures[0] == ["ประเด็นที่มุ่งแก้", "มาตรการหรือแนวทาง", "ผู้รับผิดชอบ", "ระยะเวลา", "การกำกับติดตาม"]
    assert measures[1][1:] == [
        "1. ปรับคู่มือและลดขั้นตอนให้บริการเร็วขึ้น",
        "ทุกส่วนงาน",
        "ไตรมาส 1–4",
        "[โปรดกรอกการติดตาม]",
    ]


@pytest.mark.parametrize("body", [KHWAO_YAI, WHOLE, NO_SCORE], ids=lambda one: one[1])
def test_what_has_to_be_filled_in_is_marked(
    body: tuple[str, str, int], gathered: Callable[..., Facts]
) -> None:
    marked = 0
    for run in runs(read(annual.docx(gathered(*body), NOW))):
        said = "".join(one.text or "" for one in run.findall(qn("w:t")))
        highlight = run.find(qn("w:rPr")).find(qn("w:highlight"))
        assert (highlight is not None) == said.startswith("[โปรดกรอก"), said
        marked += highlight is not None
    assert marked >= 5


def test_thai_digits_are_a_choice(gathered: Callable[..., Facts]) -> None:
    found = gathered(*KHWAO_YAI)
    arabic, thai = (read(annual.docx(found, NOW, thai_digits=one)) for one in (False, True))
    assert "๖๙.๕๐" not in words(arabic)
    body = "\n".join("".join(one.text or "" for one in row.iter(qn("w:t"))) for row in thai.element.body)
    assert "ได้คะแนนรวม ๖๙.๕๐ คะแนน" in body
    kept = {row[0] for table in tables(thai) if table[0][0] == "ข้อ" for row in table[1:]}
    assert "O33" in kept  # a code stays a code
    rest = body
    for code in sorted(kept, key=len, reverse=True):
        rest = rest.replace(code, "")
    assert not set("0123456789") & set(rest)
    assert to_thai_digits(words(arabic)) == to_thai_digits(words(thai))
    assert found.build_id in words(thai)


@pytest.mark.parametrize("kind", ["profile", "annual", "annual-thai"])
def test_simulated_figures_are_marked_on_every_page(kind: str, gathered: Callable[..., Facts]) -> None:
    real = gathered(*WHOLE)
    false = replace(real, simulated=True)
    for found, marked in ((real, False), (false, True)):
        header = read(documents(found)[kind]).sections[0].header
        assert (word.NOT_REAL in "".join(one.text for one in header.paragraphs)) == marked
    page = profile.sheet(false, NOW)
    assert stands(word.NOT_REAL, copied(profile.pdf(page, NOW)))
    assert not stands(word.NOT_REAL, copied(profile.pdf(profile.sheet(real, NOW), NOW)))


def test_texts_from_data_are_texts(gathered: Callable[..., Facts]) -> None:
    found = gathered(*KHWAO_YAI)
    hostile = replace(
        found,
        name=HOSTILE,
        place=HOSTILE,
        identity=HOSTILE,
        dataset=HOSTILE,
        measures=found.measures.assign(title_th=HOSTILE, responsible_unit_th=HOSTILE),
        findings=found.findings.assign(message_th=HOSTILE),
    )
    shown = '=HYPERLINK("http://x") <w:p>&amp; #set page()'
    for content in documents(hostile).values():
        assert shown in words(read(content))
    assert stands(shown, copied(profile.pdf(profile.sheet(hostile, NOW), NOW)))


# Into the project again ------------------------------------------------------------


@pytest.mark.parametrize("thai_digits", [False, True], ids=["arabic", "thai"])
@pytest.mark.parametrize(
    "body",
    [KHWAO_YAI, ("one_body", "test-one", 2567), ("missing_year", "test-whole", 2564)],
    ids=lambda one: one[1],
)
def test_the_projects_importer_reads_the_annual_document_back(
    body: tuple[str, str, int], thai_digits: bool, gathered: Callable[..., Facts]
) -> None:
    found = gathered(*body)
    reading = read_document("เอกสาร.docx", annual.docx(found, NOW, thai_digits=thai_digits), EDITIONS)
    scores = reading.scores[reading.scores["fiscal_year"] == found.year].set_index("part")["value"]
    codes = ["overall", *(str(number) for number in range(1, 11))]
    tree = found.tree.set_index("part")["published"]
    assert {code: printed(scores[code]) for code in codes} == {code: printed(tree[code]) for code in codes}
    assert not [one for one in reading.problems if one.severity == "error"]
    assert reading.bodies["name"].tolist() == [found.name]
    assert scores.index.is_unique


def test_what_nobody_filled_in_is_not_read_back_as_a_measure(gathered: Callable[..., Facts]) -> None:
    found = gathered(*KHWAO_YAI)
    less = found.addressed[found.addressed["part"] != "8"]  # so that a row is left to fill in
    content = annual.docx(replace(found, addressed=less), NOW)
    assert "[โปรดกรอกมาตรการ]" in words(read(content))
    reading = read_document("เอกสาร.docx", content, EDITIONS)
    measures = reading.extra["measures"]
    assert measures["title_th"].tolist() == found.measures["title_th"].tolist()
    assert measures["responsible_unit_th"].tolist() == found.measures["responsible_unit_th"].tolist()
    assert measures["follow_up_th"].isna().all()
    assert set(measures["plan_year"]) == {2567}
    parts = reading.extra["measure_indicators"].groupby("measure_id", sort=False)["part"].agg(set).tolist()
    expected = less.groupby("seq")["part"].agg(set).tolist()
    assert parts == expected


# Many ------------------------------------------------------------


def test_names_of_files_are_safe_and_different() -> None:
    names = batch.file_names(
        ["อบต.หนึ่ง · จ.ก", "อบต.หนึ่ง / จ.ก", "อบต.หนึ่ง · จ.ก", "../../etc", "CON", "", "น้ำ" * 50]
    )
    assert names[:3] == ["อบต.หนึ่ง - จ.ก", "อบต.หนึ่ง - จ.ก (2)", "อบต.หนึ่ง - จ.ก (3)"]
    assert names[3:6] == ["etc", "xCON", "x"]
    assert len(names[6]) <= batch.LONGEST_NAME
    for name in [*names, batch.file_name(HOSTILE)]:
        assert not set('/\\:*?"<>|\x00') & set(name)
        assert Path(name).name == name
        assert not name.startswith(".")


def test_a_zip_holds_a_document_of_everybody_and_says_how_far_it_is() -> None:
    told: list[tuple[int, int]] = []
    file = io.BytesIO()
    bodies = [("a", "ก/ข"), ("b", "ก\\ข"), ("c", "ค")]
    batch.write(file, bodies, "pdf", lambda body: body.encode(), lambda *done: told.append(done))
    with zipfile.ZipFile(file) as archive:
        assert {one: archive.read(one) for one in archive.namelist()} == {
            "ก-ข.pdf": b"a",
            "ก-ข (2).pdf": b"b",
            "ค.pdf": b"c",
        }
    assert told == [(1, 3), (2, 3), (3, 3)]


@pytest.mark.parametrize("n", [0, batch.MOST + 1])
def test_too_many_or_none_make_no_zip(n: int) -> None:
    bodies: Sequence[tuple[str, str]] = [(str(number), str(number)) for number in range(n)]
    with pytest.raises(ValueError, match="1 to 500"):
        batch.write(io.BytesIO(), bodies, "pdf", lambda _: b"", lambda *_: None)


# In an office ------------------------------------------------------------


def office() -> str | None:
    """LibreOffice, where it can open texts."""
    found = shutil.which("soffice")
    return found if found and list(Path(found).resolve().parent.glob("libswlo.*")) else None


@pytest.mark.skipif(office() is None, reason="needs LibreOffice Writer")
@pytest.mark.parametrize("kind", ["profile", "annual"])
def test_libreoffice_opens_the_documents(kind: str, gathered: Callable[..., Facts], tmp_path: Path) -> None:
    found = gathered(*KHWAO_YAI)
    page = profile.sheet(found, NOW)
    content = profile.docx(fullest(page)) if kind == "profile" else annual.docx(found, NOW)
    (tmp_path / "made.docx").write_bytes(content)
    soffice = office()
    assert soffice is not None
    own = f"-env:UserInstallation={(tmp_path / 'office').as_uri()}"
    call = [soffice, own, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), "made.docx"]
    subprocess.run(call, cwd=tmp_path, check=True, capture_output=True, timeout=180)
    document = pypdfium2.PdfDocument(tmp_path / "made.pdf")
    assert len(document) == 1 if kind == "profile" else len(document) > 2
    text = "".join(one.get_textpage().get_text_range() for one in document)
    assert "\ufffd" not in text
    assert "35.00" in text
