"""Step 7: the versions that were published, and the way back to each."""

from contextlib import closing
from pathlib import Path

import pandas as pd
import streamlit as st

from dashboard import data, view
from dashboard.importing import draft as drafts
from dashboard.importing.draft import Failed, told
from dashboard.text import when
from warehouse import importing, publish
from warehouse.warehouse import Warehouse

MOST_VERSIONS = 15
_SAID = "import_history_said"
_UNDONE = "import_undone"


@st.cache_data(max_entries=100, show_spinner=False)
def query(name: str, path: str) -> pd.DataFrame:
    """The answer of any version, opened only to be asked; empty where it is of an older make."""
    try:
        with told("เปิดรุ่นเดิม"), closing(Warehouse(Path(path))) as opened:
            return opened.run(name)
    except Failed:
        return pd.DataFrame()


def published() -> list[publish.Version]:
    """The versions one can go back to, latest first, the one in use at the top."""
    folder = publish.versions_folder()
    known = {one.build_id: one for one in publish.versions(folder)}
    order = dict.fromkeys(reversed(publish.published(folder)))
    return [known[build_id] for build_id in order if build_id in known]


def show() -> None:
    """One line per version with a button that goes back to it."""
    for message, good in st.session_state.pop(_SAID, []):
        (st.success if good else st.error)(view.escape(message))
    try:
        with told("เปิดรายการรุ่น"):
            found = published()
    except Failed as failure:
        st.error(view.escape(str(failure)), icon=":material/error:")
        return
    st.markdown("ทุกการเผยแพร่เป็นรุ่นใหม่ รุ่นเดิมยังอยู่ กดครั้งเดียวเพื่อย้อนกลับ เมื่อย้อนแล้วรุ่นที่ใหม่กว่าจะออกจากรายการ")
    undone = st.session_state.get(_UNDONE)
    if undone and undone not in {one.build_id for one in found}:
        st.button(
            view.escape(f"เลิกย้อน กลับไปใช้รุ่น {undone} อีกครั้ง"),
            key="import_redo",
            on_click=_redo,
            args=(undone,),
            icon=":material/redo:",
        )
    for number, one in enumerate(found[:MOST_VERSIONS]):
        before = found[number + 1] if number + 1 < len(found) else None
        _row(one, before)
    if len(found) > MOST_VERSIONS:
        st.caption(f"แสดง {MOST_VERSIONS} รุ่นล่าสุดจาก {len(found):,} รุ่น")


def _row(one: publish.Version, before: publish.Version | None) -> None:
    with st.container(border=True, key=f"import_version_{one.build_id}"):
        built, files, button = st.columns([3, 5, 2], vertical_alignment="center")
        answer = query("version_files", str(one.path))
        moment = when(answer["built_at"].iloc[0].to_pydatetime()) if len(answer) else one.build_id
        badge = " :green-badge[:material/check: ใช้อยู่]" if one.current else ""
        built.markdown(f"**{view.escape(moment)}**{badge}  \n{view.escape(one.build_id)}")
        files.markdown(
            view.escape(came_from(answer, query("version_files", str(before.path)) if before else None))
        )
        if not one.current:
            button.button(
                "ย้อนกลับมาใช้รุ่นนี้",
                key=f"import_back_{one.build_id}",
                on_click=_back,
                args=(one.build_id,),
                icon=":material/undo:",
            )


def came_from(answer: pd.DataFrame, before: pd.DataFrame | None) -> str:
    """What a version brought that the one before it had not, and who brought it."""
    if answer.empty:
        return "รุ่นเก่า ไม่มีบันทึกว่านำเข้าไฟล์ใด"
    files = answer[answer["source_id"].notna()]
    if files.empty:
        return f"{answer['dataset_th'].iloc[0]} ที่มากับโปรแกรม"
    if before is not None and len(before):
        files = files[~files["source_id"].isin(before["source_id"])]
    if files.empty:
        return "ไม่มีไฟล์ใหม่จากรุ่นก่อน (ระบุหน่วยงานให้ชื่อที่รออยู่)"
    names = list(files["title_th"].head(3))
    more = f" และอีก {len(files) - 3:,} ไฟล์" if len(files) > 3 else ""
    who = ", ".join(dict.fromkeys(files["imported_by"].dropna()))
    return f"{', '.join(names)}{more}" + (f" · โดย {who}" if who else "")


def _back(build_id: str) -> None:
    in_use = data.build_info().build_id
    try:
        with told("ย้อนกลับ"):
            publish.undo(build_id=build_id)
    except Failed as failure:
        st.session_state[_SAID] = [(str(failure), False)]
        return
    st.session_state[_UNDONE] = in_use
    st.session_state[_SAID] = [(f"ย้อนกลับแล้ว ทุกหน้าใช้รุ่น {build_id}", True)]
    drafts.current().changed()


def _redo(build_id: str) -> None:
    try:
        with told("กลับไปใช้รุ่นเดิม"):
            importing.release(build_id, publish.current_path())
    except Failed as failure:
        st.session_state[_SAID] = [(str(failure), False)]
        return
    st.session_state.pop(_UNDONE, None)
    st.session_state[_SAID] = [(f"กลับมาใช้รุ่น {build_id} แล้ว", True)]
    drafts.current().changed()
