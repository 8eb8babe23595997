"""The router: page config, the shared selection, navigation. Nothing else."""

import streamlit as st

from dashboard import session, sidebar
from dashboard.session import ROOT

# The icon is a file of our own: a material symbol here would be fetched from the internet.
st.set_page_config(page_title="ผลการประเมิน ITA", page_icon=ROOT / "dashboard" / "icon.svg", layout="wide")

# Before the navigation, so that the selection is in the URL when a page opens: a step back is a page back.
session.start()
PAGES = ROOT / "pages"
sections = {
    "กำกับติดตาม": [
        st.Page(PAGES / "supervise/overview.py", title="ภาพรวม", icon=":material/dashboard:", default=True),
        st.Page(PAGES / "supervise/review.py", title="สรุปประจำปี", icon=":material/summarize:"),
        st.Page(PAGES / "supervise/compare.py", title="เปรียบเทียบ", icon=":material/table_rows:"),
        st.Page(PAGES / "supervise/weakest.py", title="จุดอ่อน", icon=":material/trending_down:"),
        st.Page(PAGES / "supervise/organisation.py", title="หน่วยงาน", icon=":material/account_balance:"),
        st.Page(PAGES / "supervise/road.py", title="ทำอะไรต่อ", icon=":material/route:"),
    ],
    "วิเคราะห์": [
        st.Page(PAGES / "analyse/trends.py", title="แนวโน้ม", icon=":material/timeline:"),
        st.Page(PAGES / "analyse/movers.py", title="การเปลี่ยนแปลง", icon=":material/swap_vert:"),
        st.Page(
            PAGES / "analyse/inside_outside.py",
            title="ภายใน–ภายนอก–เอกสาร",
            icon=":material/compare_arrows:",
            url_path="inside-outside",
        ),
        st.Page(PAGES / "analyse/explorer.py", title="สำรวจเอง", icon=":material/explore:"),
    ],
    "ประชุม": [st.Page(PAGES / "meet/meeting.py", title="ประชุม", icon=":material/present_to_all:")],
    "ข้อมูล": [
        st.Page(
            PAGES / "data/imports.py",
            title="นำเข้าข้อมูล",
            icon=":material/upload_file:",
            url_path="imports",
        ),
        st.Page(PAGES / "data/quality.py", title="คุณภาพข้อมูล", icon=":material/fact_check:"),
        st.Page(PAGES / "data/methods.py", title="วิธีการ", icon=":material/menu_book:"),
    ],
}
page = st.navigation(sections, position="hidden" if session.presenting() else "top")
session.enter(page.url_path, {one.url_path: one.title for pages in sections.values() for one in pages})
if not session.presenting():
    sidebar.show()
page.run()
