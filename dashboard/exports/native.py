"""A Plotly figure as a chart PowerPoint can draw and people can edit: bars, or points on two axes.

Pure: traces in, plain data out. Bars over named categories become a bar chart. All else that has axes (lines
over years, dots in rows, histograms with points) becomes a chart of points: names stand where its axis has
none of its own, and a bar among points is a thick line, for PowerPoint puts no points on a bar chart.
Bands are drawn by their edges, and points of a stretched axis stand where they are on an even one: figures
in a file are points, not places. What is neither has no counterpart, and its view is shown as a table.
"""

import base64
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

import numpy as np
import plotly.graph_objects as go

from dashboard.charts import base, stretch
from dashboard.exports.lettering import color, lines_of

POINTS_PER_PIXEL = 0.75
MOST_POINTS = 5_000
"""Points a chart of PowerPoint takes without becoming slow to open."""
OPACITY = 0.6
"""Of a bar among points."""
SYMBOLS = {
    "circle": "circle",
    "square": "square",
    "diamond": "diamond",
    "triangle-up": "triangle",
    "triangle-right": "triangle",
    "triangle-down": "diamond",
    "triangle-left": "diamond",
    "line-ew": "dash",
    "line-ns": "plus",
    "x": "x",
    "cross": "plus",
    "star": "star",
}
"""Symbols of Plotly → the ones PowerPoint has; a fall stays a shape of its own beside a rise."""
DASHES = {"solid": "solid", "dash": "dash", "dot": "sysDot", "dashdot": "dashDot"}
SIDES = {"right": "r", "left": "l", "top": "t", "bottom": "b"}


@dataclass(frozen=True)
class Label:
    """Words at a point: their lines, on which side (l, r, t, b, ctr), colour and size in points.

    Those that are `loose` may move up or down where they would lie on others.
    """

    lines: tuple[str, ...]
    side: str
    color: str
    size: float
    bold: bool = False
    loose: bool = False


@dataclass(frozen=True)
class Stroke:
    """A line; its width in points."""

    color: str
    width: float
    dash: str = "solid"


@dataclass(frozen=True)
class Mark:
    """The symbol of a point; its size in points, without `fill` it is hollow."""

    symbol: str
    size: float
    fill: str | None
    edge: str


@dataclass(frozen=True)
class Axis:
    """An axis of numbers: its ends (None: PowerPoint's own) and step, or names of places for numbers."""

    low: float | None = None
    high: float | None = None
    step: float | None = None
    reversed: bool = False
    title: str = ""
    names: tuple[tuple[float, tuple[str, ...]], ...] = ()
    grid: bool = True
    shown: bool = True
    format: str = "General"


@dataclass(frozen=True)
class Across:
    """A line through the whole chart at a place of one axis ("x" or "y"), with words at its upper end."""

    axis: str
    at: float
    stroke: Stroke
    words: str = ""


@dataclass(frozen=True)
class Series:
    """Points on two axes, None in both where a line is cut.

    Every point has its mark and label or None. Bars are lines as thick as `thick` units of the other axis.
    """

    name: str
    x: list[float | None]
    y: list[float | None]
    legend: bool = False
    stroke: Stroke | None = None
    marks: list[Mark | None] = field(default_factory=list)
    labels: list[Label | None] = field(default_factory=list)
    thick: float = 0.0
    along: str = "x"


@dataclass(frozen=True)
class Points:
    """A chart of points and lines."""

    x: Axis
    y: Axis
    series: list[Series]
    right: float = 0.0  # room for words beside it, in points


@dataclass(frozen=True)
class BarSeries:
    """A bar per category, None where there is none."""

    name: str
    values: list[float | None]
    colors: list[str]
    edges: list[str | None]
    labels: list[Label | None]
    legend: bool


@dataclass(frozen=True)
class Bars:
    """A bar chart; `lines` cross it, on its axis of categories counted from 0."""

    categories: list[str]
    horizontal: bool
    stacked: bool
    overlap: int
    gap: int
    reversed: bool
    value: Axis
    series: list[BarSeries]
    lines: list[Across]
    category_title: str = ""


