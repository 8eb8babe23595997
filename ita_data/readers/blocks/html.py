"""HTML to blocks: what a person would see. Scripts, styles, attributes and hidden elements are left out."""

import re
from collections.abc import Iterator

import lxml.html
from lxml import etree

from ita_data.readers.blocks.model import Block, Paragraph, Place, Row, Table, Unreadable, check_cells, tidy

MAX_LINES = 65_000
"""Above this libxml2 no longer counts source lines."""

_UNSEEN = (
    "script style head template noscript iframe object embed svg math canvas audio video textarea select"
)
_INLINE = (
    "a abbr acronym b bdi bdo big cite code data dfn em font i ins kbd label mark q ruby s samp small span "
    "strike strong sub sup time tt u var wbr"
)
_UNSEEN_TAGS, _INLINE_TAGS = frozenset(_UNSEEN.split()), frozenset(_INLINE.split())
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_SPACES = re.compile(r"\s+")


def read_html(text: str, first_row: int = 1) -> list[Block]:
    """Return the blocks of a page or of a piece of one; rows are source lines, the first being ``first_row``.

    Raises Unreadable when it nests deeper than libxml2 allows (256), has more than MAX_LINES lines, or too
    many cells in tables.
    """
    if text.count("\n") > MAX_LINES:
        raise Unreadable(
            "too_long", f"ไฟล์ HTML ยาวเกิน {MAX_LINES:,} บรรทัด", "แยกเป็นไฟล์ย่อย หรือคัดเฉพาะส่วนที่เป็นผลการประเมิน"
        )
    page = _parse(text)
    return list(_Walk(first_row - 1).blocks(page)) if page is not None else []


def text_of(fragment: str) -> str:
    """Return the visible text of a piece of HTML, its paragraphs and breaks as lines."""
    page = _parse(fragment)
    return tidy(_text(page)) if page is not None else ""


def _parse(text: str) -> lxml.html.HtmlElement | None:
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    data = text.encode("utf-8", errors="replace")
    try:
        page = lxml.html.document_fromstring(data, parser=parser)
    except etree.ParserError:  # nothing in it
        return None
    if any("depth" in entry.message.lower() for entry in parser.error_log):
        raise Unreadable(
            "too_deep", "HTML ซ้อนกันลึกเกิน 256 ชั้น จึงอ่านได้ไม่ครบ", "เปิดในเบราว์เซอร์แล้วคัดลอกเฉพาะข้อความและตาราง"
        )
    return page


def _seen(element: lxml.html.HtmlElement) -> bool:
    return (
        isinstance(element.tag, str)
        and element.tag not in _UNSEEN_TAGS
        and element.get("hidden") is None
        and not _HIDDEN.search(element.get("style") or "")
    )


def _text(element: lxml.html.HtmlElement) -> str:
    """Return the visible text below an element, a line for each block and break."""
    if not _seen(element):
        return ""
    if element.tag == "br":
        return "\n"
    parts = [_SPACES.sub(" ", element.text or "")]
    for child in element:
        parts += [_text(child), _SPACES.sub(" ", child.tail or "")]
    text = "".join(parts)
    return text if element.tag in _INLINE_TAGS else f"\n{text}\n"


class _Walk:
    """Collects inline text until a block element ends it."""

    def __init__(self, lines_above: int) -> None:
        self.lines_above = lines_above
        self.cells = 0

    def blocks(self, element: lxml.html.HtmlElement) -> Iterator[Block]:
        """Yield what is below a block element, in order."""
        waiting: list[str] = []
        row = self._row(element)
        for piece in self._pieces(element):
            if isinstance(piece, str):
                waiting.append(piece)
                continue
            yield from self._paragraph(waiting, row)
            waiting, row = [], self._row(piece)
            if piece.tag == "table" and next(piece.iterdescendants("table"), None) is None:
                yield from self._table(piece)
            else:
                yield from self.blocks(piece)
        yield from self._paragraph(waiting, row)

    def _pieces(self, element: lxml.html.HtmlElement) -> Iterator[str | lxml.html.HtmlElement]:
        yield _SPACES.sub(" ", element.text or "")
        for child in element:
            if _seen(child):
                if child.tag == "br":
                    yield "\n"
                elif child.tag in _INLINE_TAGS:
                    yield from self._pieces(child)
                else:
                    yield child
            yield _SPACES.sub(" ", child.tail or "")

    def _row(self, element: lxml.html.HtmlElement) -> int:
        return self.lines_above + (element.sourceline or 1)

    def _paragraph(self, pieces: list[str], row: int) -> Iterator[Paragraph]:
        if text := tidy("".join(pieces)):
            yield Paragraph(text, Place(row))

    def _table(self, table: lxml.html.HtmlElement) -> Iterator[Block]:
        rows: list[Row] = []
        covered: dict[int, int] = {}  # column -> rows below that a merged cell still covers
        for part in table.iter("caption", "tr"):
            if part.tag == "caption":
                yield from self._paragraph([_text(part)], self._row(part))
                continue
            cells: list[str] = []
            below: dict[int, int] = {}
            for cell in filter(_seen, part.iterchildren("td", "th")):
                while covered.get(len(cells)):
                    cells.append("")
                start, wide = len(cells), _span(cell, "colspan")
                cells += [tidy(_text(cell)), *[""] * (wide - 1)]
                below |= dict.fromkeys(range(start, start + wide), _span(cell, "rowspan"))
            while covered.get(len(cells)):
                cells.append("")
            covered = {col: n - 1 for col, n in (covered | below).items() if n > 1}
            self.cells = check_cells(self.cells + len(cells))
            if any(cells):
                rows.append(Row(tuple(cells), Place(self._row(part))))
        if rows:
            yield Table(tuple(rows))


def _span(cell: lxml.html.HtmlElement, name: str) -> int:
    written = cell.get(name) or "1"
    return min(max(int(written), 1), 1000) if re.fullmatch(r"[0-9]{1,6}", written) else 1
