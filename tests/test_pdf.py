"""PDF: paragraphs by where lines stand, pages that tile the text, and clear refusals; no file costs the program."""

from __future__ import annotations

import pytest
from mutation import mutants
from paper import column, pdf

from ingest.document import Document
from ingest.readers.pdf import read_pdf
from store.records import Link, UnreadableDocument

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


@pytest.mark.parametrize("turned", [90, 180, 270])
def test_a_page_shown_turned_reads_the_same(turned: int) -> None:
    """What a page is turned by does not matter, only how its letters stand."""
    upright = read_pdf(pdf([column(BODY)]), "a.pdf").text
    assert read_pdf(pdf([column(BODY)], turned=turned), "a.pdf").text == upright


def test_links_are_kept_with_their_words() -> None:
    """An address behind words is found again by their place in the text; other kinds of address are not kept."""
    box = (100.0, 755.0, 170.0, 772.0)
    read = read_pdf(pdf([column(BODY)], links=[(*box, "https://port-clair.example/criee")]), "a.pdf")
    assert [link.url for link in read.links] == ["https://port-clair.example/criee"]
    assert read.links[0].span.of(read.text) == "de Port-Clair"
    assert read_pdf(pdf([column(BODY)], links=[(*box, "javascript:alert(1)")]), "a.pdf").links == ()


def test_properties_are_guesses_and_dates_are_not() -> None:
    """A title is one where it is not a file's name; when the file was made says nothing of the release."""
    guesses = read_pdf(pdf([column(BODY)], title="La criée rouvre mardi"), "a.pdf").guesses
    assert (guesses.title, guesses.published) == ("La criée rouvre mardi", None)
    assert read_pdf(pdf([column(BODY)], title="Microsoft Word - cp_criee.doc"), "a.pdf").guesses.title is None
    assert read_pdf(pdf([column(BODY)], title="cp_criee_v3.docx"), "a.pdf").guesses.title is None


def test_junk_after_the_end_is_overlooked() -> None:
    """What a mail server or a web page left behind the last line of the file, however long."""
    whole = pdf([column(BODY)])
    assert read_pdf(whole + b"\0" * 5000, "a.pdf").text == read_pdf(whole, "a.pdf").text
    assert read_pdf(whole + b"<!-- served by cache -->\n" * 200, "a.pdf").text


def test_an_update_cut_short_is_refused_by_name() -> None:
    """A new version appended to a file and not written to its end is not passed over."""
    with pytest.raises(UnreadableDocument, match="truncated"):
        read_pdf(pdf([column(BODY)]) + b"9 0 obj\n<< /Type /Page", "a.pdf")


def test_a_form_only_one_program_shows_is_refused_by_name() -> None:
    """An XFA form holds nothing but « Please wait » for anyone else."""
    form = pdf([column(["Please wait... If this message is not eventually replaced"])])
    form = form.replace(b"/Type /Catalog", b"/Type /Catalog /NeedsRendering true /AcroForm << /XFA (x) /Fields [] >>")
    with pytest.raises(UnreadableDocument, match="an XFA form"):
        read_pdf(form, "a.pdf")


def test_two_columns_under_a_title() -> None:
    """From the bytes on: the title, the left column, the right one, the foot."""
    left = ["La criée de Port-Clair rouvre", "mardi après deux ans de", "travaux et un chantier que", "la ville a payé"]
    right = ["avec la région. Le conseil", "avait voté la dépense en", "février à l'unanimité moins", "deux voix."]
    rows = [row for pair in zip(column(left), column(right, left=250), strict=True) for row in pair]
    page = [(70, 800, 18, "Réouverture de la criée du port"), *rows, (70, 60, 9, "Mairie, place de l'Ancre")]
    assert read_pdf(pdf([page]), "a.pdf").text.split("\n\n") == [
        "Réouverture de la criée du port",
        " ".join((*left, *right)),
        "Mairie, place de l'Ancre",
    ]


def test_links_of_a_page_stand_in_its_text() -> None:
    """Each link's span is inside the text it was read from."""
    read = read_pdf(pdf([column(BODY)] * 2, links=[(70, 700, 500, 780, "mailto:presse@port.example")]), "a.pdf")
    assert all(isinstance(link, Link) and 0 <= link.span.start < link.span.end <= len(read.text) for link in read.links)
    assert read.links


def test_damaged_files_are_read_or_refused() -> None:
    """Whatever bytes come: a document, or an UnreadableDocument that names it."""
    paper = pdf([column(BODY)] * 2, links=[(70, 700, 500, 780, "https://port.example/")], title="La criée rouvre")
    outcomes = set()
    for mutant in mutants(paper, 60, 20):
        try:
            outcome: object = read_pdf(mutant, "a.pdf")
        except UnreadableDocument as unreadable:
            outcome = unreadable
        assert isinstance(outcome, (Document, UnreadableDocument))
        assert outcome.name == "a.pdf"
        if isinstance(outcome, Document):
            assert "".join(page.of(outcome.text) for page in outcome.pages) == outcome.text
        outcomes.add(type(outcome))
    assert outcomes == {Document, UnreadableDocument}
