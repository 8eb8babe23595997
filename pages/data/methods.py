"""วิธีการ: what is assessed, how it is calculated and graded, what may be compared, where figures come from."""

import pandas as pd
import streamlit as st

from dashboard import data, full_table, session, text, view
from dashboard.charts import grade_ranges, grade_scales, part_tree
from dashboard.selection import ALL, Group

FRAMEWORK = Group(ALL, ALL, "กรอบการประเมิน ใช้กับทุกหน่วยงาน")
SOURCES = Group(ALL, ALL, "ทุกแหล่งในชุดข้อมูล")
AVERAGES = Group(ALL, ALL, "ค่าเฉลี่ยของกลุ่มตามที่เผยแพร่")
CONFIDENCES = {
    "document": "ตรงกับเอกสารของหน่วยงาน",
    "public": "เผยแพร่ต่อสาธารณะ",
    "arithmetic": "ยืนยันด้วยการคำนวณ",
    "unconfirmed": "ยังไม่ยืนยัน",
}
KINDS = {"document": "เอกสาร", "report": "รายงาน", "web": "เว็บไซต์", "press": "ข่าว"}
GROUP_KINDS = {"province": "จังหวัด", "ministry": "กระทรวง", "type": "ประเภทหน่วยงาน"}
LICENCES = (
    "ตารางจังหวัดมาจาก Thailand Canonical Administrative Names © 2026 William J. Reynolds (CC BY 4.0) และ "
    "thailand-geography-json © Joe Takara (MIT) ผังช่องจังหวัดมาจาก gridmap-layout-thailand © 2016 "
    "Krist Wongsuphasawat (MIT) ปรับแก้แล้วทั้งหมด รายละเอียดอยู่ในแฟ้ม NOTICE.md"
)

editions = data.query("editions")
year = session.selection().year or int(editions["fiscal_year"].max())
edition = next(editions[editions["fiscal_year"] == year].itertuples())
parts = data.query("parts", fiscal_year=year)
first_year, last_year = int(editions["fiscal_year"].min()), int(editions["fiscal_year"].max())
ALL_YEARS = f"{first_year}–{last_year}"


def years_in_words(years: list[int]) -> str:
    """Years as their runs: 2562–2565, 2567."""
    runs: list[list[int]] = []
    for one in sorted(years):
        if runs and runs[-1][-1] == one - 1:
            runs[-1].append(one)
        else:
            runs.append([one])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else f"{run[0]}" for run in runs)


def meaning() -> None:
    """What ITA measures and what it does not."""
    national = data.query("national_series").dropna(subset=["mean_overall"])
    rise = ""
    if len(national) > 1:
        first, last = national.iloc[0], national.iloc[-1]
        rise = (
            f"คะแนนสูงขึ้นทั้งประเทศ (ค่าเฉลี่ย {text.points(first.mean_overall)} ในปี {first.fiscal_year} "
            f"เป็น {text.points(last.mean_overall)} ในปี {last.fiscal_year}) "
            "การเพิ่มขึ้นของหน่วยงานหนึ่งจึงต้องอ่านเทียบกับค่าเฉลี่ยของปีเดียวกัน"
        )
    st.info(
        "**ITA วัดการรับรู้และการเปิดเผยข้อมูล ไม่ได้วัดการทุจริตโดยตรง**  \n"
        "คะแนนมาจากความเห็นของเจ้าหน้าที่และผู้รับบริการ กับการตรวจว่าเว็บไซต์เปิดเผยข้อมูลครบหรือไม่ "
        "คะแนนสูงไม่ได้แปลว่าไม่มีการทุจริต คะแนนต่ำไม่ได้แปลว่ามี  \n" + view.escape(rise),
        icon=":material/info:",
    )


# โครงสร้างและน้ำหนัก ------------------------------------------------------------


