"""Step 2: what every file was taken for, and the word of the person on it."""

import re
from collections import Counter
from collections.abc import Mapping as Texts
from dataclasses import dataclass, replace

import pandas as pd
import streamlit as st

from dashboard import text, view
from dashboard.importing import draft as drafts
from dashboard.importing import words
from dashboard.importing.draft import Draft, Failed, File, told
from ita_data import organisation
from ita_data.readers import mapping
from ita_data.readers.files import TABLE_KINDS, open_file
from ita_data.readers.layout import letter, text_of
from ita_data.readers.mapping import Mapping, SheetMapping
from ita_data.readers.reading import Recognised
from warehouse import mappings

_SAID = "import_mapping_said"
_YEAR = re.compile(r"25\d\d|๒๕[๐-๙]{2}")
_PREVIEW_ROWS = 12
_PREVIEW_COLUMNS = 30
_TITLES = {"place": "ช่อง", "header": "ข้อความในไฟล์", "role": "ระบบอ่านเป็น"}


@dataclass(frozen=True)
class Header:
    """A header, or the name of a row, with where it stands and what it was taken for."""

    place: str
    header: str
    role: str


def headers(one: Recognised) -> list[Header]:
    """What may be given another meaning: every text once, for a mapping knows texts."""
    found: dict[str, Header] = {}
    for place, header in one.headers.items():
        role = one.columns.get(place) or one.rows.get(place) or mapping.IGNORE
        found.setdefault(header, Header(place, header, role))
    return list(found.values())


def corrected(said: Mapping, number: int, roles: Texts[str, str], scale: Texts[str, str]) -> Mapping:
    """A mapping in which one sheet says other roles and scales."""
    sheets = list(said.sheets)
    sheets[number] = replace(sheets[number], columns={**sheets[number].columns, **roles}, scale=dict(scale))
    return replace(said, sheets=tuple(sheets))


def lasting(said: Mapping) -> Mapping:
    """A mapping for next year: its file has another year, and maybe its year in the name of a sheet."""
    alone = len(said.sheets) == 1
    return replace(
        said,
        sheets=tuple(
            replace(one, fiscal_year=None, sheet="*" if alone else _YEAR.sub("*", one.sheet))
            for one in said.sheets
        ),
    )


def show(draft: Draft) -> None:
    """One foldable part per file."""
    for message, good in st.session_state.pop(_SAID, []):
        (st.success if good else st.error)(view.escape(message))
    results = [file for file in draft.files if file.register is None]
    for file in draft.files:
        if file.reading is None:
            continue
        if file.register is not None:
            _register(file)
            continue
        opened = st.expander(
            view.escape(f"{file.name} — {_short(file)}"),
            expanded=file is results[0],
            key=f"import_recognised_{file.sha256}",
            on_change="rerun",
        )
        if opened.open:
            with opened:
                _file(file)


def _short(file: File) -> str:
    """A file in one line: kind, how many bodies and scores, years."""
    assert file.reading is not None
    reading = file.reading
    years = sorted(set(reading.scores["fiscal_year"]))
    bodies = reading.scores["mention"].nunique()
    return " · ".join(
        [
            words.KINDS.get(reading.kind, reading.kind),
            f"{bodies:,} หน่วยงาน",
            f"{int(reading.scores['stands'].sum()):,} คะแนน",
            f"ปี {text.runs(years)}" if years else "ไม่มีปี",
        ]
    )


def _register(file: File) -> None:
    """The bodies of a register: how many of which type, and each of them."""
    assert file.register is not None
    opened = st.expander(
        view.escape(f"{file.name} — ทะเบียนหน่วยงาน · {len(file.register.bodies):,} แห่ง"),
        key=f"import_recognised_{file.sha256}",
        on_change="rerun",
    )
    if not opened.open:
        return
    types = organisation.load_types()
    counts = Counter(one.type for one in file.register.bodies)
    opened.caption(" · ".join(f"{types[one].short_th} {counts[one]:,}" for one in types if counts[one]))
    shown = [
        (
            one.full_name_th,
            one.district_th,
            one.province_th,
            ", ".join(file.register.codes_of(one.organisation_id)) or None,
        )
        for one in file.register.bodies
    ]
    opened.dataframe(
        pd.DataFrame(shown, columns=["หน่วยงาน", "อำเภอ", "จังหวัด", "รหัส"]),
        hide_index=True,
        height=words.height(len(shown), 7),
        placeholder=text.MISSING,
    )


