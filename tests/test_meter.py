"""What is counted of answers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.answer import Abstention, Answer, Citation, Event, Finished, Found, Question, Searched, Sentence, Wrote
from assistant.meter import Meter
from store.records import Filters, Scope, Span

QUESTION = Question("Combien coûte le stade Albert-Fauvel ?")
FOUND = Found((), Searched(1, None, None))
CITATION = Citation(1, "r", None, 1, "Stade", None, None, None, None, Span(0, 3), "Oui")


def _answer(abstention: Abstention | None = None) -> Answer:
    sentences = () if abstention else (Sentence("Oui.", (1,)),)
    return Answer(QUESTION.text, QUESTION.text, Filters(), sentences, (), abstention)


def _figures(meter: Meter) -> dict[str, float]:
    lines = [line for line in meter.read().decode().splitlines() if line.startswith("porte_parole")]
    return {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines)}


def _read(meter: Meter, *events: Event) -> list[Event]:
    return list(meter.metered(QUESTION, Scope.PUBLIC, iter(events)))


def test_an_answer_is_counted_once_and_each_step_timed_from_the_question() -> None:
    """Events pass unchanged; the steps are cumulative."""
    ticks = iter((10.0, 10.3, 10.5, 11.0))
    meter = Meter(ticks=lambda: next(ticks))
    events = (FOUND, Wrote(Sentence("Oui.", (1,)), (CITATION,)), Finished(_answer()))
    assert _read(meter, *events) == list(events)
    told = _figures(meter)
    assert told['porte_parole_questions_total{outcome="answered",scope="public",writer="extractive"}'] == 1
    assert told['porte_parole_sentences_total{outcome="shown"}'] == 1
    assert told['porte_parole_step_seconds_sum{step="found"}'] == pytest.approx(0.3)
    assert told['porte_parole_step_seconds_sum{step="first_sentence"}'] == pytest.approx(0.5)
    assert told['porte_parole_step_seconds_sum{step="finished"}'] == pytest.approx(1.0)


def test_an_abstention_is_counted_under_its_reason() -> None:
    """And as a question that was not answered."""
    meter = Meter()
    _read(meter, Finished(_answer(Abstention("weak_evidence", "Aucun communiqué ne le dit."))))
    told = _figures(meter)
    assert told['porte_parole_abstentions_total{reason="weak_evidence"}'] == 1
    assert told['porte_parole_questions_total{outcome="abstained",scope="public",writer="extractive"}'] == 1


def test_an_answer_that_fails_or_that_nobody_waits_for_is_counted_as_such() -> None:
    """The error goes on to whoever asked."""
    meter = Meter()

    def failing() -> Iterator[Event]:
        yield FOUND
        raise OSError("the model is gone")

    with pytest.raises(OSError, match="the model is gone"):
        list(meter.metered(QUESTION, Scope.STAFF, failing()))
    left = meter.metered(QUESTION, Scope.STAFF, iter((FOUND, Finished(_answer()))))
    next(left)
    left.close()  # type: ignore[attr-defined]
    told = _figures(meter)
    assert told['porte_parole_questions_total{outcome="failed",scope="staff",writer="-"}'] == 1
    assert told['porte_parole_questions_total{outcome="broken_off",scope="staff",writer="-"}'] == 1


def test_what_the_public_may_not_know_is_told_only_where_everything_is() -> None:
    """Documents handed in, releases of each scope: an embargoed one would show."""
    meter = Meter()
    meter.documents("added")
    assert b"documents" not in meter.read()
    whole = meter.read({"releases": {"public": 3, "staff": 4}, "queue": {"files_read": 1}}).decode()
    assert 'porte_parole_documents_total{outcome="added"} 1.0' in whole
    assert 'porte_parole_releases{kind="staff"} 4.0' in whole
    assert 'porte_parole_queue{kind="files_read"} 1.0' in whole


def test_no_question_is_in_the_figures() -> None:
    """Numbers only."""
    meter = Meter()
    _read(meter, Finished(_answer()))
    assert "Fauvel" not in meter.read({}).decode()