def in_words(rows: pd.DataFrame) -> pd.DataFrame:
    """Parts as the user reads them, weights in percent."""
    return pd.DataFrame(
        {
            "ระดับ": rows["level"].map(text.LEVELS),
            "รหัส": rows["part"].where(rows["level"] != "overall", ""),
            "ชื่อ": rows["name_th"],
            "อยู่ใน": rows["parent"].where(rows["parent"] != "overall", "คะแนนรวม").fillna(""),
            "น้ำหนักในส่วนแม่ (%)": rows["weight_in_parent"] * 100,
            "น้ำหนักในคะแนนรวม (%)": rows["weight_in_total"] * 100,
            "ความมั่นใจ": rows["confidence"].map(CONFIDENCES),
        }
    )


def structure() -> None:
    """The tree of the year: its shape as a chart, its parts as one table per instrument."""
    if len(parts) == 1:
        view.nothing(
            f"ปี {year} มีเฉพาะคะแนนรวม: {edition.confidence_th}", "เลือกปีอื่นในแถบด้านซ้ายเพื่อดูโครงสร้างของปีนั้น"
        )
        return
    instruments = parts[parts["level"] == "instrument"]
    without = parts[(parts["level"] == "item") & parts["weight_in_total"].isna()]
    sizes = ", ".join(f"{row.part} {row.weight_in_total:.0%}" for row in instruments.itertuples())
    view.show(
        view.View(
            key="parts",
            title=f"โครงสร้างการประเมินปี {year}",
            sentence=(
                f"คะแนนรวมมาจาก {len(instruments)} เครื่องมือ ({sizes}) {edition.n_indicators:.0f} ตัวชี้วัด "
                + (f"และ {edition.n_items:.0f} ข้อ" if edition.n_items else "ยังไม่ทราบรายข้อ")
            ),
            frame=in_words(parts),
            figure=part_tree.chart(parts, text.LEVELS),
            group=FRAMEWORK,
            n=len(parts),
            years=f"{year}",
            notes=(
                "ความสูงคือน้ำหนักในคะแนนรวม ที่ว่างทางขวาคือตัวชี้วัดที่ไม่มีตัวชี้วัดย่อย n คือจำนวนส่วนทั้งหมดของกรอบปีนี้",
                f"มี {len(without)} ข้อที่ยังไม่ยืนยันการแบ่ง จึงไม่มีน้ำหนัก ไม่คำนวณส่วนที่ข้อทำให้เสียหรือได้"
                if len(without)
                else "",
            ),
        )
    )
    st.subheader("รายการทุกระดับ", anchor=False)
    for row in instruments.itertuples():
        below = parts[(parts["instrument"] == row.part) & (parts["part"] != row.part)]
        n_items = int((below["level"] == "item").sum())
        size = f"{n_items} ข้อ" if n_items else "ยังไม่ทราบรายข้อ"
        opened = st.expander(
            view.escape(f"{row.part} {row.name_th} · น้ำหนัก {row.weight_in_total:.0%} · {size}"),
            key=f"methods_instrument_{row.part}",
            on_change="rerun",
        )
        if opened.open:
            with opened:
                tree_table(below)


def tree_table(below: pd.DataFrame) -> None:
    """The parts under one instrument in tree order, its indicators in bold."""
    frame = in_words(below).drop(columns=["อยู่ใน", "น้ำหนักในส่วนแม่ (%)"])
    bold = (below["level"] == "indicator").tolist()
    full_table.table(frame, f"ส่วนย่อยของเครื่องมือ {below['instrument'].iloc[0]}", bold=bold)


# สูตรและตัวอย่าง ------------------------------------------------------------


def mean_in_words(children: pd.DataFrame) -> str:
    """How a part follows from its children: a plain mean where they weigh the same, else a weighted sum."""
    values = [text.points(value) for value in children["value"]]
    weights = [f"{weight:.2f}" for weight in children["weight_in_parent"]]
    if len(set(weights)) > 1:
        return " + ".join(f"{weight} × {value}" for weight, value in zip(weights, values, strict=True))
    return f"({' + '.join(values)}) ÷ {len(values)}" if len(values) > 1 else values[0]


