"""Documents in five formats as the same plain blocks: paragraphs and tables in order, with their places."""

from ita_data.readers.blocks.docx import read_docx
from ita_data.readers.blocks.html import read_html
from ita_data.readers.blocks.model import (
    Block,
    Blocks,
    Paragraph,
    Place,
    Remark,
    Row,
    Table,
    Unreadable,
    tidy,
)
from ita_data.readers.blocks.pdf import read_pdf
from ita_data.readers.blocks.text import read_text
from ita_data.readers.blocks.unpack import read_blocks

__all__ = [
    "Block",
    "Blocks",
    "Paragraph",
    "Place",
    "Remark",
    "Row",
    "Table",
    "Unreadable",
    "read_blocks",
    "read_docx",
    "read_html",
    "read_pdf",
    "read_text",
    "tidy",
]
