"""จุดอ่อน: which indicators and items hold a group back, and which bodies stand behind each number."""

import pandas as pd
import streamlit as st

from dashboard import data, listing, session, text, view
from dashboard.charts import items_at_zero, lowest_counts, part_distribution, points_lost
from dashboard.charts.series import FEW
from ita_data import thai

# The column with the list of bodies stays in sight while the long chart beside it scrolls past.
STICKY = """<style>@media (min-width: 640px) {
.stColumn:has(.st-key-bodies_at_zero) {position: sticky; top: 4.5rem; align-self: flex-start}
}</style>"""

chosen, group = session.selection(), session.group()
view.header("จุดอ่อน", "ตัวชี้วัดและข้อใดฉุดคะแนนของกลุ่ม และหน่วยงานใดอยู่เบื้องหลังตัวเลขนั้น")
where = {"place": group.place, "kind": group.kind}
coverage = data.query("group_coverage", **where)
year = f"{chosen.year}"


def tree() -> pd.DataFrame:
    """The parts of the year, by code."""
    return data.query("parts", fiscal_year=chosen.year).set_index("part")


def labelled(rows: pd.DataFrame, width: int) -> pd.DataFrame:
    """Rows of parts with their label as lines that break between words."""
    lines = [thai.wrap_label(text.part_label(row.part, row.name_th), width) for row in rows.itertuples()]
    return rows.assign(label=lines)


def name_of(row: object) -> str:
    """A part in a sentence."""
    return f"“{text.part_label(row.part, row.name_th)}”"  # type: ignore[attr-defined]


def pass_mark() -> float | None:
    """The pass mark of the year."""
    years = data.query("years")
    mark = years.loc[years["fiscal_year"] == chosen.year, "pass_mark"].iloc[0]
    return None if pd.isna(mark) else float(mark)


def lowest(indicators: pd.DataFrame, indicator: str, n: int) -> view.View:
    """Which indicator is the lowest one of how many bodies."""
    most = indicators[indicators["n_lowest"] == indicators["n_lowest"].max()]
    named = " และ ".join(name_of(row) for row in most.itertuples())
    sentence = f"ปี {year} ตัวชี้วัดที่เป็นจุดต่ำสุดของหน่วยงานมากที่สุดคือ {named}"
    sentence += " เท่ากัน ตัวละ" if len(most) > 1 else ""
    sentence += f" {most.iloc[0].n_lowest:,} จาก {n:,} แห่งที่มีคะแนนรายตัวชี้วัด"
    ties = int(indicators["n_lowest"].sum()) - n
    uneven = indicators["n"].min() < n
    never = int((indicators["n_lowest"] == 0).sum())
    return view.View(
        key="lowest",
        title="ตัวชี้วัดใดต่ำสุด",
        sentence=sentence,
        frame=indicators[["part", "name_th", "n_lowest", "n"]].set_axis(
            ["ตัวชี้วัดที่", "ชื่อ", "เป็นตัวต่ำสุด (แห่ง)", "มีคะแนน (แห่ง)"], axis=1
        ),
        figure=lowest_counts.chart(labelled(indicators, 24), indicator),
        group=group,
        n=n,
        years=year,
        notes=(
            "คลิกแท่งเพื่อดูหน่วยงานที่อยู่เบื้องหลัง" + (f" อีก {never} ตัวชี้วัดไม่เป็นตัวต่ำสุดของแห่งใด" if never else ""),
            "หน่วยงานที่มีหลายตัวชี้วัดต่ำสุดเท่ากันนับให้ทุกตัว"
            + (f" ผลรวมของแท่งจึงเกินจำนวนหน่วยงานอยู่ {ties:,}" if ties else " (ปีนี้ไม่มีกรณีเท่ากัน)"),
            "บางแห่งมีคะแนนไม่ครบทุกตัวชี้วัด จึงนับตัวที่ต่ำสุดเท่าที่มี" if uneven else "",
        ),
    )


