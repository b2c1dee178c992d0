"""What of the archive a question wants: the last release, the first ones, how many, all of a time; or what they say.

Read off the question's shape: its words with the issuers and periods found in them set as
signs. Knows nothing about how the archive is asked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from store.almanac import NUMBERS, any_of
from store.folding import fold, word_list
from store.stopwords import STOPWORDS

Order = Literal["newest", "oldest"]
Sign = tuple[int, int, str]
"""Characters `start` to `end` of the question, and what stands for them in its shape."""

FEW = 5
"""Releases of « les derniers communiqués », where no number is said."""
MOST = 50
RELEASE = (
    r"(?:communiques?(?: de presse)?|cp|publications?|press releases?|news releases?|releases?"
    r"|(?:medien|presse)?(?:mitteilung|meldung)(?:en)?|comunicat[oi](?: stampa)?)"
)
_STATEMENT = (
    rf"(?:{RELEASE}|annonces?|choses? (?=que )|prises? de (?:parole|position)|declarations?|announcements?|statements?)"
)
_NUMBER = rf"(?P<number>\d{{1,2}}|{any_of(NUMBERS)})"
_NEW = (
    r"(?:dernie?re?s?|plus recente?s?|latest|last|most recent|newest|letzte[nrms]?|neue?ste[nrms]?|jungste[nrms]?"
    r"|ultim[oaie]|piu recent[ei])"
)
_OLD = (
    r"(?:premie?re?s?|plus ancien(?:ne)?s?|first|earliest|oldest|erste[nrms]?|alteste[nrms]?|fruheste[nrms]?"
    r"|prim[oaie]|piu (?:vecchi[oae]?|antic\w+))"
)
_BETWEEN = r"(?:(?! (?:sur|concernant|about|uber|su|qui|que|dit) )[^?!.;]){0,60}?"
_ORDERS: tuple[tuple[Order, str], ...] = (("newest", _NEW), ("oldest", _OLD))
_DIRECTLY = re.compile(r" ?(?:l'|la |le |les |the |der |die |das |il |lo )?")
_WHICH = re.compile(r"[?!.;]|\b(?:que|qu'|qui|that|which|who|dass?|welche\w*|che)(?!\w)")
_AT_LAST = {
    "newest": r"en dernier(?: lieu)?|pour la derniere fois|(?:la )?derniere fois(?= qu)|dernier en date|zuletzt"
    r"|most recently|(?:the )?last time|per ultim[oa]|l'ultima volta",
    "oldest": r"en premier(?: lieu)?|pour la premiere fois|(?:la )?premiere fois(?= qu)|zuerst|zum ersten mal"
    r"|(?:the )?first time|per prim[oa]|la prima volta",
}
_PUBLISHES = re.compile(
    rf"\b(?:publi\w+|communiqu\w+|diffus\w+|paru\w*|annonc\w+|issued?|publish(?:ed|es|ing)?|released?|veroffentlicht|publiziert"
    rf"|mitgeteilt|pubblicat\w+|diffuso|{_STATEMENT})\b"
)
_COUNT = re.compile(
    rf"\b(?:combien (?:de |d'|des )(?:\w+ )?{_STATEMENT}\b"
    rf"|combien\b(?! d(?:e |es |'))(?:(?! (?:sur|cout\w*|vaut) )[^?!.;]){{0,40}}?"
    rf"\b(?:de |d')(?:\w+ )?{_STATEMENT}\b"
    r"|combien de fois\b[^?!.;]{0,60}?\b(?:communique|publie|diffuse|paru)\w*"
    rf"|(?:nombre|total|decompte) (?:total )?(?:de |des |d'){RELEASE}\b|compt(?:er?|ez) (?:tous )?(?:les"
    rf"|des) {RELEASE}\b"
    rf"|how many (?:\w+ )?{RELEASE}\b|(?:the )?number of (?:\w+ )?{RELEASE}\b|how often\b[^?!.;]{{0,60}}?\bpublish\w*"
    rf"|wie ?viele (?:\w+ )?{RELEASE}\b|(?:an)?zahl (?:der |von )?{RELEASE}\b"
    rf"|quant[ie] (?:\w+ )?{RELEASE}\b|numero (?:di|dei) {RELEASE}\b)"
)
_RELEASES = re.compile(rf"\b{RELEASE}\b")
# Others make publications, reports and declarations too; a communiqué is one of ours.
_SURELY_OURS = re.compile(
    r"\b(?:communiques?|cp|(?:press|news) releases?|(?:medien|presse)mitteilung(?:en)?|pressemeldung(?:en)?"
    r"|comunicat[oi](?: stampa)?|combien de fois|how often)\b"
)
_HOUSES = word_list(
    "gouvernement confederation conseil federal government council regierung bundesrat governo consiglio"
)
_DID_PUBLISH = re.compile(
    r"\bqu(?:'|e |oi )(?:a|ont|avons|avez|avait|est-ce qu[e'])\b[^?!.;]{0,60}?\b(?:publie|communique"
    r"|diffuse|annonce|ecrit)\w*"
    r"|\b(?:sur quoi|de quoi|quelque chose|tout ce qu(?:e|'))\b|\b(?:anything|everything)\b[^?!.;]{0,60}?\bpublish\w*"
    r"|\bwhat (?:did|has|have)\b[^?!.;]{0,60}?\b(?:publish|issue|release|announce)\w*"
    r"|\bwas (?:hat|haben|wurde)\b[^?!.;]{0,60}?\b(?:veroffentlicht|publiziert|mitgeteilt|angekundigt)"
    r"|\bche cosa (?:ha|hanno|abbiamo)\b[^?!.;]{0,60}?\b(?:pubblicato|comunicato|annunciato)"
)
_SAID_BY_US = re.compile(
    r"\b(?:qu'avons-nous|qu'a-t-on|qu'est-ce qu'on a|que disions-nous|what did we|was haben wir|che cosa abbiamo)\b"
)
ABOUT = re.compile(
    r"\b(?:sur(?! quoi)|concernant|a propos|au sujet|relatifs? a|relatives? a|portant sur|traitant"
    r"|qui (?:parl|trait|evoqu)\w+"
    r"|parl(?:ant|e|ent|ait|aient) d(?:e|u|es)|mention\w*|evoqu\w+|contenant|erwahn\w+|menzion\w+"
    r"|about|(?<![-'])on(?! (?:[0-9P]|(?:a|est|y|ne|n'|nous|se|s'|peut|va|sait|dit|doit|avait)\b))"
    r"|regarding|concerning|mentioning|uber|zu[mr]?|betreffend|su|sul|sulla|sullo|sui|sugli|sulle"
    r"|riguard\w+)\b(?: (?:le sujet|de|des?|du|la|le|les|l'|a|au|aux))?"
)
_GENERIC = word_list(
    """
    communique communiques presse cp publication publications annonce annonces annoncer publie publies publiee publiees
    publier publient paru parus parue parues parait diffuse diffuses diffuser emis date datant montre montrer montrez
    donne donner donnez liste lister listez retrouve retrouver cherche chercher recherche voudrais aimerais souhaite
    veux voulez vouloir pouvez peux pourriez peut resume resumer resumez parle parlait parlent porte portait traite
    traitait
    contient contenait concerne concernait contenu quoi sujet sujets titre titres archive archives complete complet
    integrale total totale tout tous toutes toute nombre compte compter comptez fois existe trouve trouver disponible
    disponibles affiche afficher voir svp stp plait merci officiel officiels officielle recent recents recente recentes
    ancien anciens ancienne anciennes premier premiers premiere premieres lieu date jour jours mois annee annees semaine
    moment periode presente present ecrit lu lis lire ete sorti sortis sortie communiquer communiquee dit
    nouveau nouveaux
    derniers dernieres prise prises parole position declaration declarations aussi bien deja jamais ait avait temps
    release releases press news published publish issued issue released show find list give tell number complete latest
    last first most recent earliest oldest newest me please archive want see how many much often time there
    medienmitteilung medienmitteilungen mitteilung mitteilungen pressemitteilung pressemitteilungen meldung meldungen
    veroffentlicht publiziert mitgeteilt zeige zeig nenne liste steht gibt gab letzten letzte letzter neueste neuesten
    neuester erste ersten erster anzahl zahl jahr jahre monat woche tag zuletzt
    comunicato comunicati stampa data datum mir uns
    mich moi nous leur mi ci remonte remonter envoie envoyer envoyez transmets dis dites indique indiquer chose faites
    fait faire quelque
    corso cours laufe mese pubblicato pubblicati pubblicata mostra mostrami elenca elenco dammi ultimo ultimi
    ultima     primo primi prima recente recenti numero anno mese giorno quanti cosa parla trattava
    """
)
_NUMBERS = frozenset(NUMBERS)
_SIGN = re.compile(r"[A-Z]+\d+")
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Wanted:
    """`order` and `limit` where releases are asked for by rank, `count` how many, `every` all of a time or issuer.

    `subject` are the words that say what they must be about, as written; "" for whatever they are about.
    """

    order: Order | None = None
    limit: int | None = None
    count: bool = False
    every: bool = False
    subject: str = ""

    @property
    def of_the_catalogue(self) -> bool:
        """Whether the catalogue answers, not resemblance."""
        return self.order is not None or self.count or self.every


@dataclass(frozen=True, slots=True)
class Shape:
    """A question folded, its issuers and periods set as signs; `whence` leads from it back to the question."""

    text: str
    question: str
    whence: tuple[int, ...]

    def written(self, start: int, end: int) -> str:
        """The words of the question that stand at `start` to `end` of the shape."""
        return self.question[self.whence[start] : self.whence[end - 1] + 1]


def shape(question: str, signs: Sequence[Sign]) -> Shape:
    """The shape of a question; signs must not overlap."""
    text: list[str] = []
    whence: list[int] = []
    at = 0
    for start, end, sign in [*sorted(signs), (len(question), len(question), "")]:
        for place in range(at, start):
            folded = fold(question[place])
            text.append(folded)
            whence.extend([place] * len(folded))
        text.append(sign)
        whence.extend([start] * (len(sign) - 1) + [end - 1] if sign else [])
        at = end
    return Shape("".join(text), question, tuple(whence))


def wanted(shaped: Shape, narrowed: bool = False) -> Wanted:
    """What a question of this shape wants; `narrowed` where a time or issuer was given beside its words."""
    text = shaped.text
    order, limit = _order(text)
    count = _COUNT.search(text) is not None
    subject = _subject(shaped)
    if (count or order is not None) and not _ours(shaped):
        return Wanted()
    if count:
        return Wanted(count=True, subject=subject)
    if order is not None:
        return Wanted(order, limit, subject=subject)
    signed = narrowed or _SIGN.search(text) is not None
    did = _DID_PUBLISH.search(text) if _PUBLISHES.search(text) else None
    asks = _RELEASES.search(text) or did or (_SAID_BY_US.search(text) and _PUBLISHES.search(text))
    if asks is None and _SAID_BY_US.search(text):
        asks = _SAID_BY_US.search(text)
    return Wanted(every=bool(asks and signed and not subject))


def _ours(shaped: Shape) -> bool:
    """Whether the statements asked for are releases: « combien d'annonces de fuites … » counts none of ours."""
    text = shaped.text
    about = ABOUT.search(text)
    said = [match for match in _kept(text, 0, about.start() if about else len(text)) if match[0] not in _HOUSES]
    if _SURELY_OURS.search(text) is not None or not said:
        return True
    # « Meldungen von Datenpannen »: a German capital makes no name.
    named = all(shaped.written(*match.span())[0].isupper() for match in said)
    return named and re.search(r"\bmeldung", text) is None


