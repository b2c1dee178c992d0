"""Listening to a chat model: its words as they come, and one word for whatever goes wrong."""

from __future__ import annotations

import logging
import threading
from itertools import repeat
from threading import Event

import pytest
from langchain_core.messages import AIMessageChunk, BaseMessage, HumanMessage
from scripted import Piece, ended, obeying, scripted

from assistant.listening import Patience, Reason, Unheard, heard

ASKED: list[BaseMessage] = [HumanMessage("Quand rouvre le stade ?")]


class RateLimitError(Exception):
    status_code = 429


class APITimeoutError(Exception):
    pass


class InternalServerError(Exception):
    status_code = 500


def said_until(*pieces: Piece, patience: Patience = Patience()) -> tuple[str, Reason]:
    """What was heard before the model was no longer heard, and why."""
    words: list[str] = []
    with pytest.raises(Unheard) as caught:
        words.extend(heard(scripted(*pieces), ASKED, patience))
    return "".join(words), caught.value.reason


def test_words_come_as_they_are_said() -> None:
    """The reader has the first words while the model still thinks about the next."""
    wait = Event()
    words = heard(scripted("Le stade ", wait, "rouvre."), ASKED, Patience())
    assert next(words) == "Le stade "
    wait.set()
    assert list(words) == ["rouvre."]


def test_silence_ends() -> None:
    """A model that says nothing is not waited for beyond the time to the first words."""
    wait = Event()
    assert said_until(wait, patience=Patience(first=0.05, last=20)) == ("", Reason.LATE)
    wait.set()


def test_slowness_ends() -> None:
    """A model that stalls after its first words is not waited for beyond the whole time."""
    wait = Event()
    assert said_until("Le ", wait, patience=Patience(first=10, last=0.2)) == ("Le ", Reason.LATE)
    wait.set()


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (RateLimitError("slow down sk-secret"), Reason.BUSY),
        (APITimeoutError(), Reason.LATE),
        (TimeoutError(), Reason.LATE),
        (InternalServerError(), Reason.FAILED),
        (ConnectionRefusedError(111, "refused"), Reason.FAILED),
        (ValueError("no such model at https://example.org"), Reason.FAILED),
        (SystemExit(3), Reason.FAILED),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, BaseException) else "",
)
def test_errors_come_to_one_word(error: BaseException, reason: Reason, caplog: pytest.LogCaptureFixture) -> None:
    """Whatever a client raises, at once or in the middle, comes out as a reason; its own words are not even logged."""
    caplog.set_level(logging.DEBUG, "assistant")
    assert said_until(error) == ("", reason)
    assert said_until("Le stade", error) == ("Le stade", reason)
    assert type(error).__name__ in caplog.text
    assert not any(word in caplog.text for word in ("secret", "example.org"))


@pytest.mark.parametrize(
    ("why", "reason"),
    [
        ("content_filter", Reason.REFUSED),
        ("refusal", Reason.REFUSED),
        ("length", Reason.CUT),
        ("max_tokens", Reason.CUT),
    ],
)
def test_an_end_that_is_none(why: str, reason: Reason) -> None:
    """A provider that filters or cuts the text says so: the last sentence is not taken for whole."""
    assert said_until("Le stade rouvre le 2", ended(why)) == ("Le stade rouvre le 2", reason)


def test_an_end_that_nobody_tells() -> None:
    """Without a provider's word for the end, what lacks its full stop may have been cut by a lost connection."""
    assert said_until("Le chantier a coûté 98") == ("Le chantier a coûté 98", Reason.CUT)
    assert list(heard(scripted("Il rouvre [1]. "), ASKED, Patience())) == ["Il rouvre [1]. "]


def test_a_natural_end_is_an_end() -> None:
    """« stop » is how most providers say that all is said."""
    assert list(heard(scripted("Oui.", ended("stop", " Fin.")), ASKED, Patience())) == ["Oui.", " Fin."]


def test_only_words_are_heard() -> None:
    """Thoughts, tool calls and pictures among a chunk's blocks are not words."""
    blocks = AIMessageChunk(
        content=[
            {"type": "thinking", "thinking": "hm"},
            {"type": "text", "text": "Oui."},
            {"type": "text", "text": 5},
            "!",
        ]
    )
    assert list(heard(scripted(blocks), ASKED, Patience())) == ["Oui.!"]


def test_a_model_that_is_no_longer_heard_stops() -> None:
    """Closing the iterator ends a model that would never stop by itself."""
    model = obeying(lambda told: repeat("encore "))
    words = heard(model, ASKED, Patience())
    assert next(words) == "encore "
    words.close()
    for thread in _writing():
        thread.join(10)
    assert _writing() == []


def _writing() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "writer"]
