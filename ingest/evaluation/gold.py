"""Releases whose fields are known from their source: what a parser should find in their print.

Reads the federal XML for its gold fields only: it shares no code with the readers, so that
one fault cannot hide in both.
"""

from __future__ import annotations

import re
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

_BLOCKS = "p h1 h2 h3 h4 h5 h6 li div tr".split()
_HEADINGS = re.compile(r"h[1-6]")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(
    r"(?<![\w.])(?:(?:\+|00)\s?41[\s./-]{0,3}(?:\(0\)\s?)?\d(?:[\s./-]{0,3}\d){8}|0\d\d[\s./-]{0,3}\d{3}[\s.]?\d\d[\s.]?\d\d|0800\s\d\d\s?\d\d\s?\d\d"
    r"|(?:\+|00)[\d\s()./-]{8,24}\d)(?!\w)"
)
_FAX = re.compile(r"(?:fax|télécopie)\s*[:.]*\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a heading or an item of a body, on one line."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Gold:
    """One release as its source states it, field by field."""

    id: str
    language: str
    title: str
    issuer: str
    co_issuers: tuple[str, ...]
    place: str
    published: date
    lead: str
    blocks: tuple[Block, ...]
    contact: str

    @property
    def emails(self) -> frozenset[str]:
        """The addresses of the contact, in small letters."""
        return frozenset(match[0].casefold().rstrip(".-") for match in _EMAIL.finditer(self.contact))

    @property
    def phones(self) -> frozenset[str]:
        """The telephones of the contact, as `number` writes them; no fax."""
        found = (m for m in _PHONE.finditer(self.contact) if not _FAX.search(self.contact[: m.start()]))
        return frozenset(each for match in found for each in numbers(match[0]))


def numbers(written: str) -> Iterator[str]:
    """The last nine digits of each telephone number: the same with and without its country."""
    for part in re.split(r"\s/\s(?=\+|0[1-9]\d)|(?<=\d\d)\s+(?=\+|0[1-9]\d )|(?<=\d\d) / (?=0[1-9])", written):
        digits = re.sub(r"\D", "", part.replace("(0)", ""))
        if len(digits) >= 9:
            yield digits[-9:]


def read_gold(path: Path, language: str = "fr") -> Iterator[Gold]:
    """The releases of a folder, an archive (tar) or one XML file that have title, lead, body and contact."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    for data in _files(path):
        for message in etree.fromstring(data, parser).iter("{*}message"):
            gold = _message(message, language)
            if gold is not None:
                yield gold


def _files(path: Path) -> Iterator[bytes]:
    if path.is_dir():
        for file in sorted(path.rglob("*.xml")):
            yield file.read_bytes()
    elif path.suffix == ".xml":
        yield path.read_bytes()
    else:
        with tarfile.open(path) as archive:
            for member in sorted(archive.getmembers(), key=lambda each: each.name):
                opened = archive.extractfile(member) if member.name.endswith(".xml") else None
                if opened is not None:
                    yield opened.read()


def _message(message: _Element, language: str) -> Gold | None:
    content = next((each for each in message.iterfind("{*}content") if each.get("lang") == language), None)
    originators = sorted(message.iterfind("{*}originator"), key=lambda each: each.get("lead") != "yes")
    issuers = list(dict.fromkeys(filter(None, (_name(each, language) for each in originators))))
    if content is None or not issuers:
        return None
    title, lead, place = (_field(content, name) for name in ("title", "lead", "city"))
    blocks, contact = _body(_field(content, "text")), _field(content, "contact")
    if len(lead) < 20 or not (title and place and blocks and contact):
        return None
    published = date.fromisoformat(_field(message, "pubdate")[:10])
    return Gold(
        str(message.get("id")), language, title, issuers[0], tuple(issuers[1:]), place, published, lead, blocks, contact
    )


def _name(originator: _Element, language: str) -> str:
    names = {each.get("lang"): each.text for each in originator.iterfind("{*}name")}
    return " ".join((names.get(language) or "").split())


def _field(element: _Element, name: str) -> str:
    return " ".join((element.findtext(f"{{*}}{name}") or "").split())


def _body(markup: str) -> tuple[Block, ...]:
    """The blocks of a body; a line break is one, as it is on paper."""
    from lxml import html

    if not markup:
        return ()
    tree = html.fragment_fromstring(re.sub(r"<br\s*/?>", "<p>", markup), create_parent="div")
    blocks: list[Block] = []
    for element in tree.iter():
        kind = "heading" if _HEADINGS.fullmatch(str(element.tag)) else "item" if element.tag == "li" else "paragraph"
        if element is tree or element.tag in _BLOCKS:
            own = _own_text(element)
            bold = [child for child in element if child.tag in ("b", "strong")]
            if kind == "paragraph" and len(bold) == 1 and own == _own_text(bold[0]) and len(own) < 120:
                kind = "heading"
            blocks += [Block(kind, own)] if own else []
        if element is not tree and element.tag in _BLOCKS and element.tail and element.tail.strip():
            blocks.append(Block("paragraph", " ".join(element.tail.split())))
    return tuple(blocks)


def _own_text(element: _Element) -> str:
    """The words of a block but for those of the blocks in it."""
    parts = [element.text or ""]
    for child in element:
        if child.tag not in (*_BLOCKS, "ul", "ol", "table", "tbody"):
            parts.append(str(child.xpath("string()")))
        if child.tag not in _BLOCKS:
            parts.append(child.tail or "")
    return " ".join("".join(parts).split())
