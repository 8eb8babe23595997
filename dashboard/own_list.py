"""The dialog for a list of bodies as comparison group: it has a name, and the link carries it."""

import streamlit as st

from dashboard import session, text
from dashboard.picker import box
from dashboard.selection import FILTERS, LIST, MOST_NAME, one_line
from warehouse.lists import MOST_BODIES

_DRAFT, _NAME = "own_list_draft", "own_list_name"


def open_dialog() -> None:
    """Start from the list in use, or from the selected bodies where there is none."""
    chosen = session.selection()
    st.session_state[_DRAFT] = chosen.listed or chosen.organisations
    st.session_state[_NAME] = chosen.list_name
    _dialog()


def _put(bodies: tuple[str, ...]) -> None:
    st.session_state[_DRAFT] = bodies


@st.dialog("รายชื่อที่ทำเองเป็นกลุ่มเปรียบเทียบ", width="medium")
def _dialog() -> None:
    known, draft = session.catalog(), st.session_state[_DRAFT]
    st.caption("ลิงก์ของหน้าเก็บรายชื่อไว้ ส่งให้ผู้อื่นหรือบันทึกเป็นบุ๊กมาร์กได้")
    st.text_input("ชื่อกลุ่ม", key=_NAME, max_chars=MOST_NAME, placeholder="เช่น เทศบาลที่เข้าร่วมโครงการ")
    box(
        f"หน่วยงานในกลุ่ม (ไม่เกิน {MOST_BODIES} แห่ง)",
        known,
        draft,
        key="pick_list",
        most=MOST_BODIES,
        on_change=_put,
    )
    st.markdown("**วางชื่อหลายแห่ง** บรรทัดละหนึ่งชื่อ")
    pasted = st.text_area(
        "วางชื่อหลายแห่ง",
        key="own_list_pasted",
        height=90,
        label_visibility="collapsed",
        placeholder="อบต.เขวาใหญ่ กันทรวิชัย มหาสารคาม",
    )
    if st.button("เพิ่มชื่อที่วาง", disabled=not pasted.strip()):
        added, unsure = read_names(pasted)
        st.session_state[_DRAFT] = tuple(dict.fromkeys((*draft, *added)))[:MOST_BODIES]
        st.session_state["own_list_unsure"] = unsure
        st.rerun(scope="fragment")
    for line, found in st.session_state.get("own_list_unsure", []):
        said = f"มี {found:,} แห่งที่ตรง เติมอำเภอ จังหวัด หรือเลือกเองในช่องด้านบน" if found else "ไม่พบชื่อนี้"
        st.warning(text.escape(f"“{line}”: {said}"), icon=":material/help:")
    left, middle, right = st.columns(3)
    if left.button("ใช้เป็นกลุ่มเปรียบเทียบ", type="primary", disabled=not draft, width="stretch"):
        session.change(peers=LIST, listed=tuple(draft), list_name=one_line(st.session_state[_NAME]))
        st.rerun()
    if middle.button("ล้างรายชื่อ", disabled=not draft, width="stretch"):
        _put(())
        st.rerun(scope="fragment")
    if right.button("เลิกใช้กลุ่มนี้", disabled=session.selection().peers != LIST, width="stretch"):
        session.change(peers=FILTERS, listed=(), list_name="")
        st.rerun()


def read_names(pasted: str) -> tuple[list[str], list[tuple[str, int]]]:
    """The bodies of lines that name exactly one each, and the other lines with how many they may mean."""
    added: list[str] = []
    unsure: list[tuple[str, int]] = []
    for line in filter(None, (one.strip() for one in pasted.splitlines())):
        found = session.catalog().named(line)
        if len(found) == 1:
            added += found
        else:
            unsure.append((line, len(found)))
    return added, unsure