def chart_of(figure: go.Figure | None) -> Bars | Points | None:
    """The native chart of a figure; None where it has no counterpart."""
    if figure is None:
        return None
    drawn = figure.to_dict()
    layout, traces = drawn["layout"], [one for one in drawn["data"] if one.get("visible", True) is True]
    if not traces or any(one["type"] not in ("bar", "scatter") for one in traces):
        return None
    axes = {name: layout.get(f"{name}axis") or {} for name in "xy"}
    if all(axis.get("visible") is False for axis in axes.values()) or any(
        one.get(f"{name}axis", name) != name for one in traces for name in "xy"
    ):
        return None  # places that are no numbers, or several charts in one
    if any(
        one["type"] == "bar" and axes["y" if one.get("orientation") == "h" else "x"].get("visible") is False
        for one in traces
    ):
        return None  # blocks, named by the words in them
    for name in "xy":
        if _stretched(axes[name]) and not _evened(name, traces, layout):
            return None  # its places are not the points it names
    if sum(len(decoded(one.get("y")) or decoded(one.get("x"))) for one in traces) > MOST_POINTS:
        return None
    return _bars(traces, layout, axes) or _points(traces, layout, axes)


def shares(figure: go.Figure | None) -> list[list[float | None]]:
    """The cells of a heat map as shares of its scale, row by row; empty for any other figure."""
    traces = [] if figure is None else figure.to_dict()["data"]
    if len(traces) != 1 or traces[0]["type"] != "heatmap" or "zmin" not in traces[0]:
        return []
    low, high = traces[0]["zmin"], traces[0]["zmax"]
    return [
        [None if value is None else (value - low) / (high - low) for value in decoded(row)]
        for row in traces[0]["z"]
        if isinstance(row, list | tuple | np.ndarray)
    ]


def decoded(values: Any) -> list[Any]:
    """The values of an array of Plotly, which may be packed; NaN is None."""
    if values is None:
        return []
    if isinstance(values, dict):
        values = np.frombuffer(base64.b64decode(values["bdata"]), dtype=values["dtype"])
    if isinstance(values, np.ndarray):
        values = values.tolist()
    return [None if isinstance(one, float) and math.isnan(one) else one for one in values]


def _at(value: Any, place: int, default: Any = None) -> Any:
    """A property of a point: its own of a list, else the one of all points."""
    if isinstance(value, dict) and "bdata" in value:
        value = decoded(value)
    if isinstance(value, list | tuple | np.ndarray):
        value = value[place] if place < len(value) else None
    return default if value is None else value


def _stretched(axis: Mapping[str, Any]) -> bool:
    """Does an axis name its places with other numbers than they are?"""
    places, names = decoded(axis.get("tickvals")), decoded(axis.get("ticktext"))
    try:
        return any(float(name) != float(place) for place, name in zip(places, names, strict=False))
    except ValueError:
        return False


def is_stretched(figure: go.Figure | None) -> bool:
    """Is a figure drawn on an axis that gives the points near 100 more room?"""
    layout = {} if figure is None else figure.to_dict()["layout"]
    return any(_stretched(layout.get(f"{name}axis") or {}) for name in "xy")


