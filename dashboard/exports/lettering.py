"""Text as Office draws it: Thai fonts named for every script, colours, and how much room words take.

A font named for Latin alone lets Thai fall back to a small serif, so every run and every default names all of
`latin`, `ea` and `cs`, and says that it is Thai, by which line breaks fall between words.
"""

import html
import math
import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from xml.sax.saxutils import escape, quoteattr

FONT = "Leelawadee UI"
"""Comes with Windows since version 8 and has Thai and Latin; other systems put their own Thai font in."""
LANGUAGE = "th-TH"
WIDE, MIDDLE, LATIN, NARROW = 0.67, 0.5, 0.58, 0.34
"""Widths in its size of most Thai letters, slender Thai ones, Latin letters and digits, and thin signs."""
SLENDER, THIN = set("เโไใาะๆ"), set(" .,:;·|!'()[]-–ijlI1")
LEADING = 1.5
"""Height of a line in its size: Thai has vowels and tones above one another."""

_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_TAG = re.compile(r"<[^<>]*>")


def faces() -> str:
    """The font for Latin, East Asian and complex scripts."""
    name = quoteattr(FONT)
    return f"<a:latin typeface={name}/><a:ea typeface={name}/><a:cs typeface={name}/>"


def character(tag: str, size: float, color: str, bold: bool = False) -> str:
    """Properties of characters as an element `tag` (a:rPr, a:defRPr or a:endParaRPr); size in points."""
    return (
        f'<{tag} lang="{LANGUAGE}" altLang="en-US" sz="{round(size * 100)}" b="{int(bold)}">'
        f"{solid(color)}{faces()}</{tag}>"
    )


def solid(color: str) -> str:
    """A fill of a colour RRGGBB or, with its opacity, RRGGBBAA."""
    alpha = f'<a:alpha val="{round(int(color[6:], 16) / 255 * 100_000)}"/>' if color[6:] else ""
    return f'<a:solidFill><a:srgbClr val="{color[:6]}">{alpha}</a:srgbClr></a:solidFill>'


def paragraph(words: str, size: float, color: str, *, bold: bool = False, align: str = "l") -> str:
    """A paragraph of one run."""
    return (
        f'<a:p><a:pPr algn="{align}"/><a:r>{character("a:rPr", size, color, bold)}'
        f"<a:t>{text(words)}</a:t></a:r>{character('a:endParaRPr', size, color, bold)}</a:p>"
    )


def text(words: str) -> str:
    """A text as XML; characters XML has no place for become U+FFFD."""
    return escape(_UNWRITABLE.sub("\ufffd", words))


def attribute(words: str) -> str:
    """A text as the value of an XML attribute, with its quotes."""
    return quoteattr(_UNWRITABLE.sub("\ufffd", words))


def color(css: str | None, default: str) -> str:
    """RRGGBB or RRGGBBAA of a colour as Plotly takes it: #RRGGBB or rgba(…); `default` for any other."""
    if css and re.fullmatch(r"#[0-9A-Fa-f]{6}", css):
        return css[1:].upper()
    if css and (found := re.fullmatch(r"rgba?\(([\d.,\s]+)\)", css)):
        red, green, blue, *alpha = (float(part) for part in found[1].split(","))
        opacity = f"{round(alpha[0] * 255):02X}" if alpha else ""
        return f"{round(red):02X}{round(green):02X}{round(blue):02X}{opacity}"
    return default.removeprefix("#")


def lines_of(label: str) -> list[str]:
    """The lines of a text of Plotly, which reads <br>, other tags and entities in it."""
    return [html.unescape(_TAG.sub("", line)).strip() for line in label.split("<br>")]


def width(words: str, size: float) -> float:
    """About how wide a line of text is, in points; rather too much than too little."""
    return size * sum(map(_share, words))


@cache
def _share(letter: str) -> float:
    if unicodedata.category(letter) == "Mn":
        return 0.0  # vowels and tones above and below a letter
    if letter in THIN:
        return NARROW
    if letter in SLENDER:
        return MIDDLE
    return WIDE if "\u0e00" <= letter <= "\u0e7f" or letter.isupper() else LATIN


def rows(words: str, size: float, room: float) -> int:
    """How many lines a text takes in a width of `room` points; lines break before the edge, hence a share."""
    return max(1, math.ceil(width(words, size) * 1.06 / room)) if words else 1


def fitted(words: Sequence[str], sizes: Sequence[float], room: float, height: float) -> float:
    """The first of some sizes, given from large to small, at which paragraphs fit a box; else the last."""
    for size in sizes:
        if sum(rows(one, size, room) for one in words) * size * LEADING <= height:
            return size
    return sizes[-1]
