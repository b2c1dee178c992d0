"""Kinship: reprints share a family; a correction takes the place of what it corrects."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from test_reprints import TEXT

from assistant.answer import Question
from assistant.desk import Desk
from conftest import NOW
from store.archive import Archive
from store.catalogue import Added
from store.records import Correction, CorrectionKind, Filters, ReleaseNotFound, Scope, Span

Shelve = Callable[..., Added]
FIRST = {"reference": "cp-1", "title": "La passerelle des Tisserands ouvre", "published": date(2025, 5, 6)}
LINE = Span(0, 12)


def says(kind: CorrectionKind, **stated: object) -> Correction:
    return Correction(LINE, kind, **stated)  # type: ignore[arg-type]


def test_reprints_are_one_family(archive: Archive, shelve: Shelve) -> None:
    """The same text of another issuer is grouped with the first; another text is not."""
    shelve(TEXT, **FIRST)
    shelve(TEXT, reference="ville-9", issuer="Ville de Sarvelle", published=date(2025, 5, 7))
    shelve(TEXT.replace("184", "148"), reference="cp-2")
    view = archive.view(Scope.STAFF, NOW)
    assert [entry.reference for entry in view.related("cp-1").reprints] == ["ville-9"]
    assert view.related("cp-2").reprints == ()


def test_translations_are_linked_by_what_the_source_calls_them(archive: Archive, shelve: Shelve) -> None:
    """Two languages of one group know each other; the same language does not."""
    shelve("Le pont ouvre.", reference="7-fr", group="7")
    shelve("The bridge opens.", reference="7-en", group="7", language="en")
    view = archive.view(Scope.PUBLIC, NOW)
    assert [entry.reference for entry in view.related("7-fr").translations] == ["7-en"]


@pytest.mark.parametrize(
    "stated",
    [
        {"reference": "cp-1"},
        {"published": date(2025, 5, 6)},
        {"title": "La passerelle des Tisserands ouvre"},
    ],
)
def test_what_is_annulled_and_replaced_answers_no_more(
    archive: Archive, shelve: Shelve, stated: dict[str, object]
) -> None:
    """Named by reference, day or title, the replaced release leaves every sight but the archivist's."""
    shelve(TEXT, **FIRST)
    shelve("Tout autre sujet.", reference="cp-0", title="Le budget 2025", published=date(2025, 5, 5))
    replacing = says(CorrectionKind.REPLACES, **stated)
    shelve(
        TEXT.replace("184", "186"), reference="cp-3", title="La passerelle", published=date(2025, 5, 9),
        corrects=replacing,
    )  # fmt: skip
    view = archive.view(Scope.STAFF, NOW)
    assert {entry.reference for entry in view.releases()} == {"cp-0", "cp-3"}
    assert {hit.release.reference for hit in view.search("passerelle des Tisserands", Filters())} <= {"cp-0", "cp-3"}
    with pytest.raises(ReleaseNotFound):
        view.release("cp-1")
    archivist = archive.view(Scope.ARCHIVIST, NOW)
    assert archivist.release("cp-1").status == "superseded"
    assert [entry.reference for entry in archivist.related("cp-1").corrected_by] == ["cp-3"]


def test_a_replacement_under_embargo_hides_nothing_from_the_public(archive: Archive, shelve: Shelve) -> None:
    """Until its minute the public reads the first text, and nothing tells that another is coming."""
    lifts = NOW + timedelta(days=2)
    shelve(TEXT, **FIRST)
    replacing = says(CorrectionKind.REPLACES, reference="cp-1")
    shelve("Autre texte.", reference="cp-3", published=date(2025, 5, 9), embargo=lifts, corrects=replacing)
    before = archive.view(Scope.PUBLIC, NOW)
    assert before.release("cp-1").status == "published"
    assert before.related("cp-1").corrected_by == ()
    assert [entry.reference for entry in archive.view(Scope.PUBLIC, lifts).releases()] == ["cp-3"]


def test_a_correction_that_came_first_waits(archive: Archive, shelve: Shelve) -> None:
    """Archives are read in any order: what is replaced may be shelved after its replacement."""
    replacing = says(CorrectionKind.REPLACES, published=date(2025, 5, 6))
    shelve("La passerelle ouvre le 8.", reference="cp-3", published=date(2025, 5, 9), corrects=replacing)
    shelve(TEXT, **FIRST)
    assert [entry.reference for entry in archive.view(Scope.STAFF, NOW).releases()] == ["cp-3"]