def _evened(name: str, traces: Sequence[dict[str, Any]], layout: dict[str, Any]) -> bool:
    """Put everything that stands on the stretched axis `name` to the points it means, if they are known."""
    axis = layout[f"{name}axis"]
    ticks = zip(decoded(axis["tickvals"]), decoded(axis["ticktext"]), strict=True)
    if any(not math.isclose(_meant(at), float(words), abs_tol=1e-6) for at, words in ticks):
        return False
    for one in traces:
        if one["type"] != "bar":
            one[name] = [_meant(at) for at in decoded(one[name])]
        elif (one.get("orientation") == "h") == (name == "x"):  # as long as its value
            lengths = decoded(one[name])
            starts = [_at(one.get("base"), number, 0.0) for number in range(len(lengths))]
            ends = [None if b is None else a + b for a, b in zip(starts, lengths, strict=True)]
            one["base"] = [_meant(at) for at in starts]
            one[name] = [
                None if end is None else round(_meant(end) - start, 9)
                for start, end in zip(one["base"], ends, strict=True)
            ]
        else:  # as wide as its values
            places = decoded(one[name])
            widths = [_at(one.get("width"), number, 0.0) for number in range(len(places))]
            edges = [(_meant(at - w / 2), _meant(at + w / 2)) for at, w in zip(places, widths, strict=True)]
            one[name] = [round((low + high) / 2, 1) for low, high in edges]
            one["width"] = [high - low for low, high in edges]
    for one in [*layout.get("shapes", ()), *layout.get("annotations", ())]:
        if one.get(f"{name}ref", name) == name:
            one |= {key: _meant(one[key]) for key in (name, f"{name}0", f"{name}1") if key in one}
    start, end = axis["range"]
    low = _meant(start)
    axis["range"] = [low, 100 + (100 - low) * max(0.0, end - 100) / (100 - start)]
    del axis["tickvals"], axis["ticktext"]
    return True


def _meant(at: Any) -> Any:
    """The points at a place of a stretched axis, as they were before it was."""
    return None if at is None else round(stretch.points(at, stretched=True), 9)


def _title(axis: Mapping[str, Any]) -> str:
    return " ".join(lines_of((axis.get("title") or {}).get("text") or ""))


def _format(axis: Mapping[str, Any]) -> str:
    """The number format of an axis as Excel writes it."""
    form = {",": "#,##0;;0", "+d": "+0;-0;0"}.get(axis.get("tickformat", ""), "General")
    return f'0"{axis["ticksuffix"]}"' if str(axis.get("ticksuffix", "")).strip() else form


def _within(form: str, ticks: Sequence[Any]) -> str:
    """A number format that names no places beyond the ticks: room for words there are no points."""
    return f'[<{ticks[0]:g}]"";[>{ticks[-1]:g}]"";General' if form == "General" and ticks else form


def _stroke(line: Mapping[str, Any], default: str) -> Stroke:
    return Stroke(
        color(line.get("color"), default),
        max(0.75, line.get("width", 2) * POINTS_PER_PIXEL),
        DASHES.get(line.get("dash", "solid"), "dash"),
    )


def _label(words: Any, side: str, font: Mapping[str, Any], place: int = 0) -> Label | None:
    if not str(words or "").strip():
        return None
    return Label(
        tuple(lines_of(str(words))),
        side,
        color(_at(font.get("color"), place), base.INK),
        max(10.0, _at(font.get("size"), place, 14) * 0.85),
        str(words).lstrip().startswith("<b>"),
    )


def _in_legend(trace: Mapping[str, Any], traces: Sequence[Mapping[str, Any]], layout: Any) -> bool:
    """Has a trace a line in the legend, as Plotly decides it?"""
    several = sum(one.get("showlegend") is not False for one in traces) > 1
    shown = layout.get("showlegend")
    if shown is None and not several and any(one.get("showlegend") is True for one in traces):
        return bool(trace.get("name"))  # all are named where one has to be: one alone says too little
    shown = several if shown is None else shown
    return bool(shown and trace.get("showlegend") is not False and trace.get("name"))


# Bars over named categories ------------------------------------------------------------


