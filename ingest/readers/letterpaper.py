"""Letter paper of office documents: what of a header, a foot or the properties belongs to a release.

Knows no format.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ingest.readers.sheet import Sheet
from store.records import Link, UnreadableDocument

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


def assembled(
    sheet: Sheet, parts: Sequence[Sheet], head: list[str], notes: Iterable[str], foot: list[str], name: str
) -> tuple[str, tuple[Link, ...]]:
    """An office document's text on `sheet`, in the order it is read, and its links.

    The header comes first and the notes after the parts; of the foot only what says how to
    reach someone. Raises UnreadableDocument where no text comes of it.
    """
    for words in without(head, parts[0].plain()[:8]):
        sheet.paragraph(words)
    for part in parts:
        sheet.add(part)
    for words in [*notes, *filter(ADDRESS.search, foot)]:
        sheet.paragraph(words)
    text, links = sheet.written()
    if not text:
        raise UnreadableDocument(name, "no text in it (« sans texte »): a picture in it has to go through OCR")
    return text, links


def without(head: list[str], opening: list[str]) -> list[str]:
    """What a header says beside page numbers and beside what the text opens with anyway."""
    known = {words.casefold() for words in opening}
    return [words for words in head if words.casefold() not in known and not _NUMBER_ONLY.fullmatch(words)]
