"""HTML as text: paragraphs, items, rows and links of a tree, in the order they stand.

Knows nothing of what on a page is article and what is furniture.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from ingest.readers.encoding import decode
from ingest.readers.sheet import Sheet, foreign
from store.records import UnreadableDocument

if TYPE_CHECKING:
    from lxml.html import HtmlElement

BLOCKS = frozenset(
    """address article aside blockquote body center caption details dd dialog div dl dt fieldset figcaption figure
    footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre section summary table tbody td
    tfoot th thead tr ul""".split()
)
SILENT = frozenset(
    """script style noscript template iframe object embed applet svg math canvas audio video map button input select
    option textarea datalist progress meter head title meta link base img picture source rp rt frame frameset""".split()
)
_LISTS = frozenset({"ul", "ol", "menu", "dir"})
_DECLARED = re.compile(
    rb"""<meta[^>]{1,300}?charset\s*=\s*["']?\s*([\w.:-]{2,40})|encoding=["']([\w.:-]{2,40})""", re.IGNORECASE
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\n\r\f]+")
_DEEPEST = 120
_HEAD = 4096


def parsed(data: bytes, name: str) -> tuple[HtmlElement, tuple[str, ...]]:
    """The tree of a page, and doubts about its encoding.

    Text that is valid UTF-8 is; else what the page declares, else the likeliest. Raises
    UnreadableDocument for binary data and for a page without anything in it.
    """
    from lxml import etree, html

    decoded, doubts = _decoded(data, name)
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        tree = html.document_fromstring(foreign(decoded).replace("\x00", "").encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableDocument(name, f"page without text: nothing in it reads as HTML ({error})") from error
    cut = any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log)
    return tree, (*doubts, *(("page mal formée : une partie du texte manque",) if cut else ()))


