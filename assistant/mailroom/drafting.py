"""A reply as a draft: the answers with their sources, above them that they are a draft, below them what was asked.

Values in, a mail out. Knows nothing of mailboxes, nor how answers are found.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from hashlib import sha256

from markupsafe import Markup

from assistant.answer import Abstention, Answer, Citation
from assistant.mailroom.letter import DRAFT, Letter
from assistant.takeaway.composing import Permanent
from assistant.takeaway.dossier import Block, Dossier, Kind, Listed, Piece
from assistant.takeaway.letters import address, clean, set_in
from assistant.takeaway.page import clipping
from assistant.takeaway.paragraphs import blocks, numbered
from assistant.takeaway.plain import plain
from assistant.takeaway.references import note, reference
from assistant.takeaway.standing import Standing
from assistant.understood import reachable
from assistant.web import wording
from assistant.web.messages import Messages
from store.records import Release
from store.schema import PARIS

NEAREST = 3
"""Releases that are named where there is no answer."""
QUOTED_LINES, QUOTED_CHARACTERS, LONGEST_LINE = 200, 20_000, 1_000
CURATED = "curated"
"""Who wrote an answer that the press office has approved, word for word."""
_CONTACTS = 3


@dataclass(frozen=True, slots=True)
class Answered:
    """A question as it was written, and its answer."""

    question: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class Reply:
    """What a draft is made of. `more` questions were left out, `sender` is who replies ("" where that is not known)."""

    letter: Letter
    answered: tuple[Answered, ...]
    more: int
    language: str
    sender: str = ""


def draft_id(letter: Letter) -> str:
    """The Message-ID of a letter's draft: always the same, so that one laid down already is found."""
    return f"<{sha256(letter.id.encode('utf-8', 'replace')).hexdigest()[:40]}@porte-parole.invalid>"


def draft(reply: Reply, now: datetime, permanent: Permanent | None = None) -> EmailMessage:
    """The mail, ready to be laid down. Raises ValueError where its address cannot be written in a header."""
    letter, say = reply.letter, Messages(reply.language)
    mail = EmailMessage()
    mail["Subject"] = f"Re: {letter.subject}".strip()
    if reply.sender:
        mail["From"] = _address("", reply.sender)
    mail["To"] = _address(letter.name, letter.sender)
    mail["Date"] = format_datetime(now)
    mail["Message-ID"] = draft_id(letter)
    if letter.threaded:
        mail["In-Reply-To"] = letter.id
        mail["References"] = " ".join(dict.fromkeys([*letter.references, letter.id]))
    mail[DRAFT] = "; ".join(one.answer.id or "-" for one in reply.answered)
    dossier = _dossier(reply, now, permanent, say)
    heading, lines = _quoted(letter, say)
    mail.set_content("\n".join([plain(dossier), heading, *(f"> {line}".rstrip() for line in lines)]) + "\n")
    quotation = Markup("<br>").join(lines)
    html = Markup("{}<p>{}</p><blockquote>{}</blockquote>").format(Markup(clipping(dossier)), heading, quotation)
    mail.add_alternative(str(Markup('<!DOCTYPE html><html lang="{}"><body>{}</body></html>').format(
        say.language, html)), subtype="html")  # fmt: skip
    return mail


def _address(name: str, written: str) -> Address:
    user, _, domain = written.rpartition("@")
    return Address(name, user, domain)


