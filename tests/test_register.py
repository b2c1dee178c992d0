"""The register is what the catalogue would say, however it came to say it."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy import func, select

from conftest import NOW, release
from store.archive import Archive
from store.catalogue import Added, Catalogue
from store.period import Period
from store.records import Correction, CorrectionKind, Filters, Passage, Release, Scope, Span
from store.register import Extent
from store.rows import day_of
from store.schema import releases, versions, visible
from store.view import View

Shelve = Callable[..., Added]
LIFTS = NOW + timedelta(hours=3)
ISSUERS = ("Métropole de Sarvelle", "Port de Sarvelle", "Office du lac", None)


def whole(made: Release) -> list[Passage]:
    return [Passage(0, Span(0, len(made.text)), (Span(0, len(made.text)),), made.text)]


def shelve_in(catalogue: Catalogue, made: Release) -> Added:
    return catalogue.add(made, whole(made), whole)


def references(view: View, filters: Filters = Filters()) -> set[str | None]:
    return {entry.reference for entry in view.releases(filters)}


def test_an_embargo_lifts_at_its_minute_in_every_count(archive: Archive, shelve: Shelve) -> None:
    """Counts, issuers and languages asked for before it lifts do not hide it after."""
    shelve("Le pont ouvre.", reference="cp-1")
    shelve("Il tunnel apre.", reference="cp-2", issuer="Ufficio del lago", language="it", embargo=LIFTS)
    for moment, count in ((NOW, 1), (LIFTS - timedelta(seconds=1), 1), (LIFTS, 2), (NOW, 1)):
        view = archive.view(Scope.PUBLIC, moment)
        assert (view.extent().releases, len(view.issuers()), len(view.languages())) == (count, count, count)
        assert len(view.standing(Filters(), 10) or []) == count


def test_a_day_begins_at_midnight_in_paris_in_every_count(archive: Archive, shelve: Shelve) -> None:
    """A release dated tomorrow is counted from midnight on."""
    shelve("Le pont ouvre.", reference="cp-1", published=date(2026, 5, 4))
    assert archive.view(Scope.PUBLIC, datetime(2026, 5, 3, 21, 59, tzinfo=UTC)).extent().releases == 0
    assert archive.view(Scope.PUBLIC, datetime(2026, 5, 3, 22, 0, tzinfo=UTC)).extent().releases == 1


def test_a_withdrawal_is_seen_at_once(archive: Archive, shelve: Shelve) -> None:
    """By a view already open, too; the archivist goes on counting it, and nothing answers from it."""
    shelve("Le pont ouvre.", reference="cp-1")
    view, archivist = archive.view(Scope.PUBLIC, NOW), archive.view(Scope.ARCHIVIST, NOW)
    before = view.edition()
    assert view.extent().releases == 1
    archive.withdraw("cp-1", "erreur", NOW)
    assert view.extent() == Extent(0, None, None)
    assert view.edition() != before
    assert (archivist.extent().releases, archivist.standing(Filters(), 10)) == (1, [])


def test_what_another_process_writes_is_seen(archive: Archive, shelve: Shelve) -> None:
    """Its releases, corrections and withdrawals count as this one's do; what it hides changes no edition."""
    shelve("Le pont ouvre.", reference="cp-1")
    view = archive.view(Scope.PUBLIC, NOW)
    assert view.extent().releases == 1
    other = Catalogue(archive.folder / "catalogue.sqlite")
    shelve_in(other, release("Le tunnel ouvre.", reference="cp-2", issuer="Port de Sarvelle"))
    assert view.issuers() == {"Métropole de Sarvelle": 1, "Port de Sarvelle": 1}
    edition = view.edition()
    shelve_in(other, release("Le secret.", reference="cp-3", embargo=LIFTS))
    assert view.edition() == edition
    shelve_in(other, release("Le tunnel ouvre en mai.", reference="cp-2", issuer="Office du lac"))
    assert (view.issuers(), view.edition()) == ({"Métropole de Sarvelle": 1, "Office du lac": 1}, edition + 1)
    other.withdraw("cp-1", "erreur", NOW)
    assert view.issuers() == {"Office du lac": 1}
    other.close()


