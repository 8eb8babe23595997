"""Read the scores of tables in any of the shapes they come in: long, wide, or organisations as columns.

`layout` finds the tables, `labels` says what headers mean, `values` what cells say, `scales` on what scale,
and `table` reads one table. Here the tables of a file come together.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from ita_data.edition import Edition
from ita_data.readers.files import Opened, Sheet
from ita_data.readers.labels import Labels
from ita_data.readers.layout import Finder, letter
from ita_data.readers.mapping import Mapping as Corrections
from ita_data.readers.reading import BODY_COLUMNS, SCORE_COLUMNS, Reading, Recognised
from ita_data.readers.table import MOST_ALIKE, Common, Scores, Table, printed, shown

_GRADE_COLUMNS = {
    "mention": "int64",
    "fiscal_year": "int64",
    "printed_grade": "object",
    "sheet": "object",
    "row": "int64",
}


def read_tables(
    opened: Opened,
    editions: Mapping[int, Edition],
    *,
    mapping: Corrections | None = None,
    fiscal_year: int | None = None,
) -> Reading:
    """Return the scores of every table in an opened file, their bodies, and what is wrong or worth knowing.

    ``editions`` are the known ones by fiscal year; ``mapping`` is the user's word on headers and scales, and
    ``fiscal_year`` (B.E.) on the year of tables that do not say theirs. Printed grades go to
    ``extra["printed_grades"]``. Never raises for what a file holds.
    """
    common = Common(opened.file, editions, fiscal_year)
    common.problems += opened.problems
    labels = Labels(editions)
    read: list[tuple[Table, Scores]] = []
    failures: list[tuple[str, str]] = []
    for sheet in opened.sheets:
        finder = Finder(labels, (mapping or Corrections()).of(sheet.name))
        if finder.said.ignore:
            common.say("sheet_ignored", sheet=sheet.name)
        elif sheet.cells.size:
            found = [Table(common, layout, finder) for layout in finder.tables(sheet)]
            read += [(table, table.read()) for table in found]
            if found:
                _say_hidden(common, sheet)
            else:
                failures.append((sheet.name, finder.failure))
    _say_failures(common, failures, bool(opened.sheets))
    if common.recognised and not common.any_error and not any(len(scores.value) for _, scores in read):
        common.say("nothing_read")
    scores = _scores(common, read)
    if read and scores.empty and not any(one.severity == "error" for one in common.problems):
        common.say("table_without_scores")
    return Reading(
        file=opened.file,
        sha256=opened.sha256,
        kind=opened.kind,
        scores=scores,
        bodies=_frame(BODY_COLUMNS, [(place[0], *body, *place[1:]) for body, place in common.bodies.items()]),
        problems=tuple(common.problems),
        recognised=tuple(common.recognised),
        extra={"printed_grades": _frame(_GRADE_COLUMNS, common.grades)} if common.grades else {},
    )


def recognise(
    sheets: Sequence[Sheet],
    editions: Mapping[int, Edition],
    mapping: Corrections | None = None,
    fiscal_year: int | None = None,
) -> tuple[Recognised, ...]:
    """Return what the tables of sheets are taken for, without keeping their scores."""
    opened = Opened(file="", sha256="", kind="", sheets=tuple(sheets))
    return read_tables(opened, editions, mapping=mapping, fiscal_year=fiscal_year).recognised


def _say_hidden(common: Common, sheet: Sheet) -> None:
    if not sheet.visible:
        common.say("hidden_sheet", sheet=sheet.name)
    if sheet.hidden_columns:
        columns = ", ".join(map(letter, sorted(sheet.hidden_columns)[:50]))
        common.say("hidden_columns", columns, sheet=sheet.name)
    if sheet.hidden_rows:
        common.say("hidden_rows", f"{len(sheet.hidden_rows):,}", sheet=sheet.name)


def _say_failures(common: Common, failures: Sequence[tuple[str, str]], any_sheet: bool) -> None:
    """Say what is missing: in a sheet beside others with tables it matters less than in the only one."""
    for sheet, failure in failures:
        if common.recognised or failure == "no_table":
            if common.recognised or len(failures) > 1:
                common.say("sheet_without_table", sheet=sheet)
        else:
            common.say(failure, sheet=sheet)
    if any_sheet and not common.recognised and not common.any_error:
        common.say("no_table")


def _scores(common: Common, read: Sequence[tuple[Table, Scores]]) -> pd.DataFrame:
    """Return the scores of all tables in one, each marked whether it stands."""
    tables = [_columns(table, scores) for table, scores in read if len(scores.value)]
    if not tables:
        return _frame(SCORE_COLUMNS, [])
    joined = (
        {name: np.concatenate([one[name] for one in tables]) for name in tables[0]}
        if tables[1:]
        else tables[0]
    )
    parts, groups = np.array(common.parts, dtype=object), np.array(common.groups, dtype=object)
    key = joined["mention"].astype(np.int64) * 10_000 + joined["fiscal_year"]
    key = (key * len(parts) + joined["part"]) * len(groups) + joined["respondents"]
    joined["stands"] = _standing(common, key, joined)
    joined["part"] = parts[joined["part"]]
    joined["respondents"] = groups[joined["respondents"]]
    return pd.DataFrame(
        {name: pd.Series(joined.pop(name), dtype=kind) for name, kind in SCORE_COLUMNS.items()}, copy=False
    )


def _columns(table: Table, scores: Scores) -> dict[str, npt.NDArray[Any]]:
    """Return the scores with their places in the sheet and what the cells printed."""
    start, turned = table.layout.start, table.view.turned
    across = scores.row + start if turned else scores.column
    letters = np.array([letter(one) for one in range(int(across.max()) + 1)], dtype=object)
    return {
        "mention": scores.mention,
        "fiscal_year": scores.fiscal_year,
        "part": scores.part,
        "respondents": scores.respondents,
        "value": scores.value,
        "printed": printed(table.block[scores.row, scores.column]),
        "sheet": np.full(len(scores.value), table.sheet.name, dtype=object),
        "row": (scores.column if turned else scores.row + start) + 1,
        "column": letters[across],
    }


def _standing(
    common: Common, key: npt.NDArray[np.int64], scores: Mapping[str, npt.NDArray[Any]]
) -> npt.NDArray[np.bool_]:
    """Return which scores stand: of equal ones for one body, year and part the first, of others none."""
    stands = np.ones(len(key), dtype=bool)
    groups: dict[int, list[int]] = {}
    for one in np.flatnonzero(pd.Series(key).duplicated(keep=False)).tolist():
        groups.setdefault(int(key[one]), []).append(one)
    said: Counter[str] = Counter()

    def say(code: str, one: int, other: int) -> None:
        said[code] += 1
        if said[code] <= MOST_ALIKE:
            sheet, row, column = scores["sheet"][one], int(scores["row"][one]), scores["column"][one]
            value = shown(scores["printed"][one])
            common.say(code, _place(scores, other), sheet=sheet, row=row, column=column, value=value)

    for alike in groups.values():
        given = scores["value"][alike]
        if (given == given[0]).all():
            stands[alike[1:]] = False
            for one in alike[1:]:
                say("repeated", one, alike[0])
        else:
            stands[alike] = False
            for one in alike:
                say("conflict", one, alike[int(np.argmax(given != scores["value"][one]))])
    for code, count in said.items():
        if count > MOST_ALIKE:
            common.say("more", f"{count - MOST_ALIKE:,}", code)
    return stands


def _place(scores: Mapping[str, npt.NDArray[Any]], one: int) -> str:
    sheet = f"แผ่นงาน {scores['sheet'][one]} " if scores["sheet"][one] else ""
    return f"{sheet}แถว {scores['row'][one]} คอลัมน์ {scores['column'][one]} ({shown(scores['printed'][one])})"


def _frame(kinds: Mapping[str, str], rows: Iterable[Sequence[Any]]) -> pd.DataFrame:
    """Return rows as a table with exactly these columns and kinds."""
    columns = list(zip(*rows, strict=True)) or [()] * len(kinds)
    return pd.DataFrame(
        {
            name: pd.Series(list(column), dtype=kind)
            for (name, kind), column in zip(kinds.items(), columns, strict=True)
        }
    )
