"""How many findings each check has."""

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import base


def chart(checks: pd.DataFrame) -> go.Figure:
    """One flat bar per check in the order given, the first on top, each under its name.

    `checks` has title_th, severity_th and n. The severity stands in the label, not in a colour.
    """
    picture = base.figure(24 + 54 * len(checks))
    picture.add_bar(
        orientation="h",
        y=list(range(len(checks))),
        x=checks["n"],
        width=0.36,
        text=[f"{n:,}" for n in checks["n"]],
        textposition="outside",
        cliponaxis=False,
        marker={"color": base.PRIMARY},
        customdata=[base.plain(title) for title in checks["title_th"]],
        hovertemplate="%{customdata}<br>%{x:,} ข้อ<extra></extra>",
    )
    # Above its bar a long name fits a narrow screen too.
    for at, row in enumerate(checks.itertuples()):
        picture.add_annotation(
            x=0,
            y=at - 0.2,
            text=f"{base.plain(row.title_th)}  <b>[{row.severity_th}]</b>",
            showarrow=False,
            xanchor="left",
            yanchor="bottom",
            xshift=-2,
        )
    picture.update_yaxes(visible=False, range=[len(checks) - 0.7, -0.75])
    picture.update_xaxes(range=[0, int(checks["n"].max()) * 1.12], visible=False)
    picture.update_layout(margin={"l": 4, "r": 24, "t": 4, "b": 4})
    return picture