def _bars(traces: list[dict[str, Any]], layout: Any, axes: Mapping[str, Any]) -> Bars | None:
    """A bar chart, where all that is drawn are bars from 0 over names, and words beside them."""
    bars = [one for one in traces if one.get("type") == "bar"]
    words = [one for one in traces if one not in bars]
    if not bars or any(one.get("mode") != "text" for one in words):
        return None
    if any(
        any(decoded(one["base"]) if _many(one["base"]) else [one["base"]]) for one in bars if "base" in one
    ):
        return None
    horizontal = bars[0].get("orientation") == "h"
    of_names, of_values = ("y", "x") if horizontal else ("x", "y")
    axis, value = axes[of_names], axes[of_values]
    names = _names(axis, [key for one in bars for key in decoded(one[of_names])])
    if names is None or any(key not in names for one in bars for key in decoded(one[of_names])):
        return None  # its names are those of some places, between which bars stand too
    keys = list(names)
    found = [dict(zip(decoded(one[of_names]), range(len(keys)), strict=False)) for one in bars]
    mode = layout.get("barmode", "group")
    apart = sum(map(len, found)) == len(set().union(*found))
    within = "ctr" if mode == "stack" else ""  # a bar of a stack has no words beyond its end
    beside = {}
    for one in words:
        for place, key in enumerate(decoded(one[of_names])):
            words_at = _at(one.get("text"), place)
            beside[key] = _label(words_at, within or "outEnd", one.get("textfont") or {}, place)
    series = []
    for number, (one, places) in enumerate(zip(bars, found, strict=True)):
        values, marker = decoded(one[of_values]), one.get("marker") or {}
        default = base.SERIES[number % len(base.SERIES)]
        side = within or ("ctr" if one.get("textposition") == "inside" else "outEnd")
        own = [
            None
            if one.get("textposition") == "none"
            else _label(_at(one.get("text"), place), side, one.get("textfont") or {}, place)
            for place in range(len(values))
        ]
        last = {key for key in places if not any(key in later for later in found[number + 1 :])}
        series.append(
            BarSeries(
                name=" ".join(lines_of(one.get("name") or _title(value) or "ค่า")),
                values=[values[places[key]] if key in places else None for key in keys],
                colors=[
                    color(_at(marker.get("color"), places[key]), default) if key in places else default[1:]
                    for key in keys
                ],
                edges=[_edge(marker, places[key]) if key in places else None for key in keys],
                labels=[
                    (own[places[key]] or (beside.get(key) if key in last else None))
                    if key in places
                    else None
                    for key in keys
                ],
                legend=_in_legend(one, traces, layout),
            )
        )
    ends = axis.get("range")
    notes = layout.get("annotations") or []
    lines = [_across(shape, notes) for shape in layout.get("shapes") or [] if shape.get("type") == "line"]
    low, high = value.get("range") or (None, None)
    step = _step(decoded(value.get("tickvals")), low, high) if low is not None else None
    if step:  # the steps are counted from the low end
        low = step * math.floor(low / step + 1e-9)
    return Bars(
        categories=[" ".join(names[key]) for key in keys],
        horizontal=horizontal,
        stacked=mode == "stack",
        overlap=100 if mode in ("stack", "overlay") or apart else 0,
        gap=round(100 * layout.get("bargap", 0.25) / (1 - layout.get("bargap", 0.25))),
        reversed=axis.get("autorange") == "reversed" or bool(ends and ends[0] > ends[1]),
        value=Axis(
            low,
            high,
            step,
            title=_title(value),
            grid=value.get("showgrid", True),
            shown=value.get("visible", True),
            format=_within(_format(value), decoded(value.get("tickvals"))),
        ),
        series=series,
        lines=[one for one in lines if one],
        category_title=_title(axis),
    )


def _many(value: Any) -> bool:
    return isinstance(value, list | tuple | np.ndarray | dict)


def _edge(marker: Mapping[str, Any], place: int) -> str | None:
    """The outline of a bar, where it has one that says something: one that is not filled is not known."""
    line = marker.get("line") or {}
    if not line.get("width") or not line.get("color"):
        return None
    return color(_at(line["color"], place), base.PAPER)


def _names(axis: Mapping[str, Any], keys: list[Any]) -> dict[Any, list[str]] | None:
    """The categories of an axis in order, each with its lines; None where it is one of numbers."""
    if ticks := decoded(axis.get("ticktext")):
        return {key: lines_of(str(name)) for key, name in zip(decoded(axis["tickvals"]), ticks, strict=True)}
    if any(not isinstance(key, str) for key in keys):
        return None
    order = [key for key in decoded(axis.get("categoryarray")) if isinstance(key, str)]
    return {key: lines_of(key) for key in dict.fromkeys([*order, *keys])}


