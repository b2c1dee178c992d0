"""What is said instead of an answer, in four languages."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.answer import Searched
from assistant.unsaid import Unsaid, in_full
from store.period import Period
from store.records import Filters

WHOLE = Searched(1801, date(2024, 1, 3), date(2025, 12, 28))
NOTHING = Searched(0, None, None)
YEAR = Period(date(2015, 1, 1), date(2015, 12, 31))


def said(unsaid: Unsaid, language: str = "fr", filters: Filters = Filters(), searched: Searched = WHOLE) -> str:
    return in_full(unsaid, filters, searched, WHOLE, language)


def test_what_was_searched_is_told() -> None:
    """How many releases, from when to when, and that the last day is that of the newest."""
    assert said(Unsaid("not_in_archive")) == (
        "Aucun communiqué trouvé ne le dit. "
        "Communiqués consultés : 1\u202f801, du 3 janvier 2024 au 28 décembre 2025, date du plus récent."
    )


def test_an_unknown_name_is_told_with_what_is_known() -> None:
    """« Vélodrome » is nowhere; « stade » is."""
    told = said(Unsaid("not_mentioned", "Vélodrome", ("budget", "stade")))
    assert told.startswith("Aucun communiqué ne mentionne « Vélodrome ».")
    assert "« budget » et « stade »" in told


def test_a_word_that_no_release_uses_is_told() -> None:
    """A rare word of the question that stands nowhere says why nothing was found."""
    assert "Aucun n'emploie le mot « décibels »." in said(Unsaid("not_in_archive", "décibels"))


def test_words_that_never_meet_are_told() -> None:
    """The nearest speak of one, and not of the other."""
    told = said(Unsaid("not_together", "Norvège", ("loups",)))
    assert told.startswith("Les communiqués les plus proches parlent de « loups », mais pas de « Norvège ».")


def test_a_period_without_releases_is_told_with_the_one_covered() -> None:
    """Which period the archive covers; the search being empty, nothing is said of it."""
    told = said(Unsaid("period_not_covered", period=YEAR), filters=Filters(YEAR), searched=NOTHING)
    assert told == (
        "L'archive n'a aucun communiqué de cette période (2015) : elle va du 3 janvier 2024 au 28 décembre 2025."
    )


def test_a_time_that_is_only_asked_about_is_told_otherwise() -> None:
    """The question narrowed nothing: it is about another time than the archive."""
    told = said(Unsaid("period_not_covered", period=YEAR))
    assert told.startswith("La question porte sur une autre période (2015) que l'archive, qui va du 3 janvier 2024")


def test_filters_that_exclude_everything_are_told_with_what_each_leaves_out() -> None:
    """How many releases there would be without the period, and without the issuer."""
    filters = Filters(YEAR, issuers=("Port de Sarvelle",))
    told = said(Unsaid("nothing_in_filters", otherwise=(("period", 12), ("issuers", 1300))), "fr", filters, NOTHING)
    assert told == (
        "Aucun communiqué ne correspond à « Port de Sarvelle, 2015 ». "
        "On en trouverait 12 sans la période, 1\u202f300 sans l'émetteur."
    )


def test_a_language_without_releases_is_told_with_those_there_are() -> None:
    """By their names, not their codes."""
    filters = Filters(languages=("de",))
    told = said(Unsaid("language_not_covered", languages=("en", "fr")), "fr", filters, NOTHING)
    assert told == "Aucun communiqué n'est dans cette langue (allemand) : l'archive est en anglais, français."


@pytest.mark.parametrize(
    ("language", "opening", "extent"),
    [
        ("fr", "Aucun communiqué ne mentionne « Zwing ».", "date du plus récent"),
        ("en", "No release mentions “Zwing”.", "from 3 January 2024 to 28 December 2025, the date of the newest"),
        ("de", "Keine Medienmitteilung erwähnt «Zwing».", "vom 3. Januar 2024 bis zum 28. Dezember 2025"),
        ("it", "Nessun comunicato menziona «Zwing».", "dal 3 gennaio 2024 al 28 dicembre 2025"),
        ("es", "Aucun communiqué ne mentionne « Zwing ».", "du 3 janvier 2024"),
    ],
)
def test_it_is_said_in_the_askers_language(language: str, opening: str, extent: str) -> None:
    """French, English, German, Italian; French to anyone else."""
    told = said(Unsaid("not_mentioned", "Zwing"), language)
    assert told.startswith(opening)
    assert extent in told


@pytest.mark.parametrize("language", ["fr", "en", "de", "it"])
@pytest.mark.parametrize(
    "unsaid",
    [
        Unsaid("empty_archive"),
        Unsaid("nothing_in_filters", otherwise=(("period", 2), ("issuers", 3), ("languages", 4))),
        Unsaid("period_not_covered", period=YEAR),
        Unsaid("language_not_covered", languages=("fr",)),
        Unsaid("not_together", "Oslo", ("loups", "forêt")),
        Unsaid("not_in_archive", "Oslo"),
        Unsaid("not_mentioned", "Oslo", ("loups",)),
    ],
)
def test_every_reason_has_its_words_in_every_language(language: str, unsaid: Unsaid) -> None:
    """Nothing is left to be filled in."""
    told = said(unsaid, language, Filters(YEAR, languages=("de",)))
    assert told[-1] == "."
    assert not set("{}?") & set(told)
