"""Questions made from the catalogue: last, first, several, lists, counts, years that are traps.

Each has one exact answer, computed here in plain Python over the releases read one by one;
what is asked, how and in which language is drawn with a seed. Knows nothing about how the
desk understands a question.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from itertools import chain
from random import Random

from assistant.answer import Question, Turn
from assistant.evaluation.drawing import Draws, drawn_from, subject, typed, years
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
from assistant.evaluation.shelf import Shelved
from assistant.evaluation.spoken_names import Named
from assistant.evaluation.whens import ENGLISH, FRENCH, When, month
from store.folding import fold
from store.period import Period, in_words
from store.records import Filters

LISTED = 10
"""Releases a list has at most: so many are shown."""
SEVERAL = (2, 3, 4, 5)
TRIES = 20
"""Draws for one question: not every issuer has a list of ten, nor every title a rare word."""


def generate(shelf: Sequence[Shelved], count: int, seed: int, today: date) -> tuple[GoldQuestion, ...]:
    """`count` questions over these releases as they stand on `today`; the same for the same seed.

    Fewer where so small an archive gives no more. Raises PressArchiveError where too few of
    its releases have a day and an issuer.
    """
    rng = Random(seed)
    draws = drawn_from(shelf, rng, today)
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


def _one(draws: Draws, id: str, category: str) -> GoldQuestion | None:
    """The last or the first release of an issuer, of a period, of both, or of all."""
    return _ordered(draws, id, category, category, 1)


def _several(draws: Draws, id: str, category: str) -> GoldQuestion | None:
    kind = draws.rng.choices((NEWEST, OLDEST), (7, 3))[0]
    return _ordered(draws, id, category, kind, draws.rng.choice(SEVERAL))


def _ordered(draws: Draws, id: str, category: str, kind: str, n: int) -> GoldQuestion | None:
    asked, filters = _asked(draws, kind, draws.language(), n)
    found = [release for release in draws.of(filters) if release.published]
    found.sort(key=lambda release: (release.published or date.min, release.id), reverse=kind in (LAST, NEWEST))
    if len(found) < n:
        return None
    first = tuple(release.id for release in found[:n])
    return GoldQuestion(id, category, Question(asked), first, filters=filters, ordered=True)


def _count(draws: Draws, id: str, category: str) -> GoldQuestion | None:
    language = draws.language()
    if draws.rng.random() < 0.1 and (found := _silent(draws, language)):
        named, when = found
        asked = typed(draws.rng, ask(draws.rng, COUNT, language, named, when).text)
        return GoldQuestion(id, category, Question(asked), (), filters=Filters(when.period, (named.issuer,)), count=0)
    asked, filters = _asked(draws, COUNT, language)
    return GoldQuestion(id, category, Question(asked), (), filters=filters, count=len(draws.of(filters)))


def _silent(draws: Draws, language: str) -> tuple[Named, When] | None:
    """An issuer, and a month of the archive in which it published nothing."""
    named, near = draws.named(language), draws.when(Filters(), language)
    if near.period.first is None or draws.of(Filters(near.period, (named.issuer,))):
        return None
    return named, near


def _list(draws: Draws, id: str, category: str) -> GoldQuestion | None:
    """All that an issuer published in a period, where that is few enough to be shown."""
    language = draws.language()
    named = draws.named(language)
    when = draws.when(Filters(issuers=(named.issuer,)), language)
    filters = Filters(when.period, (named.issuer,))
    found = draws.of(filters)
    if not 1 <= len(found) <= LISTED:
        return None
    text = typed(draws.rng, ask(draws.rng, LIST, language, named, when).text)
    ids = tuple(release.id for release in found)
    return GoldQuestion(id, category, Question(text), ids, filters=filters, complete=True)


def _follow_up(draws: Draws, id: str, category: str) -> GoldQuestion | None:
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


def _about(draws: Draws, id: str, category: str) -> GoldQuestion | None:
    """Something a release is about, in a period and perhaps of an issuer: the words narrow to these."""
    language = draws.rng.choices((FRENCH, ENGLISH), (9, 1))[0]
    release = draws.rng.choice([one for one in draws.shelf if one.published and one.issuers])
    title = subject(release, draws)
    if title is None or release.published is None or release.issuers[0] not in draws.names:
        return None
    when = draws.around([release.published], language)
    template = draws.rng.choice(ABOUT[language])
    named = draws.rng.choice(draws.names[release.issuers[0]]) if "{of}" in template else None
    filters = Filters(when.period, (named.issuer,) if named else ())
    text = fill(template, named, when, subject=title)
    return GoldQuestion(id, category, Question(text), (release.id,), filters=filters)


def _on(draws: Draws, id: str, category: str) -> GoldQuestion | None:
    """The last release on something that a few titles name and no other release begins with."""
    if not draws.rare:
        return None
    word, found = draws.rng.choice(draws.rare)
    first, second = sorted(found, key=lambda release: release.published or date.min, reverse=True)[:2]
    if first.published == second.published:
        return None
    language = draws.rng.choices((FRENCH, ENGLISH), (9, 1))[0]
    text = fill(draws.rng.choice(ON[language]), None, None, subject=word)
    return GoldQuestion(id, category, Question(text), (first.id,), ordered=True)


def _trap(draws: Draws, id: str, category: str) -> GoldQuestion | None:
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


def _titled(draws: Draws, id: str, category: str) -> GoldQuestion | None:
    """A title that names another year than the one it was published in."""
    other = [r for r in draws.shelf if r.published and years(r.title) and str(r.published.year) not in years(r.title)]
    other = [r for r in other if len(r.title) < 110 and not draws.naming.search(fold(r.title))]
    if not other:
        return None
    release = draws.rng.choice(other)
    title = release.title.strip(" .:")
    text = draws.rng.choice((f"Que sait-on de « {title} » ?", f"Que dit le communiqué sur {title} ?", title))
    return GoldQuestion(id, category, Question(text), (release.id,), filters=Filters())


Make = Callable[[Draws, str, str], GoldQuestion | None]
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


def _asked(draws: Draws, kind: str, language: str, n: int = 0) -> tuple[str, Filters]:
    """The words of a question with an issuer, a period, both or neither, and the filters they say."""
    with_issuer, with_when = draws.rng.choices(
        ((True, True), (True, False), (False, True), (False, False)), (5, 5, 3, 1)
    )[0]
    named = draws.named(language) if with_issuer else None
    signed = Filters(issuers=(named.issuer,) if named else ())
    asked = ask(draws.rng, kind, language, named, draws.when(signed, language) if with_when else None, n)
    period = asked.when.period if asked.when else Period()
    return typed(draws.rng, asked.text), Filters(period, signed.issuers)
