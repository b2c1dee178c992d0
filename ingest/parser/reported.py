"""Reported speech: « Selon la maire, … », « X a indiqué que … », « …, a relevé X. »

Only where the text names who says it, by name, by office, or a body by its own name.
Words between marks are not looked at here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.parser.attribution import ACCORDING, TOPIC
from ingest.parser.offices import NOBODY
from ingest.parser.organisations import is_body
from ingest.parser.speakers import Scene, Speaker, by_pronoun, subject_after, subject_before
from ingest.parser.speech import SpeechVerb, speech_verbs
from store.folding import fold
from store.records import Quote, Span

LONGEST, SHORTEST = 700, 3
_LONGEST_SENTENCE = 2500
_HEAD = re.compile(
    r"[\s\u00a0•*–—-]*(?:(?:Et|Mais|Or|Ainsi|Enfin|En effet|Toutefois|Cependant|De plus|En outre|Par ailleurs),? )?"
)
_THAT = re.compile(
    r"(?P<between>[^.;:!?«»“”\n]{0,120}?)(?P<that>\s(?:que|that|dass|che)\s|\s(?:qu[’'])|,\sdass\s)(?P<fact>)"
)
_DIALOGUE = re.compile(r"(?:^|\n)[\s\u00a0]*[–—][\s\u00a0]+$")
_FACT = re.compile(r"(?:sur le fait|du fait|au fait|le fait)$")
_OBJECT = re.compile(
    r"\b(?:l[ea]s?|un|une|des|ses|son|sa|leurs?|ce|cette|afin|pour|plus|moins|si|tel\w*|ainsi|alors|bien"
    r"|dès lors|tant|autant|autre|même|lors)\b|\bl[’']"
)
_PHRASE = re.compile(
    r"(?:\bà|\baux?|\bdans|\blors d[eu]s?|\bdevant|\ben|\bpar|\bpour|\bavec|\bsur|\bselon|\bau cours d[eu]"
    r"|\bde) ?(?:l[ea]s? |l[’']|son |sa |ses |une? |cette |ce )?"
    r"[^\s,]+(?: (?:de la |de l[’']|du |des |de |d[’'])[^\s,]+)*"
)
_COMMA = re.compile(r"[,–—][\s\u00a0]+(?:(?:nous|lui|leur|s[’']|se)\s?)?$")
_RELATIVE = re.compile(r",\s(?:qui|dont|lequel|laquelle)\s[^,;:.«»]{3,160}(?=,)")
_OPENED = re.compile(r"[\s\u00a0,]*")
_VIEWS = re.compile(
    r"(?:estim|constat|consid[éè]r|jug|pens|souhait|esp[éè]r|demand|exig|approuv|croi|recommand|propos"
    r"|charg|invit|appréci|salu)"
)
_ENDING = " \t\n\u00a0\u202f.;:,!…–—-"


def reported(scene: Scene, taken: Sequence[Span]) -> Iterator[Quote]:
    """The clauses of reported speech that overlap none of `taken`, in order."""
    for sentence in scene.sentences:
        if len(sentence) > _LONGEST_SENTENCE:
            continue
        last = sentence.start
        for quote in _of_sentence(scene, sentence, taken):
            span = _fit(scene, quote.span, taken)
            if span is not None and span.start >= last:
                last = span.end
                scene.hear(span.start, next((p for p in scene.people.persons if p.name == quote.speaker), None))
                spoken = _DIALOGUE.search(scene.text[max(0, span.start - 4) : span.start]) is not None
                yield Quote(span, quote.speaker, quote.role, quote.verb, indirect=not spoken, named=quote.named)


def _of_sentence(scene: Scene, sentence: Span, taken: Sequence[Span]) -> Iterator[Quote]:
    found = _according(scene, sentence) or _as_said(scene, sentence) or _according_last(scene, sentence)
    if found is not None:
        yield found
        return
    verbs = [verb for verb in speech_verbs(scene.text, sentence.start, sentence.end) if verb.finite]
    for number, verb in enumerate(verbs):
        following = verbs[number + 1].span.start if number + 1 < len(verbs) else sentence.end
        quote = _that(scene, sentence, verb, following) or _after_clause(scene, sentence, verb, taken)
        if quote is not None:
            yield quote


def _fit(scene: Scene, span: Span, taken: Sequence[Span]) -> Span | None:
    """The clause without the blanks and stops around it, before any quotation; None where little is left."""
    text, start, end = scene.text, span.start, span.end
    for other in taken:
        if other.start <= start < other.end:
            return None
        if start < other.start < end:
            end = other.start
    while end > start and text[end - 1] in _ENDING + '«“"„':
        end -= 1
    if not len(text[start:end].split()) >= SHORTEST or end - start > LONGEST:
        return None
    return Span(start, end)


def _quote(scene: Scene, span: Span, speaker: Speaker, verb: SpeechVerb | None) -> Quote:
    written = verb.span.of(scene.text) if verb else None
    return Quote(span, speaker.name, speaker.role, written, indirect=True, named=speaker.named)


def _credible(scene: Scene, speaker: Speaker | None, verb: SpeechVerb | None = None) -> bool:
    """Whether a person, an office, or a body by its own name speaks."""
    if speaker is None:
        return False
    if speaker.person is not None:
        return True
    if speaker.name is None:
        return speaker.role is not None
    if verb is not None and (verb.opinion or _VIEWS.search(verb.span.of(scene.text))):
        return False
    return is_body(speaker.name) or speaker.name in scene.people.short.values()


def _according(scene: Scene, sentence: Span) -> Quote | None:
    """« Selon X, clause »; « Pour X, clause » where X is a person."""
    text = scene.text
    head = _HEAD.match(text, sentence.start, sentence.end)
    start = head.end() if head else sentence.start
    for preposition in (ACCORDING, TOPIC):
        given = preposition.match(text, start, sentence.end)
        if given is None:
            continue
        speaker = subject_after(scene, None, given.end(), sentence.end)
        if not _credible(scene, speaker):
            speaker = _lone_body(text, given.end(), sentence.end) if preposition is ACCORDING else None
        if (
            speaker is None
            or not speaker.end
            or (preposition is TOPIC and not (speaker.person and speaker.person.sure))
        ):
            continue
        relative = _RELATIVE.match(text, speaker.end, sentence.end)
        opened = _OPENED.match(text, relative.end() if relative else speaker.end, sentence.end)
        begin = opened.end() if opened else speaker.end
        if preposition is TOPIC and "," not in text[speaker.end : begin] and not text[begin : begin + 2].islower():
            continue
        if text[begin : begin + 1].isalpha() or text[begin : begin + 1].isdigit():
            return _quote(scene, Span(begin, sentence.end), speaker, None)
    return None


_AS = re.compile(r"[\s\u00a0]*(?:Comme|Ainsi que|As|Wie)\s+(?=(?:l[’']|le |nous |s[’'])?)")


def _as_said(scene: Scene, sentence: Span) -> Quote | None:
    """« Comme l'indique X, clause »."""
    text = scene.text
    head = _AS.match(text, sentence.start, sentence.end)
    if head is None:
        return None
    verb = next(iter(speech_verbs(text, sentence.start, sentence.end)), None)
    if verb is None or verb.span.start - head.end() > 16 or verb.pronoun is not None:
        return None
    speaker = subject_after(scene, verb, verb.span.end, sentence.end)
    if speaker is None or not _credible(scene, speaker, verb) or text[speaker.end : speaker.end + 2] != ", ":
        return None
    return _quote(scene, Span(speaker.end + 2, sentence.end), speaker, verb)