def behind(indicators: pd.DataFrame, code: str) -> None:
    """The bodies behind the count of an indicator: those whose lowest it is first."""
    indicator = indicators.set_index("part", drop=False).loc[code]
    rows = data.query("bodies_on_part", **where, fiscal_year=chosen.year, part=code)
    mine = rows["lowest_indicators"].fillna("").str.split(", ").map(lambda codes: code in codes)
    rows = rows.assign(is_lowest=mine)
    st.session_state["weakest_indicator"] = code
    st.selectbox(
        "หน่วยงานเบื้องหลังตัวชี้วัด",
        list(indicators["part"]),
        format_func=lambda one: text.part_label(one, known.at[one, "name_th"]),
        key="weakest_indicator",
        on_change=session.pick("part", "weakest_indicator"),
        placeholder="เลือกตัวชี้วัด",
    )
    scopes = {True: f"เฉพาะที่ต่ำสุด ({int(mine.sum()):,})", False: f"ทุกแห่งที่มีคะแนน ({len(rows):,})"}
    only = st.segmented_control(
        "ขอบเขต",
        list(scopes),
        default=bool(mine.any()),
        format_func=scopes.__getitem__,
        required=True,
        label_visibility="collapsed",
        key=f"scope_{code}_{chosen.year}_{group.place}_{group.kind}",
    )
    rows = rows.sort_values(["is_lowest", "value", "name_order"], ascending=[False, True, True])
    rows = rows[rows["is_lowest"]] if only else rows
    name = text.part_label(code, indicator["name_th"])
    if rows.empty:
        view.nothing(f"ไม่มีหน่วยงานใดที่ “{name}” เป็นตัวต่ำสุด", "เลือก “ทุกแห่งที่มีคะแนน” หรือตัวชี้วัดอื่น")
        return
    recomputed = (rows["basis"] == "recomputed").any()
    frame = pd.DataFrame(
        {
            "หน่วยงาน": rows["label_th"],
            "คะแนน": rows["value"],
            "คะแนนรวม": rows["overall"],
        }
    )
    if not only:
        frame["ต่ำสุดที่"] = rows["lowest_indicators"]
    if recomputed:
        frame.insert(2, "ที่มา", rows["basis"].map(text.BASES))
    listing.show_bodies(
        view.View(
            key=f"bodies-{code}",
            title=f"หน่วยงานเบื้องหลังตัวชี้วัด {name}",
            sentence=f"{name}: ต่ำสุดใน {int(mine.sum()):,} จาก {len(mine):,} แห่งที่มีคะแนน",
            frame=frame,
            group=group,
            n=len(frame),
            years=year,
        ),
        list(rows["organisation_id"]),
        part=code,
    )


def selected_bodies() -> pd.DataFrame:
    """The indicators of the selected bodies, with a short name."""
    listed = "," + ",".join(chosen.organisations) + ","
    rows = data.query("organisations_indicators", organisations=listed, fiscal_year=chosen.year)
    names = listing.names(chosen.organisations)
    order = {one: place for place, one in enumerate(chosen.organisations)}
    rows = rows.assign(name=rows["organisation_id"].map(names), order=rows["organisation_id"].map(order))
    return rows.sort_values(["order", "position"])


