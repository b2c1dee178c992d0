"""Who is meant around a verb of speech: a name, an office, a pronoun, a body.

Never a guess: where several may be meant, nobody is. Does not look for quotations.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import pairwise

from ingest.parser.offices import NOBODY, is_office
from ingest.parser.organisations import UPPER, body_at, common_body, is_body
from ingest.parser.people import Mention, People, Person
from ingest.parser.speech import SpeechVerb
from store.folding import fold, word_list
from store.records import Span

_SENTENCE = re.compile(
    r"(?P<stop>[.!?…]+)(?:[ \u00a0\u202f]?[»”\"’')\]])*(?:\[\d+\])?(?:\s+(?=[^\sa-zà-ÿ,;:.)»])|(?=«))"
    r"|(?<!\n)\n++(?=\s*+[^\sa-zà-ÿ])"
)
_PARAGRAPH = re.compile(r"\n[^\S\n]*\n\s*")
_ABBREVIATED = re.compile(
    r"(?:^|[\s(’'-])(?:[A-ZÀ-Þ]|MM?|Mm?es?|Mlle|Mr?s?|Dr?|Prof|St|Ste|Nr)$|(?:^|[\s(])(?:art|al|cf|env|ch"
    r"|no|p|resp|ca|z\.B)$"
)
_ADVERB = (
    r"(?:(?:si |très |fort )?(?:bien|justement)|ainsi|encore|également|aussi|notamment|enfin|alors|hier"
    r"|aujourd[’']hui|demain|d[’']emblée|volontiers|en outre"
    r"|en substance|en conclusion|pour sa part|de son côté|quant à (?:elle|lui)|par ailleurs|toutefois|cependant"
    r"|à (?:cette|l[’']) ?(?:occasion|issue|ouverture)[^,]{0,50}?|à ce (?:sujet|propos)|à (?:la presse"
    r"|nos confrères)|aux (?:médias|journalistes)"
    r"|(?:ce |le )?(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)(?: (?:matin|soir|après-midi|\d[^,]{0,18}?))?"
    r"|ce (?:matin|soir|jour)|(?:[^\W\d_]+ment)|(?:lors|au cours|à la suite|à l[’']issue|en marge) d[^,]{3,90}?"
    r"|(?:dans|devant|avec|au|à|en) [^,]{3,70}?|elle-même|lui-même|today|yesterday|also|heute|gestern|auch|oggi)"
)
_LEAD = re.compile(
    rf"[\s,–—-]*(?:{_ADVERB}[\s,]+){{0,3}}(?:(?:l[ea]s?|l[’']|une?|son|sa|notre|nos|the|der|die|das|il|lo)[\s\u00a0]?"
    r"(?:[^\W\d_’'-]+[\s\u00a0-]+){0,3})?",
    re.IGNORECASE,
)
_SKIPPED = re.compile(
    rf"[\s,–—-]*(?:{_ADVERB}[\s,]+){{0,2}}?(?=(?:l[ea]s?|une?|son|sa|notre|nos|the|der|die|il|lo)\s|l[’']|[{UPPER}])"
)
_REFERENCE = re.compile(
    r"(?P<det>(?:[Ll][ea]|[Uu]ne?|[Ss]on|[Ss]a|[Nn]otre|[Cc]ette|[Cc]et?|[Tt]he|[Dd]er|[Dd]ie|[Ii]l|[Ll]o"
    r"|Monsieur|Madame)(?=[\s\u00a0])"
    r"|[Ll][’'])[\s\u00a0]?(?P<office>[^\W\d_][^,.;:!?«»“”()\n]{1,120})"
)
_CUT = re.compile(
    r"\s(?:à l[’'](?:occasion|issue|ouverture|égard|adresse)|à propos|au sujet|au cours|lors|avant|après"
    r"|dans|devant|pour|qui|que"
    r"|sur|avec|hier|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|le \d+|\d+|en|ce|face|ainsi|a|ont"
    r"|est|s[’']est|se|lui|quant|chez|parmi|sous|depuis|when|after"
    r"|at the|in an?)\b.*$"
)
_DATIVE = re.compile(r"\s(?:à|aux|au)\s.*$")
_PLURAL_AT = re.compile(r"(?:ont|sont|have|are|haben)\b|(?:se |s[’'])?[^\W\d_]+ent\b")
_PLURAL = re.compile(r"(?:ent|ont|sont|ient)$")
_PRONOUN = re.compile(
    r"(?<![\w’'-])(?P<who>il|elle|he|she|er|sie|egli|lei)[\s,]+(?:(?:n[’']|l[’']|y|en|lui|leur|nous|se"
    r"|s[’']|[^\W\d_]+ment|lui-même|elle-même|ensuite"
    r"|également|aussi|encore|en outre|par ailleurs|alors|also|then|notamment|toutefois|pour sa part)[\s,]*){0,4}$",
    re.IGNORECASE,
)
_BESIDE = re.compile(
    rf"[\s,)–—-]*(?:(?:qui|elle|lui|lui-même|elle-même)[\s,]+)?(?:(?:{_ADVERB}|lui aussi|elle aussi"
    rf"|quant à elle|quant à lui|il|elle|"
    r"se|s[’']|l[’']|nous|leur|lui|y|en|n[’'])[\s,]*){0,4}",
    re.IGNORECASE,
)
_WOMANLY = word_list("elle she sie lei t-elle elles her ihr")
_MANLY = word_list("il he er egli t-il ils lui him ihm")
_STRESSED = re.compile(r"[\s\u00a0]*(?P<who>elle|lui|her|him|ihr|ihm)\b")
_HEADED = re.compile(
    r"[\s\u00a0]*(?:(?:Et|Mais|Puis|Ainsi|Enfin),? )?(?P<who>Il|Elle|He|She|il|elle)\s(?!y a\b|faut\b"
    r"|s[’']agit|est (?:important|nécessaire))"
)
_CLAUSE_HEAD = re.compile(r"[\s«»\"“”–—•*-]*(?:(?:et|mais|or|puis|ainsi|enfin|and|und|but)\s+)?", re.IGNORECASE)
_CLAUSE_STOP = re.compile(r"[.;:!?«»“”\n]")
_COMMA = re.compile(r",\s+")
_OF = re.compile(r"\s(?:d[eu]s?|of)\s|d[’']")
_AND = re.compile(r",?\s(?:et|and|und)\s")
_BRACKETED = re.compile(r"[\s\u00a0]\([^()\n]{2,50}\)")
_BACK, _FAR = 1500, 600


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks, as far as the text tells: `name` in full, `role`, where the name stands, where the words end."""

    name: str | None
    role: str | None = None
    named: Span | None = None
    person: Person | None = None
    end: int = 0


