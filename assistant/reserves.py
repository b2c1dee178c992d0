"""What a sentence reserves: all or some, only, most, on condition, according to whom, more or less, because of what.

A source's reserve may not be left away, and none may be strengthened. One rule of
`assistant.support`; closed word lists in four languages over folded text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from assistant.claims import Bearer, Said, words_of
from store.folding import fold
from store.language import is_small, stem

_RANKS = r"(?:deuxieme|troisieme|quatrieme|cinquieme|\d+e(?:me)?) (?:plus|moins)|(?:second|third|fourth|fifth|\d+th) (?:most|least|\w+est)|(?:zweit|dritt|viert|funft)\w*st\w*|(?:second|terz|quart|quint)[oa] (?:piu|meno|maggior)"  # noqa: E501
_FR = {
    "all": r"tous|toutes|tout(?: le| la| l'| ce| cet)|chaque|chacune?|l'ensemble|l'integralite|la totalite|unanim\w*",
    "most": r"la plupart|la majorite|majoritairement|en majorite",
    "some": r"certaine?s|quelques(?! \d)|une partie|partiel\w*|en partie",
    "many": r"beaucoup|nombreu(?:x|ses)|maints",
    "few": r"peu (?:de|d')|rares?|guere",
    "only": r"seule?s?|seulement|uniquement|exclusivement",
    "one_of": r"l'une? des|parmi les (?:plus|moins)|comptent? parmi|fait partie des",
    "more": r"(?<!n')(?<!non )plus(?! (?:de|que|d')\b ?\d)(?! tard)(?! tot)|davantage|meilleure?s?|superieure?s?",
    "less": r"(?<!au )(?<!du )moins(?! (?:de|que|d')\b ?\d)|inferieure?s?|moindres?|pires?",
    "equal": r"autant|aussi \w+ que|egale?s? a|identiques?",
    "half": r"demie?s?",
    "if": r"si(?= (?:l[ea]s?\b|l'|un|une|des|ce|cet|cette|elle|on|nous|vous|aucun|tout|tous|plus))|s'ils?|sous reserve"
    r"|a (?:la )?condition|en cas d[e']|pourvu|a moins|faute d[e']|sauf|excepte\w*|hormis|a l'exception",
    "says": r"selon(?! (?:l[ea] (?:loi|calendrier|plan)|les modalites))|d'apres|aux yeux|a en croire|il est faux",
    "cause": r"parce qu\w*|car|a cause|en raison|grace a|a la suite|en consequence|du fait|puisqu\w*|faute d[e']"
    r"|(?:fait|font|ont fait|a fait) \w+(?:er|ir|re)|entrain\w+|provoqu\w+|caus(?:e|es|ee|ees|ant|er|ent)|responsable",
}  # fmt: skip
_EN = {
    "all": r"all|every|each|entire|unanim\w*",
    "most": r"most (?:of|\w+s\b)|majority",
    "some": r"some(?! \d)|part of|partly|partially",
    "many": r"many|numerous",
    "few": r"few|hardly|rarely",
    "only": r"only|solely|exclusively",
    "one_of": r"one of the|among the",
    "more": r"more(?! than \d)|most(?! of)|better|higher|larger|greater",
    "less": r"less(?! than \d)|fewer|least(?<!at least)|worse|lower|smaller",
    "equal": r"as \w+ as|equal to|same",
    "half": r"half",
    "if": r"if|unless|except|provided|subject to|in (?:the )?(?:case|event) of|on condition",
    "says": r"according to|in the view of|reportedly|allegedly",
    "cause": r"because|due to|owing to|thanks to|as a result|caus(?:e|es|ed|ing)|led to|resulted|since",
}
_DE = {
    "all": r"all(?:e|en|er|es)|jede[rsnm]?|samtliche\w*|gesamte\w*|einstimmig",
    "most": r"meisten|mehrheit\w*",
    "some": r"einige[rn]?|manche[rn]?|teilweise|ein teil",
    "many": r"viele[rn]?|zahlreiche\w*",
    "few": r"wenige[rn]?|kaum|selten",
    "only": r"nur|lediglich|ausschliesslich|einzig",
    "one_of": r"eine[rs]? der",
    "more": r"mehr(?! als \d)|hoher\w*|grosser\w*|besser\w*",
    "less": r"weniger(?! als \d)|geringer\w*|kleiner\w*|schlechter\w*",
    "equal": r"gleich\w*|ebenso",
    "half": r"halb\w*",
    "if": r"wenn|falls|sofern|ausser|vorbehalt\w*|unter der bedingung|es sei denn",
    "says": r"laut|gemass|nach angaben|angeblich|zufolge",
    "cause": r"weil|wegen|aufgrund|dank|da|infolge|verursach\w*|fuhrt\w* zu",
}
_IT = {
    "all": r"tutt[ioae]|ogni|ciascun\w*|interamente|unanim\w*",
    "most": r"maggior parte|maggioranza",
    "some": r"alcun[ie]|qualche|in parte|una parte",
    "many": r"molt[ie]|numeros[ie]",
    "few": r"poch[ie]|rar[ie]",
    "only": r"solo|soltanto|unicamente|esclusivamente",
    "one_of": r"un[oa] de(?:i|gli|lle)|tra i piu",
    "more": r"piu(?! di \d)|maggior\w*|miglior\w*|superior\w*",
    "less": r"meno(?! di \d)|minor\w*|peggior\w*|inferior\w*",
    "equal": r"tanto quanto|uguale|stess[oa]",
    "half": r"mezz[oa]",
    "if": r"se(?! stess)|qualora|purche|a condizione|salvo|tranne|eccetto|a meno|in caso di",
    "says": r"secondo|a detta|stando a",
    "cause": r"perche|a causa|poiche|grazie a|dovut[oa]|in seguito|provoc\w+|caus(?:a|ato|ata)",
}
_EARLIEST = r"au plus tot|at the earliest|fruhestens|al piu presto|pas avant|not before|nicht vor"
_LATEST = r"au plus tard|at the latest|spatestens|al piu tardi|no later than|entro"
_NOT_QUITE = (
    r"ancien(?:ne)?s?|ex|vice|futur(?:e|s|es)?|presume(?:e|s|es)?|pretendu(?:e|s|es)?|soi disant|tentatives?"
    r"|(?:avant )?projets? d[e']|candidat(?:e|s|es)?|adjoint(?:e|s|es)?|suppleant(?:e|s|es)?|par interim|alleged"
    r"|former(?:ly)?|suspected|deputy|acting|attempted|draft|future|would be|mutmasslich\w*|ehemalig\w*|fruhere[rn]?"
    r"|stellvertretend\w*|angeblich\w*|versuchte?[rn]?|presunt\w+|tentat\w+|progetto|futur[oaie]|aspirante"
)
"""« ancien maire », « auteur présumé »: no mayor, no author yet."""
_LISTS = {"fr": _FR, "en": _EN, "de": _DE, "it": _IT}
_ALL_LANGUAGES = (("ranked", _RANKS), ("earliest", _EARLIEST), ("latest", _LATEST), ("not_quite", _NOT_QUITE))
_PATTERNS = {
    language: {
        name: re.compile(rf"(?<![^\W_])(?:{words})(?:(?<=')|(?![^\W_]))")
        for name, words in (*listed.items(), *_ALL_LANGUAGES)
    }
    for language, listed in _LISTS.items()
}
_KEPT = ("most", "some", "few", "only", "one_of", "ranked", "not_quite")
"""Reserves on the word beside them: it may not be said without."""
_WHOLE = ("if", "says", "earliest", "latest")
"""Reserves on all of their sentence."""
_NOT_ADDED = ("all", "most", "many", "few", "only", "more", "less", "equal", "half", "cause")
_SHARE = re.compile(
    r"(?:%|pour cent|quarts?|tiers|moitie|\w+iemes?|percent|half|thirds?|quarters?|prozent|halfte|drittel|viertel"
    r"|per cento|meta|terz[oi]|quart[oi]) (?:de |du |d'|des |of |der |di |dei |degli |delle )"
    r"(?:la |les? |l'|the |those |ceux )?(?P<what>[^\W\d_]+)"
)
_NEGATED = re.compile(r"(?<![^\W_])n(?:e |')(?:[^\W_]+ ){1,3}plus(?![^\W_])")


def reserves_stand(claim: Said, bearers: Sequence[Bearer]) -> bool:
    """What a source says of some, of one alone, on condition or after somebody is not said without that."""
    own = _classes(claim.text, claim.language)
    there = [_classes(bearer.text, bearer.language) for bearer in bearers]
    known = frozenset[str]().union(*there)
    if any(name in own and name not in known for name in _NOT_ADDED):
        return False
    if ("cause" in own and len(bearers) > 1) or not _years_bounded(claim, bearers):
        return False
    return not any(
        _left_away(claim, bearer, own, held) for bearer, held in zip(bearers, there, strict=True)
    ) and not any(_whole_of_a_share(claim, bearer) for bearer in bearers)


def _left_away(claim: Said, bearer: Bearer, own: frozenset[str], held: frozenset[str]) -> bool:
    if any(name in held and name not in own for name in _WHOLE):
        return True
    return any(name in held and name not in own and _on_what_is_said(name, claim, bearer) for name in _KEPT)


def _on_what_is_said(name: str, claim: Said, bearer: Bearer) -> bool:
    """Whether the word that a reserve stands before is one of the claim's; of another language, it always is."""
    if claim.language != bearer.language:
        return True
    folded = fold(bearer.text)
    for match in _pattern(name, bearer.language).finditer(folded):
        beside = _carrying(folded[match.end() : match.end() + 60], bearer.language)[:1]
        if name == "not_quite":
            beside += _carrying(folded[max(0, match.start() - 60) : match.start()], bearer.language)[-1:]
        if not claim.stems.isdisjoint(beside):
            return True
    return False


