"""What journalists asked, gathered: one question however it was worded, and never what staff asked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from app import Program
from assistant.alike import apart, marks
from assistant.answer import Question
from assistant.chatter import asks_nothing, rude
from assistant.desk import Desk
from assistant.gathered import DRAFTED, Asked, Fate, Gathered, Gathering, covered
from assistant.records import Recorder
from conftest import NOW
from hostile import HOSTILE
from store.answers import Answers, Told
from store.archive import Archive
from store.catalogue import Added
from store.enquiries import Enquiries
from store.enquiry_rows import EnquiryState, Left
from store.entries import Entry, State
from store.records import Scope

Shelve = Callable[..., Added]
WEEK = NOW - timedelta(days=7)
REOPENS = "Quand rouvre la piscine de Bréval ?"


class Press:
    """Journalists who ask, and what was gathered of it."""

    def __init__(self, program: Program, folder: Path) -> None:
        self.program = program
        self.answers = Answers(folder / "answers.sqlite")
        self.enquiries = Enquiries(folder / "enquiries.sqlite")
        self.asked = 0
        self.gathering = self.another()

    def another(self) -> Gathering:
        model = self.program.model
        return Gathering(self.answers, self.enquiries, self.program.embedder.embed_query, model.unrelated)

    def ask(
        self,
        question: str,
        fate: Fate = Fate.UNANSWERED,
        at: datetime = NOW,
        scope: Scope = Scope.PUBLIC,
        cited: tuple[str, ...] = (),
        **more: object,
    ) -> str:
        """Leave the record of a question; gives the answer's id."""
        self.asked += 1
        sentences = [] if fate is Fate.UNANSWERED else [{"text": "Lundi.", "citations": [1], "lead_in": ""}]
        writer = "curated" if fate is Fate.CURATED else "extractive"
        record = {"question": question, "answer": {"sentences": sentences}, "writer": {"name": writer}, **more}
        told = Told(f"a{self.asked:05}", at, scope.value, question, tuple((one, 1) for one in cited), record)
        self.answers.keep(told)
        return told.id

    def gathered(
        self, since: datetime = WEEK, now: datetime = NOW + timedelta(hours=1), at_once: int = 100
    ) -> Gathered:
        return self.gathering.gathered(since, now, at_once)


@pytest.fixture
def press(program: Program, tmp_path: Path) -> Press:
    return Press(program, tmp_path)


def questions(found: Gathered) -> list[tuple[str, ...]]:
    return [tuple(sorted(one.wordings)) for one in found.asked]


def test_wordings_of_one_question_are_one(press: Press) -> None:
    """Counted with its days; capitals and punctuation make no other wording; what differs in meaning stays apart."""
    for day, wording in enumerate(
        [REOPENS, "quand rouvre la piscine de bréval", "Quand va rouvrir la piscine de Bréval ?", REOPENS]
    ):
        press.ask(wording, at=NOW - timedelta(days=day))
    press.ask("Quel est le budget des crèches ?")
    first, second = press.gathered().asked
    assert first.question == REOPENS
    assert first.variants == ("Quand va rouvrir la piscine de Bréval ?",)
    assert (first.count, first.days, first.last) == (4, 4, NOW)
    assert (second.question, second.count, second.waits) == ("Quel est le budget des crèches ?", 1, True)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (REOPENS, "Quand rouvre la piscine de Sarvelle ?"),
        (REOPENS, "Quand ferme la piscine de Bréval ?"),
        (REOPENS, "Où est la piscine de Bréval ?"),
        ("Quel était le budget des écoles en 2024 ?", "Quel était le budget des écoles en 2025 ?"),
        ("Que s'est-il passé hier au port ?", "Que s'est-il passé lundi dernier au port ?"),
        ("La cantine est-elle gratuite ?", "La cantine est-elle payante ?"),
        ("Pourquoi la mairie a-t-elle répondu ?", "Pourquoi la mairie n'a-t-elle pas répondu ?"),
        ("Who runs the port of Bréval?", "Who runs the port of Sarvelle?"),
    ],
)
def test_a_name_a_year_or_a_turn_tells_questions_apart(press: Press, one: str, other: str) -> None:
    """However near an encoder finds them: another place, year, day, question word, direction or denial."""
    press.ask(one)
    press.ask(other)
    assert len(press.gathered().asked) == 2
    today = date(2026, 3, 2)
    assert apart(marks(one, "fr", today), marks(other, "fr", today))


