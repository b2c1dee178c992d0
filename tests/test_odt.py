"""OpenDocument texts: the text as it is printed."""

from __future__ import annotations

import pytest
from mutation import mutants
from office import odt, packed
from outcomes import outcome

from ingest.readers.odt import read_odt_here
from store.records import OriginKind, UnreadableDocument


def p(words: str, style: str = "") -> str:
    return f'<text:p text:style-name="{style}">{words}</text:p>'


def text(body: str, **parts: str) -> str:
    return read_odt_here(odt(body, **parts), "a.odt").text


def test_paragraphs_breaks_and_blanks() -> None:
    """A break is a line end, tabs and runs of blanks are one blank; a page's end is none."""
    body = '<text:h>La criée rouvre</text:h><text:p>Tél.<text:tab/>01<text:s text:c="4"/>99<text:line-break/>Port'
    assert text(f"{body}<text:soft-page-break/>-Clair</text:p>") == "La criée rouvre\n\nTél. 01 99\nPort-Clair"


def test_what_is_not_printed_is_not_read() -> None:
    """Deleted words, comments, hidden text and page numbers."""
    deleted = f"<text:tracked-changes><text:deletion>{p('fermait')}</text:deletion></text:tracked-changes>"
    note = f"<office:annotation>{p('à vérifier')}</office:annotation>"
    hidden = "<text:hidden-text>secret</text:hidden-text><text:page-number>3</text:page-number>"
    assert text(f"{deleted}{p(f'La criée{note} rouvre{hidden}.')}") == "La criée rouvre."


def test_text_boxes_come_before_their_paragraph_and_low_ones_last() -> None:
    """A letterhead stands above the text, a box at the foot of the page below it."""

    def frame(words: str, placed: str = "") -> str:
        return f"<draw:frame {placed}><draw:text-box>{p(words)}</draw:text-box></draw:frame>"

    low = frame("Contact : Anne Douce", 'text:anchor-type="page" svg:y="25.1cm"')
    body = low + p(frame("Ville de Port-Clair") + "La criée rouvre") + p("Fin.")
    assert text(body) == "Ville de Port-Clair\n\nLa criée rouvre\n\nFin.\n\nContact : Anne Douce"


def test_lists_and_tables() -> None:
    """Bullets, counted items, items within items; rows of values and cells of layout."""
    styles = (
        '<text:list-style style:name="N"><text:list-level-style-number text:level="1" style:num-format="1"/>'
        "</text:list-style>"
    )
    inner = f"<text:list><text:list-item>{p('des mareyeurs')}</text:list-item></text:list>"
    items = f"<text:list-item>{p('quais')}{inner}</text:list-item><text:list-item>{p('criée')}</text:list-item>"
    lists = f'<text:list>{items}</text:list>{p("Puis :")}<text:list text:style-name="N">{items}</text:list>'
    assert text(lists, styles=styles) == (
        "- quais\n- des mareyeurs\n- criée\n\nPuis :\n\n1. quais\n- des mareyeurs\n2. criée"
    )

    def table(*rows: list[str]) -> str:
        cells = ("".join(f"<table:table-cell>{cell}</table:table-cell>" for cell in row) for row in rows)
        return f"<table:table>{''.join(f'<table:table-row>{row}</table:table-row>' for row in cells)}</table:table>"

    assert text(table([p("Poste"), p("Coût")], [p("Quais"), p("1,2 M€")])) == "Poste | Coût\nQuais | 1,2 M€"
    assert text(table([p("Ville") + p("Mairie"), p("Communiqué")])) == "Ville\n\nMairie\n\nCommuniqué"


def test_links_and_notes() -> None:
    """Links keep their words, notes stand at the end."""
    below = f"<text:note-body>{p('Sur douze.')}</text:note-body>"
    note = f"<text:note><text:note-citation>1</text:note-citation>{below}</text:note>"
    body = p(f'Neuf{note} quais, <text:a xlink:href="https://port-clair.example/quais">voir le plan</text:a>.')
    document = read_odt_here(odt(body), "a.odt")
    assert document.text == "Neuf quais, voir le plan.\n\nNote 1 : Sur douze."
    (link,) = document.links
    assert (link.span.of(document.text), link.url) == ("voir le plan", "https://port-clair.example/quais")


def test_the_first_pages_header_is_the_letterhead() -> None:
    """Of the master page the text begins on; an address in the foot is kept, a page number is not."""
    styles = (
        '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Title"'
        ' style:master-page-name="Premiere"/>'
    )
    foot = f"<style:footer>{p('1 quai du Port, 00999 Port-Clair')}{p('Page <text:page-number>1</text:page-number>')}"
    master = (
        f'<style:master-page style:name="Standard"><style:header>{p("Suite")}</style:header></style:master-page>'
        f'<style:master-page style:name="Premiere"><style:header>{p("Ville de Port-Clair")}</style:header>{foot}'
        "</style:footer></style:master-page>"
    )
    document = read_odt_here(odt(p("La criée rouvre", "P1") + p("Mardi."), styles, master, title="Vœux"), "a.odt")
    assert document.text == "Ville de Port-Clair\n\nLa criée rouvre\n\nMardi.\n\n1 quai du Port, 00999 Port-Clair"
    assert (document.guesses.title, document.guesses.origin) == ("La criée rouvre", OriginKind.PROPERTIES)


def test_a_flat_file_is_read_as_well() -> None:
    """One XML file with everything in it."""
    space = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="t"'
    flat = f"<?xml version='1.0'?><office:document {space}><office:body><office:text><text:p>La criée</text:p>"
    document = read_odt_here(f"{flat}</office:text></office:body></office:document>".encode(), "a.fodt")
    assert (document.text, document.doubts) == ("La criée", ())
    cut = read_odt_here(flat.encode(), "a.fodt")
    assert (cut.text, len(cut.doubts)) == ("La criée", 1)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty file"),
        (b"PK\x03\x04 cut", "damaged or cut short"),
        (packed({"a.txt": "x"}), "not such a document"),
        (packed({"META-INF/manifest.xml": "<encryption-data/>", "content.xml": "x"}), "protected by a password"),
        (odt(""), "no text in it"),
        (odt(p("x" * 3_000_000)), "refused as a bomb"),
    ],
)
def test_what_cannot_be_read_is_named(data: bytes, reason: str) -> None:
    """Each with what is wrong with it."""
    with pytest.raises(UnreadableDocument, match=rf"a\.odt: .*{reason}"):
        read_odt_here(data, "a.odt")


def test_damaged_files_are_read_or_named() -> None:
    """Never another error, whatever happened to the file."""
    sound = odt(p("La criée rouvre") + p("Mardi."))
    outcomes = [said for data in mutants(sound, 30, seed=17) for said in outcome(data, "a.odt")]
    assert len(outcomes) == 30
    assert not [reason for reason in outcomes if "broke down" in reason]
