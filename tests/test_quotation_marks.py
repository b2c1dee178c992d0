"""Pairs of quotation marks: nested, turned, carried over paragraphs, missing."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.parser.quotation_marks import quoted


def read(text: str) -> list[str]:
    return [one.words.of(text) for one in quoted(text, len(text))]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("dit « oui » et « non »", ["oui", "non"]),
        ("dit «\u202foui\u202f»", ["oui"]),
        ("dit “oui” puis „ja“ puis „tak”", ["oui", "ja", "tak"]),
        ('dit "oui" et "non"', ["oui", "non"]),
        ("sagt »ja« und »nein«", ["ja", "nein"]),
        ("« a « b » c »", ["a « b » c"]),
        ("« a “b” c »", ["a “b” c"]),
        ("« a\n\n« b »", ["a\n\n« b"]),
        ("« a\n\n» b »", ["a\n\n» b"]),
        ("« a\n\nb »", ["a\n\nb"]),
        ("« a\n\nb\n\n« c »", ["a", "c"]),
        ("« a", ["a"]),
        ("l'eau coule", []),
        ("«»", []),
    ],
)
def test_marks_are_paired_as_typography_means(text: str, words: list[str]) -> None:
    """The outermost pairs, without the blanks inside."""
    assert read(text) == words


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet='«»“”„" ab\n', max_size=80))
def test_pairs_follow_each_other(text: str) -> None:
    """In order, inside the text, none empty, none within another."""
    last = 0
    for one in quoted(text, len(text)):
        assert last <= one.outer.start <= one.words.start < one.words.end <= one.outer.end <= len(text)
        last = one.outer.end
