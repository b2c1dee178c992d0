"""Sentences as they are shown: bared, on one line, cut where they may be."""

from __future__ import annotations

import pytest

from assistant.answer import Claim
from assistant.citations import CUT, verbatim
from assistant.clauses import LONGEST, bared, flowing, leans, worded
from assistant.kinds import kinds
from conftest import release
from store.language import content_terms
from store.records import Release, Span


def shown(text: str, question: str = "", *, joined: bool = False, before: str = "") -> str:
    """What is shown of a sentence; checked to stand word for word in what is cited."""
    made = release(before + text)
    span = Span(len(before), len(before + text))
    stems = {term.stem for term in content_terms(question, "fr")}
    words = worded(made, span, stems, kinds(question), joined=joined)
    assert verbatim(Claim(words.text, ((made, words.span),)))
    return words.text


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("- La passerelle rouvre lundi.", "La passerelle rouvre lundi."),
        ("•La passerelle rouvre lundi.", "La passerelle rouvre lundi."),
        ("Sarvelle, le 6 mai 2025 – La passerelle rouvre lundi.", "La passerelle rouvre lundi."),
        ("Sarvelle, 06.05.2025 - La passerelle rouvre lundi.", "La passerelle rouvre lundi."),
        ("La passerelle rouvre lundi.¹", "La passerelle rouvre lundi."),
        ("La passerelle rouvre lundi.[3]", "La passerelle rouvre lundi."),
        ("La passerelle a coûté 3,14", "La passerelle a coûté 3,14"),
        ("Le 6 mai 2025, la passerelle rouvre.", "Le 6 mai 2025, la passerelle rouvre."),
        ("12 octobre 2026 : Fin des travaux.", "12 octobre 2026 : Fin des travaux."),
        ("1. August 2026: Fest am Hafen.", "1. August 2026: Fest am Hafen."),
    ],
)
def test_bullets_datelines_and_footnotes_are_no_words(text: str, kept: str) -> None:
    """What stands in front of a sentence or behind it is left out; what belongs to it is not."""
    made = release(text)
    assert bared(made, Span(0, len(text))).of(text) == kept


@pytest.mark.parametrize(
    "rest",
    [
        "mais seulement si la commission de sécurité rend un avis favorable au terme de sa visite du chantier",
        "alors que le conseil n'a pas encore voté les crédits et que la préfecture s'y oppose fermement",
        "tandis que la Ville dément toute date et renvoie à la décision que rendra le tribunal administratif",
    ],
)
def test_what_makes_a_clause_conditional_is_not_cut_from_it(rest: str) -> None:
    """A condition, a reserve or a denial after the day: the sentence stays whole."""
    told = (
        "Le stade des Tanneurs, fermé depuis deux ans pour la mise aux normes de ses tribunes et de ses vestiaires, "
        "rouvrira ses portes au public le 20 septembre 2025, "
    )
    wide = f"{told}{rest}, indique la direction des sports dans le dossier remis aux riverains du quartier du port."
    assert shown(wide, "Quand rouvrira le stade des Tanneurs ?") == wide


def test_a_very_long_sentence_keeps_its_condition() -> None:
    """« Si le conseil l'approuve » opens it: it is shown with it."""
    wide = (
        "Si le conseil l'approuve lors de sa séance de décembre, et quoi qu'il en soit de l'avis que rendront d'ici là "
        "les communes riveraines, les chambres consulaires, les associations de quartier et le comité de bassin réunis "
        "en assemblée, dont les travaux ont commencé au printemps dans la salle des fêtes de Sarvelle en présence d'un "
        "large public, le pont des Brumes sera refait en 2026, pour un coût de 4,1 millions d'euros, avec deux pistes "
        "cyclables, un trottoir, une estacade de bois, un belvédère et des bancs tournés vers le fleuve."
    )
    assert len(wide) > LONGEST
    assert shown(wide, "Quand le pont des Brumes sera-t-il refait ?").startswith("Si le conseil l'approuve")


def test_a_sentence_is_one_line() -> None:
    """Breaks and double blanks become one blank; a no-break blank stays."""
    assert flowing("Le pont\n  rouvre  lundi à 10\u00a0h,\tavec 10\u202f000 invités.") == (
        "Le pont rouvre lundi à 10\u00a0h, avec 10\u202f000 invités."
    )


