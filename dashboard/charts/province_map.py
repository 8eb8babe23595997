"""Thailand as 77 tiles, one per province: needs no map file, and a small province is as easy to hit as a large one."""

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import base

# Points of the mean, from low to high; each class has its own name in the legend, so colour is never alone.
CLASSES = (
    (0.0, 70.0, "ต่ำกว่า 70", "#B8500F"),
    (70.0, 85.0, "70 – ต่ำกว่า 85", "#F2B98A"),
    (85.0, 95.0, "85 – ต่ำกว่า 95", "#9CCBE0"),
    (95.0, 100.01, "95 ขึ้นไป", "#0B5C7A"),
)
DARK = {"#B8500F", "#0B5C7A"}


def chart(provinces: pd.DataFrame) -> go.Figure:
    """Tiles coloured by the mean overall of the bodies loaded for each province.

    `provinces` has iso, name_th, abbr_th, tile_col, tile_row, n, mean (points) and official_mean. A province
    without bodies is white: missing is not low. A point's customdata starts with the province's code.
    """
    picture = base.figure(560)
    known = provinces["mean"].notna()
    groups = [("ยังไม่มีข้อมูล", "#FFFFFF", provinces[~known])]
    for low, high, name, color in CLASSES:
        groups.append(
            (name, color, provinces[known & (provinces["mean"] >= low) & (provinces["mean"] < high)])
        )
    for name, color, rows in groups:
        picture.add_scatter(
            x=rows["tile_col"],
            y=rows["tile_row"],
            mode="markers+text",
            name=f"{name} ({len(rows)})",
            text=rows["abbr_th"],
            textfont={"size": 12, "color": base.PAPER if color in DARK else base.INK},
            marker={
                "symbol": "square",
                "size": 31,
                "color": color,
                "line": {"color": base.GRID if color == "#FFFFFF" else base.PAPER, "width": 1.5},
            },
            customdata=[
                [row.iso, row.name_th, row.n, points(row.mean), points(row.official_mean)]
                for row in rows.itertuples(index=False)
            ],
            hovertemplate=(
                "%{customdata[1]}<br>ค่าเฉลี่ยของหน่วยงานในคลัง: %{customdata[3]} (n = %{customdata[2]})"
                "<br>ค่าเฉลี่ยจังหวัดที่เผยแพร่: %{customdata[4]}<extra></extra>"
            ),
        )
    picture.update_xaxes(visible=False, scaleanchor="y", constrain="domain")
    picture.update_yaxes(visible=False, autorange="reversed")
    picture.update_layout(legend={"font": {"size": 12}}, margin={"l": 0, "r": 0, "t": 44, "b": 0})
    return picture


def points(value: float) -> str:
    """Points for a hover label, a dash where unknown."""
    return "–" if pd.isna(value) else f"{value:.2f}"
