"""Who issues a release that has no letterhead."""

from __future__ import annotations

import pytest

from ingest.parser.issuers import acting, find_boilerplate, presented, readable

BODY = "La criée rouvre mardi.\n\n"


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("À propos de la Ville de Port-Clair", "Ville de Port-Clair"),
        ("A PROPOS DU PORT DE CLAIR", "PORT DE CLAIR"),
        ("À propos d'Estuaire Habitat :", "Estuaire Habitat"),
        ("About the University of Port-Clair", "University of Port-Clair"),
        ("Über die Stadt Port-Clair", "Stadt Port-Clair"),
    ],
)
def test_a_presentation_names_its_organisation(heading: str, name: str) -> None:
    """And reaches to the end of its prose."""
    text = f"{BODY}{heading}\nElle réunit douze mille habitants au bord de l'estuaire."
    spans = find_boilerplate(text, 0, None)
    assert [span.of(text) for span in spans] == [text[len(BODY) :]]
    named = presented(spans[0], text)
    assert named is not None
    assert named.of(text) == name


def test_two_presentations_are_two() -> None:
    """Each from its heading to the next."""
    text = f"{BODY}À propos de la Ville\nElle a un port.\n\nÀ propos du Département\nIl a un phare."
    assert [span.of(text).split("\n")[0] for span in find_boilerplate(text, 0, None)] == [
        "À propos de la Ville", "À propos du Département",
    ]  # fmt: skip


def test_a_question_presents_nobody() -> None:
    """« À propos de quoi ? » is a heading of the body."""
    assert find_boilerplate(f"{BODY}À propos de quoi ?\nDe la mer.", 0, None) == ()


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("METROPOLE CLAIR-ESTUAIRE", "Métropole Clair-Estuaire"),
        ("AGENCE DU LITTORAL", "Agence du littoral"),
        ("MINISTERE DE LA PECHE", "Ministère de la Peche"),
        ("Ville de Port-Clair", "Ville de Port-Clair"),
        ("SNRP", "SNRP"),
    ],
)
def test_capitals_become_what_the_prose_writes(name: str, written: str) -> None:
    """Else words with a capital each, articles small."""
    text = f"{name}\n\nAvec la Métropole Clair-Estuaire, l'agence du littoral et le SNRP ont signé."
    assert readable(name, text) == written


def test_capitals_keep_their_own_accents() -> None:
    """« D'ETAT » beside « É » was written so on purpose."""
    assert (
        readable("SECRÉTARIAT D'ETAT À LA MER", "Le Secrétariat d’État à la mer signe.")
        == "Secrétariat d'Etat à la mer"
    )


def test_who_acts_is_named_in_full() -> None:
    """« la Ville » alone says nothing."""
    text = "La Ville lance un plan. La Ville de Port-Clair signe avec le port."
    span = acting(text, 0)
    assert span is not None
    assert span.of(text) == "Ville de Port-Clair"
    assert acting("La ville est belle.", 0) is None
