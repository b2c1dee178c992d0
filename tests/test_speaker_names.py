"""Which spellings are one name, and which are not: nobody's words are given to another."""

from __future__ import annotations

from store.sought import who
from store.speaker_names import one_speaker


def meant(*names: str, issuers: tuple[str, ...] = ()) -> dict[str, str]:
    return one_speaker([(who(name), name) for name in names], issuers)


def test_a_name_is_compared_without_civilities_accents_and_middle_initials() -> None:
    """« Mme Élodie B. Noël » is compared as « elodie noel »."""
    assert who("Mme Élodie B. Noël") == "elodie noel"
    assert who("M.") is None
    assert who(None) is None


def test_a_last_name_or_an_initial_is_the_one_who_bears_it() -> None:
    """Only where one person does."""
    found = meant("Ada Morel", "Morel", "A. Morel", "Luc Perrin")
    assert found["morel"] == found["a morel"] == "ada morel"
    assert meant("Ada Morel", "L. Morel")["l morel"] == "l morel"


def test_a_name_of_two_people_is_nobodys() -> None:
    """Unless one of them is quoted far more often."""
    assert meant("Ada Morel", "Luc Morel", "Morel")["morel"] == "morel"
    assert meant(*["Ada Morel"] * 5, "Luc Morel", "Morel")["morel"] == "ada morel"


def test_half_of_a_double_name_is_another_name() -> None:
    """« Rey » is not Ms Calmy-Rey; « Calmy-Rey » is."""
    found = meant("Micheline Calmy-Rey", "Rey", "Calmy-Rey")
    assert (found["rey"], found["calmy rey"]) == ("rey", "micheline calmy rey")


def test_bodies_are_nobodys_last_name() -> None:
    """A word of an issuer's name, or a name with small words, is no person's."""
    assert meant("Haut Conseil", "Conseil", issuers=("Conseil de la Métropole",))["conseil"] == "conseil"
    assert meant("Secrétariat de la Rade", "Rade")["rade"] == "rade"


def test_a_word_read_into_a_name_is_left_out_where_the_name_is_known() -> None:
    """« Justice Karin Faller » once, « Karin Faller » often: one speaker."""
    assert meant("Justice Karin Faller", "Karin Faller", "Karin Faller")["justice karin faller"] == "karin faller"
