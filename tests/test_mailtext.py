"""What in a mail's words is the message."""

from __future__ import annotations

import pytest

from ingest.readers.mailtext import is_cover, message_of
from store.records import Link, Span

RELEASE = "La criée rouvre mardi.\n\nLes quais ont été refaits. Contact : 01 99 00 12 34\n"


def test_links_move_with_their_words() -> None:
    """Those of what is left out go with it."""
    text = f"Voir la version en ligne\n\n{RELEASE}\nPour vous désabonner, écrivez-nous\n"
    start = text.index("les quais".capitalize())
    links = (Link(Span(5, 12), "https://a.example/ligne"), Link(Span(start, start + 9), "https://a.example/quais"))
    message, moved, _ = message_of(text, links)
    assert message == RELEASE.strip()
    assert [(link.span.of(message), link.url) for link in moved] == [("Les quais", "https://a.example/quais")]


def test_a_release_that_speaks_of_mail_and_rules_keeps_its_words() -> None:
    """« Le 12 mai, la ville a écrit », « De : », a line of dashes between paragraphs."""
    text = f"{RELEASE}\nLe 12 mai, la ville a écrit :\n« Les quais rouvrent. »\n\nDe : 8 h à 12 h.\n"
    assert message_of(text)[0] == text.strip()
    parted = message_of("La criée rouvre.\n-----\nLes quais aussi.\n")[0]
    assert parted == "La criée rouvre.\nLes quais aussi."


def test_answers_within_answers() -> None:
    """Everything after the first earlier mail goes."""
    thread = "Le 3 mai 2024 à 10:00, A a écrit :\n> Bien.\n>\n> Le 2 mai 2024 à 09:00, B a écrit :\n>> Quand ?\n"
    assert message_of(RELEASE + thread)[0] == RELEASE.strip()


@pytest.mark.parametrize(
    ("text", "cover"),
    [
        ("Bonjour,\nVeuillez trouver ci-joint notre communiqué.", True),
        ("Bonjour,", True),
        (f"Vous trouverez en pièce jointe notre communiqué. {'Nous restons à votre disposition. ' * 9}", True),
        (f"La criée rouvre. {'Les quais ont été refaits à neuf. ' * 20}", False),
        (f"Vous trouverez ci-joint. {'Les quais ont été refaits à neuf. ' * 40}", False),
    ],
)
def test_a_note_only_announces_what_is_attached(text: str, cover: bool) -> None:
    """Short, or not long and saying so."""
    assert is_cover(text) == cover
