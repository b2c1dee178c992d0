"""What a mail's head says: subject, day, sender, and the names of what is attached.

Headers come broken in every way; what cannot be read is None. The older policy of the
standard library is used on purpose: the newer one takes minutes over a long hostile line.
"""

from __future__ import annotations

import re
from datetime import date
from email.errors import HeaderParseError
from email.header import Header, decode_header
from email.message import Message
from email.utils import collapse_rfc2231_value, parseaddr, parsedate_to_datetime

from ingest.document import Hints
from store.folding import fold
from store.records import OriginKind

_LONGEST = 2000
_PREFIXES = re.compile(
    r"\s*(?:(?:re|ref|tr|fw|fwd|aw|wg|rv|i)\s*(?:\[\d+\])?\s*:"
    r"|\[?\s*(?:communiqu[ée]s?(?:\s+(?:de presse|aux m[ée]dias))?|cp|press release|medienmitteilung|presse)\s*"
    r"(?:\]\s*[-–—:]?|[-–—:|])"
    r"|\[[^\]]{1,40}\])\s*",
    re.IGNORECASE,
)
_ORGANISATION = re.compile(
    r"\b(?:ville|mairie|metropole|departement|region|conseil|prefecture|ministere|universite|chu|hopital|agence|office"
    r"|association|fondation|groupe|societe|syndicat|federation|chambre|communaute|commune|port|musee|theatre|institut"
    r"|caisse|union|comite|centre|direction|secretariat|etablissement|mutuelle|parc|ecole|opera|festival|canton)\b"
)
_OFFICES = re.compile(
    r"\s*(?:service (?:de )?(?:la )?(?:presse|communication)|relations (?:presse|m[ée]dias)|presse|communication)\s*"
    r"(?:[-–—|:,]|d(?:e la|u|es|e|['’])\s?)\s*|\s*[-–—|,(]\s*(?:service (?:de )?)?(?:presse|communication)\)?\s*$",
    re.IGNORECASE,
)


def guesses_of(message: Message) -> Hints:
    """Title, day and issuer as far as the head tells them."""
    return Hints(
        title=bare_subject(header(message, "Subject")),
        published=day_of(header(message, "Date")),
        issuer=header(message, "Organization") or _sender(header(message, "From")),
        origin=OriginKind.MAIL,
    )


def header(message: Message, name: str) -> str | None:
    """One header on one line, decoded; None where it is missing, empty or beyond reading."""
    raw = message.get(name)
    if raw is None:
        return None
    text = decoded(raw)
    return " ".join(text.split())[:_LONGEST] or None


def decoded(raw: str | Header) -> str:
    """A header's words out of their encodings, wrong ones included."""
    try:
        parts = decode_header(raw if isinstance(raw, Header) else re.sub(r"\s*\r?\n\s+", " ", raw[: 10 * _LONGEST]))
    except (HeaderParseError, ValueError, IndexError):
        return str(raw)
    return "".join(part if isinstance(part, str) else _in(part, charset) for part, charset in parts)


def bare_subject(subject: str | None) -> str | None:
    """« Re: TR : Communiqué de presse : La criée rouvre » as « La criée rouvre »."""
    words = subject or ""
    while (prefix := _PREFIXES.match(words)) is not None and prefix.end():
        words = words[prefix.end() :]
    return words.strip() or None


def day_of(written: str | None) -> date | None:
    """The day a Date header names, where it was written."""
    try:
        day = parsedate_to_datetime(written).date() if written else None
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return day if day and 1980 <= day.year <= 2100 else None


def file_name(part: Message) -> str | None:
    """The name of an attachment, without folders."""
    try:
        raw = part.get_param("filename", None, "content-disposition") or part.get_param("name", None)
        name = collapse_rfc2231_value(raw) if raw is not None else ""
    except (ValueError, LookupError, TypeError):
        return None
    flat = " ".join(decoded(name).replace("\\", "/").rsplit("/", 1)[-1].split())
    return "".join(letter for letter in flat if letter.isprintable())[:200].strip(". ") or None


def _sender(written: str | None) -> str | None:
    """Who sends, where the name is an organisation's: a person issues nothing."""
    name = parseaddr(written)[0] if written else ""
    words = _OFFICES.sub(" ", name, count=1).strip(" -–—|,\"'()")
    return words if _ORGANISATION.search(fold(words)) else None


def _in(part: bytes, charset: str | None) -> str:
    for encoding in (charset, "utf-8", "cp1252"):
        try:
            return part.decode(encoding or "ascii")
        except (LookupError, UnicodeDecodeError):
            continue
    return part.decode("latin-1")
