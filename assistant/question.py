"""What is asked: the question made whole, the period and issuers it names, its order.

Rules only, no model. A date or an issuer narrows the search only where the words speak of
publishing (« communiqué de l'OFROU », « qu'avons-nous dit en 2017 »); a date that belongs
to the subject (« le budget 2019 ») narrows nothing, since it is often told in another
year. Knows nothing about how the answer is found.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from assistant.answer import Question, Turn
from assistant.issuers import Issuers
from store.language import content_terms, detect, fold
from store.period import AskedPeriod, Period, asked_periods
from store.records import Filters

Order = Literal["newest", "oldest"]

_RELEASE = (
    r"(?:communiques?(?: de presse)?|releases?|press releases?|medienmitteilung(?:en)?|comunicat[oi](?: stampa)?)"
)
_NEWEST = re.compile(
    rf"\b(?:(?:tout )?derniers?|plus recents?|latest|last|most recent|letzten?|neuesten?|ultim[oi])\s+{_RELEASE}"
)
_OLDEST = re.compile(rf"\b(?:(?:tout )?premiers?|plus anciens?|first|earliest|ersten?|prim[oi])\s+{_RELEASE}")
_OF_ISSUER = re.compile(
    rf"{_RELEASE}(?: \w+)?(?: (?:de|du|des|par|publies? par|from|by|of|issued by|von|vom|der|des|di|del|della))?"
    r" ?(?:l'|la |le |les |the )?$"
)
_OPENING = re.compile(r"^(?:et|mais|ou|alors|donc|and|but|und|e|ed)\b")
_PRONOUN = re.compile(
    r"(?<![\w-])(?:ils?|elles?|lui|leurs?|celui-ci|celle-ci|ceux-ci|celles-ci|ce dernier|cette derniere|celui-la"
    r"|cela|ca|son|sa|ses|[snmtj]'en|[snlj]'y|y (?!a\b)"
    r"|it|they|them|its|their|he|she|his|her|er|sie|es|ihr|ihre|lo|suo|sua)\b"
)
_INVERTED = re.compile(r"(?<!\by a)-(?:t-)?(?:ils?|elles?)\b")
_NAMED_BEFORE = re.compile(r"(?<!\w)(?:l'|(?:le|la|les|du|des|au|aux|ce|cet|cette|ces|un|une) )\w")
_OWN_SUBJECT = 5
"""A question of so many terms that carry a subject stands on its own unless it opens with « et »."""


@dataclass(frozen=True, slots=True)
class Understanding:
    """A question as the desk will answer it.

    `carried` are the releases the conversation was about (ids or references), empty where
    the question stands alone. `order` is set where a release is asked for by its rank.
    """

    standalone: str
    filters: Filters
    language: str
    order: Order | None = None
    carried: tuple[str, ...] = ()
    topic: Period | None = None


def understand(question: Question, issuers: Issuers, today: date) -> Understanding:
    """Make the question whole from the turns before, and read its filters off the words."""
    text = " ".join(question.text.split())
    turns = _followed(text, question.history)
    standalone = " ".join([*(turn.question for turn in turns), text])
    language = detect(text)
    asked = asked_periods(text, today)
    order = _order(text)
    filters = question.filters
    if filters is None:
        filters = Filters(_published(asked, order), _speaking(text, issuers))
    filters = replace(filters, newest_first=order == "newest")
    topic = next((one.period for one in asked if one.kind == "topic"), None)
    carried = turns[-1].releases if turns else ()
    return Understanding(standalone, filters, language, order, carried, topic)


def _followed(text: str, history: tuple[Turn, ...]) -> tuple[Turn, ...]:
    """The turns a question leans on: the last one, and those that one leans on."""
    if not history or not _leans(text):
        return ()
    before, last = history[:-1], history[-1]
    return (*_followed(last.question, before), last)[-2:]


def _leans(text: str) -> bool:
    """Whether a question needs the one before: it opens with « et », or a pronoun stands for its subject."""
    folded = fold(text)
    if _OPENING.search(folded):
        return True
    subjects = len(content_terms(text, detect(text)))
    if subjects <= 1:
        return True
    inverted = _INVERTED.search(folded)
    asks_of_it = inverted is not None and not _NAMED_BEFORE.search(folded[: inverted.start()])
    return subjects < _OWN_SUBJECT and (asks_of_it or _PRONOUN.search(folded) is not None)


def _order(text: str) -> Order | None:
    folded = fold(text)
    if _NEWEST.search(folded):
        return "newest"
    return "oldest" if _OLDEST.search(folded) else None


def _published(asked: list[AskedPeriod], order: Order | None) -> Period:
    """The period of publication a question names; with « le dernier communiqué » any date is one.

    « En octobre » without its year may be any October of the archive: it narrows nothing.
    """
    dated = (one.period for one in asked if one.year_given and (order or one.kind == "publication"))
    return next(dated, Period())


def _speaking(text: str, issuers: Issuers) -> tuple[str, ...]:
    """Issuers a question names as those whose releases it wants."""
    folded = fold(text)
    named = issuers.named_in(folded)
    return tuple(dict.fromkeys(issuer for issuer, start, _ in named if _OF_ISSUER.search(folded[:start])))
