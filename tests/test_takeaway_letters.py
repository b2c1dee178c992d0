"""Text as it may stand on paper."""

from __future__ import annotations

import re

import pytest

from assistant.takeaway.letters import address, clean, file_name, quoted, set_in, shown_name
from hostile import HOSTILE

HOSTILE_TEXTS = pytest.mark.parametrize("text", [text for _, text in HOSTILE], ids=[name for name, _ in HOSTILE])


@HOSTILE_TEXTS
def test_what_xml_forbids_or_turns_writing_around_is_left_out(text: str) -> None:
    """And all else stays, on one line."""
    kept = clean(text)
    kept.encode("utf-8")
    assert not re.search(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]", kept)
    if text.isascii() and text.isprintable():
        assert kept == text.strip()


def test_what_nobody_sees_is_nothing() -> None:
    """A title of blanks and joiners is no title."""
    assert clean(" \u200b\u00a0\u2060\n") == ""


@pytest.mark.parametrize(
    ("words", "french", "english"),
    [
        ("Le stade rouvre.", "«\u00a0Le stade rouvre.\u00a0»", "“Le stade rouvre.”"),
        ("Il dit « oui ».", "«\u00a0Il dit “oui”.\u00a0»", "“Il dit ‘oui’.”"),
        ("Il dit « oui “peut-être” ».", "«\u00a0Il dit “oui ‘peut-être’”.\u00a0»", "“Il dit ‘oui ‘peut-être’’.”"),
        ("He said “yes”.", "«\u00a0He said “yes”.\u00a0»", "“He said ‘yes’.”"),
        ("Est-ce vrai ?", "«\u00a0Est-ce vrai\u00a0?\u00a0»", "“Est-ce vrai ?”"),
    ],
)
def test_marks_within_marks_are_of_the_second_rank(words: str, french: str, english: str) -> None:
    """« … “…” … » in French, “… ‘…’ …” in English."""
    assert (quoted(words, "fr"), quoted(words, "en")) == (french, english)


def test_french_blanks_do_not_break() -> None:
    """Before tall punctuation and within numbers; English is left as it is."""
    assert set_in("Combien : 12 000 ?", "fr") == "Combien\u00a0: 12\u00a0000\u00a0?"
    assert set_in("How much: 12 000?", "en") == "How much: 12 000?"


@pytest.mark.parametrize(
    ("url", "followed"),
    [
        ("https://presse.example/cp/7?a=1&b=2#p", "https://presse.example/cp/7?a=1&b=2#p"),
        ("http://presse.example:8080/été et 100%", "http://presse.example:8080/%C3%A9t%C3%A9%20et%20100%25"),
        ("https://préfecture.example/", "https://xn--prfecture-c4a.example/"),
        ("http://[::1]:8000/x", "http://[::1]:8000/x"),
        ("javascript:alert(1)", None),
        ("https://user:word@presse.example/", None),
        ("https://presse.example:99999/", None),
        ("http://[presse.example/", None),
        ("https:///nowhere", None),
        ("ftp://presse.example/", None),
        ("https://presse.example/\u202egpj", None),
        ("https://presse.example/" + "x" * 3_000, None),
        ('https://presse.example/"><script>', "https://presse.example/%22%3E%3Cscript%3E"),
        ("", None),
        (None, None),
    ],
)
def test_only_plain_web_addresses_are_followed(url: str | None, followed: str | None) -> None:
    """Every character of them allowed in an address, so that no reader of files chokes."""
    assert address(url) == followed


@HOSTILE_TEXTS
def test_a_hostile_text_is_no_address(text: str) -> None:
    """Whatever it tries."""
    assert address(text) is None


@HOSTILE_TEXTS
def test_a_file_is_named_by_what_was_asked(text: str) -> None:
    """Short, of letters, digits and hyphens; the fuller name has no sign that a file system or header minds."""
    assert re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", file_name(text, "reponse"))
    assert len(file_name(text, "reponse")) <= 60
    shown = shown_name(text, "réponse")
    assert not re.search(r'[\\/:*?"<>|\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069]', shown)
    assert 0 < len(shown) <= 60
    assert shown == shown.strip(" .")


def test_names_read_like_the_question() -> None:
    """Without accents in the plain one; never a name that Windows keeps for itself."""
    assert file_name("Combien coûte l’œuvre d’été ?", "reponse") == "combien-coute-l-oeuvre-d-ete"
    assert shown_name("Combien coûte l’œuvre d’été ?", "réponse") == "Combien coûte l’œuvre d’été"
    assert file_name("Con", "reponse") == "reponse"
    assert file_name("???", "reponse") == "reponse"
    assert len(file_name("mot " * 60, "reponse")) <= 60