def _across(shape: Mapping[str, Any], notes: Sequence[Mapping[str, Any]] = ()) -> Across | None:
    """A line through the chart, if a shape is one, with the words of `notes` at its end."""
    for axis, other in ("xy", "yx"):
        whole = str(shape.get(f"{other}ref", "")).endswith("domain")
        if whole and shape[f"{axis}0"] == shape[f"{axis}1"]:
            at = shape[f"{axis}0"]
            named = (one for one in notes if one.get(axis) == at and one.get(f"{axis}ref", axis) == axis)
            words = " ".join(line for one in named for line in lines_of(str(one.get("text") or "")))
            return Across(axis, at, _stroke(shape.get("line") or {}, base.MUTED), words)
    return None


def _step(ticks: Sequence[Any], low: float, high: float) -> float:
    """The step between even ticks; without them a round one for about five."""
    gaps = {round(b - a, 6) for a, b in pairwise(ticks)}
    if len(gaps) == 1:
        return float(gaps.pop())
    wanted = abs(high - low) / 6 or 1
    size = 10 ** math.floor(math.log10(wanted))
    return float(next(size * times for times in (1, 2, 5, 10) if size * times >= wanted))


# Points on two axes ------------------------------------------------------------


@dataclass(frozen=True)
class _Scale:
    """Where the values of an axis stand: categories at numbers counted from `start`."""

    categories: dict[str, int] | None
    start: int = 0

    def __call__(self, value: Any) -> float | None:
        if value is None or self.categories is None:
            return None if value is None else float(value)
        return float(self.start + (self.categories[value] if isinstance(value, str) else value))


def _points(traces: list[dict[str, Any]], layout: Any, axes: Mapping[str, Any]) -> Points | None:
    """Points on two axes."""
    scales = {name: _scale(axes[name], name, traces) for name in "xy"}
    at_x, at_y = scales["x"], scales["y"]
    series: list[Series] = []
    marked = any("markers" in one.get("mode", "") for one in traces)
    for number, one in enumerate(traces):
        if one["type"] == "bar":
            bars = _reaching(one, at_x, at_y, _in_legend(one, traces, layout))
            series += [_clear(bar) if marked and bar.along == "x" else bar for bar in bars]
        else:
            series.append(_scattered(one, number, at_x, at_y, _in_legend(one, traces, layout)))
    series = _merged(series)
    drawn = {
        name: _axis(axes[name], scales[name], [end for one in series for end in _ends(one, name)])
        for name in "xy"
    }
    if any(axis is None for axis in drawn.values()):
        return None
    x, y = drawn["x"], drawn["y"]
    assert x is not None
    assert y is not None
    series += _shapes(layout.get("shapes") or [], at_x, at_y, x, y)
    series += _annotations(layout.get("annotations") or [], at_x, at_y, x, y)
    notes = layout.get("annotations") or []
    outside = any(note.get("xref") == "paper" or _is_loose(note) for note in notes)
    right = (layout.get("margin") or {}).get("r", 64)
    right *= 0.4 if any(map(_is_loose, notes)) else 1.0  # beyond the last year there is a year's room
    return Points(x, y, series, right=right if outside else 0.0)


def _scale(axis: Mapping[str, Any], name: str, traces: Sequence[Mapping[str, Any]]) -> _Scale:
    keys = [key for one in traces for key in decoded(one.get(name)) if key is not None]
    if axis.get("type") != "category" and not any(isinstance(key, str) for key in keys):
        return _Scale(None)
    order = dict.fromkeys([*decoded(axis.get("categoryarray")), *keys])
    categories = {str(key): place for place, key in enumerate(order)}
    years = all(key.isdecimal() and len(key) == 4 for key in categories)
    if years and [int(key) for key in categories] == [
        int(next(iter(categories))) + place for place in range(len(categories))
    ]:
        return _Scale(categories, int(next(iter(categories))))
    return _Scale(categories)


