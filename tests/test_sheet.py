"""A text taken down block by block, with links that stay exact."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ingest.readers.sheet import Sheet, foreign


def test_blocks_are_parted_as_they_were() -> None:
    """Paragraphs by a blank line; items and rows follow one another; two lists are two."""
    sheet = Sheet()
    sheet.paragraph("Le port rouvre.")
    sheet.item("quatorze quais")
    sheet.item("• deux grues")
    sheet.gap()
    sheet.item("une criée", "1.")
    sheet.row(["Quais", "", "1,2 M€"])
    sheet.paragraph("Ville de Port-Clair\n01 99 00 12 34")
    assert sheet.written()[0] == (
        "Le port rouvre.\n\n- quatorze quais\n• deux grues\n\n1. une criée\nQuais | 1,2 M€\n\n"
        "Ville de Port-Clair\n01 99 00 12 34"
    )


def test_rows_are_never_joined_as_broken_lines() -> None:
    """A long row that a lower-case row follows stays a row."""
    sheet = Sheet()
    sheet.row(["Transports publics et mobilité douce de la métropole", "douze"])
    sheet.row(["autres postes", "cinq"])
    assert sheet.written()[0].count("\n") == 1


def table(*rows: list[str]) -> str:
    sheet = Sheet()
    parts = [[sheet.inside() for _ in row] for row in rows]
    for row, words in zip(parts, rows, strict=True):
        for part, word in zip(row, words, strict=True):
            part.paragraph(word)
    sheet.table(parts)
    return sheet.written()[0]


def test_tables_of_persons_and_labels_are_lines() -> None:
    """Contacts side by side are read one after the other; a label leads its value; a row that calls is one person."""
    side = table(["Anne Douce", "Paul Vif"], ["presse", "élus"], ["01 99 00 12 34", "paul@port-clair.example"])
    assert side == "Anne Douce\npresse\n01 99 00 12 34\n\nPaul Vif\nélus\npaul@port-clair.example"
    labels = table(["Contact", "Anne Douce"], ["Tél. :", "01 99 00 12 34"], ["", "a@port-clair.example"])
    assert labels == "Contact : Anne Douce\nTél. : 01 99 00 12 34\na@port-clair.example"
    person = ["Anne Douce", "01 99 00 12 34", "a@b.example"]
    assert table(person) == "Anne Douce\n01 99 00 12 34\na@b.example"
    assert table(person, person, person).split("\n") == [" | ".join(person)] * 3


def test_a_letterhead_of_four_cells_is_no_data() -> None:
    """A day and a place are no values; figures are."""
    head = table(["Ville de Port-Clair", "Communiqué de presse"], ["Service de presse", "13.05.2024"])
    assert "|" not in head
    assert table(["Poste", "Coût"], ["Quais", "1,2 M€"]) == "Poste | Coût\nQuais | 1,2 M€"


def test_a_link_spans_its_words_after_mending() -> None:
    """Characters mended before and inside a link move its span."""
    sheet = Sheet()
    words = sheet.link(" le 1^{er}  projet ", "https://port-clair.example/projet")
    sheet.paragraph(f"Vo\u00adir{words}: demain.")
    text, (link,) = sheet.written()
    assert text == "Voir le 1er projet : demain."
    assert (link.span.of(text), link.url) == ("le 1er projet", "https://port-clair.example/projet")


def test_what_leads_nowhere_is_no_link() -> None:
    """Scripts, anchors and pictures without words stay words, or nothing."""
    sheet = Sheet()
    for words, url in (("ici", "javascript:voler()"), ("là", "#bas"), ("  ", "https://a.example"), ("x", "https://")):
        assert sheet.link(words, url) == words
    sheet.paragraph(sheet.link("écrire", "mailto:presse@port-clair.example"))
    assert [link.url for link in sheet.written()[1]] == ["mailto:presse@port-clair.example"]


@given(st.lists(st.tuples(st.booleans(), st.text()), max_size=8))
def test_no_mark_is_left_whatever_comes(blocks: list[tuple[bool, str]]) -> None:
    """A link's words stand at its span, and the marks never reach the text."""
    sheet = Sheet()
    for linked, words in blocks:
        sheet.paragraph(sheet.link(foreign(words), "https://a.example") if linked else foreign(words))
    text, links = sheet.written()
    assert foreign(text) == text
    assert all(link.span.of(text) for link in links)
