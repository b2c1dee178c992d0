"""Whom to call, and which number."""

from __future__ import annotations

from dataclasses import replace

import pytest
from asked import assignment

from assistant.citations import verbatim
from assistant.extractive import ExtractiveWriter
from assistant.whom_to_call import contacts
from conftest import release
from store.records import Contact, Release, Span

BODY = """La digue des Tanneurs est en travaux. Pour signaler une fuite, les riverains composent le 3975.

Les journalistes s'inscrivent à la visite avant lundi :
visite@port-clair.example

Renseignements : Odile Ferrand, 05 36 49 00 11 ; auf Deutsch: Ivo Tarrazin, 05 36 49 00 12, ivo@port-clair.example"""


def dyke() -> Release:
    made = []
    for name, phone, mail in (
        ("Odile Ferrand", "05 36 49 00 11", ""),
        ("Ivo Tarrazin", "05 36 49 00 12", "ivo@port-clair.example"),
    ):
        start = BODY.index("auf Deutsch" if name.startswith("Ivo") else name)
        end = BODY.index(mail or phone) + len(mail or phone)
        made.append(Contact(name, None, phone, mail or None, Span(start, end)))
    return replace(release(BODY, title="La digue des Tanneurs en travaux"), contacts=tuple(made))


MARKET = replace(
    release("Le marché ferme. Lise Maréchal, 05 36 49 00 13", title="Le marché ferme"),
    contacts=(Contact("Lise Maréchal", None, "05 36 49 00 13", None),),
)


@pytest.mark.parametrize(
    ("question", "people", "words"),
    [
        ("Qui contacter au sujet de la digue ?", (), "Odile Ferrand, 05 36 49 00 11"),
        ("Quel est le téléphone d'Ivo Tarrazin ?", ("Ivo Tarrazin",), "05 36 49 00 12"),
        ("Quel est le contact en allemand pour la digue ?", (), "auf Deutsch: Ivo Tarrazin"),
        ("Un courriel pour la digue ?", (), "ivo@port-clair.example"),
        ("Quel numéro composer pour signaler une fuite ?", (), "composent le 3975"),
        ("À quelle adresse s'inscrire à la visite ?", (), "visite@port-clair.example"),
    ],
)
def test_the_line_that_answers(question: str, people: tuple[str, ...], words: str) -> None:
    """By subject, name, language and channel; a number of the text where that is asked for."""
    claims = contacts(assignment(question, dyke(), MARKET, people=people))
    assert words in claims[0].text
    assert all(verbatim(claim) for claim in claims)
    assert all("00 13" not in claim.text for claim in claims)


def test_a_contact_without_a_place_is_looked_for_in_the_text() -> None:
    """From the first to the last of its facts that stand there."""
    (claim,) = contacts(assignment("Qui appeler au sujet du marché ?", MARKET))
    assert claim.text == "Lise Maréchal, 05 36 49 00 13"


def test_a_contact_that_the_text_does_not_give_is_not_given() -> None:
    """No number but one that is cited."""
    made = replace(release("Le marché ferme.", title="Marché"), contacts=(Contact("X", None, "05 36 49 00 14", None),))
    assert contacts(assignment("Qui appeler au sujet du marché ?", made)) == []


def test_several_as_good_are_all_given() -> None:
    """In the order they are read, introduced once."""
    text = "La foire ouvre. Contacts : Ana Brel, 05 36 49 00 15 ; Luc Sorel, 05 36 49 00 16"
    made = replace(
        release(text, title="La foire"),
        contacts=tuple(Contact(name, None, phone) for name, phone in
                       (("Ana Brel", "05 36 49 00 15"), ("Luc Sorel", "05 36 49 00 16"))),
    )  # fmt: skip
    claims = contacts(assignment("Qui contacter pour la foire ?", made))
    assert [claim.text.split(",")[0] for claim in claims] == ["Ana Brel", "Luc Sorel"]
    assert [bool(claim.lead_in) for claim in claims] == [True, False]


@pytest.mark.parametrize("question", ["Qui contacter au sujet de la digue ?", "Quel téléphone pour la piscine ?"])
def test_a_number_of_another_matter_is_given_to_nobody(question: str) -> None:
    """The release on the dyke gives none: the market's press officer is not asked about dykes."""
    digue = release("La digue des Tanneurs est en travaux jusqu'en mai.", title="La digue des Tanneurs")
    given = assignment(question, digue, MARKET)
    assert contacts(given) == []
    assert all("00 13" not in claim.text for claim in ExtractiveWriter().write(given))