def _carrying(text: str, language: str) -> list[str]:
    return [stem(word, language) for word in words_of(text) if not is_small(word, language)]


_YEARS = re.compile(
    r"(?<![^\W_])(?:(?P<since>depuis|des|a partir|a compter|since|from|starting|seit|ab|dal|a partire)"
    r"|(?P<until>jusqu'(?:a|au|en|aux|a la)|until|till|up to|bis|fino)|(?P<before>avant|before|vor|prima)"
    r"|(?P<after>apres|after|nach|dopo))(?: [^\W_]+){0,4}? (?P<year>(?:19|20)\d\d)(?!\d)"
)


def _years_bounded(claim: Said, bearers: Sequence[Bearer]) -> bool:
    """Whether « depuis 2019 » is not told as 2019, nor as « jusqu'en 2019 »: each year has the bound of a source."""
    own = _bounds(claim.text)
    there = [_bounds(bearer.text) for bearer in bearers]
    told = set(re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", claim.text))
    for year in told:
        known = [
            held.get(year, frozenset()) for held, bearer in zip(there, bearers, strict=True) if year in bearer.text
        ]
        if known and frozenset() not in known and own.get(year, frozenset()) not in known:
            return False
    return True


def _bounds(text: str) -> dict[str, frozenset[str]]:
    """The years of a text that are a bound, with what bounds they are."""
    found: dict[str, frozenset[str]] = {}
    for match in _YEARS.finditer(fold(text)):
        bound = next(name for name, words in match.groupdict().items() if words and name != "year")
        found[match["year"]] = found.get(match["year"], frozenset()) | {bound}
    return found


def _whole_of_a_share(claim: Said, bearer: Bearer) -> bool:
    """« Les élèves mangent … » where the source says so of a quarter of them."""
    if claim.language != bearer.language or _SHARE.search(fold(claim.text)) or claim.facts(None).amounts:
        return False
    return any(stem(match["what"], bearer.language) in claim.stems for match in _SHARE.finditer(fold(bearer.text)))


def _pattern(name: str, language: str) -> re.Pattern[str]:
    return _PATTERNS.get(language, _PATTERNS["fr"])[name]


@lru_cache(maxsize=4096)
def _classes(text: str, language: str) -> frozenset[str]:
    folded = _NEGATED.sub(" ", fold(text)) if language == "fr" else fold(text)
    return frozenset(name for name in _PATTERNS["fr"] if _pattern(name, language).search(folded))
