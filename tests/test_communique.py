"""The parser: a communiqué's fields, each with a doubt rather than an exception."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.document import Document, Hints
from ingest.mending import mend
from ingest.parser.communique import contact_span, parse
from ingest.parser.embargo import HELD
from ingest.readers import read
from store.records import Contact, CorrectionKind, OriginKind, Release

RECEIVED = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SAMPLE = Path(__file__).parent.parent / "ingest" / "sample"

DEBRIS = """

COMMUNIQUE DE PRESSE

Lundi 13 mai 2024

ATTRACTIVITE PORTUAIRE

LA METROPOLE SIGNE UN ACCORD AVEC LE PORT D'OSTENVIK

A l'occasion d'une mission commune, la Métropole Clair-Estuaire et le port d'Ostenvik ont conclu, ce lundi
13 mai, un accord de coopération.

Avec 1,2 million d'habitants, Clair-Estuaire est la 2^{ème} métropole du littoral et son port le 1^{er} pour la pêche.

« Nos deux ports se ressemblent depuis toujours », déclare Lise Maréchal, présidente de la Métropole.

À propos de la Métropole Clair-Estuaire
Elle réunit 31 communes.

CONTACT PRESSE

METROPOLE CLAIR-ESTUAIRE

Anne DOUCE

T : 01 99 000 123 / 06 39 98 12 34

