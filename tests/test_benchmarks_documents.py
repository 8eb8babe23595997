"""The measurement of documents, on a panel too small to mean anything."""

from pathlib import Path

from benchmarks import export_documents


def test_every_document_is_measured_beside_an_empty_one(tmp_path: Path) -> None:
    path = export_documents.prepare(tmp_path, 20)
    rows = {one.what: one for one in export_documents.documents(path, repeat=2)}
    for kind in export_documents.KINDS:
        assert rows[kind].value > 0
        assert rows[f"{kind} ÷ an empty one"].value > 1
    seconds, size, peak, more = export_documents.zipped(path, "profile DOCX")
    assert seconds > 0
    assert size > 20 * 0.03  # twenty documents of at least 30 KB
    assert peak > more >= 0