def worked_steps(tree: pd.DataFrame) -> pd.DataFrame:
    """From the items up, one example of every way a part is calculated, and every instrument."""
    steps = []
    shown: set[tuple[object, ...]] = set()
    for level in list(text.LEVELS)[::-1]:
        for row in tree[(tree["level"] == level) & tree["recomputed"].notna()].itertuples():
            children = tree[tree["parent"] == row.part]
            twice = pd.notna(row.value_public) and pd.notna(row.value_survey)
            way = (level, *sorted(set(children["level"])), twice, row.part if level == "instrument" else "")
            if way in shown:
                continue
            shown.add(way)
            if children.empty:
                how = f"({text.points(row.value_public)} + {text.points(row.value_survey)}) ÷ 2"
            else:
                how = mean_in_words(children)
            steps.append(
                {
                    "ระดับ": text.LEVELS[level],
                    "รายการ": text.part_label(row.part, row.name_th),
                    "วิธีคิด": how,
                    "คำนวณได้": row.recomputed,
                    "เผยแพร่": row.published,
                }
            )
    return pd.DataFrame(steps).astype({"คำนวณได้": float, "เผยแพร่": float})


def worked_example() -> pd.DataFrame | None:
    """A published body calculated step by step; returns its tree, or None where no body can be recomputed."""
    found = data.query("worked_example", fiscal_year=year)
    if found.empty:
        view.nothing("ยังไม่มีหน่วยงานที่มีคะแนนครบพอให้คำนวณซ้ำเป็นตัวอย่าง", "เมื่อนำเข้าคะแนนรายตัวชี้วัดแล้วตัวอย่างจะปรากฏที่นี่")
        return None
    body = next(found.itertuples())
    weights = data.query("parts", fiscal_year=int(body.fiscal_year))[["part", "weight_in_parent"]]
    tree = data.query(
        "organisation_tree", organisation=body.organisation_id, fiscal_year=int(body.fiscal_year)
    ).merge(weights, on="part")
    overall = tree[tree["level"] == "overall"].iloc[0]
    elsewhere = f" (ปี {year} ยังไม่มีหน่วยงานที่คำนวณซ้ำได้ จึงใช้ปี {body.fiscal_year})" if body.other_year else ""
    full_table.show(
        view.View(
            key="worked",
            title="ตัวอย่างการคำนวณจากข้อมูลจริง",
            sentence=(
                f"{body.label_th} ปี {body.fiscal_year}: คำนวณซ้ำได้ {text.points(overall['recomputed'])} "
                f"เผยแพร่ {text.points(overall['published'])}{elsewhere}"
            ),
            frame=worked_steps(tree),
            group=Group(ALL, ALL, str(body.label_th)),
            n=1,
            years=f"{body.fiscal_year}",
            notes=(
                "คำนวณด้วยความละเอียดเต็มแล้วปัดเมื่อแสดง ส่วนย่อยที่มีค่าเผยแพร่ใช้ค่าที่เผยแพร่ก่อนค่าที่คำนวณ "
                "ขีดคือแหล่งไม่ได้พิมพ์ค่าไว้",
            ),
        )
    )
    return tree


