"""Default deny: what the public may not see is in no answer of any read method."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, event

from conftest import NOW
from store.archive import Archive
from store.catalogue import Added
from store.entries import Draft
from store.records import Filters, Quote, ReleaseNotFound, Scope, Span
from store.schema import releases, versions
from store.view import View

Shelve = Callable[..., Added]
LIFTS = NOW + timedelta(days=30)
CALLS: dict[str, Callable[[View], Any]] = {
    "release": lambda view: view.release("cp-secret"),
    "versions": lambda view: view.versions("cp-secret"),
    "withdrawal": lambda view: view.withdrawal("cp-secret"),
    "amendments": lambda view: view.amendments("cp-secret"),
    "sees_all_of": lambda view: view.sees_all_of("0" * 64),
    "releases": lambda view: view.releases(),
    "related": lambda view: [view.related(entry.id) for entry in view.releases()],
    "corrections": lambda view: view.corrections([entry.id for entry in view.releases()]),
    "several": lambda view: view.several([(entry.id, 1) for entry in view.releases()]),
    "unstable": lambda view: view.unstable([(entry.id, 1) for entry in view.releases()]),
    "extent": lambda view: view.extent(),
    "issuers": lambda view: view.issuers(),
    "languages": lambda view: view.languages(),
    "edition": lambda view: view.edition(),
    "facets": lambda view: view.facets(),
    "over_time": lambda view: view.over_time(),
    "listed": lambda view: view.listed(),
    "placed": lambda view: view.placed(),
    "sayings": lambda view: view.sayings(),
    "heard": lambda view: view.heard(),
    "speakers": lambda view: view.speakers(),
    "bears": lambda view: [view.bears(view.release(entry.id)) for entry in view.releases()],
    "search": lambda view: view.search("le secret du phare zébré", Filters(), 50),
    "openings": lambda view: view.openings(),
    "rows": lambda view: list(view.rows([releases.c.id, versions.c.text])),
    "passages": lambda view: view.passages("cp-secret"),
    "admitted": lambda view: view.admitted(["secret:1:0"], Filters()),
    "proposable": lambda view: view.proposable(["secret:1:0"], Filters()),
    "standing": lambda view: view.standing(Filters(), 100),
    "curated": lambda view: view.curated(),
}
SECRET: dict[str, dict[str, Any]] = {
    "embargoed": {"embargo": LIFTS},
    "dated tomorrow": {"published": date(2026, 3, 3)},
    "withdrawn": {},
}


def seen(view: View, method: str) -> str:
    try:
        return repr(CALLS[method](view))
    except ReleaseNotFound:
        return "not found"


def test_every_read_method_is_walked() -> None:
    """A read method added to the view cannot be forgotten here."""
    public = {name for name, _ in inspect.getmembers(View, inspect.isfunction) if not name.startswith("_")}
    assert public == set(CALLS)


@pytest.mark.parametrize("method", sorted(CALLS))
@pytest.mark.parametrize("why", sorted(SECRET))
def test_the_public_sees_nothing_of_it(archive: Archive, shelve: Shelve, method: str, why: str) -> None:
    """An embargoed, a coming and a withdrawn release leave no trace in what the public reads."""
    shelve("Le phare est ouvert au public.", reference="cp-1", issuer="Port de Sarvelle", group="phare")
    before = seen(archive.view(Scope.PUBLIC, NOW), method)
    said = {"quotes": (Quote(Span(0, 9), "Mme Secret", "maire secrète"),), "rubric": "Secrets"}
    facts = {
        "reference": "cp-secret",
        "issuer": "Émetteur Secret",
        "language": "it",
        "group": "phare",
        **said,
        **SECRET[why],
    }
    shelve("Le secret du phare zébré.", **facts)
    if method == "curated":
        entry = archive.curated.add(Draft("Où est le secret ?", "Au phare.", releases=("cp-secret",)), "Ada", NOW)
        archive.curated.approve(entry.id, "Ada", NOW)
    if why == "withdrawn":
        archive.withdraw("cp-secret", "secret", NOW)
    after = seen(archive.view(Scope.PUBLIC, NOW), method)
    assert "secret" not in after.lower()
    if method != "search":
        assert after == before


@pytest.mark.parametrize("why", sorted(SECRET))
def test_what_is_hidden_takes_as_long_as_what_is_not_there(archive: Archive, shelve: Shelve, why: str) -> None:
    """The catalogue is asked as often, and the same, for a release that is hidden and for one that never was."""
    hidden = shelve("Le secret du phare.", reference="cp-secret", **SECRET[why]).release_id
    if why == "withdrawn":
        archive.withdraw("cp-secret", "secret", NOW)
    view, asked = archive.view(Scope.PUBLIC, NOW), dict[str, list[str]]()
    for named in (hidden, "cp-secret", "2026-03-01-nothing-0000", "cp-nothing"):
        statements = asked.setdefault(named, [])

        def noted(*told: Any, statements: list[str] = statements) -> None:
            statements.append(told[2])

        event.listen(Engine, "before_cursor_execute", noted)
        try:
            with pytest.raises(ReleaseNotFound):
                view.versions(named)
        finally:
            event.remove(Engine, "before_cursor_execute", noted)
    first, *others = asked.values()
    assert first
    assert all(other == first for other in others)


def test_an_embargo_lifts_at_its_minute(archive: Archive, shelve: Shelve) -> None:
    """One second before it does not exist; at the minute it is there; staff saw it marked."""
    shelve("Le tunnel ouvre en mai.", reference="cp-tunnel", embargo=LIFTS)
    assert archive.view(Scope.STAFF, NOW).release("cp-tunnel").status == "embargoed"
    assert archive.view(Scope.PUBLIC, LIFTS - timedelta(seconds=1)).releases() == []
    assert archive.view(Scope.PUBLIC, LIFTS).release("cp-tunnel").status == "published"


def test_a_day_begins_in_paris(archive: Archive, shelve: Shelve) -> None:
    """A release dated 4 May is published from midnight in Paris, not in Greenwich."""
    shelve("Le tunnel ouvre.", reference="cp-1", published=date(2026, 5, 4))
    assert archive.view(Scope.PUBLIC, datetime(2026, 5, 3, 21, 59, tzinfo=UTC)).releases() == []
    assert len(archive.view(Scope.PUBLIC, datetime(2026, 5, 3, 22, 0, tzinfo=UTC)).releases()) == 1


def test_a_moment_without_zone_is_refused(archive: Archive) -> None:
    """An embargo is not left to the machine's clock settings."""
    with pytest.raises(ValueError, match="time zone"):
        archive.view(Scope.PUBLIC, datetime(2026, 5, 3))


