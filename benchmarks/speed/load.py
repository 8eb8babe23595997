"""Row 7: many sessions at once. The clients share the machine with the server."""

import asyncio
import random
import time
from contextlib import AbstractContextManager
from dataclasses import dataclass, field

from benchmarks.speed.client import AnswerError, Session
from benchmarks.speed.data import Size
from benchmarks.speed.figures import Figure, median, percentile
from benchmarks.speed.pages import query_of
from benchmarks.speed.servers import APPS, Server, dashboard, serve

SESSIONS, EVERY, LASTS = 50, 5.0, 60.0
AT_ONCE, FULL = 8, 12.0  # sessions that ask without a pause, and for how many seconds
DATASET = "ชุดข้อมูล"
GC_SETTING = "STREAMLIT_RUNNER_POST_SCRIPT_GC"
WARM_UP = 40  # changes of a filter by one session before memory is compared


@dataclass
class Load:
    """What happened: seconds of every answer, what went wrong, how long it lasted."""

    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    lasted: float = 0.0

    @property
    def rate(self) -> float:
        return len(self.seconds) / self.lasted


async def change(session: Session, rng: random.Random, load: Load) -> None:
    """Change a filter to something else, or rerun a page that has none."""
    labels = [label for label, box in session.filters.items() if label != DATASET and len(box.options) > 1]
    try:
        if labels:
            label = rng.choice(labels)
            answer = await session.choose(label, rng.choice(list(session.filters[label].options)))
        else:
            answer = await session.rerun()
    except Exception as error:  # whatever it is, a user saw it
        load.errors.append(f"{type(error).__name__}: {error}")
        raise AnswerError from error
    load.seconds.append(answer.seconds)
    load.errors += answer.exceptions


async def enter(server: Server, number: int, size: Size | None) -> Session:
    """Open a session; the sessions are spread over the pages that show figures."""
    session = await Session.open(server.port)
    await session.visit()
    pages = [path for path in session.pages if path not in ("imports", "methods")]
    if size is not None and pages:
        path = pages[number % len(pages)]
        await session.visit(path, query_of(path, size))
    return session


async def paced(
    server: Server, size: Size, sessions: int, lasts: float, every: float, warm_up: int = WARM_UP
) -> tuple[Load, float]:
    """Sessions that change a filter now and then; the load and the MB per further session."""
    rng = random.Random(2567)
    first = await enter(server, 0, size)
    for _ in range(warm_up):
        await change(first, rng, Load())
    before = server.memory_mb()
    opened = [first] + [await enter(server, number, size) for number in range(1, sessions)]
    load = Load()

    async def person(session: Session, number: int) -> None:
        own = random.Random(number)
        await asyncio.sleep(every * number / sessions)
        until = time.perf_counter() + lasts
        while time.perf_counter() < until:
            asked = time.perf_counter()
            await change(session, own, load)
            await asyncio.sleep(max(0.0, every - (time.perf_counter() - asked)))

    started = time.perf_counter()
    await asyncio.gather(*(person(one, number) for number, one in enumerate(opened)), return_exceptions=True)
    load.lasted = time.perf_counter() - started
    more = (server.memory_mb() - before) / max(sessions - 1, 1)
    await asyncio.gather(*(one.close() for one in opened))
    return load, more


async def saturated(server: Server, size: Size | None, sessions: int, lasts: float) -> Load:
    """Sessions that change a filter as soon as the last change is answered."""
    opened = [await enter(server, number, size) for number in range(sessions)]
    load = Load()
    for session in opened:
        await change(session, random.Random(0), Load())
    started = time.perf_counter()

    async def person(session: Session, number: int) -> None:
        own = random.Random(number)
        while time.perf_counter() - started < lasts:
            await change(session, own, load)

    await asyncio.gather(*(person(one, number) for number, one in enumerate(opened)), return_exceptions=True)
    load.lasted = time.perf_counter() - started
    await asyncio.gather(*(one.close() for one in opened))
    return load


