"""What some simulated bodies planned to do about their weakest indicators, and what came of it."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np

from ita_data import organisation

FILE = organisation.REFERENCE_FOLDER / "simulated_measures.csv"
SOURCE = "sim-measures"

_BODIES_WITH_MEASURES = 0.03
_ASSESSED_YEARS_OF_A_BODY = 2
_CARRIED_OUT = 0.5
_NEVER_FOLLOWED_UP = 0.5

Row = Mapping[str, object]


@dataclass
class Measures:
    """The rows of the three tables, filled year by year for the bodies that have measures.

    ``years_of`` are by place of a body the years (indexes) whose result it answers.
    """

    years_of: Mapping[int, frozenset[int]]
    measures: list[Row] = field(default_factory=list)
    indicators: list[Row] = field(default_factory=list)
    results: list[Row] = field(default_factory=list)

    def add(
        self, organisation_id: str, year: int, scores: Mapping[str, float], rng: np.random.Generator
    ) -> None:
        """Add the measures of a body that answer its result (points by indicator), one for each weakest."""
        weakest = sorted(scores, key=lambda code: (scores[code], code))[: int(rng.integers(2, 6))]
        for seq, indicator in enumerate(weakest, start=1):
            choices = _texts()[indicator]
            text = choices[int(rng.integers(len(choices)))]
            measure_id = f"{organisation_id}-{year + 1}-{seq:02}"
            place = {"source_id": SOURCE, "source_row": f"{organisation_id} ปี {year + 1} ข้อ {seq}"}
            follow_up = None if rng.random() < _NEVER_FOLLOWED_UP else "รายงานผู้บริหารเมื่อดำเนินการแล้วเสร็จ"
            self.measures.append(
                {
                    "measure_id": measure_id,
                    "organisation_id": organisation_id,
                    "plan_year": year + 1,
                    "assessed_year": year,
                    "seq": seq,
                    "title_th": text["title_th"],
                    "responsible_unit_th": text["responsible_unit_th"],
                    "period_th": f"ไตรมาส {int(rng.integers(1, 3))}–{int(rng.integers(3, 5))}",
                    "follow_up_th": follow_up,
                    **place,
                }
            )
            basis = "printed" if rng.random() < 0.5 else "reading"
            self.indicators.append({"measure_id": measure_id, "part": indicator, "basis": basis})
            if rng.random() < _CARRIED_OUT:
                result = {"measure_id": measure_id, "done_th": text["done_th"]}
                self.results.append({**result, "advice_th": text["advice_th"] or None, **place})


def begin(bodies: int, years: int, rng: np.random.Generator) -> Measures:
    """Choose the bodies with measures and the years they answer."""
    some = rng.choice(bodies, size=max(3, round(_BODIES_WITH_MEASURES * bodies)), replace=False)
    answered = [rng.choice(years, size=min(years, _ASSESSED_YEARS_OF_A_BODY), replace=False) for _ in some]
    return Measures({int(place): frozenset(one.tolist()) for place, one in zip(some, answered, strict=True)})


def _texts() -> Mapping[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = {}
    for row in _read():
        found.setdefault(row["indicator"], []).append(row)
    return found


def _read() -> Iterator[dict[str, str]]:
    with FILE.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)
