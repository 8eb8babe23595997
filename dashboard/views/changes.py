"""Who rose and who fell between two years."""

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from dashboard import text
from dashboard.charts import change_distribution, dumbbell
from dashboard.number import GroupNumber, Numbers, codes, of_bodies
from dashboard.selection import Group
from dashboard.view import View
from dashboard.views.between import Between
from dashboard.views.trends import STAR_NOTE, Part
from ita_data import thai
from ita_data.uncertainty import too_small

MOST_DRAWN = 40
"""Bodies a chart shows one by one; more are shown as a distribution."""
BINS = 70
"""About how many bars a distribution has."""


def directions(rows: pd.DataFrame, small: float) -> pd.DataFrame:
    """Rows of the query changes as they are printed; a star marks a score computed from the parts below.

    A change of up to `small` points has no direction: rounding alone makes as much.
    """

    def printed(value: float, basis: str) -> str:
        return text.points(value) + ("*" if basis == "recomputed" else "")

    return rows.assign(
        direction=[
            "same" if too_small(value, small) else "up" if value > 0 else "down" for value in rows["change"]
        ],
        words_from=list(map(printed, rows["value_from"], rows["basis_from"])),
        words_to=list(map(printed, rows["value_to"], rows["basis_to"])),
        words_change=[text.change(value) for value in rows["change"]],
    )


def bin_width(summary: Mapping[str, float]) -> int:
    """The width in points of the bars of a distribution: 1, 2, 5 or 10; `summary` is of change_summary."""
    wanted = (summary["max"] - summary["min"]) / BINS
    return next((width for width in (1, 2, 5) if width >= wanted), 10)


def body_lines(label: str, width: int = 34) -> list[str]:
    """A body's label on one line, or its name and its place on lines of their own."""
    lines = thai.wrap_label(label, width)
    if len(lines) == 1:
        return lines
    return [line for piece in label.split(" · ") for line in thai.wrap_label(piece, width)]


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
    """The national means of the two years: a rise is read against everybody's rise."""
    nation = national.set_index("fiscal_year")["mean_overall"].dropna()
    if not {from_year, to_year} <= set(nation.index):
        return ""
    return (
        f"ค่าเฉลี่ยทั้งประเทศ: {text.points(nation[from_year])} (ปี {from_year}) "
        f"→ {text.points(nation[to_year])} (ปี {to_year}) ควรอ่านการเปลี่ยนแปลงเทียบกับค่านี้"
    )


def changes(
    part: Part,
    rows: pd.DataFrame,
    bins: pd.DataFrame | None,
    summary: Mapping[str, float],
    marks: pd.DataFrame,
    national: pd.DataFrame,
    span: Between,
    *,
    stretched: bool,
    group: Group,
) -> View:
    """The changes of a group's bodies, the largest gain first.

    `rows` are of `directions`: all bodies, or only those the user follows where `bins` (of change_bins) shows
    how many moved by how much. `summary` is of change_summary, `marks` has fiscal_year and pass_mark.
    """
    from_year, to_year = span.from_year, span.to_year
    by_year = marks.set_index("fiscal_year")["pass_mark"]
    mark = by_year[to_year] if by_year[from_year] == by_year[to_year] else None
    drawn = rows.assign(
        number_from=codes(rows, from_year, part.code),
        number_to=codes(rows, to_year, part.code),
        label=[body_lines(label) for label in rows["label_th"]],
    ).reset_index(drop=True)
    about = GroupNumber(group, to_year, part.code, ("changes", "count"))
    if bins is None:
        figure = dumbbell.chart(drawn, from_year, to_year, mark, stretched=stretched)
        frame, numbers = table(rows, from_year, to_year), numbers_of(part, rows, from_year, to_year)
        reading = "วงกลมคือปีตั้งต้น สามเหลี่ยมสีฟ้าชี้ขวาคือเพิ่มขึ้น สีส้มชี้ซ้ายคือลดลง"
    else:
        width = bin_width(summary)
        figure = change_distribution.chart(bins, width, drawn)
        frame = bins.assign(to=bins["bin_from"] + width)[["bin_from", "to", "n"]].set_axis(
            ["ตั้งแต่ (คะแนน)", "ต่ำกว่า (คะแนน)", "จำนวน (แห่ง)"], axis=1
        )
        numbers = {"จำนวน (แห่ง)": lambda row: about}
        reading = f"แท่งคือจำนวนหน่วยงานในทุกช่วง {width} คะแนน สีฟ้าเพิ่มขึ้น สีส้มลดลง" + (
            " จุดคือหน่วยงานที่สนใจ" if len(rows) else ""
        )
    starred = bool((rows["basis_from"].eq("recomputed") | rows["basis_to"].eq("recomputed")).any())
    return View(
        key=f"change-{part.code}",
        title=f"{part.name}: ใครขึ้น ใครลง",
        sentence=changes_sentence(summary, from_year, to_year),
        frame=frame,
        figure=figure,
        group=group,
        n=int(summary["n"]),
        years=f"{from_year}–{to_year}",
        numbers=numbers,
        points=True,
        about=about,
        notes=(
            reading,
            part.mark_note,
            national_note(national, from_year, to_year) if part.level == "overall" else "",
            span.small_note,
            STAR_NOTE if starred else "",
        ),
    )


def table(rows: pd.DataFrame, from_year: int, to_year: int) -> pd.DataFrame:
    """Bodies of the query changes as a list."""
    frame = rows[["rank", "label_th", "province_th", "value_from", "value_to", "change"]].set_axis(
        ["ลำดับ", "หน่วยงาน", "จังหวัด", f"ปี {from_year}", f"ปี {to_year}", "เปลี่ยน"], axis=1
    )
    stars = rows["basis_from"].eq("recomputed") | rows["basis_to"].eq("recomputed")
    if stars.any():
        frame["คำนวณจากส่วนย่อย"] = stars.map({True: "*", False: None})
    return frame


def numbers_of(part: Part, rows: pd.DataFrame, from_year: int, to_year: int) -> Numbers:
    """Whose numbers the columns of `table` are."""
    ids = list(rows["organisation_id"])
    return {
        f"ปี {from_year}": of_bodies(ids, from_year, part.code),
        f"ปี {to_year}": of_bodies(ids, to_year, part.code),
        "เปลี่ยน": of_bodies(ids, to_year, part.code, before=from_year),
    }


def ranking(part: Part, shown: View, rows: pd.DataFrame) -> tuple[View, list[str]]:
    """A page of the query changes as a list below a view of `changes`, and the ids of its bodies."""
    from_year, to_year = map(int, shown.years.split("–"))
    listed = replace(
        shown,
        key=f"ranking-{part.code}",
        figure=None,
        frame=table(rows, from_year, to_year),
        numbers=numbers_of(part, rows, from_year, to_year),
    )
    return listed, list(rows["organisation_id"])


def crossed_words(crossed: pd.DataFrame) -> str:
    """What changed in the method between two years that may be compared with care."""
    return "ระหว่างสองปีนี้วิธีประเมินเปลี่ยน เทียบได้แต่ควรอ่านด้วยความระมัดระวัง: " + " · ".join(
        f"{row.fiscal_year} {row.reason_th}" for row in crossed.itertuples()
    )
