"""Amendments: what a person puts right stands at every door, apart from what was read, and outlives reading again."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import app
from conftest import NOW, release
from ingest.passages import cut
from store.amendments import BadAmendment, Hand
from store.archive import Archive
from store.catalogue import Added, Catalogue
from store.embedding import Tokens
from store.period import Period
from store.records import Filters, OriginKind, ReleaseNotFound, Scope

Shelve = Callable[..., Added]
TEXT = "La piscine de Bréval rouvre le 12 mai après huit mois de travaux. Le bassin est chauffé par la géothermie."
LATER = datetime(2026, 4, 1, 8, 0, tzinfo=UTC)


def hand(**values: str | None) -> Hand:
    return Hand(values, "Ada", NOW, "lu sur le papier")


def test_what_is_put_right_stands_in_lists_filters_and_citations(archive: Archive, shelve: Shelve) -> None:
    """Issuer, day and title laid by hand are what filters narrow by and what a release is called."""
    shelve(TEXT, reference="cp-1")
    archive.amend("cp-1", hand(issuer="Ville de Bréval", published="2024-01-02", title="La piscine rouvre"))
    view = archive.view(Scope.PUBLIC, NOW)
    assert view.issuers() == {"Ville de Bréval": 1}
    year = Filters(Period(date(2024, 1, 1), date(2024, 12, 31)), ("Ville de Bréval",))
    assert [entry.title for entry in view.releases(year)] == ["La piscine rouvre"]
    assert view.extent().last == date(2024, 1, 2)


def test_what_was_read_stays_beside_it(archive: Archive, shelve: Shelve) -> None:
    """Each amendment keeps what the document says, who laid it, when and why; where it was read stays told."""
    shelve(TEXT, reference="cp-1")
    archive.amend("cp-1", hand(issuer="Ville de Bréval"))
    view = archive.view(Scope.STAFF, NOW)
    (one,) = view.amendments("cp-1")
    assert (one.field, one.value, one.was) == ("issuer", "Ville de Bréval", "Métropole de Sarvelle")
    assert (one.by, one.at, one.note, one.recheck) == ("Ada", NOW, "lu sur le papier", False)
    assert [o.field for o in view.release("cp-1").origins if o.kind is OriginKind.HAND] == ["issuer"]


def test_the_public_is_not_told_who_put_it_right(archive: Archive, shelve: Shelve) -> None:
    """Names and notes of the newsroom stay in it."""
    shelve(TEXT, reference="cp-1")
    archive.amend("cp-1", hand(issuer="Ville de Bréval"))
    (one,) = archive.view(Scope.PUBLIC, NOW).amendments("cp-1")
    assert (one.by, one.note, one.value) == ("", "", "Ville de Bréval")


def test_giving_up_restores_what_was_read(archive: Archive, shelve: Shelve) -> None:
    """After `unamend` the release is as its document says, in every field given up and in no other."""
    shelve(TEXT, reference="cp-1")
    before = archive.view(Scope.STAFF, NOW).release("cp-1")
    archive.amend("cp-1", hand(issuer="Ville de Bréval", place="Bréval"))
    archive.unamend("cp-1", ["issuer"])
    view = archive.view(Scope.STAFF, NOW)
    assert (view.release("cp-1").issuer, view.release("cp-1").place) == (before.issuer, "Bréval")
    archive.unamend("cp-1", ["place", "title"])
    assert archive.view(Scope.STAFF, NOW).release("cp-1") == before
    assert view.amendments("cp-1") == ()


def test_laying_what_the_document_says_is_no_amendment(archive: Archive, shelve: Shelve) -> None:
    """A form sent back unchanged, or a value put back by hand, leaves nothing."""
    shelve(TEXT, reference="cp-1")
    archive.amend("cp-1", hand(title="Un titre", issuer="Ville de Bréval"))
    archive.amend("cp-1", hand(issuer="Métropole de Sarvelle"))
    assert archive.view(Scope.STAFF, NOW).amendments("cp-1") == ()


def test_the_same_document_again_is_unchanged(archive: Archive, shelve: Shelve) -> None:
    """Reading again finds what was read, not what was put right, and takes nothing back."""
    shelve(TEXT, reference="cp-1")
    archive.amend("cp-1", hand(issuer="Ville de Bréval"))
    assert shelve(TEXT, reference="cp-1").outcome == "unchanged"
    assert archive.view(Scope.STAFF, NOW).release("cp-1").issuer == "Ville de Bréval"


@pytest.mark.parametrize(
    ("read", "recheck"),
    [("Métropole de Sarvelle", False), ("Ville de Bréval", False), ("Office du tourisme", True)],
)
def test_a_new_version_keeps_it(archive: Archive, shelve: Shelve, read: str, recheck: bool) -> None:
    """What was put right stays so; it is to be rechecked where the document now says something new of it."""
    shelve(TEXT, reference="cp-1")
    archive.amend("cp-1", hand(issuer="Ville de Bréval"))
    assert shelve(f"{TEXT} Erratum.", reference="cp-1", issuer=read).outcome == "corrected"
    view = archive.view(Scope.STAFF, NOW)
    (one,) = view.amendments("cp-1")
    assert (one.value, one.was, one.recheck) == ("Ville de Bréval", read, recheck)
    assert view.release("cp-1").issuer == "Ville de Bréval"
    archive.unamend("cp-1", ["issuer"])
    assert archive.view(Scope.STAFF, NOW).release("cp-1").issuer == read


def test_laying_it_again_is_a_recheck(archive: Archive, shelve: Shelve) -> None:
    """Whoever says once more that it is so has looked."""
    shelve(TEXT, reference="cp-1")
    archive.amend("cp-1", hand(issuer="Ville de Bréval"))
    shelve(f"{TEXT} Erratum.", reference="cp-1", issuer="Office du tourisme")
    archive.amend("cp-1", hand(issuer="Ville de Bréval"))
    assert [one.recheck for one in archive.view(Scope.STAFF, NOW).amendments("cp-1")] == [False]


def test_passages_are_cut_anew_and_found_anew(archive: Archive, shelve: Shelve) -> None:
    """The context that is embedded holds what was put right, and the indexes take it in."""
    shelve(TEXT, reference="cp-1")
    archive.flush()
    archive.amend("cp-1", hand(title="Géothermie à Bréval", issuer="Ville de Bréval"))
    assert archive.pending() > 0
    archive.flush()
    view = archive.view(Scope.STAFF, NOW)
    assert all("Ville de Bréval" in passage.context for passage in view.passages("cp-1"))
    hits = view.search("piscine", Filters(issuers=("Ville de Bréval",)))
    assert hits
    assert hits[0].release.title == "Géothermie à Bréval"
    assert "cosine" in hits[0].why
    assert view.search("piscine", Filters(issuers=("Métropole de Sarvelle",))) == []


def test_reindexing_keeps_it(archive: Archive, shelve: Shelve) -> None:
    """A rebuild reads the catalogue, where it stands."""
    shelve(TEXT, reference="cp-1")
    archive.amend("cp-1", hand(issuer="Ville de Bréval"))
    archive.reindex()
    view = archive.view(Scope.STAFF, NOW)
    assert view.release("cp-1").issuer == "Ville de Bréval"
    assert all("Ville de Bréval" in passage.context for passage in view.passages("cp-1"))


def test_an_embargo_by_hand_holds_at_once(archive: Archive, shelve: Shelve) -> None:
    """The public sees, finds and counts it no more; staff do, marked; after it, everybody does."""
    shelve(TEXT, reference="cp-1")
    archive.flush()
    public = archive.view(Scope.PUBLIC, NOW)
    assert public.search("piscine")
    archive.amend("cp-1", hand(embargo="2026-03-10T10:00"))
    public = archive.view(Scope.PUBLIC, NOW)
    assert (public.search("piscine"), public.releases(), public.extent().releases) == ([], [], 0)
    with pytest.raises(ReleaseNotFound):
        public.amendments("cp-1")
    assert archive.view(Scope.STAFF, NOW).release("cp-1").embargo == datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
    assert archive.view(Scope.PUBLIC, LATER).release("cp-1")


def test_a_new_version_never_publishes_what_either_holds_back(archive: Archive, shelve: Shelve) -> None:
    """Of an embargo by hand and one the document newly states, the later holds, to be rechecked."""
    first, second = datetime(2026, 3, 5, tzinfo=UTC), datetime(2026, 3, 20, tzinfo=UTC)
    shelve(TEXT, reference="cp-1", embargo=first)
    archive.amend("cp-1", hand(embargo=None))
    assert archive.view(Scope.PUBLIC, NOW).releases()
    shelve(f"{TEXT} Erratum.", reference="cp-1", embargo=second)
    assert archive.view(Scope.PUBLIC, NOW).releases() == []
    archive.amend("cp-1", hand(embargo="2026-04-30T08:00"))
    shelve(f"{TEXT} Erratum bis.", reference="cp-1", embargo=first)
    (one,) = archive.view(Scope.STAFF, NOW).amendments("cp-1")
    assert (one.value, one.recheck) == ("2026-04-30T06:00:00+00:00", True)


def test_a_release_is_put_right_as_it_is_added(archive: Archive, tokens: Tokens) -> None:
    """An embargo laid before it counts is there from the first moment; its id bears the title that stands."""
    made = release(TEXT, title="Sans titre", reference="cp-9")
    laid = hand(title="La piscine rouvre", embargo="2026-03-10T10:00")
    added = archive.add(made, cut(made, tokens.count), hand=laid)
    assert archive.view(Scope.PUBLIC, NOW).releases() == []
    assert "piscine-rouvre" in added.release_id
    assert [one.was for one in archive.view(Scope.STAFF, NOW).amendments("cp-9")] == ["Sans titre", None]
    assert all("La piscine rouvre" in p.context for p in archive.view(Scope.STAFF, NOW).passages("cp-9"))


def test_a_person_may_say_which_release_it_is_a_version_of(archive: Archive, shelve: Shelve) -> None:
    """Whatever its name; the release keeps its own reference and place."""
    first = shelve(TEXT, reference="cp-1").release_id
    again = release(f"{TEXT} Erratum.", name="/ailleurs.txt")
    assert archive.foreseen(again).outcome == "added"
    added = archive.add(again, version_of=first)
    assert (added.release_id, added.version, added.outcome) == (first, 2, "corrected")
    assert archive.view(Scope.STAFF, NOW).release("cp-1").version == 2


def test_what_would_become_of_a_release_is_told_beforehand(archive: Archive, shelve: Shelve) -> None:
    """New, a version of which and why, or there already; nothing is written."""
    first = shelve(TEXT, reference="cp-1").release_id
    same, other = release(TEXT, reference="cp-1"), release("Autre texte.", reference="cp-1")
    assert archive.foreseen(same).outcome == "unchanged"
    told = archive.foreseen(other)
    assert (told.outcome, told.release_id, told.version, told.by) == ("corrected", first, 2, "reference")
    assert archive.view(Scope.STAFF, NOW).release("cp-1").version == 1


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("title", " \u200b ", "empty"),
        ("issuer", "é" * 301, "long"),
        ("published", "31 février 2026", "day"),
        ("published", "hier", "day"),
        ("embargo", "demain", "moment"),
        ("language", "français", "language"),
        ("text", "autre", "field"),
    ],
)
def test_what_cannot_stand_is_refused(field: str, value: str, reason: str) -> None:
    """A value that is none of its field leaves nothing, and the error says which and why."""
    with pytest.raises(BadAmendment) as refused:
        Hand({field: value}, "Ada", NOW)
    assert (refused.value.field, refused.value.reason) == (field, reason)


@pytest.mark.parametrize(
    "written",
    [
        "2026-05-06T10:30",
        "2026-05-06T08:30:00+00:00",
        "6 mai 2026, 10 h 30",
        "6 mai 2026 à 10 h\u00a030",
        "6 May 2026, 10:30",
        "06/05/2026 10:30",
        "2026-05-06 10:30",
    ],
)
def test_an_embargo_may_be_written_as_people_do(written: str) -> None:
    """As ISO text or in words; where no zone is said, it is Paris's hour."""
    assert Hand({"embargo": written}, "Ada", NOW).values == {"embargo": "2026-05-06T08:30:00+00:00"}


