"""Step 5: what publishing would change, and which of two figures stands."""

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from dashboard import data, session, text, view
from dashboard.importing import draft as drafts
from dashboard.importing import drop, words
from dashboard.importing.draft import NEITHER, Draft, Failed
from warehouse.importing import Key

PER_PAGE = 8
MOST_ROWS = 500
MOST_NAMES = 10
ONE_BY_ONE = "one"
PREFER = {
    "incoming": "ใช้ค่าใหม่ทั้งหมด",
    "current": "คงค่าเดิมทั้งหมด",
    ONE_BY_ONE: "ตัดสินทีละค่า",
}
KEYS = ["organisation_id", "fiscal_year", "part", "respondents"]
_POINTS = st.column_config.NumberColumn(format="%.2f", width=62)
_WIDTHS = {
    "หน่วยงาน": st.column_config.TextColumn(width=205),
    "ปี": st.column_config.NumberColumn(format="%d", width=50),
    "รายการ": st.column_config.TextColumn(width=120),
    "ค่าเดิม": _POINTS,
    "ค่าใหม่": _POINTS,
    "ต่าง": st.column_config.NumberColumn(format="%+.2f", width=58),
    "แหล่งเดิม": st.column_config.TextColumn(width=185),
    "แหล่งใหม่": st.column_config.TextColumn(width=185),
}
_FAILED = "import_check_failed"


def show(draft: Draft) -> None:
    """The button that compares, and what came of it."""
    if draft.staged is not None and draft.staged.undecided + _differing(draft) > 0:
        _counts(draft)
        _decide(draft)
    elif draft.staged is not None:
        _counts(draft)
    _button(draft)
    if message := st.session_state.pop(_FAILED, None):
        st.error(view.escape(message), icon=":material/error:")
    if draft.nothing:
        _nothing(draft)
    elif draft.changes is not None:
        _changes(draft)


def _differing(draft: Draft) -> int:
    return (
        0 if draft.staged is None else int(draft.staged.figures["state"].isin(["changed", "conflict"]).sum())
    )


def ready(draft: Draft) -> bool:
    """Is there anything that could be compared."""
    return bool(draft.waiting) or any(
        file.reading is not None and (len(file.reading.scores) or file.reading.extra) for file in draft.files
    )


def left_open(draft: Draft) -> int:
    """How many figures nobody has decided yet."""
    if draft.staged is None:
        return 0
    figures = draft.staged.figures
    spoken = pd.Series([key in draft.stands for key in _keys(figures)], index=figures.index, dtype=bool)
    open_ = figures["state"].eq("conflict") | (figures["state"].eq("changed") & (draft.prefer is None))
    return len(set(_keys(figures[open_ & ~spoken])))


def _keys(figures: pd.DataFrame) -> list[Key]:
    return [(row[0], int(row[1]), row[2], row[3]) for row in figures[KEYS].itertuples(index=False, name=None)]


def _button(draft: Draft) -> None:
    open_ = left_open(draft)
    who = drop.who()
    if draft.changes is not None or draft.nothing:
        return
    if not who:
        st.caption(":material/person: กรอกชื่อผู้นำเข้าในขั้นที่ 1 ก่อนตรวจ")
    elif open_:
        st.caption(f":material/pending: ยังเหลือ {open_:,} ค่าที่ต้องตัดสินก่อนตรวจต่อ")
    label = "ตรวจความเปลี่ยนแปลง" if draft.staged is None else "ตรวจต่อตามคำตัดสินนี้"
    pressed = st.button(
        label, type="primary", key="import_check", disabled=not who or open_ > 0, icon=":material/difference:"
    )
    if pressed:
        bar = st.progress(0.0, "กำลังตรวจ")
        try:
            drafts.check(draft, who, lambda share, message: bar.progress(min(share, 1.0), message))
        except Failed as failure:
            st.session_state[_FAILED] = str(failure)
        st.rerun()


