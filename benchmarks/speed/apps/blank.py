"""The empty page: as many blank charts and tables as the address asks for, and nothing else."""

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

for number in range(int(st.query_params.get("charts", 0))):
    st.plotly_chart(go.Figure(), key=f"chart-{number}")
for _ in range(int(st.query_params.get("tables", 0))):
    st.dataframe(pd.DataFrame())
