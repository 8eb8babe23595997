"""Slides read back: every chart part, every font, every number; drawn where LibreOffice is installed."""

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import plotly.graph_objects as go
import pypdfium2
import pytest
from lxml import etree
from pptx import Presentation
from pptx.util import Pt
from streamlit.testing.v1 import AppTest

from dashboard import view as views
from dashboard.charts import base, children, contributions, overall_distribution, stretch
from dashboard.exports import lettering, native, slides
from dashboard.exports.scores import score_columns
from dashboard.number import of_bodies
from dashboard.view import View
from tests.dashboard.frames import GROUP, WICKED

ROOT = Path(__file__).parents[2]
PAGES = (
    "supervise/overview",
    "supervise/compare",
    "supervise/weakest",
    "supervise/organisation",
    "supervise/road",
    "analyse/trends",
    "analyse/movers",
    "data/quality",
)
CASES = {
    "published": {"year": "2567", "me": "sao-khwao-yai", "orgs": "sao-khwao-yai,pattaya"},
    "groups": {"orgs": "test-00,test-03"},
}
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
PROVENANCE = {"ชุดข้อมูล": "ข้อมูลทดสอบ", "รุ่นของข้อมูล": "รุ่น-1", "วันที่ส่งออก": "01/02/2569"}


@dataclass(frozen=True)
class Case:
    view: View
    provenance: dict[str, str]


@pytest.fixture(scope="module")
def real(warehouse_folder: Callable[[str], Path]) -> dict[str, Case]:
    """Every view with rows that pages make of the published and the invented data, with its provenance."""
    found: dict[str, Case] = {}
    make = View.__init__

    def made(self: View, *args: Any, **options: Any) -> None:
        make(self, *args, **options)
        if not self.frame.empty:
            found[f"{dataset}-{self.key}"] = Case(self, views.provenance(self))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(View, "__init__", made)
        for dataset, params in CASES.items():
            patch.setenv("ITA_WAREHOUSE", str(warehouse_folder(dataset)))
            for page in PAGES:
                app = AppTest.from_file(str(ROOT / "dashboard/router/main.py"), default_timeout=60)
                for key, value in params.items():
                    app.query_params[key] = value
                app.switch_page(str(ROOT / f"pages/{page}.py")).run()
                assert not app.exception
    assert len(found) > 50
    return found


@pytest.fixture(scope="module")
def deck(real: dict[str, Case]) -> bytes:
    return slides.deck([(one.view, one.provenance) for one in real.values()])


def opened(content: bytes) -> Any:
    return Presentation(io.BytesIO(content))


def parts(content: bytes) -> dict[str, etree._Element]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {
            name: etree.fromstring(package.read(name)) for name in package.namelist() if name.endswith(".xml")
        }


def a_view(figure: go.Figure | None = None, **changes: Any) -> View:
    frame = pd.DataFrame({"หน่วยงาน": ["อบต.ก", "อบต.ข"], "คะแนน": [85.5, None]})
    plain = View("x", "ชื่อเรื่อง", "ประโยคสรุป", frame, GROUP, 2, "2567", figure=figure)
    return replace(plain, **changes)


def chart_xml(figure: go.Figure) -> etree._Element:
    content = slides.deck([(a_view(figure), PROVENANCE)])
    (found,) = [xml for name, xml in parts(content).items() if "/charts/chart" in name]
    return found


def words(shape: Any) -> str:
    return "\n".join(paragraph.text for paragraph in shape.text_frame.paragraphs)


def cached(series: etree._Element, tag: str) -> dict[int, str]:
    """Row → value, as a chart holds them for a series."""
    return {
        int(point.get("idx")): point.findtext(f"{C}v") for point in series.find(f"{C}{tag}").iter(f"{C}pt")
    }


def name_of(series: etree._Element) -> str:
    return series.find(f"{C}tx").findtext(f".//{C}v")


# --- What a slide holds ---


