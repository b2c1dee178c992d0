"""Place and day in one line, in the press's many forms."""

from __future__ import annotations

from datetime import date

import pytest

from ingest.parser.dateline import is_place, read_dateline, wired_place

NEAR = date(2024, 6, 1)


@pytest.mark.parametrize(
    ("line", "day", "place"),
    [
        ("Lundi 13 mai 2024", date(2024, 5, 13), None),
        ("Port-Clair, le 13 mai 2024", date(2024, 5, 13), "Port-Clair"),
        ("Port-Clair, le lundi 13 mai 2024", date(2024, 5, 13), "Port-Clair"),
        ("Port-Clair, 13.05.2024", date(2024, 5, 13), "Port-Clair"),
        ("La Roche-sur-Clair, le 1er mars 2024", date(2024, 3, 1), "La Roche-sur-Clair"),
        ("L'Isle-Adrien, le 1^{er} mars 2024", date(2024, 3, 1), "L'Isle-Adrien"),
        ("Communiqué de presse du 13 mai 2024", date(2024, 5, 13), None),
        ("COMMUNIQUÉ DE PRESSE – Port-Clair, le 13 mai 2024", date(2024, 5, 13), "Port-Clair"),
        ("Vendredi 17 novembre 2023 - 14 h 00", date(2023, 11, 17), None),
        ("Date : 13/05/2024", date(2024, 5, 13), None),
        ("Port-Clair, 13 May 2024", date(2024, 5, 13), "Port-Clair"),
        ("Port-Clair – 13 mai 2024", date(2024, 5, 13), "Port-Clair"),
        ("PORT-CLAIR, LE 13 MAI 2024", date(2024, 5, 13), "PORT-CLAIR"),
        ("(Port-Clair, le 13 mai 2024)", date(2024, 5, 13), "Port-Clair"),
        ("Fait à Port-Clair, le 13 mai 2024", date(2024, 5, 13), "Port-Clair"),
        ("Lieu et date : Port-Clair, le 13 mai 2024", date(2024, 5, 13), "Port-Clair"),
        ("Lundi 13 mai 2024 à Port-Clair", date(2024, 5, 13), "Port-Clair"),
        ("Port-Clair/Ormeval, den 13. Mai 2024", date(2024, 5, 13), "Port-Clair/Ormeval"),
        ("Bréhec, Saint-Aubin et Ormeval, 13 mai 2024", date(2024, 5, 13), "Bréhec, Saint-Aubin et Ormeval"),
        ("9900 Port-Clair, le 13 mai 2024", date(2024, 5, 13), "9900 Port-Clair"),
    ],
)
def test_datelines_in_their_many_forms(line: str, day: date, place: str | None) -> None:
    """Day and place, whatever their order of words."""
    dateline = read_dateline(line, NEAR)
    assert dateline is not None
    assert (dateline.mention.period.first, dateline.place) == (day, place)


@pytest.mark.parametrize(
    "line",
    [
        "La criée rouvrira le 14 mai 2024.",
        "Le stade sera livré le 3 juin 2024 au plus tard",
        "PORTES OUVERTES LES 4 ET 5 OCTOBRE 2024",
        "Budget 2024",
        "LIGNE C : MISE EN SERVICE LE 3 JUIN 2024",
        "Rencontres d'Ormeval du 2 février 2024",
        "ESSAI DES SIRÈNES DU LITTORAL, MERCREDI 22 MAI 2024",
        "Échéance: 22.06.2029",
        "Ville de Port-Clair, le 13 mai 2024 au soir, tout a changé.",
    ],
)
def test_a_date_in_a_sentence_or_title_is_no_dateline(line: str) -> None:
    """What a release speaks about is not when it was published."""
    assert read_dateline(line, NEAR) is None


def test_a_wire_tells_where_the_text_goes_on() -> None:
    """« Port-Clair, le 13 mai 2024 – La criée… » : the day is the wire's, whatever days follow."""
    line = "Port-Clair, le 13 mai 2024 – Le 12 mai 2024, la criée a rouvert."
    wire = read_dateline(line, NEAR)
    assert wire is not None
    assert wire.body is not None
    assert (wire.mention.period.first, wire.place) == (date(2024, 5, 13), "Port-Clair")
    assert line[wire.body :] == "Le 12 mai 2024, la criée a rouvert."
    assert wire.placed is not None
    assert wire.placed.of(line) == "Port-Clair"


def test_a_place_alone_may_open_a_wire() -> None:
    """« Port-Clair – La criée… » where the day stands elsewhere; a sentence's own dash does not."""
    line = "Port-Clair – La criée rouvre mardi, après deux ans de travaux et quatorze millions d'euros."
    wired = wired_place(line)
    assert wired is not None
    assert (wired[0].of(line), line[wired[1] :].split()[0]) == ("Port-Clair", "La")
    assert wired_place("La criée rouvre – enfin – après deux ans de travaux et quatorze millions d'euros.") is None


@pytest.mark.parametrize("words", ["Lundi", "Ville de Port-Clair", "COMMUNIQUÉ DE PRESSE", "la criée", "Mai 2024"])
def test_other_words_are_no_places(words: str) -> None:
    """Days, organisations, banners."""
    assert not is_place(words)


@pytest.mark.parametrize(
    "line", ["OPAV, Port-Clair, le 6 mai 2025", "OPAV – 6 mai 2025 – Port-Clair", "OPAV | 06.05.2025 | Port-Clair"]
)
def test_an_acronym_beside_a_place_is_who_issues(line: str) -> None:
    """« OPAV » is no place where another stands in the same line."""
    dateline = read_dateline(line, date(2025, 1, 1))
    assert dateline is not None
    assert dateline.place == "Port-Clair"
    assert dateline.issuer is not None
    assert dateline.issuer.of(line) == "OPAV"
    assert dateline.mention.period.first == date(2025, 5, 6)


def test_a_place_in_capitals_stays_a_place() -> None:
    """« PARIS, le 3 mars 2025 » and « LILLE, MARSEILLE, le 3 mars 2025 » name no issuer."""
    for line in ("PARIS, le 3 mars 2025", "LILLE, MARSEILLE, le 3 mars 2025"):
        dateline = read_dateline(line, date(2025, 1, 1))
        assert dateline is not None
        assert dateline.issuer is None
        assert dateline.place == line.split(", le")[0]
