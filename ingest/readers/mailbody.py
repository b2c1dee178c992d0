"""The parts of a mail: which is its message, and what is attached.

The plain text goes first, unless it is a stub that sends the reader elsewhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from email.message import Message

from ingest.mending import mend
from ingest.readers.confined import confined
from ingest.readers.encoding import decode
from ingest.readers.mailheads import file_name
from store.folding import fold
from store.records import Link, UnreadableDocument

_STUB = re.compile(
    r"(?:ne (?:supporte|prend|lit|gere|permet)|n'affiche|n'accepte) pas.{0,60}html|format html|html.{0,30}(?:viewer"
    r"|version|compatible)|in your browser|version en ligne|dans votre navigateur"
)
_MOST_PARTS, _DEEPEST = 1000, 40
_UNSOUND = frozenset({"", "idna", "punycode"})
"""Charsets that no mail is written in; the last two take the square of the time."""


@dataclass(frozen=True, slots=True)
class Words:
    """A text with its links; `marked` where it came as HTML and is mended already."""

    text: str
    links: tuple[Link, ...] = ()
    marked: bool = False


@dataclass(slots=True)
class Parts:
    """What a mail holds: texts in order, attachments, pictures, whether it is locked, and whether some were left."""

    texts: list[Words] = field(default_factory=list)
    attached: list[Message] = field(default_factory=list)
    pictures: list[Message] = field(default_factory=list)
    locked: bool = False
    cut: bool = False

    def words(self) -> Words:
        """Its texts as one; links are kept where there is only one."""
        texts = [each for each in self.texts if each.text.strip()]
        if len(texts) == 1:
            return texts[0]
        return Words("\n\n".join(each.text.strip("\n") for each in texts), marked=any(each.marked for each in texts))


def parts_of(message: Message) -> Parts:
    """The parts of a mail, sorted."""
    parts = Parts()
    _gather(message, parts, _DEEPEST)
    return parts


def _gather(part: Message, parts: Parts, depth: int) -> None:
    kind = part.get_content_type()
    if kind == "multipart/encrypted" or kind in {"application/pkcs7-mime", "application/x-pkcs7-mime"}:
        parts.locked = True
    elif kind == "message/rfc822":
        parts.attached.append(part)
    elif part.is_multipart():
        inner = [each for each in part.get_payload() if isinstance(each, Message)]
        if depth <= 0 or len(inner) > _MOST_PARTS:
            parts.cut = True
        if depth <= 0:
            return
        inner = inner[:_MOST_PARTS]
        if kind == "multipart/alternative":
            _choose(inner, parts, depth)
        else:
            for each in inner:
                _gather(each, parts, depth - 1)
    elif kind in {"text/plain", "text/html"} and not _is_file(part):
        words = _words(part, html=kind == "text/html")
        if words is not None:
            parts.texts.append(words)
    elif kind.startswith("image/"):
        parts.pictures.append(part)
    else:
        parts.attached.append(part)


def _choose(alternatives: list[Message], parts: Parts, depth: int) -> None:
    """One of several forms of the same message; what is attached to any of them is kept."""
    forms = []
    for each in alternatives:
        form = Parts()
        _gather(each, form, depth - 1)
        forms.append(form)
        parts.attached.extend(form.attached)
        parts.pictures.extend(form.pictures)
        parts.locked = parts.locked or form.locked
        parts.cut = parts.cut or form.cut
    told = [form.words() for form in forms if form.texts]
    plain = next((words for words in told if not words.marked and words.text.strip()), None)
    rich = next((words for words in told if words.marked and words.text.strip()), None)
    best = rich if plain is None or (rich is not None and _is_stub(plain.text, rich.text)) else plain
    if best is not None:
        parts.texts.append(best)


def _is_stub(plain: str, rich: str) -> bool:
    return 3 * len(plain) < len(rich) or (len(plain) < 0.7 * len(rich) and _STUB.search(fold(plain)) is not None)


def _is_file(part: Message) -> bool:
    return part.get_content_disposition() == "attachment" or (
        file_name(part) is not None and part.get_content_disposition() != "inline"
    )


def _words(part: Message, *, html: bool) -> Words | None:
    data = payload(part)
    try:
        text = _decoded(part, data)
        if not html:
            return Words(_unflowed(text) if part.get_param("format") == "flowed" else text)
        shown = confined("letter", text.encode("utf-8", "replace"), "")
    except UnreadableDocument:
        return None
    return Words(shown.text, shown.links, marked=True)


def payload(part: Message) -> bytes:
    """The bytes of a part, out of their transfer encoding."""
    try:
        data = part.get_payload(decode=True)
    except (ValueError, LookupError, AssertionError):
        return b""
    return data if isinstance(data, bytes) else b""


def _decoded(part: Message, data: bytes) -> str:
    try:
        charset = part.get_content_charset() or ""
        if charset not in _UNSOUND and charset not in {"us-ascii", "ascii", "iso-8859-1", "latin-1", "utf-16"}:
            return data.decode(charset)
    except (LookupError, ValueError):
        pass
    return decode(data, "")[0]


def _unflowed(text: str) -> str:
    """« format=flowed »: a line that ends with a blank goes on in the next."""
    parts: list[str] = []
    flows = True
    for line in text.splitlines():
        line = line[1:] if line.startswith(" ") else line
        parts += [line] if flows else ["\n", line]
        flows = line.endswith(" ") and line != "-- "
    return "".join(parts)


def mended(words: Words, text: str) -> str:
    """The message's text as the archive keeps it."""
    return text if words.marked else mend(text)
