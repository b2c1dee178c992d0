"""The addresses of the journalists' door, in the language one reads and the widget one is in.

Knows nothing of HTML.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, urlencode

from store.records import Span

PAGE = "/faq"
ASK = "/faq/ask"
ENQUIRIES = "/faq/enquiries"
RELEASES = "/faq/releases"
FILES = "/faq/files"
SCRIPT = "/widget.js"
SHOWN_QUESTION = 300
"""Characters of a question that travel in an address."""


@dataclass(frozen=True, slots=True)
class Places:
    """`language` is "" where the browser says which; `widget` the token of the widget, "" on the page itself."""

    language: str
    widget: str = ""

    @property
    def page(self) -> str:
        return self._with(PAGE)

    def in_language(self, language: str) -> str:
        return Places(language, self.widget).page

    def enquiry(self, question: str = "") -> str:
        """Where a question is left for the press office."""
        return self._with(ENQUIRIES, question=question[:SHOWN_QUESTION])

    def release(self, release_id: str, version: int | None = None, span: Span | None = None) -> str:
        """Where a release is read; a page of its own, so it knows no widget."""
        place: dict[str, str | int] = {} if version is None else {"version": version}
        if span:
            place |= {"start": span.start, "end": span.end}
        if self.language:
            place["lang"] = self.language
        address = f"{RELEASES}/{quote(release_id, safe='')}?{urlencode(place)}"
        return f"{address}#quoted" if span else address

    def _with(self, path: str, **more: str) -> str:
        told = {"lang": self.language, "widget": self.widget, **more}
        return f"{path}?{urlencode({key: value for key, value in told.items() if value}, errors='replace')}"
