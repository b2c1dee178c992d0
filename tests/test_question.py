"""What a question asks: filters only where the words speak of publishing, and follow-ups made whole."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.answer import Question, Turn
from assistant.directory import Directory
from assistant.inferred import understood_in_words
from assistant.issuers import Issuers, learn
from assistant.question import Understanding, understand
from store.period import Period
from store.records import Filters
from store.view import Extent

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
        ("Quel est le premier communiqué sur le stade en 2024 ?", date(2024, 1, 1), date(2024, 12, 31)),
        ("What did TSA publish in May 2025?", date(2025, 5, 1), date(2025, 5, 31)),
        ("Wie viele Medienmitteilungen hat TSA 2025 veröffentlicht?", date(2025, 1, 1), date(2025, 12, 31)),
        ("Qu'est-ce qui a été publié en 2024 ?", date(2024, 1, 1), date(2024, 12, 31)),
    ],
)
def test_a_period_of_publication_narrows(question: str, first: date, last: date) -> None:
    """« Avons-nous dit en 2024 » wants what was published in 2024."""
    assert asked(question).filters.period == Period(first, last)


@pytest.mark.parametrize(
    "question",
    [
        "Quel est le budget 2025 ?",
        "Combien de visiteurs en 2024 au festival ?",
        "Quelle loi a été publiée en 2021 sur les quais ?",
        "Que dit l'étude parue en 2023 sur les quais ?",
        "Which study was published in 2021 by the port?",
        "Que dit le communiqué sur les comptes en 2024 ?",
    ],
)
def test_a_date_of_the_subject_narrows_nothing(question: str) -> None:
    """The budget of a year is voted the year before; a law that was published in one is told of in others."""
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


ONE_YEAR = Extent(300, date(2025, 1, 3), date(2025, 12, 30))


def understood(text: str, *history: Turn) -> Understanding:
    """As in an archive that holds 2025."""
    return understand(Question(text, history), Directory(ISSUERS, extent=ONE_YEAR), TODAY)


@pytest.mark.parametrize(
    ("question", "order", "limit", "subject"),
    [
        ("Quels sont les trois derniers communiqués de TSA ?", "newest", 3, ""),
        ("envoie-moi les quatre communiqués les plus récents de TSA, stp", "newest", 4, ""),
        ("à quand remonte le dernier communiqué de TSA ?", "newest", 1, ""),
        ("Quand TSA a-t-elle publié son premier communiqué ?", "oldest", 1, ""),
        ("Quel est le dernier communiqué de TSA sur le tramway ?", "newest", 1, "tramway"),
        ("What is the latest press release from TSA?", "newest", 1, ""),
        ("L'ultimo comunicato di TSA", "newest", 1, ""),
    ],
)
def test_releases_asked_for_by_rank(question: str, order: str, limit: int, subject: str) -> None:
    """How many, from which end, of whom, and about what."""
    asked = understood(question)
    assert (asked.wanted.order, asked.wanted.limit, asked.wanted.subject) == (order, limit, subject)
    assert asked.filters.issuers == (TRANSPORT,)


@pytest.mark.parametrize(
    "question",
    [
        "Combien de communiqués TSA a-t-elle publiés en mars 2025 ?",
        "combien de communiques de tsa en mars 2025",
        "Combien d'annonces TSA a-t-elle faites en mars 2025 ?",
        "How many press releases did TSA publish in March 2025?",
        "Wie viele Medienmitteilungen hat TSA im März 2025 veröffentlicht?",
        "Quanti comunicati ha pubblicato TSA a marzo 2025?",
    ],
)
def test_a_count_is_recognised(question: str) -> None:
    """In four languages, with its issuer and its month."""
    asked = understood(question)
    assert asked.wanted.count
    assert asked.filters.issuers == (TRANSPORT,)
    assert asked.filters.period == Period(date(2025, 3, 1), date(2025, 3, 31))


def test_an_issuer_the_releases_are_about_narrows_nothing() -> None:
    """It belongs to the subject, and stays a hint."""
    asked = understood("Quel est le dernier communiqué sur TSA ?")
    assert (asked.filters.issuers, asked.wanted.subject, asked.hinted) == ((), "TSA", (TRANSPORT,))


def test_an_open_year_is_that_of_the_archive() -> None:
    """« En mars » in an archive of one year is March of that year; in one of many it narrows nothing."""
    assert understood("Qu'avons-nous annoncé en mars ?").filters.period.first == date(2025, 3, 1)
    many = Directory(ISSUERS, extent=Extent(300, date(2010, 1, 3), date(2020, 12, 30)))
    assert not understand(Question("Qu'avons-nous annoncé en mars ?"), many, TODAY).filters.narrow


def test_a_decision_may_be_published_later() -> None:
    """Its day stays the time the question is about."""
    asked = understood("Qu'a décidé la Métropole le 14 février 2025 ?")
    assert asked.filters.period == Period(date(2025, 2, 13), date(2025, 2, 28))
    assert asked.topic == Period(date(2025, 2, 14), date(2025, 2, 14))


@pytest.mark.parametrize(
    ("before", "text", "whole"),
    [
        ("Qu'a annoncé TSA en mars 2025 ?", "Et en avril 2025 ?", "Qu'a annoncé TSA en avril 2025 ?"),
        ("Qu'a annoncé TSA en mars 2025 ?", "Et le mois précédent ?", "Qu'a annoncé TSA en février 2025 ?"),
        (
            "Combien de communiqués de TSA en 2025 ?",
            "Et l'Agence des quais ?",
            "Combien de communiqués de l'Agence des quais en 2025 ?",
        ),
        ("Quel est le dernier communiqué de TSA ?", "Et le premier ?", "Quel est le premier communiqué de TSA ?"),
    ],
)
def test_a_question_is_asked_again(before: str, text: str, whole: str) -> None:
    """With another period, issuer or end; the releases cited for the first are not carried over."""
    asked = understood(text, Turn(before, ("cp-1",)))
    assert asked.standalone == whole
    assert asked.carried == ()


def test_filters_carry_over_to_a_follow_up() -> None:
    """« Combien cela coûte-t-il ? » is still about that issuer in that month."""
    asked = understood("Et combien cela coûte-t-il ?", Turn("Que disent les communiqués de TSA de mars 2025 ?", ("a",)))
    assert asked.filters.issuers == (TRANSPORT,)
    assert asked.filters.period == Period(date(2025, 3, 1), date(2025, 3, 31))
    assert asked.carried == ("a",)


@pytest.mark.parametrize("text", ["Et sur les tunnels ?", "Lesquels parlent de tunnels ?", "Et Rose Tallien ?"])
def test_a_follow_up_within_keeps_the_filters(text: str) -> None:
    """It narrows what was asked for further."""
    assert understood(text, Turn("Quels communiqués de TSA en mars 2025 ?")).filters.issuers == (TRANSPORT,)


@pytest.mark.parametrize("text", ["Le prix du lait ?", "Et le prix du lait bio ?", "Chômage en juillet ?"])
def test_another_subject_drops_the_filters(text: str) -> None:
    """Short or opened with « et », it may be told by anyone, any time: a wrong filter would hide it."""
    asked = understood(text, Turn("Quels communiqués de TSA en mars 2025 ?"))
    assert asked.filters == Filters()


def test_what_was_read_is_said_in_a_line() -> None:
    """In the asker's language; nothing where nothing was read."""
    said = understood_in_words(understood("Combien de communiqués de TSA en mars 2025 ?").inferred)
    assert said == f"combien de communiqués · publié : mars 2025 · émetteur : {TRANSPORT}"
    assert understood_in_words(understood("Où dort le phare ?").inferred) == ""
