"""Reading every release in turn: whom and what they name, and which of them speak of a subject.

The indexes propose the best; here the catalogue is read whole, so that « the last that
speaks of X » and « how many » are exact. Asks a view, so it sees what its reader may see.
Knows nothing about questions.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import ColumnElement, or_

from store.language import fold, terms
from store.records import Filters, NameKind
from store.schema import releases, versions
from store.view import View

OPENING = 700
"""Characters of a text in which a release says what it is about."""
OFTEN = 3
"""Times a text says a word from which it speaks of it, wherever that is."""
_SURE = 4
"""Letters of a stem that every word of it begins with, whatever its ending; longer stems may end otherwise."""
_ACCENTED = {
    "a": "[aàâäáã]", "c": "[cç]", "e": "[eéèêë]", "i": "[iîïíì]", "n": "[nñ]", "o": "[oôöóòõ]", "u": "[uùûüú]",
    "y": "[yÿ]", "œ": "(?:œ|oe|ö)", "'": "['’]", "-": "[-‑–]",
}  # fmt: skip
_TELLING = 3
"""Letters that no accent changes, from which a word is worth looking for in SQL."""


@dataclass(frozen=True, slots=True)
class Naming:
    """Whom one release names: who signed it, its group of translations, its place, and people."""

    release_id: str
    issuer: str | None
    language: str
    group: str | None
    place: str | None
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """A release that holds every word of a subject; `mainly` where it speaks of it and not in passing."""

    release_id: str
    mainly: bool


def namings(view: View) -> Iterator[Naming]:
    """What every release names, newest first."""
    columns = [releases.c.id, versions.c.issuer, versions.c.language, releases.c.translations, versions.c.record]
    for row in view.rows(columns):
        record = row.record
        speakers = [quote["speaker"] for quote in record["quotes"] if quote["speaker"]]
        named = [name[2] for name in record.get("names", ()) if name[3] == NameKind.PERSON.value]
        people = tuple(dict.fromkeys([*speakers, *named]))
        yield Naming(row.id, row.issuer, row.language, row.translations, record["place"], people)


def mentions(
    view: View, subject: str, language: str, within: Filters = Filters(), newest_first: bool = True
) -> Iterator[Mention]:
    """The releases that hold every word of `subject`, in any inflection, by day of publication.

    `language` is that of the subject; a release in another holds its names at least.
    """
    wanted = {term.stem for term in terms(subject, language)}
    such = [condition for stem in wanted if (condition := _may_hold(stem)) is not None]
    begun = [re.compile(_accented(_sure(stem))) for stem in sorted(wanted, key=len, reverse=True)]
    columns = [releases.c.id, versions.c.title, versions.c.text]
    for row in view.rows(columns, *such, within=within, newest_first=newest_first) if wanted else ():
        lowered = f"{row.title}\n{row.text}".lower()
        if all(word.search(lowered) for word in begun):
            found = _found(wanted, fold(lowered), len(row.title) + OPENING, language)
            if found is not None:
                yield Mention(row.id, found)


def _sure(stem: str) -> str:
    """How every word of this stem begins, whatever its ending."""
    return stem[: max(_SURE, len(stem) - 2)]


def _accented(folded: str) -> str:
    """A pattern for a folded word in small letters, an accent on any letter that can bear one."""
    return "".join(_ACCENTED.get(letter, re.escape(letter)) for letter in folded.replace("oe", "œ"))


def _may_hold(stem: str) -> ColumnElement[bool] | None:
    """SQL for a text that may hold a word of this stem, an accent on any letter that can bear one.

    None where too little of the word would be left to tell texts apart.
    """
    pattern = "".join("_" if letter in _ACCENTED else letter for letter in _sure(stem).replace("oe", "%"))
    if sum(letter.isalnum() for letter in pattern) < _TELLING:
        return None
    return or_(versions.c.title.like(f"%{pattern}%"), versions.c.text.like(f"%{pattern}%"))


def _found(wanted: set[str], folded: str, opening: int, language: str) -> bool | None:
    """Whether a text speaks mainly of these stems; None where it does not hold them all."""
    said = Counter(term.stem for term in terms(folded, language))
    if not wanted <= said.keys():
        return None
    opens = {term.stem for term in terms(folded[:opening], language)}
    return wanted <= opens or min(said[stem] for stem in wanted) >= OFTEN
