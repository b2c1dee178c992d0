"""What grounds a sentence gives to answer a question, trait by trait."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.grounds import Grounds, Scale, grounds
from assistant.kinds import kinds
from assistant.question import Understanding
from assistant.telling import Rarity, telling
from conftest import release
from ingest.passages import cut
from store.period import Period
from store.records import Filters, Hit

SCHOOL = (
    "La Ville d'Ormeval a inauguré lundi l'école des Tanneurs, qui compte douze classes. "
    "Le chantier a duré deux ans et la cour a été plantée de quarante arbres. "
    "La maire Odile Brassemont a coupé le ruban devant les familles du quartier."
)
NEAR, FAR = 0.9, 0.82
TODAY = date(2026, 3, 2)


def judged(
    question: str, text: str = SCHOOL, cosine: float | None = NEAR, topic: Period | None = None, **facts: object
) -> Grounds:
    told = release(text, title="L'école des Tanneurs ouvre ses portes", **facts)  # type: ignore[arg-type]
    hits = [
        Hit(passage, told, 0.5, {}, () if cosine is None else (cosine,) * len(passage.sentences))
        for passage in cut(told, lambda words: len(words.split()))
    ]
    words = telling(Understanding(question, Filters(), "fr"), Rarity((), "fr"), TODAY)
    found = grounds(words, kinds(question), hits, "fr", topic, Scale(0.833))
    assert found is not None
    return found


def test_the_sentence_that_holds_what_is_asked_is_judged() -> None:
    """It holds the words and a figure; the others hold neither."""
    found = judged("Combien de classes compte l'école des Tanneurs ?")
    assert "douze classes" in found.span.of(found.release.text)
    assert found.whole


@pytest.mark.parametrize(
    ("question", "trait"),
    [
        ("Quel est le budget de l'école des Tanneurs ?", "figureless"),
        ("Qui a inauguré l'école de Castelbrun ?", "misnamed"),
    ],
)
def test_what_speaks_against_an_answer_is_named(question: str, trait: str) -> None:
    """No figure where one is asked for, or a name that the release lacks: the answer is less likely."""
    well = judged("Combien de classes compte l'école des Tanneurs ?")
    found = judged(question)
    assert found.traits[trait] > well.traits[trait]
    assert found.likelihood < well.likelihood
    assert not found.whole


def test_a_missing_word_is_told() -> None:
    """The words that the release does not hold, as the question writes them."""
    assert [word.written for word in judged("Qui dirige l'école de Castelbrun ?").missed] == ["dirige", "Castelbrun"]


def test_other_words_than_the_releases_do_not_speak_against_an_answer() -> None:
    """« Bâtisse », « salles » and « gosses » are not in the release, which is near in meaning."""
    found = judged("Cette bâtisse pour les gosses, combien a-t-elle de salles ?")
    assert found.traits["near"] < 0.5
    assert found.likelihood > 0.5
    assert found.related > 0.5


def test_a_missed_name_speaks_the_louder_the_more_of_the_other_words_are_there() -> None:
    """Who asks in other words calls a place otherwise, too."""
    same = judged("Combien de classes compte l'école des Tanneurs de Castelbrun ?")
    other = judged("Cette bâtisse de Castelbrun pour les gosses, combien a-t-elle de salles ?")
    assert same.traits["misnamed"] > other.traits["misnamed"]
    assert same.likelihood < other.likelihood


def test_what_counts_is_asked_alone_for_its_absence_to_speak() -> None:
    """Who asks « qui » beside « quel budget » may be told half of it."""
    assert judged("Qui a inauguré l'école des Tanneurs et pour quel budget ?").traits["figureless"] == 0.0


def test_another_time_speaks_against_an_answer() -> None:
    """The question is about 2019; the release is of 2025 and does not name that year."""
    year = Period(date(2019, 1, 1), date(2019, 12, 31))
    question = "Combien de classes compte l'école des Tanneurs ?"
    assert judged(question, topic=year).traits["untimely"] == 1.0
    assert judged(question, f"{SCHOOL} En 2019, elle en avait huit.", topic=year).traits["untimely"] < 1.0
    assert judged(question, topic=year, published=date(2019, 5, 2)).traits["untimely"] == 0.0
    assert judged(question, topic=year, published=date(2020, 11, 2)).traits["untimely"] == 0.5
    assert not judged(question, topic=year).whole


def test_what_is_far_in_meaning_is_less_likely_an_answer() -> None:
    """The same words at a cosine of the unrelated are about something else."""
    question = "Combien de classes compte l'école des Tanneurs ?"
    assert judged(question, cosine=FAR).related < 0.5 < judged(question).related


def test_words_alone_decide_while_vectors_are_not_made() -> None:
    """A release that was just shelved is judged by its words, as if it were usually near."""
    assert judged("Combien de classes compte l'école des Tanneurs ?", cosine=None).related > 0.5


def test_a_misspelt_word_speaks_neither_way() -> None:
    """« Taneurs » is the school's name, one letter short."""
    assert judged("Combien de classes compte l'école des Taneurs ?").missed == ()


def test_in_another_language_only_figures_and_acronyms_are_looked_for() -> None:
    """An English question finds none of its words in a French release; that says nothing."""
    told = release(SCHOOL, title="L'école des Tanneurs ouvre ses portes")
    hits = [Hit(p, told, 0.5, {}, (NEAR,) * len(p.sentences)) for p in cut(told, lambda words: len(words.split()))]
    question = "How many classrooms has the new school in Ormeval?"
    words = telling(Understanding(question, Filters(), "en"), Rarity((), "en"), TODAY)
    found = grounds(words, kinds(question, "en"), hits, "en", None, Scale(0.833))
    assert found is not None
    assert found.missed == ()
    assert found.likelihood > 0.5
    assert found.related > 0.5
    assert not found.whole


def test_nothing_found_gives_no_grounds() -> None:
    """No sentence, nothing to judge."""
    assert grounds((), kinds("Combien ?"), (), "fr", None, Scale()) is None
