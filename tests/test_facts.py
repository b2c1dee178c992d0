"""The facts of a sentence: dates, names, quotations, addresses, and what is only relative."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.facts import Facts, facts

NEAR = date(2025, 6, 2)


def read(text: str, language: str = "fr") -> Facts:
    return facts(text, language, NEAR)


@pytest.mark.parametrize(
    ("text", "language", "names"),
    [
        ("Hélène Vaucresson préside la Métropole.", "fr", ["helene", "vaucresson", "metropole"]),
        (
            "Selon l'Office des eaux, J.-P. Nérin quitte Saint-Élan.",
            "fr",
            ["office", "j", "p", "nerin", "saint", "elan"],
        ),
        ("Le chantier reprend. Elle visite Tarvel.", "fr", ["tarvel"]),
        ("La SNTX rouvre l'A512 mardi 3 mars à 14h30.", "fr", ["sntx", "a512"]),
        ("The mayor met Ada Quill in May.", "en", ["ada", "quill"]),
        ("Il sindaco di Tarvel ha incontrato Ugo Verdani.", "it", ["tarvel", "ugo", "verdani"]),
    ],
)
def test_names_are_found_without_openings_dates_and_numbers(text: str, language: str, names: list[str]) -> None:
    """Capitalised words and acronyms are names; what opens a sentence, months and hours are not."""
    assert [named.word for named in read(text, language).names] == names


def test_words_of_one_name_stand_in_one_run() -> None:
    """« Marcelle-Audoux » is one name, « Luc Ormesson, Anne Quillan » are two."""
    runs = [named.run for named in read("Le stade Marcelle-Audoux reçoit Luc Ormesson, Anne Quillan.").names]
    assert runs == [1, 1, 2, 2, 3, 3]


def test_dates_months_and_seasons() -> None:
    """Full dates have their period, what stands without a year is kept as a month, weekday or season."""
    found = read("Ouvert du 3 au 7 mai 2025, fermé en mars et en hiver, ouvert le mercredi.")
    assert [(str(one.period.first), str(one.period.last)) for one in found.dates] == [("2025-05-03", "2025-05-07")]
    assert [moment.key for moment in found.moments] == ["month:3", "season:12", "weekday:2"]


@pytest.mark.parametrize(
    ("text", "relative"),
    [
        ("Le pont a rouvert hier.", True),
        ("Le budget a doublé l'an dernier.", True),
        ("The bridge opened yesterday.", True),
        ("Die Brücke wurde gestern eröffnet.", True),
        ("Il ponte ha riaperto ieri.", True),
        ("Le budget a doublé en 2024.", False),
    ],
)
def test_what_is_relative_is_told(text: str, relative: bool) -> None:
    """« hier » means nothing to who reads an answer."""
    assert read(text).relative is relative


def test_quotations_of_every_typography() -> None:
    """French, English, German and plain quotation marks are read; an apostrophe is none."""
    text = '« Un pas », a-t-elle dit, “two steps”, „drei Schritte“ et "quatre pas" dans l\'eau.'
    assert [span.of(text) for span in read(text).quotations] == ["Un pas", "two steps", "drei Schritte", "quatre pas"]


def test_addresses_are_no_names() -> None:
    """E-mail and web addresses are compared whole."""
    found = read("Écrire à presse@sarvelle.example ou voir www.sarvelle.example/presse.")
    assert found.addresses == ("presse@sarvelle.example", "www.sarvelle.example/presse")
    assert not found.amounts
