"""The XML parts of an office document: a zip read in memory, with limits against bombs.

Knows neither Word nor OpenDocument. No entity is resolved, nothing is fetched.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from functools import lru_cache
from typing import TYPE_CHECKING

from store.records import UnreadableDocument

if TYPE_CHECKING:
    from lxml.etree import _Element

DOUBT = "document abîmé : une partie du texte manque peut-être"
MOST_PARTS = 5_000
LARGEST_PART = 100 * 1024 * 1024
HIGHEST_RATIO = 200
_SMALL = 1024 * 1024
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class Package:
    """The parts of one document, by name."""

    def __init__(self, data: bytes, name: str) -> None:
        """Raises UnreadableDocument for bytes that are no zip, locked ones, and bombs."""
        self._name = name
        self.doubts: tuple[str, ...] = ()
        if not data.strip():
            raise UnreadableDocument(name, "empty file")
        if data.startswith(_OLD_OFFICE):
            raise UnreadableDocument(name, "protected by a password, or of Word 97: save it again without, as .docx")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            self._parts = {info.filename: info for info in self._zip.infolist()}
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OverflowError) as error:
            raise UnreadableDocument(name, f"damaged or cut short ({error}); copy it again from its origin") from error
        if len(self._parts) > MOST_PARTS:
            raise UnreadableDocument(name, f"more than {MOST_PARTS} parts: not a document")

    def __contains__(self, part: str) -> bool:
        return part in self._parts

    def bytes(self, part: str) -> bytes:
        """One part unpacked. Raises UnreadableDocument where it is missing, damaged, locked or a bomb."""
        info = self._parts.get(part)
        if info is None:
            raise UnreadableDocument(self._name, f"not such a document, whatever its name says: no {part} in it")
        if info.flag_bits & 1:
            raise UnreadableDocument(self._name, "protected by a password; save it without one")
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise UnreadableDocument(self._name, f"{part} is packed in a way no office program does")
        if info.file_size > LARGEST_PART or info.file_size > max(_SMALL, HIGHEST_RATIO * info.compress_size):
            raise UnreadableDocument(self._name, f"{part} unpacks to {info.file_size >> 20} MB: refused as a bomb")
        try:
            with self._zip.open(info) as stream:
                unpacked = stream.read(info.file_size + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as e:
            raise UnreadableDocument(self._name, f"{part} is damaged ({e}); copy it again from its origin") from e
        return unpacked

    def xml(self, part: str) -> _Element:
        """One part as a tree; `doubts` where it is damaged. Raises UnreadableDocument where nothing of it is XML."""
        root, whole = tree(self.bytes(part), self._name)
        self.doubts = self.doubts if whole else (DOUBT,)
        return root

    def optional(self, part: str) -> _Element | None:
        """One part as a tree, or None where it is missing or damaged: the text does without."""
        try:
            return self.xml(part)
        except UnreadableDocument:
            return None


def tree(data: bytes, name: str) -> tuple[_Element, bool]:
    """XML as far as it can be read, and whether all of it was: no entities, no network, no huge depths."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True, remove_pis=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableDocument(name, f"damaged ({error}); copy it again from its origin") from error
    if root is None:
        raise UnreadableDocument(name, "damaged: nothing in it reads as XML; copy it again from its origin")
    return root, not parser.error_log


def tag(element: _Element) -> str:
    """An element's name without its namespace, "" for comments and entities."""
    name = element.tag
    return _bare(name) if isinstance(name, str) else ""


def value(element: _Element | None, attribute: str) -> str | None:
    """An attribute by its name without namespace."""
    if element is None:
        return None
    return next((text for key, text in element.attrib.items() if _bare(key) == attribute), None)


@lru_cache(maxsize=4096)
def _bare(name: str) -> str:
    """A name without namespace, nor the prefix that is left of it where the file does not declare it."""
    return name.rpartition("}")[2].rpartition(":")[2]


def first(element: _Element | None, *path: str) -> _Element | None:
    """The first descendant down a path of names without namespaces."""
    for name in path:
        element = next((child for child in element if tag(child) == name), None) if element is not None else None
    return element
