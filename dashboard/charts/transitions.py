"""From which grade to which the bodies of a group went: a matrix with its counts."""

import plotly.graph_objects as go

from dashboard.charts import base
from dashboard.charts.cascade import label


def chart(
    rows: list[list[str]],
    columns: list[list[str]],
    counts: list[list[int]],
    directions: list[list[int]],
    from_year: int,
    to_year: int,
) -> go.Figure:
    """Rows are grades (lines of a label) of the first year, columns of the second, best first.

    `counts` are bodies by row and column; `directions` say whether a cell is a rise (1), a fall (-1) or
    neither (0). Cells are darker the more bodies they hold, in blue for a rise, orange for a fall.
    """
    total = max(sum(map(sum, counts)), 1)
    top = max((n for row in counts for n in row), default=1) or 1
    hover = f"ปี {from_year} %{{y}} → ปี {to_year} %{{x}}<br>%{{customdata}}<extra></extra>"
    texts = [[f"{n:,}<br>{100 * n / total:.1f}%" if n else "" for n in row] for row in counts]
    shades = [
        # the root keeps small cells visible beside the crowd that stayed
        [None if not n else way * (n / top) ** 0.5 for n, way in zip(row, ways, strict=True)]
        for row, ways in zip(counts, directions, strict=True)
    ]
    return base.figure(
        110 + 62 * len(rows),
        [
            {
                "type": "heatmap",
                "x": [label(lines) for lines in columns],
                "y": [label(lines) for lines in rows],
                "z": shades,
                "text": texts,
                "texttemplate": "%{text}",
                "textfont": {"size": 13, "color": base.INK},
                "customdata": [[f"{n:,} แห่ง" for n in row] for row in counts],
                "hovertemplate": hover,
                "hoverongaps": False,
                "colorscale": [list(stop) for stop in base.SCALE],
                "zmin": -1,
                "zmax": 1,
                "showscale": False,
                "xgap": 3,
                "ygap": 3,
            }
        ],
        xaxis={"side": "top", "showgrid": False, "type": "category", "title": {"text": f"ปี {to_year}"}},
        yaxis={
            "autorange": "reversed",
            "showgrid": False,
            "type": "category",
            "title": {"text": f"ปี {from_year}"},
        },
    )
