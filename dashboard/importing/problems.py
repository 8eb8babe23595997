"""Step 4: what is wrong, cell by cell, on screen and as files."""

from collections.abc import Sequence
from datetime import date

import pandas as pd
import streamlit as st

from dashboard import text, view
from dashboard.exports import marked
from dashboard.importing import words
from dashboard.importing.draft import Draft
from ita_data.readers.files import TABLE_KINDS
from ita_data.readers.reading import Problem

COLUMNS = ["ระดับ", "ไฟล์", "แผ่นงาน", "แถว", "คอลัมน์", "ค่าในไฟล์", "ปัญหา", "สิ่งที่ควรทำ"]
MOST_ROWS = 1_000
"""Rows shown on screen; the files that are downloaded hold all."""
ROW_HEIGHT = 94
"""Four lines: a message is read whole."""


def frame_of(found: Sequence[Problem]) -> pd.DataFrame:
    """The problems as the user reads them, those to be mended first."""
    order = list(words.SEVERITIES)
    rows = [
        (
            words.SEVERITIES[one.severity],
            one.file,
            one.sheet,
            one.row,
            one.column,
            None if one.value is None else words.printable(one.value),
            words.printable(one.message_th),
            one.advice_th,
        )
        for one in sorted(found, key=lambda one: order.index(one.severity))
    ]
    return pd.DataFrame(rows, columns=COLUMNS).astype({"แถว": "Int64"})


def show(draft: Draft) -> None:
    """The counts, the table of the chosen severities, the downloads."""
    found = [problem for file in draft.files for problem in file.problems]
    if not found:
        st.markdown("ไม่พบปัญหาในไฟล์")
        return
    counts = {name: sum(one.severity == name for one in found) for name in words.SEVERITIES}
    st.markdown(
        f"ต้องแก้ **{counts['error']:,}** จุด (ช่องเหล่านี้ไม่ถูกใช้จนกว่าจะแก้) · "
        f"ควรตรวจ {counts['warning']:,} จุด · แจ้งให้ทราบ {counts['info']:,} จุด"
    )
    present = [name for name, n in counts.items() if n]
    chosen = st.pills(
        "แสดง",
        present,
        selection_mode="multi",
        default=[name for name in present if name != "info"] or present,
        format_func=lambda name: f"{words.SEVERITIES[name]} ({counts[name]:,})",
        key="import_severities_" + "_".join(present),
        label_visibility="collapsed",
    )
    frame = frame_of([one for one in found if one.severity in chosen])
    if frame.empty:
        st.caption("เลือกระดับที่ต้องการดู")
    else:
        if len(frame) > MOST_ROWS:
            st.caption(f"แสดง {MOST_ROWS:,} จุดแรกจาก {len(frame):,} จุด ไฟล์ที่ดาวน์โหลดมีครบ")
        st.dataframe(
            frame.head(MOST_ROWS),
            hide_index=True,
            column_config={
                "ระดับ": st.column_config.TextColumn(width=75),
                "ไฟล์": st.column_config.TextColumn(width=110),
                "แผ่นงาน": st.column_config.TextColumn(width=70),
                "แถว": st.column_config.NumberColumn(width=45),
                "คอลัมน์": st.column_config.TextColumn(width=60),
                "ค่าในไฟล์": st.column_config.TextColumn(width=85),
                "ปัญหา": st.column_config.TextColumn(width=240),
                "สิ่งที่ควรทำ": st.column_config.TextColumn(width=240),
            },
            row_height=ROW_HEIGHT,
            height="content" if len(frame) <= 4 else 36 + 4 * ROW_HEIGHT,
            placeholder=text.MISSING,
        )
    _downloads(draft, frame)


def _downloads(draft: Draft, frame: pd.DataFrame) -> None:
    about = {
        "หัวข้อ": "ปัญหารายช่องของไฟล์ที่นำเข้า",
        "ไฟล์": ", ".join(file.name for file in draft.files),
        "จำนวน": f"{len(frame):,} จุด",
        "วันที่ส่งออก": f"{date.today():%d/%m}/{date.today().year + 543}",
    }
    with st.container(horizontal=True):
        for suffix, mime, content in view.FILES:
            st.download_button(
                suffix.upper(),
                lambda content=content: content(frame, about),
                f"ita-import-problems.{suffix}",
                mime,
                key=f"import_problems_{suffix}",
                on_click="ignore",
                icon=":material/download:",
                disabled=frame.empty,
            )
        for file in draft.files:
            placed = [one for one in file.problems if one.row is not None or one.column is not None]
            if file.reading is not None and file.reading.kind in TABLE_KINDS and placed:
                st.download_button(
                    view.escape(f"{file.name[:40]} ที่ทำเครื่องหมายแล้ว"),
                    lambda file=file: marked.marked_bytes(file.data, file.name, file.problems),
                    f"{_stem(file.name)}-marked.xlsx",
                    view.FILES[1][1],
                    key=f"import_marked_{file.sha256}",
                    on_click="ignore",
                    icon=":material/ink_highlighter:",
                )


def _stem(name: str) -> str:
    """The name of a file without its folders and extension, fit for another file."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1].rsplit(".", 1)[0]
    return "".join(char for char in last if char.isprintable() and char not in '<>:"|?*')[:80] or "file"
