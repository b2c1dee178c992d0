"""Passwords: which may be chosen, and argon2id over those that are.

Knows nothing of accounts. A password is never written, printed or logged; nor is its hash.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from store.records import AccountRefused

if TYPE_CHECKING:
    from argon2 import PasswordHasher

SHORTEST, LONGEST = 12, 1_000


@dataclass(frozen=True)
class Passwords:
    """How passwords are hashed: RFC 9106's second choice, for machines with little memory to spare.

    `time` is passes, `memory` KiB, `lanes` threads; cheaper than the default only in tests.
    """

    time: int = 3
    memory: int = 64 * 1024
    lanes: int = 4

    def hashed(self, password: str) -> str:
        """The hash to keep, salt and parameters within. Raises AccountRefused for a password not to be chosen."""
        if len(password) < SHORTEST:
            raise AccountRefused(f"A password has at least {SHORTEST} characters; choose a longer one.")
        if len(password) > LONGEST:
            raise AccountRefused(f"A password has at most {LONGEST} characters; choose a shorter one.")
        return self._hasher.hash(_composed(password))

    def matches(self, kept: str | None, password: str) -> bool:
        """Whether `password` made the hash `kept`; takes as long where there is none."""
        from argon2.exceptions import InvalidHashError, VerificationError

        nobodys = self._nobodys  # made before it is known whether it is needed, so that the first time tells nothing
        try:
            held = self._hasher.verify(kept or nobodys, _composed(password[: LONGEST + 1]))
        except (VerificationError, InvalidHashError):
            return False
        return held and kept is not None

    def outdated(self, kept: str) -> bool:
        """Whether the hash was made with other parameters than these."""
        return self._hasher.check_needs_rehash(kept)

    @cached_property
    def _hasher(self) -> PasswordHasher:
        from argon2 import PasswordHasher

        return PasswordHasher(self.time, self.memory, self.lanes)

    @cached_property
    def _nobodys(self) -> str:
        return self._hasher.hash("nobody's password")


def _composed(password: str) -> str:
    """One spelling of what keyboards write differently; what is no character stands as « ? »."""
    return unicodedata.normalize("NFKC", password).encode("utf-8", "replace").decode()
