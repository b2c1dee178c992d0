"""When not to answer, and why: « aucun communiqué ne le dit ».

A gate of its own, before any writing: how far what was found bears the question
(`assistant.grounds`), and where it does not, which of the reasons it is. An abstention
cites nothing and tells only of what its reader may see. Knows nothing about writing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from assistant.answer import Abstention, Searched
from assistant.grounds import Grounds, Scale, grounds
from assistant.kinds import Kind, kinds
from assistant.question import Understanding
from assistant.retrieval import Gathered
from assistant.telling import Rarities, Word, matcher, misspelt, plain, telling, without_umlauts
from assistant.unsaid import Unsaid, in_full
from store.folding import fold
from store.fusion import Weights
from store.period import Period
from store.records import Contact, Filters, Query, Release
from store.schema import PARIS
from store.view import View

RELATED, LIKELY = 0.33, 0.27
"""How likely what was found must be about what is asked, and must say it, for an answer to be written.

Wrong abstentions on 169 questions asked in other words than the releases', against right ones on 136 near what they
tell and on 149 about something else (PIAF), cross-validated: 0.03 against 0.26 and 0.51; 0.04 against 0.32 and 0.58;
0.053, this, against 0.39 and 0.68; 0.065 against 0.46 and 0.66. A wrong abstention hides what is there.
"""
ABROAD = 0.12
"""The same as RELATED for a release in another language than the question's: cosines across languages lie lower."""
WORDED = 0.34
"""The share of a question's words that must be told of together where the model's cosines say nothing."""
BORNE = 0.2
"""The share of a question's words that must be told of together for a name that nobody mentions to matter."""
FAR = 2
"""Years before the first release, or after the last, from which a time is none that releases tell of."""
RARE = 0.6
"""How rare a word must be for its absence to be told."""
LOOKED_UP = 1
"""Names, and other words, of a question looked for in every release: each costs a search."""
HOLDING = 5
"""Passages that a word brings up, of which one must hold it."""
SUBJECT = 0.3
"""Weight of a question's words under which it has no subject of its own."""
KNOWN = 2
"""Words told that are there."""
_WORDS_ALONE = Weights(passage=0.0, sentence=0.0, title=0.0)
_WORD = re.compile(r"[^\W\d_]+")
_NAMES = re.compile(r"(?<![\w-])[A-ZÀ-Ý][\w'’-]*(?: (?:(?:de|du|des|d'|von|van|di|da|della) )?[A-ZÀ-Ý][\w'’-]*)*")


class Gate:
    """Decides whether a question is answered. `scale` says what the archive's model means by near."""

    def __init__(self, scale: Scale) -> None:
        self._scale = scale
        self._rarities = Rarities()

    def abstain(
        self, view: View, asked: Understanding, gathered: Gathered, unwritten: bool = False
    ) -> Abstention | None:
        """Why this question is not answered, or None where it may be; `unwritten` where no sentence was found."""
        unsaid = self._unsaid(view, asked, gathered, unwritten)
        if unsaid is None:
            return None
        extent = view.extent()
        whole = Searched(extent.releases, extent.first, extent.last)
        message = in_full(unsaid, asked.filters, gathered.searched, whole, asked.language)
        return Abstention(unsaid.reason, message, _contacts(view, gathered))

    def _unsaid(self, view: View, asked: Understanding, gathered: Gathered, unwritten: bool) -> Unsaid | None:
        if gathered.searched.releases == 0:
            return _nothing(view, asked.filters)
        today = view.now.astimezone(PARIS).date()
        words = telling(asked, self._rarities.of(view, asked.language), today)
        if unwritten or not gathered.hits:
            return _explained(view, asked, gathered, words, None)
        if asked.order is not None:
            return None
        last = asked.parts[0][0] if asked.parts else asked.standalone
        wanted = kinds(last, asked.language)
        if Kind.CONTACT in wanted and sum(word.weight for word in words) < SUBJECT:
            return None
        topic = None if asked.focus else asked.topic
        found = grounds(words, wanted, gathered.hits, asked.language, topic, self._scale)
        borne = found is not None and found.traits["near"] >= BORNE
        if borne and (unknown := _unknown_name(view, asked, gathered, words)) is not None:
            return Unsaid("not_mentioned", _in_full(unknown, asked), _known(words, unknown, gathered))
        elsewhen = found is not None and found.traits["untimely"] == 1.0 and _outside(view, topic) is not None
        if found is not None and not elsewhen and (self._likely(found) or (found.whole and words)):
            return None
        if Kind.QUOTATION in wanted and _spoken(asked, gathered, words):
            return None
        return _explained(view, asked, gathered, words, found)

    def _likely(self, found: Grounds) -> bool:
        if self._scale.unrelated is None and not found.foreign and found.traits["near"] < WORDED:
            return False
        return found.related >= (ABROAD if found.foreign else RELATED) and found.likelihood >= LIKELY


def _nothing(view: View, filters: Filters) -> Unsaid:
    """Why no release was searched, and how many each filter leaves out."""
    extent = view.extent()
    if not extent.releases:
        return Unsaid("empty_archive")
    languages = tuple(view.languages())
    if filters.languages and not set(filters.languages) & set(languages):
        return Unsaid("language_not_covered", languages=languages)
    if filters.period != Period() and not view.extent(Filters(filters.period)).releases:
        return Unsaid("period_not_covered", period=filters.period)
    without = {
        "period": replace(filters, period=Period()),
        "issuers": replace(filters, issuers=()),
        "languages": replace(filters, languages=()),
    }
    counts = ((name, view.extent(left).releases) for name, left in without.items() if left != filters)
    return Unsaid("nothing_in_filters", otherwise=tuple((name, count) for name, count in counts if count))


