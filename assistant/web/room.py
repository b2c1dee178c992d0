"""The room people ask in: what the page does with a question, a citation, a first look.

Turns the desk's events and the archive's releases into HTML. Knows nothing of Gradio, and
neither accounts nor the network: the scope is given.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from assistant import answer
from assistant.web import conversation, reading, welcome
from assistant.web.messages import Messages
from store.records import Release, ReleaseNotFound, Scope, Span

if TYPE_CHECKING:
    from assistant.desk import Desk
    from store.archive import Archive

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Kept:
    """An earlier turn: what a follow-up needs of it, how it was drawn, and its answer's id where it is kept."""

    question: str
    releases: tuple[str, ...]
    html: str
    answer: str | None = None


class Room:
    """What the page does: begin, answer, open a release. One for all who look at it."""

    def __init__(
        self,
        desk: Desk,
        archive: Archive,
        scope: Scope,
        *,
        clock: Callable[[], datetime],
        say: Messages,
        examples: Sequence[str],
    ) -> None:
        self.desk = desk
        self.archive = archive
        self.scope = scope
        self.clock = clock
        self.say = say
        self.examples = tuple(examples)

    def heading(self) -> str:
        extent = self.archive.view(self.scope, self.clock()).extent()
        return str(welcome.heading(extent, self.scope, self.say))

    def beginning(self) -> str:
        """What stands where the first answer will."""
        view = self.archive.view(self.scope, self.clock())
        return str(welcome.beginning(view, self.examples, self.say))

    def answered(self, asked: str, past: tuple[Kept, ...]) -> Iterator[tuple[str, Kept | None]]:
        """The turn as HTML after each event; with the last one, the turn as it is kept."""
        turn = conversation.Turn(asked)
        yield str(conversation.drawn(turn, self.say)), None
        history = tuple(answer.Turn(each.question, each.releases, each.answer) for each in past)
        try:
            for event in self.desk.events(answer.Question(asked, history), self.scope):
                turn = turn.after(event)
                html = str(conversation.drawn(turn, self.say))
                told = event.answer.id if isinstance(event, answer.Finished) else None
                yield html, Kept(asked, turn.releases, html, told) if turn.finished else None
        except Exception:
            log.exception("a question could not be answered")
            turn = conversation.Turn(asked, failed=True)
            html = str(conversation.drawn(turn, self.say))
            yield html, Kept(asked, (), html)

    def opened(self, release_id: str, version: int, quoted: Span | None) -> str:
        """The release with the quotation marked; its current text if that version is gone."""
        view = self.archive.view(self.scope, self.clock())
        try:
            versions, related = view.versions(release_id), view.related(release_id)
        except ReleaseNotFound:
            return str(reading.missing(self.say))
        cited = next((each for each in versions if each.version == version), None)
        note = self.say("replaced") if cited is None else ""
        if cited is None or not _within(quoted, cited):
            cited, quoted = versions[-1], None
        return str(reading.opened(cited, quoted, note, related, self.say))


def _within(quoted: Span | None, release: Release) -> bool:
    return quoted is None or 0 <= quoted.start <= quoted.end <= len(release.text)
