"""Flow: which lines are one paragraph, and where pages and links fall in the text."""

from __future__ import annotations

import pytest
from test_pdf_columns import piece, stack

from ingest.readers.pdf_columns import Block
from ingest.readers.pdf_flow import set_flowing
from ingest.readers.pdf_lines import Line
from store.records import Link, Span

BODY = [
    "La criée rouvre mardi après deux ans de travaux et un chantier de quatorze",
    "millions d'euros. Les premiers bateaux sont attendus à cinq heures dans le",
    "port de plaisance.",
]
MORE = ["Le conseil municipal avait voté la dépense en février, à l'unanimité moins", "deux voix d'élus du port."]


def flowing(*pages: list[Line]) -> list[str]:
    text, spans, _ = set_flowing([[Block(page)] for page in pages], frozenset())
    assert "".join(span.of(text) for span in spans) == text
    return text.split("\n\n")


def test_a_line_ends_a_paragraph_where_the_next_word_had_room() -> None:
    """Even without a blank line or an indent."""
    assert flowing(stack([*BODY, *MORE], 60, 700)) == [" ".join(BODY), " ".join(MORE)]


def test_an_indent_begins_a_paragraph() -> None:
    """Where the line above is full."""
    full = [*BODY[:2], "port de plaisance, où le maire, la préfète et les pêcheurs seront présents."]
    lines = stack([*full, *MORE], 60, 700)
    first, indented = piece(full[0], 75, 700), piece(MORE[0], 75, 700 - 36)
    assert flowing([first, *lines[1:3], indented, *lines[4:]]) == [" ".join(full), " ".join(MORE)]


def test_a_wider_step_begins_a_paragraph() -> None:
    """Space between paragraphs decides where the line above is full."""
    full = [*BODY[:2], "port de plaisance, où le maire, la préfète et les pêcheurs seront présents."]
    assert flowing([*stack(full, 60, 700), *stack(MORE, 60, 655)]) == [" ".join(full), " ".join(MORE)]


def test_a_centred_title_is_one() -> None:
    """Its lines leave room, for it was broken by hand."""
    title = [piece("La criée de Port-Clair", 150, 760, 16), piece("rouvre ses portes mardi", 146, 740, 16)]
    assert flowing([*title, *stack(BODY, 60, 700)])[0] == "La criée de Port-Clair rouvre ses portes mardi"


def test_a_sentence_runs_over_the_turn_of_a_page() -> None:
    """And each page begins at its own first word."""
    text, spans, _ = set_flowing([[Block(stack(BODY[:2], 60, 700))], [Block(stack(BODY[2:], 60, 700))]], frozenset())
    assert text == " ".join(BODY)
    assert spans[1].of(text) == BODY[2]


def test_a_finished_paragraph_does_not() -> None:
    """A page that begins a sentence begins a paragraph, after a line that was not full."""
    assert flowing(stack(BODY, 60, 700), stack(MORE, 60, 700)) == [" ".join(BODY), " ".join(MORE)]


@pytest.mark.parametrize(
    ("first", "second", "together"),
    [
        ("le chantier a coûté plus cher que prévu aux contri-", "buables du port", "contribuables"),
        ("le chantier a coûté plus cher que prévu aux contri\u2010", "buables du port", "contribuables"),
        ("tout est sur la page https://port-clair.example/actu/", "2025/criee.html du port", "actu/2025/criee.html"),
        ("la corvette construite à Brest porte le numéro AB-", "12 depuis dix ans", "AB-12"),
    ],
)
def test_what_a_margin_cut_is_whole_again(first: str, second: str, together: str) -> None:
    """Words, addresses and numbers cut at the end of a line."""
    assert together in flowing(stack([first, second, "et encore une ligne pour la mesure de la colonne"], 60, 700))[0]


def test_a_hyphen_stays_where_cuts_are_written_otherwise() -> None:
    """A document that cuts words with U+2010 ends a line with a plain hyphen only in compounds."""
    lines = ["on a long\u2010", "temps cru que la ligne de Genève-", "aéroport resterait fermée au public"]
    assert "longtemps cru" in flowing(stack(lines, 60, 700))[0]
    assert "Genève-aéroport" in flowing(stack(lines, 60, 700))[0]


def test_items_and_addresses_keep_their_lines() -> None:
    """Short lines one under the other, and bullets."""
    assert flowing(stack(["Anne DOUCE", "Ville de Port-Clair", "01 99 00 12 34"], 60, 700)) == [
        "Anne DOUCE\nVille de Port-Clair\n01 99 00 12 34"
    ]
    assert "\n- " in flowing(stack(["- la criée", "- le port de plaisance et ses pontons"], 60, 700))[0]


def test_a_blank_page_is_empty_and_tiles() -> None:
    """Pages keep their numbers."""
    text, spans, _ = set_flowing([[], [Block(stack(BODY, 60, 700))], []], frozenset())
    assert [span.of(text) for span in spans] == ["", text, ""]


def test_a_link_over_two_lines_is_one() -> None:
    """Its words are where the text has them."""
    first = Line("Lire le dossier de", 60, 150, 695, 705, 20, marks=((8, 18, "https://a.example/"),))
    second = Line("presse complet en ligne", 60, 175, 683, 693, 30, marks=((0, 6, "https://a.example/"),))
    text, _, links = set_flowing([[Block([first, second])]], frozenset())
    assert links == (Link(Span(8, 25), "https://a.example/"),)
    assert links[0].span.of(text) == "dossier de presse"
