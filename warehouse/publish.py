"""Versions of the warehouse: finished files that never change, and a small pointer to the one readers use.

A version is a file `ita-<build id>.duckdb`. Publishing replaces the pointer file atomically, so a reader
finds either the old or the new version, whole; older versions stay for undo.
"""

import json
import os
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from filelock import FileLock

POINTER = "current.json"


class PublishError(Exception):
    """A version could not be published or undone; the message is in Thai and fit for the user."""


@dataclass(frozen=True)
class Version:
    """One built warehouse file."""

    build_id: str
    path: Path
    current: bool


def versions_folder() -> Path:
    """Where built files live: the environment variable `ITA_WAREHOUSE`, or `warehouse/versions/`."""
    return Path(os.environ.get("ITA_WAREHOUSE") or Path(__file__).parent / "versions")


def new_build_id() -> str:
    """An id that sorts by time (UTC) and does not collide between two processes."""
    return f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{secrets.token_hex(3)}"


def version_path(folder: Path, build_id: str) -> Path:
    """The file of a version."""
    return folder / f"ita-{build_id}.duckdb"


def _history(folder: Path) -> list[str]:
    """The build ids the pointer names, the last one in use; none where there is no pointer."""
    stamp = _stamp(folder)
    return list(_parsed(folder / POINTER, stamp)) if stamp else []


def _stamp(folder: Path) -> tuple[int, int, int] | None:
    """What changes with every pointer that is written; None where there is none."""
    try:
        state = os.stat(os.path.join(folder, POINTER))  # pages ask dozens of times a rerun
    except FileNotFoundError:
        return None
    return state.st_ino, state.st_mtime_ns, state.st_size


@lru_cache(maxsize=16)
def _parsed(pointer: Path, stamp: tuple[int, int, int]) -> tuple[str, ...]:
    """What the pointer says, read once for every file that has been it."""
    try:
        return tuple(json.loads(pointer.read_text(encoding="utf-8"))["history"])
    except (ValueError, KeyError, TypeError) as error:
        raise PublishError(
            f"อ่านไฟล์ {POINTER} ไม่ได้ ให้ลบไฟล์นี้แล้วสร้างใหม่ด้วยคำสั่ง python -m warehouse build"
        ) from error


def _write_pointer(folder: Path, history: list[str]) -> None:
    """Replace the pointer in one step; file and folder are flushed so that a power cut cannot tear it."""
    temporary = folder / f"{POINTER}.{secrets.token_hex(4)}.tmp"
    with temporary.open("w", encoding="utf-8") as file:
        json.dump({"history": history}, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    os.replace(temporary, folder / POINTER)
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def published(folder: Path | None = None) -> list[str]:
    """The build ids that were published and not undone, in that order; the last one is in use.

    Raises:
        PublishError: the pointer cannot be read.
    """
    return _history(folder or versions_folder())


def current_path(folder: Path | None = None) -> Path | None:
    """The file readers use now, or None where nothing has been published yet.

    Raises:
        PublishError: the pointer names a file that is not there.
    """
    folder = folder or versions_folder()
    stamp = _stamp(folder)
    return _in_use(folder, stamp) if stamp else None


@lru_cache(maxsize=16)
def _in_use(folder: Path, stamp: tuple[int, int, int]) -> Path | None:
    """The file the pointer of a stamp names, looked for once."""
    history = _parsed(folder / POINTER, stamp)
    if not history:
        return None
    path = version_path(folder, history[-1])
    if not path.exists():
        raise PublishError(
            f"ไม่พบไฟล์คลังข้อมูลรุ่น {history[-1]} ({path.name}) ให้สร้างใหม่ด้วยคำสั่ง python -m warehouse build"
        )
    return path


def lock(folder: Path) -> FileLock:
    """The lock that whoever moves the pointer holds; a holder may take it again."""
    return FileLock(folder / "publish.lock", is_singleton=True)


def publish(build_id: str, folder: Path | None = None) -> None:
    """Make a built version the one readers use.

    Raises:
        PublishError: there is no such version.
    """
    folder = folder or versions_folder()
    if not version_path(folder, build_id).exists():
        raise PublishError(f"ไม่พบคลังข้อมูลรุ่น {build_id}")
    with lock(folder):
        history = _history(folder)
        if history[-1:] != [build_id]:  # twice in a row would make one undo do nothing
            _write_pointer(folder, [*history, build_id])


def undo(folder: Path | None = None, build_id: str | None = None) -> str:
    """Go back to the version published before the current one, or to `build_id`; returns what is now in use.

    Raises:
        PublishError: there is nothing to go back to, or the version asked for was never published.
    """
    folder = folder or versions_folder()
    with lock(folder):
        history = _history(folder)
        if build_id is None:
            kept = history[:-1]
        elif build_id in history:
            kept = history[: len(history) - history[::-1].index(build_id)]
        else:
            raise PublishError(f"ไม่เคยเผยแพร่คลังข้อมูลรุ่น {build_id}")
        if not kept:
            raise PublishError("ไม่มีรุ่นก่อนหน้าให้ย้อนกลับ")
        if not version_path(folder, kept[-1]).exists():
            raise PublishError(f"ไฟล์ของรุ่น {kept[-1]} ไม่อยู่แล้ว จึงย้อนกลับไม่ได้")
        _write_pointer(folder, kept)
        return kept[-1]


def versions(folder: Path | None = None) -> list[Version]:
    """All built versions, oldest first."""
    folder = folder or versions_folder()
    history = _history(folder)
    return [
        Version(build_id, path, bool(history) and history[-1] == build_id)
        for path in sorted(folder.glob("ita-*.duckdb"))
        for build_id in [path.stem.removeprefix("ita-")]
    ]
