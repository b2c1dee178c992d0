"""People and organisations, where a text first names them in full."""

from __future__ import annotations

import time

import pytest

from ingest.parser.names import find_names
from store.records import NameKind


def read(text: str, kind: NameKind) -> list[str]:
    return [name.name for name in find_names(text) if name.kind is kind]


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("Mme Anne Le Gall, directrice du port, a ouvert la séance.", "Anne Le Gall"),
        ("La séance a été ouverte par Odon Brémi, capitaine.", "Odon Brémi"),
        ("Le maire Jean-Yves d'Ormont a ouvert la séance.", "Jean-Yves d'Ormont"),
        ("La préfète Lise P. Maréchal-Roux a ouvert la séance.", "Lise P. Maréchal-Roux"),
        ("Le chimiste Karel van der Brix a ouvert la séance.", "Karel van der Brix"),
        ("M. Paul DURAND a ouvert la séance.", "Paul DURAND"),
        ("The mayor, Jane Doe, opened the meeting.", "Jane Doe"),
    ],
)
def test_a_person_has_an_office_a_civility_or_a_first_name(text: str, person: str) -> None:
    """Particles, hyphens, initials and shouted surnames are parts of the name."""
    assert read(text, NameKind.PERSON) == [person]


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("La Ville de Clair rénove le quai.", "Ville de Clair"),
        ("L'Office des ports du Val (OPV) rénove le quai.", "Office des ports du Val"),
        ("Le Ministère de la Mer rénove le quai.", "Ministère de la Mer"),
        (
            "Le Département de la justice, de la sécurité et de la santé rénove le quai.",
            "Département de la justice, de la sécurité et de la santé",
        ),
        ("L'Association des riverains du Val rénove le quai.", "Association des riverains du Val"),
        ("La société Navalis SA rénove le quai.", "Navalis SA"),
    ],
)
def test_a_body_begins_with_a_word_of_institutions(text: str, body: str) -> None:
    """And goes on as long as its name does."""
    assert read(text, NameKind.ORGANISATION) == [body]


@pytest.mark.parametrize(
    "text",
    [
        "Le Plan Climat et la Stratégie Énergie sont adoptés.",
        "La rue Anne Roux et l'Institut Paul Brix sont fermés.",
        "Rendez-vous à Saint-Clair, place des Lilas.",
        "Le groupe de travail et le conseil se réunissent lundi.",
    ],
)
def test_plans_streets_and_common_words_are_no_people(text: str) -> None:
    """Precision before recall."""
    assert read(text, NameKind.PERSON) == []


def test_a_name_is_given_once_where_it_first_stands_in_full() -> None:
    """Not again as « Mme Le Gall »."""
    text = "Mme Le Gall ouvre la séance. Anne Le Gall préside la Régie. Anne Le Gall conclut."
    (name,) = [name for name in find_names(text) if name.kind is NameKind.PERSON]
    assert name.span.of(text) == name.name == "Anne Le Gall"
    assert name.span.start == text.index("Anne")


@pytest.mark.parametrize("piece", ["A ", "Anne ", "Ville de ", "Office des ports et ", "M. ", "(AB) "])
def test_hostile_texts_take_no_longer_than_long_ones(piece: str) -> None:
    """100,000 characters of capitals take a second or two, never minutes."""
    text = (piece * 100_000)[:100_000]
    started = time.process_time()
    find_names(text)
    assert time.process_time() - started < 60
