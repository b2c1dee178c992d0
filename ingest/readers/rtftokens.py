"""The tokens of RTF: groups, control words, bytes and text, in one pass over the file.

Knows the syntax only; what a control word means is said elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

_TOKEN = re.compile(
    rb"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})?[ ]?|\\'(?P<byte>[0-9a-fA-F]{2})|\\(?P<sign>[^a-zA-Z])"
    rb"|(?P<open>\{)|(?P<close>\})|[\r\n\x00]+|(?P<text>[^\\{}\r\n\x00]+)|\\",
    re.DOTALL,
)


class Kind(Enum):
    """What a token is."""

    OPEN = "{"
    CLOSE = "}"
    WORD = "word"
    SIGN = "sign"
    BYTES = "bytes"


@dataclass(frozen=True, slots=True)
class Token:
    """A token; `name` of a control word or sign, its `number`, or `data` in the current code page.

    `escaped` bytes were written as « \\'e9 ».
    """

    kind: Kind
    name: str = ""
    number: int | None = None
    data: bytes = b""
    escaped: bool = False


def tokens(data: bytes) -> Iterator[Token]:
    """Every token in order; binary stretches (`\\bin`) are passed over."""
    place = 0
    while (match := _TOKEN.match(data, place)) is not None:
        place = match.end()
        kind = match.lastgroup
        if kind in {"word", "number"}:
            number = int(match["number"]) if match["number"] else None
            if match["word"] == b"bin" and number and number > 0:
                place += number
                continue
            yield Token(Kind.WORD, match["word"].decode("ascii"), number)
        elif kind == "byte":
            yield Token(Kind.BYTES, data=bytes.fromhex(match["byte"].decode("ascii")), escaped=True)
        elif kind == "sign":
            yield Token(Kind.SIGN, match["sign"].decode("latin-1"))
        elif kind == "text":
            yield Token(Kind.BYTES, data=match["text"])
        elif kind in {"open", "close"}:
            yield Token(Kind.OPEN if kind == "open" else Kind.CLOSE)
