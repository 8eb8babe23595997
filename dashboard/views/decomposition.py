"""Why a score changed: what every part brought to the change of the overall, for a body and for a group."""

from collections.abc import Sequence

import pandas as pd

from dashboard import text
from dashboard.charts import cascade, contributions
from dashboard.number import GroupNumber, Number, Numbers, of_bodies
from dashboard.selection import Group
from dashboard.view import View
from dashboard.views.between import TOO_SMALL, Between
from ita_data import thai
from ita_data.decomposition import Decomposition, decompose, same_weights
from ita_data.scoring import round_half_up
from ita_data.uncertainty import too_small

METHOD, ROUNDING, UNEXPLAINED = "วิธีการเปลี่ยน", "การปัดเศษ", "อธิบายไม่ได้"
TOTAL = "รวม"
FORMULA = (
    "แต่ละแท่ง = น้ำหนักในคะแนนรวม × (คะแนนปีหลัง − คะแนนปีก่อน) แท่งทั้งหมดบวกกันได้เท่าคะแนนรวมที่เปลี่ยน "
    "สีฟ้าเพิ่ม สีส้มลด แท่งโปร่งคือส่วนที่" + TOO_SMALL + " (คะแนนของส่วนนั้นต่างไม่เกินการปัดเศษ)"
)
MOST_NAMED = 2


def rest_name(rest: float, span: Between, *, whole: bool) -> str:
    """What the points are called that the parts leave over."""
    if not whole:
        return METHOD
    return ROUNDING if too_small(rest, span.rest) else UNEXPLAINED


def rest_note(name: str, span: Between) -> str:
    """What a reader must know of the points the parts leave over."""
    return {
        METHOD: f"“{METHOD}” คือส่วนของคะแนนรวมที่สองปีวัดไม่เหมือนกัน จึงแยกต่อไม่ได้",
        ROUNDING: f"“{ROUNDING}” เกิดได้ไม่เกิน {span.rest:.2f} คะแนน เพราะทุกค่าพิมพ์สองตำแหน่ง",
        UNEXPLAINED: f"“{UNEXPLAINED}” เกินกว่าที่การปัดเศษทำได้ ({span.rest:.2f} คะแนน): "
        "คะแนนรวมที่ประกาศไม่ตรงกับคะแนนส่วนย่อยที่ประกาศ",
    }[name]


def kind(points: float, change: float, small: float) -> str:
    """The look of a part's bar: a change of the part too small to mean anything is drawn as such."""
    if too_small(change, small):
        return "small"
    return "up" if points > 0 else "down"


def rows_of(parts: pd.DataFrame, rest: float, total: float, span: Between, *, whole: bool) -> pd.DataFrame:
    """The bars: parts with the largest gain first, the rest, the total.

    `parts` has part, name_th, weight, change (of the part) and points (of the overall).
    """
    ordered = parts.sort_values(["points", "position"], ascending=[False, True])
    bars = [
        {
            "part": row.part,
            "name": text.part_label(row.part, row.name_th),
            "points": row.points,
            "kind": kind(row.points, row.change, span.small),
        }
        for row in ordered.itertuples()
    ]
    bars.append({"part": None, "name": rest_name(rest, span, whole=whole), "points": rest, "kind": "rest"})
    bars.append({"part": "overall", "name": TOTAL, "points": total, "kind": "total"})
    rows = pd.DataFrame(bars)
    return rows.assign(
        label=[thai.wrap_label(name, 17) for name in rows["name"]], words=rows["points"].map(text.change)
    )


def named(rows: pd.DataFrame) -> str:
    """Which parts moved the whole most, both ways, in words; empty where none moved it."""
    told = []
    for code, word in (("up", "ที่เพิ่มให้มากที่สุดคือ"), ("down", "ที่ฉุดลงมากที่สุดคือ")):
        felt = rows["points"].map(round_half_up) != 0  # what prints as zero moved nothing
        moved = rows[(rows["kind"] == code) & felt].sort_values("points", ascending=code == "down")
        moved = moved.head(MOST_NAMED)
        if len(moved):
            most = " และ ".join(f"{row.name} ({row.words})" for row in moved.itertuples(index=False))
            told.append(f"{word} {most}")
    return " ".join(told)


def waterfall(
    organisation: str,
    name: str,
    before: pd.DataFrame,
    after: pd.DataFrame,
    parts_before: pd.DataFrame,
    parts_after: pd.DataFrame,
    span: Between,
) -> View | None:
    """Why a body's overall changed; None where it has no overall, or not all parts of a level, in both years.

    None too where the years may not be compared.

    `before` and `after` are rows of bodies_parts (part, value), `parts_before` and `parts_after` of parts.
    """
    first, last = (dict(zip(one["part"], one["value"], strict=True)) for one in (before, after))
    if span.level is None or "overall" not in set(first) & set(last):
        return None
    found = _deepest(first, last, parts_before, parts_after, span)
    if found is None:
        return None
    parts = (
        parts_after[parts_after["part"].isin(found.contributions)]
        .rename(columns={"weight_in_total": "weight"})
        .assign(
            points=lambda rows: rows["part"].map(found.contributions).astype(float),
            change=lambda rows: rows["part"].map(last).astype(float) - rows["part"].map(first).astype(float),
        )
    )
    rows = rows_of(parts, found.rest, found.change, span, whole=found.whole)
    rows["number"] = [
        "" if pd.isna(part) else Number(organisation, span.to_year, part).code for part in rows["part"]
    ]
    weights = dict(zip(parts["part"], parts["weight"], strict=True)) | {"overall": 1.0}
    frame = pd.DataFrame(
        {
            "ส่วน": rows["name"],
            "น้ำหนัก": rows["part"].map(weights),
            f"ปี {span.from_year}": rows["part"].map(first),
            f"ปี {span.to_year}": rows["part"].map(last),
            "คะแนนรวมที่เปลี่ยน": rows["points"],
        }
    )
    rest = str(rows["name"].iloc[-2])
    return View(
        key=f"waterfall-{organisation}",
        title=f"{name}: คะแนนรวมเปลี่ยนเพราะอะไร",
        sentence=(
            f"คะแนนรวมเปลี่ยน {text.change(found.change)} คะแนน "
            f"({text.points(first['overall'])} ในปี {span.from_year} → "
            f"{text.points(last['overall'])} ในปี {span.to_year}) {named(rows)}"
        ).strip(),
        frame=frame,
        figure=cascade.chart(rows),
        group=Group("all", "all", name),
        n=1,
        years=span.years,
        numbers=_numbers(organisation, rows, span),
        points=True,
        notes=(FORMULA, rest_note(rest, span), span.break_note, _starred(before, after)),
    )


