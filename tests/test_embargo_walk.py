"""Every address of the server is walked, as everybody who may come: no word that somebody may not see is in an answer.

A route that is added is walked by itself: the addresses are those the application tells.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from itertools import product
from typing import Any
from urllib.parse import quote, unquote

import anyio
import httpx
import pytest
from fastapi import FastAPI
from kept import ANNE, CAROLE, NOBODY, ByHeader

from app import Program
from assistant.answer import Question
from assistant.desk import Desk
from assistant.records import Recorder
from assistant.tray import Tray
from assistant.web.api import create_app
from assistant.web.callers import Visitor
from assistant.web.panes import PANES
from assistant.web.room import Parts, Room
from conftest import NOW, release
from ingest.arriving import read
from ingest.passages import CHUNKING, cut
from store.amendments import Hand
from store.answers import Answers
from store.archive import Archive
from store.arrivals import Arrivals
from store.conversations import Conversations
from store.judgments import Judgment, Judgments, Verdict
from store.language import fold
from store.notebook import Notebook
from store.originals import Originals
from store.records import Correction, CorrectionKind, Quote, Release, Span

EMBARGO = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
"""When `held` may be seen by everybody."""
BEFORE, AFTER = EMBARGO - timedelta(seconds=1), EMBARGO + timedelta(seconds=1)

# Words that stand in one release alone, in every part of it.
HELD = ("zorglubine", "quinxela", "vorrande", "viziratesse", "brumezirk", "kalzimbre", "plombiaque", "trixolite")
GONE = ("ufwardine", "jolpexa", "mirquande", "gavotière", "drumoulzac", "belzinor", "hoquelaine", "erratoume")
OLD = ("pelzucane", "nabroisie", "tomirex")  # not in its title, which its id keeps


def _release(name: str, title: str, text: str, **facts: Any) -> Release:
    """A release in which somebody is quoted by name and office, where its text has quotation marks."""
    said = re.search(r"« (.+?) », déclare (\w+ \w+), (\w+) de", text)
    quotes = () if said is None else (Quote(Span(*said.span(1)), said[2], said[3]),)
    return release(text, title=title, name=f"/presse/{name}.txt", quotes=quotes, **facts)


def _shelf() -> dict[str, Release]:
    held = (
        "La piscine Zorglubine coûtera 48 millions d'euros. Les travaux du bassin plombiaque durent deux ans.\n\n"
        "« La trixolite sera partout », déclare Quinxela Vorrande, viziratesse de Brumezirk."
    )
    gone = (
        "La piscine Ufwardine ferme ses portes. Le bassin hoquelaine a coûté 12 millions d'euros.\n\n"
        "« La belzinor nous manque », déclare Jolpexa Mirquande, gavotière de Drumoulzac."
    )
    replaced = "La piscine de Bréval sera chauffée à la nabroisie, dit Tomirex de Pelzucane."
    there = (
        "La piscine de Bréval rouvre après deux ans de travaux. Elle a coûté 3 millions d'euros.\n\n"
        "« La piscine est à tous », déclare Ada Morin, maire de Bréval."
    )
    correction = Correction(Span(0, 10), CorrectionKind.CORRECTS, reference="SEEN-1")
    return {
        "seen": _release("seen", "La piscine de Bréval", there, reference="SEEN-1", issuer="Ville de Bréval"),
        "held": _release(
            "zorglubine", "La piscine Zorglubine", held, reference="HELD-1", issuer="Ville de Brumezirk",
            embargo=EMBARGO, published=date(2026, 3, 1), place="Kalzimbre", rubric="Trixolite", corrects=correction,
            co_issuers=("Agence Plombiaque",),
        ),
        "gone": _release(
            "ufwardine", "La piscine Ufwardine", gone, reference="GONE-1", issuer="Ville de Drumoulzac",
            published=date(2026, 2, 1), place="Belzinor", rubric="Hoquelaine",
        ),
        "old": _release(
            "bassin", "Le bassin", replaced, reference="OLD-1", issuer="Ville de Bréval", rubric="Nabroisie"
        ),
        "new": _release("bassin", "Le bassin", "La piscine de Bréval sera chauffée au bois.", reference="OLD-1"),
    }  # fmt: skip


@dataclass
class House:
    """A server with all its parts, its clock, and what a visitor may put into its addresses."""

    app: FastAPI
    room: Room
    clock: Any
    addresses: list[tuple[str, list[dict[str, Any]]]]
    ids: dict[str, str] = field(default_factory=dict)
    answers: dict[str, list[str]] = field(default_factory=dict)

    def walk(self, visitor: Visitor) -> dict[str, str]:
        """What everything answers this visitor, folded, without the ids that were asked for."""
        told = anyio.run(self._addresses, visitor)
        for question in QUESTIONS:
            *_, (html, _) = self.room.answered(Question(question), (), visitor)
            told[f"answered {question}"] = fold(html)
        told["begin"] = fold(self.room.heading(visitor) + self.room.beginning(visitor))
        reopened = "".join(each.html for each in self.room.reopened("c1", visitor) or ())
        for cited in self.ids.values():  # what one's own answer cited, one may know to be gone
            reopened = reopened.replace(cited, "")
        told["reopened"] = fold(reopened)
        return told

    async def _addresses(self, visitor: Visitor) -> dict[str, str]:
        headers, told = {"x-who": visitor.name}, {}
        transport = httpx.ASGITransport(self.app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://press.example", headers=headers) as client:
            for question in QUESTIONS:
                response = await client.post("/v1/ask", json={"question": question})
                told[f"/v1/ask {question}"] = _said(response, [])
            for filled, query, chosen in self._asked():
                response = await client.get(filled, params=query)
                assert response.status_code < 500, (filled, query, response.text[:300])
                own = [value for value in chosen if value in (*self.ids.values(), *self._answers())]
                told[str(response.url)] = _said(response, own)
        return told

    def _asked(self) -> Iterator[tuple[str, dict[str, str], tuple[str, ...]]]:
        """Every address with what is put into its path and its query, and into its path alone."""
        for path, parameters in self.addresses:
            values = {each: self._values(path, each) for each in re.findall(r"{(\w+)}", path)}
            for chosen in product(*values.values()):
                filled = path
                for name, value in zip(values, chosen, strict=True):
                    filled = filled.replace(f"{{{name}}}", quote(value, safe=""))
                yield from ((filled, query, chosen) for query in _queries(parameters))

    def _answers(self) -> list[str]:
        return [each for ids in self.answers.values() for each in ids]

    def _values(self, path: str, name: str) -> list[str]:
        known = {
            "release_id": [*self.ids.values(), "HELD-1"],
            "answer_id": self._answers(),
            "conversation_id": ["c1"],
            "end": ["docx", "md", "txt", "html"],
            "number": ["1"],
            "arrival_id": ["0" * 16, *(each.id for each in self._tray().arrivals.waiting())],
            "ordinal": ["0"],
            "version": ["1", "2"],
            "job": ["0" * 16],
            "model": ["porte-parole"],
        }
        assert name in known, f"{path}: tell the walk what to put in {name}"
        return known[name]

    def _tray(self) -> Tray:
        assert self.room.parts.tray is not None
        return self.room.parts.tray


def _addresses(app: FastAPI) -> list[tuple[str, list[dict[str, Any]]]]:
    """Every GET the application tells of, with the parameters of its query."""
    return [
        (path, [one for one in methods["get"].get("parameters", ()) if one["in"] == "query"])
        for path, methods in app.openapi()["paths"].items()
        if "get" in methods
    ]


QUESTIONS = ("Que dit la mairie de la piscine ?", "Quel est le dernier communiqué ?")


WORDED = {
    "q": "piscine", "words": "piscine", "question": "Que coûte la piscine ?", "mark": "x", "before": "1", "after": "2",
    "version": "1", "start": "0", "end": "10", "by": "speaker", "explain": "true", "limit": "100", "every": "true",
}  # fmt: skip
"""What is put where an address takes it."""


def _queries(parameters: list[dict[str, Any]]) -> Iterator[dict[str, str]]:
    """With what must be there alone, with all that is known, and with the beginnings of hidden names."""
    names = [one["name"] for one in parameters]
    needed = {one["name"]: WORDED[one["name"]] for one in parameters if one.get("required")}
    every = {name: value for name, value in WORDED.items() if name in names}
    yield needed
    if every != needed:
        yield every
    for name in ("words", "named"):
        if name in names:
            for beginning in ("Quinx", "Jolp"):
                yield {**needed, name: beginning}


def _said(response: httpx.Response, own: list[str]) -> str:
    """All that an answer says: its headers, its body, what is packed in it."""
    body = response.content
    if body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            body = b"\n".join(packed.read(name) for name in packed.namelist())
    head = unquote("\n".join(f"{name}: {value}" for name, value in response.headers.items()))
    said = head + body.decode("utf-8", "replace")
    for value in own:
        said = said.replace(value, "").replace(quote(value, safe=""), "")
    return fold(said)


def told(walked: dict[str, str], words: tuple[str, ...]) -> dict[str, list[str]]:
    """The addresses that tell one of these words."""
    found = {address: [word for word in words if fold(word) in said] for address, said in walked.items()}
    return {address: each for address, each in found.items() if each}


class Clock:
    def __init__(self) -> None:
        self.moment = NOW

    def __call__(self) -> datetime:
        return self.moment


@pytest.fixture(scope="module")
def house(program: Program, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Released, asked about, withdrawn and corrected: a server with a past."""
    folder, clock = tmp_path_factory.mktemp("walk"), Clock()
    archive = Archive(
        folder / "archive",
        model=lambda: program.model.name,
        embedder=lambda: program.embedder,
        chunking=CHUNKING,
        cut=lambda made: cut(made, program.tokens.count),
    )
    notebook = Notebook(folder / "answers.sqlite")
    originals, answers = Originals(folder / "originals"), Answers(notebook)
    tray = Tray(Arrivals(folder / "arrivals"), archive, read, clock, originals)
    conversations, judgments = Conversations(notebook), Judgments(notebook)
    parts = Parts(answers=answers, conversations=conversations, judgments=judgments, originals=originals, tray=tray)
    desk = Desk(archive, clock, recorder=Recorder(answers, clock))
    app = create_app(desk, archive, clock=clock, version="0")
    app.state.room = Room(desk, archive, ByHeader(), clock, parts)
    # As `create_app` does with the page, whose making takes a second: the page itself is told by `Room`.
    for pane in PANES:
        app.include_router(pane())
    made = House(app, app.state.room, clock, _addresses(app))
    with archive:
        _past(made, archive, originals)
        yield made
        tray.close()
        notebook.close()


