"""Addresses of places within the page: « #find?q=tramway&from=2024-01-01 », and what a link changes in one.

Knows nothing about what stands there.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import urlencode

PAGE = "page"


@dataclass(frozen=True, slots=True)
class Address:
    """A place with its parameters, in order; one that changes begins at its first page again."""

    place: str
    params: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        return f"#{self.place}?{urlencode(self.params, errors='replace')}" if self.params else f"#{self.place}"

    def having(self, **values: str | None) -> Address:
        """With each parameter at this one value; None or "" takes it away."""
        kept = [(key, value) for key, value in self.params if key not in values and key != PAGE]
        return replace(self, params=(*kept, *((key, value) for key, value in values.items() if value)))

    def adding(self, key: str, value: str) -> Address:
        """With one value more for a parameter."""
        return replace(self.without(key, value), params=(*self.without(key, value).params, (key, value)))

    def without(self, key: str, value: str | None = None) -> Address:
        """Without a parameter, or without one value of it."""
        kept = [one for one in self.params if one[0] != PAGE and (one[0] != key or value not in (None, one[1]))]
        return replace(self, params=tuple(kept))

    def at_page(self, number: int) -> Address:
        return self.having(page=str(number) if number > 1 else None)


def address(place: str, params: Iterable[tuple[str, str | None]]) -> Address:
    """The address of a place, parameters without a value left out."""
    return Address(place, tuple((key, value) for key, value in params if value))
