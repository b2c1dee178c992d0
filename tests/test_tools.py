"""The row under an answer."""

from __future__ import annotations

import pytest
from markupsafe import Markup

from assistant.web.messages import Messages
from assistant.web.tools import FORMATS, drawn, exports
from hostile import HOSTILE, Elements

FRENCH, ENGLISH = Messages("fr"), Messages("en")


def test_a_finished_answer_is_copied_and_exported() -> None:
    """In each format, by plain links; the page to print opens beside this one."""
    row = Elements(str(drawn("20260302-ab", FRENCH)))
    links = [value for tag, name, value in row.attributes if (tag, name) == ("a", "href")]
    assert links == [f"/room/answers/20260302-ab.{end}" for end in FORMATS]
    assert ("button", "data-copy", "/room/answers/20260302-ab/copy") in row.attributes
    assert [value for tag, name, value in row.attributes if name == "target"] == ["_blank"]
    assert row.text == "CopierExporterWord (.docx)Markdown (.md)Texte (.txt)Page à imprimer"
    assert Elements(str(drawn("20260302-ab", ENGLISH))).text.startswith("CopyExport")


def test_without_an_answer_there_is_nothing_to_take() -> None:
    """Only what others put beside."""
    assert drawn(None, FRENCH) == ""
    assert drawn(None, FRENCH, Markup("<b>x</b>")) == '<div class="tools"><b>x</b></div>'
    assert "<b>x</b></div>" in drawn("a-1", FRENCH, Markup("<b>x</b>"))


@pytest.mark.parametrize("text", [text for _, text in HOSTILE if "\ud800" not in text])
def test_an_id_is_never_markup(text: str) -> None:
    """Nor leads it elsewhere."""
    for row in (drawn(text, FRENCH), exports(f"/room/conversations/{text}", FRENCH)):
        read = Elements(str(row))
        assert read.dangerous == []
        assert read.tags.count("a") == len(FORMATS)
