"""A question made whole from the turns before it.

« Et en 2016 ? » is the last question with another year, « et le DFI ? » with another
issuer, « et combien cela coûte-t-il ? » leans on it; another subject drops it. Knows
nothing about filters.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistant.answer import Turn
from assistant.issuers import Issuers, Named
from store.almanac import months, shifted, years
from store.language import content_terms, detect, fold
from store.period import AskedPeriod, asked_periods, in_words
from store.stopwords import STOPWORDS

_OPENING = re.compile(r"^(?:et|mais|ou|alors|donc|sinon|and|but|so|und|aber|oder|e|ed|ma)\b[ ,]*")
_PRONOUN = re.compile(
    r"(?<![\w-])(?:ils?|elles?|lui|leurs?|celui-ci|celle-ci|ceux-ci|celles-ci|ce dernier|cette derniere"
    r"|celui-la|cela|ca|son|sa|ses|[snmtj]'en|[snlj]'y|y (?!a\b)|l'a|l'ont|l'avait|ceux|celui|celle|celles"
    r"|en(?= a| ont| est| sont)"
    r"|it|they|them|its|their|he|she|his|her|this|that|those|er|sie|es|ihr|ihre|dies|das(?= \w+t\b)|lo|suo|sua|questo"
    r"|(?:ce|cet|cette|ces) (?!an\b|annee|mois|jour|matin|soir|semaine|ete\b|hiver|qu|n'|s'|sont|derni)\w{3,}"
    r"|c'est|c'etait|ce sont|lequel|laquelle|lesquels|lesquelles|which one|dans ce cadre|a ce sujet|la-dessus"
    r"|le meme|la meme|les memes)\b"
)
_INVERTED = re.compile(r"(?<!\by a)-(?:t-)?(?:ils?|elles?)\b")
_NAME = re.compile(r"\b([A-ZÀ-Ý][\w-]+)(?: [A-ZÀ-Ý][\w-]+)+")
_WITHIN = re.compile(
    r"(?:sur|pour|chez|concernant|a propos|au sujet|du cote|en matiere|combien de communiques|about|on|for|regarding"
    r"|uber|zu[mr]?|fur|betreffend|su|sul|sulla|sui|per|riguardo)\b"
)
_NAMED_BEFORE = re.compile(r"(?<!\w)(?:l'|(?:le|la|les|du|des|au|aux|ce|cet|cette|ces|un|une) )\w")
_OWN_SUBJECT = 5
"""A question of so many terms that carry a subject stands on its own unless it opens with « et »."""
_NEIGHBOUR = re.compile(
    r"(?P<of>\b(?:de |du |d')?)(?P<said>\b(?:(?P<year>l'annee|l'an)|(?:le )?(?:mois|trimestre|semestre))"
    r" (?:(?P<before>precedente?|d'avant|d'auparavant)|(?P<after>suivante?|d'apres)))\b"
)
_END = re.compile(r"(?:et |ou |mais )?(?:le |la |les )?(?:tout )?(?P<end>premie?re?s?|dernie?re?s?)(?: en date)?")
_LAST_OR_FIRST = re.compile(r"(?<!\w)(?:derni[eè]re?s?|premi[eè]re?s?)(?!\w)", re.IGNORECASE)
_ARTICLED = re.compile(r"(?P<of>(?:de |d['’])?)(?P<the>(?:la |le |les |l['’])?|du |des )$", re.IGNORECASE)
_EMPTY = frozenset(
    """et mais ou alors donc sinon and but so und aber oder e ed ma pour chez par cote niveau celui celle ceux celles
    meme chose question idem que dire what about how wie ist mit per invece cosa en combien quel quelle quels quelles
    communique communiques releases press mitteilungen comunicati the""".split()
)


@dataclass(frozen=True, slots=True)
class Whole:
    """A question made whole. `asked` is what filters are read from, `standalone` what is shown and searched.

    `replaced` where the last question is asked again with another period or issuer, `dated`
    where it names a period of its own. `bound` where it stays within what the last one asked for,
    and does not just follow it (« le prix du lait ? »). `leant_on` are the earlier questions whose
    words it takes, `carried` the releases their answers cited.
    """

    asked: str
    standalone: str
    leans: bool = False
    replaced: bool = False
    bound: bool = False
    dated: bool = False
    leant_on: tuple[str, ...] = ()
    carried: tuple[str, ...] = ()


def made_whole(text: str, history: Sequence[Turn], issuers: Issuers, today: date) -> Whole:
    """The question with what it leaves to the turns before."""
    text = _reckoned(text, history, today)
    named = issuers.named_in(text) if history else []
    dated = asked_periods(text, today) if history else []
    if not history or not leans(text, named, dated):
        return Whole(text, text)
    *earlier, last = history
    before = made_whole(" ".join(last.question.split()), earlier, issuers, today)
    end = _END.fullmatch(fold(text).strip(" ?!."))
    if ((named or dated) and _says_nothing_else(text, named, dated)) or (end and _turned(before.asked, end["end"])):
        again = _turned(before.asked, end["end"]) if end else _again(before.asked, text, named, dated, issuers, today)
        standalone = " ".join([*before.leant_on, again])
        return Whole(again, standalone, True, True, True, bool(dated), before.leant_on)
    leant = tuple(_undated(turn, today) if dated else turn for turn in (*before.leant_on, before.asked))[-2:]
    standalone = " ".join([*leant, text])
    return Whole(text, standalone, True, False, _bound(text, named, dated), bool(dated), leant, last.releases)


def _reckoned(text: str, history: Sequence[Turn], today: date) -> str:
    """« Le mois précédent » said as the month it is, where the last question named one."""
    match = _NEIGHBOUR.search(fold(text)) if history and len(fold(text)) == len(text) else None
    asked = [one.period for one in asked_periods(history[-1].question, today)] if match else []
    first = asked[0].first if asked else None
    last = asked[0].last if asked else None
    if match is None or first is None or last is None:
        return text
    way = 1 if match["after"] else -1
    if match["year"]:
        period = years(first.year + way)
    else:
        span = (last.year - first.year) * 12 + last.month - first.month + 1
        period = months(*shifted(first.year, first.month, way * span), span)
    opening = "" if match["of"] else "en "
    return f"{text[: match.start('said')]}{opening}{in_words(period)}{text[match.end() :]}"


def _turned(question: str, end: str) -> str:
    """« Le dernier communiqué » asked again as « le premier »; "" where the question asks for neither."""
    found = _LAST_OR_FIRST.search(question)
    if found is None or fold(found[0])[:4] == end[:4]:
        return ""
    plural = "s" if fold(found[0]).endswith("s") else ""
    feminine = "ère" if fold(found[0]).rstrip("s").endswith("re") else "er"
    word = ("premi" if end.startswith("prem") or end.startswith("plus anc") else "derni") + feminine + plural
    return question[: found.start()] + word + question[found.end() :]


def leans(text: str, named: Sequence[Named] = (), dated: Sequence[AskedPeriod] = ()) -> bool:
    """Whether a question needs the one before: it opens with « et », or a pronoun stands for its subject."""
    folded = fold(text)
    if _OPENING.search(folded):
        return True
    language = detect(text)
    rest = _without(text, [*((one.start, one.end) for one in named), *((one.start, one.end) for one in dated)])
    subjects = len(content_terms(rest, language)) + len(named)
    if len(content_terms(rest, language)) <= 1 and (named or dated) and len(text.split()) > 5:
        return _PRONOUN.search(folded) is not None
    if subjects <= 1:
        return True
    inverted = _INVERTED.search(folded)
    asks_of_it = inverted is not None and not _NAMED_BEFORE.search(folded[: inverted.start()])
    return subjects < _OWN_SUBJECT and (asks_of_it or _PRONOUN.search(folded) is not None)


def _bound(text: str, named: Sequence[Named], dated: Sequence[AskedPeriod]) -> bool:
    """Whether a question that leans on the one before narrows it further, and opens no subject of its own."""
    folded = fold(text)
    opening = _OPENING.match(folded)
    rest = folded[opening.end() if opening else 0 :]
    if _PRONOUN.search(folded) or _INVERTED.search(folded) or _WITHIN.match(rest):
        return True
    said = _without(text, [*((one.start, one.end) for one in named), *((one.start, one.end) for one in dated)])
    own = len(set(content_terms(_NAME.sub(r"\1", said), detect(text))))
    return own == 0 or (opening is not None and own == 1)


def _says_nothing_else(text: str, named: Sequence[Named], dated: Sequence[AskedPeriod]) -> bool:
    rest = _without(text, [*((one.start, one.end) for one in named), *((one.start, one.end) for one in dated)])
    words = re.findall(r"[^\W_]+", fold(rest))
    return all(word in _EMPTY or len(word) == 1 or any(word in stop for stop in STOPWORDS.values()) for word in words)


def _again(
    before: str,
    text: str,
    named: Sequence[Named],
    dated: Sequence[AskedPeriod],
    issuers: Issuers,
    today: date,
) -> str:
    """The question before with another issuer, another period, or both."""
    again = before
    if named:
        said = text[named[0].start : named[-1].end]
        article = _article(text[: named[0].start])
        held = issuers.named_in(again)
        again = _put_issuer(again, held[0], said, article) if held else _appended(again, f"{article}{said}")
    if dated:
        said = text[dated[0].start : dated[-1].end]
        periods = asked_periods(again, today)
        of = next((one for one in periods if one.kind == "publication"), periods[0] if periods else None)
        again = _put_period(again, of, said) if of else _appended(again, said)
    return again


def _put_issuer(before: str, held: Named, said: str, article: str) -> str:
    """The issuer in the other's place, « du » and « de l' » said as they must be."""
    opening, closing = before[: held.start], before[held.end :]
    match = _ARTICLED.search(opening)
    if match is None or not match[0] or not article:
        return f"{opening}{said}{closing}"
    of = bool(match["of"]) or match["the"].lower() in ("du ", "des ")
    linked = {"le ": "du ", "les ": "des "}.get(article, f"de {article}") if of else article
    return f"{opening[: match.start()]}{linked}{said}{closing}"


def _put_period(before: str, held: AskedPeriod, said: str) -> str:
    """The period in the other's place; « de mars » does not become « de en avril »."""
    opening, closing = before[: held.start], before[held.end :]
    if re.match(r"(?:en|au|in|im|nel|depuis|avant|apres|après|le|l['’])\b", said, re.IGNORECASE):
        opening = re.sub(r"(?:\bde(?: l['’])?|\bd['’]|\bdu|\bof|\bvom)\s?$", "", opening)
    if opening and not opening.endswith((" ", "'", "’", "(")):
        opening += " "
    return f"{opening}{said}{closing}"


def _appended(before: str, said: str) -> str:
    """« Qu'a annoncé l'OFROU ? » with « en 2016 » before its mark."""
    body = before.rstrip(" ?.!")
    return f"{body} {said}{before[len(body) :]}"


def _article(before: str) -> str:
    """The article that ends some words: « et pour le » gives « le », « de l' » gives « l' »."""
    match = re.search(r"(?:^|[\s'’])(le|la|les|du|des|l['’])\s?$", before, re.IGNORECASE)
    if match is None:
        return ""
    article = {"du": "le", "des": "les"}.get(match[1].lower(), match[1].lower())
    return article if article[0] == "l" and article[-1] in "'’" else f"{article} "


def _undated(question: str, today: date) -> str:
    """An earlier question without its period of publication, which another one replaces."""
    spans = [(one.start, one.end) for one in asked_periods(question, today) if one.kind == "publication"]
    return " ".join(_without(question, spans).split())


def _without(text: str, spans: Sequence[tuple[int, int]]) -> str:
    for start, end in sorted(spans, reverse=True):
        text = text[:start] + " " + text[end:]
    return text
