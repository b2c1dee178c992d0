"""Which model writes: settings read, keys kept to themselves, and real clients against a server that misbehaves."""

from __future__ import annotations

import logging
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from talking import Talking, talking

from app import Settings
from assistant.allowance import LARGE, SMALL
from assistant.listening import Patience, Reason, Unheard, heard
from assistant.models import Choice, remote_model
from store.records import SettingsError

pytest.importorskip("langchain_openai", reason="pip install 'porte-parole[remote-llm]'")
KEY = "sk-invented-and-secret"
ROOT = Path(__file__).parents[1]


def chosen(name: str, **variables: str) -> Choice:
    return Choice.read({"PORTE_PAROLE_WRITER": name, **{f"PORTE_PAROLE_{k}": v for k, v in variables.items()}})


def test_the_releases_write_unless_told_otherwise() -> None:
    """No model is the default; nothing leaves the machine."""
    choice = Settings.read({}).writer
    assert (choice.name, choice.remote) == ("extractive", False)


def test_the_command_line_stands_before_the_environment() -> None:
    """`--writer` wins over PORTE_PAROLE_WRITER."""
    assert Settings.read({"PORTE_PAROLE_WRITER": "local"}, writer="openai:gpt").writer.name == "openai:gpt"


@pytest.mark.parametrize(
    ("variables", "told"),
    [
        ({"PORTE_PAROLE_WRITER": "gpt"}, "PORTE_PAROLE_WRITER: « gpt » is no writer"),
        ({"PORTE_PAROLE_WRITER": "openai:"}, "PORTE_PAROLE_WRITER: « openai: » is no writer"),
        ({"PORTE_PAROLE_WRITER_URL": "ftp://x"}, "PORTE_PAROLE_WRITER_URL"),
        ({"PORTE_PAROLE_WRITER_TIMEOUT": "soon"}, "PORTE_PAROLE_WRITER_TIMEOUT: « soon »"),
        ({"PORTE_PAROLE_WRITER_TIMEOUT": "0"}, "PORTE_PAROLE_WRITER_TIMEOUT: « 0 »"),
        ({"PORTE_PAROLE_WRITER_TIMEOUT": "nan"}, "PORTE_PAROLE_WRITER_TIMEOUT: « nan »"),
        ({"PORTE_PAROLE_WRITER_SOURCES": "-5"}, "PORTE_PAROLE_WRITER_SOURCES: « -5 »"),
        ({"PORTE_PAROLE_WRITER_EMBARGOED": "yes"}, "PORTE_PAROLE_WRITER_EMBARGOED: « yes »"),
    ],
)
def test_what_cannot_be_used_is_named(variables: dict[str, str], told: str) -> None:
    """A wrong setting is refused at the door, by its name."""
    with pytest.raises(SettingsError, match=told):
        Choice.read(variables)


@pytest.mark.parametrize(
    ("name", "url", "remote"),
    [
        ("local", None, False),
        ("local:qwen", "https://example.org", False),
        ("openai:gpt", None, True),
        ("openai:qwen", "http://127.0.0.1:8080/v1", False),
        ("openai:qwen", "http://localhost:8080/v1", False),
        ("openai:qwen", "http://[::1]:8080/v1", False),
        ("openai:qwen", "http://localhost.example.org/v1", True),
        ("openai:qwen", "http://127.0.0.1.example.org/v1", True),
        ("openai:qwen", "http://127.0.0.1@example.org/v1", True),
        ("ollama:qwen", None, False),
        ("ollama:qwen", "http://example.org:11434", True),
    ],
)
def test_what_leaves_the_machine_is_remote(name: str, url: str | None, remote: bool) -> None:
    """Only a loopback address is this machine, whatever an address pretends."""
    assert chosen(name, **({"WRITER_URL": url} if url else {})).remote is remote


def test_ollama_elsewhere_is_remote() -> None:
    """Ollama's own variable tells where it is."""
    assert Choice.read({"PORTE_PAROLE_WRITER": "ollama:x", "OLLAMA_HOST": "nas.example:11434"}).remote
    assert not Choice.read({"PORTE_PAROLE_WRITER": "ollama:x", "OLLAMA_HOST": "localhost:11434"}).remote


def test_a_model_reads_as_much_as_it_can() -> None:
    """A small model here reads little, a large one elsewhere more; the settings decide."""
    assert chosen("local").allowance == SMALL
    assert chosen("openai:gpt").allowance == LARGE
    assert chosen("local", WRITER_SOURCES="6000").allowance.characters == 6_000
    assert chosen("openai:gpt", WRITER_TIMEOUT="20").patience == Patience(10.0, 20.0)


def test_no_key_is_ever_shown() -> None:
    """Neither the settings nor the client shows a key, whichever variable it came from."""
    for variables in ({"PORTE_PAROLE_WRITER_KEY": KEY}, {"OPENAI_API_KEY": KEY}):
        settings = Settings.read({"PORTE_PAROLE_WRITER": "openai:gpt", **variables})
        model = remote_model(settings.writer)
        assert KEY not in f"{settings!r} {settings} {model!r} {model} {settings.writer.named('local')!r}"


