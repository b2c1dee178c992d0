"""Marks: what counts as said, and what as quoted."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.answer import Answer, Citation, Searched, Sentence
from assistant.evaluation.marking import exact, fold, said, unsupported
from store.records import Filters, Release, Source, Span

TEXT = "La ligne C compte 14 stations. Elle ouvrira le 3 mai 2031, a dit Odile Brévand."


def citation(start: int, end: int, quote: str) -> Citation:
    return Citation(1, "r", None, 1, "Ligne C", None, date(2030, 1, 9), None, None, Span(start, end), quote)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Le chantier coûte 84 000 euros.", "84 000"),
        ("Le chantier coûte 84\u202f000 euros.", "84'000"),
        ("Le chantier coûte 84’000 euros.", "84000"),
        ("soit 5,8 millions", "5.8 millions"),
        ("soit 29 % des foyers", "29%"),
        ("L’esprit d’équipe", "esprit d'equipe"),
        ("ODILE BRÉVAND", "Brevand"),
        ("un plan so\u00adcial", "plan social"),
        ("les accords signés", "accord"),
        ("du 3 mai 2031.", "3 mai 2031"),
        ("le cœur de ville", "coeur"),
        ("Port‑Aubelle", "Port-Aubelle"),
    ],
)
def test_a_fact_counts_however_it_is_typed(text: str, form: str) -> None:
    """Accents, case, blanks, apostrophes, dashes and the writing of numbers make no difference."""
    assert said(text, [form])


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("en 2017", "17"),
        ("17,5 millions", "17"),
        ("3,17 millions", "17"),
        ("la directive", "CTI"),
        ("1 900 000 francs", "900 000"),
        ("14 stations", "15 stations"),
        ("", "accord"),
    ],
)
def test_a_fact_is_not_found_inside_another(text: str, form: str) -> None:
    """A number inside a longer number, or letters inside a word, are not the fact."""
    assert not said(text, [form])


def test_any_accepted_form_will_do() -> None:
    """A fact with several accepted forms is said when one of them is."""
    assert said("douze stations", ["12 stations", "douze stations"])
    assert not said("douze stations", [])


def test_folding_is_stable() -> None:
    """What is folded stays as it is when folded again."""
    for text in (TEXT, "1 234 567,5 %", "« Ça va ? »"):
        assert fold(fold(text)) == fold(text)


def test_a_quote_is_exact_or_it_is_not() -> None:
    """A citation is exact when its quote is the text at its span, to the character."""
    release = Release(text=TEXT, source=Source("c.txt", "text/plain", "0" * 64))
    assert exact(citation(0, 30, TEXT[0:30]), release)
    assert not exact(citation(0, 30, TEXT[0:29]), release)
    assert not exact(citation(0, 30, TEXT[0:30].replace("14", "15")), release)
    assert not exact(citation(0, 0, ""), release)
    assert not exact(citation(0, 30, TEXT[0:30]), None)


def test_what_the_catalogue_says_is_supported() -> None:
    """A line that holds its quote whole, or a count of what was searched, is no free invention; another sentence is."""
    opening = "La ligne C compte 14 stations."

    def free(said: str) -> int:
        cited = (citation(0, len(opening), opening),)
        return unsupported(
            Answer("?", "?", Filters(), (Sentence(said, (1,)),), cited, searched=Searched(31, None, None))
        )

    assert free(opening) == 0
    assert free(f"9 janvier 2030 : {opening}") == 0
    assert free("L'archive compte 31 communiqués.") == 0
    assert free("L'archive compte 13 communiqués.") == 1
    assert free("La ligne D comptera 20 stations.") == 1
