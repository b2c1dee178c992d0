"""Lines: words side by side are pieces, pieces on one height are lines."""

from __future__ import annotations

from ingest.readers.pdf_lines import Line, beside, pieces_of, row_as_line
from ingest.readers.pdf_words import Word


def set_in(texts: list[str], gaps: list[float], base: float = 700, size: float = 10, left: float = 60) -> list[Word]:
    """Words of five points a letter, `gaps` apart."""
    words = []
    for number, text in enumerate(texts):
        right = left + 0.5 * size * len(text)
        words.append(Word(text, left, right, base, base + size, number == 0))
        left = right + (gaps[number] if number < len(gaps) else 0)
    return words


def texts(words: list[Word]) -> list[str]:
    return [piece.text for piece in pieces_of(words)]


def test_a_wide_gap_parts_pieces() -> None:
    """As between two columns, or the cells of a table."""
    assert texts(set_in(["La", "criée", "rouvre", "mardi"], [3, 15, 3])) == ["La criée", "rouvre mardi"]


def test_a_line_spread_to_fill_its_column_is_whole() -> None:
    """Justified text in a narrow column has spaces as wide as gutters, but all alike, and its neighbours' edges."""
    above = set_in(["municipalité", "unanime."], [12.5], base=712)
    spread = set_in(["La", "criée", "rouvre"], [23.75, 23.75])
    assert above[-1].right == spread[-1].right
    solid = set_in(["avec", "le", "vote", "municipal"], [5, 5, 7.5], base=688)
    assert solid[-1].right == spread[-1].right
    assert texts([*spread, *solid]) == ["La criée rouvre", "avec le vote municipal"]


def test_raised_letters_stay_with_their_number() -> None:
    """« 1er » with its letters set small and high is one word."""
    words = [*set_in(["le", "1"], [3]), Word("er", 78.1, 84, 704, 710, True), *set_in(["mars"], [], left=87)]
    assert texts([word._replace(starts=False) if word.text == "mars" else word for word in words]) == ["le 1er mars"]


def test_spaced_letters_are_a_word() -> None:
    """« C O M M U N I Q U É » as titles are sometimes set."""
    letters = list("COMMUNIQUÉ") + list("DE") + list("PRESSE")
    gaps = [3.0] * 9 + [9.0] + [3.0] + [9.0] + [3.0] * 5
    assert texts(set_in(letters, gaps)) == ["COMMUNIQUÉ DE PRESSE"]


def test_a_bullet_stays_with_its_item() -> None:
    """However far its text is set in."""
    assert texts(set_in(["•", "la", "criée"], [18, 3])) == ["• la criée"]


def test_pieces_on_one_height_are_a_row() -> None:
    """From the top down, each from left to right."""
    pieces = pieces_of([*set_in(["bas"], [], base=600), *set_in(["droite"], [], left=300), *set_in(["gauche"], [])])
    assert [[piece.text for piece in row] for row in beside(pieces)] == [["gauche", "droite"], ["bas"]]


def test_a_row_as_a_line_keeps_its_links_in_place() -> None:
    """Marks move with their words."""
    row = [
        Line("voir", 60, 80, 700, 710, 20),
        Line("ici", 83, 98, 700, 710, 15, marks=((0, 3, "https://a.example/"),)),
    ]
    line = row_as_line(row)
    assert line.text == "voir ici"
    assert line.marks == ((5, 8, "https://a.example/"),)
