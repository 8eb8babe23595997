"""One body in one year: the tree of its result, what is known of a part, and the children of a part."""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboard import text
from dashboard.charts import children as children_chart
from dashboard.number import of_bodies
from dashboard.selection import Group
from dashboard.view import View
from ita_data.scoring import round_half_up

ROOT = "overall"


@dataclass(frozen=True)
class Standing:
    """One body in one year: its tree of parts with scores, and what they are measured against."""

    organisation: str
    year: int
    pass_mark: float  # not a number where the year has none
    tree: pd.DataFrame  # the answer of organisation_tree with differs and below
    own: Group

    @property
    def mark(self) -> float | None:
        """The pass mark as charts want it."""
        return None if pd.isna(self.pass_mark) else self.pass_mark


def standing(organisation: str, edition: pd.Series, tree: pd.DataFrame, own: Group) -> Standing:
    """A body in a year; `edition` is a row of editions, `tree` the answer of organisation_tree.

    `differs` says where published and recomputed disagree by more than rounding explains, `below` where a
    score rounded half up is under the pass mark.
    """
    mark = edition["pass_mark"]
    tree = tree.assign(
        differs=(tree["published"] - tree["recomputed"]).abs().round(6) > edition["tolerance"],
        below=[pd.notna(one) and pd.notna(mark) and round_half_up(one) < mark for one in tree["value"]],
    )
    return Standing(organisation, int(edition["fiscal_year"]), mark, tree, own)


def focus_of(tree: pd.DataFrame, asked: str | None) -> str:
    """The part to show: the one asked for where the year has it, else the overall."""
    return asked if asked in set(tree["part"]) else ROOT


def path(tree: pd.DataFrame, code: str) -> list[str]:
    """The codes from the overall down to a part."""
    parents = tree.set_index("part")["parent"]
    codes = [code]
    while pd.notna(parents[codes[0]]):
        codes.insert(0, parents[codes[0]])
    return codes


def facts(row: pd.Series) -> list[str]:
    """What is known of a part beside its score, each as a short text."""
    found = []
    if row["differs"]:
        gap = text.change(row["published"] - row["recomputed"])
        found.append(f"คำนวณซ้ำจากส่วนย่อยได้ {text.points(row['recomputed'])} (ต่าง {gap})")
    elif row["basis"] == "recomputed":
        found.append("* เฉลี่ยจากกลุ่มผู้ตอบ" if row["level"] == "item" else "* คำนวณจากส่วนย่อย")
    for column, name in (("value_public", "public"), ("value_survey", "survey")):
        if pd.notna(row[column]):
            found.append(f"{text.RESPONDENTS[name]} {text.points(row[column])}")
    if pd.notna(row["weight_in_total"]):
        found.append(f"น้ำหนัก {percent(row['weight_in_total'])} ของคะแนนรวม")
    if pd.notna(row["points_lost"]):
        lost = text.points(row["points_lost"])
        found.append("ไม่เสียคะแนน" if lost == text.points(0) else f"เสียไป {lost} คะแนน")
    return found


def percent(weight: float) -> str:
    """A weight in percent, with no more decimals than it needs."""
    return f"{100 * weight:.2f}".rstrip("0").rstrip(".") + "%"


def costliest(children: pd.DataFrame) -> str:
    """Which children cost the overall most; where no weight is known, which are lowest."""
    by_lost, by_value = children["points_lost"].dropna(), children["value"].dropna()
    if len(by_lost) > 1:
        return _extremes(children, by_lost.map(round_half_up), "เสียคะแนนรวมมากที่สุดที่", lowest=False)
    if len(by_value) > 1:
        return _extremes(children, by_value.map(round_half_up), "ต่ำสุดคือ", lowest=True)
    return ""


def _extremes(children: pd.DataFrame, figures: pd.Series, words: str, *, lowest: bool) -> str:
    """The parts with the lowest or highest figure and that figure; equal ones are named together."""
    extreme = figures.min() if lowest else figures.max()
    first = children.loc[figures.index[figures == extreme]]
    if not lowest and extreme == 0:
        return "ไม่เสียคะแนนในส่วนใดเลย"
    if len(first) == len(figures):
        return f"ทุกส่วน{'ได้' if lowest else 'เสีย'}เท่ากัน {text.points(extreme)} คะแนน"
    if len(first) > 1:
        return f"{words} {', '.join(first['part'])} ส่วนละ {text.points(extreme)} คะแนน"
    return f"{words} {text.part_label(*first[['part', 'name_th']].iloc[0])} {text.points(extreme)} คะแนน"