def distribution(indicators: pd.DataFrame, stretched: bool) -> view.View:
    """How the group spreads on every indicator."""
    bodies = selected_bodies()
    few = pd.DataFrame({"part": [], "label_th": [], "value": [], "basis": []})
    sparse = indicators.loc[indicators["n"] < FEW, "part"]
    if len(sparse):
        few = data.query("part_values", **where, fiscal_year=chosen.year)
        few = few[few["part"].isin(sparse)]
        few = few.assign(label_th=few["organisation_id"].map(session.catalog().label))
    low = indicators.loc[indicators["median"].idxmin()]
    mark = pass_mark()
    n = int(indicators["n"].max())
    measure = "มัธยฐาน" if n > 1 else "คะแนน"
    sentence = f"{measure}ต่ำสุดคือ {name_of(low)} {text.points(low['median'])}"
    if mark is not None:
        below = int((indicators["median"] < mark).sum())
        sentence += f" {measure}ต่ำกว่า {mark:g} อยู่ {below} จาก {len(indicators)} ตัวชี้วัด"
    recomputed = "recomputed" in {*few["basis"], *bodies["basis"]}
    names = listing.names(chosen.organisations)
    unknown = [name for one, name in names.items() if one not in set(bodies["organisation_id"])]
    return view.View(
        key="indicators",
        title="การกระจายของแต่ละตัวชี้วัด",
        sentence=sentence,
        frame=indicators[["part", "name_th", "n", "min", "q1", "median", "q3", "max"]].set_axis(
            ["ตัวชี้วัดที่", "ชื่อ", "n", "ต่ำสุด", "ควอร์ไทล์ที่ 1", "มัธยฐาน", "ควอร์ไทล์ที่ 3", "สูงสุด"], axis=1
        ),
        figure=part_distribution.chart(labelled(indicators, 24), few, bodies, mark, stretched=stretched),
        group=group,
        n=n,
        years=year,
        notes=(
            f"มีเพียง {n:,} แห่ง จึงแสดงเป็นจุดรายแห่ง และยังไม่ควรอ่านเป็นภาพรวมของกลุ่ม"
            if n < FEW
            else "แถบหนาคือครึ่งกลางของหน่วยงาน (ควอร์ไทล์ที่ 1 ถึง 3) เส้นบางคือต่ำสุดถึงสูงสุด ขีดดำคือมัธยฐาน",
            f"เกณฑ์ {mark:g} เป็นเกณฑ์ของคะแนนรวม แสดงที่ตัวชี้วัดไว้เทียบเท่านั้น" if mark is not None else "",
            f"ไม่มีคะแนนรายตัวชี้วัดปี {year}: {', '.join(unknown)}" if unknown else "",
            "เครื่องหมายกลวงหรือ * คือคะแนนที่คำนวณจากส่วนย่อย ไม่ใช่ค่าที่เผยแพร่" if recomputed else "",
        ),
    )


def cost(indicators: pd.DataFrame, indicator: str, n: int) -> view.View | None:
    """Which indicator costs the group most of its overall."""
    known = indicators[indicators["mean_points_lost"].notna()]
    if known.empty:
        return None
    weights = tree()["weight_in_total"] * 100
    first, *rest = known.sort_values(["mean_points_lost", "position"], ascending=[False, True]).itertuples()
    sentence = f"{name_of(first)} ทำให้เสียคะแนนรวมเฉลี่ย {text.points(first.mean_points_lost)} คะแนนต่อแห่ง มากที่สุด"
    if rest:
        sentence += f" รองลงมาคือตัวชี้วัด {rest[0].part} ({text.points(rest[0].mean_points_lost)})"
    return view.View(
        key="cost",
        title="ตัวชี้วัดใดทำให้กลุ่มเสียคะแนนมากที่สุด",
        sentence=sentence,
        frame=known[["part", "name_th", "mean_points_lost", "mean", "n"]]
        .assign(weight=known["part"].map(weights))
        .set_axis(["ตัวชี้วัดที่", "ชื่อ", "คะแนนรวมที่เสียต่อแห่ง", "คะแนนเฉลี่ย", "n", "น้ำหนัก (ร้อยละ)"], axis=1),
        figure=points_lost.chart(labelled(known, 24), indicator),
        group=group,
        n=n,
        years=year,
        notes=("คะแนนรวมที่เสีย = น้ำหนักของตัวชี้วัดในคะแนนรวม × (100 − คะแนน) เฉลี่ยต่อหน่วยงาน",),
    )


