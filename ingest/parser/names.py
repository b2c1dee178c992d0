"""The people and organisations a text names, each where it first names them in full.

Precision before recall: a person needs a civility, an office or a common first name beside
the capitals, an organisation the word of an institution, an acronym or a company's letters.
Does not know who any of them is.
"""

from __future__ import annotations

from ingest.parser.organisations import organisations
from ingest.parser.people import People
from store.folding import fold
from store.records import Name, NameKind, Span


def find_names(text: str, end: int | None = None) -> tuple[Name, ...]:
    """People and organisations of `text[:end]`, in the order they are first named in full."""
    last = len(text) if end is None else min(end, len(text))
    people = People(text, last)
    persons = [
        Name(person.named, person.name, NameKind.PERSON)
        for person in people.persons
        if person.sure and len(person.name.split()) > 1 and person.named.of(text) == person.name
    ]
    taken = [name.span for name in persons]
    bodies: dict[str, Name] = {}
    for span in sorted(organisations(text, last), key=lambda span: (span.start, -span.end)):
        person = next((m for m in people.within(span.start, span.end) if m.person.sure), None)
        if person is not None:
            span = Span(span.start, span.start + len(text[span.start : max(span.start, person.start)].rstrip(" ,")))
        key = fold(span.of(text))
        if len(key.split()) > 1 and key not in bodies and not any(_overlap(span, other) for other in taken):
            bodies[key] = Name(span, span.of(text), NameKind.ORGANISATION)
            taken.append(span)
    return tuple(sorted([*persons, *bodies.values()], key=lambda name: name.span))


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
