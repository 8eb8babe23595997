"""What changed this year in a group, in sentences each of which has a number, the group and the year."""

from dataclasses import replace

import pandas as pd

from dashboard import text
from dashboard.selection import RANKED_FROM, Group
from dashboard.view import View
from dashboard.views.between import Between
from ita_data.uncertainty import too_small

MOST_NAMED = 3
Counts = dict[str, float]
"""A row of mover_counts."""


def opening(group: Group, year: int) -> str:
    """How every sentence begins: whom and when it is about."""
    return f"{group.label} ปี {year}:"


def level(
    now: pd.Series, counts: Counts | None, span: Between | None, national: pd.DataFrame, group: Group
) -> str:
    """How high the group stands, how the bodies of both years changed, and how the whole country did.

    `now` is a row of group_overall, `counts` of mover_counts, `national` of national_series; `span` and
    `counts` are None where the years may not be compared. The means of two years are not: bodies come and go.
    """
    year = int(now["fiscal_year"])
    words = f"{opening(group, year)} คะแนนรวมเฉลี่ย {text.points(now['mean'])} (n = {now['n']:,})"
    if span is None or counts is None:
        return f"{words} เทียบปี {year - 1} ไม่ได้เพราะวิธีการเปลี่ยนหรือไม่มีข้อมูล"
    if counts["n"] < RANKED_FROM:
        return f"{words} มีเพียง {counts['n']:,} แห่งที่มีคะแนนรวมปี {span.from_year} ด้วย น้อยเกินกว่าจะเฉลี่ย"
    words += f" เทียบปี {span.from_year} เปลี่ยนเฉลี่ย {text.change(counts['mean_change'])}"
    words += f" ใน {counts['n']:,} แห่งที่มีทั้งสองปี"
    if too_small(counts["mean_change"], span.small):
        words += " น้อยเกินกว่าจะสรุป"
    means = national.set_index("fiscal_year")["mean_overall"].dropna()
    if {year, span.from_year} <= set(means.index):
        words += f" ขณะที่ค่าเฉลี่ยทั้งประเทศ {text.change(means[year] - means[span.from_year])}"
    return words


def passing(now: pd.Series, counts: Counts | None, group: Group) -> str:
    """How many reach the pass mark, and how many came to it and fell from it; `counts` is of mover_counts."""
    year = int(now["fiscal_year"])
    if not now["n_judged"]:
        return f"{opening(group, year)} ยังไม่มีแห่งใดจาก {now['n_bodies']:,} แห่งที่ตัดสินเกณฑ์ได้"
    below = now["n_judged"] - now["n_passed"]
    words = (
        f"{opening(group, year)} ผ่านเกณฑ์ {now['pass_mark']:g} จำนวน {now['n_passed']:,} "
        f"จาก {now['n_judged']:,} แห่ง ({now['share_passed']:.1f}%) ต่ำกว่าเกณฑ์ {below:,} แห่ง"
    )
    if counts and counts["n_judged"]:
        words += f" ในแห่งที่ตัดสินได้ทั้งสองปี ผ่านใหม่ {counts['n_passing']:,} แห่ง หลุดเกณฑ์ {counts['n_failing']:,} แห่ง"
    return words


def moved(rows: pd.DataFrame, counts: Counts, group: Group, span: Between) -> str:
    """Who moved most beyond what was to be expected; `rows` are of movers, the two ends by `beyond`."""
    words = f"{opening(group, span.to_year)} จาก {counts['n']:,} แห่งที่มีทั้งสองปี "
    if not counts["n_expected"]:
        return words + (
            f"เพิ่มขึ้น {counts['n_up']:,} ลดลง {counts['n_down']:,} แทบไม่เปลี่ยน {counts['n_small']:,} แห่ง "
            "ยังบอกไม่ได้ว่าเกินคาดหรือไม่"
        )
    words += f"ดีกว่าช่วงปกติ {counts['n_above_usual']:,} แห่ง ต่ำกว่าช่วงปกติ {counts['n_below_usual']:,} แห่ง"
    known = rows.dropna(subset=["beyond"])
    best = known[(known["beyond"] > known["usual"]) & (known["change"] > 0)].nlargest(1, "beyond")
    worst = known[known["beyond"] < -known["usual"]].nsmallest(1, "beyond")
    for word, one in (("ดีเกินคาดที่สุด", best), ("ต่ำกว่าคาดที่สุด", worst)):
        for row in one.itertuples():
            words += f" · {word} {row.label_th} {text.change(row.change)} (คาด {text.change(row.expected)})"
    return words


