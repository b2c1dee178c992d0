"""Releases read lately: given without reading, until a commit, with the status of the moment."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from store.lately import KEPT, Lately
from store.records import Release, Source, Status

NOON = datetime(2031, 5, 6, 12, tzinfo=UTC)


def release(name: str, title: str = "Le pont rouvre", embargo: datetime | None = None) -> Release:
    source = Source(f"{name}.txt", "text/plain", "0" * 64, None, None)
    return Release(id=name, text="Le pont rouvre lundi.", title=title, source=source, embargo=embargo)


def reader(asked: list[str], title: str = "Le pont rouvre") -> Callable[[list[str]], list[Release]]:
    def read(wanted: list[str]) -> list[Release]:
        asked.extend(wanted)
        return [release(one, title) for one in wanted]

    return read


def test_a_release_is_read_once_between_two_commits() -> None:
    """What was read is given again; only the others are read."""
    lately = Lately()
    asked: list[str] = []
    lately.of(["pont"], 1, NOON, reader(asked))
    found = lately.of(["quai", "pont", "quai"], 1, NOON, reader(asked))
    assert asked == ["pont", "quai"]
    assert set(found) == {"pont", "quai"}


def test_a_commit_makes_everything_be_read_anew() -> None:
    """After a commit nothing of before is given."""
    lately = Lately()
    asked: list[str] = []
    lately.of(["pont"], 1, NOON, reader(asked))
    found = lately.of(["pont"], 2, NOON, reader(asked, "Le pont reste fermé"))
    assert found["pont"].title == "Le pont reste fermé"


def test_an_embargo_ends_without_a_commit() -> None:
    """A release read under embargo is no longer marked so once its time has come."""
    lately, ends = Lately(), NOON + timedelta(minutes=1)
    early = lately.of(["pont"], 1, NOON, lambda wanted: [release("pont", embargo=ends)])
    late = lately.of(["pont"], 1, ends, lambda wanted: [])
    assert early["pont"].status is Status.EMBARGOED
    assert late["pont"].status is Status.PUBLISHED


def test_only_the_latest_are_kept() -> None:
    """Memory is bounded: the release that was not asked for longest is read again."""
    lately = Lately()
    asked: list[str] = []
    lately.of(["pont", "quai"], 1, NOON, reader(asked))
    lately.of(["pont", *(f"r{n}" for n in range(KEPT - 1))], 1, NOON, reader([]))
    lately.of(["pont"], 1, NOON, reader(asked))
    lately.of(["quai"], 1, NOON, reader(asked))
    assert asked == ["pont", "quai", "quai"]
