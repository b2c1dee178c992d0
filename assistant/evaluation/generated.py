"""Questions made from the catalogue: last, first, several, lists, counts, years that are traps.

Each has one exact answer, computed here in plain Python over the releases read one by one;
what is asked, how and in which language is drawn with a seed. Knows nothing about how the
desk understands a question.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import chain
from random import Random

from assistant.answer import Question, Turn
from assistant.evaluation.gold import GoldQuestion
from assistant.evaluation.phrases import (
    ABOUT,
    COUNT,
    FIRST,
    LAST,
    LIST,
    NEWEST,
    OLDEST,
    ON,
    TRAPS,
    TRAPS_WITHIN,
    ask,
    fill,
)
from assistant.evaluation.shelf import Shelved, admits
from assistant.evaluation.spoken_names import Named, ways_of_naming
from assistant.evaluation.whens import ENGLISH, FRENCH, GERMAN, ITALIAN, When, draw, month
from store.folding import fold
from store.period import Period, in_words
from store.records import Filters, PressArchiveError
from store.schema import PARIS

ENOUGH = 3
"""Releases an issuer must have signed to be asked about."""
LISTED = 10
"""Releases a list has at most: so many are shown."""
SEVERAL = (2, 3, 4, 5)
TRIES = 20
"""Draws for one question: not every issuer has a list of ten, nor every title a rare word."""


@dataclass(frozen=True, slots=True)
class _Draw:
    """What questions are drawn from."""

    rng: Random
    shelf: tuple[Shelved, ...]
    names: dict[str, tuple[Named, ...]]
    today: date
    busy: tuple[date, ...]
    folded: tuple[str, ...]

    def language(self) -> str:
        return self.rng.choices((FRENCH, ENGLISH, GERMAN, ITALIAN), (82, 8, 5, 5))[0]

    def named(self, language: str) -> Named:
        """An issuer, and one of its names; in other languages than French its letters, where any has some."""
        weights = {"name": 4, "acronym": 4, "short": 3, "misspelt": 2}
        lettered = [issuer for issuer, ways in self.names.items() if any(way.way == "acronym" for way in ways)]
        if language != FRENCH and lettered:
            ways = self.names[self.rng.choice(lettered)]
            return next(way for way in ways if way.way == "acronym")
        ways = self.names[self.rng.choice(sorted(self.names))]
        return self.rng.choices(ways, [weights[way.way] for way in ways])[0]

    def of(self, filters: Filters) -> list[Shelved]:
        return [release for release in self.shelf if admits(filters, release)]

    def when(self, filters: Filters, language: str) -> When:
        return self.around([release.published for release in self.of(filters) if release.published], language)

    def around(self, days: Sequence[date], language: str) -> When:
        """A period with at least one of these days in it."""
        return draw(self.rng, sorted(days), language, self.today, self.busy)


def evening(shelf: Iterable[Shelved]) -> datetime:
    """The end of the last day of these releases: when questions over them are asked."""
    last = max((release.published for release in shelf if release.published), default=None)
    if last is None:
        raise PressArchiveError("Questions are generated over dated releases: there is none here.")
    return datetime.combine(last, time(23), PARIS)


def generate(shelf: Sequence[Shelved], count: int, seed: int, today: date) -> tuple[GoldQuestion, ...]:
    """`count` questions over these releases as they stand on `today`; the same for the same seed.

    Fewer where so small an archive gives no more. Raises PressArchiveError where too few of
    its releases have a day and an issuer.
    """
    rng = Random(seed)
    names = ways_of_naming(shelf, rng)
    dated = tuple(release for release in shelf if release.published)
    signed = [name for release in dated for name in release.issuers]
    names = {issuer: ways for issuer, ways in names.items() if signed.count(issuer) >= ENOUGH}
    if not names:
        raise PressArchiveError(
            "Questions are generated over issuers with three dated releases: none has so many here."
        )
    busy = tuple(sorted({release.published for release in dated if release.published}))
    folded = tuple(fold(f"{release.title} {release.opening}") for release in shelf)
    draws = _Draw(rng, tuple(shelf), names, today, busy, folded)
    each = [kind for kind, _ in _KINDS]
    weighted = [kind for kind, weight in _KINDS for _ in range(weight)]
    kinds = chain(each, (rng.choice(weighted) for _ in range(TRIES * count)))
    made: dict[str, GoldQuestion] = {}
    for category, make in kinds:
        if len(made) == count:
            break
        tries = (make(draws, f"g{len(made) + 1:04}", category) for _ in range(TRIES))
        gold = next((one for one in tries if one is not None and _words(one) not in made), None)
        if gold is not None:
            made[_words(gold)] = gold
    return tuple(made.values())


def _words(gold: GoldQuestion) -> str:
    return " ".join([*(turn.question for turn in gold.question.history), gold.question.text])


def _one(draws: _Draw, id: str, category: str) -> GoldQuestion | None:
    """The last or the first release of an issuer, of a period, of both, or of all."""
    return _ordered(draws, id, category, category, 1)


def _several(draws: _Draw, id: str, category: str) -> GoldQuestion | None:
    kind = draws.rng.choices((NEWEST, OLDEST), (7, 3))[0]
    return _ordered(draws, id, category, kind, draws.rng.choice(SEVERAL))


def _ordered(draws: _Draw, id: str, category: str, kind: str, n: int) -> GoldQuestion | None:
    asked, filters = _asked(draws, kind, draws.language(), n)
    found = [release for release in draws.of(filters) if release.published]
    found.sort(key=lambda release: (release.published or date.min, release.id), reverse=kind in (LAST, NEWEST))
    if len(found) < n:
        return None
    first = tuple(release.id for release in found[:n])
    return GoldQuestion(id, category, Question(asked), first, filters=filters, ordered=True)


def _count(draws: _Draw, id: str, category: str) -> GoldQuestion | None:
    language = draws.language()
    if draws.rng.random() < 0.1 and (found := _silent(draws, language)):
        named, when = found
        asked = _typed(draws.rng, ask(draws.rng, COUNT, language, named, when).text)
        return GoldQuestion(id, category, Question(asked), (), filters=Filters(when.period, (named.issuer,)), count=0)
    asked, filters = _asked(draws, COUNT, language)
    return GoldQuestion(id, category, Question(asked), (), filters=filters, count=len(draws.of(filters)))


def _silent(draws: _Draw, language: str) -> tuple[Named, When] | None:
    """An issuer, and a month of the archive in which it published nothing."""
    named, near = draws.named(language), draws.when(Filters(), language)
    if near.period.first is None or draws.of(Filters(near.period, (named.issuer,))):
        return None
    return named, near


def _list(draws: _Draw, id: str, category: str) -> GoldQuestion | None:
    """All that an issuer published in a period, where that is few enough to be shown."""
    language = draws.language()
    named = draws.named(language)
    when = draws.when(Filters(issuers=(named.issuer,)), language)
    filters = Filters(when.period, (named.issuer,))
    found = draws.of(filters)
    if not 1 <= len(found) <= LISTED:
        return None
    text = _typed(draws.rng, ask(draws.rng, LIST, language, named, when).text)
    ids = tuple(release.id for release in found)
    return GoldQuestion(id, category, Question(text), ids, filters=filters, complete=True)


def _follow_up(draws: _Draw, id: str, category: str) -> GoldQuestion | None:
    """A count, then the same of another month or of another issuer."""
    named, other = draws.named(FRENCH), draws.named(FRENCH)
    signed = Filters(issuers=(named.issuer,))
    days = [release.published for release in draws.of(signed) if release.published]
    first, then = month(draws.rng.choice(days)), month(draws.rng.choice(days))
    before = ask(draws.rng, COUNT, FRENCH, named, When(first, f"en {in_words(first)}")).text
    if first != then and (named.issuer == other.issuer or draws.rng.random() < 0.6):
        text, filters = f"Et en {in_words(then)} ?", Filters(then, (named.issuer,))
    elif named.issuer == other.issuer:
        return None
    else:
        text = draws.rng.choice((f"Et {other.the} ?", f"Et pour {other.the} ?", f"Et ceux {other.of} ?"))
        filters = Filters(first, (other.issuer,))
    cited = tuple(release.id for release in draws.of(Filters(first, (named.issuer,))))[-2:]
    question = Question(text, (Turn(before, cited),))
    return GoldQuestion(id, category, question, (), filters=filters, count=len(draws.of(filters)))


def _about(draws: _Draw, id: str, category: str) -> GoldQuestion | None:
    """Something a release is about, in a period and perhaps of an issuer: the words narrow to these."""
    language = draws.rng.choices((FRENCH, ENGLISH), (9, 1))[0]
    release = draws.rng.choice([one for one in draws.shelf if one.published and one.issuers])
    subject = _subject(release, draws)
    if subject is None or release.published is None or release.issuers[0] not in draws.names:
        return None
    when = draws.around([release.published], language)
    template = draws.rng.choice(ABOUT[language])
    named = draws.rng.choice(draws.names[release.issuers[0]]) if "{of}" in template else None
    filters = Filters(when.period, (named.issuer,) if named else ())
    text = fill(template, named, when, subject=subject)
    return GoldQuestion(id, category, Question(text), (release.id,), filters=filters)


def _on(draws: _Draw, id: str, category: str) -> GoldQuestion | None:
    """The last release on something that a few titles name and no other release begins with."""
    language = draws.rng.choices((FRENCH, ENGLISH), (9, 1))[0]
    title = draws.rng.choice(draws.shelf).title
    words = [word for word in re.findall(r"[^\W\d_]{8,}", title) if word.islower()]
    if not words:
        return None
    subject = draws.rng.choice(words)
    stem = fold(subject)[:6]
    holding = [release for release, folded in zip(draws.shelf, draws.folded, strict=True) if stem in folded]
    found = [release for release in holding if fold(subject) in fold(release.title) and release.published]
    if not 2 <= len(found) <= 8 or len(found) != len(holding):
        return None
    last = max(found, key=lambda release: (release.published or date.min, release.id))
    template = draws.rng.choice(ON[language])
    gold = GoldQuestion(id, category, Question(fill(template, None, None, subject=subject)), (last.id,), ordered=True)
    return gold if sum(release.published == last.published for release in found) == 1 else None


def _trap(draws: _Draw, id: str, category: str) -> GoldQuestion | None:
    """A year of the subject narrows nothing; a period of publication beside it still does."""
    year = draws.today.year
    years = {"before": year - draws.rng.randrange(1, 3), "after": year + 1, "later": year + draws.rng.randrange(3, 15)}
    if draws.rng.random() < 0.3:
        when = draws.when(Filters(), FRENCH)
        text = fill(draws.rng.choice(TRAPS_WITHIN), None, when, **years)
        return GoldQuestion(id, category, Question(text), (), filters=Filters(when.period))
    if draws.rng.random() < 0.5:
        return _titled(draws, id, category)
    return GoldQuestion(
        id, category, Question(fill(draws.rng.choice(TRAPS), None, None, **years)), (), filters=Filters()
    )


def _titled(draws: _Draw, id: str, category: str) -> GoldQuestion | None:
    """A title that names another year than the one it was published in."""
    other = [r for r in draws.shelf if r.published and _years(r.title) and str(r.published.year) not in _years(r.title)]
    other = [r for r in other if len(r.title) < 110 and not _named_in(r.title, draws)]
    if not other:
        return None
    release = draws.rng.choice(other)
    title = release.title.strip(" .:")
    text = draws.rng.choice((f"Que sait-on de « {title} » ?", f"Que dit le communiqué sur {title} ?", title))
    return GoldQuestion(id, category, Question(text), (release.id,), filters=Filters())


Make = Callable[[_Draw, str, str], GoldQuestion | None]
_KINDS: tuple[tuple[tuple[str, Make], int], ...] = (
    ((LAST, _one), 20),
    ((FIRST, _one), 12),
    (("several", _several), 14),
    ((COUNT, _count), 18),
    ((LIST, _list), 14),
    (("followup", _follow_up), 6),
    (("about", _about), 8),
    (("subject", _on), 5),
    (("trap", _trap), 10),
)


def _asked(draws: _Draw, kind: str, language: str, n: int = 0) -> tuple[str, Filters]:
    """The words of a question with an issuer, a period, both or neither, and the filters they say."""
    with_issuer, with_when = draws.rng.choices(
        ((True, True), (True, False), (False, True), (False, False)), (5, 5, 3, 1)
    )[0]
    named = draws.named(language) if with_issuer else None
    signed = Filters(issuers=(named.issuer,) if named else ())
    asked = ask(draws.rng, kind, language, named, draws.when(signed, language) if with_when else None, n)
    period = asked.when.period if asked.when else Period()
    return _typed(draws.rng, asked.text), Filters(period, signed.issuers)


def _typed(rng: Random, text: str) -> str:
    """As typed: one in six without accents and capitals, one in ten without its question mark."""
    if rng.random() < 1 / 6:
        text = fold(text)
    return text.rstrip(" ?.") if rng.random() < 0.1 else text


def _subject(release: Shelved, draws: _Draw) -> str | None:
    """The title, where no other release bears it and it names no issuer, no year and no other date."""
    title = release.title.strip(" .:»«")
    if re.search(r"\d", title) or not 20 <= len(title) <= 90 or _named_in(title, draws):
        return None
    if sum(other.title == release.title for other in draws.shelf) > 1:
        return None
    return title


def _named_in(title: str, draws: _Draw) -> bool:
    folded = fold(title)
    names: Iterator[str] = (fold(way.bare) for ways in draws.names.values() for way in ways)
    return any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", folded) for name in names)


def _years(title: str) -> set[str]:
    return set(re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", title))
