"""A client of the API, for programs in Python: `with PorteParole("http://127.0.0.1:7860") as press:`.

Loads neither the models nor the archive; knows nothing of how answers are found. All it
raises is a `ClientError`; the tree of them is drawn in `client_wire`.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar
from urllib.parse import quote

import httpx

from assistant.client_records import (
    Answer,
    Event,
    Filters,
    Finished,
    Found,
    Hit,
    Job,
    Line,
    Notice,
    Release,
    Turn,
    Understood,
    Verbatim,
    Withdrawn,
    Wrote,
)
from assistant.client_wire import (
    ClientError,
    Fault,
    Invalid,
    NotAllowed,
    NotFound,
    Refused,
    TooMany,
    Unreachable,
    Unreadable,
    events,
    made,
    part,
    problem,
    read_object,
    refusal,
)

__all__ = [
    "ClientError", "Fault", "Filters", "Invalid", "NotAllowed", "NotFound", "PorteParole", "Refused", "TooMany",
    "Turn", "Unreachable", "Unreadable",
]  # fmt: skip

Lined = TypeVar("Lined")

ATTEMPTS = 4
PAGE = 200
_WAITED_FOR = (429, 503)
_EVENTS: dict[str, Any] = {"understood": Understood, "found": Found, "sentence": Wrote, "notice": Notice}


@dataclass
class PorteParole:
    """The press archive behind `address`, as the public sees it, or as far as the scope of `key` reaches.

    A call waits `timeout` seconds for each part of its answer. Told to wait (429, 503 with
    Retry-After), it asks again, as long as the waits together stay within `patience` seconds.
    `language` ("fr", "en") is the one in which the server says what is wrong.
    """

    address: str
    key: str | None = field(default=None, repr=False)
    language: str = "en"
    timeout: float = 60.0
    patience: float = 30.0
    sleep: Callable[[float], object] = field(default=time.sleep, repr=False)
    transport: httpx.BaseTransport | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        headers = {"Accept-Language": self.language, "User-Agent": "porte-parole-client"}
        if self.key is not None:
            headers["Authorization"] = f"Bearer {self.key}"
        self._http = httpx.Client(
            base_url=self.address.rstrip("/"), headers=headers, timeout=self.timeout, transport=self.transport
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        self._http.close()

    def ask(self, question: str, history: Sequence[Turn] = (), filters: Filters | None = None) -> Answer:
        """The answer, every sentence cited. Where `filters` name nothing, the question's words say what narrows it."""
        return made(Answer, self._json("POST", "/v1/ask", json=_asked(question, history, filters)))

    def stream(self, question: str, history: Sequence[Turn] = (), filters: Filters | None = None) -> Iterator[Event]:
        """The answer as it comes: understood, found, each verified sentence, finished. Leave off, and it stops."""
        asked = {**_asked(question, history, filters), "stream": True}
        with self._answered("POST", "/v1/ask", json=asked) as response:
            for name, data in events(response.iter_text()):
                if name == "finished":
                    yield Finished(made(Answer, data))
                    return
                if name == "error":
                    raise refusal(data.get("status", 500), data, None)
                if name in _EVENTS:
                    yield made(_EVENTS[name], data)
        raise Unreadable("The stream ended before the answer did.")

    def search(self, query: str, filters: Filters = Filters(), limit: int = 10, explain: bool = False) -> list[Hit]:
        """Releases that speak of something, best first; with `explain`, why each is there."""
        given = {"q": query, "limit": limit, **filters.parameters(), **({"explain": True} if explain else {})}
        return made(list[Hit], part(self._json("GET", "/v1/search", params=given), "hits"))

    def releases(self, words: str = "", filters: Filters = Filters(), newest_first: bool = True) -> Iterator[Line]:
        """All releases by day, or those whose title or reference holds `words`; fetched a page at a time."""
        return self._paged("/v1/releases", "releases", Line, {"q": words, **_listed(filters, newest_first)})

    def release(self, release_id: str, version: int | None = None) -> Release:
        """A release by its id or reference; one of its versions where that may be seen."""
        return made(Release, self.document(release_id, version))

    def document(self, release_id: str, version: int | None = None) -> dict[str, Any]:
        """The same as the whole JSON document: sections, figures, names, links, origins, amendments too."""
        which = "" if version is None else f"/versions/{version}"
        return self._json("GET", f"/v1/releases/{quote(release_id, safe='')}{which}")

    def original(self, release_id: str) -> bytes:
        """The file the release was read from, byte for byte."""
        with self._answered("GET", f"/v1/releases/{quote(release_id, safe='')}/original") as response:
            return response.read()

    def verbatims(
        self, words: str = "", speaker: str = "", filters: Filters = Filters(), newest_first: bool = True
    ) -> Iterator[Verbatim]:
        """Who said what, by day; fetched a page at a time."""
        given = {"q": words, "speaker": speaker, **_listed(filters, newest_first)}
        return self._paged("/v1/verbatims", "verbatims", Verbatim, given)

    def record(self, answer_id: str) -> dict[str, Any]:
        """An answer given before, and what became of its releases, as its JSON document."""
        return self._json("GET", f"/v1/answers/{quote(answer_id, safe='')}")

    def ingest(self, path: Path | str, accept: str = "sure") -> Job:
        """Hand a file in (with an archivist's key); `followed` waits for it. `accept`: "sure", "all" or "none"."""
        given = {"name": Path(path).name, "accept": accept}
        return made(Job, self._json("POST", "/v1/ingest", params=given, content=Path(path).read_bytes()))

    def job(self, job: str) -> Job:
        """How far a file is that was handed in."""
        return made(Job, self._json("GET", f"/v1/ingest/{quote(job, safe='')}"))

    def followed(self, job: str, within: float = 300.0, every: float = 1.0) -> Job:
        """The job once the server no longer works at it, or as it is after about `within` seconds."""
        for _ in range(max(1, int(within / every))):
            if not (seen := self.job(job)).under_way:
                break
            self.sleep(every)
        return seen

    def withdraw(self, release_id: str, reason: str) -> Withdrawn:
        """Withdraw a release from every door at once (with an archivist's key)."""
        where = f"/v1/releases/{quote(release_id, safe='')}/withdraw"
        return made(Withdrawn, self._json("POST", where, json={"reason": reason}))

    def _paged(self, where: str, key: str, line: type[Lined], given: dict[str, Any]) -> Iterator[Lined]:
        offset, total = 0, 1
        while offset < total:
            page = self._json("GET", where, params={**given, "limit": PAGE, "offset": offset})
            lines = made(list[line], part(page, key))  # type: ignore[valid-type]
            yield from lines
            if not lines:
                return
            offset, total = offset + len(lines), int(part(page, "total"))

    def _json(self, method: str, where: str, **sent: Any) -> dict[str, Any]:
        with self._answered(method, where, **sent) as response:
            return read_object(response.read())

    @contextmanager
    def _answered(self, method: str, where: str, **sent: Any) -> Iterator[httpx.Response]:
        """The response, once the server does not ask to wait. Raises ClientError."""
        patience = self.patience
        for attempt in range(1, ATTEMPTS + 1):
            try:
                with self._http.stream(method, where, **sent) as response:
                    if response.is_success:
                        yield response
                        return
                    refused = problem(response)
            except (httpx.HTTPError, httpx.InvalidURL) as error:
                raise Unreachable(f"{self.address}: {error or type(error).__name__}") from error
            wait = refused.retry_after
            if refused.status not in _WAITED_FOR or wait is None or wait > patience or attempt == ATTEMPTS:
                raise refused
            patience -= wait
            self.sleep(wait)


def _asked(question: str, history: Sequence[Turn], filters: Filters | None) -> dict[str, Any]:
    turns = [turn.document() for turn in history]
    return {"question": question, "history": turns, "filters": None if filters is None else filters.document()}


def _listed(filters: Filters, newest_first: bool) -> dict[str, Any]:
    return {**filters.parameters(), "order": "newest" if newest_first else "oldest"}
