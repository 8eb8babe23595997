"""A body's overall year by year, with its grades and the national mean."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard import text
from dashboard.charts import base, stretch


def chart(years: pd.DataFrame, breaks: pd.DataFrame, *, stretched: bool = False) -> go.Figure:
    """The overall as a line with value and grade at each point, the national mean as small diamonds.

    `years` has fiscal_year, number (the code of the overall), overall, overall_basis, grade_th, pass_mark and
    national_mean, each but the first two missing where unknown. Lines never join a missing year, nor a
    break that may not be joined.
    """
    rows = list(years.itertuples())
    known = [row for row in rows if pd.notna(row.overall)]
    xaxis, categories = base.year_axis(row.fiscal_year for row in known)
    inside = [row for row in rows if str(row.fiscal_year) in categories]
    nation = [row for row in inside if pd.notna(row.national_mean)]
    runs = base.joined_runs([row.fiscal_year for row in known], breaks)
    at = stretch.placer(stretched)
    marks, name_of_mark = _pass_marks(categories, inside, at)
    low = min([row.overall for row in known] + [row.national_mean for row in nation])
    start = max(0, int(low // 10 * 10) - 10)
    return base.figure(
        390,
        _nation(nation, at)
        + [_line([row for row in known if row.fiscal_year in run], run == runs[0], at) for run in runs],
        xaxis=xaxis,
        yaxis=stretch.axis(start, stretched, room=12 * 100 / (100 - start)),
        shapes=marks + base.break_lines(categories, breaks),
        annotations=name_of_mark + [_label(row, categories, at) for row in known],
        margin={"t": 44},
        legend={"y": 1.0, "yref": "container", "yanchor": "top"},
    )


def _nation(rows: Sequence[Any], at: stretch.Place) -> list[dict[str, Any]]:
    if not rows:
        return []
    return [
        {
            "type": "scatter",
            "x": [str(row.fiscal_year) for row in rows],
            "y": [at(row.national_mean) for row in rows],
            "customdata": [text.points(row.national_mean) for row in rows],
            "mode": "markers",
            "name": "ค่าเฉลี่ยทั้งประเทศ",
            "marker": {"symbol": "diamond-open", "size": 11, "color": base.CONTRAST, "line": {"width": 2}},
            "hovertemplate": "ปี %{x} ค่าเฉลี่ยทั้งประเทศ %{customdata}<extra></extra>",
        }
    ]


def _line(rows: Sequence[Any], in_legend: bool, at: stretch.Place) -> dict[str, Any]:
    """The body's line over years that may be joined."""
    return {
        "type": "scatter",
        "x": [str(row.fiscal_year) for row in rows],
        "y": [at(row.overall) for row in rows],
        "mode": "lines+markers",
        "name": "คะแนนรวมของหน่วยงาน",
        "legendgroup": "body",
        "showlegend": in_legend,
        "line": {"color": base.PRIMARY, "width": 2.5},
        "marker": {
            "size": 11,
            "symbol": ["circle" if row.overall_basis == "published" else "circle-open" for row in rows],
        },
        "customdata": [[row.number] for row in rows],
        "text": [_words(row) for row in rows],
        "hovertemplate": "ปี %{x}: %{text}<extra></extra>",
    }


def _label(row: Any, categories: list[str], at: stretch.Place) -> dict[str, Any]:
    below = _is_below(row)
    return {
        "x": categories.index(str(row.fiscal_year)),  # a text of digits would be read as a number
        "y": at(row.overall),
        "text": _words(row),
        "showarrow": False,
        "yanchor": "top" if below else "bottom",
        "yshift": -9 if below else 9,
        "font": {"size": 13, "color": base.INK},
        "bgcolor": "rgba(255, 255, 255, 0.8)",
        "borderpad": 0,
    }


def _is_below(row: Any) -> bool:
    """Whether a point's words stand below it: away from the national mean, so neither covers the other."""
    return bool(pd.notna(row.national_mean) and row.overall < row.national_mean)


def _words(row: Any) -> str:
    """What stands at a point: the value next to it, then the grade, broken before its remark."""
    value = f"<b>{text.points(row.overall)}{'' if row.overall_basis == 'published' else '*'}</b>"
    if pd.isna(row.grade_th):
        return value
    grade = base.plain(row.grade_th).replace(" (", "<br>(")
    return f"{value}<br>{grade}" if _is_below(row) else f"{grade}<br>{value}"


def _pass_marks(
    categories: list[str], rows: Sequence[Any], at: stretch.Place
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The pass mark under each year that has one, and its name: it belongs to an edition, not to the body."""
    marked = [row for row in rows if pd.notna(row.pass_mark)]
    if not marked:
        return [], []
    lines = [
        {
            "type": "line",
            "x0": (year := categories.index(str(row.fiscal_year))) - 0.5,
            "x1": year + 0.5,
            "y0": at(row.pass_mark),
            "y1": at(row.pass_mark),
            "line": {"dash": "dash", "color": base.INK, "width": 1.5},
        }
        for row in marked
    ]
    # named where the body is farthest from it, so that neither's words cover the other's
    named = max(reversed(marked), key=_room)
    label = {
        "x": categories.index(str(named.fiscal_year)) + 0.5,
        "y": at(named.pass_mark),
        "xanchor": "right",
        "yanchor": "bottom" if named.overall < named.pass_mark else "top",
        "showarrow": False,
        "text": f"เกณฑ์ผ่าน {named.pass_mark:g}",
        "font": {"size": 12, "color": base.INK},
    }
    return lines, [label]


def _room(row: Any) -> float:
    """Points between a body and the pass mark."""
    return 0.0 if pd.isna(row.overall) else abs(row.overall - row.pass_mark)
