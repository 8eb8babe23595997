"""Documents of one body to take home: the profile on a page, and the annual analysis."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial

import streamlit as st

from dashboard import data, session, view
from dashboard.exports import annual, batch, facts, profile
from dashboard.exports.facts import Facts
from dashboard.panels.road import editions
from dashboard.selection import Group

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
DIGITS = {"arabic": "เลขอารบิก 0–9", "thai": "เลขไทย ๐–๙"}


@dataclass(frozen=True)
class Kind:
    """A document that can be made of a body: its name, its file's ending and type, and how it is made."""

    name_th: str
    suffix: str
    mime: str
    make: Callable[[Facts, datetime], bytes]


def _profile_pdf(found: Facts, today: datetime) -> bytes:
    return profile.pdf(profile.sheet(found, today), today)


def _profile_docx(found: Facts, today: datetime) -> bytes:
    return profile.docx(profile.sheet(found, today))


KINDS: Mapping[str, Kind] = {
    "profile-pdf": Kind("สรุปหน้าเดียว (PDF)", "pdf", "application/pdf", _profile_pdf),
    "profile-docx": Kind("สรุปหน้าเดียว (Word)", "docx", DOCX, _profile_docx),
    "annual-arabic": Kind("เอกสารวิเคราะห์ผลประจำปี (Word, เลขอารบิก)", "docx", DOCX, annual.docx),
    "annual-thai": Kind(
        "เอกสารวิเคราะห์ผลประจำปี (Word, เลขไทย)", "docx", DOCX, partial(annual.docx, thai_digits=True)
    ),
}


def of_body(body_id: str, peers: Group) -> None:
    """A box with the documents of one body in the year of the sidebar; shut it asks for nothing."""
    year = session.selection().year
    opened = st.popover(
        "เอกสารของหน่วยงาน", icon=":material/description:", key="documents_body", on_change="rerun"
    )
    if year is None or not opened.open:
        return
    found = facts.gather(data.query, body_id, peers, editions()[year])
    with opened:
        st.caption(f"ปี {year} · เทียบกับกลุ่ม {view.escape(peers.label)}")
        digits = st.segmented_control(
            "ตัวเลขในเอกสารวิเคราะห์ผลประจำปี",
            list(DIGITS),
            default="arabic",
            format_func=DIGITS.__getitem__,
            required=True,
            key="documents_digits",
        )
        for code in offered(f"annual-{digits}"):
            kind = KINDS[code]
            st.download_button(
                kind.name_th.partition(",")[0].removesuffix(")") + ")",
                partial(kind.make, found, datetime.now().astimezone()),
                f"{file_name(code, year, found.simulated)}-{batch.file_name(found.name)}.{kind.suffix}",
                kind.mime,
                key=f"document_{code}",
                on_click="ignore",
                icon=":material/download:",
                width="stretch",
            )
        st.caption("เอกสารวิเคราะห์ผลแก้ไขได้ใน Word ส่วนที่คลังข้อมูลไม่ทราบเว้นไว้เป็นแถบเหลือง [โปรดกรอก…]")


def offered(*annuals: str) -> list[str]:
    """The kinds of documents this machine can make: a PDF needs a Thai font, which goes into it."""
    if not profile.thai_fonts():
        st.caption("เครื่องที่เปิดแดชบอร์ดไม่มีฟอนต์ไทย จึงทำ PDF ไม่ได้ ใช้ไฟล์ Word แทน")
        return ["profile-docx", *annuals]
    return ["profile-pdf", "profile-docx", *annuals]


def file_name(code: str, year: int, simulated: bool) -> str:
    """How the name of a file with documents of a kind begins."""
    return f"ita-{'simulated-' if simulated else ''}{code.partition('-')[0]}-{year}"
