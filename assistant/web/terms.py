"""On which terms programs may call: how often without a key, and from which sites' pages.

Knows neither keys nor callers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from store.key_checks import checked_origin, checked_rate
from store.records import KeyRefused, SettingsError

NO_LIMIT = "0"


@dataclass(frozen=True, slots=True)
class Terms:
    """What whoever runs the server decided; by default what a small house needs.

    `rate` is how often one address may call without a key, `costly` how often it may ask
    for what takes long (an answer); None: as often as it likes. `origins` are the sites
    whose pages may call the API from a browser: none by default.
    """

    rate: str | None = "60/minute"
    costly: str | None = "20/minute"
    origins: tuple[str, ...] = ()

    @classmethod
    def read(cls, environment: Mapping[str, str]) -> Terms:
        """From PORTE_PAROLE_PUBLIC_RATE and PORTE_PAROLE_CORS_ORIGINS. Raises SettingsError."""
        given = environment.get("PORTE_PAROLE_PUBLIC_RATE", "").strip()
        rates = [_rate(each) for each in given.split(",")] if given else [cls().rate, cls().costly]
        if len(rates) > 2:
            raise SettingsError(
                "PORTE_PAROLE_PUBLIC_RATE: one rate, or two: for all calls and for questions, such as "
                "60/minute,20/minute"
            )
        listed = environment.get("PORTE_PAROLE_CORS_ORIGINS", "")
        origins = tuple(_origin(each) for each in listed.split(",") if each.strip())
        return cls(rates[0], rates[-1], origins)


def _rate(text: str) -> str | None:
    if text.strip() == NO_LIMIT:
        return None
    try:
        return checked_rate(text)
    except KeyRefused as error:
        raise SettingsError(f"PORTE_PAROLE_PUBLIC_RATE: {error} 0 sets no limit.") from error


def _origin(text: str) -> str:
    try:
        return checked_origin(text)
    except KeyRefused as error:
        raise SettingsError(f"PORTE_PAROLE_CORS_ORIGINS: {error}") from error