class Scene:
    """A text with its people, sentences and paragraphs, for those who look for speakers in it."""

    def __init__(self, text: str, end: int) -> None:
        self.text, self.end = text, end
        self.people = People(text, end)
        self._heard: list[tuple[int, Person]] = []
        self._sentences = [0] + [m.end() for m in _SENTENCE.finditer(text, 0, end) if _ends(text, m)]
        self._paragraphs = [0] + [m.end() for m in _PARAGRAPH.finditer(text, 0, end)]

    def hear(self, at: int, person: Person | None) -> None:
        """Keep who has spoken at an offset, for the pronouns after it."""
        if person is not None:
            person.sure = True
            self._heard.append((at, person))

    def heard(self, gender: str, since: int, at: int) -> Person | None:
        """Who spoke last between `since` and `at`."""
        fitting = [(said, person) for said, person in self._heard if since <= said < at and person.may_be(gender)]
        return max(fitting, key=lambda one: one[0])[1] if fitting else None

    def sentence(self, at: int) -> int:
        """Where the sentence that holds `at` begins."""
        return self._sentences[bisect_right(self._sentences, at) - 1]

    def sentence_end(self, at: int) -> int:
        number = bisect_right(self._sentences, at)
        return self._sentences[number] if number < len(self._sentences) else self.end

    def paragraph(self, at: int, back: int = 0) -> int:
        """Where the paragraph that holds `at` begins, or the one `back` paragraphs before it."""
        number = bisect_right(self._paragraphs, at) - 1
        return self._paragraphs[max(0, number - back)]

    def sentences_between(self, start: int, end: int) -> list[int]:
        """Where the sentences that begin in `text[start:end]` begin."""
        return self._sentences[bisect_left(self._sentences, start) : bisect_left(self._sentences, end)]

    @property
    def sentences(self) -> list[Span]:
        borders = [*self._sentences, self.end]
        return [Span(start, end) for start, end in pairwise(borders) if end > start]


def _ends(text: str, match: re.Match[str]) -> bool:
    if match["stop"] != ".":
        return True
    return not _ABBREVIATED.search(text[max(0, match.start() - 8) : match.start()])


def named(scene: Scene, mention: Mention) -> Speaker:
    """The person of a mention, under the fullest name the text gives."""
    person = mention.person
    own = mention.span.of(scene.text)
    span = mention.span if own == person.name else person.named
    return Speaker(person.name, person.role, span, person, max(mention.stop, mention.span.end))