COLUMNS = {
    "part": "รหัส",
    "name_th": "ชื่อ",
    "value": "คะแนน",
    "basis": "ที่มาของคะแนน",
    "published": "เผยแพร่",
    "recomputed": "คำนวณจากส่วนย่อย",
    "value_public": "EIT Public",
    "value_survey": "EIT Survey",
    "weight": "น้ำหนักในคะแนนรวม (%)",
    "points_lost": "คะแนนรวมที่เสียไป",
    "source_th": "แหล่งข้อมูล",
    "source_row": "ตำแหน่งในแหล่ง",
}


def children_view(standing: Standing, shown: str, focus: str) -> View:
    """The children of the part `shown`; `focus` is marked where it is one of them."""
    tree, year = standing.tree, standing.year
    parent = tree[tree["part"] == shown].iloc[0]
    children = tree[tree["parent"] == shown].assign(is_current=lambda rows: rows["part"] == focus)
    known, codes = children["value"].notna(), list(children["part"])
    name = text.part_label(shown, parent["name_th"])
    frame = children.assign(
        basis=children["basis"].map(text.BASES).fillna("ไม่ทราบค่า"), weight=children["weight_in_total"] * 100
    )
    sentence = f"ทราบคะแนน {known.sum()} จาก {len(children)} ส่วนย่อย"
    if not known.any():
        sentence = f"ยังไม่ทราบคะแนนของส่วนย่อยใดเลย (0 จาก {len(children)})"
    return View(
        key="children",
        title="ส่วนย่อยของ" + (name if shown == ROOT else f" {name}"),
        sentence=" · ".join(filter(None, [sentence, costliest(children)])),
        frame=frame[list(COLUMNS)].set_axis(list(COLUMNS.values()), axis=1),
        numbers={
            **dict.fromkeys(
                ["คะแนน", "เผยแพร่", "คำนวณจากส่วนย่อย"], of_bodies(standing.organisation, year, codes)
            ),
            "EIT Public": of_bodies(standing.organisation, year, codes, "public"),
            "EIT Survey": of_bodies(standing.organisation, year, codes, "survey"),
        },
        figure=children_chart.chart(children, standing.mark) if known.any() else None,
        group=standing.own,
        n=1,
        years=f"{year}",
        notes=_notes(children, standing.mark, year, bool(parent["split_confirmed"])),
    )


def _notes(children: pd.DataFrame, mark: float | None, year: int, confirmed: bool) -> list[str]:
    """What the signs of the chart mean, and why weights may be missing."""
    signs = []
    if (children["basis"] == "recomputed").any():
        signs.append("* และแท่งโปร่งคือค่าที่คำนวณขึ้น เพราะแหล่งข้อมูลไม่ได้พิมพ์ไว้")
    if mark is not None and children["value"].notna().any():
        signs.append(f"สีน้ำเงินคือ {mark:g} ขึ้นไป สีส้มคือต่ำกว่า")
    if children["value"].isna().any():
        signs.append("“–” คือไม่ทราบค่า ไม่ใช่ศูนย์")
    notes = [" · ".join(signs)]
    if not confirmed:
        notes.append(f"การแบ่งข้อของส่วนนี้ในปี {year} ยังไม่ยืนยัน จึงแสดงรายข้อโดยไม่มีน้ำหนัก และไม่คำนวณคะแนนขึ้นไปจากรายข้อ")
    return notes


def part_figures(row: pd.Series) -> list[tuple[str, str]]:
    """Every figure known of a part, each with its label."""
    figures = [("เผยแพร่", text.points(row["published"]))]
    if pd.notna(row["recomputed"]):
        how = "เฉลี่ยจากกลุ่มผู้ตอบ" if row["level"] == "item" else "คำนวณจากส่วนย่อย"
        figures.append((how, text.points(row["recomputed"])))
    for column, name in (("value_public", "public"), ("value_survey", "survey")):
        if pd.notna(row[column]):
            figures.append((text.RESPONDENTS[name], text.points(row[column])))
    weight = percent(row["weight_in_total"]) if pd.notna(row["weight_in_total"]) else "ยังไม่ยืนยัน"
    return [*figures, ("น้ำหนักในคะแนนรวม", weight), ("คะแนนรวมที่เสียไป", text.points(row["points_lost"]))]


def source_words(printed: Any, used: float) -> str:
    """Where a printed figure stands, and whether it is the one in use."""
    words = f"แหล่ง: {printed.source_th} · {printed.source_row}"
    if not printed.stands:
        same = text.points(printed.value) == text.points(used)
        again = "พิมพ์ซ้ำค่าเดียวกัน" if same else f"พิมพ์ไว้อีกค่าหนึ่งคือ {text.points(printed.value)} (ไม่ใช้)"
        words = f"{again} · {words}"
    elif printed.respondents != "all":
        words = f"{text.RESPONDENTS[printed.respondents]} {text.points(printed.value)} · {words}"
    return words if pd.isna(printed.note_th) else f"{words} · หมายเหตุ: {printed.note_th}"