def _explained(
    view: View, asked: Understanding, gathered: Gathered, words: Sequence[Word], found: Grounds | None
) -> Unsaid:
    """Which of the reasons it is, as far as that can be told."""
    if (found is None or found.traits["untimely"] == 1.0) and (topic := _outside(view, asked.topic)) is not None:
        return Unsaid("period_not_covered", period=topic)
    rarest = (word for word in words if (word.weight >= RARE or word.name) and word.written.isalpha())
    rare = sorted(rarest, key=lambda word: (not word.name, -word.weight))
    for word in [one for one in rare if found is None or one in found.missed][:LOOKED_UP]:
        if asked.language not in view.languages() or _misspelt(word, gathered):
            continue
        if not _mentioned(view, asked, word):
            named = word.name and asked.language != "de"
            written = _in_full(word, asked) if named else word.written
            return Unsaid("not_mentioned" if named else "not_in_archive", written, _known(words, word, gathered))
    if found is not None:
        missing = max((word for word in found.missed if word.name), key=lambda word: word.weight, default=None)
        known = _known(words, missing, gathered) if missing is not None else ()
        if missing is not None and known and not _misspelt(missing, gathered):
            return Unsaid("not_together", missing.written, known)
    return Unsaid("not_in_archive")


def _outside(view: View, topic: Period | None) -> Period | None:
    """The time a question is about, where it lies wholly before or after all that may be read.

    A release tells of the year before it and of the one after.
    """
    extent = view.extent()
    if topic is None or extent.first is None or extent.last is None:
        return None
    before = topic.last is not None and topic.last.year <= extent.first.year - FAR
    after = topic.first is not None and topic.first.year >= extent.last.year + FAR
    return topic if before or after else None


def _unknown_name(view: View, asked: Understanding, gathered: Gathered, words: Sequence[Word]) -> Word | None:
    """A name in the question that no release holds, not even misspelt; None where there is none.

    A rare word brings every passage that holds it to the top: only names that none of these
    holds are looked for in every release. German writes every noun like a name, and a
    question in a language that the archive does not speak names things otherwise: there,
    nothing is concluded.
    """
    if asked.language == "de" or asked.language not in view.languages():
        return None
    names = [word for word in words if word.name and len(word.folded) >= 4]
    if not names:
        return None
    text = plain("\n".join(f"{hit.release.title}\n{hit.release.issuer}\n{hit.passage.text}" for hit in gathered.hits))
    held = matcher(names, asked.language)(text)
    names.sort(key=lambda name: -name.weight)
    unheard = [name for name in names if name not in held and not _misspelt(name, gathered)]
    return next((name for name in unheard[:LOOKED_UP] if not _mentioned(view, asked, name)), None)


def _misspelt(word: Word, gathered: Gathered) -> bool:
    """Whether a word is likely another of the passages found, misspelt."""
    texts = {hit.passage.text for hit in gathered.hits} | {hit.release.title for hit in gathered.hits}
    return misspelt(word, frozenset[str]().union(*map(_words_of, texts)))


@lru_cache(maxsize=2_000)
def _words_of(text: str) -> frozenset[str]:
    """The words of a text, folded: of the same passages it is asked word by word whether one was meant."""
    return frozenset(_WORD.findall(fold(text)))


def _mentioned(view: View, asked: Understanding, word: Word) -> bool:
    """Whether a release that may be read holds a word: of those that its search brings up, one does."""
    held = matcher((word,), asked.language)
    for way in dict.fromkeys((word.written, without_umlauts(word.written))):
        for hit in view.search(Query(way), asked.filters, HOLDING, _WORDS_ALONE):
            if held(plain(f"{hit.release.title}\n{hit.release.issuer}\n{hit.passage.text}")):
                return True
    return False


def _in_full(name: Word, asked: Understanding) -> str:
    """The whole name that a word of the question is part of: « Hortense Favrod-Ruchet »."""
    for part, _ in asked.parts or ((asked.standalone, 1.0),):
        for match in _NAMES.finditer(part):
            if match.start() > 0 and re.search(rf"(?<!\w){re.escape(name.written)}(?!\w)", match[0]):
                return match[0].rstrip("'’-")
    return name.written


def _known(words: Sequence[Word], unknown: Word | None, gathered: Gathered) -> tuple[str, ...]:
    """The most telling words that the nearest release holds, as written, in the question's order."""
    if not gathered.evidence:
        return ()
    nearest = _whole(gathered.evidence[0].release)
    held = matcher(words, gathered.evidence[0].release.language)(nearest)
    best = sorted((word for word in held if word != unknown), key=lambda word: -word.weight)[:KNOWN]
    return tuple(word.written for word in words if word in best)


def _spoken(asked: Understanding, gathered: Gathered, words: Sequence[Word]) -> bool:
    """Whether someone whom the question names is quoted in a release that holds the rest of its words."""
    people = {person.name for person in asked.people}
    for release in {hit.release.id: hit.release for hit in gathered.hits}.values():
        if any(quote.speaker in people for quote in release.quotes):
            rest = [word for word in words if not word.name]
            if set(rest) <= matcher(rest, release.language)(_whole(release)):
                return True
    return False


def _whole(release: Release) -> str:
    return plain(f"{release.title}\n{release.text}")


def _contacts(view: View, gathered: Gathered) -> tuple[Contact, ...]:
    """The press contacts of the nearest release that names any, else of the newest one."""
    for evidence in gathered.evidence:
        if evidence.release.contacts:
            return evidence.release.contacts
    for entry in view.releases(limit=5):
        if contacts := view.release(entry.id).contacts:
            return contacts
    return ()
