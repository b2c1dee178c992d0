"""A passage as a list shows it: some lines around the words looked for, which are marked.

Knows nothing about lists. Every value is escaped by markupsafe as it is set in.
"""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from assistant.web import wording
from assistant.web.messages import typeset
from store.language import content_terms, detect, fold, stem, terms, words

LONGEST = 320
"""Characters of an excerpt."""
_BEFORE = 80
"""Characters shown before the first word that is marked."""

Place = tuple[int, int]


def excerpt(text: str, asked: str, language: str) -> Markup:
    """The passage, cut where the words asked for stand most, in any inflection; `language` is the text's."""
    places = matches(text, asked, language)
    start, end = _window(text, places)
    shown = [(one, other) for one, other in places if start <= one and other <= end]
    before, after = "… " if start > 0 else "", " …" if end < len(text.rstrip()) else ""
    return Markup("{}{}{}").format(before, marked(text, (start, end), shown), after)


def marked(text: str, within: Place, places: Sequence[Place]) -> Markup:
    """Characters `within` of a text on one line, those of `places` marked."""
    parts, at = [], within[0]
    for start, end in places:
        parts.append(Markup("{}<mark>{}</mark>").format(_plain(text[at:start]), _plain(text[start:end])))
        at = end
    parts.append(Markup("{}").format(_plain(text[at : within[1]])))
    return Markup("").join(parts)


def matches(text: str, asked: str, language: str) -> list[Place]:
    """Where words of `asked` that carry a subject stand in a text, in any inflection."""
    said_in = detect(asked)
    subjects = {term.raw for term in content_terms(asked, said_in) or terms(asked, said_in)}
    wanted = {stem(raw, each) for raw in subjects for each in (language, said_in)} | subjects
    return [(start, end) for raw, start, end in words(text) if raw in wanted or stem(fold(raw), language) in wanted]


def _window(text: str, places: Sequence[Place]) -> Place:
    """The characters to show: from a little before the place after which most others stand."""
    if len(text) <= LONGEST:
        return 0, len(text)
    most = max(
        range(len(places)),
        key=lambda n: (sum(places[n][0] <= start < places[n][0] + LONGEST - _BEFORE for start, _ in places), -n),
        default=None,
    )
    first = 0 if most is None else max(0, places[most][0] - _BEFORE)
    start = text.find(" ", first) + 1 if first else 0
    end = text.rfind(" ", start, start + LONGEST) if start + LONGEST < len(text) else len(text)
    return start, end if end > start else min(len(text), start + LONGEST)


def _plain(text: str) -> str:
    """Line breaks become blanks; blanks at the ends stay, for words stand beside."""
    flowing = wording.on_one_line(f"|{text}|")[1:-1]
    return typeset(flowing)
