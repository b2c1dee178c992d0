"""What a page says of itself beside its text: JSON-LD, Open Graph, meta, canonical address.

Knows nothing of the text; what contradicts it is judged elsewhere.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from html import unescape
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from ingest.readers.fields import PARIS
from store.dates import parse_day

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_ARTICLES = ("PressRelease", "NewsArticle", "ReportageNewsArticle", "Article", "BlogPosting", "WebPage")
_DATES = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "dcterms.issued",
    "dcterms.created", "dc.date.issued", "dc.date", "dcterms.date", "publication_date", "pubdate", "publish-date",
    "date", "sailthru.date", "parsely-pub-date", "citation_publication_date",
)  # fmt: skip
_BLANKS = re.compile(r"\s+")
_LONGEST, _LONGEST_BODY = 4000, 1_000_000
_MOST_NODES = 2000


@dataclass(frozen=True, slots=True)
class Facts:
    """As the page states them; None where it is silent.

    `site` is who runs it, `issuer` who wrote the article, `body` the article's text where
    the page holds it for programs.
    """

    titles: tuple[str, ...] = ()
    published: date | None = None
    site: str | None = None
    issuer: str | None = None
    description: str | None = None
    language: str | None = None
    page_language: str | None = None
    url: str | None = None
    base: str | None = None
    place: str | None = None
    dateline: str | None = None
    body: str | None = None


def read_facts(tree: HtmlElement, url: str | None) -> Facts:
    """What a page's head and its structured data say; `url` is where it was fetched."""
    meta = _meta(tree)
    article = _article(tree)
    base = next((str(href) for href in tree.xpath("//base/@href")), None)
    canonical = next((str(href) for href in tree.xpath("//link[@rel='canonical']/@href")), None) or meta.get("og:url")
    address = _address(url or base, canonical)
    whole = next((_line(each.text_content()) for each in tree.iter("title")), None)
    site = meta.get("og:site_name") or _named(article.get("publisher")) or meta.get("dc.publisher")
    headlines = (article.get("headline"), article.get("name"), meta.get("og:title"), meta.get("dc.title"), whole)
    return Facts(
        titles=tuple(dict.fromkeys(filter(None, (_line(each) for each in headlines)))),
        published=_published(article, meta),
        site=_line(site) if site and not re.fullmatch(r"[\w.-]+\.\w{2,}|.*@.*", site.strip()) else None,
        issuer=_organisation(article.get("sourceOrganization")) or _organisation(article.get("author")),
        description=_line(article.get("description") or meta.get("og:description") or meta.get("description")),
        language=_line(article.get("inLanguage")),
        page_language=next((str(code) for code in tree.xpath("/html/@lang")), None) or meta.get("content-language"),
        url=url or address,
        base=_address(url or address, base) or url or address,
        place=_named(article.get("locationCreated")) or _named(article.get("contentLocation")),
        dateline=_line(article.get("dateline")),
        body=_text(article.get("articleBody")),
    )


def day_of(text: str) -> date | None:
    """The day of an ISO date or moment; one given in universal time is a day of Paris."""
    text = text.strip()
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        try:
            return parse_day(text)
        except ValueError:
            return None
    universal = moment.tzinfo is not None and not moment.utcoffset()
    try:
        day = moment.astimezone(PARIS).date() if universal else moment.date()
    except (OverflowError, ValueError):
        return None
    return day if 1900 <= day.year <= 2100 else None


def _published(article: dict[str, Any], meta: dict[str, str]) -> date | None:
    stated = [article.get("datePublished"), article.get("dateCreated"), *(meta.get(name) for name in _DATES)]
    return next(filter(None, (day_of(each) for each in stated if isinstance(each, str))), None)


def _meta(tree: HtmlElement) -> dict[str, str]:
    """The first content of each name or property."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        key = element.get("property") or element.get("name") or element.get("itemprop") or element.get("http-equiv")
        content = element.get("content")
        if key and content and content.strip():
            found.setdefault(key.strip().casefold(), content.strip()[:_LONGEST])
    return found


def _article(tree: HtmlElement) -> dict[str, Any]:
    """The node of the page's structured data that is about its article."""
    nodes: list[dict[str, Any]] = []
    for script in tree.xpath("//script[contains(translate(@type, 'LDJSON', 'ldjson'), 'ld+json')]"):
        written = re.sub(r"^\s*(?:<!--|//<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\]\]>|\]\]>)\s*$", "", script.text or "")
        try:
            nodes.extend(_nodes(json.loads(written, strict=False)))
        except (ValueError, RecursionError):
            continue
    ranked = [(rank, node) for node in nodes for rank, kind in enumerate(_ARTICLES) if kind in _kinds(node)]
    return min(ranked, key=lambda found: found[0])[1] if ranked else {}


def _nodes(loaded: Any) -> Iterator[dict[str, Any]]:
    waiting, seen = [loaded], 0
    while waiting and seen < _MOST_NODES:
        node = waiting.pop(0)
        seen += 1
        if isinstance(node, list):
            waiting.extend(node)
        elif isinstance(node, dict):
            yield node
            waiting.extend(each for key in ("@graph", "mainEntity", "hasPart") if (each := node.get(key)) is not None)


def _kinds(node: dict[str, Any]) -> list[Any]:
    kind = node.get("@type")
    return kind if isinstance(kind, list) else [kind]


def _organisation(value: Any) -> str | None:
    """The name of an author that is an organisation; a person signs, and issues nothing."""
    for each in value if isinstance(value, list) else [value]:
        if isinstance(each, dict) and any("Organi" in str(kind) for kind in _kinds(each)):
            return _line(each.get("name"))
    return None


def _named(value: Any) -> str | None:
    first = value[0] if isinstance(value, list) and value else value
    return _line(first.get("name")) if isinstance(first, dict) else _line(first)


def _line(value: Any) -> str | None:
    if not isinstance(value, str):
        return None
    return _BLANKS.sub(" ", value).strip()[:_LONGEST] or None


def _text(value: Any) -> str | None:
    """A text's paragraphs, without the tags some programs leave in."""
    if not isinstance(value, str):
        return None
    return unescape(re.sub(r"<[^<>]{0,1000}>", "\n", value[:_LONGEST_BODY])).strip() or None


def _address(base: str | None, href: str | None) -> str | None:
    try:
        address = urljoin(base or "", (href or "").strip())
    except ValueError:
        return None
    return address if address.startswith(("http://", "https://")) else None
