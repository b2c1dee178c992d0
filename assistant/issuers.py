"""The names an issuer goes by: its own, short, foreign and former ones, its acronym; learnt from the archive.

A name is the row of its words that count, so articles, accents and capitals do not matter.
Knows nothing about questions beyond the words it is handed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from assistant.naming import SMALL, Word, corrected, longest, name_words, words_of
from assistant.spelling import Spelling, spelling
from store.language import fold
from store.stopwords import STOPWORDS

_PARTS = re.compile(r"[,–—|:]| - ")
_NOTE = re.compile(
    r"\s*[-–(]?\s*\b(?:dès|depuis|bis|seit|ab|until|since|jusqu|nouveau|neu|new|fino)\b.*$", re.IGNORECASE
)
_RENAMED = re.compile(
    r"\((?:nouveau|neu|new|anciennement|ancien|ex|formerly|vormals|ehemals|già)\s?:?\s(?P<name>[^()]+)\)"
)
_BRACKETS = re.compile(r"\(([^()]*)\)")
_ACRONYM = re.compile(r"\b[A-Z][A-Za-z]*[A-Z][A-Za-z]*\b")
_TOLD = re.compile(
    r"\s?\((?P<letters>[A-Z][A-Za-z-]{1,9})\)"
    r"|,?\s\(?(?:anciennement|autrefois|ex|formerly|previously|vormals|ehemals|bisher|già)\s"
    r"(?:l['’]|le\s|la\s|the\s|die\s|das\s|der\s|il\s)?(?P<former>[^\W\d_][^,.;()\n]{4,80})[,.;()]"
)
_GOING_ON = re.compile(r"(?:de|du|des|et|of|and|und|e|di|del|della)\s|d'|l'")
_LETTERS_AT_END = re.compile(r"\s?\([A-Za-z-]{2,10}\)$")
_GOES_ON = re.compile(r"\s?(?:\s(?:de|du|des|of|der|des|von|di|del|della)\s|\sd['’]|-)", re.IGNORECASE)
_LONGEST_NAME = 160
_TRANSLATED = 0.6
"""Share of an issuer's translated releases that bear the same foreign name, from which it is its own."""
_ALL = 4
"""Issuers that may share an acronym: a department and its secretariat; with more it names none."""
_LETTERS = 3
"""Capitals from which a word may be an acronym that no text spells out."""
_SECRETARIAT = 3
"""Words that count in « Secrétariat général du DDPS »: it speaks for the house whose letters it bears."""
_EVERYWHERE = "federal national general suisse confederation bundes eidgenossisch swiss"


@dataclass(frozen=True, slots=True)
class Named:
    """Issuers that characters `start` to `end` of a question name, `written` so.

    `weak` where only the kind of house was said (« la métropole »), and there is but one.
    `meant` is the name in other words where it was mistyped.
    """

    issuers: tuple[str, ...]
    start: int
    end: int
    weak: bool = False
    meant: str = ""


