"""Listening to a chat model as it writes, with patience that ends.

The model runs in a thread of its own, so that one that says nothing, or never stops, keeps
nobody waiting. Whatever goes wrong comes out as one `Unheard`, without the model's own words
for it: those may hold a key or an address. Knows nothing about prompts or sources.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from queue import Empty, Queue
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import BaseMessage

_LOG = logging.getLogger(__name__)
_BUSY = (429, 503, 529)


class Reason(StrEnum):
    """Why a model was not heard to its end."""

    LATE = "late"
    BUSY = "busy"
    REFUSED = "refused"
    CUT = "cut"
    FAILED = "failed"


_ENDS = dict.fromkeys(
    ("content_filter", "refusal", "safety", "recitation", "blocklist", "prohibited_content"), Reason.REFUSED
) | dict.fromkeys(("length", "max_tokens", "model_length"), Reason.CUT)
"""Ends that are none, in providers' own words; any other is the model's own."""
_CLOSED = '.!?…»”"])}>`*'
"""What a text ends with when nobody says that it has ended: a connection may have been lost."""


class Unheard(Exception):
    """The model did not come to its end; its last sentence may be half a sentence."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds to the first words, and to the last."""

    first: float = 30.0
    last: float = 60.0


def heard(
    model: BaseChatModel,
    messages: Sequence[BaseMessage],
    patience: Patience,
    ticking: Callable[[], float] = time.monotonic,
) -> Generator[str, None, None]:
    """The model's words as they come. Closing the iterator stops the model. Raises Unheard."""
    said: Queue[str | Unheard | None] = Queue()
    stop = Event()
    Thread(target=_listen, args=(model, messages, said, stop), daemon=True, name="writer").start()
    begun = ticking()
    until = begun + min(patience.first, patience.last)
    try:
        while True:
            try:
                piece = said.get(timeout=max(0.0, until - ticking()))
            except Empty:
                raise Unheard(Reason.LATE) from None
            if piece is None:
                return
            if isinstance(piece, Unheard):
                raise piece
            until = begun + patience.last
            if ticking() > until:
                raise Unheard(Reason.LATE)
            yield piece
    finally:
        stop.set()


def _listen(
    model: BaseChatModel, messages: Sequence[BaseMessage], said: Queue[str | Unheard | None], stop: Event
) -> None:
    stream: Iterator[Any] | None = None
    last, told = "", False
    try:
        stream = model.stream(list(messages))
        for chunk in stream:
            if stop.is_set():
                return
            if words := _words(chunk):
                said.put(words)
                last = words.strip() or last
            why = _end(chunk)
            told = told or bool(why)
            if (reason := _ENDS.get(why)) is not None:
                said.put(Unheard(reason))
                return
        whole = told or not last or last[-1] in _CLOSED
        said.put(None if whole else Unheard(Reason.CUT))
    except BaseException as error:
        reason = _why(error)
        _LOG.warning("the model was not heard: %s (%s)", reason.value, type(error).__name__)
        said.put(Unheard(reason))
    finally:
        if (close := getattr(stream, "close", None)) is not None:
            close()


def _words(chunk: Any) -> str:
    """The text of a chunk, whatever else it holds (thoughts, tool calls, pictures)."""
    content = chunk.content
    if isinstance(content, str):
        return content
    blocks = content if isinstance(content, list) else []
    texts = [block if isinstance(block, str) else _block(block) for block in blocks]
    return "".join(texts)


def _block(block: Any) -> str:
    text = block.get("text") if isinstance(block, dict) and block.get("type", "text") == "text" else None
    return text if isinstance(text, str) else ""


def _end(chunk: Any) -> str:
    """Why the provider says that the text ends here; "" while it goes on."""
    facts = chunk.response_metadata
    return str(facts.get("finish_reason") or facts.get("stop_reason") or facts.get("done_reason") or "").lower()


def _why(error: BaseException) -> Reason:
    """What an error of any client comes to, by its status and its name."""
    status = getattr(error, "status_code", None) or getattr(getattr(error, "response", None), "status_code", None)
    name = type(error).__name__.lower()
    if status in _BUSY or "ratelimit" in name or "overloaded" in name:
        return Reason.BUSY
    if "timeout" in name:
        return Reason.LATE
    if "contentfilter" in name or "refusal" in name:
        return Reason.REFUSED
    return Reason.FAILED
