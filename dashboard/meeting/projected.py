"""A figure for the wall: the same marks, with letters that read from the back row, light or dark.

A slide is a canvas of 1920 × 1080 pixels, drawn smaller or larger to fit the screen.
"""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Any

import plotly.graph_objects as go

from ita_data import thai

LEAST_FONT = 24
"""Pixels of the smallest text on a canvas of 1920 × 1080."""
FACTOR = LEAST_FONT / 14
"""The letters of a page are 14 pixels high."""
ROOM = LEAST_FONT / 12
"""The smallest letters of a page grow the most; margins keep room for them."""
MARKS = 1.5
THICKEST = 120
"""Pixels of the thickest lying bar: one bar is not to fill the wall."""
TILE = 1.7
"""How much wider than high the tiles of a map are: their letters are."""
LABEL_WIDTH = 44
LINE = 1.3
"""Lines of a label apart, in letters' heights."""
AROUND = 150
"""Pixels above and below the rows of a chart: its axis, its legend."""
GROUND = {False: "#FFFFFF", True: "#171717"}
"""The ground of a light and of a dark wall; the dark one is what `turned` makes of white."""

_DARKEST = 0.0086  # relative luminance of the dark ground
_HEX = re.compile(r"#[0-9A-Fa-f]{6}")
_RGB = re.compile(r"rgba?\(\s*([\d.]+)\s*,\s*([\d.]+)\s*,\s*([\d.]+)\s*(,[^)]*)?\)")
_LENGTHS = {"standoff", "xshift", "yshift", "ax", "ay", "ticklen", "borderpad", "entrywidth"}
_SIDES = {"l", "r", "t", "b", "pad"}


def figure(
    shown: go.Figure, width: int, height: int, *, dark: bool = False, sheet: int = 0
) -> tuple[go.Figure, int]:
    """The figure, at most `width` × `height` pixels, with the rows of a sheet; how many sheets there are."""
    data = [_enlarged(one.to_plotly_json()) for one in shown.data]
    layout = _enlarged(shown.layout.to_plotly_json())
    _rewrap(data, layout)
    sheets, shown_rows = _cut(data, layout, height, sheet)
    data = _tiled(data, layout)
    layout["bargap"] = max(layout.get("bargap", 0.25), 1 - THICKEST * shown_rows / (height - AROUND))
    for trace in data:
        if trace.get("textposition") == "outside":
            trace["constraintext"] = "none"
    # Plotly would shrink words until they fit their bar; on the wall they are large or not there
    layout["uniformtext"] = {"minsize": LEAST_FONT, "mode": "hide"}
    if dark:
        data = [one if _inked_by_plotly(one) else _recoloured(one) for one in data]
        layout = _recoloured(layout)
    layout |= {"width": width, "height": height, "autosize": False, "hovermode": False}
    return go.Figure(data, layout, _validate=False), sheets


def _enlarged(node: Any, name: str = "") -> Any:
    """Letters at least `LEAST_FONT` high, room and marks in proportion."""
    if isinstance(node, Mapping):
        return {key: _length(value, key, name) for key, value in node.items()}
    if isinstance(node, list | tuple):
        return [_enlarged(one, name) for one in node]
    return node


def _length(value: Any, key: str, name: str) -> Any:
    if key == "size" and name.endswith("font"):
        return _times(value, lambda one: max(LEAST_FONT, round(one * FACTOR)))
    if (key in {"size", "width"} and name in {"marker", "line"}) or (
        name == "error_x" and key == "thickness"
    ):
        return _times(value, lambda one: one * MARKS)
    if key in _LENGTHS:
        return _times(value, lambda one: one * FACTOR)
    if name == "margin" and key in _SIDES:
        return _times(value, lambda one: one * ROOM)
    return _enlarged(value, key)


def _times(value: Any, change: Callable[[float], float]) -> Any:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return change(value)
    if hasattr(value, "tolist"):
        value = value.tolist()
    return [_times(one, change) for one in value] if isinstance(value, list | tuple) else value


def _rewrap(data: Sequence[dict[str, Any]], layout: dict[str, Any]) -> None:
    """Break the labels of rows anew: the wall is wider than a page, so lines may be longer and fewer."""
    for name, axis in layout.items():
        if re.match("[xy]axis", name) and isinstance(axis, dict) and "text" in axis.get("title", {}):
            axis["title"] = axis["title"] | {"text": _relabelled(axis["title"]["text"])}
        if name.startswith("yaxis") and isinstance(axis, dict):
            for key in ("categoryarray", "ticktext"):
                if key in axis:
                    axis[key] = [_relabelled(one) for one in axis[key]]
    for trace in data:
        if isinstance(trace.get("y"), list | tuple):
            trace["y"] = [_relabelled(one) for one in trace["y"]]
    for one in [*layout.get("annotations", ()), *layout.get("shapes", ())]:
        one |= {key: _relabelled(one[key]) for key in ("y", "y0", "y1") if key in one}


