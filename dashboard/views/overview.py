"""The views of the overview: grades by year, the year's spread, the map, whom to help first, the nation."""

from collections.abc import Collection
from dataclasses import replace

import pandas as pd

from dashboard import text
from dashboard.charts import grade_distribution, national_series, overall_distribution, province_map
from dashboard.number import GroupNumber, codes, of_bodies
from dashboard.selection import ALL, Group
from dashboard.view import View
from dashboard.views.organisation import first_lowest

NATION = Group(ALL, ALL, "หน่วยงานที่รับการประเมินทั้งประเทศ")


def headline(now: pd.Series, national: pd.DataFrame, group: Group) -> list[tuple[str, str, str]]:
    """Four figures of the group in a year, each with its label and words; `now` is a row of group_overall."""
    nation = national.loc[national["fiscal_year"] == now["fiscal_year"], "n_organisations"]
    assessed = nation.iloc[0] if len(nation) else None
    has_mark, has_target = pd.notna(now["pass_mark"]), pd.notna(now["target_share"])
    unsure = has_target and not now["target_confirmed"]
    return [
        (
            "หน่วยงานที่มีคะแนนรวม",
            f"{now['n']:,} แห่ง",
            f"จากที่ประเมินทั้งประเทศ {assessed:,.0f} แห่ง"
            if assessed and group.place == group.kind == ALL
            else f"จากหน่วยงานในกลุ่มที่มีข้อมูลปีนี้ {now['n_bodies']:,} แห่ง",
        ),
        (
            "คะแนนเฉลี่ยของกลุ่ม",
            text.points(now["mean"]),
            f"มัธยฐาน {text.points(now['median'])} · ต่ำสุด {text.points(now['min'])}",
        ),
        (
            f"ผ่านเกณฑ์ {now['pass_mark']:g} คะแนน" if has_mark else "ผ่านเกณฑ์",
            text.MISSING if pd.isna(now["share_passed"]) else f"{now['share_passed']:.1f}%",
            f"{now['n_passed']:,} จาก {now['n_judged']:,} แห่ง",
        ),
        (
            "เป้าหมายร้อยละที่ผ่าน",
            f"{now['target_share']:.0f}%" if has_target else text.MISSING,
            "เป้าหมายระดับประเทศ" + (" (ยังไม่ยืนยัน)" if unsure else ""),
        ),
    ]


def grades(rows: pd.DataFrame, now: pd.Series, breaks: pd.DataFrame, group: Group) -> View | None:
    """The grade distribution by year; `rows` are of group_grades, `now` of group_overall."""
    if rows.empty:
        return None
    year = now["fiscal_year"]
    sentence = f"ปี {year} ยังไม่มีหน่วยงานของกลุ่มที่จัดระดับได้"
    if now["n_judged"]:
        sentence = f"ปี {year} ผ่านเกณฑ์ {now['n_passed']:,} จาก {now['n_judged']:,} แห่ง"
        if undecided := int(rows.loc[(rows["fiscal_year"] == year) & rows["color"].isna(), "n"].sum()):
            sentence += f" ในจำนวนนี้ {undecided:,} แห่งไม่ทราบระดับย่อย เพราะไม่ทราบคะแนนรายเครื่องมือ"
    return View(
        key="grades",
        title="ระดับผลการประเมินรายปี",
        sentence=sentence,
        frame=rows[["fiscal_year", "grade_th", "n", "share"]].set_axis(
            ["ปีงบประมาณ", "ระดับ", "จำนวน (แห่ง)", "ร้อยละ"], axis=1
        ),
        figure=grade_distribution.chart(rows, breaks),
        group=group,
        n=int(rows["n"].sum()),
        years=text.span(rows["fiscal_year"]),
        about=GroupNumber(group, int(year), "overall", ("grades", "passed", "count")),
        notes=(_scales(rows), "เส้นประคือปีที่วิธีประเมินเปลี่ยน n นับผลของทุกหน่วยงานทุกปี หน่วยงานเดียวนับได้หลายปี"),
    )


def _scales(rows: pd.DataFrame) -> str:
    """What to mind where the shown years were graded on more than one scale; empty where there is one."""
    scales = sorted(rows["scale_from"].dropna().unique())
    later = " และ ".join(f"{year:.0f}" for year in scales[1:])
    return f"เกณฑ์ระดับเปลี่ยนในปี {later} แต่ละเกณฑ์ใช้คนละชุดสีและเทียบกันโดยตรงไม่ได้" if later else ""


