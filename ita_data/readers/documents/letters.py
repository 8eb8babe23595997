"""What codes of a letter and a number stand for in a document: items, or indicators ("I1 การปฏิบัติหน้าที่")."""

import re
from collections.abc import Iterator, Sequence

from ita_data.edition import Edition
from ita_data.readers.blocks import Block, Paragraph
from ita_data.readers.documents.parts import Letters, Lexicon
from ita_data.thai import to_arabic_digits

_CODED = re.compile(r"\s*[A-Za-z]\s?\d{1,3}(?![\d.]\d)\s*[.:)]?\s*")
_SCORE_BEHIND = re.compile(r"[\s:=]*\d{1,3}(?:\.\d+)?\s*(?:คะแนน|%)?\s*$")


def named_by_letters(blocks: Sequence[Block], edition: Edition) -> Letters:
    """Return what such codes mean where no name tells: what those with names mean, if that is one thing."""
    lexicon = Lexicon(edition)
    levels = set()
    for label in _labels(blocks):
        part = lexicon.named(label).part
        if part is not None and part.level in {"item", "indicator"}:
            levels.add(part.level)
    return "unknown" if len(levels) != 1 else "items" if "item" in levels else "indicators"


def _labels(blocks: Sequence[Block]) -> Iterator[str]:
    """Yield the labels that start with such a code."""
    for block in blocks:
        if isinstance(block, Paragraph):
            texts = block.text.split("\n")
        else:
            texts = [text for row in block.rows for text in (*row.cells, " ".join(row.cells[:2]))]
        for text in texts:
            arabic = to_arabic_digits(text)
            if _CODED.match(arabic):
                yield text[: len(text) - len(found[0])] if (found := _SCORE_BEHIND.search(arabic)) else text