anne.douce@clairestuaire"""


def bare(contacts: Iterable[Contact]) -> tuple[Contact, ...]:
    """Contacts without where they stand."""
    return tuple(replace(contact, span=None) for contact in contacts)


def document(text: str, **hints: object) -> Document:
    return Document(text, "a.txt", "text/plain", "0" * 64, hints=Hints(**hints))  # type: ignore[arg-type]


def understood(text: str, **hints: object) -> Release:
    return parse(document(text, **hints), RECEIVED)


def test_a_conversion_is_read_without_a_fault() -> None:
    """Date, rubric, title, issuer (as the text writes it), lead, contact, quotation, boilerplate, no doubt."""
    release = understood(mend(DEBRIS))
    assert release.published == date(2024, 5, 13)
    assert release.rubric == "ATTRACTIVITE PORTUAIRE"
    assert release.title == "LA METROPOLE SIGNE UN ACCORD AVEC LE PORT D'OSTENVIK"
    assert release.issuer == "Métropole Clair-Estuaire"
    assert bare(release.contacts) == (
        Contact("Anne DOUCE", None, "01 99 000 123 / 06 39 98 12 34", "anne.douce@clairestuaire"),
    )
    assert release.lead is not None
    assert release.lead.of(release.text).startswith("A l'occasion d'une mission commune")
    assert "la 2ème métropole du littoral et son port le 1er" in release.text
    assert [quote.speaker for quote in release.quotes] == ["Lise Maréchal"]
    assert [span.of(release.text) for span in release.boilerplate] == [
        "À propos de la Métropole Clair-Estuaire\nElle réunit 31 communes."
    ]
    assert release.language == "fr"
    assert (release.id, release.version, release.doubts) == ("", 0, ())


def test_hints_win_over_the_text() -> None:
    """What the file states is believed, and a contradiction is a doubt."""
    release = understood(
        mend(DEBRIS), title="Un accord", published=date(2024, 5, 14), issuer="Clair-Estuaire", place="Ostenvik",
        reference="CE-9", rubric="Port", url="https://clair.example/9", language="fr",
    )  # fmt: skip
    assert (release.title, release.published, release.issuer) == ("Un accord", date(2024, 5, 14), "Clair-Estuaire")
    assert (release.place, release.reference, release.rubric, release.url) == (
        "Ostenvik", "CE-9", "Port", "https://clair.example/9",
    )  # fmt: skip
    assert any("diffère de la date déclarée" in doubt for doubt in release.doubts)


def test_a_stated_contact_is_where_it_stands() -> None:
    """The contact an export states is read, and its place known."""
    text = "La criée rouvre mardi.\n\nAnne Douce, attachée de presse, 01 99 00 12 34"
    release = understood(text, contact="Anne Douce, attachée de presse, 01 99 00 12 34", title="T")
    assert bare(release.contacts) == (Contact("Anne Douce", "attachée de presse", "01 99 00 12 34"),)
    span = contact_span(release)
    assert span is not None
    assert span.of(text) == "Anne Douce, attachée de presse, 01 99 00 12 34"


def test_a_contact_that_cannot_be_read_is_kept_whole() -> None:
    """« Adressez-vous au guichet » is whom to ask, too."""
    release = understood("Texte.\n\nS'adresser au guichet", contact="S'adresser au guichet")
    assert bare(release.contacts) == (Contact(name="S'adresser au guichet"),)


def test_an_embargo_is_read_and_an_unreadable_one_holds() -> None:
    """Until then nobody outside may see the release."""
    head = "COMMUNIQUE DE PRESSE\n\n{}\n\nLundi 13 mai 2024\n\nLA CRIEE ROUVRE\n\nLa criée rouvre mardi."
    timed = understood(head.format("SOUS EMBARGO JUSQU'AU 14 MAI 2024 À 8H"))
    assert timed.embargo == datetime(2024, 5, 14, 6, 0, tzinfo=UTC)
    assert understood(head.format("SOUS EMBARGO")).embargo == HELD
    stated = datetime(2024, 5, 20, 6, 0, tzinfo=UTC)
    assert understood(head.format("SOUS EMBARGO"), embargo=stated).embargo == stated


def test_an_embargo_below_the_head_is_not_missed() -> None:
    """Some press offices write it at the foot."""
    text = (
        "La criée rouvre\n\n"
        + "La criée de Port-Clair rouvre mardi, après deux ans de travaux et bien des peines. " * 3
    )
    release = understood(text + "\n\nDocument sous embargo jusqu'au 14 mai 2024 à 8h")
    assert release.embargo == datetime(2024, 5, 14, 6, 0, tzinfo=UTC)


def test_a_date_signed_at_the_end_is_found() -> None:
    """« Fait à … » is the last resort, and a doubt."""
    release = understood("La criée rouvre\n\nElle rouvre mardi, enfin.\n\nFait à Port-Clair, le 13 mai 2024")
    assert (release.published, release.place) == (date(2024, 5, 13), "Port-Clair")
    assert any("fin du texte" in doubt for doubt in release.doubts)


def test_a_page_date_gives_the_place() -> None:
    """What a page shows as its date also says where."""
    release = understood("La criée rouvre mardi.", dateline="Port-Clair, le 13 mai 2024")
    assert (release.published, release.place) == (date(2024, 5, 13), "Port-Clair")


def test_what_is_missing_is_a_doubt() -> None:
    """No date, no issuer, no title: said, not made up."""
    release = understood("le chat dort. " * 30)
    assert (release.published, release.issuer) == (None, None)
    assert set(release.doubts) == {
        "aucune date de publication", "émetteur inconnu", "titre absent : premiers mots du texte",
    }  # fmt: skip
    assert release.title.startswith("le chat dort.")


def test_a_correction_is_noted() -> None:
    """« ANNULE ET REMPLACE » is kept for whoever links it."""
    release = understood("ANNULE ET REMPLACE le communiqué du 2 mai 2024\n\nLA CRIEE ROUVRE\n\nElle rouvre.")
    assert release.corrects is not None
    assert release.corrects.kind is CorrectionKind.REPLACES
    assert release.corrects.published == date(2024, 5, 2)
    assert release.title == "LA CRIEE ROUVRE"


def test_a_release_in_english_is_known_as_such() -> None:
    """The language is told by its words."""
    assert (
        understood("PRESS RELEASE\n\nThe port opens on Monday and the boats are back in the harbour.").language == "en"
    )


JOINT = """Ville de Port-Clair
Département de l'Estuaire

COMMUNIQUÉ DE PRESSE COMMUN
N° 2024-118

Port-Clair, le 3 mars 2024

Un plan vélo de quarante kilomètres
La Ville et le Département unissent leurs moyens

