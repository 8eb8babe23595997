"""One way into all readers: bytes of a file of any kind to a `Reading`."""

from collections.abc import Mapping

from ita_data.edition import Edition
from ita_data.readers.documents import read_document
from ita_data.readers.files import DOCUMENT_KINDS, open_file
from ita_data.readers.mapping import Mapping as Corrections
from ita_data.readers.reading import Reading
from ita_data.readers.tables import read_tables


def read(
    name: str,
    data: bytes,
    editions: Mapping[int, Edition],
    *,
    mapping: Corrections | None = None,
    fiscal_year: int | None = None,
) -> Reading:
    """Return what a file holds, a table of scores or the document of one body.

    ``mapping`` is the user's word on headers and scales of tables, ``fiscal_year`` (B.E.) on the year of a
    table that does not say its own. Never raises for what the file holds: what is wrong is a problem of the
    reading.
    """
    opened = open_file(data, name)
    if opened.kind in DOCUMENT_KINDS and not any(one.severity == "error" for one in opened.problems):
        return read_document(name, data, editions, fiscal_year=fiscal_year)
    return read_tables(opened, editions, mapping=mapping, fiscal_year=fiscal_year)
