"""What a language model says, as it says it: whole sentences, each with the numbers it names.

Thinking aloud, code fences, bullets, emphasis and labels are taken away; a list stays with
the sentence that introduces it. Knows nothing about sources, nor whether anything is true.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from store.language import sentences

LONGEST = 1_200
"""Characters without an end over which a model no longer writes sentences."""

_TAG = r"(?:think(?:ing)?|thought|reasoning)"
_THOUGHT = re.compile(rf"<{_TAG}>.*?</{_TAG}>|\A.*</{_TAG}>", re.DOTALL | re.IGNORECASE)
_THINKING = re.compile(
    rf"<{_TAG}>.*\Z|<[/|]?[\w|]{{0,24}}\Z|[\[【［][^\]】］\n]{{0,40}}\Z|^[ \t]*(?:```|~~~)[^\n]*\Z",
    re.DOTALL | re.IGNORECASE | re.MULTILINE,
)
"""What is not finished: a thought, a tag, a mark, a fence."""
_OPENED = re.compile(rf"<{_TAG}>", re.IGNORECASE)
_CLOSING = re.compile(rf"</{_TAG}>", re.IGNORECASE)
_TAIL = 24
"""Characters of a thought that are kept: its end may be among them."""
_ROUND = re.compile(r"\([^)\n]{0,30}\Z")
_TURN = re.compile(r"<\|[\w-]{1,24}\|>|</?s>|\[/?INST\]")
_FENCE = re.compile(r"^[ \t]*(?:```|~~~)[\w-]*[ \t]*\n", re.MULTILINE)

_NAMED = (
    r"(?:sources?|phrases?|sentences?|s[äa]tze?|quellen?|font[ei]|fras[ei]|réf\.?|ref\.?|n[o°]\.?|\^)"
    r"\s*:?\s*(?:n[o°]\s*)?"
)
_NUMBERS = rf"\d{{1,3}}(?:(?:\s*[,;&–-]\s*|\s+(?:et|and|und|e)\s+)(?:{_NAMED})?\d{{1,3}})*"
_MARK = re.compile(
    rf"\\?[\[【［]\s*(?:{_NAMED})?({_NUMBERS})\s*(?:†[^\]】]{{0,40}})?\\?[\]】］]"
    rf"|\(\s*(?:{_NAMED})({_NUMBERS})\s*\)"
    r"|\((\d{1,2}(?:\s*[,;]\s*\d{1,2})*)\)"
    rf"|\b(?:sources?|quellen?|font[ei]|(?:phrases?|sentences?|s[äa]tze?|fras[ei])\s+n[o°])\s*:?\s*({_NUMBERS})(?=\D)",
    re.IGNORECASE,
)
_RANGE = re.compile(r"(\d{1,3})\s*[–-]\s*(\d{1,3})")
_FIRST, _LAST = 0xE000, 0xE000 + 999
_SIGNS = f"{chr(_FIRST)}-{chr(_LAST)}"
"""A mark is carried as one private character for each of its numbers."""
_SIGN = re.compile(f"[{_SIGNS}]")
_BEFORE_STOP = re.compile(rf"[^\S\n]*([{_SIGNS}](?:[^\S\n]*[{_SIGNS}])*)[^\S\n]*([.!?…]+(?:[^\S\n]?[»”\"])?)")

_ITEM = re.compile(r"[^\S\n]*(?:[•▪■◦●‣∙·*–—-]|\d{1,2}[.)])[^\S\n]+")
_NEXT = re.compile(r"\w\S*\s")
_MARKDOWN = re.compile(r"\*{1,3}|`+|(?<!\w)_{1,2}(?=\w)|(?<=\w)_{1,2}(?!\w)|^\s*(?:#{1,6}|>)\s+", re.MULTILINE)
_LINK = re.compile(r"!?\[([^\]\n]*)\]\([^)\n]*\)")
_LED = re.compile(
    rf"^(?:selon|d['’]après|according to|as stated in|laut|gemäss|gemäß|secondo)\s+(?:(?:les?|la|the|der|den|il)\s+)?"
    rf"(?:{_NAMED})?(?:[{_SIGNS}]\s*(?:et|and|und|e|,)?\s*)+[,:]\s*",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"^(?:réponse|answer|antwort|risposta|sources?|quellen|fonti|voici|here (?:is|are)|hier ist|ecco)\b"
    r"[^:.!?«]{0,60}:\s*",
    re.IGNORECASE,
)
_TIGHT = re.compile(r"[^\S\n]+(?=[.,)](?:\s|$))")


@dataclass(frozen=True, slots=True)
class Drafted:
    """A sentence of a model, without its marks, and the numbers it named, in order."""

    text: str
    marks: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of the draft; an `item` stands in a list."""

    start: int
    end: int
    item: bool


def _shortened(text: str) -> str:
    """The text without what is inside an unfinished thought, which may be long and is never read."""
    opened = list(_OPENED.finditer(text))
    if not opened or _CLOSING.search(text, opened[-1].end()):
        return text
    thought = opened[0] if _CLOSING.search(text, opened[0].end()) is None else opened[-1]
    return text[: thought.end()] + text[thought.end() :][-_TAIL:]


