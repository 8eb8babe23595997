"""The weak points of a group: lowest indicators, what they cost, items without a point, the bodies behind."""

from collections.abc import Mapping
from functools import lru_cache

import pandas as pd

from dashboard import text
from dashboard.charts import items_at_zero, lowest_counts, part_distribution, points_lost
from dashboard.number import GroupNumber, codes, group_codes, of_bodies, of_group
from dashboard.selection import RANKED_FROM, Group
from dashboard.view import View
from ita_data import thai


def labelled(rows: pd.DataFrame, width: int) -> pd.DataFrame:
    """Rows of parts with their label as lines that break between words."""
    labels = map(text.part_label, rows["part"], rows["name_th"])
    return rows.assign(label=[list(_lines(label, width)) for label in labels])


@lru_cache(maxsize=2000)  # every rerun shows the same few names
def _lines(label: str, width: int) -> tuple[str, ...]:
    return tuple(thai.wrap_label(label, width))


def name_of(row: object) -> str:
    """A part in a sentence."""
    return f"“{text.part_label(row.part, row.name_th)}”"  # type: ignore[attr-defined]


def coverage_words(n_with: int, n_bodies: int, group: Group, year: int) -> str:
    """How many bodies of the group have indicators."""
    return f"มีคะแนนรายตัวชี้วัด {n_with:,} จาก {n_bodies:,} แห่งของกลุ่ม “{group.label}” ที่มีข้อมูลปี {year}" + (
        " ที่เหลือรู้เพียงคะแนนรวมหรือเครื่องมือ" if n_with < n_bodies else ""
    )


def shown_indicator(indicators: pd.DataFrame, asked: str | None) -> str:
    """The indicator asked for where the group has it, else the most frequent lowest one."""
    if asked in set(indicators["part"]):
        return str(asked)
    return str(indicators.sort_values(["n_lowest", "position"], ascending=[False, True])["part"].iloc[0])


def lowest(indicators: pd.DataFrame, indicator: str, n: int, *, year: int, group: Group) -> View:
    """Which indicator is the lowest one of how many bodies."""
    most = indicators[indicators["n_lowest"] == indicators["n_lowest"].max()]
    named = " และ ".join(name_of(row) for row in most.itertuples())
    sentence = f"ปี {year} ตัวชี้วัดที่เป็นจุดต่ำสุดของหน่วยงานมากที่สุดคือ {named}"
    sentence += " เท่ากัน ตัวละ" if len(most) > 1 else ""
    sentence += f" {most.iloc[0].n_lowest:,} จาก {n:,} แห่งที่มีคะแนนรายตัวชี้วัด"
    ties = int(indicators["n_lowest"].sum()) - n
    uneven = indicators["n"].min() < n
    never = int((indicators["n_lowest"] == 0).sum())
    return View(
        key="lowest",
        title="ตัวชี้วัดใดต่ำสุด",
        sentence=sentence,
        frame=indicators[["part", "name_th", "n_lowest", "n"]].set_axis(
            ["ตัวชี้วัดที่", "ชื่อ", "เป็นตัวต่ำสุด (แห่ง)", "มีคะแนน (แห่ง)"], axis=1
        ),
        numbers={
            "เป็นตัวต่ำสุด (แห่ง)": of_group(group, year, list(indicators["part"]), "lowest", "count"),
            "มีคะแนน (แห่ง)": of_group(group, year, list(indicators["part"]), "count"),
        },
        about=GroupNumber(group, year, indicator, ("lowest", "count")),
        figure=lowest_counts.chart(labelled(indicators, 24), indicator),
        group=group,
        n=n,
        years=f"{year}",
        notes=(
            f"อีก {never} ตัวชี้วัดไม่เป็นตัวต่ำสุดของแห่งใด" if never else "",
            "หน่วยงานที่มีหลายตัวชี้วัดต่ำสุดเท่ากันนับให้ทุกตัว"
            + (f" ผลรวมของแท่งจึงเกินจำนวนหน่วยงานอยู่ {ties:,}" if ties else " (ปีนี้ไม่มีกรณีเท่ากัน)"),
            "บางแห่งมีคะแนนไม่ครบทุกตัวชี้วัด จึงนับตัวที่ต่ำสุดเท่าที่มี" if uneven else "",
        ),
        hints=("คลิกแท่งเพื่อดูหน่วยงานที่อยู่เบื้องหลัง",),
    )


def behind(
    rows: pd.DataFrame,
    code: str,
    name: str,
    counted: tuple[int, int],
    *,
    only_lowest: bool,
    year: int,
    group: Group,
) -> tuple[View, list[str]]:
    """The bodies behind an indicator's count, and their ids; `rows` are a page of bodies_on_part.

    `counted` is of how many bodies of the group it is the lowest one, and how many have it.
    """
    n_lowest, n = counted
    ids = list(rows["organisation_id"])
    listed = View(
        key=f"bodies-{code}",
        title=f"หน่วยงานเบื้องหลังตัวชี้วัด {name}",
        sentence=f"{name}: ต่ำสุดใน {n_lowest:,} จาก {n:,} แห่งที่มีคะแนน",
        frame=behind_table(rows, only_lowest=only_lowest),
        group=group,
        n=n_lowest if only_lowest else n,
        years=f"{year}",
        numbers={"คะแนน": of_bodies(ids, year, code), "คะแนนรวม": of_bodies(ids, year, "overall")},
    )
    return listed, ids


