"""A round through the mailbox: each letter that asks something gets its draft, once.

An answer to a journalist rests on what is published: what the press office has approved
first, else the desk, asked as the public is, whoever lets the round go. One letter that
cannot be read never stops the others. Knows nothing of servers or files.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from assistant.answer import Answer, Question, Turn
from assistant.mailroom.asking import Asking, asked, leaning, needs_more, plainly
from assistant.mailroom.box import Arrived, Box
from assistant.mailroom.drafting import Answered, Reply, draft, draft_id
from assistant.mailroom.letter import Letter, Words, read
from assistant.takeaway.composing import Permanent
from store.language import detect
from store.letters import BEGUN, DRAFTED, PASSED, Letters
from store.records import PressArchiveError

log = logging.getLogger(__name__)

A_DAY = 10
"""Drafts that answer one sender within a day; what they write beyond waits."""
A_ROUND = 100
"""Drafts of one round; the rest waits for the next."""
FORGOTTEN = timedelta(days=60)
"""How much longer than letters are looked at it is known what became of them."""


class Outcome(StrEnum):
    """What became of a letter in this round; what waits is looked at again in the next."""

    DRAFTED = "drafted"
    PASSED = "passed"
    UNREADABLE = "unreadable"
    WAITS = "waits"


@dataclass(frozen=True, slots=True)
class Seen:
    """A letter of the round; `why` where it has no draft."""

    outcome: Outcome
    subject: str = ""
    letter: str = ""
    why: str = ""
    answered: tuple[Answered, ...] = ()
    more: int = 0

    def __str__(self) -> str:
        subject = f"« {self.subject} »" if self.subject else "(no subject)"
        if self.outcome is not Outcome.DRAFTED:
            return f"{self.outcome:10} {subject}: {self.why}"
        without = sum(one.answer.abstention is not None for one in self.answered)
        counted = f"{len(self.answered)} question{'s' if len(self.answered) != 1 else ''}"
        return f"{self.outcome:10} {subject}: {counted}" + (f", {without} without an answer" if without else "")

    def document(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "outcome": self.outcome.value,
            "letter": self.letter,
            "subject": self.subject,
            "why": self.why or None,
            "questions": [
                {
                    "question": one.question,
                    "answer_id": one.answer.id,
                    "abstention": one.answer.abstention.reason if one.answer.abstention else None,
                    "releases": list(_cited(one.answer)),
                }
                for one in self.answered
            ],
            "more": self.more,
        }


@dataclass(frozen=True)
class Mailroom:
    """Who goes through a mailbox. `ask` gives the public's answer, `words` what the sender of a mail wrote.

    `own` are our addresses, the first of them whoever replies; `days` how far back letters
    are looked at, `permanent` links to what is cited.
    """

    box: Box
    letters: Letters
    ask: Callable[[Question], Answer]
    words: Words
    clock: Callable[[], datetime]
    own: tuple[str, ...] = ()
    days: int = 14
    permanent: Permanent | None = None

    def round(self) -> Iterator[Seen]:
        """The letters seen to, as each is. Raises MailboxError, ArchiveError."""
        now = self.clock()
        self.letters.forget(now - timedelta(days=self.days) - FORGOTTEN)
        drafted = 0
        for arrived in self.box.letters(now - timedelta(days=self.days)):
            if self.letters.settled(arrived.place):
                continue
            seen = self._see_to(arrived)
            yield seen
            drafted += seen.outcome is Outcome.DRAFTED
            if drafted >= A_ROUND:
                return

    def _see_to(self, arrived: Arrived) -> Seen:
        data = arrived.read()
        try:
            letter = read(data, self.words)
            asking = asked(letter.subject, letter.text)
        except Exception as error:
            log.info("a mail cannot be read (%s)", type(error).__name__)
            self.letters.note(arrived.place, arrived.place, "", PASSED, self.clock())
            return Seen(Outcome.UNREADABLE, why=f"it cannot be read ({type(error).__name__})")
        told = Seen(Outcome.PASSED, letter.subject, letter.id)
        why = self._nobody_waits(letter, asking)
        if why:
            self.letters.note(arrived.place, letter.id, letter.sender, PASSED, self.clock())
            return _with(told, Outcome.PASSED, why)
        if self.letters.often(letter.sender, self.clock()) >= A_DAY:
            return _with(told, Outcome.WAITS, f"{A_DAY} drafts answer this sender's letters of the last day already")
        return self._drafted(arrived, letter, asking, told)

    def _nobody_waits(self, letter: Letter, asking: Asking) -> str:
        if letter.automatic:
            return _AUTOMATIC[letter.automatic]
        if not letter.sender:
            return "it has no address to reply to"
        if letter.sender.casefold() in {one.casefold() for one in self.own}:
            return _AUTOMATIC["own"]
        if self.letters.drafted(letter.id):
            return "a copy of it has its draft"
        return "" if asking.questions else "it asks nothing"

    def _drafted(self, arrived: Arrived, letter: Letter, asking: Asking, told: Seen) -> Seen:
        language = "en" if detect(f"{letter.subject}\n{letter.text}") == "en" else "fr"
        try:
            answered = tuple(self._answers(asking, language))
            reply = Reply(letter, answered, asking.more, language, next(iter(self.own), ""))
            made = draft(reply, self.clock(), self.permanent)
        except PressArchiveError as error:
            return _with(told, Outcome.WAITS, str(error))
        except Exception as error:
            log.exception("no draft could be made of a letter")
            return _with(told, Outcome.WAITS, f"no draft could be made of it ({type(error).__name__})")
        begun = self.letters.begun(letter.id)
        self.letters.note(arrived.place, letter.id, letter.sender, BEGUN, self.clock())
        if not begun or not self.box.holds(draft_id(letter)):
            self.box.keep(made)
        self.letters.note(arrived.place, letter.id, letter.sender, DRAFTED, self.clock())
        return Seen(Outcome.DRAFTED, letter.subject, letter.id, "", answered, asking.more)

    def _answers(self, asking: Asking, language: str) -> Iterator[Answered]:
        """Each question answered, as one of a conversation: « et quand rouvre-t-il ? » leans on the one before."""
        turns = [Turn(asking.about)] if asking.about else []
        for number, question in enumerate(asking.questions):
            plain = plainly(question)
            if number == 0 and needs_more(plain, asking.about):
                plain = leaning(plain)
            answer = self.ask(Question(plain, tuple(turns), language=language))
            turns.append(Turn(plain, _cited(answer), answer.id))
            yield Answered(question, answer)


_AUTOMATIC = {
    "own": "it is our own",
    "automatic": "a machine sent it",
    "list": "it came by a list",
    "bounce": "it tells that a mail did not arrive",
}


def _with(seen: Seen, outcome: Outcome, why: str) -> Seen:
    return Seen(outcome, seen.subject, seen.letter, why)


def _cited(answer: Answer) -> tuple[str, ...]:
    return tuple(dict.fromkeys(citation.release_id for citation in answer.citations))