def contenders(national: Size) -> dict[str, tuple[Size | None, AbstractContextManager[Server]]]:
    """The servers whose rates are compared. `as it is`: with the settings each is delivered with."""
    naive = {"NAIVE_DATABASE": str(national.version)}
    off, on = {GC_SETTING: "false"}, {GC_SETTING: "true"}
    return {
        "dashboard": (national, dashboard(national.folder)),
        "dashboard, collecting": (national, dashboard(national.folder, **on)),
        "dashboard, not collecting": (national, dashboard(national.folder, **off)),
        "naive": (None, serve(APPS / "naive.py", **naive)),
        "naive, not collecting": (None, serve(APPS / "naive.py", **naive, **off)),
        "empty": (None, serve(APPS / "trivial.py")),
        "empty, not collecting": (None, serve(APPS / "trivial.py", **off)),
    }


def measure(national: Size, repeat: int, *, sessions: int = SESSIONS, lasts: float = LASTS) -> list[Figure]:
    """The paced load once with each setting, the rates `repeat` times in turn."""
    pace: dict[str, tuple[Load, float]] = {}
    for name, environment in (("as delivered", {}), ("not collecting", {GC_SETTING: "false"})):
        with dashboard(national.folder, **environment) as server:
            pace[name] = asyncio.run(paced(server, national, sessions, lasts, EVERY))
    rates: dict[str, list[float]] = {name: [] for name in contenders(national)}
    growth: dict[str, list[float]] = {name: [] for name in rates}
    errors: list[str] = []
    for _ in range(repeat):
        for name, (size, starting) in contenders(national).items():
            with starting as server:
                asyncio.run(saturated(server, size, AT_ONCE, 1.0))  # a warm-up
                before = server.memory_mb()
                load = asyncio.run(saturated(server, size, AT_ONCE, FULL))
                rates[name].append(load.rate)
                growth[name].append(1000 * (server.memory_mb() - before) / max(len(load.seconds), 1))
                errors += [f"{name}: {one}" for one in load.errors]
    load, more = pace["as delivered"]
    detail = {
        name: {
            "answers": len(one.seconds),
            "errors": one.errors[:5],
            "median s": median(one.seconds),
            "p95 s": percentile(one.seconds, 0.95),
            "MB per session": each,
        }
        for name, (one, each) in pace.items()
    }
    middle = {name: median(values) for name, values in rates.items()}
    told = {
        "reruns/s": {name: round(value, 1) for name, value in middle.items()},
        "MB per 1,000 reruns": {name: round(median(values), 1) for name, values in growth.items()},
        "errors": errors[:5],
    }
    people = f"{sessions} sessions, a filter every {EVERY:.0f} s for {lasts:.0f} s"
    return [
        Figure("7", f"{people}: errors", len(load.errors), aim=0, detail=detail),
        Figure("7", f"{people}: 95 of 100 answers within", percentile(load.seconds, 0.95), "s", 1.0),
        Figure("7", f"{people}: memory per further session", more, "MB", 8),
        Figure(
            "7",
            "saturation rate ÷ the naive app's",
            middle["dashboard"] / middle["naive"],
            aim=15,
            at_least=True,
            detail=told,
        ),
        Figure(
            "7",
            "saturation rate ÷ the empty page's",
            middle["dashboard"] / middle["empty"],
            aim=1 / 3,
            at_least=True,
        ),
        Figure(
            "7",
            "saturation rate, without `runner.postScriptGC` ÷ with it",
            middle["dashboard, not collecting"] / middle["dashboard, collecting"],
        ),
        Figure("7", "the same of the empty page", middle["empty, not collecting"] / middle["empty"]),
        Figure(
            "7",
            "memory growth by 1,000 reruns without `runner.postScriptGC`",
            median(growth["dashboard, not collecting"]),
            "MB",
        ),
        Figure("7", "the same with it", median(growth["dashboard, collecting"]), "MB"),
    ]
