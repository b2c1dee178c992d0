"""What the catalogue answers: the last, the first, all of a time, how many; over invented releases."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from assistant.answer import Question
from assistant.directory import Directories
from assistant.ledger import Entered, entered
from assistant.question import understand
from conftest import NOW
from store.archive import Archive
from store.catalogue import Added
from store.records import Scope

QUAYS = "Agence des quais – ADQ"


@pytest.fixture
def ask(archive: Archive, shelve: Callable[..., Added]) -> Callable[..., Entered | None]:
    for number, (day, issuer, text) in enumerate(
        [
            (date(2025, 3, 4), QUAYS, "Le quai Zéphyrine fermera au printemps pour des travaux de nuit."),
            (date(2025, 4, 5), QUAYS, "Les barges électriques entreront en service sur la Sarvelle en mai."),
            (date(2025, 5, 6), QUAYS, "La passerelle des Tanneurs rouvrira aux piétons dès lundi prochain."),
            (date(2025, 6, 7), "Ville d'Ormeval", "Les cantines serviront des légumes du quai Zéphyrine."),
        ]
    ):
        shelve(f"{text} Rien d'autre ne change.", title=f"Titre {number}", reference=f"r{number}", issuer=issuer,
               published=day)  # fmt: skip
    shelve("Un secret de l'agence.", reference="secret", issuer=QUAYS, embargo=NOW + timedelta(days=2))

    def ask_one(text: str, scope: Scope = Scope.PUBLIC) -> Entered | None:
        view = archive.view(scope, NOW)
        return entered(view, understand(Question(text), Directories().of(view), NOW.date()))

    return ask_one


def references(found: Entered | None) -> list[str | None]:
    assert found is not None
    return [release.reference for release in found.releases]


def test_the_last_come_in_order_with_their_days(ask: Callable[..., Entered | None]) -> None:
    """One dated line a release, newest first, each citing its own words."""
    found = ask("Quels sont les deux derniers communiqués de l'ADQ ?")
    assert references(found) == ["r2", "r1"]
    assert found is not None
    assert found.claims[0].text == "La passerelle des Tanneurs rouvrira aux piétons dès lundi prochain."
    assert found.claims[0].lead_in == "6 mai 2025, Agence des quais :"
    assert [release.reference for claim in found.claims for release, _ in claim.rests_on] == ["r2", "r1"]


def test_the_first_is_the_oldest(ask: Callable[..., Entered | None]) -> None:
    """Whatever resembles the question more."""
    assert references(ask("Quel est le premier communiqué de l'ADQ ?"))[0] == "r0"


def test_a_count_cites_its_ends(ask: Callable[..., Entered | None]) -> None:
    """The number is what was searched; the newest and the oldest bear it out."""
    found = ask("Combien de communiqués de l'ADQ en 2025 ?")
    assert found is not None
    assert found.gathered.searched.releases == 3
    assert found.claims[0].text.startswith("L'archive compte 3 communiqués de « Agence des quais – ADQ » (2025)")
    assert [release.reference for release, _ in found.claims[0].rests_on] == ["r2", "r0"]


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Combien de communiqués parlent des barges ?", "compte 1 communiqué qui mentionne « barges »,"),
        ("Combien de communiqués parlent de Zéphyrine ?", "compte 2 communiqués qui mentionnent « Zéphyrine » :"),
        ("How many press releases mention Zéphyrine?", "holds 2 releases that mention “Zéphyrine”:"),
        ("Quanti comunicati menzionano Zéphyrine?", "contiene 2 comunicati che menzionano « Zéphyrine »:"),
    ],
)
def test_what_mentions_a_subject_is_counted(ask: Callable[..., Entered | None], question: str, told: str) -> None:
    """One release mentions, two mention."""
    found = ask(question)
    assert found is not None
    assert told in found.claims[0].text


def test_the_public_counts_what_it_may_see(ask: Callable[..., Entered | None]) -> None:
    """Staff also count what is under embargo."""
    question = "Combien de communiqués de l'ADQ ?"
    counts = [ask(question, scope) for scope in (Scope.PUBLIC, Scope.STAFF)]
    assert [found.gathered.searched.releases for found in counts if found is not None] == [3, 4]


def test_the_last_about_something_speaks_of_it(ask: Callable[..., Entered | None]) -> None:
    """By its words, in any inflection and without accents; what no release says is left to resemblance."""
    assert references(ask("Quel est le dernier communiqué sur une barge electrique ?")) == ["r1"]
    assert references(ask("Quel est le dernier communiqué sur le quai Zephyrine ?"))[0] == "r3"
    assert ask("Quel est le dernier communiqué sur les dirigeables ?") is None


def test_all_of_a_month(ask: Callable[..., Entered | None]) -> None:
    """Listed where no subject is named; a question with one is no list."""
    assert references(ask("Quels communiqués ont été publiés en avril 2025 ?")) == ["r1"]
    assert ask("Que disent les communiqués d'avril 2025 sur les barges ?") is None


def test_nothing_in_the_filters_counts_nought(ask: Callable[..., Entered | None]) -> None:
    """And tells nothing: the desk abstains."""
    found = ask("Combien de communiqués de l'ADQ en 2019 ?")
    assert found is not None
    assert (found.gathered.searched.releases, found.claims) == (0, ())
