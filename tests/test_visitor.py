"""A visitor's manners: robots.txt, one request a second, patience with who is busy."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from website import Page, Website, serving

from ingest.readers.visitor import LONGEST_WAIT, Visitor
from store.records import UnreadableDocument


@dataclass
class Clock:
    """Time that only passes where somebody sleeps."""

    now: float = 0.0
    slept: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def site() -> Iterator[Website]:
    with serving() as site:
        site.pages["/a"] = Page(b"un", etag='"a"')
        site.pages["/b"] = Page(b"deux")
        yield site


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def visitor(clock: Clock) -> Visitor:
    return Visitor(private_addresses=True, clock=lambda: clock.now, sleep=clock.sleep)


def test_robots_are_asked_once_and_first(site: Website, visitor: Visitor) -> None:
    """Before anything else of a site."""
    visitor.ask(f"{site.url}/a")
    visitor.ask(f"{site.url}/b")
    assert site.paths == ["/robots.txt", "/a", "/b"]


def test_one_request_a_second(site: Website, visitor: Visitor, clock: Clock) -> None:
    """Also between robots.txt and the first page."""
    visitor.ask(f"{site.url}/a")
    visitor.ask(f"{site.url}/b")
    assert clock.slept == [1.0, 1.0]


def test_a_site_that_asks_for_more_gets_it(site: Website, visitor: Visitor, clock: Clock) -> None:
    """By its crawl delay."""
    site.pages["/robots.txt"] = Page(b"User-agent: *\nCrawl-delay: 7\n", "text/plain")
    visitor.ask(f"{site.url}/a")
    visitor.ask(f"{site.url}/b")
    assert clock.slept[-1] == 7.0


def test_what_robots_forbid_is_not_asked(site: Website, visitor: Visitor) -> None:
    """Nor what a redirect leads to."""
    site.pages["/robots.txt"] = Page(b"User-agent: porte-parole\nDisallow: /b\n", "text/plain")
    site.pages["/to/b"] = Page(status=301, headers={"Location": "/b"})
    for path in ("/b", "/to/b"):
        with pytest.raises(UnreadableDocument, match=r"robots\.txt says so") as raised:
            visitor.ask(site.url + path)
        assert raised.value.name == site.url + path
    assert "/b" not in site.paths


@pytest.mark.parametrize(("status", "asked"), [(404, True), (403, True), (500, False), (503, False)])
def test_robots_that_cannot_be_had(site: Website, visitor: Visitor, status: int, asked: bool) -> None:
    """Where there are none all is allowed; where they cannot be told nothing is."""
    site.pages["/robots.txt"] = Page(status=status)
    if asked:
        assert visitor.ask(f"{site.url}/a") is not None
    else:
        for _ in range(2):
            with pytest.raises(UnreadableDocument, match=f"robots.txt answered {status}"):
                visitor.ask(f"{site.url}/a")
        assert site.paths == ["/robots.txt"]


def test_robots_are_asked_as_carefully_as_pages(visitor: Visitor) -> None:
    """A private address is refused before its robots.txt is."""
    strict = Visitor(resolve=lambda host, port: ["10.0.0.8"], sleep=lambda seconds: None)
    with pytest.raises(UnreadableDocument, match="private network"):
        strict.ask("https://presse.example/a")


def test_what_has_not_changed_is_not_sent_again(site: Website, visitor: Visitor) -> None:
    """By its etag or the moment it was changed."""
    assert visitor.ask(f"{site.url}/a", etag='"a"', modified="Mon, 02 Mar 2026 09:00:00 GMT") is None
    assert site.asked[-1][1]["if-modified-since"] == "Mon, 02 Mar 2026 09:00:00 GMT"
    assert visitor.ask(f"{site.url}/a", etag='"z"') is not None


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({"Retry-After": "30"}, 30.0),
        ({"Retry-After": "Mon, 02 Mar 2026 09:00:40 GMT", "Date": "Mon, 02 Mar 2026 09:00:00 GMT"}, None),
        ({}, 5.0),
        ({"Retry-After": "soon"}, 5.0),
    ],
)
@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_server_is_given_the_time_it_asks_for(
    site: Website, clock: Clock, headers: dict[str, str], wait: float | None, status: int
) -> None:
    """In seconds or until a moment of its own clock; then it is asked again."""
    site.pages["/busy"] = Page(status=status, headers=headers)

    def sleep(seconds: float) -> None:
        clock.sleep(seconds)
        if seconds > 1:
            site.pages["/busy"] = Page(b"enfin")

    answer = Visitor(private_addresses=True, clock=lambda: clock.now, sleep=sleep).ask(f"{site.url}/busy")
    assert answer is not None
    assert answer.data == b"enfin"
    assert wait is None or clock.slept[-1] == wait


@pytest.mark.parametrize("after", ["20", str(int(LONGEST_WAIT) + 1)])
def test_patience_ends(site: Website, visitor: Visitor, clock: Clock, after: str) -> None:
    """After three times, or where the wait would be too long; when to come back is said."""
    site.pages["/busy"] = Page(status=503, headers={"Retry-After": after})
    with pytest.raises(UnreadableDocument, match=f"try again in {after} s"):
        visitor.ask(f"{site.url}/busy")
    assert site.paths.count("/busy") == (3 if after == "20" else 1)
    assert max(clock.slept) <= LONGEST_WAIT


def test_other_answers_are_named(site: Website, visitor: Visitor) -> None:
    """With their number."""
    with pytest.raises(UnreadableDocument, match="answered 404"):
        visitor.ask(f"{site.url}/absent")
