"""Rows 3 and 4: what Chromium gets over the wire, and when it has painted the first chart."""

import asyncio
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, Page, WebSocket, sync_playwright

from benchmarks.speed.data import Size
from benchmarks.speed.figures import Figure, median, ratio, worst
from benchmarks.speed.pages import named, paths, query_of
from benchmarks.speed.servers import APPS, Server, dashboard, serve

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
RESTING = '[data-testid="stApp"][data-test-script-state="notRunning"]'
CHART = '[data-testid="stPlotlyChart"] .main-svg'
FILTERS = ("ปีงบประมาณ", "พื้นที่", "ประเภทหน่วยงาน")
PATIENCE = 60_000  # ms
QUIET = 0.8  # seconds without a message after which a page is at rest


@contextmanager
def chromium() -> Iterator[Browser]:
    """A running Chromium; its own start is not part of what is measured.

    Raises:
        RuntimeError: there is none on this machine.
    """
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None:
        raise RuntimeError("no Chromium found")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield browser
        browser.close()


@dataclass
class Counter:
    """Bytes a page received: over the websocket and, as sent (compressed), over HTTP."""

    socket: int = 0
    http: int = 0
    files: dict[str, int] = field(default_factory=dict)  # what came over HTTP, by the end of its address
    _asked: dict[str, str] = field(default_factory=dict)
    last: float = field(default_factory=time.monotonic)

    def watch(self, page: Page) -> None:
        page.on("websocket", self._listen)
        devtools = page.context.new_cdp_session(page)
        devtools.send("Network.enable")
        devtools.on("Network.requestWillBeSent", self._sent)
        devtools.on("Network.loadingFinished", self._loaded)

    def _listen(self, socket: WebSocket) -> None:
        socket.on("framereceived", self._received)

    def _received(self, payload: str | bytes) -> None:
        self.socket += len(payload)
        self.last = time.monotonic()

    def _sent(self, event: dict[str, Any]) -> None:
        self._asked[event["requestId"]] = event["request"]["url"].rpartition("/")[2]

    def _loaded(self, event: dict[str, Any]) -> None:
        size = int(event["encodedDataLength"])
        self.http += size
        self.files[self._asked.get(event["requestId"], "")] = size
        self.last = time.monotonic()


def settle(page: Page, counter: Counter) -> None:
    """Wait until the script rests and nothing has come for a while."""
    page.wait_for_selector(RESTING, timeout=PATIENCE)
    until = time.monotonic() + PATIENCE / 1000
    while time.monotonic() - counter.last < QUIET:
        if time.monotonic() > until:
            raise RuntimeError("the page does not come to rest")
        page.wait_for_timeout(100)
    page.wait_for_selector(RESTING, timeout=PATIENCE)


def pick_other(page: Page, label: str) -> bool:
    """Choose another option of a filter in the sidebar; False where there is no such filter."""
    box = page.locator('[data-testid="stSidebar"] [data-testid="stSelectbox"]').filter(has_text=label).first
    if not box.count():
        return False
    box.evaluate("one => one.scrollIntoView({block: 'center'})")  # a list closes when its box is scrolled
    page.wait_for_timeout(200)
    box.locator("button").last.click()
    page.locator('[role="option"]:not([aria-selected="true"])').nth(1).click()
    return True


def page_bytes(browser: Browser, server: Server, path: str, query: str) -> dict[str, int]:
    """Bytes over the websocket of the first view of a page, and after each change of a filter."""
    page = browser.new_context(viewport={"width": 1366, "height": 768}).new_page()
    counter = Counter()
    counter.watch(page)
    page.goto(server.url(f"{path}?{query}"))
    settle(page, counter)
    found = {"first": counter.socket}
    for label in FILTERS:
        before = counter.socket
        if pick_other(page, label):
            page.wait_for_timeout(300)
            settle(page, counter)
            found[label] = counter.socket - before
            if not found[label]:
                raise RuntimeError(f"{named(path)}: choosing another {label} changed nothing")
    page.context.close()
    return found