def spread(
    bins: pd.DataFrame,
    bodies: pd.DataFrame,
    named: pd.DataFrame,
    now: pd.Series,
    group: Group,
    *,
    stretched: bool = False,
) -> View | None:
    """The distribution of overalls in the year; None where no body has one.

    `bodies` are of results: all with an overall where they are few, else none. `named` are the bodies the
    user follows, with organisation_id, label_th and overall.
    """
    if not now["n"]:
        return None
    year = int(now["fiscal_year"])
    mark = None if pd.isna(now["pass_mark"]) else float(now["pass_mark"])
    sentence = f"คะแนนรวมปี {year} อยู่ระหว่าง {text.points(now['min'])} ถึง {text.points(now['max'])}"
    if mark is not None:
        sentence += f" มี {now['n_judged'] - now['n_passed']:,} แห่งต่ำกว่า {mark:g}"
    dots = named if bodies.empty else bodies
    about = GroupNumber(group, year, "overall", ("count", "mean", "median", "passed", "bins"))
    counted = bins.assign(to=bins["bin_from"] + 1)[["bin_from", "to", "n"]].set_axis(
        ["ตั้งแต่ (คะแนน)", "ต่ำกว่า (คะแนน)", "จำนวน (แห่ง)"], axis=1
    )
    listed = bodies[["label_th", "overall", "grade_th"]].set_axis(["หน่วยงาน", "คะแนนรวม", "ระดับ"], axis=1)
    return View(
        key="spread",
        title="การกระจายของคะแนนรวม",
        sentence=sentence,
        frame=counted if bodies.empty else listed,
        figure=overall_distribution.chart(
            bins, dots.assign(number=codes(dots, year, "overall")), mark, stretched=stretched
        ),
        numbers={"จำนวน (แห่ง)": lambda row: about}
        if bodies.empty
        else dict.fromkeys(["คะแนนรวม", "ระดับ"], of_bodies(list(bodies["organisation_id"]), year, "overall")),
        points=True,
        about=about,
        group=group,
        n=int(now["n"]),
        years=f"{year}",
        notes=(
            "แท่งคือจำนวนหน่วยงานในทุกช่วงหนึ่งคะแนน"
            + ("" if dots.empty else " จุดคือหน่วยงานที่สนใจ" if bodies.empty else " จุดคือหน่วยงานแต่ละแห่ง"),
        ),
    )


def provinces(
    rows: pd.DataFrame,
    levels: pd.DataFrame,
    pass_mark: float | None,
    year: int,
    group: Group,
    chosen: Collection[str] = (),
) -> View:
    """The map of tiles; `levels` are of grade_levels, `group` is of all places, `chosen` ones are marked."""
    rows = rows.sort_values("mean", kind="stable")  # the unknown last
    known = rows[rows["mean"].notna()]
    sentence = f"ปี {year} ยังไม่มีคะแนนของหน่วยงานที่ทราบจังหวัด"
    if len(known):
        low = known.iloc[0]
        sentence = (
            f"มีคะแนนของหน่วยงานใน {len(known)} จาก {len(rows)} จังหวัด "
            f"ค่าเฉลี่ยต่ำสุดคือ {low['name_th']} {text.points(low['mean'])} (n = {low['n']:,})"
            + _equals(known["mean"], "จังหวัด", len(known))
        )
    places = [Group(row.iso, group.kind, f"จ.{row.name_th} · {group.label}") for row in rows.itertuples()]
    return View(
        key="provinces",
        title="แผนที่รายจังหวัด",
        sentence=sentence,
        frame=rows[["name_th", "region_th", "n", "mean", "share_passed", "official_mean"]].set_axis(
            ["จังหวัด", "ภาค", "จำนวน (แห่ง)", "ค่าเฉลี่ยในคลัง", "ร้อยละที่ผ่าน", "ค่าเฉลี่ยจังหวัดตามแหล่งข้อมูล"], axis=1
        ),
        numbers=dict.fromkeys(
            ["จำนวน (แห่ง)", "ค่าเฉลี่ยในคลัง", "ร้อยละที่ผ่าน"],
            lambda row: GroupNumber(places[row], year, "overall", ("count", "mean", "passed")),
        ),
        figure=province_map.chart(
            rows, levels.loc[levels["fiscal_year"] == year, "overall_at_least"].tolist(), pass_mark, chosen
        ),
        group=group,
        n=int(rows["n"].sum()),
        years=f"{year}",
        notes=("ช่องขาวคือยังไม่มีข้อมูล ไม่ใช่คะแนนต่ำ" + (" กรอบเข้มคือพื้นที่ที่เลือก" if chosen else ""),),
        hints=("คลิกจังหวัดเพื่อกรองทุกหน้าให้เหลือจังหวัดนั้น",),
    )


