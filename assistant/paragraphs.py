"""The sentences of an answer as paragraphs, on whatever they are shown.

Knows nothing of pages or files.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answer import Citation, Sentence

BULLET = re.compile(r"[-–—•▪■◦●‣∙·*]\s+")
"""How an item of a list begins."""


def paragraphs(sentences: Sequence[Sentence], citations: Sequence[Citation]) -> list[list[Sentence]]:
    """The sentences, those of one release together until words of ours introduce the next."""
    cited = {citation.number: citation for citation in citations}
    together: list[list[Sentence]] = []
    before: Citation | None = None
    for sentence in sentences:
        first = cited.get(sentence.citations[0])
        same = before is not None and first is not None and _version(first) == _version(before)
        if same and not sentence.lead_in:
            together[-1].append(sentence)
        else:
            together.append([sentence])
        before = cited.get(sentence.citations[-1])
    return together


def _version(citation: Citation) -> tuple[str, int]:
    return citation.release_id, citation.version
