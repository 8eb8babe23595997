"""The page of the meeting before and after the wall: the queue, its link and file, how the wall runs."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from dashboard import data, session, view
from dashboard.listing import Asked
from dashboard.meeting import deck, pages, queue, ready, state
from dashboard.meeting.queue import Entry, QueueError
from dashboard.meeting.remote import KEYS
from dashboard.selection import ALL
from warehouse import datasets

_SAID = "meeting_said"


def show() -> None:
    """The queue and everything one does with it."""
    if state.problem():
        st.warning(view.escape(state.problem()), icon=":material/link_off:")
    left, right = st.columns([3, 2], gap="large")
    with left:
        _queue()
    with right:
        _start()
        _ready_made()
        _carry()


def _queue() -> None:
    """The views in their order, each with its name and what moves it."""
    entries = state.current()
    st.subheader(f"คิวของการประชุม ({len(entries)} มุมมอง)", anchor=False)
    if not entries:
        view.nothing("ยังไม่มีมุมมองในคิว", "กด “เพิ่มในที่ประชุม” ใต้ภาพในหน้าใดก็ได้ เลือกชุดสำเร็จรูป หรือเปิดแฟ้มคิว")
        return
    for at, entry in enumerate(entries):
        _row(at, entry, len(entries))
    st.button(
        "ล้างคิว",
        key="meeting_clear",
        type="tertiary",
        icon=":material/delete:",
        on_click=state.put,
        args=((),),
    )


def _row(at: int, entry: Entry, n: int) -> None:
    """One view: its name can be written over, its selection stands below, its page opens at a click."""
    number, name, buttons = st.columns([1, 12, 9], vertical_alignment="top")
    number.markdown(f"**{at + 1}**")
    key = f"meeting_title_{at}"
    st.session_state[key] = entry.title
    name.text_input(
        f"ชื่อมุมมองที่ {at + 1}",
        key=key,
        max_chars=queue.MOST_TITLE,
        label_visibility="collapsed",
        placeholder="ตั้งชื่อเอง หรือเว้นไว้ให้ใช้ชื่อของภาพ",
        on_change=_rename,
        args=(at, key),
    )
    name.caption(view.escape(_words(entry)))
    with buttons, st.container(horizontal=True, gap="xsmall"):
        for by, icon, label in ((-1, "arrow_upward", "ขึ้น"), (1, "arrow_downward", "ลง")):
            st.button(
                label,
                key=f"meeting_move_{at}_{by}",
                icon=f":material/{icon}:",
                type="tertiary",
                disabled=not 0 <= at + by < n,
                on_click=_move,
                args=(at, by),
            )
        st.button(
            "นำออก",
            key=f"meeting_remove_{at}",
            icon=":material/close:",
            type="tertiary",
            on_click=_remove,
            args=(at,),
        )


def _words(entry: Entry) -> str:
    """The page and the selection of an entry, as far as this version knows them."""
    known, chosen = session.catalog(), dict(entry.params)
    place, kind = chosen.get("place", ""), chosen.get("kind", "")
    bodies = [one for one in chosen.get("orgs", "").split(",") if one in known.organisations.index]
    said = [
        f"หน้า{session.title_of(entry.page)}",
        f"ปี {chosen['year']}" if "year" in chosen else "",
        known.places.get(place, ""),
        known.kinds.get(kind, ""),
        ", ".join(known.names(bodies).values()),
    ]
    return " · ".join(filter(None, said))


def _rename(at: int, key: str) -> None:
    entries = state.current()
    made = replace(entries[at], title=queue.tidy(st.session_state[key]))
    state.put((*entries[:at], made, *entries[at + 1 :]))


def _move(at: int, by: int) -> None:
    state.put(queue.moved(state.current(), at, by))


def _remove(at: int) -> None:
    entries = state.current()
    state.put(entries[:at] + entries[at + 1 :])


def _start() -> None:
    """How the wall runs, and the button that turns this screen into one."""
    st.subheader("ฉาย", anchor=False)
    settings = state.settings()
    on = {"rotate": settings.rotate, "dark": settings.dark, "freeze": bool(settings.builds)}
    st.session_state.update(
        {f"meeting_{key}": value for key, value in on.items()}, meeting_every=settings.every
    )
    st.segmented_control(
        "วินาทีต่อมุมมองเมื่อหมุนเอง", state.SECONDS, key="meeting_every", required=True, on_change=_keep
    )
    st.toggle("หมุนเองตั้งแต่เริ่ม", key="meeting_rotate", on_change=_keep)
    st.toggle("พื้นมืด", key="meeting_dark", on_change=_keep)
    st.toggle(
        "ตรึงรุ่นของข้อมูลตลอดการประชุม",
        key="meeting_freeze",
        on_change=_keep,
        help="ปกติจอเปลี่ยนเองภายใน 5 วินาทีเมื่อเผยแพร่รุ่นใหม่ ตรึงไว้แล้วตัวเลขไม่เปลี่ยนจนจบการประชุม",
    )
    if settings.builds:
        st.caption(view.escape(f"ตรึงไว้ที่รุ่น {', '.join(settings.builds)}"))
    st.button(
        "เริ่มฉาย",
        key="meeting_start",
        type="primary",
        icon=":material/present_to_all:",
        disabled=not state.current(),
        on_click=state.present,
        width="stretch",
    )
    st.caption("ระหว่างฉาย: " + " · ".join(f"{key} {does}" for key, does in KEYS))


def _keep() -> None:
    """Write what the boxes say to the URL."""
    chosen = st.session_state
    builds = (state.settings().builds or _builds()) if chosen["meeting_freeze"] else ()
    every = int(chosen["meeting_every"] or state.Settings.every)
    state.keep(state.Settings(every, chosen["meeting_rotate"], chosen["meeting_dark"], builds))


def _builds() -> tuple[str, ...]:
    """The versions published now of the datasets in the queue."""
    asked = {dict(one.params).get("data", datasets.OWN) for one in state.current()} or {data.dataset()}
    found = (datasets.current(one) for one in sorted(asked) if one in datasets.datasets())
    return tuple(path.stem.removeprefix("ita-") for path in found if path)


def _ready_made() -> None:
    """The ready-made queue of a province."""
    known, chosen = session.catalog(), session.selection()
    if chosen.year is None:
        return
    st.subheader("ชุดสำเร็จรูป", anchor=False)
    places = {code: known.places[code] for code in known.regions}
    picked = st.selectbox(
        "ชุดสำเร็จรูปของจังหวัด",
        list(places),
        index=list(places).index(chosen.place) if chosen.place in places else None,
        format_func=places.__getitem__,
        key="meeting_province",
        placeholder="พิมพ์ชื่อจังหวัด",
        label_visibility="collapsed",
    )
    st.button(
        "ใช้ชุดนี้แทนคิวที่มี" if state.current() else "ใช้ชุดนี้",
        key="meeting_ready",
        disabled=picked is None,
        icon=":material/playlist_add_check:",
        on_click=_use_ready,
        args=(picked, chosen.year),
    )
    st.caption("ภาพรวม ระดับ ใครเปลี่ยนมากกว่าที่คาด ข้อที่อ่อน ใครต่ำกว่าเกณฑ์ และทางไปถึงเกณฑ์ของแห่งที่คะแนนต่ำสุด")


def _use_ready(province: str, year: int) -> None:
    chosen = session.selection()
    params = {key: one for key, one in chosen.params().items() if key == "data"} | {"year": str(year)}
    state.put(ready.of_province(province, params, _lowest(province, year)))


def _lowest(province: str, year: int) -> str | None:
    """The body of a province with the lowest overall."""
    where = {
        "place": province,
        "kind": ALL,
        "fiscal_year": year,
        "district": "",
        "show": "overall",
        "only": "",
    }
    rows: pd.DataFrame = data.query("results", **where, **Asked("overall", rows=1).parameters())
    return None if rows.empty else str(rows["organisation_id"].iloc[0])


def _carry() -> None:
    """The queue as a link and as a file, and a file as the queue."""
    entries = state.current()
    st.subheader("เก็บและส่งต่อคิว", anchor=False)
    if entries and state.fits_link():
        st.caption("ที่อยู่ของหน้านี้ในแถบด้านบนของเบราว์เซอร์มีคิวทั้งชุด คัดลอกส่งให้ผู้อื่นหรือเก็บเป็นบุ๊กมาร์กได้")
    elif entries:
        st.caption("คิวนี้ยาวเกินกว่าจะเก็บในลิงก์ ใช้แฟ้มแทน")
    st.download_button(
        "ดาวน์โหลดแฟ้มคิว",
        queue.to_json(entries).encode(),
        "ita-meeting.json",
        "application/json",
        key="meeting_download",
        disabled=not entries,
        icon=":material/download:",
        on_click="ignore",
    )
    st.file_uploader("เปิดแฟ้มคิว (JSON)", type="json", key="meeting_file", on_change=_open_file)
    for words, good in st.session_state.pop(_SAID, []):
        (st.success if good else st.error)(view.escape(words))
    deck.show()


def _open_file() -> None:
    """Take an uploaded file as the queue, or say what is wrong with it."""
    file = st.session_state["meeting_file"]
    if file is None:
        return
    try:
        found = queue.from_json(file.getvalue(), pages.files())
    except QueueError as error:
        st.session_state[_SAID] = [(str(error), False)]
        return
    state.put(found)
    st.session_state[_SAID] = [(f"เปิดคิวจากแฟ้มแล้ว {len(found)} มุมมอง", True)]