def test_a_slide_a_view_with_its_headline_and_where_it_comes_from(real: dict[str, Case], deck: bytes) -> None:
    shown = opened(deck)
    assert (shown.slide_width, shown.slide_height) == (Pt(960), Pt(540))
    assert len(shown.slides) == len(real)
    for slide, case in zip(shown.slides, real.values(), strict=True):
        assert slide.shapes.title.text_frame.text == case.view.sentence
        drawn = [one for one in slide.shapes if one.has_chart or one.has_table]
        assert len(drawn) == 1, case.view.key
        assert not any(one.shape_type == 13 for one in slide.shapes), "a picture"
        assert drawn[0]._element.nvGraphicFramePr.cNvPr.get("descr") == case.view.sentence
        said = "\n".join(words(one) for one in slide.shapes if one.has_text_frame)
        for needed in ("ชุดข้อมูล", "แหล่งข้อมูล", "รุ่นของข้อมูล", "วันที่ส่งออก"):
            assert case.provenance[needed] in said
        assert f"{case.view.group.label} (n = {case.view.n:,}) · ปีงบประมาณ {case.view.years}" in said
        assert case.view.title in said
        told = slide.notes_slide.notes_text_frame.text
        assert all(f"{key}: {value}" in told for key, value in case.provenance.items())


@pytest.mark.parametrize("simulated", [True, False])
def test_simulated_figures_are_marked_on_every_slide(simulated: bool) -> None:
    about = PROVENANCE | ({"ข้อมูลจำลอง": "ไม่ใช่ผลของหน่วยงานจริง"} if simulated else {})
    shown = opened(slides.deck([(a_view(), about)] * 3))
    marked = [
        any(words(one) == "ข้อมูลจำลอง" for one in slide.shapes if one.has_text_frame) for slide in shown.slides
    ]
    assert marked == [simulated] * 3


def test_everything_stays_inside_the_slide(deck: bytes) -> None:
    shown = opened(deck)
    for slide in shown.slides:
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.top >= 0
            assert shape.left + shape.width <= shown.slide_width
            assert shape.top + shape.height <= shown.slide_height


@pytest.mark.parametrize("length", [1, 5, 20, 60])
def test_long_words_shrink_and_what_does_not_fit_is_in_the_notes(length: int) -> None:
    long = " ".join(["องค์การบริหารส่วนตำบลทดสอบได้คะแนนต่ำสุด"] * length)
    slide = opened(
        slides.deck([(a_view(sentence=long, notes=(long,)), PROVENANCE | {"หมายเหตุ": long})])
    ).slides[0]
    size = slide.shapes.title.text_frame.paragraphs[0].runs[0].font.size.pt
    assert 12 <= size <= 26
    foot = slide.shapes[-1]
    foot_size = foot.text_frame.paragraphs[0].runs[0].font.size.pt
    lines = sum(lettering.rows(one.text, foot_size, slides.WIDE) for one in foot.text_frame.paragraphs)
    assert lines * foot_size * lettering.LEADING <= slides.FOOT_HIGH + 1
    assert PROVENANCE["รุ่นของข้อมูล"] in words(foot)
    assert long in slide.notes_slide.notes_text_frame.text


# --- Fonts ---


def test_every_text_names_a_thai_font_for_every_script(deck: bytes) -> None:
    checked = {
        "slides/slide": 0,
        "charts/chart": 0,
        "slideLayouts/": 0,
        "slideMasters/": 0,
        "notesSlides/notes": 0,
    }
    for name, xml in parts(deck).items():
        kind = next((one for one in checked if one in name), None)
        if kind is None:
            continue
        for one in xml.iter(f"{A}rPr", f"{A}defRPr", f"{A}endParaRPr"):
            faces = {script: one.find(f"{A}{script}") for script in ("latin", "ea", "cs")}
            assert all(
                face is not None and face.get("typeface") == lettering.FONT for face in faces.values()
            ), name
            assert one.get("lang") == "th-TH", name
            checked[kind] += 1
        for run in xml.iter(f"{A}r"):
            assert run.find(f"{A}rPr") is not None, name
    assert all(checked.values()), checked


def test_every_part_of_a_chart_says_its_font(deck: bytes) -> None:
    charts = [xml for name, xml in parts(deck).items() if "/charts/chart" in name]
    assert len(charts) > 20
    for xml in charts:
        owners = [xml, *xml.iter(f"{C}valAx", f"{C}catAx", f"{C}legend", f"{C}dLbls")]
        assert all(one.find(f"{C}txPr") is not None for one in owners)