def items_view(items: pd.DataFrame, parents: pd.DataFrame, part: str | None) -> view.View:
    """On which items how many bodies have no point at all."""
    everything = st.toggle(
        f"แสดงทุกข้อ ({len(items)} ข้อ)",
        key="weakest_every_item",
        persist_state="session",
        help="ปกติแสดงเฉพาะข้อที่มีหน่วยงานได้ 0 คะแนน",
    )
    some = items[items["n_zero"] > 0]
    listed = items if everything or some.empty else some
    above = parents[parents["part"].isin(listed["parent"])].assign(is_parent=True)
    columns = ["part", "name_th", "is_parent", "position", "n", "n_zero", "share_zero"]
    rows = pd.concat([above[columns], listed.assign(is_parent=False)[columns]]).sort_values("position")
    n = int(items["n"].max())
    names = known["name_th"]
    instruments = " ".join(text.part_label(code, names[code]) for code in items["instrument"].unique())
    unconfirmed = not parents["split_confirmed"].astype(bool).all()
    return view.View(
        key="items-at-zero",
        title=f"ข้อที่ได้ 0 คะแนน: {instruments}",
        sentence=items_sentence(items, some),
        frame=pd.DataFrame(
            {
                "ตัวชี้วัดย่อย": listed["parent"],
                "ข้อ": listed["part"],
                "ชื่อ": listed["name_th"],
                "ได้ 0 คะแนน (แห่ง)": listed["n_zero"],
                "n": listed["n"],
                "ร้อยละที่ได้ 0": listed["share_zero"],
                "คะแนนรวมที่เสียต่อแห่ง": listed["mean_points_lost"],
            }
        ),
        figure=items_at_zero.chart(labelled(rows, 28), part),
        group=group,
        n=n,
        years=year,
        notes=(
            "คลิกแท่งเพื่อดูหน่วยงานที่ได้ 0 แถวตัวหนาคือตัวชี้วัดย่อยและนับเฉพาะหน่วยงานที่ได้ 0 ทุกข้อในนั้น",
            ""
            if everything or some.empty or len(some) == len(items)
            else f"อีก {len(items) - len(some)} ข้อไม่มีหน่วยงานใดได้ 0",
            "รหัสข้อของแต่ละปีไม่ใช่ข้อเดียวกัน จึงไม่ควรเทียบข้อข้ามปี",
            "การแบ่งข้อเข้าตัวชี้วัดย่อยของปีนี้ยังไม่ยืนยัน" if unconfirmed else "",
        ),
    )


def items_sentence(items: pd.DataFrame, some: pd.DataFrame) -> str:
    """What the items say."""
    if some.empty:
        return f"ปี {year} ไม่มีข้อใดที่หน่วยงานได้ 0 คะแนน"
    sentence = f"ปี {year} มีหน่วยงานได้ 0 คะแนนอยู่ {len(some)} จาก {len(items)} ข้อ"
    most = some[some["share_zero"] == some["share_zero"].max()]
    if len(most) == 1:
        sentence += f" มากที่สุดคือ {name_of(most.iloc[0])} {most.iloc[0].n_zero:,} จาก {most.iloc[0].n:,} แห่ง"
    dear = some[some["mean_points_lost"] >= some["mean_points_lost"].max() - 1e-9]
    if len(dear):
        more = f" และอีก {len(dear) - 4} ข้อ" if len(dear) > 4 else ""
        sentence += (
            f" ข้อที่ทำให้เสียคะแนนรวมมากที่สุดคือ {', '.join(dear['part'][:4])}{more}"
            f" (เฉลี่ย {text.points(dear.iloc[0].mean_points_lost)} คะแนนต่อแห่ง)"
        )
    return sentence


def behind_zero(rows: pd.DataFrame, part: str | None) -> None:
    """The bodies without a point on an item or sub-indicator."""
    label = {row.part: text.part_label(row.part, row.name_th) for row in rows.itertuples()}
    counts = dict(zip(rows["part"], rows["n_zero"], strict=True))
    st.session_state["weakest_item"] = part
    st.selectbox(
        "หน่วยงานที่ได้ 0 คะแนนในข้อ",
        list(label),
        index=None,
        format_func=lambda code: f"{label[code]} ({counts[code]:,} แห่ง)",
        key="weakest_item",
        on_change=session.pick("part", "weakest_item"),
        placeholder="เลือกข้อ หรือคลิกแท่งในแผนภูมิ",
    )
    if part is None:
        return
    bodies = data.query("bodies_on_part", **where, fiscal_year=chosen.year, part=part)
    bodies = bodies[bodies["value"].round(6) == 0]
    if bodies.empty:
        st.caption(view.escape(f"ไม่มีหน่วยงานใดได้ 0 คะแนนใน “{label[part]}”"))
        return
    listing.show_bodies(
        view.View(
            key=f"zero-{part}",
            title=f"หน่วยงานที่ได้ 0 คะแนนใน {label[part]}",
            sentence=f"{label[part]}: ได้ 0 คะแนน {len(bodies):,} แห่ง",
            frame=bodies[["label_th", "overall"]].set_axis(["หน่วยงาน", "คะแนนรวม"], axis=1),
            group=group,
            n=len(bodies),
            years=year,
        ),
        list(bodies["organisation_id"]),
        part=part,
    )


