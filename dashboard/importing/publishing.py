"""Step 6: make the prepared version the one everybody sees, and say what it changed."""

import streamlit as st

from dashboard import data, session, text, view
from dashboard.importing import differences
from dashboard.importing import draft as drafts
from dashboard.importing.draft import Draft, Failed
from warehouse.importing import Changes

PUBLISHED = "import_published"
_FAILED = "import_publish_failed"
MOST_LINKS = 8


def show(draft: Draft) -> None:
    """The button, or why there is none yet; below it what the last release of this session changed."""
    if message := st.session_state.pop(_FAILED, None):
        st.error(view.escape(message), icon=":material/error:")
    if draft.build_id is not None:
        with st.container(horizontal=True):
            publish = st.button("เผยแพร่", type="primary", key="import_publish", icon=":material/publish:")
            st.button("ยกเลิกการนำเข้านี้", key="import_cancel", on_click=cancel, icon=":material/delete:")
        if publish:
            _publish(draft)
    elif draft.files or draft.waiting:
        reason = "ไม่มีอะไรต้องเผยแพร่" if draft.nothing else "ปุ่มเผยแพร่จะขึ้นเมื่อตรวจความเปลี่ยนแปลงในขั้นที่ 5 เสร็จ"
        st.caption(reason)
        st.button("ยกเลิกการนำเข้านี้", key="import_cancel", on_click=cancel, icon=":material/delete:")
    elif PUBLISHED not in st.session_state:
        st.caption("ยังไม่มีการนำเข้าที่พร้อมเผยแพร่")
    if PUBLISHED in st.session_state:
        build_id, changes = st.session_state[PUBLISHED]
        if build_id == data.build_info().build_id:
            _summary(changes)
        elif not draft.files:
            st.caption("รุ่นที่เผยแพร่ล่าสุดในหน้านี้ไม่ได้ใช้อยู่แล้ว")


def cancel() -> None:
    """Throw the import away."""
    drafts.start_again()
    st.session_state.pop(PUBLISHED, None)


def _publish(draft: Draft) -> None:
    bar = st.progress(0.3, "กำลังเผยแพร่")
    build_id = draft.build_id
    try:
        changes = drafts.release(draft)
    except Failed as failure:
        st.session_state[_FAILED] = str(failure)
    else:
        bar.progress(1.0, "เผยแพร่แล้ว")
        st.session_state[PUBLISHED] = (build_id, changes)
    st.rerun()


def _summary(changes: Changes) -> None:
    """What the release changed, with ways to the bodies."""
    states = changes.scores["state"].value_counts()
    bodies = changes.bodies
    new, vanished = bodies[bodies["state"] == "new"], bodies[bodies["state"] == "vanished"]
    st.success(
        f"เผยแพร่แล้ว ทุกหน้าใช้รุ่น {view.escape(data.build_info().build_id)} · "
        f"คะแนนใหม่ {states.get('new', 0):,} ค่า · "
        f"เปลี่ยน {states.get('changed', 0):,} ค่า · หน่วยงานใหม่ {len(new):,} แห่ง · หายไป {len(vanished):,} แห่ง",
        icon=":material/check_circle:",
    )
    moved = changes.results[
        changes.results["overall_before"].notna() & changes.results["overall_after"].notna()
    ]
    left, right = st.columns(2, gap="medium")
    with left:
        st.markdown("**คะแนนรวมที่เปลี่ยนมากที่สุด**")
        if moved.empty:
            st.caption("ไม่มีคะแนนรวมเดิมที่เปลี่ยน")
        for row in moved.head(MOST_LINKS).itertuples():
            difference = text.change(row.overall_after - row.overall_before)
            _link(
                row.organisation_id,
                f"{row.label_th} ปี {int(row.fiscal_year)}: {text.points(row.overall_before)} → "
                f"{text.points(row.overall_after)} ({difference})",
                int(row.fiscal_year),
            )
    with right:
        st.markdown("**หน่วยงานที่มีผลใหม่**")
        fresh = changes.results[
            changes.results["overall_before"].isna() & changes.results["overall_after"].notna()
        ]
        if fresh.empty and new.empty:
            st.caption("ไม่มี")
        for row in fresh.head(MOST_LINKS).itertuples():
            _link(
                row.organisation_id,
                f"{row.label_th} ปี {int(row.fiscal_year)}: {text.points(row.overall_after)}",
                int(row.fiscal_year),
            )
        for row in new[~new["organisation_id"].isin(fresh["organisation_id"])].head(MOST_LINKS).itertuples():
            _link(row.organisation_id, f"{row.label_th} (ใหม่)", None)
    for row in vanished.head(MOST_LINKS).itertuples():
        st.caption(view.escape(f"หายไป: {row.label_th}"))
    if len(changes.results):
        opened = st.expander("คะแนนรวมและระดับที่เปลี่ยนทั้งหมด", key="import_all_changes", on_change="rerun")
        if opened.open:
            opened.dataframe(
                differences.results_frame(changes.results).head(differences.MOST_ROWS),
                hide_index=True,
                placeholder=text.MISSING,
            )


def _link(organisation_id: str, words: str, year: int | None) -> None:
    """A link to the page of a body."""
    if organisation_id not in session.catalog().organisations.index:
        st.caption(view.escape(words))
        return
    params = {"orgs": organisation_id} | ({"year": str(year)} if year else {})
    st.page_link(
        session.ROOT / session.ORGANISATION_PAGE,
        label=view.escape(words),
        icon=":material/account_balance:",
        query_params=params,
    )