def test_the_theme_has_our_font_and_colours(deck: bytes) -> None:
    themes = {name: xml for name, xml in parts(deck).items() if "/theme/" in name}
    assert len(themes) == 2  # of the slides and of the notes
    for xml in themes.values():
        for kind in ("majorFont", "minorFont"):
            scheme = next(xml.iter(f"{A}{kind}"))
            found = {one.tag.removeprefix(A): one.get("typeface") for one in scheme if one.tag != f"{A}font"}
            assert found == dict.fromkeys(("latin", "ea", "cs"), lettering.FONT)
        assert next(xml.iter(f"{A}accent1"))[0].get("val") == slides.PRIMARY


# --- Numbers ---


def place(key: Any) -> float | str:
    """Where a value stands on an axis: years are numbers, other categories only have names."""
    return key if isinstance(key, str) and not re.fullmatch(r"25\d\d", key) else float(key)


def traces(figure: go.Figure) -> dict[str, list[tuple[Any, Any]]]:
    """By name of trace its known points; a bar is its two ends."""
    found: dict[str, list[tuple[Any, Any]]] = {}
    for trace in figure.to_dict()["data"]:
        x, y = native.decoded(trace["x"]), native.decoded(trace["y"])
        pairs = [(a, b) for a, b in zip(x, y, strict=True) if a is not None and b is not None]
        if trace["type"] == "bar":
            starts = trace.get("base", 0.0)
            starts = native.decoded(starts) if isinstance(starts, list | dict) else [starts] * len(x)
            flat = trace.get("orientation") == "h"
            pairs = [
                (end, at) if flat else (at, end)
                for start, a, b in zip(starts, x, y, strict=True)
                for at, more in [(b, a) if flat else (a, b)]
                for end in (start, start + more)
            ]
        usual = "แท่ง" if trace["type"] == "bar" else "จุด"
        name = " ".join(lettering.lines_of(trace.get("name") or usual))
        found.setdefault(name, []).extend((place(a), place(b)) for a, b in pairs)
    return found


def charts(real: dict[str, Case], kind: type) -> list[tuple[str, go.Figure, list[etree._Element]]]:
    """The views drawn as this kind of chart, each with its series in the package."""
    drawn = {key: case.view.figure for key, case in real.items()}
    return [
        (key, figure, [*chart_xml(figure).iter(f"{C}ser")])
        for key, figure in drawn.items()
        if isinstance(native.chart_of(figure), kind)
    ]


def test_every_number_of_a_bar_chart_is_the_views(real: dict[str, Case]) -> None:
    found = charts(real, native.Bars)
    assert len(found) > 5
    for key, figure, series in found:
        drawn = figure.to_dict()
        bars = [trace for trace in drawn["data"] if trace["type"] == "bar"]
        assert len(series) == len(bars), key
        for one, trace in zip(series, bars, strict=True):
            along, over = ("x", "y") if trace.get("orientation") == "h" else ("y", "x")
            axis = drawn["layout"].get(f"{over}axis", {})
            ticks = dict(
                zip(native.decoded(axis.get("tickvals")), native.decoded(axis.get("ticktext")), strict=True)
            )
            wanted = {
                " ".join(lettering.lines_of(str(ticks.get(name, name)))): value
                for name, value in zip(native.decoded(trace[over]), native.decoded(trace[along]), strict=True)
                if value is not None
            }
            names = cached(one, "cat")
            assert {names[at]: float(value) for at, value in cached(one, "val").items()} == wanted, key


def test_every_number_of_a_chart_of_points_is_the_views(real: dict[str, Case]) -> None:
    found = charts(real, native.Points)
    assert len(found) > 10
    for key, figure, series in found:
        got: dict[str, list[tuple[float, float]]] = {}
        for one in series:
            x, y = cached(one, "xVal"), cached(one, "yVal")
            assert x.keys() == y.keys(), key
            got.setdefault(name_of(one), []).extend((float(x[at]), float(y[at])) for at in x)
        for name, wanted in traces(figure).items():
            assert len(got[name]) == len(wanted), (key, name)
            for axis in (0, 1):
                values = sorted(pair[axis] for pair in wanted if isinstance(pair[axis], float))
                if len(values) == len(wanted):
                    assert sorted(pair[axis] for pair in got[name]) == pytest.approx(values), (key, name)


