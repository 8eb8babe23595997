"""สรุปประจำปี: what changed this year in the group, in a handful of sentences with their charts."""

import streamlit as st

from dashboard import data, session, view
from dashboard.panels import places
from dashboard.panels import review as panel
from dashboard.views import review

chosen, group = session.selection(), session.group()
view.header("สรุปประจำปี", "ปีนี้กลุ่มที่เลือกเป็นอย่างไร เปลี่ยนเพราะอะไร อ่อนตรงไหน และควรช่วยใครก่อน")
overall = data.query("group_overall", place=group.place, kind=group.kind)
rows = overall[(overall["n"] > 0) & (overall["fiscal_year"] == chosen.year)]
if rows.empty:
    view.nothing(
        f"ยังไม่มีคะแนนรวมของกลุ่ม “{group.label}” ในปี {chosen.year}" if chosen.year else view.EMPTY,
        view.ELSEWHERE,
    )
else:
    places.breadcrumb()
    views, changed = panel.told(group, rows.iloc[0], stretched=chosen.stretched)
    if changed:
        st.warning(view.escape(changed), icon=":material/warning:")
    if said := review.few(int(rows["n"].iloc[0])):
        st.warning(said, icon=":material/info:")
    st.markdown("\n".join(f"* {view.escape(one.sentence)}" for one in views))
    st.divider()
    for one in views:
        view.show(one)
view.footer()
