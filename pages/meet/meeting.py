"""ประชุม: a queue of views, shown on a wall that changes live and needs no mouse."""

import streamlit as st

from dashboard import session, view
from dashboard.meeting import desk, state, wall

state.follow_link()
if session.presenting() and state.current():
    wall.show()
elif session.presenting():  # there is nothing to show on a wall
    state.leave()
    st.rerun()
else:
    wall.close()
    view.header("ประชุม", "เรียงมุมมองเป็นคิว แล้วฉายทีละภาพจากคีย์บอร์ด ภาพเปลี่ยนเองเมื่อมีข้อมูลรุ่นใหม่")
    desk.show()
    view.footer()
