"""A file comes from a model hub, whole, as the hub says it is."""

from __future__ import annotations

import hashlib
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from assistant.local.pulling import pull
from store.records import ModelUnavailable

CONTENT = b"GGUF" + bytes(range(256)) * 2000
DIGEST = hashlib.sha256(CONTENT).hexdigest()


class Hub(BaseHTTPRequestHandler):
    """An invented hub: one repository with one file, and what was asked of it."""

    content, digest = CONTENT, DIGEST
    cut: int | None = None
    asked: list[str]

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def _answer(self, with_body: bool) -> None:
        self.asked.append(f"{self.command} {self.headers.get('Range', '')}".strip())
        if not re.fullmatch(r"/sarvelle/plume/resolve/\w+/q4/plume\.gguf", self.path):
            self.send_error(404)
            return
        begins = int(found[1]) if (found := re.match(r"bytes=(\d+)-", self.headers.get("Range", ""))) else 0
        body = self.content[begins:]
        self.send_response(206 if begins else 200)
        self.send_header("X-Repo-Commit", "c" * 40)
        self.send_header("ETag", f'"{self.digest}"')
        self.send_header("Accept-Ranges", "bytes")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if with_body:
            self.wfile.write(body if type(self).cut is None else body[: type(self).cut])
            type(self).cut = None

    def log_message(self, format: str, *args: object) -> None: ...


@contextmanager
def hub(**facts: object) -> Iterator[tuple[str, type[Hub]]]:
    kind = type("Made", (Hub,), {"asked": [], **facts})
    with ThreadingHTTPServer(("127.0.0.1", 0), kind) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}", kind
        finally:
            server.shutdown()
            thread.join()


def nobody(done: int, size: int) -> None: ...


def test_a_file_of_a_hub_becomes_a_model(tmp_path: Path) -> None:
    """Its own name, its bytes, and nothing left beside it."""
    with hub() as (address, _):
        model = pull("hub:sarvelle/plume/q4/plume.gguf", tmp_path, nobody, endpoint=address)
    assert (model.name, model.sha256) == ("plume", DIGEST)
    assert model.file.read_bytes() == CONTENT
    assert {file.name for file in (tmp_path / "models").iterdir()} <= {"plume.gguf", "plume.lock"}


def test_what_the_hub_says_otherwise_is_refused(tmp_path: Path) -> None:
    """Other bytes than the hub's own digest of them."""
    with hub(content=CONTENT[:-1] + b"?") as (address, _), pytest.raises(ModelUnavailable, match=f"hub says {DIGEST}"):
        pull("hub:sarvelle/plume/q4/plume.gguf", tmp_path, nobody, endpoint=address)
    assert not list(tmp_path.rglob("*.gguf"))


def test_a_broken_connection_is_taken_up_again(tmp_path: Path) -> None:
    """One that ends in the middle of the file: asked again, and whole in the end."""
    with hub(cut=300_000) as (address, kind):
        pull("hub:sarvelle/plume/q4/plume.gguf", tmp_path, nobody, endpoint=address)
        assert len([line for line in kind.asked if line.startswith("GET")]) == 2
    assert (tmp_path / "models" / "plume.gguf").read_bytes() == CONTENT


def test_what_is_no_gguf_is_refused(tmp_path: Path) -> None:
    """A file that is none, whatever it is called."""
    content = b"<html>" + CONTENT
    digest = hashlib.sha256(content).hexdigest()
    with hub(content=content, digest=digest) as (address, _), pytest.raises(ModelUnavailable, match="no GGUF file"):
        pull("hub:sarvelle/plume/q4/plume.gguf", tmp_path, nobody, endpoint=address)
    assert not (tmp_path / "models" / "plume.gguf").exists()


@pytest.mark.parametrize(
    ("where", "reason"),
    [
        ("sarvelle/none/q4/plume.gguf", "cannot be fetched"),
        ("sarvelle/plume/plume.safetensors", "names no file"),
        ("plume.gguf", "names no file"),
        ("sarvelle/plume/../../plume.gguf", "names no file"),
        ("sarvelle/plume/plume-00001-of-00003.gguf", "one of several files"),
    ],
)
def test_what_is_not_there_is_told(tmp_path: Path, where: str, reason: str) -> None:
    """By the name that was given."""
    with hub() as (address, _), pytest.raises(ModelUnavailable, match=reason):
        pull(f"hub:{where}", tmp_path, nobody, endpoint=address)


def test_no_hub_is_told(tmp_path: Path) -> None:
    """A hub that is out of reach: said, in a line."""
    with hub() as (address, _):
        pass
    with pytest.raises(ModelUnavailable, match=r"hub:sarvelle/plume/q4/plume\.gguf cannot be fetched") as told:
        pull("hub:sarvelle/plume/q4/plume.gguf", tmp_path, nobody, endpoint=address)
    assert "\n" not in str(told.value)
