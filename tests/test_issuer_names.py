"""Issuers under all their names, learnt from the names and from what releases say of them."""

from __future__ import annotations

import pytest

from assistant.issuers import Issuers, learn, root, stands_for

ROADS = "Régie métropolitaine des quais et des routes"
WATER = "Régie métropolitaine des eaux RMEA"
CITY = "Ville d'Ormeval"
HOUSING = "Office du logement (OLOG) - dès 2013 à la Métropole"
OFFICE = "Secrétariat général MOS"
METROPOLE = "Métropole Ormeval-Sarvelle"
ENGLISH = "Quays and Roads Authority"
LAB = "Laborarium"
TEXTS = [
    "La Régie métropolitaine des quais et des routes (RQR) ouvre un pont.",
    "La Métropole Ormeval-Sarvelle (MOS) vote.",
    "La Ville d'Ormeval, anciennement Bourg du Haut-Ormeval, fête ses cent ans (jeudi).",
]
ISSUERS = learn(
    [ROADS, WATER, CITY, HOUSING, OFFICE, METROPOLE, ENGLISH, LAB], TEXTS, [(ROADS, ENGLISH), (ENGLISH, ROADS)]
)


def named(question: str, issuers: Issuers = ISSUERS) -> list[tuple[str, ...]]:
    return [one.issuers for one in issuers.named_in(question)]


@pytest.mark.parametrize(
    "question",
    [
        "communiqués de la Régie métropolitaine des quais et des routes",
        "communiques de la regie metropolitaine des quais et des routes",
        "la régie des quais",
        "la régie des routes",
        "la RQR",
        "rqr",
        "régie métropolitaine des qauis et des routes",
        "Quays and Roads Authority",
    ],
)
def test_one_issuer_goes_by_many_names(question: str) -> None:
    """Whole, in part, by its letters, mistyped, in another language: always the same house."""
    assert [set(found) for found in named(question)] == [{ROADS, ENGLISH}]


@pytest.mark.parametrize(
    ("question", "issuer"),
    [
        ("la régie des eaux", WATER),
        ("RMEA", WATER),
        ("le Bourg du Haut-Ormeval", CITY),
        ("l'office du logement", HOUSING),
        ("l'OLOG", HOUSING),
        ("Laboraium a écrit", LAB),
        ("la ville", CITY),
    ],
)
def test_acronyms_former_names_notes_and_kinds_are_learnt(question: str, issuer: str) -> None:
    """« dès 2013 » is no part of a name; « la ville » is the only one there is."""
    assert named(question) == [(issuer,)]


def test_letters_that_two_houses_bear_name_both() -> None:
    """The secretariat of a house speaks for it: better both than the wrong one."""
    assert set(named("les communiqués de MOS")[0]) == {METROPOLE, OFFICE}


@pytest.mark.parametrize(
    "question",
    [
        "la régie",
        "la régie métropolitaine",
        "les routes du quai",
        "Qui paie l'eau ?",
        "jeudi",
        "laboraium",
        "la ville de Port-Clair",
        "une regle",
    ],
)
def test_a_common_word_is_no_issuer(question: str) -> None:
    """What two share, what belongs to another name, and a mistyped word in small letters name nobody."""
    assert named(question) == []


def test_a_kind_of_house_alone_is_weak() -> None:
    """It narrows only right after « communiqué de »."""
    (one,) = ISSUERS.named_in("Que fait la ville ?")
    assert one.weak


def test_a_mistyped_name_says_what_was_meant() -> None:
    """So that the asker can correct it; an ending is no mistake."""
    (wrong,) = ISSUERS.named_in("régie métropolitaine des qauis et des routes")
    (plural,) = ISSUERS.named_in("la régie du quai")
    assert (wrong.meant, plural.meant) == (ENGLISH if wrong.meant == ENGLISH else ROADS, "")


def test_letters_stand_for_words() -> None:
    """Each word gives at least its first letter, in order."""
    assert stands_for("rqr", ("regie", "quais", "routes"))
    assert stands_for("reqro", ("regie", "quais", "routes"))
    assert not stands_for("rq", ("regie", "quais", "routes"))
    assert not stands_for("qrr", ("regie", "quais", "routes"))


def test_endings_do_not_part_words() -> None:
    """« métropolitaines » and « métropolitain » are one word."""
    assert root("metropolitaines") == root("metropolitaine") == "metropolitain"


@pytest.mark.parametrize(
    "question", ["communiqué du Conseil national", "les communiqués du conseil cantonal sur le port"]
)
def test_another_house_of_the_same_kind_is_not_the_one_known(question: str) -> None:
    """« Le conseil » is the only one there is; the national one is another."""
    council = learn(["Conseil fédéral"])
    assert named(question, council) == []
    assert named("communiqué du Conseil sur le port", council) == [("Conseil fédéral",)]
