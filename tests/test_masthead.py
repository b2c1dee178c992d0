"""The head of a communiqué: banner, dateline, rubric, title."""

from __future__ import annotations

from datetime import date

import pytest

from ingest.parser.masthead import read_masthead

NEAR = date(2024, 6, 1)
BODY = "La criée de Port-Clair rouvre mardi, après deux ans de travaux et quatorze millions d'euros d'investissement."


@pytest.mark.parametrize(
    "head",
    [
        "COMMUNIQUE DE PRESSE\n\nLundi 13 mai 2024\n\nECONOMIE\n\nLA CRIEE DE PORT-CLAIR ROUVRE MARDI",
        "COMMUNIQUÉ DE PRESSE\nPort-Clair, le 13 mai 2024\nECONOMIE\n\nLA CRIEE DE PORT-CLAIR ROUVRE MARDI",
        "VILLE DE PORT-CLAIR\n\nCommuniqué – le 13 mai 2024\n\nECONOMIE\n\nLA CRIEE DE PORT-CLAIR ROUVRE MARDI",
        "COMMUNIQUE\n\nECONOMIE\n\nLA CRIEE DE PORT-CLAIR ROUVRE MARDI\n\nPort-Clair, le 13 mai 2024",
    ],
)
def test_rubric_and_title_are_told_apart(head: str) -> None:
    """The short line in capitals is the rubric, the longer one after it the title, the prose the body."""
    text = f"{head}\n\n{BODY}"
    read = read_masthead(text, NEAR)
    assert (read.rubric, read.title) == ("ECONOMIE", "LA CRIEE DE PORT-CLAIR ROUVRE MARDI")
    assert read.published == date(2024, 5, 13)
    assert text[read.body :].strip() == BODY


def test_a_title_over_two_lines_is_one() -> None:
    """Neighbouring lines in capitals are one title."""
    text = f"COMMUNIQUE DE PRESSE\n\nLA CRIEE DE PORT-CLAIR ROUVRE MARDI\nAPRES DEUX ANS DE TRAVAUX\n\n{BODY}"
    assert read_masthead(text, NEAR).title == "LA CRIEE DE PORT-CLAIR ROUVRE MARDI APRES DEUX ANS DE TRAVAUX"


def test_a_wire_dateline_opens_the_body() -> None:
    """« Port-Clair, le 13 mai 2024 – La criée… » : the body begins after the dash."""
    text = f"La criée rouvre\n\nPort-Clair, le 13 mai 2024 – {BODY}"
    head = read_masthead(text, NEAR)
    assert (head.title, head.published, head.place) == ("La criée rouvre", date(2024, 5, 13), "Port-Clair")
    assert text[head.body :] == BODY


def test_a_weekday_that_contradicts_is_a_doubt() -> None:
    """The date is kept, the reader warned."""
    head = read_masthead(f"COMMUNIQUE DE PRESSE\n\nMardi 13 mai 2024\n\nTITRE DU COMMUNIQUE\n\n{BODY}", NEAR)
    assert head.published == date(2024, 5, 13)
    assert "jour de la semaine" in head.doubts[0]


def test_a_missing_year_is_a_doubt() -> None:
    """The nearest year is supposed."""
    head = read_masthead(f"Port-Clair, le 13 mai\n\nLa criée rouvre\n\n{BODY}", NEAR)
    assert head.published == date(2024, 5, 13)
    assert "année absente" in head.doubts[0]


def test_a_date_that_does_not_exist_is_a_doubt() -> None:
    """And no date is made up in its place."""
    head = read_masthead(f"COMMUNIQUE DE PRESSE\n\nPort-Clair, le 31 février 2024\n\nLA CRIEE ROUVRE\n\n{BODY}", NEAR)
    assert head.published is None
    assert "n'existe pas" in head.doubts[0]
    assert head.title == "LA CRIEE ROUVRE"


def test_embargo_correction_and_reference_are_noted() -> None:
    """Lines that are neither title nor body."""
    head = read_masthead(
        f"RECTIFICATIF\n\nCOMMUNIQUE DE PRESSE\n\nRéf. : PC-2024/17\n\nSOUS EMBARGO JUSQU'AU 14 MAI 2024 À 8H\n\n"
        f"LA CRIEE ROUVRE MARDI\n\n{BODY}",
        NEAR,
    )
    assert (head.corrects, head.reference, head.title) == ("RECTIFICATIF", "PC-2024/17", "LA CRIEE ROUVRE MARDI")
    assert head.embargo == "SOUS EMBARGO JUSQU'AU 14 MAI 2024 À 8H"


