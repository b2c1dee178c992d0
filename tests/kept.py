"""A room whose conversations and judgments are kept, with visitors who say who they are."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

from fastapi import FastAPI
from fastapi.testclient import TestClient
from starlette.requests import HTTPConnection

from assistant.answer import Question
from assistant.desk import Desk
from assistant.records import Recorder
from assistant.web import problems
from assistant.web.callers import Role, Visitor
from assistant.web.panes import judging, keeping
from assistant.web.room import Kept, Parts, Room
from conftest import NOW
from store.answers import Answers
from store.archive import Archive
from store.conversations import Conversations
from store.judgments import Judgments
from store.notebook import DAYS, Notebook
from store.records import Scope

ANNE = Visitor("anne", Role.READER, Scope.STAFF)
BRUNO = Visitor("bruno", Role.READER, Scope.STAFF)
CAROLE = Visitor("carole", Role.ARCHIVIST, Scope.STAFF)
NOBODY = Visitor("", Role.PUBLIC, Scope.PUBLIC)


class ByHeader:
    """Whoever the header says."""

    def visitor(self, connection: HTTPConnection) -> Visitor:
        named = {each.name: each for each in (ANNE, BRUNO, CAROLE)}
        return named.get(connection.headers.get("x-who", ""), NOBODY)

    def used(self, connection: HTTPConnection) -> None:
        """Nobody is signed out here."""


class KeptRoom:
    """A room over an archive, its notebook and its routes."""

    def __init__(self, archive: Archive, folder: Path, days: int = DAYS) -> None:
        self.archive = archive
        self.now = NOW
        self.notebook = Notebook(folder / "answers.sqlite", days)
        self.answers = Answers(self.notebook)
        self.conversations = Conversations(self.notebook)
        self.judgments = Judgments(self.notebook)
        parts = Parts(answers=self.answers, conversations=self.conversations, judgments=self.judgments)
        self.desk = Desk(archive, lambda: self.now, recorder=Recorder(self.answers, lambda: self.now))
        self.room = Room(self.desk, archive, ByHeader(), lambda: self.now, parts)
        self.app = FastAPI()
        self.app.state.room = self.room
        problems.install(self.app)
        for pane in (keeping, judging):
            self.app.include_router(pane.routes())

    def as_(self, visitor: Visitor) -> TestClient:
        headers = {"x-who": visitor.name, "x-porte-parole": "1"}
        return TestClient(self.app, base_url="http://127.0.0.1", headers=headers)

    def ask(
        self, question: str, visitor: Visitor = ANNE, talk: str = "c1", past: tuple[Kept, ...] = (), again: str = ""
    ) -> Kept:
        """Ask in the conversation `talk`; `again` is the answer whose place the new one takes."""
        self.archive.flush()
        asked = Question(question)
        *_, (html, kept) = self.room.answered(asked, past, visitor, talk, again or None)
        assert kept is not None
        assert kept.html == html
        return kept


def words(html: str) -> str:
    """What a person reads."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())
