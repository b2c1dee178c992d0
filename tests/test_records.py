"""The record of each answer, made as it is given and read back."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from assistant.answer import Assignment, Claim, Finished, Question, Turn, Written, Wrote, document
from assistant.desk import Desk
from assistant.records import Recorder, read
from conftest import NOW
from store.answers import Answers, Told
from store.archive import Archive
from store.catalogue import Added
from store.embedding import UNRELATED
from store.period import Period
from store.records import ArchiveError, Contact, Filters, Scope

TEXT = "Les cantines d'Ormeval servent 9 200 repas par jour. Un repas sur trois est bio."
QUESTION = "Combien de repas les cantines d'Ormeval servent-elles ?"


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Answers]:
    answers = Answers(tmp_path / "answers.sqlite")
    yield answers
    answers.close()


@pytest.fixture
def desk(archive: Archive, shelve: Callable[..., Added], shelf: Answers) -> Desk:
    contact = Contact("Jules Quéverdon", None, "04 65 71 00 12", "presse@sarvelle.example")
    shelve(TEXT, title="Cantines", reference="cp-cantines", published=date(2024, 9, 2), contacts=(contact,))
    archive.flush()
    return Desk(archive, clock=lambda: NOW, unrelated=UNRELATED, recorder=Recorder(shelf, lambda: NOW))


def test_an_answer_leaves_a_record(desk: Desk, shelf: Answers) -> None:
    """What was asked and by whom, what was understood, what it rests on with versions, what was said, how soon."""
    turn = Turn("Que fait la ville ?", ("cp-cantines",), "an-id")
    filters = Filters(Period(date(2024, 1, 1), None))
    answer = desk.ask(Question(QUESTION, (turn,), filters), Scope.PUBLIC)
    assert answer.id is not None
    told = shelf.told(answer.id, NOW)
    assert told.releases == ((answer.citations[0].release_id, 1),)
    kept = read(told)
    assert (kept.given, kept.scope) == (NOW, Scope.PUBLIC)
    assert kept.question == Question(QUESTION, (turn,), filters)
    assert kept.answer.sentences == answer.sentences
    assert kept.answer.citations == answer.citations
    assert (kept.answer.filters, kept.answer.written) == (answer.filters, answer.written)
    assert kept.evidence == tuple((one.release.id, one.release.version) for one in answer.evidence)
    record = told.record
    assert record["complete"]
    assert 0 <= record["milliseconds"]["first"] <= record["milliseconds"]["last"] <= record["milliseconds"]["whole"]
    assert document(answer)["answer_id"] == answer.id
    json.dumps(record)


def test_what_the_asker_put_right_is_in_the_record(desk: Desk, shelf: Answers) -> None:
    """A replay asks the same: what was taken back, chosen, and the asker's language, for earlier turns too."""
    chosen = Filters(Period(None, date(2025, 1, 1)), ("Métropole de Sarvelle",), ("fr",))
    turn = Turn("Que fait la ville ?", ("cp-cantines",), None, ("topic",), chosen)
    question = Question(QUESTION, (turn,), None, ("spelling:Ormeval", "period"), chosen, "en")
    answer = desk.ask(question, Scope.PUBLIC)
    told = shelf.told(answer.id or "", NOW)
    assert read(told).question == question
    json.dumps(told.record)


def test_an_abstention_is_kept_without_anybody_s_telephone(desk: Desk, shelf: Answers) -> None:
    """Why nothing was answered; contacts belong to people and are looked up anew."""
    answer = desk.ask(Question("Combien de repas ?", filters=Filters(issuers=("Personne",))), Scope.STAFF)
    assert answer.abstention is not None
    assert answer.abstention.contacts
    told = shelf.told(answer.id or "", NOW)
    assert read(told).answer.abstention is not None
    assert told.record["answer"]["abstention"]["reason"] == answer.abstention.reason
    assert "04 65 71 00 12" not in json.dumps(told.record)