class Draft:
    """A model's words, piece by piece. A sentence is given once nothing that follows can change it."""

    def __init__(self) -> None:
        self._text = ""
        self._marks_first: bool | None = None

    @property
    def endless(self) -> bool:
        """Whether what is pending is longer than any sentence."""
        return len(_THINKING.sub("", self._text)) > LONGEST

    def add(self, words: str) -> list[Drafted]:
        """The sentences that `words` complete."""
        self._text = _signed(_plain(_shortened(self._text + _SIGN.sub("", words))))
        return self._taken(last=False)

    def end(self) -> list[Drafted]:
        """What is left when the model has said all it wanted to say."""
        self._text = _signed(_plain(self._text + "\n"))
        return self._taken(last=True)

    def _taken(self, last: bool) -> list[Drafted]:
        text = _THINKING.sub("", self._text if last else _ROUND.sub("", self._text))
        bare = _SIGN.sub(" ", text)
        if not bare.strip():
            return []
        if self._marks_first is None:
            self._marks_first = bool(_SIGN.match(text.lstrip(" \n\t*-•")))
        pieces = list(_pieces(text, bare, self._marks_first))
        drafted, start = [], 0
        for group in _groups(bare, pieces):
            settled = group[-1] is not pieces[-1] and _NEXT.search(bare, group[-1].end)
            if not (last or settled):
                break
            start = group[-1].end
            if (sentence := _sentence([text[piece.start : piece.end] for piece in group])) is not None:
                drafted.append(sentence)
        self._text = self._text[start:]
        return drafted


def _plain(text: str) -> str:
    """The text without what was thought aloud, marks of turns and code fences."""
    return _FENCE.sub("", _TURN.sub("", _THOUGHT.sub("", text)))


def _signed(text: str) -> str:
    """The text with each mark carried as signs, after the full stop it stands before."""
    return _BEFORE_STOP.sub(r"\2\1", _MARK.sub(_signs, text))


def _signs(mark: re.Match[str]) -> str:
    numbers = next(group for group in mark.groups() if group)
    ranged = _RANGE.sub(lambda found: ",".join(map(str, _between(int(found[1]), int(found[2])))), numbers)
    return "".join(chr(_FIRST + int(number)) for number in re.findall(r"\d+", ranged))


def _between(first: int, last: int) -> list[int]:
    return list(range(first, last + 1)) if first <= last <= first + 20 else [first, last]


def _pieces(text: str, bare: str, marks_first: bool) -> Iterator[_Piece]:
    """The sentences of each line, with the marks that belong to them; they follow each other without a gap."""
    starts: list[tuple[int, bool]] = []
    for line in re.finditer(r"[^\n]+", bare):
        if not line[0].strip():
            continue
        bullet = _ITEM.match(bare, line.start(), line.end())
        body = bullet.end() if bullet else line.start()
        for place, span in enumerate(sentences(bare[body : line.end()])):
            begins = body + span.start if place else line.start()
            starts.append((begins, bullet is not None and place == 0))
    for place, (start, item) in enumerate(starts):
        end = starts[place + 1][0] if place + 1 < len(starts) else len(text)
        yield _Piece(_moved(text, bare, start, marks_first), _moved(text, bare, end, marks_first), item)


def _moved(text: str, bare: str, border: int, marks_first: bool) -> int:
    """A border, moved before the marks that open the sentence after it where marks stand first."""
    if not marks_first or border in (0, len(text)):
        return border
    return len(bare[:border].rstrip())


def _groups(bare: str, pieces: list[_Piece]) -> Iterator[list[_Piece]]:
    """The pieces, each list with what introduces it."""
    group: list[_Piece] = []
    for piece in pieces:
        if group and not (piece.item and _introduces(bare, group[0])):
            yield group
            group = []
        group.append(piece)
    if group:
        yield group


def _introduces(bare: str, piece: _Piece) -> bool:
    return bare[piece.start : piece.end].rstrip(" \n\t*_").endswith(":")


def _sentence(parts: list[str]) -> Drafted | None:
    """A sentence cleaned, with its marks; None where nothing is left of it."""
    marks = tuple(dict.fromkeys(ord(sign) - _FIRST for part in parts for sign in _SIGN.findall(part)))
    first, *items = [_cleaned(part) for part in parts]
    if items:
        first = f"{first} {' ; '.join(item.rstrip(' .;,') for item in items if item)}."
    if not any(character.isalnum() for character in first):
        return None
    return Drafted(first if first[-1] in '.!?…»”":' else f"{first}.", marks)


def _cleaned(text: str) -> str:
    text = _ITEM.sub("", text, count=1) if _ITEM.match(text) else text
    text = _MARKDOWN.sub("", _LINK.sub(r"\1", text)).strip()
    led = _LED.match(text)
    if led:
        text = text[led.end() :]
        text = text[:1].upper() + text[1:]
    text = _LABEL.sub("", _SIGN.sub(" ", text).strip())
    text = _TIGHT.sub("", " ".join(text.split())).strip(" ;,-–")
    return text[1:-1].strip() if text.startswith("[") and text.endswith("]") else text
