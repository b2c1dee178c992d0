"""What a question asks: filters only where the words speak of publishing, and follow-ups made whole."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.answer import Question, Turn
from assistant.directory import Directory
from assistant.issuers import Issuers, learn
from assistant.question import Understanding, understand
from store.period import Period
from store.records import Filters

TODAY = date(2026, 3, 2)
METROPOLE = "Métropole Ormeval-Sarvelle"
TRANSPORT = "Transports de la Sarvelle"
ISSUERS = learn([METROPOLE, TRANSPORT, "Agence des quais – ADQ"], ["Les Transports de la Sarvelle (TSA) annoncent…"])


def asked(text: str, *history: Turn, filters: Filters | None = None, issuers: Issuers = ISSUERS) -> Understanding:
    return understand(Question(text, history, filters), Directory(issuers), TODAY)


@pytest.mark.parametrize(
    ("question", "first", "last"),
    [
        ("Qu'avons-nous dit du stade en 2024 ?", date(2024, 1, 1), date(2024, 12, 31)),
        ("Quels communiqués de novembre 2025 parlent du stade ?", date(2025, 11, 1), date(2025, 11, 30)),
        ("Dernier communiqué de la Métropole Ormeval-Sarvelle en juin 2025", date(2025, 6, 1), date(2025, 6, 30)),
    ],
)
def test_a_period_of_publication_narrows(question: str, first: date, last: date) -> None:
    """« Avons-nous dit en 2024 » wants what was published in 2024."""
    assert asked(question).filters.period == Period(first, last)


@pytest.mark.parametrize("question", ["Quel est le budget 2025 ?", "Combien de visiteurs en 2024 au festival ?"])
def test_a_date_of_the_subject_narrows_nothing(question: str) -> None:
    """The budget of a year is voted the year before."""
    understood = asked(question)
    assert not understood.filters.narrow
    assert understood.topic is not None


@pytest.mark.parametrize("name", [METROPOLE, "la métropole ormeval-sarvelle", "METROPOLE ORMEVAL-SARVELLE"])
def test_an_issuer_goes_by_its_name_in_any_case(name: str) -> None:
    """With or without article and accents."""
    assert ISSUERS.resolve(name) == METROPOLE


def test_acronyms_are_learnt() -> None:
    """From the name itself, or from brackets after it in some release."""
    assert ISSUERS.resolve("ADQ") == "Agence des quais – ADQ"
    assert ISSUERS.resolve("tsa") == TRANSPORT
    assert ISSUERS.resolve("SNCF") is None


def test_a_name_two_issuers_share_names_neither() -> None:
    """Better no filter than the wrong one."""
    assert learn(["Port, direction", "Port, capitainerie"]).resolve("port") is None


def test_an_issuer_narrows_where_its_releases_are_asked_for() -> None:
    """« Les communiqués de TSA » are TSA's; a question that only names it is about it."""
    assert asked("Que disent les communiqués de TSA sur la grève ?").filters.issuers == (TRANSPORT,)
    assert asked("Pourquoi TSA fait-elle grève ?").filters.issuers == ()


def test_the_last_release_is_asked_for_by_rank() -> None:
    """« Dernier » and « premier communiqué » are questions of order."""
    assert asked("Quel est le dernier communiqué de TSA ?").order == "newest"
    assert asked("What is the first release about the tram?").order == "oldest"
    assert asked("Quel est le dernier étage du stade ?").order is None


def test_given_filters_win() -> None:
    """What the asker set is not second-guessed."""
    given = Filters(languages=("en",))
    assert asked("Qu'avons-nous dit en 2024 ?", filters=given).filters == given


def test_a_follow_up_is_made_whole() -> None:
    """« Et combien coûte-t-il ? » keeps the subject and the releases of the turn before."""
    before = Turn("Quand ouvrira le stade Marcelle-Audoux ?", ("cp-stade",))
    understood = asked("Et combien coûte-t-il ?", before)
    assert understood.standalone == "Quand ouvrira le stade Marcelle-Audoux ? Et combien coûte-t-il ?"
    assert understood.carried == ("cp-stade",)


def test_a_chain_of_follow_ups_keeps_its_head() -> None:
    """The second follow-up still knows what the first leaned on."""
    turns = (Turn("Quand ouvrira le stade Marcelle-Audoux ?", ("a",)), Turn("Et combien coûte-t-il ?", ("b",)))
    understood = asked("Qui le paie ?", *turns)
    assert understood.standalone.startswith("Quand ouvrira le stade")
    assert understood.carried == ("b",)


def test_another_subject_drops_the_conversation() -> None:
    """A question that stands on its own is left alone."""
    before = Turn("Quand ouvrira le stade Marcelle-Audoux ?", ("cp-stade",))
    understood = asked("Combien de repas bio les cantines d'Ormeval servent-elles chaque semaine ?", before)
    assert understood.standalone.startswith("Combien de repas")
    assert understood.carried == ()