@dataclass(frozen=True, slots=True)
class Issuers:
    """Issuers by each name they go by; a name of several names them all.

    `own` are an issuer's words in their order, `rows` all those of its name without their
    endings, `heads` the issuers whose name a word begins, `same` other names of its house,
    `language` the one most of its releases are in.
    """

    names: Mapping[tuple[str, ...], tuple[str, ...]]
    rows: Mapping[str, frozenset[str]]
    spelling: Spelling
    heads: Mapping[str, tuple[str, ...]]
    language: Mapping[str, str] = field(default_factory=dict)
    same: Mapping[str, frozenset[str]] = field(default_factory=dict)
    own: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def named_in(self, question: str) -> list[Named]:
        """Issuers that a question names, in order, none overlapping another."""
        words = corrected(words_of(question), self.spelling)
        found: list[Named] = []
        at = 0
        while at < len(words):
            named, count = self._at(words, at, question)
            if named is not None:
                found.append(named)
            at += max(1, count)
        return found

    def resolve(self, name: str) -> str | None:
        """The issuer that goes by `name`, in any case, with or without accents and article."""
        issuers = self.names.get(name_words(name), ())
        return issuers[0] if len(issuers) == 1 else next((issuer for issuer in issuers if issuer == name), None)

    def all_of(self, name: str) -> tuple[str, ...]:
        """Every issuer that goes by `name`: several where they share it, none where nobody does."""
        return self.names.get(name_words(name), ())

    def _at(self, words: Sequence[Word], at: int, question: str) -> tuple[Named | None, int]:
        count = longest(words, at, self.names)
        part, subset = self._in_part(words, at, question)
        if part > count:
            return self._named(words[at : at + part], subset), part
        chosen = words[at : at + count]
        if not count and (guessed := self._by_letters(words[at], question)):
            return self._named(words[at : at + 1], guessed), 1
        if not count or not _meant_so(chosen, question):
            return None, 0
        return self._named(chosen, self.names[tuple(word.read for word in chosen)]), count

    def _named(self, words: Sequence[Word], issuers: Sequence[str]) -> Named:
        mistyped = any(word.meant and root(word.meant) != root(word.text) for word in words)
        said = [issuer for issuer in issuers if {word.read for word in words} <= set(name_words(issuer))] or issuers
        meant = min(said, key=len) if mistyped else ""
        every = [other for issuer in issuers for other in (issuer, *sorted(self.same.get(issuer, ())))]
        weak = len(words) == 1 and words[0].read in self.heads and (words[0].read,) not in self.names
        return Named(tuple(dict.fromkeys(every)), words[0].start, words[-1].end, weak, meant)

    def _by_letters(self, word: Word, question: str) -> tuple[str, ...]:
        """The one issuer whose words a row of capitals stands for, where no text spells it out."""
        if len(word.text) < _LETTERS or not question[word.start : word.end].isupper():
            return ()
        found = [issuer for issuer, own in self.own.items() if len(own) > 1 and stands_for(word.text, own)]
        return tuple(found) if len({min(self.same.get(one, frozenset()) | {one}) for one in found}) == 1 else ()

    def _in_part(self, words: Sequence[Word], at: int, question: str) -> tuple[int, tuple[str, ...]]:
        """« L'office des routes »: the kind of house, and words that but one of that kind has."""
        held = self.heads.get(words[at].read, ())
        if not held or (words[at].meant and len(words) == at + 1):
            return 0, ()
        count = 1
        for word in words[at + 1 : at + 12]:
            left = tuple(issuer for issuer in held if root(word.read) in self.rows[issuer]) if word.joined else ()
            if not left:
                break
            held, count = left, count + 1
        said = {root(word.read) for word in words[at : at + count]}
        held = tuple(issuer for issuer in held if self.rows[issuer] - _ANYWHERE <= said) or held
        if len({min(self.same.get(issuer, frozenset()) | {issuer}) for issuer in held}) != 1:
            return 0, ()
        told = any(root(word.read) not in _ANYWHERE for word in words[at + 1 : at + count])
        if count > 1 and told:
            return count, held
        alone = (
            count == 1
            and not words[at].meant
            and _after_article(question, words[at].start)
            and not _GOES_ON.match(question, words[at].end)
            and not any(word.joined and root(word.read) in _OTHER for word in words[at + 1 : at + 2])
        )
        return (1, held) if alone else (0, ())


