"""An invented OpenAI-compatible server on the loopback interface: streams, stalls, refuses, breaks off."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any


@dataclass
class Talking:
    """What the server does next, and what it was asked.

    `status` other than 200 refuses; `says` are streamed as they come, bytes raw, an Event
    waited for, None drops the connection.
    """

    url: str = ""
    status: int = 200
    says: Sequence[str | bytes | Event | None] = ()
    asked: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)


@contextmanager
def talking() -> Iterator[Talking]:
    state = Talking()

    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            state.headers.append(dict(self.headers))
            state.asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(state.status)
            self.send_header("Content-Type", "application/json" if state.status != 200 else "text/event-stream")
            self.end_headers()
            if state.status != 200:
                self.wfile.write(b'{"error": {"message": "refused for key sk-invented", "type": "invented"}}')
                return
            for words in state.says:
                if words is None:
                    self.connection.close()
                    return
                if isinstance(words, Event):
                    words.wait(20)
                    continue
                self.wfile.write(words if isinstance(words, bytes) else _event({"content": words}))
                self.wfile.flush()
            self.wfile.write(_event({}, "stop") + b"data: [DONE]\n\n")

        def log_message(self, *arguments: object) -> None:
            """Keeps the tests' output clean."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    server.daemon_threads = True
    state.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()


def _event(delta: dict[str, str], finish: str | None = None) -> bytes:
    choice = {"index": 0, "delta": {"role": "assistant", **delta}, "finish_reason": finish}
    told = {"id": "x", "object": "chat.completion.chunk", "created": 0, "model": "invented", "choices": [choice]}
    return f"data: {json.dumps(told)}\n\n".encode()
