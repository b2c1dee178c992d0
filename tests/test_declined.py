"""What an asker took back of what was understood is not inferred again; everything else is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from assistant.answer import Question, Turn
from assistant.declined import takes_back
from assistant.desk import Desk
from assistant.directory import Directory
from assistant.issuers import learn
from assistant.people import learn_people
from assistant.question import Understanding, understand
from assistant.wanted import Wanted
from conftest import NOW
from store.archive import Archive
from store.catalogue import Added
from store.embedding import UNRELATED
from store.period import Period
from store.records import Filters, Scope

TODAY = date(2026, 3, 2)
METROPOLE, TRANSPORT = "Métropole Ormeval-Sarvelle", "Transports de la Sarvelle"
KNOWN = Directory(
    learn([METROPOLE, TRANSPORT], ["Les Transports de la Sarvelle (TSA) annoncent…"]),
    learn_people([("Nadia Lemercanton", "r1")]),
)
MAY = Period(date(2025, 5, 1), date(2025, 5, 31))
LATEST = "Quels sont les trois derniers communiqués de la Métropole Ormeval-Sarvelle sur le stade en mai 2025 ?"


def asked(
    text: str, *declined: str, history: tuple[Turn, ...] = (), chosen: Filters = Filters(), language: str = ""
) -> Understanding:
    return understand(Question(text, history, None, declined, chosen, language), KNOWN, TODAY)


def test_what_is_taken_back_alone_goes() -> None:
    """Each thing that was inferred can be taken back by itself."""
    whole = asked(LATEST)
    assert (whole.filters.period, whole.filters.issuers) == (MAY, (METROPOLE,))
    assert whole.wanted == Wanted("newest", 3, subject="stade")
    dateless = asked(LATEST, "period")
    assert (dateless.filters.period, dateless.topic) == (Period(), None)
    assert (dateless.filters.issuers, dateless.wanted) == ((METROPOLE,), whole.wanted)
    anyone = asked(LATEST, f"issuer:{METROPOLE.upper()}")
    assert (anyone.filters.issuers, anyone.hinted) == ((), ())
    assert (anyone.filters.period, anyone.wanted) == (MAY, whole.wanted)
    anything = asked(LATEST, "subject")
    assert (anything.wanted, anything.filters) == (Wanted("newest", 3), whole.filters)
    unordered = asked(LATEST, "order")
    assert (unordered.order, unordered.filters.newest_first) == (None, False)
    assert unordered.filters.issuers == (METROPOLE,)


def test_a_count_and_the_time_of_a_subject_are_taken_back() -> None:
    """« Combien de communiqués » can be a question about what they say; a year can be just a word."""
    question = "Combien de communiqués de la Métropole Ormeval-Sarvelle ?"
    assert asked(question).wanted.count
    assert not asked(question, "count").wanted.count
    assert asked("Quel est le budget 2025 ?").topic is not None
    assert asked("Quel est le budget 2025 ?", "topic").topic is None


def test_a_name_is_as_it_was_written() -> None:
    """A spelling that is taken back corrects nothing, and means nobody; other names are still put right."""
    person, house = "Qu'a dit Nadia Lemercantom du stade ?", "Qu'ont publié les Transprots de la Sarvelle ?"
    assert asked(person).corrections == (("Nadia Lemercantom", "Nadia Lemercanton"),)
    for declined in ("spelling", "spelling:Nadia Lemercantom"):
        understood = asked(person, declined)
        assert (understood.corrections, understood.people) == ((), ())
        assert understood.standalone == person
    assert asked(person, "spelling:Autre Nom").corrections
    assert asked(house).filters.issuers == (TRANSPORT,)
    assert asked(house, "spelling:Transprots de la Sarvelle").filters.issuers == ()
    assert asked("Qu'ont publié les Transports de la Sarvelle ?", "spelling").filters.issuers == (TRANSPORT,)


def test_a_question_can_be_made_to_stand_alone() -> None:
    """« standalone » leans on no turn before."""
    history = (Turn("Combien coûte la rénovation du stade ?", ("r1",)),)
    assert asked("Et quand rouvre-t-il ?", history=history).carried == ("r1",)
    alone = asked("Et quand rouvre-t-il ?", "standalone", history=history)
    assert (alone.standalone, alone.carried, alone.focus) == ("Et quand rouvre-t-il ?", (), "")


def test_the_asker_s_language_holds_where_the_words_do_not_tell() -> None:
    """Words tell their language; where they do not, or where that was taken back, it is the asker's."""
    assert asked("Budget 2025 ?").language == "fr"
    assert asked("Budget 2025?", language="en").language == "en"
    assert asked("Combien coûte la rénovation du stade ?", language="en").language == "fr"
    assert asked("Combien coûte la rénovation du stade ?", "language", language="en").language == "en"


