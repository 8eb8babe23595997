"""Movers, read fairly: changes beside what bodies of the same type and start changed by on average."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from dashboard import text
from dashboard.charts import start_change, stretch, transitions
from dashboard.number import GroupNumber, Numbers, codes, of_bodies
from dashboard.selection import RANKED_FROM, Group
from dashboard.view import View
from dashboard.views.between import Between
from dashboard.views.trends import STAR_NOTE
from ita_data import thai
from ita_data.uncertainty import too_small

MOST_DRAWN = 300
"""Bodies a chart shows one by one; more are shown as a density."""
CELL = 2
"""Points a cell of the density is wide and high."""
POOLED = "all"
CLASS_WORDS = {code: name for code, name, *_ in start_change.CLASSES}
LISTS = {
    "improved": ("ดีขึ้นเกินคาด", "n_improved"),
    "declined": ("ลดลง", "n_down"),
    "passing": ("ผ่านเกณฑ์ใหม่", "n_passing"),
    "failing": ("หลุดเกณฑ์", "n_failing"),
    "all": ("ทุกแห่ง", "n"),
}
"""The lists: code → its name and the column of mover_counts with its length."""
EXPECTED_NOTE = (
    "ที่คาด คือค่าที่หน่วยงานประเภทเดียวกันทั้งประเทศซึ่งเริ่มจากคะแนนเท่ากันเปลี่ยนไปโดยเฉลี่ย "
    "(เส้นถดถอยตามคะแนนที่ยังขาดจาก 100 ไม่เกินเพดาน) แห่งที่เริ่มต่ำมักขึ้นมากอยู่แล้ว จึงดูที่ส่วนเกินคาด "
    "(ประเภทที่มีไม่ถึง 30 แห่งใช้เส้นของทุกประเภท) "
    "เท่าของปกติ คือส่วนเกินคาดหารด้วยระยะที่แห่งซึ่งเริ่มเท่ากันห่างจากเส้นโดยเฉลี่ย"
)


def classify(change: float, beyond: float | None, usual: float | None, small: float) -> str:
    """What a change says beside the expectation, if there is one: a code in start_change.CLASSES."""
    if beyond is None or usual is None or np.isnan(beyond) or np.isnan(usual):
        return "small" if too_small(change, small) else "up" if change > 0 else "down"
    if abs(beyond) > usual:
        return "above" if beyond > 0 else "below"
    return "small" if too_small(change, small) else "usual"


def classified(rows: pd.DataFrame, span: Between, followed: Collection[str] = ()) -> pd.DataFrame:
    """Rows of the query movers with their class and everything as printed; `followed` are ids of bodies."""

    def printed(value: float, basis: str) -> str:
        return text.points(value) + ("*" if basis == "recomputed" else "")

    classes = [
        classify(row.change, row.beyond, row.usual, span.small) for row in rows.itertuples(index=False)
    ]
    words = [
        CLASS_WORDS[one] + ("" if pd.isna(expected) else f" (ที่คาด {text.change(expected)})")
        for one, expected in zip(classes, rows["expected"], strict=True)
    ]
    return rows.assign(
        **{"class": classes},
        words_class=words,
        start=rows["value_from"],
        followed=rows["organisation_id"].isin(list(followed)),
        name_th=rows["label_th"],
        words_from=list(map(printed, rows["value_from"], rows["basis_from"])),
        words_to=list(map(printed, rows["value_to"], rows["basis_to"])),
        words_change=rows["change"].map(text.change),
        number=codes(rows, span.to_year, "overall"),
    )


def headline(counts: Mapping[str, float]) -> list[tuple[str, str, str]]:
    """Four figures of the group, each with its label and words; `counts` is the row of mover_counts."""
    small = f" · แทบไม่เปลี่ยน {counts['n_small']:,}" if counts["n_small"] else ""
    judged = f"จาก {counts['n_judged']:,} แห่งที่ตัดสินได้ทั้งสองปี"
    fair = (
        f"เทียบกับที่คาดจากประเภทและจุดตั้งต้น {text.change(counts['mean_beyond'])}"
        if counts["n_expected"]
        else "ยังหาค่าที่คาดไม่ได้"
    )
    return [
        (
            "มีคะแนนรวมทั้งสองปี",
            f"{counts['n']:,} แห่ง",
            f"เพิ่ม {counts['n_up']:,} · ลด {counts['n_down']:,}{small}",
        ),
        ("เปลี่ยนเฉลี่ย", f"{text.change(counts['mean_change'])} คะแนน", fair),
        ("ผ่านเกณฑ์ใหม่", f"{counts['n_passing']:,} แห่ง", judged),
        ("หลุดเกณฑ์", f"{counts['n_failing']:,} แห่ง", judged),
    ]


def line_of(lines: pd.DataFrame, types: set[str]) -> pd.Series | None:
    """The line to draw for bodies of some types: that of the one type, else of all; None where there is none.

    `lines` are of expected_lines.
    """
    one = next(iter(types)) if len(types) == 1 else POOLED
    found = lines[lines["type"] == one]
    return None if found.empty or pd.isna(found["n"].iloc[0]) else found.iloc[0]


def drawn_line(line: pd.Series, first: float, *, stretched: bool = False) -> pd.DataFrame:
    """A line of expected_lines from a start (points) to 100, with the band bodies usually end in."""
    start = np.array(stretch.between(max(min(first, 99.0), 0.0), 100.0, stretched, steps=60))
    room = 100 - start
    expected = np.minimum(line["intercept"] + line["slope"] * room, room)
    usual = line["usual_intercept"] + line["usual_slope"] * room
    return pd.DataFrame(
        {
            "start": start,
            "expected": expected,
            "low": expected - usual,
            "high": np.minimum(expected + usual, room),
        }
    )


def line_note(line: pd.Series | None, lines: pd.DataFrame, types: Mapping[str, str]) -> str:
    """What the drawn line stands on; `types` are the names of types by code."""
    if line is None:
        most = lines.loc[lines["type"] == POOLED, "n_type"].max() if len(lines) else 0
        return (
            f"ไม่มีเส้นที่คาด: ทั้งคลังข้อมูลมีเพียง {0 if pd.isna(most) else most:,.0f} แห่งที่มีคะแนนทั้งสองปี "
            "น้อยเกินกว่าจะบอกว่าโดยทั่วไปเปลี่ยนเท่าใด"
        )
    if line["type"] == POOLED:
        return f"เส้นที่วาดเป็นของทุกประเภท (n = {line['n']:,.0f}) ส่วนแต่ละแห่งเทียบกับเส้นที่ใช้กับประเภทตนเอง"
    if line["fitted_on"] == POOLED:
        return f"{types[line['type']]} มีเพียง {line['n_type']:,} แห่ง จึงใช้เส้นของทุกประเภท (n = {line['n']:,.0f})"
    return f"เส้นที่คาดของ{types[line['type']]} (n = {line['n']:,.0f})"


def against_start(
    rows: pd.DataFrame,
    bins: pd.DataFrame | None,
    counts: Mapping[str, float],
    lines: pd.DataFrame,
    types: Mapping[str, str],
    group: Group,
    span: Between,
    focus: str | None = None,
    *,
    stretched: bool = False,
) -> View:
    """Change against start with what was to be expected.

    `rows` are of `classified`: all bodies, or those the user follows where `bins` (of mover_bins) shows how
    many are where. `counts` is the row of mover_counts, `lines` are of expected_lines, `types` are the names
    of types by code, `focus` is the body to name in the sentence.
    """
    kinds = {group.kind} & set(types) if bins is not None else set(rows["type"])
    line = line_of(lines, kinds)
    starts = [*rows["start"], *([] if bins is None else bins["start_from"])]
    figure = start_change.chart(
        rows,
        bins,
        CELL,
        None if line is None else drawn_line(line, min(starts), stretched=stretched),
        span.from_year,
        stretched=stretched,
    )
    about = GroupNumber(group, span.to_year, "overall", ("expected", "changes", "count"))
    if bins is None:
        frame, numbers = table(rows, int(counts["n"]), span), numbers_of(rows, span)
        reading = "แต่ละจุดคือหนึ่งหน่วยงาน จุดทึบบอกอะไรได้ จุดโปร่งคืออยู่ในช่วงปกติหรือต่างน้อยเกินไป" + (
            " ขอบดำคือหน่วยงานที่สนใจ" if rows["followed"].any() else ""
        )
    else:
        frame = bins.assign(start_to=bins["start_from"] + CELL, change_to=bins["change_from"] + CELL)[
            ["start_from", "start_to", "change_from", "change_to", "n"]
        ].set_axis(["เริ่มตั้งแต่", "เริ่มต่ำกว่า", "เปลี่ยนตั้งแต่", "เปลี่ยนต่ำกว่า", "จำนวน (แห่ง)"], axis=1)
        numbers = {"จำนวน (แห่ง)": lambda row: about}
        reading = f"ช่องละ {CELL} × {CELL} คะแนน สีเข้มคือหลายแห่ง" + (
            " เครื่องหมายขอบดำคือหน่วยงานที่สนใจ" if len(rows) else ""
        )
    return View(
        key="movers",
        title="เปลี่ยนเท่าใด เมื่อเทียบกับที่เริ่มเท่ากัน",
        sentence=against_sentence(counts, span) + focus_sentence(rows[rows["organisation_id"] == focus]),
        frame=frame,
        figure=figure,
        group=group,
        n=int(counts["n"]),
        years=span.years,
        numbers=numbers,
        points=True,
        about=about,
        notes=(
            f"{reading} เส้นประเอียงคือเพดาน: จุดตั้งต้นบวกการเปลี่ยนแปลงเกิน 100 ไม่ได้ "
            f"{stretch.note(stretched, cells=bins is not None)}".rstrip(),
            line_note(line, lines, types),
            EXPECTED_NOTE if line is not None else "",
            span.small_note,
            _star(rows),
        ),
    )


def against_sentence(counts: Mapping[str, float], span: Between) -> str:
    """How many did better and worse than was to be expected, or rose and fell where nothing was."""
    n = counts["n_expected"]
    if n:
        usual = n - counts["n_above_usual"] - counts["n_below_usual"]
        return (
            f"จาก {n:,} แห่งที่มีค่าที่คาด {counts['n_above_usual']:,} แห่งดีกว่าช่วงปกติของแห่งที่เริ่มเท่ากัน "
            f"{counts['n_below_usual']:,} แห่งต่ำกว่าช่วงปกติ อีก {usual:,} แห่งอยู่ในช่วงปกติ"
        )
    return (
        f"ระหว่างปี {span.from_year} กับ {span.to_year} จาก {counts['n']:,} แห่ง เพิ่มขึ้น {counts['n_up']:,} แห่ง "
        f"ลดลง {counts['n_down']:,} แห่ง แทบไม่เปลี่ยน {counts['n_small']:,} แห่ง"
    )


def focus_sentence(rows: pd.DataFrame) -> str:
    """What the body the user is about changed by (rows of `classified`, at most one); empty without it."""
    return "".join(
        f" · {row.label_th.split(' · ')[0]} {row.words_from} → {row.words_to} ({row.words_change}) "
        f"{row.words_class}"
        for row in rows.itertuples()
    )


def _star(rows: pd.DataFrame) -> str:
    starred = rows["basis_from"].eq("recomputed") | rows["basis_to"].eq("recomputed")
    return STAR_NOTE if starred.any() else ""


def table(rows: pd.DataFrame, n: int, span: Between) -> pd.DataFrame:
    """Rows of `classified` as a list, of `n` bodies compared: few of them are not ranked."""
    frame = pd.DataFrame(
        {
            "ลำดับ": rows["rank"].astype("Int64"),
            "หน่วยงาน": rows["label_th"],
            "จังหวัด": rows["province_th"],
            f"ปี {span.from_year}": rows["value_from"],
            f"ปี {span.to_year}": rows["value_to"],
            "เปลี่ยน": rows["change"],
            "ที่คาด": rows["expected"].astype(float),
            "เกินคาด": rows["beyond"].astype(float),
            "เท่าของปกติ": rows["times"].astype(float),
            "อ่านว่า": rows["class"].map(CLASS_WORDS),
        }
    )
    if rows["beyond"].isna().all():
        return frame.drop(columns=["ลำดับ", "ที่คาด", "เกินคาด", "เท่าของปกติ"])
    return frame if n >= RANKED_FROM else frame.drop(columns="ลำดับ")


def numbers_of(rows: pd.DataFrame, span: Between) -> Numbers:
    """Whose numbers the columns of `table` are."""
    ids = list(rows["organisation_id"])
    return {
        f"ปี {span.from_year}": of_bodies(ids, span.from_year, "overall"),
        f"ปี {span.to_year}": of_bodies(ids, span.to_year, "overall"),
        "เปลี่ยน": of_bodies(ids, span.to_year, "overall", before=span.from_year),
    }


def listing(shown: View, rows: pd.DataFrame, name: str, n: int, span: Between) -> View:
    """One of LISTS below the view of `against_start`: a page of its rows (of `classified`), of `n` in all."""
    return replace(
        shown,
        key="movers-list",
        title=f"{shown.title}: {name}",
        sentence=f"{name} {n:,} แห่ง จาก {shown.n:,} แห่งที่มีคะแนนทั้งสองปี",
        figure=None,
        frame=table(rows, shown.n, span),
        numbers=numbers_of(rows, span),
        # what is said of the line and of small changes; reading the picture and its stars are the view's own
        notes=(*shown.notes[1:-1], _star(rows)),
    )


def same_scale(levels: pd.DataFrame, from_year: int, to_year: int) -> bool:
    """Whether two years grade on one scale; `levels` are of grade_levels."""
    columns = ["code", "position", "name_th", "overall_at_least", "instruments_at_least"]
    first, last = (
        levels.loc[levels["fiscal_year"] == year, columns].reset_index(drop=True)
        for year in (from_year, to_year)
    )
    return first.equals(last)


Grade = tuple[int, str, bool | None]
"""Position on its scale (1 is the best), name, is it a pass (None: not known)."""
UNDECIDED = 99
"""The position grade_transitions gives a level that is not known."""
PASSED: Mapping[bool, Grade] = {True: (1, "ผ่านเกณฑ์", True), False: (2, "ต่ำกว่าเกณฑ์", False)}


def way(before: Grade, after: Grade) -> int:
    """Whether a step is up (1), down (-1), or none or not to say (0)."""
    if UNDECIDED not in (before[0], after[0]):
        return (before[0] > after[0]) - (before[0] < after[0])
    if before[2] is None or after[2] is None:
        return 0
    return int(after[2]) - int(before[2])


def steps(rows: pd.DataFrame, *, one_scale: bool) -> Mapping[tuple[Grade, Grade], int]:
    """How many bodies went from which grade to which, of rows of grade_transitions.

    Between two scales the grades are passing or not; who cannot be judged is left out.
    """

    def grade(row: Any, end: str) -> Grade | None:
        passed = None if pd.isna(getattr(row, f"{end}_passed")) else bool(getattr(row, f"{end}_passed"))
        if one_scale:
            return int(getattr(row, f"{end}_position")), str(getattr(row, f"{end}_th")), passed
        return None if passed is None else PASSED[passed]

    found: Counter[tuple[Grade, Grade]] = Counter()
    for row in rows.itertuples():
        before, after = grade(row, "from"), grade(row, "to")
        if before is not None and after is not None:
            found[before, after] += int(row.n)
    return found


def grade_transitions(rows: pd.DataFrame, levels: pd.DataFrame, group: Group, span: Between) -> View | None:
    """From which grade to which the bodies went; None where none has a grade in both years.

    `rows` are of grade_transitions, `levels` of grade_levels. Between two scales only passing is compared.
    """
    one_scale = same_scale(levels, span.from_year, span.to_year)
    counted = steps(rows, one_scale=one_scale)
    if not counted:
        return None
    order = partial(sorted, key=lambda one: one[:2])
    first, last = (order({step[end] for step in counted}) for end in (0, 1))
    counts = [[counted.get((one, other), 0) for other in last] for one in first]
    n, up, down = (
        sum(number for step, number in counted.items() if way(*step) in signs)
        for signs in ((1, 0, -1), (1,), (-1,))
    )
    frame = pd.DataFrame(counts, columns=[f"ปี {span.to_year}: {name}" for _, name, _ in last])
    frame.insert(0, f"ปี {span.from_year}", [name for _, name, _ in first])
    what = "ระดับ" if one_scale else "ผลผ่านเกณฑ์"
    two_scales = f"เกณฑ์ระดับของปี {span.from_year} กับ {span.to_year} เป็นคนละชุด จึงเทียบได้เฉพาะผ่านหรือไม่ผ่านเกณฑ์"
    return View(
        key="transitions",
        title=f"{what}เปลี่ยนไปอย่างไร",
        sentence=(
            f"จาก {n:,} แห่ง {what}ดีขึ้น {up:,} แห่ง แย่ลง {down:,} แห่ง คงเดิมหรือบอกไม่ได้ {n - up - down:,} แห่ง"
        ),
        frame=frame,
        figure=transitions.chart(
            [thai.wrap_label(name, 14) for _, name, _ in first],
            [thai.wrap_label(name, 10) for _, name, _ in last],
            counts,
            [[way(one, other) for other in last] for one in first],
            span.from_year,
            span.to_year,
        ),
        group=group,
        n=n,
        years=span.years,
        points=True,
        about=GroupNumber(group, span.to_year, "overall", ("transitions", "grades", "passed")),
        notes=(
            "แถวคือปีก่อน คอลัมน์คือปีหลัง สีฟ้าดีขึ้น สีส้มแย่ลง สีเข้มคือหลายแห่ง ร้อยละคิดจากทุกแห่งในตาราง",
            "" if one_scale else two_scales,
        ),
    )
