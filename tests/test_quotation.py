"""Quotation marks come in pairs."""

from __future__ import annotations

import pytest

from assistant.quotation import closed
from conftest import release
from store.records import Span

TEXT = "Le maire a dit : « Nous ouvrons. Venez tous lundi. » La foule a ri. Rien de plus »."


@pytest.mark.parametrize(
    ("sentence", "shown"),
    [
        ("Le maire a dit : « Nous ouvrons.", "Le maire a dit : « Nous ouvrons. Venez tous lundi. »"),
        ("« Nous ouvrons.", "Nous ouvrons."),
        ("Venez tous lundi. »", "Venez tous lundi."),
        ("La foule a ri.", "La foule a ri."),
        ("Rien de plus »", "Rien de plus"),
    ],
)
def test_a_lone_mark_is_closed_or_left_out(sentence: str, shown: str) -> None:
    """A quotation that is opened goes on to its end; one that is only opened or closed loses the mark."""
    made = release(TEXT)
    start = TEXT.index(sentence)
    assert closed(made, Span(start, start + len(sentence))).of(TEXT) == shown


def test_an_end_far_away_is_not_waited_for() -> None:
    """A sentence does not grow over its measure."""
    text = "Il a dit : « Oui. " + "Et encore une phrase de plus. " * 30 + "»"
    assert closed(release(text), Span(0, 17)) == Span(0, 17)
