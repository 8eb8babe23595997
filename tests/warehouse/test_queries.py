"""The queries: what each answers on the shipped data, that a second engine agrees, and how it is written.

The answers stand in `snapshots/<query>.<case>.csv` to be read and reviewed. After an intended change, write
them anew with `UPDATE_SNAPSHOTS=1 python -m pytest tests/warehouse/test_queries.py` and read the difference.
A new query needs an entry in CASES.
"""

import csv
import io
import os
import re
from collections.abc import Callable, Iterator
from datetime import datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import datafusion
import duckdb
import pandas as pd
import pytest

from dashboard.listing import words_of
from warehouse import warehouse
from warehouse.warehouse import Value, Warehouse

SNAPSHOTS = Path(__file__).with_name("snapshots")
UPDATE = os.environ.get("UPDATE_SNAPSHOTS") == "1"
# What differs from build to build
VOLATILE = {"build_id", "built_at", "recipe"}

ALL: dict[str, Value] = {"place": "all", "kind": "all"}
MAHA_SARAKHAM: dict[str, Value] = {"place": "TH-44", "kind": "sao"}
EAST: dict[str, Value] = {"place": "east", "kind": "lao"}
NOBODY: dict[str, Value] = {"place": "TH-39", "kind": "university"}
KHWAO_YAI: dict[str, Value] = {"organisation": "sao-khwao-yai"}
KHAO_THONG: dict[str, Value] = {"organisation": "sao-khao-thong"}
TWO: dict[str, Value] = {"organisations": ",sao-khwao-yai,pattaya,"}
OVERALL: dict[str, Value] = {"part": "overall"}
NO_PARAMETERS: dict[str, dict[str, Value]] = {"all": {}}


def page(search: str = "", first: int = 1, last: int = 50, order: str = "") -> dict[str, Value]:
    """The parameters of a page of a list, as the dashboard gives them; `order` as in `listing.Asked`."""
    asked: dict[str, Value] = {**words_of(search), "first": first, "last": last}
    return asked | ({"sort_by": order.lstrip("-"), "descending": order.startswith("-")} if order else {})


RESULTS: dict[str, Value] = {"show": "all", "district": "", "only": ""}
BETWEEN_66_67: dict[str, Value] = {"from_year": 2566, "to_year": 2567}
MOVERS: dict[str, Value] = {"show": "all", "small": 0.02, "only": ""}
ALIKE: dict[str, Value] = {"overall_within": 5, "part_within": 10, "most": 10}
FINDINGS: dict[str, Value] = {"severities": "", "checks": "", "years": ""}

PAIR: dict[str, Value] = {
    "fiscal_year": 2567,
    "part": "IIT",
    "respondents": "all",
    "other": "EIT",
    "other_respondents": "all",
}
ANY_SCORE: dict[str, Value] = {"value_from": 0, "value_below": 101, "other_from": 0, "other_below": 101}
HIGH: dict[str, Value] = {"value_from": 90, "value_below": 95.27, "other_from": 99, "other_below": 100.01}
OVERALL_AND_10: dict[str, Value] = PAIR | {"part": "overall", "other": "10"}

