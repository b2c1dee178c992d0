"""A mail as far as it must be understood to be answered: who asks, what about, in which words.

Headers are read from bytes, however wrong they are. What the sender wrote is found by a
reader that is handed in. Knows nothing of mailboxes, nor of answers.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.errors import HeaderParseError
from email.header import decode_header
from email.parser import BytesHeaderParser
from email.policy import compat32
from email.utils import parseaddr, parsedate_to_datetime
from hashlib import sha256

from assistant.takeaway.letters import clean

Words = Callable[[bytes], str]
"""What the sender of a mail wrote, without signature or the mail it answers. May raise UnreadableDocument."""

DRAFT = "X-Porte-Parole-Draft"
"""The header of our own drafts."""
MOST_REFERENCES = 20
_LARGEST_HEAD, _LONGEST = 256 * 1024, 2_000
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})+")
_ID = re.compile(r"<[\x21-\x3b\x3d\x3f-\x7e]{1,250}>")
_HEAD_END = re.compile(rb"\r?\n\r?\n|\r\r")
_REPLY = re.compile(r"^(?:(?:re|aw|sv|tr|fw|fwd|rép|rep|réf|ref)\s*(?:\[\d+\])?\s?:\s*)+", re.IGNORECASE)
_MACHINES = re.compile(
    r"(?:mailer-?daemon|postmaster|bounces?|.*no-?reply|.*do-?not-?reply|.*ne-?pas-?repondre|.*nepasrepondre"
    r"|notifications?|abuse|majordomo|listserv|.*-(?:owner|request|bounces?)|owner-.*)(?:[+=].*)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail. `sender` is where its reply goes, "" where nowhere; `automatic` why nobody waits for one, "" else.

    `id` is its Message-ID, or a digest where it has none that holds; `threaded` whether it is one.
    `sent` is None where it does not say.
    """

    id: str
    threaded: bool
    sender: str
    name: str
    subject: str
    sent: datetime | None
    references: tuple[str, ...]
    automatic: str
    text: str


def read(data: bytes, words: Words) -> Letter:
    """The mail in these bytes. Raises what `words` raises."""
    head = Head(data)
    found = _ID.search(head.said("message-id"))
    name, address = head.answers_to()
    return Letter(
        id=found[0] if found else f"<{sha256(data).hexdigest()[:40]}>",
        threaded=found is not None,
        sender=address,
        name=clean(name)[:200],
        subject=clean(_REPLY.sub("", clean(head.said("subject"))))[:300],
        sent=head.sent(),
        references=tuple(dict.fromkeys(_ID.findall(head.said("references"))))[-MOST_REFERENCES:],
        automatic=head.automatic(address),
        text=words(data),
    )


def is_address(text: str) -> bool:
    """Whether a reply can go there."""
    return len(text) <= 254 and _ADDRESS.fullmatch(text) is not None


class Head:
    """The headers of a mail, as text; those that come twice count once."""

    def __init__(self, data: bytes) -> None:
        end = _HEAD_END.search(data[:_LARGEST_HEAD])
        head = data[: end.start() if end else _LARGEST_HEAD] + b"\n\n"
        parsed = BytesHeaderParser(policy=compat32).parsebytes(head)
        self._raw: dict[str, str] = {}
        for name, value in parsed.raw_items():
            self._raw.setdefault(name.lower(), _text(str(value)))

    def raw(self, name: str) -> str:
        """A header unfolded, its encoded words as they are; "" where there is none."""
        return " ".join(self._raw.get(name, "").split())[:_LARGEST_HEAD]

    def said(self, name: str) -> str:
        """A header in words."""
        return _decoded(self.raw(name)[: 10 * _LONGEST])[: 10 * _LONGEST]

    def answers_to(self) -> tuple[str, str]:
        """The name and the address a reply goes to; "" for an address that none can go to."""
        for header in ("reply-to", "from"):
            name, address = parseaddr(self.raw(header)[:_LONGEST])
            if is_address(address):
                sender = parseaddr(self.raw("from")[:_LONGEST])[0]
                return _decoded(name or sender), address
        return "", ""

    def sent(self) -> datetime | None:
        try:
            sent = parsedate_to_datetime(self.raw("date")[:100])
            return (sent if sent.tzinfo else sent.replace(tzinfo=UTC)).astimezone(UTC)
        except (ValueError, TypeError, IndexError, OverflowError):
            return None

    def automatic(self, address: str) -> str:
        """Why nobody waits for an answer: "own", "automatic", "list", "bounce"; "" where somebody may."""
        if self.raw(DRAFT.lower()):
            return "own"
        if self.raw("return-path") == "<>" or "multipart/report" in self.raw("content-type").lower():
            return "bounce"
        if any(self.raw(name) for name in ("list-id", "list-unsubscribe", "list-post", "feedback-id")):
            return "list"
        precedence, automatic = self.raw("precedence").lower(), self.raw("auto-submitted").lower()
        if precedence in ("bulk", "list", "junk", "auto_reply"):
            return "list" if precedence == "list" else "automatic"
        answering = any(self.raw(name) for name in ("x-autoreply", "x-autorespond", "x-auto-reply"))
        if answering or automatic.partition(";")[0].strip() not in ("", "no"):
            return "automatic"
        return "automatic" if _MACHINES.fullmatch(address.partition("@")[0]) else ""


def _text(raw: str) -> str:
    """A header's characters: bytes that are not ASCII are UTF-8, else Latin-1."""
    data = raw.encode("utf-8", "surrogateescape")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _decoded(raw: str) -> str:
    """Words out of their encodings, wrong ones included."""
    try:
        parts = decode_header(raw)
    except (HeaderParseError, ValueError, IndexError):
        return raw
    return "".join(part if isinstance(part, str) else _in(part, charset) for part, charset in parts)


def _in(part: bytes, charset: str | None) -> str:
    for encoding in (charset or "ascii", "utf-8", "cp1252"):
        try:
            if encoding.lower() not in ("idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined"):
                return part.decode(encoding)
        except (LookupError, ValueError):
            continue
    return part.decode("latin-1")