def _order(text: str) -> tuple[Order | None, int | None]:
    """Which end of the archive, and how many from there."""
    for order, adjective in _ORDERS:
        before = re.search(
            rf"\b(?:{_NUMBER} )?(?:tout )?(?:les )?{adjective}(?: (?P<number2>\d{{1,2}}|{any_of(NUMBERS)}))?"
            rf"(?: \w+)? (?P<releases>{_STATEMENT})\b",
            text,
        )
        if before and not _is_subject(text, before.start()):
            return order, _limit(before["number"] or before["number2"], before["releases"])
        after = re.search(
            rf"\b(?:(?P<number>\d{{1,2}}|{any_of(NUMBERS)}) )?(?P<releases>{RELEASE})\b{_BETWEEN}"
            rf"\b(?:(?:le|la|les|the|il|i) )?(?P<which>plus recente?s?|plus ancien(?:ne)?s?|piu (?:recent|vecchi"
            rf"|antic)\w*)\b",
            text,
        )
        if after and re.fullmatch(adjective, after["which"]):
            return order, _limit(after["number"], after["releases"])
        if _published_at_last(text, order):
            return order, 1
    return None, None


def _is_subject(text: str, start: int) -> bool:
    """Whether what stands there is what is told of: « … sur la première annonce de Y »."""
    return any(_DIRECTLY.fullmatch(text, about.end(), start) for about in ABOUT.finditer(text, 0, start))


