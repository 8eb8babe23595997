"""Named mappings: what a person said about the tables of a file, kept beside the versions for next year.

A mapping is the JSON file `mappings/NAME.json` in the versions folder; page and command line share it.
"""

import os
import re
import secrets
import unicodedata
from dataclasses import replace
from pathlib import Path

from ita_data.readers import mapping
from ita_data.readers.mapping import Mapping, MappingError
from warehouse import publish

FOLDER = "mappings"
LONGEST = 60
"""Characters of a name; a Thai one takes three bytes, and file names have at most 255."""

# Thai with its marks, Latin letters and digits; a name cannot leave the folder or hide in it.
_LETTERS = r"A-Za-z0-9\u0e01-\u0e3a\u0e40-\u0e5b"
_NAME = re.compile(rf"[A-Za-z0-9ก-ฮเ-ไ๐-๙](?:[{_LETTERS} ._()-]*[{_LETTERS}()_-])?")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.I)


def checked_name(name: str) -> str:
    """The name as it is kept.

    Raises:
        MappingError: it cannot be the name of a mapping; the message says what a name may hold.
    """
    name = unicodedata.normalize("NFC", name).strip()
    if len(name) > LONGEST or not _NAME.fullmatch(name) or ".." in name or _RESERVED.fullmatch(name):
        raise MappingError(
            f"ชื่อการจับคู่ “{name[:LONGEST]}” ใช้ไม่ได้ ใช้อักษรไทย อังกฤษ ตัวเลข เว้นวรรค และ . _ - ( )"
            f" ไม่เกิน {LONGEST} ตัวอักษร ขึ้นต้นด้วยอักษรหรือตัวเลข"
        )
    return name


def names(out: Path | None = None) -> list[str]:
    """The names of all mappings, in order."""
    return sorted(path.stem for path in _folder(out).glob("*.json") if _NAME.fullmatch(path.stem))


def load(name: str, out: Path | None = None) -> Mapping:
    """The mapping of a name.

    Raises:
        MappingError: there is none, or its file is wrong.
    """
    path = _path(name, out)
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        there = ", ".join(names(out)) or "ยังไม่มีการจับคู่ที่บันทึกไว้"
        raise MappingError(f"ไม่พบการจับคู่ “{name}” ที่มีอยู่: {there}") from error
    except (OSError, UnicodeDecodeError) as error:
        raise MappingError(f"อ่านการจับคู่ “{name}” ไม่ได้: {error}") from error
    return mapping.load(text)


def save(one: Mapping, out: Path | None = None) -> Path:
    """Keep a mapping under its name, in place of an earlier one; a reader finds the old or the new one whole.

    Raises:
        MappingError: its name cannot be one.
    """
    path = _path(one.name, out)
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{secrets.token_hex(4)}.tmp")
    try:
        temporary.write_text(mapping.dump(replace(one, name=path.stem)), encoding="utf-8")
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)
    return path


def delete(name: str, out: Path | None = None) -> None:
    """Remove the mapping of a name, if there is one.

    Raises:
        MappingError: the name cannot be one.
    """
    _path(name, out).unlink(missing_ok=True)


def _folder(out: Path | None) -> Path:
    return (out or publish.versions_folder()) / FOLDER


def _path(name: str, out: Path | None) -> Path:
    return _folder(out) / f"{checked_name(name)}.json"
