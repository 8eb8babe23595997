"""Word documents in Thai: python-docx sets the Latin font only, so runs and tables are written here whole.

Thai is a complex script to Word: it takes its font from `w:cs`, its size from `w:szCs` and its weight from
`w:bCs`. Every run sets both kinds, so that Thai and figures look alike wherever the document is opened.
"""

import io
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

LANGUAGE = "th-TH"
BORDER = "B7C0C7"
HEAD = "E6EEF2"
NOT_REAL = "ข้อมูลจำลอง – ไม่ใช่ผลของหน่วยงานจริง"
MARK_COLOR = "B8500F"

_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
}


@dataclass(frozen=True)
class Text:
    """A run of text; `size` in points and `color` (RRGGBB) are the paper's where not said.

    `blank` marks what a person has to fill in; the digits of a `code` stay as they are.
    """

    words: str
    bold: bool = False
    size: float | None = None
    color: str | None = None
    blank: bool = False
    code: bool = False


Words = str | Text | Sequence[str | Text]
"""What a paragraph or a cell holds: one run or several; "\\n" within a run ends a paragraph of a cell."""


@dataclass(frozen=True)
class Cell:
    """A cell of a table: its runs, how many columns it spans, its colour (RRGGBB) and alignment."""

    words: Words = ""
    span: int = 1
    fill: str | None = None
    align: str = "left"


