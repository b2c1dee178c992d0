"""Mending: what scans and conversions did to a text is undone, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.mending import join, mend, words_of


@pytest.mark.parametrize(
    ("debris", "mended"),
    [
        ("la 1^{ère} adjointe, 1^{er} port, 2^{ème} ville", "la 1ère adjointe, 1er port, 2ème ville"),
        ("les 1^er et 2^e quais", "les 1er et 2e quais"),
        ("684 km^{2}", "684 km²"),
        ("la 11\nème édition", "la 11ème édition"),
        ("l'oﬃce ﬁnance la ﬂotte", "l'office finance la flotte"),
        ("la métro\u00adpole", "la métropole"),
        ("la métro\u00ad\npole", "la métropole"),
        ("un\u200b mot\ufeff et\x07 un autre", "un mot et un autre"),
        ("une ligne\r\n\r\nune autre", "une ligne\n\nune autre"),
        ("une  espace\tde trop ", "une espace de trop"),
        ("re\u0301gion", "région"),
    ],
)
def test_debris_is_mended(debris: str, mended: str) -> None:
    """Raised ordinals, ligatures, soft hyphens, invisible characters and line ends are put right."""
    assert mend(debris) == mended


def test_hard_wrapped_lines_are_joined() -> None:
    """Lines broken at the margin are one paragraph; words cut there are whole again."""
    text = (
        "Le niveau du fleuve devrait atteindre 5,80 mètres au pont des Gra-\n"
        "vières dans la nuit de vendredi à samedi, vers 5 heures, au moment\n"
        "de la pleine mer. La cote d'alerte est fixée à 4,50 mètres depuis\n"
        "la crue de 1982.\n"
        "\n"
        "La circulation est interrompue entre la gare et le quartier Saint-\n"
        "Aubin, rez-de-\nchaussée compris."
    )
    first, second = mend(text).split("\n\n")
    assert first.endswith(
        "au pont des Gravières dans la nuit de vendredi à samedi, vers 5 heures, au moment de la pleine mer. "
        "La cote d'alerte est fixée à 4,50 mètres depuis la crue de 1982."
    )
    assert second == (
        "La circulation est interrompue entre la gare et le quartier Saint-Aubin, rez-de-chaussée compris."
    )


def test_addresses_lists_and_headings_keep_their_lines() -> None:
    """Short lines that end where their author ended them are left alone."""
    text = (
        "CONTACT PRESSE\nVILLE DE BELMAR\nAnne DOUCE\nT : 01 99 00 12 34\n\nTrois chantiers :\n- les quais\n- le pont"
    )
    assert mend(text) == text


def test_items_broken_at_the_margin_are_joined_to_themselves() -> None:
    """A list item's second line goes on with the item, not with the next."""
    text = (
        "- fermeture à la circulation des quais bas et du chemin de\n  halage entre les deux ponts ;\n"
        "- interruption de la ligne B du tramway entre la gare et la\n  place du marché."
    )
    assert mend(text).split("\n") == [
        "- fermeture à la circulation des quais bas et du chemin de halage entre les deux ponts ;",
        "- interruption de la ligne B du tramway entre la gare et la place du marché.",
    ]


def test_a_sentence_broken_by_a_blank_line_is_whole_again() -> None:
    """A paragraph that stops at an article goes on in the next."""
    text = "Le conseil municipal réuni hier soir a voté à l'unanimité la\n\nrénovation du stade."
    assert mend(text) == "Le conseil municipal réuni hier soir a voté à l'unanimité la rénovation du stade."


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        ("les inonda-", "tions", "les inondations"),
        ("la vice-", "présidente", "la vice-présidente"),
        ("rez-de-", "chaussée", "rez-de-chaussée"),
        ("Pont-", "Tournant", "Pont-Tournant"),
        ("celui-", "ci", "celui-ci"),
        ("entre 10-", "20 personnes", "entre 10- 20 personnes"),
    ],
)
def test_only_a_hyphen_that_broke_a_word_goes(first: str, second: str, whole: str) -> None:
    """Hyphens of compounds stay."""
    assert join(first, second) == whole


def test_the_rest_of_the_document_decides_about_a_hyphen() -> None:
    """A word written whole elsewhere is made whole here, hyphened or not."""
    known = words_of("La Roche-Bernay et l'aéro-club")
    assert join("la Roche-Ber-", "nay", known) == "la Roche-Bernay"
    assert join("l'aéro-", "club", known) == "l'aéro-club"


PROSE = st.text(alphabet="abcdeé ’'.,;-\n«»ABC1^{}", max_size=300)


@given(PROSE)
def test_mending_twice_changes_nothing_more_in_letters(text: str) -> None:
    """Mending loses no letter or digit but the markup of a raised ordinal."""
    kept = [character for character in mend(text) if character.isalnum()]
    assert kept == [character for character in text if character.isalnum()]


@given(PROSE)
def test_paragraphs_are_parted_by_one_blank_line(text: str) -> None:
    """No run of blank lines, no blanks at the ends."""
    mended = mend(text)
    assert "\n\n\n" not in mended
    assert mended == mended.strip()
