"""Small multiples: one part by year in many groups, all on the same scale, in one picture."""

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import base, stretch

COLUMNS = 3
CELL, GAP = 0.84, 0.38
"""The share of a column a cell takes, and of a row what its head takes."""
ROW_PIXELS = 116
BAND = "rgba(11, 92, 122, 0.16)"


def lowest(rows: pd.DataFrame, pass_mark: float | None) -> float:
    """Where the points axis of every cell starts; `rows` and `pass_mark` are as for `chart`."""
    return stretch.lowest([*rows["q1"], *([] if pass_mark is None else [pass_mark])])


def chart(rows: pd.DataFrame, breaks: pd.DataFrame, pass_mark: float | None) -> go.Figure:
    """A cell for every group in the order of `rows`: its median by year as a line, its middle half as a band.

    `rows` has code, name, fiscal_year, q1, median and q3 (points), the rows of a group together and by year;
    `breaks` is as for `base.joined_runs`. The cells are drawn on one pair of axes, for a pair for every cell
    costs a hundred times as much. A point's customdata starts with the group's code.
    """
    codes = list(dict.fromkeys(rows["code"]))
    years = (int(rows["fiscal_year"].min()), int(rows["fiscal_year"].max()))
    low = lowest(rows, pass_mark)
    lines = -(-len(codes) // COLUMNS)
    picture = base.figure(40 + ROW_PIXELS * lines)
    span = max(years[1] - years[0], 1)

    def x_of(column: int, year: int) -> float:
        return column + CELL * (year - years[0]) / span

    def y_of(line: int, value: float) -> float:
        return -line - GAP - (1 - GAP - 0.06) * (100 - value) / (100 - low)

    band: tuple[list[float | None], list[float | None]] = ([], [])
    line_x, line_y, line_code = [], [], []
    heads: list[tuple[float, float, str, str]] = []
    for place, code in enumerate(codes):
        column, line = place % COLUMNS, place // COLUMNS
        group = rows[rows["code"] == code]
        by_year = group.set_index("fiscal_year")
        last = group.iloc[-1]
        heads.append((column, -line - 0.1, f"<b>{base.plain(str(last['name']))}</b>", code))
        for run in base.joined_runs(group["fiscal_year"], breaks):
            xs = [x_of(column, year) for year in run]
            upper = [y_of(line, by_year.at[year, "q3"]) for year in run]
            lower = [y_of(line, by_year.at[year, "q1"]) for year in run]
            band[0].extend([*xs, *xs[::-1], None])
            band[1].extend([*upper, *lower[::-1], None])
            line_x += [*xs, None]
            line_y += [*(y_of(line, by_year.at[year, "median"]) for year in run), None]
            line_code += [
                *([code, heads[-1][2], str(year), f"{by_year.at[year, 'median']:.2f}"] for year in run),
                [code, "", "", ""],
            ]
        if pass_mark is not None:
            at = y_of(line, pass_mark)
            picture.add_shape(
                type="line",
                x0=column,
                x1=column + CELL,
                y0=at,
                y1=at,
                line={"color": base.MUTED, "width": 1, "dash": "dot"},
            )
        picture.add_shape(
            type="line",
            x0=column,
            x1=column + CELL,
            y0=y_of(line, low),
            y1=y_of(line, low),
            line={"color": base.GRID, "width": 1},
        )
        picture.add_annotation(
            x=x_of(column, int(last["fiscal_year"])),
            y=-line - 0.27,
            text=f"{last['median']:.2f}",
            showarrow=False,
            xanchor="right",
            font={"size": 13, "color": base.PRIMARY},
        )
    picture.add_scatter(
        x=band[0],
        y=band[1],
        mode="lines",
        fill="toself",
        fillcolor=BAND,
        line={"width": 0},
        hoverinfo="skip",
        name="ครึ่งกลางของหน่วยงาน",
    )
    picture.add_scatter(
        x=line_x,
        y=line_y,
        customdata=line_code,
        mode="lines+markers",
        line={"color": base.PRIMARY, "width": 2},
        marker={"size": 6, "color": base.PRIMARY},
        hovertemplate="%{customdata[1]}<br>ปี %{customdata[2]}: %{customdata[3]}<extra></extra>",
        name="มัธยฐาน",
    )
    # the names can be clicked too
    picture.add_scatter(
        x=[head[0] for head in heads],
        y=[head[1] for head in heads],
        text=[head[2] for head in heads],
        customdata=[[head[3]] for head in heads],
        mode="text",
        textposition="middle right",
        textfont={"size": 13},
        hoverinfo="skip",
        showlegend=False,
    )
    picture.update_xaxes(visible=False, range=[-0.03, COLUMNS - 0.08])
    picture.update_yaxes(visible=False, range=[-lines - 0.02, 0.05])
    picture.update_layout(margin={"l": 0, "r": 0, "t": 30, "b": 0}, legend={"font": {"size": 12}})
    return picture
