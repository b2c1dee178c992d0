"""Letter paper of office documents: what of a header, a foot or the properties belongs to a release.

Knows no format.
"""

from __future__ import annotations

import re

_NUMBER_ONLY = re.compile(r"\W*(?:pages?|p\.)?\W*\d{0,4}\W*(?:sur|of|de)?\W*(?:pages?)?\W*\d{0,4}\W*", re.IGNORECASE)
ADDRESS = re.compile(r"@|\bwww\.|https?://|\bcontacts?\b|\bt[ée]l|\d\d[ .]\d\d[ .]\d\d|\b\d{5}\b", re.IGNORECASE)
_FEWEST_WORDS = 4
_SENDER = re.compile(
    r"(?:ville|mairie|m[ée]tropole|d[ée]partement|r[ée]gion|minist[èe]re|pr[ée]fecture|conseil|office|direction|agence"
    r"|universit[ée]|association|syndicat|chambre|fondation|groupe|communaut[ée]|secr[ée]tariat|service|institut)\b",
    re.IGNORECASE,
)
_NO_TITLE = re.compile(
    r"communiqu[ée]s? de presse.{0,20}|press release|(?:nouveau )?document\W?\d*|sans titre|untitled|modèle.*"
    r"|microsoft word\b.*|.*\.(?:docx?|odt|rtf|pdf)",
    re.IGNORECASE,
)


def stated_title(titles: list[str]) -> str | None:
    """The first that names a release rather than its template or its file."""
    flat = (" ".join(title.split()) for title in titles)
    return next((title for title in flat if len(title) > 5 and not _NO_TITLE.fullmatch(title)), None)


def shown_title(styled: list[str], headings: list[str]) -> str | None:
    """A title the document's own styles show: one paragraph styled as title, or one first heading, never a sender."""
    titles = [title for title in styled if stated_title([title])] or headings
    flat = " ".join(titles[0].split()) if len(titles) == 1 else ""
    named = stated_title([flat]) is not None and len(flat.split()) >= _FEWEST_WORDS
    return flat if named and not _SENDER.match(flat) else None


def without(head: list[str], opening: list[str]) -> list[str]:
    """What a header says beside page numbers and beside what the text opens with anyway."""
    known = {words.casefold() for words in opening}
    return [words for words in head if words.casefold() not in known and not _NUMBER_ONLY.fullmatch(words)]
