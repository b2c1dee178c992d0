"""To whom the sentence around a quotation gives it: after it, before it, or inside it.

Does not decide what is a quotation at all; `quotes.py` does, from what is found here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from ingest.parser.offices import is_office
from ingest.parser.quotation_marks import Quoted
from ingest.parser.speakers import (
    Scene,
    Speaker,
    by_pronoun,
    clause_starts,
    named,
    reference,
    subject_after,
    subject_before,
)
from ingest.parser.speech import SpeechVerb, speech_verbs, verb_at
from store.records import Span


class Place(StrEnum):
    """Where a quotation's attribution stands."""

    AFTER = "after"
    INSIDE = "inside"
    BEFORE = "before"
    CARRIED = "carried"


@dataclass(frozen=True, slots=True)
class Said:
    """Who says it, with which verb, and where the text says so."""

    speaker: Speaker
    place: Place
    verb: Span | None = None
    introduced: bool = False


_CLOSE = re.compile(r"[\s\u00a0]*[.,;:!?…]{0,3}(?:\[\d+\]|[¹²³])?[\s\u00a0]*(?:[–—-][\s\u00a0]*)?[,]?[\s\u00a0]*")
ACCORDING = re.compile(
    r"(?:(?:[Ss]elon|[Dd][’']après|[Dd]ixit|[Ss]uivant|[Aa]ux yeux d[eu]|[Dd]e l[’']avis d[eu]"
    r"|[Aa]ux dires d[eu]|[Aa]u dire d[eu]"
    r"|[Àà] en croire|[Pp]our reprendre les (?:mots|termes) d[eu]|[Dd][’']après les mots d[eu]|[Ll]es mots d[eu]"
    r"|[Ss]elon les (?:mots|termes|propos|dires) d[eu]|[Aa]ccording to|[Ll]aut|[Gg]emäss|[Ss]econdo"
    r"|[Ss]o)\s+|[Dd][’']après\s+)"
)
TOPIC = re.compile(r"(?:[Pp]our|[Ff]or|[Ff]ür|[Pp]er)\s+")
_SO_SPOKE = re.compile(
    r"(?:[Aa]insi|[Cc][’']est|[Tt]els?|[Tt]elles?|[Vv]oilà|[Vv]oici)(?:\s+(?:par|en|avec|sur|ainsi|ce"
    r"|c[’']est|sont|est|ont|a|s[’']est|que|qu[’']|s[’']|ces|cette"
    r"|les|la|des|mots|propos|termes|paroles|phrase|formule|déclaration|été|conclu|exprimée?|prononcés?"
    r"|tenus?|ouvert|introduit|résume"
    r"|résumé|salué|commenté|réagi|présenté|a-t-il|a-t-elle|de|aussi|de la sorte|sorte|avancée?s?"
    r"|formulée?s?|tirée?s?|livrée?s?|lors|conviction|conclusion|constat|bilan|tire|dresse|formule"
    r"|avertissement|avis|l[’']avis|message)\b){1,9}"
)
_SIGNED = re.compile(r"[\s\u00a0]*(?:\n[\s\u00a0]*|[–—-][\s\u00a0]*|\(|,[\s\u00a0]*)")
_CONNECTIVES = re.compile(
    r"[\s\u00a0«»\"“”–—•*,.;:!?…()-]*(?:(?:[EeÉé]t|[Mm]ais|[Oo]r|[Cc]ar|[Pp]uis|[Dd]onc|[Aa]insi|[Ee]nfin"
    r"|[Aa]lors|[EeÉé]n effet|[Ee]n outre"
    r"|[Dd][’']ailleurs|[Pp]ar ailleurs|[Dd]e plus|[Cc]ependant|[Tt]outefois|[Ee]n conclusion"
    r"|[Ee]n revanche|[Aa]u final|[Ff]inalement"
    r"|[Pp]ourtant|[Aa]ussi|[Bb]ref|[Ss]elon (?:elle|lui)|[Qq]u[’']|[Qq]ue|[Aa]nd|[Bb]ut|[Uu]nd"
    r"|[Aa]ber)[\s,:\u00a0]*){0,3}"
)
_QUE = re.compile(r"(?:\b(?:que|qu[’']|that|dass|che)|[’']à quel point)[\s\u00a0:]*$")
_COLON = re.compile(r":[\s\u00a0]*$")
_UNKNOWN_VERB = re.compile(
    r"[\s\u00a0]*,[\s\u00a0]*(?:(?:s[’']|se |nous |leur |lui )?(?P<present>[a-zà-ÿ]{4,}(?:e|t|d|ent|oit))"
    r"|(?:a|ont|s[’']est|se sont)(?: [a-zà-ÿ]+){0,2} [a-zà-ÿ]{3,}(?:é|i|u|t|is)(?:e|s"
    r"|es)?)[ \u00a0](?=(?:[^\W\d_’'-]+[ \u00a0’'])*[A-ZÀ-Þ])"
)
_NOT_VERBS = frozenset(
    """dont avec contre comme entre suite outre notamment puisque lorsque quoique ensuite pendant avant
    devant maintenant cependant
    autre notre votre cette toute quatre titre membre ministre maire poète artiste film livre œuvre huit
    sept vingt cent soit
    parfois pourtant tant tout sont étaient étant ayant""".split()
)
_STOPPED = re.compile(r"[ \u00a0]*[.!?…]?")
_HEAD = re.compile(r"[\s\u00a0«»\"“”–—•*,.;-]*(?:(?:Et|Mais|Ainsi|Enfin|En effet|Quant à|Or),? )?")
_ACCORDING_LATER = re.compile(rf"(?<=, )(?:{ACCORDING.pattern})")
_NEXT_SENTENCE = re.compile(r"[.!?]\s")
_HE = re.compile(r"(?P<who>[Ii]l|[Ee]lle|[Hh]e|[Ss]he)\s(?!y a\b|s[’']agit|faut|est important)")
_INCISE = re.compile(r"(?:,|[!?…]|\s[–—-])[\s\u00a0]+(?:(?:nous|lui|leur|s[’']|se|l[’'])[\s]?)*$")
_DETERMINED = re.compile(r"[\s\u00a0](?:l[ea]s?|l[’']|des|un|une|ce|cette|the|die|der)\b")
_NARRATED = re.compile(r"\b(?:de |d[’'])$")
_SEVERAL = re.compile(r"[\s\u00a0](?:les|des|nos|ses|the)\s(?P<who>(?:[^\W\d_]+[ \u00a0]?){1,3})")
_INCISE_CLOSED = re.compile(r"(?:\s[^\W\d_]+){0,2}\s?[,.:;–—-]")
_WITHIN, _FAR = 260, 800


