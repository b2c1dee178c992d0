"""Rich Text Format: the text as it is printed."""

from __future__ import annotations

import pytest
from mutation import mutants
from outcomes import outcome

from ingest.readers.rtf import read_rtf_here
from store.records import UnreadableDocument


def rtf(
    body: str, head: str = r"\ansi\ansicpg1252\deff0{\fonttbl{\f0 Arial;}{\f1\fcharset204 Arial;}{\f2\fcharset2 S;}}"
) -> bytes:
    return ("{\\rtf1" + head + body + "}").encode("latin-1")


def text(body: str) -> str:
    return read_rtf_here(rtf(body), "a.rtf").text


def test_paragraphs_letters_and_signs() -> None:
    """Paragraphs and line breaks, named letters, escaped signs, hyphens that break a word or keep it whole."""
    body = r"La cri\'e9e rouvre\par T\'e9l.\tab 01\~99\line Port\_Clair\endash \{ici\} l\rquote\'e9t\'e9 tra\-vaux\par"
    assert text(body) == "La criée rouvre\n\nTél. 01\u00a099\nPort-Clair–{ici} l’été travaux"


def test_every_encoding_is_read() -> None:
    """Unicode with its fallbacks skipped, code pages by font, halves of a character put together, raw bytes."""
    assert text(r"\u233?t\u233\'e9 {\uc2\u8364\'80\'80} {\uc0\u8212}") == "été € —"
    assert text(r"{\f1\'cf\'f0\'e8\'e2\'e5\'f2} et \'e9t\'e9") == "Привет et été"
    assert text(r"{\uc0\u-10179\u-8704} midi") == "\U0001f600 midi"
    assert text("L'été") == "L'été"
    assert read_rtf_here(rtf(r"\'8et\'8e", r"\mac"), "a.rtf").text == "été"
    assert read_rtf_here(rtf(r"\'e9t\'e9", r"\ansi\ansicpg1"), "a.rtf").text == "été"


def test_what_is_not_printed_is_not_read() -> None:
    """Deleted and hidden words, comments, pictures, bookmarks, styles and unknown starred groups."""
    body = (
        r"{\stylesheet{\s1 heading 1;}}{\info{\title La cri\'e9e}{\author A. Douce}}{\*\inconnu x{\y z}}La cri\'e9e"
        r"{\deleted  fermait}{\v  secret\v0 }{\*\atnid AD}{\*\annotation \'e0 voir}{\pict\bin5 }{{}x} rouvre\par"
    )
    document = read_rtf_here(rtf(body), "a.rtf")
    assert document.text == "La criée rouvre"
    assert document.guesses.title == "La criée"


def test_lists_and_tables() -> None:
    """Items bear their marks; rows of values are rows, cells that place blocks are paragraphs."""
    body = r"{\listtext\f2\'b7\tab}quais\par{\listtext 2.\tab}cri\'e9e\par Fin.\par"
    assert text(body) == "- quais\n2. criée\n\nFin."
    row = r"\trowd\intbl {}\cell {}\cell\row"
    table = row.format("Poste", r"Co\'fbt") + row.format("Quais", r"1,2 M\'80") + r"\pard Fin.\par"
    assert text(table) == "Poste | Coût\nQuais | 1,2 M€\n\nFin."
    assert text(row.format(r"Ville\par Mairie", "Presse") + r"\pard Fin.") == "Ville\n\nMairie\n\nPresse\n\nFin."


def test_links_boxes_and_notes() -> None:
    """A field that leads somewhere keeps its words; a text box comes before its paragraph, notes come last."""
    link = r'{\field{\*\fldinst HYPERLINK "https://port-clair.example/quais"}{\fldrslt le plan}}'
    box = r"{\shp{\*\shpinst\shpleft0{\sp{\sn n}{\sv v}}{\shptxt Ville de Port-Clair\par}}{\shprslt x}}"
    page = r"{\field{\*\fldinst PAGE}{\fldrslt 3}}"
    document = read_rtf_here(rtf(rf"{box}Neuf{{\footnote Sur douze.}} quais, voir {link}.{page}\par"), "a.rtf")
    assert document.text == "Ville de Port-Clair\n\nNeuf quais, voir le plan.\n\nNote 1 : Sur douze."
    (found,) = document.links
    assert (found.span.of(document.text), found.url) == ("le plan", "https://port-clair.example/quais")


def test_the_first_pages_header_is_the_letterhead() -> None:
    """The header of the first page, and an address in its foot."""
    edges = (
        r"{\header Suite\par}{\headerf Ville de Port-Clair\par}{\footerf 1 quai du Port, 00999 Port-Clair\par 1\par}"
    )
    assert text(rf"\titlepg{edges}La cri\'e9e rouvre\par") == (
        "Ville de Port-Clair\n\nLa criée rouvre\n\n1 quai du Port, 00999 Port-Clair"
    )


def test_a_file_cut_short_is_read_with_a_doubt() -> None:
    """What is there is kept."""
    document = read_rtf_here(rtf(r"La cri\'e9e rouvre\par")[:-1], "a.rtf")
    assert (document.text, len(document.doubts)) == ("La criée rouvre", 1)


@pytest.mark.parametrize(
    ("data", "reason"), [(b"", "empty file"), (b"PK\x03\x04", "not RTF"), (rtf(r"{\pict 00ff}"), "no text in it")]
)
def test_what_cannot_be_read_is_named(data: bytes, reason: str) -> None:
    """Each with what is wrong with it."""
    with pytest.raises(UnreadableDocument, match=rf"a\.rtf: .*{reason}"):
        read_rtf_here(data, "a.rtf")


def test_nested_groups_take_no_time() -> None:
    """A hundred thousand groups opened, closed or not, are passed over."""
    assert text("{" * 20_000 + "La criée rouvre" + "}" * 20_000) == "La criée rouvre"
    assert text(r"{\b" * 20_000 + " La criée rouvre") == "La criée rouvre"


def test_damaged_files_are_read_or_named() -> None:
    """Never another error, whatever happened to the file."""
    sound = rtf(r"{\b La cri\'e9e} rouvre\par{\listtext\f2\'b7\tab}quais\par \trowd\intbl a\cell b\cell\row")
    outcomes = [said for data in mutants(sound, 30, seed=17) for said in outcome(data, "a.rtf")]
    assert len(outcomes) == 30
    assert not [reason for reason in outcomes if "broke down" in reason]
