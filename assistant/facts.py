"""What of a sentence can be checked to the letter: numbers, dates, names, quotations, addresses.

Reads one text; whether another bears it is `assistant.support`'s business.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from assistant.amounts import Amount, amounts
from store.almanac import MONTHS, SEASONS, SHORT_MONTHS, WEEKDAYS
from store.dates import DateMention, find_dates
from store.folding import fold, word_list
from store.language import is_small
from store.records import Span


@dataclass(frozen=True, slots=True)
class Named:
    """A capitalised word, acronym or code at characters `start` to `end`; `word` is folded, `run` numbers its name.

    `opening`: it begins a sentence, where ordinary words are capitalised too.
    """

    start: int
    end: int
    word: str
    run: int
    opening: bool = False
    acronym: bool = False


@dataclass(frozen=True, slots=True)
class Moment:
    """A month, weekday or season that stands alone: (« mars », "month:3")."""

    start: int
    end: int
    key: str


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of a text; `relative` where it says « hier » or « l'an dernier »."""

    amounts: tuple[Amount, ...]
    dates: tuple[DateMention, ...]
    moments: tuple[Moment, ...]
    names: tuple[Named, ...]
    quotations: tuple[Span, ...]
    addresses: tuple[str, ...]
    relative: bool


_ADDRESS = re.compile(
    r"(?:https?://|www\.)[^\s<>()\[\]\"»]+|[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+"
    r"|\b[\w-]+(?:\.[\w-]+)*\.(?:ch|fr|com|org|net|eu|de|it|example)\b(?:/[^\s<>()\[\]\"»]+)?"
)
_QUOTED = re.compile(
    r"«\s?(?P<fr>[^«»]{1,1200}?)\s?»|[“„](?P<curly>[^“”„]{1,1200}?)[”“]|(?<!\w)\"(?P<plain>[^\"]{1,1200}?)\""
)
_RELATIVE = re.compile(
    r"""(?<![^\W_])(?:avant-hier|hier|aujourd'hui|demain|ce\ (?:jour|matin|soir|mois)|cette\ (?:annee|semaine)
    |(?:l'an(?:nee)?|le\ mois|la\ semaine|(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche))\ (?:derniere?|passee?
      |prochaine?)
    |yesterday|today|tomorrow|(?:last|this|next)\ (?:year|month|week|monday|tuesday|wednesday|thursday|friday)|tonight
    |gestern|heute|vorgestern|ubermorgen|(?:letzte[sn]?|diese[sn]?|nachste[sn]?)\ (?:jahr|monat|woche)
    |ieri|oggi|domani|quest'anno|(?:l'anno|il\ mese|la\ settimana)\ (?:scors[oa]|prossim[oa]))(?![^\W_])""",
    re.VERBOSE,
)
_TOKEN = re.compile(r"[^\W_]+")
_ELISION = word_list("l d j n s c m t qu jusqu lorsqu puisqu dell nell all sull dall un quell")
_ENDS = ".!?:…\n•–"
_UNNAMED = word_list(
    """m mm mme mmes mlle dr prof monsieur madame mesdames messieurs herr herrn frau mr mrs ms sig signor signora chf
    eur usd fr mio mrd mia md i ii iii iv v vi vii viii ix x xi xii xix xx xxi"""
) | frozenset(MONTHS) | frozenset(WEEKDAYS) | frozenset(SHORT_MONTHS)  # fmt: skip
_OPENERS = word_list(
    """malgre grace suite face lors quant parmi environ toutefois neanmoins cependant actuellement desormais
    oui non enfin ensuite puis notamment concernant hormis hier demain situe situee cree creee ainsi trois deux quatre
    cinq six sept huit neuf dix le la however moreover yes also finally currently according despite about around since
    zudem ausserdem allerdings jedoch bisher derzeit gemass laut inoltre tuttavia attualmente secondo entro oltre"""
)
_ORDINARY = re.compile(r".{3,}(?:ement|ment|ant|ees?|es|eur|eurs|tion|tions|ing|ly|lich|ung|zione|mente|ndo)$")


