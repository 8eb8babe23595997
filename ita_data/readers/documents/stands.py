"""Which of several prints of one score stands, whose it is and on what scale: sums decide, or the user.

Equal prints are repetitions: the first stands. Where a document contradicts itself, the figures of one table
or paragraph stand if they, and no others, lead to the printed overall; else the user decides.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

from ita_data.edition import ALL, FULL_SCORE, LEVELS, Edition
from ita_data.readers.documents.found import Found, Sink
from ita_data.scoring import recompute

Key = tuple[tuple[str, str] | None, int, str, str]
Scores = Mapping[tuple[str, str], float]

_NOISE = 10
"""Decimals at which the binary noise of a division is cut."""

_COMPARE = "ตรวจกับเอกสารต้นฉบับหรือระบบ ITAS แล้วเลือกค่าที่ถูกต้อง"


def settle(sink: Sink) -> list[Found]:
    """Return all scores: on one scale, of the right body, those that stand marked; notes what is unclear."""
    _settle_scales(sink)
    _settle_bodies(sink)
    _settle_totals(sink)
    _settle_extremes(sink)
    prints: dict[Key, list[int]] = {}
    for index, found in enumerate(sink.found):
        prints.setdefault(found.key, []).append(index)
    rivals = {key: indices for key, indices in prints.items() if not _agreed(sink, indices)}
    stands = {indices[0] for key, indices in prints.items() if key not in rivals}
    for year in dict.fromkeys(key[1] for key in rivals):
        parts = sink.editions[year].parts
        for level in reversed(LEVELS):
            there = {key: rivals[key] for key in rivals if key[1] == year and parts[key[2]].level == level}
            chosen = _adding_up(sink, year, level, there, stands)
            _note_rivals(sink, there, chosen)
            stands |= set(chosen.values())
    return [replace(found, stands=index in stands) for index, found in enumerate(sink.found)]


def _agreed(sink: Sink, indices: Sequence[int]) -> bool:
    return len({sink.found[index].value for index in indices}) == 1


def _own(sink: Sink, year: int) -> dict[tuple[str, str], float]:
    """Return the first print of each score of the document's body."""
    scores: dict[tuple[str, str], float] = {}
    for found in sink.found:
        if found.other is None and found.year == year:
            scores.setdefault((found.part, found.respondents), found.value)
    return scores


def _adds_up(edition: Edition, scores: Scores, level: str, overall: float) -> bool:
    """Whether the scores from a level down lead to the overall, within the edition's tolerance."""
    below = {key: value for key, value in scores.items() if key[0] != edition.root.code}
    total = recompute(edition, below, from_level=level).get((edition.root.code, ALL))
    return total is not None and round(abs(total - overall), 6) <= edition.tolerance


# ---- contradictions


def _adding_up(
    sink: Sink, year: int, level: str, rivals: Mapping[Key, Sequence[int]], stands: set[int]
) -> dict[Key, int]:
    """Return the prints, of the document's body and one level, of the one block that lead to the overall."""
    edition = sink.editions[year]
    root = (edition.root.code, ALL)
    own = {key: indices for key, indices in rivals.items() if key[0] is None}
    settled = {
        (found.part, found.respondents): found.value
        for index, found in enumerate(sink.found)
        if index in stands and found.other is None and found.year == year
    }
    from_level = "indicator" if level == edition.root.level else level
    choices: dict[tuple[float, ...], dict[Key, int]] = {}
    for block in dict.fromkeys(sink.found[index].block for indices in own.values() for index in indices):
        inside = {
            key: [at for at in indices if sink.found[at].block == block] for key, indices in own.items()
        }
        if not all(indices and _agreed(sink, indices) for indices in inside.values()):
            continue  # it leaves a part open, or contradicts itself
        choice = {key: indices[0] for key, indices in inside.items()}
        scores = settled | {key[2:]: sink.found[index].value for key, index in choice.items()}
        if root in scores and _adds_up(edition, scores, from_level, scores[root]):
            choices[tuple(sink.found[choice[key]].value for key in own)] = choice
    if len(choices) != 1:
        return {}
    values = dict(zip(own, next(iter(choices)), strict=True))
    return {
        key: next(index for index in own[key] if sink.found[index].value == value)
        for key, value in values.items()
    }


