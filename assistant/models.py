"""Which model writes, and how it is reached: the writer's settings, and the chat model they name.

A key is only ever handed to the provider's own client: it is in no message, no `repr`, no
record. An address of our own never gets a provider's key. Knows nothing about prompts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from assistant.allowance import LARGE, SMALL, Allowance
from assistant.listening import Patience
from store.records import SettingsError

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

EXTRACTIVE, LOCAL = "extractive", "local"
INSTALL = "pip install 'porte-parole[remote-llm]'"
KEYS = {"openai": "OPENAI_API_KEY", "mistralai": "MISTRAL_API_KEY", "anthropic": "ANTHROPIC_API_KEY"}
"""Where providers' own clients look for a key."""
TOKENS = 1_500
"""A model may think aloud before it answers; its answer is stopped long before."""

_EXAMPLE = "extractive, local, local:NAME or PROVIDER:MODEL such as mistralai:mistral-small-latest"
_OLLAMA = "http://127.0.0.1:11434"


@dataclass(frozen=True, slots=True)
class Choice:
    """Who writes answers: `name` is extractive, local, local:NAME, or PROVIDER:MODEL of `init_chat_model`.

    `timeout` is in seconds for a whole answer, None as long as that kind of model needs;
    `characters` of sentences a model reads, likewise; `threads` of a local one, None as many
    as there are cores. `embargoed` lets a remote model read what is still under embargo.
    Addresses may hold a password: like keys, they are in no `repr`.
    """

    name: str = EXTRACTIVE
    url: str | None = field(default=None, repr=False)
    timeout: float | None = None
    characters: int | None = None
    threads: int | None = None
    embargoed: bool = False
    ollama: str = field(default=_OLLAMA, repr=False)
    keys: Mapping[str, str] = field(default_factory=dict, repr=False)

    @classmethod
    def read(cls, environment: Mapping[str, str], name: str | None = None) -> Choice:
        """The choice as the environment has it; `name` stands before its own. Raises SettingsError."""

        def named(variable: str) -> str | None:
            return environment.get(f"PORTE_PAROLE_WRITER{variable}") or None

        url = named("_URL")
        if url is not None and not url.startswith(("http://", "https://")):
            raise SettingsError("PORTE_PAROLE_WRITER_URL is no http(s) address, such as http://127.0.0.1:8080/v1")
        allowed = named("_EMBARGOED")
        if allowed not in (None, "0", "1"):
            raise SettingsError(f"PORTE_PAROLE_WRITER_EMBARGOED: « {allowed} » is neither 0 nor 1")
        keys = {"": named("_KEY")} | {provider: environment.get(variable) for provider, variable in KEYS.items()}
        return cls(
            _writer((name or named("") or EXTRACTIVE).strip()),
            url,
            _number("TIMEOUT", named("_TIMEOUT"), 1, 3_600),
            None if (size := _number("SOURCES", named("_SOURCES"), 200, 200_000)) is None else int(size),
            None if (count := _number("THREADS", named("_THREADS"), 1, 256)) is None else int(count),
            allowed == "1",
            environment.get("OLLAMA_HOST") or _OLLAMA,
            {provider: key for provider, key in keys.items() if key},
        )

    def named(self, name: str) -> Choice:
        """The same settings for another writer. Raises SettingsError."""
        return replace(self, name=_writer(name))

    @property
    def provider(self) -> str:
        return self.name.partition(":")[0]

    @property
    def model(self) -> str:
        """The model's own name; "" where the default one is meant."""
        return self.name.partition(":")[2]

    @property
    def address(self) -> str | None:
        """Where the model is; None where its provider's client knows."""
        return self.url or (self.ollama if self.provider == "ollama" else None)

    @property
    def remote(self) -> bool:
        """Whether what a model reads leaves this machine."""
        if self.provider in (EXTRACTIVE, LOCAL):
            return False
        address = self.address or ""
        host = urlsplit(address if "//" in address else f"//{address}").hostname or ""
        try:
            return not ip_address(host).is_loopback
        except ValueError:
            return host != "localhost"

    @property
    def patience(self) -> Patience:
        """Half the time for the first words: whatever comes later comes faster."""
        last = self.timeout or (60.0 if self.remote else 120.0)
        return Patience(last / 2, last)

    @property
    def allowance(self) -> Allowance:
        if self.characters is None:
            return LARGE if self.remote else SMALL
        large = LARGE if self.characters > SMALL.characters else SMALL
        return replace(large, characters=self.characters)


