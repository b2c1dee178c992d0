"""What is said before a release's words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from assistant.lead_in import according, announced, contact_given, dated, says_itself, spoken
from conftest import release
from store.records import Quote, Span, Status

BRIDGE = release("Le pont rouvre lundi.", title="Le pont rouvre", published=date(2025, 11, 6))
MAYOR = Quote(Span(0, 7), "Nadia Lemercanton", "maire de Sarvelle")


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("fr", "Selon la Métropole de Sarvelle, 6 novembre 2025 :"),
        ("en", "According to the Métropole de Sarvelle, 6 November 2025:"),
        ("de", "Laut Métropole de Sarvelle, 6. November 2025:"),
        ("it", "Secondo la Métropole de Sarvelle, 6 novembre 2025:"),
        ("es", "Selon la Métropole de Sarvelle, 6 novembre 2025 :"),
    ],
)
def test_who_speaks_and_when(language: str, told: str) -> None:
    """In the asker's language; French where it is not one of the four."""
    assert according(BRIDGE, language) == told


def test_what_is_not_known_is_not_said() -> None:
    """Without issuer, without day, without either."""
    assert according(replace(BRIDGE, issuer=None), "fr") == "Communiqué du 6 novembre 2025 :"
    undated = replace(BRIDGE, published=None)
    assert according(undated, "fr") == "Selon la Métropole de Sarvelle (communiqué sans date) :"
    assert according(replace(undated, issuer=None), "fr") == "Communiqué sans date :"
    assert according(replace(undated, issuer=None), "it") == "Comunicato senza data:"


def test_an_embargo_is_said() -> None:
    """Until when, on the clock of Paris."""
    held = replace(BRIDGE, status=Status.EMBARGOED, embargo=datetime(2025, 11, 7, 8, 30, tzinfo=UTC))
    told = "Selon la Métropole de Sarvelle, 6 novembre 2025 (sous embargo jusqu’au 7 novembre 2025 à 9 h 30) :"
    assert according(held, "fr") == told
    assert "under embargo until 7 November 2025, 09:30" in according(held, "en")
    assert according(replace(held, embargo=None), "fr").endswith("(sous embargo) :")


def test_the_subject_comes_from_the_title() -> None:
    """Where « Il » would be nobody; a long title is cut between words, its own marks become inner ones."""
    assert according(BRIDGE, "fr", subject=True).endswith("6 novembre 2025, à propos de « Le pont rouvre » :")
    long = replace(BRIDGE, title="« Ponts ouverts » " + "et encore un mot " * 12)
    told = according(long, "fr", subject=True)
    assert "« “Ponts ouverts” et encore" in told
    assert told.endswith("… » :")
    assert len(told) < 170


def test_lines_among_others_begin_with_their_day() -> None:
    """The day, then the issuer's name alone."""
    assert dated(BRIDGE, "fr") == "6 novembre 2025, Métropole de Sarvelle :"
    assert dated(replace(BRIDGE, issuer=None, published=None), "en") == "undated release:"


def test_a_release_is_announced() -> None:
    """« Communiqué de … du … », with its title where the text does not give it."""
    assert announced(BRIDGE, "fr") == "Communiqué de la Métropole de Sarvelle du 6 novembre 2025 :"
    assert announced(BRIDGE, "de") == "Medienmitteilung der Métropole de Sarvelle vom 6. November 2025:"
    assert announced(replace(BRIDGE, published=date(2025, 11, 8)), "it").endswith(" dell'8 novembre 2025:")
    assert announced(BRIDGE, "fr", titled=True).endswith("du 6 novembre 2025, « Le pont rouvre » :")


def test_a_speaker_comes_with_office_and_release() -> None:
    """Reported speech is called so; without issuer the release is that of its day."""
    told = "Nadia Lemercanton, maire de Sarvelle, dans le communiqué de la Métropole de Sarvelle, 6 novembre 2025 :"
    assert spoken(BRIDGE, MAYOR, "fr") == told
    assert "maire de Sarvelle (propos rapportés), dans" in spoken(BRIDGE, replace(MAYOR, indirect=True), "fr")
    assert spoken(replace(BRIDGE, issuer=None), MAYOR, "fr").endswith("dans le communiqué du 6 novembre 2025 :")
    assert spoken(BRIDGE, MAYOR, "en", named=False) == "In the release of the Métropole de Sarvelle, 6 November 2025:"


def test_a_contact_is_called_one() -> None:
    """And whose release gives it."""
    told = "Contact indiqué dans le communiqué de la Métropole de Sarvelle, 6 novembre 2025 :"
    assert contact_given(BRIDGE, "fr") == told


def test_what_says_it_itself_needs_no_lead_in() -> None:
    """Issuer and day in the sentence; one of them is not enough."""
    assert says_itself(BRIDGE, "Le 6 novembre 2025, la Métropole de Sarvelle a rouvert le pont.", "fr")
    assert not says_itself(BRIDGE, "La Métropole de Sarvelle a rouvert le pont.", "fr")
    assert not says_itself(replace(BRIDGE, issuer=None), "Le 6 novembre 2025, le pont a rouvert.", "fr")
