"""The catalogue read release by release, and filters applied without its own queries."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from assistant.evaluation.shelf import Shelved, admits, admitted, read_shelf, shelved_as
from conftest import NOW
from store.archive import Archive
from store.period import Period
from store.records import Filters, Scope

MAY = Period(date(2031, 5, 1), date(2031, 5, 31))
ONE = Shelved("one", date(2031, 5, 1), ("Ville de Sarvelle", "Port de Sarvelle"), "fr", "Un", "", None)
TWO = Shelved("two", date(2031, 5, 31), ("Port de Sarvelle",), "de", "Deux", "", None)
UNDATED = Shelved("undated", None, (), "fr", "Trois", "", None)


@pytest.mark.parametrize(
    ("filters", "passing"),
    [
        (Filters(), {"one", "two", "undated"}),
        (Filters(MAY), {"one", "two"}),
        (Filters(Period(None, date(2031, 5, 30))), {"one"}),
        (Filters(Period(date(2031, 5, 2), None)), {"two"}),
        (Filters(issuers=("Port de Sarvelle",)), {"one", "two"}),
        (Filters(issuers=("Ville de Sarvelle", "Autre")), {"one"}),
        (Filters(languages=("de",)), {"two"}),
        (Filters(MAY, ("Port de Sarvelle",), ("fr",)), {"one"}),
        (Filters(releases=("two", "undated")), {"two", "undated"}),
        (Filters(issuers=("Autre",)), set()),
    ],
)
def test_filters_leave_what_they_say(filters: Filters, passing: set[str]) -> None:
    """Both ends of a period count, who signs with others counts, and the undated have no period."""
    assert admitted(filters, (ONE, TWO, UNDATED)) == passing


def test_the_shelf_agrees_with_the_catalogue(archive: Archive, shelve: Callable[..., object]) -> None:
    """What is read release by release is what the catalogue lists, with every filter."""
    shelve(
        "Un texte.", title="A", reference="a", published=date(2031, 5, 1), co_issuers=("Port de Sarvelle",), group="g"
    )
    shelve("Ein Text.", title="B", reference="b", published=date(2031, 5, 31), issuer="Port de Sarvelle", language="de")
    shelve("Un autre texte.", title="C", reference="c", published=None, issuer=None)
    view = archive.view(Scope.STAFF, NOW)

    shelf = read_shelf(view)

    assert [(one.title, one.group) for one in shelf] == [("A", "g"), ("B", None), ("C", None)]
    assert [shelved_as(view.release(one.id)) for one in shelf] == list(shelf)
    for filters in (Filters(), Filters(MAY), Filters(issuers=("Port de Sarvelle",)), Filters(languages=("de",))):
        assert {entry.id for entry in view.releases(filters)} == admitted(filters, shelf)
    assert admits(Filters(issuers=("Métropole de Sarvelle",)), shelf[0])