# query -> case -> parameters
CASES: dict[str, dict[str, dict[str, Value]]] = {
    "alike_bodies": {
        "two-years": ALL | KHWAO_YAI | ALIKE | {"part": "1", "fiscal_year": 2568},
        "of-a-province": MAHA_SARAKHAM | KHWAO_YAI | ALIKE | {"part": "10", "fiscal_year": 2568},
    },
    "asked_respondents": {"2567": {"fiscal_year": 2567}, "none": {"fiscal_year": 2566}},
    "bodies_on_part": {
        "overall-2567": ALL | OVERALL | {"fiscal_year": 2567, "show": "all"} | page(order="value"),
        "lowest-10": ALL | {"part": "10", "fiscal_year": 2567, "show": "lowest"} | page(order="-overall"),
        "lowest-1-is-not-10": ALL
        | {"part": "1", "fiscal_year": 2567, "show": "lowest"}
        | page(order="value"),
        "zero-O33": ALL | {"part": "O33", "fiscal_year": 2567, "show": "zero"} | page(order="value"),
        "item-of-two-groups": ALL | {"part": "E9", "fiscal_year": 2567, "show": "all"} | page(order="name"),
        "search": ALL | OVERALL | {"fiscal_year": 2567, "show": "all"} | page("เขวา มหา", order="value"),
        "nobody": NOBODY | OVERALL | {"fiscal_year": 2567, "show": "all"} | page(order="value"),
    },
    "bodies_parts": {"two": TWO | {"fiscal_year": 2567}},
    "bodies_respondents": {"two": TWO | {"fiscal_year": 2567}},
    "breaks": NO_PARAMETERS,
    "breaks_between": {
        "one": {"from_year": 2566, "to_year": 2567, "level": "indicator"},
        "none": {"from_year": 2563, "to_year": 2565, "level": "overall"},
        "all": {"from_year": 2561, "to_year": 2568, "level": "sub_indicator"},
    },
    "build_info": NO_PARAMETERS,
    "change_pairs": {
        "overall": ALL | OVERALL | {"level": "overall"},
        "indicator": ALL | {"part": "10", "level": "indicator"},
    },
    "change_summary": {
        "2566-2567": ALL | OVERALL | {"from_year": 2566, "to_year": 2567},
        "nobody": NOBODY | OVERALL | {"from_year": 2566, "to_year": 2567},
    },
    "change_bins": {"2566-2567": ALL | OVERALL | {"from_year": 2566, "to_year": 2567, "width": 2}},
    "changes": {
        "2566-2567": ALL | OVERALL | {"from_year": 2566, "to_year": 2567, "only": ""} | page(order="-change"),
        "over-a-missing-year": EAST
        | OVERALL
        | {"from_year": 2564, "to_year": 2567, "only": ""}
        | page(order="value_to"),
        "followed": ALL
        | OVERALL
        | {"from_year": 2566, "to_year": 2567, "only": TWO["organisations"]}
        | page(order="-change"),
    },
    "coverage_levels": NO_PARAMETERS,
    "coverage_years": NO_PARAMETERS,
    "editions": NO_PARAMETERS,
    "districts": {"maha-sarakham": MAHA_SARAKHAM | {"fiscal_year": 2567}},
    "expected_lines": {
        "2566-2567": BETWEEN_66_67,
        "never-over-2561": {"from_year": 2561, "to_year": 2562},
    },
    "few_values": {"2567": ALL | {"fiscal_year": 2567, "fewer_than": 5, "level": "indicator"}},
    "finding_bodies": {"all": ALL, "maha-sarakham": MAHA_SARAKHAM},
    "finding_counts": {"all": ALL, "maha-sarakham": MAHA_SARAKHAM},
    "findings": {
        "all": ALL | FINDINGS | page(),
        "filtered": MAHA_SARAKHAM
        | {"severities": ",high,medium,", "checks": "", "years": ",2567,"}
        | page("เขวาใหญ่ 2๕67", last=3),
    },
    "grade_levels": NO_PARAMETERS,
    "grade_transitions": {
        "2566-2567": ALL | BETWEEN_66_67,
        "two-scales": ALL | {"from_year": 2564, "to_year": 2566},
        "nobody": NOBODY | BETWEEN_66_67,
    },
    "grade_ranges": NO_PARAMETERS,
    "group_average_years": NO_PARAMETERS,
    "group_averages": {"2564": {"fiscal_year": 2564}, "all": {"fiscal_year": 0}},
    "group_bins": {"2566": ALL | {"fiscal_year": 2566}},
    "group_bodies": {
        "first-page": ALL | {"fiscal_year": 2567} | page(last=10, order="name"),
        "last-page": ALL | {"fiscal_year": 2567} | page(first=21, last=30, order="-overall"),
        "maha-sarakham": MAHA_SARAKHAM | {"fiscal_year": 2567} | page("ใหญ่", order="lowest"),
    },
    "group_continuity": {"overall": ALL | OVERALL},
    "group_contributions": {
        "overall-only": ALL | BETWEEN_66_67 | {"level": "overall"},
        "indicators": ALL | {"from_year": 2567, "to_year": 2568, "level": "indicator"},
    },
    "group_counts": {"2567": ALL | {"fiscal_year": 2567}, "nobody": NOBODY | {"fiscal_year": 2567}},
    "group_coverage": {"all": ALL, "maha-sarakham": MAHA_SARAKHAM},
    "group_depth": {"10": ALL | {"part": "10"}, "no-sub-indicators": ALL | {"part": "1"}},
    "group_grades": {"all": ALL, "east": EAST},
    "group_item_parents": {
        "2567": ALL | {"fiscal_year": 2567},
        "unconfirmed-split": ALL | {"fiscal_year": 2568},
    },
    "group_items": {"2567": ALL | {"fiscal_year": 2567}},
    "group_overall": {"all": ALL, "maha-sarakham": MAHA_SARAKHAM, "nobody": NOBODY},
    "group_plan_changes": {
        "2568": ALL | {"fiscal_year": 2568},
        "nobody": NOBODY | {"fiscal_year": 2568},
    },
    "group_parts": {"2564": ALL | {"fiscal_year": 2564}, "2567": MAHA_SARAKHAM | {"fiscal_year": 2567}},
    "group_respondents": {"all": ALL, "nobody": NOBODY},
    "group_series": {"overall": ALL | OVERALL, "indicator-10": ALL | {"part": "10"}},
    "group_sources": {
        "overall-2567": ALL | OVERALL | {"fiscal_year": 2567},
        "computed": ALL | {"part": "IIT", "fiscal_year": 2567},
        "nobody": NOBODY | OVERALL | {"fiscal_year": 2567},
    },
    "groups_series": {"some": OVERALL | {"groups": ",east/all,northeast/all,TH-44/sao,"}},
    "kinds": NO_PARAMETERS,
    "mover_bins": {"2566-2567": ALL | BETWEEN_66_67 | {"width": 2}},
    "mover_counts": {
        "2566-2567": ALL | BETWEEN_66_67 | {"small": 0.02},
        "2567-2568": ALL | {"from_year": 2567, "to_year": 2568, "small": 0.02},
        "nobody": NOBODY | BETWEEN_66_67 | {"small": 0.02},
    },
    "movers": {
        "2566-2567": ALL | BETWEEN_66_67 | MOVERS | page(order="-beyond"),
        "declined": ALL | BETWEEN_66_67 | MOVERS | {"show": "declined"} | page(order="change"),
        "passing": ALL
        | {"from_year": 2563, "to_year": 2564}
        | MOVERS
        | {"show": "passing"}
        | page(order="name"),
        "failing": ALL | BETWEEN_66_67 | MOVERS | {"show": "failing"} | page(order="value_to"),
        "improved": ALL
        | {"from_year": 2567, "to_year": 2568}
        | MOVERS
        | {"show": "improved"}
        | page(order="-times"),
        "search-and-followed": ALL
        | BETWEEN_66_67
        | MOVERS
        | {"only": TWO["organisations"]}
        | page("เขวา", order="-change"),
    },
    "measure_bins": {
        "overall": ALL | OVERALL_AND_10 | ANY_SCORE | {"fiscal_year": 2566, "width": 2},
        "marked": ALL | OVERALL_AND_10 | HIGH | {"fiscal_year": 2564, "width": 5},
    },
    "measure_facets": {
        "kinds": ALL | OVERALL | {"respondents": "all", "facet": "kind", "fiscal_year": 2567},
        "provinces-every-year": ALL
        | {"part": "10", "respondents": "all", "facet": "province", "fiscal_year": 0},
        "years-of-the-east": EAST | OVERALL | {"respondents": "all", "facet": "year", "fiscal_year": 0},
        "item-by-region": ALL | {"part": "O33", "respondents": "all", "facet": "region", "fiscal_year": 2567},
    },
    "measures_on_part": {"two": TWO | {"part": "10", "assessed_year": 2567}},
    "national_series": NO_PARAMETERS,
    "nearest_bodies": {
        "khwao-yai": KHWAO_YAI | {"fiscal_year": 2568, "most": 20},
    },
    "organisation": {"khwao-yai": KHWAO_YAI, "no-province": KHAO_THONG, "unknown": {"organisation": "x"}},
    "organisation_addressed": {"khwao-yai": KHWAO_YAI, "no-score": KHAO_THONG},
    "organisation_findings": {"khwao-yai": KHWAO_YAI},
    "organisation_measures": {"khwao-yai": KHWAO_YAI, "carried-out": KHAO_THONG},
    "organisation_plan_changes": {"khwao-yai": KHWAO_YAI},
    "organisation_position": {
        "all": ALL | KHWAO_YAI | {"fiscal_year": 2567},
        "group-of-one": MAHA_SARAKHAM | KHWAO_YAI | {"fiscal_year": 2567},
    },
    "organisation_printed": {
        "rivals": KHWAO_YAI | {"part": "8", "fiscal_year": 2567},
        "two-groups": KHWAO_YAI | {"part": "E9", "fiscal_year": 2567},
    },
    "organisation_rank": {
        "no-overall": EAST | {"organisation": "tt-mueang-klaeng", "fiscal_year": 2564},
        "not-a-member": EAST | KHWAO_YAI | {"fiscal_year": 2567},
        "all": ALL | KHWAO_YAI | {"fiscal_year": 2567},
        "group-of-one": MAHA_SARAKHAM | KHWAO_YAI | {"fiscal_year": 2567},
    },
    "organisation_results": {
        "khwao-yai": KHWAO_YAI,
        "missing-year": {"organisation": "pattaya"},
        "no-overall": {"organisation": "tt-mueang-klaeng"},
        "printed-grade": {"organisation": "state-audit-office"},
    },
    "organisation_series": {"overall": TWO | OVERALL, "indicator": TWO | {"part": "10"}},
    "organisation_standing": {
        "all": ALL | KHWAO_YAI | {"fiscal_year": 2567},
        "not-a-member": EAST | KHWAO_YAI | {"fiscal_year": 2567},
        "both-years": ALL | {"organisation": "pattaya", "fiscal_year": 2566},
    },
    "organisation_tree": {
        "khwao-yai-2567": KHWAO_YAI | {"fiscal_year": 2567},
        "khon-kaen-2564": {"organisation": "tn-khon-kaen", "fiscal_year": 2564},
    },
    "organisation_weak": {"khwao-yai": KHWAO_YAI, "no-score": KHAO_THONG},
    "organisations": NO_PARAMETERS,
    "organisations_indicators": {"two": TWO | {"fiscal_year": 2567}},
    "pair_bins": {"2567": ALL | PAIR | ANY_SCORE | {"width": 2}},
    "pair_bodies": {
        "inside-outside": ALL
        | PAIR
        | ANY_SCORE
        | {"show": "both", "gap": 10, "only": ""}
        | page(order="-difference"),
        "above": ALL | PAIR | ANY_SCORE | {"show": "above", "gap": 0, "only": ""} | page(order="other"),
        "below": ALL | PAIR | ANY_SCORE | {"show": "below", "gap": 1, "only": ""} | page(order="difference"),
        "known": ALL
        | OVERALL_AND_10
        | ANY_SCORE
        | {"fiscal_year": 2564, "show": "known", "gap": 0, "only": ""}
        | page(order="name"),
        "marked": ALL
        | OVERALL_AND_10
        | HIGH
        | {"fiscal_year": 2564, "show": "known", "gap": 0, "only": ""}
        | page(order="overall"),
        "items-of-one-group": ALL
        | {
            "fiscal_year": 2567,
            "part": "E9",
            "respondents": "public",
            "other": "O33",
            "other_respondents": "all",
        }
        | ANY_SCORE
        | {"show": "both", "gap": 0, "only": TWO["organisations"]}
        | page("เขวา", order="value"),
    },
    "pair_counts": {
        "median": ALL | PAIR | ANY_SCORE | {"cut": "median", "mark": 85, "gap": 10},
        "mark": ALL | OVERALL_AND_10 | HIGH | {"fiscal_year": 2564, "cut": "mark", "mark": 85, "gap": 0},
        "nobody": NOBODY | PAIR | ANY_SCORE | {"cut": "median", "mark": 85, "gap": 10},
    },
    "part_column": {"overall": ALL | OVERALL | {"fiscal_year": 2567}},
    "parts": {"2561": {"fiscal_year": 2561}, "2567": {"fiscal_year": 2567}, "2568": {"fiscal_year": 2568}},
    "places": NO_PARAMETERS,
    "province_map": {
        "2564": {"kind": "all", "fiscal_year": 2564},
        "2567": {"kind": "lao", "fiscal_year": 2567},
    },
    "results": {
        "2566": ALL | RESULTS | {"fiscal_year": 2566} | page(order="-overall"),
        "without-overall": EAST | RESULTS | {"fiscal_year": 2564} | page(order="change"),
        "below": ALL | RESULTS | {"fiscal_year": 2567, "show": "below"} | page(order="overall"),
        "passed-by-indicator": ALL | RESULTS | {"fiscal_year": 2567, "show": "passed"} | page(order="-8"),
        "second-page": ALL | RESULTS | {"fiscal_year": 2566} | page(first=3, last=5, order="name"),
        "followed": ALL | RESULTS | {"fiscal_year": 2567, "only": TWO["organisations"]} | page(order="name"),
        "search": ALL | RESULTS | {"fiscal_year": 2567} | page("เขวา กันทร สารคาม", order="name"),
        "district": ALL | RESULTS | {"fiscal_year": 2567, "district": "กันทรวิชัย"} | page(order="name"),
        "nobody": NOBODY | RESULTS | {"fiscal_year": 2567} | page(order="-overall"),
    },
    "series_bodies": {"overall": ALL | OVERALL},
    "sources": NO_PARAMETERS,
    "trend_parts": NO_PARAMETERS,
    "version_files": NO_PARAMETERS,
    "waiting_counts": NO_PARAMETERS,
    "waiting_figures": {"all": page(), "search": page("ไม่มีชื่อนี้")},
    "waiting_names": NO_PARAMETERS,
    "worked_change": NO_PARAMETERS,
    "worked_example": {"2567": {"fiscal_year": 2567}, "other-year": {"fiscal_year": 2568}},
    "years": NO_PARAMETERS,
}