def test_a_reference_serves_where_an_id_is_asked(archive: Archive, shelve: Shelve) -> None:
    """And the id does, of course."""
    added = shelve("Un texte.", reference="cp-1")
    view = archive.view(Scope.PUBLIC, NOW)
    assert view.release("cp-1") == view.release(added.release_id)


@pytest.mark.parametrize("why", sorted(SECRET))
def test_versions_asked_for_by_name_are_read_only_by_who_may_see_them(
    archive: Archive, shelve: Shelve, why: str
) -> None:
    """Whoever knows an id learns nothing of it; what stands is told from what does not without its text."""
    seen = (shelve("Le phare est ouvert.", reference="cp-1").release_id, 1)
    secret = (shelve("Le secret du phare.", reference="cp-secret", **SECRET[why]).release_id, 1)
    if why == "withdrawn":
        archive.withdraw("cp-secret", "secret", NOW)
    public = archive.view(Scope.PUBLIC, NOW)
    assert {one: release.text for one, release in public.several([seen, secret]).items()} == {
        seen: "Le phare est ouvert."
    }
    assert public.unstable([seen, secret, (seen[0], 2)]) == {secret, (seen[0], 2)}
    whole = archive.view(Scope.ARCHIVIST, NOW)
    assert whole.several([seen, secret]).keys() == {seen, secret}
    assert whole.unstable([seen, secret]) == ({secret} if why == "withdrawn" else set())