def _past(house: House, archive: Archive, originals: Originals) -> None:
    shelf = _shelf()
    for name in ("seen", "held", "gone", "old"):
        house.ids[name] = archive.add(shelf[name]).release_id
    for each in shelf.values():
        data = f"{each.title}\n{each.text}\n{each.published}".encode()
        originals.keep(sha256(f"{each.title}\n{each.text}\n{each.published}".encode()).hexdigest(), data)
    archive.flush()
    questions = ("Que coûte la piscine ?", "Que disent les communiqués de la piscine ?")
    for visitor in (NOBODY, ANNE):
        for question in questions:
            *_, (_, kept) = house.room.answered(Question(question), (), visitor, "c1")
            assert kept is not None
            assert kept.answer is not None
            house.answers.setdefault(visitor.name, []).append(kept.answer)
    judgments = house.room.parts.judgments
    assert judgments is not None
    judgments.judge(Judgment(house.answers[ANNE.name][0], ANNE.name, Verdict.WRONG, NOW, why="Faux."))
    house.ids["new"] = archive.add(shelf["new"]).release_id
    assert house.ids.pop("new") == house.ids["old"]
    archive.withdraw(house.ids["gone"], "erratoume", NOW)
    archive.flush()


def test_nobody_reads_what_is_not_theirs_at_any_address(house: House) -> None:
    """The public: nothing held back, withdrawn or replaced; staff: nothing withdrawn or replaced.

    From the minute an embargo ends everybody reads it, and from the moment somebody holds
    it back, or withdraws it, nobody who may not.
    """
    archive, ids = house.room.archive, house.ids
    house.clock.moment = BEFORE
    keeper = house.walk(CAROLE)
    assert told(keeper, GONE), "the archivist finds what was withdrawn: the walk sees something"
    assert told(keeper, OLD)
    assert told(house.walk(NOBODY), (*HELD, *GONE, *OLD)) == {}
    staff = house.walk(ANNE)
    assert told(staff, (*GONE, *OLD)) == {}
    assert told(staff, HELD)

    house.clock.moment = AFTER
    public = house.walk(NOBODY)
    assert {word for words in told(public, HELD).values() for word in words} == set(HELD)
    assert told(public, (*GONE, *OLD)) == {}

    archive.amend(ids["held"], Hand({"embargo": (AFTER + timedelta(days=1)).isoformat()}, "carole", AFTER))
    assert told(house.walk(NOBODY), HELD) == {}
    archive.unamend(ids["held"], ["embargo"])
    assert told(house.walk(NOBODY), HELD)

    archive.withdraw(ids["held"], "erratoume", AFTER)
    for visitor in (NOBODY, ANNE):
        assert told(house.walk(visitor), (*HELD, *GONE, *OLD)) == {}
