"""What is asked: the question made whole, the period and issuers it names, its order.

Rules only, no model. A date or an issuer narrows the search only where the words speak of
publishing (« communiqué de l'OFROU », « qu'avons-nous dit en 2017 »); a date that belongs
to the subject (« le budget 2019 ») narrows nothing, since it is often told in another
year, and an issuer that is only named is a hint. Knows nothing about how the answer is found.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from assistant.answer import Question, Turn
from assistant.declined import left, passed_on, still_wanted, takes_back
from assistant.directory import Directory
from assistant.followup import Whole, made_whole
from assistant.inferred import Inferred
from assistant.issuers import Issuers, Named
from assistant.people import Mentioned, Person
from assistant.published import When, when
from assistant.wanted import ABOUT, RELEASE, Order, Shape, Sign, Wanted, shape, wanted
from store.language import detect, fold
from store.period import Period
from store.records import Filters

__all__ = ["Order", "Understanding", "understand"]

LATEST, BEFORE = 1.0, 0.5
"""Weights of a follow-up's own words and of those it takes from the turns before."""

_OF = (
    r"(?:de|du|des|d'|par|par le|par la|from|by|of|issued by|von|vom|der|des|durch|di|del|della|dell'|dal|dalla|dall')"
)
_THE = r"(?:l'|la |le |les |the |der |die |das |dem |il |lo )?"
_ADDED = (
    r"(?:de presse|stampa|publie\w*|paru\w*|diffuse\w*|emis\w*|issued|published|released|veroffentlicht\w*|pubblicat\w+"
    r"|officiels?|recents?|en date|le plus recent|les plus recents|le plus ancien|les plus anciens"
    r"|(?:en |du |de |d'|le |la |au |von |vom |in |from |di |del )*PERIOD\d+|ISSUER\d+|et|ou|and|or|und|oder|e|o"
    r"|de|du|des|par|d'|la|le|les|l'|,)"
)
_OF_ISSUER = re.compile(rf"\b{RELEASE}(?:[ ,]+{_ADDED})*[ ,]*\b{_OF} ?{_THE}$")
_BARE_ISSUER = re.compile(rf"\b{RELEASE} $")
_PUBLISHES = r"(?:publi|communiqu|diffus|issue|publish|release|veroffentlich|publizier|mitgeteil|pubblica|diffus)\w*"
_DID = re.compile(rf"(?:\ba|\bont|\b-?t-(?:il|elle)|\bait|\baient|ils|elles)\b[^?!.;]{{0,40}}\b{_PUBLISHES}")
_WHAT_DID = re.compile(
    r"\b(?:qu'(?:a|ont)|qu'est-ce qu(?:e|')|que|quels? [\w ]{0,30}|quelles? [\w ]{0,30}|combien [\w ]{0,30}|quand"
    rf"|what (?:did|has)|did|has|hat|ha|wann|when) ?(?:{_PUBLISHES} )?{_THE}$"
)


@dataclass(frozen=True, slots=True)
class Understanding:
    """A question as the desk will answer it.

    `standalone` is the question made whole, shown to the asker; `parts` are its pieces with
    what their words weigh. `carried` are the releases the conversation was about (ids or
    references), empty where the question stands alone. `wanted` says whether the catalogue
    answers. `hinted` are issuers that are named but do not narrow, `people`
    who else is named, `topic` the time the question is about. `corrections` are names that
    were mistyped, with what was meant. `reads_filters` is False where the asker gave them.
    """

    standalone: str
    filters: Filters
    language: str
    carried: tuple[str, ...] = ()
    topic: Period | None = None
    wanted: Wanted = field(default_factory=Wanted)
    hinted: tuple[str, ...] = ()
    people: tuple[Person, ...] = ()
    corrections: tuple[tuple[str, str], ...] = ()
    parts: tuple[tuple[str, float], ...] = ()
    reads_filters: bool = True

    @property
    def order(self) -> Order | None:
        return self.wanted.order

    @property
    def focus(self) -> str:
        """What is asked last, where the question takes words from the turns before; else nothing."""
        return self.parts[0][0] if len(self.parts) > 1 else ""

    @property
    def inferred(self) -> Inferred:
        """What was read off the words, as it is shown."""
        return Inferred(
            self.language,
            self.filters.period if self.reads_filters else Period(),
            self.topic,
            self.filters.issuers if self.reads_filters else (),
            self.hinted,
            tuple(person.name for person in self.people),
            self.wanted.order,
            self.wanted.limit,
            self.wanted.count,
            self.wanted.subject,
            self.corrections,
        )