def _axis(axis: Mapping[str, Any], scale: _Scale, values: Sequence[float]) -> Axis | None:
    """The axis of places from the least to the most of `values` at least; None where there is no value."""
    if not values:
        return None
    ends = axis.get("range")
    turned = axis.get("autorange") == "reversed" or bool(ends and ends[0] > ends[1])
    made = Axis(
        reversed=turned,
        title=_title(axis),
        grid=axis.get("showgrid", True),
        shown=axis.get("visible", True),
        format=_format(axis),
    )
    if scale.categories is not None:
        first, last = scale.start, scale.start + len(scale.categories) - 1
        said = dict(zip(decoded(axis.get("tickvals")), decoded(axis.get("ticktext")), strict=False))
        named = tuple(
            (float(first + at), tuple(lines_of(str(said.get(key, key)))))
            for key, at in scale.categories.items()
        )
        if scale.start and said:  # what stands below a year, such as its n
            return replace(made, low=first - 1, high=last + 1, names=named, grid=False)
        if scale.start:  # years are numbers; none stands beyond the first and the last
            return replace(
                made, low=first - 1, high=last + 1, step=1, grid=False, format=f'[<{first}]"";[>{last}]"";0'
            )
        low, high = sorted(ends) if ends else (first - 0.5, last + 0.5)
        return replace(made, low=low, high=high, names=named, grid=False)
    if ends is None:
        room = 0.05 * (max(values) - min(values)) or 1.0
        ends = (min(values) - room, max(values) + room)
    low, high = sorted(round(float(end), 6) for end in ends)  # LibreOffice cuts off what is a hair beyond
    ticks = decoded(axis.get("tickvals"))
    if names := decoded(axis.get("ticktext")):
        named = tuple((float(at), tuple(lines_of(str(name)))) for at, name in zip(ticks, names, strict=True))
        if any(not _is_number(name) for _, (name, *_) in named):
            return replace(made, low=low, high=high, names=named, grid=False)
    # PowerPoint counts its steps from the low end, so this has to be one of them
    step = _step(ticks, low, high)
    first = ticks[0] if ticks else math.ceil(low / step) * step
    even = first if min(values) >= first else first - step
    if low - even > 0.15 * (high - low):
        places = ticks or list(np.arange(first, high, step))
        return replace(
            made, low=low, high=high, names=tuple((float(at), (f"{at:g}",)) for at in places), grid=False
        )
    return replace(
        made,
        low=float(even),
        high=float(max(high, *values)),
        step=step,
        format=_within(made.format, ticks),
    )


def _is_number(words: str) -> bool:
    try:
        float(words)
    except ValueError:
        return False
    return True


def _ends(one: Series, axis: str) -> list[float]:
    """The places a series reaches on an axis."""
    return [at for at in (one.x if axis == "x" else one.y) if at is not None]


def _reaching(trace: Mapping[str, Any], at_x: _Scale, at_y: _Scale, legend: bool) -> list[Series]:
    """Bars between two places as thick lines: a series for each colour, for a series has one."""
    along = "x" if trace.get("orientation") == "h" else "y"
    places = decoded(trace["y"] if along == "x" else trace["x"])
    lengths = decoded(trace["x"] if along == "x" else trace["y"])
    marker, words = trace.get("marker") or {}, trace.get("textfont") or {}
    outside = trace.get("textposition") == "outside"
    found: dict[str, Series] = {}
    for number, (place, length) in enumerate(zip(places, lengths, strict=True)):
        if length is None:
            continue
        shade, edge = color(_at(marker.get("color"), number), base.PRIMARY), _edge(marker, number)
        shade = pale(edge) if edge and shade == base.PAPER[1:] else shade  # an open bar: a line has no edge
        start = float(_at(trace.get("base"), number, 0.0))
        ends: list[float | None] = [start, start + length]
        across = [(at_y if along == "x" else at_x)(place)] * 2
        side = {"x": "rl", "y": "tb"}[along][length < 0]
        end = _label(_at(trace.get("text"), number), side, words, number) if outside else None
        one = Series(
            name=" ".join(lines_of(trace.get("name") or "แท่ง")),
            x=ends if along == "x" else across,
            y=across if along == "x" else ends,
            legend=legend and not found,
            stroke=Stroke(shade, 0.0),
            thick=float(_at(trace.get("width"), 0, 0.75)),
            along=along,
            marks=[None, None],
            labels=[None, end],
        )
        found[shade] = joined(found[shade], one) if shade in found else one
    return list(found.values())