def learn(
    issuers: Iterable[str],
    texts: Iterable[str] = (),
    translations: Iterable[tuple[str, str]] = (),
    languages: Mapping[str, str] | None = None,
) -> Issuers:
    """The names of these issuers, learnt from the names themselves, from `texts` and from `translations`.

    A text may put an acronym in brackets after a name (« Office fédéral des routes (OFROU) »)
    or say what it was called (« anciennement … »). `translations` are the issuers of two
    versions of one release in two languages, once for each such release.
    """
    known = sorted(set(issuers))
    same = _same(known, translations)
    names: dict[tuple[str, ...], set[str]] = {}
    for name, issuer in [*_own_names(known), *_told_names(known, texts)]:
        if (words := name_words(name)) and sum(map(len, words)) >= 2:
            names.setdefault(words, set()).add(issuer)
    own = {issuer: name_words(_unlettered(_plain(issuer))) for issuer in known}
    rows = {issuer: frozenset(root(word) for word in name_words(_plain(issuer))) for issuer in known}
    heads: dict[str, set[str]] = {}
    for issuer in known:
        if len(words := own[issuer]) > 1:
            heads.setdefault(words[0], set()).add(issuer)
    shared = {words: tuple(sorted(of)) for words, of in names.items() if len(_apart(of, same)) <= _shareable(words, of)}
    vocabulary = {word for words in [*names, *map(name_words, known)] for word in words}
    return Issuers(
        shared,
        rows,
        spelling(vocabulary),
        {head: tuple(sorted(of)) for head, of in heads.items()},
        languages or {},
        same,
        own,
    )


def root(word: str) -> str:
    """A word without what number and gender add: « fédérales » and « fédéral » have one."""
    word = word[:-1] if len(word) > 3 and word[-1] in "sx" else word
    return word[:-1] if len(word) > 3 and word[-1] == "e" else word


_ANYWHERE = frozenset(map(root, _EVERYWHERE.split()))
# « Le Conseil national » is not the one council that the archive knows.
_OTHER = _ANYWHERE | frozenset(
    map(
        root,
        """cantonal cantonale communal municipal regional departemental metropolitain intercommunal europeen
        international mondial constitutionnel superieur judiciaire scientifique consultatif municipale
        etats states""".split(),
    )
)


