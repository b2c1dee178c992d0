"""The specification of the journalists' desk: curated answers first, the public desk otherwise, and no secret ever."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from app import Program
from assistant.answer import Finished, Question
from assistant.desk import Desk
from assistant.faq import Faq, Matched, reply_of
from assistant.meter import Meter
from assistant.records import Recorder, read
from assistant.web.api import create_app
from assistant.web.room import Parts
from conftest import archive_in, release
from store.answers import Answers
from store.archive import Archive
from store.entries import Draft

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
MINUTE = NOW + timedelta(hours=1)
STADIUM = "Le stade Albert-Fauvel rouvre le 12 mai 2026. Les travaux ont coûté 48 millions d'euros."


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture(scope="module")
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory, program: Program) -> Iterator[Archive]:
    """Four releases, one of them under embargo, and a curated answer on each of three."""
    with archive_in(tmp_path_factory.mktemp("faq") / "archive", program) as made:
        for reference, text, embargo in (
            ("CP-1", STADIUM, None),
            ("CP-2", "Le budget 2026 de Sarvelle s'élève à 751 millions d'euros.", None),
            ("CP-3", "La piscine des Ormes fermera définitivement le 1er juin 2026.", MINUTE),
            ("CP-4", "La ligne C transporte 40 000 voyageurs par jour.", None),
        ):
            made.add(release(text, reference=reference, title=f"Communiqué {reference}", embargo=embargo))
        for question, answer, resting, variants in (
            ("Quand le stade Albert-Fauvel rouvre-t-il ?", "Il rouvre le 12 mai 2026.", "CP-1", ("Le stade, quand ?",)),
            ("Quel est le budget de Sarvelle en 2026 ?", "751 millions d'euros.", "CP-2", ()),
            ("La piscine des Ormes va-t-elle fermer ?", "Oui, le 1er juin 2026.", "CP-3", ()),
        ):  # fmt: skip
            entry = made.curated.add(Draft(question, answer, variants, releases=(resting,)), "Ada", NOW)
            made.curated.approve(entry.id, "Ada", NOW)
        yield made


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Answers]:
    kept = Answers(Path(tmp_path_factory.mktemp("kept")) / "answers.sqlite")
    yield kept
    kept.close()


@pytest.fixture(scope="module")
def faq(archive: Archive, program: Program, answers: Answers, clock: Clock) -> Faq:
    recorder = Recorder(answers, clock)
    return Faq(Desk(archive, clock, recorder=recorder), archive, clock, lambda: program.embedder, recorder)


@pytest.mark.parametrize(
    "question", ["quand le stade albert-fauvel rouvre t il", "À quelle date rouvre le stade Albert-Fauvel ?"]
)
def test_an_approved_answer_is_given_word_for_word(faq: Faq, archive: Archive, question: str) -> None:
    """In the same words or in others, with the release it rests on, cited where it says so."""
    reply = faq.reply(Question(question))
    assert reply.entry is not None
    assert reply.entry.answer == "Il rouvre le 12 mai 2026."
    (source,) = reply.sources
    assert (source.reference, source.version) == ("CP-1", 1)
    assert source.quote == "Le stade Albert-Fauvel rouvre le 12 mai 2026." == source.span.of(STADIUM)
    assert (reply.answer, reply.offered) == (None, ())


@pytest.mark.parametrize(
    "question",
    [
        "Quel est le budget de Sarvelle en 2025 ?",
        "Quel est le budget d'Ornans en 2026 ?",
        "Quand le stade Albert-Fauvel ferme-t-il ?",
        "Pourquoi le stade Albert-Fauvel ne rouvre-t-il pas ?",
    ],
)
def test_another_question_is_not_answered_so(faq: Faq, question: str) -> None:
    """Another year, another place, the contrary, a denial: never answered directly, whatever it sounds like."""
    assert faq.reply(Question(question)).entry is None


def test_what_may_be_meant_is_offered_beside_the_desk(faq: Faq) -> None:
    """What is near is offered, and the public desk answers or abstains; of something else nothing is offered."""
    near = faq.reply(Question("Quel est le budget de Sarvelle en 2025 ?"))
    assert [one.entry.question for one in near.offered] == ["Quel est le budget de Sarvelle en 2026 ?"]
    assert near.answer is not None
    assert near.answer.written.name == "extractive"
    far = faq.reply(Question("Combien de voyageurs transporte la ligne C ?"))
    assert far.offered == ()
    assert far.answer is not None
    assert "40 000" in far.answer.text


def test_another_language_is_offered_not_answered(faq: Faq) -> None:
    """An answer in French is offered to whoever asks in English, not given as the answer."""
    reply = faq.reply(Question("When does the Albert-Fauvel stadium reopen?"))
    assert reply.entry is None


def test_a_curated_answer_is_recorded(faq: Faq, answers: Answers) -> None:
    """It is written down like any answer of the public, and tells that the press office wrote it."""
    *_, last = faq.events(Question("Quel est le budget de Sarvelle en 2026 ?"))
    assert isinstance(last, Finished)
    assert last.answer.id is not None
    kept = read(answers.told(last.answer.id, NOW))
    assert (kept.scope.value, kept.answer.written.name) == ("public", "curated")
    assert kept.answer.sentences[0].text == "751 millions d'euros."


def test_a_curated_answer_is_counted(archive: Archive, program: Program, clock: Clock) -> None:
    """Whoever watches the server sees the press office's own answers among the others."""
    meter = Meter()
    watched = Faq(Desk(archive, clock), archive, clock, lambda: program.embedder, watches=[meter.metered])
    watched.reply(Question("Quel est le budget de Sarvelle en 2026 ?"))
    counted = 'porte_parole_questions_total{outcome="answered",scope="public",writer="curated"} 1.0'
    assert counted in meter.read().decode()


