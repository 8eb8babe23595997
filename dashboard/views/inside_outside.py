"""Inside, outside, documents: the instruments, staff against public, the public in two groups."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from dashboard import text
from dashboard.charts import pair, part_distribution, respondents, stretch
from dashboard.explored import Scores
from dashboard.number import GroupNumber, Numbers, codes, group_codes, of_bodies, of_group
from dashboard.selection import RANKED_FROM, Group
from dashboard.view import View
from dashboard.views.trends import STAR_NOTE
from ita_data import thai

INSIDE, OUTSIDE = "IIT", "EIT"
"""The instruments staff and the public answer: so named by the assessment in every edition."""
GAP = 10.0
"""Points that two perceptions must lie apart to be called far: with 100 respondents each and 85 points, luck
alone brings two means 1.96 · √(2 · 85 · 15 / 100) = 9.9 points apart in one of twenty bodies."""
MOST_DOTS = 300
CELL = 2
LISTS = {
    "above": ("ภายในสูงกว่าภายนอกมาก", "n_above"),
    "below": ("ภายนอกสูงกว่าภายในมาก", "n_below"),
    "both": ("ทุกแห่ง", "n"),
}
"""The lists: what pair_bodies is to show → its name and the column of pair_counts with its length."""
GROUPS = ("public", "survey")
GAP_NOTE = (
    f"ห่างมาก คือห่างกันตั้งแต่ {GAP:g} คะแนน: หากมีผู้ตอบฝ่ายละ 100 คนและคะแนนราว 85 "
    "ความบังเอิญอย่างเดียวทำให้ห่างกันได้ถึงราวนี้ "
    "จำนวนผู้ตอบจริงไม่ได้เผยแพร่"
)


def instruments(
    parts: pd.DataFrame,
    few: pd.DataFrame,
    bodies: pd.DataFrame,
    names: Mapping[str, str],
    mark: float | None,
    *,
    year: int,
    group: Group,
    focus: str | None,
    stretched: bool,
) -> View | None:
    """The instruments of the followed bodies inside the group; None where nobody has one.

    `parts` are of group_parts, `few` of few_values, `bodies` of bodies_parts for the bodies of `names`.
    """
    rows = parts[parts["level"] == "instrument"].reset_index(drop=True)
    if rows.empty:
        return None
    rows = rows.assign(
        label=[thai.wrap_label(text.part_label(row.part, row.name_th), 22) for row in rows.itertuples()],
        number=group_codes(rows, year, "part"),
    )
    known = set(rows["part"])
    own = bodies[bodies["part"].isin(known) & bodies["organisation_id"].isin(list(names))]
    own = own.assign(number=codes(own, year, "part"))
    own = own.assign(name=own["organisation_id"].map(names), label_th=own["organisation_id"].map(names))
    order = {one: place for place, one in enumerate(names)}
    own = own.assign(order=own["organisation_id"].map(order)).sort_values(["order", "position"])
    few = few[~few["organisation_id"].isin(list(names))]
    few = few.assign(number=codes(few, year, "part"))
    n = int(rows["n"].max())
    table = pd.DataFrame(
        {
            "เครื่องมือ": [text.part_label(row.part, row.name_th) for row in rows.itertuples()],
            "n": rows["n"],
            "ควอร์ไทล์ 1": rows["q1"].where(rows["n"] >= RANKED_FROM),
            "มัธยฐาน": rows["median"],
            "ควอร์ไทล์ 3": rows["q3"].where(rows["n"] >= RANKED_FROM),
        }
    )
    codes_ = list(rows["part"])
    numbers: dict[str, Any] = {
        name: of_group(group, year, codes_, "median", "quartiles", "count")
        for name in ("n", "ควอร์ไทล์ 1", "มัธยฐาน", "ควอร์ไทล์ 3")
    }
    for one, name in names.items():
        values = own[own["organisation_id"] == one].set_index("part")["value"]
        table[name] = rows["part"].map(values).astype(float)
        numbers[name] = of_bodies(one, year, codes_)
    unknown = [name for one, name in names.items() if one not in set(own["organisation_id"])]
    return View(
        key="instruments",
        title="สามเครื่องมือเทียบกับกลุ่ม",
        sentence=_instruments_sentence(rows, own, focus, names),
        frame=table,
        figure=part_distribution.chart(rows, few, own, mark, stretched=stretched),
        group=group,
        n=n,
        years=f"{year}",
        numbers=numbers,
        points=True,
        about=GroupNumber(group, year, codes_[0], ("median", "quartiles", "count")),
        notes=(
            "" if n >= RANKED_FROM else f"กลุ่มมีน้อยกว่า {RANKED_FROM} แห่ง จึงไม่แสดงควอร์ไทล์",
            f"ไม่ทราบคะแนนเครื่องมือของ {', '.join(unknown)}" if unknown else "",
            STAR_NOTE + " แสดงเป็นเครื่องหมายโปร่ง" if own["basis"].eq("recomputed").any() else "",
        ),
    )


def _instruments_sentence(
    rows: pd.DataFrame, own: pd.DataFrame, focus: str | None, names: Mapping[str, str]
) -> str:
    """The largest gap between the instruments of the body (else of the group), and from it to the group."""
    medians = rows.set_index("part")["median"]
    mine = own[own["organisation_id"] == focus].set_index("part")["value"]
    if mine.empty:
        return "มัธยฐานของกลุ่ม: " + _widest(medians)
    gaps = (mine - medians.reindex(mine.index)).dropna()
    if rows["n"].max() < 2:
        return f"{names[str(focus)]}: {_widest(mine)} · กลุ่มมีเพียงแห่งเดียว จึงไม่มีที่เทียบ"
    far = str(gaps.abs().idxmax())
    side = "สูง" if gaps[far] > 0 else "ต่ำ"
    own_gap = _widest(mine) if len(mine) > 1 else f"ทราบเพียง {mine.index[0]} {text.points(mine.iloc[0])}"
    with_group = (
        f"ห่างจากมัธยฐานกลุ่มมากที่สุดที่ {far}: {side}กว่า {text.points(abs(gaps[far]))} คะแนน "
        f"({text.points(mine[far])} เทียบกับ {text.points(medians[far])})"
        if text.points(abs(gaps[far])) != text.points(0)
        else "เท่ากับมัธยฐานกลุ่มทุกเครื่องมือ"
    )
    return f"{names[str(focus)]}: {own_gap} · {with_group}"


def _widest(values: pd.Series) -> str:
    """The highest and the lowest of some instruments, and how far apart they are."""
    if len(values) == 1:
        return f"{values.index[0]} {text.points(values.iloc[0])}"
    high, low = str(values.idxmax()), str(values.idxmin())
    return (
        f"{high} สูงสุด {text.points(values[high])} {low} ต่ำสุด {text.points(values[low])} "
        f"ห่างกัน {text.points(values[high] - values[low])} คะแนน"
    )


def staff_and_public(
    bodies: pd.DataFrame | None,
    bins: pd.DataFrame | None,
    followed: pd.DataFrame,
    counts: Mapping[str, float],
    names: Mapping[str, str],
    *,
    year: int,
    group: Group,
    stretched: bool = False,
) -> View:
    """IIT against EIT of the group's bodies: all `bodies`, or `bins` (of pair_bins) with how many are where.

    `bodies` and `followed` are of pair_bodies with IIT as the first part, `counts` is the row of pair_counts.
    """
    n = int(counts["n"])
    figure = pair.chart(
        pair.Axis(f"{OUTSIDE} ประชาชนผู้รับบริการ", stretched=stretched),
        pair.Axis(f"{INSIDE} บุคลากรภายใน", stretched=stretched),
        None if bodies is None else points(bodies),
        None if bins is None else cells(bins),
        points(followed).assign(name=followed["organisation_id"].map(names)),
        width=CELL,
        gap=GAP,
    )
    about = GroupNumber(group, year, INSIDE, ("count",))
    return View(
        key="inside-outside",
        title="บุคลากรมองหน่วยงานต่างจากประชาชนเพียงใด",
        sentence=_staff_sentence(counts, followed, names),
        frame=table(bodies) if bodies is not None else bins_table(bins),
        figure=figure,
        group=group,
        n=n,
        years=f"{year}",
        numbers=numbers_of(bodies, year) if bodies is not None else {"จำนวน (แห่ง)": lambda row: about},
        notes=(
            "เหนือเส้นเอียงคือบุคลากรให้คะแนนสูงกว่าประชาชน "
            + ("แต่ละจุดคือหนึ่งหน่วยงาน" if bins is None else f"ช่องละ {CELL} × {CELL} คะแนน สีเข้มคือหลายแห่ง"),
            stretch.note(stretched, cells=bins is not None),
            GAP_NOTE,
        ),
        hints=("คลิกจุดเพื่อเปิดหน้าของหน่วยงาน" if bins is None else "ดูรายชื่อด้านล่าง",),
    )


def points(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of pair_bodies as the chart takes them: the public across, staff up, the id as code."""
    return pd.DataFrame(
        {
            "x": rows["other_value"].astype(float),
            "y": rows["value"].astype(float),
            "code": rows["organisation_id"],
            "is_marked": True,
        }
    ).dropna(subset=["x", "y"])