def formulas(tree: pd.DataFrame | None) -> None:
    """Every formula in words, with an example from the data where there is one."""
    instruments = parts[parts["level"] == "instrument"]
    lost_example = headroom_example = "–"
    differs = "ในตัวอย่างด้านบนไม่มีค่าใดต่างเกินช่วง"
    if tree is not None:
        scored = tree[(tree["level"] == "indicator") & tree["points_lost"].notna()]
        worst = scored.sort_values("points_lost", ascending=False).iloc[0]
        label = text.part_label(worst.part, worst.name_th)
        lost_example = (
            f"{label}: {worst.weight_in_total:.2f} × (100 − {text.points(worst.value)}) "
            f"= {text.points(worst.points_lost)}"
        )
        headroom_example = f"{label}: 100 − {text.points(worst.value)} = {text.points(100 - worst.value)}"
        both = tree[tree["published"].notna() & tree["recomputed"].notna()]
        far = both[(both["published"] - both["recomputed"]).abs() > edition.tolerance]
        if len(far):
            row = far.iloc[0]
            differs = (
                f"{text.part_label(row.part, row.name_th)}: เผยแพร่ {text.points(row.published)} "
                f"คำนวณได้ {text.points(row.recomputed)} จึงเป็นข้อค้นพบ แต่ยังใช้ {text.points(row.published)}"
            )
    change = data.query("worked_change")
    moved = "–"
    if len(change):
        row = change.iloc[0]
        moved = (
            f"ค่าเฉลี่ยของกลุ่ม “{row.group_name_th}” ปี {row.fiscal_year - 1}–{row.fiscal_year} "
            f"{text.part_label(row.part, row.name_th)}: {row.weight_in_total:.2f} × "
            f"({text.points(row.value_to)} − {text.points(row.value_from)}) "
            f"= {text.change(row.contribution)} ของคะแนนรวม"
        )
    overall = " + ".join(f"{row.weight_in_total:.2f} × {row.part}" for row in instruments.itertuples())
    rows = [
        ("คะแนนรวม", overall or "ปีนี้มีเฉพาะคะแนนรวมที่เผยแพร่", "ดูตัวอย่างด้านบน"),
        (
            "เครื่องมือ ตัวชี้วัด ตัวชี้วัดย่อย",
            "ค่าเฉลี่ยธรรมดาของส่วนที่อยู่ถัดลงไปหนึ่งชั้น ต้องทราบครบทุกส่วน",
            "ตัวชี้วัดที่มีตัวชี้วัดย่อยเฉลี่ยจากตัวชี้วัดย่อย ไม่ใช่จากข้อ",
        ),
        (
            "ข้อที่ถามผู้ตอบสองกลุ่ม",
            "(ค่าเฉลี่ยของ EIT Public + ค่าเฉลี่ยของ EIT Survey) ÷ 2",
            "เฉพาะปีที่เก็บจากสองกลุ่ม แต่ละกลุ่มมีน้ำหนักเท่ากัน ไม่ว่ามีผู้ตอบกี่คน",
        ),
        ("คะแนนที่ยังเพิ่มได้", "100 − คะแนน", headroom_example),
        ("คะแนนรวมที่เสียไปในส่วนหนึ่ง", "น้ำหนักในคะแนนรวม × (100 − คะแนนของส่วน)", lost_example),
        ("ส่วนที่ทำให้คะแนนรวมเปลี่ยน", "น้ำหนักในคะแนนรวม × (คะแนนปีหลัง − คะแนนปีก่อน)", moved),
        (
            "อันดับ",
            "เรียงจากคะแนนมากไปน้อย คะแนนเท่ากันได้อันดับเดียวกัน แล้วข้ามอันดับถัดไป",
            "90.00, 88.00, 88.00, 85.00 ได้อันดับ 1, 2, 2, 4",
        ),
        (
            "การปัดเศษ",
            "แสดงและจัดระดับที่ทศนิยมสองตำแหน่ง ครึ่งปัดขึ้น",
            f"84.995 เป็น {text.points(84.995)} และ 84.994 เป็น {text.points(84.994)}",
        ),
        (
            "ค่าที่เผยแพร่กับค่าที่คำนวณซ้ำ",
            f"ใช้ค่าที่เผยแพร่เสมอ ต่างกันไม่เกิน {edition.tolerance:g} ถือว่าเกิดจากการปัดเศษ เกินกว่านั้นเป็นข้อค้นพบ",
            differs,
        ),
    ]
    full_table.show(
        view.View(
            key="formulas",
            title=f"สูตรที่ใช้ (กรอบปี {year})",
            sentence="ทุกสูตรใช้น้ำหนักจากกรอบของปีนั้น ไม่มีน้ำหนักที่กำหนดตายตัวในโปรแกรม",
            frame=pd.DataFrame(rows, columns=["สิ่งที่คำนวณ", "สูตร", "ตัวอย่างหรือหมายเหตุ"]),
            group=FRAMEWORK,
            n=len(parts),
            years=f"{year}",
            notes=(
                "ค่าที่ไม่ทราบไม่ถูกนับเป็นศูนย์และไม่เข้าค่าเฉลี่ย ดอกจัน (*) ในตารางหมายถึงค่าที่คำนวณจากส่วนย่อย ไม่ใช่ค่าที่เผยแพร่",
            ),
        )
    )