def _counts(draft: Draft) -> None:
    """How many figures are new, differ, are the same, repeat, and how many names wait."""
    assert draft.staged is not None
    states = draft.staged.figures["state"].value_counts()
    shown = [name for name in words.STATES if name != "conflict" or states.get(name, 0)]
    columns = st.columns(len(shown) + 1)
    for column, name in zip(columns, shown, strict=False):
        column.metric(words.STATES[name], f"{states.get(name, 0):,}", border=True)
    columns[-1].metric("ชื่อที่รอ", f"{draft.staged.waiting:,}", border=True)
    if draft.staged.known_files:
        st.info(
            view.escape(f"ไฟล์ที่เคยนำเข้าแล้ว จึงไม่นำเข้าซ้ำ: {', '.join(draft.staged.known_files)}"),
            icon=":material/history:",
        )
    if draft.staged.not_made and not draft.staged.undecided:
        names = ", ".join(draft.staged.not_made[:MOST_NAMES])
        more = " และอื่น ๆ" if len(draft.staged.not_made) > MOST_NAMES else ""
        st.info(
            view.escape(
                f"ไม่สร้างหน่วยงานใหม่ {len(draft.staged.not_made):,} แห่ง เพราะไม่มีคะแนนใดใช้ได้: {names}{more}"
            ),
            icon=":material/domain_disabled:",
        )
    if draft.staged.waiting_files:
        st.warning(
            view.escape(
                "เอกสารที่รอทั้งไฟล์จนกว่าจะระบุหน่วยงาน (ขั้นที่ 3) หรือปี (ขั้นที่ 1): "
                + ", ".join(draft.staged.waiting_files)
            ),
            icon=":material/hourglass:",
        )


# Which figure stands ------------------------------------------------------------


def frame_of(draft: Draft, figures: pd.DataFrame) -> pd.DataFrame:
    """Figures that differ, as the user reads them: old and new value with both sources."""
    labels, sources, parts = _labels(draft), _sources(draft), _part_names(figures)
    return pd.DataFrame(
        {
            "หน่วยงาน": [labels.get(one, one) for one in figures["organisation_id"]],
            "ปี": figures["fiscal_year"].astype(int).tolist(),
            "รายการ": [
                _part(parts, *row)
                for row in figures[["fiscal_year", "part", "respondents"]].itertuples(index=False, name=None)
            ],
            "ค่าเดิม": figures["current_value"].tolist(),
            "ค่าใหม่": figures["value"].tolist(),
            "ต่าง": (figures["value"] - figures["current_value"]).tolist(),
            "แหล่งเดิม": [
                _place(sources, *row)
                for row in figures[["current_source_id", "current_source_row"]].itertuples(
                    index=False, name=None
                )
            ],
            "แหล่งใหม่": [
                _place(sources, *row)
                for row in figures[["source_id", "source_row"]].itertuples(index=False, name=None)
            ],
        }
    )


def _labels(draft: Draft) -> Mapping[str, str]:
    known = session.catalog()
    labels = {one: known.label(one) for one in known.organisations.index}
    for one in drafts.mentions(draft):
        if proposed := one.resolution.proposed:
            labels.setdefault(proposed.organisation_id, f"{proposed.full_name_th} (ใหม่)")
    meant = set() if draft.staged is None else set(draft.staged.figures["organisation_id"])
    return labels | {one: f"{drafts.label(draft, one)} (ใหม่)" for one in meant - labels.keys()}


def _sources(draft: Draft) -> Mapping[str, str]:
    known = data.query("sources")
    names = dict(zip(known["source_id"], known["title_th"], strict=True))
    return names | {f"file-{file.sha256[:16]}": file.name for file in draft.files}


def _part_names(figures: pd.DataFrame) -> Mapping[int, Mapping[str, str]]:
    editions = drafts.editions()
    return {
        int(year): {
            code: text.part_label(code, part.name_th) for code, part in editions[int(year)].parts.items()
        }
        for year in figures["fiscal_year"].unique()
        if int(year) in editions
    }


def _part(parts: Mapping[int, Mapping[str, str]], year: int, part: str, respondents: str) -> str:
    name = parts.get(int(year), {}).get(part, part)
    return name if respondents == "all" else f"{name} · {text.RESPONDENTS.get(respondents, respondents)}"


def _place(sources: Mapping[str, str], source_id: object, row: object) -> str:
    if not isinstance(source_id, str):
        return text.MISSING
    return " · ".join(
        filter(None, [sources.get(source_id, source_id), row if isinstance(row, str) else None])
    )


