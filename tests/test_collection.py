"""What a file and all that is packed in it may unpack to."""

from __future__ import annotations

import pytest

from ingest.readers.collection import LARGEST_MEMBER, Allowance
from store.records import UnreadableDocument


def test_members_and_bytes_are_counted_together() -> None:
    """The first that is too much is named, and nothing is taken after it."""
    allowance = Allowance(members=3, size=100)
    for number in range(2):
        allowance.take(40, f"{number}")
    assert not allowance.spent
    with pytest.raises(UnreadableDocument, match=r"^2: not read, nor what follows"):
        allowance.take(40, "2")
    assert allowance.spent
    few = Allowance(members=1)
    few.take(0, "a")
    with pytest.raises(UnreadableDocument, match="nor what follows"):
        few.take(0, "b")


def test_one_that_is_too_large_leaves_the_others() -> None:
    """It is refused by itself."""
    allowance = Allowance()
    with pytest.raises(UnreadableDocument, match="larger than 200 MB"):
        allowance.take(LARGEST_MEMBER + 1, "a")
    assert not allowance.spent
