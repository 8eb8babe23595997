"""Step 1: the files, who brings them, and the template."""

from collections.abc import Callable

import streamlit as st

from dashboard import view
from dashboard.exports import template
from dashboard.importing import draft as drafts
from dashboard.importing.draft import Draft, Failed, File
from ita_data.readers.files import MAX_BYTES, TABLE_KINDS

MOST_FILES = 50
WHO = "import_who"
_ROUND = "import_round"
_REFUSED = "import_refused"
# Streamlit's uploader speaks English only. Where its marks are others than these, it does so again.
THAI_UPLOADER = """<style>
[data-testid="stFileUploaderDropzone"] button [data-testid="stMarkdownContainer"] p,
[data-testid="stFileUploaderDropzoneInstructions"] > div { display: none; }
[data-testid="stFileUploaderDropzone"] button [data-testid="stMarkdownContainer"]::after {
    content: "เลือกไฟล์";
}
[data-testid="stFileUploaderDropzoneInstructions"]::after {
    content: "หรือลากมาวางที่นี่"; font-size: 0.875rem; opacity: 0.7;
}
</style>"""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def show(draft: Draft) -> None:
    """The uploader, the name of the person, the template, and the files taken in so far."""
    st.html(THAI_UPLOADER)
    left, right = st.columns([5, 3], gap="medium")
    with left:
        # a key of its own for every drop: files taken in are listed below, the box is free for more
        key = f"import_files_{st.session_state.setdefault(_ROUND, 0)}"
        st.file_uploader(
            "ลากไฟล์มาวางหรือเลือกไฟล์ ครั้งละหลายไฟล์ได้ "
            f"(ไม่เกิน {MAX_BYTES // 1_000_000} MB ต่อไฟล์ รวมไม่เกิน {MOST_FILES} ไฟล์)",
            accept_multiple_files=True,
            key=key,
            on_change=_take_in,
            args=(key,),
        )
        st.caption(
            "ตารางคะแนนหรือทะเบียนหน่วยงาน (ใช้เทียบชื่อ): XLSX, XLS, ODS, CSV, Parquet · "
            "เอกสารของหน่วยงานเดียว: DOCX, PDF ที่มีข้อความ, HTML, Markdown, ข้อความ · "
            "วางไฟล์แล้วยังไม่มีอะไรเปลี่ยน จนกว่าจะกดเผยแพร่ในขั้นที่ 6"
        )
    with right:
        st.text_input(
            "ชื่อผู้นำเข้า (บันทึกไว้กับทุกคะแนน)",
            key=WHO,
            max_chars=100,
            placeholder="เช่น สมหญิง ใจดี สถจ.มหาสารคาม",
            persist_state="session",
        )
        with st.container(horizontal=True, vertical_alignment="bottom"):
            years = sorted(drafts.editions(), reverse=True)
            year = st.selectbox(
                "แม่แบบของปี", years, key="import_template_year", placeholder="เลือกปี", width=110
            )
            st.download_button(
                "ดาวน์โหลดแม่แบบ",
                lambda: template.template_bytes(drafts.editions(), year),
                f"ita-template-{year}.xlsx",
                XLSX,
                key="import_template",
                on_click="ignore",
                icon=":material/download:",
            )
        st.caption("ไม่จำเป็นต้องใช้แม่แบบ ระบบอ่านตารางของท่านได้หลายรูปแบบ")
    for message in st.session_state.pop(_REFUSED, []):
        st.warning(view.escape(message), icon=":material/report:")
    read_all(draft)
    for file in draft.files:
        _row(draft, file)


def who() -> str:
    """The name of the person who imports."""
    return str(st.session_state.get(WHO) or "").strip()


def _take_in(key: str) -> None:
    draft = drafts.current()
    refused = []
    for one in st.session_state[key]:
        if len(draft.files) >= MOST_FILES:
            refused.append(f"{one.name}: เกิน {MOST_FILES} ไฟล์ต่อครั้ง ให้เผยแพร่ชุดนี้ก่อนแล้ววางไฟล์ที่เหลือ")
        elif one.size > MAX_BYTES:
            refused.append(f"{one.name}: ใหญ่เกิน {MAX_BYTES // 1_000_000} MB ให้แบ่งเป็นหลายไฟล์ เช่น ปีละไฟล์")
        elif not drafts.add(draft, one.name, one.getvalue()):
            refused.append(f"{one.name}: มีไฟล์เนื้อหาเดียวกันอยู่แล้ว จึงไม่เพิ่มซ้ำ")
    st.session_state[_REFUSED] = refused
    st.session_state[_ROUND] += 1


def read_all(draft: Draft) -> None:
    """Read what was not read yet, saying which file it is, and look the names up."""
    waiting = drafts.unread(draft)
    if waiting:
        bar = st.progress(0.0, "กำลังอ่านไฟล์")
        for number, file in enumerate(waiting):
            bar.progress(
                number / len(waiting), view.escape(f"กำลังอ่าน {file.name} ({number + 1}/{len(waiting)})")
            )
            try:
                drafts.take(file)
            except Failed as failure:
                drafts.failed_reading(file, str(failure))
        bar.empty()
    try:
        drafts.look_up(draft)
    except Failed as failure:
        st.error(view.escape(str(failure)), icon=":material/error:")
        st.stop()


