"""The benchmark of speed: its statistics are right, and every row runs on data as small as can be.

No time is asserted: what is fast enough is measured by `python -m benchmarks speed`, not tested.
"""

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from benchmarks import speed
from benchmarks.speed import building, data, figures, load, pages, queries
from benchmarks.speed.client import AnswerError, Session
from benchmarks.speed.data import NATIONAL, PUBLISHED, Size
from benchmarks.speed.figures import Figure
from benchmarks.speed.servers import APPS, ROOT, Server, serve
from warehouse import warehouse
from warehouse.warehouse import Warehouse

# Statistics -------------------------------------------------------------


def test_a_ratio_is_of_medians() -> None:
    # the median of the single ratios would be 1
    assert figures.ratio([1, 9, 2], [1, 1, 2]) == 2
    assert figures.median([4, 1, 2, 3]) == 2.5


def test_without_measurements_there_is_no_figure() -> None:
    for statistic in (figures.median, lambda values: figures.percentile(values, 0.95)):
        with pytest.raises(ValueError, match="nothing was measured"):
            statistic([])


@pytest.mark.parametrize(
    ("values", "share", "expected"),
    [
        (range(1, 101), 0.95, 95),
        (range(1, 11), 0.95, 10),
        (range(1, 21), 0.95, 19),
        ([5.0], 0.95, 5.0),
        ([3, 1, 2], 0.5, 2),
        ([3, 1, 2], 1, 3),
    ],
)
def test_a_percentile_is_the_smallest_value_enough_do_not_exceed(
    values: list[float], share: float, expected: float
) -> None:
    assert figures.percentile(list(values), share) == expected


def test_the_worst_counts_and_the_aim_decides() -> None:
    high = figures.worst("1", "time", {"a": 1.0, "b": 3.0}, aim=2)
    assert (high.value, high.of, high.met) == (3.0, "b", False)
    low = figures.worst("7", "rate", {"a": 1.0, "b": 3.0}, aim=0.5, at_least=True)
    assert (low.value, low.of, low.met) == (1.0, "a", True)
    assert Figure("7", "told", 4.0).met is None


def test_the_table_says_what_was_missed() -> None:
    table = figures.markdown(
        [
            Figure("1", "time", 1.25, "s", 1.5, of="a page"),
            Figure("7", "rate", 0.2, aim=1 / 3, at_least=True),
            Figure("7", "told", 1234.0, "MB"),
        ],
        {"measured": "today", "duckdb": "2"},
    )
    assert table.splitlines()[0] == "measured today, duckdb 2."
    assert table.splitlines()[-3:] == [
        "| 1 | time | ≤ 1.50 s | 1.25 s (a page) | met |",
        "| 7 | rate | ≥ 0.33 | 0.20 | **missed** |",
        "| 7 | told | – | 1,234 MB |  |",
    ]


def test_a_table_goes_between_the_marks_of_the_document() -> None:
    text = figures.DOCUMENT.read_text(encoding="utf-8")
    once = figures.into_document(text, "| a |")
    assert figures.into_document(once, "| b |") == figures.into_document(text, "| b |")
    assert f"{figures.BEGIN}\n| a |\n{figures.END}" in once
    with pytest.raises(ValueError, match="measured"):
        figures.into_document("nothing here", "| a |")


# What is compared -------------------------------------------------------------


def test_answers_that_differ_are_seen() -> None:
    mart = pd.DataFrame({"part": ["1", "2"], "mean": [1.0, None], "n": [1, 2]})
    assert queries.differences(mart, mart.copy()) == []
    assert queries.differences(mart, mart[["part", "n"]]) == []
    assert queries.differences(mart, mart.assign(mean=[1.0, 0.0])) == ["mean"]
    assert queries.differences(mart, mart.assign(part=["2", "1"], n=[1, 3])) == ["part", "n"]
    assert queries.differences(mart, mart.head(1)) == ["2 rows, not 1"]
    assert queries.differences(mart, pd.DataFrame({"other": [1, 2]})) == ["no column"]


