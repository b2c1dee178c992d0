"""Every door is walked, as everybody who may come: no word that somebody may not see is in an answer.

A route or a tool that is added is walked by itself: the addresses are those of the
application's routers, the tools those the server lists. One that takes a body the walk
does not know fails until it is told here.
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
from starlette.requests import HTTPConnection

from app import Program
from assistant.answer import Question
from assistant.desk import Desk
from assistant.faq import Faq
from assistant.gathered import Gathering
from assistant.records import Recorder
from assistant.tray import Tray
from assistant.web.admission import Keyless
from assistant.web.api import create_app
from assistant.web.callers import Role, Visitor
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
from store.enquiries import Enquiries
from store.entries import Draft
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
    addresses: list[Address]
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
            for asked in self._asked(visitor):
                response = await client.request(asked.method, asked.path, params=asked.query, **asked.sent)
                assert response.status_code < 500, (asked, response.text[:300])
                own = [value for value in asked.chosen if value in (*self.ids.values(), *self._answers())]
                told[f"{asked.method} {response.url} {asked.sent}"] = _said(response, own)
            for called, said in (await self._tools(client)).items():
                told[called] = said
        return told

    async def _tools(self, client: httpx.AsyncClient) -> dict[str, str]:
        """What models are told: of the tools there are, and by each of them."""
        listings = [("tools/list", {}), ("resources/list", {}), ("resources/templates/list", {}), ("prompts/list", {})]
        told = {}
        for method, params in listings:
            told[f"/mcp {method}"] = _said(await _spoken(client, method, **params), list(self.ids.values()))
        names = (await _spoken(client, "tools/list")).json()["result"]["tools"]
        for tool in names:
            for arguments in self._arguments(tool["inputSchema"]):
                response = await _spoken(client, "tools/call", name=tool["name"], arguments=arguments)
                assert response.status_code == 200, response.text
                told[f"/mcp {tool['name']} {arguments}"] = _said(response, list(self.ids.values()))
        for release_id in (*self.ids.values(), "HELD-1"):
            response = await _spoken(client, "resources/read", uri=f"release://{release_id}")
            told[f"/mcp release://{release_id}"] = _said(response, list(self.ids.values()))
        return told

    def _arguments(self, schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """A tool's required arguments, with every value that is worth a call."""
        needed = schema.get("required", [])
        values = {
            "question": QUESTIONS,
            "query": ("piscine",),
            "release": (*self.ids.values(), "HELD-1"),
            "release_id": (*self.ids.values(), "HELD-1"),
        }
        assert set(needed) <= set(values), f"tell the walk what to put in {needed}"
        yield from (dict(zip(needed, chosen, strict=True)) for chosen in product(*(values[one] for one in needed)))

    def _asked(self, visitor: Visitor) -> Iterator[Asked]:
        """Every address with what is put into its path and its query, and what is sent there.

        Who may write only asks: the walk changes nothing.
        """
        for address in self.addresses:
            if address.method != "GET" and visitor.may(Role.READER) and address.path not in ASKING:
                continue
            values = {each: self._values(address.path, each) for each in address.names}
            for chosen in product(*values.values()):
                filled = re.sub(r"{(\w+)(:\w+)?}", lambda found: f"{{{found[1]}}}", address.path)
                for name, value in zip(values, chosen, strict=True):
                    filled = filled.replace(f"{{{name}}}", quote(value, safe=""))
                if address.method == "GET":
                    yield from (Asked("GET", filled, query, chosen) for query in _queries(address.parameters))
                else:
                    needed = next(_queries(address.parameters))
                    for sent in self._sent(address):
                        yield Asked(address.method, filled, needed, chosen, sent)

    def _sent(self, address: Address) -> list[dict[str, Any]]:
        """What is sent to an address that takes something; to the room's own, nothing that it could take."""
        if address.path.startswith(("/room/", "/sign", "/language")):
            return [{"json": {}, "headers": {"x-porte-parole": "1"}}]
        hidden = [self.ids["held"], self.ids["gone"], "HELD-1"]
        asked = [{"question": question} for question in QUESTIONS]
        after = {"question": "Et combien coûte-t-elle ?", "history": [{"question": QUESTIONS[0], "releases": hidden}]}
        talk = [[{"role": "user", "content": question}] for question in QUESTIONS]
        bodies: dict[str, list[dict[str, Any]]] = {
            "/v1/ask": [*asked, {**asked[0], "stream": True}, after],
            "/v1/faq": [*asked, after],
            "/faq/ask": [*asked, after],
            "/v1/chat/completions": [
                {"model": "porte-parole", "messages": messages, "stream": stream}
                for messages in talk
                for stream in (False, True)
            ],
            "/v1/releases/{release_id:path}/withdraw": [{"reason": "Erreur."}],
        }
        if address.path == "/faq/enquiries":
            return [{"data": {"question": QUESTIONS[0], "name": "Ida", "email": "ida@journal.example"}}]
        if address.path == "/v1/ingest":
            return [{"content": b"La piscine ouvre."}]
        assert address.path in bodies, f"tell the walk what to send to {address.path}"
        forms = [{"data": one} for one in asked] if address.path == "/faq/ask" else []
        return [{"json": body} for body in bodies[address.path]] + forms

    def _answers(self) -> list[str]:
        return [each for ids in self.answers.values() for each in ids]

    def _values(self, path: str, name: str) -> list[str]:
        known = {
            "release_id": [*self.ids.values(), "HELD-1"],
            "answer_id": self._answers(),
            "conversation_id": ["c1"],
            "end": ["docx", "md", "txt", "html"],
            "number": ["1"],
            "version": ["1", "2"],
            "model": ["porte-parole"],
            "digest": ["0"],
            "name": ["press.js"],
            "job": ["0" * 16, *(each.id for each in self._tray().arrivals.waiting())],
            "arrival_id": ["0" * 16, *(each.id for each in self._tray().arrivals.waiting())],
            "ordinal": ["0"],
            "rest": ["nothing"],
            "enquiry_id": [each.id for each in self._enquiries().listed()],
            "entry_id": [each.id for each in self.room.archive.curated.listed(self.clock())],
        }
        assert name in known, f"{path}: tell the walk what to put in {name}"
        return known[name]

    def _enquiries(self) -> Enquiries:
        assert self.room.parts.enquiries is not None
        return self.room.parts.enquiries

    def _tray(self) -> Tray:
        assert self.room.parts.tray is not None
        return self.room.parts.tray


