"""HTML: the article and what the page says of itself, without its furniture."""

from __future__ import annotations

from datetime import date

import pytest

from ingest.readers.web import read_web
from store.records import UnreadableDocument

PAGE = """<!DOCTYPE html><html lang="fr-FR"><head><title>La criée rouvre | Ville de Port-Clair</title>
<meta property="og:title" content="La criée rouvre"><meta property="og:site_name" content="Ville de Port-Clair">
<meta property="article:published_time" content="2024-05-13T09:00:00+02:00">
<link rel="canonical" href="https://www.port-clair.example/presse/criee"></head><body>
<nav><ul><li><a href="/">Accueil</a></li><li><a href="/marches">Marchés publics</a></li></ul></nav>
<div class="cookie-banner"><p>Ce site utilise des cookies pour mesurer son audience.</p></div>
<main><article><p class="breadcrumb"><a href="/">Accueil</a> › Presse</p><h1>La criée rouvre</h1>
<p class="date"><time datetime="2024-05-13">Port-Clair, le 13 mai 2024</time></p>
<p>La criée de Port-Clair rouvre mardi, après deux ans de travaux et quatorze millions d'euros d'investissement.</p>
<p>Le chantier a porté sur :</p><ul><li>quatorze quais ;</li><li>deux chambres <b>froides</b>.</li></ul>
<table><tr><th>Poste</th><th>Coût</th></tr><tr><td>Quais</td><td>1,2 M€</td></tr></table>
<p>« Les marins reviennent chez eux après deux hivers passés ailleurs », se réjouit Lise Maréchal, maire.</p>
<p>Ville de Port-Clair<br>Anne Douce<br>01 99 00 12 34</p>
</article></main><aside><p>À lire aussi : la piscine ferme pour vidange</p></aside>
<footer><p>Mentions légales. Plan du site.</p></footer></body></html>"""


def test_the_article_is_read_without_the_page() -> None:
    """Menus, cookie banner, breadcrumb, neighbours and footer stay out; lists, tables and line breaks stay."""
    text = read_web(PAGE.encode(), "a.html").text
    assert "- quatorze quais ;\n- deux chambres froides." in text
    assert "Poste | Coût\nQuais | 1,2 M€" in text
    assert "Ville de Port-Clair\nAnne Douce\n01 99 00 12 34" in text
    for furniture in ("Marchés publics", "cookies", "Accueil", "piscine", "Mentions légales"):
        assert furniture not in text


def test_metadata_are_hints() -> None:
    """Open Graph, canonical address, language and the shown date."""
    document = read_web(PAGE.encode(), "a.html")
    hints = document.hints
    assert (hints.title, hints.language) == ("La criée rouvre", "fr")
    assert document.guesses.issuer == "Ville de Port-Clair"
    assert hints.published == date(2024, 5, 13)
    assert hints.url == "https://www.port-clair.example/presse/criee"
    assert hints.dateline == "Port-Clair, le 13 mai 2024"


def test_the_address_fetched_wins() -> None:
    """A page read from the web is known by where it was read."""
    assert (
        read_web(PAGE.encode(), "a", "https://port-clair.example/criee").hints.url == "https://port-clair.example/criee"
    )


@pytest.mark.parametrize(
    "page",
    [b"", b"   ", b"<html><body></body></html>", b"<html><body><nav><a href='/'>Accueil</a></nav></body></html>",
     b"<html><body><script>alert('La criee rouvre mardi apres deux ans de travaux')</script></body></html>"],
)  # fmt: skip
def test_a_page_without_text_is_refused_by_name(page: bytes) -> None:
    """Nothing is shelved for a page that says nothing."""
    with pytest.raises(UnreadableDocument, match=r"vide\.html: page without text"):
        read_web(page, "vide.html")


def test_scripts_never_become_text() -> None:
    """What a page would run is not what it says."""
    page = PAGE.replace("</article>", "<script>voler()</script><style>p{}</style></article>")
    text = read_web(page.encode(), "a.html").text
    assert "voler" not in text
    assert "p{}" not in text
