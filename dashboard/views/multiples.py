"""One part by year in the groups a group is made of: places inside it, or types of bodies."""

from collections.abc import Mapping

import pandas as pd

from dashboard import text
from dashboard.charts import base, multiples, stretch
from dashboard.number import GroupNumber
from dashboard.selection import RANKED_FROM, Group
from dashboard.view import View
from dashboard.views.trends import Part


def asked(groups: Mapping[str, Group]) -> str:
    """The parameter of groups_series for some groups."""
    return f",{','.join(f'{one.place}/{one.kind}' for one in groups.values())},"


def small(
    part: Part,
    answer: pd.DataFrame,
    groups: Mapping[str, Group],
    names: Mapping[str, str],
    breaks: pd.DataFrame,
    pass_mark: float | None,
    *,
    group: Group,
    unit: str,
    stretched: bool = False,
) -> View | None:
    """The groups, the lowest latest median first; None where fewer than two have enough bodies.

    `answer` is of groups_series for `groups`; their short `names` go by the same codes. `unit` is what one of
    them is: a province, a type.
    """
    codes = {(one.place, one.kind): code for code, one in groups.items()}
    rows = answer[answer["n"] >= RANKED_FROM]
    rows = rows.assign(code=[codes[one] for one in zip(rows["place"], rows["kind"], strict=True)])
    latest = rows.groupby("code").tail(1).sort_values(["median", "code"])
    latest = latest[latest["fiscal_year"] == rows["fiscal_year"].max()]
    if len(latest) < 2:
        return None
    order = {code: place for place, code in enumerate(latest["code"])}
    rows = rows[rows["code"].isin(order)]
    rows = rows.assign(name=rows["code"].map(names), order=rows["code"].map(order))
    rows = rows.sort_values(["order", "fiscal_year"])
    shown = list(dict.fromkeys(rows["code"]))
    years = [str(year) for year in range(int(rows["fiscal_year"].min()), int(rows["fiscal_year"].max()) + 1)]
    mark = pass_mark if part.level == "overall" else None
    low = multiples.lowest(rows, mark)
    left = len(groups) - len(shown)
    table = rows[["name", "fiscal_year", "n", "q1", "median", "q3"]].set_axis(
        [unit, "ปีงบประมาณ", "n", "ควอร์ไทล์ที่ 1", "มัธยฐาน", "ควอร์ไทล์ที่ 3"], axis=1
    )
    whose, when = [groups[code] for code in rows["code"]], rows["fiscal_year"].tolist()
    return View(
        key=f"multiples-{part.code}",
        title=f"{part.name} ราย{unit}",
        sentence=_sentence(rows, latest, unit),
        frame=table,
        figure=multiples.chart(rows, breaks, mark, stretched=stretched),
        group=group,
        n=int(latest["n"].sum()),
        years=text.span(rows["fiscal_year"]),
        numbers={
            name: lambda row: GroupNumber(whose[row], when[row], part.code, ("median", "quartiles", "count"))
            for name in ("n", "ควอร์ไทล์ที่ 1", "มัธยฐาน", "ควอร์ไทล์ที่ 3")
        },
        notes=(
            f"เรียงจากมัธยฐานปีล่าสุดต่ำไปสูง ทุกช่องใช้แกนเดียวกัน ปี {years[0]} ถึง {years[-1]} และ {low:g} ถึง 100 คะแนน"
            + (f" เส้นประคือเกณฑ์ผ่าน {mark:g}" if mark is not None else ""),
            stretch.note(stretched),
            f"ไม่แสดงอีก {left:,} {unit} ที่มีคะแนนนี้ไม่ถึง {RANKED_FROM} แห่งในปีล่าสุด" if left else "",
            base.break_note(years, breaks[~breaks["joined"].astype(bool)]).replace("เส้นประคือ", "เส้นขาดคือ"),
        ),
        hints=("คลิกเส้นหรือชื่อเพื่อกรองทุกหน้า",),
    )


def _sentence(rows: pd.DataFrame, latest: pd.DataFrame, unit: str) -> str:
    """Who is lowest and highest in the latest year, and how far apart."""
    names = rows.drop_duplicates("code").set_index("code")["name"]
    low, high = latest.iloc[0], latest.iloc[-1]
    gap = high["median"] - low["median"]
    return (
        f"ปี {low['fiscal_year']} มัธยฐานต่ำสุดใน {len(latest):,} {unit}คือ {names[low['code']]} "
        f"{text.points(low['median'])} (n = {low['n']:,}) สูงสุดคือ {names[high['code']]} "
        f"{text.points(high['median'])} (n = {high['n']:,}) ห่างกัน {text.points(gap)} คะแนน"
    )
