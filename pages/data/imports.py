"""นำเข้าข้อมูล: files in, checked, decided, published, undone."""

import streamlit as st

from dashboard import data, session, view
from dashboard.importing import decisions, differences, draft, drop, history, problems, publishing, recognised
from dashboard.selection import OWN

view.header("นำเข้าข้อมูล", "วางไฟล์ผลการประเมิน ตรวจ ตัดสินสิ่งที่ไม่แน่ใจ แล้วเผยแพร่ ย้อนกลับได้ทุกเมื่อ")
if data.dataset() != OWN:
    st.info("นำเข้าได้เฉพาะในข้อมูลของสำนักงาน ชุดข้อมูลที่เลือกอยู่ไม่เปลี่ยน", icon=":material/info:")
    own = {"dataset": OWN, "organisations": ()}
    st.button("เปลี่ยนไปใช้ข้อมูลของสำนักงาน", on_click=session.change, kwargs=own)
    view.footer()
    st.stop()
mine = draft.current()


def step(title: str, waits_for: str | None) -> bool:
    """The heading of a step; of one that has nothing to show yet, a line that says what it waits for."""
    if waits_for is None:
        st.subheader(title, anchor=False)
    else:
        st.caption(f"**{title}** · {waits_for}")
    return waits_for is None


step("1 วางไฟล์", None)
drop.show(mine)
no_files = None if mine.files else "เมื่อวางไฟล์แล้ว"
nothing_read = None if differences.ready(mine) else "เมื่อมีคะแนนที่อ่านได้หรือตัดสินชื่อที่รออยู่"
if step("2 ที่อ่านได้", no_files):
    recognised.show(mine)
step("3 หน่วยงานที่ต้องตัดสินใจ", None)
decisions.show(mine)
if step("4 ปัญหารายช่อง", no_files):
    problems.show(mine)
if step("5 จะเปลี่ยนอะไร", nothing_read):
    differences.show(mine)
step("6 เผยแพร่", None)
publishing.show(mine)
st.divider()
step("7 รุ่นของข้อมูล", None)
history.show()
view.footer()
