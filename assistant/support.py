"""Do these sentences bear that one? Rule after rule, each with a word for why not.

Numbers with their units, dates, names, quotations and their speakers, what is denied or only
planned, directions, and the words themselves. Knows nothing about models or embeddings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from itertools import chain

from assistant.amounts import Amount
from assistant.directions import CONTRARY, charged
from assistant.facts import Facts, Named, facts, ordinary
from assistant.pairing import OFFICES, apart, crossed
from assistant.polarity import Turned, turned
from assistant.predicates import predicates
from store.almanac import MONTHS, WEEKDAYS
from store.dates import DateMention
from store.folding import fold, word_list
from store.language import detect, is_small, stem
from store.records import Quote, Release, Span


@dataclass(frozen=True)
class Bearer:
    """A sentence of a release, read for what it bears."""

    release: Release
    span: Span

    @cached_property
    def text(self) -> str:
        return self.span.of(self.release.text)

    @property
    def language(self) -> str:
        return self.release.language

    @cached_property
    def facts(self) -> Facts:
        return facts(self.text, self.language, self.release.published)

    @cached_property
    def words(self) -> frozenset[str]:
        """The folded words of the sentence, with those of its title, issuer and speakers."""
        return frozenset(_words(self.text)) | self.context

    @cached_property
    def known(self) -> tuple[str, ...]:
        """What is known beside the sentence: title, issuers, who speaks."""
        said = [name for quote in self.quotes for name in (quote.speaker, quote.role) if name]
        return (self.release.title, self.release.issuer or "", *self.release.co_issuers, *said)

    @cached_property
    def context(self) -> frozenset[str]:
        return frozenset(word for one in self.known for word in _words(one))

    @cached_property
    def capitals(self) -> frozenset[str]:
        """The words with a capital or a figure in them, of the sentence and of what is known beside it."""
        return frozenset(
            fold(token)
            for text in (self.text, *self.known)
            for token in _TOKEN.findall(text)
            if any(letter.isupper() or letter.isdigit() for letter in token)
        )

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of the sentence, of its title and of its issuer."""
        known = (self.text, self.release.title, self.release.issuer or "")
        return frozenset[str]().union(*(content(text, self.language) for text in known))

    @cached_property
    def quotes(self) -> tuple[Quote, ...]:
        """The quotations of the release that this sentence is part of."""
        return tuple(
            quote
            for quote in self.release.quotes
            if quote.span.start < self.span.end and self.span.start < quote.span.end
        )

    @cached_property
    def directions(self) -> frozenset[str]:
        return frozenset(meant for meant, _ in charged(self.text)) | frozenset(
            meant for meant, _ in charged(self.release.title)
        )


@dataclass(frozen=True)
class Said:
    """A sentence to be borne, in `language`; `asked` are the folded words of the question."""

    text: str
    language: str
    asked: frozenset[str] = frozenset()

    def facts(self, near: date | None) -> Facts:
        return facts(self.text, self.language, near)

    @cached_property
    def stems(self) -> frozenset[str]:
        return content(self.text, self.language)

    @cached_property
    def own(self) -> frozenset[str]:
        """The stems that the question did not say."""
        return self.stems - frozenset(stem(word, self.language) for word in self.asked)


def said(text: str, asked: str, default: str) -> Said:
    """The sentence as it is to be checked; `default` is its language where nothing tells."""
    return Said(text, detect(text, default), frozenset(_words(asked)))


def content(text: str, language: str) -> frozenset[str]:
    """The stems of what a text says; numbers and dates are checked elsewhere, words of saying carry nothing."""
    return _content(text, language)


@lru_cache(maxsize=4096)
def _content(text: str, language: str) -> frozenset[str]:
    return frozenset(
        stem(word, language)
        for word in _words(text)
        if word[0].isalpha()
        and len(word) > 1
        and word not in MONTHS
        and word not in WEEKDAYS
        and word not in _SAYING
        and not is_small(word, language)
    )


_TOKEN = re.compile(r"[^\W_]+")


@lru_cache(maxsize=4096)
def _words(text: str) -> tuple[str, ...]:
    return tuple(_TOKEN.findall(fold(text)))


