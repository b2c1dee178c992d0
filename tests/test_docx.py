"""Word documents: the text as it is printed."""

from __future__ import annotations

import pytest
from mutation import mutants
from office import docx, p, packed, r
from outcomes import outcome

from ingest.readers.docx import read_docx_here
from store.records import OriginKind, UnreadableDocument


def text(body: str, **parts: str) -> str:
    return read_docx_here(docx(body, None, "", **parts), "a.docx").text


def field(asks: str, result: str) -> str:
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{asks}</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{r(result)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def box(words: str, vertical: str = "") -> str:
    return (
        f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:anchor>{vertical}<wps:txbx>"
        f"<w:txbxContent>{p(words)}</w:txbxContent></wps:txbx></wp:anchor></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox><w:txbxContent>{p(words)}</w:txbxContent></v:textbox></w:pict>"
        "</mc:Fallback></mc:AlternateContent></w:r>"
    )


def test_paragraphs_breaks_and_special_characters() -> None:
    """A break is a line end, a tab a blank; hyphens that only allow a break go, those that forbid one stay."""
    run = "<w:r><w:t>Tél.</w:t><w:tab/><w:t>01 99</w:t><w:br/><w:t>Port</w:t><w:noBreakHyphen/><w:t>Cl</w:t>"
    assert text(f"{p('La criée rouvre')}<w:p>{run}<w:softHyphen/><w:t>air</w:t></w:r></w:p>") == (
        "La criée rouvre\n\nTél. 01 99\nPort-Clair"
    )


def test_changes_are_read_as_accepted() -> None:
    """Inserted words are text, deleted ones and deleted paragraph ends are not."""
    body = (
        f"<w:p>{r('La criée ')}<w:del><w:r><w:delText>ferme</w:delText></w:r></w:del><w:ins>{r('rouvre')}</w:ins></w:p>"
        f"{p('mardi', '<w:rPr><w:del/></w:rPr>')}{p(' matin')}"
    )
    assert text(body) == "La criée rouvre\n\nmardi matin"


def test_hidden_text_and_comments_stay_hidden() -> None:
    """What is not printed is not read; prompts of empty content controls neither."""
    control = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{p('Cliquez ici')}</w:sdtContent></w:sdt>"
    filled = f"<w:sdt><w:sdtPr/><w:sdtContent>{p('Port-Clair, le 13 mai 2024')}</w:sdtContent></w:sdt>"
    shown = r(" rouvre", '<w:vanish w:val="0"/>')
    hidden = f"<w:p>{r('La criée')}{r(' brouillon', '<w:vanish/>')}{shown}</w:p>"
    assert text(control + filled + hidden) == "Port-Clair, le 13 mai 2024\n\nLa criée rouvre"


def test_text_boxes_are_read_once_and_low_ones_last() -> None:
    """A letterhead box comes before its paragraph, a contact box at the foot of the page after the text."""
    low = "<wp:positionV relativeFrom='page'><wp:posOffset>9000000</wp:posOffset></wp:positionV>"
    body = f"<w:p>{box('Ville de Port-Clair')}{box('Contact : Anne Douce', low)}{r('La criée rouvre')}</w:p>{p('Fin.')}"
    assert text(body) == "Ville de Port-Clair\n\nLa criée rouvre\n\nFin.\n\nContact : Anne Douce"


def test_lists_bear_their_marks() -> None:
    """Bullets are « - », numbers are counted, also where the style numbers the paragraph."""
    levels = '<w:lvl w:ilvl="0"><w:numFmt w:val="{}"/><w:lvlText w:val="{}"/></w:lvl>'
    numbering = (
        f'<w:abstractNum w:abstractNumId="1">{levels.format("bullet", "·")}</w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="2">{levels.format("lowerLetter", "%1)")}</w:abstractNum>'
        '<w:num w:numId="5"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="6"><w:abstractNumId w:val="2"/></w:num>'
    )
    styles = (
        '<w:style w:styleId="Puce"><w:name w:val="List Bullet"/><w:pPr><w:numPr><w:numId w:val="5"/></w:numPr></w:pPr>'
        "</w:style>"
    )
    listed = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="6"/></w:numPr>'
    body = p("quais", '<w:pStyle w:val="Puce"/>') + p("criée", listed) + p("phare", listed) + p("Fin.")
    assert text(body, numbering=numbering, styles=styles) == "- quais\na) criée\nb) phare\n\nFin."


def test_tables_of_data_are_rows_and_tables_of_layout_are_not() -> None:
    """« cell | cell » where cells hold values; paragraph after paragraph where they place blocks."""

    def table(*rows: list[str]) -> str:
        cells = ("".join(f"<w:tc>{cell}</w:tc>" for cell in row) for row in rows)
        return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"

    assert text(table([p("Poste"), p("Coût")], [p("Quais"), p("1,2 M€")])) == "Poste | Coût\nQuais | 1,2 M€"
    sides = table([p("Ville de Port-Clair") + p("Mairie"), p("Communiqué de presse")])
    assert text(sides) == "Ville de Port-Clair\n\nMairie\n\nCommuniqué de presse"


def test_links_are_kept_with_their_words() -> None:
    """By relation and by field; an anchor inside the document is none."""
    body = (
        f'<w:p><w:hyperlink r:id="r1">{r("le projet")}</w:hyperlink><w:hyperlink w:anchor="b">{r(" ici")}</w:hyperlink>'
        f"{field('HYPERLINK &quot;mailto:presse@port-clair.example&quot;', ' écrire')}</w:p>"
    )
    document = read_docx_here(docx(body, {"r1": "https://port-clair.example/projet"}), "a.docx")
    assert document.text == "le projet ici écrire"
    assert [(link.span.of(document.text), link.url) for link in document.links] == [
        ("le projet", "https://port-clair.example/projet"),
        ("écrire", "mailto:presse@port-clair.example"),
    ]


def test_the_first_pages_header_is_the_letterhead() -> None:
    """It stands at the top; running heads, page numbers and what repeats the title do not; an address below does."""
    body = p("La criée rouvre") + p("Le port rouvre mardi.") + (
        '<w:sectPr><w:headerReference w:type="default" r:id="h1"/><w:headerReference w:type="first" r:id="h2"/>'
        '<w:footerReference w:type="first" r:id="f1"/><w:titlePg/></w:sectPr>'
    )  # fmt: skip
    first = p("Ville de Port-Clair") + p("La criée rouvre") + f"<w:p>{r('Page ')}{field('PAGE', '1')}</w:p>"
    document = docx(
        body,
        {"h1": "header1.xml", "h2": "header2.xml", "f1": "footer1.xml"},
        header1=p("La criée rouvre – suite"),
        header2=first,
        footer1=p("1 quai du Port, 00999 Port-Clair") + p("Réf. interne"),
    )
    assert read_docx_here(document, "a.docx").text == (
        "Ville de Port-Clair\n\nLa criée rouvre\n\nLe port rouvre mardi.\n\n1 quai du Port, 00999 Port-Clair"
    )


def test_footnotes_stand_at_the_end() -> None:
    """In the order they are called, without breaking the sentence that calls them."""
    body = f"<w:p>{r('Neuf quais')}<w:r><w:footnoteReference w:id='2'/></w:r>{r(' rouvrent.')}</w:p>{p('Fin.')}"
    notes = f"<w:footnote w:id='1'>{p('Autre.')}</w:footnote><w:footnote w:id='2'>{p('Sur douze.')}</w:footnote>"
    assert text(body, footnotes=notes) == "Neuf quais rouvrent.\n\nFin.\n\nNote 1 : Sur douze."


def test_titles_are_guesses() -> None:
    """A paragraph styled as title goes before the property, and a template's name is none."""
    styles = '<w:style w:styleId="T"><w:name w:val="Title"/></w:style>'
    styled = docx(p("La criée rouvre", '<w:pStyle w:val="T"/>'), title="Vœux 2019", styles=styles)
    assert read_docx_here(styled, "a.docx").guesses.title == "La criée rouvre"
    stated = read_docx_here(docx(p("Texte."), title="La criée rouvre"), "a.docx")
    assert (stated.guesses.title, stated.guesses.origin) == ("La criée rouvre", OriginKind.PROPERTIES)
    assert stated.hints.title is None
    assert read_docx_here(docx(p("Texte."), title="Microsoft Word - CP_v3.doc"), "a.docx").guesses.title is None


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty file"),
        (b"PK\x03\x04 cut", "damaged or cut short"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 99, "protected by a password, or of Word 97"),
        (packed({"a.txt": "x"}), "not such a document"),
        (docx(""), "no text in it"),
        (docx(p("x" * 3_000_000)), "refused as a bomb"),
    ],
)
def test_what_cannot_be_read_is_named(data: bytes, reason: str) -> None:
    """Each with what is wrong with it."""
    with pytest.raises(UnreadableDocument, match=rf"a\.docx: .*{reason}"):
        read_docx_here(data, "a.docx")


def test_entities_are_never_resolved() -> None:
    """A document can neither read a file of the machine nor blow up."""
    xml = '<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/hostname"><!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    whole = docx(p("Le port"))
    body = f'{xml}<w:document xmlns:w="w"><w:body><w:p><w:r><w:t>Le port &e;&b;</w:t></w:r></w:p></w:body></w:document>'
    assert read_docx_here(packed({"word/document.xml": body}), "a.docx").text == "Le port"
    assert read_docx_here(whole, "a.docx").text == "Le port"


def test_damaged_files_are_read_or_named() -> None:
    """Never another error, whatever happened to the file."""
    sound = docx(p("La criée rouvre") + p("Mardi."), header1=p("Ville"))
    outcomes = [said for data in mutants(sound, 30, seed=17) for said in outcome(data, "a.docx")]
    assert len(outcomes) == 30
    assert not [reason for reason in outcomes if "broke down" in reason]