def test_a_short_erratum_is_linked_and_replaces_nothing(archive: Archive, shelve: Shelve) -> None:
    """A rectification that does not repeat the release leaves it standing, with the link."""
    shelve(TEXT, **FIRST)
    erratum = says(CorrectionKind.CORRECTS, reference="cp-1")
    shelve("Il fallait lire 186 mètres.", reference="cp-3", published=date(2025, 5, 9), corrects=erratum)
    view = archive.view(Scope.STAFF, NOW)
    assert [entry.reference for entry in view.related("cp-1").corrected_by] == ["cp-3"]
    assert [entry.reference for entry in view.related("cp-3").corrects] == ["cp-1"]


def test_another_issuer_corrects_nobody(archive: Archive, shelve: Shelve) -> None:
    """« Annule et remplace le communiqué du 6 mai » is about the issuer's own, and one of two is not guessed."""
    shelve(TEXT, **FIRST)
    replacing = says(CorrectionKind.REPLACES, published=date(2025, 5, 6))
    shelve("Autre.", reference="p-1", issuer="Port de Sarvelle", published=date(2025, 5, 9), corrects=replacing)
    assert archive.view(Scope.STAFF, NOW).release("cp-1").status == "published"
    shelve("Le budget est voté.", reference="cp-2", title="Le budget", published=date(2025, 5, 6))
    shelve("Rien de tel.", reference="cp-4", title="Un concert", published=date(2025, 5, 9), corrects=replacing)
    assert len(archive.view(Scope.STAFF, NOW).releases()) == 4


@pytest.mark.parametrize("order", itertools.permutations(range(3)))
def test_the_order_of_arrival_decides_nothing(archive: Archive, shelve: Shelve, order: tuple[int, ...]) -> None:
    """Of two releases of the day neither is guessed, whichever came first."""
    replacing = says(CorrectionKind.REPLACES, published=date(2025, 5, 6))
    arriving: list[dict[str, object]] = [
        {"text": TEXT, **FIRST},
        {"text": "Le budget est voté.", "reference": "cp-2", "title": "Le budget", "published": date(2025, 5, 6)},
        {"text": f"{TEXT} Le budget.", "reference": "cp-3", "published": date(2025, 5, 9), "corrects": replacing},
    ]
    for place in order:
        shelve(**arriving[place])
    assert len(archive.view(Scope.STAFF, NOW).releases()) == 3


def test_copies_of_a_correction_do_not_replace_each_other(archive: Archive, shelve: Shelve) -> None:
    """The Word file and the PDF of one rectification both stand, and both are about the first text."""
    said = {"title": "Rectificatif : La passerelle des Tisserands ouvre", "published": date(2025, 5, 9)}
    for kind in ("docx", "pdf"):
        shelve(TEXT, name=f"/presse/rectificatif.{kind}", corrects=says(CorrectionKind.CORRECTS), **said)
    view = archive.view(Scope.STAFF, NOW)
    assert len(view.releases()) == 2
    shelve(TEXT.replace("184", "148"), **FIRST)
    assert [entry.title for entry in view.releases()] == [said["title"]] * 2


def test_two_that_replace_each_other_do_not_both_vanish(archive: Archive, shelve: Shelve) -> None:
    """The one that came later stands."""
    shelve(TEXT, **FIRST, corrects=says(CorrectionKind.REPLACES, reference="cp-2"))
    shelve(TEXT, reference="cp-2", corrects=says(CorrectionKind.REPLACES, reference="cp-1"))
    assert [entry.reference for entry in archive.view(Scope.STAFF, NOW).releases()] == ["cp-2"]


def test_what_was_withdrawn_already_is_not_mistaken_for_another(archive: Archive, shelve: Shelve) -> None:
    """The office withdraws the wrong release, then sends its replacement: the day's other release stands."""
    shelve(TEXT, **FIRST)
    shelve("Le budget est voté.", reference="cp-2", title="Le budget", published=date(2025, 5, 6))
    archive.withdraw("cp-1", "erreur", NOW)
    replacing = says(CorrectionKind.REPLACES, published=date(2025, 5, 6))
    shelve(f"{TEXT} Le budget.", reference="cp-3", published=date(2025, 5, 9), corrects=replacing)
    assert {entry.reference for entry in archive.view(Scope.STAFF, NOW).releases()} == {"cp-2", "cp-3"}


