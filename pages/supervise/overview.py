"""ภาพรวม: how many bodies, how they are graded, how their overalls spread, where they are."""

import pandas as pd
import streamlit as st

from dashboard import data, listing, session, text, view
from dashboard.charts import grade_distribution, national_series, overall_distribution, province_map

chosen, group = session.selection(), session.group()
view.header("ภาพรวม", "หน่วยงานในกลุ่มที่เลือกอยู่ระดับใด กระจายตัวอย่างไร และอยู่ที่ใด")
overall = data.query("group_overall", place=group.place, kind=group.kind)
breaks = data.query("breaks")
national = data.query("national_series")
now = overall[overall["fiscal_year"] == chosen.year]
year = f"{chosen.year}"


def headline() -> None:
    """Four figures of the group in the year."""
    row = now.iloc[0]
    nation = national[national["fiscal_year"] == chosen.year]
    assessed = nation["n_organisations"].iloc[0] if len(nation) else None
    columns = st.columns(4)
    columns[0].metric("หน่วยงานที่มีคะแนนรวม", f"{row.n:,} แห่ง", border=True)
    columns[0].caption(
        f"จากที่ประเมินทั้งประเทศ {assessed:,.0f} แห่ง"
        if assessed and group.place == group.kind == "all"
        else f"จากหน่วยงานในกลุ่มที่มีข้อมูลปีนี้ {row.n_bodies:,} แห่ง"
    )
    columns[1].metric("คะแนนเฉลี่ยของกลุ่ม", text.points(row["mean"]), border=True)
    columns[1].caption(f"มัธยฐาน {text.points(row['median'])} · ต่ำสุด {text.points(row['min'])}")
    share = "–" if pd.isna(row.share_passed) else f"{row.share_passed:.1f}%"
    columns[2].metric(
        f"ผ่านเกณฑ์ {row.pass_mark:g} คะแนน" if pd.notna(row.pass_mark) else "ผ่านเกณฑ์", share, border=True
    )
    columns[2].caption(f"{row.n_passed:,} จาก {row.n_judged:,} แห่ง")
    target = "–" if pd.isna(row.target_share) else f"{row.target_share:.0f}%"
    columns[3].metric("เป้าหมายร้อยละที่ผ่าน", target, border=True)
    unsure = pd.notna(row.target_share) and not row.target_confirmed
    columns[3].caption("เป้าหมายระดับประเทศ" + (" (ยังไม่ยืนยัน)" if unsure else ""))


def grades() -> view.View | None:
    """The grade distribution by year."""
    rows = data.query("group_grades", place=group.place, kind=group.kind)
    if rows.empty:
        return None
    sentence = f"ปี {year} ยังไม่มีหน่วยงานของกลุ่มที่จัดระดับได้"
    if len(now) and now.iloc[0].n_judged:
        sentence = f"ปี {year} ผ่านเกณฑ์ {now.iloc[0].n_passed} จาก {now.iloc[0].n_judged} แห่ง"
        if undecided := int(rows.loc[(rows["fiscal_year"] == chosen.year) & rows["color"].isna(), "n"].sum()):
            sentence += f" ในจำนวนนี้ {undecided} แห่งไม่ทราบระดับย่อย เพราะไม่ทราบคะแนนรายเครื่องมือ"
    years = sorted(rows["fiscal_year"].unique())
    return view.View(
        key="grades",
        title="ระดับผลการประเมินรายปี",
        sentence=sentence,
        frame=rows[["fiscal_year", "grade_th", "n", "share"]].set_axis(
            ["ปีงบประมาณ", "ระดับ", "จำนวน (แห่ง)", "ร้อยละ"], axis=1
        ),
        figure=grade_distribution.chart(rows, breaks),
        group=group,
        n=int(rows["n"].sum()),
        years=f"{years[0]}–{years[-1]}",
        notes=("ตั้งแต่ปี 2566 ใช้ระดับผ่านแทนตัวอักษร สองเกณฑ์ใช้คนละชุดสีและเทียบกันโดยตรงไม่ได้ เส้นประคือปีที่วิธีประเมินเปลี่ยน",),
    )


def spread() -> view.View:
    """The distribution of overalls in the year."""
    bins = data.query("group_bins", place=group.place, kind=group.kind, fiscal_year=chosen.year)
    bodies = data.query("results", place=group.place, kind=group.kind, fiscal_year=chosen.year).dropna(
        subset=["overall"]
    )
    row = now.iloc[0]
    below = int(row.n_judged - row.n_passed)
    mark = None if pd.isna(row.pass_mark) else float(row.pass_mark)
    sentence = f"คะแนนรวมปี {year} อยู่ระหว่าง {text.points(row['min'])} ถึง {text.points(row['max'])}"
    if mark is not None:
        sentence += f" มี {below} แห่งต่ำกว่า {mark:g}"
    return view.View(
        key="spread",
        title="การกระจายของคะแนนรวม",
        sentence=sentence,
        frame=bodies[["label_th", "overall", "grade_th"]].set_axis(["หน่วยงาน", "คะแนนรวม", "ระดับ"], axis=1),
        figure=overall_distribution.chart(bins, bodies, mark),
        group=group,
        n=int(row.n),
        years=year,
        notes=("แท่งคือจำนวนหน่วยงานในทุกช่วงหนึ่งคะแนน จุดคือหน่วยงานแต่ละแห่ง",),
    )