def understand(question: Question, known: Directory, today: date) -> Understanding:
    """Make the question whole from the turns before, and read its filters off the words."""
    text = " ".join(question.text.split())
    history = () if "standalone" in question.declined else question.history
    whole = made_whole(text, history, known.issuers, today)
    declined = question.declined
    if whole.replaced:
        declined = (*declined, *passed_on(history[-1].declined))
    before = _before(history, whole, known, today)
    read = _read(whole.asked, known, today, _year(before), declined, question.chosen)
    filters = question.filters
    if filters is None:
        filters = _put_right(_inherited(read, before, whole), question)
    standalone, corrections = _spelt(read, whole)
    hinted = left(dict.fromkeys([*read.hinted, *(before.hinted if before else ())]), declined)
    parts = ((read.text, LATEST), *((turn, BEFORE) for turn in whole.leant_on))
    return Understanding(
        standalone=standalone,
        filters=replace(filters, newest_first=read.wanted.order == "newest"),
        language=_language(whole.asked, before, question),
        carried=whole.carried,
        topic=_topic(read, before, question),
        # « Tout ce que nous avons publié » of no time and no issuer is nothing to list.
        wanted=replace(read.wanted, every=read.wanted.every and (filters.narrow or not question.declined)),
        hinted=hinted,
        people=tuple(one.person for one in read.people) or (before.people if before else ()),
        corrections=corrections,
        parts=parts,
        reads_filters=question.filters is None,
    )


def _put_right(inferred: Filters, question: Question) -> Filters:
    """What was inferred, without what the asker took back, and with what they chose in its place."""
    declined, chosen = question.declined, question.chosen
    period = Period() if "period" in declined else inferred.period
    return replace(
        inferred,
        period=chosen.period if chosen.period != Period() else period,
        issuers=chosen.issuers or left(inferred.issuers, declined),
        languages=chosen.languages or inferred.languages,
    )


def _topic(read: _Read, before: Understanding | None, question: Question) -> Period | None:
    """The time the question is about: that of the releases chosen, where theirs was spoken of."""
    topic = read.when.topic or (before.topic if before else None)
    if "topic" in question.declined or "period" in question.declined:
        return None
    of_releases = read.when.published != Period() or topic is None
    return question.chosen.period if of_releases and question.chosen.period != Period() else topic


def _language(asked: str, before: Understanding | None, question: Question) -> str:
    fallback = (before.language if before else "") or question.language or "fr"
    return question.language or fallback if "language" in question.declined else detect(asked, default=fallback)


@dataclass(frozen=True, slots=True)
class _Read:
    """What is read off one question, without the turns before."""

    text: str
    when: When
    issuers: tuple[Named, ...]
    narrowing: tuple[Named, ...]
    people: tuple[Mentioned, ...]
    wanted: Wanted
    filters: Filters

    @property
    def hinted(self) -> tuple[str, ...]:
        return tuple(issuer for one in self.issuers if one not in self.narrowing for issuer in one.issuers)


