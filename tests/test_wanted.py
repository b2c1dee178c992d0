"""What of the archive a question wants, read off its words alone."""

from __future__ import annotations

import pytest

from assistant.wanted import Wanted, shape, wanted


def read(question: str) -> Wanted:
    return wanted(shape(question, ()))


@pytest.mark.parametrize(
    "question",
    [
        "Combien de communiqués sur le quai Zéphyrine ?",
        "Combien y a-t-il de communiqués sur le quai Zéphyrine ?",
        "Combien avons-nous publié de communiqués sur le quai Zéphyrine ?",
        "Combien d'annonces sur le quai Zéphyrine ?",
        "How many press releases mention the quai Zéphyrine?",
        "Wie viele Medienmitteilungen erwähnen den quai Zéphyrine?",
    ],
)
def test_releases_are_counted(question: str) -> None:
    """However it is asked, and about what follows."""
    asked = read(question)
    assert (asked.count, asked.subject) == (True, "quai Zéphyrine")


@pytest.mark.parametrize(
    "question",
    [
        "Combien d'annonces de fuites d'eau ont été reçues ?",
        "Combien de déclarations d'impôt ont été envoyées ?",
        "Combien de publications scientifiques la faculté produit-elle ?",
        "Combien coûte la publication des annonces officielles ?",
        "Combien de journalistes ont demandé des communiqués ?",
        "Le nombre de publications de la faculté a-t-il baissé ?",
        "Wie viele Meldungen von Datenpannen gab es?",
        "How many releases of radioactive water were reported?",
        "Quelles sont les dernières publications scientifiques de la faculté sur le climat ?",
        "Quelle est la première déclaration signée par les riverains ?",
        "Qu'a-t-on dit sur la première annonce du chantier ?",
        "Quel communiqué annonce que pour la première fois une femme commande le port ?",
        "Pour la première fois, combien de femmes siègent au conseil ? Que dit le communiqué ?",
    ],
)
def test_what_others_publish_is_asked_of_the_texts(question: str) -> None:
    """Reports, statements and firsts that a release tells of are no releases."""
    assert not read(question).of_the_catalogue


@pytest.mark.parametrize(
    ("question", "order", "subject"),
    [
        ("Quand avons-nous communiqué pour la dernière fois sur la passerelle ?", "newest", "passerelle"),
        ("La première fois que la ville a communiqué sur la passerelle", "oldest", "passerelle"),
        ("Quelles sont les dernières déclarations d'Hélène Vaucresson ?", "newest", "Hélène Vaucresson"),
        ("Quelle est la dernière annonce du gouvernement sur la passerelle ?", "newest", "passerelle"),
        ("Sur la passerelle, quel est le premier communiqué ?", "oldest", "passerelle"),
    ],
)
def test_releases_are_asked_for_by_rank(question: str, order: str, subject: str) -> None:
    """From either end, about something or someone."""
    asked = read(question)
    assert (asked.order, asked.subject) == (order, subject)


def test_a_pronoun_opens_no_subject() -> None:
    """« Achète-t-on » holds no English « on »; the words before it are the subject still."""
    assert read("Combien de communiqués a-t-on sur la passerelle ?").subject == "passerelle"
    question = "Combien de barges achète-t-on d'après le communiqué du 3 mai ?"
    day = question.index("3 mai")
    assert not wanted(shape(question, [(day, day + 5, "PERIOD0")])).every


def test_what_was_published_is_asked_for_in_english() -> None:
    """« Did … publish » asks for releases as « has published » does."""
    question = "What did the port publish in May 2025?"
    assert wanted(shape(question, [(9, 17, "ISSUER0"), (26, 37, "PERIOD0")])).every
