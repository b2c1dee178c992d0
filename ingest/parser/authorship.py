"""What a release is called and who issues it: stated, read in the text, or guessed from its file.

Does not know its day or place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.parser.issuers import acting, presented, readable
from ingest.parser.letterhead import is_organisation, is_unit
from ingest.parser.lines import lines
from ingest.parser.reading import Reading
from store.folding import fold
from store.records import OriginKind, Span

_FOOT = 2_500
_MOST_ISSUERS = 6
_ISSUED_BY = re.compile(
    r"(?:auteurs?|editeurs?|emetteurs?|publie par|emis par|herausgeber(?:in)?|autor(?:en)?|editor[ei]|autor[ei]"
    r"|authors?|publishers?|issued by)(?: ?: ?|$)"
)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+$")


def title(reading: Reading) -> str:
    """Stated, else read in the head, else guessed from the file, else the first words."""
    hints, guesses, head = reading.document.hints, reading.document.guesses, reading.head
    if hints.title:
        reading.note("title", hints.origin, head.spans.get("title"))
        return hints.title
    if head.title:
        reading.note("title", OriginKind.MASTHEAD, head.spans.get("title"))
        return head.title
    if guesses.title:
        reading.note("title", guesses.origin)
        reading.doubts.append("titre lu dans les propriétés du document")
        return guesses.title
    return _first_words(reading)


def _first_words(reading: Reading) -> str:
    """A title for a text without one: its first line, or that line's first words."""
    reading.doubts.append("titre absent : premiers mots du texte")
    first = next(iter([*lines(reading.text, reading.head.body), *lines(reading.text)]), None)
    if first is None:
        return ""
    words = first.text if len(first.text) <= 120 else first.text[:120].rsplit(" ", 1)[0]
    reading.note("title", OriginKind.BODY, Span(first.start, first.start + len(words)))
    return words if len(words) == len(first.text) else f"{words} …"


def issuer(reading: Reading) -> str | None:
    """Stated, else the letterhead, the contact block, « À propos de », who acts in the text, or the file's guess."""
    hints, guesses, text = reading.document.hints, reading.document.guesses, reading.text
    if hints.issuer:
        reading.note("issuer", hints.origin, reading.head.spans.get("letterhead"))
        return hints.issuer
    for kind, span, doubt in _issuers(reading):
        reading.note("issuer", kind, span)
        if doubt:
            reading.doubts.append(doubt)
        return readable(" ".join(span.of(text).split()), text)
    if guesses.issuer:
        reading.note("issuer", guesses.origin)
        reading.doubts.append("émetteur supposé d'après le fichier")
        return guesses.issuer
    reading.doubts.append("émetteur inconnu")
    return None


def _issuers(reading: Reading) -> Iterator[tuple[OriginKind, Span, str | None]]:
    """Who may issue the release, the surest first, with where it is said and a doubt."""
    head, text, block = reading.head, reading.text, reading.block
    letterhead = head.spans.get("letterhead")
    if letterhead is not None and head.sure:
        yield OriginKind.LETTERHEAD, letterhead, None
    for labelled in _labelled(reading)[:1]:
        yield OriginKind.SIGNATURE, labelled, None
    signed = _signing(reading)
    if signed is not None:
        yield OriginKind.SIGNATURE, signed, None
    if block and block.organisation and not is_unit(fold(block.organisation)):
        at = text.find(block.organisation, block.span.start)
        if at >= 0:
            yield OriginKind.CONTACTS, Span(at, at + len(block.organisation)), None
    for span in reading.boilerplate:
        name = presented(span, text)
        if name is not None and is_organisation(name.of(text)):
            yield OriginKind.BOILERPLATE, name, None
    if letterhead is not None:
        yield OriginKind.LETTERHEAD, letterhead, "émetteur supposé d'après l'en-tête"
    for span in reading.boilerplate:
        name = presented(span, text)
        if name is not None:
            yield OriginKind.BOILERPLATE, name, "émetteur supposé d'après sa présentation"
    named = acting(text, head.body)
    if named is not None and reading.document.guesses.issuer is None:
        yield OriginKind.BODY, named, "émetteur supposé d'après le texte"


def _labelled(reading: Reading) -> list[Span]:
    """Those named after « Auteur », « Éditeur », « Publié par » at the foot, one a line, in order."""
    foot = list(lines(reading.text, max(reading.head.body, len(reading.text) - _FOOT)))
    for number, line in enumerate(foot):
        label = _ISSUED_BY.match(line.folded)
        if label is None or len(line.text) > 160 or len(line.folded) != len(line.text):
            continue
        named = [Span(line.start + label.end(), line.end)] if label.end() < len(line.text) else []
        for below in foot[number + 1 : number + 2 + 2 * _MOST_ISSUERS]:
            if _ADDRESS.match(below.folded):
                continue
            signs = len(below.text) < 120 and below.text[0].isupper() and below.text[-1] not in ".:;?!"
            if not signs or (named and not is_organisation(below.text)):
                break
            named.append(Span(below.start, below.end))
        if named:
            return named
    return []


def _signing(reading: Reading) -> Span | None:
    """An organisation that signs the text, alone on one of its last lines."""
    last = list(lines(reading.text, max(reading.head.body, reading.body_end - 600), reading.body_end))[-3:]
    for line in reversed(last):
        if line.after_gap and len(line.text) < 120 and is_organisation(line.text) and not is_unit(line.folded):
            return Span(line.start, line.end)
    return None


def co_issuers(reading: Reading) -> tuple[str, ...]:
    hints, head = reading.document.hints, reading.head
    if hints.co_issuers:
        return reading.stated("co_issuers", hints.co_issuers)
    if hints.issuer:
        return ()
    labelled = _labelled(reading)[1:]
    if labelled and not head.co_issuers:
        reading.note("co_issuers", OriginKind.SIGNATURE, Span(labelled[0].start, labelled[-1].end))
        return tuple(dict.fromkeys(readable(span.of(reading.text), reading.text) for span in labelled))
    if not head.co_issuers:
        return ()
    reading.note("co_issuers", OriginKind.LETTERHEAD)
    return tuple(dict.fromkeys(readable(name, reading.text) for name in head.co_issuers))
