"""Who says what: narrowed by words, speaker, office, time and issuer, and never of a release that may not be seen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from conftest import NOW
from store.archive import Archive
from store.catalogue import Added
from store.period import Period
from store.records import Filters, Quote, Scope, Span
from store.sayings import Sought
from store.view import View

Shelve = Callable[..., Added]


def said(text: str, words: str, speaker: str | None, role: str | None = None, *, indirect: bool = False) -> Quote:
    start = text.index(words)
    return Quote(Span(start, start + len(words)), speaker, role, indirect=indirect)


@pytest.fixture
def shelve_said(shelve: Shelve) -> Callable[..., Added]:
    """Shelves a release of these sentences, each (words, speaker, office) quoted."""

    def shelve_one(*sayings: tuple[str, str | None, str | None], indirect: bool = False, **facts: object) -> Added:
        text = " ".join(f"« {words} », dit-on 🙂." for words, _, _ in sayings)
        quotes = tuple(said(text, words, speaker, role, indirect=indirect) for words, speaker, role in sayings)
        return shelve(text, quotes=quotes, **facts)

    return shelve_one


@pytest.fixture
def view(archive: Archive, shelve_said: Callable[..., Added]) -> View:
    shelve_said(
        ("Le tramway arrivera en mai", "Ada Morel", "maire de Sarvelle"),
        ("Les budgets sont tenus", "Luc Perrin", "directeur du port"),
        reference="cp-1", published=date(2024, 3, 5), issuer="Métropole de Sarvelle",
    )  # fmt: skip
    shelve_said(
        ("Nos tramways sont pleins", "Mme Morel", "Maire  de Sarvelle"),
        reference="cp-2", published=date(2025, 5, 6), issuer="Métropole de Sarvelle",
    )  # fmt: skip
    shelve_said(
        ("le port sera dragué", "A. Morel", None),
        ("Personne ne l’a dit", None, None),
        reference="cp-3", published=date(2025, 6, 6), issuer="Port de Sarvelle", indirect=True,
    )  # fmt: skip
    return archive.view(Scope.PUBLIC, NOW)


def words(view: View, sought: Sought, **page: int | bool) -> list[str]:
    return [one.words for one in view.sayings(sought, **page)]  # type: ignore[arg-type]


def test_every_saying_is_the_very_words_of_its_release(view: View) -> None:
    """Newest first; within a release as they are read; the span is where they stand."""
    found = view.sayings()
    assert [one.words for one in found] == [
        "le port sera dragué", "Personne ne l’a dit", "Nos tramways sont pleins", "Le tramway arrivera en mai",
        "Les budgets sont tenus",
    ]  # fmt: skip
    assert all(one.span.of(view.release(one.release_id).text) == one.words for one in found)


def test_words_are_found_in_any_inflection_and_all_of_them(view: View) -> None:
    """« tramway » finds « tramways »; words of no quotation find none; signs alone narrow nothing."""
    assert words(view, Sought(words="le tramway")) == ["Nos tramways sont pleins", "Le tramway arrivera en mai"]
    assert words(view, Sought(words="tramways mai")) == ["Le tramway arrivera en mai"]
    assert words(view, Sought(words="dragons")) == []
    assert len(words(view, Sought(words="?! %_"))) == 5


def test_spellings_of_a_name_are_one_speaker(view: View) -> None:
    """« Mme Morel » and « A. Morel » are Ada Morel, under the name in full, with the latest office."""
    speakers = view.speakers().first
    assert [(one.name, one.sayings, one.role) for one in speakers] == [
        ("Ada Morel", 3, "maire de Sarvelle"), ("Luc Perrin", 1, "directeur du port"),
    ]  # fmt: skip
    assert (speakers[0].first, speakers[0].last) == (date(2024, 3, 5), date(2025, 6, 6))
    assert len(words(view, Sought(speaker=speakers[0].key))) == 3


def test_a_speaker_is_found_by_the_beginnings_of_the_name(view: View) -> None:
    """Without accents or capitals; the middle of a word finds nobody."""
    assert [one.name for one in view.speakers(named="mor ad").first] == ["Ada Morel"]
    assert view.speakers(named="orel").total == 0


def test_filters_hold_together_and_facets_count_within_the_others(view: View) -> None:
    """Office, issuer, time, and words in marks or reported."""
    assert words(view, Sought(office="maire de sarvelle"), newest_first=False) == [
        "Le tramway arrivera en mai", "Nos tramways sont pleins",
    ]  # fmt: skip
    assert words(view, Sought(office="port")) == ["Les budgets sont tenus"]
    assert len(words(view, Sought(indirect=True))) == 2
    within = Sought(within=Filters(Period(date(2025, 1, 1), None), ("Métropole de Sarvelle",)))
    assert words(view, within) == ["Nos tramways sont pleins"]
    heard = view.heard(within)
    assert (heard.sayings, heard.direct, heard.indirect) == (1, 1, 0)
    assert heard.issuers == {"Port de Sarvelle": 2, "Métropole de Sarvelle": 1}
    assert heard.years == {2025: 1, 2024: 2}
    assert view.heard().offices == {"maire de Sarvelle": 2, "directeur du port": 1}


def test_pages_follow_without_a_gap(view: View) -> None:
    """Page after page, either way round."""
    for newest_first in (True, False):
        whole = words(view, Sought(), limit=10, newest_first=newest_first)
        parts = [
            one for n in range(3) for one in words(view, Sought(), limit=2, offset=2 * n, newest_first=newest_first)
        ]
        assert parts == whole


def test_what_may_not_be_seen_says_nothing(archive: Archive, view: View, shelve_said: Callable[..., Added]) -> None:
    """Of an embargoed, a withdrawn, a superseded text there is no quotation; an embargo ends on time."""
    lifts = NOW + timedelta(hours=3)
    shelve_said(("Le secret du phare", "Zoé Phare", "gardienne"), reference="cp-9", embargo=lifts)
    assert view.speakers(named="phare").total == 0 == len(view.sayings(Sought(words="phare")))
    assert archive.view(Scope.STAFF, NOW).speakers(named="phare").total == 1
    assert archive.view(Scope.PUBLIC, lifts).heard(Sought(words="phare")).sayings == 1
    shelve_said(("Le tramway attendra", "Ada Morel", None), reference="cp-1", published=date(2024, 3, 5))
    assert words(view, Sought(words="tramway")) == ["Nos tramways sont pleins", "Le tramway attendra"]
    archive.withdraw("cp-2", "erreur", NOW)
    assert words(view, Sought(words="tramway")) == ["Le tramway attendra"]


def test_an_archive_without_quotations_says_so(archive: Archive) -> None:
    """Nothing is found, and nothing fails."""
    view = archive.view(Scope.PUBLIC, NOW)
    assert (view.sayings(), view.heard().sayings, view.speakers().total) == ([], 0, 0)