def as_read(value: Any) -> str:
    """A value as people read it: points with two decimals, half up, and a dash for what is not known."""
    if isinstance(value, bool):
        return "ใช่" if value else "ไม่ใช่"
    if value is None or value is pd.NA or value is pd.NaT or value != value:
        return "–"
    if isinstance(value, float):
        return str(Decimal(repr(float(value))).quantize(Decimal("0.01"), ROUND_HALF_UP))
    return str(value)


def test_every_cell_of_a_table_is_the_views(real: dict[str, Case], deck: bytes) -> None:
    tables = 0
    for slide, case in zip(opened(deck).slides, real.values(), strict=True):
        for shape in slide.shapes:
            if not shape.has_table:
                continue
            tables += 1
            head, *rows = [[cell.text_frame.text for cell in row.cells] for row in shape.table.rows]
            assert head == [str(name) for name in case.view.frame.columns[: len(head)]]
            assert rows
            for got, wanted in zip(rows, case.view.frame.itertuples(index=False), strict=False):
                assert got == [as_read(value) for value in wanted[: len(head)]]
            said = "\n".join(words(one) for one in slide.shapes if one.has_text_frame)
            whole = len(case.view.whole() if case.view.whole else case.view.frame)
            assert (f"{len(rows):,} จาก {whole:,} แถว" in said) == (len(rows) < whole), case.view.key
            assert ("คอลัมน์แรก" in said) == (len(head) < len(case.view.frame.columns)), case.view.key
    assert tables > 10


def test_the_workbook_behind_a_chart_holds_the_same(deck: bytes) -> None:
    for slide in opened(deck).slides:
        for shape in slide.shapes:
            if not shape.has_chart:
                continue
            part = shape.chart.part
            sheet = openpyxl.load_workbook(io.BytesIO(part.chart_workbook.xlsx_part.blob))["Sheet1"]
            for reference in part._element.iter(f"{C}numRef", f"{C}strRef"):
                area = reference.findtext(f"{C}f").removeprefix("Sheet1!").replace("$", "")
                cells = sheet[area]
                column = [row[0] for row in cells] if isinstance(cells, tuple) else [cells]
                cache = {int(one.get("idx")): one.findtext(f"{C}v") for one in reference.iter(f"{C}pt")}
                for at, cell in enumerate(column):
                    assert cell.data_type != "f"
                    if cell.value is None:
                        assert at not in cache
                    elif isinstance(cell.value, str):
                        assert cell.value == cache[at]
                    else:
                        assert cell.value == pytest.approx(float(cache[at]), abs=1e-12)


def test_missing_stays_a_gap() -> None:
    line = go.Figure(
        {
            "data": [
                {
                    "type": "scatter",
                    "mode": "lines",
                    "name": "เส้น ก",
                    "x": ["2564", "2565", "2566"],
                    "y": [70, None, 0],
                }
            ]
        }
    )
    xml = chart_xml(line)
    (series,) = xml.iter(f"{C}ser")
    assert cached(series, "yVal") == {0: "70.0", 2: "0.0"}
    assert cached(series, "xVal") == {0: "2564.0", 2: "2566.0"}
    assert next(xml.iter(f"{C}dispBlanksAs")).get("val") == "gap"
    bars = go.Figure({"data": [{"type": "bar", "x": ["ก", "ข", "ค"], "y": [1.5, None, 0.0]}]})
    (series,) = chart_xml(bars).iter(f"{C}ser")
    assert cached(series, "val") == {0: "1.5", 2: "0.0"}


