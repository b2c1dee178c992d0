"""What an asker took back of what was understood, by name: it is not inferred again, and everything else still is.

"period", "topic", "language", "order", "count", "subject", "standalone" (the turns before are
not leant on), "issuer:NAME" or "issuer" for all, "spelling:WRITTEN" or "spelling" for all.
Knows nothing about how questions are read.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from store.folding import fold

if TYPE_CHECKING:
    from assistant.wanted import Wanted

PLAIN = ("period", "topic", "language", "order", "count", "subject", "standalone", "issuer", "spelling")
PATTERN = rf"^(?:{'|'.join(PLAIN)}|(?:issuer|spelling):[^\n]{{1,300}})$"
"""What may be declined, as it is written at a door."""


def takes_back(declined: Collection[str], name: str, of: str = "") -> bool:
    """Whether `name` was taken back, as a whole or for `of` (an issuer, a word as it was written)."""
    if name in declined:
        return True
    return bool(of) and any(fold(one) == fold(f"{name}:{of}") for one in declined)


def left(issuers: Iterable[str], declined: Collection[str]) -> tuple[str, ...]:
    """The issuers that were not taken back."""
    return tuple(issuer for issuer in issuers if not takes_back(declined, "issuer", issuer))


def still_wanted(wanted: Wanted, declined: Collection[str]) -> Wanted:
    """What the question wants without the order, the count or the subject that were taken back."""
    if "order" in declined:
        wanted = replace(wanted, order=None, limit=None)
    if "count" in declined:
        wanted = replace(wanted, count=False)
    return replace(wanted, subject="") if "subject" in declined else wanted


def passed_on(declined: Collection[str]) -> tuple[str, ...]:
    """What stays taken back where a question is asked again in other words: how its names are spelt."""
    return tuple(one for one in declined if one.split(":")[0] == "spelling")
