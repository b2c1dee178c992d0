"""How much prose, and how much of it links, stands in each element of a page.

Counts only; what follows from the counts is decided elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.readers.webtext import BLOCKS, SILENT

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_SENTENCE = 40


@dataclass(slots=True)
class Weight:
    """Characters in an element: all, those in links, those of prose; `links` counts the links."""

    text: int = 0
    linked: int = 0
    prose: int = 0
    links: int = 0

    @property
    def link_share(self) -> float:
        return self.linked / self.text if self.text else 0.0


class Weights:
    """The weight of each element under `body`; a line shorter than a sentence counts as no prose."""

    def __init__(self, body: HtmlElement) -> None:
        self._elements = [each for each in body.iter() if isinstance(each.tag, str)]  # keeps them alive: keys
        self._weights: dict[HtmlElement, Weight] = {}
        running: dict[HtmlElement, tuple[int, int]] = {}
        for element in reversed(self._elements):
            self._weigh(element, running)
        self.total = self._weights[body].prose

    def __getitem__(self, element: HtmlElement) -> Weight:
        return self._weights.get(element) or Weight()

    def _weigh(self, element: HtmlElement, running: dict[HtmlElement, tuple[int, int]]) -> None:
        """`running` are the characters, and those in links, that an inline element adds to its block's own line."""
        weight = Weight(links=int(element.tag == "a"))
        own = _length(element.text)
        own_linked = 0
        for child in element:
            if child in self._weights and child.tag not in SILENT:
                inner = self._weights[child]
                weight.text += inner.text
                weight.linked += inner.linked
                weight.prose += inner.prose
                weight.links += inner.links
                inline, inline_linked = running.get(child, (0, 0))
                own, own_linked = own + inline, own_linked + inline_linked
            own += _length(child.tail)
            weight.text += _length(child.tail)
        weight.text += _length(element.text)
        if element.tag == "a":
            weight.linked, own_linked = weight.text, own
        if element.tag in BLOCKS:
            weight.prose += max(0, own - 2 * own_linked) if own >= _SENTENCE else 0
        else:
            running[element] = (own, own_linked)
        self._weights[element] = weight


def _length(text: str | None) -> int:
    return len(text.strip()) if text else 0