def _dossier(reply: Reply, now: datetime, permanent: Permanent | None, say: Messages) -> Dossier:
    local = now.astimezone(PARIS)
    made = [Block(Kind.TEXT, (Piece(say("mail_hello")),))]
    listed: dict[tuple[str, int], list[tuple[int, Citation]]] = {}
    notes = 0
    for one in reply.answered:
        if len(reply.answered) > 1:
            made.append(Block(Kind.QUESTION, (Piece(set_in(one.question, say.language)),)))
        numbers = numbered(one.answer, notes + 1)
        notes += len(numbers)
        for citation in one.answer.citations:
            if citation.number in numbers:
                version = (citation.release_id, citation.version)
                listed.setdefault(version, []).append((numbers[citation.number], citation))
        made += _blocks(one.answer, numbers, permanent, say)
    if reply.more:
        made.append(Block(Kind.NOTICE, (Piece(say.counted("mail_more", reply.more)),)))
    made.append(Block(Kind.TEXT, (Piece(say("mail_regards")),)))
    return Dossier(
        title=say("mail_draft", day=wording.day(local.date(), say), time=wording.time(local, say)),
        language=say.language,
        blocks=tuple(made),
        sources=tuple(_source(found, local.date(), permanent, say) for found in listed.values()),
        heading=say("take_sources_one" if len(listed) == 1 else "take_sources_many"),
    )


def _blocks(answer: Answer, numbers: dict[int, int], permanent: Permanent | None, say: Messages) -> list[Block]:
    made = _curated(answer, numbers, say) if answer.written.name == CURATED else blocks(answer, numbers, say.language)
    if answer.abstention is not None:
        made += _abstained(answer.abstention, [one.release for one in answer.evidence[:NEAREST]], say)
    told = (wording.told(notice.message) for notice in dict.fromkeys(answer.notices))
    return [*made, *(Block(Kind.NOTICE, (Piece(set_in(one, say.language)),)) for one in told)]


def _curated(answer: Answer, numbers: dict[int, int], say: Messages) -> list[Block]:
    """The press office's own words, in their paragraphs, the marks of their sources behind the last."""
    lines = [line for sentence in answer.sentences for line in sentence.text.splitlines()]
    made = [Block(Kind.TEXT, (Piece(told),)) for line in lines if (told := set_in(line, say.language))]
    marks = Piece(notes=tuple(sorted(numbers.values())))
    return [*made[:-1], *(Block(Kind.TEXT, (*one.line, *([marks] if numbers else ()))) for one in made[-1:])]


def _abstained(abstention: Abstention, nearest: Sequence[Release], say: Messages) -> list[Block]:
    """That no release says so, whom to call, and what comes nearest."""
    made = [Block(Kind.TEXT, (Piece(set_in(wording.told(abstention.message), say.language)),))]
    contacts = [clean(reachable(one)) for one in abstention.contacts[:_CONTACTS]]
    if any(contacts):
        told = say("mail_contacts", contacts="\u00a0; ".join(filter(None, contacts)))
        made.append(Block(Kind.TEXT, (Piece(told),)))
    if nearest:
        made.append(Block(Kind.HEADING, (Piece(say("nearest")),)))
        made += [Block(Kind.NEAREST, _named(release, say)) for release in nearest]
    return made


def _named(release: Release, say: Messages) -> tuple[Piece, ...]:
    facts = filter(None, (set_in(release.issuer or "", say.language), wording.day(release.published, say)))
    title = Piece(set_in(release.title, say.language) or say("untitled"), italic=True)
    url = address(release.url)
    return (title, Piece(f" ({', '.join(facts)})"), *((Piece(" "), Piece(url, url=url)) if url else ()))


def _source(found: Sequence[tuple[int, Citation]], today: date, permanent: Permanent | None, say: Messages) -> Listed:
    first, standing = found[0][1], Standing()
    pages = sorted({citation.page for _, citation in found if citation.page is not None})
    link = address(permanent(first)) if permanent is not None else None
    notes = tuple(note(citation, number, standing, say) for number, citation in found)
    return Listed(reference(first, pages, link, today, standing, say), (), notes)


def _quoted(letter: Letter, say: Messages) -> tuple[str, list[str]]:
    """Who wrote when, and the lines they wrote."""
    name = set_in(letter.name, say.language) or letter.sender
    lines = [clean(line[:LONGEST_LINE]) for line in letter.text[:QUOTED_CHARACTERS].splitlines()[:QUOTED_LINES]]
    if letter.sent is None:
        return say("mail_wrote_undated", name=name), lines
    local = letter.sent.astimezone(PARIS)
    return say("mail_wrote", day=wording.day(local.date(), say), time=wording.time(local, say), name=name), lines
