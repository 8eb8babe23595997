"""แนวโน้ม: how a score moved over the years for a group and for bodies, and who rose and fell in between."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from dashboard import data, full_table, listing, session, text, view
from dashboard.charts import base, dumbbell, series
from dashboard.selection import MOST_ORGANISATIONS
from ita_data import thai
from ita_data.scoring import round_half_up

MOST_IN_SENTENCE = 3
STAR_NOTE = "* คำนวณจากส่วนย่อย ไม่ใช่ค่าที่เผยแพร่"
MOST_PER_SIDE = 20
"""Gains and losses a chart shows where there are too many bodies to show all."""

chosen, group = session.selection(), session.group()
view.header("แนวโน้ม", "คะแนนของกลุ่มและของหน่วยงานเปลี่ยนไปอย่างไรในแต่ละปี และใครขึ้นใครลงระหว่างสองปี")
where = {"place": group.place, "kind": group.kind}
breaks = data.query("breaks")
parts = data.query("trend_parts").set_index("part", drop=False)


def shown_part() -> str:
    """The part the page is about: the chosen one, the indicator of the chosen item, or the root."""
    if chosen.part is None:
        return str(parts.index[0])
    if chosen.part in parts.index:
        return chosen.part
    for year in dict.fromkeys((chosen.year, *sorted(session.catalog().years, reverse=True))):
        known = data.query("parts", fiscal_year=year).set_index("part")
        if chosen.part in known.index:
            return str(known.at[chosen.part, "indicator"])
    return str(parts.index[0])


part = shown_part()
name = text.part_label(part, parts.at[part, "name_th"])


def choose_part() -> bool:
    """Let the user choose the part; returns whether the crowded end of the axes is to be stretched."""
    left, right = st.columns([3, 2], gap="medium", vertical_alignment="bottom")
    st.session_state["trends_part"] = part
    left.selectbox(
        "คะแนนที่ดู",
        list(parts.index),
        format_func=lambda code: text.part_label(code, parts.at[code, "name_th"]),
        key="trends_part",
        on_change=session.pick("part", "trends_part"),
        placeholder="เลือกคะแนนรวม เครื่องมือ หรือตัวชี้วัด",
    )
    wished = right.toggle(
        "ขยายช่วงใกล้ 100",
        key="trends_stretched",
        persist_state="session",
        help="ยืดช่วงคะแนนสูงที่เส้นเบียดกัน ระยะบนแกนจึงไม่เท่ากันตลอด",
    )
    if chosen.part and chosen.part != part:
        st.caption(view.escape(f"{chosen.part} เทียบข้ามปีไม่ได้ จึงแสดงตัวชี้วัดที่ {chosen.part} สังกัด"))
    return wished


def body_series() -> pd.DataFrame:
    """The part of the selected bodies by year, with short names, in the order of the selection."""
    listed = "," + ",".join(chosen.organisations) + ","
    rows = data.query("organisation_series", organisations=listed, part=part)
    names = {one: thai.wrap_label(short, 16) for one, short in listing.names(chosen.organisations).items()}
    order = {one: place for place, one in enumerate(chosen.organisations)}
    rows = rows.assign(name=rows["organisation_id"].map(names), order=rows["organisation_id"].map(order))
    return rows.sort_values(["order", "fiscal_year"])


def ends(rows: pd.DataFrame, runs: list[list[int]]) -> tuple[dict[str, float], dict[str, float]]:
    """The first and the last year of the last of some runs of years."""
    run = rows[rows["fiscal_year"].isin(runs[-1])].sort_values("fiscal_year").to_dict("records")
    return run[0], run[-1]


def comparable_runs(years: pd.Series) -> list[list[int]]:
    """Years split where two may not be named together: at a break no line crosses."""
    cuts = list(breaks.loc[~breaks["joined"].astype(bool), "fiscal_year"])
    eras = years.map(lambda year: sum(cut <= year for cut in cuts))
    return [list(era) for _, era in years.groupby(eras)]


def series_sentence(rows: pd.DataFrame, bodies: pd.DataFrame) -> str:
    """What the years say: the selected bodies where there are any, else the group."""
    if bodies.empty:
        first, last = ends(rows, series.group_runs(rows, breaks))
        latest = f"{text.points(last['median'])} (n = {last['n']:,})"
        if first["fiscal_year"] < last["fiscal_year"]:
            return (
                f"มัธยฐานของกลุ่มเปลี่ยนจาก {text.points(first['median'])} (n = {first['n']:,}) "
                f"ในปี {first['fiscal_year']} เป็น {latest} ในปี {last['fiscal_year']}"
            )
        if len(rows) == 1:
            return f"มีข้อมูลเพียงปี {last['fiscal_year']}: มัธยฐาน {latest}"
        return (
            f"มัธยฐานปีล่าสุด ({last['fiscal_year']}) คือ {latest} "
            "หน่วยงานที่มีข้อมูลปีก่อน ๆ เป็นคนละชุด จึงอ่านเป็นการขึ้นหรือลงของกลุ่มไม่ได้"
        )
    said = []
    names = listing.names(chosen.organisations)
    for one, body in bodies.groupby("organisation_id", sort=False):
        first, last = ends(body, comparable_runs(body["fiscal_year"]))
        words = f"{names[one]} {text.points(first['value'])} (ปี {first['fiscal_year']})"
        if first["fiscal_year"] < last["fiscal_year"]:
            words += f" → {text.points(last['value'])} (ปี {last['fiscal_year']})"
        said.append(words)
    more = f" และอีก {len(said) - MOST_IN_SENTENCE} แห่ง" if len(said) > MOST_IN_SENTENCE else ""
    return " · ".join(said[:MOST_IN_SENTENCE]) + more


def over_years(rows: pd.DataFrame, bodies: pd.DataFrame) -> view.View:
    """One part by year."""
    categories = [str(year) for year in range(*_span([*rows["fiscal_year"], *bodies["fiscal_year"]]))]
    names = listing.names(chosen.organisations)
    missing = [names[one] for one in chosen.organisations if one not in set(bodies["organisation_id"])]
    marks = data.query("years")[["fiscal_year", "pass_mark"]]
    frame = pd.concat(
        [
            rows.assign(who=f"มัธยฐานของกลุ่ม: {group.label}", value=rows["median"], basis=None),
            bodies.assign(who=bodies["label_th"], basis=bodies["basis"].map(text.BASES)),
        ]
    )
    columns = {
        "fiscal_year": "ปีงบประมาณ",
        "who": "กลุ่มหรือหน่วยงาน",
        "value": "คะแนน",
        "basis": "ที่มา",
        "n": "n",
        "min": "ต่ำสุด",
        "q1": "ควอร์ไทล์ที่ 1",
        "q3": "ควอร์ไทล์ที่ 3",
        "max": "สูงสุด",
    }
    frame = frame[list(columns)].rename(columns=columns).astype({"n": "Int64"})
    return view.View(
        key=f"series-{part}",
        title=f"{name} รายปี",
        sentence=series_sentence(rows, bodies),
        frame=frame,
        figure=series.chart(rows, bodies, marks, breaks, stretched=stretched),
        group=group,
        n=int(rows["n_distinct"].max()) if len(rows) else 0,
        years=f"{categories[0]}–{categories[-1]}" if len(categories) > 1 else categories[0],
        notes=(
            members_note(rows),
            base.break_note(categories, breaks),
            " · ".join(
                filter(
                    None,
                    (
                        "เส้นไม่ต่อข้ามปีที่ไม่มีข้อมูล" + not_joined(categories),
                        mark_note(),
                        STAR_NOTE if (bodies["basis"] == "recomputed").any() else "",
                    ),
                )
            ),
            f"ไม่มีข้อมูลคะแนนนี้ในปีใดเลย: {', '.join(missing)}" if missing else "",
        ),
    )


def _span(years: list[int]) -> tuple[int, int]:
    return int(min(years)), int(max(years)) + 1


def not_joined(categories: list[str]) -> str:
    """The breaks inside the shown years no line crosses, in words."""
    cut = breaks[~breaks["joined"].astype(bool) & breaks["fiscal_year"].astype(str).isin(categories[1:])]
    return "".join(f" และไม่ต่อระหว่างปี {year - 1} กับ {year}" for year in cut["fiscal_year"])


def members_note(rows: pd.DataFrame) -> str:
    """What n is, and how far the members of the group are the same from year to year."""
    if rows.empty:
        return "กลุ่มที่เลือกไม่มีคะแนนนี้ จึงแสดงเฉพาะหน่วยงานที่เลือก"
    note = "n คือหน่วยงานของกลุ่มที่มีคะแนนนี้อย่างน้อยหนึ่งปี จำนวนของแต่ละปีอยู่ใต้แกน"
    later = rows.iloc[1:]
    if later["mostly_same"].all():
        return note
    same = " · ".join(
        f"{row.fiscal_year}: {row.n_also_before:,} จาก {row.n:,} แห่ง" for row in later.itertuples()
    )
    return (
        f"{note} เส้นของกลุ่มต่อเฉพาะสองปีที่หน่วยงานอย่างน้อยครึ่งหนึ่งเป็นชุดเดียวกัน "
        f"(ที่มีคะแนนปีก่อนหน้าด้วย {same}) ส่วนถัดไปเทียบเฉพาะหน่วยงานชุดเดียวกัน"
    )


def elsewhere() -> str:
    """Where the user may look instead."""
    other = "" if part == parts.index[0] else "คะแนนรวม หรือ"
    return f"ลองเลือก{other}พื้นที่และประเภทอื่นในแถบด้านซ้าย"


def offer_bodies() -> None:
    """Buttons that select bodies, where none is selected and the group has few with more than a year."""
    rows = data.query("series_bodies", **where, part=part)
    if chosen.organisations or rows.empty:
        return
    if rows["n_bodies"].iloc[0] > len(rows):
        st.caption(f"เลือกหน่วยงานได้ไม่เกิน {MOST_ORGANISATIONS} แห่งในแถบด้านซ้าย เพื่อดูเส้นของแต่ละแห่งเทียบกับกลุ่ม")
        return
    st.caption("ดูเส้นของหน่วยงานที่มีตั้งแต่สองปี:")
    labels = listing.names(rows["organisation_id"])
    with st.container(horizontal=True):
        if 1 < len(rows) <= MOST_ORGANISATIONS:
            st.button(
                f"ทั้ง {len(rows)} แห่ง",
                key="add_all",
                type="primary",
                on_click=session.change,
                kwargs={"organisations": tuple(rows["organisation_id"])},
            )
        for row in rows.itertuples():
            years = f"{row.first_year}–{row.last_year}, {row.n_years} ปี"
            st.button(
                view.escape(f"{labels[row.organisation_id]} ({years})"),
                key=f"add_{row.organisation_id}",
                on_click=session.change,
                kwargs={"organisations": (row.organisation_id,)},
            )


def grades() -> None:
    """The grade of each selected body by year."""
    cells: dict[tuple[str, int], str] = {}
    for one in chosen.organisations:
        for row in data.query("organisation_results", organisation=one).itertuples():
            cells[one, row.fiscal_year] = (
                row.grade_th if pd.isna(row.overall) else f"{row.grade_th} ({text.points(row.overall)})"
            )
    if not cells:
        return
    years = range(*_span([year for _, year in cells]))
    frame = pd.DataFrame(
        [
            {"หน่วยงาน": session.catalog().label(one)} | {f"{year}": cells.get((one, year)) for year in years}
            for one in chosen.organisations
        ]
    ).astype("object")
    st.subheader("ระดับผลการประเมินของหน่วยงานที่เลือก", anchor=False)
    full_table.table(frame, f"ระดับรายปีของ {len(chosen.organisations)} แห่ง")
    st.caption(
        view.escape(
            "ในวงเล็บคือคะแนนรวม – คือไม่มีข้อมูลปีนั้น "
            + base.break_note([f"{year}" for year in years], breaks).replace("เส้นประคือจุดที่", "")
        )
    )
    view.downloads(
        view.View(
            key="grades-by-year",
            title="ระดับผลการประเมินของหน่วยงานที่เลือก",
            sentence=f"ระดับรายปีของ {len(chosen.organisations)} แห่ง",
            frame=frame,
            group=group,
            n=len(chosen.organisations),
            years=f"{years[0]}–{years[-1]}",
        )
    )


def mark_note() -> str:
    """What the pass mark is a mark of, where the page shows another part."""
    return "" if part == parts.index[0] else "เกณฑ์ผ่านเป็นเกณฑ์ของคะแนนรวม แสดงที่คะแนนนี้ไว้เทียบเท่านั้น"


def choose_years(pairs: pd.DataFrame) -> tuple[int, int] | None:
    """The two years, from the selection; None where no earlier year is known."""
    to_year = chosen.year
    earlier = [year for year in sorted(session.catalog().years, reverse=True) if year < to_year]
    now = pairs[pairs["to_year"] == to_year]
    counts = dict(zip(now["from_year"], now["n"], strict=True))
    barred = set(now.loc[~now["allowed"].astype(bool), "from_year"])
    with_bodies = [year for year in earlier if year in counts and year not in barred]
    from_year = chosen.from_year if chosen.from_year in earlier else next(iter(with_bodies or earlier), None)
    left, right, _ = st.columns([1, 1, 1], gap="medium")
    st.session_state["trends_from"] = from_year
    left.selectbox(
        "จากปี",
        earlier,
        format_func=lambda year: (
            f"{year} (เทียบไม่ได้)" if year in barred else f"{year} (มีทั้งสองปี {counts.get(year, 0):,} แห่ง)"
        ),
        key="trends_from",
        on_change=session.pick("from_year", "trends_from"),
        placeholder="ไม่มีปีก่อนหน้า",
        disabled=not earlier,
    )
    st.session_state["trends_to"] = to_year
    right.selectbox(
        "ถึงปี",
        sorted(session.catalog().years, reverse=True),
        key="trends_to",
        on_change=session.pick("year", "trends_to"),
        placeholder="เลือกปี",
    )
    if chosen.from_year and chosen.from_year not in earlier:
        st.caption(f"ปีตั้งต้น {chosen.from_year} ไม่ได้อยู่ก่อนปี {to_year} จึงเลือกปีตั้งต้นให้ใหม่")
    return None if from_year is None else (from_year, to_year)


def offer_pairs(pairs: pd.DataFrame) -> None:
    """Buttons to pairs of years with data that may be compared, the latest six."""
    pairs = pairs[pairs["allowed"].astype(bool)]
    with st.container(horizontal=True):
        for row in pairs.groupby("to_year", sort=False).head(1).head(6).itertuples():
            st.button(
                f"{row.from_year} → {row.to_year} (n = {row.n:,})",
                key=f"pair_{row.from_year}_{row.to_year}",
                on_click=session.change,
                kwargs={"from_year": int(row.from_year), "year": int(row.to_year)},
            )


def directions(rows: pd.DataFrame, recomputed: pd.DataFrame, from_year: int, to_year: int) -> pd.DataFrame:
    """Changes as they are printed; a star marks a score computed from the parts below."""
    star = set(zip(recomputed["organisation_id"], recomputed["fiscal_year"], strict=True))

    def printed(row: object, value: float, year: int) -> str:
        return text.points(value) + ("*" if (row.organisation_id, year) in star else "")  # type: ignore[attr-defined]

    shown = [round_half_up(value) for value in rows["change"]]
    return rows.assign(
        direction=["up" if value > 0 else "down" if value < 0 else "same" for value in shown],
        words_from=[printed(row, row.value_from, from_year) for row in rows.itertuples()],
        words_to=[printed(row, row.value_to, to_year) for row in rows.itertuples()],
        words_change=[text.change(value) for value in rows["change"]],
    )


def body_lines(label: str, width: int = 34) -> list[str]:
    """A body's label on one line, or its name and its place on lines of their own."""
    lines = thai.wrap_label(label, width)
    if len(lines) == 1:
        return lines
    return [line for piece in label.split(" · ") for line in thai.wrap_label(piece, width)]


