"""Refrains: what an issuer repeats is boilerplate, and does not win searches."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from conftest import NOW
from store.archive import Archive
from store.catalogue import Added
from store.records import Contact, PassageKind, Scope, Span

Shelve = Callable[..., Added]
REFRAIN = (
    "Sarvelle Mobilités exploite le tramway, les bus et les vélos partagés de la métropole, emploie 840 personnes "
    "et transporte chaque jour 210 000 voyageurs sur vingt-deux lignes."
)
NEWS = [
    "La ligne C du tramway ouvrira le 12 avril, avec six mois d'avance sur le calendrier voté par le conseil.",
    "Le prix de l'abonnement mensuel passe de 42 à 39 euros pour les moins de vingt-six ans, dès la rentrée.",
    "Les vélos partagés gagnent quinze stations dans les quartiers du sud, où ils manquaient depuis longtemps.",
    "Un bus de nuit desservira l'université les jeudis, vendredis et samedis jusqu'à quatre heures du matin.",
]


def text(number: int) -> str:
    return f"{NEWS[number]}\n\nLes travaux ont été confiés à une entreprise de la région.\n\n{REFRAIN}\n"


def lead(number: int) -> Span:
    return Span(0, len(NEWS[number]))


def marked(archive: Archive, reference: str) -> list[str]:
    view = archive.view(Scope.STAFF, NOW)
    release = view.release(reference)
    kinds = [p.text.strip() for p in view.passages(reference) if p.kind is PassageKind.BOILERPLATE]
    assert kinds == [span.of(release.text) for span in release.boilerplate]
    return kinds


def test_the_third_release_makes_it_a_refrain_of_all(archive: Archive, shelve: Shelve) -> None:
    """Two times is a coincidence; at the third all three have it set apart, those before too."""
    for number in range(2):
        shelve(text(number), reference=f"cp-{number}", lead=lead(number), published=date(2025, 1, 1 + number))
    assert marked(archive, "cp-0") == []
    shelve(text(2), reference="cp-2", lead=lead(2))
    assert [marked(archive, f"cp-{number}") for number in range(3)] == [[REFRAIN]] * 3
    shelve(text(3), reference="cp-3", lead=lead(3))
    assert marked(archive, "cp-3") == [REFRAIN]
    assert archive.view(Scope.STAFF, NOW).release("cp-0").version == 1


def test_what_becomes_a_refrain_is_forgotten_by_its_meaning(archive: Archive, shelve: Shelve) -> None:
    """Vectors made before it was learnt go as it is learnt, not at the next opening."""
    foot = "Contact presse : Anne Talbert, 01 99 00 12 34"

    def arrive(number: int) -> None:
        said = f"{text(number)}\n{foot}\n"
        contact = Contact("Anne Talbert", phone="01 99 00 12 34", span=Span(said.index(foot), len(said) - 1))
        shelve(said, reference=f"cp-{number}", lead=lead(number), contacts=(contact,))
        archive.flush()

    for number in range(3):
        arrive(number)
    hits = archive.view(Scope.STAFF, NOW).search(REFRAIN)
    assert {"cosine" in hit.why for hit in hits if hit.passage.kind is PassageKind.BOILERPLATE} == {False}


def test_reprints_and_other_issuers_teach_nothing(archive: Archive, shelve: Shelve) -> None:
    """One text three times, or three issuers once each, is no refrain."""
    for number in range(3):
        shelve(text(0), reference=f"cp-{number}", lead=lead(0))
        shelve(text(1), reference=f"p-{number}", lead=lead(1), issuer=f"Port n° {number}")
    assert marked(archive, "cp-0") == []
    assert marked(archive, "p-0") == []


def test_a_refrain_does_not_win(archive: Archive, shelve: Shelve) -> None:
    """A question in the refrain's own words finds what a release has to say about it first."""
    for number in range(4):
        shelve(text(number), reference=f"cp-{number}", lead=lead(number), published=date(2025, 1, 1 + number))
    said = "Les vingt-deux lignes de bus de la métropole transportent désormais 220 000 voyageurs chaque jour."
    shelve(f"{said}\n\nLe bilan complet paraîtra en juin.", reference="cp-9", published=date(2024, 1, 1))
    archive.flush()
    hits = archive.view(Scope.PUBLIC, NOW).search("combien de voyageurs transportent les lignes de bus chaque jour")
    assert hits[0].release.reference == "cp-9"
    assert any(hit.passage.kind is PassageKind.BOILERPLATE for hit in hits)