def _relabelled(label: Any) -> Any:
    if isinstance(label, str) and (bold := re.fullmatch(r"<b>(.*)</b>(\s*)", label)):
        return f"<b>{_relabelled(bold[1])}</b>{bold[2]}"
    lines = re.split(r"<br ?/?>", label) if isinstance(label, str) else []
    if len(lines) < 2 or any("<" in line for line in lines):
        return label
    whole = lines[0]
    for line in lines[1:]:
        thai_on_both_sides = re.search("[ก-๛]$", whole) and re.match("[ก-๛]", line)
        whole += line if thai_on_both_sides or whole.endswith("/") else f" {line}"
    return "<br>".join(thai.wrap_label(whole, LABEL_WIDTH)) + (" " if label.endswith(" ") else "")


def _tiled(data: Sequence[dict[str, Any]], layout: dict[str, Any]) -> list[dict[str, Any]]:
    """A map of square marks with words in them, the marks as large as the map has room for.

    A mark has its size in pixels and would lie over its neighbours, or apart from them: here it becomes a
    tile one unit of both axes large, and the legend keeps a mark of its own.
    """
    made: list[dict[str, Any]] = []
    for trace in data:
        marker = trace.get("marker", {})
        if trace.get("mode") != "markers+text" or marker.get("symbol") != "square":
            made.append(trace)
            continue
        edges, widths = marker["line"]["color"], marker["line"]["width"]
        # what has a dark edge comes last, so that no neighbour covers it
        tiles = sorted(zip(trace["x"], trace["y"], edges, widths, strict=True), key=lambda one: one[3])
        shapes = [
            {
                "type": "rect",
                "layer": "below",
                **{"x0": x - 0.5, "x1": x + 0.5, "y0": y - 0.5, "y1": y + 0.5},
                "fillcolor": marker["color"],
                "line": {"color": edge, "width": width},
            }
            for x, y, edge, width in tiles
        ]
        layout["shapes"] = [*layout.get("shapes", ()), *shapes]
        made.append(trace | {"mode": "text", "showlegend": False})
        made.append(trace | {"mode": "markers", "x": [None], "y": [None], "marker": marker | {"line": {}}})
    if len(made) > len(data):
        layout["shapes"] = sorted(layout["shapes"], key=lambda one: one["line"]["width"])
        places = [(x, y) for one in data for x, y in zip(one["x"], one["y"], strict=True)]
        for name, found in zip(("xaxis", "yaxis"), zip(*places, strict=True), strict=True):
            layout[name] = layout[name] | {"range": [min(found) - 0.5, max(found) + 0.5], "autorange": False}
        layout["yaxis"]["range"].reverse()
        layout["xaxis"] |= {"scaleanchor": "y", "scaleratio": TILE}
    return made


def _cut(data: Sequence[dict[str, Any]], layout: dict[str, Any], height: int, sheet: int) -> tuple[int, int]:
    """Where rows are more than fit with their labels, leave those of one sheet.

    Returns how many sheets there are and how many rows this one has; none where the axis counts.
    """
    axis = layout.get("yaxis", {})
    if any(re.fullmatch(r"yaxis\d+", name) for name in layout):
        return 1, 1
    labels, places = _rows(data, axis)
    start, end = axis.get("range") or (-0.5, len(places) - 0.5)
    if axis.get("autorange") == "reversed":
        start, end = max(start, end), min(start, end)
    if not places and axis.get("visible") is False and axis.get("range"):
        # rows without labels beside them are one unit high each, and as high as the page draws them
        n = round(abs(start - end))
        step = 1.0 if start > end else -1.0
        whole = layout.get("height", height) * FACTOR
        sheets = math.ceil(n / max(math.floor(n * height / whole), 1))
        most = math.ceil(n / sheets)
        edges = [end + step * at for at in range(sheets * most + 1)]  # so rows are as high on the last sheet
    else:
        top_down = sorted(places, reverse=start < end)  # the end of the range is the top of the chart
        edges = [end, *((a + b) / 2 for a, b in pairwise(top_down)), start]
        n = len(places)
        sheets = math.ceil(abs(start - end) * _unit(data, layout, labels, places) / (height - AROUND))
        most = math.ceil(n / max(sheets, 1))
    if sheets < 2:
        return 1, max(n, 1)
    sheet = min(max(sheet, 0), sheets - 1)
    first, last = sheet * most, min((sheet + 1) * most, len(edges) - 1)
    axis |= {"range": [edges[last], edges[first]], "autorange": False}
    layout["yaxis"] = axis
    place_of = dict(zip(labels, places, strict=True)) if axis.get("tickvals") is None else {}
    low, high = sorted(axis["range"])
    for trace in data:  # the words of other sheets, which Plotly would draw and only hide
        if isinstance(trace.get("text"), list | tuple) and "y" in trace:
            trace["text"] = [
                words if y is not None and low <= place_of.get(y, y) <= high else ""
                for words, y in zip(trace["text"], _times(trace["y"], lambda one: one), strict=True)
            ]
    return sheets, last - first


