"""Bytes of unknown encoding, as text.

Knows nothing of formats. What cannot be told is an error, not a page of question marks.
"""

from __future__ import annotations

import codecs
import re

from store.records import UnreadableDocument

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_LEGACY = ("cp1252", "iso8859_15", "mac_roman", "cp850")
_LIKELY = re.compile(r"[éèêëàâçùûôîïœ«»’“”°€–…äöüß]|(?<![a-zà-ÿ])[ÉÈÀÇÊÄÖÜ]")
_MANGLED = re.compile(r"Ã[©¨ª«\xa0¢§¹»´®¯‰€\x80-\xbf]|â€[™œ\x9d“”¦]|Â[«»°\xa0]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f]")


def decode(data: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    """The text of `data`, and doubts where the encoding had to be guessed.

    UTF-8 and UTF-16 with or without mark, then Windows, Mac and DOS Western code pages by
    their likeliest letters; UTF-8 once mistaken for Windows (« Ã© ») is undone.
    Raises UnreadableDocument for binary data and for text already lost to « � ».
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _strict(data, encoding, name), ()
    zeros = data.count(b"\x00")
    if zeros > max(1, len(data) // 1000):
        return _wide(data, name), ()
    data = data.replace(b"\x00", b"") if zeros else data
    doubts: tuple[str, ...] = ()
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text, doubts = _legacy(data, name)
    if len(_CONTROL.findall(text)) > max(2, len(text) // 50):
        raise UnreadableDocument(name, "binary data, not text; give the document in one of the formats read")
    lost = text.count("\ufffd")
    if lost > max(1, len(text) // 1000):
        raise UnreadableDocument(
            name, f"{lost} characters were lost (« \ufffd ») when it was saved; export it again in UTF-8"
        )
    return _unmangled(text), doubts


def _strict(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableDocument(name, f"not valid {encoding} at byte {error.start}; save it again in UTF-8") from error


def _wide(data: bytes, name: str) -> str:
    """UTF-16 without mark: every other byte of Western text is zero."""
    half = max(1, len(data) // 2)
    for encoding, zeros in (("utf-16-le", data[1::2].count(0)), ("utf-16-be", data[::2].count(0))):
        if zeros > 0.7 * half and len(data) % 2 == 0:
            return _strict(data, encoding, name)
    raise UnreadableDocument(name, "binary data, not text; give the document in one of the formats read")


def _legacy(data: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    mixed = data.decode("utf-8", errors="surrogateescape")
    stray = sum("\udc80" <= character <= "\udcff" for character in mixed)
    wide = sum(character > "\x7f" for character in mixed) - stray
    if wide > 3 * stray:
        return _mixed(mixed), (f"encodage mêlé : {stray} octets lus comme Windows-1252 dans un texte UTF-8",)
    texts = {encoding: data.decode(encoding, errors="replace") for encoding in _LEGACY}
    best = max(_LEGACY, key=lambda encoding: (_plausible(texts[encoding]), -_LEGACY.index(encoding)))
    if _plausible(texts[best]) <= 0 and stray <= len(data) // 500:
        return _mixed(mixed), (f"encodage incertain : {stray} octets lus comme Windows-1252",)
    if _plausible(texts[best]) <= 0 and len(data) > 40:
        raise UnreadableDocument(name, "its encoding cannot be told; save it again in UTF-8")
    return texts[best], (f"encodage supposé : {best}",)


def _plausible(text: str) -> float:
    """The share of likely letters among those beyond ASCII, less the unlikely ones."""
    beyond = sum(character > "\x7f" for character in text)
    likely = len(_LIKELY.findall(text))
    return (2 * likely - beyond) / max(1, beyond) - text.count("\ufffd")


def _mixed(text: str) -> str:
    return "".join(_stray(letter) if "\udc80" <= letter <= "\udcff" else letter for letter in text)


def _stray(surrogate: str) -> str:
    return bytes([ord(surrogate) - 0xDC00]).decode("cp1252", errors="replace")


def _unmangled(text: str) -> str:
    """« Ã© » read back as « é », on each line where the whole line can be."""
    if len(_MANGLED.findall(text)) < 2:
        return text
    return "\n".join(_undone(line) if _MANGLED.search(line) else line for line in text.split("\n"))


def _undone(line: str) -> str:
    try:
        return b"".join(_western(character) for character in line).decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return line


def _western(character: str) -> bytes:
    return bytes([ord(character)]) if ord(character) < 256 else character.encode("cp1252")