def extremes(rows: pd.DataFrame) -> pd.DataFrame:
    """All bodies where a chart can show them, else the largest gains and losses."""
    if len(rows) <= 2 * MOST_PER_SIDE:
        return rows
    gains = rows[rows["direction"] == "up"].head(MOST_PER_SIDE)
    losses = rows[rows["direction"] == "down"].tail(MOST_PER_SIDE)
    return pd.concat([gains, losses])


def changes_sentence(summary: dict[str, float], from_year: int, to_year: int) -> str:
    """How many rose and fell, and by how much."""
    n = int(summary["n"])
    same = f" เท่าเดิม {summary['n_same']:,} แห่ง" if summary["n_same"] else ""
    sentence = (
        f"ระหว่างปี {from_year} กับ {to_year} จาก {n:,} แห่งที่มีคะแนนทั้งสองปี "
        f"เพิ่มขึ้น {summary['n_up']:,} แห่ง ลดลง {summary['n_down']:,} แห่ง{same}"
    )
    if n == 1:
        return f"{sentence} เปลี่ยนไป {text.change(summary['median'])} คะแนน"
    return (
        f"{sentence} มัธยฐานของการเปลี่ยน {text.change(summary['median'])} คะแนน "
        f"(จาก {text.change(summary['min'])} ถึง {text.change(summary['max'])})"
    )