def _read(
    text: str, known: Directory, today: date, year: int | None, declined: Collection[str], chosen: Filters
) -> _Read:
    named = tuple(one for one in known.issuers.named_in(text) if not _misread(text, one, declined))
    dated = when(text, known.extent, today, year)
    named = tuple(one for one in named if not any(p.start < one.end and one.start < p.end for p in dated.asked))
    periods: list[Sign] = [(one.start, one.end, f"PERIOD{n}") for n, one in enumerate(dated.asked)]
    signs: list[Sign] = [(one.start, one.end, f"ISSUER{n}") for n, one in enumerate(named)]
    whole = shape(text, [*periods, *signs])
    narrowed = chosen.narrow
    first = still_wanted(wanted(whole, narrowed), declined)
    narrowing = tuple(one for n, one in enumerate(named) if _narrows(whole, n, one, first))
    # An issuer that the releases are to be about belongs to their subject.
    told = [sign for sign, one in zip(signs, named, strict=True) if one in narrowing]
    asks = first
    if len(told) < len(signs):
        asks = still_wanted(wanted(shape(text, [*periods, *told]), narrowed), declined)
    period = dated.exact if asks.of_the_catalogue else dated.published
    issuers = _speaking(narrowing, asks, known.issuers, detect(text))
    people = tuple(
        one
        for one in known.people_in(text)
        if not any(start < one.end and one.start < end for start, end, _ in (*periods, *signs))
        and not (one.mistyped and takes_back(declined, "spelling", text[one.start : one.end]))
    )
    return _Read(text, dated, named, narrowing, people, asks, Filters(period, issuers))


def _misread(text: str, named: Named, declined: Collection[str]) -> bool:
    """Whether the asker did write what they meant, and not this issuer's name with an error."""
    written = text[named.start : named.end]
    return bool(named.meant) and fold(named.meant) != fold(written) and takes_back(declined, "spelling", written)


def _narrows(whole: Shape, number: int, named: Named, asks: Wanted) -> bool:
    """Whether the releases of a named issuer are wanted, and not just something about it."""
    at = whole.text.index(f"ISSUER{number}")
    before, after = whole.text[:at], whole.text[at + len(f"ISSUER{number}") :]
    if _OF_ISSUER.search(before):
        return True
    if ABOUT.search(before) or named.weak:
        return False
    if asks.of_the_catalogue:
        return True
    return bool(_BARE_ISSUER.search(before) or (_WHAT_DID.search(before) and _DID.search(before[-20:] + after)))


def _speaking(narrowing: Sequence[Named], asks: Wanted, known: Issuers, language: str) -> tuple[str, ...]:
    """The issuers to search; where releases are listed or counted, not both they and their translations."""
    issuers = tuple(dict.fromkeys(issuer for one in narrowing for issuer in one.issuers))
    if asks.of_the_catalogue:
        own = tuple(issuer for issuer in issuers if known.language.get(issuer, language) == language)
        return own or issuers
    return issuers


def _before(history: Sequence[Turn], whole: Whole, known: Directory, today: date) -> Understanding | None:
    """The turn before, where the question leans on it."""
    if not whole.leans:
        return None
    *earlier, last = history
    return understand(Question(last.question, tuple(earlier), None, last.declined, last.chosen), known, today)


def _year(before: Understanding | None) -> int | None:
    """The year a conversation is about."""
    period = before and (before.filters.period if before.filters.period != Period() else before.topic)
    if not period or period.first is None or period.last is None or period.first.year != period.last.year:
        return None
    return period.first.year


def _inherited(read: _Read, before: Understanding | None, whole: Whole) -> Filters:
    """The question's own filters, and those of the turn before that it does not replace, where it stays within."""
    own = read.filters
    if before is None or not whole.bound:
        return own
    period = own.period if own.period != Period() or whole.dated else before.filters.period
    issuers = (
        own.issuers or (read.hinted if whole.replaced and before.filters.issuers else ()) or before.filters.issuers
    )
    return replace(own, period=period, issuers=issuers, languages=before.filters.languages)


def _spelt(read: _Read, whole: Whole) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The whole question with its people's names spelt right, and what was corrected."""
    corrections: dict[str, str] = {}
    text = whole.standalone
    for one in read.people:
        written = read.text[one.start : one.end]
        if one.mistyped:
            corrections[written] = one.person.name
            text = text.replace(written, one.person.name)
    for named in read.issuers:
        written = read.text[named.start : named.end]
        if named.meant and fold(named.meant) != fold(written):
            corrections[written] = named.meant
    return text, tuple(corrections.items())
