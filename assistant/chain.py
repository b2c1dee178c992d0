"""The archive in anyone's LangChain chain: a retriever over a view, the desk as a Runnable.

Translates only: what may be seen, found and said is decided by the view and the desk.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from itertools import chain
from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import RunnableGenerator
from langchain_core.runnables.utils import AddableDict

from assistant.answer import Answer, Event, Finished, Question, Turn, Understood, Wrote, document
from assistant.desk import Desk
from store.records import Filters, Hit, Scope
from store.view import View

ADDED = ("sentences", "citations")
UNDERSTOOD = ("standalone", "filters")


class ArchiveRetriever(BaseRetriever):
    """The best passages of what one reader may see, as LangChain Documents, best first."""

    view: View
    filters: Filters = Filters()
    k: int = 10

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun | None = None
    ) -> list[Document]:
        return [as_document(hit) for hit in self.view.search(query, self.filters, limit=self.k)]


def as_document(hit: Hit) -> Document:
    """The passage's words, with what is needed to cite them.

    `page_content` is `release.text[start:end]`; `published` is an ISO date; `id` names the
    passage of this version, so an old Document still resolves.
    """
    release, span = hit.release, hit.passage.span
    return Document(
        page_content=hit.passage.text,
        id=hit.passage.id,
        metadata={
            "release_id": release.id,
            "reference": release.reference,
            "version": release.version,
            "title": release.title,
            "issuer": release.issuer,
            "published": release.published.isoformat() if release.published else None,
            "url": release.url,
            "page": release.page_of(span.start),
            "start": span.start,
            "end": span.end,
            "score": hit.score,
        },
    )


def as_runnable(desk: Desk, scope: Scope) -> RunnableGenerator[Any, AddableDict]:
    """The desk as a Runnable: a question in, the answer's document out.

    The input is a string, or {"question": str, "history": [{"question", "releases"}]}.
    Streaming yields the document in pieces whose sum is the whole: what was understood,
    then each verified sentence with its new citations, then the rest.
    """

    def transform(inputs: Iterator[Any]) -> Iterator[AddableDict]:
        yield from _pieces(desk.events(_question(list(inputs)), scope))

    async def atransform(inputs: AsyncIterator[Any]) -> AsyncIterator[AddableDict]:
        question = _question([part async for part in inputs])
        pieces = _pieces(desk.events(question, scope))
        while (piece := await asyncio.to_thread(next, pieces, None)) is not None:
            yield piece

    return RunnableGenerator(transform, atransform, name="porte_parole")


def _question(parts: list[Any]) -> Question:
    """What is asked, of the pieces an earlier step of the chain may stream."""
    if all(isinstance(part, str) for part in parts):
        return Question("".join(parts))
    asked: dict[str, Any] = dict(chain.from_iterable(part.items() for part in parts))
    history = (Turn(turn["question"], tuple(turn.get("releases", ()))) for turn in asked.get("history", ()))
    return Question(asked["question"], tuple(history))


def _pieces(events: Iterator[Event]) -> Iterator[AddableDict]:
    for event in events:
        if isinstance(event, Understood):
            yield _of(Answer("", event.standalone, event.filters), UNDERSTOOD)
        elif isinstance(event, Wrote):
            yield _of(Answer("", "", Filters(), (event.sentence,), event.citations), ADDED)
        elif isinstance(event, Finished):
            said = {*UNDERSTOOD, *ADDED}
            rest = _of(event.answer, tuple(key for key in document(event.answer) if key not in said))
            yield rest + AddableDict({key: [] for key in ADDED})


def _of(answer: Answer, keys: tuple[str, ...]) -> AddableDict:
    whole = document(answer)
    return AddableDict({key: whole[key] for key in keys})
