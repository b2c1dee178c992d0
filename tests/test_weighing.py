"""Which sentences are chosen, and how many: invented releases."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from asked import assignment

from assistant.kinds import kinds
from assistant.weighing import LONG, MANY, WEIGHTS, answers, chosen
from conftest import release
from store.records import Release

BRIDGE = release(
    "Le pont des Verriers fermera le 4 mai 2031. Il sera rénové par l'entreprise Tavelet SA. Le chantier coûtera"
    " 12 millions d'euros. Pourquoi rénover ? Les piles ont été rongées par le sel.",
    title="Le pont des Verriers ferme",
    issuer="Ville de Port-Clair",
    published=date(2031, 4, 2),
)
POOL = release(
    "La piscine des Oliviers ouvre le 1er juillet 2031. L'entrée coûtera 4 euros.",
    title="La piscine des Oliviers ouvre",
    issuer="Ville de Port-Clair",
    published=date(2031, 6, 2),
)


def shown(question: str, *releases: Release, language: str = "fr") -> list[str]:
    """The sentences chosen, in order."""
    picked = chosen(assignment(question, *releases, language=language), kinds(question, language))
    return [one.span.of(one.release.text) for one in picked]


def test_the_sentence_that_holds_what_is_asked_comes_first() -> None:
    """A sum for « combien coûte », a day for « quand »."""
    assert shown("Combien coûtera le chantier du pont des Verriers ?", BRIDGE, POOL)[0].startswith("Le chantier")
    assert shown("Quand ferme le pont des Verriers ?", BRIDGE, POOL)[0].startswith("Le pont")
    assert shown("Combien coûte l'entrée de la piscine ?", POOL, BRIDGE)[0].startswith("L'entrée")


def test_a_question_of_two_parts_gets_both() -> None:
    """« Quand et par qui »: the day and the company are both shown."""
    told = " ".join(shown("Quand le pont des Verriers ferme-t-il et quelle entreprise le rénove ?", BRIDGE))
    assert "4 mai 2031" in told
    assert "Tavelet SA" in told


def test_a_sentence_that_says_the_same_again_is_left_out() -> None:
    """Two releases that tell one thing in one wording are one sentence."""
    again = release(BRIDGE.text, title="Rappel : le pont des Verriers ferme", published=date(2031, 5, 1))
    told = shown("Quand ferme le pont des Verriers ?", BRIDGE, again)
    assert len(told) == len(set(told))


def test_an_answer_keeps_within_its_room() -> None:
    """However much was found and however open the choice."""
    many = [
        release(" ".join(f"Le quai {number} du port mesure {number + 40} mètres et longe la rue {name}." for name in
                         ("Basse", "Haute", "Neuve", "Vieille", "Longue", "Courte")), title=f"Quai {number}")
        for number in range(8)
    ]  # fmt: skip
    picked = chosen(assignment("Que sait-on des quais ?", *many), kinds("Que sait-on des quais ?"))
    assert 1 <= len(picked) <= MANY
    assert sum(len(one.span) for one in picked) <= LONG


def test_sentences_that_stand_together_are_shown_as_they_are_read() -> None:
    """Where sentences of one release follow each other, the earlier is never shown right after the later."""
    told = shown("Quelle entreprise rénove le pont des Verriers ?", BRIDGE, POOL)
    assert "Il sera rénové par l'entreprise Tavelet SA." in told
    text = BRIDGE.text
    for before, after in pairwise(told):
        assert f"{after} {before}" not in text


def test_every_sentence_tells_how_likely_it_answers() -> None:
    """Between nought and one, together no more than one; the best few are what `answers` adds up."""
    asked = assignment("Combien coûtera le chantier du pont des Verriers ?", BRIDGE, POOL)
    picked = chosen(asked, kinds(asked.question))
    assert all(0.0 <= one.answers <= 1.0 for one in picked)
    assert 0.0 < answers(asked, kinds(asked.question)) <= 1.0 + 1e-9


def test_nothing_found_chooses_nothing() -> None:
    """And then nothing is likely to answer."""
    asked = assignment("Combien ?")
    assert chosen(asked, kinds("Combien ?")) == ()
    assert answers(asked, kinds("Combien ?")) == 0.0


def test_every_trait_has_its_weight() -> None:
    """A trait without one would be read and thrown away, a weight without one never used."""
    from assistant.traits import sentences

    asked = assignment("Quand ferme le pont ?", BRIDGE)
    assert sentences(asked, kinds(asked.question))[0].traits.keys() == WEIGHTS.keys()
