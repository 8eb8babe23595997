"""The button that queues a view for the meeting."""

import streamlit as st

from dashboard.meeting import state
from dashboard.meeting.queue import MOST_VIEWS


def button(view: str, title: str) -> None:
    """Queue a view of this page, by its key; once it is there, say so."""
    queued = state.queued(view)
    full = len(state.current()) >= MOST_VIEWS
    st.button(
        "อยู่ในที่ประชุมแล้ว" if queued else "เพิ่มในที่ประชุม",
        key=f"meet_{view}",
        type="tertiary",
        icon=":material/check:" if queued else ":material/add_to_queue:",
        disabled=queued or full,
        help=f"คิวของการประชุมมีได้ไม่เกิน {MOST_VIEWS} มุมมอง" if full and not queued else None,
        on_click=state.add,
        args=(view, title),
    )
