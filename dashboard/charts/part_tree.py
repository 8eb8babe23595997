"""The tree of parts of an edition with the share of every part in the overall."""

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import base
from ita_data.thai import wrap_label

# Of each level: left edge, width, how much of the instrument's colour is left, columns of a label.
LEVELS = {
    "instrument": (0.0, 0.30, 1.0, 34),
    "indicator": (0.305, 0.315, 0.35, 40),
    "sub_indicator": (0.625, 0.375, 0.16, 60),
}


def chart(parts: pd.DataFrame, names: dict[str, str]) -> go.Figure:
    """One column per level from the instruments to the sub-indicators, each part as high as it weighs.

    `parts` has part, parent, level, instrument, name_th and weight_in_total, in tree order; `names` has the
    Thai names of the levels. Items are left to the tables, where their long names can be read, and so is what
    has no confirmed weight.
    """
    drawn = parts[parts["level"].isin(list(LEVELS)) & parts["weight_in_total"].notna()]
    # As often as needed for any number of instruments.
    hues = dict(zip(drawn.loc[drawn["level"] == "instrument", "part"], base.SERIES * 4, strict=False))
    free: dict[str | None, float] = {}  # how far each part is already filled with its children
    blocks = []
    for row in drawn.itertuples():
        left, width, strength, columns = LEVELS[row.level]
        start = free.get(row.parent, 0.0)
        free[row.parent] = start + row.weight_in_total
        free[row.part] = start
        label = "<br>".join(base.plain(line) for line in wrap_label(f"{row.part} {row.name_th}", columns))
        blocks.append(
            {
                "type": "bar",
                "orientation": "h",
                "x": [width],
                "base": left,
                "y": [start + row.weight_in_total / 2],
                "width": row.weight_in_total,
                "marker": {
                    "color": _tint(hues[row.instrument], strength),
                    "line": {"color": base.PAPER, "width": 2},
                },
                # Inside the bar and shrunk to it, so that labels never meet on a narrow screen.
                "text": f"{label}  <b>{row.weight_in_total * 100:g}%</b>",
                "textposition": "inside",
                "insidetextanchor": "start",
                "textangle": 0,
                "textfont": {"size": 14, "color": base.PAPER if strength == 1 else base.INK},
                "hovertemplate": f"{label}: {row.weight_in_total:.2%} ของคะแนนรวม<extra></extra>",
            }
        )
    columns_of = {level: LEVELS[level] for level in LEVELS if level in set(drawn["level"])}
    return base.figure(
        640,
        blocks,
        xaxis={
            "range": [0, max(left + width for left, width, *_ in columns_of.values())],
            "tickvals": [left + width / 2 for left, width, *_ in columns_of.values()],
            "ticktext": [names[level] for level in columns_of],
            "side": "top",
            "showgrid": False,
        },
        yaxis={"visible": False, "range": [free[drawn["parent"].iloc[0]], 0]},
        barmode="overlay",
        showlegend=False,
        margin={"l": 4, "r": 4, "t": 28, "b": 4},
    )


def _tint(color: str, strength: float) -> str:
    """A colour mixed with white: 1 is the colour itself."""
    channels = [int(color[at : at + 2], 16) for at in (1, 3, 5)]
    return "#" + "".join(f"{round(255 - (255 - one) * strength):02X}" for one in channels)