# The same questions about the invented bodies, where the shipped ones are named.
ELSEWHERE: dict[str, Value] = {"organisation": "test-00", "organisations": ",test-00,test-04,test-07,"}


def of_dataset(parameters: dict[str, Value], dataset: str) -> dict[str, Value]:
    """The parameters of a case as they are for another dataset."""
    if dataset == "published":
        return parameters
    return {name: ELSEWHERE.get(name, value) for name, value in parameters.items()}


QUERIES = sorted(path.stem for path in warehouse.QUERIES.glob("*.sql"))
EVERY_CASE = pytest.mark.parametrize(
    ("query", "case"), [(query, case) for query, cases in CASES.items() for case in cases]
)
EVERY_QUERY = pytest.mark.parametrize("query", QUERIES)

Rows = list[tuple[Any, ...]]


def plain(value: Any) -> Any:
    """A cell as a plain Python value: None where nothing is known, whatever type an engine gave it."""
    if value is None or (not isinstance(value, str) and pd.isna(value)):
        return None
    if isinstance(value, pd.Timestamp | datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    return value.item() if hasattr(value, "item") else value


def rows_of(frame: pd.DataFrame) -> Rows:
    return [tuple(map(plain, row)) for row in frame.itertuples(index=False, name=None)]


# Every query is exercised -----------------------------------------------------------------------------------


@EVERY_QUERY
def test_a_query_has_a_case_that_gives_rows(open_dataset: Callable[[str], Warehouse], query: str) -> None:
    """On the shipped figures, or on the invented ones where these are too few for it."""
    assert query in CASES, f"add parameters for queries/{query}.sql to CASES"
    assert any(
        len(open_dataset(dataset).run(query, **of_dataset(parameters, dataset)))
        for dataset in ("published", "groups")
        for parameters in CASES[query].values()
    )


def test_every_case_is_of_a_query_and_every_snapshot_of_a_case() -> None:
    assert set(CASES) <= set(QUERIES)
    named = {f"{query}.{case}.csv" for query, cases in CASES.items() for case in cases}
    for path in SNAPSHOTS.iterdir():
        if UPDATE and path.name not in named:
            path.unlink()
    assert UPDATE or {path.name for path in SNAPSHOTS.iterdir()} == named


# Snapshots --------------------------------------------------------------------------------------------------


def shown(value: Any, column: str) -> str:
    """A cell as text; floats with up to six digits."""
    value = plain(value)
    if column in VOLATILE:
        return "…"
    if value is None:
        return "NULL"
    if isinstance(value, float):
        text = f"{value:.6f}".rstrip("0").rstrip(".")
        return "0" if text == "-0" else text
    return str(value)


def as_csv(frame: pd.DataFrame) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(frame.columns)
    for row in frame.itertuples(index=False, name=None):
        writer.writerow(shown(value, column) for value, column in zip(row, frame.columns, strict=True))
    return text.getvalue()


@EVERY_CASE
def test_a_query_answers_as_reviewed(published_warehouse: Warehouse, query: str, case: str) -> None:
    answer = as_csv(published_warehouse.run(query, **CASES[query][case]))
    path = SNAPSHOTS / f"{query}.{case}.csv"
    if UPDATE:
        path.write_text(answer, encoding="utf-8", newline="\n")
    assert path.exists(), f"no {path.name}: see the top of this file"
    assert answer.splitlines() == path.read_text(encoding="utf-8").splitlines()


def test_snapshots_are_not_being_updated_in_ci() -> None:
    assert not (UPDATE and os.environ.get("CI")), "UPDATE_SNAPSHOTS would make every snapshot test pass"


# A second engine --------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def engines(
    open_dataset: Callable[[str], Warehouse], open_tables: Callable[[str], duckdb.DuckDBPyConnection]
) -> Iterator[Callable[[str], tuple[Warehouse, datafusion.SessionContext]]]:
    """A function: name of a dataset → its warehouse, and DataFusion with every table of it."""

    @cache
    def both(dataset: str) -> tuple[Warehouse, datafusion.SessionContext]:
        context = datafusion.SessionContext()
        connection = open_tables(dataset)
        relations = "SELECT table_name FROM information_schema.tables"  # views among them
        for (name,) in connection.execute(relations).fetchall():
            context.from_arrow(connection.table(name).to_arrow_table(), name)
        return open_dataset(dataset), context

    yield both
    both.cache_clear()