def national_note(from_year: int, to_year: int) -> str:
    """The published national means of the two years: a rise is read against everybody's rise."""
    nation = data.query("national_series").set_index("fiscal_year")["mean_overall"].dropna()
    if parts.at[part, "level"] != "overall" or not {from_year, to_year} <= set(nation.index):
        return ""
    return (
        f"ค่าเฉลี่ยทั้งประเทศที่เผยแพร่: {text.points(nation[from_year])} (ปี {from_year}) "
        f"→ {text.points(nation[to_year])} (ปี {to_year}) ควรอ่านการเปลี่ยนแปลงเทียบกับค่านี้"
    )


def change(rows: pd.DataFrame, from_year: int, to_year: int, crossed: pd.DataFrame) -> None:
    """The chart and the list of changes."""
    both = {"from_year": from_year, "to_year": to_year, "part": part}
    rows = directions(rows, data.query("recomputed_bodies", **where, **both), from_year, to_year)
    summary = data.query("change_summary", **where, **both).to_dict("records")[0]
    years = data.query("years").set_index("fiscal_year")["pass_mark"]
    mark = years[to_year] if years[from_year] == years[to_year] else None
    drawn = extremes(rows)
    drawn = drawn.assign(label=[body_lines(label) for label in drawn["label_th"]]).reset_index(drop=True)
    frame = rows[["rank", "label_th", "province_th", "value_from", "value_to", "change"]].set_axis(
        ["ลำดับ", "หน่วยงาน", "จังหวัด", f"ปี {from_year}", f"ปี {to_year}", "เปลี่ยน"], axis=1
    )
    stars = rows["words_from"].str.endswith("*") | rows["words_to"].str.endswith("*")
    if stars.any():
        frame["คำนวณจากส่วนย่อย"] = stars.map({True: "*", False: None})
    shown = view.View(
        key=f"change-{part}",
        title=f"{name}: ใครขึ้น ใครลง",
        sentence=changes_sentence(summary, from_year, to_year),
        frame=frame,
        figure=dumbbell.chart(drawn, from_year, to_year, mark, stretched=stretched),
        group=group,
        n=int(summary["n"]),
        years=f"{from_year}–{to_year}",
        notes=(
            "วงกลมคือปีตั้งต้น สามเหลี่ยมสีฟ้าชี้ขวาคือเพิ่มขึ้น สีส้มชี้ซ้ายคือลดลง คลิกจุดเพื่อเปิดหน้าของหน่วยงาน",
            f"มี {len(rows):,} แห่ง แผนภูมิแสดงเพียงที่เพิ่มมากสุดและลดมากสุดฝ่ายละไม่เกิน {MOST_PER_SIDE} แห่ง "
            "กรณีเปลี่ยนเท่ากันเรียงตามชื่อ"
            if len(drawn) < len(rows)
            else "",
            mark_note(),
            national_note(from_year, to_year),
            STAR_NOTE if stars.any() else "",
        ),
    )
    if len(crossed):
        st.warning(
            view.escape(
                "ระหว่างสองปีนี้วิธีประเมินเปลี่ยน เทียบได้แต่ควรอ่านด้วยความระมัดระวัง: "
                + " · ".join(f"{row.fiscal_year} {row.reason_th}" for row in crossed.itertuples())
            ),
            icon=":material/warning:",
        )
    if body := listing.point_code(view.show(shown, on_point=f"change_{part}_{from_year}_{to_year}")):
        listing.open_body(body)
    st.markdown("**อันดับการเปลี่ยนแปลง**")
    falls_first = st.segmented_control(
        "เรียง",
        [False, True],
        default=False,
        format_func=lambda down: "ลดมากสุดก่อน" if down else "เพิ่มมากสุดก่อน",
        required=True,
        label_visibility="collapsed",
        key="trends_falls_first",
        persist_state="session",
    )
    order = slice(None, None, -1) if falls_first else slice(None)
    listed = replace(shown, key=f"ranking-{part}", figure=None, frame=frame[order])
    listing.show_bodies(listed, list(rows["organisation_id"])[order], files=False)


