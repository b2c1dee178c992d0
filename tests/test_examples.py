"""Questions drawn from the archive: it answers each of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from assistant.answer import Question
from assistant.desk import Desk
from assistant.web.examples import Examples, drawn
from assistant.web.messages import Messages
from conftest import NOW
from hostile import HOSTILE
from store.amendments import Hand
from store.archive import Archive
from store.catalogue import Added
from store.embedding import UNRELATED
from store.records import Figure, Quote, Scope, Span

Shelve = Callable[..., Added]

FR, EN = Messages("fr"), Messages("en")
BRIDGE = (
    "Le pont Zéphyrin rouvrira le 3 juin 2025. Le chantier a employé 120 ouvriers.\n\n"
    "« Ce pont sera celui de tous », déclare Nadia Lemercanton, maire d'Ormeval."
)
EMBARGO = datetime(2031, 3, 12, 9, 0, tzinfo=UTC)


def span(words: str, text: str = BRIDGE) -> Span:
    return Span(text.index(words), text.index(words) + len(words))


QUOTE = Quote(span("Ce pont sera celui de tous"), "Nadia Lemercanton", "maire d'Ormeval")
FIGURE = Figure(span("120 ouvriers"), "120", None, "ouvriers")


@pytest.fixture
def shelved(archive: Archive, shelve: Shelve) -> Archive:
    shelve(BRIDGE, title="Le pont Zéphyrin rouvre", quotes=(QUOTE,), figures=(FIGURE,))
    archive.flush()
    return archive


def questions(archive: Archive, scope: Scope = Scope.STAFF, say: Messages = FR) -> tuple[str, ...]:
    return tuple(one.replace("\u00a0", " ") for one in drawn(archive.view(scope, NOW), say))


def test_a_title_put_right_is_asked_for_as_it_stands(shelved: Archive) -> None:
    """What was drawn before is drawn anew."""
    examples, view = Examples(), shelved.view(Scope.STAFF, NOW)
    assert any("Le pont Zéphyrin rouvre" in one for one in examples.of(view, FR))
    (entry,) = view.releases()
    shelved.amend(entry.id, Hand({"title": "La passerelle Zéphyrine rouvre"}, "ada", NOW))
    asked = examples.of(view, FR)
    assert any("La passerelle Zéphyrine rouvre" in one for one in asked)
    assert not any("Le pont Zéphyrin rouvre" in one for one in asked)


def test_each_question_is_answered(shelved: Archive) -> None:
    """Somebody who is quoted, a figure, the chief issuer's latest release, the last month: all have an answer."""
    asked = questions(shelved)
    assert asked == (
        "Qu’a dit Nadia Lemercanton ?",
        "Le pont Zéphyrin rouvre : combien d’ouvriers ?",
        "Quel est le dernier communiqué de « Métropole de Sarvelle » ?",
        "Qu’avons-nous publié en mai 2025 ?",
    )
    desk = Desk(shelved, lambda: NOW, unrelated=UNRELATED)
    assert [one for one in asked if not desk.ask(Question(one), Scope.STAFF).sentences] == []


def test_an_english_reader_is_asked_in_english(archive: Archive, shelve: Shelve) -> None:
    """Questions are in the page's language, and of people and figures only where releases are in it too."""
    shelve(BRIDGE, title="Le pont Zéphyrin rouvre", quotes=(QUOTE,), figures=(FIGURE,))
    english = "The bridge will reopen in June. It took 120 workers.\n\n“It is for all”, says Ann Marlowe."
    quote, figure = Quote(span("It is for all", english), "Ann Marlowe"), Figure(span("120 workers", english), "120")
    figure = replace(figure, counted="workers")
    shelve(english, title="The bridge reopens", language="en", quotes=(quote,), figures=(figure,), issuer="Ormeval")
    archive.flush()
    assert questions(archive, say=EN)[:2] == ("What did Ann Marlowe say?", "The bridge reopens: how many workers?")
    desk = Desk(archive, lambda: NOW, unrelated=UNRELATED)
    assert all(desk.ask(Question(one), Scope.STAFF).sentences for one in questions(archive, say=EN))


def test_nothing_under_embargo_is_hinted_at(archive: Archive, shelve: Shelve) -> None:
    """No question tells of a release that is not out yet, not even to those who may read it."""
    shelve(BRIDGE, title="Le pont rouvre", quotes=(QUOTE,), figures=(FIGURE,), embargo=EMBARGO, issuer="Ormeval")
    shelve("Le marché ouvrira.", title="Le marché", published=date(2024, 9, 2))
    assert not any("Lemercanton" in one or "pont" in one for one in questions(archive))
    assert any("septembre 2024" in one for one in questions(archive))
    assert not any("Ormeval" in one for one in questions(archive, Scope.PUBLIC))


def test_questions_change_with_the_archive(shelved: Archive, shelve: Shelve) -> None:
    """What was drawn is kept until another release may be seen."""
    examples = Examples()
    first = examples.of(shelved.view(Scope.STAFF, NOW), FR)
    assert examples.of(shelved.view(Scope.STAFF, NOW), FR) is first
    assert examples.of(shelved.view(Scope.STAFF, NOW), EN) != first
    shelve("Le marché ouvrira.", title="Le marché", published=date(2025, 9, 2))
    assert examples.of(shelved.view(Scope.STAFF, NOW), FR) != first


def test_an_odd_name_is_nobody(archive: Archive, shelve: Shelve) -> None:
    """What is no plain name or noun is offered to nobody; an empty archive offers nothing."""
    assert questions(archive) == ()
    for number, (_, text) in enumerate(HOSTILE[:4]):
        words = "".join(char for char in text if "\u0020" <= char < "\ud800")
        odd = replace(QUOTE, speaker=words), replace(FIGURE, counted=words)
        shelve(BRIDGE, title=f"Le pont numéro {number} rouvre", quotes=(odd[0],), figures=(odd[1],))
    assert len(questions(archive)) == 2
