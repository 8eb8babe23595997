"""Two years and what may be said of a change between them."""

from dataclasses import dataclass

import pandas as pd

from ita_data import uncertainty
from ita_data.edition import LEVELS

DEEPEST = "indicator"
"""Below it codes mean other things from edition to edition."""
TOO_SMALL = "ต่างกันน้อยเกินกว่าจะสรุป"


@dataclass(frozen=True)
class Between:
    """From a year to a later one, how deep parts may be compared (None: not at all), what rounding explains.

    `small` are the points two printed figures may differ by for nothing, `rest` those a sum of contributions
    may. `break_note` is of `break_note`.
    """

    from_year: int
    to_year: int
    level: str | None
    small: float
    rest: float
    break_note: str = ""

    @property
    def years(self) -> str:
        """Both years, as a view names them."""
        return f"{self.from_year}–{self.to_year}"

    @property
    def levels(self) -> list[str]:
        """The levels a change may be decomposed into, the deepest first; where that is all, the whole."""
        if self.level is None:
            return []
        depth = LEVELS.index(self.level)
        return list(reversed(LEVELS[1 : depth + 1])) or [LEVELS[0]]

    @property
    def small_note(self) -> str:
        """Which differences say nothing, and why."""
        return (
            f"ผลต่างไม่เกิน {self.small:.2f} คะแนนถือว่า{TOO_SMALL} เพราะค่าที่พิมพ์แต่ละค่าปัดหรือตัดเศษ "
            f"คลาดจากค่าจริงได้เกือบ {self.small / 2:.2f}"
        )


def break_note(breaks: pd.DataFrame, from_year: int, to_year: int) -> str:
    """What to say below everything that joins two years; empty where the method stayed the same.

    `breaks` is of the query breaks.
    """
    crossed = breaks[(breaks["fiscal_year"] > from_year) & (breaks["fiscal_year"] <= to_year)]
    reasons = " · ".join(crossed["reason_th"])
    return f"ระหว่างสองปีวิธีประเมินเปลี่ยน: {reasons}" if reasons else ""


def between(editions: pd.DataFrame, breaks: pd.DataFrame, from_year: int, to_year: int) -> Between:
    """Two years; `editions` has fiscal_year and tolerance, `breaks` is of the query breaks."""
    tolerances = editions.set_index("fiscal_year")["tolerance"]
    crossed = breaks[(breaks["fiscal_year"] > from_year) & (breaks["fiscal_year"] <= to_year)]
    depths = [LEVELS.index(one) if one in LEVELS else -1 for one in crossed["comparable"]]
    depth = min([LEVELS.index(DEEPEST), *depths])
    both = float(tolerances[from_year]), float(tolerances[to_year])
    return Between(
        from_year,
        to_year,
        LEVELS[depth] if depth >= 0 else None,
        small=uncertainty.of_change(*both),
        rest=uncertainty.of_decomposition(*both),
        break_note=break_note(breaks, from_year, to_year),
    )
