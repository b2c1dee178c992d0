"""The head of an article: the title shown and stated, the day, and lines that are neither."""

from __future__ import annotations

from datetime import date

import pytest
from lxml import html

from ingest.readers.webhead import clear_lines, find_day, find_title
from ingest.readers.webtext import spaced


def body(inner: str) -> html.HtmlElement:
    return html.document_fromstring(f"<html><body>{inner}</body></html>").find("body")


@pytest.mark.parametrize(
    ("inner", "stated", "title", "certain"),
    [
        ("<h1>La criée rouvre</h1>", ("La criée rouvre | Ville",), "La criée rouvre", True),
        ("<h1>LA CRIÉE ROUVRE</h1>", ("Ville - La criée rouvre",), "LA CRIÉE ROUVRE", True),
        ("<h1>La criée rouvre après deux ans de travaux</h1>", ("La criée rouvre après deux…",),
         "La criée rouvre après deux ans de travaux", True),
        ("<h1><a href='/'>Ville</a></h1><div>La criée rouvre</div>", ("La criée rouvre – Ville",), "La criée rouvre",
         True),
        ("<h1>Communiqués de presse</h1><h2>La criée rouvre</h2>", ("La criée rouvre",), "La criée rouvre", True),
        ("<h1>La criée rouvre</h1>", ("Portail",), "La criée rouvre", False),
        ("<p>Du texte.</p>", ("La criée rouvre | Ville de Port-Clair",), "La criée rouvre", False),
        ("<h1>Actualités</h1>", ("Actualités",), None, False),
        ("<p>Du texte.</p>", (), None, False),
    ],
)  # fmt: skip
def test_a_title_is_what_the_page_states_and_shows(
    inner: str, stated: tuple[str, ...], title: str | None, certain: bool
) -> None:
    """With the site's name behind or before it, cut short, in capitals; a section's name is none."""
    found = find_title(body(inner), stated)
    assert (found.words, found.certain) == (title, certain)


@pytest.mark.parametrize(
    ("inner", "day", "line"),
    [
        ("<p><time datetime='2024-05-13'>Port-Clair, le 13 mai</time></p>", date(2024, 5, 13), "Port-Clair, le 13 mai"),
        ("<p class='article-date'>13 mai 2024</p>", date(2024, 5, 13), "13 mai 2024"),
        ("<p>Mis à jour le <time datetime='2024-06-01'>1er juin 2024</time></p>", None, None),
        ("<p>Publié le 13 mai 2024 à 10h</p>", date(2024, 5, 13), "Publié le 13 mai 2024 à 10h"),
        (f"<p>{'La criée rouvre enfin. ' * 8}<time datetime='2024-05-20'>lundi</time></p>", None, None),
        ("<p>Rendez-vous le 20 mai 2024</p>", None, None),
    ],
)
def test_the_day_shown_is_that_of_the_release(inner: str, day: date | None, line: str | None) -> None:
    """Not that of a change, nor one the text speaks about."""
    assert find_day(body(inner)) == (day, line)


def test_lines_about_the_page_leave_its_head() -> None:
    """Its day once known, reading time, who clicked; a dateline with a place stays, and so does all after the lead."""
    lead = f"<p>{'La criée rouvre mardi matin. ' * 5}</p>"
    head = "<p>Publié le 13 mai 2024</p><p>Lecture en 2 minutes</p><p>13/05/2024 - Temps de lecture : 3 min</p>"
    kept = "<p>Port-Clair, le 13 mai 2024</p><p>Ville de Port-Clair</p>"
    article = body(f"{head}<p>Imprimer</p><p>Affichages : 214</p>{kept}{lead}<p>Imprimer</p>")
    clear_lines(article, day_known=True)
    words = spaced(article)
    assert words.startswith("Port-Clair, le 13 mai 2024 Ville de Port-Clair La criée")
    assert words.endswith("Imprimer")
    unknown = body("<p>Publié le 13 mai 2024</p>")
    clear_lines(unknown, day_known=False)
    assert spaced(unknown) == "Publié le 13 mai 2024"


def test_a_day_by_itself_stays() -> None:
    """Its place may stand in the next line."""
    article = body("<p>Lundi 13 mai 2024</p><p>Port-Clair</p><p><time datetime='2024-05-13'>13 mai 2024</time></p>")
    clear_lines(article, day_known=True)
    assert spaced(article) == "Lundi 13 mai 2024 Port-Clair 13 mai 2024"
