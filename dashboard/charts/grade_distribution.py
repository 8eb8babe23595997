"""How the bodies of a group spread over the grades, year by year."""

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import base

UNDECIDED = "#B9C6CE"


def chart(grades: pd.DataFrame, breaks: pd.DataFrame) -> go.Figure:
    """One bar per year, the latest on top, one segment per grade in the colours of that year's scale.

    `grades` has fiscal_year, grade_th, position (1 is best), scale_from (first year of its scale), color
    (missing where the level is undecided), n and share (percent); `breaks` has fiscal_year and reason_th. The
    two scales share no colour, so a letter is not taken for a level. Bars lie flat because the levels' Thai
    names are long.
    """
    rows = grades.assign(color=grades["color"].where(grades["color"].notna(), UNDECIDED))
    # the older scale first, best level first, the undecided last; legend and segments keep this order
    rows = rows.sort_values(["scale_from", "position"], na_position="last")
    years = range(int(rows["fiscal_year"].min()), int(rows["fiscal_year"].max()) + 1)
    categories = [str(year) for year in years]
    picture = base.figure(140 + 38 * len(categories), barmode="stack")
    for (color, grade), level in rows.groupby(["color", "grade_th"], sort=False):
        name = base.plain(grade)
        picture.add_bar(
            orientation="h",
            y=level["fiscal_year"].astype(str),
            x=level["share"],
            name=name,
            marker={"color": color, "line": {"color": base.PAPER, "width": 1.5}},
            text=[f"{name} {n:,}" for n in level["n"]],
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            textfont={"size": 13, "color": base.INK if color == UNDECIDED else base.PAPER},
            customdata=level["n"],
            hovertemplate="ปี %{y} " + name + ": %{customdata:,} แห่ง (%{x:.1f}%)<extra></extra>",
        )
    for row in breaks.itertuples():
        if str(row.fiscal_year) in categories[1:]:
            at = categories.index(str(row.fiscal_year)) - 0.5
            picture.add_hline(y=at, line={"dash": "dot", "color": base.MUTED, "width": 1.5})
    picture.update_yaxes(type="category", categoryorder="array", categoryarray=categories)
    picture.update_xaxes(range=[0, 100], ticksuffix="%", showgrid=False)
    picture.update_layout(
        bargap=0.18,
        # a segment too narrow for its name is told by the legend
        uniformtext={"minsize": 11, "mode": "hide"},
        legend={
            "y": -0.12,
            "yanchor": "top",
            "font": {"size": 12},
            "itemclick": False,
            "itemdoubleclick": False,
            "traceorder": "normal",
        },
        margin={"l": 8, "r": 16, "t": 8, "b": 8},
    )
    return picture
