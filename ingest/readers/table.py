"""CSV exports: one release a row, its fields by the names of the header.

Delimiter and encoding are told from the file; the text stays character for character
what its cell says. Knows the names French and English exports give to columns.
"""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import IO

from ingest.document import Document
from ingest.readers.encoding import decode
from ingest.readers.export import DAMAGE, unpacked
from ingest.readers.record import Record, documents_of
from store.folding import fold
from store.records import UnreadableDocument

LARGEST_TABLE = 64 * 1024 * 1024

_COLUMNS = {
    "text": "text, texte, body, contenu, content, corps, corps du texte, texte integral, full text, communique",
    "title": "title, titre, headline, intitule, objet, subject",
    "date": "date, published, published at, publie le, date de publication, publication date, pubdate, publication, "
    "date publication, jour",
    "issuer": "issuer, emetteur, source, organisme, organisation, organization, institution, publisher, editeur",
    "id": "id, reference, ref, numero, no, n°, identifiant, guid",
    "url": "url, lien, link, permalink, adresse web, uri",
    "lang": "lang, langue, language",
    "contact": "contact, contacts, contact presse, contacts presse, press contact",
    "city": "city, ville, lieu, place",
    "embargo": "embargo, sous embargo jusqu'au, embargo until",
    "rubric": "rubric, rubrique, category, categorie, theme",
    "lead": "lead, chapeau, chapo",
    "issuers": "issuers, co issuers, co emetteurs, emetteurs",
    "group": "group, groupe",
    "revoked": "revoked, retire",
}
_FIELDS = {name: (field, rank) for field, names in _COLUMNS.items() for rank, name in enumerate(names.split(", "))}
_DELIMITERS = (",", ";", "\t", "|")
_LONGEST_CELL = 32 * 1024 * 1024
_MOST_RESTARTS = 100


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where the rows of a file begin, what parts its cells, and its columns as it names them."""

    start: int
    delimiter: str
    columns: tuple[str, ...]

    @property
    def fields(self) -> dict[str, int]:
        """Which column holds each field; of several the one with the plainest name."""
        best: dict[str, tuple[int, int]] = {}
        for place, column in enumerate(self.columns):
            known = _FIELDS.get(_plain(column))
            if known is not None:
                best[known[0]] = min(best.get(known[0], (known[1], place)), (known[1], place))
        return {name: place for name, (_, place) in best.items()}


def read_table(stream: IO[bytes], name: str) -> Iterator[Document | UnreadableDocument]:
    """Each row as a Document, or as the UnreadableDocument that says what is wrong with it.

    A row that cannot be read is named by its first line (`name line 17`); of rows with one
    id the last counts. Raises UnreadableDocument where no column holds the text.
    """
    text, doubts = decode(_bytes(stream, name), name)
    layout = _layout(text, name)
    keys = Counter(r.key for r in _records(text, layout, name) if isinstance(r, Record) and r.key is not None)
    found = False
    for document in documents_of(_records(text, layout, name), name, keys):
        found = True
        yield replace(document, doubts=(*doubts, *document.doubts)) if isinstance(document, Document) else document
    if not found:
        raise UnreadableDocument(name, "empty: a header and no row")


def _bytes(stream: IO[bytes], name: str) -> bytes:
    try:
        with unpacked(stream) as opened:
            data = opened.read(LARGEST_TABLE + 1)
    except DAMAGE as error:
        raise UnreadableDocument(name, f"damaged gzip file ({error}); pack it again") from error
    if len(data) > LARGEST_TABLE:
        raise UnreadableDocument(name, f"larger than {LARGEST_TABLE >> 20} MB; split it")
    return data


def _layout(text: str, name: str) -> _Layout:
    """The header, read with the delimiter under which most of its columns have a known name."""
    start = len(text) - len(text.lstrip("\ufeff\r\n"))
    if text[start : start + 4].casefold() == "sep=":
        start = text.find("\n", start) + 1 or len(text)
    layouts = [_headed(text, start, delimiter) for delimiter in _DELIMITERS]
    layout = max(layouts, key=lambda each: (len(each.fields), len(each.columns)))
    if not any(layout.columns):
        raise UnreadableDocument(name, "empty: no record in it")
    if "text" not in layout.fields:
        named = ", ".join(f"« {column[:60]} »" for column in layout.columns[:30])
        raise UnreadableDocument(name, f"no column for the text among {named}; name one « texte » or « text »")
    return layout


def _headed(text: str, start: int, delimiter: str) -> _Layout:
    lines = io.StringIO(text[start : start + 65536], newline="")
    try:
        columns = next(csv.reader(lines, delimiter=delimiter, strict=True), [])
    except csv.Error:
        columns = []
    return _Layout(start + (lines.tell() if columns else 0), delimiter, tuple(column.strip() for column in columns))


def _records(text: str, layout: _Layout, name: str) -> Iterator[Record | UnreadableDocument]:
    fields, width = layout.fields, len(layout.columns)
    columns = {field: layout.columns[place] for field, place in fields.items()}
    for number, row in _rows(text, layout):
        where = f"{name} line {number}"
        if isinstance(row, csv.Error):
            reason = f"not a row of CSV ({row}); is a quotation mark in it not doubled, or never closed?"
            yield UnreadableDocument(where, reason)
        elif any(cell.strip() for cell in row[width:]):
            marks = f"put a cell that holds « {layout.delimiter} » in quotation marks"
            yield UnreadableDocument(where, f"{len(row)} cells under {width} columns; {marks}")
        elif any(cell.strip() for cell in row):
            facts = {field: row[place] for field, place in fields.items() if place < len(row)}
            yield Record(facts, where, sha256(json.dumps(row).encode()).hexdigest(), columns)


def _rows(text: str, layout: _Layout) -> Iterator[tuple[int, list[str] | csv.Error]]:
    """Each row with the number of its first line.

    A quotation that never closes swallows what follows: reading starts again on the next line.
    """
    csv.field_size_limit(_LONGEST_CELL)
    lines = io.StringIO(text, newline="")
    lines.seek(layout.start)
    rows = csv.reader(lines, delimiter=layout.delimiter, strict=True)
    above, again = len(text[: layout.start].splitlines()), 0
    while True:
        begin, first = lines.tell(), above + rows.line_num + 1
        try:
            row = next(rows, None)
            if row is None:
                return
            yield first, row
        except csv.Error as error:
            yield first, error
            if above + rows.line_num > first and again < _MOST_RESTARTS:
                lines.seek(begin)
                lines.readline()
                again, above = again + 1, first
                rows = csv.reader(lines, delimiter=layout.delimiter, strict=True)


def _plain(column: str) -> str:
    """A column's name as it is looked up: « Publié_le: » is `publie le`."""
    return " ".join(fold(column).replace("_", " ").replace("-", " ").strip(" :*").split())
