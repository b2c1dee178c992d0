"""What in a mail's words is the message: without signature, disclaimers, and the thread it answers.

Works on lines. Knows nothing of parts or headers, but for those a forwarding program
writes into the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.readers.mailheads import bare_subject
from store.dates import find_dates
from store.folding import fold
from store.records import Link, Span

_ANSWERED = re.compile(
    r"(?:le|on|am|il giorno) .{6,200}(?:a ecrit|wrote|schrieb.{0,80}|ha scritto)\s*:?|-{2,}\s*(?:message d'origine"
    r"|original message|ursprungliche nachricht|messaggio originale)\s*-{2,}"
)
_FORWARDED = re.compile(
    r"-{2,}\s*(?:forwarded message|message transfere|message transmis|weitergeleitete nachricht)\s*(?:by .{0,60})?-{2,}"
    r"|debut du message (?:transfere|reexpedie)\s*:?|begin forwarded message\s*:?"
)
_HEAD = re.compile(
    r"\*?(?P<name>de|from|von|a|to|an|cc|envoye(?: le)?|sent|gesendet|date|objet|subject|betreff|repondre a|reply-to"
    r"|importance|pieces? jointes?|attachments?)\s*:\*?\s+(?P<value>.*)"
)
_RULE = re.compile(r"\s*(?:_{5,}|-{5,}|={5,})\s*")
_SIGNATURE = re.compile(r"--\s?")
_FAREWELLS = re.compile(
    r"(?:envoye (?:de|depuis|a partir de) (?:mon |ma )?.{2,40}|sent from my .{2,40}|obtenez outlook pour.{0,40}"
    r"|get outlook for.{0,40}|(?:garanti )?sans virus.{0,60}|virus-free.{0,60}|telecharg(?:er|ez) outlook.{0,40})\.?"
)
_DISCLAIMER = re.compile(
    r"\b(?:(?:ce|le present|cet) (?:message|courriel|mail|e-mail|courrier electronique)\b.{0,300}\b(?:confidentiel"
    r"|destinataires?|usage exclusif)|this (?:e-?mail|message)\b.{0,300}\b(?:confidential|intended|recipient)"
    r"|avant d'imprimer|n'imprime[zr].{0,40}(?:que|mail|courriel|message)|pensez a l'environnement|before printing"
    r"|diese e-mail.{0,200}vertraulich)"
)
_LIST = re.compile(
    r"\b(?:(?:se |vous )(?:desinscrire|desabonner)|unsubscribe|vous (?:recevez|avez recu) (?:ce|cet) (?:message|mail"
    r"|e-?mail|courriel)|(?:voir|lire|afficher|consulter|view) .{0,40}(?:version en ligne|navigateur|in your browser"
    r"|online)|s'affiche (?:mal|pas correctement)|(?:n'arrivez|ne parvenez) pas a (?:lire|visualiser))"
)
_COVER = re.compile(
    r"\b(?:ci-?joint|pieces? jointes?|en (?:annexe|attache|p\.?j)|vous trouverez|veuillez trouver|je vous (?:adresse"
    r"|prie|transmets)|nous vous (?:adressons|transmettons)|pour (?:info|information|diffusion)|attached|enclosed"
    r"|please find|anbei|im anhang|in allegato)"
)
_CALLS = re.compile(r"[\w.+-]+@[\w-]+\.\w|(?:\+|\b0)\d[\d .()/-]{7,16}\d")
_SHORT_COVER, _LONG_COVER, _LONGEST_SIGNATURE, _LONGEST_DISCLAIMER, _LONGEST_NOTICE = 250, 900, 1200, 1500, 300


@dataclass(frozen=True, slots=True)
class Forwarded:
    """What the text itself says of the mail it passes on."""

    subject: str | None = None
    date: str | None = None


def is_cover(text: str) -> bool:
    """Whether a text only announces what is attached."""
    words = fold(text)
    return len(text) <= _SHORT_COVER or (len(text) <= _LONG_COVER and _COVER.search(words) is not None)


def message_of(text: str, links: tuple[Link, ...] = ()) -> tuple[str, tuple[Link, ...], Forwarded]:
    """The message in a mail's text, links moved along; where it passes a mail on, that mail's."""
    lines = _lines(text)
    forwarded = Forwarded()
    thread = _thread(text, lines)
    if thread is not None:
        start, after, forwarded = thread
        own = "".join(span.of(text) for span in lines[:start])
        passes_on = len(own.strip()) <= _SHORT_COVER or is_cover(own)
        lines = lines[after:] if passes_on and after < len(lines) else lines[:start]
        forwarded = forwarded if passes_on else Forwarded()
        inner = _thread(text, lines)
        lines = lines[: inner[0]] if inner is not None and inner[0] else lines
    kept = [span for block in _blocks(text, _without_signature(text, lines)) for span in _without_noise(text, block)]
    return *_put_together(text, kept, links), forwarded


def own_words(text: str) -> str:
    """What the sender wrote above the thread, without signature; where they wrote nothing, the mail they pass on."""
    lines = _lines(text)
    thread = _thread(text, lines)
    own = lines if thread is None else lines[: thread[0]]
    kept = [span for block in _blocks(text, _without_signature(text, own)) for span in _without_noise(text, block)]
    words = _put_together(text, kept, ())[0]
    return words or (message_of(text)[0] if thread is not None else "")


def _lines(text: str) -> list[Span]:
    """The lines of a text, their line ends included."""
    spans, start = [], 0
    for line in text.splitlines(keepends=True):
        spans.append(Span(start, start + len(line)))
        start += len(line)
    return spans


def _thread(text: str, lines: list[Span]) -> tuple[int, int, Forwarded] | None:
    """Where an earlier mail begins, where its own text does, and what its head says."""
    for number, span in enumerate(lines):
        line = fold(span.of(text)).strip()
        two = f"{line} {fold(lines[number + 1].of(text)).strip()}" if number + 1 < len(lines) else line
        answers = any(_ANSWERED.fullmatch(said) and _is_program(said, text, lines, number) for said in (line, two))
        if _FORWARDED.fullmatch(line) or _heads(text, lines, number):
            end, said = _head_from(text, lines, number)
            before = number - 1 if number and _RULE.fullmatch(lines[number - 1].of(text).rstrip("\n")) else number
            return before, end, said
        if answers and "original" not in line and "origine" not in line:
            return number, len(lines), Forwarded()
        if answers:
            end, said = _head_from(text, lines, number)
            return number, end, said
    return None


def _is_program(words: str, text: str, lines: list[Span], number: int) -> bool:
    """Whether a program wrote « Le …, … a écrit : »: with an hour, an address, or a quoted line after it."""
    if len(words) > _LONGEST_NOTICE:
        return False
    after = next(
        (line for span in lines[number + 1 : number + 6] if (line := span.of(text).strip())[-1:] not in ":"), ""
    )
    return bool(re.search(r"\d{1,2}\s?[:h]\s?\d\d|@|^-{2,}", words)) or after.startswith(">")


def _heads(text: str, lines: list[Span], number: int) -> bool:
    """Whether a block of « De : », « Envoyé : », « Objet : » begins here."""
    first = _HEAD.fullmatch(fold(lines[number].of(text)).strip())
    if first is None or first["name"] not in {"de", "from", "von"}:
        return False
    following = [_HEAD.fullmatch(fold(span.of(text)).strip()) for span in lines[number + 1 : number + 8]]
    names = {match["name"].split()[0] for match in following if match}
    return len(names & {"envoye", "sent", "gesendet", "date", "objet", "subject", "betreff", "a", "to", "an"}) >= 2


def _head_from(text: str, lines: list[Span], number: int) -> tuple[int, Forwarded]:
    """Where the head that begins about here ends, and its subject and date."""
    subject = sent = None
    end = number
    for place in range(number, min(number + 14, len(lines))):
        written = lines[place].of(text).strip()
        match = _HEAD.fullmatch(fold(written))
        if match is None:
            if written and place > number + 1 and end > number:
                break
            continue
        end = place + 1
        value = written.split(":", 1)[1].strip(" *")
        if match["name"] in {"objet", "subject", "betreff"}:
            subject = bare_subject(value)
        elif match["name"].split()[0] in {"envoye", "sent", "date", "gesendet"} and find_dates(value):
            sent = value
    return max(end, number + 1), Forwarded(subject, sent)


def _without_signature(text: str, lines: list[Span]) -> list[Span]:
    """Up to the signature, unless nobody could be called without it."""
    end = lines[-1].end if lines else 0
    for number, span in enumerate(lines):
        marked = number > 0 and end - span.end <= _LONGEST_SIGNATURE
        if marked and _SIGNATURE.fullmatch(span.of(text).rstrip("\r\n")):
            rest = "".join(each.of(text) for each in lines[number + 1 :])
            above = "".join(each.of(text) for each in lines[:number])
            needed = _CALLS.search(rest) and not _CALLS.search(above)
            return [*lines[:number], *lines[number + 1 :]] if needed else lines[:number]
    return lines


def _blocks(text: str, lines: list[Span]) -> list[list[Span]]:
    """Lines that follow one another without a blank line between."""
    blocks: list[list[Span]] = [[]]
    for span in lines:
        if not span.of(text).strip() and blocks[-1]:
            blocks[-1].append(span)
            blocks.append([])
        else:
            blocks[-1].append(span)
    return blocks


def _without_noise(text: str, block: list[Span]) -> list[Span]:
    """A block without lines of an answered mail and of programs; nothing of a block that is a disclaimer."""
    whole = fold(" ".join("".join(span.of(text) for span in block).split()))
    if len(whole) < _LONGEST_DISCLAIMER and _DISCLAIMER.search(whole):
        return []
    if len(whole) < _LONGEST_NOTICE and _LIST.search(whole):
        return []
    return [span for span in block if not _is_noise(fold(span.of(text)).strip())]


def _is_noise(line: str) -> bool:
    quoted = line.startswith(">") and not line.startswith(">>>")
    return quoted or bool(_FAREWELLS.fullmatch(line) or _RULE.fullmatch(line))


def _put_together(text: str, kept: list[Span], links: tuple[Link, ...]) -> tuple[str, tuple[Link, ...]]:
    """The kept lines as one text, with the links that stand in one of them."""
    parts: list[str] = []
    moved: list[Link] = []
    length = 0
    for span in kept:
        for link in links:
            if span.start <= link.span.start and link.span.end <= span.end:
                shift = length - span.start
                moved.append(Link(Span(link.span.start + shift, link.span.end + shift), link.url))
        parts.append(span.of(text))
        length += len(span)
    whole = "".join(parts)
    lead = len(whole) - len(whole.lstrip())
    stripped = whole.strip()
    inside = (Link(Span(each.span.start - lead, each.span.end - lead), each.url) for each in moved)
    return stripped, tuple(link for link in inside if link.span.start >= 0 and link.span.end <= len(stripped))
