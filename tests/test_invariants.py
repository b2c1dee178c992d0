"""What holds of every release the sample archive gives: spans mean the words they stand for."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest

from ingest.document import Document, Hints
from ingest.parser.communique import parse
from ingest.passages import cut
from ingest.readers import read
from store.dates import find_dates
from store.folding import fold
from store.records import Release, Span

RECEIVED = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SAMPLE = Path(__file__).parent.parent / "ingest" / "sample"
PATHS = sorted(path for path in SAMPLE.rglob("*.*") if path.is_file())


@cache
def releases(path: Path) -> tuple[Release, ...]:
    """The releases of a sample, once with what its file states and once by its text alone."""
    found = [document for document in read(path, path.name) if isinstance(document, Document)]
    bare = [Document(d.text, d.name, "text/plain", d.sha256, d.pages) for d in found]
    return tuple(parse(document, RECEIVED) for document in [*found, *bare])


def spans(release: Release) -> Iterator[Span]:
    yield from (quote.span for quote in release.quotes)
    yield from (contact.span for contact in release.contacts if contact.span)
    yield from (span for section in release.sections for span in (section.heading, section.span))
    yield from (figure.span for figure in release.figures)
    yield from (name.span for name in release.names)
    yield from (origin.span for origin in release.origins if origin.span)
    yield from release.boilerplate
    yield from [release.lead] if release.lead else []
    yield from [release.corrects.span] if release.corrects else []


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.name)
def test_every_span_holds_words(path: Path) -> None:
    """None is empty, none begins or ends with a blank, none leaves the text."""
    for release in releases(path):
        for span in spans(release):
            words = span.of(release.text)
            assert 0 <= span.start < span.end <= len(release.text)
            assert words == words.strip(), words


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.name)
def test_an_origin_is_where_its_value_stands(path: Path) -> None:
    """The words of the title, the issuer, the place, the day are those of their spans."""
    for release in releases(path):
        for origin in release.origins:
            if origin.span is None:
                continue
            words = " ".join(fold(origin.span.of(release.text)).split())
            value = getattr(release, origin.field)
            if origin.field in ("title", "subtitle", "issuer", "place", "rubric", "reference"):
                assert words == " ".join(fold(value).split()).removesuffix(" ..."), origin
            elif origin.field == "published":
                days = find_dates(origin.span.of(release.text), value)
                assert [day.period.first for day in days] == [value]
        assert len({origin.field for origin in release.origins}) == len(release.origins)


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.name)
def test_a_contact_stands_where_it_says(path: Path) -> None:
    """Its telephone and e-mail lie in its span, and its span in no other's."""
    for release in releases(path):
        placed = [contact for contact in release.contacts if contact.span]
        for contact in placed:
            assert contact.span is not None
            written = re.sub(r"\D", "", contact.span.of(release.text))
            for phone in (contact.phone or "").split(" / "):
                assert re.sub(r"\D", "", phone) in written
            for email in (contact.email or "").split(" / "):
                assert email.split("@")[0] in contact.span.of(release.text)
        ordered = sorted(contact.span for contact in placed if contact.span)
        assert all(one.end <= other.start for one, other in itertools.pairwise(ordered))


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.name)
def test_sections_and_quotations_follow_each_other(path: Path) -> None:
    """Sections do not overlap; nothing of the body stands in the foot."""
    for release in releases(path):
        parts = [Span(section.heading.start, section.span.end) for section in release.sections]
        assert all(one.end <= other.start for one, other in itertools.pairwise(parts))
        assert [quote.span for quote in release.quotes] == sorted(quote.span for quote in release.quotes)


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.name)
def test_pages_tile_and_passages_cover(path: Path) -> None:
    """Pages follow each other without a gap; each passage is its span, its sentences tile it."""
    for release in releases(path):
        if release.pages:
            assert (release.pages[0].start, release.pages[-1].end) == (0, len(release.text))
            assert all(one.end == other.start for one, other in itertools.pairwise(release.pages))
        passages = cut(release, lambda text: len(text.split()))
        covered = "".join(passage.text for passage in passages)
        assert "".join(covered.split()) == "".join(release.text.split())
        for passage in passages:
            assert passage.span.of(release.text) == passage.text
            assert (passage.sentences[0].start, passage.sentences[-1].end) == (passage.span.start, passage.span.end)
            assert all(one.end == other.start for one, other in itertools.pairwise(passage.sentences))


def test_the_text_alone_never_contradicts_its_file() -> None:
    """Without what the file states, day and issuer are the same or unknown."""
    told = 0
    for path in PATHS:
        for document in read(path, path.name):
            if not isinstance(document, Document) or document.hints == Hints() or document.hints.contact:
                continue
            stated = parse(document, RECEIVED)
            alone = parse(Document(document.text, "a", "text/plain", ""), RECEIVED)
            for field in ("published", "issuer"):
                found = getattr(alone, field)
                assert found in (None, getattr(stated, field)), (path.name, field)
                told += found is not None
    assert told > 10
