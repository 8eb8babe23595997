"""Who rose and who fell between two years."""

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from dashboard import text
from dashboard.charts import dumbbell
from dashboard.number import GroupNumber, Numbers, codes, of_bodies
from dashboard.selection import Group
from dashboard.view import View
from dashboard.views.trends import STAR_NOTE, Part
from ita_data import thai
from ita_data.scoring import round_half_up

MOST_PER_SIDE = 20
"""Gains and losses a chart shows where there are too many bodies to show all."""


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


def changes_sentence(summary: Mapping[str, float], from_year: int, to_year: int) -> str:
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


def national_note(national: pd.DataFrame, from_year: int, to_year: int) -> str:
    """The published national means of the two years: a rise is read against everybody's rise."""
    nation = national.set_index("fiscal_year")["mean_overall"].dropna()
    if not {from_year, to_year} <= set(nation.index):
        return ""
    return (
        f"ค่าเฉลี่ยทั้งประเทศที่เผยแพร่: {text.points(nation[from_year])} (ปี {from_year}) "
        f"→ {text.points(nation[to_year])} (ปี {to_year}) ควรอ่านการเปลี่ยนแปลงเทียบกับค่านี้"
    )


def changes(
    part: Part,
    rows: pd.DataFrame,
    summary: Mapping[str, float],
    marks: pd.DataFrame,
    national: pd.DataFrame,
    from_year: int,
    to_year: int,
    *,
    stretched: bool,
    group: Group,
) -> View:
    """The changes of a group's bodies, the largest gain first.

    `rows` are of `directions`, `summary` of change_summary, `marks` has fiscal_year and pass_mark.
    """
    by_year = marks.set_index("fiscal_year")["pass_mark"]
    mark = by_year[to_year] if by_year[from_year] == by_year[to_year] else None
    ids = list(rows["organisation_id"])
    drawn = extremes(rows)
    drawn = drawn.assign(
        number_from=codes(drawn, from_year, part.code), number_to=codes(drawn, to_year, part.code)
    )
    drawn = drawn.assign(label=[body_lines(label) for label in drawn["label_th"]]).reset_index(drop=True)
    frame = rows[["rank", "label_th", "province_th", "value_from", "value_to", "change"]].set_axis(
        ["ลำดับ", "หน่วยงาน", "จังหวัด", f"ปี {from_year}", f"ปี {to_year}", "เปลี่ยน"], axis=1
    )
    stars = rows["words_from"].str.endswith("*") | rows["words_to"].str.endswith("*")
    if stars.any():
        frame["คำนวณจากส่วนย่อย"] = stars.map({True: "*", False: None})
    return View(
        key=f"change-{part.code}",
        title=f"{part.name}: ใครขึ้น ใครลง",
        sentence=changes_sentence(summary, from_year, to_year),
        frame=frame,
        figure=dumbbell.chart(drawn, from_year, to_year, mark, stretched=stretched),
        group=group,
        n=int(summary["n"]),
        years=f"{from_year}–{to_year}",
        numbers=_numbers(part, ids, from_year, to_year),
        points=True,
        about=GroupNumber(group, to_year, part.code, ("changes", "count")),
        notes=(
            "วงกลมคือปีตั้งต้น สามเหลี่ยมสีฟ้าชี้ขวาคือเพิ่มขึ้น สีส้มชี้ซ้ายคือลดลง",
            f"มี {len(rows):,} แห่ง แผนภูมิแสดงเพียงที่เพิ่มมากสุดและลดมากสุดฝ่ายละไม่เกิน {MOST_PER_SIDE} แห่ง "
            "กรณีเปลี่ยนเท่ากันเรียงตามชื่อ"
            if len(drawn) < len(rows)
            else "",
            part.mark_note,
            national_note(national, from_year, to_year) if part.level == "overall" else "",
            STAR_NOTE if stars.any() else "",
        ),
    )


def _numbers(part: Part, ids: list[str], from_year: int, to_year: int) -> Numbers:
    """Whose numbers the columns of the changes are."""
    return {
        f"ปี {from_year}": of_bodies(ids, from_year, part.code),
        f"ปี {to_year}": of_bodies(ids, to_year, part.code),
        "เปลี่ยน": of_bodies(ids, to_year, part.code, before=from_year),
    }


def ranking(
    part: Part, shown: View, organisation_ids: list[str], *, falls_first: bool
) -> tuple[View, list[str]]:
    """The bodies of a view of `changes` as a list, and their ids."""
    order = slice(None, None, -1 if falls_first else 1)
    from_year, to_year = map(int, shown.years.split("–"))
    ids = organisation_ids[order]
    listed = replace(
        shown,
        key=f"ranking-{part.code}",
        figure=None,
        frame=shown.frame[order],
        numbers=_numbers(part, ids, from_year, to_year),
    )
    return listed, ids


def crossed_words(crossed: pd.DataFrame) -> str:
    """What changed in the method between two years that may be compared with care."""
    return "ระหว่างสองปีนี้วิธีประเมินเปลี่ยน เทียบได้แต่ควรอ่านด้วยความระมัดระวัง: " + " · ".join(
        f"{row.fiscal_year} {row.reason_th}" for row in crossed.itertuples()
    )