_SAYING = word_list(
    """selon dit dite declare declarent declarait indique indiquent precise precisent explique expliquent affirme
    affirment ajoute ajoutent souligne soulignent annonce annoncent rappelle communique publie publiee mentionne cite
    estime note egalement aussi ainsi effet notamment actuellement according said says states stated announced reported
    mentioned indicates published laut gemass erklarte sagte teilte mitgeteilt angekundigt secondo dichiarato annunciato
    comunicato indicato afferma monsieur madame herr frau mr mrs signor signora mme mlle"""
)


def unborne(claim: Said, bearers: Sequence[Bearer]) -> str | None:
    """Why these sentences do not bear the claim to the letter (a word), or None where they do.

    Words and meaning (`support`) are not looked at here.
    """
    for why, check in _RULES:
        if not check(claim, bearers):
            return why
    return None


def to_the_letter(text: str, rests_on: Sequence[tuple[Release, Span]]) -> bool:
    """Whether every number, address, date, name and quotation of a text stands in what it rests on.

    So does a text that is one of these sentences, its typography apart.
    """
    if not rests_on:
        return False
    bearers = [Bearer(release, span) for release, span in rests_on]
    if any(letters(text) == letters(bearer.text) for bearer in bearers):
        return True
    claim = said(text, "", bearers[0].language)
    return all(check(claim, bearers) for _, check in _LETTER)


def letters(text: str) -> str:
    """The letters and figures of a text, folded: what is left when its typography is not looked at."""
    return "".join(character for character in fold(text) if character.isalnum())


def support(claim: Said, bearers: Sequence[Bearer]) -> float:
    """The share of the claim's words that these sentences bear.

    The question's words, where unborne, do not count, unless they say what was done.
    """
    borne = frozenset[str]().union(*(bearer.stems for bearer in bearers))
    kin = frozenset(one[:_ROOT] for one in borne if len(one) >= _ROOT)
    held = frozenset(one for one in claim.stems if one in borne or one[:_ROOT] in kin)
    counted = ((claim.own | predicates(claim.text, claim.language)) & claim.stems) - _LIGHT_STEMS | held
    return len(held) / len(counted) if counted else 1.0


_ROOT = 5
"""Letters that make two words kin: « adopter », « adoption »."""
_LIGHT = word_list(
    """fort forte forts fortes eleve elevee eleves elevees grand grande grands grandes important importante importants
    importantes high large great hoch hohe gross grosse alto alta grande elevato
    oui non devez devoir faut faudra faudrait necessaire necessaires recoit recu recue recus yes ja nein si
    represente representent s'eleve eleve elevent compte comptent comprend comprennent concerne concernent porte
    portent atteint atteignent lieu deroule deroulent tenu tenue situe situee trouve trouvent montant nombre total
    raison raisons but objectif realise realisee effectue effectuee mis mise pris prise donne donnent suivant suivante
    suivants suivantes plusieurs certains certaines differents differentes grace partie ensemble cadre agit permet
    permettre afin consiste constitue constituent inclut incluent contient correspond
    amounts represents includes concerns number place located reason purpose consists total several various
    betragt umfasst betrifft anzahl zahl grund zweck befindet besteht verschiedene mehrere insgesamt
    ammonta comprende riguarda numero luogo trova motivo scopo consiste totale diversi diverse"""
)
_LIGHT_STEMS = frozenset(stem(word, language) for word in _LIGHT for language in ("fr", "en", "de", "it"))


def same_language(claim: Said, bearers: Sequence[Bearer]) -> bool:
    return all(bearer.language == claim.language for bearer in bearers)


def _amounts_stand(claim: Said, bearers: Sequence[Bearer]) -> bool:
    known = [(other, bearer) for bearer in bearers for other in bearer.facts.amounts]
    amounts = claim.facts(_near(bearers)).amounts
    return all(
        any(_bears(amount, other, claim.language == bearer.language) for other, bearer in known) for amount in amounts
    ) and all(_alone(claim, amount, bearers) for amount in amounts)


def _bears(amount: Amount, other: Amount, same: bool) -> bool:
    return amount.borne_by(other, same)


