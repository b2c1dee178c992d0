"""What a text says in other words: numbers, dates, times, ordinals, saints and compounds."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.folding import fold
from store.language import terms
from store.spellings import spellings


def looked_up(text: str) -> set[str]:
    """Everything a text is found by: its words, and what it says otherwise."""
    return {term.raw for term in terms(text, "fr")} | set(spellings(fold(text)))


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        ("le 1er mars 2018", "01.03.2018", "2018-03-01"),
        ("March 1st, 2018", "2018-03-01", "2018-03-01"),
        ("1. März 2018", "1° marzo 2018", "2018-03-01"),
        ("le 14 févr. 2019", "14/02/2019", "2019-02-14"),
        ("le 14 février", "14.2.2019", "02-14"),
        ("trois cents hectares", "300 hectares", "300"),
        ("deux millions de litres", "2 000 000 litres", "2000000"),
        ("soixante et onze élus", "71 élus", "71"),
        ("vingt-cinq pour cent", "25 %", "25%"),
        ("1,9 M€", "1 900 000 euros", "1900000"),
        ("2 Md€", "2 milliards d'euros", "2000000000"),
        ("1.5 Mia. Franken", "1,5 milliard", "1500000000"),
        ("84 k€", "84'000", "84000"),
        ("300 MCHF", "trois cents millions", "300000000"),
        ("au XXIe siècle", "au 21ème siècle", "21e"),
        ("la IIIe édition", "la 3e édition", "3e"),
        ("à 14 h 30", "à 14h30", "14h30"),
        ("um 14.30 Uhr", "at 14:30", "14h30"),
        ("à 9 heures ou 9 h", "09:00", "9h00"),
        ("par e-mail", "par email", "email"),
        ("une micro-ferme", "une microferme", "microferme"),
        ("St-Orvel", "Saint Orvel", "saintorvel"),
        ("Ste-Orvelle", "Sainte-Orvelle", "sainteorvelle"),
        ("Pont-St-Orvel", "Pont-Saint-Orvel", "pontsaintorvel"),
        ("l'U.E", "l'UE", "ue"),
        ("CHF 300", "300 francs", "franc"),
        ("300 €", "300 EUR", "euro"),
    ],
)
def test_two_spellings_meet(one: str, other: str, shared: str) -> None:
    """Whoever asks in one finds what is written in the other."""
    assert shared in looked_up(one)
    assert shared in looked_up(other) or shared + "s" in looked_up(other)


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        ("la vie", "6e"),
        ("dit-il", "ditil"),
        ("allons-y", "allonsy"),
        ("en novembre 2018", "2018-11"),
        ("dix pour cent", "100"),
        ("le 32 mars 2018", "03-32"),
        ("1.2.3.2018", "02-03"),
        ("il est une ville", "1"),
        ("un million", "1"),
        ("la rue Saint", "saint"),
    ],
)
def test_what_is_no_other_spelling(text: str, absent: str) -> None:
    """Words that only look like it, clitics, and days no calendar has."""
    assert absent not in spellings(fold(text))


@settings(deadline=None)
@given(st.text(alphabet="e1209 .-'€hxvistmarcent\n", max_size=80))
def test_any_text_has_spellings(text: str) -> None:
    """Whatever the text, none is empty or holds a blank."""
    assert all(one and not one.isspace() and " " not in one for one in spellings(fold(text)))


@pytest.mark.parametrize("debris", ["a-" * 20_000, "1 " * 20_000, "cent " * 10_000, "1.1." * 10_000, "st-" * 10_000])
def test_debris_costs_no_time(debris: str) -> None:
    """Runs of hyphens, figures and numerals are passed over in linear time."""
    assert isinstance(spellings(debris), list)
