"""The questions that went wrong, by category, each with what was wrong: what to work on next.

Knows nothing about how a question should have been answered better.
"""

from __future__ import annotations

from collections.abc import Iterator

from assistant.answer import filters_document
from assistant.evaluation.evaluating import Evaluation
from assistant.evaluation.gold import GoldQuestion

FIVE = 5


def misses(evaluation: Evaluation) -> str:
    """A paragraph a category: its questions without a gold release in the first five, or not exactly answered."""
    paragraphs = []
    for category in evaluation.categories():
        lines = [line for gold in evaluation.of(category) for line in _missed(evaluation, gold)]
        if lines:
            paragraphs.append("\n".join([f"Misses in {category}", *lines]))
    return "\n\n".join(paragraphs) or "No miss."


def _missed(evaluation: Evaluation, gold: GoldQuestion) -> Iterator[str]:
    wrong = [*evaluation.faults.get(gold.id, ()), *_of_retrieval(evaluation, gold), *_of_answer(evaluation, gold)]
    if not wrong:
        return
    heard = evaluation.heard[gold.id]
    asked = " // ".join([*(turn.question for turn in gold.question.history), gold.question.text])
    yield f"  {gold.id}  {asked}"
    yield f"      {'; '.join(wrong)}"
    read = ", ".join(f"{key} {value}" for key, value in filters_document(heard.filters).items() if value)
    if read:
        yield f"      read: {read}; {heard.searched} searched" + (f", {gold.count} right" if gold.count else "")
    if "filters" in wrong and gold.filters is not None:
        right = ", ".join(f"{key} {value}" for key, value in filters_document(gold.filters).items() if value)
        yield f"      right: {right or 'nothing narrowed'}"
    if gold.releases:
        first = heard.releases[0] if heard.releases else "–"
        found = f"first {first} « {evaluation.titles.get(first, '–')} »"
        yield f"      gold {', '.join(gold.releases[:FIVE])}; {found}"


def _of_retrieval(evaluation: Evaluation, gold: GoldQuestion) -> Iterator[str]:
    values = evaluation.retrieval.get(gold.id)
    if values is None or gold.of_catalogue:
        return
    wanted = evaluation.wanted[gold.id]
    places = [place for place, id in enumerate(evaluation.heard[gold.id].releases, start=1) if id in wanted]
    if not values["Success@5"]:
        yield f"gold release at {places[0]}" if places else "no gold release in the first ten"
    if evaluation.read[gold.id].passes is False:
        yield "the filters shut a gold release out"


def _of_answer(evaluation: Evaluation, gold: GoldQuestion) -> Iterator[str]:
    mark = evaluation.marks.get(gold.id)
    if mark is not None and not gold.releases and not gold.of_catalogue and not mark.abstained:
        yield "answered, where the archive holds no answer"