def pale(shade: str) -> str:
    """What stands for a hollow mark or bar: LibreOffice draws no edges of them, and white is not seen."""
    return "".join(f"{round(255 - (255 - int(shade[at : at + 2], 16)) * 0.3):02X}" for at in (0, 2, 4))


def _clear(bar: Series) -> Series:
    """A bar one sees points through: LibreOffice draws it over them. A pale one looks as before on white."""
    assert bar.stroke is not None
    channels = [int(bar.stroke.color[at : at + 2], 16) for at in (0, 2, 4)]
    darker = [round(255 - (255 - one) / OPACITY) for one in channels]
    shade = "".join(f"{one:02X}" for one in (darker if min(darker) >= 0 else channels))
    return replace(bar, stroke=replace(bar.stroke, color=f"{shade}{round(255 * OPACITY):02X}"))


def _scattered(trace: Mapping[str, Any], number: int, at_x: _Scale, at_y: _Scale, legend: bool) -> Series:
    """Points, the line through them and the words at them."""
    x, y = decoded(trace.get("x")), decoded(trace.get("y"))
    mode = trace.get("mode", "lines")
    marker, line = trace.get("marker") or {}, trace.get("line") or {}
    default = line.get("color") or base.SERIES[number % len(base.SERIES)]
    stroke = _stroke(line, default) if "lines" in mode else None
    if stroke and line.get("width") == 0:  # the edge of a band
        stroke = Stroke(base.QUIET[1:], 1.0) if trace.get("fill") or not legend else None
    known = [a is not None and b is not None for a, b in zip(x, y, strict=True)]
    return Series(
        name=" ".join(lines_of(trace.get("name") or "จุด")),
        x=[at_x(one) if known[place] else None for place, one in enumerate(x)],
        y=[at_y(one) if known[place] else None for place, one in enumerate(y)],
        legend=legend,
        stroke=stroke,
        marks=[
            _mark(marker, default, place) if "markers" in mode and known[place] else None
            for place in range(len(x))
        ],
        labels=[
            _label(
                _at(trace.get("text"), place),
                _side(_at(trace.get("textposition"), place, "middle center")),
                trace.get("textfont") or {},
                place,
            )
            if "text" in mode and known[place]
            else None
            for place in range(len(x))
        ],
    )


def _side(position: str) -> str:
    """The side of a point on which PowerPoint puts words: above and below come first, as in Plotly."""
    upright, _, aside = position.partition(" ")
    return SIDES.get(upright) or SIDES.get(aside) or "ctr"


def _mark(marker: Mapping[str, Any], default: str, place: int) -> Mark:
    symbol = str(_at(marker.get("symbol"), place, "circle"))
    line = marker.get("line") or {}
    fill = color(_at(marker.get("color"), place), default)
    edge = color(_at(line.get("color"), place), fill)
    if symbol.startswith("line-"):
        fill = edge
    hollow = symbol.endswith("-open") or (fill == base.PAPER[1:] and edge != fill)
    edge = fill if symbol.endswith("-open") else edge
    return Mark(
        SYMBOLS.get(symbol.removesuffix("-open"), "circle"),
        min(max(_at(marker.get("size"), place, 6) * POINTS_PER_PIXEL, 5), 20),
        None if hollow else fill,
        edge,
    )


def _merged(series: Sequence[Series]) -> list[Series]:
    """Series that are one line cut at a break, joined to one with a gap: a name stands once in the data."""
    merged: dict[Any, Series] = {}
    for one in series:
        key = (one.name, one.stroke, one.thick, tuple({m.symbol for m in one.marks if m}))
        if one.name == "จุด" and key in merged:
            key = (*key, len(merged))  # what has no name is not known to be one
        merged[key] = joined(merged[key], one) if key in merged else one
    return list(merged.values())


