"""A body's overall year by year, with its grades and the national mean."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard import text
from dashboard.charts import base


def chart(years: pd.DataFrame, breaks: pd.DataFrame) -> go.Figure:
    """The overall as a line with value and grade at each point, the national mean as small diamonds.

    `years` has fiscal_year, number (the code of the overall), overall, overall_basis, grade_th, pass_mark and
    national_mean, each but the first two missing where unknown. Lines never join a missing year, nor a
    break that may not be joined.
    """
    picture = base.figure(390)
    known = years[years["overall"].notna()]
    categories = base.year_axis(picture, known["fiscal_year"])
    inside = years[years["fiscal_year"].astype(str).isin(categories)]
    _pass_marks(picture, categories, inside)
    nation = inside[inside["national_mean"].notna()]
    if len(nation):
        picture.add_scatter(
            x=nation["fiscal_year"].astype(str),
            y=nation["national_mean"],
            mode="markers",
            name="ค่าเฉลี่ยทั้งประเทศ",
            marker={"symbol": "diamond-open", "size": 11, "color": base.CONTRAST, "line": {"width": 2}},
            hovertemplate="ปี %{x} ค่าเฉลี่ยทั้งประเทศ %{y:.2f}<extra></extra>",
        )
    for run in base.joined_runs(known["fiscal_year"], breaks):
        rows = known[known["fiscal_year"].isin(run)]
        picture.add_scatter(
            x=rows["fiscal_year"].astype(str),
            y=rows["overall"],
            mode="lines+markers",
            name="คะแนนรวมของหน่วยงาน",
            legendgroup="body",
            showlegend=bool(run[0] == known["fiscal_year"].min()),
            line={"color": base.PRIMARY, "width": 2.5},
            marker={
                "size": 11,
                "symbol": [
                    "circle" if basis == "published" else "circle-open" for basis in rows["overall_basis"]
                ],
            },
            customdata=rows[["number"]],
            text=[_words(row) for row in rows.itertuples()],
            hovertemplate="ปี %{x}: %{text}<extra></extra>",
        )
    for row in known.itertuples():
        below = _is_below(row)
        picture.add_annotation(
            x=categories.index(str(row.fiscal_year)),  # a text of digits would be read as a number
            y=row.overall,
            text=_words(row),
            showarrow=False,
            yanchor="top" if below else "bottom",
            yshift=-9 if below else 9,
            font={"size": 13, "color": base.INK},
            bgcolor="rgba(255, 255, 255, 0.8)",
            borderpad=0,
        )
    base.draw_breaks(picture, categories, breaks)
    low = min(known["overall"].min(), nation["national_mean"].min() if len(nation) else 100.0)
    start = max(0, int(low // 10 * 10) - 10)
    picture.update_yaxes(range=[start, 112], tickvals=list(range(start, 101, 10)))
    picture.update_layout(margin={"t": 44}, legend={"y": 1.0, "yref": "container", "yanchor": "top"})
    return picture


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


def _pass_marks(picture: go.Figure, categories: list[str], years: pd.DataFrame) -> None:
    """The pass mark under each year that has one: it belongs to an edition, not to the body."""
    marked = years[years["pass_mark"].notna()]
    # named where the body is farthest from it, so that neither's words cover the other's
    free = (marked["overall"] - marked["pass_mark"]).abs().fillna(0)
    named = free[::-1].idxmax() if len(marked) else None
    for row in marked.itertuples():
        at = categories.index(str(row.fiscal_year))
        picture.add_shape(
            type="line",
            x0=at - 0.5,
            x1=at + 0.5,
            y0=row.pass_mark,
            y1=row.pass_mark,
            line={"dash": "dash", "color": base.INK, "width": 1.5},
        )
        if row.Index == named:
            picture.add_annotation(
                x=at + 0.5,
                y=row.pass_mark,
                xanchor="right",
                yanchor="bottom" if row.overall < row.pass_mark else "top",
                showarrow=False,
                text=f"เกณฑ์ผ่าน {row.pass_mark:g}",
                font={"size": 12, "color": base.INK},
            )