def test_until_its_minute_an_embargoed_answer_does_not_exist(faq: Faq, clock: Clock) -> None:
    """Neither answered nor offered before the embargo ends; answered from that second on."""
    asked = Question("La piscine des Ormes va-t-elle fermer ?")
    clock.now = MINUTE - timedelta(seconds=1)
    first = next(iter(faq.events(asked)))
    assert isinstance(first, Matched)
    assert first.reply.entry is None
    assert all("piscine" not in one.entry.question for one in first.reply.offered)
    clock.now = MINUTE
    assert faq.reply(asked).entry is not None
    clock.now = NOW


def test_programs_ask_as_journalists(faq: Faq, archive: Archive, clock: Clock) -> None:
    """POST /v1/faq gives the entry and its sources, every key present; without curated answers the desk's answer."""
    with TestClient(
        create_app(Desk(archive, clock), archive, clock=clock, version="0", parts=Parts(faq=faq))
    ) as client:
        told = client.post("/v1/faq", json={"question": "Quel est le budget de Sarvelle en 2026 ?"}).json()
        assert told["entry"]["answer"] == "751 millions d'euros."
        assert told["entry"]["approved"] == "2026-03-02"
        assert told["sources"][0]["reference"] == "CP-2"
        assert told["answer"] is None
        assert "owner" not in told["entry"]
        assert "by" not in told["entry"]
        hidden = client.post("/v1/faq", json={"question": "La piscine des Ormes va-t-elle fermer ?"})
        assert "piscine des Ormes va" not in hidden.text.replace("La piscine des Ormes va-t-elle fermer ?", "")
        assert hidden.json()["offered"] == []
        assert client.post("/v1/faq", json={"question": " "}).status_code == 422
    with TestClient(create_app(Desk(archive, clock), archive, clock=clock, version="0")) as client:
        told = client.post("/v1/faq", json={"question": "Quel est le budget de Sarvelle en 2026 ?"}).json()
    assert told["entry"] is None
    assert told["answer"]["sentences"]


def test_a_withdrawn_release_takes_its_answer_along(faq: Faq, archive: Archive) -> None:
    """From the withdrawal on neither the answer nor its question is given, nor offered with an answer under way."""
    under_way = faq.events(Question("Quel est le budget de Sarvelle en 2025 ?"))
    first = next(under_way)
    assert isinstance(first, Matched)
    assert first.reply.offered
    archive.withdraw("CP-2", "erreur", NOW)
    assert reply_of(under_way).offered == ()
    reply = faq.reply(Question("Quel est le budget de Sarvelle en 2026 ?"))
    assert reply.entry is None
    assert reply.offered == ()