def cold_bytes(browser: Browser, server: Server) -> Counter:
    """Bytes of a first visit with nothing in the browser's cache."""
    page = browser.new_context(viewport={"width": 1366, "height": 768}).new_page()
    counter = Counter()
    counter.watch(page)
    page.goto(server.url())
    settle(page, counter)
    page.context.close()
    return counter


def measure_bytes(national: Size, repeat: int) -> list[Figure]:
    """Row 3. The same bytes come every time, so each page is opened once; the cold load `repeat` times."""
    with dashboard(national.folder) as server:
        pages = asyncio.run(paths(server))  # no loop of ours runs beside Playwright's
    with (
        chromium() as browser,
        dashboard(national.folder) as server,
        serve(APPS / "trivial.py") as trivial,
        serve(APPS / "naive.py", NAIVE_DATABASE=str(national.version)) as naive,
    ):
        taken = {named(path): page_bytes(browser, server, path, query_of(path, national)) for path in pages}
        ours = [cold_bytes(browser, server) for _ in range(repeat)]
        naives = [cold_bytes(browser, naive) for _ in range(repeat)]
        bare = [cold_bytes(browser, trivial) for _ in range(repeat)]
    first = {name: one["first"] / 1000 for name, one in taken.items()}
    later = {
        f"{name}, {label}": count / 1000
        for name, one in taken.items()
        for label, count in one.items()
        if label != "first"
    }
    sums, others, least = ([(one.http + one.socket) / 1e6 for one in side] for side in (ours, naives, bare))
    return [
        worst("3", "bytes over the websocket, first view of a page", first, unit="KB", aim=300),
        worst("3", "bytes over the websocket, a filter changed", later, unit="KB", aim=150),
        Figure(
            "3",
            "bytes of a cold load ÷ the naive app's",
            ratio(sums, others),
            aim=1 / 3,
            detail={
                "MB": round(median(sums), 3),
                "naive MB": round(median(others), 3),
                "trivial MB": round(median(least), 3),
                "websocket": ours[-1].socket,
                "largest": _largest(ours[-1]),
                "naive, largest": _largest(naives[-1]),
                "trivial, largest": _largest(bare[-1]),
            },
        ),
        Figure(
            "3", "bytes of a cold load ÷ a trivial Streamlit page's, which draws no chart", ratio(sums, least)
        ),
    ]


def _largest(counter: Counter) -> dict[str, int]:
    return dict(sorted(counter.files.items(), key=lambda one: -one[1])[:8])


def first_paint(browser: Browser, server: Server, wanted: str, query: str = "") -> float:
    """Seconds from the start of the server's process until something is painted, with nothing cached."""
    page = browser.new_context(viewport={"width": 1366, "height": 768}).new_page()
    page.goto(server.url(query), wait_until="commit")
    page.wait_for_selector(wanted, timeout=PATIENCE)
    seconds = time.perf_counter() - server.started
    page.context.close()
    return seconds


def measure_start(national: Size, repeat: int) -> list[Figure]:
    """Row 4: servers started anew, in turn, the first turn a warm-up; beside them a single blank chart."""
    ours, hello, blank = [], [], []
    with chromium() as browser:
        for _ in range(repeat + 1):
            with dashboard(national.folder) as server:
                ours.append(first_paint(browser, server, CHART))
            with serve("hello") as server:
                hello.append(first_paint(browser, server, "h1"))
            with serve(APPS / "blank.py") as server:
                blank.append(first_paint(browser, server, CHART, "?charts=1"))
    ours, hello, blank = ours[1:], hello[1:], blank[1:]
    detail = {
        "seconds": [round(one, 2) for one in ours],
        "hello": [round(one, 2) for one in hello],
        "blank chart": [round(one, 2) for one in blank],
    }
    what = "first start on built data to the first chart painted ÷ `streamlit hello` painted"
    return [
        Figure("4", what, ratio(ours, hello), aim=1.5, detail=detail),
        Figure("4", "the same of a page with one blank chart: the floor", ratio(blank, hello)),
    ]
