"""Quotations, and who says them with which words, where the text tells.

What stands between marks is speech where the text gives it to someone, or where it is a
whole sentence of its own; titles, terms and names between marks are not. Reported speech
comes from `reported.py`. Never a wrong speaker rather than none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.parser.attribution import QUALIFYING, Place, Said, attribution, clause_before
from ingest.parser.quotation_marks import Quoted, quoted
from ingest.parser.reported import reported
from ingest.parser.speakers import Scene, Speaker, named, subject_before
from ingest.parser.speech import speech_verbs
from store.folding import fold
from store.records import Quote

_TITLED = re.compile(
    r"(?:\b(?:projet|programme|initiative|motion|postulat|interpellation|loi|rapport|étude|exposition|film"
    r"|documentaire|livre|ouvrage"
    r"|revue|magazine|journal|quotidien|brochure|guide|manuel|campagne|concours|prix|catégorie|thème|titre"
    r"|titrée?|intitulée?s?|slogan"
    r"|devise|label|marque|plan|stratégie|opération|action|forum|colloque|congrès|journée|journées|atelier"
    r"|conférence|exposé"
    r"|association|fondation|collectif|modèle|notion|terme|termes|mot|expression|concept|principe|dite?s?"
    r"|appelée?s?|nommée?s?"
    r"|baptisée?s?|surnommée?s?|dénommée?s?|rubrique|chapitre|article|question|mention|section|module"
    r"|domaine|variante|document|site"
    r"|application|plateforme|spectacle|pièce|chanson|album|émission|podcast|série|tableau|œuvre|bateau"
    r"|navire|appellation|nom|cycle"
    r"|dossier|feuille|fiche|base|laboratoire|équipe|comité|projet|unité|axe|volet|pôle|réseau|groupe"
    r"|festival|manifestation|événement|soirée|visite|publication|bulletin"
    r"|newsletter|communiqué|called|entitled|titled|named|project|campaign|programme|initiative|report"
    r"|film|exhibition|Projekt|Titel"
    r"|genannt|Thema|Kampagne|titolo|progetto)s?\b(?:[ \u00a0](?:(?!(?:est|sont|a|ont|était|sera|fut|qui"
    r"|que|pour|avec)\b)[^\W\d_]+|[\d.]+|n°)){0,2}|[’'](?:une?"
    r"|la))?[\s\u00a0,:]*$"
)
_CALLED = re.compile(
    r"\b(?:slogan|devise|teneur|libellé|disposition|titre|titrée?|intitulée?s?|thème|nom|mot d[’']ordre"
    r"|mots d[’']ordre|label|motto"
    r"|title)\b[^«“\"]{0,20}$"
)
_ANNOUNCED = re.compile(r"(?:annonc|présent|lanc|propos|publi|adopt|soutien|soutenu|souhait|défend)")
_ARTICLE = re.compile(r"\b(?:une?|l[ea]s?|des|du|au|son|sa)[\s\u00a0]*$|[’'][\s\u00a0]*$")
_TITLE_WORD = re.compile(r"[^\W\d_]+")
_FIRST_PERSON = re.compile(
    r"\b(?:je|j[’']\w|nous|notre|nos|mon|ma|mes|I|we|our|my|ich|wir|unser\w*|noi|nostr\w)\b", re.IGNORECASE
)
_EMPTY = re.compile(
    r"[\s\u00a0«»\"“”–—•*,.;:!?…()\d-]*(?:(?:et|mais|or|car|puis|donc|ainsi|enfin|alors|en effet|en outre"
    r"|d[’']ailleurs|par ailleurs|de plus"
    r"|cependant|toutefois|en revanche|pourtant|aussi|bref|que|qu[’']|and|but|und|aber|e|ma)[\s,:\u00a0]*){0,3}",
    re.IGNORECASE,
)
_LISTED = re.compile(r"[ \u00a0]*[,;]?[ \u00a0]*(?:et|ou|puis|mais|and|or|und)?(?: (?:que|qu[’']|that))?[ \u00a0]*")
_TERMINAL = re.compile(r"[.!?…]$")
_FRAGMENT, _SENTENCE, _FAR = 4, 6, 1500
_TERMS = 2  # as many quoted terms may stand between a clause and the quotation it introduces


def find_quotes(text: str, end: int | None = None) -> tuple[Quote, ...]:
    """The quotations of `text[:end]`, direct and reported, in order.

    `span` holds the words between the marks (for reported speech the clause), over
    paragraphs where the quotation goes on. `speaker` is the fullest name the text gives;
    None where it does not tell, or may mean several.
    """
    last = len(text) if end is None else min(end, len(text))
    scene = Scene(text, last)
    found = list(quoted(text, last))
    direct = _direct(scene, found)
    spoken = {quote.span.start for quote in direct}
    indirect = reported(scene, [quote.outer for quote in found if quote.words.start in spoken])
    return tuple(sorted([*direct, *indirect], key=lambda quote: quote.span))


def _direct(scene: Scene, found: Sequence[Quoted]) -> list[Quote]:
    quotes: list[Quote] = []
    spoken: list[tuple[Quoted, Said]] = []
    for number, quote in enumerate(found):
        near = found[number - _TERMS - 1].outer.end if number > _TERMS else 0
        previous_end = max(spoken[-1][0].outer.end if spoken else 0, near)
        next_start = found[number + 1].outer.start if number + 1 < len(found) else scene.end
        said = attribution(scene, quote, previous_end, next_start)
        if said is None or not _plausible(scene, quote, said, previous_end):
            said = _carried(scene, quote, spoken, previous_end)
        if said is None:
            continue
        scene.hear(quote.outer.start, said.speaker.person)
        spoken.append((quote, said))
        quotes.append(_quote(scene, quote, said))
    return sorted([*quotes, *_pulled(scene.text, found, quotes)], key=lambda one: one.span)


def _pulled(text: str, found: Sequence[Quoted], quotes: Sequence[Quote]) -> Iterator[Quote]:
    """A line of its own, or a heading, that quotes what is quoted elsewhere in the text."""
    taken = {quote.span.start for quote in quotes}
    for one in found:
        line = text[text.rfind("\n", 0, one.outer.start) + 1 : one.outer.start]
        after = text[one.outer.end : one.outer.end + 2].lstrip(" .!?\u00a0")
        words = " ".join(fold(one.words.of(text)).split()).rstrip(" .!?,")
        if one.words.start in taken or line.strip() or after[:1] not in ("", "\n") or len(words.split()) < _FRAGMENT:
            continue
        source = next((quote for quote in quotes if words in " ".join(fold(quote.span.of(text)).split())), None)
        if source is not None:
            yield Quote(one.words, source.speaker, source.role, named=source.named)


def _quote(scene: Scene, quote: Quoted, said: Said) -> Quote:
    speaker = said.speaker
    verb = said.verb.of(scene.text).strip() if said.verb else None
    return Quote(quote.words, speaker.name, speaker.role, verb, named=speaker.named)


def _plausible(scene: Scene, quote: Quoted, said: Said, previous_end: int) -> bool:
    """Whether what someone is said to say reads like words said, not like a title or a term."""
    words = quote.words.of(scene.text)
    count = len(words.split())
    clause = clause_before(scene, quote, previous_end).of(scene.text)
    if said.place is Place.INSIDE:
        return True
    if said.place is Place.BEFORE:
        if said.verb is not None and said.verb.start >= quote.words.start:
            return count >= _FRAGMENT
        if _CALLED.search(clause[-60:]) or (said.introduced and not said.speaker.name and count < _FRAGMENT):
            return False
        if said.introduced and said.verb is not None:
            return not (count < _FRAGMENT and _titled(clause))
        if not said.introduced and words[0].isupper() and not _TERMINAL.search(words):
            return False
        if said.introduced and said.verb is None:
            return count >= _FRAGMENT or (count == _FRAGMENT - 1 and not _titled(clause))
        if said.verb is not None and not said.introduced and _ANNOUNCED.search(said.verb.of(scene.text)):
            return not _ARTICLE.search(clause)
        qualified = said.verb is not None and QUALIFYING.search(said.verb.of(scene.text)) is not None
        return count >= (_FRAGMENT - 1 if said.introduced else _FRAGMENT) and (qualified or not _titled(clause))
    if _EMPTY.fullmatch(clause):
        return True
    if _titled(clause) or count < _FRAGMENT:
        return False
    return words[0].islower() or clause.rstrip().endswith((":", "que", "qu'", "qu’")) or bool(_TERMINAL.search(words))


def _titled(clause: str) -> bool:
    """Whether a word like « le film » stands right before the mark."""
    found = _TITLED.search(clause[-70:])
    return bool(found and _TITLE_WORD.search(found[0]))


def _carried(scene: Scene, quote: Quoted, spoken: list[tuple[Quoted, Said]], previous_end: int) -> Said | None:
    """A quotation that is a sentence of its own: the one before goes on, or the sentence before names who speaks."""
    words = quote.words.of(scene.text)
    if spoken and spoken[-1][0].outer.end == previous_end:
        told = max(previous_end, spoken[-1][1].speaker.end if spoken[-1][1].place is Place.AFTER else 0)
        joint = scene.text[told : quote.outer.start]
        stopped = told > previous_end and joint.strip(" \u00a0") in (",", ".", ";", ", ")
        listed = stopped or (told == previous_end and _LISTED.fullmatch(joint))
        if listed and len(words.split()) >= (_FRAGMENT if told == previous_end else 2):
            return Said(spoken[-1][1].speaker, Place.CARRIED)
    clause = clause_before(scene, quote, previous_end).of(scene.text)
    if _goes_on(scene, quote, spoken, previous_end) and len(words.split()) >= _FRAGMENT:
        return Said(spoken[-1][1].speaker, Place.CARRIED)
    colon = clause.rstrip().endswith(":")
    after = scene.text[quote.outer.end : quote.outer.end + 2]
    whole = bool(_TERMINAL.search(words)) or after[:1] in ".!?…" or not quote.closed
    if (
        not (colon or _EMPTY.fullmatch(clause))
        or len(words.split()) < _FRAGMENT
        or not (whole or colon)
        or _titled(clause)
    ):
        return None
    if not words[0].isupper() and not colon:
        return None
    speaker = _speaker_carried(scene, quote, spoken, previous_end)
    if speaker is not None:
        return Said(speaker, Place.CARRIED)
    if colon or len(words.split()) < _SENTENCE or not (_FIRST_PERSON.search(words) or _TERMINAL.search(words)):
        return None
    return Said(Speaker(None), Place.CARRIED)


def _goes_on(scene: Scene, quote: Quoted, spoken: list[tuple[Quoted, Said]], previous_end: int) -> bool:
    """« souligne que « A », sans nier que « B » »: the same sentence, nobody else in it."""
    if not spoken or spoken[-1][0].outer.end != previous_end or scene.sentence(quote.outer.start) > previous_end:
        return False
    between = scene.text[previous_end : quote.outer.start]
    if not re.search(r"\b(?:que|qu[’'])[\s\u00a0]*$", between) or len(between) > 120:
        return False
    return not scene.people.within(previous_end, quote.outer.start)


def _speaker_carried(
    scene: Scene, quote: Quoted, spoken: list[tuple[Quoted, Said]], previous_end: int
) -> Speaker | None:
    start = quote.outer.start
    paragraph = scene.paragraph(start)
    since = max(paragraph, previous_end, start - _FAR)
    verbs = [verb for verb in speech_verbs(scene.text, since, start) if verb.finite]
    last = (
        spoken[-1]
        if (spoken and spoken[-1][0].outer.end == previous_end) or (spoken and spoken[-1][0].outer.start >= paragraph)
        else None
    )
    told = max(last[1].speaker.end, last[0].outer.end) if last else since
    for verb in reversed(verbs):
        if verb.span.start < told:
            break
        sentence = max(scene.sentence(verb.span.start), since)
        speaker = subject_before(scene, sentence, verb.span.start)
        if speaker is not None and speaker.name:
            return speaker
    subject = _subject_of_last_sentence(scene, max(told, paragraph), start)
    if subject is not None and (last is None or last[1].speaker.person in (None, subject.person)):
        return subject
    if last is None:
        return None
    between = scene.text[told:start]
    newcomers = [
        m for m in scene.people.within(told, start) if m.person is not last[1].speaker.person and not m.governed
    ]
    if newcomers or between.count("\n\n") > 1 or len(between) > 700:
        return None
    if "\n\n" in between and len(between.strip(" .,\n")) > 0:
        return None
    return last[1].speaker


def _subject_of_last_sentence(scene: Scene, since: int, at: int) -> Speaker | None:
    """The only person named since `since`, where the sentence before `at` is about them or gives their view."""
    near = [mention for mention in scene.people.within(since, at) if mention.person.sure]
    if not near or any(m.person is not near[0].person for m in near):
        return None
    start = scene.sentence(max(since, at - 3))
    last = near[-1]
    if last.span.start < start or (
        last.governed and not _VIEW_OF.search(scene.text, max(0, last.start - 14), last.start)
    ):
        return None
    return named(scene, last)


_VIEW_OF = re.compile(r"(?:[Ss]elon|[Pp]our|[Dd][’']après)[\s\u00a0]$")
