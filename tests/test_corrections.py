"""What a release says it does to an earlier one."""

from __future__ import annotations

from datetime import date

import pytest

from ingest.parser.corrections import announces_correction, read_correction
from store.records import CorrectionKind, Span


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("RECTIFICATIF", CorrectionKind.CORRECTS),
        ("Erratum au communiqué du 3 mars 2024", CorrectionKind.CORRECTS),
        ("CORRECTION : la criée rouvre le 12 mars", CorrectionKind.CORRECTS),
        ("Version corrigée du communiqué n° 12", CorrectionKind.CORRECTS),
        ("ANNULE ET REMPLACE le communiqué du 3 mars 2024", CorrectionKind.REPLACES),
        ("Ce communiqué annule et remplace celui du 3 mars 2024.", CorrectionKind.REPLACES),
        ("Le présent communiqué remplace le communiqué du 3 mars", CorrectionKind.REPLACES),
        ("This press release replaces the release of 3 March 2024", CorrectionKind.REPLACES),
        ("Ce communiqué annule le précédent", CorrectionKind.CANCELS),
        ("Communiqué n° 12 annulé", CorrectionKind.CANCELS),
        ("Diese Medienmitteilung ersetzt die Medienmitteilung vom 3. März 2024", CorrectionKind.REPLACES),
    ],
)
def test_announcing_lines_in_their_forms(line: str, kind: CorrectionKind) -> None:
    """Corrects, replaces or cancels."""
    assert announces_correction(line)
    assert read_correction(line, Span(0, len(line))).kind is kind


@pytest.mark.parametrize(
    "line",
    [
        "Rectificatif budgétaire : le conseil vote trois millions",
        "La correction du tracé remplace le projet de 2021",
        "Correction des copies du brevet : les professeurs se mobilisent",
        "Le tramway remplace le bus sur la ligne C",
        "La Ville annule le feu d'artifice du 14 juillet",
        "Communiqué de presse",
        "Le conseil a rectifié la version du budget communiquée en mars.",
    ],
)
def test_prose_that_speaks_of_a_correction_announces_none(line: str) -> None:
    """A release about a corrected budget corrects no release."""
    assert not announces_correction(line)


def test_day_reference_and_title_are_read_as_far_as_they_are_stated() -> None:
    """They tell which release it is about."""
    line = "ANNULE ET REMPLACE le communiqué du 3 mars 2024 (réf. CP-2024-12) « La criée rouvre ses portes »"
    text = f"VILLE DE PORT-CLAIR\n\n{line}\n\nLa criée rouvre."
    start = text.index("ANNULE")
    correction = read_correction(text, Span(start, start + len(line)))
    assert correction.span.of(text) == line
    assert correction.published == date(2024, 3, 3)
    assert correction.reference == "CP-2024-12"
    assert correction.title == "La criée rouvre ses portes"


def test_what_is_not_stated_is_not_made_up() -> None:
    """« Ce communiqué annule le précédent » names neither day nor reference."""
    line = "Ce communiqué annule le précédent"
    correction = read_correction(line, Span(0, len(line)))
    assert (correction.published, correction.reference, correction.title) == (None, None, None)


@pytest.mark.parametrize(
    "line",
    [
        "Communiqué de presse – Le concert du 12 mai 2025 est annulé",
        "Communiqué de presse : la course du 12 mai 2025 annulée",
        "Press release – 12 jobs withdrawn",
    ],
)
def test_an_event_that_is_called_off_cancels_no_release(line: str) -> None:
    """What is cancelled is the concert, not an earlier communiqué."""
    assert not announces_correction(line)
