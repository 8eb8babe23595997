"""เปรียบเทียบ: the bodies of the group in one table, and two to six bodies beside one another."""

from collections.abc import Mapping
from itertools import compress
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import data, group_table, heat_table, session, text, view
from dashboard.charts import base, side_by_side
from dashboard.group_table import FILTERS, RANKED_FROM, Bodies, Wishes
from dashboard.heat_table import Column
from dashboard.selection import MOST_ORGANISATIONS

PAGE_ROWS = 100
DECIMALS = 6  # in the files; more would be noise of the computer's arithmetic
LEVELS = ("instrument", "indicator")
OFFERED = 3
ROOMY = 4  # bodies whose columns fit beside one another without a thought

chosen, group, known = session.selection(), session.group(), session.catalog()
in_year = {"fiscal_year": chosen.year or 0}
of_group = {"place": group.place, "kind": group.kind, **in_year}


def head(title: str, sentence: str, n: int) -> None:
    """The top of a view: its question, its answer, its group."""
    st.subheader(title, anchor=False)
    st.markdown(view.escape(sentence))
    st.caption(view.escape(f"กลุ่ม: {group.label} · n = {n:,} · ปี {chosen.year}"))


def say(notes: list[str]) -> None:
    """Notes, a line each, without the room of a paragraph between them."""
    st.caption("  \n".join(view.escape(note) for note in notes if note))


def offered(key: str, options: Mapping[str, str]) -> str:
    """The key of a control that keeps its value over pages, unless the options no longer hold the value."""
    if st.session_state.get(key) not in options:
        st.session_state[key] = next(iter(options))
    return key


def pass_mark() -> float | None:
    """The pass mark of the year, if it has one."""
    mark = data.query("years").set_index("fiscal_year")["pass_mark"].get(chosen.year)
    return None if pd.isna(mark) else float(mark)


# The table


def bodies_of_group() -> Bodies:
    """Everything the table can show; parts of a level nobody has a score on are left out."""
    rows = data.query("results", **of_group).set_index("organisation_id")
    tree = data.query("parts", **in_year)
    columns: dict[str, pd.DataFrame] = {}
    kept = []
    for level in LEVELS:
        parts = tree[tree["level"] == level]
        found = {
            part: data.query("part_column", part=part, **of_group).set_index("organisation_id")
            for part in parts["part"]
        }
        if any(len(column) for column in found.values()):
            columns |= found
            kept.append(parts)
    return Bodies(
        year=int(chosen.year or 0),
        rows=rows,
        parts=pd.concat(kept) if kept else tree.head(0),
        values=pd.DataFrame(
            {part: one["value"] for part, one in columns.items()}, index=rows.index, dtype=float
        ),
        recomputed=pd.DataFrame(
            {part: rows.index.isin(one.index[one["basis"] == "recomputed"]) for part, one in columns.items()},
            index=rows.index,
        ),
        pass_mark=pass_mark(),
    )


def scale_low(bodies: Bodies) -> float:
    """Where the colours of the table begin: at the lowest of the parts' lower quartiles in the group."""
    spread = data.query("group_parts", **of_group)
    return heat_table.low_end(spread.loc[spread["level"].isin(LEVELS), "q1"].min(), bodies.pass_mark)


def first_page() -> None:
    """Another search, filter or order starts at its first page."""
    st.session_state.pop("compare_page", None)


def clear_wishes() -> None:
    """Show all bodies again."""
    first_page()
    st.session_state.update(compare_search="", compare_show="all", compare_only=False)


