"""Files called .doc: what they are in truth decides."""

from __future__ import annotations

import pytest
from office import docx, p

from ingest.readers.office import read_doc
from store.records import UnreadableDocument

PAGE = b"<html><body><p>La criee de Port-Clair rouvre mardi, apres deux ans de travaux.</p></body></html>"


@pytest.mark.parametrize(
    ("data", "begins"),
    [(rb"{\rtf1 La criee rouvre}", "La criee"), (docx(p("La criée rouvre")), "La criée"), (PAGE, "La criee de")],
)
def test_other_formats_go_by_that_name(data: bytes, begins: str) -> None:
    """RTF, .docx and HTML."""
    assert read_doc(data, "a.doc").text.startswith(begins)


@pytest.mark.parametrize(
    ("data", "reason"), [(b"\xd0\xcf\x11\xe0" * 200, r"save it as \.docx or PDF"), (b"", "empty"), (b" ", "empty")]
)
def test_words_old_format_is_named_with_what_to_do(data: bytes, reason: str) -> None:
    """It is not read."""
    with pytest.raises(UnreadableDocument, match=rf"a\.doc: .*{reason}"):
        read_doc(data, "a.doc")