def test_what_has_no_counterpart_is_a_table() -> None:
    without = [
        {"data": [{"type": "heatmap", "z": [[1, 2]]}]},
        {
            "data": [{"type": "scatter", "x": [1], "y": [1]}],
            "layout": {"xaxis": {"visible": False}, "yaxis": {"visible": False}},
        },
        {
            "data": [
                {"type": "scatter", "x": [1], "y": [1]},
                {"type": "scatter", "x": [1], "y": [1], "xaxis": "x2"},
            ]
        },
        # a stretched axis: its places are not the points it names
        {
            "data": [{"type": "scatter", "x": [50], "y": [1]}],
            "layout": {"xaxis": {"tickvals": [0, 50], "ticktext": ["0", "90"]}},
        },
    ]
    for figure in without:
        shown = opened(slides.deck([(a_view(go.Figure(figure)), PROVENANCE)]))
        (table,) = [one for one in shown.slides[0].shapes if one.has_table]
        assert table.table.cell(2, 1).text_frame.text == "–"


def test_names_from_files_neither_run_nor_break_the_xml() -> None:
    names = ['=HYPERLINK("x")', WICKED, "http://ตัวอย่าง", "ก\x01ข"]
    figure = go.Figure({"data": [{"type": "bar", "x": names, "y": [1, 2, 3, 4]}]})
    shown = opened(slides.deck([(a_view(figure, title=WICKED, sentence=WICKED), PROVENANCE)]))
    (chart,) = [one.chart for one in shown.slides[0].shapes if one.has_chart]
    sheet = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))["Sheet1"]
    cells = [sheet.cell(row, 1) for row in range(2, 6)]
    assert [cell.data_type for cell in cells] == ["s"] * 4
    assert not any(cell.hyperlink for cell in cells)
    assert next(iter(chart.plots[0].categories)) == names[0]
    assert shown.slides[0].shapes.title.text_frame.text == WICKED


def test_only_points_get_a_heat() -> None:
    frame = pd.DataFrame({"หน่วยงาน": ["ก", "ข"], "คะแนน": [60.0, None], "เปลี่ยน": [1.5, 2.0], "n": [1, 2]})
    numbers = {
        "คะแนน": of_bodies(["a", "b"], 2567, "overall"),
        "เปลี่ยน": of_bodies(["a", "b"], 2567, "overall", before=2566),
        "n": of_bodies(["a", "b"], 2567, "overall"),
    }
    view = a_view(frame=frame, numbers=numbers)
    assert score_columns(view) == ["คะแนน"]
    (table,) = [one for one in opened(slides.deck([(view, PROVENANCE)])).slides[0].shapes if one.has_table]
    filled = [
        [bool(cell._tc.tcPr.findall(f"{A}solidFill")) for cell in row.cells] for row in table.table.rows
    ]
    assert filled[1:] == [[False, True, False, False], [False, False, False, False]]


def test_a_matrix_keeps_the_colours_of_its_heat_map(real: dict[str, Case]) -> None:
    view = real["groups-transitions"].view
    (table,) = [one for one in opened(slides.deck([(view, PROVENANCE)])).slides[0].shapes if one.has_table]
    for row, shades in zip([*table.table.rows][1:], view.figure.data[0].z, strict=True):
        for cell, shade in zip([*row.cells][1:], shades, strict=True):
            fill = cell._tc.tcPr.find(f"{A}solidFill")
            color = None if fill is None else fill[0].get("val")
            low, middle, high = (one[1:] for _, one in base.SCALE)
            assert (color is None) == (shade is None)
            if shade is not None:
                assert color == {-1: low, 0: middle, 1: high}.get(shade, color)
                assert (color == middle) == (shade == 0)


# --- What a chart must not lose ---


def bins(*counts: int) -> pd.DataFrame:
    return pd.DataFrame({"bin_from": range(60, 60 + len(counts)), "n": counts})


def bodies_at(*scores: float) -> pd.DataFrame:
    return pd.DataFrame({"label_th": "อบต.ก", "overall": scores, "number": "x"})


def points_of(xml: etree._Element, named: str) -> set[tuple[float, float]]:
    """The points of the series of a name."""
    found = set()
    for one in xml.iter(f"{C}ser"):
        x, y = cached(one, "xVal"), cached(one, "yVal")
        found |= {(float(x[at]), float(y[at])) for at in x if name_of(one) == named}
    return found