def subject_after(scene: Scene, verb: SpeechVerb | None, at: int, limit: int) -> Speaker | None:
    """Who follows an inverted verb: « explique Lise Maréchal », « a déclaré hier la maire »."""
    stop = _clause_end(scene.text, at, min(limit, at + 260))
    for mention in scene.people.within(at, stop)[:2]:
        lead = scene.text[at : mention.start]
        if (not mention.governed or not lead.strip()) and (
            _apposition(lead) or (len(lead) < 130 and _LEAD.fullmatch(lead))
        ):
            return _together(scene, mention, verb, stop)
    stressed = _STRESSED.match(scene.text, at, stop)
    if verb is None and stressed:
        return by_pronoun(scene, stressed["who"], stressed.start("who"))
    skipped = _SKIPPED.match(scene.text, at, stop)
    start = skipped.end() if skipped else at + len(scene.text[at:stop]) - len(scene.text[at:stop].lstrip(" \u00a0,"))
    found = reference(scene, start, stop) or body(scene, start, stop)
    if found is None and verb is not None:
        return _later(scene, verb, at, stop)
    return found


def _later(scene: Scene, verb: SpeechVerb, at: int, stop: int) -> Speaker | None:
    """« a lancé au micro, ému, le président du club »: the subject after an aside."""
    comma = scene.text.find(", ", at, min(stop, at + 45))
    if comma < 0 or scene.people.within(at, comma):
        return None
    return subject_after(scene, verb, comma + 2, stop)


_TRADE = re.compile(r",\s(?:l[ea]\s|l[’']|une?\s)(?:[^\W\d_A-ZÀ-Þ’'-]+\s){1,3}$")


def _apposition(lead: str) -> bool:
    """« le chef de la Base logistique, » before a name."""
    words = lead.replace("’", "’ ").replace("'", "' ").split()
    return (
        lead.rstrip().endswith(",")
        and len(words) > 1
        and words[0].lower() in _ARTICLES
        and any(map(is_office, words[1:4]))
    )


_ARTICLES = word_list("le la l' l’ un une son sa notre the der die il lo")


def _together(scene: Scene, mention: Mention, verb: SpeechVerb | None, stop: int) -> Speaker:
    """One person, or two who speak together (« disent A et B »)."""
    one = named(scene, mention)
    last = scene.text[verb.span.start : verb.span.end].split(" ")[0] if verb else ""
    if not _PLURAL.search(last.split("-")[0]) or last == "est":
        return one
    for other in scene.people.within(mention.span.end, stop + 200)[:1]:
        if _AND.fullmatch(scene.text, mention.stop, other.start):
            return Speaker(f"{one.name} et {other.person.name}", None, one.named, None, other.stop)
    return one


def reference(scene: Scene, at: int, limit: int) -> Speaker | None:
    """An office without a name at `at`: the person it means, or nobody's name and the office as written."""
    found = _REFERENCE.match(scene.text, at, limit)
    if found is None:
        return None
    written = found["office"]
    cut = _CUT.search(written)
    written = (written[: cut.start()] if cut else written).rstrip()
    words = written.split()
    place = next((n for n, word in enumerate(words[:4]) if is_office(word) or is_office(word.split("-")[0])), None)
    if place is None or any(fold(word) not in _QUALIFYING for word in words[:place]):
        return None
    short = _DATIVE.sub("", written)
    for phrase in dict.fromkeys((written, short)):
        person = scene.people.described(f"{found['det']} {phrase}", at)
        if person is not None:
            end = found.start("office") + len(phrase)
            return Speaker(person.name, person.role or phrase, person.named, person, end)
    end = found.start("office") + len(short)
    plain = len(short.split()) <= 3 and not _OF.search(short)
    if (plain or len(short.split()) <= 7) and found["det"].lower() not in ("un", "une"):
        gender = {"la": "f", "une": "f", "sa": "f", "le": "m", "un": "m", "son": None}.get(fold(found["det"]))
        person = scene.people.last(at, gender, scene.paragraph(at), unsure=True) or scene.people.last(
            at, gender, scene.paragraph(at, back=1)
        )
        if person is not None and _fits(person, short):
            return Speaker(person.name, person.role or short, person.named, person, end)
    return Speaker(None, short, None, None, end)


def _fits(person: Person, office: str) -> bool:
    """Whether a bare office may be said again of whoever was named last: « l'architecte », but not « la maire »."""
    head = fold(office.split()[0])
    other = {fold(word) for title in person.titles for word in title.split()[:1]} & _UNIQUE
    return head not in _UNIQUE or not other - {head}


_QUALIFYING = word_list(
    """premier premiere ancien ancienne nouveau nouvelle actuel actuelle jeune vice principal principale
    celebre future futur
    seul seule deuxieme seconde second haut haute grand grande co-"""
)
_UNIQUE = word_list(
    """maire ministre president presidente prefet prefete directeur directrice porte-parole secretaire depute deputee
    mayor minister"""
)