def _file(file: File) -> None:
    reading = file.reading
    assert reading is not None
    for number, one in enumerate(reading.recognised):
        _facts(one)
        if one.shape != "document":
            _editor(file, number, one)
    if any(one.shape == "document" for one in reading.recognised):
        if counted := [
            f"{len(rows):,} {_EXTRA[name]}" for name, rows in reading.extra.items() if name in _EXTRA
        ]:
            st.caption("อ่านได้ด้วย: " + " · ".join(counted))
    elif not reading.recognised and reading.kind in TABLE_KINDS:
        _by_hand(file)
    if reading.recognised and reading.kind in TABLE_KINDS:
        _named(file)


_EXTRA = {
    "printed_grades": "ระดับผลที่พิมพ์ไว้",
    "printed_changes": "ผลต่างที่พิมพ์ไว้",
    "measures": "มาตรการ",
    "measure_results": "ผลการดำเนินมาตรการ",
}


def _facts(one: Recognised) -> None:
    """What a sheet was taken for, in words."""
    sheet = f"แผ่นงาน {one.sheet} · " if one.sheet else ""
    where = (
        ""
        if one.shape == "document"
        else f" · หัวตารางแถว {one.header_row} · ข้อมูลแถว {one.first_row}–{one.last_row}"
    )
    st.markdown(view.escape(f"{sheet}{words.SHAPES.get(one.shape, one.shape)}{where}"))
    notes = [*one.notes_th, *(f"{part}: {words.SCALES[name]}" for part, name in one.scale.items())]
    for note in notes:
        st.caption(f":material/info: {view.escape(note)}")


def _roles(file: File, present: list[str]) -> Texts[str, str]:
    assert file.reading is not None
    years = set(file.reading.scores["fiscal_year"]) or {file.fiscal_year or max(drafts.editions())}
    known = [one for year, one in sorted(drafts.editions().items(), reverse=True) if year in years]
    return words.roles_of(known or [drafts.editions()[max(drafts.editions())]], present)


def _editor(file: File, number: int, one: Recognised) -> None:
    """What each header means, and on which scale the instruments are, to be changed and read again."""
    found = headers(one)
    labels = _roles(file, [header.role for header in found])
    by_label = {label: role for role, label in labels.items()}
    frame = pd.DataFrame(
        [(words.printable(h.place), words.printable(h.header), labels[h.role]) for h in found]
    )
    if frame.empty:
        return
    frame.columns = list(_TITLES.values())
    with st.form(f"import_columns_{file.sha256}_{number}", border=False):
        edited = st.data_editor(
            frame,
            hide_index=True,
            disabled=[_TITLES["place"], _TITLES["header"]],
            column_config={
                _TITLES["place"]: st.column_config.TextColumn(width=60),
                _TITLES["header"]: st.column_config.TextColumn(width=320),
                _TITLES["role"]: st.column_config.SelectboxColumn(
                    options=list(by_label), required=True, width=420
                ),
            },
            height=words.height(len(frame), 10),
            key=f"import_roles_{file.sha256}_{number}",
            placeholder=text.MISSING,
        )
        scale = _scale_choices(file, number, one)
        if st.form_submit_button("อ่านใหม่ตามที่แก้", icon=":material/refresh:"):
            roles = {
                header.header: by_label[label]
                for header, label in zip(found, edited[_TITLES["role"]], strict=True)
            }
            _read_again(file, number, roles, scale)


def _scale_choices(file: File, number: int, one: Recognised) -> dict[str, str]:
    """The scale of every part that may not be points: instruments, what was converted, what is undecided."""
    present = {
        role.removeprefix(words.PART).split(":")[0].split("@")[0]
        for role in (*one.columns.values(), *one.rows.values())
        if role.startswith(words.PART)
    }
    latest = drafts.editions()[max(drafts.editions())]
    asked = [part.code for part in latest.instruments if part.code in present] + [
        part for part in sorted(present) if part in one.scale
    ]
    chosen = dict(one.scale)
    asked = list(dict.fromkeys(asked))
    if not asked:
        return chosen
    undecided = "ให้ระบบพิสูจน์จากตัวเลข"
    for column, part in zip(st.columns(max(len(asked), 3)), asked, strict=False):
        options = [None, *words.SCALES]
        picked = column.selectbox(
            f"สเกลของ {part}",
            options,
            index=options.index(one.scale.get(part)),
            format_func=lambda name: undecided if name is None else words.SCALES[name],
            key=f"import_scale_{file.sha256}_{number}_{part}",
            placeholder=undecided,
        )
        if picked is None:
            chosen.pop(part, None)
        else:
            chosen[part] = picked
    return chosen


