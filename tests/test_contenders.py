"""Named rankings that may stand side by side."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.evaluation.contenders import CONFIGURATIONS, TUTORIAL, named
from store.fusion import Weights
from store.records import PressArchiveError


def test_names_are_read_each_once() -> None:
    """A list with commas; blanks and repetitions do not matter, the tutorial is one of them."""
    assert named("words, vectors,,words,tutorial") == ("words", "vectors", TUTORIAL)
    assert named("") == ()


def test_an_unknown_name_is_answered_with_those_there_are() -> None:
    """The error lists what can be compared."""
    with pytest.raises(PressArchiveError, match=r"« bm26 ».*words.*tutorial"):
        named("words,bm26")


def test_each_configuration_is_what_its_name_says() -> None:
    """Words alone, one kind of vector alone, the product's own weights under « fusion », or these less one."""
    own = Weights()
    assert CONFIGURATIONS["fusion"].weights == own
    assert CONFIGURATIONS["words"].weights == replace(own, passage=0, sentence=0, title=0)
    assert CONFIGURATIONS["vectors"].weights == replace(own, words=0, sentence=0, title=0)
    assert CONFIGURATIONS["fusion-no-sentences"].weights == replace(own, sentence=0)
    assert [name for name, one in CONFIGURATIONS.items() if one.rerank] == ["fusion-rerank"]
