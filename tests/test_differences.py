"""What changed from one version of a release to the next."""

from __future__ import annotations

import re
import time
from dataclasses import replace
from datetime import UTC, date, datetime
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from assistant.web.differences import differences
from assistant.web.messages import Messages
from conftest import release

FR = Messages("fr")
TEXT = (
    "LE PONT ROUVRE\n\nLe pont rouvre lundi, après deux ans de\ntravaux.\n\nIl a coûté 3 millions.\n\nContact : presse"
)


def changes(html: Markup) -> list[tuple[str, str]]:
    found = re.findall(r'<(del|ins)><span class="aloud">.*?</span>(.*?)</\1>', html, re.S)
    return [(kind, " ".join(unescape(words).split())) for kind, words in found]


def compared(before: str, after: str) -> Markup:
    return differences(release(before), release(after), FR)


def test_changed_words_are_marked_and_said() -> None:
    """Words taken out and put in are marked, and a screen reader hears which is which; the rest is counted."""
    html = compared(TEXT, TEXT.replace("lundi", "mardi 4").replace("3 millions", "3 millions d'euros"))
    assert changes(html) == [("del", "lundi"), ("ins", "mardi 4"), ("ins", "d'euros")]
    assert "Supprimé\u00a0: " in html
    assert "1 paragraphe inchangé" in html


def test_how_lines_break_is_no_change() -> None:
    """A text set anew, with nothing else changed, has no difference."""
    html = compared(TEXT, TEXT.replace("deux ans de\ntravaux", "deux ans\nde travaux"))
    assert changes(html) == []
    assert "4 paragraphes inchangés" in html


def test_facts_that_changed_come_first() -> None:
    """A new title, issuer, day or embargo is told as it was and as it is."""
    one = release(TEXT, title="Le pont", published=date(2025, 5, 6))
    other = replace(one, title="Le pont neuf", published=None, embargo=datetime(2025, 5, 7, 8, 30, tzinfo=UTC))
    assert changes(differences(one, other, FR)) == [
        ("del", "Le pont"),
        ("ins", "Le pont neuf"),
        ("del", "6 mai 2025"),
        ("ins", "sans date"),
        ("ins", "7 mai 2025 à 10 h 30"),
    ]


def test_paragraphs_come_and_go() -> None:
    """A paragraph that is new, or gone, is marked whole."""
    assert changes(compared(TEXT, TEXT + "\n\nFin de l'avis.")) == [("ins", "Fin de l'avis.")]
    assert changes(compared(TEXT, TEXT.replace("Il a coûté 3 millions.\n\n", ""))) == [
        ("del", "Il a coûté 3 millions.")
    ]


def test_a_rewritten_text_does_not_keep_anybody_waiting() -> None:
    """Two long texts that have nothing in common are compared in less than a second."""
    one, other = ("\n".join(f"{word} {n}" for n in range(9_000)) for word in ("mot", "terme"))
    began = time.perf_counter()
    compared(one, other)
    assert time.perf_counter() - began < 1


@pytest.mark.parametrize("word", ["<script>alert(1)</script>", '" onload="x', "</del><b>"])
def test_no_word_becomes_markup(word: str) -> None:
    """Whatever the texts say is shown, never run."""
    for html in (compared(TEXT, f"{TEXT} {word}"), compared(f"{word}\n\n{TEXT}", TEXT), compared("a", word)):
        assert not re.search(r'<script|<b>|" onload', html)


@given(st.text("ab c\n", max_size=80), st.text("ab c\n", max_size=80))
def test_both_texts_can_be_read_off(before: str, after: str) -> None:
    """What is not put in is of the first text, and what is not taken out is of the second, word for word."""
    html = re.sub(r'<p class="unchanged">.*?</p>', "", str(compared(f"a a\n\n{before}", f"b b\n\n{after}")))
    shown = re.sub(r'<span class="aloud">.*?</span>', "", html)
    kept = "".join(re.sub(r"<[^>]*>", "", re.sub(r"<ins>.*?</ins>", "", shown, flags=re.S)).split())
    come = "".join(re.sub(r"<[^>]*>", "", re.sub(r"<del>.*?</del>", "", shown, flags=re.S)).split())
    assert set(kept) <= set("".join(f"a a{before}".split()))
    assert set(come) <= set("".join(f"b b{after}".split()))


def test_figures_and_hyphenated_words_are_one() -> None:
    """« 2,4 » that became « 2,6 » is one figure for another, not a digit; so is « quarante-deux » a word."""
    before, after = (
        "Le quai a coûté 2,4 millions et quarante arbres.",
        "Le quai a coûté 2,6 millions et quarante-deux arbres.",
    )
    assert changes(compared(before, after)) == [
        ("del", "2,4"),
        ("ins", "2,6"),
        ("del", "quarante"),
        ("ins", "quarante-deux"),
    ]


def test_a_paragraph_is_compared_with_the_one_it_was() -> None:
    """Where one paragraph changed and its neighbour went, the first is compared word by word, the other taken out."""
    html = compared("Le pont rouvre lundi matin.\n\nUne fête est prévue.", "Le pont rouvre mardi matin.")
    assert changes(html) == [("del", "lundi"), ("ins", "mardi"), ("del", "Une fête est prévue.")]