def joined(before: Series, after: Series) -> Series:
    """One series of two, with a gap between where they are lines; lines that meet are one."""
    meet = before.stroke is not None and (before.x[-1:], before.y[-1:]) == (after.x[:1], after.y[:1])
    gap = [None] if before.stroke and not meet else []
    return replace(
        before,
        x=[*before.x, *gap, *after.x[meet:]],
        y=[*before.y, *gap, *after.y[meet:]],
        legend=before.legend or after.legend,
        marks=[*before.marks, *gap, *after.marks[meet:]],
        labels=[*before.labels, *gap, *after.labels[meet:]],
    )


def _shapes(
    shapes: Sequence[Mapping[str, Any]], at_x: _Scale, at_y: _Scale, x: Axis, y: Axis
) -> list[Series]:
    """Lines across the chart or between two places, and the sides of stretches of the x axis."""
    found = []
    for shape in (line for one in shapes for line in _sides(one)):
        whole = _across(shape)
        ends: list[tuple[float | None, float | None]]
        if whole and whole.axis == "x":
            ends = [(at_x(whole.at), y.low), (at_x(whole.at), y.high)]
        elif whole:
            ends = [(x.low, at_y(whole.at)), (x.high, at_y(whole.at))]
        else:
            ends = [(at_x(shape["x0"]), at_y(shape["y0"])), (at_x(shape["x1"]), at_y(shape["y1"]))]
        stroke = _stroke(shape.get("line") or {}, base.MUTED)
        across, up = [end[0] for end in ends], [end[1] for end in ends]
        found.append(Series("เส้น", across, up, stroke=stroke, marks=[None] * 2, labels=[None] * 2))
    return _merged(found)


def _sides(shape: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """A line as it is; of a stretch of the x axis, as high as the chart, the lines at its sides."""
    if shape.get("type") == "line":
        return [shape]
    if shape.get("type") != "rect" or not str(shape.get("yref", "")).endswith("domain"):
        return []  # what is behind every other row
    edge = {"color": base.QUIET, "width": 1}
    return [{**shape, "line": edge, "x0": shape[end], "x1": shape[end]} for end in ("x0", "x1")]


def _is_loose(note: Mapping[str, Any]) -> bool:
    """Are words put beside a point where there is room, such as at the end of a line?"""
    return note.get("xanchor") == "left" and note.get("yanchor") == "middle" and "yshift" in note


def _annotations(
    notes: Sequence[Mapping[str, Any]], at_x: _Scale, at_y: _Scale, x: Axis, y: Axis
) -> list[Series]:
    """Words at places of the chart or at its edges, each at a point of its own."""
    places: list[tuple[float, float, Label]] = []
    for note in notes:
        edge_x, edge_y = (str(note.get(f"{one}ref", one)).endswith(("paper", "domain")) for one in "xy")
        to_right = (note.get("xanchor") in ("left", None) and edge_x) or _is_loose(note)
        above = edge_y or note.get("yanchor") == "bottom" or note.get("yshift", 0) > 0
        side = "r" if to_right else "t" if above else "b"
        label = _label(note.get("text"), side, note.get("font") or {})
        label = label and replace(label, loose=_is_loose(note))
        across = _end(x, note["x"]) if edge_x else at_x(note["x"])
        up = _end(y, note["y"]) if edge_y else at_y(note["y"])
        if label and across is not None and up is not None:
            places.append((across, up, label))
    if not places:
        return []
    across_all, up_all, labels = zip(*places, strict=True)
    return [Series("ข้อความ", list(across_all), list(up_all), labels=list(labels))]


def _end(axis: Axis, share: float) -> float | None:
    """The place at a share of an axis."""
    if axis.low is None or axis.high is None:
        return None
    start, stop = (axis.high, axis.low) if axis.reversed else (axis.low, axis.high)
    return start + share * (stop - start)
