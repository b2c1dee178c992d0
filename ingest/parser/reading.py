"""One document while it is understood: its head and foot, and what is noted of it on the way.

Does not know how any field is read.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from ingest.document import Document
from ingest.parser.contacts import ContactBlock
from ingest.parser.head import Masthead
from store.records import Origin, OriginKind, Span

_T = TypeVar("_T")


@dataclass(slots=True)
class Reading:
    """One document while it is understood: its head and foot, and what is noted of it on the way."""

    document: Document
    head: Masthead
    block: ContactBlock | None
    boilerplate: tuple[Span, ...] = ()
    doubts: list[str] = field(default_factory=list)
    origins: list[Origin] = field(default_factory=list)

    @property
    def text(self) -> str:
        return self.document.text

    @property
    def body_end(self) -> int:
        """Where the body ends: before what stands at the foot."""
        feet = [span.start for span in self.boilerplate if span.start > self.head.body]
        if self.block and self.block.span.start > self.head.body:
            feet.append(self.block.span.start)
        return min(feet, default=len(self.text))

    def note(self, name: str, kind: OriginKind, span: Span | None = None) -> None:
        """Where the value of a field comes from; the first word on it counts."""
        if all(origin.field != name for origin in self.origins):
            self.origins.append(Origin(name, kind, span))

    def stated(self, name: str, value: _T) -> _T:
        """A value the file states, with its origin noted."""
        self.note(name, self.document.hints.origin)
        return value


def tried(read: Callable[[], _T], otherwise: _T, name: str, doubts: list[str]) -> _T:
    """A field read, or `otherwise` and a doubt: no field may cost the others."""
    try:
        return read()
    except Exception as error:
        doubts.append(f"{name} : lecture impossible ({type(error).__name__})")
        return otherwise