def weak(indicators: pd.DataFrame, group: Group, year: int) -> str:
    """Which indicator is lowest and which costs most; `indicators` are of group_parts."""
    low = indicators.loc[indicators["mean"].idxmin()]
    words = (
        f"{opening(group, year)} ตัวชี้วัดเฉลี่ยต่ำสุดคือ {text.part_label(low['part'], low['name_th'])} "
        f"{text.points(low['mean'])} (n = {low['n']:,}){_as_well(indicators['mean'], low['mean'])}"
    )
    known = indicators.dropna(subset=["mean_points_lost"])
    if known.empty:
        return words
    dear = known.loc[known["mean_points_lost"].idxmax()]
    same = (
        " และ" if dear["part"] == low["part"] else f" ส่วน {text.part_label(dear['part'], dear['name_th'])} "
    )
    lost = text.points(dear["mean_points_lost"])
    also = _as_well(known["mean_points_lost"], dear["mean_points_lost"])
    return f"{words}{same}ทำให้เสียคะแนนรวมมากที่สุด เฉลี่ย {lost} คะแนนต่อแห่ง{also}"


def _as_well(means: pd.Series, end: float) -> str:
    """How many other indicators are the same as printed."""
    more = int(means.map(text.points).eq(text.points(end)).sum()) - 1
    return f" เท่ากันอีก {more} ตัว" if more else ""


def helped_first(under: pd.DataFrame, now: pd.Series, group: Group) -> str:
    """Whom to help first; `under` is the first page of results below the pass mark, lowest first."""
    named = ", ".join(
        f"{row.label_th} {text.points(row.overall)}" for row in under.head(MOST_NAMED).itertuples()
    )
    more = int(under["n"].iloc[0]) - min(MOST_NAMED, len(under))
    rest = f" และอีก {more:,} แห่ง" if more > 0 else ""
    shown = under["overall"].map(text.points)
    if more > 0 and (equal := int(shown.iloc[MOST_NAMED:].eq(shown.iloc[MOST_NAMED - 1]).sum())):
        least = "อย่างน้อย" if MOST_NAMED + equal == len(under) < under["n"].iloc[0] else ""
        rest += f" ในนั้น{least} {equal} แห่งเท่ากับแห่งสุดท้ายที่เอ่ยชื่อ"
    where = f"{opening(group, int(now['fiscal_year']))} ต่ำกว่าเกณฑ์ {now['pass_mark']:g}"
    return f"{where} ที่ควรช่วยก่อน ได้แก่ {named}{rest}"


def retold(shown: View, sentence: str, key: str) -> View:
    """A view under the page's own sentence; its table and files say it too."""
    return replace(shown, key=f"review-{key}", sentence=sentence)


def about_group(shown: View, group: Group, year: int, key: str) -> View:
    """A view whose own sentence says the figures, opened by whom and when they are about."""
    return retold(shown, f"{opening(group, year)} {shown.sentence.removeprefix(f'ปี {year} ')}", key)


def few(n: int) -> str:
    """What is to be said first of a group with too few bodies; empty where there are enough."""
    if n >= RANKED_FROM:
        return ""
    return f"กลุ่มนี้มีคะแนนรวมเพียง {n} แห่ง ประโยคด้านล่างเป็นเรื่องของหน่วยงานเหล่านั้น ไม่ใช่แนวโน้มของกลุ่ม"
