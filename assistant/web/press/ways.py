"""The ways a journalist's question travels to the press office: a letter by SMTP, a call to a webhook.

Where to is decided by the settings alone; what the journalist wrote is text in a body, and
an address to reply to once it is plainly one. Knows nothing of what is kept, nor when to
try again.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import smtplib
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from typing import Protocol
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

from assistant.web.callers import is_loopback
from store.enquiry_rows import Enquiry
from store.records import SettingsError

PARIS = ZoneInfo("Europe/Paris")
PATIENCE = 15.0
"""Seconds a server is waited for."""
_ADDRESS = re.compile(r"[A-Za-z0-9._%+'-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?")


class Undelivered(Exception):
    """It did not arrive; why, without addresses or secrets. `lasting`: it never will."""

    def __init__(self, reason: str, lasting: bool = False) -> None:
        super().__init__(reason)
        self.lasting = lasting


class Way(Protocol):
    """Delivers one enquiry."""

    @property
    def name(self) -> str: ...

    def deliver(self, enquiry: Enquiry, now: datetime) -> None:
        """Raises Undelivered."""


@dataclass(frozen=True, slots=True)
class Letter:
    """By SMTP to one address of the settings; encrypted wherever the server is not this machine."""

    host: str
    port: int
    sender: str
    recipient: str
    user: str = ""
    password: str = field(default="", repr=False)
    secure: bool = False
    name: str = "smtp"

    @classmethod
    def read(cls, environment: Mapping[str, str]) -> Letter | None:
        """From PORTE_PAROLE_SMTP and _SMTP_PASSWORD, _SMTP_FROM, _SMTP_TO; None without. Raises SettingsError."""
        given = environment.get("PORTE_PAROLE_SMTP", "").strip()
        if not given:
            return None
        try:
            parts = urlsplit(given)
            port, host, user = parts.port, parts.hostname or "", unquote(parts.username or "")
        except ValueError:
            parts, port, host, user = urlsplit(""), None, "", ""
        if parts.scheme not in ("smtp", "smtps") or not host or parts.path not in ("", "/") or parts.query:
            raise SettingsError(
                "PORTE_PAROLE_SMTP is no address of a mail server, such as smtp://presse@mail.example:587 or "
                "smtps://presse@mail.example"
            )
        if parts.password:
            raise SettingsError("PORTE_PAROLE_SMTP holds no password: give it in PORTE_PAROLE_SMTP_PASSWORD")
        password = environment.get("PORTE_PAROLE_SMTP_PASSWORD", "")
        if bool(user) != bool(password):
            raise SettingsError("PORTE_PAROLE_SMTP needs both a name (smtp://NAME@HOST) and _SMTP_PASSWORD, or neither")
        addresses = {}
        for name in ("FROM", "TO"):
            address = environment.get(f"PORTE_PAROLE_SMTP_{name}", "").strip()
            if not _ADDRESS.fullmatch(address):
                raise SettingsError(f"PORTE_PAROLE_SMTP_{name} is one address, such as presse@ormelune.example")
            addresses[name] = address
        secure = parts.scheme == "smtps"
        return cls(
            host, port or (465 if secure else 587), addresses["FROM"], addresses["TO"], user, password, secure
        )  # fmt: skip

    @property
    def named(self) -> str:
        """What this machine calls itself: looking that up can take as long as the letter."""
        return self.sender.rpartition("@")[2]

    def deliver(self, enquiry: Enquiry, now: datetime) -> None:
        letter = written(enquiry, self.sender, self.recipient)
        try:
            with self._connected() as server:
                if self.user:
                    server.login(self.user, self.password)
                server.send_message(letter, self.sender, [self.recipient])
        except smtplib.SMTPResponseException as error:
            lasting = error.smtp_code // 100 == 5 and not isinstance(error, smtplib.SMTPAuthenticationError)
            raise Undelivered(f"the mail server answered {error.smtp_code}", lasting) from error
        except smtplib.SMTPRecipientsRefused as error:
            codes = {code for code, _ in error.recipients.values()}
            raise Undelivered("the mail server refused the recipient", min(codes, default=0) // 100 == 5) from error
        except (smtplib.SMTPException, OSError) as error:
            raise Undelivered(f"the mail server cannot be used ({type(error).__name__})") from error

    def _connected(self) -> smtplib.SMTP:
        """The server, encrypted; in the clear only on this machine."""
        context = ssl.create_default_context()
        if self.secure:
            return smtplib.SMTP_SSL(self.host, self.port, self.named, timeout=PATIENCE, context=context)
        server = smtplib.SMTP(self.host, self.port, self.named, timeout=PATIENCE)
        server.ehlo()
        if server.has_extn("starttls"):
            server.starttls(context=context)
            server.ehlo()
        elif not is_loopback(self.host):
            server.close()
            raise Undelivered("the mail server does not encrypt")
        return server


@dataclass(frozen=True, slots=True)
class Hook:
    """By a POST of JSON to one address of the settings, sealed with a secret that both sides know."""

    url: str = field(repr=False)
    secret: str = field(repr=False)
    name: str = "webhook"

    @classmethod
    def read(cls, environment: Mapping[str, str]) -> Hook | None:
        """From PORTE_PAROLE_ENQUIRY_WEBHOOK and _ENQUIRY_SECRET; None without. Raises SettingsError."""
        url = environment.get("PORTE_PAROLE_ENQUIRY_WEBHOOK", "").strip()
        if not url:
            return None
        try:
            parts = urlsplit(url)
            host = parts.hostname or ""
        except ValueError:
            parts, host = urlsplit(""), ""
        if not host or parts.scheme not in ("https", "http") or (parts.scheme == "http" and not is_loopback(host)):
            raise SettingsError("PORTE_PAROLE_ENQUIRY_WEBHOOK is no https address (http only on this machine)")
        secret = environment.get("PORTE_PAROLE_ENQUIRY_SECRET", "")
        if len(secret) < 16:
            raise SettingsError("PORTE_PAROLE_ENQUIRY_SECRET needs 16 characters or more: it seals what is sent")
        return cls(url, secret)

    def deliver(self, enquiry: Enquiry, now: datetime) -> None:
        import httpx

        body = json.dumps(told(enquiry), ensure_ascii=False).encode()
        headers = {
            "Content-Type": "application/json",
            "Idempotency-Key": enquiry.id,
            "X-Porte-Parole-Signature": signature(self.secret, body, int(now.timestamp())),
        }
        try:
            with (
                httpx.Client(timeout=PATIENCE, follow_redirects=False, trust_env=False) as client,
                client.stream("POST", self.url, content=body, headers=headers) as response,
            ):
                status = response.status_code
        except httpx.HTTPError as error:
            raise Undelivered(f"the webhook cannot be reached ({type(error).__name__})") from error
        if not 200 <= status < 300:
            raise Undelivered(f"the webhook answered {status}", lasting=status in (400, 404, 410, 413, 422))


def read(environment: Mapping[str, str]) -> tuple[Way, ...]:
    """The ways that are set. Raises SettingsError."""
    ways: tuple[Way | None, ...] = (Letter.read(environment), Hook.read(environment))
    return tuple(way for way in ways if way is not None)


def signature(secret: str, body: bytes, moment: int) -> str:
    """What seals a body: `t=SECONDS,v1=HEX`, the HMAC-SHA256 of « SECONDS.BODY »."""
    sealed = hmac.new(secret.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={moment},v1={sealed}"


def told(enquiry: Enquiry) -> dict[str, object]:
    """An enquiry as programs of the press office get it."""
    document = enquiry.document()
    return {key: value for key, value in document.items() if key not in ("delivered", "trouble")}


def written(enquiry: Enquiry, sender: str, recipient: str) -> EmailMessage:
    """The letter; tried again it is the same one, so that it is not read twice."""
    letter = EmailMessage(policy=SMTP)
    letter["From"], letter["To"] = sender, recipient
    who = ", ".join(filter(None, (enquiry.name, enquiry.medium)))
    letter["Subject"] = _one_line(f"[Presse] Question {enquiry.id} – {who}")[:200]
    letter["Date"] = enquiry.at
    letter["Message-ID"] = f"<enquiry.{enquiry.id}@{sender.rpartition('@')[2]}>"
    letter["Auto-Submitted"] = "auto-generated"
    if _ADDRESS.fullmatch(enquiry.email):
        letter["Reply-To"] = enquiry.email
    letter.set_content(_words(enquiry))
    return letter


def _words(enquiry: Enquiry) -> str:
    deadline = ""
    if enquiry.deadline is not None:
        deadline = f"{enquiry.deadline.astimezone(PARIS):%d/%m/%Y, %H h %M} (heure de Paris)"
    facts = {
        "Nom": enquiry.name,
        "Média": enquiry.medium,
        "Courriel": enquiry.email,
        "Téléphone": enquiry.phone,
        "Délai": deadline,
        "Communiqués voisins": ", ".join(enquiry.releases),
        "Réponse du service de questions": enquiry.answer_id or "",
    }
    known = "\n".join(f"{name} : {_one_line(value)}" for name, value in facts.items() if value)
    return (
        f"Une question a été laissée sur la page de la presse (n° {enquiry.id}).\n\n{enquiry.question}\n\n{known}\n\n"
        "Ce message contient des données personnelles : ne le gardez que le temps de répondre.\n"
    )


def _one_line(text: str) -> str:
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
