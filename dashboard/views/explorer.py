"""Free exploration: how a measure spreads, what it goes with, how it differs by facet and by year."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd

from dashboard import text
from dashboard.charts import base, facets, measure_bins, multiples, pair, stretch
from dashboard.explored import END, FACETS, Explored, Measure, Scores, cell, upto
from dashboard.number import EVERYBODY, GroupNumber, Numbers, of_bodies
from dashboard.selection import RANKED_FROM, Group
from dashboard.view import View
from ita_data.scoring import FULL_SCORE

MOST_DOTS = 300
CELL = 2
"""Points a cell of the density is wide and high."""
BIN = 2
"""Points a bar is wide."""
OVER_YEARS = ("overall", "instrument", "indicator")
"""The levels whose codes mean the same from edition to edition."""


@dataclass(frozen=True)
class Named:
    """A measure with what it is called, its level and how its axis is drawn (as `pair.Axis`)."""

    measure: Measure
    level: str
    name: str
    headroom: bool = False
    stretched: bool = False

    @property
    def short(self) -> str:
        """The measure in a word or two, for the heads of columns and long sentences."""
        part = self.measure.part
        level = text.LEVELS[self.level]
        name = level if self.level == "overall" else part if self.level == "instrument" else f"{level} {part}"
        return name + _who(self.measure)

    @property
    def title(self) -> str:
        """What its axis says."""
        return f"ที่ยังขาดถึง {FULL_SCORE:g}: {self.name}" if self.headroom else self.name

    @property
    def over_years(self) -> bool:
        """Whether its years may stand beside one another."""
        return self.level in OVER_YEARS

    def axis(self, cut: float | None = None) -> pair.Axis:
        """Its axis in every chart; `cut` is where high begins."""
        return pair.Axis(self.title, cut, self.headroom, self.stretched)

    def points(self, score: float) -> str:
        """A score as it is shown."""
        return text.points(self.axis().said(score))


def named(measure: Measure, tree: pd.DataFrame, *, headroom: bool = False, stretched: bool = False) -> Named:
    """A measure by its names; `tree` is of parts, indexed by part."""
    row = tree.loc[measure.part]
    name = text.part_label(measure.part, row["name_th"]) + _who(measure)
    return Named(measure, row["level"], name, headroom, stretched)


def _who(measure: Measure) -> str:
    """Who answered, where it is not everybody."""
    return "" if measure.respondents == EVERYBODY else f" ({text.RESPONDENTS[measure.respondents]})"


def filled(explored: Explored, tree: pd.DataFrame) -> Explored:
    """What is explored, with measures where none are chosen: the root of the tree and its last instrument."""
    first = str(tree.index[0])
    instruments = tree.index[tree["level"] == "instrument"]
    last = str(instruments[-1]) if len(instruments) else first
    return replace(
        explored,
        measure=explored.measure if explored.measure.part else Measure(first),
        other=explored.other if explored.other.part else Measure(last),
    )


def marked_words(scores: Scores, x: Named, y: Named) -> str:
    """Which scores are marked."""

    def between(name: Named, low: float, high: float) -> str:
        if low <= 0 and high >= END:
            return ""
        last = min(round(high - 0.01, 2), FULL_SCORE)
        ends = sorted((low, last), reverse=name.headroom)
        return f"{name.title} {name.points(ends[0])}" + (f"–{name.points(ends[1])}" if low != last else "")

    said = (between(x, scores.low, scores.high), between(y, scores.other_low, scores.other_high))
    return " และ ".join(filter(None, said))


def spread(
    bins: pd.DataFrame,
    counts: Mapping[str, float],
    x: Named,
    explored: Explored,
    mark: float | None,
    *,
    year: int,
    group: Group,
    framing: bool,
) -> View:
    """How the group spreads on the measure; `bins` are of measure_bins, `counts` is of pair_counts."""
    n, n_marked = int(bins["n"].sum()), int(bins["n_marked"].sum())
    code = []
    for start in bins["bin_from"]:
        low, high = cell(start, BIN)
        code.append(Scores(low, high).code)
    most = bins.loc[bins["n"].idxmax()]
    about = GroupNumber(group, year, x.measure.part, ("count",))
    cut = mark if x.level == "overall" else None
    full = f" ในจำนวนนี้ตรงกับที่เลือก {n_marked:,} แห่ง" if explored.marking else ""
    frame = pd.DataFrame(
        {
            "ตั้งแต่": bins["bin_from"],
            "ต่ำกว่า": bins["bin_from"] + BIN,
            "จำนวน (แห่ง)": bins["n"],
            "ที่เลือก (แห่ง)": bins["n_marked"],
        }
    )
    return View(
        key="explorer-spread",
        title=f"การกระจายของ {x.title}",
        sentence=(
            f"{n:,} จาก {counts['n_bodies']:,.0f} แห่งทราบค่านี้ ช่วงที่มีมากที่สุดคือ {_bounds(most['bin_from'], x)} "
            f"({most['n']:,.0f} แห่ง){full}"
        ),
        frame=frame if explored.marking else frame.drop(columns="ที่เลือก (แห่ง)"),
        figure=measure_bins.chart(
            bins.assign(code=code),
            x.axis(cut),
            BIN,
            marking=explored.marking,
            framing=framing,
        ),
        group=group,
        n=n,
        years=f"{year}",
        numbers={"จำนวน (แห่ง)": lambda row: about},
        notes=(
            f"แท่งละ {BIN} คะแนน"
            + (" เส้นประคือเกณฑ์ผ่าน" if cut else "")
            + (" ความสูงคือจำนวนแห่ง" if x.stretched else ""),
            stretch.note(x.stretched),
        ),
        hints=(f"{_how(framing)}เพื่อเลือกหน่วยงานในช่วงนั้น",),
    )


def _how(framing: bool) -> str:
    """What the user does to mark bodies."""
    return "ลากกรอบ" if framing else "คลิก"


def _bounds(start: float, x: Named) -> str:
    """A bin in words."""
    low, high = (
        sorted((start, start + BIN)) if not x.headroom else (FULL_SCORE - start - BIN, FULL_SCORE - start)
    )
    return f"{low:g}–{high:g}"


def against(
    bodies: pd.DataFrame | None,
    bins: pd.DataFrame | None,
    followed: pd.DataFrame,
    names: Mapping[str, str],
    counts: Mapping[str, float],
    x: Named,
    y: Named,
    explored: Explored,
    *,
    year: int,
    group: Group,
    framing: bool,
) -> View:
    """The two measures against each other, cut into quadrants.

    `bodies` (all) and `followed` are of pair_bodies; or `bins`, of pair_bins, say how many are where.
    """
    n = int(counts["n"])
    figure = pair.chart(
        x.axis(counts["cut_value"]),
        y.axis(counts["cut_other"]),
        None if bodies is None else points(bodies, explored.marked),
        None if bins is None else cells(bins),
        points(followed, explored.marked).assign(name=followed["organisation_id"].map(names)),
        width=CELL,
        marking=explored.marking,
        framing=framing,
    )
    about = GroupNumber(group, year, x.measure.part, ("count",))
    return View(
        key="explorer-pair",
        title="สองคะแนนเทียบกัน",
        sentence=quadrants(counts, x, y, by_mark=explored.by_mark),
        frame=table(bodies, x, y) if bodies is not None else bins_table(bins, x, y),
        figure=figure,
        group=group,
        n=n,
        years=f"{year}",
        numbers=numbers_of(bodies, x, y, year) if bodies is not None else {"จำนวน (แห่ง)": lambda row: about},
        notes=(
            "แต่ละจุดคือหนึ่งหน่วยงาน" if bins is None else f"ช่องละ {CELL} × {CELL} คะแนน สีเข้มคือหลายแห่ง",
            stretch.note(x.stretched, cells=bins is not None),
        ),
        hints=(f"{_how(framing)}เพื่อเลือก ภาพซ้ายและรายชื่อด้านล่างตามไปด้วย",),
    )


def quadrants(counts: Mapping[str, float], x: Named, y: Named, *, by_mark: bool) -> str:
    """How many bodies stand in which quarter of the chart."""
    lines = f"{x.points(counts['cut_value'])} กับ {y.points(counts['cut_other'])}"
    cut = f"เกณฑ์ผ่าน ({lines})" if by_mark else f"มัธยฐาน ({lines})"
    return (
        f"แบ่งที่{cut} จาก {counts['n']:,.0f} แห่ง: คะแนนถึงทั้งคู่ {counts['n_high_high']:,.0f} แห่ง "
        f"ถึงเฉพาะ {x.short} {counts['n_high_low']:,.0f} ถึงเฉพาะ {y.short} {counts['n_low_high']:,.0f} "
        f"ไม่ถึงทั้งคู่ {counts['n_low_low']:,.0f}"
    )


def points(rows: pd.DataFrame, marked: Scores) -> pd.DataFrame:
    """Rows of pair_bodies as the chart takes them; the code of a point marks all bodies with its scores."""
    rows = rows.dropna(subset=["value", "other_value"])
    both = list(zip(rows["value"].astype(float), rows["other_value"].astype(float), strict=True))
    return pd.DataFrame(
        {
            "x": [value for value, _ in both],
            "y": [other for _, other in both],
            "code": [point_scores(*one).code for one in both],
            "is_marked": [marked.has(*one) for one in both],
        },
        index=rows.index,
    )


def point_scores(value: float, other: float) -> Scores:
    """The scores of one body, and of those with the same."""
    first, second = round(value, 2), round(other, 2)
    return Scores(first, upto(first), second, upto(second))


def cells(bins: pd.DataFrame) -> pd.DataFrame:
    """Rows of pair_bins as the chart takes them."""
    found = zip(bins["value_from"], bins["other_from"], strict=True)
    code = [Scores(*cell(value, CELL), *cell(other, CELL)).code for value, other in found]
    return bins.rename(columns={"value_from": "x_from", "other_from": "y_from"}).assign(code=code)


def bins_table(bins: pd.DataFrame | None, x: Named, y: Named) -> pd.DataFrame:
    """The cells as a table."""
    assert bins is not None
    return pd.DataFrame(
        {
            f"แกนนอน {x.short} ตั้งแต่": bins["value_from"],
            f"แกนนอน {x.short} ต่ำกว่า": bins["value_from"] + CELL,
            f"แกนตั้ง {y.short} ตั้งแต่": bins["other_from"],
            f"แกนตั้ง {y.short} ต่ำกว่า": bins["other_from"] + CELL,
            "จำนวน (แห่ง)": bins["n"],
        }
    )


def table(rows: pd.DataFrame, x: Named, y: Named) -> pd.DataFrame:
    """Rows of pair_bodies as a list."""
    frame = {
        "หน่วยงาน": rows["label_th"],
        "ประเภท": rows["type_short_th"],
        "จังหวัด": rows["province_th"],
        x.short: rows["value"].astype(float),
    }
    if x.headroom:
        frame["ที่ยังขาด"] = FULL_SCORE - frame[x.short]
    if x.short != y.short:
        frame[y.short] = rows["other_value"].astype(float)
    if "คะแนนรวม" not in frame:
        frame["คะแนนรวม"] = rows["overall"].astype(float)
    return pd.DataFrame(frame)


def numbers_of(rows: pd.DataFrame, x: Named, y: Named, year: int) -> Numbers:
    """Whose numbers the columns of `table` are."""
    ids = list(rows["organisation_id"])
    return {"คะแนนรวม": of_bodies(ids, year, "overall")} | {
        one.short: of_bodies(ids, year, one.measure.part, one.measure.respondents) for one in (y, x)
    }


def listing(
    rows: pd.DataFrame, n: int, x: Named, y: Named, explored: Explored, *, year: int, group: Group
) -> View:
    """A page of the bodies with the measure: all `n`, or those with the marked scores."""
    which = marked_words(explored.marked, x, y)
    recomputed = rows["basis"].eq("recomputed") | rows["other_basis"].eq("recomputed")
    return View(
        key="explorer-list",
        title="หน่วยงานที่เลือก" if explored.marking else "หน่วยงานทั้งหมดที่ทราบค่า",
        sentence=f"{n:,} แห่ง: {which}" if explored.marking else f"{n:,} แห่งที่ทราบ {x.name}",
        frame=table(rows, x, y),
        group=group,
        n=n,
        years=f"{year}",
        numbers=numbers_of(rows, x, y, year),
        notes=(
            " · ".join(f"{one.short} = {one.name}" for one in dict.fromkeys((x, y)) if one.short != one.name),
            "บางแห่งเป็นค่าที่คำนวณจากส่วนย่อย ไม่ใช่ค่าที่เผยแพร่" if recomputed.any() else "",
        ),
    )


def by_facet(
    rows: pd.DataFrame,
    facet: str,
    names: Mapping[str, str],
    breaks: pd.DataFrame,
    x: Named,
    *,
    year: int,
    group: Group,
) -> View | str:
    """The measure in every facet, the lowest median first (years in their order); or why there is nothing.

    `rows` are of measure_facets, of the year or, where the facet is the year, of every year. Of an item with
    two answers the share of bodies at zero is shown.
    """
    if facet == "year" and not x.over_years:
        return f"{x.name} เป็นรหัสที่ความหมายเปลี่ยนตามปี จึงไม่วางหลายปีข้างกัน เลือกคะแนนรวม เครื่องมือ หรือตัวชี้วัด"
    if rows.empty:
        return f"ไม่มีหน่วยงานของกลุ่มที่ทราบ {x.name}"
    unit = FACETS[facet]
    rows = rows.assign(
        name=rows["facet"].map(names).fillna("ไม่มีหรือไม่ทราบจังหวัด"),
        has_quartiles=rows["n"] >= RANKED_FROM,
        share_zero=100 * rows["n_zero"] / rows["n"],
    )
    item = x.level == "item"
    order = ["facet"] if facet == "year" else ["share_zero", "facet"] if item else ["median", "facet"]
    rows = rows.sort_values(order, ascending=[not item or facet == "year", True][: len(order)])
    rows = rows.reset_index(drop=True)
    small = int((~rows["has_quartiles"]).sum())
    frame = pd.DataFrame(
        {
            unit: rows["name"],
            "n": rows["n"],
            "เฉลี่ย": rows["mean"],
            "ต่ำสุด": rows["min"],
            "ควอร์ไทล์ 1": rows["q1"].where(rows["has_quartiles"]),
            "มัธยฐาน": rows["median"],
            "ควอร์ไทล์ 3": rows["q3"].where(rows["has_quartiles"]),
            "สูงสุด": rows["max"],
            "ได้ 0 (แห่ง)": rows["n_zero"],
            "ได้ 0 (ร้อยละ)": rows["share_zero"],
        }
    )
    if item:
        title, figure = (
            f"{x.name}: ร้อยละที่ได้ 0 คะแนน ราย{unit}",
            facets.zeros(rows, "ร้อยละของหน่วยงานที่ได้ 0 คะแนน"),
        )
    else:
        title = f"{x.title} ราย{unit}"
        cuts = [at for at, one in enumerate(rows["fiscal_year"]) if at and one in set(breaks["fiscal_year"])]
        figure = facets.spread(rows, x.axis(), cuts if facet == "year" else ())
    years = list(rows["fiscal_year"])
    categories = [str(one) for one in sorted(set(years))]
    return View(
        key=f"explorer-{facet}",
        title=title,
        sentence=_facet_sentence(rows, x, unit, item=item, in_order=facet == "year"),
        frame=frame,
        figure=figure,
        group=group,
        n=int(rows["n"].sum()) if facet != "year" else int(rows["n"].max()),
        years=text.span(years),
        notes=(
            f"เรียงจาก{'ได้ 0 มากไปน้อย' if item else 'มัธยฐานคะแนนต่ำไปสูง'}" if facet != "year" else "",
            f"{small:,} {unit}มีไม่ถึง {RANKED_FROM} แห่ง จึงไม่แสดงครึ่งกลาง" if small and not item else "",
            stretch.note(x.stretched and not item),
            base.break_note(categories, breaks),
        ),
        hints=("คลิกแถวเพื่อกรองทุกหน้าด้วยกลุ่มนั้น" if facet != "year" else "คลิกแถวเพื่อเลือกปีนั้น",),
    )


def _facet_sentence(rows: pd.DataFrame, x: Named, unit: str, *, item: bool, in_order: bool) -> str:
    """The first and the last row in words."""
    first, last = rows.iloc[0], rows.iloc[-1]
    if item:
        zero = int(rows["n_zero"].sum())
        return (
            f"ได้ 0 คะแนนรวม {zero:,} จาก {int(rows['n'].sum()):,} แห่ง มากที่สุดที่ {first['name']} "
            f"{first['share_zero']:.1f}% ({first['n_zero']:,} จาก {first['n']:,})"
        )
    said = [f"{one['name']} {x.points(one['median'])} (n = {one['n']:,})" for one in (first, last)]
    if len(rows) == 1:
        return f"มัธยฐาน {said[0]}"
    if in_order:
        return f"มัธยฐานปี {said[0]} ปี {said[1]}"
    if first["median"] == last["median"]:
        return f"มัธยฐานเท่ากันทั้ง {len(rows):,} {unit}: {x.points(first['median'])}"
    return f"มัธยฐานคะแนนต่ำสุดคือ {said[0]} สูงสุดคือ {said[1]} ใน {len(rows):,} {unit}"


def years(
    rows: pd.DataFrame,
    facet: str,
    names: Mapping[str, str],
    breaks: pd.DataFrame,
    x: Named,
    *,
    group: Group,
) -> View | None:
    """The measure by year in every facet, small beside one another; None of fewer than two facets or years.

    `rows` are of measure_facets for every year.
    """
    unit = FACETS[facet]
    rows = rows[(rows["n"] >= RANKED_FROM) & rows["facet"].isin(list(names))]
    latest = rows[rows["fiscal_year"] == rows["fiscal_year"].max()].sort_values(["median", "facet"])
    if not x.over_years or len(latest) < 2 or rows["fiscal_year"].nunique() < 2:
        return None
    order = {code: place for place, code in enumerate(latest["facet"])}
    rows = rows[rows["facet"].isin(order)]
    rows = rows.assign(code=rows["facet"], name=rows["facet"].map(names), order=rows["facet"].map(order))
    rows = rows.sort_values(["order", "fiscal_year"])
    first, last = latest.iloc[0], latest.iloc[-1]
    categories = [
        str(one) for one in range(int(rows["fiscal_year"].min()), int(rows["fiscal_year"].max()) + 1)
    ]
    left = len(names) - len(order)
    return View(
        key=f"explorer-years-{facet}",
        title=f"{x.name} ราย{unit} ทุกปี",
        sentence=(
            f"ปี {first['fiscal_year']} "
            + (
                f"มัธยฐานเท่ากันทั้ง {len(order):,} {unit}: {text.points(first['median'])}"
                if first["median"] == last["median"]
                else f"มัธยฐานต่ำสุดใน {len(order):,} {unit}คือ {names[first['facet']]} "
                f"{text.points(first['median'])} สูงสุดคือ {names[last['facet']]} {text.points(last['median'])}"
            )
        ),
        frame=rows[["name", "fiscal_year", "n", "q1", "median", "q3"]].set_axis(
            [unit, "ปีงบประมาณ", "n", "ควอร์ไทล์ 1", "มัธยฐาน", "ควอร์ไทล์ 3"], axis=1
        ),
        figure=multiples.chart(rows, breaks, None, stretched=x.stretched),
        group=group,
        n=int(latest["n"].sum()),
        years=text.span(rows["fiscal_year"]),
        notes=(
            f"ทุกช่องใช้แกนเดียวกัน {multiples.lowest(rows, None):g} ถึง {FULL_SCORE:g} เรียงจากมัธยฐานปีล่าสุดต่ำไปสูง"
            + (" ภาพนี้เป็นคะแนนเสมอ" if x.headroom else ""),
            f"ไม่แสดงอีก {left:,} {unit}ที่มีไม่ถึง {RANKED_FROM} แห่งในปีล่าสุด" if left > 0 else "",
            base.break_note(categories, breaks[~breaks["joined"].astype(bool)]).replace(
                "เส้นประคือ", "เส้นขาดคือ"
            ),
            stretch.note(x.stretched),
        ),
        hints=("คลิกเส้นหรือชื่อเพื่อกรองทุกหน้า",),
    )