def attribution(scene: Scene, quote: Quoted, previous_end: int, next_start: int) -> Said | None:
    """Who is said to say a quotation; None where no sentence around it tells.

    `previous_end` and `next_start` bound the words between the quotations around it.
    """
    after = _after(scene, quote, next_start)
    if after is not None and (after.speaker.name or after.speaker.role):
        return after
    inside = _inside(scene, quote)
    if inside is not None:
        return inside
    before = _before(scene, quote, previous_end)
    if before is not None and (before.speaker.name or after is None):
        return before
    return after or before


def _after(scene: Scene, quote: Quoted, limit: int) -> Said | None:
    text, at = scene.text, quote.outer.end
    limit = min(limit, at + _WITHIN, scene.end)
    close = _CLOSE.match(text, at, limit)
    start = close.end() if close else at
    ended = "\n" in text[at:start]
    if not ended:
        verb = verb_at(text, start, limit)
        if verb is not None and not verb.opinion:
            found = _spoken(scene, verb, limit, parted=any(mark in text[at : verb.span.start] for mark in ",.!?…"))
            if found is not None:
                return found
        for preposition in (ACCORDING, TOPIC):
            given = preposition.match(text, start, limit)
            if given and preposition is ACCORDING:
                speaker = subject_after(scene, None, given.end(), limit)
                if speaker is not None and (speaker.name or speaker.role):
                    return Said(speaker, Place.AFTER)
        so_spoke = _SO_SPOKE.match(text, start, limit)
        if so_spoke:
            speaker = subject_after(scene, None, so_spoke.end(), limit)
            if speaker is not None and speaker.name:
                return Said(speaker, Place.AFTER, Span(so_spoke.start(), so_spoke.end()))
        unknown = _UNKNOWN_VERB.match(text, at, limit)
        if unknown and (unknown["present"] or "") not in _NOT_VERBS:
            speaker = subject_after(scene, None, unknown.end(), limit)
            if speaker is not None and speaker.person is not None:
                return Said(speaker, Place.AFTER, Span(start, unknown.end() - 1))
        followed = _followed(scene, start, limit)
        if followed is not None:
            return followed
    return _signed(scene, at, limit)


