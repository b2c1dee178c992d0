"""Who may have a release's document as it came, and under which name it is handed over.

Decides from what the reader may see already; the bytes are the store's. A mail may hold more
than its release (other attachments, names of recipients), a word processor's file what was
struck out of it: not everybody who may read the release may have those.
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from pathlib import PurePosixPath
from urllib.parse import quote, unquote, urlsplit

from store.originals import Originals
from store.records import Release, Scope
from store.view import View

MAIL = "message/rfc822"
PLAIN = frozenset(
    {
        "application/pdf",
        "text/html",
        "text/plain",
        "text/markdown",
        "image/png",
        "image/jpeg",
        "image/tiff",
        "image/webp",
    }
)
"""What the public may have: formats that show all they hold."""
_SUFFIXES = {
    "application/pdf": ".pdf",
    "text/html": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "application/rtf": ".rtf",
    "application/x-ndjson": ".json",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.oasis.opendocument.text": ".odt",
    MAIL: ".eml",
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/tiff": ".tif",
    "image/webp": ".webp",
}
_ALIKE = {".htm": ".html", ".xhtml": ".html", ".text": ".txt", ".markdown": ".md", ".jpeg": ".jpg", ".tiff": ".tif",
          ".docm": ".docx", ".dotx": ".docx", ".ott": ".odt"}  # fmt: skip
_MEDIA_TYPE = re.compile(r"[a-z]+/[a-z0-9.+-]{1,80}")
_LONGEST = 100


class Original(StrEnum):
    """What there is of a release's document, for one reader."""

    HERE = "here"
    RESERVED = "reserved"
    ABSENT = "absent"


def original(release: Release, view: View, originals: Originals | None) -> Original:
    """Whether this reader may have the document `release` was read from.

    `release` is one this reader may see. Bytes that were also read as a release this
    reader may not see are handed over to nobody who may not see both.
    """
    if originals is None or not originals.holds(release.source.sha256):
        return Original.ABSENT
    media_type = release.source.media_type
    allowed = {
        Scope.PUBLIC: media_type in PLAIN,
        Scope.STAFF: media_type != MAIL,
        Scope.ARCHIVIST: True,
    }[view.scope]
    return Original.HERE if allowed and view.sees_all_of(release.source.sha256) else Original.RESERVED


def file_name(release: Release) -> str:
    """The document's own name where it had one, else the release's id; its suffix is that of what it is."""
    media_type, source = release.source.media_type, release.source.name
    suffix = _SUFFIXES.get(media_type, "")
    last = re.split(r"[/\\#]", _path_of(source))[-1]
    shown = "".join(letter if _fit(letter) else "_" for letter in last).strip(" .")
    stem, own = PurePosixPath(shown).stem, PurePosixPath(shown).suffix.casefold()
    if not stem or media_type == "application/x-ndjson":
        stem = re.sub(r"[^\w-]", "_", release.id) or "document"
    elif own and _ALIKE.get(own, own) == suffix:
        suffix = own
    return stem[:_LONGEST] + suffix


def disposition(name: str) -> str:
    """`Content-Disposition` of a file to save under that name (RFC 6266)."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    plain = re.sub(r'[\\"%]', "_", plain) or "document"
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def media_type(release: Release) -> str:
    """The media type to send it as; anything unheard of is bytes."""
    stated = release.source.media_type
    return stated if _MEDIA_TYPE.fullmatch(stated) else "application/octet-stream"


def _path_of(source: str) -> str:
    """The path in an address, or the name as it is."""
    if source.startswith(("http://", "https://")):
        try:
            return unquote(urlsplit(source).path).rstrip("/")
        except ValueError:
            return ""
    return source


def _fit(letter: str) -> bool:
    """Whether a letter may stand in a file's name: none that hides, turns others round, or means more to a system."""
    return letter not in '<>:"|?*' and (letter == " " or unicodedata.category(letter)[0] not in "CZ")