def cells(bins: pd.DataFrame) -> pd.DataFrame:
    """Rows of pair_bins as the chart takes them; a click on a cell means no body."""
    return pd.DataFrame(
        {
            "x_from": bins["other_from"],
            "y_from": bins["value_from"],
            "n": bins["n"],
            "n_marked": 0,
            "code": "",
        }
    )


def bins_table(bins: pd.DataFrame | None) -> pd.DataFrame:
    """The cells as a table."""
    assert bins is not None
    return pd.DataFrame(
        {
            f"{INSIDE} ตั้งแต่": bins["value_from"],
            f"{INSIDE} ต่ำกว่า": bins["value_from"] + CELL,
            f"{OUTSIDE} ตั้งแต่": bins["other_from"],
            f"{OUTSIDE} ต่ำกว่า": bins["other_from"] + CELL,
            "จำนวน (แห่ง)": bins["n"],
        }
    )


def _staff_sentence(counts: Mapping[str, float], followed: pd.DataFrame, names: Mapping[str, str]) -> str:
    """How many bodies staff see far better, and the other way round; the followed ones after them."""
    n = int(counts["n"])
    middle = counts["median_difference"]
    words = (
        f"จาก {n:,} แห่งที่ทราบทั้งสองคะแนน "
        f"{counts['n_above']:,.0f} แห่งบุคลากรให้คะแนนสูงกว่าประชาชนตั้งแต่ {GAP:g} คะแนน "
        f"{counts['n_below']:,.0f} แห่งกลับกัน มัธยฐานของผลต่าง {text.change(middle)} คะแนน"
    )
    return words + "".join(
        f" · {names[row.organisation_id]} {text.change(row.difference)}" for row in followed.itertuples()
    )