def controls(bodies: Bodies) -> Wishes:
    """Search, order and filter; a filter that leaves no body is not offered."""
    numbers = {show: int(group_table.filtered(bodies.rows, show).sum()) for show in FILTERS}
    filters = {
        show: f"{words} ({numbers[show]:,})"
        for show, words in FILTERS.items()
        if numbers[show] or show == "all"
    }
    orders = group_table.orders(bodies)
    left, middle, right = st.columns([4, 4, 2], vertical_alignment="bottom")
    search = left.text_input(
        "ค้นหา",
        key="compare_search",
        persist_state="session",
        placeholder="ชื่อหน่วยงาน อำเภอ หรือจังหวัด",
        on_change=first_page,
    )
    order = middle.selectbox(
        "เรียงตาม",
        list(orders),
        format_func=orders.__getitem__,
        key=offered("compare_order", orders),
        persist_state="session",
        placeholder="เลือกวิธีเรียง",
        on_change=first_page,
    )
    turned = right.toggle("กลับลำดับ", key="compare_turned", persist_state="session", on_change=first_page)
    left, right = st.columns([7, 3], vertical_alignment="center")
    show = left.segmented_control(
        "แสดง",
        list(filters),
        format_func=filters.__getitem__,
        key=offered("compare_show", filters),
        persist_state="session",
        label_visibility="collapsed",
        required=True,
        on_change=first_page,
    )
    if not chosen.organisations:
        st.session_state["compare_only"] = False
    only = right.toggle(
        "เฉพาะหน่วยงานที่สนใจ",
        key="compare_only",
        persist_state="session",
        disabled=not chosen.organisations,
        help="เลือกหน่วยงานที่สนใจได้ในแถบด้านซ้าย",
        on_change=first_page,
    )
    return Wishes(search or "", order or "rank", turned, show or "all", only)


def table_columns(bodies: Bodies, shown: pd.DataFrame) -> dict[str, Column]:
    """The columns of the table in order, by their names in the file; what no body has is left out.

    Columns of words are as wide as the rows `shown` need.
    """
    found: dict[str, Column] = {}
    wide = len(bodies.parts) > 0
    if bodies.ranked:
        found[rank_name(bodies)] = Column(
            "อันดับ",
            help="อันดับตามคะแนนรวมในกลุ่มที่เลือก คะแนนเท่ากันได้อันดับเดียวกัน",
            width=heat_table.fitting([rank_words(bodies.n, bodies.n)], 76, 130),
            show=lambda rank: rank_words(rank, bodies.n),
            pinned=wide,
        )
    room = 200 if wide else 340
    names = group_table.short_names(shown["label_th"])
    found["หน่วยงาน"] = Column("หน่วยงาน", width=heat_table.fitting(names, 120, room), pinned=wide, bold=True)
    found["คะแนนรวม"] = Column("คะแนนรวม", width=80, bold=True)
    found["ระดับ"] = Column(
        "ระดับ",
        help="ระดับผลการประเมินตามเกณฑ์ของปี",
        width=heat_table.fitting(shown["grade_th"].dropna(), 64, room),
    )
    if bodies.n_changes:
        found["เปลี่ยนแปลงจากปีก่อน"] = Column(
            "เปลี่ยนแปลง", help="คะแนนรวมปีนี้ลบปีก่อน เฉพาะที่เทียบกันได้", width=88, show=text.change
        )
    for row in bodies.parts.itertuples():
        whole = row.level == "instrument"
        found[bodies.labels[row.part]] = Column(
            row.part if whole else f"{row.part} {row.name_th.removeprefix('การ')}",
            over=text.LEVELS["instrument"] if whole else f"{text.LEVELS['indicator']} {row.parent}",
            help=bodies.labels[row.part],
            width=66 if whole else 72,
            heat=True,
        )
    for name, column in (("อำเภอ", "district_th"), ("จังหวัด", "province_th")):
        if bodies.rows[column].notna().any():
            found[name] = Column(name, width=heat_table.fitting(shown[column].dropna(), 80, 150))
    return found


def rank_name(bodies: Bodies) -> str:
    """The rank's column in the file: whole numbers, so the column's name says among how many."""
    return f"อันดับ (จาก {bodies.n:,} แห่ง)"


def rank_words(rank: int, n: int) -> str:
    """A rank as shown."""
    return f"{int(rank):,} จาก {n:,}"


