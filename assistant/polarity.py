"""Which way a sentence points: what it denies, what it says may or will be, what rises and what falls.

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
    """The stems under a negation (`kind` "not"), a possibility ("may") or a plan ("will"), in their order."""

    kind: str
    scope: tuple[str, ...]

    def touches(self, stems: frozenset[str]) -> bool:
        """Whether a text of these stems speaks of what is turned: of two of its words, or all where it has fewer."""
        return bool(self.scope) and len(set(self.scope) & stems) >= min(2, len(set(self.scope)))


_TOKEN = re.compile(r"[^\W_]+|[^\w\s]")
_BORDER = frozenset('.,;:!?()"-')
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
_LENGTH = 3


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
        if _MAY.fullmatch(token):
            found.append(Turned("may", _around(tokens, at, language)))
        elif _WILL.fullmatch(token) and not (language == "en" and token == "will" and at == 0):
            found.append(Turned("will", _around(tokens, at, language)))
        elif language in _FUTURE and token not in _NO_FUTURE and _FUTURE[language].fullmatch(token):
            found.append(Turned("will", _around(tokens, at - 1, language)))
    return tuple(found)


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


_CHARGED = (
    ("up", r"hauss\w*|augment\w*|accro[iî]\w*|croiss\w*|progress\w*|grimp\w*|relev(?:e|es|er|ee|ees|era|ement)|increas\w*"
           r"|ris(?:e|es|en|ing)|rose|gr(?:ow|ew)\w*|climb\w*|erhoh\w*|steig\w*|stieg\w*|gestieg\w*|anstieg\w*|zunahm\w*"
           r"|zugenomm\w*|zunehm\w*|wachs\w*|gewachs\w*|aument\w*|cresc\w*|increment\w*|rialz\w*"),
    ("down", r"baiss\w*|diminu\w*|recul\w*|redui\w*|reduc\w*|chut\w*|decroi\w*|decru\w*|regress\w*|repli|abaiss\w*"
             r"|decreas\w*|declin\w*|fallen|falling|fell|drop\w*|lower(?:ed|s|ing)?|sink\w*|sank|gesunk\w*|ruckgang\w*"
             r"|abnahm\w*|abgenomm\w*|reduz\w*|senk\w*|gesenk\w*|calo|calat\w*|ridu[zc]\w*|ridott\w*|ribass\w*"),
    ("yes", r"adopt\w*|approuv\w*|approbation|accept\w*|ratifi\w*|approv\w*|angenomm\w*|genehmig\w*|gutgeheiss\w*|zugestimmt"
            r"|annahm\w*|accett\w*|adott\w*|approvat\w*"),
    ("no", r"refus\w*|rejet\w*|rejett\w*|repouss\w*|renonc\w*|decline[sd]?|reject\w*|abgelehn\w*|ablehn\w*|lehnt|verworf\w*"
           r"|verzicht\w*|rifiut\w*|resping\w*|respint\w*|rinunc\w*"),
    ("allow", r"autoris\w*|permet\w*|permis\w*|allow\w*|authori[sz]\w*|permit\w*|erlaub\w*|bewillig\w*|autorizz\w*"),
    ("forbid", r"interdi\w*|prohib\w*|forbid\w*|forbad\w*|bann\w*|bans?|verbot\w*|verbiet\w*|vieta\w*|proibi\w*|empech\w*"),
    ("open", r"ouvr\w*|ouvert\w*|rouvr\w*|rouvert\w*|inaugur\w*|open\w*|eroffn\w*|offnet|geoffn\w*|apert\w*|apre|aprir\w*"),
    ("close", r"ferm(?:e|es|er|ee|ees|era|eront|ent|eture|etures)|clos|clotur\w*|clos(?:e|ed|es|ing|ure)|schliess\w*"
              r"|geschloss\w*|chius\w*|chiud\w*"),
    ("create", r"cre(?:e|es|er|ee|ees|era|eront|ent|ation|ations)|creat\w*|geschaff\w*|schaff\w*|crea|creare|creazion\w*"),
    ("abolish", r"supprim\w*|suppress\w*|aboli\w*|abrog\w*|abolish\w*|abgeschaff\w*|aufgehob\w*|aufheb\w*|soppress\w*"
                r"|repeal\w*|scrapp\w*"),
    ("begin", r"debut\w*|commenc\w*|demarr\w*|start\w*|beg[iau]n\w*|begonn\w*|inizi\w*|cominci\w*|lanc(?:e|er|ee|ement|era)"),
    ("end", r"termin(?:e|er|ee|ees|es|era|ent)|achev\w*|fini\w*|end(?:s|ed|ing)|beend\w*|finis\w*|conclus\w*"),
    ("win", r"gagn\w*|remport\w*|win|wins|won|gewinn\w*|gewonn\w*|gewann\w*|vince\w*|vint[oaie]|profit\w*|benefic\w*"),
    ("lose", r"perd\w*|perte\w*|lose|loses|lost|loss\w*|verlier\w*|verlor\w*|verlust\w*|pers[oaie]|perdit\w*|defic\w*"),
    ("before", r"avant|before|prior"),
    ("after", r"apres|after|following|dopo"),
    ("less", r"moins|less|fewer|weniger|meno|inferieur\w*|lower"),
    ("more", r"davantage|more|mehr|superieur\w*|higher|hoher\w*|maggior\w*"),
    ("maximum", r"maxim\w*|plafon\w*|hochst\w*|massim\w*"),
    ("minimum", r"minim\w*|mindest\w*"),
    ("support", r"soutien\w*|souten\w*|soutin\w*|appui\w*|appuy\w*|favorable\w*|support\w*|unterstut\w*|sosten\w*|sostien\w*"
                r"|befurwort\w*|salu(?:e|ent|er)"),
    ("oppose", r"oppos\w*|contest\w*|defavorabl\w*|contre|against|gegen|contrar\w*|critiqu\w*|criticis\w*|kritisier\w*"),
    ("low", r"faibles?|bas|basses?|petite?s?|mineure?s?|low|small|niedrig\w*|tief\w*|klein\w*|bass[oaie]|piccol\w*"),
    ("succeed", r"reuss\w*|succes\w*|succe(?:ed|ss)\w*|erfolg\w*|riusc\w*"),
    ("fail", r"echou\w*|echec\w*|fail\w*|scheiter\w*|gescheiter\w*|falli\w*"),
    ("import", r"import(?:ation|ations|er|es|ateur|ateurs|ed|s|ing)|importee?s?|einfuhr\w*|importazion\w*"),
    ("export", r"export\w*|ausfuhr\w*|esportazion\w*"),
    ("buy", r"achet\w*|achat\w*|acquer\w*|acqui\w*|buy\w*|bought|purchas\w*|kauf\w*|gekauft|acquist\w*"),
    ("sell", r"vend(?:re|u|us|ue|ues|ent|ra|ita|ono)|vente\w*|sell\w*|sold|sale|sales|verkauf\w*"),
    ("arrive", r"arriv\w*|entree\w*|rejoin\w*|accueil\w*"),
    ("leave", r"quitt\w*|sorti\w*|departs?|demission\w*|resign\w*|rucktritt\w*|dimission\w*|dimett\w*"),
    ("north", r"nord|north\w*"), ("south", r"sud|south\w*"), ("west", r"ouest|west\w*|ovest"),
    ("positive", r"positi\w*|benefique\w*|excedent\w*"), ("negative", r"negati\w*|nefaste\w*"),
    ("stronger", r"renforc\w*|strengthen\w*|verstark\w*|rafforz\w*|intensifi\w*|durci\w*"),
    ("weaker", r"affaibl\w*|weaken\w*|abschwach\w*|indebol\w*|assoupli\w*|alleg\w*|attenu\w*"),
    ("longer", r"prolong\w*|extend\w*|extension\w*|verlanger\w*|prorog\w*"), ("shorter", r"raccourc\w*|abreg\w*|verkurz\w*"),
    ("sooner", r"avanc(?:e|er|ee)"), ("later", r"report(?:e|er|ee|es|ees|era)|postpon\w*|delay\w*|repouss\w*|verschob\w*"),
    ("keep", r"maint(?:ien|en|ient|iendr)\w*|conserv\w*|maintain\w*|keep\w*|beibehalt\w*|mantien\w*|manten\w*"),
    ("change", r"modifi\w*|revis\w*|chang\w*|ander(?:n|t|te|ten|ung|ungen)|geander\w*|modific\w*|rived\w*"),
    ("stable", r"stabl\w*|stabil\w*|inchang\w*|unchanged|unverandert\w*|invariat\w*"),
    ("decide", r"decid\w*|decis\w*|tranch\w*|beschloss\w*|beschlies\w*|beschluss\w*|entschied\w*|entscheid\w*"),
    ("propose", r"propos\w+|vorschlag\w*|vorschlagt|vorgeschlag\w*|schlagt|propon\w*|propost\w*"),
    ("ask", r"demand(?:e|er|ent|ait|aient|ee|era)|exig\w*|reclam\w*|request\w*|forder\w*|gefordert|verlang\w*|chied\w*"),
    ("recommend", r"recommand\w*|recommend\w*|empf(?:ehl|ohl|iehl)\w*|raccomand\w*"),
    ("must", r"oblig\w*|obbl\w*|verpflicht\w*|mandatory|compulsory|obligatoire\w*"),
    ("sign", r"sign(?:e|er|ee|es|ees|ent|ed|ing|ature|era|eront|ataire|ataires)|unterzeichn\w*|unterschrieb\w*|firma\w*"),
    ("appoint", r"nomm\w*|nomination\w*|appoint\w*|ernannt\w*|ernenn\w*|nomin\w*|elu|elue|elus|elect\w*|gewahlt\w*|elett\w*"),
    ("die", r"mort|morts|morte|mortes|mour\w*|deces|decede\w*|dies|died|dead|death\w*|gestorben|tote?n?|tod|mort[oie]|decess\w*"),
    ("free", r"gratuit\w*|free|kostenlos\w*|gratis|exoner\w*|exempt\w*"), ("pay", r"payant\w*|payer|paye\w*|paient|pay|pays|paid|paga\w*"),
    ("guilty", r"coupable\w*|condamn\w*|guilty|convict\w*|verurteil\w*|condann\w*"),
    ("innocent", r"innocen\w*|acquitt\w*|relax\w*|freigesproch\w*|assol\w*"),
    ("suspend", r"suspen\w*|interromp\w*|sospen\w*|unterbroch\w*"), ("resume", r"repren\w*|reprise\w*|resume[sd]?|wiederaufnahm\w*"),
    ("year", r"an|ans|annees?|years?|jahre?n?|ann[oi]"), ("month", r"mois|months?|monate?n?|mes[ei]"),
    ("week", r"semaines?|weeks?|wochen?|settiman[ae]"), ("day", r"jours?|journees?|days?|tage?n?|giorn[oi]"),
    ("annual", r"annuel\w*|yearly|annual\w*|jahrlich\w*|annua\w*"), ("monthly", r"mensuel\w*|monthly|monatlich\w*|mensil\w*"),
    ("weekly", r"hebdo\w*|weekly|wochentlich\w*|settimanal\w*"), ("daily", r"quotidien\w*|daily|taglich\w*|quotidian\w*"),
)  # fmt: skip
_CONTRARIES = (
    "up down, yes no, allow forbid, open close, create abolish, begin end, win lose, before after, less more, maximum"
    " minimum, support oppose, succeed fail, import export, buy sell, arrive leave, north south, positive negative,"
    " stronger weaker, longer shorter, sooner later, keep change, free pay, guilty innocent, suspend resume"
)
CONTRARY: dict[str, str] = {
    one: other for pair in _CONTRARIES.split(", ") for one, other in (pair.split(), reversed(pair.split()))
}
"""What each direction must not be taken for."""
_CHARGED_WORD = re.compile("|".join(f"(?P<{name}>{words})" for name, words in _CHARGED))
_NEUTRAL = word_list("pays report closely")


@lru_cache(maxsize=4096)
def charged(text: str) -> tuple[tuple[str, int], ...]:
    """The words of a text that give it a direction or a status, by what they mean, and where they stand: ("up", 12)."""
    folded = fold(text)
    found = []
    for match in _WORD.finditer(folded):
        meant = _charge(match[0])
        if meant and not (meant == "less" and _IDLE.search(folded, max(0, match.start() - 4), match.start())):
            found.append((meant, match.start()))
    return tuple(found)


_WORD = re.compile(r"[^\W\d_]+")
_IDLE = re.compile(r"(?:au|du) $")


@lru_cache(maxsize=20_000)
def _charge(word: str) -> str:
    match = None if word in _NEUTRAL else _CHARGED_WORD.fullmatch(word)
    return str(match.lastgroup) if match else ""
