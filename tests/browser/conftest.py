"""The app served for real, and Chromium to drive it. Without Chromium the tests skip, except in CI."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from filelock import FileLock
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

from tests import factory
from warehouse import datasets

ROOT = Path(__file__).parents[2]
ARTEFACTS = ROOT / "artefacts"
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass
class Server:
    """A running app on a port of this machine."""

    port: int
    process: subprocess.Popen[bytes]

    def url(self, path: str = "") -> str:
        """The address of a page."""
        return f"http://localhost:{self.port}/{path}"


def start_server(warehouse: Path, log: Path, port: int = 0) -> Server:
    """Serve the app on a port, or on a free one, and wait until it answers."""
    if not port:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
    process = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "streamlit",
            "run",
            "app.py",
            "--server.port",
            str(port),
            "--server.headless",
            "true",
        ],
        cwd=ROOT,
        env={**os.environ, "ITA_WAREHOUSE": str(warehouse)},
        stdout=log.open("wb"),
        stderr=subprocess.STDOUT,
    )
    server = Server(port, process)
    for _ in range(300):
        if process.poll() is not None:
            break
        try:
            urllib.request.urlopen(server.url("_stcore/health"), timeout=1).close()
            return server
        except OSError:
            time.sleep(0.2)
    process.kill()
    raise RuntimeError(f"the app did not start: {log.read_text(encoding='utf-8')}")


# It ends with the browser tests: while Playwright lives, no other test can start an event loop.
@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        advice = "no Chromium found; install it (Debian: apt-get install chromium) to run the browser tests"
        if os.environ.get("CI") == "true":
            pytest.fail(advice)
        pytest.skip(advice)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=CHROMIUM_ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The app on the published data, one for all tests."""
    folder = tmp_path_factory.mktemp("warehouse")
    factory.build_warehouse(folder, "published")
    running = start_server(folder, folder / "server.log")
    yield running
    running.process.terminate()
    running.process.wait(10)


@dataclass
class Visitor:
    """A browser window that remembers what it asked for and what its console complained about."""

    page: Page
    server: Server
    strangers: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def open(self, path: str) -> Page:
        """Go to a page of the app and wait until it is drawn."""
        self.page.goto(self.server.url(path))
        return self.settle()

    def go(self, title: str) -> Page:
        """Choose a page in the navigation."""
        for section in self.page.get_by_test_id("stTopNavSection").all():
            section.click()
            link = self.page.get_by_test_id("stTopNavPopover").get_by_text(title, exact=True)
            if link.count():
                link.click()
                break
            self.page.keyboard.press("Escape")
        else:
            raise AssertionError(f"the navigation has no {title}")
        expect(self.page.get_by_role("heading", level=1)).to_have_text(title)
        return self.settle()

    def titles(self) -> list[str]:
        """The pages the navigation offers."""
        found = []
        for section in self.page.get_by_test_id("stTopNavSection").all():
            section.click()
            links = self.page.get_by_test_id("stTopNavPopover").get_by_test_id("stTopNavDropdownLink")
            expect(links.first).to_be_visible()
            found += [link.inner_text().splitlines()[-1] for link in links.all()]
            self.page.keyboard.press("Escape")
        return found

    def settle(self) -> Page:
        """Wait until the app has run, the browser had time to ask again, and every chart is drawn."""
        resting = '[data-testid="stApp"][data-test-script-state="notRunning"]'
        self.page.wait_for_selector(resting, timeout=60_000)
        self.page.wait_for_timeout(400)
        self.page.wait_for_selector(resting, timeout=60_000)
        self.page.wait_for_function(
            """() => !document.querySelector('[data-testid="stSkeleton"], [data-stale="true"]')
                && [...document.querySelectorAll('[data-testid="stPlotlyChart"]')]
                    .every(chart => chart.querySelector('.main-svg'))""",
            timeout=60_000,
        )
        return self.page


def new_visitor(browser: Browser, server: Server, width: int = 1366, height: int = 768) -> Visitor:
    """A new window without any memory of earlier ones."""
    context = browser.new_context(viewport={"width": width, "height": height}, locale="th-TH")
    visitor = Visitor(context.new_page(), server)

    def note_request(url: str) -> None:
        if (
            urlsplit(url).scheme in ("http", "https", "ws", "wss")
            and urlsplit(url).port != visitor.server.port
        ):
            visitor.strangers.append(url)

    visitor.page.on("request", lambda request: note_request(request.url))
    visitor.page.on("websocket", lambda socket: note_request(socket.url))

    def note_complaint(line: ConsoleMessage) -> None:
        # on a deep link Streamlit looks for its own endpoints below the page first, and the browser reports
        # the 404
        probing = "_stcore" in line.location.get("url", "") and "404" in line.text
        if line.type == "error" and not probing:
            visitor.complaints.append(line.text)

    visitor.page.on("console", note_complaint)
    visitor.page.on("pageerror", lambda error: visitor.complaints.append(str(error)))
    return visitor


@pytest.fixture
def visitor(chromium: Browser, server: Server) -> Iterator[Visitor]:
    """A window on the app; in the end no request may have left the machine and no error be in the console."""
    window = new_visitor(chromium, server)
    yield window
    window.page.context.close()
    assert window.strangers == []
    assert window.complaints == []


@pytest.fixture(scope="session")
def national(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The app with the published data and the national panel, which is built once for all processes."""
    shared = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        shared = shared.parent
    folder = shared / "national"
    with FileLock(shared / "national.lock"), pytest.MonkeyPatch.context() as patch:
        patch.setenv("ITA_WAREHOUSE", str(folder))
        for code in (datasets.OWN, datasets.SIMULATED):
            if datasets.current(code) is None:
                datasets.make(code)
    running = start_server(folder, tmp_path_factory.mktemp("national") / "server.log")
    yield running
    running.process.terminate()
    running.process.wait(10)


@pytest.fixture
def national_visitor(chromium: Browser, national: Server) -> Iterator[Visitor]:
    """As `visitor`, on the app with the national panel."""
    window = new_visitor(chromium, national)
    yield window
    window.page.context.close()
    assert window.strangers == []
    assert window.complaints == []
