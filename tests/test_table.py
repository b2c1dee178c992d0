"""CSV exports: whatever their delimiter, encoding and names of columns, row by row."""

from __future__ import annotations

import gzip
import io
from datetime import date

import pytest
from mutation import mutants

from ingest.document import Document
from ingest.readers.table import read_table
from store.records import UnreadableDocument

HEADER = ("Référence", "Titre", "Publié le", "Émetteur", "Texte", "Lien", "Langue", "Ville")
ROW = ("cp-7", "La criée rouvre", "13/05/2024", "Ville de Port-Clair", "Elle  rouvre\r\nmardi.",
       "https://port-clair.example/7", "fr", "Port-Clair")  # fmt: skip


def line(cells: tuple[str, ...], delimiter: str) -> str:
    return delimiter.join('"{}"'.format(cell.replace('"', '""')) for cell in cells) + "\r\n"


def read(data: bytes) -> list[Document | UnreadableDocument]:
    return list(read_table(io.BytesIO(data), "f.csv"))


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_row_is_a_document(delimiter: str, encoding: str) -> None:
    """Its fields are found by the header, in French as in English, and its text is untouched."""
    (document,) = read((line(HEADER, delimiter) + line(ROW, delimiter)).encode(encoding))
    assert isinstance(document, Document)
    assert document.text == "Elle  rouvre\r\nmardi."
    assert document.name == "f.csv#cp-7"
    hints = document.hints
    assert (hints.reference, hints.title, hints.published) == ("cp-7", "La criée rouvre", date(2024, 5, 13))
    assert (hints.issuer, hints.place, hints.language) == ("Ville de Port-Clair", "Port-Clair", "fr")
    assert hints.url == "https://port-clair.example/7"


@pytest.mark.parametrize(
    ("column", "name"),
    [("text", "title"), ("Contenu", "TITRE"), ("Corps du texte :", "Headline"), ("body", "titre"), ("TEXTE", "Objet")],
)
def test_columns_have_many_names(column: str, name: str) -> None:
    """Capitals, accents, blanks and colons do not matter, nor do columns of other things."""
    (document,) = read(f"{name},{column},Vues\nLa criée rouvre,Mardi.,12\n".encode())
    assert isinstance(document, Document)
    assert (document.text, document.hints.title) == ("Mardi.", "La criée rouvre")


def test_what_excel_adds_is_no_column() -> None:
    """« sep=; » and a byte order mark stand before the header."""
    (document,) = read("\ufeffsep=;\nid;texte\n1;Mardi, enfin.\n".encode())
    assert isinstance(document, Document)
    assert document.text == "Mardi, enfin."


def test_packed_tables_are_read() -> None:
    """By gzip's first bytes."""
    (document,) = read(gzip.compress(b"text\nMardi.\n"))
    assert isinstance(document, Document)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ("Nom,Prénom\nDupuis,Ana\n", "no column for the text among « Nom », « Prénom »"),
        ("", "empty"),
        ("texte\n", "a header and no row"),
    ],
)
def test_a_file_that_is_no_export_says_why(data: str, reason: str) -> None:
    """A missing column is named with those that were found."""
    with pytest.raises(UnreadableDocument, match=reason):
        read(data.encode())


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("2,Deux,2024-02-31,x", "field « Publié le »: « 2024-02-31 » is not a day"),
        ("2,Deux,2024-02-01,", "field « Texte »: empty"),
        ("2,Deux", "field « Texte »: missing"),
        ("2,Deux,2024-02-01,mardi, enfin", "5 cells under 4 columns"),
        ('2,Deux,2024-02-01,"mardi', "not a row of CSV"),
        ('2,Deux,2024-02-01,"la "criée" rouvre"', "not a row of CSV"),
    ],
)
def test_a_broken_row_is_named_and_the_others_go_on(row: str, reason: str) -> None:
    """File, line and column are said; a quotation that never closes swallows nothing."""
    data = f'id,Titre,Publié le,Texte\n1,Un,2024-01-01,"un\n(suite)"\n{row}\n"3","Trois","2024-03-01","trois"\n'
    first, broken, last = read(data.encode())
    assert isinstance(first, Document)
    assert isinstance(last, Document)
    assert last.text == "trois"
    assert isinstance(broken, UnreadableDocument)
    assert broken.name == "f.csv line 4"
    assert broken.reason.startswith(reason)


def test_of_rows_with_one_id_the_last_counts() -> None:
    """And it is told that there were others."""
    first, second = read(b"id,text\n1,un\n2,deux\n1,un bis\n")
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert [first.text, second.text] == ["deux", "un bis"]
    assert "répété 2 fois" in second.doubts[0]


def test_a_guessed_encoding_is_a_doubt() -> None:
    """Of every row."""
    (document,) = read("id;texte\n1;La criée a été rouverte à l'été\n".encode("cp1252"))
    assert isinstance(document, Document)
    assert "cp1252" in document.doubts[0]


def test_damaged_tables_are_documents_or_named() -> None:
    """Never another exception."""
    sound = (line(HEADER, ";") + line(ROW, ";") * 3).encode("cp1252")
    for damaged in mutants(sound, 30, seed=5):
        try:
            found = read(damaged)
        except UnreadableDocument:
            continue
        assert all(isinstance(each, Document | UnreadableDocument) for each in found)
