"""A view that is read rather than sorted: a plain table whose cells wrap, so that no sentence is cut."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from dashboard import number_source, text, view


def show(
    shown: view.View,
    *,
    screen: pd.DataFrame | None = None,
    bold: Sequence[bool] = (),
    anchor: str | None = None,
) -> None:
    """Draw a view as its head, its whole table, its notes and its downloads.

    `screen` stands in for the table where the files hold more than fits a screen.
    """
    view.head(shown, anchor=anchor)
    table(shown.frame if screen is None else screen, shown.sentence, bold=bold)
    number_source.choose(shown.frame, shown.numbers, key=f"choose_{shown.key}")
    view.notes(shown)
    view.downloads(shown)


# kept as drawn: printing the cells again takes some ten times as long as finding the table again
@st.cache_data(max_entries=200, show_spinner=False)
def table(frame: pd.DataFrame, alt: str, *, bold: Sequence[bool] = ()) -> None:
    """The table alone; `alt` says what it shows, `bold` which rows stand out.

    Texts are escaped, for cells are read as Markdown.
    """
    words, formats = frame.reset_index(drop=True), {}
    for name in frame.columns:
        if pd.api.types.is_float_dtype(words[name]):
            formats[name] = text.points
        elif pd.api.types.is_integer_dtype(words[name]):
            formats[name] = "{:.0f}" if name.startswith("ปี") else "{:,.0f}"  # a year takes no separator
        else:
            cells = [text.MISSING if pd.isna(one) else view.escape(str(one)) for one in words[name]]
            words[name] = [
                f"**{cell}**" if strong and cell else cell
                for cell, strong in zip(cells, bold or [False] * len(cells), strict=True)
            ]
    styled = words.style.format(formats, na_rep=text.MISSING)
    st.table(styled, border="horizontal", hide_index=True, alt=alt)
