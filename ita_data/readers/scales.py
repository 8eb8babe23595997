"""On what scale a table gives each part: points, weighted points, or shares of one. Proved, else asked.

An instrument is weighted where its values agree with its indicators times its weight, or where the
instruments add up to the overall as they stand. Values small enough for both scales, with nothing to prove
either, are undecided: they are not used until the user says.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd

from ita_data.edition import ALL, FULL_SCORE, Edition

POINTS, WEIGHTED, FRACTION = "points", "weighted", "fraction"
_NOISE = 10
"""Decimals at which the binary noise of a division is cut."""


@dataclass
class Scales:
    """The outcome for one table: ``scale`` by part, ``undecided`` parts, ``mixed`` single rows that differ.

    ``value`` holds points 0-100 for every row whose part is decided.
    """

    scale: dict[str, str]
    value: npt.NDArray[np.float64]
    undecided: set[str] = field(default_factory=set)
    mixed: npt.NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, dtype=bool))
    notes_th: list[str] = field(default_factory=list)


def decide(
    scores: pd.DataFrame, editions: Mapping[int, Edition], said: Mapping[str, str], stated: frozenset[str]
) -> Scales:
    """Return the scale of every part in ``scores`` (columns mention, fiscal_year, part, respondents, value).

    ``said`` holds the user's word by part, ``stated`` the parts whose header says that they are weighted.
    Values out of every range do not take part in the decision.
    """
    value = scores["value"].to_numpy(dtype=np.float64, copy=True)
    outcome = Scales({}, value, mixed=np.zeros(len(scores), dtype=bool))
    highest = scores["value"].where(scores["value"].between(0, FULL_SCORE)).groupby(scores["part"]).max()
    instruments = {part.code for edition in editions.values() for part in edition.instruments}
    for part, most in highest.items():
        code = str(part)
        rows = np.asarray(scores["part"] == code)
        if code in said:
            outcome.scale[code] = said[code]
        elif 0 < most <= 1:
            outcome.undecided.add(code)
        elif code in instruments:
            _decide_instrument(scores, editions, code, rows, code in stated, outcome)
        else:
            outcome.scale[code] = POINTS
        _convert(scores, editions, code, rows, outcome)
    return outcome


def _convert(
    scores: pd.DataFrame,
    editions: Mapping[int, Edition],
    code: str,
    rows: npt.NDArray[np.bool_],
    outcome: Scales,
) -> None:
    scale = outcome.scale.get(code, POINTS)
    if scale == FRACTION:
        outcome.value[rows] = np.round(outcome.value[rows] * FULL_SCORE, _NOISE)
    elif scale == WEIGHTED:
        weights = _weights(scores["fiscal_year"][rows], editions, code)
        outcome.value[rows] = np.round(outcome.value[rows] / weights, _NOISE)


def _weights(years: "pd.Series[int]", editions: Mapping[int, Edition], code: str) -> npt.NDArray[np.float64]:
    """Return the weight in the overall of a part in each year, NaN where it is not known."""
    known = {}
    for year in years.unique():
        part = editions[year].parts.get(code) if year in editions else None
        known[year] = np.nan if part is None or part.weight_in_total is None else part.weight_in_total
    return years.map(known).to_numpy(dtype=np.float64)


def _decide_instrument(
    scores: pd.DataFrame,
    editions: Mapping[int, Edition],
    code: str,
    rows: npt.NDArray[np.bool_],
    stated: bool,
    outcome: Scales,
) -> None:
    mine = scores[rows]
    weights = _weights(mine["fiscal_year"], editions, code)
    given = mine["value"].to_numpy(dtype=np.float64)
    tolerance = max(edition.tolerance for edition in editions.values())
    plausible = (given >= 0) & (given <= FULL_SCORE)
    small = plausible & (given <= weights * FULL_SCORE + tolerance)
    if not (small & (given > 0)).any():
        outcome.scale[code] = POINTS
        return
    weighted, points, known = _evidence(scores, editions, code, mine[small], weights[small], tolerance)
    if not small[plausible].all():
        outcome.scale[code] = POINTS
        outcome.mixed[np.flatnonzero(rows)[small][weighted & ~points]] = True
        return
    percent = f"{FULL_SCORE * np.nanmax(weights):g}"
    decided = int((weighted & ~points).sum()), int((points & ~weighted).sum())
    if decided[0] and not decided[1] and 2 * decided[0] >= known:
        outcome.scale[code] = WEIGHTED
        outcome.notes_th.append(
            f"คะแนน {code} เป็นคะแนนถ่วงน้ำหนัก (เต็ม {percent}) ยืนยันจากตัวชี้วัดหรือคะแนนรวมของ"
            f" {decided[0]:,} หน่วยงาน-ปี จึงแปลงเป็นเต็ม 100"
        )
    elif decided[1] and not decided[0] and 2 * decided[1] >= known:
        outcome.scale[code] = POINTS
    elif stated and not decided[0] and not decided[1]:
        outcome.scale[code] = WEIGHTED
        outcome.notes_th.append(
            f"คะแนน {code} เป็นคะแนนถ่วงน้ำหนัก (เต็ม {percent}) ตามที่หัวตารางบอก จึงแปลงเป็นเต็ม 100"
        )
    else:
        outcome.undecided.add(code)


def _evidence(
    scores: pd.DataFrame,
    editions: Mapping[int, Edition],
    code: str,
    rows: pd.DataFrame,
    weights: npt.NDArray[np.float64],
    tolerance: float,
) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_], int]:
    """Return for each row whether other scores of the same body and year prove it weighted, or in points.

    The last number is how many rows had such scores at all.
    """
    by_part = _ByPart(scores)
    given = rows["value"].to_numpy(dtype=np.float64)
    weighted = np.zeros(len(rows), dtype=bool)
    points = np.zeros(len(rows), dtype=bool)
    known = np.zeros(len(rows), dtype=bool)
    for year in rows["fiscal_year"].unique():
        if year not in editions or code not in editions[year].parts:
            continue
        edition = editions[year]
        here = np.asarray(rows["fiscal_year"] == year)
        keys = by_part.keys(rows[here])
        children = edition.children(code)
        if children and all(child.weight_in_parent is not None for child in children):
            mean = sum((child.weight_in_parent or 0) * by_part.values(child.code, keys) for child in children)
            weighted[here] |= np.abs(mean * weights[here] - given[here]) <= tolerance
            points[here] |= np.abs(mean - given[here]) <= tolerance
            known[here] |= ~np.isnan(mean)
        overall = by_part.values(edition.root.code, keys)
        siblings = [part for part in edition.instruments if part.weight_in_total is not None]
        if siblings:
            values = [by_part.values(part.code, keys) for part in siblings]
            as_points = sum(
                (part.weight_in_total or 0) * one for part, one in zip(siblings, values, strict=True)
            )
            weighted[here] |= np.abs(sum(values) - overall) <= tolerance
            points[here] |= np.abs(as_points - overall) <= tolerance
            known[here] |= ~np.isnan(as_points - overall)
    return weighted, points, int(known.sum())


class _ByPart:
    """Looks up the score of another part for the body, year and respondents of given rows; NaN for none."""

    def __init__(self, scores: pd.DataFrame) -> None:
        self.scores = scores
        self.groups = {ALL: 0} | {
            str(group): number
            for number, group in enumerate(scores["respondents"].unique(), start=1)
            if group != ALL
        }
        self.found: dict[str, pd.Series[float]] = {}

    def keys(self, rows: pd.DataFrame) -> "pd.Index[int]":
        group = rows["respondents"].map(self.groups).astype("int64")
        keys: pd.Series[int] = (rows["mention"].astype("int64") * 10_000 + rows["fiscal_year"]) * 100 + group
        return pd.Index(keys)

    def values(self, code: str, keys: "pd.Index[int]") -> npt.NDArray[np.float64]:
        if code not in self.found:
            rows = self.scores[self.scores["part"] == code]
            values = pd.Series(rows["value"].to_numpy(), index=self.keys(rows))
            self.found[code] = values[~values.index.duplicated()]
        return np.asarray(self.found[code].reindex(keys), dtype=np.float64)