_LAST = re.compile(r",\s(?:selon|d[’']après|according to|laut|secondo)\s")


def _according_last(scene: Scene, sentence: Span) -> Quote | None:
    """« clause, selon X. »"""
    text = scene.text
    found = list(_LAST.finditer(text, sentence.start, sentence.end))
    if not found:
        return None
    given = found[-1]
    speaker = subject_after(scene, None, given.end(), sentence.end)
    if speaker is None or not _credible(scene, speaker) or text[speaker.end : sentence.end].strip(_ENDING):
        return None
    head = _HEAD.match(text, sentence.start, given.start())
    return _quote(scene, Span(head.end() if head else sentence.start, given.start()), speaker, None)


_LONE = re.compile(r"[^\W\d_a-zà-ÿ][\w-]+(?=[\s,])")


def _lone_body(text: str, at: int, end: int) -> Speaker | None:
    """« Selon Eurostat, »: one capitalised word without an article."""
    found = _LONE.match(text, at, end)
    if found is None or fold(found[0]) in NOBODY:
        return None
    return Speaker(found[0], None, Span(found.start(), found.end()), None, found.end())


def _that(scene: Scene, sentence: Span, verb: SpeechVerb, following: int) -> Quote | None:
    """« X a indiqué que clause », up to « et a annoncé que »."""
    text = scene.text
    that = _THAT.match(text, verb.span.end, sentence.end)
    if that is None or that.end() >= sentence.end:
        return None
    between = that["between"].rstrip()
    if not _FACT.search(between) and (_OBJECT.search(_PHRASE.sub("", between)) or re.match(r"\s(?:de|d[’'])", between)):
        return None
    if verb.pronoun is not None:
        speaker: Speaker | None = by_pronoun(scene, verb.pronoun.removeprefix("t-"), verb.span.start)
    else:
        speaker = subject_before(scene, sentence.start, verb.span.start)
    if not _credible(scene, speaker, verb) or speaker is None:
        return None
    gap = text[speaker.end : verb.span.start] if sentence.start < speaker.end < verb.span.start else ""
    if re.search(r"\b(?:que|dont|où|si)\b|\bqu[’']", gap) and not re.search(r"\b(?:et|puis)\s(?:l[’']|s[’'])?$", gap):
        return None
    end = sentence.end
    if following < sentence.end:
        joined = re.search(r",?\s(?:et|puis|and|und)\s(?:[^\W\d_]+\s)?$", text[that.end() : following])
        end = that.end() + joined.start() if joined else end
    return _quote(scene, Span(that.end(), end), speaker, verb)