def _alone(claim: Said, amount: Amount, bearers: Sequence[Bearer]) -> bool:
    """What a number counts must be said by a sentence that holds the number."""
    if not amount.counted:
        return True
    holding = [
        bearer
        for bearer in bearers
        if any(_bears(amount, other, claim.language == bearer.language) for other in bearer.facts.amounts)
    ]
    return any(claim.language != bearer.language or amount.counted & bearer.stems for bearer in holding)


def _addresses_stand(claim: Said, bearers: Sequence[Bearer]) -> bool:
    known = {address for bearer in bearers for address in bearer.facts.addresses}
    return set(claim.facts(None).addresses) <= known


def _dates_stand(claim: Said, bearers: Sequence[Bearer]) -> bool:
    if claim.facts(_near(bearers)).relative:
        return False
    return not list(_undated(claim, bearers))


def _undated(claim: Said, bearers: Sequence[Bearer]) -> Iterator[tuple[int, int]]:
    """The dates of the claim that no bearer states."""
    first = claim.facts(_near(bearers))
    for place, mention in enumerate(first.dates):
        if not any(_dated(claim, place, mention, bearer) for bearer in bearers):
            yield mention.start, mention.end
    for moment in first.moments:
        if not any(_timed(moment.key, bearer) for bearer in bearers):
            yield moment.start, moment.end


def _dated(claim: Said, place: int, mention: DateMention, bearer: Bearer) -> bool:
    own = claim.facts(bearer.release.published).dates
    if len(own) > place and own[place].start == mention.start:
        mention = own[place]
    if any(_same_day(mention, other, claim.text) for other in bearer.facts.dates):
        return True
    day = bearer.release.published
    return (
        day is not None
        and mention.precise
        and mention.period.first == day
        and mention.weekday in (None, day.weekday())
        and (bearer.facts.relative or bool(_PUBLISHED.search(fold(claim.text))))
    )


_PUBLISHED = re.compile(
    r"publi\w*|communique\w*|annonc\w*|selon|fait savoir|informe\w*|announc\w*|published|release|according|reported"
    r"|mitteil\w*|mitgeteilt|gemass|laut|angekundigt|veroffentlich\w*|comunicat\w*|annunci\w*|secondo|pubblicat\w*"
)
_FIRST = re.compile(
    r"(?<![^\W_])(?:des|a partir|commenc\w*|debut\w*|ouvr\w*|lanc\w*|depuis|from|start\w*|begin\w*|since|ab|seit"
    r"|beginn\w*|dal|inizi\w*)"
)
_LAST = re.compile(r"(?<![^\W_])(?:jusqu|fin\w*|termin\w*|achev\w*|until|end\w*|bis|fino|au plus tard)")


def _same_day(mention: DateMention, other: DateMention, text: str) -> bool:
    """Whether the other date says the one claimed: the same, or a day of the month or year that is claimed."""
    if mention.weekday is not None and mention.weekday != other.weekday:
        return False
    claimed, stated = mention.period, other.period
    if claimed == stated:
        return True
    if not (claimed.first and claimed.last and stated.first and stated.last):
        return False
    if mention.precise:
        folded = fold(text)
        begins = claimed.first == stated.first and bool(_FIRST.search(folded))
        return begins or (claimed.first == stated.last and bool(_LAST.search(folded)))
    whole = claimed.first.day == 1 and (claimed.last - claimed.first).days >= 27
    return whole and other.precise and stated.first in claimed


_STRETCH = 62


def _timed(key: str, bearer: Bearer) -> bool:
    kind, number = key.split(":")
    if any(moment.key == key for moment in bearer.facts.moments):
        return True
    for mention in bearer.facts.dates:
        first = mention.period.first
        if first is None:
            continue
        if kind == "weekday" and mention.weekday == int(number):
            return True
        if kind == "month" and int(number) in (first.month, (mention.period.last or first).month) and _short(mention):
            return True
        if kind == "season" and first.month == int(number) and not mention.precise:
            return True
    return False


def _short(mention: DateMention) -> bool:
    first, last = mention.period.first, mention.period.last
    return first is not None and last is not None and (last - first).days < _STRETCH


