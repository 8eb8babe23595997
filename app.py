"""The router: page config and navigation. Run with `streamlit run app.py`."""

from pathlib import Path

import streamlit as st

from dashboard import data, session

# The icon is a file of our own: a material symbol here would be fetched from the internet.
st.set_page_config(page_title="ผลการประเมิน ITA", page_icon=Path(__file__).parent / "dashboard/icon.svg", layout="wide")

page = st.navigation(
    {
        "กำกับติดตาม": [
            st.Page("pages/supervise/overview.py", title="ภาพรวม", icon=":material/dashboard:", default=True),
            st.Page("pages/supervise/compare.py", title="เปรียบเทียบ", icon=":material/table_rows:"),
            st.Page("pages/supervise/weakest.py", title="จุดอ่อน", icon=":material/trending_down:"),
            st.Page("pages/supervise/organisation.py", title="หน่วยงาน", icon=":material/account_balance:"),
        ],
        "วิเคราะห์": [st.Page("pages/analyse/trends.py", title="แนวโน้ม", icon=":material/timeline:")],
        "ข้อมูล": [
            st.Page("pages/data/quality.py", title="คุณภาพข้อมูล", icon=":material/fact_check:"),
            st.Page("pages/data/methods.py", title="วิธีการ", icon=":material/menu_book:"),
        ],
    }
)
data.ensure_warehouse()
session.start()
session.sidebar()
page.run()