def test_what_is_chosen_stands_in_the_place_of_what_the_words_say() -> None:
    """A period chosen replaces the period inferred; issuers, subject and order are still read off the words."""
    june = Period(date(2025, 6, 1), date(2025, 6, 30))
    chosen = asked(LATEST, chosen=Filters(june))
    assert (chosen.filters.period, chosen.topic) == (june, june)
    assert (chosen.filters.issuers, chosen.wanted) == ((METROPOLE,), asked(LATEST).wanted)
    other = asked(LATEST, chosen=Filters(issuers=(TRANSPORT,), languages=("de",)))
    assert (other.filters.issuers, other.filters.languages) == ((TRANSPORT,), ("de",))
    assert other.filters.period == MAY
    assert asked("Quel est le budget 2025 ?", chosen=Filters(june)).topic == asked("Quel est le budget 2025 ?").topic


def test_everything_of_a_time_chosen_is_listed_and_of_none_is_not() -> None:
    """« Qu'avons-nous annoncé ? » lists what a filter leaves; without any, it is a question like others."""
    question = "Qu'avons-nous annoncé ?"
    assert not asked(question).wanted.every
    assert asked(question, chosen=Filters(MAY)).wanted.every
    dated = "Qu'avons-nous annoncé en mai 2025 ?"
    assert asked(dated).wanted.every
    assert not asked(dated, "period").wanted.every


def test_a_follow_up_keeps_what_was_put_right() -> None:
    """What stays within a question keeps its filters, chosen or inferred; what opens another subject drops them."""
    before = Turn(LATEST, ("r1",), None, ("issuer",), Filters(languages=("de",)))
    within = asked("Et combien cela coûte-t-il ?", history=(before,))
    assert within.filters == Filters(MAY, (), ("de",))
    again = asked("Et en juin 2025 ?", history=(before,))
    assert again.filters.period == Period(date(2025, 6, 1), date(2025, 6, 30))
    assert again.filters.languages == ("de",)
    other = asked("Quand ouvrira la nouvelle piscine olympique du quartier nord ?", history=(before,))
    assert not other.filters.narrow


def test_a_spelling_taken_back_stays_so_when_asked_again() -> None:
    """« Et en juin ? » does not correct the name that the asker has already taken back."""
    before = Turn("Qu'avons-nous dit de Nadia Lemercantom en mai 2025 ?", (), None, ("spelling",))
    assert asked("Et en juin 2025 ?", history=(before,)).corrections == ()


@pytest.mark.parametrize("name", ["Issuer:x", "", "period:2025", "issuer:", "constructor"])
def test_only_what_was_named_is_taken_back(name: str) -> None:
    """A name that means nothing takes nothing back."""
    assert not takes_back([name], "issuer", METROPOLE)
    assert asked(LATEST, name) == asked(LATEST)


def test_the_desk_answers_without_what_was_taken_back(archive: Archive, shelve: Callable[..., Added]) -> None:
    """An answer that a wrong period hid is given once the period is taken back."""
    shelve("La piscine Zéphyrine ouvrira en juin.", title="Piscine", published=date(2024, 9, 2))
    archive.flush()
    desk = Desk(archive, clock=lambda: NOW, unrelated=UNRELATED)
    question = "Qu'avons-nous annoncé sur la piscine Zéphyrine en mai 2025 ?"
    assert desk.ask(Question(question), Scope.STAFF).abstention is not None
    assert desk.ask(Question(question, declined=("period",)), Scope.STAFF).sentences
    within = Filters(Period(date(2024, 9, 1), date(2024, 9, 30)))
    assert desk.ask(Question(question, chosen=within), Scope.STAFF).sentences


def test_the_desk_leans_on_no_turn_where_none_is_wanted(archive: Archive, shelve: Callable[..., Added]) -> None:
    """« Quelle est la source ? » that stands alone asks what is meant, whatever was asked before."""
    shelve("La piscine Zéphyrine ouvrira en juin.", title="Piscine", reference="cp-p")
    archive.flush()
    desk = Desk(archive, clock=lambda: NOW, unrelated=UNRELATED)
    history = (Turn("Quand ouvrira la piscine Zéphyrine ?", ("cp-p",)),)
    assert desk.ask(Question("Quelle est la source ?", history), Scope.STAFF).sentences
    alone = Question("Quelle est la source ?", history, declined=("standalone",))
    assert desk.ask(alone, Scope.STAFF).abstention is not None
