"""One question of a journalist, as far as it is answered: by the press office's own words, by the desk, or not.

Values only; knows nothing of HTML.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.answer import Citation, Event
from assistant.faq import Matched
from assistant.web import conversation
from store.entries import Entry
from store.records import Contact


@dataclass(frozen=True, slots=True)
class Turn:
    """What is known of one question so far.

    `mark` finds it on the page. `entry` is the press office's own answer with its `sources`,
    `offered` others whose question may be meant; `said` is what the desk says.
    """

    question: str
    mark: str
    said: conversation.Turn
    entry: Entry | None = None
    sources: tuple[Citation, ...] = ()
    offered: tuple[Entry, ...] = ()
    finished: bool = False

    @classmethod
    def begun(cls, question: str, mark: str) -> Turn:
        return cls(question, mark, conversation.Turn(question))

    def matched(self, matched: Matched) -> Turn:
        """With what the press office has written about it."""
        reply = matched.reply
        return replace(
            self,
            entry=reply.entry,
            sources=reply.sources,
            offered=tuple(match.entry for match in reply.offered),
        )

    def after(self, event: Event) -> Turn:
        """With what the desk says next."""
        said = self.said.after(event)
        return replace(self, said=said, finished=said.finished)

    @property
    def citations(self) -> tuple[Citation, ...]:
        return self.sources if self.entry is not None else self.said.citations

    @property
    def releases(self) -> tuple[str, ...]:
        """The releases cited, in the order of their first citation."""
        return tuple(dict.fromkeys(citation.release_id for citation in self.citations))

    @property
    def near(self) -> tuple[str, ...]:
        """The releases that stand beside it: cited ones, else the nearest."""
        return self.releases or tuple(each.release.id for each in self.said.evidence[: conversation.NEAREST])

    @property
    def contacts(self) -> tuple[Contact, ...]:
        """Whom the nearest release names, where nothing is answered."""
        return self.said.abstention.contacts if self.said.abstention is not None else ()
