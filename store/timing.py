"""Whether a period in a question says when something was published, or of what it is about.

« Qu'avons-nous dit en 2017 » wants releases of 2017, « le budget 2019 » or « la loi adoptée
en 2016 » may be told of in any year. Over folded text. Knows nothing about how a period is read.
"""

from __future__ import annotations

import re
from typing import Literal

from store.folding import word_list

Timing = Literal["published", "told", "done", "topic"]
"""Published then; said then; decided or presented then, and published some days later; the subject's own time."""

_PUBLISHED = re.compile(
    r"\b(?:publi(?:e|ait|ions|er)\w*|communique|communiquee?s?|communiquait|communiquer|diffus(?:e|ait|er)\w*|paru\w*"
    r"|parait|parus|emise?s?"
    r"|publish(?:ed|es|ing)?|released?|issued?|veroffentlicht|publiziert|mitgeteilt|pubblicat[oiae]|diffus[oiae]|uscit[oiae])\b"
)
_TOLD = re.compile(
    r"\b(?:dit|dits|dite|dites|disi(?:ons|ez)|disai(?:t|ent)|declar(?:e|ait|ions)\w*|annonc(?:e|ait|ions|er)\w*"
    r"|affirme\w*|indique\w*|promis\w*|explique\w*|souligne\w*|predit\w*|denonce\w*|averti\w*|repondu"
    r"|exprime\w*|evoque\w*|parle|parlait|parlions|parliez|confirme\w*|reagi\w*|ecrit|ecrivi\w*"
    r"|said|say|announced?|stated?|declared?|told|wrote|warned"
    r"|gesagt|angekundigt|erklart|bekannt ?gegeben|informiert"
    r"|dichiarat[oiae]|annunciat[oiae]|comunicat[oiae]|reso noto|dett[oiae])\b"
)
_DONE = re.compile(
    r"\b(?:decid(?:e|ait|er)\w*|present(?:e|ait|er)\w*|approuv\w*|adopt(?:e|ait|er)\w*"
    r"|decided?|approved?|adopted?|presented?|unveiled?"
    r"|entschieden|beschlossen|genehmigt|verabschiedet|vorgestellt|decis[oiae]|approvat[oiae]|adottat[oiae]"
    r"|presentat[oiae])\b"
    r"|\bqu'(?:a|ont|avons|avez)[\w' -]{0,12}\slance\w*"
)
_BY_US = re.compile(
    r"\b(?:(?:avons|disions|annoncions|parlions|ecrivions)-nous|a-t-on|disait-on|parlait-on"
    r"|nous (?:avons|disions)|on (?:a|disait)"
    r"|(?:did|have) we|we (?:said|announced)|haben wir|wir haben|abbiamo)\b"
)
_RELEASE = (
    r"(?:communiques?(?:\sde\spresse)?|publications?|communications?|press releases?|releases?|news releases?"
    r"|(?:medien|presse)?mitteilung(?:en)?|comunicat[io](?:\sstampa)?)"
)
_STATEMENT = (
    r"(?:annonces?|declarations?|conferences? de presse|prises? de (?:position|parole)|mises? en garde"
    r"|statements?|announcements?|erklarung(?:en)?|dichiarazion[ei]|annunci[o]?)"
)
_DECISIONS = re.compile(r"\b(?:decisions?|entscheide?|decision[ei])\b")
_RELEASES = re.compile(rf"\b{_RELEASE}\b")
# « Le communiqué sur les comptes en 2008 »: the one release is known, the year is its subject's.
_ONE = re.compile(
    r"\b(?:communique|publication|release|mitteilung|medienmitteilung|comunicato)(?: de presse| stampa)?\b(?!s)"
)
# « Quelle loi a été publiée en 2011 ? »: not a release; « qu'est-ce qui a été publié » is.
_ISSUED_ELSE = re.compile(
    r"(?<![\w'])(?!qui |quoi |rien |tout |what |cosa |anything |everything )(?P<noun>[^\W\d_]{3,})"
    r"(?: [\w'-]+){0,3}? (?:(?:a|ont|avait|avaient)(?:-t-(?:il|elle)|-ils|-elles)? ete"
    r"|was|were|(?:has|have|had) been|e stat[oaie]|sono stat[ie])(?: [\w'-]+){0,2}?"
    r" (?:publie|diffuse|edite|published|released|issued|pubblicat|diffus)\w*"
)
_RANKED = re.compile(
    r"\b(?:premiers?|derniers?|first|latest|last|oldest|newest|erste\w*|letzte\w*|neueste\w*|prim[oi]|ultim[oi])"
    rf" (?:\w+ )?{_RELEASE}(?!\w)"
)
_STATEMENTS = re.compile(rf"\b{_STATEMENT}\b")
_ABOUT = re.compile(
    r"\b(?:sur|concernant|a propos|au sujet|relatifs? a|portant|about|on(?! \d)|regarding|uber|zu[mr]?|su|sul|sulla"
    r"|sui|sugli|riguardo)\b"
)
_OF = re.compile(
    r"(?<!\w)(?:(?:de|du|des|of|for|pour|fur|per|del|di|von|vom)\s|d'|dell')"
    r"(?:(?:l'|la\s|le\s)?(?:seul\s)?(?:annee|mois|exercice)\s(?:de\s|d')?|l'|la\s|le\s)?$"
)
_DURING = re.compile(
    r"(?<!\w)(?:lors|au cours|durant|pendant|au moment|a l'occasion|a partir|en marge|in the course|im lauf|im zuge)"
    r"\s(?:de(?:\sla|\sl')?|d'|du|des|of(?:\sthe)?)\s?$"
)
_FOR = re.compile(r"(?<!\w)(?:pour|for|fur|per)\s(?:l'|la\s|le\s|the\s)?(?:annee\s|mois\s(?:de\s|d')?)?$")
# « La loi adoptée en 2016 » dates the law: the participle hangs on its noun, no auxiliary stands before it.
_PARTICIPLE = re.compile(
    r"(?P<before>[^\s,;:?!]+)\s(?:deja\s|recemment\s)?"
    r"(?:adopte|approuve|annonce|presente|decide|signe|lance|publie|promis|conclu|vote|ouvert|cree|introduit|nomme|elu"
    r"|inaugure|paru|diffuse|edite"
    r"|mis en place|entree? en vigueur|entres? en vigueur|pris|rendu|revise|depose|vu)(?:e?s|e)?"
    r"(?:\s(?:par|a|dans)\s[^,;:?!]{1,60})?\s?$"
    r"|(?P<noun>[^\s,;:?!]+)\s(?:adopted|approved|announced|presented|signed|launched|passed|introduced|created)\s?$"
)
_AUXILIARY = word_list(
    """a ai ait aient ayant as avons avez ont est sont
    ete etait etaient fut furent sera seront on nous vous il elle ils elles
    t-il t-elle t-on il-s a-t-il a-t-elle a-t-on ont-ils ont-elles avons-nous avez-vous y bien aussi was were been has
    have had be which that we they it who what did is are avait avaient"""
)
_DONE_IN_GERMAN = re.compile(r"\b(?:hat|haben|wurden?)\b")
# « La dernière annonce » is a noun.
_BEFORE_NOUN = word_list(
    """la le les une un l cette ces quelle quelles premiere premieres derniere dernieres premiers derniers seule grande
    autre autres son sa ses leur leurs notre nos votre vos chaque plusieurs"""
)
# Before a bare year these leave it alone; any other word takes it for part of its name.
_FUNCTION = word_list(
    """en de du des d au aux a le la les l et ou in of the on im am nel il dans par pour depuis avant apres entre durant
    pendant courant fin debut mi annee an mois jour dit dite annonce publie decide c est ce cette und oder from since
    before after during by until bis seit vor nach ab vom zum di del dal e o per fur and or qu que qui tout
    toute wurde wurden wird werden hat haben was were ist sind"""
)


