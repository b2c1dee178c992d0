"""A chat client's messages as a question with the turns before it.

The client sends back our own answers as text; the releases they cited are read off their
lists of sources. What is forged there finds nothing: the desk leans on what the caller may
see. Knows nothing of routes, nor how an answer is set.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from urllib.parse import unquote

from assistant.answer import Question, Turn
from assistant.web.chat.contract import ChatMessage
from assistant.web.contract import LONGEST_QUESTION
from store.records import Filters

TURNS = 50
"""Turns before the question that are looked at, the last ones."""
RELEASES = 50
"""Releases that are read off one answer."""

_SOURCE = re.compile(r"^[-*] (?:\*\*)?\d{1,4}(?:, \d{1,4}){0,200}(?:\*\*)? .*$", re.MULTILINE)
_NAMED = re.compile(r"`([A-Za-z0-9][\w.~-]{2,299})`|/(?:r|faq/releases)/([\w.~%-]{3,300})", re.ASCII)


class NoQuestion(Exception):
    """The messages hold no question (`characters` 0), or one too long to be one."""

    def __init__(self, characters: int) -> None:
        super().__init__(f"a question of {characters} characters")
        self.characters = characters


def question(messages: Sequence[ChatMessage], filters: Filters | None = None) -> Question:
    """The user's last message, with the turns before. Raises NoQuestion."""
    asked = [number for number, message in enumerate(messages) if message.role == "user"]
    text = messages[asked[-1]].text.strip() if asked else ""
    if not text:
        raise NoQuestion(0)
    if len(text) > LONGEST_QUESTION:
        raise NoQuestion(len(text))
    turns = [_turn(messages[begin:end]) for begin, end in pairwise(asked)]
    return Question(text, tuple(turn for turn in turns[-TURNS:] if turn.question), filters)


def cited(text: str) -> tuple[str, ...]:
    """The releases that an answer of ours names in its list of sources, each once, in order."""
    named = (found for line in _SOURCE.findall(text) for found in _NAMED.findall(line))
    return tuple(dict.fromkeys(unquote(code or link) for code, link in named))[:RELEASES]


def _turn(messages: Sequence[ChatMessage]) -> Turn:
    """A question of the user, and what was answered up to the next."""
    answers = (message.text for message in messages[1:] if message.role == "assistant")
    releases = tuple(release for answer in answers for release in cited(answer))
    return Turn(messages[0].text.strip()[:LONGEST_QUESTION], releases[:RELEASES])
