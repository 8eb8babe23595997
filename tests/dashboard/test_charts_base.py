"""What all charts share."""

from itertools import pairwise
from typing import Any

import pandas as pd
import pytest

from dashboard.charts import base

BREAKS = pd.DataFrame(
    {"fiscal_year": [2562, 2566], "joined": [False, True], "reason_th": ["กรอบเดิม", "เปลี่ยนเกณฑ์ระดับ"]}
)


@pytest.mark.parametrize(
    ("years", "runs"),
    [
        ([2561, 2562, 2563], [[2561], [2562, 2563]]),
        ([2563, 2564, 2566], [[2563, 2564], [2566]]),
        ([2565, 2566], [[2565, 2566]]),
        ([2567], [[2567]]),
        ([], []),
    ],
    ids=["never over 2561|62", "never over a missing year", "over a marked break", "one year", "none"],
)
def test_joined_runs(years: list[int], runs: list[list[int]]) -> None:
    assert base.joined_runs(years, BREAKS) == runs


def test_year_axis_keeps_a_place_for_missing_years() -> None:
    axis, categories = base.year_axis([2563, 2566])
    assert categories == ["2563", "2564", "2565", "2566"]
    assert axis["type"] == "category"
    assert axis["categoryarray"] == categories


def test_breaks_are_drawn_and_told_only_inside_the_shown_years() -> None:
    _, categories = base.year_axis([2565, 2566, 2567])
    (line,) = base.break_lines(categories, BREAKS)
    assert (line["xref"], line["x0"], line["x1"]) == ("x", 0.5, 0.5)
    assert (line["yref"], line["y0"], line["y1"]) == ("y domain", 0, 1)
    (line,) = base.break_lines(categories, BREAKS, axis="y")
    assert (line["yref"], line["y0"], line["xref"]) == ("y", 0.5, "x domain")
    assert base.break_note(categories, BREAKS) == "เส้นประคือจุดที่วิธีประเมินเปลี่ยน: 2565|2566 เปลี่ยนเกณฑ์ระดับ"
    assert base.break_note(["2566"], BREAKS) == ""


def test_pass_line_stands_at_the_mark_and_names_it() -> None:
    (line,), (label,) = base.pass_line(85.0)
    assert (line["y0"], label["y"], label["text"]) == (85.0, 85.0, "เกณฑ์ผ่าน 85")
    (line,), (label,) = base.pass_line(85.0, axis="x", at=40.0)
    assert (line["x0"], label["x"], label["text"]) == (40.0, 40.0, "เกณฑ์ผ่าน 85")
    assert base.pass_line(None) == base.pass_line(float("nan")) == ([], [])


@pytest.mark.parametrize(("most", "step"), [(1, 1), (7, 2), (60, 20), (7000, 2000)])
def test_count_axis_has_round_steps_past_the_highest(most: int, step: int) -> None:
    axis = base.count_axis(most, below=0.5)
    ticks = axis["tickvals"]
    assert {after - before for before, after in pairwise(ticks)} == {step}
    assert ticks[0] == 0
    assert ticks[-1] >= most
    assert axis["range"] == [-0.5 * most, 1.12 * most]


def test_a_figure_carries_no_style_but_the_house_s() -> None:
    template = base.figure(300, []).layout.template
    assert template.layout.font.family == base.FONT
    assert not template.data.heatmap  # Plotly's own has one for every kind of trace


def test_a_simulated_figure_says_so_beside_its_own_words() -> None:
    picture = base.figure(300, [], annotations=[{"text": "own"}])
    base.mark_simulated(picture)
    assert [one.text for one in picture.layout.annotations] == ["own"]
    (mark,) = picture.layout.template.layout.annotations
    assert (mark.text, bool(mark.name)) == ("ข้อมูลจำลอง", True)  # without a name it is not drawn
    assert picture.layout.template.layout.font.family == base.FONT
    assert not base.figure(300, []).layout.template.layout.annotations


@pytest.mark.parametrize(
    ("traces", "layout"),
    [
        ([{"type": "bar", "colour": "red"}], {}),
        ([{"type": "bar", "marker": {"color": "no colour"}}], {}),
        ([], {"xaxis": {"rnge": [0, 1]}}),
    ],
    ids=["unknown word", "wrong value", "unknown word of an axis"],
)
def test_the_tests_refuse_what_plotly_does_not_know(
    traces: list[dict[str, Any]], layout: dict[str, Any]
) -> None:
    with pytest.raises(ValueError, match="Invalid"):
        base.figure(300, traces, **layout)


@pytest.mark.parametrize(
    "layout", [{"yaxis": {"tickfont_size": 3}}, {"title": "in short"}], ids=["short way", "text for a title"]
)
def test_the_tests_refuse_what_plotly_would_rewrite(layout: dict[str, Any]) -> None:
    with pytest.raises(AssertionError):
        base.figure(300, [], **layout)
