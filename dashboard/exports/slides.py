"""Views as slides of PowerPoint: the sentence as headline, a native chart or table, where it comes from.

A slide is 16:9 and its sizes are in points. What the notes of a view and its provenance say in full stands in
the speaker's notes too, so that nothing is lost where the foot of a slide is too small for it.
"""

import io
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import pandas as pd
from lxml import etree
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE
from pptx.opc.constants import CONTENT_TYPE as CT
from pptx.opc.package import XmlPart
from pptx.oxml import parse_xml
from pptx.util import Pt

from dashboard import heat_table
from dashboard import text as words
from dashboard.charts import base, stretch
from dashboard.exports import chart_part, native
from dashboard.exports.lettering import (
    FONT,
    LEADING,
    faces,
    fitted,
    paragraph,
    rows,
    solid,
    width,
)
from dashboard.exports.scores import score_columns

if TYPE_CHECKING:
    from dashboard.view import View

WIDTH, HEIGHT = 960, 540
EDGE = 36
WIDE = WIDTH - 2 * EDGE
HEAD_TOP, HEAD_HIGH = 40, 78
BODY_TOP, BODY_HIGH = 124, 322
FOOT_TOP, FOOT_HIGH = 452, 78
SIMULATED = "ข้อมูลจำลอง"
EVEN = "วาดด้วยสเกลปกติ ไม่ได้ขยายช่วงใกล้ 100"
INK, MUTED, PRIMARY, CONTRAST, EMPTY = (
    one[1:] for one in (base.INK, base.MUTED, base.PRIMARY, base.CONTRAST, base.EMPTY)
)
_TITLE_ONLY = 5
_DRAWING = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'


def pptx_bytes(view: "View", provenance: Mapping[str, str]) -> bytes:
    """A view as a presentation of one slide."""
    return deck([(view, provenance)])


def deck(views: "Sequence[tuple[View, Mapping[str, str]]]") -> bytes:
    """Views, each with its provenance (`view.provenance`), as a presentation with a slide each."""
    shown = Presentation(io.BytesIO(template()))
    for view, provenance in views:
        _slide(shown, view, provenance)
    if views:
        shown.core_properties.title = views[0][0].title if len(views) == 1 else "ผลการประเมิน ITA"
    shown.core_properties.author = ""
    shown.core_properties.language = "th-TH"
    content = io.BytesIO()
    shown.save(content)
    return content.getvalue()


# The empty presentation ------------------------------------------------------------


@cache
def template() -> bytes:
    """A presentation of no slides: 16:9, with our colours, and with fonts that have Thai in every script."""
    shown = Presentation()
    wider = Pt(WIDTH) / shown.slide_width
    higher = Pt(HEIGHT) / shown.slide_height
    shown.slide_width, shown.slide_height = Pt(WIDTH), Pt(HEIGHT)
    for holder in (shown.slide_master, *shown.slide_layouts):
        for shape in holder.placeholders:
            if shape._element.spPr.find(".//{*}off") is not None:
                shape.left, shape.top = round(shape.left * wider), round(shape.top * higher)
                shape.width, shape.height = round(shape.width * wider), round(shape.height * higher)
        for run in holder._element.iter("{*}defRPr", "{*}rPr", "{*}endParaRPr"):
            _set_fonts(run)
    for run in shown.part._element.iter("{*}defRPr"):
        _set_fonts(run)
    content = io.BytesIO()
    notes = shown.notes_master  # made from the library's template at its first use
    for run in notes._element.iter("{*}defRPr", "{*}rPr", "{*}endParaRPr"):
        _set_fonts(run)
    for part in shown.part.package.iter_parts():
        if part.content_type == CT.OFC_THEME:
            _set_theme(part)
    shown.save(content)
    return content.getvalue()


def _set_fonts(properties: Any) -> None:
    """Name our font for every script in properties of characters, and the language."""
    for name in ("latin", "ea", "cs"):
        for old in properties.findall(f"{{*}}{name}"):
            properties.remove(old)
    properties.set("lang", "th-TH")
    named = parse_xml(f"<a:rPr {_DRAWING}>{faces()}</a:rPr>")
    later = [
        one
        for one in properties
        if one.tag.rpartition("}")[2] in ("sym", "hlinkClick", "hlinkMouseOver", "rtl", "extLst")
    ]
    place = list(properties).index(later[0]) if later else len(properties)
    for at, one in enumerate(list(named)):
        properties.insert(place + at, one)


