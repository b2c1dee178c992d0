"""Letter paper of office documents: what of a header, a foot or the properties belongs to a release.

Knows no format.
"""

from __future__ import annotations

import re

_NUMBER_ONLY = re.compile(r"\W*(?:pages?|p\.)?\W*\d{0,4}\W*(?:sur|of|de)?\W*(?:pages?)?\W*\d{0,4}\W*", re.IGNORECASE)
ADDRESS = re.compile(r"@|\bwww\.|https?://|\bcontacts?\b|\bt[ée]l|\d\d[ .]\d\d[ .]\d\d|\b\d{5}\b", re.IGNORECASE)
_NO_TITLE = re.compile(
    r"communiqu[ée]s? de presse.{0,20}|press release|(?:nouveau )?document\W?\d*|sans titre|untitled|modèle.*"
    r"|microsoft word\b.*|.*\.(?:docx?|odt|rtf|pdf)",
    re.IGNORECASE,
)


def stated_title(titles: list[str]) -> str | None:
    """The first that names a release rather than its template or its file."""
    flat = (" ".join(title.split()) for title in titles)
    return next((title for title in flat if len(title) > 5 and not _NO_TITLE.fullmatch(title)), None)


def without(head: list[str], opening: list[str]) -> list[str]:
    """What a header says beside page numbers and beside what the text opens with anyway."""
    known = {words.casefold() for words in opening}
    return [words for words in head if words.casefold() not in known and not _NUMBER_ONLY.fullmatch(words)]
