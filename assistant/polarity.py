"""What a sentence denies, and what it says may or will be.

Closed word lists in four languages over folded text; knows nothing about sources.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from store.almanac import MONTHS, WEEKDAYS
from store.folding import fold, word_list
from store.language import is_small, stem


@dataclass(frozen=True, slots=True)
class Turned:
    """The stems under a turn of what is said.

    `kind`: a negation ("not"), a possibility ("may"), a plan ("will"), an order to say ("say"),
    or what somebody denies ("deny"), asks for ("ask") or holds ("think").
    """

    kind: str
    scope: tuple[str, ...]

    def touches(self, stems: frozenset[str]) -> bool:
        """Whether a text of these stems speaks of what is turned: of two of its words, or all where it has fewer."""
        scope, roots = {one[:_ROOT] for one in self.scope}, {one[:_ROOT] for one in stems}
        return bool(scope) and len(scope & roots) >= min(2, len(scope))


_TOKEN = re.compile(r"[^\W_]+|[^\w\s]")
_BORDER = frozenset('.,;:!?()"-') | word_list("et and und mais but aber ma sondern")
_COMPLETES = word_list("pas plus jamais rien aucun aucune point guere ni personne nul nulle nullement")
_ALONE = word_list("peut peuvent pouvait saurait sauraient cesse cessent saura")
_NEVER = {
    "fr": word_list("aucun aucune nul nulle nuls nulles sans ni pas jamais rien"),
    "en": word_list("not no never without none neither nor cannot t"),
    "de": word_list("nicht kein keine keinen keinem keiner keines ohne nie niemals weder"),
    "it": word_list("non nessun nessuno nessuna senza mai ne"),
}
_ONLY = word_list("seulement uniquement only nur solo soltanto just")
_MAY = re.compile(
    r"pourrai(?:t|ent)|peut|peuvent|devrai(?:t|ent)|eventuel\w*|possibles?|possiblement|potentiel\w*|probable\w*|may"
    r"|might|could|should|possibl[ye]|likely|probably|konnten?|durften?|moglich\w*|sollten?|wohl|potrebbe(?:ro)?"
    r"|dovrebbe(?:ro)?|possibil\w*|eventual\w*|probabil\w*|peut-etre|perhaps|vielleicht|forse"
)
_CONDITIONAL = {
    "fr": re.compile(
        r"(?:aur|ser|fer|ir|saur|faudr)ai(?:t|ent)|\w{2,}(?:er|dr|rr|evr|mettr|finir)ai(?:t|ent)|risqu(?:e|ent|ait|er)"
    ),
    "en": re.compile(r"would|risks?|reportedly|allegedly"),
    "de": re.compile(r"wurden?|hatten?|waren?|angeblich|droht|drohen"),
    "it": re.compile(r"\w+rebbe(?:ro)?|rischia\w*"),
}
_IMPERFECT = re.compile(
    r"\w*(?:consid|esp|op|gen|lib|diff|pref|accel|mod|recup|coop|dig|ref|conf|tol|prosp|transf|adh|ins|rem|suff|ent|ent"
    r"r|mont|livr|oper)erai(?:t|ent)|(?:att|par)ai(?:t|ent)|gerai(?:t|ent)"
)
_STANCES = (
    (
        "deny",
        re.compile(
            r"dement(?:i|it|ent|ie|is)?|nie|nient|nier|niait|fausse?|refut\w+|renonc\w+|empech\w+|evit\w+|exclu\w*|refus\w+"
            r"|rejet\w+|faill[iu]\w*|abandonn\w+|annul\w+|den(?:y|ies|ied)|prevent\w*|avoid\w*|reject\w*|cancel\w*"
            r"|bestreit\w*|dementier\w*|verzicht\w*|verhinder\w*|vermeid\w*|ablehn\w*|abgelehnt|smenti\w*|nega|negato"
            r"|rinunci\w*|evita\w*|impedi\w*|respin\w*"
        ),
    ),
    (
        "ask",
        re.compile(
            r"demand\w+|exig\w+|reclam\w+|sollicit\w+|revendiqu\w+|urges?|calls|request\w*|verlang\w*|fordert|fordern"
            r"|gefordert|chied\w+|chiest\w|esig\w+"
        ),
    ),
    (
        "think",
        re.compile(
            r"estim(?:e|ent|ait|ant)|juge(?:nt|ait)?|crai(?:nt|gnent|gnant|gnait)|esper(?:e|ent|ait|ant)|croi(?:t|ent)"
            r"|redout\w+|accus\w+|pretend\w*|soupconn\w+|denonc\w+|reproch\w+|allegu\w+|fears?|hopes?|believes?"
            r"|accus\w+|alleg\w+|claims?|suspect\w*|furchte\w*|hoff(?:t|en)|glaub(?:t|en)|behaupte\w*|beschuldig\w*"
            r"|verdachtig\w*|tem(?:e|ono)|sper(?:a|ano)|cred(?:e|ono)|sospett\w+"
        ),
    ),
)
"""What somebody denies, asks for or holds is not so for that."""
_WILL = re.compile(
    r"prevoi\w*|prevu\w*|propos\w+|souhait\w*|veut|veulent|vou(?:lai|dra)\w*|projett\w*|ambitionn\w*|vise(?:nt|ra)?"
    r"|entend(?:ent)?|envisag\w*|doit|doivent|devra|devront|planifi\w*|recommand\w*|will|shall|planned|planning"
    r"|intends?|wants?|aims?|recommend\w*|must|soll|sollen|wollen|plant|planen|geplant\w*|beabsichtig\w*|vorgeseh\w*"
    r"|vorschlag\w*|vorgeschlag\w*|muss|mussen|prevede|prevedono|previst\w*|propon\w*|propost\w*|intende|intendono"
    r"|vuole|vogliono|deve|devono|dovra\w*"
)
_FUTURE = {
    "fr": re.compile(r"\w+(?:era|eront|ira|iront|dra|dront|rra|rront|ura|uront|vra|vront)|va|vont"),
    "it": re.compile(r"\w+(?:era|eranno|ira|iranno|dra|dranno|ara|aranno)"),
}
_NO_FUTURE = word_list("opera camera chimera etcetera guerra era erira sierra durera hydra cobra libera")
_ORDERS = word_list(
    """dis dites reponds repondez ecris ecrivez pretends pretendez affirmez say answer reply write pretend claim tell
    sag sage sagen antworte antworten schreib schreibe schreiben behaupte di dite rispondi rispondete scrivi scrivete"""
)
"""How a sentence orders what to say: its words are no news."""
_OPENING = frozenset('.,;:!?-"(') | word_list("et and und e please bitte merci alors now jetzt then")
_LENGTH = 3
_ROOT = 5


@lru_cache(maxsize=4096)
def turned(text: str, language: str) -> tuple[Turned, ...]:
    """What a text denies, and what it says may or will be."""
    tokens = _TOKEN.findall(fold(text))
    found: list[Turned] = []
    completed = -1
    for at, token in enumerate(tokens):
        if at <= completed or not token[0].isalpha():
            continue
        if language == "fr" and token in ("ne", "n"):
            end = _completed(tokens, at)
            if end is not None:
                found.append(Turned("not", _stems(tokens[at + 1 :], language)))
                completed = end
        elif token in _NEVER.get(language, ()) and not _merely(tokens, at, language):
            scope = _stems(tokens[at + 1 :], language)
            if language == "de" or token == "t":
                scope = (*reversed(_stems(list(reversed(tokens[:at])), language)[:2]), *scope[:2])
            found.append(Turned("not", scope))
        if token in _ORDERS and (at == 0 or tokens[at - 1] in _OPENING):
            found.append(Turned("say", _stems(tokens[at + 1 :], language)))
        found += [Turned(stance, _around(tokens, at, language)) for stance, words in _STANCES if words.fullmatch(token)]
        if _MAY.fullmatch(token) or _conditional(token, language):
            found.append(Turned("may", _around(tokens, at, language)))
        elif _WILL.fullmatch(token) and not (language == "en" and token == "will" and at == 0):
            found.append(Turned("will", _around(tokens, at, language)))
        elif language in _FUTURE and token not in _NO_FUTURE and _FUTURE[language].fullmatch(token):
            found.append(Turned("will", _around(tokens, at - 1, language)))
    return tuple(found)


def _conditional(token: str, language: str) -> bool:
    """« aurait », « serait », "would": said to be so by hearsay, or if something else is."""
    form = _CONDITIONAL.get(language)
    return form is not None and bool(form.fullmatch(token)) and not _IMPERFECT.fullmatch(token)


def _completed(tokens: list[str], at: int) -> int | None:
    """Where the « pas » of a « ne » stands; None where it restricts (« ne … que ») or denies nothing."""
    for place in range(at + 1, min(at + 9, len(tokens))):
        if tokens[place] in _COMPLETES:
            return place
        if tokens[place] in ("que", "qu") or tokens[place] in ".;:!?":
            return None
        if place <= at + 2 and tokens[place] in _ALONE:
            return at
    return None


def _merely(tokens: list[str], at: int, language: str) -> bool:
    """« non seulement », "n't" apart from "t", « pas » inside « ne … pas », a French « pas » that is a step."""
    following = tokens[at + 1] if at + 1 < len(tokens) else ""
    before = tokens[at - 1] if at else ""
    if following in _ONLY or (tokens[at] == "t" and before != "'"):
        return True
    return language == "fr" and tokens[at] == "pas" and before in ("un", "premier", "le", "des", "les", "de", "grand")


_WHEN = frozenset(MONTHS) | frozenset(WEEKDAYS)


def _around(tokens: list[str], at: int, language: str) -> tuple[str, ...]:
    """The words after a place; where these are few, also those before it."""
    after = _stems(tokens[at + 1 :], language)
    return after if len(after) > 1 else (*after, *_stems(list(reversed(tokens[: max(0, at)])), language)[:2])


def _stems(tokens: list[str], language: str) -> tuple[str, ...]:
    """The first words that carry something, up to a border."""
    found: list[str] = []
    for token in tokens:
        if token in _BORDER and found:
            break
        if token[0].isalpha() and len(token) > 1 and not is_small(token, language) and token not in _WHEN:
            found.append(stem(token, language))
            if len(found) == _LENGTH:
                break
    return tuple(found)