def _spoken(scene: Scene, verb: SpeechVerb, limit: int, *, parted: bool) -> Said | None:
    """After an inverted verb: a pronoun or a subject; `parted` from the quotation by a comma or stop.

    « A » raconte l'histoire: without a comma, what is quoted is itself the subject.
    """
    if verb.pronoun is not None:
        who = verb.pronoun.removeprefix("t-")
        return Said(by_pronoun(scene, who, verb.span.start), Place.AFTER, verb.span)
    if not verb.finite and not _NARRATED.search(scene.text, max(0, verb.span.start - 4), verb.span.start):
        return None
    speaker = subject_after(scene, verb, verb.span.end, limit)
    if speaker is None:
        words = scene.text[verb.span.end : min(limit, verb.span.end + 40)]
        several = _SEVERAL.match(words)
        if several and any(is_office(word) for word in several["who"].split()):
            return Said(Speaker(None, several["who"].strip()), Place.AFTER, verb.span)
        if not parted or not _DETERMINED.match(words):
            return None
        speaker = Speaker(None)
    return Said(speaker, Place.AFTER, verb.span)


def _followed(scene: Scene, at: int, limit: int) -> Said | None:
    """« … », Lise Maréchal explique; “…,” Lise Maréchal said."""
    for mention in scene.people.within(at, min(limit, at + 60))[:1]:
        if mention.start > at + 1 or mention.governed:
            return None
        verb = verb_at(scene.text, max(mention.stop, mention.span.end), limit)
        if verb is not None and verb.finite:
            return Said(named(scene, mention), Place.AFTER, verb.span)
    return None


def _signed(scene: Scene, at: int, limit: int) -> Said | None:
    """« … » — Lise Maréchal, maire de Clair; « … » (Lise Maréchal); the same on a line of its own."""
    text = scene.text
    opened = _STOPPED.match(text, at, limit)
    sign = _SIGNED.match(text, opened.end() if opened else at, limit)
    if sign is None:
        return None
    line = text.find("\n", sign.end(), scene.end)
    line = scene.end if line < 0 else line
    mark = sign[0].strip(" \u00a0")
    for mention in scene.people.within(sign.end(), min(limit, sign.end() + 80))[:1]:
        if mention.start > sign.end() + 1:
            return None
        stop = max(mention.stop, mention.span.end)
        if mark == "(":
            return Said(named(scene, mention), Place.AFTER) if ")" in text[stop : stop + 2] else None
        tail = text[stop:line].strip(" .)\u00a0")
        if not tail and line - sign.end() < 200:
            return Said(named(scene, mention), Place.AFTER)
    return None


