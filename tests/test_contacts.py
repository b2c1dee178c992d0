"""Press contacts: who, in what role, at which telephone and e-mail."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest

from ingest.parser.contacts import find_contacts, read_contacts
from store.records import Contact


def bare(contacts: Iterable[Contact]) -> tuple[Contact, ...]:
    """Contacts without where they stand."""
    return tuple(replace(contact, span=None) for contact in contacts)


BODY = "LA CRIEE ROUVRE\n\nLa criée rouvre mardi. Le service de presse de la Ville se tient à disposition.\n\n"


def test_a_block_under_a_heading() -> None:
    """Organisation, name, two telephones and an e-mail, each on its line."""
    text = BODY + (
        "CONTACT PRESSE\n\nVILLE DE PORT-CLAIR\n\nAnne DOUCE\n\n"
        "T : 01 99 00 12 34 / 06 39 98 12 34\n\nanne.douce@port-clair.example"
    )
    block = find_contacts(text)
    assert block is not None
    assert bare(block.contacts) == (
        Contact("Anne DOUCE", None, "01 99 00 12 34 / 06 39 98 12 34", "anne.douce@port-clair.example"),
    )
    assert block.organisation == "VILLE DE PORT-CLAIR"
    assert block.span.of(text) == text[text.index("CONTACT PRESSE") :]


def test_an_email_cut_short_by_a_conversion_is_kept_as_it_stands() -> None:
    """Half an address is better than none, and nothing is made up."""
    block = find_contacts(BODY + "CONTACT PRESSE\nAnne DOUCE\nT : 01 99 000 123\nanne.douce@portclair")
    assert block is not None
    assert bare(block.contacts) == (Contact("Anne DOUCE", None, "01 99 000 123", "anne.douce@portclair"),)


@pytest.mark.parametrize(
    ("line", "contact"),
    [
        (
            "Contact presse : Anne Douce, 01 99 00 12 34, a@b.example",
            Contact("Anne Douce", None, "01 99 00 12 34", "a@b.example"),
        ),
        ("Press contact: Anne Douce, +33 1 99 00 12 34", Contact("Anne Douce", None, "+33 1 99 00 12 34")),
        (
            "Contacts médias – Jean-Luc Le Goff – presse[at]port.example",
            Contact("Jean-Luc Le Goff", None, None, "presse@port.example"),
        ),
        ("Contact presse : permanence, 06 39 98 12 34", Contact(None, "permanence", "06 39 98 12 34")),
    ],
)
def test_a_contact_on_one_line(line: str, contact: Contact) -> None:
    """The heading and the contact may share a line."""
    block = find_contacts(BODY + line)
    assert block is not None
    assert bare(block.contacts) == (contact,)


def test_several_people_with_their_roles() -> None:
    """Each name goes with the telephones and e-mails that follow it."""
    contacts, organisation = read_contacts(
        "Marie Vasseur, directrice de la communication, Office du port, tél. +41 58 000 11 22, marie@port.example\n"
        "Dr. Paul de Brix Chef de l'unité Qualité 058 000 33 44"
    )
    assert bare(contacts) == (
        Contact("Marie Vasseur", "directrice de la communication", "+41 58 000 11 22", "marie@port.example"),
        Contact("Paul de Brix", "Chef de l'unité Qualité", "058 000 33 44"),
    )
    assert organisation == "Office du port"


def test_a_fax_is_not_a_telephone() -> None:
    """Nobody calls it."""
    contacts, _ = read_contacts("Anne Douce\nTél. 01 99 00 12 34\nFax : 01 99 00 12 35")
    assert bare(contacts) == (Contact("Anne Douce", None, "01 99 00 12 34"),)


def test_the_issuer_is_not_taken_for_a_person() -> None:
    """« Clair Développement » is who issues, not who answers."""
    contacts, organisation = read_contacts("Clair Développement, Anne Douce, 01 99 00 12 34", "Clair Développement")
    assert bare(contacts) == (Contact("Anne Douce", None, "01 99 00 12 34"),)
    assert organisation == "Clair Développement"


@pytest.mark.parametrize("text", ["", BODY, BODY + "Le 01.11.2018, 12 345 678 personnes et 2018-11-01 10 200 300."])
def test_a_text_without_contacts_has_none(text: str) -> None:
    """Dates and amounts are not telephones."""
    assert find_contacts(text) is None
    assert read_contacts(text)[0] == ()
