"""Questions about the answer just given: « d'où tiens-tu ce chiffre ? », « cite-moi la phrase exacte ».

A question is one of these only as a whole: « quelle est la source ? » is, « quelle est la
source de la pollution ? » is a question like any other. Patterns over folded text, in four
languages. Knows nothing about how it is answered.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from assistant.answer import Turn
from assistant.asked_back_forms import FIGURES, FORMS, Asks
from store.language import fold


@dataclass(frozen=True, slots=True)
class AskedBack:
    """A question about the answer to `before`, which followed `earlier` turns.

    `before` is None where nothing was asked before. `figure` is set where the question is
    about a figure, `named` holds its digits where it names one.
    """

    asks: Asks
    language: str
    before: Turn | None
    earlier: tuple[Turn, ...] = ()
    figure: bool = False
    named: str = ""


def asked_back(text: str, history: Sequence[Turn]) -> AskedBack | None:
    """What a question asks of the answer before it; None where it asks something else.

    « Et de quand date-t-elle ? » after « quelle est la source ? » is about the same answer.
    """
    found = _recognised(text)
    if found is None:
        return None
    asks, language, folded = found
    earlier = list(history)
    while earlier and _recognised(earlier[-1].question) is not None:
        earlier.pop()
    before = earlier.pop() if earlier else None
    number = _NUMBER.search(folded)
    named = re.sub(r"\D", "", number[0]) if number else ""
    return AskedBack(asks, language, before, tuple(earlier), bool(named or _FIGURES.search(folded)), named)


def asked_of_the_archive(history: Sequence[Turn]) -> tuple[Turn, ...]:
    """The turns that a follow-up may lean on: those that asked about an answer say no subject."""
    return tuple(turn for turn in history if _recognised(turn.question) is None)


def _recognised(text: str) -> tuple[Asks, str, str] | None:
    """What is asked, in which language, and the folded question without its trimmings."""
    folded = " ".join(fold(text).split())
    if len(folded) > _LONGEST:
        return None
    whole = _ASIDE.sub("", folded.strip(_ENDS))
    for said in dict.fromkeys((whole, _AROUND.sub("", whole).strip(_ENDS))):
        for language in FORMS:
            for asks, pattern in _forms(language):
                if pattern.fullmatch(said):
                    return asks, language, folded
    return None


_LONGEST = 200
_ENDS = " ?!.,;:\"'()-"
_ASIDE = re.compile(r"(?<!\d),")
_AROUND = re.compile(
    r"^(?:(?:et|mais|ok|okay|d'accord|merci|alors|bon|ah|euh|dis|non|oui|au fait|excuse[- ]moi|excusez[- ]moi|pardon"
    r"|and|but|so|well|thanks|please|und|aber|danke|bitte|also|e|ma|grazie|scusa|scusi)\b[ ,!.]*)+"
    r"|[ ,]*\b(?:stp|svp|s'il (?:te|vous) plait|merci|please|thanks|bitte|danke|per favore|grazie)(?=[ ?!.]*$)"
)

_FIGURES = re.compile(rf"\b{FIGURES}\b")
_NUMBER = re.compile(r"\d(?:[\d '.,]*\d)?")


@cache
def _forms(language: str) -> tuple[tuple[Asks, re.Pattern[str]], ...]:
    return tuple((asks, re.compile(pattern)) for asks, patterns in FORMS[language] for pattern in ["|".join(patterns)])