def test_what_is_replaced_leaves_and_comes_back(archive: Archive, shelve: Shelve) -> None:
    """A replacement hides what it replaces; once withdrawn itself, the first stands again."""
    shelve("Le pont ouvre le 6 mai.", reference="cp-1")
    view = archive.view(Scope.PUBLIC, NOW)
    assert view.extent().releases == 1
    replaces = Correction(Span(0, 12), CorrectionKind.REPLACES, reference="cp-1")
    shelve("Annule et remplace : le pont ouvre le 7 mai.", reference="cp-2", corrects=replaces)
    assert (view.extent().releases, references(view)) == (1, {"cp-2"})
    archive.withdraw("cp-2", "erreur", NOW)
    assert (view.extent().releases, references(view)) == (1, {"cp-1"})


def test_the_register_says_what_the_catalogue_says(tmp_path: Path) -> None:
    """After any mixture of arrivals, new versions, withdrawals and hours, counts are those of the predicate."""
    catalogue, drawn = Catalogue(tmp_path / "catalogue.sqlite"), random.Random(7)
    view = View(catalogue, None, Scope.PUBLIC, NOW)  # type: ignore[arg-type]
    for step in range(120):
        number = drawn.randrange(40)
        if drawn.random() < 0.15 and step:
            known = drawn.choice([entry.id for entry in view.releases()] or [""])
            if known:
                catalogue.withdraw(known, "erreur", NOW)
        else:
            embargo = NOW + timedelta(hours=drawn.randrange(-5, 5)) if drawn.random() < 0.3 else None
            day = date(2026, 2, 20) + timedelta(days=drawn.randrange(15))
            co = ("Office du lac",) if drawn.random() < 0.3 else ()
            shelve_in(
                catalogue,
                release(f"Texte {step}.", reference=f"cp-{number}", issuer=drawn.choice(ISSUERS), embargo=embargo,
                        published=day if drawn.random() < 0.9 else None, co_issuers=co),
            )  # fmt: skip
        scope = drawn.choice(list(Scope))
        view = View(catalogue, None, scope, NOW + timedelta(hours=drawn.randrange(-30, 30)))  # type: ignore[arg-type]
        for filters in (
            Filters(),
            Filters(period=Period(date(2026, 2, 25), date(2026, 3, 1))),
            Filters(period=Period(None, date(2026, 2, 25)), issuers=("Office du lac", "Port de Sarvelle")),
            Filters(languages=("it",)),
        ):
            listed = view.releases(filters)
            assert view.extent(filters).releases == len(listed)
            assert view.extent(filters).last == max((one.published for one in listed if one.published), default=None)
        with catalogue.reading() as connection:
            current = (releases.c.id == versions.c.release_id, releases.c.current == versions.c.version)
            counted, first = connection.execute(
                select(func.count(), func.min(versions.c.published))
                .select_from(releases.join(versions, current[0] & current[1]))
                .where(visible(scope, view.now))
            ).one()
        assert (view.extent().releases, view.extent().first) == (counted, day_of(first))
    catalogue.close()


def test_a_narrow_filter_finds_all_it_leaves(archive: Archive, shelve: Shelve) -> None:
    """Three releases among many that speak of the question much more are all found, and no other."""
    for number in range(30):
        shelve(f"Le festival de musique de Sarvelle, concert numéro {number}.", reference=f"cp-{number}")
    for number in range(3):
        shelve(f"Horaires du port, quai {number}.", reference=f"port-{number}", issuer="Port de Sarvelle")
    archive.flush()
    found = archive.view(Scope.PUBLIC, NOW).search("festival de musique", Filters(issuers=("Port de Sarvelle",)))
    assert {hit.release.reference for hit in found} == {"port-0", "port-1", "port-2"}
