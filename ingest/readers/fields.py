"""The fields a file states about its release, read strictly: dates, moments, languages.

Shared by the readers that have metadata. Does not know where a field came from.
"""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")


def moment(text: str) -> datetime:
    """An ISO 8601 date and time as UTC; without offset it is Paris time.

    Raises ValueError for anything else, a bare date included when it has no such day.
    """
    try:
        read = datetime.fromisoformat(text.strip())
    except ValueError:
        raise ValueError(f"« {text} » is not an ISO 8601 date and time, as 2024-03-12T10:00:00+01:00") from None
    return (read if read.tzinfo else read.replace(tzinfo=PARIS)).astimezone(UTC)


def language(text: str) -> str | None:
    """« fr-CH » or « FR » as `fr`; None for what is no language code."""
    code = text.strip().replace("_", "-").split("-")[0].casefold()
    return code if len(code) == 2 and code.isascii() and code.isalpha() else None