# ระดับผล ------------------------------------------------------------


def scales() -> pd.DataFrame:
    """Every distinct grade scale with the years that use it, each level with its condition in words."""
    levels = data.query("grade_ranges")
    keys = levels.groupby("fiscal_year").apply(
        lambda one: tuple(
            one[["name_th", "overall_at_least", "instruments_at_least", "color"]]
            .astype(str)
            .itertuples(index=False)
        )
    )
    used: dict[tuple[object, ...], list[int]] = {}
    for one, key in keys.items():
        used.setdefault(key, []).append(int(one))
    found = []
    for scale_years in used.values():
        rows = levels[levels["fiscal_year"] == scale_years[-1]]
        found.append(
            rows.assign(
                scale=f"ปี {years_in_words(scale_years)}",
                passed_th=rows["passed"].map({True: "ผ่านเกณฑ์", False: "ไม่ผ่านเกณฑ์"}),
                condition_th=[condition(row, rows) for row in rows.itertuples()],
                range_th=[range_in_words(row) for row in rows.itertuples()],
                now=year in scale_years,
            )
        )
    return pd.concat(found, ignore_index=True) if found else levels.assign(scale="", now=False)


def condition(level: object, scale: pd.DataFrame) -> str:
    """What a level asks, in words."""
    better = scale[scale["position"] < level.position]
    same = better[better["overall_at_least"] == level.overall_at_least]
    words = f"คะแนนรวม ≥ {level.overall_at_least:g}"
    if level.overall_at_least == 0:
        words = f"คะแนนรวม < {better['overall_at_least'].min():g}" if len(better) else "ทุกคะแนน"
    if pd.notna(level.instruments_at_least):
        return f"{words} และทุกเครื่องมือ ≥ {level.instruments_at_least:g}"
    if len(same):
        return f"{words} แต่มีเครื่องมือ < {same['instruments_at_least'].max():g}"
    return words


def range_in_words(level: object) -> str:
    """Between which overalls a level is possible."""
    if pd.isna(level.possible_until):
        return f"{level.possible_from:g} ขึ้นไป"
    if level.possible_from == 0:
        return f"ต่ำกว่า {level.possible_until:g}"
    return f"{level.possible_from:g} ถึงก่อน {level.possible_until:g}"


def grades() -> None:
    """The scales side by side, then what an overall alone decides."""
    levels = scales()
    if levels.empty:
        view.nothing("ไม่มีเกณฑ์ระดับในกรอบการประเมินใด", "เพิ่มเกณฑ์ในแฟ้มของปีนั้นใน ita_data/editions")
        return
    without = sorted(set(editions["fiscal_year"]) - set(data.query("grade_levels")["fiscal_year"]))
    view.show(
        view.View(
            key="scales",
            title="เกณฑ์ระดับผลการประเมิน",
            sentence=(
                f"มีเกณฑ์ {levels['scale'].nunique()} ชุด ใช้คนละชุดสีและเทียบระดับข้ามชุดกันไม่ได้ "
                "ระดับแรกจากบนลงล่างที่เข้าเงื่อนไขเป็นระดับที่ได้"
            ),
            frame=levels[["scale", "name_th", "condition_th", "passed_th", "range_th", "color"]].set_axis(
                ["เกณฑ์", "ระดับ", "เงื่อนไข", "ผ่านเกณฑ์", "คะแนนรวมที่เป็นไปได้", "สี"], axis=1
            ),
            figure=grade_scales.chart(levels),
            group=FRAMEWORK,
            n=len(levels),
            years=ALL_YEARS,
            notes=(
                "จัดระดับจากคะแนนที่ปัดเป็นทศนิยมสองตำแหน่งแล้ว ระดับที่พิมพ์ในแหล่งเก็บไว้ตามที่พิมพ์ "
                "ถ้าไม่ตรงกับเกณฑ์ของปีจะเป็นข้อค้นพบ",
                f"ปี {years_in_words(without)} ไม่มีเกณฑ์ที่ยืนยันได้ จึงไม่แสดงระดับ" if without else "",
            ),
        )
    )
    undecided(levels[levels["now"]])


