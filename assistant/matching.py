"""Which curated answers a question may mean: by meaning and words, and when one may answer at once.

An entry answers directly where it stands out among all and "none of them", is in the
asker's language, nothing tells the two questions apart that an encoder does not see
(`same_question`, `matters`), and they are one by themselves too (`two_questions`): the only
entry there is would stand out for any question about its subject. Otherwise it may be
offered. Knows nothing about who may see an entry.
"""

from __future__ import annotations

import logging
import re
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assistant.likeness import Kept, Likeness, Read, Scores, Worth
from assistant.same_question import Said, may_be_one, roots, said
from assistant.spelt_out import spelling, spelt_out
from assistant.two_questions import needed, sureness, told
from assistant.vectors_of_questions import Shelf, Vectors
from store.embedding import Embedder
from store.entries import Entry, key_of
from store.language import detect
from store.records import PressArchiveError

log = logging.getLogger(__name__)

DIRECT, LEAD = 0.3, 2.0
"""How probable an entry must be to answer at once, and how many times as probable as the next; no less than none.

Chosen in the middle of a wide plain of both, by cross-validation over the CNIL's questions
(ten folds by entry, three partitions): right 0.46, wrong 0.02.
"""
OFFERED = 0.02
"""How probable an entry must be, against none, to be offered."""
FEW = 12
"""Texts that are read while somebody waits; more are read behind."""
OWN, AT_LEAST = 0.2, 10
"""A name in so many of at least so many entries is the house's own, and tells nothing apart."""


@dataclass(frozen=True, slots=True)
class Match:
    """An entry a question may mean, the way of asking it that is nearest, and how probable it is (0 to 1).

    `direct`: it may answer at once, word for word.
    """

    entry: Entry
    score: float
    form: str
    direct: bool = False


class Matching:
    """Finds entries; what the model reads in them is kept in `shelf`. Safe between threads."""

    def __init__(self, embed: Callable[[], Embedder], shelf: Shelf, worth: Worth = Worth()) -> None:
        self._vectors, self._worth = Vectors(embed, shelf), worth
        self._index: _Index | None = None
        self._keys: tuple[tuple[Entry, ...], dict[str, Entry]] | None = None
        self._reading = threading.Lock()
        self._learning = threading.Lock()

    def matches(self, question: str, entries: tuple[Entry, ...], limit: int = 3) -> tuple[Match, ...]:
        """Those of these entries that a question may mean, most probable first; one that may answer stands first.

        Entries the model has not read yet are found by their very words alone; they are read meanwhile.
        """
        same = self._asking(entries).get(key_of(question))
        index = self._of(entries)
        current = {one.id: one for one in entries}
        found = [] if index is None else index.found(self._vectors, question)
        found = [one for one in found if current.get(one.entry.id) == one.entry]
        if same is not None:
            others = [one for one in found if one.entry.id != same.id]
            found = [Match(same, 1.0, question, direct=True), *(_offered(one) for one in others)]
        return tuple(found[:limit])

    def learn(self, entries: Sequence[Entry], progress: Callable[[int, int], None] = lambda done, total: None) -> None:
        """Read what the model has not read of these entries, and keep it."""
        known = _known(entries)
        texts = [_texts(one, known) for one in entries]
        if not self._vectors.unread(texts):
            return
        with self._learning:
            for done, one in enumerate(entries):
                progress(done, len(entries))
                _read(self._vectors, one, known)
            self._vectors.middle()
            try:
                self._vectors.keep(texts)
            except PressArchiveError as error:
                log.warning("what the model read in curated answers is not kept, and read again: %s", error)
        progress(len(entries), len(entries))

    def _asking(self, entries: tuple[Entry, ...]) -> dict[str, Entry]:
        """The entry of each very question."""
        kept = self._keys
        if kept is None or kept[0] != entries:
            found: dict[str, Entry] = {}
            for one in entries:
                for form in one.asked:
                    found.setdefault(key_of(form), one)
            self._keys = kept = entries, found
        return kept[1]

    def _of(self, entries: tuple[Entry, ...]) -> _Index | None:
        """The index of these entries; the one there was before, where many are still to be read."""
        if not entries:
            return None
        with self._reading:
            if self._index is not None and self._index.entries == entries:
                return self._index
        known = _known(entries)
        if self._vectors.unread(_texts(one, known) for one in entries) > FEW:
            if not self._learning.locked():
                threading.Thread(target=self._learn, args=(entries,), daemon=True).start()
            return self._index
        self.learn(entries)
        index = _Index(entries, self._vectors, self._worth)
        with self._reading:
            self._index = index
        return index

    def _learn(self, entries: tuple[Entry, ...]) -> None:
        try:
            self.learn(entries)
        except Exception:
            log.exception("curated answers cannot be read by the model")