def same(one: Any, other: Any) -> bool:
    """Equal, numbers within 1e-9; True is no 1 and NULL is no 0."""
    if isinstance(one, bool) or isinstance(other, bool) or not isinstance(one, int | float):
        return type(one) is type(other) and one == other
    return isinstance(other, int | float) and abs(one - other) <= 1e-9


def test_a_missing_a_false_and_an_empty_cell_are_not_zero() -> None:
    values = [0, None, False, ""]
    assert [[same(one, other) for other in values] for one in values] == [
        [row == column for column in range(4)] for row in range(4)
    ]
    assert same(1, 1.0)
    assert same(0.3, 0.1 + 0.2)
    assert not same(1.0, 1.0000001)


@pytest.mark.parametrize("dataset", ["published", "groups", "empty"])
@EVERY_CASE
def test_a_second_engine_gives_the_same_rows_in_the_same_order(
    engines: Callable[[str], tuple[Warehouse, datafusion.SessionContext]], dataset: str, query: str, case: str
) -> None:
    opened, context = engines(dataset)
    parameters = of_dataset(CASES[query][case], dataset)
    here = opened.run(query, **parameters)
    given = {"param_values": parameters} if parameters else {}
    there = context.sql(warehouse.query_text(query), **given).to_arrow_table()
    assert list(here.columns) == there.column_names
    found = [tuple(map(plain, row.values())) for row in there.to_pylist()]
    expected = rows_of(here)
    assert len(found) == len(expected)
    for number, (row, other) in enumerate(zip(expected, found, strict=True)):
        for column, one, another in zip(here.columns, row, other, strict=True):
            assert same(one, another), f"row {number}, {column}: {one!r} here, {another!r} there"


