"""Figures: value, unit and what is counted, where each number stands; and all the numbers that are none."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.parser.figures import find_figures


def read(text: str, language: str = "fr") -> list[tuple[str, str, str | None, str | None]]:
    return [(f.span.of(text), f.value, f.unit, f.counted) for f in find_figures(text, language=language)]


ONE = {
    "1,9 million d'euros": ("1900000", "€", None),
    "12 500 emplois": ("12500", None, "emplois"),
    "12\u202f500 emplois": ("12500", None, "emplois"),
    "12'500 emplois": ("12500", None, "emplois"),
    "12’500 emplois": ("12500", None, "emplois"),
    "12.500 emplois": ("12500", None, "emplois"),
    "3,5 %": ("3.5", "%", None),
    "3,5\u00a0% des ménages": ("3.5", "%", "ménages"),
    "45 km de pistes": ("45", "km", "pistes"),
    "2 000 m²": ("2000", "m²", None),
    "CHF 380 millions": ("380000000", "CHF", None),
    "380 millions de francs": ("380000000", "francs", None),
    "15 €": ("15", "€", None),
    "€ 15": ("15", "€", None),
    "2,1 M€": ("2100000", "€", None),
    "30 k€": ("30000", "€", None),
    "4,2 milliards de dollars": ("4200000000", "$", None),
    "2,6 millions de tonnes": ("2600000", "t", None),
    "deux cents millions d'euros": ("200000000", "€", None),
    "quatre-vingt-dix logements": ("90", None, "logements"),
    "300 nouveaux logements": ("300", None, "logements"),
    "25 ans": ("25", "ans", None),
    "400°C": ("400", "°C", None),
    "50 pour cent": ("50", "%", None),
    "2026 habitants": ("2026", None, "habitants"),
}


@pytest.mark.parametrize("written", ONE)
def test_a_figure_has_its_value_unit_and_noun(written: str) -> None:
    """As French writes numbers, with every thousands separator, before and after the amount."""
    text = f"Le projet compte {written}."
    ((words, *found),) = read(text)
    assert tuple(found) == ONE[written]
    assert written.startswith(words)


@pytest.mark.parametrize(
    ("language", "text", "value", "unit", "counted"),
    [
        ("en", "It creates 12,500 jobs.", "12500", None, "jobs"),
        ("en", "It costs €1.9 million.", "1900000", "€", None),
        ("en", "It costs 2 billion dollars.", "2000000000", "$", None),
        ("fr", "Il coûte 2 billions d'euros.", "2000000000000", "€", None),
        ("de", "Es sind 12.500 Wohnungen.", "12500", None, "Wohnungen"),
        ("de", "Es kostet 1,9 Millionen Franken.", "1900000", "CHF", None),
        ("it", "Ci sono 12.500 persone.", "12500", None, "persone"),
        ("it", "Costa 1,9 milioni di euro.", "1900000", "€", None),
    ],
)
def test_each_language_writes_numbers_its_own_way(
    language: str, text: str, value: str, unit: str | None, counted: str | None
) -> None:
    """Commas, points and billions mean what they mean in the text's language."""
    assert [found[1:] for found in read(text, language)] == [(value, unit, counted)]


@pytest.mark.parametrize(
    ("text", "values", "unit", "counted"),
    [
        ("Une hausse de 10 à 12 %.", ["10", "12"], "%", None),
        ("Il faut 300 à 400 millions de francs.", ["300000000", "400000000"], "francs", None),
        ("Entre 35 000 et 48 000 personnes jouent.", ["35000", "48000"], None, "personnes"),
        ("Les jeunes de 12 à 16 ans y vont.", ["12", "16"], "ans", None),
    ],
)
def test_a_range_is_two_figures(text: str, values: list[str], unit: str | None, counted: str | None) -> None:
    """The first has the scale, unit and noun of the second."""
    assert [found[1:] for found in read(text)] == [(value, unit, counted) for value in values]


NONE = [
    "Le 3 mai 2021 à Clair.",
    "Clair, le 03.05.2021.",
    "Depuis 2019, la Ville agit; en 2024 les travaux commencent.",
    "La stratégie 2050 considère le climat.",
    "Rendez-vous à 10h30, puis à 14 heures.",
    "Tél. 01 99 00 12 34 ou +33 1 99 00 12 34.",
    "Voir l'article 28, art. 12 et al. 3 de la loi.",
    "12 rue des Lilas, 13999 Clair.",
    "Version 2.1, n° 45, lot 3.",
    "Le COVID-19 et le CO2 au 21e siècle.",
    "Une centaine de bénévoles, la 3e édition.",
    "Écrire à service12@clair.example, https://clair.example/2021/300.",
]


@pytest.mark.parametrize("text", NONE)
def test_dates_numbers_and_codes_are_no_figures(text: str) -> None:
    """Nor are years, times, telephones, articles, addresses, versions, ordinals."""
    assert read(text) == []


def test_nothing_is_read_beyond_the_end() -> None:
    """Contacts and what follows are left out."""
    assert find_figures("300 logements, 400 emplois", 14)[-1].value == "300"


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="0123456789 .,'%€km millionde", max_size=120))
def test_spans_are_in_the_text_and_values_are_decimals(text: str) -> None:
    """In order, not overlapping."""
    last = 0
    for figure in find_figures(text):
        assert last <= figure.span.start < figure.span.end <= len(text)
        last = figure.span.end
        float(figure.value)


@pytest.mark.parametrize("piece", ["1 ", "1", "1,", "12 500 ", "deux cents ", "de 10 à ", "1 000"])
def test_hostile_texts_take_no_longer_than_long_ones(piece: str) -> None:
    """100,000 characters of digits take a second or two, never minutes."""
    text = (piece * 100_000)[:100_000]
    started = time.process_time()
    find_figures(text)
    assert time.process_time() - started < 60
