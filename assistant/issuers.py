"""The names an issuer goes by: its own, its short forms, its acronym; learnt from the archive.

Knows nothing about questions beyond the words it is handed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from store.language import fold

_PARTS = re.compile(r"[,–—/|]| - ")
_ACRONYM = re.compile(r"\b[A-Z][A-Za-z]*[A-Z][A-Za-z]*\b")
_SMALL = frozenset(
    "le la les l un une de des du d et en pour a au aux".split()
    + "the of and for der die das und fur di del della".split()
)


@dataclass(frozen=True, slots=True)
class Issuers:
    """Issuers by each folded name they go by; a name that two share names neither."""

    by_name: Mapping[str, str]

    def named_in(self, folded: str) -> list[tuple[str, int, int]]:
        """Issuers whose name stands in a folded text, longest names first: (issuer, start, end)."""
        found: list[tuple[str, int, int]] = []
        for name in sorted(self.by_name, key=len, reverse=True):
            for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", folded):
                if not any(start < match.end() and match.start() < end for _, start, end in found):
                    found.append((self.by_name[name], *match.span()))
        return sorted(found, key=lambda one: one[1])

    def resolve(self, name: str) -> str | None:
        """The issuer that goes by `name`, in any case, with or without accents and article."""
        wanted = _bare(fold(name))
        return self.by_name.get(wanted)


def learn(issuers: Iterable[str], texts: Iterable[str] = ()) -> Issuers:
    """The names of these issuers: whole, without article, each part, and their acronyms.

    An acronym is one the name holds (« Agence X – AX ») or one that some text puts in
    brackets after it (« Office fédéral des routes (OFROU) »).
    """
    names: dict[str, set[str]] = {}

    def goes_by(name: str, issuer: str) -> None:
        bare = _bare(name)
        if len(bare) >= 3:
            names.setdefault(bare, set()).add(issuer)

    known = sorted(set(issuers))
    for issuer in known:
        goes_by(fold(issuer), issuer)
        for part in _PARTS.split(issuer):
            if len(part.split()) >= 2 or _ACRONYM.fullmatch(part.strip()):
                goes_by(fold(part), issuer)
        for acronym in _ACRONYM.findall(issuer):
            goes_by(fold(acronym), issuer)
    by_folded = {_bare(fold(issuer)): issuer for issuer in known}
    if by_folded:
        longest_first = sorted(by_folded, key=len, reverse=True)
        pattern = re.compile(rf"(?<!\w)({'|'.join(map(re.escape, longest_first))})\s?\(([a-z]{{2,10}})\)")
        for text in texts:
            for match in pattern.finditer(fold(text)):
                goes_by(match[2], by_folded[match[1]])
    return Issuers({name: owners.pop() for name, owners in names.items() if len(owners) == 1})


def _bare(folded: str) -> str:
    """A folded name without its leading article."""
    words = folded.replace("'", "' ").split()
    while len(words) > 1 and words[0].rstrip("'") in _SMALL:
        words.pop(0)
    return " ".join(words).replace("' ", "'").strip()
