"""A native chart as the parts of a presentation: DrawingML with its figures, and the workbook behind them.

Written as text in the order the schema asks for, some ten times as fast as property by property. The figures
stand twice, as Office wants it: in the chart, and in the workbook that opens for editing.
"""

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from dashboard.charts import base
from dashboard.exports.lettering import LEADING, attribute, character, rows, solid, text, width
from dashboard.exports.native import Axis, Bars, BarSeries, Label, Points, Series, Stroke, pale

INK, MUTED, GRID, PRIMARY = base.INK[1:], base.MUTED[1:], base.GRID[1:], base.PRIMARY[1:]
SIZE = 12.0
"""Points of most letters in a chart."""
SMALLEST = 8.0
THICKEST = 60.0
"""Points across a bar, and all bars of its category, at most."""
THICKEST_LINE = 26.0
"""Points across a bar among points, which the legend draws as thick."""
NAMED_LINE = 18.0
"""Points above the axes for the words at a line through a bar chart."""
SHEET = "Sheet1"
_SPACES = (
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
NONE = "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"


@dataclass(frozen=True)
class Room:
    """Where the axes lie in a chart, in points from its upper left."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True)
class Made:
    """A chart ready for `shapes.add_chart`, which asks for exactly these two."""

    xml: str
    xlsx_blob: bytes
    room: Room

    def xml_bytes(self, chart_type: object) -> bytes:
        """The chart part; of what type it is stands in it."""
        return self.xml.encode()


def made(chart: Bars | Points, wide: float, high: float) -> Made:
    """A chart for a place of this width and height in points."""
    if isinstance(chart, Bars):
        return _bars(chart, wide, high)
    return _points(chart, wide, high)


def too_dense(chart: Bars | Points, high: float) -> bool:
    """Are its rows so many that their names could not be read?"""
    names = len(chart.categories) if isinstance(chart, Bars) and chart.horizontal else 0
    if isinstance(chart, Points):
        names = len(chart.y.names)
    return bool(names) and (high - 60) / names < SMALLEST * 1.25


# What both kinds have ------------------------------------------------------------


def _space(plot: str, legend: str, gaps: bool = True) -> str:
    """The chart part around a plot area."""
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><c:chartSpace {_SPACES}>'
        '<c:date1904 val="0"/><c:lang val="th-TH"/><c:roundedCorners val="0"/>'
        f'<c:chart><c:autoTitleDeleted val="1"/><c:plotArea>{plot}{NONE}</c:plotArea>{legend}'
        '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        f"<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>{_letters(SIZE)}</c:chartSpace>"
    )


def _letters(size: float, color: str = INK, bold: bool = False) -> str:
    """How words are drawn where nothing else is said."""
    return (
        f"<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr>{character('a:defRPr', size, color, bold)}</a:pPr>"
        f"{character('a:endParaRPr', size, color)}</a:p></c:txPr>"
    )


def _rich(lines: Sequence[str], size: float, color: str, bold: bool, turned: bool = False) -> str:
    """Words of our own, a paragraph a line."""
    body = '<a:bodyPr rot="-5400000" vert="horz"/>' if turned else '<a:bodyPr wrap="none"/>'
    paragraphs = "".join(
        f"<a:p><a:pPr>{character('a:defRPr', size, color, bold)}</a:pPr><a:r>"
        f"{character('a:rPr', size, color, bold)}<a:t>{text(line)}</a:t></a:r></a:p>"
        for line in lines
    )
    return f"<c:tx><c:rich>{body}<a:lstStyle/>{paragraphs}</c:rich></c:tx>"


def _line(stroke: Stroke | None) -> str:
    if stroke is None:
        return "<a:ln><a:noFill/></a:ln>"
    return (
        f'<a:ln w="{round(stroke.width * 12_700)}" cap="flat">{solid(stroke.color)}'
        f'<a:prstDash val="{stroke.dash}"/><a:round/></a:ln>'
    )


def _numbers(tag: str, formula: str, values: Sequence[float | None], count: int) -> str:
    """A column of figures; what is not known has no point, and so stays a gap.

    `count` is the same for all columns of a chart: LibreOffice loses a column before a longer one.
    """
    known = "".join(
        f'<c:pt idx="{at}"><c:v>{value!r}</c:v></c:pt>'
        for at, value in enumerate(values)
        if value is not None
    )
    return (
        f"<c:{tag}><c:numRef><c:f>{formula}</c:f><c:numCache><c:formatCode>General</c:formatCode>"
        f'<c:ptCount val="{count}"/>{known}</c:numCache></c:numRef></c:{tag}>'
    )


def _words(tag: str, formula: str, words: Sequence[str]) -> str:
    known = "".join(f'<c:pt idx="{at}"><c:v>{text(word)}</c:v></c:pt>' for at, word in enumerate(words))
    cache = f'<c:strRef><c:f>{formula}</c:f><c:strCache><c:ptCount val="{len(words)}"/>{known}'
    return f"<c:{tag}>{cache}</c:strCache></c:strRef></c:{tag}>"


def _labels(labels: Sequence[Label | None], size: float) -> str:
    """The words at points; a point without has none."""
    shown = "".join(
        f'<c:dLbl><c:idx val="{at}"/>{_rich(one.lines, min(one.size, size), one.color, one.bold)}'
        f'{NONE}<c:dLblPos val="{one.side}"/>{_SHOWN}</c:dLbl>'
        for at, one in enumerate(labels)
        if one
    )
    if not shown:
        return ""
    return f"<c:dLbls>{shown}{NONE}{_letters(size)}{_HIDDEN}</c:dLbls>"


def _flags(value: int) -> str:
    names = ("LegendKey", "Val", "CatName", "SerName", "Percent", "BubbleSize")
    return "".join(f'<c:show{name} val="{value if name == "Val" else 0}"/>' for name in names)


_SHOWN, _HIDDEN = _flags(1), _flags(0)


def _legend(shown: Sequence[bool]) -> str:
    if not any(shown):
        return ""
    hidden = "".join(
        f'<c:legendEntry><c:idx val="{at}"/><c:delete val="1"/></c:legendEntry>'
        for at, one in enumerate(shown)
        if not one
    )
    return f'<c:legend><c:legendPos val="t"/>{hidden}<c:overlay val="0"/>{_letters(SIZE)}</c:legend>'


def _legend_height(names: Sequence[str], wide: float) -> float:
    """Points the legend takes above the axes."""
    if not names:
        return 0.0
    room = 0.6 * wide  # LibreOffice breaks it early
    return 25.0 * math.ceil(sum(width(one, SIZE) + 34 for one in names) / room)


def _beside(names: Sequence[str], wide: float, high: float) -> tuple[float, float]:
    """The size of names that stand below one another beside a chart, and the width they take."""
    for size, share in ((SIZE, 0.4), (11.0, 0.4), (10.0, 0.4), (9.0, 0.4), (SMALLEST, 0.4), (SMALLEST, 0.6)):
        left = min(share * wide, max(width(name, size) for name in names) * 1.08 + 16)
        if max(rows(name, size, left - 12) for name in names) * 1.25 * size <= high / len(names):
            break
    return size, left


def _broken(name: str, size: float, left: float, lines: Sequence[str]) -> Sequence[str]:
    """A name on one line where that is not too long, else as it was broken."""
    return [name] if width(name, size) <= left - 12 else lines


def _layout(room: Room, wide: float, high: float) -> str:
    places = (
        ("x", room.left / wide),
        ("y", room.top / high),
        ("w", room.width / wide),
        ("h", room.height / high),
    )
    return (
        '<c:layout><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>'
        + "".join(f'<c:{name} val="{value:.5f}"/>' for name, value in places)
        + "</c:manualLayout></c:layout>"
    )


def _axis(axis: Axis, number: int, other: int, place: str, crosses: str, labels: bool = True) -> str:
    """An axis of numbers."""
    ends = "".join(
        f'<c:{name} val="{value!r}"/>'
        for name, value in (("max", axis.high), ("min", axis.low))
        if value is not None
    )
    turned = "maxMin" if axis.reversed else "minMax"
    grid = f"<c:majorGridlines><c:spPr>{_line(Stroke(GRID, 0.75))}</c:spPr></c:majorGridlines>"
    named = labels and axis.shown and not axis.names
    return (
        f'<c:valAx><c:axId val="{number}"/><c:scaling><c:orientation val="{turned}"/>{ends}</c:scaling>'
        f'<c:delete val="{int(not axis.shown)}"/><c:axPos val="{place}"/>'
        f"{grid if axis.grid and axis.shown else ''}{_axis_title(axis.title, place)}"
        f'<c:numFmt formatCode={attribute(axis.format)} sourceLinked="0"/><c:majorTickMark val="none"/>'
        f'<c:minorTickMark val="none"/><c:tickLblPos val="{"nextTo" if named else "none"}"/>'
        f"<c:spPr>{_line(Stroke(GRID, 0.75))}</c:spPr>{_letters(SIZE)}"
        f'<c:crossAx val="{other}"/><c:crosses val="{crosses}"/>'
        f'<c:crossBetween val="{"between" if number == _OF_BARS else "midCat"}"/>'
        + (f'<c:majorUnit val="{axis.step!r}"/>' if axis.step else "")
        + "</c:valAx>"
    )


_FIRST, _SECOND, _OF_BARS = 111, 222, 333


def _axis_title(title: str, place: str) -> str:
    if not title:
        return ""
    return f'<c:title>{_rich([title], SIZE, MUTED, False, turned=place == "l")}<c:overlay val="0"/></c:title>'


# Bars ------------------------------------------------------------


def _bars(chart: Bars, wide: float, high: float) -> Made:
    count = len(chart.categories)
    labels = [label for one in chart.series for label in one.labels if label and label.side == "outEnd"]
    top = 6 + _legend_height([one.name for one in chart.series if one.legend], wide)
    top += NAMED_LINE * any(line.words for line in chart.lines)
    bottom = (24 if chart.value.shown or not chart.horizontal else 4) + 20 * bool(
        chart.value.title if chart.horizontal else chart.category_title
    )
    right = 12 + (
        max((width(line, SIZE) for one in labels for line in one.lines), default=0) if chart.horizontal else 0
    )
    size = SIZE
    if chart.horizontal:
        size, left = _beside(chart.categories, wide, high - top - bottom)
    else:
        left = 44 + 20 * bool(chart.value.title)
        slot = (wide - left - right) / count
        bottom += 16 * (max(rows(name, size, slot) for name in chart.categories) - 1)
        top += 30 if labels else 0
    room = Room(left, top, wide - left - right, high - top - bottom)
    last = count + 1
    slot = (room.height if chart.horizontal else room.width) / count
    gap = min(500, max(chart.gap, round(100 * (slot / THICKEST - 1))))
    series = "".join(_bar_series(one, at, chart, last, room, size) for at, one in enumerate(chart.series))
    grouping = "stacked" if chart.stacked else "clustered"
    at_bottom, at_left = ("l", "b") if chart.horizontal else ("b", "l")
    turned = "maxMin" if chart.reversed else "minMax"
    category = (
        f'<c:catAx><c:axId val="{_FIRST}"/><c:scaling><c:orientation val="{turned}"/></c:scaling>'
        f'<c:delete val="0"/><c:axPos val="{at_bottom}"/>{_axis_title(chart.category_title, at_bottom)}'
        '<c:numFmt formatCode="General" sourceLinked="0"/>'
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>'
        f"<c:spPr>{_line(Stroke(GRID, 0.75))}</c:spPr>{_letters(size)}"
        f'<c:crossAx val="{_OF_BARS}"/><c:crosses val="autoZero"/><c:auto val="0"/><c:lblAlgn val="ctr"/>'
        '<c:lblOffset val="100"/><c:tickLblSkip val="1"/><c:noMultiLvlLbl val="1"/></c:catAx>'
    )
    plot = (
        f'{_layout(room, wide, high)}<c:barChart><c:barDir val="{"bar" if chart.horizontal else "col"}"/>'
        f'<c:grouping val="{grouping}"/><c:varyColors val="0"/>{series}<c:gapWidth val="{gap}"/>'
        f'<c:overlap val="{chart.overlap}"/><c:axId val="{_FIRST}"/><c:axId val="{_OF_BARS}"/></c:barChart>'
        + category
        + _axis(chart.value, _OF_BARS, _FIRST, at_left, "max" if chart.reversed else "autoZero")
    )
    columns = [("", chart.categories), *((one.name, one.values) for one in chart.series)]
    return Made(_space(plot, _legend([one.legend for one in chart.series])), _workbook(columns), room)


def _bar_series(one: BarSeries, at: int, chart: Bars, last: int, room: Room, size: float) -> str:
    column = xl_col_to_name(at + 1)
    known = [shade for shade, value in zip(one.colors, one.values, strict=True) if value is not None]
    usual = max(known, key=known.count, default=PRIMARY)
    differing = "".join(
        f'<c:dPt><c:idx val="{place}"/><c:invertIfNegative val="0"/><c:bubble3D val="0"/>'
        f"{_filled(shade, edge)}</c:dPt>"
        for place, (shade, edge, value) in enumerate(zip(one.colors, one.edges, one.values, strict=True))
        if value is not None and (shade != usual or edge)
    )
    return (
        f'<c:ser><c:idx val="{at}"/><c:order val="{at}"/>{_words("tx", f"{SHEET}!${column}$1", [one.name])}'
        f'{_filled(usual, None)}<c:invertIfNegative val="0"/>{differing}'
        f"{_labels(_fitting(one, chart, room), size)}"
        f"{_words('cat', f'{SHEET}!$A$2:$A${last}', chart.categories)}"
        f"{_numbers('val', f'{SHEET}!${column}$2:${column}${last}', one.values, len(one.values))}</c:ser>"
    )


def _fitting(one: BarSeries, chart: Bars, room: Room) -> list[Label | None]:
    """The words of bars, without those that do not fit into their bar of a stack."""
    low, high = chart.value.low, chart.value.high
    if not chart.stacked or not chart.horizontal or low is None or high is None:
        return one.labels
    point = room.width / (high - low)
    return [
        label if label and value and width(label.lines[0], label.size) <= value * point else None
        for label, value in zip(one.labels, one.values, strict=True)
    ]


def _filled(shade: str, edge: str | None) -> str:
    line = _line(Stroke(edge, 1.5)) if edge else _line(None)
    return f"<c:spPr>{solid(shade)}{line}</c:spPr>"


# Points ------------------------------------------------------------


def _points(chart: Points, wide: float, high: float) -> Made:
    top = 26 + _legend_height([one.name for one in chart.series if one.legend], wide)
    bottom = (26 if chart.x.shown else 6) + 18 * bool(chart.x.title)
    if chart.x.names:
        bottom += 15 * (max(len(lines) for _, lines in chart.x.names) - 1)
    size = SIZE
    if chart.y.names:
        size, left = _beside([" ".join(lines) for _, lines in chart.y.names], wide, high - top - bottom)
        named = tuple((at, tuple(_broken(" ".join(lines), size, left, lines))) for at, lines in chart.y.names)
        chart = replace(chart, y=replace(chart.y, names=named))
    else:
        left = 44.0 if chart.y.shown else 12.0
    left += 20 * bool(chart.y.title)
    right = 16 + chart.right
    room = Room(left, top, wide - left - right, high - top - bottom)
    series = [_apart(one, chart.y, room) for one in chart.series if one.x]
    series += _named_places(chart.x, chart.y, size)
    count = max(len(one.x) for one in series)
    columns: list[tuple[str, Sequence[Any]]] = []
    drawn = []
    for at, one in enumerate(series):
        first = len(columns)
        columns += [(f"{one.name} X", one.x), (one.name, one.y)]
        drawn.append(_point_series(one, at, first, chart, room, size, count))
    plot = (
        f"{_layout(room, wide, high)}<c:scatterChart>"
        f'<c:scatterStyle val="lineMarker"/><c:varyColors val="0"/>{"".join(drawn)}'
        f'<c:axId val="{_FIRST}"/><c:axId val="{_SECOND}"/></c:scatterChart>'
        + _axis(chart.x, _FIRST, _SECOND, "b", "max" if chart.y.reversed else "min")
        + _axis(chart.y, _SECOND, _FIRST, "l", "max" if chart.x.reversed else "min")
    )
    return Made(_space(plot, _legend([one.legend for one in series])), _workbook(columns), room)


def _apart(one: Series, axis: Axis, room: Room) -> Series:
    """A series whose loose labels at the same x are moved up or down until none lies on another."""
    if not any(label and label.loose for label in one.labels) or axis.low is None or axis.high is None:
        return one
    point = (axis.high - axis.low) / room.height
    y = list(one.y)
    for x in {x for x, label in zip(one.x, one.labels, strict=True) if label and label.loose}:
        stacks: list[list[int]] = []
        here = [at for at, label in enumerate(one.labels) if label and label.loose and one.x[at] == x]
        for at in sorted(here, key=lambda at: one.y[at] or 0.0):
            stacks.append([at])
            while len(stacks) > 1 and _reach(one, stacks[-2], point)[1] > _reach(one, stacks[-1], point)[0]:
                stacks[-2:] = [stacks[-2] + stacks[-1]]
        for stack in stacks:
            edge, top = _reach(one, stack, point)
            edge = max(axis.low, edge - max(0.0, top - axis.high))  # a point beyond the axis is not drawn
            for at in stack:
                high = _label_height(one.labels[at]) * point
                y[at], edge = edge + high / 2, edge + high
    return replace(one, y=y)


def _reach(one: Series, stack: Sequence[int], point: float) -> tuple[float, float]:
    """The lower and upper end of labels that stand on one another around the middle of their points."""
    middle = sum(one.y[at] or 0.0 for at in stack) / len(stack)
    half = sum(_label_height(one.labels[at]) for at in stack) * point / 2
    return middle - half, middle + half


def _label_height(label: Label | None) -> float:
    return 0.0 if label is None else len(label.lines) * min(label.size, SIZE) * LEADING * 0.9


def _named_places(x: Axis, y: Axis, size: float) -> list[Series]:
    """The names of places on an axis, at points without a mark on its line."""
    found = []
    for axis, other, name, side in ((x, y, "ชื่อแกน X", "b"), (y, x, "ชื่อแกน Y", "l")):
        edge = other.high if other.reversed else other.low
        inside = [place for place in axis.names if (axis.low or 0) <= place[0] <= (axis.high or 0)]
        if not inside or not axis.shown:
            continue
        along, across = [place for place, _ in inside], [edge] * len(inside)
        labels: list[Label | None] = [Label(tuple(lines), side, INK, size) for _, lines in inside]
        both = (along, across) if axis is x else (across, along)
        found.append(Series(name, *both, labels=labels))
    return found


def _point_series(
    one: Series, at: int, first: int, chart: Points, room: Room, size: float, count: int
) -> str:
    def cells(column: int) -> str:
        letter = xl_col_to_name(column)
        return f"{SHEET}!${letter}$2:${letter}${count + 1}"

    usual = next((mark for mark in one.marks if mark), None)
    stroke = one.stroke
    if stroke and one.thick:
        other, length = (chart.y, room.height) if one.along == "x" else (chart.x, room.width)
        thick = one.thick * length / ((other.high or 1) - (other.low or 0))
        stroke = replace(stroke, width=max(2.0, min(thick, THICKEST_LINE)))
    differing = "".join(
        f'<c:dPt><c:idx val="{place}"/>{_marker(mark)}<c:bubble3D val="0"/>'
        f"<c:spPr>{_line(stroke)}</c:spPr></c:dPt>"
        for place, mark in enumerate(one.marks)
        if mark and mark != usual
    )
    return (
        f'<c:ser><c:idx val="{at}"/><c:order val="{at}"/>'
        f"{_words('tx', f'{SHEET}!${xl_col_to_name(first + 1)}$1', [one.name])}"
        f"<c:spPr>{_line(stroke)}</c:spPr>{_marker(usual)}{differing}{_labels(one.labels, size)}"
        f"{_numbers('xVal', cells(first), one.x, count)}{_numbers('yVal', cells(first + 1), one.y, count)}"
        '<c:smooth val="0"/></c:ser>'
    )


def _marker(mark: Any) -> str:
    if mark is None:
        return '<c:marker><c:symbol val="none"/></c:marker>'
    fill = solid(mark.fill or pale(mark.edge))
    return (
        f'<c:marker><c:symbol val="{mark.symbol}"/><c:size val="{round(mark.size)}"/>'
        f"<c:spPr>{fill}{_line(Stroke(mark.edge, 1.5))}</c:spPr></c:marker>"
    )


# The workbook ------------------------------------------------------------


def _workbook(columns: Sequence[tuple[str, Sequence[Any]]]) -> bytes:
    """The figures for editing: a column each, its name on top; no text runs as a formula."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet(SHEET)
        for column, (name, values) in enumerate(columns):
            sheet.write_string(0, column, name)
            for row, value in enumerate(values, start=1):
                if isinstance(value, str):
                    sheet.write_string(row, column, value)
                elif value is not None:
                    sheet.write_number(row, column, value)
    return content.getvalue()
