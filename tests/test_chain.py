"""The archive in a LangChain chain, with the real indexes and the real desk."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import reduce
from operator import add

import pytest
from langchain_core.runnables import RunnableLambda

from assistant.answer import Question, Turn, document
from assistant.chain import ArchiveRetriever, as_runnable
from assistant.desk import Desk
from store.archive import Archive
from store.embedding import UNRELATED
from store.records import Filters, Scope

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TRAM = (
    "La ligne C du tramway ouvrira le 3 mai 2026. Elle comptera quatorze stations entre la gare et le campus. "
    "« C'est la fin de six ans de travaux », a déclaré Odile Brévand, vice-présidente chargée des mobilités."
)
POOL = "Le centre aquatique des Ormeaux ferme six semaines pour la réfection de son grand bassin."
SECRET = "Le budget du tramway sera doublé en 2027, à 96 millions d'euros."


@pytest.fixture
def desk(archive: Archive, shelve: Callable[..., object]) -> Desk:
    shelve(
        TRAM, title="Le tramway C ouvre en mai", reference="C-1", published=date(2026, 2, 3), url="https://a.example/c1"
    )
    shelve(POOL, title="Le centre aquatique ferme", reference="C-2", published=date(2026, 2, 4))
    shelve(SECRET, title="Budget du tramway", reference="C-3", embargo=NOW + timedelta(days=9))
    archive.flush()
    return Desk(archive, clock=lambda: NOW, unrelated=UNRELATED)


def test_passages_come_as_documents_that_can_be_cited(archive: Archive, desk: Desk) -> None:
    """A Document holds the passage word for word and all that a citation of it needs."""
    view = archive.view(Scope.PUBLIC, NOW)

    best, *_ = ArchiveRetriever(view=view).invoke("Combien de stations aura le tramway ?")

    facts = best.metadata
    release = view.release("C-1")
    assert best.page_content == release.text[facts["start"] : facts["end"]]
    assert (facts["release_id"], facts["reference"], facts["version"]) == (release.id, "C-1", 1)
    assert (facts["title"], facts["issuer"]) == ("Le tramway C ouvre en mai", release.issuer)
    assert (facts["published"], facts["url"], facts["page"]) == ("2026-02-03", "https://a.example/c1", None)
    assert facts["score"] > 0


def test_the_retriever_sees_what_its_view_may_see(archive: Archive, desk: Desk) -> None:
    """An embargoed release is in no Document of a public view, and in those of a staff view."""

    def found(scope: Scope) -> set[str]:
        retriever = ArchiveRetriever(view=archive.view(scope, NOW))
        return {piece.metadata["reference"] for piece in retriever.invoke("budget du tramway")}

    assert "C-3" not in found(Scope.PUBLIC)
    assert "C-3" in found(Scope.STAFF)


def test_the_retriever_keeps_to_its_filters_and_its_number(archive: Archive, desk: Desk) -> None:
    """`filters` narrow and `k` limits what comes back; asking asynchronously gives the same."""
    view = archive.view(Scope.PUBLIC, NOW)
    narrow = ArchiveRetriever(view=view, filters=Filters(releases=(view.release("C-2").id,)), k=1)

    pieces = narrow.invoke("tramway")

    assert [piece.metadata["reference"] for piece in pieces] == ["C-2"]
    assert asyncio.run(narrow.ainvoke("tramway")) == pieces


def test_the_runnable_gives_the_document_of_every_door(desk: Desk) -> None:
    """A question goes in as a string, the same cited document comes out as over HTTP."""
    asked = "Quand ouvrira la ligne C du tramway ?"
    answer = as_runnable(desk, Scope.PUBLIC).invoke(asked)
    assert answer == document(desk.ask(Question(asked), Scope.PUBLIC))
    assert "3 mai 2026" in answer["sentences"][0]["text"]


def test_streamed_pieces_add_up_to_the_answer(desk: Desk) -> None:
    """Streaming gives what was understood, then each sentence with its citations; their sum is the answer."""
    runnable, asked = as_runnable(desk, Scope.PUBLIC), "Qui a parlé de la fin des travaux du tramway ?"

    pieces = list(runnable.stream(asked))

    assert list(pieces[0]) == ["standalone", "filters"]
    assert all(piece["citations"] for piece in pieces[1:2])
    assert reduce(add, pieces) == runnable.invoke(asked)


def test_asynchronous_streaming_is_the_same(desk: Desk) -> None:
    """`astream` and `ainvoke` give what `stream` and `invoke` give."""
    runnable, asked = as_runnable(desk, Scope.PUBLIC), "Combien de stations aura le tramway C ?"

    async def streamed() -> list[dict[str, object]]:
        return [piece async for piece in runnable.astream(asked)]

    assert asyncio.run(streamed()) == list(runnable.stream(asked))
    assert asyncio.run(runnable.ainvoke(asked)) == runnable.invoke(asked)


def test_history_makes_a_follow_up_whole(desk: Desk) -> None:
    """A follow-up is asked as {"question", "history"}, as over HTTP."""
    history = [{"question": "Quand ouvre le tramway C ?", "releases": ["C-1"]}]
    asked = {"question": "Et combien de stations ?", "history": history}
    answer = as_runnable(desk, Scope.PUBLIC).invoke(asked)
    turns = (Turn("Quand ouvre le tramway C ?", ("C-1",)),)
    assert answer == document(desk.ask(Question("Et combien de stations ?", turns), Scope.PUBLIC))


def test_an_abstention_is_a_whole_document_too(desk: Desk) -> None:
    """Where the archive is silent every key is there, no sentence is, and nothing under embargo leaks."""
    answer = as_runnable(desk, Scope.PUBLIC).invoke("Quel est le salaire du directeur de l'opéra ?")
    assert answer["abstention"] is not None
    assert (answer["sentences"], answer["citations"]) == ([], [])
    assert "96 millions" not in str(answer)


def test_it_stands_in_a_longer_chain(desk: Desk) -> None:
    """The desk is piped like any Runnable."""
    chain = as_runnable(desk, Scope.PUBLIC) | RunnableLambda(lambda answer: len(answer["citations"]))
    assert chain.invoke("Quand ouvrira la ligne C du tramway ?") >= 1
