"""The client of the API, for programs in Python, against a real server."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from threading import Event

import httpx
import pytest

from app import Program
from assistant.client import (
    ClientError,
    Fault,
    Filters,
    Invalid,
    NotAllowed,
    NotFound,
    PorteParole,
    Refused,
    TooMany,
    Turn,
    Unreachable,
    Unreadable,
)
from assistant.client_records import Finished, Found, Understood, Wrote
from assistant.client_wire import events
from assistant.tray import Tray
from assistant.web.admission import Keyed
from assistant.web.rates import Rates
from assistant.web.room import Parts
from browsing import served
from conftest import NOW, archive_in, release
from ingest.arriving import read
from ingest.passages import cut
from store.arrivals import Arrivals
from store.keys import Keys
from store.records import Quote, Span

STADIUM = """Ormelune, le 6 mai 2025

Le conseil a voté la rénovation du stade Albert-Fauvel. Le coût des travaux s'élève à 48,6 millions d'euros.
La réouverture est prévue le 6 septembre 2026.

« Ce stade sera celui de tous les clubs », déclare Hélène Varenne, présidente de la Métropole.
"""
SAID = Quote(Span(STADIUM.index("Ce stade"), STADIUM.index(" », déclare")), "Hélène Varenne")
ODD = "Le pont\u2028de Bréval\x85rouvre lundi, après 14 mois de travaux."
CLINIC = "La clinique Quorbeline accueillera 80 lits."
ASKED = "Combien coûtent les travaux du stade ?"
README = Path(__file__).parent.parent / "README.md"


@dataclass
class Office:
    """A served archive, its keys, and seconds that pass only when somebody waits."""

    address: str
    folder: Path
    tokens: dict[str, str]
    seconds: list[float] = field(default_factory=lambda: [0.0])
    waits: list[float] = field(default_factory=list)

    def press(self, scope: str | None = None, patience: float = 30.0) -> PorteParole:
        key = None if scope is None else self.tokens[scope]
        return PorteParole(self.address, key, patience=patience, sleep=self._wait)

    def _wait(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.seconds[0] += seconds


@pytest.fixture(scope="module")
def office(program: Program, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("client")
    keys, seconds = Keys(folder / "keys.sqlite"), [0.0]
    tokens = {scope: keys.add(scope, scope, NOW)[1] for scope in ("staff", "archivist")}
    tokens["slow"] = keys.add("slow", "public", NOW, rate="2/minute")[1]
    tokens["gone"] = "pp_" + "x" * 40
    admission = Keyed(keys, lambda: NOW, rates=Rates(clock=lambda: seconds[0]))
    with archive_in(folder / "archive", program) as archive:
        for text, facts in (
            (STADIUM, {"title": "Le stade sera rénové", "reference": "CP/2025/7", "quotes": (SAID,)}),
            (ODD, {"title": "Le pont de Bréval", "published": date(2024, 2, 1), "issuer": "Réseau Cadence"}),
            (CLINIC, {"title": "La clinique", "published": date(2023, 1, 5)}),
        ):
            one = release(text, **facts)
            archive.add(one, cut(one, program.tokens.count))
        archive.flush()
        tray = Tray(Arrivals(folder / "tray"), archive, read, lambda: NOW)
        tray.begin()
        with served(archive, parts=Parts(tray=tray, keys=keys), callers=None, admission=admission) as (address, _):
            yield Office(address, archive.folder, tokens, seconds)
        tray.close()


def test_an_answer_is_values(office: Office) -> None:
    """An answer's sentences, citations and offsets come as typed values; a quote is the release's text there."""
    with office.press() as press:
        answer = press.ask(ASKED)
        (citation,) = answer.cited(answer.sentences[0])
        assert "48,6 millions d'euros. [1]" in str(answer)
        assert (citation.reference, citation.published) == ("CP/2025/7", date(2025, 5, 6))
        assert press.release("CP/2025/7").text[citation.start : citation.end] == citation.quote
        assert answer.searched.first == date(2023, 1, 5)


def test_a_follow_up_leans_on_the_turn_before(office: Office) -> None:
    """The turn of an answer, handed in as history, is what « le » means in the next question."""
    with office.press() as press:
        before = press.ask(ASKED)
        assert before.turn == Turn(ASKED, (before.citations[0].release_id,), before.answer_id)
        after = press.ask("Et quand rouvre-t-il ?", history=[before.turn])
        assert any("6 septembre 2026" in sentence.text for sentence in after.sentences)


def test_an_abstention_is_a_value(office: Office) -> None:
    """Where the archive does not say, there is no sentence and the reason is given, not raised."""
    with office.press() as press:
        answer = press.ask("Quelle est la recette de la tarte aux myrtilles de Norvège ?")
    assert answer.abstention is not None
    assert (answer.sentences, str(answer)) == ((), answer.abstention.message)


def test_a_stream_ends_with_the_answer(office: Office) -> None:
    """A stream gives what is understood, what is found, each sentence, then the answer that `ask` gives; characters
    that end lines elsewhere do not end an event."""
    with office.press() as press:
        for question in (ASKED, "Quand rouvre le pont de Bréval ?"):
            told = list(press.stream(question))
            assert isinstance(told[0], Understood)
            assert isinstance(told[1], Found)
            assert isinstance(told[-1], Finished)
            whole = told[-1].answer
            assert [one.sentence for one in told if isinstance(one, Wrote)] == list(whole.sentences) != []
            assert whole.sentences == press.ask(question).sentences


def test_events_come_in_any_pieces() -> None:
    """However a stream is cut, its events are the same; comments are none, and only line feeds end a line."""
    text = ': still at work\n\nevent: sentence\r\ndata: {"a": "b\u2028c\x85d"}\r\n\r\nevent: finished\ndata: {}\n\n'
    whole = [("sentence", {"a": "b\u2028c\x85d"}), ("finished", {})]
    assert list(events(iter([text]))) == list(events(iter(text))) == whole


def test_filters_narrow(office: Office) -> None:
    """Filters narrow questions, searches and lists alike."""
    with office.press() as press:
        earlier = Filters(first=date(2024, 1, 1), last=date(2024, 12, 31))
        assert press.ask("Qu'annonce-t-on ?", filters=earlier).filters == earlier
        assert [hit.title for hit in press.search("travaux", earlier)] == ["Le pont de Bréval"]
        by = Filters(issuers=("Réseau Cadence",))
        assert [line.title for line in press.releases(filters=by)] == ["Le pont de Bréval"]


def test_lists_are_fetched_page_by_page(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """A list comes whole, in order, however small its pages; so do quotations."""
    monkeypatch.setattr("assistant.client.PAGE", 1)
    with office.press() as press:
        newest = [line.title for line in press.releases()]
        assert newest == ["Le stade sera rénové", "Le pont de Bréval", "La clinique"]
        assert [line.title for line in press.releases(newest_first=False)] == newest[::-1]
        (said,) = press.verbatims(speaker="Varenne")
        assert (said.text, said.speaker) == (SAID.span.of(STADIUM), "Hélène Varenne")


def test_a_file_is_handed_in_and_withdrawn(office: Office, tmp_path: Path) -> None:
    """With an archivist's key a file is handed in, followed until it counts, found, and withdrawn."""
    file = tmp_path / "tramway.txt"
    file.write_text("Ormelune, le 4 février 2026\n\nLe tramway dorvalien\n\nIl dessert 19 stations.", "utf-8")
    with office.press("archivist") as press:
        press.sleep = Event().wait
        job = press.followed(press.ingest(file, accept="all").job, every=0.05)
        assert (job.state, job.documents[0].outcome) == ("done", "added")
        made = job.documents[0].release_id
        assert made is not None
        assert press.release(made).text.startswith("Ormelune")
        assert press.withdraw(made, "par erreur").reason == "par erreur"
        with office.press() as public, pytest.raises(NotFound):
            public.release(made)


