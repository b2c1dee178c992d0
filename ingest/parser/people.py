"""The persons a text names: where, by which office, man or woman; and who « Mme Lenoir » or « la maire » is.

Rules on capitals, civilities and offices; no list of persons. Does not know who speaks.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from ingest.parser.offices import BRANDED, CIVILITIES, EPONYMS, NOBODY, first_name_gender, is_office, office_gender
from ingest.parser.organisations import UPPER, acronyms, spells
from store.folding import fold, word_list
from store.records import Span

WORD = rf"(?:[ODNM][’'](?=[{UPPER}]))?[{UPPER}][^\W\d_]*(?:[’'-][{UPPER}]?[^\W\d_]+){{0,3}}"
_INITIAL = rf"[{UPPER}]\.(?:\s?-?[{UPPER}]\.){{0,2}}"
_PARTICLE = (
    r"(?:van der|van den|von der|von|van|der|den|ten|zu|zur|del|della|di|da|dos|bin|ben|el|al|de la|de|du|d[’']|y)"
)
_GAP = "[ \u00a0\u202f]"
_FULL = re.compile(
    rf"(?<![\w’'-])(?:{_INITIAL}|{WORD})"
    rf"(?:{_GAP}(?:(?:{_PARTICLE}{_GAP}?){{1,2}}(?=[{UPPER}]))?(?:{_INITIAL}|{WORD})){{0,5}}"
)
_TOKEN = re.compile(rf"{_INITIAL}|{WORD}|[^\W\d_]+[’']?")
_CIVIL = re.compile(
    r"(?<!\w)(?:M\.|MM\.|Mmes?|Mlle|Mrs?\.?|Ms\.?|Dr\.?|Pr\.?|Prof\.|Me|Mgr|Monsieur|Madame|Messieurs"
    r"|Mesdames|Herrn?|Frau"
    r"|Signora?|Docteur|Maître|Sir|Lady|Lord)[ \u00a0\u202f]+$"
)
_BEFORE = re.compile(r"(?<![\w’'-])(?P<office>[^\W\d_][^,.;:!?«»()\n]{1,120}?)(?P<comma>,?)[ \u00a0\u202f]*$")
_APPOSED = re.compile(
    r"\s?(?:,\s|\(|[–—-]\s)(?P<role>(?!(?:et|qui|dont|dans|à|lors|a|ont|est|s[’']est)\b)[^.;:«»!?\n]{2,400})"
)
_STOP = re.compile(
    r",\s(?!(?:d[eu]s?\b|d[’']|et (?:d[eu]|des)\b|of\b|and\b))|(?<=\w)\)(?=\s*,)"
    r"|\s(?:a|ont|est|sont|s[’']est|qui|dont|lors|has|had|is|said|says|hat|ist|pour qui|avant|après"
    r"|dans (?:un|son|sa|le cadre)|en (?:ouverture|conclusion|marge))\s"
    r"|(?<=\))\s(?!et\b)|\sà (?:l[’'](?:occasion|issue|ouverture)|propos|ce sujet)\b"
)
_SMALL = word_list(
    """le la les l de du des d un une et en au aux a son sa ses pour par sur the of and for der die das des fur und di
    della del e il lo notre nos monsieur madame mme m mr dr"""
)
_WORDS = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


@dataclass
class Person:
    """Someone the text names; `name` is the fullest form of it, `titles` the offices as written."""

    name: str
    named: Span
    titles: list[str] = field(default_factory=list)
    words: set[str] = field(default_factory=set)
    genders: set[str] = field(default_factory=set)
    sure: bool = False

    @property
    def role(self) -> str | None:
        return next(iter(self.titles), None)

    def may_be(self, gender: str | None) -> bool:
        return gender is None or not self.genders or gender in self.genders


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where a person is named: `span` is the name, `start` where its title begins.

    `governed`: a preposition stands before it (« avec Lise Maréchal »), so it is no subject.
    `joined`: « et » stands before it. `stop` is where the office after the name ends.
    """

    span: Span
    start: int
    person: Person
    governed: bool
    stop: int
    joined: bool = False


