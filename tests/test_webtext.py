"""HTML as text: blocks, lists, tables, links, in whatever encoding and shape they come."""

from __future__ import annotations

import pytest

from ingest.readers.sheet import Sheet
from ingest.readers.webtext import decoded_address, parsed, take
from store.records import Link, UnreadableDocument


def read(html: str | bytes, base: str | None = None) -> tuple[str, tuple[Link, ...]]:
    data = html if isinstance(html, bytes) else html.encode()
    sheet = Sheet()
    take(parsed(data, "a.html")[0], sheet, base)
    return sheet.written()


def text(html: str | bytes) -> str:
    return read(html)[0]


def test_blocks_and_breaks() -> None:
    """A block is a paragraph, a break a line end, two breaks a paragraph's end; blanks are one."""
    assert text("<div>La  criée<p>rouvre</p>mardi\n matin</div>") == "La criée\n\nrouvre\n\nmardi matin"
    assert text("<p>Ville<br>Mairie<br><br>01 99</p>") == "Ville\nMairie\n\n01 99"
    assert text("<div><b>La</b> cri<i>ée</i><section>rouvre</section></div>") == "La criée\n\nrouvre"


def test_lists_within_lists() -> None:
    """Bullets, counts from where they start, inner lists after their item's words."""
    html = "<ul><li>quais<ul><li>nord</ul><li><p>grues</p><p>neuves</p></ul><ol start=4><li>criée<li>phare</ol>Fin"
    assert text(html) == "- quais\n- nord\n- grues neuves\n\n4. criée\n5. phare\n\nFin"


def test_tables_of_data_and_tables_of_layout() -> None:
    """Rows of values; cells that place blocks one after the other; a table in a cell."""
    data = "<table><caption>Coûts</caption><tr><th>Poste<th>Coût<tr><td>Quais<td>1,2 M€</table>"
    assert text(data) == "Coûts\n\nPoste | Coût\nQuais | 1,2 M€"
    assert text(f"<table><tr><td><p>Ville</p><p>Mairie</p><td>{data}</table>") == (
        "Ville\n\nMairie\n\nCoûts\n\nPoste | Coût\nQuais | 1,2 M€"
    )


def test_what_a_page_does_not_show_is_not_read() -> None:
    """Scripts, styles, hidden elements, buttons, comments; what follows them in the line stays."""
    hidden = "<span hidden>a</span><i aria-hidden=true>b</i><div style='display: none'>c</div><button>d</button>"
    assert text(f"<p>La {hidden}<!-- e --><script>f()</script>criée</p>") == "La\n\ncriée"


def test_raised_figures() -> None:
    """Squares are squares, ordinals stay whole, calls of notes are left out."""
    html = "<p>Le 1<sup>er</sup> quai<sup><a href='#n'>1</a></sup> fait 300 m<sup>2</sup>.</p>"
    assert text(html) == "Le 1er quai fait 300 m²."


def test_links_are_resolved_and_spans_are_exact() -> None:
    """Relative addresses from the page's own, mail addresses, and those hidden from robots."""
    coded = "55" + "".join(f"{byte ^ 0x55:02x}" for byte in b"a@b.example")
    html = f"<p>Voir <a href='/plan'>le <b>plan</b></a>, <a href='/x' data-cfemail='{coded}'>[email protected]</a></p>"
    written, links = read(html, "https://port-clair.example/presse/")
    assert written == "Voir le plan, a@b.example"
    assert [(link.span.of(written), link.url) for link in links] == [
        ("le plan", "https://port-clair.example/plan"),
        ("a@b.example", "mailto:a@b.example"),
    ]
    assert decoded_address("zz") is None
    assert decoded_address("5530") is None


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [("utf-8", ""), ("utf-8", "iso-8859-1"), ("cp1252", "utf-8"), ("cp1252", ""), ("cp1252", "iso-8859-1"),
     ("utf-16", ""), ("cp1251", "windows-1251"), ("utf-8-sig", "inconnu")],
)  # fmt: skip
def test_charsets_declared_undeclared_and_declared_wrong(encoding: str, declared: str) -> None:
    """What is valid UTF-8 is; else what the page says, where it can be true; else the likeliest."""
    words = "Порт и причал" if encoding == "cp1251" else "L’été à Port-Clair : rénovée, la criée rouvre « dès mardi »."
    html = f"<html><head><meta charset='{declared}'></head><body><p>{words}</p></body></html>"
    assert text(html.encode(encoding)) == words


def test_deep_and_broken_trees_are_read_as_far_as_they_go() -> None:
    """Tags that never close, ten thousand of them; a doubt says that text is missing."""
    assert text("<div><font><b>" * 300 + "La criée rouvre") == "La criée rouvre"
    tree, doubts = parsed(b"<div><p>La criee rouvre." * 3000, "a.html")
    assert doubts == ("page mal formée : une partie du texte manque",)
    sheet = Sheet()
    take(tree, sheet)
    assert sheet.written()[0].startswith("La criee rouvre.")


def test_binary_data_is_refused_by_name() -> None:
    """A picture called .html."""
    with pytest.raises(UnreadableDocument, match=r"a\.html: binary"):
        parsed(bytes(range(256)) * 9, "a.html")


def test_parts_of_a_line_that_only_style_keeps_apart() -> None:
    """Two labelled spans side by side are two words; a raised ending is none."""
    assert text("<div><span class=tag>Presse</span><span class=date>13 mai</span></div>") == "Presse 13 mai"
    assert text("<div>1<span class=x>er</span> mai</div>") == "1er mai"
