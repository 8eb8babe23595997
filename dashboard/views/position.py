"""A body's position in its comparison group: ranks, percentile ranks, gaps, and the same for its change."""

import pandas as pd

from dashboard import text
from dashboard.charts import position
from dashboard.selection import RANKED_FROM, Group
from dashboard.view import View
from ita_data.position import QUINTILES, percentile_rank, quintile
from ita_data.scoring import FULL_SCORE

TITLE = "ตำแหน่งในกลุ่มเปรียบเทียบ"


def standing(rows: pd.DataFrame, peers: Group, year: int, break_note: str = "") -> View | str:
    """The position of a body, or why it has none; `rows` are of organisation_standing.

    `break_note` says how the method changed since the year before, if it did.
    """
    rows = rows.dropna(subset=["value"]).set_index("aspect", drop=False)
    if "overall" not in rows.index:
        return "ไม่ทราบคะแนนรวมของหน่วยงานนี้ หรือหน่วยงานนี้ไม่อยู่ในกลุ่ม จึงไม่มีตำแหน่ง"
    now = rows.loc["overall"]
    if now["n"] < RANKED_FROM:
        return f"กลุ่มมีคะแนนรวม {now['n']} แห่ง น้อยกว่า {RANKED_FROM} แห่ง จึงไม่บอกตำแหน่ง"
    rows = rows[rows["n"] >= RANKED_FROM]
    percentiles = [
        percentile_rank(int(row.n_below), int(row.n_equal), int(row.n)) for row in rows.itertuples()
    ]
    names = {
        "overall": f"คะแนนรวมปี {year}",
        "previous_of_both": f"คะแนนรวมปี {year - 1}*",
        "overall_of_both": f"คะแนนรวมปี {year}*",
        "change": f"การเปลี่ยนแปลง {year - 1}–{year}",
    }
    rows = rows.assign(
        percentile=percentiles,
        fifth=[quintile(one) for one in percentiles],
        label=rows["aspect"].map(names),
        rank=rows["n_above"] + 1,
        from_median=rows["value"] - rows["median"],
        from_best=rows["value"] - rows["q3"],
    )
    rows = rows.assign(
        told=[f"ที่ {row.rank:,.0f} จาก {row.n:,}" for row in rows.itertuples()],
        headroom=[None if row.aspect == "change" else FULL_SCORE - row.value for row in rows.itertuples()],
    )
    notes = ["เปอร์เซ็นไทล์: ร้อยละของกลุ่มที่คะแนนต่ำกว่า รวมครึ่งหนึ่งของที่เท่ากัน (นับตัวเองด้วย) คะแนนเท่ากันได้ที่เดียวกัน"]
    if "overall_of_both" in rows.index:
        n = rows.at["overall_of_both", "n"]
        notes.append(f"* เฉพาะ {n:,} แห่งที่มีคะแนนรวมทั้งสองปี จึงไม่เปลี่ยนเพราะมีหน่วยงานเข้าหรือออก")
        notes.append(break_note)
    return View(
        key="standing",
        title=TITLE,
        sentence=_sentence(rows),
        frame=rows[
            [
                "label",
                "value",
                "rank",
                "n",
                "n_equal",
                "percentile",
                "fifth",
                "median",
                "from_median",
                "q3",
                "from_best",
                "headroom",
            ]
        ].set_axis(
            [
                "ด้าน",
                "คะแนน",
                "อันดับ",
                "จำนวนในกลุ่ม (แห่ง)",
                "คะแนนเท่ากัน (แห่ง)",
                "เปอร์เซ็นไทล์",
                f"กลุ่มหนึ่งใน {QUINTILES} (5 สูงสุด)",
                "มัธยฐาน",
                "ห่างจากมัธยฐาน",
                "ควอร์ไทล์ 3",
                "ห่างจากควอร์ไทล์ 3",
                "เหลือถึง 100",
            ],
            axis=1,
        ),
        figure=position.chart(rows),
        group=peers,
        n=int(now["n"]),
        years=f"{year}" if len(rows) == 1 else text.span([year - 1, year]),
        notes=notes,
    )


def _sentence(rows: pd.DataFrame) -> str:
    """Where the body stands, what separates it from the middle and the best quarter, and how that moved."""
    now = rows.loc["overall"]
    shared = f" (เท่ากัน {now['n_equal']:,.0f} แห่ง)" if now["n_equal"] > 1 else ""
    words = [
        f"อันดับ {now['rank']:,.0f} จาก {now['n']:,} แห่ง{shared} เปอร์เซ็นไทล์ {now['percentile']:.1f}",
        _gap(now["from_median"], f"มัธยฐาน ({text.points(now['median'])})"),
        _gap(now["from_best"], f"จุดเริ่มของหนึ่งในสี่บนสุด ({text.points(now['q3'])})"),
        f"เหลือถึง 100 อีก {text.points(now['headroom'])}",
    ]
    if {"previous_of_both", "overall_of_both"} <= set(rows.index):
        before, after = rows.loc["previous_of_both"], rows.loc["overall_of_both"]
        words.append(f"ในแห่งที่มีทั้งสองปี อันดับ {before['rank']:,.0f} → {after['rank']:,.0f} จาก {after['n']:,}")
    if "change" in rows.index:
        change = rows.loc["change"]
        of = f"อันดับ {change['rank']:,.0f} จาก {change['n']:,}"
        words.append(f"การเปลี่ยนแปลง {text.change(change['value'])} อยู่{of}")
    return " · ".join(words)


def _gap(points: float, mark: str) -> str:
    """In words on which side of a mark a score stands, and how far."""
    if text.points(abs(points)) == text.points(0):
        return f"เท่ากับ{mark}"
    return f"{'สูง' if points > 0 else 'ต่ำ'}กว่า{mark} {text.points(abs(points))}"
