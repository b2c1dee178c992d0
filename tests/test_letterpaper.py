"""What of a header, a foot or the properties belongs to a release."""

from __future__ import annotations

import pytest

from ingest.readers.letterpaper import ADDRESS, shown_title, stated_title, without


@pytest.mark.parametrize(
    "template",
    ["Communiqué de presse", "Document1", "Microsoft Word - CP_v3.doc", "cp.docx", "Sans titre", "Modèle CP"],
)
def test_names_of_templates_and_files_are_no_titles(template: str) -> None:
    """The first that names a release is taken."""
    assert stated_title([template]) is None
    assert stated_title([template, " La criée\nrouvre "]) == "La criée rouvre"


@pytest.mark.parametrize(
    ("styled", "headings", "title"),
    [
        (["La criée rouvre après travaux"], [], "La criée rouvre après travaux"),
        (["Communiqué de presse", "La criée rouvre après travaux"], ["Le chantier"], "La criée rouvre après travaux"),
        ([], ["La criée rouvre après travaux"], "La criée rouvre après travaux"),
        ([], ["La criée rouvre après travaux", "Un chantier de deux ans"], None),
        (["Ville de Port-Clair et environs"], [], None),
        (["La criée rouvre après travaux", "Deux ans d'un long chantier"], [], None),
        (["La criée"], [], None),
    ],
)
def test_one_paragraph_styled_as_title_is_the_title(styled: list[str], headings: list[str], title: str | None) -> None:
    """Or one first heading; a template's banner, a sender and several of them are none."""
    assert shown_title(styled, headings) == title


@pytest.mark.parametrize("number", ["1", "Page 1", "Page 1 sur 3", "- 2 -", "p. 2/3", "Page  sur ", "2 | 3"])
def test_page_numbers_are_no_letterhead(number: str) -> None:
    """Nor is what the text opens with anyway."""
    assert without([number, "Ville de Port-Clair", "La criée rouvre"], ["LA CRIÉE ROUVRE"]) == ["Ville de Port-Clair"]


@pytest.mark.parametrize(
    ("foot", "kept"),
    [("1 quai du Port, 00999 Port-Clair", True), ("Tél. 01 99 00 12 34", True), ("www.port-clair.example", True),
     ("Contact presse", True), ("Page 2", False), ("Réf. interne", False)],
)  # fmt: skip
def test_an_address_at_the_foot_is_kept(foot: str, kept: bool) -> None:
    """It may be all there is of the contact."""
    assert (ADDRESS.search(foot) is not None) == kept