@pytest.mark.parametrize("stretched", [False, True])
def test_a_histogram_without_dots_keeps_its_bars(stretched: bool) -> None:
    figure = overall_distribution.chart(bins(3, 0, 7, 20), bodies_at(), 85, stretched=stretched)
    drawn = points_of(chart_xml(figure), "แท่ง")
    assert {(60.5, 3.0), (61.5, 0.0), (62.5, 7.0), (63.5, 20.0)} <= drawn


def test_points_of_a_stretched_axis_are_those_of_the_table() -> None:
    scores = (61.37, 62.005, 99.99)
    figure = overall_distribution.chart(bins(1, 2), bodies_at(*scores), 85, stretched=True)
    assert {x for x, _ in points_of(chart_xml(figure), "จุด")} == set(scores)
    assert {x for x, _ in points_of(chart_xml(figure), "เส้น")} == {85.0}
    note = f"แท่งคือจำนวน{stretch.note(True)}"
    about = PROVENANCE | {"หมายเหตุ": note}
    (slide,) = opened(slides.deck([(a_view(figure, notes=(note,)), about)])).slides
    said = "\n".join(words(one) for one in slide.shapes if one.has_text_frame)
    assert f"{slides.EVEN} · แท่งคือจำนวน" in said
    assert stretch.note(True) not in said + slide.notes_slide.notes_text_frame.text


def test_words_at_the_ends_of_lines_do_not_lie_on_one_another() -> None:
    ends = [98.0, 98.1, 97.9, 70.0]
    note = {"x": 1, "xanchor": "left", "yanchor": "middle", "yshift": 3, "text": "ชื่อ<br>ยาว"}
    figure = go.Figure(
        {
            "data": [
                {"type": "scatter", "mode": "lines", "x": ["2566", "2567"], "y": [60, end]} for end in ends
            ],
            "layout": {"annotations": [{**note, "y": end} for end in ends], "yaxis": {"range": [50, 120]}},
        }
    )
    (series,) = [one for one in chart_xml(figure).iter(f"{C}ser") if name_of(one) == "ข้อความ"]
    assert {one.get("val") for one in series.iter(f"{C}dLblPos")} == {"r"}
    places = sorted(map(float, cached(series, "yVal").values()))
    assert places[0] == pytest.approx(70)
    assert sum(places[1:]) / 3 == pytest.approx(98)
    lower, middle, upper = places[1:]
    assert upper - middle == pytest.approx(middle - lower)
    assert upper < 115
    size = int(next(series.iter(f"{A}rPr")).get("sz")) / 100
    assert (upper - middle) * slides.BODY_HIGH / 70 > 2 * size  # two lines, in points


def test_words_at_the_ends_of_lines_stay_on_the_axis() -> None:
    note = {"x": 1, "y": 100, "xanchor": "left", "yanchor": "middle", "yshift": 0, "text": "ก<br>ข"}
    line = {"type": "scatter", "mode": "lines", "x": ["2566", "2567"], "y": [60, 100]}
    layout = {"annotations": [note] * 3, "yaxis": {"range": [50, 100]}}
    (series,) = [
        one
        for one in chart_xml(go.Figure({"data": [line], "layout": layout})).iter(f"{C}ser")
        if name_of(one) == "ข้อความ"
    ]
    assert all(50 < float(at) < 100 for at in cached(series, "yVal").values())


def test_what_stands_below_a_year_stays_there() -> None:
    axis = {"type": "category", "tickvals": ["2566", "2567"], "ticktext": ["2566<br>n = 8", "2567<br>n = 9"]}
    line = {"type": "scatter", "mode": "lines", "x": ["2566", "2567"], "y": [60, 70]}
    xml = chart_xml(go.Figure({"data": [line], "layout": {"xaxis": axis}}))
    (names,) = [one for one in xml.iter(f"{C}ser") if name_of(one) == "ชื่อแกน X"]
    assert [float(at) for at in cached(names, "xVal").values()] == [2566, 2567]
    assert [one.text for one in names.iter(f"{A}t")] == ["2566", "n = 8", "2567", "n = 9"]