def test_a_missing_key_is_named() -> None:
    """The message tells which variable to set."""
    with pytest.raises(SettingsError, match="OPENAI_API_KEY or PORTE_PAROLE_WRITER_KEY"):
        remote_model(chosen("openai:gpt"))


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """The message is the line to run."""
    with pytest.raises(SettingsError, match="pip install langchain-nvidia"):
        remote_model(chosen("nvidia:x"))
    monkeypatch.setitem(sys.modules, "langchain.chat_models", None)
    with pytest.raises(SettingsError, match=r"pip install 'porte-parole\[remote-llm\]'"):
        remote_model(chosen("openai:gpt", WRITER_KEY=KEY))


def test_an_unknown_provider_is_named() -> None:
    with pytest.raises(SettingsError, match="no provider « nobody »"):
        remote_model(chosen("nobody:x"))


def test_help_loads_no_client() -> None:
    """`--help` is instant: no client of any provider is loaded, no key read out."""
    code = "import app, sys; app.main(['ask', '--help'])"
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env={"PORTE_PAROLE_WRITER_KEY": KEY, "PORTE_PAROLE_WRITER": "openai:gpt"},
    )
    assert "--writer" in done.stdout
    assert KEY not in done.stdout
    assert not [name for name in ("langchain", "openai", "httpx") if f"| {name}\n" in done.stderr]


@pytest.fixture
def server() -> Iterator[Talking]:
    with talking() as state:
        yield state


def told(choice: Choice, patience: Patience = Patience(10, 20)) -> str:
    from langchain_core.messages import HumanMessage

    return "".join(heard(remote_model(choice), [HumanMessage("Quand ?")], patience))


def at(server: Talking, **variables: str) -> Choice:
    return chosen("openai:invented", WRITER_URL=server.url, **variables)


def test_the_real_client_streams(server: Talking) -> None:
    """LangChain's own client for OpenAI, against any address that speaks as it does."""
    server.says = ["Le stade ", "rouvre."]
    assert told(at(server, WRITER_KEY=KEY)) == "Le stade rouvre."
    assert server.asked[0]["model"] == "invented"
    assert server.asked[0]["temperature"] == 0
    assert server.headers[0]["authorization"] == f"Bearer {KEY}"


def test_a_providers_key_stays_with_the_provider(server: Talking) -> None:
    """OPENAI_API_KEY is not sent to an address that is not OpenAI's."""
    server.says = ["Oui."]
    variables = {"PORTE_PAROLE_WRITER": "openai:x", "PORTE_PAROLE_WRITER_URL": server.url, "OPENAI_API_KEY": KEY}
    assert told(Choice.read(variables)) == "Oui."
    assert KEY not in str(server.headers)


@pytest.mark.parametrize(
    ("status", "reason"),
    [(429, Reason.BUSY), (503, Reason.BUSY), (500, Reason.FAILED), (401, Reason.FAILED), (404, Reason.FAILED)],
)
def test_refusals_of_a_server(server: Talking, status: int, reason: Reason, caplog: pytest.LogCaptureFixture) -> None:
    """Too many questions, a broken server, a wrong key, an unknown model: a reason, and no crumb of it in the log."""
    caplog.set_level(logging.WARNING)
    server.status = status
    with pytest.raises(Unheard) as caught:
        told(at(server, WRITER_KEY=KEY))
    assert caught.value.reason is reason
    assert not any(crumb in caplog.text for crumb in (KEY, "sk-invented", server.url))


@pytest.mark.parametrize(
    "says",
    [["Le stade ", None], [b"data: {not json\n\n"], [b'data: {"choices": 5}\n\n'], [b"<html>Bonjour</html>"]],
    ids=["dropped", "no json", "another shape", "a page"],
)
@pytest.mark.filterwarnings("ignore:Pydantic serializer")
def test_a_server_that_breaks_off_or_talks_nonsense(server: Talking, says: list[str | bytes | None]) -> None:
    """Half an answer, or another protocol, is no answer: one reason, and half a sentence is known to be half."""
    server.says = says
    with pytest.raises(Unheard) as caught:
        told(at(server))
    assert caught.value.reason in (Reason.FAILED, Reason.CUT)


def test_a_server_that_stalls(server: Talking) -> None:
    """The reader's patience ends before the client's."""
    wait = Event()
    server.says = ["Le ", wait]
    with pytest.raises(Unheard) as caught:
        told(at(server), Patience(5, 0.5))
    wait.set()
    assert caught.value.reason is Reason.LATE


def test_nobody_at_the_address() -> None:
    """A dead server is a reason like another."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/v1"
    with pytest.raises(Unheard) as caught:
        told(chosen("openai:x", WRITER_URL=url))
    assert caught.value.reason is Reason.FAILED


def test_a_password_in_an_address_is_in_no_repr() -> None:
    """Settings are logged and shown in tracebacks: neither keys nor addresses are in them."""
    choice = Choice.read(
        {
            "PORTE_PAROLE_WRITER_URL": "https://press:hunter2@models.example/v1",
            "OLLAMA_HOST": "http://press:hunter3@models.example",
            "PORTE_PAROLE_WRITER_KEY": "hunter4",
        },
        "openai:plume",
    )
    assert "hunter" not in repr(choice)
    assert choice.remote
