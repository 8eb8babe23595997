"""Documents of every body of a group in one ZIP."""

import tempfile
import threading
from datetime import datetime
from functools import partial
from typing import IO, Any

import pandas as pd
import streamlit as st

from dashboard import data, session, view
from dashboard.exports import batch, facts
from dashboard.exports.facts import Ask
from dashboard.listing import Asked
from dashboard.panels.documents import KINDS, Kind, file_name, offered
from dashboard.panels.road import editions
from dashboard.selection import ALL, Group
from warehouse import lists, warehouse

_MADE = "documents_made"


def show(group: Group) -> None:
    """A box that makes one ZIP with a document of every body of a group; shut it asks for nothing."""
    year = session.selection().year
    opened = st.expander(
        "เอกสารของทุกแห่งในกลุ่ม", icon=":material/folder_zip:", key="documents_group", on_change="rerun"
    )
    if year is None or not opened.open:
        return
    rows = _members(group, year)
    n = 0 if rows.empty else int(rows["n"].iloc[0])
    with opened:
        st.caption(view.escape(f"{group.label} · {n:,} แห่งที่มีข้อมูลปี {year} · รวมได้ไม่เกิน {batch.MOST} แห่งต่อครั้ง"))
        if n > batch.MOST:
            st.warning("กลุ่มใหญ่เกินไป ลองเลือกจังหวัดหรือประเภทในแถบด้านซ้าย", icon=":material/info:")
            return
        if not n:
            st.info("ไม่มีหน่วยงานในกลุ่มนี้ที่มีข้อมูลของปี", icon=":material/info:")
            return
        kinds = offered(*(one for one in KINDS if one.startswith("annual")))
        code = st.radio("เอกสาร", kinds, format_func=lambda one: KINDS[one].name_th, key="documents_kind")
        about = (str(data.current().path), group, year, code)
        if st.button(f"สร้าง ZIP ของ {n:,} แห่ง", key="documents_make", icon=":material/build:"):
            st.session_state[_MADE] = (about, _make(rows, group, year, KINDS[code]))
        made = st.session_state.get(_MADE)
        if made and made[0] == about:
            st.download_button(
                f"ดาวน์โหลด ZIP ({n:,} แห่ง)",
                partial(_content, made[1]),
                f"{file_name(code, year, data.build_info().simulated)}-{batch.file_name(group.label)}.zip",
                "application/zip",
                key="documents_zip",
                on_click="ignore",
                icon=":material/download:",
            )


def _members(group: Group, year: int) -> pd.DataFrame:
    """The bodies of a group with any score in a year, by name, up to the most of one ZIP."""
    where = {"place": group.place, "kind": group.kind, "fiscal_year": year}
    asked = Asked("name", rows=batch.MOST).parameters()
    return data.query("results", **where, district="", only="", show="all", **asked)


@st.cache_resource
def _one_at_a_time() -> threading.Lock:
    """One ZIP is made at a time: the others wait, so that pages stay quick for everybody."""
    return threading.Lock()


def _make(rows: pd.DataFrame, group: Group, year: int, kind: Kind) -> IO[bytes]:
    """Make the ZIP in a temporary file, with a bar for how far it is; the file goes with its last user."""
    bar = st.progress(0.0, "รอคิวสร้างเอกสาร")
    file = tempfile.TemporaryFile()  # noqa: SIM115 (it stays open for the download)
    ask, edition, today = asker(group), editions()[year], datetime.now().astimezone()

    def one(body_id: str) -> bytes:
        return kind.make(facts.gather(ask, body_id, group, edition), today)

    with _one_at_a_time():
        batch.write(
            file,
            list(zip(rows["organisation_id"], rows["label_th"], strict=True)),
            kind.suffix,
            one,
            lambda done, n: bar.progress(done / n, f"สร้างแล้ว {done:,} จาก {n:,} แห่ง"),
        )
    bar.empty()
    return file


def _content(file: IO[bytes]) -> bytes:
    file.seek(0)
    return file.read()


def asker(group: Group) -> Ask:
    """Asks the current version past the cache of the pages: hundreds of bodies would fill it."""
    path = data.current().path
    whole = warehouse.open_version(path)
    listed = lists.open_list(path, group.bodies) if group.bodies else whole

    def run(name: str, **parameters: Any) -> pd.DataFrame:
        if group.bodies and "place" in parameters:
            return listed.run(name, **{**parameters, "place": ALL})
        return whole.run(name, **parameters)

    return facts.remembering(run)
