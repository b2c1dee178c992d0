"""A mailbox on a server (IMAP over TLS): opened so that reading marks nothing, drafts laid down where the server
keeps drafts.

Knows nothing of what stands in a letter. A password is never in a message.
"""

from __future__ import annotations

import imaplib
import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from email import policy
from email.message import EmailMessage
from functools import partial
from typing import Any
from urllib.parse import unquote, urlsplit

from assistant.mailroom.box import LARGEST, Arrived, MailboxError
from assistant.web.callers import is_loopback
from store.records import SettingsError

PATIENCE = 60.0
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_LISTED = re.compile(rb'\((?P<flags>[^)]*)\) (?:"(?:\\.|[^"\\])*"|NIL) (?P<name>.+)')
_USUAL = re.compile(rb"(?:inbox[./]|\[gmail\]/)?(?:drafts|brouillons|entw(?:&apw-|u)rfe|bozze)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ImapAddress:
    """Where a mailbox is: `tls` is off only for a server on this machine."""

    host: str
    port: int
    user: str
    mailbox: str
    tls: bool = True

    @classmethod
    def read(cls, url: str) -> ImapAddress:
        """From imaps://user@host[:port]/INBOX. Raises SettingsError."""
        usual = "imaps://press%40house.example@mail.house.example/INBOX"
        try:
            parts = urlsplit(url)
            host, port = parts.hostname or "", parts.port
        except ValueError:
            parts, host, port = urlsplit(""), "", None
        user, mailbox = unquote(parts.username or ""), unquote(parts.path.strip("/")) or "INBOX"
        if parts.scheme not in ("imaps", "imap") or not host or not user or "\r" in user + mailbox or "\n" in user:
            raise SettingsError(f"PORTE_PAROLE_MAIL_IMAP is no mailbox's address, such as {usual}")
        if parts.password is not None:
            raise SettingsError("PORTE_PAROLE_MAIL_IMAP holds a password: put it into PORTE_PAROLE_MAIL_PASSWORD")
        if parts.scheme == "imap" and not is_loopback(host):
            raise SettingsError("PORTE_PAROLE_MAIL_IMAP: without TLS (imap://) only a server on this machine is asked")
        tls = parts.scheme == "imaps"
        return cls(host, port or (993 if tls else 143), user, mailbox, tls)

    def __str__(self) -> str:
        return f"{self.user} at {self.host}:{self.port}, {self.mailbox}"


@dataclass
class ImapBox:
    """The mailbox, its connection open between `opened` and the end of it. `drafts_in` names the drafts' folder."""

    address: ImapAddress
    password: str = field(repr=False)
    drafts_in: str | None = None
    _server: Any = field(default=None, init=False, repr=False)
    _drafts: bytes = field(default=b"", init=False)
    _place: str = field(default="", init=False)

    @contextmanager
    def opened(self) -> Iterator[ImapBox]:
        """The box, signed in to. Raises MailboxError."""
        with self._speaking():
            self._server = self._connected()
        try:
            with self._speaking():
                self._server.login(self.address.user, self.password)
                self._drafts = self._folder_of_drafts()
                self._examine()
            yield self
        finally:
            with suppress(OSError, imaplib.IMAP4.error):
                self._server.logout()

    @property
    def drafts(self) -> str:
        return f"{self._drafts.decode('ascii', 'replace')} of {self.address.user}"

    def letters(self, since: datetime) -> Iterator[Arrived]:
        day = f"{since.day:02}-{_MONTHS[since.month - 1]}-{since.year}"
        with self._speaking():
            found = self._ok(self._server.uid("SEARCH", "SINCE", day, "UNANSWERED", "UNDELETED", "UNDRAFT"))
        for number in sorted(int(one) for one in (found[0] or b"").split() if one.isdigit()):
            yield Arrived(f"{self._place};{number}", partial(self._read, number))

    def holds(self, draft_id: str) -> bool:
        with self._speaking():
            try:
                self._ok(self._server.select(_quoted(self._drafts), readonly=True))
                found = self._ok(self._server.uid("SEARCH", "HEADER", "Message-ID", f'"{draft_id}"'))
                return bool((found[0] or b"").split())
            finally:
                self._examine()

    def keep(self, draft: EmailMessage) -> None:
        data = draft.as_bytes(policy=policy.SMTP)
        with self._speaking():
            self._ok(self._server.append(_quoted(self._drafts), r"(\Draft)", None, data))

    def _connected(self) -> imaplib.IMAP4:
        host, port = self.address.host, self.address.port
        if self.address.tls:
            return imaplib.IMAP4_SSL(host, port, ssl_context=ssl.create_default_context(), timeout=PATIENCE)
        return imaplib.IMAP4(host, port, timeout=PATIENCE)

    def _examine(self) -> None:
        """Open the mailbox to be read only."""
        self._ok(self._server.select(_quoted(_encoded(self.address.mailbox)), readonly=True))
        _, validity = self._server.response("UIDVALIDITY")
        told = (validity[0] or b"").decode("ascii", "replace") if validity else ""
        self._place = f"{self.address.user}@{self.address.host}/{self.address.mailbox};{told}"

    def _read(self, number: int) -> bytes:
        with self._speaking():
            found = self._ok(self._server.uid("FETCH", str(number), f"(BODY.PEEK[]<0.{LARGEST}>)"))
        for part in found:
            if isinstance(part, tuple) and isinstance(part[1], bytes):
                return part[1]
        return b""

    def _folder_of_drafts(self) -> bytes:
        if self.drafts_in is not None:
            return _encoded(self.drafts_in)
        named = []
        for line in self._ok(self._server.list()):
            head, name = line if isinstance(line, tuple) else (line or b"", None)
            match = _LISTED.fullmatch(head.strip())
            if match is not None:
                written = name if name is not None else _unquoted(match["name"])
                if rb"\drafts" in match["flags"].lower().split():
                    return bytes(written)
                named.append(bytes(written))
        usual = [name for name in named if _USUAL.fullmatch(name)]
        if not usual:
            raise MailboxError(f"{self.address}: no folder for drafts is known there; name it with --drafts.")
        return usual[0]

    def _ok(self, told: tuple[str, list[Any]]) -> list[Any]:
        if told[0] != "OK":
            raise MailboxError(f"{self.address}: the server refuses ({_words(told[1])}).")
        return told[1]

    @contextmanager
    def _speaking(self) -> Iterator[None]:
        try:
            yield
        except imaplib.IMAP4.error as error:
            raise MailboxError(f"{self.address}: {_words(error.args)}") from None
        except (OSError, EOFError) as error:
            raise MailboxError(f"{self.address}: cannot be reached ({error}).") from error


def _quoted(name: bytes) -> str:
    return '"' + name.decode("ascii", "replace").replace("\\", "\\\\").replace('"', '\\"') + '"'


def _unquoted(name: bytes) -> bytes:
    if name.startswith(b'"') and name.endswith(b'"'):
        return re.sub(rb"\\(.)", rb"\1", name[1:-1])
    return name


def _encoded(name: str) -> bytes:
    """A folder's name in IMAP's own UTF-7 (RFC 3501, 5.1.3)."""
    told = re.sub(
        r"[^\x20-\x7e]+",
        lambda found: "&" + found[0].encode("utf-7").decode()[1:].rstrip("-").replace("/", ",") + "-",
        name.replace("&", "&-"),
    )
    return told.encode("ascii")


def _words(told: Any) -> str:
    """What a server says, on one line."""
    parts = (part.decode("utf-8", "replace") if isinstance(part, bytes) else str(part) for part in told)
    return " ".join(" ".join(parts).split())[:300]
