"""The specification of which curated answer a question means, with few entries as with many."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from app import Program
from assistant.evaluation.curated import Asked, document, measure, prepared, table, thinned
from assistant.matching import Matching
from store.entries import Entry, State

NOW = datetime(2026, 3, 2, tzinfo=UTC)
HALL = "À qui appartient la halle Viollet ?"


def entry(name: str, question: str, answer: str) -> Entry:
    return Entry(name, question, (), answer, "fr", (), None, "", State.APPROVED, NOW, NOW, "")


ENTRIES = (
    entry("hall", HALL, "Elle appartient à la ville de Sarvelle."),
    entry("pool", "Quand la piscine des Ormes rouvre-t-elle ?", "Elle rouvre le 12 mai 2026."),
    entry("bike", "Qui peut bénéficier de la prime vélo ?", "Tous les habitants de Sarvelle."),
)


@pytest.fixture(scope="module")
def matching(program: Program) -> Matching:
    return prepared(ENTRIES, lambda: program.embedder)


@pytest.mark.parametrize("entries", [ENTRIES[:1], ENTRIES], ids=["alone", "beside others"])
@pytest.mark.parametrize(
    "question",
    [
        "Combien coûte la halle Viollet ?",
        "Quand rouvre la halle Viollet ?",
        "Où est la halle Viollet ?",
        "Qui a construit la halle Viollet ?",
        "Qui nettoie la halle Viollet ?",
        "Quel est le prix d'entrée de la halle Viollet ?",
        "Pourquoi la halle Viollet a-t-elle fermé ?",
        "La halle Viollet est-elle chauffée ?",
        "Comment louer la halle Viollet ?",
    ],
)
def test_another_question_about_the_subject_is_not_answered(
    matching: Matching, entries: tuple[Entry, ...], question: str
) -> None:
    """The only entry there is does not answer all that is asked about its subject: it is offered at most."""
    assert not any(one.direct for one in matching.matches(question, entries))


@pytest.mark.parametrize("entries", [ENTRIES[:1], ENTRIES], ids=["alone", "beside others"])
@pytest.mark.parametrize(
    "question",
    [
        "a qui appartient la halle viollet",
        "Qui est le propriétaire de la halle Viollet ?",
        "Qui possède la halle Viollet ?",
    ],
)
def test_the_same_question_in_other_words_is_answered(
    matching: Matching, entries: tuple[Entry, ...], question: str
) -> None:
    """Its very words, or others for the same, with one entry as with several."""
    first = matching.matches(question, entries)[0]
    assert (first.entry.id, first.direct) == ("hall", True)


def test_an_evaluation_tells_what_few_entries_do(matching: Matching) -> None:
    """Beside the figures over all entries: over all but the right one, the nearest alone, and a few."""
    asked = (Asked("Qui possède la halle Viollet ?", frozenset({"hall"})), Asked(HALL, frozenset({"hall"})))
    found, fewer = measure(matching, ENTRIES, asked), thinned(matching, ENTRIES, asked)
    told = document(found, fewer=fewer)
    assert told["answered_directly"]["share"] == 1.0
    assert told["right_entry_missing"]["wrong_entry_answered"]["share"] == 0.0
    assert told["nearest_alone"]["wrong_entry_answered"]["share"] == 0.0
    assert [(few["others"], few["answered_directly"]["share"]) for few in told["few_entries"]] == [
        (0, 1.0), (5, 1.0), (50, 1.0),
    ]  # fmt: skip
    assert "wrong, right entry missing        0.000" in table(found, fewer=fewer)
