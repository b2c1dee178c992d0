"""The parts of a body under their headings."""

from __future__ import annotations

from ingest.parser.sections import find_sections

LEAD = "La criée de Port-Clair rouvre mardi, après deux ans de travaux."
PROSE = "Les travaux ont duré deux ans et coûté quatorze millions d'euros, dont six de la Région."


def headings(text: str) -> list[str]:
    return [section.heading.of(text) for section in find_sections(text, 0, len(text))]


def test_a_short_line_above_prose_heads_a_section() -> None:
    """Each section goes from below its heading to the next one."""
    text = f"{LEAD}\n\nDeux ans de travaux\n\n{PROSE}\n\n{PROSE}\n\nEt demain ?\n\n{PROSE}"
    sections = find_sections(text, 0, len(text))
    assert [section.heading.of(text) for section in sections] == ["Deux ans de travaux", "Et demain ?"]
    assert [section.span.of(text) for section in sections] == [f"{PROSE}\n\n{PROSE}", PROSE]


def test_a_heading_set_right_above_its_prose_is_one_too() -> None:
    """Word processors leave no blank line there."""
    assert headings(f"{LEAD}\nDeux ans de travaux\n{PROSE}") == ["Deux ans de travaux"]


def test_items_rows_and_short_sentences_head_nothing() -> None:
    """A list, a table row, a quotation and « Elle ouvre. » are body."""
    text = (
        f"{LEAD}\n\nElle ouvre à huit heures.\n\n{PROSE}\n\n- les quais\n- les étals\n\n{PROSE}\n\n"
        f"Quais | 12\n\n{PROSE}\n\n« Enfin ! »\n\n{PROSE}\n\nLa criée comprend :\n- des étals"
    )
    assert headings(text) == []


def test_a_last_line_heads_nothing() -> None:
    """What nothing follows is no heading."""
    assert headings(f"{LEAD}\n\n{PROSE}\n\nDeux ans de travaux") == []


def test_only_the_stretch_asked_for_is_looked_at() -> None:
    """The head and the foot of a release have other rules."""
    body = f"{LEAD}\n\nDeux ans de travaux\n\n{PROSE}"
    text = f"VILLE DE PORT-CLAIR\n\n{body}\n\nContact presse\n\nAnne Douce, attachée de presse"
    start, end = text.index(LEAD), text.index("Contact presse")
    sections = find_sections(text, start, end)
    assert [section.span.of(text) for section in sections] == [PROSE]