def provinces() -> view.View:
    """The map of tiles."""
    rows = data.query("province_map", kind=group.kind, fiscal_year=chosen.year)
    known = rows[rows["mean"].notna()].sort_values("mean")
    sentence = f"ปี {year} ยังไม่มีคะแนนของหน่วยงานที่ทราบจังหวัด"
    if len(known):
        low = known.iloc[0]
        sentence = (
            f"มีคะแนนของหน่วยงานใน {len(known)} จาก {len(rows)} จังหวัด "
            f"ค่าเฉลี่ยต่ำสุดคือ {low.name_th} {text.points(low['mean'])} (n = {low.n})"
        )
    return view.View(
        key="provinces",
        title="แผนที่รายจังหวัด",
        sentence=sentence,
        frame=rows[["name_th", "region_th", "n", "mean", "share_passed", "official_mean"]].set_axis(
            ["จังหวัด", "ภาค", "จำนวน (แห่ง)", "ค่าเฉลี่ยในคลัง", "ร้อยละที่ผ่าน", "ค่าเฉลี่ยจังหวัดที่เผยแพร่"], axis=1
        ),
        figure=province_map.chart(rows),
        group=session.group_of("all", group.kind),
        n=int(rows["n"].sum()),
        years=year,
        notes=("คลิกจังหวัดเพื่อกรองทุกหน้าให้เหลือจังหวัดนั้น ช่องขาวคือยังไม่มีข้อมูล ไม่ใช่คะแนนต่ำ",),
    )


def below() -> tuple[view.View, list[str]] | None:
    """The bodies under the pass mark, lowest first, with their weakest indicator: whom to help first; and their ids."""
    mark = now.iloc[0].pass_mark
    rows = data.query("results", place=group.place, kind=group.kind, fiscal_year=chosen.year)
    rows = rows[rows["overall_rounded"] < mark].sort_values(["overall", "name_order"])
    if pd.isna(mark) or rows.empty:
        return None
    listed = view.View(
        key="below",
        title=f"ต่ำกว่าเกณฑ์ {mark:g} คะแนน",
        sentence=f"มี {len(rows)} จาก {now.iloc[0].n} แห่งต่ำกว่าเกณฑ์ ต่ำสุดคือ {rows.iloc[0].label_th} {text.points(rows.iloc[0].overall)}",
        frame=pd.DataFrame(
            {
                "หน่วยงาน": rows["label_th"],
                "คะแนนรวม": rows["overall"],
                "ตัวชี้วัดต่ำสุด": [
                    f"{one.lowest_indicators} ({text.points(one.lowest_value)})"
                    if pd.notna(one.lowest_indicators)
                    else text.MISSING
                    for one in rows.itertuples()
                ],
            }
        ),
        group=group,
        n=len(rows),
        years=year,
    )
    return listed, list(rows["organisation_id"])


def nation() -> view.View | None:
    """The national series."""
    if national.empty:
        return None
    first, last = national.iloc[0], national.iloc[-1]
    return view.View(
        key="nation",
        title="ผลระดับประเทศที่เผยแพร่",
        sentence=(
            f"คะแนนเฉลี่ยทั้งประเทศเพิ่มจาก {text.points(first.mean_overall)} (ปี {first.fiscal_year}) "
            f"เป็น {text.points(last.mean_overall)} (ปี {last.fiscal_year})"
        ),
        frame=national[
            [
                "fiscal_year",
                "n_organisations",
                "mean_overall",
                "n_passed",
                "share_passed",
                "target_share",
                "source_th",
            ]
        ].set_axis(
            ["ปีงบประมาณ", "หน่วยงานที่ประเมิน", "คะแนนเฉลี่ย", "ผ่าน (แห่ง)", "ร้อยละที่ผ่าน", "เป้าหมาย (ร้อยละ)", "แหล่ง"],
            axis=1,
        ),
        figure=national_series.chart(national, breaks),
        group=view.NATION,
        n=int(last.n_organisations),
        years=f"{first.fiscal_year}–{last.fiscal_year}",
        notes=("ตัวเลขที่ ป.ป.ช. และสื่อเผยแพร่ ไม่ได้คำนวณจากหน่วยงานในคลังข้อมูล",),
    )


if chosen.year is None or now.empty:
    view.nothing(
        f"ยังไม่มีคะแนนของกลุ่ม “{group.label}” ในปี {year}" if chosen.year else "คลังข้อมูลยังว่าง",
        "ลองเลือกปี พื้นที่ หรือประเภทอื่นในแถบด้านซ้าย",
    )
else:
    headline()
    left, right = st.columns(2, gap="medium")
    with left:
        view.show_or_say(grades(), "ยังไม่มีหน่วยงานที่จัดระดับได้ในกลุ่มนี้")
    with right:
        view.show(spread())
left, right = st.columns(2, gap="medium")
if chosen.year is not None:
    with left:
        event = view.show(provinces(), on_point="map_point")
        if points := (event or {}).get("selection", {}).get("points"):
            session.change(place=points[0]["customdata"][0])
            st.rerun()
with right:
    if not now.empty:
        if found := below():
            view.head(found[0])
            listing.show_bodies(*found)
        else:
            view.nothing("ไม่มีหน่วยงานในกลุ่มนี้ที่ต่ำกว่าเกณฑ์ผ่าน", "ดูรายชื่อทั้งหมดได้ในหน้าเปรียบเทียบ")
    view.show_or_say(nation(), "ยังไม่มีตัวเลขระดับประเทศในคลังข้อมูล")
view.footer()