class _Index:
    """Entries that the model has read."""

    def __init__(self, entries: tuple[Entry, ...], vectors: Vectors, worth: Worth) -> None:
        self.entries = entries
        self._known = _known(entries)
        self._forms = [_forms(one, self._known) for one in entries]
        kept = [_read(vectors, one, self._known) for one in entries]
        self._kept, self._middle = kept, vectors.middle()
        self._likeness = Likeness(kept, *self._middle, worth=worth)
        self._said: dict[tuple[int, int], Said] = {}
        self._answers = [roots(f"{' '.join(one.asked)} {one.answer}", one.language) for one in entries]
        self._own = _own_names(entries, self._answers)

    def found(self, vectors: Vectors, question: str) -> list[Match]:
        """What a question may mean, most probable first."""
        language = detect(question, self._spoken())
        asked = [question, *filter(None, [spelling(question, self._known)])]
        read = [vectors.question(one, language) for one in asked]
        scores, forms = self._scores(read)
        top = max(float(scores.max()), 0.0)
        shares = np.exp(scores - top)
        probable = shares / (shares.sum() + np.exp(-top))
        first, second = np.sort(np.append(probable, 0.0))[::-1][:2]
        stands_out = first >= max(DIRECT, LEAD * second, 1.0 - probable.sum())
        acronyms = [self._known[word] for word in re.findall(r"\w+", question) if word in self._known]
        both = list(zip(read, (said(one, language) for one in asked), strict=True))
        found: list[Match] = []
        for at in np.argsort(-scores, kind="stable")[:_LOOKED_AT]:
            entry, form = self.entries[at], int(forms[at])
            alone = 1 / (1 + np.exp(-float(scores[at])))
            if alone >= OFFERED:
                sure = not found and stands_out and entry.language == language
                direct = sure and any(self._one(*one, int(at), acronyms) for one in both)
                found.append(Match(entry, float(probable[at]), self._forms[at][form], direct))
        return found

    def _scores(self, asked: Sequence[Read]) -> tuple[Scores, npt.NDArray[np.int64]]:
        """What each entry is worth for whichever way the question is written that suits it best, and its form."""
        scores, forms = self._likeness.scores(asked[0])
        for other in asked[1:]:
            others, their = self._likeness.scores(other)
            scores, forms = np.maximum(scores, others), np.where(others > scores, their, forms)
        return scores, forms

    def _one(self, read: Read, asked: Said, at: int, acronyms: Sequence[str]) -> bool:
        """Whether a question surely is one of the ways to ask for an entry; `acronyms` are what its own stand for."""
        return any(
            may_be_one(asked, self._said_in(at, form), self._answers[at], self._own)
            and all(self._names(at, form, words) for words in acronyms)
            and told(read, kept, self.entries[at].answer)
            and sureness(read, kept, len(self.entries), *self._middle) >= needed(len(self.entries))
            for form, kept in enumerate(self._kept[at].forms)
        )

    def _names(self, at: int, form: int, words: str) -> bool:
        """Whether a way to ask for an entry says most of what an acronym stands for."""
        wanted = {root for root in roots(words, self.entries[at].language) if len(root) > _SMALL}
        return 2 * len(wanted & self._said_in(at, form).roots) > len(wanted) or not wanted

    def _said_in(self, at: int, form: int) -> Said:
        if (at, form) not in self._said:
            self._said[at, form] = said(self._forms[at][form], self.entries[at].language)
        return self._said[at, form]

    def _spoken(self) -> str:
        """The language most entries are in: what a few words are taken for that speak for none."""
        counted: dict[str, int] = {}
        for one in self.entries:
            counted[one.language] = counted.get(one.language, 0) + 1
        return max(counted, key=lambda language: counted[language])


_LOOKED_AT = 20
_SMALL = 3
"""Letters of a word that an acronym leaves out: « de », « et », « des »."""


def _known(entries: Sequence[Entry]) -> dict[str, str]:
    """Acronyms that the entries spell out."""
    return spelt_out(text for one in entries for text in (*one.asked, one.answer))


def _forms(entry: Entry, known: Mapping[str, str]) -> tuple[str, ...]:
    """Every way an entry is asked, and these with their acronyms spelt out."""
    return (*entry.asked, *filter(None, (spelling(form, known) for form in entry.asked)))


def _texts(entry: Entry, known: Mapping[str, str]) -> tuple[tuple[str, ...], str]:
    return _forms(entry, known), entry.answer


def _read(vectors: Vectors, entry: Entry, known: Mapping[str, str]) -> Kept:
    forms = tuple(vectors.question(form, entry.language, keep=True) for form in _forms(entry, known))
    return Kept(forms, vectors.answer(entry.question, entry.answer))


def _own_names(entries: Sequence[Entry], answers: Sequence[frozenset[str]]) -> frozenset[str]:
    """Names that stand in so many entries that they tell none apart: the house's own."""
    if len(entries) < AT_LEAST:
        return frozenset()
    names = {root for one in entries for form in one.asked for name in said(form, one.language).names for root in name}
    counted = {name: sum(name in roots_of for roots_of in answers) for name in names}
    return frozenset(name for name, times in counted.items() if times >= OWN * len(entries))


def _offered(match: Match) -> Match:
    return Match(match.entry, match.score, match.form)
