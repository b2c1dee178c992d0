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
from assistant.web import conversation, frame, welcome
from assistant.web.callers import Callers, Visitor
from assistant.web.fresh import Fresh
from assistant.web.messages import Messages
from assistant.web.underway import Underway
from store.records import Filters
from store.view import View

if TYPE_CHECKING:
    from assistant.desk import Desk
    from store.answers import Answers
    from store.archive import Archive
    from store.conversations import Conversations

log = logging.getLogger(__name__)


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
        return str(welcome.beginning(self.view(visitor), self.examples, self.say(visitor)))

    def answered(
        self, asked: answer.Question, past: tuple[Kept, ...], visitor: Visitor
    ) -> Iterator[tuple[str, Kept | None]]:
        """The turn as HTML after each event; with the last one, the turn as it is kept.

        A turn that is stopped, or fails, ends with what was shown until then.
        """
        say, answering = self.say(visitor), self.underway.begin()
        question = replace(asked, history=tuple(_before(each) for each in past), language=visitor.language)
        turn = conversation.Turn(asked.text, declined=asked.declined, chosen=asked.chosen, mark=answering.mark)
        try:
            yield str(conversation.drawn(turn, say)), None
            for event in self.underway.events(answering, self.desk.events(question, visitor.scope)):
                event = self.fresh.identified(event, asked, visitor.scope, self.clock())
                turn = turn.after(event)
                if not turn.finished:
                    yield str(conversation.drawn(turn, say)), None
            turn = replace(turn, stopped=not turn.finished)
        except Exception:
            log.exception("a question could not be answered")
            turn = replace(turn, failed=True)
        finally:
            self.underway.end(answering)
        html = str(conversation.drawn(turn, say))
        yield html, Kept(asked.text, turn.releases, html, turn.answer, turn.mark, asked.declined, asked.chosen)


def _before(kept: Kept) -> answer.Turn:
    return answer.Turn(kept.question, kept.releases, kept.answer, kept.declined, kept.chosen)
