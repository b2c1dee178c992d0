"""Somebody's own words, as they are kept: without what hides in a text or turns others round.

Knows nothing about where the words are kept.
"""

from __future__ import annotations

import re
import unicodedata

_HIDDEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+")
_BREAK = re.compile(r"\r\n|[\r\n\u2028\u2029]")


def one_line(text: str) -> str:
    """Somebody's words on one line, without what hides or turns others round, nor what no database takes."""
    plain = text.encode("utf-8", "replace").decode()
    return re.sub(" {2,}", " ", _HIDDEN.sub(" ", plain)).strip()


def several_lines(text: str) -> str:
    """The same with their paragraphs."""
    plain = unicodedata.normalize("NFC", text)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(one_line(line) for line in _BREAK.split(plain))).strip()