# How they are written ---------------------------------------------------------------------------------------

# Spark, DataFusion or PostgreSQL lack these, or give another answer.
NOT_PORTABLE = {
    "QUALIFY": r"\bQUALIFY\b",
    "PIVOT": r"\b(UN)?PIVOT\b",
    "EXCLUDE": r"\b(EXCLUDE|EXCEPT|REPLACE)\s*\(",
    "COLUMNS": r"\bCOLUMNS\s*\(",
    "DISTINCT ON": r"\bDISTINCT\s+ON\b",
    "FILTER": r"\bFILTER\s*\(",
    "ANTI or SEMI JOIN": r"\b(ANTI|SEMI|ASOF|POSITIONAL)\s+JOIN\b",
    "JOIN USING": r"\bUSING\s*\(",
    "//": r"//",
    "::": r"::",
    "GROUP BY ALL or by number": r"\bGROUP\s+BY\s+(ALL\b|\d)",
    "ORDER BY ALL or by number": r"\bORDER\s+BY\s+(ALL\b|\d)",
    "MEDIAN or QUANTILE": r"\b(MEDIAN|QUANTILE\w*|MODE)\s*\(",
    "aggregate": r"\b(ARG_MIN|ARG_MAX|ANY_VALUE|STRING_AGG|LIST|FIRST|LAST)\s*\(",
    "list literal": r"\[",
    "struct literal": r"\{",
    "plain AVG": r"\bAVG\s*\((?!\s*(CAST|CASE)\b)",
    "plain percentile": r"\bWITHIN\s+GROUP\s*\(\s*ORDER\s+BY\s+(?!CAST\()",
    "FORMAT": r"\b(FORMAT|PRINTF)\s*\(",
}


