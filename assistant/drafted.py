"""Drafts of answers from the desk's own cited sentences: of a curated entry, and of a reply to a journalist.

What the public may be told is all there is in them. Knows nothing about pages or mail.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from assistant.answer import Answer, Citation, Question, Sentence
from assistant.chatter import rude
from assistant.gathered import DRAFTED, Asked
from assistant.paragraphs import BULLET, paragraphs
from store.entries import LONGEST, MOST_RELEASES, MOST_VARIANTS, Draft, key_of
from store.records import Scope

if TYPE_CHECKING:
    from assistant.desk import Desk
    from assistant.faq import Faq


@dataclass(frozen=True, slots=True)
class Named:
    """A release that an answer rests on, as it is named below it."""

    release_id: str
    title: str
    issuer: str | None
    published: date | None
    url: str | None


@dataclass(frozen=True, slots=True)
class Told:
    """An answer as paragraphs of plain text, and the releases it rests on, in order."""

    text: str
    sources: tuple[Named, ...] = ()


def told(desk: Desk, question: str, language: str) -> Told:
    """What the desk answers the public now; empty where it abstains."""
    return _told(desk.ask(Question(question, language=language, door=DRAFTED), Scope.PUBLIC))


def replied(faq: Faq, question: str, language: str) -> Told:
    """What a journalist would be told now: a curated answer in its words, else the desk's."""
    reply = faq.reply(Question(question, language=language, door=DRAFTED))
    if reply.entry is not None:
        return Told(reply.entry.answer, _named(reply.sources))
    return Told("") if reply.answer is None else _told(reply.answer)


def entry(desk: Desk, asked: Asked) -> Draft:
    """The draft of a curated answer to a question that journalists asked, in all its polite wordings."""
    found = told(desk, asked.question, asked.language)
    variants = [one for one in asked.variants if not rude(one) and key_of(one)]
    releases = tuple(one.release_id for one in found.sources[:MOST_RELEASES])
    text = found.text[: LONGEST["answer"]]
    return Draft(asked.question, text, tuple(variants[:MOST_VARIANTS]), asked.language, releases)


def in_paragraphs(answer: Answer) -> str:
    """The sentences with what leads in to them; items of a list on lines of their own."""
    return "\n\n".join(_paragraph(each) for each in paragraphs(answer.sentences, answer.citations))


def _told(answer: Answer) -> Told:
    return Told(in_paragraphs(answer), _named(answer.citations))


def _named(citations: Iterable[Citation]) -> tuple[Named, ...]:
    """Each release that is cited, once."""
    found: dict[str, Named] = {}
    for one in citations:
        found.setdefault(one.release_id, Named(one.release_id, one.title, one.issuer, one.published, one.url))
    return tuple(found.values())


def _paragraph(sentences: list[Sentence]) -> str:
    text = ""
    for one in sentences:
        said = " ".join(f"{one.lead_in} {one.text}".split())
        text += (("\n" if BULLET.match(said) else " ") if text else "") + said
    return text