def _set_theme(part: Any) -> None:
    """Put our font and colours into a theme."""
    theme = parse_xml(part.blob)
    fonts = theme.find(".//{*}fontScheme")
    for kind in fonts:
        if kind.tag.rpartition("}")[2] not in ("majorFont", "minorFont"):
            continue
        for one in list(kind):
            script = one.tag.rpartition("}")[2]
            if script in ("latin", "ea", "cs") or one.get("script") == "Thai":
                one.set("typeface", FONT)
                for key in set(one.attrib) - {"typeface", "script"}:
                    del one.attrib[key]
    colors = theme.find(".//{*}clrScheme")
    wanted = {"dk1": INK, "lt1": "FFFFFF", "dk2": PRIMARY, "lt2": EMPTY, "hlink": PRIMARY, "folHlink": MUTED}
    wanted |= {f"accent{at}": one[1:] for at, one in enumerate(base.SERIES, start=1)}
    for one in list(colors):
        name = one.tag.rpartition("}")[2]
        for old in list(one):
            one.remove(old)
        one.append(parse_xml(f'<a:srgbClr {_DRAWING} val="{wanted[name]}"/>'))
    if isinstance(part, XmlPart):
        part._element = theme
    else:
        part._blob = etree.tostring(theme, xml_declaration=True, encoding="UTF-8", standalone=True)


# A slide ------------------------------------------------------------


def _slide(shown: Any, view: "View", provenance: Mapping[str, str]) -> None:
    slide = shown.slides.add_slide(shown.slide_layouts[_TITLE_ONLY])
    simulated = SIMULATED in provenance
    kicker = 0.78 * WIDE if simulated else WIDE
    _box(slide, EDGE, 16, kicker, 24, [view.title], (14, 12, 10), MUTED)
    if simulated:
        _badge(slide)
    headline = view.sentence or view.title
    size = fitted([headline], (26, 24, 22, 20, 18, 16, 14, 12), WIDE, HEAD_HIGH)
    title = slide.shapes.title
    _place(title, EDGE, HEAD_TOP, WIDE, HEAD_HIGH)
    _fill(title, [paragraph(headline, size, INK, bold=True)], anchor="t")
    said = _body(slide, view)
    stretched = native.is_stretched(view.figure)
    if stretched:
        said = " · ".join(filter(None, [EVEN, said]))
    lines = foot(view, provenance, said)
    if stretched:
        lines = [_even(line) for line in lines]
    _box(slide, EDGE, FOOT_TOP, WIDE, FOOT_HIGH, lines, (10.5, 10, 9.5, 9, 8.5, 8), MUTED, anchor="b")
    notes = slide.notes_slide.notes_text_frame
    told = [f"{key}: {_even(value) if stretched else value}" for key, value in provenance.items()]
    body = notes._txBody
    for old in list(body.p_lst):
        body.remove(old)
    for line in told:
        body.append(_parsed(paragraph(line, 12, INK)))


def _body(slide: Any, view: "View") -> str:
    """Draw the chart of a view, or its table; returns what has to be said of it."""
    chart = native.chart_of(view.figure)
    if chart is None or chart_part.too_dense(chart, BODY_HIGH):
        return _table(slide, view)
    made = chart_part.made(chart, WIDE, BODY_HIGH)
    frame = slide.shapes.add_chart(
        XL_CHART_TYPE.XY_SCATTER, Pt(EDGE), Pt(BODY_TOP), Pt(WIDE), Pt(BODY_HIGH), made
    )
    _describe(frame, view)
    if isinstance(chart, native.Bars):
        for line in chart.lines:
            _across(slide, chart, line, made.room)
    return ""


def _even(words: str) -> str:
    """Words without what they say of a stretched axis: a slide has none."""
    for cells in (True, False):
        words = words.replace(stretch.note(True, cells=cells), "")
    return words


def _describe(frame: Any, view: "View") -> None:
    """Name a chart or table, and say in words what it shows to who cannot see it."""
    properties = frame._element.nvGraphicFramePr.cNvPr
    properties.set("name", view.title)
    properties.set("descr", view.sentence)


