"""People found in questions by whole name, last name, or with typing errors."""

from __future__ import annotations

import pytest

from assistant.people import People, learn_people

NAMED = [
    ("Hélène Vaucresson", "r1"),
    ("Hélène Vaucresson", "r2"),
    ("Jules Quéverdon", "r3"),
    ("Anne Tourbière", "r4"),
    ("Paul Tourbière", "r5"),
    ("Rose Sarvelle", "r6"),
    ("directrice", "r7"),
]
PEOPLE = learn_people(NAMED, ["Métropole de Sarvelle"])


def names(question: str, people: People = PEOPLE) -> list[str]:
    return [one.person.name for one in people.named_in(question)]


@pytest.mark.parametrize(
    "question",
    ["Qu'a dit Hélène Vaucresson ?", "qu'a dit helene vaucresson", "Qu'en pense Vaucresson ?", "Helène Vaucreson ?"],
)
def test_a_person_is_known_under_every_form(question: str) -> None:
    """Whole, without accents, by last name, mistyped."""
    assert names(question) == ["Hélène Vaucresson"]


@pytest.mark.parametrize(
    "question", ["Que dit Tourbière ?", "les vaucresson", "Que dit Sarvelle ?", "Qu'a dit la directrice ?"]
)
def test_a_name_that_may_be_anything_names_nobody(question: str) -> None:
    """Two bear it, it has no capital, it is a place, or no name at all."""
    assert names(question) == []


def test_one_who_is_named_far_more_is_meant() -> None:
    """A last name that others bear too, once."""
    people = learn_people([*NAMED, *(("Anne Tourbière", f"s{n}") for n in range(10))])
    assert names("Que dit Tourbière ?", people) == ["Anne Tourbière"]


def test_a_name_remembers_who_taught_it() -> None:
    """So that it can be checked that one of them may still be read."""
    (one,) = PEOPLE.named_in("Hélène Vaucresson")
    assert one.person.releases == ("r1", "r2")
    assert not one.mistyped