def below(
    rows: pd.DataFrame, lowest: pd.DataFrame, now: pd.Series, group: Group, district: str, *, everybody: bool
) -> tuple[View, list[str]]:
    """The bodies under the pass mark with their weakest indicator, and their ids: whom to help first.

    `rows` are a page of them, of results, `lowest` the first by their overall, both in the district where it
    has a name. With `everybody` they are all bodies of the group.
    """
    ids, year = list(rows["organisation_id"]), int(now["fiscal_year"])
    first = first_lowest(rows)
    n, least = int(lowest["n"].iloc[0]), lowest.iloc[0]
    where = f"ในอำเภอ{district} " if district else ""
    of = "แห่ง" if district or everybody else f"จาก {now['n']:,} แห่ง"
    under = "" if everybody else "ต่ำกว่าเกณฑ์"
    label = " · ".join(filter(None, [group.label, f"อ.{district}" if district else "", under]))
    listed = View(
        key="below",
        title="หน่วยงานในกลุ่ม" if everybody else f"ต่ำกว่าเกณฑ์ {now['pass_mark']:g} คะแนน",
        sentence=(
            f"{where}มี {n:,} {of}{under} "
            f"ต่ำสุดคือ {least['label_th']} {text.points(least['overall'])}"
            + _equals(lowest["overall"], "แห่ง", n)
        ),
        frame=below_table(rows),
        group=replace(group, label=label),
        n=n,
        years=f"{year}",
        numbers={
            "คะแนนรวม": of_bodies(ids, year, "overall"),
            "ตัวชี้วัดต่ำสุด": of_bodies(ids, year, first),
        },
    )
    return listed, ids


def below_table(rows: pd.DataFrame) -> pd.DataFrame:
    """Bodies of results as a list: their overall and their weakest indicator."""
    return pd.DataFrame(
        {
            "หน่วยงาน": rows["label_th"],
            "คะแนนรวม": rows["overall"],
            "ตัวชี้วัดต่ำสุด": [
                f"{parts} ({text.points(value)})" if pd.notna(parts) else text.MISSING
                for parts, value in zip(rows["lowest_indicators"], rows["lowest_value"], strict=True)
            ],
        }
    )


def _equals(ordered: pd.Series, unit: str, n: int) -> str:
    """How many more of `n` are as low as the first, as printed; `ordered` are some from the first on."""
    more = int(ordered.map(text.points).eq(text.points(ordered.iloc[0])).sum()) - 1
    least = "อย่างน้อย " if more + 1 == len(ordered) < n else ""
    return f" เท่ากันอีก {least}{more:,} {unit}" if more else ""


def nation(national: pd.DataFrame, breaks: pd.DataFrame, *, simulated: bool) -> View | None:
    """The national series as its sources have it."""
    means = national.dropna(subset=["mean_overall"])
    if means.empty:
        return None
    first, last = means.iloc[0], means.iloc[-1]
    rise = last["mean_overall"] - first["mean_overall"]
    moved = "เพิ่ม" if rise > 0 else "ลด" if rise < 0 else "เปลี่ยน"
    whose = "ของประเทศจำลอง" if simulated else "ทั้งประเทศ"
    told = dict.fromkeys(national["note_th"].dropna()) if simulated else ["ไม่ได้คำนวณจากหน่วยงานในคลังข้อมูล"]
    columns = {
        "fiscal_year": "ปีงบประมาณ",
        "n_organisations": "หน่วยงานที่ประเมิน",
        "mean_overall": "คะแนนเฉลี่ย",
        "n_passed": "ผ่าน (แห่ง)",
        "share_passed": "ร้อยละที่ผ่าน",
        "target_share": "เป้าหมาย (ร้อยละ)",
        "source_th": "แหล่ง",
    }
    return View(
        key="nation",
        title="ผลระดับประเทศจำลอง" if simulated else "ผลระดับประเทศที่เผยแพร่",
        sentence=(
            f"คะแนนเฉลี่ย{whose}{moved}จาก {text.points(first['mean_overall'])} (ปี {first['fiscal_year']}) "
            f"เป็น {text.points(last['mean_overall'])} (ปี {last['fiscal_year']})"
        ),
        frame=national[list(columns)].rename(columns=columns),
        figure=national_series.chart(national, breaks),
        group=NATION,
        n=int(national["n_organisations"].iloc[-1]),
        years=text.span(national["fiscal_year"]),
        notes=(f"แหล่ง: {' · '.join(dict.fromkeys(national['source_th']))}", *told),
    )
