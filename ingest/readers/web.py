"""HTML pages: the article without menus, banners and footers; what the page says of itself as hints.

Extraction is trafilatura's. Does not fetch: see page.py.
"""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from ingest.document import Document, Hints
from ingest.mending import mend
from ingest.readers import fields
from store.dates import parse_day
from store.records import UnreadableDocument

if TYPE_CHECKING:
    from datetime import date

    from lxml.html import HtmlElement

_FURNITURE = [
    "//nav | //aside | //form | //dialog | //*[@role='navigation' or @role='dialog' or @role='search']",
    "//*[contains(@class, 'breadcrumb') or contains(@class, 'ariane') or @class='fil' or contains(@class, 'cookie')"
    " or contains(@id, 'cookie') or contains(@class, 'share') or contains(@class, 'partage')]",
]
_DATE_LINES = (
    "//main//time | //article//time | //*[contains(@class, 'date') and not(contains(@class, 'update'))]"
    "[not(self::html or self::body)] | //time"
)
_BLOCKS = frozenset({"p", "head", "item", "quote", "row", "list", "table", "div", "code", "figure", "graphic"})
_SHORTEST = 40


def read_web(data: bytes, name: str, url: str | None = None) -> Document:
    """The article of an HTML page as paragraphs, mended.

    Hints come from the page's metadata (Open Graph, JSON-LD, `time`, `lang`). `url` is the
    address it was fetched from, if it was. Raises UnreadableDocument for a page without text.
    """
    from trafilatura import bare_extraction, load_html

    tree = load_html(data) if data.strip() else None
    if tree is None:
        raise UnreadableDocument(name, "page without text: nothing in it reads as HTML")
    language, dateline = _language(tree), _dateline(tree)
    found: Any = bare_extraction(
        tree,
        url=url,
        favor_recall=True,
        include_comments=False,
        include_tables=True,
        with_metadata=True,
        prune_xpath=_FURNITURE,
        date_extraction_params={"extensive_search": False, "original_date": True, "max_date": "2100-01-01"},
    )
    text = mend("\n\n".join(_paragraphs(found.body))) if found is not None and found.body is not None else ""
    if len(text) < _SHORTEST:
        raise UnreadableDocument(name, "page without text: no article was found in it")
    hints = Hints(
        title=_line(found.title),
        published=_day(found.date),
        issuer=_issuer(found),
        url=url or found.url,
        language=language,
        dateline=dateline,
    )
    return Document(text, name, "text/html", sha256(data).hexdigest(), hints=hints)


def _paragraphs(body: HtmlElement) -> list[str]:
    """The blocks of trafilatura's tree, list items and table rows as lines of their own."""
    paragraphs: list[str] = []
    for block in body:
        if block.tag == "list":
            items = [_flat(item) for item in block.iter("item")]
            paragraphs.append("\n".join(f"- {item}" for item in items if item))
        elif block.tag == "table":
            rows = [" | ".join(filter(None, (_flat(cell) for cell in row.iter("cell")))) for row in block.iter("row")]
            paragraphs.append("\n".join(filter(None, rows)))
        elif block.tag == "quote" and any(child.tag in _BLOCKS for child in block):
            paragraphs.extend(_paragraphs(block))
        else:
            paragraphs.append(_lines(block))
        if block.tail and block.tail.strip():
            paragraphs.append(" ".join(block.tail.split()))
    return [paragraph for paragraph in paragraphs if paragraph.strip()]


def _lines(block: HtmlElement) -> str:
    """A block's text on one line, but for its own line breaks."""
    lines = "".join(_in_order(block)).split("\x1e")
    return "\n".join(" ".join(line.split()) for line in lines).strip()


def _in_order(block: HtmlElement) -> list[str]:
    parts = [block.text or ""]
    for child in block:
        parts.extend(["\x1e"] if child.tag == "lb" else _in_order(child))
        parts.append(child.tail or "")
    return parts


def _flat(block: HtmlElement) -> str:
    return " ".join("".join(_in_order(block)).replace("\x1e", " ").split())


def _line(text: str | None) -> str | None:
    return (" ".join(mend(text).split()) or None) if text else None


def _language(tree: HtmlElement) -> str | None:
    code = tree.get("lang") or next(iter(tree.xpath("//html/@lang")), None)
    return fields.language(str(code)) if code else None


def _dateline(tree: HtmlElement) -> str | None:
    for element in tree.xpath(_DATE_LINES):
        line = " ".join(element.text_content().split())
        if 6 <= len(line) <= 80 and re.search(r"\d", line):
            return line
    return None


def _day(text: str | None) -> date | None:
    try:
        return parse_day(text) if text else None
    except ValueError:
        return None


def _issuer(found: Any) -> str | None:
    """The site's name, unless it is only its address."""
    site = _line(found.sitename)
    if not site or re.search(r"\w\.\w{2,}$", site) or "@" in site or (found.hostname and site == found.hostname):
        return None
    return site