def _names_stand(claim: Said, bearers: Sequence[Bearer]) -> bool:
    """Names stand there, and so do offices (« la directrice »)."""
    offices = {word[:_ROOT] for bearer in bearers for word in bearer.words if word in OFFICES}
    if same_language(claim, bearers) and any(
        word in OFFICES and word[:_ROOT] not in offices for word in _words(claim.text)
    ):
        return False
    return not any(True for _ in _unnamed(claim, bearers))


def _unnamed(claim: Said, bearers: Sequence[Bearer]) -> Iterator[Named]:
    """The names of the claim that no bearer holds: each word with its capital, words that stand together together."""
    known = frozenset[str]().union(*(bearer.capitals for bearer in bearers))
    roots = frozenset(stem(word, claim.language) for word in known if len(word) > 4)
    names = claim.facts(_near(bearers)).names
    for named in names:
        if named.word in known or (len(named.word) > 4 and stem(named.word, claim.language) in roots):
            continue
        if named.opening and not _followed(named, claim) and (_lower(named, bearers) or ordinary(named.word)):
            continue
        if named.acronym and any(_spelt_out(claim.text[named.start : named.end], bearer) for bearer in bearers):
            continue
        yield named
    for together in _runs(claim, names):
        if not any(_together(words, bearer) for words in together for bearer in bearers):
            yield names[0]


def _runs(claim: Said, names: Sequence[Named]) -> Iterator[tuple[tuple[str, ...], ...]]:
    """The words of each name of several, and of a body with what it is for (« Office fédéral de l'énergie »)."""
    runs: dict[int, list[Named]] = {}
    for named in names:
        runs.setdefault(named.run, []).append(named)
    for run in runs.values():
        words = tuple(named.word for named in run)
        if len(words) > 1:
            yield (words, words[1:]) if run[0].opening and is_small(words[0], claim.language) else (words,)
        if run[-1].word in _BODIES and (what := _purpose(claim, run[-1].end)):
            yield ((run[-1].word, *what),)


_BODIES = word_list(
    """departement office ministere direction secretariat commission conseil agence institut service federation
    association syndicat chambre cour tribunal banque universite ecole hopital musee autorite inspection haut delegation
    loi ordonnance convention accord traite department ministry commission council agency institute service association
    chamber court bank university school hospital museum authority act convention ufficio dipartimento ministero
    direzione commissione consiglio agenzia istituto servizio camera tribunale banca legge"""
)
_WIDE = word_list("federal federale federaux federales national nationale general generale cantonal cantonale regional")


def _purpose(claim: Said, at: int) -> tuple[str, ...]:
    """« fédéral énergie » after « Office »: words up to the first that says what the body is for."""
    found: list[str] = []
    for word in _words(claim.text[at : at + 60].split(",")[0].split(".")[0]):
        if is_small(word, claim.language):
            if word not in _OF_BODY:
                break
            continue
        found.append(word)
        if word not in _WIDE:
            break
    return tuple(found) if found and found[-1] not in _SAYING else tuple(found[:-1])


_OF_BODY = word_list("de du des la le l les d aux of the for del della dei degli delle a")


def _together(words: Sequence[str], bearer: Bearer) -> bool:
    """Whether the words stand together in the sentence, its title or issuer, or, as a fuller name, in its release."""
    if any(_in_row(words, text) for text in (bearer.text, *bearer.known)):
        return True
    return words[-1] in bearer.words and _in_row(words, bearer.release.text)


def _in_row(words: Sequence[str], text: str) -> bool:
    """Whether the words follow each other, small words and initials apart."""
    row = [word for word in _words(text) if len(word) > 1 and word not in _LINKS]
    wanted = [word for word in words if len(word) > 1 and word not in _LINKS]
    size = len(wanted)
    return any(row[place : place + size] == wanted for place in range(len(row) - size + 1))


_LINKS = word_list("de du des la le les aux au of the for et and und del della dei degli delle von van der di")


def _lower(named: Named, bearers: Sequence[Bearer]) -> bool:
    return any(named.word in bearer.words for bearer in bearers)