def test_every_query_a_page_asks_is_sorted_in_and_no_other() -> None:
    known = {path.stem for path in warehouse.QUERIES.glob("*.sql")}
    reasons = [name for names in queries.NO_EQUIVALENT.values() for name in names]
    sorted_in = [*queries.CASES, *reasons]
    assert len(sorted_in) == len(set(sorted_in))
    assert set(sorted_in) <= known, "a query that is gone"
    assert set(queries.asked()) <= set(sorted_in), "a query nobody has sorted in"
    written = {path.stem for path in queries.FACT.glob("*.sql")} - set(queries.SHARED)
    assert written == set(queries.CASES)
    assert set(queries.PANDAS) <= set(queries.CASES)


# Every row, small -------------------------------------------------------------


@pytest.fixture(scope="module")
def sizes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Size]:
    folder = tmp_path_factory.mktemp("speed")
    return {PUBLISHED: data.prepare(folder, PUBLISHED), NATIONAL: data.prepare(folder, NATIONAL, 400)}


def test_a_warehouse_is_built_once(sizes: dict[str, Size]) -> None:
    again = data.prepare(sizes[NATIONAL].folder.parents[1], NATIONAL, 400)
    assert again == sizes[NATIONAL]


@pytest.mark.parametrize("name", queries.CASES)
def test_the_fact_and_pandas_give_the_rows_of_the_mart(sizes: dict[str, Size], name: str) -> None:
    opened = Warehouse(sizes[NATIONAL].version)
    facts = queries.unrestrained(sizes[NATIONAL].version)
    taken = queries.compare(opened, facts, queries.Frames.of(opened), name, 1)
    facts.close()
    opened.close()
    assert set(taken) == {"mart", "fact", *(["pandas"] if name in queries.PANDAS else [])}