def table_frame(bodies: Bodies, rows: pd.DataFrame, columns: Mapping[str, Column]) -> pd.DataFrame:
    """The rows as shown, under the names of the file; recomputed values are named in a last column."""
    frame = pd.DataFrame(
        {
            rank_name(bodies): rows["rank"].astype("Int64"),
            "หน่วยงาน": group_table.short_names(rows["label_th"]),
            "คะแนนรวม": rows["overall"],
            "ระดับ": rows["grade_th"],
            "เปลี่ยนแปลงจากปีก่อน": rows["overall_change"],
            "อำเภอ": rows["district_th"],
            "จังหวัด": rows["province_th"],
        }
    ).join(bodies.values.loc[rows.index].rename(columns=bodies.labels))
    frame = frame[list(columns)]
    marks = recomputed(bodies, rows)
    if marks.any(axis=None):
        told = [name.split(" ")[0] for name in marks.columns]
        frame["คำนวณจากส่วนย่อย"] = [", ".join(compress(told, row)) for row in marks.to_numpy()]
    return frame.round(DECIMALS).reset_index(drop=True)


def recomputed(bodies: Bodies, rows: pd.DataFrame) -> pd.DataFrame:
    """Which points of the rows are recomputed, under the names of the file."""
    marks = bodies.recomputed.loc[rows.index].rename(columns=bodies.labels)
    marks.insert(0, "คะแนนรวม", rows["overall_basis"].eq("recomputed"))
    return marks.astype(bool)


def table_notes(bodies: Bodies, rows: pd.DataFrame, wishes: Wishes, low: float) -> list[str]:
    """What one must know to read the table."""
    notes = [group_table.wished(wishes, len(rows), len(bodies.rows))]
    if len(bodies.parts):
        whole = int(bodies.values.notna().all(axis=1).sum())
        notes.append(heat_table.scale_note(low))
        notes.append(f"มีคะแนนครบทุกคอลัมน์ที่มีสี {whole:,} จาก {len(bodies.rows):,} แห่ง")
    if missing := [f"ราย{text.LEVELS[level]}" for level in LEVELS if level not in set(bodies.parts["level"])]:
        notes.append(f"ปี {chosen.year} ไม่มีคะแนน{'และ'.join(missing)}ของกลุ่มนี้ในคลังข้อมูล จึงไม่มีคอลัมน์นั้น")
    if recomputed(bodies, rows).any(axis=None):
        notes.append("* คำนวณจากส่วนย่อย เพราะไม่มีค่าที่เผยแพร่")
    if bodies.n and not bodies.ranked:
        notes.append(
            f"ไม่แสดงอันดับ เพราะกลุ่มนี้มีคะแนนรวมเพียง {bodies.n} แห่ง อันดับในกลุ่มที่น้อยกว่า {RANKED_FROM} แห่งบอกอะไรได้น้อย"
        )
    notes.append(group_table.change_note(bodies, data.query("breaks")))
    return [note for note in notes if note]


def open_clicked(event: Any, shown: pd.Index) -> None:
    """Open the body whose row or name was clicked; a click on a number is for reading and copying it."""
    picked = event["selection"]
    names = [row for row, column in picked["cells"] if column == "หน่วยงาน"]
    found = [row for row in [*picked["rows"], *names] if row < len(shown)]
    if found:
        body = shown[found[0]]
        others = [one for one in chosen.organisations if one != body]
        session.open_page(view.ORGANISATION_PAGE, organisations=(body, *others)[:MOST_ORGANISATIONS])


