"""Passages: whole sentences, tiling the text, never more than the encoder reads."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.document import Document, Hints
from ingest.parser.communique import parse
from ingest.passages import LONGEST, LONGEST_CONTEXT, RESERVED, TARGET, context_of, cut
from store.embedding import Tokens
from store.records import Passage, Release, Source, Span
from store.sentences import sentences

SENTENCE = "Le conseil municipal de Port-Clair a voté la rénovation du quai numéro {} pour deux millions d'euros. "


def words(text: str) -> int:
    return len(re.findall(r"\w+|[^\w\s]", text))


def release(text: str, **fields: object) -> Release:
    return Release(text, Source("a.txt", "text/plain", "0"), **fields)  # type: ignore[arg-type]


def check(passages: tuple[Passage, ...], text: str) -> None:
    assert "".join(passage.text for passage in passages) == text
    for ordinal, passage in enumerate(passages):
        assert passage.ordinal == ordinal
        assert passage.span.of(text) == passage.text
        assert "".join(span.of(text) for span in passage.sentences) == passage.text
        assert passage.sentences[0].start == passage.span.start
        assert all(len(span) for span in passage.sentences)


def test_passages_are_whole_sentences_of_like_length() -> None:
    """Around the target, none a scrap, each ending where a sentence ends."""
    text = "".join(SENTENCE.format(number) for number in range(100))
    passages = cut(release(text), words)
    check(passages, text)
    lengths = [words(passage.text) for passage in passages]
    assert max(lengths) <= TARGET + 25
    assert min(lengths) >= TARGET / 2
    assert [span for passage in passages for span in passage.sentences] == sentences(text)


def test_a_short_text_stays_whole() -> None:
    """What fits in one passage is not halved."""
    text = "".join(SENTENCE.format(number) for number in range(13))
    assert TARGET < words(text) <= LONGEST
    assert len(cut(release(text), words)) == 1


@given(st.text(alphabet="abcé .;:,–\n«»-1A", max_size=600), st.integers(16, 90))
def test_invariants_hold_for_any_text(text: str, max_tokens: int) -> None:
    """Passages tile the text, sentences tile passages, nothing exceeds the encoder."""
    passages = cut(release(text, title="Un titre", issuer="Ville"), words, max_tokens)
    check(passages, text)
    for passage in passages:
        assert words(passage.context) + words(passage.text) + RESERVED <= max(max_tokens, RESERVED + 16)


def test_a_sentence_over_the_limit_is_divided_at_clause_borders() -> None:
    """After a semicolon rather than in the middle of a clause."""
    text = " ; ".join(
        f"le quai numéro {number} rouvre avec ses grues, ses rails et ses hangars" for number in range(60)
    )
    passages = cut(release(text), words)
    check(passages, text)
    assert len(passages) > 2
    for passage in passages:
        for span in passage.sentences:
            assert words(span.of(text)) <= LONGEST
            assert span.end == len(text) or span.of(text).rstrip().endswith(";")


def test_a_run_without_blanks_is_divided_all_the_same() -> None:
    """An encoder must never be given more than it reads."""
    text = "début " + "é." * 4000 + " fin"
    passages = cut(release(text), lambda part: len(part) // 2)
    check(passages, text)
    assert all(len(passage.text) // 2 <= LONGEST for passage in passages)


def test_contacts_and_boilerplate_stand_apart() -> None:
    """Neither mixes with the body, and all is covered."""
    text = (
        "COMMUNIQUE DE PRESSE\n\nLundi 13 mai 2024\n\nLA CRIEE DE PORT-CLAIR ROUVRE\n\nElle rouvre mardi.\n\n"
        "À propos de Port-Clair\nLa ville compte 31 000 habitants.\n\nCONTACT PRESSE\nAnne DOUCE\n01 99 00 12 34"
    )
    understood = parse(Document(text, "a.txt", "text/plain", "0"), datetime(2026, 3, 2, tzinfo=UTC))
    passages = cut(understood, words)
    check(passages, text)
    assert [passage.text.split("\n")[0] for passage in passages] == [
        "COMMUNIQUE DE PRESSE", "À propos de Port-Clair", "CONTACT PRESSE",
    ]  # fmt: skip


def test_a_stated_contact_stands_apart() -> None:
    """What an export appends after the body is no part of it."""
    contact = "Anne Douce, attachée de presse, 01 99 00 12 34"
    text = f"La criée rouvre mardi.\n\n{contact}"
    document = Document(text, "a#1", "application/x-ndjson", "0", hints=Hints(contact=contact, title="T"))
    passages = cut(parse(document, datetime(2026, 3, 2, tzinfo=UTC)), words)
    check(passages, text)
    assert [passage.text.strip() for passage in passages] == ["La criée rouvre mardi.", contact]


def test_the_context_says_who_when_and_what() -> None:
    """Issuer, day in words, title; a long title loses its end."""
    short = release("x", issuer="Ville de Port-Clair", published=date(2024, 3, 1), title="La criée rouvre")
    assert context_of(short, words) == "Ville de Port-Clair, 1er mars 2024. La criée rouvre"
    long = release("x", issuer="Ville de Port-Clair", title="La criée rouvre " * 40)
    context = context_of(long, words)
    assert words(context) <= LONGEST_CONTEXT
    assert context.startswith("Ville de Port-Clair. La criée rouvre La criée")


@pytest.mark.parametrize("text", ["", " \n", "x", "\n\nx\n\n"])
def test_next_to_nothing_is_covered_too(text: str) -> None:
    """Blanks belong to a passage; an empty text has none."""
    passages = cut(release(text), words)
    check(passages, text)
    assert bool(passages) == bool(text)


def test_spans_at_the_edges_of_the_text_are_zones() -> None:
    """Boilerplate may be the whole text, or its beginning."""
    text = "À propos de Port-Clair\nUne ville.\n\nLe reste du texte."
    check(cut(release(text, boilerplate=(Span(0, 33),)), words), text)
    check(cut(release(text, boilerplate=(Span(0, len(text)),)), words), text)


def test_the_real_encoder_never_truncates(tokens: Tokens) -> None:
    """Context, prefix, special tokens and text fit in 512 real tokens."""
    text = "".join(SENTENCE.format(number) for number in range(60)) + "é;" * 3000 + " 🙂" * 900
    full = release(text, issuer="Ville de Port-Clair", published=date(2024, 3, 1), title="La criée rouvre " * 30)
    passages = cut(full, tokens.count)
    check(passages, text)
    assert max(tokens.count(f"passage: {passage.context}\n{passage.text}") + 2 for passage in passages) <= 512
