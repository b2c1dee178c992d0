"""A GGUF file served by llama.cpp inside this process, to this process alone.

The server listens on a free port of the loopback interface and wants a key made at random,
so that nobody else on the machine reads what is asked or has it work for them. One answer
is written at a time, others wait. The sources of a question stay in its cache: asked again
about the same ones, it reads the new question only. SmolLM2 over 686 tokens of sources:
first token after 26.7 s, then after 0.8 s (one thread of a busy machine, 2026-11).

Knows nothing about prompts, releases or LangChain, nor where a file came from.
"""

from __future__ import annotations

import os
import secrets
import socket
import threading
import weakref
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from assistant.local.gguf import look
from store.records import ModelUnavailable

CONTEXT: Final = 4096
"""Tokens a question may have with its sources and its answer."""

BATCH: Final = 128
"""Tokens read at once: nothing stops in between, neither for a reader who left nor at the end."""

KEPT: Final = 512
"""MiB of earlier prompts kept in memory; 900 tokens of a 1.5B model take 25."""

_HERE: Final = "127.0.0.1"
INSTALL: Final = "pip install 'porte-parole[local-llm]'"


class Llama:
    """A running server: its `key`, the model's `name`, and connections to it, until `close`."""

    def __init__(self, file: Path, *, threads: int | None = None, context: int = CONTEXT) -> None:
        """Load `file` and listen; seconds, by its size. `threads`: as many as there are cores.

        Raises ModelUnavailable when llama.cpp is not installed, or the file is none it reads.
        """
        xllamacpp = _llama_cpp()
        look(file)
        self.key = secrets.token_urlsafe(32)
        try:
            server = xllamacpp.Server(_settings(xllamacpp, file, self.key, threads or cores(), context))
        except (RuntimeError, ValueError) as error:
            raise ModelUnavailable(
                f"{file} cannot be served: llama.cpp does not read it, or memory is short. "
                "Fetch it again, or choose a smaller one: porte-parole models list"
            ) from error
        self.name = file.stem
        self._port = int(str(server.listening_address).rpartition(":")[2])
        self._open = _Connections()
        self._ended = weakref.finalize(self, _end, [server], self._open)  # also when the interpreter ends

    @contextmanager
    def connection(self, timeout: float) -> Iterator[socket.socket]:
        """A connection that `close` cuts. Raises OSError, ModelUnavailable once it is closed."""
        with socket.create_connection((_HERE, self._port), timeout) as opened, self._open.holding(opened):
            yield opened

    @property
    def authority(self) -> str:
        return f"{_HERE}:{self._port}"

    def close(self) -> None:
        """Cut what is being written and end every thread; harmless twice."""
        self._ended()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class _Connections:
    """Those that are open: the server waits for each to end before it does."""

    def __init__(self) -> None:
        self._open: set[socket.socket] = set()
        self._closed = False
        self._lock = threading.Lock()

    @contextmanager
    def holding(self, one: socket.socket) -> Iterator[None]:
        with self._lock:
            if self._closed:
                raise ModelUnavailable("The local model was stopped.")
            self._open.add(one)
        try:
            yield
        finally:
            with self._lock:
                self._open.discard(one)
            _shut(one)

    def cut(self) -> None:
        with self._lock:
            self._closed = True
            for one in self._open:
                _shut(one)


def _shut(one: socket.socket) -> None:
    with suppress(OSError):  # the other side was first
        one.shutdown(socket.SHUT_RDWR)


def _end(running: list[Any], connections: _Connections) -> None:
    connections.cut()
    running.clear()


def cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _llama_cpp() -> Any:
    try:
        import xllamacpp
    except ImportError as error:
        raise ModelUnavailable(f"A local model needs llama.cpp, which is not installed: {INSTALL}") from error
    return xllamacpp


def _settings(xllamacpp: Any, file: Path, key: str, threads: int, context: int) -> Any:
    settings = xllamacpp.CommonParams()
    settings.model.path = str(file)
    settings.offline = True
    settings.hostnames, settings.port = [_HERE], 0
    settings.api_keys, settings.cors_origins = [key], ""
    settings.ui = settings.endpoint_slots = settings.endpoint_props = settings.endpoint_metrics = False
    settings.verbosity = 0
    settings.n_ctx, settings.n_parallel = context, 1
    settings.n_batch = settings.n_ubatch = BATCH
    settings.cpuparams.n_threads = settings.cpuparams_batch.n_threads = threads
    settings.cache_prompt, settings.cache_ram_mib = True, KEPT
    settings.n_cache_reuse = 0  # pieces moved about save time, but an answer would depend on earlier questions
    settings.sse_ping_interval = -1  # silence is how its reader notices that it is stuck
    return settings