def table(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of pair_bodies as a list."""
    return pd.DataFrame(
        {
            "หน่วยงาน": rows["label_th"],
            "จังหวัด": rows["province_th"],
            INSIDE: rows["value"],
            OUTSIDE: rows["other_value"],
            f"{INSIDE} − {OUTSIDE}": rows["difference"],
            "คะแนนรวม": rows["overall"],
        }
    )


def numbers_of(rows: pd.DataFrame, year: int) -> Numbers:
    """Whose numbers the columns of `table` are."""
    ids = list(rows["organisation_id"])
    return {
        INSIDE: of_bodies(ids, year, INSIDE),
        OUTSIDE: of_bodies(ids, year, OUTSIDE),
        "คะแนนรวม": of_bodies(ids, year, "overall"),
    }


def listing(rows: pd.DataFrame, show: str, counts: Mapping[str, float], *, year: int, group: Group) -> View:
    """One of LISTS: a page of its rows, of pair_bodies."""
    name, column = LISTS[show]
    recomputed = rows["basis"].eq("recomputed") | rows["other_basis"].eq("recomputed")
    return View(
        key=f"inside-outside-{show}",
        title=name,
        sentence=f"{name}: {counts[column]:,.0f} จาก {counts['n']:,.0f} แห่งที่ทราบทั้งสองคะแนน",
        frame=table(rows),
        group=group,
        n=int(counts[column]),
        years=f"{year}",
        numbers=numbers_of(rows, year),
        notes=(
            GAP_NOTE,
            "บางแห่งเป็นค่าที่คำนวณจากส่วนย่อย ไม่ใช่ค่าที่เผยแพร่" if recomputed.any() else "",
        ),
    )


ANY = Scores().parameters()
"""No bounds on the scores of either part."""


def two_groups(
    rows: pd.DataFrame,
    own: pd.DataFrame,
    names: Mapping[str, str],
    mark: float | None,
    *,
    year: int,
    group: Group,
    stretched: bool = False,
) -> View | str:
    """EIT public against survey, indicator by indicator; or why there is nothing to see.

    `rows` are of group_respondents (all years), `own` of bodies_respondents for the bodies of `names`.
    """
    asked = rows[rows["fiscal_year"] == year]
    known = sorted(rows.loc[(rows["respondents"] != "all") & (rows["n"] > 0), "fiscal_year"].unique())
    elsewhere = f" ปีที่มีในกลุ่มนี้: {text.runs(known)}" if known else ""
    if asked.empty:
        first = rows["fiscal_year"].min()
        since = "" if pd.isna(first) else f" แยกตั้งแต่ปี {first}"
        return f"ปี {year} ไม่ได้เก็บ {OUTSIDE} แยกสองกลุ่มผู้ตอบ{since}{elsewhere}"
    wide = asked.pivot(index="part", columns="respondents", values=["mean", "n"])
    lines: list[dict[str, Any]] = []
    for part in asked.sort_values("position").drop_duplicates("part").itertuples():
        first, second = (wide.at[part.part, ("mean", one)] for one in GROUPS)
        counts = [int(wide.at[part.part, ("n", one)]) for one in GROUPS]
        alone = max(counts) == 1 and part.part in set(own["part"])  # the group is the followed body
        if min(counts) and not alone:
            n_words = (
                f"n = {counts[0]:,}" if counts[0] == counts[1] else f"n = {counts[0]:,} และ {counts[1]:,}"
            )
            lines.append(_line(part, f"เฉลี่ย ({n_words})", first, second, counts, None))
        for one, name in names.items():
            scores = own[(own["organisation_id"] == one) & (own["part"] == part.part)]
            values = scores.set_index("respondents")["value"]
            if set(GROUPS) <= set(values.index):
                lines.append(_line(part, name, *(values[each] for each in GROUPS), [1, 1], one))
    if not lines:
        return f"ปี {year} เก็บ {OUTSIDE} สองกลุ่มผู้ตอบ แต่ไม่ทราบคะแนนแยกกลุ่มของหน่วยงานในกลุ่มนี้{elsewhere}"
    shown = pd.DataFrame(lines)
    indicators = shown[shown["level"] == "indicator"] if (shown["level"] == "indicator").any() else shown
    first, second = (text.RESPONDENTS[one] for one in GROUPS)
    frame = pd.DataFrame(
        {
            "ส่วน": [
                text.part_label(part, name) for part, name in zip(shown["part"], shown["name"], strict=True)
            ],
            "ของ": shown["who"],
            first: shown["first"],
            second: shown["second"],
            f"{second} − {first}": shown["second"] - shown["first"],
        }
    )

    def number(column: str) -> Any:
        def at(row: int) -> Any:
            line = shown.iloc[row]
            if line["body"] is None:
                return GroupNumber(group, year, str(line["part"]), ("mean", "count"))
            return of_bodies(line["body"], year, line["part"], column)(0)

        return at

    return View(
        key="respondents",
        title=f"{OUTSIDE} สองกลุ่มผู้ตอบ",
        sentence=_groups_sentence(indicators, first, second),
        frame=frame,
        figure=respondents.chart(shown, first, second, mark, stretched=stretched),
        group=group,
        n=int(asked["n"].max()),
        years=f"{year}",
        numbers={name: number(one) for name, one in zip((first, second), GROUPS, strict=True)},
        notes=(
            f"คะแนน {OUTSIDE} คือค่าเฉลี่ยของค่าเฉลี่ยสองกลุ่ม ไม่รวมผู้ตอบเข้าด้วยกัน จำนวนผู้ตอบแต่ละกลุ่มไม่ได้เผยแพร่ "
            f"ความต่างจึงไม่บอกว่ากลุ่มใดถูก ตัวเลขด้านขวาคือ {second} − {first}",
            stretch.note(stretched),
            STAR_NOTE if own["basis"].eq("recomputed").any() and names else "",
        ),
    )


def _line(
    part: Any, who: str, first: float, second: float, counts: Sequence[int], body: str | None
) -> dict[str, Any]:
    return {
        "part": part.part,
        "level": part.level,
        "name": part.name_th,
        "label": f"{part.part} ทั้งเครื่องมือ"
        if part.level == "instrument"
        else text.part_label(part.part, part.name_th),
        "who": who,
        "is_group": body is None,
        "body": body,
        "n": max(counts),
        "first": float(first),
        "second": float(second),
        "words": text.change(float(second) - float(first)),
    }


def _groups_sentence(rows: pd.DataFrame, first: str, second: str) -> str:
    """Where the two groups lie furthest apart: for the group, and for every followed body."""
    said = []
    for who, lines in rows.groupby("who", sort=False):
        gaps = (lines["second"] - lines["first"]).reset_index(drop=True)
        far = lines.iloc[int(gaps.abs().idxmax())]
        over = second if far["second"] >= far["first"] else first
        whose = f"กลุ่ม{who}" if far["is_group"] else who
        said.append(
            f"{whose} ห่างกันมากที่สุดที่ {text.part_label(far['part'], far['name'])}: "
            f"{first} {text.points(far['first'])} {second} {text.points(far['second'])} "
            f"({over} สูงกว่า {text.points(abs(far['second'] - far['first']))})"
        )
    return " · ".join(said)