def two_years() -> None:
    """The change between two years."""
    pairs = data.query("change_pairs", **where, part=part, level=parts.at[part, "level"])
    both = choose_years(pairs)
    if both is None:
        view.nothing(f"ไม่มีปีก่อนหน้า {chosen.year} ให้เทียบ", "เลือกปีที่ใหม่กว่าในช่อง “ถึงปี” หรือ")
        offer_pairs(pairs)
        return
    from_year, to_year = both
    crossed = data.query(
        "breaks_between", from_year=from_year, to_year=to_year, level=parts.at[part, "level"]
    )
    barred = crossed[~crossed["allowed"].astype(bool)]
    rows = data.query("changes", **where, part=part, from_year=from_year, to_year=to_year)
    if len(barred):
        reasons = " · ".join(barred["reason_th"])
        view.nothing(f"ปี {from_year} กับ {to_year}: วิธีการเปลี่ยน เทียบไม่ได้ ({reasons})", "เลือกคู่ปีอื่น เช่น")
    elif rows.empty:
        view.nothing(
            f"ไม่มีหน่วยงานใดของกลุ่ม “{group.label}” ที่มี “{name}” ทั้งปี {from_year} และปี {to_year}",
            "คู่ปีที่มีข้อมูลและเทียบกันได้:" if pairs["allowed"].any() else elsewhere(),
        )
    else:
        change(rows, from_year, to_year, crossed)
        return
    offer_pairs(pairs)


if chosen.year is None:
    view.nothing("คลังข้อมูลยังว่าง", "นำเข้าข้อมูลก่อน แล้วกลับมาที่หน้านี้")
else:
    stretched = choose_part()
    rows = data.query("group_series", **where, part=part).merge(
        data.query("group_continuity", **where, part=part).drop(columns="n"), on="fiscal_year"
    )
    bodies = body_series()
    if rows.empty and bodies.empty:
        view.nothing(f"กลุ่ม “{group.label}” ไม่มี “{name}” ในปีใดเลย", elsewhere())
    else:
        view.show(over_years(rows, bodies))
        offer_bodies()
    if chosen.organisations:
        grades()
    if len(rows):
        st.divider()
        two_years()
view.footer()