@dataclass
class Paper:
    """A document being written: A4, one font and size (points) in every run, `digits` applied to every text.

    With `line` the distance of lines is so many times the size of their letters, whatever font is put in;
    None leaves it to the font.
    """

    font: str
    size: float
    title: str
    margin_mm: float = 20.0
    bottom_mm: float = 20.0
    line: float | None = None
    digits: Callable[[str], str] = str
    made: Any = field(init=False)

    def __post_init__(self) -> None:
        self.made = docx.Document()
        section = self.made.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = Mm(self.margin_mm)
        section.top_margin, section.bottom_margin = Mm(self.margin_mm), Mm(self.bottom_mm)
        section.header_distance = section.footer_distance = Mm(6)
        for name in ("Normal", "Heading 1", "Heading 2", "Header", "Footer"):
            self._style(self.made.styles[name])
        core = self.made.core_properties
        core.title, core.author, core.language, core.comments = writable(self.title), "", LANGUAGE, ""

    def _style(self, style: Any) -> None:
        """The paper's font in a style too, for what a person adds later."""
        properties = style.element.get_or_add_rPr()
        for child in list(properties):
            properties.remove(child)
        properties.extend(self._properties(Text("", bold=style.name.startswith("Heading"))))
        if style.name.startswith("Heading"):
            style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(10), Pt(4)

    def header(self, words: Words) -> None:
        """What stands at the top of every page."""
        self._fill(self.made.sections[0].header.paragraphs[0], words, "center")

    def footer(self, words: Words, *, pages: bool = True) -> None:
        """What stands at the bottom of every page, with the page's number behind it."""
        line = self.made.sections[0].footer.paragraphs[0]
        runs = [_text(one) for one in _runs(words)]
        self._fill(line, runs, "left")
        if pages:
            like = replace(runs[-1], words=" · หน้า ")
            line._p.append(self._run(like))
            line._p.extend(self._page_number(like))

    def heading(self, words: str, level: int = 1, size: float | None = None) -> None:
        """A heading, one of the document's outline."""
        line = self.made.add_paragraph(style=f"Heading {level}")
        self._fill(line, Text(words, bold=True, size=size), "left")

    def paragraph(
        self, words: Words, *, align: str = "left", after: float = 4.0, indent_mm: float = 0.0
    ) -> None:
        """A paragraph with `after` points below it, its first line indented."""
        line = self.made.add_paragraph()
        line.paragraph_format.space_after, line.paragraph_format.space_before = Pt(after), Pt(0)
        if indent_mm:
            line.paragraph_format.first_line_indent = Mm(indent_mm)
        self._fill(line, words, align)

    def _fill(self, paragraph: Any, words: Words, align: str) -> None:
        paragraph.alignment = _ALIGN[align]
        if distance := self._distance([_text(one) for one in _runs(words)], None):
            paragraph.paragraph_format.line_spacing = Pt(distance)
        paragraph._p.extend(self._run(_text(one)) for one in _runs(words))

    def _distance(self, runs: Sequence[Text], size: float | None) -> float | None:
        """The distance of lines in points, set by the largest letters of a paragraph."""
        largest = max((run.size or size or self.size for run in runs), default=size or self.size)
        return None if self.line is None else round(self.line * largest, 1)

    def table(
        self,
        widths_mm: Sequence[float],
        rows: Iterable[Sequence[Cell | Words]],
        *,
        heads: int = 1,
        borders: bool = True,
        size: float | None = None,
        padding_mm: float = 1.2,
    ) -> None:
        """A table of fixed column widths whose first `heads` rows stand on every page."""
        table = _element("w:tbl")
        properties = _element("w:tblPr")
        properties.append(_element("w:tblW", w=_twips(sum(widths_mm)), type="dxa"))
        if borders:
            edges = _element("w:tblBorders")
            for edge in ("top", "left", "bottom", "right", "insideH", "insideV"):
                edges.append(_element(f"w:{edge}", val="single", sz=4, space=0, color=BORDER))
            properties.append(edges)
        properties.append(_element("w:tblLayout", type="fixed"))
        margins = _element("w:tblCellMar")
        margins.append(_element("w:left", w=_twips(padding_mm), type="dxa"))
        margins.append(_element("w:right", w=_twips(padding_mm), type="dxa"))
        properties.append(margins)
        grid = _element("w:tblGrid")
        grid.extend(_element("w:gridCol", w=_twips(width)) for width in widths_mm)
        table.extend([properties, grid])
        for number, cells in enumerate(rows):
            row = _element("w:tr")
            about = _element("w:trPr")
            about.append(_element("w:cantSplit"))
            if number < heads:
                about.append(_element("w:tblHeader"))
            row.append(about)
            at = 0
            for one in cells:
                cell = one if isinstance(one, Cell) else Cell(one)
                if number < heads:
                    cell = replace(
                        cell,
                        fill=cell.fill or HEAD,
                        words=[replace(_text(run), bold=True) for run in _runs(cell.words)],
                    )
                row.append(self._cell(cell, sum(widths_mm[at : at + cell.span]), size))
                at += cell.span
            table.append(row)
        self.made.element.body.insert(len(self.made.element.body) - 1, table)

    def _cell(self, cell: Cell, width_mm: float, size: float | None) -> Any:
        made, about = _element("w:tc"), _element("w:tcPr")
        about.append(_element("w:tcW", w=_twips(width_mm), type="dxa"))
        if cell.span > 1:
            about.append(_element("w:gridSpan", val=cell.span))
        if cell.fill:
            about.append(_element("w:shd", val="clear", color="auto", fill=cell.fill))
        made.append(about)
        lines: list[list[Text]] = [[]]
        for run in map(_text, _runs(cell.words)):
            first, *more = run.words.split("\n")
            lines[-1].append(replace(run, words=first))
            lines += [[replace(run, words=words)] for words in more]
        for line in lines:
            paragraph, look = _element("w:p"), _element("w:pPr")
            spacing = {"before": 0, "after": 0}
            if distance := self._distance(line, size):
                spacing |= {"line": round(distance * 20), "lineRule": "exact"}
            look.append(_element("w:spacing", **spacing))
            look.append(_element("w:jc", val=cell.align))
            paragraph.append(look)
            paragraph.extend(
                self._run(replace(run, size=run.size or size)) for run in line if run.words or len(line) == 1
            )
            made.append(paragraph)
        return made

    def _run(self, run: Text) -> Any:
        made, text = _element("w:r"), _element("w:t")
        about = _element("w:rPr")
        about.extend(self._properties(run))
        text.text = writable(run.words if run.code else self.digits(run.words))
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        made.extend([about, text])
        return made

    def _properties(self, run: Text) -> list[Any]:
        """What a run looks like, for Latin and for complex scripts, in the order the format asks for."""
        size = round(2 * (run.size or self.size))
        fonts = {"ascii": self.font, "hAnsi": self.font, "eastAsia": self.font, "cs": self.font}
        made = [_element("w:rFonts", **fonts)]
        if run.bold:
            made += [_element("w:b"), _element("w:bCs")]
        if run.color:
            made.append(_element("w:color", val=run.color))
        made += [_element("w:sz", val=size), _element("w:szCs", val=size)]
        if run.blank:
            made.append(_element("w:highlight", val="yellow"))
        made.append(_element("w:lang", val=LANGUAGE, eastAsia=LANGUAGE, bidi=LANGUAGE))
        return made

    def _page_number(self, like: Text) -> list[Any]:
        """The field that Word fills with the number of the page."""
        made = []
        for kind in ("begin", "PAGE", "end"):
            run, about = _element("w:r"), _element("w:rPr")
            about.extend(self._properties(like))
            run.append(about)
            if kind == "PAGE":
                code = _element("w:instrText")
                code.text = " PAGE "
                run.append(code)
            else:
                run.append(_element("w:fldChar", fldCharType=kind))
            made.append(run)
        return made

    def content(self) -> bytes:
        """The document as a file."""
        file = io.BytesIO()
        self.made.save(file)
        return file.getvalue()


def writable(words: str) -> str:
    """A text XML has a place for: characters it has none for become U+FFFD."""
    return _UNWRITABLE.sub("\ufffd", words)


def day(moment: datetime) -> str:
    """A day in the Buddhist era: 21/11/2569."""
    return f"{moment:%d/%m}/{moment.year + 543}"


def _runs(words: Words) -> Sequence[str | Text]:
    return [words] if isinstance(words, str | Text) else words


def _text(run: str | Text) -> Text:
    return Text(run) if isinstance(run, str) else run


def _twips(millimetres: float) -> int:
    return round(millimetres * 1440 / 25.4)


def _element(tag: str, **attributes: object) -> Any:
    """An element with attributes of the same namespace."""
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    return made