def _across(slide: Any, chart: native.Bars, line: native.Across, room: chart_part.Room) -> None:
    """A line over a bar chart, which has none of its own: at a place between its bars or at a value."""
    of_values = (line.axis == "x") == chart.horizontal
    if of_values:
        low, high = chart.value.low, chart.value.high
        if low is None or high is None:
            return
        share = (line.at - low) / (high - low)
    else:
        share = (line.at + 0.5) / len(chart.categories)
    if not 0 <= share <= 1:
        return
    if line.axis == "y" and (of_values or not chart.reversed):
        share = 1 - share
    left, top = EDGE + room.left, BODY_TOP + room.top
    if line.axis == "x":
        at = left + share * room.width
        ends = (at, top, at, top + room.height)
    else:
        at = top + share * room.height
        ends = (left, at, left + room.width, at)
    drawn = slide.shapes.add_connector(1, *map(Pt, ends))
    drawn.name = "เส้น"
    style = drawn._element.find("{*}style")
    if style is not None:
        drawn._element.remove(style)
    drawn._element.spPr.append(
        _parsed(
            f'<a:ln w="{round(line.stroke.width * 12_700)}">{solid(line.stroke.color)}'
            f'<a:prstDash val="{line.stroke.dash}"/></a:ln>'
        )
    )
    if line.words and line.axis == "x":
        wide, high = 160.0, chart_part.NAMED_LINE
        shape = slide.shapes.add_textbox(*map(Pt, (at - wide / 2, top - high, wide, high)))
        shape.name = line.words
        _fill(shape, [paragraph(line.words, 11, INK, align="ctr")], anchor="b")


def foot(view: "View", provenance: Mapping[str, str], said: str = "") -> list[str]:
    """The lines below a chart: what to mind, `said` first, whom and when it is about, where it comes from."""
    minded = " · ".join(filter(None, [said, *view.notes]))
    chosen = provenance.get("หน่วยงานที่เลือก", "")
    return [
        *([f"หมายเหตุ: {minded}"] if minded else []),
        f"กลุ่ม: {view.group.label} (n = {view.n:,}) · ปีงบประมาณ {view.years}"
        + (f" · หน่วยงานที่เลือก: {chosen}" if chosen else ""),
        (f"{SIMULATED} {provenance[SIMULATED]} · " if SIMULATED in provenance else "")
        + f"ที่มา: {provenance.get('ชุดข้อมูล', '')} · "
        + (f"แหล่ง: {provenance['แหล่งข้อมูล']} · " if "แหล่งข้อมูล" in provenance else "")
        + f"รุ่นของข้อมูล {provenance.get('รุ่นของข้อมูล', '')}"
        f" · ส่งออกวันที่ {provenance.get('วันที่ส่งออก', '')} · ช่องว่างคือไม่ทราบค่า ไม่ใช่ศูนย์",
    ]


def _badge(slide: Any) -> None:
    """The mark of simulated figures."""
    shape = slide.shapes.add_textbox(Pt(WIDTH - EDGE - 150), Pt(14), Pt(150), Pt(26))
    shape.name = SIMULATED
    shape.fill.solid()
    shape.fill.fore_color.rgb = RGBColor.from_string(CONTRAST)
    _fill(shape, [paragraph(SIMULATED, 14, "FFFFFF", bold=True, align="ctr")], anchor="ctr")


def _box(
    slide: Any,
    left: float,
    top: float,
    wide: float,
    high: float,
    lines: Sequence[str],
    sizes: Sequence[float],
    color: str,
    anchor: str = "t",
) -> None:
    """A box of text, in the first of some sizes in which it fits; in the last, it is cut with a mark."""
    size = fitted(lines, sizes, wide, high)
    shape = slide.shapes.add_textbox(Pt(left), Pt(top), Pt(wide), Pt(high))
    cut = _cut(lines, size, wide, high)
    _fill(shape, [paragraph(line, size, color) for line in cut], anchor=anchor)