def undecided(levels: pd.DataFrame) -> None:
    """What can be said where the instruments are not known, in the scale of the year."""
    if levels["instruments_at_least"].isna().all():
        st.subheader("เมื่อทราบเพียงคะแนนรวม", anchor=False)
        st.markdown(
            f"เกณฑ์ปี {year} ใช้คะแนนรวมอย่างเดียว จึงจัดระดับได้เสมอเมื่อทราบคะแนนรวม"
            if len(levels)
            else f"ปี {year} ไม่มีเกณฑ์ระดับ จึงไม่แสดงระดับ"
        )
        return
    counted = data.query("group_grades", place=ALL, kind=ALL)
    counted = counted[counted["fiscal_year"] == year]
    n_all, n_open = int(counted["n"].sum()), int(counted.loc[counted["grade_code"] == "undecided", "n"].sum())
    view.show(
        view.View(
            key="undecided",
            title="เมื่อทราบเพียงคะแนนรวม",
            sentence=(
                "ช่วงที่แถบซ้อนกันตัดสินระดับไม่ได้ ต้องทราบคะแนนรายเครื่องมือ "
                f"ปี {year} มี {n_open:,} จาก {n_all:,} หน่วยงานในคลังที่ยังตัดสินไม่ได้"
            ),
            frame=levels[["name_th", "range_th"]].set_axis(["ระดับ", "คะแนนรวมที่เป็นไปได้"], axis=1),
            figure=grade_ranges.chart(levels, 100),
            group=FRAMEWORK,
            n=len(levels),
            years=f"{year}",
            notes=(
                "เมื่อทุกระดับที่เป็นไปได้ผ่านเกณฑ์ จะแสดงว่า “ผ่านเกณฑ์ (ไม่ทราบระดับย่อย)” "
                f"ขอบช่วงเผื่อการปัดเศษ {edition.tolerance:g} คะแนน "
                "ถ้าแหล่งพิมพ์ระดับไว้และเป็นระดับที่เป็นไปได้ จะใช้ระดับที่พิมพ์",
                "ขอบบนมาจากน้ำหนัก: เครื่องมือที่น้ำหนักน้อยที่สุดอาจต่ำกว่าเกณฑ์ทั้งที่เครื่องมืออื่นได้เต็ม",
            ),
        )
    )


# การเทียบข้ามปี ------------------------------------------------------------


def breaks() -> None:
    """Where the method changed, and what may still be compared."""
    rows = data.query("breaks")
    if rows.empty:
        view.nothing("ไม่มีจุดเปลี่ยนที่ประกาศไว้ในกรอบการประเมิน", "เพิ่ม break_before ในแฟ้มของปีที่วิธีเปลี่ยน")
        return
    cut = rows.loc[~rows["joined"].astype(bool), "fiscal_year"]
    full_table.show(
        view.View(
            key="breaks",
            title="จุดเปลี่ยนระหว่างปี",
            sentence=(
                f"วิธีประเมินเปลี่ยน {len(rows)} ครั้ง ทุกกราฟรายปีขีดเส้นประไว้ "
                + (f"และไม่ลากเส้นต่อ {', '.join(f'{one - 1} กับ {one}' for one in cut)}" if len(cut) else "")
            ),
            frame=pd.DataFrame(
                {
                    "ระหว่างปี": [f"{one - 1} | {one}" for one in rows["fiscal_year"]],
                    "สิ่งที่เปลี่ยน": rows["reason_th"],
                    "เทียบกันได้": [
                        "เทียบกันไม่ได้" if level == "none" else f"ถึงระดับ{text.LEVELS[level]}"
                        for level in rows["comparable"]
                    ],
                    "ลากเส้นต่อ": rows["joined"].astype(bool).map({True: "ลาก", False: "ไม่ลาก"}),
                }
            ),
            group=FRAMEWORK,
            n=len(rows),
            years=ALL_YEARS,
            notes=(
                "รหัสข้อเดียวกันต่างปีอาจเป็นคนละเรื่อง จึงไม่เทียบคะแนนรายข้อข้ามจุดเปลี่ยน "
                "ผลต่างระหว่างปีคำนวณเฉพาะระดับที่เทียบกันได้",
            ),
        )
    )


