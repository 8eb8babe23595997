"""Serve the dashboard: `streamlit run app.py`.

The router is a script in a folder of its own, `dashboard/router/main.py`: next to a folder named `pages`
Streamlit takes a deep link on a cold server for a wrong one. Scripts and styles go out compressed.
"""

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware

app = st.App(
    Path(__file__).parent / "dashboard" / "router" / "main.py",
    middleware=[Middleware(GZipMiddleware, minimum_size=1024)],
)