def _followed(named: Named, claim: Said) -> bool:
    """Whether another capital follows at once: « Clément Dupont »."""
    return bool(re.match(r" [A-ZÀ-Ý]", claim.text[named.end : named.end + 2]))


def _spelt_out(acronym: str, bearer: Bearer) -> bool:
    """« OFEN » where the release says « Office fédéral de l'énergie (OFEN) » and the sentence names the office."""
    place = bearer.release.text.find(f"({acronym})")
    if place < 0:
        return False
    letters = fold(acronym)
    words = [word for word in _words(bearer.release.text[max(0, place - 160) : place]) if not is_small(word, "fr")]
    words = words[-len(letters) :]
    return bool(words) and words[0][0] == letters[0] and set(words) <= bearer.words


def _quotations_stand(claim: Said, bearers: Sequence[Bearer]) -> bool:
    """Words between marks stand there so, and whoever is named beside them stands with them."""
    texts = [_plain(bearer.text) for bearer in bearers]
    holding = set(range(len(bearers)))
    for span in claim.facts(None).quotations:
        parts = [part for part in map(_plain, re.split(r"\[…\]|\[\.\.\.\]|\(…\)", span.of(claim.text))) if part]
        held = {place for place, text in enumerate(texts) if _in_order(parts, text)}
        if not held and not _in_order(parts, " ".join(texts)):
            return False
        holding &= held or holding
    if claim.facts(None).quotations and _SPEECH.search(fold(claim.text)):
        beside = _beside(claim)
        if not any(beside <= bearers[place].words for place in holding):
            return False
    return _speaks(claim, bearers)


def _beside(claim: Said) -> frozenset[str]:
    """The people, bodies and offices that a claim names outside its quotations."""
    inside = claim.facts(None).quotations
    outside = "".join(
        " " if any(place in span for span in inside) else letter for place, letter in enumerate(claim.text)
    )
    named = {one.word for one in claim.facts(None).names if not any(one.start in span for span in inside)}
    return frozenset(named | {word for word in _words(outside) if word in OFFICES})


_QUOTED_APOSTROPHES = str.maketrans("’‘ʼ´`", "'''''")


def _plain(text: str) -> str:
    """The text as it is compared word for word: blanks, apostrophes and the outer stops apart."""
    plain = re.sub(r"[\s\u00ad\u200b\u2060\ufeff]+", " ", text.translate(_QUOTED_APOSTROPHES))
    return re.sub(r"\s+([!?;:»])|(«)\s+", r"\1\2", plain).strip(" .,;:!?").lower()


def _in_order(parts: Sequence[str], text: str) -> bool:
    place = 0
    for part in parts:
        found = re.compile(rf"(?<!\w){re.escape(part)}(?!\w)").search(text, place)
        if found is None:
            return False
        place = found.end()
    return True


_SPEECH = re.compile(
    r"(?<![^\W_])(?:di(?:t|sent|sait)|declar\w+|affirm\w+|ajout\w+|expliqu\w+|precis\w+|soulign\w+|estim\w+|rappel\w+"
    r"|selon|indiqu\w+|assur\w+|confi\w+|conclu\w+|annonc\w+|sai[dy]s?|stat(?:es|ed)|according to|explain\w+|sagt\w*"
    r"|erklar\w+|betont\w*|laut|gemass|dice|detto|dichiar\w+|afferm\w+|secondo|d'apres|pour lui|comment\w+)(?![^\W_])"
)


def _speaks(claim: Said, bearers: Sequence[Bearer]) -> bool:
    """Where the claim gives words to someone, that is who says them there."""
    folded = fold(claim.text)
    if not claim.facts(None).quotations and not _SPEECH.search(folded):
        return True
    inside = claim.facts(None).quotations
    named = [
        named
        for named in claim.facts(None).names
        if not any(named.start in span for span in inside) and not named.acronym
    ]
    speakers = {
        word for bearer in bearers for quote in bearer.quotes if quote.speaker for word in _words(quote.speaker)
    }
    people = {word for bearer in bearers for name in bearer.release.names for word in _words(name.name)} | {
        word for bearer in bearers for quote in bearer.release.quotes for word in _words(quote.speaker or "")
    }
    persons = [named for named in named if named.word in people or named.word in speakers]
    if not persons or not speakers:
        return True
    return any(named.word in speakers for named in persons)