def _cut(lines: Sequence[str], size: float, wide: float, high: float) -> list[str]:
    """Lines whose first is shortened until all fit a box; the rest of it stands in the speaker's notes."""
    kept = list(lines)
    over = sum(rows(line, size, wide) for line in kept) - math.floor(high / (size * LEADING))
    if over <= 0:
        return kept
    wanted = max(1, rows(kept[0], size, wide) - over)
    short = kept[0]
    while short and rows(f"{short}… (ต่อในบันทึกย่อ)", size, wide) > wanted:
        short = short[: -max(1, len(short) // 40)]
    return [f"{short}… (ต่อในบันทึกย่อ)", *kept[1:]]


def _place(shape: Any, left: float, top: float, wide: float, high: float) -> None:
    shape.left, shape.top, shape.width, shape.height = map(Pt, (left, top, wide, high))


def _fill(shape: Any, paragraphs: Sequence[str], anchor: str) -> None:
    """Put paragraphs into a shape, without margins."""
    body = shape.text_frame._txBody
    for old in list(body.p_lst):
        body.remove(old)
    for one in paragraphs:
        body.append(_parsed(one))
    properties = body.bodyPr
    for old in list(properties):
        properties.remove(old)
    for name, value in {
        "wrap": "square",
        "lIns": "0",
        "tIns": "0",
        "rIns": "0",
        "bIns": "0",
        "anchor": anchor,
    }.items():
        properties.set(name, value)
    properties.append(_parsed("<a:normAutofit/>"))


def _parsed(xml: str) -> Any:
    """An element from its text; the name of the drawing namespace is put in."""
    head, _, rest = xml.partition(">")
    closed = head.endswith("/")
    return parse_xml(f"{head.removesuffix('/')} {_DRAWING}{'/' if closed else ''}>{rest}")


# Tables ------------------------------------------------------------

CELL_SIDE, CELL_UPRIGHT = 6.0, 3.0
SIZES = (12.0, 11.0, 10.0, 9.0)
WIDEST = (250.0, 170.0, 120.0, 90.0)
"""Points across a column of words, and below across the head over figures, at most: wide ones come first."""
WIDEST_HEAD = (90.0, 76.0, 64.0, 54.0)
MOST_ROWS, FIRST_ROWS = 40, 8
"""Rows looked at, and rows that say what a table is about: columns are not worth fewer."""


def _table(slide: Any, view: "View") -> str:
    """The rows of a view that fit, and of them the columns that do; returns what was left out, in words."""
    if view.frame.empty:
        return "ไม่มีแถวในตาราง"
    fit = _fitting(view.frame)
    rows_shown, columns_shown = fit.frame.shape
    n_rows = len(view.whole()) if view.whole else len(view.frame)
    first = "แถว" if view.whole else "แถวแรก"  # the page shown need not be the first
    left_out = [
        f"{shown:,} จาก {all_:,} {unit}"
        for shown, all_, unit in (
            (rows_shown, n_rows, first),
            (columns_shown, len(view.frame.columns), "คอลัมน์แรก"),
        )
        if shown < all_
    ]
    wide = sum(fit.widths)
    graphic = slide.shapes.add_table(1, 1, Pt(EDGE), Pt(BODY_TOP), Pt(wide), Pt(sum(fit.heights)))
    table = graphic._element.graphic.graphicData.tbl
    table.getparent().replace(table, _parsed(_table_xml(view, fit)))
    _describe(graphic, view)
    return f"แสดง {' และ '.join(left_out)} ทั้งหมดอยู่ในไฟล์ XLSX" if left_out else ""


@dataclass(frozen=True)
class _Fit:
    """The part of a frame that fits a slide, its letters' size, the widths and heights of cells in points."""

    frame: pd.DataFrame
    size: float
    widths: list[float]
    heights: list[float]


def _fitting(frame: pd.DataFrame) -> _Fit:
    """The largest letters and widest columns in which all of a frame fits a slide.

    Where none do, those that show the largest share of its columns and of its first rows.
    """
    shown = frame.head(MOST_ROWS)
    cells = [
        [str(name), *(printed(value) for value in shown.iloc[:, at])] for at, name in enumerate(shown.columns)
    ]
    numeric = [pd.api.types.is_numeric_dtype(shown[name]) for name in shown.columns]
    fits = [
        _laid_out(shown, cells, numeric, size, words, head)
        for words, head in zip(WIDEST, WIDEST_HEAD, strict=True)
        for size in SIZES
    ]
    whole = next((one for one in fits if one.frame.shape == frame.shape), None)
    return whole or max(fits, key=lambda one: min(len(one.frame), FIRST_ROWS) * len(one.frame.columns))


def _laid_out(
    shown: pd.DataFrame,
    cells: Sequence[Sequence[str]],
    numeric: Sequence[bool],
    size: float,
    widest: float,
    widest_head: float,
) -> _Fit:
    """The columns that fit beside one another in letters of a size, and the rows that fit below them."""
    widths = [
        _column_width(column, size, one, widest, widest_head)
        for column, one in zip(cells, numeric, strict=True)
    ]
    kept = 0
    while kept < len(widths) and sum(widths[: kept + 1]) <= WIDE:
        kept += 1
    kept = max(kept, 1)
    widths = [min(one, WIDE) for one in widths[:kept]]
    wider = min(WIDE / sum(widths), 1.3)
    widths = [one * wider for one in widths]
    heights: list[float] = []
    for row in range(len(shown) + 1):
        lines = max(
            rows(column[row], size, wide - 2 * CELL_SIDE) for column, wide in zip(cells, widths, strict=False)
        )
        high = lines * size * LEADING + 2 * CELL_UPRIGHT
        if heights and sum(heights) + high > BODY_HIGH:
            break
        heights.append(high)
    return _Fit(shown.iloc[: len(heights) - 1, :kept], size, widths, heights)


def _column_width(
    words: Sequence[str], size: float, number: bool, widest: float, widest_head: float
) -> float:
    """The width of a column: of its longest cell up to a bound; over figures the head takes some lines."""
    head, *cells = words
    longest = max((width(cell, size) for cell in cells), default=0.0)
    if number:  # a figure is never broken
        headed = min(max(width(head, size) / 2, 60.0), widest_head, width(head, size))
        return 1.08 * max(longest, headed) + 2 * CELL_SIDE
    return 1.08 * max(min(longest, widest), min(width(head, size), widest, 110.0)) + 2 * CELL_SIDE


def printed(value: Any) -> str:
    """A value as a table shows it: two decimals for points, a dash for what is not known."""
    if value is None or (not isinstance(value, str | list | tuple) and pd.isna(value)):
        return words.MISSING
    if isinstance(value, bool):
        return "ใช่" if value else "ไม่ใช่"
    return words.points(value) if isinstance(value, float) else str(value)


def _table_xml(view: "View", fit: _Fit) -> str:
    frame, size, widths, heights = fit.frame, fit.size, fit.widths, fit.heights
    fills = _fills(view, frame)
    grid = "".join(f'<a:gridCol w="{Pt(one)}"/>' for one in widths)
    names = [str(name) for name in frame.columns]
    head = "".join(_cell(name, size, EMPTY, INK, bold=True) for name in names)
    lines = [f'<a:tr h="{Pt(heights[0])}">{head}</a:tr>']
    numeric = [pd.api.types.is_numeric_dtype(frame[name]) for name in frame.columns]
    for at, row in enumerate(frame.itertuples(index=False, name=None)):
        high = heights[at + 1]
        cells = "".join(
            _cell(printed(value), size, fills[name][at] if name in fills else None, INK, align="lr"[number])
            for name, value, number in zip(frame.columns, row, numeric, strict=True)
        )
        lines.append(f'<a:tr h="{Pt(high)}">{cells}</a:tr>')
    return f'<a:tbl><a:tblPr firstRow="1"/><a:tblGrid>{grid}</a:tblGrid>{"".join(lines)}</a:tbl>'


def _fills(view: "View", frame: pd.DataFrame) -> dict[str, list[str | None]]:
    """The colours of the cells shown, by column: of points, and of a table that is drawn as a heat map."""
    shares = native.shares(view.figure)
    matrix = [name for name in view.frame if pd.api.types.is_numeric_dtype(view.frame[name])]
    if len(shares) == len(view.frame) and {len(row) for row in shares} == {len(matrix)}:
        columns = dict(zip(matrix, zip(*shares, strict=True), strict=True))
        return {name: [_heat(share, 0.0, 1.0) for share in column] for name, column in columns.items()}
    scores = score_columns(view)
    low = heat_table.low_end(min((view.frame[name].min() for name in scores), default=None), None)
    return {
        name: [_heat(None if pd.isna(value) else value, low, heat_table.HIGHEST) for value in frame[name]]
        for name in scores
        if name in frame
    }


def _heat(value: float | None, low: float, high: float) -> str | None:
    """The colour of a value between the ends of a scale; none where it is not known."""
    if value is None:
        return None
    return heat_table.color(heat_table.HIGHEST * (value - low) / (high - low), 0.0)[1:]


def _cell(
    words: str, size: float, fill: str | None, color: str, *, bold: bool = False, align: str = "l"
) -> str:
    edge = "".join(
        f'<a:ln{side} w="{6_350 if side == "B" else 0}">'
        + (solid(base.GRID[1:]) if side == "B" else "<a:noFill/>")
        + f"</a:ln{side}>"
        for side in "LRTB"
    )
    return (
        "<a:tc><a:txBody><a:bodyPr/><a:lstStyle/>"
        f"{paragraph(words, size, color, bold=bold, align=align)}</a:txBody>"
        f'<a:tcPr marL="{Pt(CELL_SIDE)}" marR="{Pt(CELL_SIDE)}" marT="{Pt(CELL_UPRIGHT)}" '
        f'marB="{Pt(CELL_UPRIGHT)}" anchor="ctr">{edge}'
        f"{solid(fill) if fill else '<a:noFill/>'}</a:tcPr></a:tc>"
    )
