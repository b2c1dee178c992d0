"""Reported speech: the clause, and who is said to have said it."""

from __future__ import annotations

import pytest

from ingest.parser.quotes import find_quotes


def read(text: str) -> list[tuple[str, str | None, str | None]]:
    return [(quote.span.of(text), quote.speaker, quote.role) for quote in find_quotes(text) if quote.indirect]


CLAUSE = "le quai rouvre lundi"


@pytest.mark.parametrize(
    "text",
    [
        "Selon Lise Maréchal, le quai rouvre lundi.",
        "D'après Lise Maréchal, maire de Clair, le quai rouvre lundi.",
        "Pour la maire Lise Maréchal, qui préside la Régie, le quai rouvre lundi.",
        "Lise Maréchal a indiqué que le quai rouvre lundi.",
        "Lise Maréchal, maire de Clair, a rappelé hier à la presse que le quai rouvre lundi.",
        "Lise Maréchal insiste sur le fait que le quai rouvre lundi.",
        "Lise Maréchal a remercié les riverains et souligné que le quai rouvre lundi.",
        "Comme le rappelle Lise Maréchal, maire de Clair, le quai rouvre lundi.",
        "La maire Lise Maréchal a visité le port. Elle a précisé que le quai rouvre lundi.",
        "Lise Maréchal, maire de Clair, est venue. Selon elle, le quai rouvre lundi.",
        "According to Lise Maréchal, le quai rouvre lundi.",
    ],
)
def test_a_clause_is_given_to_who_says_it(text: str) -> None:
    """By name, by pronoun, after « selon » or before « que »."""
    assert [(words, speaker) for words, speaker, _ in read(text)] == [(CLAUSE, "Lise Maréchal")]


@pytest.mark.parametrize(
    "text", ["Le quai rouvre lundi, a relevé Lise Maréchal.", "Le quai rouvre lundi, selon Lise Maréchal, maire."]
)
def test_a_clause_may_come_first(text: str) -> None:
    """« clause, a relevé X », « clause, selon X »."""
    assert [(words, speaker) for words, speaker, _ in read(text)] == [("Le quai rouvre lundi", "Lise Maréchal")]


def test_an_office_speaks_without_a_name() -> None:
    """« Selon la maire » names nobody, but says which office."""
    assert read("Selon la maire, le quai rouvre lundi.") == [(CLAUSE, None, "maire")]


def test_a_body_speaks_by_its_own_name() -> None:
    """In full, where its acronym is spelled out."""
    text = "L'Office des ports du Val (OPV) rénove le quai. L'OPV précise que le quai rouvre lundi."
    assert read(text) == [(CLAUSE, "Office des ports du Val", None)]


def test_two_clauses_of_one_sentence_are_two() -> None:
    """« a dit que A et a annoncé que B »."""
    text = "Lise Maréchal a dit que le quai rouvre lundi et a annoncé que les bus reprennent mardi."
    assert [words for words, _, _ in read(text)] == [CLAUSE, "les bus reprennent mardi"]


@pytest.mark.parametrize(
    "text",
    [
        "Selon une étude, le quai rouvre lundi.",
        "Selon les dernières enquêtes, le quai rouvre lundi.",
        "Le rapport indique que le quai rouvre lundi.",
        "Les habitants disent que le quai rouvre lundi.",
        "Lise Maréchal a salué l'accord que la Ville a signé lundi.",
        "On annonce que le quai rouvre lundi.",
    ],
)
def test_studies_reports_and_everybody_report_nothing(text: str) -> None:
    """Only persons, offices and bodies speak."""
    assert read(text) == []


def test_a_dialogue_is_spoken() -> None:
    """A line behind a dash with its incise is direct speech."""
    text = "— Pourquoi ce quai ?\n— Parce que la ville en a besoin, répond Lise Maréchal."
    (quote,) = find_quotes(text)
    assert (quote.span.of(text), quote.speaker, quote.indirect) == (
        "Parce que la ville en a besoin",
        "Lise Maréchal",
        False,
    )
