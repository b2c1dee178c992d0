"""PDF: paragraphs by where lines stand, pages that tile the text, and clear refusals."""

from __future__ import annotations

import pytest
from paper import column, pdf

from ingest.readers.pdf import read_pdf
from store.records import UnreadableDocument

BODY = [
    "La criée de Port-Clair rouvre mardi, après deux ans de travaux et un inves-",
    "tissement de quatorze millions d'euros. Les premiers bateaux sont attendus",
    "à cinq heures.",
    "Le conseil municipal avait voté le chantier en février, à l'unanimité moins",
    "deux voix, malgré le renchérissement de l'acier.",
]


def test_wrapped_lines_are_paragraphs() -> None:
    """Lines that end at the margin are joined, a word cut there is whole, a short last line ends its paragraph."""
    document = read_pdf(pdf([[*column(["LA CRIEE ROUVRE"], top=790, size=18), *column(BODY)]]), "a.pdf")
    title, first, second = document.text.split("\n\n")
    assert title == "LA CRIEE ROUVRE"
    assert first.startswith("La criée de Port-Clair rouvre mardi, après deux ans de travaux et un investissement de")
    assert first.endswith("attendus à cinq heures.")
    assert second.startswith("Le conseil municipal")


def test_rows_and_addresses_keep_their_lines() -> None:
    """Short lines one under the other are not run together."""
    contact = ["CONTACT PRESSE", "VILLE DE PORT-CLAIR", "Anne DOUCE", "T : 01 99 00 12 34"]
    document = read_pdf(pdf([[*column(BODY), *column(contact, top=600)]]), "a.pdf")
    assert document.text.endswith("\n".join(contact))


def test_pages_tile_the_text() -> None:
    """Each character is on one page, and a sentence runs on over the turn."""
    pages = [column(BODY[:2]), column(["à cinq heures, par la passe du nord et celle du sud."], top=700)]
    document = read_pdf(pdf(pages), "a.pdf")
    assert "".join(span.of(document.text) for span in document.pages) == document.text
    assert "sont attendus à cinq heures, par" in document.text
    assert document.pages[1].of(document.text).startswith("à cinq heures")


def test_running_heads_and_page_numbers_are_left_out() -> None:
    """What stands at the same place of each page is not text; the first page keeps its letterhead."""
    pages = [
        [(70, 810, 9, "VILLE DE PORT-CLAIR"), *column([f"Page de texte {word}, assez longue pour être lue."]),
         (70, 30, 9, f"Communiqué de presse – Page {number}/3")]
        for number, word in enumerate(("une", "deux", "trois"), start=1)
    ]  # fmt: skip
    text = read_pdf(pdf(pages), "a.pdf").text
    assert text.count("VILLE DE PORT-CLAIR") == 1
    assert "Page 2" not in text
    assert "Communiqué de presse" not in text


def test_a_locked_pdf_is_refused_by_name() -> None:
    """A password is asked for in words."""
    with pytest.raises(UnreadableDocument, match=r"secret\.pdf: protected by a password"):
        read_pdf(pdf([column(BODY)], encrypted=True), "secret.pdf")


@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
def test_a_truncated_pdf_is_refused_by_name(share: float) -> None:
    """Half a download is not half a release."""
    whole = pdf([column(BODY)] * 20)
    with pytest.raises(UnreadableDocument, match=r"demi\.pdf: truncated"):
        read_pdf(whole[: int(len(whole) * share)], "demi.pdf")


def test_a_damaged_pdf_is_refused_by_name() -> None:
    """A file with a head and a tail and nothing between."""
    with pytest.raises(UnreadableDocument, match=r"casse\.pdf: damaged"):
        read_pdf(b"%PDF-1.4\n" + b"rien " * 50 + b"\n%%EOF\n", "casse.pdf")


def test_a_pdf_without_text_layer_is_refused_by_name() -> None:
    """A scan is said to be one."""
    with pytest.raises(UnreadableDocument, match=r"scan\.pdf: no text layer \(« sans texte »\)"):
        read_pdf(pdf([[], []]), "scan.pdf")


@pytest.mark.parametrize(("data", "reason"), [(b"", "empty"), (b"Bonjour", "not a PDF")])
def test_what_is_no_pdf_is_refused_by_name(data: bytes, reason: str) -> None:
    """The suffix is not believed."""
    with pytest.raises(UnreadableDocument, match=reason):
        read_pdf(data, "a.pdf")
