"""Numbered and bulleted paragraphs of Word, counted as Word counts them."""

from __future__ import annotations

import pytest
from lxml import etree

from ingest.readers.numbering import numbering


def lists(*levels: tuple[str, str], extra: str = "") -> str:
    inner = "".join(
        f'<lvl ilvl="{n}"><start val="1"/><numFmt val="{form}"/><lvlText val="{pattern}"/></lvl>'
        for n, (form, pattern) in enumerate(levels)
    )
    return (
        f'<numbering><abstractNum abstractNumId="1">{inner}</abstractNum>'
        f'<num numId="5"><abstractNumId val="1"/></num><num numId="6"><abstractNumId val="1"/>{extra}</num></numbering>'
    )


def test_levels_count_on_and_begin_again() -> None:
    """« 1. », « 1.1 », « 1.2 », « 2. », « 2.1 »; another list counts for itself."""
    counted = numbering(etree.fromstring(lists(("decimal", "%1."), ("decimal", "%1.%2"))))
    marks = [counted.mark("5", level) for level in (0, 1, 1, 0, 1)]
    assert marks == ["1.", "1.1", "1.2", "2.", "2.1"]
    assert counted.mark("6", 0) == "1."


@pytest.mark.parametrize(
    ("form", "marks"),
    [("lowerLetter", ["a)", "b)"]), ("upperRoman", ["I)", "II)"]), ("decimalZero", ["01)", "02)"]),
     ("bullet", ["-", "-"]), ("none", ["", ""]), ("inconnu", ["1)", "2)"])],
)  # fmt: skip
def test_forms_of_numbers(form: str, marks: list[str]) -> None:
    """Letters, Roman figures, bullets; a form nobody knows is counted plainly."""
    counted = numbering(etree.fromstring(lists((form, "%1)"))))
    assert [counted.mark("5", 0), counted.mark("5", 0)] == marks


def test_a_list_may_change_a_level_for_itself() -> None:
    """And a list nobody defines has bullets; list 0 takes a paragraph out of its list."""
    changed = '<lvlOverride ilvl="0"><lvl ilvl="0"><start val="7"/><numFmt val="decimal"/></lvl></lvlOverride>'
    counted = numbering(etree.fromstring(lists(("bullet", ""), extra=changed)))
    assert (counted.mark("6", 0), counted.mark("9", 0), counted.mark("0", 0)) == ("7.", "-", "")
    assert numbering(None).mark("1", 0) == "-"
