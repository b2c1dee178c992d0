"""The catalogue of the page's texts."""

from __future__ import annotations

import re
from string import Formatter

import pytest

from assistant.web import messages
from assistant.web.messages import ENGLISH, FRENCH, Messages


def test_no_text_is_written_twice() -> None:
    """Each key belongs to one section."""
    keys = [key for section in messages._SECTIONS for key in section.WORDS]
    assert sorted(keys) == sorted(set(keys))


@pytest.mark.parametrize("key", sorted(messages._CATALOGUE))
def test_both_languages_say_the_same(key: str) -> None:
    """French and English are both there, and fill in the same fields."""
    french, english = messages._CATALOGUE[key]
    assert french.strip()
    assert english.strip()
    fields = [{name for _, name, _, _ in Formatter().parse(text) if name} for text in (french, english)]
    assert fields[0] == fields[1]


def test_french_marks_stay_with_their_words() -> None:
    """No line breaks before « ? », « ! », « : », « ; » or « » »."""
    say = Messages(FRENCH)
    assert [key for key in messages._CATALOGUE if re.search(r" [?!:;»]|« ", say._texts[key])] == []


def test_an_unknown_language_is_french() -> None:
    """What is neither French nor English is read in French."""
    assert Messages("xx")("ask") == Messages(FRENCH)("ask") != Messages(ENGLISH)("ask")