def _note_rivals(sink: Sink, rivals: Mapping[Key, Sequence[int]], chosen: Mapping[Key, int]) -> None:
    """Note every print that does not stand because another differs."""
    for (_, year, part, group), indices in rivals.items():
        key = sink.found[indices[0]].key
        values = " / ".join(dict.fromkeys(f"{sink.found[index].value:.10g}" for index in indices))
        who = sink.found[indices[0]].other
        what = " ".join(filter(None, (part, f"ของ {who.printed}" if who else "", f"ปี {year}")))
        what += f" กลุ่ม {group}" if group != ALL else ""
        stays = sink.found[chosen[key]].value if key in chosen else None
        for found in (sink.found[index] for index in indices):
            if found.value == stays:
                continue
            outcome = (
                "และผลรวมบอกไม่ได้ว่าค่าใดถูก จึงยังไม่ใช้ค่าใด"
                if stays is None
                else f"ใช้ {stays:.10g} เพราะคำนวณแล้วได้คะแนนรวมที่พิมพ์"
            )
            sink.problem(
                "error" if stays is None else "warning",
                "contradiction",
                f"ค่าขัดกันในเอกสารเดียวกัน: {what} พิมพ์ไว้ {values} {outcome}",
                _COMPARE,
                found.place,
                found.column,
                found.printed,
            )


# ---- whose figures


def _settle_bodies(sink: Sink) -> None:
    """Give the document's body what is printed with another name, where the sums show that it is its own.

    An overall that follows from the document's own indicators is its own, and so is what else stands in that
    paragraph. Other such scores stay with the body named, and the user is asked.
    """
    own_blocks = {
        found.block
        for found in sink.found
        if found.other is not None
        and found.part == sink.editions[found.year].root.code
        and _adds_up(sink.editions[found.year], _own(sink, found.year), "indicator", found.value)
    }
    for index, found in enumerate(sink.found):
        if found.other is None:
            continue
        if found.block in own_blocks:
            sink.found[index] = replace(found, other=None)
            message = (
                f"ประโยคนี้พิมพ์ชื่อ {found.other.printed} แต่คะแนนรวมเท่ากับที่คำนวณจากตัวชี้วัดในเอกสาร "
                "จึงถือเป็นคะแนนของหน่วยงานเจ้าของเอกสาร"
            )
            advice = "ตรวจว่าเป็นชื่อที่พิมพ์ผิด"
        else:
            message = f"คะแนนนี้พิมพ์คู่กับชื่อ {found.other.printed} จึงเก็บไว้เป็นของชื่อนั้น ไม่ใช่ของเจ้าของเอกสาร"
            advice = "ถ้าเป็นชื่อที่พิมพ์ผิด ให้เลือกหน่วยงานที่ถูกต้อง"
        sink.problem("warning", "other_name", message, advice, found.place, found.column, found.printed)


# ---- on what scale


def _settle_scales(sink: Sink) -> None:
    """Turn instruments printed as weighted points (shares of the overall) into points, where sums prove it.

    They are weighted where they add up to the overall as they stand, or are their indicators' mean times
    their weight. Two or more small enough for either scale, with nothing to prove one, are left out.
    """
    undecided: set[int] = set()
    for year, block in dict.fromkeys((found.year, found.block) for found in sink.found):
        edition = sink.editions[year]
        weights = {part.code: part.weight_in_total for part in edition.instruments if part.weight_in_total}
        prints = {
            found.part: index
            for index, found in enumerate(sink.found)
            if (found.year, found.block, found.other) == (year, block, None) and found.part in weights
        }
        values = {code: sink.found[index].value for code, index in prints.items()}
        if any(value > weights[code] * FULL_SCORE + edition.tolerance for code, value in values.items()):
            continue
        if _proven(sink, edition, values, dict.fromkeys(values, 1.0)):
            for code, index in prints.items():
                _unweight(sink, index, weights[code])
        elif len(values) > 1 and not _proven(sink, edition, values, weights):
            undecided.update(prints.values())
    for found in (sink.found[index] for index in sorted(undecided)):
        sink.problem(
            "error",
            "scale_unknown",
            f"{found.part} {found.printed} อาจเป็นคะแนนถ่วงน้ำหนักหรือเต็ม 100 และไม่มีคะแนนอื่นยืนยัน จึงยังไม่นำเข้า",
            "ตรวจว่าคะแนนเต็มของเครื่องมือคือเท่าใด แล้วกรอกเป็นคะแนนเต็ม 100 ในแบบตาราง",
            found.place,
            found.column,
            found.printed,
        )
    sink.found = [found for index, found in enumerate(sink.found) if index not in undecided]