def remote_model(choice: Choice) -> BaseChatModel:
    """The chat model of a provider. Raises SettingsError that tells what is missing, never a key."""
    provider, key = choice.provider, _key(choice)
    try:
        from langchain.chat_models import init_chat_model
    except ImportError:
        raise SettingsError(f"{choice.name}: remote models need langchain: {INSTALL}") from None
    try:
        model: BaseChatModel = init_chat_model(choice.model, model_provider=provider, **_facts(choice, key))
        return model
    except ImportError:
        package = f"langchain-{provider.replace('_', '-')}"
        install = INSTALL if provider == "openai" else f"pip install {package}"
        raise SettingsError(f"{choice.name}: {package} is not installed: {install}") from None
    except ValueError as error:
        if "nsupported" in str(error) and "provider" in str(error):
            raise SettingsError(f"PORTE_PAROLE_WRITER: no provider « {provider} »: {_EXAMPLE}") from None
        raise _unopened(choice, error) from None
    except Exception as error:
        raise _unopened(choice, error) from None


def _unopened(choice: Choice, error: Exception) -> SettingsError:
    """Without the client's own words, which may hold what it was given."""
    return SettingsError(
        f"{choice.name} cannot be opened ({type(error).__name__}): look at PORTE_PAROLE_WRITER, "
        "PORTE_PAROLE_WRITER_URL and the provider's key"
    )


def _key(choice: Choice) -> str | None:
    """The key to use: our own, else the provider's, which never goes to an address that is not the provider's."""
    own = choice.keys.get("")
    if own or choice.provider not in KEYS:
        return own
    if choice.url is not None:
        return "none"
    if key := choice.keys.get(choice.provider):
        return key
    raise SettingsError(f"{choice.name}: no key. Set {KEYS[choice.provider]} or PORTE_PAROLE_WRITER_KEY")


def _facts(choice: Choice, key: str | None) -> dict[str, Any]:
    """What a provider's client is told besides the model's name."""
    seconds = choice.patience.last
    if choice.provider == "ollama":
        return {
            "temperature": 0,
            "num_predict": TOKENS,
            "base_url": choice.address,
            "client_kwargs": {"timeout": seconds},
        }
    facts: dict[str, Any] = {"max_tokens": TOKENS}
    if not choice.model.startswith(("o1", "o3", "o4")):
        facts["temperature"] = 0
    if choice.provider in KEYS:
        facts |= {"timeout": int(seconds), "max_retries": 1 if choice.provider == "mistralai" else 0}
    if choice.url is not None:
        facts["base_url"] = choice.url
    if key is not None:
        facts["api_key"] = key
    return facts


def _writer(name: str) -> str:
    provider, _, model = name.partition(":")
    if name not in (EXTRACTIVE, LOCAL) and not (provider and model):
        raise SettingsError(f"PORTE_PAROLE_WRITER: « {name} » is no writer: {_EXAMPLE}")
    return name


def _number(name: str, text: str | None, least: float, most: float) -> float | None:
    if text is None:
        return None
    try:
        number = float(text)
    except ValueError:
        number = -1.0
    if not least <= number <= most:
        raise SettingsError(f"PORTE_PAROLE_WRITER_{name}: « {text} » is no number from {least} to {most}")
    return number