def _decoded(data: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    declared = _DECLARED.search(data[:_HEAD])
    said = ((declared[1] or declared[2]).decode("ascii", "replace").casefold()) if declared else ""
    if not said or said.startswith(("utf", "iso-8859-1", "iso8859-1", "latin", "windows-1252", "us-ascii")):
        return decode(data, name)
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        try:
            return data.decode(said), ()
        except (UnicodeDecodeError, LookupError):
            return decode(data, name)


def hidden(element: HtmlElement) -> bool:
    """Whether the page does not show an element."""
    return (
        element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or _HIDDEN.search(element.get("style") or "") is not None
    )


def flat(element: HtmlElement) -> str:
    """All words of an element on one line, those of silent elements too."""
    return " ".join(str(element.text_content()).split())


def spaced(element: HtmlElement) -> str:
    """The same with a blank wherever an element begins or ends: blocks do not run together."""
    return " ".join(" ".join(element.itertext()).split())


def take(element: HtmlElement, sheet: Sheet, base: str | None = None) -> None:
    """An element's blocks, on `sheet`; links are taken from `base`."""
    _Taker(sheet, base).block(element)


class _Taker:
    """Walks a tree: words gather until a block begins or ends."""

    def __init__(self, sheet: Sheet, base: str | None, depth: int = 0) -> None:
        self._sheet = sheet
        self._base = base
        self._words: list[str] = []
        self._depth = depth

    def block(self, element: HtmlElement) -> None:
        """A block by itself, whatever stood before."""
        self._flush()
        if element.tag == "table":
            self._table(element)
        elif element.tag in _LISTS:
            self._list(element)
        elif element.tag == "pre":
            self._sheet.paragraph(str(element.text_content()))
        else:
            self._inside(element)
        self._flush()

    def _inside(self, element: HtmlElement) -> None:
        self._depth += 1
        self._say(element.text)
        for child in element:
            if isinstance(child.tag, str):
                if _stands_apart(child):
                    self._words.append(" ")
                self._child(child)
            self._say(child.tail)
        self._depth -= 1

    def _child(self, child: HtmlElement) -> None:
        tag = child.tag
        if tag in SILENT or hidden(child):
            return
        if self._depth > _DEEPEST:
            self._say(str(child.text_content()))
        elif tag == "br":
            self._words.append("\n")
        elif tag in BLOCKS or (tag != "a" and _holds_blocks(child)):
            self.block(child)
        elif tag == "a":
            self._link(child)
        elif tag == "sup":
            self._raised(child)
        elif tag == "q":
            self._words.append("« ")
            self._inside(child)
            self._words.append(" »")
        else:
            self._inside(child)

    def _link(self, anchor: HtmlElement) -> None:
        if _holds_blocks(anchor):
            self.block(anchor)
            return
        before, self._words = self._words, []
        coded = next(iter(anchor.xpath("descendant-or-self::*/@data-cfemail")), None)
        address = decoded_address(str(coded)) if coded else None
        if address:
            words, url = address, f"mailto:{address}"
        else:
            self._inside(anchor)
            words, url = "".join(self._words), _joined(self._base, anchor.get("href") or "")
        before.append(self._sheet.link(words, url))
        self._words = before

    def _raised(self, raised: HtmlElement) -> None:
        """« m2 » is « m² », « 1er » stays, and a number that calls a note is none of the text's."""
        words = flat(raised)
        if raised.find(".//a") is not None and words.strip("[]()").isdigit():
            return
        squares = words in {"2", "3"} and "".join(self._words[-1:])[-1:] == "m"
        self._words.append({"2": "²", "3": "³"}[words] if squares else words)

    def _list(self, element: HtmlElement) -> None:
        start = element.get("start") or "1"
        number = int(start) if start.isascii() and start.isdigit() and len(start) < 6 else 1
        self._sheet.gap()
        for child in element:
            if isinstance(child.tag, str) and child.tag not in SILENT and not hidden(child):
                part = self._sheet.inside()
                _Taker(part, self._base, self._depth + 1).block(child)
                self._sheet.items(part, f"{number}." if element.tag == "ol" else "-")
                number += 1
        self._sheet.gap()

    def _table(self, table: HtmlElement) -> None:
        rows = []
        for row in table.iter("tr"):
            if next(row.iterancestors("table"), None) is table and not hidden(row):
                cells = [cell for cell in row if cell.tag in {"td", "th"} and not hidden(cell)]
                parts = [self._sheet.inside() for _ in cells]
                for cell, part in zip(cells, parts, strict=True):
                    if self._depth < _DEEPEST:
                        _Taker(part, self._base, self._depth + 8).block(cell)
                rows.append(parts)
        for caption in table.iterchildren("caption"):
            self.block(caption)
        self._sheet.table(rows)

    def _say(self, words: str | None) -> None:
        if words:
            self._words.append(_SPACES.sub(" ", words))

    def _flush(self) -> None:
        words, self._words = "".join(self._words), []
        if words.strip():
            self._sheet.paragraph("\n".join(" ".join(line.split(" ")).strip() for line in words.split("\n")).strip())


def decoded_address(coded: str) -> str | None:
    """The address a page hides from robots as hexadecimal digits, the first byte being the key."""
    try:
        key, *hidden_bytes = bytes.fromhex(coded)
    except ValueError:
        return None
    address = bytes(byte ^ key for byte in hidden_bytes).decode("utf-8", "replace")
    return address if re.fullmatch(r"[^\s@<>]+@[^\s@<>]+", address) else None


def _stands_apart(span: HtmlElement) -> bool:
    """Whether two parts of a line follow one another that only the page's style keeps apart."""
    before = span.getprevious()
    parted = span.tag in {"span", "time"} and before is not None and before.tag in {"span", "time"} and not before.tail
    return parted and bool(span.get("class") and before.get("class"))


def _holds_blocks(element: HtmlElement) -> bool:
    return any(each.tag in BLOCKS for each in element.iterdescendants() if isinstance(each.tag, str))


def _joined(base: str | None, href: str) -> str:
    try:
        return urljoin(base, href.strip()) if base else href
    except ValueError:
        return ""
