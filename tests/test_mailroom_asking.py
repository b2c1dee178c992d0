"""What a letter asks."""

from __future__ import annotations

import time

import pytest

from assistant.mailroom.asking import MOST, asked, leaning, needs_more, plainly


@pytest.mark.parametrize(
    ("subject", "text", "questions"),
    [
        ("Stade", "Bonjour,\n\nCombien coûte le stade ?\n\nMerci d'avance,\nClaire", ["Combien coûte le stade ?"]),
        ("", "Bonjour Madame Varenne, combien coûte le stade ? Bien à vous", ["combien coûte le stade ?"]),
        ("", "Quand rouvre\nle stade ? Et pourquoi ?", ["Quand rouvre le stade ?", "Et pourquoi ?"]),
        ("", "Merci pour votre envoi.\n\nCombien coûte le stade ?", ["Combien coûte le stade ?"]),
        ("", "1. Qui paie ?\n2) Quand ?\n- À quel prix ?", ["Qui paie ?", "Quand ?", "À quel prix ?"]),
        ("", "Merci de m'indiquer le coût du stade.\n\nCordialement,\nPaul", ["Merci de m'indiquer le coût du stade."]),
        ("", "Je cherche le coût du stade. Merci de me répondre avant 18 h.", ["Je cherche le coût du stade."]),
        ("Combien coûte le stade ?", "Bonjour,\nmerci\nPaul", ["Combien coûte le stade ?"]),
        ("", "Dear team,\n\nHow much is the stadium?\n\nBest regards,\nAnn", ["How much is the stadium?"]),
        ("Votre communiqué", "Merci, bien reçu.\n\nBonne journée", []),
        ("", "", []),
    ],
)  # fmt: skip
def test_questions_stand_without_greetings_and_farewells(subject: str, text: str, questions: list[str]) -> None:
    """What is asked is found in any letter; one that asks nothing is not answered."""
    assert list(asked(subject, text).questions) == questions


def test_a_letter_of_many_questions_has_the_first_answered() -> None:
    """Beyond a few questions it is told how many more there are."""
    asking = asked("", "\n\n".join(f"Combien coûte le stade {number} ?" for number in range(MOST + 3)))
    assert (len(asking.questions), asking.more) == (MOST, 3)


@pytest.mark.parametrize(
    ("question", "plain"),
    [
        ("Pourriez-vous m’indiquer combien coûte le stade ?", "combien coûte le stade ?"),
        ("Pouvez-vous me dire si le stade rouvre en mai ?", "le stade rouvre en mai ?"),
        ("Could you please tell me how much the stadium costs?", "how much the stadium costs?"),
        ("Combien coûte le stade ?", "Combien coûte le stade ?"),
        ("Pouvez-vous me dire ?", "Pouvez-vous me dire ?"),
    ],
)
def test_courtesy_is_not_part_of_the_question(question: str, plain: str) -> None:
    """The archive is asked plainly."""
    assert plainly(question) == plain


def test_a_question_may_need_what_the_letter_is_about() -> None:
    """« Combien coûtent les travaux ? » goes on from « un article sur le stade »; one with a name stands alone."""
    text = "Bonjour,\nJe prépare un article sur le stade. Je suis à Sarvelle. Combien coûtent les travaux ?"
    about = asked("Question", text).about
    assert about == "Je prépare un article sur le stade."
    assert needs_more("combien coûtent les travaux ?", about)
    assert not needs_more("combien coûte le stade Albert-Fauvel ?", about)
    assert leaning("combien coûtent les travaux ?") == "Et combien coûtent les travaux ?"


def test_what_is_hostile_takes_no_time() -> None:
    """Text that repeats itself without end is read as quickly as any."""
    for text in ("a" * 500_000, "? " * 200_000, "Bonjour, " * 50_000, "merci\n" * 100_000, "- " * 100_000):
        assert len(asked("", text).questions) <= MOST


@pytest.mark.parametrize("subject", ["Demande d'information urgente", "d'" * 140 + "x", "information " * 25 + "x"])
def test_any_subject_is_looked_at_in_no_time(subject: str) -> None:
    """However a subject is worded, whether it names what the letter is about is known at once."""
    began = time.process_time()
    assert asked(subject, "Combien ?").about == subject.strip()
    assert time.process_time() - began < 0.5


@pytest.mark.parametrize("subject", ["Demande d'information", "Question presse 2", "", "Press enquiry"])
def test_a_subject_that_names_nothing_is_not_what_a_letter_is_about(subject: str) -> None:
    """« Demande d'information » says nothing of what is asked."""
    assert asked(subject, "Combien coûtent les travaux ?").about == ""
