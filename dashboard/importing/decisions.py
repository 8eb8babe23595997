"""Step 3: names that mean no body for certain, each beside the bodies it may mean."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from dashboard import session, text, view
from dashboard.importing import draft as drafts
from dashboard.importing import words
from dashboard.importing.draft import WAIT, Draft, Question
from ita_data import organisation
from ita_data.organisation import Organisation
from ita_data.readers.matching import Resolution
from warehouse.importing import NEW_BODY

PER_PAGE = 6
MOST_NAMES = 10
OTHER = "other"
_TOLD = ("ชื่อ", "ประเภท", "อำเภอ", "จังหวัด", "รหัส")


def show(draft: Draft) -> None:
    """The questions of the files, then those of earlier imports, then the bodies that would be made."""
    waiting = drafts.waiting_questions(draft)
    if draft.files:
        _files(draft, drafts.questions(draft))
    if waiting:
        left = sum(one.key not in draft.waiting for one in waiting)
        opened = st.expander(
            f"ชื่อที่รออยู่จากการนำเข้าครั้งก่อน ({left:,} ชื่อ)", key="import_waiting", on_change="rerun"
        )
        if opened.open:
            with opened:
                _pages(draft, waiting, "waiting")
    elif not draft.files:
        st.caption("ไม่มีชื่อที่รออยู่จากการนำเข้าครั้งก่อน")


def _files(draft: Draft, asked: Sequence[Question]) -> None:
    made = drafts.new_bodies(draft)
    if not asked and any(one.resolution.status != "group" for one in drafts.mentions(draft)):
        st.markdown("ไม่มีชื่อที่ต้องตัดสิน ทุกชื่อตรงกับหน่วยงานเดียว" + (" หรือเป็นหน่วยงานใหม่ที่บอกที่ตั้งครบ" if made else ""))
    elif asked:
        left = sum(one.key not in draft.bodies for one in asked)
        scores = sum(one.n_scores for one in asked if one.key not in draft.bodies)
        st.markdown(
            f"มี **{len(asked):,} ชื่อ** ที่ระบบไม่เดา ยังรอ {left:,} ชื่อ ({scores:,} คะแนน) "
            "ชื่อที่ปล่อยให้รอจะเก็บไว้ ไม่ปนกับคะแนนของใคร และกลับมาตัดสินภายหลังได้"
        )
        _pages(draft, asked, "files")
    else:
        st.caption("ไฟล์ที่วางไว้ยังไม่มีชื่อหน่วยงานที่มีคะแนน")
    if left_out := drafts.groups(draft):
        names = ", ".join(dict.fromkeys(one.told[0] for one in left_out[:MOST_NAMES]))
        more = " และอื่น ๆ" if len(left_out) > MOST_NAMES else ""
        scores = sum(one.n_scores for one in left_out)
        said = f"ไม่นำเข้า {scores:,} ค่าที่เป็นค่ารวมหรือค่าเฉลี่ย ไม่ใช่ของหน่วยงานใด: {names}{more}"
        st.caption(f":material/functions: {view.escape(said)}")
    if made:
        held = sum(draft.bodies.get(one.told) == WAIT for one in made)
        opened = st.expander(
            f"หน่วยงานใหม่ที่จะเพิ่มในทะเบียน ({len(made) - held:,} แห่ง"
            + (f" ให้รอไว้ {held:,} แห่ง)" if held else ")"),
            key="import_made",
            on_change="rerun",
        )
        if opened.open:
            with opened:
                _made(draft, made)


def _made(draft: Draft, made: Sequence[Question]) -> None:
    """The bodies that would be made; those chosen wait instead, or no longer."""
    st.caption("ระบบไม่เคยมีหน่วยงานเหล่านี้ เลือกแถวแล้วกดปุ่ม ถ้ายังไม่ต้องการเพิ่ม คะแนนจะเก็บไว้ในที่พัก")
    rows = []
    for one in made:
        body = _body(draft, one.resolution)
        state = "ให้รอไว้ก่อน" if draft.bodies.get(one.told) == WAIT else "จะเพิ่ม"
        place = (body.full_name_th, body.district_th, body.province_th) if body else (one.told[0], None, None)
        rows.append((state, *map(_plain, (*place, one.told[0])), one.n_scores))
    chosen = _chosen(
        pd.DataFrame(rows, columns=["สถานะ", "หน่วยงาน", "อำเภอ", "จังหวัด", "ชื่อในไฟล์", "คะแนน"]),
        f"import_made_rows_{draft.round}",
    )
    with st.container(horizontal=True):
        st.button(
            f"ให้รอไว้ก่อน {len(chosen):,} แห่งที่เลือก" if chosen else "ให้รอไว้ก่อน (เลือกแถวก่อน)",
            key="import_hold",
            disabled=not chosen,
            on_click=_hold,
            args=([made[number] for number in chosen],),
            icon=":material/pause:",
        )
        st.button(
            "กลับมาเพิ่มแห่งที่เลือก",
            key="import_unhold",
            disabled=not any(draft.bodies.get(made[number].told) == WAIT for number in chosen),
            on_click=_unhold,
            args=([made[number] for number in chosen],),
            icon=":material/undo:",
        )


def _hold(held: Sequence[Question]) -> None:
    drafts.decide(drafts.current(), held, WAIT)


def _unhold(held: Sequence[Question]) -> None:
    drafts.forget(drafts.current(), held)


def _body(draft: Draft, resolution: Resolution) -> Organisation | None:
    """The body a name is taken for, should nobody know it yet."""
    meant = resolution.organisation_id
    if resolution.proposed is not None and resolution.proposed.organisation_id == meant:
        return resolution.proposed
    return drafts.register(draft).body(meant) if meant else None


def _chosen(frame: pd.DataFrame, key: str) -> list[int]:
    """A table whose rows can be chosen, all by its head; the numbers of those that are."""
    event = st.dataframe(
        frame,
        hide_index=True,
        height=words.height(len(frame), 7),
        placeholder=text.MISSING,
        key=key,
        on_select="rerun",
        selection_mode="multi-row",
    )
    return [number for number in event["selection"]["rows"] if number < len(frame)]


def _plain(told: str | None) -> str | None:
    return None if told is None else words.printable(told)


def _together(draft: Draft, asked: Sequence[Question], key: str) -> None:
    """The names that can mean one body only, to be confirmed together; none is chosen by default."""
    found = drafts.confirmable(asked, drafts.answers(draft, asked[0]))
    if len(found) < 2:
        return
    with st.container(border=True, key=f"import_together_{key}"):
        st.markdown(
            f"**{len(found):,} ชื่อเข้ากับหน่วยงานเดียว** แต่ไฟล์บอกไม่ครบ "
            "เลือกแถวที่ตรวจแล้วว่าถูก (ช่องบนสุดเลือกทุกแถว) แล้วยืนยันพร้อมกัน"
        )
        rows = [
            (
                _plain(one.told[0]),
                _plain(" ".join(filter(None, one.told[1:])) or None),
                drafts.label(draft, drafts.only_body(one.resolution) or ""),
                one.resolution.candidates[0].why_th if one.resolution.candidates else one.resolution.why_th,
                one.n_scores,
            )
            for one in found
        ]
        frame = pd.DataFrame(rows, columns=["ชื่อในไฟล์", "ที่ไฟล์บอกด้วย", "หน่วยงาน", "เหตุผล", "คะแนน"])
        chosen = _chosen(frame, f"import_together_rows_{key}_{draft.round}")
        st.button(
            f"ยืนยัน {len(chosen):,} ชื่อที่เลือก" if chosen else "ยืนยันชื่อที่เลือก",
            type="primary" if chosen else "secondary",
            key=f"import_confirm_{key}",
            disabled=not chosen,
            on_click=_confirmed,
            args=([found[number] for number in chosen],),
            icon=":material/done_all:",
        )


def _confirmed(found: Sequence[Question]) -> None:
    drafts.confirm(drafts.current(), found)


def _pages(draft: Draft, asked: Sequence[Question], key: str) -> None:
    _together(draft, asked, key)
    n_pages = -(-len(asked) // PER_PAGE)
    page = st.pagination(n_pages, key=f"import_page_{key}_{n_pages}") if n_pages > 1 else 1
    for number in range((page - 1) * PER_PAGE, min(page * PER_PAGE, len(asked))):
        _card(draft, asked[number], f"{key}_{number}")


def options(draft: Draft, resolution: Resolution) -> dict[str, tuple[str, str]]:
    """What a person can answer, with its label and why it fits or not; waiting is always last."""
    found = {one.organisation_id: (one.label_th, one.why_th) for one in resolution.candidates}
    meant = resolution.organisation_id
    if meant is not None and meant not in found and resolution.proposed is None:
        found[meant] = (drafts.label(draft, meant), resolution.why_th)
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
    given = drafts.answers(draft, asked)
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
            choices = options(draft, asked.resolution)
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
                _other(draft, asked, answer, widget)


def _other(draft: Draft, asked: Question, answer: str, widget: str) -> None:
    known = _known(draft)
    st.selectbox(
        "เลือกหน่วยงาน",
        list(known),
        index=list(known).index(answer) if answer in known else None,
        format_func=known.__getitem__,
        key=f"{widget}_other",
        on_change=_answered,
        args=(asked, f"{widget}_other"),
        placeholder="พิมพ์ชื่อหน่วยงาน",
    )


def _known(draft: Draft) -> dict[str, str]:
    """Every body a name can be given, with a label of its own."""
    catalog = session.catalog()
    known = {one: catalog.label(one) for one in catalog.organisations.index}
    more = {
        one.organisation_id: one for one in drafts.register(draft).bodies if one.organisation_id not in known
    }
    taken = set(known.values())  # labels are how a list tells bodies apart
    return known | {
        one: f"{label} [{one}]" if label in taken else label
        for one, label in organisation.unique_labels(more.values()).items()
    }


def _answered(asked: Question, widget: str) -> None:
    answer = st.session_state[widget]
    drafts.decide(drafts.current(), [asked], WAIT if answer in (OTHER, None) else answer)


def _places(places: Sequence[str]) -> str:
    more = f" และอีก {len(places) - 3:,} แห่ง" if len(places) > 3 else ""
    return " · ".join(places[:3]) + more
