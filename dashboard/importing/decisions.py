"""Step 3: names that mean no body for certain, each beside the bodies it may mean."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from dashboard import session, text, view
from dashboard.importing import draft as drafts
from dashboard.importing.draft import WAIT, Draft, Question
from ita_data.readers.matching import Resolution
from warehouse.importing import NEW_BODY

PER_PAGE = 6
MOST_NAMES = 10
OTHER = "other"
_TOLD = ("ชื่อ", "ประเภท", "อำเภอ", "จังหวัด", "รหัส")


def show(draft: Draft) -> None:
    """The questions of the files, then those of earlier imports, then the bodies that would be made."""
    asked = drafts.questions(draft)
    waiting, twice = drafts.waiting_questions()
    if draft.files:
        _files(draft, asked)
    if waiting or twice:
        left = sum(one.key not in draft.waiting for one in waiting)
        opened = st.expander(
            f"ชื่อที่รออยู่จากการนำเข้าครั้งก่อน ({left:,} ชื่อ)", key="import_waiting", on_change="rerun"
        )
        if opened.open:
            with opened:
                _earlier(draft, waiting, twice)
    elif not draft.files:
        st.caption("ไม่มีชื่อที่รออยู่จากการนำเข้าครั้งก่อน")


def _files(draft: Draft, asked: Sequence[Question]) -> None:
    made = drafts.new_bodies(draft)
    if not asked:
        st.markdown("ไม่มีชื่อที่ต้องตัดสิน ทุกชื่อตรงกับหน่วยงานเดียว" + (" หรือเป็นหน่วยงานใหม่ที่บอกที่ตั้งครบ" if made else ""))
    else:
        left = sum(one.key not in draft.bodies for one in asked)
        scores = sum(one.n_scores for one in asked if one.key not in draft.bodies)
        st.markdown(
            f"มี **{len(asked):,} ชื่อ** ที่ระบบไม่เดา ยังรอ {left:,} ชื่อ ({scores:,} คะแนน) "
            "ชื่อที่ปล่อยให้รอจะเก็บไว้ ไม่ปนกับคะแนนของใคร และกลับมาตัดสินภายหลังได้"
        )
        _pages(draft, asked, "files")
    if left_out := drafts.groups(draft):
        names = ", ".join(dict.fromkeys(one.told[0] for one in left_out[:MOST_NAMES]))
        more = " และอื่น ๆ" if len(left_out) > MOST_NAMES else ""
        scores = sum(one.n_scores for one in left_out)
        said = f"ไม่นำเข้า {scores:,} ค่าที่เป็นค่ารวมหรือค่าเฉลี่ย ไม่ใช่ของหน่วยงานใด: {names}{more}"
        st.caption(f":material/functions: {view.escape(said)}")
    if made:
        opened = st.expander(
            f"หน่วยงานใหม่ที่จะเพิ่มในทะเบียน ({len(made):,} แห่ง)", key="import_made", on_change="rerun"
        )
        if opened.open:
            opened.dataframe(
                pd.DataFrame(
                    [(one.full_name_th, one.district_th, one.province_th) for one in made],
                    columns=["หน่วยงาน", "อำเภอ", "จังหวัด"],
                ),
                hide_index=True,
                placeholder=text.MISSING,
            )


def _earlier(draft: Draft, waiting: Sequence[Question], twice: int) -> None:
    if twice:
        st.caption(
            f"อีก {twice:,} ชื่อใช้ซ้ำกับหลายที่ตั้งในไฟล์เดียวกัน จึงตัดสินจากชื่ออย่างเดียวไม่ได้ ให้เติมที่ตั้งในไฟล์แล้วนำเข้าใหม่"
        )
    if waiting:
        _pages(draft, waiting, "waiting")


def _pages(draft: Draft, asked: Sequence[Question], key: str) -> None:
    n_pages = -(-len(asked) // PER_PAGE)
    page = st.pagination(n_pages, key=f"import_page_{key}_{n_pages}") if n_pages > 1 else 1
    for number in range((page - 1) * PER_PAGE, min(page * PER_PAGE, len(asked))):
        _card(draft, asked[number], f"{key}_{number}")


def options(resolution: Resolution) -> dict[str, tuple[str, str]]:
    """What a person can answer, with its label and why it fits or not; waiting is always last."""
    found = {one.organisation_id: (one.label_th, one.why_th) for one in resolution.candidates}
    meant = resolution.organisation_id
    if meant is not None and meant not in found and resolution.proposed is None:
        found[meant] = (session.catalog().label(meant), resolution.why_th)
    if resolution.proposed is not None:
        place = " ".join(filter(None, [resolution.proposed.district_th, resolution.proposed.province_th]))
        found[NEW_BODY] = (
            f"เพิ่มเป็นหน่วยงานใหม่: {resolution.proposed.full_name_th}",
            place or "ตามที่ไฟล์บอก",
        )
    found[OTHER] = ("หน่วยงานอื่นในทะเบียน", "ค้นชื่อเอง")
    found[WAIT] = ("ให้รอไว้ก่อน", "คะแนนเก็บไว้ในที่พัก ยังไม่ใช้")
    return found


def _card(draft: Draft, asked: Question, key: str) -> None:
    """What the file says on the left, whom it may mean on the right."""
    given: dict[object, str] = draft.bodies if len(asked.key) == 5 else draft.waiting
    with st.container(border=True, key=f"import_question_{key}"):
        left, right = st.columns([2, 3], gap="medium")
        with left:
            st.markdown(f"**{view.escape(asked.told[0] or '(ไม่มีชื่อ)')}**")
            said = [
                f"{label}: {value or text.MISSING}"
                for label, value in zip(_TOLD[1:], asked.told[1:], strict=True)
            ]
            lines = [" · ".join(said), f"{asked.n_scores:,} คะแนน · {_places(asked.places)}"]
            st.caption("  \n".join(map(view.escape, lines)))
            st.caption(view.escape(asked.resolution.why_th))
        with right:
            choices = options(asked.resolution)
            answer = given.get(asked.key, WAIT)
            shown = answer if answer in choices else OTHER
            widget = f"import_answer_{key}_{abs(hash(asked.key))}"
            seen = st.session_state.get(widget, shown)
            shown = seen if seen in choices else shown
            st.radio(
                "หมายถึงหน่วยงานใด",
                list(choices),
                index=list(choices).index(shown),
                format_func=lambda one: view.escape(choices[one][0]),
                captions=[view.escape(why) for _, why in choices.values()],
                key=widget,
                on_change=_answered,
                args=(asked, widget),
            )
            if st.session_state[widget] == OTHER:
                _other(asked, answer, widget)


def _other(asked: Question, answer: str, widget: str) -> None:
    known = list(session.catalog().organisations.index)
    st.selectbox(
        "เลือกหน่วยงาน",
        known,
        index=known.index(answer) if answer in known else None,
        format_func=session.catalog().label,
        key=f"{widget}_other",
        on_change=_answered,
        args=(asked, f"{widget}_other"),
        placeholder="พิมพ์ชื่อหน่วยงาน",
    )


def _answered(asked: Question, widget: str) -> None:
    answer = st.session_state[widget]
    drafts.decide(drafts.current(), asked, WAIT if answer in (OTHER, None) else answer)


def _places(places: Sequence[str]) -> str:
    more = f" และอีก {len(places) - 3:,} แห่ง" if len(places) > 3 else ""
    return " · ".join(places[:3]) + more