def _unweight(sink: Sink, index: int, weight: float) -> None:
    found = sink.found[index]
    sink.found[index] = replace(found, value=round(found.value / weight, _NOISE))
    sink.problem(
        "info",
        "weighted_points",
        f"{found.part} {found.printed} เป็นคะแนนถ่วงน้ำหนัก (เต็ม {weight * FULL_SCORE:g}) จึงแปลงเป็นเต็ม 100",
        "ตรวจว่าแปลงถูกต้อง",
        found.place,
        found.column,
        found.printed,
    )


def _proven(sink: Sink, edition: Edition, values: Mapping[str, float], shares: Mapping[str, float]) -> bool:
    """Whether printed instruments, each with its share, agree with the overall or their indicators."""
    own = _own(sink, edition.fiscal_year)
    overall = own.get((edition.root.code, ALL))
    if overall and len(values) == len(edition.instruments):
        total = math.fsum(shares[code] * value for code, value in values.items())
        # Rounded one by one, the sum may be off by the tolerance for each.
        if abs(total - overall) <= edition.tolerance * len(values):
            return True
    below = {key: value for key, value in own.items() if key[0] not in values}
    means = recompute(edition, below, from_level="indicator")
    known = [
        (shares[code] * value, (edition.parts[code].weight_in_total or 0.0) * means[code, ALL])
        for code, value in values.items()
        if means.get((code, ALL))
    ]
    return bool(known) and all(abs(value - expected) <= edition.tolerance for value, expected in known)


# ---- of what part


def _settle_totals(sink: Sink) -> None:
    """Leave out an overall below the parts of one instrument only: it may be that instrument's.

    It stays where the same figure is printed as the overall elsewhere.
    """
    for found in [found for found in sink.found if found.column and found.part in sink.roots]:
        lexicon = sink.lexicon(found.year, found.place)
        if lexicon is None or found.part != lexicon.edition.root.code:
            continue
        same_table = (found.block, found.year)
        beside = [
            lexicon.edition.parts[other.part]
            for other in sink.found
            if (other.block, other.year) == same_table and other.part != found.part
        ]
        instruments = {lexicon.instrument_of(part) for part in beside}
        elsewhere = any(
            other.key == found.key and other.value == found.value and other.block != found.block
            for other in sink.found
        )
        if len(instruments) != 1 or any(part in instruments for part in beside) or elsewhere:
            continue
        if len(lexicon.edition.instruments) > 1:
            sink.found.remove(found)
            sink.problem(
                "error",
                "total_of_what",
                f"“{found.printed}” อยู่ใต้ตัวชี้วัดของเครื่องมือเดียว จึงไม่รู้ว่าเป็นคะแนนรวมทั้งหมดหรือของเครื่องมือนั้น",
                "ตรวจกับเอกสารต้นฉบับ แล้วกรอกในแบบตาราง",
                found.place,
                found.column,
                found.printed,
            )


def _settle_extremes(sink: Sink) -> None:
    """Give highest and lowest scores printed alone to the indicator that has them, where there is one."""
    for extreme in sink.extremes:
        edition = sink.editions[extreme.year]
        of_year = [
            found
            for found in sink.found
            if found.other is None
            and found.year == extreme.year
            and edition.parts[found.part].level == "indicator"
        ]
        scores = [found for found in of_year if found.block == extreme.block] or of_year
        best = (max if extreme.highest else min)((found.value for found in scores), default=None)
        parts = sorted({found.part for found in scores if found.value == extreme.value == best})
        if len(parts) == 1:
            sink.found.append(
                Found(
                    extreme.year,
                    parts[0],
                    ALL,
                    extreme.value,
                    extreme.printed,
                    extreme.place,
                    extreme.column,
                    extreme.block,
                )
            )
            continue
        which = "สูงสุด" if extreme.highest else "ต่ำสุด"
        why = f"มีหลายส่วนที่ได้เท่ากัน ({', '.join(parts)})" if parts else "ไม่ตรงกับคะแนนของตัวชี้วัดใดในเอกสาร"
        sink.problem(
            "info" if parts else "warning",
            "extreme_unclear",
            f"คะแนน{which} {extreme.printed} {why} จึงไม่ได้นำเข้า",
            "ตรวจกับตารางตัวชี้วัดในเอกสาร",
            extreme.place,
            extreme.column,
            extreme.printed,
        )