def _row(draft: Draft, file: File) -> None:
    """One file: its name, what came of it, what it is and of which year where a person can say, a way out."""
    errors = sum(one.severity == "error" for one in file.problems)
    with st.container(border=True, key=f"import_file_{file.sha256[:16]}"):
        name, kind, year, out = st.columns([6, 2, 2, 1], vertical_alignment="center")
        found, state = _state(file)
        size = f"{len(file.data) / 1e6:,.1f} MB" if len(file.data) > 100_000 else f"{len(file.data):,} ไบต์"
        trouble = f" · ต้องแก้ {errors:,} จุด" if errors else ""
        icon = ":material/check_circle:" if found and not errors else ":material/error:"
        name.markdown(f"{icon} **{view.escape(file.name)}**  \n{view.escape(f'{size} · {state}{trouble}')}")
        if file.reading is not None and file.reading.kind in TABLE_KINDS:
            kind.selectbox(
                "ไฟล์นี้คือ",
                [False, True],
                index=int(file.register is not None),
                format_func=lambda one: "ทะเบียนหน่วยงาน" if one else "ผลการประเมิน",
                key=f"import_kind_{file.sha256}_{file.register is not None}",
                on_change=_chose_kind,
                args=(file.sha256, f"import_kind_{file.sha256}_{file.register is not None}"),
                placeholder="เลือก",
            )
        if file.register is None and file.reading is not None and file.reading.kind != "unknown":
            years = [None, *sorted(drafts.editions(), reverse=True)]
            year.selectbox(
                "ปีงบประมาณของไฟล์นี้" + (" (ต้องระบุ)" if file.asks_year and not file.fiscal_year else ""),
                years,
                index=years.index(file.fiscal_year),
                format_func=lambda one: "ให้ไฟล์บอกเอง" if one is None else str(one),
                key=f"import_year_{file.sha256}",
                on_change=_chose_year,
                args=(file.sha256,),
                placeholder="เลือกปี",
            )
        out.button(
            "เอาออก",
            key=f"import_out_{file.sha256}",
            on_click=_with_draft(drafts.remove),
            args=(file.sha256,),
            type="tertiary",
            icon=":material/close:",
        )
        if file.register is not None:
            _ask_complete(file)
        if not found and errors:
            first = next(one for one in file.problems if one.severity == "error")
            st.error(
                f"{view.escape(first.message_th)}  \n{view.escape(first.advice_th)}", icon=":material/error:"
            )


def _state(file: File) -> tuple[int, str]:
    """How much of a file can be used, as a number and in words."""
    if file.register is not None:
        bodies = file.register.bodies
        provinces = len({one.province_th for one in bodies} - {None})
        return len(bodies), f"ทะเบียน {len(bodies):,} แห่ง ใน {provinces:,} จังหวัด"
    n_scores = 0 if file.reading is None else int(file.reading.scores["stands"].sum())
    return n_scores, f"อ่านได้ {n_scores:,} คะแนน" if n_scores else "ยังไม่มีคะแนนที่ใช้ได้"


def _ask_complete(file: File) -> None:
    """Whether the register lacks no body: it decides what a name without a district can mean."""
    key = f"import_complete_{file.sha256}"
    st.radio(
        "ทะเบียนนี้มีองค์กรปกครองส่วนท้องถิ่นครบทุกแห่งของทุกจังหวัดที่อยู่ในไฟล์หรือไม่",
        [False, True],
        index=int(file.complete),
        format_func=lambda one: "ครบทุกแห่ง" if one else "ไม่ครบ หรือไม่แน่ใจ",
        captions=[
            "ชื่อที่บอกที่ตั้งไม่ครบ ระบบจะถามก่อนเสมอ",
            "ชื่อที่มีแห่งเดียวในทะเบียนถือว่าตรงกัน แม้ไฟล์คะแนนไม่บอกอำเภอหรือประเภท",
        ],
        key=key,
        on_change=_chose_complete,
        args=(file.sha256, key),
    )
    st.caption("ทะเบียนใช้เทียบชื่อเท่านั้น หน่วยงานที่ไม่มีคะแนนในไฟล์อื่นจะไม่ถูกเพิ่ม")


def _file(draft: Draft, sha256: str) -> File:
    return next(one for one in draft.files if one.sha256 == sha256)


def _chose_kind(sha256: str, key: str) -> None:
    draft = drafts.current()
    drafts.use_as(draft, _file(draft, sha256), as_register=st.session_state[key])


def _chose_complete(sha256: str, key: str) -> None:
    draft = drafts.current()
    drafts.use_as(draft, _file(draft, sha256), as_register=True, complete=st.session_state[key])


def _chose_year(sha256: str) -> None:
    draft = drafts.current()
    file = _file(draft, sha256)
    year = st.session_state[f"import_year_{sha256}"]
    drafts.correct(draft, file, fiscal_year=year, corrections=file.corrections)


def _with_draft(change: Callable[..., object]) -> Callable[..., None]:
    def call(*given: object) -> None:
        change(drafts.current(), *given)

    return call
