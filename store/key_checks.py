"""Which keys there can be: names, scopes, rates and origins, each in one spelling.

Knows nothing about tables.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from urllib.parse import urlsplit

from store.records import KeyRefused

SCOPES = ("public", "staff", "archivist")
KINDS = ("key", "widget")
LONGEST_NAME = 64
LONGEST_ORIGIN = 200
MOST_ORIGINS = 50
MOST = 100_000
"""The highest count of a rate: each call within its window is remembered."""
RATE = re.compile(r"([1-9][0-9]{0,5})\s*(?:/|per)\s*(second|minute|hour|day)", re.ASCII | re.IGNORECASE)


def checked_name(name: str) -> str:
    """The name as it is kept. Raises KeyRefused."""
    shown = unicodedata.normalize("NFC", name)
    if not shown or shown != shown.strip() or len(shown) > LONGEST_NAME:
        raise KeyRefused(f"A key's name has 1 to {LONGEST_NAME} characters, and no blank around them.")
    if any(unicodedata.category(letter)[0] == "C" or letter in "\u2028\u2029" for letter in shown):
        raise KeyRefused("A key's name has no line breaks, and nothing that cannot be seen.")
    return shown


def checked_scope(scope: str, kind: str) -> str:
    """The scope, which is public for a widget. Raises KeyRefused."""
    if kind not in KINDS:
        raise KeyRefused(f"« {kind} » is no kind of key; there are {' and '.join(KINDS)}.")
    if scope not in SCOPES:
        raise KeyRefused(f"« {scope} » is no scope; choose {', '.join(SCOPES[:-1])} or {SCOPES[-1]}.")
    if kind == "widget" and scope != "public":
        raise KeyRefused("A widget's token stands in a page for all to read: its scope is public.")
    return scope


def checked_rate(rate: str | None) -> str | None:
    """The rate in one spelling, "60/minute". Raises KeyRefused."""
    if rate is None:
        return None
    found = RATE.fullmatch(rate.strip())
    if found is None or int(found[1]) > MOST:
        raise KeyRefused(
            f"« {rate[:60]} » is no rate: so many calls per second, minute, hour or day, such as 60/minute "
            f"(at most {MOST})."
        )
    return f"{found[1]}/{found[2].lower()}"


def checked_origins(origins: Iterable[str], kind: str) -> tuple[str, ...]:
    """The origins in one spelling each, in their order. Raises KeyRefused."""
    found = tuple(dict.fromkeys(checked_origin(origin) for origin in origins))
    if kind == "widget" and not found:
        raise KeyRefused("A widget serves only named pages: give at least one origin, such as https://presse.example.")
    if kind != "widget" and found:
        raise KeyRefused("Only a widget's token is bound to origins.")
    if len(found) > MOST_ORIGINS:
        raise KeyRefused(f"At most {MOST_ORIGINS} origins.")
    return found


def checked_origin(text: str) -> str:
    """An origin as browsers write it: scheme and host in small letters, no usual port, no path. Raises KeyRefused."""
    given = text.strip().removesuffix("/")
    try:
        parts = urlsplit(given)
        port, host = parts.port, parts.hostname or ""
        host = host if host.isascii() else host.encode("idna").decode()
    except ValueError:
        parts, port, host = urlsplit(""), None, ""
    named = re.fullmatch(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?|[0-9a-f:.]*:[0-9a-f:.]*", host)
    bare = re.fullmatch(r"[a-z]+://[^/?#@\\\s]+", given, re.IGNORECASE)
    if parts.scheme not in ("http", "https") or not named or not bare or len(given) > LONGEST_ORIGIN:
        raise KeyRefused(f"« {text[:80]} » is no origin: a scheme and a host without a path, https://presse.example.")
    shown = f"[{host}]" if ":" in host else host
    usual = {"http": 80, "https": 443}[parts.scheme]
    return f"{parts.scheme}://{shown}" + ("" if port in (None, usual) else f":{port}")
