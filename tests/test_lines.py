"""Lines and paragraphs: offsets that point where they say."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ingest.parser.lines import lines, paragraphs

TEXT = "  COMMUNIQUE\n\nUn début\nqui va à la ligne \n \nUne fin\n"


def test_lines_know_where_they_stand() -> None:
    """Without the blanks around them, and with whether a blank line came before."""
    found = list(lines(TEXT))
    assert [line.text for line in found] == ["COMMUNIQUE", "Un début", "qui va à la ligne", "Une fin"]
    assert [line.after_gap for line in found] == [True, True, False, True]
    assert found[0].shouted
    assert not found[1].shouted


def test_paragraphs_are_parted_by_blank_lines() -> None:
    """A line break inside one does not end it."""
    assert [span.of(TEXT) for span in paragraphs(TEXT)] == ["COMMUNIQUE", "Un début\nqui va à la ligne", "Une fin"]


@given(st.text(alphabet="aB \n\u00a0", max_size=80))
def test_offsets_hold(text: str) -> None:
    """Every line and paragraph is what its offsets say, and no letter is left out."""
    assert all(text[line.start : line.end] == line.text for line in lines(text))
    for spans in ([(line.start, line.end) for line in lines(text)], [(s.start, s.end) for s in paragraphs(text)]):
        covered = {place for start, end in spans for place in range(start, end)}
        assert covered >= {place for place, character in enumerate(text) if not character.isspace()}
