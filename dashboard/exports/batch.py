"""Documents of many bodies in one ZIP, written as they are made: memory does not grow with their number."""

import re
import zipfile
from collections.abc import Callable, Sequence
from typing import IO

from ita_data import thai

MOST = 500
"""The most bodies of one ZIP: every province has fewer."""
LONGEST_NAME = 60

_UNSAFE = re.compile(r"[^\w\u0e00-\u0e7f ().-]")
_RESERVED = re.compile(r"(?i)(?:con|prn|aux|nul|com\d|lpt\d)")


def file_name(words: str) -> str:
    """A name every system takes for a file, without ending: letters, digits, spaces, ( ) - . and _.

    A name of the system, an empty one, or one that starts with a dot gets a letter before it.
    """
    name = _UNSAFE.sub("-", thai.clean(words))[:LONGEST_NAME].strip(" .-")
    return f"x{name}" if not name or _RESERVED.fullmatch(name.split(".")[0]) else name


def file_names(words: Sequence[str]) -> list[str]:
    """A name for each of some texts, all different however a system compares them."""
    taken: set[str] = set()
    names = []
    for one in words:
        name = first = file_name(one)
        number = 2
        while name.casefold() in taken:
            name, number = f"{first} ({number})", number + 1
        taken.add(name.casefold())
        names.append(name)
    return names


def write(
    file: IO[bytes],
    bodies: Sequence[tuple[str, str]],
    suffix: str,
    make: Callable[[str], bytes],
    on_progress: Callable[[int, int], None],
) -> None:
    """Write a ZIP with a document of every body, given by id and name, to a file.

    `on_progress` is told after every document how many of how many are done.

    Raises:
        ValueError: there are no bodies, or more than `MOST`.
    """
    if not 0 < len(bodies) <= MOST:
        raise ValueError(f"a ZIP has documents of 1 to {MOST} bodies, not {len(bodies)}")
    names = file_names([name for _, name in bodies])
    # DOCX files and PDFs are packed already
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for done, ((body, _), name) in enumerate(zip(bodies, names, strict=True), start=1):
            archive.writestr(f"{name}.{suffix}", make(body))
            on_progress(done, len(bodies))
