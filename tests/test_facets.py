"""Facets and bars count what a reader may see, within the filters of all others."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from conftest import NOW, release
from store.archive import Archive
from store.catalogue import Added, Catalogue
from store.facets import Grain
from store.period import Period
from store.records import Filters, Scope, Status
from store.view import View

Shelve = Callable[..., Added]
LIFTS = NOW + timedelta(hours=3)


@pytest.fixture
def shelves(shelve: Shelve) -> None:
    """Six releases of three issuers over two years, in two languages."""
    facts: tuple[tuple[str | None, date | None, dict[str, Any]], ...] = (
        ("Métropole de Sarvelle", date(2024, 3, 5), {"rubric": "Transports"}),
        ("Métropole de Sarvelle", date(2024, 5, 6), {"rubric": "Transports"}),
        ("Port de Sarvelle", date(2025, 5, 6), {"rubric": "Budget"}),
        ("Port de Sarvelle", date(2025, 5, 7), {"co_issuers": ("Métropole de Sarvelle",)}),
        ("Office du lac", date(2025, 6, 1), {"language": "en"}),
        (None, None, {}),
    )
    for number, (issuer, day, more) in enumerate(facts):
        shelve(
            f"Texte {number}.", title=f"Titre {number}", reference=f"cp-{number}", issuer=issuer, published=day, **more
        )


@pytest.fixture
def view(archive: Archive, shelves: None) -> View:
    return archive.view(Scope.PUBLIC, NOW)


def test_every_facet_counts_what_choosing_in_it_would_give(view: View) -> None:
    """Years count within the issuer chosen, issuers within the year; a release of two issuers counts for both."""
    whole = view.facets()
    assert (whole.releases, whole.years, whole.undated) == (6, {2025: 3, 2024: 2}, 1)
    assert whole.issuers == {"Métropole de Sarvelle": 3, "Port de Sarvelle": 2, "Office du lac": 1}
    assert (whole.languages, whole.rubrics) == ({"fr": 5, "en": 1}, {"Transports": 2, "Budget": 1})
    narrow = Filters(Period(date(2025, 1, 1), date(2025, 12, 31)), ("Port de Sarvelle",))
    found = view.facets(narrow)
    assert (found.releases, found.years) == (2, {2025: 2})
    assert found.issuers == {"Port de Sarvelle": 2, "Métropole de Sarvelle": 1, "Office du lac": 1}
    for issuer, count in found.issuers.items():
        assert view.facets(Filters(narrow.period, (issuer,))).releases == count


def test_a_rubric_narrows_lists_and_searches_alike(view: View) -> None:
    """What a facet counts is what a list gives."""
    within = Filters(rubrics=("Transports",))
    assert view.facets(within).releases == len(view.listed(within)) == len(view.releases(within)) == 2
    assert {hit.release.rubric for hit in view.search("texte", within)} == {"Transports"}
    assert view.facets(Filters(rubrics=("Inconnue",))).releases == 0


def test_a_list_is_by_day_and_the_undated_come_last(view: View) -> None:
    """Either way round, and page after page without a gap."""
    newest = [one.reference for one in view.listed(limit=10)]
    assert newest == ["cp-4", "cp-3", "cp-2", "cp-1", "cp-0", "cp-5"]
    assert [one.reference for one in view.listed(limit=10, newest_first=False)] == [
        "cp-0", "cp-1", "cp-2", "cp-3", "cp-4", "cp-5",
    ]  # fmt: skip
    assert [one.reference for page in range(3) for one in view.listed(limit=2, offset=2 * page)] == newest


def test_bars_are_days_months_or_years(view: View) -> None:
    """By how long the time is; without a gap, and all counted."""
    whole = view.over_time()
    assert (whole.grain, len(whole.bars), sum(bar.releases for bar in whole.bars), whole.undated) == (
        Grain.MONTH,
        16,
        5,
        1,
    )
    assert whole.bars[0].period == Period(date(2024, 3, 1), date(2024, 3, 31))
    within = view.over_time(Filters(Period(date(2025, 5, 1), date(2025, 6, 30))))
    assert (within.grain, len(within.bars), within.bars[1].releases) == (Grain.DAY, 27, 1)
    assert view.over_time(Filters(issuers=("Inconnu",))).bars == ()


def test_a_release_of_two_issuers_stands_once_in_its_bar(view: View) -> None:
    """Under the one that leads; parts of a bar add up to it."""
    found = view.over_time()
    assert found.issuers == ("Métropole de Sarvelle", "Port de Sarvelle", "Office du lac")
    assert all(sum(bar.of) + bar.others == bar.releases for bar in found.bars)
    assert [sum(bar.of[n] for bar in found.bars) for n in range(3)] == [2, 2, 1]


def test_many_issuers_leave_five_and_the_others(archive: Archive, shelve: Shelve) -> None:
    """Seven issuers are five and others; six are six, for « others » would hide one alone."""
    for number in range(7):
        for copy in range(number + 1):
            shelve(f"Texte {number} {copy}.", reference=f"cp-{number}-{copy}", issuer=f"Office {number}")
        if number == 5:
            assert len(archive.view(Scope.PUBLIC, NOW).over_time().issuers) == 6
    found = archive.view(Scope.PUBLIC, NOW).over_time()
    assert found.issuers == ("Office 6", "Office 5", "Office 4", "Office 3", "Office 2")
    assert sum(bar.others for bar in found.bars) == 3


def test_long_times_are_years(archive: Archive, shelve: Shelve) -> None:
    """Twenty years are twenty bars."""
    for year in (2003, 2022):
        shelve(f"Texte {year}.", reference=f"cp-{year}", published=date(year, 4, 1))
    found = archive.view(Scope.PUBLIC, NOW).over_time()
    assert (found.grain, len(found.bars)) == (Grain.YEAR, 20)


def test_what_may_not_be_seen_is_in_no_count_and_an_embargo_lifts_at_its_minute(
    archive: Archive, shelve: Shelve
) -> None:
    """Neither embargoed nor withdrawn releases are in a facet or a bar of the public; staff see the embargoed."""
    shelve("Le pont ouvre.", reference="cp-1", issuer="Port de Sarvelle")
    shelve("Le tunnel ouvre.", reference="cp-2", issuer="Secret", rubric="Secret", embargo=LIFTS)
    shelve("Le phare ferme.", reference="cp-3", issuer="Retiré")
    archive.withdraw("cp-3", "erreur", NOW)
    for moment, count in ((NOW, 1), (LIFTS - timedelta(seconds=1), 1), (LIFTS, 2), (NOW, 1)):
        public = archive.view(Scope.PUBLIC, moment)
        assert public.facets().releases == len(public.facets().issuers) == count
        assert sum(bar.releases for bar in public.over_time().bars) == count == len(public.listed())
        assert Status.EMBARGOED not in public.facets().statuses
    staff = archive.view(Scope.STAFF, NOW)
    assert staff.facets().statuses == {Status.PUBLISHED: 1, Status.EMBARGOED: 1}
    assert staff.facets(statuses=[Status.EMBARGOED]).issuers == {"Secret": 1}


def test_the_archivist_narrows_by_status(archive: Archive, shelve: Shelve) -> None:
    """Withdrawn ones are listed to the archivist alone; once an embargo is over it is one no longer."""
    shelve("Le pont ouvre.", reference="cp-1")
    shelve("Le phare ferme.", reference="cp-2", embargo=LIFTS)
    shelve("Le port ferme.", reference="cp-3")
    archive.withdraw("cp-3", "erreur", NOW)
    archivist = archive.view(Scope.ARCHIVIST, NOW)
    assert archivist.facets().statuses == {Status.PUBLISHED: 1, Status.WITHDRAWN: 1, Status.EMBARGOED: 1}
    assert [one.reference for one in archivist.listed(statuses=[Status.WITHDRAWN])] == ["cp-3"]
    assert archive.view(Scope.ARCHIVIST, LIFTS).facets().statuses == {Status.PUBLISHED: 2, Status.WITHDRAWN: 1}


def test_an_older_archive_learns_its_rubrics_and_quotations(tmp_path: Path) -> None:
    """An archive of the format before is brought up as it is opened; opening it again changes nothing."""
    from store import sought
    from store.records import Quote, Span
    from store.schema import rubrics, verbatims

    path = tmp_path / "catalogue.sqlite"
    made = release("« Le pont ouvre », dit la maire.", rubric="Transports", quotes=(Quote(Span(2, 15), "Ada Morel"),))
    with_rows = Catalogue(path)
    with_rows.add(made, [], lambda _: [])
    with with_rows.reading() as connection:
        before = [connection.execute(table.select()).all() for table in (rubrics, verbatims)]
    with with_rows.transaction() as connection:
        for table in (rubrics, verbatims):
            connection.execute(table.delete())
    with_rows.set_meta("schema", "3")
    with_rows.close()
    again = Catalogue(path)
    with again.reading() as connection:
        assert [connection.execute(table.select()).all() for table in (rubrics, verbatims)] == before
    assert before[1][0].stems == sought.stems_of("Le pont ouvre", "fr")
    again.close()
