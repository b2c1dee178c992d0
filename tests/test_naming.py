"""A question as a row of words, and the longest name that begins at one of them."""

from __future__ import annotations

from assistant.naming import longest, name_words, words_of


def test_a_name_is_its_words_that_count() -> None:
    """Articles, accents and capitals do not matter."""
    assert name_words("Régie des Quais d'Ormeval") == ("regie", "quais", "ormeval")


def test_words_keep_their_place_and_what_parts_them() -> None:
    """A full stop or another word parts two words; small words and apostrophes do not."""
    question = "Que dit la régie des quais ? Ormeval paie."
    words = {word.text: word for word in words_of(question)}
    assert question[words["quais"].start : words["quais"].end] == "quais"
    assert words["quais"].joined
    assert not words["ormeval"].joined


def test_the_longest_name_wins() -> None:
    """« Ville d'Ormeval-Sud » is not « Ville d'Ormeval »."""
    names = {("ville", "ormeval"): 1, ("ville", "ormeval", "sud"): 2}
    assert longest(words_of("la ville d'Ormeval-Sud"), 0, names) == 3
    assert longest(words_of("la ville d'Ormeval. Sud"), 0, names) == 2
