"""The JSON of chat completions, as OpenAI's clients send and read it, with what is ours beside it.

Models only. What a client sends beyond them is ignored: an answer from an archive has no
temperature. Knows neither routes nor archive.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from assistant.web.contract import AnswerAbstention, AnswerCitation, AskedFilters

MODEL = "porte-parole"
MOST_MESSAGES = 2_000

Role = Literal["system", "developer", "user", "assistant", "tool", "function"]
MOST_PARTS = 1_000
ModelName = Annotated[str, StringConstraints(max_length=200)]


class ContentPart(BaseModel):
    """A piece of a message; only text is read."""

    type: Annotated[str, StringConstraints(max_length=100)] = "text"
    text: str | None = None


class ChatMessage(BaseModel):
    """A message; `content` as text or in parts."""

    role: Role
    # The first part that is wrong says enough: two megabytes of them would be told in hundreds.
    content: str | Annotated[list[ContentPart], Field(max_length=MOST_PARTS, fail_fast=True)] | None = None

    @property
    def text(self) -> str:
        if isinstance(self.content, str):
            return self.content
        return "\n".join(part.text for part in self.content or () if part.text)


class StreamOptions(BaseModel):
    include_usage: bool | None = Field(default=None, strict=True)


class ResponseFormat(BaseModel):
    type: Annotated[str, StringConstraints(max_length=100)]


class ChatAsked(BaseModel):
    """A conversation: the last message of the user is the question, those before are what it leans on.

    Messages of the system and tools change nothing: an answer says what releases say.
    `filters` is ours, as in /v1/ask (`extra_body` of OpenAI's Python client).
    """

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "model": MODEL,
                    "messages": [{"role": "user", "content": "Combien coûte la rénovation du stade ?"}],
                    "stream": False,
                }
            ]
        }
    )

    model: ModelName = MODEL
    messages: list[ChatMessage] = Field(min_length=1, max_length=MOST_MESSAGES, fail_fast=True)
    stream: bool | None = Field(
        default=None, strict=True, description="Server-sent events, a chunk for each verified sentence."
    )
    stream_options: StreamOptions | None = None
    n: int | None = Field(default=None, description="There is one answer: 1 or null.")
    response_format: ResponseFormat | None = Field(default=None, description="Answers are text.")
    filters: AskedFilters | None = None


class UrlCitation(BaseModel):
    """Characters `start_index` to `end_index` (half-open, in code points) of the content are a link to a source."""

    start_index: int
    end_index: int
    url: str
    title: str


class Annotation(BaseModel):
    """A numbered link in the text; `number` is that of its citation. In a stream `index` counts them."""

    type: Literal["url_citation"] = "url_citation"
    url_citation: UrlCitation
    number: int
    index: int


class AnswerMessage(BaseModel):
    """The answer in Markdown; `citations`, `abstention` and `answer_id` are those of /v1/ask."""

    role: Literal["assistant"] = "assistant"
    content: str
    refusal: None = None
    annotations: list[Annotation]
    citations: list[AnswerCitation]
    abstention: AnswerAbstention | None
    answer_id: str | None


class Choice(BaseModel):
    index: int = 0
    message: AnswerMessage
    logprobs: None = None
    finish_reason: Literal["stop"] = "stop"


class Usage(BaseModel):
    """Counted in words, of the messages and of the answer: nothing here is paid for by the token."""

    prompt_tokens: int
    completion_tokens: int
    total_tokens: int


class ChatCompletion(BaseModel):
    """The whole answer."""

    id: str
    object: Literal["chat.completion"] = "chat.completion"
    created: int
    model: str = MODEL
    choices: list[Choice]
    usage: Usage


class ChatModel(BaseModel):
    """What answers. `created` is 0: an archive grows, it is not made on a day."""

    id: str = MODEL
    object: Literal["model"] = "model"
    created: int = 0
    owned_by: str = MODEL


class ChatModels(BaseModel):
    object: Literal["list"] = "list"
    data: list[ChatModel]


def chunk(
    completion_id: str,
    created: int,
    delta: dict[str, Any] | None,
    finish: str | None = None,
    **more: Any,
) -> dict[str, Any]:
    """One chunk of a stream; without a `delta` it has no choice and tells what `more` says."""
    choices = [] if delta is None else [{"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}]
    told = {"id": completion_id, "object": "chat.completion.chunk", "created": created, "model": MODEL}
    return {**told, "choices": choices, **more}
