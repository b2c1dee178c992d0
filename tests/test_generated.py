"""Questions made from a catalogue: each has one exact answer, and the catalogue agrees with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

import pytest

from assistant.evaluation.generated import generate
from assistant.evaluation.gold import GoldQuestion
from assistant.evaluation.shelf import Shelved, admitted, read_shelf
from conftest import NOW
from store.archive import Archive
from store.records import Filters, PressArchiveError, Scope
from store.view import View

ISSUERS = ("Office national des ports", "Ville de Sarvelle", "Ministère de la Mer", "Voltix")
TOPICS = ("la digue du nord", "un concert au kiosque", "les repas des cantines", "la ligne de nuit", "le musée du sel")
TODAY = date(2031, 12, 20)


def invented(count: int = 120) -> list[Shelved]:
    rng = Random(11)
    return [
        Shelved(
            f"r{n:03}",
            date(2031, 1, 3) + timedelta(days=rng.randrange(350)),
            tuple(rng.sample(ISSUERS, 1 if n % 7 else 2)),
            "fr",
            f"Sarvelle annonce {TOPICS[n % 5] if n % 40 != 5 else 'une passerelle flottante'}"
            f", volet {chr(97 + n // 26)}{chr(97 + n % 26)}{' pour 2034' if n % 11 == 0 else ''}",
            "L'Office national des ports (ONP) annonce.",
            None,
        )
        for n in range(count)
    ]


SHELF = invented()


@pytest.fixture(scope="module")
def questions() -> tuple[GoldQuestion, ...]:
    return generate(SHELF, 300, seed=4, today=TODAY)


def test_as_many_as_asked_of_every_kind(questions: tuple[GoldQuestion, ...]) -> None:
    """The number asked for, all different, every kind and four languages among them."""
    assert len({(gold.question.text, gold.question.history) for gold in questions}) == len(questions) == 300
    kinds = {gold.category for gold in questions}
    assert kinds == {"last", "first", "several", "count", "list", "followup", "about", "trap", "subject"}
    words = " ".join(gold.question.text for gold in questions)
    for said in ("dernier", "press release", "Medienmitteilung", "comunicat", "ONP"):
        assert said in words


def test_the_same_seed_asks_the_same(questions: tuple[GoldQuestion, ...]) -> None:
    """A seed makes one set of questions, another seed another."""
    assert generate(SHELF, 300, seed=4, today=TODAY) == questions
    assert generate(SHELF, 300, seed=5, today=TODAY) != questions


def test_gold_is_what_a_reader_of_every_release_would_find(questions: tuple[GoldQuestion, ...]) -> None:
    """Counts, lists and orders follow from the releases by hand."""
    by_id = {release.id: release for release in SHELF}
    for gold in questions:
        passing = admitted(gold.filters or Filters(), SHELF)
        if gold.category == "subject":
            passing = frozenset(id for id in passing if "passerelle flottante" in by_id[id].title)
            assert len(passing) == 3
        if gold.count is not None:
            assert gold.count == len(passing)
        if gold.complete:
            assert set(gold.releases) == passing
            assert 1 <= len(passing) <= 10
        if gold.ordered:
            assert set(gold.releases) <= passing
            days = [by_id[name].published for name in gold.releases]
            rest = [by_id[name].published for name in passing - set(gold.releases)]
            ends = (min(days), max(days))  # type: ignore[type-var]
            newest = days == sorted(days, reverse=True) and all(day <= ends[0] for day in rest)  # type: ignore[type-var, operator]
            oldest = days == sorted(days) and all(day >= ends[1] for day in rest)  # type: ignore[type-var, operator]
            assert newest or oldest, gold


def test_words_and_gold_speak_of_the_same(questions: tuple[GoldQuestion, ...]) -> None:
    """« premier » asks for the first and « dernier » for the last; a year in a trap narrows nothing."""
    for gold in questions:
        asked = gold.question.text.lower()
        if gold.filters is None:
            assert gold.category == "subject"
            continue
        if gold.category == "first":
            assert any(word in asked for word in ("premi", "ancien", "first", "earliest", "erste", "primo")), asked
        if gold.category == "trap" and gold.filters.period.first is None and gold.filters.period.last is None:
            assert not gold.filters.narrow
        if gold.filters.issuers and gold.category not in ("followup", "about"):
            (issuer,) = gold.filters.issuers
            assert issuer in ISSUERS


def test_the_catalogue_agrees(archive: Archive, shelve: Callable[..., object]) -> None:
    """On a real archive the catalogue counts and orders as the gold says."""
    for n, release in enumerate(SHELF[:40]):
        first, *others = release.issuers
        shelve(f"{release.opening} N° {n}.", title=release.title, reference=release.id, published=release.published,
               issuer=first, co_issuers=tuple(others))  # fmt: skip
    view: View = archive.view(Scope.STAFF, NOW)
    shelf = read_shelf(view)
    for gold in generate(shelf, 80, seed=1, today=TODAY):
        if gold.filters is None:
            continue
        if gold.count is not None:
            assert view.extent(gold.filters).releases == gold.count
        if gold.ordered:
            listed = [
                [entry.published for entry in view.releases(gold.filters, len(gold.releases), newest_first=newest)]
                for newest in (True, False)
            ]
            assert [view.release(name).published for name in gold.releases] in listed


def test_too_few_releases_are_said_to_be() -> None:
    """Without an issuer of three dated releases there is nothing to ask."""
    with pytest.raises(PressArchiveError, match="three dated releases"):
        generate(SHELF[:2], 10, seed=1, today=TODAY)
