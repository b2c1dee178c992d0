"""Running heads and feet: what pages repeat is not text, what a page says once is."""

from __future__ import annotations

import pytest
from test_pdf_columns import LEFT, RIGHT, piece, stack

from ingest.readers.pdf_heads import without_heads
from ingest.readers.pdf_lines import Line


def paper(*pages: tuple[str, str]) -> list[list[Line]]:
    """Pages of text, each with a line at its top and one at its foot where they are not empty."""
    return [
        [
            *([piece(head, 60, 810, 8)] if head else []),
            *stack([f"{line} {number}" for line in (*LEFT, *RIGHT)], 60, 760),
            *([piece(foot, 60, 30, 8)] if foot else []),
        ]
        for number, (head, foot) in enumerate(pages, start=1)
    ]


def margins(pages: list[list[Line]]) -> list[list[str]]:
    """What is left at the edges of each page."""
    return [[line.text for line in page if line.height < 9] for page in without_heads(pages)]


def test_the_first_page_keeps_its_head() -> None:
    """It is the letterhead; the foot goes from every page."""
    pages = paper(*[("Ville de Port-Clair", "place de l'Ancre")] * 3)
    assert margins(pages) == [["Ville de Port-Clair"], [], []]


def test_odd_and_even_pages_may_differ() -> None:
    """As in a booklet, where a head stands on every other page."""
    heads = [("Communiqué", ""), ("Ville de Port-Clair", "")] * 2
    assert margins(paper(*heads)) == [["Communiqué"], [], [], []]


@pytest.mark.parametrize(
    "foot", ["{0}", "– {0} –", "Page {0}", "{0}/3", "Page {0} sur 3", "p. {0}", "Port-Clair – Page {0}/3"]
)
def test_page_numbers_go(foot: str) -> None:
    """In any of their writings, from the first page on."""
    assert margins(paper(*[("", foot.format(number)) for number in (1, 2, 3)])) == [[], [], []]


def test_a_head_of_the_second_page_that_repeats_the_letterhead_goes() -> None:
    """A release of two pages shows its running head once."""
    pages = paper(("Ville de Port-Clair – Service de presse", ""), ("Ville de Port-Clair", ""))
    assert margins(pages) == [["Ville de Port-Clair – Service de presse"], []]


def test_what_stands_on_one_page_stays() -> None:
    """A note at the foot of a page, a lone last line, a year are text."""
    pages = paper(("", "Note : sous réserve du vote"), ("", "2025"))
    assert margins(pages) == [["Note : sous réserve du vote"], ["2025"]]


def test_how_to_reach_someone_stays_once() -> None:
    """A foot with an address for the press is kept on the last page."""
    pages = paper(*[("", "Contact presse : presse@port-clair.example")] * 3)
    assert margins(pages) == [[], [], ["Contact presse : presse@port-clair.example"]]


def test_what_a_browser_prints_at_the_edges_goes() -> None:
    """The day of printing must not be taken for the day of the release."""
    pages = paper(("12/03/2026 14:05 La criée rouvre", "https://port-clair.example/actu/12 1/1"))
    assert margins(pages) == [[]]


def test_pages_that_only_repeat_one_another_are_kept() -> None:
    """Nothing is left of two stamps but the stamps."""
    stamps = [[piece("Sous embargo", 60, 30)], [piece("Sous embargo", 60, 30)]]
    assert without_heads(stamps) == stamps
