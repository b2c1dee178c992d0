"""The questions a writer answered wrongly, each with what it said beside what it should have said.

Knows nothing about how a question should have been answered better.
"""

from __future__ import annotations

from collections.abc import Iterator

from assistant.evaluation.comparing import Comparison
from assistant.evaluation.given import Given
from assistant.evaluation.gold import GoldQuestion
from assistant.evaluation.judging import Worth
from assistant.evaluation.marking import said


def misses(comparison: Comparison) -> str:
    """A paragraph a writer and category: its wrong questions, with the answers."""
    paragraphs = []
    for writer in comparison.writers:
        for category in dict.fromkeys(gold.category for gold in comparison.questions):
            asked = [gold for gold in comparison.questions if gold.category == category]
            lines = [line for gold in asked for line in _missed(comparison, writer, gold)]
            if lines:
                paragraphs.append("\n".join([f"{writer}: misses in {category}", *lines]))
    return "\n\n".join(paragraphs) or "No miss."


def _missed(comparison: Comparison, writer: str, gold: GoldQuestion) -> Iterator[str]:
    given, worth = comparison.given[writer][gold.id], comparison.worth[writer][gold.id]
    wrong = list(_wrong(gold, given, worth))
    if not wrong:
        return
    asked = " // ".join([*(turn.question for turn in gold.question.history), gold.question.text])
    yield f"  {gold.id}  {asked}"
    yield f"      {'; '.join(wrong)}"
    yield f"      {_answer(given)}"
    for sentence in worth.unsupported:
        yield f"      not borne ({sentence.why}): {sentence.text}"


def _wrong(gold: GoldQuestion, given: Given, worth: Worth) -> Iterator[str]:
    if not gold.answerable:
        if not worth.abstained:
            yield "answered, where the archive holds no answer"
    elif worth.abstained:
        yield f"abstained ({given.reason or 'says that it does not know'})"
    else:
        unsaid = [" | ".join(forms) for forms in gold.facts if not said(given.text, forms)]
        if unsaid:
            yield "unsaid: " + ", ".join(unsaid)
        if worth.to_gold == 0:
            yield "cites no gold release"
    if worth.unsupported:
        yield "unsupported"
    if worth.inexact:
        yield "inexact citations"


def _answer(given: Given) -> str:
    releases = {citation.number: citation.release for citation in given.citations}
    sentences = (
        " ".join([told.lead_in, told.text, *(f"[{releases.get(number, '?')}]" for number in told.citations)]).strip()
        for told in given.sentences
    )
    return " ".join(" ".join(sentences).split()) or given.message or "–"