def _read_again(file: File, number: int, roles: Texts[str, str], scale: Texts[str, str]) -> None:
    assert file.reading is not None
    said = corrected(mapping.of_recognised(file.reading.recognised), number, roles, scale)
    _correct(file, Mapping(said.name, tuple(replace(one, fiscal_year=None) for one in said.sheets)))


def _correct(file: File, said: Mapping | None) -> None:
    drafts.correct(drafts.current(), file, fiscal_year=file.fiscal_year, corrections=said)
    st.rerun()


def _named(file: File) -> None:
    """Apply a saved mapping to the file, or save what the file was taken for."""
    assert file.reading is not None
    known = mappings.names()
    left, right = st.columns(2, gap="medium")
    with left.form(f"import_apply_{file.sha256}", border=False):
        name = st.selectbox(
            "ใช้การจับคู่ที่บันทึกไว้",
            known,
            index=None,
            placeholder="เลือกชื่อ" if known else "ยังไม่มีการจับคู่ที่บันทึกไว้",
            disabled=not known,
        )
        if st.form_submit_button("ใช้การจับคู่นี้", disabled=not known) and name:
            try:
                with told("เปิดการจับคู่"):
                    said = mappings.load(name)
            except Failed as failure:
                st.error(view.escape(str(failure)))
            else:
                _correct(file, said)
    with right.form(f"import_save_{file.sha256}", border=False):
        name = st.text_input(
            "บันทึกการจับคู่นี้ไว้ใช้ปีหน้า ชื่อว่า", placeholder="เช่น ตาราง ITAS ทั้งจังหวัด", max_chars=mappings.LONGEST
        )
        if st.form_submit_button("บันทึก", icon=":material/save:"):
            try:
                with told("บันทึกการจับคู่"):
                    mappings.save(lasting(mapping.of_recognised(file.reading.recognised, name)))
            except Failed as failure:
                st.error(view.escape(str(failure)))
            else:
                st.session_state[_SAID] = [(f"บันทึกการจับคู่ “{name.strip()}” แล้ว", True)]
                st.rerun()


def _by_hand(file: File) -> None:
    """No table was found: the person says which row is the header and what its cells mean."""
    sheets = [one for one in open_file(file.data, file.name).sheets if one.cells.size]
    if not sheets:
        return
    st.markdown("ระบบไม่พบหัวตารางที่รู้จัก ให้บอกว่าหัวตารางอยู่แถวใดและแต่ละช่องหมายถึงอะไร แล้วอ่านใหม่")
    names = [one.name for one in sheets]
    name = (
        names[0]
        if len(names) == 1
        else st.selectbox("แผ่นงาน", names, key=f"import_sheet_{file.sha256}", placeholder="เลือกแผ่นงาน")
    )
    sheet = sheets[names.index(name)]
    shown = sheet.cells[:_PREVIEW_ROWS, :_PREVIEW_COLUMNS]
    preview = pd.DataFrame(
        [[None if cell is None else words.printable(_shown(cell)) for cell in row] for row in shown]
    )
    preview.index = preview.index + 1
    preview.columns = [letter(column) for column in preview.columns]
    st.dataframe(preview, placeholder=text.MISSING)
    row = st.number_input("หัวตารางอยู่แถวที่", 1, len(shown), key=f"import_header_{file.sha256}", width=200)
    texts = list(dict.fromkeys(_shown(cell) for cell in sheet.cells[row - 1, :200] if cell is not None))
    labels = _roles(file, [])
    by_label = {label: role for role, label in labels.items()}
    frame = pd.DataFrame(
        {_TITLES["header"]: list(map(words.printable, texts)), _TITLES["role"]: labels["ignore"]}
    )
    with st.form(f"import_by_hand_{file.sha256}", border=False):
        edited = st.data_editor(
            frame,
            hide_index=True,
            disabled=[_TITLES["header"]],
            column_config={
                _TITLES["role"]: st.column_config.SelectboxColumn(options=list(by_label), required=True)
            },
            key=f"import_hand_roles_{file.sha256}_{row}",
            placeholder=text.MISSING,
        )
        if st.form_submit_button("อ่านใหม่ตามที่บอก", icon=":material/refresh:"):
            roles = dict(zip(texts, map(by_label.__getitem__, edited[_TITLES["role"]]), strict=True))
            _correct(file, Mapping("", (SheetMapping("*", roles),)))


def _shown(cell: object) -> str:
    return text_of(cell) if isinstance(cell, str | int | float) else str(cell)
