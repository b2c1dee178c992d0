"""Verbs of speech and how they stand in a sentence: « explique », « a tenu à rappeler », « a-t-elle ajouté ».

French first; English, German and Italian by their usual forms. Does not know who speaks.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from store.folding import word_list
from store.records import Span

_FIRST_GROUP = """
déclar expliqu soulign précis ajout affirm indiqu estim observ rappel rappell insist comment confi témoign not assur
annonc remarqu constat argument confirm critiqu dénonc déplor évoqu avanc lanc martel martèl nuanc plaid proclam racont
regrett relev relèv répliqu résum révél révèl salu signal suggér suggèr tranch avou avis exhort demand exig alert
analys appréci clam complét complèt conseill considér considèr enchaîn espér espèr félicit gliss jug justifi mentionn
pens point qualifi réaffirm rétorqu enthousiasm alarm amus étonn exclam inquièt inquiét indign interrog émerveill désol
vant détaill développ illustr préconis propos recommand réclam récapitul réitér réitèr rassur remerci répét répèt
revendiqu ironis plaisant soupir murmur chuchot hurl cri tonn tempêt tempér tempèr temporis raill rectifi dément
diagnostiqu décrypt exult jubil modér object pronostiqu prôn prophétis certifi confess divulgu décrét stipul rapport
invit parl appel appell encourag énumèr énumér félicit exprim engag approuv accus motiv souhait
"""
_PRESENT = word_list(
    """dit disent disait disaient dira redit conclut concluent concluait reconnaît reconnait reconnaissent répond
    répondent poursuit poursuivent poursuivait écrit écrivent soutient soutiennent maintient prévient préviennent promet
    promettent admet admettent avertit avertissent réagit réagissent convient réjouit réjouissent croit croient craint
    sourit renchérit surenchérit décrit décrivent défend défendent plaint souvient prédit prétend applaudit enorgueillit
    répondit déclara valoir disais veut garantit
    said says told tells explained explains added adds stated states noted commented emphasised emphasized emphasises
    stressed stresses underlined underlines welcomed warned warns concluded concludes declared announced recalled argued
    argues observed remarked replied insisted insists acknowledged admitted confirmed confirms highlighted highlights
    reiterated wrote writes urged urges continued continues believes thinks hopes
    sagt sagte erklärt erklärte betont betonte ergänzt ergänzte meint meinte freut freute unterstreicht unterstrich
    kommentiert kommentierte fügt versichert berichtet warnt warnte lobt lobte hofft bekräftigt resümiert
    schreibt schrieb
    dice disse spiega afferma dichiara sottolinea aggiunge commenta conclude precisa ricorda osserva annuncia sostiene
    ribadisce"""
)
_PARTICIPLES = word_list(
    """dit dite conclu reconnu répondu poursuivi écrit soutenu maintenu prévenu promis admis averti réagi convenu réjoui
    réjouie réjouis réjouies souri renchéri surenchéri décrit défendu plaint plainte souvenu prédit prétendu applaudi
    exprimé exprimée défini définie enorgueilli garanti valoir
    said stated explained added emphasised stressed underlined gesagt erklärt betont ergänzt gemeint unterstrichen
    detto dichiarato affermato spiegato sottolineato aggiunto commentato concluso precisato ricordato osservato"""
)
_INFINITIVES = word_list(
    """dire conclure reconnaître répondre poursuivre écrire soutenir maintenir prévenir promettre admettre
    avertir réagir
    renchérir décrire défendre prédire"""
)
_GERUNDS = word_list("disant concluant reconnaissant répondant poursuivant écrivant soutenant prévenant saying adding")
_CONVINCED = word_list(
    """convaincu convaincue convaincus convaincues persuadé persuadée persuadés persuadées avis formel formelle
    catégorique certain certaine fier fière ravi ravie heureux heureuse satisfait satisfaite conscient consciente clair
    claire optimiste confiant confiante convinced überzeugt convinto convinta"""
)
_ENDINGS = ("e", "ent", "ait", "aient", "a", "èrent", "era", "ea", "eait")
FINITE = _PRESENT | {stem + end for stem in _FIRST_GROUP.split() for end in _ENDINGS}
PARTICIPLES = _PARTICIPLES | {stem + end for stem in _FIRST_GROUP.split() for end in ("é", "ée", "és", "ées")}
INFINITIVES = _INFINITIVES | {stem + "er" for stem in _FIRST_GROUP.split()}
GERUNDS = _GERUNDS | {stem + end for stem in _FIRST_GROUP.split() for end in ("ant", "eant")}
_ALL = FINITE | PARTICIPLES | INFINITIVES | GERUNDS | _CONVINCED

_AUXILIARIES = word_list(
    "a ont avait avaient aura est sont était étaient eut has have had hat haben hatte ist sind ha hanno è"
)
_LEADING = word_list(
    """tient tiennent tenu tenait souhaite souhaité veut voulu vient peut pu dit tenue entend doit dû fait laisse avant
    pour sans"""
)
# Before a form that is a noun too (« la note », « une annonce »), these make it one.
_NOUN_MAKERS = word_list(
    """une un cette ce sa son ses leur leurs des aux au du notre votre nos vos chaque aucune quelle première deuxième
    dernière nouvelle toute en sur par sans sous the a an this that his her its our der die das den dem eine einer
    seine ihre lo gli questa questo ma ta d avec dans à plusieurs bonne"""
)
_ARTICLES = word_list("la le les l de")
_WORD = re.compile(r"[^\W\d_]+")
_PRONOUN = re.compile(r"(?:-t)?-(?P<who>il|elle|ils|elles|on|je|nous|vous|ce|t-il|t-elle)\b")
_BEHIND = re.compile(r"[^\W\d_]+|[^\w\s]")


_Word = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class SpeechVerb:
    """A verb of speech with its auxiliary: `span` covers both, `pronoun` is an inverted « -t-elle ».

    `finite` is False for « avant d'ajouter », « en rappelant ». `opinion`: « est convaincue ».
    """

    span: Span
    pronoun: str | None = None
    finite: bool = True
    opinion: bool = False


def speech_verbs(text: str, start: int, end: int) -> Iterator[SpeechVerb]:
    """The verbs of speech of `text[start:end]`, in order."""
    starts, words = _candidates(text)
    for match in words[bisect_left(starts, start) : bisect_left(starts, end)]:
        verb = _read(text, match, start, end) if match.end() <= end else None
        if verb is not None:
            yield verb


@lru_cache(maxsize=2)
def _candidates(text: str) -> tuple[list[int], list[re.Match[str]]]:
    """Where the words of a text stand that may be verbs of speech; kept, for a text is asked about many times."""
    words = [match for match in _WORD.finditer(text) if match[0] in _ALL]
    return [match.start() for match in words], words


def verb_at(text: str, start: int, end: int) -> SpeechVerb | None:
    """The verb of speech that begins within the next few words of `start`, nothing but helpers before it."""
    for verb in speech_verbs(text, start, min(end, start + 90)):
        if re.fullmatch(_BETWEEN, text[start : verb.span.start]):
            return verb
        return None
    return None


_BETWEEN = re.compile(
    r"[\s,–—.…!?-]*(?:(?:comme|ainsi|et|tel que|telle que|puis|as|wie|come|c[’']est ce que|ce que)\s+)?"
    r"(?:(?:l[’']|le |nous |leur |lui |s[’']|se |en |y |m[’']|sich |d[’']|de )\s*)*",
    re.IGNORECASE,
)


def _read(text: str, match: re.Match[str], start: int, end: int) -> SpeechVerb | None:
    word, at = match[0], match.start()
    if word in PARTICIPLES or word in _CONVINCED:
        compound = _compound(text, match, start)
        if compound is not None or word not in FINITE:
            return compound
    behind = _words_before(text, at, max(start, at - 30))
    before = behind[0][0] if behind else ""
    if word in FINITE:
        inverted = _PRONOUN.match(text, match.end(), min(end, match.end() + 8))
        if inverted:
            return SpeechVerb(Span(_reflexive(text, match).start, inverted.end()), inverted["who"])
        if before in _NOUN_MAKERS or (before in _ARTICLES and not _as_said(behind)):
            return None
        if word == "valoir" and before != "fait":
            return None
        return SpeechVerb(_reflexive(text, match))
    if word in INFINITIVES:
        return _infinitive(text, match, behind, start)
    if word in GERUNDS and before in ("en", ",", "tout"):
        return SpeechVerb(Span(at, match.end()), finite=False)
    return None


def _compound(text: str, match: re.Match[str], start: int) -> SpeechVerb | None:
    """« a déclaré », « s'est-elle félicitée », « est convaincue »."""
    behind = _words_before(text, match.start(), max(start, match.start() - 60))
    auxiliary = _auxiliary(behind)
    if auxiliary is None:
        coordinated = bool(behind) and behind[0][0] in ("et", "puis") and match[0] in PARTICIPLES
        if coordinated and _EARLIER.search(text, max(start, match.start() - 250), match.start()):
            return SpeechVerb(Span(match.start(), match.end()))
        return None
    if match[0] in _CONVINCED and match[0] not in PARTICIPLES:
        copula = auxiliary.of(text) in ("est", "sont", "était", "is", "ist", "è")
        return SpeechVerb(Span(auxiliary.start, match.end()), opinion=True) if copula else None
    pronoun = _PRONOUN.match(text, auxiliary.end, match.start())
    first = (
        auxiliary.start - 2 if text[max(0, auxiliary.start - 2) : auxiliary.start] in ("s'", "s’") else auxiliary.start
    )
    return SpeechVerb(Span(first, match.end()), pronoun["who"] if pronoun else None)


