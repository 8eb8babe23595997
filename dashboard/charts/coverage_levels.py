"""How deep the data of every year reaches: bodies with a published score by level of the tree."""

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import base

SHADES = [[0.0, base.EMPTY], [0.001, "#CFE1E8"], [1.0, base.PRIMARY]]


def chart(coverage: pd.DataFrame, levels: Mapping[str, str]) -> go.Figure:
    """One cell per level and year with its number of bodies; a dash where the edition has no such level.

    `coverage` has fiscal_year, level and n_bodies; `levels` gives the Thai names, the top of the tree first.
    """
    grid = coverage.pivot(index="level", columns="fiscal_year", values="n_bodies").reindex(list(levels))
    words = [["–" if pd.isna(n) else f"{n:,.0f}" for n in row] for row in grid.to_numpy()]
    years = [str(year) for year in grid.columns]
    names = [levels[level] for level in grid.index]
    xaxis, _ = base.year_axis(map(int, years))
    cells = {
        "type": "heatmap",
        "x": years,
        "y": names,
        "z": grid.to_numpy(dtype=float),
        "text": words,
        "texttemplate": "%{text}",
        "textfont": {"size": 15},
        "colorscale": SHADES,
        "zmin": 0,
        "zmax": max(1, float(coverage["n_bodies"].max())),
        "xgap": 3,
        "ygap": 3,
        "showscale": False,
        "hovertemplate": "ปี %{x} ระดับ%{y}: %{text} แห่ง<extra></extra>",
    }
    return base.figure(
        56 + 44 * len(grid),
        [cells],
        xaxis={**xaxis, "side": "top", "showgrid": False},
        yaxis={"autorange": "reversed", "showgrid": False, "ticksuffix": "  "},
        # Where an edition lacks a level the cell has no colour, so the dash is drawn apart.
        annotations=[
            {"x": year, "y": name, "text": "–", "showarrow": False}
            for name, row in zip(names, words, strict=True)
            for year, word in zip(years, row, strict=True)
            if word == "–"
        ],
    )
