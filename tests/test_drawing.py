"""What questions over a catalogue are drawn from."""

from __future__ import annotations

from datetime import date, datetime
from random import Random

import pytest

from assistant.evaluation.drawing import drawn_from, evening, rare_words, subject, typed
from assistant.evaluation.shelf import Shelved
from store.records import PressArchiveError
from store.schema import PARIS


def test_a_rare_word_is_in_titles_and_nowhere_else() -> None:
    """A word that some release begins with, though its title lacks it, tells nothing about the last release on it."""
    told = [
        Shelved(str(n), date(2031, 5, n + 1), (), "fr", title, opening, None)
        for n, (title, opening) in enumerate(
            [
                ("Une passerelle flottante", "Voici."),
                ("La passerelle rouvre", "Voici des lampadaires."),
                ("Des lampadaires neufs", "Voici."),
                ("Les lampadaires éteints", "Voici."),
                ("Un kiosque", "Le kiosque rouvre."),
            ]
        )
    ]
    assert {(word, tuple(one.id for one in found)) for word, found in rare_words(told)} == {("passerelle", ("0", "1"))}


def test_questions_are_asked_on_the_evening_of_the_last_day() -> None:
    """« Hier » is a day of the archive; without any day there is none."""
    told = [Shelved(str(n), date(2031, 5, n), (), "fr", "", "", None) for n in (3, 9, 4)]
    assert evening(told) == datetime(2031, 5, 9, 23, tzinfo=PARIS)
    with pytest.raises(PressArchiveError, match="dated releases"):
        evening([])


def test_a_question_is_typed_as_people_type() -> None:
    """Now and then without accents and capitals, now and then without its mark, and mostly as it stands."""
    rng = Random(2)
    made = {typed(rng, "Où est l'Été ?") for _ in range(100)}
    assert made == {"Où est l'Été ?", "Où est l'Été", "ou est l'ete ?", "ou est l'ete"}


def test_a_title_is_a_subject_only_where_it_is_plain() -> None:
    """A title with a number or an issuer in it, too short a one, or one that others share, would narrow by itself."""
    titles = (
        "La digue sera relevée à l'automne", "La digue relevée de 3 mètres", "Le Port de Sarvelle relève la digue",
        "Digue", "Le kiosque rouvre ses portes", "Le kiosque rouvre ses portes",
    )  # fmt: skip
    told = [
        Shelved(str(n), date(2031, 5, n + 1), ("Port de Sarvelle",), "fr", title, "", None)
        for n, title in enumerate(titles)
    ]
    draws = drawn_from(told, Random(1), date(2031, 6, 1))
    assert [subject(release, draws) for release in told] == [titles[0], None, None, None, None, None]