class People:
    """Whoever `text[:end]` names."""

    def __init__(self, text: str, end: int) -> None:
        self._text = text
        self.short = acronyms(text, end)
        found = [name for match in _FULL.finditer(text, 0, end) for name in _names(text, match)]
        self._persons: dict[str, list[Person]] = {}
        for span, tokens in found:
            if len(tokens) > 1:
                self._introduce(span, tokens)
        self.mentions: list[Mention] = []
        borne = [(span, self._known(span, tokens) or self._addressed(span, tokens)) for span, tokens in found]
        known = [(span, person) for span, person in borne if person is not None]
        for number, (span, person) in enumerate(known):
            following = known[number + 1][0].start if number + 1 < len(known) else end
            told = self.mentions[-1].stop if self.mentions else 0
            self.mentions.append(self._mention(span, person, end, following, told))
        self._starts = [mention.span.start for mention in self.mentions]

    @property
    def persons(self) -> list[Person]:
        return [person for group in self._persons.values() for person in group]

    def within(self, start: int, end: int) -> list[Mention]:
        """The mentions whose name begins in `text[start:end]`."""
        return self.mentions[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def before(self, at: int) -> Iterator[Mention]:
        """The mentions before an offset, the nearest first."""
        for number in range(bisect_left(self._starts, at) - 1, -1, -1):
            yield self.mentions[number]

    def described(self, reference: str, at: int) -> Person | None:
        """The person an office without a name means (« la conseillère fédérale »), else None.

        Every word of the reference has to stand among the offices the text gives someone;
        of several, the one named last before `at`.
        """
        wanted = _content(reference, self.short)
        if not wanted:
            return None
        gender = _gender(reference)
        fitting = [
            p
            for p in self.persons
            if p.may_be(gender) and _covers(p, wanted, reference) and (len(wanted) > 1 or p.named.start < at)
        ]
        if len(fitting) > 1:
            near = next((m.person for m in self.before(at) if any(m.person is p for p in fitting)), None)
            return near
        return fitting[0] if fitting else None

    def last(self, at: int, gender: str | None, since: int, *, unsure: bool = False) -> Person | None:
        """The only person of that gender named between `since` and `at`; with `unsure`, of all that may be names."""
        near: list[Person] = []
        for mention in self.before(at):
            if mention.span.start < since:
                break
            counts = unsure or mention.person.sure
            if counts and mention.person.may_be(gender) and all(mention.person is not p for p in near):
                near.append(mention.person)
        return near[0] if len(near) == 1 else None

    def _introduce(self, span: Span, tokens: list[str]) -> None:
        known = self._known(span, tokens)
        name = span.of(self._text)
        if known is None:
            person = Person(name, span)
            given = first_name_gender(tokens[0])
            if given is not None:
                person.sure = True
                person.genders |= {given} - {""}
            self._persons.setdefault(fold(tokens[-1]), []).append(person)
        elif _fuller(tokens, known.name):
            known.name, known.named = name, span

    def _known(self, span: Span, tokens: list[str]) -> Person | None:
        """The person of that last name whom first name and civility allow; of several, the one named last."""
        group = self._persons.get(fold(tokens[-1]), [])
        given = [token for token in tokens[:-1] if token[0].isupper()]
        if given:
            return next((person for person in group if _agree(given[0], person.name)), None)
        if len(group) > 1:
            civil = _CIVIL.search(self._text, max(0, span.start - 12), span.start)
            gender = CIVILITIES.get(fold(civil[0].strip())) if civil else None
            group = [person for person in group if person.may_be(gender or None)]
        earlier = [person for person in group if person.named.start <= span.start]
        return max(earlier or group, key=lambda person: person.named.start, default=None)

    def _addressed(self, span: Span, tokens: list[str]) -> Person | None:
        """« M. Roux » whom the text never names in full."""
        civil = _CIVIL.search(self._text, max(0, span.start - 12), span.start)
        if civil is None or fold(tokens[-1]) in self._persons:
            return None
        person = Person(self._text[civil.start() : span.end], Span(civil.start(), span.end), sure=True)
        self._persons[fold(tokens[-1])] = [person]
        return person

    def _mention(self, span: Span, person: Person, end: int, following: int, told: int) -> Mention:
        text = self._text
        start = _titled(text, span.start, told, person, self.short)
        stop = _apposed(text, span.end, end, following, person, self.short)
        governed = bool(_GOVERNING.search(text, max(0, start - 14), start)) or text[start : start + 3] in ("au ", "du ")
        if (
            text[max(0, start - 8) : start].startswith(("Quant ", "Quant à"))
            or text[max(0, start - 6) : start] == "Quant "
        ):
            governed = False
        joined = bool(_JOINING.search(text, max(0, start - 6), start))
        if joined and self.mentions and start - self.mentions[-1].stop < 8:
            governed = self.mentions[-1].governed
        return Mention(span, start, person, governed, stop, joined)


_JOINING = re.compile(r"\b(?:et|ou|and|und|e)\s$")


_GOVERNING = re.compile(
    r"(?<![\w’'])(?:de|d[’']|du|des|à|au|aux|avec|par|pour|contre|chez|sur|entre|of|by|with|for|von|mit|di"
    r"|da|con|l[’']|Avec|De|D[’']|Du|Par|Chez|Contre)[\s\u00a0]*$"
)


def _names(text: str, match: re.Match[str]) -> Iterator[tuple[Span, list[str]]]:
    """The name in a run of capitalised words, without what stands before or after it."""
    tokens = list(_TOKEN.finditer(match[0]))
    dropped = 0
    while tokens and (_nobody(tokens[0][0]) or is_office(tokens[0][0]) or _particle(tokens[0][0]) or _acronym(tokens)):
        dropped = dropped + 1 if _particle(tokens.pop(0)[0]) else 0
    for number, token in enumerate(tokens):
        word = token[0]
        small = not word[0].isupper()
        if number and word in _INNER and number + 1 < len(tokens) and not _nobody(tokens[number + 1][0]):
            continue
        if (number and not small and (_nobody(word) or is_office(word))) or (small and number > 1 and _loose(word)):
            branded = not small and _nobody(word) and number + dropped > 0 and first_name_gender(tokens[0][0]) is None
            tokens = [] if branded and number == len(tokens) - 1 and number > 1 else tokens[:number]
            break
    while tokens and not tokens[-1][0][0].isupper():
        tokens.pop()
    if len(tokens) > 2 and _shouted(tokens[-1][0]) and not any(_shouted(t[0]) for t in tokens[1:-1]):
        tokens.pop()
    while tokens and not tokens[-1][0][0].isupper():
        tokens.pop()
    if not tokens or tokens[-1][0].endswith(".") or len(tokens[-1][0]) < 2:
        return
    if _shouted(tokens[0][0]) and len(tokens[0][0]) > 1 and not tokens[0][0].endswith("."):
        return
    span = Span(match.start() + tokens[0].start(), match.start() + tokens[-1].end())
    if len(tokens) > 1 and _eponym(text, span.start, tokens[0][0]):
        return
    if len(tokens) == 1 and dropped:
        before = re.compile(rf"(?:{_PARTICLE}{_GAP}?)+$", re.IGNORECASE).search(
            text, max(0, span.start - 12), span.start
        )
        span = Span(before.start(), span.end) if before else span
    yield span, [token[0] for token in tokens]


_INNER = word_list("Le La Les De Du Des Van Von Der Den Di Da El Al Ben")


@lru_cache(maxsize=1 << 14)
def _nobody(word: str) -> bool:
    return fold(word).split("'")[0].split("-")[0] in NOBODY or fold(word) in NOBODY or fold(word) in CIVILITIES


def _acronym(tokens: list[re.Match[str]]) -> bool:
    """« DETEC Lise Maréchal », but not « LISE MARÉCHAL »."""
    return len(tokens) > 1 and _shouted(tokens[0][0]) and not _shouted(tokens[1][0])


def _particle(word: str) -> bool:
    return not word[0].isupper() or word in (
        "Van",
        "Von",
        "Der",
        "Den",
        "Ten",
        "Zu",
        "De",
        "Di",
        "Da",
        "Du",
        "Del",
        "Della",
        "Bin",
        "Ben",
        "El",
        "Al",
    )


def _loose(particle: str) -> bool:
    """Particles that join a first name only: « Anne de Brix », but « Anne Roux de la Régie »."""
    return particle.rstrip("’'") in ("de", "du", "d", "la", "di", "da", "del", "della")


def _shouted(word: str) -> bool:
    return len(word) > 1 and word.isupper() and not word.endswith(".")


def _eponym(text: str, at: int, first: str) -> bool:
    """« Institut Paul Brix », « rue Anne Roux », « programme Better Work »."""
    before = re.search(r"([^\W\d_]+)\s+(?:de |d[’']|du )?$", text[max(0, at - 24) : at])
    if before is None:
        return False
    word = fold(before[1])
    return word in EPONYMS or (word in BRANDED and first_name_gender(first) is None)


def _agree(given: str, name: str) -> bool:
    """Whether a first name or initial can be that of a full name."""
    first = fold(name.split()[0].split("\u00a0")[0])
    mine = fold(given)
    return (
        first == mine
        or (mine.endswith(".") and first[:1] == mine[:1])
        or (first.endswith(".") and mine[:1] == first[:1])
    )


def _fuller(tokens: list[str], name: str) -> bool:
    first = name.split()[0]
    return first.endswith(".") and not tokens[0].endswith(".")


def _titled(text: str, at: int, told: int, person: Person, short: dict[str, str]) -> int:
    """Where the office or civility before a name begins; what it tells goes to the person."""
    start = at
    civil = _CIVIL.search(text, max(0, at - 12), at)
    if civil:
        start = civil.start()
        gender = CIVILITIES.get(fold(civil[0].strip()), "")
        person.genders |= {gender} - {""}
        person.sure = True
    line = max(text.rfind("\n", max(0, start - 130), start) + 1, start - 130, told)
    found = _BEFORE.search(text, max(0, line), start) if start > line else None
    if found is None:
        return start
    words = list(_TITLE_WORDS.finditer(found["office"]))
    place = next((n for n in range(len(words) - 1, -1, -1) if is_office(words[n][0])), None)
    if place is None or _verbal([word[0] for word in words[place:]]):
        return start
    first = _beginning([word[0] for word in words], place)
    article = first > 0 and fold(words[first - 1][0]) in _ARTICLES
    if found["comma"] and not article:
        return start
    if words[place + 1 :] and fold(words[-1][0]) in _LINKS:
        return start
    _tell(person, found["office"][words[first - article].start() :], short)
    earlier = _EARLIER.search(text, max(told, start - 260), found.start("office") + words[first - article].start())
    if article and earlier and is_office(earlier["office"].split()[0]):
        _tell(person, earlier["office"], short)
    return found.start("office") + words[first - article].start()


_EARLIER = re.compile(r"(?:\b(?:[Ll][ea]|[Uu]ne?|que|comme)\s|[Ll][’'])(?P<office>[^\W\d_][^,.;:!?«»\n]{2,110}),\s$")
_TITLE_WORDS = re.compile(r"[^\s’']+[’']?")
_ARTICLES = word_list("le la l' un une son sa notre au du the der die il lo")
_LINKS = word_list("de du des d' a avec par et pour au aux of la le l' les")


def _beginning(words: list[str], place: int) -> int:
    """The word an office's words begin with: « premier ministre », « présidente du conseil et maire »."""
    first = place
    while first and fold(words[first - 1]) in _ADJECTIVES:
        first -= 1
    for earlier in range(first - 1, max(-1, first - 8), -1):
        between = {fold(word) for word in words[earlier + 1 : first]}
        if is_office(words[earlier]) and not _verbal(words[earlier:first]) and between & _LINKS:
            return _beginning(words, earlier)
    return first


_ADJECTIVES = word_list(
    "premier premiere ancien ancienne nouveau nouvelle vice sous ex futur future jeune grand grande celebre haut haute"
)


def _verbal(words: list[str]) -> bool:
    """Whether there is a verb among words that should be an office's."""
    return any(fold(word) in _VERBS for word in words)


_VERBS = word_list(
    "a ont est sont etait avec par contre qui que dont se s' lors apres avant comme mais pour selon ainsi"
)


def _apposed(text: str, at: int, end: int, following: int, person: Person, short: dict[str, str]) -> int:
    """Where the office after a name ends: « Lise Maréchal, maire de Clair, »; `at` where there is none."""
    found = _APPOSED.match(text, at, min(end, at + 420))
    if found is None:
        return at
    role = found["role"]
    stop = _STOP.search(role)
    role = role[: stop.start()] if stop else role
    if text[found.start("role") - 1] == "(":
        role = role.split(")")[0]
    heads = role.split()[:4]
    place = next(
        (n for n, word in enumerate(heads) if is_office(word.strip(",")) or is_office(word.split("-")[0])), None
    )
    if place is None or not _leading(heads[:place]):
        return at
    last = found.start("role") + len(role)
    if following < last and not _GOVERNING.search(text, max(at, following - 14), following):
        return at
    _tell(person, role.strip(" ,"), short)
    return found.start("role") + len(role.rstrip(" ,"))


def _leading(words: list[str]) -> bool:
    """Whether words may stand before an apposed office: articles and adjectives."""
    return all(fold(word.strip(",")).rstrip("'") in _BEFORE_OFFICE or fold(word) in _ADJECTIVES for word in words)


_BEFORE_OFFICE = word_list(
    "le la l un une son sa notre the a an der die il lo deuxieme premiere principal principale vice"
)


def _tell(person: Person, office: str, short: dict[str, str]) -> None:
    plain = re.sub(
        r"^(?:l[ea]|une?|au|du|son|sa|notre|the|der|die|il|lo)\s+|^l[’']\s?",
        "",
        office.strip(" ,"),
        flags=re.IGNORECASE,
    )
    plain = re.sub(r"(?:\s(?:de|du|des|la|le|les|à|aux?|et|of|the)|\s?[dl][’'])+$", "", plain)
    if plain and plain not in person.titles and len(plain) < 200:
        person.titles.append(plain)
    person.words |= _content(office, short)
    person.sure = True
    gender = _gender(office)
    if gender and not person.genders:
        person.genders.add(gender)


def _gender(reference: str) -> str | None:
    """Man or woman by the article or the form of the office."""
    words = reference.split()
    if not words:
        return None
    head = fold(words[0])
    if head in ("la", "une", "sa", "mme", "madame", "die", "frau"):
        return "f"
    if head in ("le", "un", "m.", "monsieur", "der", "herr"):
        return "m"
    office = next((word for word in words[:4] if is_office(word)), None)
    return office_gender(office) if office else None


def _content(reference: str, short: dict[str, str]) -> set[str]:
    """The words of an office that tell, cut to what all genders share; acronyms also by their full name."""
    found = set()
    for match in _WORDS.finditer(reference):
        key = fold(match[0])
        if key not in _SMALL and len(key) > 1:
            found.add(_stem(key))
            if match[0] in short:
                found |= {_stem(fold(word)) for word in _WORDS.findall(short[match[0]]) if fold(word) not in _SMALL}
                found.discard(_stem(key))
    return found


def _covers(person: Person, wanted: set[str], reference: str) -> bool:
    """Whether a person's offices hold all those words, acronyms by their initials too."""
    left = wanted - person.words
    if not left:
        return True
    spelled = [
        word for word in _WORDS.findall(reference) if word.isupper() and len(word) > 2 and _stem(fold(word)) in left
    ]
    return len(spelled) == len(left) and all(any(spells(title, word) for title in person.titles) for word in spelled)


def _stem(key: str) -> str:
    return key[:4] if key.startswith("chef") else key[:6].rstrip("aeiou") or key