def show_table(bodies: Bodies) -> None:
    """The sentence, the controls, the table, the files."""
    title, sentence = "หน่วยงานในกลุ่ม", group_table.headline(bodies)
    head(title, sentence, bodies.n)
    wishes = controls(bodies)
    rows = group_table.selected(bodies.rows, wishes, chosen.organisations)
    rows = group_table.arranged(rows, bodies.values, wishes)
    if rows.empty:
        view.nothing("ไม่มีหน่วยงานที่ตรงกับคำค้นและตัวกรอง", "ลองพิมพ์คำค้นให้สั้นลง หรือแสดงทั้งหมด")
        st.button("แสดงทั้งหมด", on_click=clear_wishes, icon=":material/filter_alt_off:")
        return
    pages = -(-len(rows) // PAGE_ROWS)
    page = min(st.session_state.get("compare_page") or 1, pages)
    on_page = slice((page - 1) * PAGE_ROWS, page * PAGE_ROWS)
    low, columns = scale_low(bodies), table_columns(bodies, rows.iloc[on_page])
    one = view.View(
        key="compare",
        title=title,
        sentence=sentence,
        frame=table_frame(bodies, rows, columns),
        group=group,
        n=bodies.n,
        years=f"{chosen.year}",
        notes=table_notes(bodies, rows, wishes, low),
    )
    st.caption("คลิกชื่อหน่วยงานหรือช่องหน้าแถวเพื่อเปิดหน้าของหน่วยงาน · ชี้ที่หัวคอลัมน์เพื่ออ่านชื่อเต็ม คลิกเพื่อเรียง")
    marks = recomputed(bodies, rows.iloc[on_page])
    event = heat_table.draw(
        heat_table.styled(
            one.frame.iloc[on_page],
            columns,
            low,
            {name: marks[name].to_numpy().nonzero()[0] for name in marks},
        ),
        list(columns.values()),
        # another key for every order: a table sorted by a click on a head would ignore the order chosen
        key=f"compare_table_{wishes.order}_{wishes.turned}_{page}",
        alt=title,
        on_select=True,
    )
    open_clicked(event, rows.index[on_page])
    if pages > 1:
        if st.session_state.get("compare_page"):
            st.session_state["compare_page"] = page
        st.pagination(pages, key="compare_page", on_change="rerun")
        st.caption(
            f"แถวที่ {on_page.start + 1:,}–{min(on_page.stop, len(rows)):,} จาก {len(rows):,} · "
            "คลิกหัวคอลัมน์เรียงเฉพาะหน้านี้ ใช้ “เรียงตาม” เพื่อเรียงทุกหน้า · แฟ้มที่ดาวน์โหลดมีครบทุกแถว"
        )
    say(list(one.notes))
    view.downloads(one)


# Beside one another


def span(organisation_id: str) -> str:
    """The years a body has data of, in words."""
    body = known.organisations.loc[organisation_id]
    if pd.isna(body["first_year"]):
        return "ยังไม่มีคะแนนในคลังข้อมูล"
    first, last = int(body["first_year"]), int(body["last_year"])
    return f"มีข้อมูลปี {first}" + (f"–{last}" if last > first else "")


def names_of(organisations: list[str]) -> dict[str, str]:
    """Short names of bodies; where two are equal, their whole labels."""
    labels = pd.Series({one: known.label(one) for one in organisations}, dtype=str)
    short = group_table.short_names(labels)
    return dict(labels if short.duplicated().any() else short)


def absence(organisations: list[str]) -> str:
    """Which bodies have no data in the year, and when they have."""
    names = names_of(organisations)
    return f"ไม่มีข้อมูลปี {chosen.year}: " + ", ".join(f"{names[one]} ({span(one)})" for one in organisations)


def side_rows(values: pd.DataFrame) -> pd.DataFrame:
    """The parts at least one of the bodies has, with the group's median and its n."""
    parts = data.query("parts", **in_year)
    parts = parts[parts["part"].isin(set(values["part"]))]
    spread = data.query("group_parts", **of_group)
    rows = parts[["part", "name_th", "level"]].merge(spread[["part", "median", "n"]], on="part", how="left")
    return rows.assign(
        label=[text.part_label(row.part, row.name_th) for row in rows.itertuples()],
        n=rows["n"].fillna(0).astype(int),
        median=rows["median"].where(rows["n"] > 1),  # of one body it would be that body again
    )


def side_sentence(
    values: pd.DataFrame, names: Mapping[str, str], rows: pd.DataFrame, absent: list[str]
) -> str:
    """Who is highest and lowest, where the bodies differ most, and who has no data."""
    said = [f"ปี {chosen.year} หน่วยงานที่เลือกยังไม่มีคะแนนรวม"]
    overall = values[values["part"] == "overall"].sort_values("value", ascending=False)
    told = [f"{names[row.organisation_id]} {text.points(row.value)}" for row in overall.itertuples()]
    if told:
        words = f"สูงสุด {told[0]} ต่ำสุด {told[-1]}" if len(told) > 1 else told[0]
        middle = rows.loc[rows["part"] == "overall", "median"].iloc[0]
        said = [
            f"คะแนนรวมปี {chosen.year} ของแห่งที่เลือก: {words}"
            + ("" if pd.isna(middle) else f" มัธยฐานของกลุ่ม {text.points(middle)}")
        ]
    labels = rows[rows["level"] == "indicator"].set_index("part")["label"]
    spread = (
        values[values["part"].isin(list(labels.index))].groupby("part")["value"].agg(["min", "max", "count"])
    )
    spread = spread[spread["count"] > 1]
    if len(spread):
        widest = spread.loc[(spread["max"] - spread["min"]).idxmax()]
        said.append(
            f"ต่างกันมากที่สุดที่ {labels[widest.name]} ({text.points(widest['min'])}–{text.points(widest['max'])})"
        )
    if absent:
        said.append(absence(absent))
    return " · ".join(said)


def side_frame(values: pd.DataFrame, rows: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    """Parts as rows, bodies as columns, then the group; recomputed values are named in a last column."""
    numbers = values.pivot(index="part", columns="organisation_id", values="value").reindex(rows["part"])
    frame = pd.DataFrame(
        {
            "ส่วน": rows["label"].to_numpy(),
            **{name: numbers[one].to_numpy() for one, name in names.items()},
            "มัธยฐานของกลุ่ม": rows["median"].to_numpy(),
            "n ของกลุ่ม": rows["n"].to_numpy(),
        }
    )
    computed = values[values["basis"] == "recomputed"]
    if len(computed):
        frame["คำนวณจากส่วนย่อย"] = [
            ", ".join(names[one] for one in computed.loc[computed["part"] == part, "organisation_id"])
            for part in rows["part"]
        ]
    return frame.round(DECIMALS)


def side_notes(rows: pd.DataFrame, values: pd.DataFrame, mark: float | None, low: float) -> list[str]:
    """What one must know to read the chart and the table."""
    first = "ไม่มีมัธยฐาน เพราะกลุ่มนี้มีคะแนนไม่ถึงสองแห่ง"
    if rows["median"].notna().any():
        first = "เส้นตั้งสั้นคือมัธยฐานของกลุ่ม เฉพาะส่วนที่มีคะแนนตั้งแต่สองแห่ง"
    if mark is not None:
        first += f" · เส้นประคือเกณฑ์ผ่าน {mark:g} ของคะแนนรวม ในแถวอื่นมีไว้ให้เทียบระดับเท่านั้น"
    notes = [first]
    if values["basis"].eq("recomputed").any():
        notes.append("เครื่องหมายกลวงในภาพ และ * ในตาราง คือค่าที่คำนวณจากส่วนย่อย เพราะไม่มีค่าที่เผยแพร่")
    if not rows["level"].eq("indicator").any():
        notes.append("หน่วยงานที่เลือกยังไม่มีคะแนนรายตัวชี้วัดในปีนี้")
    return [*notes, heat_table.scale_note(low)]


def show_side_by_side(title: str) -> None:
    """The chart and the table of the bodies selected in the sidebar."""
    bodies = list(chosen.organisations)
    values = data.query("bodies_parts", organisations=f",{','.join(bodies)},", **in_year)
    with_data = set(values["organisation_id"])
    present = [one for one in bodies if one in with_data]
    absent = [one for one in bodies if one not in with_data]
    if len(bodies) < 2 or not present:
        st.subheader(title, anchor=False)
        if len(bodies) < 2:
            offer_bodies(absent)
        else:
            view.nothing(absence(absent), "เปลี่ยนปีงบประมาณหรือเปลี่ยนหน่วยงานที่สนใจในแถบด้านซ้าย")
        return
    names, rows, mark = names_of(present), side_rows(values), pass_mark()
    low = heat_table.low_end(values["value"].min(), mark)
    n = int(rows.loc[rows["part"] == "overall", "n"].sum())
    sentence = side_sentence(values, names, rows, absent)
    head(title, sentence, n)
    stretched = st.toggle("ขยายช่วงใกล้ 100", key="compare_stretched", persist_state="session")
    one = view.View(
        key="side-by-side",
        title=title,
        sentence=sentence,
        frame=side_frame(values, rows, names),
        group=group,
        n=n,
        years=f"{chosen.year}",
        figure=side_by_side.chart(rows, values, list(names.items()), mark, stretched=stretched),
        notes=side_notes(rows, values, mark, low),
    )
    st.plotly_chart(one.figure, theme=None, alt=sentence, config=base.CONFIG, key="chart_side_by_side")
    side_table(one, values, rows, names, low)
    say(list(one.notes))
    view.downloads(one)


def side_table(
    one: view.View, values: pd.DataFrame, rows: pd.DataFrame, names: Mapping[str, str], low: float
) -> None:
    """The figures behind the chart."""
    crowded = len(names) > ROOMY
    columns = {"ส่วน": Column("ส่วน", width=190 if crowded else 290, pinned=crowded)}
    columns |= {
        name: Column(
            name,
            help=known.label(body),
            width=heat_table.fitting([name], 90, 116 if crowded else 170),
            heat=True,
        )
        for body, name in names.items()
    }
    columns["มัธยฐานของกลุ่ม"] = Column("มัธยฐานกลุ่ม", help=group.label, width=100)
    columns["n ของกลุ่ม"] = Column("n กลุ่ม", help="จำนวนหน่วยงานของกลุ่มที่มีคะแนนส่วนนั้น", width=56)
    computed = values[values["basis"] == "recomputed"]
    marked = {
        name: rows["part"]
        .isin(computed.loc[computed["organisation_id"] == body, "part"])
        .to_numpy()
        .nonzero()[0]
        for body, name in names.items()
    }
    heat_table.draw(
        heat_table.styled(one.frame, columns, low, marked),
        list(columns.values()),
        key="table_side_by_side",
        alt=one.title,
    )


def offer_bodies(absent: list[str]) -> None:
    """Say how bodies are selected, and offer a selection in one click."""
    few = "เลือกไว้เพียงหนึ่งแห่ง ต้องมีอย่างน้อยสองแห่งจึงจะเทียบกันได้" if chosen.organisations else "ยังไม่ได้เลือกหน่วยงาน"
    if absent:
        few += f" · {absence(absent)}"
    rows = data.query("results", **of_group).dropna(subset=["overall"]).sort_values(["overall", "name_order"])
    ids = [one for one in rows["organisation_id"] if one not in chosen.organisations]
    offers = {
        f" {len(ids[:OFFERED])} แห่งที่คะแนนรวมต่ำสุดของกลุ่ม": ids[:OFFERED],
        "แห่งที่คะแนนรวมสูงสุดและต่ำสุดของกลุ่ม": [*ids[-1:], *ids[:1]],
    }
    offers = {words: picked for words, picked in offers.items() if len(set(picked)) > 1}
    how = f"เลือก 2–{MOST_ORGANISATIONS} แห่งในช่อง “หน่วยงานที่สนใจ” ในแถบด้านซ้าย"
    view.nothing(few, how + (" หรือกดปุ่มด้านล่าง" if offers else ""))
    with st.container(horizontal=True):
        for number, (words, picked) in enumerate(offers.items()):
            st.button(
                f"{'เทียบกับ' if chosen.organisations else 'เลือก'}{words}",
                key=f"offer_{number}",
                on_click=session.change,
                kwargs={"organisations": (*chosen.organisations, *picked)},
                icon=":material/compare_arrows:",
            )


view.header("เปรียบเทียบ", "หน่วยงานในกลุ่มเดียวกันได้คะแนนต่างกันอย่างไร ทั้งคะแนนรวม เครื่องมือ และตัวชี้วัด")
if chosen.year is None:
    view.nothing("คลังข้อมูลยังว่าง", "นำเข้าข้อมูลก่อน แล้วกลับมาหน้านี้")
else:
    found = bodies_of_group()
    if found.rows.empty:
        view.nothing(
            f"ยังไม่มีหน่วยงานของกลุ่ม “{group.label}” ที่มีข้อมูลปี {chosen.year}",
            "ลองเลือกปี พื้นที่ หรือประเภทอื่นในแถบด้านซ้าย",
        )
    else:
        show_table(found)
    st.divider()
    show_side_by_side("เทียบกันตัวต่อตัว")
view.footer()