def _deepest(
    first: dict[str, float],
    last: dict[str, float],
    parts_before: pd.DataFrame,
    parts_after: pd.DataFrame,
    span: Between,
) -> Decomposition | None:
    """The change of the overall by the deepest level whose parts are all known in both years.

    Where no part weighs the same in both, all of it is the method's.
    """
    change, comparable = last["overall"] - first["overall"], False
    for level in span.levels:
        earlier, later = (
            {
                row.part: None if pd.isna(row.weight_in_total) else row.weight_in_total
                for row in one[(one["level"] == level) & one["parent"].notna()].itertuples()
            }
            for one in (parts_before, parts_after)
        )
        if weights := same_weights(earlier, later):
            comparable = True
            if found := decompose(change, weights, first, last):
                return found
    return None if comparable else decompose(change, {}, first, last)


def _numbers(organisation: str, rows: pd.DataFrame, span: Between) -> Numbers:
    parts = list(rows["part"])
    return {
        f"ปี {span.from_year}": of_bodies(organisation, span.from_year, parts),
        f"ปี {span.to_year}": of_bodies(organisation, span.to_year, parts),
        "คะแนนรวมที่เปลี่ยน": of_bodies(organisation, span.to_year, parts, before=span.from_year),
    }


def _starred(before: pd.DataFrame, after: pd.DataFrame) -> str:
    computed = sorted(
        {str(row.part) for one in (before, after) for row in one[one["basis"] == "recomputed"].itertuples()}
    )
    return f"คำนวณจากส่วนย่อย ไม่ใช่ค่าที่เผยแพร่: {', '.join(computed)}" if computed else ""


def of_group(
    rows: pd.DataFrame, n_changed: int, group: Group, span: Between, body: View | None = None
) -> View | None:
    """What the parts brought to a group's mean change; None where no body has all of them in both years.

    `rows` are of group_contributions, `n_changed` is how many bodies have an overall in both years, `body` is
    the `waterfall` of a body to show beside the group.
    """
    if rows.empty:
        return None
    total = rows[rows["level"] == "overall"].iloc[0]
    parts = rows[rows["level"] != "overall"].assign(
        points=lambda one: one["mean_contribution"], change=lambda one: one["mean_change"]
    )
    whole = abs(parts["weight"].sum() - 1) < 1e-6
    rest = float(total["mean_change"] - parts["points"].sum())
    bars = rows_of(parts, rest, float(total["mean_change"]), span, whole=whole)
    bars["number"] = ""
    shown, name = bars, ""
    if body is not None:
        own = dict(zip(body.frame["ส่วน"], body.frame["คะแนนรวมที่เปลี่ยน"], strict=True))
        name = body.group.label
        shown = bars.assign(
            body_points=bars["name"].map(own), body_words=bars["name"].map(own).map(text.change)
        )
    n, by_part = int(total["n"]), parts.set_index("part")
    frame = pd.DataFrame(
        {
            "ส่วน": bars["name"],
            "น้ำหนัก": bars["part"].map(by_part["weight"] if len(by_part) else {}),
            "คะแนนของส่วนที่เปลี่ยนเฉลี่ย": bars["part"].map(by_part["mean_change"] if len(by_part) else {}),
            "คะแนนรวมที่เปลี่ยน": bars["points"],
            "เพิ่มขึ้น (แห่ง)": bars["part"].map(rows.set_index("part")["n_up"]).astype("Int64"),
            "ลดลง (แห่ง)": bars["part"].map(rows.set_index("part")["n_down"]).astype("Int64"),
        }
    )
    about = GroupNumber(group, span.to_year, "overall", ("contributions", "count"))
    return View(
        key="contributions",
        title="คะแนนรวมของกลุ่มเปลี่ยนเพราะอะไร",
        sentence=(
            f"คะแนนรวมของ {n:,} แห่งเปลี่ยนเฉลี่ย {text.change(total['mean_change'])} คะแนน {named(bars)}"
        ).strip(),
        frame=frame,
        figure=contributions.chart(shown[shown["kind"] != "total"], name),
        group=group,
        n=n,
        years=span.years,
        points=True,
        about=about,
        notes=(
            FORMULA,
            _coverage(n, n_changed, list(parts["level"].unique())),
            rest_note(str(bars["name"].iloc[-2]), span),
            span.break_note,
        ),
    )


def _coverage(n: int, of: int, levels: Sequence[str]) -> str:
    level = text.LEVELS[levels[0]] if levels else text.LEVELS["overall"]
    return f"เฉลี่ยจาก {n:,} แห่งที่ทราบ{level}ครบทั้งสองปี จาก {of:,} แห่งที่มีคะแนนรวมทั้งสองปี"
