"""Streamlit servers of this machine, each in a process of its own, with what it costs the machine."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
APPS = Path(__file__).parent / "apps"


@dataclass(frozen=True)
class Server:
    """A running app."""

    port: int
    process: "subprocess.Popen[bytes]"
    started: float  # time.perf_counter() just before the process was made

    def url(self, path: str = "") -> str:
        """The address of a page."""
        return f"http://localhost:{self.port}/{path}"

    def memory_mb(self) -> float:
        """Resident memory; only on Linux."""
        for line in Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
        return 0.0

    def cpu_seconds(self) -> float:
        """Processor seconds of all threads so far, by the machine's ticks; only on Linux."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def serve(
    script: Path | str, *, cwd: Path = APPS, warehouse: Path | None = None, **environment: str
) -> Iterator[Server]:
    """Serve a script (or `hello`) on a free port and stop it afterwards.

    Streamlit reads `.streamlit/config.toml` in `cwd`: the apps to compare with run beside none, as they come.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    what = ["hello"] if script == "hello" else ["run", str(script)]
    options = ["--server.port", str(port), "--server.headless", "true", "--server.address", "localhost"]
    options += ["--browser.gatherUsageStats", "false", "--server.fileWatcherType", "none"]
    settings: Mapping[str, str] = {"ITA_WAREHOUSE": str(warehouse)} if warehouse else {}
    started = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "streamlit", *what, *options],
        cwd=cwd,
        env={**os.environ, **settings, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait(port, process)
        yield Server(port, process, started)
    finally:
        process.terminate()
        process.wait(20)


@contextmanager
def dashboard(warehouse: Path, **environment: str) -> Iterator[Server]:
    """Serve the dashboard on the versions of a folder."""
    with serve(ROOT / "app.py", cwd=ROOT, warehouse=warehouse, **environment) as server:
        yield server


def _wait(port: int, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(3000):
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with {process.returncode}")
        try:
            urllib.request.urlopen(f"http://localhost:{port}/_stcore/health", timeout=1).close()
            return
        except OSError:
            time.sleep(0.02)
    raise RuntimeError("the server did not start")