def behind_table(rows: pd.DataFrame, *, only_lowest: bool) -> pd.DataFrame:
    """Bodies of bodies_on_part as a list."""
    frame = pd.DataFrame({"หน่วยงาน": rows["label_th"], "คะแนน": rows["value"], "คะแนนรวม": rows["overall"]})
    if not only_lowest:
        frame["ต่ำสุดที่"] = rows["lowest_indicators"]
    if (rows["basis"] == "recomputed").any():
        frame.insert(2, "ที่มา", rows["basis"].map(text.BASES))
    return frame


def followed(rows: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    """The indicators of the bodies the user follows, with their short name, in the order of `names`."""
    order = {one: place for place, one in enumerate(names)}
    rows = rows.assign(name=rows["organisation_id"].map(names), order=rows["organisation_id"].map(order))
    return rows.sort_values(["order", "position"])


def distribution(
    indicators: pd.DataFrame,
    few: pd.DataFrame,
    bodies: pd.DataFrame,
    names: Mapping[str, str],
    mark: float | None,
    *,
    stretched: bool,
    year: int,
    group: Group,
) -> View:
    """How the group spreads on every indicator; `few` are of few_values, `bodies` of `followed`."""
    low = indicators.loc[indicators["median"].idxmin()]
    n = int(indicators["n"].max())
    measure = "มัธยฐาน" if n > 1 else "คะแนน"
    sentence = f"{measure}ต่ำสุดคือ {name_of(low)} {text.points(low['median'])}"
    if mark is not None:
        below = int((indicators["median"] < mark).sum())
        sentence += f" {measure}ต่ำกว่า {mark:g} อยู่ {below} จาก {len(indicators)} ตัวชี้วัด"
    recomputed = "recomputed" in {*few["basis"], *bodies["basis"]}
    unknown = [name for one, name in names.items() if one not in set(bodies["organisation_id"])]
    return View(
        key="indicators",
        title="การกระจายของแต่ละตัวชี้วัด",
        sentence=sentence,
        frame=indicators[["part", "name_th", "n", "min", "q1", "median", "q3", "max"]].set_axis(
            ["ตัวชี้วัดที่", "ชื่อ", "n", "ต่ำสุด", "ควอร์ไทล์ที่ 1", "มัธยฐาน", "ควอร์ไทล์ที่ 3", "สูงสุด"], axis=1
        ),
        figure=part_distribution.chart(
            labelled(indicators.assign(number=group_codes(indicators, year, "part")), 24),
            few.assign(number=codes(few, year, "part")),
            bodies.assign(number=codes(bodies, year, "part")),
            mark,
            stretched=stretched,
        ),
        numbers={
            name: of_group(group, year, list(indicators["part"]), "median", "quartiles", "count")
            for name in ("n", "ต่ำสุด", "ควอร์ไทล์ที่ 1", "มัธยฐาน", "ควอร์ไทล์ที่ 3", "สูงสุด")
        },
        points=True,
        about=GroupNumber(group, year, low["part"], ("median", "quartiles", "count")),
        group=group,
        n=n,
        years=f"{year}",
        notes=(
            f"มีเพียง {n:,} แห่ง จึงแสดงเป็นจุดรายแห่ง และยังไม่ควรอ่านเป็นภาพรวมของกลุ่ม"
            if n < RANKED_FROM
            else "แถบหนาคือครึ่งกลางของหน่วยงาน (ควอร์ไทล์ที่ 1 ถึง 3) เส้นบางคือต่ำสุดถึงสูงสุด ขีดดำคือมัธยฐาน",
            f"เกณฑ์ {mark:g} เป็นเกณฑ์ของคะแนนรวม แสดงที่ตัวชี้วัดไว้เทียบเท่านั้น" if mark is not None else "",
            f"ไม่มีคะแนนรายตัวชี้วัดปี {year}: {', '.join(unknown)}" if unknown else "",
            "เครื่องหมายกลวงหรือ * คือคะแนนที่คำนวณจากส่วนย่อย ไม่ใช่ค่าที่เผยแพร่" if recomputed else "",
        ),
    )


def cost(
    indicators: pd.DataFrame, indicator: str, n: int, weights: pd.Series, *, year: int, group: Group
) -> View | None:
    """Which indicator costs the group most of its overall."""
    known = indicators[indicators["mean_points_lost"].notna()]
    if known.empty:
        return None
    first, *rest = known.sort_values(["mean_points_lost", "position"], ascending=[False, True]).itertuples()
    sentence = f"{name_of(first)} ทำให้เสียคะแนนรวมเฉลี่ย {text.points(first.mean_points_lost)} คะแนนต่อแห่ง มากที่สุด"
    if rest:
        sentence += f" รองลงมาคือตัวชี้วัด {rest[0].part} ({text.points(rest[0].mean_points_lost)})"
    return View(
        key="cost",
        title="ตัวชี้วัดใดทำให้กลุ่มเสียคะแนนมากที่สุด",
        sentence=sentence,
        frame=known[["part", "name_th", "mean_points_lost", "mean", "n"]]
        .assign(weight=known["part"].map(weights * 100))
        .set_axis(["ตัวชี้วัดที่", "ชื่อ", "คะแนนรวมที่เสียต่อแห่ง", "คะแนนเฉลี่ย", "n", "น้ำหนัก (ร้อยละ)"], axis=1),
        numbers={
            name: of_group(group, year, list(known["part"]), "lost", "mean", "count")
            for name in ("คะแนนรวมที่เสียต่อแห่ง", "คะแนนเฉลี่ย", "n")
        },
        about=GroupNumber(group, year, first.part, ("lost", "mean", "count")),
        figure=points_lost.chart(labelled(known, 24), indicator),
        group=group,
        n=n,
        years=f"{year}",
        notes=("คะแนนรวมที่เสีย = น้ำหนักของตัวชี้วัดในคะแนนรวม × (100 − คะแนน) เฉลี่ยต่อหน่วยงาน",),
    )


def items_view(
    items: pd.DataFrame,
    parents: pd.DataFrame,
    part: str | None,
    instruments: str,
    *,
    everything: bool,
    year: int,
    group: Group,
) -> View:
    """On which items how many bodies have no point at all; `instruments` names what they belong to."""
    some = items[items["n_zero"] > 0]
    listed = items if everything or some.empty else some
    above = parents[parents["part"].isin(listed["parent"])].assign(is_parent=True)
    columns = ["part", "name_th", "is_parent", "position", "n", "n_zero", "share_zero"]
    rows = pd.concat([above[columns], listed.assign(is_parent=False)[columns]]).sort_values("position")
    n = int(items["n"].max())
    unconfirmed = not parents["split_confirmed"].astype(bool).all()
    return View(
        key="items-at-zero",
        title=f"ข้อที่ได้ 0 คะแนน: {instruments}",
        sentence=items_sentence(items, some, year),
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
        numbers={
            name: of_group(group, year, list(listed["part"]), "zero", "lost", "count")
            for name in ("ได้ 0 คะแนน (แห่ง)", "n", "ร้อยละที่ได้ 0", "คะแนนรวมที่เสียต่อแห่ง")
        },
        about=GroupNumber(group, year, str(listed["part"].iloc[0]), ("zero", "lost", "count")),
        figure=items_at_zero.chart(labelled(rows, 28), part),
        group=group,
        n=n,
        years=f"{year}",
        notes=(
            "แถวตัวหนาคือตัวชี้วัดย่อยและนับเฉพาะหน่วยงานที่ได้ 0 ทุกข้อในนั้น",
            ""
            if everything or some.empty or len(some) == len(items)
            else f"อีก {len(items) - len(some)} ข้อไม่มีหน่วยงานใดได้ 0",
            "รหัสข้อของแต่ละปีไม่ใช่ข้อเดียวกัน จึงไม่ควรเทียบข้อข้ามปี",
            "การแบ่งข้อเข้าตัวชี้วัดย่อยของปีนี้ยังไม่ยืนยัน" if unconfirmed else "",
        ),
        hints=("คลิกแท่งเพื่อดูหน่วยงานที่ได้ 0",),
    )


def items_sentence(items: pd.DataFrame, some: pd.DataFrame, year: int) -> str:
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


def at_zero(
    none: pd.DataFrame, part: str, label: str, n_zero: int, *, year: int, group: Group
) -> tuple[View, list[str]]:
    """The bodies without a point on an item or sub-indicator, and their ids; `none` are a page of them."""
    ids = list(none["organisation_id"])
    listed = View(
        key=f"zero-{part}",
        title=f"หน่วยงานที่ได้ 0 คะแนนใน {label}",
        sentence=f"{label}: ได้ 0 คะแนน {n_zero:,} แห่ง",
        frame=zero_table(none),
        group=group,
        n=n_zero,
        years=f"{year}",
        numbers={"คะแนน": of_bodies(ids, year, part), "คะแนนรวม": of_bodies(ids, year, "overall")},
    )
    return listed, ids


def zero_table(rows: pd.DataFrame) -> pd.DataFrame:
    """Bodies of bodies_on_part as a list."""
    return rows[["label_th", "value", "overall"]].set_axis(["หน่วยงาน", "คะแนน", "คะแนนรวม"], axis=1)