def _inside(scene: Scene, quote: Quoted) -> Said | None:
    """An incise between the marks: « Nous revenons, explique Lise Maréchal. Et nous restons. »"""
    text, words = scene.text, quote.words
    for verb in speech_verbs(text, words.start, words.end):
        lead = text[max(words.start, verb.span.start - 24) : verb.span.start]
        tail = verb.span.end == words.end
        if not _INCISE.search(lead):
            continue
        if verb.pronoun in ("il", "elle", "t-il", "t-elle"):
            closing = text[verb.span.end : verb.span.end + 30]
            if tail or _INCISE_CLOSED.match(closing):
                who = verb.pronoun.removeprefix("t-")
                return Said(by_pronoun(scene, who, words.start), Place.INSIDE, verb.span)
            continue
        if verb.pronoun is not None or not verb.finite:
            continue
        speaker = subject_after(scene, verb, verb.span.end, words.end)
        if speaker is not None and speaker.name and (speaker.person is not None):
            return Said(speaker, Place.INSIDE, verb.span)
    return _unmarked(scene, quote)


def _unmarked(scene: Scene, quote: Quoted) -> Said | None:
    """An incise at the very end whose comma is missing: « … estime Lise Maréchal »."""
    words = quote.words
    mentions = scene.people.within(max(words.start, words.end - 90), words.end)
    if not mentions or max(mentions[-1].stop, mentions[-1].span.end) < words.end - 1:
        return None
    for verb in speech_verbs(scene.text, max(words.start, mentions[-1].start - 40), mentions[-1].start):
        speaker = subject_after(scene, verb, verb.span.end, words.end)
        if verb.finite and speaker is not None and speaker.person is mentions[-1].person:
            return Said(speaker, Place.INSIDE, verb.span)
    return None


def _before(scene: Scene, quote: Quoted, previous_end: int) -> Said | None:
    text = scene.text
    clause = clause_before(scene, quote, previous_end)
    colon, que = bool(_COLON.search(text, clause.start, clause.end)), bool(_QUE.search(text, clause.start, clause.end))
    verbs = list(speech_verbs(text, clause.start, clause.end))
    finite = [verb for verb in verbs if verb.finite]
    given = _according(scene, clause)
    if given is not None:
        return given
    if finite:
        verb = finite[-1]
        inverted = _INVERTED.search(text, clause.start, verb.span.start)
        gap = clause.end - verb.span.end
        called = QUALIFYING.search(verb.span.of(text)) and _CALLED.search(text, verb.span.end, clause.end)
        if not (colon or que) and gap > (120 if inverted or called else 28):
            return None
        speaker = _subject(scene, clause, verb, inverted is not None)
        if speaker is None:
            return None
        introduced = bool(colon or que or inverted)
        return Said(speaker, Place.BEFORE, verbs[-1].span, introduced)
    if verbs and (colon or que):
        speaker = _leading(scene, clause)
        return None if speaker is None else Said(speaker, Place.BEFORE, verbs[-1].span, True)
    if colon:
        speaker = _leading(scene, clause)
        return None if speaker is None else Said(speaker, Place.BEFORE, None, True)
    return _saying(scene, clause, quote)


def _saying(scene: Scene, clause: Span, quote: Quoted) -> Said | None:
    """The verb stands between the marks: Le préfet « se félicite de l'accord »."""
    verb = verb_at(scene.text, quote.words.start, quote.words.end)
    if verb is None or not verb.finite or verb.pronoun or not scene.text[clause.start : clause.end].strip():
        return None
    speaker = subject_before(scene, clause.start, clause.end)
    if speaker is None or not speaker.name or scene.text[speaker.end : clause.end].strip(" ,\u00a0"):
        return None
    return Said(speaker, Place.BEFORE, verb.span)


