"""A dossier as text, Markdown, HTML and Word: the same words, and nothing that runs."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace

import pytest
from lxml import etree
from taken import EMBARGO, ROOF, STADIUM, TITLE, Shelve, abstained, answered, stadium, taken

from assistant.answer import Notice
from assistant.takeaway.dossier import Dossier
from assistant.takeaway.letters import clean
from assistant.takeaway.markdown import markdown
from assistant.takeaway.page import POLICY, clipping, page
from assistant.takeaway.plain import plain
from assistant.takeaway.word import word
from conftest import NOW
from hostile import HOSTILE, Elements
from store.archive import Archive

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
URL = "https://presse.example/cp/7?a=1&b=2"

TEXT = """\
Combien coûtera le stade ?

Question posée le 2 mars 2026 à 9 h 30
Compris ainsi : Combien coûtera le stade Albert-Fauvel ? · Période : 2025 · Émetteur : Métropole de Sarvelle

Selon la Métropole de Sarvelle, 6 mai 2025 : La toiture du stade Albert-Fauvel coûtera 12 millions d'euros [1]. \
Les travaux dureront « quatorze mois au plus », selon la Métropole [2]. Le coût est donc connu [1] [2].

Le communiqué date du 6 mai 2025.

Recherche menée dans 45 communiqués, du 9 février 2023 au 4 décembre 2025.

Source

Métropole de Sarvelle. Le stade Albert-Fauvel sera rénové [communiqué de presse]. 6 mai 2025, réf. CP-2025-7, \
p. 2 et 4. Disponible sur : https://presse.example/cp/7?a=1&b=2 (consulté le 2 mars 2026).
    [1] p. 2 : « La toiture du stade Albert-Fauvel coûtera 12 millions d'euros. »
    [2] p. 4 : « Les travaux dureront “quatorze mois au plus”, selon la Métropole. »

Les phrases sont citées mot pour mot des communiqués. Établi par Porte-parole le 2 mars 2026 à 10 h. \
Réponse 20260302-0123456789ab.
"""

MARKDOWN = """\
# Combien coûtera le stade ?

*Question posée le 2 mars 2026 à 9 h 30*

*Compris ainsi : Combien coûtera le stade Albert-Fauvel ? · Période : 2025 · Émetteur : Métropole de Sarvelle*

Selon la Métropole de Sarvelle, 6 mai 2025 : La toiture du stade Albert-Fauvel coûtera 12 millions d'euros[^1]. \
Les travaux dureront « quatorze mois au plus », selon la Métropole[^2]. Le coût est donc connu[^1][^2].

> Le communiqué date du 6 mai 2025.

*Recherche menée dans 45 communiqués, du 9 février 2023 au 4 décembre 2025.*

## Source

- Métropole de Sarvelle. *Le stade Albert-Fauvel sera rénové* \\[communiqué de presse\\]. 6 mai 2025, réf. CP-2025-7, \
p. 2 et 4. Disponible sur : <https://presse.example/cp/7?a=1&b=2> (consulté le 2 mars 2026).

*Les phrases sont citées mot pour mot des communiqués. Établi par Porte-parole le 2 mars 2026 à 10 h. \
Réponse 20260302-0123456789ab.*

[^1]: Métropole de Sarvelle, *Le stade Albert-Fauvel sera rénové*, 6 mai 2025, p. 2 : « La toiture du stade \
Albert-Fauvel coûtera 12 millions d'euros. »

[^2]: Métropole de Sarvelle, *Le stade Albert-Fauvel sera rénové*, 6 mai 2025, p. 4 : « Les travaux dureront “quatorze \
mois au plus”, selon la Métropole. »
"""


@pytest.fixture
def dossier(archive: Archive, shelve: Shelve) -> Dossier:
    return taken(archive, answered(stadium(shelve), url=URL))


@pytest.fixture
def hostile(archive: Archive, shelve: Shelve) -> Dossier:
    """A conversation in which every text that can be somebody else's is hostile, each in its turn."""
    answers = []
    for number, (_, text) in enumerate(HOSTILE):
        release_id = stadium(shelve, f"{STADIUM} Version {number}.", reference=f"CP-{number}", title=f"Stade {number}")
        told = answered(release_id, text, title=text, issuer=text, reference=text, url=text)
        answer = replace(
            told.answer,
            standalone=f"{text} ?",
            filters=replace(told.answer.filters, issuers=(text,), languages=(text[:20],)),
            sentences=tuple(replace(one, text=text, lead_in=text) for one in told.answer.sentences),
            citations=tuple(replace(one, quote=text) for one in told.answer.citations),
            notices=(Notice("as_of", text),),
        )
        understood = {"corrections": [{"written": text, "meant": text}], "topic": None}
        answers.append(replace(told, answer=answer, record={**told.record, "understood": understood}))
        nothing = abstained(text)
        assert nothing.answer.abstention is not None
        abstention = replace(nothing.answer.abstention, message=text)
        answers.append(replace(nothing, answer=replace(nothing.answer, abstention=abstention)))
    return taken(archive, *answers, title=HOSTILE[0][1], permanent=lambda one: f"https://a.example/r/{one.release_id}")