La Ville de Port-Clair et le Département de l'Estuaire lancent un plan vélo commun.

Un calendrier serré

Les travaux commencent en mai. Ils dureront deux ans et coûteront douze millions d'euros.

À propos du Département de l'Estuaire
Le Département de l'Estuaire réunit 120 communes et 600 000 habitants.

Contacts presse
Ville de Port-Clair : Anne Douce – 01 99 00 12 34 – anne.douce@port-clair.example
Département de l'Estuaire : Paul Roux, attaché de presse, 01 99 00 12 35, paul.roux [at] estuaire.example
"""


def origin(release: Release, field: str) -> tuple[OriginKind, str | None]:
    """Where a field comes from, and the words it was read in."""
    found = next(origin for origin in release.origins if origin.field == field)
    return found.kind, found.span.of(release.text) if found.span else None


def test_a_joint_release_is_understood_whole() -> None:
    """Two issuers, a reference, a title and its subtitle, sections, a presentation, two contacts."""
    release = understood(JOINT)
    assert (release.issuer, release.co_issuers) == ("Ville de Port-Clair", ("Département de l'Estuaire",))
    assert (release.reference, release.place, release.published) == ("2024-118", "Port-Clair", date(2024, 3, 3))
    assert release.title == "Un plan vélo de quarante kilomètres"
    assert release.subtitle == "La Ville et le Département unissent leurs moyens"
    assert [section.heading.of(release.text) for section in release.sections] == ["Un calendrier serré"]
    assert [span.of(release.text)[:20] for span in release.boilerplate] == ["À propos du Départem"]
    assert bare(release.contacts) == (
        Contact("Anne Douce", None, "01 99 00 12 34", "anne.douce@port-clair.example"),
        Contact("Paul Roux", "attaché de presse", "01 99 00 12 35", "paul.roux@estuaire.example"),
    )
    assert release.doubts == ()


def test_each_value_tells_where_it_stands() -> None:
    """So that a reader can check it."""
    release = understood(JOINT)
    assert origin(release, "issuer") == (OriginKind.LETTERHEAD, "Ville de Port-Clair")
    assert origin(release, "published") == (OriginKind.DATELINE, "3 mars 2024")
    assert origin(release, "place") == (OriginKind.DATELINE, "Port-Clair")
    assert origin(release, "title") == (OriginKind.MASTHEAD, "Un plan vélo de quarante kilomètres")
    assert origin(release, "reference") == (OriginKind.MASTHEAD, "2024-118")
    kind, block = origin(release, "contacts")
    assert kind is OriginKind.CONTACTS
    assert block is not None
    assert block.startswith("Contacts presse")


def test_a_stated_value_comes_from_its_file() -> None:
    """A page's own facts are the page's; a title that stands in the text is also there."""
    release = parse(
        replace(document(JOINT), hints=Hints(title="Un plan vélo de quarante kilomètres", issuer="Le littoral",
                                             co_issuers=("La Ville",), group="g-7", origin=OriginKind.PAGE)),
        RECEIVED,
    )  # fmt: skip
    assert origin(release, "issuer") == (OriginKind.PAGE, None)
    assert origin(release, "title") == (OriginKind.PAGE, "Un plan vélo de quarante kilomètres")
    assert (release.co_issuers, release.group) == (("La Ville",), "g-7")


def test_guesses_serve_where_the_text_is_silent() -> None:
    """A mail's own date is a doubt; its subject never wins over a title."""
    guesses = Hints(title="Tr: communiqué", published=date(2024, 3, 4), issuer="presse", origin=OriginKind.MAIL)
    silent = parse(replace(document("La criée rouvre.\n\nElle rouvre mardi, enfin."), guesses=guesses), RECEIVED)
    assert silent.published == date(2024, 3, 4)
    assert origin(silent, "published") == (OriginKind.MAIL, None)
    assert "date de l'en-tête du courriel" in silent.doubts
    spoken = parse(replace(document(JOINT), guesses=guesses), RECEIVED)
    assert (spoken.title, spoken.published) == ("Un plan vélo de quarante kilomètres", date(2024, 3, 3))
    assert spoken.doubts == ()