@pytest.mark.parametrize("text", ["", " \n ", "x", "COMMUNIQUE DE PRESSE", "13 mai 2024", "\n\n".join(["TITRE"] * 40)])
def test_a_head_without_body_fails_nothing(text: str) -> None:
    """Odd texts give an emptier masthead, never an exception."""
    assert 0 <= read_masthead(text, NEAR).body <= len(text)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("La criée de Port-Clair rouvre mardi après la", "tempête de janvier"),
        ("Salon « Pêche et", "Littoral » : les inscriptions ouvrent"),
        ("La criée rouvre ses portes pour la saison", "2023-2024"),
        ("LA CRIEE DE PORT-CLAIR ROUVRE MARDI", "APRES DEUX ANS DE TRAVAUX"),
        ("La criée de Port-Clair est confiée à la navigatrice Anne", "Douce"),
    ],
)
def test_a_title_set_over_two_lines_on_paper_is_one(first: str, second: str) -> None:
    """Whatever gap a page leaves between them; two sentences stay title and subtitle."""
    head = read_masthead(f"COMMUNIQUE DE PRESSE\n\n{first}\n\n{second}\n\n{BODY}", NEAR, printed=True)
    assert (head.title, head.subtitle) == (f"{first} {second}", None)
    head = read_masthead(f"COMMUNIQUE\n\nLa criée rouvre mardi\n\nDeux ans de travaux\n\n{BODY}", NEAR, printed=True)
    assert (head.title, head.subtitle) == ("La criée rouvre mardi", "Deux ans de travaux")


@pytest.mark.parametrize(
    "head",
    [
        "Agence du littoral\n\nCOMMUNIQUE DE PRESSE\n\n{title}\n\nPort-Clair, le 13 mai 2024",
        "COMMUNIQUE DE PRESSE\n\nAgence du littoral\n\nPort-Clair, le 13 mai 2024\n\n{title}",
        "COMMUNIQUE DE PRESSE\n\n{title}\n\nAgence du littoral\n\nPort-Clair, le 13 mai 2024",
        "COMMUNIQUE DE PRESSE – Agence du littoral\n\n{title}\n\nPort-Clair, le 13 mai 2024",
        "Agence du littoral – Service de presse\n\n{title}\n\nPort-Clair, le 13 mai 2024",
        "{title}\n\nAgence du littoral, Port-Clair, 13 mai 2024",
        "Agence du littoral | Port-Clair | 13 mai 2024\n\n{title}",
        "{title}\n\nÉmetteur : Agence du littoral\n\nPort-Clair\n\n13 mai 2024",
        "Agence du littoral\n12, quai des Embruns\n\nCommuniqué\n\n13 mai 2024\nPort-Clair\n\n{title}",
        "Titre : {title}\nOrganisme émetteur : Agence du littoral\nDate : 13.05.2024\nLieu : Port-Clair",
        "Agence du littoral\n\nCommuniqué n° 2024-12 Port-Clair, 13 mai 2024\n\n{title}",
        "Accueil › Presse › Communiqués\n\nAgence du littoral\n\nPort-Clair, 13.05.2024\n\n{title}",
    ],
)
def test_the_parts_of_a_head_are_known_wherever_they_stand(head: str) -> None:
    """Issuer, day, place and title, in the orders press offices set them."""
    title = "La criée rouvre mardi, après deux ans de travaux"
    text = f"{head.format(title=title)}\n\n{BODY}"
    read = read_masthead(text, NEAR)
    assert (read.letterhead, read.title) == ("Agence du littoral", title)
    assert (read.published, read.place) == (date(2024, 5, 13), "Port-Clair")
    assert text[read.body :].strip() == BODY
    assert all(text[span.start : span.end] for span in read.spans.values())


def test_a_known_title_leaves_the_other_lines_to_the_issuer() -> None:
    """A page tells its title apart; the only heading left names who issues."""
    read = read_masthead(f"COMMUNIQUE\n\nAgence du littoral\n\nPort-Clair, le 13 mai 2024\n\n{BODY}", NEAR, "Un titre")
    assert (read.letterhead, read.title) == ("Agence du littoral", None)
    read = read_masthead(f"Agence du littoral\n\nLa criée rouvre\n\nEnfin\n\n{BODY}", NEAR, "La criée rouvre")
    assert (read.letterhead, read.title, read.subtitle) == ("Agence du littoral", "La criée rouvre", "Enfin")


def test_a_day_in_a_title_gives_way_to_the_dateline() -> None:
    """« Émission d'un emprunt / le 11 avril 2024 » is a title over two lines; the wire below dates it."""
    text = f"COMMUNIQUÉ\n\nÉmission d'un emprunt par la Région\nle 11 avril 2024\n\nPort-Clair, 6 avril 2024 – {BODY}"
    head = read_masthead(text, NEAR)
    assert (head.published, head.place) == (date(2024, 4, 6), "Port-Clair")
    assert head.title == "Émission d'un emprunt par la Région le 11 avril 2024"
    assert text[head.body :] == BODY