def test_a_day_alone_is_its_first_minute() -> None:
    """An embargo « jusqu'au 6 mai » ends as the day begins in Paris."""
    values = [Hand({"embargo": day}, "Ada", NOW).values["embargo"] for day in ("2026-05-06", "6 mai 2026")]
    assert values == ["2026-05-05T22:00:00+00:00"] * 2


def test_values_are_one_line_of_plain_text() -> None:
    """What hides, breaks lines or turns text round is taken away."""
    assert Hand({"title": "Un\u202e titre\n<b>\x00"}, "Ada", NOW).values["title"] == "Un titre <b>"


def test_an_unknown_release_is_named(archive: Archive) -> None:
    """Nothing is put right in what is not there."""
    with pytest.raises(ReleaseNotFound, match="cp-404"):
        archive.amend("cp-404", hand(title="Titre"))


def test_an_archive_made_before_is_opened(tmp_path: Path) -> None:
    """An archive of the format before gets its table, and its releases stay."""
    path = tmp_path / "catalogue.sqlite"
    made = Catalogue(path)
    made.add(replace(release(TEXT), reference="cp-1"), (), lambda one: ())
    made.close()
    with sqlite3.connect(path) as connection:
        connection.execute("DROP TABLE amendments")
        connection.execute("UPDATE meta SET value = '3' WHERE key = 'schema'")
    again = Catalogue(path)
    again.amend("cp-1", hand(place="Bréval"), lambda one: ())
    assert (again.releases(), again.meta("schema")) == (1, "5")
    again.close()


def test_the_command_puts_right_and_gives_up(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], archive: Archive, shelve: Shelve
) -> None:
    """`amend ID --issuer` stands, `--undo issuer` restores; `show` tells both values."""
    shelve(TEXT, reference="cp-1")
    at = ["--archive", str(archive.folder)]
    assert app.main([*at, "amend", "cp-1", "--issuer", "Ville de Bréval", "--by", "Ada"]) == 0
    assert app.main([*at, "show", "cp-1"]) == 0
    assert "le document dit « Métropole de Sarvelle »" in capsys.readouterr().out
    assert app.main([*at, "--json", "amend", "cp-1", "--undo", "issuer", "--by", "Ada"]) == 0
    assert '"amendments": []' in capsys.readouterr().out
