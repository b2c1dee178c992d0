"""An excerpt shows the words looked for, marked, and cuts what is far from them."""

from __future__ import annotations

from assistant.web.excerpts import LONGEST, excerpt, matches

FAR = "Les services de la ville suivront ces travaux avec soin. " * 20


def test_words_are_marked_in_any_inflection() -> None:
    """Small words are not; accents and capitals do not matter."""
    assert str(excerpt("Les tramways de la ville.", "le tramway", "fr")) == "Les <mark>tramways</mark> de la ville."
    assert matches("ÉTÉ", "été", "fr") == [(0, 3)]


def test_a_long_passage_is_cut_around_where_most_of_them_stand() -> None:
    """At blanks, and told by points of suspension."""
    told = str(excerpt(f"Un tramway. {FAR}Le pont et le tramway ouvrent. {FAR}", "pont tramway", "fr"))
    assert told.startswith("… ")
    assert told.endswith(" …")
    assert "<mark>pont</mark> et le <mark>tramway</mark>" in told
    assert len(told) < LONGEST + 100


def test_a_long_word_is_cut_and_markup_stays_text() -> None:
    """Nothing of a release becomes an element, be it marked or not."""
    assert len(str(excerpt("a" * 9_000, "b", "fr"))) < LONGEST + 10
    assert str(excerpt("<b>tram</b> & <i>", "tram b", "fr")) == (
        "&lt;<mark>b</mark>&gt;<mark>tram</mark>&lt;/<mark>b</mark>&gt; &amp; &lt;i&gt;"
    )