def _polarity_stands(claim: Said, bearers: Sequence[Bearer]) -> bool:
    """Nothing denied is affirmed, nothing affirmed denied; what may be or will be is not said to be."""
    if not same_language(claim, bearers):
        own = any(one.kind == "not" for one in turned(claim.text, claim.language))
        return own == any(one.kind == "not" for bearer in bearers for one in turned(bearer.text, bearer.language))
    own = turned(claim.text, claim.language)
    there = [turned(bearer.text, bearer.language) for bearer in bearers]
    kinds = {one.kind for one in own}
    for one in chain.from_iterable(there):
        if not one.touches(claim.stems) or any(_turned_alike(one, other) for other in own):
            continue
        if one.kind == "not" or one.kind not in kinds:
            return False
    for one in own:
        scope = set(one.scope)
        shared = [len(scope & content(bearer.text, bearer.language)) for bearer in bearers]
        nearest = [there[place] for place, count in enumerate(shared) if count == max(shared)]
        if any(_turned_alike(one, other) for other in chain.from_iterable(nearest)):
            continue
        alike = any(other.kind == one.kind for other in chain.from_iterable(nearest))
        if one.kind == "not" or (max(shared) and not alike):
            return False
    return True


def _turned_alike(one: Turned, other: Turned) -> bool:
    return one.kind == other.kind and bool(set(one.scope) & set(other.scope))


def _directions_stand(claim: Said, bearers: Sequence[Bearer]) -> bool:
    """Each direction is the source's; between two languages, none is its contrary."""
    known = frozenset[str]().union(*(bearer.directions for bearer in bearers))
    own = {meant for meant, _ in charged(claim.text)}
    if same_language(claim, bearers):
        return own <= known
    return all(CONTRARY.get(meant) not in known or meant in known for meant in own)


def _facts_paired(claim: Said, bearers: Sequence[Bearer]) -> bool:
    """Facts go together as they do in a sentence that holds them, and some sentence holds them together."""
    native = [(bearer.text, bearer.context) for bearer in bearers if bearer.language == claim.language]
    if len(native) > 1 and apart(claim.text, native, claim.language, _near(bearers)):
        return False
    return not any(
        crossed(claim.text, bearer.text, claim.language, bearer.release.published)
        for bearer in bearers
        if bearer.language == claim.language
    )


def _nothing_replaced(claim: Said, bearers: Sequence[Bearer]) -> bool:
    """No word of the claim, though the question's, stands where its source has another between the same two."""
    return not any(
        _replaced(_row(claim.text, claim.language), _row(bearer.text, bearer.language), claim, bearer)
        for bearer in bearers
        if bearer.language == claim.language
    )


def _row(text: str, language: str) -> list[str]:
    return [stem(word, language) for word in _words(text) if word[0].isalpha() and not is_small(word, language)]


def _replaced(row: Sequence[str], other: Sequence[str], claim: Said, bearer: Bearer) -> bool:
    spots = {(left, right): middle for left, middle, right in zip(other, other[1:], other[2:], strict=False)}
    return any(
        middle not in bearer.stems
        and middle not in _LIGHT_STEMS
        and (left, right) in spots
        and spots[left, right] not in claim.stems
        and spots[left, right][:_ROOT] != middle[:_ROOT]
        for left, middle, right in zip(row, row[1:], row[2:], strict=False)
    )


def _near(bearers: Sequence[Bearer]) -> date | None:
    return bearers[0].release.published if bearers else None


_LETTER = (
    ("number", _amounts_stand),
    ("address", _addresses_stand),
    ("date", _dates_stand),
    ("name", _names_stand),
    ("quotation", _quotations_stand),
)
_RULES = (
    *_LETTER,
    ("polarity", _polarity_stands),
    ("direction", _directions_stand),
    ("crossed", _facts_paired),
    ("replaced", _nothing_replaced),
)