def test_a_connector_is_cut_unless_it_connects() -> None:
    """« Par ailleurs » goes, marked; after the sentence it leans on it stays."""
    text = "Par ailleurs, la Région versera 4 millions d'euros."
    assert shown(text) == f"{CUT} la Région versera 4 millions d'euros."
    assert shown(text, joined=True) == text


def test_asides_are_cut() -> None:
    """« (voir encadré) » leads nowhere in an answer."""
    assert shown("Le pont a coûté 3 millions d'euros (voir encadré).") == f"Le pont a coûté 3 millions d'euros {CUT}."
    kept = "Le pont (voirie comprise) a coûté 3 millions d'euros."
    assert shown(kept) == kept


LONG = (
    "Le pont des Tanneurs a coûté 3,4 millions d'euros à la Métropole de Sarvelle, ce qui en fait, d'après les"
    " services techniques et les associations de riverains consultées au printemps, l'ouvrage le plus attendu de"
    " toute la vallée, devant la passerelle des Moulins et le quai des Verriers."
)


def test_a_clause_that_answers_is_shown_alone() -> None:
    """Subject and verb kept, the rest marked as cut."""
    told = f"Le pont des Tanneurs a coûté 3,4 millions d'euros à la Métropole de Sarvelle {CUT}"
    assert shown(LONG, "Combien a coûté le pont des Tanneurs ?") == told


@pytest.mark.parametrize(
    "question",
    [
        "Combien a coûté l'ouvrage le plus attendu de la vallée ?",
        "Pourquoi le pont des Tanneurs est-il attendu ?",
        "Le pont des Tanneurs",
    ],
)
def test_in_doubt_a_sentence_stays_whole(question: str) -> None:
    """A word asked for in what would go, or no form to know the answer by."""
    assert shown(LONG, question) == LONG


def test_a_clause_without_a_verb_is_none() -> None:
    """« Les 300 logements …, ainsi que …, seront livrés » is not cut at its first comma."""
    text = (
        "Les 300 logements de la résidence du Vallon des Tuiles d'Ormeval, ainsi que les commerces du rez-de-chaussée"
        " et les bureaux de la coopérative qui les gère pour le compte de la Ville et de ses partenaires depuis le"
        " printemps, attendent encore leurs premiers habitants."
    )
    assert shown(text, "Combien de logements ?") == text


def test_what_is_too_long_is_cut_in_any_case() -> None:
    """At a clause border, keeping what is asked, and marked."""
    text = "Le conseil a voté " + ", ".join(f"la rénovation de l'école numéro {n}" for n in range(30)) + "."
    told = shown(text, "école numéro 2 rénovation")
    assert len(told) <= LONGEST + 10
    assert told.startswith("Le conseil a voté")
    assert told.endswith(CUT)


@pytest.mark.parametrize(
    ("text", "leaning"),
    [
        ("Il sera achevé en mai.", True),
        ("Cette mesure entre en vigueur lundi.", True),
        ("Celui-ci compte 300 places.", True),
        ("C’est pourquoi la Ville agit.", True),
        ("Dans ce contexte, elle a lancé un appel.", True),
        ("It will open in May.", True),
        ("Diese kostet 3 Millionen Euro.", True),
        ("Il y a 300 places.", False),
        ("Il est prévu d'ouvrir en mai.", False),
        ("Cette année, la Ville ouvre deux crèches.", False),
        ("Le stade ouvre en mai.", False),
        ("En mai, la Ville ouvre le stade.", False),
        ("Ilona Brunner ouvre le stade.", False),
    ],
)
def test_what_leans_on_the_sentence_before(text: str, leaning: bool) -> None:
    """A pronoun or « cette mesure » needs what was said; « il y a » does not."""
    assert leans(text) is leaning


def test_a_sentence_that_begins_mid_line_is_marked() -> None:
    """What stood before it is missing, and the reader is told."""
    made: Release = release("La Ville, dit-elle, agit vite et bien.")
    words = worded(made, Span(10, len(made.text)), set(), kinds(""))
    assert words.text == f"{CUT} dit-elle, agit vite et bien."