def _published_at_last(text: str, order: Order) -> bool:
    """« Publié pour la dernière fois »; what a release says was done for the first time is something else."""
    return any(
        not _WHICH.search(text, *((said.end(), when.start()) if said.end() <= when.start() else (0, 0)))
        and not re.search(r"[?!.;]", text[when.end() : said.start()])
        for when in re.finditer(rf"\b(?:{_AT_LAST[order]})(?!\w)", text)
        for said in _PUBLISHES.finditer(text)
    )


def _limit(number: str | None, releases: str) -> int:
    if number:
        return min(MOST, NUMBERS.get(number) or int(number)) or 1
    plural = re.search(r"(?:communiques|publications|annonces|prises|declarations|releases|ments|en|cati)\b", releases)
    return FEW if plural else 1


def _subject(shaped: Shape) -> str:
    """The words that are left when what any such question says is taken away."""
    text = shaped.text
    about = ABOUT.search(text)
    start = about.end() if about else 0
    return " ".join(shaped.written(*match.span()) for match in _kept(text, start, len(text)))


def _kept(text: str, start: int, end: int) -> list[re.Match[str]]:
    return [
        match
        for match in _WORD.finditer(text, start, end)
        if not _SIGN.fullmatch(match[0]) and not _said_anyway(match[0]) and not match[0].isdigit()
    ]


def _said_anyway(word: str) -> bool:
    parts = word.split("-")
    return all(
        part in _GENERIC or part in _NUMBERS or len(part) < 2 or any(part in stop for stop in STOPWORDS.values())
        for part in parts
    )