def test_a_broken_off_answer_is_kept_as_far_as_it_was_shown(desk: Desk, shelf: Answers) -> None:
    """Whoever leaves in the midst has seen what was streamed."""
    events = desk.events(Question(QUESTION), Scope.STAFF)
    shown = next(event.sentence for event in events if isinstance(event, Wrote))
    events.close()  # type: ignore[attr-defined]
    (told,) = shelf.latest(NOW)
    assert not told.record["complete"]
    assert read(told).answer.sentences == (shown,)


class Model:
    """A writer whose model answers in its own words, and says by which prompt."""

    written = Written("generative", "un-modèle")
    prompt_hash = "abc123"

    def write(self, assignment: Assignment) -> Iterator[Claim]:
        hit = assignment.hits[0]
        yield Claim("Les cantines servent 9 200 repas.", ((hit.release, hit.passage.sentences[0]),), paraphrase=True)


def test_the_model_and_its_prompt_are_kept(desk: Desk, archive: Archive, shelf: Answers) -> None:
    """By name and by hash; an extractive answer has neither."""
    modelled = Desk(archive, lambda: NOW, Model(), UNRELATED, recorder=Recorder(shelf, lambda: NOW))
    told = shelf.told(modelled.ask(Question(QUESTION), Scope.STAFF).id or "", NOW)
    assert (told.record["writer"]["model"], told.record["prompt_hash"]) == ("un-modèle", "abc123")
    plain = shelf.told(desk.ask(Question(QUESTION), Scope.STAFF).id or "", NOW)
    assert (plain.record["writer"]["model"], plain.record["prompt_hash"]) == (None, None)


class Broken:
    """A shelf on which nothing can be put."""

    keeps = True

    def keep(self, told: Told) -> None:
        raise OSError("the shelf fell down")

    def told(self, answer_id: str, now: object) -> Told:
        raise AssertionError


def test_a_record_that_cannot_be_kept_breaks_no_answer(
    archive: Archive, desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    """The answer comes, the fault is logged."""
    broken = Desk(archive, lambda: NOW, unrelated=UNRELATED, recorder=Recorder(Broken(), lambda: NOW))
    with caplog.at_level(logging.ERROR):
        assert broken.ask(Question(QUESTION), Scope.STAFF).sentences
    assert "is not kept" in caplog.text


def test_where_nothing_is_kept_an_answer_has_no_id(archive: Archive, desk: Desk, tmp_path: Path) -> None:
    """0 days: no id, no file."""
    none = Answers(tmp_path / "none.sqlite", days=0)
    answer = Desk(archive, lambda: NOW, recorder=Recorder(none, lambda: NOW)).ask(Question(QUESTION), Scope.STAFF)
    none.close()
    assert answer.sentences
    assert answer.id is None
    assert not (tmp_path / "none.sqlite").exists()


def test_a_record_tells_where_its_citations_stand_to_who_asked_the_question(desk: Desk, shelf: Answers) -> None:
    """The id alone opens nothing, and an old one neither."""
    answer = desk.ask(Question(QUESTION), Scope.STAFF)
    one = answer.citations[0]
    recorder = Recorder(shelf, lambda: NOW)
    assert recorder.cited(Turn(QUESTION, (), answer.id))[0] == (one.release_id, 1, one.span)
    assert recorder.cited(Turn("Autre chose ?", (), answer.id)) == ()
    assert recorder.cited(Turn(QUESTION)) == ()
    assert Recorder(shelf, lambda: NOW + timedelta(days=400)).cited(Turn(QUESTION, (), answer.id)) == ()
    assert isinstance(list(desk.events(Question(QUESTION), Scope.STAFF))[-1], Finished)


@pytest.mark.parametrize("damaged", [{}, {"answer": None}, {"answer": {"citations": [{}]}}, []])
def test_a_damaged_record_is_told_and_breaks_no_answer(shelf: Answers, damaged: object) -> None:
    """Whoever reads it is told; a question about that answer goes on as if it were not kept."""
    told = Told("an-id", NOW, "staff", QUESTION, (), damaged)  # type: ignore[arg-type]
    shelf.keep(told)
    assert Recorder(shelf, lambda: NOW).cited(Turn(QUESTION, (), "an-id")) == ()
    with pytest.raises(ArchiveError, match="an-id"):
        read(told)
