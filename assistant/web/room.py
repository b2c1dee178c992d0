"""The room people ask in: what the page does with a question, a citation, a first look.

Turns the desk's events and the archive's releases into HTML, each for the visitor who looks.
Knows nothing of Gradio, nor how a visitor is known.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from starlette.requests import HTTPConnection

from assistant import answer
from assistant.web import audit, conversation, frame, reopening, welcome
from assistant.web.callers import Callers, Visitor
from assistant.web.examples import Examples
from assistant.web.fresh import Fresh
from assistant.web.messages import Messages
from assistant.web.underway import Underway
from store.conversations import Exchange
from store.records import ConversationNotFound, Filters, Scope
from store.view import View

if TYPE_CHECKING:
    from assistant.desk import Desk
    from assistant.facsimile.facsimiles import Facsimiles
    from assistant.faq import Faq
    from assistant.gathered import Gathering
    from assistant.meter import Meter
    from assistant.tracing import Tracing
    from assistant.tray import Tray
    from assistant.web.press.courier import Courier
    from assistant.web.press.office import Office
    from store.answers import Answers
    from store.archive import Archive
    from store.conversations import Conversations
    from store.enquiries import Enquiries
    from store.judgments import Judgments
    from store.keys import Keys
    from store.originals import Originals

log = logging.getLogger(__name__)

TURNS_KEPT = 40
"""Turns of a conversation that are on the page, and that a follow-up may lean on."""


@dataclass(frozen=True, slots=True)
class Kept:
    """An earlier turn: what a follow-up needs of it, how it was drawn, and its answer's id where it is kept.

    `mark` finds it on the page; `declined` and `chosen` are what its asker put right.
    """

    question: str
    releases: tuple[str, ...]
    html: str
    answer: str | None = None
    mark: str = ""
    declined: tuple[str, ...] = ()
    chosen: Filters = field(default_factory=Filters)


@dataclass(frozen=True, slots=True)
class Parts:
    """What the room has beside desk and archive; None where it does without."""

    answers: Answers | None = None
    conversations: Conversations | None = None
    judgments: Judgments | None = None
    originals: Originals | None = None
    facsimiles: Facsimiles | None = None
    tray: Tray | None = None
    keys: Keys | None = None
    meter: Meter | None = None
    tracing: Tracing | None = None
    enquiries: Enquiries | None = None
    gathering: Gathering | None = None
    press: Office | None = None
    courier: Courier | None = None
    faq: Faq | None = None


@dataclass(frozen=True, slots=True)
class Room:
    """What the page does: begin, answer, open a release. One for all who look at it.

    `callers` knows who is behind a connection, `clock` gives an aware datetime; `examples`
    are questions offered on an empty page (where there are none, they are drawn from the
    archive); `fresh` remembers the last answers where none are kept.
    """

    desk: Desk
    archive: Archive
    callers: Callers
    clock: Callable[[], datetime]
    parts: Parts = field(default_factory=Parts)
    examples: Sequence[str] = ()
    underway: Underway = field(default_factory=Underway)
    drawn: Examples = field(default_factory=Examples)
    fresh: Fresh = field(default_factory=Fresh)

    def visitor(self, connection: HTTPConnection) -> Visitor | None:
        """Who is behind a connection; None where somebody must sign in first."""
        return self.callers.visitor(connection)

    def say(self, visitor: Visitor) -> Messages:
        return Messages(visitor.language)

    def view(self, visitor: Visitor) -> View:
        """The archive as this visitor sees it now."""
        return self.archive.view(visitor.scope, self.clock())

    def heading(self, visitor: Visitor) -> str:
        return str(frame.heading(self.view(visitor).extent(), visitor, self.say(visitor)))

    def beginning(self, visitor: Visitor) -> str:
        """What stands where the first answer will."""
        view, say = self.view(visitor), self.say(visitor)
        if view.extent().releases == 0:
            return str(welcome.empty(visitor, say))
        return str(welcome.beginning(self.examples or self.drawn.of(view, say), say))

    def reopened(self, talk: str, visitor: Visitor) -> tuple[Kept, ...] | None:
        """The last turns of a conversation, drawn as they may be seen today; None where it is not this visitor's."""
        kept, answers = self.parts.conversations, self.parts.answers
        if kept is None or answers is None or not visitor.name:
            return None
        try:
            exchanges = kept.turns(visitor.name, talk, self.clock(), last=TURNS_KEPT)
        except ConversationNotFound:
            return None
        say, view = self.say(visitor), self.view(visitor)
        sight = reopening.Sight(view, self.archive.view(Scope.ARCHIVIST, view.now))
        shelves = reopening.Shelves(answers, self.parts.judgments)
        turns = reopening.turns(exchanges, talk, visitor.name, shelves, sight, say)
        return tuple(_kept(turn, say) for turn in turns)

    def keep(self, turn: conversation.Turn, visitor: Visitor, talk: str, instead_of: str | None) -> conversation.Turn:
        """The turn, kept in the visitor's conversation `talk`, in place of the answer `instead_of` where there is one.

        Neither waits nor raises. What the public asks is nobody's conversation.
        """
        kept = self.parts.conversations
        if kept is None or not kept.keeps or not visitor.name or not talk or turn.failed:
            return turn
        said = " ".join(f"{one.lead_in} {one.text}" for one in turn.sentences)
        kept.add(visitor.name, talk, Exchange(turn.question, self.clock(), turn.answer), said, instead_of)
        return replace(turn, conversation=talk)

    def answered(
        self,
        asked: answer.Question,
        past: tuple[Kept, ...],
        visitor: Visitor,
        talk: str = "",
        instead_of: str | None = None,
    ) -> Iterator[tuple[str, Kept | None]]:
        """The turn as HTML after each event; with the last one, the turn as it is kept.

        A turn that is stopped, or fails, ends with what was shown until then. `talk` is the
        conversation it is kept in, in place of the answer `instead_of` where there is one.
        """
        say, answering = self.say(visitor), self.underway.begin()
        question = replace(asked, history=tuple(_before(each) for each in past), language=visitor.language)
        turn = conversation.Turn(asked.text, declined=asked.declined, chosen=asked.chosen, mark=answering.mark)
        try:
            yield str(conversation.drawn(turn, say)), None
            for event in self.underway.events(answering, self.desk.events(question, visitor.scope)):
                event = self.fresh.identified(event, asked, visitor.scope, self.clock())
                turn = turn.after(event)
                if not turn.finished and not answering.more:
                    yield str(conversation.drawn(turn, say)), None
            turn = replace(turn, stopped=not turn.finished)
            if turn.finished:
                audit.answered(visitor, turn.answer)
        except Exception:
            log.exception("a question could not be answered")
            turn = replace(turn, failed=True)
        finally:
            self.underway.end(answering)
        kept = _kept(self.keep(turn, visitor, talk, instead_of), say)
        yield kept.html, kept


def _before(kept: Kept) -> answer.Turn:
    return answer.Turn(kept.question, kept.releases, kept.answer, kept.declined, kept.chosen)


def _kept(turn: conversation.Turn, say: Messages) -> Kept:
    html = str(conversation.drawn(turn, say))
    return Kept(turn.question, turn.releases, html, turn.answer, turn.mark, turn.declined, turn.chosen)
