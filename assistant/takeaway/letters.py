"""Text as it may stand on paper: characters every format takes, quotation marks within quotation marks, addresses.

Knows nothing of answers or formats.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote, urlsplit

from assistant.web.messages import FRENCH, typeset

_BREAKS = re.compile(r"[ \t\r\n\f\v\x1c-\x1f\x85\u2028\u2029]+")
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_TURNING = re.compile(r"[\u202a-\u202e\u2066-\u2069\ufeff]")
"""They carry no letter, and turn around what stands behind them."""

_HOST = re.compile(r"(?:[a-z0-9_-]+\.)*[a-z0-9_-]+\.?|\[[0-9a-f:.]+\]", re.IGNORECASE)
_LONGEST_ADDRESS = 2_000
_LONGEST_NAME = 60
_TAKEN_BY_WINDOWS = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)


def clean(text: str) -> str:
    """The text on one line, without characters that XML forbids or that turn the writing around; "" if none is seen."""
    kept = _BREAKS.sub(" ", _TURNING.sub("", _NOT_IN_XML.sub("", text))).strip()
    return kept if any(unicodedata.category(letter)[0] not in "CZ" for letter in kept) else ""


def set_in(text: str, language: str) -> str:
    """`clean`, with the no-break spaces of French where French is written."""
    return typeset(clean(text)) if language == FRENCH else clean(text)


def quoted(words: str, language: str) -> str:
    """The words between quotation marks of the language; those within become the marks of the second rank."""
    inside = set_in(words, language)
    if "«" in inside or "»" in inside:
        inside = inside.replace("“", "‘").replace("”", "’")
        inside = re.sub(r"«[ \u00a0\u202f]*", "“", re.sub(r"[ \u00a0\u202f]*»", "”", inside))
    if language == FRENCH:
        return f"«\u00a0{inside}\u00a0»"
    return f"“{inside.replace('“', '‘').replace('”', '’')}”"


def address(url: str | None) -> str | None:
    """The address where a reader may safely follow it, every character of it allowed in one; None elsewhere."""
    if not url or len(url) > _LONGEST_ADDRESS or clean(url) != url:
        return None
    try:
        parts = urlsplit(url)
        port = parts.port
        host = (parts.hostname or "").encode("idna").decode() if ":" not in (parts.hostname or "") else parts.hostname
    except (ValueError, UnicodeError):
        return None
    host = f"[{host}]" if host and ":" in host else host
    if parts.scheme not in ("http", "https") or parts.username is not None or not host or not _HOST.fullmatch(host):
        return None
    kept = "/:@!$&'()*+,;=~-._%"
    made = f"{parts.scheme}://{host}" + ("" if port is None else f":{port}") + _escaped(parts.path, kept)
    made += f"?{_escaped(parts.query, kept + '?')}" if parts.query else ""
    return made + (f"#{_escaped(parts.fragment, kept + '?')}" if parts.fragment else "")


def _escaped(part: str, kept: str) -> str:
    """Percent-encoded; a percent sign that encodes nothing is encoded itself."""
    return re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", quote(part, safe=kept))


def file_name(title: str, otherwise: str) -> str:
    """« combien-coute-la-renovation-du-stade »: ASCII letters, digits and hyphens, never a reserved name."""
    plain = unicodedata.normalize("NFKD", clean(title).lower().replace("œ", "oe").replace("æ", "ae").replace("’", "-"))
    letters = re.sub(r"[^a-z0-9]+", "-", plain.encode("ascii", "ignore").decode()).strip("-")
    if len(letters) > _LONGEST_NAME:
        letters = letters[:_LONGEST_NAME].rpartition("-")[0] or letters[:_LONGEST_NAME]
    return otherwise if not letters or _TAKEN_BY_WINDOWS.fullmatch(letters) else letters


def shown_name(title: str, otherwise: str) -> str:
    """The title as a file's name with its accents, without what no file system takes."""
    words = re.sub(r"[\\/:*?\"<>|«»“”\u00a0\u202f ]+", " ", clean(title)).strip(" .")
    words = "".join(letter for letter in words if unicodedata.category(letter) not in ("Cf", "Cc", "Cn", "Co"))
    if len(words) > _LONGEST_NAME:
        words = words[:_LONGEST_NAME].rpartition(" ")[0] or words[:_LONGEST_NAME]
    words = words.strip(" .")
    return otherwise if not words or _TAKEN_BY_WINDOWS.fullmatch(words) else words