def _unit(
    data: Sequence[Mapping[str, Any]],
    layout: Mapping[str, Any],
    labels: Sequence[str],
    places: Sequence[float],
) -> float:
    """The pixels a unit of the axis needs for the labels of any two rows to stand below one another."""
    beside = _beside(data, layout)
    lines = [max(label.count("<br>") + 1, beside) for label in labels]
    rows = sorted(zip(places, lines, strict=True))
    needs = [(one + other) / 2 / (b - a) for (a, one), (b, other) in pairwise(rows)]
    return max(needs, default=0.0) * LEAST_FONT * LINE


def _beside(data: Sequence[Mapping[str, Any]], layout: Mapping[str, Any]) -> int:
    """How many bars with words stand below one another in a row, at least 1."""
    lying = [one for one in data if one.get("orientation") == "h" and one.get("textposition") == "outside"]
    return max(len(lying), 1) if layout.get("barmode", "group") == "group" else 1


def _rows(data: Sequence[Mapping[str, Any]], axis: Mapping[str, Any]) -> tuple[list[str], list[float]]:
    """The labels of a chart's rows and their places on its axis; none where the axis counts."""
    if axis.get("tickvals") is not None and axis.get("ticktext") is not None:
        values = list(axis["tickvals"])
        if all(isinstance(one, int | float) for one in values):
            return [str(one) for one in axis["ticktext"]], [float(one) for one in values]
    found = dict.fromkeys(axis.get("categoryarray") or ())
    for trace in data:
        found |= dict.fromkeys(one for one in trace.get("y") or () if isinstance(one, str))
    return list(found), [float(at) for at in range(len(found))]


def _inked_by_plotly(trace: Mapping[str, Any]) -> bool:
    """Has the trace words whose colour Plotly chooses, for light cells and dark ones, not for turned ones."""
    return "texttemplate" in trace and trace["type"] == "heatmap" and "color" not in trace.get("textfont", {})


def _recoloured(node: Any) -> Any:
    """Every colour turned, wherever it stands."""
    if isinstance(node, Mapping):
        return {key: _recoloured(value) for key, value in node.items()}
    if isinstance(node, list | tuple):
        return [_recoloured(one) for one in node]
    if not isinstance(node, str):
        return node
    if found := _RGB.fullmatch(node):
        red, green, blue, alpha = found.groups()
        turned_hex = turned("#" + "".join(f"{round(float(one)):02X}" for one in (red, green, blue)))
        parts = [str(int(turned_hex[at : at + 2], 16)) for at in (1, 3, 5)]
        return f"rgba({','.join(parts)}{alpha or ',1'})"
    return _HEX.sub(lambda one: turned(one[0]), node)


def turned(colour: str) -> str:
    """A colour of the light wall as it is on the dark one: its hue, and its luminance turned around.

    Contrast is (L₁ + 0.05) / (L₂ + 0.05) (WCAG 2). With L′ + 0.05 = k / (L + 0.05) the contrast of any two
    colours stays what it was, as far as screens are bright enough; k brings white to the dark ground.
    """
    linear = [_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5)]
    wanted = min((_DARKEST + 0.05) * 1.05 / (_luminance(linear) + 0.05) - 0.05, 1.0)
    strongest = max(linear)
    pure = [one / strongest for one in linear] if strongest else [1.0] * 3
    light = _luminance(pure)
    if wanted <= light:
        made = [one * wanted / light for one in pure]
    else:
        made = [one + (1 - one) * (wanted - light) / (1 - light) for one in pure]
    return "#" + "".join(f"{round(255 * _gamma(one)):02X}" for one in made)


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, 1 to 21 (WCAG 2)."""
    lights = sorted(
        _luminance([_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5)])
        for colour in (one, other)
    )
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def _luminance(linear: Sequence[float]) -> float:
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _linear(one: float) -> float:
    return one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4


def _gamma(one: float) -> float:
    return 12.92 * one if one <= 0.0031308 else 1.055 * one ** (1 / 2.4) - 0.055
