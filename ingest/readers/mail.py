"""Mails (.eml) and mailboxes (.mbox): the message as a document, each attachment as its own.

The head gives guesses only: who sends a release is not always who issues it. Does not
know what a release looks like, nor how attachments are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from email.message import Message
from hashlib import sha256
from itertools import chain, count
from pathlib import Path
from typing import IO

from ingest.document import Document, Hints
from ingest.readers.collection import LARGEST_MEMBER, Found, Inside
from ingest.readers.mailbody import Parts, mended, parts_of, payload
from ingest.readers.mailheads import file_name, guesses_of, header
from ingest.readers.mailtext import is_cover, message_of, own_words
from ingest.readers.mailtree import tree_of
from store.dates import find_dates
from store.records import OriginKind, UnreadableDocument

MEDIA_TYPE = "message/rfc822"

_SUFFIXES = {
    "application/pdf": ".pdf", "application/x-pdf": ".pdf", "application/msword": ".doc", "application/rtf": ".rtf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx", "text/rtf": ".rtf",
    "application/vnd.oasis.opendocument.text": ".odt", "application/zip": ".zip", "text/html": ".html",
    "application/x-zip-compressed": ".zip", "text/plain": ".txt", "text/markdown": ".md", "text/csv": ".csv",
    "message/rfc822": ".eml", "image/png": ".png", "image/jpeg": ".jpg", "image/tiff": ".tif",
}  # fmt: skip
_MAGIC = ((b"%PDF-", ".pdf"), (b"{\\rtf", ".rtf"), (b"\x89PNG", ".png"), (b"\xff\xd8\xff", ".jpg"))
_NO_DOCUMENT = frozenset(
    "text/calendar text/vcard text/x-vcard application/pgp-signature application/pkcs7-signature"
    " application/x-pkcs7-signature application/ics text/x-amp-html message/delivery-status".split()
)
_FROM_LINE = re.compile(rb"From \S.{0,200}\d{2}:\d{2}.{0,60}\r?\n?")
_QUOTED_FROM = re.compile(rb"^>(>*From )", re.MULTILINE)
_SMALLEST_TEXT, _LONGEST_TEXT, _LONGEST_LETTER = 20, 1_000_000, 50_000


@dataclass(frozen=True, slots=True)
class _Attachment:
    name: str
    suffix: str | None
    data: bytes


def read_mail(stream: IO[bytes], name: str, inside: Inside) -> Iterator[Found]:
    """The message under `name`, then its attachments as `mail.eml#attachment.pdf`.

    A note that only announces attachments that could be read is no document of its own.
    """
    yield from _mail(stream.read(LARGEST_MEMBER), name, inside)


def words_of(data: bytes, name: str = "mail") -> str:
    """What the sender of a mail wrote in it, whole or its beginning. Raises UnreadableDocument."""
    try:
        parts = parts_of(tree_of(data))
    except (RecursionError, ValueError, LookupError, TypeError, AttributeError, IndexError, AssertionError) as error:
        raise UnreadableDocument(name, f"damaged mail ({type(error).__name__})") from error
    if parts.locked:
        raise UnreadableDocument(name, "encrypted mail")
    words = parts.words()
    return mended(words, own_words(words.text[:_LONGEST_LETTER]))


def read_mailbox(stream: IO[bytes], name: str, inside: Inside) -> Iterator[Found]:
    """Each mail of a mailbox in turn, named `box.mbox#its message id`."""
    taken: dict[str, int] = {}
    found = False
    for data in _mails(stream):
        found = True
        head = tree_of(data[:65536])
        key = (header(head, "Message-ID") or sha256(data).hexdigest()[:12]).strip("<> ")
        taken[key] = taken.get(key, 0) + 1
        whole = f"{name}#{key}" if taken[key] == 1 else f"{name}#{key}|{taken[key]}"
        try:
            inside.allowance.take(len(data), whole)
        except UnreadableDocument as unreadable:
            yield unreadable
            if inside.allowance.spent:
                return
            continue
        yield from _mail(data, whole, inside)
    if not found:
        yield UnreadableDocument(name, "not a mailbox: no line « From … » begins a mail in it")


def count_mails(path: Path) -> int:
    """How many mails a mailbox seems to hold; 0 where it cannot be opened."""
    try:
        with path.open("rb") as stream:
            lines = iter(lambda: stream.readline(1 << 20), b"")
            return sum(_FROM_LINE.fullmatch(line) is not None for line in lines)
    except OSError:
        return 0


def _mails(stream: IO[bytes]) -> Iterator[bytes]:
    """The bytes of each mail, streamed; of one beyond the limit only what shows that it is."""
    lines: list[bytes] | None = None
    size, blank = 0, True
    for line in iter(lambda: stream.readline(1 << 20), b""):
        if blank and _FROM_LINE.fullmatch(line):
            if lines is not None:
                yield _QUOTED_FROM.sub(rb"\1", b"".join(lines))
            lines, size = [], 0
        elif lines is not None and size <= LARGEST_MEMBER:
            lines.append(line)
            size += len(line)
        blank = not line.strip()
    if lines is not None:
        yield _QUOTED_FROM.sub(rb"\1", b"".join(lines))


def _mail(data: bytes, name: str, inside: Inside) -> Iterator[Found]:
    try:
        message = tree_of(data)
        parts = parts_of(message)
    except (RecursionError, ValueError, LookupError, TypeError, AttributeError, IndexError, AssertionError) as error:
        yield UnreadableDocument(name, f"damaged mail ({type(error).__name__}); save it again from its program")
        return
    if not any(message.get(each) for each in ("From", "Date", "Subject", "Message-ID", "Received", "MIME-Version")):
        yield UnreadableDocument(name, "not a mail, whatever its name says: it has no head")
        return
    if parts.locked:
        yield UnreadableDocument(name, "encrypted mail; save it decrypted")
        return
    if parts.cut:
        yield UnreadableDocument(name, "only its first thousand parts, forty deep, were read; save the others apart")
    yield from _read(message, parts, data, name, inside)


def _read(message: Message, parts: Parts, data: bytes, name: str, inside: Inside) -> Iterator[Found]:
    words, digest = parts.words(), sha256(data).hexdigest()
    doubts = ("texte coupé : trop long pour un communiqué",) if len(words.text) > _LONGEST_TEXT else ()
    text, links, forwarded = message_of(words.text[:_LONGEST_TEXT], words.links)
    guesses = guesses_of(message)
    days = find_dates(forwarded.date or "")
    guesses = replace(
        guesses,
        title=forwarded.subject or guesses.title,
        published=days[0].period.first if days else guesses.published,
        issuer=None if forwarded.subject else guesses.issuer,
    )
    text = mended(words, text)
    attached = list(_attachments(parts.attached))
    found = [each for attachment in attached for each in _documents(attachment, name, guesses, inside)]
    documents = sum(isinstance(each, Document) for each in found)
    if parts.pictures and not documents and is_cover(text):
        shown = _attachments(parts.pictures)
        found.extend(each for attachment in shown for each in _documents(attachment, name, guesses, inside))
        documents = sum(isinstance(each, Document) for each in found)
    if len(text) >= _SMALLEST_TEXT and not (documents and is_cover(text)):
        yield Document(text, name, MEDIA_TYPE, digest, guesses=guesses, doubts=doubts, links=links, original=data)
    elif not found:
        yield UnreadableDocument(name, "empty: no text in it, and nothing attached")
    yield from found


def _attachments(parts: list[Message]) -> Iterator[_Attachment]:
    """What is attached, with names that differ; signatures, visiting cards and calendars are no documents."""
    taken: set[str] = set()
    for part in parts:
        kind = part.get_content_type()
        if kind in _NO_DOCUMENT:
            continue
        data = _nested(part) if kind == MEDIA_TYPE else payload(part)
        name = file_name(part) or ("message.eml" if kind == MEDIA_TYPE else f"pièce{_SUFFIXES.get(kind, '')}")
        if name.casefold().endswith((".p7s", ".asc", ".vcf", ".ics", ".sig")):
            continue
        named = next(each for each in chain([name], (f"{n}-{name}" for n in count(2))) if each not in taken)
        taken.add(named)
        known = next((suffix for magic, suffix in _MAGIC if data.startswith(magic)), None)
        yield _Attachment(named, known or _SUFFIXES.get(kind), data)


def _nested(part: Message) -> bytes:
    inner = part.get_payload()
    first = inner[0] if isinstance(inner, list) and inner else None
    try:
        return first.as_bytes() if isinstance(first, Message) else payload(part)
    except (ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError):
        return b""


def _documents(attachment: _Attachment, mail: str, guesses: Hints, inside: Inside) -> Iterator[Found]:
    name = f"{mail}#{attachment.name}"
    if attachment.name.casefold() == "winmail.dat":
        yield UnreadableDocument(name, "packed by Outlook in a format of its own; have it sent again as PDF or .docx")
        return
    try:
        inside.allowance.take(len(attachment.data), name)
    except UnreadableDocument as unreadable:
        yield unreadable
        return
    for found in inside.read(attachment.data, name, attachment.suffix):
        yield _with(found, guesses) if isinstance(found, Document) else found


def _with(document: Document, mail: Hints) -> Document:
    """What the mail's head tells, where the attachment's own properties are silent."""
    own = document.guesses
    if own.origin is OriginKind.MAIL:
        return document
    title = own.title or mail.title
    return replace(document, guesses=replace(mail, title=title, language=own.language))