def body(scene: Scene, at: int, limit: int) -> Speaker | None:
    """A body at `at`, by its full name where the text spells its acronym out."""
    common = common_body(scene.text, at, limit)
    if common is not None:
        span, stop = common
        name = span.of(scene.text) if span else None
        return Speaker(
            name, None if name else scene.text[at:stop].split(" ")[-1].split("’")[-1].split("'")[-1], span, None, stop
        )
    span = body_at(scene.text, at, limit)
    if span is None or scene.people.within(span.start, span.end):
        return None
    written = span.of(scene.text)
    if fold(written.split()[0]) in NOBODY and not is_body(written):
        return None
    spelled = scene.people.short
    full = spelled.get(written) or next(
        (name for name in spelled.values() if scene.text.startswith(name, span.start)), None
    )
    end = span.start + len(full) if full and full.startswith(written) else span.end
    short = _BRACKETED.match(scene.text, end, limit)
    return Speaker(full or written, None, span, None, short.end() if short else end)


def subject_before(scene: Scene, start: int, at: int) -> Speaker | None:
    """Who the subject of a verb at `at` is, in a clause that begins at `start`."""
    text = scene.text
    start = max(start, at - _FAR)
    pronoun = _PRONOUN.search(text, max(start, at - 90), at)
    if pronoun is not None:
        return by_pronoun(scene, pronoun["who"], pronoun.start("who"))
    free = [mention for mention in scene.people.within(start, at) if not mention.governed and not mention.joined]
    if free:
        last = free[-1]
        joined = [m for m in scene.people.within(last.span.end, at) if m.joined and m.start - last.stop < 8]
        if joined and _PLURAL_AT.match(text, at) and _BESIDE.fullmatch(text, joined[0].stop, at):
            return Speaker(
                f"{last.person.name} et {joined[0].person.name}", None, last.person.named, None, joined[0].stop
            )
        if _BESIDE.fullmatch(text, max(last.stop, last.span.end), at) or len(free) == 1:
            return named(scene, last)
        return named(scene, free[0])
    headed = _HEADED.match(text, start, at)
    if headed is not None:
        return by_pronoun(scene, headed["who"], headed.start("who"))
    for place in clause_starts(text, start, at):
        found = reference(scene, place, at)
        if found is not None:
            return found
    for place in clause_starts(text, start, at):
        found = body(scene, place, at)
        if found is not None and _BESIDE.fullmatch(text, found.end, at):
            return found
    return None


def clause_starts(text: str, start: int, at: int) -> list[int]:
    """Where a subject may stand in a clause: at its head and after each comma, the last first."""
    head = _CLAUSE_HEAD.match(text, start, at)
    later = [match.end() for match in _COMMA.finditer(text, start, at)]
    return [head.end() if head else start, *reversed(later[-6:])]


def by_pronoun(scene: Scene, who: str, at: int) -> Speaker:
    """Whom « il » or « elle » means: the person named last who can be meant, in this paragraph or the one before."""
    key = who.lower()
    gender = "f" if key in _WOMANLY else "m" if key in _MANLY else None
    if gender is None or key in ("ils", "elles"):
        return Speaker(None)
    opening = scene.sentence(at) <= scene.paragraph(at)
    since = max(scene.paragraph(at, back=1 if opening else 0), at - _BACK)
    found = _last_subject(scene, gender, since, at)
    office = _last_office(scene, gender, since if found is None else found.stop, at)
    person = office or (found.person if found else None) or scene.heard(gender, since, at)
    if person is None:
        return Speaker(None)
    person.genders.add(gender)
    return Speaker(person.name, person.role, person.named, person, at + len(who))


def _last_subject(scene: Scene, gender: str, since: int, at: int) -> Mention | None:
    for mention in scene.people.before(at):
        if mention.span.start < since:
            break
        if mention.person.sure and mention.person.may_be(gender) and not mention.governed:
            return mention
    return None


def _last_office(scene: Scene, gender: str, since: int, at: int) -> Person | None:
    """Whom the last sentence before `at` that begins with an office is about (« Le président a … »)."""
    for start in reversed(scene.sentences_between(since, at)):
        comma = scene.text.find(", ", start, min(start + 60, at)) + 2
        for place in (start, comma) if comma > 1 else (start,):
            found = reference(scene, place, min(place + 130, at))
            if found is not None and found.person is not None and found.person.may_be(gender):
                return found.person
    return None


def _clause_end(text: str, at: int, limit: int) -> int:
    """The first stop after `at` that is no abbreviation's."""
    for match in _CLAUSE_STOP.finditer(text, at, limit):
        place = match.start()
        if match[0] == "." and (
            _ABBREVIATED.search(text[max(0, place - 8) : place]) or text[place + 1 : place + 2].isalnum()
        ):
            continue
        return place
    return limit