def code_of(sql: str) -> str:
    """The SQL without its comments and with empty string literals."""
    return re.sub(r"'(?:[^']|'')*'", "''", re.sub(r"--[^\n]*", "", sql))


def faults(sql: str) -> list[str]:
    return [name for name, pattern in NOT_PORTABLE.items() if re.search(pattern, code_of(sql), re.IGNORECASE)]


def order_terms(sql: str) -> list[str]:
    """The terms of the last ORDER BY outside all brackets."""
    code, depth, start = code_of(sql), 0, None
    for found in re.finditer(r"[()]|\bORDER\s+BY\b", code, re.IGNORECASE):
        depth += {"(": 1, ")": -1}.get(found.group(), 0)
        if depth == 0 and found.group() not in "()":
            start = found.end()
    if start is None:
        return []
    clause = re.split(r"\bLIMIT\b", code[start:], flags=re.IGNORECASE)[0]
    return [term.strip() for term in re.split(r",(?![^(]*\))", clause)]


@EVERY_QUERY
def test_a_query_keeps_to_the_portable_subset(query: str) -> None:
    assert faults(warehouse.query_text(query)) == []


@EVERY_QUERY
def test_a_query_says_in_its_first_line_what_it_answers(query: str) -> None:
    first = warehouse.query_text(query).splitlines()[0]
    assert re.fullmatch(r"-- [A-Z].{10,}", first)