def _own_names(known: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Names that stand in the name: whole, its parts, its acronyms."""
    for issuer in known:
        plain = _plain(issuer)
        yield issuer, issuer
        yield plain, issuer
        if renamed := _RENAMED.search(issuer):
            yield renamed["name"], issuer
        parts = [part.strip() for part in _PARTS.split(plain)]
        for place, part in enumerate(parts):
            if place and _GOING_ON.match(fold(part)):
                continue
            if len(part.split()) >= 2 or _ACRONYM.fullmatch(part) or (place == 0 and len(part) >= 4):
                yield part, issuer
                yield _unlettered(part), issuer
        yield from ((acronym, issuer) for part in parts for acronym in _acronyms(part))
        for note in _BRACKETS.findall(issuer.split(" - ")[0]):
            if _ACRONYM.fullmatch(note.strip()):
                yield note, issuer


def _acronyms(part: str) -> Iterator[str]:
    """The acronyms of a name: its own, or of the house it belongs to where it says little else."""
    for found in _ACRONYM.finditer(part):
        if "/" in part or (found.start() and found.end() < len(part)):
            continue
        of_another = re.search(r"(?:\bd[eu]s?|\bof|\bder|\bdel)\s(?:la\s|l')?$", part[: found.start()])
        if not of_another or len(name_words(part)) <= _SECRETARIAT:
            yield found[0]


def _unlettered(name: str) -> str:
    """The name without an acronym that stands for its very words."""
    for found in _ACRONYM.findall(name):
        rest = " ".join(name.replace(found, " ").split()).strip(" -–,")
        if stands_for(fold(found), name_words(rest)):
            return rest
    return name


def stands_for(letters: str, words: Sequence[str]) -> bool:
    """Whether letters are the beginnings of these words, each in its turn (« OFROU »); the last may skip some."""
    if not words:
        return not letters
    word, *rest = words
    if not rest:
        remaining = iter(word)
        return bool(letters) and letters[0] == word[0] and all(letter in remaining for letter in letters)
    return any(
        letters[:taken] == word[:taken] and stands_for(letters[taken:], rest)
        for taken in range(1, min(len(letters), len(word)) + 1)
    )


def _told_names(known: Sequence[str], texts: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Acronyms in brackets after a name, and former names."""
    owners: dict[str, set[str]] = {}
    for issuer in known:
        for name in {_plain(issuer), issuer, _plain(issuer).split(",")[0], _unlettered(_plain(issuer))}:
            owners.setdefault(" ".join(fold(name).split()), set()).add(issuer)
    by_name = {name: min(of) for name, of in owners.items() if len(of) == 1}
    for text in texts:
        for match in _TOLD.finditer(text):
            before = _LETTERS_AT_END.sub("", text[max(0, match.start() - _LONGEST_NAME) : match.start()])
            owner = _ending(fold(before), by_name)
            if owner is not None and (match["letters"] or len(name_words(match["former"])) > 1):
                yield match["letters"] or match["former"], owner


def _ending(before: str, by_name: Mapping[str, str]) -> str | None:
    """The issuer whose name ends a text: the longest such name."""
    starts = [0, *(match.end() for match in re.finditer(r"[\s'(«]+", before))]
    said = (" ".join(before[start:].split()) for start in starts)
    return next((by_name[name] for name in said if len(name) > 2 and name in by_name), None)


def _same(known: Sequence[str], translations: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    """Names of one house: the same words but for an acronym, or its name in another language."""
    same: dict[str, set[str]] = {issuer: {issuer} for issuer in known}
    by_words: dict[tuple[str, ...], list[str]] = {}
    for issuer in known:
        by_words.setdefault(name_words(_unlettered(_plain(issuer))) or (issuer,), []).append(issuer)
    pairs = [(group[0], other) for group in by_words.values() for other in group[1:]]
    times = Counter((one, other) for one, other in translations if one in same and other in same and one != other)
    total = Counter(one for (one, _), count in times.items() for _ in range(count))
    pairs += [(one, other) for (one, other), count in times.items() if count >= _TRANSLATED * total[one]]
    for one, other in pairs:
        whole = same[one] | same[other]
        for member in whole:
            same[member] = whole
    return {issuer: frozenset(whole - {issuer}) for issuer, whole in same.items()}


def _apart(issuers: Iterable[str], same: Mapping[str, frozenset[str]]) -> set[str]:
    """The houses behind these names, one name of each."""
    return {min(same[issuer] | {issuer}) for issuer in issuers}


def _shareable(words: tuple[str, ...], issuers: Iterable[str]) -> int:
    """How many houses may go by a name: several by an acronym or a name all of theirs begin with, else one."""
    if len(words) == 1 and any(words[0] in map(fold, _ACRONYM.findall(issuer)) for issuer in issuers):
        return _ALL
    begin = all(name_words(issuer)[: len(words)] == words for issuer in issuers)
    return _ALL if begin and len(words) > 2 else 1


def _plain(issuer: str) -> str:
    """The name without what is noted beside it: « Office X (OX) - dès 2013 au Y » is « Office X »."""
    plain = _NOTE.sub("", _BRACKETS.sub(" ", issuer)).strip(" -–,:")
    return " ".join(plain.split()) or issuer


def _meant_so(words: Sequence[Word], question: str) -> bool:
    """Whether words that make a name are meant as one: a mistyped word alone must look like a name."""
    if all(word.meant for word in words):
        return len(words) == 1 and words[0].capital and len(words[0].text) > 5
    if len(words) > 1 or len(words[0].text) > 3:
        return True
    word = words[0]
    if question[word.start : word.end].isupper() or fold(question[: word.start]).endswith("l'"):
        return True
    said_otherwise = any(word.text in words for words in STOPWORDS.values())
    return not said_otherwise and (len(word.text) > 2 or _after_article(question, word.start))


def _after_article(question: str, start: int) -> bool:
    before = fold(question[:start]).replace("'", "' ").split()
    return bool(before) and (before[-1].rstrip("'") in SMALL or before[-1] in ("par", "by", "from"))