def confidence() -> None:
    """How sure every edition is."""
    full_table.show(
        view.View(
            key="editions",
            title="ความมั่นใจในกรอบของแต่ละปี",
            sentence=f"คลังข้อมูลรู้จักกรอบการประเมิน {len(editions)} ปี ปีที่การแบ่งข้อยังไม่ยืนยันจะไม่มีน้ำหนักใต้ระดับนั้น",
            frame=editions[["fiscal_year", "n_indicators", "n_items", "pass_mark", "confidence_th"]]
            .astype({"n_indicators": "Int64", "n_items": "Int64"})
            .replace({"n_indicators": {0: pd.NA}, "n_items": {0: pd.NA}})
            .set_axis(["ปี", "ตัวชี้วัด", "ข้อที่ทราบ", "เกณฑ์ผ่าน", "ความมั่นใจ"], axis=1),
            group=FRAMEWORK,
            n=len(editions),
            years=ALL_YEARS,
            notes=("ขีดคือยังไม่ทราบ หรือปีนั้นไม่มีเกณฑ์ที่ใช้เทียบได้",),
        )
    )


# แหล่งข้อมูล ------------------------------------------------------------


def sources() -> None:
    """Every source with what identifies it and how many figures come from it."""
    rows = data.query("sources")
    if rows.empty:
        view.nothing("ชุดข้อมูลนี้ไม่มีแหล่งข้อมูล", "นำเข้าแหล่งข้อมูลในแฟ้ม sources.csv")
        return
    kinds = rows["kind"].map(KINDS).fillna(rows["kind"])
    counts = ", ".join(f"{kind} {n}" for kind, n in kinds.value_counts().items())
    shown = view.View(
        key="sources",
        title="แหล่งข้อมูล",
        sentence=(
            f"มี {len(rows)} แหล่ง ({counts}) ให้ตัวเลขรวม {rows['n_figures'].sum():,} รายการ "
            "ทุกค่าบนหน้าจอสืบกลับไปยังแหล่งได้"
        ),
        frame=pd.DataFrame(
            {
                "ชนิด": kinds,
                "แหล่ง": rows["title_th"],
                "ผู้เผยแพร่": rows["publisher_th"],
                "ตำแหน่ง": rows["locator"],
                "ความน่าเชื่อถือ": rows["confidence"],
                "จำนวนค่า": rows["n_figures"],
                "SHA-256": rows["sha256"],
            }
        ).sort_values("จำนวนค่า", ascending=False, kind="stable"),
        group=SOURCES,
        n=len(rows),
        years=ALL_YEARS,
        notes=(
            "SHA-256 คือรหัสตรวจสอบว่าแฟ้มต้นฉบับเป็นแฟ้มเดียวกัน ตารางย่อเหลือ 12 ตัวแรก แฟ้มดาวน์โหลดมีครบ ขีดคือไม่มีแฟ้มต้นฉบับ",
        ),
    )
    st.subheader(shown.title, anchor=False)
    st.markdown(view.escape(shown.sentence))
    short = shown.frame.assign(**{"SHA-256": shown.frame["SHA-256"].str.slice(0, 12)})
    full_table.table(short, shown.sentence)
    for note in shown.notes:
        st.caption(view.escape(note))
    view.downloads(shown)


