"""HTML: the article and what the page says of itself, without its furniture."""

from __future__ import annotations

from datetime import date

import pytest
from mutation import mutants
from outcomes import outcome

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


PROSE = "".join(
    f"<p>La criée de Port-Clair rouvre mardi, après {words} de travaux menés par la ville et ses partenaires.</p>"
    for words in ("deux ans", "vingt mois", "cent semaines")
)
CONTACT = "Contact presse : Anne Douce, 01 99 00 12 34"
CARD = "<div><h3><a href='/{0}'>Le phare {0} s'éteint</a></h3><p>Le phare {0} s'éteint demain, dit la ville.</p></div>"
CARDS = "".join(CARD.format(word) for word in ("nord", "sud", "est"))


def page(body: str, head: str = "<title>La criée rouvre | Ville</title>") -> bytes:
    return f"<html><head>{head}<meta charset=utf-8></head><body>{body}</body></html>".encode()


@pytest.mark.parametrize(
    "body",
    [
        f"<nav>Menu</nav><main><h1>La criée rouvre</h1>{PROSE}<p>{CONTACT}</p></main><aside>{CARDS}</aside>",
        f"<h1>La criée rouvre</h1><div><div class=x>{PROSE}</div><div><p>{CONTACT}</p></div></div><div>{CARDS}</div>",
        f"<main><h1>La criée rouvre</h1>{PROSE}</main><footer><h4>{CONTACT}</h4><a href=/m>Mentions</a></footer>",
        f"<div><h1>La criée rouvre</h1>{PROSE}</div><div class=sidebar><h3>Contact presse</h3><p>Anne Douce<br>"
        f"01 99 00 12 34</p></div><div>{CARDS}</div>",
        f"<form id=f><div><a href=/>Accueil</a></div><h2>La criée rouvre</h2>{PROSE}<div>{CONTACT}</div></form>",
        f"<table><tr><td><a href=/a>Un</a><br><a href=/b>Deux</a><br><a href=/c>Trois</a></td><td>"
        f"<h2>La criée rouvre</h2>{PROSE}{CONTACT}</td></tr></table>",
        f"<article class='post share-enabled has-sidebar'><h1>La criée rouvre</h1>{PROSE}{CONTACT}<h3>À lire aussi</h3>"
        f"<ul><li><a href=/x>Un autre phare, plus loin, au nord</a></li></ul></article>",
        f"<div id=cookie-consent><p>Nous utilisons des cookies pour mesurer la fréquentation de nos pages.</p></div>"
        f"<h1>La criée rouvre</h1>{PROSE}<p>{CONTACT}</p><div class=newsletter>Abonnez-vous à notre lettre</div>",
    ],
)
def test_layouts_of_many_kinds(body: str) -> None:
    """The whole text and the press contact, wherever it stands; no menu, neighbour, banner or title."""
    document = read_web(page(body), "a.html")
    text = document.text
    assert document.hints.title == "La criée rouvre"
    assert text.startswith("La criée de Port-Clair rouvre mardi, après deux ans")
    assert all(words in text for words in ("vingt mois", "cent semaines", "Anne Douce", "01 99 00 12 34"))
    for furniture in ("phare", "Menu", "Accueil", "Mentions", "cookies", "Abonnez", "Trois", "lire aussi"):
        assert furniture not in text


def test_links_that_ask_for_a_click_are_no_text() -> None:
    """A button between blocks; a link in a sentence, in a list or to a mail address is kept."""
    body = (
        f"<h1>La criée rouvre</h1>{PROSE}<div>Venez nombreux.<p><a class=btn href=/t>Réserver sa place</a></p>"
        "<a href=/b>Prendre un billet</a></div><p>Voir <a href=/plan>le plan</a>.</p>"
        "<ul><li><a href=/a>Plan des quais</a></li></ul><p><a href='mailto:a@b.example'>Écrire à la criée</a></p>"
    )
    text = read_web(page(body), "a.html").text
    assert "Réserver" not in text
    assert "billet" not in text
    assert all(words in text for words in ("Venez nombreux", "le plan", "Plan des quais", "Écrire à la criée"))


def test_the_sites_language_yields_to_the_text() -> None:
    """Many pages say « en » whatever they are written in; a language the text cannot tell is believed."""
    said = page(PROSE).replace(b"<html>", b"<html lang=en>")
    assert read_web(said, "a.html").hints.language is None
    assert read_web(said.replace(b"lang=en", b"lang=br"), "a.html").hints.language == "br"


def test_a_description_is_a_lead_where_it_stands_in_the_text() -> None:
    """A description nobody reads on the page is none."""
    lead = "La criée de Port-Clair rouvre mardi, après deux ans de travaux menés par la ville et ses partenaires."
    head = "<title>La criée rouvre</title><meta name=description content='{}'>"
    assert read_web(page(PROSE, head.format(lead)), "a.html").hints.lead == lead
    assert read_web(page(PROSE, head.format(lead + " Et plus.")), "a.html").hints.lead is None


def test_damaged_pages_are_read_or_named() -> None:
    """Never another error, whatever happened to the file."""
    outcomes = [said for data in mutants(PAGE.encode(), 40, seed=17) for said in outcome(data, "a.html")]
    assert len(outcomes) == 40
    assert not [reason for reason in outcomes if "broke down" in reason]


def test_scripts_never_become_text() -> None:
    """What a page would run is not what it says."""
    page = PAGE.replace("</article>", "<script>voler()</script><style>p{}</style></article>")
    text = read_web(page.encode(), "a.html").text
    assert "voler" not in text
    assert "p{}" not in text


def test_signs_no_page_should_hold_cost_nothing() -> None:
    """Control characters, written or referred to, before and after what is taken out."""
    broken = PROSE.replace("rouvre", "\x01rouvre\x0b<button>x</button>\x02 &#1;&#xFFFE;<nav>y</nav>&#2;")
    assert "cent semaines" in read_web(page(broken), "a.html").text


def test_a_page_that_needs_a_program_to_show_its_text_may_hold_it_for_programs() -> None:
    """The article's text in the structured data, with a doubt, where the page itself has next to none."""
    body = "La criée rouvre mardi.\\n\\n" + "Le chantier a duré deux ans. " * 9
    data = f'<script type="application/ld+json">{{"@type": "NewsArticle", "articleBody": "{body}"}}</script>'
    document = read_web(page("<div id=root>Chargement…</div>", data), "a.html")
    assert document.text.startswith("La criée rouvre mardi.\n\nLe chantier")
    assert document.doubts == ("texte pris dans les données de la page",)