def test_the_same_name_in_small_letters_is_no_other() -> None:
    """Journalists type in a hurry, or in capitals."""
    today = date(2026, 3, 2)
    typed = [REOPENS, REOPENS.lower(), REOPENS.upper(), "Quand est-ce que Mme le maire rouvre la piscine de Bréval ?"]
    first, *others = (marks(one, "fr", today) for one in typed)
    assert not any(apart(first, other) for other in others)


def test_what_nobody_answered_comes_first(press: Press) -> None:
    """Then what was asked most; the last answer to each wording decides, and a curated one is told from others."""
    for _ in range(3):
        press.ask("Quel est le budget des crèches ?", Fate.ANSWERED, cited=("2025-budget",))
    press.ask("Qui dirige le port ?", Fate.CURATED)
    press.ask(REOPENS, Fate.ANSWERED, at=NOW - timedelta(days=1))
    press.ask(REOPENS)
    press.ask("La navette est-elle gratuite ?", at=NOW - timedelta(days=1))
    press.ask("La navette est-elle gratuite ?", Fate.ANSWERED)
    found = press.gathered().asked
    assert [one.question for one in found] == [
        REOPENS,
        "Quel est le budget des crèches ?",
        "La navette est-elle gratuite ?",
        "Qui dirige le port ?",
    ]
    assert [one.fate for one in found] == [Fate.UNANSWERED, Fate.ANSWERED, Fate.ANSWERED, Fate.CURATED]
    assert found[1].releases == ("2025-budget",)
    assert found[0].fates == {Fate.ANSWERED: 1, Fate.UNANSWERED: 1}


def test_nothing_that_staff_asked_is_gathered(press: Press, archive: Archive, shelve: Shelve) -> None:
    """Neither with an inner scope, nor to draft an answer; and nothing from before the day."""
    shelve("La piscine de Bréval rouvre lundi.", title="La piscine rouvre")
    archive.flush()
    desk = Desk(archive, lambda: NOW, recorder=Recorder(press.answers, lambda: NOW))
    desk.ask(Question("Quand rouvre la piscine de Bréval ?"), Scope.STAFF)
    desk.ask(Question("Qui dirige la piscine de Bréval ?", door=DRAFTED), Scope.PUBLIC)
    press.ask("Quel secret ?", scope=Scope.ARCHIVIST)
    press.ask("Une vieille question du port ?", at=WEEK - timedelta(seconds=1))
    assert press.gathered().asked == ()
    desk.ask(Question(REOPENS, door="faq"), Scope.PUBLIC)
    [only] = press.gathered().asked
    assert (only.question, only.fate) == (REOPENS, Fate.ANSWERED)


def test_a_follow_up_is_gathered_whole(press: Press) -> None:
    """As it was understood with the questions before it."""
    whole = "Quand rouvre la patinoire de Bréval ?"
    press.ask("Et la patinoire ?", standalone=whole, history=[{"question": REOPENS}])
    assert questions(press.gathered()) == [(whole,)]


