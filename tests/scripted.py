"""A chat model that says what a test wrote down, and misbehaves as told."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from threading import Event
from typing import Any

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models.chat_models import BaseChatModel, generate_from_stream
from langchain_core.messages import AIMessageChunk, BaseMessage
from langchain_core.outputs import ChatGenerationChunk, ChatResult
from pydantic import Field

Piece = str | BaseException | Event | AIMessageChunk
PATIENCE = 20.0
"""Seconds after which a test that waits for ever fails."""


class Scripted(BaseChatModel):
    """Says `pieces` one after the other, or what they are for the messages it is given.

    An exception is raised, an event waited for. `heard` keeps what it was told, `said` counts pieces.
    """

    pieces: Any
    heard: list[str] = Field(default_factory=list)
    said: int = 0

    @property
    def _llm_type(self) -> str:
        return "scripted"

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> Iterator[ChatGenerationChunk]:
        told = "\n".join(str(message.content) for message in messages)
        self.heard.append(told)
        for piece in self.pieces(told) if callable(self.pieces) else self.pieces:
            self.said += 1
            if isinstance(piece, BaseException):
                raise piece
            if isinstance(piece, Event):
                piece.wait(PATIENCE)
                continue
            chunk = piece if isinstance(piece, AIMessageChunk) else AIMessageChunk(content=piece)
            yield ChatGenerationChunk(message=chunk)

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        return generate_from_stream(self._stream(messages, stop, run_manager, **kwargs))


def scripted(*pieces: Piece) -> Scripted:
    return Scripted(pieces=list(pieces))


def obeying(says: Callable[[str], Sequence[Piece] | Iterator[Piece]]) -> Scripted:
    """A model whose words depend on what it is told."""
    return Scripted(pieces=says)


def ended(reason: str, words: str = "") -> AIMessageChunk:
    """The last chunk of a provider that says why it ends."""
    return AIMessageChunk(content=words, response_metadata={"finish_reason": reason})