def licences() -> None:
    """Whose tables the map and the names of provinces are."""
    st.caption(view.escape(LICENCES))


# ค่าเฉลี่ยกลุ่ม ------------------------------------------------------------


def averages() -> None:
    """The published averages, one row per group and year."""
    rows = data.query("group_averages")
    if rows.empty:
        view.nothing("ชุดข้อมูลนี้ไม่มีค่าเฉลี่ยกลุ่มที่เผยแพร่", "นำเข้าในแฟ้ม group_scores.csv")
        return
    names = dict(zip(parts["part"], parts["name_th"], strict=True))
    # n and the source may differ between the parts of a group, so every figure keeps its own row.
    frame = pd.DataFrame(
        {
            "ปีงบประมาณ": rows["fiscal_year"],
            "กลุ่ม": rows["group_name_th"],
            "ชนิดกลุ่ม": rows["group_kind"].map(GROUP_KINDS).fillna(rows["group_kind"]),
            "รายการ": [text.part_label(part, names.get(part, "")).strip() for part in rows["part"]],
            "ค่าเฉลี่ย": rows["value"],
            "จำนวนหน่วยงาน": rows["n"].astype("Int64"),
            "แหล่งข้อมูล": rows["source_th"],
            "ตำแหน่งในแหล่ง": rows["source_row"],
        }
    )
    shown = view.View(
        key="averages",
        title="ค่าเฉลี่ยกลุ่มที่เผยแพร่",
        sentence=(
            f"มีค่าเฉลี่ยที่เผยแพร่ของ {rows['group_name_th'].nunique()} กลุ่ม รวม {len(rows)} ค่า "
            "เป็นค่าของกลุ่ม ไม่ใช่ของหน่วยงาน จึงไม่ถูกจัดอันดับหรือนับรวมกับหน่วยงาน"
        ),
        frame=frame,
        group=AVERAGES,
        n=int(rows["group_name_th"].nunique()),
        years=f"{rows['fiscal_year'].min()}–{rows['fiscal_year'].max()}",
        notes=("ตารางบนหน้าจอวางตัวชี้วัดเป็นคอลัมน์ แฟ้มดาวน์โหลดมีหนึ่งแถวต่อหนึ่งค่าพร้อมแหล่งของค่านั้น",),
    )
    st.subheader(shown.title, anchor=False)
    st.markdown(view.escape(shown.sentence))
    order = [part for part in parts["part"] if part in set(rows["part"])]
    wide = rows.pivot_table(
        index=["fiscal_year", "group_kind", "group_name_th"], columns="part", values="value", observed=True
    )
    wide = wide[[*order, *(part for part in wide.columns if part not in order)]].reset_index()
    wide["group_kind"] = wide["group_kind"].map(GROUP_KINDS).fillna(wide["group_kind"])
    wide = wide.rename(
        columns={"fiscal_year": "ปี", "group_kind": "ชนิดกลุ่ม", "group_name_th": "กลุ่ม", "overall": "คะแนนรวม"}
    )
    full_table.table(wide, shown.sentence)
    for note in shown.notes:
        st.caption(view.escape(note))
    view.downloads(shown)


view.header("วิธีการ", "ประเมินอะไร คำนวณและจัดระดับอย่างไร ปีใดเทียบกันได้ และตัวเลขมาจากที่ใด")
meaning()
SECTIONS = {
    "โครงสร้างและน้ำหนัก": (structure,),
    "สูตรและตัวอย่าง": (lambda: formulas(worked_example()),),
    "ระดับผล": (grades,),
    "เทียบข้ามปี": (breaks, confidence),
    "แหล่งข้อมูล": (sources, licences),
    "ค่าเฉลี่ยกลุ่ม": (averages,),
}
for tab, sections in zip(
    st.tabs(list(SECTIONS), key="methods_tab", on_change="rerun"), SECTIONS.values(), strict=True
):
    if tab.open:
        with tab:
            for section in sections:
                section()
view.footer()
