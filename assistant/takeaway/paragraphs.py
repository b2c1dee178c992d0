"""The sentences of an answer as paragraphs, with the marks of their notes where typography wants them.

Knows nothing of sources or formats.
"""

from __future__ import annotations

from assistant.answer import Answer, Sentence
from assistant.paragraphs import BULLET, paragraphs
from assistant.takeaway.dossier import Block, Kind, Piece
from assistant.takeaway.letters import set_in
from assistant.web.messages import FRENCH


def blocks(answer: Answer, numbers: dict[int, int], language: str) -> list[Block]:
    """The paragraphs as blocks; `numbers` gives each citation's number its note's."""
    made: list[Block] = []
    for together in paragraphs(answer.sentences, answer.citations):
        for sentence, after in zip(together, [*together[1:], None], strict=True):
            said = set_in(sentence.text, language)
            item = BULLET.match(said)
            # Sentences that rest on the same words have their marks once, behind the last.
            marked = after is None or after.citations != sentence.citations
            pieces = _sentence(said[item.end() :] if item else said, sentence, numbers if marked else {}, language)
            lead_in = set_in(sentence.lead_in, language)
            if lead_in and item:
                made.append(Block(Kind.TEXT, (Piece(lead_in),)))
            elif lead_in:
                pieces = [Piece(f"{lead_in} "), *pieces]
            if item or sentence is together[0] or made[-1].kind is Kind.ITEM:
                made.append(Block(Kind.ITEM if item else Kind.TEXT, tuple(pieces)))
            else:
                made[-1] = Block(Kind.TEXT, (*made[-1].line, Piece(" "), *pieces))
    return made


def _sentence(said: str, sentence: Sentence, numbers: dict[int, int], language: str) -> list[Piece]:
    notes = tuple(sorted({numbers[number] for number in sentence.citations if number in numbers}))
    if not notes:
        return [Piece(said)]
    if language == FRENCH and said.endswith(".") and not said.endswith(".."):
        return [Piece(said[:-1]), Piece(notes=notes), Piece(".")]  # « rénové¹. »: the mark stands before the full stop
    return [Piece(said), Piece(notes=notes)]


def numbered(answer: Answer, from_: int) -> dict[int, int]:
    """The note of each citation, in the order in which the text first names them, beginning with `from_`."""
    known = {citation.number for citation in answer.citations}
    named = dict.fromkeys(
        number for sentence in answer.sentences for number in sorted(sentence.citations) if number in known
    )
    return {number: place for place, number in enumerate(named, start=from_)}
