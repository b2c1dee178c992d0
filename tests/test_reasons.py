"""Why a hit is there, in words."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.printed import printed_hits
from assistant.reasons import Reasons
from assistant.retrieval import evidence
from conftest import release
from store.language import sentences
from store.period import Period
from store.records import Filters, Hit, Passage, PassageKind, Quote, Span

STADIUM = (
    "Le stade de Sarvelle rouvrira après vingt mois de rénovation. "
    "Ce stade appartient aux clubs amateurs, dit-elle. Le chantier a coûté 1 900 000 euros."
)
MARKET = "Le marché couvert de Sarvelle ferme le lundi. Sa rénovation attendra."


def hit(
    text: str, title: str, score: float, why: dict[str, float], scores: tuple[float, ...] = (), **facts: object
) -> Hit:
    kind = facts.pop("kind", PassageKind.BODY)
    made = release(text, title=title, id=title.lower().replace(" ", "-"), **facts)  # type: ignore[arg-type]
    passage = Passage(0, Span(0, len(text)), tuple(sentences(text)), text, kind=kind)  # type: ignore[arg-type]
    return Hit(passage, made, score, why, scores)


def told(question: str, hits: list[Hit], filters: Filters = Filters(), language: str = "fr") -> list[tuple[str, ...]]:
    reasons = Reasons(question, filters, hits, language)
    return [reasons.of(found.release, found.span) for found in evidence(hits)]


@pytest.fixture
def hits() -> list[Hit]:
    quote = Quote(Span(STADIUM.index("Ce stade"), STADIUM.index(", dit-elle")), "Hélène Vaucresson")
    stadium = {"sentence": 0.93, "title": 0.91}
    return [
        hit(STADIUM, "Réouverture du stade", 0.9, stadium, (0.90, 0.93, 0.85), quotes=(quote,)),
        hit(MARKET, "Marché couvert", 0.4, {"sentence": 0.84, "title": 0.8}, (0.80, 0.84)),
        hit("Presse : 04 65 71 00 12.", "Fête du port", 0.1, {"sentence": 0.80, "title": 0.79}, (0.8,)),
    ]


def test_the_words_it_shares(hits: list[Hit]) -> None:
    """By where they stand, as they were asked; what is missing is said, and numbers count in every spelling."""
    first, second, third = told("Combien coûte la rénovation du stade, 1,9 million ?", hits)
    assert first[0] == "mots : stade (titre et texte) ; coûte, rénovation, 1,9 million (texte)"
    assert second[0] == "mots : rénovation (texte)"
    assert second[1] == "manquent : coûte, stade, 1,9 million"
    assert third[0] == "aucun mot de la question"


def test_a_misspelt_word_is_shown_as_it_was_read(hits: list[Hit]) -> None:
    """A word that no hit knows is shown with the one it was taken for; one that some hit knows never is."""
    first, second, _ = told("renovassion du marché", hits)
    assert first[0] == "mots : renovassion (lu « rénovation ») (texte)"
    assert second[0] == "mots : marché (titre et texte) ; renovassion (lu « rénovation ») (texte)"


def test_other_spellings(hits: list[Hit]) -> None:
    """A number written out is found as a figure."""
    assert "nombres et dates : 1900000" in told("vingt mois, un million neuf cent mille, 1,9 M€", hits)[0]


def test_the_nearest_sentence(hits: list[Hit]) -> None:
    """With how near it is beside the other hits, and who says it where it is quoted."""
    first, second, third = told("À qui est le stade ?", hits)
    quoted = "sens : le plus proche (dit par Hélène Vaucresson : « Ce stade appartient aux clubs amateurs, dit-elle. »)"
    assert first[1:] == (quoted, "titre proche de la question")
    assert second[-1] == "sens : proche (phrase « Sa rénovation attendra. »)"
    assert third[-1].startswith("sens : peu proche")


def test_half_a_pair_of_quotation_marks_is_left_out() -> None:
    """The first of several quoted sentences stands in the reason's own marks, not in one and a half."""
    text = "Le chantier avance. « Ce stade est à nous. Il rouvrira », dit-elle."
    found = hit(text, "Stade", 0.9, {"sentence": 0.9}, (0.5, 0.9, 0.6))
    assert told("À qui est le stade ?", [found])[0][1] == "sens : le plus proche (phrase « Ce stade est à nous. »)"


def test_what_the_filters_asked_for(hits: list[Hit]) -> None:
    """Issuer, period and language, where they narrow."""
    asked = Filters(Period(date(2025, 5, 1), date(2025, 5, 31)), ("Métropole de Sarvelle",), ("fr",))
    assert told("stade", hits, asked)[0][-3:] == (
        "émetteur demandé : Métropole de Sarvelle",
        "dans la période demandée : mai 2025",
        "langue demandée : fr",
    )


def test_what_counts_less(hits: list[Hit]) -> None:
    """Contact details say that they do."""
    contacts = [hit("Presse : 04 65 71 00 12.", "Stade", 0.5, {}, kind=PassageKind.CONTACTS)]
    assert told("stade", contacts)[0][-1] == "coordonnées : comptent moins"


def test_what_the_catalogue_lists(hits: list[Hit]) -> None:
    """A release that was not searched for stands where the catalogue put it."""
    found = evidence(hits)[0]
    assert Reasons("le dernier", Filters(), ()).of(found.release, found.span) == ("dans l’ordre du catalogue",)


def test_another_language(hits: list[Hit]) -> None:
    """English readers are told in English."""
    assert (
        told("the stade", hits, language="en")[0][0] == "words: stade (title and text) ; missing: the".split(" ; ")[0]
    )


def test_they_are_printed_under_each_hit(hits: list[Hit]) -> None:
    """One line a reason; none where none was asked for."""
    found = evidence(hits)[:1]
    lines = printed_hits([(one, ("mots : stade (texte)",)) for one in found]).splitlines()
    assert lines[-1] == "    → mots : stade (texte)"
    assert "→" not in printed_hits([(one, ()) for one in found])