class TestErrors:
    def test_what_a_key_may_not_do_is_told(self, office: Office, tmp_path: Path) -> None:
        """Too narrow a scope, or a key that is none, is NotAllowed; no key shows in what is printed."""
        with office.press() as public, pytest.raises(NotAllowed) as error:
            public.withdraw("CP/2025/7", "pourquoi pas")
        assert error.value.status in (401, 403)
        with office.press("gone") as press:
            with pytest.raises(NotAllowed):
                press.ask(ASKED)
            assert office.tokens["gone"] not in repr(press)

    def test_what_cannot_be_used_names_the_field(self, office: Office) -> None:
        """Invalid names the field at fault, in the language asked for."""
        with PorteParole(office.address, language="fr") as press, pytest.raises(Invalid) as error:
            press.search("stade", limit=1000)
        assert error.value.errors[0]["field"] == "limit"
        assert error.value.detail.startswith("limit")
        with office.press() as press, pytest.raises(NotFound, match="never-was"):
            press.release("never-was")

    def test_told_to_wait_it_waits(self, office: Office) -> None:
        """A key that called too often waits as long as it is told, and asks again; not past its patience."""
        office.waits.clear()
        with office.press("slow", patience=120.0) as press:
            for _ in range(3):
                press.search("stade")
        assert len(office.waits) == 1
        assert 0 < office.waits[0] <= 60
        with office.press("slow", patience=1.0) as press, pytest.raises(TooMany) as error:
            [press.search("stade") for _ in range(3)]
        assert error.value.retry_after is not None
        assert error.value.retry_after > 1

    def test_no_server_is_unreachable(self) -> None:
        """Where nobody listens, or the address is none, it is Unreachable."""
        for address in ("http://127.0.0.1:1", "gopher://127.0.0.1", "http://"):
            with pytest.raises(Unreachable), PorteParole(address) as press:
                press.ask(ASKED)

    @pytest.mark.parametrize(
        ("status", "headers", "body", "raised"),
        [
            (200, {}, b"<html>", Unreadable),
            (200, {}, b"[]", Unreadable),
            (200, {}, b'{"question": 1}', Unreadable),
            (418, {}, b"tea", Refused),
            (503, {"Retry-After": "2"}, b"", Fault),
            (504, {}, b'{"detail": "too long"}', Fault),
            (302, {"Location": "http://elsewhere.example/"}, b"", Refused),
        ],
    )
    def test_whatever_a_server_says_is_a_client_error(
        self, status: int, headers: dict[str, str], body: bytes, raised: type[ClientError]
    ) -> None:
        """A server that is another, or broken, raises one of ours; it is asked at most four times, and no redirect
        takes the key elsewhere."""
        asked: list[httpx.Request] = []

        def other(request: httpx.Request) -> httpx.Response:
            asked.append(request)
            return httpx.Response(status, headers=headers, content=body)

        press = PorteParole(
            "http://press.example", "pp_k", sleep=lambda seconds: None, transport=httpx.MockTransport(other)
        )
        with press, pytest.raises(raised):
            press.ask(ASKED)
        assert len(asked) == (4 if headers.get("Retry-After") else 1)
        assert {request.url.host for request in asked} == {"press.example"}


def test_the_client_is_light() -> None:
    """Importing the client loads neither models, indexes, database nor web framework."""
    heavy = ("torch", "chromadb", "gradio", "langchain_core", "numpy", "sqlalchemy", "fastapi", "tantivy", "mcp")
    code = f"import assistant.client, sys; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=README.parent, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_readme_runs(office: Office, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """The examples in Python that README shows under « From Python » run as they stand, and print cited answers."""
    section = README.read_text("utf-8").partition("\n## From Python\n")[2].partition("\n## ")[0]
    examples = re.findall(r"```python\n(.*?)```", section, re.DOTALL)
    if not examples:
        pytest.skip("README has no section « From Python »")
    monkeypatch.setenv("PORTE_PAROLE_ARCHIVE", str(office.folder))
    for example in examples:
        exec(compile(example.replace("http://127.0.0.1:7860", office.address), "README.md", "exec"), {})
        assert "48,6 millions" in capsys.readouterr().out
