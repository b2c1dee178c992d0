"""Encodings: French is French again, or the document is refused by name."""

from __future__ import annotations

import pytest
from mutation import mutants
from outcomes import outcome

from ingest.readers.encoding import decode
from store.records import UnreadableDocument

FRENCH = (
    "La Métropole a voté à l’unanimité la rénovation du théâtre : 1,9 million d'euros, dès Noël. Où ça ? « Là-bas. »"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "mac_roman"])
def test_western_encodings_are_told_apart(encoding: str) -> None:
    """The same French comes out of any encoding press offices use."""
    assert decode(FRENCH.encode(encoding), "a.txt")[0] == FRENCH


def test_dos_is_told_from_windows() -> None:
    """Files of the eighties are read too."""
    text = "La métropole a voté à l'unanimité la rénovation du théâtre, dès février."
    assert decode(text.encode("cp850"), "a.txt")[0] == text


def test_a_guess_is_a_doubt() -> None:
    """Text that is not Unicode says which encoding was supposed."""
    assert decode(FRENCH.encode("cp1252"), "a.txt")[1] == ("encodage supposé : cp1252",)
    assert decode(FRENCH.encode(), "a.txt")[1] == ()


def test_utf8_once_taken_for_windows_is_undone() -> None:
    """« Ã© » is « é » again."""
    assert decode(FRENCH.encode().decode("latin-1").encode(), "a.txt")[0] == FRENCH


def test_stray_windows_bytes_in_utf8_are_read() -> None:
    """One pasted byte does not lose a document."""
    text, doubts = decode("L'été, déjà passé ; ".encode() + "né".encode("cp1252"), "a.txt")
    assert text == "L'été, déjà passé ; né"
    assert "1 octets" in doubts[0]


def test_one_byte_that_does_not_belong_costs_no_document() -> None:
    """A stray zero is left out; a byte of no likely letter among plain ones is kept, with a doubt."""
    assert decode(b"La cri\x00ee rouvre mardi.", "a.txt")[0] == "La criee rouvre mardi."
    text, doubts = decode(b"La criee rouvre mardi. " * 50 + b"\xb6", "a.txt")
    assert text.endswith("\u00b6")
    assert "1 octets" in doubts[0]


def test_latin_9_is_read() -> None:
    """The euro and « œ » are where Windows has other signs."""
    text = "Le cœur du théâtre rénové : 12 € dès l'été."
    assert decode(text.encode("iso-8859-15"), "a.txt")[0] == text


@pytest.mark.parametrize(
    "data",
    [bytes(range(256)) * 4, b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" * 9, b"\x01\x02\x03\x04\x05" * 40],
)
def test_binary_data_is_refused_by_name(data: bytes) -> None:
    """A picture renamed to .txt is named, not shelved."""
    with pytest.raises(UnreadableDocument, match=r"photo\.txt: binary"):
        decode(data, "photo.txt")


def test_text_lost_to_question_marks_is_refused() -> None:
    """What a wrong conversion destroyed cannot be guessed back."""
    with pytest.raises(UnreadableDocument, match="export it again in UTF-8"):
        decode("La M\ufffdtropole a vot\ufffd \ufffd l'unanimit\ufffd".encode(), "a.txt")


def test_damaged_files_are_read_or_named() -> None:
    """Never another error, whatever happened to the file."""
    outcomes = [said for data in mutants(FRENCH.encode() * 9, 30, seed=17) for said in outcome(data, "a.txt")]
    assert len(outcomes) == 30
    assert "read" in outcomes