def _after_clause(scene: Scene, sentence: Span, verb: SpeechVerb, taken: Sequence[Span]) -> Quote | None:
    """« clause, a relevé X. »"""
    text = scene.text
    comma = _COMMA.search(text, sentence.start, verb.span.start)
    if any(sentence.start <= other.start < verb.span.start for other in taken):
        return None
    if comma is None or text[sentence.start : comma.start()].rstrip().endswith(("comme", "qui")):
        return None
    if verb.pronoun is not None:
        speaker: Speaker | None = by_pronoun(scene, verb.pronoun.removeprefix("t-"), verb.span.start)
        rest = text[verb.span.end : sentence.end]
    else:
        speaker = subject_after(scene, verb, verb.span.end, sentence.end)
        rest = text[max(speaker.end, verb.span.end) : sentence.end] if speaker else ""
    if speaker is None or not _credible(scene, speaker, verb) or (speaker.person is None and speaker.name is None):
        return None
    if len(rest.strip(_ENDING)) > 110 or re.search(r"\b(?:que|qu[’']|à|de)\b", rest[:12]):
        return None
    head = _HEAD.match(text, sentence.start, comma.start())
    start = head.end() if head else sentence.start
    if any(m.stop >= comma.start() - 1 and not m.governed for m in scene.people.within(start, comma.start())):
        return None
    return _quote(scene, Span(start, comma.start()), speaker, verb)
