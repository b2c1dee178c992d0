"""Pages saved as one file."""

from __future__ import annotations

from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pytest

from ingest.readers.webarchive import read_web_archive
from store.records import UnreadableDocument


def test_the_page_in_the_file_is_read() -> None:
    """With the address it was saved from."""
    whole = MIMEMultipart("related")
    whole["Snapshot-Content-Location"] = "https://port-clair.example/criee"
    whole.attach(MIMEText("body {}", "css"))
    whole.attach(MIMEText("<p>La criée de Port-Clair rouvre mardi, après deux ans.</p>", "html", "utf-8"))
    document = read_web_archive(whole.as_bytes(), "a.mht")
    assert document.text == "La criée de Port-Clair rouvre mardi, après deux ans."
    assert (document.name, document.hints.url) == ("a.mht", "https://port-clair.example/criee")


@pytest.mark.parametrize("data", [b"", b"\x00\x01", b"Subject: x\n\nTexte."])
def test_a_file_without_a_page_is_named(data: bytes) -> None:
    """Nothing is made up."""
    with pytest.raises(UnreadableDocument, match=r"a\.mht: no page in it"):
        read_web_archive(data, "a.mht")
