"""What a reader returns: scores and whatever else a file holds, each row with its place, and the problems."""

from dataclasses import dataclass, field
from typing import Literal

import pandas as pd

Severity = Literal["error", "warning", "info"]

# One row per score. `mention` refers to a row of `bodies`; value is points 0–100, never missing; `printed` is
# the
# cell as it stood; sheet, row (1-based) and column say where. `stands` is False for a repetition in the same
# file.
SCORE_COLUMNS = {
    "mention": "int64",
    "fiscal_year": "int64",
    "part": "object",
    "respondents": "object",
    "value": "float64",
    "printed": "object",
    "stands": "bool",
    "sheet": "object",
    "row": "int64",
    "column": "object",
}
# One row per distinct way the file writes a body: what it prints, untouched apart from repaired characters.
BODY_COLUMNS = {
    "mention": "int64",
    "name": "object",
    "type_name": "object",
    "district": "object",
    "province": "object",
    "code": "object",
    "sheet": "object",
    "row": "int64",
}
# The other tables a document may hold, with the columns of the dataset file of the same name, `mention`
# instead of `organisation_id`, and sheet, row for the place.
EXTRA_TABLES = (
    "printed_grades",
    "printed_changes",
    "source_names",
    "measures",
    "measure_indicators",
    "measure_results",
)


@dataclass(frozen=True)
class Problem:
    """Something in a file that a person should look at: where, what, and what to do, in Thai.

    An error keeps its cell out of the scores; a warning or an info does not.
    """

    severity: Severity
    code: str
    file: str
    message_th: str
    advice_th: str
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    value: str | None = None


@dataclass(frozen=True)
class Recognised:
    """What a table was taken for; everything here can be set by the user and saved as a mapping.

    `columns` says what each column (by its letter) holds: a role (name, type, district, province, code, year,
    part, respondents, score, organisation) or `part:<code>` / `part:<code>:<respondents>`, or `ignore`.
    `scale` is by part: `points` (0–100), `weighted` where it is given as points out of its weight, or
    `fraction` (0–1).
    """

    sheet: str
    shape: str
    header_row: int
    first_row: int
    last_row: int
    columns: dict[str, str]
    scale: dict[str, str]
    fiscal_year: int | None
    notes_th: tuple[str, ...] = ()
    # The text of each header by the letter of its column; where parts stand in rows, also the name of each
    # row by its number, and what the rows hold in `rows`. A mapping refers to these texts.
    headers: dict[str, str] = field(default_factory=dict)
    rows: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Reading:
    """Everything read from one file."""

    file: str
    sha256: str
    kind: str
    scores: pd.DataFrame
    bodies: pd.DataFrame
    problems: tuple[Problem, ...] = ()
    recognised: tuple[Recognised, ...] = ()
    extra: dict[str, pd.DataFrame] = field(default_factory=dict)


def no_scores() -> pd.DataFrame:
    """An empty table of scores."""
    return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in SCORE_COLUMNS.items()})


def no_bodies() -> pd.DataFrame:
    """An empty table of bodies."""
    return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in BODY_COLUMNS.items()})