@EVERY_QUERY
def test_every_column_is_named_once(published_warehouse: Warehouse, query: str) -> None:
    for parameters in CASES.get(query, {}).values():
        columns = list(published_warehouse.run(query, **parameters).columns)
        assert len(set(columns)) == len(columns)
        for column in columns:
            assert re.search(rf"\bAS {column}\b", code_of(warehouse.query_text(query))), column


@EVERY_QUERY
def test_the_order_is_by_named_columns_that_leave_no_tie(
    open_dataset: Callable[[str], Warehouse], query: str
) -> None:
    terms = order_terms(warehouse.query_text(query))
    assert terms, "ORDER BY missing"
    # a term is an output name; only an order that is no column may be a CASE
    names = {term.split()[0]: term for term in terms if not term.startswith("CASE")}
    for term in names.values():
        assert re.fullmatch(r"\w+( (ASC|DESC))?( NULLS (FIRST|LAST))?", term), term
    for dataset in ("published", "groups"):
        for parameters in CASES.get(query, {}).values():
            if dataset != "published":
                parameters = {name: ELSEWHERE.get(name, value) for name, value in parameters.items()}
            frame = open_dataset(dataset).run(query, **parameters)
            assert set(names) <= set(frame.columns)
            assert not frame.duplicated(list(names)).any()
            for name, term in names.items():
                assert "NULLS" in term or frame[name].notna().all(), f"say NULLS FIRST or LAST for {name}"


