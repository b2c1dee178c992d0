"""Answers as the command line prints them."""

from __future__ import annotations

from datetime import date

from assistant.answer import Abstention, Answer, Citation, Notice, Sentence
from assistant.printed import printed
from store.records import Filters, Span

CITED = Citation(1, "r1", None, 1, "Les halles", "Ville", date(2025, 11, 6), None, None, Span(0, 9), "Il pleut.")
NOTICE = Notice("corrected", "Ce communiqué a été corrigé le 7 novembre 2025.", ("r1",))


def test_our_words_come_before_the_quotation_and_notices_below() -> None:
    """Lead-in, sentence, number; then what must be known; then the sources."""
    said = Sentence("Il pleut.", (1,), "Selon la Ville, 6 novembre 2025 :")
    text = printed(Answer("?", "?", Filters(), (said,), (CITED,), notices=(NOTICE, NOTICE)))
    assert text.startswith("Selon la Ville, 6 novembre 2025\u00a0: Il pleut. [1]\n")
    assert text.count("corrigé le 7 novembre") == 1
    assert text.index("Il pleut.") < text.index("corrigé") < text.index("[1] Les halles")


def test_notices_are_told_beside_an_abstention() -> None:
    """Whatever else is said."""
    answer = Answer("?", "?", Filters(), abstention=Abstention("x", "Aucun communiqué ne le dit."), notices=(NOTICE,))
    assert printed(answer).endswith("(i) Ce communiqué a été corrigé le 7 novembre 2025.")