def test_a_day_alone_replaces_nothing_it_does_not_speak_of(archive: Archive, shelve: Shelve) -> None:
    """What is replaced may not be in the archive; the day's only release may be another story."""
    shelve("Le budget est voté.", reference="cp-2", title="Le budget 2025", published=date(2025, 5, 6))
    replacing = says(CorrectionKind.REPLACES, published=date(2025, 5, 6))
    shelve(TEXT, reference="cp-3", published=date(2025, 5, 9), corrects=replacing)
    assert len(archive.view(Scope.STAFF, NOW).releases()) == 2


def test_the_bulletin_of_another_week_is_not_corrected(archive: Archive, shelve: Shelve) -> None:
    """Titles that differ by a figure are two subjects."""
    shelve(TEXT, reference="cp-11", title="Passerelle : point de la semaine 11", published=date(2025, 5, 6))
    weekly = {"title": "Rectificatif : passerelle : point de la semaine 12", "published": date(2025, 5, 13)}
    shelve(TEXT.replace("184", "186"), reference="cp-12", corrects=says(CorrectionKind.CORRECTS), **weekly)
    assert len(archive.view(Scope.STAFF, NOW).releases()) == 2


def test_a_release_that_changes_leaves_its_family(archive: Archive, shelve: Shelve) -> None:
    """The first of a family too: its new text is another than its former reprints'."""
    shelve(TEXT, **FIRST)
    shelve(TEXT, reference="ville-9", issuer="Ville de Sarvelle")
    shelve("Le budget de la métropole est voté. " * 8, **FIRST)
    assert archive.view(Scope.STAFF, NOW).related("cp-1").reprints == ()


def test_a_withdrawn_replacement_gives_the_first_back(archive: Archive, shelve: Shelve) -> None:
    """Withdrawing the replacement ends its effect."""
    shelve(TEXT, **FIRST)
    shelve("Autre.", reference="cp-3", corrects=says(CorrectionKind.REPLACES, reference="cp-1"))
    archive.withdraw("cp-3", "erreur", NOW)
    assert [entry.reference for entry in archive.view(Scope.PUBLIC, NOW).releases()] == ["cp-1"]


def test_who_signs_with_others_is_an_issuer_too(archive: Archive, shelve: Shelve) -> None:
    """A joint release is found under each of its issuers, by words and by meaning."""
    shelve(TEXT, **FIRST, co_issuers=("Ville d'Ormeval",))
    shelve("Les cantines d'Ormeval.", reference="cp-2", issuer="Ville d'Ormeval")
    archive.flush()
    view = archive.view(Scope.PUBLIC, NOW)
    assert view.issuers() == {"Ville d'Ormeval": 2, "Métropole de Sarvelle": 1}
    signed = Filters(issuers=("Ville d'Ormeval",))
    assert {entry.reference for entry in view.releases(signed)} == {"cp-1", "cp-2"}
    assert view.search("la passerelle des Tisserands", signed)[0].release.reference == "cp-1"


def test_a_text_is_cited_once(archive: Archive, shelve: Shelve) -> None:
    """Of reprints an answer cites the one found best; the others stay in the evidence."""
    for number in range(3):
        shelve(TEXT, reference=f"cp-{number}", issuer=f"Ville n° {number}", published=date(2025, 5, 6 + number))
    archive.flush()
    answer = Desk(archive, clock=lambda: NOW).ask(
        Question("Combien a coûté la passerelle des Tisserands ?"), Scope.STAFF
    )
    assert any("12,4 millions" in sentence.text for sentence in answer.sentences)
    assert len({citation.release_id for citation in answer.citations}) == 1
    assert len(answer.evidence) == 3


def test_reprints_leave_the_first_places_to_other_texts(archive: Archive, shelve: Shelve) -> None:
    """What is found comes text by text: the reprints of one follow after the other releases."""
    for number in range(3):
        shelve(TEXT, reference=f"cp-{number}", issuer=f"Ville n° {number}", published=date(2025, 5, 6 + number))
    shelve("La passerelle des Tisserands est fermée mardi.", reference="cp-autre", title="Fermeture")
    archive.flush()
    found = Desk(archive, clock=lambda: NOW).search("la passerelle des Tisserands a coûté", Scope.STAFF)
    assert [one.release.reference == "cp-autre" for one in found] == [False, True, False, False]