def _decide(draft: Draft) -> None:
    """The figures that differ, and the answer of the person."""
    assert draft.staged is not None
    figures = draft.staged.figures
    changed, conflict = figures[figures["state"] == "changed"], figures[figures["state"] == "conflict"]
    if len(changed):
        st.markdown(f"**{len(changed):,} ค่าต่างจากที่ใช้อยู่** ต้องเลือกว่าใช้ค่าใด ค่าที่ไม่ใช้ยังเก็บไว้เป็นข้อค้นพบ")
        frame = frame_of(draft, changed)
        if len(frame) > MOST_ROWS:
            st.caption(f"แสดง {MOST_ROWS:,} ค่าแรกจาก {len(frame):,} ค่า")
        st.dataframe(
            frame.head(MOST_ROWS),
            hide_index=True,
            column_config=_WIDTHS,
            height=words.height(len(frame), 7),
            placeholder=text.MISSING,
        )
        key = _prefer_key(draft)
        chosen = draft.prefer or (ONE_BY_ONE if draft.stands else None)
        if key not in st.session_state and chosen:
            st.session_state[key] = chosen
        st.radio(
            "ค่าที่ต่างกันใช้ค่าใด",
            list(PREFER),
            index=None,
            format_func=PREFER.__getitem__,
            key=key,
            horizontal=True,
            on_change=_prefer,
        )
    if len(conflict):
        st.markdown(
            f"**ไฟล์ที่นำเข้าขัดกันเอง {len(set(_keys(conflict))):,} รายการ** ต้องเลือกทีละรายการว่าใช้ค่าของไฟล์ใด"
        )
    asked = pd.concat(
        [conflict, changed if st.session_state.get(_prefer_key(draft)) == ONE_BY_ONE else changed.head(0)]
    )
    keys = list(dict.fromkeys(_keys(asked)))
    if not keys:
        return
    n_pages = -(-len(keys) // PER_PAGE)
    page = st.pagination(n_pages, key=f"import_page_stands_{n_pages}") if n_pages > 1 else 1
    names = _Names(_labels(draft), _sources(draft), _part_names(asked))
    by_key = asked.assign(key=_keys(asked)).groupby("key", sort=False)
    for key in keys[(page - 1) * PER_PAGE : page * PER_PAGE]:
        _choice(draft, key, by_key.get_group(key), names)


class _Names:
    """What ids are called, looked up once for a page of questions."""

    def __init__(
        self, labels: Mapping[str, str], sources: Mapping[str, str], parts: Mapping[int, Mapping[str, str]]
    ) -> None:
        self.labels, self.sources, self.parts = labels, sources, parts


def _choice(draft: Draft, key: Key, figures: pd.DataFrame, names: _Names) -> None:
    """One figure: the values there are, each with its source; none of them where files disagree."""
    first = figures.iloc[0]
    options: dict[str, str] = {}
    if pd.notna(first["current_value"]):
        where = _place(names.sources, first["current_source_id"], first["current_source_row"])
        options[first["current_source_id"]] = f"ค่าเดิม {text.points(first['current_value'])} ({where})"
    n_of_source = figures["source_id"].value_counts()
    for row in figures.itertuples():
        if n_of_source[row.source_id] == 1:  # two values of one file cannot be told apart by the file
            options[row.source_id] = (
                f"ค่าใหม่ {text.points(row.value)} ({_place(names.sources, row.source_id, row.source_row)})"
            )
    if (figures["state"] == "conflict").any():
        options[NEITHER] = "ไม่ใช้ค่าใดจากไฟล์"
    widget = "_".join(map(str, ("import_stands", draft.round, *key)))
    chosen = draft.stands.get(key)
    if widget not in st.session_state and chosen in options:
        st.session_state[widget] = chosen
    with st.container(border=True):
        st.radio(
            view.escape(f"{names.labels.get(key[0], key[0])} · ปี {key[1]} · {_part(names.parts, *key[1:])}"),
            list(options),
            index=None,
            format_func=lambda one: view.escape(options[one]),
            key=widget,
            on_change=_stands,
            args=(key, widget),
        )


def _prefer_key(draft: Draft) -> str:
    return f"import_prefer_{draft.round}"


def _prefer() -> None:
    draft = drafts.current()
    chosen = st.session_state[_prefer_key(draft)]
    draft.prefer = None if chosen == ONE_BY_ONE else chosen
    if chosen != ONE_BY_ONE and draft.staged is not None:
        figures = draft.staged.figures
        conflicting = set(_keys(figures[figures["state"] == "conflict"]))
        draft.stands = {key: source for key, source in draft.stands.items() if key in conflicting}
    draft.void()


def _stands(key: Key, widget: str) -> None:
    draft = drafts.current()
    draft.stands[key] = st.session_state[widget]
    draft.void()


# What follows ------------------------------------------------------------


def _nothing(draft: Draft) -> None:
    staged = draft.staged
    if staged is not None and staged.known_files and len(staged.known_files) == len(draft.files):
        said = "ไฟล์นี้เคยนำเข้าแล้ว" if len(draft.files) == 1 else "ทุกไฟล์เคยนำเข้าแล้ว"
        st.success(f"{said} เนื้อหาเหมือนเดิมทุกไบต์ จึงไม่มีอะไรเปลี่ยน", icon=":material/check:")
    elif staged is not None and staged.waiting_files:
        st.info("ไม่มีคะแนนที่จะเปลี่ยน จนกว่าจะระบุหน่วยงานหรือปีของเอกสารที่รอ", icon=":material/hourglass:")
    else:
        st.success("ไม่มีอะไรเปลี่ยน ทุกคะแนนในไฟล์ตรงกับที่ใช้อยู่แล้ว", icon=":material/check:")


def results_frame(draft_changes: pd.DataFrame) -> pd.DataFrame:
    """Overalls and grades before and after, as the user reads them."""
    return pd.DataFrame(
        {
            "หน่วยงาน": draft_changes["label_th"],
            "ปี": draft_changes["fiscal_year"].astype("Int64"),
            "คะแนนรวมเดิม": draft_changes["overall_before"],
            "คะแนนรวมใหม่": draft_changes["overall_after"],
            "ระดับเดิม": draft_changes["grade_before"],
            "ระดับใหม่": draft_changes["grade_after"],
        }
    )


def _changes(draft: Draft) -> None:
    """Which scores, grades and bodies the prepared version changes."""
    changes = draft.changes
    assert changes is not None
    states = changes.scores["state"].value_counts()
    results = changes.results
    grades = results[
        (results["grade_before"] != results["grade_after"])
        & results["grade_before"].notna()
        & results["grade_after"].notna()
    ]
    bodies = changes.bodies["state"].value_counts()
    st.markdown(
        "**ถ้าเผยแพร่** "
        + " · ".join(
            [
                f"คะแนนใหม่ {states.get('new', 0):,} ค่า",
                f"เปลี่ยน {states.get('changed', 0):,} ค่า",
                f"หายไป {states.get('vanished', 0):,} ค่า",
                f"ระดับผลที่เปลี่ยน {len(grades):,} รายการ",
                f"หน่วยงานใหม่ {bodies.get('new', 0):,} แห่ง",
                f"หน่วยงานที่หายไป {bodies.get('vanished', 0):,} แห่ง",
            ]
        )
    )
    if len(grades):
        st.caption("ระดับผลที่เปลี่ยน")
        _table(results_frame(grades), "grades")
    if len(results):
        st.caption("คะแนนรวมและระดับที่ต่างจากเดิม (ขีดคือเดิมไม่มี)")
        _table(results_frame(results), "results")
    if len(changes.bodies):
        st.caption("หน่วยงานใหม่และที่หายไป")
        shown = changes.bodies.assign(state=changes.bodies["state"].map({"new": "ใหม่", "vanished": "หายไป"}))
        _table(shown[["label_th", "state"]].set_axis(["หน่วยงาน", "สถานะ"], axis=1), "bodies")
    if changes.scores.empty:
        st.caption("ค่าที่ใช้ไม่เปลี่ยน แต่ค่าจากไฟล์และชื่อที่รอจะถูกเก็บไว้พร้อมที่มา")


def _table(frame: pd.DataFrame, key: str) -> None:
    if len(frame) > MOST_ROWS:
        st.caption(f"แสดง {MOST_ROWS:,} แถวแรกจาก {len(frame):,} แถว")
    shown = frame.head(MOST_ROWS)
    st.dataframe(
        shown,
        hide_index=True,
        column_config=dict(view.number_columns(shown)),
        height=words.height(len(shown), 7),
        placeholder=text.MISSING,
        key=f"import_table_{key}",
    )