@dataclass(frozen=True)
class Address:
    """A route: how it is asked, and the parameters of its query, with whether each must be there."""

    method: str
    path: str
    parameters: tuple[tuple[str, bool], ...]

    @property
    def names(self) -> list[str]:
        return re.findall(r"{(\w+)(?::\w+)?}", self.path)


@dataclass(frozen=True)
class Asked:
    """A request: what was put into its path is `chosen`."""

    method: str
    path: str
    query: dict[str, str]
    chosen: tuple[str, ...]
    sent: dict[str, Any] = field(default_factory=dict)


async def _spoken(client: httpx.AsyncClient, method: str, **params: Any) -> httpx.Response:
    headers = {"accept": "application/json, text/event-stream", "mcp-protocol-version": "2025-06-18"}
    sent = {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}
    return await client.post("/mcp", json=sent, headers=headers)


def _addresses(app: FastAPI) -> list[Address]:
    """Every address of the application; /mcp speaks a protocol of its own and is walked by its tools."""
    return [
        Address(method, route.path, tuple((one.alias, one.field_info.is_required()) for one in _query(route)))
        for route in _routes(app.router)
        for method in sorted(route.methods or ["GET"])
        if method != "HEAD" and route.path not in ("/mcp", "/mcp/")
    ]


def _routes(router: Any) -> Iterator[Any]:
    for route in router.routes:
        if hasattr(route, "original_router"):
            yield from _routes(route.original_router)
        else:
            yield route


def _query(route: Any) -> list[Any]:
    """The parameters of a route's query; one that only closes a door has none."""

    def of(dependant: Any) -> list[Any]:
        return [*dependant.query_params, *(one for each in dependant.dependencies for one in of(each))]

    return of(route.dependant) if hasattr(route, "dependant") else []


QUESTIONS = ("Que dit la mairie de la piscine ?", "Quel est le dernier communiqué ?", "Que dit Quinxella Vorande ?")


ASKING = ("/v1/ask", "/v1/faq", "/v1/chat/completions", "/faq/ask")
"""Where what is sent is a question."""
WORDED = {
    "q": "piscine", "words": "piscine", "question": "Que coûte la piscine ?", "mark": "x", "before": "1", "after": "2",
    "version": "1", "start": "0", "end": "10", "by": "speaker", "explain": "true", "limit": "100", "every": "true",
    "name": "piscine.txt",
}  # fmt: skip
"""What is put where an address takes it."""


def _queries(parameters: tuple[tuple[str, bool], ...]) -> Iterator[dict[str, str]]:
    """With what must be there alone, with all that is known, and with the beginnings of hidden names."""
    names = [name for name, _ in parameters]
    needed = {name: WORDED[name] for name, required in parameters if required}
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


