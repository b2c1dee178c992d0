"""What a letter asks: its questions, without greetings, courtesies and farewells.

Rules only, in the languages of the archive. Knows nothing of headers, nor of answers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from store.folding import fold, word_list
from store.language import content_terms, detect
from store.sentences import sentences

MOST = 6
"""Questions of one letter that are answered."""
LONGEST = 600
"""Characters of a question; what is longer is a text, not a question."""
_LONGEST_TEXT, _MOST_LINES = 20_000, 400

_GREETING = re.compile(
    r"(?:(?:re)?bonjour|bonsoir|salut|chere?s?|madame|monsieur|mesdames|messieurs|hello|hi|hey|dear"
    r"|good (?:morning|afternoon|evening|day)|guten (?:tag|morgen|abend)|sehr geehrte\w*|liebe[rs]?|hallo"
    r"|buongiorno|buonasera|gentile|gentili|egregi\w*|salve)\b"
)
_GREETS = re.compile(
    _GREETING.pattern + r"(?: (?:a (?:tou(?:te)?s|vous)|tout le monde|madame|monsieur|mesdames|messieurs|et|all"
    r"|team|everyone|there|l'equipe|le service (?:de )?presse|chere? \w+))*\s*[,!.:;-]*\s*"
)
_FAREWELL = re.compile(
    r"(?:(?:bien |tres |avec mes )?(?:cordialement|cordiales salutations|sinceres salutations|salutations)|bien a vous"
    r"|(?:un grand |mille )?merci(?! de\b)|par avance,? merci|vous remerciant|je vous (?:remercie|prie d'agreer)"
    r"|je vous souhaite|dans l'attente|(?:excellente|bonne) (?:journee|soiree)|best(?=,?$)|many thanks|thanks|thank you"
    r"|(?:with )?(?:(?:best|kind|warm)(?:est)? )?(?:regards|wishes)|yours|sincerely|cheers|vielen dank|danke"
    r"|(?:mit )?(?:freundlichen?|besten?) gr\w*|cordiali saluti|distinti saluti|grazie)\b"
)
_REQUEST = re.compile(
    r"\b(?:je (?:souhaite|voudrais|cherche|desire|recherche|veux|vous ecris pour)|j'(?:aimerais|aurais)|nous (?:souhait"
    r"|cherch|aimer|voudr)\w*|(?:pourriez|pouvez|auriez|avez|sauriez|savez)[- ]vous|serait-il possible|est-il possible"
    r"|merci de (?:bien vouloir )?(?:(?:me|nous) |m')(?:dire|indiquer|preciser|communiquer|donner|envoyer|transmettre"
    r"|confirmer)|veuillez|i(?:'d| would| want| need| am looking)|we (?:would|need|want|are looking)"
    r"|(?:could|can|would|do) you|please|ich (?:mochte|suche|hatte|wurde)|konnten sie|bitte|vorrei|potreste|potrebbe)\b"
)
_COURTESY = re.compile(
    r"^(?:(?:et|aussi|enfin|par ailleurs|d'autre part|egalement|svp|s'il vous plait)[ ,]+)*"
    r"(?:(?:pourriez|pouvez|auriez|sauriez)[- ]vous(?: l'amabilite de| la gentillesse de)?"
    r"|(?:je|nous) (?:souhaite|voudrais|souhaiterais|souhaitons|souhaiterions|voudrions|cherche a|cherchons a)(?:is)?"
    r"|(?:j'|nous )aimer(?:ais|ions)|merci de (?:bien vouloir )?|serait-il possible de|est-il possible de|veuillez"
    r"|(?:could|can|would) you(?: please| kindly)?|(?:i|we) (?:would|'d) like(?: to)?|please)"
    r"[ ,]*(?:s'il vous plait,? |svp,? |also )?(?:(?:me|nous|m'|us|to) ?)?"
    r"(?:savoir|dire|indiquer|preciser|confirmer|communiquer|rappeler|apprendre|connaitre|faire savoir|know|tell(?: me"
    r"| us)?|confirm|say|let (?:me|us) know|informer|donner|give(?: me| us)?)[ ,]+(?:s'il vous plait,? |svp,? )?"
)
_MARK = re.compile(r"^\s*(?:[-–—•▪*·]|\(?\d{1,2}[.)°/-]|[a-hA-H][.)])\s+")
_TOPIC = re.compile(
    r"\b(?:articles?|sujet|enquete|reportage|papier|dossier|travaille|concernant|propos|about|regarding|story|piece|report"
    r"|artikel|bericht|uber|articolo|servizio|riguardo)\b"
)
_FEW = 3
"""Terms that carry a subject, up to which a question without a name says too little by itself."""
_SAYS_NOTHING = word_list(
    """demande demandes question questions renseignement renseignements information informations info infos urgent
    presse de d pour interview journaliste press media query queries request enquiry inquiry article un une en cours"""
)
"""Words of a subject that names none."""
_WORD = re.compile(r"[^\W\d]+")


@dataclass(frozen=True, slots=True)
class Asking:
    """The questions, in order, as written; what the letter is about, in its own words; and how many more there were."""

    questions: tuple[str, ...] = ()
    about: str = ""
    more: int = 0


def asked(subject: str, text: str) -> Asking:
    """What a letter asks; where its words ask nothing, its subject may. Nothing where neither does."""
    said = list(_sentences(text))
    found = [one for one in said if _is_question(one)] or [one for one in said if _is_request(one)]
    if not found and _is_question(subject):
        found = [subject]
    kept = [one for one in dict.fromkeys(found) if len(one) <= LONGEST]
    before = said[: said.index(kept[0])] if kept and kept[0] in said else []
    about = _about(before, subject) if kept and subject != kept[0] else ""
    return Asking(tuple(kept[:MOST]), about, max(0, len(found) - MOST))


def needs_more(question: str, about: str) -> bool:
    """Whether a question says too little without what its letter is about: « combien coûtent les travaux ? »."""
    language = detect(question)
    named = re.search(r"(?<!^)\b[A-ZÀ-Ý]", question)
    return bool(about) and named is None and len(content_terms(question, language)) <= _FEW


def leaning(question: str) -> str:
    """The question so that it is read as one that goes on from what was said before."""
    opening = {"en": "And", "de": "Und", "it": "E"}.get(detect(question), "Et")
    return question if fold(question).startswith(("et ", "and ", "und ", "e ")) else f"{opening} {question}"


def plainly(question: str) -> str:
    """« Pourriez-vous m'indiquer combien coûte le stade ? » as « combien coûte le stade ? »."""
    folded = fold(question)
    courtesy = _COURTESY.match(folded) if len(folded) == len(question) else None
    rest = question[courtesy.end() :].strip() if courtesy else ""
    rest = re.sub(r"^(?:si|whether|if)\s+", "", rest, flags=re.IGNORECASE)
    return rest if len(rest) > 8 else question


