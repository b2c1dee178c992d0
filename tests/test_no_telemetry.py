"""Nothing phones home: every part is started behind a fence that lets no socket out.

The fence is an audit hook in a `sitecustomize` that every Python process started here
inherits: it writes down and refuses whatever is not loopback. No library's own opt-out is
left in the environment, so what holds is the program's doing.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx
import pytest

ROOT = Path(__file__).parents[1]
PATIENCE = 180.0
OPT_OUTS = ("ANONYMIZED", "TELEMETRY", "ANALYTICS", "DO_NOT_TRACK", "LANGSMITH", "LANGCHAIN", "HF_", "OFFLINE", "PROXY")

FENCE = """
import os, sys, traceback

HERE = {"", "localhost", "127.0.0.1", "::1", "0.0.0.0", "::"}

def host(event, arguments):
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        address = arguments[1]
        return address[0] if isinstance(address, tuple) else ""
    return arguments[0] if event in ("socket.getaddrinfo", "socket.gethostbyname") else ""

def fence(event, arguments):
    if not event.startswith("socket."):
        return
    asked = host(event, arguments)
    asked = asked.decode("idna") if isinstance(asked, bytes) else asked or ""
    if asked in HERE or asked.startswith("127."):
        return
    where = "".join(traceback.format_stack(limit=12)[:-1])
    with open(os.environ["FENCE_LOG"], "a", encoding="utf-8") as log:
        log.write(f"{event} {asked} by {sys.argv[:3]}\\n{where}\\n")
    raise OSError(f"nothing may leave: {asked}")

sys.addaudithook(fence)
"""

CHAIN = """
import sys
from datetime import UTC, datetime
from app import Program, Settings
from assistant.chain import ArchiveRetriever, as_runnable
from store.records import Scope
import os

program = Program(Settings.read(os.environ))
question = "Quand ouvrira la ligne C du tramway ?"
view = program.archive.view(Scope.PUBLIC, datetime.now(UTC))
assert ArchiveRetriever(view=view).invoke(question)[0].metadata["reference"] == "C-1"
assert as_runnable(program.desk, Scope.PUBLIC).invoke(question)["citations"]
program.close()
"""

EXPORT = """\
{"id": "C-1", "title": "Le tramway C ouvre en mai", "date": "2026-02-03", "issuer": "Métropole de Sarvelle", \
"text": "La ligne C du tramway ouvrira le 3 mai 2026. Elle comptera quatorze stations."}
"""


class Fence:
    """Starts Python programs that cannot reach anything outside, and keeps what they tried."""

    def __init__(self, folder: Path) -> None:
        (folder / "fence").mkdir()
        (folder / "fence" / "sitecustomize.py").write_text(FENCE, encoding="utf-8")
        self.log = folder / "left.txt"
        kept = {k: v for k, v in os.environ.items() if not any(word in k.upper() for word in OPT_OUTS)}
        self.environment = kept | {
            "PYTHONPATH": os.pathsep.join((str(folder / "fence"), str(ROOT))),
            "PORTE_PAROLE_ARCHIVE": str(folder / "archive"),
            "FENCE_LOG": str(self.log),
        }

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *arguments], env=self.environment, text=True, capture_output=True, timeout=PATIENCE
        )

    @contextmanager
    def serving(self, port: int) -> Iterator[httpx.Client]:
        command = [sys.executable, str(ROOT / "app.py"), "serve", "--port", str(port)]
        process = subprocess.Popen(command, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        try:
            with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=PATIENCE, trust_env=False) as client:
                _wait(client, process)
                yield client
        finally:
            process.terminate()
            process.communicate(timeout=PATIENCE)

    def left(self) -> str:
        return self.log.read_text("utf-8") if self.log.exists() else ""


@pytest.fixture
def fence(tmp_path: Path) -> Fence:
    return Fence(tmp_path)


@pytest.mark.parametrize(
    "leaving",
    [
        "import socket; socket.create_connection(('192.0.2.1', 80), 1)",
        "import socket; socket.getaddrinfo('telemetry.example', 443)",
        "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM).connect(('192.0.2.1', 80))",
        "import urllib.request; urllib.request.urlopen('http://telemetry.example/')",
        "import subprocess, sys; subprocess.run([sys.executable, '-c', 'import urllib.request as u; "
        'u.urlopen("http://telemetry.example/")\'], check=True)',
    ],
)
def test_the_fence_holds(fence: Fence, leaving: str) -> None:
    """Whatever tries to leave, a child process too, is refused and written down; loopback is free."""
    assert (
        fence.run("-c", "import socket; socket.getaddrinfo('localhost', 80); socket.create_server(('', 0))").returncode
        == 0
    )
    assert not fence.left()
    assert fence.run("-c", leaving).returncode != 0
    assert "telemetry.example" in fence.left() or "192.0.2.1" in fence.left()


def test_nothing_leaves_while_everything_runs(fence: Fence, tmp_path: Path) -> None:
    """A first ingestion that makes the model, the LangChain runnable, the server with its page and API:
    no socket leaves this machine."""
    export = tmp_path / "export.jsonl"
    export.write_text(EXPORT, encoding="utf-8")
    fence.environment["PORTE_PAROLE_CACHE"] = str(tmp_path / "cache")

    ingested = fence.run(str(ROOT / "app.py"), "ingest", str(export))
    chained = fence.run("-c", CHAIN)
    with fence.serving(_free_port()) as client:
        page = client.get("/")
        config = client.get("/config")
        answer = client.post("/v1/ask", json={"question": "Combien de stations aura la ligne C ?"}).json()

    assert ingested.returncode == 0, ingested.stdout + ingested.stderr
    assert chained.returncode == 0, chained.stderr
    assert (page.status_code, config.status_code) == (200, 200)
    assert any((tmp_path / "cache").iterdir())
    assert any("quatorze stations" in citation["quote"] for citation in answer["citations"])
    assert not fence.left()


def _wait(client: httpx.Client, process: subprocess.Popen[bytes]) -> None:
    """Until the server listens, or ends and says why."""
    while process.poll() is None:
        try:
            client.get("/healthz").raise_for_status()
            return
        except httpx.TransportError:
            with suppress(subprocess.TimeoutExpired):
                process.wait(0.1)
    assert process.stdout is not None
    pytest.fail(process.stdout.read().decode("utf-8", "replace"))


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port
