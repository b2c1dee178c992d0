"""An answer given before, beside what it would be now."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant.answer import Question
from assistant.desk import Desk
from assistant.records import Recorder, read
from assistant.replay import changed, replay_document, shown, since
from assistant.replayed import listed, replayed
from conftest import NOW
from store.answers import Answers
from store.archive import Archive
from store.catalogue import Added
from store.embedding import UNRELATED
from store.records import Correction, CorrectionKind, Scope, Span

TEXT = "Les cantines d'Ormeval servent {} repas par jour. Un repas sur trois est bio."
QUESTION = "Combien de repas les cantines d'Ormeval servent-elles ?"
Shelve = Callable[..., Added]


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Answers]:
    answers = Answers(tmp_path / "answers.sqlite")
    yield answers
    answers.close()


@pytest.fixture
def answer_id(archive: Archive, shelve: Shelve, shelf: Answers) -> str:
    canteens(shelve, "9 200")
    archive.flush()
    desk = Desk(archive, clock=lambda: NOW, unrelated=UNRELATED, recorder=Recorder(shelf, lambda: NOW))
    answer = desk.ask(Question(QUESTION), Scope.STAFF)
    assert answer.id is not None
    return answer.id


def canteens(shelve: Shelve, meals: str) -> str:
    facts = {"title": "Cantines", "reference": "cp-cantines", "published": date(2024, 9, 2)}
    return shelve(TEXT.format(meals), **facts).release_id


def replay(archive: Archive, shelf: Answers, answer_id: str, scope: Scope = Scope.STAFF) -> tuple[dict[str, Any], str]:
    archive.flush()
    kept = read(shelf.told(answer_id, NOW))
    whole = archive.view(Scope.ARCHIVIST, NOW)
    visible = shown(kept, archive.view(scope, NOW))
    found = [since(whole, one.release_id, one.version) for one in kept.answer.citations]
    now = Desk(archive, clock=lambda: NOW, unrelated=UNRELATED).ask(kept.question, kept.scope)
    told = replay_document(kept, visible, now, found)
    return told, " ".join(replayed(kept, visible, now, told, found).split())


def test_an_undisturbed_archive_gives_the_same_answer(archive: Archive, shelf: Answers, answer_id: str) -> None:
    """Nothing differs, and every release is what it was."""
    told, text = replay(archive, shelf, answer_id)
    assert told["same"]
    assert {one["state"] for one in told["releases"]} == {"unchanged"}
    assert told["record"]["sentences"] == told["now"]["sentences"]
    assert "la même réponse" in text
    assert "9 200" in text


def test_a_correction_since_is_told_with_what_differs(
    archive: Archive, shelve: Shelve, shelf: Answers, answer_id: str
) -> None:
    """The new version answers; the superseded words are the archivist's to read."""
    canteens(shelve, "9 700")
    told, text = replay(archive, shelf, answer_id)
    assert not told["same"]
    state = told["releases"][0]
    assert (state["state"], state["version"], state["version_now"]) == ("corrected", 1, 2)
    assert any("9 700" in sentence for sentence in told["differences"]["sentences_new"])
    assert told["differences"]["citations_new"][0]["version"] == 2
    assert "9 200" not in str(told)
    assert "corrigé le 2 mars 2026" in text
    whole, _ = replay(archive, shelf, answer_id, Scope.ARCHIVIST)
    assert any("9 200" in sentence for sentence in whole["differences"]["sentences_gone"])


def test_words_of_a_withdrawn_release_are_not_shown_again(archive: Archive, shelf: Answers, answer_id: str) -> None:
    """Neither sentence nor quotation nor title; that it was withdrawn, and when, is told."""
    archive.withdraw("cp-cantines", "erreur", NOW)
    told, text = replay(archive, shelf, answer_id)
    assert told["releases"][0]["state"] == "withdrawn"
    assert told["differences"]["abstention"]["then"] is None
    assert told["differences"]["abstention"]["now"] is not None
    for shown_now in (str(told), text):
        assert "9 200" not in shown_now
        assert "Cantines" not in shown_now
    assert "retiré le 2 mars 2026" in text
    assert "9 200" in replay(archive, shelf, answer_id, Scope.ARCHIVIST)[1]


@pytest.mark.parametrize(
    ("kind", "state"), [(CorrectionKind.REPLACES, "superseded"), (CorrectionKind.CORRECTS, "rectified")]
)
def test_another_release_in_its_place_or_beside_it_is_named(
    archive: Archive, shelve: Shelve, shelf: Answers, answer_id: str, kind: CorrectionKind, state: str
) -> None:
    """By its id."""
    correction = Correction(Span(0, 12), kind, date(2024, 9, 2), "cp-cantines")
    text = "Rectificatif : il fallait lire tout autre chose, et le lire avec attention."
    by = shelve(text, title="Rectificatif", reference="cp-rect", published=date(2024, 9, 5), corrects=correction)
    told, _ = replay(archive, shelf, answer_id)
    assert (told["releases"][0]["state"], told["releases"][0]["by"]) == (state, [by.release_id])


def test_answers_are_listed_with_what_became_of_their_releases(
    archive: Archive, shelve: Shelve, shelf: Answers, answer_id: str
) -> None:
    """So that one sees which answers to take back."""
    whole = archive.view(Scope.ARCHIVIST, NOW)
    (told,) = shelf.latest(NOW)
    assert changed(whole, told.releases) == ()
    assert answer_id in listed([(told, ())])
    canteens(shelve, "9 700")
    archive.flush()
    became = changed(archive.view(Scope.ARCHIVIST, NOW), told.releases)
    assert "[corrigé le 2 mars 2026 : version 2 au lieu de 1]" in listed([(told, became)])
    assert listed([]) == "Aucune réponse n’est conservée."


def test_a_release_that_is_gone_is_missing(archive: Archive, answer_id: str) -> None:
    """Another archive, or a restored one: nothing is claimed."""
    assert since(archive.view(Scope.ARCHIVIST, NOW), "nowhere", 1).state == "missing"
