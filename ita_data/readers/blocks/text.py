"""Plain text and Markdown to blocks: tables of tabs, pipes or HTML among the lines, tags in the cells."""

import html
import re
from collections.abc import Iterator

from ita_data.readers.blocks.html import read_html, text_of
from ita_data.readers.blocks.model import Block, Paragraph, Place, Row, Table, tidy

_NEWLINE = re.compile(r"\r\n|\r|\n")
_TAG = re.compile(r"</?(?:p|br|b|i|u|strong|em|span|div|sub|sup|font|a|ul|ol|li|h[1-6])\b[^<>]*>", re.I)
_ENTITY = re.compile(r"&(?:[A-Za-z]{2,8}|#\d{1,7}|#[xX][0-9A-Fa-f]{1,6});")
_TABLE_STARTS, _TABLE_ENDS = re.compile(r"<table\b", re.I), re.compile(r"</table\s*>", re.I)
_SEPARATOR = re.compile(r"\s*\|?(?:\s*:?-+:?\s*\|)*\s*:?-+:?\s*\|?\s*")
_RULE = re.compile(r"\s*(?:[-=_*]\s*){3,}|\s*(?:```|~~~).*")
_PIPE = re.compile(r"(?<!\\)\|")
_MARKS = re.compile(r"^\s{0,3}(?:#{1,6}\s+|>\s?)+|\*\*|__(?=\S)|(?<=\S)__|\\(?=[\\`*_{}\[\]()#+.!|-])")
_OPEN_CELL = 50
"""Lines a paragraph tag opened in a cell may run over."""


def read_text(text: str) -> list[Block]:
    """Return the blocks of a text; rows are its lines, from 1."""
    blocks: list[Block] = []
    lines = _NEWLINE.split(text)
    at = 0
    while at < len(lines):
        if _TABLE_STARTS.search(lines[at]):
            end = _table_end(lines, at)
            blocks += read_html("\n".join(lines[at:end]), at + 1)
        elif cells := _cells(lines, at):
            end, table = _table(lines, at, cells)
            blocks += table
        elif lines[at].strip() and not _RULE.fullmatch(lines[at]):
            end = at + 1
            while end < len(lines) and _is_prose(lines, end):
                end += 1
            blocks += _paragraph(lines, at, end)
        else:
            end = at + 1
        at = end
    return blocks


def _table_end(lines: list[str], at: int) -> int:
    """Return the line after the HTML table that starts in line ``at``."""
    depth = 0
    for end in range(at, len(lines)):
        depth += len(_TABLE_STARTS.findall(lines[end])) - len(_TABLE_ENDS.findall(lines[end]))
        if depth <= 0:
            return end + 1
    return len(lines)


def _cells(lines: list[str], at: int) -> list[str]:
    """Return the cells of a row of a table, nothing where the line is none."""
    line = lines[at]
    if _RULE.fullmatch(line):
        return []
    if "\t" in line:
        return line.split("\t")
    pipes = len(_PIPE.findall(line))
    if (line.lstrip().startswith("|") and pipes > 1) or (pipes and _beside_separator(lines, at)):
        return _PIPE.split(line.strip().removeprefix("|").removesuffix("|"))
    return []


def _beside_separator(lines: list[str], at: int) -> bool:
    """Whether the line belongs to a pipe table without pipes at its sides: the line of dashes is near."""
    near = (at + 1, *range(at, max(at - 200, -1), -1))
    for other in near:
        if (
            other < len(lines)
            and "|" in lines[other]
            and "-" in lines[other]
            and _SEPARATOR.fullmatch(lines[other])
        ):
            return True
        if other < at and not _PIPE.search(lines[other]):
            return False
    return False


def _is_prose(lines: list[str], at: int) -> bool:
    line = lines[at]
    return bool(line.strip()) and not (
        _RULE.fullmatch(line) or _TABLE_STARTS.search(line) or _cells(lines, at)
    )


def _table(lines: list[str], at: int, cells: list[str]) -> tuple[int, list[Block]]:
    """Return the table that starts in line ``at`` and the line after it; lone cells are paragraphs."""
    rows: list[Row] = []
    tabbed = "\t" in lines[at]
    first = at
    while cells and ("\t" in lines[at]) == tabbed:
        end = _row_end(lines, at)
        if end > at + 1:
            joined = "\n".join(lines[at:end])
            cells = (
                joined.split("\t")
                if tabbed
                else _PIPE.split(joined.strip().removeprefix("|").removesuffix("|"))
            )
        if not _SEPARATOR.fullmatch(lines[at]):
            row = Row(tuple(_cell(cell) for cell in cells), Place(at + 1))
            if any(row.cells):
                rows.append(row)
        at = end
        if at == len(lines):
            break
        cells = _cells(lines, at)
    if all(sum(map(bool, row.cells)) < 2 for row in rows):
        return at, list(_paragraph(lines, first, at))
    return at, [Table(tuple(rows))]


def _row_end(lines: list[str], at: int) -> int:
    """Return the line after a row: a paragraph tag opened in it may close some lines below."""
    open_tags = 0
    for end in range(at, min(at + _OPEN_CELL, len(lines))):
        open_tags += lines[end].count("<p>") - lines[end].count("</p>")
        if open_tags <= 0:
            return end + 1
    return at + 1


def _paragraph(lines: list[str], first: int, end: int) -> Iterator[Paragraph]:
    """Yield the paragraphs in the lines; lines that show nothing split them, so that each keeps its row."""
    shown: list[str] = []
    for at in range(first, end + 1):
        text = _cell(lines[at]).replace("\n", " ") if at < end else ""
        if text:
            shown.append(text)
        elif shown:
            yield Paragraph("\n".join(shown), Place(at - len(shown) + 1), numbered=True)
            shown = []


def _cell(text: str) -> str:
    """Return what a cell or a line shows, without the marks of Markdown and HTML."""
    if _TAG.search(text):
        text = text_of(text)
    elif _ENTITY.search(text):
        text = _ENTITY.sub(lambda found: html.unescape(found[0]), text)
    return tidy(_MARKS.sub("", text))
