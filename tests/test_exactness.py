"""Whether the catalogue's own answers are exact, judged on a hand-made shelf."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from assistant.answer import Abstention, Answer, Question, Sentence
from assistant.evaluation.exactness import Heard, faults, read
from assistant.evaluation.gold import GoldQuestion
from assistant.evaluation.shelf import Shelved
from store.period import Period
from store.records import Filters

CITY, PORT = "Ville de Sarvelle", "Port de Sarvelle"
SHELF = {
    name: Shelved(name, date(2031, 5, day), (issuer,), "fr", name, "", None)
    for name, day, issuer in (("a", 2, CITY), ("b", 9, CITY), ("c", 9, CITY), ("d", 12, PORT), ("e", 20, CITY))
}
OF_CITY = Filters(issuers=(CITY,))


def heard(*releases: str, filters: Filters = OF_CITY, searched: int = 4, said: str | None = None) -> Heard:
    answer = None
    if said is not None:
        answer = Answer(
            "?", "?", filters, (Sentence(said, (1,)),) if said else (), (), None if said else Abstention("", "")
        )
    return Heard(filters, releases, searched, 0.1, answer)


def ordered(*releases: str, filters: Filters = OF_CITY) -> GoldQuestion:
    return GoldQuestion("q", "several", Question("?"), releases, filters=filters, ordered=True)


@pytest.mark.parametrize(
    ("found", "wrong"),
    [
        (("e", "c", "b"), ()),
        (("e", "b", "c", "a"), ()),
        (("e", "b", "b"), ("order",)),
        (("c", "e", "b"), ("order",)),
        (("e", "c"), ("order",)),
        (("e", "d", "b"), ("order",)),
        (("e", "c", "unknown"), ("order",)),
    ],
)
def test_releases_come_in_their_order(found: tuple[str, ...], wrong: tuple[str, ...]) -> None:
    """The wanted releases first and in order; those of one day may change places, no other may slip in."""
    gold = ordered("e", "c", "b")
    assert faults(gold, heard(*found), gold.releases, SHELF) == wrong


def test_of_two_releases_of_the_last_day_either_will_do() -> None:
    """The catalogue knows days, not hours: a question for one release of a day accepts any of that day."""
    gold = ordered("c", filters=Filters(Period(None, date(2031, 5, 9)), (CITY,)))
    for name in ("b", "c"):
        assert faults(gold, heard(name, filters=gold.filters or OF_CITY), gold.releases, SHELF) == ()


def test_filters_are_compared_by_what_they_leave() -> None:
    """A longer period that leaves the same releases is the same; one that leaves others is not."""
    gold = ordered("e", filters=Filters(Period(date(2031, 5, 1), date(2031, 5, 31)), (CITY,)))
    same = heard("e", filters=Filters(Period(date(2031, 1, 1), date(2031, 12, 31)), (CITY,)))
    other = heard("e", filters=Filters(Period(date(2031, 5, 10), None), (CITY,)))
    both = heard("e", filters=Filters(issuers=(CITY, PORT)))
    assert faults(gold, same, gold.releases, SHELF) == ()
    assert faults(gold, other, gold.releases, SHELF) == ("filters",)
    assert faults(gold, both, gold.releases, SHELF) == ("filters",)


def test_filters_that_leave_nothing_must_still_name_the_issuer() -> None:
    """Where both leave nothing, another issuer's nothing is wrong."""
    june = Period(date(2031, 6, 1), date(2031, 6, 30))
    gold = GoldQuestion("q", "count", Question("?"), (), filters=Filters(june, (PORT,)), count=0)
    assert faults(gold, heard(filters=Filters(june, (PORT,)), searched=0, said=""), (), SHELF) == ()
    assert faults(gold, heard(filters=Filters(june, (CITY,)), searched=0, said=""), (), SHELF) == ("filters",)


@pytest.mark.parametrize(
    ("searched", "said", "right"),
    [
        (4, "La Ville de Sarvelle a publié 4 communiqués.", True),
        (4, "Quatre communiqués ont paru.", True),
        (4, None, True),
        (4, "La Ville a publié 14 communiqués.", False),
        (4, "La Ville a publié 4,5 communiqués en moyenne.", False),
        (4, "", False),
        (5, "La Ville a publié 4 communiqués.", False),
    ],
)
def test_a_count_is_searched_and_said(searched: int, said: str | None, right: bool) -> None:
    """The number searched is the count, and the answer says it, in digits or in words."""
    gold = GoldQuestion("q", "count", Question("?"), (), filters=OF_CITY, count=4)
    assert (faults(gold, heard(searched=searched, said=said), (), SHELF) == ()) is right


def test_a_long_count_may_be_grouped() -> None:
    """« 1 234 » is 1234, and so is 1,234."""
    gold = GoldQuestion("q", "count", Question("?"), (), count=1234)
    for said in ("Il y en a 1 234.", "There are 1,234.", "Es sind 1'234.", "1.234 comunicati"):
        assert faults(gold, heard(searched=1234, said=said), (), SHELF) == ()
    assert faults(gold, heard(searched=1234, said="Il y en a 234."), (), SHELF) == ("count",)


def test_a_list_is_whole_and_holds_nothing_else() -> None:
    """All the releases, in any order, and none that does not belong."""
    gold = GoldQuestion("q", "list", Question("?"), ("a", "b", "c", "e"), filters=OF_CITY, complete=True)
    assert faults(gold, heard("b", "a", "e", "c"), gold.releases, SHELF) == ()
    assert faults(gold, heard("b", "a", "e"), gold.releases, SHELF) == ("list",)
    assert faults(gold, heard("b", "a", "e", "c", "d"), gold.releases, SHELF) == ("list",)


def test_what_was_read_is_told_apart_from_what_was_right() -> None:
    """Inferred, passed by gold, equal to gold filters: three different things."""
    gold = ordered("e")
    right = read(gold, heard("e"), ("e",), SHELF)
    assert (right.inferred, right.passes, right.equal) == (True, True, True)
    nothing = read(gold, heard("e", filters=Filters()), ("e",), SHELF)
    assert (nothing.inferred, nothing.passes, nothing.equal) == (False, True, False)
    shut = read(gold, heard("d", filters=Filters(issuers=(PORT,))), ("e",), SHELF)
    assert (shut.inferred, shut.passes, shut.equal) == (True, False, False)
    plain = read(replace(gold, filters=None, releases=()), heard("e"), (), SHELF)
    assert (plain.passes, plain.equal) == (None, None)