def test_the_queries_are_summed_up_and_the_worst_is_told(
    sizes: dict[str, Size], monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = {"years": {"mart": 1, "fact": 20, "pandas": 10}, "group_parts": {"mart": 3, "fact": 20}}
    monkeypatch.setattr(queries, "CASES", {name: {} for name in taken})
    monkeypatch.setattr(queries, "compare", lambda opened, facts, frames, name, repeat: taken[name])
    found = [(one.value, one.aim, one.of) for one in queries.measure(sizes[NATIONAL], 1)]
    assert found == [
        (4 / 40, queries.AIM, ""),
        (3 / 20, None, "group_parts"),
        (1 / 10, queries.AIM, ""),
        (1 / 10, None, "years"),
    ]


def test_a_build_and_its_file_are_measured(sizes: dict[str, Size]) -> None:
    time_ratio, file_ratio = building.measure(sizes[NATIONAL], 1)
    assert time_ratio.value > 0
    assert file_ratio.value > 1
    assert not [path for path in sizes[NATIONAL].folder.iterdir() if path.name.startswith("tmp")]


@pytest.fixture(scope="module")
def dashboards(sizes: dict[str, Size]) -> Iterator[dict[str, Server]]:
    with (
        serve(ROOT / "app.py", cwd=ROOT, warehouse=sizes[NATIONAL].folder) as national,
        serve(APPS / "blank.py") as blank,
    ):
        yield {NATIONAL: national, pages.BLANK: blank}


def test_a_page_is_rerun_beside_a_blank_one_that_draws_as_much(
    dashboards: dict[str, Server], sizes: dict[str, Size]
) -> None:
    assert "" in asyncio.run(pages.paths(dashboards[NATIONAL]))
    taken = asyncio.run(pages.reruns(dashboards, sizes, "", 2))
    for one in taken.values():
        assert len(one["seconds"]) == 2  # type: ignore[arg-type]

    async def drawn() -> tuple[int, int]:
        ours = await Session.open(dashboards[NATIONAL].port)
        answer = await ours.visit()
        blank = await Session.open(dashboards[pages.BLANK].port)
        other = await blank.visit(query=str(taken[pages.BLANK]["drawn"]))
        assert (other.charts, other.tables) == (answer.charts, answer.tables)
        again = await blank.rerun()
        assert (again.charts, again.tables) == (other.charts, other.tables)
        await ours.close()
        await blank.close()
        return other.charts, answer.received

    charts, received = asyncio.run(drawn())
    assert charts > 0
    assert received > 1000


def test_a_filter_is_changed(dashboards: dict[str, Server]) -> None:
    async def run() -> tuple[str, str, int]:
        session = await Session.open(dashboards[NATIONAL].port)
        await session.visit()
        label, box = next((one, box) for one, box in session.filters.items() if one.startswith("ปี"))
        before, other = session.query, box.options[1]
        answer = await session.choose(label, other)
        assert other in session.query
        await session.close()
        return before, session.query, len(answer.exceptions)

    before, after, exceptions = asyncio.run(run())
    assert before != after
    assert exceptions == 0


def test_sessions_at_once(dashboards: dict[str, Server], sizes: dict[str, Size]) -> None:
    size = sizes[NATIONAL]
    paced, _ = asyncio.run(load.paced(dashboards[NATIONAL], size, 2, 1.0, 0.5, warm_up=1))
    assert paced.errors == []
    assert len(paced.seconds) >= 2
    full = asyncio.run(load.saturated(dashboards[NATIONAL], size, 2, 0.5))
    assert full.errors == []
    assert full.rate == len(full.seconds) / full.lasted


def test_the_naive_app_draws_four_charts(sizes: dict[str, Size]) -> None:
    async def run(server: Server) -> tuple[int, list[str]]:
        session = await Session.open(server.port)
        answer = await session.visit()
        await session.close()
        return answer.charts, answer.exceptions

    with serve(APPS / "naive.py", NAIVE_DATABASE=str(sizes[NATIONAL].version)) as server:
        assert asyncio.run(run(server)) == (4, [])


def test_an_exception_on_a_page_is_an_error(tmp_path: Path) -> None:
    script = tmp_path / "broken.py"
    script.write_text("raise ValueError('broken')", encoding="utf-8")

    async def run(server: Server) -> list[str]:
        session = await Session.open(server.port)
        answer = await session.visit()
        await session.close()
        return answer.exceptions

    with serve(script, cwd=tmp_path) as server:
        (said,) = asyncio.run(run(server))
    assert "broken" in said


def test_no_answer_is_an_error(tmp_path: Path) -> None:
    script = tmp_path / "slow.py"
    script.write_text("import time\ntime.sleep(5)", encoding="utf-8")

    async def run(server: Server) -> None:
        session = await Session.open(server.port)
        try:
            await session.visit(patience=0.2)
        finally:
            await session.close()

    with serve(script, cwd=tmp_path) as server, pytest.raises(AnswerError):
        asyncio.run(run(server))


# The command -------------------------------------------------------------


def test_the_command_measures_only_the_rows_asked_for(
    sizes: dict[str, Size],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(figures, "RESULTS", tmp_path)
    folder = sizes[NATIONAL].folder.parents[1]
    assert speed.main(["--rows", "build", "--quick", "--folder", str(folder)]) == 0
    saved = json.loads((tmp_path / "speed.json").read_text(encoding="utf-8"))
    assert {one["row"] for one in saved["figures"]} == {"5"}
    assert {"measured", "machine", "duckdb", "streamlit"} <= set(saved["about"])
    assert len(saved["figures"][0]["detail"]["seconds"]) == speed.QUICK
    said = capsys.readouterr().out
    assert all(one["what"] in said for one in saved["figures"])


@pytest.mark.parametrize(
    "arguments", [["--rows", "reruns,nothing"], ["--docs", "--quick"], ["--docs", "--rows", "build"]]
)
def test_wrong_usage_measures_nothing(arguments: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speed, "run", lambda *rest: pytest.fail("measured"))
    assert speed.main(arguments) == 2
