"""ทำอะไรต่อ: what every part of a result could still bring, and the fewest documents to the next level."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

import pandas as pd
import plotly.graph_objects as go

from dashboard import text
from dashboard.charts import indicator_gains, road_steps
from dashboard.number import of_bodies
from dashboard.selection import Group
from dashboard.view import View
from ita_data import road, thai
from ita_data.edition import ALL, Edition, Part
from ita_data.road import Outcome, Reach, Road
from ita_data.scoring import recompute, round_half_up

ROOT = "overall"
NOTHING_NEEDED = "ถึงแล้ว"
FROM_ITEMS = "เอกสารน้อยที่สุด (จากรายข้อ)"
ENOUGH, NOT_ENOUGH, CANNOT_SAY = "พอ", "ไม่พอ", "ยังบอกไม่ได้"
UNDECIDED = "ยังไม่ทราบว่าถึงหรือไม่"


@dataclass(frozen=True)
class Ways:
    """A body in a year with its road: from the published figures, and from its items where these differ."""

    organisation: str
    edition: Edition
    scores: road.Scores
    published: Road
    items: Road | None
    full: Outcome | None  # with the instrument of documents at the full score
    own: Group

    @property
    def year(self) -> int:
        """The fiscal year."""
        return self.edition.fiscal_year

    @property
    def surveys(self) -> list[str]:
        """The instruments documents do not change: those whose items are known, none of them a document."""
        items = road.gains(self.edition, self.scores, "item")
        documents = {one.instrument for one in items if _is_document(one)}
        others = {one.instrument for one in items} - documents
        return [part.code for part in self.edition.instruments if part.code in others]


def _is_document(gain: road.Gain) -> bool:
    return gain.part.scale == road.DOCUMENT


def scores_of(tree: pd.DataFrame) -> dict[tuple[str, str], float]:
    """The scores of organisation_tree by (part, respondents), published before recomputed."""
    columns = {ALL: "value", "public": "value_public", "survey": "value_survey"}
    return {
        (part, respondents): float(value)
        for respondents, column in columns.items()
        for part, value in zip(tree["part"], tree[column], strict=True)
        if pd.notna(value)
    }


def ways(organisation: str, edition: Edition, tree: pd.DataFrame, own: Group) -> Ways:
    """The roads of a body; `tree` is the answer of organisation_tree."""
    scores = scores_of(tree)
    published, items = road.published_start(edition, scores), road.items_start(edition, scores)
    return Ways(
        organisation,
        edition,
        scores,
        road.road(edition, scores, published),
        road.road(edition, scores, items) if items and _differ(published, items, edition.tolerance) else None,
        road.limit(edition, published),
        own,
    )


def _differ(one: road.Standing, other: road.Standing, tolerance: float) -> bool:
    """Whether two standings are further apart than rounding explains."""
    pairs = [(one[code], other[code]) for code in one]
    return any(a is not None and b is not None and round(abs(a - b), 6) > tolerance for a, b in pairs)


def level(outcome: Outcome) -> str:
    """The grade of an outcome in words; a dash where several are possible, or none."""
    return outcome.grade.grade.name_th if outcome.grade.grade else text.MISSING


# What it says ------------------------------------------------------------


def sentence(found: Ways) -> str:
    """What the road says, in one or two sentences."""
    way = found.published
    overall = way.start.scores[ROOT]
    if not found.edition.grades:
        return f"ปี {found.year} ไม่มีเกณฑ์ระดับที่ยืนยันได้ จึงไม่มีเส้นทางถึงระดับถัดไป"
    if way.start.grade.grade == found.edition.grades[0]:
        return f"อยู่ระดับสูงสุดของปี {found.year} แล้ว: คะแนนรวม {text.points(overall)} ระดับ “{level(way.start)}”"
    if not way.steps:
        return _no_steps(found)
    n = len(way.steps)
    if overall is None:
        return f"ไม่ทราบคะแนนรวมปี {found.year} จึงบอกได้เพียงว่าเอกสารที่ยังไม่ได้คะแนน {n} ข้อเพิ่มคะแนนรวมข้อละเท่าใด"
    # the pass mark, or the next level where that is passed
    target = next((one for one in way.reaches if one.grade.passed), way.reaches[-1])
    return f"{_headline(way, target, n)} · {_end(way, target, n)}"


def _headline(way: Road, target: Reach, n: int) -> str:
    """The fewest documents to a level, or why they do not lead there."""
    now = text.points(way.start.scores[ROOT])
    floor, name = f"{target.grade.overall_at_least:g}", target.grade.name_th
    if target.documents is not None and target.after is not None:
        got = text.points(target.after.scores[ROOT])
        return (
            f"เปิดเผยเอกสารเพิ่มอีก {len(target.documents)} ข้อ จาก {n} ข้อที่ยังไม่ได้คะแนน "
            f"คะแนนรวมจะจาก {now} เป็น {got} ถึง {floor} ระดับ “{name}”"
        )
    if target.undecided:
        return f"คะแนนรวม {now} {UNDECIDED} ระดับ “{name}”: {_why_not(target)}"
    can = "ด้วยเอกสารอย่างเดียวไม่ได้" if target.short else CANNOT_SAY
    return f"คะแนนรวม {now} จะถึงระดับ “{name}” {can}: {_why_not(target)}"


def _end(way: Road, target: Reach, n: int) -> str:
    """Where all documents lead, and what keeps the body from the level above, unless that was the target."""
    words = f"ครบทั้ง {n} ข้อจะได้ {text.points(way.end.scores[ROOT])} ระดับ “{level(way.end)}”"
    left = next((one for one in way.reaches if one.documents is None), None)
    if left is None or left is target:
        return words
    return f"{words} {_not_there(left)}"


def _not_there(reach: Reach) -> str:
    """That documents do not lead to a level, or that nobody can say, and why."""
    state = UNDECIDED if reach.undecided else "ยังไม่ถึง" if reach.short else "ยังบอกไม่ได้ว่าจะถึงหรือไม่"
    return f"{state} “{reach.grade.name_th}” เพราะ {_why_not(reach)}"


def _why_not(reach: Reach) -> str:
    """What keeps documents alone from a level, or from saying whether they lead there."""
    short = [
        f"{'คะแนนรวม' if code == ROOT else code} ขาดอีก {text.points(points)}"
        for code, points in reach.short.items()
    ]
    unknown = [f"ไม่ทราบคะแนน {code}" for code in reach.unknown]
    if not short and not unknown and reach.documents is None:
        return "ขึ้นกับเอกสารที่ไม่ทราบผลหรือน้ำหนัก"
    return ", ".join(short + unknown)


def _no_steps(found: Ways) -> str:
    """Why there is no document to count on, and what the documents could bring altogether."""
    way = found.published
    if way.unweighted:
        why = (
            f"การแบ่งข้อของปี {found.year} ยังไม่ยืนยัน จึงไม่รู้ว่าเอกสาร {len(way.unweighted)} ข้อที่ยังไม่ได้คะแนน"
            "เพิ่มคะแนนรวมข้อละเท่าใด"
        )
    elif way.unknown:
        why = f"ไม่ทราบผลรายข้อของเอกสาร {len(way.unknown)} ข้อ จึงบอกไม่ได้ว่าข้อใดยังขาด"
    elif not road.has_items(found.edition):
        return f"ไม่ทราบรายข้อของกรอบการประเมินปี {found.year} จึงบอกไม่ได้ว่าเอกสารใดเพิ่มคะแนนได้"
    elif not way.reaches:
        return f"เอกสารทุกข้อได้คะแนนเต็มแล้ว แต่ไม่ทราบคะแนนรวมปี {found.year} จึงบอกไม่ได้ว่าถึงระดับใด"
    else:
        return f"เอกสารทุกข้อได้คะแนนเต็มแล้ว {_not_there(way.reaches[0])}"
    if found.full is None:
        return f"{why} และไม่ทราบคะแนนรวมหรือคะแนนของเครื่องมือ จึงบอกไม่ได้ว่าเต็มที่จะได้เท่าใด"
    got = text.points(found.full.scores[ROOT])
    now = text.points(way.start.scores[ROOT])
    return f"{why} · ถ้าการเปิดเผยข้อมูลได้เต็ม 100 คะแนนรวมจะจาก {now} เป็น {got} ระดับ “{level(found.full)}”"


def notes(found: Ways) -> list[str]:
    """What a reader of the road must know: equal gains, a bare pass, two bases, unknown documents."""
    way = found.published
    said = []
    if way.steps:
        said.append(
            "เพิ่มคะแนนรวม = น้ำหนักของข้อในคะแนนรวม × (100 − คะแนนของข้อ) · ลำดับที่เท่ากันเพิ่มคะแนนเท่ากัน ทำข้อใดก่อนก็ได้"
        )
    for one in way.reaches:
        if one.after and (total := one.after.scores[ROOT]) is not None:
            margin = total - one.grade.overall_at_least
            if abs(margin) <= found.edition.tolerance:
                said.append(
                    f"“{one.grade.name_th}” ถึงพอดี ({text.points(total)}) ต่างจากเกณฑ์ไม่เกินการปัดเศษ "
                    f"{found.edition.tolerance:g} จึงควรทำเผื่ออีกหนึ่งข้อ"
                )
    said.append(two_bases(found))
    if way.unknown and way.steps:
        codes = ", ".join(one.part.code for one in way.unknown)
        said.append(f"ไม่ทราบผลของ {codes} จึงไม่นับ (ไม่ทราบไม่ใช่ศูนย์) ถ้ายังไม่ได้คะแนน จะเพิ่มได้อีก")
    return said


def two_bases(found: Ways) -> str:
    """Where published scores and items disagree: both sums, and that it is unexplained; else nothing."""
    if found.items is None:
        return ""
    lines = [
        f"{name} {now:.3f} + {end - now:.3f} = {text.points(end)}"
        for name, way in (("จากคะแนนที่เผยแพร่", found.published), ("จากรายข้อ", found.items))
        if (now := way.start.scores[ROOT]) is not None and (end := way.end.scores[ROOT]) is not None
    ]
    parts = [
        f"{part.code} เผยแพร่ {text.points(shown)} จากรายข้อ {text.points(summed)}"
        for part, shown, summed in disagreeing(found)
    ]
    a, b = found.published.start.scores[ROOT], found.items.start.scores[ROOT]
    gap = "" if a is None or b is None else f" · ต่างกัน {text.points(abs(a - b))} คะแนน ยังไม่มีคำอธิบาย"
    where = f" (ตัวชี้วัด {', '.join(parts)})" if parts else ""
    return f"คะแนนที่เผยแพร่กับคะแนนจากรายข้อต่างกัน{where} จึงแสดงทั้งสองฐาน: {' · '.join(lines)}{gap}"


def disagreeing(found: Ways) -> list[tuple[Part, float, float]]:
    """The indicators whose published score is not what their items give: the part, published, from items."""
    from_items = recompute(found.edition, found.scores, from_level="item")
    return [
        (part, shown, summed)
        for part in found.edition.parts.values()
        if part.level == "indicator"
        and (shown := found.scores.get((part.code, ALL))) is not None
        and (summed := from_items.get((part.code, ALL))) is not None
        and round(abs(shown - summed), 6) > found.edition.tolerance
    ]


# The views ------------------------------------------------------------


def checklist(found: Ways) -> View:
    """The documents still missing in order, with the running totals and the levels reached."""
    way, other = found.published, found.items
    steps = way.steps
    running = {} if other is None else {step.gain.part.code: step.after for step in other.steps}
    codes = [step.gain.part.code for step in steps]
    frame = pd.DataFrame(
        {
            "ลำดับ": pd.Series([step.rank for step in steps], dtype="int64"),
            "ข้อ": codes,
            "ชื่อ": [step.gain.part.name_th for step in steps],
            "เพิ่มคะแนนรวม": pd.Series([step.gain.points for step in steps], dtype=float),
            "คะแนนรวมสะสม": _shown(step.after.scores[ROOT] for step in steps),
        }
    )
    frame["ถึงระดับ"] = _crossings(way)
    for code in dict.fromkeys(step.gain.instrument for step in steps):
        frame[f"{code} สะสม"] = _shown(step.after.scores[code] for step in steps)
    if other is not None:
        frame["สะสมจากรายข้อ"] = _shown(running[code].scores[ROOT] for code in codes)
    return View(
        key="road",
        title="เส้นทางถึงระดับถัดไปด้วยเอกสาร",
        sentence=sentence(found),
        frame=frame,
        figure=figure(found),
        numbers={"เพิ่มคะแนนรวม": of_bodies(found.organisation, found.year, codes)},
        group=found.own,
        n=1,
        years=f"{found.year}",
        notes=notes(found),
    )


def _shown(scores: Iterable[float | None]) -> pd.Series:
    """Scores as they are graded: rounded half up to two decimals."""
    return pd.Series([None if one is None else round_half_up(one) for one in scores], dtype=float)


def _crossings(way: Road) -> list[str]:
    """For every step the level it is the first to reach, else nothing."""
    levels = [level(way.start), *(level(step.after) for step in way.steps)]
    return [now if now != before else "" for before, now in pairwise(levels)]


def figure(found: Ways) -> go.Figure | None:
    """The steps as a staircase; none where there is no step or no overall to start from."""
    way = found.published
    if not way.steps or way.start.scores[ROOT] is None:
        return None
    totals = [way.start.scores[ROOT], *(step.after.scores[ROOT] for step in way.steps)]
    rows = pd.DataFrame(
        {
            "part": [step.gain.part.code for step in way.steps],
            "name_th": [step.gain.part.name_th for step in way.steps],
            "rank": [step.rank for step in way.steps],
            "before": totals[:-1],
            "after": totals[1:],
        }
    )
    # of two levels with the same floor the one that asks for no more than it
    floors = {one.overall_at_least: one.name_th for one in found.edition.grades}
    return road_steps.chart(rows, floors)


def ticked(found: Ways, codes: set[str]) -> str:
    """Where the body would stand with only these documents published."""
    gains = [step.gain for step in found.published.steps if step.gain.part.code in codes]
    reached = road.after(found.edition, found.published.start.scores, gains)
    words = f"ถือว่าทำแล้ว {len(gains)} ข้อ: คะแนนรวม {text.points(reached.scores[ROOT])} ระดับ “{level(reached)}”"
    if found.items is not None:
        other = road.after(found.edition, found.items.start.scores, gains)
        words += f" (จากรายข้อ {text.points(other.scores[ROOT])} “{level(other)}”)"
    return words


def reaches(found: Ways) -> View | None:
    """Every level not reached yet: the fewest documents to it, or what stays out of their reach."""
    way = found.published
    if not way.reaches:
        return None
    other = {} if found.items is None else {one.grade.code: one for one in found.items.reaches}
    rows = []
    for one in way.reaches:
        row = {
            "ระดับ": one.grade.name_th,
            "เกณฑ์": _asks(one),
            "เอกสารน้อยที่สุด": _documents(one, way),
            "คะแนนรวมที่จะได้": None,
            "เอกสารอย่างเดียว": _verdict(one),
            "เพราะ": _why_not(one),
        }
        if found.items is not None:
            row[FROM_ITEMS] = (
                _documents(other[one.grade.code], found.items) if one.grade.code in other else NOTHING_NEEDED
            )
        rows.append(row)
    frame = pd.DataFrame(rows)
    frame["คะแนนรวมที่จะได้"] = _shown(one.after.scores[ROOT] if one.after else None for one in way.reaches)
    possible = [one for one in way.reaches if one.documents is not None]
    words = (
        f"ด้วยเอกสารอย่างเดียวไปได้ถึงระดับ “{possible[-1].grade.name_th}”"
        if possible
        else "ไม่มีระดับถัดไปที่ถึงได้ด้วยเอกสารที่ทราบผลและน้ำหนักอย่างเดียว"
    )
    n_undecided = sum(one.undecided for one in way.reaches)
    left = [
        f"ยังไม่ถึงอีก {len(way.reaches) - n_undecided} ระดับของปี {found.year}"
        if n_undecided < len(way.reaches)
        else "",
        f"{UNDECIDED} {n_undecided} ระดับของปี {found.year}" if n_undecided else "",
    ]
    return View(
        key="reaches",
        title="แต่ละระดับต้องใช้อะไร",
        sentence=" · ".join(filter(None, [words, *left])),
        frame=frame,
        group=found.own,
        n=1,
        years=f"{found.year}",
        notes=["เกณฑ์เทียบกับคะแนนที่ปัดเป็นทศนิยมสองตำแหน่ง · เอกสารที่เพิ่มคะแนนเท่ากันแทนกันได้"],
    )


def reach_lines(made: View) -> list[tuple[str, str]]:
    """A view of `reaches` as lines to read: the level with what it asks, and what leads there or does not."""
    lines = []
    for row in made.frame.to_dict("records"):
        how = str(row["เอกสารน้อยที่สุด"])
        if how == text.MISSING:
            verdict = str(row["เอกสารอย่างเดียว"])
            words = f"{'เอกสารอย่างเดียว' if verdict == NOT_ENOUGH else ''}{verdict}: {row['เพราะ']}"
        else:
            words = f"{how} จะได้ {text.points(row['คะแนนรวมที่จะได้'])}"
        other = row.get(FROM_ITEMS, how)
        if other != how:
            words += f" · ถ้านับจากรายข้อ: {other}"
        lines.append((f"{row['ระดับ']} ({row['เกณฑ์']})", words))
    return lines


def _verdict(reach: Reach) -> str:
    """Whether documents alone lead to a level: not enough only where something is known to be missing."""
    if reach.documents is not None:
        return ENOUGH
    return UNDECIDED if reach.undecided else NOT_ENOUGH if reach.short else CANNOT_SAY


def _asks(reach: Reach) -> str:
    words = f"คะแนนรวม ≥ {reach.grade.overall_at_least:g}"
    floor = reach.grade.instruments_at_least
    return words if floor is None else f"{words} และทุกเครื่องมือ ≥ {floor:g}"


def _documents(reach: Reach, way: Road) -> str:
    """The fewest documents, in groups of equal gain: all of a group, or any few of it."""
    if reach.documents is None:
        return text.MISSING
    taken = set(reach.documents)
    groups: dict[int, list[str]] = {}
    for step in way.steps:
        groups.setdefault(step.rank, []).append(step.gain.part.code)
    words = []
    for codes in groups.values():
        used = [code for code in codes if code in taken]
        if used:
            any_of = "" if len(used) == len(codes) else f" {len(used)} ใน {len(codes)} ข้อนี้:"
            words.append(f"{any_of} {', '.join(codes)}".strip())
    return f"{len(taken)} ข้อ ({' · '.join(words)})"


def gains(found: Ways) -> View | None:
    """What every indicator, and every item of a survey, could still bring."""
    indicators = road.gains(found.edition, found.scores, "indicator")
    known = [one for one in indicators if one.points is not None]
    if not known:
        return None
    surveys, items_known = found.surveys, road.has_items(found.edition)
    most = sorted(known, key=lambda one: -(one.points or 0.0))[0]
    lost = sum(one.points or 0.0 for one in known if one.instrument in surveys)
    shown = sum(one.points or 0.0 for one in known)
    items = [one for one in road.gains(found.edition, found.scores, "item") if one.instrument in surveys]
    rows = indicators + [one for one in items if one.points is not None]
    frame = pd.DataFrame(
        {
            "รหัส": [one.part.code for one in rows],
            "ชื่อ": [one.part.name_th for one in rows],
            "ระดับชั้น": [text.LEVELS[one.part.level] for one in rows],
            "เครื่องมือ": [one.instrument for one in rows],
            "คะแนน": pd.Series([one.score for one in rows], dtype=float),
            "เพิ่มคะแนนรวมได้อีก": pd.Series([one.points for one in rows], dtype=float),
        }
    )
    notes = [
        "เพิ่มได้อีก = น้ำหนักในคะแนนรวม × (100 − คะแนน) คือมากที่สุดเมื่อส่วนนั้นเต็ม 100",
        f"ไม่ทราบคะแนนของ {', '.join(one.part.code for one in indicators if one.score is None)}"
        if len(known) < len(indicators)
        else "",
        "รายข้อของแบบวัดการรับรู้ไม่มีน้ำหนัก เพราะการแบ่งข้อของปีนี้ยังไม่ยืนยัน"
        if items and all(one.part.weight_in_total is None for one in items)
        else "",
        "" if items_known else f"ไม่ทราบรายข้อของปี {found.year} จึงไม่แยกว่าส่วนใดเพิ่มได้ด้วยเอกสาร",
    ]
    of_surveys = (
        f" เป็นของแบบวัดการรับรู้ ({', '.join(surveys)}) {text.points(lost)} ซึ่งเอกสารไม่เปลี่ยนโดยตรง"
        if items_known
        else ""
    )
    return View(
        key="gains",
        title="แต่ละตัวชี้วัดยังเพิ่มคะแนนรวมได้เท่าใด",
        sentence=(
            f"มากที่สุดคือ {text.part_label(most.part.code, most.part.name_th)} "
            f"{text.points(most.points)} คะแนน · "
            f"จากที่ยังขาด {text.points(shown)} คะแนน{of_surveys}"
        ),
        frame=frame,
        # its colours tell documents from surveys
        figure=None
        if not items_known
        else indicator_gains.chart(
            pd.DataFrame(
                {
                    "label": [
                        thai.wrap_label(text.part_label(one.part.code, one.part.name_th), 26) for one in known
                    ],
                    "points": [one.points for one in known],
                    "by_documents": [one.instrument not in surveys for one in known],
                }
            )
        ),
        numbers={"คะแนน": of_bodies(found.organisation, found.year, list(frame["รหัส"]))},
        group=found.own,
        n=1,
        years=f"{found.year}",
        notes=notes,
    )


def surveys(found: Ways) -> View | None:
    """How far the surveys are from the floors levels have for instruments: what documents cannot do."""
    floors = sorted({one.instruments_at_least for one in found.edition.grades if one.instruments_at_least})
    scores = found.published.start.scores
    codes = found.surveys
    missing = [_missing(scores[code], floor) for code in codes for floor in floors]
    if all(points == 0 for points in missing):
        return None
    frame = pd.DataFrame(
        {
            "เครื่องมือ": [text.part_label(code, found.edition.parts[code].name_th) for code in codes],
            "คะแนน": _shown(scores[code] for code in codes),
        }
        | {
            f"ขาดถึง {floor:g}": pd.Series([_missing(scores[code], floor) for code in codes], dtype=float)
            for floor in floors
        }
    )
    said = [_distance(code, scores[code], floors) for code in codes]
    return View(
        key="surveys",
        title="สิ่งที่เอกสารทำไม่ได้",
        sentence=" · ".join(said),
        frame=frame,
        numbers={"คะแนน": of_bodies(found.organisation, found.year, codes)},
        group=found.own,
        n=1,
        years=f"{found.year}",
        notes=["คะแนนของแบบวัดการรับรู้มาจากคำตอบของผู้ตอบ การเปิดเผยเอกสารไม่เพิ่มคะแนนส่วนนี้โดยตรง"],
    )


def _missing(score: float | None, floor: float) -> float | None:
    return None if score is None else max(0.0, round_half_up(floor - round_half_up(score)))


def _distance(code: str, score: float | None, floors: list[float]) -> str:
    if score is None:
        return f"ไม่ทราบคะแนน {code}"
    words = [
        f"ถึง {floor:g} แล้ว"
        if not _missing(score, floor)
        else f"ขาด {text.points(_missing(score, floor))} ถึง {floor:g}"
        for floor in floors
    ]
    return f"{code} {text.points(score)} {' และ'.join(words)}"
