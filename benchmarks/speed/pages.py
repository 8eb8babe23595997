"""Rows 1, 3 and 6: how long a rerun of every page takes, how much it sends, how much memory it leaves."""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import ExitStack

from benchmarks.speed.client import Session
from benchmarks.speed.data import NATIONAL, PUBLISHED, TENFOLD, Size
from benchmarks.speed.figures import Figure, median, ratio, worst
from benchmarks.speed.servers import APPS, Server, dashboard, serve
from warehouse.warehouse import Warehouse

OF_A_BODY = ("organisation", "road")
BLANK = "blank"
WARM_UP = 2
PAUSE = 0.05  # seconds for a server to tidy up after a rerun, before another is measured


def query_of(path: str, size: Size) -> str:
    """The query of a page's address: a body with a full history for the pages of one, else the country."""
    if path not in OF_A_BODY:
        return ""
    opened = Warehouse(size.version)
    bodies = opened.run("organisations")
    opened.close()
    best = bodies.sort_values(["n_overall", "name_order"], ascending=[False, True])
    return f"orgs={best['organisation_id'].iloc[0]}"


async def paths(server: Server) -> list[str]:
    """The paths of all pages, from the server's own navigation."""
    session = await Session.open(server.port)
    await session.visit()
    await session.close()
    return list(session.pages)


def named(path: str) -> str:
    return path or "overview"


async def reruns(
    servers: Mapping[str, Server], sizes: Mapping[str, Size], path: str, repeat: int
) -> dict[str, dict[str, object]]:
    """Rerun a page on every server in turn; the blank page draws as much as the national one."""
    sessions: dict[str, Session] = {}
    drawn = ""
    for name, server in servers.items():
        session = sessions[name] = await Session.open(server.port)
        if name == BLANK:
            await session.visit(query=drawn)
        else:
            answer = await session.visit(path, query_of(path, sizes[name]))
            if answer.exceptions:
                raise RuntimeError(f"{named(path)} on {name}: {answer.exceptions[0]}")
            if name == NATIONAL:
                drawn = f"charts={answer.charts}&tables={answer.tables}"
    seconds: dict[str, list[float]] = {name: [] for name in servers}
    cpu = dict.fromkeys(servers, 0.0)
    received = dict.fromkeys(servers, 0)
    for turn in range(WARM_UP + repeat):
        for name, session in sessions.items():
            before = servers[name].cpu_seconds()
            answer = await session.rerun()
            await asyncio.sleep(PAUSE)
            if turn >= WARM_UP:
                seconds[name].append(answer.seconds)
                cpu[name] += servers[name].cpu_seconds() - before
                received[name] = answer.received
    for session in sessions.values():
        await session.close()
    return {
        name: {
            "seconds": seconds[name],
            "median ms": round(1000 * median(seconds[name]), 1),
            "cpu ms": round(1000 * cpu[name] / repeat, 1),
            "bytes": received[name],
            **({"drawn": drawn} if name == BLANK else {}),
        }
        for name in servers
    }


async def _rerun_all(
    servers: Mapping[str, Server], sizes: Mapping[str, Size], repeat: int
) -> dict[str, dict[str, dict[str, object]]]:
    return {path: await reruns(servers, sizes, path, repeat) for path in await paths(servers[NATIONAL])}


def measure_reruns(sizes: Mapping[str, Size], repeat: int) -> list[Figure]:
    """Row 1: the ratios of the medians, page by page."""
    with ExitStack() as stack:
        servers = {name: stack.enter_context(dashboard(size.folder)) for name, size in sizes.items()}
        servers[BLANK] = stack.enter_context(serve(APPS / "blank.py"))
        taken = asyncio.run(_rerun_all(servers, sizes, repeat))
    figures = []
    for over, under, aim, text in (
        (NATIONAL, PUBLISHED, 1.5, "national ÷ published"),
        (TENFOLD, NATIONAL, 1.5, "10× national ÷ national"),
        (NATIONAL, BLANK, 3.0, "national ÷ an empty page of as many blank charts and tables"),
    ):
        if over not in servers or under not in servers:
            continue
        ratios = {named(path): ratio(_list(page[over]), _list(page[under])) for path, page in taken.items()}
        cpu = {
            named(path): _number(page[over], "cpu ms") / max(_number(page[under], "cpu ms"), 0.1)
            for path, page in taken.items()
        }
        detail = {
            "processor time": {name: round(value, 2) for name, value in cpu.items()},
            "pages": {
                named(path): {
                    side: {key: value for key, value in one.items() if key != "seconds"}
                    for side, one in page.items()
                }
                for path, page in taken.items()
            },
        }
        figures.append(worst("1", f"server time of a rerun, {text}", ratios, aim=aim, detail=detail))
    return figures


def _list(one: Mapping[str, object]) -> Sequence[float]:
    found = one["seconds"]
    assert isinstance(found, list)
    return found


def _number(one: Mapping[str, object], key: str) -> float:
    found = one[key]
    assert isinstance(found, int | float)
    return float(found)


# --- Memory ---


async def _visit_all(server: Server, size: Size) -> float:
    """Visit every page in one session, as a person clicks through; MB afterwards."""
    session = await Session.open(server.port)
    await session.visit()
    for path in list(session.pages):
        answer = await session.visit(path, query_of(path, size))
        if answer.exceptions:
            raise RuntimeError(f"{named(path)}: {answer.exceptions[0]}")
    await asyncio.sleep(0.5)
    await session.close()
    return server.memory_mb()


def measure_memory(sizes: Mapping[str, Size], repeat: int) -> list[Figure]:
    """Row 6: resident memory after a visit to every page, of servers started anew each time."""
    used: dict[str, list[float]] = {PUBLISHED: [], NATIONAL: []}
    for _ in range(repeat):
        for name in used:
            with dashboard(sizes[name].folder) as server:
                used[name].append(asyncio.run(_visit_all(server, sizes[name])))
    more = median(used[NATIONAL]) - median(used[PUBLISHED])
    detail = {name: [round(one, 1) for one in values] for name, values in used.items()}
    return [
        Figure(
            "6", "memory of the server after every page, national − published", more, "MB", 300, detail=detail
        )
    ]
