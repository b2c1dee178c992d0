"""Pieces of HTML as paragraphs, items and rows, with their links."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.readers.fragment import read_fragment


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>Un &amp; <b>deux</b>\n trois.</p><p>&nbsp;</p><h2>T</h2>texte nu", "Un & deux trois.\n\nT\n\ntexte nu"),
        ("un<br>deux<br/> <br>trois", "un\ndeux\n\ntrois"),
        ("Vu :<ul><li><p>a</p></li><li></li><li>b<ul><li>c</li></ul></li></ul>fin", "Vu :\n\n- a\n- b\n- c\n\nfin"),
        ('<ol start="3"><li>x</li><li>y</li></ol>', "3. x\n4. y"),
        ("<table><tr><th>A</th><th><p>B</p><p>b</p></th></tr><tr><td>1</td><td>2</td></tr></table>", "A | B b\n1 | 2"),
        ("<table><tr><td><p>mise</p><p>en page</p></td></tr></table>", "mise\n\nen page"),
        ("a<!-- non -->b<script>c<b>d</b></script> e<style>f</style>", "ab e"),
        ("<div>x<div>y</div>z</div></div></p>", "x\n\ny\n\nz"),
        ("sans balise\nligne 2\n\nR&D < 3 &amp; fin", "sans balise\nligne 2\n\nR&D < 3 & fin"),
        ("sou\u00adligné\u00a0: 1\u202f000", "sou\u00adligné\u00a0: 1\u202f000"),
        ("", ""),
    ],
)  # fmt: skip
def test_blocks_become_paragraphs_lines_and_rows(html: str, text: str) -> None:
    """As the page would show them; nothing is mended."""
    assert read_fragment(html)[0] == text


def test_links_stand_where_their_words_do() -> None:
    """With whole addresses; what leads nowhere is no link."""
    html = (
        "<ul><li><a href='/x'>le plan</a></li></ul><a href='javascript:x'>k</a> <a href='mailto:a@b.example'> moi </a>"
    )
    text, links = read_fragment(html, "https://port-clair.example/cp/")
    assert [(link.span.of(text), link.url) for link in links] == [
        ("le plan", "https://port-clair.example/x"),
        ("moi", "mailto:a@b.example"),
    ]


@given(html=st.text(alphabet="<>/abpliultrd =\"'&;\x00\n\ud800é", max_size=80))
def test_anything_is_read(html: str) -> None:
    """Without an exception, and links stay inside the text."""
    text, links = read_fragment(html, "https://a.example/")
    assert all(link.span.of(text).strip() for link in links)