def test_a_question_left_for_the_office_is_put_once(press: Press) -> None:
    """With the answer it follows on; while it is open, its question stands before those that were answered."""
    answer_id = press.ask("Quel est le budget des crèches ?", Fate.ANSWERED)
    for _ in range(2):
        press.ask("Qui dirige le port ?", Fate.ANSWERED)
    left = press.enquiries.leave(Left("Budget des crèches pour mon article", answer_id=answer_id), NOW)
    press.enquiries.leave(Left("Combien de bateaux sont à quai ?"), NOW)
    boats, crèches, port = press.gathered().asked
    assert (boats.fate, boats.count, len(boats.enquiries)) == (Fate.UNANSWERED, 1, 1)
    assert (crèches.count, crèches.enquiries) == (1, (left.id,))
    assert port.enquiries == ()
    press.enquiries.set_state(left.id, EnquiryState.ANSWERED, "anne", NOW)
    assert all(left.id not in one.enquiries for one in press.gathered().asked)


def test_what_asks_nothing_is_counted_and_left_out(press: Press) -> None:
    """Greetings, keys tried, insults; a question that is rude is one, yet never stands for the others."""
    for idle in ("Bonjour !", "test test", "qsdfghjkl", "connard", "👋", "???"):
        assert asks_nothing(idle)
        press.ask(idle)
    for asked in ("TVA ?", "Merci, et à Lyon ?", "piscine"):
        assert not asks_nothing(asked)
    for _ in range(2):
        press.ask("Quand rouvre la putain de piscine de Bréval ?")
    press.ask(REOPENS)
    found = press.gathered()
    assert found.idle == 6
    assert found.asked[0].question == REOPENS
    assert rude("Quand rouvre la putain de piscine de Bréval ?")


def test_an_entry_that_answers_a_wording_sees_to_the_question(press: Press) -> None:
    """A draft, or better an approved one; the question no longer waits, and moves down."""
    press.ask("Quand va rouvrir la piscine de Bréval ?")
    press.ask(REOPENS)
    press.ask("Quel est le budget des crèches ?")
    found = press.gathered().asked
    draft = entry("piscine", "QUAND rouvre la piscine de Bréval")
    [budget, pool] = covered(found, [draft])
    assert (budget.waits, pool.waits, pool.entry) == (True, False, draft)
    approved = entry("piscine-2", "Quand va rouvrir la piscine de Bréval ?", State.APPROVED)
    assert [one.entry for one in covered(found, [draft, approved, draft])] == [None, approved]


def entry(name: str, question: str, state: State = State.DRAFT) -> Entry:
    return Entry(name, question, (), "Lundi.", "fr", (), None, "", state, NOW, NOW, "anne")


def test_a_thousand_questions_keep_nobody_waiting(press: Press) -> None:
    """Some are read at each look, and those that are left are said; the same questions give the same groups."""
    wordings = [f"Quel est le budget de la rue numéro {number} ?" for number in range(6)]
    for at, wording in enumerate([*wordings, "Quel sera le budget de la rue numéro 3 ?"]):
        press.ask(wording, at=NOW - timedelta(minutes=at))
    lefts = [press.gathered(at_once=3).left for _ in range(3)]
    assert lefts == [4, 1, 0]
    found = press.gathered()
    assert len(found.asked) == 6
    assert press.gathered() is found
    press.gathering = press.another()
    assert press.gathered().asked == found.asked


def test_hostile_words_are_questions_like_others(press: Press) -> None:
    """They are counted, cut to a line, and break nothing."""
    for _, text in HOSTILE:
        press.ask(text)
    found = press.gathered(at_once=2)
    assert found.questions + found.idle == len(HOSTILE)
    assert all("\n" not in one.question and len(one.question) <= 500 for one in found.asked)


def test_a_group_is_found_by_any_of_its_wordings(press: Press) -> None:
    """However it is capitalised; another question is in none."""
    press.ask("Quand va rouvrir la piscine de Bréval ?")
    press.ask(REOPENS)
    found = press.gathered()
    [only] = found.asked
    assert isinstance(only, Asked)
    assert [found.of(text) for text in (REOPENS, "QUAND VA ROUVRIR LA PISCINE DE BRÉVAL")] == [only, only]
    assert found.of("Qui dirige le port ?") is None
