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
from store.view import View

if TYPE_CHECKING:
    from assistant.desk import Desk
    from store.answers import Answers
    from store.archive import Archive
    from store.conversations import Conversations

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Kept:
    """An earlier turn: what a follow-up needs of it, how it was drawn, and its answer's id where it is kept."""

    question: str
    releases: tuple[str, ...]
    html: str
    answer: str | None = None


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
        """The turn as HTML after each event; with the last one, the turn as it is kept."""
        say = self.say(visitor)
        turn = conversation.Turn(asked.text)
        yield str(conversation.drawn(turn, say)), None
        history = tuple(answer.Turn(each.question, each.releases, each.answer) for each in past)
        try:
            for event in self.desk.events(replace(asked, history=history), visitor.scope):
                event = self.fresh.identified(event, asked, visitor.scope, self.clock())
                turn = turn.after(event)
                html = str(conversation.drawn(turn, say))
                told = event.answer.id if isinstance(event, answer.Finished) else None
                yield html, Kept(asked.text, turn.releases, html, told) if turn.finished else None
        except Exception:
            log.exception("a question could not be answered")
            turn = conversation.Turn(asked.text, failed=True)
            html = str(conversation.drawn(turn, say))
            yield html, Kept(asked.text, (), html)
