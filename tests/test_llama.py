"""A model is served to this process alone, and leaves nothing behind."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.local.llama import Llama, cores
from store.records import ModelUnavailable

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def served(smollm2: Path) -> Iterator[Llama]:
    with Llama(smollm2, threads=1, context=512) as llama:
        yield llama


def status(llama: Llama, path: str, key: str | None) -> int:
    connection = http.client.HTTPConnection(llama.authority, timeout=30)
    connection.request("GET", path, headers={} if key is None else {"Authorization": f"Bearer {key}"})
    try:
        return connection.getresponse().status
    finally:
        connection.close()


@pytest.mark.parametrize("path", ["/v1/models", "/props", "/slots", "/metrics", "/tools"])
def test_nobody_else_is_answered(served: Llama, path: str) -> None:
    """Without the key, or with another one, nothing on the machine is told anything."""
    assert status(served, path, None) == 401
    assert status(served, path, served.key[:-1]) == 401
    assert status(served, "/v1/models", served.key) == 200


def test_nothing_else_is_served(served: Llama) -> None:
    """No page for a browser, and with the key neither what others asked nor the machine's figures."""
    assert status(served, "/", served.key) == 404
    assert status(served, "/slots", served.key) in (403, 404, 501)
    assert status(served, "/metrics", served.key) in (403, 404, 501)


def test_it_listens_on_this_machine_only(served: Llama) -> None:
    """On the loopback interface, on a port that was free."""
    host, _, port = served.authority.partition(":")
    assert host == "127.0.0.1"
    here = {info[4][0] for info in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)} - {host}
    for address in here:
        with pytest.raises(OSError, match=r"."):
            socket.create_connection((str(address), int(port)), timeout=5)


def test_each_has_its_own_key(served: Llama) -> None:
    """Long, made at random, and not in what is printed of it."""
    assert len(served.key) >= 40
    assert served.key not in repr(served)
    assert served.name == "smollm2-135m"


def test_the_program_ends_with_it_open(smollm2: Path) -> None:
    """A model nobody closed, in the middle of an answer nobody reads: the program ends at once, without an error."""
    code = f"""
from pathlib import Path
from langchain_core.messages import HumanMessage
from assistant.local.llamachat import open_file
model = open_file(Path({str(smollm2)!r}), threads=1, context=512)
stream = model.stream([HumanMessage("Write a long story about the sea.")], max_tokens=400)
print(bool(next(stream)))
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stdout, done.stderr) == (0, "True\n", "")


def test_a_file_that_is_none_is_refused(tmp_path: Path) -> None:
    """Missing, or something else: before llama.cpp sees it."""
    pytest.importorskip("xllamacpp")
    (tmp_path / "page.gguf").write_text("<html>")
    with pytest.raises(ModelUnavailable, match="no GGUF file"):
        Llama(tmp_path / "page.gguf")
    with pytest.raises(ModelUnavailable, match="No such file"):
        Llama(tmp_path / "none.gguf")


@pytest.mark.parametrize("rest", [b"", b"\xff" * 4000, (3).to_bytes(4, "little") + bytes(4000)])
def test_a_damaged_file_is_refused(tmp_path: Path, rest: bytes) -> None:
    """One that begins as it should and is none: told, and the program lives."""
    pytest.importorskip("xllamacpp")
    (tmp_path / "damaged.gguf").write_bytes(b"GGUF" + rest)
    with pytest.raises(ModelUnavailable, match=r"damaged\.gguf cannot be served"):
        Llama(tmp_path / "damaged.gguf")


def test_what_is_missing_is_told_with_its_command() -> None:
    """Without the extra: the line that installs it."""
    code = """
import sys
sys.modules["xllamacpp"] = None
from pathlib import Path
from assistant.local.llama import Llama
from store.records import PressArchiveError
try:
    Llama(Path("any.gguf"))
except PressArchiveError as error:
    print(error)
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip().endswith("pip install 'porte-parole[local-llm]'")


def test_there_is_a_core() -> None:
    """At least one, and no more than the machine has."""
    assert 1 <= cores() <= (os.cpu_count() or 1)