def clause_before(scene: Scene, quote: Quoted, previous_end: int) -> Span:
    """What stands before a quotation in its sentence; over the line break of « Elle ajoute :⏎« … » » too."""
    start = scene.sentence(quote.outer.start)
    if not scene.text[start : quote.outer.start].strip():
        ahead = scene.text[max(0, start - 20) : start].rstrip()
        if ahead.endswith(":"):
            start = scene.sentence(max(0, max(0, start - 20) + len(ahead) - 2))
    start = max(start, previous_end, quote.outer.start - _FAR)
    return Span(min(start, quote.outer.start), quote.outer.start)


def _according(scene: Scene, clause: Span) -> Said | None:
    text = scene.text
    head = _HEAD.match(text, clause.start, clause.end)
    start = head.end() if head else clause.start
    for preposition in (ACCORDING, TOPIC):
        given = preposition.match(text, start, clause.end)
        if given is None and preposition is ACCORDING:
            given = _ACCORDING_LATER.search(text, start, clause.end)
        if given is None:
            continue
        speaker = subject_after(scene, None, given.end(), clause.end)
        if speaker is None and preposition is ACCORDING and (_QUE.search(text, given.end(), clause.end)):
            return Said(Speaker(None), Place.BEFORE, None, True)
        if speaker is None or not (speaker.name or speaker.role):
            continue
        if preposition is TOPIC and speaker.person is None:
            continue
        rest = text[speaker.end : clause.end]
        introduced = bool(_COLON.search(rest)) or len(rest.strip(" ,\u00a0")) < 3
        if len(rest) < 200 and not _NEXT_SENTENCE.search(rest) and (preposition is ACCORDING or introduced):
            return Said(speaker, Place.BEFORE, None, introduced)
    return None


QUALIFYING = re.compile(r"(?:qualifi|défini|décri|parl|considér|jug|présent)")
_CALLED = re.compile(r"\s(?:de|d[’']|comme(?: étant)?)[\s\u00a0]*(?:l[ea]|l[’']|une?)?[\s\u00a0]*$")
_INVERTED = re.compile(r"(?:\b[Cc]omme|[Aa]insi que|[Tt]el que)\s+(?:(?:l[’']|le |nous |s[’']|se )?)*$")


def _subject(scene: Scene, clause: Span, verb: SpeechVerb, inverted: bool) -> Speaker | None:
    """Who does what a verb before a quotation says."""
    if verb.pronoun is not None:
        return by_pronoun(scene, verb.pronoun.removeprefix("t-"), verb.span.start)
    if inverted:
        found = subject_after(scene, verb, verb.span.end, clause.end)
        return found or Speaker(None)
    before = subject_before(scene, clause.start, verb.span.start)
    if before is not None:
        return before
    return subject_after(scene, verb, verb.span.end, clause.end)


_OF_WHOM = re.compile(
    r"[\s\u00a0]*(?:[Ll]es? |[Ll][’'])?(?:[Cc]itation|[Vv]erbatim|[Pp]aroles?|[Tt]émoignage|[Dd]éclaration"
    r"|[Rr]éaction|[Pp]ropos|[Mm]ots?"
    r"|[Aa]vis|[Mm]essage|[Qq]uote|[Cc]ommentaire|[Pp]oint de vue|[Zz]itat) (?:d[eu]|d[’']|from|by|von)"
)


def _leading(scene: Scene, clause: Span) -> Speaker | None:
    """The subject of a clause without a verb of speech: « Lise Maréchal : « … » »."""
    mentions = scene.people.within(clause.start, clause.end)
    quoted_of = _OF_WHOM.match(scene.text, clause.start, clause.end)
    free = [mention for mention in mentions if not mention.governed or quoted_of]
    if free:
        return named(scene, free[0])
    head = _HEAD.match(scene.text, clause.start, clause.end)
    start = head.end() if head else clause.start
    pronoun = _HE.match(scene.text, start, clause.end)
    if pronoun:
        return by_pronoun(scene, pronoun["who"], start)
    for place in clause_starts(scene.text, start, clause.end):
        found = reference(scene, place, clause.end)
        if found is not None:
            return found
    return None
