"""Every text of the page, in French and in English: one catalogue, a section a file.

Words only; knows nothing of HTML.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from assistant.web.messages import (
    adding,
    asking,
    curating,
    finding,
    frame,
    judging,
    keeping,
    mailing,
    press,
    problems,
    reading,
    signing,
    spoken,
    taking,
    timeline,
)

FRENCH, ENGLISH = "fr", "en"

_SECTIONS = (
    frame,
    asking,
    reading,
    finding,
    spoken,
    timeline,
    taking,
    keeping,
    judging,
    adding,
    signing,
    problems,
    press,
    curating,
    mailing,
)
_CATALOGUE: dict[str, tuple[str, str]] = {key: texts for section in _SECTIONS for key, texts in section.WORDS.items()}


_BEFORE_MARK = re.compile(r" (?=[?!:;»])|(?<=«) |(?<=\d) (?=\d{3}(?!\d))|(?<=\d) (?=%)")


def typeset(text: str) -> str:
    """The text with the blanks of French punctuation, and those within a number, made unbreakable."""
    return _BEFORE_MARK.sub("\u00a0", text)


class Messages:
    """The page's texts in one language (French where the language is not known)."""

    def __init__(self, language: str) -> None:
        self.language = language if language in (FRENCH, ENGLISH) else FRENCH
        column = (FRENCH, ENGLISH).index(self.language)
        self._texts: Mapping[str, str] = MappingProxyType(
            {key: typeset(texts[column]) for key, texts in _CATALOGUE.items()}
        )

    def __call__(self, key: str, **values: object) -> str:
        """The text of `key`, its fields filled in. Raises KeyError for an unknown key."""
        text = self._texts[key]
        return text.format(**values) if values else text

    def counted(self, key: str, count: int) -> str:
        """`key_one` or `key_many`, with the count written as the language writes it."""
        if count == 0 and f"{key}_none" in self._texts:
            return self(f"{key}_none")
        return self(f"{key}_one") if count == 1 else self(f"{key}_many", count=self.number(count))

    def number(self, count: int) -> str:
        return f"{count:,}".replace(",", "\u202f" if self.language == FRENCH else ",")