def timing(folded: str, start: int, end: int, core: int) -> Timing:
    """What the period at `start` to `end` dates; at `core` its own words begin, after what opens it."""
    if start == core and _is_name(folded, start, end):
        return "topic"
    before, rest = folded[:start], folded[end:]
    if _FOR.search(before) or _hangs_on_participle(before):
        return "topic"
    hangs_on_noun = _OF.search(before) is not None and _DURING.search(before) is None
    governing: list[tuple[int, Timing]] = [(found.end(), "published") for found in _RELEASES.finditer(before)]
    governing += [(found.end(), "told") for found in _STATEMENTS.finditer(before)]
    governing += [(found.end(), "done") for found in _DECISIONS.finditer(before)]
    if governing:
        governed, how = max(governing)
        about = _ABOUT.search(before, governed)
        if about and (hangs_on_noun or (_one(before) and not _PUBLISHED.search(before, about.end()))):
            return "topic"
        return "published" if _PUBLISHED.search(before, governed) else how
    if hangs_on_noun:
        return "topic"
    if any(said.search(part) for said in (_PUBLISHED, _RELEASES) for part in (before, rest)):
        return "topic" if _ISSUED_ELSE.search(folded) and not _RELEASES.search(folded) else "published"
    if any(said.search(part) for said in (_TOLD, _STATEMENTS) for part in (before, rest)):
        return "published" if _BY_US.search(folded) else "told"
    return "done" if _DONE.search(before) or _DONE.search(rest) else "topic"


def _one(before: str) -> bool:
    """Whether one release is known; « le dernier sur X » is known by when it was published."""
    return _ONE.search(before) is not None and _RANKED.search(before) is None


def _hangs_on_participle(before: str) -> bool:
    found = _PARTICIPLE.search(before)
    if found is None:
        return False
    word = found["before"] or found["noun"]
    return (
        word.rpartition("'")[2] not in _AUXILIARY
        and word.rpartition("-")[2] not in _AUXILIARY
        and word not in _BEFORE_NOUN
        and not (_RELEASES.fullmatch(word) or _STATEMENTS.fullmatch(word) or word == "presse")
    )


def _is_name(folded: str, start: int, end: int) -> bool:
    """Whether a bare year stands on a noun as its name: « budget 2019 », « Expo 2015 »."""
    if not re.fullmatch(r"(?:19|20)\d\d(?:[-/]\d+)?", folded[start:end]):
        return False
    if _DONE_IN_GERMAN.search(folded[:start]) and _PUBLISHED.search(folded, end):
        return False
    word = re.search(r"([^\W\d_]+)['-]?\s?$", folded[:start])
    if word is None or word[1] in _FUNCTION:
        return False
    return not (_RELEASES.fullmatch(word[1]) or _STATEMENTS.fullmatch(word[1]))
