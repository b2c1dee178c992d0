"""Markdown: front matter becomes hints, marks leave the text."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from mutation import mutants
from outcomes import outcome

from ingest.readers.markdown import read_markdown, unmarked
from store.records import UnreadableDocument

RELEASE = """---
title: Port-Clair : la criée rouvre
date: 2024-05-13
issuer: "Ville de Port-Clair"
reference: PC-2024-017
city: Port-Clair
lang: fr-FR
rubrique: Économie
embargo: 2024-05-14T08:00:00
contact: |
  Anne Douce, attachée de presse
  01 99 00 12 34
---

# La criée de Port-Clair rouvre

La **criée** rouvre *mardi*, après [deux ans](https://example.org) de travaux.

* 14 quais ;
* 2 chambres froides.

| poste | coût |
|-------|-----:|
| quais | 1,2 M€ |
"""


def test_front_matter_is_read_as_hints() -> None:
    """Title (with a colon), date, issuer, reference, place, language, rubric, embargo in Paris time, contact."""
    hints = read_markdown(RELEASE.encode(), "a.md").hints
    assert hints.title == "Port-Clair : la criée rouvre"
    assert hints.published == date(2024, 5, 13)
    assert (hints.issuer, hints.reference, hints.place) == ("Ville de Port-Clair", "PC-2024-017", "Port-Clair")
    assert (hints.language, hints.rubric) == ("fr", "Économie")
    assert hints.embargo == datetime(2024, 5, 14, 6, 0, tzinfo=UTC)
    assert hints.contact == "Anne Douce, attachée de presse\n01 99 00 12 34"


def test_marks_leave_the_text() -> None:
    """Headings, bold, italics, links, items and tables are plain text."""
    assert read_markdown(RELEASE.encode(), "a.md").text == (
        "La criée de Port-Clair rouvre\n\nLa criée rouvre mardi, après deux ans de travaux.\n\n"
        "- 14 quais ;\n- 2 chambres froides.\n\nposte | coût\nquais | 1,2 M€"
    )


def test_links_are_kept_with_their_words() -> None:
    """Written in place, with a title, or defined at the end; pictures and addresses within the file are none."""
    document = read_markdown(
        b'Voir [le *plan*](https://a.example/p_(1) "Plan"), [la liste][1] et [ici](#bas).\n\n![logo](https://a.example/l)\n\n'
        b"[1]: https://a.example/liste\n",
        "a.md",
    )
    assert document.text == "Voir le plan, la liste et ici."
    assert [(link.span.of(document.text), link.url) for link in document.links] == [
        ("le plan", "https://a.example/p_(1)"),
        ("la liste", "https://a.example/liste"),
    ]


def test_line_ends_and_entities_of_any_kind() -> None:
    """Files that crossed three systems, and what was pasted from a page."""
    assert read_markdown(b"# Titre\r\rR&eacute;ouverture\r\n\nFin &amp; suite", "a.md").text == (
        "Titre\n\nR\u00e9ouverture\n\nFin & suite"
    )


def test_the_first_heading_is_the_title_without_front_matter() -> None:
    """A file without front matter still has a title."""
    assert read_markdown(b"# Un titre **fort**\n\nLe texte.", "a.md").hints.title == "Un titre fort"


def test_a_stated_date_that_does_not_exist_is_a_doubt() -> None:
    """Nothing is lost: the text is kept, the date is not invented."""
    document = read_markdown(b"---\ndate: 2018-02-31\n---\nLe texte.", "a.md")
    assert document.hints.published is None
    assert document.doubts == ("date du préambule illisible : « 2018-02-31 »",)


@pytest.mark.parametrize("kept", ["nom_de_fichier_long", "2 * 3 * 4", "snake_case et l'autre_mot", "3 < 5"])
def test_what_only_looks_like_marks_stays(kept: str) -> None:
    """Underscores in words, products and comparisons are text."""
    assert unmarked(kept) == kept


def test_an_empty_file_is_refused_by_name() -> None:
    """Front matter alone is no release."""
    with pytest.raises(UnreadableDocument, match=r"vide\.md: empty"):
        read_markdown(b"---\ntitle: Rien\n---\n\n", "vide.md")


def test_damaged_files_are_read_or_named() -> None:
    """Never another error, whatever happened to the file."""
    outcomes = [said for data in mutants(RELEASE.encode(), 30, seed=17) for said in outcome(data, "a.md")]
    assert len(outcomes) == 30
    assert "read" in outcomes