@lru_cache(maxsize=4096)
def facts(text: str, language: str, near: date | None) -> Facts:
    """The facts of `text`, written around the day `near` in `language` (fr, en, de or it)."""
    addresses = list(_ADDRESS.finditer(text))
    plain = _blanked(text, [match.span() for match in addresses])
    dates = [mention for mention in find_dates(plain, near) if not mention.relative]
    undated = _blanked(plain, [(mention.start, mention.end) for mention in dates])
    moments = _moments(undated)
    counted = _blanked(undated, [(moment.start, moment.end) for moment in moments])
    numbers = amounts(counted, language)
    unnumbered = _blanked(counted, [(number.start, number.end) for number in numbers])
    return Facts(
        tuple(numbers),
        tuple(dates),
        tuple(moments),
        tuple(_names(unnumbered, language)),
        tuple(quotations(text)),
        tuple(fold(match[0]).rstrip(".,;:") for match in addresses),
        bool(_RELATIVE.search(fold(text))),
    )


def quotations(text: str) -> list[Span]:
    """What stands between quotation marks, without them."""
    return [
        Span(*match.span(match.lastgroup))
        for match in _QUOTED.finditer(text)
        if match.lastgroup and match[match.lastgroup].strip()
    ]


def _blanked(text: str, spans: list[tuple[int, int]]) -> str:
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _moments(text: str) -> list[Moment]:
    """Months, weekdays and seasons without a year; doubtful ones only as they are written with sense."""
    found = []
    before = ""
    for match in _TOKEN.finditer(text):
        word = fold(match[0])
        capital = match[0][0].isupper()
        if word in MONTHS and (word not in ("march", "may", "mars", "mai", "august") or capital or before in _IN):
            found.append(Moment(*match.span(), f"month:{MONTHS[word]}"))
        elif word in WEEKDAYS:
            found.append(Moment(*match.span(), f"weekday:{WEEKDAYS[word]}"))
        elif word in SEASONS and (word not in _DOUBTFUL or before in _SEASONAL):
            found.append(Moment(*match.span(), f"season:{SEASONS[word]}"))
        before = word
    return found


_IN = word_list(
    "en de fin debut mi des courant mois depuis jusqu in im ab seit bis since until dal nel premier au du le"
)
_DOUBTFUL = word_list("ete fall spring estate primavera summer winter inverno")
_SEASONAL = word_list("l d cet en un the this in im dem der this last next di dell questa d")


def _names(text: str, language: str) -> list[Named]:
    """The names of a text, word by word. In German, which capitalises nouns, these are among them."""
    found: list[Named] = []
    run = 0
    opening, adjacent = True, False
    for match in re.finditer(r"[^\W_]+|[^\w\s]|\n", text):
        token = match[0]
        if not token[0].isalnum():
            joins = token in "'’ʼ-.&"
            opening = opening or token in _ENDS or (token in '«“„"(' and opening)
            if token == "." and found and adjacent and match.start() - found[-1].start <= 2:
                opening = False
            adjacent = adjacent and joins
            continue
        word = fold(token)
        after = text[match.end() : match.end() + 1]
        if word in _ELISION and after in "'’ʼ" and after:
            adjacent = adjacent and len(word) == 1
            continue
        code = any(c.isdigit() for c in token) and any(c.isupper() for c in token)
        if (token[0].isupper() or code) and word not in _UNNAMED:
            acronym = len(token) > 1 and sum(c.isupper() for c in token) > 1
            ordinary = opening and not acronym and (is_small(word, language) or word in _OPENERS)
            if not ordinary and not (len(token) == 1 and after != "." and token in "AÀYOÔIE"):
                run += not adjacent
                found.append(Named(*match.span(), word, run, opening and not acronym, acronym or code))
                adjacent, opening = True, False
                continue
        elif token[0].isdigit():
            opening = False
            continue
        adjacent = adjacent and word in _WITHIN
        opening = False
    return found


_WITHIN = word_list("de von van der den di da del della dos la le")


def ordinary(word: str) -> bool:
    """Whether a word that opens a sentence looks like no name: an adverb, a participle (« Lancée en 2017 »)."""
    return bool(_ORDINARY.fullmatch(word))