def test_a_guessed_title_serves_a_text_that_is_all_prose() -> None:
    """A PDF's title property, with a doubt."""
    prose = "La criée de Port-Clair rouvre mardi. Elle a été refaite en deux ans. " * 6
    release = parse(
        replace(document(prose), guesses=Hints(title="Réouverture", origin=OriginKind.PROPERTIES)), RECEIVED
    )
    assert release.title == "Réouverture"
    assert origin(release, "title") == (OriginKind.PROPERTIES, None)
    assert any("propriétés" in doubt for doubt in release.doubts)


def test_a_stated_lead_is_where_it_stands() -> None:
    """A source that marks its lead is believed."""
    lead = "Elle rouvre mardi, enfin."
    release = understood(f"La criée rouvre\n\nPort-Clair en fête.\n\n{lead}", lead=lead, title="La criée rouvre")
    assert release.lead is not None
    assert release.lead.of(release.text) == lead


def test_who_signs_below_the_text_issues_it() -> None:
    """Where no letterhead stands above."""
    prose = "La criée de Port-Clair rouvre mardi, après deux ans de travaux et quatorze millions d'euros."
    release = understood(f"COMMUNIQUÉ\n\nLa criée rouvre\n\n{prose}\n\nAgence du littoral\n\nContact : 01 99 00 12 34")
    assert (release.issuer, origin(release, "issuer")[0]) == ("Agence du littoral", OriginKind.SIGNATURE)


@pytest.mark.parametrize(
    "mark", ["a", "0", "œ", "A ", "a@", "+41 ", "Berne, le 3 mai 2024\n\n", "Contact presse\n", "– ", "\n"]
)
def test_long_debris_is_passed_over_quickly(mark: str) -> None:
    """Twenty thousand of anything take seconds at most."""
    began = process_time()
    understood(mark * 20_000 if len(mark) < 3 else mark * 2_000)
    assert process_time() - began < 60


@given(st.text(max_size=400))
def test_no_text_breaks_the_parser(text: str) -> None:
    """Any text is a release; its spans lie in it and hold text."""
    release = understood(text)
    spans = [quote.span for quote in release.quotes] + list(release.boilerplate)
    spans += [release.lead] if release.lead else []
    for span in spans:
        assert 0 <= span.start < span.end <= len(text)
    assert not any("lecture impossible" in doubt for doubt in release.doubts)


SAMPLES = sorted(path for path in SAMPLE.rglob("*.*") if path.is_file())


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_the_sample_archive_is_understood(path: Path) -> None:
    """Every sample has title, date, issuer, lead and someone to call."""
    for read_one in read(path, path.name):
        assert isinstance(read_one, Document), read_one
        release = parse(read_one, RECEIVED)
        assert release.title
        assert release.published is not None
        assert release.published.isoformat()[:4] in str(path)
        assert release.issuer
        assert release.lead is not None
        assert any(contact.phone for contact in release.contacts)
        assert parse(replace(read_one, hints=Hints()), RECEIVED).text == release.text


def test_who_is_named_at_the_foot_issues_it() -> None:
    """« Auteur », « Éditeur » after the contacts, as on the pages of administrations; the rest sign with them."""
    text = (
        "Port-Clair, 06.05.2025\n\nLa criée rouvre ses portes\n\n"
        "La criée de Port-Clair rouvre lundi, après onze mois de travaux qui ont coûté 3,2 millions d'euros.\n\n"
        "Renseignements\n\nLise Maréchal, responsable de la presse, 01 99 00 12 34, presse@clair.example\n\n"
        "Auteurs\n\nOffice régional de la pêche\n\nhttps://www.pêche.example\n\nVille de Port-Clair"
    )
    release = understood(text)
    assert release.issuer == "Office régional de la pêche"
    assert release.co_issuers == ("Ville de Port-Clair",)
    assert release.title == "La criée rouvre ses portes"
