"""The reading of HTML pages itself: the release without menus, and what the page says of itself.

The title is a hint, and no part of the text where the page states it twice. Runs in a
process of its own: see web.py.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from ingest.document import Document, Hints
from ingest.mending import mend_characters
from ingest.readers import fields
from ingest.readers.sheet import Sheet, foreign
from ingest.readers.webcolumn import column
from ingest.readers.webfacts import Facts, read_facts
from ingest.readers.webfurniture import Furniture, out
from ingest.readers.webhead import Title, clear_lines, find_day, find_title
from ingest.readers.webtext import flat, parsed, take
from store.folding import fold
from store.language import LANGUAGES, detect
from store.records import Link, OriginKind, UnreadableDocument

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_SHORTEST = 40
_ENOUGH_TO_DETECT = 200


def read_web_here(data: bytes, name: str) -> Document:
    """The release on an HTML page as paragraphs, mended, with its links.

    A `name` that is a web address is where the page was fetched from. Who runs the site
    is a guess. Raises UnreadableDocument for a page without text.
    """
    url = name if name.startswith(("http://", "https://")) else None
    if not data.strip():
        raise UnreadableDocument(name, "page without text: nothing in it reads as HTML")
    tree, doubts = parsed(data, name)
    facts = read_facts(tree, url)
    body = next(iter(tree.iter("body")), tree)
    title = find_title(body, facts.titles)
    article, contacts = _release(body, title)
    published, dateline = find_day(article)
    published = facts.published or published
    if title.certain and title.element is not None:
        out(title.element)
    clear_lines(article, published is not None)
    text, links = _written(article, contacts, facts.base)
    if len(text) < 0.5 * len(facts.body or ""):
        text, links, doubts = _from_body(facts.body or ""), (), (*doubts, "texte pris dans les données de la page")
    if len(text) < _SHORTEST:
        raise UnreadableDocument(name, "page without text: no article was found in it")
    words = mend_characters(title.words) if title.words else None
    known = title.certain or title.element is not None
    hints = Hints(
        title=words if known else None,
        published=published,
        issuer=facts.issuer,
        url=facts.url,
        language=_language(facts, text),
        place=facts.place,
        dateline=facts.dateline or dateline,
        lead=_lead(facts, text),
        origin=OriginKind.PAGE,
    )
    guesses = Hints(title=None if known else words, issuer=facts.site, origin=OriginKind.PAGE)
    digest = sha256(data).hexdigest()
    return Document(text, name, "text/html", digest, hints=hints, guesses=guesses, doubts=doubts, links=links)


def read_letter_here(data: bytes, name: str) -> Document:
    """All that an HTML mail shows, with its links: it has no furniture, and no article in it.

    Raises UnreadableDocument for bytes that are no text at all.
    """
    tree, doubts = parsed(data, name)
    text, links = _written(next(iter(tree.iter("body")), tree), [], None)
    return Document(text, name, "text/html", sha256(data).hexdigest(), doubts=doubts, links=links)


def _release(body: HtmlElement, title: Title) -> tuple[HtmlElement, list[HtmlElement]]:
    """The element that holds the release, and press contacts from around it."""
    furniture = Furniture(body, title.element)
    furniture.clear()
    article = column(body, title.element)
    return article, [] if article is body else furniture.contacts(article)


def _written(article: HtmlElement, contacts: list[HtmlElement], base: str | None) -> tuple[str, tuple[Link, ...]]:
    sheet = Sheet()
    take(article, sheet, base)
    taken = " ".join(sheet.plain())
    for contact in contacts:
        if flat(contact) not in taken:
            take(contact, sheet, base)
    return sheet.written()


def _from_body(body: str) -> str:
    """The text a page holds for programs, where it shows none before a program has run."""
    sheet = Sheet()
    for paragraph in foreign(body).split("\n"):
        sheet.paragraph(paragraph)
    return sheet.written()[0]


def _language(facts: Facts, text: str) -> str | None:
    """What the article's data say; the page's own language only where the text does not contradict it."""
    stated = fields.language(facts.language or "")
    page = fields.language(facts.page_language or "")
    doubtful = page in LANGUAGES and len(text) >= _ENOUGH_TO_DETECT and detect(text) != page
    return stated or (None if doubtful else page)


def _lead(facts: Facts, text: str) -> str | None:
    """The page's description, where it is a paragraph of the text."""
    wanted = fold(facts.description or "").strip(" .…")
    if len(wanted) < _SHORTEST:
        return None
    paragraphs = (" ".join(each.split()) for each in text.split("\n\n"))
    return next((each for each in paragraphs if fold(each).strip(" .…") == wanted), None)
