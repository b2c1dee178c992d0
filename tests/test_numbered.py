"""Which sentences a model is given: few, whole, in reading order, numbered."""

from __future__ import annotations

from datetime import date

from assistant.allowance import LARGE, SMALL, Allowance
from assistant.answer import Assignment
from assistant.numbered import numbered
from conftest import release
from ingest.passages import cut
from store.embedding import Tokens
from store.records import Hit, PassageKind, Release

STADIUM = """La Métropole rénove le stade Marcelle-Audoux depuis vingt mois. Il rouvrira le 20 septembre 2025. \
Le chantier a coûté 98,6 millions d'euros. Les communes qui ont payé sont :
- Ormeval
- Sarvelle

Le stade comptera 23 400 places. La pelouse sera semée en mai. Les clubs amateurs joueront le samedi."""
OTHER = "Le stade nautique ferme en mai. Le bassin sera vidé. Les nageurs iront à Ormeval."


def assigned(tokens: Tokens, question: str, *releases: Release) -> Assignment:
    hits = [
        Hit(passage, made, 1.0 - place / 10, {}, tuple(0.9 - n / 100 for n in range(len(passage.sentences))))
        for place, made in enumerate(releases)
        for passage in cut(made, tokens.count)
        if passage.kind is PassageKind.BODY
    ]
    return Assignment(question, question, "fr", (), tuple(hits), date(2025, 9, 1))


def shelved(text: str, name: str) -> Release:
    made = release(text, title=name, reference=name)
    object.__setattr__(made, "id", name)
    return made


def test_sentences_are_numbered_in_reading_order(tokens: Tokens) -> None:
    """From 1, release by release, as they stand in it."""
    found = numbered(
        assigned(tokens, "Combien a coûté le stade ?", shelved(STADIUM, "stade"), shelved(OTHER, "bain")), SMALL
    )
    assert [source.number for source in found] == list(range(1, len(found) + 1))
    assert [source.release.id for source in found] == sorted((source.release.id for source in found), reverse=True)
    starts = [source.span for source in found if source.release.id == "stade"]
    assert starts == sorted(starts)
    assert any("98,6 millions" in source.text for source in found)


def test_no_sentence_twice(tokens: Tokens) -> None:
    """A reprint of the same sentence in another release is not given again."""
    found = numbered(assigned(tokens, "Le stade ?", shelved(STADIUM, "stade"), shelved(STADIUM, "copie")), LARGE)
    texts = [source.text for source in found]
    assert len(texts) == len(set(texts))


def test_the_allowance_is_kept(tokens: Tokens) -> None:
    """No more releases, sentences or characters than the model is allowed."""
    releases = [shelved(f"{STADIUM} Encore {name}.", name) for name in ("a", "b", "c", "d")]
    found = numbered(assigned(tokens, "Combien a coûté le stade ?", *releases), Allowance(2, 5, 250))
    assert 0 < len(found) <= 5
    assert len({source.release.id for source in found}) <= 2
    assert sum(len(source.text) for source in found) <= 250


def test_a_sentence_comes_with_what_it_leans_on(tokens: Tokens) -> None:
    """« Il rouvrira » is given with the sentence that says who; a list's introduction with its items."""
    found = [s.text for s in numbered(assigned(tokens, "Quand rouvrira-t-il ?", shelved(STADIUM, "stade")), SMALL)]
    place = found.index("Il rouvrira le 20 septembre 2025.")
    assert found[place - 1].startswith("La Métropole rénove")
    items = [s.text for s in numbered(assigned(tokens, "Quelles communes ont payé ?", shelved(STADIUM, "s")), SMALL)]
    assert any("Ormeval" in text for text in items)


def test_nothing_found_nothing_given() -> None:
    """Without passages there is nothing to number."""
    assert numbered(Assignment("Quand ?", "Quand ?", "fr", (), (), date(2025, 9, 1)), SMALL) == ()
