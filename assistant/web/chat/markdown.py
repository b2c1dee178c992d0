"""Text of others as Markdown: taken as text wherever it stands, its addresses as plain http(s) ones.

CommonMark. Knows nothing of answers.
"""

from __future__ import annotations

import re

from assistant.takeaway.letters import address, set_in

_SPECIAL = re.compile(r"[\\`*_{}\[\]~|$^]")
_ENTITY = re.compile(r"&(?=#?\w{1,40};)")
_OPENING = re.compile(r"^(\d{0,9})([-+=:.)#])")
_IN_LINKS = {"(": "%28", ")": "%29", "$": "%24"}


def escaped(text: str, language: str = "en") -> str:
    """The text on one line, set as `language` is, without a meaning in Markdown or HTML."""
    said = _ENTITY.sub("&amp;", set_in(text, language)).replace("<", "&lt;").replace(">", "&gt;")
    return _SPECIAL.sub(lambda found: f"\\{found[0]}", said)


def opening(text: str) -> str:
    """Escaped text as it may open a line: it begins no list, rule or heading."""
    return _OPENING.sub(r"\1\\\2", text)


def link(words: str, url: str) -> str:
    """Escaped words that lead to an address that `safe` gave."""
    return f"[{words}]({url})"


def safe(url: str | None) -> str | None:
    """An http(s) address as it may stand in a link; None for any other."""
    made = address(url)
    return None if made is None else re.sub(r"[()$]", lambda found: _IN_LINKS[found[0]], made)