CURATED = {
    "seen": ("Que coûte la piscine de Bréval ?", "La piscine de Bréval a coûté 3 millions d'euros."),
    "held": ("Que coûte la nouvelle piscine ?", "La Zorglubine coûtera 48 millions d'euros, dit la viziratesse."),
    "gone": ("Que coûte l'ancienne piscine ?", "L'Ufwardine a coûté 12 millions d'euros, dit la gavotière."),
    "old": ("Comment la piscine sera-t-elle chauffée ?", "À la nabroisie, dit Tomirex."),
}
"""What the press office says of each release: question and answer."""


class Named(Keyless):
    """Whoever the header says calls."""

    def admit(self, connection: HTTPConnection) -> Visitor:
        return ByHeader().visitor(connection)


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
    notebook, enquiries = Notebook(folder / "answers.sqlite"), Enquiries(folder / "enquiries.sqlite")
    originals, answers = Originals(folder / "originals"), Answers(notebook)
    tray = Tray(Arrivals(folder / "arrivals"), archive, read, clock, originals)
    conversations, judgments = Conversations(notebook), Judgments(notebook)
    recorder = Recorder(answers, clock)
    desk = Desk(archive, clock, recorder=recorder)
    parts = Parts(
        answers=answers, conversations=conversations, judgments=judgments, originals=originals, tray=tray,
        enquiries=enquiries, faq=Faq(desk, archive, clock, lambda: program.embedder, recorder),
        gathering=Gathering(answers, enquiries, program.embedder.embed_query),
    )  # fmt: skip
    app = create_app(desk, archive, clock=clock, version="0", parts=parts, admission=Named())
    app.state.room = Room(desk, archive, ByHeader(), clock, parts)
    # As `create_app` does with the page, whose making takes a second: the page itself is told by `Room`.
    for pane in PANES:
        app.include_router(pane(), include_in_schema=False)
    made = House(app, app.state.room, clock, _addresses(app))
    with archive:
        _past(made, archive, originals)
        yield made
        tray.close()
        enquiries.close()
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
    for name, (question, answer) in CURATED.items():
        entry = archive.curated.add(Draft(question, answer, releases=(house.ids[name],)), CAROLE.name, NOW)
        archive.curated.approve(entry.id, CAROLE.name, NOW)
    house.ids["new"] = archive.add(shelf["new"]).release_id
    assert house.ids.pop("new") == house.ids["old"]
    archive.withdraw(house.ids["gone"], "erratoume", NOW)
    archive.flush()


def _another() -> Release:
    """Held back too, near to what is asked in the walk, by an issuer and a speaker whom nobody knows."""
    text = (
        "La piscine Quibrelle de Bréval coûtera 7 millions d'euros, dit la mairie.\n\n"
        "« La piscine est belle », déclare Orla Quibrelle, maire de Vosnac."
    )
    return _release("quibrelle", "La piscine Quibrelle", text, issuer="Ville de Vosnac", embargo=EMBARGO,
                    published=date(2026, 3, 1), rubric="Bassins", place="Vosnac")  # fmt: skip


def _lasting(said: str) -> str:
    """Without what differs from call to call (ids, moments, scores: words count by how rare they are everywhere)."""
    said = re.sub(r'"(turn-)?[\w-]{12}"|mark=[\w-]{12}|[0-9a-f]{12,}|t[0-9a-f]{8}|\d{4}-\d\d-\d\dt[\d:.+z]+', "…", said)
    said = re.sub(r'(score\W+|"(created|milliseconds|first|last|whole)":\s*)[\d.e+-]+', r"\1…", said)
    return re.sub(r"(date|content-length|x-request-id): [^\n]*", r"\1: …", said)


def test_nobody_reads_what_is_not_theirs_at_any_address(house: House) -> None:
    """The public: nothing held back, withdrawn or replaced; staff: nothing withdrawn or replaced.

    Another release under embargo changes nothing of what the public gets, no count either.
    From the minute an embargo ends everybody reads it, and from the moment somebody holds
    it back, or withdraws it, nobody who may not.
    """
    archive, ids = house.room.archive, house.ids
    house.clock.moment = BEFORE
    keeper = house.walk(CAROLE)
    assert told(keeper, GONE), "the archivist finds what was withdrawn: the walk sees something"
    assert told(keeper, OLD)
    before = house.walk(NOBODY)
    assert told(before, (*HELD, *GONE, *OLD)) == {}
    archive.add(_another())
    archive.flush()
    after = house.walk(NOBODY)
    changed = {address: (_lasting(after[address]), _lasting(said)) for address, said in before.items()}
    assert {address: each for address, each in changed.items() if each[0] != each[1]} == {}
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

    archive.withdraw(ids["held"], "erratoume", AFTER)
    for visitor in (NOBODY, ANNE):
        assert told(house.walk(visitor), (*HELD, *GONE, *OLD)) == {}
