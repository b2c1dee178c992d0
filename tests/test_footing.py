"""What a claim rests on: the cited sentence itself, whole, in a release that speaks of what is asked."""

from __future__ import annotations

import pytest

from assistant.claims import Bearer, said
from assistant.footing import not_cut_out, spoken_of, stands_on_its_sentence
from conftest import release
from store.records import Span

TITLE = "Ormelune veut améliorer le cadre juridique des jardins partagés"
FIRST = "La ville luttera aussi contre les abus et préservera la réputation de ses marchés."
SECOND = "Sous la présidence d'Inès Valdor, la chambre des halles et le port d'Ormelune se sont entendus sur un plan."
THIRD = "La récolte ne représente que 72 % de celle de l'année précédente dans la vallée."
TEXT = " ".join((FIRST, SECOND, THIRD))


def bearer(sentence: str) -> Bearer:
    start = TEXT.index(sentence)
    return Bearer(release(TEXT, title=TITLE), Span(start, start + len(sentence)))


def test_a_title_does_not_stand_in_for_the_cited_sentence() -> None:
    """What only the title says is not borne by a sentence that says something else."""
    claim = said("La ville veut améliorer le cadre juridique des jardins partagés.", "", "fr")
    assert not stands_on_its_sentence(claim, [bearer(FIRST)])
    assert stands_on_its_sentence(said("La ville luttera contre les abus dans ses marchés.", "", "fr"), [bearer(FIRST)])


def test_what_only_the_question_says_must_be_spoken_of() -> None:
    """A sentence about something else does not answer with the question's own words."""
    asked = "Quelles coupures de billets ont été retirées de la circulation ?"
    claim = said("Les coupures de billets retirées de la circulation sont : Inès Valdor, Ormelune.", asked, "fr")
    assert not spoken_of(claim, [bearer(SECOND)])
    assert spoken_of(said("Le plan d'Inès Valdor a été retiré.", asked, "fr"), [bearer(SECOND)])


@pytest.mark.parametrize(
    ("sentence", "claim"),
    [
        (SECOND, "Inès Valdor, la chambre des halles et le port d'Ormelune se sont entendus sur un plan."),
        (THIRD, "72 % de celle de l'année précédente dans la vallée."),
    ],
)
def test_a_claim_is_not_cut_out_of_what_governs_it(sentence: str, claim: str) -> None:
    """Words that stood under « sous la présidence de » or « ne… que » do not stand alone."""
    assert not not_cut_out(said(claim, "", "fr"), [bearer(sentence)])
    assert not_cut_out(said(sentence, "", "fr"), [bearer(sentence)])
