"""The queue of a meeting: its views as values, as a link, and as a small file. Nothing here draws or asks.

A file is JSON, `{"ita_meeting": 1, "views": [{"page", "view", "params", "title"}]}`; a link holds the same,
compressed, as base64url. Both come from strangers and are read as such.
"""

import base64
import binascii
import json
import unicodedata
import zlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from dashboard.selection import KEYS, shorten

FORMAT, VERSION = "ita_meeting", 1
MOST_VIEWS = 30
MOST_TITLE = 90
MOST_KEY = 80
MOST_PARAMETER = 3000
"""A list of 60 bodies with long ids."""
MOST_BYTES = 100_000
MOST_LINK = 6000
"""Characters of a link that browsers, mail programs and chats still carry whole."""


class QueueError(ValueError):
    """A link or a file is no queue; the message is in Thai and fit for the user."""


@dataclass(frozen=True)
class Entry:
    """One view of the queue: its page, its key there, the selection as URL parameters, a title of its own."""

    page: str
    view: str
    params: tuple[tuple[str, str], ...] = ()
    title: str = ""

    @property
    def asked(self) -> tuple[str, str, tuple[tuple[str, str], ...]]:
        """What is shown, whatever it is called."""
        return self.page, self.view, self.params


Queue = tuple[Entry, ...]


def entry(page: str, view: str, params: Mapping[str, str], title: str = "") -> Entry:
    """An entry; its parameters stand in the order of their names, so that equal ones are equal."""
    return Entry(page, view, tuple(sorted(params.items())), tidy(title))


def tidy(title: str) -> str:
    """A title on one line without what cannot be seen, at most `MOST_TITLE` characters."""
    seen = "".join(" " if unicodedata.category(one)[0] in "CZ" else one for one in title)
    return shorten(" ".join(seen.split()), MOST_TITLE)


def moved(queue: Queue, at: int, by: int) -> Queue:
    """The queue with one entry moved; at an end it stays where it is."""
    to = min(max(at + by, 0), len(queue) - 1)
    rest = queue[:at] + queue[at + 1 :]
    return (*rest[:to], queue[at], *rest[to:])


def to_json(queue: Queue) -> str:
    """The queue as the text of a file."""
    return json.dumps(_value(queue), ensure_ascii=False, indent=1)


def from_json(content: bytes, pages: Collection[str]) -> Queue:
    """Read a file; `pages` are those that have views.

    Raises:
        QueueError: it is no queue, in words that say what is wrong where.
    """
    if len(content) > MOST_BYTES:
        raise QueueError(f"แฟ้มใหญ่เกินไป ({len(content):,} ไบต์) คิวหนึ่งมีได้ไม่เกิน {MOST_BYTES:,} ไบต์")
    try:
        found = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise QueueError("แฟ้มนี้ไม่ใช่ JSON ที่อ่านได้ ใช้แฟ้มที่ดาวน์โหลดจากหน้าประชุม") from error
    return _queue(found, pages)


def to_link(queue: Queue) -> str:
    """The queue as the value of a URL parameter, in ASCII letters, digits, - and _."""
    compact = json.dumps(_value(queue), ensure_ascii=False, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(zlib.compress(compact, 9)).decode().rstrip("=")


def from_link(link: str, pages: Collection[str]) -> Queue:
    """Read a link, never unpacking more than a queue may hold.

    Raises:
        QueueError: it is no queue, or a part of it is missing.
    """
    if len(link) > MOST_LINK:
        raise QueueError("ลิงก์ของคิวยาวเกินไป ขอเป็นแฟ้มคิวแทน")
    unpacking = zlib.decompressobj()
    try:
        packed = base64.b64decode(link + "=" * (-len(link) % 4), altchars=b"-_", validate=True)
        content = unpacking.decompress(packed, MOST_BYTES + 1)
    except (ValueError, binascii.Error, zlib.error) as error:
        raise QueueError("ลิงก์ของคิวไม่ครบหรือเสียหาย ขอลิงก์ใหม่หรือใช้แฟ้มคิว") from error
    if len(content) <= MOST_BYTES and not unpacking.eof:
        raise QueueError("ลิงก์ของคิวไม่ครบหรือเสียหาย ขอลิงก์ใหม่หรือใช้แฟ้มคิว")
    return from_json(content, pages)


def _value(queue: Queue) -> dict[str, Any]:
    views = [
        {"page": one.page, "view": one.view, "params": dict(one.params)}
        | ({"title": one.title} if one.title else {})
        for one in queue
    ]
    return {FORMAT: VERSION, "views": views}


def _queue(found: object, pages: Collection[str]) -> Queue:
    if not isinstance(found, dict) or FORMAT not in found:
        raise QueueError(f"แฟ้มนี้ไม่ใช่คิวของการประชุม (ไม่มี “{FORMAT}”)")
    if type(found[FORMAT]) is not int or found[FORMAT] != VERSION:
        raise QueueError(f"คิวนี้เป็นรูปแบบ “{shorten(str(found[FORMAT]))}” โปรแกรมนี้อ่านได้เฉพาะรูปแบบ {VERSION}")
    views = found.get("views")
    if not isinstance(views, list):
        raise QueueError("คิวนี้ไม่มีรายการมุมมอง “views”")
    if len(views) > MOST_VIEWS:
        raise QueueError(f"คิวนี้มี {len(views):,} มุมมอง มีได้ไม่เกิน {MOST_VIEWS}")
    return tuple(_entry(one, number, pages) for number, one in enumerate(views, start=1))


def _entry(found: object, number: int, pages: Collection[str]) -> Entry:
    """One entry of a value from outside; `number` counts from 1 for the message."""
    where = f"มุมมองที่ {number}"
    if not isinstance(found, dict):
        raise QueueError(f"{where} ไม่ใช่มุมมอง")
    if unknown := sorted(set(map(str, found)) - {"page", "view", "params", "title"}):
        raise QueueError(f"{where} มีช่องที่ไม่รู้จัก “{shorten(unknown[0])}”")
    page, view, title = (found.get(key, "") for key in ("page", "view", "title"))
    params = found.get("params", {})
    if not isinstance(page, str) or page not in pages:
        raise QueueError(f"{where} มาจากหน้า “{shorten(str(page))}” ซึ่งไม่มีในโปรแกรมนี้")
    if not isinstance(view, str) or not 0 < len(view) <= MOST_KEY or not view.isprintable():
        raise QueueError(f"{where} ไม่บอกว่าเป็นมุมมองใดของหน้า")
    if not isinstance(title, str):
        raise QueueError(f"{where} มีชื่อที่ไม่ใช่ข้อความ")
    if not isinstance(params, dict):
        raise QueueError(f"{where} มีตัวกรองที่อ่านไม่ได้")
    for key, value in params.items():
        if key not in KEYS:
            raise QueueError(f"{where} มีตัวกรองที่ไม่รู้จัก “{shorten(str(key))}”")
        if not isinstance(value, str) or len(value) > MOST_PARAMETER or not value.isprintable():
            raise QueueError(f"{where} มีค่าของตัวกรอง “{key}” ที่ใช้ไม่ได้")
    return entry(page, view, params, title)