def _infinitive(text: str, match: re.Match[str], behind: list[_Word], start: int) -> SpeechVerb | None:
    """« tient à rappeler », « a voulu souligner »; « avant d'ajouter », « de conclure »."""
    led = next((word for word in behind[:3] if word[0] in _LEADING), None)
    if led is not None:
        first = led[1]
        if led[0] in _HELPED:
            helper = _auxiliary(_words_before(text, first, max(start, first - 60)))
            first = helper.start if helper else first
        return SpeechVerb(Span(first, match.end()), finite=led[0] not in ("avant", "pour", "sans"))
    if behind and behind[0][0] in ("de", "d"):
        return SpeechVerb(Span(match.start(), match.end()), finite=False)
    return None


_EARLIER = re.compile(r"\b(?:a|ont|avait|avaient) (?:[^\W\d_]+ ){0,3}[^\W\d_]+(?:é|i|u|t|is)(?:es?|s)?\b")
_HELPED = ("tenu", "voulu", "souhaité", "pu", "tenue", "dû")
_CLITICS = ("se ", "s'", "s’")


def _reflexive(text: str, match: re.Match[str]) -> Span:
    """The verb with the « se » or « s' » before it."""
    at = match.start()
    if text[max(0, at - 3) : at].endswith(_CLITICS):
        start = at - (2 if text[at - 1] in "'’" else 3)
        if not text[max(0, start - 1) : start].isalpha():
            return Span(start, match.end())
    return Span(at, match.end())


def _words_before(text: str, at: int, begin: int) -> list[_Word]:
    """Up to seven words and stops of `text[begin:at]` with their offsets, the nearest first."""
    found = [(m[0].lower(), m.start(), m.end()) for m in _BEHIND.finditer(text, begin, at)]
    return found[:-8:-1]


def _auxiliary(behind: list[_Word]) -> Span | None:
    for word, start, end in behind[:6]:
        if word in _PARTING:
            return None
        if word in _AUXILIARIES:
            return Span(start, end)
    return None


_PARTING = frozenset(("été", ".", ";", ":", "«", "»", "qui", "que", "dont"))


def _as_said(behind: list[_Word]) -> bool:
    """« comme le relève », « ainsi que l'explique »: the article is a pronoun."""
    return any(word in ("comme", "ainsi", "que", "qui", "nous", "bien", "si") for word, _, _ in behind[1:3])