def _about(before: list[str], subject: str) -> str:
    """The sentence before the questions that says what it is about, else the subject."""
    told = [one for one in before if _TOPIC.search(fold(one))] or before
    named = not _SAYS_NOTHING.issuperset(_WORD.findall(fold(subject)))
    names = _ungreeted(subject) if named else ""
    return (told[-1] if told else names)[:LONGEST]


def _sentences(text: str) -> Iterator[str]:
    """The sentences up to the farewell, greetings and the marks of lists left out."""
    for paragraph in _paragraphs(text[:_LONGEST_TEXT]):
        for span in sentences(paragraph):
            sentence = _ungreeted(" ".join(span.of(paragraph).split()))
            if sentence:
                yield sentence


def _paragraphs(text: str) -> Iterator[str]:
    """Lines that belong together, as one; up to the farewell, with which the signature begins."""
    lines = [line.strip() for line in text.splitlines()[:_MOST_LINES]]
    last = max((number for number, line in enumerate(lines) if "?" in line), default=-1)
    together: list[str] = []
    for number, line in enumerate([*lines, ""]):
        bare = _MARK.sub("", line)
        folded = fold(bare)
        over = number > last and _FAREWELL.match(folded) is not None and not _REQUEST.search(folded)
        if together and (over or not line or bare != line):
            yield " ".join(together)
            together = []
        if over:
            return
        if bare:
            together.append(bare)


def _ungreeted(sentence: str) -> str:
    folded = fold(sentence)
    greets = _GREETS.match(folded) if len(folded) == len(sentence) else None
    if greets is None:
        return sentence
    rest = sentence[greets.end() :]
    if rest and "," in sentence[:60] and not sentence[: greets.end()].rstrip().endswith((",", "!", ".", ":")):
        rest = sentence.partition(",")[2].strip()  # « Chère Madame Dupont, combien… »
    return rest if len(rest.split()) > 2 else ""


def _is_question(sentence: str) -> bool:
    return sentence.rstrip(" »”\"')").endswith("?") and len(sentence) > 5


def _is_request(sentence: str) -> bool:
    return _REQUEST.search(fold(sentence)) is not None