@pytest.mark.parametrize(
    ("sql", "fault"),
    [
        ("SELECT a FROM t QUALIFY ROW_NUMBER() OVER (ORDER BY a) = 1", "QUALIFY"),
        ("PIVOT t ON a USING SUM(b)", "PIVOT"),
        ("SELECT * EXCLUDE (a) FROM t", "EXCLUDE"),
        ("SELECT DISTINCT ON (a) a FROM t", "DISTINCT ON"),
        ("SELECT COUNT(*) FILTER (WHERE a) FROM t", "FILTER"),
        ("SELECT a FROM t ANTI JOIN u ON t.a = u.a", "ANTI or SEMI JOIN"),
        ("SELECT a // 2 FROM t", "//"),
        ("SELECT a, COUNT(*) FROM t GROUP BY ALL", "GROUP BY ALL or by number"),
        ("SELECT a FROM t ORDER BY 1", "ORDER BY ALL or by number"),
        ("SELECT median(a) FROM t", "MEDIAN or QUANTILE"),
        ("SELECT a IN ['x'] FROM t", "list literal"),
        ("SELECT {'a': 1} FROM t", "struct literal"),
        ("SELECT a::INTEGER FROM t", "::"),
        ("SELECT AVG(a) FROM t", "plain AVG"),
        ("SELECT PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY a) FROM t", "plain percentile"),
    ],
)
def test_the_rules_catch_what_they_are_for(sql: str, fault: str) -> None:
    assert faults(sql) == [fault]
    assert faults(f"-- {sql}\nSELECT '{sql.replace(chr(39), '')}' AS a") == []


def test_the_last_order_is_found() -> None:
    assert order_terms(
        "SELECT RANK() OVER (ORDER BY a) AS b, (1) AS c FROM t ORDER BY b DESC NULLS LAST, c LIMIT 3"
    ) == [
        "b DESC NULLS LAST",
        "c",
    ]
    assert order_terms("SELECT RANK() OVER (ORDER BY a) AS b FROM t") == []
