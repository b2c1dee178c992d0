"""The served model as a LangChain chat model, which streams and keeps to its time.

Each answer has a connection of its own: the server drops kept ones without a word, and
writes no further once nobody reads.

Knows nothing about prompts or releases.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models.chat_models import BaseChatModel, generate_from_stream
from langchain_core.messages import AIMessageChunk, BaseMessage, convert_to_openai_messages
from langchain_core.outputs import ChatGenerationChunk, ChatResult
from pydantic import ConfigDict, Field

from assistant.local.gguf import found
from assistant.local.llama import CONTEXT, Llama
from store.records import ModelUnavailable

_DATA: Final = b"data:"
_DONE: Final = b"data: [DONE]"
_OURS: Final = frozenset({"max_tokens", "temperature", "seed", "top_p", "top_k", "response_format", "grammar"})


class LlamaChat(BaseChatModel):
    """Answers of a served model, the same to the same prompt: temperature 0, a fixed seed.

    `timeout` is in seconds, for a whole answer. Raises TimeoutError when it is over, and
    ModelUnavailable when the server is gone or refuses the prompt. `close` stops the server.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    server: Llama = Field(exclude=True, repr=False)
    max_tokens: int = 256
    temperature: float = 0.0
    seed: int = 2018
    timeout: float = 120.0

    @property
    def _llm_type(self) -> str:
        return "llama.cpp"

    @property
    def model_name(self) -> str:
        return self.server.name

    @property
    def _identifying_params(self) -> dict[str, Any]:
        return {"model": self.model_name, **self._chosen({})}

    def close(self) -> None:
        self.server.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        return generate_from_stream(self._stream(messages, stop, run_manager, **kwargs))

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> Iterator[ChatGenerationChunk]:
        asked = {
            "messages": convert_to_openai_messages(messages),
            "stream": True,
            "cache_prompt": True,
            **({"stop": stop} if stop else {}),
            **self._chosen(kwargs),
        }
        for piece in self._pieces(asked):
            chunk = _chunk(piece, self.model_name)
            if chunk is None:
                continue
            if run_manager and chunk.text:
                run_manager.on_llm_new_token(chunk.text, chunk=chunk)
            yield chunk

    def _chosen(self, given: dict[str, Any]) -> dict[str, Any]:
        own = {"max_tokens": self.max_tokens, "temperature": self.temperature, "seed": self.seed}
        return own | {name: value for name, value in given.items() if name in _OURS and value is not None}

    def _pieces(self, asked: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """What the server streams, parsed. Closing this stops the server's writing."""
        try:
            yield from _streamed(self.server, json.dumps(asked).encode(), time.monotonic() + self.timeout)
        except TimeoutError as error:
            raise TimeoutError(f"the local model took more than {self.timeout:g} s") from error
        except (OSError, HTTPException) as error:
            raise ModelUnavailable(f"The local model stopped answering ({type(error).__name__}).") from error
        except json.JSONDecodeError as error:
            raise ModelUnavailable("The local model answered something that is no JSON.") from error


def _streamed(server: Llama, body: bytes, until: float) -> Iterator[dict[str, Any]]:
    """Raises TimeoutError at `until`, by the monotonic clock, whatever the server does."""
    with server.connection(_left(until)) as opened:
        http = HTTPConnection(server.authority)
        http.sock = opened
        http.request("POST", "/v1/chat/completions", body, _headers(server.key))
        opened.settimeout(_left(until))
        with http.getresponse() as response:
            if response.status != HTTPStatus.OK:
                raise ModelUnavailable(f"The local model refused: {_reason(response.read())}")
            while line := response.readline():
                if line.strip() == _DONE:
                    return
                if line.startswith(_DATA):
                    yield json.loads(line[len(_DATA) :])
                opened.settimeout(_left(until))
    raise ModelUnavailable("The local model stopped in the middle of its answer.")


def _headers(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}", "Content-Type": "application/json", "Connection": "close"}


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _chunk(piece: dict[str, Any], name: str) -> ChatGenerationChunk | None:
    if "error" in piece:
        raise ModelUnavailable(f"The local model failed: {_told(piece)}")
    choices: Sequence[dict[str, Any]] = piece.get("choices") or ()
    if not choices:
        return None
    finish = choices[0].get("finish_reason")
    message = AIMessageChunk(content=choices[0].get("delta", {}).get("content") or "", id=piece.get("id"))
    if finish:
        message.response_metadata = {
            "finish_reason": finish,
            "model_name": name,
            "timings": piece.get("timings") or {},
        }
        message.chunk_position = "last"
    elif not message.content:
        return None
    return ChatGenerationChunk(message=message, generation_info={"finish_reason": finish} if finish else None)


def _reason(body: bytes) -> str:
    try:
        return _told(json.loads(body))
    except ValueError:
        return "without a reason"


def _told(document: Any) -> str:
    error = document.get("error") if isinstance(document, dict) else None
    told = error.get("message") if isinstance(error, dict) else error
    return str(told or "without a reason")[:300]


def open_file(file: Path, *, threads: int | None = None, context: int = CONTEXT, **chosen: Any) -> LlamaChat:
    """The chat model of a GGUF file; `chosen` sets LlamaChat's own fields. Close it.

    Raises ModelUnavailable as `Llama` does.
    """
    return LlamaChat(server=Llama(file, threads=threads, context=context), **chosen)


def open_local(name: str, cache: Path, *, threads: int | None = None, **chosen: Any) -> LlamaChat:
    """The chat model of that name, fetched before; "" is the default one, a `.gguf` path itself.

    Raises ModelUnavailable that says how to fetch it, or install what is missing.
    """
    return open_file(found(cache, name), threads=threads, **chosen)