def children_of(*basis: str, respondents: bool = True) -> go.Figure:
    """Bars of 90 points, published or recomputed, the first with a mark of its respondents."""
    count = len(basis)
    frame = pd.DataFrame(
        {
            "part": [f"P{at}" for at in range(count)],
            "name_th": "ส่วน",
            "value": 90.0,
            "basis": basis,
            "recomputed": 90.0,
            "differs": False,
            "value_public": [88.0 if respondents else None] + [None] * (count - 1),
            "value_survey": None,
            "below": False,
            "is_current": False,
        }
    )
    return children.chart(frame, 85)


def test_a_bar_of_a_recomputed_score_is_paler_than_one_of_a_published() -> None:
    shades = [
        int(one.find(f"{C}spPr").find(f".//{A}srgbClr").get("val")[:2], 16)
        for one in chart_xml(children_of("published", "recomputed")).iter(f"{C}ser")
        if name_of(one) == "แท่ง"
    ]
    published, recomputed = shades
    assert recomputed > published + 60


def test_a_line_through_a_bar_chart_says_what_it_is() -> None:
    plain = children_of("published", "published", respondents=False)
    content = slides.deck([(a_view(plain), PROVENANCE)])
    assert isinstance(native.chart_of(plain), native.Bars)
    assert "เกณฑ์ผ่าน 85" in [words(one) for one in opened(content).slides[0].shapes if one.has_text_frame]


def test_no_points_beyond_100_are_named() -> None:
    formats = [one.get("formatCode") for one in chart_xml(children_of("published")).iter(f"{C}numFmt")]
    assert '[<0]"";[>100]"";General' in formats


def test_bars_of_a_group_and_of_a_body_are_told_apart() -> None:
    frame = pd.DataFrame(
        {"label": [["ก"]], "points": [1.0], "words": ["+1.00"], "kind": ["up"], "body_points": [2.0],
         "body_words": ["+2.00"], "number": ["x"]}
    )  # fmt: skip
    xml = chart_xml(contributions.chart(frame, "อบต.ก"))
    assert next(xml.iter(f"{C}legend"), None) is not None
    assert not list(xml.iter(f"{C}legendEntry"))  # none of the two is hidden
    assert next(chart_xml(contributions.chart(frame)).iter(f"{C}legend"), None) is None


def test_a_page_of_a_longer_table_says_of_how_many_rows() -> None:
    page = a_view(whole=lambda: pd.DataFrame({"หน่วยงาน": ["อบต."] * 1234}))
    (slide,) = opened(slides.deck([(page, PROVENANCE)])).slides
    said = "\n".join(words(one) for one in slide.shapes if one.has_text_frame)
    assert "แสดง 2 จาก 1,234 แถว ทั้งหมดอยู่ในไฟล์ XLSX" in said


def test_wide_texts_are_broken_before_columns_are_left_out() -> None:
    frame = pd.DataFrame({f"คอลัมน์ {at}": ["ข้อความยาวมากของคอลัมน์นี้ " * 4] * 3 for at in range(6)})
    (slide,) = opened(slides.deck([(a_view(frame=frame), PROVENANCE)])).slides
    (table,) = [one.table for one in slide.shapes if one.has_table]
    assert len(table.columns) == 6
    assert len(table.rows) == 4


# --- In another program ---


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_draws_every_slide_within_its_edges(deck: bytes, tmp_path: Path) -> None:
    (tmp_path / "deck.pptx").write_bytes(deck)
    subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to", "pdf",
         "--outdir", str(tmp_path), str(tmp_path / "deck.pptx")],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    document = pypdfium2.PdfDocument(tmp_path / "deck.pdf")
    assert len(document) == len(opened(deck).slides)
    for number, page in enumerate(document):
        wide, high = page.get_size()
        assert wide / high == pytest.approx(16 / 9, abs=0.01)
        letters = page.get_textpage()
        assert letters.count_chars() > 50
        for at in range(letters.count_chars()):
            left, bottom, right, top = letters.get_charbox(at)
            assert left >= -1, number
            assert bottom >= -1, number
            assert right <= wide + 1, number
            assert top <= high + 1, number
