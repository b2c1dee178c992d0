"""A sentence as it is shown: on one line, and without what it can do without.

Words are left out only at clause borders, and the cut is marked « […] »; where a clause may
not read on its own, the sentence stays whole. Knows nothing about why a sentence was chosen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.citations import CUT
from assistant.kinds import Kind, Kinds, holds
from store.folding import fold
from store.language import content_terms, trimmed
from store.period import find_dates
from store.records import Release, Span

LONG = 260
"""Characters over which a clause that answers alone is shown without the rest."""
LONGEST = 480
"""Characters over which a sentence is cut, whether a clause answers alone or not."""
WHOLE = 1_000
"""The same where what would be left out says whether, or not, the rest holds."""
QUALIFIED = 10.0
"""What leaving out a condition or a negation costs, in words asked for."""
SHORTEST = 60
"""Characters that a clause must have to stand on its own."""


@dataclass(frozen=True, slots=True)
class Words:
    """What is shown of a sentence, and the span it is cited with."""

    text: str
    span: Span


def flowing(text: str) -> str:
    """The text on one line, its no-break spaces kept."""
    return _BLANKS.sub(lambda blanks: blanks[0] if blanks[0] in _NO_BREAK else " ", _LINES.sub(" ", text)).strip()


def bared(release: Release, span: Span) -> Span:
    """A sentence without the bullet or dateline in front of it, and the footnote mark behind it."""
    text = span.of(release.text)
    start = 0
    if (bullet := _BULLET.match(text)) is not None and len(text) - bullet.end() >= 3:
        start = bullet.end()
    dateline = _DATELINE.match(text, start)
    if dateline is not None and len(text) - dateline.end() >= 3 and _of_publication(release, dateline[0], span):
        start = dateline.end()
    end = len(text)
    if (mark := _FOOTNOTE.search(text)) is not None:
        end = mark.start("mark")
    return trimmed(release.text, Span(span.start + start, span.start + end))


def worded(release: Release, span: Span, stems: set[str], kinds: Kinds, *, joined: bool = False) -> Words:
    """A sentence cut to what answers; `joined` where the sentence before it is shown, so that it may lean on it."""
    whole, span = span, span if joined else _unlinked(release, span)
    text = span.of(release.text)
    inside = not joined and text[:1].islower() and not _starts(release, span)
    opened = f"{CUT} " if inside or span != whole else ""
    if len(text) > LONG and (kept := _answering(release, span, stems, kinds)) is not None:
        return _cut(release, span, kept, opened)
    if len(text) > LONGEST:
        kept = _best(release, span, stems, kinds)
        if len(text) > WHOLE or not _qualifies(_left_out(release, span, kept), release.language):
            return _cut(release, span, kept, opened)
    return Words(opened + flowing(_ASIDE.sub(f" {CUT}", text)), span)


def leans(text: str) -> bool:
    """Whether a sentence opens with a word for something said before it (« Il », « Cette mesure », "It")."""
    opened = _OPENER.match(text)
    if opened is not None and _IMPERSONAL.match(capital := text[opened.end() :].capitalize()) is None:
        return _PRONOUN.match(capital) is not None
    return _ANAPHORA.match(text) is not None and _IMPERSONAL.match(text) is None


def _unlinked(release: Release, span: Span) -> Span:
    """A sentence without the connector that tied it to the one before."""
    text = span.of(release.text)
    link = _CONNECTOR.match(text)
    if link is None or len(text) - link.end() < SHORTEST // 2:
        return span
    return Span(span.start + link.end(), span.end)


def _of_publication(release: Release, dateline: str, span: Span) -> bool:
    """Whether a day in front of a sentence is that of its release, and not one that the sentence tells."""
    if release.published is None:
        return span.start == 0
    return any(found.period.first == release.published for found in find_dates(dateline, release.published))


def _left_out(release: Release, whole: Span, kept: Span) -> str:
    return f"{release.text[whole.start : kept.start]} {CUT} {release.text[kept.end : whole.end]}"


def _qualifies(text: str, language: str) -> bool:
    """Whether words say on what condition, or that something does not hold: nothing is told without them."""
    return _QUALIFYING.get(language, _QUALIFYING["fr"]).search(fold(text)) is not None


def _starts(release: Release, span: Span) -> bool:
    """Whether a sentence begins a line."""
    before = release.text[: span.start].rstrip(" \t•-–—*·")
    return not before or before.endswith("\n")


def _cut(release: Release, whole: Span, kept: Span, opened: str) -> Words:
    before = f"{CUT} " if kept.start > whole.start else opened
    text = _ASIDE.sub(f" {CUT}", kept.of(release.text)).rstrip(" ,;:–-")
    after = f" {CUT}" if kept.end < whole.end and not text.endswith(CUT) else ""
    return Words(before + flowing(text) + after, kept)


def _answering(release: Release, span: Span, stems: set[str], kinds: Kinds) -> Span | None:
    """The first clauses of a sentence, where they hold all that answers; None where it is better whole."""
    text = span.of(release.text)
    if not kinds.asked or _SUBORDINATE.match(fold(text)):
        return None
    wanted = stems & _stems(text, release.language)
    folded = fold(text)
    asked = [kind for kind in kinds.asked if holds(text, folded, kind)]
    if not asked or not _TOLD_BY_FORM.issuperset(asked):
        return None
    for border in _borders(text):
        kept, rest = text[:border], text[border:]
        if len(kept) < SHORTEST or len(rest) < SHORTEST:
            continue
        if (
            _VERB.search(kept) is None
            or not wanted <= _stems(kept, release.language)
            or any(not holds(kept, fold(kept), kind) for kind in asked)
        ):
            continue
        if not any(holds(rest, fold(rest), kind) for kind in asked) and not _qualifies(rest, release.language):
            return trimmed(release.text, Span(span.start, span.start + border))
    return None


def _best(release: Release, span: Span, stems: set[str], kinds: Kinds) -> Span:
    """The run of clauses, at most LONGEST characters, that says most of what is asked; from the start if it can."""
    text = span.of(release.text)
    borders = [0, *_borders(text, fine=True), len(text)]
    best, most = Span(span.start, span.start + _last_blank(text)), -1.0
    for first, start in enumerate(borders[:-1]):
        for end in borders[first + 1 :]:
            if end - start > LONGEST:
                break
            piece = text[start:end]
            folded = fold(piece)
            said = len(stems & _stems(piece, release.language)) + sum(holds(piece, folded, k) for k in kinds.asked)
            worth = said + 0.9 * (start == 0) + (end - start) / 1000
            left_out = f"{text[:start]} {CUT} {text[end:]}"
            worth -= QUALIFIED * _qualifies(left_out, release.language)
            if worth > most:
                best, most = Span(span.start + start, span.start + end), worth
    return trimmed(release.text, best)


def _last_blank(text: str) -> int:
    return text.rfind(" ", 0, LONGEST) if " " in text[:LONGEST] else min(len(text), LONGEST)


def _borders(text: str, *, fine: bool = False) -> Iterator[int]:
    """Where a clause ends, outside brackets and quotation marks; `fine`: at each comma too."""
    for match in (_FINE if fine else _CLAUSE).finditer(text):
        before = text[: match.start() + 1]
        if all(before.count(opening) <= before.count(closing) for opening, closing in ("()", "«»", "“”")):
            yield match.end() if fine else match.start() + 1


def _stems(text: str, language: str) -> set[str]:
    return {term.stem for term in content_terms(text, language)}


_TOLD_BY_FORM = frozenset(
    {Kind.DATE, Kind.HOUR, Kind.DURATION, Kind.COUNT, Kind.MONEY, Kind.PERCENT, Kind.MEASURE, Kind.CONTACT}
)
"""Kinds whose answer is known by its form alone, so that a clause without it can be left out."""
_LINES = re.compile(r"[ \t\f\v]*[\r\n]\s*")
_NO_BREAK = ("\u00a0", "\u202f")
_BLANKS = re.compile(r"\s+")
_QUALIFYING = {
    "fr": re.compile(
        r"\b(?:mais|si|s'ils?|sauf|excepte\w*|hormis|hors|a moins|a condition|condition\w*|sous reserve|pourvu|a defaut"
        r"|faute d[e']|sinon|toutefois|cependant|neanmoins|quoique|bien qu[e']|alors qu[e']|tandis qu[e']|contrairement"
        r"|ne|n'|ni|pas|non|aucune?|jamais|sans|dement\w*|faux|fausse|eventuel\w*|seulement|uniquement)\b|\bn'"
    ),
    "en": re.compile(
        r"\b(?:but|if|unless|except|provided|subject to|however|although|though|while|whereas|contrary|not|no|nor|never"
        r"|without|only|denie[sd]|false|possibl[ey])\b|n't\b"
    ),
    "de": re.compile(
        r"\b(?:aber|wenn|falls|sofern|sondern|ausser|vorbehalt\w*|vorausgesetzt|jedoch|obwohl|wahrend|entgegen|nicht"
        r"|nie|kein\w*|ohne|nur|weder|noch|allenfalls)\b"
    ),
    "it": re.compile(
        r"\b(?:ma|se|salvo|tranne|purche|a condizione|a meno|pero|tuttavia|benche|mentre|contrariamente|non|ne"
        r"|nessun\w*|mai|senza|solo|soltanto|eventual\w*)\b"
    ),
}
_BULLET = re.compile(
    r"\s*(?:[-–—•▪■◦●‣∙·*](?:\s+|(?=[A-ZÀ-Ý]))"
    r"|\(?(?:\d{1,2}|[a-z])[.)]\s+(?!(?:Jan|Feb|März|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez)\w*)(?=[A-ZÀ-Ý]))"
)
_DATELINE = re.compile(
    r"(?:[A-ZÀ-Ý][\w'’-]+(?:[ -][\w'’-]+){0,4},? (?:le )?)?(?:\d{1,2}\.\d{1,2}\.(?:19|20)\d\d|\d{1,2}(?:er"
    r"|\.)? [^\W\d_]{3,9}\.? (?:19|20)\d\d)"
    r"\s*[-–—:.]+\s+(?=[^\W\d_«])"
)
_FOOTNOTE = re.compile(r"[.!?»”](?P<mark>\s?(?:[⁰¹²³⁴-⁹]{1,3}|\*{1,3}|\[\d{1,3}\]|(?<=[^\d\s][.!?])\d{1,2}))\s*$")
_ASIDE = re.compile(
    r"\s*[(\[](?:voir|cf\.?|see|siehe|vgl\.?|vedi|v\.)\s[^()\[\]]{0,80}[)\]](?=[.,;:!?]?\s|[.,;:!?]?$)", re.IGNORECASE
)
_CONNECTOR = re.compile(
    r"(?:Par ailleurs|En outre|De plus|De surcroît|En effet|Ainsi|Enfin|Toutefois|Cependant|Néanmoins"
    r"|Par conséquent|En conséquence"
    r"|Dès lors|Parallèlement|En revanche|Au demeurant|D[’']autre part|D[’']une part|Dans le même temps"
    r"|À cet égard|A cet égard|À ce titre"
    r"|A ce titre|En l[’']occurrence|Pour rappel|Du reste|Aussi|Or|Ensuite|De même|Moreover|Furthermore"
    r"|In addition|However|Therefore"
    r"|Finally|Nevertheless|Besides|Also|Thus|Ausserdem|Außerdem|Zudem|Darüber hinaus|Inoltre|Tuttavia|Infine"
    r"|Pertanto|D[’']altra parte)"
    r",\s+"
)
_ANAPHORA = re.compile(
    r"(?:Ils?|Elles?|Celui-ci|Celle-ci|Ceux-ci|Celles-ci|Ce dernier|Cette dernière|Ces derniers|Ces dernières"
    r"|Cela|Ceci|Ce(?:t|tte|s)? [^\W\d_]{3,}"
    r"|C[’']est|Ce sont|Son|Sa|Ses|Leurs?|L[’']un|L[’']une|Les deux|Tous deux|En voici|Y figurent"
    r"|It|They|He|She|This|These|Those|Its|Their|His|Her|Er|Sie|Es|Diese[rsnm]?|Dessen|Deren|Ihre?|Esso|Essa|Essi"
    r"|Questo|Questa|Questi|Queste)\b"
    r"(?![-’'])"
)
_OPENER = re.compile(r"[A-ZÀ-Ý][^,.;:()]{2,45}, (?=[a-z])")
_PRONOUN = re.compile(
    r"(?:Ils?|Elles?|Celui-ci|Celle-ci|Ceux-ci|Ce dernier|Cette dernière|They|He|She|Er|Esso|Essa)\b(?!-)"
)
_IMPERSONAL = re.compile(
    r"(?:Il (?:y a|faut|faudra|convient|existe|reste|manque|suffit|importe|(?:est|était|sera"
    r"|serait) (?:\w+ )?(?:prévu|possible|nécessaire"
    r"|important|essentiel|interdit|recommandé|conseillé|demandé|rappelé|proposé|temps|indispensable|impossible"
    r"|probable|vrai|clair))"
    r"|Ce (?:jour|matin|soir|mois|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)|Cette (?:année|semaine"
    r"|nuit)|Cet (?:été|hiver|automne)"
    r"|It (?:is|was|will be) (?:possible|necessary|important|planned)|There|Es (?:gibt|ist|wird)|This (?:year"
    r"|month|week|morning))\b"
)
_VERB = re.compile(
    r"\b(?:a|ont|est|sont|sera|seront|serait|était|étaient|avait|avaient|fut|furent|peut|peuvent|pourra|pourront"
    r"|doit|doivent|devra|devront|va|vont"
    r"|s’élève|s'élève|atteint|compte|prévoit|coûte|représente|concerne|touche|ouvre|débute|commence|reste"
    r"|\w{2,}(?:era|eront|erait|eraient|ira|iront|aient)"
    r"|is|are|was|were|has|have|had|will|would|can|must|shall|\w{2,}ed|ist|sind|wird|werden|hat|haben|war|waren"
    r"|kann|können|muss|müssen|soll"
    r"|è|sono|ha|hanno|sarà|saranno|era|erano|può|possono|deve|devono|verrà)\b"
)
_SUBORDINATE = re.compile(
    r"(?:s'|si|lorsqu|quand|afin|pour|en|dans|apres|avant|comme|bien|outre|selon|depuis|grace|malgre|face|parmi"
    r"|avec|a|au|aux|sur|par|if"
    r"|when|while|after|before|in|to|although|wenn|als|nach|um|se|quando|dopo|per)\b"
)
_CLAUSE = re.compile(
    r"(?:;|,(?= (?:et (?:que )?(?:la|le|les|il|elle|ils|elles|un|une|l['’])|mais|tandis|alors que|ce qui|ce que"
    r"|afin|notamment|y compris"
    r"|dont|soit|ainsi que|en raison|de sorte|car|puisque|comme|ou encore|while|which|and the|but|including"
    r"|so that|wobei|während"
    r"|aber|mentre|ma|tra cui)\b)|\s(?=[–—] ))"
)
_FINE = re.compile(r"(?<=[;:,–—])\s+|\s+(?=[–—(])")
