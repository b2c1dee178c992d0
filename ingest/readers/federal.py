"""Messages of the federal kind: one XML message, one Document for each language it is written in.

The text is lead, body, attachments, contacts, as the source states them: nothing is
mended. Translations share a group; a message that was taken back says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from hashlib import sha256
from typing import TYPE_CHECKING

from ingest.document import EXPORT, Document, Hints
from ingest.readers import fields
from ingest.readers.fragment import read_fragment
from store.dates import parse_day
from store.records import Link, Span, UnreadableDocument

if TYPE_CHECKING:
    from lxml.etree import _Element

ROOTS = frozenset({"messages", "message"})
_REVOKED = "retiré par la source"
_TAKEN_BACK = frozenset({"yes", "true", "1"})


def read_federal(root: _Element, name: str) -> Iterator[Document | UnreadableDocument]:
    """The releases of the messages under `root`; of one message's versions the highest counts."""
    messages: dict[str, _Element] = {}
    found = [root] if _tag(root) == "message" else [each for each in root if _tag(each) == "message"]
    for number, message in enumerate(found, start=1):
        id = (message.get("id") or "").strip() or f"message {number}"
        if id not in messages or _version(message) >= _version(messages[id]):
            messages[id] = message
    if not messages:
        yield UnreadableDocument(name, "no message in it")
    for id, message in messages.items():
        yield from _languages(message, id, name)


def _languages(message: _Element, id: str, name: str) -> Iterator[Document | UnreadableDocument]:
    from lxml import etree

    contents = [each for each in message if _tag(each) == "content"]
    if not contents:
        yield UnreadableDocument(f"{name}#{id}", "a message without content")
        return
    digest = sha256(etree.tostring(message, with_tail=False)).hexdigest()
    for number, content in enumerate(contents, start=1):
        language = (content.get("lang") or content.get("{http://www.w3.org/XML/1998/namespace}lang") or "").strip()
        which = f"{id}-{language or number}"
        try:
            own = sha256(f"{digest} {which}".encode()).hexdigest()
            yield _document(message, content, id, language, f"{name}#{which}", own)
        except UnreadableDocument as unreadable:
            yield unreadable


def _document(message: _Element, content: _Element, id: str, language: str, name: str, digest: str) -> Document:
    title, lead = _line(content, "title"), _line(content, "lead")
    body, links = read_fragment(_words(content, "text"))
    contact = _words(content, "contact").strip() or None
    revoked = (message.get("revoked") or "").strip().casefold() in _TAKEN_BACK
    attached = _attached(content)
    if not (lead or body):
        if not (title and (revoked or attached)):
            raise UnreadableDocument(name, "a message without text")
        body = title
    text, links = _assembled(lead, body, links, attached, contact)
    doubts: list[str] = []
    issuers = _issuers(message, language)
    hints = Hints(
        title=title or None,
        published=_published(message, doubts),
        issuer=issuers[0] if issuers else None,
        co_issuers=tuple(issuers[1:]),
        url=next((url for tag in ("url", "uri", "www") if (url := _line(content, tag)).startswith("http")), None),
        reference=f"{id}-{language}" if language else id,
        language=fields.language(language),
        contact=contact if contact and contact in text else None,
        place=_line(content, "city") or None,
        embargo=_embargo(message, doubts),
        lead=lead or None,
        group=id,
        revoked=_REVOKED if revoked else None,
        edition=_version(message) or None,
    )
    return Document(text, name, EXPORT, digest, hints=hints, doubts=tuple(doubts), links=links)


def _assembled(
    lead: str, body: str, links: tuple[Link, ...], attached: list[tuple[str, str]], contact: str | None
) -> tuple[str, tuple[Link, ...]]:
    """The parts that are there, a blank line between them, and where their links stand."""
    if lead and body.startswith(lead):
        lead = ""
    start = len(lead) + 2 if lead and body else 0
    text = "\n\n".join(part for part in (lead, body) if part)
    placed = [Link(Span(link.span.start + start, link.span.end + start), link.url) for link in links]
    for number, (words, url) in enumerate(attached):
        text += ("\n\n- " if number == 0 else "\n- ") + words
        placed.append(Link(Span(len(text) - len(words), len(text)), url))
    return (f"{text}\n\n{contact}" if contact else text), tuple(placed)


def _attached(content: _Element) -> list[tuple[str, str]]:
    """The title and address of each attachment and link, in the order the source gives them."""
    found = [each for each in content if _tag(each) in {"attachment", "link"}]
    found.sort(key=lambda each: (_tag(each), int(place) if (place := _line(each, "position")).isdecimal() else 0))
    pairs = [(_line(each, "title"), _line(each, "uri")) for each in found]
    return [(words or url, url) for words, url in dict.fromkeys(pairs) if url.startswith(("http://", "https://"))]


def _issuers(message: _Element, language: str) -> list[str]:
    """The originators' names in the release's language, the leading one first."""
    originators = [each for each in message if _tag(each) == "originator"]
    originators.sort(key=lambda each: each.get("lead") != "yes")
    names = (_name(each, language) for each in originators)
    return list(dict.fromkeys(name for name in names if name))


def _name(originator: _Element, language: str) -> str:
    names = {each.get("lang") or "": " ".join((each.text or "").split()) for each in originator if _tag(each) == "name"}
    return names.get(language) or next(filter(None, names.values()), "")


def _published(message: _Element, doubts: list[str]) -> date | None:
    stated = _line(message, "pubdate")
    try:
        return parse_day(stated) if stated else None
    except (ValueError, OverflowError):
        doubts.append(f"date de publication illisible : « {stated[:40]} »")
        return None


def _embargo(message: _Element, doubts: list[str]) -> datetime | None:
    """The end of a blocking period; a day alone ends with the night before it."""
    stated = _line(message, "blocking-period")
    try:
        return fields.moment(stated) if stated else None
    except (ValueError, OverflowError):
        doubts.append(f"embargo illisible : « {stated[:40]} »")
        return None


def _version(message: _Element) -> int:
    stated = _line(message, "version")
    return int(stated) if stated.isdecimal() and len(stated) < 10 else 0


def _words(element: _Element, tag: str) -> str:
    """The text under the child `tag`; markup that stands there unescaped is kept as markup."""
    from lxml import etree

    child = next((each for each in element if _tag(each) == tag), None)
    if child is None:
        return ""
    if len(child):
        inside = "".join(etree.tostring(each, encoding="unicode") for each in child)
        return f"{child.text or ''}{inside}"
    return child.text or ""


def _line(element: _Element, tag: str) -> str:
    child = next((each for each in element if _tag(each) == tag), None)
    return "" if child is None else " ".join("".join(child.itertext()).split())


def _tag(element: _Element) -> str:
    return str(element.tag).rpartition("}")[2] if isinstance(element.tag, str) else ""