def clicked(event: object, shown: str | None) -> None:
    """Copy a click on a chart into the selection."""
    code = listing.point_code(event)
    if code is not None and code != shown:
        session.change(part=code)
        st.rerun()


def say_missing(column: str, what: str) -> None:
    """Say that the group has no such data in the year, and offer the years that have."""
    have = coverage[coverage[column] > 0].rename(columns={column: "n"})
    if have.empty:
        view.nothing(f"กลุ่ม “{group.label}” ไม่มี{what} ในปีใดเลย", "ลองเลือกพื้นที่หรือประเภทอื่นในแถบด้านซ้าย")
        return
    view.nothing(f"กลุ่ม “{group.label}” ไม่มี{what} ในปี {year}", "ปีที่มีข้อมูล:")
    listing.year_buttons(have, f"year_{column}")


if chosen.year is None or coverage.empty:
    view.nothing(
        f"คลังข้อมูลยังไม่มีคะแนนของกลุ่ม “{group.label}”" if chosen.year else "คลังข้อมูลยังว่าง",
        "ลองเลือกพื้นที่หรือประเภทอื่นในแถบด้านซ้าย",
    )
else:
    parts = data.query("group_parts", **where, fiscal_year=chosen.year)
    indicators = parts[parts["level"] == "indicator"]
    known = tree()
    asked = chosen.part if chosen.part in known.index else None
    if chosen.part and asked is None:
        st.caption(view.escape(f"ปี {year} ไม่มีข้อหรือตัวชี้วัดรหัส {chosen.part}"))
    this_year = coverage[coverage["fiscal_year"] == chosen.year]
    if indicators.empty:
        say_missing("n_indicators", "คะแนนรายตัวชี้วัด")
    else:
        n_with, n_bodies = int(this_year["n_indicators"].iloc[0]), int(this_year["n_bodies"].iloc[0])
        st.caption(
            view.escape(
                f"มีคะแนนรายตัวชี้วัด {n_with:,} จาก {n_bodies:,} แห่งของกลุ่ม “{group.label}” ที่มีข้อมูลปี {year}"
                + (" ที่เหลือรู้เพียงคะแนนรวมหรือเครื่องมือ" if n_with < n_bodies else "")
            )
        )
        above = known.at[asked, "indicator"] if asked else None
        ranked = indicators.sort_values(["n_lowest", "position"], ascending=[False, True])
        indicator = above if above in set(indicators["part"]) else ranked.iloc[0]["part"]
        left, right = st.columns(2, gap="medium")
        with left:
            event = view.show(lowest(indicators, indicator, n_with), on_point=f"lowest_{indicator}")
        with right:
            behind(indicators, indicator)
        clicked(event, indicator)
        st.divider()
        stretched = st.toggle(
            "ขยายช่วงใกล้ 100",
            key="weakest_stretched",
            persist_state="session",
            help="ยืดช่วงคะแนนสูงที่จุดเบียดกัน ระยะบนแกนจึงไม่เท่ากันตลอด",
        )
        left, right = st.columns([3, 2], gap="medium")
        with left:
            view.show(distribution(indicators, stretched))
        with right:
            view.show_or_say(cost(indicators, indicator, n_with), "ไม่ทราบน้ำหนักของตัวชี้วัดปีนี้")
    items = data.query("group_items", **where, fiscal_year=chosen.year)
    items = items[items["scale"] == "binary"]
    st.divider()
    if items.empty:
        say_missing("n_items", "คะแนนรายข้อของการเปิดเผยข้อมูล (ข้อที่ได้ 0 หรือ 100)")
    else:
        parents = data.query("group_item_parents", **where, fiscal_year=chosen.year)
        item = asked if asked in {*items["part"], *parents["part"]} - set(indicators["part"]) else None
        left, right = st.columns([11, 9], gap="medium")
        with left:
            event = view.show(items_view(items, parents, item), on_point=f"items_{item}")
        st.html(STICKY)
        with right, st.container(key="bodies_at_zero"):
            both = pd.concat([parents, items])
            both = both[~both["part"].isin(indicators["part"])].sort_values("position")
            behind_zero(both, item)
        clicked(event, item)
view.footer()
