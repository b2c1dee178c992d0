"""Issuers' names as a sentence takes them, in four languages."""

from __future__ import annotations

import pytest

from assistant.according import body


@pytest.mark.parametrize(
    ("issuer", "named", "of"),
    [
        ("Métropole de Sarvelle", "la Métropole de Sarvelle", "de la Métropole de Sarvelle"),
        ("La Métropole", "la Métropole", "de la Métropole"),
        ("Réseau Cadence", "le Réseau Cadence", "du Réseau Cadence"),
        ("Office fluvial de la Sarvelle", "l’Office fluvial de la Sarvelle", "de l’Office fluvial de la Sarvelle"),
        ("L'Agence des quais", "l’Agence des quais", "de l’Agence des quais"),
        ("Les Hospices", "les Hospices", "des Hospices"),
        ("Hospices civils d'Ormeval", "les Hospices civils d'Ormeval", "des Hospices civils d'Ormeval"),
        ("Archives de Sarvelle", "les Archives de Sarvelle", "des Archives de Sarvelle"),
        ("Haute école des marées", "la Haute école des marées", "de la Haute école des marées"),
        ("Grand Port d'Ormeval", "le Grand Port d'Ormeval", "du Grand Port d'Ormeval"),
        ("Hôpital Saint-Elme", "l’Hôpital Saint-Elme", "de l’Hôpital Saint-Elme"),
        ("Capitainerie des îles", "la Capitainerie des îles", "de la Capitainerie des îles"),
        ("Sarvelle Habitat", "Sarvelle Habitat", "de Sarvelle Habitat"),
        ("Ormeval Habitat", "Ormeval Habitat", "d’Ormeval Habitat"),
        ("Ferrovelle: L'Institut du rail", "Ferrovelle", "de Ferrovelle"),
        ("Ferrovelle, atelier naval", "Ferrovelle", "de Ferrovelle"),
        ("Unité des ponts (nouveau: Ponts)", "l’Unité des ponts", "de l’Unité des ponts"),
    ],
)
def test_french_articles(issuer: str, named: str, of: str) -> None:
    """The noun that names the body gives the article, elided and contracted; a name has none."""
    assert (body(issuer).named("fr"), body(issuer).after_of("fr")) == (named, of)


@pytest.mark.parametrize(
    ("issuer", "language", "named", "of"),
    [
        ("Réseau Cadence", "en", "the Réseau Cadence", "of the Réseau Cadence"),
        ("Sarvelle Habitat", "en", "Sarvelle Habitat", "of Sarvelle Habitat"),
        ("Office of the Quays", "en", "the Office of the Quays", "of the Office of the Quays"),
        ("City of Norrehavn", "en", "the City of Norrehavn", "of the City of Norrehavn"),
        ("City of Norrehavn", "fr", "City of Norrehavn", "de City of Norrehavn"),
        ("City of Norrehavn", "de", "City of Norrehavn", "von City of Norrehavn"),
        ("City of Norrehavn", "it", "City of Norrehavn", "di City of Norrehavn"),
        ("Réseau Cadence", "de", "Réseau Cadence", "des Réseau Cadence"),
        ("Métropole de Sarvelle", "de", "Métropole de Sarvelle", "der Métropole de Sarvelle"),
        ("Sarvelle Habitat", "de", "Sarvelle Habitat", "von Sarvelle Habitat"),
        ("Ufficio dei moli", "it", "l'Ufficio dei moli", "dell'Ufficio dei moli"),
        ("Zoo di Sarvelle", "it", "lo Zoo di Sarvelle", "dello Zoo di Sarvelle"),
        ("Métropole de Sarvelle", "it", "la Métropole de Sarvelle", "della Métropole de Sarvelle"),
        ("Sarvelle Habitat", "it", "Sarvelle Habitat", "di Sarvelle Habitat"),
    ],
)
def test_other_languages(issuer: str, language: str, named: str, of: str) -> None:
    """A name keeps its own language; the article is the asker's."""
    assert (body(issuer).named(language), body(issuer).after_of(language)) == (named, of)


def test_a_name_of_nothing_breaks_nothing() -> None:
    """Blanks and signs are a name like another."""
    assert body("  ").named("fr") == ""
    assert body("***").after_of("fr") == "de ***"
