"""What the indexes proposed: kept by its key, and no more than so much of it."""

from __future__ import annotations

from collections.abc import Callable

from store.fusion import Candidate
from store.proposals import Proposals


def finder(name: str, looked: list[str]) -> Callable[[], list[Candidate]]:
    def find() -> list[Candidate]:
        looked.append(name)
        return [Candidate(f"{name}:1:0", 2.0, 0.5)]

    return find


def test_what_was_proposed_under_a_key_is_proposed_again() -> None:
    """The indexes are asked once; another moment, reader or question is another key."""
    proposals, looked = Proposals(), list[str]()
    first = proposals.of(("pont", 1), finder("pont", looked))
    assert proposals.of(("pont", 1), finder("quai", looked)) == first
    assert proposals.of(("pont", 2), finder("quai", looked)) != first
    assert looked == ["pont", "quai"]


def test_nobody_changes_what_others_are_proposed() -> None:
    """Whoever sorts or cuts the list has one of their own."""
    proposals = Proposals()
    proposals.of("pont", finder("pont", [])).clear()
    assert len(proposals.of("pont", finder("quai", []))) == 1


def test_only_the_latest_questions_are_kept() -> None:
    """Memory is bounded: what was not asked for longest is looked for again."""
    proposals, looked = Proposals(kept=2), list[str]()
    for name in ("pont", "quai", "pont", "gare", "pont", "quai"):
        proposals.of(name, finder(name, looked))
    assert looked == ["pont", "quai", "gare", "quai"]