def unbroken(text: str) -> str:
    """The text with plain blanks, as it is written in this file."""
    return text.replace("\u00a0", " ")


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def parts(file: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(file)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def words(element: etree._Element) -> str:
    return "".join(one.text or "" for one in element.iter(f"{W}t"))


def test_plain_text_has_marks_and_the_words_they_lead_to(dossier: Dossier) -> None:
    """Sources below, each once, with what is cited of it."""
    assert unbroken(plain(dossier)) == TEXT


def test_markdown_has_footnotes(dossier: Dossier) -> None:
    """As GitHub and Pandoc read them, the sources listed once."""
    assert unbroken(markdown(dossier)) == MARKDOWN


def test_a_list_is_a_list_in_markdown(archive: Archive) -> None:
    """The nearest releases, the embargo and a second question have their forms."""
    told = markdown(taken(archive, abstained(), abstained("#1. Et -- *après* ?"), title="Deux questions"))
    assert told.startswith("# Deux questions\n\n## Qui a gagné")
    assert "## \\#1. Et -- \\*après\\*" in told
    assert "**Aucun communiqué ne le dit**" in told


def test_the_page_stands_alone(dossier: Dossier) -> None:
    """One h1, the language, marks that lead to notes; it loads nothing, and a policy says so."""
    made = page(dossier)
    read = Elements(made)
    assert made.startswith('<!DOCTYPE html>\n<html lang="fr">')
    assert read.tags.count("h1") == 1
    assert not set(read.tags) & {"script", "img", "link", "iframe"}
    assert ("meta", "content", POLICY) in read.attributes
    marks = [value for tag, name, value in read.attributes if (tag, name) == ("a", "href") and value.startswith("#")]
    assert marks == ["#note-1", "#note-2", "#note-1", "#note-2"]
    assert {value for _, name, value in read.attributes if name == "id"} == {"note-1", "note-2"}
    assert ("a", "href", URL) in read.attributes
    assert "@page" in made
    assert unbroken(read.text).count(ROOF.rstrip(".")) == 2


def test_an_embargo_heads_every_page_printed(archive: Archive, shelve: Shelve) -> None:
    """In every format, before all else."""
    dossier = taken(archive, answered(stadium(shelve, embargo=EMBARGO)))
    banner = "Contient des extraits sous embargo jusqu’au 1er janvier 2031 à 10 h (Paris)"
    assert unbroken(plain(dossier)).split("\n\n")[1] == f"*** {banner} ***"
    assert unbroken(markdown(dossier)).split("\n\n")[1] == f"> **{banner}**"
    assert '<main><p class="banner">' in page(dossier)
    assert "@top-center" in page(dossier).partition("</style>")[0].partition(":root")[2].rpartition("@media")[2]
    assert unbroken(Elements(clipping(dossier)).text).startswith(banner)
    inside = parts(word(dossier, NOW))
    assert banner in unbroken(words(etree.fromstring(inside["word/header1.xml"])))
    assert unbroken(words(etree.fromstring(inside["word/document.xml"]))).startswith(banner)


def test_what_is_pasted_is_plain(dossier: Dossier) -> None:
    """Paragraphs, emphasis, small numbers: no classes, no styles, no links but to the source."""
    read = Elements(clipping(dossier))
    assert set(read.tags) == {"div", "p", "strong", "em", "sup", "ul", "li", "a"}
    assert {name for _, name, _ in read.attributes} == {"lang", "href", "rel"}
    assert "[1] p. 2 : « La toiture" in unbroken(read.text)


def test_a_word_file_has_real_footnotes(dossier: Dossier) -> None:
    """In order, each called once and referred to afterwards; the separators are told to the settings."""
    inside = parts(word(dossier, NOW))
    notes = etree.fromstring(inside["word/footnotes.xml"])
    told = {one.get(f"{W}id"): unbroken(words(one)).strip() for one in notes}
    assert list(told) == ["-1", "0", "1", "2"]
    assert told["1"] == (f"Métropole de Sarvelle, {TITLE}, 6 mai 2025, p. 2 : « {ROOF} »")
    document = etree.fromstring(inside["word/document.xml"])
    assert [one.get(f"{W}id") for one in document.iter(f"{W}footnoteReference")] == ["1", "2"]
    assert [one.get(f"{W}instr") for one in document.iter(f"{W}fldSimple")] == [
        " NOTEREF _Note1 \\f \\h ", " NOTEREF _Note2 \\f \\h ",
    ]  # fmt: skip
    marked = [one.get(f"{W}name") for one in document.iter(f"{W}bookmarkStart")]
    assert marked == ["_Note1", "_Note2"]
    settings = [etree.QName(one).localname for one in etree.fromstring(inside["word/settings.xml"])]
    assert settings.index("characterSpacingControl") < settings.index("footnotePr") < settings.index("compat")
    assert b'PartName="/word/footnotes.xml"' in inside["[Content_Types].xml"]
    assert b"relationships/footnotes" in inside["word/_rels/document.xml.rels"]
    styles = etree.fromstring(inside["word/styles.xml"])
    known = {one.get(f"{W}styleId") for one in styles.iter(f"{W}style")}
    used = {
        one.get(f"{W}val")
        for tree in (document, notes)
        for tag in ("pStyle", "rStyle")
        for one in tree.iter(f"{W}{tag}")
    }
    assert used <= known
    assert "FootnoteText" in used


def test_a_word_file_opens_again(dossier: Dossier) -> None:
    """With its headings, in French, titled by the question, and by nobody."""
    docx = pytest.importorskip("docx")
    opened = docx.Document(io.BytesIO(word(dossier, NOW)))
    read = [(one.style.name, unbroken(one.text)) for one in opened.paragraphs]
    assert read[0] == ("Title", "Combien coûtera le stade ?")
    assert ("Heading 1", "Source") in read
    assert read[1][0] == "Précisions"
    assert any(style == "Référence" and text.endswith("Notes 1 et 2.") for style, text in read)
    told = opened.core_properties
    assert (unbroken(told.title), told.language) == ("Combien coûtera le stade ?", "fr-FR")
    assert (told.author, told.comments, told.last_modified_by) == ("", "", "")
    assert told.created.replace(tzinfo=None) == NOW.replace(tzinfo=None)
    inside = parts(word(dossier, NOW))
    assert b'w:lang w:val="fr-FR"' in inside["word/styles.xml"]
    assert not [name for name in inside if "thumbnail" in name]
    links = re.findall(rb'Target="([^"]+)" TargetMode="External"', inside["word/_rels/document.xml.rels"])
    assert links == [URL.replace("&", "&amp;").encode()]


def test_an_answer_without_sources_has_no_footnotes(archive: Archive) -> None:
    """An abstention is a Word file all the same."""
    inside = parts(word(taken(archive, abstained()), NOW))
    assert "word/footnotes.xml" not in inside
    assert b"footnotePr" not in inside["word/settings.xml"]


@pytest.mark.parametrize("made", [page, clipping], ids=["page", "clipping"])
def test_hostile_words_stay_words_in_html(hostile: Dossier, made: Callable[[Dossier], str]) -> None:
    """No element, handler or address comes of them; all are there to be read."""
    read = Elements(made(hostile))
    assert [one for one in read.dangerous if one != "meta"] == []
    assert read.tags.count("meta") == (5 if made is page else 0)
    assert set(read.tags) <= set(
        "html head meta title style body main footer section div h1 h2 p ul ol li a em strong sup span".split()
    )
    shown = squeezed(read.text)
    for _, text in HOSTILE:
        assert squeezed(clean(text)) in shown


def test_hostile_words_stay_words_in_word(hostile: Dossier) -> None:
    """Every part is XML, without entities or processing instructions; no link leads elsewhere."""
    inside = parts(word(hostile, NOW))
    for name, content in inside.items():
        if name.endswith((".xml", ".rels")):
            tree = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
            assert tree.getroottree().docinfo.doctype == ""
    shown = squeezed(words(etree.fromstring(inside["word/document.xml"])))
    noted = squeezed(words(etree.fromstring(inside["word/footnotes.xml"])))
    for _, text in HOSTILE:
        assert squeezed(clean(text)) in shown
        assert squeezed(clean(text)) in noted or "«" in text or "“" in text
    links = re.findall(rb'Target="([^"]+)" TargetMode="External"', inside["word/_rels/document.xml.rels"])
    assert links
    assert all(link.startswith(b"https://a.example/r/") for link in links)
    fields = {
        one.get(f"{W}instr", "").split()[0]
        for one in etree.fromstring(inside["word/document.xml"]).iter(f"{W}fldSimple")
    }
    assert fields == {"NOTEREF"}


def test_hostile_words_stay_words_in_markdown(hostile: Dossier) -> None:
    """Rendered, with HTML let through, they are the same words: no element, link or picture comes of them."""
    markdown_it = pytest.importorskip("markdown_it")
    made = markdown(hostile)
    reader = markdown_it.MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    read = Elements(reader.render(made))
    assert read.dangerous == []
    assert set(read.tags) <= {"h1", "h2", "p", "em", "strong", "blockquote", "ul", "li", "a"}
    assert all(value.startswith("https://a.example/r/") for tag, name, value in read.attributes if name == "href")
    shown = squeezed(read.text)
    for _, text in HOSTILE:
        assert squeezed(clean(text)) in shown
    assert "{{" not in made
    assert "${" not in made


def test_hostile_words_are_all_there_in_text(hostile: Dossier) -> None:
    """On lines of ours: none begins a line or source of its own."""
    shown = plain(hostile)
    for _, text in HOSTILE:
        assert clean(text) in unbroken(shown) or clean(text).replace("\u00a0", " ") in unbroken(shown)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", shown)
