"""Reprints: the same words under another head are one text; another figure is another."""

from __future__ import annotations

from conftest import release
from store.records import Contact, Span
from store.reprints import bands, body, reprint

TEXT = (
    "La Métropole de Sarvelle ouvre ce printemps la passerelle des Tisserands, qui relie les deux rives de la Lôme. "
    "L'ouvrage, long de 184 mètres, a coûté 12,4 millions d'euros et a été financé pour moitié par la Région. "
    "Les piétons et les cyclistes pourront l'emprunter de jour comme de nuit, dès que les garde-corps seront posés."
)


def test_the_same_words_with_another_typography_are_a_reprint() -> None:
    """Line breaks, apostrophes and spaces do not make another text, and the signature finds it."""
    other = TEXT.replace("'", "’").replace(" L", "\nL").replace("12,4 millions", "12,4\u00a0millions")
    assert reprint(TEXT, other)
    assert set(bands(TEXT)) & set(bands(other))


def test_another_figure_or_name_is_another_release() -> None:
    """Nine tenths of the words in common are not enough when a figure or a name differs."""
    assert not reprint(TEXT, TEXT.replace("184", "148"))
    assert not reprint(TEXT, TEXT.replace("Région", "Banque de Norrehavn"))


def test_a_text_too_short_has_no_signature() -> None:
    """« Communiqué à venir. » is not grouped with whatever else is as short."""
    assert bands("Un communiqué suivra dans la journée.") == []


def test_head_and_foot_do_not_count() -> None:
    """A reprint's own dateline and contacts are left out of the comparison."""
    head, foot = "Sarvelle, le 6 mai 2025\n\n", "\n\nContact presse : Anne Talbert, 01 99 00 12 34"
    text = head + TEXT + foot
    contact = Contact("Anne Talbert", span=Span(text.index("Anne"), len(text)))
    made = release(text, lead=Span(len(head), len(head) + len(TEXT)), contacts=(contact,))
    assert body(made).strip().startswith(TEXT)
    assert "99 00" not in body(made)
