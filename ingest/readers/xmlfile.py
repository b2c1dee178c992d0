"""XML files by what they hold: messages of the federal kind, or a feed saved to disk.

No entity is resolved, nothing is fetched. Does not know what a message or an entry means.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING

from ingest.readers.collection import LARGEST_MEMBER, Found, Inside
from ingest.readers.federal import ROOTS, read_federal
from ingest.readers.feed import FEEDS, read_feed_file
from ingest.readers.sitemap import SITEMAPS
from store.records import UnreadableDocument

if TYPE_CHECKING:
    from lxml.etree import _Element

_PROLOG = re.compile(
    rb"\s*(?:<\?(?:[^?]|\?(?!>))*\?>\s*|<!--(?:[^-]|-(?!->))*-->\s*|<!DOCTYPE[^\[>]*(?:\[[^\]]*\]\s*)?>\s*)*"
    rb"<([A-Za-z_][\w.:-]*)"
)
MOST_TAGS = 3_000_000
_BOMS = (b"\xef\xbb\xbf",)
_WIDE = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"<\x00": "utf-16-le", b"\x00<": "utf-16-be"}


def root_of(data: bytes) -> str:
    """The first element's name, small letters and without its prefix; "" where `data` is no markup."""
    head = data[:65536]
    for mark, encoding in _WIDE.items():
        if head.startswith(mark):
            head = head.decode(encoding, "replace").encode()
    match = _PROLOG.match(head.removeprefix(_BOMS[0]))
    return match[1].decode("ascii", "replace").rpartition(":")[2].casefold() if match else ""


def read_xml(stream: IO[bytes], name: str, inside: Inside) -> Iterator[Found]:
    """The releases of an XML file. Raises UnreadableDocument for XML of another kind."""
    data = stream.read(LARGEST_MEMBER + 1)
    if len(data) > LARGEST_MEMBER:
        raise UnreadableDocument(name, f"larger than {LARGEST_MEMBER >> 20} MB; split it")
    root = root_of(data)
    if root in FEEDS:
        yield from read_feed_file(data, name)
    elif root in SITEMAPS:
        raise UnreadableDocument(name, "a sitemap holds addresses only: give the address it is found at")
    else:
        tree = parsed(data, name)
        if _local(tree) not in ROOTS:
            kinds = "read are federal messages (<messages>), RSS and Atom feeds"
            raise UnreadableDocument(name, f"XML of another kind (<{_local(tree)[:40]}>); {kinds}")
        yield from read_federal(tree, name)


def parsed(data: bytes, name: str) -> _Element:
    """The root of well-formed XML that declares no entities. Raises UnreadableDocument."""
    from lxml import etree

    if not data.strip():
        raise UnreadableDocument(name, "empty file")
    if data.count(b"<") > MOST_TAGS:
        raise UnreadableDocument(name, f"more than {MOST_TAGS} tags; split it")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        tree = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError) as error:
        raise UnreadableDocument(name, f"not well-formed XML: {error}") from error
    declared = tree.getroottree().docinfo.internalDTD
    if declared is not None and next(iter(declared.iterentities()), None) is not None:
        raise UnreadableDocument(name, "it declares entities, which are not read; save it without a DOCTYPE")
    return tree


def _local(element: _Element) -> str:
    return str(element.tag).rpartition("}")[2]
