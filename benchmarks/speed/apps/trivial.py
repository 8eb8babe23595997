"""The trivial page a cold load is compared with."""

import streamlit as st

st.write("ok")
